"""Time to a response: Kaplan-Meier and cumulative incidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from .curves import (
    CENSORED,
    FEWEST,
    RESPONSE,
    DayCounts,
    incidence_of,
    median_of,
    survival_band,
    survival_of,
)
from .errors import SettingError
from .results import Result, check_confidence, check_days
from .summary import counted
from .waits import Waits, group_sentences, name_level, repeated, stacked, waits_of

INTERVALS = ("log-log", "log")


@dataclass(frozen=True, eq=False, kw_only=True)
class Curves(Result):
    """What `kaplan_meier` gives back.

    Attributes
    ----------
    medians
        Columns `by`, then `n, n_responses, n_censored, median, ci_low, ci_high`; days.
    by, counts, kinds, interval, confidence
        As asked for.
    as_of
        The day looked from; NaT without approaches.
    """

    medians: pd.DataFrame
    by: tuple[str, ...]
    counts: str
    kinds: tuple[str, ...]
    as_of: pd.Timestamp
    interval: str
    confidence: float
    groups: pd.DataFrame = field(repr=False)
    per_day: Sequence[DayCounts] = field(repr=False)

    def at_risk(self, days: int | Sequence[int]) -> pd.DataFrame:
        """Return how many approaches were still waiting on each of these days.

        Parameters
        ----------
        days
            A whole number of days since the approach, or several.

        Returns
        -------
        pandas.DataFrame
            Columns `by`, `days` (int64) and `at_risk` (int64): those whose wait had not ended
            before that day. One row per group and day.

        Raises
        ------
        SettingError
            If a day is no whole number, or below 0.
        """
        # what is no sequence is taken for a day, and named in the error
        asked = list(days) if isinstance(days, Iterable) else [days]
        wanted = np.array([check_days(day, "days") for day in asked], np.int64)
        numbers = []
        for counts in self.per_day:
            waiting = np.append(counts.at_risk, 0)
            numbers.append(waiting[np.searchsorted(counts.days, wanted)])
        table = repeated(self.groups, [wanted.size] * len(self.groups))
        table["days"] = np.tile(wanted, len(self.groups))
        table["at_risk"] = stacked(numbers, "int64")
        return table


@dataclass(frozen=True, eq=False, kw_only=True)
class Incidence(Result):
    """What `cumulative_incidence` gives back; the attributes are what was asked for."""

    by: tuple[str, ...]
    counts: str
    kinds: tuple[str, ...]
    as_of: pd.Timestamp
    confidence: float


def kaplan_meier(
    outreach: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    counts: str = "any",
    kinds: str | Sequence[str] | None = None,
    interval: str = "log-log",
    confidence: float = 0.95,
) -> Curves:
    """Return how long approaches wait for a response: the share still waiting, day by day.

    A response belongs to the latest approach before it. A wait that the next approach cuts off,
    or that still goes on, is censored: it counts as waiting for as long as it was watched, and not
    as a failure. Whatever makes a response impossible is censored here as well, so this
    is no chance of a response: for that, see `cumulative_incidence` and `chance_of_reply`.

    Parameters
    ----------
    outreach
        What :func:`jobsearch_stats.outreach` gives. Approaches after the end (`closed`) stay out,
        and so do those that were answered on an unknown day (`undated`).
    by
        One or several of its columns, to compare; left out, all are one group.
    counts
        "any" response, or only a "positive" one.
    kinds
        One or several kinds of approach; left out, all, but interviews only where `by` describes
        no message.
    interval
        "log-log", which stays between 0 and 1, or "log".
    confidence
        The level of the intervals.

    Returns
    -------
    Curves
        `.table`: columns `by`, then one row per day on which a wait ended. `days` (int64, since
        the approach), `at_risk`, `n_responses`, `n_censored` (int64, on that day), `survival`
        (share still waiting after that day), `se` (Greenwood; NaN where the share is 0),
        `ci_low`, `ci_high`. `.medians` and `.at_risk(days)` go with it.

    Raises
    ------
    DataError
        If the frame is not what `outreach` gives.
    SettingError, UnknownNameError
        If an argument cannot be used; the message lists what there is.

    References
    ----------
    Kaplan and Meier (1958), JASA 53:457-481. Log-log intervals: Kalbfleisch and Prentice (2002),
    "The Statistical Analysis of Failure Time Data", section 1.4. Median: Brookmeyer and Crowley
    (1982), Biometrics 38:29-41. Where nobody has answered yet, the lower end is Wilson's, as that
    of as many of as many.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(200, seed=1), as_of="2026-03-02")
    >>> curves = kaplan_meier(tries, by="stage")
    >>> list(curves.medians["stage"])
    ['application', 'interview']
    >>> curves.at_risk([0, 7]).columns.tolist()
    ['stage', 'days', 'at_risk']
    """
    confidence = check_confidence(confidence)
    if interval not in INTERVALS:
        raise SettingError(
            f'interval={interval!r} must be "log-log" or "log".', name="interval", value=interval
        )
    waits = waits_of(outreach, by=by, counts=counts, kinds=kinds)
    table, medians = _curves(waits, interval, confidence)
    return Curves(
        table=table,
        caption=waits.caption("Time to a response, Kaplan-Meier")
        + " Waits that ended otherwise count as unfinished: this is not the chance of a response.",
        text=_in_words(waits, medians),
        medians=medians,
        **waits.asked,
        interval=interval,
        confidence=confidence,
        groups=waits.groups,
        per_day=waits.per_day,
    )


def _curves(waits: Waits, interval: str, confidence: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns: dict[str, list[npt.NDArray]] = {name: [] for name in _CURVE}
    medians = []
    for counts in map(DayCounts.alone, waits.per_day):
        survival, se = survival_of(counts)
        low, high = survival_band(counts, survival, se, interval=interval, confidence=confidence)
        parts = (counts.days, counts.at_risk, counts.ends[:, RESPONSE], counts.ends[:, CENSORED])
        for name, part in zip(columns, (*parts, survival, se, low, high), strict=True):
            columns[name].append(part)
        n, n_responses = counts.n, counts.n_responses
        ends = median_of(counts, survival, low, high)
        medians.append((n, n_responses, n - n_responses, *ends))
    table = repeated(waits.groups, [len(part) for part in columns["days"]])
    for name, dtype in _CURVE.items():
        table[name] = stacked(columns[name], dtype)
    name_level(table, confidence)
    return table, _beside(waits.groups, medians, _MEDIAN)


_CURVE = {
    "days": "int64",
    "at_risk": "int64",
    "n_responses": "int64",
    "n_censored": "int64",
    "survival": "float64",
    "se": "float64",
    "ci_low": "float64",
    "ci_high": "float64",
}
_MEDIAN = {
    "n": "int64",
    "n_responses": "int64",
    "n_censored": "int64",
    "median": "float64",
    "ci_low": "float64",
    "ci_high": "float64",
}


def _beside(groups: pd.DataFrame, rows: Sequence[tuple], dtypes: dict[str, str]) -> pd.DataFrame:
    numbers = pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
    return pd.concat([groups.reset_index(drop=True), numbers], axis=1)


def _in_words(waits: Waits, medians: pd.DataFrame) -> str:
    if not len(waits.rows):
        return "There is no approach to look at."
    if not medians["n_responses"].any():
        return "There is no response yet: how long one takes cannot be told."
    rows = medians[["n", "median", "ci_low", "ci_high"]].itertuples(index=False)
    said = group_sentences(waits, [_median_in_words(*row) for row in rows])
    return said if waits.counts == "any" else said.replace("answered", "answered positively")


def _median_in_words(n: int, median: float, low: float, high: float) -> str:
    if not n:
        return "There is no approach whose wait is known."
    if np.isnan(median):
        return f"Fewer than half were answered while they were watched (n = {n:,})."
    ends = f"{low:,.0f} or more" if np.isnan(high) else f"{low:,.0f} to {high:,.0f}"
    guess = ", as a guess from so few" if n < FEWEST else ""
    return f"Half are answered after {counted(int(median), 'day')} ({ends}; n = {n:,}){guess}."


def cumulative_incidence(
    outreach: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    counts: str = "any",
    kinds: str | Sequence[str] | None = None,
    confidence: float = 0.95,
) -> Incidence:
    """Return the share of approaches that have ended in each way, day by day.

    A withdrawal, "never call again" and (where only positive responses count) a rejection make a
    response impossible. Here they compete with it, so that the shares of all ends and the share
    still waiting add up to 1: this is the chance of a response by a day, if you send nothing more.

    Parameters
    ----------
    outreach, by, counts, kinds, confidence
        As for :func:`jobsearch_stats.kaplan_meier`.

    Returns
    -------
    Incidence
        `.table`: columns `by`, then one row per cause and day on which a wait ended. `cause`
        (category: response, withdrawal, do_not_contact, and rejection for positive responses),
        `days` (int64), `at_risk` (int64), `n_events` (int64, of that cause on that day),
        `incidence` (share ended by that cause by that day), `se`, `ci_low`, `ci_high`.

    Raises
    ------
    DataError
        If the frame is not what `outreach` gives.
    SettingError, UnknownNameError
        If an argument cannot be used; the message lists what there is.

    References
    ----------
    Aalen and Johansen (1978), Scandinavian Journal of Statistics 5:141-150; the standard error of
    Marubini and Valsecchi (1995), chapter 10. The interval is log-log in one minus the incidence:
    where nothing competes, it is that of `kaplan_meier`.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(200, seed=1), as_of="2026-03-02")
    >>> shares = cumulative_incidence(tries).table
    >>> shares["cause"].unique().tolist()
    ['response', 'withdrawal', 'do_not_contact']
    """
    confidence = check_confidence(confidence)
    waits = waits_of(outreach, by=by, counts=counts, kinds=kinds)
    return Incidence(
        table=_incidence_table(waits, confidence),
        caption=waits.caption("How the wait ended, cumulative incidence"),
        text=_last_in_words(waits),
        **waits.asked,
        confidence=confidence,
    )


def _incidence_table(waits: Waits, confidence: float) -> pd.DataFrame:
    names = ("at_risk", "n_events", "incidence", "se", "ci_low", "ci_high")
    columns: dict[str, list[npt.NDArray]] = {name: [] for name in ("cause", "days", *names)}
    for counts in waits.per_day:
        for cause, (share, se) in enumerate(incidence_of(counts), start=1):
            low, high = survival_band(
                counts, 1 - share, se, interval="log-log", confidence=confidence
            )
            columns["cause"].append(np.full(share.size, cause - 1))
            columns["days"].append(counts.days)
            for name, part in zip(
                names,
                (counts.at_risk, counts.ends[:, cause], share, se, 1 - high, 1 - low),
                strict=True,
            ):
                columns[name].append(part)
    table = repeated(waits.groups, [c.days.size * len(waits.causes) for c in waits.per_day])
    code = stacked(columns.pop("cause"), "int64")
    table["cause"] = pd.Categorical.from_codes(code, categories=pd.Index(waits.causes))
    for name, parts in columns.items():
        table[name] = stacked(parts, _CURVE.get(name, "int64" if name[0] == "n" else "float64"))
    name_level(table, confidence)
    return table


def _last_in_words(waits: Waits) -> str:
    if not len(waits.rows):
        return "There is no approach to look at."
    if not (waits.cause == RESPONSE).any():
        return "There is no response yet: how long one takes cannot be told."
    return ""
