"""How far each application has come by a day, how it got there, and where it ended.

The funnel and the time in each stage both start from here. Everything is an array over
applications; a "place" is that of an event in `Past`, in the order of the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import SettingError
from .facts import KIND, OUTCOME, Bools, Codes, application_codes, category_codes
from .follow_ups import ABANDONED, follow_ups
from .log import ApplicationLog
from .past import NONE, Past, Positions, in_order
from .results import check_by
from .schema import KINDS, METHODS, OUTCOMES, STAGES, STATUS_KINDS, as_day
from .workdays import NO_DAY, Days, to_days

WAITING, LET_GO, WITHDRAWN, REJECTED, OFFER = range(5)
"""How an application stands at the end."""

_SENT_STATUSES = ("applied", "screening", "interview", "offer", "rejected", "withdrawn", "ghosted")


@dataclass(frozen=True)
class Journeys:
    """What every application of a log has reached by a day.

    Attributes
    ----------
    log, as_of, past
        The log, the day, and the events until it, in order.
    """

    log: ApplicationLog
    as_of: pd.Timestamp
    past: Past

    @property
    def n(self) -> int:
        """How many rows `log.applications` has."""
        return len(self.log.applications)

    def first(self, which: Bools, *, after: Positions | None = None) -> Positions:
        """Return each application's first such event (after a place of its own), or -1."""
        places = np.flatnonzero(which)
        if after is not None:
            places = places[places > after[self.past.code[places]]]
        out = np.full(self.n, NONE, np.int64)
        out[self.past.code[places[::-1]]] = places[::-1]
        return out

    def last(self, which: Bools) -> Positions:
        """Return each application's last such event, or -1."""
        places = np.flatnonzero(which)
        out = np.full(self.n, NONE, np.int64)
        out[self.past.code[places]] = places
        return out

    def has(self, which: Bools) -> Bools:
        """Say which applications have such an event."""
        return np.bincount(self.past.code[which], minlength=self.n).astype(bool)

    # --- what the log says without a date ------------------------------------------------------

    @cached_property
    def _ever(self) -> tuple[Codes, Codes, Days]:
        """Application, kind and day of all events, also of those after the day."""
        events = self.log.events
        day = to_days(events["date"].to_numpy())
        return application_codes(self.log), category_codes(events["kind"], KINDS), day

    def _ever_dated(self, *kinds: str) -> Bools:
        code, kind, _ = self._ever
        at = np.isin(kind, [KIND[name] for name in kinds])
        return np.bincount(code[at], minlength=self.n).astype(bool)

    @cached_property
    def _status(self) -> Codes:
        return category_codes(self.log.applications["status_kind"], STATUS_KINDS)

    def says(self, *names: str) -> Bools:
        """Say which applications have one of these statuses."""
        return np.isin(self._status, [STATUS_KINDS.index(name) for name in names])

    @cached_property
    def undated_rejection(self) -> Bools:
        """A rejection that only the status knows; what is dated, even later, is not undated."""
        code, _, _ = self._ever
        outcome = category_codes(self.log.events["outcome"], OUTCOMES)
        negative = np.bincount(code[outcome == OUTCOME["negative"]], minlength=self.n) > 0
        return self.says("rejected") & ~self._ever_dated("rejection") & ~negative

    @cached_property
    def undated_withdrawal(self) -> Bools:
        """A withdrawal that only the status knows."""
        return self.says("withdrawn") & ~self._ever_dated("withdrawn")

    @cached_property
    def undated_interview(self) -> Bools:
        """An interview that only the sheet's "yes" or the status knows."""
        told = self.log.applications["undated_interview"].to_numpy(bool)
        return told | (self.says("interview", "screening") & ~self._ever_dated("interview"))

    @cached_property
    def undated_offer(self) -> Bools:
        """An offer that only the status knows."""
        return self.says("offer") & ~self._ever_dated("offer")

    @cached_property
    def interview_ahead(self) -> Bools:
        """An interview is agreed for a later day."""
        code, kind, day = self._ever
        ahead = (kind == KIND["interview"]) & (day > self.past.as_of)
        return np.bincount(code[ahead], minlength=self.n).astype(bool)

    # --- the stages ----------------------------------------------------------------------------

    @cached_property
    def application(self) -> Positions:
        """The place of the first application."""
        return self.first(self.past.which("applied"))

    @cached_property
    def sent(self) -> Bools:
        """Which rows are applications: the others are prospects, or not sent yet on that day."""
        shown = self.has(np.ones(len(self.past.code), bool)) | self.interview_ahead
        shown |= self.undated_interview | self.says(*_SENT_STATUSES)
        return (self.application != NONE) | (shown & ~self._ever_dated("applied"))

    @cached_property
    def negative(self) -> Bools:
        """Which events are replies that say no."""
        return self.past.which("reply") & (self.past.outcome == OUTCOME["negative"])

    @cached_property
    def first_act(self) -> Positions:
        """The place of the first act of the employer since the application."""
        acts = self.past.which("reply", "interview", "rejection", "offer")
        return self.first(acts, after=self.application)

    @cached_property
    def offered(self) -> Bools:
        """Which have an offer."""
        return self.has(self.past.which("offer")) | self.undated_offer

    @cached_property
    def known_interview(self) -> Bools:
        """Which have had an interview that the log knows of."""
        return self.has(self.past.which("interview")) | self.undated_interview

    @cached_property
    def interviewed(self) -> Bools:
        """Which have had an interview, or must have had one."""
        return self.known_interview | self.offered

    @cached_property
    def known_response(self) -> Bools:
        """Which have an answer that the log knows of as such."""
        return (self.first_act != NONE) | self.undated_rejection | self.interview_ahead

    @cached_property
    def responded(self) -> Bools:
        """Which have an answer of any sort, or must have had one."""
        return self.known_response | self.interviewed

    @cached_property
    def first_reply(self) -> Positions:
        """The place of the first reply since the application that does not say no."""
        return self.first(self.past.which("reply") & ~self.negative, after=self.application)

    @cached_property
    def answered(self) -> Bools:
        """Which have an answer other than a no."""
        return (self.first_reply != NONE) | self.interview_ahead | self.interviewed

    # --- the ends ------------------------------------------------------------------------------

    @cached_property
    def end(self) -> npt.NDArray[np.int8]:
        """How each application stands: one of `WAITING`, `LET_GO`, `WITHDRAWN`, ..."""
        closing = self._closing()
        kind = self.past.kind_at(closing)
        told_never = self.has(self.past.which("do_not_contact"))
        ahead = self.interview_ahead
        choices = (
            (self.offered, OFFER),
            ((closing != NONE) & (kind == KIND["withdrawn"]), WITHDRAWN),
            (closing != NONE, REJECTED),
            (self.undated_rejection, REJECTED),
            (self.undated_withdrawal, WITHDRAWN),
            (told_never, LET_GO),
            (ahead, WAITING),
            (self.says("ghosted") | self._given_up(), LET_GO),
        )
        return np.select(
            [which for which, _ in choices], [np.int8(end) for _, end in choices], np.int8(WAITING)
        )

    def _closing(self) -> Positions:
        """Return the place of what ended each application first; an interview re-opens it.

        A reply that says no ends it too, if it is the employer's last word.
        """
        acts = self.past.which("reply", "interview", "rejection", "offer")
        word = self.last(acts)
        last_no = np.zeros(len(self.past.code), bool)
        last_no[word[word != NONE]] = True
        closes = self.past.which("rejection", "withdrawn") | (last_no & self.negative)
        closing = self.first(closes, after=self.last(self.past.which("interview")))
        return np.where(self.interview_ahead, NONE, closing)

    def _given_up(self) -> Bools:
        """Say which are let go by the rules: two messages, and a week of silence."""
        states = follow_ups(self.log, as_of=self.as_of, stages=STAGES)["state"]
        out = np.zeros(self.n, bool)
        out[self.log.applications.index.get_indexer(states.index)] = (
            states.cat.codes.to_numpy() == ABANDONED
        )
        return out


def journeys(log: ApplicationLog, *, as_of: object) -> Journeys:
    """Return what every application of a log has reached by a day."""
    day = as_day(as_of, name="as_of")
    return Journeys(log, day, in_order(log, to_days([np.datetime64(day)])[0]))


def group_frame(
    trips: Journeys, by: str | Sequence[str] | None, *, taken: Sequence[str]
) -> tuple[pd.DataFrame, list[str]]:
    """Return the columns to group applications by, one row per application, and their names.

    Parameters
    ----------
    trips
        The applications.
    by
        Columns of `log.applications`, or "method", the method of the application. A blank text
        is as good as none.
    taken
        The columns of the result, which no group may be called.
    """
    method = np.append(trips.past.method, np.int8(NONE))[trips.application]
    apps = trips.log.applications
    dtype: pd.CategoricalDtype = pd.CategoricalDtype(list(METHODS))
    frame = apps.assign(method=pd.Categorical.from_codes(method, dtype=dtype))  # type: ignore[call-overload]
    names = check_by(frame, by)
    for name in names:
        if name in taken:
            raise SettingError(
                f"by={name!r} is also the name of a column of the result. Rename it first.",
                name="by",
                value=name,
            )
    frame = frame[names].reset_index(drop=True)
    texts = [name for name in names if pd.api.types.is_string_dtype(frame[name])]
    return frame.assign(**{name: frame[name].mask(frame[name] == "") for name in texts}), names


def applied_days(trips: Journeys) -> Days:
    """Return the day of each application; `NO_DAY` where none is dated."""
    return np.where(trips.application == NONE, NO_DAY, trips.past.day_at(trips.application)).astype(
        np.int32
    )
