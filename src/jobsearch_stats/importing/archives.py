"""A folder, a zip or a gzip: the one file in it that is a log, or the parts of a LinkedIn one."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from ..errors import JobSearchStatsError, ReadError
from ..journal_place import is_journal
from ..long_cells import long_cells
from .encodings import decoded
from .raw import RawTable
from .sources import refuse_by_name
from .text_table import table_of_text
from .wanted import Wanted

MOST_BYTES = 1 << 30
_MOST_FILES = 200
_DEPTH = 3
SUFFIXES = frozenset(
    [
        ".csv",
        ".tsv",
        ".tab",
        ".txt",
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".ods",
        ".json",
        ".jsonl",
        ".ndjson",
        ".md",
        ".markdown",
        ".htm",
        ".html",
        ".xml",
    ]
)
_LINKEDIN = re.compile(r"job applications(?:_(\d+))?\.csv", re.I)
_ENOUGH = 2
"""Headers known, for a file among others to be a log."""

Read = Callable[[str, bytes, Wanted], RawTable]


@dataclass(frozen=True)
class Member:
    """A file in a folder or an archive, read when it is asked for."""

    path: str
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path).name


def table_of_members(
    members: list[Member], name: str, read: Read, wanted: Wanted, *, is_folder: bool = False
) -> RawTable:
    """Return the table of the one member that is a log.

    A LinkedIn export's applications are known by their name, and their parts are read as one.

    Raises
    ------
    ReadError
        If none is a log, or several are.
    """
    members = _without_journals(members, name, wanted, is_folder=is_folder)
    parts = [member for member in members if _LINKEDIN.fullmatch(member.name)]
    if len(parts) > 1:
        return _table_of_parts(parts, name, wanted)
    logs = parts or _logs(members, read, wanted)
    if len(logs) != 1:
        which = ", ".join(repr(member.path) for member in (logs or members))
        what = "several files that may be the log" if logs else "no file that is read as a log"
        raise ReadError(
            f"{name} holds {what}{': ' + which if which else ''}. Pass the path of the one that "
            "is your log (unpack it first if it is in an archive)."
        )
    member = logs[0]
    wanted.found.noted(
        None, None, None, f"in {name}, {member.path!r} was read", "pass another file's path for it"
    )
    return read(member.name, member.read(), wanted)


def _without_journals(
    members: list[Member], name: str, wanted: Wanted, *, is_folder: bool
) -> list[Member]:
    """Return the members that are no journals; one at the top of a folder is read beside the log.

    Those that are not are noted.
    """
    journals = [member for member in members if is_journal(member.name)]
    alone = is_folder and len(journals) == 1 and "/" not in journals[0].path
    for member in [] if alone else journals:
        wanted.found.noted(
            None,
            None,
            None,
            f"in {name}, {member.path!r} is a journal that was not read",
            "unpack it, and pass its path as journal=",
        )
    return [member for member in members if member not in journals]


def _logs(members: list[Member], read: Read, wanted: Wanted) -> list[Member]:
    """Return the members in which enough headers are known; a lone one needs no proof."""
    if len(members) == 1:
        return members
    logs = []
    for member in members:
        try:
            table = read(member.name, member.read(), wanted.aside())
        except JobSearchStatsError:
            continue  # it is no log; what is one will be read again, and say what is wrong
        if wanted.score([column.header for column in table.columns]) >= _ENOUGH:
            logs.append(member)
    return logs


def _table_of_parts(parts: list[Member], name: str, wanted: Wanted) -> RawTable:
    """Return the parts of one table, with its header in each, as one; rows go on counting."""
    parts = sorted(parts, key=lambda member: int(_number(member.name)))
    wanted.without_sheets(name)
    texts: list[str] = []
    header, row = "", 2
    for part in parts:
        text = decoded(
            part.read(),
            name=part.name,
            encoding=wanted.layout.encoding,
            score=wanted.score,
            found=wanted.found,
        ).removeprefix("\ufeff")
        first, _, rest = text.replace("\r\n", "\n").partition("\n")
        if texts and first.strip() != header:
            raise ReadError(
                f"the parts in {name} have different headers: {parts[0].path!r} and "
                f"{part.path!r}. Pass them one by one."
            )
        header = first.strip()
        texts += [rest if not rest or rest.endswith("\n") else rest + "\n"]
        n = _n_records(rest, part.path)
        rows = f"rows {row} to {row + n - 1}" if n else "no rows"
        wanted.found.noted(
            row if n else None, None, None, f"{rows} are those of {part.path!r}", "read as one file"
        )
        row += n
    whole = f"{header}\n{''.join(texts)}"
    return table_of_text(
        whole, f"{name}, {parts[0].name}", wanted.layout, wanted.score, wanted.found
    )


def _number(name: str) -> str:
    found = _LINKEDIN.fullmatch(name)
    return (found[1] if found else None) or "0"


def _n_records(text: str, path: str) -> int:
    with long_cells():
        try:
            return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise ReadError(
                f"{path!r} cannot be joined to its other parts: {error}. Pass the parts one by one."
            ) from None


def members_of_folder(folder: Path) -> list[Member]:
    """Return the files of a folder, and of folders in it, that may be logs.

    Raises
    ------
    ReadError
        If there are too many to try.
    """
    paths: list[Path] = []
    for place, folders, names in os.walk(folder):
        deep = len(Path(place).relative_to(folder).parts)
        folders[:] = [] if deep + 1 >= _DEPTH else [f for f in folders if not f.startswith(".")]
        paths += [Path(place, name) for name in names if _may_be_log(name)]
        _check_number(len(paths), f"the folder {folder.name}")
    return [
        Member(path.relative_to(folder).as_posix(), partial(_content_at, path))
        for path in sorted(paths)
    ]


def _content_at(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error}.") from None


def members_of_zip(content: bytes, name: str) -> list[Member]:
    """Return the files of a zip that may be logs; archives in it are left alone.

    Raises
    ------
    ReadError
        If there are too many of them, or they unpack to too much.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [
            info
            for info in archive.infolist()
            if not info.filename.endswith("/")
            and not info.filename.startswith("__MACOSX/")
            and _may_be_log(PurePosixPath(info.filename).name)
        ]
    _check_number(len(infos), name)
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise _too_much(name)
    return [
        Member(info.filename, partial(_unzipped, content, info, name))
        for info in sorted(infos, key=lambda info: info.filename)
    ]


def _unzipped(content: bytes, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(info) as file:
            return _limited(file.read, name)
    except (RuntimeError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(
            f"{info.filename!r} in {name} cannot be unpacked: {error}. Unpack it, and "
            "pass its path."
        ) from None


def gunzipped(content: bytes, name: str) -> bytes:
    """Return what a gzip file holds.

    Raises
    ------
    ReadError
        If it is broken, or unpacks to too much.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            return _limited(file.read, name)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{name} is a broken gzip file: {error}. Download it again.") from None


def _limited(read: Callable[[int], bytes], name: str) -> bytes:
    """Read what is declared small and may not be: no more than the limit is ever held."""
    content = read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_much(name)
    return content


def _too_much(name: str) -> ReadError:
    return ReadError(f"{name} unpacks to more than 1 GB. Unpack it, and pass the log in it.")


def _may_be_log(name: str) -> bool:
    if name.startswith(".") or PurePosixPath(name).suffix.lower() not in SUFFIXES:
        return False
    try:
        refuse_by_name(name)
    except ReadError:
        return False
    return True


def _check_number(n: int, name: str) -> None:
    if n > _MOST_FILES:
        raise ReadError(
            f"{name} holds more than {_MOST_FILES} files that may be a log. Pass the path of the "
            "one that is."
        )
