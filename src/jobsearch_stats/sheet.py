"""`CallSheet`: what stands on the sheet that one reads before a call."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pandas as pd

from .schema import as_day
from .wording import dated, one_line

_KIND_WORDS = {
    "applied": "application",
    "thank_you": "thank-you",
    "follow_up": "follow-up",
    "do_not_contact": "asked for no further contact",
}

_Section = tuple[str, list[str]]


@dataclass(frozen=True, eq=False, repr=False)
class CallSheet:
    """What to know and say before a call; shows itself in a terminal and in a notebook.

    Attributes
    ----------
    application_id, as_of
        What it is about, and the day for which it was made.
    company, role, contact, contact_role, phone, email
        Whom to reach; blank where it is not known. Of an application whose employer asked not to
        be contacted, neither number nor address is given.
    phone_from, email_from
        The event from which the number and the address come: its kind, day and row of your file.
    state, reason
        As in `follow_ups`; blank for an application that is in no state yet.
    call_on, method, message_number
        When and how to do it, and which message it would be; None, blank and 0 where nothing is
        to be done.
    strengths
        Why you are qualified, in your own words (R10).
    reason_to_call
        Something new to say (R21).
    interview_notes
        Your notes of the interviews, each with its day.
    history
        What happened up to as_of: `date, kind, method, outcome, contact, decide_by, note,
        source_row`.
    script, script_for_person
        What to say or write on `call_on`, and to a colleague who answers; blank where there is
        nothing to say, or where one writes.
    no_script
        Why there is no script; blank where there is one.
    decide_by, due_on, abandon_on, next_interview_on
        As in `follow_ups`: the date they named, the day the follow-up was due, the day on which
        silence counts as a no, an interview that is ahead; None where there is none.
    """

    application_id: str
    as_of: pd.Timestamp
    company: str
    role: str
    contact: str
    contact_role: str
    phone: str
    phone_from: str
    email: str
    email_from: str
    state: str
    reason: str
    strengths: str
    reason_to_call: str
    interview_notes: tuple[str, ...]
    history: pd.DataFrame
    no_script: str
    call_on: pd.Timestamp | None = None
    method: str = ""
    message_number: int = 0
    script: str = ""
    script_for_person: str = ""
    decide_by: pd.Timestamp | None = None
    due_on: pd.Timestamp | None = None
    abandon_on: pd.Timestamp | None = None
    next_interview_on: pd.Timestamp | None = None

    @property
    def text(self) -> str:
        """The sheet as plain text."""
        parts = ["\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in self._all]
        return "\n\n".join(parts)

    @property
    def _all(self) -> list[_Section]:
        return [(title, lines) for title, lines in _sections(self) if lines]

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        parts = []
        for title, lines in self._all:
            items = "".join(f'<li dir="auto">{html.escape(line)}</li>' for line in lines)
            parts.append(f"<h4>{html.escape(title)}</h4><ul>{items}</ul>")
        return f"<section>{''.join(parts)}</section>"


def _sections(sheet: CallSheet) -> list[_Section]:
    company = sheet.company or "(company not known)"
    head = f"{company}, {sheet.role}" if sheet.role else company
    what = "NOTHING TO SAY"
    if sheet.call_on is not None:
        verb = "WRITE" if sheet.method == "email" else "SAY"
        what = f"WHAT TO {verb} ON {full_day(sheet.call_on)}, message {sheet.message_number}"
    script = sheet.script.splitlines() or [sheet.no_script]
    return [
        (head, _whom(sheet)),
        ("WHERE IT STANDS", [part for part in (_standing(sheet), sheet.reason) if part]),
        ("WHY YOU ARE QUALIFIED", sheet.strengths.splitlines()),
        ("WHAT IS NEW", sheet.reason_to_call.splitlines()),
        ("NOTES OF THE INTERVIEWS", list(sheet.interview_notes)),
        (what, [line for line in script if line]),
        ("IF SOMEBODY ELSE ANSWERS", sheet.script_for_person.splitlines()),
        ("WHAT HAS HAPPENED", _history_lines(sheet.history)),
    ]


def _whom(sheet: CallSheet) -> list[str]:
    role = f" ({sheet.contact_role})" if sheet.contact_role else ""
    nobody = "No name is known: ask for one." if sheet.script else "No name is known."
    lines = [f"{sheet.contact}{role}" if sheet.contact else nobody]
    for value, origin in ((sheet.phone, sheet.phone_from), (sheet.email, sheet.email_from)):
        if value:
            lines.append(f"{value} ({origin})" if origin else value)
    return lines


def _standing(sheet: CallSheet) -> str:
    return f"{sheet.state}, as of {full_day(sheet.as_of)}" if sheet.state else ""


def _history_lines(history: pd.DataFrame) -> list[str]:
    lines = []
    for event in history.to_dict("records"):
        by = event["decide_by"]
        parts = [
            kind_word(event["kind"]),
            *(one_line(event[name]) for name in ("method", "outcome")),
        ]
        what = ", ".join(part.replace("_", " ") for part in parts if part)
        who = one_line(event["contact"])
        promise = f", decision by {full_day(by)}" if not pd.isna(by) else ""
        note = one_line(event["note"])
        line = f"{full_day(event['date'])}: {what}{f' ({who})' if who else ''}{promise}"
        lines.append(f"{line}. {note}" if note else line)
    return lines


def kind_word(kind: object) -> str:
    """Return a kind of event as one says it."""
    return _KIND_WORDS.get(str(kind), str(kind).replace("_", " "))


def full_day(day: object) -> str:
    """Return a day as "Tuesday 3 March 2026"."""
    stamp = as_day(day, name="date")
    return f"{dated(stamp)} {stamp.year}"
