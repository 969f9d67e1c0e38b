"""What must hold of any input: an error of ours or a log that adds up, and an untouched input."""

from __future__ import annotations

import contextlib
import csv
import io
import random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from importing.reading import adds_up, read
from jobsearch_stats.errors import JobSearchStatsError
from jobsearch_stats.importing import read_log

HEADERS = (
    *("Company", "Position", "Applied", "Status", "Interview", "Interview 2", "Decision"),
    *("Follow-up", "Method", "Outcome", "Reply", "Rejected", "Offer", "Contact", "Phone", "Email"),
    *("Country", "URL", "Fit", "Notes", "Thank-you", "Do not contact", "Away until", "Colour"),
    *("Next follow-up", "id", "date", "kind", "method", "outcome", "company", "role"),
    *("decide_by", "until", "hour", "note"),
)
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "Acme",
            "Dev",
            "2026-03-04",
            "04/03/2026",
            "25/03/2026",
            "03/26/2026",
            "31/02/2026",
            "3/4",
            "0",
            "46085",
            "yes",
            "no",
            "x",
            "No response",
            "rejected",
            "saved",
            "two weeks",
            "5 business days",
            "by Friday",
            "soon",
            "interview",
            "follow_up",
            "voicemail",
            "#REF!",
            "=A1",
            "n/a",
            "DE",
            "4",
            "😀",
            "a;b",
            '"',
            "1e400",
            "9" * 400,
            "٣/٤/٢٠٢٦",
        ]
    ),
    st.text(max_size=12),
)
TABLES = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=8).flatmap(
    lambda headers: st.lists(
        st.lists(CELLS, min_size=len(headers), max_size=len(headers)), max_size=8
    ).map(lambda rows: [headers, *rows])
)


def as_csv(rows: list[list[str]]) -> str:
    """Return rows as CSV text."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@settings(max_examples=150, deadline=None)
@given(TABLES, st.sampled_from([None, "day-first", "month-first"]))
def test_any_table_is_a_log_that_adds_up_or_an_error_of_ours(
    rows: list[list[str]], date_order: str | None
) -> None:
    with contextlib.suppress(JobSearchStatsError):
        log = read(as_csv(rows), date_order=date_order)
        if "\0" not in "".join(map("".join, rows)):
            assert log.counts["rows_read"] <= len(rows) - 1
    with contextlib.suppress(JobSearchStatsError):
        frame = pd.DataFrame(rows[1:], columns=rows[0])
        before = frame.copy(deep=True)
        adds_up(read_log(frame, date_order=date_order))
        pd.testing.assert_frame_equal(frame, before)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda noise: b"Company,Applied,Interview\n" + noise),
        st.binary(max_size=200).map(lambda noise: b"PK\x03\x04" + noise),
        st.text(max_size=200).map(lambda text: ("date;kind;company\n" + text).encode("utf-16")),
    )
)
def test_any_bytes_are_a_log_that_adds_up_or_an_error_of_ours(content: bytes) -> None:
    with contextlib.suppress(JobSearchStatsError):
        read(content)


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


def told(rows: list[list[str]]) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Return what a table says, apart from the places of its rows."""
    log = read(as_csv(rows))
    events = log.events.drop(columns="source_row").astype(object).fillna("")
    events["application_id"] = events["application_id"].astype("str")
    applications = log.applications.astype(object).fillna("").sort_index()
    return (
        applications[sorted(applications.columns)],
        events.astype("str").sort_values(list(events.columns)).reset_index(drop=True),
        log.counts,
    )


@settings(max_examples=60, deadline=None)
@given(SOUND, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_columns_changes_what_is_told(
    rows: list[tuple[str, ...]], random: random.Random
) -> None:
    table = [SHEET, *map(list, rows)]
    shuffled = table[1:]
    random.shuffle(shuffled)
    columns = list(range(len(SHEET)))
    random.shuffle(columns)
    other = [[row[at] for at in columns] for row in [SHEET, *shuffled]]
    for before, after in zip(told(table)[:2], told(other)[:2], strict=True):
        pd.testing.assert_frame_equal(before, after)
    assert told(table)[2] == told(other)[2]


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


@settings(max_examples=60, deadline=None)
@given(EVENT_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_an_event_logs_rows_does_not_matter(
    rows: list[tuple[str, ...]], random: random.Random
) -> None:
    header = ["company", "role", "date", "kind", "decide_by"]
    shuffled = list(map(list, rows))
    random.shuffle(shuffled)
    for before, after in zip(
        told([header, *map(list, rows)]), told([header, *shuffled]), strict=True
    ):
        if isinstance(before, pd.DataFrame):
            pd.testing.assert_frame_equal(before, after)
        else:
            assert before == after
