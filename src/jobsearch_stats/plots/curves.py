"""Curves over days: Kaplan-Meier, cumulative incidence, and answers against the promised date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..results import Result, group_codes, group_labels
from .key import Entry, key_of
from .style import (
    GREY,
    Style,
    check_result,
    day_ticks,
    interval_text,
    new_axes,
    percent_axis,
    say_missing,
    style_of,
    width_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..delays import DecisionDelay
    from ..durations import Curves, Incidence

_HEIGHT = 3.3  # of axes and their labels, inches
_CAUSES = {
    "response": "answered",
    "rejection": "rejected",
    "withdrawal": "withdrawn",
    "do_not_contact": "never call again",
}


def plot_kaplan_meier(curves: Curves, *, ax: Axes | None = None) -> Axes:
    """Draw how many are still without an answer, day by day.

    Each group has a step with its band, a tick where approaches were still open when the watching
    ended, and a mark at its median. Below the axes stand each group's median and how many were
    still waiting on the days of the ticks. The days end soon after the last answer.

    Parameters
    ----------
    curves
        What :func:`jobsearch_stats.kaplan_meier` gives.
    ax
        Where to draw; left out, a new figure that is high enough for all groups. What does not
        fit below axes of your own is counted there.

    Returns
    -------
    matplotlib.axes.Axes
        x: days since the message (or interview, if these are among the kinds); y: share still
        without an answer, 0 to 1.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(60, seed=3), as_of="2026-03-02")
    >>> axes = js.plot_kaplan_meier(js.kaplan_meier(tries, by="kind"))
    >>> axes.get_ylabel()
    'still without an answer'
    """
    table = check_result(curves, "kaplan_meier", "days", "survival", "n_censored", "ci_low")
    if table.empty:
        return say_missing(new_axes(ax, height=_HEIGHT), "No approach to follow over time yet.")
    groups = list(_groups(table, list(curves.by)))
    last = _last_day(table, "n_responses")
    ticks = day_ticks(0, last, width_of(ax))
    key = key_of(_waiting_entries(curves, groups, ticks), ax)
    drawn = new_axes(ax, height=_HEIGHT + key.height / 72)
    for number, (_, rows) in enumerate(groups):
        style = style_of(number)
        draw_step(drawn, rows, "survival", style, start=1.0, band=band_of(len(groups)))
        _censored(drawn, rows, style)
    _medians(drawn, curves)
    frame_curves(drawn, ticks, last, y=f"still without {_answer(curves)}", x=_days_since(curves))
    drawn.set_ylim(0, 1.02)
    key.draw(drawn, all_fit=ax is None)
    return drawn


def plot_cumulative_incidence(incidence: Incidence, *, ax: Axes | None = None) -> Axes:
    """Draw how many had been answered, and how many had ended otherwise, day by day.

    Each cause of each group has a step and a band; causes that never occurred are left out. The
    steps of a group add up to the share of which nothing is awaited any more.

    Parameters
    ----------
    incidence
        What :func:`jobsearch_stats.cumulative_incidence` gives.
    ax
        Where to draw; left out, a new figure that is high enough for all groups.

    Returns
    -------
    matplotlib.axes.Axes
        x: days since the message (or interview, if these are among the kinds); y: share of
        approaches, 0 to 1.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(60, seed=3), as_of="2026-03-02")
    >>> axes = js.plot_cumulative_incidence(js.cumulative_incidence(tries))
    >>> axes.get_xlabel()
    'days since the message or interview'
    """
    table = check_result(incidence, "cumulative_incidence", "cause", "incidence", "n_events")
    if table.empty:
        return say_missing(new_axes(ax, height=_HEIGHT), "No approach to follow over time yet.")
    by = list(incidence.by)
    groups = [
        (label, rows)
        for label, rows in _groups(table, [*by, "cause"])
        if rows["n_events"].any() or rows["cause"].iloc[0] == "response"
    ]
    last = _last_day(table, "n_events")
    ticks = day_ticks(0, last, width_of(ax))
    key = key_of(_cause_entries(incidence, groups, with_group=bool(by)), ax)
    drawn = new_axes(ax, height=_HEIGHT + key.height / 72)
    for number, (_, rows) in enumerate(groups):
        band = band_of(len(groups)) if rows["n_events"].any() else 0.0
        draw_step(drawn, rows, "incidence", style_of(number), start=0.0, band=band)
    frame_curves(drawn, ticks, last, y="share of approaches", x=_days_since(incidence))
    drawn.set_ylim(0, max(drawn.get_ylim()[1], 0.05))
    key.draw(drawn, all_fit=ax is None)
    return drawn


def plot_decision_delay(delay: DecisionDelay, *, ax: Axes | None = None) -> Axes:
    """Draw how many employers had answered by each day around the date they promised.

    Parameters
    ----------
    delay
        What :func:`jobsearch_stats.decision_delay` gives.
    ax
        Where to draw; left out, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        x: days from the promised date, negative before it, with a line at 0; y: share answered,
        0 to 1.

    Raises
    ------
    DataError
        If it is not such a result.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(140, seed=3), as_of="2026-03-02")
    >>> axes = js.plot_decision_delay(js.decision_delay(tries))
    >>> axes.get_xlabel()
    'days from the promised date'
    """
    table = check_result(delay, "decision_delay", "delay_days", "answered", "n_answers")
    if table.empty:
        text = "No interview has a promised date yet that can be compared with the answer."
        return say_missing(new_axes(ax, height=_HEIGHT), text)
    rows = table.rename(columns={"delay_days": "days"})
    last = max(_last_day(rows, "n_answers"), 7.0)
    first = min(float(rows["days"].min()), -1.0)
    key = key_of(_promise_entries(delay), ax)
    drawn = new_axes(ax, height=_HEIGHT + key.height / 72)
    drawn.axvline(0, color=GREY, linewidth=1, linestyle=(0, (1, 1.5)))
    draw_step(drawn, rows, "answered", style_of(0), start=None, band=band_of(1))
    ticks = day_ticks(first, last, width_of(ax))
    frame_curves(
        drawn, ticks, last, y=f"share with {_answer(delay)}", x="days from the promised date"
    )
    drawn.set_xlim(first - 0.02 * (last - first), None)
    drawn.set_ylim(0, 1.02)
    key.draw(drawn, all_fit=ax is None)
    return drawn


def _groups(table: pd.DataFrame, by: list[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    codes, groups = group_codes(table, by)
    for number, label in enumerate(group_labels(groups)):
        yield label, table[codes == number]


def _last_day(table: pd.DataFrame, events: str) -> float:
    """Return the day to draw up to: a little past the last event, as all is flat after it."""
    happened = table.loc[table[events] > 0, "days"]
    last = happened.max() if len(happened) else table["days"].max()
    return float(max(min(1.15 * last + 3, table["days"].max()), 1))


def _days_since(result: Curves | Incidence) -> str:
    if set(result.kinds) == {"interview"}:
        return "days since the interview"
    either = " or interview" if "interview" in result.kinds else ""
    return f"days since the message{either}"


def _answer(result: Result) -> str:
    positive = getattr(result, "counts", "any") == "positive"
    return "a positive answer" if positive else "an answer"


def band_of(n_groups: int) -> float:
    """Return how dense bands are: the more of them lie over each other, the paler."""
    return 0.18 if n_groups <= 2 else 0.11 if n_groups <= 4 else 0.05 if n_groups <= 8 else 0.02


def draw_step(
    ax: Axes, rows: pd.DataFrame, share: str, style: Style, *, start: float | None, band: float
) -> None:
    """Draw a step and its band, from day 0 and the value there is before any event."""
    days, values, low, high = (
        rows[name].to_numpy(float) for name in ("days", share, "ci_low", "ci_high")
    )
    if start is not None and days[0] > 0:
        days, values = np.r_[0, days], np.r_[start, values]
        low, high = np.r_[start, low], np.r_[start, high]
    if band:
        ax.fill_between(days, low, high, step="post", color=style.colour, alpha=band, linewidth=0)
    ax.step(days, values, where="post", color=style.colour, linestyle=style.dashes, linewidth=1.8)


def _censored(ax: Axes, rows: pd.DataFrame, style: Style) -> None:
    open_ = rows[rows["n_censored"] > 0]
    ax.plot(open_["days"], open_["survival"], "|", color=style.colour, markersize=5, alpha=0.8)


def _medians(ax: Axes, curves: Curves) -> None:
    """Mark where each curve crosses one half."""
    medians = curves.medians["median"].to_numpy(float)
    if np.isnan(medians).all():
        return
    ax.plot([0, np.nanmax(medians)], [0.5, 0.5], color=GREY, linewidth=0.8, linestyle=(0, (1, 2)))
    for number, median in enumerate(medians):
        if not np.isnan(median):
            style = style_of(number)
            look: dict[str, Any] = {"markeredgecolor": ax.get_facecolor(), "markersize": 7}
            ax.plot([median], [0.5], style.marker, color=style.colour, **look)


def frame_curves(ax: Axes, ticks: np.ndarray, last: float, *, x: str, y: str) -> None:
    """Set the ticks, labels and limits of an axes with shares by day."""
    ax.set_xticks(ticks)
    ax.set_xlim(-0.01 * last, last)
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    ax.spines[["top", "right"]].set_visible(False)
    percent_axis(ax.yaxis)


def _waiting_entries(
    curves: Curves, groups: list[tuple[str, pd.DataFrame]], ticks: np.ndarray
) -> list[Entry]:
    text = f"numbers: still waiting on that day; shaded: {interval_text(curves)}"
    entries = [Entry(text)]
    waiting = curves.at_risk(ticks.tolist())
    by = list(curves.by)
    columns = [*by, "n", "median", "ci_low", "ci_high"]
    medians = curves.medians[columns].itertuples(index=False)
    codes = group_codes(waiting, by)[0]
    for number, ((label, _), row) in enumerate(zip(groups, medians, strict=True)):
        counts = waiting.loc[codes == number, "at_risk"].tolist()
        numbers = [(float(x), f"{n:,}") for x, n in zip(ticks, counts, strict=True)]
        n, median, low, high = row[-4:]
        name = f"{label}: n {n:,}, {_median_text(median, low, high)}"
        entries.append(Entry(name, style_of(number), numbers, marked=not np.isnan(median)))
    return entries


def _median_text(median: float, low: float, high: float) -> str:
    if np.isnan(median):
        return "median not reached"
    ends = ["?" if np.isnan(end) else f"{end:g}" for end in (low, high)]
    return f"median {median:g} days ({ends[0]} to {ends[1]})"


def _cause_entries(
    incidence: Incidence, groups: list[tuple[str, pd.DataFrame]], *, with_group: bool
) -> list[Entry]:
    entries = [Entry(f"shaded: {interval_text(incidence)}")]
    for number, (label, rows) in enumerate(groups):
        cause = str(rows["cause"].iloc[0])
        name = _CAUSES.get(cause, cause)
        if cause == "response" and getattr(incidence, "counts", "any") == "positive":
            name = "answered positively"
        group = label.rpartition(", ")[0] + ": " if with_group else ""
        n = f"{rows['n_events'].sum():,} of {rows['at_risk'].max():,}"
        entries.append(Entry(f"{group}{name}, {n}", style_of(number)))
    return entries


def _promise_entries(delay: DecisionDelay) -> list[Entry]:
    summary = delay.summary.iloc[0]
    text = (
        f"interviews with a promised date: {int(summary['n_answers']):,} of "
        f"{int(summary['n']):,} answered; shaded: {interval_text(delay)}"
    )
    dots = Style(GREY, (0, (1, 1.5)), "")
    return [Entry(text, style_of(0)), Entry("the promised date", dots)]
