"""The days after an interview, one at a time, on all applications that still wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..strategies import Strategy
from ..windows import windows
from ..workdays import NO_DAY, Days
from .book import METHOD, OUTCOME, Book
from .model import MOST, Flags, Numbers, SearchModel

Rows = npt.NDArray[np.intp]

DAYS_AFTER_PROMISE, DAYS_WITHOUT_PROMISE = 1, 7
"""The seeker's own habit: the article's rules."""


@dataclass
class Waits:
    """One row per wait for an answer: after an interview, or after a neutral reply to one."""

    app: npt.NDArray[np.int64]
    start: Days
    promise: Days
    fit: Numbers

    def at(self, rows: Rows | Flags) -> Waits:
        """Return the waits at these rows."""
        return Waits(self.app[rows], self.start[rows], self.promise[rows], self.fit[rows])


def draw_promise(rng: np.random.Generator, model: SearchModel, day: Days) -> Days:
    """Return the decision date that is named on each of these days, or `NO_DAY`."""
    after = np.array(model.promise_days, np.int32)[
        rng.integers(0, len(model.promise_days), day.size)
    ]
    named = rng.random(day.size) < model.promise_chance
    return np.where(named, day + after, NO_DAY).astype(np.int32)


def kept_promise(new: Days, old: Days, day: Days) -> Days:
    """Return the date in force after a talk or reply: the new one, else the old if not past."""
    return np.where(new != NO_DAY, new, np.where(old >= day, old, NO_DAY)).astype(np.int32)


class Waiting:
    """Follow-ups, answers and withdrawals of many waits, day by day.

    Within a day the seeker acts first: a follow-up works from its own day on.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        model: SearchModel,
        waits: Waits,
        book: Book,
        strategy: Strategy | None,
    ) -> None:
        n = waits.app.size
        self.rng, self.model, self.waits, self.book = rng, model, waits, book
        self.promise = waits.promise.copy()
        self.due = self._first_due(waits.start, waits.promise)
        self.messages = np.zeros(n, np.int32)
        self.factor = np.ones(n)
        self.works_until = np.full(n, NO_DAY)
        self.obeying = np.full(n, strategy is not None)
        self.windows = None
        if strategy is not None:
            self.windows = windows(strategy, start=waits.start, promise=waits.promise)

    @staticmethod
    def _first_due(clock: Days, promise: Days) -> Days:
        due = np.where(
            promise == NO_DAY, clock + DAYS_WITHOUT_PROMISE, promise + DAYS_AFTER_PROMISE
        )
        return due.astype(np.int32)

    def run(self) -> tuple[Days, Days]:
        """Return the day of the answer of every wait, or `NO_DAY`, and the promise in force."""
        waits, model = self.waits, self.model
        answered = np.full(waits.app.size, NO_DAY)
        live = np.arange(waits.app.size)
        for step in range(1, model.silent_after + 1):
            live = live[waits.start[live] + step <= self.book.end]
            if not live.size:
                break
            day = waits.start[live] + np.int32(step)
            self._follow_up(live, day)
            hit = self.rng.random(live.size) < self._hazard(live, day, step)
            answered[live[hit]] = day[hit]
            left = ~hit & (self.rng.random(live.size) < model.withdrawal_chance)
            self.book.add("withdrawn", waits.app[live[left]], day[left], with_contact=False)
            live = live[~hit & ~left]
        return answered, self.promise

    def _hazard(self, live: Rows, day: Days, step: int) -> Numbers:
        promise = self.promise[live]
        return self.model.answer_hazard(
            day=step,
            from_promise=np.where(promise == NO_DAY, np.nan, day.astype(float) - promise),
            fit=self.waits.fit[live],
            weekend=_weekday(day) >= 5,
            effect=np.where(day <= self.works_until[live], self.factor[live], 1.0),
        )

    def _chance(self, live: Rows, day: Days) -> Numbers:
        """Return each seeker's chance of following up today."""
        model, promise = self.model, self.promise[live]
        early = (promise != NO_DAY) & (day <= promise) & (self.messages[live] == 0)
        early_chance = np.where(early, model.early_follow_up_chance, 0.0)
        chance = np.where(day >= self.due[live], model.follow_up_chance, early_chance)
        chance *= model.follow_up_fit ** (self.waits.fit[live] - 3)
        chance *= np.array(model.weekday_habit)[_weekday(day)]
        chance = np.minimum(chance, MOST)
        chance[self.messages[live] >= model.max_messages] = 0
        if self.windows is None:
            return chance
        # the strategy's chance: the habit's inside the window, certain at its end
        window = self.windows.take(live)
        obeyed = np.where(window.may_follow(day), chance, 0.0)
        obeyed[day == window.last] = 1.0
        return np.where(self.obeying[live], obeyed, chance)

    def _follow_up(self, live: Rows, day: Days) -> None:
        does = self.rng.random(live.size) < self._chance(live, day)
        rows, day = live[does], day[does]
        model, rng = self.model, self.rng
        by_email = rng.random(rows.size) < model.email_share
        shares = np.cumsum(model.call_outcomes)[:-1]
        call = np.array([OUTCOME[name] for name in _CALL_OUTCOMES])[
            np.searchsorted(shares, rng.random(rows.size), side="right")
        ]
        outcome = np.where(by_email, OUTCOME["sent"], call)
        named = draw_promise(rng, model, day)
        spoke = outcome == OUTCOME["spoke"]
        named[~spoke] = NO_DAY
        self.book.add(
            "follow_up",
            self.waits.app[rows],
            day,
            method=np.where(by_email, METHOD["email"], METHOD["phone"]),
            outcome=outcome,
            decide_by=named,
        )
        self._after_follow_up(rows, day, outcome, named)
        self._absences(rows[by_email], day[by_email])

    def _after_follow_up(
        self, rows: Rows, day: Days, outcome: npt.NDArray[np.int64], named: Days
    ) -> None:
        model = self.model
        attempt, spoke = outcome == OUTCOME["no_answer"], outcome == OUTCOME["spoke"]
        self.obeying[rows] = False  # a strategy says when the first follow-up is, and no more
        self.due[rows[attempt]] = np.maximum(self.due[rows[attempt]], day[attempt] + 1)

        said, said_on = rows[~attempt], day[~attempt]
        self.factor[said] = model.follow_up_effect(
            before_promise=said_on <= self.promise[said], fit=self.waits.fit[said]
        )
        self.works_until[said] = said_on + model.effect_days - 1
        self.messages[said] += 1
        self.due[said] = np.maximum(
            said_on + model.days_between_messages, self.promise[said] + DAYS_AFTER_PROMISE
        )

        talked, talked_on = rows[spoke], day[spoke]
        self.promise[talked] = kept_promise(named[spoke], self.promise[talked], talked_on)
        self.messages[talked] = 0
        self.due[talked] = self._first_due(talked_on, self.promise[talked])

    def _absences(self, rows: Rows, day: Days) -> None:
        away = self.rng.random(rows.size) < self.model.out_of_office_chance
        rows, day = rows[away], day[away]
        until = (day + self.rng.integers(2, 10, rows.size)).astype(np.int32)
        self.book.add("out_of_office", self.waits.app[rows], day, until=until)
        self.due[rows] = np.maximum(self.due[rows], until + 1)


_CALL_OUTCOMES = ("no_answer", "voicemail", "message_taken", "spoke")


def _weekday(day: Days) -> npt.NDArray[np.int32]:
    return (day + np.int32(3)) % np.int32(7)  # day 0, 1970-01-01, was a Thursday
