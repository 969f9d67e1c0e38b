"""What a comparison of strategies is asked for, and whether it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .errors import SettingError, UnknownNameError
from .results import check_confidence, check_counts, check_days
from .schema import as_day
from .strategies import Strategy

BIASED = {
    "ccw": "",
    "clone_censor": "BIASED, for teaching: whoever departs from a strategy is dropped, and nobody "
    "stands for them, though those who depart differ from those who stay",
    "naive": "BIASED, for teaching: only interviews that were still unanswered can be followed "
    "up, so those without a follow-up include all the quick answers",
}
"""What is wrong with each way of estimating; blank where nothing is."""

TIES = ("hours", "follow_up_first", "response_first")
INTERVALS = ("expanded", "percentile")
MOST_RESAMPLES = 100_000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The settings of a comparison, as `compare_strategies` takes them."""

    as_of: pd.Timestamp
    horizon: int
    counts: str
    estimator: str
    ties: str
    n_boot: int
    seed: int
    truncate: float | None
    confidence: float
    intervals: str

    @property
    def weighted(self) -> bool:
        """Whether nothing is wrong with the way of estimating."""
        return not BIASED[self.estimator]


def checked(**given: object) -> Asked:
    """Return the settings, or raise a SettingError that names the first that cannot be used."""
    for name, known in (("estimator", tuple(BIASED)), ("ties", TIES), ("intervals", INTERVALS)):
        _one_of(given[name], name, known)
    _whole(given["n_boot"], "n_boot", 2, MOST_RESAMPLES)
    _whole(given["seed"], "seed", 0, 2**63)
    _quantile(given["truncate"])
    found = {
        "confidence": check_confidence(given["confidence"]),
        "horizon": check_days(given["horizon"], "horizon", least=1),
        "as_of": as_day(given["as_of"], name="as_of"),
        "counts": check_counts(given["counts"]),
    }
    return Asked(**{**given, **found})  # type: ignore[arg-type]


def _one_of(value: object, name: str, known: Sequence[str]) -> None:
    if value not in known:
        raise SettingError(
            f"{name}={value!r} must be one of {', '.join(map(repr, known))}.",
            name=name,
            value=value,
        )


def _whole(value: object, name: str, least: int, most: int) -> None:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not least <= value <= most:  # type: ignore[operator]
        raise SettingError(
            f"{name}={value!r} must be a whole number from {least:,} to {most:,}.",
            name=name,
            value=value,
        )


def _quantile(truncate: object) -> None:
    number = isinstance(truncate, int | float) and not isinstance(truncate, bool)
    if truncate is not None and not (number and 0.5 <= truncate <= 1):  # type: ignore[operator]
        raise SettingError(
            f"truncate={truncate!r} must be None, or a quantile from 0.5 to 1 such as 0.99.",
            name="truncate",
            value=truncate,
        )


def reference_among(reference: object, chosen: Sequence[Strategy]) -> int:
    """Return the number of the reference among the strategies."""
    if reference is None:
        return 0
    name = reference.name if isinstance(reference, Strategy) else reference
    names = [strategy.name for strategy in chosen]
    if name not in names:
        raise UnknownNameError(
            f"reference={name!r} is none of the strategies that are compared; they are "
            f"{', '.join(map(repr, names))}. Pass reference=<one of these>.",
            name=name,
            known=names,
        )
    return names.index(name)  # type: ignore[arg-type]
