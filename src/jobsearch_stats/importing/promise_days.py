"""A promise apart from the day on which it was made, and its last day once that is known."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_FRIDAY = 4
_NEAR = 183
"""A month without a year is the next such month, if that ends within half a year."""


@dataclass(frozen=True)
class Promise:
    """A promise apart from the day on which it was made: `n` of a unit, or a named day."""

    unit: str
    n: int = 0
    problem: str = ""


def ends(
    promise: Promise, said: np.ndarray, country: str | None, weekend: Sequence[str]
) -> np.ndarray:
    """Return a promise's last day for each day on which it was made; NaT where none is certain."""
    if promise.unit == "d":
        return said + np.timedelta64(promise.n, "D")
    if promise.unit == "w":
        return said + np.timedelta64(7 * promise.n, "D")
    if promise.unit == "B":
        from ..workdays import business_days_later

        return np.asarray(
            business_days_later(said, promise.n, country=country, weekend=tuple(weekend)),
            dtype="datetime64[D]",
        )
    return np.array(
        [_end(promise, day.item()) for day in said],
        dtype="datetime64[D]",
    )


def _end(promise: Promise, said: dt.date | None) -> dt.date | None:
    if said is None:
        return None
    monday = said - dt.timedelta(days=said.weekday())
    if promise.unit == "weekday":
        return said + dt.timedelta(days=(promise.n - said.weekday() - 1) % 7 + 1)
    if promise.unit == "weekday of next week":
        return monday + dt.timedelta(days=7 + promise.n)
    if promise.unit == "end of week":  # said on a Friday or later, it is the next
        return said + dt.timedelta(days=(_FRIDAY - said.weekday() - 1) % 7 + 1)
    if promise.unit == "end of next week":
        return monday + dt.timedelta(days=7 + _FRIDAY)
    if promise.unit == "end of that month":
        return _end_of_that_month(promise.n, said)
    if promise.unit == "day of month":
        days = (said + dt.timedelta(days=n) for n in range(1, 32))
        return next((day for day in days if day.day == promise.n), None)
    if promise.unit == "end of month":
        return _in_months(said, 0, last=True)
    if promise.unit == "end of next month":
        return _in_months(said, 1, last=True)
    return _in_months(said, promise.n, last=False)


def _in_months(said: dt.date, n: int, *, last: bool) -> dt.date:
    year, month = said.year + (said.month - 1 + n) // 12, (said.month - 1 + n) % 12 + 1
    final = calendar.monthrange(year, month)[1]
    return dt.date(year, month, final if last else min(said.day, final))


def _end_of_that_month(n: int, said: dt.date) -> dt.date | None:
    """Return a month's last day; of one without a year, the next, unless it is far off."""
    year, month = (n - 1) // 12, (n - 1) % 12 + 1
    if year:
        return _in_months(dt.date(year, month, 1), 0, last=True)
    end = _in_months(said, (month - said.month) % 12, last=True)
    return end if said <= end <= said + dt.timedelta(days=_NEAR) else None
