"""Exact tests and intervals for two shares, where approximations are too rough for few."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

_SHARES = 201
"""So many values of the one share are tried, from 0 to 1."""

_HALVINGS = 24
_AS_LIKELY = 1 + 1e-7
"""Chances that differ by rounding alone are alike."""


def within_blocks(
    n: npt.ArrayLike, n_reference: npt.ArrayLike, k: npt.ArrayLike, k_reference: npt.ArrayLike
) -> float:
    """Return the exact p-value of no difference, from what the dealing could have been.

    If it made no difference to any interview, the same would have been answered whatever the
    cards; the chance of as uneven a split, or a less likely one, comes from the dealing within
    blocks alone. Nothing is assumed about the interviews, which may depend on one another.

    Parameters
    ----------
    n, n_reference : array_like of int
        Interviews of the two strategies in each block.
    k, k_reference : array_like of int
        How many of them were answered.

    Returns
    -------
    float
        1 where nothing can be told.

    References
    ----------
    J. J. Gart (1970), Point and interval estimation of the common odds ratio in the combination of
    2 x 2 tables with fixed marginals, Biometrika 57:471-475 (the conditional distribution over
    strata). With one block it is Fisher's exact test.

    Examples
    --------
    >>> round(within_blocks([5], [5], [5], [1]), 4)  # Fisher's exact test
    0.0476
    """
    from scipy.stats import hypergeom

    n, n_ref, k, k_ref = (np.asarray(v, np.int64) for v in (n, n_reference, k, k_reference))
    tables, times = np.unique(np.stack([n, n_ref, k + k_ref], axis=1), axis=0, return_counts=True)
    chance = np.ones(1)
    for (own, other, answered), repeats in zip(tables.tolist(), times.tolist(), strict=True):
        if not own + other:
            continue  # a block of which nothing counts yet; scipy has no chances for it
        one = hypergeom.pmf(np.arange(own + 1), own + other, answered, own)
        for _ in range(repeats):
            chance = np.convolve(chance, one)
    seen = chance[int(k.sum())]
    return float(min(chance[chance <= seen * _AS_LIKELY].sum(), 1.0))


def difference_interval(
    n: int, n_reference: int, k: int, k_reference: int, *, confidence: float
) -> tuple[float, float]:
    """Return an exact interval for the difference of two shares; -1 and 1 if one has no cases.

    The differences under which one as large, or as small, as that seen is not too unlikely,
    whatever the shares themselves are. It never covers less than it says, and is wide.

    References
    ----------
    T. J. Santner, M. K. Snell (1980), Small-sample confidence intervals for p1 - p2 and p1/p2 in
    2 x 2 contingency tables, JASA 75:386-394.

    Examples
    --------
    >>> low, high = difference_interval(10, 10, 8, 3, confidence=0.95)
    >>> round(low, 2), round(high, 2)
    (0.02, 0.83)
    """
    if not n or not n_reference:
        return -1.0, 1.0
    error = (1 - confidence) / 2
    low = _least(n, n_reference, k, k_reference, error)
    return low, -_least(n, n_reference, n - k, n_reference - k_reference, error)


def _least(n: int, n_ref: int, k: int, k_ref: int, error: float) -> float:
    """Return the largest difference below which one as large as that seen is too unlikely."""
    seen = k * n_ref - k_ref * n
    # for each number answered: how many of the reference may be, at most, for as large a one
    most = np.floor_divide(np.arange(n + 1) * n_ref - seen, n)
    low, high = -1.0, k / n - k_ref / n_ref
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        unlikely = _chance(n, n_ref, most, middle) <= error
        low, high = (middle, high) if unlikely else (low, middle)
    return low


def _chance(n: int, n_ref: int, most: Counts, difference: float) -> float:
    """Return the largest chance, over all shares, of a difference as large as that seen."""
    from scipy.special import bdtr
    from scipy.stats import binom

    ends = max(0.0, -difference), min(1.0, 1 - difference)
    # closer together near the ends, where the chance changes faster
    place = (1 - np.cos(np.linspace(0, np.pi, _SHARES)[:, None])) / 2
    share = ends[0] + (ends[1] - ends[0]) * place
    own = binom.pmf(np.arange(n + 1), n, np.clip(share + difference, 0, 1))
    other = np.where(most < 0, 0, bdtr(np.clip(most, 0, n_ref), n_ref, share))
    return float((own * other).sum(axis=1).max())
