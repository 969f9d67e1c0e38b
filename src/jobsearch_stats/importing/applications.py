"""Rows to applications: the first value that is not blank holds, and conflicts are noted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..schema import APPLICATION_COLUMNS, METHODS, STATUS_KINDS
from .fields import APPLICATION_TEXTS
from .presets import status_of
from .problems import categorical
from .table import NO_DAY, Table, as_days, only, parsed, plain_dates, texts
from .values import Status, read_contacting, read_country, read_level
from .words import clean

_FEW = 20
"""Conflicts that are shown one by one in each column; the rest are counted."""


def first_of_groups(values: np.ndarray, group: np.ndarray, n: int) -> np.ndarray:
    """Return for each application the first of its rows' values that is not None."""
    if n == len(values):
        return only(values, ~pd.isna(values))  # a row each
    out = np.full(n, None, dtype=object)
    at = np.flatnonzero(~pd.isna(values))
    if len(at):
        owners, first = np.unique(group[at], return_index=True)
        out[owners] = values[at[first]]
    return out


def texts_of_applications(table: Table, group: np.ndarray, n: int) -> dict[str, np.ndarray]:
    """Return company, role, source and the other plain texts."""
    out = {}
    names = (*APPLICATION_TEXTS, "status", "notes")
    for name in names:
        column = table.one(name)
        if column is None:
            continue
        values = texts(column, len(table), keep_words=name != "url")
        out[name] = first_of_groups(values, group, n)
        _note_conflicts(table, column.header, values, out[name], group)
    return out


def typed_of_applications(table: Table, group: np.ndarray, n: int) -> dict[str, np.ndarray]:
    """Return country, fit, wanted, contact_by and the planned follow-up."""
    out: dict[str, np.ndarray] = {}
    for name, read, problem in (
        ("fit", read_level, "it is not a whole number from 1 to 5"),
        ("wanted", read_level, "it is not a whole number from 1 to 5"),
        ("contact_by", _method, f"it is none of {', '.join(METHODS)}"),
    ):
        values = parsed(table, name, read, problem)
        if values is not None:
            out[name] = _first_typed(table, name, values, group, n)
    country = countries(table)
    if country is not None:
        out["country"] = _first_typed(table, "country", country, group, n)
    if table.date_of("planned_follow_up_on") is not None:
        days = plain_dates(table, "planned_follow_up_on")
        planned = np.full(n, NO_DAY, dtype="datetime64[D]")
        at = np.flatnonzero(~np.isnat(days))
        owners, first = np.unique(group[at], return_index=True)
        planned[owners] = days[at[first]]
        out["planned_follow_up_on"] = as_days(planned)
    return out


def _method(text: str) -> str | None:
    return read_contacting(text).method


def _first_typed(
    table: Table, name: str, values: np.ndarray, group: np.ndarray, n: int
) -> np.ndarray:
    out = first_of_groups(values, group, n)
    column = table.one(name)
    if column is not None:
        _note_conflicts(table, column.header, values, out, group)
    return out


def countries(table: Table, *, note: bool = True) -> np.ndarray | None:
    """Return each row's country: its ISO code, or as written where that is not certain."""
    column = table.one("country")
    if column is None:
        return None
    out = np.full(len(column.distinct), None, dtype=object)
    unknown = []
    for code, value in enumerate(column.distinct):
        if not value:
            continue
        out[code] = read_country(value)
        if out[code] is None:
            out[code] = value
            unknown.append(code)
    if note:
        table.noted_values(column, unknown, "the country is not known", "kept as it is written")
    return out[column.codes]


def _note_conflicts(
    table: Table, header: str, values: np.ndarray, first: np.ndarray, group: np.ndarray
) -> None:
    if len(first) == len(values):
        return  # a row each
    differs = np.flatnonzero(~pd.isna(values) & (values != first[group]))
    for row in differs[:_FEW]:
        table.found.noted(
            int(table.source_rows[row]),
            header,
            str(values[row]),
            f"an earlier row of this application says {first[group[row]]!r}",
            "the first holds",
        )
    if len(differs) > _FEW:
        table.found.noted(
            None,
            header,
            None,
            f"{len(differs) - _FEW} more rows say something else than the first of their "
            "application",
            "the first holds",
        )


def statuses(table: Table) -> tuple[list[Status], np.ndarray] | None:
    """Return what each distinct status says, and which stands in each row."""
    column = table.one("status")
    if column is None:
        return None
    preset = table.plan.preset
    read = [status_of(preset, value) if value else Status() for value in column.distinct]
    return read, column.codes


def note_unknown_statuses(table: Table, read: list[Status]) -> None:
    """Note each status that is not known, once."""
    column = table.one("status")
    if column is not None:
        unknown = [
            code
            for code, status in enumerate(read)
            if column.distinct[code] and status.kind == "unknown" and not status.prospect
        ]
        table.noted_values(column, unknown, "the status is not known", "status_kind is unknown")


def other_columns(table: Table, group: np.ndarray, n: int) -> dict[str, np.ndarray]:
    """Return the columns that are not understood, untouched; one row's words each, joined."""
    out: dict[str, np.ndarray] = {}
    taken = {*APPLICATION_COLUMNS, "application_id"}
    for at, (column, read) in enumerate(zip(table.columns, table.plan.columns, strict=True)):
        if read.name or read.left_out:
            continue
        values = np.empty(len(column.distinct), dtype=object)
        values[:] = [value if clean(value) else None for value in column.distinct]
        if not column.header and not any(value is not None for value in values):
            continue
        name = _free(column.header or f"column {at + 1}", taken)
        taken.add(name)
        out[name] = _joined(values[column.codes], group, n)
    return out


def _free(header: str, taken: set[str]) -> str:
    name, n = header, 1
    while name in taken:
        n += 1
        name = f"{header} ({n})"
    return name


def _joined(values: np.ndarray, group: np.ndarray, n: int) -> np.ndarray:
    """Return each application's value; where its rows differ, all of them, with "; " between."""
    out = first_of_groups(values, group, n)
    if n == len(values):
        return out
    differs = np.flatnonzero(~pd.isna(values) & (values != out[group]))
    more: dict[int, dict[str, None]] = {}
    for row in differs.tolist():
        more.setdefault(int(group[row]), {})[values[row]] = None
    for owner, words in more.items():
        out[owner] = "; ".join([out[owner], *words])
    return out


def kinds_of(kinds: list[str | None]) -> pd.Categorical[Any]:
    """Return statuses in the dtype of the data model."""
    code = {name: at for at, name in enumerate(STATUS_KINDS)}
    codes = np.array([-1 if kind is None else code[kind] for kind in kinds], dtype="int8")
    return categorical(codes, APPLICATION_COLUMNS["status_kind"])
