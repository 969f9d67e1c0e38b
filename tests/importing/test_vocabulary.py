"""All languages are read as one vocabulary: where two claim one word, the choice is a decision."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jobsearch_stats.importing import words
from jobsearch_stats.importing.columns import _choose
from jobsearch_stats.importing.fields import FIELDS
from jobsearch_stats.importing.words import vocabulary

ALIASES = sorted(Path(words.__file__).with_name("aliases").glob("*.json"))
LANGUAGES = [path.stem for path in ALIASES]
SECTIONS = ("statuses", "kinds", "follow_ups", "reply_outcomes", "contact_roles", "levels")

# Section and word: the reading that is kept, and why that one. Nothing else may collide.
DECIDED = {
    ("headers, sheet", "sent"): (
        "applied",
        "an English header before it is the name of our own field for yes and no",
    ),
    ("follow_ups", "noanswer"): (
        "phone/no_answer",
        "English for a call; elsewhere it is only the name of the meaning",
    ),
    ("statuses", "assessment"): (
        "applied",
        "an English assessment is a test before any talk; a Dutch one may be a day of talks",
    ),
    ("promises", "a"): (
        "N1",
        "one in English, 'to' or 'at' in French and Portuguese: its neighbours tell which",
    ),
    ("promises", "d"): ("d", "days after a number; where there is none, the French 'd'ici'"),
    ("promises", "of"): ("-", "Dutch 'or' joins two numbers; where there are none, it is nothing"),
    ("promises", "to"): ("-", "English 'to' joins two numbers, else it is nothing, as in Polish"),
    ("promises", "do"): ("-", "Polish 'to' joins two numbers, else it is nothing, as Portuguese"),
    ("promises", "ten"): ("N10", "an English number before a Polish 'this', which is rarely said"),
    ("promises", "on"): (
        "",
        "English; the Turkish ten is read where all words of the promise are Turkish",
    ),
    ("promises", "once"): ("N11", "a Spanish number; the Turkish word is found behind one too"),
}


@cache
def readings(*stems: str) -> dict[tuple[str, str], Any]:
    """Return what every word means in these languages, read as one vocabulary."""
    folder = Path(words.__file__).with_name("aliases")
    files = [json.loads((folder / f"{stem}.json").read_text(encoding="utf-8")) for stem in stems]
    out: dict[tuple[str, str], Any] = {}
    for key, names in words._headers(files).items():
        for shape in ("sheet", "events"):
            chosen = _choose(names, shape, stages=False)
            if chosen:
                out[f"headers, {shape}", key] = chosen
    for section in ("ordinals", "months", "weekdays"):
        read = words._words(file[section] for file in files)
        out |= {(section, key): meaning for key, meaning in read.items()}
    for section in (*SECTIONS, "countries"):
        read = words._meanings(file[section] for file in files)
        out |= {(section, key): meaning for key, meaning in read.items()}
    signs = words._promise_words(file["promises"] for file in files)
    out |= {("promises", key): sign for key, sign in signs.items()}
    for answer in ("no", "yes"):
        out |= {("yes or no", key): answer for key in words._set(file[answer] for file in files)}
    return out


def all_of_them() -> dict[tuple[str, str], Any]:
    """Return what every word means in the vocabulary that is used."""
    return readings(*sorted(LANGUAGES, key=lambda stem: (stem != "en", stem)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_means_the_same_in_company_unless_it_was_decided(language: str) -> None:
    together = all_of_them()
    lost = {
        key: (meaning, together[key])
        for key, meaning in readings(language).items()
        if together[key] != meaning and key not in DECIDED
    }
    assert lost == {}


@pytest.mark.parametrize("key", DECIDED, ids=lambda key: " ".join(key))
def test_the_reading_that_was_decided_for_is_the_one_in_use(key: tuple[str, str]) -> None:
    assert all_of_them()[key] == DECIDED[key][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_no_language_contradicts_itself(language: str, section: str) -> None:
    file = json.loads(
        (Path(words.__file__).with_name("aliases") / f"{language}.json").read_text("utf-8")
    )
    meant: dict[str, set[str]] = {}
    for meaning, phrases in file[section].items():
        for key in words._set([phrases]):
            meant.setdefault(key, set()).add(meaning)
    assert {key: several for key, several in meant.items() if len(several) > 1} == {}


def test_no_word_says_both_yes_and_no() -> None:
    assert vocabulary().yes & vocabulary().no == set()


def test_a_weekday_of_one_language_is_no_promise_of_another_unless_it_is_short() -> None:
    known = vocabulary()
    # those of two letters are tried both ways: German "Do" is a Portuguese "of"
    assert {day for day in known.weekdays if len(day) > 2 and day in known.promises} == set()


# Names of a section that a language may lack; all other names of the English file it has.
MAY_LACK = {
    "countries": "one that is called as in English needs no word",
    "levels": "a language names as many levels as it has words for",
    "months": "months by number are held below",
    "weekdays": "so are weekdays",
    "ordinals": "and first, second, third",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_section_and_every_name_in_it(language: str) -> None:
    folder = Path(words.__file__).with_name("aliases")
    english = json.loads((folder / "en.json").read_text(encoding="utf-8"))
    other = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    assert set(english) == set(other)
    named = [name for name, held in english.items() if isinstance(held, dict)]
    lacking = {
        name: set(english[name]) - set(other[name]) for name in named if name not in MAY_LACK
    }
    assert {name: some for name, some in lacking.items() if some} == {}
    assert all(other[name] for name in english)
    assert {*FIELDS, "result"} <= set(other["headers"])
    # English says January to December for those that have the same names
    known = vocabulary()
    assert set(known.months.values()) == set(range(1, 13))
    assert set(other["weekdays"].values()) == set(range(7))
    assert {1, 2, 3} <= set(other["ordinals"].values())
