"""Date cells: what can be read in one way only, the order of the rest, and what is no date."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from importing.reading import happened, problems, read
from jobsearch_stats.errors import ReadError, SettingError
from jobsearch_stats.importing.date_columns import read_dates
from jobsearch_stats.importing.date_order import Dated, decide_orders
from jobsearch_stats.importing.dates import read_cell
from jobsearch_stats.importing.plan import Plan, ReadAs
from jobsearch_stats.importing.presets import presets
from jobsearch_stats.importing.problems import Problems
from jobsearch_stats.importing.raw import Column


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


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        # what mail programs write: the day as it stands there, whatever the zone
        ("Tue, 03 Mar 2026 14:05:00 +0100", "2026-03-03", 14),
        ("3 Mar 2026 09:12:33 GMT (UTC)", "2026-03-03", 9),
        ("Mon, 2 Mar 2026 23:59:59 -0500 (EST)", "2026-03-02", 23),
        ("Wed Mar  4 14:05:00 2026", "2026-03-04", 14),
        ("Wed Mar 04 2026 14:05:00 GMT+0100 (Central European Standard Time)", "2026-03-04", 14),
        # what machines write
        ("2026-03-04T14:30", "2026-03-04", 14),
        ("2026-03-04T23:30:00.123456-08:00", "2026-03-04", 23),
        ("20260304T140500Z", "2026-03-04", 14),
        ("2026-03-04 24:00", "2026-03-04", -1),
        ("2/14/25, 12:09\u202fAM", "2025-02-14", 0),
        # months in words, as each language puts them
        ("4 de marzo de 2026", "2026-03-04", -1),
        ("miércoles, 4 de marzo de 2026", "2026-03-04", -1),
        ("4 de março de 2026", "2026-03-04", -1),
        ("1.º de março de 2026", "2026-03-01", -1),
        ("quarta-feira, 4 de março de 2026", "2026-03-04", -1),
        ("1er mars 2026", "2026-03-01", -1),
        ("le 4 mars 2026 à 14h30", "2026-03-04", 14),
        ("2 août 2026", "2026-08-02", -1),
        ("1º marzo 2026", "2026-03-01", -1),
        ("mercoledì 4 marzo 2026 ore 14:30", "2026-03-04", 14),
        ("woensdag 4 maart 2026 om 14.30 uur", "2026-03-04", 14),
        ("środa, 4 marca 2026 r., godz. 14:30", "2026-03-04", 14),
        ("12 sierpnia 2026", "2026-08-12", -1),
        ("4 Mart 2026 Çarşamba", "2026-03-04", -1),
        ("31 ağustos 2026", "2026-08-31", -1),
        ("2026年3月4日", "2026-03-04", -1),
        ("2026 年 3 月 4 号", "2026-03-04", -1),
        ("2026年3月4日 下午3点", "2026-03-04", 15),
        ("2026年3月4日 15:30", "2026-03-04", 15),
        ("2026年3月4日（周三）上午9:15", "2026-03-04", 9),
        # times of day beside a day
        ("4 Mar 2026 14h30", "2026-03-04", 14),
        ("4 Mar 2026 3pm", "2026-03-04", 15),
        ("4. März 2026, 14.30 Uhr", "2026-03-04", 14),
        ("2026-03-04 14:00-15:00", "2026-03-04", 14),
        ("2026-03-04 2:00-3:00 pm", "2026-03-04", 14),
        ("2026-03-04 11:30-12:30 pm", "2026-03-04", 11),  # it ends after noon, and begins before
        # no space, years of two digits
        ("4apr26", "2026-04-04", -1),
        ("4th Mar '26", "2026-03-04", -1),
        ("31/12/99", "1999-12-31", -1),
    ],
)
def test_dates_of_other_programs_and_languages(text: str, day: str, hour: int) -> None:
    cell = read_cell(text)
    assert (str(cell.day), cell.hour, cell.words, cell.problem) == (day, hour, "", "")


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "0.0",
        "0 days",
        "0 Tage",
        "1900-01-00",
        "1/0/1900",
        "1/0/00",
        "1899-12-30",
        "30/12/1899",
        "12/30/1899 0:00",
        "1970-01-01",
        "1970-01-01T00:00:00Z",
        "01/01/1970",
        "00/00/0000",
        "0000-00-00",
    ],
)
def test_what_spreadsheets_and_programs_write_for_nothing_is_no_date(text: str) -> None:
    cell = read_cell(text)
    assert (cell.day, cell.problem) == (None, "zero is not a date")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3月4日", "no year"),
        ("Tue 3/4", "no year"),
        ("4. März 14 Uhr", "no year"),  # not the year 2014
        ("4 Mar 14h30", "no year"),
        ("March 2026", "no day"),
        ("03/2026", "no day"),
        ("2026-03", "no day"),
        ("12 days", "a length of time"),
        ("12 Tage", "a length of time"),
        ("5 days ago", "not a date"),
        ("8/3/2019 and 9/9/2019", "more than one date"),
    ],
)
def test_dates_without_a_part_say_which(text: str, problem: str) -> None:
    cell = read_cell(text)
    assert cell.day is None
    assert problem in cell.problem


def test_days_to_a_reply_are_no_date_of_one() -> None:
    log = read("Company,Applied,Reply\nA,2026-02-01,12 days\nB,2026-02-01,0 days\n")
    assert happened(log) == [("2026-02-01", "applied"), ("2026-02-01", "applied")]
    assert problems(log, "blanked") == [(2, "Reply", "12 days"), (3, "Reply", "0 days")]


def test_the_hour_is_kept_in_every_column_that_gives_events() -> None:
    log = read(
        "Company,Applied,Interview,Reply,Status,Status date\n"
        "A,2026-02-01 08:15,2026-03-04T14:30:00Z,4 Mar 2026 3pm,Rejected,2026-03-20 16:45\n"
    )
    assert log.events["hour"].tolist() == [8, 14, 15, 16]
    assert log.events["kind"].tolist() == ["applied", "interview", "reply", "rejection"]


def orders(text: str, **settings: str) -> dict[str, tuple[str | None, str]]:
    """Return order and reason by header, of the columns of a small sheet."""
    headers, *rows = [line.split(",") for line in text.split("\n")]
    columns = [Column.of(h, [row[at] for row in rows]) for at, h in enumerate(headers)]
    dated = [Dated(c, [read_cell(v) for v in c.distinct], range(len(c.distinct))) for c in columns]
    numbers = np.arange(2, 2 + len(rows))
    found = decide_orders(
        dated, name="x.csv", source_rows=numbers, given=settings.get("date_order")
    )
    return {h: (order.order, order.why) for h, order in zip(headers, found, strict=True)}


def test_every_order_says_what_decided_it() -> None:
    assert orders("Applied,Reply,Offer\n03/04/2026,05/04/2026,2026-03-04\n13/04/2026,,") == {
        "Applied": ("day-first", "13/04/2026 in row 3 decides"),
        "Reply": ("day-first", "from the other date columns"),
        "Offer": (None, ""),  # no date needed one
    }
    assert orders("Applied\n03.04.2026") == {"Applied": ("day-first", "dots: day first")}
    given = orders("Applied,Offer\n03/04/2026,2026-03-04", date_order="month-first")
    assert given == {"Applied": ("month-first", "your date_order"), "Offer": (None, "")}
    both = orders("Applied\n25/03/2026\n03/26/2026")["Applied"]
    assert both == (None, "each of its dates can be read in one way only")


def test_iso_and_words_do_not_decide_for_others() -> None:
    with pytest.raises(ReadError, match="no other date in the file decides it"):
        orders("Applied,Reply\n03/04/2026,2026-03-25\n,25 March 2026")


def test_an_export_decides_and_says_so() -> None:
    linkedin = next(preset for preset in presets() if preset.name == "LinkedIn")
    column = Column.of("Application Date", ["2/4/25, 12:09 AM"])
    plan = Plan("sheet", (ReadAs("applied"),), linkedin)
    dates, _ = read_dates(
        [column], plan, name="x", source_rows=np.array([2]), date_order=None, found=Problems()
    )
    assert (dates[0].order, dates[0].why) == ("month-first", "LinkedIn writes month first")
    assert dates[0].row_days.astype(str).tolist() == ["2025-02-04"]
    dates, _ = read_dates(
        [column],
        plan,
        name="x",
        source_rows=np.array([2]),
        date_order="day-first",
        found=Problems(),
    )
    assert (dates[0].order, dates[0].why) == ("day-first", "your date_order")


def test_a_number_in_a_column_of_offers_is_a_salary() -> None:
    log = read("Company,Applied,Offer\nA,2026-02-03,46000\nB,2026-02-04,2026-03-03\n")
    assert [event for event in happened(log) if event[1] == "offer"] == [("2026-03-03", "offer")]
    assert problems(log, "blanked") == [(2, "Offer", "46000")]
    # unless the file writes its days as numbers
    log = read("Company,Applied,Offer\nA,46056,46085\n")
    assert happened(log) == [("2026-02-03", "applied"), ("2026-03-04", "offer")]
