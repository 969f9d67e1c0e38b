"""The text of an iCalendar file (RFC 5545), and what an earlier one of ours said.

The file is the memory: an event that is as it was keeps its number and its stamp, byte for byte;
one that has changed gets a higher number, by which a calendar knows that it is to be moved and not
doubled; one that is no longer wanted is called off once, since leaving it out tells a calendar
nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..patterns import pattern

PRODID = "-//jobsearch_stats//calendar//EN"
"""Says which program has written a calendar: by this we know our own."""

CALLED_OFF = "No longer needed"
"""The title of an event that is called off; some calendars show these all the same."""

KEPT_DAYS = 60
"""How long after its day an event that was called off stays in the file."""

_HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\n"
_NAME = "X-WR-CALNAME:Follow-ups\r\n"
_END = "END:VCALENDAR\r\n"

_DAY_ZERO = dt.date(2000, 1, 1)
_MOST_READ = 10**8  # numbers beyond it are nothing that we have written

# Anchored to the beginnings of lines: what a user wrote never begins one.
_EVENT = pattern(r"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.MULTILINE | re.DOTALL)
_FACT = pattern(
    r"^(UID|SEQUENCE|DTSTAMP|STATUS|DTSTART;VALUE=DATE):([\w-]{1,40})\r\n", re.MULTILINE
)


@dataclass(frozen=True)
class Entry:
    """What is to stand in the calendar: a thing to do on a day."""

    uid: str
    on: dt.date
    title: str
    description: str = ""
    alarm: dt.timedelta | None = None
    """When a reminder rings, from the beginning of the day; None: it does not."""
    called_off: bool = False

    @property
    def body(self) -> str:
        """Return its lines, but for its identity and its stamp."""
        lines = [
            f"DTSTART;VALUE=DATE:{_day(self.on)}",
            f"DTEND;VALUE=DATE:{_day(self.on + dt.timedelta(days=1))}",  # the day after the last
            text_line("SUMMARY", self.title),
            *([text_line("DESCRIPTION", self.description)] if self.description else []),
            "CLASS:PRIVATE",
            f"STATUS:{'CANCELLED' if self.called_off else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",  # nobody is busy all day because of a call
            *(_alarm_lines(self.title, self.alarm) if self.alarm is not None else []),
        ]
        return "\r\n".join(lines)


@dataclass(frozen=True)
class Stamp:
    """Which state of an event this is: its number, and the day on which it became so."""

    sequence: int
    made_on: str
    """Eight digits."""

    def lines(self) -> str:
        """Return the lines that say so."""
        made = f"{self.made_on}T000000Z"
        return f"DTSTAMP:{made}\r\nLAST-MODIFIED:{made}\r\nSEQUENCE:{self.sequence}"


@dataclass(frozen=True)
class Former:
    """An event of the file as it was."""

    text: str
    on: dt.date
    stamp: Stamp
    called_off: bool


@dataclass(frozen=True)
class Merged:
    """The new file, and what has changed in it."""

    content: bytes
    changes: tuple[str, ...]
    """For each entry: "new", "changed" or "same"."""
    called_off: tuple[dt.date, ...]
    """The days of what is called off for the first time."""


def merged(entries: Sequence[Entry], former: dict[str, Former], *, as_of: dt.date) -> Merged:
    """Return the calendar of these entries, as a continuation of the one before.

    Parameters
    ----------
    entries
        What is wanted, each with a `uid` of its own.
    former
        What the file held, by `uid`.
    as_of
        The day of the stamps.
    """
    texts: list[tuple[dt.date, str, str]] = []
    changes = []
    for entry in entries:
        old = former.get(entry.uid)
        text, change = _event(entry, old, as_of)
        changes.append(change)
        texts.append((entry.on, entry.uid, text))
    wanted = {entry.uid for entry in entries}
    gone = []
    for uid, old in former.items():
        if uid in wanted:
            continue
        if old.called_off and old.on + dt.timedelta(days=KEPT_DAYS) >= as_of:
            texts.append((old.on, uid, old.text))
        elif not old.called_off and old.on >= as_of:  # what is past has been, and stays
            off = Entry(uid, old.on, CALLED_OFF, called_off=True)
            texts.append((old.on, uid, _event(off, old, as_of)[0]))
            gone.append(old.on)
    events = "".join(text for _, _, text in sorted(texts))
    content = f"{_HEAD}{_NAME}{events}{_END}".encode()
    return Merged(content, tuple(changes), tuple(gone))


def _event(entry: Entry, old: Former | None, as_of: dt.date) -> tuple[str, str]:
    """Return an event's text, and whether it is new, changed or the same."""
    body = entry.body
    if old is None:
        return _whole(entry.uid, Stamp(_number(as_of), _day(as_of)), body), "new"
    if _whole(entry.uid, old.stamp, body) == old.text:
        return old.text, "same"
    stamp = Stamp(max(old.stamp.sequence + 1, _number(as_of)), _day(as_of))
    return _whole(entry.uid, stamp, body), "changed"


def _whole(uid: str, stamp: Stamp, body: str) -> str:
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n{stamp.lines()}\r\n{body}\r\nEND:VEVENT\r\n"


def _number(as_of: dt.date) -> int:
    """Return the number of a new event: the day's, so that it is higher than a lost file's."""
    return max(0, (as_of - _DAY_ZERO).days)


def _day(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _alarm_lines(title: str, alarm: dt.timedelta) -> list[str]:
    hours, minutes = divmod(int(alarm.total_seconds()) // 60, 60)
    after = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        text_line("DESCRIPTION", title),
        f"TRIGGER:PT{after or '0S'}",
        "END:VALARM",
    ]


def text_line(name: str, text: str) -> str:
    r"""Return a property whose value is text, escaped and folded.

    Escaped here: icalendar takes a backslash with a capital N for the end of a line, and
    ``C:\New`` would fall apart.

    Examples
    --------
    >>> text_line("SUMMARY", "Ask; then wait, or not")
    'SUMMARY:Ask\\; then wait\\, or not'
    """
    from icalendar.parser import Contentline

    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return Contentline(f"{name}:{text}").to_ical().decode()


def is_ours(content: bytes) -> bool:
    """Say whether a file is a calendar that we have written."""
    return _lines(content).startswith(_HEAD)


def events_of(content: bytes) -> dict[str, Former]:
    """Return the events of a calendar that we have written, by uid.

    One that cannot be read, as somebody has been at the file, is left out: it will be new.
    """
    found = {}
    for text in _EVENT.findall(_lines(content)):
        facts = dict(_FACT.findall(text))
        try:
            on = dt.datetime.strptime(facts["DTSTART;VALUE=DATE"], "%Y%m%d").date()
            stamp = Stamp(min(int(facts["SEQUENCE"]), _MOST_READ), facts["DTSTAMP"][:8])
            found[facts["UID"]] = Former(text, on, stamp, facts.get("STATUS") == "CANCELLED")
        except (KeyError, ValueError):
            continue
    return found


def _lines(content: bytes) -> str:
    """Return a file as text whose lines end as they should, whatever an editor has made of it."""
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return text.replace("\n", "\r\n")
