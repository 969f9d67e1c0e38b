"""Where a file may be written: never over the log, never over what this package has not made."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from ..errors import SettingError
from ..importing.sources import path_of
from ..journal_place import is_journal
from .replacing import resolved

MARK = "jobsearch_stats"
"""What stands among the keywords of a workbook of ours."""

OURS, CHANGED, OTHER = "ours", "changed", "other"

_CORE = "docProps/core.xml"
_MOST = 1 << 16


def target(
    path: str | os.PathLike[str],
    *,
    source: object = None,
    overwrite: bool = False,
    headers: Iterable[str] = (),
) -> Path:
    """Return where to write to, or say why not.

    Parameters
    ----------
    path
        The file: .xlsx or .csv.
    source
        The file or folder of the log, if there is one.
    overwrite
        Whether a file of ours may be replaced that somebody may have changed.
    headers
        The first lines of CSV files of ours.

    Raises
    ------
    SettingError
        If it is the log itself or lies in its folder, is a file that this package has not made,
        or cannot be written.
    """
    try:
        out = resolved(path_of(path))
        suffix = out.suffix.lower()
        if suffix not in (".xlsx", ".csv"):
            refuse(path, "is no .xlsx and no .csv file")
        if is_journal(out.name):
            refuse(path, "is the name of a log's journal. Name another file")
        if source is not None and not isinstance(source, str | os.PathLike):
            raise SettingError(
                f"source={source!r} is no path. Pass that of your log, or leave it out.",
                name="source",
                value=source,
            )
        if _is_log(out, source):
            refuse(path, "is your log, or lies in its folder; it is never written. Name another")
        if out.is_dir():
            refuse(path, "is a folder. Name a file in it")
        if not out.parent.is_dir():
            refuse(path, "cannot be written: its folder is not there")
        if out.exists():
            _check_ours(path, out, overwrite, headers)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        if isinstance(error, SettingError):
            raise
        refuse(path, f"cannot be written: {_why(error)}")
    return out


def refuse(path: object, why: str) -> NoReturn:
    """Raise an error about the file that was named."""
    name = os.fspath(path) if isinstance(path, str | os.PathLike) else path
    raise SettingError(f"path={name!r} {why}.", name="path", value=path)


def _why(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _is_log(out: Path, source: str | os.PathLike[str] | None) -> bool:
    if source is None:
        return False
    log = path_of(source).resolve()
    if log.is_dir():
        return log in out.parents
    return out.exists() and log.exists() and out.samefile(log)


def _check_ours(path: object, out: Path, overwrite: bool, headers: Iterable[str]) -> None:
    made = whose(out, headers)
    if made == OTHER:
        refuse(path, "is there already, and this package has not made it. Name another file")
    if made == CHANGED and not overwrite:
        refuse(
            path,
            "is there already, and may have been changed by hand since. Name another file, or "
            "pass overwrite=True to replace it",
        )


def whose(path: Path, headers: Iterable[str]) -> str:
    """Say whether a file is ours, ours but perhaps changed since, or another's.

    A workbook of ours has our mark among its keywords. As it was written, its parts bear the one
    date that xlsxwriter gives them and it was last saved when it was made: other programs write
    another. A CSV file of ours begins with the headings of a table; nothing tells whether it was
    changed below.
    """
    if path.suffix.lower() == ".csv":
        with path.open("rb") as file:
            begin = file.read(_MOST)
        lines = [f"\ufeff{line}\n".encode() for line in headers]
        return CHANGED if any(begin.startswith(line) for line in lines) else OTHER
    try:
        with zipfile.ZipFile(path) as parts, parts.open(_CORE) as file:
            core = file.read(_MOST).decode("utf-8", "replace")
            dates = {part.date_time for part in parts.infolist()}
    except _NO_WORKBOOK:
        return OTHER
    if _field(core, "cp:keywords") != MARK:
        return OTHER
    same = _field(core, "dcterms:created") == _field(core, "dcterms:modified")
    return OURS if same and dates == {_PARTS_DATE} else CHANGED


_PARTS_DATE = (1980, 1, 31, 0, 0, 0)
_NO_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
"""What zipfile raises for a file that is none, is broken, or is locked by a password."""


def _field(core: str, name: str) -> str | None:
    found = re.search(rf"<{name}(?:\s[^>]*)?>([^<]*)</{name}>", core)
    return found[1] if found else None


def write_whole(path: Path, make: Callable[[Path], None]) -> None:
    """Make a file beside its place and put it there in one step: all of it, or nothing.

    Raises
    ------
    SettingError
        If it cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".saving-") as apart:
            made = Path(apart) / path.name
            make(made)
            if path.exists():
                shutil.copymode(path, made)
            made.replace(path)
    except OSError as error:
        refuse(path, f"cannot be written: {_why(error)}")
