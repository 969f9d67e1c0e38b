"""Known exports: how each is recognised, what its headers mean, and its own words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .headers import key_of
from .values import Status, read_kind, read_status
from .words import letters


@dataclass(frozen=True)
class Preset:
    """A known export, as its file in `presets/` describes it.

    Attributes
    ----------
    needs
        Sets of headers; the export is recognised by any of them.
    headers
        What its headers mean; blank: kept untouched.
    instead
        What more headers mean where no other column has that meaning.
    leave_out
        Headers of private columns.
    says
        What a reader of the log should know of a column, by its header.
    kinds, no_event
        Its words for kinds of event, and for what is none, with the reason.
    statuses
        Its words for statuses; "prospect": not applied to.
    undated
        Statuses beside which the date is not that of the application.
    """

    name: str
    needs: tuple[frozenset[str], ...]
    headers: Mapping[str, str]
    instead: Mapping[str, str] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    says: Mapping[str, str] = field(default_factory=dict)
    shape: str = "sheet"
    date_order: str | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    no_event: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    undated: frozenset[str] = frozenset()

    def known(self) -> frozenset[str]:
        """Return the keys of every header that it has."""
        return frozenset((*self.headers, *self.instead, *self.leave_out))


def kind_of(preset: Preset | None, text: str) -> tuple[str, str | None, str | None] | None:
    """Return kind, method and outcome that a word says in this export, else anywhere, or None."""
    if preset is not None:
        word = letters(text)
        if word in preset.no_event:
            return None
        if word in preset.kinds:
            kind, _, rest = preset.kinds[word].partition("/")
            method, _, outcome = rest.partition("/")
            return kind, method if method not in ("", "-") else None, outcome or None
    return read_kind(text)


def no_event(preset: Preset | None, text: str) -> str:
    """Return why a word of this export is no event; blank where it says nothing of it."""
    return "" if preset is None else preset.no_event.get(letters(text), "")


def status_of(preset: Preset | None, text: str) -> Status:
    """Return what a status says in this export, else anywhere."""
    if preset is not None:
        meaning = preset.statuses.get(letters(text))
        if meaning is not None:
            took_place = meaning in ("interview", "screening")
            return Status(prospect=True) if meaning == "prospect" else Status(meaning, took_place)
    return read_status(text)


def is_undated(preset: Preset | None, status: str) -> bool:
    """Whether the date beside this status, in this export, is not that of the application."""
    return preset is not None and letters(status) in preset.undated


def preset_of(headers: Sequence[str]) -> Preset | None:
    """Return the most exacting preset of which all needed headers are there."""
    there = set(map(key_of, headers))
    fitting = [
        (len(needs), preset) for preset in presets() for needs in preset.needs if needs <= there
    ]
    return max(fitting, key=lambda pair: pair[0], default=(0, None))[1]


@cache
def presets() -> tuple[Preset, ...]:
    """Return every known export."""
    folder = Path(__file__).with_name("presets")
    return tuple(
        _preset(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.json"))
    )


def _preset(data: dict[str, Any]) -> Preset:
    return Preset(
        data["name"],
        tuple(frozenset(map(key_of, needs)) for needs in data["needs"]),
        _by_key(data["headers"]),
        _by_key(data.get("instead", {})),
        frozenset(map(key_of, data.get("leave_out", []))),
        _by_key(data.get("says", {})),
        data.get("shape", "sheet"),
        data.get("date_order"),
        _by_word(data.get("kinds", {})),
        _by_word(data.get("no_event", {})),
        _by_word(data.get("statuses", {})),
        frozenset(map(letters, data.get("undated", []))),
    )


def _by_key(meanings: Mapping[str, str]) -> dict[str, str]:
    return {key_of(header): name for header, name in meanings.items()}


def _by_word(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {letters(word): meaning for meaning, more in words.items() for word in more}
