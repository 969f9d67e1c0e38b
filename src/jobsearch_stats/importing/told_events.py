"""Events that a sheet's words tell of: a dated status, a history in one cell."""

from __future__ import annotations

import numpy as np

from .date_order import settle
from .events import KIND, METHOD, NONE, OUTCOME, Events
from .raw import Column
from .table import Table
from .told import ToldColumn

_UNCLEAR = "dates among words, not certain which event each is of"
_SEVERAL = "there are several dates, with words that say what each is"
_TWO_WAYS = 'a date among words can be day-first or month-first: pass date_order="day-first"'
_KEPT = "kept as text, no event made of it"


def told_events(table: Table, events: Events) -> list[Events]:
    """Return the events that statuses and histories tell of, but those that are there already."""
    out = []
    known: dict[int, np.ndarray] = {}
    for read in table.told.values():
        found = _of_column(read)
        _note_unclear(table, read)
        if not len(found):
            continue
        if not read.is_text:  # what was called and written on one day are two things
            out.append(found)
            continue
        keep = np.ones(len(found), dtype=bool)
        for kind in np.unique(found.kind).tolist():
            mine = np.flatnonzero(found.kind == kind)
            keys = _key(found.row[mine], found.date[mine])
            first = np.zeros(len(mine), dtype=bool)
            first[np.unique(keys, return_index=True)[1]] = True
            before = known[kind] if kind in known else _keys(events, kind)
            keep[mine] = first & ~np.isin(keys, before)
            known[kind] = np.concatenate([before, keys])
        out.append(found.take(np.flatnonzero(keep)))
    return out


def _keys(events: Events, kind: int) -> np.ndarray:
    mine = events.kind == kind
    return _key(events.row[mine], events.date[mine])


def _key(row: np.ndarray, date: np.ndarray) -> np.ndarray:
    """Return one number for a row and a day; days since 1970 need less than 17 bits."""
    return row.astype("int64") * (1 << 17) + date.astype("datetime64[D]").astype("int64")


def _of_column(read: ToldColumn) -> Events:
    """Return an entry for every event of every row, dates that can be read in two ways left out."""
    told = [(code, event) for code, text in enumerate(read.texts) for event in text.events]
    days, hours = settle([event.cell for _, event in told], read.order)
    usable = np.flatnonzero(~np.isnat(days))
    code = np.array([code for code, _ in told], dtype="int64")[usable]
    codes = read.column.codes
    n_of = np.bincount(code, minlength=len(read.texts))
    row = np.flatnonzero(n_of[codes] > 0)
    n = n_of[codes[row]]
    first = (np.cumsum(n_of) - n_of)[codes[row]]
    within = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    at = usable[np.repeat(first, n) + within]
    events = [event for _, event in told]
    kind = np.array([KIND[event.kind] for event in events], dtype="int8")
    method = np.array([METHOD.get(event.method or "", NONE) for event in events], dtype="int8")
    outcome = np.array([OUTCOME.get(event.outcome or "", NONE) for event in events], dtype="int8")
    notes = np.empty(len(events), dtype=object)
    notes[:] = [event.note for event in events]
    made = Events.of(
        np.repeat(row, n),
        days[at],
        kind[at],
        hour=hours[at],
        method=method[at],
        outcome=outcome[at],
        number=read.number,
    )
    if any(notes):
        made.note[:] = notes[at]
    return made


def _note_unclear(table: Table, read: ToldColumn) -> None:
    """Note once for the column the texts whose dates make no event, or several."""
    if not read.is_text:
        several = [code for code, text in enumerate(read.texts) if text.events]
        table.noted_values(read.column, several, _SEVERAL, "each is read as an event of its own")
        return
    unclear = [code for code, text in enumerate(read.texts) if text.unclear]
    _note(table, read.column, unclear, _UNCLEAR)
    if read.order is None:
        open_ = [
            code
            for code, text in enumerate(read.texts)
            if any(event.cell.by == "both" for event in text.events)
        ]
        _note(table, read.column, open_, _TWO_WAYS)


def _note(table: Table, column: Column, codes: list[int], problem: str) -> None:
    rows = np.flatnonzero(np.isin(column.codes, codes))
    if not len(rows):
        return
    value = column.distinct[column.codes[rows[0]]]
    times = f"{len(rows)} time{'s' if len(rows) > 1 else ''}"
    table.found.noted(
        int(table.source_rows[rows[0]]), column.header, value, f"{problem} ({times})", _KEPT
    )
