"""Headers to fields: the user's mapping first, then the presets of known exports, then aliases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..errors import SettingError
from .fields import (
    APPLICATION_FIELDS,
    EVENT_FIELDS,
    LEFT_OUT,
    NUMBERED,
    SHEET_FIELDS,
    with_number,
)
from .headers import STAGE, date_order_of, key_of, near_header, reading
from .mapping import UserMapping, user_mapping
from .plan import NOT_UNDERSTOOD, Plan, ReadAs, said_of
from .presets import Preset, preset_of
from .problems import Problems
from .several import only_one_each
from .stages import n_stages, stages_by_their_cells
from .unread import looks_like_data, no_header, nothing_understood

__all__ = [
    "Plan",
    "ReadAs",
    "UserMapping",
    "count_known",
    "kind_columns",
    "plan_columns",
    "user_mapping",
]

# In a spreadsheet these words mean something else than in an event log.
_SHEET_MEANING = {"date": "applied", "result": "status", "note": "notes"}
_EVENT_MEANING = {"result": "outcome", "notes": "note"}
_LONGEST_HEADER = 80
MOST_GUESSED = 200
"""Of how many headers that are not understood it is said what they may mean."""


def count_known(headers: Sequence[str], mapping: UserMapping) -> int:
    """Return how many different headers of a row are known, to tell which row is the header."""
    preset = preset_of(headers)
    own = frozenset() if preset is None else preset.known()
    return len(
        {
            header
            for header in headers
            if len(header) < _LONGEST_HEADER
            and (
                mapping.get(header) is not None
                or _meanings(header) != ()
                or (own and key_of(header) in own)
            )
        }
    )


def plan_columns(
    headers: Sequence[str],
    *,
    mapping: UserMapping,
    name: str,
    events_in: Mapping[int, float],
    found: Problems,
    distinct: Sequence[Sequence[str]] = (),
) -> Plan:
    """Decide how every column is read.

    Parameters
    ----------
    headers
        As they stand in the file.
    mapping
        The user's.
    name
        The file, for messages.
    events_in
        For the columns whose header could name kinds of event: the share of its words that do.
    found
        Where to note what is not plain.
    distinct
        The different cells of each column, which may tell what its header does not; none: blank.

    Raises
    ------
    ReadError
        If nothing is understood.
    SettingError
        If the mapping names a header that is not there.
    """
    _check_headers_of(mapping, headers, name)
    distinct = distinct or [()] * len(headers)
    preset = preset_of(headers)
    shape = _shape(headers, mapping, preset, events_in)
    if preset is not None and shape != preset.shape:
        preset = None  # the mapping has made another file of it
    stages = n_stages(headers) > 1
    reads = [_read(header, mapping, preset, shape, stages=stages) for header in headers]
    reads = _instead(reads, headers, preset)
    if shape == "sheet" and preset is None:
        reads = stages_by_their_cells(reads, headers, distinct)
    if shape == "events":
        reads = _notes_apart(reads, headers, mapping)
    reads = only_one_each(reads, headers, shape, found, distinct)
    understood = {read.name for read in reads if read.name}
    if looks_like_data(headers, understood, by_user=any(read.by_user for read in reads)):
        raise no_header(name, headers)
    if not understood:
        raise nothing_understood(name, headers, shape_fields(shape))
    if preset is not None:
        _note_preset(preset, reads, headers, found)
    return Plan(shape, tuple(_with_hints(reads, headers, shape)), preset)


def kind_columns(headers: Sequence[str], mapping: UserMapping) -> list[int]:
    """Return the columns that may name kinds of event."""
    return [at for at, header in enumerate(headers) if "kind" in _meanings(header, mapping)]


def shape_fields(shape: str) -> tuple[str, ...]:
    """Return the fields that a file of that shape can have."""
    return SHEET_FIELDS if shape == "sheet" else EVENT_FIELDS


def _check_headers_of(mapping: UserMapping, headers: Sequence[str], name: str) -> None:
    if not mapping.fields:
        return
    there = {key_of(header) for header in headers} | set(headers)
    for header in mapping.fields:
        if header not in there and (not key_of(header) or key_of(header) not in there):
            raise SettingError(
                f"mapping names the header {header!r}, which {name} does not have; it has "
                f"{', '.join(repr(h) for h in headers)}.",
                name="mapping",
                value=header,
            )


def _shape(
    headers: Sequence[str],
    mapping: UserMapping,
    preset: Preset | None,
    events_in: Mapping[int, float],
) -> str:
    if preset is not None and preset.shape == "sheet":
        return "sheet"
    if preset is not None:
        named = {_by_mapping_or_preset(header, mapping, preset) for header in headers}
        if {"date", "kind"} <= named:
            return "events"
    if not any("date" in _meanings(header, mapping) for header in headers):
        return "sheet"
    for at, share in events_in.items():
        mapped = mapping.get(headers[at])
        if share >= 0.5 or key_of(headers[at]) == "kind" or (mapped and mapped[0] == "kind"):
            return "events"
    return "sheet"


def _by_mapping_or_preset(header: str, mapping: UserMapping, preset: Preset) -> str:
    mapped = mapping.get(header)
    return preset.headers.get(key_of(header), "") if mapped is None else mapped[0]


def _meanings(header: str, mapping: UserMapping | None = None) -> tuple[str, ...]:
    mapped = None if mapping is None else mapping.get(header)
    if mapped is not None:
        return (mapped[0],)
    said = reading(header)
    return () if said is None or said.fields == (STAGE,) else said.fields


def _read(
    header: str, mapping: UserMapping, preset: Preset | None, shape: str, *, stages: bool
) -> ReadAs:
    mapped = mapping.get(header)
    if mapped is not None:
        return _by_mapping(header, mapped, shape)
    if preset is not None:
        key = key_of(header)
        if key in preset.leave_out:
            return ReadAs(
                how=f"left out: yours, and private, in a {preset.name} export", left_out=True
            )
        if key in preset.headers:
            name = preset.headers[key]
            how = f"{name}: {preset.name} export" if name else f"kept as it is: {preset.name}"
            return ReadAs(name, how=how)
        if key in preset.instead:
            return ReadAs(how=f"kept as it is: {preset.name}")
    said = reading(header)
    if said is None:
        return ReadAs()
    name = _choose(said.fields, shape, stages=stages)
    if not name:
        return ReadAs()
    if not said.number:
        return ReadAs(name, how=name)
    if name not in NUMBERED or shape == "events":
        return ReadAs()
    return ReadAs(name, said.number, said_of(name, said.number))


def _by_mapping(header: str, mapped: tuple[str, int], shape: str) -> ReadAs:
    name, number = mapped
    if name in ("", LEFT_OUT):
        how = "left out: your mapping" if name else "kept as it is: your mapping"
        return ReadAs(how=how, left_out=name == LEFT_OUT, by_user=True)
    wanted = shape_fields(shape)
    if name not in wanted and shape == "sheet":
        name = _SHEET_MEANING.get(name, name)
    if name not in wanted:
        what = "one row per application" if shape == "sheet" else "one row per event"
        raise SettingError(
            f"mapping reads {header!r} as {name!r}, which a file with {what} does not "
            f"have. Its fields are {', '.join(wanted)}.",
            name="mapping",
            value=name,
        )
    return ReadAs(name, number, f"{said_of(name, number)}: your mapping", by_user=True)


def _choose(meanings: tuple[str, ...], shape: str, *, stages: bool) -> str:
    """Of the fields that a header may name, return the one that this shape of file has."""
    other = _SHEET_MEANING if shape == "sheet" else _EVENT_MEANING
    meant = [other.get(name, name) for name in meanings]
    wanted = [name for name in meant if name in shape_fields(shape)]
    if wanted and shape == "events":  # what is said of the event comes before the application
        return min(wanted, key=APPLICATION_FIELDS.__contains__)
    if wanted:
        return wanted[0]
    return "interview" if STAGE in meanings and stages and shape == "sheet" else ""


def _instead(reads: list[ReadAs], headers: Sequence[str], preset: Preset | None) -> list[ReadAs]:
    """Let an export's second-best columns serve for the fields that no other column has."""
    if preset is None:
        return reads
    out = list(reads)
    for at, header in enumerate(headers):
        name = preset.instead.get(key_of(header), "")
        if not name or reads[at].by_user or any(read.name == name for read in out):
            continue
        out[at] = ReadAs(name, how=f"{name}: {preset.name} export")
    return out


def _note_preset(
    preset: Preset, reads: Sequence[ReadAs], headers: Sequence[str], found: Problems
) -> None:
    """Say which export it is, and what is to know of its columns."""
    done = "if that is wrong, say what its headers mean with mapping={...}"
    found.noted(None, None, None, f"read as a {preset.name} export", done)
    for header, read in zip(headers, reads, strict=True):
        if not read.by_user and key_of(header) in preset.says:
            done = f"read as {read.name}" if read.name else "kept as it is"
            found.noted(None, header, None, preset.says[key_of(header)], done)


def _notes_apart(reads: list[ReadAs], headers: Sequence[str], mapping: UserMapping) -> list[ReadAs]:
    """Where an event log has a column "note" too, its "notes" are the application's."""
    meant = [_meanings(header, mapping) for header in headers]
    if not any("note" in meanings for meanings in meant):
        return reads
    return [
        ReadAs("notes", how="notes") if read.name == "note" and "notes" in meanings else read
        for read, meanings in zip(reads, meant, strict=True)
    ]


def _with_hints(reads: list[ReadAs], headers: Sequence[str], shape: str) -> list[ReadAs]:
    """Put in what the headers say of the order of their dates, and what a slip may mean.

    Slips are sought in the first `MOST_GUESSED` headers: a table of thousands of columns is data.
    """
    wanted = [
        name
        for name in shape_fields(shape)
        if name in NUMBERED or all(read.name != name for read in reads)
    ]
    out = []
    unknown = [at for at, read in enumerate(reads) if not read.name and read.how == NOT_UNDERSTOOD]
    guessed = set(unknown[:MOST_GUESSED])
    for at, (read, header) in enumerate(zip(reads, headers, strict=True)):
        if read.name:
            out.append(replace(read, date_order=date_order_of(header)))
            continue
        near = near_header(header, wanted) if at in guessed else None
        name = "" if near is None else _choose(near.fields, shape, stages=False)
        if near is None or name not in wanted or (near.number and name not in NUMBERED):
            out.append(read)
            continue
        guess = with_number(name, near.number)
        how = f'{read.how}; did you mean {guess}? mapping={{"{header}": "{guess}"}}'
        out.append(replace(read, how=how, near=guess))
    return out
