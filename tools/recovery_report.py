"""What a run of `make recovery` says: the summary of its simulations, and docs/recovery.md."""

from __future__ import annotations

import datetime
import platform
import textwrap
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from jobsearch_stats.rates import wilson
from recovery_runs import (
    COLUMNS,
    EFFECT,
    ESTIMATORS,
    HORIZON,
    MODELS,
    NULL,
    STRATEGIES,
    Plan,
    Truths,
    contrast,
    quantities,
)

LARGEST_BIAS = 0.01
COVERAGE = (0.92, 0.97)
MOST_REJECTED, REJECTED_AT = 0.10, (200,)
AIMED_AT = (200, 2000)
"""The aims, set before any simulation was run, and at how many interviews."""

_NORMAL = 1.96
_CELL = ["model", "n", "estimator", "quantity"]

WAYS = {
    "ccw": "clones, censored and weighted",
    "clone_censor": "clones, censored, no weights",
    "naive": "naive: who followed up, and who did not",
}


def frame_of(lines: Iterable[dict]) -> pd.DataFrame:
    """Return what the simulations found, one row per estimate, in an order of their own."""
    parts = []
    for line in lines:
        part = pd.DataFrame(line["found"], columns=list(COLUMNS))
        task = line["task"]
        parts.append(
            part.assign(
                model=task["model"],
                n=task["n"],
                number=task["number"],
                n_interviews=line["n_interviews"],
            )
        )
    columns = ["model", "n", "number", "n_interviews", *COLUMNS]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts)[columns].sort_values(["model", "n", "number"], kind="stable")


def summary(frame: pd.DataFrame, truths: Truths) -> pd.DataFrame:
    """Return how the estimates of each quantity lie about the truth.

    One row per model, n, estimator and quantity: n_simulations, n_unknown (no estimate), truth,
    mean, bias, bias_error (half the width of its 95 % interval), spread (standard deviation),
    coverage, coverage_low, coverage_high, without_zero (share of the intervals that leave out 0).
    """
    rows = []
    for cell, group in frame.groupby(_CELL, sort=False):
        truth, error = truths[cell[0]][cell[3]]
        found = group.dropna(subset=["estimate"])
        estimate, low, high = (found[c].to_numpy(float) for c in ("estimate", "low", "high"))
        n = estimate.size
        spread = float(estimate.std(ddof=1)) if n > 1 else np.nan
        held = int(((low <= truth) & (truth <= high)).sum())
        ends = [float(e[0]) for e in wilson(np.array([held]), np.array([n]), confidence=0.95)]
        rows.append(
            {
                **dict(zip(_CELL, cell, strict=True)),
                "n_simulations": len(group),
                "n_unknown": len(group) - n,
                "truth": truth,
                "mean": float(estimate.mean()) if n else np.nan,
                "bias": float(estimate.mean()) - truth if n else np.nan,
                "bias_error": _NORMAL * float(np.hypot(spread / max(n, 1) ** 0.5, error)),
                "spread": spread,
                "coverage": held / n if n else np.nan,
                "coverage_low": ends[0],
                "coverage_high": ends[1],
                "without_zero": float(((low > 0) | (high < 0)).mean()) if n else np.nan,
            }
        )
    return pd.DataFrame(rows)


def rejected(frame: pd.DataFrame, model: str, n: int, *, level: float = 0.05) -> float:
    """Return the share of simulations in which any contrast has an adjusted p below the level."""
    rows = frame[(frame["model"] == model) & (frame["n"] == n) & (frame["estimator"] == "ccw")]
    return float(rows.groupby("number")["p"].min().lt(level).mean())


def document(frame: pd.DataFrame, truths: Truths, plan: Plan, *, on: datetime.date) -> str:
    """Return docs/recovery.md."""
    found = summary(frame, truths)
    right = found[found["estimator"] == "ccw"]
    effect, null = right[right["model"] == EFFECT], right[right["model"] == NULL]
    parts = [
        "# Is a known truth found again?",
        _folded(_opening(frame, plan, on)),
        _list(_what_was_done(plan)),
        "## What came out",
        _list([line for n in plan.simulations for line in _verdicts(frame, right, n)]),
        "## With an effect",
        _folded(_truth_text(truths)),
        _table(effect, "0 left out"),
        _folded(_READING),
        "## Without an effect",
        "All strategies bring the same, so an interval that leaves out 0 is wrong.",
        _table(null, "0 left out, wrongly"),
        "## The same searches, estimated in ways that are biased",
        _folded(_why_biased()),
        _ways(found[found["model"] == EFFECT]),
    ]
    return "\n\n".join(parts) + "\n"


_READING = """Differences are in points of a hundred. *Bias* is the mean of the estimates minus the
truth, with half the width of its 95 % interval, the error of the truth included. *Spread* is the
standard deviation of the estimates: how far a single search is off. *Coverage* is how often the
95 % interval held the truth (in brackets Wilson's interval for so many simulations). *No estimate*:
on some day nobody was left who had done as the strategy says, and the result says so; all shares
are of the other searches."""


def _opening(frame: pd.DataFrame, plan: Plan, on: datetime.date) -> str:
    done = {n: _number_of(frame, n) for n in plan.simulations}
    sizes = _and([f"{many:,} searches of some {n:,} interviews" for n, many in done.items()])
    short = any(done[n] < many for n, many in plan.simulations.items())
    planned = _and([f"{many:,}" for many in plan.simulations.values()])
    fewer = f" (cut short: the plan is {planned})" if short else ""
    return (
        "`make recovery` simulates searches of a known truth, compares strategies in each, and "
        f"writes this page. This run: {on.day} {on:%B %Y}, Python {platform.python_version()}, "
        f"seed {plan.seed}, for each model {sizes}{fewer}, {plan.n_boot} resamples each."
    )


def _what_was_done(plan: Plan) -> list[str]:
    model, null = MODELS[EFFECT], MODELS[NULL]
    return [
        "**The searches** are those of `simulate_log` with the default `SearchModel`: while a "
        f"message or talk works, {model.effect_days} days, the daily chance of an answer is "
        f"{model.effect_before_promise:g} times as high if it came by the promised date, and "
        f"{model.effect_after_promise:g} times if later or where none was named, at middling fit. "
        "Who fits well is answered sooner, and follows up sooner. Decisions come "
        f"{model.decision_delay} days late. In {model.fit_blank:.0%} fit is not in the log. What "
        "is still open where the log ends is cut off there.",
        "**The truth** is `simulate.true_risks`: the chance of any response by day "
        f"{HORIZON}, had every interview of such a log followed the strategy. The wait after each "
        f"interview is run again under each strategy, in {plan.truth_batches} searches of 20,000 "
        "applications, five times each.",
        f"**Without an effect** those factors are {null.effect_before_promise:g}, and a call "
        "reaches nobody in person: a talk that names a new date puts the answer off, which is an "
        "effect as well.",
        "**The aims** were set before any simulation: bias within "
        f"{_points(LARGEST_BIAS, sign=False, digits=0)} point, and intervals that hold the truth "
        f"in {COVERAGE[0]:.0%} to {COVERAGE[1]:.0%} of the searches ({_sizes(AIMED_AT)}); where "
        f"there is no difference, one seen in {MOST_REJECTED:.0%} at most "
        f"({_sizes(REJECTED_AT)}). Nothing was tuned to them.",
    ]


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _sizes(sizes: Sequence[int]) -> str:
    return f"n = {_and([f'{n:,}' for n in sizes])}"


def _number_of(frame: pd.DataFrame, n: int) -> int:
    of_size = frame[frame["n"] == n]
    return min(of_size.loc[of_size["model"] == model, "number"].nunique() for model in MODELS)


def _verdicts(frame: pd.DataFrame, right: pd.DataFrame, n: int) -> list[str]:
    """Return what came of each aim at a number of interviews."""
    here = right[(right["n"] == n) & (right["n_simulations"] > right["n_unknown"] + 1)]
    if not len(here):
        return []
    differences = here[here["quantity"].isin(quantities()[len(STRATEGIES) :])]
    lines = [_bias_line(here, n), _coverage_line(here, n)]
    null = differences[differences["model"] == NULL]
    if len(null):
        lines.append(_null_line(frame, null, n))
    seen = differences[differences["model"] == EFFECT]
    shares = [
        f"{_points(row['truth'])} points in {row['without_zero']:.0%}" for _, row in seen.iterrows()
    ]
    if shares:
        lines.append(
            f"**An effect seen, n = {n:,}**: of the searches so many had an interval that left "
            f"out 0: for a true difference of {', for one of '.join(shares)}."
        )
    return lines


def _aim(missed: pd.Series, clearly: pd.Series, *, aimed: bool) -> str:
    """Return whether an aim was met, or if so few simulations cannot tell; blank without one."""
    if not aimed:
        return ""
    if not missed.any():
        return " Aim met."
    few = "Aim missed, by less than the error of this run."
    return f" {'**Aim missed.**' if clearly.any() else few}"


def _bias_line(here: pd.DataFrame, n: int) -> str:
    size = here["bias"].abs()
    worst = here.loc[size.idxmax()]
    missed, clearly = size > LARGEST_BIAS, size - here["bias_error"] > LARGEST_BIAS
    return (
        f"**Bias, n = {n:,}**: {_points(worst['bias'])} points (± "
        f"{_points(worst['bias_error'], sign=False)}) where it is largest: {_name(worst)}. More "
        f"than a point in {missed.sum()} of {len(here)} numbers."
        f"{_aim(missed, clearly, aimed=n in AIMED_AT)}"
    )


def _coverage_line(here: pd.DataFrame, n: int) -> str:
    low, high = COVERAGE
    outside = (here["coverage"] < low) | (here["coverage"] > high)
    clearly = (here["coverage_high"] < low) | (here["coverage_low"] > high)
    least, most = (here.loc[here["coverage"].agg(f)] for f in ("idxmin", "idxmax"))
    return (
        f"**Coverage, n = {n:,}**: from {least['coverage']:.1%} ({_name(least)}) to "
        f"{most['coverage']:.1%} ({_name(most)}). Outside {low:.0%} to {high:.0%} in "
        f"{outside.sum()} of {len(here)} numbers.{_aim(outside, clearly, aimed=n in AIMED_AT)}"
    )


def _null_line(frame: pd.DataFrame, null: pd.DataFrame, n: int) -> str:
    shares = " and ".join(
        f"{row['without_zero']:.1%} ({_quantity(row['quantity'])})" for _, row in null.iterrows()
    )
    missed = null["without_zero"] > MOST_REJECTED
    clearly = 1 - null["coverage_high"] > MOST_REJECTED
    return (
        f"**No effect, n = {n:,}**: an interval that left out 0 in {shares}; after Holm's "
        f"correction for both, a p below 0.05 in {rejected(frame, NULL, n):.1%}."
        f"{_aim(missed, clearly, aimed=n in REJECTED_AT)}"
    )


def _name(row: pd.Series) -> str:
    model = "with an effect" if row["model"] == EFFECT else "without an effect"
    return f"{_quantity(row['quantity'])}, {model}"


def _quantity(name: str) -> str:
    return " − ".join(f"`{part}`" for part in name.split(" − "))


def _truth_text(truths: Truths) -> str:
    risks = truths[EFFECT]
    most = max(error for _, error in risks.values())
    said = _and([f"{risks[name][0]:.1%} under `{name}`" for name in STRATEGIES])
    return (
        f"Truly {said} have a response by day {HORIZON} (standard "
        f"error of these and their differences: {_points(most, sign=False, digits=2)} points or "
        "less)."
    )


def _why_biased() -> str:
    return (
        "Whoever is answered early has no reason to follow up. So those who never did include the "
        f"quick answers, and {_quantity(contrast(STRATEGIES[-1]))} comes out with the wrong sign. "
        "Clones put that right. The weights are for what makes one follow up sooner and bears on "
        "the answer too. Means of all searches, and how far they are off, in points."
    )


def _folded(text: str, *, indent: str = "") -> str:
    """Return the text in lines of a page's width."""
    return textwrap.fill(
        " ".join(text.split()), 110, initial_indent=indent, subsequent_indent=" " * len(indent),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _list(lines: Iterable[str]) -> str:
    return "\n".join(_folded(line, indent="- ") for line in lines)


def _table(rows: pd.DataFrame, zero: str) -> str:
    heads = [
        "n", "what", "truth", "mean", "bias, points", "spread, points", "coverage", zero,
        "no estimate",
    ]  # fmt: skip
    out = []
    for _, row in rows.sort_values("n", kind="stable").iterrows():
        difference = " − " in row["quantity"]
        out.append(
            [
                f"{row['n']:,}",
                _quantity(row["quantity"]),
                _value(row["truth"], difference),
                _value(row["mean"], difference),
                f"{_points(row['bias'])} ± {_points(row['bias_error'], sign=False)}",
                _points(row["spread"], sign=False),
                f"{row['coverage']:.1%} ({row['coverage_low']:.1%} to {row['coverage_high']:.1%})",
                f"{row['without_zero']:.1%}" if difference else "",
                f"{row['n_unknown']:,} of {row['n_simulations']:,}",
            ]
        )
    return _markdown(heads, out)


def _ways(rows: pd.DataFrame) -> str:
    heads = ["n", "what", "truth", *(WAYS[way] for way in ESTIMATORS)]
    out = []
    for (n, what), here in rows.groupby(["n", "quantity"], sort=False):
        by_way = here.set_index("estimator")
        difference = " − " in what
        cells = [
            f"{_value(row['mean'], difference)} ({_points(row['bias'])})"
            for _, row in by_way.loc[list(ESTIMATORS)].iterrows()
        ]
        out.append([f"{n:,}", _quantity(what), _value(here["truth"].iloc[0], difference), *cells])
    return _markdown(heads, out)


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _value(share: float, difference: bool) -> str:
    return _points(share) if difference else f"{share:.1%}"


def _points(share: float, *, sign: bool = True, digits: int = 1) -> str:
    return f"{100 * share:{'+' if sign else ''}.{digits}f}".replace("-", "−")
