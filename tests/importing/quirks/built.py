"""Files that read better as a description than as bytes: workbooks, archives, encodings."""

from __future__ import annotations

import datetime as dt
import gzip
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

Sheets = Mapping[str, list[list[Any]]]

_FORMATS = {
    dt.datetime: {"num_format": "yyyy-mm-dd hh:mm"},
    dt.date: {"num_format": "yyyy-mm-dd"},
    dt.time: {"num_format": "hh:mm"},
}
_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    "<office:spreadsheet>"
)
_ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def build(stated: Mapping[str, Any], folder: Path) -> Path:
    """Write the file that an expectation describes, and return its path."""
    path = folder / stated["file"]
    if "workbook" in stated:
        _workbook(path, stated["workbook"]["sheets"], stated["workbook"].get("merged", {}))
    elif "ods" in stated:
        _ods(path, stated["ods"]["sheets"])
    elif "zip" in stated:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in stated["zip"].items():
                archive.writestr(name, text)
    elif "folder" in stated:
        for name, text in stated["folder"].items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_text(text, encoding="utf-8")
    elif "gzip" in stated:
        path.write_bytes(gzip.compress(stated["gzip"].encode()))
    else:
        _text(path, stated["text"])
    return path


def _text(path: Path, stated: Mapping[str, Any]) -> None:
    """Write text in an encoding, with line ends, and with long fillings for short marks."""
    text = stated["content"].replace("\n", stated.get("line_ends", "\n"))
    for mark, times in stated.get("fill", {}).items():
        text = text.replace(mark, "long " * times)
    path.write_bytes(text.encode(stated.get("encoding", "utf-8")))


def _workbook(path: Path, sheets: Sheets, merged: Mapping[str, list[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    _write(book, sheet, at, place, cell)
            for span in merged.get(name, []):
                first = int("".join(c for c in span.split(":")[0] if c.isdigit()))
                sheet.merge_range(span, rows[first - 1][0])


def _write(book: Any, sheet: Any, at: int, place: int, cell: object) -> None:
    if isinstance(cell, dict):
        sheet.write_formula(at, place, cell["formula"], None, cell["value"])
    elif type(cell) in _FORMATS:
        sheet.write_datetime(at, place, cell, book.add_format(_FORMATS[type(cell)]))
    elif isinstance(cell, str):
        if cell:
            sheet.write_string(at, place, cell)
    else:
        sheet.write(at, place, cell)


def _ods(path: Path, sheets: Sheets) -> None:
    body = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", _ODS_HEAD + body + _ODS_TAIL)


def _ods_cell(cell: object) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, dt.date):
        day = cell.isoformat()
        kind = f'office:value-type="date" office:date-value="{day}"'
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"
