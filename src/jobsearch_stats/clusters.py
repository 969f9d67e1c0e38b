"""Approaches to one employer fare alike: how many independent ones they are worth."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


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
    spread = np.sqrt(share * (1 - share))
    width = int(application.max(initial=-1)) + 1
    keys, place = np.unique(code * width + application, return_inverse=True)
    size, group = np.bincount(place), keys // max(width, 1)
    pairs = size * (size - 1)
    per_approach = np.divide(  # with how many others of its employer an approach stands
        np.bincount(group, pairs, minlength=n_groups), n, out=np.zeros(n_groups), where=n > 0
    )
    residual = (answered - share[code]) / np.where(spread > 0, spread, 1)[code]
    product = np.bincount(place, residual, minlength=size.size) ** 2
    product = product - np.bincount(place, residual**2, minlength=size.size)
    told = spread[group] > 0
    n_pairs = pairs[told].sum()
    # residuals add up to 0 in each group, so two unlike ones have a product below 0 on average
    product = product + pairs / np.maximum(n[group] - 1, 1)
    alike = np.clip(product[told].sum() / n_pairs, 0, 1) if n_pairs else 1.0
    return n / (1 + per_approach * alike)
