"""How often so many interviews would show a difference, looked back on or dealt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..errors import DataError
from ..power import DESIGNS, Plan
from ..results import percent, points
from .key import Entry, key_of
from .style import (
    GREY,
    Style,
    check_result,
    interval_text,
    new_axes,
    percent_axis,
    say_missing,
    style_of,
    text_width,
    width_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 3.3  # of axes and their labels, inches
_OWN = Style(GREY, (0, (1, 1.5)), "*")
_ENOUGH = 0.8
_LEVEL = Style(GREY, (0, (7, 3)), "")


def plot_power(result: Plan, *, ax: Axes | None = None) -> Axes:
    """Draw how often a difference would be found, against the number of interviews.

    One line per design: the timing dealt at random, and looking back at what was done anyway.
    Your own number of interviews is a dotted line with a star on each curve, and a dashed line
    stands at four of five.

    Parameters
    ----------
    result
        What :func:`jobsearch_stats.power_of` gives, or `simulate_power`, whose intervals are
        shaded.
    ax
        Where to draw; left out, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        x: number of interviews, on a logarithmic scale; y: share of searches of this size in
        which the difference would be found, 0 to 1.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> plan = js.power_of(difference=0.08, risk=0.48, own=12)
    >>> axes = js.plot_power(plan)
    >>> axes.get_xlabel()
    'interviews in all'
    """
    table = check_result(result, "power_of", "design", "n", "risk", "difference", "power")
    if getattr(result, "solved_for", "power") != "power":
        raise DataError(
            "This draws how power grows with the number of interviews; the result passed was "
            f"solved for {result.solved_for!r}. Pass the result of power_of(...), or of "
            "simulate_power(...).",
            value=result.solved_for,
        )
    if table["power"].isna().all():
        return say_missing(new_axes(ax, height=_HEIGHT), "There is no power to draw yet.")
    lines = [(str(name), rows.sort_values("n")) for name, rows in table.groupby("design")]
    key = key_of(_entries(result, lines), ax)
    drawn = new_axes(ax, height=_HEIGHT + key.height / 72)
    drawn.axhline(_ENOUGH, color=_LEVEL.colour, linestyle=_LEVEL.dashes, linewidth=1)
    if result.own is not None:
        drawn.axvline(result.own, color=_OWN.colour, linestyle=_OWN.dashes, linewidth=1.2)
    for number, (_, rows) in enumerate(lines):
        _line(drawn, rows, style_of(number), result.own)
    _frame(drawn, table, result.own, width_of(ax))
    key.draw(drawn, all_fit=ax is None)
    return drawn


def _line(ax: Axes, rows: pd.DataFrame, style: Style, own: int | None) -> None:
    n, power = rows["n"].to_numpy(float), rows["power"].to_numpy(float)
    if {"ci_low", "ci_high"} <= set(rows.columns):
        low, high = (rows[name].to_numpy(float) for name in ("ci_low", "ci_high"))
        ax.fill_between(n, low, high, color=style.colour, alpha=0.18, linewidth=0)
    look: dict[str, Any] = {"color": style.colour, "linestyle": style.dashes, "linewidth": 1.8}
    ax.plot(n, power, marker=style.marker, markersize=4.5, **look)
    here = n == own
    if not here.any():  # of no points at all the layout would take account as of one at the edge
        return
    star: dict[str, Any] = {"color": style.colour, "markersize": 13, "zorder": 4, "clip_on": False}
    ax.plot(n[here], power[here], _OWN.marker, markeredgecolor=ax.get_facecolor(), **star)


def _frame(ax: Axes, table: pd.DataFrame, own: int | None, width: float) -> None:
    numbers = [*table["n"].tolist(), *([] if own is None else [own])]
    low, high = 0.85 * min(numbers), 1.18 * max(numbers)
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    ticks = _ticks(low, high, width)
    ax.set_xticks(ticks, labels=[f"{tick:,}" for tick in ticks])
    ax.set_xticks([], minor=True)
    ax.set_ylim(0, 1.02)
    ax.set_xlabel("interviews in all")
    ax.set_ylabel("chance of finding it")
    ax.spines[["top", "right"]].set_visible(False)
    percent_axis(ax.yaxis)


def _ticks(low: float, high: float, width: float) -> list[int]:
    """Return round numbers on a logarithmic scale that have room for their names."""
    import matplotlib as mpl

    room = width / np.log(high / low)
    tens = range(int(np.floor(np.log10(low))), int(np.log10(high)) + 1)
    size = float(mpl.rcParams["font.size"])
    ticks: list[int] = []
    end = -np.inf
    for tick in [digit * 10**ten for ten in tens for digit in (1, 2, 5) if ten >= 0]:
        half = text_width(f"{tick:,}", size) / 2 + 4
        at = room * np.log(tick / low)
        if low <= tick <= high and at - half > end:
            ticks.append(tick)
            end = at + half
    return ticks


def _truth(rows: pd.DataFrame) -> str:
    """Return what is to be found: "8 points more than 48 %"."""
    difference, risk = rows["difference"].iloc[0], rows["risk"].iloc[0]
    return f"{points(abs(difference))} {'more' if difference > 0 else 'fewer'} than {percent(risk)}"


def _entries(result: Plan, lines: list[tuple[str, pd.DataFrame]]) -> list[Entry]:
    truths = [_truth(rows) for _, rows in lines]
    shared = len(set(truths)) == 1  # made-up searches of two designs may differ in what is true
    entries = [Entry(f"it: {truths[0]}")] if shared else []
    for number, (name, rows) in enumerate(lines):
        own = rows.loc[rows["n"] == result.own, "power"]
        mine = f": {percent(own.iloc[0])} with yours" if len(own) else ""
        it = "" if shared else f", {truths[number]}"
        text = f"{DESIGNS.get(name, name)}{it}{mine}"
        entries.append(Entry(text, style_of(number), marked=True))
    if {"ci_low", "ci_high"} <= set(result.table.columns):
        entries.append(Entry(f"shaded: {interval_text(result)}"))
    entries.append(Entry(f"found in {percent(_ENOUGH)} of searches", _LEVEL))
    if result.own is not None:
        entries.append(Entry(f"your {result.own:,} interviews", _OWN, marked=True))
    return entries
