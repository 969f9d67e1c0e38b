"""`simulate_power`: how often made-up searches of known truth find what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .differences import newcombe
from .emulation import compare_strategies
from .errors import SettingError
from .interviews import interviews
from .power import DESIGNS, Plan, check_designs, check_numbers, check_share
from .progress import Progress
from .rates import wilson
from .results import check_days, percent, percent_given, points
from .simulate import SearchModel, simulate_log
from .strategies import Strategy
from .windows import check_strategies, windows
from .workdays import NO_DAY

_START, _DAYS = "2025-06-02", 273
_POOL = 40_000
"""Applications of the made-up searches from which the truth is taken."""

Numbers = npt.NDArray[np.float64]
Another = Callable[..., None]
"""Called after one search, or after so many."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SimulatedPower(Plan):
    """A plan whose power was found by trying.

    Attributes
    ----------
    inflation
        How many times as many interviews looking back needs as dealing, at the largest n that was
        looked back on; NaN if none was.
    strategies
        The two; the difference is the second less the first.
    """

    inflation: float
    strategies: tuple[Strategy, ...]


def simulate_power(
    *,
    n: int | Iterable[int],
    seed: int,
    design: str | Sequence[str] = "randomised",
    strategies: Sequence[Strategy | str] = ("NO_FOLLOW_UP", "DAY_AFTER"),
    model: SearchModel | None = None,
    horizon: int = 21,
    n_simulations: int = 200,
    n_boot: int = 200,
    alpha: float = 0.05,
    own: int | None = None,
    progress: Progress | None = None,
) -> SimulatedPower:
    """Return how often so many interviews find the difference that is there, by trying it out.

    Searches are made up again and again. For "randomised" half of the interviews follow each
    strategy, and Newcombe's interval of the difference is looked at once. For "observational"
    everybody does as they are used to, and `compare_strategies` looks back. It is found if the
    interval leaves out 0.

    Parameters
    ----------
    n
        Number of interviews in all; one or several. Searches looked back on have so many on the
        average.
    seed
        The same seed and settings give the same numbers.
    design
        "randomised", "observational", or both in a list.
    strategies
        Two. Dealt are only the interviews whose due days they tell apart.
    model
        The truth, such as your own share of promises; left out, ``SearchModel()``.
    horizon
        Days after the interview within which a response counts.
    n_simulations
        Searches for each design and n.
    n_boot
        Resamples in each comparison that looks back.
    alpha
        How often a difference may be found where there is none.
    own
        Your own number of interviews, to be marked in a picture, and looked at as well.
    progress
        Called as ``progress(done, all)`` from time to time, such as `progress_bar("Trying")`.

    Returns
    -------
    SimulatedPower
        `.table` has the columns of :func:`jobsearch_stats.power_of`, where `risk` and `difference`
        are the truth and `inflation` is measured (1 for "randomised", NaN below two searches that
        gave an estimate), and besides:

        ci_low, ci_high : float64
            Wilson's interval of the power.
        mean_difference, sd_difference : float64
            Of the estimates.
        n_simulations, n_failed : int64
            Searches, and those that gave no estimate (which count as not found).

        `.inflation` is what `minimum_detectable_difference(inflation=...)` wants.

    Raises
    ------
    SettingError, UnknownNameError
        If a setting cannot be used.

    Notes
    -----
    The inflation is the variance of the estimates, over that of the difference of two shares from
    as many interviews dealt in halves.

    References
    ----------
    T. P. Morris, I. R. White, M. J. Crowther (2019), Using simulation studies to evaluate
    statistical methods, Statistics in Medicine 38:2074-2102.

    Examples
    --------
    >>> found = simulate_power(n=400, seed=1, n_simulations=100)
    >>> found.table[["design", "n", "n_per_arm"]].to_numpy().tolist()
    [['randomised', 400, 200]]
    """
    numbers, designs = check_numbers(n), check_designs(design)
    if own is not None:
        numbers = sorted({*numbers, *check_numbers(own)})
    two, alpha = _two(strategies), check_share(alpha, "alpha")
    horizon = check_days(horizon, "horizon", least=1)
    n_simulations, n_boot = _count(n_simulations, "n_simulations"), _count(n_boot, "n_boot")
    model = SearchModel() if model is None else model
    task = _Task(two, model, horizon, n_simulations, n_boot, alpha)
    truth = {name: _truth(task, seed, dealt=name == "randomised") for name in designs}
    rows = []
    done, wanted = 0, len(designs) * len(numbers) * n_simulations

    def another(n: int = 1) -> None:
        nonlocal done
        done += n
        if progress:
            progress(done, wanted)

    for place, name in enumerate(designs):
        tried = {"randomised": _deal, "observational": _look_back}[name]
        for number in numbers:
            rng = np.random.default_rng([seed, place, number])
            rows.append(
                _row(name, number, truth[name], tried(task, truth[name], number, rng, another))
            )
    return _result(pd.DataFrame(rows), task, own)


@dataclass(frozen=True)
class _Task:
    strategies: tuple[Strategy, ...]
    model: SearchModel
    horizon: int
    n_simulations: int
    n_boot: int
    alpha: float


@dataclass(frozen=True)
class _Truth:
    """The share answered under each strategy, and interviews per application."""

    risks: Numbers
    per_application: float


@dataclass(frozen=True)
class _Tried:
    """What the searches of one size gave; NaN where one gave no estimate."""

    difference: Numbers
    found: npt.NDArray[np.bool_]
    n: float


def _two(strategies: Sequence[Strategy | str]) -> tuple[Strategy, ...]:
    two = check_strategies(strategies)
    if len(two) != 2:
        raise SettingError(
            f"strategies has {len(two)} of them. Pass two to compare.",
            name="strategies",
            value=strategies,
        )
    return tuple(two)


def _count(value: object, name: str) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not 1 <= value <= 1_000_000:  # type: ignore[operator]
        raise SettingError(
            f"{name}={value!r} must be a whole number, 1 or more.", name=name, value=value
        )
    return int(value)  # type: ignore[call-overload]


def _truth(task: _Task, seed: int, *, dealt: bool) -> _Truth:
    """Return what many searches that obey a strategy bring; of those that would be dealt alone."""
    risks, n = [], 0
    for strategy in task.strategies:
        log = simulate_log(
            _POOL, seed=seed, start=_START, days=_DAYS, model=task.model, strategy=strategy
        )
        units = interviews(log, as_of=_end())
        watched = units.observed - units.start >= task.horizon
        if dealt:
            first, second = (
                windows(s, start=units.start, promise=units.promise).first for s in task.strategies
            )
            watched &= first != second
        in_time = (units.response != NO_DAY) & (units.response - units.start <= task.horizon)
        if not watched.any():
            raise SettingError(
                f"strategies={[s.name for s in task.strategies]} never name different days, or "
                "the model brings no interviews: there is nothing to deal.",
                name="strategies",
                value=task.strategies,
            )
        risks.append(in_time[watched].mean())
        n += len(units)
    return _Truth(np.array(risks), n / _POOL / len(task.strategies))


def _end() -> pd.Timestamp:
    return pd.Timestamp(_START) + pd.Timedelta(days=_DAYS)


def _deal(task: _Task, truth: _Truth, n: int, rng: np.random.Generator, another: Another) -> _Tried:
    half = np.array([n // 2, n - n // 2])
    k = rng.binomial(half, truth.risks, (task.n_simulations, 2))
    share = k / half
    answered, dealt = k.astype(float), np.broadcast_to(half.astype(float), k.shape)
    low, high = newcombe(answered[:, 1], dealt[:, 1], answered[:, 0], dealt[:, 0], task.alpha)
    another(task.n_simulations)
    return _Tried(share[:, 1] - share[:, 0], (low > 0) | (high < 0), n)


def _look_back(
    task: _Task, truth: _Truth, n: int, rng: np.random.Generator, another: Another
) -> _Tried:
    each = []
    for _ in range(task.n_simulations):
        each.append(_one_search(task, truth, n, rng))
        another()
    by, low, high, size = np.array(each, float).T
    return _Tried(by, (low > 0) | (high < 0), float(size.mean()))


def _one_search(
    task: _Task, truth: _Truth, n: int, rng: np.random.Generator
) -> tuple[float, float, float, int]:
    """Return the estimate of one search that is looked back on, its interval and its size."""
    seed = int(rng.integers(2**31))
    log = simulate_log(
        max(round(n / truth.per_application), 1),
        seed=seed,
        start=_START,
        days=_DAYS,
        model=task.model,
    )
    found = compare_strategies(
        log,
        task.strategies,
        as_of=_end(),
        horizon=task.horizon,
        n_boot=task.n_boot,
        seed=seed,
        confidence=1 - task.alpha,
    )
    by, low, high = found.differences[["difference", "ci_low", "ci_high"]].iloc[0]
    return by, low, high, found.n_interviews


def _row(name: str, n: int, truth: _Truth, tried: _Tried) -> dict[str, object]:
    estimates = tried.difference[~np.isnan(tried.difference)]
    times = len(tried.found)
    low, high = wilson(np.array([tried.found.sum()]), np.array([times]), confidence=0.95)
    spread = float(estimates.std(ddof=1)) if estimates.size > 1 else float("nan")
    dealt = 2 * float((truth.risks * (1 - truth.risks)).sum()) / tried.n if tried.n else 0.0
    measured = spread**2 / dealt if dealt else float("nan")
    return {
        "design": name,
        "n": n,
        "n_per_arm": n // 2 if name == "randomised" else 0,
        "risk": truth.risks[0],
        "difference": truth.risks[1] - truth.risks[0],
        "power": tried.found.mean(),
        "ci_low": low[0],
        "ci_high": high[0],
        "inflation": 1.0 if name == "randomised" else measured,
        "mean_difference": estimates.mean() if estimates.size else np.nan,
        "sd_difference": spread,
        "n_simulations": times,
        "n_failed": times - estimates.size,
    }


def _result(table: pd.DataFrame, task: _Task, own: int | None) -> SimulatedPower:
    back = table[table["design"] == "observational"]
    names = " and ".join(strategy.name for strategy in task.strategies)
    text = [
        f"{n:,} interviews {DESIGNS[name]} found {points(abs(by))} in {percent(power)} of "
        f"{task.n_simulations:,} made-up searches."
        for name, n, by, power in zip(
            *(table[column].tolist() for column in ("design", "n", "difference", "power")),
            strict=True,
        )
    ]
    return SimulatedPower(
        table=table.astype({"design": "str", "n": np.int64, "n_per_arm": np.int64}),
        caption=f"{names}, by day {task.horizon}. Found where there is nothing in "
        f"{percent_given(task.alpha)} of cases, about. By trying.",
        text=" ".join(text),
        solved_for="power",
        own=own,
        alpha=task.alpha,
        inflation=float(back["inflation"].iloc[-1]) if len(back) else float("nan"),
        strategies=task.strategies,
    )
