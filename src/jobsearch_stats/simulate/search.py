"""`simulate_log`: a made-up search whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import SettingError
from ..log import ApplicationLog
from ..schema import as_day
from ..strategies import Strategy
from ..workdays import NO_DAY, Days, to_days
from .book import METHOD, OUTCOME, Book
from .model import Flags, Numbers, SearchModel, check_number
from .people import draw_people
from .waiting import Waiting, Waits, draw_promise, kept_promise

_MOST_APPLICATIONS = 100_000_000
_MOST_DAYS = 20_000


def simulate_log(
    n_applications: int = 140,
    *,
    seed: int,
    start: object = "2025-06-02",
    days: int = 273,
    model: SearchModel | None = None,
    strategy: Strategy | None = None,
) -> ApplicationLog:
    """Make up a search with a known truth, to try a method on or to plan with.

    Applications are sent on random days. Each may be acknowledged, and in the end brings an
    interview, a rejection or silence; how soon is geometric in weekdays. After an interview every
    day goes like this, while nobody has answered: the seeker follows up with the chance that
    their habit gives; then the employer answers with the chance of
    :meth:`SearchModel.answer_hazard`, times :meth:`SearchModel.follow_up_effect` while a
    message works; then the seeker may withdraw. Nothing happens on the day of the interview
    itself. An answer is an invitation to a second interview, an offer, a neutral reply or a
    rejection, whatever the seeker did: follow-ups hasten answers, and never change them. After a
    second interview, and after a neutral reply, the waiting starts again, once, and ends in an
    offer or a rejection.

    Nobody follows up after an answer, so those who were followed up had waited longer: the
    immortal time that makes "followed up against not" misleading arises here as in life. Those
    who fit well are followed up sooner and answered sooner, which confounds the two.

    Parameters
    ----------
    n_applications
        How many; 0 is allowed.
    seed
        The same seed and settings give the same log.
    start
        First day.
    days
        The log ends on ``start + days``; later events are unknown to it, save an interview to
        which the invitation has come. Applications are sent before that day.
    model
        The truth; left out, ``SearchModel()``.
    strategy
        Left out, the seeker follows their habit. Given, the first follow-up after each interview
        (and neutral reply) obeys the strategy: none outside its window (its due day and
        `grace_days` more allowed days; before the decision, no later than the promised date), by
        habit inside it, certainly on its last day. Simulated on many applications this is what
        would truly happen if everybody followed the strategy.

    Returns
    -------
    ApplicationLog
        `applications` has `company, role, source, location, fit` and `wanted`; the rest is blank.

    Raises
    ------
    SettingError
        If a setting is out of its range.

    Examples
    --------
    >>> log = simulate_log(100, seed=1)
    >>> len(log.applications)
    100
    """
    model = SearchModel() if model is None else model
    _check(n_applications, seed, days, model, strategy)
    first = int(to_days(np.array(as_day(start, name="start"), "datetime64[s]")))
    rng = np.random.default_rng(seed)
    book = Book(end=first + days)
    ids = pd.Index([f"a{n:07d}" for n in range(1, n_applications + 1)], dtype="str")
    applications, fit, people = _draw_applications(rng, model, n_applications, ids)
    applied = (first + rng.integers(0, days, n_applications)).astype(np.int32)
    book.add("applied", np.arange(n_applications), applied, with_contact=False)
    _Search(rng, model, book, strategy).run(applied, fit, applications["source"].to_numpy())
    events = book.to_frame(rng, ids=ids, people=people, model=model)
    return ApplicationLog.from_frames(applications, events)


def _check(n: object, seed: object, days: object, model: object, strategy: object) -> None:
    check_number(n, "n_applications", 0, _MOST_APPLICATIONS, whole=True)
    check_number(seed, "seed", 0, 2**63 - 1, whole=True)
    check_number(days, "days", 1, _MOST_DAYS, whole=True)
    for value, name, kind in ((model, "model", SearchModel), (strategy, "strategy", Strategy)):
        if value is not None and not isinstance(value, kind):
            raise SettingError(
                f"{name}={value!r} must be a {kind.__name__}.", name=name, value=value
            )


def _draw_applications(
    rng: np.random.Generator, model: SearchModel, n: int, ids: pd.Index
) -> tuple[pd.DataFrame, Numbers, pd.DataFrame]:
    people = draw_people(rng, n, model)
    names = np.array([source.name for source in model.sources], dtype=object)
    source = rng.choice(names.size, n, p=[s.share for s in model.sources])
    fit = rng.choice(np.arange(1, 6), n, p=model.fit_shares)
    applications = people[["company", "role", "location"]].set_axis(ids, axis=0)
    applications["source"] = names[source]
    logged = rng.random(n) >= model.fit_blank
    applications["fit"] = pd.array(fit, dtype="Int64")
    applications["fit"] = applications["fit"].where(logged)
    applications["wanted"] = np.clip(fit + rng.integers(-1, 2, n), 1, 5)
    return applications, fit.astype(float), people


@dataclass
class _Search:
    """What becomes of the applications, written into the book."""

    rng: np.random.Generator
    model: SearchModel
    book: Book
    strategy: Strategy | None

    def run(self, applied: Days, fit: Numbers, source: npt.NDArray[np.object_]) -> None:
        model, n = self.model, applied.size
        self._acknowledge(applied)
        chance = pd.Series({s.name: s.interview_chance for s in model.sources})
        invited = self._draw(_odds(chance.reindex(source).to_numpy(), model.fit_interview, fit))
        refused = ~invited & self._draw(np.full(n, model.rejection_chance))
        wait = np.minimum(self.rng.geometric(model.answer_chance, n), _MOST_DAYS)
        told = _workdays_later(applied, wait)
        app = np.arange(n)
        self.book.add("rejection", app[refused], told[refused], with_contact=False)
        logged = self._draw(np.full(n, model.invitation_logged))
        first = self._interview(app[invited], told[invited], fit[invited], logged[invited])
        again = self._wait(first, last=False)
        self._wait(again, last=True)

    def _acknowledge(self, applied: Days) -> None:
        app = np.flatnonzero(self._draw(np.full(applied.size, self.model.acknowledgement_chance)))
        day = applied[app] + self.rng.integers(0, 3, app.size)
        self.book.add("acknowledgement", app, day, method=METHOD["email"], with_contact=False)

    def _draw(self, chance: Numbers) -> Flags:
        return self.rng.random(chance.size) < chance

    def _interview(
        self, app: npt.NDArray[np.int64], invited: Days, fit: Numbers, logged: Flags
    ) -> Waits:
        """Log invitations and interviews, and return the waits that these begin."""
        least, most = self.model.interview_notice
        notice = self.rng.integers(least, most + 1, app.size)
        day = _weekday_from(invited + notice)
        promise = draw_promise(self.rng, self.model, day)
        self.book.add(
            "reply", app[logged], invited[logged], method=METHOD["email"],
            outcome=OUTCOME["invited"],
        )  # fmt: skip
        methods = np.array([METHOD[name] for name in ("in_person", "video", "phone")])
        method = methods[self.rng.choice(3, app.size, p=(0.45, 0.4, 0.15))]
        held = day <= self.book.end  # what is promised at an interview is not known before it
        self.book.add(
            "interview", app, day, method=method, known_on=invited,
            decide_by=np.where(held, promise, NO_DAY),
        )  # fmt: skip
        self._thank(app, day, self.model.thank_you_chance, within=2)
        return Waits(app, day, promise, fit)

    def _thank(self, app: npt.NDArray[np.int64], day: Days, chance: float, *, within: int) -> None:
        does = self._draw(np.full(app.size, chance))
        by_letter = self._draw(np.full(int(does.sum()), 0.3))
        on = day[does] + self.rng.integers(1, within + 1, by_letter.size)
        method = np.where(by_letter, METHOD["letter"], METHOD["email"])
        self.book.add("thank_you", app[does], on, method=method)

    def _wait(self, waits: Waits, *, last: bool) -> Waits:
        """Let the waits run, log the answers, and return the waits that follow from them."""
        model = self.model
        answered, promise = Waiting(self.rng, model, waits, self.book, self.strategy).run()
        there = answered != NO_DAY
        waits, day, promise = waits.at(there), answered[there], promise[there]
        positive = self._draw(_odds(model.positive_chance, model.fit_positive, waits.fit))
        more = self._draw(np.where(positive, model.second_round_chance, model.neutral_chance)) & (
            not last
        )
        offered, refused = positive & ~more, ~positive & ~more
        self.book.add("offer", waits.app[offered], day[offered], method=METHOD["phone"])
        self.book.add("rejection", waits.app[refused], day[refused], method=METHOD["email"])
        self._thank(waits.app[refused], day[refused], model.card_chance, within=5)
        second = waits.at(positive & more)
        begun = self._interview(
            second.app, day[positive & more], second.fit, np.ones(second.app.size, bool)
        )
        return _joined(begun, self._neutral(waits, day, promise, ~positive & more))

    def _neutral(self, waits: Waits, day: Days, promise: Days, rows: Flags) -> Waits:
        waits, day, promise = waits.at(rows), day[rows], promise[rows]
        named = draw_promise(self.rng, self.model, day)
        self.book.add(
            "reply", waits.app, day, method=METHOD["email"], outcome=OUTCOME["neutral"],
            decide_by=named,
        )  # fmt: skip
        return Waits(waits.app, day, kept_promise(named, promise, day), waits.fit)


def _odds(chance: npt.ArrayLike, ratio: float, fit: Numbers) -> Numbers:
    """Return the chance with its odds multiplied by ratio per point of fit above 3."""
    chance = np.asarray(chance, float)
    odds = chance * ratio ** (fit - 3)
    return odds / (1 - chance + odds)


def _workdays_later(day: Days, n: npt.NDArray[np.int64]) -> Days:
    dates = np.busday_offset(day.astype("datetime64[D]"), n, roll="backward")
    return dates.astype(np.int64).astype(np.int32)


def _weekday_from(day: npt.NDArray[np.int_]) -> Days:
    """Return the days, with those of a weekend moved to the Monday."""
    dates = np.busday_offset(np.asarray(day).astype("datetime64[D]"), 0, roll="forward")
    return dates.astype(np.int64).astype(np.int32)


def _joined(a: Waits, b: Waits) -> Waits:
    return Waits(
        np.concatenate([a.app, b.app]),
        np.concatenate([a.start, b.start]),
        np.concatenate([a.promise, b.promise]),
        np.concatenate([a.fit, b.fit]),
    )
