"""Delimited text to records: which character separates, and what to do with stray quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..errors import ReadError, SettingError
from .problems import Problems

_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"
_SAMPLE_RECORDS = 40
_SAMPLE_CHARS = 200_000
_CELL_LIMIT = 10_000_000
_END = "\x1eend\x1e"
_MOST_REPAIRS = 20


@dataclass(frozen=True)
class Layout:
    """What the user said of the file's layout; None: find out."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None


def records_of(
    text: str,
    *,
    name: str,
    layout: Layout,
    score: Callable[[Sequence[str]], int],
    found: Problems,
) -> list[list[str]]:
    """Return the file's records; a cell may hold line breaks, as in a spreadsheet.

    Raises
    ------
    ReadError
        If no delimiter makes records of it.
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
    return _records(text, delimiter, name, found)


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


def _records(text: str, delimiter: str, name: str, found: Problems) -> list[list[str]]:
    """Read all records; a quotation mark that never closes is an ordinary character."""
    records: list[list[str]] = []
    rest: str | None = text
    old = csv.field_size_limit(_CELL_LIMIT)
    try:
        for _ in range(_MOST_REPAIRS):
            more, rest = _until_open_quote(rest or "", delimiter)
            records += more
            if rest is None:
                return records
            line, _, rest = rest.partition("\n")
            found.noted(
                len(records) + 1,
                None,
                line.strip()[:200],
                "a quotation mark is opened and never closed",
                "read as an ordinary character",
            )
            records += _unquoted([line], delimiter)
            if not rest:
                return records
        return records + _unquoted(io.StringIO(rest, newline=""), delimiter)
    except csv.Error as error:
        raise ReadError(
            f"{name} is no delimited text near record {len(records) + 1}: {error}. Open it in a "
            "spreadsheet and save it as CSV (UTF-8)."
        ) from None
    finally:
        csv.field_size_limit(old)


def _unquoted(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    return list(
        csv.reader(
            (line.rstrip("\r\n").replace("\r", " ") for line in lines),
            delimiter=delimiter,
            quoting=csv.QUOTE_NONE,
        )
    )


def _until_open_quote(text: str, delimiter: str) -> tuple[list[list[str]], str | None]:
    """Return the records, and the text from the one on whose quote is still open at the end."""
    text += "" if text[-1:] in ("\r", "\n") else "\n"
    records = list(csv.reader(io.StringIO(text + _END, newline=""), delimiter=delimiter))
    if records[-1] == [_END]:
        return records[:-1], None
    n_good = len(records) - 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(n_good):
        next(reader)
    lines = list(io.StringIO(text, newline=""))
    return records[:n_good], "".join(lines[reader.line_num :])
