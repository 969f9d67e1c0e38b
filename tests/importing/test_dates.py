"""Date cells: what can be read in one way only, the order of the rest, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest

from importing.reading import happened, problems, read
from jobsearch_stats.errors import ReadError, SettingError
from jobsearch_stats.importing.dates import read_cell


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("2026-03-04", "2026-03-04", -1),
        (" 2026-03-04 ", "2026-03-04", -1),
        ("2026/3/4", "2026-03-04", -1),
        ("20260304", "2026-03-04", -1),
        ("2026-03-04T14:30:00.000Z", "2026-03-04", 14),
        ("2026-03-04 23:59:59+05:30", "2026-03-04", 23),  # the day as it is written
        ("2026-03-04 00:00:00", "2026-03-04", -1),  # how exports write "no time"
        ("4 March 2026", "2026-03-04", -1),
        ("4th of March, 2026", "2026-03-04", -1),
        ("March 4, 2026", "2026-03-04", -1),
        ("Mar 4 2026 2 pm", "2026-03-04", 14),
        ("Wed, 4 Mar 2026 at 9:15 a.m.", "2026-03-04", 9),
        ("4-Mar-26", "2026-03-04", -1),
        ("May 19 2023, 09:00 am", "2023-05-19", 9),
        ("12/31/25, 12:09 AM", "2025-12-31", 0),
        ("4. März 2026", "2026-03-04", -1),
        ("Mittwoch, 4. Maerz 2026, 14 Uhr", "2026-03-04", 14),
        ("4.Dez.2026", "2026-12-04", -1),
        ("25.3.26", "2026-03-25", -1),
        ("25. 3. 2026", "2026-03-25", -1),
        ("25-03-2026", "2026-03-25", -1),
        ("3/25/2026", "2026-03-25", -1),
        ("05/05/2026", "2026-05-05", -1),
        ("29/02/2028", "2028-02-29", -1),
        ("46085", "2026-03-04", -1),
        ("46085.5", "2026-03-04", 12),
    ],
)
def test_what_can_be_read_in_one_way_only(text: str, day: str, hour: int) -> None:
    cell = read_cell(text)
    assert (cell.day, cell.hour, cell.problem) == (dt.date.fromisoformat(day), hour, "")
    assert cell.by != "both"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31/02/2026", "no such day"),
        ("2026-02-30", "no such day"),
        ("29.02.2026", "no such day"),
        ("2026-25-03", "no such day"),
        ("3/4", "no year"),
        ("17.03.", "no year"),
        ("March 4", "no year"),
        ("4 Mar 14:00", "no year"),
        ("3/4/2026, 3/11/2026", "more than one date"),
        ("2026-03-04 and 2026-03-11", "more than one date"),
        ("2026-03-04 - 2026-03-11", "more than one date"),
        ("0", "zero is not a date"),
        ("14", "a number alone"),
        ("0001-01-01", "the year"),
        ("1969-12-31", "the year"),
        ("2101-01-01", "the year"),
        ("2026-03-04 room 12", "beside the date"),
    ],
)
def test_what_is_no_date_says_why(text: str, problem: str) -> None:
    cell = read_cell(text)
    assert cell.day is None
    assert problem in cell.problem


@pytest.mark.parametrize("text", ["", " ", "-", "—", "n/a", "N/A", "?", "k.A."])
def test_blanks_and_dashes_are_no_problem(text: str) -> None:
    assert read_cell(text) == read_cell("")


def applied(*dates: str, **settings: str) -> list[str]:
    """Return the days read from a column `Applied` with these cells."""
    rows = "".join(f'Company {at},"{date}"\n' for at, date in enumerate(dates))
    return read("Company,Applied\n" + rows, **settings).events["date"].astype("str").tolist()


def test_one_date_above_twelve_decides_for_its_column() -> None:
    assert applied("03/04/2026", "25/04/2026") == ["2026-04-03", "2026-04-25"]
    assert applied("03/04/2026", "04/25/2026") == ["2026-03-04", "2026-04-25"]


def test_another_column_decides_where_the_column_itself_does_not() -> None:
    log = read("Company,Applied,Interview\nAcme,03/04/2026,25/04/2026\n")
    assert happened(log) == [("2026-04-03", "applied"), ("2026-04-25", "interview")]


def test_iso_dates_do_not_decide_and_are_never_turned_round() -> None:
    assert applied("2026-03-01", "25/03/2026") == ["2026-03-01", "2026-03-25"]


def test_dots_are_day_first() -> None:
    assert applied("03.04.2026") == ["2026-04-03"]


@pytest.mark.parametrize(
    "text",
    [
        "Company,Applied\nAcme,03/05/2026\nBeta,04/05/2026\n",
        # both kinds in the column itself: no other column can help
        "Company,Applied,Reply\nA,25/03/2026,26/03/2026\nB,03/26/2026,\nC,03/05/2026,\n"
        "D,04/05/2026,\n",
        # two columns that contradict each other
        "Company,Applied,Interview,Reply\nA,25/03/2026,03/26/2026,03/05/2026\nB,,,04/05/2026\n",
    ],
)
def test_open_order_is_an_error_that_shows_two_dates_and_the_argument(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    message = str(caught.value)
    assert "03/05/2026 can be 3 May 2026 or 5 March 2026" in message
    assert "04/05/2026 can be 4 May 2026 or 5 April 2026" in message
    assert 'date_order="day-first"' in message
    assert "row 2" in message or "row 4" in message


def test_the_order_can_be_given() -> None:
    assert applied("03/05/2026", date_order="day-first") == ["2026-05-03"]
    assert applied("03/05/2026", date_order="month-first") == ["2026-03-05"]
    # what allows one reading only is still read so
    assert applied("03/25/2026", date_order="day-first") == ["2026-03-25"]
    with pytest.raises(SettingError, match="date_order"):
        applied("03/05/2026", date_order="dmy")


def test_cells_of_one_reading_each_are_fine_in_one_column() -> None:
    assert applied("25/03/2026", "03/26/2026", "2026-03-27", "28 March 2026") == [
        "2026-03-25",
        "2026-03-26",
        "2026-03-27",
        "2026-03-28",
    ]


def test_a_bad_date_is_blanked_with_row_column_and_text_and_its_row_kept() -> None:
    log = read("Company,Applied,Reply\nAcme,31/02/2026,2026-03-10\nBeta,Feb 3,#REF!\n")
    assert sorted(problems(log, "blanked")) == [
        (2, "Applied", "31/02/2026"),
        (3, "Applied", "Feb 3"),
        (3, "Reply", "#REF!"),
    ]
    assert happened(log) == [("2026-03-10", "reply")]
    assert len(log.applications) == 2
