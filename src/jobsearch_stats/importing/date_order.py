"""Day-first or month-first: decided for a whole column, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import ReadError, SettingError
from .date_patterns import Cell
from .raw import Column
from .words import clean

DATE_ORDERS = ("day-first", "month-first")
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_SHOWN = 40


def check_date_order(date_order: str | None) -> None:
    """Raise a SettingError unless it is one of the orders, or None."""
    if date_order is not None and date_order not in DATE_ORDERS:
        raise SettingError(
            f'date_order={date_order!r} is no order. Pass "day-first" or "month-first".',
            name="date_order",
            value=date_order,
        )


@dataclass(frozen=True)
class Order:
    """The order of day and month, None where no date needed one, and what decided it."""

    order: str | None = None
    why: str = ""


@dataclass(frozen=True)
class Dated:
    """A column's dates: `cells`, and for each the code of the text in which it stands.

    A column of text (`is_text`) whose dates nothing decides keeps them as text; a column of
    dates is an error then. `stated` is the order that its header names: "Applied (MM/DD)".
    """

    column: Column
    cells: Sequence[Cell]
    codes: Sequence[int]
    is_text: bool = False
    stated: str | None = None


def decide_orders(
    columns: Sequence[Dated],
    *,
    name: str,
    source_rows: np.ndarray,
    given: str | None,
    given_by: str = "your date_order",
) -> list[Order]:
    """Return for each column the order in which its dates are read, and why.

    Parameters
    ----------
    columns
        Every column that has dates.
    name
        The file, for messages.
    source_rows
        The number in the file of each row.
    given
        The order by the user, or by a known export; it decides whatever can be read in two ways.
    given_by
        What gave it.

    Raises
    ------
    ReadError
        If a column of dates can be read in two ways and nothing decides; it shows two.
    """
    if given is not None:
        needed = [any(cell.by for cell in column.cells) for column in columns]
        return [Order(given, given_by) if need else Order() for need in needed]
    own = [_own(column, source_rows) for column in columns]
    elsewhere = {order.order for order in own if order.order is not None}
    out = []
    for column, order in zip(columns, own, strict=True):
        open_cells = [at for at, cell in enumerate(column.cells) if cell.by == "both"]
        if open_cells and order.order not in DATE_ORDERS:
            order = _from_others(column, open_cells, order, elsewhere)
            if order.order is None and not column.is_text:
                raise _undecided(column, open_cells, name, source_rows, order.why)
        elif order.order == _BOTH:
            order = Order(None, "each of its dates can be read in one way only")
        out.append(order)
    return out


_BOTH = "both"


def _own(column: Dated, source_rows: np.ndarray) -> Order:
    """Return the order that a column's own dates decide; "both" if they contradict each other."""
    deciding: dict[str, int] = {}
    for at, cell in enumerate(column.cells):
        if cell.by in DATE_ORDERS:
            deciding.setdefault(cell.by, column.codes[at])
    if column.stated is not None:
        contradicted = any(order != column.stated for order in deciding)
        return Order(_BOTH) if contradicted else Order(column.stated, "its header says so")
    if len(deciding) != 1:
        return Order(_BOTH if deciding else None)
    order, code = next(iter(deciding.items()))
    text = clean(column.column.distinct[code])
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    row = source_rows[int(np.argmax(column.column.codes == code))]
    return Order(order, f"{shown} in row {row} decides")


def _from_others(
    column: Dated, open_cells: Sequence[int], own: Order, elsewhere: set[str]
) -> Order:
    """Return what the file's other columns decide, else dots: nobody writes month.day.year."""
    if own.order == _BOTH:
        return Order(None, "the column has dates of both kinds")
    if len(elsewhere) == 1 and _BOTH not in elsewhere:
        return Order(next(iter(elsewhere)), "from the other date columns")
    if not elsewhere and all(column.cells[at].dotted for at in open_cells):
        return Order("day-first", "dots: day first")
    return Order(None, "no other date in the file decides it")


def _undecided(
    column: Dated, open_cells: Sequence[int], name: str, source_rows: np.ndarray, why: str
) -> ReadError:
    shown = []
    place = {column.codes[at]: at for at in open_cells}
    rows = np.flatnonzero(np.isin(column.column.codes, list(place)))[:2]
    for row in rows:
        code = int(column.column.codes[row])
        cell = column.cells[place[code]]
        shown.append(
            f"row {source_rows[row]}: {clean(column.column.distinct[code])} can be "
            f"{_in_words(cell.day)} or {_in_words(cell.month_first)}"
        )
    return ReadError(
        f"{name}, column {column.column.header!r}, {'; '.join(shown)}; {why}. Pass "
        'date_order="day-first" or date_order="month-first".'
    )


def _in_words(day: dt.date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B %Y}"


def settle(cells: Iterable[Cell], order: str | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the day and the hour of each cell, the order being decided."""
    cells = list(cells)
    ordinals = np.array([_ordinal(cell, order) for cell in cells], dtype="int64")
    days = np.where(ordinals == _NO_DAY, np.iinfo("int64").min, ordinals - _EPOCH_DAY)
    return days.astype("datetime64[D]"), np.array([cell.hour for cell in cells], dtype="int8")


_NO_DAY = -1


def _ordinal(cell: Cell, order: str | None) -> int:
    if cell.by == "both" and order is None:
        return _NO_DAY  # a date in a text that nothing decides
    day = cell.month_first if cell.by == "both" and order == "month-first" else cell.day
    return _NO_DAY if day is None else day.toordinal()
