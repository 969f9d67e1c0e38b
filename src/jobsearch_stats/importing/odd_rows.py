"""Rows that are kept and want a look: the same twice, or without a company."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .raw import Column
from .table import Table, kept

_SHOWN = 10
_MIX = np.uint64(0x9E3779B97F4A7C15).astype("int64")
"""An odd number near 2**64 divided by the golden ratio: its products differ in their first bits."""


def note_odd_rows(table: Table) -> None:
    """Note rows that are the same in every cell, and a sheet's rows without a company."""
    _note_repeats(table)
    if table.plan.shape == "sheet":
        _note_nameless(table)


def _note_repeats(table: Table) -> None:
    rows, group = _repeated(table.columns)
    if not len(rows):
        return
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    same = np.split(table.source_rows[rows[order]], starts[1:])
    same.sort(key=lambda places: int(places[0]))
    shown = "; ".join(_rows(places) for places in same[:_SHOWN])
    table.found.noted(
        int(same[0][0]),
        None,
        shown + ("; ..." if len(same) > _SHOWN else ""),
        f"{len(rows)} rows are the same in every cell as another",
        "all are kept; if a row was pasted twice, take one away",
    )


def _repeated(columns: Sequence[Column]) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows that stand more than once, and a number for each that equals its twins'."""
    rows = _maybe_repeated(columns)
    group = np.zeros(len(rows), dtype="int64")
    # the column of most values tells most rows apart, and who is alone is not looked at again
    for column in sorted(columns, key=lambda column: -len(column.distinct)):
        if not len(rows):
            break
        group, _ = pd.factorize(group * len(column.distinct) + column.codes[rows])
        twins = np.bincount(group)[group] > 1
        rows, group = rows[twins], group[twins]
    return rows, group


def _maybe_repeated(columns: Sequence[Column]) -> np.ndarray:
    """Return all rows that stand more than once, and a few more: those that share a hash.

    Of a million rows that differ it leaves an eighth to be sorted.
    """
    n = len(columns[0].codes)
    mixed = np.zeros(n, dtype="int64")
    for column in columns:
        mixed *= _MIX
        mixed += column.codes
    mixed *= _MIX
    places = mixed.view("uint64") >> np.uint64(64 - min(n.bit_length() + 2, 24))
    places = places.view("int64")
    return np.flatnonzero(np.bincount(places)[places] > 1)


def _note_nameless(table: Table) -> None:
    """Note the rows that have neither company nor id: their events belong to nobody by name."""
    named = np.zeros(len(table), dtype=bool)
    columns = [column for name in ("company", "application_id") if (column := table.one(name))]
    for column in columns:
        named |= kept(column)[column.codes]
    nameless = table.source_rows[~named]
    if not columns or not len(nameless):
        return
    n = len(nameless)
    table.found.noted(
        int(nameless[0]),
        None,
        _rows(nameless),
        f"{n} row{'s have' if n > 1 else ' has'} an event and no company",
        "each is an application without a name; if its company stands in a merged cell above, "
        "unmerge that and write the company into each of its rows",
    )


def _rows(places: np.ndarray) -> str:
    shown = [str(place) for place in places[:_SHOWN].tolist()]
    if len(places) > _SHOWN:
        return f"rows {', '.join(shown)}, ..."
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else f"row {shown[0]}"
