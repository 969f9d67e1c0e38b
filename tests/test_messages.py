"""The texts (R5, R9, R12, R13), the wording of dates, and the check of a message."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats import messages
from jobsearch_stats.courtesies import MEND_LINE
from jobsearch_stats.message_check import EVERYDAY
from jobsearch_stats.messages import (
    Me,
    as_me,
    check_message,
    courtesy_card,
    email_message,
    message_for_person,
    thank_you_call,
    thank_you_note,
    voicemail_script,
    when_phrase,
)
from jobsearch_stats.wording import names, one_line

ADA = Me(name="Ada Ferrant", phone="555-0100", email="ada@example.org")
TUESDAY = "2026-03-10"
FOLLOW_UPS = (voicemail_script, message_for_person, email_message)
SPOKEN = (voicemail_script, message_for_person)
DOCS = Path(__file__).parents[1] / "docs" / "messages.md"


# ---------------------------------------------------------------- when it was


@pytest.mark.parametrize(
    ("met_on", "on", "phrase"),
    [
        ("2026-03-10", "2026-03-10", "today"),
        ("2026-03-09", "2026-03-10", "yesterday"),
        ("2026-03-08", "2026-03-09", "yesterday"),  # also over the weekend's end
        ("2025-12-31", "2026-01-01", "yesterday"),
        # this week: Monday said on Wednesday, Tuesday said on Saturday
        ("2026-03-09", "2026-03-11", "on Monday"),
        ("2026-03-10", "2026-03-14", "on Tuesday"),
        # the week before, less than seven days ago
        ("2026-03-06", "2026-03-10", "last Friday"),
        ("2026-03-04", "2026-03-10", "last Wednesday"),
        ("2026-03-03", "2026-03-09", "last Tuesday"),
        # a Tuesday said on the Tuesday after: exactly a week
        ("2026-03-03", "2026-03-10", "last week"),
        ("2026-03-02", "2026-03-10", "last week"),
        ("2026-03-02", "2026-03-14", "last week"),  # twelve days, still the week before
        # ten days ago, but the week before that one
        ("2026-02-27", "2026-03-10", "on Friday 27 February"),
        ("2026-02-28", "2026-03-10", "on Saturday 28 February"),
        # said or met on a Sunday: people do not agree which week that is, so the date
        ("2026-03-08", "2026-03-10", "on Sunday 8 March"),
        ("2026-03-01", "2026-03-10", "on Sunday 1 March"),
        ("2026-03-12", "2026-03-15", "on Thursday 12 March"),
        ("2026-03-02", "2026-03-15", "on Monday 2 March"),
        ("2026-03-01", "2026-03-08", "last week"),  # Sunday to Sunday: all agree
        # 34 days: the date; 35: the month, which is never the present one
        ("2026-02-04", "2026-03-10", "on Wednesday 4 February"),
        ("2026-02-03", "2026-03-10", "in February"),
        ("2026-03-01", "2026-03-31", "on Sunday 1 March"),
        ("2025-12-30", "2026-02-03", "in December"),
        # 183 days: the month alone; 184: with its year
        ("2025-09-08", "2026-03-10", "in September"),
        ("2025-09-07", "2026-03-10", "in September 2025"),
        ("2025-03-10", "2026-03-10", "in March 2025"),
        ("2024-02-29", "2026-03-10", "in February 2024"),
    ],
)
def test_when_phrase_at_its_borders(met_on: str, on: str, phrase: str) -> None:
    assert when_phrase(met_on, on) == phrase


DAYS = st.dates(
    min_value=pd.Timestamp("2020-01-01").date(), max_value=pd.Timestamp("2030-12-31").date()
)


@given(on=DAYS, ago=st.integers(0, 800))
def test_when_phrase_is_true_of_one_stretch_only(on: object, ago: int) -> None:
    now = pd.Timestamp(on)
    then = now - pd.Timedelta(days=ago)
    phrase = when_phrase(then, now)
    weekday, month = then.day_name(), then.month_name()
    monday, sunday = (
        now - pd.Timedelta(days=now.day_of_week),
        now - pd.Timedelta(days=(now.day_of_week + 1) % 7),
    )
    if phrase == "last week":
        for start in (monday, sunday):
            assert start - pd.Timedelta(days=7) <= then < start
        assert ago >= 7
    elif phrase == f"last {weekday}":
        assert 2 <= ago <= 6
        assert then < min(monday, sunday)
    elif phrase == f"on {weekday}":
        assert 2 <= ago <= 6
        assert then >= max(monday, sunday)
    elif phrase.startswith("on "):
        assert phrase == f"on {weekday} {then.day} {month}"
        assert ago <= 34
    elif phrase.startswith("in "):
        assert phrase in (f"in {month}", f"in {month} {then.year}")
        assert (then.year, then.month) != (now.year, now.month)
        assert (str(then.year) in phrase) == (ago > 183)
    else:
        assert phrase == ("today", "yesterday")[ago]


def test_when_phrase_takes_any_kind_of_day_and_looks_back_only() -> None:
    assert when_phrase(np.datetime64("2026-03-03"), pd.Timestamp("2026-03-10 09:30")) == "last week"
    with pytest.raises(js.SettingError, match="met_on=2026-03-11 is after on=2026-03-10") as caught:
        when_phrase("2026-03-11", TUESDAY)
    assert caught.value.name == "met_on"
    with pytest.raises(js.SettingError, match="is not a day"):
        when_phrase("soon", TUESDAY)


# ---------------------------------------------------------------- who is calling


def test_as_me_takes_none_a_me_and_a_mapping() -> None:
    assert as_me(None) == Me() == Me(name="[your name]", phone="[your number]", email=None)
    assert as_me(ADA) is ADA
    assert as_me({"name": "Ada Ferrant", "phone": "555-0100", "email": "ada@example.org"}) == ADA
    assert as_me({"name": "Ada Ferrant", "phone": None}) == Me(name="Ada Ferrant")


@pytest.mark.parametrize(
    ("value", "name", "words"),
    [
        ("Ada", "me", "must be None, a Me, or a mapping"),
        ({"nmae": "Ada"}, "nmae", "it can have name, phone, email"),
        ({"name": "  "}, "name", "not blank"),
        ({"name": "\x00"}, "name", "not blank"),
        ({"phone": 5550100}, "phone", "in quotes"),
        ({"phone": "see below"}, "phone", "no digit"),
        ({"email": ""}, "email", "Leave it out"),
        ({1: "Ada"}, "1", "not known"),
    ],
)
def test_as_me_names_what_is_wrong(value: object, name: str, words: str) -> None:
    with pytest.raises(js.SettingError, match=re.escape(words)) as caught:
        as_me(value)
    assert caught.value.name == name


# ---------------------------------------------------------------- the texts


def test_r9_a_voicemail_says_name_and_number_twice_and_the_meeting() -> None:
    text = voicemail_script(on=TUESDAY, contact="Jana Novak", met_on="2026-03-03", me=ADA)
    assert "following up on our meeting last week" in text
    assert text.count("Ada Ferrant") == 2
    first, last = text.index("555-0100"), text.rindex("555-0100")
    assert first < len(text) / 2 < last


def test_r9_the_wording_follows_the_real_date() -> None:
    assert "our meeting yesterday" in voicemail_script(on=TUESDAY, met_on="2026-03-09")
    assert "our meeting in February" in voicemail_script(on=TUESDAY, met_on="2026-02-01")


def test_an_interview_by_phone_is_a_conversation() -> None:
    for write in FOLLOW_UPS:
        text = write(on=TUESDAY, met_on="2026-03-03", met_by="phone", me=ADA)
        assert "conversation" in text
        assert "meeting" not in text
    assert "our meeting" in voicemail_script(on=TUESDAY, met_on="2026-03-03", met_by="video")


def test_r19_who_never_met_says_that_they_wrote() -> None:
    for write in SPOKEN:
        text = write(on=TUESDAY, wrote_on="2026-02-27", contact="Jana Novak", me=ADA)
        assert re.search(r"I wrote to (you|Jana Novak) on Friday 27 February", text)
        assert "meeting" not in text
    assert "I wrote to you on Friday" in email_message(on=TUESDAY, wrote_on="2026-02-27")


def test_r9_the_person_who_answers_is_asked_to_pass_it_on_and_for_a_good_time() -> None:
    text = message_for_person(on=TUESDAY, contact="Jana Novak", met_on="2026-03-03", me=ADA)
    assert "pass on my name and number" in text
    assert "when would be a good time to reach them?" in text
    nobody = message_for_person(on=TUESDAY, met_on="2026-03-03", me=ADA)
    assert "whom may I ask for" in nobody


@pytest.mark.parametrize("facts", [{"met_on": "2026-02-24"}, {"wrote_on": "2026-02-24"}, {}])
@pytest.mark.parametrize("contact", [None, "Jana Novak"])
def test_r5_the_second_message_is_shorter_dated_easy_to_refuse_and_the_last(
    facts: dict, contact: str | None
) -> None:
    given = {"on": TUESDAY, "contact": contact, "me": ADA, **facts}
    second = {"message_number": 2, "last_message_on": "2026-03-03", **given}
    for write in FOLLOW_UPS:
        text = write(**second)
        assert "last week" in text
        assert re.search(r"if the answer is no,? that is quite all right", text, re.IGNORECASE)
        assert re.search("I will not (call|write) again", text)
    assert len(voicemail_script(**second)) < len(voicemail_script(**given))


def test_only_the_last_message_says_that_it_is_the_last() -> None:
    for write in FOLLOW_UPS:
        for number, limit, last in [(1, 1, False), (2, 3, False), (3, 3, True), (4, 2, True)]:
            text = write(on=TUESDAY, message_number=number, max_messages=limit)
            assert bool(re.search("not (call|write) again", text)) is last
    assert "good time" in message_for_person(on=TUESDAY, message_number=2, max_messages=3)


def test_the_message_before_is_called_what_it_was() -> None:
    given = {"on": TUESDAY, "message_number": 2, "last_message_on": "2026-03-03"}
    assert "I left a message last week" in voicemail_script(**given)
    assert "I wrote to you last week" in voicemail_script(last_message_by="email", **given)
    assert "I wrote to you last week" in email_message(**given)
    assert "I left a message last week" in email_message(last_message_by="phone", **given)
    assert "I left a message earlier" in voicemail_script(on=TUESDAY, message_number=2)


def test_an_email_begins_with_a_discreet_subject() -> None:
    text = email_message(on=TUESDAY, contact="Jana Novak", met_on="2026-03-03", me=ADA)
    assert text.startswith("Subject: Our meeting last week\n\nDear Jana Novak,\n\n")
    assert text.endswith("\n\nKind regards,\nAda Ferrant\n555-0100\nada@example.org")
    assert len(text.split("\n\n", 2)[2].split()) < 60


def test_r12_a_thank_you_note_has_room_for_a_line_that_mends() -> None:
    given = {"on": "2026-03-04", "met_on": "2026-03-03", "contact": "Jana Novak", "me": ADA}
    assert MEND_LINE in thank_you_note(**given)
    mended = thank_you_note(mend="You asked about SQL.\nI do use it.", **given)
    assert "\n\nYou asked about SQL. I do use it.\n\n" in mended
    assert "[" not in mended
    assert "[" not in thank_you_note(mend="", **given)


def test_r12_a_letter_names_the_date_an_email_says_yesterday() -> None:
    given = {"on": "2026-03-04", "met_on": "2026-03-03", "me": ADA}
    assert "your time on Tuesday 3 March." in thank_you_note(**given)
    by_email = thank_you_note(method="email", **given)
    assert by_email.startswith("Subject: Thank you\n")
    assert "your time yesterday." in by_email
    assert "Thank you for your time. " in thank_you_note(on="2026-03-04")


def test_r12_a_thank_you_call_asks_nothing() -> None:
    text = thank_you_call(on="2026-03-04", met_on="2026-03-03", contact="Jana Novak", me=ADA)
    assert "thank you for your time yesterday" in text
    assert "no need to call back" in text
    assert "?" not in text
    assert len(text.split()) < 60


def test_r13_a_card_is_gracious_and_leaves_the_door_open() -> None:
    text = courtesy_card(contact="Jana Novak", met_on="2026-03-03", me=ADA)
    assert text.startswith("Dear Jana Novak,")
    assert "pleasure to meet you" in text
    assert "I would be glad to hear from you" in text
    assert not re.search(r"\b(but|why|however|although|disappoint\w*|feedback)\b", text)
    assert "meet" not in courtesy_card(contact="Jana Novak", met_on=pd.NaT)
    assert courtesy_card(method="email").startswith("Subject: Thank you\n")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"message_number": 0}, "message_number"),
        ({"message_number": True}, "message_number"),
        ({"message_number": 1.5}, "message_number"),
        ({"message_number": pd.NA}, "message_number"),
        ({"max_messages": -1}, "max_messages"),
        ({"met_by": "fax"}, "met_by"),
        ({"last_message_by": "pigeon"}, "last_message_by"),
        ({"met_on": "2026-03-11"}, "met_on"),
        ({"wrote_on": "then"}, "wrote_on"),
        ({"me": "Ada"}, "me"),
    ],
)
def test_facts_that_cannot_be_used_are_named(arguments: dict, name: str) -> None:
    for write in FOLLOW_UPS:
        with pytest.raises(js.SettingError) as caught:
            write(on=TUESDAY, **arguments)
        assert caught.value.name == name


def test_a_note_goes_by_letter_or_email() -> None:
    with pytest.raises(js.SettingError, match='"letter" or "email"'):
        thank_you_note(on=TUESDAY, method="phone")
    with pytest.raises(js.SettingError, match='"letter" or "email"'):
        courtesy_card(method="fax")


@pytest.mark.parametrize("blank", [None, pd.NA, pd.NaT, float("nan")])
def test_what_a_frame_holds_for_nothing_is_nothing(blank: object) -> None:
    text = voicemail_script(on=TUESDAY, contact=blank, met_on=blank, met_by=blank, wrote_on=blank)
    assert text == voicemail_script(on=TUESDAY)
    assert thank_you_note(on=TUESDAY, met_on=blank) == thank_you_note(on=TUESDAY)
    assert courtesy_card(met_on=blank) == courtesy_card()
    number = pd.Series([2], dtype="Int64").iloc[0]
    assert "not call again" in voicemail_script(on=TUESDAY, message_number=number)


# ---------------------------------------------------------------- hostile text


def test_names_pass_as_text_and_controls_are_dropped() -> None:
    contact = "<script>alert(1)</script>\nBcc: all@example.net \x00\x1b[31m עדה 👩🏽‍💻 \u202eevil"
    text = email_message(on=TUESDAY, contact=contact, met_on="2026-03-03", me=ADA)
    greeting = text.split("\n\n")[1]
    assert greeting == ("Dear <script>alert(1)</script> Bcc: all@example.net [31m עדה 👩🏽‍💻 evil,")


@given(st.text())
def test_a_line_is_one_line_that_can_be_encoded(text: str) -> None:
    line = one_line(text + "\ud800")
    assert line.splitlines() in ([], [line])
    assert line.encode().decode() == line
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("Jana Novak;Tom Adeyemi", "Jana Novak and Tom Adeyemi"),
        ("A. One; B. Two; C. Three", "A. One, B. Two and C. Three"),
        ("HR", ""),
        ("Hiring Manager", ""),
        ("the hiring team; Jana Novak", "Jana Novak"),
        ("N/A", ""),
        ("?", ""),
        ("Hr. Yilmaz", "Hr. Yilmaz"),
        ("Nona Unknowne", "Nona Unknowne"),
        (float("nan"), ""),
        (" ; ", ""),
    ],
)
def test_what_is_no_name_is_not_said(contact: object, said: str) -> None:
    assert names(contact) == said


# ---------------------------------------------------------------- the check


def problems(text: str, **given: object) -> list[str]:
    return check_message(text, **given)["found"].tolist()


def said(words: str) -> list[str]:
    """Check words that stand in a message that lacks nothing."""
    return problems(f"This is Ada Ferrant, 555-0100. {words}", me=ADA)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It is about the Interview.", ["Interview"]),
        ("about the job, the job and the JOB", ["job"]),
        ("my application for the vacancy", ["application", "vacancy"]),
        ("I applied for the open position", ["applied", "position"]),
        ("as a candidate, are you hiring?", ["candidate", "hiring"]),
        ("my CV and my résumé", ["CV", "résumé"]),
        ("my re\u0301sume\u0301", ["résumé"]),  # accents as marks of their own
        ("my resume is attached", ["resume"]),
        ("the salary is $85k", ["salary", "$85k"]),
        ("85.000 € or 85 000 €", ["85.000 €", "85 000 €"]),
        ("EUR 85,000 against £60k", ["EUR 85,000", "£60k"]),
        ("85k, 90,000 and US$100", ["85k", "90,000", "US$100"]),
        ("twenty dollars? 20 dollars", ["20 dollars"]),
        ("I have another offer", ["another offer"]),
        (
            "I have a better written\noffer from a competitor",
            ["a better written offer", "competitor"],
        ),
        ("about the project", ["project"]),
        ("your new contract", ["contract"]),
        # what is no hit
        ("You offered to call back.", []),
        ("May I offer you a time?", []),
        ("I am in a position to call at 5.", []),
        ("Shall we resume? I hope to resume our conversation.", []),
        ("Jobson and Jobst at Roleplay, Hirem Projectile.", []),
        ("On 3 March at 10:30, room 85.", []),
        ("I can be reached on 555-0123 too.", []),
        ("Prévoir une interviewée", []),  # letters with accents are letters
    ],
)
def test_what_gives_too_much_away(words: str, found: list[str]) -> None:
    assert said(words) == found


def test_names_of_companies_and_people_are_no_hits() -> None:
    row = {"company": "Interviewer GmbH", "contact": "Jobs, Hire; Tom Offer", "role": None}
    text = "Ada Ferrant for Interviewer on 555-0100, to Jobs, Hire."
    assert problems(text, me=ADA, application=row) == []
    assert problems(text, me=ADA) == ["Interviewer", "Jobs", "Hire"]
    employer = {"name": "Job Okafor", "phone": "555-0100", "email": "job@example.org"}
    assert problems("Job Okafor, 555-0100, job@example.org", me=employer) == []
    assert problems("Job Okafor, 555-0100, about the job", me=employer) == ["job"]
    address = {"name": "Ada", "phone": "555-0100", "email": "Ada.jobs@example.org"}
    assert problems("Ada, 555-0100, Ada.jobs@example.org", me=address) == []


def test_the_title_is_not_said() -> None:
    row = pd.Series({"company": "Acme", "role": "Senior Data Analyst (C++), 2nd Line Support"})
    text = "Ada Ferrant, 555-0100. A senior call about data and the ANALYST, and your support line."
    table = check_message(text, me=ADA, application=row)
    assert table["found"].tolist() == ["data", "ANALYST"]
    assert set(table["problem"]) == {"it names the title"}
    assert problems("Ada Ferrant, 555-0100, analysts", me=ADA, application=row) == []
    assert problems(
        "Ada Ferrant, 555-0100, als Bürokräft",
        me=ADA,
        application={"role": "Bu\u0308rokra\u0308ft"},
    ) == ["Bürokräft"]


@pytest.mark.parametrize(
    ("text", "me", "missing"),
    [
        ("This is Ada Ferrant.", ADA, ["your number is missing"]),
        ("Call 555-0100.", ADA, ["your name is missing"]),
        ("This is Ada, on 555-0100.", ADA, ["your name is missing"]),
        ("ada\nFERRANT, (555) 01 00", ADA, []),
        ("Ada Ferrant, 555.0199", ADA, ["your number is missing"]),
        ("Ada Ferrant, 20 March, 5 5 5, then 0 1 0 0", ADA, ["your number is missing"]),
        ("Ada Ferrant ٥٥٥٠١٠٠", ADA, []),
        ("Adam Ferranti, 1555-0100", ADA, ["your name is missing"]),
        ("Ada, 0212 555 0100", {"name": "Ada", "phone": "+1 212 555 0100 ext. 7"}, []),
        ("Ada, 555 0100", {"name": "Ada", "phone": "+1 212 555 0100"}, ["your number is missing"]),
        ("Hello, call 555-0100", None, []),
        ("Hello, on 2026-03-10", None, ["your number is missing"]),
        ("[your name], [your number]", None, []),
        ("", ADA, ["your name is missing", "your number is missing"]),
    ],
)
def test_what_is_missing(text: str, me: object, missing: list[str]) -> None:
    table = check_message(text, me=me)
    assert table["problem"].tolist() == missing
    assert (table["found"] == "").all()


def test_the_check_is_a_frame_also_when_there_is_nothing_to_mend() -> None:
    table = check_message("Ada Ferrant, 555-0100", me=ADA)
    assert table.columns.tolist() == ["found", "problem", "advice"]
    assert len(table) == 0
    full = check_message("the job", me=ADA)
    assert (full.dtypes == table.dtypes).all()
    assert (full["advice"].str.len() > 10).all()


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"text": None}, "text"),
        ({"text": "Hello", "application": "analyst"}, "application"),
        ({"text": "Hello", "me": 7}, "me"),
    ],
)
def test_the_check_names_what_it_cannot_use(arguments: dict, name: str) -> None:
    with pytest.raises(js.SettingError) as caught:
        check_message(**arguments)
    assert caught.value.name == name


@pytest.mark.parametrize("piece", ["1 ", "a ", "9", "$ ", "the ", "\u0301", "1,000"])
def test_the_check_of_a_very_long_text_does_not_hang(piece: str) -> None:
    table = check_message(piece * 20_000, me=ADA, application={"role": "Data Analyst"})
    assert "your name is missing" in set(table["problem"])


# ---------------------------------------------------------------- ours pass


def _all_texts(contact: object, me: object) -> list[str]:
    """Every variant that the code can make for one contact and one seeker."""
    texts = []
    facts = [
        {"met_on": "2026-03-03", "met_by": "phone"},
        {"met_on": "2026-02-01"},
        {"wrote_on": "2026-02-27"},
        {},
    ]
    befores = [{}, {"last_message_on": "2026-03-03", "last_message_by": "email"}]
    befores += [{"last_message_on": "2026-03-06", "last_message_by": "phone"}]
    given = {"on": TUESDAY, "contact": contact, "me": me}
    for write, fact, before, number, limit in itertools.product(
        FOLLOW_UPS, facts, befores, (1, 2), (2, 3)
    ):
        texts.append(write(message_number=number, max_messages=limit, **given, **fact, **before))
    for fact, method in itertools.product(facts, ("letter", "email")):
        met = {key: value for key, value in fact.items() if key != "wrote_on"}
        texts.append(thank_you_note(method=method, **given, **met))
        texts.append(thank_you_note(method=method, mend="", **given, **met))
        texts.append(thank_you_call(**given, **met))
        met.pop("met_by", None)
        texts.append(courtesy_card(contact=contact, method=method, me=me, **met))
    return texts


@pytest.mark.parametrize("contact", [None, "Jana Novak", "Hiring Manager; Tom Hire"])
@pytest.mark.parametrize("me", [None, ADA, {"name": "Job Offer"}, {"phone": "+1 212 555 0100"}])
def test_every_text_of_ours_passes_the_check(contact: str | None, me: object) -> None:
    row = {"company": "Interview Ltd", "contact": contact, "role": "Head of Data Analysis"}
    for text in _all_texts(contact, me):
        assert check_message(text, me=me, application=row).empty, text


def test_no_title_whatever_can_make_our_texts_fail() -> None:
    """A word of ours that is not an everyday word would be a hit for a title that has it."""
    words = {
        word.casefold()
        for text in _all_texts("Ann", {"name": "Ann", "phone": "555-0100"})
        for word in re.findall(r"[^\W\d_]{2,}", text)
    }
    assert words - {"ann"} <= EVERYDAY
    every_phrase = {when_phrase(day, TUESDAY) for day in pd.date_range("2025-01-01", TUESDAY)}
    spoken = {
        word for phrase in every_phrase for word in re.findall(r"[a-z]{2,}", phrase.casefold())
    }
    assert spoken <= EVERYDAY


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(one_line)


@given(name=NAMES, contact=NAMES, role=st.text(max_size=30), number=st.integers(1, 3))
@example(name="a", contact="job", role="meeting caller", number=1)
@example(name="]", contact="[", role="[your name]", number=2)
def test_ours_pass_for_any_name_and_title(name: str, contact: str, role: str, number: int) -> None:
    me = {"name": name, "phone": "555-0100"}
    for write in FOLLOW_UPS:
        text = write(on=TUESDAY, contact=contact, met_on="2026-03-03", message_number=number, me=me)
        row = {"contact": contact, "role": role}
        left = check_message(text, me=me, application=row)
        # what is left can only be the title inside the names themselves
        assert not set(left["problem"]) - {"it names the title"}, (text, left)


def test_the_module_offers_what_it_lists() -> None:
    assert all(hasattr(messages, name) for name in messages.__all__)


# ---------------------------------------------------------------- the documentation


def test_the_listing_in_the_docs_is_what_the_code_makes() -> None:
    blocks = re.findall(
        r"```python\n(js\..+?)```\s+```text\n(.*?)\n```", DOCS.read_text("utf-8"), re.DOTALL
    )
    assert len(blocks) >= 10
    for code, listing in blocks:
        shown = eval(code, {"js": js, "ada": ADA})
        shown = shown if isinstance(shown, str) else shown.to_string(index=False)
        assert shown == listing, code


def test_the_table_of_dates_in_the_docs_is_what_the_code_says() -> None:
    rows = re.findall(
        r"^\| (\d{4}-\d\d-\d\d) \| (\d{4}-\d\d-\d\d) \|.*\| ([^|]+) \|$",
        DOCS.read_text("utf-8"),
        re.MULTILINE,
    )
    assert len(rows) >= 10
    for met_on, on, phrase in rows:
        assert when_phrase(met_on, on) == phrase.strip('"')
