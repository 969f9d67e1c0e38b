"""Workbooks in binary records: .xlsb, and what a damaged .xls must not do to memory."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from importing.reading import happened, read
from jobsearch_stats.errors import ReadError
from jobsearch_stats.importing.biff import DamagedError, errors_of
from jobsearch_stats.importing.ole import CircleError, workbook_stream

OLD = Path(__file__).with_name("files").joinpath("search.xls").read_bytes()


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a record of an .xlsb: kind and length in seven bits a byte."""
    assert len(data) < 128
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: list[list[str | float]]) -> bytes:
    """Return an .xlsb of one sheet; record numbers are those of [MS-XLSB] 2.3."""
    sheet = record(129) + record(148, struct.pack("<4I", 0, 2, 0, 2)) + record(145)
    for at, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", at) + bytes(13))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            value = wide(cell) if isinstance(cell, str) else struct.pack("<d", cell)
            sheet += record(6 if isinstance(cell, str) else 5, place + value)
    book = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Search"))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr(
            "xl/workbook.bin", record(131) + record(143) + book + record(144) + record(132)
        )
        parts.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
        )
        parts.writestr("xl/worksheets/sheet1.bin", sheet + record(146) + record(130))
    return content.getvalue()


def test_an_xlsb_is_read_and_said_to_hide_errors() -> None:
    log = read(xlsb([["Company", "Applied"], ["Acme", "2026-02-13"], ["Beta", 46067.0]]))
    assert happened(log) == [("2026-02-13", "applied"), ("2026-02-14", "applied")]
    assert log.problems["problem"].str.contains("error cannot be told from a blank").sum() == 1


def with_number(content: bytes, at: int, number: int) -> bytes:
    return content[:at] + struct.pack("<I", number) + content[at + 4 :]


def test_errors_of_an_old_workbook_have_their_sheet_and_place() -> None:
    assert errors_of(workbook_stream(OLD)) == {0: [(8, 5, "#REF!")]}


@pytest.mark.parametrize("at", [48, 60, 68])
def test_sectors_that_run_in_a_circle_are_found_before_they_fill_memory(at: int) -> None:
    """The chain whose first sector stands at this place of the header comes back to itself."""
    table = 512 * (1 + struct.unpack_from("<I", OLD, 76)[0])
    first = struct.unpack_from("<I", OLD, 48)[0]
    damaged = with_number(with_number(OLD, at, first), table + 4 * first, first)
    if at == 68:  # the table of tables: its last number names the next one
        damaged = with_number(damaged, 512 * (first + 2) - 4, first)
    with pytest.raises(CircleError):
        workbook_stream(damaged)
    with pytest.raises(ReadError, match="damaged workbook"):
        read(damaged)


def test_a_size_that_no_sheet_has_is_found_before_memory_is_set_aside() -> None:
    stream = workbook_stream(OLD)
    place = stream.index(struct.pack("<HH", 0x200, 14)) + 4
    with pytest.raises(DamagedError):
        errors_of(with_number(stream, place + 4, 0xFFFF_FF00))
    whole = OLD.index(struct.pack("<HH", 0x200, 14)) + 4
    with pytest.raises(ReadError, match="damaged workbook"):
        read(with_number(OLD, whole + 4, 0xFFFF_FF00))


@pytest.mark.parametrize("end", range(0, len(OLD), 401))
def test_an_old_workbook_cut_off_anywhere_is_a_clear_error_or_a_log(end: int) -> None:
    stream = workbook_stream(OLD)
    assert isinstance(errors_of(stream[:end]), dict)
    assert isinstance(workbook_stream(OLD[:end]), bytes)
