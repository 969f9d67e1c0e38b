"""What would truly happen if everybody followed a strategy: what an estimate should find."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..interviews import Interviews, interviews
from ..results import check_days
from ..schema import as_day
from ..strategies import Strategy
from ..windows import check_strategies
from ..workdays import NO_DAY
from .book import Book
from .model import SearchModel, check_number
from .search import simulate_log
from .waiting import Waiting, Waits

_MOST_BATCHES = 1_000_000
_MOST_COPIES = 10_000


def true_risks(
    strategies: Strategy | str | Sequence[Strategy | str],
    *,
    seed: int,
    model: SearchModel | None = None,
    horizon: int = 21,
    n_applications: int = 20_000,
    batches: int = 50,
    copies: int = 5,
    start: object = "2025-06-02",
    days: int = 273,
) -> pd.DataFrame:
    """Return the true chance of a response by the horizon, had every interview followed a strategy.

    Searches are simulated in which everybody does as they are used to. Then the wait after each
    of their interviews is run again, several times under each strategy, to the horizon, whenever
    the log ends. So the interviews are those that a log of this model has, second ones included,
    and not those that a strategy would have brought about by its answers.

    Parameters
    ----------
    strategies
        One or several strategies, or their names.
    seed
        The same seed and settings give the same numbers.
    model
        The truth; left out, ``SearchModel()``.
    horizon
        Days after the interview, 0 or more.
    n_applications
        Applications in each batch; a tenth of them or more should reach an interview.
    batches
        How many searches. What differs between them is the error of the simulation.
    copies
        How often the wait after each interview is run.
    start, days
        First day and length of each search, as in :func:`simulate_log`.

    Returns
    -------
    pandas.DataFrame
        One row per batch, one column per strategy, in their order: the chance of any response from
        day 0 to the horizon, 0 to 1; NaN for a batch without an interview. The mean of a column
        is the truth, and its ``sem()`` the error; the same holds for differences of columns.

    Raises
    ------
    SettingError
        If a setting is out of its range, or two strategies have one name.
    UnknownNameError
        If one is neither a strategy nor the name of one.

    Examples
    --------
    >>> found = true_risks(["DAY_AFTER", "NO_FOLLOW_UP"], seed=1, n_applications=2000, batches=4)
    >>> list(found.columns), len(found)
    (['DAY_AFTER', 'NO_FOLLOW_UP'], 4)
    >>> bool(found["DAY_AFTER"].mean() > found["NO_FOLLOW_UP"].mean())
    True
    """
    chosen = check_strategies(strategies)
    horizon = check_days(horizon, "horizon")
    check_number(seed, "seed", 0, 2**63 - 1, whole=True)
    check_number(batches, "batches", 1, _MOST_BATCHES, whole=True)
    check_number(copies, "copies", 1, _MOST_COPIES, whole=True)
    # who fits how well is known to the simulation, whether the log has it or not
    seen = dataclasses.replace(SearchModel() if model is None else model, fit_blank=0.0)
    as_of = as_day(start, name="start") + pd.Timedelta(days=check_days(days, "days", least=1))
    rows = []
    for child in np.random.SeedSequence(seed).spawn(batches):
        rng = np.random.default_rng(child)
        log = simulate_log(
            n_applications, seed=int(rng.integers(2**63)), start=start, days=days, model=seen
        )
        units = interviews(log, as_of=as_of)
        rows.append([_share(rng, seen, units, each, horizon, copies) for each in chosen])
    return pd.DataFrame(rows, columns=[each.name for each in chosen])


def _share(
    rng: np.random.Generator,
    model: SearchModel,
    units: Interviews,
    strategy: Strategy,
    horizon: int,
    copies: int,
) -> float:
    """Return the share of waits with an answer by the horizon, if all obey the strategy."""
    if not len(units) or not horizon:
        return 0.0 if len(units) else float("nan")
    many = units.take(np.tile(np.arange(len(units)), copies))
    waits = Waits(many.application, many.start, many.promise, many.fit)
    # nothing that comes after the horizon changes what came before
    short = dataclasses.replace(model, silent_after=min(model.silent_after, horizon))
    nowhere = Book(end=int(units.start.max()) + horizon)
    answered, _ = Waiting(rng, short, waits, nowhere, strategy).run()
    return float((answered != NO_DAY).mean())
