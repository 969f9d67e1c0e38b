"""How far each unit moves a risk, and how well a spread that rests on few of them is known."""

from __future__ import annotations

import numpy as np

from .cloning import Numbers, Places, Units

_GONE = 1e-12
"""Of a curve that has come down to this nobody is left who could have an outcome."""


def influences(units: Units, weights: Numbers) -> Numbers:
    """Return how far each unit moves the risk by each day, the weights taken as known.

    To first order: the difference that it makes to the risk, per time that it counts once more.

    Parameters
    ----------
    weights
        float64, shape (n, T): of a strategy's clones, 0 where one is not at risk.

    Returns
    -------
    numpy.ndarray
        float64, shape (n, T). The root of the sum of the squares is a standard error.

    References
    ----------
    F. R. Hampel (1974), The influence curve and its role in robust estimation, J. American
    Statistical Association 69:383-393; here of Aalen and Johansen's cumulative incidence.

    Examples
    --------
    >>> import numpy as np
    >>> from jobsearch_stats.cloning import observed_units
    >>> units = observed_units(acted=[9, 9], event=[0, 9], competing=[9, 9], observed=[9, 9],
    ...                        outcome_first=np.zeros((2, 1)), n_days=1)
    >>> influences(units, np.ones((2, 1))).tolist()
    [[0.25], [-0.25]]
    """
    over = units.end[:, None] == np.arange(units.n_days)
    total = weights.sum(axis=0)
    shares = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    answered, impossible = (over & which[:, None] for which in (units.answered, units.impossible))
    hazard, away = (np.einsum("nt,nt->t", shares, which) for which in (answered, impossible))
    stay = 1 - hazard - away
    left = np.concatenate([[1.0], np.cumprod(stay)[:-1]])
    risk = np.cumsum(left * hazard)
    of_hazard = shares * (answered - hazard)
    of_leaving = of_hazard + shares * (impossible - away)
    of_leaving *= np.divide(1.0, stay, out=np.zeros_like(stay), where=stay > _GONE)
    # who leaves on a day takes along what the days after it would have brought
    lost = risk * np.cumsum(of_leaving, axis=1) - np.cumsum(risk * of_leaving, axis=1)
    return np.cumsum(left * of_hazard, axis=1) - lost


def degrees_of_freedom(moves: Numbers, clusters: Places) -> Numbers:
    """Return how many independent normal values would tell as much of a spread.

    A variance that is a sum over clusters varies with their fourth moment; chi-square's variance
    says of how many degrees of freedom that is. A few clusters that carry most of the sum leave
    few, however many there are.

    Parameters
    ----------
    moves
        float64, shape (n, k): influences of n units on k numbers.
    clusters
        int64, shape (n,), from 0 without a gap: which units stand or fall together.

    Returns
    -------
    numpy.ndarray
        float64, shape (k,), from 2 on; infinite where all clusters move a number by as much.

    References
    ----------
    F. E. Satterthwaite (1946), An approximate distribution of estimates of variance components,
    Biometrics Bulletin 2:110-114.

    Examples
    --------
    >>> import numpy as np
    >>> all_alike, one_large = [1.0, -1.0, 1.0, -1.0], [9.0, -1.0, 1.0, -1.0]
    >>> moves = np.column_stack([all_alike, one_large])
    >>> degrees_of_freedom(moves, np.arange(4)).round(1).tolist()
    [inf, 2.9]
    """
    order = np.argsort(clusters, kind="stable")
    begins = np.searchsorted(clusters[order], np.arange(clusters.max(initial=-1) + 1))
    squares = np.add.reduceat(moves[order], begins, axis=0) ** 2 if begins.size else moves[:0]
    variance = squares.sum(axis=0)
    # in shares of the sum, so that influences of 1e-170 have a fourth power too
    part = np.divide(squares, variance, out=np.zeros_like(squares), where=variance > 0)
    excess = (part**2).sum(axis=0) - 1 / max(begins.size, 1)
    known = (variance > 0) & (excess > 1e-9)
    return np.divide(2.0, excess, out=np.full(variance.shape, np.inf), where=known)
