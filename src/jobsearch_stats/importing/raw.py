"""Records to a raw table of text: which row is the header, and which rows fit it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice, zip_longest

import numpy as np

from ..errors import ReadError, SettingError
from ..patterns import pattern
from .date_patterns import find_dates
from .lone_cells import why_no_application
from .problems import Problems
from .words import clean, fold, tokens

HeaderScore = Callable[[Sequence[str]], int]

WAY_OUT = "Save it as CSV (UTF-8) or .xlsx, one row per application or per event."
_HEADER_WITHIN = 20
_DATE = pattern(
    r"\s*(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3\d{2,4})(?:[\sT,].*)?", re.S
)
LOOKED_AT = 80
_CHUNK = 20_000


@dataclass(frozen=True)
class Column:
    """One column as text: `distinct` are its different cells, `codes` says which stands where.

    The first value is always the blank one. Each is read once, however many rows hold it.
    """

    header: str
    codes: np.ndarray
    distinct: list[str]

    @classmethod
    def of(cls, header: str, cells: Sequence[str]) -> Column:
        """Return the column of these cells."""
        gathered = _Gathered()
        gathered.add(cells)
        return gathered.column(header)

    @classmethod
    def of_codes(cls, header: str, codes: np.ndarray, texts: list[str]) -> Column:
        """Return the column in which each code stands for one of these texts, all different."""
        blank = texts.index("") if "" in texts else len(texts)
        codes = np.where(codes == blank, 0, codes + (codes < blank)).astype("int32")
        return cls(header, codes, ["", *texts[:blank], *texts[blank + 1 :]])

    def take(self, rows: np.ndarray) -> Column:
        """Return the same column with these rows alone."""
        return Column(self.header, self.codes[rows], self.distinct)

    def filled(self) -> np.ndarray:
        """Return which rows hold more than blanks."""
        return np.array(list(map(bool, trimmed(self.distinct))), dtype=bool)[self.codes]


def trimmed(values: Sequence[str]) -> list[str]:
    """Return the texts without blanks and invisible characters around them."""
    return [value.strip() if value.isascii() else clean(value) for value in values]


@dataclass
class _Gathered:
    """A column while its cells come in, chunk by chunk, each distinct text held once."""

    seen: defaultdict[str, int] = field(
        default_factory=lambda: defaultdict(count(1).__next__, {"": 0})
    )
    codes: list[np.ndarray] = field(default_factory=list)

    def add(self, cells: Sequence[str]) -> None:
        codes = map(self.seen.__getitem__, cells)  # a text not seen before gets the next number
        self.codes.append(np.fromiter(codes, "int32", len(cells)))

    def column(self, header: str) -> Column:
        codes = np.concatenate(self.codes) if self.codes else np.zeros(0, dtype="int32")
        return Column(header, codes, list(self.seen))


@dataclass(frozen=True)
class RawTable:
    """A table of text: its name for messages, its columns, and each row's number in the file."""

    name: str
    columns: list[Column]
    source_rows: np.ndarray
    n_rejected: int = 0

    def __len__(self) -> int:
        return len(self.source_rows)


@dataclass(frozen=True)
class Head:
    """The names of the columns, and the place of the record they stand in (-1: in none)."""

    at: int
    headers: list[str]


def table_of_records(
    records: Iterable[list[str]],
    *,
    name: str,
    header_row: int | None,
    score: HeaderScore,
    found: Problems,
    names: Sequence[str] | None = None,
) -> RawTable:
    """Find the header, square the rows to it, and leave out those that do not fit.

    Raises
    ------
    ReadError
        If no row could be a header.
    SettingError
        If there is no such header row, or the names do not fit.
    """
    stream = iter(records)
    start = list(islice(stream, looked_at(header_row)))
    head = find_head(start, name=name, header_row=header_row, names=names, score=score, found=found)
    headers = head.headers
    rows = _Squared(len(headers), found)
    gathered = [_Gathered() for _ in headers]
    numbers = [np.zeros(0, dtype="int64")]
    at = head.at + 2
    for chunk in _chunks(chain(start[head.at + 1 :], stream)):
        fitting, places = rows.fit(chunk, at)
        for column, cells in zip(gathered, zip(*fitting, strict=True), strict=False):
            column.add(cells)
        numbers.append(places)
        at += len(chunk)
    note_short(rows.short, found)
    columns = [column.column(header) for column, header in zip(gathered, headers, strict=True)]
    return RawTable(name, columns, np.concatenate(numbers), rows.n_rejected)


def _chunks(records: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while chunk := list(islice(records, _CHUNK)):
        yield chunk


@dataclass
class _Squared:
    """Fits records to the header's width, and remembers which did not."""

    width: int
    found: Problems
    n_rejected: int = 0
    short: list[int] = field(default_factory=list)

    def fit(self, records: list[list[str]], first: int) -> tuple[list[list[str]], np.ndarray]:
        """Return the records that fit, filled up, and their row numbers."""
        numbers = np.arange(first, first + len(records), dtype="int64")
        if all(len(record) == self.width for record in records):
            return records, numbers
        fitting, places = [], []
        for number, record in enumerate(records, start=first):
            if len(record) > self.width and any(map(clean, record[self.width :])):
                self.n_rejected += 1
                reject_long(number, record, self.width, self.found)
                continue
            if len(record) < self.width and _is_short(record):
                self.short.append(number)
            blanks = [""] * (self.width - len(record))
            fitting.append(record[: self.width] + blanks)
            places.append(number)
        return fitting, np.array(places, dtype="int64")


def _is_short(record: list[str]) -> bool:
    """Whether cells are missing: a heading or the mark of a merge has a line of its own."""
    filled = list(filter(clean, record))
    return len(filled) > 1 or (len(filled) == 1 and not why_no_application(filled[0]))


def note_short(short: Sequence[int], found: Problems) -> None:
    """Note the rows that had to be filled up."""
    n = len(short)
    if not n:
        return
    shown = ", ".join(map(str, short[:10])) + (", ..." if n > 10 else "")
    found.noted(
        int(short[0]),
        None,
        f"rows {shown}",
        f"{n} row{'s have' if n > 1 else ' has'} fewer cells than the header",
        "the missing cells were taken as blank",
    )


def reject_long(number: int, cells: Sequence[str], width: int, found: Problems) -> None:
    """Leave out a row with more cells than the header: which of them is too many, nobody knows."""
    found.rejected(
        number,
        " | ".join(cells),
        f"it has {len(cells)} cells and the header {width}: a separator too many?",
    )


def looked_at(header_row: int | None) -> int:
    """Return how many records from the start are needed to find the header."""
    return max(LOOKED_AT, (header_row or 0) + 50)


def find_head(
    start: list[list[str]],
    *,
    name: str,
    header_row: int | None,
    names: Sequence[str] | None,
    score: HeaderScore,
    found: Problems,
) -> Head:
    """Find the names of the columns in the first records, or take those that are given.

    Raises
    ------
    ReadError
        If no row could be a header.
    SettingError
        If there is no such header row, or there are more names than columns.
    """
    if names is not None:
        return _named_head(start, name, header_row, names)
    if header_row is not None:
        _check_header_row(start, name, header_row)
        at = header_row - 1
    else:
        at, n_known = best_header(start, score)
        for upper in (at - 1, at):
            two = _two_lines(start[max(upper, 0) : upper + 2], score)
            if sum(score([cell]) for cell in two) > n_known:
                found.noted(upper + 2, None, None, "the header has two lines", "read as one")
                _note_row(upper + 1, found)
                return Head(upper + 1, two)
        _note_row(at, found)
    headers = [clean(cell) for cell in _whole_header(start, at)] if start else []
    if not any(headers):
        raise ReadError(f"{name} has no row that could be its header. {WAY_OUT}")
    return Head(at, headers)


def _note_row(at: int, found: Problems) -> None:
    if at > 0:
        found.noted(
            at + 1, None, None, f"the header was found in row {at + 1}", "rows above it skipped"
        )


def _check_header_row(start: list[list[str]], name: str, header_row: int) -> None:
    if header_row > len(start) or not any(map(clean, start[header_row - 1])):
        raise SettingError(
            f"{name} has {len(start)} rows, and nothing in row {header_row}. Pass "
            "header_row=<the number of the row with the column names>.",
            name="header_row",
            value=header_row,
        )


def _named_head(
    start: list[list[str]], name: str, header_row: int | None, names: Sequence[str]
) -> Head:
    at = -1
    if header_row is not None:
        _check_header_row(start, name, header_row)
        at = header_row - 1
    below = [_filled_width(record) for record in start[at + 1 :]]
    usual = max(set(below), key=lambda width: (below.count(width), width), default=len(names))
    if len(names) > max([*map(len, start), 0]):
        raise SettingError(
            f"names has {len(names)} names, and {name} has {max([*map(len, start), 0])} columns. "
            "Pass one name for each column.",
            name="names",
            value=list(names),
        )
    return Head(at, [*map(clean, names), *[""] * (usual - len(names))])


def _whole_header(start: list[list[str]], at: int) -> list[str]:
    """Return a record up to its last name, or on where the rows below it go on."""
    record = start[at][: _filled_width(start[at])]
    below = [_filled_width(row) for row in start[at + 1 : at + 51]]
    wide = sum(width > len(record) for width in below)
    if wide * 2 > len(below):
        return record + [""] * (max(below) - len(record))
    return record


def _two_lines(records: list[list[str]], score: HeaderScore) -> list[str]:
    """Join "Interview" above "Date" and "With"; a name above goes on until the next one."""
    if len(records) < 2:
        return []
    upper, lower = ([clean(cell) for cell in record] for record in records)
    width = max(_filled_width(upper), _filled_width(lower))
    above, out = "", []
    for top, bottom in zip_longest(upper[:width], lower[:width], fillvalue=""):
        above = top or above
        both = f"{above} {bottom}".strip() if top or bottom else ""
        out.append(both if score([both]) or not score([bottom]) else bottom)
    return out if "" in upper[:width] and any(lower) else []


def _filled_width(record: Sequence[str]) -> int:
    return max((i for i, cell in enumerate(record, start=1) if clean(cell)), default=0)


def _holds_a_date(record: list[str]) -> bool:
    return any(find_dates(fold(clean(cell))) for cell in record if len(cell) < _LONGEST_DATE)


_LONGEST_DATE = 60


def best_header(records: list[list[str]], score: HeaderScore) -> tuple[int, int]:
    """Return the place of the row that reads most like a header, and how many names it knows."""
    best, best_score = 0, 0
    first = next((at for at, record in enumerate(records) if any(map(tokens, record))), 0)
    for at, record in enumerate(records[:_HEADER_WITHIN]):
        if not any(tokens(cell) for cell in record) or any(map(_DATE.fullmatch, record)):
            continue
        n = score(record)
        if n > best_score and not (best_score and _holds_a_date(record)):
            best, best_score = at, n  # below a header, words of a row of data may be known too
    return (best if best_score else first), best_score
