"""How many interviews it takes to tell two ways of following up apart, and what so many can show.

Three questions about four numbers: the interviews, the risk (the share that is answered in time
under the one strategy), the difference that the other makes, and the power (how often such a
difference would be found). Two of them are given with the risk, and the third is solved for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import SettingError
from .results import Result, percent, percent_given, points

DESIGNS = {"observational": "looking back", "randomised": "dealt at random"}
"""The designs, and how they are said."""

LADDER = (20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
"""Numbers of interviews that are looked at if none is given."""

_MOST = 100_000_000
_NO_ROOM = 1e-6
_COLUMNS = ("design", "n", "n_per_arm", "risk", "difference", "power", "inflation")

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Plan(Result):
    """What so many interviews can show; `table` has one row per design and number of interviews.

    Attributes
    ----------
    solved_for
        Which column was worked out of the others: "difference", "n" or "power".
    own
        The person's own number of interviews, to be marked in a picture; None: not said.
    alpha
        How often a difference may be found where there is none.
    """

    solved_for: str
    own: int | None
    alpha: float


def minimum_detectable_difference(
    *,
    n: int | Iterable[int] | None = None,
    risk: float,
    design: str | Sequence[str] = "randomised",
    power: float = 0.8,
    alpha: float = 0.05,
    inflation: float | None = None,
) -> Plan:
    """Return the smallest difference that so many interviews would show reliably.

    Parameters
    ----------
    n
        Number of interviews in all, of both strategies; one or several. Left out: 20 to 5,000.
    risk
        Share that is answered in time under the strategy to compare with, 0 to 1: yours, or what
        the simulator gives.
    design
        "randomised": the strategy is dealt at random, half of the interviews each.
        "observational": you look back at what you did anyway. Or both, in a list.
    power
        How often such a difference is to be found: 0.8 is four of five times.
    alpha
        How often one may be found where there is none.
    inflation
        How many times as many interviews looking back needs, as measured by
        :func:`simulate_power`; needed for "observational".

    Returns
    -------
    Plan
        `.table` has one row per design and n:

        design : str; n, n_per_arm : int64
            The interviews, and how many of them each arm has (0: there are no arms).
        risk, difference, power : float64
            0 to 1. `difference` is the solution: upwards where there is room for it, else
            downwards; NaN: no difference, however large, would show.
        inflation : float64
            As given; 1 for "randomised".

    Raises
    ------
    SettingError
        If a setting cannot be used.

    References
    ----------
    J. L. Fleiss, B. Levin, M. C. Paik (2003), Statistical methods for rates and proportions,
    3rd edition, chapter 4 (normal approximation, variance pooled under no difference), as in
    statsmodels. An inflated variance needs as many times the interviews: L. Kish (1965), Survey
    Sampling, section 8.2 (design effect).

    Examples
    --------
    >>> plan = minimum_detectable_difference(n=[40, 1240], risk=0.48)
    >>> plan.table["difference"].round(2).tolist()
    [0.4, 0.08]
    """
    numbers, designs = check_numbers(n), check_designs(design)
    risk, power, alpha = (
        check_share(risk, "risk"),
        check_share(power, "power"),
        check_share(alpha, "alpha"),
    )
    times = _inflations(designs, inflation)
    rows = [
        (name, number, risk, _least(number / times[name], risk, power, alpha), power, times[name])
        for name in designs
        for number in numbers
    ]
    return _plan(rows, "difference", alpha, own=None)


def interviews_needed(
    *,
    difference: float | Iterable[float],
    risk: float,
    design: str | Sequence[str] = "randomised",
    power: float = 0.8,
    alpha: float = 0.05,
    inflation: float | None = None,
) -> Plan:
    """Return how many interviews it takes to find a difference.

    Parameters
    ----------
    difference
        By how much the share rises (or falls: negative), -1 to 1; one or several.
    risk, design, power, alpha, inflation
        As in :func:`minimum_detectable_difference`.

    Returns
    -------
    Plan
        `.table` as there, with `n` as the solution: in all, rounded up to whole arms.

    Raises
    ------
    SettingError
        If a setting cannot be used.

    References
    ----------
    As in :func:`minimum_detectable_difference`.

    Examples
    --------
    >>> interviews_needed(difference=0.08, risk=0.48).text
    'To find 8 points more than 48 % in 80 % of cases takes 1,224 interviews dealt at random.'
    """
    designs, risk = check_designs(design), check_share(risk, "risk")
    power, alpha = check_share(power, "power"), check_share(alpha, "alpha")
    times = _inflations(designs, inflation)
    rows = []
    for name in designs:
        for by in [_difference(value, risk) for value in _several(difference)]:
            per_arm = _per_arm(by, risk, power, alpha)
            whole = 2 * np.ceil(per_arm * times[name])
            if not whole <= _MOST:
                much = f"difference={by!r} would take more than {_MOST:,} interviews."
                raise SettingError(f"{much} Ask for a larger one.", name="difference", value=by)
            rows.append((name, int(whole), risk, by, power, times[name]))
    return _plan(rows, "n", alpha, own=None)


def power_of(
    *,
    difference: float,
    risk: float,
    n: int | Iterable[int] | None = None,
    design: str | Sequence[str] = "randomised",
    alpha: float = 0.05,
    inflation: float | None = None,
    own: int | None = None,
) -> Plan:
    """Return how often so many interviews would find a difference: the curve of a plan.

    Parameters
    ----------
    difference
        By how much the share rises (or falls: negative), -1 to 1.
    risk, n, design, alpha, inflation
        As in :func:`minimum_detectable_difference`.
    own
        Your own number of interviews, to be marked in a picture, and looked at as well.

    Returns
    -------
    Plan
        `.table` as there, with `power` as the solution, 0 to 1.

    Raises
    ------
    SettingError
        If a setting cannot be used.

    References
    ----------
    As in :func:`minimum_detectable_difference`.

    Examples
    --------
    >>> plan = power_of(difference=0.08, risk=0.48, n=[40, 1240], own=12)
    >>> plan.table["power"].round(2).tolist()
    [0.06, 0.08, 0.81]
    """
    numbers, designs = check_numbers(n), check_designs(design)
    if own is not None:
        numbers = sorted({*numbers, *check_numbers(own)})
    risk, alpha = check_share(risk, "risk"), check_share(alpha, "alpha")
    by, times = _difference(difference, risk), _inflations(designs, inflation)
    rows = [
        (name, number, risk, by, _power(number / times[name] / 2, by, risk, alpha), times[name])
        for name in designs
        for number in numbers
    ]
    return _plan(rows, "power", alpha, own=own)


def least_difference(
    n: int, n_reference: int, risk: float, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """Return the smallest difference, up or down, that two arms would show; NaN: there is none."""
    if not n or not n_reference:
        return float("nan")
    ratio = n_reference / n
    found = [_solve(n, risk, power, alpha, ratio, sign) for sign in (1, -1)]
    return float(np.nanmin(found)) if not np.isnan(found).all() else float("nan")


def _least(n: float, risk: float, power: float, alpha: float) -> float:
    """Return the difference that n interviews in two arms would show: upwards if there is room."""
    up = _solve(n / 2, risk, power, alpha, 1, 1)
    return up if not np.isnan(up) else -_solve(n / 2, risk, power, alpha, 1, -1)


def _solve(n: float, risk: float, power: float, alpha: float, ratio: float, sign: int) -> float:
    """Return the size of the difference in this direction; NaN where there is no room for it."""
    from scipy.optimize import brentq

    room = (1 - risk if sign > 0 else risk) - _NO_ROOM

    def lacking(size: float) -> float:
        return _power(n, sign * size, risk, alpha, ratio) - power

    if room <= _NO_ROOM or lacking(room) < 0:
        return float("nan")
    return float(brentq(lacking, _NO_ROOM, room)) if lacking(_NO_ROOM) < 0 else _NO_ROOM


def _power(n: float, by: float, risk: float, alpha: float, ratio: float = 1) -> float:
    from statsmodels.stats.proportion import power_proportions_2indep

    found = power_proportions_2indep(by, risk, n, ratio=ratio, alpha=alpha, return_results=False)
    return float(found)


def _per_arm(by: float, risk: float, power: float, alpha: float) -> float:
    from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

    # two-sided by default, for all its name
    return float(samplesize_proportions_2indep_onetail(by, risk, power, alpha=alpha))


def _plan(rows: list[tuple], solved_for: str, alpha: float, *, own: int | None) -> Plan:
    table = pd.DataFrame(rows, columns=[name for name in _COLUMNS if name != "n_per_arm"])
    arms = np.where(table["design"] == "randomised", table["n"] // 2, 0)
    table.insert(2, "n_per_arm", arms.astype(np.int64))
    table = table.astype({"design": "str", "n": np.int64})
    said = _SENTENCES[solved_for]
    return Plan(
        table=table,
        caption=f"Two strategies, both with half of the interviews where they are dealt; found "
        f"where there is nothing in {percent_given(alpha)} of cases. By formula.",
        text=" ".join(said(row) for row in table.itertuples()),
        solved_for=solved_for,
        own=own,
        alpha=alpha,
    )


def _say_difference(row: object) -> str:
    n, by = f"{row.n:,} interviews {DESIGNS[row.design]}", row.difference  # type: ignore[attr-defined]
    if np.isnan(by):
        return f"With {n} no difference, however large, would show reliably."
    more = "above" if by > 0 else "below"
    least = f"{points(abs(by))} {more} {percent(row.risk)}"  # type: ignore[attr-defined]
    return f"With {n} less than {least} would not show reliably."


def _say_n(row: object) -> str:
    more = "more" if row.difference > 0 else "less"  # type: ignore[attr-defined]
    return (
        f"To find {points(abs(row.difference))} {more} than {percent(row.risk)} in "  # type: ignore[attr-defined]
        f"{percent(row.power)} of cases takes {row.n:,} interviews {DESIGNS[row.design]}."  # type: ignore[attr-defined]
    )


def _say_power(row: object) -> str:
    return (
        f"{row.n:,} interviews {DESIGNS[row.design]} would find "  # type: ignore[attr-defined]
        f"{points(abs(row.difference))} in {percent(row.power)} of cases."  # type: ignore[attr-defined]
    )


_SENTENCES: dict[str, Callable[[object], str]] = {
    "difference": _say_difference,
    "n": _say_n,
    "power": _say_power,
}


def _several(value: object) -> list:
    several = isinstance(value, Iterable) and not isinstance(value, str)
    return list(value) if several else [value]  # type: ignore[call-overload]


def check_numbers(n: object) -> list[int]:
    """Return numbers of interviews, or raise a SettingError; None: those of the ladder."""
    numbers = list(LADDER) if n is None else _several(n)
    for number in numbers:
        whole = isinstance(number, int | np.integer) and not isinstance(number, bool)
        if not whole or not 2 <= number <= _MOST:
            raise SettingError(
                f"n={number!r} must be a whole number of interviews, 2 or more.",
                name="n",
                value=number,
            )
    return [int(number) for number in numbers]


def check_designs(design: object) -> list[str]:
    """Return the designs, each once, or raise a SettingError that says what there is."""
    names = _several(design)
    for name in names:
        if not isinstance(name, str) or name not in DESIGNS:
            raise SettingError(
                f'design={name!r} must be "randomised" (the timing is dealt) or "observational" '
                "(you look back), or both in a list.",
                name="design",
                value=name,
            )
    if not names:
        raise SettingError("design=[] names no design.", name="design", value=design)
    return list(dict.fromkeys(names))


def _is_number(value: object) -> bool:
    return isinstance(value, float | int | np.number) and not isinstance(value, bool)


def check_share(value: object, name: str) -> float:
    """Return a number between 0 and 1, or raise a SettingError."""
    if not _is_number(value) or not 0 < value < 1:  # type: ignore[operator]
        raise SettingError(
            f"{name}={value!r} must be a number between 0 and 1, such as 0.4 for 40 %.",
            name=name,
            value=value,
        )
    return float(value)  # type: ignore[arg-type]


def _difference(value: object, risk: float) -> float:
    if not _is_number(value) or value == 0 or not 0 <= risk + value <= 1:  # type: ignore[operator]
        raise SettingError(
            f"difference={value!r} must be a number other than 0 that leaves risk={risk:g} plus "
            "it between 0 and 1, such as 0.08 for 8 points more.",
            name="difference",
            value=value,
        )
    return float(value)  # type: ignore[arg-type]


def _inflations(designs: Sequence[str], inflation: object) -> dict[str, float]:
    """Return, by design, how many times as many interviews it needs as one that is dealt."""
    known = _is_number(inflation) and 0 < inflation < 1e6  # type: ignore[operator]
    if "observational" in designs and not known:
        raise SettingError(
            f"inflation={inflation!r}: looking back needs so many times the interviews of dealing, "
            "and how many depends on your habits. Measure it with "
            'simulate_power(design="observational", ...).inflation and pass that number.',
            name="inflation",
            value=inflation,
        )
    return {name: float(inflation) if name == "observational" else 1.0 for name in designs}  # type: ignore[arg-type]
