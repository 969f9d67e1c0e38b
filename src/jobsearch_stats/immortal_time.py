"""The wrong answer and the right one side by side, on one's own log and where the truth is known.

You follow up only while nobody has answered. So whoever "never followed up" includes all the quick
successes, and looks good for a reason that has nothing to do with following up: immortal time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .compared import StrategyComparison
from .emulation import compare_strategies
from .interviews import interviews
from .log import ApplicationLog
from .results import Result, percent, points
from .simulate import simulate_log, true_risks
from .strategies import DAY_AFTER, NO_FOLLOW_UP, Strategy
from .summary import counted
from .windows import known_windows
from .workdays import NO_DAY

WAYS = {
    "naive": "BIASED: those who did, against those who never did",
    "clone_censor": "BIASED: clones, without weights",
    "ccw": "clones with weights",
}
"""The ways of estimating, for a reader."""

TRUTH = "the truth"
NEVER = "never called"
_APPLICATIONS = 12_000  # of the made-up log: some 4,000 interviews, so that chance hides little
_BATCHES = 5
_LAST_DAY = "2026-03-02"


@dataclass(frozen=True, eq=False, kw_only=True)
class SideBySide(Result):
    """One contrast, estimated in three ways.

    Attributes
    ----------
    strategy, reference
        The names of what is compared.
    estimates
        The comparisons by estimator.
    groups
        Interviews that were watched for the horizon, `called` within it or `never called`:
        `group, interviews, n_answers` (within it), `too_soon_for_a_call`: answered before the call,
        or before the strategy would have had anybody call.
    truth
        The true difference; NaN where nobody knows it.
    """

    strategy: str
    reference: str
    estimates: dict[str, StrategyComparison]
    groups: pd.DataFrame
    truth: float

    def difference(self, estimator: str) -> float:
        """Return the difference that an estimator gives; NaN if it cannot tell."""
        return float(self.estimates[estimator].differences["difference"].iloc[0])


def side_by_side(
    log: ApplicationLog,
    *,
    as_of: object,
    strategy: Strategy = DAY_AFTER,
    horizon: int = 21,
    counts: str = "any",
    n_boot: int = 500,
    seed: int,
    truth: tuple[float, float] | None = None,
) -> SideBySide:
    """Return a strategy against never following up, estimated in the wrong ways and in the right.

    Parameters
    ----------
    log
        The log.
    as_of
        The day to look from.
    strategy
        What is set against `NO_FOLLOW_UP`.
    horizon, counts, n_boot, seed
        As for :func:`jobsearch_stats.compare_strategies`.
    truth
        The true chances under the strategy and without a follow-up, where they are known.

    Returns
    -------
    SideBySide
        `.table`: one row per way, and one for the truth: `way`, the two chances as text under the
        names of the two, `difference, ci_low, ci_high` (the truth has no interval).
    """
    estimates = {
        estimator: compare_strategies(
            log,
            [NO_FOLLOW_UP, strategy],
            as_of=as_of,
            horizon=horizon,
            counts=counts,
            estimator=estimator,
            n_boot=n_boot,
            seed=seed,
        )
        for estimator in WAYS
    }
    n_interviews = estimates["ccw"].n_interviews
    return SideBySide(
        table=_table(estimates, strategy, truth),
        caption=f"{strategy.name} against {NO_FOLLOW_UP.name}, answered by day {horizon}: "
        f"{counted(n_interviews, 'interview')}.",
        strategy=strategy.name,
        reference=NO_FOLLOW_UP.name,
        estimates=estimates,
        groups=_groups(log, strategy, as_of=as_of, counts=counts, horizon=horizon),
        truth=float("nan") if truth is None else truth[0] - truth[1],
    )


def _table(
    estimates: dict[str, StrategyComparison],
    strategy: Strategy,
    truth: tuple[float, float] | None,
) -> pd.DataFrame:
    """Return one row per way of estimating, and one for the truth where it is known."""
    rows: list[tuple] = [_row(WAYS[name], found) for name, found in estimates.items()]
    if truth is not None:
        rows.append((TRUTH, *map(percent, truth), truth[0] - truth[1], np.nan, np.nan))
    names = ["way", strategy.name, NO_FOLLOW_UP.name, "difference", "ci_low", "ci_high"]
    return pd.DataFrame(rows, columns=names)


def _row(way: str, found: StrategyComparison) -> tuple[str, str, str, float, float, float]:
    without, under = found.table["risk"].tolist()
    row = found.differences.iloc[0]
    return way, percent(under), percent(without), row["difference"], row["ci_low"], row["ci_high"]


def _groups(
    log: ApplicationLog, strategy: Strategy, *, as_of: object, counts: str, horizon: int
) -> pd.DataFrame:
    """Return when those who were called, and those who never were, answered: `groups`."""
    found = interviews(log, as_of=as_of, counts=counts)
    last = found.start + np.int32(horizon)
    watched = ~found.undated & (found.observed >= last)
    called = watched & (found.follow_up != NO_DAY) & (found.follow_up <= last)
    answered = (found.response != NO_DAY) & (found.response <= last)
    first = known_windows(strategy, found, by=found.observed, on_first=True).first
    soon = answered & ((first == NO_DAY) | (found.response < first))
    soon = np.where(called, answered & (found.response < found.follow_up), soon)
    rows = [
        (name, *(int((group & which).sum()) for which in (watched, answered, soon)))
        for name, group in (("called", called), (NEVER, watched & ~called))
    ]
    columns = ["group", "interviews", "n_answers", "too_soon_for_a_call"]
    return pd.DataFrame(rows, columns=columns)


def made_up(*, horizon: int = 21, n_boot: int = 200, seed: int) -> SideBySide:
    """Return the contrast on a made-up log, beside the truth that made it.

    The truth is found by running the wait after each interview again, with everybody following
    the strategy. Any response counts.

    Parameters
    ----------
    horizon, n_boot, seed
        As for :func:`side_by_side`.
    """
    risks = true_risks(
        [DAY_AFTER, NO_FOLLOW_UP], seed=seed, horizon=horizon, batches=_BATCHES, n_applications=4000
    ).mean()
    log = simulate_log(_APPLICATIONS, seed=seed)
    return side_by_side(
        log,
        as_of=_LAST_DAY,
        horizon=horizon,
        n_boot=n_boot,
        seed=seed,
        truth=(float(risks[DAY_AFTER.name]), float(risks[NO_FOLLOW_UP.name])),
    )


def groups_table(found: SideBySide) -> Result:
    """Return when those who were called, and those who never were, answered."""
    return Result(
        table=found.groups,
        caption="Whoever answers before the call is not called any more. So of the called nobody "
        "answered too soon, and of the never called many did.",
    )


def why_sentence(found: SideBySide) -> str:
    """Say why those who never followed up look so good."""
    never = found.groups[found.groups["group"] == NEVER].drop(columns="group")
    n, answered, soon = never.to_numpy()[0].tolist()
    if not answered:
        return (
            f"{counted(n, 'interview')} without a follow-up, and none of them answered: nothing to "
            "mislead anybody here."
        )
    return (
        f"Of {n:,} interviews without a follow-up, {answered:,} were answered, {soon:,} "
        f"of them before {found.strategy} would have had anybody call. Not calling did not bring "
        "those answers: they came too soon for a call."
    )


def made_up_sentence(found: SideBySide) -> str:
    """Say what each way gives where the truth is known."""
    naive, right = found.difference("naive"), found.difference("ccw")
    row = found.estimates["ccw"].differences.iloc[0]
    holds = row["ci_low"] <= found.truth <= row["ci_high"]
    wrong_way = "the wrong way round" if naive * found.truth < 0 else "off"
    biased = "nothing" if np.isnan(naive) else f"{_signed(naive)}: BIASED, {wrong_way}"
    last = (
        "cannot tell: nobody was watched for so long"
        if np.isnan(right)
        else f"give {_signed(right)}, and their interval {'holds' if holds else 'misses'} the truth"
    )
    return (
        f"In the made-up log {found.strategy} truly changes the chance of an answer by "
        f"{_signed(found.truth)}. Comparing those who did with those who never did gives {biased}. "
        f"Clones with weights {last}."
    )


def own_sentence(found: SideBySide) -> str:
    """Say what becomes of one's own numbers, and which of them to forget."""
    naive, right = found.difference("naive"), found.difference("ccw")
    if np.isnan(naive) and np.isnan(right):
        return "Your own log has too little for either: go by the made-up one."
    if np.isnan(right):
        return f"In your own log only the BIASED number exists ({_signed(naive)}): forget it."
    told = "cannot be told" if np.isnan(naive) else f"is {_signed(naive)}"
    return (
        f"In your own log the BIASED number {told}, that of clones with weights "
        f"{_signed(right)}. Forget the first, whichever way it points; what the second is worth "
        "comes next."
    )


def _signed(difference: float) -> str:
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{points(abs(difference))}"
