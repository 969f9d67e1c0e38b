"""From facts and a strategy to days: due, until when, and when to give up.

One call serves many applications at once; `basis` says which rule made each day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from .facts import Facts
from .strategies import DAY_AFTER, Strategy
from .workdays import NO_DAY, Days, WorkCalendar


class Basis(IntEnum):
    """What made the due day."""

    NOTHING = 0
    PROMISE = 1  # R1
    NO_PROMISE = 2  # R2
    MESSAGE = 3  # R8
    MESSAGE_THEN_PROMISE = 4  # R8, but never before the promise (R1)
    ATTEMPT = 5  # R7
    ABSENCE = 6  # R15
    WINDOW = 7  # before the decision
    WINDOW_EMPTY = 8  # no day was left before the decision: as DAY_AFTER
    WINDOW_PAST = 9  # the decision day has passed: as DAY_AFTER


@dataclass(frozen=True)
class Due:
    """Days per application; `raw` is the day before it was moved to an allowed one."""

    due: Days
    due_until: Days
    raw: Days
    abandon: Days
    basis: npt.NDArray[np.int8]
    never: bool = False
    """Nothing is ever due: the strategy does not follow up."""


def days_due(facts: Facts, strategy: Strategy, *, as_of: np.int32, calendar: WorkCalendar) -> Due:
    """Return when each application is due under a strategy, whatever else holds of it."""
    if strategy.max_messages == 0:
        return _never_due(facts, strategy, calendar)
    spent = facts.n_messages >= strategy.max_messages
    due = _after_the_promise(
        facts, strategy, calendar, n_messages=facts.n_messages, last_message=facts.last_message
    )
    due = _not_before(due, facts.last_attempt, Basis.ATTEMPT, calendar)
    due = _not_before(due, facts.until, Basis.ABSENCE, calendar)
    if strategy.before_decision:
        due = _before_the_decision(due, facts, strategy, as_of=as_of, calendar=calendar)
    none = spent | (facts.clock == NO_DAY)
    for days in (due.due, due.due_until, due.raw):
        days[none] = NO_DAY
    due.basis[none] = Basis.NOTHING
    due.abandon[spent] = _give_up(facts, strategy, facts.last_message)[spent]
    return due


def _after_the_promise(
    facts: Facts,
    strategy: Strategy,
    calendar: WorkCalendar,
    *,
    n_messages: npt.NDArray[np.int32],
    last_message: Days,
) -> Due:
    """Return R1, R2 and R8: the day after what they named, or a week after the last word."""
    promised = facts.promise != NO_DAY
    after_promise = facts.promise + np.int32(_days_after(strategy))
    first = np.where(promised, after_promise, facts.clock + np.int32(strategy.days_without_promise))
    again = last_message + np.int32(strategy.days_between_messages)
    wait_for_promise = promised & (after_promise > again)
    second = np.where(wait_for_promise, after_promise, again)
    begun = n_messages > 0
    raw = np.where(begun, second, first).astype(np.int32)
    raw[(facts.clock == NO_DAY) | (begun & (last_message == NO_DAY))] = NO_DAY
    basis = np.where(
        begun,
        np.where(wait_for_promise, Basis.MESSAGE_THEN_PROMISE, Basis.MESSAGE),
        np.where(promised, Basis.PROMISE, Basis.NO_PROMISE),
    ).astype(np.int8)
    due = calendar.on_or_after(raw)
    return Due(
        due=due,
        due_until=due.copy(),
        raw=raw,
        abandon=np.full(len(raw), NO_DAY, np.int32),
        basis=basis,
    )


def _days_after(strategy: Strategy) -> int:
    """Return the days from the promise to a follow-up that comes after it."""
    return 1 if strategy.before_decision else strategy.days_after_promise


def _not_before(due: Due, last_day_out: Days, basis: Basis, calendar: WorkCalendar) -> Due:
    """Move due days behind a day on which nothing could be done."""
    raw = _next_day(last_day_out)
    day = calendar.on_or_after(raw)
    later = (day > due.due) & (due.due != NO_DAY)
    moved = np.where(later, day, due.due)
    return Due(
        due=moved,
        due_until=moved.copy(),
        raw=np.where(later, raw, due.raw),
        abandon=due.abandon,
        basis=np.where(later, np.int8(basis), due.basis),
    )


def _next_day(days: Days) -> Days:
    return np.where(days == NO_DAY, NO_DAY, days + np.int32(1))


def _before_the_decision(
    due: Due, facts: Facts, strategy: Strategy, *, as_of: np.int32, calendar: WorkCalendar
) -> Due:
    """Return the window that ends on the promised date, where there is one."""
    asked = (facts.promise != NO_DAY) & (facts.n_messages == 0)
    raw = np.where(asked, facts.promise + np.int32(strategy.days_after_promise), NO_DAY)
    start = calendar.on_or_before(raw)
    for last_day_out in (facts.clock, facts.last_attempt, facts.until):
        start = np.maximum(start, calendar.on_or_after(_next_day(last_day_out)))
    past = asked & (facts.promise < as_of)
    empty = asked & ~past & (start > facts.promise)
    window = asked & ~past & ~empty
    basis = np.where(window, np.int8(Basis.WINDOW), due.basis)
    # what moved a day on has the last word: an absence is named before an empty window
    plain = due.basis == Basis.PROMISE
    basis[empty & plain] = Basis.WINDOW_EMPTY
    basis[past & plain] = Basis.WINDOW_PAST
    return Due(
        due=np.where(window, start, due.due),
        due_until=np.where(window, facts.promise, due.due_until),
        raw=np.where(window, raw, due.raw),
        abandon=due.abandon,
        basis=basis,
    )


def _give_up(facts: Facts, strategy: Strategy, last_message: Days) -> Days:
    """Return the latest of last message, promise and absence, and the days of silence after it."""
    latest = np.maximum(np.maximum(last_message, facts.promise), facts.until)
    return np.where(latest == NO_DAY, NO_DAY, latest + np.int32(strategy.give_up_days))


def _never_due(facts: Facts, strategy: Strategy, calendar: WorkCalendar) -> Due:
    """Return when `DAY_AFTER`, obeyed on every due day and unanswered, would have given up."""
    n = len(facts.clock)
    sent = np.full(n, NO_DAY, np.int32)
    for n_sent in range(DAY_AFTER.max_messages):
        due = _after_the_promise(
            facts,
            strategy,
            calendar,
            n_messages=np.full(n, n_sent, np.int32),
            last_message=sent,
        )
        sent = _not_before(due, facts.until, Basis.ABSENCE, calendar).due
    abandon = _give_up(facts, strategy, sent)
    abandon[facts.clock == NO_DAY] = NO_DAY
    none = np.full(n, NO_DAY, np.int32)
    return Due(
        due=none,
        due_until=none.copy(),
        raw=none.copy(),
        abandon=abandon,
        basis=np.zeros(n, np.int8),
        never=True,
    )
