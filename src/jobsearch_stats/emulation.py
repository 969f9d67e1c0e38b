"""Compare call-back timing strategies on a log, as a trial would have: clone, censor, weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .cloning import Flags, Numbers, Places, Units, observed_units, same_masks
from .compared import BIASED, Said, StrategyComparison, caption_of, verdict
from .comparison_checks import balance_frame, lacking, must_days_frame, ties_frame, weights_frame
from .errors import SettingError, UnknownNameError
from .interviews import Interviews, dateless_text, interviews
from .log import ApplicationLog
from .propensity import Covariates
from .resampling import Comparison, Job, Progress, compared
from .results import check_confidence, check_days
from .schema import as_day
from .strategies import DAY_AFTER, Strategy
from .strategy_estimates import Arms, Estimates, estimated
from .windows import check_strategies, masks, windows
from .workdays import NO_DAY, Days

TIES = ("hours", "follow_up_first", "response_first")
MOST_RESAMPLES = 100_000
FEWEST_SEEKERS = 20
"""Of fewer, resamples tell too little: applications are drawn in their place."""


@dataclass(frozen=True)
class _Setting:
    """The interviews, and what every strategy lets one do on each day after them."""

    found: Interviews
    arms: Arms
    asks: Flags
    covariates: Covariates
    n_beyond: int

    def comparison(self, ties: str, estimator: str, truncate: float | None) -> Comparison:
        return compared(
            _units(self.found, ties, self.arms.may_wait.shape[-1]),
            may_wait=self.arms.may_wait,
            may_act=self.arms.may_act,
            asks=self.asks,
            covariates=self.covariates,
            estimator=estimator,
            truncate=truncate,
        )


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
    _check(estimator, ties, n_boot, seed, truncate)
    confidence = check_confidence(confidence)
    horizon = check_days(horizon, "horizon", least=1)
    known = interviews(log, as_of=as_of, counts=counts)
    found = known.take(~known.undated)
    setting = _setting(chosen, found, horizon, _reference(reference, chosen))
    comparison = setting.comparison(ties, estimator, truncate)
    clusters, few_seekers = _clusters(log, found)
    estimates = estimated(
        setting.arms,
        comparison,
        clusters=clusters,
        n_boot=n_boot,
        seed=seed,
        confidence=confidence,
        progress=progress,
    )
    said = Said(
        counts=counts,
        horizon=horizon,
        estimator=estimator,
        ties=ties,
        as_of=as_day(as_of, name="as_of"),
        n=len(found),
        n_undated=int(known.undated.sum()),
        n_beyond=setting.n_beyond,
        n_followed_up=int((comparison.units.acted <= horizon).sum()),
        n_fit_blank=int(np.isnan(found.fit).sum()),
        dateless=dateless_text(log),
        few_seekers=few_seekers,
        truncate=truncate,
        lacking=_lacking(setting, comparison, estimates),
        confidence=confidence,
    )
    return _result(setting, comparison, estimates, said, n_boot)


def _result(
    setting: _Setting, comparison: Comparison, estimates: Estimates, said: Said, n_boot: int
) -> StrategyComparison:
    frames = table, differences, curves = (
        estimates.table(),
        estimates.differences(),
        estimates.curves(),
    )
    if said.confidence != 0.95:
        for frame in frames:
            frame.attrs["ci_level"] = said.level
    least, groups, arms = estimates.detectable(), _groups(setting), setting.arms
    return StrategyComparison(
        table=table,
        caption=caption_of(said),
        text=verdict(table, differences, least, groups, said),
        differences=differences,
        curves=curves,
        diagnostics=_diagnostics(setting, comparison, said),
        minimum_detectable_difference=least,
        strategies=arms.names,
        reference=arms.names[arms.reference],
        n_interviews=said.n,
        n_beyond_horizon=said.n_beyond,
        n_undated=said.n_undated,
        same=groups,
        horizon=said.horizon,
        counts=said.counts,
        estimator=said.estimator,
        ties=said.ties,
        as_of=said.as_of,
        confidence=said.confidence,
        n_boot=n_boot,
        truncate=said.truncate,
    )


def _check(estimator: object, ties: object, n_boot: object, seed: object, truncate: object) -> None:
    for name, value, known in (("estimator", estimator, tuple(BIASED)), ("ties", ties, TIES)):
        if value not in known:
            raise SettingError(
                f"{name}={value!r} must be one of {', '.join(map(repr, known))}.",
                name=name,
                value=value,
            )
    for name, value, least, most in (
        ("n_boot", n_boot, 2, MOST_RESAMPLES),
        ("seed", seed, 0, 2**63),
    ):
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not whole or not least <= value <= most:  # type: ignore[operator]
            raise SettingError(
                f"{name}={value!r} must be a whole number from {least:,} to {most:,}.",
                name=name,
                value=value,
            )
    number = isinstance(truncate, int | float) and not isinstance(truncate, bool)
    if truncate is not None and not (number and 0.5 <= truncate <= 1):  # type: ignore[operator]
        raise SettingError(
            f"truncate={truncate!r} must be None, or a quantile from 0.5 to 1 such as 0.99.",
            name="truncate",
            value=truncate,
        )


def _reference(reference: object, chosen: Sequence[Strategy]) -> int:
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


def _setting(
    chosen: Sequence[Strategy], found: Interviews, horizon: int, reference: int
) -> _Setting:
    allowed = [masks(strategy, found, horizon=horizon) for strategy in chosen]
    due = windows(DAY_AFTER, start=found.start, promise=found.promise, countries=found.country)
    promised = found.promise != NO_DAY
    after = np.where(
        promised,
        found.promise + DAY_AFTER.days_after_promise - found.start,
        DAY_AFTER.days_without_promise,
    )
    beyond = np.array([m.beyond for m in allowed]).reshape(len(chosen), len(found))
    calls = np.array([strategy.max_messages > 0 for strategy in chosen])
    return _Setting(
        found=found,
        arms=Arms(
            names=tuple(strategy.name for strategy in chosen),
            reference=reference,
            same=same_masks([(m.may_wait, m.may_follow) for m in allowed]),
            may_wait=np.stack([m.may_wait for m in allowed]),
            may_act=np.stack([m.may_follow for m in allowed]),
        ),
        asks=calls & ~beyond.all(axis=1),
        covariates=Covariates(
            due=(due.first - found.start).astype(np.int64),
            due_before_moving=after.astype(np.int64),
            promised=promised,
            weekday=((found.start + 3) % 7).astype(np.int64),  # day 0 was a Thursday
            fit=found.fit,
        ),
        n_beyond=int(beyond.any(axis=0).sum()),
    )


def _units(found: Interviews, ties: str, n_days: int) -> Units:
    """Return the interviews as units, with the order of a day's follow-up and response."""

    def days(of: Days) -> Places:
        return np.where(of == NO_DAY, n_days, of.astype(np.int64) - found.start)

    event, answered = days(found.response), days(found.answered)
    if ties == "hours":
        on = np.arange(n_days) == event[:, None]
        first = on & (found.responded_first == -1)[:, None]
    else:
        first = np.full((len(found), 1), ties == "response_first")
    # after an answer that is not counted nobody looks for follow-ups any more
    uncounted = answered < np.minimum(event, n_days)
    return observed_units(
        acted=days(found.follow_up),
        event=event,
        competing=days(found.competing),
        observed=found.observed.astype(np.int64) - found.start,
        outcome_first=first,
        n_days=n_days,
        watched=np.where(uncounted, answered - (ties == "response_first"), n_days),
    )


def _clusters(log: ApplicationLog, found: Interviews) -> tuple[Places, int]:
    """Return what is drawn as one, applications or seekers, and how many seekers are too few.

    Resamples of a handful of seekers are much alike, and their intervals far too narrow.
    """
    code, few = found.application, 0
    if "seeker_id" in log.applications.columns:
        seekers = pd.factorize(log.applications["seeker_id"], use_na_sentinel=False)[0][code]
        n = np.unique(seekers).size
        code, few = (seekers, 0) if n >= FEWEST_SEEKERS else (code, n if n > 1 else 0)
    return np.unique(code, return_inverse=True)[1].astype(np.int64), few


def _groups(setting: _Setting) -> tuple[tuple[str, ...], ...]:
    """Return the strategies that are the same; without an interview nothing can be said."""
    same, names = np.array(setting.arms.same), np.array(setting.arms.names)
    groups = [tuple(names[same == k].tolist()) for k in np.unique(same)]
    return tuple(group for group in groups if len(group) > 1) if len(setting.found) else ()


def _lacking(setting: _Setting, comparison: Comparison, estimates: Estimates) -> dict[str, str]:
    found = lacking(comparison, estimates.curve_points())
    return dict(zip(setting.arms.names, found, strict=True))


def _diagnostics(setting: _Setting, comparison: Comparison, said: Said) -> dict[str, pd.DataFrame]:
    arms = setting.arms
    jobs = [Job(s, None) for s in range(len(arms.names))]
    risks: dict[str, Numbers] = {}
    for rule in TIES:
        given = rule == said.ties
        one = comparison if given else setting.comparison(rule, said.estimator, said.truncate)
        risks[rule] = one.point(jobs)[:, -1]
    return {
        "weights": weights_frame(arms.names, comparison),
        "balance": balance_frame(arms.names, comparison, setting.covariates),
        "must_days": must_days_frame(arms.names, comparison, arms.may_wait, arms.may_act),
        "ties": ties_frame(arms.names, arms.reference, risks),
    }
