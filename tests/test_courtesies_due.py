"""Thank-yous (R12) and courtesy cards (R13), and for how long they are asked for (R20).

In March 2026 the 2nd, 9th and 16th are Mondays.
"""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

import jobsearch_stats as js
from small_logs import ADA, VOICEMAIL, do_on, happened, log_of, met


def thanks(log: js.ApplicationLog, as_of: str, **given: object) -> pd.DataFrame:
    todo = js.agenda(log, as_of=as_of, **{"card_days": 0, "me": ADA, **given})
    return todo[todo["action"] == "thank_you"].reset_index(drop=True)


def cards(log: js.ApplicationLog, as_of: str, **given: object) -> pd.DataFrame:
    todo = js.agenda(log, as_of=as_of, me=ADA, **given)
    return todo[todo["action"] == "courtesy_card"].reset_index(drop=True)


def whom(todo: pd.DataFrame) -> list[str]:
    return sorted(todo["contact"])


# --- Thank-yous: when --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "days", "expected"),
    [
        ("2026-03-02", 30, []),  # the interview is not yet
        ("2026-03-03", 0, []),
        ("2026-03-03", 1, ["2026-03-04"]),
        ("2026-03-04", 0, ["2026-03-04"]),
        ("2026-03-05", 0, ["2026-03-05"]),
        ("2026-03-06", 0, ["2026-03-06"]),
        ("2026-03-07", 7, []),  # lapsed
    ],
)
def test_r12_a_thank_you_is_asked_for_until_the_third_day(as_of, days, expected):
    todo = thanks(log_of(met("2026-03-03", contact="Jana Novak")), as_of, days=days)
    assert do_on(todo, "thank_you") == expected
    if expected:
        row = todo.iloc[0]
        assert (row["method"], row["contact"]) == ("letter", "Jana Novak")
        assert pd.isna(row["message_number"])
        assert "You met on Tuesday 3 March" in row["reason"]
        assert "by Friday 6 March (R12)" in row["reason"]
        assert row["script"].startswith("Dear Jana Novak,")
        assert "on Tuesday 3 March" in row["script"]


@pytest.mark.parametrize(
    ("within", "as_of", "expected"),
    [(0, "2026-03-04", 0), (1, "2026-03-04", 1), (1, "2026-03-05", 0), (9, "2026-03-12", 1)],
)
def test_r12_for_how_long_is_a_setting(within, as_of, expected):
    assert len(thanks(log_of(met("2026-03-03")), as_of, thank_you_days=within)) == expected


def test_r12_a_note_is_written_on_a_monday_or_a_sunday_too():
    log = log_of(met("2026-03-06"))  # a Friday
    assert do_on(thanks(log, "2026-03-08", days=0), "thank_you") == ["2026-03-08"]
    assert do_on(thanks(log, "2026-03-09", days=0), "thank_you") == ["2026-03-09"]


def test_a_note_in_another_year_is_dated_with_its_year():
    log = log_of(met("2025-12-30"))
    assert (
        "30 December 2025: write a thank-you note by Friday 2 January (R12)"
        in (thanks(log, "2026-01-01")["reason"].iloc[0])
    )


# --- Thank-yous: to whom -----------------------------------------------------------------------

BOTH = met("2026-03-03", contact="Jana Novak; Tom Adeyemi", phone="555-0142; 555-0143")


def test_r12_everybody_who_was_met_is_thanked():
    todo = thanks(log_of(BOTH), "2026-03-04")
    assert whom(todo) == ["Jana Novak", "Tom Adeyemi"]
    assert sorted(todo["phone"]) == ["555-0142", "555-0143"]
    separately = (met("2026-03-03", contact=name) for name in ("Jana Novak", "Tom Adeyemi"))
    assert whom(thanks(log_of(*separately), "2026-03-04")) == ["Jana Novak", "Tom Adeyemi"]


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ({"date": "2026-03-04", "contact": "Jana Novak"}, ["Tom Adeyemi"]),
        ({"date": "2026-03-04", "contact": "JANA NOVAK "}, ["Tom Adeyemi"]),
        ({"date": "2026-03-03", "contact": "Jana Novak"}, ["Tom Adeyemi"]),
        ({"date": "2026-03-04", "contact": "Tom Adeyemi;Jana Novak"}, []),
        ({"date": "2026-03-04", "contact": "Somebody Else"}, ["Jana Novak", "Tom Adeyemi"]),
        ({"date": "2026-03-04"}, []),  # it names nobody: all are thanked
        ({"date": "2026-03-04", "contact": " "}, []),
        ({"date": "2026-03-02"}, ["Jana Novak", "Tom Adeyemi"]),  # before the interview
        ({"date": "2026-03-05"}, ["Jana Novak", "Tom Adeyemi"]),  # not yet
        ({"date": "2026-03-04", "application_id": "b2"}, ["Jana Novak", "Tom Adeyemi"]),
    ],
)
def test_r12_who_has_had_a_note_is_not_thanked_again(note, left):
    log = log_of(BOTH, {"kind": "thank_you", **note})
    assert whom(thanks(log, "2026-03-04")) == left


def test_an_interview_that_names_nobody_goes_to_whom_one_would_call():
    screening = met("2026-02-10", contact="Jana Novak", phone="555-0142")
    todo = thanks(log_of(screening, met("2026-03-03")), "2026-03-04")
    assert todo[["contact", "phone"]].to_numpy().tolist() == [["Jana Novak", "555-0142"]]
    unknown = thanks(log_of(met("2026-03-03", phone="555-0142")), "2026-03-04")
    assert unknown["contact"].isna().all()
    assert unknown["phone"].tolist() == ["555-0142"]
    assert unknown["script"].iloc[0].startswith("Hello,")
    note = happened("thank_you", "2026-03-04", contact="Jana Novak")
    assert thanks(log_of(met("2026-03-03"), note), "2026-03-04").empty


def test_nobody_is_thanked_twice_for_one_round_of_talks():
    """A second row of the same day without a name is no further person."""
    log = log_of(met("2026-03-03", contact="Jana Novak"), met("2026-03-03"))
    assert whom(thanks(log, "2026-03-04")) == ["Jana Novak"]
    twice = log_of(met("2026-03-03", contact="Jana Novak"), met("2026-03-04", contact="jana novak"))
    (row,) = thanks(twice, "2026-03-05").to_dict("records")
    assert "You met on Wednesday 4 March" in row["reason"]


def test_each_thank_you_is_for_the_meeting_with_that_person():
    """Not for the latest talk with anybody."""
    log = log_of(
        met("2026-03-03", contact="Jana Novak", method="in_person"),
        met("2026-03-04", contact="Tom Adeyemi", method="phone"),
        {**VOICEMAIL, "date": "2026-03-05", "outcome": "spoke"},
    )
    notes = thanks(log, "2026-03-05").set_index("contact")["script"]
    assert "on Tuesday 3 March. I enjoyed our meeting" in notes["Jana Novak"]
    assert "on Wednesday 4 March. I enjoyed our conversation" in notes["Tom Adeyemi"]


def test_of_two_rows_of_one_day_it_is_never_their_order_that_decides():
    talk = met("2026-03-03", contact="Jana Novak", method="phone", phone="555-0142")
    other = met("2026-03-03", contact="JANA NOVAK", method="phone", phone="555-0143")
    pairs = [(talk, other), (talk, {**other, "method": "video"})]
    for one, two in pairs:
        there, back = (thanks(log_of(*rows), "2026-03-04") for rows in ((one, two), (two, one)))
        pd.testing.assert_frame_equal(there, back)
        assert len(there) == 1


def test_a_number_known_from_before_stands_with_the_thank_you():
    before = happened("reply", "2026-02-27", contact="Jana Novak", phone="555-0142")
    talk = met("2026-03-03", contact="Jana Novak; Tom Adeyemi", decide_by="2026-03-05")
    todo = thanks(log_of(before, talk), "2026-03-04").set_index("contact")
    assert todo["method"].tolist() == ["phone", "phone"]
    assert todo.loc["Jana Novak", "phone"] == "555-0142"
    assert pd.isna(todo.loc["Tom Adeyemi", "phone"])  # hers is not his


# --- Thank-yous: how ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("met_on", "decide_by", "as_of", "method", "on"),
    [
        (
            "2026-03-03",
            "2026-03-07",
            "2026-03-03",
            "letter",
            "2026-03-04",
        ),  # four days: time enough
        ("2026-03-03", "2026-03-06", "2026-03-03", "phone", "2026-03-04"),
        ("2026-03-03", "2026-03-03", "2026-03-03", "phone", "2026-03-04"),
        ("2026-03-03", None, "2026-03-03", "letter", "2026-03-04"),
        ("2026-03-06", "2026-03-09", "2026-03-06", "email", "2026-03-07"),  # Sat, Sun, Mon
        ("2026-03-07", "2026-03-09", "2026-03-07", "phone", "2026-03-10"),  # never on the Monday
        ("2026-03-07", "2026-03-09", "2026-03-09", "phone", "2026-03-10"),
        ("2026-03-05", "2026-03-08", "2026-03-05", "phone", "2026-03-06"),
        ("2026-03-05", "2026-03-08", "2026-03-07", "email", "2026-03-07"),  # the Friday is past
        ("2026-03-05", "2026-03-08", "2026-03-08", "email", "2026-03-08"),
    ],
)
def test_r12_a_promise_within_three_days_means_a_call_on_an_allowed_day_of_them(
    met_on, decide_by, as_of, method, on
):
    todo = thanks(log_of(met(met_on, decide_by=decide_by, contact="Jana Novak")), as_of)
    assert todo["method"].tolist() == [method]
    assert do_on(todo, "thank_you") == [on]
    row = todo.iloc[0]
    begins = {"letter": "Dear Jana", "email": "Subject: Thank you", "phone": "Hello, Jana Novak."}
    assert row["script"].startswith(begins[method])
    assert ("too soon for a letter" in row["reason"]) == (method != "letter")


def test_r12_the_call_obeys_the_strategy_and_the_employers_holidays():
    friday = met("2026-03-06", decide_by="2026-03-09")
    any_day = dataclasses.replace(js.DAY_AFTER, avoid=())
    assert do_on(thanks(log_of(friday), "2026-03-06", strategy=any_day), "thank_you") == [
        "2026-03-09"
    ]
    maundy = met("2026-04-01", decide_by="2026-04-03")  # Good Friday, Easter, Easter Monday follow
    assert do_on(thanks(log_of(maundy, country="DE"), "2026-04-03"), "thank_you") == ["2026-04-03"]
    assert thanks(log_of(maundy, country="DE"), "2026-04-03")["method"].tolist() == ["email"]
    assert thanks(log_of(maundy), "2026-04-03")["method"].tolist() == ["phone"]


def test_who_asks_for_email_is_written_to():
    soon, late = met("2026-03-03", decide_by="2026-03-05"), met("2026-03-03")
    for talk in (soon, late):
        assert thanks(log_of(talk, contact_by="email"), "2026-03-04")["method"].tolist() == [
            "email"
        ]
    assert thanks(log_of(soon, contact_by="phone"), "2026-03-04")["method"].tolist() == ["phone"]


def test_a_hurried_thank_you_goes_by_email_where_no_number_is_known():
    only_email = met("2026-03-03", decide_by="2026-03-05", email="jana@example.com")
    assert thanks(log_of(only_email), "2026-03-04")["method"].tolist() == ["email"]
    both = {**only_email, "phone": "555-0142"}
    assert thanks(log_of(both), "2026-03-04")["method"].tolist() == ["phone"]
    unhurried = {**only_email, "decide_by": None}
    assert thanks(log_of(unhurried), "2026-03-04")["method"].tolist() == ["letter"]


# --- Thank-yous: not to whom -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["rejection", "offer", "withdrawn", "do_not_contact"])
def test_what_is_closed_gets_no_thank_you(kind):
    talk = met("2026-03-03", contact="Jana Novak")
    assert len(thanks(log_of(talk, happened(kind, "2026-03-05")), "2026-03-04")) == 1
    assert thanks(log_of(talk, happened(kind, "2026-03-04")), "2026-03-04").empty


NEVER = happened("do_not_contact", "2026-03-02", application_id="b2")


def test_r14_who_said_never_again_elsewhere_gets_no_thank_you():
    told = {**NEVER, "contact": "Jana Novak", "phone": "202-555-0142", "email": None}
    talk = {**BOTH, "phone": "(202) 555-0142; (202) 555-0143"}
    assert whom(thanks(log_of(talk, told), "2026-03-04")) == ["Tom Adeyemi"]
    hers = met("2026-02-03", contact="Jana Novak", phone="202 555 0142")
    again = met("2026-03-03", contact="Tom Adeyemi; Jana Novak", phone="202-555-0143")
    assert whom(thanks(log_of(hers, again, told), "2026-03-04")) == ["Tom Adeyemi"]
    assert thanks(log_of(hers, {**again, "phone": None}, told), "2026-03-04").empty  # closed


def test_r14_a_barred_number_is_left_out_where_another_address_is_known():
    told = {**NEVER, "phone": "202-555-0142"}
    talk = met("2026-03-03", contact="Jana Novak", phone="(202) 555-0142", email="j@example.com")
    (row,) = thanks(log_of(talk, told), "2026-03-04").to_dict("records")
    assert pd.isna(row["phone"])
    assert row["email"] == "j@example.com"


def test_an_interview_ahead_or_of_another_stage_gets_none():
    assert thanks(log_of(met("2026-03-12")), "2026-03-10").empty
    log = log_of(met("2026-03-03"), happened("applied", "2026-02-10", application_id="b2"))
    assert thanks(log, "2026-03-04", stages="application").empty


# --- Courtesy cards ----------------------------------------------------------------------------

TALK = met("2026-02-10", contact="Jana Novak", email="jana@example.com")
NO = happened("rejection", "2026-03-03")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-03-02", []),
        ("2026-03-03", ["2026-03-03"]),
        ("2026-03-04", ["2026-03-04"]),
        ("2026-03-17", ["2026-03-17"]),
        ("2026-03-18", []),
    ],
)
def test_r13_a_rejection_is_answered_within_14_days(as_of, expected):
    todo = cards(log_of(TALK, NO), as_of)
    assert do_on(todo, "courtesy_card") == expected
    if expected:
        row = todo.iloc[0]
        assert (row["method"], row["contact"]) == ("letter", "Jana Novak")
        assert "on Tuesday 3 March: a short courteous card by Tuesday 17 March" in row["reason"]
        assert "It was a pleasure to meet you" in row["script"]


@pytest.mark.parametrize(
    ("within", "as_of", "expected"),
    [(0, "2026-03-03", 0), (1, "2026-03-04", 1), (1, "2026-03-05", 0), (30, "2026-04-02", 1)],
)
def test_r13_for_how_long_is_a_setting(within, as_of, expected):
    assert len(cards(log_of(TALK, NO), as_of, card_days=within)) == expected


def test_r13_by_email_where_the_application_says_so():
    (row,) = cards(log_of(TALK, NO, contact_by="email"), "2026-03-04").to_dict("records")
    assert row["method"] == "email"
    assert row["script"].startswith("Subject: Thank you")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([NO], 0),  # never met
        ([happened("applied", "2026-01-10"), NO], 0),
        ([TALK, {**NO, "kind": "offer"}], 0),
        ([TALK, {**NO, "kind": "withdrawn"}], 0),
        ([TALK, NO, happened("thank_you", "2026-03-02")], 1),  # before it: another matter
        ([TALK, NO, happened("thank_you", "2026-03-03")], 0),  # the same day counts
        ([TALK, NO, happened("thank_you", "2026-03-04")], 0),
        ([TALK, NO, happened("thank_you", "2026-03-05")], 1),  # not yet
        ([TALK, NO, happened("thank_you", "2026-03-04", application_id="b2")], 1),
        ([TALK, NO, happened("do_not_contact", "2026-03-04")], 0),  # R14 beats R13
        ([TALK, NO, happened("do_not_contact", "2026-02-20")], 0),
        ([TALK, NO, {**NEVER, "email": "JANA@example.com"}], 0),
        ([TALK, NO, {**NEVER, "email": "tom@example.com"}], 1),
        ([TALK, NO, met("2026-03-04")], 0),  # open again
        ([TALK, NO, met("2026-03-09")], 0),  # an appointment: open again
        ([TALK, NO, happened("reply", "2026-03-04")], 1),
        ([TALK, NO, met("2026-03-04"), happened("rejection", "2026-03-04")], 1),
        ([TALK, NO, happened("withdrawn", "2026-03-04")], 0),
    ],
)
def test_r13_when_a_rejection_is_answered_and_when_not(events, expected):
    assert len(cards(log_of(*events), "2026-03-04")) == expected


def test_r13_who_was_only_applied_to_has_no_card_in_any_stage():
    log = log_of(happened("applied", "2026-01-10"), NO)
    both = ("interview", "application")
    assert js.follow_ups(log, as_of="2026-03-04", stages=both)["state"].tolist() == ["closed"]
    assert cards(log, "2026-03-04", stages=both).empty


def test_r13_an_undated_rejection_has_no_card():
    assert cards(log_of(TALK, status_kind="rejected"), "2026-03-04").empty
