"""Approaches to one employer fare alike: how many independent ones they are worth."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
Array = npt.NDArray[Any]

_ROUNDS = 20  # each halves, or better, what is left to correct


def independent(code: Counts, application: Counts, answered: Flags, *, n_groups: int) -> Numbers:
    """Return, of each group, how many independent approaches tell as much as its own.

    One reply answers all that was sent in the days before it, so ten approaches to five employers
    say less than ten to ten. How alike those of one employer and group are is estimated once for
    all groups: a few in each tell too little. Where the log cannot show it, as nobody answered or
    everybody did, they count as one. Without two approaches to one employer it is the number of
    approaches itself.

    Parameters
    ----------
    code, application, answered
        One per approach: the number of its group and of its application, and whether it was
        answered.
    n_groups
        How many groups there are.

    References
    ----------
    L. Kish (1965), Survey Sampling, section 5.4 (design effect). The likeness is the mean product
    of the standardised residuals of two approaches to one employer, an intraclass correlation.
    """
    n = np.bincount(code, minlength=n_groups)
    share = np.bincount(code[answered], minlength=n_groups) / np.maximum(n, 1)
    width = int(application.max(initial=-1)) + 1
    keys, place = np.unique(code * width + application, return_inverse=True)
    size, group = np.bincount(place), keys // max(width, 1)
    k = np.bincount(place[answered], minlength=size.size)

    def total(of: Counts) -> Array:
        return np.bincount(group, of, minlength=n_groups)

    pairs = total(size * (size - 1))
    # the products of the residuals of all pairs, from whole numbers: no order of rows matters
    product = total(k * (k - 1)) - 2 * share * total(k * (size - 1)) + share**2 * pairs
    spread = share * (1 - share)
    product = np.divide(product, spread, out=np.zeros(n_groups), where=spread > 0)
    per_approach = pairs / np.maximum(n, 1)  # with how many others of its employer one stands
    return n / (1 + per_approach * _alike(product, pairs, n, per_approach, told=spread > 0))


def _alike(product: Array, pairs: Array, n: Counts, per_approach: Numbers, *, told: Flags) -> float:
    """Return the mean product of two residuals, corrected for a share found in the same data.

    Around that share the residuals of a group add up to 0, so on average two unlike ones have a
    product below 0: by as much as the share itself is uncertain, which depends on the likeness.
    """
    product, pairs, n, per_approach = product[told], pairs[told], n[told], per_approach[told]
    if not pairs.sum():
        return 1.0
    alike = 0.0
    for _ in range(_ROUNDS):
        lost = np.minimum((1 + per_approach * alike) / n, 1)
        alike = float(np.clip((product * (1 - lost) + pairs * lost).sum() / pairs.sum(), 0, 1))
    return alike
