"""An interval for a mean that stays valid however often one looks: a confidence sequence.

A usual 95 % interval is right if you look once. Who looks after every interview and stops when it
pleases them finds "a difference" sooner or later where there is none. A confidence sequence is
wide enough for all looks together.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import SettingError
from .results import check_confidence

TUNED_FOR = 100
"""The sequence is narrowest at about so many blocks; fixed beforehand, never from the data."""

_USUAL_SQUARE = 0.25
"""About the square of a block's difference where two of each arm are dealt and half answer."""

_HALVINGS = 60

Numbers = npt.NDArray[np.float64]


def confidence_sequence(
    least: npt.ArrayLike,
    most: npt.ArrayLike | None = None,
    *,
    confidence: float = 0.95,
    tuned_for: int = TUNED_FOR,
) -> pd.DataFrame:
    """Return, after each block, an interval for the mean difference so far; valid at all looks.

    With at least the given confidence, none of the intervals ever misses the mean of what the
    blocks so far could be expected to show: that of a block is its true difference, as the cards
    within a block are dealt at random. The differences of blocks may change in the course of the
    search, and interviews within a block may depend on one another. Nothing is assumed but that
    a block's difference is between -1 and 1.

    Parameters
    ----------
    least : array_like, shape (n,), float
        Difference of each block, in the order dealt: -1 to 1. Where an outcome is not known, the
        least that the difference can have been.
    most : array_like, shape (n,), float, optional
        The most that it can have been. Left out, the differences are known.
    confidence
        Of all looks together.
    tuned_for
        Number of blocks at about which the interval is to be narrowest.

    Returns
    -------
    pandas.DataFrame
        One row per block: `n_blocks` (int64), `least`, `most` (mean difference so far: the
        least and the most it can be), `ci_low`, `ci_high` (float64, -1 to 1).

    Raises
    ------
    SettingError
        If a difference is not between -1 and 1, or a setting cannot be used.

    Notes
    -----
    The sum of the differences less their expectations is sub-exponential, with the sum of their
    squares as its variance process (the guess of each difference is 0, so that the scale is 1).
    Each end is the gamma-exponential mixture bound at half the error.

    References
    ----------
    S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon (2021), Time-uniform, nonparametric,
    nonasymptotic confidence sequences, Annals of Statistics 49:1055-1080: theorem 4 (empirical
    Bernstein), corollary 2 (for randomised experiments) and the gamma-exponential mixture.
    X. Fan, I. Grama, Q. Liu (2015), Exponential inequalities for martingales with applications,
    Electronic Journal of Probability 20(1):1-22 (the inequality behind it).

    Examples
    --------
    >>> confidence_sequence([0.5, 0.5, 0.0] * 50).iloc[-1].round(2).tolist()
    [150.0, 0.33, 0.33, 0.21, 0.46]
    """
    lows = _differences(least, "least")
    highs = lows if most is None else _differences(most, "most")
    if lows.shape != highs.shape or (lows > highs).any():
        raise SettingError(
            "most must have as many differences as least, none of them smaller.", name="most"
        )
    error = 1 - check_confidence(confidence)
    rho = _tuning(error, _check_tuned(tuned_for))
    n = np.arange(1, lows.size + 1)
    low = np.cumsum(lows) - mixture_bound(np.cumsum(lows**2), error / 2, rho)
    high = np.cumsum(highs) + mixture_bound(np.cumsum(highs**2), error / 2, rho)
    return pd.DataFrame(
        {
            "n_blocks": n,
            "least": np.cumsum(lows) / n,
            "most": np.cumsum(highs) / n,
            "ci_low": np.clip(low / n, -1, 1),
            "ci_high": np.clip(high / n, -1, 1),
        }
    )


def _differences(values: npt.ArrayLike, name: str) -> Numbers:
    numbers = np.asarray(values, float)
    if numbers.ndim != 1 or not (np.abs(numbers) <= 1 + 1e-12).all():  # so is no NaN
        raise SettingError(
            f"{name} must be a list of differences between shares, each from -1 to 1.",
            name=name,
            value=values,
        )
    return np.clip(numbers, -1, 1)


def _check_tuned(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise SettingError(
            f"tuned_for={value!r} must be a whole number of blocks, 1 or more.",
            name="tuned_for",
            value=value,
        )
    return int(value)


def _tuning(error: float, n_blocks: int) -> float:
    """Return the mixture's parameter that makes the bound narrowest at so many blocks.

    It is that of the normal mixture, from which this one differs little where blocks are many.
    """
    from scipy.special import lambertw

    return n_blocks * _USUAL_SQUARE / float(-lambertw(-(error**2) / np.e, -1).real - 1)


def mixture_bound(variance: npt.ArrayLike, error: float, rho: float) -> Numbers:
    """Return what a sub-exponential sum of scale 1 exceeds at no time, but with that probability.

    Parameters
    ----------
    variance : array_like
        The variance process: not negative.
    error
        The probability.
    rho
        The mixture's parameter, above 0.
    """
    v = np.asarray(variance, float)
    goal = -np.log(error)
    high = np.ones_like(v)
    while (short := log_mixture(high, v, rho) < goal).any():
        high[short] *= 2
    low = np.zeros_like(v)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = log_mixture(middle, v, rho) < goal
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return high


def log_mixture(s: Numbers, v: Numbers, rho: float) -> Numbers:
    """Return the log of the mixture of supermartingales at sum s and variance v; it grows with s.

    That is exp(l s - psi(l) v) with psi(l) = -log(1 - l) - l, over l from 0 to 1, where 1 - l has
    the gamma distribution with shape and rate rho, cut off at 1 (Howard et al., with scale 1).
    """
    from scipy.special import gammainc, gammaln

    shape, rate = v + rho, s + v + rho
    start = rho * np.log(rho) - gammaln(rho) - np.log(gammainc(rho, rho))
    return start + gammaln(shape) + np.log(gammainc(shape, rate)) - shape * np.log(rate) + s + v
