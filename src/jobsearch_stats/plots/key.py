"""The key below the axes: a line sample with its name, and numbers under the ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .style import (
    GREY,
    Style,
    below_axis,
    fitted,
    from_corner,
    height_of,
    line_count,
    small,
    width_of,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SAMPLE = 24.0  # length of a line sample, points
_LINE = 1.35  # height of a line of text, in its size


@dataclass(frozen=True)
class Entry:
    """One row of the key.

    Attributes
    ----------
    text
        What the line is.
    style
        How it is drawn; None for a remark without a sample.
    numbers
        Pairs of a place on the x axis and a text, written on a line below the name.
    marked
        Whether the sample carries the marker.
    shade, hatch
        Of a box in place of a line; without a shade there is none.
    """

    text: str
    style: Style | None = None
    numbers: Sequence[tuple[float, str]] = ()
    marked: bool = False
    shade: str | None = None
    hatch: str | None = None


@dataclass(frozen=True)
class Key:
    """Rows below the axes, made to fit their width; they never meet the ticks or each other."""

    entries: tuple[Entry, ...]
    texts: tuple[str, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return sum(_height(*row) for row in zip(self.entries, self.texts, strict=True))

    def draw(self, ax: Axes, *, all_fit: bool) -> None:
        """Draw it below the label of the x axis; what does not fit is counted in the last row."""
        top = -below_axis() - 4
        floor = -float("inf") if all_fit else top - 0.5 * height_of(ax)
        for at, (entry, text) in enumerate(zip(self.entries, self.texts, strict=True)):
            height = _height(entry, text)
            if top - height < floor and at:
                _row(ax, Entry(""), f"and {len(self.entries) - at} more: needs more height", top)
                return
            _row(ax, entry, text, top)
            top -= height


def key_of(entries: Sequence[Entry], ax: Axes | None) -> Key:
    """Return the key for axes, or for those of a new figure."""
    room = max(60.0, width_of(ax) - _SAMPLE - 10)
    texts = (fitted(entry.text, room, size=small(), lines=3) for entry in entries)
    return Key(tuple(entries), tuple(texts))


def _height(entry: Entry, text: str) -> float:
    lines = line_count(text) + bool(entry.numbers)
    return small() * _LINE * lines + 3 * bool(entry.numbers)


def _row(ax: Axes, entry: Entry, text: str, top: float) -> None:
    from matplotlib.transforms import blended_transform_factory

    line = small() * _LINE
    corner = from_corner(ax, 0, 0)
    left = _SAMPLE + 6 if entry.style else 0
    look = {"color": GREY} if entry.style is None else {}
    write(ax, left, top, text, corner, va="top", linespacing=1.1, **look)
    if entry.style is not None:
        _sample(ax, entry, top - 0.45 * line)
    place = blended_transform_factory(ax.transData, corner)
    below = top - line * line_count(text)
    for x, number in entry.numbers:
        write(ax, x, below, number, place, va="top", ha="center")


def _sample(ax: Axes, entry: Entry, y: float) -> None:
    from matplotlib.lines import Line2D

    style = entry.style
    assert style is not None
    if entry.shade is not None:
        _box(ax, entry, style, y)
    line = Line2D(
        [0, _SAMPLE / 2, _SAMPLE],
        [y, y, y],
        color=style.colour,
        linestyle=style.dashes,
        marker=style.marker if entry.marked else "",
        markevery=[1],
        markersize=5,
        transform=from_corner(ax, 0, 0),
        clip_on=False,
    )
    ax.add_artist(line)


def _box(ax: Axes, entry: Entry, style: Style, y: float) -> None:
    from matplotlib.patches import Rectangle

    half = 0.5 * small()
    box = Rectangle((2, y - half), _SAMPLE - 4, 2 * half, transform=from_corner(ax, 0, 0))
    box.set(facecolor=entry.shade, edgecolor=style.colour, hatch=entry.hatch)
    box.set(linewidth=0, clip_on=False)
    ax.add_artist(box)
