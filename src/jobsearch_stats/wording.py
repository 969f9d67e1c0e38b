"""The words that messages are made of: who is calling, whom they call, and when it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd

from .errors import SettingError
from .patterns import pattern
from .schema import METHODS, as_day
from .strategies import WEEKDAYS

YOUR_NAME = "[your name]"
YOUR_NUMBER = "[your number]"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # not strftime: its names follow the machine's locale

_MONTH_AFTER_DAYS = 34  # 35 days ago is never in the present month
_YEAR_AFTER_DAYS = 183

# Controls, marks that turn the direction of what follows (they could scramble the number)
# and halves of characters. Right-to-left letters and emoji stay.
_CONTROLS = pattern(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_NO_NAME = pattern(
    r"(the )?(hr|human resources|hiring|recruit(er|ing|ment)|talent( acquisition)?|interviewer"
    r"|unknown|none|n/?a|tbd|[-?.]+)( (manager|team|department|partner))?s?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Me:
    """Who is calling; what is not given stays as a bracket to fill in.

    Parameters
    ----------
    name
        Your name, as they know it.
    phone
        The number on which they can reach you, as text.
    email
        Your e-mail address; it stands below what you write.

    Raises
    ------
    SettingError
        If a value is no text or blank, or the number has no digit.

    Examples
    --------
    >>> Me(name="Ada Ferrant", phone="555-0100").name
    'Ada Ferrant'
    """

    name: str = YOUR_NAME
    phone: str = YOUR_NUMBER
    email: str | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and field.name == "email":
                continue
            if not one_line(value):
                raise SettingError(
                    f"me: {field.name}={value!r} must be text that is not blank, in quotes. Leave "
                    "it out if there is none.",
                    name=field.name,
                    value=value,
                )
            object.__setattr__(self, field.name, one_line(value))
        if self.phone != YOUR_NUMBER and not any(c.isdecimal() for c in self.phone):
            raise SettingError(
                f"me: phone={self.phone!r} has no digit. Write the number on which they can reach "
                "you, or leave it out.",
                name="phone",
                value=self.phone,
            )


def as_me(value: object) -> Me:
    """Return who is calling, from None (brackets to fill in), a `Me` or a mapping.

    Parameters
    ----------
    value
        A mapping has any of the keys `name`, `phone` and `email`; None as a value is left out.

    Raises
    ------
    SettingError
        If it is something else, has another key, or a value that `Me` does not take.

    Examples
    --------
    >>> as_me({"name": "Ada Ferrant"})
    Me(name='Ada Ferrant', phone='[your number]', email=None)
    """
    if value is None:
        return Me()
    if isinstance(value, Me):
        return value
    known = [field.name for field in fields(Me)]
    if not isinstance(value, Mapping):
        raise SettingError(
            f"me={value!r} must be None, a Me, or a mapping with {', '.join(known)}.",
            name="me",
            value=value,
        )
    for key in value:
        if key not in known:
            raise SettingError(
                f"me has {key!r}, which is not known; it can have {', '.join(known)}.",
                name=str(key),
                value=value[key],
            )
    return Me(**{key: item for key, item in value.items() if item is not None})


def one_line(value: object) -> str:
    r"""Return text as one line without control characters; what is no text is blank.

    Examples
    --------
    >>> one_line("Jana\n Novak\x00")
    'Jana Novak'
    """
    return " ".join(_CONTROLS.sub("", value).split()) if isinstance(value, str) else ""


def when_phrase(met_on: object, on: object) -> str:
    """Say when something was, as one says it on another day; never in words of two readings.

    ============================================= ========================
    days ago, and which week                      phrase
    ============================================= ========================
    0, 1                                          today, yesterday
    2 to 6, this week                             on Thursday
    2 to 6, the week before                       last Thursday
    7 to 12, the week before                      last week
    2 to 34, else                                 on Tuesday 3 March
    35 to 183                                     in February
    more                                          in February 2025
    ============================================= ========================

    A week is only "this" or "the week before" if weeks that begin on Monday and weeks that begin
    on Sunday agree on it. "Last Thursday" is said only where the latest Thursday and the
    Thursday of last week are the same day.

    Parameters
    ----------
    met_on, on
        The day it was, and the day on which you say so: text (ISO), dates or Timestamps.

    Raises
    ------
    SettingError
        If one is no day, or `met_on` is after `on`.

    References
    ----------
    R9: the article's "our meeting last week", with the wording of the real date.

    Examples
    --------
    >>> when_phrase("2026-03-03", "2026-03-10")
    'last week'
    """
    then, now = as_day(met_on, name="met_on"), as_day(on, name="on")
    days = (now - then).days
    if days < 0:
        raise SettingError(
            f"met_on={then:%Y-%m-%d} is after on={now:%Y-%m-%d}; one can only look back. Mend "
            "one of the two.",
            name="met_on",
            value=met_on,
        )
    if days < 2:
        return ("today", "yesterday")[days]
    if days > _MONTH_AFTER_DAYS:
        year = f" {then.year}" if days > _YEAR_AFTER_DAYS else ""
        return f"in {MONTHS[then.month - 1]}{year}"
    new, old = now.toordinal(), then.toordinal()  # day 1 is a Monday, day 7 a Sunday
    weeks = {(new - 1) // 7 - (old - 1) // 7, new // 7 - old // 7}
    if weeks == {0}:
        return f"on {WEEKDAYS[then.day_of_week]}"
    if weeks == {1}:
        return f"last {WEEKDAYS[then.day_of_week]}" if days < 7 else "last week"
    return f"on {dated(then)}"


def dated(day: pd.Timestamp) -> str:
    """Return a day as "Tuesday 3 March", in English on every machine."""
    return f"{WEEKDAYS[day.day_of_week]} {day.day} {MONTHS[day.month - 1]}"


def names(contact: object) -> str:
    """Return the people of a contact field as one says them; what is no name ("HR") is left out.

    Examples
    --------
    >>> names("Jana Novak; Tom Adeyemi; hiring manager")
    'Jana Novak and Tom Adeyemi'
    """
    parts = [one_line(part) for part in contact.split(";")] if isinstance(contact, str) else []
    people = [part for part in parts if part and not _NO_NAME.fullmatch(part)]
    return (
        " and ".join([", ".join(people[:-1]), people[-1]]) if len(people) > 1 else "".join(people)
    )


def is_blank(value: object) -> bool:
    """Whether it is what a frame holds for nothing."""
    return value is None or value is pd.NA or value is pd.NaT or value != value  # NaN


def when_or_blank(day: object, on: object, name: str) -> str:
    """As `when_phrase`; blank where the day is."""
    if is_blank(day):
        return ""
    return when_phrase(as_day(day, name=name), on)


def method_or_blank(value: object, name: str) -> str:
    """Check one of our methods; blank where it is missing."""
    if is_blank(value):
        return ""
    if value not in METHODS:
        raise SettingError(
            f"{name}={value!r} must be one of {', '.join(METHODS)}, or None.",
            name=name,
            value=value,
        )
    return str(value)


def meeting_word(met_by: object) -> str:
    """Return what one calls an interview: nothing that gives it away."""
    return "conversation" if method_or_blank(met_by, "met_by") == "phone" else "meeting"


def letter(me: Me, who: str, paragraphs: list[str], *, subject: str) -> str:
    """Put a body between a greeting and a signature."""
    greeting = f"Dear {who}," if who else "Hello,"
    signature = "\n".join(part for part in ("Kind regards,", me.name, me.phone, me.email) if part)
    head = [f"Subject: {subject}"] if subject else []
    return "\n\n".join([*head, greeting, *paragraphs, signature])
