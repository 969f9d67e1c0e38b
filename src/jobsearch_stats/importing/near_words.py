"""Words that come near a known one: doubled letters, one slip, a beginning.

Known words are indexed once, so that a hundred thousand unknown ones cost a few look-ups each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_RUN = re.compile(r"(.)\1+")
_LONG_RUN = re.compile(r"(.)\1\1")
_DENIALS = (
    *("no", "not", "never", "without", "nicht", "kein", "keine", "nie", "ohne", "non", "pas"),
    *("sans", "sin", "sem", "senza", "niet", "geen", "bez"),
)
_LEAST = 6
_LEAST_BEGINNING = 5
_LEAST_STRETCHED = 4
_END = 4


class NearWords:
    """Finds the one meaning that a word comes near to.

    Parameters
    ----------
    known
        Meaning by word, in the folded letters of all languages.
    whole
        The words among them that stand alone: a beginning of one of these abbreviates it.
    """

    def __init__(self, known: Mapping[str, str], whole: Iterable[str] = ()) -> None:
        self._known = known
        self._whole = frozenset(whole)
        self._longest = max(map(len, known), default=0)
        self._ends = {w[:n] for w in known for n in range(1, _END + 1)} | {
            w[-n:] + "$" for w in known for n in range(1, _END + 1)
        }
        self._cut: dict[str, set[str]] = {}
        self._single: dict[str, set[str]] = {}
        for word in known:
            if len(word) >= _LEAST_STRETCHED:
                self._single.setdefault(_RUN.sub(r"\1", word), set()).add(word)
            if len(word) >= _LEAST:
                for key in (word, *_shortened(word)):
                    self._cut.setdefault(key, set()).add(word)
        self._beginnings: dict[str, set[str]] = {}
        for word in self._whole:
            for end in range(_LEAST_BEGINNING, len(word)):
                self._beginnings.setdefault(word[:end], set()).add(known[word])

    def with_typo(self, words: Sequence[str]) -> str | None:
        """Return the meaning of words with doubled letters or one slip, if it is only one.

        For a single word, words that stand alone come nearer than phrases do. What is denied is no
        slip of what is not: "no interview".
        """
        word = "".join(words)
        stretched = _LONG_RUN.search(word) is not None
        least = _LEAST_STRETCHED if stretched else _LEAST
        if len(word) < least or (len(word) > self._longest + 1 and not stretched):
            return None
        near = {w for w in self._single.get(_RUN.sub(r"\1", word), ()) if len(w) >= least}
        if len(word) >= _LEAST and self._begins_or_ends(word):
            for key in self._cut.keys() & {word, *_shortened(word)}:
                near |= {w for w in self._cut[key] if is_slip(word, w)}
        near = {w for w in near if _denies_alike(words, word, w)}
        nearest = near & self._whole if len(words) == 1 else near
        meanings = {self._known[w] for w in nearest or near}
        return meanings.pop() if len(meanings) == 1 else None

    def _begins_or_ends(self, word: str) -> bool:
        """Whether it begins or ends as a known word does: one slip leaves one of its ends whole."""
        n = min((len(word) - 3) // 2, _END)
        return word[:n] in self._ends or word[-n:] + "$" in self._ends

    def begun(self, word: str) -> str | None:
        """Return the meaning of the words that begin so, if it is only one."""
        meanings = self._beginnings.get(word, ())
        return next(iter(meanings)) if len(meanings) == 1 else None


def _shortened(word: str) -> list[str]:
    """Return the word with each of its letters left out."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def is_slip(word: str, known: str) -> bool:
    """Whether a word is a known one with a slip, and not a word of its own.

    Ends tell words apart ("retire" and "retired", "declined" and "I declined"): the first letter
    stands, but for a swap, and the last one is neither another nor one too many.
    """
    if word[0] != known[0] and word[:2] != known[1::-1]:
        return False
    if word[:-1] == known or (word[:-1] == known[:-1] and len(word) == len(known)):
        return word == known
    return one_slip(word, known)


def _denies_alike(words: Sequence[str], word: str, known: str) -> bool:
    """Whether two texts have the same "no" or "not", or none."""
    if any(known.startswith(no) and not word.startswith(no) for no in _DENIALS):
        return False
    return all(no in known for no in _DENIALS if no in words)


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
