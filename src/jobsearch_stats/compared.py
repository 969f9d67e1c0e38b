"""What a comparison of strategies says: its result, its caption, and the verdict in sentences."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .results import COUNTS, Result, as_of_text, chance_text, percent, percent_given, points
from .summary import counted
from .tables import html_table, shown

BIASED = {
    "ccw": "",
    "clone_censor": "BIASED, for teaching: whoever departs from a strategy is dropped, and nobody "
    "stands for them, though those who depart differ from those who stay",
    "naive": "BIASED, for teaching: only interviews that were still unanswered can be followed "
    "up, so those without a follow-up include all the quick answers",
}
"""What is wrong with each way of estimating; blank where nothing is."""

_TIES = {
    "hours": "by their hours where both are logged, else the follow-up came first",
    "follow_up_first": "the follow-up came first",
    "response_first": "the response came first",
}


FEW = 30
"""Interviews that a risk must be worth, before its interval is taken at its word (a usual rule)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class StrategyComparison(Result):
    """Strategies compared; `table` has their risks, `text` the verdict.

    Attributes
    ----------
    differences
        One row per strategy but the reference: strategy, reference, difference, ci_low, ci_high,
        p_adjusted, n_distinguishable, difference_where_they_differ, ci_low_where_they_differ,
        ci_high_where_they_differ.
    curves
        strategy, day, risk, ci_low, ci_high: the risk by each day after the interview.
    diagnostics
        Frames: `weights`, `balance`, `must_days`, `ties`.
    minimum_detectable_difference
        float64 by strategy: the smallest difference from the reference that four in five such
        comparisons would find.
    strategies, reference
        Their names.
    n_interviews, n_beyond_horizon, n_undated
        Interviews that are compared; those of which a strategy's window begins after the horizon;
        those left out as an answer or end has no date.
    same
        Groups of strategies that ask for the same on every day here.
    horizon, counts, estimator, ties, as_of, confidence, n_boot, truncate
        As they were asked for.
    """

    differences: pd.DataFrame
    curves: pd.DataFrame
    diagnostics: dict[str, pd.DataFrame]
    minimum_detectable_difference: pd.Series
    strategies: tuple[str, ...]
    reference: str
    n_interviews: int
    n_beyond_horizon: int
    n_undated: int
    same: tuple[tuple[str, ...], ...]
    horizon: int
    counts: str
    estimator: str
    ties: str
    as_of: pd.Timestamp
    confidence: float
    n_boot: int
    truncate: float | None

    def __repr__(self) -> str:
        frames = [self.table, self.differences]
        bodies = [shown(frame).to_string(index=False) for frame in frames if len(frame)]
        return "\n".join(filter(None, [self.caption, *bodies, self.text]))

    def _repr_html_(self) -> str:
        frames = [self.table, self.differences]
        return "".join(
            (
                f"<p>{html.escape(self.caption)}</p>",
                *(html_table(frame) for frame in frames if len(frame)),
                f"<p><b>{html.escape(self.text)}</b></p>" if self.text else "",
            )
        )


@dataclass(frozen=True)
class Said:
    """What the sentences are made of, beside the frames.

    Attributes
    ----------
    lacking
        By strategy: why its risk cannot be told; blank where it can.
    n_followed_up
        Interviews followed up within the horizon.
    n_fit_blank
        Interviews of which fit is blank.
    dateless
        Of how many applications an interview is known without its day, as a sentence, or blank.
    few_seekers
        How many seekers there are, if they are too few to be drawn; else 0.
    """

    counts: str
    horizon: int
    estimator: str
    ties: str
    as_of: pd.Timestamp
    n: int
    n_undated: int
    n_beyond: int
    n_followed_up: int
    n_fit_blank: int
    truncate: float | None
    lacking: Mapping[str, str]
    confidence: float
    dateless: str = ""
    few_seekers: int = 0

    @property
    def level(self) -> str:
        """How the intervals are called."""
        return f"{percent_given(self.confidence)} interval"


def caption_of(said: Said) -> str:
    """Return what was counted, of how many, by which way, and what is wrong with it."""
    what = COUNTS[said.counts]
    beyond = (
        f"For {said.n_beyond:,} of them a strategy's days begin only after day {said.horizon}"
        if said.n_beyond
        else ""
    )
    undated = (
        f"Left out: {said.n_undated:,} with an answer or end that has no date"
        if said.n_undated
        else ""
    )
    truncate = (
        f"Weights above their {percent_given(said.truncate)} quantile are lowered to it"
        if said.truncate is not None and said.estimator == "ccw"
        else ""
    )
    day = as_of_text(pd.DataFrame({"as_of": [said.as_of]}))
    parts = [
        BIASED[said.estimator],
        f"{what[:1].upper()}{what[1:]} by day {said.horizon} after the interview, had every "
        f"interview followed the strategy: {_interviews(said.n)}",
        beyond,
        undated,
        said.dateless.removesuffix("."),
        f"Of a follow-up and a response on one day: {_TIES[said.ties]}",
        truncate,
        f"The intervals are about the interviews of these {said.few_seekers} seekers: so few say "
        "little of others"
        if said.few_seekers
        else "",
        day[:1].upper() + day[1:],
    ]
    return ". ".join(filter(None, parts)) + "."


def verdict(
    table: pd.DataFrame,
    differences: pd.DataFrame,
    least: pd.Series,
    same: Sequence[Sequence[str]],
    said: Said,
) -> str:
    """Return what may be concluded, with what it rests on."""
    if not said.n:
        return "There is no interview with a date to compare strategies on yet."
    arms = table.set_index("strategy")
    parts = [_biased(said), *_alone(table, said)]
    if not said.n_followed_up:
        parts.append(
            f"None of these interviews was followed up within {counted(said.horizon, 'day')}, so "
            "the log cannot say what following up does."
        )
    parts += [_why(name, why) for name, why in said.lacking.items() if why]
    alike = {(a, b) for group in same for a in group for b in group}
    for row in differences.to_dict("records"):
        name, other = str(row["strategy"]), str(row["reference"])
        if (name, other) in alike:
            continue
        if not np.isnan(row["difference"]):
            parts.append(_contrast(row, arms, float(least[name]), said))
    parts += [_same(group) for group in same]
    if differences["difference"].notna().any() and said.estimator == "ccw":
        parts.append(_assumes(said))
    return " ".join(filter(None, parts))


def _biased(said: Said) -> str:
    return "These numbers are biased, and only to learn from." if BIASED[said.estimator] else ""


def _alone(table: pd.DataFrame, said: Said) -> list[str]:
    if len(table) > 1:
        return []
    row = table.iloc[0]
    known = not np.isnan(row["risk"])
    risk = f"{row['strategy']}: {percent(row['risk'])} by day {said.horizon}. " if known else ""
    return [f"{risk}With one strategy there is nothing to compare."]


def _why(name: str, why: str) -> str:
    return f"{name}: its chance of a response cannot be told, as {why}."


def _contrast(row: Mapping[Hashable, Any], arms: pd.DataFrame, least: float, said: Said) -> str:
    """Return one contrast, and whether it can be told from nothing."""
    name, other, difference = row["strategy"], row["reference"], row["difference"]
    risk, worth = arms["risk"], arms["ess"]
    more = f"{points(abs(difference))} {'fewer' if difference < 0 else 'more'}"
    more = "the same" if difference == 0 else more
    digits = int(row["ci_high"] - row["ci_low"] < 0.1)  # a wide interval has no use for tenths
    ends = [f"{100 * row[end]:+.{digits}f}".replace("-", "−") for end in ("ci_low", "ci_high")]
    would = "had" if BIASED[said.estimator] else "would have had"
    facts = (
        f"By day {said.horizon}, {percent(risk[name])} {would} {COUNTS[said.counts]} under {name}, "
        f"and {percent(risk[other])} under {other}: {more} ({said.level} {' to '.join(ends)})."
    )
    if BIASED[said.estimator]:
        return facts
    if row["ci_low"] <= 0 <= row["ci_high"]:
        return f"{facts} You cannot tell yet which does better: {_not_shown(least)}"
    if row["p_adjusted"] > 1 - said.confidence:
        p = chance_text(row["p_adjusted"])
        return (
            f"{facts} You cannot tell yet which does better: with all strategies considered, this "
            f"may be chance (p {p}); {_not_shown(least)}"
        )
    thin = [f"{one} is worth {worth[one]:.0f}" for one in (name, other) if worth[one] < FEW]
    if thin:
        return (
            f"{facts} The interval leaves out 0, but {' and '.join(thin)} interviews, and below "
            f"{FEW} a few decide: a hint. You cannot tell yet."
        )
    return f"{facts} The interval leaves out 0: {name if difference > 0 else other} did better."


def _not_shown(least: float) -> str:
    if np.isnan(least) or least >= 1:
        return "no difference, however large, would show reliably."
    return f"a difference below {points(least)} would not show."


def _same(group: Sequence[str]) -> str:
    names = f"{', '.join(group[:-1])} and {group[-1]}"
    return f"{names} ask for the same first follow-up on the same days here, so they are the same."


def _assumes(said: Said) -> str:
    """Return the assumptions in words."""
    blank = said.n_fit_blank
    fit = "" if blank == said.n else " and the same fit"
    note = ""
    if blank == said.n:
        note = " It is not adjusted for fit, as fit is blank."
    elif blank:
        note = f" Of {_interviews(blank)} fit is blank, so there it is not adjusted for fit."
    return (
        "This holds only if, among interviews that are as far from the due day, on the same "
        f"weekday, with or without a named date{fit}, nothing else that bears on the answer "
        f"decided whether you followed up. Nobody can check that in a log.{note}"
    )


def _interviews(n: int) -> str:
    return "1 interview" if n == 1 else f"{n:,} interviews"
