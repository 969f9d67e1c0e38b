"""A raw table to an `ApplicationLog`: applications, events, and an account of every row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..log import ApplicationLog
from ..schema import COLUMN_COLUMNS
from .applications import (
    NONE,
    STATUS_KIND,
    UNKNOWN,
    RowStatus,
    application_frame,
    countries,
    row_statuses,
    status_kinds,
)
from .columns import Plan, UserMapping, kind_columns, plan_columns
from .events import (
    KIND,
    Events,
    event_frame,
    note_contradictions,
    note_odd_promises,
    note_order,
)
from .identity import groups_of_events, groups_of_sheet, names_of
from .interviews import joined_interviews
from .odd_rows import note_odd_rows
from .persons import put_persons
from .problems import Problems
from .raw import Column, RawTable
from .sheet import sheet_events
from .table import Table, first_codes, kept, table_of, with_dates
from .values import shares_known


@dataclass
class _Rows:
    """The rows that are loaded, their events, and what their cells say beside them."""

    table: Table
    events: Events
    group: np.ndarray
    status: RowStatus
    undated_interview: np.ndarray


def assemble(
    raw: RawTable,
    *,
    mapping: UserMapping,
    date_order: str | None,
    country: str | None,
    found: Problems,
) -> ApplicationLog:
    """Return the log of a raw table.

    Raises
    ------
    ReadError
        If nothing in it is understood, or the order of its dates is open.
    """
    headers = [column.header for column in raw.columns]
    shares = {at: shares_known(raw.columns[at].distinct) for at in kind_columns(headers, mapping)}
    plan = plan_columns(
        headers,
        mapping=mapping,
        name=raw.name,
        events_in=shares,
        found=found,
        distinct=[column.distinct for column in raw.columns],
    )
    table, n_blank, n_again = table_of(raw, plan, found)
    table = with_dates(table, date_order)
    rows = (_of_events if plan.shape == "events" else _of_sheet)(table, country)
    note_odd_rows(rows.table)
    n_loaded = len(rows.table)
    counts = {
        "rows_read": len(raw) + raw.n_rejected,
        "rows_loaded": n_loaded,
        "rows_rejected": raw.n_rejected + n_again + len(table) - n_loaded,
        "rows_blank": n_blank,
    }
    return _log(rows, plan, headers, counts, found)


def _of_events(table: Table, country: str | None) -> _Rows:
    from .event_log import log_events, put_notes, put_promises

    events, bad = log_events(table)
    row_country = countries(table)
    kept = table.take(~bad)
    if row_country is not None:
        row_country = row_country[~bad]
    place = np.cumsum(~bad) - 1
    events.row = place[events.row]
    put_promises(kept, events, country, row_country)
    put_notes(kept, events)
    status = row_statuses(kept)
    return _Rows(kept, events, groups_of_events(kept), status, status.interviewed)


def _of_sheet(table: Table, country: str | None) -> _Rows:
    read = sheet_events(table, country, countries(table))
    status = row_statuses(table)
    for row, kind in read.says.items():
        if status.kind[row] in (NONE, UNKNOWN, STATUS_KIND["applied"]):
            status.kind[row], status.prospect[row] = STATUS_KIND[kind], False
    has_event = np.zeros(len(table), dtype=bool)
    has_event[read.events.row] = True
    bad = _prospects(table, status, read.not_sent, has_event)
    bad |= _empty(table, bad | has_event | read.undated_interview)
    kept = table.take(~bad)
    events = read.events
    if bad.any():
        events = events.take(np.flatnonzero(~bad[events.row]))
        events.row = (np.cumsum(~bad) - 1)[events.row]
    status = status.take(~bad)
    undated = read.undated_interview[~bad] | status.interviewed
    return _Rows(kept, events, groups_of_sheet(kept), status, undated)


def _prospects(
    table: Table, status: RowStatus, not_sent: np.ndarray, has_event: np.ndarray
) -> np.ndarray:
    """Leave out what was not applied to; a row with a date was, whatever its status says."""
    saved = status.prospect
    open_status = saved | np.isin(status.kind, (NONE, UNKNOWN, STATUS_KIND["applied"]))
    for row in np.flatnonzero(saved & has_event):
        table.noted_row(int(row), None, None, "the status says not applied to, and there is a date")
    bad = (saved | (not_sent & open_status)) & ~has_event
    for row in np.flatnonzero(bad):
        table.found.rejected(
            int(table.source_rows[row]), table.row_text(int(row)), "not applied to yet"
        )
    return bad


def _empty(table: Table, accounted: np.ndarray) -> np.ndarray:
    """Leave out rows that name nothing; those accounted for have an event, or are out already."""
    named = accounted.copy()
    for name in ("company", "application_id"):
        column = table.one(name)
        if column is not None and not named.all():
            named |= column.filled()
    for row in np.flatnonzero(~named):
        table.found.rejected(
            int(table.source_rows[row]),
            table.row_text(int(row)),
            "it has no company, no id and no event that can be used; if its company stands in a "
            "merged cell above, unmerge that and write the company into each of its rows",
        )
    return ~named


def _log(
    rows: _Rows, plan: Plan, headers: list[str], counts: dict[str, int], found: Problems
) -> ApplicationLog:
    table, group = rows.table, rows.group
    n = int(group.max(initial=-1)) + 1
    names = _names(table, group, n)
    kinds = status_kinds(rows.status, group, n)
    undated = _undated_interviews(rows, n)
    applications = application_frame(table, group, names, kinds, undated)
    gathered, persons = joined_interviews(
        rows.events, table, group, put_persons(rows.events, table)
    )
    note_odd_promises(gathered, table)
    note_order(gathered, table, group)
    note_contradictions(gathered, table, kinds, group)
    events = event_frame(gathered, table, group, names, persons)
    return ApplicationLog(
        applications=applications,
        events=events,
        problems=found.frame(),
        columns=_columns_frame(plan, headers, table),
        counts=counts,
    )


def _undated_interviews(rows: _Rows, n: int) -> np.ndarray:
    """Return which applications had an interview that no date tells of; they are noted."""
    undated = np.zeros(n, dtype=bool)
    undated[rows.group[rows.undated_interview]] = True
    dated = rows.events.row[rows.events.kind == KIND["interview"]]
    undated[rows.group[dated]] = False
    if not undated.any():
        return undated
    for row in np.flatnonzero(rows.undated_interview & undated[rows.group]):
        rows.table.noted_row(
            int(row), None, None, "there was an interview, and its date is not known: add it"
        )
    return undated


def _names(table: Table, group: np.ndarray, n: int) -> pd.Index:
    first = np.zeros(n, dtype="int64")
    first[group[::-1]] = np.arange(len(group))[::-1]
    blank = Column("", np.zeros(len(table), dtype="int64"), [""])
    whole = []
    for name in ("company", "role"):
        column = table.one(name) or blank
        codes = first_codes(column.codes, kept(column), group, n)
        whole.append(Column(name, np.maximum(codes, 0), column.distinct))
    ids = np.full(n, None, dtype=object)
    given = table.one("application_id")
    if given is not None:
        values = np.array([*given.distinct, None], dtype=object)
        ids = values[first_codes(given.codes, kept(given, keep_words=False), group, n)]
    same = {id(table.one("company")), id(table.one("role"))}  # these tell nothing apart
    cells = sorted(table.columns, key=lambda column: (id(column) in same, column.header))
    company, role = whole
    return names_of(ids, company, role, cells, first)


def _columns_frame(plan: Plan, headers: list[str], table: Table) -> pd.DataFrame:
    names = list(COLUMN_COLUMNS)
    rows = [
        (header, "(left out)" if read.left_out else read.name, read.how + _order_said(table, at))
        for at, (header, read) in enumerate(zip(headers, plan.columns, strict=True))
    ]
    return pd.DataFrame(
        {name: pd.Series([row[i] for row in rows], dtype="str") for i, name in enumerate(names)}
    )


def _order_said(table: Table, at: int) -> str:
    """Say in which order a column's days and months were read, and what decided it."""
    read = table.dates.get(at) or table.told.get(at)
    if read is None or not (read.order or read.why):
        return ""
    return f"; {read.order}: {read.why}" if read.order else f"; {read.why}"
