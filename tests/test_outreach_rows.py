"""The rows and columns of `outreach`, on logs made by hand.

In March 2026 the 2nd, 9th, 16th and 23rd are Mondays.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from small_logs import VOICEMAIL, happened, log_of, met
from small_outreach import (
    APPLIED,
    MET,
    called,
    followed,
    of_applications,
    replied,
    tries,
    values,
    wrote,
)

# --- One row per approach ------------------------------------------------------------------------


def test_every_column_of_one_row():
    log = log_of(
        happened("applied", "2026-02-16", method="portal"),
        met("2026-03-02", decide_by="2026-03-09", method="video"),
        wrote("2026-03-10"),
        {**VOICEMAIL, "date": "2026-03-17", "hour": 16},
        replied("2026-03-24", "invited"),
        company="Acme",
        role="Baker",
        source="Board",
        fit=4,
        seeker_id="s7",
    )
    found = js.outreach(log, as_of="2026-03-31")
    row = {name: values(found.iloc[[3]], name)[0] for name in found.columns}
    assert row == {
        "application_id": "a1",
        "seeker_id": "s7",
        "company": "Acme",
        "kind": "follow_up",
        "date": "2026-03-17",
        "weekday": "Tuesday",
        "hour": 16,
        "part_of_day": "afternoon",
        "method": "phone",
        "outcome": "voicemail",
        "message_number": 2,
        "stage": "interview",
        "days_since_interview": 15,
        "since_interview": "11 to 20 days",
        "decide_by": "2026-03-09",
        "days_from_promise": 8,
        "timing": "5 to 10 days after",
        "source": "Board",
        "role": "Baker",
        "fit": 4,
        "as_of": "2026-03-31",
        "observed_days": 14,
        "response_on": "2026-03-24",
        "response_days": 7,
        "response_kind": "invitation",
        "positive": True,
        "positive_on": "2026-03-24",
        "positive_days": 7,
        "reached": False,
        "dated_late": False,
        "undated": False,
        "ended_by": "response",
        "ended_days": 7,
        "positive_ended_by": "response",
        "positive_ended_days": 7,
    }


def test_dtypes_and_index_are_the_same_for_no_row_and_for_many():
    none, many = tries(), tries(APPLIED, MET, wrote("2026-03-16"), replied("2026-03-17"))
    assert len(none) == 0
    assert none.columns.tolist() == many.columns.tolist()
    pd.testing.assert_series_equal(none.dtypes, many.dtypes)
    assert isinstance(many.index, pd.RangeIndex)
    kinds = many.dtypes.astype("str")
    assert set(kinds[["date", "decide_by", "as_of", "response_on", "positive_on"]]) == {
        "datetime64[s]"
    }
    assert set(kinds[["positive", "reached", "dated_late", "undated"]]) == {"bool"}
    blankable = ["days_since_interview", "days_from_promise", "response_days", "positive_days"]
    assert set(kinds[blankable]) == {"Int32"}
    never_blank = ["observed_days", "ended_days", "positive_ended_days"]
    assert {str(kind).lower() for kind in kinds[never_blank]} == {"int32"}
    assert kinds[["hour", "message_number", "fit"]].tolist() == ["Int8", "Int16", "Int64"]
    ordered = ("weekday", "part_of_day", "stage", "since_interview", "timing")
    assert all(many[name].cat.ordered for name in ordered)
    assert list(many["weekday"].cat.categories) == [
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "morning"), (11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening")],
)
def test_parts_of_the_day(hour, part):
    assert values(tries({**APPLIED, "hour": hour}), "hour", "part_of_day") == [(hour, part)]
    assert values(tries(APPLIED), "hour", "part_of_day") == [(None, None)]


def test_three_notes_to_three_interviewers_are_one_approach():
    notes = [happened("thank_you", "2026-03-10", method="email", hour=h) for h in (9, 10, 15)]
    found = tries(MET, *notes, replied("2026-03-12"))
    assert values(found, "kind", "hour") == [("interview", None), ("thank_you", 15)]
    assert len(tries(MET, notes[0], {**notes[1], "method": "letter"})) == 3
    assert len(tries(MET, notes[0], replied("2026-03-10", hour=11), notes[2])) == 3
    assert len(tries(MET, notes[0], {**notes[1], "date": "2026-03-11"})) == 3


@pytest.mark.parametrize("hours", [(None, None), (9, 16), (16, 9), (9, 9), (None, 9)])
@pytest.mark.parametrize("outcome", ["sent", "voicemail", "message_taken", "spoke", None])
def test_of_two_calls_the_one_that_left_something_stands(hours, outcome):
    first, second = hours
    found = followed(
        tries(
            MET,
            called("2026-03-16", "no_answer", hour=first),
            called("2026-03-16", outcome, hour=second),
        )
    )
    number = None if outcome == "spoke" else 1
    assert values(found, "outcome", "hour", "message_number") == [(outcome, second, number)]
    assert values(found, "ended_by") == ["as_of"]  # the other call is not the next approach


def test_interviews_of_one_day_are_one_whatever_their_method():
    found = tries(met("2026-03-09", method="phone"), met("2026-03-09", method="video"))
    assert len(found) == 1
    assert len(tries(met("2026-03-09"), met("2026-03-10"))) == 2


# --- Its place: stage, messages, interviews, promises --------------------------------------------


def test_messages_are_numbered_since_the_clock_started():
    found = tries(
        APPLIED,
        wrote("2026-03-03"),
        MET,
        called("2026-03-16", "no_answer"),
        called("2026-03-17", "voicemail"),
        wrote("2026-03-17"),
        happened("thank_you", "2026-03-18"),
        wrote("2026-03-20", outcome=None),
        called("2026-03-23", "spoke"),
        wrote("2026-03-25"),
        replied("2026-03-26"),
        wrote("2026-03-27"),
    )
    of_messages = values(found, "date", "outcome", "message_number")
    assert of_messages == [
        ("2026-03-02", None, None),
        ("2026-03-03", "sent", 1),
        ("2026-03-09", None, None),
        ("2026-03-16", "no_answer", None),
        ("2026-03-17", "sent", 1),  # without hours by outcome: sent, then voicemail
        ("2026-03-17", "voicemail", 1),
        ("2026-03-18", None, None),
        ("2026-03-20", None, 2),
        ("2026-03-23", "spoke", None),
        ("2026-03-25", "sent", 1),
        ("2026-03-27", "sent", 1),
    ]


def test_messages_before_any_clock_are_numbered_from_the_first():
    lives = [wrote("2026-03-03"), wrote("2026-03-06"), MET, wrote("2026-03-16")]
    found = tries(*of_applications(a1=lives, a2=lives))
    assert values(followed(found), "message_number") == [1, 2, 1] * 2


@pytest.mark.parametrize("end", ["rejection", "offer", "withdrawn", "do_not_contact"])
def test_what_is_sent_after_the_end_is_closed_until_an_interview_opens_it_again(end):
    found = tries(
        APPLIED,
        met("2026-03-05"),
        happened(end, "2026-03-09"),
        happened("thank_you", "2026-03-10"),
        replied("2026-03-11"),
        wrote("2026-03-12"),
        met("2026-03-16"),
        wrote("2026-03-20"),
    )
    assert values(found, "stage") == [
        *("application", "interview", "closed", "closed", "interview", "interview")
    ]
    assert js.response_rates(found, within=0).table["n"].tolist() == [4]


@pytest.mark.parametrize(
    ("day", "days", "since"),
    [
        ("2026-03-09", 0, "0 to 3 days"),
        ("2026-03-12", 3, "0 to 3 days"),
        ("2026-03-13", 4, "4 to 6 days"),
        ("2026-03-15", 6, "4 to 6 days"),
        ("2026-03-16", 7, "7 to 10 days"),
        ("2026-03-19", 10, "7 to 10 days"),
        ("2026-03-20", 11, "11 to 20 days"),
        ("2026-03-29", 20, "11 to 20 days"),
        ("2026-03-30", 21, "21 or more days"),
    ],
)
def test_days_since_the_interview(day, days, since):
    found = tries(APPLIED, met("2026-03-04"), MET, wrote(day))
    asked = ("days_since_interview", "since_interview", "timing")
    assert values(found, *asked) == [(None,) * 3] * 3 + [(days, since, "no date named")]


@pytest.mark.parametrize(
    ("day", "days", "timing"),
    [
        ("2026-03-12", -3, "3 or more days before"),
        ("2026-03-13", -2, "0 to 2 days before"),
        ("2026-03-15", 0, "0 to 2 days before"),
        ("2026-03-16", 1, "1 to 4 days after"),
        ("2026-03-19", 4, "1 to 4 days after"),
        ("2026-03-20", 5, "5 to 10 days after"),
        ("2026-03-25", 10, "5 to 10 days after"),
        ("2026-03-26", 11, "11 or more days after"),
    ],
)
def test_days_from_the_promise(day, days, timing):
    found = tries(APPLIED, met("2026-03-09", decide_by="2026-03-15"), wrote(day))
    asked = ("decide_by", "days_from_promise", "timing")
    assert values(found, *asked) == [
        (None, None, None),
        ("2026-03-15", None, None),  # named there; nothing to measure from
        ("2026-03-15", days, timing),
    ]


@pytest.mark.parametrize(
    ("between", "promise"),
    [
        ([], "2026-03-15"),
        ([replied("2026-03-12")], "2026-03-15"),
        ([replied("2026-03-15")], "2026-03-15"),
        ([replied("2026-03-16")], None),
        ([replied("2026-03-12", decide_by="2026-03-22")], "2026-03-22"),
        ([called("2026-03-12", "spoke")], "2026-03-15"),
        ([called("2026-03-16", "spoke")], None),
        ([called("2026-03-12", "spoke", decide_by="2026-03-22")], "2026-03-22"),
        ([called("2026-03-16", "message_taken")], "2026-03-15"),
        ([called("2026-03-16", "message_taken", decide_by="2026-03-22")], "2026-03-22"),
        ([called("2026-03-16", "voicemail", decide_by="2026-03-22")], "2026-03-15"),
        ([happened("thank_you", "2026-03-16", decide_by="2026-03-22")], "2026-03-15"),
        ([met("2026-03-12")], None),
        ([met("2026-03-12", decide_by="2026-03-11")], None),
        ([replied("2026-03-16", decide_by="2026-03-16")], "2026-03-16"),
        ([happened("applied", "2026-03-16")], "2026-03-15"),
        # of one day's interviewers one named a date
        (
            [met("2026-03-12", decide_by="2026-03-16", hour=9), met("2026-03-12", hour=15)],
            "2026-03-16",
        ),
    ],
)
def test_the_promise_in_force(between, promise):
    found = tries(met("2026-03-09", decide_by="2026-03-15"), *between, wrote("2026-03-17"))
    expected = (promise, None, "no date named")
    if promise is not None:
        days = (pd.Timestamp("2026-03-17") - pd.Timestamp(promise)).days
        expected = (promise, days, "1 to 4 days after" if days > 0 else "3 or more days before")
    asked = ("decide_by", "days_from_promise", "timing")
    assert values(found.iloc[[-1]], *asked) == [expected]


def test_a_date_named_in_an_approach_counts_from_then_on():
    found = tries(
        MET,
        called("2026-03-16", "message_taken", decide_by="2026-03-20"),
        wrote("2026-03-23"),
    )
    assert values(followed(found), "decide_by", "days_from_promise") == [
        ("2026-03-20", None),
        ("2026-03-20", 3),
    ]
    twice = [called("2026-03-16", "message_taken", decide_by="2026-03-20", hour=h) for h in (9, 11)]
    assert values(followed(tries(MET, *twice)), "days_from_promise") == [None]


# --- The frame -----------------------------------------------------------------------------------


def test_rows_stand_by_application_whatever_the_order_of_events():
    log = js.simulate_log(300, seed=4)
    found = js.outreach(log, as_of="2026-01-15")
    places = log.applications.index.get_indexer(found["application_id"].astype("str"))
    assert (np.diff(places) >= 0).all()
    assert found["date"].groupby(places).apply(lambda days: days.is_monotonic_increasing).all()
    for seed in range(3):
        shuffled = log.events.sample(frac=1, random_state=seed)
        again = js.outreach(dataclasses.replace(log, events=shuffled), as_of="2026-01-15")
        pd.testing.assert_frame_equal(found, again)


def test_the_order_of_rows_does_not_decide_between_equals():
    """Equal but for hour, promise or method: what the rules leave open never goes by row."""
    events = [
        met("2026-03-09", hour=9, decide_by="2026-03-20"),
        met("2026-03-09", method="video", decide_by="2026-03-18"),
        replied("2026-03-16", method="phone", decide_by="2026-03-25"),
        replied("2026-03-16", method="email", decide_by="2026-03-23"),
        happened("thank_you", "2026-03-17", method="email", hour=9),
        happened("thank_you", "2026-03-17", method="email", hour=16),
        happened("thank_you", "2026-03-17", method="letter"),
        wrote("2026-03-18", method="phone"),
        wrote("2026-03-18"),
        wrote("2026-03-18", outcome=None),
    ]
    log = log_of(*events)
    found = js.outreach(log, as_of="2026-03-31")
    assert values(found[found["kind"] == "interview"], "decide_by") == ["2026-03-20"]
    assert set(values(found.iloc[1:], "decide_by")) == {"2026-03-25"}  # as follow_ups has it
    assert values(js.follow_ups(log, as_of="2026-03-31"), "decide_by") == ["2026-03-25"]
    for seed in range(20):
        shuffled = log.events.sample(frac=1, random_state=seed)
        again = js.outreach(dataclasses.replace(log, events=shuffled), as_of="2026-03-31")
        pd.testing.assert_frame_equal(found, again)


def test_input_is_unchanged():
    log = js.simulate_log(80, seed=2)
    before = log.applications.copy(deep=True), log.events.copy(deep=True)
    js.outreach(log, as_of="2025-12-01")
    pd.testing.assert_frame_equal(log.applications, before[0])
    pd.testing.assert_frame_equal(log.events, before[1])


def test_the_result_is_not_the_logs_own_memory():
    log = log_of(APPLIED, company="Acme")
    found = js.outreach(log, as_of="2026-03-31")
    found.loc[0, ["company", "date"]] = ["Other", pd.Timestamp("2020-01-01")]
    assert log.applications["company"].tolist() == ["Acme"]
    assert log.events["date"].tolist() == [pd.Timestamp("2026-03-02")]


def test_an_application_without_events_has_no_row_and_the_seeker_is_blank_where_unknown():
    log = log_of({**APPLIED, "application_id": "a2"})
    assert log.applications.index.tolist() == ["a1", "a2"]
    found = js.outreach(log, as_of="2026-03-31")
    assert values(found, "application_id", "seeker_id") == [("a2", None)]
    named = log_of({**APPLIED, "application_id": "a2"}, seeker_id={"a1": "s1", "a2": "s2"})
    assert values(js.outreach(named, as_of="2026-03-31"), "seeker_id") == ["s2"]


@pytest.mark.parametrize("as_of", ["31 March", None, 20260331, pd.NaT])
def test_a_day_that_is_none(as_of):
    with pytest.raises(js.SettingError, match="as_of="):
        js.outreach(log_of(APPLIED), as_of=as_of)


def test_as_of_may_be_text_a_date_or_a_timestamp():
    log = log_of(APPLIED, replied("2026-03-09"))
    day = pd.Timestamp("2026-03-09 17:30")
    for as_of in ("2026-03-09", day, day.date(), day.to_datetime64()):
        assert values(js.outreach(log, as_of=as_of), "as_of", "response_days") == [
            ("2026-03-09", 7)
        ]
