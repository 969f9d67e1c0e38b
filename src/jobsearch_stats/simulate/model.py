"""`SearchModel`: the truth behind a made-up search, as numbers that can be estimated back."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from ..errors import SettingError

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST = 0.95
"""No chance of a day is above this, whatever multiplies it."""


_LEAST: dict[str, tuple[float, float]] = {
    "fit_interview": (0.01, 100.0),
    "fit_positive": (0.01, 100.0),
    "fit_answer": (0.01, 100.0),
    "effect_fit": (0.01, 100.0),
    "follow_up_fit": (0.01, 100.0),
    "weekend_factor": (0.0, 10.0),
    "effect_before_promise": (0.0, 100.0),
    "effect_after_promise": (0.0, 100.0),
    "decision_delay": (0, 365),
    "silent_after": (1, 730),
    "effect_days": (1, 365),
    "max_messages": (0, 100),
    "answer_chance": (0.001, 1.0),
    "days_between_messages": (1, 365),
}
"""Range of every field that is no probability."""

_WHOLE = ("decision_delay", "silent_after", "effect_days", "max_messages", "days_between_messages")


def check_number(
    value: object, name: str, least: float, most: float, *, whole: bool | None = None
) -> None:
    """Raise a SettingError that names the field, unless the value is a number in its range."""
    whole = name in _WHOLE if whole is None else whole
    kinds = (int, np.integer) if whole else (int, float, np.integer, np.floating)
    if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= most:  # type: ignore[operator]
        what = "whole number" if whole else "number"
        raise SettingError(
            f"{name}={value!r} must be a {what} from {least} to {most}.", name=name, value=value
        )


def _check_all(
    values: object,
    name: str,
    length: int | None,
    least: float,
    most: float,
    *,
    whole: bool = False,
) -> None:
    if not isinstance(values, tuple) or (length or len(values) or 1) != len(values):
        raise SettingError(
            f"{name}={values!r} must be a tuple of {length or 'one or more'} numbers.",
            name=name,
            value=values,
        )
    for value in values:
        check_number(value, name, least, most, whole=whole)


def _check_shares(values: object, name: str, length: int | None) -> None:
    _check_all(values, name, length, 0, 1)
    total = float(np.sum(np.asarray(values, float)))
    if abs(total - 1) > 1e-9:
        raise SettingError(
            f"{name}: the shares add up to {total:g}, and must add up to 1.",
            name=name,
            value=values,
        )


@dataclass(frozen=True)
class Source:
    """Where applications come from: its share of them, and its chance of an interview."""

    name: str
    share: float
    interview_chance: float

    def __post_init__(self) -> None:
        for name in ("share", "interview_chance"):
            check_number(getattr(self, name), f"Source {self.name!r}: {name}", 0, 1)


SOURCES = (
    Source("LinkedIn", 0.40, 0.22),
    Source("Company site", 0.24, 0.28),
    Source("Job board", 0.20, 0.20),
    Source("Referral", 0.10, 0.60),
    Source("Recruiter", 0.06, 0.45),
)


@dataclass(frozen=True)
class SearchModel:
    """How a made-up search comes about, day by day.

    Every chance is a probability. A "daily chance" is the discrete hazard: the probability that
    it happens on that day, given that it has not happened before. `fit` is 1 to 5; a factor
    "per point of fit" is raised to the power ``fit - 3``, so that 3 is the middle.

    Parameters
    ----------
    sources
        The sources with their shares and chances of an interview, at fit 3.
    fit_shares
        Shares of fit 1 to 5 among applications.
    fit_blank
        Chance that the log has no fit: it acts all the same, unseen.
    fit_interview, fit_positive
        Odds ratio per point of fit, for an interview, and for an answer to be positive.
    acknowledgement_chance
        Chance of an automatic acknowledgement, within two days.
    rejection_chance
        Chance of a rejection where there will be no interview.
    answer_chance
        Daily chance, on weekdays from the day after the application, that the invitation or
        rejection comes which this application will get.
    invitation_logged
        Chance that the invitation is logged, and not the interview alone.
    interview_notice
        Least and most days from the invitation to the interview; a weekend moves to Monday.
    promise_chance, promise_days
        Chance that a decision date is named, and after how many days; equal chances.
    chance_before_promise, chance_after_promise, chance_without_promise
        Daily chance of an answer after an interview, at fit 3, on a weekday, without a
        follow-up: until `decision_delay` days after the promised date, later, and without one.
    decision_delay
        Decisions come a little late: so many days after the promised date.
    silent_after
        Days from the interview (or reply) after which nobody answers any more.
    fit_answer
        Factor on the daily chance of an answer, per point of fit.
    weekend_factor
        Factor on it on Saturdays and Sundays.
    effect_before_promise, effect_after_promise
        Factor on it while a follow-up works, at fit 3: for one made until the promised date, and
        for one made later or where none was named. 1: no effect.
    effect_fit
        Factor on what exceeds 1 in these, per point of fit.
    effect_days
        Days for which a message or talk works, its own day included. A call that nobody answers
        does nothing.
    follow_up_chance
        The seeker's habit: daily chance of a follow-up from its due day on (the day after the
        promised date, else a week after the interview; a week between messages), at fit 3.
    early_follow_up_chance
        The same from the day after the interview to the promised date.
    follow_up_fit
        Factor on both, per point of fit: this is what confounds.
    weekday_habit
        Factor on both, Monday to Sunday.
    max_messages, days_between_messages
        When the seeker stops, and the days between messages.
    email_share
        Share of follow-ups by e-mail; the rest are calls.
    call_outcomes
        Shares of `no_answer, voicemail, message_taken, spoke` among calls. A talk starts the clock
        again, with a new date by `promise_chance`.
    out_of_office_chance
        Chance that an e-mail is met by an absence note; the seeker waits until it is over.
    positive_chance
        Chance that an answer after an interview is positive, at fit 3.
    second_round_chance
        Chance that a positive first answer invites to a second interview; the rest are offers.
    neutral_chance
        Chance that a first answer that is not positive is a neutral reply, with a new date by
        `promise_chance`; the rest are rejections.
    withdrawal_chance
        Daily chance that the seeker withdraws, while waiting after an interview.
    thank_you_chance, card_chance
        Chance of a thank-you within two days of an interview, and of a card within five days of a
        rejection that followed one. Neither has an effect.
    contact_logged, phone_logged, email_logged
        Chances that the log has the contact's name, number and address.
    hours_logged
        Chance that the hours of follow-ups and answers of an application are logged.

    Raises
    ------
    SettingError
        If a field is out of its range; the message says which.

    Examples
    --------
    >>> import dataclasses
    >>> no_effect = dataclasses.replace(
    ...     SearchModel(), effect_before_promise=1, effect_after_promise=1)
    """

    sources: tuple[Source, ...] = SOURCES
    fit_shares: tuple[float, ...] = (0.08, 0.17, 0.35, 0.27, 0.13)
    fit_blank: float = 0.1
    fit_interview: float = 1.3
    fit_positive: float = 1.3
    acknowledgement_chance: float = 0.45
    rejection_chance: float = 0.4
    answer_chance: float = 0.1
    invitation_logged: float = 0.85
    interview_notice: tuple[int, int] = (3, 10)
    promise_chance: float = 0.65
    promise_days: tuple[int, ...] = (3, 5, 7, 10, 14)
    chance_before_promise: float = 0.015
    chance_after_promise: float = 0.07
    chance_without_promise: float = 0.035
    decision_delay: int = 2
    silent_after: int = 60
    fit_answer: float = 1.15
    weekend_factor: float = 0.05
    effect_before_promise: float = 1.5
    effect_after_promise: float = 2.5
    effect_fit: float = 1.15
    effect_days: int = 5
    follow_up_chance: float = 0.35
    early_follow_up_chance: float = 0.04
    follow_up_fit: float = 1.2
    weekday_habit: tuple[float, ...] = (0.1, 1.0, 1.0, 1.0, 0.8, 0.0, 0.0)
    max_messages: int = 2
    days_between_messages: int = 7
    email_share: float = 0.35
    call_outcomes: tuple[float, ...] = (0.25, 0.40, 0.15, 0.20)
    out_of_office_chance: float = 0.06
    positive_chance: float = 0.4
    second_round_chance: float = 0.6
    neutral_chance: float = 0.15
    withdrawal_chance: float = 0.002
    thank_you_chance: float = 0.55
    card_chance: float = 0.3
    contact_logged: float = 0.85
    phone_logged: float = 0.9
    email_logged: float = 0.75
    hours_logged: float = 0.6

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _LEAST:
                check_number(value, field.name, *_LEAST[field.name])
            elif field.type == "float":
                check_number(value, field.name, 0, 1)
        for name in ("fit_shares", "call_outcomes"):
            _check_shares(getattr(self, name), name, {"fit_shares": 5, "call_outcomes": 4}[name])
        _check_shares(tuple(s.share for s in self.sources), "sources", None)
        _check_all(self.weekday_habit, "weekday_habit", 7, 0, 10)
        _check_all(self.promise_days, "promise_days", None, 1, 365, whole=True)
        _check_all(self.interview_notice, "interview_notice", 2, 1, 365, whole=True)
        if self.interview_notice[0] > self.interview_notice[1]:
            raise SettingError(
                f"interview_notice={self.interview_notice}: the least comes before the most.",
                name="interview_notice",
                value=self.interview_notice,
            )

    def answer_hazard(
        self,
        *,
        day: npt.ArrayLike,
        from_promise: npt.ArrayLike,
        fit: npt.ArrayLike,
        weekend: npt.ArrayLike,
        effect: npt.ArrayLike = 1.0,
    ) -> Numbers:
        """Return the daily chance of an answer after an interview: the exact truth.

        Parameters
        ----------
        day
            Days since the interview, or the neutral reply that followed it; 1 is the day after.
        from_promise
            Days since the promised date (negative: before it); NaN where there is none.
        fit
            1 to 5.
        weekend
            Whether the day is a Saturday or Sunday.
        effect
            What :meth:`follow_up_effect` gives while a follow-up works, else 1.

        Returns
        -------
        numpy.ndarray
            Chances, of the shape that the arguments broadcast to.
        """
        late = np.asarray(from_promise, float)
        base = np.where(
            np.isnan(late),
            self.chance_without_promise,
            np.where(
                late > self.decision_delay, self.chance_after_promise, self.chance_before_promise
            ),
        )
        base = base * self.fit_answer ** (np.asarray(fit, float) - 3) * np.asarray(effect)
        base = base * np.where(weekend, self.weekend_factor, 1.0)
        day = np.asarray(day)
        return np.where((day < 1) | (day > self.silent_after), 0.0, np.minimum(base, MOST))

    def follow_up_effect(self, *, before_promise: npt.ArrayLike, fit: npt.ArrayLike) -> Numbers:
        """Return the factor by which a message or talk raises the daily chance while it works."""
        factor = np.where(before_promise, self.effect_before_promise, self.effect_after_promise)
        return 1 + (factor - 1) * self.effect_fit ** (np.asarray(fit, float) - 3)
