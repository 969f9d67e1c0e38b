"""Words that come near a known one: doubled letters, one slip, a beginning.

Known words are indexed by their beginnings as these are asked for: a sheet with three unknown words
waits for no index of ten languages, and a hundred thousand unknown ones cost a few look-ups each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from ..patterns import pattern

_RUN = pattern(r"(.)\1+")
_LONG_RUN = pattern(r"(.)\1\1")
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
        self._by_letter = _by_letter(known)
        self._whole_by_letter = _by_letter(self._whole)
        self._cut: dict[tuple[str, int], dict[str, set[str]]] = {}
        self._ends: dict[str, set[str]] = {}
        self._single: dict[str, dict[str, set[str]]] = {}
        self._beginnings: dict[str, dict[str, set[str]]] = {}

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
        near = {w for w in self._of_single_letters(word) if len(w) >= least}
        if len(word) >= _LEAST:
            near |= {w for w in self._with_one_more_or_less(word) if is_slip(word, w)}
        near = {w for w in near if _denies_alike(words, word, w)}
        nearest = near & self._whole if len(words) == 1 else near
        meanings = {self._known[w] for w in nearest or near}
        return meanings.pop() if len(meanings) == 1 else None

    def _of_single_letters(self, word: str) -> Collection[str]:
        """Return the known words that are the same where doubled letters count once."""
        letter = word[0]
        if letter not in self._single:
            known = (w for w in self._by_letter.get(letter, ()) if len(w) >= _LEAST_STRETCHED)
            self._single[letter] = _index((_RUN.sub(r"\1", w), w) for w in known)
        return self._single[letter].get(_RUN.sub(r"\1", word), ())

    def _with_one_more_or_less(self, word: str) -> set[str]:
        """Return the known words that may be a slip away, their first two letters swapped or not.

        Two words that are one slip apart have a text in common, each with a letter less or none.
        """
        first, second = word[0], word[1]
        swapped = (second + first + word[2:], second + word, word[1:])
        near = {w for w in swapped if len(w) >= _LEAST and w in self._known}
        if not self._begins_or_ends(word):
            return near
        shortened = {word, *_shortened(word)}
        for length in range(max(len(word) - 1, _LEAST), len(word) + 2):
            cut = self._cut_to(first, length)
            near.update(*(cut[key] for key in cut.keys() & shortened))
        return near

    def _begins_or_ends(self, word: str) -> bool:
        """Whether it begins or ends as a known word does: one slip leaves one of its ends whole."""
        letter, n = word[0], min((len(word) - 3) // 2, _END)
        if letter not in self._ends:
            known, sizes = self._by_letter.get(letter, ()), range(1, _END + 1)
            self._ends[letter] = {w[:n] for w in known for n in sizes} | {
                f"{w[-n:]}$" for w in known for n in sizes
            }
        return word[:n] in self._ends[letter] or f"{word[-n:]}$" in self._ends[letter]

    def _cut_to(self, letter: str, length: int) -> dict[str, set[str]]:
        """Return known words of a first letter and length, by what a letter less leaves of them."""
        if (letter, length) not in self._cut:
            known = [w for w in self._by_letter.get(letter, ()) if len(w) == length]
            self._cut[letter, length] = _index(
                (key, w) for w in known for key in (w, *_shortened(w))
            )
        return self._cut[letter, length]

    def begun(self, word: str) -> str | None:
        """Return the meaning of the words that begin so, if it is only one."""
        letter = word[:1]
        if letter not in self._beginnings:
            self._beginnings[letter] = _index(
                (w[:end], self._known[w])
                for w in self._whole_by_letter.get(letter, ())
                for end in range(_LEAST_BEGINNING, len(w))
            )
        meanings = self._beginnings[letter].get(word, ())
        return next(iter(meanings)) if len(meanings) == 1 else None


def _by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for word in words:
        out[word[:1]].append(word)
    return out


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        out[key].add(value)
    return dict(out)


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
