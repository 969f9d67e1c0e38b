"""Small CSV files of our own, as they were written or as a spreadsheet saved them again.

A spreadsheet in Europe puts semicolons between the cells and writes 27.02.2026; others put a mark
before the text, or save it in Windows' encoding. All of that is read, and what is added at the end
is written as the rest of the file is. A file is replaced as a whole: no half line is ever in it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from .canonical_cells import guarded, unguarded
from .errors import DataError, ReadError
from .long_cells import long_cells
from .patterns import pattern
from .schema import FIRST_YEAR, LAST_YEAR

Refusal = Callable[[str, "np.ndarray", str], None]
"""Takes a column, a mask of its cells that cannot be, and why; raises if there is one."""

_DELIMITERS = (",", ";", "\t")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DAY = pattern(
    r"([0-9]{1,4})\s*([./-])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,4})\.?(?:[T ]0{1,2}:00(?::00)?)?"
)
_ISO = "%Y-%m-%d"
_ORDERS = {"day-first": "%d{0}%m{0}%Y", "month-first": "%m{0}%d{0}%Y"}


@dataclass(frozen=True)
class Dialect:
    """How a file is written: the mark before its text, the encoding, cells, lines and days."""

    mark: bytes = b"\xef\xbb\xbf"
    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    day: str = _ISO


NEW = Dialect()
"""How a file begins: with the mark by which a spreadsheet knows its encoding."""


@dataclass(frozen=True, eq=False)
class OwnTable:
    """The cells of a file as texts.

    Attributes
    ----------
    name
        The file, for messages.
    cells
        One row per line that is not blank; the index is the row in the file, the header being 1.
        Cells that a short line lacks are blank.
    short
        For each row, whether it has fewer cells than the header.
    header
        All columns of the file, as they stand.
    dialect
        How it is written.
    content
        The file as it was read.
    """

    name: str
    cells: pd.DataFrame
    short: np.ndarray
    header: tuple[str, ...]
    dialect: Dialect
    content: bytes


def read_own(
    content: bytes, columns: Sequence[str], *, name: str, what: str, new: Dialect = NEW
) -> OwnTable:
    """Return the cells of a file of our own.

    Parameters
    ----------
    content
        The file's bytes; none at all are a file without rows.
    columns
        The columns that it must have, in whichever order; others are left alone.
    name, what
        The file, and what it is to be ("journal"), for messages.
    new
        How a file without rows is to be written.

    Raises
    ------
    ReadError
        If it is no text.
    DataError
        If its columns are not these, or a row has more cells than the header.
    """
    text, dialect = _text(content, name, what)
    if not text.strip():
        frame = pd.DataFrame(columns=list(columns), dtype="str")
        return OwnTable(name, frame, np.zeros(0, bool), tuple(columns), new, b"")
    first = text[: min((at for at in map(text.find, "\r\n") if at >= 0), default=len(text))]
    known = {mark: len(set(columns) & set(_headers(first, mark))) for mark in _DELIMITERS}
    delimiter = max(known, key=known.__getitem__)
    dialect = replace(dialect, delimiter=delimiter, newline=_newline(text[len(first) :]))
    records = _records(text, dialect.delimiter)
    header = tuple(_headers(first, delimiter))
    _check_header(header, columns, name, what)
    rows = {row: cells for row, cells in enumerate(records[1:], 2) if any(cells)}
    _check_lengths(rows, header, delimiter, f"{what} {name!r}")
    width = len(header)
    full = [[*cells[:width], *[""] * (width - len(cells))] for cells in rows.values()]
    index = pd.Index(list(rows), dtype="int64")
    frame = pd.DataFrame(full, columns=list(header), index=index, dtype="str")[list(columns)]
    short = np.array([len(cells) < width for cells in rows.values()], dtype=bool)
    return OwnTable(name, frame, short, header, dialect, content)


def _text(content: bytes, name: str, what: str) -> tuple[str, Dialect]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            tries = [(mark, encoding)]
            break
    else:
        tries = [(b"", "utf-8"), (b"", "cp1252")]
    for mark, encoding in tries:
        errors = "strict" if encoding == "cp1252" else "surrogatepass"
        try:
            text = content[len(mark) :].decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        return text, Dialect(mark=mark, encoding=encoding)
    raise ReadError(
        f"{what} {name!r} cannot be read: it is no text in UTF-8 or Windows-1252. Put back the "
        "file as it was, or name another."
    )


def _newline(rest: str) -> str:
    return "\r\n" if rest.startswith("\r\n") else rest[:1] or "\n"


def _headers(line: str, delimiter: str) -> list[str]:
    with long_cells():
        cells = next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])
    return [unguarded(cell.strip()) for cell in cells]


def _records(text: str, delimiter: str) -> list[list[str]]:
    with long_cells():
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _check_header(header: Sequence[str], columns: Sequence[str], name: str, what: str) -> None:
    shown = ", ".join(map(repr, header))
    if 2 * len(set(header) & set(columns)) < len(columns):
        raise DataError(
            f"{name!r} is no {what}: its columns are {shown}. Name the {what}, or a new file to "
            "begin one."
        )
    for column in columns:
        if header.count(column) != 1:
            raise DataError(
                f"{what} {name!r} must have one column {column!r}; it has {shown}. Put back the "
                "header as it was.",
                column=column,
            )


def _check_lengths(
    rows: dict[int, list[str]], header: Sequence[str], delimiter: str, file: str
) -> None:
    for row, cells in rows.items():
        if any(cells[len(header) :]):
            raise DataError(
                f"{file} row {row} has {len(cells)} cells, and the header {len(header)}. Put a "
                f"text that holds {delimiter!r} between double quotes, or open the file in a "
                "spreadsheet.",
                row=row,
            )


def with_iso_days(
    table: OwnTable, names: Sequence[str], refuse: Refusal, *, date_order: str | None = None
) -> OwnTable:
    """Return the table with its days as 2026-02-27, and in `dialect.day` how it writes them.

    Which of day and month comes first is decided by all days of the file, as one program saved
    them all; dots are day first. What is no day is left as it is.

    Parameters
    ----------
    table
        The cells.
    names
        The columns of days.
    refuse
        Called with the cells that can be two days, where nothing decides.
    date_order
        "day-first" or "month-first", where the file itself does not decide; None: refuse.
    """
    cells = table.cells[list(names)]
    found = {text: _both(text) for text in set(cells.to_numpy(dtype=object).ravel())}
    orders = {order for both in found.values() for order in both.orders}
    order = orders.pop() if len(orders) == 1 else None if orders else date_order
    for name in names if order is None else ():
        bad = np.array([found[text].is_open for text in cells[name]], dtype=bool)
        if bad.any():
            refuse(name, bad, _two_readings(found[cells[name].iloc[int(bad.argmax())]]))
    days = {text: both.iso(text, order) for text, both in found.items()}
    iso = {name: cells[name].map(days).astype("str") for name in names}
    last = [found[text] for text in cells.to_numpy(dtype=object).ravel() if found[text].sign]
    return replace(
        table,
        cells=table.cells.assign(**iso),
        dialect=replace(table.dialect, day=last[-1].form(order) if last else _ISO),
    )


@dataclass(frozen=True)
class _Both:
    """A cell's day by either order; blank where that order gives none."""

    sign: str = ""
    year_first: bool = False
    day_first: str = ""
    month_first: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.day_first and self.month_first and self.day_first != self.month_first)

    @property
    def orders(self) -> list[str]:
        """The order that this cell decides, if any."""
        if self.year_first or self.day_first == self.month_first:
            return []
        if not (self.day_first and self.month_first):
            return ["day-first" if self.day_first else "month-first"]
        return ["day-first"] if self.sign == "." else []

    def iso(self, text: str, order: str | None) -> str:
        """Return the day as 2026-02-27, or what stands there."""
        if order == "month-first":
            return self.month_first or self.day_first or text
        return self.day_first or self.month_first or text

    def form(self, order: str | None) -> str:
        """Return how to write a day as this one is."""
        return _ISO if self.year_first or order is None else _ORDERS[order].format(self.sign)


def _both(text: str) -> _Both:
    found = _DAY.fullmatch(text.strip())
    if not found:
        return _Both()
    first, sign, second, third = found.groups()
    if len(first) == 4 and len(third) <= 2:
        day = _iso(first, second, third)
        return _Both(sign, True, day, day)
    if len(first) > 2 or len(third) not in (2, 4):
        return _Both()
    year = third if len(third) == 4 else f"20{third}"
    return _Both(sign, False, _iso(year, second, first), _iso(year, first, second))


def _iso(year: str, month: str, day: str) -> str:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else ""


def _two_readings(both: _Both) -> str:
    days = map(dt.date.fromisoformat, (both.day_first, both.month_first))
    readings = " or ".join(f"{day.day} {day:%B %Y}" for day in days)
    return f"can be {readings}, and no other date in the file decides it"


def with_rows(table: OwnTable, rows: Sequence[dict[str, str]]) -> bytes:
    """Return the file's content with rows added at its end, written as the rest of it is.

    A file without any gets its header; a last line that is not closed is closed first. Where the
    file's encoding has no sign for a character, all of the file becomes UTF-8.

    Parameters
    ----------
    table
        The file as it was read.
    rows
        The cells of each row by column, made by `text_cell` and `day_cell`.
    """
    dialect = table.dialect
    before = table.content[len(dialect.mark) :]
    text = before.decode(dialect.encoding, _passing(dialect.encoding))
    if not text.strip():
        text = _line(table.header, dialect)
    elif _is_open(text, dialect.delimiter):
        text += f'"{dialect.newline}'
    elif not text.endswith(("\n", "\r")):
        text += dialect.newline
    text += "".join(_line([row.get(name, "") for name in table.header], dialect) for row in rows)
    try:
        return dialect.mark + text.encode(dialect.encoding, _passing(dialect.encoding))
    except UnicodeEncodeError:
        return NEW.mark + text.encode("utf-8", "surrogatepass")


def _passing(encoding: str) -> str:
    return "strict" if encoding == "cp1252" else "surrogatepass"


def _is_open(text: str, delimiter: str) -> bool:
    """Whether the text ends within quotes: a further line would then belong to its last cell."""
    return _records(f"{text}\nx", delimiter)[-1] != ["x"]


def day_cell(day: pd.Timestamp | None, dialect: Dialect) -> str:
    """Return a day as the file writes days; None is a blank cell."""
    return "" if day is None else f"{day:{dialect.day}}"


def text_cell(text: str | None) -> str:
    """Return a text as it stands in a cell; None is a blank cell."""
    return "" if text is None else guarded(text)


def _line(cells: Sequence[str], dialect: Dialect) -> str:
    signs = re.compile(rf'[{re.escape(dialect.delimiter)}"\r\n]|^\s|\s$')
    quoted = ('"' + cell.replace('"', '""') + '"' if signs.search(cell) else cell for cell in cells)
    return dialect.delimiter.join(quoted) + dialect.newline


def put_content(path: Path, content: bytes, *, before: bytes) -> bool:
    """Let a content take the place of the one that was read; all of it is there, or none.

    Returns
    -------
    bool
        False, and nothing is written, if the file holds something else than `before` by now.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".writing-") as apart:
        new = Path(apart) / path.name
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        if (path.read_bytes() if path.exists() else b"") != before:
            return False
        new.replace(path)
    return True
