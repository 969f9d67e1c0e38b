"""`log.summary()`: what was read, what was noted, and what the log cannot answer."""

import dataclasses
import io
import re

import pandas as pd
import pytest

import jobsearch_stats as js
from build import a_log, event, follow_up, interview
from jobsearch_stats.sample import sample_path
from jobsearch_stats.schema import COLUMN_COLUMNS, PROBLEM_COLUMNS
from jobsearch_stats.summary import LogSummary, date_orders, grouped

ALL = {"contact": "Jana Novak", "phone": "555-0100", "email": "jana@example.com"}
FULL = [
    event("applied", "2026-02-01"),
    interview("2026-03-03", decide_by="2026-03-09", **ALL),
    follow_up("2026-03-10", method="phone"),
    event("reply", "2026-03-11"),
]


def problems(*rows):
    """A frame of problems: row, column, value, problem, severity."""
    table = pd.DataFrame(rows, columns=["source_row", "column", "value", "problem", "severity"])
    return table.assign(what_was_done="")[list(PROBLEM_COLUMNS)].astype(PROBLEM_COLUMNS)


def columns(*rows):
    """A frame of columns: header, field, read as."""
    return pd.DataFrame(list(rows), columns=list(COLUMN_COLUMNS)).astype(COLUMN_COLUMNS)


def lacks(log):
    return [lack.key for lack in log.summary().lacks]


def of(table, **settings):
    return js.read_log(pd.DataFrame(table), **settings)


def test_the_summary_in_lines():
    log = dataclasses.replace(
        a_log({"a": FULL}),
        problems=problems(
            (3, "Applied", "x", "it is not a date", "blanked"),
            (4, "Status", "Foo", "the status is not known (2 times)", "noted"),
            (5, "Status", "Bar", "the status is not known (1 time)", "noted"),
            (6, None, "a | b", "it has no date", "rejected"),
        ),
        columns=columns(
            ("Company", "company", "company"),
            ("Applied", "applied", "applied; day-first: 13/02/2026 in row 7 decides"),
            ("Met", "interview", "interview; day-first: from the other date columns"),
            ("Reply", "reply", "reply; day-first: from the other date columns"),
            ("<b>Mood</b>", None, "not understood: kept as it is"),
        ),
        counts={"rows_read": 4, "rows_loaded": 2, "rows_rejected": 1, "rows_blank": 1},
    )
    assert log.summary().lines == (
        "4 rows read: 2 loaded, 1 left out, 1 blank.",
        "1 application with 4 dated events: 1 applied, 1 interview, 1 follow-up, 1 reply.",
        "First event 2026-02-01, last 2026-03-11.",
        "5 columns: 4 understood, kept as they are: <b>Mood</b>.",
        "Dates are day-first in Applied: 13/02/2026 in row 7 decides.",
        "Dates are day-first in Met, Reply: from the other date columns.",
        "1 row left out: see problems.",
        "  - it has no date ('a | b' in row 6)",
        "1 value not used, in rows that were kept: see problems.",
        "  - Applied: it is not a date ('x' in row 3)",
        "2 things to look at: see problems.",
        "  - Status: the status is not known (3 times, the first 'Foo' in row 4)",
        "It has all that the follow-up rules use.",
    )
    assert str(log.summary()) == log.summary().text
    assert repr(log) == "<ApplicationLog: 1 application, 4 events, 4 problems>"


def test_every_order_of_dates_that_was_read_is_said():
    log = of({"Company": ["A", "B"], "Applied": ["13/02/2026", "01/02/2026"]})
    (line,) = date_orders(log.columns)
    assert line == "Dates are day-first in Applied: 13/02/2026 in row 1 decides."
    assert line in log.summary().lines
    assert date_orders(of({"Company": ["A"], "Applied": ["2026-02-13"]}).columns) == []


def test_columns_that_decide_for_themselves_are_one_line():
    made = columns(
        ("A", "applied", "applied; month-first: 06/16/2025 in row 5 decides"),
        ("B", "interview", "interview 1; month-first: 12/23/2025 in row 9 decides"),
        ("C", "reply", "reply; day-first: your date_order"),
        ("D", "offer", "offer; each of its dates can be read in one way only"),
    )
    assert date_orders(made) == [
        "Dates are month-first in A, B: dates of their own decide, in A 06/16/2025 in row 5.",
        "Dates are day-first in C: your date_order.",
    ]


def test_problems_are_grouped_and_counted_not_listed():
    many = problems(
        *((row, "When", f"x{row}", f"an earlier row says 'y{row}'", "noted") for row in range(500)),
        (7, "Fit", "9", "it is not a whole number from 1 to 5", "blanked"),
    )
    table = grouped(many)
    assert table["times"].tolist() == [1, 500]
    assert table["problem"].tolist() == [
        "it is not a whole number from 1 to 5",
        "an earlier row says …",
    ]
    assert table.loc[1, ["first_value", "first_row"]].tolist() == ["x0", 0]
    log = dataclasses.replace(a_log({"a": FULL}), problems=many)
    assert len(log.summary().lines) < 12
    assert log.summary()._repr_html_().count("<tr>") < 8


@pytest.mark.parametrize("n", [1, 5, 40])
def test_many_kinds_of_problem_are_cut_short(n):
    found = problems(*((2, f"Column {i}", "x", "it is odd", "noted") for i in range(n)))
    lines = dataclasses.replace(a_log({"a": FULL}), problems=found).summary().lines
    named = [line for line in lines if "it is odd" in line]
    assert len(named) == min(n, 6)
    assert (f"  - and {n - 6} other kinds" in lines) == (n > 6)


def test_many_columns_are_cut_short():
    table = {"Company": ["A"], **{f"Odd {i}": ["x"] for i in range(30)}}
    assert "Odd 5 and 24 more." in of(table).summary().text


class TestLacks:
    """What the log cannot answer, for each kind of input, most urgent first."""

    def test_nothing(self):
        assert lacks(a_log({"a": FULL})) == []
        assert "It has all that the follow-up rules use." in a_log({"a": FULL}).summary().lines

    @pytest.mark.parametrize(
        ("left_out", "key"), [(0, "applied"), (1, "interview"), (2, "follow_up"), (3, "reply")]
    )
    def test_a_kind_of_event(self, left_out, key):
        life = [event for at, event in enumerate(FULL) if at != left_out]
        found = lacks(a_log({"a": life}))
        assert key in found
        assert set(found) <= {key, "contact", "phone"}

    @pytest.mark.parametrize(("name", "key"), [("contact", "contact"), ("phone", "phone")])
    def test_a_column(self, name, key):
        life = [FULL[0], {**FULL[1], name: None}, *FULL[2:]]
        assert lacks(a_log({"a": life})) == [key]

    def test_an_address_alone_does(self):
        life = [FULL[0], {**FULL[1], "email": None}, *FULL[2:]]
        assert lacks(a_log({"a": life})) == []

    def test_promises(self):
        life = [FULL[0], {**FULL[1], "decide_by": None}, *FULL[2:]]
        (lack,) = a_log({"a": life}).summary().lacks
        assert lack.key == "decide_by"
        assert "R2's week" in lack.text

    def test_what_came_of_follow_ups(self):
        life = [*FULL[:2], {**FULL[2], "outcome": None}, follow_up("2026-03-19"), FULL[3]]
        (lack,) = a_log({"a": life}).summary().lacks
        assert lack.key == "outcome"
        assert "1 of 2 follow-ups" in lack.text
        assert "reached nobody" in lack.text

    def test_statuses_without_dates(self):
        log = a_log({"a": FULL, "b": [], "c": []}, status_kind=["rejected", "rejected", None])
        (lack,) = log.summary().lacks
        assert lack.key == "status_on"
        assert lack.what.startswith("No date for 2 statuses")
        dated = a_log({"a": [*FULL, event("rejection", "2026-03-12")]}, status_kind=["rejected"])
        assert lacks(dated) == []

    def test_an_interview_without_its_date(self):
        log = of({"Company": ["A", "B"], "Interview": ["yes", "2026-03-03"]})
        assert lacks(log)[0] == "undated_interview"
        assert 'Fill in your column "Interview"' in log.summary().lacks[0].text

    def test_a_sheet_is_told_which_column_to_add(self):
        log = of({"Firma": ["A"], "Beworben am": ["2026-02-13"]})
        assert lacks(log)[0] == "interview"
        assert (
            "No interview dates: follow-up rules need them. "
            'Add a column "Interview" with the date of each interview.'
        ) in log.summary().text

    def test_a_column_that_is_there_and_blank_is_to_be_filled_in(self):
        log = of(
            {"Company": ["A"], "Applied": ["2026-02-13"], "Met": [""]}, mapping={"Met": "interview"}
        )
        assert 'Fill in your column "Met"' in log.summary().lacks[0].text

    def test_an_event_log_is_told_which_row_to_add(self):
        log = of({"Company": ["A"], "Date": ["2026-02-13"], "Kind": ["applied"]})
        assert 'Add a row of kind "interview"' in log.summary().lacks[0].text
        assert "Add a column" in next(t.text for t in log.summary().lacks if t.key == "contact")

    def test_an_export(self):
        log = js.read_log(sample_path().parent / "linkedin_job_applications.csv")
        assert lacks(log) == ["interview", "follow_up", "contact", "phone", "reply"]

    @pytest.mark.parametrize("name", ["my_search.csv", "events.csv"])
    def test_the_sample(self, name):
        assert lacks(js.read_log(sample_path().parent / name)) == ["undated_interview"]

    def test_an_empty_log(self):
        log = of({"Company": [""], "Interview": [""]})
        assert lacks(log) == ["applications"]
        assert "template" in log.summary().text

    def test_what_is_said_to_be_added_is_understood(self):
        log = of({"Company": ["A"]})
        headers = re.findall(r'column "([^"]+)"', log.summary().text)
        assert len(headers) > 4
        read = of({"Company": ["A"], **{name: [""] for name in headers}}).columns
        assert (read["field"].fillna("") != "").all()


class TestHtml:
    """What a notebook shows."""

    def test_a_hostile_file_is_escaped(self):
        bad = "<script>alert(1)</script>"
        log = of({"Company": [bad], bad: [bad], "Status": [bad], "Interview": [bad]})
        shown = log._repr_html_()
        assert "<script" not in shown
        assert "&lt;script&gt;" in shown

    def test_lines_alone_show_themselves(self):
        summary = LogSummary(("a < b",))
        assert repr(summary) == "a < b"
        assert "a &lt; b" in summary._repr_html_()

    def test_rows_columns_and_lacks_are_there(self):
        log = js.read_log(sample_path())
        shown = log.summary()._repr_html_()
        for header in log.columns["header"]:
            assert f"<bdi>{header.replace('&', '&amp;')}</bdi>" in shown
        for n in log.counts.values():
            assert f"<bdi>{n}</bdi>" in shown
        assert shown.count("<details") == shown.count("</details>") == 2
        assert "No date for the interview of 1 application" in shown

    def test_long_tables_are_folded_and_cut(self):
        short = of({"Company": ["A"]}).summary()._repr_html_()
        assert "<details open" in short
        long = of({"Company": ["A"], **{f"Odd {i}": ["x"] for i in range(300)}})
        shown = long.summary()._repr_html_()
        assert "<details open" not in shown.split("What it cannot")[0].split("What was noted")[0]
        assert "… and 101 more." in shown

    def test_no_colour_of_its_own_so_that_dark_themes_can_be_read(self):
        shown = js.read_log(sample_path())._repr_html_()
        assert not re.search(r"(?<!-)color\s*:|background", shown)


def test_a_log_without_companies_says_which_column_may_name_them() -> None:
    log = js.read_log(io.StringIO("Praxis,Applied,Status\nAm Markt,2026-02-03,applied\n"))
    first = log.summary().lacks[0]
    assert first.key == "company"
    assert 'mapping={"Praxis": "company"}' in first.add
    mended = js.read_log(
        io.StringIO("Praxis,Applied,Status\nAm Markt,2026-02-03,applied\n"),
        mapping={"Praxis": "company"},
    )
    assert "company" not in [lack.key for lack in mended.summary().lacks]


def test_a_board_with_companies_in_its_columns_is_called_one() -> None:
    log = js.read_log(io.StringIO("Wishlist,Applied,Interview\nFernway,Heron,Ibis\n,Kite,\n"))
    assert log.counts["rows_rejected"] == 2
    (only,) = log.summary().lacks
    assert only.key == "board"
    assert '"Company" and "Status"' in only.add
