"""`make lab`: JupyterLab on the notebooks, or with a log of one's own on a private copy of them."""

import os
import sys

import demo
import run_notebooks
from jobsearch_stats.cli import main
from jobsearch_stats.lab import start_lab


def lab() -> int:
    """Start JupyterLab, on all of the repository."""
    run_notebooks.use_settings()
    if "JOBSEARCH_LOG" not in os.environ:
        first = run_notebooks.notebooks()[0]
        return start_lab(first, root=run_notebooks.ROOT, passed_on=sys.argv[1:])
    private = run_notebooks.FOLDER / "private"
    day = os.environ.get("JOBSEARCH_AS_OF")
    as_of = ["--as-of", day] if day else []
    root = f"--ServerApp.root_dir={run_notebooks.ROOT}"
    command = ["lab", f"--folder={private}", *as_of, *demo.options()]
    return main([*command, "--", root, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(lab())
