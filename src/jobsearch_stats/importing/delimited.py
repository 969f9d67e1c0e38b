"""Delimited text to records: which character separates, and what to do with stray quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from ..errors import SettingError
from .problems import Problems

_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"
_SAMPLE_RECORDS = 40
_SAMPLE_CHARS = 200_000
_CELL_LIMIT = 10_000_000
_MOST_REPAIRS = 50


@dataclass(frozen=True)
class Layout:
    """What the user said of the file's layout; None: find out."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None


def records_of(
    text: str,
    *,
    layout: Layout,
    score: Callable[[Sequence[str]], int],
    found: Problems,
) -> list[list[str]]:
    """Return the file's records; a cell may hold line breaks, as in a spreadsheet.

    Raises
    ------
    SettingError
        If the delimiter that was given cannot be one.
    """
    delimiter = layout.delimiter
    start = text[:8].lower()
    if start.startswith("sep=") and len(text) > 5 and text[5:6] in "\r\n":
        # Excel's own mark: it is no row of the sheet
        delimiter = delimiter or text[4]
        text = text[5:].removeprefix("\r").removeprefix("\n")
    if delimiter is None:
        delimiter = _best_delimiter(text, score)
    elif len(delimiter) != 1 or delimiter in '\r\n"':
        raise SettingError(
            f"delimiter={delimiter!r} cannot separate cells. Pass one character, such as "
            '"," or ";" or "\\t".',
            name="delimiter",
            value=delimiter,
        )
    return _records(text, delimiter, found)


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


def _records(text: str, delimiter: str, found: Problems) -> list[list[str]]:
    old = csv.field_size_limit(_CELL_LIMIT)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return _repaired(list(io.StringIO(text, newline="")), delimiter, found)
    finally:
        csv.field_size_limit(old)


def _repaired(lines: list[str], delimiter: str, found: Problems) -> list[list[str]]:
    """Read lines of which some have stray quotes: a quote that swallows rows is a character.

    A cell may hold line breaks if its quotes close where they should; else each line is a row.
    """
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
