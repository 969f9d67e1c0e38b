"""Where every open contact stands: one row each, on a line of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..errors import DataError
from ..results import check_days
from ..schema import as_day
from ..strategies import WEEKDAYS
from ..wording import MONTHS
from .key import Entry, key_of
from .rows import Places, draw_column, draw_rows, places_of
from .style import (
    COLOURS,
    GREY,
    Style,
    below_axis,
    clean,
    day_ticks,
    from_corner,
    height_of,
    new_axes,
    say_missing,
    small,
    width_of,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEEDED = (
    "company", "contact", "state", "clock_on", "decide_by", "last_message_on", "call_on",
    "next_interview_on", "days_overdue",
)  # fmt: skip
_BY_NEED = ("overdue", "due", "waiting")
_LEAST = 13.0  # points of height that a row needs, on axes of one's own
_BACK, _AHEAD = 28, 14
"""Days before and after the day itself that are shown: what is older is long past (R20)."""

_MET = Style(COLOURS[2], "none", "D")
_SENT = Style(COLOURS[5], "none", "^")
_PROMISED = Style(COLOURS[1], "none", "|")
_CALL = Style(COLOURS[0], "none", "o")
_AHEAD_OF = Style(COLOURS[3], "none", "s")
_LINES = {
    "clock_on": _MET,
    "last_message_on": _SENT,
    "decide_by": _PROMISED,
    "call_on": _CALL,
    "next_interview_on": _AHEAD_OF,
}
_SAID = {
    "clock_on": "you last met or spoke (on the left edge: still earlier)",
    "last_message_on": "your last message",
    "decide_by": "the day they said",
    "call_on": "the day to follow up",
    "next_interview_on": "your next interview",
}


def plot_follow_ups(
    table: pd.DataFrame, *, as_of: object, most: int = 15, ax: Axes | None = None
) -> Axes:
    """Draw whom to call when: one row per open contact, the most urgent on top.

    Each row runs from the last meeting or talk to the day of the next follow-up, with the date
    they promised and your last message between; an interview that is ahead stands there too.
    Contacts that are closed, given up, or more than 28 days overdue are not drawn.

    Parameters
    ----------
    table
        What :func:`jobsearch_stats.follow_ups` gives.
    as_of
        The day it was made for.
    most
        Rows at the most; the others are counted below.
    ax
        Where to draw; left out, a new figure of fitting height.

    Returns
    -------
    matplotlib.axes.Axes
        x: days before (negative) and after `as_of`; y: the contacts, the first on top.

    Raises
    ------
    DataError
        If it is not such a frame.
    SettingError
        If `as_of` is no day, or `most` no whole number above 0.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Decision by": ["2026-03-09"]}))
    >>> table = js.follow_ups(log, as_of="2026-03-10")
    >>> axes = js.plot_follow_ups(table, as_of="2026-03-10")
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['Acme']
    """
    day, most = as_day(as_of, name="as_of"), check_days(most, "most", least=1)
    rows = _open_rows(table)
    if not len(rows):
        text = "Nobody waits for a follow-up in these days."
        return say_missing(new_axes(ax, height=2.0), text)
    shown = rows.iloc[:most]
    above = 2.2 * small()
    spare = 0.0
    if ax is not None:  # the key takes its room first, then as many rows as can be read
        below = min(key_of(_entries(shown, 1), ax).height, 0.5 * height_of(ax))
        spare = above + below + below_axis()
        shown = shown.iloc[: max(1, int((0.9 * height_of(ax) - spare) / _LEAST))]
    key = key_of(_entries(shown, len(rows) - len(shown)), ax)
    places = places_of(_names(shown), ax, spare=spare)
    drawn = new_axes(ax, height=places.height + (key.height + above) / 72)
    draw_rows(drawn, places, headings=())
    last = _marks(drawn, shown, day, places)
    texts = [_when(row, day) for row in shown.itertuples()]
    draw_column(drawn, places.middles, texts, places, 6)
    _frame(drawn, day, last)
    key.draw(drawn, all_fit=ax is None)
    return drawn


def _open_rows(table: object) -> pd.DataFrame:
    """Return the rows with a day to call or to meet, by need, without what is long past."""
    if not isinstance(table, pd.DataFrame):
        raise DataError(
            f"This draws what follow_ups(log, as_of=...) gives, not {type(table).__name__}."
        )
    for name in _NEEDED:
        if name not in table.columns:
            raise DataError(
                f"The frame has no column {name!r}. Pass what follow_ups(log, as_of=...) gives, "
                "with rows left out if you like, but with its columns.",
                column=name,
            )
    late = table["days_overdue"].fillna(0)
    dated = table["call_on"].notna() | table["next_interview_on"].notna()
    rows = table[dated & table["state"].isin(_BY_NEED) & (late <= _BACK)]
    rank = rows["state"].astype("str").map({state: n for n, state in enumerate(_BY_NEED)})
    on = rows["call_on"].fillna(rows["next_interview_on"])
    return rows.iloc[np.lexsort((on, -late[rows.index], rank))]


def _names(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["company"], rows["contact"], strict=True)
    joined = [", ".join(clean(part) for part in pair if _there(part)) for pair in pairs]
    return [name or "an employer without a name" for name in joined]


def _there(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _marks(ax: Axes, rows: pd.DataFrame, day: pd.Timestamp, places: Places) -> int:
    """Draw the days of each row, and return the last of them, in days after `day`."""
    days = {name: (rows[name] - day).dt.days.to_numpy(float, na_value=np.nan) for name in _LINES}
    days["clock_on"] = days["clock_on"].clip(-_BACK)
    call = np.fmax(days["call_on"], days["next_interview_on"])
    last = int(min(max(_AHEAD, np.nanmax(call)), 2 * _AHEAD))
    ax.hlines(
        places.middles, days["clock_on"], call.clip(max=last), color=GREY, linewidth=1, zorder=1
    )
    for name, style in _LINES.items():
        look: dict[str, Any] = {"color": style.colour, "zorder": 3, "markersize": 6.5}
        if style.marker == "|":
            look |= {"markersize": 13, "markeredgewidth": 2.4, "zorder": 2}
        seen = np.where((days[name] >= -_BACK) & (days[name] <= last), days[name], np.nan)
        ax.plot(seen, places.middles, style.marker, linestyle="", clip_on=False, gid=name, **look)
    beyond = call > last
    arrow: dict[str, Any] = {"color": _CALL.colour, "markersize": 6, "clip_on": False}
    edge = np.full(beyond.sum(), last)
    ax.plot(edge, places.middles[beyond], ">", linestyle="", gid="beyond", **arrow)
    return last


def _when(row: Any, day: pd.Timestamp) -> str:
    """Return when to call, and how late that is."""
    if pd.isna(row.call_on):
        return f"meet on {_day_text(row.next_interview_on)}"
    days = (row.call_on - day).days
    told = "today" if days == 0 else _day_text(row.call_on)
    late = 0 if pd.isna(row.days_overdue) else int(row.days_overdue)
    return f"{told}, {late} day{'' if late == 1 else 's'} late" if late else told


def _day_text(day: pd.Timestamp) -> str:
    return f"{WEEKDAYS[day.day_of_week][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def _entries(rows: pd.DataFrame, left_out: int) -> list[Entry]:
    there = {name: style for name, style in _LINES.items() if rows[name].notna().any()}
    entries = [Entry(_SAID[name], style, marked=True) for name, style in there.items()]
    if left_out:
        more = "contact is" if left_out == 1 else "contacts are"
        entries.append(Entry(f"{left_out:,} more open {more} not drawn"))
    return entries


def _frame(ax: Axes, day: pd.Timestamp, last: int) -> None:
    ticks = day_ticks(-_BACK, last, width_of(ax))
    dates = [day + pd.Timedelta(int(tick), "D") for tick in ticks]
    ax.set_xticks(ticks, [f"{date.day} {MONTHS[date.month - 1][:3]}" for date in dates])
    ax.set_xlim(-_BACK - 1, last + 1)
    ax.axvline(0, color=GREY, linestyle=(0, (4, 2)), linewidth=1.2, zorder=0.5)
    ax.set_xlabel(f"day ({_year(dates)})")
    from matplotlib.transforms import blended_transform_factory

    place = blended_transform_factory(ax.transData, from_corner(ax, 0, 1))
    write(ax, 0, 1.1 * small(), f"today, {_day_text(day)}", place, ha="center", color=GREY)


def _year(dates: list[pd.Timestamp]) -> str:
    first, last = dates[0].year, dates[-1].year
    return str(first) if first == last else f"{first} to {last}"
