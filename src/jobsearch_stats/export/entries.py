"""What of a search stands in a calendar: the agenda's actions, and the days that are waited for."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..agenda import MOST_DAYS, planned
from ..agenda_rows import COURTESY_CARD, FOLLOW_UP, LET_GO, OLD, PREPARE, THANK_YOU
from ..follow_ups import Standing
from ..log import ApplicationLog
from ..schema import as_day
from ..show import action_name
from ..strategies import Strategy
from ..wording import one_line
from .ics import Entry

INTERVIEW = "interview"
DECISION = "decision"

WHAT = (FOLLOW_UP, THANK_YOU, COURTESY_CARD, PREPARE, INTERVIEW, DECISION, LET_GO)
"""What an entry is about."""

TITLES = {
    (FOLLOW_UP, "phone"): "Call back",
    (FOLLOW_UP, ""): "Write a follow-up e-mail",
    (THANK_YOU, "phone"): "Call to say thank you",
    (THANK_YOU, "email"): "Write a thank-you e-mail",
    (THANK_YOU, ""): "Write a thank-you note",
    (COURTESY_CARD, ""): "Write a card",
    (PREPARE, ""): "Prepare the appointment",
    (INTERVIEW, ""): "Appointment",
    (DECISION, ""): "An answer is expected",
    (LET_GO, ""): "Stop waiting for an answer",
}
"""Titles that say nothing of a job: calendars are shared, and lock screens are read."""

_ABOUT = {
    INTERVIEW: "Interview with",
    DECISION: "They decide:",
}
"""How the other titles begin that name people; the agenda's actions have their own."""

_RINGS = {FOLLOW_UP, THANK_YOU, COURTESY_CARD, PREPARE, INTERVIEW}
"""What there is to do rings; what is only waited for does not."""

_SPACE = uuid.UUID("b63f1a5e-6d0c-5b1e-9d0e-2f4f1c1a7c55")


@dataclass(frozen=True)
class Planned:
    """One thing that is to stand in the calendar, with all that may be said of it."""

    what: str
    on: dt.date
    lead: str
    """The application whose it is; the first, where several are one conversation."""
    which: str
    """What tells it from others of its kind at that application: a person, a number."""
    application_id: str
    company: str
    role: str
    contact: str
    phone: str
    email: str
    method: str
    reason: str
    script: str

    @property
    def uid(self) -> str:
        """Return the same text for the same thing, however often it is moved."""
        key = json.dumps([self.lead, self.what, self.which])
        return str(uuid.uuid5(_SPACE, key))

    def entry(self, *, detail: bool, alarm: dt.timedelta | None) -> Entry:
        """Return it as it is written: without a name, unless `detail` says so."""
        return Entry(
            uid=self.uid,
            on=self.on,
            title=self._named() if detail else self._neutral(),
            description=self._description() if detail else "",
            alarm=alarm if self.what in _RINGS else None,
        )

    def _neutral(self) -> str:
        return TITLES.get((self.what, self.method)) or TITLES[self.what, ""]

    def _named(self) -> str:
        verb = _ABOUT.get(self.what) or action_name({"action": self.what, "method": self.method})
        who = ", ".join(text for text in (self.contact, self.company) if text)
        role = f" ({self.role})" if self.role else ""
        return f"{verb} {who or 'the employer'}{role}"

    def _description(self) -> str:
        reach = [
            f"Phone: {self.phone}" if self.phone else "",
            f"E-mail: {self.email}" if self.email else "",
        ]
        parts = [self.reason, "\n".join(text for text in reach if text), self.script]
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Plan:
    """All that is to stand in the calendar, and how much is too long past for it."""

    things: list[Planned]
    n_old: int


def plan(
    log: ApplicationLog,
    *,
    as_of: object,
    strategy: Strategy | str | pd.Series,
    stages: Sequence[str],
    days: int | None,
    me: object,
) -> Plan:
    """Return what is to stand in the calendar, in order of its days."""
    today = as_day(as_of, name="as_of").date()
    reach = MOST_DAYS if days is None else days
    todo, rows, here = planned(
        log, as_of=as_of, strategy=strategy, days=reach, stages=stages, me=me, let_go_days=0
    )
    last = today + dt.timedelta(days=reach)
    things = [
        *_actions(log, todo, [str(lead) for lead in rows["lead"]]),
        *_awaited(here, "decide_by", DECISION, today),
        *_awaited(here, "abandon_on", LET_GO, today),
    ]
    things = sorted(
        (thing for thing in things if today <= thing.on <= last),
        key=lambda thing: (thing.on, WHAT.index(thing.what), thing.uid),
    )
    return Plan(things, int((todo["action"] == OLD).sum()))


def _actions(log: ApplicationLog, todo: pd.DataFrame, leads: list[str]) -> Iterator[Planned]:
    """Give what the agenda asks for; what is long past is no reason to be reminded daily."""
    numbers = _interview_numbers(log, todo)
    for row, lead in zip(_rows(todo), leads, strict=True):
        what, on = str(row["action"]), row["do_on"].date()
        if what in (FOLLOW_UP, COURTESY_CARD):
            yield _planned(row, what, on, lead)
        elif what == THANK_YOU:
            yield _planned(row, what, on, lead, which=one_line(row["contact"]).casefold())
        elif what == PREPARE:
            which = str(numbers[lead, on])
            yield _planned(row, PREPARE, on - dt.timedelta(days=1), lead, which=which)
            yield _planned(row, INTERVIEW, on, lead, which=which)


def _interview_numbers(log: ApplicationLog, todo: pd.DataFrame) -> dict[tuple[str, dt.date], int]:
    """Return whether each coming interview is its application's first, second, or a later one.

    That stays when it is put off to another day.
    """
    ids = todo.loc[todo["action"] == PREPARE, "application_id"].unique()
    events = log.events[["application_id", "date"]][(log.events["kind"] == "interview").to_numpy()]
    events = events.astype({"application_id": "str"})
    events = events[events["application_id"].isin(ids)].drop_duplicates().sort_values("date")
    count = events.groupby("application_id").cumcount() + 1
    keys = zip(events["application_id"], events["date"].dt.date, strict=True)
    return dict(zip(keys, count.tolist(), strict=True))


def _awaited(here: Standing, column: str, what: str, today: dt.date) -> Iterator[Planned]:
    """Give the open contacts that have a day in this column, today or later."""
    table = here.table
    on = table[column]
    open_ = table["state"].isin(["waiting", "due", "overdue"]) & table["next_interview_on"].isna()
    if what == LET_GO:  # on its day it counts as abandoned already
        open_ |= on == pd.Timestamp(today)
    rows = table[open_ & (on >= pd.Timestamp(today))]
    for lead, row in zip(rows.index, _rows(rows), strict=True):
        yield _planned(row | {"application_id": lead}, what, row[column].date(), str(lead))


Row = dict[str, Any]


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _planned(row: Row, what: str, on: dt.date, lead: str, which: str = "") -> Planned:
    texts = {
        name: one_line(row.get(name))
        for name in ("company", "role", "contact", "phone", "email", "method", "reason")
    }
    return Planned(
        what=what,
        on=on,
        lead=lead,
        which=which,
        application_id=str(row["application_id"]),
        script="\n".join(map(one_line, _text(row.get("script")).split("\n"))),
        **texts,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
