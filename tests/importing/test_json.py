"""JSON as trackers write it: records, lines, wrappers, nested objects, histories, and broken."""

from __future__ import annotations

import json

import pytest

from importing.reading import happened, problems, read
from jobsearch_stats.errors import ReadError, SettingError

ACME = {"company": "Acme", "role": "Dev", "applied": "2026-02-13"}
BETA = {"company": "Beta", "role": "Ops", "applied": "2026-02-14"}


@pytest.mark.parametrize(
    "data",
    [
        [ACME, BETA],
        {"applications": [ACME, BETA]},
        {"version": 3, "user": {"name": "Ann Example"}, "data": {"jobs": [ACME, BETA]}},
        {"a1": ACME, "a2": BETA},
        {"jobs": {"a1": ACME, "a2": BETA}},
        [list(ACME), list(ACME.values()), list(BETA.values())],
    ],
)
def test_records_are_found_wherever_they_stand(data: object) -> None:
    log = read(json.dumps(data, indent=1))
    assert log.applications["company"].tolist() == ["Acme", "Beta"]
    assert happened(log) == [("2026-02-13", "applied"), ("2026-02-14", "applied")]


def test_records_are_counted_from_1_and_that_is_said() -> None:
    log = read(json.dumps([ACME, BETA]))
    assert log.events["source_row"].tolist() == [1, 2]
    assert log.problems["what_was_done"].tolist() == ["its records are counted from 1"]


def test_keys_of_records_by_id_are_their_ids() -> None:
    assert read(json.dumps({"a1": ACME, "a2": BETA})).applications.index.tolist() == ["a1", "a2"]


def test_lines_of_records_are_read_and_blank_lines_are_none() -> None:
    log = read(f"{json.dumps(ACME)}\n\n{json.dumps(BETA)}\n")
    assert log.applications["company"].tolist() == ["Acme", "Beta"]
    assert log.counts["rows_read"] == 2
    assert read(json.dumps(ACME)).counts["rows_read"] == 1


def test_nested_objects_and_lists_become_columns() -> None:
    log = read(
        json.dumps(
            [
                {
                    "company": {"name": "Acme", "size": 12},
                    "job": {"title": "Dev"},
                    "applied": "2026-02-13",
                    "tags": ["remote", None, "small"],
                    "interviews": [
                        {"date": "2026-03-04", "contact": "Ann Example"},
                        {"date": "2026-03-10"},
                    ],
                    "favourite": True,
                    "id": 12345678901234567890,
                    "salary": 50000.10,
                    "notes": None,
                }
            ]
        )
    )
    assert log.applications[["company", "role", "tags", "favourite"]].to_numpy().tolist() == [
        ["Acme", "Dev", "remote; small", "yes"]
    ]
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-03-04", "interview"),
        ("2026-03-10", "interview"),
    ]
    assert log.applications.index.tolist() == ["12345678901234567890"]
    assert log.applications["company size"].tolist() == ["12"]
    assert log.applications["notes"].isna().all()


def test_a_list_of_dates_is_a_date_each() -> None:
    log = read(json.dumps([{**ACME, "interviews": ["2026-03-04", "2026-03-10"]}]))
    assert happened(log)[1:] == [("2026-03-04", "interview"), ("2026-03-10", "interview")]


@pytest.mark.parametrize(
    ("value", "unit"), [(1772600000000, "milliseconds"), ("1772600000", "seconds")]
)
def test_times_since_1970_are_dates_where_the_key_says_so(value: object, unit: str) -> None:
    log = read(json.dumps([{"company": "Acme", "appliedAt": value, "number": value}]))
    assert happened(log) == [("2026-03-04", "applied")]
    assert log.problems["problem"].str.contains(f"{unit} since 1970").sum() == 1
    assert log.applications["number"].tolist() == [str(value)]


def test_a_number_beyond_our_time_leaves_its_column_as_it_is() -> None:
    log = read(json.dumps([{**ACME, "seenAt": 1772600000}, {**BETA, "seenAt": 12}]))
    assert log.applications["seenAt"].tolist() == ["1772600000", "12"]


def test_what_is_no_record_is_rejected_and_an_empty_one_is_blank() -> None:
    log = read(json.dumps([ACME, "odd", {}, None, BETA]))
    assert problems(log, "rejected") == [(2, None, '"odd"'), (4, None, "null")]
    assert log.counts == {
        "rows_read": 5,
        "rows_loaded": 2,
        "rows_rejected": 2,
        "rows_blank": 1,
    }
    assert log.events["source_row"].tolist() == [1, 5]


def test_a_history_in_an_application_gives_its_events() -> None:
    log = read(
        json.dumps(
            {
                "applications": [
                    {
                        "id": "a1",
                        **ACME,
                        "status": "rejected",
                        "timeline": [
                            {"date": "2026-03-04", "type": "interview", "contact": "Ann Example"},
                            {"date": "2026-03-10", "type": "rejection"},
                        ],
                    },
                    {"id": "a2", **BETA, "timeline": []},
                    {"id": "a3", "company": "Gamma", "timeline": None},
                ]
            }
        )
    )
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-02-14", "applied"),
        ("2026-03-04", "interview"),
        ("2026-03-10", "rejection"),
    ]
    assert log.applications.loc["a1", "status"] == "rejected"
    assert log.applications.index.tolist() == ["a1", "a2", "a3"]
    assert log.events.loc[log.events["kind"] == "interview", "contact"].tolist() == ["Ann Example"]
    assert sorted(log.events["source_row"]) == [1, 1, 1, 2]


def test_a_date_beside_a_history_that_tells_it_is_no_second_event() -> None:
    record = {**ACME, "history": [{"on": "2026-02-12", "status": "Applied"}]}
    log = read(json.dumps([record]))
    assert happened(log) == [("2026-02-12", "applied")]


def test_of_several_lists_the_one_with_companies_is_read_and_the_others_are_named() -> None:
    data = {"contacts": [{"name": "Ann Example", "email": "a@example.com"}], "jobs": [ACME, BETA]}
    log = read(json.dumps(data))
    assert len(log.applications) == 2
    assert log.problems["problem"].str.contains(r"jobs was read, not contacts \(1 record").any()


def test_one_application_alone_is_read_with_its_interviews() -> None:
    log = read(json.dumps({**ACME, "interviews": [{"date": "2026-03-04"}]}))
    assert happened(log) == [("2026-02-13", "applied"), ("2026-03-04", "interview")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"company": "Acme",\n "role" "Dev"}]', "line 2, column 9"),
        ('{"company": "Acme"}\n{"company": \n', "line 2 is broken at column 13"),
        ("[{'company': 'Acme'}]", "line 1, column 3"),
        ('{"company": "Acme"', "broken JSON: line 1"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"a": ' * 50_000, "nested too deeply"),
        ("[]", "without a list of records"),
        ("[1, 2]", "without a list of records"),
        ("{}", "nothing in"),
        ('[{"colour": "red"}]', "nothing in"),
    ],
)
def test_json_that_is_no_log_is_an_error_that_says_where(text: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(text)


def test_json_has_no_sheets_and_a_bracket_alone_makes_no_json() -> None:
    with pytest.raises(SettingError, match="no sheets"):
        read(json.dumps([ACME]), sheet=1)
    assert happened(read("[Company],[Applied]\nAcme,2026-02-13\n")) == [("2026-02-13", "applied")]


def test_keys_without_end_are_no_table() -> None:
    data = [{"company": "Acme", f"key {at}": at} for at in range(8_000)]
    with pytest.raises(ReadError, match="8,001 different keys in 8,000 records"):
        read(json.dumps(data))
