"""The columns of a file that have dates, read together: one of them may decide another's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .columns import Plan
from .date_order import Dated, decide_orders, settle
from .dates import Cell, DateColumn, read_cell
from .fields import DATE_FIELDS
from .problems import Problems
from .raw import Column
from .told import TELLING, ToldColumn, told_of
from .told_dates import SEVERAL, told_in_dates


def read_dates(
    columns: Sequence[Column],
    plan: Plan,
    *,
    name: str,
    source_rows: np.ndarray,
    date_order: str | None,
    found: Problems,
) -> tuple[dict[int, DateColumn], dict[int, ToldColumn]]:
    """Return by place the columns of dates, and a sheet's columns of words with dates in them.

    Raises
    ------
    ReadError
        If a column's dates can be read in two ways and nothing decides.
    """
    places = [at for at, read in enumerate(plan.columns) if read.name in DATE_FIELDS]
    cells = _cells_of(columns, plan, places)
    telling = TELLING if plan.shape == "sheet" else ()
    told = {at: told_of(columns[at]) for field in telling for at in plan.of(field)}
    given = date_order or (plan.preset.date_order if plan.preset else None)
    of_cells = _several(columns, plan, cells) if telling else {}
    orders = decide_orders(
        [
            *(
                _dated(columns[at], read, of_cells.get(at), plan.columns[at].date_order)
                for at, read in cells.items()
            ),
            *(read.dated() for read in told.values()),
        ],
        name=name,
        source_rows=source_rows,
        given=given,
        given_by=_given_by(plan, date_order),
    )
    of = dict(zip([*cells, *told], orders, strict=True))
    dates = {}
    for at, read in cells.items():
        days, hours = settle(read, of[at].order)
        dates[at] = DateColumn(columns[at], read, days, hours, of[at].order, of[at].why)
        _note_numbers(columns[at].header, read, found)
    told = {
        at: replace(t, order=of[at].order, why=of[at].why) for at, t in (told | of_cells).items()
    }
    return dates, told


def _note_numbers(header: str, cells: Sequence[Cell], found: Problems) -> None:
    """Note numbers that are days as a spreadsheet counts them, or times as machines do."""
    if any(cell.serial for cell in cells):
        found.noted(None, header, None, "numbers are read as a spreadsheet counts its days")
    if any(cell.seconds for cell in cells):
        found.noted(None, header, None, "numbers are seconds since 1970, in UTC", "read as dates")


def _several(
    columns: Sequence[Column], plan: Plan, cells: dict[int, list[Cell]]
) -> dict[int, ToldColumn]:
    """Take out the cells with several dates of which each is certain, and return their events."""
    out = {}
    for at in cells:
        field = plan.columns[at]
        if field.name in SEVERAL:
            told, cells[at] = told_in_dates(field.name, field.number, columns[at], cells[at])
            if told is not None:
                out[at] = told
    return out


def _dated(
    column: Column, cells: list[Cell], several: ToldColumn | None, stated: str | None
) -> Dated:
    """Return all dates of a column: those that stand alone, and those that share a cell."""
    more = several.dated() if several is not None else Dated(column, (), ())
    every = [*cells, *more.cells]
    return Dated(column, every, [*range(len(cells)), *more.codes], stated=stated)


def _cells_of(
    columns: Sequence[Column], plan: Plan, places: Sequence[int]
) -> dict[int, list[Cell]]:
    """Read the columns; a number of an offer is a salary, unless days elsewhere are numbers."""
    amounts = [at for at in places if plan.columns[at].name in _AMOUNTS]
    cells = {at: _cells(columns[at], serials=True) for at in places if at not in amounts}
    counted = any(cell.serial for read in cells.values() for cell in read)
    cells |= {at: _cells(columns[at], serials=counted) for at in amounts}
    return {at: cells[at] for at in places}


_AMOUNTS = ("offer",)


def _cells(column: Column, *, serials: bool) -> list[Cell]:
    """Read each distinct text once, those alone that stand in a row."""
    stands = np.bincount(column.codes, minlength=len(column.distinct)).tolist()
    return [
        read_cell(value, serials=serials) if n else Cell()
        for n, value in zip(stands, column.distinct, strict=True)
    ]


def _given_by(plan: Plan, date_order: str | None) -> str:
    if date_order is not None or plan.preset is None:
        return "your date_order"
    first = "day" if plan.preset.date_order == "day-first" else "month"
    return f"{plan.preset.name} writes {first} first"
