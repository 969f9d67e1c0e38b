"""Where the journal of a log stands."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import SettingError

ENDING = ".journal.csv"


def journal_path(source: str | os.PathLike[str]) -> Path:
    """Return where the journal of a log stands: beside it, under its name.

    What you did can be written there with `record`; your own file is never written. `read_log`
    reads the journal that it finds there.

    Parameters
    ----------
    source
        The path of a log, as for `read_log`: a file, a zip or a folder.

    Returns
    -------
    pathlib.Path
        `my_search.journal.csv` for `my_search.xlsx`, `my_log.journal.csv` beside the folder
        `my_log`. A folder of other files that holds one journal has that one.

    Raises
    ------
    SettingError
        If it is no path, or is a journal itself.

    Examples
    --------
    >>> journal_path("my_search.xlsx").name
    'my_search.journal.csv'
    """
    try:
        if source == "":
            raise ValueError
        path = Path(source)
        path = path.expanduser() if path.parts[:1] == ("~",) else path
        path = path if path.name not in ("", "..") else path.resolve()
        inside = _inside(path)
        stem = path.name if path.is_dir() else Path(path.name.removesuffix(".gz")).stem
        beside = path.with_name(f"{stem}{ENDING}")
    except (TypeError, ValueError, RuntimeError, OSError):
        raise SettingError(
            f"source={source!r} is no path, and only a log in a file has a journal beside it. "
            "Pass the path of your log.",
            name="source",
            value=source,
        ) from None
    if is_journal(path.name):
        raise SettingError(
            f"{path.name!r} is a journal itself. Pass the path of the log that it belongs to.",
            name="source",
            value=str(path),
        )
    return inside[0] if len(inside) == 1 else beside


def is_journal(name: str) -> bool:
    """Whether a file is a journal by its name."""
    return name.lower().endswith(ENDING)


def _inside(path: Path) -> list[Path]:
    """Return the journals in a folder of people's files; one with a saved log has none."""
    if not path.is_dir():
        return []
    from .canonical import is_saved

    return [] if is_saved(path) else sorted(path.glob(f"*{ENDING}"))


def journal_beside(source: object) -> Path | None:
    """Return the journal that stands beside a log, if there is one."""
    if not isinstance(source, str | os.PathLike) or is_journal(Path(source).name):
        return None
    path = journal_path(source)
    try:
        return path if path.is_file() else None
    except OSError:  # a name that is too long: there is no such file
        return None
