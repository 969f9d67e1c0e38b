"""The chance that somebody who has been silent for so long still responds, on every day at once.

From a landmark on, those still waiting have an Aalen-Johansen curve of their own. It is what is
left of the curve of all, divided by the share still waiting at the landmark, and its variance is a
sum over the days after the landmark; so one running sum serves all landmarks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .curves import (
    CENSORED,
    RESPONSE,
    DayCounts,
    Integers,
    Numbers,
    band,
    incidence_of,
    normal_quantile,
    variance_terms,
)


@dataclass(frozen=True)
class Landmarks:
    """What is known of those still waiting after each day: arrays, one value per day.

    Attributes
    ----------
    days
        The whole days of silence.
    n, n_responses
        How many were silent through that day, and how many of them responded by the last day.
    chance, ci_low, ci_high
        Their chance of it, NaN (and 0 to 1) where nobody was watched long enough to tell.
    """

    days: Integers
    n: Integers
    n_responses: Integers
    chance: Numbers
    ci_low: Numbers
    ci_high: Numbers


def landmarks_of(
    counts: DayCounts, days: npt.ArrayLike, *, by_day: int, confidence: float
) -> Landmarks:
    """Return the chance of a response in the days after each landmark up to `by_day`.

    Parameters
    ----------
    counts
        How many waits ended on each day.
    days
        The landmarks: whole days of silence below `by_day`.
    by_day
        The last day on which a response counts.
    confidence
        The level of the intervals.
    """
    days = np.asarray(days, np.int64)
    start = np.searchsorted(counts.days, days, side="right")
    stop = int(np.searchsorted(counts.days, by_day, side="right"))
    waiting = np.append(counts.at_risk, 0)
    n = waiting[start]
    responses = np.concatenate(([0], counts.ends[:, RESPONSE].cumsum()))
    n_responses = responses[stop] - responses[start]
    until = int(np.searchsorted(counts.days, by_day))  # who is censored on that day is known of
    # somebody was watched through that day, or all had come to an end before it
    reached = waiting[until] > 0 or _settled(counts, stop)
    chance, low, high = _conditional(counts, start, stop, until, z=normal_quantile(confidence))
    told = (n > 0) & reached
    return Landmarks(
        days=days,
        n=n,
        n_responses=n_responses,
        chance=np.where(told, chance, np.nan),
        ci_low=np.where(told, low, 0.0),
        ci_high=np.where(told, high, 1.0),
    )


def _settled(counts: DayCounts, stop: int) -> bool:
    """Say whether the last who were watched all came to an end by then, and none was censored."""
    return 0 < stop == counts.days.size and int(counts.ends[-1, CENSORED]) == 0


def _conditional(
    counts: DayCounts, start: Integers, stop: int, until: int, *, z: float
) -> tuple[Numbers, Numbers, Numbers]:
    """Return chance and interval of those waiting before place `start`, by that before `stop`."""
    curves = [share for share, _ in incidence_of(counts)]
    still = np.concatenate(([1.0], 1 - sum(curves)))
    share = np.concatenate(([0.0], curves[0]))
    # nobody is left where this rounds to nothing
    scale = np.where(np.append(counts.at_risk, 0)[start] > 0, still[start], 1.0)
    chance = np.clip((share[stop] - share[start]) / scale, 0, 1)
    square, one, linear = variance_terms(still[:-1], counts, RESPONSE)
    left = share[stop] - curves[0]
    terms = (left**2 * square + one - 2 * left * linear)[:stop]
    after = np.concatenate((terms[::-1].cumsum()[::-1], np.zeros(counts.days.size + 1 - stop)))
    se = np.sqrt(np.clip(after[start], 0, None)) / scale
    return chance, *_interval(counts, start, stop, until, chance, se, z)


def _interval(
    counts: DayCounts,
    start: Integers,
    stop: int,
    until: int,
    chance: Numbers,
    se: Numbers,
    z: float,
) -> tuple[Numbers, Numbers]:
    """Return the log-log interval, with the corners of `survival_band`."""
    waiting = np.append(counts.at_risk, 0)
    censored = np.concatenate(([0], counts.ends[:, CENSORED].cumsum()))
    known = waiting[start] - (censored[until] - censored[start])
    low, high = band(1 - chance, se, z=z, interval="log-log", known=known)
    low, high = 1 - high, 1 - low
    certain = np.flatnonzero(chance > 1 - 1e-12)
    if certain.size:
        last = stop - 1  # the day on which the last of them responded
        m = waiting[last]
        before, below, _ = _conditional(counts, start[certain], last, last, z=z)
        low[certain] = np.where(before > 0, below, m / (m + z**2))
    return low, high
