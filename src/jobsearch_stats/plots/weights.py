"""What carries a comparison of strategies: few interviews with large weights, or many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..compared import StrategyComparison
from .rows import draw_rows, places_of
from .strategies import COLUMNS, MAKER, NO_INTERVIEW, names_drawn, say_biased
from .style import COLOURS, GREY, check_result, fitted, new_axes, say_missing, small, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HARDLY = 0.1  # Austin 2009: less counts as balanced


def plot_weights(comparison: StrategyComparison, *, ax: Axes | None = None) -> Axes:
    """Draw whether those who followed a strategy stand for all interviews, and how many carry it.

    Below each strategy's name stands how many interviews followed it, how many unweighted ones
    these tell as much as, the largest weight, and how many of those who had waited until its last
    day followed up on it. The rows below are what the model adjusts for: a hollow point is how
    far those who followed are from all interviews, a filled one how far after weighting. Filled
    points in the grey band stand for all interviews as they should; a large weight, or a worth of
    a handful, says that few interviews carry the result.

    Parameters
    ----------
    comparison
        What :func:`jobsearch_stats.compare_strategies` gives.
    ax
        Where to draw; left out, a new figure of fitting height. On axes of your own the names
        get smaller until they fit.

    Returns
    -------
    matplotlib.axes.Axes
        x: how far means are from those of all interviews, in standard deviations; y: strategies
        with what is adjusted for.

    Raises
    ------
    DataError
        If it is not such a result.

    References
    ----------
    P. C. Austin (2009), Balance diagnostics for comparing the distribution of baseline covariates
    between treatment groups in propensity-score matched samples, Statistics in Medicine
    28:3083-3107 (the band of 0.1).

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> log = js.simulate_log(400, seed=1)
    >>> found = js.compare_strategies(
    ...     log, [js.NO_FOLLOW_UP, js.DAY_AFTER], as_of="2026-03-10", n_boot=200, seed=1)
    >>> axes = js.plot_weights(found)
    >>> [label.get_text() for label in axes.get_yticklabels()][2:4]
    ['a date was named', 'days to the due day']
    """
    check_result(comparison, MAKER, *COLUMNS)
    if not comparison.n_interviews:
        return say_missing(new_axes(ax, height=2.0), NO_INTERVIEW)
    labels: list[str] = []
    headings: list[int] = []
    at: list[int] = []
    balance: list[pd.DataFrame] = []
    for name, label in names_drawn(comparison).items():
        rows = _of(comparison.diagnostics["balance"], name)
        headings.append(len(labels))
        labels += [label, _facts(comparison, name)]
        at += range(len(labels), len(labels) + len(rows))
        labels += rows["covariate"].tolist()
        balance.append(rows)
    places = places_of(labels, ax)
    drawn = new_axes(ax, height=places.height + 0.3)
    drawn.axvspan(-_HARDLY, _HARDLY, color=GREY, alpha=0.22, linewidth=0, zorder=0)
    drawn.axvline(0, color=GREY, linewidth=1)
    _points(drawn, pd.concat(balance), places.middles[at])
    draw_rows(drawn, places, headings=headings)
    drawn.set_xlabel(_label(drawn, weighted=comparison.estimator == "ccw"), parse_math=False)
    say_biased(drawn, comparison, height=5)
    return drawn


def _of(frame: pd.DataFrame, strategy: str) -> pd.DataFrame:
    return frame[frame["strategy"] == strategy]


def _facts(comparison: StrategyComparison, name: str) -> str:
    row = _of(comparison.table, name).iloc[0]
    if not row["n_followers"]:
        return "nobody followed it"
    return "; ".join(_said(comparison, name, row))


def _said(comparison: StrategyComparison, name: str, row: pd.Series) -> Iterator[str]:
    if comparison.estimator != "ccw":
        yield f"{row['n_followers']:,} followed it, without weights"
        return
    yield f"{row['n_followers']:,} followed it, worth {row['ess']:,.1f}"
    largest = _of(comparison.diagnostics["weights"], name)["largest"].iloc[0]
    if not np.isnan(largest):
        yield f"largest weight {largest:,.1f}"
    must = _of(comparison.diagnostics["must_days"], name)
    if len(must):
        # an interview has one last day, so the rows add up
        called, waited = must[["n_followed", "n_waiting"]].sum()
        yield f"{called:,} of {waited:,} called on their last day"


def _points(ax: Axes, balance: pd.DataFrame, at: np.ndarray) -> None:
    before, after = (balance[name].to_numpy(float) for name in ("off_followers", "off_weighted"))
    ax.hlines(at, before, after, color=GREY, linewidth=1.2, zorder=2)
    look: dict[str, Any] = {"linestyle": "", "markersize": 6, "color": COLOURS[0]}
    ax.plot(before, at, "o", markerfacecolor=ax.get_facecolor(), **look)
    ax.plot(after, at, "D", **look)
    ends = np.abs(np.r_[before, after])
    reach = 1.08 * max(float(np.nanmax(ends)) if not np.isnan(ends).all() else 0, 2.5 * _HARDLY)
    ax.set_xlim(-reach, reach)


def _label(ax: Axes, *, weighted: bool) -> str:
    points = "hollow: those who followed; filled: weighted"
    if not weighted:  # then one point covers the other
        points = "those who followed, without weights"
    parts = (
        "off from all interviews, in standard deviations",
        f"({points}; grey: within {_HARDLY:g})",
    )
    return "\n".join(fitted(part, 0.75 * width_of(ax), size=1.2 * small()) for part in parts)
