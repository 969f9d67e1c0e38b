"""One row per group: rates with their intervals, and differences of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..results import group_labels
from .style import (
    COLOURS,
    GREY,
    check_result,
    fitted,
    from_corner,
    height_of,
    interval_text,
    line_count,
    new_axes,
    percent_axis,
    say_missing,
    small,
    text_width,
    width_of,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..differences import Differences
    from ..rates import Rates

_LINE = 1.25
_PAD = 0.75  # between rows, in lines
_MARGIN = 0.85  # above and below the rows, inches
_SMALLEST = 5.0  # points; below, nothing can be read in print


@dataclass(frozen=True)
class Places:
    """Where the rows stand, from the top down in lines of text, and how their names are written."""

    labels: tuple[str, ...]
    middles: np.ndarray
    total: float
    size: float

    @property
    def height(self) -> float:
        """Height of a new figure, in inches."""
        return _MARGIN + max(1.2, self.total * self.size * _LINE / 72)


def places_of(labels: Sequence[str], ax: Axes | None, *, spare: float = 0.0) -> Places:
    """Return places for rows with these names; on axes of your own, small enough to fit.

    `spare` is what stands above and below the axes and will take from their height, in points.
    """
    room = max(45.0, 0.36 * width_of(ax))
    places = _places(labels, room, small(), 3)
    if ax is None:
        return places
    height = max(0.9 * height_of(ax) - spare, 0.2 * height_of(ax))
    size = min(small(), height / places.total / _LINE)
    if size >= _SMALLEST:
        return replace(places, size=size)
    # names on one line each, cut short, as wrapped ones would be tiny; and no air between them
    size = max(1.0, min(small(), height / (len(labels) * 1.15) / _LINE))
    return _places(labels, room, size, 1, pad=0.15)


def _places(
    labels: Sequence[str], room: float, size: float, lines: int, *, pad: float = _PAD
) -> Places:
    texts = tuple(fitted(label, room, size=size, lines=lines) for label in labels)
    heights = np.array([line_count(text) + pad for text in texts])
    return Places(texts, np.cumsum(heights) - heights / 2, float(heights.sum()), size)


def plot_response_rates(rates: Rates, *, ax: Axes | None = None) -> Axes:
    """Draw one row per group: its rate, its interval, and how many answered of how many.

    Groups stand in their order. Thin groups are grey and hollow, and never left out. With two or
    more columns in `by` the first is a heading, and the others are rows below it.

    Parameters
    ----------
    rates
        What :func:`jobsearch_stats.response_rates` gives.
    ax
        Where to draw; left out, a new figure of fitting height. On axes of your own the names
        get smaller until they fit.

    Returns
    -------
    matplotlib.axes.Axes
        x: share answered, 0 to 1; y: the groups, the first on top.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(60, seed=3), as_of="2026-03-02")
    >>> axes = js.plot_response_rates(js.response_rates(tries, by="method"))
    >>> axes.get_xlabel()
    'answered within 14 days (95 % interval)'
    """
    table = check_result(rates, "response_rates", "n", "n_responses", "rate", "thin", "ci_low")
    if not table["n"].sum():
        text = f"No approach has been watched for {rates.within} days yet: there is no rate."
        return say_missing(new_axes(ax, height=2.0), text)
    names, of_row = _headed(table[list(rates.by)])
    places = places_of(names, ax)
    drawn = new_axes(ax, height=places.height)
    at = places.middles[of_row]
    thin = table["thin"].to_numpy(bool)
    has = table["n"].to_numpy() > 0
    draw_points(drawn, table[has & ~thin], "rate", at[has & ~thin], hollow=False)
    draw_points(drawn, table[has & thin], "rate", at[has & thin], hollow=True)
    draw_rows(drawn, places, headings=sorted(set(range(len(names))) - set(of_row)))
    draw_column(drawn, at, [_n_text(row) for row in table.itertuples()], places, 6, pale=thin)
    highest = table.loc[has, "ci_high"].max()
    drawn.set_xlim(-0.02 * highest, min(1.02, 1.04 * highest))
    drawn.set_xlabel(f"{counted(rates)} ({interval_text(rates)})")
    percent_axis(drawn.xaxis)
    return drawn


def counted(rates: Rates | Differences) -> str:
    """Return what a rate counts: "answered within 14 days"."""
    what = "a positive answer" if rates.counts == "positive" else "answered"
    return f"{what} within {rates.within} days"


def plot_rate_differences(differences: Differences, *, ax: Axes | None = None) -> Axes:
    """Draw how far each group's rate is from the other's: a forest plot.

    One row per comparison, with the interval of the difference, both n, and the p-value after
    Holm's correction for the number of comparisons. An interval that crosses the line at 0 cannot
    tell which group is better.

    Parameters
    ----------
    differences
        What :func:`jobsearch_stats.rate_differences` gives.
    ax
        Where to draw; left out, a new figure of fitting height.

    Returns
    -------
    matplotlib.axes.Axes
        x: difference, -1 to 1, labelled in percentage points; y: the comparisons.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(60, seed=3), as_of="2026-03-02")
    >>> rates = js.response_rates(tries, by="kind")
    >>> axes = js.plot_rate_differences(js.rate_differences(rates))
    >>> [text.get_text() for text in axes.texts[:2]]
    ['n', 'p (Holm)']
    """
    table = check_result(differences, "rate_differences", "difference", "p_holm", "n_reference")
    if table.empty or table["difference"].isna().all():
        text = "There are no two groups with a rate: there is nothing to compare."
        return say_missing(new_axes(ax, height=2.0), text)
    names, against = compared(table)
    places = places_of(names, ax)
    drawn = new_axes(ax, height=places.height + 0.2)
    drawn.axvline(0, color=GREY, linewidth=1)
    draw_points(drawn, table, "difference", places.middles, hollow=False)
    draw_rows(drawn, places, headings=())
    sizes = [f"{row.n:,} and {row.n_reference:,}" for row in table.itertuples()]
    second = 16 + max(text_width(text, small()) for text in sizes)
    for offset, heading in ((6.0, "n"), (second, "p (Holm)")):
        write(drawn, offset, 5, heading, from_corner(drawn, 1, 1), color=GREY, va="bottom")
    draw_column(drawn, places.middles, sizes, places, 6)
    draw_column(drawn, places.middles, [p_text(p) for p in table["p_holm"]], places, second)
    reach = 1.05 * np.nanmax(np.abs(table[["ci_low", "ci_high"]].to_numpy(float)))
    drawn.set_xlim(-reach, reach)
    label = fitted(f"{counted(differences)}: {against}", width_of(drawn) + 60, size=1.2 * small())
    drawn.set_xlabel(f"{label}\n({interval_text(differences)})", parse_math=False)
    drawn.xaxis.set_major_formatter(in_points)
    return drawn


def _headed(groups: pd.DataFrame) -> tuple[list[str], np.ndarray]:
    """Return the names of rows and headings, and where among them each row stands."""
    if groups.shape[1] < 2:
        return group_labels(groups), np.arange(len(groups))
    firsts = group_labels(groups.iloc[:, :1])
    rests = group_labels(groups.iloc[:, 1:])
    names: list[str] = []
    of_row = []
    for at, (first, rest) in enumerate(zip(firsts, rests, strict=True)):
        if not at or first != firsts[at - 1]:
            names.append(first)
        of_row.append(len(names))
        names.append(rest)
    return names, np.array(of_row)


def compared(table: pd.DataFrame) -> tuple[list[str], str]:
    """Return the names of the comparisons, and against what they all stand."""
    groups, references = table["group"].astype(str), table["reference"].astype(str)
    if len(set(references)) == 1:
        return groups.tolist(), f"points more or fewer than {references.iloc[0]}"
    pairs = zip(groups, references, strict=True)
    return [
        f"{group} against {other}" for group, other in pairs
    ], "points by which the first has more or fewer"


def _short(name: str) -> str:
    """Return a name so short that both of a pair are told."""
    return name if len(name) <= 34 else f"{name[:33].rstrip()}…"


def draw_points(ax: Axes, rows: pd.DataFrame, name: str, at: np.ndarray, *, hollow: bool) -> None:
    """Draw a point with its interval in each row."""
    if not len(rows):
        return
    value, low, high = (rows[c].to_numpy(float) for c in (name, "ci_low", "ci_high"))
    colour = GREY if hollow else COLOURS[0]
    ax.errorbar(
        value,
        at,
        xerr=np.maximum(np.array([value - low, high - value]), 0),  # rounding: never below 0
        fmt="o",
        color=colour,
        markerfacecolor=ax.get_facecolor() if hollow else colour,
        markersize=5.5,
        elinewidth=1.0 if hollow else 1.6,
        capsize=2.5,
    )


def draw_rows(ax: Axes, places: Places, *, headings: Sequence[int]) -> None:
    """Name the rows, the first on top; headings are bold."""
    look: dict[str, Any] = {"fontsize": places.size, "parse_math": False, "linespacing": 1.05}
    ax.set_yticks(places.middles, labels=places.labels, **look)
    ax.set_ylim(places.total, 0)
    ax.tick_params(axis="y", length=0)
    labels = ax.get_yticklabels()
    for number in headings:
        labels[number].set_fontweight("bold")
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.grid(axis="x", linewidth=0.5, alpha=0.5)
    ax.set_axisbelow(True)


def draw_column(
    ax: Axes,
    at: np.ndarray,
    texts: Sequence[str],
    places: Places,
    offset: float,
    *,
    pale: np.ndarray | None = None,
) -> None:
    """Write a text right of each row."""
    from matplotlib.transforms import blended_transform_factory

    place = blended_transform_factory(from_corner(ax, 1, 0), ax.transData)
    for number, (y, text) in enumerate(zip(at, texts, strict=True)):
        look = {"color": GREY} if pale is not None and pale[number] else {}
        write(ax, offset, float(y), text, place, fontsize=places.size, **look)


def _n_text(row: Any) -> str:
    if not row.n:
        return f"none yet, {row.n_censored:,} too young" if row.n_censored else "none yet"
    return f"{row.n_responses:,} of {row.n:,}{', few' if row.thin else ''}"


def p_text(p: float) -> str:
    """Return a p-value as people write it."""
    if np.isnan(p):
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.2f}" if p >= 0.095 else f"{p:.3f}"


def in_points(value: float, _: float) -> str:
    """Return a difference of shares in percentage points, for the ticks of an axis."""
    text = f"{100 * value:+.3g}" if abs(value) > 1e-9 else "0"
    return text.replace("-", "\N{MINUS SIGN}")
