"""What a comparison of strategies says: its result, its caption, and the verdict in sentences."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from .comparison_settings import BIASED, Asked
from .results import COUNTS, Result, as_of_text, chance_text, percent, percent_given, points
from .strategy_intervals import THIN
from .summary import counted
from .tables import html_table, shown

_TIES = {
    "hours": "by their hours where both are logged, else the follow-up came first",
    "follow_up_first": "the follow-up came first",
    "response_first": "the response came first",
}


_PLAIN = "The intervals are plain percentiles, too narrow where few interviews carry the weight"

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
    n_answers_apart
        int64 by strategy: answers by the horizon that came once the strategy and the reference
        asked for different things. Below 10 they say little of what would show.
    strategies, reference
        Their names.
    n_interviews, n_beyond_horizon, n_undated
        Interviews that are compared; those of which a strategy's window begins after the horizon;
        those left out as an answer or end has no date.
    same
        Groups of strategies that ask for the same on every day here.
    horizon, counts, estimator, ties, as_of, confidence, intervals, n_boot, truncate
        As they were asked for.
    """

    differences: pd.DataFrame
    curves: pd.DataFrame
    diagnostics: dict[str, pd.DataFrame]
    minimum_detectable_difference: pd.Series
    n_answers_apart: pd.Series
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
    intervals: str
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


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the sentences are made of, beside the frames.

    Attributes
    ----------
    n_followed_up
        Interviews followed up within the horizon.
    n_fit_blank
        Interviews of which fit is blank.
    n_apart
        By strategy: answers that came once it and the reference asked for different things.
    lacking
        By strategy: why its risk cannot be told; blank where it can.
    dateless
        Of how many applications an interview is known without its day, as a sentence, or blank.
    few_seekers
        How many seekers there are, if they are too few to be drawn; else 0.
    kept
        That the log ends long before the day looked from, as a sentence, or blank.
    """

    asked: Asked
    n: int
    n_undated: int
    n_beyond: int
    n_followed_up: int
    n_fit_blank: int
    n_apart: pd.Series
    lacking: Mapping[str, str]
    dateless: str = ""
    few_seekers: int = 0
    kept: str = ""

    @property
    def level(self) -> str:
        """How the intervals are called."""
        return f"{percent_given(self.asked.confidence)} interval"


def caption_of(said: Said) -> str:
    """Return what was counted, of how many, by which way, and what is wrong with it."""
    what = COUNTS[said.asked.counts]
    beyond = (
        f"For {said.n_beyond:,} of them a strategy's days begin only after day {said.asked.horizon}"
        if said.n_beyond
        else ""
    )
    undated = (
        f"Left out: {said.n_undated:,} with an answer or end that has no date"
        if said.n_undated
        else ""
    )
    truncate = (
        f"Weights above their {percent_given(said.asked.truncate)} quantile are lowered to it"
        if said.asked.truncate is not None and said.asked.estimator == "ccw"
        else ""
    )
    day = as_of_text(pd.DataFrame({"as_of": [said.asked.as_of]}))
    parts = [
        BIASED[said.asked.estimator],
        f"{what[:1].upper()}{what[1:]} by day {said.asked.horizon} after the interview, had every "
        f"interview followed the strategy: {_interviews(said.n)}",
        beyond,
        undated,
        said.dateless.removesuffix("."),
        f"Of a follow-up and a response on one day: {_TIES[said.asked.ties]}",
        truncate,
        _PLAIN if said.asked.intervals == "percentile" else "",
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
            "None of these interviews was followed up within "
            f"{counted(said.asked.horizon, 'day')}, so the log cannot say what following up does."
        )
    parts += [_why(name, why) for name, why in said.lacking.items() if why]
    alike = {(a, b) for group in same for a in group for b in group}
    for row in differences.to_dict("records"):
        name, other = str(row["strategy"]), str(row["reference"])
        if (name, other) in alike:
            continue
        if not np.isnan(row["difference"]):
            shows = _not_shown(float(least[name]), int(said.n_apart[name]))
            parts.append(_contrast(row, arms, shows, said))
    parts += [_same(group) for group in same]
    if differences["difference"].notna().any() and said.asked.estimator == "ccw":
        parts.append(_assumes(said))
    parts.append(said.kept)
    return " ".join(filter(None, parts))


def _biased(said: Said) -> str:
    return "" if said.asked.weighted else "These numbers are biased, and only to learn from."


def _alone(table: pd.DataFrame, said: Said) -> list[str]:
    if len(table) > 1:
        return []
    row, nothing = table.iloc[0], "With one strategy there is nothing to compare."
    if np.isnan(row["risk"]):
        return [nothing]
    return [f"{row['strategy']}: {percent(row['risk'])} by day {said.asked.horizon}. {nothing}"]


def _why(name: str, why: str) -> str:
    return f"{name}: its chance of a response cannot be told, as {why}."


def _contrast(row: Mapping[Hashable, Any], arms: pd.DataFrame, shows: str, said: Said) -> str:
    """Return one contrast, and whether it can be told from nothing."""
    name, other, difference = row["strategy"], row["reference"], row["difference"]
    risk, worth = arms["risk"], arms["ess"]
    more = f"{points(abs(difference))} {'fewer' if difference < 0 else 'more'}"
    more = "the same" if difference == 0 else more
    digits = int(row["ci_high"] - row["ci_low"] < 0.1)  # a wide interval has no use for tenths
    ends = [f"{100 * row[end]:+.{digits}f}".replace("-", "−") for end in ("ci_low", "ci_high")]
    asked = said.asked
    would = "would have had" if asked.weighted else "had"
    facts = (
        f"By day {asked.horizon}, {percent(risk[name])} {would} {COUNTS[asked.counts]} under "
        f"{name}, and {percent(risk[other])} under {other}: {more} "
        f"({said.level} {' to '.join(ends)})."
    )
    if not asked.weighted:
        return facts
    if row["ci_low"] <= 0 <= row["ci_high"]:
        return f"{facts} You cannot tell yet which does better: {shows}"
    if row["p_adjusted"] > 1 - asked.confidence:
        p = chance_text(row["p_adjusted"])
        return (
            f"{facts} You cannot tell yet which does better: with all strategies considered, this "
            f"may be chance (p {p}); {shows}"
        )
    thin = [f"{one} is worth {worth[one]:.0f}" for one in (name, other) if worth[one] < FEW]
    if thin:
        return (
            f"{facts} The interval leaves out 0, but {' and '.join(thin)} interviews, and below "
            f"{FEW} a few decide: a hint. You cannot tell yet."
        )
    return f"{facts} The interval leaves out 0: {name if difference > 0 else other} did better."


def _not_shown(least: float, n_apart: int) -> str:
    """Return what would not show, no finer than it is known."""
    if np.isnan(least) or least >= 1:
        return "no difference, however large, would show reliably."
    if n_apart < THIN:
        came = "answer" if n_apart == 1 else "answers"
        return (
            f"only {n_apart} {came} came once the two asked for different things, too few to say "
            "what would show."
        )
    return f"a difference below roughly {points(ceil(100 * least) / 100)} would not show."


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
