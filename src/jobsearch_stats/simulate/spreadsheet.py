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

    def nth(rows: pd.Series, n: int, column: str = "date") -> pd.Series:
        chosen = events[rows]
        chosen = chosen[chosen.groupby("application_id").cumcount() == n]
        return chosen.set_index("application_id")[column].reindex(index)

    kind = events["kind"]
    closed_on = nth(kind == "rejection", 0)
    thanked = kind == "thank_you"
    card = thanked & (events["date"] >= events["application_id"].map(closed_on))
    neutral = (kind == "reply") & (events["outcome"] != "invited")
    people = {
        name: events[kind != "applied"].groupby("application_id")[name].last().reindex(index)
        for name in ("contact", "contact_role", "phone", "email")
    }
    return pd.DataFrame(
        {
            "Company": applications["company"],
            "Position": applications["role"],
            "Where found": applications["source"].replace(_SOURCES),
            "Location": applications["location"],
            "Date applied": _dates(nth(kind == "applied", 0), 0),
            "Confirmation": _dates(nth(kind == "acknowledgement", 0), 1),
            "Interview 1": _dates(nth(kind == "interview", 0), 2),
            "Interview 2": _dates(nth(kind == "interview", 1), 1),
            "Interviewer": people["contact"],
            "Interviewer role": people["contact_role"].replace(_ROLES),
            "Phone": _phones(people["phone"]),
            "E-mail": people["email"],
            "They decide by": _promises(events[kind == "interview"], index),
            "Thank you sent": _dates(nth(thanked & ~card, 0), 3),
            "Thank you card": _dates(nth(card, 0), 0),
            "Follow-up 1": _dates(nth(kind == "follow_up", 0), 2),
            "Follow-up 1 how": nth(kind == "follow_up", 0, "outcome").map(_OUTCOMES),
            "Follow-up 2": _dates(nth(kind == "follow_up", 1), 1),
            "Follow-up 2 how": nth(kind == "follow_up", 1, "outcome").map(_OUTCOMES),
            "Reply": _dates(nth(neutral, 0), 0),
            "Rejected on": _dates(closed_on, 1),
            "Offer on": _dates(nth(kind == "offer", 0), 2),
            "Withdrew on": _dates(nth(kind == "withdrawn", 0), 0),
            "Away until": _dates(nth(kind == "out_of_office", 0, "until"), 2),
            "Do not contact": _dates(nth(kind == "do_not_contact", 0), 0),
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
    ).astype("object").pipe(lambda table: table.where(table.notna(), ""))  # fmt: skip


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
