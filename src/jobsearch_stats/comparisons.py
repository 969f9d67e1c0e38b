"""Groups of approaches set side by side, and what their differences let one do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .differences import Differences, holm, rate_differences
from .rates import Rates, response_rates
from .results import Result
from .strategies import DAY_AFTER

ALPHA = 0.05
"""The level of the tests; that of the intervals is one minus it."""

MESSAGES = ("the first message", "the second message", "a later message")

_WHY_BLANK = {
    "timing": "made before any interview",
    "since_interview": "made before any interview",
    "message": "they left no message",
}

_CALENDAR = {
    "The weekday of a follow-up": ("weekday", "follow_up"),
    "The part of the day of a follow-up": ("part_of_day", "follow_up"),
    "The weekday of an application": ("weekday", "application"),
}

_ALL_PAIRS = 3  # up to so many groups every pair is compared, beyond it each with the largest


@dataclass(frozen=True)
class Comparison:
    """The rates of the groups of one column, and their differences.

    Attributes
    ----------
    rates, differences
        The results.
    n_blank
        Approaches left out, as the log does not say to which group they belong.
    """

    rates: Rates
    differences: Differences
    n_blank: int

    @property
    def tells_apart(self) -> bool:
        """Whether the test of all groups, and then that of a pair, finds a difference."""
        found = bool((self.differences.table["p_holm"] < ALPHA).any())
        return found and self.differences.global_p < ALPHA


def compared(
    tries: pd.DataFrame,
    *,
    by: str,
    within: int,
    counts: str = "any",
    kinds: str = "follow_up",
) -> Comparison:
    """Return the rates of one column's groups, and how far they are apart.

    Approaches whose group is blank are left out and counted: that nobody wrote down the hour is
    nothing that an employer answers to. Up to three groups are compared in all pairs, more of
    them each with the largest group: the more comparisons, the less any of them can show.

    Parameters
    ----------
    tries
        What :func:`jobsearch_stats.outreach` gives.
    by
        One of its columns.
    within, counts, kinds
        As for :func:`jobsearch_stats.response_rates`.

    Raises
    ------
    UnknownNameError, SettingError
        As `response_rates` does.
    """
    blank = tries[by].isna() if by in tries.columns else pd.Series(False, index=tries.index)
    waiting = (tries["kind"] == kinds) & (tries["stage"] != "closed")
    rates = response_rates(tries[~blank], by=by, within=within, counts=counts, kinds=kinds)
    return Comparison(
        rates=rates,
        differences=rate_differences(rates, reference=_reference(rates)),
        n_blank=int((blank & waiting).sum()),
    )


def _reference(rates: Rates) -> dict[str, object] | None:
    n = rates.table["n"].to_numpy()
    if (n > 0).sum() <= _ALL_PAIRS:
        return None
    largest = rates.table.iloc[int(n.argmax())]
    return {name: largest[name] for name in rates.by}


def messages_compared(tries: pd.DataFrame, *, counts: str = "any") -> Comparison:
    """Return how often the first message is answered, and the second, before the next is due.

    The window is a day shorter than the rules' time between messages (R5): a longer one would
    count an answer to the second message for the first as well. Calls that left no message are
    left out.
    """
    number = tries["message_number"].clip(upper=len(MESSAGES))
    names = number.map(dict(enumerate(MESSAGES, start=1)))
    order: pd.CategoricalDtype = pd.CategoricalDtype(list(MESSAGES), ordered=True)
    return compared(
        tries.assign(message=names.astype(order)),
        by="message",
        within=DAY_AFTER.days_between_messages - 1,
        counts=counts,
    )


def calendar_questions(
    tries: pd.DataFrame, *, within: int, counts: str = "any"
) -> dict[str, Comparison]:
    """Return what is asked of the calendar: the weekday and hour of follow-ups, and of applying.

    Parameters
    ----------
    tries, within, counts
        As for `compared`.

    Returns
    -------
    dict
        The comparisons, by question.
    """
    return {
        question: compared(tries, by=by, kinds=kind, within=within, counts=counts)
        for question, (by, kind) in _CALENDAR.items()
    }


def corrected(comparisons: Mapping[str, Comparison]) -> Result:
    """Return the test of all groups of each comparison, corrected for their number by Holm.

    Returns
    -------
    Result
        `.table`: columns `question, n, groups` (those with anything to count), `p_value, p_holm`:
        NaN where there is nothing to compare.
    """
    tables = [c.rates.table for c in comparisons.values()]
    p = np.array([c.differences.global_p for c in comparisons.values()], float)
    p_holm = p.copy()
    p_holm[~np.isnan(p)] = holm(p[~np.isnan(p)])
    table = pd.DataFrame(
        {
            "question": pd.Series(list(comparisons), dtype="str"),
            "n": [int(table["n"].sum()) for table in tables],
            "groups": [int((table["n"] > 0).sum()) for table in tables],
            "p_value": p,
            "p_holm": p_holm,
        }
    )
    return Result(
        table=table,
        caption="One test of all groups for each question, and its p corrected for asking "
        f"{len(table)} of them.",
    )


def verdict_sentence(
    comparison: Comparison, *, apart: str = "", same: str = "", alone: str = ""
) -> str:
    """Return what the differences say, and what follows if groups differ, if not, or if alone."""
    differences = comparison.differences
    follows = apart if comparison.tells_apart else same
    if np.isnan(differences.global_p):
        follows = alone
    n, why = comparison.n_blank, _WHY_BLANK.get(comparison.rates.by[0], "the log does not say")
    left_out = f"({n:,} more {'is' if n == 1 else 'are'} left out: {why}.)" if n else ""
    return " ".join(filter(None, (differences.text, left_out, follows)))


def lowered(sentence: str) -> str:
    """Return the sentence as the second half of another."""
    return f"{sentence[:1].lower()}{sentence[1:]}"
