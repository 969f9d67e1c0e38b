"""What must hold of any input: an error of ours or a log that adds up, and an untouched input."""

from __future__ import annotations

import contextlib
import io
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from importing.reading import adds_up, read
from importing.tables import (
    EVENT_TABLES,
    JSON_VALUES,
    ODD_VALUES,
    ONE_OF_EACH,
    SHAPES,
    TABLES,
    VALUES,
    Rows,
    as_csv,
    as_frame,
    in_openpyxl,
    in_xlsxwriter,
    typed,
)
from jobsearch_stats.errors import JobSearchStatsError
from jobsearch_stats.importing import read_log
from jobsearch_stats.importing.suggest import suggest_mapping
from jobsearch_stats.log import ApplicationLog

ORDERS = st.sampled_from([None, "day-first", "month-first"])
ANY_TABLE = st.one_of(TABLES, EVENT_TABLES)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=30)
@given(ANY_TABLE, ORDERS)
def test_any_table_in_any_shape_is_a_log_that_adds_up_or_an_error_of_ours(
    shape: str, rows: Rows, date_order: str | None
) -> None:
    with contextlib.suppress(JobSearchStatsError):
        read(SHAPES[shape](rows), date_order=date_order)


@settings(max_examples=100)
@given(ANY_TABLE, ORDERS)
def test_any_frame_is_a_log_of_all_its_rows_or_an_error_of_ours(
    rows: Rows, date_order: str | None
) -> None:
    frame = as_frame(rows)
    before = frame.copy(deep=True)
    with contextlib.suppress(JobSearchStatsError):
        assert adds_up(read_log(frame, date_order=date_order)).counts["rows_read"] == len(rows) - 1
    pd.testing.assert_frame_equal(frame, before)


@settings(max_examples=10)
@given(ANY_TABLE, ORDERS)
def test_any_workbook_is_a_log_that_adds_up_or_an_error_of_ours(
    rows: Rows, date_order: str | None
) -> None:
    for content in (in_xlsxwriter(rows), in_openpyxl(rows)):
        with contextlib.suppress(JobSearchStatsError):
            read(content, date_order=date_order)


@settings(max_examples=10)
@given(typed(VALUES), ORDERS)
def test_a_workbook_of_any_values_is_a_log_that_adds_up_or_an_error_of_ours(
    rows: list[list[Any]], date_order: str | None
) -> None:
    content = in_openpyxl(rows)
    with contextlib.suppress(JobSearchStatsError):
        read(content, date_order=date_order)


@settings(max_examples=60)
@given(typed(ODD_VALUES), ORDERS)
def test_a_frame_of_any_values_is_a_log_of_all_its_rows_or_an_error_of_ours(
    rows: list[list[Any]], date_order: str | None
) -> None:
    frame = as_frame(rows)
    with contextlib.suppress(JobSearchStatsError):
        assert adds_up(read_log(frame, date_order=date_order)).counts["rows_read"] == len(rows) - 1


@settings(max_examples=60)
@given(JSON_VALUES)
def test_any_json_is_a_log_that_adds_up_or_an_error_of_ours(value: object) -> None:
    with contextlib.suppress(JobSearchStatsError):
        read(json.dumps(value).encode())


@settings(max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda noise: b"Company,Applied,Interview\n" + noise),
        st.binary(max_size=200).map(lambda noise: b"PK\x03\x04" + noise),
        st.binary(max_size=200).map(lambda noise: b"\x1f\x8b" + noise),
        st.text(max_size=200).map(lambda text: ("date;kind;company\n" + text).encode("utf-16")),
        st.text('[]{}",:\\0123456789abcnul \n', max_size=80).map(str.encode),
        st.text("|-: \nabc\\", max_size=80).map(lambda text: f"| Company |\n{text}".encode()),
        st.text("<>/=\"'&;tablerhd \n", max_size=80).map(lambda text: f"<table>{text}".encode()),
    )
)
def test_any_bytes_are_a_log_that_adds_up_or_an_error_of_ours(content: bytes) -> None:
    with contextlib.suppress(JobSearchStatsError):
        read(content)


@settings(max_examples=30)
@given(st.one_of(ANY_TABLE.map(as_csv), st.binary(max_size=100)), st.sampled_from(["csv", "xlsx"]))
def test_a_file_is_never_changed(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"log.{ending}")
        path.write_bytes(content)
        with contextlib.suppress(JobSearchStatsError):
            adds_up(read_log(path))
        assert path.read_bytes() == content
        assert list(Path(folder).iterdir()) == [path]


def told(source: object, **arguments: Any) -> Any:
    """Return what a source says, apart from the places of its rows and columns; or its error."""
    try:
        log = adds_up(read_log(_opened(source), **arguments))
    except JobSearchStatsError as error:
        return type(error)
    applications, events = _texts(log)
    held = log.problems[log.problems["severity"] != "noted"]["severity"]
    return (
        applications,
        sorted(map(str, events.drop(columns="source_row").to_dict("records"))),
        log.counts,
        held.value_counts().to_dict(),
    )


def _opened(source: object) -> object:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _texts(log: ApplicationLog) -> tuple[dict[Any, Any], pd.DataFrame]:
    applications = log.applications[sorted(log.applications.columns)].astype(object)
    applications = applications.where(applications.notna(), "").astype("str")
    events = log.events.astype(object)
    return applications.to_dict("index"), events.where(events.notna(), "").astype("str")


@settings(max_examples=100)
@given(ONE_OF_EACH, st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_matter(rows: Rows, random: random.Random) -> None:
    assume(_reads_each_once(rows))
    order = list(range(len(rows[0])))
    random.shuffle(order)
    shuffled = [[row[at] for at in order] for row in rows]
    assert told(as_frame(shuffled)) == told(as_frame(rows))
    assert told(as_csv(shuffled)) == told(as_csv(rows))


@settings(max_examples=100)
@given(ONE_OF_EACH, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: Rows, random: random.Random) -> None:
    fields = _reads_each_once(rows)
    assume(fields)
    assume(not {"application_id", "url", "kind"} & set(fields))  # each row is on its own
    shuffled = rows[1:]
    random.shuffle(shuffled)
    assert told(as_frame([rows[0], *shuffled])) == told(as_frame(rows))


def _reads_each_once(rows: Rows) -> list[str]:
    """Return the fields of a table's columns, if each is read and no two are alike."""
    try:
        fields = read_log(as_frame(rows)).columns["field"].tolist()
    except JobSearchStatsError:
        return []
    return fields if "" not in fields and len(set(fields)) == len(fields) else []


@settings(max_examples=100)
@given(st.one_of(ANY_TABLE, ONE_OF_EACH))
def test_a_suggested_mapping_tells_the_same(rows: Rows) -> None:
    assume(len(set(rows[0])) == len(rows[0]))  # a mapping cannot tell two of one name apart
    content = as_csv(rows)
    before = told(content)
    assume(isinstance(before, tuple))
    assert told(content, mapping=suggest_mapping(io.BytesIO(content))) == before


@settings(max_examples=40)
@given(st.one_of(ANY_TABLE, ONE_OF_EACH))
def test_a_saved_log_comes_back_as_it_was(rows: Rows) -> None:
    try:
        log = read_log(as_frame(rows))
    except JobSearchStatsError:
        return
    with tempfile.TemporaryDirectory() as folder:
        log.to_csv(Path(folder, "saved"))
        again = read_log(Path(folder, "saved"))
    pd.testing.assert_frame_equal(again.applications, log.applications)
    pd.testing.assert_frame_equal(again.events, log.events)
    pd.testing.assert_frame_equal(again.problems, log.problems)
    pd.testing.assert_frame_equal(again.columns, log.columns)
    assert again.counts == log.counts


SOUND = st.lists(
    st.tuples(
        st.sampled_from(["Acme", "Beta", "Gamma"]),
        st.sampled_from(["Dev", "Ops", ""]),
        st.sampled_from(["2026-02-01", "13/02/2026", "", "31/02/2026"]),
        st.sampled_from(["Applied", "Rejected", "hmm", ""]),
        st.sampled_from(["2026-03-03", "yes", ""]),
        st.sampled_from(["a week", "2026-03-20", "soon", ""]),
        st.sampled_from(["2026-03-24", ""]),
        st.sampled_from(["called", "emailed", "pigeon", ""]),
    ),
    min_size=1,
    max_size=8,
)
SHEET = ["Company", "Role", "Applied", "Status", "Interview", "Decision by", "Follow-up"]
SHEET += ["Follow-up method"]


@settings(max_examples=60)
@given(SOUND, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_columns_changes_what_a_sheet_tells(
    rows: list[tuple[str, ...]], random: random.Random
) -> None:
    table = [SHEET, *map(list, rows)]
    shuffled = table[1:]
    random.shuffle(shuffled)
    columns = list(range(len(SHEET)))
    random.shuffle(columns)
    other = [[row[at] for at in columns] for row in [SHEET, *shuffled]]
    before = told(as_csv(table))
    assert isinstance(before, tuple)
    assert told(as_csv(other)) == before


EVENT_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Acme", "Beta"]),
        st.sampled_from(["Dev", "Ops", ""]),
        st.dates(min_value=pd.Timestamp("2026-01-01").date()).map(str),
        st.sampled_from(["applied", "interview", "called", "reply", "dance"]),
        st.sampled_from(["a week", "Friday", ""]),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=60)
@given(EVENT_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_an_event_logs_rows_does_not_matter(
    rows: list[tuple[str, ...]], random: random.Random
) -> None:
    header = ["company", "role", "date", "kind", "decide_by"]
    shuffled = list(map(list, rows))
    random.shuffle(shuffled)
    assert told(as_csv([header, *shuffled])) == told(as_csv([header, *map(list, rows)]))
