"""A workbook's sheet to records of text."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ..errors import ReadError, SettingError
from .frames import cell_text
from .problems import Problems
from .raw import best_header


def records_of_workbook(
    content: bytes,
    *,
    name: str,
    sheet: str | int | None,
    score: Callable[[Sequence[str]], int],
    found: Problems,
) -> tuple[list[list[str]], str]:
    """Return a sheet's records and its name; the sheet that knows most headers, unless named.

    Raises
    ------
    ReadError
        If it is no workbook that can be read, or has nothing in it.
    SettingError
        If it has no such sheet.
    """
    book = _guarded(partial(_opened, content), name)
    names = list(book.sheet_names)
    if not names:
        raise ReadError(f"{name} has no sheet.")
    if sheet is not None:
        wanted = _named(sheet, names, name)
        return _guarded(partial(_records, book, wanted), name), wanted
    best: tuple[int, int] = (-1, -1)
    records: list[list[str]] = []
    chosen = names[0]
    for candidate in names:
        rows = _guarded(partial(_records, book, candidate), name)
        rank = (best_header(rows, score)[1], len(rows))
        if rank > best:
            best, records, chosen = rank, rows, candidate
    if not any(any(row) for row in records):
        raise ReadError(f"{name} has no sheet with anything in it.")
    if len(names) > 1:
        others = ", ".join(repr(other) for other in names if other != chosen)
        found.noted(
            None,
            None,
            None,
            f"{name} has {len(names)} sheets; {chosen!r} was read, not {others}",
            "pass sheet=... for another",
        )
    return records, chosen


def _opened(content: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _records(book: Any, sheet: str) -> list[list[str]]:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[cell_text(cell) for cell in row] for row in rows]


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


def _named(sheet: str | int, names: list[str], name: str) -> str:
    if isinstance(sheet, str) and sheet in names:
        return sheet
    if isinstance(sheet, int) and not isinstance(sheet, bool) and 1 <= sheet <= len(names):
        return names[sheet - 1]
    raise SettingError(
        f"{name} has no sheet {sheet!r}; it has {', '.join(map(repr, names))}. Pass one of these, "
        "or its number, counted from 1.",
        name="sheet",
        value=sheet,
    )
