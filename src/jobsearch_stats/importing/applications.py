"""Rows to applications: the first value that is not blank holds, and conflicts are noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..schema import APPLICATION_COLUMNS, METHODS, STATUS_KINDS
from .contacting import read_contacting
from .fields import APPLICATION_TEXTS
from .presets import status_of
from .problems import categorical
from .raw import Column
from .table import (
    NO_DAY,
    Table,
    as_days,
    first_codes,
    kept,
    no_days,
    no_texts,
    parsed,
    plain_dates,
    text_array,
)
from .values import is_blank_word, read_country, read_level
from .words import clean

_FEW = 20
"""Conflicts that are shown one by one in each column; the rest are counted."""

STATUS_KIND = {name: code for code, name in enumerate(STATUS_KINDS)}
UNKNOWN = STATUS_KIND["unknown"]
NONE = -1


def application_frame(
    table: Table,
    group: np.ndarray,
    names: pd.Index,
    status_kind: np.ndarray,
    undated_interview: np.ndarray,
) -> pd.DataFrame:
    """Return `applications` in the columns and dtypes of the data model.

    Parameters
    ----------
    table, group
        The rows, and the application (a number) of each.
    names
        The applications' names, in the order of their numbers.
    status_kind
        The kind of status of each application (its code, -1: blank).
    undated_interview
        Whether each had an interview that no date tells of.
    """
    data = _texts(table, group, len(names)) | _typed(table, group, len(names))
    data["status_kind"] = categorical(status_kind, APPLICATION_COLUMNS["status_kind"])
    data["undated_interview"] = undated_interview
    nothing, never = no_texts(names), no_days(names)
    whole = {
        name: data[name] if name in data else _blank(dtype, nothing, never)
        for name, dtype in APPLICATION_COLUMNS.items()
    }
    return pd.DataFrame(whole | _others(table, group, len(names)), index=names, copy=False)


def _blank(dtype: object, nothing: pd.Series, never: pd.Series) -> object:
    if isinstance(dtype, pd.CategoricalDtype):
        return categorical(np.full(len(never), NONE, dtype="int8"), dtype)
    if dtype == "Int64":
        return _levels(np.full(len(never), NONE))
    return nothing if dtype == "str" else never


def _levels(levels: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.maximum(levels, 0).astype("int64"), levels < 0)


def _texts(table: Table, group: np.ndarray, n: int) -> dict[str, object]:
    """Return company, role, source and the other plain texts."""
    out: dict[str, object] = {}
    for name in (*APPLICATION_TEXTS, "status", "notes"):
        column = table.one(name)
        if column is not None:
            good = kept(column, keep_words=name == "company")  # some are called None or NA
            codes = _first(table, column, column.distinct, good, group, n)
            out[name] = text_array(column.distinct, codes)
    return out


def _typed(table: Table, group: np.ndarray, n: int) -> dict[str, object]:
    """Return country, fit, wanted, contact_by and the planned follow-up."""
    out: dict[str, object] = {}
    for name in ("fit", "wanted"):
        levels = _parsed(table, name, group, n)
        if levels is not None:
            out[name] = _levels(np.array([NONE if v is None else v for v in levels], "int64"))
    methods = _parsed(table, "contact_by", group, n)
    if methods is not None:
        codes = np.array([NONE if m is None else METHODS.index(m) for m in methods], "int8")
        out["contact_by"] = categorical(codes, APPLICATION_COLUMNS["contact_by"])
    country = table.one("country")
    if country is not None:
        values = country_of(table, note=True)
        good = np.array([bool(value) for value in values], dtype=bool)
        out["country"] = text_array(values, _first(table, country, values, good, group, n))
    if table.date_of("planned_follow_up_on") is not None:
        days = plain_dates(table, "planned_follow_up_on")
        planned = np.full(n, NO_DAY, dtype="datetime64[D]")
        at = np.flatnonzero(~np.isnat(days))[::-1]
        planned[group[at]] = days[at]
        out["planned_follow_up_on"] = as_days(planned)
    return out


_READS = {
    "fit": (read_level, "it is not a whole number from 1 to 5"),
    "wanted": (read_level, "it is not a whole number from 1 to 5"),
    "contact_by": (
        lambda text: read_contacting(text).method,
        f"it is none of {', '.join(METHODS)}",
    ),
}


def _parsed(table: Table, name: str, group: np.ndarray, n: int) -> list[object] | None:
    """Return each application's value as it is understood; what cannot be is blanked."""
    column = table.one(name)
    if column is None:
        return None
    values = parsed(table, column, *_READS[name])
    good = np.array([value is not None for value in values], dtype=bool)
    codes = _first(table, column, values, good, group, n)
    return [None if code < 0 else values[code] for code in codes.tolist()]


def _first(
    table: Table,
    column: Column,
    values: Sequence[object],
    good: np.ndarray,
    group: np.ndarray,
    n: int,
) -> np.ndarray:
    """Return each application's first code that is good, and note rows that say otherwise."""
    first = first_codes(column.codes, good, group, n)
    if n == len(column.codes):
        return first  # a row each
    differs = np.flatnonzero(good[column.codes] & (column.codes != first[group]))
    says = [(row, values[column.codes[row]], values[first[group[row]]]) for row in differs.tolist()]
    says = [(row, one, other) for row, one, other in says if one != other]
    for row, one, other in says[:_FEW]:
        table.found.noted(
            int(table.source_rows[row]),
            column.header,
            str(one),
            f"an earlier row of this application says {other!r}",
            "the first holds",
        )
    if len(says) > _FEW:
        table.found.noted(
            None,
            column.header,
            None,
            f"{len(says) - _FEW} more rows say something else than the first of their application",
            "the first holds",
        )
    return first


def country_of(table: Table, *, note: bool) -> list[str]:
    """Return each distinct country: its ISO code, or as written where that is not certain."""
    column = table.one("country")
    if column is None:
        return []
    codes = [read_country(value) if value else "" for value in column.distinct]
    if note:
        unknown = [at for at, code in enumerate(codes) if code is None]
        table.noted_values(column, unknown, "the country is not known", "kept as it is written")
    return [
        value if code is None else code for code, value in zip(codes, column.distinct, strict=True)
    ]


def countries(table: Table) -> np.ndarray | None:
    """Return each row's country (object), or None if there is no such column."""
    column = table.one("country")
    if column is None:
        return None
    values = np.array([code or None for code in country_of(table, note=False)], dtype=object)
    return values[column.codes]


@dataclass
class RowStatus:
    """What the status of each row says: its kind (a code, -1: blank) and whether it tells more."""

    kind: np.ndarray
    interviewed: np.ndarray
    prospect: np.ndarray

    def take(self, rows: np.ndarray) -> RowStatus:
        """Return the same for these rows alone (a mask)."""
        return RowStatus(self.kind[rows], self.interviewed[rows], self.prospect[rows])


def row_statuses(table: Table) -> RowStatus:
    """Return what each row's status says; those that are not known are noted, each once."""
    n = len(table)
    column = table.one("status")
    if column is None:
        no = np.zeros(n, dtype=bool)
        return RowStatus(np.full(n, NONE, dtype="int8"), no, no.copy())
    preset = table.plan.preset
    read = [None if is_blank_word(v) else status_of(preset, v) for v in column.distinct]
    unknown = [code for code, s in enumerate(read) if s and s.kind == "unknown" and not s.prospect]
    table.noted_values(column, unknown, "the status is not known", "status_kind is unknown")
    kind = np.array([NONE if s is None else STATUS_KIND[s.kind] for s in read], dtype="int8")
    interviewed = np.array([s is not None and s.interviewed for s in read], dtype=bool)
    prospect = np.array([s is not None and s.prospect for s in read], dtype=bool)
    return RowStatus(kind[column.codes], interviewed[column.codes], prospect[column.codes])


def status_kinds(status: RowStatus, group: np.ndarray, n: int) -> np.ndarray:
    """Return each application's kind of status: the first that is known, else unknown or blank."""
    out = np.full(n, NONE, dtype="int8")
    for rows in (status.kind == UNKNOWN, (status.kind >= 0) & (status.kind != UNKNOWN)):
        at = np.flatnonzero(rows)[::-1]  # of several, the last to be written is the first
        out[group[at]] = status.kind[at]
    return out


def _others(table: Table, group: np.ndarray, n: int) -> dict[str, object]:
    """Return the columns that are not understood, untouched; one row's words each, joined."""
    out: dict[str, object] = {}
    taken = dict.fromkeys((*APPLICATION_COLUMNS, "application_id"), 1)
    for at, (column, read) in enumerate(zip(table.columns, table.plan.columns, strict=True)):
        # a history is read for its events, and its text is kept as well
        if (read.name and read.name != "history") or read.left_out:
            continue
        good = np.array([clean(value) != "" for value in column.distinct], dtype=bool)
        if not column.header and not good.any():
            continue
        name = _free(column.header or f"column {at + 1}", taken)
        codes = first_codes(column.codes, good, group, n)
        more = np.flatnonzero(good[column.codes] & (column.codes != codes[group]))
        out[name] = (
            _joined(column, codes, more, group) if len(more) else text_array(column.distinct, codes)
        )
    return out


def _free(header: str, taken: dict[str, int]) -> str:
    """Return a name that is not taken, and take it; each name has the last number it was given."""
    name, n = header, taken.get(header, 1)
    while name in taken:
        n += 1
        name = f"{header} ({n})"
    taken[header] = n
    taken[name] = 1
    return name


def _joined(column: Column, first: np.ndarray, more: np.ndarray, group: np.ndarray) -> object:
    """Return each application's value; where its rows differ, all of them, with "; " between."""
    words: dict[int, dict[str, None]] = {}
    for row in more.tolist():
        words.setdefault(int(group[row]), {})[column.distinct[column.codes[row]]] = None
    distinct, codes = list(column.distinct), first.copy()
    for owner, others in words.items():
        codes[owner] = len(distinct)
        distinct.append("; ".join([column.distinct[first[owner]], *others]))
    return text_array(distinct, codes)
