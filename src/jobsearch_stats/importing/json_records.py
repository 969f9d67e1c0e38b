"""JSON's nested objects to flat records: "company": {"name": ...} becomes "company name"."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..schema import KINDS
from .json_shapes import plain, records_of_columns
from .values import read_kind
from .words import tokens, vocabulary

_DEEPEST = 6
_MOST_IN_ONE = 100
_EVENT_LISTS = frozenset(
    [
        "events",
        "event",
        "history",
        "timeline",
        "activities",
        "activity",
        "log",
        "logs",
        "statushistory",
        "stagehistory",
        "updates",
    ]
)
_EVENT_DATES = ("date", "on", "at", "day", "when", "timestamp", "time", "datetime", "createdat")
_EVENT_KINDS = ("kind", "type", "event", "eventtype", "status", "stage", "action", "name", "title")
_DATE_WORDS = frozenset(
    [
        "date",
        "datetime",
        "day",
        "at",
        "on",
        "time",
        "timestamp",
        "when",
        "created",
        "updated",
        "applied",
        "received",
        "sent",
        "deadline",
    ]
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_DIGITS = re.compile(r"[0-9]{9,13}")
_UNITS = {"seconds": 1, "milliseconds": 1000}
_FROM, _TO = 946_684_800, 4_102_444_800  # 2000 to 2100, in seconds since 1970


@dataclass
class Entry:
    """A record: its number in the file, and its fields by header; None if it is no object."""

    number: int
    fields: dict[str, str] | None
    raw: Any = None


@dataclass
class Candidate:
    """Something in the data that may be the list of records."""

    path: str
    entries: list[Entry] = field(default_factory=list)
    is_list: bool = True


def candidates(data: Any) -> list[Candidate]:
    """Return all lists of objects, objects of objects, and the whole as one record."""
    out: list[Candidate] = []
    places = list(_walk(data, "", 0))
    tables = [_by_columns(value) if isinstance(value, dict) else [] for _, value in places]
    by_columns = any(len(records) > 1 for records in tables)
    for (path, value), records in zip(places, tables, strict=True):
        if isinstance(value, list):
            out.append(Candidate(path, _entries_of(enumerate(value, start=1))))
        elif records:
            out.append(Candidate(path, _entries_of(enumerate(records, start=1))))
        elif value and not by_columns and all(isinstance(each, dict) for each in value.values()):
            keyed = [{"id": key, **each} for key, each in value.items()]
            out.append(Candidate(path, _entries_of(enumerate(keyed, start=1))))
    # an application has no hundred interviews: a long list makes the whole a container
    short = all(len(value) <= _MOST_IN_ONE for _, value in places)
    if isinstance(data, dict) and short and not by_columns:
        out.append(Candidate("the whole", _entries_of([(1, data)]), is_list=False))
    return out


def _by_columns(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records of a table that is written by columns, if it names companies."""
    records = records_of_columns(value)
    return records if records and names_company(list(records[0])) else []


def _walk(data: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield the lists that hold objects, and the objects, that are not inside a list."""
    if isinstance(data, list):
        if any(isinstance(each, dict) for each in data):
            yield path or "the whole", data
    elif isinstance(data, dict) and depth < _DEEPEST:
        yield path or "the whole", data
        for key, value in data.items():
            yield from _walk(value, f"{path}.{key}" if path else key, depth + 1)


def _entries_of(records: Any) -> list[Entry]:
    """Return each record flat; where records have a history, each event of it is a row."""
    records = list(records)
    history = _history_of([record for _, record in records if isinstance(record, dict)])
    out = []
    for number, record in records:
        if not isinstance(record, dict):
            out.append(Entry(number, None, record))
        elif history is None:
            out.append(Entry(number, flat(record)))
        else:
            out += [Entry(number, fields) for fields in _events_of(record, history)]
    return out


def flat(record: dict[str, Any]) -> dict[str, str]:
    """Return the record's fields by header, as text."""
    out: dict[str, str] = {}
    _flatten(record, "", out, 0)
    return out


def _flatten(value: Any, header: str, out: dict[str, str], depth: int) -> None:
    if depth >= _DEEPEST:
        _put(out, header, json.dumps(value, ensure_ascii=False))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _flatten(inner, f"{header} {key}".strip(), out, depth + 1)
    elif isinstance(value, list) and _has_columns(value):
        for number, inner in enumerate(value, start=1):
            _flatten(inner, f"{header} {number}", out, depth + 1)
    elif isinstance(value, list):
        _put(out, header, "; ".join(filter(None, map(_text, value))))
    else:
        _put(out, header, _text(value))


def _has_columns(values: list[Any]) -> bool:
    """Whether a list's items are columns of their own: objects are, and so are several dates."""
    if any(isinstance(each, dict | list) for each in values):
        return True
    return len(values) > 1 and all(isinstance(e, str) and _ISO_DATE.match(e) for e in values)


def _put(out: dict[str, str], header: str, text: str) -> None:
    """Put a cell in; two values under one header are both kept."""
    before = out.get(header)
    out[header] = f"{before}; {text}" if before and text and text != before else before or text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).encode("utf-8", "replace").decode("utf-8").replace("\0", "")


@dataclass(frozen=True)
class _History:
    """Which key holds an application's events, and what in them is date and kind."""

    key: str
    date: str
    kind: str


def is_history(events: list[dict[str, Any]]) -> bool:
    """Whether these records are events, with a date and a kind."""
    return _history_of([{"events": events}]) is not None


def _history_of(records: list[dict[str, Any]]) -> _History | None:
    """Return the history that records have, if all that stands under its key is one."""
    for key in dict.fromkeys(key for record in records for key in record):
        if plain(key) not in _EVENT_LISTS:
            continue
        lists = [record[key] for record in records if record.get(key)]
        if not all(isinstance(each, list) for each in lists):
            continue
        events = [event for each in lists for event in each]
        if not events or not all(isinstance(event, dict) for event in events):
            continue
        keys = {plain(name): name for event in events for name in event}
        date = next((keys[name] for name in _EVENT_DATES if name in keys), None)
        kind = next((keys[name] for name in _EVENT_KINDS if name in keys), None)
        if date and kind:
            return _History(key, date, kind)
    return None


def _events_of(record: dict[str, Any], history: _History) -> list[dict[str, str]]:
    """Return a row for each event, with the application's fields in all of them."""
    own = flat({key: value for key, value in record.items() if key != history.key})
    dated = {header: kind for header in own if own[header] and (kind := _kind_of(header))}
    common = {f"application {h}" if h in ("date", "kind") else h: own[h] for h in own}
    common = {header: text for header, text in common.items() if header not in dated}
    rows = []
    for event in record.get(history.key) or []:
        rest = {key: v for key, v in event.items() if key not in (history.date, history.kind)}
        date, kind = _text(event.get(history.date)), _text(event.get(history.kind))
        inner = {f"event {h}" if h in common else h: text for h, text in flat(rest).items()}
        rows.append({**common, "date": date, "kind": kind, **inner})
    read = [read_kind(row["kind"]) for row in rows]
    told = {kind[0] for kind in read if kind}
    # dates that the application has beside its history are events of it too
    more = [header for header, kind in dated.items() if kind not in told]
    rows += [{**common, "date": own[header], "kind": dated[header]} for header in more]
    kept = {header: own[header] for header in dated if header not in more}
    return [{**row, **kept} for row in rows or [{**common, "date": "", "kind": ""}]]


def names_company(headers: list[str]) -> bool:
    """Whether one of the headers is the company's."""
    return any("company" in vocabulary().headers.get(plain(header), ()) for header in headers)


def _kind_of(header: str) -> str:
    meanings = vocabulary().headers.get(plain(header), ())
    return next((name for name in meanings if name in KINDS and name != "out_of_office"), "")


def columns_of(entries: list[Entry]) -> dict[str, list[str]]:
    """Return the cells of each header, in the order in which headers first stand."""
    columns: dict[str, list[str]] = {}
    for at, entry in enumerate(entries):
        for header, text in (entry.fields or {}).items():
            cells = columns.setdefault(header, [])
            cells += [""] * (at - len(cells))
            cells.append(text)
    for cells in columns.values():
        cells += [""] * (len(entries) - len(cells))
    return columns


def with_dates(columns: dict[str, list[str]]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the columns with times since 1970 as dates, and the unit of each that had such."""
    out, units = {}, {}
    for header, cells in columns.items():
        unit = _unit_of(header, cells)
        if unit:
            units[header] = unit
            cells = [_moment(cell, _UNITS[unit]) for cell in cells]
        out[header] = cells
    return out, units


def _unit_of(header: str, cells: list[str]) -> str:
    """Return the unit of a column of times since 1970: all of its cells are such of our time."""
    if not _DATE_WORDS & set(tokens(_CAMEL.sub(" ", header))):
        return ""
    filled = {cell for cell in cells if cell}
    if not filled or not all(_DIGITS.fullmatch(cell) for cell in filled):
        return ""
    for unit, times in _UNITS.items():
        if all(_FROM * times <= int(cell) < _TO * times for cell in filled):
            return unit
    return ""


def _moment(cell: str, times: int) -> str:
    if not cell:
        return ""
    moment = dt.datetime.fromtimestamp(int(cell) / times, tz=dt.UTC)
    text = moment.strftime("%Y-%m-%d %H:%M")
    return text.removesuffix(" 00:00")
