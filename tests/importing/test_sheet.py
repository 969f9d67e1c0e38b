"""A spreadsheet, one row per application: one quirk each, with what must come out beside it."""

from __future__ import annotations

import pytest

from importing.reading import happened, one, problems, read
from jobsearch_stats.errors import SettingError


def test_every_kind_of_date_column_is_an_event() -> None:
    log = read(
        "Company,Applied,Confirmation,Interview,Thank-you,Follow-up,Reply,Rejected,Offer,"
        "Withdrawn,Do not contact\n"
        "Acme,2026-02-01,2026-02-02,2026-02-03,2026-02-04,2026-02-05,2026-02-06,2026-02-07,"
        "2026-02-08,2026-02-09,2026-02-10\n"
    )
    assert log.events["kind"].tolist() == [
        "applied",
        "acknowledgement",
        "interview",
        "thank_you",
        "follow_up",
        "reply",
        "rejection",
        "offer",
        "withdrawn",
        "do_not_contact",
    ]


def test_application_columns_are_typed_and_unknown_columns_kept_untouched() -> None:
    log = read(
        "Company,Position,Source,Location,Country,URL,Fit,Priority,Contact by,Strengths,"
        "Reason to call,Notes,Shoe size, Applied ,Status,Notes\n"
        "Acme,Dev,Board,Berlin,Deutschland,https://acme.example.com,4/5,high,e-mail,SQL,offer,hi,"
        " 44 ,2026-02-01,Applied,more\n"
        "Beta,Ops,,,de-by,,7,★★★,pigeon,,,,,,,\n"
    )
    row = log.applications.iloc[0]
    assert row["fit"] == 4
    assert row["wanted"] == 5
    assert row["contact_by"] == "email"
    assert row["country"] == "DE"
    assert (row["strengths"], row["reason_to_call"], row["notes"]) == ("SQL", "offer", "hi")
    assert row["Shoe size"] == " 44 "
    assert row["Notes"] == "more"  # the header stands twice: the first is ours
    assert log.applications["country"].iloc[1] == "DE-BY"
    assert log.applications["wanted"].iloc[1] == 3
    assert problems(log, "blanked") == [(3, "Fit", "7"), (3, "Contact by", "pigeon")]
    assert log.columns.set_index("header")["field"]["Shoe size"] == ""


def test_interviews_and_follow_ups_are_numbered_with_their_own_columns() -> None:
    log = read(
        "Company,1st interview,Second Interview,Decision 1,Decision 2,Follow-up 1,"
        "Follow-up 1 method,Follow-up 1 outcome,Follow-up 2 date,Follow-up 2 method\n"
        "Acme,2026-03-03,2026-03-10,a week,two weeks,2026-03-25,called,no answer,2026-04-01,"
        "emailed\n"
    )
    interviews = log.events[log.events["kind"] == "interview"]
    assert interviews["decide_by"].astype("str").tolist() == ["2026-03-10", "2026-03-24"]
    follow_ups = log.events[log.events["kind"] == "follow_up"]
    assert follow_ups["method"].tolist() == ["phone", "email"]
    assert follow_ups["outcome"].tolist() == ["no_answer", "sent"]


def test_one_promise_column_belongs_to_the_latest_interview_else_to_the_application() -> None:
    log = read(
        "Company,Applied,Interview 1,Interview 2,Decision by\n"
        "Acme,2026-02-01,2026-03-03,2026-03-10,a week\nBeta,2026-02-01,,,2026-02-20\n"
    )
    promised = log.events[log.events["decide_by"].notna()]
    assert promised["date"].astype("str").tolist() == ["2026-03-10", "2026-02-01"]
    assert promised["decide_by"].astype("str").tolist() == ["2026-03-17", "2026-02-20"]


def test_contacts_go_on_interviews_else_on_the_application_else_on_the_first_event() -> None:
    log = read(
        "Company,Applied,Interview 1,Interview 2,Reply,Contact,Contact role,Phone,Email\n"
        "Acme,2026-02-01,2026-03-03,2026-03-10,,Ann,HR,555-0101,ann@example.com\n"
        "Beta,2026-02-01,,,2026-02-03,Bob,Hiring Manager,555-0102,\n"
        "Gamma,,,,2026-02-03,Cy,Wizard,-,n/a\n"
    )
    named = log.events[log.events["contact"].notna()]
    assert list(zip(named["kind"], named["contact"], named["contact_role"], strict=True)) == [
        ("interview", "Ann", "hr"),
        ("interview", "Ann", "hr"),
        ("applied", "Bob", "hiring_manager"),
        ("reply", "Cy", "other"),
    ]
    assert named["phone"].fillna("").tolist() == ["555-0101", "555-0101", "555-0102", ""]
    assert problems(log, "noted") == [(4, "Contact role", "Wizard")]


def test_an_interview_that_is_scheduled_is_an_appointment_with_its_date() -> None:
    log = read("Company,Interview\nA,scheduled 2026-03-04\nB,2026-03-05 (cancelled)\n")
    assert happened(log) == [("2026-03-04", "interview")]
    assert problems(log, "blanked") == [(3, "Interview", "2026-03-05 (cancelled)")]


def test_an_absence_is_an_event_with_until_dated_when_it_is_known() -> None:
    log = read(
        "Company,Applied,Interview,Away until,Back on\n"
        "Acme,2026-02-01,2026-03-03,2026-03-13,\nBeta,2026-02-01,,,2026-02-16\n"
        "Gamma,,,2026-03-13,\n"
    )
    away = log.events[log.events["kind"] == "out_of_office"]
    assert away["date"].astype("str").tolist() == ["2026-03-03", "2026-02-01"]
    assert away["until"].astype("str").tolist() == ["2026-03-13", "2026-02-15"]
    assert problems(log, "blanked") == [(4, "Away until", "2026-03-13")]


def test_do_not_contact_is_dated_or_holds_from_the_latest_event_on() -> None:
    log = read(
        "Company,Applied,Interview,Do not contact\nAcme,2026-02-01,2026-03-03,yes\n"
        "Beta,2026-02-01,,2026-02-20\nGamma,2026-02-01,,no\nDelta,,,yes\n"
    )
    told = log.events[log.events["kind"] == "do_not_contact"]
    assert told["date"].astype("str").tolist() == ["2026-03-03", "2026-02-20"]
    assert [(row, value) for row, _, value in problems(log, "noted")] == [(2, "yes"), (5, "yes")]


def test_an_interview_without_a_usable_date_is_known_and_makes_no_event() -> None:
    log = read(
        "Company,Status,Interview\nA,,yes\nB,Interviewing,\nC,Rejected after interview,\n"
        "D,Interview,2026-03-03\nE,,3/4\nF,Applied,no\nG,Interview scheduled,\n"
    )
    assert log.applications["undated_interview"].tolist() == [
        True,
        True,
        True,
        False,
        True,
        False,
        False,
    ]
    assert happened(log) == [("2026-03-03", "interview")]
    noted = log.problems[log.problems["problem"].str.contains("its date is not known")]
    assert noted["source_row"].tolist() == [2, 3, 4, 6]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("Applied", "applied"),
        ("APPLIED!!", "applied"),
        ("🎉 Offer 🎉", "offer"),
        ("reeejected", "rejected"),
        ("interveiw", "interview"),
        ("Rejectd", "rejected"),
        ("Interview → Rejected", "rejected"),
        ("Applied / no response", "ghosted"),
        ("Rejected (after interview)", "rejected"),
        ("2nd interview", "interview"),
        ("No response", "ghosted"),
        ("ghosted 👻", "ghosted"),
        ("Offer declined", "withdrawn"),
        ("phone screen", "screening"),
        ("Absage", "rejected"),
        ("Zurückgezogen", "withdrawn"),
        ("zurueckgezogen", "withdrawn"),
        ("Vorstellungsgespräch", "interview"),
        ("keine Rückmeldung", "ghosted"),
        ("Offer / rejected", "unknown"),  # by whom?
        ("call Bob", "unknown"),
    ],
)
def test_statuses(status: str, kind: str) -> None:
    log = read(f"Company,Status,Applied\nAcme,{status},2026-02-01\n")
    assert log.applications["status_kind"].tolist() == [kind]
    assert log.applications["status"].tolist() == [status]
    assert happened(log) == [("2026-02-01", "applied")]  # a status has no date


def test_an_unknown_status_is_noted_once_with_its_count() -> None:
    log = read("Company,Status\nA,hmm\nB,Applied\nC,hmm\nD,hmm\n")
    assert problems(log, "noted") == [(2, "Status", "hmm")]
    assert "(3 times)" in log.problems["problem"].iloc[0]


def test_what_was_not_applied_to_is_left_out() -> None:
    log = read(
        "Company,Status,Applied\nA,Wishlist,\nB,SAVED,\nC,to apply,\nD,Saved,2026-02-01\nE,,no\n"
        "F,Rejected,no\n"
    )
    assert log.applications["company"].tolist() == ["D", "F"]
    assert log.problems["problem"].tolist().count("not applied to yet") == 4
    assert (5, None, None) in problems(log, "noted")


def test_words_in_a_date_column_are_read_as_what_they_say() -> None:
    log = read(
        "Company,Applied,Reply,Follow-up\nA,2026-02-01,No response,\nB,2026-02-01,ghosted,\n"
        "C,2026-02-01,Rejected,\nD,2026-02-01,,rejected 2026-02-20\n"
        "E,2026-02-01,,2026-02-21 voicemail\nF,2026-02-01,,2026-02-22 (moon)\n"
        "G,2026-02-01,maybe,\n"
    )
    assert log.applications["status_kind"].astype(object).fillna("").tolist() == [
        "ghosted",
        "ghosted",
        "rejected",
        "",
        "",
        "",
        "",
    ]
    assert [event for event in happened(log) if event[1] != "applied"] == [
        ("2026-02-20", "rejection"),
        ("2026-02-21", "follow_up"),
        ("2026-02-22", "follow_up"),
    ]
    calls = log.events[log.events["kind"] == "follow_up"]
    assert calls["outcome"].astype(object).fillna("").tolist() == ["voicemail", ""]
    assert calls["note"].fillna("").tolist() == ["", "moon"]  # free words cost no date
    assert problems(log, "blanked") == [(8, "Reply", "maybe")]


@pytest.mark.parametrize(
    ("method", "outcome", "read_method", "read_outcome", "note"),
    [
        ("called", "left voicemail", "phone", "voicemail", ""),
        ("phone call", "VM", "phone", "voicemail", ""),
        ("", "no answer", "phone", "no_answer", ""),
        ("", "no answer, left a message", "phone", "voicemail", ""),
        ("", "No answer; left a message with receptionist", "phone", "message_taken", ""),
        ("voicemail", "", "phone", "voicemail", ""),
        ("phone", "", "phone", "", ""),
        ("e-mailed", "", "email", "sent", ""),
        ("Letter", "", "letter", "sent", ""),
        ("WhatsApp", "", "text", "sent", ""),
        ("LinkedIn message", "", "portal", "sent", ""),
        ("in person", "talked to them", "in_person", "spoke", ""),
        ("Telefon", "nicht erreicht", "phone", "no_answer", ""),
        ("Anruf", "gesprochen", "phone", "spoke", ""),
        ("pigeon", "", "", "", "method: pigeon"),
        ("phone", "flew away", "phone", "", "outcome: flew away"),
        ("email", "flew away", "email", "", "outcome: flew away"),
    ],
)
def test_methods_and_outcomes_as_people_write_them(
    method: str, outcome: str, read_method: str, read_outcome: str, note: str
) -> None:
    log = read(
        "Company,Follow-up,Follow-up method,Follow-up outcome\n"
        f'A,2026-03-04,"{method}","{outcome}"\n'
    )
    event = one(log, "follow_up").fillna("")
    assert (event["method"], event["outcome"], event["note"]) == (read_method, read_outcome, note)


def test_planned_and_done_follow_ups_are_told_apart_by_their_header_and_noted_once() -> None:
    log = read(
        "Company,Follow-up,Next follow-up\nA,2026-03-04,2026-03-11\nB,2026-03-05,2026-03-12\n"
    )
    assert happened(log) == [("2026-03-04", "follow_up"), ("2026-03-05", "follow_up")]
    assert log.applications["planned_follow_up_on"].astype("str").tolist() == [
        "2026-03-11",
        "2026-03-12",
    ]
    noted = log.problems.set_index("column")["problem"]
    assert noted["Follow-up"].startswith("read as done")
    assert noted["Next follow-up"].startswith("read as planned")


def test_the_same_company_and_title_twice_is_two_applications_unless_id_or_url_agree() -> None:
    rows = "Acme,Dev,2026-02-01,{}\nAcme,Dev,2026-03-01,{}\n"
    two = read("Company,Title,Applied,URL\n" + rows.format("", ""))
    assert two.applications.index.tolist() == ["acme-dev", "acme-dev-2"]
    other = read("Company,Title,Applied,URL\n" + rows.format("example.com/1", "example.com/2"))
    assert len(other.applications) == 2
    for header in ("URL", "ID"):
        same = read(f"Company,Title,Applied,{header}\n" + rows.format("x1", "x1"))
        assert len(same.applications) == 1
        assert len(same.events) == 2
        assert same.counts["rows_loaded"] == 2


def test_an_id_that_is_no_id_joins_nothing() -> None:
    log = read("ID,Company\nn/a,Acme\nn/a,Beta\n-,Gamma\n7,Delta\n")
    assert log.applications.index.tolist() == ["acme", "beta", "gamma", "7"]


def test_contradictions_are_kept_and_noted() -> None:
    log = read(
        "Company,Applied,Status,Reply,Offer\nA,2026-02-01,No response,2026-02-10,\n"
        "B,2026-02-01,Rejected,,2026-02-10\nC,2026-02-01,,2026-01-10,\n"
    )
    assert len(log.events) == 6
    assert [row for row, _, _ in problems(log, "noted")] == [2, 3, 4]


def test_a_row_of_which_nothing_can_be_made_is_rejected_with_its_text() -> None:
    log = read("Company,Role,Applied\n,Dev,\n,Dev,tomorrowish\n,Dev,2026-02-01\n#REF!,Ops,\n")
    rejected = problems(log, "rejected")
    assert [row for row, _, _ in rejected] == [2, 3, 5]
    assert rejected[0][2] == " | Dev | "
    assert len(log.applications) == 1


def test_formulas_and_their_errors_are_values_that_cannot_be_read() -> None:
    log = read(
        'Company,Role,Notes\n"=HYPERLINK(""x"",""Acme"")",Dev,\nBeta,=A1,=> see mail\n#N/A,x,\n'
    )
    assert problems(log, "blanked") == [
        (2, "Company", '=HYPERLINK("x","Acme")'),
        (3, "Role", "=A1"),
        (4, "Company", "#N/A"),
    ]
    assert log.applications["notes"].tolist() == ["=> see mail"]


def test_the_users_mapping_wins_and_must_name_headers_and_fields_that_exist() -> None:
    text = "Firm X,Applied,Talk,Follow-up\nAcme,2026-02-01,2026-03-03,2026-03-20\n"
    log = read(
        text,
        mapping={"Firm X": "company", "talk": "interview_2", "Follow-up": "planned_follow_up_on"},
    )
    assert log.applications["company"].tolist() == ["Acme"]
    assert happened(log) == [("2026-02-01", "applied"), ("2026-03-03", "interview")]
    assert log.columns["read_as"].tolist()[0] == "company: your mapping"
    with pytest.raises(SettingError, match=r"'firma'.*The fields are"):
        read(text, mapping={"Firm X": "firma"})
    with pytest.raises(SettingError, match=r"'Firm Y'.*'Firm X'"):
        read(text, mapping={"Firm Y": "company"})
    with pytest.raises(SettingError, match="one row per application"):
        read(text, mapping={"Talk": "kind"})
    with pytest.raises(SettingError):
        read(text, mapping=["company"])


def test_a_german_sheet() -> None:
    log = read(
        "Firma;Stelle;Beworben am;Status;Vorstellungsgespräch;Entscheidung bis;Ansprechpartner;"
        "Telefon;Nachgefasst am;Absage\n"
        "Beispiel GmbH;Köchin;13.02.2026;Absage;04.03.2026;zwei Wochen;Frau Muster;030 555 0101;"
        "20.03.2026;25.03.2026\n"
    )
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-03-04", "interview"),
        ("2026-03-20", "follow_up"),
        ("2026-03-25", "rejection"),
    ]
    assert str(one(log, "interview")["decide_by"].date()) == "2026-03-18"
    assert one(log, "interview")["contact"] == "Frau Muster"
