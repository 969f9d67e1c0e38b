"""Events as arrays while they are being gathered, and as the frame of the data model."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..schema import EVENT_COLUMNS, KINDS, METHODS, OUTCOMES, STATUS_KINDS, event_order
from .fields import PERSON_FIELDS
from .problems import categorical
from .table import NO_DAY, Table, as_days, no_days, no_texts, text_array

KIND = {name: code for code, name in enumerate(KINDS)}
METHOD = {name: code for code, name in enumerate(METHODS)}
OUTCOME = {name: code for code, name in enumerate(OUTCOMES)}
NONE = -1


_BLANK: dict[str, tuple[object, str]] = {
    "hour": (NONE, "int8"),
    "method": (NONE, "int8"),
    "outcome": (NONE, "int8"),
    "number": (0, "int32"),
    "note": ("", "object"),
    "decide_by": (NO_DAY, "datetime64[D]"),
    "until": (NO_DAY, "datetime64[D]"),
    "with_person": (False, "bool"),
    "person": (NONE, "int64"),
}
"""What events may say beside row, date and kind: the value that is blank, and the dtype."""


class Events:
    """One entry per event: `row` is its place in the table, categories are codes (-1: blank).

    An array that nobody wrote is made when it is asked for: most files fill few of them.
    """

    row: np.ndarray
    date: np.ndarray
    kind: np.ndarray
    hour: np.ndarray
    method: np.ndarray
    outcome: np.ndarray
    number: np.ndarray
    note: np.ndarray
    decide_by: np.ndarray
    until: np.ndarray
    with_person: np.ndarray
    person: np.ndarray

    def __init__(self, **arrays: np.ndarray) -> None:
        vars(self).update(arrays)

    def __len__(self) -> int:
        return len(self.row)

    def __getattr__(self, name: str) -> np.ndarray:
        if name not in _BLANK:
            raise AttributeError(name)
        value, dtype = _BLANK[name]
        array = np.empty(len(self), dtype=dtype)
        array[:] = value
        setattr(self, name, array)
        return array

    @classmethod
    def of(
        cls,
        row: np.ndarray,
        date: np.ndarray,
        kind: np.ndarray | int,
        **others: np.ndarray | int | str | bool,
    ) -> Events:
        """Return events of these rows, days and kinds; the rest is blank unless given."""
        events = cls(row=np.asarray(row), date=date.astype("datetime64[D]"))
        events.kind = np.empty(len(row), dtype="int8")
        events.kind[:] = kind
        for name, value in others.items():
            if value is not _BLANK[name][0]:
                getattr(events, name)[:] = value
        return events

    def says(self, name: str) -> bool:
        """Say whether somebody wrote that array."""
        return name in vars(self)

    def take(self, at: np.ndarray) -> Events:
        """Return the events at these places."""
        return Events(**{name: array[at] for name, array in vars(self).items()})


def joined(parts: list[Events]) -> Events:
    """Return all events as one."""
    parts = [part for part in parts if len(part)]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        nothing = np.zeros(0, dtype="int64")
        return Events.of(nothing, nothing.astype("datetime64[D]"), 0)
    names = dict.fromkeys(name for part in parts for name in vars(part))
    return Events(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})


def last_of_rows(events: Events, chosen: np.ndarray) -> np.ndarray:
    """Return the place of the latest of the chosen events (a mask) of every row that has one."""
    at = np.flatnonzero(chosen)
    order = at[np.lexsort((events.number[at], events.date[at], events.row[at]))]
    rows = events.row[order]
    return order[np.append(rows[1:] != rows[:-1], True)] if len(order) else order


def first_of_rows(events: Events, chosen: np.ndarray) -> np.ndarray:
    """Return the place of the first of the chosen events (a mask) of every row that has one."""
    at = np.flatnonzero(chosen)
    order = at[np.lexsort((events.number[at], events.kind[at], events.date[at], events.row[at]))]
    rows = events.row[order]
    return order[np.insert(rows[1:] != rows[:-1], 0, True)] if len(order) else order


def event_frame(
    events: Events, table: Table, group: np.ndarray, names: pd.Index, persons: dict[str, np.ndarray]
) -> pd.DataFrame:
    """Return `events` in the order, columns and dtypes of the data model.

    `persons` are contact, contact_role, phone and email (object), of which each event's `person`
    is the place.
    """
    owner = group[events.row]
    order = event_order(owner, events.date, events.hour, events.kind, events.outcome)
    n = len(order)
    hour = events.hour[order]
    data: dict[str, object] = {
        "application_id": pd.Categorical.from_codes(owner[order].astype("int32"), categories=names),
        "date": as_days(events.date[order]),
        "hour": pd.arrays.IntegerArray(np.maximum(hour, 0), hour < 0),
    }
    for name in ("kind", "method", "outcome"):
        data[name] = categorical(getattr(events, name)[order], EVENT_COLUMNS[name])
    nothing, never = no_texts(pd.RangeIndex(n)), no_days(pd.RangeIndex(n))
    of_event = np.where(events.with_person, events.person, NONE)[order] if persons else order
    for name in PERSON_FIELDS:
        data[name] = text_array(persons[name], of_event) if persons else nothing
    for name in ("decide_by", "until"):
        said = events.says(name)
        data[name] = as_days(getattr(events, name)[order]) if said else never
    data["note"] = _notes(events.note[order]) if events.says("note") else nothing
    data["source_row"] = pd.arrays.IntegerArray(
        table.source_rows[events.row[order]], np.zeros(n, dtype=bool)
    )
    return pd.DataFrame(data, copy=False)


def _notes(notes: np.ndarray) -> object:
    noted = np.flatnonzero(notes != "")
    place = np.full(len(notes), NONE, dtype="int64")
    place[noted] = np.arange(len(noted))
    return text_array(notes[noted], place)


def note_odd_promises(events: Events, table: Table) -> None:
    """Note promises before their event, and promises that nobody was there to give."""
    if not events.says("decide_by"):
        return
    dated = ~np.isnat(events.decide_by)
    for at in np.flatnonzero(dated & (events.decide_by < events.date)):
        table.noted_row(
            int(events.row[at]),
            "decide_by",
            str(events.decide_by[at]),
            "promised date before the event; treated as none",
        )
    heard = np.isin(events.outcome, (OUTCOME["spoke"], OUTCOME["message_taken"]))
    for at in np.flatnonzero(dated & (events.kind == KIND["follow_up"]) & ~heard):
        table.noted_row(
            int(events.row[at]),
            "decide_by",
            str(events.decide_by[at]),
            "a follow-up in which nobody was there to promise a date",
        )


_OF_EMPLOYER = np.isin(KINDS, ["interview", "acknowledgement", "reply", "rejection", "offer"])


def note_order(events: Events, table: Table, group: np.ndarray) -> None:
    """Note what an employer did before the application was sent: one date of the two is wrong."""
    owner = group[events.row]
    n = int(group.max(initial=-1)) + 1
    days = events.date.view("int64")
    sent = np.full(n, np.iinfo("int64").min)  # before all days: none is known
    is_sent = np.flatnonzero(events.kind == KIND["applied"])
    sent[owner[is_sent]] = np.iinfo("int64").max
    np.minimum.at(sent, owner[is_sent], days[is_sent])
    theirs = np.flatnonzero(_OF_EMPLOYER[events.kind])
    early = theirs[days[theirs] < sent[owner[theirs]]]
    for at in early:
        table.noted_row(
            int(events.row[at]),
            None,
            str(events.date[at]),
            f"{KINDS[events.kind[at]]} before the application was sent",
        )


def note_contradictions(
    events: Events, table: Table, status_kind: np.ndarray, group: np.ndarray
) -> None:
    """Note applications whose status says one thing and whose dates another."""
    owner = group[events.row]
    for status, against, problem in (
        (
            "ghosted",
            ("reply", "rejection", "offer"),
            "the status says no response, a date says one",
        ),
        ("offer", ("rejection",), "the status says offer, and there is a rejection date"),
        ("rejected", ("offer",), "the status says rejected, and there is an offer date"),
    ):
        says = status_kind == STATUS_KINDS.index(status)
        if not says.any():
            continue
        hit = np.isin(events.kind, [KIND[k] for k in against]) & says[owner]
        for at in np.flatnonzero(hit):
            table.noted_row(int(events.row[at]), None, str(events.date[at]), problem)
