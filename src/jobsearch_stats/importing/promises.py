"""Promises in words ("two weeks", "by Friday") to the last day by which they decide."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .words import clean, fold, letters, vocabulary

NO_DATE = "it promises no date"
NOT_UNDERSTOOD = "the promise is not understood"
UNDATED = "the promise counts from an event that has no date"

_PIECES = re.compile(r"[^\W\d_]+|\d+|[-–—/]")
_COUNTED = re.compile(
    r"(?:N\d+[cB]?[dwmF]?-)?N(?P<n>\d+)c?(?P<business>B?)(?P<unit>[dwmF])"
    r"|N1(?P<one>[dwm])-N(?P<or>\d+)"  # "a week or two"
)
_WEEKDAY = re.compile(r"T?(X?)W(\d)")
_FRIDAY = 4
_MOST = 1000


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
    words = vocabulary()
    if letters(text) in words.no_date:
        return _Promise("", problem=NO_DATE)
    signs = _signs(text) or ""
    counted = _COUNTED.fullmatch(signs)
    if counted:
        return _counted(
            int(counted["n"] or counted["or"]),
            counted["unit"] or counted["one"],
            business=bool(counted["business"]),
        )
    weekday = _WEEKDAY.fullmatch(signs)
    if weekday:
        return _Promise("weekday of next week" if weekday[1] else "weekday", int(weekday[2]))
    return _NAMED.get(signs, _Promise("", problem=NOT_UNDERSTOOD))


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


_NAMED = {
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


def _signs(text: str) -> str | None:
    """Return the promise as signs, or None where a word is not known."""
    words = vocabulary()
    pieces = []
    for piece in _PIECES.findall(fold(text)):
        if piece.isdecimal():
            pieces.append(f"N{int(piece)}" if len(piece) < 5 else "?")
        elif piece in "-–—/":
            pieces.append("-")
        elif piece in words.weekdays and not (piece in words.promises and len(piece) < 3):
            pieces.append(f"W{words.weekdays[piece]}")
        elif piece in words.promises:
            pieces.append(words.promises[piece])
        else:
            return None
    return "".join(_tidied([piece for piece in pieces if piece]))


def _tidied(pieces: list[str]) -> list[str]:
    """Drop a range sign that joins no two numbers, and "a" before a number ("a couple of")."""
    out: list[str] = []
    for at, piece in enumerate(pieces):
        before = out[-1][:1] if out else ""
        after = pieces[at + 1][:1] if at + 1 < len(pieces) else ""
        if piece == "-" and not (before and before in "NdwmF" and after == "N"):
            continue
        if piece == "N1" and after == "N":
            continue
        out.append(piece)
    return out


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
