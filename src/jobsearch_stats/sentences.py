"""The sentences themselves: one per case, from days, numbers and a strategy's own words."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import partial

from .due import Basis
from .schema import KINDS, STATUS_KINDS
from .strategies import WEEKDAYS, Strategy
from .wording import MONTHS
from .workdays import WhyNot, WorkCalendar, to_dates


class Case(IntEnum):
    """What a sentence is about: a state that needs no due day, or 100 plus the basis of one."""

    TOLD_NEVER = 1
    BARRED = 2
    ENDED = 3
    ENDED_BY_STATUS = 4
    APPOINTMENT = 5
    GHOSTED = 6
    GIVEN_UP = 7
    LAST_MESSAGE_SENT = 8
    NEVER_DUE = 9
    NEVER_DUE_OVER = 10
    NOTHING = 11
    GIVEN_UP_AWAY = 12
    LAST_MESSAGE_SENT_AWAY = 13
    DUE = 100


OVERDUE, TODAY, TO_WRITE, MANY_ATTEMPTS = 1, 2, 4, 8
"""Flags of a sentence: overdue; due today or before; by writing; three calls unanswered."""

MANY = 3
"""After so many unanswered calls the next action is a message (R7)."""


def year_of(day: int) -> int:
    """Return the calendar year of a day number."""
    return int(to_dates([day])[0].item().year)


def day_words(day: int, year: int) -> str:
    """Return a day number as "Friday 6 March", with its year where that is not `year`."""
    date = to_dates([day])[0].item()
    words = f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"
    return words if date.year == year else f"{words} {date.year}"


class Writer:
    """Writes one sentence; a day in another year than today's is written with its year."""

    def __init__(
        self, strategy: Strategy, calendar: WorkCalendar, as_of: int, call_on: int
    ) -> None:
        self.strategy = strategy
        self.calendar = calendar
        self.as_of = as_of
        self.call_on = call_on
        self.year = year_of(as_of)
        self.names: dict[int, str] = {}
        self.reasons: dict[tuple[int, int], list[WhyNot]] = {}

    def __call__(self, case: int, a: int, b: int, due: int, n: int, flags: int) -> str:
        """Return the sentence of a case; the days are day numbers."""
        if case < Case.DUE:
            return _STATES[Case(case)](self, a, b, n)
        verb = "write" if flags & TO_WRITE else "call"
        text = _DUE[Basis(case - Case.DUE)](self, verb, a, b, due, n)
        if flags & MANY_ATTEMPTS:
            text += " Three calls or more went unanswered: leave a message this time, or write."
        return text + self._tail(verb, due if case != _WINDOW_CASE else a, flags)

    def _tail(self, verb: str, due_until: int, flags: int) -> str:
        text = ""
        if flags & OVERDUE:
            late = self.as_of - due_until
            text = f" It is {_count(late, 'day')} overdue."
        if flags & TODAY and self.call_on != self.as_of:
            text += f" Not today: {verb} on {self.day(self.call_on)}."
        return text

    def day(self, number: int) -> str:
        """Return "Friday 6 March", with the year where it is not today's."""
        if number not in self.names:
            self.names[number] = day_words(number, self.year)
        return self.names[number]

    def moved(self, raw: int, due: int) -> str:
        """Return why the day is not the one that was counted, and whose rule that is."""
        why = [] if raw == due else [self._why(r) for r in self._between(raw, due)]
        return f": {', '.join(why)}" if why else ""

    def _between(self, raw: int, due: int) -> list[WhyNot]:
        """Return why the days from the one that was counted to the due one are not allowed."""
        if (raw, due) not in self.reasons:  # the same few days move many rows
            first, last = min(raw, due + 1), max(raw + 1, due)
            self.reasons[raw, due] = self.calendar.why_not(first, last)
        return self.reasons[raw, due]

    def _why(self, reason: WhyNot) -> str:
        if reason is WhyNot.AVOIDED:
            return " or ".join(f"not on a {day}" for day in self.strategy.avoid)
        return {
            WhyNot.WEEKEND: "not on a weekend",
            WhyNot.HOLIDAY: "not on a public holiday",
            WhyNot.LONG_WEEKEND: "not on the first workday after a long weekend",
        }[reason]

    def rules(self, raw: int, due: int, *ids: str) -> str:
        """Return the ids in brackets, R3 and R4 among them if a day was moved."""
        if raw != due:
            why = self._between(raw, due)
            moved = {"R4" if r in (WhyNot.HOLIDAY, WhyNot.LONG_WEEKEND) else "R3" for r in why}
            ids += tuple(sorted(moved))
        return f"({', '.join(ids)})"


def _count(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _days_later(n: int) -> str:
    if n == 1:
        return "the day after"
    if n % 7 == 0:
        return "a week later" if n == 7 else f"{n // 7} weeks later"
    return f"{n} days later"


def _promise(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    days = 1 if w.strategy.before_decision else w.strategy.days_after_promise
    raw = a + days
    when = "the next day" if days == 1 else f"{_days_later(days)}, the day"
    return (
        f"They said {w.day(a)}; {when} you may {verb} is {w.day(due)}"
        f"{w.moved(raw, due)} {w.rules(raw, due, 'R1')}."
    )


_CLOCK_WORDS = {
    "interview": "You met on {} and they named no date",
    "reply": "They answered on {} and there is no date to wait for",
    "follow_up": "You spoke on {} and there is no date to wait for",
    "applied": "You applied on {} and they named no date",
    "acknowledgement": "They acknowledged your application on {} and named no date",
}


def _no_promise(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    raw = a + w.strategy.days_without_promise
    ids = ("R2", "R16") if KINDS[n] in ("reply", "follow_up") else ("R2",)
    ids = ("R2", "R19") if KINDS[n] in ("applied", "acknowledgement") else ids
    return (
        f"{_CLOCK_WORDS[KINDS[n]].format(w.day(a))}; {verb} "
        f"{_days_later(w.strategy.days_without_promise)}, on {w.day(due)}{w.moved(raw, due)} "
        f"{w.rules(raw, due, *ids)}."
    )


def _message(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    gap = w.strategy.days_between_messages
    return (
        f"Your last message was on {w.day(a)} and nobody answered; {verb} {_days_later(gap)}, on "
        f"{w.day(due)}{w.moved(a + gap, due)}; message {n} of {w.strategy.max_messages} "
        f"{w.rules(a + gap, due, 'R5', 'R8')}."
    )


def _message_then_promise(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    days = 1 if w.strategy.before_decision else w.strategy.days_after_promise
    return (
        f"Your last message was on {w.day(a)}, and they said {w.day(b)}; the next day you may "
        f"{verb} is {w.day(due)}{w.moved(b + days, due)}; message {n} of "
        f"{w.strategy.max_messages} {w.rules(b + days, due, 'R1', 'R8')}."
    )


def _attempt(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    return (
        f"Nobody answered your call on {w.day(a)} and you left no message; try again on "
        f"{w.day(due)}{w.moved(a + 1, due)}; still message {n} of {w.strategy.max_messages} "
        f"{w.rules(a + 1, due, 'R7')}."
    )


def _absence(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    return (
        f"They are away until {w.day(a)}; the next day you may {verb} is {w.day(due)}"
        f"{w.moved(a + 1, due)} {w.rules(a + 1, due, 'R15')}."
    )


def _window(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    until = f"from {w.day(due)} until then" if due != a else "on that day"
    return (
        f"They decide by {w.day(a)}; {verb} {until}, before the decision is made "
        f"({w.strategy.name})."
    )


def _window_empty(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    return (
        f"They decide by {w.day(a)} and no day is left on which to {verb} before; the next day "
        f"you may {verb} is {w.day(due)}{w.moved(a + 1, due)} {w.rules(a + 1, due, 'R1')}."
    )


def _window_past(w: Writer, verb: str, a: int, b: int, due: int, n: int) -> str:
    return (
        f"They meant to decide by {w.day(a)}, which is past; the next day you may {verb} is "
        f"{w.day(due)}{w.moved(a + 1, due)} {w.rules(a + 1, due, 'R1')}."
    )


_WINDOW_CASE = Case.DUE + Basis.WINDOW

_DUE: dict[Basis, Callable[[Writer, str, int, int, int, int], str]] = {
    Basis.PROMISE: _promise,
    Basis.NO_PROMISE: _no_promise,
    Basis.MESSAGE: _message,
    Basis.MESSAGE_THEN_PROMISE: _message_then_promise,
    Basis.ATTEMPT: _attempt,
    Basis.ABSENCE: _absence,
    Basis.WINDOW: _window,
    Basis.WINDOW_EMPTY: _window_empty,
    Basis.WINDOW_PAST: _window_past,
}

_ENDED_WORDS = {
    "rejection": "They said no on {}: closed",
    "offer": "They made you an offer on {}: closed",
    "withdrawn": "You withdrew on {}: closed",
}


def _ended(w: Writer, a: int, b: int, n: int) -> str:
    return f"{_ENDED_WORDS[KINDS[n]].format(w.day(a))} (R17)."


def _n_messages(n: int) -> str:
    words = {1: "One message", 2: "Two messages", 3: "Three messages"}
    return words.get(n, f"{n} messages")


def _given_up(w: Writer, a: int, b: int, n: int, *, away: bool = False) -> str:
    """Name the last message, what the silence is counted from, and its last day."""
    until = f", nobody there until {w.day(b)}" if away else f", a decision promised by {w.day(b)}"
    return (
        f"{_n_messages(n)}, the last on {w.day(a)}{until if b > a else ''}, and no answer by "
        f"{w.day(b + w.strategy.give_up_days)}: assume the answer is no "
        f"({_silence_rules(a, b, away)})."
    )


def _last_message_sent(w: Writer, a: int, b: int, n: int, *, away: bool = False) -> str:
    until = f" They are away until {w.day(b)}." if away else f" They said {w.day(b)}."
    return (
        f"{_n_messages(n)}, the last on {w.day(a)}: no further one.{until if b > a else ''} With "
        f"no answer by {w.day(b + w.strategy.give_up_days)}, assume the answer is no "
        f"({_silence_rules(a, b, away)})."
    )


def _silence_rules(a: int, b: int, away: bool) -> str:
    return "R5, R6, R8, R15" if away else "R1, R5, R6, R8" if b > a else "R5, R6, R8"


_STATES: dict[Case, Callable[[Writer, int, int, int], str]] = {
    Case.TOLD_NEVER: lambda w, a, b, n: (
        f"On {w.day(a)} you were told never to call again: no further contact, ever (R14)."
    ),
    Case.BARRED: lambda w, a, b, n: (
        "Every number and address known here belongs to someone who told you, at another "
        "application, never to call again: no further contact (R14)."
    ),
    Case.ENDED: _ended,
    Case.ENDED_BY_STATUS: lambda w, a, b, n: (
        f"Your sheet says {STATUS_KINDS[n]}, without a date: closed (R17)."
    ),
    Case.APPOINTMENT: lambda w, a, b, n: (
        f"You have an interview on {w.day(a)}: ask there when they decide (R11, R16)."
    ),
    Case.GHOSTED: lambda w, a, b, n: "Your sheet says no response: assume the answer is no (R6).",
    Case.GIVEN_UP: _given_up,
    Case.GIVEN_UP_AWAY: partial(_given_up, away=True),
    Case.LAST_MESSAGE_SENT: _last_message_sent,
    Case.LAST_MESSAGE_SENT_AWAY: partial(_last_message_sent, away=True),
    Case.NOTHING: lambda w, a, b, n: "Nothing is known that starts a clock.",
    Case.NEVER_DUE: lambda w, a, b, n: (
        f"{w.strategy.name} never follows up; with no answer by {w.day(b)}, assume the answer is "
        "no (R6)."
    ),
    Case.NEVER_DUE_OVER: lambda w, a, b, n: (
        f"{w.strategy.name} never follows up, and there was no answer by {w.day(b)}: assume the "
        "answer is no (R6)."
    ),
}
