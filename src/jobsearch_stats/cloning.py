"""Clones that follow a strategy until they depart from it, weighted: the arrays of a comparison.

Every unit is copied once per strategy. A copy, its clone, leaves on the first day on which the
unit did what the strategy does not allow; those that stay stand for those that left, with the
inverse of the chance of staying as their weight. Pure arrays: what a day, an act or an outcome
means is said by whoever calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Units:
    """What was observed of n units on days 0 to T - 1; T, or more, is "never".

    Attributes
    ----------
    acted
        int64, shape (n,): day of the first act.
    event, competing
        int64, shape (n,): day of the outcome, and of what makes it impossible. Of both on one
        day the outcome counts.
    observed
        int64, shape (n,): last day that was observed.
    watched
        int64, shape (n,): last day on which it was looked whether somebody acts; it is no later
        than the end.
    outcome_first
        bool, shape (n, T): on that day the outcome comes before the decision to act.
    """

    acted: Places
    event: Places
    competing: Places
    observed: Places
    watched: Places
    outcome_first: Flags

    @property
    def n_days(self) -> int:
        """T."""
        return self.outcome_first.shape[1]

    @property
    def end(self) -> Places:
        """Last day at risk, if nothing departs."""
        end = np.minimum(np.minimum(self.event, self.competing), self.observed)
        return np.minimum(end, self.n_days - 1)

    @property
    def answered(self) -> Flags:
        """Whether the outcome was observed on the last day."""
        return (self.event == self.end) & (self.event <= self.competing)

    @property
    def impossible(self) -> Flags:
        """Whether what makes it impossible was observed on the last day."""
        return (self.competing == self.end) & ~self.answered

    def take(self, rows: npt.NDArray) -> Units:
        """Return these units."""
        return Units(
            self.acted[rows],
            self.event[rows],
            self.competing[rows],
            self.observed[rows],
            self.watched[rows],
            self.outcome_first[rows],
        )


def observed_units(
    *,
    acted: npt.ArrayLike,
    event: npt.ArrayLike,
    competing: npt.ArrayLike,
    observed: npt.ArrayLike,
    outcome_first: npt.NDArray,
    n_days: int,
    watched: npt.ArrayLike | None = None,
) -> Units:
    """Return units in which an act that came too late to matter is none.

    Parameters
    ----------
    outcome_first
        bool, shape (n, T), or (n, 1) for all days alike.
    watched
        As in `Units`; left out, acts were looked for until the end.
    """
    first = np.broadcast_to(np.asarray(outcome_first, bool), (len(outcome_first), n_days))
    never = np.full(len(first), n_days)
    days = [np.minimum(np.asarray(v, np.int64), n_days) for v in (acted, event, competing)]
    last = np.asarray(observed, np.int64)
    units = Units(days[0], days[1], days[2], last, never, first)
    end = units.end
    if watched is not None:
        end = np.minimum(end, np.asarray(watched, np.int64))
    # on the day of an outcome that came before it the decision was not observed
    over = (units.answered | units.impossible) & (end == units.end)
    over &= np.take_along_axis(first, end[:, None], axis=1)[:, 0]
    end = end - over
    days[0] = np.where(days[0] > end, n_days, days[0])
    return Units(days[0], days[1], days[2], last, end, first)


def decisions(units: Units) -> Flags:
    """Return on which days it was decided whether to act: shape (n, T), the act's day the last."""
    last = np.minimum(units.acted, units.watched)
    return np.arange(units.n_days) <= last[:, None]


def departures(may_wait: Flags, may_act: Flags, units: Units) -> Places:
    """Return the day on which each clone departs from its strategy.

    It departs on the first day on which its unit acted and might not, or did not act and must.
    After an act that was allowed it never departs.

    Parameters
    ----------
    may_wait, may_act
        bool, shape (S, n, T): what each of S strategies allows.

    Returns
    -------
    numpy.ndarray
        int64, shape (S, n); T: never.
    """
    acts = np.arange(units.n_days) == units.acted[:, None]
    wrong = decisions(units) & np.where(acts, ~may_act, ~may_wait)
    return np.where(wrong.any(axis=-1), wrong.argmax(axis=-1), units.n_days).astype(np.int64)


def factors(may_wait: Flags, may_act: Flags, units: Units, pattern: Places, n: int) -> Places:
    """Return which row of a table of factors multiplies a clone's weight on each day.

    The table has `2 n + 1` rows: of pattern k the inverse chance of waiting stands in row k, that
    of acting in row n + k, and row `2 n` is 1, for days on which both are allowed, or nothing is
    decided.

    Parameters
    ----------
    pattern
        int64, shape (n, T): the covariate pattern of each unit and day; n or more where the
        chance of acting is not modelled.

    Returns
    -------
    numpy.ndarray
        int64, shape (S, n, T).
    """
    modelled = decisions(units) & (pattern < n)
    row = np.where(may_act, n + pattern, pattern)
    return np.where(modelled & (may_wait != may_act), row, 2 * n)


def factor_table(logits: Numbers) -> Numbers:
    """Return the table of factors, shape (2 n + 1, B), from the logits of acting, shape (n, B)."""
    return np.concatenate(
        [1 + np.exp(logits), 1 + np.exp(-logits), np.ones((1, logits.shape[1]))], axis=0
    )


def clone_weights(units: Units, rows: Places, factor: Numbers) -> Numbers:
    """Return every clone's weight at each day's outcome, whether it has departed or not.

    Parameters
    ----------
    rows
        int64, shape (S, n, T), as `factors` gives it.
    factor
        float64, shape (rows,): one column of the table.

    Returns
    -------
    numpy.ndarray
        float64, shape (S, n, T).
    """
    through = np.cumprod(factor[rows], axis=-1)
    before = np.concatenate([np.ones_like(through[..., :1]), through[..., :-1]], axis=-1)
    return np.where(units.outcome_first, before, through)


def at_risk(units: Units, departs: Places) -> Flags:
    """Return on which days each clone is at risk, shape (S, n, T)."""
    day = np.arange(units.n_days)
    here = departs[..., None] > np.where(units.outcome_first, day - 1, day)
    return here & (day <= units.end[:, None])


def naive_followers(departs: Places, asks: Flags, units: Units) -> Flags:
    """Return whom a look at the acts alone would say to have followed each strategy.

    Whoever acted, and as the strategy has it, followed it; whoever never acted followed a strategy
    that never asks for it. That the outcome may have come first is overlooked, as such a look does.

    Parameters
    ----------
    departs
        int64, shape (S, n), as `departures` gives it.
    asks
        bool, shape (S,): whether the strategy ever asks for an act.

    Returns
    -------
    numpy.ndarray
        bool, shape (S, n).
    """
    acted = units.acted < units.n_days
    return np.where(asks[:, None], acted & (departs >= units.n_days), ~acted)


def followers(units: Units, departs: Places) -> Flags:
    """Return which clones never departed while they were at risk, shape (S, n)."""
    last = np.take_along_axis(units.outcome_first, units.end[:, None], axis=1)[:, 0]
    ended = units.answered | units.impossible
    return departs > units.end - (last & ended)


def same_masks(masks: Sequence[tuple[Flags, Flags]]) -> list[int]:
    """Return of each strategy the number of the first one whose masks are the same."""
    numbers: list[int] = []
    for may_wait, may_act in masks:
        found = (
            k
            for k in dict.fromkeys(numbers)
            if np.array_equal(masks[k][0], may_wait) and np.array_equal(masks[k][1], may_act)
        )
        numbers.append(next(found, len(numbers)))
    return numbers
