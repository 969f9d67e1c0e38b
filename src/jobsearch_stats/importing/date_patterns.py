"""Dates and times of day inside folded text: every pattern that can be read in one way only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ..patterns import pattern
from .words import vocabulary

FIRST_YEAR, LAST_YEAR = 1970, 2100

NO_SUCH_DAY = "there is no such day"
OUT_OF_RANGE = f"the year is not between {FIRST_YEAR} and {LAST_YEAR}"
ZERO = "zero is not a date"

_LETTER = r"[^\W\d_]"
_OF = r"(?:(?:of|de|del|do|di|van)\s+)?"
_ORDINAL = rf"(?:\.?(?:st|nd|rd|th|er|re|eme|ste|de|e|o|a)(?!{_LETTER})|[.°])?"
_SIGNS = r"[\s/.,-]*"
# what follows a year of two digits must not make an hour of it
_NO_HOUR = r"(?![\d:]|\s?[ap]\.?m\b|\s?(?:[hu]\b|[hu]\d|uhr|uur)|\.\d{2}\s?(?:uhr|uur|h\b))"

_ISO = pattern(r"(?<!\d)(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_NUMERIC = pattern(
    r"(?<![\d/.-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/]|[-.]\d)"
)
_DAY_WORD = pattern(
    rf"(?<!\w)(\d{{1,2}}){_ORDINAL}{_SIGNS}{_OF}({_LETTER}{{2,}}){_SIGNS}{_OF}'?"
    rf"(\d{{4}}|\d{{2}}){_NO_HOUR}"
)
_WORD_DAY = pattern(
    rf"(?<!\w)({_LETTER}{{2,}}){_SIGNS}(\d{{1,2}})(?:st|nd|rd|th)?[\s/.,-]+{_OF}'?"
    rf"(\d{{4}}|\d{{2}}){_NO_HOUR}"
)
_YEAR_WORD = pattern(rf"(?<!\d)(\d{{4}})[\s/.,-]+({_LETTER}{{2,}})[\s/.,-]+(\d{{1,2}})(?!\d)")
_LETTERS = pattern(rf"{_LETTER}{{2,}}")
_WITH_MONTH = ((_YEAR_WORD, 1, 2, 3), (_DAY_WORD, 3, 2, 1), (_WORD_DAY, 3, 1, 2))
_CJK = pattern(
    r"(?<!\d)(\d{4}|\d{2})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(\d{1,2})\s*[日号號]?"
)
_CJK_MONTHS = {name: at for at, name in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
}

# "Wed Mar 4 14:05:00 2026", and 20260304T140500Z: their parts in the usual order
_YEAR_LAST = pattern(
    rf"({_LETTER}{{3,}})\s+(\d{{1,2}})\s+(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)\s+"
    r"(?:[a-z]{2,5}\s+)?(\d{4})(?!\d)"
)
_COMPACT = pattern(r"^(\d{4})(\d{2})(\d{2})[t\s]\s*(\d{2}):?(\d{2})(?::?(\d{2}))?(?!\d)")

_ABBREVIATED = (
    "utc|gmt|bst|wes?t|cest|cet|mesz|mez|eest|eet|msk|ist|jst|hkt|sgt|ae[sd]t|nz[sd]t|"
    "[ecmpa][sd]t|brt|trt"
)
_ZONE = (
    rf"(?:\s*(?:z\b|(?:utc|gmt)?\s?[+-]\d{{2}}:?\d{{2}}(?!\d|\s*[ap]\.?m)|(?:{_ABBREVIATED})\b)"
    rf"\s*(?:\((?:(?:{_ABBREVIATED})|[^()\d]*\btime)\))?)?"
)
_MINUTES = r"(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?(?!\d)"
_HALF = r"\s*(?:([ap])\.?\s?m\b\.?)?"
_BEFORE_NOON = "上午|早上|凌晨|清晨"
_AFTER_NOON = "下午|晚上|傍晚|午后"
_CLOCK = pattern(
    rf"(?<![\d:.])t?(?:({_BEFORE_NOON}|{_AFTER_NOON}|中午)\s*)?{_MINUTES}{_HALF}{_ZONE}"
    rf"(?:\s*(?:-|–|—|to|bis)\s*\d{{1,2}}:\d{{2}}{_HALF})?"
)
_HOUR_MINUTE = pattern(
    r"(?<![\d:.])(\d{1,2})(?:\s?[hu]\s?(\d{2})(?!\d)|[.:](\d{2})\s*(?:uhr|uur|h|hrs)\b)"
    r"(?:\s*(?:uhr|uur)\b)?"
)
_HOUR = pattern(
    r"(?<![\d:.])(\d{1,2})\s*(?:([ap])\.?\s?m\b\.?|(?:uhr|uur|h|hrs|heures?|horas?|o'?clock)\b)"
)
_HOURS = pattern(
    r"(?<![\d:./-])(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|to|bis|until|till)\s*(\d{1,2})(?:[:.]\d{2})?"
    r"\s*(?:([ap])\.?\s?m\b\.?|(?:uhr|uur|o'?clock)\b)"
)
"""From one hour to another, of which only the second says that it is one: "2-3pm"."""
_AND_ANOTHER = pattern(
    rf"(?:\s*\(?(?:{_ABBREVIATED})\)?)?\s*(?:-|–|—|→|/|to\b|bis\b|until\b|till\b|a\b)\s*"
    rf"(?:\d{{1,2}}:\d{{2}}|\d{{1,2}}\s?h(?:\d{{2}})?\b|\d{{1,2}}(?=\s*(?:[ap]\.?\s?m|uhr|uur)\b))"
    rf"{_HALF}(?:\s*(?:uhr|uur)\b)?(?:\s*\(?(?:{_ABBREVIATED})\b\)?)?"
)
"""When it ends, or the same hour elsewhere: "9am - 1pm", "3pm CET / 9am EST"."""
_AT_HOUR = pattern(r"\b(?:alle|dalle|ore|a las)\s+(\d{1,2})(?:[:.h](\d{2}))?(?![\d/.:-])")
"""Italian "ore 15.30", Spanish "a las 10": the word before makes it a time."""
_CJK_HOUR = pattern(
    rf"(?:({_BEFORE_NOON}|{_AFTER_NOON}|中午)\s*)?(\d{{1,2}})\s*[点點时時](?:\s*(\d{{1,2}})\s*分?|半)?"
)


@dataclass(frozen=True)
class Cell:
    """What one text says: a day, two possible days, words, a problem, or nothing."""

    day: dt.date | None = None
    month_first: dt.date | None = None
    by: str = ""  # what only one order can read: "day-first", "month-first"; "both" if either can
    dotted: bool = False
    serial: bool = False
    seconds: bool = False
    hour: int = -1
    words: str = ""
    problem: str = ""


def in_usual_order(folded: str) -> str:
    """Return the text with the two machine formats that put a date's parts elsewhere rewritten."""
    if folded[:8].isdecimal():
        folded = _COMPACT.sub(r"\1-\2-\3 \4:\5", folded)
    return _YEAR_LAST.sub(r"\1 \2 \4 \3", folded) if ":" in folded else folded


def find_dates(folded: str) -> list[tuple[Cell, int, int]]:
    """Return every date in the text with its place; two readings of one place are one date."""
    out: list[tuple[Cell, int, int]] = []
    for m in _ISO.finditer(folded):
        _add(out, date_of(int(m[1]), int(m[3]), int(m[4])), m)
    for m in _NUMERIC.finditer(folded):
        _add(out, _two_orders(int(m[1]), int(m[3]), m[4], dotted=m[2] == "."), m)
    for m in _CJK.finditer(folded) if "年" in folded else ():
        month = _CJK_MONTHS.get(m[2]) or int(m[2] if m[2].isdecimal() else 0)
        _add(out, date_of(_year(m[1]), month, int(m[3])), m)
    months = vocabulary().months
    if months.keys().isdisjoint(_LETTERS.findall(folded)):
        return sorted(out, key=lambda found: found[1])
    for written, year, month, day in _WITH_MONTH:
        for m in written.finditer(folded):
            if m[month] in months:
                _add(out, date_of(_year(m[year]), months[m[month]], int(m[day])), m)
    return sorted(out, key=lambda found: found[1])


def _add(out: list[tuple[Cell, int, int]], cell: Cell, found: re.Match[str]) -> None:
    start, end = found.span()
    if all(end <= a or start >= b for _, a, b in out):
        out.append((cell, start, end))


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else 2000 + year if year < 70 else 1900 + year


_ZEROS = frozenset(
    (
        dt.date(1899, 12, 30),
        dt.date(1899, 12, 31),
        dt.date(1900, 1, 1),
        dt.date(1904, 1, 1),
        dt.date(1970, 1, 1),
    )
)
"""The days from which spreadsheets and machines count: an empty cell, never a day of a search."""


def date_of(year: int, month: int, day: int) -> Cell:
    """Return the cell of a day, or of what is wrong with it."""
    if not (month and day) and year in (0, 1900, 2000):
        return Cell(problem=ZERO)
    try:
        return in_range(Cell(dt.date(year, month, day)))
    except ValueError:
        return Cell(problem=NO_SUCH_DAY)


def in_range(cell: Cell) -> Cell:
    """Return the cell, or its problem if the year is a slip or the day a counter's zero."""
    for day in (cell.day, cell.month_first):
        if day in _ZEROS:
            return Cell(problem=ZERO)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            return Cell(problem=OUT_OF_RANGE)
    return cell


def _two_orders(a: int, b: int, year_text: str, *, dotted: bool) -> Cell:
    year = _year(year_text)
    day_first, month_first = date_of(year, b, a), date_of(year, a, b)
    if day_first.day and month_first.day:
        if day_first.day == month_first.day:
            return day_first
        return Cell(day_first.day, month_first.day, by="both", dotted=dotted)
    if day_first.day:
        return Cell(day_first.day, by="day-first", dotted=dotted)
    if month_first.day:
        return Cell(month_first.day, by="month-first", dotted=dotted)
    problems = (day_first.problem, month_first.problem)
    return Cell(problem=next(p for p in (ZERO, OUT_OF_RANGE, NO_SUCH_DAY) if p in problems))


def split_time(rest: str) -> tuple[int, str]:
    """Split a time of day off; midnight to the minute is how exports write "no time".

    Of two times the first is meant: "14h - 15h30" begins at 14.
    """
    if not any(map(str.isdecimal, rest)):
        return -1, rest
    times = [(found, read) for written, read in _TIMES if (found := written.search(rest))]
    if not times:
        return -1, rest
    found, read = min(times, key=lambda time: time[0].start())
    return _hour_of(rest, found, *read(found))


_Time = tuple[int, int, str | None]


def _of_range(found: re.Match[str]) -> _Time:
    half = _half_of_range(int(found[1]), found[4], int(found[3]))
    return int(found[1]), int(found[2] or 0), half


def _of_clock(found: re.Match[str]) -> _Time:
    part, hour, minute, half, half_at_end = found.groups()
    end = int(re.findall(r"(\d{1,2}):\d{2}", found[0])[-1])
    half = half or _half(part) or _half_of_range(int(hour), half_at_end, end)
    return int(hour), int(minute), half


_TIMES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Time]], ...] = (
    (_HOURS, _of_range),
    (_CLOCK, _of_clock),
    (_HOUR_MINUTE, lambda found: (int(found[1]), int(found[2] or found[3]), None)),
    (_HOUR, lambda found: (int(found[1]), 0, found[2])),
    (_AT_HOUR, lambda found: (int(found[1]), int(found[2] or 0), None)),
    (_CJK_HOUR, lambda found: (int(found[2]), int(found[3] or 0), _half(found[1]))),
)
"""How times of day are written; where two begin at one place, the one named first is meant."""


def _half(part: str | None) -> str | None:
    return None if not part or part == "中午" else "a" if part in _BEFORE_NOON.split("|") else "p"


def _half_of_range(hour: int, at_end: str | None, end: int) -> str | None:
    """Return the half of the day in which "2:00-3:00 pm" begins."""
    if at_end is None:
        return None
    same = hour % 12 <= end % 12
    return at_end if same else "a" if at_end == "p" else "p"


def _hour_of(
    rest: str, found: re.Match[str], hour: int, minute: int, half: str | None
) -> tuple[int, str]:
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    another = _AND_ANOTHER.match(rest, found.end())
    rest = rest[: found.start()] + " " + rest[(another or found).end() :]
    if hour > 23 or minute > 59 or (hour == 0 and minute == 0):
        return -1, rest
    return hour, rest


_WORDS = pattern(r"[^\W_]+")


@cache
def _weekdays() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return a pattern of the names of weekdays, and the words with which they begin."""
    names = sorted(vocabulary().weekdays, key=len, reverse=True)
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, names))})(?![^\W_])")
    return pattern, frozenset(found[0] for name in names if (found := _WORDS.findall(name)))


def without_weekdays(folded: str) -> str:
    """Return the text without names of weekdays: they say nothing that the date does not."""
    names, first_words = _weekdays()
    if first_words.isdisjoint(_WORDS.findall(folded)):
        return folded
    return names.sub(" ", folded)


def plain_words(folded: str) -> list[str]:
    """Return the words that are more than weekdays and "at"."""
    fillers = vocabulary().date_fillers
    return [word for word in _WORDS.findall(without_weekdays(folded)) if word not in fillers]
