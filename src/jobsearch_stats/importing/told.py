"""Dates among words: a status "Rejected (2026-01-24)", a history "applied 2 Jan 2026 → ...".

An event is read only where its date and its kind are certain, and a text of several only where
it is wholly made of such pairs; all else stays the text that it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..patterns import pattern
from .date_order import Dated
from .date_patterns import Cell, find_dates, in_usual_order, plain_words, split_time
from .raw import Column
from .values import read_kind, read_status
from .words import fold, letters

TELLING = ("status", "history")
"""Fields whose texts may tell of dated events."""

_MARK = "\0"
PARTS = tuple(map(pattern, (r"[\n;]", r"→|=>|->|>", r"\|", r"[,+&]", r"\s[-–—/]\s", r"\.\s")))
_NUMBER = pattern(r"(?<![\w.])#?\d(?:st|nd|rd|th|e|er|a|o)?\.?(?![\w.])")
_BRACKETS = pattern(r"[()\[\]{}]")
_FOR = pattern(r"\s(?:for|fuer|pour|para|per|voor|na)\W*$")
_CLOSING = {"rejected": "rejection", "offer": "offer", "withdrawn": "withdrawn"}
_OTHER = ("", None, None)
_NOT_BY_DATE = ("out_of_office",)
_MAYBE_PLANNED = ("follow_up", "thank_you")


@dataclass(frozen=True)
class ToldEvent:
    """One event that a text tells of; its date's order is left open."""

    cell: Cell
    kind: str
    method: str | None = None
    outcome: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Told:
    """What one text tells: its events, or that it has a date that is not certain."""

    events: tuple[ToldEvent, ...] = ()
    unclear: bool = False


@dataclass(frozen=True)
class ToldColumn:
    """A column of texts with dates among them: for each of its distinct texts what it tells.

    `is_text` is false of a column of dates, whose cells with several dates these are.
    """

    column: Column
    texts: list[Told]
    order: str | None = None
    why: str = ""
    number: int = 0
    is_text: bool = True

    def dated(self) -> Dated:
        """Return its dates, for the decision of their order."""
        pairs = [
            (event.cell, code) for code, told in enumerate(self.texts) for event in told.events
        ]
        cells, codes = [cell for cell, _ in pairs], [code for _, code in pairs]
        return Dated(self.column, cells, codes, is_text=self.is_text)


_NOTHING = Told()
_UNCLEAR = Told(unclear=True)


def told_of(column: Column) -> ToldColumn:
    """Return what the texts of a column tell."""
    return ToldColumn(column, [read_told(text) for text in column.distinct])


def read_told(text: str) -> Told:
    """Return the dated events of a text, if they are certain."""
    if not any(map(str.isdecimal, text)):
        return _NOTHING
    folded = in_usual_order(fold(text.replace(_MARK, " ")))
    found = find_dates(folded)
    if not found:
        return _NOTHING
    cells = [cell for cell, _, _ in found]
    if any(cell.problem for cell in cells):
        return _UNCLEAR
    masked, at = "", 0
    for _, start, end in found:
        masked += folded[at:start] + _MARK
        at = end
    events = _pairs(masked + folded[at:], cells)
    return _UNCLEAR if events is None else Told(tuple(events))


def _pairs(masked: str, cells: Sequence[Cell]) -> list[ToldEvent] | None:
    """Return the events of a text whose dates are masked, or None if one is not certain."""
    for separator in PARTS:
        parts = [part for part in separator.split(masked) if part.strip()]
        if len(parts) > 1:
            events = _of_parts(parts, cells)
            if events is not None:
                return events
    if len(cells) == 1:
        before, after = masked.split(_MARK)
        event = _event(before, after, cells[0], alone=True)
        return None if event is None else [event]
    return _in_turns(masked.split(_MARK), cells)


def _of_parts(parts: Sequence[str], cells: Sequence[Cell]) -> list[ToldEvent] | None:
    """Read parts of one date each; one without a date must be a status that is known."""
    times = [part.count(_MARK) for part in parts]
    if max(times) > 1:
        return None
    events, left = [], iter(cells)
    for part, n in zip(parts, times, strict=True):
        if not n:
            if not _is_state(part):
                return None
            continue
        before, after = part.split(_MARK)
        event = _event(before, after, next(left), alone=len(cells) == 1)
        if event is None:
            return None
        events.append(event)
    return events


def _is_state(words: str) -> bool:
    """Whether words without a date are a status, with no number that may be a date of its own."""
    plain = _NUMBER.sub(" ", words)
    return not any(map(str.isdecimal, plain)) and read_status(words).kind != "unknown"


def _in_turns(chunks: Sequence[str], cells: Sequence[Cell]) -> list[ToldEvent] | None:
    """Read words and dates that take turns, whichever comes first."""
    has_words = [bool(letters(chunk)) for chunk in chunks]
    if not all(has_words[1:-1]) or has_words[0] == has_words[-1]:
        return None
    out = []
    for at, cell in enumerate(cells):
        before, after = (chunks[at], "") if has_words[0] else ("", chunks[at + 1])
        event = _event(before, after, cell, alone=False)
        if event is None:
            return None
        out.append(event)
    return out


def _event(before: str, after: str, cell: Cell, *, alone: bool) -> ToldEvent | None:
    hour, after = split_time(after)
    if hour < 0:
        hour, before = split_time(before)
    read = _kind(before, after)
    if read is None or (alone and read[0] in _MAYBE_PLANNED):
        return None
    dated = Cell(cell.day, cell.month_first, cell.by, cell.dotted, hour=hour)
    return ToldEvent(dated, *read)


def _kind(before: str, after: str) -> tuple[str, str | None, str | None] | None:
    """Return the kind of event that the words before and after a date say, if it is certain."""
    words = _NUMBER.sub(" ", f"{before} {after}")
    if any(map(str.isdecimal, words)):
        return None
    plain = _BRACKETS.sub(" ", words)
    bare = " ".join(plain_words(plain))
    for text in dict.fromkeys((plain, bare)):
        if not letters(text):
            continue
        known = read_kind(text)
        told_for = _FOR.search(f" {before}")
        if told_for and (read_kind(before[: told_for.start()]) or _OTHER)[2] == "invited":
            return "interview", None, None
        if known is not None and known[2] == "invited" and letters(before):
            return None  # the day of the invitation, or that of the interview?
        status = read_status(text)
        closing = _CLOSING.get(status.kind)
        if closing is not None:
            return closing, None, None
        if known is not None and known[0] not in (*_CLOSING.values(), *_NOT_BY_DATE):
            return known
        if status.kind in ("interview", "screening"):
            return "interview", None, None
    return None
