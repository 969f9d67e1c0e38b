"""When it is due: R1 to R8, R15 and the strategies: the day before, the day, the day after."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from build import asked, away, event, follow_up, interview, reply, text, texts

US = dataclasses.replace(js.DAY_AFTER, name="US", country="US")
BAVARIA = dataclasses.replace(js.DAY_AFTER, name="BAVARIA", country="DE-BY")


def neighbours(day):
    """Return the day before, the day, the day after, as text."""
    middle = dt.date.fromisoformat(day)
    return [str(middle + dt.timedelta(step)) for step in (-1, 0, 1)]


LATE = [follow_up("2026-03-11"), follow_up("2026-03-18")]

CASES = {
    # what is logged, and the day on which it is due under the article's rules
    "three days, said on a Monday": ([interview("2026-03-02", "2026-03-05")], "2026-03-06"),
    "three days, said on a Wednesday": ([interview("2026-03-04", "2026-03-07")], "2026-03-10"),
    "promised a Friday": ([interview("2026-03-03", "2026-03-06")], "2026-03-10"),
    "nothing promised": ([interview("2026-03-04")], "2026-03-11"),
    "nothing promised, a week on is a Monday": ([interview("2026-03-02")], "2026-03-10"),
    "one voicemail": ([interview("2026-03-04"), follow_up("2026-03-11")], "2026-03-18"),
    "two messages, and they answered": (
        [interview("2026-03-04"), *LATE, reply("2026-03-27")],
        "2026-04-03",
    ),
    "called, no answer": (
        [interview("2026-03-04"), follow_up("2026-03-11", "no_answer")],
        "2026-03-12",
    ),
    "away until a Sunday": (
        [interview("2026-03-04"), away("2026-03-05", "2026-03-15")],
        "2026-03-17",
    ),
    "a reply without a date keeps the promise": (
        [interview("2026-03-02", "2026-03-31"), reply("2026-03-05")],
        "2026-04-01",
    ),
    "a message before the promise": (
        [interview("2026-03-02", "2026-03-31"), follow_up("2026-03-05")],
        "2026-04-01",
    ),
    # promises
    "promised a Sunday": ([interview("2026-03-04", "2026-03-08")], "2026-03-10"),
    "promised a Monday": ([interview("2026-03-04", "2026-03-09")], "2026-03-10"),
    "promised a Tuesday": ([interview("2026-03-04", "2026-03-10")], "2026-03-11"),
    "promised for the same day": ([interview("2026-03-04", "2026-03-04")], "2026-03-05"),
    "promised for the day before: none": ([interview("2026-03-04", "2026-03-03")], "2026-03-11"),
    "promised for a year ahead": ([interview("2026-03-04", "2027-03-04")], "2027-03-05"),
    # years, leap days, clocks put forward
    "over a year's end": ([interview("2025-12-26")], "2026-01-02"),
    "on the first of January, no country": ([interview("2025-12-30", "2025-12-31")], "2026-01-01"),
    "on a leap day": ([interview("2024-02-22")], "2024-02-29"),
    "over a leap day": ([interview("2024-02-23", "2024-02-29")], "2024-03-01"),
    "interviewed on a leap day": ([interview("2028-02-29")], "2028-03-07"),
    "no leap day": ([interview("2027-02-24", "2027-02-28")], "2027-03-02"),
    "clocks go forward in the week (US)": ([interview("2026-03-05")], "2026-03-12"),
    "clocks go back in the week (Europe)": ([interview("2026-10-22")], "2026-10-29"),
    # messages
    "a second message falls on a Monday": (
        [interview("2026-03-04"), follow_up("2026-03-16")],
        "2026-03-24",
    ),
    "an e-mail on the day of the interview": (
        [interview("2026-03-04"), follow_up("2026-03-04", "sent")],
        "2026-03-11",
    ),
    "the week since the message is over after the promise": (
        [interview("2026-03-04", "2026-03-10"), follow_up("2026-03-05")],
        "2026-03-12",
    ),
    # attempts and absences
    "an attempt on a Friday": (
        [interview("2026-03-04"), follow_up("2026-03-13", "no_answer")],
        "2026-03-17",
    ),
    "an attempt before it was due": (
        [interview("2026-03-04"), follow_up("2026-03-06", "no_answer")],
        "2026-03-11",
    ),
    "an attempt after the first message, before the second": (
        [interview("2026-03-04"), follow_up("2026-03-11"), follow_up("2026-03-12", "no_answer")],
        "2026-03-18",
    ),
    "away until a Friday": (
        [interview("2026-03-04"), away("2026-03-05", "2026-03-13")],
        "2026-03-17",
    ),
    "away until before it is due": (
        [interview("2026-03-04"), away("2026-03-05", "2026-03-10")],
        "2026-03-11",
    ),
    "away until the day on which it was due": (
        [interview("2026-03-04"), away("2026-03-05", "2026-03-11")],
        "2026-03-12",
    ),
    "away twice, the latest counts": (
        [
            interview("2026-03-04"),
            away("2026-03-05", "2026-03-18"),
            away("2026-03-06", "2026-03-12"),
        ],
        "2026-03-19",
    ),
    "away, nobody knows how long": (
        [interview("2026-03-04"), away("2026-03-05", None)],
        "2026-03-11",
    ),
    "a thank-you and an automatic answer change nothing": (
        [
            interview("2026-03-04"),
            event("thank_you", "2026-03-05"),
            event("acknowledgement", "2026-03-06"),
        ],
        "2026-03-11",
    ),
}


@pytest.mark.parametrize(("events", "due_on"), CASES.values(), ids=CASES)
def test_waits_the_day_before_is_due_on_the_day_and_overdue_the_day_after(events, due_on):
    rows = [asked(*events, as_of=day) for day in neighbours(due_on)]
    assert [row["state"] for row in rows] == ["waiting", "due", "overdue"]
    assert {text(row["due_on"]) for row in rows} == {due_on}
    assert {text(row["due_until"]) for row in rows} == {due_on}
    assert [row["days_overdue"] for row in rows] == [0, 0, 1]
    assert texts(rows[0], "call_on") == texts(rows[1], "call_on") == [due_on]


HOLIDAYS = {
    # strategy, what is logged, due_on: R4
    "Independence Day observed on a Friday": (US, interview("2026-06-26"), "2026-07-07"),
    "Christmas on a Friday": (US, interview("2026-12-18"), "2026-12-29"),
    "New Year's Day": (US, interview("2025-12-29", "2025-12-31"), "2026-01-02"),
    "Thanksgiving": (US, interview("2026-11-19"), "2026-11-27"),
    "New Year on a Saturday, observed in the old year": (US, interview("2027-12-24"), "2028-01-04"),
    "Good Friday to Easter Monday": (BAVARIA, interview("2026-03-27"), "2026-04-07"),
    "Bavaria's own Epiphany, a Tuesday": (BAVARIA, interview("2025-12-30"), "2026-01-07"),
    "Corpus Christi, only in some states": (BAVARIA, interview("2026-05-28"), "2026-06-05"),
}


@pytest.mark.parametrize(("strategy", "met", "due_on"), HOLIDAYS.values(), ids=HOLIDAYS)
def test_never_on_a_public_holiday_of_the_country_and_tested_again_after_it(strategy, met, due_on):
    rows = [asked(met, as_of=day, strategy=strategy) for day in neighbours(due_on)]
    assert [row["state"] for row in rows] == ["waiting", "due", "overdue"]
    assert text(rows[1]["due_on"]) == due_on
    without = asked(met, as_of=due_on, strategy=js.DAY_AFTER)
    assert without["due_on"] < rows[1]["due_on"]


def test_the_first_workday_after_a_long_weekend_can_count_as_a_monday():
    # Christmas on a Friday; Monday is avoided anyway, so let Mondays be allowed
    easy = dataclasses.replace(US, avoid=())
    strict = dataclasses.replace(easy, first_workday_is_monday=True)
    met = interview("2026-12-18")
    assert texts(asked(met, as_of="2026-12-19", strategy=easy), "due_on") == ["2026-12-28"]
    assert texts(asked(met, as_of="2026-12-19", strategy=strict), "due_on") == ["2026-12-29"]
    ordinary = interview("2026-03-07")  # a Saturday: a week on there is a weekend, but no holiday
    assert texts(asked(ordinary, as_of="2026-03-08", strategy=strict), "due_on") == ["2026-03-16"]


PROMISED_10 = interview("2026-03-02", "2026-03-10")  # Monday, and Tuesday of the week after

WINDOWS = {
    # what is logged, due_on, due_until: before the decision
    "three days": ([interview("2026-03-02", "2026-03-05")], "2026-03-04", "2026-03-05"),
    "the day before is a Monday": ([PROMISED_10], "2026-03-06", "2026-03-10"),
    "by Saturday": ([interview("2026-03-02", "2026-03-07")], "2026-03-06", "2026-03-07"),
    "by Sunday": ([interview("2026-03-02", "2026-03-08")], "2026-03-06", "2026-03-08"),
    "by Monday": ([interview("2026-03-02", "2026-03-09")], "2026-03-06", "2026-03-09"),
    "by tomorrow": ([interview("2026-03-03", "2026-03-04")], "2026-03-04", "2026-03-04"),
    "by the end of the day": ([interview("2026-03-04", "2026-03-04")], "2026-03-05", "2026-03-05"),
    "on a Friday by Monday": ([interview("2026-03-06", "2026-03-09")], "2026-03-10", "2026-03-10"),
    "no promise": ([interview("2026-03-04")], "2026-03-11", "2026-03-11"),
    "the second message": ([PROMISED_10, follow_up("2026-03-06")], "2026-03-13", "2026-03-13"),
    "an attempt": ([PROMISED_10, follow_up("2026-03-06", "no_answer")], "2026-03-10", "2026-03-10"),
    "an attempt on the last day": (
        [PROMISED_10, follow_up("2026-03-10", "no_answer")],
        "2026-03-11",
        "2026-03-11",
    ),
    "away for a part of it": (
        [PROMISED_10, away("2026-03-03", "2026-03-09")],
        "2026-03-10",
        "2026-03-10",
    ),
    "away for all of it": (
        [PROMISED_10, away("2026-03-03", "2026-03-12")],
        "2026-03-13",
        "2026-03-13",
    ),
}


@pytest.mark.parametrize(("events", "due_on", "due_until"), WINDOWS.values(), ids=WINDOWS)
def test_before_the_decision(events, due_on, due_until):
    row = asked(*events, as_of=events[-1]["date"], strategy=js.BEFORE_DECISION)
    assert texts(row, "due_on", "due_until") == [due_on, due_until]


def test_a_window_is_due_on_all_its_days_and_the_day_after_once_it_is_past():
    found = {
        day: texts(
            asked(PROMISED_10, as_of=f"2026-03-{day:02d}", strategy=js.BEFORE_DECISION),
            "state",
            "due_on",
            "call_on",
        )
        for day in range(5, 13)
    }
    assert found[5] == ["waiting", "2026-03-06", "2026-03-06"]
    assert found[6] == ["due", "2026-03-06", "2026-03-06"]
    assert found[7] == found[8] == found[9] == ["due", "2026-03-06", "2026-03-10"]
    assert found[10] == ["due", "2026-03-06", "2026-03-10"]
    assert found[11] == ["due", "2026-03-11", "2026-03-11"]
    assert found[12] == ["overdue", "2026-03-11", "2026-03-12"]


def test_before_the_decision_a_holiday_moves_back():
    before_us = dataclasses.replace(js.BEFORE_DECISION, name="BEFORE_US", country="US")
    row = asked(interview("2026-11-19", "2026-11-27"), as_of="2026-11-20", strategy=before_us)
    assert texts(row, "due_on", "due_until") == ["2026-11-25", "2026-11-27"]


@pytest.mark.parametrize(
    ("fields", "events", "due_on"),
    [
        ({"avoid": ()}, [interview("2026-03-02")], "2026-03-09"),
        ({"avoid": ("Friday", "Monday")}, [interview("2026-03-06")], "2026-03-17"),
        (
            {"weekend": ("Friday", "Saturday"), "avoid": ("Sunday",)},
            [interview("2026-03-06")],
            "2026-03-16",
        ),
        ({"weekend": ()}, [interview("2026-03-07")], "2026-03-14"),
        ({"days_without_promise": 10}, [interview("2026-03-04")], "2026-03-17"),
        ({"days_after_promise": 3}, [interview("2026-03-02", "2026-03-05")], "2026-03-10"),
        (
            {"days_between_messages": 4},
            [interview("2026-03-04"), follow_up("2026-03-11")],
            "2026-03-17",
        ),
        (
            {"days_between_messages": 1},
            [interview("2026-03-04"), follow_up("2026-03-11")],
            "2026-03-12",
        ),
        ({"max_messages": 3}, [interview("2026-03-04"), *LATE], "2026-03-25"),
    ],
)
def test_every_number_and_day_of_a_strategy_can_be_changed(fields, events, due_on):
    mine = dataclasses.replace(js.DAY_AFTER, name="MINE", **fields)
    assert text(asked(*events, as_of="2026-03-19", strategy=mine)["due_on"]) == due_on


GIVEN_UP = {
    # what is logged, abandon_on: R6 and R8, calendar days, never moved
    "two voicemails": ([interview("2026-03-04"), *LATE], "2026-03-25"),
    "a week on is a Sunday": (
        [interview("2026-03-04"), follow_up("2026-03-11"), follow_up("2026-03-22")],
        "2026-03-29",
    ),
    "both before the promise": (
        [interview("2026-03-02", "2026-03-31"), follow_up("2026-03-05"), follow_up("2026-03-06")],
        "2026-04-07",
    ),
    "away after them": (
        [interview("2026-03-04"), *LATE, away("2026-03-18", "2026-03-28")],
        "2026-04-04",
    ),
    "a third, which nobody suggested": (
        [interview("2026-03-04"), *LATE, follow_up("2026-03-19", "sent")],
        "2026-03-26",
    ),
    "a later call that nobody answered is no message": (
        [interview("2026-03-04"), *LATE, follow_up("2026-03-20", "no_answer")],
        "2026-03-25",
    ),
}


@pytest.mark.parametrize(("events", "abandon_on"), GIVEN_UP.values(), ids=GIVEN_UP)
@pytest.mark.parametrize("strategy", [js.DAY_AFTER, js.BEFORE_DECISION], ids=lambda s: s.name)
def test_given_up_on_the_day_not_the_day_before(events, abandon_on, strategy):
    rows = [asked(*events, as_of=day, strategy=strategy) for day in neighbours(abandon_on)]
    assert [row["state"] for row in rows] == ["waiting", "abandoned", "abandoned"]
    for row in rows:
        assert texts(row, "due_on", "call_on", "abandon_on") == [None, None, abandon_on]


def test_one_message_can_be_enough():
    once = dataclasses.replace(js.DAY_AFTER, name="ONCE", max_messages=1, give_up_days=10)
    rows = [
        asked(interview("2026-03-04"), follow_up("2026-03-11"), as_of=day, strategy=once)
        for day in neighbours("2026-03-21")
    ]
    assert [row["state"] for row in rows] == ["waiting", "abandoned", "abandoned"]


def given_up_after_obeying(events, strategy):
    """Return the day on which a log is given up that has a voicemail on every due day."""
    events = list(events)
    for _ in range(2):
        day = text(asked(*events, as_of=events[-1]["date"], strategy=strategy)["due_on"])
        events.append(follow_up(day))
    return asked(*events, as_of=events[-1]["date"], strategy=strategy)["abandon_on"]


@settings(max_examples=60, deadline=None)
@given(
    start=st.dates(dt.date(2025, 11, 1), dt.date(2026, 7, 31)),
    promised=st.none() | st.integers(0, 40),
    back=st.none() | st.integers(1, 50),
    country=st.sampled_from([None, "US", "DE-BY"]),
)
def test_never_following_up_gives_up_when_an_obedient_seeker_would(start, promised, back, country):
    on = {n: str(start + dt.timedelta(n)) for n in range(51)}
    events = [interview(on[0], None if promised is None else on[promised])]
    if back is not None:
        events.append(away(on[0], on[back]))
    obeyed = dataclasses.replace(js.DAY_AFTER, name="OBEYED", country=country)
    never = dataclasses.replace(js.NO_FOLLOW_UP, country=country)
    day = given_up_after_obeying(events, obeyed)
    before, then, after = (asked(*events, as_of=d, strategy=never) for d in neighbours(text(day)))
    assert [before["state"], then["state"], after["state"]] == ["waiting", "abandoned", "abandoned"]
    assert {before["abandon_on"], then["abandon_on"]} == {day}
    assert texts(then, "due_on", "call_on") == [None, None]


def test_never_following_up_does_not_look_at_what_one_did():
    never = [
        asked(interview("2026-03-04"), *done, as_of="2026-03-19", strategy=js.NO_FOLLOW_UP)
        for done in ([], [follow_up("2026-03-05"), follow_up("2026-03-06", "no_answer")])
    ]
    assert {text(row["abandon_on"]) for row in never} == {"2026-03-25"}
