"""A strategy's days after one interview, one day at a time, written from the words of the docs.

Slow and plain on purpose: no arrays, nothing of the package but the strategy's own fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

DAY = dt.timedelta(days=1)
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Calendar:
    """Allowed days of a strategy; holidays are given by hand."""

    def __init__(self, strategy, holidays: Iterable[dt.date] = ()) -> None:
        self.shut = {*strategy.avoid, *strategy.weekend}
        self.holidays = set(holidays)

    def allows(self, day: dt.date) -> bool:
        return NAMES[day.weekday()] not in self.shut and day not in self.holidays

    def on_or_after(self, day: dt.date) -> dt.date:
        while not self.allows(day):
            day += DAY
        return day

    def on_or_before(self, day: dt.date) -> dt.date:
        while not self.allows(day):
            day -= DAY
        return day

    def later(self, day: dt.date, n: int) -> dt.date:
        """Return the n-th allowed day after an allowed one."""
        for _ in range(n):
            day = self.on_or_after(day + DAY)
        return day


def window_of(strategy, met, promise=None, until=None, holidays=()) -> tuple | None:
    """Return first and last day; None: never."""
    days = Calendar(strategy, holidays)
    if strategy.max_messages == 0:
        return None
    back = None if until is None else days.on_or_after(until + DAY)
    if strategy.before_decision and promise is not None:
        first = days.on_or_before(promise + strategy.days_after_promise * DAY)
        first = max(first, days.on_or_after(met + DAY), back or first)
        if first <= promise:
            return first, min(days.later(first, strategy.grace_days), days.on_or_before(promise))
    if promise is None:
        due = met + strategy.days_without_promise * DAY
    else:
        due = promise + (1 if strategy.before_decision else strategy.days_after_promise) * DAY
    first = days.on_or_after(due)
    first = max(first, back or first)
    return first, days.later(first, strategy.grace_days)


def words_of(strategy, met, promise=None, absences=(), horizon=21, holidays=()) -> list[str]:
    """Return "wait", "may" or "must" for each day; absences are pairs (known on, until)."""
    out, over = [], False
    for step in range(horizon + 1):
        today = met + step * DAY
        known = [until for known_on, until in absences if known_on <= today]
        window = window_of(strategy, met, promise, max(known, default=None), holidays)
        if over or window is None or not window[0] <= today <= window[1]:
            out.append("wait")
        elif today == window[1]:
            out.append("must")
            over = True
        else:
            out.append("may" if Calendar(strategy, holidays).allows(today) else "wait")
    return out
