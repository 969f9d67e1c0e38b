"""Curves of time until something happens, from counts per whole day: arrays in, arrays out.

Durations are whole days, so a group of a million is a few hundred counts. The estimates are
those of statsmodels, given each distinct day once with its count as a weight. Its standard errors
are not taken over: with weights `SurvfuncRight` gives another one (Tsiatis' of the cumulative
hazard) than without, and `CumIncidenceRight` gives none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

CENSORED, RESPONSE = 0, 1
"""Columns of `DayCounts.ends`; further ones are ends that compete with a response."""

FEWEST = 10
"""Of fewer, no chance is told, and a median is called a guess."""

_TINY = 1e-12  # what rounding leaves of a share that is exactly 0 or 1


@dataclass(frozen=True)
class DayCounts:
    """How many waits ended on each day.

    Attributes
    ----------
    days
        The distinct days on which one ended, ascending, int64.
    ends
        int64, one row per day: how many were censored (column 0: watched through that day, and
        no longer), ended in a response (1), or in something that competes (further columns).
    """

    days: Integers
    ends: Integers

    @property
    def n(self) -> int:
        """How many waits there are."""
        return int(self.ends.sum())

    @property
    def n_responses(self) -> int:
        """How many of them ended in a response."""
        return int(self.ends[:, RESPONSE].sum())

    @property
    def at_risk(self) -> Integers:
        """How many had not ended before each day."""
        return self.ends.sum(axis=1)[::-1].cumsum()[::-1]

    @property
    def known(self) -> Integers:
        """Of how many it is known, on each day, whether they had a response before it."""
        censored = self.ends[:, CENSORED]
        return self.n - (censored.cumsum() - censored)

    def alone(self) -> DayCounts:
        """Return the counts with whatever competes taken for censored."""
        responses = self.ends[:, RESPONSE]
        return DayCounts(self.days, np.column_stack([self.ends.sum(axis=1) - responses, responses]))


def count_days(
    days: Integers, cause: Integers, code: Integers, *, n_groups: int, n_causes: int
) -> list[DayCounts]:
    """Return each group's counts per day.

    Parameters
    ----------
    days, cause, code
        One per wait: when it ended, as which column of `ends`, and the number of its group.
    n_groups, n_causes
        How many groups, and columns of `ends`, there are.
    """
    if not days.size:
        none = DayCounts(np.zeros(0, np.int64), np.zeros((0, n_causes), np.int64))
        return [none] * n_groups
    first = int(days.min())
    width = int(days.max()) - first + 1
    key = ((code * width) + (days - first)) * n_causes + cause
    size = n_groups * width * n_causes
    if size <= 4 * days.size + 1_000_000:
        cells = np.bincount(key, minlength=size).reshape(n_groups, width, n_causes)
        there = np.any(cells, axis=2)
        return [
            DayCounts(first + np.flatnonzero(there[group]), cells[group, there[group]])
            for group in range(n_groups)
        ]
    return _count_sparse(key, n_groups, width, n_causes, first)


def _count_sparse(
    key: Integers, n_groups: int, width: int, n_causes: int, first: int
) -> list[DayCounts]:
    """Do the same where a table of all groups and days would be mostly empty."""
    keys, counts = np.unique(key, return_counts=True)
    cells, place = np.unique(keys // n_causes, return_inverse=True)
    ends = np.zeros((cells.size, n_causes), np.int64)
    ends[place, keys % n_causes] = counts
    bounds = np.searchsorted(cells, np.arange(n_groups + 1) * width)
    return [
        DayCounts(first + cells[start:stop] % width, ends[start:stop])
        for start, stop in pairwise(bounds.tolist())
    ]


def survival_of(counts: DayCounts) -> tuple[Numbers, Numbers]:
    """Return the Kaplan-Meier estimate on each day, and its standard error by Greenwood.

    What competes with a response is taken for censored. The standard error is NaN where the
    estimate is 0.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    responses = counts.ends[:, RESPONSE]
    if not responses.any():
        return np.ones(responses.size), np.zeros(responses.size)
    others = counts.ends.sum(axis=1) - responses
    fit = SurvfuncRight(
        np.tile(counts.days, 2),
        np.repeat((1, 0), counts.days.size),
        freq_weights=np.concatenate((responses, others)),
    )
    step = np.searchsorted(fit.surv_times, counts.days, side="right")
    survival = np.concatenate(([1.0], fit.surv_prob))[step]
    se = survival * np.sqrt(_greenwood(responses, counts.at_risk).cumsum())
    return survival, np.where(survival > 0, se, np.nan)


def _greenwood(ended: Integers, at_risk: Integers) -> Numbers:
    """Return the terms of Greenwood's sum; 0 where all ended, as what follows has no share."""
    left = np.where(ended < at_risk, at_risk - ended, 1).astype(float)
    return np.where(ended < at_risk, ended / (at_risk * left), 0.0)


def incidence_of(counts: DayCounts) -> list[tuple[Numbers, Numbers]]:
    """Return, per cause, the cumulative incidence on each day (Aalen-Johansen) and its error.

    References
    ----------
    The standard error is that of Marubini and Valsecchi (1995), "Analysing Survival Data from
    Clinical Trials and Observational Studies", chapter 10, as in statsmodels without weights.
    """
    shares = _incidences(counts)
    before = np.concatenate(([1.0], 1 - sum(shares)))[:-1] if shares else np.zeros(0)
    return [
        (share, _incidence_error(share, before, counts, cause))
        for cause, share in enumerate(shares, start=1)
    ]


def _incidences(counts: DayCounts) -> list[Numbers]:
    from statsmodels.duration.survfunc import CumIncidenceRight

    n_causes = counts.ends.shape[1]
    if not counts.days.size:
        return [np.zeros(0)] * (n_causes - 1)
    # every cause on every day, if with weight 0: statsmodels numbers causes up to the largest seen
    fit = CumIncidenceRight(
        np.tile(counts.days, n_causes),
        np.repeat(np.arange(n_causes), counts.days.size),
        freq_weights=counts.ends.T.ravel(),
    )
    return list(fit.cinc)


def variance_terms(
    before: Numbers, counts: DayCounts, cause: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the terms of an incidence's variance.

    The first goes with the square of what is still to come of the incidence, the second with 1,
    the third with minus twice what is still to come.
    """
    at_risk = counts.at_risk.astype(float)
    mine = counts.ends[:, cause]
    ended = counts.ends[:, RESPONSE:].sum(axis=1)
    return (
        _greenwood(ended, counts.at_risk),
        before**2 * (at_risk - mine) * mine / at_risk**3,
        before * mine / at_risk**2,
    )


def _incidence_error(share: Numbers, before: Numbers, counts: DayCounts, cause: int) -> Numbers:
    square, one, linear = variance_terms(before, counts, cause)
    variance = share**2 * square.cumsum() - 2 * share * (share * square).cumsum()
    variance += (share**2 * square).cumsum() + one.cumsum()
    variance += 2 * (share * linear).cumsum() - 2 * share * linear.cumsum()
    return np.sqrt(np.clip(variance, 0, None))  # rounding can leave it just below 0


def normal_quantile(confidence: float) -> float:
    """Return the half width of an interval of this level, in standard errors."""
    from scipy.special import ndtri

    return float(ndtri((1 + confidence) / 2))


def survival_band(
    counts: DayCounts, survival: Numbers, se: Numbers, *, interval: str, confidence: float
) -> tuple[Numbers, Numbers]:
    """Return the interval around a curve that falls from 1, on each day.

    Where it is still 1, nobody has an error, but a few people do not prove a certainty: the
    lower end is Wilson's for as many of as many as are still known. Where it is 0, the upper end
    is that of the day of the last response before; without one, Wilson's again.
    """
    z = normal_quantile(confidence)
    low, high = band(survival, se, z=z, interval=interval, known=counts.known)
    gone = survival <= _TINY
    if gone.any():
        at = int(gone.argmax())
        inside = np.flatnonzero(survival[:at] < 1 - _TINY)
        m = counts.at_risk[at]
        high[gone] = high[inside[-1]] if inside.size else 1 - m / (m + z**2)
    return low, high


def band(
    share: Numbers, se: Numbers, *, z: float, interval: str, known: Integers
) -> tuple[Numbers, Numbers]:
    """Return the ends of intervals around shares that survive, log-log or log.

    0 to 1 where the share is exactly 0; see `survival_band` for a share of exactly 1.
    """
    inside = (share > _TINY) & (share < 1 - _TINY)
    s = np.where(inside, share, 0.5)
    spread = z * np.where(inside, se, 0.0) / s
    if interval == "log":
        low, high = s * np.exp(-spread), np.minimum(s * np.exp(spread), 1)
    else:
        power = np.exp(np.clip(-spread / np.log(s), 0, 700))  # exp(710) overflows
        low, high = s**power, s ** (1 / power)
    sure = known / (known + z**2)
    low = np.where(inside, low, np.where(share > 0.5, sure, 0.0))
    return low, np.where(inside, high, 1.0)


def median_of(
    counts: DayCounts, share: Numbers, low: Numbers, high: Numbers
) -> tuple[float, float, float]:
    """Return the first day on which half, or fewer, are left, and the interval's ends.

    The ends are the first days of a response on which the band reaches a half (Brookmeyer and
    Crowley 1982); NaN where it never does.
    """
    steps = counts.ends[:, RESPONSE] > 0
    half = 0.5 + _TINY

    def first(values: Numbers) -> float:
        at = np.flatnonzero(steps & (values <= half))
        return float(counts.days[at[0]]) if at.size else float("nan")

    return first(share), first(low), first(high)
