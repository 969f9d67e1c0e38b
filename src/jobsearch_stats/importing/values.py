"""Words in cells to typed values: statuses, kinds, methods, outcomes, levels, countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..patterns import pattern
from ..schema import CONTACT_ROLES, KINDS, REPLY_OUTCOMES
from .date_patterns import find_dates, in_usual_order, split_time, without_weekdays
from .near_words import NearWords
from .words import clean, fold, letters, vocabulary

# Chinese parts nothing else by a blank; plain texts are spared a pattern that is slow to compile
_SPLIT = pattern(
    r"[,;:/+&>→|()\[\]\n、。]|\s[-–—]+\s|->|\.\s"
    r"|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
_PLAIN_SPLIT = pattern(r"[,;:/+&>|()\[\]\n]|\s-+\s|->|\.\s")
_WORD = pattern(r"[^\W\d_]+")
_CLOSED = ("withdrawn", "rejected", "offer", "ghosted")
_OPEN = ("interview", "screening", "applied")


@dataclass(frozen=True)
class Status:
    """What a status says: its kind, whether an interview took place, or that none was sent."""

    kind: str = "unknown"
    interviewed: bool = False
    prospect: bool = False


@lru_cache(maxsize=1 << 17)
def read_status(text: str) -> Status:
    """Return what a status says, if that is certain; dates in it are left to others."""
    known = vocabulary().statuses
    text = _without_dates(text)
    words = _WORD.findall(fold(text))
    word = "".join(words)
    meaning = known.get(word)
    if meaning is None:
        kind = vocabulary().kinds.get(word, "").partition("/")[0]
        if kind:  # a word that is known is no slip of another: "declined", by whom?
            return _status(_SAID_BY_KIND.get(kind, "unknown"))
        meaning = _near_statuses().with_typo(words)
    if meaning is not None:
        return _status(meaning)
    read = []
    for part in _parts(text, vocabulary().status_joins):
        meaning = _part(part, tried=len(part) >= len(word))
        if meaning is None:
            return Status()
        read.append(_status(meaning))
    return _joined_status(read) if read else Status()


def _joined_status(read: list[Status]) -> Status:
    """Return what several states in one cell say together: how it ended, and what came before."""
    kinds = {status.kind for status in read}
    closing = [kind for kind in _CLOSED if kind in kinds]
    if any(status.prospect for status in read) or len(closing) > 1:
        return Status()  # "offer, rejected": by whom?
    kind = closing[0] if closing else next(kind for kind in _OPEN if kind in kinds)
    return Status(kind, any(status.interviewed for status in read))


def _part(part: str, *, tried: bool) -> str | None:
    """Return the meaning of one of several states: as known, abbreviated, or with a slip."""
    near, word = _near_statuses(), part.replace(" ", "")
    begun = near.begun(word) if word == part else None
    if begun == "prospect":  # nothing is left out for an abbreviation
        begun = None
    known = vocabulary().statuses.get(word) or begun
    return known or (None if tried else near.with_typo(part.split()))


@cache
def _near_statuses() -> NearWords:
    return NearWords(vocabulary().statuses, vocabulary().status_words)


_MANY_DIGITS = pattern(r"\d\D{1,14}\d\D{0,2}\d")


_CUT = "\0"
_AT_DATE = pattern(
    r"(?<!\w)(?:on|for|at|am|fuer|den|vom|pour|le|du|para|el|em|per|il|del|voor|op|dnia|na|z)?\s*"
    rf"{_CUT}(?:\s*(?:at|um|om|alle|ore)(?!\w))?"
)


def _without_dates(text: str) -> str:
    if _MANY_DIGITS.search(text) is None:
        return text
    folded = in_usual_order(fold(text))
    found = find_dates(folded)
    if not found:
        return text
    for _, start, end in reversed(found):
        folded = f"{folded[:start]}{_CUT}{folded[end:]}"
    folded = split_time(folded)[1]
    return _AT_DATE.sub(" ", without_weekdays(folded)).replace(_CUT, " ")


_SAID_BY_KIND = {"interview": "interview", "acknowledgement": "applied"}
"""Kinds of event that a status may name in words that no status has: "Interview (phone)"."""


def _status(meaning: str) -> Status:
    kind, _, more = meaning.partition("/")
    if kind == "prospect":
        return Status("unknown", prospect=True)
    return Status(kind, interviewed=kind in ("interview", "screening") or more == "interview")


def _lookup(text: str, known: Mapping[str, str]) -> str | None:
    return known.get(letters(text))


def _parts(text: str, joins: frozenset[str]) -> list[str]:
    """Split at separators and at joining words; the words of each part have a blank between."""
    out = []
    text = fold(text)
    for part in (_PLAIN_SPLIT if text.isascii() else _SPLIT).split(text):
        words: list[str] = []
        for word in _WORD.findall(part):
            if word in joins:
                out.append(" ".join(words))
                words = []
            else:
                words.append(word)
        out.append(" ".join(words))
    return [part for part in out if part]


def read_reply_outcome(text: str) -> str | None:
    """Return invited, neutral or negative, or None."""
    return text if text in REPLY_OUTCOMES else _lookup(text, vocabulary().reply_outcomes)


def read_kind(text: str) -> tuple[str, str | None, str | None] | None:
    """Return kind, method and outcome that a word for an event says, or None."""
    text = clean(text)
    meaning = text if text in KINDS else _lookup(text, vocabulary().kinds)
    return None if meaning is None else _kind(meaning)


def _kind(meaning: str) -> tuple[str, str | None, str | None]:
    kind, _, rest = meaning.partition("/")
    method, _, outcome = rest.partition("/")
    return kind, method if method not in ("", "-") else None, outcome or None


_NUMBER = pattern(r"(?<![\w.])#?\d{1,2}(?:st|nd|rd|th|er|e|o|a)?\.?(?![\w.])")


def near_kind(text: str) -> tuple[str, str | None, str | None] | None:
    """Return what a word for an event says that has one slip or a number: "2nd inteview"."""
    words = _WORD.findall(_NUMBER.sub(" ", fold(text)))
    known = vocabulary().kinds
    meaning = known.get("".join(words)) or _near_kinds().with_typo(words)
    return _kind_of_parts(text) if meaning is None else _kind(meaning)


def _kind_of_parts(text: str) -> tuple[str, str | None, str | None] | None:
    """Return the kind that all parts of a text say together: "heard back - rejected"."""
    read = [read_kind(part) for part in _SPLIT.split(text) if letters(part)]
    said = [kind for kind in read if kind is not None]
    if len(said) < len(read) or len(read) < 2:
        return None
    ended = [kind for kind in said if kind[0] in _ENDED]
    others = {kind[0] for kind in said} - {"reply"} if ended else {kind[0] for kind in said}
    if len(others) != 1:
        return None
    return max(ended or said, key=lambda kind: sum(map(bool, kind)))


_ENDED = ("rejection", "offer", "withdrawn")


@cache
def _near_kinds() -> NearWords:
    return NearWords(vocabulary().kinds)


def is_automatic(text: str) -> bool:
    """Whether words for a reply say that a machine sent it: that is an acknowledgement."""
    kind = read_kind(text)
    return kind is not None and kind[0] == "acknowledgement"


def read_role(text: str) -> tuple[str, str]:
    """Return the contact roles of a cell, in its order, and the words that are none of ours."""
    roles, unknown = [], []
    for part in text.split(";"):
        part = clean(part)
        role = part if part in CONTACT_ROLES else _lookup(part, vocabulary().contact_roles)
        if role is None and part:
            unknown.append(part)
        roles.append(role or ("other" if part else ""))
    return ";".join(roles), "; ".join(unknown)


_LEVEL = pattern(r"(\d(?:[.,]0+)?)(?:\s*(?:/|of|out of|von)\s*5(?:[.,]0+)?)?\s*(?:stars?|sterne?)?")
_SCORE = pattern(r"(\d[.,]\d+)\s*/\s*5(?:[.,]0+)?")


def read_level(text: str) -> int | None:
    """Return 1 to 5 from "4", "4/5", "4.2/5" (rounded), stars or words; None if it is none."""
    text = fold(clean(text))
    stars = text.count("★") + text.count("⭐")
    if stars and not letters(text) and 1 <= stars <= 5 and not any(map(str.isdigit, text)):
        return stars
    found = _LEVEL.fullmatch(text)
    if found:
        level = int(found[1][0])
        return level if 1 <= level <= 5 else None
    found = _SCORE.fullmatch(text)
    if found:
        level = int(float(found[1].replace(",", ".")) + 0.5)
        return level if 1 <= level <= 5 else None
    level_word = vocabulary().levels.get(letters(text))
    return None if level_word is None or any(map(str.isdigit, text)) else int(level_word)


_CODE = pattern(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{1,3})?")


def read_country(text: str) -> str | None:
    """Return the ISO code of a country, its subdivision kept; None if it is not certain."""
    text = clean(text)
    known = vocabulary().countries
    if _CODE.fullmatch(text):
        code = text.upper().replace("_", "-")
        if code[:2] in _codes():
            return code
    if _lookup(text, known):
        return _lookup(text, known)
    return "GB" if text.upper() == "UK" else None


def _codes() -> set[str]:
    return set(vocabulary().countries.values())


def yes_or_no(text: str) -> bool | None:
    """Return what a yes/no cell says, or None."""
    key = letters(text)
    words = vocabulary()
    if key:
        return True if key in words.yes else False if key in words.no else None
    signs = clean(text)
    if any(sign in signs for sign in "✓✔✅☑🗹"):
        return True
    if any(sign in signs for sign in "✗✘❌✖☐□◻⬜") or _EMPTY_BOX.fullmatch(signs):
        return False
    return {"1": True, "0": False}.get(signs)


_EMPTY_BOX = pattern(r"\[\s*\]|\(\s+\)")
_SIGNS = "-–—./? "
_NOT_TOLD_APART = str.maketrans(dict.fromkeys(map(chr, range(1, 128)))) | {
    ord(char): char for char in "abcdefghijklmnopqrstuvwxyz0123456789"
}


def is_blank_word(text: str) -> bool:
    """Whether a cell says in a word or sign that it has no value: "n/a", "-", "?"."""
    text = clean(text)
    if not text.strip(_SIGNS):
        return True
    return letters(text) in vocabulary().blank and not any(map(str.isdigit, text))


def are_blank_words(texts: Sequence[str]) -> list[bool]:
    """Return `is_blank_word` of very many texts: those in ASCII are folded as one."""
    blank = vocabulary().blank
    plain = [text if text.isascii() and "\0" not in text else "x" for text in texts]
    keys = "\0".join(plain).casefold().translate(_NOT_TOLD_APART).split("\0")
    return [
        key in blank if key and text is one else is_blank_word(one)
        for key, text, one in zip(keys, plain, texts, strict=True)
    ]


def shares_known(values: Sequence[str]) -> float:
    """Return which share of a column's distinct words names a kind of event."""
    texts = [text for text in map(clean, values) if text][:2000]
    known = sum((read_kind(text) or _kind_of_parts(text)) is not None for text in texts)
    return known / len(texts) if texts else 0.0
