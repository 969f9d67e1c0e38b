"""A comparison estimated once and in many resamples: models refitted, curves in whole columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .clone_risks import Plan, naive_curve, plan, risk_curve
from .cloning import (
    Flags,
    Numbers,
    Places,
    Units,
    at_risk,
    clone_weights,
    departures,
    factor_table,
    factors,
    followers,
    naive_followers,
)
from .influence import influences
from .progress import Progress as Progress
from .propensity import Covariates, Patterns, fit, patterns, prior_precision, tallies

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_FITTED_AT_ONCE = 1_000
_COLUMNS_AT_ONCE = 125
_THREADS = 2
_RESAMPLE_TOLERANCE = 1e-3  # leaves an error of about 1e-6 in the log odds


class Job(NamedTuple):
    """A strategy by its number, among these interviews; None is all of them."""

    strategy: int
    among: Places | None


@dataclass(frozen=True)
class Model:
    """The model of following up: patterns, their days and acts by unit, and the point estimate."""

    found: Patterns
    days: csr_array
    acts: csr_array
    beta: Numbers

    def refit(self, counts: Numbers) -> Numbers:
        """Return the table of factors of each resample, shape (2 P + 1, B)."""
        beta = fit(
            self.found.x,
            self.days @ counts,
            self.acts @ counts,
            precision=prior_precision(self.found.names),
            start=self.beta,
            tolerance=_RESAMPLE_TOLERANCE,
        )
        return factor_table(np.einsum("pk,kb->pb", self.found.x, beta))


def fitted_model(units: Units, covariates: Covariates) -> Model:
    """Return the model fitted to all units."""
    found = patterns(units, covariates)
    days, acts = tallies(units, found)
    one = np.ones((units.acted.size, 1))
    beta = fit(found.x, days @ one, acts @ one, precision=prior_precision(found.names))
    return Model(found, days, acts, beta[:, 0])


@dataclass(frozen=True)
class Comparison:
    """Clones of n units under S strategies, ready to be estimated in any resample.

    Attributes
    ----------
    departs
        int64, shape (S, n).
    rows
        int64, shape (S, n, T): rows of the table of factors.
    table
        float64, shape (rows, 1): the factors at the point estimate.
    followed
        bool, shape (S, n): who counts as having followed each strategy.
    model
        None: nothing is weighted.
    truncate
        Quantile to which weights are lowered, or None.
    naive
        Crude shares among `followed`, in place of clones.
    """

    units: Units
    departs: Places
    rows: Places
    table: Numbers
    followed: Flags
    model: Model | None
    truncate: float | None
    naive: bool

    def planned(self, job: Job) -> Plan:
        """Return the days of a job."""
        units, departs, rows = self.units, self.departs[job.strategy], self.rows[job.strategy]
        if job.among is not None:
            units, departs, rows = units.take(job.among), departs[job.among], rows[job.among]
        return plan(units, departs, rows, n_rows=len(self.table))

    def curve_of(self, job: Job) -> Callable[[Numbers, Numbers], Numbers]:
        """Return what gives a job's curves, shape (B, T), from a table and counts."""
        everybody = np.arange(self.units.acted.size)
        among = everybody if job.among is None else job.among
        if self.naive:
            units, followed = self.units.take(among), self.followed[job.strategy][among]
            return lambda table, counts: naive_curve(units, followed, counts[among])
        days = self.planned(job)
        return lambda table, counts: risk_curve(days, table, counts[among], truncate=self.truncate)

    def point(self, jobs: Sequence[Job]) -> Numbers:
        """Return the curves of the log itself, shape (jobs, T)."""
        one = np.ones((self.units.acted.size, 1))
        return np.array([self.curve_of(job)(self.table, one)[0] for job in jobs])

    def weights(self) -> Numbers:
        """Return every clone's weight on each day, shape (S, n, T), lowered where it is asked."""
        weights = clone_weights(self.units, self.rows, self.table[:, 0])
        if self.truncate is None:
            return weights
        here = at_risk(self.units, self.departs)
        for of_strategy, stays in zip(weights, here, strict=True):
            if stays.any():
                cap = np.quantile(of_strategy[stays], self.truncate, method="inverted_cdf")
                np.minimum(of_strategy, cap, out=of_strategy)
        return weights

    def influences(self, jobs: Sequence[Job]) -> Iterator[Numbers]:
        """Give of each job how far every unit moves its curve, shape (n, T)."""
        if self.naive:
            weights = np.repeat(self.followed[..., None], self.units.n_days, axis=-1).astype(float)
            weights *= np.arange(self.units.n_days) <= self.units.end[:, None]
        else:
            weights = self.weights() * at_risk(self.units, self.departs)
        for job in jobs:
            of_job = weights[job.strategy]
            if job.among is not None:
                of_job = np.zeros_like(of_job)
                of_job[job.among] = weights[job.strategy, job.among]
            yield influences(self.units, of_job)

    def last_weights(self) -> Numbers:
        """Return the weight of each clone on its unit's last day, shape (S, n)."""
        end = np.broadcast_to(self.units.end[:, None], (*self.departs.shape, 1))
        return np.take_along_axis(self.weights(), end, axis=-1)[..., 0]

    def worth(self, among: Places | None = None) -> Numbers:
        """Return how many unweighted followers tell as much as those of each strategy (Kish)."""
        weights = np.where(self.followed, self.last_weights(), 0.0)
        if among is not None:
            weights = weights[:, among]
        squares = (weights**2).sum(axis=1)
        total = weights.sum(axis=1) ** 2
        return np.divide(total, squares, out=np.zeros(len(total)), where=squares > 0)


def compared(
    units: Units,
    *,
    may_wait: Flags,
    may_act: Flags,
    asks: Flags,
    covariates: Covariates,
    estimator: str,
    truncate: float | None = None,
) -> Comparison:
    """Return the clones of all units under S strategies.

    Parameters
    ----------
    may_wait, may_act
        bool, shape (S, n, T).
    asks
        bool, shape (S,): whether the strategy ever asks for an act.
    estimator
        "ccw", "clone_censor" or "naive".
    """
    departs = departures(may_wait, may_act, units)
    followed = followers(units, departs)
    if estimator != "ccw" or not units.acted.size:
        rows = np.zeros(may_wait.shape, np.int64)
        if estimator == "naive":
            old = units.observed >= units.n_days - 1  # else early answers would be all one sees
            followed = naive_followers(departs, asks, units) & old
        one = np.ones((1, 1))
        return Comparison(units, departs, rows, one, followed, None, None, estimator == "naive")
    model = fitted_model(units, covariates)
    found = model.found
    rows = factors(may_wait, may_act, units, found.at, len(found.x))
    table = factor_table(found.x @ model.beta[:, None])
    return Comparison(units, departs, rows, table, followed, model, truncate, False)


def resampled(
    comparison: Comparison,
    jobs: Sequence[Job],
    *,
    clusters: Places,
    n_boot: int,
    seed: int,
    progress: Progress | None = None,
) -> Numbers:
    """Return the curves of every job in each resample, shape (jobs, n_boot, T).

    Parameters
    ----------
    clusters
        int64, shape (n,): what is drawn as one, such as the interviews of one application.
    progress
        Called with the resamples done and those wanted.
    """
    rng = np.random.default_rng(seed)
    out = np.full((len(jobs), n_boot, comparison.units.n_days), np.nan)
    if not clusters.size:
        return out
    curves = [comparison.curve_of(job) for job in jobs]
    with ThreadPoolExecutor(_THREADS) as pool:
        for begin in range(0, n_boot, _FITTED_AT_ONCE):
            stop = min(begin + _FITTED_AT_ONCE, n_boot)
            counts = _counts(rng, clusters, stop - begin)
            table = comparison.table if comparison.model is None else comparison.model.refit(counts)
            pieces = [
                slice(at, min(at + _COLUMNS_AT_ONCE, stop - begin))
                for at in range(0, stop - begin, _COLUMNS_AT_ONCE)
            ]
            one = partial(_piece, curves, table, counts)
            for piece, found in zip(pieces, pool.map(one, pieces), strict=True):
                out[:, begin + piece.start : begin + piece.stop] = found
            if progress:
                progress(stop, n_boot)
    return out


def _piece(
    curves: Sequence[Callable[[Numbers, Numbers], Numbers]],
    table: Numbers,
    counts: Numbers,
    piece: slice,
) -> Numbers:
    some = np.ascontiguousarray(counts[:, piece])
    factor = table if table.shape[1] == 1 else np.ascontiguousarray(table[:, piece])
    return np.array([curve(factor, some) for curve in curves])


def _counts(rng: np.random.Generator, clusters: Places, n_boot: int) -> Numbers:
    """Return how often each unit is in each resample, shape (n, n_boot)."""
    width = int(clusters.max()) + 1
    drawn = rng.integers(0, width, (n_boot, width))
    drawn += np.arange(n_boot)[:, None] * width
    counts = np.bincount(drawn.ravel(), minlength=n_boot * width).reshape(n_boot, width)
    return counts.T[clusters].astype(np.float64)
