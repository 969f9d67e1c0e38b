"""Headers to fields: the user's mapping first, then the presets of known exports, then aliases."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ..errors import ReadError, SettingError
from .fields import EVENT_FIELDS, FIELDS, NUMBERED, SHEET_FIELDS
from .problems import Problems
from .words import tokens, vocabulary

# In a spreadsheet these words mean something else than in an event log.
_SHEET_MEANING = {"date": "applied", "result": "status", "note": "notes"}
_EVENT_MEANING = {"result": "outcome", "notes": "note"}

_PARENTHESES = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
_NUMBER_IN_FIELD = re.compile(r"_?(\d{1,2})(?=_|$)")


@dataclass(frozen=True)
class Preset:
    """A known export: the headers it needs to be recognised, and what they mean."""

    name: str
    needs: frozenset[str]
    headers: Mapping[str, str]
    leave_out: frozenset[str]
    date_order: str | None = None


@dataclass(frozen=True)
class ReadAs:
    """How one header is read: its field (blank: kept untouched), its number, and in words why."""

    name: str = ""
    number: int = 0
    how: str = "not understood: kept as it is"
    left_out: bool = False
    by_user: bool = False


@dataclass(frozen=True)
class Plan:
    """How every column of a file is read."""

    shape: str
    columns: tuple[ReadAs, ...]
    preset: Preset | None = None

    def of(self, name: str) -> list[int]:
        """Return the places of the columns with that field, by number, then as they stand."""
        places = [at for at, read in enumerate(self.columns) if read.name == name]
        return sorted(places, key=lambda at: self.columns[at].number)


@dataclass(frozen=True)
class UserMapping:
    """The user's own reading of headers, checked."""

    fields: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def get(self, header: str) -> tuple[str, int] | None:
        """Return field and number for a header, as written or but for case and punctuation."""
        if header in self.fields:
            return self.fields[header]
        folded = _key(header)
        return next((to for name, to in self.fields.items() if _key(name) == folded != ""), None)


def user_mapping(mapping: Mapping[str, str] | None) -> UserMapping:
    """Return the mapping with its fields checked.

    Raises
    ------
    SettingError
        If it names a field that there is not.
    """
    if mapping is None:
        return UserMapping()
    if not isinstance(mapping, Mapping):
        raise SettingError(
            f'mapping={mapping!r} is not a dict. Pass mapping={{"Their header": "field"}}.',
            name="mapping",
            value=mapping,
        )
    return UserMapping({str(h).strip(): _field(h, name) for h, name in mapping.items()})


def _field(header: str, name: str) -> tuple[str, int]:
    found = _NUMBER_IN_FIELD.search(name) if isinstance(name, str) else None
    base, number = (name, 0)
    if found:
        base, number = name[: found.start()] + name[found.end() :], int(found[1])
    if base not in FIELDS or (number and base not in NUMBERED):
        raise SettingError(
            f"mapping reads {header!r} as {name!r}, which is no field. The fields are "
            f"{', '.join(FIELDS)}; {', '.join(NUMBERED)} may have a number, as in interview_2.",
            name="mapping",
            value=name,
        )
    return base, number


def count_known(headers: Sequence[str], mapping: UserMapping) -> int:
    """Return how many different headers of a row are known, to tell which row is the header."""
    return len(
        {
            header
            for header in headers
            if len(header) < 80
            and (mapping.get(header) is not None or _reading(header) is not None)
        }
    )


def plan_columns(
    headers: Sequence[str],
    *,
    mapping: UserMapping,
    name: str,
    events_in: Mapping[int, float],
    found: Problems,
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

    Raises
    ------
    ReadError
        If nothing is understood.
    SettingError
        If the mapping names a header that is not there.
    """
    _check_headers_of(mapping, headers, name)
    preset = _preset_of(headers)
    shape = _shape(headers, mapping, preset, events_in)
    reads = [_read(header, mapping, preset, shape) for header in headers]
    if shape == "events":
        reads = _notes_apart(reads, headers, mapping)
    reads = _only_one_each(reads, headers, shape, found)
    if not any(read.name for read in reads):
        raise ReadError(
            f"nothing in {name} is understood. Its headers are "
            f"{', '.join(repr(h) for h in headers if h) or 'blank'}. Wanted: company and role, and "
            "applied, interview, follow_up, reply (one row per application), or application_id, "
            'date and kind (one row per event). Pass mapping={"Their header": "company", ...}, '
            "or header_row= if the header is further down."
        )
    return Plan(shape, tuple(reads), preset)


def kind_columns(headers: Sequence[str], mapping: UserMapping) -> list[int]:
    """Return the columns that may name kinds of event."""
    return [at for at, header in enumerate(headers) if "kind" in _meanings(header, mapping)]


def _check_headers_of(mapping: UserMapping, headers: Sequence[str], name: str) -> None:
    there = {_key(header) for header in headers} | set(headers)
    for header in mapping.fields:
        if header not in there and (not _key(header) or _key(header) not in there):
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
    if preset is not None:
        return "sheet"
    if not any("date" in _meanings(header, mapping) for header in headers):
        return "sheet"
    for at, share in events_in.items():
        mapped = mapping.get(headers[at])
        if share >= 0.5 or _key(headers[at]) == "kind" or (mapped and mapped[0] == "kind"):
            return "events"
    return "sheet"


def _meanings(header: str, mapping: UserMapping) -> tuple[str, ...]:
    mapped = mapping.get(header)
    if mapped is not None:
        return (mapped[0],)
    reading = _reading(header)
    return () if reading is None else reading[0]


def _read(header: str, mapping: UserMapping, preset: Preset | None, shape: str) -> ReadAs:
    wanted = SHEET_FIELDS if shape == "sheet" else EVENT_FIELDS
    mapped = mapping.get(header)
    if mapped is not None:
        if mapped[0] not in wanted and mapped[0] in _SHEET_MEANING and shape == "sheet":
            mapped = (_SHEET_MEANING[mapped[0]], mapped[1])
        if mapped[0] not in wanted:
            what = "one row per application" if shape == "sheet" else "one row per event"
            raise SettingError(
                f"mapping reads {header!r} as {mapped[0]!r}, which a file with {what} does not "
                f"have. Its fields are {', '.join(wanted)}.",
                name="mapping",
                value=mapped[0],
            )
        return ReadAs(*mapped, how=f"{_said(*mapped)}: your mapping", by_user=True)
    if preset is not None:
        key = _key(header)
        if key in preset.leave_out:
            return ReadAs(
                how=f"left out: yours, and private, in a {preset.name} export", left_out=True
            )
        if key in preset.headers:
            name = preset.headers[key]
            how = f"{name}: {preset.name} export" if name else f"kept as it is: {preset.name}"
            return ReadAs(name, how=how)
    reading = _reading(header)
    if reading is None:
        return ReadAs()
    meanings, number = reading
    name = _choose(meanings, wanted, shape)
    if not name or (number and name not in NUMBERED):
        return ReadAs()
    return ReadAs(name, number, _said(name, number))


def _choose(meanings: tuple[str, ...], wanted: Sequence[str], shape: str) -> str:
    """Of the fields that a header may name, return the one that this shape of file has."""
    other = _SHEET_MEANING if shape == "sheet" else _EVENT_MEANING
    direct = [name for name in meanings if name in wanted and name not in other]
    if direct:
        return direct[0]
    return next((other[name] for name in meanings if name in other), "")


def _said(name: str, number: int) -> str:
    return f"{name} {number}" if number else name


def _notes_apart(reads: list[ReadAs], headers: Sequence[str], mapping: UserMapping) -> list[ReadAs]:
    """Where an event log has a column "note" too, its "notes" are the application's."""
    meant = [_meanings(header, mapping) for header in headers]
    if not any("note" in meanings for meanings in meant):
        return reads
    return [
        ReadAs("notes", how="notes") if read.name == "note" and "notes" in meanings else read
        for read, meanings in zip(reads, meant, strict=True)
    ]


def _only_one_each(
    reads: list[ReadAs], headers: Sequence[str], shape: str, found: Problems
) -> list[ReadAs]:
    """Give a number to what may stand several times; of the rest, keep the canonical or first."""
    out = list(reads)
    places: dict[tuple[str, int], list[int]] = {}
    for at, read in enumerate(reads):
        if read.name:
            places.setdefault((read.name, read.number), []).append(at)
    for (name, number), columns in places.items():
        if len(columns) == 1:
            continue
        if name in NUMBERED and shape == "sheet" and not number:
            taken = {n for base, n in places if base == name}
            for at in columns:
                free = next(n for n in range(1, 10_000) if n not in taken)
                taken.add(free)
                out[at] = ReadAs(name, free, f"{name} {free}: by its place")
                found.noted(
                    None, headers[at], None, f"several columns are read as {name}", "all are read"
                )
            continue
        best = min(columns, key=lambda at: (not reads[at].by_user, _key(headers[at]) != name, at))
        for at in columns:
            if at != best:
                out[at] = ReadAs(how=f"kept as it is: {headers[best]!r} is {name} already")
                found.noted(
                    None,
                    headers[at],
                    None,
                    f"reads as {name}, and so does {headers[best]!r}",
                    "kept as it is, not used",
                )
    return out


@cache
def _presets() -> tuple[Preset, ...]:
    folder = Path(__file__).with_name("presets")
    return tuple(
        _preset(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.json"))
    )


def _preset(data: dict[str, Any]) -> Preset:
    return Preset(
        data["name"],
        frozenset(map(_key, data["needs"])),
        {_key(header): name for header, name in data["headers"].items()},
        frozenset(map(_key, data["leave_out"])),
        data.get("date_order"),
    )


def _preset_of(headers: Sequence[str]) -> Preset | None:
    """Return the most exacting preset whose headers are all there."""
    there = set(map(_key, headers))
    fitting = [preset for preset in _presets() if preset.needs <= there]
    return max(fitting, key=lambda preset: len(preset.needs), default=None)


def _key(header: str) -> str:
    return "".join(tokens(header))


@lru_cache(maxsize=4096)
def _reading(header: str) -> tuple[tuple[str, ...], int] | None:
    """Return the fields that a header may name, and its number."""
    known = vocabulary().headers
    for text in (header, _PARENTHESES.sub(" ", header)):
        words = tokens(text)
        if "".join(words) in known:
            return known["".join(words)], 0
        plain, number = _without_number(words)
        if number and "".join(plain) in known:
            return known["".join(plain)], number
    return None


def _without_number(words: Sequence[str]) -> tuple[list[str], int]:
    """Split off the one number of a header: "2nd interview", "Follow-up 2: method"."""
    ordinals = vocabulary().ordinals
    plain: list[str] = []
    numbers: list[int] = []
    for word in words:
        if word.isdecimal() and len(word) < 3:
            numbers.append(int(word))
        elif word in ordinals:
            numbers.append(ordinals[word])
        elif not (word in _ORDINAL_ENDS and numbers and plain[-1:] != [word]):
            plain.append(word)
    return (plain, numbers[0]) if len(numbers) == 1 and numbers[0] > 0 else (list(words), 0)
