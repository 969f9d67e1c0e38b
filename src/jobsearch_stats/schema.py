"""Columns, dtypes and categories of the log's tables, and their validation.

The tables are plain DataFrames. Dates are whole days, timezone-free, ``datetime64[s]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from .errors import DataError, SettingError

KINDS = (
    "applied",
    "interview",
    "thank_you",
    "follow_up",
    "acknowledgement",
    "reply",
    "rejection",
    "offer",
    "withdrawn",
    "do_not_contact",
    "out_of_office",
)
"""Kinds of event, in their order within a day."""

METHODS = ("phone", "email", "letter", "in_person", "video", "text", "portal")

FOLLOW_UP_OUTCOMES = ("no_answer", "sent", "voicemail", "message_taken", "spoke")
"""Outcomes of a follow-up, in their order within a day."""

REPLY_OUTCOMES = ("invited", "neutral", "negative")

OUTCOMES = FOLLOW_UP_OUTCOMES + REPLY_OUTCOMES

CONTACT_ROLES = ("hiring_manager", "interviewer", "hr", "other")
"""Whom one speaks to, in the order of R18."""

STATUS_KINDS = (
    "applied",
    "screening",
    "interview",
    "offer",
    "rejected",
    "withdrawn",
    "ghosted",
    "unknown",
)

STATES = ("waiting", "due", "overdue", "abandoned", "closed")
"""States of a contact, as `follow_ups` gives them; each row is in exactly one."""

STAGES = ("interview", "application")

SEVERITIES = ("rejected", "blanked", "noted")

DAY = "datetime64[s]"

APPLICATION_COLUMNS: dict[str, object] = {
    "company": "str",
    "role": "str",
    "source": "str",
    "location": "str",
    "country": "str",
    "url": "str",
    "status": "str",
    "status_kind": pd.CategoricalDtype(list(STATUS_KINDS)),
    "undated_interview": "bool",
    "fit": "Int64",
    "wanted": "Int64",
    "contact_by": pd.CategoricalDtype(list(METHODS)),
    "strengths": "str",
    "reason_to_call": "str",
    "planned_follow_up_on": DAY,
    "notes": "str",
}
"""Columns of `applications` with their dtypes; a user's other columns follow them."""

EVENT_COLUMNS: dict[str, object] = {
    "application_id": "category",
    "date": DAY,
    "hour": "Int8",
    "kind": pd.CategoricalDtype(list(KINDS)),
    "method": pd.CategoricalDtype(list(METHODS)),
    "outcome": pd.CategoricalDtype(list(OUTCOMES)),
    "contact": "str",
    "contact_role": "str",
    "phone": "str",
    "email": "str",
    "decide_by": DAY,
    "until": DAY,
    "note": "str",
    "source_row": "Int64",
}
"""Columns of `events` with their dtypes."""

PROBLEM_COLUMNS: dict[str, object] = {
    "source_row": "Int64",
    "column": "str",
    "value": "str",
    "problem": "str",
    "what_was_done": "str",
    "severity": pd.CategoricalDtype(list(SEVERITIES)),
}

COLUMN_COLUMNS: dict[str, object] = {"header": "str", "field": "str", "read_as": "str"}
"""Columns of `log.columns`: the file's header, our field (blank: kept untouched), and how."""


def empty_frame(columns: Mapping[str, object]) -> pd.DataFrame:
    """Return a frame of no rows with these columns and dtypes."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()})  # type: ignore[call-overload]


def as_day(value: object, *, name: str) -> pd.Timestamp:
    """Return a whole day from text (ISO), a date, a datetime or a Timestamp.

    Raises
    ------
    SettingError
        If it is no date; the message says how to write one.
    """
    try:
        if isinstance(value, str):
            day = pd.Timestamp(dt.date.fromisoformat(value.strip()[:10]))
        elif isinstance(value, dt.date | np.datetime64):  # a Timestamp is a date too
            day = pd.Timestamp(value)
        else:
            raise TypeError
        if pd.isna(day):
            raise ValueError
    except (ValueError, TypeError, OverflowError):
        raise SettingError(
            f'{name}={value!r} is not a day. Write it as "2026-03-10", or pass a date.',
            name=name,
            value=value,
        ) from None
    return day.tz_localize(None).normalize().as_unit("s")


def as_applications(table: pd.DataFrame) -> pd.DataFrame:
    """Return `applications` with every column of the data model, in its dtype.

    Missing columns come out blank, columns that are not ours are kept behind them, and the
    input is not changed. The index, or a column `application_id`, holds the ids.

    Raises
    ------
    DataError
        If an id is blank or stands twice, or a value cannot be held by its column.
    """
    if "application_id" in table.columns:
        table = table.set_index("application_id")
    index = pd.Index(table.index.astype("str"), name="application_id")
    _no_blank(index, "applications", "application_id")
    if not index.is_unique:
        twice = index[index.duplicated()][0]
        raise DataError(
            f"applications has the id {twice!r} twice. Give every application an id of its own.",
            row=twice,
            column="application_id",
            value=twice,
        )
    known = _typed(table, APPLICATION_COLUMNS, "applications")
    others = [name for name in table.columns if name not in APPLICATION_COLUMNS]
    out = pd.concat([known, table[others]], axis=1) if others else known
    return out.set_axis(index, axis=0)


def as_events(table: pd.DataFrame, *, application_ids: pd.Index) -> pd.DataFrame:
    """Return `events` with every column of the data model, sorted by application and date.

    Parameters
    ----------
    table
        One row per dated thing; `application_id`, `date` and `kind` must be there.
    application_ids
        The index of `applications`; its order is the order of the result.

    Raises
    ------
    DataError
        If a needed column or value is missing, or a value cannot be held by its column.
    """
    for name in ("application_id", "date", "kind"):
        if name not in table.columns:
            raise DataError(
                f"events has no column {name!r}; it has {_listed(table.columns)}.", column=name
            )
    out = _typed(table, {k: v for k, v in EVENT_COLUMNS.items() if k != "application_id"}, "events")
    ids = pd.Series(table["application_id"]).astype("str")
    codes = application_ids.get_indexer(pd.Index(ids))
    if (codes < 0).any():
        at = int(np.flatnonzero(codes < 0)[0])
        raise DataError(
            f"events row {at}: application_id {ids.iloc[at]!r} is not in applications. Add the "
            "application, or mend the id.",
            row=at,
            column="application_id",
            value=ids.iloc[at],
        )
    out.insert(0, "application_id", pd.Categorical.from_codes(codes, categories=application_ids))
    for name in ("date", "kind"):
        _no_blank(out[name], "events", name)
    order = np.lexsort(
        (
            out["outcome"].cat.codes,
            out["kind"].cat.codes,
            out["hour"].fillna(-1).to_numpy("int8"),
            out["date"].to_numpy(),
            codes,
        )
    )
    return out.iloc[order].reset_index(drop=True)


def _typed(table: pd.DataFrame, columns: Mapping[str, object], what: str) -> pd.DataFrame:
    """Return the named columns in their dtypes; those that are missing come out blank."""
    data = {}
    for name, dtype in columns.items():
        if name not in table.columns:
            blank = False if dtype == "bool" else None
            data[name] = pd.Series(blank, index=table.index, dtype=dtype)  # type: ignore[call-overload]
            continue
        column = table[name]
        try:
            if isinstance(dtype, pd.CategoricalDtype):
                _only(column, list(dtype.categories), what, name)
            if dtype == DAY:
                column = pd.to_datetime(column).dt.floor("D")
            if dtype == "bool":
                column = column.fillna(False)
            data[name] = column.astype(dtype)  # type: ignore[call-overload]
        except (ValueError, TypeError) as error:
            if isinstance(error, DataError):
                raise
            raise DataError(
                f"{what}, column {name!r}: a value cannot be read as {dtype}: {error}", column=name
            ) from None
    return pd.DataFrame(data, index=table.index)


def _only(column: pd.Series, allowed: Sequence[str], what: str, name: str) -> None:
    bad = column.notna() & ~column.isin(allowed)
    if bad.any():
        at = int(np.flatnonzero(bad.to_numpy())[0])
        raise DataError(
            f"{what} row {at}, column {name!r}: {column.iloc[at]!r} is none of {_listed(allowed)}.",
            row=at,
            column=name,
            value=column.iloc[at],
        )


def _no_blank(values: pd.Index | pd.Series, what: str, name: str) -> None:
    blank = np.asarray(pd.isna(values)) | np.asarray(values == "")
    if blank.any():
        at = int(np.flatnonzero(blank)[0])
        raise DataError(
            f"{what} row {at}, column {name!r} is blank; every row needs it.", row=at, column=name
        )


def _listed(names: Sequence[object] | pd.Index) -> str:
    return ", ".join(repr(name) for name in names)
