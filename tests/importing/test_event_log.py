"""An event log, one row per event: one quirk each, with what must come out beside it."""

from __future__ import annotations

import pytest

from importing.reading import happened, one, problems, read
from jobsearch_stats.schema import EVENT_COLUMNS, KINDS


def test_our_own_columns_come_back_as_they_were() -> None:
    header = ",".join([*EVENT_COLUMNS, "company", "role", "fit"])
    log = read(
        header + "\n"
        "a1,2026-03-04,14,interview,video,,Ann;Bob,hr;hiring_manager,555-0101;,;b@example.com,"
        "2026-03-11,,went well,9,Acme,Dev,4\n"
        "a1,2026-03-12,,follow_up,phone,message_taken,,,,,2026-03-20,,,9,,,\n"
        "a1,2026-03-21,,out_of_office,,,,,,,,2026-03-29,,9,,,\n"
        "a1,2026-03-30,,reply,email,invited,,,,,,,,9,,,\n"
    )
    first = log.events.iloc[0]
    assert (first["hour"], first["kind"], first["method"]) == (14, "interview", "video")
    assert (first["contact"], first["contact_role"]) == ("Ann;Bob", "hr;hiring_manager")
    assert (first["phone"], first["email"]) == ("555-0101;", ";b@example.com")
    assert first["note"] == "went well"
    assert str(first["decide_by"].date()) == "2026-03-11"
    assert log.events["outcome"].astype(object).fillna("").tolist() == [
        "",
        "message_taken",
        "",
        "invited",
    ]
    assert str(one(log, "out_of_office")["until"].date()) == "2026-03-29"
    assert log.events["source_row"].tolist() == [2, 3, 4, 5]
    assert log.applications.loc["a1", ["company", "role", "fit"]].tolist() == ["Acme", "Dev", 4]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_as_itself(kind: str) -> None:
    assert happened(read(f"company,date,kind\nAcme,2026-03-04,{kind}\n")) == [("2026-03-04", kind)]


@pytest.mark.parametrize(
    ("word", "kind", "method", "outcome"),
    [
        ("Phone screen", "interview", "phone", ""),
        ("Onsite interview", "interview", "in_person", ""),
        ("left voicemail", "follow_up", "phone", "voicemail"),
        ("Called", "follow_up", "phone", ""),
        ("emailed", "follow_up", "email", "sent"),
        ("Thank-you letter", "thank_you", "letter", ""),
        ("auto-reply", "acknowledgement", "", ""),
        ("Invitation", "reply", "", "invited"),
        ("Absage", "rejection", "", ""),
        ("im Urlaub", "out_of_office", "", ""),
    ],
)
def test_kinds_as_people_write_them(word: str, kind: str, method: str, outcome: str) -> None:
    log = read(f"Company,When,Event\nAcme,2026-03-04,{word}\nAcme,2026-03-01,applied\n")
    event = one(log, kind).fillna("")
    assert (event["method"], event["outcome"]) == (method, outcome)


def test_rows_of_one_company_and_role_are_one_application_whatever_their_case() -> None:
    log = read(
        "company,role,date,kind\nAcme,Dev,2026-02-01,applied\n ACME ,dev,2026-03-04,interview\n"
        "Acme,Ops,2026-02-02,applied\n"
    )
    assert log.applications.index.tolist() == ["acme-dev", "acme-ops"]
    assert len(log.events) == 3


def test_a_row_without_an_id_or_a_role_joins_the_only_application_it_can_mean() -> None:
    log = read(
        "application_id,company,role,date,kind\n"
        "x1,Acme,Dev,2026-02-01,applied\n,Acme,Dev,2026-03-01,interview\n"
        ",Acme,,2026-03-08,follow_up\nx1,,,2026-03-09,reply\n"
        "y1,Beta,Dev,2026-02-01,applied\ny2,Beta,Dev,2026-02-02,applied\n"
        ",Beta,Dev,2026-03-01,interview\n"
    )
    owners = log.events.groupby("application_id", observed=True).size()
    assert owners.to_dict() == {"x1": 4, "y1": 1, "y2": 1, "beta-dev": 1}


def test_the_first_value_of_an_application_holds_and_conflicts_are_noted() -> None:
    log = read(
        "company,date,kind,source,fit,colour\nAcme,2026-02-01,applied,,4,red\n"
        "Acme,2026-03-04,interview,Board,5,blue\nAcme,2026-03-05,reply,Friend,,red\n"
    )
    row = log.applications.iloc[0]
    assert (row["source"], row["fit"], row["colour"]) == ("Board", 4, "red; blue")
    assert problems(log, "noted") == [(3, "fit", "5"), (4, "source", "Friend")]


def test_a_row_without_usable_date_or_kind_is_rejected_with_the_reason() -> None:
    log = read(
        "company,date,kind,note\nAcme,,interview,a\nAcme,2026-03-04,dance,b\n"
        "Acme,31/02/2026,reply,c\nAcme,2026-03-04,,d\n,2026-03-04,reply,e\n"
        "Acme,2026-03-05,reply,f\nBeta,,,\n"
    )
    assert [row for row, _, _ in problems(log, "rejected")] == [2, 3, 4, 5, 6]
    reasons = log.problems["problem"].tolist()
    assert "no date" in reasons[0]
    assert "'dance' is not known" in reasons[1]
    assert "'31/02/2026' cannot be used" in reasons[2]
    assert happened(log) == [("2026-03-05", "reply")]
    assert log.applications["company"].tolist() == ["Acme", "Beta"]  # a row may name one only


def test_promises_in_words_count_from_their_event_and_odd_ones_are_noted() -> None:
    log = read(
        "company,date,kind,outcome,decide_by\nAcme,2026-03-04,interview,,two weeks\n"
        "Acme,2026-03-20,follow_up,no answer,Friday\nAcme,2026-03-21,follow_up,spoke,2026-03-20\n"
    )
    assert log.events["decide_by"].astype("str").tolist() == [
        "2026-03-18",
        "2026-03-27",
        "2026-03-20",
    ]
    noted = log.problems.set_index("source_row")["problem"]
    assert "nobody was there" in noted[3]
    assert "before the event" in noted[4]


def test_hours_come_from_their_column_or_the_dates_own_time() -> None:
    log = read(
        "company,date,time,kind\nA,2026-03-04 09:30,,reply\nB,2026-03-04,2:15 pm,reply\n"
        "C,2026-03-04,16 Uhr,reply\nD,2026-03-04,noonish,reply\nE,2026-03-04,25,reply\n"
    )
    assert log.events["hour"].fillna(-1).tolist() == [9, 14, 16, -1, -1]
    assert [row for row, _, _ in problems(log, "blanked")] == [5, 6]


def test_words_that_are_not_known_are_kept_in_the_note_and_noted_once() -> None:
    log = read(
        "company,date,kind,method,outcome,note\nA,2026-03-04,follow_up,pigeon,,coo\n"
        "B,2026-03-04,interview,,splendid,\nC,2026-03-05,follow_up,pigeon,,\n"
    )
    assert log.events["note"].tolist() == [
        "coo; method: pigeon",
        "outcome: splendid",
        "method: pigeon",
    ]
    assert problems(log, "noted") == [(2, "method", "pigeon"), (3, "outcome", "splendid")]


def test_notes_are_the_events_unless_there_is_a_column_note_too() -> None:
    log = read("company,date,kind,notes\nA,2026-03-04,reply,hi\nA,2026-03-05,reply,ho\n")
    assert log.events["note"].tolist() == ["hi", "ho"]
    log = read("company,date,kind,note,notes\nA,2026-03-04,reply,hi,ho\n")
    assert log.events["note"].tolist() == ["hi"]
    assert log.applications["notes"].tolist() == ["ho"]


def test_interviewers_of_one_day_are_one_interview_with_several_contacts() -> None:
    log = read(
        "company,date,hour,kind,contact,contact_role,phone,decide_by\n"
        "A,2026-03-04,,interview,Ann,HR,555-0101,2026-03-11\n"
        "A,2026-03-04,,interview,Bob,,,2026-03-12\n"
        "A,2026-03-05,9,interview,Cy,,,\nA,2026-03-05,14,interview,Di,,,\n"
        "B,2026-03-04,,interview,Ed,,,\n"
    )
    assert log.events["contact"].tolist() == ["Ann;Bob", "Cy", "Di", "Ed"]
    first = log.events.iloc[0]
    assert (first["contact_role"], first["phone"]) == ("hr;", "555-0101;")
    assert str(first["decide_by"].date()) == "2026-03-12"
    assert log.counts["rows_loaded"] == 5
    assert [row for row, _, _ in problems(log, "noted")] == [3]
