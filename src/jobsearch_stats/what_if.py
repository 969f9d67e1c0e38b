"""What would come out with another horizon, another grace, another gain: sliders, and a table.

The sliders work in JupyterLab alone; the table has the same for a few values, on any page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .compared import FEW
from .emulation import compare_strategies
from .log import ApplicationLog
from .notebook import Say, say
from .results import Result, percent, points
from .strategies import Strategy
from .strategy_intervals import THIN
from .summary import counted

if TYPE_CHECKING:
    from ipywidgets import interactive

HORIZONS = (7, 14, 21, 28)
GRACES = (0, 2, 4)
GAINS = (0.05, 0.10, 0.20, 0.30)
_POWER = 0.8


@dataclass(frozen=True)
class WhatIf:
    """A comparison that is to be asked again with other settings.

    Attributes
    ----------
    log
        The log.
    strategies
        What is compared, the reference first.
    as_of, counts, n_boot, seed
        As for :func:`jobsearch_stats.compare_strategies`.
    """

    log: ApplicationLog
    strategies: Sequence[Strategy]
    as_of: pd.Timestamp
    counts: str = "any"
    n_boot: int = 200
    seed: int = 1

    def differences(self, *, horizon: int, grace: int) -> pd.DataFrame:
        """Return the differences with this horizon and this grace, with their standard errors.

        Returns
        -------
        pandas.DataFrame
            Columns `horizon, grace, strategy, reference, difference, ci_low, ci_high, ess` (what
            the thinner of the two is worth) and `detectable`; NaN where too few answers came once
            the two asked for different things to say what would show.
        """
        found = compare_strategies(
            self.log,
            [replace(strategy, grace_days=grace) for strategy in self.strategies],
            as_of=self.as_of,
            horizon=horizon,
            counts=self.counts,
            n_boot=self.n_boot,
            seed=self.seed,
        )
        table = found.differences[["strategy", "reference", "difference", "ci_low", "ci_high"]]
        worth = found.table.set_index("strategy")["ess"]
        least = found.minimum_detectable_difference.where(found.n_answers_apart >= THIN)
        table = table.assign(
            ess=np.minimum(table["strategy"].map(worth), table["reference"].map(worth)),
            detectable=table["strategy"].map(least).astype(float),
        )
        table.insert(0, "horizon", horizon)
        table.insert(1, "grace", grace)
        return table

    def table(self, *, horizon: int = 21, grace: int = 2) -> Result:
        """Return the differences for a few horizons, and for a few graces.

        Parameters
        ----------
        horizon, grace
            The value of the one while the other changes.
        """
        asked = dict.fromkeys(
            [*((h, grace) for h in (*HORIZONS, horizon)), *((horizon, g) for g in (*GRACES, grace))]
        )
        frames = [self.differences(horizon=h, grace=g) for h, g in sorted(asked)]
        return Result(
            table=pd.concat(frames, ignore_index=True).drop(columns="detectable"),
            caption="The differences with other horizons (days by which an answer counts) and "
            "other graces (allowed days after the due day that still count as following). Worth: "
            f"how many interviews the thinner of the two is worth; with fewer than {FEW}, take "
            f"it for a hint. The intervals are from {self.n_boot} resamples, so the same one may "
            "end a point or two from where it ends above.",
        )

    def answer(self, *, horizon: int, grace: int, gain: int) -> Say:
        """Return what comes out, in sentences: what the sliders show.

        Parameters
        ----------
        horizon, grace
            Days.
        gain
            In percentage points: what a strategy is hoped to bring.
        """
        rows = self.differences(horizon=horizon, grace=grace).to_dict("records")
        said = [_said(row, gain=gain / 100) for row in rows]
        return say(*said) if said else say("With one strategy there is nothing to compare.")


def chance_to_find(gain: float, detectable: float) -> float:
    """Return how often a comparison finds a gain, given what it finds in four of five cases.

    Parameters
    ----------
    gain, detectable
        As shares.

    Examples
    --------
    >>> round(chance_to_find(0.2, 0.2), 3)
    0.8
    """
    if np.isnan(detectable) or detectable <= 0:
        return float("nan")
    normal = NormalDist()
    beyond = normal.inv_cdf(0.975)
    error = detectable / (beyond + normal.inv_cdf(_POWER))
    up, down = (1 - normal.cdf(beyond - sign * gain / error) for sign in (1, -1))
    return round(up + down, 6)


def gains_table(differences: pd.DataFrame) -> Result:
    """Return how often the log would find a few gains, by strategy.

    Parameters
    ----------
    differences
        What :meth:`WhatIf.differences` gives.
    """
    rows = [
        {
            "strategy": row["strategy"],
            "reference": row["reference"],
            **{
                f"share_finding_{points(gain).replace(' ', '_')}": chance_to_find(
                    gain, row["detectable"]
                )
                for gain in GAINS
            },
        }
        for row in differences.to_dict("records")
    ]
    return Result(
        table=pd.DataFrame(rows),
        caption="If a strategy truly brought so many points more: how often a log like this one "
        "would show it.",
    )


def _said(row: dict, *, gain: float) -> str:
    names = f"{row['strategy']} against {row['reference']}"
    after = f"by day {row['horizon']}, with {counted(int(row['grace']), 'day')} of grace"
    if np.isnan(row["difference"]):
        return f"{names}, {after}: cannot be told from this log."
    ends = " to ".join(_signed(row[end]) for end in ("ci_low", "ci_high"))
    verdict = "the interval leaves out 0"
    if row["ci_low"] <= 0 <= row["ci_high"]:
        verdict = "the interval holds 0, so you cannot tell yet"
    elif row["ess"] < FEW:
        verdict += f", but the thinner of them is worth {row['ess']:.0f} interviews: a hint"
    found = chance_to_find(gain, row["detectable"])
    hope = (
        f" A gain of {points(gain)} would be found in {percent(found)} of such logs."
        if not np.isnan(found)
        else ""
    )
    return f"{names}, {after}: {_signed(row['difference'])} points ({ends}); {verdict}.{hope}"


def _signed(share: float) -> str:
    value = round(100 * share)
    return f"{value:+d}".replace("-", "−") if value else "0"


def stable_sentence(table: pd.DataFrame) -> str:
    """Say whether the answer hangs on the horizon or the grace.

    Parameters
    ----------
    table
        That of :meth:`WhatIf.table`.
    """
    known = table.dropna(subset=["difference", "ci_low"])
    if not len(known):
        return "With none of these values does the log give a number: nothing hangs on them yet."
    parts = []
    for name, rows in known.groupby("strategy", sort=False):
        outside = (rows["ci_low"] > 0) | (rows["ci_high"] < 0)
        certain = (outside & (rows["ess"] >= FEW)).to_numpy()
        signs = np.sign(rows.loc[certain, "difference"]).unique()
        low, high = (_signed(end) for end in (rows["difference"].min(), rows["difference"].max()))
        span = f"{low} points" if low == high else f"{low} to {high} points"
        if certain.all() and len(signs) == 1:
            parts.append(f"{name}: the same answer with every value ({span})")
        elif not certain.any():
            parts.append(f"{name}: cannot be told with any of them ({span})")
        else:
            parts.append(
                f"{name}: told apart with {certain.sum()} of {len(rows)} values ({span}), so "
                "it hangs on the value"
            )
    first = (
        "Keep to the values that you chose before you looked: of several, one always looks best."
    )
    return f"{'; '.join(parts)}. {first}"


def sliders(asked: WhatIf, *, horizon: int = 21, grace: int = 2, gain: int = 10) -> interactive:
    """Return sliders for horizon, grace and gain, with the answer in words below them.

    Parameters
    ----------
    asked
        What is asked again on each move.
    horizon, grace, gain
        Where the sliders stand at first.
    """
    from ipywidgets import IntSlider, interactive

    def slider(value: int, least: int, most: int, what: str) -> IntSlider:
        wide = {"description_width": "12em"}
        return IntSlider(
            value=value,
            min=min(least, value),
            max=max(most, value),
            description=what,
            continuous_update=False,
            style=wide,
            layout={"width": "32em"},
        )

    return interactive(
        asked.answer,
        {"auto_display": True},
        horizon=slider(horizon, 3, 42, "horizon (days)"),
        grace=slider(grace, 0, 7, "grace (days)"),
        gain=slider(gain, 1, 50, "gain hoped for (points)"),
    )
