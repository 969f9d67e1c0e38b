"""The notebooks in a folder of one's own, and JupyterLab on them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import ReadError, SettingError
from .sample import shipped

FOLDER = "jobsearch_notebooks"
"""Where the notebooks go if nobody says otherwise."""

_QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    f"--LabApp.app_settings_dir={Path(__file__).resolve().parent / 'lab_defaults'}",
)
"""No news, no look for updates, no list of extensions: nothing is fetched from anywhere. The last
line keeps it from asking whether it may."""

_DOCS = ("importing.md", "journal.md", "messages.md", "recovery.md", "rules.md", "statistics.md")
"""What explains the notebooks, which name some of it as `docs/rules.md`."""

_BECOMES = os.name != "nt"
"""Whether this program can become JupyterLab, so that signals and Ctrl-Z are its own. On Windows
`execve` returns at once, and the shell would talk over it."""


@dataclass(frozen=True)
class Copied:
    """Notebooks in a folder.

    Attributes
    ----------
    folder
        The folder.
    new
        The notebooks that were put there.
    stayed
        Those that were there, and were left as they are.
    """

    folder: Path
    new: tuple[str, ...]
    stayed: tuple[str, ...]

    @property
    def first(self) -> Path:
        """The notebook to begin with."""
        return self.folder / min(self.new + self.stayed)

    @property
    def text(self) -> str:
        """Where they are, and how many are new."""
        new, stayed = len(self.new), len(self.stayed)
        return f"{new + stayed} notebooks in {self.folder}: {new} new, {stayed} as they were."


def copy_notebooks(folder: Path) -> Copied:
    """Put the notebooks into a folder, without the outputs, which are about the made-up sample.

    What explains them goes into a folder `docs` beside them. What is there stays as it is. A
    folder that is made here is kept out of git, as what will be in it is about a person.

    Parameters
    ----------
    folder
        Where to.

    Raises
    ------
    SettingError
        If the folder cannot be made or written.
    """
    sources = sorted(shipped("notebooks").glob("0*.ipynb"))
    if not sources:
        raise ReadError(
            f"the notebooks are not where they were installed, in {shipped('notebooks')}. Install "
            "jobsearch-stats again."
        )
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        new = [path.name for path in sources if _is_new(folder / path.name, blank(path))]
        (folder / "docs").mkdir(exist_ok=True)
        for name in _DOCS:
            _is_new(folder / "docs" / name, (shipped("docs") / name).read_bytes())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SettingError(
            f"the notebooks cannot be put into {str(folder)!r}: {why}. Name another folder with "
            "--folder.",
            name="folder",
            value=str(folder),
        ) from None
    return Copied(folder, tuple(new), tuple(p.name for p in sources if p.name not in new))


def blank(path: Path) -> bytes:
    """Return a notebook without its outputs.

    Parameters
    ----------
    path
        The notebook's file.
    """
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return (json.dumps(book, indent=1, ensure_ascii=False) + "\n").encode()


def _is_new(path: Path, content: bytes) -> bool:
    try:
        with path.open("xb") as file:  # never over a file that is there
            file.write(content)
    except FileExistsError:
        return False
    return True


def lab_command(first: Path, *, root: Path, passed_on: Sequence[str] = ()) -> list[str]:
    """Return the command that opens a notebook in JupyterLab.

    Parameters
    ----------
    first
        The notebook.
    root
        The folder in which JupyterLab's list of files begins.
    passed_on
        More arguments of JupyterLab; they win over ours.
    """
    ours = [f"--ServerApp.root_dir={root}", *_QUIET]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        ours.append("--ServerApp.allow_root=True")
    # JupyterLab takes each setting only once
    named = {word.partition("=")[0] for word in passed_on}
    kept = [flag for flag in ours if flag.partition("=")[0] not in named]
    return [sys.executable, "-m", "jupyterlab", *kept, str(first), *passed_on]


def plain_environment() -> dict[str, str]:
    """Return the environment without settings of ours, which would win over the folder's."""
    return {k: value for k, value in os.environ.items() if not k.startswith("JOBSEARCH_")}


def start_lab(
    first: Path,
    *,
    root: Path,
    passed_on: Sequence[str] = (),
    environment: Mapping[str, str] = os.environ,
) -> int:
    """Run JupyterLab on a notebook until it is stopped, and return its exit code.

    Parameters
    ----------
    first, root, passed_on
        As for `lab_command`.
    environment
        The environment to run it in.
    """
    command = lab_command(first, root=root, passed_on=passed_on)
    # the kernels of this Python, not those that a person keeps for another one
    environment = {"JUPYTER_PREFER_ENV_PATH": "1", **environment}
    sys.stdout.flush()
    if _BECOMES:
        os.execve(command[0], command, environment)
    return wait_for(subprocess.Popen(command, env=environment))


def wait_for(process: subprocess.Popen[bytes]) -> int:
    """Wait for a program that hears Ctrl-C as well, and asks what is meant by it.

    Parameters
    ----------
    process
        The program.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
