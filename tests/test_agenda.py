"""What to do today and in the coming days: follow-ups, interviews, what to let go; their order.

The thank-yous and courtesy cards stand in `test_courtesies_due`, what is joined to one conversation
in `test_conversations`, what holds of every agenda in `test_agenda_properties`.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.agenda import ACTIONS, COLUMNS
from jobsearch_stats.schema import DAY, METHODS
from small_logs import ADA, VOICEMAIL, agenda, do_on, happened, ids_of, log_of, met

LENGTHS = ("days", "thank_you_days", "card_days", "let_go_days", "old_after")
HOSTILE = (
    "=HYPERLINK(1)\n<script>alert('x')</script>;\t\u202eeman",
    "; ;",
    "-1+1\r\n,\"';",
    "עדה שרון 👩🏽‍💻\x00\x1b[31m",
)


# --- Follow-ups --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "days", "expected"),
    [
        ("2026-03-02", 30, []),  # the interview is not yet: an appointment
        ("2026-03-03", 6, []),
        ("2026-03-03", 7, ["2026-03-10"]),
        ("2026-03-09", 0, []),
        ("2026-03-09", 1, ["2026-03-10"]),
        ("2026-03-10", 0, ["2026-03-10"]),
        ("2026-03-11", 0, ["2026-03-11"]),
        ("2026-03-14", 2, []),  # a Saturday, then Sunday and Monday
        ("2026-03-14", 3, ["2026-03-17"]),
        ("2026-03-16", 0, []),
        ("2026-03-16", 1, ["2026-03-17"]),  # on a Monday it says Tuesday
        ("2026-03-17", 0, ["2026-03-17"]),
    ],
)
def test_a_follow_up_stands_on_the_day_on_which_to_call(as_of, days, expected):
    log = log_of(met("2026-03-03", contact="Jana Novak", phone="555-0142"))
    todo = agenda(log, as_of, days=days)
    assert do_on(todo, "follow_up") == expected
    if expected:
        (row,) = todo[todo["action"] == "follow_up"].to_dict("records")
        assert (row["company"], row["contact"], row["phone"]) == (
            "Firm a1", "Jana Novak", "555-0142",
        )  # fmt: skip
        assert (row["method"], row["message_number"]) == ("phone", 1)
        assert "Ada Ferrant" in row["script"]
        assert row["reason"] == js.follow_ups(log, as_of=as_of).loc["a1", "reason"]


def test_a_day_that_is_due_on_a_monday_is_shown_as_the_tuesday():
    log = log_of(met("2026-03-02"))
    assert do_on(agenda(log, "2026-03-09"), "follow_up") == ["2026-03-10"]
    any_day = dataclasses.replace(js.DAY_AFTER, avoid=())
    assert do_on(agenda(log, "2026-03-09", strategy=any_day), "follow_up") == ["2026-03-09"]


def test_the_second_message_is_number_two_and_its_script_says_so():
    log = log_of(met("2026-03-03"), {**VOICEMAIL, "date": "2026-03-10"})
    row = agenda(log, "2026-03-17").iloc[0]
    assert (row["action"], row["message_number"]) == ("follow_up", 2)
    assert "I left a message last week" in row["script"]
    assert "I will not call again" in row["script"]
    thrice = dataclasses.replace(js.DAY_AFTER, max_messages=3)
    assert "not call again" not in agenda(log, "2026-03-17", strategy=thrice)["script"].iloc[0]


def test_by_email_the_script_is_a_letter():
    log = log_of(met("2026-03-03", email="jana@example.com"))
    row = agenda(log, "2026-03-10").iloc[0]
    assert row["method"] == "email"
    assert row["script"].startswith("Subject: Our meeting last week")


@pytest.mark.parametrize(
    ("as_of", "action"),
    [("2026-04-03", "follow_up"), ("2026-04-07", "follow_up"), ("2026-04-08", "old"),
     ("2027-04-08", "old")],
)  # fmt: skip
def test_r20_what_is_more_than_28_days_past_due_is_old(as_of, action):
    """Due on 10 March: 7 April is the 28th day after it."""
    todo = agenda(log_of(met("2026-03-03")), as_of, days=0)
    assert todo["action"].tolist() == [action]
    assert ("(R20)" in todo["reason"].iloc[0]) == (action == "old")
    assert todo["script"].notna().all()


def test_r20_how_long_is_long_past_is_a_setting():
    log = log_of(met("2026-03-03"))
    assert do_on(agenda(log, "2026-03-10", old_after=0), "follow_up") == ["2026-03-10"]
    assert do_on(agenda(log, "2026-03-11", old_after=0), "old") == ["2026-03-11"]


def test_r19_applications_stand_in_it_on_request():
    log = log_of(happened("applied", "2026-03-03"))
    assert agenda(log, "2026-03-10").empty
    both = agenda(log, "2026-03-10", stages=("interview", "application"))
    assert do_on(both, "follow_up") == ["2026-03-10"]
    assert "I wrote to you last week" in both["script"].iloc[0]
    assert do_on(agenda(log, "2026-03-10", stages="application"), "follow_up") == ["2026-03-10"]


def test_a_dealt_trial_is_obeyed_application_by_application():
    log = log_of(*(met("2026-03-03", application_id=i) for i in ("a1", "b2", "c3", "d4")))
    dealt = pd.Series({
        "a1": js.NO_FOLLOW_UP,
        "b2": "day-after",
        "c3": dataclasses.replace(js.DAY_AFTER, name="SLOW", days_without_promise=9),
        "z9": "BEFORE_DECISION",
    })  # fmt: skip
    todo = agenda(log, "2026-03-10", strategy=dealt)
    calls = todo[todo["action"] == "follow_up"].set_index("application_id")["do_on"]
    assert {i: f"{day:%m-%d}" for i, day in calls.items()} == {
        "b2": "03-10", "c3": "03-12", "d4": "03-10",
    }  # fmt: skip


# --- What to let go ----------------------------------------------------------------------------

TWO_MESSAGES = (
    met("2026-03-03"),
    {**VOICEMAIL, "date": "2026-03-10"},
    {**VOICEMAIL, "date": "2026-03-17"},
)
"""Abandoned from 24 March on."""


@pytest.mark.parametrize(
    ("as_of", "given", "expected"),
    [
        ("2026-03-16", {"days": 30}, None),  # the second message is not yet
        ("2026-03-17", {"days": 6}, None),
        ("2026-03-17", {}, "2026-03-24"),
        ("2026-03-23", {"days": 0}, None),
        ("2026-03-23", {"days": 1, "let_go_days": 0}, "2026-03-24"),
        ("2026-03-24", {"days": 0}, "2026-03-24"),
        ("2026-03-24", {"let_go_days": 0}, None),
        ("2026-03-24", {"let_go_days": 1}, "2026-03-24"),
        ("2026-03-25", {"let_go_days": 1}, None),
        ("2026-03-25", {"days": 0}, "2026-03-25"),
        ("2026-03-30", {"days": 0}, "2026-03-30"),
        ("2026-03-31", {}, None),
    ],
)
def test_r20_let_go_is_announced_and_shows_for_a_week(as_of, given, expected):
    todo = agenda(log_of(*TWO_MESSAGES), as_of, **given)
    assert do_on(todo, "let_go") == ([] if expected is None else [expected])
    assert todo["script"].isna().all() or expected is None
    assert todo.loc[todo["action"] == "let_go", ["method", "message_number"]].isna().all(axis=None)


def test_a_reply_takes_it_off_the_list_again():
    log = log_of(*TWO_MESSAGES, happened("reply", "2026-03-25"))
    assert do_on(agenda(log, "2026-03-24"), "let_go") == ["2026-03-24"]
    assert do_on(agenda(log, "2026-03-25"), "let_go") == []
    assert do_on(agenda(log, "2026-03-25"), "follow_up") == ["2026-04-01"]


def test_what_the_sheet_calls_ghosted_is_not_let_go_outside_the_days_shown():
    log = log_of(*TWO_MESSAGES, status_kind="ghosted")
    assert agenda(log, "2026-03-18", days=3).empty
    assert do_on(agenda(log, "2026-03-18"), "let_go") == ["2026-03-24"]


# --- Interviews --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "days", "expected"),
    [
        ("2026-03-09", 2, []),
        ("2026-03-09", 3, ["2026-03-12"]),
        ("2026-03-12", 0, ["2026-03-12"]),
        ("2026-03-13", 0, []),
    ],
)
def test_an_interview_is_prepared_until_its_day(as_of, days, expected):
    people = (met("2026-03-12", contact=name) for name in ("Jana Novak", "Tom Adeyemi"))
    todo = agenda(log_of(*people), as_of, days=days)
    assert do_on(todo, "prepare_interview") == expected
    if expected:
        assert "When do you expect to decide" in todo["script"].iloc[0]
        said = "interview today" if as_of == expected[0] else "interview on Thursday 12 March"
        assert said in todo["reason"].iloc[0]
        assert todo["method"].isna().all()


def test_every_interview_of_the_days_shown_is_prepared():
    days = ("2026-03-10", "2026-03-12", "2026-03-16", "2026-03-18")
    log = log_of(*(met(day) for day in days))
    assert do_on(agenda(log, "2026-03-10"), "prepare_interview") == list(days[:3])


def test_nothing_is_prepared_that_is_closed():
    talk, no = met("2026-03-10"), happened("rejection", "2026-03-10")
    assert agenda(log_of(talk, no), "2026-03-10").empty
    never = happened("do_not_contact", "2026-03-09")
    assert agenda(log_of(never, met("2026-03-12")), "2026-03-10").empty
    invited = log_of(happened("rejection", "2026-03-09"), met("2026-03-12"))
    assert do_on(agenda(invited, "2026-03-10"), "prepare_interview") == ["2026-03-12"]


# --- Order -------------------------------------------------------------------------------------


def test_sorted_by_day_then_by_how_much_it_is_wanted_blanks_last():
    later = met("2026-03-04", application_id="e5")
    log = log_of(
        later,
        *(met("2026-03-03", application_id=i) for i in ("a1", "b2", "c3", "d4")),
        wanted={"a1": None, "b2": 1, "c3": 5, "d4": None, "e5": 5},
    )
    todo = agenda(log, "2026-03-10")
    assert todo["application_id"].tolist() == ["c3", "b2", "a1", "d4", "e5"]
    assert todo["do_on"].is_monotonic_increasing


def test_thank_you_first_puts_the_thank_yous_of_a_day_first():
    log = log_of(
        met("2026-03-03"),
        met("2026-03-09", application_id="b2"),
        met("2026-03-09", application_id="c3"),
        wanted={"a1": 5, "b2": 1, "c3": 2},
    )

    def order(strategy: object) -> list[str]:
        return js.agenda(log, as_of="2026-03-10", days=0, strategy=strategy)[
            "application_id"
        ].tolist()

    assert order("DAY_AFTER") == ["a1", "c3", "b2"]
    assert order("THANK_YOU_FIRST") == ["c3", "b2", "a1"]
    assert order(pd.Series({"b2": js.THANK_YOU_FIRST})) == ["b2", "a1", "c3"]


def test_r21_a_reason_to_call_stands_on_the_call_sheet_of_the_row():
    log = log_of(met("2026-03-03"), reason_to_call="Another firm wants my answer")
    todo = agenda(log, "2026-03-10")
    sheet = js.call_sheet(log, todo["application_id"].iloc[0], as_of="2026-03-10", me=ADA)
    assert sheet.reason_to_call == "Another firm wants my answer"
    assert sheet.script == todo["script"].iloc[0]
    assert "firm" not in sheet.script


# --- Shape and arguments -----------------------------------------------------------------------


def columns_and_dtypes(todo: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in todo.dtypes.items()}


@pytest.mark.parametrize(
    ("log", "as_of"),
    [
        (log_of(), "2026-03-10"),
        (log_of(met("2026-03-03")), "2026-03-10"),
        (log_of(met("2026-03-03")), "1900-01-01"),
        (log_of(met("2026-03-03")), "2250-01-01"),
        (js.ApplicationLog.from_frames(pd.DataFrame(index=[]), pd.DataFrame(
            {"application_id": [], "date": [], "kind": []})), "2026-03-10"),
    ],
    ids=["nothing happened", "one row", "long ago", "far off", "nothing at all"],
)  # fmt: skip
def test_columns_and_dtypes_are_as_documented_also_when_it_is_empty(log, as_of):
    todo = js.agenda(log, as_of=as_of)
    assert tuple(todo.columns) == COLUMNS
    assert columns_and_dtypes(todo) == dict.fromkeys(COLUMNS, "str") | {
        "do_on": DAY, "action": "category", "method": "category", "message_number": "Int64",
    }  # fmt: skip
    assert todo["action"].cat.categories.tolist() == list(ACTIONS)
    assert todo["method"].cat.categories.tolist() == list(METHODS)
    assert todo.index.equals(pd.RangeIndex(len(todo)))
    assert isinstance(todo.attrs["notes"], list)
    assert len(todo) == (as_of != "1900-01-01" and len(log.events))


@pytest.mark.parametrize("me", [None, ADA, {"name": "Ada Ferrant", "phone": "555-0100"}])
def test_me_can_be_given_in_every_form(me):
    script = js.agenda(log_of(met("2026-03-03")), as_of="2026-03-10", me=me)["script"].iloc[0]
    assert ("Ada Ferrant, 555-0100" in script) == (me is not None)
    assert ("[your name], [your number]" in script) == (me is None)


@pytest.mark.parametrize(
    "name", ["days", "thank_you_days", "card_days", "let_go_days", "old_after"]
)
@pytest.mark.parametrize("value", [-1, 1.5, "7", None, True, 10**6, 2**40, float("nan")])
def test_days_that_are_none_are_refused(name, value):
    with pytest.raises(js.SettingError, match=rf"{name}=.* whole number of days, 0 to") as caught:
        js.agenda(log_of(met("2026-03-03")), as_of="2026-03-10", **{name: value})
    assert caught.value.name == name


def test_the_longest_days_are_taken():
    events = (met("2026-03-09"), met("2026-03-09", application_id="b2"))
    log = log_of(*events, happened("rejection", "2026-03-10"))
    most = dict.fromkeys(LENGTHS, np.int64(36_500))
    todo = js.agenda(log, as_of="2026-03-10", **most)
    assert set(todo["action"]) == {"thank_you", "courtesy_card", "follow_up"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"as_of": "10/03/2026"}, 'as_of=.* Write it as "2026-03-10"'),
        ({"as_of": None}, "as_of=None is not a day"),
        ({"stages": ("offer",)}, "stages=.* must hold 'interview', 'application', or both"),
        ({"me": "Ada"}, "me='Ada' must be None, a Me, or a mapping"),
        ({"strategy": "SOMEDAY"}, "there is no strategy 'SOMEDAY'; there are DAY_AFTER"),
        ({"strategy": 3}, "strategy=3 is neither a Strategy nor the name of one"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_way_out(given, words):
    with pytest.raises(js.JobSearchStatsError, match=words):
        js.agenda(log_of(), **{"as_of": "2026-03-10", **given})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_carried_and_break_nothing(text):
    ids = (f"a{text}", f"b{text}")
    log = log_of(
        *(met("2026-03-03", application_id=i, contact=text, phone=f"555-0142 {text}",
              email=f"{text} {i}", note=text) for i in ids),
        met("2026-03-09", application_id=ids[0], contact=text, phone=text, decide_by="2026-03-11"),
        met("2026-03-09", contact=text, email=text),
        happened("rejection", "2026-03-09"),
        company=text, role=text, reason_to_call=text, contact_by="email", undated_interview=True,
    )  # fmt: skip
    for strategy in (js.DAY_AFTER, js.NO_FOLLOW_UP, js.THANK_YOU_FIRST):
        todo = js.agenda(log, as_of="2026-03-10", strategy=strategy, days=30, me=ADA)
        assert {"follow_up", "thank_you", "courtesy_card"} - {
            "follow_up" if strategy.name == "NO_FOLLOW_UP" else ""
        } <= set(todo["action"])
        assert (todo["company"] == text).all()
        assert set(ids_of(todo, *ACTIONS)) <= {"a1", *ids} or ";" in text
        assert not todo["script"].str.contains("[\x00\x1b\u202e]", na=False).any()
        assert not todo["reason"].str.contains("script").any()
