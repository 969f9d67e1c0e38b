"""JSON in which the records stand apart: as columns, as pandas writes frames, as two lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .words import tokens

Record = dict[str, Any]

_DEEPEST = 3
_SPLIT = frozenset(("columns", "index", "data"))
_OWN_IDS = ("id", "applicationid", "jobid", "uuid", "key", "company", "companyname")
_ITS_IDS = ("applicationid", "application", "appid", "jobid", "job", "company", "companyname")
"""What an application is told by in its own list, and in a list of events, the best first."""


def plain(key: str) -> str:
    """Return a key without case, blanks and signs."""
    return "".join(tokens(key))


def records_of_columns(value: Record) -> list[Record]:
    """Return the records of a table that is written by columns; empty if it is none.

    These are lists of one length by column, pandas' `to_json()`, and its `orient="split"`.
    """
    if value.keys() <= _SPLIT and {"columns", "data"} <= value.keys():
        return _of_split(value)
    columns = list(value.values())
    if columns and all(isinstance(column, list) for column in columns):
        return _of_lists(list(value), columns)
    if columns and all(isinstance(column, dict) for column in columns):
        rows = list(columns[0])
        alike = all(list(column) == rows for column in columns)
        if alike and all(map(str.isdecimal, rows)):
            lists = [list(column.values()) for column in columns]
            return _with_index(_of_lists(list(value), lists), rows)
    return []


def _of_split(value: Record) -> list[Record]:
    names, rows = value["columns"], value["data"]
    if not isinstance(names, list) or not isinstance(rows, list):
        return []
    if not all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return []
    names = [" ".join(map(str, name)) if isinstance(name, list) else str(name) for name in names]
    if len(set(names)) < len(names):
        return []
    records = [dict(zip(names, row, strict=True)) for row in rows]
    index = value.get("index")
    return _with_index(records, index) if isinstance(index, list) else records


def _of_lists(names: list[str], columns: list[list[Any]]) -> list[Record]:
    if len(set(map(len, columns))) != 1 or any(
        isinstance(cell, dict | list) for column in columns for cell in column
    ):
        return []
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _with_index(records: list[Record], index: list[Any]) -> list[Record]:
    """Return the records with what their rows are called, unless they are only counted."""
    counted = [str(name) for name in index] == [str(at) for at in range(len(records))]
    if counted or len(index) != len(records):
        return records
    return [{"index": name, **record} for name, record in zip(index, records, strict=True)]


def with_its_events(
    data: Any,
    is_history: Callable[[list[Record]], bool],
    names_company: Callable[[list[str]], bool],
    depth: int = 0,
) -> tuple[Any, str]:
    """Put a list of events that stands beside the applications into these.

    Parameters
    ----------
    data
        The whole.
    is_history
        Says whether records are events, with a date and a kind.
    names_company
        Says whether one of some keys is the company's.
    depth
        In how many wrappers the data stands.

    Returns
    -------
    tuple
        The data, and in words what was joined; blank if nothing was: an event that no application
        is named by, or several are, leaves both lists as they are.
    """
    if not isinstance(data, dict):
        return data, ""
    lists = {key: value for key, value in data.items() if _is_records(value)}
    for name, applications in lists.items():
        if not names_company(_keys(applications)):
            continue
        for other, events in lists.items():
            if other == name or not is_history(events):
                continue
            for its, own in _joins(events, applications):
                joined = _joined(applications, events, own, its)
                if joined is not None:
                    rest = {key: value for key, value in data.items() if key not in (name, other)}
                    return {**rest, name: joined}, f"{other} to {name} by {its!r}"
    if len(data) == 1 and depth < _DEEPEST:
        [(key, inner)] = data.items()
        inner, said = with_its_events(inner, is_history, names_company, depth + 1)
        return {key: inner}, said
    return data, ""


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(e, dict) for e in value)


def _keys(records: list[Record]) -> list[str]:
    return list(dict.fromkeys(key for record in records for key in record))


def _joins(events: list[Record], applications: list[Record]) -> Iterator[tuple[str, str]]:
    """Yield the keys of events and of applications that may name the same thing."""
    its = {plain(key): key for key in _keys(events)}
    own = {plain(key): key for key in _keys(applications)}
    for one in _ITS_IDS:
        for other in _OWN_IDS:
            by_name = one.startswith("company"), other.startswith("company")
            if one in its and other in own and len(set(by_name)) == 1:
                yield its[one], own[other]


def _joined(
    applications: list[Record], events: list[Record], own: str, its: str
) -> list[Record] | None:
    """Return the applications with their events; None if an event is of none, or of several."""
    if any("events" in record for record in applications):
        return None
    names = [str(record.get(own)) for record in applications]
    of: dict[str, list[Record]] = {name: [] for name in names if name != "None"}
    if len(of) < len(names):
        return None
    for event in events:
        name = str(event.get(its))
        if name not in of:
            return None
        of[name].append({key: value for key, value in event.items() if key != its})
    return [
        {**record, "events": of[name]} for record, name in zip(applications, names, strict=True)
    ]
