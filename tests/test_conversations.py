"""R22: what goes to one phone number or e-mail address on one day is one conversation."""

from __future__ import annotations

import pytest

import jobsearch_stats as js
from small_logs import ADA, VOICEMAIL, agenda, do_on, log_of, met


def two(first: dict, second: dict, **columns: object) -> js.ApplicationLog:
    """Return two applications interviewed a week ago, at these addresses."""
    a, b = met("2026-03-03", **first), met("2026-03-03", application_id="b2", **second)
    return log_of(a, b, **columns)


def test_one_number_written_in_two_ways_is_one_conversation():
    log = two(
        {"contact": "Jana Novak", "phone": "(202) 555-0108"},
        {"contact": "JANA NOVAK; Tom", "phone": "+1 202 555 0108 ext 4", "decide_by": "2026-03-09"},
        role={"a1": "Analyst", "b2": "Baker"},
        wanted={"a1": 2, "b2": 1},
    )
    (row,) = agenda(log, "2026-03-10").to_dict("records")
    assert row["application_id"] == "a1; b2"
    assert (row["company"], row["role"]) == ("Firm a1; Firm b2", "Analyst; Baker")
    assert row["contact"] == "Jana Novak"
    assert row["phone"] == "(202) 555-0108"
    assert row["reason"].count("R1") == 1
    assert row["reason"].count("R2)") == 1
    assert row["reason"].endswith(" One conversation (R22).")


def test_one_email_address_is_one_conversation():
    log = two({"email": "Jana@Example.com"}, {"email": " jana@example.com"})
    assert agenda(log, "2026-03-10")["application_id"].tolist() == ["a1; b2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"phone": "555-0142"}, {"phone": "555-0143"}),
        ({"phone": "555-0142", "email": "j@example.com"}, {"email": "j@example.com"}),
        ({"phone": "ask at the desk"}, {"phone": "see her card"}),  # no digit in either
        ({}, {}),
    ],
)
def test_other_numbers_are_other_conversations(first, second):
    assert len(agenda(two(first, second), "2026-03-10")) == 2


def test_joins_no_two_days():
    log = two({"phone": "555-0142"}, {"phone": "555-0142", "decide_by": "2026-03-10"})
    todo = agenda(log, "2026-03-10")
    assert todo["application_id"].tolist() == ["a1", "b2"]
    assert do_on(todo, "follow_up") == ["2026-03-10", "2026-03-11"]


def test_old_and_new_are_one_conversation_led_by_the_new():
    log = log_of(
        met("2025-12-02", phone="555-0142"),
        met("2026-03-03", phone="555-0142", application_id="b2"),
        wanted={"a1": 5, "b2": 1},
    )
    row = agenda(log, "2026-03-10").iloc[0]
    assert (row["action"], row["application_id"]) == ("follow_up", "b2; a1")
    assert "our meeting last week" in row["script"]


def test_a_follow_up_leads_a_thank_you():
    log = log_of(
        met("2026-03-03", phone="555-0142"),
        met("2026-03-09", phone="555-0142", application_id="b2", decide_by="2026-03-11"),
        wanted={"a1": 1, "b2": 5},
    )
    (row,) = js.agenda(log, as_of="2026-03-10", days=0, me=ADA).to_dict("records")
    assert (row["action"], row["message_number"]) == ("follow_up", 1)
    assert row["application_id"] == "a1; b2"
    assert "following up on our meeting last week" in row["script"]
    assert "say thank you on the telephone" in row["reason"]


def test_a_first_message_is_not_spoken_as_the_last():
    """The other vacancy's second message would say "I will not call again"."""
    log = log_of(
        met("2026-02-24", phone="555-0142"),
        {**VOICEMAIL, "date": "2026-03-03"},
        met("2026-03-03", phone="555-0142", application_id="b2"),
        wanted={"a1": 5, "b2": 1},
    )
    row = agenda(log, "2026-03-10").iloc[0]
    assert (row["message_number"], row["application_id"]) == (1, "b2; a1")
    assert "not call again" not in row["script"]
    assert "our meeting last week" in row["script"]


def test_a_conversation_stands_where_its_most_wanted_part_stood():
    log = log_of(
        met("2026-03-03", phone="555-0142"),
        met("2026-03-03", phone="555-0199", application_id="b2"),
        met("2026-03-03", phone="555-0142", application_id="c3"),
        wanted={"a1": 1, "b2": 3, "c3": 5},
    )
    assert agenda(log, "2026-03-10")["application_id"].tolist() == ["c3; a1", "b2"]
