"""What stands in a drawing: its texts and where they end up, and whether any two meet."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def texts_of(figure: Figure) -> list[Text]:
    """Return every text that is drawn; ticks out of view are not."""
    texts: list[Text] = []
    for ax in figure.axes:
        if not ax.axison:
            continue
        texts += [*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label]
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    texts += [tick.label1, tick.label2]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def boxes_of(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return what each text says and its box in pixels, once the figure is laid out."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    return [(text.get_text(), Text.get_window_extent(text, renderer)) for text in texts_of(figure)]


def faults(figure: Figure) -> list[tuple[str, ...]]:
    """Return the pairs of texts that overlap by more than half a pixel, and each that is cut off.

    Cut off is what reaches out of the figure by more than a pixel.
    """
    boxes = boxes_of(figure)
    found: list[tuple[str, ...]] = []
    for (a, one), (b, other) in combinations(boxes, 2):
        width = min(one.x1, other.x1) - max(one.x0, other.x0)
        height = min(one.y1, other.y1) - max(one.y0, other.y0)
        if min(width, height) > 0.5:
            found.append((a, b))
    right, top = figure.bbox.width, figure.bbox.height
    for text, box in boxes:
        if min(box.x0, box.y0, right - box.x1, top - box.y1) < -1:
            found.append((text,))
    return found


def words(ax: Axes) -> str:
    """Return all that stands in and around the axes, with lines joined."""
    return " | ".join(text.get_text().replace("\n", " ") for text in texts_of(ax.figure))


def steps(ax: Axes) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the days and shares of each step that is drawn."""
    lines = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    return [(np.asarray(line.get_xdata()), np.asarray(line.get_ydata())) for line in lines]
