"""One table as a sheet of a workbook, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ..errors import SettingError
from ..terminal import fold
from .cell_text import Cell, cells_of, cut, day_serial, text_cell
from .columns import ANY, DAY, ID, LONG, NUMBER, PHONE, TEXT, Column
from .tables import Table

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet of Excel can hold."""

_AT_ONCE = 5_000
"""Rows that are turned into cells at a time, so that memory does not grow with the log."""

_LINE = 15.0
"""Height of a line in points."""

_LIVE = ("=", "+", "-", "@")
_HEADER_LIMIT = 100
"""Characters of a name above the page: Excel takes 255, with every & twice."""

_FORMS: dict[str, dict[str, Any]] = {
    TEXT: {"text_wrap": True},
    LONG: {"text_wrap": True},
    PHONE: {"num_format": "@", "text_wrap": True},
    ID: {"num_format": "@"},
    DAY: {"num_format": "yyyy-mm-dd", "align": "left"},
    NUMBER: {"align": "right", "indent": 1},
    ANY: {"text_wrap": True},
}


class Styles:
    """The formats of a workbook, each made when it is first used."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Any] = {}
        self.header = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "top",
                "bottom": 1,
                "bg_color": "#E7ECF2",
                "quote_prefix": True,
            }
        )
        self.note = book.add_format({"italic": True, "valign": "top"})

    def of(self, holds: str, *, live: bool = False, first: bool = False) -> Any:
        """Return the format of a cell.

        Parameters
        ----------
        holds
            What its column holds.
        live
            Whether a spreadsheet would run the text once somebody edits the cell: it is marked
            as text, as by an apostrophe.
        first
            Whether a line is drawn above it.
        """
        key = (holds, live, first)
        if key not in self._made:
            form = {"valign": "top", **_FORMS[holds]}
            form |= {"quote_prefix": True} if live else {}
            form |= {"top": 2} if first else {}
            self._made[key] = self._book.add_format(form)
        return self._made[key]


def write_sheet(sheet: Any, table: Table, styles: Styles, *, whose: str = "") -> None:
    """Write a table into an empty sheet.

    Parameters
    ----------
    sheet
        A worksheet of xlsxwriter.
    table
        What to write.
    styles
        The workbook's formats.
    whose
        A name for the top of the printed page.

    Raises
    ------
    SettingError
        If a sheet cannot hold so much.
    """
    _check_size(table)
    _set_up(sheet, table, whose)
    headings = tuple(text_cell(column.heading) or "" for column in table.columns)
    sheet.set_row(0, _height(headings, table))
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, cut(heading), styles.header)
    _write_rows(sheet, table, styles)
    last = len(table.rows)
    for number, note in enumerate(table.notes):
        sheet.write_string(last + 2 + number, 0, cut(text_cell(note) or ""), styles.note)


def _check_size(table: Table) -> None:
    n_rows, n_columns = len(table.rows) + len(table.notes) + 3, len(table.columns)
    if n_rows > MOST_ROWS or n_columns > MOST_COLUMNS:
        raise SettingError(
            f"{table.title} has {len(table.rows):,} rows and {n_columns:,} columns; a sheet of "
            f"Excel holds {MOST_ROWS:,} and {MOST_COLUMNS:,}. Write it as CSV, or pass tables= "
            "without it.",
            name="tables",
            value=table.title,
        )


def _set_up(sheet: Any, table: Table, whose: str) -> None:
    """Set widths, what stays in view, the filter, and how it is printed."""
    last = len(table.columns) - 1
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(1, table.frozen)
    sheet.autofilter(0, 0, len(table.rows), last)
    texts = [
        at for at, column in enumerate(table.columns) if column.holds in (PHONE, ID, ANY, TEXT)
    ]
    if texts and len(table.rows):
        areas = " ".join(_area(at, len(table.rows)) for at in texts)
        sheet.ignore_errors({"number_stored_as_text": areas})
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.hide_gridlines(0)  # they are printed, too
    name = whose[:_HEADER_LIMIT].replace("&", "&&")
    sheet.set_header(f"&L{table.title}&R{name}")
    sheet.set_footer("&RPage &P of &N")


def _area(at: int, n: int) -> str:
    from xlsxwriter.utility import xl_range

    return str(xl_range(1, at, n, at))


def _write_rows(sheet: Any, table: Table, styles: Styles) -> None:
    before = None
    for start in range(0, len(table.rows), _AT_ONCE):
        some = table.rows.iloc[start : start + _AT_ONCE]
        columns = [cells_of(some[column.name], column.holds) for column in table.columns]
        groups = [None] * len(some) if table.groups is None else some[table.groups].tolist()
        rows = zip(*columns, strict=True)
        for number, (row, group) in enumerate(zip(rows, groups, strict=True), start=start + 1):
            first = group != before and number > 1
            before = group
            sheet.set_row(number, _height(row, table))
            _write_row(sheet, number, row, table.columns, styles, first=first)


def _height(row: tuple[Cell, ...], table: Table) -> float:
    """Return a height in which the row's texts can be read; not every program finds one itself."""
    lines = 1
    for value, column in zip(row, table.columns, strict=True):
        if column.holds == ID:
            continue  # it is not folded
        if isinstance(value, str) and (len(value) > column.width or "\n" in value):
            lines = max(lines, _n_lines(value, column.width, table.most_lines))
    return _LINE * min(lines, table.most_lines)


def _n_lines(text: str, width: int, most: int) -> int:
    """Return the lines of a text in a column; its width is counted in digits, letters are less."""
    width = int(1.1 * width)
    paragraphs = text[: 2 * width * most].split("\n")
    return sum(len(fold(paragraph, width)) for paragraph in paragraphs[:most])


def _write_row(
    sheet: Any,
    number: int,
    row: tuple[Cell, ...],
    columns: Sequence[Column],
    styles: Styles,
    *,
    first: bool,
) -> None:
    for at, (value, column) in enumerate(zip(row, columns, strict=True)):
        holds = column.holds
        if value is None:
            if first:
                sheet.write_blank(number, at, None, styles.of(holds, first=True))
        elif isinstance(value, str):
            live = value.startswith(_LIVE)
            sheet.write_string(number, at, cut(value), styles.of(holds, live=live, first=first))
        elif isinstance(value, dt.date):
            sheet.write_number(number, at, day_serial(value), styles.of(DAY, first=first))
        else:
            sheet.write_number(number, at, value, styles.of(NUMBER, first=first))
