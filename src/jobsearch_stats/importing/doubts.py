"""Words beside a date that leave open whether it took place on that day."""

from __future__ import annotations

from functools import cache

from ..patterns import pattern
from .words import fold, tokens, vocabulary

_WILL = pattern(r"\bWill\b(?!\s+[a-z])")
"""The name: "Will Example", not "Will call"."""


@cache
def _undivided() -> tuple[str, ...]:
    """Return the words of languages that do not divide their words."""
    return tuple(sorted(word for word in vocabulary().doubts if word[0] > "\u2e80"))


def is_doubtful(text: str, written: str = "") -> bool:
    """Whether the words deny, plan, move or doubt what the date beside them says.

    Folded words name nobody; as they were `written`, "Will Smith" is a person.
    """
    folded = fold(_WILL.sub(" ", text))
    if written and _WILL.search(written):
        folded = " ".join(word for word in folded.split() if word != "will")
    doubts = vocabulary().doubts
    if any(word in doubts for word in tokens(folded)):
        return True
    return not folded.isascii() and any(word in folded for word in _undivided())
