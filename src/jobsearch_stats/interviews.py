"""Every interview as a unit: what was promised, when it was followed up, and what came of it.

What replaying and comparing strategies start from; definitions are those of `outreach`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from .facts import KIND, OUTCOME, Bools, Codes, Ints
from .follow_ups import groups
from .log import ApplicationLog
from .outreach import acts_of, clocks_of, promise_in_force, undated_answers, unless_before
from .past import NONE, Events, Past, Positions, in_order
from .results import check_counts
from .schema import as_day
from .strategies import DAY_AFTER
from .waits import number
from .workdays import NO_DAY, Days, to_days


class Absences(NamedTuple):
    """Absence notes, each of one interview: its number, when it was known, the last day away."""

    unit: Ints
    known_on: Days
    until: Days

    def take(self, rows: npt.NDArray, n: int) -> Absences:
        """Return the absences of these of n interviews, numbered as the rows are."""
        rows = np.arange(n)[rows]
        order = np.argsort(self.unit, kind="stable")
        unit = self.unit[order]
        first, last = np.searchsorted(unit, rows), np.searchsorted(unit, rows, side="right")
        count = last - first
        begin = np.repeat(first - np.cumsum(count) + count, count)
        at = order[begin + np.arange(count.sum())]
        return Absences(np.repeat(np.arange(rows.size), count), self.known_on[at], self.until[at])


@dataclass(frozen=True)
class Interviews:
    """One element per interview, by application and then by day.

    Days are day numbers (int32), `NO_DAY` where there is none.

    Attributes
    ----------
    application
        int64: position in `log.applications`.
    country
        Text or None: where public holidays are looked up.
    start
        Day of the interview.
    promise
        The promised date in force at the end of the interview.
    absences
        Absence notes that can have been known before the first follow-up.
    follow_up
        Day of the first follow-up after it, attempts included, no later than any answer's day.
    method
        int8: its code in `schema.METHODS`, -1 none.
    response
        Day of the first response that is counted, unless it ended before.
    answered
        Day of the first response of any kind; from then on the strategy asks for nothing.
    competing
        Day on which what makes a response impossible came before it: a withdrawal, "never call
        again", and for positive responses a rejection or a reply that says no.
    observed
        The day looked from.
    fit
        float64, NaN where blank.
    follow_up_hour, response_hour
        int8, -1 none.
    responded_first
        int8: of a follow-up and a response of one day, by their hours: 1 the follow-up came
        first, -1 the response, 0 not known (or not on one day).
    undated
        bool: answered or ended, but the log does not name a day.
    """

    application: Ints
    country: npt.NDArray[np.object_]
    start: Days
    promise: Days
    absences: Absences
    follow_up: Days
    method: Codes
    response: Days
    answered: Days
    competing: Days
    observed: Days
    fit: npt.NDArray[np.float64]
    follow_up_hour: npt.NDArray[np.int8]
    response_hour: npt.NDArray[np.int8]
    responded_first: npt.NDArray[np.int8]
    undated: Bools

    def __len__(self) -> int:
        return int(self.start.size)

    def take(self, rows: npt.NDArray) -> Interviews:
        """Return the interviews at these positions, or where a mask is true."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        absences = values.pop("absences").take(rows, len(self))
        return Interviews(absences=absences, **{name: v[rows] for name, v in values.items()})


def interviews(log: ApplicationLog, *, as_of: object, counts: str = "any") -> Interviews:
    """Return every interview up to a day; the interviews of one day are one.

    Parameters
    ----------
    log
        The log; the order of its rows does not matter, and nothing in it is changed.
    as_of
        The day to look from: text, date or Timestamp. Later events do not exist.
    counts
        ``"any"`` response, or ``"positive"`` ones.

    Returns
    -------
    Interviews
        Arrays of shape (n,).

    Raises
    ------
    SettingError
        If `as_of` is no day, or `counts` neither.

    References
    ----------
    This project's definitions (`docs/statistics.md`).

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats import read_log
    >>> log = read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-04"]}))
    >>> len(interviews(log, as_of="2026-03-10"))
    1
    """
    counts = check_counts(counts)
    day = as_day(as_of, name="as_of")
    past = in_order(log, np.int32(to_days(np.datetime64(day))))
    at = _last_of_each_day(past)
    code = past.code[at].astype(np.int64)
    given_up = past.first(Events(past.which("withdrawn", "do_not_contact")), at)
    response, positive = (
        unless_before(past.first(Events(which), at), given_up) for which in acts_of(past)
    )
    counted, competing = response, given_up
    if counts == "positive":
        counted, competing = positive, _first(given_up, past.first(_refusals(past), at))
    counted, competing = unless_before(counted, competing), unless_before(competing, counted)
    ended = _first(response, given_up)
    follow_up = _first_follow_up(past, at, ended)
    hours = [_at(past.hour, place) for place in (follow_up, counted)]
    return Interviews(
        application=code,
        country=_countries(log)[code],
        start=past.day[at],
        promise=promise_in_force(
            past, at, Events(past.which("interview")), clocks_of(past), before=False
        ),
        absences=_absences(past, at, _first(follow_up, ended)),
        follow_up=past.day_at(follow_up),
        method=_at(past.method, follow_up),
        response=past.day_at(counted),
        answered=past.day_at(response),
        competing=past.day_at(competing),
        observed=np.full(at.size, past.as_of),
        fit=log.applications["fit"].to_numpy("float64", na_value=np.nan)[code],
        follow_up_hour=hours[0],
        response_hour=hours[1],
        responded_first=_order(past, follow_up, counted, *hours),
        undated=undated_answers(log)[code] & (ended == NONE),
    )


def whose(log: ApplicationLog, units: Interviews) -> dict[str, object]:
    """Return the columns that say whose each interview is: application_id, seeker_id, company.

    `seeker_id` only where the log has it, as pooled logs do.
    """
    apps = log.applications
    names = [name for name in ("seeker_id", "company") if name in apps.columns]
    of = {name: apps[name].array.take(units.application) for name in names}
    return {"application_id": apps.index.take(units.application), **of}


def dateless_text(log: ApplicationLog) -> str:
    """Return of how many applications an interview is known without its day, as a sentence."""
    n = int(log.applications["undated_interview"].sum())
    if not n:
        return ""
    return f"Left out: the interview of {number(n, 'application', 'applications')}, without a date."


def _last_of_each_day(past: Past) -> Positions:
    """Return the place of each application's last interview of each day."""
    at = np.flatnonzero(past.which("interview"))
    again = (past.code[at][1:] == past.code[at][:-1]) & (past.day[at][1:] == past.day[at][:-1])
    return at[~np.append(again, False)] if at.size else at


def _first(place: Positions, other: Positions) -> Positions:
    """Return which of two places comes first; -1 is none."""
    return np.where((place == NONE) | ((other != NONE) & (other < place)), other, place)


def _refusals(past: Past) -> Events:
    negative = past.which("reply") & (past.outcome == OUTCOME["negative"])
    return Events(past.which("rejection") | negative)


def _first_follow_up(past: Past, at: Positions, ended: Positions) -> Positions:
    """Return the first follow-up of each wait; one of the answer's own day may be of the wait.

    After a further interview of that day it belongs to that one.
    """
    place = past.first(Events(past.which("follow_up")), at)
    over = (ended != NONE) & (past.day_at(place) > past.day_at(ended))
    over |= (past.kind_at(ended) == KIND["interview"]) & (place > ended)
    return np.where(over, np.int32(NONE), place)


def _at(values: npt.NDArray, place: Positions) -> npt.NDArray[np.int8]:
    return np.append(values, NONE).astype(np.int8)[place]


def _order(
    past: Past,
    follow_up: Positions,
    response: Positions,
    follow_up_hour: npt.NDArray[np.int8],
    response_hour: npt.NDArray[np.int8],
) -> npt.NDArray[np.int8]:
    same_day = (follow_up != NONE) & (past.day_at(follow_up) == past.day_at(response))
    known = same_day & (follow_up_hour != NONE) & (response_hour != NONE)
    return np.where(known, np.sign(response_hour - follow_up_hour), 0).astype(np.int8)


def _absences(past: Past, at: Positions, before: Positions) -> Absences:
    """Return the absence notes of each interview that stood before its first follow-up or end.

    The note that answers the follow-up itself cannot have moved it. One from before the
    interview counts if it lasts beyond it.
    """
    if past.until is None:
        none = np.zeros(0, np.int32)
        return Absences(np.zeros(0, np.int64), none, none)
    notes = np.flatnonzero(past.which("out_of_office") & (past.until != NO_DAY))
    # each note is joined to every interview of its application: there are few of either
    first, last = (np.searchsorted(past.code[notes], past.code[at], side=s) for s in _SIDES)
    count = last - first
    unit = np.repeat(np.arange(at.size), count)
    begin = np.repeat(first - np.cumsum(count) + count, count)
    place = notes[begin + np.arange(unit.size)]
    known = (before[unit] == NONE) | (place < before[unit])
    known &= past.until[place] > past.day[at][unit]
    return Absences(unit[known], past.day[place[known]], past.until[place[known]])


_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


def _countries(log: ApplicationLog) -> npt.NDArray[np.object_]:
    """Return the country of each application whose holidays are known, else None."""
    apps = log.applications
    out = np.full(len(apps), None, object)
    for group in groups(apps, DAY_AFTER):
        out[group.rows] = group.country
    return out
