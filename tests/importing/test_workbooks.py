"""Workbooks in all shapes: sheets, dates, formulas, errors, and what is no workbook after all."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from importing.reading import adds_up, happened, problems, read
from jobsearch_stats.errors import ReadError
from jobsearch_stats.importing import read_log

FILES = Path(__file__).with_name("files")
HEADER = ["Company", "Position", "Applied", "Interview", "Notes"]


def xlsx(write: Callable[[xlsxwriter.Workbook, Any, Any], None], **options: object) -> bytes:
    """Return a workbook that is written by a function of book, sheet and date format."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, options)
    write(book, book.add_worksheet("Search"), book.add_format({"num_format": "d mmm yyyy"}))
    book.close()
    return content.getvalue()


def test_a_table_that_starts_lower_and_to_the_right_keeps_the_sheets_row_numbers() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.merge_range("C5:E5", "My search, 2026", day)
        sheet.write_row("C6", HEADER)
        sheet.write_row("C7", ["Acme", "Dev"])
        sheet.write_datetime("E7", dt.datetime(2026, 2, 13), day)
        sheet.write_string("F9", "no company here")

    log = read(xlsx(write))
    assert log.events["source_row"].tolist() == [7]
    assert log.problems["problem"].str.contains("header was found in row 6").any()
    assert log.counts["rows_blank"] == 1


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_times_yes_and_percent_come_as_a_person_would_type_them(from_1904: bool) -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", [*HEADER, "Hour", "Remote", "Share"])
        sheet.write_row("A2", ["Acme", "Dev"])
        sheet.write_datetime("C2", dt.datetime(2026, 2, 13), day)
        both = book.add_format({"num_format": "d/m/yy h:mm"})
        sheet.write_datetime("D2", dt.datetime(2026, 3, 4, 14, 30), both)
        sheet.write_datetime("F2", dt.time(9, 15), book.add_format({"num_format": "h:mm"}))
        sheet.write_boolean("G2", True)
        sheet.write_number("H2", 0.5, book.add_format({"num_format": "0%"}))

    log = read(xlsx(write, date_1904=from_1904))
    assert happened(log) == [("2026-02-13", "applied"), ("2026-03-04", "interview")]
    assert log.events["hour"].dropna().tolist() == [14]
    kept = log.applications[["Remote", "Share"]].iloc[0]
    assert kept.tolist() == ["yes", "0.5"]


def test_numbers_in_a_workbook_of_1904_are_said_to_be_doubtful() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", HEADER)
        sheet.write_row("A2", ["Acme", "Dev", 44605])

    noted = read(xlsx(write, date_1904=True)).problems["problem"]
    assert noted.str.contains("four years too early").sum() == 1
    assert not read(xlsx(write)).problems["problem"].str.contains("1904").any()


def test_links_rich_text_line_breaks_and_formulas_give_their_text() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", [*HEADER, "URL"])
        sheet.write_rich_string("A2", "Ac", book.add_format({"bold": True}), "me", " Inc.")
        sheet.write_formula("B2", '="D"&"ev"', None, "Dev")
        sheet.write_formula("C2", "=DATE(2026,2,13)", day, 46066)
        sheet.write_string("E2", "one\ntwo")
        sheet.write_url("F2", "https://example.com/1", string="the posting")

    log = read(xlsx(write))
    assert log.applications[["company", "role", "notes", "url"]].to_numpy().tolist() == [
        ["Acme Inc.", "Dev", "one\ntwo", "the posting"]
    ]
    assert happened(log) == [("2026-02-13", "applied")]


def test_errors_and_formulas_never_calculated_are_reported_not_blank() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", HEADER)
        sheet.write_row("A2", ["Acme", "Dev"])
        sheet.write_formula("C2", "=Z9/0", None, "#DIV/0!")
        sheet.write_formula("E2", "=Other!A1", None, "#REF!")

    log = read(xlsx(write))
    assert problems(log, "blanked") == [(2, "Applied", "#DIV/0!"), (2, "Notes", "#REF!")]

    book = openpyxl.Workbook()
    for row in (HEADER, ["Acme", "Dev", "=TODAY()", "", "=A2&B2"], ["Beta", "Ops", "2026-02-13"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)  # openpyxl calculates nothing
    log = read(content.getvalue())
    assert problems(log, "blanked") == [(2, "Applied", "=TODAY()"), (2, "Notes", "=A2&B2")]
    assert happened(log) == [("2026-02-13", "applied")]


def test_hidden_rows_and_columns_are_read_and_a_hidden_sheet_is_not_preferred() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", ["Company", "Applied"])
        sheet.write_row("A2", ["Acme", "2026-02-13"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        old = book.add_worksheet("Old")
        old.write_row("A1", HEADER)
        old.write_row("A2", ["Beta", "Dev", "2025-02-13"])
        old.hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Search!$B$1:$B$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    content = xlsx(write)
    log = read(content)
    assert happened(log) == [("2026-02-13", "applied")]
    assert log.problems["problem"].str.contains("'Search' was read, not 'Old'").any()
    assert read(content, sheet="Old").applications["company"].tolist() == ["Beta"]


def test_a_hidden_sheet_is_read_where_no_other_knows_a_header() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", ["some", "words"])
        log = book.add_worksheet("Log")
        log.write_row("A1", HEADER)
        log.write_row("A2", ["Beta", "Dev", "2026-02-13"])
        log.hide()

    assert read(xlsx(write)).applications["company"].tolist() == ["Beta"]


def test_formatting_down_to_the_last_row_costs_nothing() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", HEADER)
        sheet.write_row("A2", ["Acme", "Dev", "2026-02-13"])
        sheet.write_blank("A1048576", None, day)
        sheet.write_blank("XFD40", None, day)
        sheet.set_column("A:XFD", 12, day)

    log = read(xlsx(write))
    assert log.counts["rows_read"] == 1
    assert list(log.columns["header"]) == HEADER


def test_a_stray_cell_at_the_right_end_is_one_more_column_and_no_wall_of_blank_ones() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", [*HEADER])
        sheet.write_string("XFD1", "Stray")
        sheet.write_row("A2", ["Acme", "Dev", "2026-02-13"])
        sheet.write_row("A3", ["Beta", "Ops", "2026-02-14"])

    log = read(xlsx(write))
    assert list(log.columns["header"]) == [*HEADER, "Stray"]
    assert log.counts["rows_loaded"] == 2


def test_a_cell_too_far_out_to_be_held_is_an_error_that_says_where() -> None:
    def write(book: Any, sheet: Any, day: Any) -> None:
        sheet.write_row("A1", HEADER)
        sheet.write_row("A2", ["Acme", "Dev", "2026-02-13"])
        sheet.write_string("XFD40000", "x")

    with pytest.raises(ReadError, match=r"row 40,000 and right to column 16,384.*Delete"):
        read(xlsx(write))


def test_an_old_workbook_is_read_with_dates_serial_numbers_and_its_own_rows() -> None:
    log = adds_up(read_log(FILES / "search.xls"))
    assert log.applications["company"].tolist() == ["Müller & Söhne", "Acme", "Beta", "Gamma"]
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-02-16", "applied"),
        ("2026-03-04", "interview"),
        ("2026-03-04", "interview"),
    ]
    assert sorted(log.events["source_row"]) == [6, 6, 7, 7]
    assert log.applications["role"].tolist()[3] == "yes"
    assert log.problems["problem"].str.contains("'Search' was read, not 'Ideas', 'Old'").any()
    assert problems(log, "blanked") == [(7, "Fit", "0.5"), (9, "Fit", "#REF!")]
    assert len(read_log(FILES / "search.xls", sheet=3).applications) == 1


SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "manifest": "manifest",
    }.items()
)
EMPTY_ROWS = (
    '<table:table-row table:number-rows-repeated="{}">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def ods(body: str, *, manifest: str = "") -> bytes:
    """Return an OpenDocument spreadsheet with these tables."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {SPACES}>{manifest}</manifest:manifest>"
        )
        book.writestr(
            "content.xml",
            f"<office:document-content {SPACES} xmlns:calcext="
            '"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
            '<style:table-properties table:display="false"/></style:style>'
            f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def ods_row(*cells: str) -> str:
    """Return a row; a cell that begins with < is XML already."""
    return "<table:table-row>{}</table:table-row>".format(
        "".join(
            cell
            if cell.startswith("<")
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in cells
        )
    )


def ods_table(name: str, *rows: str, style: str = "ta1") -> str:
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'
    )


def test_an_opendocument_sheet_is_read_like_any_other() -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="{}"/>'
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    body = ods_table(
        "Search",
        EMPTY_ROWS.format(3),
        ods_row(*HEADER),
        ods_row("Ac<text:span>me</text:span>", "Dev", day.format("2026-02-13"),
                day.format("2026-03-04T14:30:00"), "one</text:p><text:p>two"),
        ods_row("Beta", "Ops", error),
        EMPTY_ROWS.format(1_048_570),
    )  # fmt: skip
    hidden = ods_table("Old", ods_row(*HEADER, "Status"), ods_row("Gamma"), style="ta2")
    log = read(ods(body + hidden))
    assert log.applications["company"].tolist() == ["Acme", "Beta"]
    assert log.applications["notes"].iloc[0] == "one\ntwo"
    assert happened(log) == [("2026-02-13", "applied"), ("2026-03-04", "interview")]
    assert log.events["source_row"].tolist() == [5, 5]
    assert log.events["hour"].dropna().tolist() == [14]
    assert problems(log, "blanked") == [(6, "Applied", "#DIV/0!")]
    assert log.counts["rows_read"] == 2


def test_an_opendocument_cell_repeated_beyond_measure_is_an_error() -> None:
    many = '<table:table-cell table:number-columns-repeated="16000" office:value-type="string">'
    row = f'<table:table-row table:number-rows-repeated="1000000">{many}<text:p>x</text:p>'
    with pytest.raises(ReadError, match="more than can be held"):
        read(ods(ods_table("S", ods_row(*HEADER), f"{row}</table:table-cell></table:table-row>")))


def ole(*streams: str) -> bytes:
    """Return what such a container begins with, and the names of what is in it."""
    names = b"".join(stream.encode("utf-16-le").ljust(128, b"\0") for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + names


def zipped(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ole("EncryptedPackage", "EncryptionInfo"), "password"),
        (ole("WordDocument"), "Word document"),
        (ole("Workbook"), "cannot be read as one"),
        (ods("", manifest="<manifest:encryption-data/>"), "password"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "text document"),
        (zipped(mimetype="application/epub+zip"), "document"),
        (zipped(word__document="<x/>"), "text document"),
        (zipped(ppt__presentation="<x/>"), "presentation"),
        (zipped(xl__workbook="x"), "cannot be read as one"),
        (xlsx(lambda book, sheet, day: None), "no sheet with anything in it"),
        (xlsx(lambda book, sheet, day: None)[:-40], "cannot be opened"),
    ],
)
def test_what_only_looks_like_a_workbook_is_an_error_that_says_what_it_is(
    content: bytes, why: str
) -> None:
    with pytest.raises(ReadError, match=why):
        read(content)
