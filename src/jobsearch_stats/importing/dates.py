"""Cells to whole days: every format that can be read in one way only, and the order of the rest.

Only the distinct texts of a column are looked at, so a million rows cost what their dates cost.
Day-first or month-first is decided for a whole column, never for a cell.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np

from ..patterns import pattern
from .date_patterns import (
    ZERO,
    Cell,
    date_of,
    find_dates,
    in_range,
    in_usual_order,
    plain_words,
    split_time,
    without_weekdays,
)
from .raw import Column
from .values import yes_or_no
from .words import clean, fold, letters, tokens, vocabulary

NO_YEAR = "the date has no year"
NO_DAY_NAMED = "the date has no day"
TWO_DATES = "there is more than one date"
NOT_A_DATE = "it is not a date"
A_LENGTH = "it is a length of time, not a date"

_WORDS_TOO = frozenset(("ago", "out", "set"))
"""Short for months in Portuguese, Spanish and Italian; "reached out 3 times" names none."""
_DIGITS = pattern(r"\d+(?:\.\d+)?")
_WORDS = pattern(r"[^\W_]+")
_YEARLESS = pattern(r"(?<![\d/.,:-])(\d{1,2})\s?[-/.]\s?(\d{1,2})\.?(?![\d/.,:-])")
_YEARLESS_CJK = pattern(r"\d{1,2}\s*月\s*\d{1,2}")
_MONTH_OF_YEAR = pattern(r"\d{1,2}\s?[-/.]\s?\d{4}|\d{4}\s?[-/.]\s?\d{1,2}|\d{4}年\d{1,2}月")
_LENGTH = pattern(r"(\d+)\s*([^\W\d_]+)")
_SECONDS = pattern(r"1\d{9}(?:\d{3})?")
_ISO_TIME = pattern(r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_EPOCH = dt.date(1899, 12, 30)
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_BLANK = Cell()


def read_cell(text: str, *, serials: bool = True) -> Cell:
    """Return what a date cell says, its order left open."""
    text = clean(text)
    if not text:
        return _BLANK
    if text[4:5] == "-" == text[7:8]:
        quick = _iso(text)
        if quick is not None:
            return quick
    folded = in_usual_order(fold(text))
    if _DIGITS.fullmatch(folded):
        return _number(folded, serials)
    found = find_dates(folded)
    if not found:
        return _no_date(text, folded)
    if len(found) > 1:
        return Cell(problem=TWO_DATES)
    cell, start, end = found[0]
    if cell.problem:
        return cell
    hour, rest = split_time(f"{folded[:start]} {folded[end:]}")
    words = " ".join(_without_counts(plain_words(rest)))
    if any(char.isdecimal() for char in words):
        return Cell(problem=f"beside the date stands {words!r}")
    return Cell(cell.day, cell.month_first, cell.by, cell.dotted, hour=hour, words=words)


_ORDINAL = pattern(r"[1-9](?:st|nd|rd|th|er|eme|e|a|o)")


def _without_counts(words: list[str]) -> list[str]:
    """Return the words without numbers that count something: "2 people", "2nd round".

    What may be a day, or a number of days, stays: "26 March", "2 weeks", "and 26".
    """
    if not any(char.isdecimal() for word in words for char in word):
        return words
    known, out = vocabulary(), []
    for word, after in zip(words, [*words[1:], ""], strict=True):
        counted = len(after) > 2 and after.isalpha() and after not in known.months
        counted = counted and after not in known.weekdays and after not in known.promises
        one = len(word) == 1 and word.isdecimal() and word != "0"
        if not (counted and (one or _ORDINAL.fullmatch(word))):
            out.append(word)
    return out


def _iso(text: str) -> Cell | None:
    """Read what machines write, most dates there are, without looking for anything else."""
    try:
        if len(text) == len("2026-03-04"):
            return in_range(Cell(dt.date.fromisoformat(text)))
        found = _ISO_TIME.fullmatch(text)
        if found is None:
            return None
        hour, minute = int(found[2]), int(found[3])
        if hour > 23 or minute > 59:
            return None
        known = hour if hour or minute else -1
        return in_range(Cell(dt.date.fromisoformat(found[1]), hour=known))
    except ValueError:
        return None


def _number(text: str, serials: bool) -> Cell:
    if len(text) == 8 and text.isdecimal():
        return date_of(int(text[:4]), int(text[4:6]), int(text[6:]))
    if serials and _SECONDS.fullmatch(text):  # 2001 to 2033; 13 digits are milliseconds
        days, second = divmod(int(text[:10]), 86400)
        day = dt.date.fromordinal(_EPOCH_DAY + days)
        return in_range(Cell(day, seconds=True, hour=second // 3600 if second else -1))
    value = float(text)
    if value == 0:
        return Cell(problem=ZERO)
    if serials and 25569 < value < 73415:  # 1970 to 2100, as a spreadsheet counts days
        day = _EPOCH + dt.timedelta(days=int(value))
        hour = int((value % 1) * 24 + 1e-6) if value % 1 else -1
        return in_range(Cell(day, serial=True, hour=hour))
    return Cell(problem="a number alone is not a date")


_LEADING = pattern(r"(?<!\w)(?:on|am|den|vom|le|du|el|em|il|del|op|dnia)\s*$", re.I)
"""A word that belongs to the date after it: "called on 3/4/2026"."""


def words_beside(text: str) -> str:
    """Return what stands beside the one date of a cell, as it is written there.

    Where folding changed the length of the text, its places are not those of the cell: then it
    is the whole cell.
    """
    text = clean(text)
    folded = fold(text)
    found = find_dates(folded)
    if len(folded) != len(text) or len(found) != 1:
        return text
    _, start, end = found[0]
    before = _LEADING.sub("", text[:start])
    rest = f"{before} {text[end:]}"
    kept = split_time(fold(rest))[1]
    if len(kept.strip()) < len(rest.strip()) and fold(rest).strip() != kept.strip():
        rest = _as_written(rest, kept)
    weekdays = vocabulary().weekdays
    rest = " ".join(
        word for word in rest.split() if letters(word) not in weekdays or word[:1].isdecimal()
    )
    rest = rest.replace(", ,", ",").strip(" ,;:-–—/|")
    whole = rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1
    return rest[1:-1].strip() if whole else rest


def _as_written(rest: str, kept: str) -> str:
    """Return the words of `rest` that are among the folded words `kept`, in their own case."""
    left = _WORDS.findall(kept)
    out = []
    for word in rest.split():
        pieces = _WORDS.findall(fold(word))
        if not pieces or all(piece in left for piece in pieces):
            out.append(word)
    return " ".join(out)


def _no_date(text: str, folded: str) -> Cell:
    words = vocabulary()
    parts = _WORDS.findall(folded)
    if not parts:
        # dashes are blanks; ticks and boxes say yes or no; other signs say nothing
        answer = yes_or_no(text)
        if answer is False or not folded.strip("-–—./?"):
            return _BLANK
        return Cell(words=folded) if answer else Cell(problem=NOT_A_DATE)
    if letters(text) in words.blank:
        return _BLANK
    if not any(char.isdecimal() for char in folded):
        return Cell(words=folded)
    problem = _undated(folded)
    alone = not any(part.isalpha() and part not in words.months for part in _plain(folded))
    named = problem in (NO_YEAR, NO_DAY_NAMED)
    return Cell(words="" if named and alone else folded, problem=problem)


def _plain(folded: str) -> list[str]:
    """Return the words of a date without year, its weekday and its time of day taken out."""
    return tokens(" ".join(plain_words(split_time(folded)[1])).replace("月", " ").rstrip("日号號"))


def _undated(folded: str) -> str:
    """Say what is wrong with a text that has digits and no date."""
    months = vocabulary().months
    rest = split_time(without_weekdays(folded))[1]
    length = _LENGTH.fullmatch(folded)
    if length and vocabulary().promises.get(length[2], "")[:1] in tuple("dwmF"):
        return A_LENGTH if int(length[1]) else ZERO
    if _MONTH_OF_YEAR.fullmatch(rest.strip()):
        return NO_DAY_NAMED
    named = {part for part in tokens(folded) if part in months}
    if named - _WORDS_TOO or (named and all(p in months or p.isdecimal() for p in _plain(folded))):
        numbers = [part for part in _WORDS.findall(rest) if part.isdecimal()]
        if len(numbers) == 1 and len(numbers[0]) == 4:
            return NO_DAY_NAMED
        return NO_YEAR
    found = _YEARLESS.search(rest)
    if found and min(int(found[1]), int(found[2])) <= 12 and max(map(int, found.groups())) <= 31:
        return NO_YEAR
    return NO_YEAR if _YEARLESS_CJK.search(rest) else NOT_A_DATE


@dataclass(frozen=True)
class DateColumn:
    """A column of dates: for each row its cell, and for each distinct cell its day.

    `order` is that of day and month, None where no date needed one, and `why` what decided it.
    """

    column: Column
    cells: list[Cell]
    days: np.ndarray
    hours: np.ndarray
    order: str | None = None
    why: str = ""

    @property
    def row_days(self) -> np.ndarray:
        """The day of each row."""
        return self.days[self.column.codes]

    @property
    def row_hours(self) -> np.ndarray:
        """The hour of each row; -1 where there is none."""
        return self.hours[self.column.codes]
