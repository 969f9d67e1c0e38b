"""The window of a strategy after each interview, and what it lets one do day by day.

The window is the due day and the next few allowed days. Inside it, when to follow up is free; on
its last day one must. Comparing strategies rests on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from .due import Basis
from .errors import SettingError, UnknownNameError
from .facts import Bools
from .strategies import STRATEGIES, Strategy, strategy_named
from .workdays import NO_DAY, Days, WorkCalendar

if TYPE_CHECKING:
    from .interviews import Interviews

DAY_AFTER_PROMISE = 1
"""Days from the promise to the follow-up where no day before the decision is left."""

_YEAR = 365


class AllowedDays:
    """The allowed days of each row: a strategy's, with the holidays of the row's country."""

    def __init__(
        self, strategy: Strategy, countries: npt.ArrayLike | None, n: int, reach: Days
    ) -> None:
        names = np.full(n, None, object) if countries is None else np.asarray(countries, object)
        codes, found = pd.factorize(names)
        own = [*map(str, found), strategy.country]  # the last one: where none is given
        different = list(dict.fromkeys(own))
        self.calendars = [
            WorkCalendar(
                reach,
                weekend=strategy.weekend,
                avoid=strategy.avoid,
                country=country,
                first_workday_is_monday=strategy.first_workday_is_monday,
            )
            for country in different
        ]
        self.which = np.array([different.index(country) for country in own])[codes]
        """Per row: the number of its calendar."""

    def take(self, rows: npt.NDArray) -> AllowedDays:
        """Return the allowed days of these rows."""
        out = object.__new__(AllowedDays)
        out.calendars, out.which = self.calendars, self.which[rows]
        return out

    def on_or_after(self, days: Days) -> Days:
        """Return the first allowed day on or after each; shape (n,) or (n, k)."""
        return self._look_up("on_or_after", days)

    def on_or_before(self, days: Days) -> Days:
        """Return the last allowed day on or before each; shape (n,) or (n, k)."""
        return self._look_up("on_or_before", days)

    def _look_up(self, name: str, days: Days) -> Days:
        if len(self.calendars) == 1:
            return getattr(self.calendars[0], name)(days)
        out = np.empty_like(days)
        for number, calendar in enumerate(self.calendars):
            rows = self.which == number
            out[rows] = getattr(calendar, name)(days[rows])
        return out


@dataclass(frozen=True)
class Windows:
    """First and last day of each row's window; `NO_DAY`: never follow up."""

    first: Days
    last: Days
    allowed: AllowedDays
    until: Days
    """The absence that counted; `NO_DAY` where none is known of."""
    basis: npt.NDArray[np.int8]
    """What made the first day, as in `due.Basis`."""

    def take(self, rows: npt.NDArray) -> Windows:
        """Return the windows of these rows."""
        days = (self.first[rows], self.last[rows])
        return Windows(*days, self.allowed.take(rows), self.until[rows], self.basis[rows])

    def may_follow(self, days: Days) -> Bools:
        """Say whether each day is inside the window and allowed; shape (n,) or (n, k)."""
        shape = (-1,) + (1,) * (days.ndim - 1)
        first, last = self.first.reshape(shape), self.last.reshape(shape)
        inside = (first != NO_DAY) & (first <= days) & (days <= last)
        # outside the window the calendar need not reach
        near = np.where(inside, days, first).astype(np.int32)
        return inside & (self.allowed.on_or_after(near) == near)


def windows(
    strategy: Strategy,
    *,
    start: Days,
    promise: Days,
    until: Days | None = None,
    countries: npt.ArrayLike | None = None,
) -> Windows:
    """Return the window of a strategy after each interview.

    It is the due day and the next `grace_days` allowed days. Before the decision, it begins
    `days_after_promise` from the promised date, moved back to an allowed day, but not before the
    first allowed day after the interview, and ends no later than the promised date; where that
    leaves no day, or none was promised, it is as under `DAY_AFTER`. While they are away, nothing is
    due before the first allowed day after it.

    Parameters
    ----------
    strategy
        Whose windows.
    start
        Day numbers of the interviews, shape (n,).
    promise
        Day numbers of the promised dates, shape (n,); `NO_DAY` where none was named.
    until
        Last days of absences, shape (n,); `NO_DAY` where none is known of.
    countries
        Countries whose public holidays are not allowed, shape (n,), text or None; where None, the
        strategy's own.

    Returns
    -------
    Windows
        Day numbers `first` and `last`, shape (n,): `NO_DAY` if the strategy never follows up.

    Raises
    ------
    SettingError
        If a country is not known.

    References
    ----------
    Rules R1 to R4 and R15 in docs/rules.md; the grace is this project's.

    Examples
    --------
    >>> from jobsearch_stats import DAY_AFTER
    >>> from jobsearch_stats.workdays import to_dates, to_days
    >>> met, friday = to_days(["2026-03-02"]), to_days(["2026-03-06"])
    >>> found = windows(DAY_AFTER, start=met, promise=friday)
    >>> to_dates(found.first).astype("datetime64[D]").tolist()  # no weekend, no Monday
    [datetime.date(2026, 3, 10)]
    """
    promised = promise != NO_DAY
    step = DAY_AFTER_PROMISE if strategy.before_decision else strategy.days_after_promise
    due = np.where(promised, promise + step, start + strategy.days_without_promise)
    due = due.astype(np.int32)
    basis = np.where(promised, Basis.PROMISE, Basis.NO_PROMISE).astype(np.int8)
    gone = np.full(start.size, NO_DAY) if until is None else until
    back = np.maximum(start, gone) + np.int32(1)
    allowed = AllowedDays(strategy, countries, start.size, _reach(strategy, start, due, back))
    if strategy.max_messages == 0:
        never = np.full(start.size, NO_DAY)
        return Windows(never, never.copy(), allowed, gone, np.zeros_like(basis))
    back = allowed.on_or_after(back)
    first = allowed.on_or_after(due)
    basis[back > first] = Basis.ABSENCE
    first = np.maximum(first, back)
    last = _grace(allowed, first, strategy.grace_days)
    if not strategy.before_decision:
        return Windows(first, last, allowed, gone, basis)
    decision = np.where(promised, promise, start).astype(np.int32)
    early = allowed.on_or_before(decision + np.int32(strategy.days_after_promise))
    early = np.maximum(early, back)
    end = np.minimum(_grace(allowed, early, strategy.grace_days), allowed.on_or_before(decision))
    holds = promised & (early <= end)
    basis[promised & (basis == Basis.PROMISE)] = Basis.WINDOW_EMPTY
    basis[holds] = Basis.WINDOW
    first, last = np.where(holds, early, first), np.where(holds, end, last)
    return Windows(first, last, allowed, gone, basis)


def _reach(strategy: Strategy, start: Days, due: Days, back: Days) -> Days:
    """Return days that the calendar must cover; each grace day is at most two weeks on."""
    least = start + np.int32(min(strategy.days_after_promise, 0))
    most = 14 * strategy.grace_days
    latest = np.maximum(due, back)
    ahead = [latest + np.int32(step) for step in (*range(0, most, _YEAR), most)]
    return np.concatenate([least, start, due, back, *ahead])


def _grace(allowed: AllowedDays, first: Days, days: int) -> Days:
    last = first
    for _ in range(days):
        last = allowed.on_or_after(last + np.int32(1))
    return last


@dataclass(frozen=True)
class Masks:
    """What a strategy lets one do on each day after each interview, from day 0 on.

    Attributes
    ----------
    may_wait, may_follow
        bool, shape (n, horizon + 1). Neither is ever false on the same day; where only `may_follow`
        is true, one must.
    beyond
        bool, shape (n,): the window begins after the horizon, so that nothing is ever asked for.
    """

    may_wait: Bools
    may_follow: Bools
    beyond: Bools

    @property
    def n_beyond_horizon(self) -> int:
        """How many windows begin after the horizon."""
        return int(self.beyond.sum())


def masks(strategy: Strategy, units: Interviews, *, horizon: int) -> Masks:
    """Return on which days after each interview a strategy lets one wait, and follow up.

    Day 0 is the day of the interview: one may wait, and may not follow up. One may follow up on
    the allowed days of the window, and wait on every day but its last. On each day only what was
    known by then counts: an absence that becomes known moves a window that is not over yet. After
    the window the first follow-up has been made, and one may wait. Where an answer came that is
    not counted (`counts="positive"`), the strategy asks for nothing more: from that day one may
    wait, and from the day after also follow up.

    Parameters
    ----------
    strategy
        Whose masks.
    units
        The interviews, n of them.
    horizon
        Last day after the interview, 0 or more.

    Returns
    -------
    Masks
        Arrays of shape (n, horizon + 1).

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> from jobsearch_stats.interviews import interviews
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"]}))
    >>> found = masks(js.DAY_AFTER, interviews(log, as_of="2026-03-31"), horizon=14)
    >>> found.may_follow[0].nonzero()[0].tolist(), (~found.may_wait[0]).nonzero()[0].tolist()
    ([7, 8, 9], [9])
    """
    day = (units.start[:, None] + np.arange(horizon + 1)).astype(np.int32)
    end = day[:, -1]
    known = windows(strategy, start=units.start, promise=units.promise, countries=units.country)
    may_follow, must = known.may_follow(day), day == known.last[:, None]
    first = known.first.copy()
    rows = np.unique(units.absences.unit)
    if rows.size:
        then = _day_by_day(strategy, units.take(rows), horizon)
        shape = (rows.size, horizon + 1)
        flat = day[rows].ravel()
        may_follow[rows] = then.may_follow(flat).reshape(shape)
        must[rows] = (flat == then.last).reshape(shape)
        first[rows] = then.first.reshape(shape)[:, -1]
    over = np.cumsum(must, axis=1) - must > 0
    may_follow &= ~over
    may_wait = ~must | over
    beyond = (first > end) & ~must.any(axis=1)
    uncounted = (units.answered != NO_DAY) & (units.answered != units.response)
    since = np.where(uncounted, units.answered, np.iinfo(np.int32).max)[:, None]
    return Masks(may_wait | (day >= since), may_follow | (day > since), beyond)


def _day_by_day(strategy: Strategy, units: Interviews, horizon: int) -> Windows:
    """Return the window as known on each day from 0 to the horizon: n times horizon + 1 rows."""
    until = np.full((units.start.size, horizon + 1), NO_DAY)
    absences = units.absences
    known_on = np.maximum(absences.known_on - units.start[absences.unit], 0)
    seen = known_on <= horizon
    np.maximum.at(until, (absences.unit[seen], known_on[seen]), absences.until[seen])
    until = np.maximum.accumulate(until, axis=1)
    return windows(
        strategy,
        start=np.repeat(units.start, horizon + 1),
        promise=np.repeat(units.promise, horizon + 1),
        until=until.ravel(),
        countries=np.repeat(units.country, horizon + 1),
    )


def known_windows(strategy: Strategy, units: Interviews, *, by: Days, on_first: bool) -> Windows:
    """Return the window as it was known by a day.

    An absence counts if it was known by then, and before the window was over: on its last day,
    or, with `on_first`, on its first, for somebody who follows up as soon as it is due.

    Parameters
    ----------
    by
        Day numbers, shape (n,).
    """
    until = np.full(len(units), NO_DAY)
    while True:
        found = windows(
            strategy,
            start=units.start,
            promise=units.promise,
            until=until,
            countries=units.country,
        )
        known = away_until(units, by=np.minimum(by, found.first if on_first else found.last))
        if (known <= until).all():
            return found
        until = np.maximum(until, known)


def away_until(units: Interviews, *, by: Days) -> Days:
    """Return the last day of the absences known by a day; `NO_DAY` where there is none."""
    absences = units.absences
    known = absences.known_on <= by[absences.unit]
    until = np.full(len(units), NO_DAY)
    np.maximum.at(until, absences.unit[known], absences.until[known])
    return until


def check_strategies(strategies: object) -> list[Strategy]:
    """Return the strategies, each once, or raise an error that says what is wrong.

    Parameters
    ----------
    strategies
        One or several strategies, or their names.

    Raises
    ------
    SettingError
        If there is none, or two have one name.
    UnknownNameError
        If one is neither a strategy nor the name of one.
    """
    one = isinstance(strategies, Strategy | str) or not isinstance(strategies, Iterable)
    found = [_strategy(each) for each in ([strategies] if one else strategies)]  # type: ignore[attr-defined]
    if not found:
        raise SettingError(
            "strategies=[] names no strategy. Pass one or several, such as "
            "[DAY_AFTER, BEFORE_DECISION].",
            name="strategies",
            value=strategies,
        )
    _check_names(found)
    return found


def _strategy(value: object) -> Strategy:
    if isinstance(value, Strategy):
        return value
    if isinstance(value, str):
        return strategy_named(value)
    raise UnknownNameError(
        f"strategies has {value!r}, which is neither a Strategy nor the name of one; there are "
        f"{', '.join(STRATEGIES)}.",
        name=value,
        known=STRATEGIES,
    )


def _check_names(strategies: Sequence[Strategy]) -> None:
    seen = set()
    for strategy in strategies:
        if strategy.name in seen:
            raise SettingError(
                f"strategies has two of the name {strategy.name!r}, and the table could not tell "
                "them apart. Give one another name: dataclasses.replace(strategy, name=...).",
                name="strategies",
                value=strategy.name,
            )
        seen.add(strategy.name)
