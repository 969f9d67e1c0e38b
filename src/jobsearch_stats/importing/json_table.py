"""JSON to a raw table of text: records, lines of records, or what a tracker wraps around them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from ..errors import ReadError
from ..patterns import pattern
from .json_records import (
    Entry,
    candidates,
    columns_of,
    is_history,
    names_company,
    with_dates,
)
from .json_shapes import with_its_events
from .raw import Column, RawTable
from .wanted import Wanted

_MOST_CELLS = 50_000_000
_SURROGATES = pattern(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""An escaped backslash, the two halves of a character, or one half alone: that is no text."""

_WAY_OUT = "Save or export it again as JSON, or as CSV (UTF-8)."


def table_of_json(text: str, name: str, wanted: Wanted) -> RawTable | None:
    """Return the table of a JSON text; None if it only begins like one.

    Raises
    ------
    ReadError
        If it is broken JSON, or no list of records is in it.
    """
    if "\\ud" in text or "\\uD" in text:
        text = _SURROGATES.sub(lambda found: "?" if found[1] else found[0], text)
    data = _parsed(text, name)
    if data is None:
        return None
    wanted.without_sheets(name)
    if isinstance(data, list) and data and all(isinstance(row, list) for row in data):
        rows = [[_scalar(cell) for cell in row] for row in data]
        return wanted.table(rows, name)
    data, joined = with_its_events(data, is_history, names_company)
    if joined:
        wanted.found.noted(None, None, None, f"{name} holds two lists, joined: {joined}")
    entries = _entries(data, name, wanted)
    return _table(entries, name, wanted)


def _scalar(cell: Any) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else _json(cell)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _parsed(text: str, name: str) -> Any:
    """Return the data, or None if the text is no JSON and does not look like it either."""
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        first = next(line for line in lines if line.strip())
        if error.msg == "Extra data" and _is_object(first):
            return _lines(lines, name)
        if not _looks_like_json(text):
            return None
        raise ReadError(
            f"{name} is broken JSON: line {error.lineno}, column {error.colno}: {error.msg}. "
            + _WAY_OUT
        ) from None
    except RecursionError:
        raise ReadError(f"{name} is JSON that is nested too deeply. {_WAY_OUT}") from None


def _loads(text: str) -> Any:
    # numbers stay as they are written: an id is no float
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: None)


def _is_object(line: str) -> bool:
    try:
        return isinstance(_loads(line), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def _lines(lines: list[str], name: str) -> list[Any]:
    out = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            out.append(_loads(line))
        except (json.JSONDecodeError, RecursionError) as error:
            column = getattr(error, "colno", 1)
            raise ReadError(
                f"{name} is JSON Lines, and line {number} is broken at column {column}: "
                f"{getattr(error, 'msg', 'nested too deeply')}. {_WAY_OUT}"
            ) from None
    return out


def _looks_like_json(text: str) -> bool:
    """Whether a bracket opens what JSON has after it: no header begins like that."""
    start = "".join(text[:2000].split())[:3]
    return start[:2] in ('{"', "{}", "[]", "[{", '["', "[[", "{'") or start in ("{", "[")


def _entries(data: Any, name: str, wanted: Wanted) -> list[Entry]:
    """Return the list of records in the data whose keys are known best."""
    best: tuple[bool, int, int] = (False, -1, -1)
    chosen = None
    found = candidates(data)
    for candidate in found:
        headers = list(columns_of([e for e in candidate.entries[:200] if e.fields is not None]))
        rank = (names_company(headers), wanted.score(headers), len(candidate.entries))
        if rank > best:
            best, chosen = rank, candidate
    if chosen is None:
        raise ReadError(
            f"{name} is JSON without a list of records. Wanted: "
            '[{"company": ..., "role": ..., "applied": ...}, ...].'
        )
    around = (chosen.path, "the whole")  # what stands around the chosen list is no other list
    lists = [
        each
        for each in found
        if each.is_list
        and each.path not in around
        and not (chosen.path or "").startswith(f"{each.path}.")
    ]
    if lists and chosen.is_list:
        wanted.found.noted(
            None,
            None,
            None,
            f"{name} holds several lists; {chosen.path or 'the whole'} was read, not "
            + ", ".join(f"{each.path} ({len(each.entries)} records)" for each in lists[:10]),
            "save another as a file of its own to read it",
        )
    return chosen.entries


def _table(entries: list[Entry], name: str, wanted: Wanted) -> RawTable:
    found = wanted.found
    kept = [entry for entry in entries if entry.fields is not None]
    for entry in entries:
        if entry.fields is None:
            found.rejected(entry.number, _json(entry.raw)[:2000], "it is no record but a value")
    columns = columns_of(kept)
    if len(columns) * len(kept) > _MOST_CELLS:
        raise ReadError(
            f"{name} has {len(columns):,} different keys in {len(kept):,} records, which is no "
            f"table. {_WAY_OUT}"
        )
    columns, units = with_dates(columns)
    for header, unit in units.items():
        found.noted(None, header, None, f"numbers are {unit} since 1970, in UTC", "read as dates")
    found.noted(
        None, None, None, f"{name} is JSON and has no rows", "its records are counted from 1"
    )
    numbers = np.array([entry.number for entry in kept], dtype="int64")
    return RawTable(
        name,
        [Column.of(header, cells) for header, cells in columns.items()],
        numbers,
        len(entries) - len(kept),
    )
