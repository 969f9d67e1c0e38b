"""What a comparison of strategies rests on: weights, balance, followers, ties, what is lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from .cloning import Flags, Numbers, Units, at_risk, decisions
from .propensity import Covariates
from .resampling import Comparison


def weights_frame(names: Sequence[str], comparison: Comparison) -> pd.DataFrame:
    """Return mean, 99th percentile and largest weight of each strategy's clones at risk.

    Columns strategy, mean, percentile_99, largest; NaN where no clone is.
    """
    weights, here = comparison.weights(), at_risk(comparison.units, comparison.departs)
    rows = []
    for name, of_strategy, stays in zip(names, weights, here, strict=True):
        found = of_strategy[stays]
        ends = (
            (found.mean(), np.quantile(found, 0.99), found.max()) if found.size else (np.nan,) * 3
        )
        rows.append((name, *map(float, ends)))
    return pd.DataFrame(rows, columns=["strategy", "mean", "percentile_99", "largest"])


def balance_frame(
    names: Sequence[str], comparison: Comparison, covariates: Covariates
) -> pd.DataFrame:
    """Return the means of what the model adjusts for, before and after weighting.

    Weighted followers stand for all interviews: `mean_weighted` should be near `mean_all`.
    Columns strategy, covariate, mean_all, mean_followers, mean_weighted; and how far the last two
    are from the first in standard deviations of all, off_followers and off_weighted (0 where all
    are alike).
    """
    blank = np.isnan(covariates.fit)
    values = {
        "a date was named": (covariates.promised, np.ones(blank.size, bool)),
        "days to the due day": (covariates.due, np.ones(blank.size, bool)),
        "fit": (np.nan_to_num(covariates.fit), ~blank),
        "fit is blank": (blank, np.ones(blank.size, bool)),
    }
    weights = comparison.last_weights()
    rows = []
    for name, weight, followed in zip(names, weights, comparison.followed, strict=True):
        for covariate, (value, known) in values.items():
            means = [_mean(value, known * w) for w in (1.0, followed, followed * weight)]
            rows.append((name, covariate, *means, *_off(means, value[known])))
    columns = ["strategy", "covariate", "mean_all", "mean_followers", "mean_weighted"]
    return pd.DataFrame(rows, columns=[*columns, "off_followers", "off_weighted"])


def _off(means: Sequence[float], values: np.ndarray) -> list[float]:
    """Return how far each further mean is from the first, in standard deviations of the values."""
    spread = float(np.std(values)) if values.size else float("nan")
    return [(mean - means[0]) / spread if spread else 0.0 * mean for mean in means[1:]]


def _mean(values: np.ndarray, weights: Numbers) -> float:
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total > 0 else float("nan")


def must_days_frame(
    names: Sequence[str], comparison: Comparison, may_wait: Flags, may_act: Flags
) -> pd.DataFrame:
    """Return how many followed up on the days on which a strategy leaves nothing else.

    Columns strategy, day (after the interview), n_waiting (clones that had come that far without a
    follow-up), n_followed: where it is 0, nobody shows what the strategy would have brought.
    """
    units = comparison.units
    day = np.arange(units.n_days)
    here = (comparison.departs[..., None] >= day) & decisions(units)
    must = here & ~may_wait & may_act
    acts = must & (day == units.acted[:, None])
    strategy, on = np.nonzero(must.any(axis=1))
    return pd.DataFrame(
        {
            "strategy": pd.Series([names[int(s)] for s in strategy], dtype="str"),
            "day": on.astype(np.int64),
            "n_waiting": must.sum(axis=1)[strategy, on].astype(np.int64),
            "n_followed": acts.sum(axis=1)[strategy, on].astype(np.int64),
        }
    )


def ties_frame(names: Sequence[str], reference: int, risks: Mapping[str, Numbers]) -> pd.DataFrame:
    """Return the differences under each rule for a follow-up and a response of one day.

    Columns ties, strategy, reference, difference.
    """
    rows = [
        (rule, name, names[reference], float(risk[s] - risk[reference]))
        for rule, risk in risks.items()
        for s, name in enumerate(names)
        if s != reference
    ]
    return pd.DataFrame(rows, columns=["ties", "strategy", "reference", "difference"])


def lacking(comparison: Comparison, curves: Numbers) -> list[str]:
    """Return why the risk of each strategy cannot be told; blank where it can.

    Parameters
    ----------
    curves
        float64, shape (S, T).
    """
    return [
        "" if not np.isnan(curve[-1]) else _why(comparison.units, curve, naive=comparison.naive)
        for curve in curves
    ]


def _why(units: Units, curve: Numbers, *, naive: bool) -> str:
    last = curve.size - 1
    if not units.acted.size:
        return "there is no interview"
    if naive:
        return f"no interview that has been watched for {last} days is said to have followed it"
    day = int(np.isnan(curve).argmax())
    if (units.end >= day).any():
        return f"on day {day} nobody was left who had done as it says and was still waiting"
    return f"of those still waiting nobody has been watched beyond day {day - 1}"
