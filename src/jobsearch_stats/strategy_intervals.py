"""Intervals from resamples, as wide as the few interviews behind them make it right."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from .cloning import Numbers
from .rates import wilson

POWER = 0.8

THIN = 10
"""Weights worth fewer interviews than this tell too little for resamples to show how little."""

_LEAST_KNOWN = 0.95
"""Of the resamples, so many must have somebody who followed; else the interval has other means."""


_MANY = 1e9
"""Degrees of freedom beyond which t is the normal distribution."""


class Interval(NamedTuple):
    """An interval.

    Attributes
    ----------
    low, high
        Its ends.
    se
        The standard error that a normal interval of this width would have.
    p
        The p-value of no difference, if it is one.
    """

    low: float
    high: float
    se: float
    p: float


UNKNOWN = Interval(np.nan, np.nan, np.nan, np.nan)


def reach(freedom: float, confidence: float) -> float:
    """Return how many standard errors the ends of an expanded percentile interval are away.

    Resamples take the spread they are drawn from for known. Where few interviews make it, it is
    not, and is on average too small: Student's t and Hesterberg's expansion allow for both.

    Parameters
    ----------
    freedom
        Degrees of freedom of the spread; infinite gives the plain percentiles.

    References
    ----------
    T. C. Hesterberg (2015), What teachers should know about the bootstrap, The American
    Statistician 69:371-386: percentiles at the normal quantile of sqrt(n / (n - 1)) t; n - 1 are
    here the degrees of freedom.

    Examples
    --------
    >>> [round(reach(df, 0.95), 2) for df in (4, 19, 1e9)]
    [3.1, 2.15, 1.96]
    """
    from scipy.special import stdtrit

    t = stdtrit(min(freedom, _MANY), (1 + confidence) / 2)
    return float(t) * (1 + 1 / freedom) ** 0.5


def _ends(value: float, known: Numbers, errors: float) -> tuple[float, float]:
    """Return the resamples so many standard errors out; beyond the outermost, by their spread."""
    from scipy.special import ndtr

    share, spread = float(ndtr(-errors)), float(known.std(ddof=1))
    low, high = map(float, np.quantile(known, [share, 1 - share]))
    if share * (known.size + 1) < 1:
        return min(low, value - errors * spread), max(high, value + errors * spread)
    return low, high


def _p_value(difference: float, known: Numbers, freedom: float) -> float:
    """Return the p-value that belongs to the interval: 1 minus the level that just reaches 0."""
    from scipy.special import ndtri, stdtr

    least = int(min((known <= 0).sum(), (known >= 0).sum()))
    errors = -float(ndtri(min((1 + least) / (known.size + 1), 0.5)))
    if not least:
        errors = max(errors, abs(difference) / float(known.std(ddof=1)))
    return float(2 * stdtr(min(freedom, _MANY), -errors / (1 + 1 / freedom) ** 0.5))


def risk_intervals(
    risk: Numbers, draws: Numbers, worth: Numbers, freedom: Numbers, *, confidence: float
) -> tuple[Numbers, Numbers]:
    """Return the ends of the intervals of k risks.

    Percentiles of the resamples, expanded; Wilson's, for as many interviews as the weights are
    worth, where they are worth fewer than 10, the percentiles have no width, or too many resamples
    have nobody who followed.

    Parameters
    ----------
    risk, worth, freedom
        float64, shape (k,); freedom as `degrees_of_freedom` gives it.
    draws
        float64, shape (k, B).
    """
    known = [row[~np.isnan(row)] for row in draws]
    each = zip(risk, known, worth, strict=True)
    tells = [_tells(r, row, draws.shape[1]) and n >= THIN for r, row, n in each]
    n = np.maximum(worth, 1.0)
    low, high = wilson(np.nan_to_num(risk) * n, n, confidence=confidence)
    for at in np.flatnonzero(tells):
        low[at], high[at] = _ends(risk[at], known[at], reach(freedom[at], confidence))
    low, high = np.clip(low, 0, risk), np.clip(high, risk, 1)  # NaN stays NaN
    return low, high


def difference_interval(
    risks: tuple[float, float],
    draws: tuple[Numbers, Numbers],
    worth: tuple[float, float],
    freedom: float,
    *,
    confidence: float,
) -> Interval:
    """Return the interval of a difference of two risks, the first minus the second.

    Percentiles of the resamples, expanded, with p by the lesser share of them beyond 0. Where the
    weights of one are worth fewer than 10 interviews, one of the risks or the difference has no
    spread, or too many resamples have nobody who followed:
    Newcombe's interval and Fisher's exact test, for as many interviews as the weights are worth.
    """
    difference = risks[0] - risks[1]
    if np.isnan(difference):
        return UNKNOWN
    beyond = draws[0] - draws[1]
    known = beyond[~np.isnan(beyond)]
    sides = zip(risks, draws, strict=True)
    tells = all(_tells(risk, drawn[~np.isnan(drawn)], beyond.size) for risk, drawn in sides)
    tells &= min(worth) >= THIN
    if not tells or known.size < _LEAST_KNOWN * beyond.size or np.ptp(known) == 0:
        return _by_worth(risks, worth, confidence)
    errors = reach(freedom, confidence)
    low, high = np.clip(_ends(difference, known, errors), -1, 1)
    se = float(known.std(ddof=1)) * errors / _errors(confidence)
    p = _p_value(difference, known, freedom)
    return Interval(min(float(low), difference), max(float(high), difference), se, p)


def _tells(risk: float, known: Numbers, n_boot: int) -> bool:
    spread = known.size > 1 and np.ptp(known) > 0
    return bool(0 < risk < 1 and spread and known.size >= _LEAST_KNOWN * n_boot)


def _errors(confidence: float) -> float:
    """Return the standard errors from the middle of a normal interval to its end: 1.96 at 95 %."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _by_worth(
    risks: tuple[float, float], worth: tuple[float, float], confidence: float
) -> Interval:
    from scipy.stats import fisher_exact

    share, n = np.array(risks), np.maximum(worth, 1.0)
    low, high = wilson(share * n, n, confidence=confidence)
    down = np.hypot(share[0] - low[0], high[1] - share[1])
    up = np.hypot(high[0] - share[0], share[1] - low[1])
    difference = float(share[0] - share[1])
    whole = np.rint(n).astype(int)
    answered = np.rint(share * whole).astype(int)
    p = float(fisher_exact(np.column_stack([answered, whole - answered])).pvalue)
    se = (down + up) / (2 * _errors(confidence))
    return Interval(difference - down, difference + up, se, min(p, 1.0))


def detectable(se: float, *, confidence: float) -> float:
    """Return the difference that four in five such comparisons would find: 2.8 errors at 95 %."""
    return se * (_errors(confidence) + NormalDist().inv_cdf(POWER))
