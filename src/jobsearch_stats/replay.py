"""What strategies would have told you after each of your interviews. No statistics needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .due import Basis
from .facts import KIND, Bools
from .interviews import Interviews, dateless_text, interviews, whose
from .log import ApplicationLog
from .reasons import Parts, sentences
from .results import Result, as_of_text
from .schema import as_day
from .sentences import TO_WRITE, Case, day_words, year_of
from .strategies import FAR_PROMISE_DAYS, Strategy
from .tables import listed
from .waits import number
from .windows import AllowedDays, Windows, away_until, check_strategies, known_windows
from .workdays import NO_DAY, Days, to_dates

_LATER = np.iinfo(np.int32).max


@dataclass(frozen=True, eq=False, kw_only=True)
class Replay(Result):
    """What `replay` gives back.

    Attributes
    ----------
    strategies
        The strategies, in their order.
    as_of
        The day looked from.
    n_interviews, n_undated
        How many interviews there are; how many of them were answered, or ended, on a day that the
        log does not name.
    same
        Names of strategies that give the same days after every interview, in groups of two or
        more.
    """

    strategies: tuple[Strategy, ...]
    as_of: pd.Timestamp
    n_interviews: int
    n_undated: int
    same: tuple[tuple[str, ...], ...]


def replay(
    log: ApplicationLog, strategies: Strategy | str | Sequence[Strategy | str], *, as_of: object
) -> Replay:
    """Return what each strategy would have told you after every past interview.

    On each day only what was known by then counts. You follow up on the first day that the
    strategy names, and leave a message; your real answer comes on its real day.

    Parameters
    ----------
    log
        The search.
    strategies
        One or several strategies, or their names.
    as_of
        The day to look from: text, date or Timestamp. Later events do not exist.

    Returns
    -------
    Replay
        `.table`: one row per interview (the interviews of one day are one) and strategy, by day.

        application_id, seeker_id, company : str
            Which application; seeker_id only where the log has it, as pooled logs do.
        interview_on, decide_by : datetime64[s]
            Its day, and the date they promised at it; NaT: none.
        strategy : str
            The strategy's name.
        first_on : datetime64[s]
            The day of the first follow-up; NaT: the strategy has none.
        second_on : datetime64[s]
            The day of the second, after a message on the first; NaT: the strategy has none, or it
            was over by then.
        n_contacts : Int32
            How many follow-ups would have been due until the real answer, its day included, or
            until it ended, or `as_of`; <NA>: the day of the answer is not known.
        waited_days : Int32
            Days from the interview to `first_on`.
        answered_on : datetime64[s]
            The day of their real answer; NaT: none so far.
        answered_first : boolean
            They answered before `first_on` (or without one), so that the strategy would have made
            no difference; <NA>: not known.
        reason : str
            A sentence with the rules and dates behind `first_on`, and what came of it.

    Raises
    ------
    SettingError
        If there is no strategy, two have one name, or `as_of` is no day.
    UnknownNameError
        If there is no strategy of that name.

    References
    ----------
    Rules R1 to R5, R8 and R15 in docs/rules.md.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Decision by": ["2026-03-13"]}))
    >>> told = replay(log, [js.DAY_AFTER, js.BEFORE_DECISION], as_of="2026-03-31")
    >>> told.table["first_on"].dt.day.tolist()
    [17, 12]
    """
    asked = check_strategies(strategies)
    units = interviews(log, as_of=as_of)
    units = units.take(np.lexsort((units.application, units.start)))
    told = [_told(strategy, units) for strategy in asked]
    parts = [_frame(log, units, each) for each in told]
    table = pd.concat(parts, ignore_index=True)
    order = np.argsort(np.tile(np.arange(len(units)), len(asked)), kind="stable")
    day = as_day(as_of, name="as_of")
    same = _same(told)
    return Replay(
        table=table.iloc[order].reset_index(drop=True),
        caption=" ".join(filter(None, (_caption(units, len(asked), day), dateless_text(log)))),
        text=_text(units, told, same),
        strategies=tuple(asked),
        as_of=day,
        n_interviews=len(units),
        n_undated=int(units.undated.sum()),
        same=same,
    )


@dataclass(frozen=True)
class _Told:
    """What one strategy says of each interview."""

    strategy: Strategy
    window: Windows
    second: Days
    n_contacts: npt.NDArray[np.int32]
    answered_first: Bools


def _told(strategy: Strategy, units: Interviews) -> _Told:
    window = known_windows(strategy, units, by=units.observed, on_first=True)
    ended = np.maximum(units.answered, units.competing)
    until = np.where(ended == NO_DAY, units.observed, ended)
    second = np.full(len(units), NO_DAY)
    if strategy.max_messages > 1:
        second = _next_contact(strategy, units, window.first)
        over = ((ended != NO_DAY) & (ended < second)) | units.undated
        second = np.where(over, NO_DAY, second).astype(np.int32)
    day, count = window.first, np.zeros(len(units), np.int32)
    for _ in range(strategy.max_messages):
        due = day <= until
        if not due.any():
            break
        count += due
        day = _next_contact(strategy, units, day)
    first = np.where(window.first == NO_DAY, _LATER, window.first)
    answered_first = (units.answered != NO_DAY) & (units.answered < first)
    return _Told(strategy, window, second, count, answered_first)


def _next_contact(strategy: Strategy, units: Interviews, day: Days) -> Days:
    """Return the day of the next message after one on `day`: R8, never before the promise."""
    step = 1 if strategy.before_decision else strategy.days_after_promise
    promised = units.promise != NO_DAY
    due = np.maximum(
        day + np.int32(strategy.days_between_messages),
        np.where(promised, units.promise + np.int32(step), NO_DAY),
    ).astype(np.int32)
    back = units.absences.until + np.int32(1)
    reach = np.concatenate([due, back])
    allowed = AllowedDays(strategy, units.country, len(units), reach)
    due = allowed.on_or_after(due)
    while True:
        away = away_until(units, by=due)
        back = allowed.on_or_after(np.where(away == NO_DAY, NO_DAY, away + 1).astype(np.int32))
        if (back <= due).all():
            return due
        due = np.maximum(due, back)


def _frame(log: ApplicationLog, units: Interviews, told: _Told) -> pd.DataFrame:
    first = told.window.first
    never = first == NO_DAY
    waited = np.where(never, 0, first - np.where(never, first, units.start))
    return pd.DataFrame(
        {
            **whose(log, units),
            "interview_on": to_dates(units.start),
            "decide_by": to_dates(units.promise),
            "strategy": pd.array([told.strategy.name] * len(units), dtype="str"),
            "first_on": to_dates(first),
            "second_on": to_dates(told.second),
            "n_contacts": pd.arrays.IntegerArray(told.n_contacts.copy(), units.undated.copy()),
            "waited_days": pd.arrays.IntegerArray(waited.astype(np.int32), never),
            "answered_on": to_dates(units.answered),
            "answered_first": pd.arrays.BooleanArray(
                told.answered_first.copy(), units.undated.copy()
            ),
            "reason": pd.array(_reasons(log, units, told), dtype="str"),
        }
    )


def _reasons(log: ApplicationLog, units: Interviews, told: _Told) -> npt.NDArray[np.object_]:
    """Return why the first day is that day, in the words of `follow_ups`, and what came of it."""
    strategy, window = told.strategy, told.window
    out = np.full(len(units), f"{strategy.name} never follows up.", object)
    if strategy.max_messages:
        parts = _parts(log, units, window, strategy)
        as_of = int(units.observed.max(initial=0))
        for which, calendar in enumerate(window.allowed.calendars):
            rows = np.flatnonzero(window.allowed.which == which)
            mine = Parts(**{name: values[rows] for name, values in vars(parts).items()})
            out[rows] = sentences(
                mine, strategy=strategy, calendar=calendar, as_of=as_of, call_on=as_of
            )
    return out + _ends(units, window.first)


def _parts(log: ApplicationLog, units: Interviews, window: Windows, strategy: Strategy) -> Parts:
    basis = window.basis
    source = np.where(basis == Basis.NO_PROMISE, units.start, units.promise)
    source = np.where(basis == Basis.ABSENCE, window.until, source)
    return Parts(
        case=(np.int32(Case.DUE) + basis).astype(np.int32),
        a=source.astype(np.int32),
        b=np.full(len(units), NO_DAY),
        due=window.first,
        n=np.full(len(units), KIND["interview"], np.int32),
        flags=np.where(_by_email(log, units, strategy), TO_WRITE, 0).astype(np.int32),
    )


def _by_email(log: ApplicationLog, units: Interviews, strategy: Strategy) -> Bools:
    if strategy.method != "phone_or_email":
        return np.full(len(units), strategy.method == "email")
    asked = (log.applications["contact_by"] == "email").to_numpy(bool)[units.application]
    promised = units.promise != NO_DAY
    far = np.where(promised, units.promise, units.start) - units.start >= FAR_PROMISE_DAYS
    return asked | far


def _ends(units: Interviews, first: Days) -> npt.NDArray[np.object_]:
    """Return what came before the first day, as a further sentence; else nothing."""
    ended = np.maximum(units.answered, units.competing)
    first = np.where(first == NO_DAY, _LATER, first)
    before = (ended != NO_DAY) & (ended < first)
    ahead = (ended == NO_DAY) & (first > units.observed) & (first != _LATER) & ~units.undated
    out = np.full(len(units), "", object)
    out[units.undated] = " They answered, or it ended, on a day that the log does not name."
    out[ahead] = " That day is still ahead."
    year = year_of(int(units.observed.max(initial=0)))
    for day in np.unique(ended[before]).tolist():
        words = day_words(day, year)
        here = before & (ended == day)
        out[here & (units.answered == day)] = f" They answered on {words}{{}}."
        out[here & (units.competing == day)] = f" It ended on {words}{{}}."
    for which, when in ((first == _LATER, ""), (first != _LATER, ", before that")):
        out[before & which] = [text.format(when) for text in out[before & which]]
    return out


def _same(told: list[_Told]) -> tuple[tuple[str, ...], ...]:
    """Return the names of strategies whose days are the same after every interview."""
    groups: dict[bytes, list[str]] = {}
    for each in told:
        days = np.concatenate([each.window.first, each.second, each.n_contacts])
        groups.setdefault(days.tobytes(), []).append(each.strategy.name)
    several = [tuple(names) for names in groups.values() if len(names) > 1]
    return tuple(several) if told[0].second.size else ()


def _caption(units: Interviews, n_strategies: int, day: pd.Timestamp) -> str:
    what = number(n_strategies, "strategy", "strategies")
    text = (
        f"What {what} would have told you: n = {number(len(units), 'interview', 'interviews')} "
        f"{as_of_text(pd.DataFrame({'as_of': [day]}))}."
    )
    n = int(units.undated.sum())
    if n:
        text += (
            f" {number(n, 'interview', 'interviews')} answered, or ended, on a day that the log "
            "does not name: how many follow-ups would have been due is not known."
        )
    return text


def _text(units: Interviews, told: list[_Told], same: tuple[tuple[str, ...], ...]) -> str:
    if not len(units):
        return "There is no interview with a date yet, so no strategy has anything to say."
    dated = ~units.undated
    if not dated.any():
        return "The log does not name the day of any answer, so nothing can be replayed."
    again = {name for names in same for name in names[1:]}
    names = {group[0]: f"{listed(group)}, whose days are the same," for group in same}
    return " ".join(
        _one(each, names.get(each.strategy.name, each.strategy.name), units, dated)
        for each in told
        if each.strategy.name not in again
    )


def _one(told: _Told, name: str, units: Interviews, dated: Bools) -> str:
    """Return what one strategy, or several with the same days, comes to, in a sentence."""
    n = int(dated.sum())
    if not told.strategy.max_messages:
        return f"{name} would never have had you follow up."
    contacted = dated & (told.n_contacts > 0)
    before = dated & told.answered_first
    ahead = dated & ~contacted & (told.window.first > units.observed) & ~before
    ahead &= units.competing == NO_DAY
    over = dated & ~contacted & ~before & ~ahead
    of = f"{int(contacted.sum())} of {number(n, 'interview', 'interviews')}"
    text = f"{name} would have had you follow up after {of}"
    if contacted.any():
        waited = np.median((told.window.first - units.start)[contacted])
        text += f", {_days(waited)} after the interview{_median(contacted)}"
    rest = [
        (before, "had answered before its day came"),
        (over, "had ended before its day came"),
        (ahead, "still lies ahead" if ahead.sum() == 1 else "still lie ahead"),
    ]
    said = [f"{int(which.sum())} {what}" for which, what in rest if which.any()]
    return f"{text}; {', '.join(said)}." if said else f"{text}."


def _median(which: Bools) -> str:
    return " in the median" if which.sum() > 1 else ""


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:g} days"
