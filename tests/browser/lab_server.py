"""A JupyterLab of its own, on a copy of the notebooks, as `make lab` starts it."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import run_notebooks
from jobsearch_stats.lab import lab_command

SECONDS = 120
"""A loaded machine is slow; a server that has not come by then never does."""

FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
"""What JupyterLab keeps about its user: a folder for each, so that no setting of theirs counts."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, the word that opens it, and the folder of notebooks."""

    address: str
    token: str
    notebooks: Path

    def url(self, name: str) -> str:
        """Return the address of a notebook, in a workspace without memory."""
        return f"{self.address}/lab/tree/{name}?token={self.token}&reset"


@contextlib.contextmanager
def running(folder: Path, *, settings: Mapping[str, str]) -> Iterator[Lab]:
    """Start JupyterLab on a copy of the notebooks, and stop it.

    Parameters
    ----------
    folder
        An empty folder for all that it keeps.
    settings
        Variables of the environment: which log the notebooks read (JOBSEARCH_LOG, ...).
    """
    copies = folder / "notebooks"
    copies.mkdir()
    for path in run_notebooks.notebooks():
        shutil.copy(path, copies)
    port, token = _free_port(), secrets.token_hex(16)
    passed_on = ["--no-browser", "--expose-app-in-browser", "--ip=127.0.0.1", f"--port={port}"]
    passed_on += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    command = lab_command(min(copies.iterdir()), root=copies, passed_on=passed_on)
    with (folder / "server.log").open("w+", encoding="utf-8") as said:
        server = subprocess.Popen(
            command, env=_env(folder, settings), stdout=said, stderr=subprocess.STDOUT
        )
        try:
            server_of = Lab(f"http://127.0.0.1:{port}", token, copies)
            _wait_for(server_of, server, folder / "server.log")
            yield server_of
        finally:
            server.terminate()  # it ends its kernels, too
            server.wait(SECONDS)


def _env(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if k not in run_notebooks.SETTINGS}
    return env | {name: str(folder / place) for name, place in FOLDERS.items()} | dict(settings)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(lab: Lab, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{lab.address}/api?token={lab.token}", timeout=5).close()
            return
        time.sleep(0.1)  # nothing tells when a port is listened at
    raise AssertionError(log.read_text(encoding="utf-8"))
