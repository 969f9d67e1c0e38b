"""Links between nodes as ribbons that are as wide as the links are large."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..results import percent
from .layout import BEND, Flows, Parts, Sizes, flows_of, parts_of, ports_of, tops_of
from .ordering import positions_of
from .style import clean, fitted, new_axes, small, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from matplotlib.text import Text

_BAR = 0.17  # width of a node's bar, inches
_PAD = 0.07  # between a bar and its label, inches
_GAP = 0.06  # between neighbours in a layer, inches
_STEP = 1.5  # from layer to layer, at least, inches
_EDGE = 0.12  # what the layout engine leaves free around, and a little more, inches
_TALLEST = 3.0  # height of the largest layer where the figure is ours, inches
_LEAST = 0.35  # the share of the height that belongs to the bars, however many labels there are
_NAME_ROOM = 150  # names wider than that are wrapped, points
_TRIES = 20  # text shrinks unevenly, as its pixels are whole
_UNREADABLE = 2.0  # text that would be smaller is left out, points
_STRAIGHT = 1000.0  # pull of the main path against that of all other ribbons together
_ROOM_PULL = 3.0
_FIRST = 1000  # how much more a place on top matters to the main path


@dataclass(frozen=True)
class Look:
    """How a node is drawn: colour and hatch both tell, and the ribbons into it are paler."""

    colour: str
    hatch: str = ""


PLAIN = Look("#2F5A82")


def sankey(
    links: pd.DataFrame,
    *,
    ax: Axes | None = None,
    main: Sequence[str] = (),
    order: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    looks: Mapping[str, Look] | None = None,
    missing: str = "Nothing to show: no link is larger than 0.",
) -> Axes:
    """Draw links between nodes as ribbons, as wide as they are large, from left to right.

    Each node stands in the layer of its longest way from the left. Where an order exists in which
    no ribbons cross, it is taken; else the one in which the fewest do. Labels stand beside what
    they name and never on each other or on a node: their room is kept free, and where the axes
    are small the text shrinks.

    Parameters
    ----------
    links
        Columns source, target (names) and n (0 or more, in any unit).
    ax
        Axes to draw into; without, a new figure that fits.
    main
        The nodes of the main path: on top of their layers where that costs no crossing, and in
        a straight line.
    order
        Nodes in the order in which they should stand below each other, where there is a choice.
    labels
        What to call a node, where that is not its name. Two nodes may be called the same.
    looks
        Colour and hatch of nodes.
    missing
        What the axes say if there is nothing to draw.

    Returns
    -------
    matplotlib.axes.Axes
        In inches, with y downwards; bars and ribbons have the names of their nodes as `gid`.

    Raises
    ------
    DataError
        If `links` lacks a column, has a blank name or an n that is negative or no number, or
        runs in a circle.

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats.plots.sankey import sankey
    >>> links = pd.DataFrame(
    ...     {"source": ["Sent", "Sent"], "target": ["Answered", "Silent"], "n": [3, 7]}
    ... )
    >>> ax = sankey(links)
    >>> [text.get_text() for text in ax.texts]
    ['Sent: 10', 'Answered: 3 (30 %)', 'Silent: 7 (70 %)']
    """
    flows = flows_of(links)
    own, ax = ax is None, new_axes(ax, height=_TALLEST)
    ax.set_axis_off()
    if not flows.names:
        write(ax, 0.5, 0.5, missing, ax.transAxes, ha="center", wrap=True)
        if own:
            _root(ax).set_size_inches(5, 1)
        return ax
    parts = parts_of(flows)
    position = positions_of(parts, _wishes(flows, parts, main, order))
    plan = _Plan(flows, parts, position, _pull(flows, parts, main))
    texts = _labels(ax, flows, labels or {})
    page = _page(ax, plan, texts, own=own)
    styles = [(looks or {}).get(name, PLAIN) for name in flows.names]
    _draw_ribbons(ax, plan, styles, page)
    _draw_nodes(ax, flows, styles, page)
    _place_labels(texts, flows, page)
    ax.set(xlim=(0, page.width), ylim=(page.height, 0))
    return ax


@dataclass(frozen=True, eq=False)
class _Plan:
    """What is drawn, and in which order."""

    flows: Flows
    parts: Parts
    position: np.ndarray
    pull: np.ndarray  # how much each segment wants to be straight


def _wishes(flows: Flows, parts: Parts, main: Sequence[str], order: Sequence[str]) -> np.ndarray:
    """Return where each part would like to stand: with the end of its link; the main path first."""
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys([*order, *flows.names]))}
    ranks |= {name: rank - _FIRST for rank, name in enumerate(main)}
    wish = np.zeros(len(parts.layer))
    wish[: len(flows.names)] = [ranks[name] for name in flows.names]
    ribbon = parts.link >= 0
    wish[parts.head[ribbon]] = wish[flows.target[parts.link[ribbon]]]
    return wish


def _pull(flows: Flows, parts: Parts, main: Sequence[str]) -> np.ndarray:
    """Return how much each segment wants to be straight."""
    pull = np.where(parts.link < 0, _ROOM_PULL, parts.n / flows.n.sum())
    steps = set(pairwise(main))
    ends = zip(flows.source.tolist(), flows.target.tolist(), strict=True)
    is_step = np.array([(flows.names[a], flows.names[b]) in steps for a, b in ends])
    return np.where((parts.link >= 0) & is_step[parts.link], _STRAIGHT, pull)


def _labels(ax: Axes, flows: Flows, labels: Mapping[str, str]) -> list[Text]:
    """Write the label of each node: its name, its size, and its share of all that came in."""
    first = flows.layer == 0
    total = flows.size[first].sum()
    texts = []
    for name, size, is_first in zip(flows.names, flows.size, first, strict=True):
        named = fitted(clean(labels.get(name, name)), _NAME_ROOM, size=small())
        share = "" if is_first and first.sum() == 1 else f" ({percent(size / total)})"
        texts.append(write(ax, 0, 0, f"{named}: {size:,.10g}{share}", ax.transData))
    return texts


@dataclass(frozen=True, eq=False)
class _Page:
    """Where things stand, in inches; all but the bars' heights times `shrink` if room is short."""

    width: float
    height: float
    step: float  # from one layer to the next
    unit: float  # height of one unit of n
    shrink: float
    body: np.ndarray  # the height of each part
    tops: np.ndarray


def _page(ax: Axes, plan: _Plan, texts: list[Text], *, own: bool) -> _Page:
    """Return a page on which all has its room; the figure follows where it is ours."""
    flows = plan.flows
    boxes = _boxes(texts)
    if own:
        unit = _TALLEST / np.bincount(flows.layer, flows.size).max()
        wanted = _across(flows, boxes, 1.0)[0], _natural(plan, boxes, unit, 1.0)
        _root(ax).set_size_inches(wanted[0] + _EDGE, wanted[1] + _EDGE)
    _root(ax).draw_without_rendering()  # the layout engine may move the axes
    width, height = ax.bbox.width / ax.figure.dpi, ax.bbox.height / ax.figure.dpi
    shrink = _shrunk(plan, texts, width, height)
    boxes = _boxes(texts)
    least, step = _across(flows, boxes, shrink)
    step += max(0.0, width - least) / max(1, flows.layer.max())
    unit = _unit(plan, boxes, shrink, height)
    sizes = _sizes(plan, boxes, unit, shrink)
    tops = _tops(plan, sizes, unit, height)
    return _Page(width, height, step, unit, shrink, sizes.body, tops)


def _tops(plan: _Plan, sizes: Sizes, unit: float, height: float) -> np.ndarray:
    return tops_of(plan.parts, plan.position, sizes, unit=unit, height=height, pull=plan.pull)


def _natural(plan: _Plan, boxes: np.ndarray, unit: float, shrink: float) -> float:
    """Return the height that the ribbons need to leave the room of every label free."""
    sizes = _sizes(plan, boxes, unit, shrink)
    return float((_tops(plan, sizes, unit, np.inf) + sizes.body + sizes.below).max())


def _shrunk(plan: _Plan, texts: list[Text], width: float, height: float) -> float:
    """Shrink the texts until they fit, and return how much; break them first if that helps."""

    def room(shrink: float) -> float:
        boxes = _boxes(texts)
        bare = _sizes(plan, boxes, 0.0, shrink).needed(plan.parts.layer).max()
        return min(width / _across(plan.flows, boxes, shrink)[0], height * (1 - _LEAST) / bare)

    free = room(1.0)
    if free < 1:
        on_one_line = [text.get_text() for text in texts]
        for text, line in zip(texts, on_one_line, strict=True):
            text.set_text("\n".join(line.rsplit(": ", 1)))
        if room(1.0) <= free:
            for text, line in zip(texts, on_one_line, strict=True):
                text.set_text(line)
    shrink = 1.0
    for _ in range(_TRIES):
        free = room(shrink)
        if free >= 1:
            break
        shrink *= 0.98 * free
        for text in texts:
            text.set_fontsize(small() * shrink)
            if small() * shrink < _UNREADABLE:
                text.set_text("")
    return shrink


def _root(ax: Axes) -> Figure:
    """Return the whole figure, also of axes in a part of one."""
    return ax.figure.canvas.figure


def _boxes(texts: list[Text]) -> np.ndarray:
    """Return width and height of each text, in inches."""
    boxes = [text.get_window_extent() for text in texts]
    dpi = texts[0].figure.dpi
    return np.array([(box.width / dpi, box.height / dpi) for box in boxes])


def _across(flows: Flows, boxes: np.ndarray, shrink: float) -> tuple[float, float]:
    """Return the least width of the page, and the least step from layer to layer."""
    beside = (_BAR + 2 * _PAD) * shrink + boxes[:, 0]
    above = boxes[:, 0] + _PAD * shrink
    last = flows.layer == flows.layer.max()
    early = np.where(flows.is_end, beside, above)[~last]
    step = max(_STEP * shrink, early.max())
    return flows.layer.max() * step + beside[last].max(), step


def _sizes(plan: _Plan, boxes: np.ndarray, unit: float, shrink: float) -> Sizes:
    """Return the heights of all parts: labels of ends stand beside them, others above."""
    flows, parts = plan.flows, plan.parts
    count, ends = len(flows.names), flows.is_end
    body, high = np.zeros(len(parts.layer)), np.zeros(len(parts.layer))
    body[:count], high[:count] = flows.size * unit, boxes[:, 1]
    bent, room = parts.what[parts.head] == BEND, parts.link < 0
    body[parts.head[bent]] = parts.n[bent] * unit
    # room for a label is as high as its node, so that the two can stand side by side
    body[parts.head[room]] = body[parts.tail[room]]
    high[parts.head[room]] = high[parts.tail[room]]
    beyond = np.maximum(0.0, high - body) / 2
    above, below = beyond.copy(), beyond.copy()
    inner = np.flatnonzero(~ends)
    above[inner], below[inner] = boxes[inner, 1] + _PAD * shrink / 2, 0.0
    return Sizes(body, above, below, _GAP * shrink)


def _unit(plan: _Plan, boxes: np.ndarray, shrink: float, height: float) -> float:
    """Return the height of one unit of n with which the picture fills the height.

    Where that would leave little of the bars, only the layers must fit, and ribbons may run
    under labels.
    """

    def layers(unit: float) -> float:
        return float(_sizes(plan, boxes, unit, shrink).needed(plan.parts.layer).max())

    def all_free(unit: float) -> float:
        return _natural(plan, boxes, unit, shrink)

    flows = plan.flows
    most = _largest(layers, height, height / float(np.bincount(flows.layer, flows.size).max()))
    best = _largest(all_free, height, most)
    return best if best > most / 2 else most


def _largest(needed: Callable[[float], float], height: float, most: float) -> float:
    """Return the largest unit, up to `most`, for which no more than the height is needed."""
    if needed(most) <= height:
        return most
    low, high = 0.0, most
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if needed(middle) <= height else (low, middle)
    return low


def _draw_ribbons(ax: Axes, plan: _Plan, styles: list[Look], page: _Page) -> None:
    """Draw each link as a ribbon of one height all along, so that its area tells its size."""
    from matplotlib.patches import PathPatch

    flows, parts = plan.flows, plan.parts
    ports = ports_of(parts, plan.position)
    left = parts.layer * page.step
    bar = _BAR * page.shrink
    starts = page.tops[parts.tail] + ports[0] * page.unit
    ends = page.tops[parts.head] + ports[1] * page.unit
    for link, (source, target) in enumerate(zip(flows.source, flows.target, strict=True)):
        rows = np.flatnonzero(parts.link == link)
        stations = [
            (left[parts.tail[row]] + bar, starts[row], left[parts.head[row]], ends[row])
            for row in rows[np.argsort(parts.layer[parts.tail[rows]])]
        ]
        colour = styles[target].colour
        patch = PathPatch(
            _ribbon(stations, flows.n[link] * page.unit),
            facecolor=colour,
            edgecolor=colour,
            alpha=0.38,
            linewidth=0.5,  # a single application among thousands still shows
            clip_on=False,
            gid=f"{flows.names[source]} → {flows.names[target]}",
        )
        ax.add_patch(patch)


def _ribbon(stations: list[tuple[float, float, float, float]], thick: float) -> Path:
    """Return the outline of a ribbon by its upper edge from (x, y) to (x, y), gap by gap."""
    from matplotlib.path import Path

    points: list[tuple[float, float]] = []
    for x, y, to_x, to_y in stations:
        middle = (x + to_x) / 2
        points += [(x, y), (middle, y), (middle, to_y), (to_x, to_y)]
    back = [(x, y + thick) for x, y in reversed(points)]
    curve = [Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4] * len(stations)
    codes = [Path.MOVETO, *curve[1:], *curve, Path.CLOSEPOLY]
    return Path([*points, *back, points[0]], codes)


def _draw_nodes(ax: Axes, flows: Flows, styles: list[Look], page: _Page) -> None:
    from matplotlib.patches import Rectangle

    for node, (name, look) in enumerate(zip(flows.names, styles, strict=True)):
        bar = Rectangle(
            (flows.layer[node] * page.step, page.tops[node]),
            _BAR * page.shrink,
            page.body[node],
            facecolor=look.colour,
            edgecolor="white" if look.hatch else look.colour,
            hatch=look.hatch,
            linewidth=0.0 if look.hatch else 0.8,
            clip_on=False,
            zorder=2,
            gid=name,
        )
        ax.add_patch(bar)


def _place_labels(texts: list[Text], flows: Flows, page: _Page) -> None:
    beside = (_BAR + _PAD) * page.shrink
    middles = page.tops[: len(texts)] + page.body[: len(texts)] / 2
    for node, text in enumerate(texts):
        x = flows.layer[node] * page.step
        if flows.is_end[node]:
            text.set(position=(x + beside, middles[node]), va="center")
        else:
            text.set(position=(x, page.tops[node] - _PAD * page.shrink / 2), va="bottom")
