"""The chance of an outcome by each day among weighted clones, in many resamples at once.

Who is at risk on which day is the same in every resample; only how often each unit counts, and
the weights, differ. So it is worked out once (`plan`), and whole resamples are columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .cloning import Flags, Numbers, Places, Units

_GONE = 1e-12
"""Of a curve that has come down to this nobody is left who could have an outcome."""


class _Day(NamedTuple):
    """Places among the clones that still count on a day; None is all of them."""

    stay: Places | None
    """Among the clones of the day before."""
    before: _AtRisk | None
    """At risk before today's decision."""
    times: Places | None
    rows: Places
    """Rows of the table that multiply the weights of the clones at `times`."""
    after: _AtRisk


class _AtRisk(NamedTuple):
    at: Places | None
    answered: Places
    impossible: Places


Plan = list[_Day]


def plan(units: Units, departs: Places, rows: Places, *, n_rows: int) -> Plan:
    """Return what happens day by day to the clones of one strategy, made once for all resamples.

    Parameters
    ----------
    departs
        int64, shape (n,), as `departures` gives it.
    rows
        int64, shape (n, T), as `factors` gives it.
    n_rows
        How many rows the table has; the last one is 1.
    """
    alive = np.arange(units.acted.size)
    end, answered, impossible = units.end, units.answered, units.impossible
    days: Plan = []
    for day in range(units.n_days):
        stays = (end[alive] >= day) & (departs[alive] >= day)
        alive = alive[stays]
        early = units.outcome_first[alive, day]
        over = end[alive] == day
        events = (answered[alive] & over, impossible[alive] & over)
        row = rows[alive, day]
        times = row < n_rows - 1
        days.append(
            _Day(
                None if stays.all() else np.flatnonzero(stays),
                _at_risk(early, *events) if early.any() else None,
                None if times.all() else np.flatnonzero(times),
                row[times],
                _at_risk(~early & (departs[alive] > day), *events),
            )
        )
    return days


def _at_risk(which: Flags, answered: Flags, impossible: Flags) -> _AtRisk:
    return _AtRisk(
        None if which.all() else np.flatnonzero(which),
        np.flatnonzero(which & answered),
        np.flatnonzero(which & impossible),
    )


class _Share(NamedTuple):
    """Clones at risk on a day: counts and weights, shape (k, B), and who has which outcome."""

    day: int
    counts: Numbers
    weights: Numbers
    answered: tuple[Numbers, Numbers]
    impossible: tuple[Numbers, Numbers]


def _shares(days: Plan, table: Numbers, counts: Numbers) -> Iterator[_Share]:
    weights = np.ones_like(counts)
    for number, day in enumerate(days):
        if day.stay is not None:
            weights, counts = weights[day.stay], counts[day.stay]
        if day.before is not None:
            yield _share(number, day.before, counts, weights)
        if day.times is None:
            weights *= table[day.rows]
        elif day.times.size:
            weights[day.times] *= table[day.rows]
        yield _share(number, day.after, counts, weights)


def _share(day: int, who: _AtRisk, counts: Numbers, weights: Numbers) -> _Share:
    answered = (counts[who.answered], weights[who.answered])
    impossible = (counts[who.impossible], weights[who.impossible])
    if who.at is not None:
        counts, weights = counts[who.at], weights[who.at]
    return _Share(day, counts, weights, answered, impossible)


def risk_curve(
    days: Plan, table: Numbers, counts: Numbers, *, truncate: float | None = None
) -> Numbers:
    """Return the chance of the outcome by each day, in every resample.

    Daily hazards among the weighted clones at risk become a cumulative incidence, in which what
    makes the outcome impossible competes.

    Parameters
    ----------
    days
        What `plan` gives.
    table
        float64, shape (rows, B) or (rows, 1): factors, as `factor_table` gives them.
    counts
        float64, shape (n, B): how often each unit is in each of B resamples.
    truncate
        A quantile: weights above that of all clones and days at risk, in each resample, are
        lowered to it. None: they stay.

    Returns
    -------
    numpy.ndarray
        float64, shape (B, T); NaN from the first day on which somebody could still have the
        outcome, and nobody is left at risk.

    References
    ----------
    M. A. Hernán (2018), How to estimate the effect of treatment duration on survival outcomes
    using observational data, BMJ 360:k182. O. Aalen and S. Johansen (1978), Scand. J. Statistics
    5:141-150.

    Examples
    --------
    >>> import numpy as np
    >>> from jobsearch_stats.cloning import departures, factors, observed_units
    >>> units = observed_units(acted=[2, 2], event=[0, 2], competing=[2, 2], observed=[1, 1],
    ...                        outcome_first=np.zeros((2, 2)), n_days=2)
    >>> always = np.ones((1, 2, 2), bool)
    >>> nobody = np.full((2, 2), 9)
    >>> rows = factors(always, always, units, nobody, 0)
    >>> days = plan(units, departures(always, always, units)[0], rows[0], n_rows=1)
    >>> risk_curve(days, np.ones((1, 1)), np.ones((2, 1))).tolist()
    [[0.5, 0.5]]
    """
    cap = None if truncate is None else _quantile(_shares(days, table, counts), truncate)
    shape = (3, len(days), counts.shape[1])
    sums: Numbers = np.zeros(shape)
    for share in _shares(days, table, counts):
        whole = (share.counts, share.weights)
        for total, (number, weight) in zip(
            sums[:, share.day], (whole, share.answered, share.impossible), strict=True
        ):
            used = weight if cap is None else np.minimum(weight, cap)
            total += np.einsum("ib,ib->b", number, used)
    return _incidence(*sums).T


def _quantile(shares: Iterator[_Share], level: float) -> Numbers:
    """Return the quantile of the weights at risk of each resample, its counts in mind."""
    kept = [(share.counts.copy(), share.weights.copy()) for share in shares]
    counts, weights = (np.concatenate(part) for part in zip(*kept, strict=True))
    if not len(weights):
        return np.full(weights.shape[1], np.inf)
    order = np.argsort(weights, axis=0)
    below = np.cumsum(np.take_along_axis(counts, order, axis=0), axis=0)
    at = (below >= level * below[-1]).argmax(axis=0)
    return np.take_along_axis(weights, order, axis=0)[at, np.arange(at.size)]


def _incidence(at_risk: Numbers, answered: Numbers, impossible: Numbers) -> Numbers:
    """Return the cumulative incidence from weighted sums, all of shape (T, B)."""
    left = np.ones(at_risk.shape[1])
    risk = np.zeros(at_risk.shape[1])
    curve = np.empty_like(at_risk)
    for day, total in enumerate(at_risk):
        known = total > 0
        part = np.divide(answered[day], total, out=np.zeros_like(total), where=known)
        away = np.divide(impossible[day], total, out=np.zeros_like(total), where=known)
        # once everybody has had one of the two, nobody at risk is no lack
        part[~known & (left > _GONE)] = np.nan
        risk = risk + left * part
        left = left * (1 - part - away)
        curve[day] = risk
    return curve


def naive_curve(units: Units, followed: Flags, counts: Numbers) -> Numbers:
    """Return the crude share with the outcome by each day, among those who followed a strategy.

    It is biased: whoever has the outcome early had no time to act.

    Parameters
    ----------
    followed
        bool, shape (n,).
    counts
        float64, shape (n, B).

    Returns
    -------
    numpy.ndarray
        float64, shape (B, T); NaN where nobody followed.
    """
    had = units.answered[:, None] & (units.event[:, None] <= np.arange(units.n_days))
    among = counts[followed]
    total = among.sum(axis=0)[:, None]
    part = among.T @ had[followed].astype(np.float64)
    return np.divide(part, total, out=np.full_like(part, np.nan), where=total > 0)
