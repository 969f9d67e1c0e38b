"""How the columns of a file are read: the plan that headers, presets and the user make."""

from __future__ import annotations

from dataclasses import dataclass

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
        places = [at for at, read in enumerate(self.columns) if read.name == name]
        return sorted(places, key=lambda at: self.columns[at].number)


def said_of(name: str, number: int) -> str:
    """Return a field with its number in words."""
    return f"{name} {number}" if number else name
