"""`time_in_stage`: how long applications stay in each stage, those that still do included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .curves import (
    CENSORED,
    FEWEST,
    RESPONSE,
    count_days,
    median_of,
    survival_band,
    survival_of,
)
from .facts import Bools
from .journeys import Journeys, group_frame, journeys
from .log import ApplicationLog
from .past import NONE, Positions
from .results import Result, check_confidence, group_codes, percent_given
from .summary import counted
from .wording import MONTHS

STAGES_OF_TIME = ("applied", "answered", "interview")
"""The stages in which an application waits."""

_COLUMNS = (
    "stage",
    "n",
    "n_left",
    "n_censored",
    "n_undated",
    "median",
    "ci_low",
    "ci_high",
)
_WAIT = {
    "applied": "from applying to an answer",
    "answered": "from an answer to an interview",
    "interview": "from an interview to a decision",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class StageTimes(Result):
    """Time in each stage; `table`, and what was counted.

    Attributes
    ----------
    by
        The columns of the groups; none: all applications are one group.
    confidence
        The level of the intervals.
    as_of
        The day looked from.
    """

    by: tuple[str, ...]
    confidence: float
    as_of: pd.Timestamp


@dataclass(frozen=True)
class _Stay:
    """Who was in a stage, where each stay began and ended (-1: it has not)."""

    inside: Bools
    began: Positions
    ended: Positions
    ended_undated: Bools
    """The stage was left, and nobody knows on which day."""


def time_in_stage(
    log: ApplicationLog,
    *,
    as_of: object,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
) -> StageTimes:
    """Return how many days applications stay in each stage, those that still do included.

    To average only the finished stays would favour the short ones: those still in the stage at
    `as_of` count for as long as they have been seen there (right-censored).

    Parameters
    ----------
    log
        The search.
    as_of
        The day: text, a date or a Timestamp. Later events do not exist.
    by
        One or several columns of `log.applications`, or "method": how you applied.
    confidence
        The level of the intervals, 0.5 to below 1.

    Returns
    -------
    StageTimes
        `table` has one row per group and stage:

        *by
            The columns of `by`.
        stage : ordered category
            applied: from the application to the first act of the employer. answered: from the
            first reply that does not say no to the first interview. interview: from the first
            interview to the offer or rejection, further interviews included. A withdrawal and
            "never call again" end each of them, a rejection (or a reply that says no) too.
        n : int64
            Stays whose first day is known, and whose last day is known or not yet come.
        n_left, n_censored : int64
            Of these, the finished ones, and those that last at `as_of`.
        n_undated : int64
            Left out: the first or the last day is not in the log.
        median, ci_low, ci_high : float64
            Days after which half have left, by Kaplan-Meier, and its interval from the log-log
            band; NaN where it is not reached.

    Raises
    ------
    SettingError
        If `as_of` or `confidence` cannot be used.
    UnknownNameError
        If `by` names no column.

    References
    ----------
    E. L. Kaplan, P. Meier (1958), Nonparametric estimation from incomplete observations, JASA
    53:457-481; R. Brookmeyer, J. Crowley (1982), A confidence interval for the median survival
    time, Biometrics 38:29-41. The stages are this project's (`docs/statistics.md`).

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats import read_log
    >>> log = read_log(pd.DataFrame({"Company": ["Acme", "Bolt", "Crux"],
    ...     "Date applied": ["2026-03-02", "2026-03-03", "2026-03-04"],
    ...     "Rejected on": ["2026-03-09", "2026-03-13", ""]}))
    >>> times = time_in_stage(log, as_of="2026-03-20")
    >>> times.table.loc[:0, ["stage", "n", "n_left", "n_censored", "median"]].values.tolist()
    [['applied', 3, 2, 1, 10.0]]
    """
    confidence = check_confidence(confidence)
    trips = journeys(log, as_of=as_of)
    frame, names = group_frame(trips, by, taken=_COLUMNS)
    sent = np.flatnonzero(trips.sent)
    codes, groups = group_codes(frame.iloc[sent], names)
    tables = [
        _times(trips, stay, sent, codes, len(groups), confidence) for stay in _stays(trips).values()
    ]
    table = _joined(groups, tables)
    if confidence != 0.95:
        table.attrs["ci_level"] = f"{percent_given(confidence)} interval"
    return StageTimes(
        table=table[[*names, *_COLUMNS]],
        caption=_caption(trips, table, names),
        text=_text(trips, sent, confidence),
        by=tuple(names),
        confidence=confidence,
        as_of=trips.as_of,
    )


def _stays(trips: Journeys) -> dict[str, _Stay]:
    """Return the stays in each stage, by its name."""
    past = trips.past
    over = past.which("withdrawn", "do_not_contact")
    no = past.which("rejection", "offer") | trips.negative
    undated_end = trips.undated_rejection | trips.undated_withdrawal | trips.undated_offer
    interviews = past.which("interview")
    met = trips.first(interviews)

    answer = past.which("reply", "interview", "rejection", "offer")
    applied = _Stay(
        trips.sent,
        trips.application,
        trips.first(answer | over, after=trips.application),
        undated_end | trips.undated_interview | trips.interview_ahead,
    )
    reply = trips.first_reply
    reply = np.where((met != NONE) & (met < reply), NONE, reply)
    answered = _Stay(
        trips.answered,
        reply,
        trips.first(interviews | no | over, after=reply),
        undated_end | trips.undated_interview,
    )
    interview = _Stay(trips.interviewed, met, trips.first(no | over, after=met), undated_end)
    return dict(zip(STAGES_OF_TIME, (applied, answered, interview), strict=True))


def _times(
    trips: Journeys,
    stay: _Stay,
    sent: Positions,
    codes: np.ndarray,
    n_groups: int,
    confidence: float,
) -> pd.DataFrame:
    """Return one row per group: how many left, and after how many days half of them had."""
    inside = stay.inside[sent]
    began, ended = stay.began[sent], stay.ended[sent]
    undated = inside & ((began == NONE) | ((ended == NONE) & stay.ended_undated[sent]))
    known = inside & ~undated
    began, ended, group = began[known], ended[known], codes[known].astype(np.int64)
    left = ended != NONE
    last = np.where(left, trips.past.day_at(ended), trips.past.as_of).astype(np.int64)
    days = last - trips.past.day_at(began)
    cause = np.where(left, RESPONSE, CENSORED)
    counts = count_days(days, cause, group, n_groups=n_groups, n_causes=2)
    rows = []
    for one in counts:
        survival, se = survival_of(one)
        band = survival_band(one, survival, se, interval="log-log", confidence=confidence)
        n, n_left = one.n, one.n_responses
        rows.append((n, n_left, n - n_left, *median_of(one, survival, *band)))
    columns = ["n", "n_left", "n_censored", "median", "ci_low", "ci_high"]
    n_undated = np.bincount(codes[undated], minlength=n_groups).astype(np.int64)
    return pd.DataFrame(rows, columns=columns).assign(n_undated=n_undated)


def _joined(groups: pd.DataFrame, tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return all stages of the first group, then of the second, and so on."""
    counts = dict.fromkeys(("n", "n_left", "n_censored"), "int64")
    ends = dict.fromkeys(("median", "ci_low", "ci_high"), "float64")
    order = np.arange(len(groups) * len(tables)).reshape(len(tables), len(groups)).T.ravel()
    out = pd.concat([groups] * len(tables), ignore_index=True)
    stages = np.repeat(np.arange(len(tables)), len(groups))
    dtype: pd.CategoricalDtype = pd.CategoricalDtype(list(STAGES_OF_TIME), ordered=True)
    out["stage"] = pd.Categorical.from_codes(stages, dtype=dtype)  # type: ignore[call-overload]
    numbers = pd.concat(tables, ignore_index=True).astype(counts | ends)
    return pd.concat([out, numbers], axis=1).iloc[order].reset_index(drop=True)


def _caption(trips: Journeys, table: pd.DataFrame, names: list[str]) -> str:
    by = f", by {', '.join(name.replace('_', ' ') for name in names)}" if names else ""
    undated = table.groupby("stage", observed=False)["n_undated"].sum()
    left_out = [f"{int(n):,} in {stage}" for stage, n in undated.items() if n]
    day = trips.as_of
    parts = [
        f"Days in each stage of {counted(int(trips.sent.sum()), 'application')}{by}",
        f"Left out, as a day is not in the log: {', '.join(left_out)}" if left_out else "",
        f"As of {day.day} {MONTHS[day.month - 1]} {day.year}",
    ]
    return ". ".join(filter(None, parts)) + "."


def _text(trips: Journeys, sent: Positions, confidence: float) -> str:
    """Say after how many days half have moved on, of all groups together."""
    every = np.zeros(len(sent), np.int64)
    said, most = [], 0
    for stage, stay in _stays(trips).items():
        row = _times(trips, stay, sent, every, 1, confidence).iloc[0]
        if not np.isnan(row["median"]):
            high = row["ci_high"]
            up_to = "or more" if np.isnan(high) else f"to {high:.0f}"
            ends = f"{row['ci_low']:.0f} {up_to}; n = {int(row['n']):,}"
            guess = ", a guess from so few" if row["n"] < FEWEST else ""
            days = f"{counted(int(row['median']), 'day')} ({ends}{guess})"
            most = max(most, int(row["n"]))
            said.append(f"{days} {_WAIT[stage]}")
    if not said:
        return "Cannot tell yet: in no stage have half of the applications moved on."
    usual = " A silence shorter than that is the usual case, and no reason to give up."
    takes = f"Until half have moved on it takes {', '.join(said)}."
    return takes + usual if most >= FEWEST else takes
