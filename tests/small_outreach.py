"""Small logs of approaches by hand, beside `small_logs.py`, and their rows in plain values."""

from __future__ import annotations

from typing import Any

import pandas as pd

import jobsearch_stats as js
from small_logs import happened, log_of, met

APPLIED = happened("applied", "2026-03-02", method="portal")
MET = met("2026-03-09")


def tries(*events: dict[str, Any], as_of: str = "2026-03-31", **columns: object) -> pd.DataFrame:
    return js.outreach(log_of(*events, **columns), as_of=as_of)


def wrote(date: str, **other: object) -> dict[str, Any]:
    return happened("follow_up", date, **{"method": "email", "outcome": "sent", **other})


def called(date: str, outcome: str, **other: object) -> dict[str, Any]:
    return happened("follow_up", date, **{"method": "phone", "outcome": outcome, **other})


def replied(date: str, outcome: str | None = "neutral", **other: object) -> dict[str, Any]:
    return happened("reply", date, outcome=outcome, **other)


def of_applications(**lives: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the events of several applications."""
    return [{**event, "application_id": i} for i, events in lives.items() for event in events]


def values(table: pd.DataFrame, *names: str) -> list[Any]:
    """Return a column, or rows of several, as text, numbers and None."""
    columns = []
    for name in names:
        column = table[name]
        if column.dtype.kind == "M":
            column = column.dt.strftime("%Y-%m-%d")
        columns.append(column.astype(object).where(column.notna(), None).tolist())
    return columns[0] if len(names) == 1 else list(zip(*columns, strict=True))


def followed(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["kind"] == "follow_up"]
