"""Rows of the agenda before they are put in order: an action, on a day, for an application.

They are arrays by column name, not frames: an agenda is short, and a frame costs more to make
than to fill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .facts import Bools, Ints, application_codes
from .follow_ups import Standing
from .log import ApplicationLog
from .workdays import NO_DAY, Days, to_days

FOLLOW_UP = "follow_up"
THANK_YOU = "thank_you"
COURTESY_CARD = "courtesy_card"
PREPARE = "prepare_interview"
OLD = "old"
LET_GO = "let_go"

WHOM = ("contact", "phone", "email")

Rows = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Day:
    """Today, and the last day that the agenda shows; as day numbers and as a date."""

    today: int
    last: int
    today_date: pd.Timestamp

    @classmethod
    def of(cls, today: pd.Timestamp, days: int) -> Day:
        """Return today and the days after it."""
        number = int(to_days([np.datetime64(today)])[0])
        return cls(number, number + days, today)


@dataclass(frozen=True)
class Happened:
    """The log's events as arrays, with the rows of the table that they belong to."""

    row: Ints
    """The table's row; -1: the application has none."""
    day: Days
    kind: pd.Series

    @classmethod
    def of(cls, log: ApplicationLog, here: Standing) -> Happened:
        """Return all events, those after today among them."""
        row_of = here.table.index.get_indexer(log.applications.index)
        row = row_of[application_codes(log)]
        return cls(row, to_days(log.events["date"].to_numpy()), log.events["kind"])

    def between(self, kind: str, first: int | None, last: int) -> Bools:
        """Say which events are of a kind, on one of the days, and of a row of the table."""
        found = (self.kind == kind).to_numpy() & (self.day <= last) & (self.row >= 0)
        return found if first is None else found & (self.day >= first)


def rows_of(
    here: Standing,
    at: Ints,
    *,
    do_on: npt.ArrayLike,
    action: object,
    method: object,
    reason: npt.NDArray[np.object_],
    **other: npt.NDArray[Any],
) -> Rows:
    """Return rows for some of the table's applications, with whom they go to.

    Parameters
    ----------
    here, at
        The table, and places in it.
    do_on
        Day numbers.
    action, method, reason
        One each, or one for all.
    other
        Columns in place of the table's own; `message_number` (0: no message), and `met_on` and
        `met_by` for what refers to one certain meeting.
    """
    n = len(at)
    rows: Rows = {
        "at": at,
        "lead": here.table.index.to_numpy()[at].astype(object),
        "do_on": np.asarray(do_on, np.int32),
        "action": _objects(action, n),
        "method": _objects(method, n),
        "message_number": np.zeros(n, np.int32),
        "reason": reason,
        "last_message_on": here.facts.last_message[at],
        "met_on": np.full(n, NO_DAY, np.int32),
        "met_by": _objects(None, n),
    }
    for name in ("company", "role", *WHOM):
        rows[name] = other[name] if name in other else cells(here.table[name], at)
    return rows | other


def _objects(value: object, n: int) -> npt.NDArray[np.object_]:
    return np.asarray(value, object) if isinstance(value, np.ndarray) else np.full(n, value, object)


def cells(column: pd.Series, at: Ints) -> npt.NDArray[np.object_]:
    """Return the values in these places of a column as objects; None for a blank."""
    values = np.array(column.array.take(at), object)
    values[pd.isna(values)] = None
    return values


def take(rows: Rows, at: Ints | Bools) -> Rows:
    """Return some of the rows, in the order asked for."""
    return {name: column[at] for name, column in rows.items()}


def joined(parts: Sequence[Rows]) -> Rows:
    """Return the rows of all parts, one after the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
