"""Where the made-up sample lies, and its day."""

from __future__ import annotations

from pathlib import Path

from .errors import ReadError

SAMPLE_DAY = "2026-03-10"
"""The day on which the sample ends, a Tuesday: its "today"."""

SAMPLE_FILE = "my_search.csv"

REPOSITORY = Path(__file__).resolve().parents[2]


def sample_path(name: str = SAMPLE_FILE) -> Path:
    """Return the path of a file of the made-up sample.

    Parameters
    ----------
    name
        `my_search.csv`, `events.csv` or `linkedin_job_applications.csv`.

    Raises
    ------
    ReadError
        If it is not there: the sample comes with the repository, not with the installed package.
    """
    for folder in (REPOSITORY, Path.cwd()):
        path = folder / "data" / "sample" / name
        if path.is_file():
            return path
    raise ReadError(
        f"the made-up sample ({name}) is not here. Make it with "
        '"jobsearch-stats simulate --sample data/sample", or name a file of your own.'
    )
