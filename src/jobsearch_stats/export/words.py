"""Our kinds, methods and outcomes in words that anybody reads."""

from __future__ import annotations

import pandas as pd

from ..agenda_rows import COURTESY_CARD, FOLLOW_UP, LET_GO, OLD, PREPARE, THANK_YOU
from ..wording import MONTHS

_WORDS = {
    "follow_up": "follow-up",
    "thank_you": "thank-you",
    "phone": "telephone",
    "email": "e-mail",
    "portal": "online",
    "text": "text message",
}
"""What is not our own name without underscores."""

_PREFIX = {
    "phone": "Called to follow up",
    "in_person": "Followed up in person",
    "video": "Followed up by video",
    "": "Followed up",
}
_SUFFIX = {
    "no_answer": "; nobody answered",
    "voicemail": "; left a voicemail",
    "message_taken": "; left a message",
    "spoke": "; spoke with them",
}
_INTERVIEWS = {
    "phone": "Interview by telephone",
    "video": "Interview by video",
    "in_person": "Interview in person",
}
_CALLS = {THANK_YOU: "Thank-you call", FOLLOW_UP: "Call", OLD: "Call a last time, or let go"}
_TO_DO = {
    THANK_YOU: "Thank-you note",
    PREPARE: "Prepare the interview",
    FOLLOW_UP: "Write",
    COURTESY_CARD: "Courtesy card",
    OLD: "Write a last time, or let go",
    LET_GO: "Let go",
}


def in_words(column: pd.Series) -> pd.Series:
    """Return a column of our names as words; a blank stays one.

    Examples
    --------
    >>> in_words(pd.Series(["phone", "do_not_contact", None])).tolist()
    ['telephone', 'do not contact', nan]
    """
    names = column.astype("category")
    known = {name: _WORDS.get(name, name.replace("_", " ")) for name in names.cat.categories}
    return names.astype("str").map(known).astype("str")


def done_words(kind: str, method: str, outcome: str) -> str:
    """Say what the seeker did, as somebody says it who was there.

    Examples
    --------
    >>> done_words("follow_up", "phone", "voicemail")
    'Called to follow up; left a voicemail'
    """
    if kind == "applied":
        return "Applied for the position"
    if kind == "interview":
        return _INTERVIEWS.get(method, "Interview")
    if kind == "thank_you":
        return "Thank-you call" if method == "phone" else "Thank-you note"
    if not method and outcome in ("no_answer", "voicemail"):
        method = "phone"
    return _PREFIX.get(method, "Wrote to follow up") + _SUFFIX.get(outcome, "")


def to_do_words(todo: pd.DataFrame) -> list[str]:
    """Say what an agenda asks for, row by row."""
    pairs = zip(todo["action"].tolist(), todo["method"].tolist(), strict=True)
    return [(_CALLS if method == "phone" else _TO_DO).get(action, _TO_DO[action])
            for action, method in pairs]  # fmt: skip


def full_day(day: pd.Timestamp) -> str:
    """Return a day with its year, as in "3 March 2026": the reader may have the page for years."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
