"""The sample's spreadsheet: one row per application, as messy as people keep them."""

from __future__ import annotations

import numpy as np
import pandas as pd

_FORMATS = ("%Y-%m-%d", "%b %d, %Y", "%d %B %Y", "%m/%d/%Y")
"""How dates are written, in turn; the last only where no other reading is possible."""

_SOURCES = {"LinkedIn": "Linkedin", "Company site": "company website", "Job board": "jobboard"}

_STATUSES: dict[str, tuple[str, ...]] = {
    "offer": ("Offer received",),
    "rejection": ("Rejected", "rejected", "REJECTED ❌", "rejcted", "Not selected"),
    "withdrawn": ("Withdrawn", "withdrew"),
    "interview": ("Interviewed", "interview", "Interviewd", "INTERVIEW"),
    "applied": ("Applied", "applied", "aplied", "Waiting", "", "Applied"),
}
"""What is written for the last thing that counts, in turn, with its typos."""

_OUTCOMES = {
    "no_answer": "no answer",
    "sent": "e-mail",
    "voicemail": "left voicemail",
    "message_taken": "left message with receptionist",
    "spoke": "spoke with her",
}


def spreadsheet(applications: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the spreadsheet that a person would keep of this search, as text."""
    table = _cells(applications, events)
    table = _blemished(table, applications, events)
    blank = pd.DataFrame([[""] * table.shape[1]], columns=table.columns)
    nameless = blank.assign(
        Position="Data Analyst", **{"Date applied": "2025-08-19", "Notes": "which firm was this??"}
    )
    cut = len(table) // 2
    parts = [table.iloc[:cut], blank, table.iloc[cut:], nameless]
    return pd.concat(parts, ignore_index=True)


def sheet_holds(events: pd.DataFrame) -> pd.Series:
    """Say of each application whether the spreadsheet has room for what decides its state.

    It has columns for two interviews, two follow-ups and one answer, and one for the promise of
    the latest interview: a date that was named later has no place.

    Returns
    -------
    pandas.Series
        Boolean, index `application_id`.
    """
    ids = events["application_id"]
    answer = events["kind"].eq("reply") & events["outcome"].ne("invited")
    later = events["kind"].isin(("follow_up", "reply")) & events["decide_by"].notna()
    counts = pd.DataFrame(
        {
            "interviews": events["kind"].eq("interview"),
            "follow_ups": events["kind"].eq("follow_up"),
            "answers": answer,
            "later": later,
        }
    )
    n = counts.groupby(ids).sum()
    return (n["interviews"] <= 2) & (n["follow_ups"] <= 2) & (n["answers"] <= 1) & (n["later"] == 0)


def _cells(applications: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    index = applications.index
    interviews = events[events["kind"] == "interview"]
    people = _people(events).reindex(index)
    table = pd.DataFrame(
        {
            "Company": applications["company"],
            "Position": applications["role"],
            "Where found": applications["source"].replace(_SOURCES),
            "Location": applications["location"],
            **_date_columns(events, index),
            "Interviewer": people["contact"],
            "Interviewer role": people["contact_role"].replace(_ROLES),
            "Phone": _phones(people["phone"]),
            "E-mail": people["email"],
            "They decide by": _promises(interviews, index),
            "Follow-up 1 how": _nth(events, "follow_up", 0, "outcome", index).map(_OUTCOMES),
            "Follow-up 2 how": _nth(events, "follow_up", 1, "outcome", index).map(_OUTCOMES),
            "Status": _statuses(applications, events),
            "Next follow-up": "",
            "Fit (1-5)": applications["fit"],
            "Want it (1-5)": applications["wanted"],
            "Strengths": applications["strengths"],
            "Reason to call": applications["reason_to_call"],
            "Contact by": applications["contact_by"].replace("email", "e-mail"),
            "Salary asked": np.where(np.arange(len(index)) % 4 == 0, "58k", ""),
            "Notes": applications["notes"],
        }
    ).astype("object")
    return table.where(table.notna(), "")[list(_COLUMNS)]


_COLUMNS = (
    "Company", "Position", "Where found", "Location", "Date applied", "Confirmation",
    "Interview 1", "Interview 2", "Interviewer", "Interviewer role", "Phone", "E-mail",
    "They decide by", "Thank you sent", "Thank you card", "Follow-up 1", "Follow-up 1 how",
    "Follow-up 2", "Follow-up 2 how", "Reply", "Rejected on", "Offer on", "Withdrew on",
    "Away until", "Do not contact", "Status", "Next follow-up", "Fit (1-5)", "Want it (1-5)",
    "Strengths", "Reason to call", "Contact by", "Salary asked", "Notes",
)  # fmt: skip

_DATES = {
    "Date applied": ("applied", 0, "date", 0),
    "Confirmation": ("acknowledgement", 0, "date", 1),
    "Interview 1": ("interview", 0, "date", 2),
    "Interview 2": ("interview", 1, "date", 1),
    "Thank you sent": ("thank_you", 0, "date", 3),
    "Thank you card": ("card", 0, "date", 0),
    "Follow-up 1": ("follow_up", 0, "date", 2),
    "Follow-up 2": ("follow_up", 1, "date", 1),
    "Reply": ("neutral", 0, "date", 0),
    "Rejected on": ("rejection", 0, "date", 1),
    "Offer on": ("offer", 0, "date", 2),
    "Withdrew on": ("withdrawn", 0, "date", 0),
    "Away until": ("out_of_office", 0, "until", 2),
    "Do not contact": ("do_not_contact", 0, "date", 0),
}
"""Which event a column holds (its kind, and which of them), its date, and the first format."""


def _date_columns(events: pd.DataFrame, index: pd.Index) -> dict[str, pd.Series]:
    """Return the columns that hold dates; invitations have none, and cards have their own."""
    refused = _nth(events, "rejection", 0, "date", index)
    thanked = events["kind"] == "thank_you"
    card = thanked & (events["date"] >= events["application_id"].map(refused))
    neutral = (events["kind"] == "reply") & (events["outcome"] != "invited")
    kind = events["kind"].mask(card, "card").mask(neutral, "neutral")
    sorted_out = events.assign(kind=kind)
    return {
        name: _dates(_nth(sorted_out, kind, n, column, index), turn)
        for name, (kind, n, column, turn) in _DATES.items()
    }


def _nth(events: pd.DataFrame, kind: str, n: int, column: str, index: pd.Index) -> pd.Series:
    """Return one column of every application's n-th event of that kind."""
    rows = events[events["kind"] == kind]
    rows = rows[rows.groupby("application_id").cumcount() == n]
    return rows.set_index("application_id")[column].reindex(index)


def _people(events: pd.DataFrame) -> pd.DataFrame:
    named = events[events["kind"] != "applied"].groupby("application_id")
    return named[["contact", "contact_role", "phone", "email"]].last()


_ROLES = {
    "hiring_manager": "hiring manager",
    "interviewer;hiring_manager": "interviewer;hiring manager",
    "hr": "HR",
}


def _dates(days: pd.Series, turn: int) -> pd.Series:
    """Write dates in one format after the other, each of them readable in one way only."""
    which = (np.arange(len(days)) + turn) % len(_FORMATS)
    which = np.where((which == 3) & (days.dt.day.fillna(0) <= 12), 0, which)
    out = pd.Series("", days.index, dtype="object")
    for code, written in enumerate(_FORMATS):
        out = out.where(which != code, days.dt.strftime(written))
    return out


def _phones(phones: pd.Series) -> pd.Series:
    """Write some numbers with dots and some with dashes."""
    dotted = phones.str.replace(r"\((\d+)\) (\d+)-(\d+)", r"\1.\2.\3", regex=True)
    dashed = phones.str.replace(r"\((\d+)\) (\d+)-(\d+)", r"+1-\1-\2-\3", regex=True)
    which = np.arange(len(phones)) % 3
    return phones.where(which == 0, dotted.where(which == 1, dashed))


def _promises(interviews: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Write the promise of the latest interview: in words, or on every fourth row as a date."""
    latest = interviews.groupby("application_id").tail(1).set_index("application_id")
    dated = _dates(latest["decide_by"].reindex(index), 0)
    said = latest["said"].reindex(index)
    as_date = (np.arange(len(index)) % 4 == 0) & latest["decide_by"].reindex(index).notna()
    return said.astype("object").where(~as_date, dated)


def _statuses(applications: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """Write a status for the last thing that counts, unless the application has its own."""
    counting = events[events["kind"].isin(_STATUSES)].groupby("application_id")["kind"].last()
    last = counting.reindex(applications.index)
    turn = pd.Series(np.arange(len(last)), last.index)
    out = applications["status"].astype("object")
    for kind, words in _STATUSES.items():
        written = pd.Series(np.array(words, dtype=object)[turn % len(words)], last.index)
        out = out.where((last != kind) | (out != ""), written)
    return out


def _blemished(
    table: pd.DataFrame, applications: pd.DataFrame, events: pd.DataFrame
) -> pd.DataFrame:
    """Spoil a few cells as people do; never one that decides a state."""
    kinds = events.groupby("application_id")["kind"].agg(set)
    plain = kinds.map(lambda seen: seen == {"applied"}).reindex(applications.index)
    quiet = applications.index[plain & (applications["case"] < 0)]
    table = table.copy()
    for key, (column, value) in zip(quiet[::3], _SPOILT, strict=False):
        table.loc[key, column] = value
    table.loc[applications["case"].between(0, 4), "Next follow-up"] = "2026-03-12"
    return table


_SPOILT = (
    ("Date applied", "2025-06-31"),
    ("Reply", "No response"),
    ("Date applied", "sometime in July"),
    ("Next follow-up", "#REF!"),
    ("Date applied", "8/14"),
    ("Fit (1-5)", "#REF!"),
    ("Confirmation", "02/30/2026"),
    ("Status", "?? ask Kim"),
    ("Follow-up 1", "No response"),
)
"""Cells that cannot be read, or that say something in the wrong place."""
