"""Delimited text to records: which character separates, and what to do with stray quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..errors import SettingError
from .problems import Problems

_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"
_SAMPLE_RECORDS = 25
_SAMPLE_CHARS = 200_000
_MOST_REPAIRS = 50


@dataclass(frozen=True)
class Layout:
    """What the user said of the file's layout; None: find out."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    names: tuple[str, ...] | None = None


def layout_of(
    encoding: str | None,
    delimiter: str | None,
    header_row: int | None,
    names: Sequence[str] | None,
) -> Layout:
    """Return what the user said of the file's layout, checked.

    Raises
    ------
    SettingError
        If the row or the names cannot be ones.
    """
    if header_row is not None and not (
        isinstance(header_row, int) and not isinstance(header_row, bool) and header_row >= 1
    ):
        raise SettingError(
            f"header_row={header_row!r} is no row. Rows are counted from 1.",
            name="header_row",
            value=header_row,
        )
    return Layout(encoding, delimiter, header_row, _checked_names(names))


def _checked_names(names: Sequence[str] | None) -> tuple[str, ...] | None:
    if names is None:
        return None
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise SettingError(
            f"names={names!r} is no list of names. Pass one text for each column, as in "
            'names=["company", "role", "applied"].',
            name="names",
            value=names,
        )
    return tuple(names)


def delimited(
    text: str, delimiter: str | None, score: Callable[[Sequence[str]], int]
) -> tuple[str, str]:
    """Return the text, without Excel's `sep=` line, and the character that separates its cells.

    Raises
    ------
    SettingError
        If the delimiter that was given cannot be one.
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '\r\n"'):
        raise SettingError(
            f"delimiter={delimiter!r} cannot separate cells. Pass one character, such as "
            '"," or ";" or "\\t".',
            name="delimiter",
            value=delimiter,
        )
    if text[:4].lower() == "sep=" and text[4:5] not in ("", *'\r\n"') and text[5:6] in "\r\n":
        # Excel's own mark: it is no row of the sheet
        delimiter = delimiter or text[4]
        text = text[5:].removeprefix("\r").removeprefix("\n")
    return text, delimiter or _best_delimiter(text, score)


def _best_delimiter(text: str, score: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter under which most headers are known, then most rows are alike."""
    best, best_rank = _NO_DELIMITER, (0, 0, 0)
    sample = text[:_SAMPLE_CHARS]
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        records = _sample(sample, delimiter)
        known = max((score(record) for record in records if len(record) > 1), default=0)
        widths = [len(record) for record in records if record]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        alike = widths.count(usual) if usual > 1 else 0
        if (known, alike, usual) > best_rank:
            best, best_rank = delimiter, (known, alike, usual)
    lines = sample.splitlines()[:_SAMPLE_RECORDS]
    alone = max((score([line]) for line in lines), default=0)
    return _NO_DELIMITER if alone > best_rank[0] else best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            records.append(record)
            if len(records) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass  # what was read until then is a sample too
    return records


def sound_records(content: bytes, delimiter: str) -> Iterator[list[str]]:
    """Return the file's records; a cell may hold line breaks, as in a spreadsheet.

    Raises
    ------
    csv.Error
        Where a quotation mark stands that opens or closes nothing.
    """
    return csv.reader(_lines(content), delimiter=delimiter, strict=True)


def _lines(content: bytes) -> Iterator[str]:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")


def end_of(content: bytes, delimiter: str, n_records: int) -> int:
    """Return where in sound text the first records end, in bytes."""
    taken = 0

    def counted() -> Iterator[str]:
        nonlocal taken
        for line in _lines(content):
            taken += len(line.encode("utf-8"))
            yield line

    for _ in islice(csv.reader(counted(), delimiter=delimiter, strict=True), n_records):
        pass
    return taken


def repaired_records(content: bytes, delimiter: str, found: Problems) -> list[list[str]]:
    """Read lines of which some have stray quotes: a quote that swallows rows is a character.

    A cell may hold line breaks if its quotes close where they should; else each line is a row.
    """
    lines = list(_lines(content))
    records: list[list[str]] = []
    at = 0
    for _ in range(_MOST_REPAIRS):
        more, at, sound = _until_stray_quote(lines, at, delimiter)
        records += more
        if sound:
            return records
        found.noted(
            len(records) + 1,
            None,
            lines[at].strip()[:200],
            "a quotation mark is opened and not closed",
            "read as an ordinary character",
        )
        records += _unquoted(lines[at : at + 1], delimiter)
        at += 1
    found.noted(
        len(records) + 1,
        None,
        None,
        f"more than {_MOST_REPAIRS} quotation marks are opened and not closed",
        "from this row on, each line is a row, and every mark an ordinary character",
    )
    return records + _unquoted(lines[at:], delimiter)


def _until_stray_quote(
    lines: list[str], at: int, delimiter: str
) -> tuple[list[list[str]], int, bool]:
    """Return the records from a line on, the line where they end, and whether that is the end."""
    records: list[list[str]] = []
    start = at
    reader = csv.reader(islice(lines, at, None), delimiter=delimiter)
    try:
        for record in reader:
            end = at + reader.line_num
            if end - start > 1 and not _is_sound(lines[start:end], delimiter):
                return records, start, False
            records.append(record)
            start = end
    except csv.Error:  # a cell without end
        return records, start, False
    return records, len(lines), True


def _is_sound(lines: list[str], delimiter: str) -> bool:
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _unquoted(lines: list[str], delimiter: str) -> list[list[str]]:
    plain = (line.rstrip("\r\n").replace("\r", " ") for line in lines)
    return list(csv.reader(plain, delimiter=delimiter, quoting=csv.QUOTE_NONE))
