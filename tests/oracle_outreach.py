"""`outreach` a second time: plain Python, one application and one approach at a time.

Written from docs/statistics.md and docs/rules.md alone, to be compared with the library. It
favours the reader: what was known at an approach is found by walking the events up to it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from oracle import KINDS, OUTCOMES, Known, outcome_of, promised_by, what_is_known
from oracle import outcome_rank as rank_in_the_rules
from oracle_people import Event

METHODS = ("phone", "email", "letter", "in_person", "video", "text", "portal")
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    *("Saturday", "Sunday"),
)
ROW_KINDS = {
    "applied": "application",
    "interview": "interview",
    "thank_you": "thank_you",
    "follow_up": "follow_up",
}
ENDS = ("rejection", "offer", "withdrawn", "do_not_contact")
MET = ("interview", "screening")
ENDED = {"rejected": "rejection", "offer": "offer", "withdrawn": "withdrawn"}
POSITIVE = ("invitation", "interview", "offer")

# --- The order of events, and the approaches among them ----------------------------------------


class Approach(NamedTuple):
    """Events `first` to `last` of an application are one approach; `stands` is the one shown."""

    first: int
    last: int
    stands: Event


def which_stands(event: Event) -> int:
    """Of approaches that are one, the greatest stands; an unknown outcome counts as sent."""
    return OUTCOMES.index(outcome_of(event))


def place_in(names: tuple[str, ...], value: str | None) -> int:
    """Return the place of a name; a blank comes before all."""
    return -1 if value is None else names.index(value)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Sort as the rules have it; what they leave open goes by method, outcome and hour."""
    events = list(events)
    without_hour = {e["date"] for e in events if e["hour"] is None}

    def key(e: Event) -> tuple[Any, ...]:
        hour = 0 if e["date"] in without_hour else e["hour"]
        moment = (e["date"], hour, KINDS.index(e["kind"]), rank_in_the_rules(e))
        outcome = place_in((*OUTCOMES, "invited", "neutral", "negative"), e["outcome"])
        tie = (place_in(METHODS, e["method"]), outcome, -1 if e["hour"] is None else e["hour"])
        return (*moment, promised_by(e) or date.min, *tie)

    return sorted(events, key=key)


def is_one_approach(before: Event, after: Event) -> bool:
    """Whether two events that follow each other are one approach."""
    if (before["date"], before["kind"]) != (after["date"], after["kind"]):
        return False
    return before["kind"] == "interview" or bool(before["method"] == after["method"])


def approaches_of(past: list[Event]) -> list[Approach]:
    found: list[Approach] = []
    for at, event in enumerate(past):
        if event["kind"] not in ROW_KINDS:
            continue
        last = found[-1] if found else None
        if last is not None and last.last == at - 1 and is_one_approach(past[at - 1], event):
            stands = last.stands
            if which_stands(event) >= which_stands(stands):
                stands = event
            found[-1] = Approach(last.first, at, stands)
        else:
            found.append(Approach(at, at, event))
    return found


# --- What is known once it is made --------------------------------------------------------------


def clock_stage(past: list[Event]) -> str:
    return "interview" if any(e["kind"] == "interview" for e in past) else "application"


def known_after(past: list[Event]) -> Known:
    """Where no clock has started, messages and what was promised count from the first event."""
    known = what_is_known(past, clock_stage(past))
    if known.clock_on is None:
        followed = [e for e in past if e["kind"] == "follow_up"]
        left = {e["date"] for e in followed if outcome_of(e) != "no_answer"}
        taken = [promised_by(e) for e in followed if outcome_of(e) == "message_taken"]
        named = [day for day in taken if day is not None]
        known = Known(decide_by=named[-1] if named else None, messages=frozenset(left))
    return known


def stage_of(before: list[Event], event: Event) -> str:
    """An interview is of the stage that it opens."""
    if event["kind"] == "interview":
        return "interview"
    turns = [e["kind"] for e in before if e["kind"] in (*ENDS, "interview")]
    if not turns:
        return "application"
    return "closed" if turns[-1] in ENDS else "interview"


def message_number(known: Known, stands: Event) -> int | None:
    """A talk is no message that was left (R7)."""
    if stands["kind"] != "follow_up" or stands["outcome"] in ("no_answer", "spoke"):
        return None
    return len(known.messages)


def binned(days: int, bins: dict[str, int]) -> str:
    """Return the first bin whose last day is not before `days`."""
    return next(name for name, last in bins.items() if days <= last)


FOREVER = 10**9
SINCE_INTERVIEW = {
    "0 to 3 days": 3,
    "4 to 6 days": 6,
    "7 to 10 days": 10,
    "11 to 20 days": 20,
    "21 or more days": FOREVER,
}
TIMING = {
    "3 or more days before": -3,
    "0 to 2 days before": 0,
    "1 to 4 days after": 4,
    "5 to 10 days after": 10,
    "11 or more days after": FOREVER,
}


def when(before: list[Event], event: Event, decide_by: date | None) -> dict[str, Any]:
    """Return the columns that measure from the interview and the promise before an approach."""
    row: dict[str, Any] = {
        "days_since_interview": None,
        "since_interview": None,
        "decide_by": decide_by,
        "days_from_promise": None,
        "timing": None,
    }
    if event["kind"] == "interview":
        return row
    interviews = [e["date"] for e in before if e["kind"] == "interview"]
    if interviews:
        row["days_since_interview"] = (event["date"] - interviews[-1]).days
        row["since_interview"] = binned(row["days_since_interview"], SINCE_INTERVIEW)
        row["timing"] = "no date named"
    promise = known_after(before).decide_by
    if promise is not None:
        row["days_from_promise"] = (event["date"] - promise).days
        row["timing"] = binned(row["days_from_promise"], TIMING)
    return row


def part_of_day(hour: int | None) -> str | None:
    if hour is None:
        return None
    return "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


# --- What came of it ----------------------------------------------------------------------------


def is_invitation(event: Event) -> bool:
    return bool(event["kind"] == "reply" and event["outcome"] == "invited")


def was_arranged(past: list[Event], at: int) -> bool:
    """Whether an invitation was logged since the interview before this one."""
    for event in reversed(past[:at]):
        if event["kind"] == "interview":
            return False
        if is_invitation(event):
            return True
    return False


def response_kind(past: list[Event], at: int) -> str | None:
    """Return what kind of response an event is, or None where it is none."""
    event = past[at]
    if event["kind"] == "reply":
        return "invitation" if is_invitation(event) else "reply"
    if event["kind"] == "interview":
        again = any(e["kind"] == "interview" and e["date"] == event["date"] for e in past[:at])
        return None if again or was_arranged(past, at) else "interview"
    return event["kind"] if event["kind"] in ("rejection", "offer") else None


GIVEN_UP = ("withdrawn", "do_not_contact")


def first_response(past: list[Event], after: int, *, positive: bool) -> dict[str, Any]:
    for at in range(after + 1, len(past)):
        kind = response_kind(past, at)
        if kind is not None and (kind in POSITIVE or not positive):
            return {"on": past[at]["date"], "kind": kind}
        if past[at]["kind"] in GIVEN_UP:
            break
    return {"on": None, "kind": None}


def refuses(event: Event) -> bool:
    negative = event["kind"] == "reply" and event["outcome"] == "negative"
    return bool(event["kind"] == "rejection" or negative)


def end_of_wait(past: list[Event], after: int, as_of: date, *, positive: bool) -> tuple[str, date]:
    """Return what ended the wait, and on which day."""
    for at in range(after + 1, len(past)):
        event, kind = past[at], response_kind(past, at)
        if kind in POSITIVE or (kind is not None and not positive):
            return "response", event["date"]
        if positive and refuses(event):
            return "rejection", event["date"]
        if event["kind"] in ROW_KINDS:
            return "next_approach", event["date"]
        if event["kind"] == "withdrawn":
            return "withdrawal", event["date"]
        if event["kind"] == "do_not_contact":
            return "do_not_contact", event["date"]
    return "as_of", as_of


def is_undated(application: dict[str, Any], events: list[Event]) -> bool:
    """Whether the sheet tells of an answer or an end that has no day in the log, before or after.

    A day after `as_of` is known too: then the status speaks of that day.
    """
    dated = {e["kind"] for e in events}
    if any(e["kind"] == "reply" and e["outcome"] == "negative" for e in events):
        dated.add("rejection")
    met = application["undated_interview"] or application["status_kind"] in MET
    if met and not dated & {"interview", "reply"}:
        return True
    end = ENDED.get(application["status_kind"])
    return end is not None and end not in dated


# --- The rows -----------------------------------------------------------------------------------


def days_between(start: date, end: date | None) -> int | None:
    return None if end is None else (end - start).days


def row_of(
    application: dict[str, Any],
    events: list[Event],
    past: list[Event],
    approach: Approach,
    as_of: date,
) -> dict[str, Any]:
    before, until = past[: approach.first], past[: approach.last + 1]
    event, after = approach.stands, approach.last
    day = event["date"]
    known = known_after(until)
    response = first_response(past, after, positive=False)
    positive = first_response(past, after, positive=True)
    ended_by, ended_on = end_of_wait(past, after, as_of, positive=False)
    positive_ended_by, positive_ended_on = end_of_wait(past, after, as_of, positive=True)
    return {
        "application_id": application["application_id"],
        "seeker_id": application.get("seeker_id"),
        "company": application["company"],
        "kind": ROW_KINDS[event["kind"]],
        "date": day,
        "weekday": WEEKDAYS[day.weekday()],
        "hour": event["hour"],
        "part_of_day": part_of_day(event["hour"]),
        "method": event["method"],
        "outcome": event["outcome"],
        "message_number": message_number(known, event),
        "stage": stage_of(before, event),
        **when(before, event, known.decide_by),
        "source": application["source"],
        "role": application["role"],
        "fit": application["fit"],
        "as_of": as_of,
        "observed_days": (as_of - day).days,
        "response_on": response["on"],
        "response_days": days_between(day, response["on"]),
        "response_kind": response["kind"],
        "positive": response["kind"] in POSITIVE,
        "positive_on": positive["on"],
        "positive_days": days_between(day, positive["on"]),
        "reached": event["kind"] != "interview" and event["outcome"] == "spoke",
        "dated_late": response["kind"] == "interview",
        "undated": response["on"] is None
        and not any(e["kind"] in GIVEN_UP for e in past[after + 1 :])
        and is_undated(application, events),
        "ended_by": ended_by,
        "ended_days": (ended_on - day).days,
        "positive_ended_by": positive_ended_by,
        "positive_ended_days": (positive_ended_on - day).days,
    }


def outreach_of(
    application: dict[str, Any], events: Iterable[Event], *, as_of: date
) -> list[dict[str, Any]]:
    """Return the rows of `outreach` for one application, in order."""
    ordered = in_order(events)
    past = [e for e in ordered if e["date"] <= as_of]
    return [row_of(application, ordered, past, a, as_of) for a in approaches_of(past)]
