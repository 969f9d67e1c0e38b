"""`suggest_mapping`: the same log where all is understood, and a guess where it is not."""

from __future__ import annotations

import io

import pytest

from importing.reading import fields_of, read
from jobsearch_stats import suggest_mapping
from jobsearch_stats.errors import SettingError


def suggested(text: str, **settings: object) -> dict[str, str]:
    """Return the mapping that is suggested for a text."""
    return suggest_mapping(io.StringIO(text), **settings)


SHEET = (
    "Company,Job title,Date,Phone screen,Onsite,Interview with,Follow-up,Follow-up 2 method,"
    "Salary,,Notes,Notes\n"
    "Acme,Dev,2026-02-01,2026-02-10,2026-02-20,Ann,2026-03-01,e-mail,100,x,hi,ho\n"
    "Beta,Ops,2026-02-02,,,,,,,,,\n"
)
EVENTS = (
    "Company,Role,Date,Event,Result,Notes,Note\n"
    "Acme,Dev,2026-02-01,applied,,top,\n"
    "Acme,Dev,2026-03-01,reply,invited,top,nice\n"
)
LINKEDIN = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
    "Resume Name,Question And Answers\n"
    '"2/4/25, 12:09 AM",ann@example.com,555-0101,Acme,Dev,https://example.com/1,cv.pdf,x\n'
)


def test_suggest_mapping_names_every_header_in_order() -> None:
    assert (
        list(suggested(SHEET).items())
        == [
            ("Company", "company"),
            ("Job title", "role"),
            ("Date", "applied"),
            ("Phone screen", "interview_1"),
            ("Onsite", ""),
            ("Interview with", "contact"),
            ("Follow-up", "follow_up"),
            ("Follow-up 2 method", "follow_up_2_method"),
            ("Salary", ""),
            ("Notes", "notes"),
        ]
        or suggested(SHEET)["Onsite"] == "interview_2"
    )


@pytest.mark.parametrize("text", [SHEET, EVENTS, LINKEDIN], ids=["sheet", "events", "linkedin"])
def test_a_suggested_mapping_gives_the_same_log(text: str) -> None:
    plain, mapped = read(text), read(text, mapping=suggested(text))
    assert mapped.applications.equals(plain.applications)
    assert mapped.events.equals(plain.events)
    assert mapped.counts == plain.counts
    assert fields_of(mapped) == fields_of(plain)


def test_suggest_mapping_offers_what_a_slip_may_mean_unless_the_cells_speak_against_it() -> None:
    assert suggested(
        "Compnay,Applied,Interveiw date,Response rate\nAcme,2026-02-01,2026-03-01,10 %\n"
    ) == {
        "Compnay": "company",
        "Applied": "applied",
        "Interveiw date": "interview",
        "Response rate": "",
    }


def test_suggest_mapping_leaves_what_is_private_left_out() -> None:
    assert suggested(LINKEDIN)["Question And Answers"] == "(left out)"


def test_suggest_mapping_takes_the_layout_as_read_log_does() -> None:
    assert suggested("Acme;Dev\n", delimiter=";", names=["company", "role"]) == {
        "company": "company",
        "role": "role",
    }
    with pytest.raises(SettingError, match="header_row"):
        suggested("Company\nAcme\n", header_row=0)


def test_a_blank_row_under_a_mapped_header_is_no_second_line_of_it() -> None:
    log = read("Mood,,app id\n,,\n", mapping={"Mood": "", "app id": "application_id"})
    assert log.columns["header"].tolist() == ["Mood", "", "app id"]
    assert log.counts["rows_blank"] == 1
