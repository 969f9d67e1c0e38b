"""What you did after each interview, against what a strategy would have had you do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import SettingError
from .interviews import Interviews, dateless_text, interviews, whose
from .log import ApplicationLog
from .results import Result, as_of_text
from .schema import as_day
from .strategies import Strategy
from .tables import listed
from .waits import number
from .windows import Windows, check_strategies, known_windows
from .workdays import NO_DAY, Days, to_dates

WHAT = (
    "as the strategy",
    "early",
    "late",
    "not at all",
    "against it",
    "answered before",
    "still open",
)
"""What one did, against a strategy."""

_AS, _EARLY, _LATE, _NOT, _AGAINST, _ANSWERED, _OPEN = range(len(WHAT))
_UNKNOWN = -1


@dataclass(frozen=True, eq=False, kw_only=True)
class Adherence(Result):
    """What `adherence` gives back.

    Attributes
    ----------
    strategy
        The strategy.
    as_of
        The day looked from.
    n_interviews, n_undated
        How many interviews there are; of how many it is not known what to say, as they were
        answered, or ended, on a day that the log does not name.
    """

    strategy: Strategy
    as_of: pd.Timestamp
    n_interviews: int
    n_undated: int


def adherence(log: ApplicationLog, strategy: Strategy | str, *, as_of: object) -> Adherence:
    """Return where you did otherwise than a strategy, and by how many days.

    Only the first follow-up after each interview is compared; an attempt that nobody answered
    counts as one. It is as the strategy on the due day and the next `grace_days` allowed days.

    Parameters
    ----------
    log
        The search.
    strategy
        A strategy, or its name.
    as_of
        The day to look from: text, date or Timestamp. Later events do not exist.

    Returns
    -------
    Adherence
        `.table`: one row per interview (the interviews of one day are one), by day.

        application_id, seeker_id, company : str
            Which application; seeker_id only where the log has it, as pooled logs do.
        interview_on, decide_by : datetime64[s]
            Its day, and the date they promised at it; NaT: none.
        due_on, due_until : datetime64[s]
            First and last day of the strategy's window, as it was known at the time; NaT: the
            strategy never follows up.
        did_on : datetime64[s]
            The day of the first follow-up; NaT: none before an answer.
        days_off : Int32
            Days from the window to `did_on`: negative before `due_on` (inside the window, on a day
            that is not allowed: before the next allowed one), 0 as the strategy, positive after
            `due_until`; <NA> without both.
        what : category
            as the strategy, early, late; not at all: the window went by; against it: the strategy
            never follows up; answered before: they answered, or it ended, before its last day was
            over, without a follow-up; still open: its last day is still ahead, or today; <NA>: the
            day of the answer is not known.

        `.text` says it in one sentence.

    Raises
    ------
    SettingError
        If `as_of` is no day, there is not one strategy, or its country is not known.
    UnknownNameError
        If there is no strategy of that name.

    References
    ----------
    Rules R1 to R4 and R15 in docs/rules.md; the grace is this project's.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Follow-up 1": ["2026-03-18"]}))
    >>> print(adherence(log, js.DAY_AFTER, as_of="2026-03-31").text)
    After your one interview you followed up 6 days later than DAY_AFTER says.
    """
    asked = _only(check_strategies(strategy), strategy)
    units = interviews(log, as_of=as_of)
    units = units.take(np.lexsort((units.application, units.start)))
    did = np.where(units.responded_first == -1, NO_DAY, units.follow_up).astype(np.int32)
    ended = np.maximum(units.answered, units.competing)
    until = np.where(ended == NO_DAY, units.observed, ended)
    until = np.where(did == NO_DAY, until, did).astype(np.int32)
    window = known_windows(asked, units, by=until, on_first=False)
    off = _days_off(window, did)
    what = _what(units, window, did, ended, off)
    day = as_day(as_of, name="as_of")
    table = _frame(log, units, window, did, off, what)
    return Adherence(
        table=table,
        caption=" ".join(filter(None, (_caption(units, asked, what, day), dateless_text(log)))),
        text=_text(what, off, asked),
        strategy=asked,
        as_of=day,
        n_interviews=len(units),
        n_undated=int((what == _UNKNOWN).sum()),
    )


def _only(asked: list[Strategy], given: object) -> Strategy:
    if len(asked) > 1:
        raise SettingError(
            f"strategy names {len(asked)} ({', '.join(each.name for each in asked)}), and what you "
            "did is held against one. Call adherence once for each.",
            name="strategy",
            value=given,
        )
    return asked[0]


def _days_off(window: Windows, did: Days) -> npt.NDArray[np.int32]:
    """Return the days from the window to the follow-up; 0 where one of them is missing."""
    both = (did != NO_DAY) & (window.first != NO_DAY)
    day = np.where(both, did, window.first).astype(np.int32)
    inside = np.clip(day, window.first, window.last)
    allowed = window.allowed.on_or_after(inside)
    off = np.where(day > window.last, day - window.last, day - allowed)
    return np.where(both, off, 0).astype(np.int32)


def _what(
    units: Interviews, window: Windows, did: Days, ended: Days, off: npt.NDArray[np.int32]
) -> npt.NDArray[np.int8]:
    acted, never = did != NO_DAY, window.last == NO_DAY
    answered = (ended != NO_DAY) & (ended <= window.last)
    conditions = [
        (acted & never, _AGAINST),
        (acted & (off < 0), _EARLY),
        (acted & (off > 0), _LATE),
        (acted, _AS),
        (units.undated, _UNKNOWN),
        (never, _AS),
        (answered, _ANSWERED),
        ((ended == NO_DAY) & (units.observed <= window.last), _OPEN),
    ]
    return np.select([c for c, _ in conditions], [np.int8(w) for _, w in conditions], _NOT).astype(
        np.int8
    )


def _frame(
    log: ApplicationLog,
    units: Interviews,
    window: Windows,
    did: Days,
    off: npt.NDArray[np.int32],
    what: npt.NDArray[np.int8],
) -> pd.DataFrame:
    neither = (did == NO_DAY) | (window.first == NO_DAY)
    return pd.DataFrame(
        {
            **whose(log, units),
            "interview_on": to_dates(units.start),
            "decide_by": to_dates(units.promise),
            "due_on": to_dates(window.first),
            "due_until": to_dates(window.last),
            "did_on": to_dates(did),
            "days_off": pd.arrays.IntegerArray(off, neither),
            "what": pd.Categorical.from_codes(what, categories=pd.Index(list(WHAT))),
        }
    )


def _caption(
    units: Interviews, strategy: Strategy, what: npt.NDArray[np.int8], day: pd.Timestamp
) -> str:
    text = (
        f"What you did, against {strategy.name}: n = "
        f"{number(len(units), 'interview', 'interviews')} "
        f"{as_of_text(pd.DataFrame({'as_of': [day]}))}."
    )
    n = int((what == _UNKNOWN).sum())
    if n:
        text += (
            f" {number(n, 'interview', 'interviews')} left out of the sentence: answered, or "
            "ended, on a day that the log does not name."
        )
    return text


def _text(what: npt.NDArray[np.int8], off: npt.NDArray[np.int32], strategy: Strategy) -> str:
    n, name = int((what != _UNKNOWN).sum()), strategy.name
    if not n:
        none = "there is none with a date yet"
        why = "the log does not name the day of any answer" if len(what) else none
        return f"No interview to hold against {name}: {why}."
    count = {code: int((what == code).sum()) for code in range(len(WHAT))}
    if not strategy.max_messages:
        after = f"you did after {count[_AGAINST]:,}" if count[_AGAINST] else "nor did you after any"
        return f"{name} never follows up; {after} of {number(n, 'interview', 'interviews')}."
    if n == 1:
        return _only_one(int(what.max()), int(np.abs(off).max()), name)
    acted = [
        f"{count[_AS]:,} as the strategy says",
        f"{count[_LATE]:,} later{_by(off[what == _LATE])}",
        f"{count[_EARLY]:,} earlier{_by(-off[what == _EARLY])}",
    ]
    acted = [part for part, code in zip(acted, (_AS, _LATE, _EARLY), strict=True) if count[code]]
    parts = [f"of {n:,} interviews you followed up {listed(acted) if acted else 'none'}"]
    if count[_NOT]:
        not_at_all = "not at all" if acted else "though its days went by"
        parts.append(f"{count[_NOT]:,} {not_at_all}")
    if count[_ANSWERED]:
        was = "was" if count[_ANSWERED] == 1 else "were"
        parts.append(f"{count[_ANSWERED]:,} {was} answered, or ended, before you had to")
    if count[_OPEN]:
        parts.append(f"{count[_OPEN]:,} {'is' if count[_OPEN] == 1 else 'are'} still open")
    return f"Against {name}: {'; '.join(parts)}."


def _only_one(what: int, days: int, name: str) -> str:
    """Return the sentence of a single interview."""
    late = "1 day" if days == 1 else f"{days:,} days"
    return {
        _AS: f"After your one interview you followed up as {name} says.",
        _EARLY: f"After your one interview you followed up {late} earlier than {name} says.",
        _LATE: f"After your one interview you followed up {late} later than {name} says.",
        _NOT: f"After your one interview you did not follow up, and the days of {name} went by.",
        _ANSWERED: f"Your one interview was answered, or ended, before {name} had you follow up.",
        _OPEN: f"Your one interview is still open: the last day of {name} is not over.",
    }[what]


def _by(days: npt.NDArray[np.int32]) -> str:
    """Return by how many days: " (by 4 days in the median)"."""
    if not days.size:
        return ""
    middle = float(np.median(days))
    text = "1 day" if middle == 1 else f"{middle:g} days"
    return f" (by {text})" if days.size == 1 else f" (by {text} in the median)"
