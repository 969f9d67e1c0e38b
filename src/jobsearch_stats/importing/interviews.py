"""Several interviewers on one day are one interview with several contacts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .events import KIND, Events
from .table import NO_DAY, Table


def joined_interviews(
    events: Events, table: Table, group: np.ndarray, persons: dict[str, np.ndarray]
) -> tuple[Events, dict[str, np.ndarray]]:
    """Join rows that name different people for one application's interview on one day.

    Rows whose hours or methods differ are interviews of their own.

    Returns
    -------
    tuple
        The events, the joined ones at the place of their first row, and the persons of each,
        the joined ones with ";" between: person, role, phone and e-mail in the same order.
    """
    if not persons:
        return events, persons
    at = np.flatnonzero((events.kind == KIND["interview"]) & events.with_person)
    at = at[~pd.isna(persons["contact"][events.person[at]])]
    _, inverse, times = np.unique(
        np.stack([group[events.row[at]], events.date[at].astype("int64")]),
        axis=1,
        return_inverse=True,
        return_counts=True,
    )
    several = np.flatnonzero(times[inverse.ravel()] > 1)
    if not len(several):
        return events, persons
    persons = {name: values.copy() for name, values in persons.items()}
    cluster = inverse.ravel()[several]
    order = np.argsort(cluster, kind="stable")
    gone = np.zeros(len(events), dtype=bool)
    for places in np.split(at[several][order], np.flatnonzero(np.diff(cluster[order])) + 1):
        for one in _meetings(events, places):
            if len({persons["contact"][who] for who in events.person[one]}) == len(one) > 1:
                gone[one[1:]] = True
                _join(events, table, persons, one)
    return events.take(np.flatnonzero(~gone)), persons


def _meetings(events: Events, places: np.ndarray) -> list[np.ndarray]:
    """Split one day's interviews where hours or methods say that there were several."""
    hours, methods = events.hour[places], events.method[places]
    if len(set(hours[hours >= 0])) < 2 and len(set(methods[methods >= 0])) < 2:
        return [places]
    key = hours.astype("int64") * 100 + methods
    return [places[key == value] for value in np.unique(key)]


def _join(events: Events, table: Table, persons: dict[str, np.ndarray], places: np.ndarray) -> None:
    places = places[np.argsort(table.source_rows[events.row[places]], kind="stable")]
    rows, first = events.row[places], places[0]
    whom = events.person[places]
    for values in persons.values():
        cells = ["" if value is None else value for value in values[whom]]
        values[whom[0]] = ";".join(cells) if any(cells) else None
    for name in ("hour", "method"):
        values = getattr(events, name)
        values[first] = values[places].max()
    for name in ("decide_by", "until"):
        days = getattr(events, name)
        known = days[places][~np.isnat(days[places])]
        days[first] = known.max() if len(known) else NO_DAY
    events.note[first] = "; ".join(dict.fromkeys(note for note in events.note[places] if note))
    for row in rows[1:]:
        table.noted_row(
            int(row),
            None,
            persons["contact"][whom[0]],
            f"one interview with several people, joined with row {table.source_rows[rows[0]]}",
        )
