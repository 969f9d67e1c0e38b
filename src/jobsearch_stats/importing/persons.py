"""Whom one spoke to: the contacts of a row, and of each numbered interview its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ..patterns import pattern
from .events import KIND, Events
from .fields import PERSON_FIELDS
from .raw import Column
from .table import Table, only, texts
from .values import read_role
from .words import fold

Persons = dict[str, np.ndarray]
"""Contact, contact_role, phone and email as text; several persons with ";" between.

Empty where the file has no column for any of them.
"""

_NAMED = pattern(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_UNREAD = pattern(r"(?:[\w.+-]*[.+_-])?(?:no|do-?not|donot)[-_.]?reply(?:[.+_-][\w.+-]*)?@.*")


def put_persons(events: Events, table: Table) -> Persons:
    """Return persons, and put into each event the place of its own among them."""
    numbers = sorted({read.number for read in table.plan.columns if read.name in PERSON_FIELDS})
    if not numbers:
        return {}
    if numbers == [0]:
        events.person = events.row
        return _numbered(table, 0)
    events.person = np.arange(len(events), dtype="int64")
    return _of_events(events, {number: _numbered(table, number) for number in numbers})


def _numbered(table: Table, number: int) -> Persons:
    """Return each row's person of that number; "n/a" and "-" are blank."""
    out = {}
    for name in PERSON_FIELDS:
        places = table.plan.numbered(name, number)
        column = table.columns[places[0]] if places else None
        if column is not None and name in _READ:
            column = _READ[name](table, column)
        out[name] = texts(column, len(table), keep_words=False)
    return out


def _in_our_words(table: Table, column: Column) -> Column:
    """Read roles; those that are not known are noted once."""
    read = [read_role(value) for value in column.distinct]
    unknown = [c for c, (_, words) in enumerate(read) if words and column.distinct[c]]
    table.noted_values(column, unknown, "the role is not known", "read as other")
    written = texts(replace(column, codes=np.arange(len(read))), len(read), keep_words=False)
    roles = [
        "" if kept is None or not role.strip(";") else role
        for kept, (role, _) in zip(written, read, strict=True)
    ]
    return replace(column, distinct=roles)


def _reachable(table: Table, column: Column) -> Column:
    """Read the address in "Ann <ann@example.com>"; one that nobody reads is no way to call."""
    addresses = []
    unread = []
    for code, value in enumerate(column.distinct):
        named = _NAMED.fullmatch(value)
        address = named[1] if named else value
        if _UNREAD.fullmatch(fold(address)):
            unread.append(code)
            address = ""
        addresses.append(address)
    table.noted_values(column, unread, "nobody reads this address", "not used as a contact")
    return replace(column, distinct=addresses)


_READ = {"contact_role": _in_our_words, "email": _reachable}


def _of_events(events: Events, numbered: dict[int, Persons]) -> Persons:
    """Return for each event its persons: its own number's, then the row's, then the rest.

    A person whose number no interview of the row has was met at all of them.
    """
    row = events.row
    interview = events.kind == KIND["interview"]
    own, rest = [], []
    for number, of_rows in numbered.items():
        here = interview & (events.number == number) & (number > 0)
        elsewhere = np.isin(row, row[here])
        person = {name: values[row] for name, values in of_rows.items()}
        own.append((here & ~_is_again(person, numbered, row), person))
        rest.append((~elsewhere, person))
    return _joined([*own, *rest], len(events))


def _is_again(person: Persons, numbered: dict[int, Persons], row: np.ndarray) -> np.ndarray:
    """Return where a numbered person is the row's own, of whom the row says as much or more."""
    if 0 not in numbered:
        return np.zeros(len(row), dtype=bool)
    again = person["contact"] == numbered[0]["contact"][row]
    for name in PERSON_FIELDS[1:]:
        again &= pd.isna(person[name])
    return again


def _joined(parts: Sequence[tuple[np.ndarray, Persons]], n: int) -> Persons:
    """Join the persons of each event with ";" between, one of a name once."""
    out = {name: np.full(n, "", dtype=object) for name in PERSON_FIELDS}
    some = np.zeros(n, dtype=bool)
    names: list[np.ndarray] = []
    for where, person in parts:
        mask = where & ~np.logical_and.reduce([pd.isna(values) for values in person.values()])
        nameless = pd.isna(person["contact"])
        for before in names:
            mask &= nameless | (before != person["contact"])
        names.append(only(person["contact"], mask))
        for name, values in person.items():
            text = np.where(pd.isna(values), "", values)
            text = np.where(some, out[name] + ";" + text, text)
            out[name] = np.where(mask, text, out[name])
        some |= mask
    for values in out.values():
        values[[not text.strip(";") for text in values]] = None
    return out
