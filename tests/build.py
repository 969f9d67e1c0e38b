"""Logs built by hand, an event or two at a time, and the question asked of them.

People and companies are invented; days are written as text, March 2026 in most tests, in which
the 2nd, 9th, 16th and 23rd are Mondays.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

import jobsearch_stats as js

Event = dict[str, Any]


def event(kind: str, date: str, **rest: Any) -> Event:
    return {"kind": kind, "date": date, **rest}


def interview(date: str, decide_by: str | None = None, **rest: Any) -> Event:
    return event("interview", date, decide_by=decide_by, **rest)


def follow_up(date: str, outcome: str | None = "voicemail", **rest: Any) -> Event:
    return event("follow_up", date, outcome=outcome, **rest)


def reply(date: str, decide_by: str | None = None, **rest: Any) -> Event:
    return event("reply", date, decide_by=decide_by, **rest)


def away(date: str, until: str | None) -> Event:
    return event("out_of_office", date, until=until)


def a_log(lives: dict[str, list[Event]], **columns: Any) -> js.ApplicationLog:
    """Return the log of these applications; `columns` are columns of `applications`."""
    applications = pd.DataFrame(
        {"company": "Acme", **columns}, index=pd.Index(list(lives), name="application_id")
    )
    events = [{"application_id": i, **e} for i, life in lives.items() for e in life]
    return js.ApplicationLog.from_frames(
        applications, pd.DataFrame(events, columns=_columns(events))
    )


def _columns(events: list[Event]) -> list[str]:
    needed = dict.fromkeys(("application_id", "date", "kind"))
    return list(needed | dict.fromkeys(name for e in events for name in e))


def asked(
    *events: Event,
    as_of: str,
    strategy: Any = js.DAY_AFTER,
    stages: Any = ("interview",),
    **columns: Any,
) -> pd.Series:
    """Return the one row of `follow_ups` for the one application with these events."""
    log = a_log({"a": list(events)}, **{name: [value] for name, value in columns.items()})
    table = js.follow_ups(log, as_of=as_of, strategy=strategy, stages=stages)
    assert list(table.index) == ["a"]
    return table.loc["a"]


def texts(row: pd.Series, *columns: str) -> list[Any]:
    """Return values of a row, days as text and blanks as None."""
    return [text(row[name]) for name in columns]


def text(value: Any) -> Any:
    if pd.isna(value):
        return None
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value
