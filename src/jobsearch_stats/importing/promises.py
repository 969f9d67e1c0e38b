"""Promises in words ("two weeks", "by Friday") to the last day by which they decide."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..patterns import pattern
from .words import clean, fold, letters, vocabulary

NO_DATE = "it promises no date"
NOT_UNDERSTOOD = "the promise is not understood"
UNDATED = "the promise counts from an event that has no date"

_RANGE_SIGNS = "-–—/~〜"
_PIECES = pattern(rf"[^\W\d_]+|\d+|[{_RANGE_SIGNS}]")
_UNSPACED = pattern("[\u3040-\u30ff\u3400-\u9fff]")
_COUNTED = pattern(
    # business days: "5 working days", "5 dni roboczych"
    r"(?:N\d+[cB]?[dwmF]?[cB]?-)?N(?P<n>\d+)c?(?P<business>B?)(?P<unit>[dwmF])c?(?P<after>B?)"
    r"|N1(?P<one>[dwm])-N(?P<or>\d+)"  # "a week or two"
)
_WEEKDAY = pattern(r"W(?P<day>\d)(?P<next>Xw?|Yw)?Y?|TW(?P<this>\d)w?")
_FRIDAY = 4
_MOST = 1000
_LONGEST_WORD = 8


@dataclass(frozen=True)
class _Promise:
    """A promise apart from the day on which it was made: `n` of a unit, or a named day."""

    unit: str
    n: int = 0
    problem: str = ""


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
        days[at] = _ends(promise, distinct, country, weekend)[inverse]
        problems[at[np.isnat(said[at])]] = UNDATED
    return days, problems


@lru_cache(maxsize=10_000)
def _understood(text: str) -> _Promise:
    """Read the words: signs of a small grammar, then the few forms that make a promise."""
    if letters(text) in vocabulary().no_date:
        return _Promise("", problem=NO_DATE)
    for short_days in (False, True):  # "do" is a German Thursday and a Polish "until"
        promise = _promise(_signs(text, short_days))
        if promise is not None:
            return promise
    return _Promise("", problem=NOT_UNDERSTOOD)


def _promise(signs: list[str]) -> _Promise | None:
    counted = _COUNTED.fullmatch("".join(signs))
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
        return _Promise(unit, int(weekday["day"] or weekday["this"]))
    return _NAMED.get(named.replace("Y", "X"))


def _counted(n: int, unit: str, *, business: bool) -> _Promise:
    if n > _MOST:
        return _Promise("", problem=NOT_UNDERSTOOD)
    if unit == "F":
        return _Promise("d", 14 * n)
    if not business:
        return _Promise(unit, n)
    if unit == "m":
        return _Promise("", problem=NOT_UNDERSTOOD)
    return _Promise("B", n if unit == "d" else 5 * n)


_NAMED = {  # signs in the order of the alphabet
    "Ew": _Promise("end of week"),
    "ETw": _Promise("end of week"),
    "Tw": _Promise("end of week"),
    "Xw": _Promise("end of next week"),
    "EXw": _Promise("end of next week"),
    "Em": _Promise("end of month"),
    "ETm": _Promise("end of month"),
    "Tm": _Promise("end of month"),
    "Xm": _Promise("end of next month"),
    "EXm": _Promise("end of next month"),
}


def _signs(text: str, short_days: bool) -> list[str]:
    """Return the promise as signs; none where a word is not known.

    With `short_days`, a short word that is a weekday and a word of promises is the weekday.
    """
    words = vocabulary()
    pieces: list[str] = []
    for piece in _pieces(fold(text)):
        if piece.isdecimal():
            pieces.append(f"N{int(piece)}" if len(piece) < 5 else "?")
        elif piece in _RANGE_SIGNS:
            pieces.append("-")
        elif piece in words.weekdays and (
            short_days or len(piece) > 2 or piece not in words.promises
        ):
            pieces.append(f"W{words.weekdays[piece]}")
        elif piece not in words.promises:
            return []
        elif piece == "a":  # "a week", "2 a 3 semanas", "a fin de mes"
            pieces.append("A")
        elif len(piece) > 1 or not _is_unit_without_number(piece, words.promises[piece], pieces):
            pieces.append(words.promises[piece])
    return _tidied([piece for piece in pieces if piece])


def _is_unit_without_number(piece: str, sign: str, before: list[str]) -> bool:
    """Whether a letter is no unit for want of a number: "2 w" is weeks, "w piątek" on Friday."""
    return piece.isascii() and sign in tuple("dwm") and (not before or before[-1][:1] != "N")


def _pieces(text: str) -> list[str]:
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
        joins = before != "" and before in "NdwmF" and after == "N"
        if piece == "A":
            piece = "N1" if after in tuple("dwmFBc") else "-" if joins else ""
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
        return before[:1] in ("E", "N") or after in ("N", "E", "W")
    return piece == "d" and (before[:1] == "W" or (before[:1] == "N" and before[-1] == "d"))


def _unit_alone(piece: str, before: str) -> str:
    """Return the unit of a word that holds more, where its neighbour says that already.

    Polish "tydzień" is a week, "ten tydzień" this one; Turkish "haftaya" next week, "iki haftaya"
    in two.
    """
    more = (piece[:2] == "N1" and before in tuple("XYTE")) or (piece[:1] == "X" and before == "N")
    return piece[-1] if more and piece[-1] in "dwm" else piece


def _ends(
    promise: _Promise, said: np.ndarray, country: str | None, weekend: Sequence[str]
) -> np.ndarray:
    if promise.unit == "d":
        return said + np.timedelta64(promise.n, "D")
    if promise.unit == "w":
        return said + np.timedelta64(7 * promise.n, "D")
    if promise.unit == "B":
        from ..workdays import business_days_later

        return np.asarray(
            business_days_later(said, promise.n, country=country, weekend=tuple(weekend)),
            dtype="datetime64[D]",
        )
    return np.array(
        [_end(promise, day.item()) for day in said],
        dtype="datetime64[D]",
    )


def _end(promise: _Promise, said: dt.date | None) -> dt.date | None:
    if said is None:
        return None
    monday = said - dt.timedelta(days=said.weekday())
    if promise.unit == "weekday":
        return said + dt.timedelta(days=(promise.n - said.weekday() - 1) % 7 + 1)
    if promise.unit == "weekday of next week":
        return monday + dt.timedelta(days=7 + promise.n)
    if promise.unit == "end of week":  # said on a Friday or later, it is the next
        return said + dt.timedelta(days=(_FRIDAY - said.weekday() - 1) % 7 + 1)
    if promise.unit == "end of next week":
        return monday + dt.timedelta(days=7 + _FRIDAY)
    if promise.unit == "end of month":
        return _in_months(said, 0, last=True)
    if promise.unit == "end of next month":
        return _in_months(said, 1, last=True)
    return _in_months(said, promise.n, last=False)


def _in_months(said: dt.date, n: int, *, last: bool) -> dt.date:
    year, month = said.year + (said.month - 1 + n) // 12, (said.month - 1 + n) % 12 + 1
    final = calendar.monthrange(year, month)[1]
    return dt.date(year, month, final if last else min(said.day, final))
