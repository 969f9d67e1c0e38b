"""What one cell of a spreadsheet's date column says: an event, a yes, a status, a problem."""

from __future__ import annotations

from dataclasses import dataclass

from .contacting import Contacting, combined, read_contacting
from .dates import NOT_A_DATE, Cell
from .values import is_blank_word, read_kind, read_reply_outcome, read_status, yes_or_no

CLOSING = {"rejection": "rejected", "offer": "offer", "withdrawn": "withdrawn"}
"""Kinds of event that close an application, with the status that says so."""

OF_STATUS = {status: kind for kind, status in CLOSING.items()}
_NO_DATE = "it has no date"


@dataclass(frozen=True)
class Entry:
    """What one distinct cell of a date column says."""

    kind: str | None = None
    method: str | None = None
    outcome: str | None = None
    problem: str = ""
    yes: bool = False
    status: str | None = None


def read_entry(name: str, cell: Cell) -> Entry:
    """Say what a cell of a date column means: an event, a yes, a status, or a problem."""
    words = cell.words
    if cell.problem and not words:
        return Entry(problem=cell.problem)
    if not words:
        return Entry() if cell.day is None else Entry(name)
    if cell.day is None:
        return _words_alone(name, words, cell.problem)
    return _beside_a_date(name, words)


def _words_alone(name: str, words: str, problem: str) -> Entry:
    yes = yes_or_no(words)
    if yes is not None:
        return Entry(yes=yes)
    if is_blank_word(words):
        return Entry()
    status = read_status(words)
    if status.kind in ("ghosted", "rejected", "withdrawn", "offer"):
        return Entry(status=status.kind)
    if status.kind == "applied" and name in ("reply", "interview"):
        return Entry()  # "waiting": nothing yet
    if status.interviewed and name == "interview":
        return Entry(yes=True)
    known = read_contacting(words)
    if name in ("follow_up", "thank_you") and not known.words:
        return Entry(problem=_NO_DATE)
    if name == "reply" and read_reply_outcome(words):
        return Entry(problem=_NO_DATE)
    return Entry(problem=problem or NOT_A_DATE)


def _beside_a_date(name: str, words: str) -> Entry:
    status = read_status(words).kind
    if status in OF_STATUS and name in (*OF_STATUS.values(), "follow_up", "reply", "interview"):
        return Entry(OF_STATUS[status])
    if yes_or_no(words):
        return Entry(name)
    contacting = read_contacting(words)
    if name in ("follow_up", "thank_you") and not contacting.words:
        method, outcome, _ = combined(contacting, Contacting())
        return Entry(name, method, outcome if name == "follow_up" else None)
    kind = read_kind(words)
    if name == "interview":
        if kind and kind[0] == "interview":
            return Entry(name, kind[1])
        if read_status(f"interview {words}").kind == "applied":  # "scheduled": an appointment
            return Entry(name)
        if contacting.method and not contacting.outcome:
            return Entry(name, contacting.method)
    if name == "reply" and read_reply_outcome(words):
        return Entry(name, None, read_reply_outcome(words))
    if kind and kind[0] == name:
        return Entry(name, kind[1], kind[2])
    return Entry(problem=f"beside the date stands {words!r}")
