"""Strategies compared: their curves, their differences, and what carries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..compared import StrategyComparison
from ..comparison_settings import BIASED
from ..results import percent
from ..summary import counted
from ..tables import listed
from .curves import band_of, draw_step, frame_curves
from .key import Entry, key_of
from .rows import Places, draw_column, draw_points, draw_rows, in_points, p_text, places_of
from .style import (
    GREY,
    check_result,
    day_ticks,
    fitted,
    from_corner,
    interval_text,
    new_axes,
    say_missing,
    small,
    style_of,
    text_width,
    width_of,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAKER = "compare_strategies"
COLUMNS = ("strategy", "n_followers", "ess", "risk")
_HEIGHT = 3.3  # of axes and their labels, inches
_ASIDE = 0.36  # how far the two points of a row stand from its middle, in lines
NO_INTERVIEW = "There is no interview with a date to compare strategies on yet."


def plot_strategy_curves(comparison: StrategyComparison, *, ax: Axes | None = None) -> Axes:
    """Draw the chance of a response by each day, had every interview followed a strategy.

    Each strategy has a step with its band; those that ask for the same are drawn once, with all
    their names. Below the axes stand each one's chance at the last day, how many interviews
    followed it, and how many unweighted ones these tell as much as.

    Parameters
    ----------
    comparison
        What :func:`jobsearch_stats.compare_strategies` gives. If its estimator is biased, the
        drawing says so.
    ax
        Where to draw; left out, a new figure that is high enough for all strategies.

    Returns
    -------
    matplotlib.axes.Axes
        x: days since the interview; y: chance of a response, 0 to 1.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> log = js.simulate_log(400, seed=1)
    >>> found = js.compare_strategies(
    ...     log, [js.NO_FOLLOW_UP, js.DAY_AFTER], as_of="2026-03-10", n_boot=200, seed=1)
    >>> axes = js.plot_strategy_curves(found)
    >>> axes.get_xlabel()
    'days since the interview'
    """
    table = check_result(comparison, MAKER, *COLUMNS)
    if not comparison.n_interviews:
        return say_missing(new_axes(ax, height=_HEIGHT), NO_INTERVIEW)
    if comparison.curves["risk"].isna().all() or table["risk"].isna().all():
        text = "No chance can be told yet: the text of the result says why."
        return say_missing(new_axes(ax, height=_HEIGHT), text)
    names = names_drawn(comparison)
    shown = table[table["strategy"].isin(list(names))]
    curves = comparison.curves.rename(columns={"day": "days"})
    key = key_of(_entries(comparison, shown, names), ax)
    drawn = new_axes(ax, height=_HEIGHT + key.height / 72)
    for number, name in enumerate(shown["strategy"]):
        rows = curves[curves["strategy"] == name]
        style = style_of(number)
        draw_step(drawn, rows, "risk", style, start=None, band=band_of(len(shown)))
        # what is compared is where the curve ends, and a step that ends at the edge is not seen
        look: dict[str, Any] = {"color": style.colour, "clip_on": False, "markersize": 5}
        end = rows.tail(1).dropna(subset="risk")
        if len(end):
            drawn.plot(end["days"], end["risk"], style.marker, **look)
    ticks = day_ticks(0, comparison.horizon, width_of(ax))
    y = f"chance of {'a positive' if comparison.counts == 'positive' else 'an'} answer"
    frame_curves(drawn, ticks, float(comparison.horizon), x="days since the interview", y=y)
    drawn.set_ylim(0, max(drawn.get_ylim()[1], 0.05))
    say_biased(drawn, comparison, height=5)
    key.draw(drawn, all_fit=ax is None)
    return drawn


def plot_strategy_differences(comparison: StrategyComparison, *, ax: Axes | None = None) -> Axes:
    """Draw how far each strategy's chance of a response is from the reference's: a forest plot.

    The filled point is over all interviews, the hollow one below it over those in which the two
    ask for different things, where these are not all; right of them stand how many these are, and
    the p-value after Holm's correction. A grey band is as wide as what would not show with so many
    interviews.

    Parameters
    ----------
    comparison
        What :func:`jobsearch_stats.compare_strategies` gives. If its estimator is biased, the
        drawing says so.
    ax
        Where to draw; left out, a new figure of fitting height. On axes of your own the names
        get smaller until they fit.

    Returns
    -------
    matplotlib.axes.Axes
        x: difference, -1 to 1, labelled in percentage points, with a line at 0; y: the strategies.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> log = js.simulate_log(400, seed=1)
    >>> found = js.compare_strategies(
    ...     log, [js.NO_FOLLOW_UP, js.DAY_AFTER], as_of="2026-03-10", n_boot=200, seed=1)
    >>> axes = js.plot_strategy_differences(found)
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['DAY_AFTER']
    """
    check_result(comparison, MAKER, *COLUMNS)
    table, labels = _contrasts(comparison)
    if table["difference"].isna().all():
        return say_missing(new_axes(ax, height=2.0), _nothing(comparison, table))
    places = places_of(labels, ax)
    drawn = new_axes(ax, height=places.height + 0.5)
    drawn.axvline(0, color=GREY, linewidth=1)
    _differences(drawn, comparison, table, places)
    draw_rows(drawn, places, headings=())
    sizes = [f"{n:,} of {comparison.n_interviews:,}" for n in table["n_distinguishable"]]
    headings = ("differ in", "p (Holm)")
    second = 16 + max(text_width(text, small()) for text in (headings[0], *sizes))
    for offset, heading in zip((6.0, second), headings, strict=True):
        write(drawn, offset, 5, heading, from_corner(drawn, 1, 1), color=GREY, va="bottom")
    draw_column(drawn, places.middles, sizes, places, 6)
    draw_column(drawn, places.middles, [p_text(p) for p in table["p_adjusted"]], places, second)
    drawn.set_xlim(*_reach(comparison, table))
    drawn.set_xlabel(_contrast_label(comparison, table, drawn), parse_math=False)
    drawn.xaxis.set_major_formatter(in_points)
    say_biased(drawn, comparison, height=5 + 1.5 * small())
    return drawn


def names_drawn(comparison: StrategyComparison) -> dict[str, str]:
    """Return the strategies to draw, with what each is called: of the same ones the first.

    Returns
    -------
    dict of str to str
        By name: the names of all that it stands for.
    """
    stands = {name: group for group in comparison.same for name in group}
    groups = dict.fromkeys(stands.get(name, (name,)) for name in comparison.strategies)
    return {group[0]: listed(group) for group in groups}


def say_biased(ax: Axes, comparison: StrategyComparison, *, height: float) -> None:
    """Write above the axes that the estimator is biased, if it is; height in points."""
    if BIASED[comparison.estimator]:
        text = f"BIASED, for teaching ({comparison.estimator})"
        write(ax, 0, height, text, from_corner(ax, 0, 1), va="bottom", weight="bold")


def _entries(
    comparison: StrategyComparison, table: pd.DataFrame, names: Mapping[str, str]
) -> list[Entry]:
    entries = [
        Entry(
            f"{counted(comparison.n_interviews, 'interview')}; worth: as many unweighted ones "
            f"tell as much; shaded: {interval_text(comparison)}"
        )
    ]
    for number, row in enumerate(table.itertuples()):
        followers = f"{row.n_followers:,} followed it, worth {row.ess:,.1f}"
        text = f"{names[str(row.strategy)]}: {_risk(row, comparison.horizon)}; {followers}"
        entries.append(Entry(text, style_of(number), marked=True))
    return entries


def _risk(row: Any, horizon: int) -> str:
    if np.isnan(row.risk):
        return "cannot be told"
    known = not np.isnan(row.ci_low)
    interval = f" ({percent(row.ci_low, sign=False)} to {percent(row.ci_high)})" if known else ""
    return f"{percent(row.risk)} by day {horizon}{interval}"


def _contrasts(comparison: StrategyComparison) -> tuple[pd.DataFrame, list[str]]:
    """Return the differences to draw, none of what is the same as the reference, and names."""
    names, reference = names_drawn(comparison), comparison.reference
    alike = {name for group in comparison.same if reference in group for name in group}
    table = comparison.differences
    table = table[table["strategy"].isin(list(names)) & ~table["strategy"].isin(list(alike))]
    pairs = zip(table["strategy"].tolist(), table["difference"].tolist(), strict=True)
    lacking = {True: ": cannot be told", False: ""}
    return table, [f"{names[name]}{lacking[np.isnan(value)]}" for name, value in pairs]


def _nothing(comparison: StrategyComparison, table: pd.DataFrame) -> str:
    if not comparison.n_interviews:
        return NO_INTERVIEW
    if len(table):
        return "No difference can be told yet: the text of the result says why."
    if len(comparison.strategies) < 2:
        return "With one strategy there is nothing to compare."
    return "All strategies ask for the same here, so there is nothing to compare."


def _differences(
    ax: Axes, comparison: StrategyComparison, table: pd.DataFrame, places: Places
) -> None:
    """Draw each row's band of what would not show, its difference, and that where they differ."""
    line = min(_ASIDE, places.total / len(table) / 4)
    look: dict[str, Any] = {"color": GREY, "alpha": 0.22, "linewidth": 0, "zorder": 0}
    bands = _would_not_show(comparison, table)
    for would, middle in zip(bands.tolist(), places.middles.tolist(), strict=True):
        if not np.isnan(would):
            ax.broken_barh([(-would, 2 * would)], (middle - 2 * line, 4 * line), **look)
    part = _in_part(table, comparison.n_interviews)
    draw_points(ax, table, "difference", places.middles - line * part, hollow=False)
    columns = ("difference", "ci_low", "ci_high")
    there = pd.DataFrame({name: table[f"{name}_where_they_differ"] for name in columns})
    draw_points(ax, there[part], "difference", places.middles[part] + line, hollow=True)


def _in_part(table: pd.DataFrame, n_interviews: int) -> np.ndarray:
    """Return in which rows the two differ in some interviews and not in all."""
    return table["n_distinguishable"].to_numpy() < n_interviews


def _would_not_show(comparison: StrategyComparison, table: pd.DataFrame) -> np.ndarray:
    return comparison.minimum_detectable_difference[list(table["strategy"])].to_numpy(float)


def _reach(comparison: StrategyComparison, table: pd.DataFrame) -> tuple[float, float]:
    ends = [table[name] for name in table.columns if str(name).startswith(("ci_", "difference"))]
    reach = np.nanmax(np.abs(np.concatenate([*ends, _would_not_show(comparison, table)])))
    reach = 1.05 * max(min(float(reach), 1.0), 0.01)
    return -reach, reach


def _contrast_label(comparison: StrategyComparison, table: pd.DataFrame, ax: Axes) -> str:
    room = 0.75 * width_of(ax)
    size = 1.2 * small()
    reference = fitted(comparison.reference, 0.5 * room, size=size, lines=1)
    part = _in_part(table, comparison.n_interviews).any()
    hollow = "; hollow: where the two differ" if part else ""
    by_day = f"by day {comparison.horizon}"
    first = f"points more or fewer than {reference}"
    # the day stays in one piece: it goes to the next line as a whole
    first += f" {by_day}" if text_width(f"{first} {by_day}", size) <= room else f"\n{by_day}"
    second = f"({interval_text(comparison)}{hollow}; grey: would not show)"
    lines = [*first.split("\n"), second]
    return "\n".join(fitted(line, room, size=size) for line in lines)
