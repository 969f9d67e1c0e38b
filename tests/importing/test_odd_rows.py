"""Rows that are kept and want a look: the same twice, or without a company."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.reading import problems, read

HEADER = "Company,Role,Applied\n"
CELLS = st.sampled_from(["Acme", "Beta", "Gamma"])


def repeats(text: str) -> list[tuple[str, str]]:
    """Return what is noted of rows that stand more than once."""
    noted = read(text).problems
    noted = noted[noted["problem"].str.contains("same in every cell")]
    return list(zip(noted["value"], noted["problem"], strict=True))


def test_rows_that_are_the_same_in_every_cell_are_kept_and_noted_in_one_line() -> None:
    text = HEADER + (
        "Beta,Ops,2026-02-05\nAcme,Dev,2026-02-03\nAcme,Dev,2026-02-03\nBeta,Ops,2026-02-06\n"
        "Beta,Ops,2026-02-05\nAcme,Dev,2026-02-03\n"
    )
    said = "5 rows are the same in every cell as another"
    assert repeats(text) == [("rows 2 and 6; rows 3, 4 and 7", said)]
    assert len(read(text).applications) == 6


def test_rows_that_differ_in_a_column_of_your_own_are_not_the_same() -> None:
    assert repeats("Company,Applied,Mood\nAcme,2026-02-03,good\nAcme,2026-02-03,bad\n") == []


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12))
def test_as_many_rows_are_noted_as_have_a_twin(rows: list[tuple[str, ...]]) -> None:
    n = int(pd.DataFrame(rows).duplicated(keep=False).sum())
    noted = repeats("Company,Role,Mood\n" + "".join(",".join(row) + "\n" for row in rows))
    assert [said for _, said in noted] == [
        f"{n} rows are the same in every cell as another" for _ in range(n > 0)
    ]


@pytest.mark.parametrize(
    ("rows", "where", "said"),
    [
        (",,2026-03-09", "row 3", "1 row has an event and no company"),
        (",Dev,2026-03-09\n,,2026-03-10", "rows 3 and 4", "2 rows have an event and no company"),
    ],
)
def test_events_without_a_company_may_be_of_a_merged_cell(rows: str, where: str, said: str) -> None:
    log = read(f"Company,Role,Interview\nAcme,Dev,2026-03-02\n{rows}\n")
    noted = log.problems[log.problems["problem"] == said]
    assert noted["value"].tolist() == [where]
    assert "unmerge" in noted["what_was_done"].iloc[0]


def test_a_row_without_company_and_event_says_what_to_do_if_cells_are_merged() -> None:
    log = read("Company,Role,Interview\nAcme,Dev,2026-03-02\n,Ops,\n")
    assert [row for row, _, _ in problems(log, "rejected")] == [3]
    assert log.problems["problem"].str.contains("unmerge").sum() == 1
