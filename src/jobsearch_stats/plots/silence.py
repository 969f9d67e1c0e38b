"""How long silence leaves hope, and where today's open contacts stand on that curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..errors import DataError
from ..results import NOT_KNOWN, group_codes, group_labels
from .key import Entry, key_of
from .style import (
    GREY,
    Style,
    below_axis,
    check_result,
    clean,
    fitted,
    from_corner,
    height_of,
    interval_text,
    line_count,
    new_axes,
    percent_axis,
    say_missing,
    small,
    spread,
    style_of,
    text_width,
    width_of,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..silence import Chances, SilenceLimit

_HEIGHT = 3.3  # of axes and their labels, inches
_LINE = 1.3
_NAMES = 20  # of one day; three lines hold fewer
_RULE: Any = (0, (1, 1.5))
_BELOW: tuple[Any, ...] = ((0, (7, 3)), (0, (7, 3, 1.5, 3)), (0, (3, 3)), (0, (7, 2, 1, 2, 1, 2)))


@dataclass(frozen=True)
class Mark:
    """Contacts that have been silent equally long: where their curve stands, and their names."""

    day: float
    chance: float
    style: Style
    text: str


def plot_silence(
    chances: Chances,
    *,
    waiting: pd.DataFrame | None = None,
    limit: SilenceLimit | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the chance of a reply against the days of silence so far, with the contacts open today.

    Below the axes stands how many approaches were still silent on the days of the ticks. A hollow
    point rests on too few to tell.

    Parameters
    ----------
    chances
        What :func:`jobsearch_stats.chance_of_reply` gives.
    waiting
        Today's open contacts, one row each, with the columns `company` (text) and `silent_days`
        (int, days), and with the columns that `chances` was made by. They are marked on the curve
        and named right of it; who is past the last day of the curve is named without a mark.
    limit
        What :func:`jobsearch_stats.silence_limit` gives: its days become lines.
    ax
        Where to draw; left out, a new figure that is high enough for all names.

    Returns
    -------
    matplotlib.axes.Axes
        x: days without an answer so far; y: chance of a reply by the last day, 0 to 1.

    Raises
    ------
    DataError
        If one of them is not such a result or frame.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(60, seed=3), as_of="2026-03-02")
    >>> waiting = pd.DataFrame({"company": ["Birch & Sons"], "silent_days": [12]})
    >>> axes = js.plot_silence(js.chance_of_reply(tries), waiting=waiting)
    >>> axes.get_xlabel()
    'days without an answer so far'
    """
    table = check_result(chances, "chance_of_reply", "silent_days", "chance", "can_tell", "n")
    groups = _groups(chances)
    if not groups or table["chance"].isna().all():
        text = "No approach has been silent and watched for long enough: there is no chance yet."
        return say_missing(new_axes(ax, height=_HEIGHT), text)
    marks = [] if waiting is None else _marks(groups, _checked(waiting, chances.by), chances.by)
    names = _Names.of(marks, ax)
    ticks = _ticks(table, width_of(ax) - names.room - 20)
    key = key_of(_entries(chances, groups, ticks, limit, with_marks=bool(marks)), ax)
    height = max(_HEIGHT, names.height / 72 + 0.9)
    drawn = new_axes(ax, height=height + key.height / 72)
    last = _last(table, marks, limit)
    for number, (_, rows) in enumerate(groups):
        _curve(drawn, rows, style_of(number))
    _lines(drawn, limit)
    drawn.set_xlim(-0.02 * last, 1.02 * last)
    _frame(drawn, ticks, table)
    # of a new figure the layout leaves the axes what the key and the labels do not take
    page = 72 * height - below_axis() - 14 if ax is None else 0.8 * height_of(drawn)
    names.draw(drawn, page, all_fit=ax is None)
    key.draw(drawn, all_fit=ax is None)
    return drawn


def _groups(chances: Chances) -> list[tuple[str, pd.DataFrame]]:
    table = chances.table.sort_values("silent_days", kind="stable")
    codes, groups = group_codes(table, chances.by)
    labels = group_labels(groups)
    return [(label, table[codes == n]) for n, label in enumerate(labels) if (codes == n).any()]


def _checked(waiting: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    for name in ("company", "silent_days", *by):
        if not isinstance(waiting, pd.DataFrame) or name not in waiting.columns:
            why = " as the chances are by it" if name in by else ""
            raise DataError(
                f"waiting must be a frame with a column {name!r}{why}: one row for each contact "
                "that has not answered yet. Pass waiting=<such a frame>.",
                column=name,
            )
    days = waiting["silent_days"]
    if not pd.api.types.is_numeric_dtype(days):
        raise DataError(
            f"waiting: silent_days must be whole days, not {days.dtype}. "
            "Pass the days since the last message as numbers.",
            column="silent_days",
        )
    return waiting[days.notna()]


def _marks(
    groups: list[tuple[str, pd.DataFrame]], waiting: pd.DataFrame, by: Sequence[str]
) -> list[Mark]:
    """Return one mark for each day of each group, from the highest on the page down."""
    marks: list[Mark] = []
    labels = np.array([""] * len(waiting), dtype=object)
    if by:
        codes, found = group_codes(waiting, by)
        labels = np.array(group_labels(found), dtype=object)[codes]
    for number, (label, rows) in enumerate(groups):
        own = waiting[labels == label] if by else waiting
        marks += _marks_on(rows.dropna(subset=["chance"]), own, style_of(number))
    marks.sort(key=lambda mark: (np.isnan(mark.chance), -np.nan_to_num(mark.chance), mark.day))
    return marks


def _marks_on(rows: pd.DataFrame, waiting: pd.DataFrame, style: Style) -> Iterator[Mark]:
    days, values = rows["silent_days"].to_numpy(float), rows["chance"].to_numpy(float)
    for day, contacts in waiting.groupby("silent_days", sort=True):
        at = float(day)  # type: ignore[arg-type]
        past = not len(days) or at > days[-1]
        chance = np.nan if past else float(np.interp(at, days, values))
        names = ", ".join(map(_company, contacts["company"].head(_NAMES)))
        names += f" and {len(contacts) - _NAMES:,} more" * (len(contacts) > _NAMES)
        yield Mark(at, chance, style, f"{at:g} {'day' if at == 1 else 'days'}: {names}")


def _company(name: object) -> str:
    return NOT_KNOWN if pd.isna(name) else clean(name)  # type: ignore[call-overload]


@dataclass(frozen=True)
class _Names:
    """The names right of the axes, each with a thin line to its mark."""

    marks: tuple[Mark, ...]
    texts: tuple[str, ...]
    room: float

    @classmethod
    def of(cls, marks: Sequence[Mark], ax: Axes | None) -> _Names:
        room = 0.34 * width_of(ax)
        texts = tuple(fitted(mark.text, room, size=small()) for mark in marks)
        return cls(tuple(marks), texts, room if marks else 0.0)

    @property
    def heights(self) -> list[float]:
        return [small() * (_LINE * line_count(text) + 0.25) for text in self.texts]

    @property
    def height(self) -> float:
        return sum(self.heights)

    def draw(self, ax: Axes, page: float, *, all_fit: bool) -> None:
        """Draw the marks, and names within a height in points; those without room are counted."""
        for mark in self.marks:
            if not np.isnan(mark.chance):
                ax.plot([mark.day], [mark.chance], "*", **_mark_look(ax, mark))
        texts, heights = list(self.texts), self.heights
        shown = len(texts)
        if not all_fit and self.height > page:
            shown = int(np.searchsorted(np.cumsum(heights), page - 3 * small()))
            rest = f"and {len(texts) - shown} more: needs more height"
            texts[shown:] = [fitted(rest, self.room, size=small())]
            heights[shown:] = [small() * _LINE * line_count(texts[-1])]
        low, high = ax.get_ylim()
        wanted = [self._wanted(mark, low, high, page) for mark in self.marks[: len(texts)]]
        for at, y in enumerate(spread(wanted, heights)):
            self._name(ax, at, texts[at], y, with_line=at < shown)

    @staticmethod
    def _wanted(mark: Mark, low: float, high: float, page: float) -> float:
        share = 0.0 if np.isnan(mark.chance) else (mark.chance - low) / (high - low)
        return share * page

    def _name(self, ax: Axes, at: int, text: str, y: float, *, with_line: bool) -> None:
        corner = from_corner(ax, 1, 0)
        write(ax, 18, y, text, corner, linespacing=1.1)
        mark = self.marks[at]
        if with_line and not np.isnan(mark.chance):
            ax.annotate(
                "",
                xy=(mark.day, mark.chance),
                xycoords="data",
                xytext=(16, y),
                textcoords=corner,
                arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkB": 4},
                annotation_clip=False,
            )


def _mark_look(ax: Axes, mark: Mark) -> dict[str, Any]:
    return {
        "color": mark.style.colour,
        "markersize": 13,
        "markeredgecolor": ax.get_facecolor(),
        "markeredgewidth": 0.8,
        "zorder": 4,
        "clip_on": False,
    }


def _ticks(table: pd.DataFrame, width: float) -> list[float]:
    """Return the days of the curve that have room for their numbers, the first one among them.

    Where the curve has all the whole weeks, these.
    """
    days = np.unique(table["silent_days"].to_numpy(float))
    weeks = days[days % 7 == 0]
    if len(days) > 12 and np.isin(np.arange(days[0], days[-1] + 1), days).all():
        days = weeks if len(weeks) > 1 else days
    widest = max(text_width(f"{n:,}", small()) for n in table["n"])
    apart = (widest + 8) / max(width, 1) * max(days[-1] - days[0], 1)
    ticks: list[float] = []
    for day in days.tolist():
        if not ticks or day - ticks[-1] >= apart:
            ticks.append(day)
    return ticks


def _last(table: pd.DataFrame, marks: Sequence[Mark], limit: SilenceLimit | None) -> float:
    last = float(table["silent_days"].max())
    if limit is not None:
        last = max(last, *(day for day, _, _ in _rules_of(limit)))
    return max(last, 1.0)


def _dense(rows: pd.DataFrame) -> bool:
    """Return whether points would hide the line: then only the hollow ones are drawn."""
    return len(rows) > 15


def _curve(ax: Axes, rows: pd.DataFrame, style: Style) -> None:
    days, chance, low, high = (
        rows[name].to_numpy(float) for name in ("silent_days", "chance", "ci_low", "ci_high")
    )
    known = ~np.isnan(chance)  # where nothing is, all from 0 to 1 would be shaded
    ax.fill_between(days, low, high, where=known, color=style.colour, alpha=0.16, linewidth=0)
    ax.plot(days, chance, color=style.colour, linestyle=style.dashes, linewidth=1.8)
    sure = rows["can_tell"].to_numpy(bool)
    size = 2.5 if _dense(rows) else 4.5
    for part, fill in ((sure & (not _dense(rows)), style.colour), (~sure, ax.get_facecolor())):
        look: dict[str, Any] = {"markeredgecolor": style.colour, "markerfacecolor": fill}
        ax.plot(days[part], chance[part], style.marker, linestyle="", markersize=size, **look)


def _rules_of(limit: SilenceLimit | None) -> Iterator[tuple[float, str, Style]]:
    """Yield each line: its day, what it means, and how it is drawn."""
    if limit is None:
        return
    columns = (limit.table[name].to_numpy(float, na_value=np.nan) for name in ("rule_day", "day"))
    labels = group_labels(limit.table[list(limit.by)])
    for number, (label, rule, day) in enumerate(zip(labels, *columns, strict=True)):
        group = f"{label}: " if limit.by else ""
        colour = style_of(number).colour if limit.by else GREY
        if not number:  # one strategy, hence one day for all groups
            text = f"day {rule:g} after the last message: the rule lets go"
            yield rule, text, Style(GREY, _RULE, "")
        if not np.isnan(day):
            text = f"{group}day {day:g}: from here on below {100 * limit.below:g} %"
            yield day, text, Style(colour, _BELOW[number % len(_BELOW)], "")


def _lines(ax: Axes, limit: SilenceLimit | None) -> None:
    for day, _, style in _rules_of(limit):
        ax.axvline(day, color=style.colour, linestyle=style.dashes, linewidth=1.2, zorder=1)


def _entries(
    chances: Chances,
    groups: list[tuple[str, pd.DataFrame]],
    ticks: list[float],
    limit: SilenceLimit | None,
    *,
    with_marks: bool,
) -> list[Entry]:
    signs = "numbers: still silent on that day; hollow: cannot tell"
    stars = "; stars: open today" * with_marks
    entries = [Entry(f"{signs}{stars}; shaded: {interval_text(chances)}")]
    for number, (label, rows) in enumerate(groups):
        counts = dict(zip(rows["silent_days"].astype(float), rows["n"], strict=True))
        numbers = [(day, f"{counts[day]:,}") for day in ticks if day in counts]
        entries.append(Entry(label, style_of(number), numbers, marked=not _dense(rows)))
    return entries + [Entry(text, style) for _, text, style in _rules_of(limit)]


def _frame(ax: Axes, ticks: list[float], table: pd.DataFrame) -> None:
    ax.set_xticks(ticks, labels=[f"{day:g}" for day in ticks])
    ax.set_ylim(0, min(1.02, 1.05 * max(table["ci_high"].max(), table["chance"].max(), 0.02)))
    ax.set_xlabel("days without an answer so far")
    ax.set_ylabel(f"chance of a reply by day {table['by_day'].iloc[0]:g}")
    ax.spines[["top", "right"]].set_visible(False)
    percent_axis(ax.yaxis)
