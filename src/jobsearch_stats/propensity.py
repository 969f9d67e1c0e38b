"""The chance of following up on each day: one logistic model of all days on which it was open.

Days of the same covariates are one pattern, so that a resample changes only how many days and
follow-ups each pattern has, and the models of all resamples are fitted together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .cloning import Flags, Numbers, Places, Units, decisions
from .strategies import WEEKDAYS

if TYPE_CHECKING:
    from scipy.sparse import csr_array

PRIOR_SD = 2.5
"""Of every coefficient, on the log odds: a factor of twelve in the odds is within reach."""

PRIOR_SD_INTERCEPT = 10.0

BEFORE_FROM = (1, 2, 3, 6)
"""Least days before the due day in each bin before it."""

AFTER_FROM = (1, 2, 3, 5, 8)
"""First day of each bin after the due day; that day itself is what they are compared with."""

MIDDLE_FIT, HALF_RANGE_OF_FIT = 3.0, 2.0

_MOST_STEPS = 100
_LONGEST_STEP = 4.0

_OVERDUE = len(BEFORE_FROM)
_ON_THE_DAY = _OVERDUE + 1


@dataclass(frozen=True)
class Covariates:
    """What the model knows of n units, none of it later than the day it is used for.

    Attributes
    ----------
    due
        int64, shape (n,): days from the start to the default due day.
    due_before_moving
        int64, shape (n,): the same before it was moved on to an allowed day.
    promised
        bool, shape (n,): a date was named.
    weekday
        int64, shape (n,): of the start, 0 is Monday.
    fit
        float64, shape (n,), 1 to 5; NaN where blank.
    """

    due: Places
    due_before_moving: Places
    promised: Flags
    weekday: Places
    fit: Numbers


@dataclass(frozen=True)
class Patterns:
    """Person-days collapsed to P patterns of K columns.

    Attributes
    ----------
    names
        The columns.
    x
        float64, shape (P, K).
    at
        int64, shape (n, T): the pattern of each unit and day; P where nothing was decided.
    """

    names: tuple[str, ...]
    x: Numbers
    at: Places


def patterns(units: Units, covariates: Covariates) -> Patterns:
    """Return the patterns of the days, from day 1 on, on which it was decided whether to act.

    The columns are the intercept; the days from the default due day in bins that are fine around
    it, those before it apart with and without a promised date, and one for days on which it would
    be due, but is not allowed; whether a date was named; the weekday; fit, from -1 to 1, and
    whether it is blank.
    """
    open_days = decisions(units)
    open_days[:, 0] = False
    unit, day = np.nonzero(open_days)
    bins = _bins(day, covariates, unit)
    weekday = (covariates.weekday[unit] + day) % len(WEEKDAYS)
    fits, fit = np.unique(covariates.fit, return_inverse=True)  # NaN is one value, the last
    promised = covariates.promised[unit].astype(np.int64)
    shape = (_ON_THE_DAY + 1 + len(AFTER_FROM), 2, len(WEEKDAYS), max(len(fits), 1))
    key = np.ravel_multi_index((bins, promised, weekday, fit[unit]), shape)
    found, place = np.unique(key, return_inverse=True)
    at = np.full(open_days.shape, found.size)
    at[unit, day] = place
    bins, promised, weekday, fit = np.unravel_index(found, shape)
    columns = _columns(bins, promised, weekday, fits[fit] if fits.size else np.zeros(0))
    return Patterns(tuple(columns), np.column_stack(list(columns.values())), at)


def _bins(day: Places, covariates: Covariates, unit: Places) -> Places:
    """Return the bin of each day: before the due day, overdue but not allowed, on it, after it."""
    from_due = day - covariates.due[unit]
    before = np.searchsorted(BEFORE_FROM, -from_due, side="right") - 1
    after = _ON_THE_DAY + np.searchsorted(AFTER_FROM, from_due, side="right")
    overdue = day >= covariates.due_before_moving[unit]
    return np.where(from_due >= 0, after, np.where(overdue, _OVERDUE, before))


def _columns(
    bins: npt.NDArray, promised: npt.NDArray, weekday: npt.NDArray, fit: Numbers
) -> dict[str, Numbers]:
    columns = {"intercept": np.ones(bins.size)}
    for number, text in enumerate(_days_text(BEFORE_FROM)):
        for named, words in ((1, "date named"), (0, "no date named")):
            columns[f"{text} before the due day, {words}"] = (bins == number) & (promised == named)
    columns["due, but the day is not allowed"] = bins == _OVERDUE
    for number, text in enumerate(_days_text(AFTER_FROM), start=1):
        columns[f"{text} after the due day"] = bins == _ON_THE_DAY + number
    columns["a date was named"] = promised
    for number, name in enumerate(WEEKDAYS[1:], start=1):
        columns[name] = weekday == number
    blank = np.isnan(fit)
    columns["fit"] = np.where(blank, 0.0, (fit - MIDDLE_FIT) / HALF_RANGE_OF_FIT)
    columns["fit is blank"] = blank
    return {name: np.asarray(values, np.float64) for name, values in columns.items()}


def _days_text(firsts: Sequence[int]) -> list[str]:
    """Return "1 day", "3 to 4 days", "8 or more days" for bins that begin on these days."""
    ends = [f"{a} to {b - 1}" if b - a > 1 else str(a) for a, b in pairwise(firsts)]
    return [f"{text} day{'s' * (text != '1')}" for text in ends] + [f"{firsts[-1]} or more days"]


def prior_precision(names: tuple[str, ...]) -> Numbers:
    """Return the precision of the normal prior of each coefficient, shape (K,)."""
    precision = np.full(len(names), PRIOR_SD**-2)
    precision[names.index("intercept")] = PRIOR_SD_INTERCEPT**-2
    return precision


def tallies(units: Units, found: Patterns) -> tuple[csr_array, csr_array]:
    """Return how many days, and how many acts, each unit has of each pattern.

    Returns
    -------
    days, acts : scipy.sparse.csr_array
        float64, shape (P, n): their products with counts, shape (n, B), are those of resamples.
    """
    from scipy.sparse import csr_array

    n_patterns, n = len(found.x), len(found.at)
    unit, day = np.nonzero(found.at < n_patterns)
    acts = units.acted[unit] == day

    def tally(which: Flags) -> csr_array:
        rows = found.at[unit[which], day[which]]
        ones = np.ones(rows.size)
        return csr_array((ones, (rows, unit[which])), shape=(n_patterns, n))

    return tally(np.ones(unit.size, bool)), tally(acts)


def fit(
    x: Numbers,
    n_days: Numbers,
    n_acts: Numbers,
    *,
    precision: Numbers,
    start: Numbers | None = None,
    tolerance: float = 1e-9,
) -> Numbers:
    """Return the coefficients of a logistic model with a normal prior, for many resamples at once.

    Newton's method on the log posterior, which has one maximum. The prior is weak, and keeps the
    coefficients finite where a pattern was always, or never, acted on.

    Parameters
    ----------
    x
        float64, shape (P, K): covariates of each pattern.
    n_days, n_acts
        float64, shape (P, B): days and acts of each pattern, in each of B resamples.
    precision
        float64, shape (K,): of the prior around 0.
    start
        float64, shape (K,): where to begin; left out, at 0.
    tolerance
        A resample is done after a step in which no coefficient moved by more. The error left is of
        the order of its square.

    Returns
    -------
    numpy.ndarray
        float64, shape (K, B).

    References
    ----------
    A. Gelman, A. Jakulin, M. G. Pittau, Y.-S. Su (2008), A weakly informative default prior
    distribution for logistic and other regression models, Annals of Applied Statistics
    2:1360-1383: indicators as they are, other covariates on a like scale, one scale for all; the
    normal in place of their Cauchy, as it leaves one maximum.

    Examples
    --------
    >>> import numpy as np
    >>> days, acts = np.array([[40.0]]), np.array([[10.0]])
    >>> beta = fit(np.ones((1, 1)), days, acts, precision=np.array([1e-9]))
    >>> round(float(1 / (1 + np.exp(-beta[0, 0]))), 6)
    0.25
    """
    beta = np.zeros((x.shape[1], n_days.shape[1]))
    if start is not None:
        beta += start[:, None]
    design = _Design.of(x, precision)
    left = np.arange(beta.shape[1])
    for _ in range(_MOST_STEPS):
        step = design.step(n_days, n_acts, beta[:, left])
        size = np.abs(step).max(axis=0, initial=0)
        beta[:, left] += step * np.minimum(1, _LONGEST_STEP / np.maximum(size, _LONGEST_STEP))
        moving = size >= tolerance
        if not moving.any():
            break
        if not moving.all():
            left, n_days, n_acts = left[moving], n_days[:, moving], n_acts[:, moving]
    return beta


@dataclass(frozen=True)
class _Design:
    """Covariates and their products in pairs, sparse: a pattern has few that are not 0.

    Dense products would be twenty times the work, and numpy's threads for them wait for each
    other where other programs run.
    """

    x: csr_array
    transposed: csr_array
    products: csr_array
    precision: Numbers

    @classmethod
    def of(cls, x: Numbers, precision: Numbers) -> _Design:
        from scipy.sparse import csr_array

        first, second = np.triu_indices(x.shape[1])
        return cls(
            csr_array(x), csr_array(x.T), csr_array((x[:, first] * x[:, second]).T), precision
        )

    def step(self, n_days: Numbers, n_acts: Numbers, beta: Numbers) -> Numbers:
        """Return Newton's step of each resample, shape (K, B)."""
        chance = self.x @ beta
        chance *= 0.5
        np.tanh(chance, out=chance)  # the logistic function, without an overflow
        chance += 1
        chance *= 0.5
        expected = n_days * chance
        slope = self.transposed @ (n_acts - expected) - self.precision[:, None] * beta
        np.subtract(1, chance, out=chance)
        expected *= chance
        half = (self.products @ expected).T
        n_columns = self.precision.size
        first, second = np.triu_indices(n_columns)
        curvature = np.empty((beta.shape[1], n_columns, n_columns))
        curvature[:, first, second] = half
        curvature[:, second, first] = half
        curvature[:, np.arange(n_columns), np.arange(n_columns)] += self.precision
        step = np.linalg.solve(curvature, slope.T[..., None])[..., 0].T
        return step.astype(np.float64, copy=False)
