"""What people's words mean: one JSON file per language, read as one vocabulary.

A new language is a new file in `aliases/`; nothing else has to know of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ..patterns import pattern

_TOKEN = pattern(r"[^\W\d_]+|\d+")
_LETTERS = pattern(r"[^\W\d_]+")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_NO_UMLAUTS = dict(zip("äöüÄÖÜ", "aouAOU", strict=True))
# Letters of their own to Unicode, which decomposes none of them; typed without the mark by many.
_LETTERS_APART = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
}
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_FORMULA_ERROR = pattern(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|ERROR!|SPILL!|CALC!)", re.I)
_FORMULA = pattern(r"=\s*[-+(]*\s*(\$?[A-Za-z]{1,3}\$?\d|[A-Za-z][A-Za-z.]*\()")


def fold(text: str) -> str:
    """Return the text without case, accents and full-width forms; umlauts become ae, oe, ue."""
    if text.isascii():
        return text.casefold()
    text = _replaced(unicodedata.normalize("NFKC", text).casefold(), _UMLAUTS)
    text = _replaced(unicodedata.normalize("NFKD", text), _LETTERS_APART)
    return _replaced(text, {char: "" for char in set(text) if unicodedata.combining(char)})


def _replaced(text: str, by: dict[str, str]) -> str:
    for old, new in by.items():  # several times faster than str.translate on whole vocabularies
        text = text.replace(old, new)
    return text


def tokens(text: str) -> list[str]:
    """Return runs of letters and runs of digits, folded."""
    return _TOKEN.findall(fold(text))


def letters(text: str) -> str:
    """Return the letters alone, folded: what is left when emoji, digits and case are gone."""
    return "".join(_LETTERS.findall(fold(text)))


def clean(text: str) -> str:
    """Return the text without blanks and invisible characters around it."""
    text = text.strip()
    return text if text.isascii() else text.strip(_UNSEEN).strip()


def is_formula(text: str) -> bool:
    """Whether a cell holds a formula or a formula's error in place of a value."""
    if not text.startswith(("=", "#")):
        return False
    return (_FORMULA if text[0] == "=" else _FORMULA_ERROR).match(text) is not None


class PromiseWords(NamedTuple):
    """The words in which a promise is said: weekdays, and the signs of all others."""

    weekdays: dict[str, int]
    promises: dict[str, str]


class Vocabulary:
    """All languages' words, keyed by their folded letters.

    A section is folded when it is first asked for: few files have countries and promises.
    """

    def __init__(self, files: list[dict[str, Any]]) -> None:
        self._files = files

    def _all(self, section: str) -> list[Any]:
        return [file[section] for file in self._files]

    @cached_property
    def headers(self) -> dict[str, tuple[str, ...]]:
        """Header to the fields that it may name."""
        return _headers(self._files)

    @cached_property
    def ordinals(self) -> dict[str, int]:
        """Words for first, second, third."""
        return _words(self._all("ordinals"))

    @cached_property
    def months(self) -> dict[str, int]:
        """Months by name, 1 to 12."""
        return _words(self._all("months"))

    @cached_property
    def weekdays(self) -> dict[str, int]:
        """Weekdays by name, 0 to 6."""
        return _words(self._all("weekdays"))

    @cached_property
    def date_fillers(self) -> frozenset[str]:
        """Words beside a date that say nothing."""
        return _set(self._all("date_fillers"))

    @cached_property
    def yes(self) -> frozenset[str]:
        """Words for yes."""
        return _set(self._all("yes"))

    @cached_property
    def no(self) -> frozenset[str]:
        """Words for no, and for not yet."""
        return _set(self._all("no"))

    @cached_property
    def blank(self) -> frozenset[str]:
        """Words for nothing written."""
        return _set(self._all("blank"))

    @cached_property
    def statuses(self) -> dict[str, str]:
        """Status to its meaning."""
        return _meanings(self._all("statuses"))

    @cached_property
    def status_words(self) -> frozenset[str]:
        """Statuses that are one word."""
        return _alone(self._all("statuses"))

    @cached_property
    def status_joins(self) -> frozenset[str]:
        """Words that join two statuses."""
        return _set(self._all("status_joins"))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Kinds of event, with method and outcome."""
        return _meanings(self._all("kinds"))

    @cached_property
    def follow_ups(self) -> dict[str, str]:
        """Methods and outcomes of follow-ups."""
        return _meanings(self._all("follow_ups"))

    @cached_property
    def reply_outcomes(self) -> dict[str, str]:
        """Outcomes of a reply."""
        return _meanings(self._all("reply_outcomes"))

    @cached_property
    def contact_roles(self) -> dict[str, str]:
        """Roles of people."""
        return _meanings(self._all("contact_roles"))

    @cached_property
    def levels(self) -> dict[str, str]:
        """Words for 1 to 5."""
        return _meanings(self._all("levels"))

    @cached_property
    def promises(self) -> dict[str, str]:
        """Word to its sign in the grammar of promises."""
        return _promise_words(self._all("promises"))

    @cached_property
    def promise_words(self) -> PromiseWords:
        """Weekdays and words of promises, in all languages."""
        return PromiseWords(self.weekdays, self.promises)

    @cached_property
    def promise_languages(self) -> tuple[PromiseWords, ...]:
        """Weekdays and words of promises, language by language."""
        return tuple(
            PromiseWords(_words([file["weekdays"]]), _promise_words([file["promises"]]))
            for file in self._files
        )

    def _day_of_month(self, place: str) -> frozenset[str]:
        listed = (section["day_of_month"].get(place, ()) for section in self._all("promises"))
        return frozenset(fold(word) for words in listed for word in words)

    @cached_property
    def before_day_of_month(self) -> frozenset[str]:
        """Words that make a number after them a day of the month: "the 15"."""
        return self._day_of_month("before")

    @cached_property
    def after_day_of_month(self) -> frozenset[str]:
        """Ends that make a number before them a day of the month: "15th"."""
        return self._day_of_month("after")

    @cached_property
    def no_date(self) -> frozenset[str]:
        """Promises of no date."""
        return _set(section["no_date"] for section in self._all("promises"))

    @cached_property
    def away(self) -> frozenset[str]:
        """Words for being back."""
        return _set(self._all("away"))

    @cached_property
    def until(self) -> frozenset[str]:
        """Words before the last day of an absence."""
        return _set(self._all("until"))

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Words beside which "back" and "until" are no absence: "they call back on Friday"."""
        return _set(self._all("speaking"))

    @cached_property
    def doubts(self) -> frozenset[str]:
        """Words beside a date that leave open whether it took place on that day."""
        return _set(self._all("doubts"))

    @cached_property
    def countries(self) -> dict[str, str]:
        """Countries by name, to their codes."""
        return _meanings(self._all("countries"))


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of every file in `aliases/`; the first to claim a word keeps it."""
    return Vocabulary(list(_languages()))


def _languages() -> Iterator[dict[str, Any]]:
    folder = Path(__file__).with_name("aliases")
    # English first: where two languages claim one word, its reading is the commoner one.
    for path in sorted(folder.glob("*.json"), key=lambda path: (path.stem != "en", path.stem)):
        yield json.loads(path.read_text(encoding="utf-8"))


def _headers(files: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Header to fields: one word may name different fields in the two shapes of file.

    A numbered field ("interview_2") has the words that hold the number in themselves ("二面").
    """
    out: dict[str, tuple[str, ...]] = {}
    for file in files:
        named = _meant(
            (name, phrases if name[-1].isdecimal() else (*phrases, name))
            for name, phrases in file["headers"].items()
        )
        for key, name in _keyed(named, str.isalnum):
            if name not in out.get(key, ()):
                out[key] = (*out.get(key, ()), name)
    return out


def _words(sections: Iterable[dict[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for section in sections:
        for key, meaning in _keyed(section.items()):
            out.setdefault(key, meaning)
    return out


def _set(sections: Iterable[Iterable[str]]) -> frozenset[str]:
    words = [(word, None) for section in sections for word in section]
    return frozenset(key for key, _ in _keyed(words, _is_letter))


def _alone(sections: Iterable[dict[str, list[str]]]) -> frozenset[str]:
    """Return the phrases that are one word: what begins like one of these may abbreviate it."""
    listed = (phrases for section in sections for phrases in section.values())
    return _set([phrase for phrase in phrases if " " not in phrase] for phrases in listed)


def _meanings(sections: Iterable[dict[str, list[str]]]) -> dict[str, str]:
    out: dict[str, str] = {}
    for section in sections:
        meant = _meant((meaning, (meaning, *words)) for meaning, words in section.items())
        for key, meaning in _keyed(meant, _is_letter):
            out.setdefault(key, meaning)
    return out


def _meant(section: Iterable[tuple[str, Iterable[str]]]) -> list[tuple[str, str]]:
    return [(phrase, meaning) for meaning, phrases in section for phrase in phrases]


def _keyed(
    meant: Iterable[tuple[str, Any]], kept: Callable[[str], bool] | None = None
) -> Iterator[tuple[str, Any]]:
    """Yield phrases as they are looked up, with their meanings; umlauts in both ways to type them.

    All are folded as one text: ten languages have to be ready before a small file is read.
    """
    pairs = list(meant)
    text = "\n".join([phrase for phrase, _ in pairs])
    plain = _replaced(text, _NO_UMLAUTS)  # ö is oe to a German, and o to a Turk in a hurry
    keys = _folded_lines(text, kept)
    meanings = [meaning for _, meaning in pairs]
    yield from zip(keys, meanings, strict=bool(pairs))
    if plain != text:
        for key, other, meaning in zip(keys, _folded_lines(plain, kept), meanings, strict=True):
            if key != other:
                yield other, meaning


def _folded_lines(text: str, kept: Callable[[str], bool] | None) -> list[str]:
    text = fold(text)
    if kept is not None:
        text = _replaced(text, {c: "" for c in set(text) if not kept(c) and c != "\n"})
    return text.split("\n")


def _is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdecimal()


def _promise_words(sections: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Word to its sign in the grammar of promises.

    `N`, a number; `d w m F h`, a unit; `c`, calendar; `B`, business; `X`, next; `Y`, the coming
    one; `T`, this; `E`, end; `O`, of, where no weekday; `PQ`, at the latest; `-`, a range; blank,
    nothing.
    """
    out: dict[str, str] = {}
    for section in sections:
        for key, sign in _keyed(_signs(section)):
            out.setdefault(key, sign)
        for word in section["range"]:
            # "until" begins a promise and joins a range: which, its neighbours tell
            out[fold(word)] = "-"
    return out


def _signs(section: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((word, sign) for word, sign in section["whole"].items() if sign)
    yield from ((word, f"N{number}") for word, number in section["numbers"].items())
    yield from section["units"].items()
    for word in section["business"]:
        yield word, "Bd" if word in section["business_days"] else "B"
    for name, sign in (("next", "X"), ("coming", "Y"), ("this", "T"), ("end", "E"), ("by", "")):
        yield from ((word, sign) for word in section.get(name, ()))
