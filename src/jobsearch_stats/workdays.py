"""Allowed days, on whole arrays.

"No Mondays" means: count calendar days, then push a landing on a Monday on to the next allowed
day. It does not mean counting only Tuesdays to Fridays.

Inside the package a day is an int32, the number of days since 1970-01-01, and `NO_DAY` is "none":
the smallest int32, so that the later of a day and of none is the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .errors import SettingError
from .strategies import WEEKDAYS

Days = npt.NDArray[np.int32]

NO_DAY = np.int32(np.iinfo(np.int32).min)

_MARGIN = 62  # days: no run of days that are not allowed is longer than that


def to_days(dates: object) -> Days:
    """Return dates (any datetime64, NaT allowed) as day numbers, with `NO_DAY` for NaT."""
    whole = np.asarray(dates).astype("datetime64[D]")
    days = whole.view(np.int64).astype(np.int32)
    days[np.isnat(whole)] = NO_DAY
    return days


def to_dates(days: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
    """Return day numbers as ``datetime64[s]``, with NaT for `NO_DAY`."""
    numbers = np.asarray(days, dtype=np.int32)
    seconds = numbers.astype(np.int64)
    seconds *= 86_400
    seconds[numbers == NO_DAY] = np.iinfo(np.int64).min
    return seconds.view("datetime64[s]")


def public_holidays(country: str, years: Iterable[int]) -> Days:
    """Return the public holidays of a country in these years, as sorted day numbers.

    Parameters
    ----------
    country
        ISO code, with a subdivision where wanted: "US", "DE-BY".
    years
        Every year that is looked at: outside them nothing is a holiday.

    Raises
    ------
    SettingError
        If the country or the subdivision is not known.

    References
    ----------
    The `holidays` package, public holidays only.

    Examples
    --------
    >>> to_dates(public_holidays("US", [2026]))[:2].astype("datetime64[D]").tolist()
    [datetime.date(2026, 1, 1), datetime.date(2026, 1, 19)]
    """
    found = _holidays(country.strip().upper(), tuple(sorted({int(y) for y in years})))
    if found is None:
        raise SettingError(
            f"country={country!r} is not known. Use an ISO code such as 'US' or 'GB', with a "
            "subdivision where holidays differ, such as 'DE-BY'.",
            name="country",
            value=country,
        )
    return found


@lru_cache(maxsize=256)
def _holidays(country: str, years: tuple[int, ...]) -> Days | None:
    import holidays  # 0.2 s: only where a country is given

    code, _, subdivision = country.partition("-")
    try:
        table = holidays.country_holidays(code, subdiv=subdivision or None, years=years)
    except NotImplementedError:
        return None
    found = np.array(sorted(table), dtype="datetime64[D]")
    return to_days(found)


def is_known_country(country: str) -> bool:
    """Say whether public holidays of that country (and subdivision) are known."""
    return _holidays(country.strip().upper(), (2026,)) is not None


class WhyNot(IntEnum):
    """Why a day is not allowed."""

    ALLOWED = 0
    WEEKEND = 1
    AVOIDED = 2
    HOLIDAY = 3
    LONG_WEEKEND = 4


class WorkCalendar:
    """Which days are allowed, and the next and the previous allowed day of any day.

    Parameters
    ----------
    days
        The days at hand, as day numbers; `NO_DAY` is passed over. The calendar answers for them
        and for about two months around each.
    weekend, avoid
        Names of weekdays that are never allowed.
    country
        Public holidays of it are not allowed either; None: holidays are not looked at.
    first_workday_is_monday
        The first workday after a long weekend is not allowed either: after a run of days of rest
        that holds a day of the weekend and a public holiday besides.
    """

    def __init__(
        self,
        days: Days,
        *,
        weekend: Sequence[str] = ("Saturday", "Sunday"),
        avoid: Sequence[str] = (),
        country: str | None = None,
        first_workday_is_monday: bool = False,
    ) -> None:
        days = days[days != NO_DAY]
        if not len(days):
            days = np.zeros(1, np.int32)
        first, last = int(days.min()) - _MARGIN, int(days.max()) + _MARGIN
        self._first = first
        span = np.arange(first, last + 1)
        weekday = (span + 3) % 7  # day 0 was a Thursday
        resting = _is_one_of(weekday, weekend)
        why = np.where(_is_one_of(weekday, avoid), WhyNot.AVOIDED, WhyNot.ALLOWED).astype(np.int8)
        if country is not None:
            holiday = np.zeros(len(span), bool)
            at = public_holidays(country, _years_around(days)) - first
            holiday[at[(at >= 0) & (at < len(span))]] = True
            if first_workday_is_monday:
                why[_first_workday_after_long_weekend(resting, holiday)] = WhyNot.LONG_WEEKEND
            why[holiday] = WhyNot.HOLIDAY
        why[resting] = WhyNot.WEEKEND
        self._why = why
        forbidden = why != WhyNot.ALLOWED
        numbers = np.where(forbidden, last + _MARGIN, span).astype(np.int32)
        self._next = np.minimum.accumulate(numbers[::-1])[::-1]
        numbers = np.where(forbidden, first - _MARGIN, span).astype(np.int32)
        self._previous = np.maximum.accumulate(numbers)

    def on_or_after(self, days: Days) -> Days:
        """Return the first allowed day on or after each day; `NO_DAY` stays."""
        return self._look_up(self._next, days)

    def on_or_before(self, days: Days) -> Days:
        """Return the last allowed day on or before each day; `NO_DAY` stays."""
        return self._look_up(self._previous, days)

    def why_not(self, first: int, last: int) -> list[WhyNot]:
        """Return why the days from first to before last are not allowed, each reason once."""
        reasons = self._why[first - self._first : last - self._first]
        return [WhyNot(r) for r in np.unique(reasons) if r != WhyNot.ALLOWED]

    def _look_up(self, table: Days, days: Days) -> Days:
        none = days == NO_DAY
        at = days - np.int32(self._first)
        at[none] = 0
        out = table[at]
        out[none] = NO_DAY
        return out


def _is_one_of(weekday: npt.NDArray[np.int_], names: Sequence[str]) -> npt.NDArray[np.bool_]:
    flags = np.zeros(7, bool)
    flags[[WEEKDAYS.index(name) for name in names]] = True
    return flags[weekday]


def _years_around(days: Days) -> list[int]:
    """Return the years of the days at hand and their neighbours, not all years between."""
    first = int(days.min())
    seen = np.zeros(int(days.max()) - first + 1, bool)
    seen[days - first] = True
    at_hand = to_dates(np.flatnonzero(seen) + first).astype("datetime64[Y]")
    years = np.unique(at_hand.astype(int)) + 1970
    return sorted({int(y) + step for y in years for step in (-1, 0, 1)})


def _first_workday_after_long_weekend(
    resting: npt.NDArray[np.bool_], holiday: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Mark the first workday after each run of rest that holds a holiday and a weekend day."""
    off = resting | holiday
    run = np.cumsum(np.diff(off, prepend=False) & off) * off  # 0: a workday; else the run's number
    n_runs = int(run.max()) + 1
    long = np.zeros(n_runs, bool)
    long[run[holiday & ~resting]] = True
    long &= np.bincount(run[resting], minlength=n_runs) > 0
    long[0] = False
    after = np.zeros(len(off), bool)
    after[1:] = long[run[:-1]] & ~off[1:]
    return after


def business_days_later(
    dates: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    country: str | None = None,
    weekend: Sequence[str] = ("Saturday", "Sunday"),
) -> npt.NDArray[np.datetime64]:
    """Return the day that is n business days after each date.

    Parameters
    ----------
    dates
        ``datetime64``, shape (k,); NaT passes through.
    n
        Whole numbers of business days, shape (k,) or one for all.
    country
        Its public holidays are no business days; None: only the weekend is not.
    weekend
        Names of the days of rest.

    Returns
    -------
    numpy.ndarray
        ``datetime64[D]``, shape (k,). Said on a day of rest, counting starts at the next
        business day, which is the first.

    Examples
    --------
    >>> business_days_later(["2026-03-05"], 2).tolist()  # a Thursday: Friday, Monday
    [datetime.date(2026, 3, 9)]
    """
    said = np.atleast_1d(np.asarray(dates, dtype="datetime64[D]"))
    steps = np.asarray(n, dtype=np.int64)
    days = to_days(said)
    none: npt.NDArray[np.datetime64] = np.zeros(0, "datetime64[D]")
    if country is not None and (days != NO_DAY).any():
        reach = to_days(said + 2 * np.max(steps, initial=0))
        both = np.concatenate([days, reach])
        off = public_holidays(country, _years_around(both[both != NO_DAY]))
        none = to_dates(off).astype("datetime64[D]")
    mask = [name not in weekend for name in WEEKDAYS]
    # backward first: said on a Sunday, one business day later is the Monday
    return np.busday_offset(said, steps, roll="backward", weekmask=mask, holidays=none)
