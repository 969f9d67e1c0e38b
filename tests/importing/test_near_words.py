"""The index of known words: it finds what a look at every word finds, and is built as asked for."""

import random

import pytest

from jobsearch_stats.importing.near_words import NearWords, is_slip
from jobsearch_stats.importing.words import vocabulary


def _slips(words: list[str], n: int) -> list[str]:
    """Return words with a letter left out, added, changed or swapped, often among the first two."""
    chance = random.Random(7)
    out = []
    for _ in range(n):
        word = chance.choice(words)
        at = chance.choice([0, 0, 1, chance.randrange(len(word))])
        out.append(
            chance.choice(
                [
                    word[:at] + word[at + 1 :],
                    word[:at] + chance.choice(word) + word[at:],
                    word[:at] + chance.choice(word) + word[at + 1 :],
                    word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
                ]
            )
        )
    return [word for word in out if len(word) >= 6]


def test_it_finds_what_a_look_at_every_word_finds() -> None:
    known = [word for word in vocabulary().statuses if len(word) >= 6]
    near = NearWords({word: word for word in known})
    hits = 0
    for word in _slips(known, 300):
        slow = {other for other in known if is_slip(word, other)}
        found = near._with_one_more_or_less(word)
        assert {other for other in found if is_slip(word, other)} == slow, word
        hits += bool(slow)
    assert hits > 150


@pytest.mark.parametrize("word", ["rexected", "niterview"])
def test_a_few_words_wait_for_no_index_of_them_all(word: str) -> None:
    known = vocabulary().statuses
    near = NearWords(known, vocabulary().status_words)
    assert near.with_typo([word])
    indexed = {other for cut in near._cut.values() for words in cut.values() for other in words}
    assert len(indexed) < len(known) / 10
