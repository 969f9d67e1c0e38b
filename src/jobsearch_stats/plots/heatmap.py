"""Weekday by part of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..errors import DataError
from ..results import percent
from .rows import counted
from .style import check_result, new_axes, percent_axis, say_missing, small

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..rates import Rates

_ROW, _COLUMN = "weekday", "part_of_day"


def plot_weekday_heatmap(rates: Rates, *, ax: Axes | None = None) -> Axes:
    """Draw the rate for each weekday and part of the day, with how many answered of how many.

    The darker, the more were answered. Thin cells are pale and hatched; where there is nothing to
    count stands a dash.

    Parameters
    ----------
    rates
        What ``response_rates(outreach, by=["weekday", "part_of_day"])`` gives.
    ax
        Where to draw; left out, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        x: parts of the day; y: weekdays, the first on top; one rectangle per cell.

    Raises
    ------
    DataError
        If the rates have other groups.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(60, seed=3), as_of="2026-03-02")
    >>> rates = js.response_rates(tries, by=["weekday", "part_of_day"])
    >>> axes = js.plot_weekday_heatmap(rates)
    >>> axes.get_yticklabels()[0].get_text()
    'Monday'
    """
    table = check_result(rates, "response_rates", "n", "n_responses", "rate", "thin")
    if sorted(rates.by) != sorted((_ROW, _COLUMN)):
        raise DataError(
            f"The heat map needs rates by weekday and part of the day; these are by "
            f"{', '.join(map(repr, rates.by)) or 'nothing'}. "
            f'Pass response_rates(outreach, by=["{_ROW}", "{_COLUMN}"]).',
            value=list(rates.by),
        )
    if not table["n"].sum():
        text = f"No approach has been watched for {rates.within} days yet: there is no rate."
        return say_missing(new_axes(ax, height=2.0), text)
    cells = {
        (_name(getattr(row, _ROW)), _name(getattr(row, _COLUMN))): row
        for row in table.itertuples(index=False)
    }
    down, across = _names(table[_ROW]), _names(table[_COLUMN])
    drawn = new_axes(ax, height=max(2.4, 1.2 + 0.46 * len(down)))
    scale = _scale(table.loc[table["n"] > 0, "rate"].max())
    for y, day in enumerate(down):
        for x, part in enumerate(across):
            _cell(drawn, x, y, cells.get((day, part)), scale)
    _frame(drawn, down, across)
    bar = drawn.figure.colorbar(scale, ax=drawn, pad=0.02, label=counted(rates))
    percent_axis(bar.ax.yaxis)
    bar.outline.set_visible(False)
    return drawn


def _name(value: object) -> str:
    return "not known" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _names(column: pd.Series) -> list[str]:
    """Return the values there are in the order of their categories, and the unknown last."""
    there = {_name(value) for value in column}
    if isinstance(column.dtype, pd.CategoricalDtype):
        order = [str(value) for value in column.cat.categories]
    else:
        order = sorted(there - {"not known"})
    return [name for name in [*order, "not known"] if name in there]


def _scale(highest: float) -> Any:
    """Return the colours, light to dark, from 0 to the highest rate."""
    import matplotlib as mpl
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    return ScalarMappable(Normalize(0, max(float(highest), 0.01)), mpl.colormaps["Blues"])


def _cell(ax: Axes, x: int, y: int, row: Any, scale: Any) -> None:
    from matplotlib.patches import Rectangle

    if row is None or not row.n:
        ax.add_patch(Rectangle((x, y), 1, 1, facecolor="none", edgecolor="none"))
        ax.text(x + 0.5, y + 0.5, "–", ha="center", va="center")
        return
    colour = np.array(scale.to_rgba(row.rate)[:3])
    if row.thin:
        colour = 1 - 0.4 * (1 - colour)
    hatch = "//" if row.thin else None
    # the hatch is a shade of its cell, as one grey for all vanishes on cells as light as itself
    look: dict[str, Any] = {"hatch": hatch, "edgecolor": tuple(0.78 * colour), "linewidth": 0}
    ax.add_patch(Rectangle((x, y), 1, 1, facecolor=tuple(colour), **look))
    ax.text(
        x + 0.5,
        y + 0.5,
        f"{percent(row.rate)}\n{row.n_responses:,} of {row.n:,}",
        ha="center",
        va="center",
        color="white" if _luminance(colour) < 0.179 else "black",  # the higher contrast (WCAG)
        fontsize=small(),
        linespacing=1.1,
    )


def _luminance(colour: np.ndarray) -> float:
    """Return the relative luminance of a colour in sRGB, from 0 to 1."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _frame(ax: Axes, down: list[str], across: list[str]) -> None:
    ax.set_xlim(0, len(across))
    ax.set_ylim(len(down), 0)
    names = ["hour not known" if name == "not known" else name for name in across]
    ax.set_xticks(np.arange(len(across)) + 0.5, labels=names)
    ax.set_yticks(np.arange(len(down)) + 0.5, labels=down)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
