"""Whom to contact, and through what: R18, and the addresses that R14 bars."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .facts import KIND, Bools, Codes, Ints, Timeline
from .schema import CONTACT_ROLES
from .workdays import NO_DAY, to_days

Objects = npt.NDArray[np.object_]

_ROLE_RANK = {role: rank for rank, role in enumerate(CONTACT_ROLES)}
_PHONE_DIGITS = 9
_EXTENSION = re.compile(r"(?<=\d)\D*?x.*", re.DOTALL)  # "fax" before the number is none
_NOBODY = np.int64(-1)


def phone_key(phone: str) -> str:
    """Return what two spellings of one phone number have in common: the last nine digits.

    Examples
    --------
    >>> phone_key("+1 (415) 555-0101") == phone_key("415-555-0101 ext 3")
    True
    """
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
        """Say which values are barred; each different one is looked at once."""
        keys = getattr(self, column)
        if not keys:
            return np.zeros(len(values), bool)
        key_of = phone_key if column == "phone" else email_key
        codes, texts = pd.factorize(values)
        return np.array([key_of(text) in keys for text in texts] + [False], bool)[codes]


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
class _Cells:
    """A text column whose cells may hold several values joined by ";"."""

    n: Ints
    """Per row: how many values."""
    start: Ints
    """Per row: where they begin in `parts`."""
    parts: Objects

    def at(self, rows: Ints, position: Ints) -> Objects:
        """Return the values in these places of these rows; None where the list is shorter."""
        inside = position < self.n[rows]
        out: Objects = np.full(len(rows), None, object)
        out[inside] = self.parts[(self.start[rows] + position)[inside]]
        out[out == ""] = None
        return out

    def all_of(self, rows: Ints) -> tuple[Ints, Ints, Objects]:
        """Return every value of these rows: the row it is from, its place there, and itself."""
        n = self.n[rows]
        owner = np.repeat(rows, n)
        position = np.arange(len(owner)) - np.repeat(np.cumsum(n) - n, n)
        value = self.parts[self.start[owner] + position]
        filled = value != ""
        return owner[filled], position[filled], value[filled]


def _cells(column: npt.NDArray) -> _Cells:
    codes, texts = pd.factorize(np.asarray(column, dtype=object))
    lists = [[part.strip() for part in str(text).split(";")] for text in texts]
    n = np.array([len(parts) for parts in lists] + [0], np.int64)
    parts = np.array([part for parts in lists for part in parts] + [None], object)
    return _Cells(n=n[codes], start=(np.cumsum(n) - n)[codes], parts=parts)  # code -1: the blank


@dataclass(frozen=True)
class _Rows:
    """The events that name a person or an address."""

    code: Codes
    key: Ints
    interview: Bools
    told: Bools
    """Of an application at which you were told never to call again (R14)."""
    contact: _Cells
    role: _Cells
    phone: _Cells
    email: _Cells


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
        nothing_yet[now.code[cells.all_of(np.arange(len(now.code)))[0]]] = False
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
        _cells(events[name].to_numpy()) for name in ("contact", "phone", "email")
    )
    row, position, name = contact.all_of(np.arange(len(events)))
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
    def cells(name: str) -> _Cells:
        return _cells(events[name].to_numpy()[at])

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


def _choose(rows: _Rows, n: int, barred: NeverAgain) -> Contacts:
    people = _people(rows)
    addresses = {name: _addresses(rows, people, name, barred) for name in ("phone", "email")}
    both = pd.concat(addresses.values())
    reachable = both.loc[both["usable"], "person"]
    shut = both.loc[~both["person"].isin(reachable), "person"]  # R14 has taken all they have
    people = people[~people["person"].isin(shut)]
    people = people.assign(rank=people.groupby("person")["rank"].transform("min"))
    people = people.sort_values(["code", "rank", "later", "position", "name"])
    people = people.drop_duplicates("code")
    code = people["code"].to_numpy()
    whom = np.full(n, _NOBODY, np.int64)
    whom[code] = people["person"].to_numpy()
    name, role, phone, email = (np.full(n, None, object) for _ in range(4))
    name[code] = people["name"].to_numpy()
    role[code] = np.array(CONTACT_ROLES, object)[people["rank"].to_numpy()]
    for column, values in (("phone", phone), ("email", email)):
        best = _best_address(addresses[column], whom)
        values[best["code"].to_numpy()] = best["value"].to_numpy()
    left = np.zeros(n, bool)
    left[both["code"].to_numpy()] = True
    left[both.loc[both["usable"], "code"].to_numpy()] = False
    return Contacts(name, role, phone, email, barred=left, never=barred)


def _people(rows: _Rows) -> pd.DataFrame:
    """Return one row per person named on an event."""
    row, position, name = rows.contact.all_of(np.arange(len(rows.code)))
    role = rows.role.at(row, position)
    role[pd.isna(role) & rows.interview[row]] = "interviewer"
    names = pd.factorize(np.array([n.casefold() for n in name], object))[0].astype(np.int64)
    return pd.DataFrame(
        {
            "row": row,
            "code": rows.code[row],
            "person": (rows.code[row].astype(np.int64) << 32) | names,
            "later": -rows.key[row],
            "position": position,
            "name": pd.Series(name, dtype=object),
            "rank": np.array([_ROLE_RANK.get(r, _ROLE_RANK["other"]) for r in role], np.int64),
        }
    )


def _addresses(rows: _Rows, people: pd.DataFrame, column: str, barred: NeverAgain) -> pd.DataFrame:
    """Return every phone number or e-mail address, and the person whose it is.

    On an event that names one person it is theirs, on one that names several that of the person
    in its place; else nobody's.
    """
    row, position, value = getattr(rows, column).all_of(np.arange(len(rows.code)))
    n_names = rows.contact.n
    start = np.cumsum(n_names) - n_names
    at_place = np.full(int(n_names.sum()) + 1, _NOBODY, np.int64)
    at_place[start[people["row"]] + people["position"]] = people["person"]
    place = np.where(n_names[row] == 1, 0, position)
    return pd.DataFrame(
        {
            "code": rows.code[row],
            "later": -rows.key[row],
            "position": position,
            "value": pd.Series(value, dtype=object),
            "person": at_place[np.where(place < n_names[row], start[row] + place, -1)],
            "of_nobody": n_names[row] == 0,
            "usable": ~barred.holds(column, value) | rows.told[row],
        }
    )


def _best_address(addresses: pd.DataFrame, whom: Ints) -> pd.DataFrame:
    """Return one address per application: that person's latest, else the latest of nobody.

    Where no person is chosen, the latest of all.
    """
    wanted = whom[addresses["code"].to_numpy()]
    theirs = (addresses["person"] == wanted) & (wanted != _NOBODY)
    fits = theirs | addresses["of_nobody"] | (wanted == _NOBODY)
    best = addresses.assign(other=~theirs)[fits & addresses["usable"]]
    best = best.sort_values(["code", "other", "later", "position", "value"])
    return best.drop_duplicates("code")
