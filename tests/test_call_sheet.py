"""The call sheet: what one wants to see before a call (R9, R10, R14, R21)."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats.schema import FOLLOW_UP_OUTCOMES, KINDS, METHODS, REPLY_OUTCOMES

ADA = js.Me(name="Ada Ferrant", phone="555-0100")
HOSTILE = "<script>alert('x')</script> & עדה 👩🏽‍💻"


def log_of(*events: dict, **application: object) -> js.ApplicationLog:
    """Return a log of the application "a1" (and of any other that the events name)."""
    ids = ["a1", *{event["application_id"] for event in events if "application_id" in event}]
    applications = pd.DataFrame({"company": "Acme"}, index=ids)
    for name, value in application.items():
        applications[name] = pd.Series({"a1": value})
    return js.ApplicationLog.from_frames(
        applications, pd.DataFrame([{"application_id": "a1", **event} for event in events])
    )


def sheet_of(log: js.ApplicationLog, as_of: str = "2026-03-10", **given: object) -> object:
    return js.call_sheet(log, "a1", as_of=as_of, me=ADA, **given)


INTERVIEW = {
    "date": "2026-03-03",
    "kind": "interview",
    "method": "in_person",
    "contact": "Jana Novak; Tom Adeyemi",
    "contact_role": "hiring_manager",
    "phone": "555-0142; 555-0143",
    "email": "jana@example.com",
    "note": "They liked\nthe dashboard",
    "source_row": 12,
}
VOICEMAIL = {"kind": "follow_up", "method": "phone", "outcome": "voicemail"}


def test_a_sheet_shows_whom_and_where_the_number_comes_from() -> None:
    sheet = sheet_of(log_of(INTERVIEW, role="Data Analyst"))
    assert (sheet.company, sheet.role) == ("Acme", "Data Analyst")
    assert (sheet.contact, sheet.contact_role) == ("Jana Novak", "hiring manager")
    assert (sheet.phone, sheet.email) == ("555-0142", "jana@example.com")
    where = "from the interview of Tuesday 3 March 2026, row 12 of your file"
    assert sheet.phone_from == sheet.email_from == where
    assert f"555-0142 ({where})" in sheet.text


def test_the_latest_event_with_the_number_is_named_and_one_without_a_row_too() -> None:
    later = {**VOICEMAIL, "date": "2026-03-10", "contact": "Jana Novak", "phone": "555-0142"}
    sheet = sheet_of(log_of(INTERVIEW, later), as_of="2026-03-17")
    assert sheet.phone_from == "from the follow-up of Tuesday 10 March 2026"
    assert sheet_of(log_of(INTERVIEW, later), as_of="2026-03-09").phone_from.endswith("your file")


def test_r10_and_r21_strengths_news_and_notes_stand_on_the_sheet() -> None:
    log = log_of(INTERVIEW, strengths="Ran a team of six\n\n Knows SQL", reason_to_call="New paper")
    sheet = sheet_of(log)
    assert sheet.strengths == "Ran a team of six\nKnows SQL"
    assert sheet.reason_to_call == "New paper"
    assert sheet.interview_notes == ("Tuesday 3 March 2026: They liked the dashboard",)
    titles = [line for line in sheet.text.splitlines() if line.isupper()]
    assert "WHY YOU ARE QUALIFIED" in titles
    assert "WHAT IS NEW" in titles
    assert "New paper" not in sheet.script  # it is for the talk, not for the machine


def test_blank_parts_have_no_heading() -> None:
    text = sheet_of(log_of({"date": "2026-03-03", "kind": "interview"})).text
    assert "QUALIFIED" not in text
    assert "NOTES" not in text
    assert "No name is known: ask for one." in text


def test_r9_the_script_is_for_the_day_of_the_call() -> None:
    sheet = sheet_of(log_of(INTERVIEW), as_of="2026-03-07")
    assert sheet.state == "waiting"
    assert sheet.call_on == pd.Timestamp("2026-03-10")
    assert sheet.message_number == 1
    assert "our meeting last week" in sheet.script
    assert "Jana Novak" in sheet.script_for_person
    assert "WHAT TO SAY ON Tuesday 10 March 2026, message 1" in sheet.text
    assert sheet.no_script == ""


def test_the_second_message_names_the_first() -> None:
    log = log_of(INTERVIEW, {**VOICEMAIL, "date": "2026-03-10"})
    sheet = sheet_of(log, as_of="2026-03-17")
    assert sheet.message_number == 2
    assert "I left a message last week" in sheet.script
    wrote = {"date": "2026-03-10", "kind": "follow_up", "method": "email", "outcome": "sent"}
    assert "I wrote to you last week" in sheet_of(log_of(INTERVIEW, wrote), "2026-03-17").script


def test_the_script_follows_the_latest_interview_or_talk() -> None:
    screening = {"date": "2026-02-10", "kind": "interview", "method": "phone"}
    assert "our conversation" in sheet_of(log_of(screening), "2026-02-17").script
    assert "our meeting last week" in sheet_of(log_of(screening, INTERVIEW)).script
    spoke = {"date": "2026-03-10", "kind": "follow_up", "outcome": "spoke"}
    assert "our conversation last week" in sheet_of(log_of(INTERVIEW, spoke), "2026-03-17").script
    applied = {"date": "2026-02-27", "kind": "applied"}
    assert "I wrote to you on Friday 27 February" in sheet_of(log_of(applied)).script


def test_by_email_there_is_a_letter_and_nobody_else_answers() -> None:
    sheet = sheet_of(log_of(INTERVIEW, contact_by="email"), strategy=js.EMAIL_INSTEAD)
    assert sheet.script.startswith("Subject: ")
    assert sheet.script_for_person == ""
    assert "WHAT TO WRITE ON" in sheet.text
    assert "SOMEBODY ELSE" not in sheet.text


def test_r14_who_was_told_never_to_call_gets_no_script_and_no_number() -> None:
    log = log_of(INTERVIEW, {"date": "2026-03-05", "kind": "do_not_contact"})
    sheet = sheet_of(log)
    assert sheet.script == sheet.script_for_person == sheet.phone == sheet.email == ""
    assert sheet.call_on is None
    assert "asked on Thursday 5 March 2026 not to make contact" in sheet.no_script
    assert sheet.no_script in sheet.text
    assert "555-0142" not in sheet.text
    before = sheet_of(log, as_of="2026-03-04")
    assert before.script
    assert before.phone == "555-0142"


def test_r14_a_number_barred_by_another_application_is_not_shown() -> None:
    address = {**INTERVIEW, "contact": "Jana Novak", "phone": "555-0142", "email": None}
    other = {"application_id": "b2", "date": "2026-03-04", "kind": "do_not_contact"}
    sheet = sheet_of(log_of(address, {**other, "phone": "555-0142"}))
    assert sheet.state == "closed"
    assert "555-0142" not in sheet.text
    assert sheet.script == ""


@pytest.mark.parametrize(
    ("events", "as_of", "words"),
    [
        (
            [{"date": "2026-03-20", "kind": "interview"}],
            "2026-03-10",
            "You meet on Friday 20 March",
        ),
        ([{"date": "2026-03-05", "kind": "rejection"}], "2026-03-10", "It is closed"),
        (
            [{**VOICEMAIL, "date": "2026-03-10"}, {**VOICEMAIL, "date": "2026-03-17"}],
            "2026-03-18",
            "silence until Tuesday 24 March 2026 means no",
        ),
        (
            [{**VOICEMAIL, "date": "2026-03-10"}, {**VOICEMAIL, "date": "2026-03-17"}],
            "2026-03-24",
            "let it go",
        ),
    ],
)
def test_where_nothing_is_to_be_said_the_sheet_says_why(
    events: list[dict], as_of: str, words: str
) -> None:
    sheet = sheet_of(log_of(INTERVIEW, *events), as_of=as_of)
    assert words in sheet.no_script
    assert sheet.script == sheet.script_for_person == ""
    assert sheet.message_number == 0
    assert "NOTHING TO SAY" in sheet.text


def test_an_application_without_a_date_has_a_sheet_too() -> None:
    log = log_of({**INTERVIEW, "application_id": "b2"}, strengths="Patience")
    sheet = sheet_of(log)
    assert "Nothing is dated here" in sheet.no_script
    assert sheet.strengths == "Patience"
    assert (sheet.state, len(sheet.history)) == ("", 0)


def test_the_history_ends_on_the_day() -> None:
    log = log_of(
        {"date": "2026-02-10", "kind": "applied", "method": "portal"},
        {**INTERVIEW, "decide_by": "2026-03-12"},
        {"date": "2026-03-11", "kind": "reply"},
    )
    history = sheet_of(log).history
    assert history["kind"].tolist() == ["applied", "interview"]
    text = sheet_of(log).text
    assert "Tuesday 10 February 2026: application, portal" in text
    assert (
        "interview, in person (Jana Novak; Tom Adeyemi), decision by Thursday 12 March 2026. They"
        in text
    )
    assert "reply" not in text


def test_any_form_of_strategy_is_taken() -> None:
    log = log_of(INTERVIEW, {**VOICEMAIL, "date": "2026-03-10"})
    never = sheet_of(log, strategy="NO_FOLLOW_UP")
    assert never.script == ""
    assert "No further message" in never.no_script
    dealt = pd.Series({"a1": js.NO_FOLLOW_UP, "b2": js.DAY_AFTER})
    assert sheet_of(log, strategy=dealt).no_script == never.no_script
    assert "not call again" in sheet_of(log, strategy=pd.Series({"b2": "DAY_AFTER"})).script


def test_hostile_text_is_text_and_is_escaped() -> None:
    log = log_of(
        {**INTERVIEW, "contact": HOSTILE, "note": HOSTILE, "phone": f"555-0142 {HOSTILE}"},
        company=HOSTILE,
        role=HOSTILE,
        strengths=HOSTILE,
        reason_to_call=HOSTILE,
    )
    page = sheet_of(log)._repr_html_()
    assert "<script" not in page
    assert "עדה 👩🏽‍💻" in page
    assert HOSTILE in sheet_of(log).text
    assert repr(sheet_of(log)) == sheet_of(log).text


def test_an_unknown_id_is_answered_with_ids_that_are_near() -> None:
    log = js.ApplicationLog.from_frames(
        pd.DataFrame({"company": ["Acme", "Birch", None]}, index=["acme-01", "b-2", "c-3"]),
        pd.DataFrame({"application_id": ["b-2"], "date": ["2026-03-03"], "kind": ["applied"]}),
    )
    with pytest.raises(js.UnknownNameError, match="Near it are 'acme-01'") as caught:
        js.call_sheet(log, "acme-1", as_of="2026-03-10")
    assert (caught.value.name, caught.value.known) == ("acme-1", ("acme-01",))
    with pytest.raises(js.UnknownNameError, match="Near it are 'b-2'"):
        js.call_sheet(log, "BIRCH", as_of="2026-03-10")  # the company's name
    with pytest.raises(js.UnknownNameError, match="No id is near it"):
        js.call_sheet(log, 77, as_of="2026-03-10")


def test_a_big_log_answers_an_unknown_id_quickly() -> None:
    n = 60_000
    ids = [f"{'zz' if i % 2 else 'aa'}-{i}" for i in range(n)]
    log = js.ApplicationLog.from_frames(
        pd.DataFrame({"company": "Acme"}, index=ids),
        pd.DataFrame({"application_id": ids[:1], "date": ["2026-03-03"], "kind": ["applied"]}),
    )
    with pytest.raises(js.UnknownNameError) as caught:
        js.call_sheet(log, "zz-00001", as_of="2026-03-10")
    assert "zz-1" in caught.value.known or "zz-10001" in caught.value.known


BLANK_OR = st.sampled_from([None, "Jana Novak", "HR", "Jana Novak; Tom Adeyemi"])


@st.composite
def lives(draw: st.DrawFn) -> js.ApplicationLog:
    """Return a log of one application with events of any kind."""
    events = [
        {
            "date": pd.Timestamp("2026-02-01") + pd.Timedelta(days=draw(st.integers(0, 60))),
            "kind": (kind := draw(st.sampled_from(KINDS))),
            "method": draw(st.sampled_from([None, *METHODS])),
            "outcome": draw(
                st.sampled_from(
                    [
                        None,
                        *{"follow_up": FOLLOW_UP_OUTCOMES, "reply": REPLY_OUTCOMES}.get(kind, ()),
                    ]
                )
            ),
            "contact": draw(BLANK_OR),
            "phone": draw(st.sampled_from([None, "555-0142", "555-0142; 555-0143"])),
            "email": draw(st.sampled_from([None, "jana@example.com"])),
            "note": draw(st.sampled_from([None, HOSTILE])),
        }
        for _ in range(draw(st.integers(1, 6)))
    ]
    return log_of(*events, role="Head of Data Analysis")


@settings(max_examples=60, deadline=None)
@given(log=lives(), day=st.integers(0, 90), name=st.sampled_from(list(js.STRATEGIES)))
def test_every_life_has_a_sheet_whose_scripts_pass_the_check(
    log: js.ApplicationLog, day: int, name: str
) -> None:
    as_of = pd.Timestamp("2026-02-01") + pd.Timedelta(days=day)
    events, applications = log.events.copy(), log.applications.copy()
    sheet = js.call_sheet(log, "a1", as_of=as_of, strategy=name, me=ADA)
    pd.testing.assert_frame_equal(log.events, events)
    pd.testing.assert_frame_equal(log.applications, applications)
    assert bool(sheet.script) != bool(sheet.no_script)
    assert "<script" not in sheet._repr_html_()
    row = {"company": "Acme", "role": "Head of Data Analysis", "contact": sheet.contact}
    for text in filter(None, (sheet.script, sheet.script_for_person)):
        assert js.check_message(text, me=ADA, application=row).empty
    if sheet.script:
        assert sheet.call_on >= as_of
        assert 1 <= sheet.message_number <= js.STRATEGIES[name].max_messages
    if sheet.phone:
        assert sheet.phone_from
    if (events.loc[events["date"] <= as_of, "kind"] == "do_not_contact").any():
        assert sheet.script == sheet.phone == sheet.email == ""
