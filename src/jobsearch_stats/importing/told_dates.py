"""Several dates in one cell of a date column: "called 3/4/2026, no answer; emailed 3/11/2026".

They are events only where each has words beside it that say what it is; two bare dates stay a
problem, as nobody knows which of them is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from .date_patterns import Cell
from .dates import TWO_DATES, words_beside
from .dates import read_cell as read
from .raw import Column
from .sheet_cells import Entry, read_entry
from .told import PARTS, Told, ToldColumn, ToldEvent
from .words import letters

SEVERAL = ("interview", "thank_you", "follow_up")
"""Fields of what happens more than once."""


def told_in_dates(
    name: str, number: int, column: Column, cells: Sequence[Cell]
) -> tuple[ToldColumn | None, list[Cell]]:
    """Return the events of cells with several dates, and the cells without these."""
    texts, left = [], list(cells)
    for code, cell in enumerate(cells):
        events = _events(name, column.distinct[code]) if cell.problem == TWO_DATES else ()
        texts.append(Told(events))
        if events:
            left[code] = Cell()
    if not any(text.events for text in texts):
        return None, left
    return ToldColumn(column, texts, number=number, is_text=False), left


def _events(name: str, text: str) -> tuple[ToldEvent, ...]:
    """Return the events of a text, if each of its dates is one for certain."""
    for separator in PARTS:
        parts = [part for part in separator.split(text) if letters(part) or _dated(part)]
        joined: list[str] = []
        for part in parts:
            if joined and not _dated(part):  # "called 3/4/2026, no answer"
                joined[-1] += f", {part}"
            else:
                joined.append(part)
        events = [_event(name, part) for part in joined]
        if len(events) > 1 and None not in events:
            return tuple(event for event in events if event is not None)
    return ()


def _dated(part: str) -> bool:
    return any(map(str.isdecimal, part))


def _event(name: str, part: str) -> ToldEvent | None:
    cell = read(part)
    if cell.day is None or not cell.words:
        return None
    entry: Entry = read_entry(name, cell, part)
    if entry.kind is None or entry.problem:
        return None
    note = words_beside(part) if entry.noted else ""
    return ToldEvent(cell, entry.kind, entry.method, entry.outcome, note)
