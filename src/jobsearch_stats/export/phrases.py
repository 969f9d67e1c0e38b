"""Sentences made for a notebook, as they are to be read in a page made by the command line."""

from __future__ import annotations

from ..patterns import pattern
from ..show import as_typed

_STAGES = (
    ('set STAGES = ("interview", "application")', "use --stages interview,application"),
    ('stages=("interview", "application")', "--stages interview,application"),
)
_DAY = pattern(r'set AS_OF = "([\d-]+)" in the first cell')


def said(sentence: str) -> str:
    """Return a sentence with what a notebook's cells are given as options of the command line.

    Examples
    --------
    >>> said('Bring the log up to date, or set AS_OF = "2026-02-01" in the first cell.')
    'Bring the log up to date, or use --as-of 2026-02-01.'
    """
    for cell, option in _STAGES:
        sentence = sentence.replace(cell, option)
    return as_typed(_DAY.sub(r"use --as-of \1", sentence))
