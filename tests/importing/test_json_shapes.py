"""JSON in which the records stand apart: by columns, as pandas writes frames, in two lists."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from importing.reading import happened, read
from jobsearch_stats.errors import ReadError

FRAME = pd.DataFrame(
    {
        "company": ["Acme", "Beta", "Gamma"],
        "role": ["Dev", None, "Ops"],
        "applied": ["2026-02-13", "2026-02-14", "2026-02-15"],
    }
)
APPLICATIONS = [
    {"id": 7, "company": "Acme", "applied": "2026-02-13"},
    {"id": 8, "company": "Beta", "applied": "2026-02-14"},
]
EVENTS = [
    {"application_id": 8, "date": "2026-03-04", "type": "interview", "note": "went well"},
    {"application_id": 7, "date": "2026-03-05", "type": "rejection"},
    {"application_id": 8, "date": "2026-03-09", "type": "offer"},
]


@pytest.mark.parametrize("orient", ["columns", "split", "records", "index", "table", "lists"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_frame_is_read_however_pandas_wrote_it(orient: str, wrapped: bool) -> None:
    if orient == "lists":
        data = FRAME.astype(object).where(FRAME.notna(), None).to_dict("list")
    else:
        data = json.loads(FRAME.to_json(orient=orient))
    log = read(json.dumps({"data": data} if wrapped else data))
    assert log.applications["company"].tolist() == ["Acme", "Beta", "Gamma"]
    assert log.applications["role"].fillna("-").tolist() == ["Dev", "-", "Ops"]
    assert [day for day, _ in happened(log)] == FRAME["applied"].tolist()
    assert log.counts["rows_read"] == 3
    several = log.problems["problem"].str.contains("several lists").any()
    assert several == (orient == "table")  # it has a list of its columns too


def test_names_of_a_frames_rows_are_kept_and_times_since_1970_are_dates() -> None:
    seconds = pd.to_datetime(FRAME["applied"]).astype("datetime64[s]").astype("int64")
    frame = FRAME.assign(applied=seconds * 1000).set_axis(["x", "y", "z"])
    log = read(frame.to_json(orient="split"))
    assert [day for day, _ in happened(log)] == FRAME["applied"].tolist()
    assert "index" in log.columns["header"].tolist()


@pytest.mark.parametrize(
    "data",
    [
        {"company": ["Acme", "Beta"], "applied": ["2026-02-13"]},
        {"columns": ["company", "applied"], "index": [0], "data": [["Acme"]]},
        {"columns": ["company", "company"], "data": [["Acme", "Beta"]]},
        {"columns": "company", "data": "Acme"},
    ],
)
def test_columns_of_different_lengths_are_no_table_of_several_rows(data: object) -> None:
    try:
        log = read(json.dumps(data))
    except ReadError:
        return
    assert log.counts["rows_read"] == 1


def test_one_application_of_nested_objects_is_no_table() -> None:
    data = {"company": {"name": "Acme"}, "job": {"name": "Dev"}, "applied": {"date": "2026-02-13"}}
    assert read(json.dumps(data)).counts["rows_read"] == 1


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_list_of_events_beside_the_applications_is_read_with_them(wrapped: bool) -> None:
    data = {"applications": APPLICATIONS, "events": EVENTS}
    log = read(json.dumps({"backup": data} if wrapped else data))
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-02-14", "applied"),
        ("2026-03-04", "interview"),
        ("2026-03-05", "rejection"),
        ("2026-03-09", "offer"),
    ]
    beta = log.applications.index[log.applications["company"] == "Beta"][0]
    assert log.events["application_id"].tolist().count(beta) == 3
    assert log.problems["problem"].str.contains("joined: events to applications").any()


def test_events_that_name_their_company_are_joined_by_it() -> None:
    events = [{"company": "Beta", "date": "2026-03-04", "type": "interview"}]
    log = read(json.dumps({"log": events, "jobs": APPLICATIONS}))
    assert ("2026-03-04", "interview") in happened(log)
    assert len(log.applications) == 2


@pytest.mark.parametrize(
    ("applications", "events"),
    [
        (APPLICATIONS, [*EVENTS, {**EVENTS[0], "application_id": 9}]),
        ([APPLICATIONS[0], {**APPLICATIONS[1], "id": 7}], EVENTS[1:2]),
        (APPLICATIONS, [{"application_id": 7, "text": "a note"}]),
    ],
)
def test_lists_that_do_not_join_stay_apart_and_which_was_read_is_said(
    applications: list[object], events: list[object]
) -> None:
    log = read(json.dumps({"applications": applications, "events": events}))
    assert log.counts["rows_read"] == 2
    assert log.problems["problem"].str.contains(r"applications was read, not events \(").any()


def test_half_a_character_is_no_text_wherever_it_stands() -> None:
    text = (
        r'[{"company": "A\ud83d\ude00", "applied": "2026-02-13", "k\ud800": "v\uDFFF", "w": "\\ud8'
        r'00"}, "\ud800"]'
    )
    for source in (text, text.replace("[{", '{"\\udc00": [{').replace("]", "]}")):
        log = read(source)
        assert "k?" in log.columns["header"].tolist()
        assert log.applications.loc[log.applications.index[0], ["company", "k?", "w"]].tolist() == [
            "A😀",
            "v?",
            r"\ud800",
        ]
        assert log._repr_html_().encode()
    log = read(r'[["company", "a\ud800"], ["Acme", "\udfff"]]')
    assert log.columns["header"].tolist() == ["company", "a?"]
    assert log.applications["a?"].tolist() == ["?"]
