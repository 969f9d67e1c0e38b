"""How late employers are against the decision date that they named themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .curves import (
    CENSORED,
    FEWEST,
    RESPONSE,
    DayCounts,
    count_days,
    incidence_of,
    median_of,
    survival_band,
)
from .landmarks import landmarks_of
from .results import (
    Result,
    application_numbers,
    as_of_text,
    check_confidence,
    check_counts,
    check_outreach,
    percent,
    waiting_rows,
)
from .summary import counted
from .waits import CAUSES, COLUMNS, name_level, number

_ANSWERED_ON = {"any": "response_on", "positive": "positive_on"}
_ANSWERED = {"any": "answered", "positive": "answered positively"}
_OTHER = 2  # what makes an answer impossible
_WEEK = 7


@dataclass(frozen=True, eq=False, kw_only=True)
class DecisionDelay(Result):
    """What `decision_delay` gives back.

    Attributes
    ----------
    summary
        One row; see `decision_delay`.
    counts, confidence
        As asked for.
    as_of
        The day looked from; NaT without such an interview.
    """

    summary: pd.DataFrame
    counts: str
    confidence: float
    as_of: pd.Timestamp


def decision_delay(
    outreach: pd.DataFrame, *, counts: str = "any", confidence: float = 0.95
) -> DecisionDelay:
    """Return how long after (or before) the date that they named employers answered.

    Of the interviews at which a decision date was named: the share answered by each day, counted
    from that date. Whatever you sent in between, the first answer counts. A withdrawal, "never
    call again" and (where only positive answers count) a rejection compete with it; whoever is
    still silent at `as_of` is censored, and not counted as a failure.

    Parameters
    ----------
    outreach
        What :func:`jobsearch_stats.outreach` gives, with all its rows: where a later approach was
        ended by a withdrawal, that ended the wait after the interview as well.
    counts
        "any" answer, or only a "positive" one.
    confidence
        The level of the intervals.

    Returns
    -------
    DecisionDelay
        `.table`: one row per day on which a wait ended. `delay_days` (int64): days after the
        promised date, 0 on it, negative before; `at_risk`, `n_answers`, `n_censored` (int64);
        `answered` (float64): share answered by then; `se`, `ci_low`, `ci_high` (float64).
        `.summary`: one row, `n, n_answers, n_censored, n_undated` (int64; the last ones are left
        out: answered nobody knows when), `on_time, on_time_low, on_time_high`: share answered by
        the date itself; `within_a_week, within_a_week_low, within_a_week_high`: by 7 days after it
        (NaN, and 0 to 1, where nobody was watched until then); `median, ci_low, ci_high`: days
        after the date by which half had answered (NaN: not reached).

    Raises
    ------
    DataError
        If the frame is not what `outreach` gives.
    SettingError
        If an argument cannot be used.

    References
    ----------
    Aalen and Johansen (1978), Scandinavian Journal of Statistics 5:141-150. What counts as a
    promised date is rule R1 (`docs/rules.md`).

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(300, seed=1), as_of="2026-03-02")
    >>> delay = decision_delay(tries)
    >>> bool(delay.table["delay_days"].min() < 0)
    True
    """
    counts, confidence = check_counts(counts), check_confidence(confidence)
    check_outreach(outreach, "date", "decide_by", "undated", _ANSWERED_ON[counts], *COLUMNS[counts])
    every = outreach.assign(application_id=application_numbers(outreach))
    rows = waiting_rows(every, by=(), kinds="interview")
    rows = rows[rows["decide_by"].notna()]
    cause, end = _ends(rows, every, counts)
    unknown = rows["undated"].to_numpy(bool) & (cause == CENSORED)
    days = (end - _day(rows["decide_by"]))[~unknown]
    per_day = count_days(
        days, cause[~unknown], np.zeros(days.size, np.int64), n_groups=1, n_causes=_OTHER + 1
    )[0]
    table = _table(per_day, confidence)
    summary = _summary(per_day, table, int(unknown.sum()), confidence)
    name_level(table, confidence)
    return DecisionDelay(
        table=table,
        caption=_caption(rows, per_day, int(unknown.sum())),
        text=_in_words(summary, counts),
        summary=summary,
        counts=counts,
        confidence=confidence,
        as_of=pd.Timestamp(rows["as_of"].max()),
    )


def _day(dates: pd.Series) -> npt.NDArray[np.int64]:
    """Return the number of each day; what is blank becomes far below any."""
    return dates.to_numpy("datetime64[D]").astype(np.int64)


def _ends(
    rows: pd.DataFrame, outreach: pd.DataFrame, counts: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return how and on which day the wait after each interview ended, approaches included."""
    answered = rows[_ANSWERED_ON[counts]]
    other, there = _first_other_end(rows, outreach, counts)
    on = _day(answered)
    answers = answered.notna().to_numpy() & (~there | (on <= other))
    cause = np.where(answers, RESPONSE, np.where(there, _OTHER, CENSORED))
    return cause, np.where(answers, on, np.where(there, other, _day(rows["as_of"])))


def _first_other_end(
    rows: pd.DataFrame, outreach: pd.DataFrame, counts: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return when something else than an answer ended each application after its interview.

    The wait after the interview is cut by the next approach; the wait after that one says how it
    went on. An end later than an approach belongs to the last approach before it.
    """
    ended_by, ended_days = COLUMNS[counts]
    ends = outreach[outreach[ended_by].isin(CAUSES[1:]).to_numpy()]
    code, other = (frame["application_id"].to_numpy(np.int64) for frame in (rows, ends))
    day = _day(ends["date"]) + ends[ended_days].to_numpy(np.int64)
    start = _day(rows["date"])
    first = min(day.min(initial=0), start.min(initial=0))
    width = int(max(day.max(initial=0), start.max(initial=0)) - first) + 1
    key = np.unique(other * width + day - first)
    place = np.searchsorted(key, code * width + start - first)
    found = np.append(key, -1)[place]
    there = (found >= 0) & (found // width == code)
    return found % width + first, there


def _table(counts: DayCounts, confidence: float) -> pd.DataFrame:
    share, se = incidence_of(counts)[0]
    low, high = survival_band(counts, 1 - share, se, interval="log-log", confidence=confidence)
    return pd.DataFrame(
        {
            "delay_days": counts.days,
            "at_risk": counts.at_risk,
            "n_answers": counts.ends[:, RESPONSE],
            "n_censored": counts.ends[:, CENSORED],
            "answered": share,
            "se": se,
            "ci_low": 1 - high,
            "ci_high": 1 - low,
        }
    )


def _summary(
    counts: DayCounts, table: pd.DataFrame, n_undated: int, confidence: float
) -> pd.DataFrame:
    waiting, low, high = (1 - table[c].to_numpy() for c in ("answered", "ci_high", "ci_low"))
    median, ci_low, ci_high = median_of(counts, waiting, low, high)
    return pd.DataFrame(
        {
            "n": [counts.n],
            "n_answers": [counts.n_responses],
            "n_censored": [int(counts.ends[:, CENSORED].sum())],
            "n_undated": [n_undated],
            **_share_by(counts, 0, "on_time", confidence),
            **_share_by(counts, _WEEK, "within_a_week", confidence),
            "median": [median],
            "ci_low": [ci_low],
            "ci_high": [ci_high],
        }
    )


def _share_by(
    counts: DayCounts, delay: int, name: str, confidence: float
) -> dict[str, Sequence[float]]:
    """Return the share answered by this delay, with its interval."""
    before_all = min(delay, int(counts.days.min(initial=delay))) - 1
    marks = landmarks_of(counts, [before_all], by_day=delay, confidence=confidence)
    return {
        name: marks.chance.tolist(),
        f"{name}_low": marks.ci_low.tolist(),
        f"{name}_high": marks.ci_high.tolist(),
    }


def _caption(rows: pd.DataFrame, counts: DayCounts, n_undated: int) -> str:
    subject = "Answers against the date that employers named"
    left = (
        f" {number(n_undated, 'interview', 'interviews')} left out: answered or ended on a day "
        "that nobody knows."
        if n_undated
        else ""
    )
    if not counts.n:
        return f"{subject}: no interview at which a date was named.{left}"
    ends = counts.ends.sum(axis=0)
    return (
        f"{subject}: n = {number(counts.n, 'interview', 'interviews')} {as_of_text(rows)}; "
        f"{ends[RESPONSE]:,} answered, {ends[_OTHER]:,} ended otherwise, {ends[CENSORED]:,} still "
        f"silent. Whatever you sent in between is included.{left}"
    )


def _in_words(summary: pd.DataFrame, counts: str) -> str:
    row, answered = summary.iloc[0], _ANSWERED[counts]
    n = int(row["n"])
    if n < FEWEST:
        few = f"only {counted(n, 'interview')}" if n else "no interview"
        return f"Cannot tell yet: the log has {few} at which a date was named."
    if not row["n_answers"]:
        return f"Of {n:,} interviews with a decision date, none has been {answered} yet."
    ends = _ends_in_words(row["ci_low"], row["ci_high"])
    half = (
        f"Half were {answered} {_by(row['median'])} ({ends})"
        if not np.isnan(row["median"])
        else f"Fewer than half have been {answered} so far"
    )
    if np.isnan(row["on_time"]):
        return (
            f"Of {n:,} interviews with a decision date, none was watched until that date. {half}."
        )
    low, high = percent(row["on_time_low"], sign=False), percent(row["on_time_high"])
    share = f"about {percent(row['on_time'])} ({low} to {high}) were"
    if not row["on_time"]:
        share = f"none ({low} to {high}) was"
    return (
        f"Of {n:,} interviews with a decision date, {share} {answered} by that date. {half}."
        # a no on the day is on time as well: of yeses alone nothing follows for the date
        + (_advice(row["on_time_low"], row["on_time_high"]) if counts == "any" else "")
    )


def _advice(low: float, high: float) -> str:
    if high < 0.5:
        return " Most let their date pass: do not give up on it."
    if low > 0.5:
        return " Most keep their date."
    return " Whether most keep their date cannot be told yet."


def _by(days: float) -> str:
    """Return "by 19 days after it"."""
    if days == 0:
        return "by the date itself"
    return f"by {counted(int(abs(days)), 'day')} {'after' if days > 0 else 'before'} it"


def _ends_in_words(low: float, high: float) -> str:
    """Return the ends of the median: "8 to 19 days after", "2 days before to 3 days after"."""
    first, last = (_delay(end) for end in (low, high))
    if np.isnan(high):
        return f"{first} or later"
    if low * high > 0 and low != high:  # on the same side
        return f"{abs(low):.0f} to {last}"
    return first if low == high else f"{first} to {last}"


def _delay(days: float) -> str:
    if np.isnan(days) or days == 0:
        return "the date itself"
    return f"{counted(int(abs(days)), 'day')} {'after' if days > 0 else 'before'}"
