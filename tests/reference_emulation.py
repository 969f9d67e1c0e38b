"""Comparing strategies as one would write it down: one frame of person-days, slow and readable.

Interviews and masks come from the package, as they have tests of their own; all that follows is
made here a second time, row by row, with statsmodels for both models.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from statsmodels.genmod.families import Gaussian
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import WLS

import jobsearch_stats as js
from jobsearch_stats.interviews import interviews
from jobsearch_stats.windows import masks, windows
from jobsearch_stats.workdays import NO_DAY

SD, SD_INTERCEPT = 2.5, 10.0
NEVER = 10_000


def days_after(day, start):
    return NEVER if day == NO_DAY else int(day) - int(start)


def person_days(log, *, as_of, horizon, counts="any", ties="follow_up_first"):
    """Return one row per interview and day at risk, and the interviews behind them."""
    found = interviews(log, as_of=as_of, counts=counts)
    found = found.take(~found.undated)
    due = windows(
        js.DAY_AFTER, start=found.start, promise=found.promise, countries=found.country
    ).first
    rows = []
    for i in range(len(found)):
        start = int(found.start[i])
        event = days_after(found.response[i], start)
        away = days_after(found.competing[i], start)
        answered = days_after(found.answered[i], start)
        act = days_after(found.follow_up[i], start)
        end = min(event, away, int(found.observed[i]) - start, horizon)
        promise = days_after(found.promise[i], start)
        for day in range(end + 1):
            over = day == end and end in (event, away)
            first = ties == "response_first" or (
                ties == "hours" and day == event and found.responded_first[i] == -1
            )
            looked = day <= answered if ties != "response_first" else day < answered
            rows.append(
                {
                    "unit": i,
                    "day": day,
                    "decided": day <= act and not (over and first) and (looked or over),
                    "acts": day == act,
                    "outcome_first": first,
                    "event": day == end == event and event <= away,
                    "away": day == end == away and away < event,
                    "from_due": day - (int(due[i]) - start),
                    "overdue": day >= (promise + 1 if promise != NEVER else 7),
                    "promised": promise != NEVER,
                    "weekday": (start + day + 3) % 7,
                    "fit": found.fit[i],
                }
            )
    return pd.DataFrame(rows), found


def design(days):
    """Return the covariates of the model of following up, each written out."""
    d, promised = days["from_due"], days["promised"]
    waiting, overdue = d < 0, (d < 0) & days["overdue"]
    early = waiting & ~overdue
    out = {"intercept": np.ones(len(days))}
    for name, inside in {
        "early": d <= -6,
        "3 to 5": d.between(-5, -3),
        "2": d == -2,
        "1": d == -1,
    }.items():
        out[f"{name}, promised"] = early & inside & promised
        out[f"{name}, not promised"] = early & inside & ~promised
    out["overdue"] = overdue
    for first, last in ((1, 1), (2, 2), (3, 4), (5, 7), (8, NEVER)):
        out[f"after {first}"] = d.between(first, last)
    out["promised"] = promised
    for weekday in range(1, 7):
        out[f"weekday {weekday}"] = days["weekday"] == weekday
    out["fit"] = ((days["fit"] - 3) / 2).fillna(0)
    out["blank"] = days["fit"].isna()
    return pd.DataFrame(out).astype(float)


def chances(days, times):
    """Return the chance of following up on each decided day from day 1 on.

    `times`: how often each row counts.
    """
    open_days = (days["decided"] & (days["day"] > 0)).to_numpy()
    x, y, n = design(days)[open_days], days.loc[open_days, "acts"].astype(float), times[open_days]
    beta = with_prior(x.to_numpy(), y.to_numpy(), n.to_numpy())
    out = pd.Series(0.0, index=days.index)
    out[open_days] = 1 / (1 + np.exp(-(x.to_numpy() @ beta)))
    return out


def with_prior(x, y, n):
    """Return the coefficients of a logistic model with a normal prior, by reweighted least squares.

    The prior is one more row for each coefficient, which says 0. (`GLM.fit_regularized` would do,
    but stops at 1e-4 in each coefficient, whatever tolerance it is given.)
    """
    n_columns = x.shape[1]
    precision = np.array([SD_INTERCEPT**-2, *[SD**-2] * (n_columns - 1)])
    rows = np.vstack([x, np.eye(n_columns)])
    beta = np.zeros(n_columns)
    for _ in range(100):
        before = beta
        p = 1 / (1 + np.exp(-(x @ beta)))
        spread = p * (1 - p)
        target = np.concatenate([x @ beta + (y - p) / spread, np.zeros(n_columns)])
        beta = (
            WLS(target, rows, weights=np.concatenate([n * spread, precision]))
            .fit(method="qr")
            .params
        )
        if np.abs(beta - before).max() < 1e-10:
            return beta
    raise AssertionError("the reference did not converge")


def clones(days, p, allowed):
    """Return the rows on which the clones of one strategy are at risk, with their weights."""
    unit, day = days["unit"].to_numpy(), days["day"].to_numpy()
    wait, act = allowed.may_wait[unit, day], allowed.may_follow[unit, day]
    decided, acts = days["decided"], days["acts"] & days["decided"]
    wrong = decided & ((acts & ~act) | (~acts & ~wait))
    factor = np.where(decided & wait & ~act, 1 / (1 - p), 1.0)
    factor = np.where(decided & acts & act & ~wait & (day > 0), 1 / p.where(p > 0, 1), factor)
    factor[wrong] = 1.0
    rows = days.assign(wrong=wrong, factor=factor)
    by_unit = rows.groupby("unit")
    rows["through"] = by_unit["factor"].cumprod()
    rows["gone"] = by_unit["wrong"].cummax()
    before = by_unit["through"].shift(fill_value=1.0), by_unit["gone"].shift(fill_value=False)
    early = rows["outcome_first"]
    rows["weight"] = rows["through"].where(~early, before[0])
    return rows[~rows["gone"].where(~early, before[1].astype(bool))]


def risk(rows, times):
    """Return the weighted risk by the last day: daily shares, with what competes."""
    n = (rows["weight"] * times[rows.index])[times[rows.index] > 0]
    rows = rows.loc[n.index]
    days = pd.get_dummies(rows["day"]).astype(float)
    # a saturated model fits the weighted share of each day, whatever its family
    event, away = (
        GLM(rows[name].astype(float), days, family=Gaussian(), var_weights=n).fit().params
        for name in ("event", "away")
    )
    left, total = 1.0, 0.0
    for day in days.columns:
        total += left * event[day]
        left *= 1 - event[day] - away[day]
    return total


def reference_risks(
    log,
    strategies,
    *,
    as_of,
    horizon=21,
    counts="any",
    ties="follow_up_first",
    weighted=True,
    times=None,
):
    """Return the risk of each strategy by its name; `times`: how often each interview counts."""
    days, found = person_days(log, as_of=as_of, horizon=horizon, counts=counts, ties=ties)
    n = pd.Series(1.0 if times is None else np.asarray(times, float)[days["unit"]], days.index)
    p = chances(days, n) if weighted else pd.Series(0.0, index=days.index)
    out = {}
    for strategy in strategies:
        rows = clones(days, p, masks(strategy, found, horizon=horizon))
        if not weighted:
            rows = rows.assign(weight=1.0)
        out[strategy.name] = risk(rows, n)
    return out
