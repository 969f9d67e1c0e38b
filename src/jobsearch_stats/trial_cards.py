"""The cards of a trial with what came of their interviews, each as it was dealt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .facts import Bools
from .interviews import Interviews
from .ledger import Ledger
from .log import ApplicationLog
from .placing import place
from .strategies import Strategy
from .windows import known_windows
from .workdays import NO_DAY, Days

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cards:
    """The cards dealt until a day, one element each: the arm, and what came of it."""

    names: list[str]
    arm: Counts
    block: Counts
    known: Bools
    """Watched for the horizon, and whether it was answered in time is known."""
    pending: Bools
    """Not watched for the horizon yet."""
    answered: Bools
    silent_until: Days
    """Of those that are known, were not answered and did not end: the horizon's last day."""
    kept: Bools
    """The first follow-up was as the card says."""

    @property
    def lost(self) -> Bools:
        """Never to be known: not in the log, or answered on a day that is not logged."""
        return ~self.known & ~self.pending

    def count(self, which: Bools) -> Counts:
        """Return how many of these cards each strategy has."""
        return np.bincount(self.arm[which], minlength=len(self.names))


def cards_of(
    book: Ledger, log: ApplicationLog, units: Interviews, horizon: int, day: pd.Timestamp
) -> Cards:
    """Return the cards dealt until a day; those of later days do not exist."""
    placed = place(book, log, units)
    rows = np.flatnonzero((book.cards["dealt_on"] <= day).to_numpy(bool))
    names = [strategy.name for strategy in book.strategies]
    number = {name: at for at, name in enumerate(names)}
    arm = np.asarray(book.cards["strategy"].map(number), np.int64)[rows]
    unit = placed.unit[rows]
    there = np.flatnonzero(unit >= 0)
    ours = units.take(unit[there])
    watched = ours.observed - ours.start >= horizon
    responded = (ours.response != NO_DAY) & (ours.response - ours.start <= horizon)

    silent = watched & ~ours.undated & (ours.response == NO_DAY) & (ours.competing == NO_DAY)

    def spread(values: Bools) -> Bools:
        out = np.zeros(rows.size, bool)
        out[there] = values
        return out

    silent_until = np.full(rows.size, NO_DAY)
    silent_until[there] = np.where(silent, ours.start + np.int32(horizon), NO_DAY)

    return Cards(
        names=names,
        arm=arm,
        block=book.cards["block"].to_numpy(np.int64)[rows],
        known=spread(watched & ~ours.undated),
        pending=spread(~watched),
        answered=spread(responded),
        silent_until=silent_until,
        kept=spread(_kept(book.strategies, arm[there], ours)),
    )


def _kept(strategies: Sequence[Strategy], arm: Counts, units: Interviews) -> Bools:
    """Say where the first follow-up was as the card says: in its window, or none before the end."""
    out = np.zeros(len(units), bool)
    ends = np.stack([units.answered, units.competing])
    end = np.where(ends == NO_DAY, units.observed, ends).min(axis=0)
    none = units.follow_up == NO_DAY
    for number, strategy in enumerate(strategies):
        window = known_windows(strategy, units, by=units.observed, on_first=False)
        over = (window.first != NO_DAY) & (window.last < end)
        kept = np.where(none, ~over, window.may_follow(units.follow_up))
        out[arm == number] = kept[arm == number]
    return out
