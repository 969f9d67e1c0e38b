"""What a hand-placed case of the sample is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Happened:
    """One dated event of a case; `said` is the promise in the words of the spreadsheet."""

    date: str
    kind: str
    method: str = ""
    outcome: str = ""
    decide_by: str = ""
    said: str = ""
    until: str = ""
    hour: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Case:
    """One application of the sample, placed to show a rule, and what must come out of it.

    Attributes
    ----------
    rules
        The rules it shows, by id.
    state, due_on
        What `follow_ups` says of it on the sample's day; `state` is blank where it is not in
        the table.
    action
        What the agenda says of it on that day; blank: nothing.
    why
        In words, for the table in the sample's README.
    """

    rules: str
    company: str
    events: tuple[Happened, ...]
    state: str
    why: str
    role: str = "Data Analyst"
    due_on: str = ""
    action: str = ""
    do_on: str = ""
    contact: str = ""
    contact_role: str = ""
    phone: str = ""
    email: str = ""
    source: str = "Company site"
    status: str = ""
    fit: int | None = 3
    wanted: int = 3
    strengths: str = ""
    reason_to_call: str = ""
    contact_by: str = ""
    notes: str = ""


def applied(date: str) -> Happened:
    """Return the application itself."""
    return Happened(date, "applied", "portal")


def interview(date: str, decide_by: str = "", said: str = "", **more: object) -> Happened:
    """Return an interview, with the decision date that was named there."""
    method = str(more.pop("method", "video"))
    return Happened(date, "interview", method, decide_by=decide_by, said=said, **more)  # type: ignore[arg-type]


def thanks(date: str, method: str = "email") -> Happened:
    """Return a thank-you note."""
    return Happened(date, "thank_you", method)


def voicemail(date: str) -> Happened:
    """Return a call that ended with a message on the machine."""
    return Happened(date, "follow_up", "phone", "voicemail")


def unanswered(date: str) -> Happened:
    """Return a call that nobody answered, without a message."""
    return Happened(date, "follow_up", "phone", "no_answer")


def mailed(date: str) -> Happened:
    """Return a follow-up by e-mail."""
    return Happened(date, "follow_up", "email", "sent")


def invited(date: str) -> Happened:
    """Return an invitation to an interview."""
    return Happened(date, "reply", "email", "invited")


def answered(date: str, decide_by: str = "", said: str = "") -> Happened:
    """Return a reply that decides nothing."""
    return Happened(date, "reply", "email", "neutral", decide_by=decide_by, said=said)


def refused(date: str) -> Happened:
    """Return a rejection."""
    return Happened(date, "rejection", "email")
