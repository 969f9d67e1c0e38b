"""The interviews of a log as the units of a comparison, and what each strategy lets one do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .cloning import Flags, Places, Units, observed_units, same_masks
from .interviews import Interviews
from .log import ApplicationLog
from .propensity import Covariates
from .resampling import Comparison, compared
from .strategies import DAY_AFTER, Strategy
from .strategy_estimates import Arms
from .windows import masks, windows
from .workdays import NO_DAY, Days

FEWEST_SEEKERS = 20
"""Of fewer, resamples tell too little: applications are drawn in their place."""


@dataclass(frozen=True)
class Setting:
    """The interviews, and what every strategy lets one do on each day after them."""

    found: Interviews
    arms: Arms
    asks: Flags
    covariates: Covariates
    n_beyond: int

    def comparison(self, ties: str, estimator: str, truncate: float | None) -> Comparison:
        """Return the clones of all interviews, ready to be estimated."""
        return compared(
            units_of(self.found, ties, self.arms.may_wait.shape[-1]),
            may_wait=self.arms.may_wait,
            may_act=self.arms.may_act,
            asks=self.asks,
            covariates=self.covariates,
            estimator=estimator,
            truncate=truncate,
        )

    def same(self) -> tuple[tuple[str, ...], ...]:
        """Return the strategies that are the same; without an interview nothing can be said."""
        same, names = np.array(self.arms.same), np.array(self.arms.names)
        groups = [tuple(names[same == k].tolist()) for k in np.unique(same)]
        return tuple(group for group in groups if len(group) > 1) if len(self.found) else ()


def setting_of(
    chosen: Sequence[Strategy], found: Interviews, horizon: int, reference: int
) -> Setting:
    """Return the setting of these interviews under the chosen strategies."""
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
    return Setting(
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


def units_of(found: Interviews, ties: str, n_days: int) -> Units:
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


def clusters_of(log: ApplicationLog, found: Interviews) -> tuple[Places, int]:
    """Return what is drawn as one, applications or seekers, and how many seekers are too few.

    Resamples of a handful of seekers are much alike, and their intervals far too narrow.
    """
    code, few = found.application, 0
    if "seeker_id" in log.applications.columns:
        seekers = pd.factorize(log.applications["seeker_id"], use_na_sentinel=False)[0][code]
        n = np.unique(seekers).size
        code, few = (seekers, 0) if n >= FEWEST_SEEKERS else (code, n if n > 1 else 0)
    return np.unique(code, return_inverse=True)[1].astype(np.int64), few
