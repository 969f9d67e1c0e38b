"""One door to `read_log` for these tests: every log that comes through it must add up."""

from __future__ import annotations

import io

import pandas as pd

from jobsearch_stats.importing import read_log
from jobsearch_stats.log import ApplicationLog
from jobsearch_stats.schema import APPLICATION_COLUMNS, EVENT_COLUMNS, PROBLEM_COLUMNS


def adds_up(log: ApplicationLog) -> ApplicationLog:
    """Check what must hold of every log that was read."""
    counts = log.counts
    assert counts["rows_read"] == (
        counts["rows_loaded"] + counts["rows_rejected"] + counts["rows_blank"]
    )
    assert (log.problems["severity"] == "rejected").sum() == counts["rows_rejected"]
    assert list(log.problems.columns) == list(PROBLEM_COLUMNS)
    assert log.problems.dtypes.to_dict() == PROBLEM_COLUMNS
    assert log.events.dtypes.drop("application_id").to_dict() == {
        name: dtype for name, dtype in EVENT_COLUMNS.items() if name != "application_id"
    }
    assert list(log.applications.columns[: len(APPLICATION_COLUMNS)]) == list(APPLICATION_COLUMNS)
    assert log.applications.index.is_unique
    assert log.applications.columns.is_unique
    assert len(log.applications) <= counts["rows_loaded"]
    return log


def read(source: str | bytes | pd.DataFrame, **settings: object) -> ApplicationLog:
    """Read text, bytes or a frame as a log that adds up."""
    if isinstance(source, str):
        source = io.StringIO(source)
    elif isinstance(source, bytes):
        source = io.BytesIO(source)
    return adds_up(read_log(source, **settings))


def happened(log: ApplicationLog) -> list[tuple[str, str]]:
    """Return (date, kind) of every event, sorted."""
    return sorted(zip(log.events["date"].astype("str"), log.events["kind"], strict=True))


def problems(log: ApplicationLog, severity: str) -> list[tuple[int | None, str | None, str | None]]:
    """Return (source_row, column, value) of the problems of a severity."""
    chosen = log.problems[log.problems["severity"] == severity]
    cells = chosen[["source_row", "column", "value"]].astype(object)
    return [tuple(None if pd.isna(c) else c for c in row) for row in cells.to_numpy()]


def one(log: ApplicationLog, kind: str) -> pd.Series:
    """Return the only event of that kind."""
    chosen = log.events[log.events["kind"] == kind]
    assert len(chosen) == 1
    return chosen.iloc[0]


def read_as(log: ApplicationLog) -> dict[str, str]:
    """Return header to what it was read as."""
    return dict(zip(log.columns["header"], log.columns["read_as"], strict=True))


def fields_of(log: ApplicationLog) -> dict[str, str]:
    """Return header to field."""
    return dict(zip(log.columns["header"], log.columns["field"], strict=True))


def people(log: ApplicationLog) -> list[tuple[object, ...]]:
    """Return (id, day, contact, role, phone, e-mail) of every event that names somebody."""
    cells = log.events[["application_id", "date", "contact", "contact_role", "phone", "email"]]
    cells = cells.assign(date=cells["date"].dt.strftime("%m-%d")).astype(object)
    some = cells[cells[["contact", "phone", "email"]].notna().any(axis=1)]
    return list(some.where(some.notna(), "").itertuples(index=False, name=None))


def exports(log: ApplicationLog) -> list[str]:
    """Return the exports that the log says it was read as."""
    said = log.problems["problem"]
    return [text for text in said if text.startswith("read as a ") and text.endswith("export")]
