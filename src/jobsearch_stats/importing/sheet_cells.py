"""What one cell of a spreadsheet's date column says: an event, a yes, a status, a problem."""

from __future__ import annotations

from dataclasses import dataclass

from ..patterns import pattern
from .contacting import Contacting, combined, read_contacting
from .date_patterns import ZERO, Cell
from .dates import A_LENGTH, NOT_A_DATE, words_beside
from .doubts import is_doubtful
from .values import Status, is_blank_word, read_kind, read_reply_outcome, read_status, yes_or_no
from .words import clean, fold, letters

CLOSING = {"rejection": "rejected", "offer": "offer", "withdrawn": "withdrawn"}
"""Kinds of event that close an application, with the status that says so."""

OF_STATUS = {status: kind for kind, status in CLOSING.items()}
_NO_DATE = "it has no date"
BESIDE = "words beside the date"
KEPT_IN_NOTE = "kept in the event's note"


@dataclass(frozen=True)
class Entry:
    """What one distinct cell of a date column says."""

    kind: str | None = None
    method: str | None = None
    outcome: str | None = None
    problem: str = ""
    yes: bool = False
    status: str | None = None
    noted: bool = False  # words beside the date go into the event's note


def read_entry(name: str, cell: Cell, text: str) -> Entry:
    """Say what a cell of a date column means: an event, a yes, a status, or a problem."""
    words = cell.words
    if name == "interview" and cell.day is None and _took_place(text):
        return Entry(yes=True)
    if cell.problem and not words:
        return Entry(problem=cell.problem)
    if not words and cell.day is not None:
        return _with_signs(name, text)
    if not words:
        return Entry()
    if cell.day is None:
        return _words_alone(name, words, cell.problem)
    return _beside_a_date(name, words, words_beside(text))


def _with_signs(name: str, text: str) -> Entry:
    """Return the event of a date alone; a picture of a letter or a telephone says how."""
    if name in ("follow_up", "thank_you") and not text.isascii():
        written = read_contacting(words_beside(text))
        if written.method and not written.words:
            return Entry(name, written.method, written.outcome)
    return Entry(name)


_TIMES = pattern(r"(?<!\w)(?:x\s?[1-9]|[1-9]\s?x|[1-9])(?!\w)")


def _took_place(text: str) -> bool:
    """Whether a cell without a date says how, or how often, one met: "Phone", "2", "Zoom x2"."""
    folded = fold(clean(text))
    plain = _TIMES.sub(" ", folded).strip()
    if not plain:
        return bool(folded)
    if any(map(str.isdecimal, plain)) or is_doubtful(plain, text):
        return False
    said = plain.split()
    if any(yes_or_no(word) is False or is_blank_word(word) for word in said):
        return False
    if read_status(plain).kind in _SAYS_HOW_IT_ENDED:
        return False
    how = read_contacting(plain)
    if how.method and not how.outcome:
        return True
    return read_status(plain).interviewed or _method_before(said) is not None


def _words_alone(name: str, words: str, problem: str) -> Entry:
    if problem in (ZERO, A_LENGTH):
        return Entry(problem=problem)
    yes = yes_or_no(words)
    if yes is not None:
        return Entry(yes=yes)
    if is_blank_word(words):
        return Entry()
    status = read_status(words)
    if status.kind in ("ghosted", "rejected", "withdrawn", "offer"):
        return Entry(status=status.kind)
    if status.kind == "applied" and name in ("reply", "interview"):
        return Entry()  # "waiting": nothing yet
    if status.interviewed and name == "interview":
        return Entry(yes=True)
    known = read_contacting(words)
    if name in ("follow_up", "thank_you") and not known.words:
        return Entry(problem=problem or _NO_DATE)
    if name == "reply" and read_reply_outcome(words):
        return Entry(problem=problem or _NO_DATE)
    return Entry(problem=problem or NOT_A_DATE)


def _beside_a_date(name: str, words: str, written: str) -> Entry:
    status = read_status(words).kind
    if status in OF_STATUS and name in (*OF_STATUS.values(), "follow_up", "reply", "interview"):
        return Entry(OF_STATUS[status])
    if yes_or_no(words):
        return Entry(name)
    understood = _understood(name, words, written)
    if understood is not None:
        return understood
    if is_free(words, written):
        return Entry(name, noted=True)
    first, _, others = words.partition(" ")
    if others and yes_or_no(first):  # "yes - 17/02/2026 with Ann"
        return _beside_a_date(name, others, written)
    return Entry(problem=f"beside the date stands {words!r}")


def _understood(name: str, words: str, written: str) -> Entry | None:
    """Return the event of words that say more of it: its method, its outcome, its kind."""
    contacting = read_contacting(written)  # names are told by their capitals
    if contacting.words:
        contacting = read_contacting(words)
    if name in ("follow_up", "thank_you") and not contacting.words:
        method, outcome, note = combined(contacting, Contacting())
        what = outcome if name == "follow_up" else None
        return Entry(name, method, what, noted=bool(note))
    kind = read_kind(words)
    if name == "interview":
        if kind and kind[0] == "interview":
            return Entry(name, kind[1])
        if read_status(f"interview {words}").kind == "applied":  # "scheduled": an appointment
            return Entry(name)
        if contacting.method and not contacting.outcome and not contacting.note:
            return Entry(name, contacting.method)
        if is_free(words, written):
            return Entry(name, _method_before(words.split()), noted=True)
    if name == "reply" and read_reply_outcome(words):
        return Entry(name, None, read_reply_outcome(words))
    if name == "reply" and kind and kind[0] == "acknowledgement":
        return Entry(*kind)
    return Entry(name, kind[1], kind[2]) if kind and kind[0] == name else None


def _method_before(words: list[str]) -> str | None:
    """Return the method that the first of the words name: "phone screen with Anna"."""
    for end in range(len(words) - 1, 0, -1):
        begin = " ".join(words[:end])
        kind = read_kind(begin)
        if kind and kind[0] == "interview" and kind[1]:
            return kind[1]
        how = read_contacting(begin)
        if how.method and not how.outcome and not how.note:
            return how.method
    return None


_SAYS_HOW_IT_ENDED = ("rejected", "withdrawn", "offer", "ghosted")


def is_free(words: str, written: str = "") -> bool:
    """Whether words beside a date say nothing against it: no digit, no doubt, no state, no "no"."""
    if not letters(words) or any(map(str.isdecimal, words)) or is_doubtful(words, written):
        return False
    if yes_or_no(words) is False or read_status(words) != Status() or read_kind(words):
        return False
    return not any(
        yes_or_no(word) is False or read_status(word).kind in _SAYS_HOW_IT_ENDED
        for word in words.split()
    )
