"""Headers as people write them: what each is read as, and what it must not be read as."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from importing.reading import fields_of, happened, people, problems, read, read_as
from jobsearch_stats import read_log
from jobsearch_stats.errors import ReadError, SettingError
from jobsearch_stats.importing.fields import FIELDS, NUMBERED, split_number, with_number
from jobsearch_stats.importing.headers import date_order_of, reading
from jobsearch_stats.importing.words import vocabulary


def said(header: str) -> tuple[str, int] | None:
    """Return the one field and the number that a header says, or None."""
    found = reading(header)
    return None if found is None else (found.fields[0], found.number)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("COMPANY NAME", "company"),
        ("  Company:* ", "company"),
        ("🏢 Company", "company"),
        ("Company/Employer", "company"),
        ("companyName", "company"),
        ("company_name", "company"),
        ("Role / Position", "role"),
        ("Job\nTitle", "role"),
        ("Applied (yyyy-mm-dd)", "applied"),
        ("Applied (yes/no)", "sent"),
        ("Applied?", "applied"),
        ("appliedAt", "applied"),
        ("dateApplied", "applied"),
        ("Date applied", "applied"),
        ("Applied date", "applied"),
        ("Bewerbungsdatum (TT.MM.JJJJ)", "applied"),
        ("Date [MM/DD]", "date"),
        ("Date/Time", "date"),
        ("Interview date / time", "interview"),
        ("Interview\nDate", "interview"),
        ("Date of phone screen", "interview"),
        ("Rejection email date", "rejection"),
        ("Date of rejection", "rejection"),
        ("Date heard back", "reply"),
        ("Response?", "reply"),
        ("Follow-up call date", "follow_up"),
        ("follow_up_at", "planned_follow_up_on"),
        ("Interviewer", "contact"),
        ("Status date", "status_on"),
    ],
)
def test_a_header_is_read_whatever_its_dress(header: str, field: str) -> None:
    assert said(header) == (field, 0)


@pytest.mark.parametrize(
    ("header", "field", "number"),
    [
        ("Interview 1", "interview", 1),
        ("Interview #2", "interview", 2),
        ("1st Interview Date", "interview", 1),
        ("Date of 1st interview", "interview", 1),
        ("second interview", "interview", 2),
        ("Interview 2 date/time", "interview", 2),
        ("interview2Date", "interview", 2),
        ("Interview 2 with", "contact", 2),
        ("Interviewer 2", "contact", 2),
        ("Interview 1 type", "interview_method", 1),
        ("Round 2", "interview", 2),
        ("Follow-up 2 method", "follow_up_method", 2),
        ("Follow up 3 (email)", "follow_up", 3),
        ("Contact 2", "contact", 2),
        ("Contact 1 Name", "contact", 1),
        ("Contact 2 phone", "phone", 2),
        ("2nd contact person email", None, 0),
        ("contact_2_role", "contact_role", 2),
        ("Decision date 2", "decide_by", 2),
    ],
)
def test_a_number_belongs_to_its_header(header: str, field: str | None, number: int) -> None:
    assert said(header) == (None if field is None else (field, number))


@pytest.mark.parametrize(
    "header",
    [
        "Contract type",
        "Response rate",
        "Offer amount",
        "Offered salary",
        "Offer expiry date",
        "Date posted",
        "Deadline",
        "Closing date",
        "Start date",
        "End date",
        "Referral",
        "Referral date",
        "Cover letter sent?",
        "Notes from interview",
        "Interview prep",
        "Interview feedback",
        "Number of interviews",
        "Salary",
        "Follow-up needed?",
        "Phone/Email",
        "Company/Role",
        "Company size",
        "First contact",
        "Last contact",
        "Last updated",
        "First name",
        "Year 2",
        "#",
        "🙂",
        "",
    ],
)
def test_what_only_looks_like_a_known_header_is_not_read(header: str) -> None:
    assert said(header) is None


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("Applied (MM/DD/YYYY)", "month-first"),
        ("Date [MM/DD]", "month-first"),
        ("Date applied dd/mm/yyyy", "day-first"),
        ("Beworben (TT.MM.JJJJ)", "day-first"),
        ("Date (jj/mm/aaaa)", "day-first"),
        ("Applied (yyyy-mm-dd)", None),
        ("Applied (yyyy-mm-dd or dd/mm/yyyy)", "day-first"),
        ("Date (mm/dd or dd/mm)", None),
        ("Applied", None),
        ("Comma/Add-on", None),
    ],
)
def test_a_header_may_state_the_order_of_its_dates(header: str, order: str | None) -> None:
    assert date_order_of(header) == order


def test_names_of_fields_and_numbers_come_apart_and_together_again() -> None:
    for name in NUMBERED:
        assert split_number(with_number(name, 2)) == (name, 2)
        assert said(with_number(name, 2)) == (name, 2)
    for name in FIELDS:
        assert split_number(name) == (name, 0)
        assert with_number(name, 0) == name


def test_an_alias_may_bring_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    reading.cache_clear()
    monkeypatch.setitem(vocabulary().headers, "ersteruntde", ("interview_1",))
    assert said("Ersteruntde") == ("interview", 1)
    assert said("Ersteruntde 2") is None  # which of the two?
    reading.cache_clear()


def test_columns_say_how_every_header_was_read_with_its_number() -> None:
    log = read(
        "Company,Role,Interview 1,Interview 2,Interview 2 type,Salary,\n"
        "Acme,Dev,2026-03-02,2026-03-09,video,100,\n"
    )
    assert list(log.columns.itertuples(index=False, name=None)) == [
        ("Company", "company", "company"),
        ("Role", "role", "role"),
        ("Interview 1", "interview", "interview 1"),
        ("Interview 2", "interview", "interview 2"),
        ("Interview 2 type", "interview_method", "interview_method 2"),
        ("Salary", "", "not understood: kept as it is"),
    ]
    assert log.events["method"].isna().tolist() == [True, False]
    assert log.events["method"].iloc[1] == "video"


def test_stage_columns_are_interviews_in_their_order() -> None:
    log = read(
        "Company,Applied,Phone screen,Technical,Take-home,Onsite,Offer\n"
        "Acme,2026-02-01,2026-02-10,2026-02-17,2026-02-20,2026-03-01,n/a\n"
        "Beta,2026-02-02,2026-02-11,n/a,,no,\n"
        "Gamma,2026-02-03,yes,,,,\n"
    )
    assert fields_of(log) == {
        "Company": "company",
        "Applied": "applied",
        "Phone screen": "interview",
        "Technical": "interview",
        "Take-home": "",
        "Onsite": "interview",
        "Offer": "offer",
    }
    assert read_as(log)["Onsite"] == "interview 3: by its place"
    interviews = log.events[log.events["kind"] == "interview"]
    assert list(
        zip(interviews["application_id"], interviews["date"].dt.strftime("%m-%d"), strict=True)
    ) == [("acme", "02-10"), ("acme", "02-17"), ("acme", "03-01"), ("beta", "02-11")]
    assert log.applications["undated_interview"].tolist() == [False, False, True]
    assert log.applications["Take-home"].iloc[0] == "2026-02-20"


def test_onsite_alone_is_where_one_works() -> None:
    log = read("Company,Applied,Onsite\nAcme,2026-02-01,yes\n")
    assert fields_of(log)["Onsite"] == ""
    assert log.applications["undated_interview"].tolist() == [False]


def test_a_slip_of_the_pen_is_suggested_and_never_read() -> None:
    log = read("Compnay,Position,Applied,Interveiw 2 date\nAcme,Dev,2026-02-01,2026-03-01\n")
    assert fields_of(log)["Compnay"] == ""
    assert read_as(log)["Compnay"] == (
        'not understood: kept as it is; did you mean company? mapping={"Compnay": "company"}'
    )
    assert read_as(log)["Interveiw 2 date"].endswith(
        'did you mean interview_2? mapping={"Interveiw 2 date": "interview_2"}'
    )
    assert happened(log) == [("2026-02-01", "applied")]


def test_no_suggestion_names_what_another_column_is_already() -> None:
    log = read("Company,Compnay,Applied\nAcme,x,2026-02-01\n")
    assert read_as(log)["Compnay"] == "not understood: kept as it is"


def test_the_order_that_a_header_states_decides() -> None:
    log = read("Company,Applied (MM/DD/YYYY)\nAcme,03/05/2026\n")
    assert happened(log) == [("2026-03-05", "applied")]
    log = read("Company,Applied (DD/MM/YYYY),Rejected\nAcme,03/05/2026,04/06/2026\n")
    assert happened(log) == [("2026-05-03", "applied"), ("2026-06-04", "rejection")]
    with pytest.raises(ReadError, match="date_order"):  # the header is contradicted
        read("Company,Applied (MM/DD/YYYY)\nAcme,03/05/2026\nBeta,25/05/2026\n")


def test_blank_duplicate_padded_and_trailing_headers() -> None:
    log = read(
        "  Company  ,,Interview,Interview,Notes,Notes,,\nAcme,x,2026-03-02,2026-03-09,one,two,,\n"
    )
    assert happened(log) == [("2026-03-02", "interview"), ("2026-03-09", "interview")]
    row = log.applications.loc["acme"]
    assert (row["column 2"], row["notes"], row["Notes"]) == ("x", "one", "two")
    assert read_as(log)["Interview"] == "interview 2: by its place"
    assert log.columns["read_as"].tolist()[4:6] == [
        "notes",
        "kept as it is: 'Notes' is notes already",
    ]


def test_a_blank_field_in_the_mapping_keeps_a_column_and_left_out_drops_it() -> None:
    log = read(
        "Company,Applied,Rejected,Diary\nAcme,2026-02-01,2026-03-01,private\n",
        mapping={"Rejected": "", "diary": "(left out)"},
    )
    assert happened(log) == [("2026-02-01", "applied")]
    assert log.applications["Rejected"].tolist() == ["2026-03-01"]
    assert "Diary" not in log.applications
    assert fields_of(log) == {
        "Company": "company",
        "Applied": "applied",
        "Rejected": "",
        "Diary": "(left out)",
    }
    assert read_as(log)["Rejected"] == "kept as it is: your mapping"
    with pytest.raises(SettingError, match='"" keeps a column as it is'):
        read("Company\nAcme\n", mapping={"Company": "firm"})


def test_nothing_understood_shows_headers_wanted_fields_and_what_comes_near() -> None:
    with pytest.raises(ReadError) as raised:
        read("Compnay,Thing,Colour\na,b,c\n")
    message = str(raised.value)
    assert message.startswith(
        "nothing in the open file is understood. Its headers are 'Compnay', 'Thing', 'Colour'."
    )
    assert "Wanted: company and role" in message
    assert 'Did you mean mapping={"Compnay": "company"}?' in message


@pytest.mark.parametrize(
    "row",
    [
        "Acme,Dev,2026-03-01",
        "Acme,Dev,ann@example.com",
        "Acme,Dev,https://example.com/jobs/1",
        "Acme,Dev,(555) 555-0101",
        "Acme,Applied,2026-03-01",
    ],
)
def test_no_header_row_shows_the_first_row_and_how_to_pass_names(row: str) -> None:
    shown = ", ".join(f'"{cell}"' for cell in row.split(","))
    with pytest.raises(ReadError) as raised:
        read(f"{row}\nBeta,Ops,\n")
    assert str(raised.value) == (
        f"the open file has no header row: its first row is {shown}. Pass "
        'names=["company", "role", "applied", ...], one name per column (3 of them), or '
        "header_row= if the header is further down."
    )


def test_names_stand_in_for_the_missing_header() -> None:
    log = read("Acme,Dev,2026-03-01\nBeta,Ops,2026-03-02\n", names=["company", "role", "applied"])
    assert happened(log) == [("2026-03-01", "applied"), ("2026-03-02", "applied")]


def test_names_stand_in_for_the_missing_header_of_a_workbook_and_a_page(tmp_path: Path) -> None:
    names = ["company", "role", "applied"]
    rows = [("Acme", "Dev", "2026-03-01"), ("Beta", "Ops", "2026-03-02")]
    book, page = tmp_path / "search.xlsx", tmp_path / "search.html"
    pd.DataFrame(rows).to_excel(book, header=False, index=False)
    page.write_text(pd.DataFrame(rows).to_html(header=False, index=False), encoding="utf-8")
    for path in (book, page):
        log = read_log(path, names=names)
        assert happened(log) == [("2026-03-01", "applied"), ("2026-03-02", "applied")]
        assert log.counts["rows_read"] == len(rows)
        with pytest.raises(ReadError, match="has no header row"):
            read_log(path)


def test_a_date_in_a_header_that_names_a_company_is_no_row_of_data() -> None:
    log = read("Company,Applied,2026-03-01\nAcme,2026-02-01,x\n")
    assert fields_of(log)["2026-03-01"] == ""
    assert problems(log, "rejected") == []


def test_recruiter_and_phone_are_stages_where_they_hold_days_and_yes() -> None:
    log = read(
        "Company,Applied,Recruiter,Phone,Onsite\n"
        "Acme,2026-02-01,yes,2026-02-10,\n"
        "Beta,2026-02-02,,n/a,2026-02-20\n"
    )
    assert happened(log)[2:] == [("2026-02-10", "interview"), ("2026-02-20", "interview")]
    assert people(log) == []
    alone = read("Company,Applied,Phone\nAcme,2026-02-01,yes\n")
    assert read_as(alone)["Phone"] == (
        "kept as it is: its cells are days or a yes, and no person's"
    )
    assert alone.applications["Phone"].tolist() == ["yes"]
    assert people(read("Company,Interview,Phone\nAcme,2026-02-01,555-0101\n"))


def test_applied_beside_its_date_is_a_yes_or_no() -> None:
    log = read("Company,Applied?,Date applied\nAcme,yes,2026-02-03\nBeta,no,\nGamma,yes,\n")
    assert happened(log) == [("2026-02-03", "applied")]
    assert log.applications.index.tolist() == ["acme", "gamma"]
    assert [row for row, _, _ in problems(log, "rejected")] == [3]
    assert read_as(log)["Applied?"] == "sent: a yes or no, as 'Date applied' has the date"


@pytest.mark.parametrize("header", ["DateScreening", "screeningDate", "date_technical"])
def test_a_stage_that_has_a_date_is_an_interview(header: str) -> None:
    assert said(header) == ("interview", 0)


def test_a_yes_or_no_stands_beside_its_date() -> None:
    log = read(
        "Company,Applied,Heard back?,Response date,Rejected?,Rejection date,Interview?,Interview on"
        "\nAcme,2026-02-03,Yes,2026-02-10,No,,Yes,2026-02-17\n"
        "Beta,2026-02-05,No,,Yes,2026-02-19,No,\n"
        "Gamma,2026-02-06,No,,Yes,,Yes,\n"
    )
    assert [event for event in happened(log) if event[1] != "applied"] == [
        ("2026-02-10", "reply"),
        ("2026-02-17", "interview"),
        ("2026-02-19", "rejection"),
    ]
    assert log.applications["status_kind"].astype(object).tolist()[1:] == ["rejected", "rejected"]
    assert log.applications["undated_interview"].tolist() == [False, False, True]
    assert read_as(log)["Rejected?"] == ("rejection: a yes or no, as 'Rejection date' has the date")
    # only where the date is missing is there something to add
    assert [row for row, column, _ in problems(log, "noted") if column == "Rejected?"] == [4]
