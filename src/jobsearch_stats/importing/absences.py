"""The last day that somebody is away: "back Monday" (R15: the Sunday before), "until 5 April"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from ..patterns import pattern
from .date_patterns import Cell, find_dates, plain_words, split_time
from .dates import DateColumn
from .promises import parse_promises, pieces
from .table import NO_DAY, Table
from .values import is_blank_word, read_kind
from .words import fold, letters, vocabulary

NOT_UNDERSTOOD = "when they are back is not understood"
NOT_KNOWN_SINCE = "no dated interview or application from which the absence is known"

_PIECES = pattern(r"[\n;,.:!]\s|[\n;]|\s[-–—]\s")
_WORDS = pattern(r"[^\W_]+")
_UNSPACED = pattern("[\u3400-\u9fff]")
_LONGEST_PHRASE = 5
_NEAR = 183
"""A day without a year is the next such day, if that comes within half a year."""


@dataclass(frozen=True)
class Absence:
    """What words say of an absence: a day, or words that count from the day they were said."""

    day: Cell | None = None
    phrase: str = ""
    month: int = 0
    day_of_month: int = 0
    back: bool = False  # the day named is the first one back
    named: bool = False  # by a word such as "back" or "until", not by the column alone


def read_absence(text: str) -> Absence | None:
    """Return what a text says of an absence, or None where a word is not understood."""
    folded = fold(text)
    found = find_dates(folded)
    if len(found) > 1 or any(cell.problem for cell, _, _ in found):
        return None
    for _, start, end in found:
        folded = f"{folded[:start]} {folded[end:]}"
    known = vocabulary()
    words, back = _without_away(_divided(split_time(folded)[1]))
    if not known.speaking.isdisjoint(words):  # "they call back on Friday"
        return None
    until = any(word in known.until for word in words)
    named = back or until
    rest = [word for word in plain_words(" ".join(words)) if word not in known.until]
    if found:
        return None if rest else Absence(found[0][0], back=back, named=named)
    months = vocabulary().months
    if len(rest) == 2 and any(word in months for word in rest):
        name, number = sorted(rest, key=str.isdecimal)
        if name in months and number.isdecimal() and 1 <= int(number) <= 31:
            return Absence(month=months[name], day_of_month=int(number), back=back, named=named)
        return None
    phrase = " ".join(words)
    if not phrase or (back and not _names_one_day(words)):
        return None
    return Absence(phrase=phrase, back=back, named=named)


def _divided(folded: str) -> list[str]:
    """Return the words; where words have no spaces, those of absences apart: "下周一|回来"."""
    words = _WORDS.findall(folded)
    if not _UNSPACED.search(folded):
        return words
    return [part for word in words for part in _unspaced().split(word) if part]


@cache
def _unspaced() -> re.Pattern[str]:
    known = vocabulary()
    away = {word for word, kind in known.kinds.items() if kind == "out_of_office"} | known.away
    words = {word for word in away | known.until | known.speaking if _UNSPACED.search(word)}
    return re.compile(f"({'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})")


def _without_away(words: list[str]) -> tuple[list[str], bool]:
    """Return the words without "back", "out of office" and their like, and whether "back" stood."""
    out: list[str] = []
    back, at = False, 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST_PHRASE), at, -1):
            if any(word.isdecimal() for word in words[at:end]):
                continue
            phrase = letters(" ".join(words[at:end]))
            kind = read_kind(phrase)
            if phrase in vocabulary().away or (kind and kind[0] == "out_of_office"):
                back |= phrase in vocabulary().away
                at = end
                break
        else:
            out.append(words[at])
            at += 1
    return out, back


def _names_one_day(words: Sequence[str]) -> bool:
    """Whether the words count days or name a weekday; "back next week" leaves the day open."""
    known = vocabulary()
    return any(
        word.isdecimal() or word in known.weekdays or known.promises.get(word, "")[:1] == "N"
        for phrase in words
        for word in pieces(phrase)
    )


def last_days(
    absences: Sequence[Absence | None], said_on: np.ndarray, country: str | None
) -> np.ndarray:
    """Return the last day away of each absence, said on these days; NaT where none is certain."""
    days = np.full(len(said_on), NO_DAY, dtype="datetime64[D]")
    worded = [at for at, absence in enumerate(absences) if absence and absence.phrase]
    if worded:
        texts = [absences[at].phrase for at in worded]  # type: ignore[union-attr]
        days[worded] = parse_promises(texts, said_on[worded], country=country)[0]
    for at, absence in enumerate(absences):
        if absence is None:
            continue
        if absence.day is not None and absence.day.by != "both":
            days[at] = np.datetime64(absence.day.day, "D")
        elif absence.month:
            days[at] = _next(absence.month, absence.day_of_month, said_on[at].item())
        if absence.back:
            days[at] -= np.timedelta64(1, "D")
    return days


def _next(month: int, day: int, said: dt.date | None) -> np.datetime64:
    """Return the next such day after the day on which it was said, unless it is far off."""
    if said is None:
        return NO_DAY
    for year in (said.year, said.year + 1):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if said < found <= said + dt.timedelta(days=_NEAR):
            return np.datetime64(found, "D")
    return NO_DAY


def away_until(table: Table, name: str, said_on: np.ndarray, country: str | None) -> np.ndarray:
    """Return the last day away of each row, from a column of dates or words.

    Parameters
    ----------
    table
        With its dates read.
    name
        ``"until"``, the last day away, or ``"back_on"``, the first day back.
    said_on
        The day on which each row's absence is known.
    country
        Whose holidays business days skip.

    Returns
    -------
    numpy.ndarray
        ``datetime64[D]``; what cannot be read is a problem of its row, and NaT.
    """
    read = table.date_of(name)
    out = np.full(len(table), NO_DAY, dtype="datetime64[D]")
    if read is None:
        return out
    plain, worded, problems = _sorted_out(read, name)
    out = plain[read.column.codes]
    table.blanked(read.column, problems)
    rows = np.flatnonzero(np.isin(read.column.codes, list(worded))) if worded else ()
    if not len(rows):
        return out
    codes = read.column.codes[rows].tolist()
    out[rows] = last_days([worded[code] for code in codes], said_on[rows], country)
    for row in rows[np.isnat(out[rows])]:
        value = read.column.distinct[read.column.codes[row]]
        why = NOT_KNOWN_SINCE if np.isnat(said_on[row]) else NOT_UNDERSTOOD
        table.found.blanked(int(table.source_rows[row]), read.column.header, value, why)
    return out


def _sorted_out(
    read: DateColumn, name: str
) -> tuple[np.ndarray, dict[int, Absence], dict[int, str]]:
    """Return the plain days of a column's texts, those in words, and those that are neither."""
    one = np.timedelta64(1, "D")
    plain = read.days - one if name == "back_on" else read.days.copy()
    worded, problems = {}, {}
    for code, cell in enumerate(read.cells):
        if not cell.words and not cell.problem:
            continue
        plain[code] = NO_DAY
        text = read.column.distinct[code]
        if is_blank_word(text):
            continue
        absence = read_absence(text)
        if absence is None:
            problems[code] = cell.problem or NOT_UNDERSTOOD
            continue
        back = absence.back or (name == "back_on" and not absence.named)
        if absence.day is not None:  # the column decides the order of its day and month
            plain[code] = read.days[code] - (one if back else 0 * one)
        else:
            worded[code] = replace(absence, back=back)
    return plain, worded, problems


def _in_note(text: str) -> Absence | None:
    whole = read_absence(text)
    if whole is not None and whole.named:
        return whole
    pieces = [read_absence(piece) for piece in _PIECES.split(text) if piece.strip()]
    named = [piece for piece in pieces if piece is not None and piece.named]
    return named[0] if len(named) == 1 else None


def in_notes(texts: Sequence[str], said_on: np.ndarray, country: str | None) -> np.ndarray:
    """Return the last day away that notes name in one piece: "back Monday", "until 5 April"."""
    known: dict[str, Absence | None] = {}
    for text in texts:
        if text not in known:
            known[text] = _in_note(text)
    return last_days([known[text] for text in texts], said_on, country)
