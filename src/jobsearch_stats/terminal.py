"""Text in a terminal: cleaned, measured in columns, folded to a width.

What stands in a user's file is stripped of control characters first: a company name must not
be able to move the cursor or to colour the screen.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator

from .patterns import pattern
from .strategies import WEEKDAYS
from .wording import MONTHS

Paint = Callable[[str, str], str]
"""Takes a text and a style of `STYLES`, gives the text in that style (or plain)."""

STYLES = {"title": "1", "strong": "1", "due": "1;33", "faint": "2"}

_ESCAPES = pattern(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])?")
_CONTROLS = pattern(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def plain(text: str, style: str) -> str:
    """Leave the text as it is."""
    return text


def coloured(text: str, style: str) -> str:
    """Put the text in a style that every colour terminal knows."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m"


def clean(text: object) -> str:
    r"""Return a user's text on one line, without control characters and escape sequences.

    Examples
    --------
    >>> clean("Acme\x1b[31m Ltd\n")
    'Acme Ltd'
    """
    return " ".join(_CONTROLS.sub(" ", _ESCAPES.sub("", str(text))).split())


def width_of(text: str) -> int:
    """Return how many columns of a terminal the text takes.

    Examples
    --------
    >>> width_of("Acme"), width_of("日本")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Return the text, shortened with an ellipsis where it is wider than `width`."""
    if width_of(text) <= width:
        return text
    return f"{_head(text, width - 1).rstrip()}…"


def _head(text: str, width: int) -> str:
    """Return as much of the text's beginning as fits."""
    used = 0
    for at, char in enumerate(text):
        used += _columns(char)
        if used > width:
            return text[:at]
    return text


def fold(text: str, width: int, *, indent: str = "", first: str | None = None) -> list[str]:
    """Fold a text into lines of at most `width` columns, the first with its own indent.

    Examples
    --------
    >>> fold("one two three", 10, indent="  ")
    ['  one two', '  three']
    """
    lines: list[str] = []
    line = indent if first is None else first
    empty = True
    for word in _words(text, max(width - len(indent), 8)):
        if not empty and width_of(line) + 1 + width_of(word) > width:
            lines.append(line)
            line, empty = indent, True
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line]


def _words(text: str, widest: int) -> Iterator[str]:
    """Give the words, those that are wider than a line in pieces."""
    for word in text.split():
        while width_of(word) > widest:
            piece = _head(word, widest)
            yield piece
            word = word[len(piece) :]
        if word:
            yield word


def day_name(day: dt.date, *, year: bool = False) -> str:
    """Return a day as people say it: Tue 10 March."""
    tail = f" {day.year}" if year else ""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}{tail}"
