"""Bytes, an open file or a DataFrame to a raw table of text; files are only read."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd

from ..errors import ReadError, SettingError
from .delimited import Layout, records_of
from .problems import Problems
from .words import clean, tokens

Source = str | os.PathLike[str] | IO[str] | IO[bytes] | pd.DataFrame
HeaderScore = Callable[[Sequence[str]], int]

_HEADER_WITHIN = 20
_NAMED = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"SQLite format 3", "a database (SQLite)"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_WAY_OUT = "Save it as CSV (UTF-8) or .xlsx, one row per application or per event."


@dataclass(frozen=True)
class Column:
    """One column as text: `distinct` are its different cells, `codes` says which stands where.

    The first value is always the blank one. Each is read once, however many rows hold it.
    """

    header: str
    codes: np.ndarray
    distinct: list[str]

    @classmethod
    def of(cls, header: str, cells: Iterable[str]) -> Column:
        """Return the column of these cells."""
        seen = {"": 0}
        codes = [seen.setdefault(cell, len(seen)) for cell in cells]
        return cls(header, np.array(codes, dtype="int32"), list(seen))

    def take(self, rows: np.ndarray) -> Column:
        """Return the same column with these rows alone."""
        return Column(self.header, self.codes[rows], self.distinct)

    def filled(self) -> np.ndarray:
        """Return which rows hold more than blanks."""
        return np.array([clean(value) != "" for value in self.distinct], dtype=bool)[self.codes]


@dataclass(frozen=True)
class RawTable:
    """A table of text: its name for messages, its columns, and each row's number in the file."""

    name: str
    columns: list[Column]
    source_rows: np.ndarray
    n_rejected: int = 0

    def __len__(self) -> int:
        return len(self.source_rows)


def read_table(
    source: Source, *, layout: Layout, sheet: str | int | None, score: HeaderScore, found: Problems
) -> RawTable:
    """Return the raw table of a path, an open file or a DataFrame.

    Raises
    ------
    ReadError
        If there is no table in it; the message says what it is and the way out.
    """
    if isinstance(source, pd.DataFrame):
        from .frames import table_of_frame

        return table_of_frame(source)
    name, content = _content(source)
    if isinstance(content, str):
        text = content
    elif content.startswith(_WORKBOOKS):
        from .workbooks import records_of_workbook

        records, sheet_name = records_of_workbook(
            content, name=name, sheet=sheet, score=score, found=found
        )
        return _table(f"{name}, sheet {sheet_name!r}", records, layout, score, found)
    else:
        text = decoded(content, name=name, encoding=layout.encoding, found=found)
    if sheet is not None:
        raise SettingError(
            f"{name} is a text file and has no sheets. Leave out sheet={sheet!r}.",
            name="sheet",
            value=sheet,
        )
    text = _without_surrogates(text).removeprefix("\ufeff")
    if not clean(text):
        raise ReadError(f"{name} is empty. {_WAY_OUT}")
    if "\0" in text:
        raise ReadError(f"{name} holds NUL characters: it is not a text table. {_WAY_OUT}")
    records = records_of(text, layout=layout, score=score, found=found)
    return _table(name, records, layout, score, found)


def _content(source: object) -> tuple[str, bytes | str]:
    if isinstance(source, str | os.PathLike):
        try:
            path = Path(source)  # type: ignore[arg-type]
            if path.is_dir():
                raise ReadError(f"{path} is a folder. Pass the path of one file in it.")
            return path.name, path.read_bytes()
        except FileNotFoundError:
            raise ReadError(
                f"there is no file {os.fspath(source)!r}. Check the path; a relative one starts at "
                f"{os.getcwd()!r}."  # noqa: PTH109
            ) from None
        except (OSError, ValueError, TypeError) as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(f"{source!r} cannot be opened: {error}.") from None
    if hasattr(source, "read"):
        name = getattr(source, "name", None)
        name = Path(name).name if isinstance(name, str) and name else "the open file"
        try:
            content = source.read()
        except UnicodeDecodeError as error:
            raise ReadError(
                f"{name} cannot be decoded as it was opened: {error}. Open it with mode 'rb', or "
                "pass its path."
            ) from None
        except (OSError, ValueError) as error:
            raise ReadError(f"{name} cannot be read: {error}.") from None
        if isinstance(content, str | bytes | bytearray):
            return name, content if isinstance(content, str) else bytes(content)
    raise ReadError(
        f"a log cannot be read from {type(source).__name__}. Pass a path, an open file or a "
        "DataFrame."
    )


def decoded(content: bytes, *, name: str, encoding: str | None, found: Problems) -> str:
    """Return the text of the bytes: as told, else by mark, as UTF-8, or last as cp1252.

    Raises
    ------
    ReadError
        If they are no text, or not in the encoding that was given.
    SettingError
        If there is no encoding of that name.
    """
    for start, what in _NAMED:
        if content.startswith(start):
            raise ReadError(f"{name} is {what}, whatever its name says. {_WAY_OUT}")
    if encoding is not None:
        return _told(content, name, encoding)
    for mark, codec in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF8, "utf-8-sig"),
    ):
        if content.startswith(mark):
            return _told(content, name, codec)
    if b"\0" in content or _mostly_control(content):
        raise ReadError(
            f"{name} is not a text table: it holds bytes that no text has. {_WAY_OUT} If it is "
            'text in UTF-16, pass encoding="utf-16-le".'
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = _told(content, name, "cp1252")
    found.noted(
        None,
        None,
        None,
        f"{name} is not UTF-8; it was read as Windows-1252, which is a guess",
        'if names look wrong, pass encoding="..."',
    )
    return text


def _told(content: bytes, name: str, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except (LookupError, TypeError, ValueError):
        raise _no_such_encoding(encoding) from None
    try:
        return content.decode(encoding)
    except LookupError:  # it is one, but not of text
        raise _no_such_encoding(encoding) from None
    except ValueError as error:  # UnicodeError is one
        raise ReadError(
            f"{name} is not text in {encoding}: {error}. Pass encoding=... with the one it was "
            "saved in."
        ) from None


def _no_such_encoding(encoding: object) -> SettingError:
    return SettingError(
        f'there is no text encoding {encoding!r}. Use "utf-8", "cp1252", "utf-16", "mac_roman" '
        "or another that Python knows.",
        name="encoding",
        value=encoding,
    )


def _mostly_control(content: bytes) -> bool:
    start = content[:8192]
    control = sum(start.count(bytes([b])) for b in range(32) if b not in (9, 10, 12, 13))
    return control * 20 > len(start)


def _without_surrogates(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def _table(
    name: str,
    records: list[list[str]],
    layout: Layout,
    score: HeaderScore,
    found: Problems,
) -> RawTable:
    """Find the header, square the rows to it, and leave out those that do not fit."""
    head, headers = _header(name, records, layout, score, found)
    if head > 0 and layout.header_row is None:
        found.noted(
            head + 1, None, None, f"the header was found in row {head + 1}", "rows above it skipped"
        )
    width = len(headers)
    rows, numbers, short, n_rejected = [], [], [], 0
    for number, record in enumerate(records[head + 1 :], start=head + 2):
        if len(record) > width:
            if any(clean(cell) for cell in record[width:]):
                n_rejected += 1
                found.rejected(
                    number,
                    " | ".join(record),
                    f"it has {len(record)} cells and the header {width}: a separator too many?",
                )
                continue
            record = record[:width]
        elif len(record) < width:
            if any(map(clean, record)):
                short.append(number)
            record = record + [""] * (width - len(record))
        rows.append(record)
        numbers.append(number)
    if short:
        _note_short(short, found)
    cells = zip(*rows, strict=True) if rows else ((),) * width
    columns = [Column.of(h, column) for h, column in zip(headers, cells, strict=True)]
    return RawTable(name, columns, np.array(numbers, dtype="int64"), n_rejected)


def _note_short(short: list[int], found: Problems) -> None:
    shown = ", ".join(map(str, short[:10])) + (", ..." if len(short) > 10 else "")
    found.noted(
        short[0],
        None,
        f"rows {shown}",
        f"{len(short)} row{'s have' if len(short) > 1 else ' has'} fewer cells than the header",
        "the missing cells were taken as blank",
    )


def _header(
    name: str, records: list[list[str]], layout: Layout, score: HeaderScore, found: Problems
) -> tuple[int, list[str]]:
    if layout.header_row is not None:
        at = layout.header_row - 1
        if at >= len(records) or not any(map(clean, records[at])):
            raise SettingError(
                f"{name} has {len(records)} rows, and nothing in row {layout.header_row}. Pass "
                "header_row=<the number of the row with the column names>.",
                name="header_row",
                value=layout.header_row,
            )
    else:
        at, n_known = best_header(records, score)
        for upper in (at - 1, at):
            two = _two_lines(records[max(upper, 0) : upper + 2], score)
            if sum(score([cell]) for cell in two) > n_known:
                found.noted(upper + 2, None, None, "the header has two lines", "read as one")
                return upper + 1, two
    record = records[at]
    while record and not clean(record[-1]):
        record = record[:-1]
    # a header may be blank above cells that are not: the widest of the next rows tells
    below = max((_filled_width(row) for row in records[at + 1 : at + 51]), default=0)
    wide = sum(_filled_width(row) > len(record) for row in records[at + 1 : at + 51])
    if below > len(record) and wide * 2 > len(records[at + 1 : at + 51]):
        record = record + [""] * (below - len(record))
    if not any(map(clean, record)):
        raise ReadError(f"{name} has no row that could be its header. {_WAY_OUT}")
    return at, [clean(cell) for cell in record]


def _two_lines(records: list[list[str]], score: HeaderScore) -> list[str]:
    """Join "Interview" above "Date" and "With"; a name above goes on until the next one."""
    if len(records) < 2:
        return []
    upper, lower = ([clean(cell) for cell in record] for record in records)
    width = max(_filled_width(upper), _filled_width(lower))
    above, out = "", []
    for top, bottom in zip_longest(upper[:width], lower[:width], fillvalue=""):
        above = top or above
        both = f"{above} {bottom}".strip()
        out.append(both if score([both]) or not score([bottom]) else bottom)
    return out if "" in upper[:width] else []


def _filled_width(record: Sequence[str]) -> int:
    return max((i for i, cell in enumerate(record, start=1) if clean(cell)), default=0)


def best_header(records: list[list[str]], score: HeaderScore) -> tuple[int, int]:
    """Return the place of the row that reads most like a header, and how many names it knows."""
    best, best_score = 0, -1
    for at, record in enumerate(records[:_HEADER_WITHIN]):
        if not any(tokens(cell) for cell in record):
            continue
        n = score(record)
        if n > best_score:
            best, best_score = at, n
    return best, max(best_score, 0)
