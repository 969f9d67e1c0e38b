"""What one header says: the fields that it may name, its number, and the order of its dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..patterns import pattern
from .fields import DATE_FIELDS, split_number
from .near_words import one_slip
from .words import clean, fold, tokens, vocabulary

STAGE = "stage_column"
"""What may be a stage of interviews, or something else ("Onsite"): the other headers tell."""

_PARENTHESES = pattern(r"[(\[{（［【][^)\]}）］】]*[)\]}）］】]")
_PARTS = pattern(r"[/|&+\\]")
_CAMEL = pattern(r"(?<=[^\W\d_A-ZÀ-ÖØ-ÞĀ-ſ])(?=[A-Z])")  # but not "RÉPONSE"
_ORDINAL_ENDS = frozenset(  # 2nd; 1er, 2ème; 1º, 2do, 3ra
    ("st", "nd", "rd", "th", "er", "ere", "re", "e", "eme", "o", "a", "do", "da", "ro", "ra", "era")
)
_DAY, _MONTH = r"(?:dd?|tt?|jj?|gg?)", r"(?:mm?m?)"
_YEAR, _BETWEEN = r"(?:y{2,4}|j{2,4}|a{2,4}|r{4})", r"\s?[-/.]\s?"
_ISO = pattern(rf"\b{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}\b")
_ORDERS = (
    ("day-first", pattern(rf"\b{_DAY}{_BETWEEN}{_MONTH}(?:{_BETWEEN}{_YEAR})?\b")),
    ("month-first", pattern(rf"\b{_MONTH}{_BETWEEN}{_DAY}(?:{_BETWEEN}{_YEAR})?\b")),
)
_REMEMBERED = 1 << 16  # a file's headers are asked for several times, and may be thousands
_SHORTEST_TYPO = 5
_LONGEST_TYPO = 40
_NEAR, _NEARER = 0.8, 0.87


@dataclass(frozen=True)
class Header:
    """What a header says: several fields where the shape of the file decides between them."""

    fields: tuple[str, ...]
    number: int = 0


@lru_cache(maxsize=_REMEMBERED)
def key_of(header: str) -> str:
    """Return the header's letters and digits, folded; of one that has none, its signs."""
    return "".join(tokens(header)) or clean(header)


def date_order_of(header: str) -> str | None:
    """Return the order of day and month that the header states: "Applied (MM/DD/YYYY)"."""
    text = _ISO.sub(" ", fold(header))
    said = {order for order, pattern in _ORDERS if pattern.search(text)}
    return said.pop() if len(said) == 1 else None


@lru_cache(maxsize=_REMEMBERED)
def reading(header: str) -> Header | None:
    """Return what a header says, or None: as it stands, else without hints, else by its parts."""
    header = _CAMEL.sub(" ", header)  # "DateApplied"
    found = _of_words(tokens(header))
    if found is not None:
        return found
    text = _without_hints(header)
    return _of_words(tokens(text)) or _of_parts(text)


def _without_hints(header: str) -> str:
    text = _PARENTHESES.sub(" ", header)
    if date_order_of(text) or _ISO.search(fold(text)):
        text = _ISO.sub(" ", fold(text))
        for _, pattern in _ORDERS:
            text = pattern.sub(" ", text)
    return text


def _of_parts(text: str) -> Header | None:
    """Read "Company/Employer": all parts must say the same; "Date/Time" is a date."""
    parts = _PARTS.split(text)
    if len(parts) < 2:
        return None
    read = [_of_words(tokens(part)) for part in parts]
    if any(one is None for one in read):
        return None
    said = {one for one in read if one is not None and one.fields != ("hour",)}
    if len(said) != 1:
        return None
    only = said.pop()
    timed = any(one is not None and one.fields == ("hour",) for one in read)
    return None if timed and not set(only.fields) <= DATE_FIELDS else only


def _of_words(words: Sequence[str]) -> Header | None:
    plain, number, ordinal = _without_number(words)
    for some, n in ((words, 0), (plain, number)):
        names = vocabulary().headers.get("".join(some))
        if names is not None and (n or some is words):
            if ordinal and n and len(some) == 1 and "contact" in names:
                return None  # "First contact" is a date to some, a person to others
            return _numbered(names, n)
    return _of_date(plain, number) if number else _of_date(words, 0)


def _of_date(words: Sequence[str], number: int) -> Header | None:
    """Read "Date of phone screen": what is left without the words for a date is a date's header."""
    known = vocabulary()
    dates = [word for word in words if "date" in known.headers.get(word, ())]
    if not dates:
        return None
    rest = "".join(w for w in words if w not in dates and w not in known.date_fillers)
    found = _numbered(known.headers.get(rest, ()), number)
    if found is None:
        return None
    # a stage that has a date is no place of work
    fields = ("interview" if name == STAGE else name for name in found.fields)
    names = tuple(dict.fromkeys(name for name in fields if name in DATE_FIELDS))
    return Header(names, found.number) if names and "date" not in names else None


def _numbered(names: tuple[str, ...], number: int) -> Header | None:
    """Return the fields, where an alias may have a number of its own: `interview_1`."""
    split = [split_number(name) for name in names]
    own = {n for _, n in split}
    if not split or len(own) > 1 or (number and own != {0}):
        return None
    return Header(tuple(name for name, _ in split), number or own.pop())


def _without_number(words: Sequence[str]) -> tuple[list[str], int, bool]:
    """Split off the one number of a header, and say whether it is an ordinal: "2nd interview"."""
    ordinals = vocabulary().ordinals
    plain: list[str] = []
    numbers: list[int] = []
    ordinal = False
    for before, word in zip(["", *words], words, strict=False):
        if word.isdecimal() and len(word) < 3:
            numbers.append(int(word))
        elif word in ordinals:
            numbers.append(ordinals[word])
            ordinal = True
        elif word in _ORDINAL_ENDS and before.isdecimal():
            ordinal = True
        else:
            plain.append(word)
    if len(numbers) == 1 and numbers[0] > 0:
        return plain, numbers[0], ordinal
    return list(words), 0, False


def near_header(header: str, wanted: Collection[str]) -> Header | None:
    """Return what a header says if one letter or two are slips: only ever to suggest it."""
    plain, number, _ = _without_number(tokens(_without_hints(header)))
    word = "".join(plain)
    if not _SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO:
        return None
    lengths = range(len(word) - 2, len(word) + 3)
    near = [
        key
        for n in lengths
        for key in _starting_with(word[0]).get(n, ())
        if key[-1] == word[-1] or key[:2] == word[:2]
    ]
    if not near:
        return None
    from difflib import get_close_matches

    for key in get_close_matches(word, near, n=3, cutoff=_NEAR):
        found = _numbered(vocabulary().headers[key], number)
        if found is not None and set(found.fields) & set(wanted) and _is_slip(word, key):
            return found
    return None


def _is_slip(word: str, key: str) -> bool:
    """Say whether two words differ as a slip does: within the word, and by little."""
    if (word[0], word[-1]) != (key[0], key[-1]):
        return one_slip(word, key) and word[:2] == key[:2]
    from difflib import SequenceMatcher

    return one_slip(word, key) or SequenceMatcher(None, word, key).ratio() >= _NEARER


@cache
def _starting_with(letter: str) -> dict[int, list[str]]:
    """Return the known headers that begin so, by length: a slip seldom changes the first letter."""
    out: dict[int, list[str]] = {}
    for key in vocabulary().headers:
        if key[:1] == letter:
            out.setdefault(len(key), []).append(key)
    return out
