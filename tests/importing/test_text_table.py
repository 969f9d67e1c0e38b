"""The short way through sound text and the long way row by row: they must tell the same."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importing.reading import problems, read
from jobsearch_stats.errors import JobSearchStatsError, SettingError
from jobsearch_stats.importing import text_table
from jobsearch_stats.importing.delimited import Layout
from jobsearch_stats.importing.problems import Problems
from jobsearch_stats.importing.raw import RawTable

PLAIN = ["a", "b c", "", " ", "2026-01-02", "é", "漢"]
QUOTED = ['"x, y"', '"q ""z"" "', '"l1\nl2"', '"l1\r\nl2"']
BROKEN = ['"', 'x"y', '"a"b', "\r"]
CELLS = st.sampled_from([*PLAIN, *QUOTED, *BROKEN])
LINES = st.lists(CELLS, min_size=0, max_size=6).map(",".join)
TEXTS = st.tuples(
    st.lists(st.sampled_from(["Company", "Role", "Applied", "x", ""]), min_size=1, max_size=4),
    st.lists(LINES, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\r\n\r\n"]),
).map(lambda t: t[2].join([",".join(t[0]), *t[1]]) + t[3])


def known(headers: list[str]) -> int:
    """Count the headers that this test knows."""
    return len({"Company", "Role", "Applied"} & set(headers))


def told(table: RawTable) -> tuple[object, ...]:
    """Return all that a raw table tells."""
    cells = [[column.distinct[code] for code in column.codes] for column in table.columns]
    headers = [column.header for column in table.columns]
    return headers, cells, table.source_rows.tolist(), table.n_rejected


@settings(max_examples=400)
@given(TEXTS)
def test_both_ways_through_a_text_tell_the_same(text: str) -> None:
    found = [Problems(), Problems()]
    outcomes: list[object] = []
    for at, short_way in enumerate((True, False)):
        with pytest.MonkeyPatch.context() as patch:
            if not short_way:
                patch.setattr(text_table, "_at_once", lambda *_: None)
            try:
                table = text_table.table_of_text(text, "x.csv", Layout(), known, found[at])
                outcomes.append(told(table))
            except JobSearchStatsError as error:
                outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]
    assert found[0].frame().equals(found[1].frame())


def test_sound_text_takes_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("read row by row")

    monkeypatch.setattr(text_table, "table_of_records", refuse)
    sound = 'Company,Role,Applied\n"Brook, ""B"" & Sons",Cook,2026-02-03\n\nOak,"a\nb",\nElm,Cook\n'
    log = read(sound)
    assert log.applications["company"].tolist() == ['Brook, "B" & Sons', "Oak", "Elm"]
    assert log.applications["role"].tolist() == ["Cook", "a\nb", "Cook"]
    assert log.counts == {"rows_read": 4, "rows_loaded": 3, "rows_rejected": 0, "rows_blank": 1}


def test_a_column_of_many_rows_that_repeats_few_values_reads_as_any_other() -> None:
    n = text_table._MANY + 7
    text = io.StringIO()
    rows = [
        (f"Firm {at}", "Cook" if at % 3 else "", f"2026-01-{at % 28 + 1:02}") for at in range(n)
    ]
    csv.writer(text).writerows([("Company", "Role", "Applied"), *rows])
    log = read(text.getvalue())
    assert log.applications["company"].tolist() == [company for company, _, _ in rows]
    assert log.applications["role"].fillna("").tolist() == [role for _, role, _ in rows]
    assert log.events["date"].dt.strftime("%Y-%m-%d").tolist() == [day for _, _, day in rows]
    assert log.events["source_row"].tolist() == list(range(2, n + 2))


def test_names_for_a_file_without_a_header_row() -> None:
    text = "Brook,Cook,2026-02-03\nOak,Baker,2026-02-04\n"
    log = read(text, names=["company", "Position", "Date applied"])
    assert log.applications["role"].tolist() == ["Cook", "Baker"]
    assert log.events["source_row"].tolist() == [1, 2]
    assert log.counts["rows_read"] == 2


def test_names_in_place_of_those_in_a_row() -> None:
    text = "My list\nA,B,C\nBrook,Cook,2026-02-03\n"
    log = read(text, names=["company", "role", "applied"], header_row=2)
    assert log.applications["company"].tolist() == ["Brook"]
    assert log.events["source_row"].tolist() == [3]


def test_a_column_beyond_the_names_is_kept_without_one() -> None:
    log = read("Brook,Cook,2026-02-03\n", names=["company", "role"])
    assert log.applications["column 3"].tolist() == ["2026-02-03"]


@pytest.mark.parametrize("names", ["company", [1, 2], ["company", "role", "applied", "x"]])
def test_names_that_do_not_fit_are_a_setting_error(names: object) -> None:
    with pytest.raises(SettingError, match="names"):
        read("Brook,Cook,2026-02-03\n", names=names)


def test_the_marks_of_a_merge_conflict_are_left_out_and_both_sides_kept() -> None:
    text = (
        "Company,Role,Applied\n<<<<<<< HEAD\nBrook,Cook,2026-02-03\n=======\n"
        "Brook,Baker,2026-02-03\n>>>>>>> theirs\n"
    )
    log = read(text)
    assert log.applications["role"].tolist() == ["Cook", "Baker"]
    assert [row for row, _, _ in problems(log, "rejected")] == [2, 4, 6]


@pytest.mark.parametrize("cells", ["N/A,N/A,", ",FALSE,", "-,,n/a", ",no,", "?,tbd,"])
def test_rows_that_only_say_nothing_are_blank(cells: str) -> None:
    log = read(f"Company,Thank-you,Applied\nBrook,yes,2026-02-03\n{cells}\n")
    assert log.counts == {"rows_read": 2, "rows_loaded": 1, "rows_rejected": 0, "rows_blank": 1}


def test_blank_columns_share_nothing_that_is_written() -> None:
    log = read("Company,Applied\nBrook,2026-02-03\nOak,2026-02-04\n")
    log.events.loc[0, "contact"] = "Ann"
    log.events.loc[1, "until"] = pd.Timestamp("2026-02-09")
    log.applications.loc["oak", "source"] = "a friend"
    assert log.events[["phone", "email", "note"]].isna().all(axis=None)
    assert log.events["decide_by"].isna().all()
    assert log.applications[["role", "url", "strengths"]].isna().all(axis=None)
