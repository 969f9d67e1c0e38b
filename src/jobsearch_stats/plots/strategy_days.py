"""What strategies let you do on each day after one interview."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..strategies import WEEKDAYS
from ..strategy_days import MAY, MUST, WAIT, StrategyDays
from ..wording import MONTHS
from .key import Entry, Key, key_of
from .rows import Places, draw_rows, places_of
from .style import (
    COLOURS,
    GREY,
    WIDTH,
    Style,
    check_result,
    day_ticks,
    from_corner,
    height_of,
    new_axes,
    say_missing,
    small,
    text_width,
    width_of,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SHADES = {WAIT: "#E4E4E4", MAY: "#8EC3E6", MUST: "#004C78"}
_MARKS = {WAIT: "", MAY: "o", MUST: "D"}
_INK = {WAIT: GREY, MAY: "#1A1A1A", MUST: "#FFFFFF"}
_SAID = {
    WAIT: "wait",
    MAY: "may: follow up on this day, or wait",
    MUST: "must: the last day on which to follow up",
}
_THICK = 0.6  # height of a cell, in heights of its row
_PROMISED = Style(COLOURS[1], (0, (4, 1.5)), "v")
_WEEKEND = Style(GREY, "", "")
_HATCH = "/////"
_STEPS = (1, 2, 7, 14, 28, 56, 112, 224, 364)
_ABOVE = 11.0  # from the axes up to the dates, points; the mark of the promise stands in between


def plot_strategy_days(result: StrategyDays, *, ax: Axes | None = None) -> Axes:
    """Draw what each strategy lets you do on each day after one interview.

    One row per strategy and one cell per day: pale, wait; with a dot, you may follow up; dark
    with a diamond, the last day on which to do so. The promised date is framed, the days off of
    each strategy's week are hatched, and dates stand above the days as far as there is room.

    Parameters
    ----------
    result
        What :func:`jobsearch_stats.strategy_days` gives.
    ax
        Where to draw; left out, a new figure that is high enough for all strategies.

    Returns
    -------
    matplotlib.axes.Axes
        x: days since the interview; y: the strategies, the first on top.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Decision by": ["2026-03-13"]}))
    >>> days = js.strategy_days(log, [js.DAY_AFTER, js.BEFORE_DECISION], as_of="2026-03-31")
    >>> axes = js.plot_strategy_days(days)
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['DAY_AFTER', 'BEFORE_DECISION']
    """
    table = check_result(result, "strategy_days", "day", "weekday", "date")
    if table.empty:
        text = "There is no interview with a date yet, so no strategy has anything to say."
        return say_missing(new_axes(ax, height=2.0), text)
    names = [strategy.name for strategy in result.strategies]
    cell = _room(places_of(names, ax), ax) / len(table)
    key = key_of(_entries(result, with_weekends=cell >= 3), ax)
    above = _ABOVE + 4.5 * small()
    places = places_of(names, ax, spare=0 if ax is None else _spare(ax, above, key))
    drawn = new_axes(ax, height=places.height + (key.height + above) / 72)
    high = 72 * places.height - 60 if ax is None else 0.9 * height_of(ax) - _spare(ax, above, key)
    for strategy, (top, bottom) in zip(result.strategies, _edges(places), strict=True):
        if cell >= 3:
            _weekends(drawn, table, strategy.weekend, top, bottom)
        size = 0.5 * min(cell, _THICK * high * (bottom - top) / places.total)
        _cells(drawn, table[strategy.name], top, bottom, size)
    draw_rows(drawn, places, headings=())
    _promise(drawn, result)
    _dates(drawn, table["date"], cell)
    _frame(drawn, len(table), cell, key, all_fit=ax is None)
    return drawn


def _room(places: Places, ax: Axes | None) -> float:
    """Return how wide the axes will be beside the names of the rows, in points."""
    lines = [line for label in places.labels for line in label.split("\n")]
    names = max(text_width(line, places.size) for line in lines)
    whole = 72 * WIDTH if ax is None else width_of(ax) / 0.8
    return max(20.0, min(width_of(ax), whole - names - 24))


def _spare(ax: Axes, above: float, key: Key) -> float:
    """Return how much of its height an axes of your own will lose to dates and key, in points."""
    # a layout gives back some of what is beside the axes as they stand
    return above + min(key.height, 0.5 * height_of(ax)) - 0.15 * height_of(ax)


def _edges(places: Places) -> list[tuple[float, float]]:
    """Return the top and the bottom of each row."""
    edges = [0.0]
    for middle in places.middles:
        edges.append(2 * float(middle) - edges[-1])
    return list(pairwise(edges))


def _runs(where: np.ndarray) -> list[tuple[float, float]]:
    """Return the first edge and the length of each run of days; a day is 1 wide."""
    steps = np.diff(np.r_[False, where, False].astype(int))
    firsts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    pairs = zip(firsts.tolist(), ends.tolist(), strict=True)
    return [(first - 0.5, end - first) for first, end in pairs]


def _cells(ax: Axes, words: pd.Series, top: float, bottom: float, size: float) -> None:
    middle, half = (top + bottom) / 2, _THICK * (bottom - top) / 2
    for word, shade in _SHADES.items():
        there = (words == word).to_numpy(bool)
        if not there.any():
            continue
        bars = ax.broken_barh(_runs(there), (middle - half, 2 * half), facecolor=shade, zorder=2)
        bars.set_gid(word)
        if size >= 2 and _MARKS[word]:
            days = np.flatnonzero(there)
            look: dict[str, Any] = {"markersize": size, "color": _INK[word], "zorder": 4}
            ax.plot(days, np.full(len(days), middle), _MARKS[word], linestyle="", **look)


def _weekends(
    ax: Axes, table: pd.DataFrame, weekend: Sequence[str], top: float, bottom: float
) -> None:
    runs = _runs(table["weekday"].isin(weekend).to_numpy(bool))
    look: dict[str, Any] = {"facecolor": "none", "edgecolor": GREY, "hatch": _HATCH}
    bars = ax.broken_barh(runs, (top, bottom - top), linewidth=0, zorder=1, **look)
    bars.set_gid("weekend")


def _promised_day(result: StrategyDays) -> int | None:
    """Return the promised date as a day since the interview; None if it is not among the days."""
    days = result.table.loc[result.table["date"] == result.decide_by, "day"]
    return int(days.iloc[0]) if len(days) else None


def _promise(ax: Axes, result: StrategyDays) -> None:
    day = _promised_day(result)
    if day is None:
        return
    from matplotlib.transforms import blended_transform_factory

    look: dict[str, Any] = {"color": _PROMISED.colour, "linestyle": _PROMISED.dashes}
    for edge in (day - 0.5, day + 0.5):
        ax.axvline(edge, linewidth=1.6, zorder=3, clip_on=False, **look)
    place = blended_transform_factory(ax.transData, from_corner(ax, 0, 1))
    mark: dict[str, Any] = {
        "marker": _PROMISED.marker,
        "color": _PROMISED.colour,
        "markersize": 6.5,
    }
    ax.plot([day], [5.5], transform=place, clip_on=False, **mark)


def _dates(ax: Axes, dates: pd.Series, cell: float) -> None:
    """Write weekday, day and month above the cells, as many as have room."""
    from matplotlib.transforms import blended_transform_factory

    need = max(text_width(text, small()) for text in ("We", "Mo", "30")) + 3
    fitting = [step for step in _STEPS if step * cell >= need]
    step = fitting[0] if fitting else 364 * int(np.ceil(need / cell / 364))
    place = blended_transform_factory(ax.transData, from_corner(ax, 0, 1))
    before = dates.iloc[0]
    last_end = -np.inf
    for day in range(0, len(dates), step):
        date = dates.iloc[day]
        text = f"{WEEKDAYS[date.day_of_week][:2]}\n{date.day}"
        write(ax, day, _ABOVE, text, place, va="bottom", ha="center", linespacing=1.05)
        month = MONTHS[date.month - 1][:3] + f" {date.year}" * (date.year > before.year)
        new = not day or (date.year, date.month) != (before.year, before.month)
        if new and day * cell > last_end:
            high = _ABOVE + 2.6 * small()
            write(ax, day - 0.4, high, month, place, va="bottom", ha="left")
            last_end = day * cell + text_width(month, small()) + 3
        before = date


def _frame(ax: Axes, n_days: int, cell: float, key: Key, *, all_fit: bool) -> None:
    ax.set_xlim(-0.5, n_days - 0.5)
    ax.grid(visible=False)
    if cell >= 5:
        edges = np.arange(1, n_days) - 0.5
        ax.vlines(edges, *ax.get_ylim(), color=ax.get_facecolor(), linewidth=1, zorder=2.5)
    ax.set_xticks(day_ticks(0, n_days - 1, cell * n_days))
    ax.set_xlabel("days since the interview")
    key.draw(ax, all_fit=all_fit)


def _entries(result: StrategyDays, *, with_weekends: bool) -> list[Entry]:
    entries = [Entry(f"day 0, the interview: {_day(result.interview_on)}")]
    for word, said in _SAID.items():
        style = Style(_INK[word], "", _MARKS[word])
        entries.append(Entry(said, style, marked=True, shade=_SHADES[word]))
    if with_weekends:
        entries.append(Entry("weekend", _WEEKEND, shade="none", hatch=_HATCH))
    if pd.isna(result.decide_by):
        return [*entries, Entry("no date was named for the decision")]
    text = f"the promised date: {_day(result.decide_by)}"
    if _promised_day(result) is None:
        return [*entries, Entry(f"{text}, which is not among these days")]
    return [*entries, Entry(text, _PROMISED, marked=True)]


def _day(day: pd.Timestamp) -> str:
    return f"{WEEKDAYS[day.day_of_week]} {day.day} {MONTHS[day.month - 1]} {day.year}"
