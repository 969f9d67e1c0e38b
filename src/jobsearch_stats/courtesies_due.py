"""Which thank-you notes and courtesy cards are still to be written (R12, R13, R20)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .agenda_rows import COURTESY_CARD, THANK_YOU, WHOM, Day, Happened, Rows, cells, rows_of, take
from .contacts import Objects, named_on
from .facts import KIND, Bools, Ints
from .follow_ups import Standing, calendar_of, groups
from .log import ApplicationLog
from .sentences import day_words, year_of
from .strategies import Strategy
from .workdays import NO_DAY, Days


def thanks_due(
    log: ApplicationLog,
    here: Standing,
    happened: Happened,
    day: Day,
    *,
    strategy: Strategy | str | pd.Series,
    within: int,
) -> Rows:
    """Return the thank-yous for interviews of the last days, one per person who has had none.

    A letter, or an e-mail where the application asks for that. Where the promise is as near as the
    note's own days, a call on an allowed day of them; an e-mail where there is no such day, or
    where an e-mail address is all that is known.
    """
    met = _unthanked(log, here, happened, day, within)
    at, event = met["at"], met["event"]
    met_on = happened.day[event]
    last = met_on + np.int32(within)
    write_on = np.maximum(met_on + np.int32(1), np.int32(day.today))
    call_on = _first_allowed(log, here, at, write_on, strategy, day.today)
    promise = here.facts.promise[at]
    hurry = (promise != NO_DAY) & (promise <= last)
    only_email = pd.isna(met["phone"]) & ~pd.isna(met["email"])
    write = _asks_email(log, here, at) | (hurry & only_email)
    call = hurry & (call_on <= last) & ~write
    method = np.select([call, hurry | write], ["phone", "email"], "letter").astype(object)
    rows = rows_of(
        here,
        at,
        do_on=np.where(call, call_on, write_on),
        action=THANK_YOU,
        method=method,
        reason=_thanks_reasons(met_on, last, method, hurry, year_of(day.today)),
        met_on=met_on,
        met_by=cells(log.events["method"], event),
        **{name: met[name] for name in WHOM},
    )
    return take(rows, rows["do_on"] <= day.last)


def _thanks_reasons(met_on: Days, last: Days, method: Objects, hurry: Bools, year: int) -> Objects:
    what = {"phone": "say thank you on the telephone", "email": "write a thank-you e-mail"}
    columns = (values.tolist() for values in (met_on, last, method, hurry))
    reasons = [
        f"You met on {day_words(on, year)}: {what.get(how, 'write a thank-you note')} by "
        f"{day_words(by, year)} (R12).{' They decide too soon for a letter.' if soon else ''}"
        for on, by, how, soon in zip(*columns, strict=True)
    ]
    return np.array(reasons, object)


@dataclass(frozen=True)
class _People:
    """Everybody named on some events; one element per time that somebody is named.

    An event that names nobody has one element, without a contact; nobody counts as one person at
    each application.
    """

    event: Ints
    row: Ints
    """The table's row."""
    person: Ints
    """The same number for the same name at the same application."""
    contact: Objects
    phone: Objects
    email: Objects

    @classmethod
    def on(cls, events: pd.DataFrame, at: Ints, row: Ints) -> _People:
        """Return who is named on these of the log's events, in order of date."""
        named = named_on(events[list(WHOM)].iloc[at])
        event = at[named["row"].to_numpy()]
        # of what has one date, the text decides and never the order of rows
        texts = [named[name].fillna("").to_numpy(object) for name in reversed(WHOM)]
        method = events["method"].cat.codes.to_numpy()[event]
        order = np.lexsort([*texts, method, events["date"].to_numpy()[event]])
        contact, phone, email = (cells(named[name], order) for name in WHOM)
        event = event[order]
        names = pd.factorize(_folded(contact))[0]
        person = pd.factorize(row[event] * (len(names) + 1) + names)[0]
        return cls(event, row[event], person, contact, phone, email)

    def last(self, which: Bools) -> Ints:
        """Return, per person, where they are named last among these; -1: nowhere."""
        last = np.full(int(self.person.max(initial=-1)) + 1, -1)
        np.maximum.at(last, self.person[which], np.flatnonzero(which))
        return last


def _unthanked(
    log: ApplicationLog, here: Standing, happened: Happened, day: Day, within: int
) -> Rows:
    """Return `at, event, contact, phone, email`: who was met in the last days and not thanked yet.

    One row stands for interviews that name nobody, where nobody else was met in these days.
    """
    n_rows = len(here.table)
    recent = happened.between("interview", day.today - within, day.today) & (within > 0)
    theirs = np.zeros(n_rows + 1, bool)  # the last place is that of -1: not in the table
    theirs[happened.row[recent]] = True
    theirs[:n_rows] &= (here.table["state"] != "closed").to_numpy()
    past = theirs[happened.row] & (happened.day <= day.today)
    people = _People.on(log.events, np.flatnonzero(past), happened.row)
    on, nobody = happened.day[people.event], pd.isna(people.contact)
    note = (happened.kind == "thank_you").to_numpy()[people.event]
    met = people.last(recent[people.event])
    met = met[met >= 0]
    row = people.row[met]
    # a note that names nobody thanks all; an interview that names nobody is answered by any note
    by_name = _latest(people.person, on, note)[people.person[met]]
    to_all = _latest(people.row, on, note & nobody)[row]
    of_any = _latest(people.row, on, note)[row]
    thanked = np.where(nobody[met], of_any, np.maximum(by_name, to_all))
    named = np.zeros(n_rows, bool)
    named[row[~nobody[met]]] = True
    return _with_addresses(people, here, met[(on[met] > thanked) & ~(nobody[met] & named[row])])


def _latest(group: Ints, days: Days, which: Bools) -> Days:
    """Return the latest of these days in each group; `NO_DAY` where there is none."""
    latest = np.full(int(group.max(initial=-1)) + 1, NO_DAY, np.int32)
    np.maximum.at(latest, group[which], days[which])
    return latest


def _with_addresses(people: _People, here: Standing, met: Ints) -> Rows:
    """Return these people with their latest number and address that are not barred (R14).

    The table's own stand for nobody, and where they are the same person's. Somebody all of whose
    addresses are barred is passed over.
    """
    row, person, contact = people.row[met], people.person[met], people.contact[met]
    nobody = pd.isna(contact)
    known = {name: cells(here.table[name], row) for name in WHOM}
    same = nobody | (_folded(known["contact"]) == _folded(contact))
    found = {
        "at": row,
        "event": people.event[met],
        "contact": np.where(nobody, known["contact"], contact),
    }
    left, shut = nobody, np.zeros(len(met), bool)
    for name in ("phone", "email"):
        values = getattr(people, name)
        barred = here.contacts.never.holds(name, values)
        last = people.last(~pd.isna(values) & ~barred)[person]
        own = values[last]
        own[(last < 0) | nobody] = None
        found[name] = np.where(pd.isna(own) & same, known[name], own)
        left = left | ~pd.isna(found[name])
        shut |= people.last(barred)[person] >= 0
    return take(found, left | ~shut)


def _folded(contact: Objects) -> Objects:
    """Return names as they are compared; None stays."""
    return np.array([name and name.casefold() for name in contact], object)


def _asks_email(log: ApplicationLog, here: Standing, at: Ints) -> Bools:
    contact_by = log.applications["contact_by"]
    if len(here.table) < len(contact_by):
        at = log.applications.index.get_indexer(here.table.index[at])
    return (contact_by.iloc[at] == "email").to_numpy()


def _first_allowed(
    log: ApplicationLog,
    here: Standing,
    at: Ints,
    days: Days,
    strategy: Strategy | str | pd.Series,
    as_of: int,
) -> Days:
    """Return the first day on or after each on which that application may be called."""
    out = days.copy()
    if not len(at):
        return out
    apps = log.applications.loc[here.table.index[at], ["country"]]
    for group in groups(apps, strategy):
        rows = group.rows
        calendar = calendar_of(here.facts.take(at[rows]), group, np.int32(as_of))
        out[rows] = calendar.on_or_after(days[rows])
    return out


def cards_due(
    log: ApplicationLog, here: Standing, happened: Happened, day: Day, *, within: int
) -> Rows:
    """Return the rejections of the last days that have not been answered by a card."""
    facts = here.facts
    no = (facts.ended != NO_DAY) & (facts.ended_kind == KIND["rejection"]) & facts.has_interview
    no &= (facts.ended >= day.today - within) & (within > 0)
    no &= (facts.told_never == NO_DAY) & ~here.contacts.barred  # R14 beats R13
    thanks = happened.between("thank_you", None, day.today)
    thanked = np.full(len(here.table), NO_DAY, np.int32)
    np.maximum.at(thanked, happened.row[thanks], happened.day[thanks])
    at = np.flatnonzero(no & (thanked < facts.ended))
    year = year_of(day.today)
    reasons = [
        f"They said no on {day_words(on, year)}: a short courteous card by "
        f"{day_words(on + within, year)} keeps the door open (R13)."
        for on in facts.ended[at].tolist()
    ]
    return rows_of(
        here,
        at,
        do_on=np.full(len(at), day.today),
        action=COURTESY_CARD,
        method=np.where(_asks_email(log, here, at), "email", "letter").astype(object),
        reason=np.array(reasons, object),
    )
