"""The follow-up rules a second time: plain Python, one application, one day at a time.

Written from docs/rules.md alone, to be compared with the library. It favours the reader: days are
walked one by one, and nothing is shared with the code it judges but `Strategy`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from jobsearch_stats.strategies import Strategy
from oracle_days import DAY, Calendar, calendar
from oracle_people import (
    NOTHING_BARRED,
    Barred,
    Event,
    contact_columns,
    forbids_contact,
    is_silenced,
    names_anyone,
)

KINDS = (
    *("applied", "interview", "thank_you", "follow_up", "acknowledgement", "reply"),
    *("rejection", "offer", "withdrawn", "do_not_contact", "out_of_office"),
)
OUTCOMES = ("no_answer", "sent", "voicemail", "message_taken", "spoke")
ENDINGS = ("rejection", "offer", "withdrawn")
FAR_PROMISE = 14

# --- The order of events ----------------------------------------------------------------------


class InDayOrder(tuple):  # type: ignore[type-arg]
    """The events of one application in the order in which they count."""

    __slots__ = ()


def in_day_order(events: Iterable[Event]) -> InDayOrder:
    """Sort the events of one application, each with its `moment`; equal moments are equally late.

    What is sorted already comes back as it is.
    """
    if isinstance(events, InDayOrder):
        return events
    events = list(events)
    without_hour = {e["date"] for e in events if e["hour"] is None}
    timed = []
    for e in events:
        hour = 0 if e["date"] in without_hour else e["hour"]
        moment = (e["date"], hour, KINDS.index(e["kind"]), outcome_rank(e))
        timed.append({**e, "moment": moment})
    return InDayOrder(sorted(timed, key=lambda e: (e["moment"], promised_by(e) or date.min)))


def outcome_rank(event: Event) -> int:
    """Only follow-ups are ordered by outcome; a reply's tone says nothing about its time."""
    return OUTCOMES.index(outcome_of(event)) if event["kind"] == "follow_up" else 0


def outcome_of(follow_up: Event) -> str:
    return follow_up["outcome"] if follow_up["outcome"] in OUTCOMES else "sent"


def promised_by(event: Event) -> date | None:
    """Return the date named at this event, unless it had passed by then."""
    named: date | None = event["decide_by"]
    return named if named is not None and named >= event["date"] else None


# --- What is known ----------------------------------------------------------------------------


class Known(NamedTuple):
    """What an application's events say about its clock."""

    clock_on: date | None = None
    decide_by: date | None = None
    messages: frozenset[date] = frozenset()
    attempts: tuple[date, ...] = ()
    until: date | None = None

    @property
    def last_message_on(self) -> date | None:
        return max(self.messages, default=None)


def starts_the_clock(event: Event, stage: str) -> bool:
    kind = event["kind"]
    if kind == "follow_up":
        return bool(event["outcome"] == "spoke")
    if stage == "interview":
        return kind in ("interview", "reply")
    return kind in ("applied", "acknowledgement", "reply")


def what_is_known(past: list[Event], stage: str) -> Known:
    """Walk through the events, in their order, as they happened."""
    away = [e["until"] for e in past if e["kind"] == "out_of_office" and e["until"] is not None]
    known = Known(until=max(away, default=None))
    at_interviews: dict[date, date | None] = {}
    for event in past:
        day, named = event["date"], promised_by(event)
        if starts_the_clock(event, stage):
            kept = known.decide_by
            if kept is not None and kept < day:
                kept = None
            if event["kind"] == "interview":
                # The interviews of one day are one interview, so they have one promise.
                kept = at_interviews.get(day)
                at_interviews[day] = named or kept
            known = Known(clock_on=day, decide_by=named or kept, until=known.until)
        elif event["kind"] == "follow_up":
            outcome = outcome_of(event)
            if outcome == "no_answer":
                known = known._replace(attempts=(*known.attempts, day))
                continue
            known = known._replace(messages=known.messages | {day})
            if outcome == "message_taken" and named is not None:
                known = known._replace(decide_by=named)
    # Before a clock has started nothing is promised to, or counted against, anything.
    return known if known.clock_on is not None else Known(until=known.until)


# --- When -------------------------------------------------------------------------------------


def latest(*days: date | None) -> date:
    return max(day for day in days if day is not None)


def due_window(
    known: Known, cal: Calendar, strategy: Strategy, as_of: date
) -> tuple[date, date] | None:
    """Return `due_on` and `due_until`, or None where all messages are spent or no clock runs."""
    if known.clock_on is None or len(known.messages) >= strategy.max_messages:
        return None
    asked_for = [cal.after(known.until)] if known.until is not None else []
    if known.attempts:
        asked_for.append(cal.after(max(known.attempts)))
    promise = known.decide_by
    if strategy.before_decision and promise is not None and not known.messages:
        wanted = cal.on_or_before(promise + strategy.days_after_promise * DAY)
        due_on = latest(wanted, cal.after(known.clock_on), *asked_for)
        if due_on <= promise and as_of <= promise:
            return due_on, promise
    due_on = latest(cal.on_or_after(day_to_follow_up(known, strategy)), *asked_for)
    return due_on, due_on


def day_to_follow_up(known: Known, strategy: Strategy) -> date:
    """Return the day that the rules name, before it is moved to an allowed one."""
    # A strategy that comes before the decision falls back to the day after the promise.
    days_after_promise = 1 if strategy.before_decision else strategy.days_after_promise
    after_promise = None if known.decide_by is None else known.decide_by + days_after_promise * DAY
    if known.last_message_on is not None:
        return latest(known.last_message_on + strategy.days_between_messages * DAY, after_promise)
    if after_promise is not None:
        return after_promise
    assert known.clock_on is not None
    return known.clock_on + strategy.days_without_promise * DAY


def day_to_give_up(known: Known, cal: Calendar, strategy: Strategy) -> date | None:
    """Return `abandon_on`, or None where a message is left or no clock runs."""
    if known.clock_on is None or len(known.messages) < strategy.max_messages:
        return None
    if strategy.max_messages == 0:
        known = as_day_after_would_have_it(known, cal, strategy)
    return latest(known.last_message_on, known.decide_by, known.until) + (
        strategy.give_up_days * DAY
    )


def as_day_after_would_have_it(known: Known, cal: Calendar, strategy: Strategy) -> Known:
    """Return what would be known after two messages, each sent on its due day."""
    obeyed = known._replace(messages=frozenset(), attempts=())
    back = None if known.until is None else cal.after(known.until)
    for _ in range(2):
        due_on = latest(cal.on_or_after(day_to_follow_up(obeyed, strategy)), back)
        obeyed = obeyed._replace(messages=obeyed.messages | {due_on})
    return obeyed


# --- The state --------------------------------------------------------------------------------


def stage_of(past: list[Event], appointments: list[Event]) -> str | None:
    if appointments or any(e["kind"] == "interview" for e in past):
        return "interview"
    return "application" if any(e["kind"] == "applied" for e in past) else None


def has_ended(
    application: dict[str, Any], ordered: InDayOrder, past: list[Event], has_appointment: bool
) -> bool:
    """Whether a rejection, offer or withdrawal stands, dated or not."""
    last = next((e["kind"] for e in reversed(past) if e["kind"] in (*ENDINGS, "interview")), None)
    if last in ENDINGS and not has_appointment:
        return True
    undated = not any(e["kind"] in ENDINGS for e in ordered)
    return undated and application["status_kind"] in ("offer", "rejected", "withdrawn")


def method_of(application: dict[str, Any], row: dict[str, Any], strategy: Strategy) -> str:
    method = strategy.method
    if method == "phone_or_email":
        promise = row["decide_by"]
        far = promise is not None and (promise - row["clock_on"]).days >= FAR_PROMISE
        method = "email" if far or application["contact_by"] == "email" else "phone"
    if method == "phone" and row["phone"] is None and row["email"] is not None:
        return "email"
    return method


def state_on(as_of: date, window: tuple[date, date] | None, abandon_on: date | None) -> str:
    """Return the state where nothing has ended and no appointment is ahead."""
    if window is None:
        return "abandoned" if abandon_on is not None and as_of >= abandon_on else "waiting"
    if as_of < window[0]:
        return "waiting"
    return "due" if as_of <= window[1] else "overdue"


def state_of(
    application: dict[str, Any],
    events: Iterable[Event],
    *,
    as_of: date,
    strategy: Strategy,
    stages: tuple[str, ...] = ("interview",),
    barred: Barred = NOTHING_BARRED,
) -> dict[str, Any] | None:
    """Return every column of `follow_ups` but `reason`; None if it is not in the table."""
    ordered = in_day_order(events)
    past = [e for e in ordered if e["date"] <= as_of]
    appointments = [e for e in ordered if e["date"] > as_of and e["kind"] == "interview"]
    stage = stage_of(past, appointments)
    if stage is None or stage not in stages:
        return None
    known = what_is_known(past, stage)
    next_interview_on = appointments[0]["date"] if appointments else None
    seen = past
    if not any(map(names_anyone, past)):
        # The interviews of that day are one, and not yet held: no hour makes one of them later.
        seen = [{**e, "moment": 0} for e in appointments if e["date"] == next_interview_on]
    told = any(map(forbids_contact, past))
    bars = NOTHING_BARRED if told else barred
    silenced = is_silenced(seen, bars)

    cal = calendar(strategy, application["country"])
    window = due_window(known, cal, strategy, as_of)
    abandon_on = day_to_give_up(known, cal, strategy)
    if told or silenced or has_ended(application, ordered, past, bool(appointments)):
        state, window, abandon_on = "closed", None, None
    elif appointments:
        state, window, abandon_on = "waiting", None, None
    elif application["status_kind"] == "ghosted":
        state, window = "abandoned", None
    else:
        state = state_on(as_of, window, abandon_on)

    row: dict[str, Any] = {
        "company": application["company"],
        "role": application["role"],
        **contact_columns(seen, bars),
        "stage": stage,
        "state": state,
        "clock_on": known.clock_on,
        "decide_by": known.decide_by,
        "n_messages": len(known.messages),
        "n_attempts": len(known.attempts),
        "last_message_on": known.last_message_on,
        "due_on": window[0] if window else None,
        "due_until": window[1] if window else None,
        "call_on": call_on(state, window, cal, as_of),
        "abandon_on": abandon_on,
        "next_interview_on": next_interview_on,
        "days_overdue": (as_of - window[1]).days if window and state == "overdue" else 0,
    }
    return {**row, "method": method_of(application, row, strategy)}


def call_on(
    state: str, window: tuple[date, date] | None, cal: Calendar, as_of: date
) -> date | None:
    if window is None:
        return None
    return window[0] if state == "waiting" else cal.on_or_after(as_of)
