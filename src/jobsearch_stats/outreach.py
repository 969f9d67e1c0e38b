"""One row per approach to an employer, with its timing and what came of it.

The frame every statistic starts from; `docs/statistics.md` says in words what it counts. All
events are put in order once, for all approaches at once (`past`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .facts import KIND, OUTCOME, Bools, Codes, application_codes, category_codes
from .last_logged import LAST_LOGGED, last_logged
from .log import ApplicationLog
from .past import NONE, Approaches, Events, Past, Positions, approaches, in_order
from .schema import KINDS, METHODS, OUTCOMES, STATUS_KINDS, as_day
from .strategies import WEEKDAYS
from .workdays import NO_DAY, Days, to_dates, to_days

APPROACHES = {
    "applied": "application",
    "interview": "interview",
    "thank_you": "thank_you",
    "follow_up": "follow_up",
}
"""Kinds of event that are approaches, and their names as such."""

STAGES_OF_APPROACH = ("application", "interview", "closed")
PARTS_OF_DAY = ("morning", "afternoon", "evening")
SINCE_INTERVIEW = ("0 to 3 days", "4 to 6 days", "7 to 10 days", "11 to 20 days", "21 or more days")
TIMING = (
    "3 or more days before",
    "0 to 2 days before",
    "1 to 4 days after",
    "5 to 10 days after",
    "11 or more days after",
    "no date named",
)
RESPONSES = ("invitation", "reply", "interview", "rejection", "offer")
ENDS = ("response", "next_approach", "withdrawal", "rejection", "do_not_contact", "as_of")
"""What ends the wait for a response."""

_NOON, _EVENING = 12, 17
_SINCE_FROM = (4, 7, 11, 21)  # first day of each bin but the first
_TIMING_FROM = (-2, 1, 5, 11)


def outreach(log: ApplicationLog, *, as_of: object) -> pd.DataFrame:
    """Return one row per approach to an employer, with its timing and what came of it.

    An approach is an application sent, a thank-you, a follow-up, or an interview, whose silence
    matters too. Approaches of one day, kind and method with nothing between them are one.

    Parameters
    ----------
    log
        The log; the order of its rows does not matter, and nothing in it is changed.
    as_of
        The day to look from: text, date or Timestamp. Later events do not exist.

    Returns
    -------
    pandas.DataFrame
        One row per approach, by application and then in order. Days are whole days; `<NA>` or
        NaT where there is none.

        application_id : category; seeker_id, company : str
            Whose (`seeker_id`: a column of `applications` in pooled logs, else blank), to whom.
        kind : category
            application, interview, thank_you, follow_up.
        date : datetime64[s]; weekday, part_of_day : ordered category; hour : Int8
            When. Morning is before 12, afternoon before 17.
        method, outcome : category
            As logged.
        message_number : Int16
            Of a follow-up that left a message: its number since the clock started.
        stage : ordered category
            application (no interview yet), interview, closed (it had ended).
        days_since_interview : Int32; since_interview : ordered category
            From the latest interview before it; blank for an interview.
        decide_by : datetime64[s]
            The promised date in force once the approach is made.
        days_from_promise : Int32; timing : ordered category
            From the promised date in force before it; negative: before that date.
        source, role : str; fit : Int64
            Of the application.
        as_of : datetime64[s]; observed_days : Int32
            The day looked from, and how long the approach has been watched.
        response_on : datetime64[s]; response_days : Int32; response_kind : category
            The first response after it, whatever was sent in between; none once it was withdrawn.
        positive : bool; positive_on : datetime64[s]; positive_days : Int32
            Whether that response is positive; the first positive one.
        reached : bool
            They were spoken to.
        dated_late : bool
            The response is an interview whose invitation was never logged.
        undated : bool
            No dated response or end follows, but the status says that there was one.
        ended_by, positive_ended_by : category; ended_days, positive_ended_days : Int32
            What ended the wait for any, and for a positive response, and after how many days:
            response, next_approach, withdrawal, rejection (positive only), do_not_contact, as_of.

        ``.attrs["last_logged"]`` is the day of the last thing in the log, as text.

    Raises
    ------
    SettingError
        If `as_of` is no day.

    References
    ----------
    This project's definitions (`docs/statistics.md`); the clock and the promised date are those
    of the rules R1, R5, R7 and R16 (`docs/rules.md`).

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats import read_log
    >>> log = read_log(pd.DataFrame({"Company": ["Acme"], "Date applied": ["2026-03-02"],
    ...                              "Interview": ["2026-03-09"]}))
    >>> tries = outreach(log, as_of="2026-03-20")
    >>> tries[["kind", "response_days", "dated_late"]].values.tolist()
    [['application', 7, True], ['interview', <NA>, False]]
    """
    day = as_day(as_of, name="as_of")
    past = in_order(log, np.int32(to_days(np.datetime64(day))))
    made = approaches(past, *APPROACHES)
    at, code = made.stands, past.code[made.stands]
    clocks = clocks_of(past)
    given_up = past.first(Events(past.which("withdrawn", "do_not_contact")), made.last)
    response, positive = (
        unless_before(past.first(Events(which), made.last), given_up) for which in acts_of(past)
    )
    columns = {
        **_of_application(log, code),
        **_when(past, at),
        **_message(past, at, clocks),
        **_timing(past, made, clocks),
        "as_of": np.full(at.size, np.datetime64(day, "s")),
        "observed_days": past.as_of - past.day[at],
        **_response(past, at, response, positive),
        "undated": undated_answers(log)[code] & (response == NONE) & (given_up == NONE),
        **_ends(past, made.last, response, positive),
    }
    out = pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)
    last = last_logged(log)
    if pd.notna(last):
        out.attrs[LAST_LOGGED] = f"{last:%Y-%m-%d}"  # as text, which every file format can hold
    return out


COLUMNS = (
    "application_id", "seeker_id", "company", "kind", "date", "weekday", "hour", "part_of_day",
    "method", "outcome", "message_number", "stage", "days_since_interview", "since_interview",
    "decide_by", "days_from_promise", "timing", "source", "role", "fit", "as_of", "observed_days",
    "response_on", "response_days", "response_kind", "positive", "positive_on", "positive_days",
    "reached", "dated_late", "undated", "ended_by", "ended_days", "positive_ended_by",
    "positive_ended_days",
)  # fmt: skip
"""The columns of the frame, in order."""


def _days_between(later: Days, earlier: Days) -> pd.arrays.IntegerArray:
    """Return whole days as Int32, blank where one of them is `NO_DAY`."""
    blank = (later == NO_DAY) | (earlier == NO_DAY)
    days = np.where(blank, 0, later.astype(np.int64) - earlier)
    return pd.arrays.IntegerArray(days.astype(np.int32), blank)


def _category(
    codes: npt.ArrayLike, names: tuple[str, ...], *, ordered: bool
) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(
        np.asarray(codes, np.int8), categories=pd.Index(list(names)), ordered=ordered
    )


def _of_application(log: ApplicationLog, code: Codes) -> dict[str, object]:
    apps = log.applications
    if "seeker_id" not in apps.columns:
        apps = apps.assign(seeker_id=pd.Series(pd.NA, index=apps.index, dtype="str"))
    ids = pd.Categorical.from_codes(code, categories=apps.index)
    names = ("seeker_id", "company", "source", "role", "fit")
    return {"application_id": ids, **{name: apps[name].array.take(code) for name in names}}


def _when(past: Past, at: Positions) -> dict[str, object]:
    kind, day, hour = past.kind[at], past.day[at], past.hour[at]
    number = np.full(len(KINDS), NONE, np.int8)
    number[[KIND[name] for name in APPROACHES]] = range(len(APPROACHES))
    part = (hour >= _NOON).astype(np.int8) + (hour >= _EVENING)
    weekdays = tuple(name.title() for name in WEEKDAYS)
    return {
        "kind": _category(number[kind], tuple(APPROACHES.values()), ordered=False),
        "date": to_dates(day),
        "weekday": _category((day + 3) % 7, weekdays, ordered=True),  # day 0 was a Thursday
        "hour": pd.arrays.IntegerArray(hour, hour < 0),
        "part_of_day": _category(np.where(hour < 0, NONE, part), PARTS_OF_DAY, ordered=True),
        "method": _category(past.method[at], METHODS, ordered=False),
        "outcome": _category(past.outcome[at], OUTCOMES, ordered=False),
    }


def clocks_of(past: Past) -> Events:
    """Return the events that start the clock: at the application, as long as no interview came."""
    starts = past.which("interview", "reply") | _spoke(past)
    early = np.flatnonzero(past.which("applied", "acknowledgement"))
    interviews = Events(past.which("interview"))
    starts[early] = past.latest(interviews, early) == NONE
    return Events(starts)


def _spoke(past: Past) -> Bools:
    return past.which("follow_up") & (past.outcome == OUTCOME["spoke"])


def _message(past: Past, at: Positions, clocks: Events) -> dict[str, object]:
    """Return the number of each message since the clock started; those of a day count once."""
    message = past.which("follow_up") & (past.outcome != OUTCOME["no_answer"]) & ~_spoke(past)
    places = np.flatnonzero(message)
    clock = past.latest(clocks, places)
    previous = past.latest(Events(message), places)
    again = (previous > clock) & (past.day[previous] == past.day[places])
    count = np.zeros(message.size, np.int32)
    count[places] = ~again
    np.cumsum(count, out=count)
    # without a clock, from the application's first event
    since = np.where(clock == NONE, past.start[places] - 1, clock)
    number = np.zeros(message.size, np.int16)
    number[places] = count[places] - np.where(since < 0, 0, count[since])
    return {"message_number": pd.arrays.IntegerArray(number[at], ~message[at])}


def _timing(past: Past, made: Approaches, clocks: Events) -> dict[str, object]:
    at = made.last
    interviews = Events(past.which("interview"))
    closing = Events(past.which("rejection", "offer", "withdrawn", "do_not_contact"))
    met = past.latest(interviews, at, before=False)
    closed = past.latest(closing, at) > met
    is_interview = past.kind[at] == KIND["interview"]
    since_day = np.where(is_interview, NO_DAY, past.day_at(met)).astype(np.int32)
    since = _days_between(past.day[at], since_day)
    promise = np.where(
        is_interview, NO_DAY, promise_in_force(past, made.first, interviews, clocks, before=True)
    )
    from_promise = _days_between(past.day[at], promise.astype(np.int32))
    bins = _binned(from_promise, _TIMING_FROM)
    unnamed = (bins == NONE) & (met != NONE) & ~is_interview
    return {
        "stage": _category(
            np.where(closed, 2, (met != NONE).astype(np.int8)), STAGES_OF_APPROACH, ordered=True
        ),
        "days_since_interview": since,
        "since_interview": _category(_binned(since, _SINCE_FROM), SINCE_INTERVIEW, ordered=True),
        "decide_by": to_dates(promise_in_force(past, at, interviews, clocks, before=False)),
        "days_from_promise": from_promise,
        "timing": _category(np.where(unnamed, len(TIMING) - 1, bins), TIMING, ordered=True),
    }


def _binned(days: pd.arrays.IntegerArray, firsts: tuple[int, ...]) -> npt.NDArray[np.int8]:
    """Return the number of each value's bin; -1 for blank."""
    bins = np.searchsorted(firsts, days.to_numpy("int64", na_value=0), side="right")
    return np.where(days.isna(), NONE, bins).astype(np.int8)


def promise_in_force(
    past: Past, at: Positions, interviews: Events, clocks: Events, *, before: bool
) -> Days:
    """Return the promised date in force before (or once) each of these events happened.

    The latest date named since the latest interview (the interviews of one day are one), unless a
    later reply or talk named none when it was past already.
    """
    taken = past.which("follow_up") & (past.outcome == OUTCOME["message_taken"])
    named = (clocks.which | taken) & (past.decide_by >= past.day)
    if not named.any():
        return np.full(at.size, NO_DAY)
    met = past.latest(interviews, at, before=before)
    there = past.latest(Events(named & interviews.which), at, before=before)
    there = np.where(past.day_at(there) >= past.day_at(met), there, NONE)
    later = past.latest(Events(named & ~interviews.which), at, before=before)
    place = np.maximum(there, np.where(later > met, later, NONE))
    promise = np.where(place == NONE, NO_DAY, past.decide_by[place])
    clock = past.day_at(past.latest(clocks, at, before=before))
    return np.where(promise < clock, NO_DAY, promise).astype(np.int32)


def acts_of(past: Past) -> tuple[Bools, Bools]:
    """Say which events are acts of the employer, and which of them are positive."""
    invited = past.which("reply") & (past.outcome == OUTCOME["invited"])
    interview = past.which("interview")
    places = np.flatnonzero(interview)
    previous = past.latest(Events(interview), places)
    arranged = past.latest(Events(invited), places) > previous
    same_day = past.day_at(previous) == past.day[places]
    interview[places] = ~arranged & ~same_day
    acts = past.which("reply", "rejection", "offer") | interview
    return acts, invited | interview | past.which("offer")


def unless_before(place: Positions, other: Positions) -> Positions:
    """Return the places, with none where the other comes first."""
    return np.where((other != NONE) & (other < place), np.int32(NONE), place)


def _response(
    past: Past, at: Positions, response: Positions, positive: Positions
) -> dict[str, object]:
    day = past.day[at]
    response_on, positive_on = past.day_at(response), past.day_at(positive)
    kind = past.kind_at(response)
    number = np.full(len(KINDS) + 1, NONE, np.int8)  # the last one: none
    for name in ("reply", "interview", "rejection", "offer"):
        number[KIND[name]] = RESPONSES.index(name)
    number = number[kind]
    is_positive = (response != NONE) & (response == positive)
    number[is_positive & (kind == KIND["reply"])] = RESPONSES.index("invitation")
    return {
        "response_on": to_dates(response_on),
        "response_days": _days_between(response_on, day),
        "response_kind": _category(number, RESPONSES, ordered=False),
        "positive": is_positive,
        "positive_on": to_dates(positive_on),
        "positive_days": _days_between(positive_on, day),
        "reached": (past.outcome[at] == OUTCOME["spoke"]) & (past.kind[at] != KIND["interview"]),
        "dated_late": kind == KIND["interview"],
    }


def undated_answers(log: ApplicationLog) -> Bools:
    """Say of which applications it is only known from the status that they answered or ended."""
    events, n = log.events, len(log.applications)
    code, kind = application_codes(log), category_codes(log.events["kind"], KINDS)
    status = category_codes(log.applications["status_kind"], STATUS_KINDS)
    negative = category_codes(events["outcome"], OUTCOMES) == OUTCOME["negative"]

    def dated(which: Bools) -> Bools:
        return np.bincount(code[which], minlength=n).astype(bool)

    def says(name: str) -> Bools:
        return status == STATUS_KINDS.index(name)

    met = log.applications["undated_interview"].to_numpy(bool) | says("interview")
    answered = dated(np.isin(kind, [KIND["interview"], KIND["reply"]]))
    out = (met | says("screening")) & ~answered
    out |= says("rejected") & ~dated((kind == KIND["rejection"]) | negative)
    out |= says("offer") & ~dated(kind == KIND["offer"])
    return out | (says("withdrawn") & ~dated(kind == KIND["withdrawn"]))


def _ends(past: Past, at: Positions, response: Positions, positive: Positions) -> dict[str, object]:
    """Return what ended the wait for any, and for a positive, response, and when."""
    negative = past.which("reply") & (past.outcome == OUTCOME["negative"])
    others = {
        "next_approach": past.which(*APPROACHES),
        "withdrawal": past.which("withdrawn"),
        "rejection": past.which("rejection") | negative,
        "do_not_contact": past.which("do_not_contact"),
    }
    firsts = {name: past.first(Events(which), at) for name, which in others.items()}
    by, on = _first_of(past, {"response": positive, **firsts})
    del firsts["rejection"]  # is itself a response
    any_by, any_on = _first_of(past, {"response": response, **firsts})
    return {
        "ended_by": any_by,
        "ended_days": any_on - past.day[at],
        "positive_ended_by": by,
        "positive_ended_days": on - past.day[at],
    }


def _first_of(past: Past, places: dict[str, Positions]) -> tuple[pd.Categorical[str], Days]:
    """Return the name and the day of what stands first; at one place, of what is named first."""
    size = past.day.size
    firsts = [np.where(place == NONE, np.int32(size), place) for place in places.values()]
    first, which = firsts[0], np.zeros(firsts[0].size, np.int8)
    for number, place in enumerate(firsts[1:], start=1):
        which[place < first] = number
        first = np.minimum(first, place)
    which[first == size] = len(places)
    names = np.array([ENDS.index(name) for name in (*places, "as_of")], np.int8)
    return _category(names[which], ENDS, ordered=False), np.append(past.day, past.as_of)[first]
