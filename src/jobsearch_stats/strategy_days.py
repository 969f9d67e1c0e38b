"""What strategies let you do on each day after one interview: what comparing them rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .errors import SettingError, UnknownNameError
from .interviews import Interviews, interviews
from .log import ApplicationLog
from .results import Result, as_of_text, check_days
from .schema import as_day
from .sentences import day_words, year_of
from .strategies import WEEKDAYS, Strategy
from .windows import Masks, check_strategies, masks
from .workdays import NO_DAY, to_dates

WAIT, MAY, MUST = "wait", "may", "must"


@dataclass(frozen=True, eq=False, kw_only=True)
class StrategyDays(Result):
    """What `strategy_days` gives back.

    Attributes
    ----------
    strategies
        The strategies, in the order of their columns.
    application_id
        Whose interview it is; blank without one.
    interview_on, decide_by
        The day of the interview and the promised date; NaT where there is none.
    horizon
        The last day.
    """

    strategies: tuple[Strategy, ...]
    application_id: str
    interview_on: pd.Timestamp
    decide_by: pd.Timestamp
    horizon: int


def strategy_days(
    log: ApplicationLog,
    strategies: Strategy | str | Sequence[Strategy | str],
    *,
    application_id: str | None = None,
    as_of: object,
    horizon: int = 21,
) -> StrategyDays:
    """Return what each strategy lets you do on each day after one interview.

    On each day only what was known by then counts, such as an absence note. What came of the
    interview does not matter here.

    Parameters
    ----------
    log
        The search.
    strategies
        One or several strategies, or their names.
    application_id
        Whose interview, the latest of it; None: the latest interview of all.
    as_of
        The day to look from: text, date or Timestamp. Later events do not exist.
    horizon
        The last day after the interview.

    Returns
    -------
    StrategyDays
        `.table`: one row per day, 0 to `horizon`; no rows where there is no interview.

        day : int64
            Days since the interview.
        weekday : str
            By name.
        date : datetime64[s]
            The day.
        one column per strategy, by its name : str
            "wait": not today; "may": follow up today, or wait; "must": the last day of the window.
            After it the follow-up has been made, and one waits.

    Raises
    ------
    SettingError
        If there is no strategy, two have one name or one that of a column, `as_of` is no day, or
        `horizon` no number.
    UnknownNameError
        If there is no strategy of that name, no such application, or no interview of it.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"]}))
    >>> days = strategy_days(log, [js.DAY_AFTER], as_of="2026-03-31", horizon=9)
    >>> days.table["DAY_AFTER"].tolist()[6:]
    ['wait', 'may', 'may', 'must']
    """
    asked = check_strategies(strategies)
    _check_columns(asked)
    horizon = check_days(horizon, "horizon")
    day = as_day(as_of, name="as_of")
    unit = _one(log, interviews(log, as_of=day), application_id, day)
    found = [masks(strategy, unit, horizon=horizon) for strategy in asked]
    dates = (unit.start[:, None] + np.arange(horizon + 1)).astype(np.int32).ravel()
    table = pd.DataFrame(
        {
            "day": np.tile(np.arange(horizon + 1), len(unit)),
            "weekday": pd.array(np.array(WEEKDAYS, object)[(dates + 3) % 7], dtype="str"),
            "date": to_dates(dates),
            **{s.name: _words(mask) for s, mask in zip(asked, found, strict=True)},
        }
    )
    known = len(unit) > 0
    return StrategyDays(
        table=table,
        caption=_caption(log, unit, horizon, day),
        text=_text(asked, found, unit, horizon),
        strategies=tuple(asked),
        application_id=str(log.applications.index[unit.application[0]]) if known else "",
        interview_on=pd.Timestamp(to_dates(unit.start)[0]) if known else pd.NaT,  # type: ignore[arg-type]
        decide_by=pd.Timestamp(to_dates(unit.promise)[0]) if known else pd.NaT,  # type: ignore[arg-type]
        horizon=horizon,
    )


def _check_columns(strategies: list[Strategy]) -> None:
    for strategy in strategies:
        if strategy.name in ("day", "weekday", "date"):
            raise SettingError(
                f"a strategy has the name {strategy.name!r}, which is a column of this table. Give "
                "it another: dataclasses.replace(strategy, name=...).",
                name="strategies",
                value=strategy.name,
            )


def _one(
    log: ApplicationLog, units: Interviews, application_id: str | None, day: pd.Timestamp
) -> Interviews:
    """Return the latest interview, of an application if one is named; none if there is none."""
    if application_id is not None:
        index = log.applications.index
        known = index[np.unique(units.application)]
        if application_id not in known:
            why = "has no interview" if application_id in index else "is not in the log"
            raise UnknownNameError(
                f"application_id={application_id!r} {why} {as_of_text(_as_of(day))}; those with "
                f"one are {', '.join(map(repr, known)) or 'none'}.",
                name=application_id,
                known=known,
            )
        units = units.take(units.application == index.get_loc(application_id))
    latest = np.lexsort((units.application, units.start))[-1:]
    return units.take(latest)


def _as_of(day: pd.Timestamp) -> pd.DataFrame:
    return pd.DataFrame({"as_of": [day]})


def _words(mask: Masks) -> pd.api.extensions.ExtensionArray:
    words = np.where(mask.may_wait, np.where(mask.may_follow, MAY, WAIT), MUST)
    return pd.array(words.ravel().astype(object), dtype="str")


def _caption(log: ApplicationLog, unit: Interviews, horizon: int, day: pd.Timestamp) -> str:
    if not len(unit):
        return f"No interview {as_of_text(_as_of(day))}."
    met, promise = int(unit.start[0]), int(unit.promise[0])
    year = year_of(met)
    company = log.applications["company"].iloc[unit.application[0]]
    at = f" at {company}" if isinstance(company, str) and company else ""
    named = "no date was named" if promise == NO_DAY else f"decision by {day_words(promise, year)}"
    return (
        f"The {horizon} days after the interview{at} on {day_words(met, 0)} "
        f"({named}), {as_of_text(_as_of(day))}."
    )


def _text(asked: list[Strategy], found: list[Masks], unit: Interviews, horizon: int) -> str:
    if not len(unit):
        return "There is no interview with a date yet, so no strategy has anything to say."
    pairs = zip(asked, found, strict=True)
    return " ".join(_sentence(strategy, mask, unit, horizon) for strategy, mask in pairs)


def _sentence(strategy: Strategy, mask: Masks, unit: Interviews, horizon: int) -> str:
    """Return from when to when one may follow up, in a sentence."""
    if not strategy.max_messages:
        return f"{strategy.name} never follows up."
    days = np.flatnonzero(mask.may_follow[0])
    if not days.size:
        return f"{strategy.name} has no day until day {horizon} on which to follow up."
    start, year = int(unit.start[0]), year_of(int(unit.start[0]))
    first, last = (day_words(start + int(day), year) for day in (days[0], days[-1]))
    if mask.may_wait[0].all():
        return f"{strategy.name}: follow up from {first} on, past day {horizon}."
    if first == last:
        return f"{strategy.name}: follow up on {first}."
    return f"{strategy.name}: follow up from {first} to {last}, the last day."
