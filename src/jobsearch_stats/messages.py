"""What to say and write: pure functions from facts to short texts (rules R5 and R9).

A voicemail is heard by whoever is in the room, and a colleague who takes a message talks. So
a text names you, your number and the meeting, and nothing about the job.

All take the same keywords, so that one set of facts serves them all. The thank-yous and the
check of a text of your own live in modules of their own, and can be had from here.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass

from .courtesies import courtesy_card, thank_you_call, thank_you_note
from .errors import SettingError
from .message_check import check_message
from .strategies import DAY_AFTER
from .wording import (
    Me,
    as_me,
    letter,
    meeting_word,
    method_or_blank,
    names,
    when_or_blank,
    when_phrase,
)

__all__ = [
    "Me",
    "as_me",
    "check_message",
    "courtesy_card",
    "email_message",
    "message_for_person",
    "thank_you_call",
    "thank_you_note",
    "voicemail_script",
    "when_phrase",
]

_EASY_NO = "If the answer is no, that is quite all right"


def voicemail_script(
    *,
    on: object,
    contact: object = None,
    met_on: object = None,
    met_by: object = None,
    wrote_on: object = None,
    message_number: int = 1,
    max_messages: int = DAY_AFTER.max_messages,
    last_message_on: object = None,
    last_message_by: object = None,
    me: object = None,
) -> str:
    """Return what to say to an answering machine: your name, your number, the meeting.

    The number stands at the beginning and at the end; say it slowly both times. The second
    message is shorter and makes a no easy; the last one says that it is the last.

    Parameters
    ----------
    on
        The day on which it will be said; the wording of the dates follows it.
    contact
        The person, or several joined by ";". What is no name ("HR") is left out, like a blank.
    met_on, met_by
        The day and the method of the interview or talk that it follows up. By "phone" it is
        called a conversation, else a meeting.
    wrote_on
        The day of the application, where you never met.
    message_number, max_messages
        Which message it is since the clock started, and after how many you stop (R5).
    last_message_on, last_message_by
        The day and the method of the message before; a written one is called so.
    me
        Your name and number: None (brackets to fill in), a `Me`, or a mapping.

    Returns
    -------
    str
        One paragraph, to be read aloud.

    Raises
    ------
    SettingError
        If an argument cannot be used, or a day is after `on`.

    References
    ----------
    R9, R5.

    Examples
    --------
    >>> me = {"name": "Ada Ferrant", "phone": "555-0100"}
    >>> "our meeting last week" in voicemail_script(on="2026-03-10", met_on="2026-03-03", me=me)
    True
    """
    facts = _facts(
        on=on,
        contact=contact,
        met_on=met_on,
        met_by=met_by,
        wrote_on=wrote_on,
        message_number=message_number,
        max_messages=max_messages,
        last_message_on=last_message_on,
        last_message_by=last_message_by,
        me=me,
    )
    you = facts.me
    greeting = f"Hello, this is a message for {facts.who}." if facts.who else "Hello."
    if facts.repeat:
        verb = "wrote to you" if facts.earlier_written else "left a message"
        closing = f"{_EASY_NO}, and a short word is welcome."
        if facts.final:
            closing = f"{_EASY_NO}. I will not call again, and I wish you well."
        return (
            f"{greeting} This is {you.name}, {you.phone}. I {verb} {facts.earlier}"
            f"{_after(facts)}. {closing} {you.name}, {you.phone}. Thank you."
        )
    return (
        f"{greeting} My name is {you.name}, and my number is {you.phone}. {_reason(facts)}, and I "
        f"would be glad to hear from you. Once more, that is {you.name}, {you.phone}. Thank you, "
        "and have a good day."
    )


def message_for_person(
    *,
    on: object,
    contact: object = None,
    met_on: object = None,
    met_by: object = None,
    wrote_on: object = None,
    message_number: int = 1,
    max_messages: int = DAY_AFTER.max_messages,
    last_message_on: object = None,
    last_message_by: object = None,
    me: object = None,
) -> str:
    """Return what to say to a colleague who answers in the person's place.

    As discreet as a voicemail. It asks them to pass on your name and number, and when is a good
    time to call (the last message does not: you will not call again).

    Parameters
    ----------
    on, contact, met_on, met_by, wrote_on, message_number, max_messages, last_message_on, \
last_message_by, me
        As in :func:`voicemail_script`.

    Returns
    -------
    str
        One paragraph, to be said in your own order.

    Raises
    ------
    SettingError
        If an argument cannot be used, or a day is after `on`.

    References
    ----------
    R9, R5.

    Examples
    --------
    >>> text = message_for_person(on="2026-03-10", contact="Jana Novak", met_on="2026-03-03")
    >>> "a meeting with Jana Novak last week" in text
    True
    """
    facts = _facts(
        on=on,
        contact=contact,
        met_on=met_on,
        met_by=met_by,
        wrote_on=wrote_on,
        message_number=message_number,
        max_messages=max_messages,
        last_message_on=last_message_on,
        last_message_by=last_message_by,
        me=me,
    )
    you, who = facts.me, facts.who or "one of your colleagues"
    last = f"Once more: {you.name}, {you.phone}. Thank you for your help."
    if facts.repeat:
        verb = f"wrote to {who}" if facts.earlier_written else f"left a message for {who}"
        told = f"Hello, this is {you.name}, {you.phone}. I {verb} {facts.earlier}{_after(facts)}."
        if facts.final:
            return (
                f"{told} Would you please tell them that, if the answer is no, that is quite all "
                f"right, and that I will not call again? {last}"
            )
        return f"{told} Would you please pass on my name and number? {_good_time(facts)} {last}"
    return (
        f"Hello, my name is {you.name}, and my number is {you.phone}. {_reason_to_other(facts)}. "
        f"Would you please pass on my name and number? {_good_time(facts)} {last}"
    )


def email_message(
    *,
    on: object,
    contact: object = None,
    met_on: object = None,
    met_by: object = None,
    wrote_on: object = None,
    message_number: int = 1,
    max_messages: int = DAY_AFTER.max_messages,
    last_message_on: object = None,
    last_message_by: object = None,
    me: object = None,
) -> str:
    """Return a short e-mail; its first line is "Subject: ..." and gives nothing away.

    Parameters
    ----------
    on, contact, met_on, met_by, wrote_on, message_number, max_messages, last_message_on, \
last_message_by, me
        As in :func:`voicemail_script`; a message before of unknown method counts as written.

    Returns
    -------
    str
        The subject line, a blank line, and the body.

    Raises
    ------
    SettingError
        If an argument cannot be used, or a day is after `on`.

    References
    ----------
    R9, R5.

    Examples
    --------
    >>> email_message(on="2026-03-10", met_on="2026-03-03").splitlines()[0]
    'Subject: Our meeting last week'
    """
    facts = _facts(
        on=on,
        contact=contact,
        met_on=met_on,
        met_by=met_by,
        wrote_on=wrote_on,
        message_number=message_number,
        max_messages=max_messages,
        last_message_on=last_message_on,
        last_message_by=last_message_by,
        me=me,
    )
    if facts.repeat:
        verb = "left a message" if facts.earlier_written is False else "wrote to you"
        closing = "one line to say so is welcome."
        if facts.final:
            closing += " I will not write again, and I wish you all the best."
        body = f"I {verb} {facts.earlier}{_after(facts)}. {_EASY_NO}, and {closing}"
        return letter(facts.me, facts.who, [body], subject="Following up once more")
    if facts.met:
        subject = f"Our {facts.meeting} {facts.met}"
        thanks = f"Thank you again for your time {facts.met}. I enjoyed our {facts.meeting}, and I"
    else:
        subject = "Following up on my message" if facts.wrote else "Following up"
        thanks = (
            f"I wrote to you {facts.wrote}, and I" if facts.wrote else "I am following up, and I"
        )
    body = f"{thanks} would be glad to hear from you when the time is right."
    return letter(facts.me, facts.who, [body], subject=subject)


@dataclass(frozen=True)
class _Facts:
    """What a follow-up refers to, in words; blank where it is not known."""

    me: Me
    who: str
    meeting: str
    met: str
    wrote: str
    earlier: str
    earlier_written: bool | None
    repeat: bool
    final: bool


def _facts(
    *,
    on: object,
    contact: object,
    met_on: object,
    met_by: object,
    wrote_on: object,
    message_number: int,
    max_messages: int,
    last_message_on: object,
    last_message_by: object,
    me: object,
) -> _Facts:
    number = _count(message_number, "message_number", least=1)
    limit = _count(max_messages, "max_messages", least=0)
    by = method_or_blank(last_message_by, "last_message_by")
    return _Facts(
        me=as_me(me),
        who=names(contact),
        meeting=meeting_word(met_by),
        met=when_or_blank(met_on, on, "met_on"),
        wrote=when_or_blank(wrote_on, on, "wrote_on"),
        earlier=when_or_blank(last_message_on, on, "last_message_on") or "earlier",
        earlier_written=by in ("email", "letter", "text", "portal") if by else None,
        repeat=number > 1,
        final=number >= limit,
    )


def _count(value: object, name: str, *, least: int) -> int:
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = -1
    if number < least or isinstance(value, bool):
        raise SettingError(
            f"{name}={value!r} must be a whole number, {least} or more.", name=name, value=value
        )
    return number


def _reason(facts: _Facts) -> str:
    if facts.met:
        return f"I am following up on our {facts.meeting} {facts.met}"
    if facts.wrote:
        return f"I wrote to you {facts.wrote}"
    return "I am calling to follow up"


def _reason_to_other(facts: _Facts) -> str:
    who = facts.who or "one of your colleagues"
    if facts.met:
        return f"I am following up on a {facts.meeting} with {who} {facts.met}"
    if facts.wrote:
        return f"I wrote to {who} {facts.wrote}, and I am calling to follow up"
    return (
        f"I would like to leave a message for {facts.who}"
        if facts.who
        else "I am calling to follow up"
    )


def _good_time(facts: _Facts) -> str:
    if facts.who:
        return "And when would be a good time to reach them?"
    return "And whom may I ask for next time, and when would be a good time to call?"


def _after(facts: _Facts) -> str:
    """Say what the message before was about; its date was said then, and not again."""
    return f", after our {facts.meeting}" if facts.met else ""
