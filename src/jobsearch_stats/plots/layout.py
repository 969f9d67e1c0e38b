"""Where the parts of a layered flow chart stand: their layers, their order, their heights.

Numbers alone, nothing is drawn here. A link that runs past a layer bends there: the bend is a part
of that layer and takes up room in it, so that no ribbon runs through a node. An end that stands
before the last layer has its label to the right of it, and keeps room for that in the next layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..errors import DataError

if TYPE_CHECKING:
    from scipy import sparse

NODE, BEND, ROOM = 0, 1, 2
"""What a part is: a node, the bend of a link that runs past its layer, or room for a label."""

ROOM_COST = 1e-3
"""A ribbon over the room of a label counts far less than one over a ribbon."""


@dataclass(frozen=True, eq=False)
class Flows:
    """Links between named nodes, with the layer of each node.

    Attributes
    ----------
    names
        Of the nodes, in the order in which the links name them.
    source, target
        The nodes of each link, int64.
    n
        The size of each link, float64, above 0.
    layer
        Of each node, int64: the number of links on the longest way to it.
    """

    names: list[str]
    source: np.ndarray
    target: np.ndarray
    n: np.ndarray
    layer: np.ndarray

    @property
    def size(self) -> np.ndarray:
        """Of each node: what comes in, or what goes out if that is more."""
        count = len(self.names)
        into = np.bincount(self.target, self.n, minlength=count)
        return np.maximum(into, np.bincount(self.source, self.n, minlength=count))

    @property
    def is_end(self) -> np.ndarray:
        """Of each node: whether nothing goes out of it."""
        return np.bincount(self.source, minlength=len(self.names)) == 0


@dataclass(frozen=True, eq=False)
class Parts:
    """What stands in the layers. Part i is node i; after the nodes come bends and rooms.

    Attributes
    ----------
    layer, what
        Of each part: its layer, and whether it is a NODE, a BEND or a ROOM; int64.
    tail, head
        Of each segment: the parts that it joins, in neighbouring layers; int64.
    link
        Of each segment: the link that it belongs to, or -1 for one that only keeps room.
    n
        Of each segment: its size, 0 for one that only keeps room.
    """

    layer: np.ndarray
    what: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    link: np.ndarray
    n: np.ndarray


def flows_of(links: pd.DataFrame) -> Flows:
    """Return the links as numbers; several links between the same nodes become one.

    Parameters
    ----------
    links
        Columns source, target (names) and n (0 or more).

    Raises
    ------
    DataError
        If a column is missing, a name is blank, an n is negative or no number, or if the links
        run in a circle.
    """
    for name in ("source", "target", "n"):
        if name not in links.columns:
            raise DataError(
                f"links has no column {name!r}; it has "
                f"{', '.join(map(repr, links.columns)) or 'none'}. It needs source, target and n.",
                column=name,
            )
    n = pd.to_numeric(links["n"], errors="coerce").to_numpy(np.float64, na_value=np.nan)
    _refuse(links, "n", ~(np.isfinite(n) & (n >= 0)), "must be a number, 0 or more")
    for name in ("source", "target"):
        _refuse(links, name, (links[name].isna() | (links[name] == "")).to_numpy(), "is blank")
    kept = links.assign(n=n)[n > 0]
    sums = kept.astype({"source": "str", "target": "str"}).groupby(
        ["source", "target"], sort=False
    )["n"]
    merged = sums.sum().reset_index()
    codes, names = pd.factorize(merged[["source", "target"]].to_numpy(object).ravel())
    source, target = codes[0::2].astype(np.int64), codes[1::2].astype(np.int64)
    layer = _layers([str(name) for name in names], source, target)
    return Flows([str(name) for name in names], source, target, merged["n"].to_numpy(), layer)


def _refuse(links: pd.DataFrame, column: str, wrong: np.ndarray, rule: str) -> None:
    if not wrong.any():
        return
    row = int(np.flatnonzero(wrong)[0])
    source, target, value = (links[name].tolist()[row] for name in ("source", "target", column))
    raise DataError(
        f"links, row {row}, from {source!r} to {target!r}: {column} {value!r} {rule}. "
        "Correct that link or leave it out.",
        row=row,
        column=column,
        value=value,
    )


def _layers(names: list[str], source: np.ndarray, target: np.ndarray) -> np.ndarray:
    layer = np.zeros(len(names), np.int64)
    for _ in names:
        before = layer.copy()
        np.maximum.at(layer, target, layer[source] + 1)
        if (layer == before).all():
            return layer
    if not names:
        return layer
    circle = " → ".join(names[node] for node in _circle(layer, source, target))
    raise DataError(
        f"links run in a circle: {circle}. A flow chart needs an order; leave one of these out.",
        value=circle,
    )


def _circle(layer: np.ndarray, source: np.ndarray, target: np.ndarray) -> list[int]:
    # where the layers never settle, whoever pushed a node last was pushed itself: go back from it
    way = [int(layer.argmax())]
    while True:
        into = source[target == way[-1]]
        way.append(int(into[layer[into].argmax()]))
        if way[-1] in way[:-1]:
            return way[way.index(way[-1]) :][::-1]


def parts_of(flows: Flows) -> Parts:
    """Return nodes, bends of long links, and the room for the labels of early ends."""
    layer, what = flows.layer.tolist(), [NODE] * len(flows.names)
    segments: list[tuple[int, int, int]] = []

    def add(at: int, kind: int) -> int:
        layer.append(at)
        what.append(kind)
        return len(layer) - 1

    for link, (source, target) in enumerate(
        zip(flows.source.tolist(), flows.target.tolist(), strict=True)
    ):
        bends = [add(at, BEND) for at in range(layer[source] + 1, layer[target])]
        chain = [source, *bends, target]
        segments += [(a, b, link) for a, b in pairwise(chain)]
    last = max(layer, default=0)
    for node in np.flatnonzero(flows.is_end & (flows.layer < last)).tolist():
        segments.append((node, add(layer[node] + 1, ROOM), -1))
    tail, head, link_of = np.array(segments, np.int64).reshape(-1, 3).T
    n = np.where(link_of >= 0, np.append(flows.n, 0.0)[link_of], 0.0)
    return Parts(np.array(layer, np.int64), np.array(what, np.int64), tail, head, link_of, n)


def crossing_pairs(parts: Parts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs of segments that may cross, and what it would cost.

    A crossing of two ribbons costs 1, and up to 1 more the wider the thinner of the two is.

    Returns
    -------
    first, second : numpy.ndarray
        Segments, int64; both of the same gap, with different tails and different heads.
    cost : numpy.ndarray
        float64.
    """
    first, second = np.triu_indices(len(parts.tail), 1)
    same_gap = parts.layer[parts.tail[first]] == parts.layer[parts.tail[second]]
    apart = (parts.tail[first] != parts.tail[second]) & (parts.head[first] != parts.head[second])
    first, second = first[same_gap & apart], second[same_gap & apart]
    widest = parts.n.max(initial=0.0) or 1.0
    thinner = np.minimum(parts.n[first], parts.n[second])
    return first, second, np.where(thinner > 0, 1 + thinner / widest, ROOM_COST)


def crossing_cost(parts: Parts, position: np.ndarray) -> float:
    """Return what the crossings of an order cost together; 0 if there is none.

    Parameters
    ----------
    position
        The place of each part within its layer, counted from the top.
    """
    first, second, cost = crossing_pairs(parts)
    tails = position[parts.tail[first]] < position[parts.tail[second]]
    heads = position[parts.head[first]] < position[parts.head[second]]
    return float(cost[tails != heads].sum())


def ports_of(parts: Parts, position: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how far below the top of its tail and of its head each segment is attached.

    At each node they stand in the order of their other ends, so that two ribbons of one node
    never cross.

    Returns
    -------
    out, into : numpy.ndarray
        float64, in units of n.
    """
    return (
        _stacked(parts.tail, position[parts.head], parts.n),
        _stacked(parts.head, position[parts.tail], parts.n),
    )


def _stacked(node: np.ndarray, other: np.ndarray, n: np.ndarray) -> np.ndarray:
    rows = np.lexsort((other, node))
    upto = np.cumsum(n[rows]) - n[rows]
    starts = np.r_[True, np.diff(node[rows]) > 0] if len(rows) else np.zeros(0, bool)
    offset = np.empty(len(rows))
    offset[rows] = upto - np.maximum.accumulate(np.where(starts, upto, -np.inf))
    return offset


@dataclass(frozen=True, eq=False)
class Sizes:
    """How high the parts are, and what must stay free between them; all in inches.

    Attributes
    ----------
    body
        Of each part: its own height.
    above, below
        Of each part: the room that its label needs beyond its body.
    gap
        Between neighbours.
    """

    body: np.ndarray
    above: np.ndarray
    below: np.ndarray
    gap: float

    def needed(self, layer: np.ndarray) -> np.ndarray:
        """Return the height that each layer needs, its parts one under another."""
        each = self.body + self.above + self.below + self.gap
        return np.bincount(layer, each) - self.gap


def tops_of(
    parts: Parts,
    position: np.ndarray,
    sizes: Sizes,
    *,
    unit: float,
    height: float,
    pull: np.ndarray,
) -> np.ndarray:
    """Return the top of each part, in inches from the upper edge, so that ribbons are straight.

    The sum of all bends, each times the `pull` of its segment, is least among all the places
    that keep the order, leave each label its room, and stay within the height: a linear program.

    Parameters
    ----------
    unit
        The height of one unit of n.
    height
        At least as much as every layer needs.
    pull
        Of each segment.
    """
    from scipy import sparse
    from scipy.optimize import linprog

    count, segments = len(parts.layer), len(parts.tail)
    upper, lower = _stacks(parts, position)
    apart = sizes.body[upper] + sizes.below[upper] + sizes.gap + sizes.above[lower]
    out, into = (port * unit for port in ports_of(parts, position))
    drop = _difference(parts.tail, parts.head, count)
    bend = -sparse.eye_array(segments)
    lowest = np.maximum(height - sizes.body - sizes.below, sizes.above) + 1e-9
    zeros = sparse.coo_array((len(upper), segments))
    solved = linprog(
        np.r_[np.full(count, 1e-4), pull],
        A_ub=sparse.vstack(
            (
                sparse.hstack((_difference(upper, lower, count), zeros)),
                sparse.hstack((drop, bend)),
                sparse.hstack((-drop, bend)),
            )
        ),
        b_ub=np.r_[-apart, into - out, out - into],
        bounds=np.c_[
            np.r_[sizes.above, np.zeros(segments)], np.r_[lowest, np.full(segments, np.inf)]
        ],
        method="highs",
    )
    return np.asarray(solved.x[:count])


def _stacks(parts: Parts, position: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return all parts that have another right below them in their layer, and those others."""
    rows = np.lexsort((position, parts.layer))
    beside = np.diff(parts.layer[rows]) == 0
    return rows[:-1][beside], rows[1:][beside]


def _difference(first: np.ndarray, second: np.ndarray, count: int) -> sparse.coo_array:
    """Return the rows of a matrix that take one unknown from another."""
    from scipy import sparse

    each, ones = np.arange(len(first)), np.ones(len(first))
    shape = (len(first), count)
    return sparse.coo_array((ones, (each, first)), shape) - sparse.coo_array(
        (ones, (each, second)), shape
    )
