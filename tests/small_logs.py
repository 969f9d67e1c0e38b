"""Small logs by hand: one dict per event, of the application "a1" unless it says otherwise.

In March 2026 the 2nd, 9th, 16th and 23rd are Mondays.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

import jobsearch_stats as js

ADA = js.Me(name="Ada Ferrant", phone="555-0100")
VOICEMAIL = {"kind": "follow_up", "method": "phone", "outcome": "voicemail"}


def log_of(*events: dict[str, Any], **columns: object) -> js.ApplicationLog:
    """Return a log; a column of applications is given for all, or by id in a dict."""
    rows = [{"application_id": "a1", **event} for event in events]
    ids = sorted({"a1"} | {row["application_id"] for row in rows})
    applications = pd.DataFrame({"company": [f"Firm {i}" for i in ids]}, index=ids)
    for name, value in columns.items():
        values = value if isinstance(value, dict) else dict.fromkeys(ids, value)
        applications[name] = pd.Series(values, index=applications.index, dtype=object)
    empty = pd.DataFrame({"application_id": [], "date": [], "kind": []})
    return js.ApplicationLog.from_frames(applications, pd.DataFrame(rows) if rows else empty)


def met(date: str, **other: object) -> dict[str, Any]:
    return {"kind": "interview", "date": date, **other}


def happened(kind: str, date: str, **other: object) -> dict[str, Any]:
    return {"kind": kind, "date": date, **other}


def agenda(log: js.ApplicationLog, as_of: object, **given: object) -> pd.DataFrame:
    """Return the agenda without thank-yous and cards, which have tests of their own."""
    return js.agenda(log, as_of=as_of, **{"thank_you_days": 0, "card_days": 0, "me": ADA, **given})


def do_on(todo: pd.DataFrame, action: str) -> list[str]:
    """Return the days on which an agenda asks for an action."""
    return [f"{day:%Y-%m-%d}" for day in todo.loc[todo["action"] == action, "do_on"]]


def ids_of(todo: pd.DataFrame, *actions: str) -> Counter[str]:
    """Count the applications that an agenda has under these actions."""
    rows = todo[todo["action"].isin(actions)]
    return Counter(i for ids in rows["application_id"] for i in ids.split("; "))
