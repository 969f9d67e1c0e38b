"""Promises in words ("two weeks", "by Friday") to the last day by which they decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from ..patterns import pattern
from .date_patterns import FIRST_YEAR, LAST_YEAR, split_time
from .promise_days import Promise, ends
from .words import PromiseWords, clean, fold, letters, vocabulary

NO_DATE = "it promises no date"
NOT_UNDERSTOOD = "the promise is not understood"
UNDATED = "the promise counts from an event that has no date"

_RANGE_SIGNS = "-–—/~〜"
_PIECES = pattern(rf"[^\W\d_]+|\d+|[{_RANGE_SIGNS}]")
_UNSPACED = pattern("[\u3040-\u30ff\u3400-\u9fff]")
_COUNTED = pattern(
    # business days: "5 working days", "5 dni roboczych"
    r"(?:N\d+[cB]?[dwmFh]?[cB]?-)?N(?P<n>\d+)c?(?P<business>B?)(?P<unit>[dwmFh])c?(?P<after>B?)"
    r"|N1(?P<one>[dwm])-N(?P<or>\d+)"  # "a week or two"
)
_WEEKDAY = pattern(r"W(?P<day>\d)(?P<next>Xw?|Yw)?Y?|TW(?P<this>\d)w?")
_IN_THE_NEXT = pattern(r"[XY](?=N\d)|(?<=\d)[XY](?=B?[dwmFh])")  # "the next two weeks"
_END_OF_MONTH = pattern(r"EM(?P<month>\d+)(?:N(?P<year>\d{4}))?|EmN(?P<number>\d{1,2})")
_TENS, _UNITS = ("N10", "N20", "N30"), pattern("N[1-9]")
_MOST = 1000
_LONGEST_WORD = 8


def parse_promises(
    texts: Sequence[str | None],
    said_on: np.ndarray,
    *,
    country: str | None = None,
    weekend: Sequence[str] = ("Saturday", "Sunday"),
) -> tuple[np.ndarray, np.ndarray]:
    """Turn promises in words into days.

    Parameters
    ----------
    texts
        What was said, one per promise; blank or None is no promise.
    said_on
        The day of the event at which it was said, ``datetime64``, as many; NaT where unknown.
    country
        Whose public holidays business days skip: ISO code, with a subdivision where wanted.
    weekend
        The days of rest that business days skip.

    Returns
    -------
    tuple of numpy.ndarray
        The last day of each promise (``datetime64[D]``, NaT where there is none), and the problem
        in words (an object array, blank where there is none).

    References
    ----------
    The table "Promises in words" of the rules; what it leaves out is not guessed.

    Examples
    --------
    >>> said = np.array(["2026-03-05", "2026-03-06"], dtype="datetime64[D]")
    >>> parse_promises(["two weeks", "by Friday"], said)[0].astype(str).tolist()
    ['2026-03-19', '2026-03-13']
    """
    said = np.asarray(said_on, dtype="datetime64[D]")
    days = np.full(len(said), np.datetime64("NaT", "D"), dtype="datetime64[D]")
    problems = np.full(len(said), "", dtype=object)
    if not len(said):
        return days, problems
    seen: dict[str, int] = {}
    codes = np.array([seen.setdefault(text or "", len(seen)) for text in texts], dtype="int64")
    by_text = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
    for text, at in zip(seen, by_text, strict=True):
        if not clean(text):
            continue
        promise = _understood(text)
        if promise.problem:
            problems[at] = promise.problem
            continue
        distinct, inverse = np.unique(said[at], return_inverse=True)
        days[at] = ends(promise, distinct, country, weekend)[inverse]
        problems[at[np.isnat(days[at])]] = NOT_UNDERSTOOD  # the 31st, the end of a far month
        problems[at[np.isnat(said[at])]] = UNDATED
    return days, problems


@lru_cache(maxsize=10_000)
def _understood(text: str) -> Promise:
    """Read the words: signs of a small grammar, then the few forms that make a promise."""
    if letters(text) in vocabulary().no_date:
        return Promise("", problem=NO_DATE)
    folded = fold(text)
    return (
        _promise(folded)
        or _day_of_month(folded)
        or _at_an_hour(folded)
        or Promise("", problem=NOT_UNDERSTOOD)
    )


def _promise(folded: str) -> Promise | None:
    """Read the words as the one language that has them all, else as the words of all languages.

    "On iki gün" is twelve days to a Turk, though "on" and "iki" are no number in English.
    """
    known = vocabulary()
    said = {piece for piece in pieces(folded) if piece.isalpha()} - known.months.keys()
    own = {
        promise
        for words in known.promise_languages
        if said <= words.weekdays.keys() | words.promises.keys()
        and (promise := _in_words(folded, words)) is not None
    }
    return own.pop() if len(own) == 1 else _in_words(folded, known.promise_words)


def _in_words(folded: str, words: PromiseWords) -> Promise | None:
    for short_days in (False, True):  # "do" is a German Thursday and a Polish "until"
        signs = _signs(folded, words, short_days=short_days)
        promise = _meant(signs) if signs else None
        if promise is not None:
            return promise
    return None


def _meant(signs: list[str]) -> Promise | None:
    signs = _without_end_of_day(signs)
    counted = _COUNTED.fullmatch(_IN_THE_NEXT.sub("", "".join(signs)))
    if counted:
        return _counted(
            int(counted["n"] or counted["or"]),
            counted["unit"] or counted["one"],
            business=bool(counted["business"] or counted["after"]),
        )
    named = "".join(sorted(signs))  # "ay sonu" is a month's end as well as "end of the month"
    weekday = _WEEKDAY.fullmatch(named)
    if weekday:
        unit = "weekday of next week" if weekday["next"] else "weekday"
        return Promise(unit, int(weekday["day"] or weekday["this"]))
    month = _END_OF_MONTH.fullmatch(named)
    if month:
        return _end_of_month(int(month["month"] or month["number"]), int(month["year"] or 0))
    return _NAMED.get(named.replace("Y", "X"))


def _without_end_of_day(signs: list[str]) -> list[str]:
    """Drop "end of day" beside a day: "EOD Monday", "Friday, end of day"."""
    for at in range(len(signs) - 1):
        if signs[at : at + 2] == ["E", "d"] and len(signs) > 2:
            return signs[:at] + signs[at + 2 :]
    return signs


def _end_of_month(month: int, year: int) -> Promise | None:
    if not 1 <= month <= 12 or (year and not FIRST_YEAR <= year < LAST_YEAR):
        return None
    return Promise("end of that month", 12 * year + month)


def _at_an_hour(folded: str) -> Promise | None:
    """Read a day with a time: "Friday 5 pm"; a time alone counts from nothing."""
    hour, rest = split_time(folded)
    promise = _promise(rest) if hour >= 0 else None
    return promise if promise is not None and promise.unit.startswith("weekday") else None


def _day_of_month(folded: str) -> Promise | None:
    """Read "by the 15th", where nothing else is said."""
    found = _days_of_month().search(folded)
    if found is None:
        return None
    rest = f"{folded[: found.start()]} {folded[found.end() :]}"
    if _signs(rest, vocabulary().promise_words, short_days=False) != []:
        return None
    return Promise("day of month", int(found[1] or found[2]))


@cache
def _days_of_month() -> re.Pattern[str]:
    before, after = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        for words in (vocabulary().before_day_of_month, vocabulary().after_day_of_month)
    )
    no_more = r"(?!\d|[^\W\d_]|[/.:-]\d)"
    return re.compile(
        rf"(?<!\w)(?<!\d[/.:,-])(?:(?:{before})\s+(\d{{1,2}})(?:\s?(?:{after})|\.)?{no_more}"
        rf"|(\d{{1,2}})\s?(?:{after})(?![a-z]))"
    )


def _counted(n: int, unit: str, *, business: bool) -> Promise:
    if n > _MOST:
        return Promise("", problem=NOT_UNDERSTOOD)
    if unit == "F":
        return Promise("d", 14 * n)
    if unit == "h":  # of hours, only whole days are certain
        return Promise("d", n // 24) if n % 24 == 0 else Promise("", problem=NOT_UNDERSTOOD)
    if not business:
        return Promise(unit, n)
    if unit == "m":
        return Promise("", problem=NOT_UNDERSTOOD)
    return Promise("B", n if unit == "d" else 5 * n)


_NAMED = {  # signs in the order of the alphabet
    "Ew": Promise("end of week"),
    "ETw": Promise("end of week"),
    "Tw": Promise("end of week"),
    "Xw": Promise("end of next week"),
    "EXw": Promise("end of next week"),
    "EwT": Promise("end of week"),
    "EwX": Promise("end of next week"),
    "Ed": Promise("d"),
    "ETd": Promise("d"),
    "Em": Promise("end of month"),
    "ETm": Promise("end of month"),
    "Tm": Promise("end of month"),
    "Xm": Promise("end of next month"),
    "EXm": Promise("end of next month"),
}


def _signs(folded: str, words: PromiseWords, *, short_days: bool) -> list[str] | None:
    """Return the promise as signs; None where a word is not known.

    With `short_days`, a short word that is a weekday and a word of promises is the weekday.
    """
    months = vocabulary().months
    signs: list[str] = []
    for piece in pieces(folded):
        if piece.isdecimal():
            signs.append(f"N{int(piece)}" if len(piece) < 5 else "?")
        elif piece in _RANGE_SIGNS:
            signs.append("-")
        elif piece in months and (
            signs[-1:] == ["E"] or not (piece in words.weekdays or piece in words.promises)
        ):
            signs.append(f"M{months[piece]}")
        elif piece in words.weekdays and (
            short_days or len(piece) > 2 or piece not in words.promises
        ):
            signs.append(f"W{words.weekdays[piece]}")
        elif piece not in words.promises:
            return None
        elif piece == "a":  # "a week", "2 a 3 semanas", "a fin de mes"
            signs.append("A")
        elif len(piece) > 1 or not _is_unit_without_number(piece, words.promises[piece], signs):
            _put(words.promises[piece], signs)
    return _tidied([sign for sign in signs if sign])


def _put(sign: str, pieces: list[str]) -> None:
    """Add a word's sign; "on iki", ten and two, are twelve."""
    if pieces[-1:] and pieces[-1] in _TENS and _UNITS.fullmatch(sign):
        sign = f"N{int(pieces.pop()[1:]) + int(sign[1:])}"
    pieces.append(sign)


def _is_unit_without_number(piece: str, sign: str, before: list[str]) -> bool:
    """Whether a letter is no unit for want of a number: "2 w" is weeks, "w piątek" on Friday."""
    return piece.isascii() and sign in tuple("dwmh") and (not before or before[-1][:1] != "N")


def pieces(text: str) -> list[str]:
    """Return words, numbers and range signs; where words have no spaces, the longest known."""
    out: list[str] = []
    for run in _PIECES.findall(text):
        out += [run] if run.isascii() or not _UNSPACED.search(run) else _longest_known(run)
    return out


def _longest_known(run: str) -> list[str]:
    words = vocabulary()
    out = []
    start = 0
    while start < len(run):
        known = (
            end
            for end in range(min(len(run), start + _LONGEST_WORD), start, -1)
            if run[start:end] in words.promises or run[start:end] in words.weekdays
        )
        end = next(known, len(run))
        out.append(run[start:end])
        start = end
    return out


def _tidied(pieces: list[str]) -> list[str]:
    """Drop a range sign that joins no two numbers, and "a" before a number ("a couple of")."""
    out: list[str] = []
    for at, piece in enumerate(pieces):
        before = out[-1][:1] if out else ""
        after = pieces[at + 1][:1] if at + 1 < len(pieces) else ""
        joins = before != "" and before in "NdwmFh" and after == "N"
        if piece == "A":
            piece = "N1" if after in tuple("dwmFBch") else "-" if joins else ""
        if not piece or (piece == "-" and not joins) or (piece == "N1" and after == "N"):
            continue
        if _says_nothing(piece, out[-1] if out else "", after):
            continue
        if [piece, *out[-1:]] == ["Q", "P"]:
            out.pop()
            continue
        out.append(_unit_alone(piece, before))
    return out


def _says_nothing(piece: str, before: str, after: str) -> bool:
    """Whether a word only holds its neighbours together.

    Italian "di" is "of" after an end or a number and before a day, a German Tuesday elsewhere; the
    days of "une quinzaine de jours" are in the fifteen already, the day of "cuma günü" in Friday.
    """
    if piece == "O":
        return before[:1] in ("E", "N") or after in tuple("NEWXYT")
    return piece == "d" and (before[:1] == "W" or (before[:1] == "N" and before[-1] == "d"))


def _unit_alone(piece: str, before: str) -> str:
    """Return the unit of a word that holds more, where its neighbour says that already.

    Polish "tydzień" is a week, "ten tydzień" this one; Turkish "haftaya" next week, "iki haftaya"
    in two.
    """
    more = (piece[:2] == "N1" and before in tuple("XYTE")) or (piece[:1] == "X" and before == "N")
    return piece[-1] if more and piece[-1] in "dwm" else piece
