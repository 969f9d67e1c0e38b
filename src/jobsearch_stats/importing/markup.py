"""Tables in HTML, which portals name .xls, and in Excel's XML of 2003, to a raw table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree

from ..errors import ReadError
from .raw import WAY_OUT, RawTable, best_header
from .wanted import Wanted
from .workbooks import Records, Sheet, chosen_sheet

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_SPREADSHEET}}}"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?$")
_SPAN = re.compile(r"\s*(\d{1,4})")


def table_of_markup(text: str, name: str, wanted: Wanted) -> RawTable | None:
    """Return the table of HTML or of an XML spreadsheet; None if the text is neither.

    Raises
    ------
    ReadError
        If it is markup without a table, or broken.
    """
    start = text[:4000].lower()
    if _SPREADSHEET in start:
        sheets = _sheets_of_xml(text, name)
        sheet, records = chosen_sheet(sheets, name, wanted)
        return wanted.table(records, f"{name}, sheet {sheet!r}")
    html = "<html" in start or "<!doctype html" in start or "<table" in start
    if html and "<table" in text.lower():
        wanted.without_sheets(name)
        return _table_of_html(text, name, wanted)
    if html or start.lstrip().startswith("<?xml"):
        raise ReadError(
            f"{name} is a {'web page' if html else 'XML file'} without a table. {WAY_OUT}"
        )
    return None


def _sheets_of_xml(text: str, name: str) -> list[Sheet]:
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.I):
        raise ReadError(f"{name} is XML with a document type of its own. {WAY_OUT}")
    try:
        root = ElementTree.fromstring(text.lstrip())
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ReadError(f"{name} is a broken XML spreadsheet: {error}. {WAY_OUT}") from None
    sheets = []
    for at, sheet in enumerate(root.iter(f"{_SS}Worksheet"), start=1):
        records = _records_of_xml(sheet)
        hidden = any(
            mark.text in ("SheetHidden", "SheetVeryHidden")
            for mark in sheet.iter("{urn:schemas-microsoft-com:office:excel}Visible")
        )
        title = sheet.get(f"{_SS}Name", str(at))
        sheets.append(Sheet(title, lambda records=records: records, not hidden))  # type: ignore[misc]
    return sheets


def _records_of_xml(sheet: ElementTree.Element) -> Records:
    records: Records = []
    for row in sheet.iter(f"{_SS}Row"):
        at = _number(row.get(f"{_SS}Index"), len(records) + 1)
        cells = _cells_of_xml(row)
        if cells and len(records) < at <= _LAST_ROW:
            records += [[] for _ in range(at - 1 - len(records))]
        records.append(cells)
    return records


def _cells_of_xml(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_SS}Cell"):
        at = _number(cell.get(f"{_SS}Index"), len(cells) + 1)
        if len(cells) < at <= _LAST_COLUMN:
            cells += [""] * (at - 1 - len(cells))
        data = cell.find(f"{_SS}Data")
        cells.append("" if data is None else _text_of_xml(data))
        across = _number(cell.get(f"{_SS}MergeAcross"), 0)
        cells += [""] * min(across, max(_LAST_COLUMN - len(cells), 0))
    return cells


def _text_of_xml(data: ElementTree.Element) -> str:
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    if kind == "DateTime":
        return _MIDNIGHT.sub("", text)
    if kind == "Boolean":
        return "yes" if text.strip() == "1" else "no"
    return text


def _number(text: str | None, usual: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else usual


def _table_of_html(text: str, name: str, wanted: Wanted) -> RawTable:
    parser = _Tables()
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError, RecursionError) as error:
        raise ReadError(f"{name} is broken HTML: {error}. {WAY_OUT}") from None
    tables = [table.records for table in parser.tables if table.records]
    if not tables:
        raise ReadError(f"{name} is a web page without a table. {WAY_OUT}")
    ranks = [(best_header(records, wanted.score)[1], len(records)) for records in tables]
    chosen = ranks.index(max(ranks))
    which = f"table {chosen + 1} of its {len(tables)}" if len(tables) > 1 else "its table"
    wanted.found.noted(
        None,
        None,
        None,
        f"{name} is a web page, whatever its name says; {which} was read",
        "rows are counted in that table",
    )
    return wanted.table(tables[chosen], name)


@dataclass
class _HtmlTable:
    """A table while its tags come in."""

    records: Records = field(default_factory=list)
    cell: list[str] | None = None
    across: int = 1
    in_row: bool = False
    hanging: dict[int, int] = field(default_factory=dict)
    """Columns that a cell above still fills, and for how many rows."""

    def start_row(self) -> None:
        self.end_cell()
        self.records.append([])
        self.in_row = True
        self._skip()

    def start_cell(self, across: int, down: int) -> None:
        self.end_cell()
        if not self.in_row:
            self.start_row()
        at = len(self.records[-1])
        self.cell, self.across = [], across
        if down > 1:
            self.hanging.update(dict.fromkeys(range(at, at + across), down))

    def end_cell(self) -> None:
        if self.cell is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self.cell).split("\0"))
        text = "\n".join(lines).strip("\n")
        self.records[-1] += [text, *[""] * (self.across - 1)]
        self.cell = None
        self._skip()

    def end_row(self) -> None:
        self.end_cell()
        if not self.in_row:
            return
        self.in_row = False
        self.hanging = {at: n - 1 for at, n in self.hanging.items() if n > 1}

    def _skip(self) -> None:
        row = self.records[-1]
        while len(row) in self.hanging:
            row.append("")


class _Tables(HTMLParser):
    """Gathers a page's tables; a table inside another is one of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_HtmlTable] = []
        self._open: list[_HtmlTable] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(_HtmlTable())
            self._open.append(self.tables[-1])
        elif tag in ("script", "style"):
            self._unseen += 1
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].end_row()
            self._open[-1].start_row()
        elif tag in ("td", "th"):
            spans = dict(attrs)
            self._open[-1].start_cell(_span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag in ("br", "p", "div") and self._open[-1].cell:
            self._open[-1].cell.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._unseen = max(self._unseen - 1, 0)
        elif self._open and tag in ("td", "th"):
            self._open[-1].end_cell()
        elif self._open and tag == "tr":
            self._open[-1].end_row()
        elif self._open and tag == "table":
            self._open.pop().end_row()

    def handle_data(self, data: str) -> None:
        if self._open and not self._unseen and self._open[-1].cell is not None:
            self._open[-1].cell.append(data)


def _span(text: str | None) -> int:
    found = _SPAN.match(text or "")
    return min(max(int(found[1]), 1), 1000) if found else 1
