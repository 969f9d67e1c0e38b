"""What has happened with one application, on a line of days."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..errors import DataError
from ..sheet import CallSheet, kind_word
from ..wording import MONTHS, one_line
from .style import (
    COLOURS,
    GREY,
    fitted,
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

_HEIGHT = 1.8  # inches
_YOU, _THEY, _MET = COLOURS[:3]
_LOOKS = {
    "applied": (_YOU, "o"),
    "interview": (_MET, "D"),
    "thank_you": (_YOU, "P"),
    "follow_up": (_YOU, "^"),
    "acknowledgement": (_THEY, "o"),
    "reply": (_THEY, "v"),
    "rejection": (_THEY, "X"),
    "offer": (_THEY, "*"),
    "withdrawn": (_YOU, "X"),
    "do_not_contact": (_THEY, "8"),
    "out_of_office": (_THEY, "s"),
}
"""Colour says who acted (you, they, or both: a meeting), marker and colour together what it was."""

_BY_METHOD = {"phone": "call", "email": "e-mail", "letter": "letter", "text": "text"}
_FUTURE = "#F0F0F0"
_MARKER = 6.0  # points, as all that follows
_STACK = 8.5  # from one marker to the next of the same day
_GAP = 6.0  # between a label and the next pole
_WIDEST = 190.0  # of a label
_BESIDE = 2.0  # from a pole to its label
_TICKS = 45.0  # from one tick to the next, at least
_MOST_STACKED = 3
_EPOCH = dt.date(1970, 1, 1).toordinal()
_A_MONDAY = 4  # 5 January 1970
_STEPS = (1, 2, 7, 14)
_YEAR = 365


@dataclass(frozen=True)
class _Flag:
    """A label that hangs on a pole: its day, its text, and how wide that is in points."""

    day: int
    text: str
    width: float


def plot_timeline(sheet: CallSheet, *, ax: Axes | None = None) -> Axes:
    """Draw what has happened with one application, and what it waits for, on a line of days.

    Above the line stand the events, each kind with its marker: yours in blue, theirs in
    vermilion, meetings in green. A call that nobody answered is hollow, as it left no message.
    Below it stand the date they promised, the day the follow-up is due, an interview ahead and
    the day to let go. A dashed line marks the sheet's day; what is after it is shaded.

    Parameters
    ----------
    sheet
        What :func:`jobsearch_stats.call_sheet` gives.
    ax
        Where to draw; left out, a new figure. 6 by 1.8 inches are enough; where there is no room
        for a label, the latest events keep theirs, and the others are counted.

    Returns
    -------
    matplotlib.axes.Axes
        x: days, as matplotlib counts them.

    Raises
    ------
    DataError
        If it is no call sheet.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Decision by": ["2026-03-09"]}))
    >>> sheet = js.call_sheet(log, log.applications.index[0], as_of="2026-03-10")
    >>> [text.get_text() for text in js.plot_timeline(sheet).texts]
    ['3 Mar interview', '9 Mar promised', '10 Mar now, due']
    """
    if not isinstance(sheet, CallSheet):
        raise DataError(
            f"This draws what call_sheet(...) gives, not {type(sheet).__name__}. Pass the result "
            "of call_sheet(...)."
        )
    drawn = new_axes(ax, height=_HEIGHT)
    drawn.set_yticks([])
    drawn.spines[["left", "right", "top"]].set_visible(False)
    if not len(sheet.history) and not _marked(sheet):
        return say_missing(drawn, "Nothing has happened here yet.")
    width, height = _room(ax)
    above, below = _above(sheet), _below(sheet)
    scale = _Scale.of([*above, *below], width)
    hanging = lanes_of(below, scale)
    rows = 1 + max(hanging)
    band = _MARKER + _STACK * (min(_MOST_STACKED, _most_a_day(sheet)) - 1)
    most = max(1, int((height - band - rows * _line()) // _line()) - 1)
    standing = lanes_of(above, scale)
    if any(lane >= most for lane in standing):
        most -= 1  # the highest row says how many have no label
    _frame(drawn, scale, low=-(rows + 0.6) * _line(), high=band + (most + 1.2) * _line())
    _future(drawn, sheet, scale)
    _events(drawn, sheet)
    _poles(drawn, above, standing, start=band, step=_line(), most=most)
    _poles(drawn, below, hanging, start=-0.3 * _line(), step=-_line(), most=rows)
    _unlabelled(drawn, sum(lane >= most for lane in standing))
    return drawn


def timeline_picture(sheet: CallSheet, *, inches: tuple[float, float] = (6.0, _HEIGHT)) -> bytes:
    """Return the drawing as a PNG, for a page that has no figures of its own."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=inches)
    plot_timeline(sheet, ax=figure.add_axes((0.01, 0.16, 0.98, 0.82)))
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=200)
    return out.getvalue()


def timeline_words(sheet: CallSheet) -> str:
    """Say what the drawing shows, for those who do not see it."""
    texts = [flag.text for flag in (*_above(sheet), *_below(sheet))]
    return f"{sheet.company or 'This application'}, on a line of days: {'; '.join(texts)}."


# --- what stands on the line -----------------------------------------------------------------


def _above(sheet: CallSheet) -> list[_Flag]:
    """Return a label for each day on which something happened."""
    said: dict[int, list[str]] = {}
    for event in sheet.history.to_dict("records"):
        said.setdefault(_number(event["date"]), []).append(_said(event))
    return _flags(said, sheet)


def _below(sheet: CallSheet) -> list[_Flag]:
    """Return a label for each day that is waited for, and for the sheet's own."""
    said: dict[int, list[str]] = {}
    for day, word in _marked(sheet):
        said.setdefault(_number(day), []).append(word)
    said.setdefault(_number(sheet.as_of), []).insert(0, "now")
    return _flags(said, sheet)


def _marked(sheet: CallSheet) -> list[tuple[pd.Timestamp, str]]:
    days = (
        (sheet.decide_by, "promised"),
        (sheet.due_on, "due"),
        (sheet.next_interview_on, "interview"),
        (sheet.abandon_on, "let go"),
    )
    return [(day, word) for day, word in days if day is not None]


def _flags(said: dict[int, list[str]], sheet: CallSheet) -> list[_Flag]:
    flags = []
    years = _span(sheet) > _YEAR  # else the axis says which year it is
    for day, words in sorted(said.items()):
        text = f"{_day_text(day, year=years)} {', '.join(dict.fromkeys(words))}"
        text = fitted(text, _WIDEST, size=small(), lines=1)
        flags.append(_Flag(day, text, text_width(text, small()) + 2 * _BESIDE))
    return flags


def _span(sheet: CallSheet) -> int:
    """Return the days between the first and the last that is shown."""
    days = [_number(day) for day, _ in _marked(sheet)] + [_number(sheet.as_of)]
    days += [_number(day) for day in sheet.history["date"]]
    return max(days) - min(days)


def _said(event: dict[Any, Any]) -> str:
    """Return what an event was, in a word or two."""
    kind, method = str(event["kind"]), one_line(event["method"])
    word = _BY_METHOD.get(method, kind_word(kind)) if kind == "follow_up" else kind_word(kind)
    if kind == "out_of_office":
        word = "away"
    outcome = one_line(event["outcome"]).replace("_", " ")
    return word if outcome in ("", "sent") else f"{word}: {outcome}"


def _day_text(day: int, *, year: bool = False) -> str:
    date = _date(day)
    return f"{date.day} {_month(date.month - 1)}{f' {date.year}' if year else ''}"


def _date(day: int) -> dt.date:
    return dt.date.fromordinal(day + _EPOCH)


def _number(day: dt.date) -> int:
    """Return a day as matplotlib counts them: since 1970."""
    return day.toordinal() - _EPOCH


def _most_a_day(sheet: CallSheet) -> int:
    return int(sheet.history["date"].value_counts().max()) if len(sheet.history) else 1


# --- where it stands -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Scale:
    """Days to points: the first day, how many points a day takes, and the width in points."""

    first: int
    per_day: float
    width: float

    @classmethod
    def of(cls, flags: Sequence[_Flag], width: float) -> _Scale:
        """Return the widest scale on which every label ends within the axes."""
        first = min(flag.day for flag in flags)
        left = _MARKER
        room = width - left
        rates = [
            max(1.0, room - flag.width) / (flag.day - first) for flag in flags if flag.day > first
        ]
        return cls(first, min(rates, default=room / 14), width)

    def at(self, day: int) -> float:
        return _MARKER + (day - self.first) * self.per_day

    @property
    def ends(self) -> tuple[float, float]:
        """The days at both edges of the axes."""
        left = self.first - _MARKER / self.per_day
        return left, left + self.width / self.per_day


def lanes_of(flags: Sequence[_Flag], scale: _Scale) -> list[int]:
    """Return for each label, sorted by day, how high it hangs: 0 is nearest to the line.

    It hangs above all poles that its text passes, so that no pole goes through a text.
    """
    lanes = [0] * len(flags)
    for at in range(len(flags) - 1, -1, -1):
        end = scale.at(flags[at].day) + flags[at].width + _GAP
        passed = []
        for later in range(at + 1, len(flags)):
            if scale.at(flags[later].day) >= end:
                break
            passed.append(lanes[later])
        lanes[at] = 1 + max(passed, default=-1)
    return lanes


def _room(ax: Axes | None) -> tuple[float, float]:
    """Return how wide and how high the axes will be, in points."""
    if ax is None:
        return width_of(None), 72 * _HEIGHT - 3 * small() - 12
    settled = ax.figure.get_layout_engine() is None  # else a layout may take some of it
    width = float(ax.bbox.width * 72 / ax.figure.dpi)
    return (width, height_of(ax)) if settled else (0.85 * width, 0.85 * height_of(ax))


def _line() -> float:
    return 1.3 * small()


# --- drawing ---------------------------------------------------------------------------------


def _frame(ax: Axes, scale: _Scale, *, low: float, high: float) -> None:
    ax.set_xlim(*scale.ends)
    ax.set_ylim(low, high)
    ax.axhline(0, color=GREY, linewidth=1.2, zorder=1)
    ax.set_xticks(*_ticks(scale))
    ax.tick_params(axis="x", labelsize=small(), colors=GREY, length=2, pad=1.5)
    ax.spines["bottom"].set_color(GREY)


def _ticks(scale: _Scale) -> tuple[list[int], list[str]]:
    """Return days and their names: weeks, months or years, as far apart as there is room."""
    margin, step = 0.5 * _TICKS / scale.per_day, _TICKS / scale.per_day
    first, last = int(scale.ends[0] + margin) + 1, int(scale.ends[1] - margin)
    if step <= _STEPS[-1]:
        apart = next(days for days in _STEPS if days >= step)
        days = range(first + (_A_MONDAY - first) % apart, last + 1, apart)
        return list(days), [_day_text(day) for day in days]
    months = next((n for n in (1, 3) if 31 * n >= step), 12 * int(np.ceil(step / 366)))
    begun = [_date(day).year * 12 + _date(day).month - 1 for day in (first, last)]
    starts = range(-(-begun[0] // months) * months, begun[1] + 1, months)
    ticks = [(_number(dt.date(n // 12, n % 12 + 1, 1)), n) for n in starts]
    kept = [(day, n) for day, n in ticks if day >= first]
    names = [f"{'' if months % 12 == 0 else _month(n % 12) + ' '}{n // 12}" for _, n in kept]
    return [day for day, _ in kept], names


def _month(number: int) -> str:
    return MONTHS[number][:3]


def _future(ax: Axes, sheet: CallSheet, scale: _Scale) -> None:
    now, end = _number(sheet.as_of), scale.ends[1]
    ax.axvspan(now, end, color=_FUTURE, linewidth=0, zorder=0)
    ax.axvline(now, color=GREY, linestyle=(0, (4, 2)), linewidth=1, zorder=0.5)


def _events(ax: Axes, sheet: CallSheet) -> None:
    """Draw a marker per event; those of one day stand on one another."""
    seen: dict[int, int] = {}
    for event in sheet.history.to_dict("records"):
        day = _number(event["date"])
        colour, marker = _LOOKS[str(event["kind"])]
        hollow = event["outcome"] == "no_answer"
        look: dict[str, Any] = {"color": colour, "markersize": _MARKER + 2 * (marker == "*")}
        look["markerfacecolor"] = ax.get_facecolor() if hollow else colour
        height = _STACK * min(seen.get(day, 0), _MOST_STACKED - 1)
        ax.plot([day], [height], marker, zorder=3, clip_on=False, **look)
        seen[day] = seen.get(day, 0) + 1
    for when, word in _marked(sheet):
        colour = _THEY if word == "promised" else _YOU
        ax.plot([_number(when)], [0], "|", color=colour, markersize=12, markeredgewidth=2, zorder=2)


def _poles(
    ax: Axes, flags: Sequence[_Flag], lanes: Iterable[int], *, start: float, step: float, most: int
) -> None:
    """Draw the labels that have room, each on its pole."""
    for flag, lane in zip(flags, lanes, strict=True):
        if lane < most:
            height = start + (lane + 0.6) * step
            ax.plot([flag.day] * 2, [0, height], color=GREY, linewidth=0.6, zorder=1)
            label = write(ax, flag.day, height, flag.text, _beside(ax), ha="left", zorder=4)
            label.set_bbox({"facecolor": ax.get_facecolor(), "alpha": 0.8, "pad": 0.3, "lw": 0})


def _beside(ax: Axes) -> Any:
    """Return the transform of a place in the data, a little to the right."""
    from matplotlib.transforms import ScaledTranslation

    return ax.transData + ScaledTranslation(_BESIDE / 72, 0, ax.figure.dpi_scale_trans)


def _unlabelled(ax: Axes, n: int) -> None:
    if n:
        days = "1 day" if n == 1 else f"{n} days"
        text = f"{days} without a label"
        write(ax, 2, -0.6 * small(), text, from_corner(ax, 0, 1), color=GREY, va="center")
