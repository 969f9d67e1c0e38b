"""Known exports: what must come of each, with made-up rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import jobsearch_stats.importing
from importing.reading import exports, happened, one, problems, read
from jobsearch_stats.importing.fields import (
    APPLICATION_FIELDS,
    EVENT_FIELDS,
    FIELDS,
    NUMBERED,
    SHEET_FIELDS,
    split_number,
)
from jobsearch_stats.importing.headers import STAGE
from jobsearch_stats.importing.presets import preset_of
from jobsearch_stats.importing.words import letters, tokens, vocabulary
from jobsearch_stats.schema import KINDS, METHODS, OUTCOMES, STATUS_KINDS

FOLDER = Path(jobsearch_stats.importing.__file__).parent


def test_linkedin_is_month_first_wherever_one_lives_and_answers_are_left_out() -> None:
    text = (
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name,Question And Answers\n"
        '"2/4/25, 12:09 AM",ann@example.com,555-0101,Acme,Dev,https://example.com/1,cv.pdf,'
        '"Veteran: no"\n'
    )
    log = read(text)
    assert happened(log) == [("2025-02-04", "applied")]
    assert one(log, "applied")["hour"] == 0
    # the address and the number of a LinkedIn export are the seeker's own, not an employer's
    assert one(log, "applied")[["phone", "email"]].isna().all()
    assert "Question And Answers" not in log.applications
    assert log.columns.set_index("header")["field"]["Question And Answers"] == "(left out)"
    assert not log.applications.astype("str").isin(["Veteran: no"]).any(axis=None)
    asked = read(text, mapping={"Question And Answers": "notes"})
    assert asked.applications["notes"].tolist() == ["Veteran: no"]


def test_simplify_leaves_saved_jobs_out_and_dates_what_the_status_says() -> None:
    log = read(
        "Job Title,Company Name,Location,Job URL,Applied Date,Status,Status Date,Archived,"
        "Date Archived,Notes,job_type\n"
        "Dev,Acme,Berlin,https://example.com/1,2026-02-01,REJECTED,2026-02-20,No,N/A,hi,full\n"
        "Ops,Beta,,,N/A,SAVED,2026-02-20,No,N/A,,\n"
        "Dev,Gamma,,,2026-02-01,INTERVIEWING,2026-02-20,No,N/A,,\n"
    )
    assert happened(log) == [
        ("2026-02-01", "applied"),
        ("2026-02-01", "applied"),
        ("2026-02-20", "rejection"),
    ]
    assert [row for row, _, _ in problems(log, "rejected")] == [3]
    assert log.applications["undated_interview"].tolist() == [False, True]


def test_teals_follow_up_is_planned_and_its_json_is_no_status() -> None:
    log = read(
        "\ufeffid,company_name,role,statusName,location,url,source,added_at,applied_at,"
        "follow_up_at,updated_at,archived_at,status\n"
        't1,Acme,Dev,Applied,,,Board,2026-01-01,2026-02-01T10:00:00Z,2026-02-20,,,"{""a"":1}"\n'
    )
    assert happened(log) == [("2026-02-01", "applied")]
    row = log.applications.loc["t1"]
    assert str(row["planned_follow_up_on"].date()) == "2026-02-20"
    assert (row["status"], row["status_kind"], row["status (2)"]) == (
        "Applied",
        "applied",
        '{"a":1}',
    )


def test_huntr() -> None:
    log = read(
        'Title,Company,Created at,List,Source\nDev,Acme,"May 19 2023, 09:00 am",Applied,Board\n'
        'Dev,Beta,"May 19 2023, 09:00 am",Wishlist,\n'
    )
    assert log.applications["status_kind"].tolist() == ["applied"]
    assert len(log.events) == 0  # created is not applied
    log = read('Company,Title,List,Date Applied\nAcme,Dev,Interview,"May 19 2023, 09:00 am"\n')
    assert happened(log) == [("2023-05-19", "applied")]


def test_jobsync_says_in_a_column_of_its_own_whether_it_was_sent() -> None:
    log = read(
        "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,workplaceType,Location,"
        "JobSource,Status\n"
        "1,2026-01-01,Yes,2026-02-01,Acme,Dev,full,remote,N/A,Board,applied\n"
        "2,2026-01-01,No,N/A,Beta,Dev,full,remote,N/A,Board,draft\n"
    )
    assert happened(log) == [("2026-02-01", "applied")]
    assert [row for row, _, _ in problems(log, "rejected")] == [3]


def test_ai_job_search() -> None:
    log = read(
        "date,company,sector,role,role_type,channel,status,contact_person,fit_rating,notes,"
        "cv_file,cover_letter_file,source\n"
        "2026-02-01,Acme,Food,Dev,full,web,Interview,Ann,4,hi,cv.pdf,cl.pdf,Board\n"
    )
    assert happened(log) == [("2026-02-01", "applied")]
    assert log.applications["fit"].tolist() == [4]
    assert log.applications["undated_interview"].tolist() == [True]
    assert log.applications["sector"].tolist() == ["Food"]


CAREER_OPS = """\
# Applications Tracker

| # | Date | Company | Role | Score | Status | PDF | Report | Notes |
|---|------|---------|------|-------|--------|-----|--------|-------|
| 1 | 2026-02-01 | Acme | Dev | 4.5/5 | Applied | yes | [1](reports/1.md) | sent |
| 2 | 2026-02-02 | Beta | Ops | 3.2/5 | Evaluated | no | [2](reports/2.md) | |
| 3 | 2026-02-03 | Gamma | Dev | 4/5 | Responded | yes | [3](reports/3.md) | |
| 4 | 2026-02-04 | Delta | Dev | 2.0/5 | SKIP | no | [4](reports/4.md) | |
| 5 | 2026-02-05 | Epsilon | Dev | 4.1/5 | Interview | yes | [5](reports/5.md) | |
| 6 | 2026-02-06 | Zeta | Dev | 3.9/5 | Rejected | yes | [6](reports/6.md) | |
| 7 | 2026-02-07 | Eta | Dev | N/A | Discarded | no | [7](reports/7.md) | |
"""


def test_career_ops_dates_an_application_where_its_status_says_that_one_was_sent() -> None:
    log = read(CAREER_OPS)
    assert exports(log) == ["read as a career-ops export"]
    assert happened(log) == [
        ("2026-02-01", "applied"),
        ("2026-02-03", "applied"),
        ("2026-02-05", "applied"),
        ("2026-02-06", "applied"),
    ]
    assert log.applications["fit"].fillna(0).to_dict() == {"1": 5, "3": 4, "5": 4, "6": 4, "7": 0}
    assert log.applications["status_kind"].to_dict() == {
        "1": "applied",
        "3": "applied",
        "5": "interview",
        "6": "rejected",
        "7": "unknown",
    }
    assert log.applications["undated_interview"].to_dict()["5"]
    left_out = log.problems[log.problems["severity"] == "rejected"]
    assert left_out["problem"].tolist() == ["not applied to yet"] * 2
    assert ["Beta" in left_out["value"].iloc[0], "Delta" in left_out["value"].iloc[1]] == [True] * 2
    assert log.applications["PDF"].tolist() == ["yes", "yes", "yes", "yes", "no"]


def test_career_ops_in_spanish_and_with_a_location() -> None:
    log = read(
        "#,Fecha,Empresa,Puesto,Location,Score,Status,PDF,Report,Notes\n"
        "1,2026-02-01,Acme,Dev,Madrid,4.4/5,Aplicado,yes,r,\n"
        "2,2026-02-02,Beta,Dev,Madrid,4.4/5,Evaluada,yes,r,\n"
    )
    assert exports(log) == ["read as a career-ops export"]
    assert happened(log) == [("2026-02-01", "applied")]
    assert log.applications[["company", "location", "fit"]].to_numpy().tolist() == [
        ["Acme", "Madrid", 4]
    ]


HEADERS = {
    "LinkedIn": "Application Date,Company Name,Job Title,Job Url",
    "Simplify": "Job Title,Company Name,Applied Date,Status,Status Date",
    "Teal": "company_name,role,statusName,applied_at",
    "Huntr": "Company,Title,List,Date Applied",
    "JobSync": "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,Location,JobSource,"
    "Status",
    "ai-job-search": "date,company,role,status,fit_rating,cv_file",
    "career-ops": "#,Date,Company,Role,Score,Status,PDF,Report",
    "JustAJobApp": "Date Received,Subject,Status Label",
    "work-search log": "Date of Activity,Work Search Activity",
}


@pytest.mark.parametrize("name", HEADERS)
def test_an_export_is_known_by_part_of_its_headers_in_any_order_and_case(name: str) -> None:
    headers = HEADERS[name].split(",")
    for shape in (
        headers,
        headers[::-1],
        [header.upper() for header in headers],
        [f" {header.lower()} " for header in headers],
        [*headers, "My own column", "Interview 1"],
    ):
        found = preset_of(shape)
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize(
    "headers",
    [
        "Company,Title,Status,Date Applied",
        "Job Title,Company Name,Applied Date,Status",
        "Date,Company,Role,Score,Status",
        "Date,Company,Role,Status,Notes",
        "Date,Subject,Status",
        "Company Name,Job Title,Application Date",
        "Date,Activity,Company",
    ],
)
def test_a_sheet_of_ones_own_is_no_export(headers: str) -> None:
    assert preset_of(headers.split(",")) is None


def test_columns_added_to_an_export_are_read_as_in_any_sheet() -> None:
    log = read(
        "Company,Title,List,Date Applied,Interview 1,Interview 1 with\n"
        'Acme,Dev,Interview,"May 19 2023, 09:00 am",2023-06-01,Ann\n'
    )
    assert exports(log) == ["read as a Huntr export"]
    assert happened(log) == [("2023-05-19", "applied"), ("2023-06-01", "interview")]
    assert one(log, "interview")["contact"] == "Ann"


def test_the_mapping_may_make_a_sheet_of_an_export_of_events() -> None:
    log = read(
        "Date Received,Sender Name,Subject,Status Label\n2026-02-01,Acme,Hello,Rejection\n",
        mapping={"Status Label": "status", "Sender Name": "company", "Date Received": "status_on"},
    )
    assert exports(log) == []
    assert happened(log) == [("2026-02-01", "rejection")]
    assert log.applications["status_kind"].tolist() == ["rejected"]


def test_teals_and_jobsyncs_own_statuses() -> None:
    log = read(
        "id,company_name,role,statusName,applied_at,follow_up_at\n"
        "t1,Acme,Dev,Bookmarked,,\nt2,Beta,Dev,Applying,,\nt3,Gamma,Dev,Negotiating,2026-02-01,\n"
        "t4,Delta,Dev,No Response,2026-02-01,\nt5,Eta,Dev,I Withdrew,2026-02-01,\n"
    )
    assert log.applications["status_kind"].to_dict() == {
        "t3": "offer",
        "t4": "ghosted",
        "t5": "withdrawn",
    }
    assert [row for row, _, _ in problems(log, "rejected")] == [2, 3]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("presets/*.json")), ids=lambda p: p.stem)
def test_a_preset_names_fields_that_exist_and_needs_headers_that_it_has(path: Path) -> None:
    preset = json.loads(path.read_text(encoding="utf-8"))
    instead = preset.get("instead", {})
    fields = EVENT_FIELDS if preset.get("shape") == "events" else SHEET_FIELDS
    assert {name for name in (*preset["headers"].values(), *instead.values()) if name} <= {*fields}
    known = {*preset["headers"], *instead, *preset.get("leave_out", [])}
    assert preset["needs"]
    for needs in preset["needs"]:
        assert set(needs) <= known
    assert set(preset.get("says", {})) <= known
    assert set(preset.get("statuses", {})) <= {"prospect", *STATUS_KINDS}
    assert preset.get("date_order") in (None, "day-first", "month-first")
    for meaning in preset.get("kinds", {}):
        assert_means(meaning)


def assert_means(meaning: str) -> None:
    """Check that a word for an event means a kind, a method and an outcome that there are."""
    kind, method, outcome, *_ = [*meaning.split("/"), "", ""]
    assert kind in KINDS
    assert method in ("", "-", *METHODS)
    assert outcome in ("", *OUTCOMES)


def test_no_word_of_a_preset_has_two_meanings() -> None:
    for path in FOLDER.glob("presets/*.json"):
        preset = json.loads(path.read_text(encoding="utf-8"))
        for sections in (("kinds", "no_event"), ("statuses",)):
            seen: dict[str, str] = {}
            for section in sections:
                for meaning, words in preset.get(section, {}).items():
                    for word in words:
                        assert seen.setdefault(letters(word), meaning) == meaning, (path.stem, word)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("aliases/*.json")), ids=lambda p: p.stem)
def test_a_language_has_every_section_and_names_fields_that_exist(path: Path) -> None:
    words = json.loads(path.read_text(encoding="utf-8"))
    english = json.loads((FOLDER / "aliases/en.json").read_text(encoding="utf-8"))
    assert set(words) == set(english)
    for name in words["headers"]:
        field, number = split_number(name)
        assert field in (NUMBERED if number else (*FIELDS, "result", STAGE))
    for meaning in (*words["kinds"], *(f"follow_up/{how}" for how in words["follow_ups"])):
        assert_means(meaning)
    for section in ("statuses", "reply_outcomes", "contact_roles"):
        assert set(words[section]) <= set(english[section])


def test_no_phrase_of_one_language_stands_under_two_meanings() -> None:
    for path in FOLDER.glob("aliases/*.json"):
        words = json.loads(path.read_text(encoding="utf-8"))
        for section in ("statuses", "kinds", "follow_ups", "reply_outcomes", "countries"):
            seen: dict[str, str] = {}
            for meaning, phrases in words[section].items():
                for phrase in phrases:
                    assert seen.setdefault(letters(phrase), meaning) == meaning, (path.stem, phrase)


def test_a_header_has_one_meaning_in_each_shape() -> None:
    for key, names in vocabulary().headers.items():
        bases = {split_number(name)[0] for name in names} - {STAGE}
        in_sheet = bases & {*SHEET_FIELDS}
        # "sent" is a date to some and a yes to others: its cells tell
        assert len(in_sheet) < 2 or in_sheet == {"applied", "sent"}, (key, names)
        of_events = (bases & {*EVENT_FIELDS}) - {*APPLICATION_FIELDS}
        assert len(of_events) < 2, (key, names)
    assert "".join(tokens("Follow-up 2: method")) == "followup2method"
