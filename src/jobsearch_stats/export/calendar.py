"""`write_calendar`: the days to call, to write and to wait for, for your calendar."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Sequence
from typing import IO, Any

import pandas as pd

from ..agenda_rows import COURTESY_CARD, FOLLOW_UP, LET_GO, PREPARE, THANK_YOU
from ..errors import SettingError
from ..log import ApplicationLog
from ..patterns import pattern
from ..schema import as_day
from ..strategies import DAY_AFTER, Strategy
from ..terminal import day_name
from .entries import DECISION, INTERVIEW, WHAT, Plan, Planned, plan
from .ics import CALLED_OFF, Merged, events_of, is_ours, merged
from .replacing import former_content, replace_file

CHANGES = ("new", "changed", "same", "cancelled")

_TIME = pattern(r"([01]?\d|2[0-3]):([0-5]\d)")

_COUNTED = {
    FOLLOW_UP: ("call or message", "calls or messages"),
    THANK_YOU: ("thank-you", "thank-yous"),
    COURTESY_CARD: ("card", "cards"),
    INTERVIEW: ("interview", "interviews"),
    PREPARE: ("interview to prepare", "interviews to prepare"),
    DECISION: ("promised answer", "promised answers"),
    LET_GO: ("day to let go", "days to let go"),
}


def write_calendar(
    log: ApplicationLog,
    path: str | os.PathLike[str] | IO[bytes],
    *,
    as_of: object,
    strategy: Strategy | str | pd.Series = DAY_AFTER,
    stages: Sequence[str] = ("interview",),
    days: int | None = None,
    detail: bool = False,
    alarm: str | dt.time | None = "09:00",
    me: object = None,
) -> pd.DataFrame:
    """Write the days to call, to write and to wait for into an iCalendar file (.ics).

    Every open contact's next step stands in it, with thank-you notes, cards, interviews and their
    preparation, the days by which they said they would answer, and the days to stop waiting. What
    is due or overdue stands on the next day on which it may be done; what is long past (R20) is
    left out. All are events of a whole day, during which you count as free, and private.

    A file that this function wrote before is continued: an event that has changed gets a higher
    ``SEQUENCE``, so that a calendar moves it and does not double it; one that is not wanted any
    more is cancelled once, and dropped 60 days after its day; all others stay as they are, byte
    for byte.

    Parameters
    ----------
    log
        The search.
    path
        A new file, or a calendar that this function wrote before; or an open binary file, which
        is written to and never read.
    as_of
        Today: text ("2026-03-10"), a date or a Timestamp.
    strategy, stages
        As in :func:`agenda`.
    days
        Calendar days after today that are shown as well; None: as far as the log knows.
    detail
        False: titles such as "Call back", and nothing about people or jobs, since calendars are
        shared and lock screens are read. True: who, where, number, reason, and what to say.
    alarm
        When to be reminded on the day, as "09:00"; None or "none": not at all. What is only
        waited for does not ring.
    me
        Your name and number for what to say: None, a `Me`, or a mapping.

    Returns
    -------
    pandas.DataFrame
        The file's events in order of their days; columns:

        - `on`: the day, ``datetime64[s]``;
        - `what`: follow_up, thank_you, courtesy_card, prepare_interview, interview, decision or
          let_go; blank for what was cancelled;
        - `title`: as the calendar shows it;
        - `change`: "new", "changed", "same" or "cancelled", against the file before;
        - `application_id`: one, or several joined by "; "; blank for what was cancelled.

        ``.attrs["notes"]`` holds sentences about the file.

    Raises
    ------
    SettingError
        If an argument cannot be used, or the file is another's.

    References
    ----------
    RFC 5545 (iCalendar); the rules of :func:`agenda`.

    Examples
    --------
    >>> import io
    >>> import pandas as pd
    >>> log = ApplicationLog.from_frames(
    ...     pd.DataFrame({"company": ["Acme"]}, index=["a1"]),
    ...     pd.DataFrame({"application_id": ["a1"], "date": ["2026-03-06"],
    ...                   "kind": ["interview"], "decide_by": ["2026-03-13"]}),
    ... )
    >>> events = write_calendar(log, io.BytesIO(), as_of="2026-03-09")
    >>> print(events[["on", "title"]].to_string(index=False))
            on                  title
    2026-03-09 Write a thank-you note
    2026-03-13  An answer is expected
    2026-03-17              Call back
    """
    rings = _alarm(alarm)
    today = as_day(as_of, name="as_of").date()
    wanted = plan(log, as_of=as_of, strategy=strategy, stages=stages, days=days, me=me)
    entries = [thing.entry(detail=detail, alarm=rings) for thing in wanted.things]
    file = None if isinstance(path, str | os.PathLike) else _open_file(path)
    before = None if file is not None else former_content(path, is_ours=is_ours, what="calendar")
    done = merged(entries, events_of(before or b""), as_of=today)
    if file is not None:
        file.write(done.content)
    elif done.content != before:
        replace_file(path, done.content, before=before)
    out = _frame(wanted.things, [entry.title for entry in entries], done)
    out.attrs["notes"] = _notes(out, wanted, detail=detail, continued=before is not None)
    return out


def _open_file(path: Any) -> IO[bytes] | None:
    """Return it if one can write to it; else it is no name of a file either."""
    return path if hasattr(path, "write") else None


def _alarm(alarm: object) -> dt.timedelta | None:
    """Return how long after midnight it rings; None: never."""
    if alarm is None or (isinstance(alarm, str) and alarm.strip().lower() == "none"):
        return None
    if isinstance(alarm, dt.time):
        return dt.timedelta(hours=alarm.hour, minutes=alarm.minute)
    found = _TIME.fullmatch(alarm.strip()) if isinstance(alarm, str) else None
    if not found:
        raise SettingError(
            f'alarm={alarm!r} is no time of a day. Write it as "09:00", or "none".',
            name="alarm",
            value=alarm,
        )
    return dt.timedelta(hours=int(found[1]), minutes=int(found[2]))


def _frame(things: Sequence[Planned], titles: Sequence[str], done: Merged) -> pd.DataFrame:
    """Return the file's events; what was cancelled earlier is no news."""
    rows: list[tuple[dt.date, str | None, str, str, str | None]] = [
        (thing.on, thing.what, title, change, thing.application_id)
        for thing, title, change in zip(things, titles, done.changes, strict=True)
    ]
    rows += [(on, None, CALLED_OFF, "cancelled", None) for on in done.called_off]
    rows.sort(key=lambda row: row[0])
    on, what, title, change, ids = zip(*rows, strict=True) if rows else ((),) * 5
    return pd.DataFrame(
        {
            "on": pd.Series(pd.to_datetime(list(on)), dtype="datetime64[s]"),
            "what": pd.Categorical(what, list(WHAT)),
            "title": pd.array(title, dtype="str"),
            "change": pd.Categorical(change, list(CHANGES)),
            "application_id": pd.array(ids, dtype="str"),
        }
    )


def _notes(out: pd.DataFrame, wanted: Plan, *, detail: bool, continued: bool) -> list[str]:
    """Say what stands in the file, what has changed, and what it gives away."""
    notes = [_holds(wanted.things)]
    n = Counter(out["change"].astype("str"))
    if continued and n["same"] < len(out):
        notes.append(
            f"Since the last time: {n['new']} new, {n['changed']} changed, "
            f"{n['cancelled']} no longer needed."
        )
    if wanted.n_old:
        are = "contact is" if wanted.n_old == 1 else "contacts are"
        notes.append(
            f"{wanted.n_old} {are} long past and left out: one last message, or let go (R20)."
        )
    if detail and wanted.things:
        notes.append("It names people and companies: keep it out of calendars that you share.")
    elif wanted.things:
        notes.append("It names nobody: the list says whom. detail=True adds names and numbers.")
    return notes


def _holds(things: Sequence[Planned]) -> str:
    if not things:
        return "There is nothing to come: the calendar is empty."
    counts = Counter(thing.what for thing in things)
    said = [f"{counts[what]} {_COUNTED[what][counts[what] > 1]}" for what in WHAT if counts[what]]
    n = len(things)
    events = "1 event" if n == 1 else f"{n} events"
    first, last = things[0].on, things[-1].on
    span = f"on {day_name(first)}" if first == last else f"{day_name(first)} to {day_name(last)}"
    return f"{events}, {span}: {', '.join(said)}."
