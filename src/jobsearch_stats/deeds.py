"""What one can write down after a call, a letter or a reply, as the workbench offers it."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import UnknownNameError
from .sheet import kind_word


@dataclass(frozen=True)
class Deed:
    """One thing that happened, and the event that it becomes.

    Attributes
    ----------
    label
        As it is offered.
    said
        As a sentence names it: "a voicemail".
    kind, method, outcome
        Of the event.
    asks
        Which other days belong to it: `decide_by`, `until`.
    """

    label: str
    said: str
    kind: str
    method: str | None = None
    outcome: str | None = None
    asks: tuple[str, ...] = ()


DEEDS = (
    Deed("Called: no answer", "a call that nobody answered", "follow_up", "phone", "no_answer"),
    Deed("Called: left a voicemail", "a voicemail", "follow_up", "phone", "voicemail"),
    Deed(
        "Called: left a message with a person",
        "a message left with a person",
        "follow_up",
        "phone",
        "message_taken",
    ),
    Deed(
        "Called: spoke to them",
        "a call in which you spoke to them",
        "follow_up",
        "phone",
        "spoke",
        asks=("decide_by",),
    ),
    Deed("Sent an e-mail", "an e-mail", "follow_up", "email", "sent"),
    Deed("Sent a letter", "a letter", "follow_up", "letter", "sent"),
    Deed("Sent a thank-you", "a thank-you", "thank_you"),
    Deed("They replied", "a reply", "reply", asks=("decide_by",)),
    Deed(
        "Interview, agreed or held",
        "an interview",
        "interview",
        asks=("decide_by",),
    ),
    Deed("They said no", "a rejection", "rejection"),
    Deed("They made an offer", "an offer", "offer"),
    Deed(
        "Snooze: they are away until a day",
        "an absence",
        "out_of_office",
        asks=("until",),
    ),
    Deed("Retire it: I do not want it any more", "your withdrawal", "withdrawn"),
    Deed(
        "They asked never to be contacted again",
        "their wish not to be contacted again",
        "do_not_contact",
    ),
)
"""In the order in which they are offered: what you did, what they did, how it ends."""


def deed_named(label: object) -> Deed:
    """Return the deed that is offered under this label.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    for deed in DEEDS:
        if deed.label == label:
            return deed
    labels = [deed.label for deed in DEEDS]
    raise UnknownNameError(
        f"{label!r} cannot be written down; there are: {'; '.join(labels)}.",
        name=label,
        known=labels,
    )


def said_of(kind: str, method: str | None, outcome: str | None) -> str:
    """Return how a sentence names an event: "a voicemail"; its kind where none is offered."""
    for deed in DEEDS:
        if (deed.kind, deed.method, deed.outcome) == (kind, method, outcome):
            return deed.said
    return kind_word(kind)
