"""The oracle itself, held to the worked cases of the rules before it judges the library."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from jobsearch_stats.strategies import BEFORE_DECISION, DAY_AFTER, EMAIL_INSTEAD, NO_FOLLOW_UP
from oracle import state_of
from oracle_days import Calendar, public_holidays
from oracle_people import barred_addresses, phone_key

US = dataclasses.replace(DAY_AFTER, country="US")
BEFORE = dataclasses.replace(BEFORE_DECISION, country="US")
EVENT = dict.fromkeys(
    (
        *("date", "hour", "kind", "method", "outcome", "contact", "contact_role"),
        *("phone", "email", "decide_by", "until"),
    )
)
APPLICATION = dict.fromkeys(("company", "role", "country", "status_kind", "contact_by"))


def mar(day: int) -> date:
    return date(2026, 3, day)


def event(kind: str, day: date, decide_by: date | None = None, **rest: Any) -> dict[str, Any]:
    return {**EVENT, "kind": kind, "date": day, "decide_by": decide_by, **rest}


def follow_up(day: date, outcome: str | None = "voicemail", **rest: Any) -> dict[str, Any]:
    return event("follow_up", day, outcome=outcome, **rest)


def state(
    *events: dict[str, Any], as_of: date, strategy: Any = US, of: Any = None, **rest: Any
) -> dict[str, Any]:
    found = state_of({**APPLICATION, **(of or {})}, events, as_of=as_of, strategy=strategy, **rest)
    assert found is not None
    return found


DUE_DAYS = {
    "three days means day four": ([event("interview", mar(2), mar(5))], mar(6), mar(6)),
    "a Friday promise means Tuesday": ([event("interview", mar(4), mar(6))], mar(10), mar(10)),
    "a Saturday promise means Tuesday": ([event("interview", mar(4), mar(7))], mar(10), mar(10)),
    "nothing promised: a week": ([event("interview", mar(4))], mar(11), mar(11)),
    "a week lands on Monday": ([event("interview", mar(2))], mar(10), mar(10)),
    "a second message a week on": (
        [event("interview", mar(4)), follow_up(mar(11))],
        mar(18),
        mar(18),
    ),
    "nobody answered: the next day": (
        [event("interview", mar(4)), follow_up(mar(11), "no_answer")],
        mar(12),
        mar(12),
    ),
    "back on Monday: call Tuesday": (
        [event("interview", mar(4)), event("out_of_office", mar(5), until=mar(15))],
        mar(17),
        mar(17),
    ),
    "a reply without a date keeps the promise": (
        [event("interview", mar(2), mar(31)), event("reply", mar(5))],
        date(2026, 4, 1),
        date(2026, 4, 1),
    ),
    "a far promise holds the second message": (
        [event("interview", mar(2), mar(31)), event("reply", mar(4)), follow_up(mar(5))],
        date(2026, 4, 1),
        date(2026, 4, 1),
    ),
}


@pytest.mark.parametrize("case", DUE_DAYS)
def test_waits_the_day_before_is_due_on_the_day_and_overdue_the_day_after(case):
    events, due_on, due_until = DUE_DAYS[case]
    asked = {n: state(*events, as_of=due_on + timedelta(n)) for n in (-1, 0, 1)}
    assert [row["state"] for row in asked.values()] == ["waiting", "due", "overdue"]
    assert {(row["due_on"], row["due_until"]) for row in asked.values()} == {(due_on, due_until)}
    assert asked[-1]["call_on"] == asked[0]["call_on"] == due_on
    assert asked[1]["days_overdue"] == 1


WINDOWS = {
    "three days: end of day two, morning of day three": (mar(2), mar(5), mar(4), mar(5)),
    "the day before is a Monday": (mar(2), mar(10), mar(6), mar(10)),
    "no allowed day before it: the day after": (mar(6), mar(9), mar(10), mar(10)),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_before_the_decision(case):
    held_on, promise, due_on, due_until = WINDOWS[case]
    row = state(event("interview", held_on, promise), as_of=held_on, strategy=BEFORE)
    assert (row["due_on"], row["due_until"], row["state"]) == (due_on, due_until, "waiting")


def test_before_the_decision_a_window_that_is_past_becomes_the_day_after():
    row = state(event("interview", mar(2), mar(5)), as_of=mar(6), strategy=BEFORE)
    assert (row["due_on"], row["due_until"], row["state"]) == (mar(6), mar(6), "due")


def test_message_numbers():
    talked = event("interview", mar(4))
    assert state(talked, follow_up(mar(11)), as_of=mar(18))["n_messages"] == 1
    rang = state(talked, follow_up(mar(11), "no_answer"), as_of=mar(12))
    assert (rang["n_messages"], rang["n_attempts"]) == (0, 1)
    twice_in_a_day = state(talked, follow_up(mar(11)), follow_up(mar(11), "sent"), as_of=mar(12))
    assert twice_in_a_day["n_messages"] == 1
    unknown = state(talked, follow_up(mar(11), None), as_of=mar(12))
    assert unknown["n_messages"] == 1


def test_two_messages_and_a_week_of_silence_are_a_no_until_they_reply():
    events = [event("interview", mar(4)), follow_up(mar(11)), follow_up(mar(18))]
    assert state(*events, as_of=mar(24))["state"] == "waiting"
    given_up = state(*events, as_of=mar(25))
    assert (given_up["state"], given_up["abandon_on"]) == ("abandoned", mar(25))
    events.append(event("reply", mar(27)))
    assert state(*events, as_of=mar(26))["state"] == "abandoned"
    reopened = state(*events, as_of=mar(27))
    assert (reopened["state"], reopened["n_messages"]) == ("waiting", 0)
    assert (reopened["clock_on"], reopened["due_on"]) == (mar(27), date(2026, 4, 3))


def test_a_promise_that_holds_the_second_message_holds_giving_up_too():
    events = [event("interview", mar(2), mar(31)), event("reply", mar(4)), follow_up(mar(5))]
    row = state(*events, follow_up(mar(6)), as_of=mar(31))
    assert (row["state"], row["abandon_on"]) == ("waiting", date(2026, 4, 7))


def test_told_never_to_call_is_for_good():
    events = [event("do_not_contact", mar(3)), event("interview", mar(4)), event("reply", mar(5))]
    row = state(*events, as_of=mar(20))
    assert (row["state"], row["due_on"], row["call_on"]) == ("closed", None, None)


def test_told_never_to_call_bars_the_number_elsewhere():
    told = [event("do_not_contact", mar(3), phone="+1 (415) 555-0101", email="Ana@Example.org")]
    other = [event("interview", mar(4), phone="415-555-0101 ext 3", contact="Ana Ruiz")]
    pairs = [*(("a", e) for e in told), *(("b", e) for e in other)]
    assert barred_addresses(pairs, as_of=mar(2)) == (frozenset(), frozenset())
    barred = barred_addresses(pairs, as_of=mar(4))
    assert barred == (frozenset({"155550101"}), frozenset({"ana@example.org"}))
    silenced = state(*other, as_of=mar(4), barred=barred)
    assert (silenced["state"], silenced["phone"]) == ("closed", None)
    other.append(event("reply", mar(5), email="bo@example.org"))
    written_to = state(*other, as_of=mar(5), barred=barred)
    assert (written_to["state"], written_to["phone"]) == ("waiting", None)
    assert (written_to["email"], written_to["method"]) == ("bo@example.org", "email")


def test_a_rejection_closes_a_later_reply_does_not_reopen_a_later_interview_does():
    events = [event("interview", mar(2)), event("rejection", mar(9)), event("reply", mar(10))]
    assert state(*events, as_of=mar(10))["state"] == "closed"
    events.append(event("interview", mar(20)))
    appointed = state(*events, as_of=mar(10))
    assert (appointed["state"], appointed["next_interview_on"]) == ("waiting", mar(20))
    assert state(*events, as_of=mar(20))["due_on"] == mar(27)


def test_a_dated_ending_on_any_day_makes_the_status_a_dated_one():
    events = [event("interview", mar(2))]
    assert state(*events, as_of=mar(3), of={"status_kind": "rejected"})["state"] == "closed"
    events.append(event("rejection", mar(20)))
    assert state(*events, as_of=mar(3), of={"status_kind": "rejected"})["state"] == "waiting"


def test_no_follow_up_gives_up_when_day_after_would_have():
    events = [event("interview", mar(4)), follow_up(mar(5)), follow_up(mar(6), "no_answer")]
    row = state(*events, as_of=mar(24), strategy=NO_FOLLOW_UP)
    # Messages on Wed 11 and Wed 18 March, then a week.
    assert (row["state"], row["due_on"], row["abandon_on"]) == ("waiting", None, mar(25))
    assert row["n_messages"] == 1
    assert state(*events, as_of=mar(25), strategy=NO_FOLLOW_UP)["state"] == "abandoned"


def test_stages():
    events = [event("applied", mar(4)), event("acknowledgement", mar(6))]
    assert state_of(APPLICATION, events, as_of=mar(9), strategy=US) is None
    row = state(*events, as_of=mar(9), stages=("interview", "application"))
    assert (row["stage"], row["clock_on"], row["due_on"]) == ("application", mar(6), mar(13))


def test_whom_to_contact():
    first = event(
        "interview",
        mar(2),
        contact="Ana Ruiz; Bo Lind",
        contact_role=";hiring_manager",
        phone="202-555-0101; 202-555-0102",
    )
    later = event("reply", mar(3), contact="Cy Moss", contact_role="hr", phone="202-555-0103")
    nobody = event("reply", mar(4), phone="202-555-0104", email="jobs@example.org")
    row = state(first, later, nobody, as_of=mar(4))
    assert (row["contact"], row["contact_role"]) == ("Bo Lind", "hiring_manager")
    assert (row["phone"], row["email"]) == ("202-555-0102", "jobs@example.org")


def test_method():
    far = event("interview", mar(2), mar(16), phone="202-555-0101")
    assert state(far, as_of=mar(2), strategy=EMAIL_INSTEAD)["method"] == "email"
    near = {**far, "decide_by": mar(15)}
    assert state(near, as_of=mar(2), strategy=EMAIL_INSTEAD)["method"] == "phone"
    by_mail = {"contact_by": "email"}
    assert state(near, as_of=mar(2), strategy=EMAIL_INSTEAD, of=by_mail)["method"] == "email"
    assert state(near, as_of=mar(2), of=by_mail)["method"] == "phone"


def test_the_order_of_rows_never_matters():
    events = [
        event("interview", mar(4)),
        follow_up(mar(4), "message_taken", decide_by=mar(12)),
        follow_up(mar(4), "message_taken", decide_by=mar(20), contact="Ana Ruiz"),
        follow_up(mar(4), "spoke"),
        event("reply", mar(4)),
    ]
    rows = [state(*order, as_of=mar(4)) for order in permutations(events)]
    assert all(row == rows[0] for row in rows)
    assert (rows[0]["decide_by"], rows[0]["contact"]) == (mar(20), "Ana Ruiz")


def test_the_interviews_of_one_day_are_one_interview():
    first = event("interview", mar(4), mar(12), hour=9, contact="Bo Lind", phone="202-555-0102")
    second = event("interview", mar(4), hour=16, contact="Cy Moss;Ana Ruiz", contact_role=";hr")
    row = state(first, second, as_of=mar(4))
    assert (row["decide_by"], row["contact"], row["phone"]) == (mar(12), "Cy Moss", None)
    first["hour"] = second["hour"] = None
    row = state(first, second, as_of=mar(4))
    assert (row["decide_by"], row["contact"], row["phone"]) == (mar(12), "Bo Lind", "202-555-0102")
    day_after = state(first, event("interview", mar(5)), as_of=mar(5))
    assert day_after["decide_by"] is None


def test_somebody_all_of_whose_addresses_are_barred_is_passed_over():
    events = [
        event("interview", mar(4), contact="Ana Ruiz", phone="202-555-0101"),
        event("reply", mar(5), contact="Bo Lind", email="bo@example.org"),
    ]
    assert state(*events, as_of=mar(5))["contact"] == "Ana Ruiz"
    barred = (frozenset({phone_key("202-555-0101")}), frozenset())
    row = state(*events, as_of=mar(5), barred=barred)
    assert (row["contact"], row["phone"], row["state"]) == ("Bo Lind", None, "waiting")


def test_hours_decide_only_where_every_event_of_the_day_has_one():
    rejected, talked = event("rejection", mar(4), hour=9), event("interview", mar(4), hour=15)
    assert state(talked, rejected, as_of=mar(4))["state"] == "waiting"
    talked["hour"] = None
    assert state(talked, rejected, as_of=mar(4))["state"] == "closed"


def test_phone_numbers_are_the_same_where_their_last_nine_digits_are():
    same = ["+1 (415) 555-0101", "415-555-0101 ext 3", "1 415 555 0101 x12", "001.415.555.0101"]
    assert {phone_key(number) for number in same} == {"155550101"}
    assert phone_key("555-0101") == "5550101"


def test_holidays_and_long_weekends():
    fourth = Calendar(dataclasses.replace(US, avoid=()), "US")
    assert not fourth.is_allowed(date(2026, 7, 3))  # observed on Friday, as the 4th is a Saturday
    assert fourth.on_or_after(date(2026, 7, 3)) == date(2026, 7, 6)
    any_workday = dataclasses.replace(US, avoid=(), first_workday_is_monday=True)
    careful = Calendar(any_workday, "US")
    assert careful.on_or_after(date(2026, 7, 3)) == date(2026, 7, 7)
    # Thanksgiving, a Thursday, makes no long weekend of itself.
    assert careful.is_allowed(date(2026, 11, 27))
    bavaria = Calendar(dataclasses.replace(any_workday, country="DE-BY"), "DE-BY")
    # 1 May 2027 is a Saturday: a holiday inside a weekend makes it no longer
    assert bavaria.on_or_after(date(2027, 5, 1)) == date(2027, 5, 3)
    assert date(2027, 12, 31) in public_holidays("US", 2027)  # New Year 2028, observed
    assert date(2027, 12, 31) not in public_holidays("US", 2028)


def test_an_unknown_country_in_the_log_leaves_the_strategys():
    talked = event("interview", date(2026, 6, 27), date(2026, 7, 2))
    friday = {
        name: state(talked, as_of=date(2026, 6, 27), of={"country": name})["due_on"]
        for name in (None, "not a country", "DE-BY")
    }
    assert friday == {
        None: date(2026, 7, 7),
        "not a country": date(2026, 7, 7),
        "DE-BY": date(2026, 7, 3),
    }
