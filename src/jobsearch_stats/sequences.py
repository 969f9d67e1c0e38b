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

_BETS = (np.arange(200) + 0.5) / 200
"""What is staked on every block: all shares between nothing and all, each as likely."""

_HALVINGS = 40

Numbers = npt.NDArray[np.float64]


def confidence_sequence(
    least: npt.ArrayLike, most: npt.ArrayLike | None = None, *, confidence: float = 0.95
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
    For every bet b from 0 to 1, with differences D and their expectations m, the product of
    (1 + b D) exp(-b m) over the blocks is a supermartingale that starts at 1, as
    1 + b m <= exp(b m), and so is the mean over all bets. It exceeds 1 / a at some time with
    probability a at most (Ville). Each end takes half of the error. The interval of Howard and
    others has exp(b D - (-log(1 - b) - b) D^2) in the place of 1 + b D, which is never more, and
    is wider.

    References
    ----------
    I. Waudby-Smith, A. Ramdas (2024), Estimating means of bounded random variables by betting,
    JRSS B 86:1-27. S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon (2021), Time-uniform,
    nonparametric, nonasymptotic confidence sequences, Annals of Statistics 49:1055-1080 (means
    that change, mixtures, randomised experiments). P. Mineiro (2022), A lower confidence sequence
    for the changing mean of non-negative right heavy-tailed observations with bounded mean,
    arXiv:2210.11133 (bets on a mean that changes).

    Examples
    --------
    >>> confidence_sequence([0.5, 0.5, 0.0] * 50).iloc[-1].round(2).tolist()
    [150.0, 0.33, 0.33, 0.25, 0.45]
    """
    lows = _differences(least, "least")
    highs = lows if most is None else _differences(most, "most")
    if lows.shape != highs.shape or (lows > highs).any():
        raise SettingError(
            "most must have as many differences as least, none of them smaller.", name="most"
        )
    error = (1 - check_confidence(confidence)) / 2
    n = np.arange(1, lows.size + 1)
    return pd.DataFrame(
        {
            "n_blocks": n,
            "least": np.cumsum(lows) / n,
            "most": np.cumsum(highs) / n,
            "ci_low": least_sum(lows, error) / n,
            "ci_high": -least_sum(-highs, error) / n,
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


def least_sum(differences: Numbers, error: float) -> Numbers:
    """Return, after each block, what the sum of the expectations is at least.

    Never more than that sum, at any time, but with probability `error`.
    """
    stakes = log_stakes(differences)
    low = -np.arange(1.0, differences.size + 1)
    high = np.cumsum(differences)  # at the sum itself, no bet has won anything
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        won = log_capital(stakes, middle) > -np.log(error)
        low, high = np.where(won, middle, low), np.where(won, high, middle)
    return low


def log_stakes(differences: Numbers) -> Numbers:
    """Return the log of the product of 1 + b D up to each block, for every bet b."""
    return np.cumsum(np.log1p(np.outer(differences, _BETS)), axis=0)


def log_capital(stakes: Numbers, total: Numbers) -> Numbers:
    """Return the log of what all bets together have become, if the expectations have these sums.

    Parameters
    ----------
    stakes : shape (n, bets)
        What `log_stakes` gives.
    total : shape (n,)
        Sums of the expectations up to each block.
    """
    from scipy.special import logsumexp

    return logsumexp(stakes - np.outer(total, _BETS), axis=1) - np.log(_BETS.size)
