"""How one was in touch and what came of it, as people write it: "rang, no answer", "LM on VM"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..patterns import pattern
from ..schema import FOLLOW_UP_OUTCOMES, METHODS
from .doubts import is_doubtful
from .words import clean, fold, letters, vocabulary

_SIGNS = {"📞": "phone", "☎": "phone", "📧": "email", "✉": "email", "📩": "email", "💬": "text"}
_TIMES = pattern(r"(?<!\w)(?:x\s?\d{1,2}|\d{1,2}\s?x|twice|again|zweimal)(?!\w)", re.I)
_WITH_SLASH = pattern(r"\bw/\s*", re.I)
_WITH = frozenset(("with", "w", "mit", "bei", "avec", "con", "com", "met"))
_LINKS = _WITH | {"to", "for", "from", "fuer", "von"}
_MESSAGE = ("message", "msg", "nachricht", "mensaje", "recado")
_ARTICLES = ("the", "a", "my", "their", "der", "dem", "die")
_MOST_NAMES = 3
# Chinese parts nothing else by a blank; plain texts are spared a pattern that is slow to compile
_SEPARATOR = pattern(
    r"[,;:/+&>→|()\[\]\n，；：／（）、。]|\s[-–—]+\s|->|\.\s"
    r"|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
_PLAIN_SEPARATOR = pattern(r"[,;:/+&>|()\[\]\n]|\s-+\s|->|\.\s")
_OUTCOME_MEANING = {
    "no_answer": "phone/no_answer",
    "sent": "-/sent",
    "voicemail": "phone/voicemail",
    "message_taken": "-/message_taken",
    "spoke": "-/spoke",
}


@dataclass(frozen=True)
class Contacting:
    """How one was contacted and what came of it.

    `words` are those not understood; `note` is a text that was, and says more ("spoke with Ann").
    """

    method: str | None = None
    outcome: str | None = None
    words: str = ""
    note: str = ""


def read_contacting(text: str) -> Contacting:
    """Return method and outcome of a follow-up as people write them in either column."""
    text = clean(text)
    if not text:
        return Contacting()
    if text in METHODS:  # our own words: they come back from a log that was saved
        return Contacting(text)
    if text in FOLLOW_UP_OUTCOMES:
        return _meant([_OUTCOME_MEANING[text]]) or Contacting(words=text)
    whole = vocabulary().follow_ups.get(letters(text))
    if whole is not None and not any(sign in text for sign in _SIGNS):
        return _meant([whole]) or Contacting(words=text)
    return _in_parts(text) or Contacting(words=text)


def _in_parts(text: str) -> Contacting | None:
    plain = _TIMES.sub(" ", _WITH_SLASH.sub("with ", text))
    for sign, word in _SIGNS.items():
        plain = plain.replace(sign, f", {word}, ")
    if any(char.isdecimal() for char in plain):
        plain = text  # a number that counts nothing: only its letters could be known
    known = vocabulary().follow_ups
    meanings, note = [], ""
    separator = _PLAIN_SEPARATOR if plain.isascii() else _SEPARATOR
    for part in filter(letters, separator.split(plain)):
        meaning = known.get(letters(part))
        if meaning is None:
            meaning = _with_somebody(part)
            note = text
        if meaning is None:
            meaning = _that_one_did(part)
        if meaning is None:
            return None
        meanings.append(meaning)
    read = _meant(meanings)
    return None if read is None else Contacting(read.method, read.outcome, note=note)


def _that_one_did(part: str) -> str | None:
    """Return the meaning of "followed up", which says that one did, and may say how."""
    kind, _, how = vocabulary().kinds.get(letters(part), "").partition("/")
    return (how or "-") if kind == "follow_up" else None


def _meant(meanings: list[str]) -> Contacting | None:
    """Join meanings, if they have no more than one method."""
    if not meanings:
        return None
    methods = {meaning.partition("/")[0] for meaning in meanings} - {"-"}
    outcomes = [m.partition("/")[2] for m in meanings if "/" in m]
    if len(methods) > 1:
        return None
    outcome = max(outcomes, key=FOLLOW_UP_OUTCOMES.index, default=None)
    return Contacting(methods.pop() if methods else None, outcome)


def _with_somebody(part: str) -> str | None:
    """Return the meaning of known words and whom they name: "spoke with Ann", "mailed HR"."""
    words = part.split()
    if any(char.isdecimal() for char in part):
        return None
    for at in range(len(words) - 1, 0, -1):
        said = letters(" ".join(words[:at]))
        meaning = vocabulary().follow_ups.get(said)
        if meaning is None:
            continue
        link = fold(words[at])
        rest = words[at + 1 :] if link in _LINKS else words[at:]
        if not _is_somebody(rest, linked=link in _WITH):
            continue
        left = any(word in said for word in _MESSAGE) and link in _WITH
        return "phone/message_taken" if left and meaning == "phone/voicemail" else meaning
    return None


def _is_somebody(words: list[str], *, linked: bool) -> bool:
    """Whether the words name a role, or people: after "with" any few words, else names alone."""
    known = vocabulary()
    if not words or len(words) > _MOST_NAMES:
        return False
    if fold(words[0]) in _ARTICLES and len(words) > 1:
        words = words[1:]
    phrase = letters(" ".join(words))
    if phrase in known.contact_roles:
        return True
    if (
        is_doubtful(" ".join(words))
        or phrase in known.follow_ups
        or phrase in known.weekdays
        or phrase in known.months
    ):
        return False
    return linked or all(word[:1].isupper() and word[1:].islower() for word in words)


def combined(method: Contacting, outcome: Contacting) -> tuple[str | None, str | None, str]:
    """Return method, outcome and a note from the two cells; the fitting column has the say."""
    how = method.method or outcome.method
    what = outcome.outcome or method.outcome
    if what is None and not outcome.words and how in ("email", "letter", "text", "portal"):
        what = "sent"
    if what == "no_answer" and "phone" not in (method.method, outcome.method):
        # "sans réponse": a written message was sent; of an unknown method nothing is known
        what = "sent" if how in ("email", "letter", "text", "portal") else None
    note = [f"method: {method.words}"] if method.words else []
    note += [f"outcome: {outcome.words}"] if outcome.words else []
    note += [text for text in dict.fromkeys((method.note, outcome.note)) if text]
    return how, what, "; ".join(note)
