"""Whom to contact, and through what: R18, and the addresses that R14 bars."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .cells import Cells, Ints, Objects
from .facts import KIND, Bools, Codes, Timeline
from .patterns import pattern
from .schema import CONTACT_ROLES
from .workdays import NO_DAY, to_days

_ROLE_RANK = {role: rank for rank, role in enumerate(CONTACT_ROLES)}
_PHONE_DIGITS = 9
_EXTENSION = pattern(r"(?<=\d)\D*?x.*", re.DOTALL)  # "fax" before the number is none
_PLAIN = {ord(c): None for c in map(chr, range(128)) if c not in "0123456789xX"}
_NOBODY = np.int64(-1)
_LAST_PLACE = 4095  # of a list, as a row's place in order holds it


def phone_key(phone: str) -> str:
    """Return what two spellings of one phone number have in common: the last nine digits.

    Examples
    --------
    >>> phone_key("+1 (415) 555-0101") == phone_key("415-555-0101 ext 3")
    True
    """
    digits = phone.translate(_PLAIN)  # most numbers need no more than this
    if not (digits.isascii() and digits.isdecimal()):
        digits = "".join(c for c in _EXTENSION.sub("", phone.lower()) if c.isdecimal())
    return digits[-_PHONE_DIGITS:]


def email_key(email: str) -> str:
    """Return an e-mail address as it is compared: in lower case, without blanks around it."""
    return email.strip().casefold()


@dataclass(frozen=True)
class NeverAgain:
    """Keys of the addresses that are never used again (R14)."""

    phone: frozenset[str] = frozenset()
    email: frozenset[str] = frozenset()

    def holds(self, column: str, values: Objects) -> Bools:
        """Say which values are barred; blanks are not."""
        keys = getattr(self, column)
        if not keys:
            return np.zeros(len(values), bool)
        key_of = phone_key if column == "phone" else email_key
        barred = [isinstance(text, str) and key_of(text) in keys for text in values.tolist()]
        return np.array(barred, bool)


@dataclass(frozen=True)
class Contacts:
    """One element per application; None where nothing is known."""

    contact: Objects
    contact_role: Objects
    phone: Objects
    email: Objects
    barred: Bools
    """Every address that is known is barred (R14)."""
    never: NeverAgain
    """The addresses that are barred, at whichever application."""

    def take(self, rows: Ints) -> Contacts:
        """Return the contacts of these rows."""
        return Contacts(
            contact=self.contact[rows],
            contact_role=self.contact_role[rows],
            phone=self.phone[rows],
            email=self.email[rows],
            barred=self.barred[rows],
            never=self.never,
        )


@dataclass(frozen=True)
class _Rows:
    """The events that name a person or an address."""

    code: Codes
    key: Ints
    interview: Bools
    told: Bools
    """Of an application at which you were told never to call again (R14)."""
    contact: Cells
    role: Cells
    phone: Cells
    email: Cells


def choose_contacts(events: pd.DataFrame, line: Timeline, all_codes: Codes) -> Contacts:
    """Return whom to contact for each application, and through what.

    Parameters
    ----------
    events
        The log's events.
    line
        The same events, cut at the day.
    all_codes
        The application of each of the log's events.
    """
    says = np.zeros(len(events), bool)
    for name in ("contact", "phone", "email"):
        says |= events[name].notna().to_numpy()
    if not says.any():
        none = np.full(line.n, None, object)
        return Contacts(none, none, none, none, np.zeros(line.n, bool), NeverAgain())
    told = np.zeros(line.n, bool)
    told[line.code[line.kind == KIND["do_not_contact"]]] = True
    exists = says if line.known is None else says & line.known
    place = np.flatnonzero(exists if line.known is None else exists[line.known])
    now = _rows(events, np.flatnonzero(exists), line.code[place], told, line.key[place])
    barred = _told_never(now)
    chosen = _choose(now, line.n, barred)
    nothing_yet = np.ones(line.n, bool)
    for cells in (now.contact, now.phone, now.email):
        nothing_yet[now.code[cells.everything()[0]]] = False
    ahead = (line.appointment != NO_DAY) & nothing_yet
    if not ahead.any():
        return chosen
    later = np.flatnonzero(says & ahead[all_codes] & (events["kind"] == "interview").to_numpy())
    code = all_codes[later]
    soonest = to_days(events["date"].to_numpy()[later]) == line.appointment[code]
    later, code = later[soonest], code[soonest]
    then = _choose(_rows(events, later, code, told, np.zeros(len(later), np.int64)), line.n, barred)
    rows = np.flatnonzero(ahead)
    for name in ("contact", "contact_role", "phone", "email", "barred"):
        getattr(chosen, name)[rows] = getattr(then, name)[rows]
    return chosen


def named_on(events: pd.DataFrame) -> pd.DataFrame:
    """Return `row, contact, phone, email`: everybody named on events, and what is theirs there.

    `row` is the event's position. An event that names nobody has one row without a contact.
    """
    contact, phone, email = (
        Cells.of(events[name].to_numpy()) for name in ("contact", "phone", "email")
    )
    row, position, name = contact.everything()
    nobody = np.setdiff1d(np.arange(len(events)), row)
    row, position = np.append(row, nobody), np.append(position, np.zeros(len(nobody), np.int64))
    people = {
        "contact": np.append(name, np.full(len(nobody), None, object)),
        "phone": phone.at(row, position),
        "email": email.at(row, position),
    }
    texts = {name: pd.array(values, dtype="str") for name, values in people.items()}
    return pd.DataFrame({"row": row, **texts})


def _rows(events: pd.DataFrame, at: Ints, code: Codes, told: Bools, key: Ints) -> _Rows:
    def cells(name: str) -> Cells:
        return Cells.of(events[name].to_numpy()[at])

    return _Rows(
        code=code,
        key=key,
        told=told[code],
        interview=(events["kind"].iloc[at] == "interview").to_numpy(),
        contact=cells("contact"),
        role=cells("contact_role"),
        phone=cells("phone"),
        email=cells("email"),
    )


def _told_never(rows: _Rows) -> NeverAgain:
    theirs = np.flatnonzero(rows.told)
    phones = {phone_key(phone) for phone in rows.phone.all_of(theirs)[2]}
    emails = {email_key(email) for email in rows.email.all_of(theirs)[2]}
    return NeverAgain(frozenset(phones - {""}), frozenset(emails - {""}))


@dataclass(frozen=True)
class _People:
    """One element per person named on an event."""

    row: Ints
    position: Ints
    code: Codes
    name: Objects
    person: Ints
    """The same number for the same person of the same application."""
    rank: Ints
    """Place of the person's best role in R18."""


@dataclass(frozen=True)
class _Addresses:
    """One element per phone number (or e-mail address) on an event."""

    row: Ints
    position: Ints
    code: Codes
    value: Objects
    person: Ints
    """Whose it is; -1: nobody's."""
    of_nobody: Bools
    """It stands on an event that names nobody."""
    usable: Bools


def _choose(rows: _Rows, n: int, barred: NeverAgain) -> Contacts:
    people = _people(rows)
    addresses = [_addresses(rows, people, name, barred) for name in ("phone", "email")]
    n_people = int(people.person.max(initial=-1)) + 1
    has_any, reachable = np.zeros((2, n_people + 1), bool)  # the last: nobody
    for known in addresses:
        has_any[known.person] = True
        reachable[known.person[known.usable]] = True
    shut = has_any & ~reachable  # R14 has taken all they have
    at = np.flatnonzero(~shut[people.person])
    first = at[
        _first(n, people.code[at], people.rank[at], _later(rows, people, at), people.name[at])
    ]
    code = people.code[first]
    whom = np.full(n, _NOBODY, np.int64)
    whom[code] = people.person[first]
    name, role, phone, email = (np.full(n, None, object) for _ in range(4))
    name[code] = people.name[first]
    role[code] = np.array(CONTACT_ROLES, object)[people.rank[first]]
    had, left = np.zeros((2, n), bool)
    for known, values in zip(addresses, (phone, email), strict=True):
        best = _best_address(rows, known, whom)
        values[known.code[best]] = known.value[best]
        had[known.code] = True
        left[known.code[known.usable]] = True
    return Contacts(name, role, phone, email, barred=had & ~left, never=barred)


def _later(rows: _Rows, of: _People | _Addresses, at: Ints) -> Ints:
    """Return a number that is the less the later the event, then the earlier the place."""
    last = rows.key.max(initial=0)
    return (last - rows.key[of.row[at]]) * (_LAST_PLACE + 1) + np.minimum(
        of.position[at], _LAST_PLACE
    )


def _first(n: int, code: Codes, rank: Ints, later: Ints, text: Objects) -> Ints:
    """Return, per application that has one, the element that comes first: by rank, later, text."""
    place = (rank << 56) + later
    least = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(least, code, place)
    first = np.flatnonzero(place == least[code])
    tied = np.bincount(code[first], minlength=n)[code[first]] > 1
    if not tied.any():
        return first
    equal = first[tied]
    equal = equal[np.lexsort((pd.factorize(text[equal], sort=True)[0], code[equal]))]
    equal = equal[np.r_[True, code[equal][1:] != code[equal][:-1]]]
    return np.concatenate([first[~tied], equal])


def _people(rows: _Rows) -> _People:
    row, position, name = rows.contact.everything()
    role = rows.role.at(row, position)
    role[pd.isna(role) & rows.interview[row]] = "interviewer"
    codes, roles = pd.factorize(role)
    other = _ROLE_RANK["other"]
    rank = np.array([_ROLE_RANK.get(r, other) for r in roles] + [other], np.int64)[codes]
    names = pd.factorize(np.array([n.casefold() for n in name], object))[0].astype(np.int64)
    code = rows.code[row]
    person, _ = pd.factorize((code.astype(np.int64) << 32) | names)
    best = np.full(int(person.max(initial=-1)) + 1, other)
    np.minimum.at(best, person, rank)
    return _People(row, position, code, name, person, best[person])


def _addresses(rows: _Rows, people: _People, column: str, barred: NeverAgain) -> _Addresses:
    """Return every phone number or e-mail address, and the person whose it is.

    On an event that names one person it is theirs, on one that names several that of the person
    in its place; else nobody's.
    """
    row, position, value = getattr(rows, column).everything()
    n_names, start = rows.contact.n, rows.contact.start
    at_place = np.full(len(rows.contact.parts) + 1, _NOBODY, np.int64)
    at_place[start[people.row] + people.position] = people.person
    place = np.where(n_names[row] == 1, 0, position)
    return _Addresses(
        row=row,
        position=position,
        code=rows.code[row],
        value=value,
        person=at_place[np.where(place < n_names[row], start[row] + place, -1)],
        of_nobody=n_names[row] == 0,
        usable=~barred.holds(column, value) | rows.told[row],
    )


def _best_address(rows: _Rows, known: _Addresses, whom: Ints) -> Ints:
    """Return one address per application: that person's latest, else the latest of nobody.

    Where no person is chosen, the latest of all.
    """
    wanted = whom[known.code]
    theirs = (known.person == wanted) & (wanted != _NOBODY)
    fits = theirs | known.of_nobody | (wanted == _NOBODY)
    at = np.flatnonzero(fits & known.usable)
    other = (~theirs[at]).astype(np.int64)
    return at[_first(len(whom), known.code[at], other, _later(rows, known, at), known.value[at])]
