"""Planning a trial of one's own, in tables and sentences: how many, how long, the cards so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .compared import StrategyComparison
from .emulation import compare_strategies
from .errors import SettingError
from .facts import Bools
from .interviews import interviews
from .log import ApplicationLog
from .power import interviews_needed, minimum_detectable_difference
from .rates import wilson
from .replay import Replay, replay
from .results import COUNTS, Result, percent, points
from .simulate import simulate_log, true_risks
from .strategies import Strategy
from .summary import counted
from .workdays import NO_DAY

_FEWEST = 10
"""Interviews; of fewer one's own share is no ground to plan on."""

GAINS = (0.05, 0.08, 0.10, 0.15, 0.20, 0.30)
_WITHIN_REACH = 3
"""How many times the interviews so far may be hoped for."""

_MONTH = 365.25 / 12
_YEARS = (1, 2, 3)
_MOST_MONTHS, _MOST_YEARS = 100, 10
"""Beyond so many, single months and tenths of a year mean nothing."""

_APPLICATIONS = 12_000
_LAST_DAY = "2026-03-02"


@dataclass(frozen=True, eq=False, kw_only=True)
class Ground(Result):
    """What a plan rests on.

    Attributes
    ----------
    risk
        The share answered within the horizon, 0 to 1, that is planned with.
    n
        Interviews of one's own that were watched for so long.
    is_own
        Whether the share is one's own; else it is that of made-up searches.
    """

    risk: float
    n: int
    is_own: bool


def ground(
    log: ApplicationLog,
    *,
    as_of: object,
    horizon: int = 21,
    counts: str = "any",
    gain: float = 0.0,
    seed: int,
) -> Ground:
    """Return the share of interviews that are answered in time: one's own if it can be planned on.

    It can if there are ten interviews, some of them answered, and room for the gain.

    Parameters
    ----------
    log, as_of
        The log, and the day to look from.
    horizon, counts
        What is an answer in time.
    gain
        What is hoped for, as a share.
    seed
        For the made-up searches that stand in.
    """
    found = interviews(log, as_of=as_of, counts=counts)
    watched = ~found.undated & (found.observed >= found.start + horizon)
    in_time = watched & (found.response != NO_DAY) & (found.response <= found.start + horizon)
    n, k = int(watched.sum()), int(in_time.sum())
    is_own = n >= _FEWEST and 0 < k < n * (1 - gain)
    low, high = (float(end[0]) for end in wilson(np.array([k]), np.array([n]), confidence=0.95))
    share = k / n if n else float("nan")
    risk = share if is_own else _made_up_share(horizon, seed)
    table = pd.DataFrame(
        {"n": [n], "n_responses": [k], "rate": [share], "ci_low": [low], "ci_high": [high]}
    )
    what = f"{COUNTS[counts]} by day {horizon}"
    mine = f"Your interviews that were watched for {counted(horizon, 'day')}, with {what}"
    instead = "" if is_own else f" Planned with {percent(risk)}, as in made-up searches."
    return Ground(table=table, caption=f"{mine}.{instead}", risk=round(risk, 4), n=n, is_own=is_own)


def _made_up_share(horizon: int, seed: int) -> float:
    risks = true_risks(["DAY_AFTER"], seed=seed, horizon=horizon, batches=2, n_applications=4000)
    return float(risks["DAY_AFTER"].mean())


def inflation_of(found: StrategyComparison) -> float:
    """Return how many times the interviews of dealing a comparison that looks back needs.

    It is the square of its standard error over that of as many interviews dealt in halves; NaN if
    there is none.
    """
    from statistics import NormalDist

    normal = NormalDist()
    error = float(found.minimum_detectable_difference.iloc[0]) / (
        normal.inv_cdf((1 + found.confidence) / 2) + normal.inv_cdf(0.8)
    )
    risks = found.table["risk"].to_numpy()[:2]
    dealt = float((risks * (1 - risks)).sum()) / (found.n_interviews / 2)
    return error**2 / dealt


def looking_back(strategies: Sequence[Strategy | str], *, horizon: int = 21, seed: int) -> float:
    """Return how many times as many interviews looking back needs, found on a made-up log.

    Parameters
    ----------
    strategies
        The two to compare.
    horizon, seed
        As for :func:`jobsearch_stats.compare_strategies`.

    Raises
    ------
    SettingError
        If there are no two.
    """
    if len(strategies) < 2:
        raise SettingError(
            f"strategies={strategies!r} has nothing to compare: name two or more, such as "
            '("DAY_AFTER", "BEFORE_DECISION").',
            name="strategies",
            value=strategies,
        )
    found = compare_strategies(
        simulate_log(_APPLICATIONS, seed=seed),
        list(strategies)[:2],
        as_of=_LAST_DAY,
        horizon=horizon,
        n_boot=300,
        seed=seed,
        intervals="percentile",  # their width is that of the standard error, which is wanted here
    )
    return round(inflation_of(found), 2)


def needs(*, risk: float, inflation: float, gain: float) -> Result:
    """Return how many interviews a gain takes, and a few others, dealt and looked back on.

    Parameters
    ----------
    risk, inflation
        What `ground` and `looking_back` give.
    gain
        What is hoped for, as a share.

    Raises
    ------
    SettingError
        If there is no room for the gain.

    Returns
    -------
    Result
        `.table`: `difference, n_in_each_arm, n_dealt, n_looking_back`.
    """
    room = 1 - risk
    if not 0 < gain <= room:
        raise SettingError(
            f"gain={gain!r} must be a share above 0, such as 0.08 for 8 points, and no more than "
            f"the {points(room)} that a share of {percent(risk)} leaves room for.",
            name="gain",
            value=gain,
        )
    possible = sorted({by for by in (*GAINS, gain) if by <= room})
    designs = ["randomised", "observational"]
    plan = interviews_needed(
        difference=possible, risk=risk, design=designs, inflation=inflation
    ).table
    dealt, back = (plan[plan["design"] == name].reset_index(drop=True) for name in designs)
    return Result(
        table=pd.DataFrame(
            {
                "difference": dealt["difference"],
                "n_in_each_arm": dealt["n_per_arm"],
                "n_dealt": dealt["n"],
                "n_looking_back": [_about(n) for n in back["n"].tolist()],
            }
        ),
        caption=f"Interviews that it takes to find a gain over {percent(risk)} in four of five "
        f"cases. Looking back takes {inflation:.1f} times as many as dealing, as found on a "
        "made-up log.",
    )


def _about(n: float) -> float:
    """Return a number to two digits: what looking back takes is known no better."""
    return float(f"{n:.2g}")


def needs_sentence(table: pd.DataFrame, *, gain: float, own: int) -> str:
    """Say what a gain takes, against what one has."""
    row = table.iloc[(table["difference"] - gain).abs().argmin()]
    dealt, back = row["n_dealt"], row["n_looking_back"]
    if own >= back:
        decision = "You have enough to look back: notebook 04 does."
    elif own >= dealt:
        decision = "As many interviews, dealt, would show it: deal from now on."
    elif own and dealt <= _WITHIN_REACH * own:
        decision = f"Dealing would take {dealt / own:.1f} times what you have: deal from now on."
    else:
        decision = "So small a gain is more than one search can show; dealing shows a larger one."
    return (
        f"To find a gain of {points(row['difference'])} takes about {back:,.0f} interviews if you "
        f"look back, and about {_about(dealt):,.0f} if the timing is dealt, half of them for each "
        f"strategy; so far you have {own:,} that are over. {decision}"
    )


# --- how long it takes -----------------------------------------------------------------------


@dataclass(frozen=True)
class Pace:
    """How fast interviews come.

    Attributes
    ----------
    n, days
        Interviews, and days from the first entry of the log on.
    share
        Of them those for which the strategies name different days; only these get a card.
    """

    n: int
    days: int
    share: float

    @property
    def cards_a_month(self) -> float:
        """How many cards would be dealt in a month; NaN if it cannot be told."""
        return self.n * self.share / self.days * _MONTH if self.days else float("nan")


def pace(log: ApplicationLog, strategies: Sequence[Strategy | str], *, as_of: pd.Timestamp) -> Pace:
    """Return how fast interviews come that would get a card."""
    told = replay(log, list(strategies), as_of=as_of)
    days = log.events.loc[log.events["date"] <= as_of, "date"]
    watched = (as_of - days.min()).days + 1 if len(days) else 0
    n = told.n_interviews
    return Pace(n=n, days=watched, share=float(_told_apart(told).mean()) if n else 0.0)


def _told_apart(told: Replay) -> Bools:
    """Return, by interview, whether the strategies name different days; never is one of them."""
    firsts = told.table["first_on"].to_numpy("datetime64[s]").astype(np.int64)
    days = firsts.reshape(-1, len(told.strategies))
    return (days != days[:, :1]).any(axis=1)


def pace_table(found: Pace, needed: pd.DataFrame) -> Result:
    """Return how long each gain would take at this pace.

    Parameters
    ----------
    found
        What `pace` gives.
    needed
        The table of `needs`.
    """
    a_month = found.cards_a_month if found.cards_a_month > 0 else np.nan
    months = needed["n_dealt"] / a_month
    years = (months / 12).round(1)
    table = needed[["difference", "n_dealt"]].assign(
        months=[_about(m) if m > _MOST_MONTHS else m for m in np.ceil(months).tolist()],
        years=years.where(~(years >= _MOST_YEARS), years.round()),
    )
    k = round(found.n * found.share)
    of_them = "all" if k == found.n else f"{k:,}" if k else "none"
    few = " From so few, the pace is a guess." if found.n < _FEWEST else ""
    caption = (
        f"{counted(found.n, 'interview')} in {counted(found.days, 'day')}; the strategies name "
        f"different days for {of_them} of them, and those alone get a card.{few}"
    )
    none = f"No interview in {counted(found.days, 'day')}: how long it takes cannot be told."
    return Result(table=table, caption=caption if found.n else none)


def pace_sentence(found: Pace, *, risk: float) -> str:
    """Say what could be found in a year or more of going on like this."""
    if not found.cards_a_month > 0:
        return (
            "No interview so far for which these strategies name different days: ask at each when "
            "they decide (R11), else there is nothing to deal."
        )
    rate = f"At {found.cards_a_month:.1f} cards a month"
    parts = []
    for years in _YEARS:
        n = int(found.cards_a_month * 12 * years) // 2 * 2
        when = "a year" if years == 1 else f"{years} years"
        if n >= 2:
            plan = minimum_detectable_difference(n=n, risk=risk).table
            size = float(plan["difference"].iloc[0])
            what = "none" if np.isnan(size) else f"one of {points(abs(size))} or more"
            parts.append(f"after {when} ({n} cards) {what}")
    if not parts:
        return f"{rate} no difference would ever show: do not start a trial for its result."
    return (
        f"{rate} these differences would show: {'; '.join(parts)}. Deal if you do not mind which "
        "day you call, and expect to learn of large differences alone."
    )
