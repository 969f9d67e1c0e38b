"""What the plots share: colours and styles, text that fits, and places measured in points.

Nothing here touches rcParams: sizes follow those in force. matplotlib is imported when the first
plot is drawn.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..errors import DataError
from ..results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.transforms import Transform

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's palette without black and yellow, which vanish on dark and on white."""

DASHES: tuple[Any, ...] = ("solid", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

GREY = "#767676"
"""Reads on white (4.5 to 1) and on black (4.6 to 1)."""

WIDTH = 7.0
_LONGEST = 500
_apart: ContextVar[float | None] = ContextVar("_apart", default=None)
"""The width of figures that pyplot is not to know of; None: it makes them."""
_NO_GLYPH = "\N{WHITE SQUARE}"


@dataclass(frozen=True)
class Style:
    """How one group is drawn: colour, dashes and marker differ, so that grey prints tell too."""

    colour: str
    dashes: Any
    marker: str


def style_of(number: int) -> Style:
    """Return the style of the group with this number; the first 24 differ in colour or dashes."""
    dashes = DASHES[(number + number // 12) % len(DASHES)]
    return Style(COLOURS[number % len(COLOURS)], dashes, MARKERS[number % len(MARKERS)])


def new_axes(ax: Axes | None, *, height: float) -> Axes:
    """Return the axes given, or those of a new figure of this height in inches."""
    if ax is not None:
        return ax
    width = _apart.get()
    if width is not None:
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        own = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(own)
        return own.subplots()
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(WIDTH, height), layout="constrained")[1]


@contextmanager
def figures_apart(width: float = WIDTH) -> Iterator[None]:
    """Make new figures so wide, in inches, and without pyplot, which would keep and show them."""
    token = _apart.set(width)
    try:
        yield
    finally:
        _apart.reset(token)


def width_of(ax: Axes | None) -> float:
    """Return about how wide the axes will be, in points; of your own, what a layout may leave."""
    if ax is None:
        width = _apart.get() or WIDTH
        return 72 * width - 14 - 6.5 * small()  # beside the label and the ticks of the y axis
    return 0.8 * float(ax.bbox.width * 72 / ax.figure.dpi)


def height_of(ax: Axes) -> float:
    """Return about how high the axes will be, in points."""
    return float(ax.bbox.height * 72 / ax.figure.dpi)


def small() -> float:
    """Return the size of small text, in points."""
    import matplotlib as mpl

    return 0.85 * float(mpl.rcParams["font.size"])


def below_axis() -> float:
    """Return how far the label of the x axis reaches below the axes, in points."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    rc = mpl.rcParams
    sizes = (rc["xtick.labelsize"], rc["axes.labelsize"])
    text = sum(FontProperties(size=size).get_size_in_points() for size in sizes)
    return float(rc["xtick.major.size"] + rc["xtick.major.pad"] + rc["axes.labelpad"] + 1.2 * text)


def from_corner(ax: Axes, x: float, y: float) -> Transform:
    """Return the transform of places in points from a place in the axes (0 to 1)."""
    from matplotlib.transforms import Affine2D, ScaledTranslation

    points = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans
    corner: Any = ax.transAxes
    return points + ScaledTranslation(x, y, corner)


def write(ax: Axes, x: float, y: float, text: str, transform: Transform, **look: Any) -> Text:
    """Write text that may be anybody's, also outside the axes."""
    look = {"fontsize": small(), "va": "center", **look}
    return ax.text(x, y, text, transform=transform, clip_on=False, parse_math=False, **look)


def clean(text: object) -> str:
    """Return text on one line, without controls and marks that turn its direction.

    A sign that the font lacks becomes a square, as matplotlib would warn of it. What no plot has
    room for is cut off: measuring it takes time.
    """
    line = "".join(sign for sign in " ".join(str(text).split()) if sign.isprintable())
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    return "".join(sign if _has_glyph(sign) else _NO_GLYPH for sign in line)


def _has_glyph(sign: str) -> bool:
    if sign.isascii():
        return True
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties, findfont, get_font

    families = mpl.rcParams["font.family"]
    fonts = (get_font(findfont(FontProperties(family=[name]))) for name in families)
    return any(font.get_char_index(ord(sign)) for font in fonts)


def text_width(text: str, size: float) -> float:
    """Return the width of a line of text in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    properties = FontProperties(size=size)
    width = text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0]
    return float(width)


def fitted(text: object, room: float, *, size: float, lines: int = 3) -> str:
    """Return text wrapped to a width in points, with an ellipsis if it takes more lines."""
    line = clean(text)
    width = text_width(line, size)
    if width <= room:
        return line
    signs = max(4, int(room / width * len(line)))
    parts = textwrap.wrap(line, signs)
    if len(parts) > lines:
        parts = [*parts[: lines - 1], f"{parts[lines - 1][: signs - 1].rstrip()}…"]
    return "\n".join(parts)


def line_count(text: str) -> int:
    """Return the number of lines of a text."""
    return text.count("\n") + 1


def check_result(result: object, maker: str, *needed: str) -> pd.DataFrame:
    """Return the result's table, or raise a DataError that says which function makes one."""
    if not isinstance(result, Result):
        raise DataError(
            f"This draws what {maker}(...) gives, not {type(result).__name__}. "
            f"Pass the result of {maker}(...) itself, not its table."
        )
    for name in needed:
        if name not in result.table.columns:
            raise DataError(
                f"This draws what {maker}(...) gives; the {type(result).__name__} passed has no "
                f"column {name!r}. Pass the result of {maker}(...).",
                column=name,
            )
    return result.table


def say_missing(ax: Axes, text: str) -> Axes:
    """Write on empty axes what there is not."""
    width = 0.85 * width_of(ax)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    ax.text(
        0.5,
        0.5,
        fitted(text, width, size=1.2 * small(), lines=5),
        transform=ax.transAxes,
        ha="center",
        va="center",
        parse_math=False,
    )
    return ax


def percent_axis(axis: Any) -> None:
    """Show shares as per cent on an axis."""
    axis.set_major_formatter(lambda share, _: f"{100 * share:.3g} %")


def day_ticks(first: float, last: float, width: float) -> np.ndarray:
    """Return whole days between two, in weeks where there is room, at least 45 points apart."""
    most = max(2, int(width / 45))
    steps = np.array([1, 2, 7, 14, 28, 56, 112, 224, 364])
    counts = (last - first) // steps + 1
    fitting = np.flatnonzero(counts <= most)
    step = int(steps[fitting[0]]) if len(fitting) else 364 * int(np.ceil(counts[-1] / most))
    return np.arange(np.ceil(first / step) * step, last + 0.001, step).astype(int)


def interval_text(result: Result) -> str:
    """Return "95 % interval", with the level of the result."""
    return str(result.table.attrs.get("ci_level", "95 % interval"))


def spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return centres of boxes from the top down, near those wanted, that touch nowhere."""
    centres: list[float] = []
    edge = np.inf
    for want, height in zip(wanted, heights, strict=True):
        centres.append(min(want, edge - height / 2))
        edge = centres[-1] - height / 2
    edge = 0.0  # what fell below the floor is pushed up again
    for at in range(len(centres) - 1, -1, -1):
        centres[at] = max(centres[at], edge + heights[at] / 2)
        edge = centres[at] + heights[at] / 2
    return centres
