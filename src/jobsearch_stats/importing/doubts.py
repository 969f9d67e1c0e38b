"""Words beside a date that leave open whether it took place on that day."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from .words import fold, tokens


@cache
def _doubts() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of languages that divide their words, and those of the others."""
    path = Path(__file__).with_name("doubts.json")
    languages = json.loads(path.read_text(encoding="utf-8"))
    words = {fold(word) for listed in languages.values() for word in listed}
    undivided = tuple(sorted(word for word in words if not word.isascii() and word[0] > "\u2e80"))
    return frozenset(words), undivided


def is_doubtful(text: str) -> bool:
    """Whether the words deny, plan, move or doubt what the date beside them says."""
    words, undivided = _doubts()
    folded = fold(text)
    if any(word in words for word in tokens(folded)):
        return True
    return not folded.isascii() and any(word in folded for word in undivided)
