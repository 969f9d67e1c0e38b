"""Cells to whole days: every format that can be read in one way only, and the order of the rest.

Only the distinct texts of a column are looked at, so a million rows cost what their dates cost.
Day-first or month-first is decided for a whole column, never for a cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import ReadError, SettingError
from .raw import Column
from .words import clean, fold, letters, vocabulary

DATE_ORDERS = ("day-first", "month-first")
FIRST_YEAR, LAST_YEAR = 1970, 2100

_ISO = re.compile(r"(?<!\d)(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/]|[-.]\d)"
)
_DAY_WORD = re.compile(
    r"(?<![\w])(\d{1,2})(?:st|nd|rd|th|\.)?[\s/.,-]*(?:of\s+)?([^\W\d_]{3,})[\s/.,-]*'?"
    r"(\d{4}|\d{2})(?![\d:]|\s?[ap]\.?m)"
)
_WORD_DAY = re.compile(
    r"(?<![\w])([^\W\d_]{3,})[\s/.,-]*(\d{1,2})(?:st|nd|rd|th)?[\s/.,-]+'?"
    r"(\d{4}|\d{2})(?![\d:]|\s?[ap]\.?m)"
)
_YEAR_WORD = re.compile(r"(?<!\d)(\d{4})[\s/.,-]+([^\W\d_]{3,})[\s/.,-]+(\d{1,2})(?!\d)")
_WITH_MONTH = ((_YEAR_WORD, 1, 2, 3), (_DAY_WORD, 3, 2, 1), (_WORD_DAY, 3, 1, 2))
_TIME = re.compile(
    r"(?<![\d:])t?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\b\.?)?"
    r"(?:z\b|\s*[+-]\d{2}:?\d{2})?"
)
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s*(?:([ap])\.?m\b\.?|uhr\b|h\b|o'?clock)")
_YEARLESS = re.compile(r"\d{1,2}\s?[-/.]\s?\d{1,2}[.]?")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_WORDS = re.compile(r"[^\W_]+")
_EPOCH = dt.date(1899, 12, 30)
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()

NO_SUCH_DAY = "there is no such day"
NO_YEAR = "the date has no year"
TWO_DATES = "there is more than one date"
NOT_A_DATE = "it is not a date"
OUT_OF_RANGE = f"the year is not between {FIRST_YEAR} and {LAST_YEAR}"


@dataclass(frozen=True)
class Cell:
    """What one text says: a day, two possible days, words, a problem, or nothing."""

    day: dt.date | None = None
    month_first: dt.date | None = None
    by: str = ""  # what only one order can read: "day-first", "month-first"; "both" if either can
    dotted: bool = False
    serial: bool = False
    hour: int = -1
    words: str = ""
    problem: str = ""


_BLANK = Cell()


def read_cell(text: str, *, serials: bool = True) -> Cell:
    """Return what a date cell says, its order left open."""
    text = clean(text)
    if not text:
        return _BLANK
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            return _in_range(Cell(dt.date.fromisoformat(text)))
        except ValueError:
            pass
    folded = fold(text)
    if _DIGITS.fullmatch(folded):
        return _number(folded, serials)
    found = _candidates(folded)
    if not found:
        return _no_date(text, folded)
    if len({cell for cell, _, _ in found}) > 1 or len(found) > 1:
        return Cell(problem=TWO_DATES)
    cell, start, end = found[0]
    if cell.problem:
        return cell
    hour, rest = _time(f"{folded[:start]} {folded[end:]}")
    words = _rest(rest)
    if any(char.isdecimal() for char in words):
        return Cell(problem=f"beside the date stands {words!r}")
    return Cell(cell.day, cell.month_first, cell.by, cell.dotted, hour=hour, words=words)


def _in_range(cell: Cell) -> Cell:
    for day in (cell.day, cell.month_first):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            return Cell(problem=OUT_OF_RANGE)
    return cell


def _number(text: str, serials: bool) -> Cell:
    if len(text) == 8 and text.isdecimal():
        return _of(int(text[:4]), int(text[4:6]), int(text[6:]))
    value = float(text)
    if value == 0:
        return Cell(problem="zero is not a date")
    if serials and 25569 <= value < 73415:  # 1970 to 2100, as a spreadsheet counts days
        day = _EPOCH + dt.timedelta(days=int(value))
        hour = int((value % 1) * 24 + 1e-6) if value % 1 else -1
        return _in_range(Cell(day, serial=True, hour=hour))
    return Cell(problem="a number alone is not a date")


def _candidates(text: str) -> list[tuple[Cell, int, int]]:
    """Return every date in the text with its place; two readings of one place are one date."""
    months = vocabulary().months
    out: list[tuple[Cell, int, int]] = []

    for m in _ISO.finditer(text):
        _add(out, _of(int(m[1]), int(m[3]), int(m[4])), m)
    for m in _NUMERIC.finditer(text):
        _add(out, _two_orders(int(m[1]), int(m[3]), _year(m[4]), dotted=m[2] == "."), m)
    for pattern, year, month, day in _WITH_MONTH:
        for m in pattern.finditer(text):
            if m[month] in months:
                _add(out, _of(_year(m[year]), months[m[month]], int(m[day])), m)
    return out


def _add(out: list[tuple[Cell, int, int]], cell: Cell, found: re.Match[str]) -> None:
    start, end = found.span()
    if all(end <= a or start >= b for _, a, b in out):
        out.append((cell, start, end))


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else 2000 + year if year < 70 else 1900 + year


def _of(year: int, month: int, day: int) -> Cell:
    try:
        return _in_range(Cell(dt.date(year, month, day)))
    except ValueError:
        return Cell(problem=NO_SUCH_DAY)


def _two_orders(a: int, b: int, year: int, *, dotted: bool) -> Cell:
    day_first, month_first = _of(year, b, a), _of(year, a, b)
    if day_first.day and month_first.day:
        if day_first.day == month_first.day:
            return day_first
        return Cell(day_first.day, month_first.day, by="both", dotted=dotted)
    if day_first.day:
        return Cell(day_first.day, by="day-first", dotted=dotted)
    if month_first.day:
        return Cell(month_first.day, by="month-first", dotted=dotted)
    return day_first if day_first.problem == OUT_OF_RANGE else Cell(problem=NO_SUCH_DAY)


def _time(rest: str) -> tuple[int, str]:
    """Split a time of day off; midnight to the minute is how exports write "no time"."""
    found = _TIME.search(rest) or _HOUR.search(rest)
    if not found:
        return -1, rest
    hour, groups = int(found[1]), found.groups()
    half = groups[-1]
    minute = int(groups[1]) if len(groups) == 4 else 0
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    rest = rest[: found.start()] + " " + rest[found.end() :]
    if hour > 23 or minute > 59 or (hour == 0 and minute == 0):
        return -1, rest
    return hour, rest


def _rest(text: str) -> str:
    """Return the words beside a date that are more than weekdays and "at"."""
    words = vocabulary()
    kept = [
        word
        for word in _WORDS.findall(text)
        if word not in words.weekdays and word not in words.date_fillers
    ]
    return " ".join(kept)


def _no_date(text: str, folded: str) -> Cell:
    words = vocabulary()
    parts = _WORDS.findall(folded)
    if not parts:
        # dashes are blanks; other signs say nothing that could be read
        return _BLANK if not folded.strip("-–—./?") else Cell(problem=NOT_A_DATE)
    if letters(text) in words.blank:
        return _BLANK
    if _YEARLESS.fullmatch(folded) or (
        any(part in words.months for part in parts) and any(part.isdecimal() for part in parts)
    ):
        return Cell(problem=NO_YEAR)
    if any(char.isdecimal() for char in folded):
        return Cell(words=folded, problem=NOT_A_DATE)
    return Cell(words=folded)


@dataclass(frozen=True)
class DateColumn:
    """A column of dates: for each row its cell, and for each distinct cell its day."""

    column: Column
    cells: list[Cell]
    days: np.ndarray
    hours: np.ndarray

    @property
    def row_days(self) -> np.ndarray:
        """The day of each row."""
        return self.days[self.column.codes]

    @property
    def row_hours(self) -> np.ndarray:
        """The hour of each row; -1 where there is none."""
        return self.hours[self.column.codes]


def check_date_order(date_order: str | None) -> None:
    """Raise a SettingError unless it is one of the orders, or None."""
    if date_order is not None and date_order not in DATE_ORDERS:
        raise SettingError(
            f'date_order={date_order!r} is no order. Pass "day-first" or "month-first".',
            name="date_order",
            value=date_order,
        )


def order_of(cells: Sequence[Cell]) -> str | None:
    """Return the order that a column's own dates decide; "both" if they contradict each other."""
    orders = {cell.by for cell in cells if cell.by and cell.by != "both"}
    return "both" if len(orders) > 1 else next(iter(orders), None)


def settle(cells: Sequence[Cell], order: str | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the day and the hour of each cell, the order being decided."""
    ordinals = np.array(
        [_ordinal(cell, order) for cell in cells],
        dtype="int64",
    )
    days = np.where(ordinals == _NO_DAY, np.iinfo("int64").min, ordinals - _EPOCH_DAY)
    return days.astype("datetime64[D]"), np.array([cell.hour for cell in cells], dtype="int8")


_NO_DAY = -1


def _ordinal(cell: Cell, order: str | None) -> int:
    day = cell.month_first if cell.by == "both" and order == "month-first" else cell.day
    return _NO_DAY if day is None else day.toordinal()


def decide_orders(
    columns: Sequence[tuple[Column, list[Cell]]],
    *,
    name: str,
    source_rows: np.ndarray,
    date_order: str | None,
) -> list[str | None]:
    """Return for each date column the order in which its dates are read.

    Raises
    ------
    ReadError
        If a column has dates that can be read in two ways and nothing decides; it shows two.
    """
    own = [order_of(cells) for _, cells in columns]
    if date_order is not None:
        return [date_order] * len(columns)
    elsewhere = {order for order in own if order is not None}
    dotted = {"day-first"} if not elsewhere else set()  # nobody writes month.day.year
    out: list[str | None] = []
    for (column, cells), order in zip(columns, own, strict=True):
        open_cells = [at for at, cell in enumerate(cells) if cell.by == "both"]
        if not open_cells or order in DATE_ORDERS:
            out.append(order if order in DATE_ORDERS else None)
            continue
        others = elsewhere if order is None else set()
        if not others and order is None and all(cells[at].dotted for at in open_cells):
            others = dotted
        if len(others) != 1 or "both" in others:
            raise _undecided(column, cells, open_cells, name, source_rows, order)
        out.append(next(iter(others)))
    return out


def _undecided(
    column: Column,
    cells: list[Cell],
    open_cells: list[int],
    name: str,
    source_rows: np.ndarray,
    order: str | None,
) -> ReadError:
    shown = []
    rows = np.flatnonzero(np.isin(column.codes, open_cells))[:2]
    for at in rows:
        cell = cells[column.codes[at]]
        text = clean(column.distinct[column.codes[at]])
        shown.append(
            f"row {source_rows[at]}: {text} can be {_in_words(cell.day)} or "
            f"{_in_words(cell.month_first)}"
        )
    why = (
        "the column has dates of both kinds"
        if order == "both"
        else "no other date in the file decides it"
    )
    return ReadError(
        f"{name}, column {column.header!r}, {'; '.join(shown)}; {why}. Pass "
        'date_order="day-first" or date_order="month-first".'
    )


def _in_words(day: dt.date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B %Y}"
