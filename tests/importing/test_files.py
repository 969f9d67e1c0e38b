"""Bytes to a table: encodings, separators, headers, sheets, and what is no table at all."""

from __future__ import annotations

import codecs
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from importing.reading import adds_up, happened, problems, read
from jobsearch_stats.errors import JobSearchStatsError, ReadError, SettingError
from jobsearch_stats.importing import read_log

PLAIN = "Company,Position,Applied\nMüller & Söhne,Köchin,2026-02-13\n"


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (PLAIN.encode(), False),
        (codecs.BOM_UTF8 + PLAIN.encode(), False),
        (PLAIN.encode("utf-16"), False),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), False),
        (PLAIN.encode("cp1252"), True),  # a guess, and said to be one
    ],
)
def test_encodings_are_found_out_and_a_guess_is_noted(content: bytes, note: bool) -> None:
    log = read(content)
    assert log.applications["company"].tolist() == ["Müller & Söhne"]
    assert log.applications["role"].tolist() == ["Köchin"]
    assert log.problems["problem"].str.contains("guess").any() == note


def test_the_encoding_can_be_given() -> None:
    assert read(PLAIN.encode("mac_roman"), encoding="mac_roman").applications["role"].iloc[0] == (
        "Köchin"
    )


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "\0", ""])
def test_an_encoding_that_there_is_not_is_a_clear_error(encoding: str) -> None:
    with pytest.raises(SettingError, match="encoding"):
        read(PLAIN.encode(), encoding=encoding)


def test_bytes_that_are_not_in_the_given_encoding_are_a_read_error() -> None:
    with pytest.raises(ReadError, match="utf-8"):
        read(PLAIN.encode("cp1252"), encoding="utf-8")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_are_found_out(mark: str) -> None:
    log = read(PLAIN.replace(",", mark))
    assert happened(log) == [("2026-02-13", "applied")]


def test_a_separator_can_be_given_and_must_be_one_character() -> None:
    assert len(read(PLAIN.replace(",", "~"), delimiter="~").events) == 1
    with pytest.raises(SettingError, match="delimiter"):
        read(PLAIN, delimiter=";;")


def test_excels_sep_line_is_obeyed_and_is_no_row() -> None:
    log = read("sep=;\r\nCompany;Applied\r\nAcme, Inc.;2026-02-13\r\n")
    assert log.applications["company"].tolist() == ["Acme, Inc."]
    assert log.events["source_row"].tolist() == [2]


def test_a_file_of_one_column_is_not_split_at_its_commas() -> None:
    log = read("Company\nAcme, Inc.\nBeta; Gamma & Co\n")
    assert log.applications["company"].tolist() == ["Acme, Inc.", "Beta; Gamma & Co"]


def test_commas_in_quotes_and_line_breaks_in_cells_stay_in_their_cell() -> None:
    log = read('Company,Notes,Applied\n"Acme, Inc.","one\ntwo",2026-02-13\nBeta,,2026-02-14\n')
    assert log.applications["notes"].iloc[0] == "one\ntwo"
    assert log.events["source_row"].tolist() == [2, 3]  # records, as a spreadsheet counts


def test_a_title_above_the_header_is_skipped_and_rows_keep_their_numbers() -> None:
    log = read("My search 2026,,\n,,\nCompany,Position,Applied\nAcme,Dev,2026-02-13\n")
    assert log.events["source_row"].tolist() == [4]
    assert log.problems["problem"].str.contains("header was found in row 3").any()


def test_a_header_of_two_lines_is_read_as_one() -> None:
    log = read(
        "Company,Interview,,Follow-up,,\n"
        ",Date,With,Date,Method,Outcome\n"
        "Acme,2026-03-04,Ann Example,2026-03-12,phone,no answer\n"
    )
    assert happened(log) == [("2026-03-04", "interview"), ("2026-03-12", "follow_up")]
    assert log.events["contact"].iloc[0] == "Ann Example"
    assert log.events["outcome"].iloc[1] == "no_answer"
    assert log.events["source_row"].tolist() == [3, 3]


def test_the_header_row_can_be_given() -> None:
    text = "Company,Applied\nCompany,Applied\nAcme,2026-02-13\n"
    assert read(text, header_row=2).counts["rows_read"] == 1
    for bad in (0, 9, True, "2"):
        with pytest.raises(SettingError, match="row"):
            read(text, header_row=bad)


def test_rows_with_cells_too_many_are_rejected_with_their_text_and_short_ones_filled() -> None:
    log = read("Company,Role,Applied\nAcme,Dev, Senior,2026-02-13\nBeta\nGamma,Ops,2026-02-14,,\n")
    assert problems(log, "rejected") == [(2, None, "Acme | Dev |  Senior | 2026-02-13")]
    assert log.applications["company"].tolist() == ["Beta", "Gamma"]
    assert log.problems["problem"].str.contains("1 row has fewer cells").any()


def test_blank_rows_are_counted() -> None:
    log = read("Company,Applied\n\nAcme,2026-02-13\n , \n")
    assert log.counts == {
        "rows_read": 3,
        "rows_loaded": 1,
        "rows_rejected": 0,
        "rows_blank": 2,
    }


def test_the_header_pasted_again_is_rejected() -> None:
    log = read("Company,Applied\nAcme,2026-02-13\nCompany,Applied\nBeta,2026-02-14\n")
    assert [row for row, _, _ in problems(log, "rejected")] == [3]
    assert len(log.applications) == 2


def test_a_quote_that_never_closes_swallows_no_rows() -> None:
    log = read('Company,Role,Applied\n"Acme,Dev,2026-02-13\nBeta,Ops,2026-02-14\n')
    assert log.applications["company"].tolist() == ['"Acme', "Beta"]
    log = read(
        'Company,Role,Applied\n"Acme,Dev,2026-02-13\nBeta,Ops,2026-02-14\n"Gamma",Ops,2026-02-15\n'
    )
    assert log.applications["company"].tolist() == ['"Acme', "Beta", "Gamma"]
    assert log.problems["problem"].str.contains("quotation mark").sum() == 1


def test_numbers_and_words_such_as_na_stay_as_they_are_written() -> None:
    log = read("Company,Role,Phone,Applied\nNA,None,0555 0100,2026-02-13\nnull,007,,2026-02-14\n")
    assert log.applications["company"].tolist() == ["NA", "null"]
    assert log.applications["role"].tolist() == ["None", "007"]
    assert log.events["phone"].iloc[0] == "0555 0100"


NOT_TABLES = {
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "photo.csv": b"\xff\xd8\xff\xe0" + bytes(range(256)),
    "letter.csv": b"%PDF-1.7 something",
    "zip.csv": b"PK\x03\x04" + bytes(200),
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "nul.csv": b"Company,Applied\nAc\0me,2026-02-13\n",
    "noise.csv": bytes(range(1, 32)) * 40,
    "empty.csv": b"",
    "blanks.csv": b" \n\n \t\n",
    "bom.csv": codecs.BOM_UTF8,
    "broken16.csv": codecs.BOM_UTF16_LE + b"C",
    "story.csv": b"Once upon a time\nthere was a job\n",
}


@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_table_is_a_read_error_that_names_the_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(NOT_TABLES[name])
    with pytest.raises(ReadError, match=name.partition(".")[0]):
        read_log(path)
    assert path.read_bytes() == NOT_TABLES[name]


def test_a_missing_file_and_an_empty_folder_are_read_errors(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no file"):
        read_log(tmp_path / "nothing.csv")
    with pytest.raises(ReadError, match=r"folder .* holds no file that is read as a log"):
        read_log(tmp_path)
    for odd in ("\0", 7, None, ["Company"]):
        with pytest.raises(JobSearchStatsError):
            read_log(odd)


def test_a_header_alone_is_no_log() -> None:
    with pytest.raises(ReadError, match=r"a header and no row below it. Write one row per"):
        read("Company,Position,Applied\n")


def test_a_header_over_blank_rows_and_a_frame_without_rows_are_logs_of_nothing() -> None:
    for source in ("Company,Position,Applied\n,,\n", pd.DataFrame({"Company": [], "Applied": []})):
        log = read(source)
        assert len(log.applications) == len(log.events) == 0


def test_digits_that_are_no_numbers_are_text() -> None:
    """An old script's 1 is a digit to Python, and no number."""
    log = read(
        "Company,Applied,Interview,Decision by,𐩀,Interview 𐩀\nAcme,𐩀𐩀𐩀𐩀𐩀𐩀𐩀𐩀,2026-03-04,𐩀 days,𐩀,𐩀\n"
    )
    assert happened(log) == [("2026-03-04", "interview")]
    assert log.events["decide_by"].isna().all()
    assert (2, "Applied", "𐩀𐩀𐩀𐩀𐩀𐩀𐩀𐩀") in problems(log, "blanked")


def test_nothing_understood_lists_the_headers_found_and_the_fields_wanted() -> None:
    with pytest.raises(ReadError, match=r"'Colour', 'Taste'.*company and role.*mapping="):
        read("Colour,Taste\nred,sweet\n")


def test_the_file_is_not_changed_and_an_open_file_will_do(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text(PLAIN, encoding="utf-8")
    path.chmod(0o400)
    before = path.stat().st_mtime_ns
    assert len(adds_up(read_log(str(path))).events) == 1
    with path.open("rb") as file:
        assert len(adds_up(read_log(file)).events) == 1
    with path.open(encoding="utf-8") as file:
        assert len(adds_up(read_log(file)).events) == 1
    assert path.stat().st_mtime_ns == before


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """Return an .xlsx with these sheets."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(at, column, cell, day)
                elif cell != "":
                    sheet.write(at, column, cell)
    book.close()
    return content.getvalue()


APPLICATIONS = [
    ["Company", "Applied", "Interview", "Phone", "Fit", "Due"],
    ["Acme", dt.datetime(2026, 2, 13), dt.datetime(2026, 3, 4, 14, 30), 5550100, 4.0, True],
    [],
    ["Beta", 46067, "05.03.2026", "555-0101", "", ""],  # 46067 is 14 February 2026
]


def test_a_workbook_is_read_with_dates_serial_numbers_and_numbers_as_text() -> None:
    log = read(workbook(("Applications", APPLICATIONS)))
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-02-14", "applied"),
        ("2026-03-04", "interview"),
        ("2026-03-05", "interview"),
    ]
    interview = log.events[log.events["kind"] == "interview"]
    assert interview["hour"].fillna(-1).tolist() == [14, -1]
    assert interview["phone"].tolist() == ["5550100", "555-0101"]
    assert interview["source_row"].tolist() == [2, 4]
    assert log.applications["fit"].iloc[0] == 4
    assert log.counts["rows_blank"] == 1


def test_the_sheet_that_looks_like_a_log_is_read_and_the_others_are_named() -> None:
    book = workbook(("Ideas", [["some"], ["words"]]), ("Search", APPLICATIONS))
    log = read(book)
    assert len(log.applications) == 2
    assert log.problems["problem"].str.contains("'Search' was read, not 'Ideas'").any()
    assert len(read(book, sheet="Search").applications) == 2
    assert len(read(book, sheet=2).applications) == 2
    with pytest.raises(ReadError, match="nothing in"):
        read(book, sheet=1)
    for bad in ("Serach", 0, 3):
        with pytest.raises(SettingError, match="'Ideas', 'Search'"):
            read(book, sheet=bad)
    with pytest.raises(SettingError, match="no sheets"):
        read(PLAIN, sheet=1)


def test_a_frame_is_read_as_it_stands_and_not_changed() -> None:
    frame = pd.DataFrame(
        {
            "Company": ["Acme", "Beta", None],
            "Applied": pd.to_datetime(["2026-02-13", None, None]),
            "Interview": [dt.date(2026, 3, 4), "2026-03-05 15:00", float("nan")],
            "Fit": [4.0, float("nan"), float("nan")],
            "Tags": [["a"], ["b"], None],
        }
    )
    before = frame.copy(deep=True)
    log = read(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-03-04", "interview"),
        ("2026-03-05", "interview"),
    ]
    assert log.applications["fit"].fillna(0).tolist() == [4, 0]
    assert log.applications["Tags"].tolist() == ["['a']", "['b']"]
    assert log.counts["rows_blank"] == 1


def test_cells_of_a_frame_may_be_of_any_type() -> None:
    odd = [
        np.array([1, 2]),
        Decimal("NaN"),
        Decimal("1.50"),
        pd.Timestamp("2026-02-13 09:30", tz="Europe/Berlin"),
        pd.Period("2026-02", freq="M"),
        dt.time(9, 30),
        np.datetime64("NaT", "s"),
        "a\0b\ud800",
        float("inf"),
    ]
    frame = pd.DataFrame({"Company": ["Acme"] * len(odd), "Odd": pd.Series(odd, dtype=object)})
    assert read(frame).applications["Odd"].fillna("-").tolist() == [
        "[1, 2]",
        "-",
        "1.50",
        "2026-02-13 09:30:00",
        "2026-02",
        "09:30",
        "-",
        "ab?",
        "inf",
    ]


def test_a_frames_named_index_is_a_column() -> None:
    frame = pd.DataFrame(
        {"company": ["Acme"], "applied": ["2026-02-13"]},
        index=pd.Index(["a1"], name="application_id"),
    )
    assert read(frame).applications.index.tolist() == ["a1"]
    assert len(read(pd.DataFrame(columns=["company", "applied"])).applications) == 0
