"""In which order the parts of each layer stand, so that as few ribbons cross as can be.

Up to a size that the picture of a job search never reaches, the order is the best there is, found
as an integer program over "this part stands above that one"; where an order without crossings
exists, it is found. Larger charts get barycentres and exchanges of neighbours.

References
----------
Jünger, M., Lee, E. K., Mutzel, P., Odenthal, T. (1997). A polyhedral approach to the multi-layer
crossing minimization problem. Graph Drawing, LNCS 1353, 13-24.
Sugiyama, K., Tagawa, S., Toda, M. (1981). Methods for visual understanding of hierarchical system
structures. IEEE Transactions on Systems, Man, and Cybernetics 11, 109-125.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .layout import NODE, ROOM, Parts, crossing_cost, crossing_pairs

if TYPE_CHECKING:
    from scipy import sparse

FREE_PAIRS = 3000
"""Up to so many pairs of ribbons, an order without crossings is found if there is one."""

EXACT_PAIRS = 200
"""Up to so many, the best order is found also where crossings cannot be avoided."""

_BEND_WISH = 1e-3  # a bend follows the wishes where no node minds

NODES = 5_000
"""How far the search may branch; counted and not timed, so that a picture stays the same."""


def positions_of(parts: Parts, wish: np.ndarray) -> np.ndarray:
    """Return the place of each part within its layer, counted from the top.

    Parameters
    ----------
    wish
        Of each part: among orders that are equally good, parts with a smaller wish stand above;
        the further two wishes are apart, the more it matters.

    Returns
    -------
    numpy.ndarray
        int64, one per part.
    """
    if len(parts.layer) == len(np.unique(parts.layer)):
        return np.zeros(len(parts.layer), np.int64)
    pairs = len(crossing_pairs(parts)[0])
    best = _best(parts, wish, free=True) if pairs <= FREE_PAIRS else None
    if best is None and pairs <= EXACT_PAIRS:
        best = _best(parts, wish, free=False)
    return _swept(parts, wish) if best is None else best


def _best(parts: Parts, wish: np.ndarray, *, free: bool) -> np.ndarray | None:
    """Return the best order; with `free`, None unless there is one in which no ribbons cross."""
    from scipy import sparse

    upper, lower = _neighbours(parts.layer)
    first, second, cost = crossing_pairs(parts)
    rows, low, high = _rules(parts, upper, lower, first, second)
    most = np.r_[np.ones(len(upper)), np.where(free & (cost >= 1), 0.0, 1.0)]
    zeros = np.zeros(len(upper))
    least = _solved(np.r_[zeros, cost], (rows, low, high), most, len(upper))
    if least is None:
        return None
    # among the best orders, the one that follows the wishes
    nodes = (parts.what[upper] == NODE) & (parts.what[lower] == NODE)
    against = np.where(nodes, 1.0, _BEND_WISH) * (wish[upper] - wish[lower])
    against[(parts.what[upper] == ROOM) | (parts.what[lower] == ROOM)] = 0.0
    against = np.r_[against, np.zeros(len(cost))]
    worth = sparse.csr_array(np.r_[zeros, cost][None, :])
    no_worse = (
        sparse.vstack((rows, worth), format="csr"),
        np.r_[low, -np.inf],
        np.r_[high, least[len(upper) :] @ cost + 1e-7],
    )
    pleasing = _solved(against, no_worse, most, len(upper))
    return _places(parts, upper, lower, least if pleasing is None else pleasing)


def _solved(
    aim: np.ndarray,
    rules: tuple[sparse.csr_array, np.ndarray, np.ndarray],
    most: np.ndarray,
    pairs: int,
) -> np.ndarray | None:
    """Return the unknowns that make `aim` least; None if there are none or the search is long."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    solved = milp(
        aim,
        integrality=np.arange(len(aim)) < pairs,
        bounds=Bounds(np.zeros(len(aim)), most),
        constraints=LinearConstraint(*rules),
        options={"node_limit": NODES},
    )
    return solved.x if solved.status == 0 else None


def _places(parts: Parts, upper: np.ndarray, lower: np.ndarray, unknowns: np.ndarray) -> np.ndarray:
    above = np.round(unknowns[: len(upper)]).astype(np.int64)
    position = np.zeros(len(parts.layer), np.int64)
    np.add.at(position, lower, above)
    np.add.at(position, upper, 1 - above)
    return position


def _neighbours(layer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs of parts of one layer, the smaller number first."""
    a, b = np.triu_indices(len(layer), 1)
    same = layer[a] == layer[b]
    return a[same], b[same]


def _rules(
    parts: Parts, upper: np.ndarray, lower: np.ndarray, first: np.ndarray, second: np.ndarray
) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """Return the constraints: above is transitive; a crossing is seen from either side.

    The unknowns are one per pair of parts (1: the first stands above), then one per pair of
    segments (1: they cross).
    """
    from scipy import sparse

    pairs, crossings = len(upper), len(first)
    number = np.zeros((len(parts.layer),) * 2, np.int64)
    number[upper, lower] = np.arange(pairs)
    i, j, k = _triples(parts.layer)
    tail, tail_sign = _seen_from(parts.tail[first], parts.tail[second], number)
    head, head_sign = _seen_from(parts.head[first], parts.head[second], number)
    crossing = pairs + np.arange(crossings)
    ones = np.ones(crossings)
    shift = (head_sign - tail_sign) / 2  # a pair seen the other way round is 1 minus its unknown
    columns = [
        np.c_[number[i, j], number[j, k], number[i, k]],
        np.c_[crossing, tail, head],
        np.c_[crossing, tail, head],
    ]
    values = [
        np.tile([1.0, 1.0, -1.0], (len(i), 1)),
        np.c_[ones, -tail_sign, head_sign],
        np.c_[ones, tail_sign, -head_sign],
    ]
    column, value = np.concatenate(columns), np.concatenate(values)
    row = np.repeat(np.arange(len(column)), 3)
    rows = sparse.csr_array(
        (value.ravel(), (row, column.ravel())), shape=(len(column), pairs + crossings)
    )
    low = np.r_[np.zeros(len(i)), shift, -shift]
    return rows, low, np.r_[np.ones(len(i)), np.full(2 * crossings, np.inf)]


def _triples(layer: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all triples of parts of one layer, by their numbers."""
    found = [np.zeros((0, 3), np.int64)]
    for at in np.unique(layer):
        parts = np.flatnonzero(layer == at)
        i, j, k = np.ogrid[: len(parts), : len(parts), : len(parts)]
        found.append(parts[np.argwhere((i < j) & (j < k))])
    i, j, k = np.concatenate(found).T
    return i, j, k


def _seen_from(a: np.ndarray, b: np.ndarray, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the unknown that says whether a stands above b, and its sign."""
    return number[np.minimum(a, b), np.maximum(a, b)], np.where(a < b, 1.0, -1.0)


def _swept(parts: Parts, wish: np.ndarray) -> np.ndarray:
    """Return a good order: by barycentres forth and back, then by exchanges of neighbours."""
    position = _ranked(parts.layer, wish.astype(np.float64), np.arange(len(wish)))
    best, least = position, crossing_cost(parts, position)
    for turn in range(12):
        position = _barycentres(parts, position, forth=turn % 2 == 0)
        position = _exchanged(parts, position)
        cost = crossing_cost(parts, position)
        if cost < least - 1e-9:
            best, least = position, cost
    return best


def _ranked(layer: np.ndarray, by: np.ndarray, then: np.ndarray) -> np.ndarray:
    """Return places within the layers, by one value and then by another."""
    rows = np.lexsort((then, by, layer))
    starts = np.searchsorted(layer[rows], layer[rows])
    position = np.empty(len(layer), np.int64)
    position[rows] = np.arange(len(layer)) - starts
    return position


def _barycentres(parts: Parts, position: np.ndarray, *, forth: bool) -> np.ndarray:
    near, far = (parts.head, parts.tail) if forth else (parts.tail, parts.head)
    layers = range(parts.layer.max() + 1)
    for at in layers if forth else reversed(layers):
        here = parts.layer == at
        count = np.bincount(near, minlength=len(position))
        total = np.bincount(near, position[far], minlength=len(position))
        mean = np.where(count > 0, total / np.maximum(count, 1), position)
        position = np.where(here, _ranked(parts.layer, mean, position), position)
    return position


def _exchanged(parts: Parts, position: np.ndarray) -> np.ndarray:
    """Return the order after exchanging neighbours as long as that saves crossings."""
    position = position.copy()
    first, second, cost = crossing_pairs(parts)
    for _ in range(len(position)):
        better = False
        for at in range(parts.layer.max() + 1):
            row = np.flatnonzero(parts.layer == at)
            row = row[np.argsort(position[row])]
            for place in range(len(row) - 1):
                upper, lower = row[place], row[place + 1]
                if _saving(parts, position, (upper, lower), (first, second, cost)) > 1e-9:
                    position[upper], position[lower] = position[lower], position[upper]
                    row[place], row[place + 1] = lower, upper
                    better = True
        if not better:
            break
    return position


def _saving(
    parts: Parts,
    position: np.ndarray,
    neighbours: tuple[int, int],
    pairs: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> float:
    """Return what exchanging two neighbours saves: pairs of segments between just these."""
    upper, lower = neighbours
    first, second, cost = pairs
    saved = 0.0
    for here, there in ((parts.tail, parts.head), (parts.head, parts.tail)):
        straight = (here[first] == upper) & (here[second] == lower)
        turned = (here[first] == lower) & (here[second] == upper)
        above = position[there[first]] < position[there[second]]
        crosses = np.where(straight, ~above, above)
        saved += float(np.where(crosses, cost, -cost)[straight | turned].sum())
    return saved
