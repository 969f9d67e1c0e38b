"""What one's own log says about when to follow up, in tables and sentences.

They end the sections of the notebook on call-back timing. "Cannot tell yet" is a usual answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from .adherence import Adherence
from .compared import FEW, StrategyComparison
from .facts import Bools
from .replay import Replay
from .results import Result, points
from .strategy_days import StrategyDays
from .summary import counted
from .tables import listed

_FAR = 0.25
"""Standard deviations by which means may be apart: beyond a quarter, adjusting is no longer a
matter of course (Imbens and Rubin 2015, Causal Inference, section 14.2)."""

_FEW_TIMES = 3
"""Below it what one did is no habit."""

_KNOWN = {"as the strategy", "early", "late", "not at all", "against it"}


def numbers(found: StrategyComparison) -> StrategyComparison:
    """Return the comparison without its verdict, which the section's last cell says."""
    return replace(found, text="")


def headings(table: pd.DataFrame, told: Replay) -> dict[str, str]:
    """Return a heading for each column: without underscores, but for the names of strategies."""
    names = {strategy.name for strategy in told.strategies}
    return {
        name: name if name in names else name.replace("_", " ") for name in map(str, table.columns)
    }


# --- what the strategies say -----------------------------------------------------------------


def told_table(told: Replay) -> pd.DataFrame:
    """Return one row per interview, with the day that each strategy named.

    Parameters
    ----------
    told
        What :func:`jobsearch_stats.replay` gives.

    Returns
    -------
    pandas.DataFrame
        Columns `company, interview_on, decide_by`, one of days for each strategy by its name, and
        `answered_on`. Interviews in which the strategies differ come first, the latest on top.
    """
    names = [strategy.name for strategy in told.strategies]
    table, k = told.table, len(names)
    out = table[["company", "interview_on", "decide_by"]].iloc[::k].reset_index(drop=True)
    for at, name in enumerate(names):
        out[name] = table["first_on"].iloc[at::k].to_numpy()
    out["answered_on"] = table["answered_on"].iloc[::k].to_numpy()
    order = np.lexsort((-np.arange(len(out)), ~differing(told)))
    return out.iloc[order].reset_index(drop=True)


def differing(told: Replay) -> Bools:
    """Return, by interview, whether the strategies that ever call name different days."""
    callers = [s.max_messages > 0 for s in told.strategies]
    days = told.table["first_on"].to_numpy("datetime64[s]").reshape(-1, len(callers))
    days = days[:, callers]
    return (days != days[:, :1]).any(axis=1) if days.shape[1] else np.zeros(len(days), bool)


def telling_interview(told: Replay) -> str | None:
    """Return the application of the latest interview in which the strategies differ.

    Without one, that of the latest interview; None if there is none. An application is taken only
    where the interview is its latest.
    """
    k = len(told.strategies)
    units = told.table.iloc[::k].assign(differs=differing(told))
    latest = units.drop_duplicates("application_id", keep="last")
    chosen = latest[latest["differs"]] if latest["differs"].any() else latest
    return str(chosen["application_id"].iloc[-1]) if len(chosen) else None


def told_sentence(told: Replay) -> str:
    """Say for how many interviews the choice of a strategy matters at all."""
    n = told.n_interviews
    if not n:
        return "Write down the day of each interview: from the first one on, this table fills."
    differs = int(differing(told).sum())
    callers = [s.name for s in told.strategies if s.max_messages]
    if len(callers) < 2:
        return f"{callers[0] if callers else 'None'} alone would have had you call."
    if not differs:
        return (
            f"{listed(callers)} name the same days for all that you have had: choose either. "
            "Where they differ at all, a date was named: ask when they decide (R11)."
        )
    if n == 1:
        return "They name different days for your one interview: it matters which one you follow."
    return (
        f"They name different days for {differs:,} of {n:,} interviews: for these alone it "
        "matters which one you follow."
    )


# --- what one did ----------------------------------------------------------------------------


def adherence_table(found: Sequence[Adherence]) -> pd.DataFrame:
    """Return how many interviews went how, by strategy: one row for each way, blank ones left out.

    Parameters
    ----------
    found
        What :func:`jobsearch_stats.adherence` gives, for each strategy.
    """
    counts = {each.strategy.name: each.table["what"].value_counts(sort=False) for each in found}
    table = pd.DataFrame(counts)
    table = table[table.sum(axis=1) > 0]
    return table.rename_axis("what you did").reset_index()


DID_COLUMNS = {
    "company": "company",
    "interview_on": "interview",
    "decide_by": "they decide by",
    "due_on": "call from",
    "due_until": "until",
    "did_on": "you called on",
    "days_off": "days off",
    "what": "so that was",
}
"""What a person reads of `adherence`, by heading."""


def adherence_sentence(found: Sequence[Adherence]) -> str:
    """Say which strategy one's habit is nearest to."""
    shares = {}
    for each in found:
        what = each.table["what"].astype("object")
        decided = what.isin(_KNOWN)
        if each.strategy.max_messages and decided.any():
            kept = int((what == "as the strategy").sum())
            shares[each.strategy.name] = (kept, int(decided.sum()))
    if not shares:
        return "Nothing to hold against a strategy yet: no interview has come to its day."
    name, (kept, n) = max(shares.items(), key=lambda item: item[1][0] / item[1][1])
    if not kept:
        if n < _FEW_TIMES:
            return (
                f"It came to that in {counted(n, 'interview')} so far, and you did otherwise: too "
                "few to call it a habit. Put the next due day into your calendar."
            )
        return (
            f"You have followed none of them in the {n:,} times that it came to that: what you do "
            "is a strategy of your own."
        )
    missed = n - kept
    rest = (
        f" Put the due day into your calendar: {missed} went otherwise."
        if missed
        else " Go on like this."
    )
    return (
        f"What you do is nearest to {name}: {kept} of the {counted(n, 'time')} that it came to "
        f"that, you did as it says.{rest}"
    )


def days_sentence(days: StrategyDays) -> str:
    """Say on how many days the strategies part: all that a comparison has to go by."""
    table = days.table
    if not len(table):
        return "There is nothing to compare before the first interview."
    words = table[[s.name for s in days.strategies]].to_numpy()
    part = int((words != words[:, :1]).any(axis=1).sum())
    if not part:
        return "The strategies ask for the same on every day here: this interview tells nothing."
    return (
        f"They part on {part} of {len(table)} days. A comparison follows you along such a row: on "
        "the first day that you do otherwise, this interview no longer speaks for the strategy."
    )


# --- the comparison, and what it rests on ----------------------------------------------------


def checks_table(found: StrategyComparison) -> Result:
    """Return for each strategy what its number rests on.

    Returns
    -------
    Result
        `.table`: `strategy, n_followers, ess`, `largest_share` (of all weight that the heaviest
        interview can have, as text), `must_days` (days on which the strategy leaves nothing but to
        follow up) and `nobody_did` (those of them on which nobody did).
    """
    rows = []
    weights = found.diagnostics["weights"].set_index("strategy")
    must = found.diagnostics["must_days"]
    for row in found.table.to_dict("records"):
        name = row["strategy"]
        mine = must[must["strategy"] == name]
        rows.append(
            {
                "strategy": name,
                "n_followers": row["n_followers"],
                "ess": row["ess"],
                "heaviest_counts_for": weights["largest"].get(name, np.nan),
                "last_days": len(mine),
                "nobody_did": int((mine["n_followed"] == 0).sum()),
            }
        )
    return Result(
        table=pd.DataFrame(rows),
        caption="Followers: interviews that went as the strategy says, as far as they were "
        "watched. Worth: so many equal ones tell as much. Heaviest: for how many interviews the "
        "heaviest one stands. Last days: days after the interview on which somebody still had to "
        "follow up, and on how many of them nobody did.",
    )


def ties_table(found: StrategyComparison) -> Result:
    """Return the differences under each rule for a follow-up and an answer of one day."""
    table = found.diagnostics["ties"]
    names = {
        "hours": "by the hours, where logged",
        "follow_up_first": "the follow-up came first",
        "response_first": "the answer came first",
    }
    return Result(
        table=table.assign(ties=table["ties"].map(names)),
        caption="A follow-up and an answer on one day: which came first, and what that does.",
    )


def trust_sentences(found: StrategyComparison) -> tuple[str, ...]:
    """Say whether a handful of interviews carries the result, and what ties do to it."""
    if not found.n_interviews or found.table["risk"].isna().all():
        return ("There is no number here yet that could be trusted or not.",)
    thin = [
        f"{row['strategy']} is worth {row['ess']:.0f}"
        for row in found.table.to_dict("records")
        if row["ess"] < FEW
    ]
    said = []
    if thin:
        said.append(
            f"Do not build on it yet: of {counted(found.n_interviews, 'interview')}, "
            f"{listed(thin)}. Below {FEW} a few interviews decide, and the intervals may be too "
            "narrow."
        )
    else:
        said.append(f"Every strategy is worth {FEW} interviews or more: no handful decides alone.")
    said += filter(None, (_must_sentence(found), _balance_sentence(found), _ties_sentence(found)))
    return tuple(said)


def _must_sentence(found: StrategyComparison) -> str:
    must = found.diagnostics["must_days"]
    empty = must[must["n_followed"] == 0]
    if not len(must):
        return ""
    n, n_waiting = len(empty), int(empty["n_waiting"].sum())
    if not n:
        return "On every day on which a strategy wants a call at the latest, somebody did call."
    which = listed(list(dict.fromkeys(empty["strategy"])))
    return (
        f"{which}: on {n} of the {len(must)} last days for a call nobody called "
        f"({counted(n_waiting, 'interview')} waited). For what would have come of it, others "
        "stand in."
    )


def _balance_sentence(found: StrategyComparison) -> str:
    off = found.diagnostics["balance"]
    off = off[off["off_weighted"].abs() > _FAR]
    if not len(off):
        return "After weighting, those who followed a strategy look like all the others."
    told = listed(
        [
            f"{strategy} ({', '.join(rows['covariate'])})"
            for strategy, rows in off.groupby("strategy", sort=False)
        ]
    )
    return f"Even after weighting, those who followed are not like the others under {told}."


def _ties_sentence(found: StrategyComparison) -> str:
    ties = found.diagnostics["ties"].dropna(subset="difference")
    if not len(ties):
        return ""
    spread = ties.groupby("strategy", sort=False)["difference"].agg(lambda d: d.max() - d.min())
    most = float(spread.max())
    if most < 0.005:
        return "Which came first on one day, the call or the answer, makes no difference here."
    return (
        "Which came first on one day, the call or the answer, moves a difference by up to "
        f"{points(most)}: write down the hours."
    )


def decision_sentence(found: StrategyComparison) -> str:
    """Say what to do with the verdict."""
    shown = found.differences.dropna(subset=["difference", "p_adjusted"])
    if not len(shown):
        return (
            "Your log cannot compare them. Stay with the day after the promised date (R1), and see "
            "notebook 05 for a way to find out."
        )
    certain = (shown["ci_low"] > 0) | (shown["ci_high"] < 0)
    certain &= shown["p_adjusted"] < 1 - found.confidence
    thin = set(found.table.loc[found.table["ess"] < FEW, "strategy"])
    solid = certain & ~shown["strategy"].isin(thin) & ~shown["reference"].isin(thin)
    if solid.any():
        return (
            "Lean towards what did better, as long as you believe that nothing else decided whom "
            "you called; dealing cards (notebook 05) would settle it."
        )
    if certain.any():
        return (
            "One stands out, but on too few interviews (see the next section): take it for a hint, "
            "and stay with the rules."
        )
    return (
        "So choose by what suits you and them, not by this: your log does not favour any. Notebook "
        "05 says what it would take."
    )
