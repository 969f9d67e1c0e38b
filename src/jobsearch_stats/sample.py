"""Where the sample, the notebooks and what explains them lie, installed or in the repository.

An installed package carries them in a folder of its own; in the repository they have folders
beside the source.
"""

from __future__ import annotations

from pathlib import Path

from .errors import ReadError

SAMPLE_DAY = "2026-03-10"
"""The day on which the sample ends, a Tuesday: its "today"."""

SAMPLE_FILE = "my_search.csv"

_SHIPPED = Path(__file__).resolve().parent / "_shipped"

REPOSITORY = None if _SHIPPED.is_dir() else Path(__file__).resolve().parents[2]
"""The repository's folder; None where the package is installed without it."""

_FOLDERS = {"sample": ("data", "sample"), "notebooks": ("notebooks",), "docs": ("docs",)}
"""Where in the repository what is shipped lies."""


def shipped(what: str) -> Path:
    """Return the folder of what comes with the package: "sample", "notebooks" or "docs"."""
    return _SHIPPED / what if REPOSITORY is None else REPOSITORY.joinpath(*_FOLDERS[what])


def sample_path(name: str = SAMPLE_FILE) -> Path:
    """Return the path of a file of the made-up sample.

    Parameters
    ----------
    name
        `my_search.csv`, `events.csv` or `linkedin_job_applications.csv`.

    Raises
    ------
    ReadError
        If it is not there.

    Examples
    --------
    >>> sample_path("events.csv").name
    'events.csv'
    """
    path = shipped("sample") / name
    if path.is_file():
        return path
    there = ", ".join(sorted(found.name for found in path.parent.glob("*.csv")))
    if there:
        raise ReadError(f"the made-up sample has no file {name!r}; it has {there}.")
    raise ReadError(
        f"the made-up sample is not where it was installed, in {path.parent}. Install "
        "jobsearch-stats again, or name a file of your own."
    )
