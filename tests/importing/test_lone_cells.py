"""What stands alone in a row: a company's name is an application, what divides a table is none."""

from __future__ import annotations

import pytest

from importing.reading import problems, read
from jobsearch_stats.importing.lone_cells import why_no_application

HEADINGS = ["Week 3", "KW 12", "Semaine du 3 mars", "2. hafta", "March 2026", "--- March ---"]
HEADINGS += ["Mar 2026", "März", "Q1 2026", "1. Quartal 2026", "Monday", "Monday, 2 March 2026"]
HEADINGS += ["3 - 9 March", "2026-03-02 to 2026-03-08", "3/2 – 9/2", "第3周", "2026年3月", "======"]
HEADINGS += ["week ending 6 March", "** Mai **", "April:"]
TOTALS = ["Total", "Total: 57", "Grand total 12", "Sum", "Gesamt: 4", "合计"]
REMARKS = ["# old ones", "## Applied", "#hiring", "// not sent yet"]
MARKS = ["<<<<<<< HEAD", "=======", ">>>>>>> laptop", "||||||| base"]
COMPANIES = ["Alder & Finch", "Mars", "Sun", "May", "Total Brook", "3M", "1871", "Four Seasons"]
COMPANIES += ["Monday Brook", "Week Brook 3", "24/7", "7 Brook", "#1", "#REF!", "Marchfield 2026"]
COMPANIES += ["<<<<<", "Q", "Week", "2026", "2026-03-02"]


@pytest.mark.parametrize("cell", [*HEADINGS, *TOTALS, *REMARKS, *MARKS])
def test_headings_totals_remarks_and_marks_of_a_merge_are_no_applications(cell: str) -> None:
    assert why_no_application(cell)
    assert why_no_application(f" {cell} \u200b")


@pytest.mark.parametrize("cell", COMPANIES)
def test_names_are_not_taken_for_headings(cell: str) -> None:
    assert why_no_application(cell) == ""


@pytest.mark.parametrize("cell", [*HEADINGS, *TOTALS, *REMARKS, *MARKS])
def test_beside_any_other_cell_it_is_a_name(cell: str) -> None:
    log = read(f"Company;Role;Applied\n{cell};Clerk;\nBrookvale Labs;;\n")
    assert log.counts["rows_loaded"] == 2


def test_a_date_alone_under_its_header_is_no_heading() -> None:
    log = read("Company,Applied,Interview\nAcme,2026-02-03,\n,,2026-03-04\n,,4 March 2026\n")
    assert log.events["kind"].tolist().count("interview") == 2
    assert problems(log, "rejected") == []


def test_boxes_and_blank_words_beside_a_heading_are_nothing() -> None:
    log = read("Company,Thank-you,Applied\nMarch 2026,FALSE,n/a\nAcme,yes,2026-03-02\n")
    assert [row for row, _, _ in problems(log, "rejected")] == [2]


def test_a_heading_or_mark_on_a_line_of_its_own_is_no_short_row() -> None:
    text = "Company,Role,Applied\n<<<<<<< HEAD\nAcme,Dev,2026-03-02\nWeek 3\nBeta,Ops\n"
    for end in ("", 'Gamma "x" y,Ops,2026-03-03\n'):  # the second is read row by row
        log = read(text + end)
        short = log.problems[log.problems["problem"].str.contains("fewer cells")]
        assert short["source_row"].tolist() == [5]
        assert [row for row, _, _ in problems(log, "rejected")] == [2, 4]


def test_many_remarks_are_all_accounted_for() -> None:
    rows = "\n".join(f"# remark {row}" for row in range(3_000))
    log = read(f"Company,Applied\nAcme,2026-03-02\n{rows}\n")
    assert log.counts["rows_rejected"] == 3_000
    assert log.applications["company"].tolist() == ["Acme"]
