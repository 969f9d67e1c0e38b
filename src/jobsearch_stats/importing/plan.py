"""How the columns of a file are read: the plan that headers, presets and the user make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .presets import Preset

NOT_UNDERSTOOD = "not understood: kept as it is"


@dataclass(frozen=True)
class ReadAs:
    """How one header is read: its field (blank: kept untouched), its number, and in words why.

    `date_order` is the order of day and month that the header itself states; `near` a field that
    it may mean, where it is not understood; `tick` that its cells are a yes or no, beside a column
    that has the date.
    """

    name: str = ""
    number: int = 0
    how: str = NOT_UNDERSTOOD
    left_out: bool = False
    by_user: bool = False
    date_order: str | None = None
    near: str = ""
    tick: bool = False


@dataclass(frozen=True)
class Plan:
    """How every column of a file is read."""

    shape: str
    columns: tuple[ReadAs, ...]
    preset: Preset | None = None

    def of(self, name: str) -> list[int]:
        """Return the places of the columns with that field, by number, then as they stand."""
        return list(self._places.get(name, ()))

    def numbered(self, name: str, number: int) -> list[int]:
        """Return the places of the columns with that field and number, as they stand."""
        return list(self._numbered.get((name, number), ()))

    # Looked up once for every column: in a table of thousands no look-up may go through them all.
    @cached_property
    def _numbered(self) -> dict[tuple[str, int], list[int]]:
        out: dict[tuple[str, int], list[int]] = {}
        for at, read in enumerate(self.columns):
            out.setdefault((read.name, read.number), []).append(at)
        return out

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for name, number in sorted(self._numbered):
            out.setdefault(name, []).extend(self._numbered[name, number])
        return out


def said_of(name: str, number: int) -> str:
    """Return a field with its number in words."""
    return f"{name} {number}" if number else name
