"""Allowed days for the oracle, walked one by one.

An allowed day is no day of the weekend, none to avoid, no public holiday and, if asked for, not
the first workday after a long weekend.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from jobsearch_stats.strategies import WEEKDAYS, Strategy

DAY = timedelta(days=1)


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Return that year's public holidays; a neighbouring year may place one in it."""
    code, _, subdivision = country.partition("-")
    years = range(year - 1, year + 2)
    found = holidays.country_holidays(code, subdiv=subdivision or None, years=years)
    return frozenset(day for day in found if day.year == year)


@cache
def is_known_country(country: str) -> bool:
    try:
        public_holidays(country, 2026)
    except NotImplementedError:
        return False
    return True


class Calendar:
    """The days on which one may follow up; every answer is remembered."""

    def __init__(self, strategy: Strategy, country: str | None) -> None:
        self.weekend = {WEEKDAYS.index(name) for name in strategy.weekend}
        self.avoid = {WEEKDAYS.index(name) for name in strategy.avoid}
        self.first_workday_is_monday = strategy.first_workday_is_monday
        self.country = country
        self._forward: dict[date, date] = {}
        self._back: dict[date, date] = {}

    def is_weekend(self, day: date) -> bool:
        return day.weekday() in self.weekend

    def is_holiday(self, day: date) -> bool:
        return self.country is not None and day in public_holidays(self.country, day.year)

    def is_rest(self, day: date) -> bool:
        return self.is_weekend(day) or self.is_holiday(day)

    def is_allowed(self, day: date) -> bool:
        if self.is_rest(day) or day.weekday() in self.avoid:
            return False
        return not (self.first_workday_is_monday and self.follows_a_long_weekend(day))

    def follows_a_long_weekend(self, workday: date) -> bool:
        holiday = weekend = False
        day = workday - DAY
        while self.is_rest(day):
            holiday = holiday or (self.is_holiday(day) and not self.is_weekend(day))
            weekend = weekend or self.is_weekend(day)
            day -= DAY
        return holiday and weekend

    def on_or_after(self, day: date) -> date:
        if day not in self._forward:
            found = day
            while not self.is_allowed(found):
                found += DAY
            self._forward[day] = found
        return self._forward[day]

    def on_or_before(self, day: date) -> date:
        if day not in self._back:
            found = day
            while not self.is_allowed(found):
                found -= DAY
            self._back[day] = found
        return self._back[day]

    def after(self, day: date) -> date:
        return self.on_or_after(day + DAY)


@cache
def calendar(strategy: Strategy, log_country: str | None) -> Calendar:
    if log_country is not None and is_known_country(log_country):
        return Calendar(strategy, log_country)
    return Calendar(strategy, strategy.country)
