"""`make lab`: JupyterLab on the notebooks, or with a log of one's own on a private copy of them."""

import os
import shutil
import sys

import run_notebooks


def folder() -> str:
    """Return the folder to open; a private copy where the outputs will be somebody's own."""
    if "JOBSEARCH_LOG" not in os.environ:
        return "notebooks"
    private = run_notebooks.FOLDER / "private"
    private.mkdir(exist_ok=True)
    for path in run_notebooks.notebooks():
        if not (private / path.name).exists():
            shutil.copy(path, private)
    print("Your own notebooks are in notebooks/private, which git leaves out.")
    return "notebooks/private"


def lab() -> None:
    """Start JupyterLab. It is told to fetch no news, updates or lists of extensions."""
    run_notebooks.use_settings()
    where = folder()
    flags = [
        f"--ServerApp.root_dir={run_notebooks.ROOT}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--ServerApp.allow_root=True")
    first = f"{where}/{run_notebooks.notebooks()[0].name}"
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *flags, first, *sys.argv[1:]])


if __name__ == "__main__":
    lab()
