"""Values as cells: text that every spreadsheet can hold, days as numbers, numbers as such."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd

from ..patterns import pattern
from ..schema import LAST_YEAR
from .columns import ANY, DAY, NUMBER

LONGEST = 32_767
"""Characters that a cell of Excel can hold, counted in UTF-16."""

CUT = " [cut here: a cell holds no more]"

_UNHOLDABLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Controls, which XML cannot hold, and marks that turn the direction of what follows."""
_HALVES = pattern("[\ud800-\udfff]")
_RETURNS = pattern("\r\n?")

_EPOCH = dt.date(1899, 12, 30).toordinal()
_FALSE_LEAP_DAY = dt.date(1900, 3, 1)
_MOST_EXACT = 2**53

Cell = str | float | int | dt.date | None


def text_cell(value: object) -> str | None:
    r"""Return text that a cell can hold; None for what is blank.

    Controls are left out, halves of characters become a question mark in a diamond, and line
    ends are those of a cell.

    Examples
    --------
    >>> text_cell("Acme\x00\r\nLtd")
    'Acme\nLtd'
    """
    if not isinstance(value, str):
        if value is None or value is pd.NaT or value is pd.NA or value != value:
            return None
        value = str(value)
    if not value.isprintable():
        value = _RETURNS.sub("\n", _UNHOLDABLE.sub("", value))
        value = _HALVES.sub("\ufffd", value)
    return value if value.strip() else None


def cut(text: str) -> str:
    """Return text that is no longer than a cell, with a mark where it was cut."""
    if 2 * len(text) <= LONGEST or len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    room = 2 * (LONGEST - len(CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def cells_of(values: pd.Series, holds: str) -> list[Cell]:
    """Return the cells of a column: text, numbers, days as `date`, None where it is blank."""
    if holds == DAY:
        return [None if day is pd.NaT else day.date() for day in values]
    if holds == NUMBER:
        blank = values.isna().tolist()
        return [None if no else int(n) for n, no in zip(values.tolist(), blank, strict=True)]
    if holds == ANY:
        return [any_cell(value) for value in values]
    return [*map(text_cell, values)]


def any_cell(value: object) -> Cell:
    """Return what a user's own column has: a day or a number as such, all else as text."""
    if isinstance(value, dt.date):  # a Timestamp is a date too
        moment = pd.Timestamp(value)
        if pd.isna(moment):
            return None
        whole = moment == moment.normalize() and moment.tz is None
        return moment.date() if whole and 1900 <= moment.year <= LAST_YEAR else str(moment)
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | float | np.number):
        number = value.item() if isinstance(value, np.number) else value
        if number != number:
            return None
        exact = math.isfinite(number) and abs(number) <= _MOST_EXACT
        return number if exact else str(number)
    return text_cell(value)


def day_serial(day: dt.date) -> int:
    """Return a day as a spreadsheet counts it; Excel takes 1900 for a leap year.

    Examples
    --------
    >>> day_serial(dt.date(1900, 1, 1)), day_serial(dt.date(2026, 3, 10))
    (1, 46091)
    """
    return day.toordinal() - _EPOCH - (day < _FALSE_LEAP_DAY)
