"""Delimited text that is not as it should be: stray quotes, old line ends, cells without end."""

from __future__ import annotations

import gzip

import pytest

from importing.reading import problems, read

ROWS = [f"Acme {n},2026-02-03,a note" for n in range(2_000)]


@pytest.mark.parametrize("before", ["", 'Beta,2026-02-04,"a "b\n', 'Beta,2026-02-04,"a\n'])
def test_a_cell_of_ten_million_characters_is_a_cell_whatever_stands_before_it(before: str) -> None:
    text = f"Company,Applied,Notes\n{before}Acme,2026-02-03,{'x' * 10_000_001}\n"
    for source in (text, gzip.compress(text.encode(), compresslevel=1)):
        log = read(source)
        assert len(log.applications.loc[log.applications["company"] == "Acme", "notes"]) == 1
        assert log.applications["notes"].str.len().max() == 10_000_001


@pytest.mark.parametrize("text", ['Acme 1, "the" firm', 'Acme 1 "the firm"', '"Acme 1'])
def test_a_stray_quote_costs_no_row(text: str) -> None:
    rows = [*ROWS[:900], f"{text},2026-02-03,", *ROWS[900:]]
    log = read("\n".join(["Company,Applied,Notes", *rows]))
    assert log.counts["rows_read"] == len(rows)
    assert log.applications["company"].isin([f"Acme {n}" for n in range(len(ROWS))]).sum() >= 2_000


def test_stray_quotes_beyond_the_fiftieth_are_noted_in_one_line() -> None:
    rows = [
        line for n in range(60) for line in (f'Acme {n},2026-02-03,"open', 'Beta,2026-02-04,"a"x')
    ]
    log = read("\n".join(["Company,Applied,Notes", *rows]))
    assert log.counts["rows_loaded"] == 120
    said = log.problems["problem"][log.problems["problem"].str.contains("quotation mark")]
    assert len(said) == 51
    assert said.iloc[-1].startswith("more than 50")


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ('Company,Role,Applied\rAcme,a "dev",2026-02-03\rBeta,Ops,2026-02-04\r', []),
        ('Company,Role,Applied\nAcme,a "dev",2026-02-03,x,y\nBeta,Ops,2026-02-04\n', [2]),
        ('Company,Role,Applied\rAcme,"a, dev",2026-02-03,x\rBeta,Ops,2026-02-04\r', [2]),
    ],
)
def test_rows_off_the_short_way_are_all_accounted_for(text: str, rejected: list[int]) -> None:
    log = read(text)
    assert [row for row, _, _ in problems(log, "rejected")] == rejected
    assert log.counts["rows_read"] == 2
    assert "Beta" in log.applications["company"].tolist()
