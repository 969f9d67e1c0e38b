"""Words in cells to typed values: statuses, kinds, methods, outcomes, levels, countries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..schema import CONTACT_ROLES, FOLLOW_UP_OUTCOMES, KINDS, METHODS, REPLY_OUTCOMES
from .words import clean, fold, letters, vocabulary

_SPLIT = re.compile(r"[,;:/+&>→|()\[\]\n]|\s[-–—]+\s|->|\.\s")
_RUN = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+")
_CLOSED = ("withdrawn", "rejected", "offer", "ghosted")
_OPEN = ("interview", "screening", "applied")


@dataclass(frozen=True)
class Status:
    """What a status says: its kind, whether an interview took place, or that none was sent."""

    kind: str = "unknown"
    interviewed: bool = False
    prospect: bool = False


def read_status(text: str) -> Status:
    """Return what a status says, if that is certain."""
    known = vocabulary().statuses
    meaning = _lookup(text, known) or _with_typo(letters(text), known)
    if meaning is not None:
        return _status(meaning)
    parts = [_lookup(part, known) for part in _parts(text, vocabulary().status_joins)]
    if len(parts) < 2 or None in parts:
        return Status()
    read = [_status(part) for part in parts if part is not None]
    kinds = {status.kind for status in read}
    closing = [kind for kind in _CLOSED if kind in kinds]
    if any(status.prospect for status in read) or len(closing) > 1:
        return Status()  # "offer, rejected": by whom?
    kind = closing[0] if closing else next(kind for kind in _OPEN if kind in kinds)
    return Status(kind, any(status.interviewed for status in read))


def _status(meaning: str) -> Status:
    kind, _, more = meaning.partition("/")
    if kind == "prospect":
        return Status("unknown", prospect=True)
    return Status(kind, interviewed=kind in ("interview", "screening") or more == "interview")


def _lookup(text: str, known: Mapping[str, str]) -> str | None:
    return known.get(letters(text))


def _parts(text: str, joins: frozenset[str] = frozenset()) -> list[str]:
    """Split at separators and, if need be, at joining words."""
    out = []
    for part in _SPLIT.split(fold(text)):
        words: list[str] = []
        for word in _WORD.findall(part):
            if word in joins:
                out.append("".join(words))
                words = []
            else:
                words.append(word)
        out.append("".join(words))
    return [part for part in out if part]


def _with_typo(word: str, known: Mapping[str, str]) -> str | None:
    """Return the meaning of a word with doubled letters or one slip, if only one comes near."""
    if len(word) < 6:
        return None
    single = _RUN.sub(r"\1", word)
    near = {
        meaning
        for other, meaning in known.items()
        if len(other) >= 6 and (single == _RUN.sub(r"\1", other) or one_slip(word, other))
    }
    return near.pop() if len(near) == 1 else None


def one_slip(a: str, b: str) -> bool:
    """Whether one letter was left out, added, changed, or swapped with its neighbour."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return True
    if len(a) == len(b):
        return a[start + 1 :] == b[start + 1 :] or (
            a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        )
    short, long = sorted((a, b), key=len)
    return short[start:] == long[start + 1 :]


@dataclass(frozen=True)
class Contacting:
    """How one was contacted and what came of it; `words` are those not understood."""

    method: str | None = None
    outcome: str | None = None
    words: str = ""


def read_contacting(text: str) -> Contacting:
    """Return method and outcome of a follow-up as people write them in either column."""
    known = vocabulary().follow_ups
    text = clean(text)
    if not text:
        return Contacting()
    direct = _method_or_outcome(text) or _lookup(text, known)
    meanings = [direct] if direct else [_lookup(part, known) for part in _parts(text)]
    if not meanings or None in meanings:
        return Contacting(words=text)
    methods = {m.partition("/")[0] for m in meanings if m} - {"-"}
    outcomes = [m.partition("/")[2] for m in meanings if m and "/" in m]
    if len(methods) > 1:
        return Contacting(words=text)
    outcome = max(outcomes, key=FOLLOW_UP_OUTCOMES.index, default=None)
    return Contacting(methods.pop() if methods else None, outcome)


def _method_or_outcome(text: str) -> str | None:
    """Our own words are read as themselves: they come back from a log that was saved."""
    if text in METHODS:
        return text
    if text in FOLLOW_UP_OUTCOMES:
        return _OUTCOME_MEANING[text]
    return None


_OUTCOME_MEANING = {
    "no_answer": "phone/no_answer",
    "sent": "-/sent",
    "voicemail": "phone/voicemail",
    "message_taken": "-/message_taken",
    "spoke": "-/spoke",
}


def combined(method: Contacting, outcome: Contacting) -> tuple[str | None, str | None, str]:
    """Return method, outcome and a note from the two cells; the fitting column has the say."""
    how = method.method or outcome.method
    what = outcome.outcome or method.outcome
    if what is None and not outcome.words and how in ("email", "letter", "text", "portal"):
        what = "sent"
    note = [f"method: {method.words}"] if method.words else []
    note += [f"outcome: {outcome.words}"] if outcome.words else []
    return how, what, "; ".join(note)


def read_reply_outcome(text: str) -> str | None:
    """Return invited, neutral or negative, or None."""
    return text if text in REPLY_OUTCOMES else _lookup(text, vocabulary().reply_outcomes)


def read_kind(text: str) -> tuple[str, str | None, str | None] | None:
    """Return kind, method and outcome that a word for an event says, or None."""
    text = clean(text)
    meaning = text if text in KINDS else _lookup(text, vocabulary().kinds)
    if meaning is None:
        return None
    kind, _, rest = meaning.partition("/")
    method, _, outcome = rest.partition("/")
    return kind, method if method not in ("", "-") else None, outcome or None


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


_LEVEL = re.compile(
    r"(\d(?:[.,]0+)?)(?:\s*(?:/|of|out of|von)\s*5(?:[.,]0+)?)?\s*(?:stars?|sterne?)?"
)


def read_level(text: str) -> int | None:
    """Return 1 to 5 from "4", "4/5", stars or words; None if it is none of these."""
    text = fold(clean(text))
    stars = text.count("★") + text.count("⭐")
    if stars and not letters(text) and 1 <= stars <= 5 and not any(map(str.isdigit, text)):
        return stars
    found = _LEVEL.fullmatch(text)
    if found:
        level = int(found[1][0])
        return level if 1 <= level <= 5 else None
    level_word = vocabulary().levels.get(letters(text))
    return None if level_word is None or any(map(str.isdigit, text)) else int(level_word)


_CODE = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{1,3})?")


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
    if any(sign in signs for sign in "✓✔✅☑"):
        return True
    if any(sign in signs for sign in "✗✘❌✖"):
        return False
    return {"1": True, "0": False}.get(signs)


_LONGEST_BLANK = 20


def is_blank_word(text: str) -> bool:
    """Whether a cell says in a word or sign that it has no value: "n/a", "-", "?"."""
    text = clean(text)
    if len(text) > _LONGEST_BLANK:
        return False
    return not text.strip("-–—./? ") or letters(text) in vocabulary().blank


def shares_known(values: Sequence[str]) -> float:
    """Return which share of a column's distinct words names a kind of event."""
    texts = [text for text in map(clean, values) if text][:2000]
    return sum(read_kind(text) is not None for text in texts) / len(texts) if texts else 0.0
