"""The frames of a comparison of strategies: risks, differences and curves with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .cloning import Flags, Numbers, Places
from .comparison_settings import Asked
from .differences import holm
from .influence import degrees_of_freedom
from .resampling import Comparison, Job, Progress, resampled
from .strategy_intervals import (
    UNKNOWN,
    Interval,
    detectable,
    difference_interval,
    risk_intervals,
)

IDENTICAL = Interval(0.0, 0.0, 0.0, 1.0)
"""Of two strategies that ask for the same."""


@dataclass(frozen=True)
class Arms:
    """The strategies of a comparison.

    Attributes
    ----------
    names
        S names.
    reference
        The number of the one that the others are compared with.
    same
        Of each the number of the first one with the same masks.
    may_wait, may_act
        bool, shape (S, n, T).
    """

    names: tuple[str, ...]
    reference: int
    same: Sequence[int]
    may_wait: Flags
    may_act: Flags

    def others(self) -> list[int]:
        """Return the numbers of all but the reference."""
        return [s for s in range(len(self.names)) if s != self.reference]

    def alike(self, strategy: int) -> bool:
        """Return whether a strategy asks for the same as the reference."""
        return self.same[strategy] == self.same[self.reference]

    def differ(self, strategy: int) -> Flags:
        """Return the interviews in which a strategy and the reference ask for different things."""
        return self.apart(strategy)[:, -1]

    def apart(self, strategy: int) -> Flags:
        """Return by which day they have asked for different things, shape (n, T)."""
        wait, act = (m[[strategy, self.reference]] for m in (self.may_wait, self.may_act))
        differ = (wait[0] != wait[1]) | (act[0] != act[1])
        return np.logical_or.accumulate(differ, axis=-1)


Key = tuple[int, int | None]
"""A strategy, among all interviews or among those in which another one differs from the
reference."""


def _jobs(arms: Arms) -> dict[Key, Job]:
    """Return the curves to estimate, each once: of strategies that are the same the first's."""
    jobs: dict[Key, Job] = {(s, None): Job(s, None) for s in arms.same}
    for s in arms.others():
        differ = arms.differ(s)
        if differ.any() and not differ.all():
            for one in (arms.same[s], arms.same[arms.reference]):
                jobs[one, arms.same[s]] = Job(one, np.flatnonzero(differ))
    return jobs


@dataclass(frozen=True)
class Estimates:
    """Curves of each job: of the log itself, shape (jobs, T), and resampled, (jobs, B, T).

    `freedom`, shape (jobs, T), has the degrees of freedom of their spread; `moves`, shape
    (jobs, n), how far each interview moves the last day of a curve.
    """

    arms: Arms
    comparison: Comparison
    clusters: Places
    at: dict[Key, int]
    points: Numbers
    draws: Numbers
    freedom: Numbers
    moves: Numbers
    confidence: float

    def curve_points(self) -> Numbers:
        """Return the curve of each strategy, shape (S, T)."""
        return self.points[[self.at[s, None] for s in self.arms.same]]

    def table(self) -> pd.DataFrame:
        """Return strategy, n_followers, ess, risk, ci_low, ci_high."""
        worth = self.comparison.worth()
        at = [self.at[s, None] for s in self.arms.same]
        risk = self.points[at, -1]
        low, high = risk_intervals(
            risk, self.draws[at, :, -1], worth, self.freedom[at, -1], confidence=self.confidence
        )
        return pd.DataFrame(
            {
                "strategy": pd.Series(self.arms.names, dtype="str"),
                "n_followers": self.comparison.followed.sum(axis=1).astype(np.int64),
                "ess": worth,
                "risk": risk,
                "ci_low": low,
                "ci_high": high,
            }
        )

    def curves(self) -> pd.DataFrame:
        """Return strategy, day, risk, ci_low, ci_high."""
        n_days = self.points.shape[1]
        at = [self.at[s, None] for s in self.arms.same]
        risk = self.points[at].ravel()
        draws = self.draws[at].transpose(0, 2, 1).reshape(risk.size, -1)
        worth = np.repeat(self.comparison.worth(), n_days)
        low, high = risk_intervals(
            risk, draws, worth, self.freedom[at].ravel(), confidence=self.confidence
        )
        return pd.DataFrame(
            {
                "strategy": pd.Series(np.repeat(self.arms.names, n_days), dtype="str"),
                "day": np.tile(np.arange(n_days), len(at)),
                "risk": risk,
                "ci_low": low,
                "ci_high": high,
            }
        )

    def contrasts(self) -> list[tuple[float, Interval]]:
        """Return the difference of each strategy from the reference, among all interviews."""
        return [self._contrast(s, None) for s in self.arms.others()]

    def _contrast(self, strategy: int, among: int | None) -> tuple[float, Interval]:
        pair = (self.arms.same[strategy], self.arms.same[self.arms.reference])
        at = [self.at[s, among] for s in pair]
        first, second = (float(self.points[k, -1]) for k in at)
        if self.arms.alike(strategy):
            known = not np.isnan(first)
            return first - second, IDENTICAL if known else UNKNOWN
        rows = None if among is None else np.flatnonzero(self.arms.differ(strategy))
        worth = self.comparison.worth(rows)[list(pair)]
        moves = (self.moves[at[0]] - self.moves[at[1]])[:, None]
        found = difference_interval(
            (first, second),
            (self.draws[at[0], :, -1], self.draws[at[1], :, -1]),
            (float(worth[0]), float(worth[1])),
            float(degrees_of_freedom(moves, self.clusters)[0]),
            confidence=self.confidence,
        )
        return first - second, found

    def where_they_differ(self, strategy: int, n: int) -> tuple[float, Interval]:
        """Return the difference among the n interviews in which the masks differ."""
        if not n:
            return float("nan"), UNKNOWN
        among = self.arms.same[strategy]
        return self._contrast(strategy, among if (among, among) in self.at else None)

    def differences(self) -> pd.DataFrame:
        """Return one row per strategy but the reference."""
        arms = self.arms
        found = self.contrasts()
        p = np.array([interval.p for _, interval in found])
        counts = ~np.isnan(p) & np.array([not arms.alike(s) for s in arms.others()], bool)
        p[counts] = holm(p[counts])
        rows = []
        for s, (difference, interval), p_adjusted in zip(arms.others(), found, p, strict=True):
            n = int(arms.differ(s).sum())
            there, ends = self.where_they_differ(s, n)
            rows.append(
                (
                    arms.names[s],
                    arms.names[arms.reference],
                    difference,
                    interval.low,
                    interval.high,
                    float(p_adjusted),
                    n,
                    there,
                    ends.low,
                    ends.high,
                )
            )
        frame = pd.DataFrame(rows, columns=list(_DIFFERENCES))
        return frame.astype(_DIFFERENCES)

    def answers_apart(self) -> pd.Series:
        """Return how many answers came once a strategy and the reference differed, by strategy."""
        units = self.comparison.units
        rows = np.flatnonzero(units.answered)
        apart = [self.arms.apart(s)[rows, units.end[rows]].sum() for s in self.arms.others()]
        index = pd.Index([self.arms.names[s] for s in self.arms.others()], dtype="str")
        return pd.Series(apart, index=index, name="n_answers_apart", dtype="int64")

    def detectable(self) -> pd.Series:
        """Return the smallest difference that would show, by strategy."""
        values = [
            detectable(interval.se, confidence=self.confidence) for _, interval in self.contrasts()
        ]
        index = pd.Index([self.arms.names[s] for s in self.arms.others()], dtype="str")
        return pd.Series(values, index=index, name="minimum_detectable_difference", dtype="float64")


_DIFFERENCES = {
    "strategy": "str",
    "reference": "str",
    "difference": "float64",
    "ci_low": "float64",
    "ci_high": "float64",
    "p_adjusted": "float64",
    "n_distinguishable": "int64",
    "difference_where_they_differ": "float64",
    "ci_low_where_they_differ": "float64",
    "ci_high_where_they_differ": "float64",
}


def estimated(
    arms: Arms,
    comparison: Comparison,
    *,
    clusters: Places,
    asked: Asked,
    progress: Progress | None,
) -> Estimates:
    """Return all curves, of the log and of its resamples."""
    jobs = _jobs(arms)
    curves = list(jobs.values())
    # where nothing moves, the spread is taken for known, and the percentiles are plain
    freedom = np.full((len(curves), comparison.units.n_days), np.inf)
    moves = np.zeros((len(curves), clusters.size))
    if asked.intervals == "expanded":
        for number, of_job in enumerate(comparison.influences(curves)):
            freedom[number], moves[number] = degrees_of_freedom(of_job, clusters), of_job[:, -1]
    draws = resampled(
        comparison,
        curves,
        clusters=clusters,
        n_boot=asked.n_boot,
        seed=asked.seed,
        progress=progress,
    )
    return Estimates(
        arms=arms,
        comparison=comparison,
        clusters=clusters,
        at={key: number for number, key in enumerate(jobs)},
        points=comparison.point(curves),
        draws=draws,
        freedom=freedom,
        moves=moves,
        confidence=asked.confidence,
    )
