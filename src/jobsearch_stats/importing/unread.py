"""Errors about a file whose headers say nothing, with the way out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ..errors import ReadError
from ..patterns import pattern
from .fields import with_number
from .headers import near_header
from .words import clean

_ADDRESS = pattern(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?:https?://|www\.)\S+", re.I)
_PHONE = pattern(r"\+?\(?\d[\d\s().-]{5,}\d")
_NAMES = ("company", "role", "application_id", "date", "kind")
_SHOWN = 12
_LONGEST = 40
_MOST = 100


def looks_like_data(headers: Sequence[str], understood: Collection[str], *, by_user: bool) -> bool:
    """Say whether a "header" is a row of data: it names nothing and holds a date or an address."""
    if by_user or any(name in understood for name in _NAMES):
        return False
    return any(_is_data(header) for header in headers)


def _is_data(cell: str) -> bool:
    from .dates import read_cell

    if len(cell) > 200 or not cell:
        return False
    if _ADDRESS.fullmatch(cell):
        return True
    read = read_cell(cell)
    if read.day is not None:
        return not read.words and not read.serial
    return _PHONE.fullmatch(cell) is not None


def no_header(name: str, first_row: Sequence[str]) -> ReadError:
    """Return the error for a file that begins with its data."""
    shown = ", ".join(f'"{_short(cell)}"' for cell in first_row[:_SHOWN])
    more = ", ..." if len(first_row) > _SHOWN else ""
    return ReadError(
        f"{name} has no header row: its first row is {shown}{more}. Pass "
        'names=["company", "role", "applied", ...], one name per column ('
        f"{len(first_row)} of them), or header_row= if the header is further down."
    )


def nothing_understood(name: str, headers: Sequence[str], wanted: Collection[str]) -> ReadError:
    """Return the error for a header of which no name is known, with what comes near."""
    near = []
    for header in headers[:_MOST]:
        found = near_header(header, wanted)
        guess = "" if found is None else next((n for n in found.fields if n in wanted), "")
        if found is not None and guess:
            near.append(f'"{_short(header)}": "{with_number(guess, found.number)}"')
    more = f", ... ({len(headers)} of them)" if len(headers) > _MOST else ""
    meant = f"Did you mean mapping={{{', '.join(near)}}}? " if near else ""
    return ReadError(
        f"nothing in {name} is understood. Its headers are "
        f"{', '.join(repr(_short(h)) for h in headers[:_MOST] if h) or 'blank'}{more}. "
        "Wanted: company and role, and applied, interview, follow_up, reply (one row per "
        "application), or application_id, "
        f'date and kind (one row per event). {meant}Pass mapping={{"Their header": "company", '
        "...}, or header_row= if the header is further down."
    )


def _short(cell: str) -> str:
    text = " ".join(clean(cell).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
