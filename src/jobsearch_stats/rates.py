"""Response rates within a window, with Wilson intervals and with young approaches left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from .clusters import independent
from .errors import SettingError
from .results import (
    COUNTS,
    Result,
    application_numbers,
    as_of_text,
    check_by,
    check_confidence,
    check_counts,
    check_days,
    check_outreach,
    group_codes,
    kept_text,
    kinds_counted,
    percent,
    percent_given,
    waiting_rows,
)
from .summary import counted

_DAYS = {"any": "response_days", "positive": "positive_days"}
_KIND_WORDS = {
    "application": "applications",
    "interview": "interviews",
    "thank_you": "thank-yous",
    "follow_up": "follow-ups",
}
_COLUMNS = (
    "n",
    "n_responses",
    "n_reached",
    "n_censored",
    "n_undated",
    "n_applications",
    "rate",
    "ci_low",
    "ci_high",
    "rate_least",
    "rate_most",
    "thin",
)

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Rates(Result):
    """Response rates; `table` and what was counted.

    Attributes
    ----------
    by
        The columns of the groups; none: all approaches are one group.
    within
        The window, in days.
    counts
        "any" response, or "positive" ones.
    kinds
        The kinds of approach.
    confidence
        The level of the intervals.
    as_of
        The day looked from, the latest where logs are pooled; NaT without approaches.
    worth
        Per group, how many approaches to different employers tell as much as its own.
    """

    by: tuple[str, ...]
    within: int
    counts: str
    kinds: tuple[str, ...]
    confidence: float
    as_of: pd.Timestamp
    worth: Numbers = field(repr=False)


def response_rates(
    outreach: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    within: int = 14,
    counts: str = "any",
    kinds: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    thin_below: int = 10,
    clusters: str | None = "application",
) -> Rates:
    """Return the share of approaches that were answered within some days, by group.

    *Was there a response within `within` days of this approach, further messages included?* An
    approach that has been watched for fewer days is left out, answered or not: keeping only the
    early answers of young approaches would inflate the rate. What was sent after the end (a card
    after a rejection) waits for no answer and is left out as well.

    Parameters
    ----------
    outreach
        What :func:`jobsearch_stats.outreach` gives, or some of its rows.
    by
        A column of it or several; each combination that occurs is a group.
    within
        The window in days; the day of the approach is day 0.
    counts
        "any" counts every response of the employer, "positive" only an invitation, an interview
        whose invitation was never logged, and an offer. A talk in which nothing came is none.
    kinds
        Kinds of approach to count: "application", "interview", "thank_you", "follow_up". Left out,
        all; without interviews where `by` names what describes a message, such as the method.
    confidence
        Level of the Wilson intervals, from 0.5 to below 1.
    thin_below
        Groups of fewer approaches are marked as thin, and shown in grey.
    clusters
        "application": the intervals allow for approaches of one application faring alike. None:
        every approach counts as an independent one, which makes them too narrow where one reply
        answers several.

    Returns
    -------
    Rates
        `.table` has one row per group, in the order of its categories or values, blanks last:

        the columns `by`
            The group.
        n : int64
            Approaches watched for the whole window, and whose answer, if any, has a date.
        n_responses, n_reached : int64
            How many of these were answered in time; in how many you spoke to them.
        n_censored : int64
            Approaches watched for fewer days, answered or not: left out.
        n_undated : int64
            Watched long enough, but the answer that they got has no date: left out.
        n_applications : int64
            Different applications among the n.
        rate, ci_low, ci_high : float64
            Share answered, 0 to 1, and its interval; NaN, and 0 to 1, where n is 0.
        rate_least, rate_most : float64
            The share if none of the undated answers came in time, and if all did.
        thin : bool
            n is below `thin_below`.

    Raises
    ------
    UnknownNameError
        If a column of `by` or a kind does not exist; the message lists what there is.
    SettingError
        If a setting cannot be used.
    DataError
        If the frame is not what `outreach` gives.

    Notes
    -----
    One reply answers every approach in the days before it, so those of one application fare
    alike. The intervals allow for that: they are Wilson's for the number of independent approaches
    that tell as much (Kish's design effect, with the likeness found in the log).

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
    JASA 22:209-212. L. Kish (1965), Survey Sampling, section 5.4. What counts as a response, and
    the window of 14 days, are this project's.

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats import outreach, read_log
    >>> log = read_log(pd.DataFrame({"Company": ["Acme", "Bolt", "Crux"],
    ...     "Date applied": ["2026-03-02", "2026-03-03", "2026-03-19"],
    ...     "Rejected on": ["2026-03-09", "", "2026-03-20"]}))
    >>> rates = response_rates(outreach(log, as_of="2026-03-20"), by="kind", within=14)
    >>> rates.table[["kind", "n", "n_responses", "n_censored", "rate"]].values.tolist()
    [['application', 2, 1, 1, 0.5]]
    """
    frame = check_outreach(outreach, "observed_days", "reached", "undated", *_DAYS.values())
    names = check_by(frame, by)
    _check_names(names)
    within = check_days(within, "within")
    counts, confidence = check_counts(counts), check_confidence(confidence)
    kinds = kinds_counted(names, kinds)
    rows = waiting_rows(_needed(frame, names, counts), by=names, kinds=kinds)
    table, worth = _count(rows, names, within=within, counts=counts)
    if _check_clusters(clusters) is None:
        worth = table["n"].to_numpy(float)
    _add_rates(table, worth, confidence=confidence, thin_below=_check_thin(thin_below))
    what = f"{COUNTS[counts]} within {counted(within, 'day')}"
    caption = _caption(frame, table, worth, names, kinds, what)
    return Rates(
        table=table,
        caption=" ".join(filter(None, (caption, _kept(rows, within, counts)))),
        text=_text(table, within),
        by=tuple(names),
        within=within,
        counts=counts,
        kinds=kinds,
        confidence=confidence,
        as_of=pd.Timestamp(frame["as_of"].max()),  # NaT without rows
        worth=worth,
    )


def _needed(frame: pd.DataFrame, by: Sequence[str], counts: str) -> pd.DataFrame:
    """Return only the columns that are used: to pick rows of all of them takes time."""
    names = (*by, "application_id", "kind", "stage", "as_of", "observed_days", "reached", "undated")
    seeker = ["seeker_id"] if "seeker_id" in frame.columns else []
    return frame[list(dict.fromkeys([*names, *seeker, _DAYS[counts]]))]


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        if name in _COLUMNS:
            raise SettingError(
                f"by={name!r} is also the name of a column of the result. Rename it first.",
                name="by",
                value=name,
            )


def _check_clusters(value: object) -> object:
    if value not in ("application", None):
        raise SettingError(
            f'clusters={value!r} must be "application", or None: every approach for itself.',
            name="clusters",
            value=value,
        )
    return value


def _check_thin(value: object) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < 0:  # type: ignore[operator]
        raise SettingError(
            f"thin_below={value!r} must be a whole number of approaches, 0 or more.",
            name="thin_below",
            value=value,
        )
    return int(value)  # type: ignore[call-overload]


def _count(
    rows: pd.DataFrame, by: Sequence[str], *, within: int, counts: str
) -> tuple[pd.DataFrame, Numbers]:
    """Return the groups with their counts, and what their approaches are worth."""
    codes, table = group_codes(rows, by)
    answered = rows[_DAYS[counts]].to_numpy(float, na_value=np.nan) <= within
    old = rows["observed_days"].to_numpy(float, na_value=np.nan) >= within
    undated = old & rows["undated"].to_numpy(bool) & ~answered
    counted = old & ~undated

    def number(which: Flags) -> Counts:
        return np.bincount(codes[which], minlength=len(table))

    table["n"] = number(counted)
    table["n_responses"] = number(counted & answered)
    table["n_reached"] = number(counted & rows["reached"].to_numpy(bool))
    table["n_censored"] = number(~old)
    table["n_undated"] = number(undated)
    applications = application_numbers(rows)
    width = int(applications.max(initial=0)) + 1
    pairs = pd.unique(codes[counted] * width + applications[counted])
    table["n_applications"] = np.bincount(pairs // width, minlength=len(table))
    alone = (codes[counted], applications[counted], answered[counted])
    return table, independent(*alone, n_groups=len(table))


def _kept(rows: pd.DataFrame, within: int, counts: str) -> str:
    """Warn where silence is counted that nobody may have logged."""
    answered = rows[_DAYS[counts]].to_numpy(float, na_value=np.nan) <= within
    over = rows["observed_days"].to_numpy(float, na_value=np.nan) - within
    silent = (over >= 0) & ~answered & ~rows["undated"].to_numpy(bool)
    return kept_text(rows, silent, f"{counted(within, 'day')} without an answer", until=over)


def _add_rates(table: pd.DataFrame, worth: Numbers, *, confidence: float, thin_below: int) -> None:
    n, k, undated = (table[c].to_numpy(np.int64) for c in ("n", "n_responses", "n_undated"))
    table["rate"] = shares(k, n)
    rate = np.nan_to_num(table["rate"].to_numpy())
    table["ci_low"], table["ci_high"] = wilson(rate * worth, worth, confidence=confidence)
    table["rate_least"] = shares(k, n + undated)
    table["rate_most"] = shares(k + undated, n + undated)
    table["thin"] = n < thin_below
    if confidence != 0.95:
        table.attrs["ci_level"] = f"{percent_given(confidence)} interval"


def shares(part: Counts, whole: Counts) -> Numbers:
    """Return part over whole; NaN where whole is 0."""
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def wilson(
    n_responses: Counts | Numbers, n: Counts | Numbers, *, confidence: float
) -> tuple[Numbers, Numbers]:
    """Return the ends of Wilson's interval for each share; 0 and 1 where n is 0."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = np.zeros(len(n)), np.ones(len(n))
    at = n > 0
    if at.any():
        low[at], high[at] = proportion_confint(
            n_responses[at], n[at], alpha=1 - confidence, method="wilson"
        )
    low[n_responses == 0], high[n_responses == n] = 0, 1  # else off by rounding
    return low, high


def _caption(
    frame: pd.DataFrame,
    table: pd.DataFrame,
    worth: Numbers,
    by: Sequence[str],
    kinds: Sequence[str],
    what: str,
) -> str:
    closed = int((frame["kind"].isin(kinds) & (frame["stage"] == "closed")).sum())
    n, n_responses, young, undated = (
        int(table[c].sum()) for c in ("n", "n_responses", "n_censored", "n_undated")
    )
    of = ", ".join(_KIND_WORDS[kind] for kind in kinds)
    noun = "approach" if n == 1 else "approaches"
    first = f"{what[:1].upper()}{what[1:]}: {n_responses:,} of {n:,} {noun} ({of})"
    if by:
        first += f", by {', '.join(name.replace('_', ' ') for name in by)}"
    out = [
        f"{young:,} not watched that long yet, answered or not" if young else "",
        f"{undated:,} with an answer that has no date" if undated else "",
        f"{closed:,} made after the end" if closed else "",
    ]
    left_out = "; ".join(filter(None, out))
    day = as_of_text(frame)
    parts = [
        first,
        f"Left out: {left_out}" if left_out else "",
        alike_text(n, worth),
        "Groups in grey are thin" if by and table["thin"].any() else "",
        day[:1].upper() + day[1:],
    ]
    return ". ".join(filter(None, parts)) + "."


def alike_text(n: int, worth: Numbers) -> str:
    """Say how many approaches count in the intervals, where those to one employer count less."""
    total = round(float(worth.sum()))
    if total >= n:
        return ""
    return (
        f"As approaches to one employer fare alike, the {n:,} count as {total:,} in the intervals"
    )


def _text(table: pd.DataFrame, within: int) -> str:
    n, k, young, undated = (
        int(table[c].sum()) for c in ("n", "n_responses", "n_censored", "n_undated")
    )
    if n + undated + young == 0:
        return "Cannot tell yet: there is no approach to count."
    if n + undated == 0:
        return f"Cannot tell yet: no approach has been watched for {counted(within, 'day')}."
    if not undated:
        return ""
    least, most = percent(k / (n + undated)), percent((k + undated) / (n + undated))
    span = f"is {least}" if least == most else f"lies between {least} and {most}"
    answers, them = (
        ("1 answer has", "it") if undated == 1 else (f"{undated:,} answers have", "them")
    )
    return f"{answers} no date: with {them}, the rate of all together {span}."
