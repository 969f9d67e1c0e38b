"""A workbook's sheet to a raw table of text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..errors import ReadError, SettingError
from .biff import Errors
from .frames import cell_text
from .raw import RawTable, best_header
from .wanted import Wanted
from .workbook_bytes import readied

Records = list[list[str]]

_WIDE = 200
_SERIALS = range(36_000, 60_000)
"""Days since 1900 that are a date of our time."""


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name; its records are read when they are asked for."""

    name: str
    records: Callable[[], Records]
    visible: bool = True


def table_of_workbook(content: bytes, name: str, wanted: Wanted) -> RawTable:
    """Return the raw table of a workbook's sheet: the one that was given, else the likeliest.

    Raises
    ------
    ReadError
        If it is no workbook that can be read, or has nothing in it.
    SettingError
        If it has no such sheet.
    """
    ready = readied(content, name)
    book = _guarded(partial(_opened, ready.content), name)
    sheets = _guarded(partial(_sheets, book, ready.errors, name), name)
    sheet_name, records = chosen_sheet(sheets, name, wanted)
    if ready.hides_errors:
        wanted.found.noted(
            None,
            None,
            None,
            f"{name} is an .xlsb, in which a formula's error cannot be told from a blank",
            "save it as .xlsx to see such cells here",
        )
    if ready.from_1904 and any(_is_serial(cell) for row in records for cell in row):
        wanted.found.noted(
            None,
            None,
            None,
            f"{name} counts days from 1904; a number that stands for a day without being "
            "formatted as a date is read four years too early",
            "format such cells as dates",
        )
    return wanted.table(records, f"{name}, sheet {sheet_name!r}")


def chosen_sheet(sheets: Sequence[Sheet], name: str, wanted: Wanted) -> tuple[str, Records]:
    """Return the name and the records of the sheet that was given, else of the likeliest.

    That is the visible one that knows most headers; a hidden one only if no visible one does.

    Raises
    ------
    ReadError
        If no sheet has anything in it.
    SettingError
        If there is no such sheet.
    """
    if not sheets:
        raise ReadError(f"{name} has no sheet with cells.")
    if wanted.sheet is not None:
        chosen = _named(wanted.sheet, sheets, name)
        return chosen.name, chosen.records()
    best: tuple[bool, int, int] = (False, -1, -1)
    records: Records = []
    chosen = sheets[0]
    for sheet in sheets:
        rows = sheet.records()
        known = best_header(rows, wanted.score)[1]
        rank = (sheet.visible and known > 0, known, len(rows))
        if rank > best:
            best, records, chosen = rank, rows, sheet
    if not any(any(row) for row in records):
        raise ReadError(f"{name} has no sheet with anything in it.")
    if len(sheets) > 1:
        others = ", ".join(repr(other.name) for other in sheets if other is not chosen)
        wanted.found.noted(
            None,
            None,
            None,
            f"{name} has {len(sheets)} sheets; {chosen.name!r} was read, not {others}",
            "pass sheet=... for another",
        )
    return chosen.name, records


def _named(sheet: str | int, sheets: Sequence[Sheet], name: str) -> Sheet:
    by_name = {each.name: each for each in sheets}
    if isinstance(sheet, str) and sheet in by_name:
        return by_name[sheet]
    if isinstance(sheet, int) and not isinstance(sheet, bool) and 1 <= sheet <= len(sheets):
        return sheets[sheet - 1]
    raise SettingError(
        f"{name} has no sheet {sheet!r}; it has {', '.join(map(repr, by_name))}. Pass one of "
        "these, or its number, counted from 1.",
        name="sheet",
        value=sheet,
    )


def _opened(content: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _sheets(book: Any, errors: Errors, name: str) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        Sheet(
            meta.name,
            partial(_guarded, partial(_records, book, meta.name, errors.get(at, ())), name),
            meta.visible == SheetVisibleEnum.Visible,
        )
        for at, meta in enumerate(book.sheets_metadata)
        if meta.typ == SheetTypeEnum.WorkSheet  # a chart has a sheet, and no cells
    ]


def _records(book: Any, sheet: str, errors: Iterable[tuple[int, int, str]]) -> Records:
    """Return the rows from the sheet's first one on, so that their numbers are the sheet's."""
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    records = [[cell_text(cell) for cell in row] for row in rows]
    for row, column, error in errors:
        if row < len(records) and column < len(records[row]) and not records[row][column]:
            records[row][column] = error
    return _without_blank_columns(records) if records and len(records[0]) > _WIDE else records


def _without_blank_columns(records: Records) -> Records:
    """Leave out columns without any cell: a stray one far to the right brings thousands."""
    filled = sorted({at for row in records for at, cell in enumerate(row) if cell})
    return [[row[at] for at in filled] for row in records]


def _guarded(work: Callable[[], Any], name: str) -> Any:
    """Run a call into the reader; whatever a broken workbook makes it raise is a ReadError."""
    try:
        return work()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        raise ReadError(
            f"{name} looks like a workbook and cannot be read as one: {error}. Open it in a "
            "spreadsheet program, remove its password, and save it as .xlsx or CSV (UTF-8)."
        ) from None


def _is_serial(cell: str) -> bool:
    return len(cell) == 5 and cell.isdecimal() and int(cell) in _SERIALS
