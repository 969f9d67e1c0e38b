"""How long silence leaves hope: the chance of a reply after so many silent days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .curves import FEWEST
from .errors import SettingError
from .landmarks import Landmarks, landmarks_of
from .results import Result, check_confidence, check_days, percent, percent_given
from .strategies import Strategy, strategy_named
from .summary import counted
from .waits import Waits, group_sentences, name_level, repeated, stacked, waits_of

_HOLDS = " The chances hold as long as you send nothing more."


@dataclass(frozen=True, eq=False, kw_only=True)
class Chances(Result):
    """What `chance_of_reply` gives back; the attributes are what was asked for.

    `as_of` is the day looked from; NaT without approaches.
    """

    by: tuple[str, ...]
    counts: str
    kinds: tuple[str, ...]
    as_of: pd.Timestamp
    by_day: int
    confidence: float


@dataclass(frozen=True, eq=False, kw_only=True)
class SilenceLimit(Result):
    """What `silence_limit` gives back; the attributes are what was asked for.

    `as_of` is the day looked from; NaT without approaches.
    """

    by: tuple[str, ...]
    counts: str
    kinds: tuple[str, ...]
    as_of: pd.Timestamp
    by_day: int
    below: float
    strategy: Strategy
    confidence: float


def chance_of_reply(
    outreach: pd.DataFrame,
    *,
    silent_days: int | Sequence[int] = (0, 3, 7, 14, 21, 28),
    by_day: int = 60,
    by: str | Sequence[str] | None = None,
    counts: str = "any",
    kinds: str | Sequence[str] | None = None,
    confidence: float = 0.95,
) -> Chances:
    """Return the chance that an employer who has been silent for so many days still responds.

    Nobody has responded through day N after the approach, nothing else has ended the wait, and
    you send nothing more: the chance of a response on the days N + 1 to `by_day`. What makes a
    response impossible competes with it; whoever was not watched until `by_day` is censored, and
    not counted as a failure.

    Parameters
    ----------
    outreach, by, counts, kinds, confidence
        As for :func:`jobsearch_stats.kaplan_meier`; `by="stage"` tells the silence after an
        application from that after an interview.
    silent_days
        Whole days of silence, one or several, each below `by_day`.
    by_day
        The last day, counted from the approach.

    Returns
    -------
    Chances
        `.table`: columns `by`, then one row per number of silent days. `silent_days`, `by_day`
        (int64); `n` (int64): approaches that were silent through that day; `n_responses` (int64):
        how many of them brought a response by `by_day`; `chance`, `ci_low`, `ci_high` (float64);
        `can_tell` (bool). The chance is NaN, its interval 0 to 1, where none of the approaches was
        watched through `by_day`; `can_tell` is False there, and where `n` is below 10.

    Raises
    ------
    DataError
        If the frame is not what `outreach` gives.
    SettingError, UnknownNameError
        If an argument cannot be used: a number of silent days is not below `by_day`.

    References
    ----------
    Landmarks: van Houwelingen and Putter (2012), "Dynamic Prediction in Clinical Survival
    Analysis"; incidence and interval as in `cumulative_incidence`. The least n of 10 is this
    project's.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(200, seed=1), as_of="2026-03-02")
    >>> chances = chance_of_reply(tries, silent_days=[7, 21], by_day=60)
    >>> chances.table["silent_days"].tolist()
    [7, 21]
    """
    by_day = check_days(by_day, "by_day", least=1)
    asked = _check_silent_days(silent_days, by_day)
    confidence = check_confidence(confidence)
    waits = waits_of(outreach, by=by, counts=counts, kinds=kinds)
    marks = [
        landmarks_of(each, asked, by_day=by_day, confidence=confidence) for each in waits.per_day
    ]
    table = repeated(waits.groups, [len(asked)] * len(marks))
    table["silent_days"] = stacked([m.days for m in marks], "int64")
    table["by_day"] = np.full(len(table), by_day)
    for name in ("n", "n_responses"):
        table[name] = stacked([getattr(m, name) for m in marks], "int64")
    for name in ("chance", "ci_low", "ci_high"):
        table[name] = stacked([getattr(m, name) for m in marks], "float64")
    table["can_tell"] = table["chance"].notna() & (table["n"] >= FEWEST)
    name_level(table, confidence)
    return Chances(
        table=table,
        caption=waits.caption(f"Chance of a reply by day {by_day}, after silent days") + _HOLDS,
        text=group_sentences(waits, [_chances_in_words(m, by_day, waits.one) for m in marks]),
        by_day=by_day,
        confidence=confidence,
        **waits.asked,
    )


def _check_silent_days(silent_days: int | Sequence[int], by_day: int) -> list[int]:
    # what is no sequence is taken for a day, and named in the error
    several = list(silent_days) if isinstance(silent_days, Iterable) else [silent_days]
    days = [check_days(day, "silent_days") for day in several]
    for day in days:
        if day >= by_day:
            raise SettingError(
                f"silent_days={day} is not below by_day={by_day}: there is no day left on which "
                "a reply would count. Pass fewer silent days, or a later by_day.",
                name="silent_days",
                value=day,
            )
    return days


def _chances_in_words(marks: Landmarks, by_day: int, one: str) -> str:
    """Return a sentence on the first and the last number of days that can be told."""
    if not marks.days.size:
        return "No number of silent days was asked for."
    told = np.flatnonzero((marks.n >= FEWEST) & ~np.isnan(marks.chance))
    if not told.size:
        return f"Cannot tell yet: {_why_not(marks, 0, by_day)}."
    ends = [told[marks.days[told].argmin()], told[marks.days[told].argmax()]]
    first, *rest = dict.fromkeys(ends)
    text = f"Of {_still(marks, first, 'approaches')}, {_chance(marks, first)} get {one}"
    then = "".join(f"; of {_still(marks, at)}, {_chance(marks, at)}" for at in rest)
    return f"{text} by day {by_day}{then}."


def _still(marks: Landmarks, at: int, noun: str = "") -> str:
    """Return "36 approaches still silent after 21 days"."""
    after = f"after {_days(marks.days[at])}" if marks.days[at] else "at the end of the first day"
    return " ".join(filter(None, (f"{marks.n[at]:,}", noun, "still silent", after)))


def _chance(marks: Landmarks, at: int) -> str:
    low, high = percent(marks.ci_low[at], sign=False), percent(marks.ci_high[at])
    return f"about {percent(marks.chance[at])} ({low} to {high})"


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n:,} days"


def _why_not(marks: Landmarks, at: int, by_day: int) -> str:
    if marks.n[at] < FEWEST:
        few = f"only {marks.n[at]:,}" if marks.n[at] else "no"
        have = "approach has" if marks.n[at] < 2 else "approaches have"
        day = marks.days[at]
        return f"{few} {have} stayed silent {f'for {_days(day)}' if day else 'on the first day'}"
    return f"no approach has been watched for {_days(by_day)} so far"


def silence_limit(
    outreach: pd.DataFrame,
    *,
    below: float = 0.05,
    by_day: int = 60,
    by: str | Sequence[str] | None = None,
    counts: str = "any",
    kinds: str | Sequence[str] | None = None,
    strategy: Strategy | str = "DAY_AFTER",
    confidence: float = 0.95,
) -> SilenceLimit:
    """Return the day of silence past which your own log leaves less than a chosen chance.

    It stands beside the fixed rule: two messages, then so many silent days, and you assume that
    the answer is no.

    Parameters
    ----------
    outreach, by, counts, kinds, confidence
        As for :func:`jobsearch_stats.kaplan_meier`.
    below
        The chance that is too small to wait for, above 0 and below 1.
    by_day
        The last day on which a reply counts, from the approach.
    strategy
        A strategy, or its name: its `give_up_days` are the rule's days of silence after the last
        message.

    Returns
    -------
    SilenceLimit
        `.table`: columns `by`, then one row per group. `day` (Int64): the first whole day of
        silence from which on the chance stays below `below`; `<NA>` where it never does, or where
        it cannot be told; `day_surely` (Int64): the same for the upper end of the interval;
        `rule_day` (int64); `chance_at_rule`, `ci_low`, `ci_high` (float64), `n_at_rule` (int64):
        the chance of those who were silent for as long as the rule says; `can_tell` (bool): at
        `day` (or, where there is none, on the last day) the chance can be told: see
        `chance_of_reply`.

    Raises
    ------
    DataError
        If the frame is not what `outreach` gives.
    SettingError, UnknownNameError
        If an argument cannot be used.

    References
    ----------
    As for `chance_of_reply`; the rule is R6 with R8 (`docs/rules.md`). A limit of 5 % is this
    project's default.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(200, seed=1), as_of="2026-03-02")
    >>> limit = silence_limit(tries, kinds="interview")
    >>> int(limit.table["rule_day"].iloc[0])
    7
    """
    by_day = check_days(by_day, "by_day", least=1)
    below, confidence = _check_below(below), check_confidence(confidence)
    followed = _check_strategy(strategy)
    rule_day = followed.give_up_days
    waits = waits_of(outreach, by=by, counts=counts, kinds=kinds)
    marks = [
        landmarks_of(each, np.arange(by_day), by_day=by_day, confidence=confidence)
        for each in waits.per_day
    ]
    limits = [_limit(each, below) for each in marks]
    table = _limits_table(waits, marks, limits, rule_day)
    name_level(table, confidence)
    said = [
        _limit_in_words(m, limit, rule_day=rule_day, below=below, by_day=by_day, one=waits.one)
        for m, limit in zip(marks, limits, strict=True)
    ]
    return SilenceLimit(
        table=table,
        caption=waits.caption(
            f"Silence that leaves a chance below {percent_given(below)} by day {by_day}"
        )
        + _HOLDS,
        text=_rule_in_words(waits, rule_day, by_day) + group_sentences(waits, said),
        by_day=by_day,
        below=below,
        strategy=followed,
        confidence=confidence,
        **waits.asked,
    )


def _check_below(below: object) -> float:
    number = isinstance(below, float | int) and not isinstance(below, bool)
    if not number or not 0 < below < 1:  # type: ignore[operator]
        raise SettingError(
            f"below={below!r} must be a share above 0 and below 1, such as 0.05.",
            name="below",
            value=below,
        )
    return float(below)  # type: ignore[arg-type]


def _check_strategy(strategy: object) -> Strategy:
    if isinstance(strategy, str):
        return strategy_named(strategy)
    if not isinstance(strategy, Strategy):
        raise SettingError(
            f"strategy={strategy!r} must be a Strategy or the name of one, such as DAY_AFTER.",
            name="strategy",
            value=strategy,
        )
    return strategy


@dataclass(frozen=True)
class _Limit:
    day: int | None
    day_surely: int | None
    can_tell: bool


def _limit(marks: Landmarks, below: float) -> _Limit:
    """Return from which day on the chance stays below the limit, as far as it can be told."""
    day = _stays_below(marks.chance, below)
    at = marks.days.size - 1 if day is None else day
    if marks.n[at] < FEWEST or np.isnan(marks.chance[at]):
        return _Limit(None, None, can_tell=False)
    return _Limit(day, _stays_below(marks.ci_high, below), can_tell=True)


def _stays_below(values: np.ndarray, below: float) -> int | None:
    over = np.flatnonzero(values >= below)
    first = int(over[-1]) + 1 if over.size else 0
    return first if first < values.size else None


def _limits_table(
    waits: Waits, marks: Sequence[Landmarks], limits: Sequence[_Limit], rule_day: int
) -> pd.DataFrame:
    at_rule = [_at(each, rule_day) for each in marks]
    table = waits.groups.copy()
    table["day"] = pd.array([limit.day for limit in limits], dtype="Int64")
    table["day_surely"] = pd.array([limit.day_surely for limit in limits], dtype="Int64")
    table["rule_day"] = np.full(len(table), rule_day, np.int64)
    for place, name in enumerate(("chance_at_rule", "ci_low", "ci_high")):
        table[name] = np.array([row[place] for row in at_rule], float)
    table["n_at_rule"] = np.array([row[3] for row in at_rule], np.int64)
    table["can_tell"] = np.array([limit.can_tell for limit in limits], bool)
    return table


def _at(marks: Landmarks, day: int) -> tuple[float, float, float, int]:
    """Return chance, interval and n of a day; nothing is known where no day is left."""
    if day >= marks.days.size:
        return float("nan"), 0.0, 1.0, 0
    return (marks.chance[day], marks.ci_low[day], marks.ci_high[day], int(marks.n[day]))


def _rule_in_words(waits: Waits, rule_day: int, by_day: int) -> str:
    if not len(waits.rows):
        return ""
    start = f"The rule lets go {counted(rule_day, 'silent day')} after your last message"
    if rule_day >= by_day:
        return f"{start}: no earlier than day {by_day}, so there is no chance to set beside it. "
    return f"{start}. "


def _limit_in_words(
    marks: Landmarks, limit: _Limit, *, rule_day: int, below: float, by_day: int, one: str
) -> str:
    falls = _day_in_words(limit, below, by_day)
    if rule_day >= by_day:
        return f"{falls[:1].upper()}{falls[1:]}."
    if marks.n[rule_day] < FEWEST or np.isnan(marks.chance[rule_day]):
        return f"Cannot tell yet: {_why_not(marks, rule_day, by_day)}."
    return (
        f"Of {_still(marks, rule_day, 'approaches')}, {_chance(marks, rule_day)} get {one} by day "
        f"{by_day}; {falls}."
    )


def _day_in_words(limit: _Limit, below: float, by_day: int) -> str:
    if not limit.can_tell:
        return f"when the chance falls below {percent_given(below)} cannot be told yet"
    if limit.day is None:
        return f"the chance does not fall below {percent_given(below)} before day {by_day}"
    surely, chance = limit.day_surely, "the chance"
    if surely == limit.day:
        chance, surely = "even the upper end of the chance", None
    also = f", and even its upper end {_from(surely)}" if surely is not None else ""
    if limit.day_surely is None:
        also = ", as a guess: its upper end never is"
    return f"{chance} is below {percent_given(below)} {_from(limit.day)}{also}"


def _from(day: int) -> str:
    return f"from {counted(day, 'silent day')} on" if day else "from the first day on"
