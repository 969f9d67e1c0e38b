"""Compare call-back timing strategies on a log, as a trial would have: clone, censor, weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .cloning import Numbers
from .compared import Said, StrategyComparison, caption_of, verdict
from .comparison_checks import balance_frame, lacking, must_days_frame, ties_frame, weights_frame
from .comparison_settings import TIES, Asked, checked, reference_among
from .comparison_units import Setting, clusters_of, setting_of
from .interviews import Interviews, dateless_text, interviews
from .last_logged import last_logged, warning
from .log import ApplicationLog
from .resampling import Comparison, Job, Progress
from .strategies import Strategy
from .strategy_estimates import Estimates, estimated
from .summary import counted
from .windows import check_strategies
from .workdays import NO_DAY, to_days


def compare_strategies(
    log: ApplicationLog,
    strategies: Sequence[Strategy | str],
    *,
    as_of: object,
    horizon: int = 21,
    counts: str = "any",
    estimator: str = "ccw",
    reference: Strategy | str | None = None,
    ties: str = "hours",
    n_boot: int = 2000,
    seed: int,
    truncate: float | None = None,
    confidence: float = 0.95,
    intervals: str = "expanded",
    progress: Progress | None = None,
) -> StrategyComparison:
    """Return what would have come of following each strategy after every interview.

    You follow up only while nobody has answered, so those who were never followed up include all
    the quick answers, and a plain comparison has the wrong sign. Here every interview is copied
    into every strategy; a copy is left out from the day on which you did otherwise, and those that
    stay count for those that left, with the inverse of the chance of staying. What is compared is
    when the first follow-up comes; an attempt counts as one.

    Parameters
    ----------
    log
        The log; nothing in it is changed.
    strategies
        One or several strategies, or their names.
    as_of
        The day to look from: text, date or Timestamp. Later events do not exist.
    horizon
        Days after the interview by which a response counts, 1 or more.
    counts
        "any" response, or "positive" ones, of which a rejection is the end.
    estimator
        "ccw": as above. "clone_censor" (no weights) and "naive" (crude shares of those who did and
        those who never did) are biased: they exist to show how much, and say so.
    reference
        The strategy that the others are compared with; left out, the first.
    ties
        Of a follow-up and a response on one day: "follow_up_first", "response_first", or "hours":
        by the hours where both are logged, else the follow-up came first.
    n_boot
        Resamples of applications (of seekers, where 20 or more have interviews), each with its
        model refitted. Where few interviews carry the weight, of 300 the ends cannot be told.
    seed
        The same seed gives the same intervals.
    truncate
        A quantile from 0.5 to 1: weights above it are lowered to it, in each resample. None: never.
    confidence
        Level of the intervals.
    intervals
        "expanded": percentiles of the resamples, further out where few interviews carry the
        weight; "percentile": the plain ones, which are too narrow there.
    progress
        Called as ``progress(done, n_boot)`` from time to time: `progress_bar("Resampling")`.

    Returns
    -------
    StrategyComparison
        `.table`, one row per strategy: strategy (str); n_followers (int64: interviews in which
        nothing else was done up to the answer, the horizon or `as_of`); ess (float64: how many
        unweighted ones tell as much); risk, ci_low, ci_high (float64, 0 to 1: the chance of a
        response by the horizon). `.differences`, one row per strategy but the reference: strategy,
        reference (str), difference, ci_low, ci_high (float64, -1 to 1), p_adjusted (Holm),
        n_distinguishable (int64: interviews in which the two ask for different things),
        difference_where_they_differ with ci_low_where_they_differ and ci_high_where_they_differ
        (among those alone). `.curves`: strategy, day (int64), risk, ci_low, ci_high.
        `.diagnostics`: the frames weights, balance, must_days, ties. `.text` is the verdict; it
        says why where a number is NaN.

    Raises
    ------
    SettingError
        If a setting cannot be used, or two strategies have one name.
    UnknownNameError
        If a strategy, or the reference, is not known.

    References
    ----------
    M. A. Hernán (2018), How to estimate the effect of treatment duration on survival outcomes
    using observational data, BMJ 360:k182. L. E. Cain et al. (2010), When to start treatment? A
    systematic approach to the comparison of dynamic regimes using observational data, Int. J.
    Biostatistics 6(2):18. L. Kish (1965), Survey Sampling (effective sample size). S. Holm (1979),
    Scand. J. Statistics 6:65-70. T. C. Hesterberg (2015), What teachers should know about the
    bootstrap, The American Statistician 69:371-386 (expanded percentiles). The model is that of
    `propensity`; what counts is said in `docs/statistics.md`.

    Examples
    --------
    >>> from jobsearch_stats import DAY_AFTER, NO_FOLLOW_UP, simulate_log
    >>> log = simulate_log(200, seed=1)
    >>> found = compare_strategies(
    ...     log, [NO_FOLLOW_UP, DAY_AFTER], as_of="2026-03-10", n_boot=200, seed=1)
    >>> found.table["strategy"].tolist(), found.differences["strategy"].tolist()
    (['NO_FOLLOW_UP', 'DAY_AFTER'], ['DAY_AFTER'])
    """
    chosen = check_strategies(strategies)
    asked = checked(
        as_of=as_of,
        horizon=horizon,
        counts=counts,
        estimator=estimator,
        ties=ties,
        n_boot=n_boot,
        seed=seed,
        truncate=truncate,
        confidence=confidence,
        intervals=intervals,
    )
    known = interviews(log, as_of=asked.as_of, counts=counts)
    found = known.take(~known.undated)
    setting = setting_of(chosen, found, asked.horizon, reference_among(reference, chosen))
    comparison = setting.comparison(ties, estimator, truncate)
    clusters, few_seekers = clusters_of(log, found)
    estimates = estimated(
        setting.arms, comparison, clusters=clusters, asked=asked, progress=progress
    )
    said = Said(
        asked=asked,
        n=len(found),
        n_undated=int(known.undated.sum()),
        n_beyond=setting.n_beyond,
        n_followed_up=int((comparison.units.acted <= asked.horizon).sum()),
        n_fit_blank=int(np.isnan(found.fit).sum()),
        n_apart=estimates.answers_apart(),
        lacking=_lacking(setting, comparison, estimates),
        dateless=dateless_text(log),
        few_seekers=few_seekers,
        kept=_kept(log, found, asked),
    )
    return _result(setting, comparison, estimates, said)


def _kept(log: ApplicationLog, found: Interviews, asked: Asked) -> str:
    """Warn where silence is counted that nobody may have logged."""
    last = last_logged(log)
    if pd.isna(last):
        return ""
    silent = (found.response == NO_DAY) & (found.competing == NO_DAY)
    ends = np.minimum(found.start + np.int32(asked.horizon), found.observed)
    n = int((silent & (ends > to_days(np.datetime64(last)))).sum())
    what = f"{counted(asked.horizon, 'day')} without an answer"
    return warning(last, asked.as_of, n=n, of="interviews", what=what)


def _result(
    setting: Setting, comparison: Comparison, estimates: Estimates, said: Said
) -> StrategyComparison:
    table, differences, curves = estimates.table(), estimates.differences(), estimates.curves()
    asked, arms = said.asked, setting.arms
    if asked.confidence != 0.95:
        for frame in (table, differences, curves):
            frame.attrs["ci_level"] = said.level
    least, same = estimates.detectable(), setting.same()
    return StrategyComparison(
        table=table,
        caption=caption_of(said),
        text=verdict(table, differences, least, same, said),
        differences=differences,
        curves=curves,
        diagnostics=_diagnostics(setting, comparison, asked),
        minimum_detectable_difference=least,
        n_answers_apart=said.n_apart,
        strategies=arms.names,
        reference=arms.names[arms.reference],
        n_interviews=said.n,
        n_beyond_horizon=said.n_beyond,
        n_undated=said.n_undated,
        same=same,
        horizon=asked.horizon,
        counts=asked.counts,
        estimator=asked.estimator,
        ties=asked.ties,
        as_of=asked.as_of,
        confidence=asked.confidence,
        intervals=asked.intervals,
        n_boot=asked.n_boot,
        truncate=asked.truncate,
    )


def _lacking(setting: Setting, comparison: Comparison, estimates: Estimates) -> dict[str, str]:
    found = lacking(comparison, estimates.curve_points())
    return dict(zip(setting.arms.names, found, strict=True))


def _diagnostics(setting: Setting, comparison: Comparison, asked: Asked) -> dict[str, pd.DataFrame]:
    arms = setting.arms
    jobs = [Job(s, None) for s in range(len(arms.names))]
    risks: dict[str, Numbers] = {}
    for rule in TIES:
        given = rule == asked.ties
        one = comparison if given else setting.comparison(rule, asked.estimator, asked.truncate)
        risks[rule] = one.point(jobs)[:, -1]
    return {
        "weights": weights_frame(arms.names, comparison),
        "balance": balance_frame(arms.names, comparison, setting.covariates),
        "must_days": must_days_frame(arms.names, comparison, arms.may_wait, arms.may_act),
        "ties": ties_frame(arms.names, arms.reference, risks),
    }
