"""A raw table whose columns have fields: what both shapes of file have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from ..schema import DAY
from .columns import Plan
from .contacting import read_contacting
from .date_columns import read_dates
from .dates import DateColumn, words_beside
from .doubts import is_doubtful
from .fields import DATE_FIELDS
from .lone_cells import is_merge_mark, why_no_application
from .problems import Problems
from .raw import Column, RawTable, trimmed
from .told import ToldColumn
from .values import are_blank_words, is_blank_word, yes_or_no
from .words import clean, is_formula

NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Table:
    """The rows that hold something, with how each column is read and the dates in it."""

    name: str
    columns: list[Column]
    source_rows: np.ndarray
    plan: Plan
    found: Problems
    dates: Mapping[int, DateColumn] = field(default_factory=dict)
    told: Mapping[int, ToldColumn] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.source_rows)

    def take(self, rows: np.ndarray) -> Table:
        """Return the table with these rows alone (a mask)."""
        if rows.all():
            return self
        columns = [column.take(rows) for column in self.columns]
        dates = {at: replace(read, column=columns[at]) for at, read in self.dates.items()}
        told = {at: replace(read, column=columns[at]) for at, read in self.told.items()}
        taken = self.source_rows[rows]
        return replace(self, columns=columns, source_rows=taken, dates=dates, told=told)

    def one(self, name: str) -> Column | None:
        """Return the column of a field, or None."""
        places = self.plan.of(name)
        return self.columns[places[0]] if places else None

    def date_of(self, name: str) -> DateColumn | None:
        """Return the dates of a field's column, or None."""
        places = self.plan.of(name)
        return self.dates[places[0]] if places else None

    def row_text(self, row: int) -> str:
        """Return a row as text, for problems."""
        cells = (clean(column.distinct[column.codes[row]]) for column in self.columns)
        return " | ".join(cells)

    def blanked(
        self, column: Column, problems: Mapping[int, str], rows: np.ndarray | None = None
    ) -> None:
        """Note every row of the column that holds one of these values (code to problem)."""
        if not problems:
            return
        hit = np.isin(column.codes, list(problems))
        if rows is not None:
            hit &= rows
        for row in np.flatnonzero(hit):
            code = int(column.codes[row])
            self.found.blanked(
                int(self.source_rows[row]),
                column.header,
                clean(column.distinct[code]),
                problems[code],
            )

    def noted_values(self, column: Column, codes: Sequence[int], problem: str, done: str) -> None:
        """Note each of these values once, with its first row and how often it stands."""
        if not codes:
            return
        times = counts(column.codes, len(column.distinct))
        first = np.zeros(len(column.distinct), dtype="int64")
        first[column.codes[::-1]] = np.arange(len(column.codes))[::-1]
        for code in codes:
            if times[code]:
                row = int(first[code])
                self.found.noted(
                    int(self.source_rows[row]),
                    column.header,
                    clean(column.distinct[code]),
                    f"{problem} ({times[code]} time{'s' if times[code] > 1 else ''})",
                    done,
                )

    def noted_row(self, row: int, column: str | None, value: str | None, problem: str) -> None:
        """Note something about a row that is kept."""
        self.found.noted(int(self.source_rows[row]), column, value, problem)


def table_of(raw: RawTable, plan: Plan, found: Problems) -> tuple[Table, int, int]:
    """Return the table without blank rows, and how many were blank and how many left out."""
    n_saying = _n_saying(raw)
    says = n_saying > 0
    table = Table(raw.name, raw.columns, raw.source_rows, plan, found)
    reasons = dict.fromkeys(np.flatnonzero(_header_again(table) & says).tolist(), _AGAIN)
    reasons |= _lone_reasons(table, n_saying == 1)
    out = np.zeros(len(raw), dtype=bool)
    for row, why in sorted(reasons.items()):
        found.rejected(int(raw.source_rows[row]), table.row_text(row), why)
        out[row] = True
    kept = table.take(says & ~out)
    columns = [
        _without_formulas(kept, column) if read.name else column
        for column, read in zip(kept.columns, plan.columns, strict=True)
    ]
    return replace(kept, columns=columns), int((~says).sum()), int(out.sum())


_AGAIN = "it is the header again"


def _n_saying(raw: RawTable) -> np.ndarray:
    """Return how many cells of each row say more than "n/a" and a box not ticked; 2: or more."""
    out = np.zeros(len(raw), dtype="int8")
    few = np.arange(len(raw))
    for column in sorted(raw.columns, key=lambda column: len(column.distinct)):
        out[few] += _saying(column, few)[column.codes[few]]
        few = few[out[few] < 2]
        if not len(few):
            break
    return out


def _saying(column: Column, rows: np.ndarray) -> np.ndarray:
    """Return which distinct values say something, of those that stand in these rows."""
    says = np.zeros(len(column.distinct), dtype=bool)
    for code in np.flatnonzero(counts(column.codes[rows], len(says))):
        value = column.distinct[code]
        says[code] = not is_blank_word(value) and yes_or_no(value) is not False
    return says


def _lone_reasons(table: Table, alone: np.ndarray) -> dict[int, str]:
    """Return why rows in which a single cell says something are no applications."""
    out: dict[int, str] = {}
    rows = np.flatnonzero(alone)
    for column, read in zip(table.columns, table.plan.columns, strict=True):
        if not len(rows):
            break
        reasons = {}
        for code in np.flatnonzero(_saying(column, rows)).tolist():
            value = column.distinct[code]
            dated = read.name in DATE_FIELDS and not is_merge_mark(value)
            reasons[code] = "" if dated else why_no_application(value)
        for row in rows.tolist():
            why = reasons.get(int(column.codes[row]))
            if why:
                out[row] = why
    return out


def counts(codes: np.ndarray, n: int) -> np.ndarray:
    """Return how often each code stands."""
    return np.bincount(codes, minlength=n)


def _header_again(table: Table) -> np.ndarray:
    """Return the rows that hold the header, whatever their case and blanks."""
    out = np.zeros(len(table), dtype=bool)
    same = np.arange(len(table))
    for column in sorted(table.columns, key=lambda column: len(column.distinct)):
        header = _plain(column.header)
        if not header:
            continue
        is_header = np.zeros(len(column.distinct), dtype=bool)
        for code in np.flatnonzero(counts(column.codes[same], len(is_header))):
            value = column.distinct[code]
            is_header[code] = len(value) < len(header) + _PADDED and _plain(value) == header
        same = same[is_header[column.codes[same]]]
        if not len(same):
            return out
    out[same] = sum(bool(column.header) for column in table.columns) > 1
    return out


_PADDED = 100


def _plain(text: str) -> str:
    return " ".join(clean(text).casefold().split())


def _without_formulas(table: Table, column: Column) -> Column:
    """Return the column with its texts trimmed, and formulas and their errors blanked."""
    values = trimmed(column.distinct)
    formulas = {}
    joined = "\0".join(values)  # a blank text is the first
    if "\0=" in joined or "\0#" in joined:
        formulas = {code: _FORMULA for code, value in enumerate(values) if is_formula(value)}
    table.blanked(column, formulas)
    for code in formulas:
        values[code] = ""
    return replace(column, distinct=values)


_FORMULA = "it is a formula, or its error, in place of a value"


def with_dates(table: Table, date_order: str | None) -> Table:
    """Return the table with its date columns read.

    Raises
    ------
    ReadError
        If a column's dates can be read in two ways and nothing decides.
    """
    dates, told = read_dates(
        table.columns,
        table.plan,
        name=table.name,
        source_rows=table.source_rows,
        date_order=date_order,
        found=table.found,
    )
    return replace(table, dates=dates, told=told)


def plain_dates(table: Table, name: str) -> np.ndarray:
    """Return the days of a column of dates; words beside them may say how, the rest is blanked."""
    read = table.date_of(name)
    if read is None:
        return np.full(len(table), NO_DAY, dtype="datetime64[D]")
    problems, beside = {}, []
    days = read.days.copy()
    for code, cell in enumerate(read.cells):
        if cell.problem or cell.words:
            if cell.day is None and is_blank_word(cell.words or "x"):
                continue
            if cell.day is not None and _says_how(cell.words, read.column.distinct[code]):
                beside.append(code)
                continue
            problems[code] = cell.problem or (
                f"beside the date stands {cell.words!r}" if cell.day else "it is not a date"
            )
            days[code] = NO_DAY
    table.blanked(read.column, problems)
    table.noted_values(read.column, beside, "words beside the date", "the date is used alone")
    return days[read.column.codes]


def _says_how(words: str, text: str) -> bool:
    """Whether words beside a date say how one is in touch, or nothing against the date."""
    said = words.removeprefix("by ")
    return any(not read_contacting(way).words for way in (words_beside(text), said)) or not (
        any(map(str.isdecimal, said)) or is_doubtful(said, text)
    )


def parsed(
    table: Table, column: Column, read: Callable[[str], object], problem: str
) -> list[object]:
    """Return a column's distinct values read one by one; None where blank, or it cannot be."""
    out: list[object] = []
    problems = {}
    for code, value in enumerate(column.distinct):
        out.append(None if not value or is_blank_word(value) else read(value))
        if out[-1] is None and value and not is_blank_word(value):
            problems[code] = problem
    table.blanked(column, problems)
    return out


def texts(column: Column | None, n: int, *, keep_words: bool = True) -> np.ndarray:
    """Return a column as an object array of text, None where blank (or "n/a", "-", "?")."""
    if column is None:
        return np.full(n, None, dtype=object)
    values = np.empty(len(column.distinct), dtype=object)
    values[:] = column.distinct
    values[~kept(column, keep_words=keep_words)] = None
    return values[column.codes]


def kept(column: Column, *, keep_words: bool = True) -> np.ndarray:
    """Return which of a column's distinct values are not blank (nor "n/a", "-", "?")."""
    if keep_words:
        return np.array(list(map(bool, column.distinct)), dtype=bool)
    return ~np.array(are_blank_words(column.distinct), dtype=bool)


def first_codes(codes: np.ndarray, good: np.ndarray, group: np.ndarray, n: int) -> np.ndarray:
    """Return for each application the first of its rows' codes that is good; -1 if none is.

    Parameters
    ----------
    codes
        What stands in each row.
    good
        For each code, whether it counts.
    group
        The application of each row.
    n
        How many applications there are.
    """
    out = np.full(n, -1, dtype="int64")
    if n == len(codes):  # a row each
        out[group] = np.where(good[codes], codes, -1)
        return out
    at = np.flatnonzero(good[codes])[::-1]  # of several, the last to be written is the first
    out[group[at]] = codes[at]
    return out


def text_array(distinct: Sequence[str] | np.ndarray, codes: np.ndarray) -> ExtensionArray:
    """Return the texts of these codes in the dtype of the data model; -1 is blank."""
    return pd.array(distinct, dtype="str").take(codes, allow_fill=True)


def no_texts(index: pd.Index) -> pd.Series:
    """Return blank texts, for all the columns that have none: pandas copies when one is written."""
    blank = pd.array([None], dtype="str").take(np.zeros(len(index), dtype="int8"))
    return pd.Series(blank, index=index, copy=False)


def no_days(index: pd.Index) -> pd.Series:
    """Return blank days, for all the columns that have none."""
    return pd.Series(np.full(len(index), np.datetime64("NaT", "s")), index=index, copy=False)


def only(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the values with None where the mask does not hold."""
    out = values.astype(object)
    out[~mask] = None
    return out


def as_days(days: np.ndarray) -> np.ndarray:
    """Return days in the dtype of the data model."""
    return days.astype(DAY)
