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
_EXTENSION = re.compile(r"\s*(?:x|ext)\.?\s*\d*\s*$", re.IGNORECASE)
_PHONE_DIGITS = 9


def phone_key(phone: str) -> str:
    """Return what two spellings of one phone number have in common: the last nine digits.

    Examples
    --------
    >>> phone_key("+1 (415) 555-0101") == phone_key("415-555-0101 ext 3")
    True
    """
    digits = "".join(c for c in _EXTENSION.sub("", phone) if c.isdecimal())
    return digits[-_PHONE_DIGITS:]


def email_key(email: str) -> str:
    """Return an e-mail address as it is compared: in lower case, without blanks around it."""
    return email.strip().casefold()


@dataclass(frozen=True)
class Contacts:
    """One element per application; None where nothing is known."""

    contact: Objects
    contact_role: Objects
    phone: Objects
    email: Objects
    barred: Bools
    """Every address that is known is barred (R14)."""

    def take(self, rows: Ints) -> Contacts:
        """Return the contacts of these rows."""
        return Contacts(**{name: values[rows] for name, values in vars(self).items()})


@dataclass(frozen=True)
class _Cells:
    """A text column whose cells may hold several values joined by ";"."""

    n: Ints
    """Per row: how many values."""
    start: Ints
    """Per row: where they begin in `parts`."""
    parts: Objects

    def at(self, rows: Ints, position: Ints, n_names: Ints) -> Objects:
        """Return each person's own value: by place, or the only one for all, or the only person's.

        Lists of unequal length belong to nobody.
        """
        n = self.n[rows]
        position = np.where(n == n_names, position, 0)
        own = (n > 0) & ((n == n_names) | (n == 1) | (n_names == 1))
        out: Objects = np.full(len(rows), None, object)
        out[own] = self.parts[(self.start[rows] + position)[own]]
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

    n: int
    code: Codes
    key: Ints
    interview: Bools
    contact: _Cells
    role: _Cells
    phone: _Cells
    email: _Cells


@dataclass(frozen=True)
class _Barred:
    """Keys of the addresses that are never used again (R14)."""

    phone: frozenset[str]
    email: frozenset[str]

    def usable(self, column: str, values: Objects) -> Objects:
        """Return the values with None for those that are barred."""
        keys, key_of = (self.phone, phone_key) if column == "phone" else (self.email, email_key)
        if not keys:
            return values
        codes, texts = pd.factorize(values)  # each different address is looked at once
        flags = np.array([key_of(text) in keys for text in texts] + [False], bool)
        usable = values.copy()
        usable[flags[codes]] = None
        return usable


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
        return _nothing(line.n)
    exists = says if line.known is None else says & line.known
    place = np.flatnonzero(exists if line.known is None else exists[line.known])
    now = _rows(
        events, np.flatnonzero(exists), line.n, line.code[place], line.key[place], line.kind[place]
    )
    barred = _told_never(line, now)
    chosen = _choose(now, barred)
    known = np.zeros(line.n, bool)
    known[now.code] = True
    ahead = (line.appointment != NO_DAY) & ~known
    if ahead.any():
        later = np.flatnonzero(says & ahead[all_codes])
        day = to_days(events["date"].to_numpy()[later])
        later = later[day == line.appointment[all_codes[later]]]
        kind = np.full(len(later), KIND["interview"])
        code = all_codes[later]
        _fill(
            chosen,
            _choose(
                _rows(events, later, line.n, code, np.zeros(len(later), np.int64), kind), barred
            ),
            ahead,
        )
    return chosen


def _nothing(n: int) -> Contacts:
    none = np.full(n, None, object)
    return Contacts(none, none, none, none, np.zeros(n, bool))


def _fill(chosen: Contacts, other: Contacts, where: Bools) -> None:
    for name in ("contact", "contact_role", "phone", "email"):
        getattr(chosen, name)[where] = getattr(other, name)[where]


def _rows(events: pd.DataFrame, rows: Ints, n: int, code: Codes, key: Ints, kind: Codes) -> _Rows:
    cells = {
        field: _cells(events[name].to_numpy()[rows])
        for field, name in (
            ("contact", "contact"),
            ("role", "contact_role"),
            ("phone", "phone"),
            ("email", "email"),
        )
    }
    return _Rows(n=n, code=code, key=key, interview=kind == KIND["interview"], **cells)


def _told_never(line: Timeline, rows: _Rows) -> _Barred:
    told = np.zeros(line.n, bool)
    told[line.code[line.kind == KIND["do_not_contact"]]] = True
    theirs = np.flatnonzero(told[rows.code])
    phones = {phone_key(phone) for phone in rows.phone.all_of(theirs)[2]}
    emails = {email_key(email) for email in rows.email.all_of(theirs)[2]}
    return _Barred(frozenset(phones - {""}), frozenset(emails - {""}))


def _choose(rows: _Rows, barred: _Barred) -> Contacts:
    people = _people(rows, barred)
    ranked = people[~people["shut"]].sort_values(["code", "rank", "later", "position", "name"])
    first = ranked.drop_duplicates("code")
    contact, role, phone, email = (np.full(rows.n, None, object) for _ in range(4))
    out = Contacts(contact, role, phone, email, barred=_all_barred(rows, barred))
    code = first["code"].to_numpy()
    out.contact[code] = first["name"].to_numpy()
    out.contact_role[code] = first["role"].to_numpy()
    theirs = people[people["person"].isin(first["person"])]
    for column in ("phone", "email"):
        address = getattr(out, column)
        for known in (_loose(rows, barred, column), theirs[["code", "later", "position", column]]):
            latest = known[known[column].notna()].sort_values(["later", "position", column])
            latest = latest.drop_duplicates("code")
            address[latest["code"].to_numpy()] = latest[column].to_numpy()
    return out


def _people(rows: _Rows, barred: _Barred) -> pd.DataFrame:
    """Return one row per person named on an event, with what stands there of them alone."""
    owner, position, name = rows.contact.all_of(np.arange(len(rows.code)))
    n_names = rows.contact.n[owner]
    role = rows.role.at(owner, position, n_names)
    role[(role == None) & rows.interview[owner]] = "interviewer"  # noqa: E711 - an array
    phone, email = (
        getattr(rows, column).at(owner, position, n_names) for column in ("phone", "email")
    )
    people = pd.DataFrame(
        {
            "code": rows.code[owner],
            "later": -rows.key[owner],
            "position": position,
            "name": name,
            "role": role,
            "rank": [_ROLE_RANK.get(r, _ROLE_RANK["other"]) for r in role],
            "phone": barred.usable("phone", phone),
            "email": barred.usable("email", email),
        }
    ).astype({"phone": object, "email": object, "name": object, "role": object})
    names = pd.factorize(np.array([n.casefold() for n in name], object))[0].astype(np.int64)
    people["person"] = (people["code"].to_numpy(np.int64) << 32) | names
    # somebody whose own addresses are all barred is passed over
    had = pd.Series((phone != None) | (email != None))  # noqa: E711
    left = people["phone"].notna() | people["email"].notna()
    by_person = pd.DataFrame({"had": had, "left": left}).groupby(people["person"])
    people["shut"] = by_person["had"].transform("any") & ~by_person["left"].transform("any")
    return people


def _loose(rows: _Rows, barred: _Barred, column: str) -> pd.DataFrame:
    """Return the addresses that stand on events which name nobody."""
    owner, position, value = getattr(rows, column).all_of(np.flatnonzero(rows.contact.n == 0))
    return pd.DataFrame(
        {
            "code": rows.code[owner],
            "later": -rows.key[owner],
            "position": position,
            column: pd.Series(barred.usable(column, value), dtype=object),
        }
    )


def _all_barred(rows: _Rows, barred: _Barred) -> Bools:
    had, left = np.zeros(rows.n, bool), np.zeros(rows.n, bool)
    for column in ("phone", "email"):
        owner, _, value = getattr(rows, column).all_of(np.arange(len(rows.code)))
        had[rows.code[owner]] = True
        usable = barred.usable(column, value)
        left[rows.code[owner[usable != None]]] = True  # noqa: E711
    return had & ~left
