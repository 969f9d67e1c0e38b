"""Columns, dtypes and categories of the log's tables, and their validation.

The tables are plain DataFrames. Dates are whole days, timezone-free, ``datetime64[s]``.
"""

from __future__ import annotations

import datetime as dt
import math
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

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Days outside these years are slips ("9999-12-31"); weeks added to them may have no date."""

RANGES = {"hour": (0, 23), "fit": (1, 5), "wanted": (1, 5)}
"""Columns of whole numbers, with the least and the largest."""

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
            day = pd.Timestamp(dt.datetime.fromisoformat(value.strip()))
        elif isinstance(value, dt.date | np.datetime64):  # a Timestamp is a date too
            day = pd.Timestamp(value)
        else:
            raise TypeError
        if pd.isna(day) or not FIRST_YEAR <= day.year <= LAST_YEAR:
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
    others = table.loc[:, [name not in APPLICATION_COLUMNS for name in table.columns]]
    out = pd.concat([known, others], axis=1) if others.shape[1] else known
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
                f"events has no column {name!r}; it has {_listed(table.columns)}. Add it, or "
                "rename the one that holds it.",
                column=name,
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
    known = pd.Categorical.from_codes(codes, categories=application_ids)
    out.insert(0, "application_id", pd.Series(known, index=out.index))
    for name in ("date", "kind"):
        _no_blank(out[name], "events", name)
    order = event_order(
        codes,
        out["date"].to_numpy(),
        out["hour"].fillna(-1).to_numpy("int8"),
        out["kind"].cat.codes.to_numpy(),
        out["outcome"].cat.codes.to_numpy(),
    )
    return out.iloc[order].reset_index(drop=True)


def event_order(
    application: np.ndarray,
    date: np.ndarray,
    hour: np.ndarray,
    kind: np.ndarray,
    outcome: np.ndarray,
) -> np.ndarray:
    """Return the places of events in the order of the log: application, date, hour, kind, outcome.

    All are arrays of as many events: numbers, days, and codes (-1: blank). Equal ones stay as
    they stand.
    """
    if not len(application):
        return np.zeros(0, dtype="int64")
    day = date.astype("datetime64[D]", copy=False).view("int64")
    sizes = (int(day.max() - day.min()) + 1, 25, len(KINDS) + 1, len(OUTCOMES) + 1)
    if (int(application.max()) + 2) * math.prod(sizes) >= 2**62:
        return np.lexsort((outcome, kind, hour, day, application))
    key = application.astype("int64")
    for size, part in zip(sizes, (day, hour, kind, outcome), strict=True):
        key *= size
        key += part
    return np.argsort(key, kind="stable")  # one number to sort by: a tenth of a lexsort's time


def _typed(table: pd.DataFrame, columns: Mapping[str, object], what: str) -> pd.DataFrame:
    """Return the named columns in their dtypes; those that are missing come out blank."""
    data = {}
    for name, dtype in columns.items():
        if name not in table.columns:
            blank = False if dtype == "bool" else None
            data[name] = pd.Series(blank, index=table.index, dtype=dtype)  # type: ignore[call-overload]
            continue
        column = table[name]
        if isinstance(column, pd.DataFrame):
            raise DataError(
                f"{what} has the column {name!r} twice. Rename one, or leave it out.", column=name
            )
        if isinstance(dtype, pd.CategoricalDtype):
            _only(column, list(dtype.categories), what, name)
        elif dtype == "bool":
            _only(column, [True, False], what, name)
            column = column.fillna(False)
        elif dtype == DAY:
            column = _days(column, what, name)
        elif name in RANGES:
            column = _whole_numbers(column, what, name)
        try:
            data[name] = column.astype(dtype)  # type: ignore[call-overload]
        except (ValueError, TypeError) as error:
            raise DataError(
                f"{what}, column {name!r}: a value cannot be read as {dtype}: {error}", column=name
            ) from None
    return pd.DataFrame(data, index=table.index)


def _only(column: pd.Series, allowed: Sequence[object], what: str, name: str) -> None:
    bad = column.notna() & ~column.isin(allowed)
    why = f"is none of {_listed(allowed)}. Use one of these, or leave it blank"
    _refuse(bad, column, what, name, why)


def _days(column: pd.Series, what: str, name: str) -> pd.Series:
    """Return whole days; text must be ISO, as 03/05 could be two days, and a number is none."""
    given = column
    if not pd.api.types.is_datetime64_any_dtype(column):
        cells = column.astype(object).where(column.notna(), None)
        bad = cells.map(_is_no_day).astype(bool)
        _refuse(bad, given, what, name, _NO_DAY)
        try:
            column = pd.to_datetime(cells, format="ISO8601", errors="coerce")
        except ValueError as error:  # time zones that differ
            raise DataError(f"{what}, column {name!r}: {error}", column=name) from None
        _refuse(column.isna() & cells.notna() & (cells != ""), given, what, name, _NO_DAY)
    if column.dt.tz is not None:
        column = column.dt.tz_localize(None)  # the day it was there
    slip = (column < pd.Timestamp(FIRST_YEAR, 1, 1)) | (column >= pd.Timestamp(LAST_YEAR + 1, 1, 1))
    _refuse(slip, given, what, name, f"is not between {FIRST_YEAR} and {LAST_YEAR}. Mend it")
    return column.dt.floor("D")


def _is_no_day(value: object) -> bool:
    """Say whether it is a number, or text too short for more than a year or a month."""
    if isinstance(value, str):
        return 0 < len(value) < len("20260310")
    return isinstance(value, int | float | np.number)


_NO_DAY = 'is not a day. Write it as "2026-03-10", or pass a date'


def _whole_numbers(column: pd.Series, what: str, name: str) -> pd.Series:
    least, most = RANGES[name]
    numbers = pd.to_numeric(column, errors="coerce")
    good = numbers.between(least, most) & (numbers % 1 == 0)
    wanted = f"is not a whole number from {least} to {most}. Mend it, or leave it blank"
    _refuse(~good.fillna(False).astype(bool) & column.notna(), column, what, name, wanted)
    return numbers


def _refuse(bad: pd.Series, column: pd.Series, what: str, name: str, why: str) -> None:
    """Raise an error about the first bad row, if there is one."""
    if bad.any():
        at = int(np.flatnonzero(bad.to_numpy())[0])
        value = column.iloc[at]
        value = value.item() if isinstance(value, np.generic) else value
        raise DataError(
            f"{what} row {at}, column {name!r}: {value!r} {why}.", row=at, column=name, value=value
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
