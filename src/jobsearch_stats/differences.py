"""Differences between response rates: one test of all groups first, then the pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import DataError, SettingError, UnknownNameError
from .rates import Rates
from .results import Result, group_labels
from .verdicts import Groups, caption, verdict

TESTS = {"fisher": "Fisher's exact test", "boschloo": "Boschloo's exact test"}

_POWER = 0.8
_LEAST_EXPECTED = 5
"""Below this expected count the chi-square distribution is no good guide (Cochran's rule)."""

_RESAMPLES = 9_999
_SEED = 20_260_310
_CELLS_AT_ONCE = 2_000_000
Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Differences(Result):
    """Differences between groups; `table`, the verdict in `text`, and the test of all groups.

    Attributes
    ----------
    global_p
        The p-value of the one test of all groups together; NaN where there are no two.
    global_test
        Its name; blank where there is none.
    by, within, counts, as_of
        As in the rates.
    """

    global_p: float
    global_test: str
    by: tuple[str, ...]
    within: int
    counts: str
    as_of: pd.Timestamp


def rate_differences(
    rates: Rates, *, reference: object = None, test: str = "fisher"
) -> Differences:
    """Return how far apart the rates are, and say what may be concluded.

    One test of all groups comes first: unless it finds a difference, no group is called better
    than another, however far apart the rates look. Then come the pairs, with Holm's correction.
    What differs is associated with the rate; it need not be the cause.

    Parameters
    ----------
    rates
        What :func:`jobsearch_stats.response_rates` gives.
    reference
        The group that all others are compared with: its value, its name as shown, a tuple of
        values, or a dict from the columns to values. Left out, all pairs are compared.
    test
        "fisher" or "boschloo": the exact test of two groups. Boschloo's finds more, and takes long
        beyond some hundred approaches.

    Returns
    -------
    Differences
        `.table` has one row per pair of groups in which anything is counted:

        group, reference : str
            The groups; the difference is the first minus the second.
        n, n_responses, rate, n_reference, n_responses_reference, rate_reference
            The counts (int64) and rates (float64, 0 to 1) of both.
        difference, ci_low, ci_high : float64
            Difference of the rates, -1 to 1, and Newcombe's interval of this one difference at
            the level of the rates.
        p_value, p_holm : float64
            Of the exact test; corrected for the number of rows by Holm.
        detectable : float64
            The smallest difference that a single comparison of so many approaches would find in
            4 of 5 cases, around the rate of both together; NaN where there is none, however
            large. With several pairs it takes more.

        `.global_p`, `.global_test`: of two groups, the exact test; of more, chi-square where
        every expected count is 5 or more, else 9,999 random tables with the same margins. `.text`
        is the verdict. A group without any approach to count is left out and named.

    Raises
    ------
    UnknownNameError
        If `reference` is no group; the message lists them.
    SettingError
        If `test` is none of the two, or `reference` fits several groups.
    DataError
        If `rates` is not what `response_rates` gives.

    Notes
    -----
    Approaches to one employer fare alike. As in `response_rates`, intervals and tests count as many
    independent approaches as tell as much, the tests in whole ones.

    References
    ----------
    R. G. Newcombe (1998), Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17:873-890, method 10. S. Holm (1979), A simple
    sequentially rejective multiple test procedure, Scand. J. Statistics 6:65-70. J. Cohen (1988),
    Statistical power analysis, chapter 6 (arcsine). W. G. Cochran (1954), Biometrics 10:417-451.

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats import outreach, read_log, response_rates
    >>> log = read_log(pd.DataFrame({"Company": ["Acme", "Bolt", "Crux"],
    ...     "Date applied": ["2026-03-02"] * 3, "Source": ["Referral", "Job board", "Job board"],
    ...     "Rejected on": ["2026-03-09", "", ""]}))
    >>> rates = response_rates(outreach(log, as_of="2026-03-20"), by="source")
    >>> rate_differences(rates, reference="Job board").text
    'With 2 approaches for Job board and 1 for Referral you cannot tell them apart yet: no \
difference, however large, would show reliably.'
    """
    if not isinstance(rates, Rates):
        raise DataError(
            f"rate_differences needs what response_rates(...) gives, not {type(rates)!r}."
        )
    if not isinstance(test, str) or test not in TESTS:
        raise SettingError(
            f'test={test!r} must be "fisher" or "boschloo".', name="test", value=test
        )
    groups = _groups(rates.table, rates.by, rates.worth)
    chosen = None if reference is None else _find(reference, rates)
    first, second = _pairs(groups, chosen)
    alpha = 1 - rates.confidence
    table = _compare(groups, first, second, test, alpha)
    global_p, global_test = _global(groups, test)
    if "ci_level" in rates.table.attrs:
        table.attrs["ci_level"] = rates.table.attrs["ci_level"]
    return Differences(
        table=table,
        caption=caption(rates, groups, global_p, global_test),
        text=verdict(rates, groups, table, global_p, chosen),
        global_p=global_p,
        global_test=global_test,
        by=rates.by,
        within=rates.within,
        counts=rates.counts,
        as_of=rates.as_of,
    )


def _groups(table: pd.DataFrame, by: Sequence[str], worth: Numbers) -> Groups:
    labels = group_labels(table[list(by)])
    n = table["n"].to_numpy(np.int64)
    at = np.flatnonzero(n)
    return Groups(
        labels=[labels[i] for i in at],
        n=n[at],
        k=table["n_responses"].to_numpy(np.int64)[at],
        worth=worth[at],
        void=[label for label, number in zip(labels, n, strict=True) if not number],
    )


def _find(reference: object, rates: Rates) -> str:
    """Return the label of the group that is meant."""
    labels = group_labels(rates.table[list(rates.by)])
    wanted = {reference if isinstance(reference, str) else None, _label_of(reference, rates.by)}
    found = [label for label in labels if label in wanted]
    if not found:
        raise UnknownNameError(
            f"reference={reference!r} is no group; there are {', '.join(map(repr, labels))}. Pass "
            "reference=<one of these>, or leave it out to compare all pairs.",
            name=reference,
            known=labels,
        )
    if len(found) > 1:
        raise SettingError(
            f"reference={reference!r} fits {len(found)} groups. Give them different names first.",
            name="reference",
            value=reference,
        )
    return found[0]


def _label_of(reference: object, by: Sequence[str]) -> str | None:
    """Return the label that the group of these values has."""
    if isinstance(reference, Mapping):
        values = [reference.get(name) for name in by] if set(reference) == set(by) else []
    elif isinstance(reference, list | tuple):
        values = list(reference)
    else:
        values = [reference]
    if not by or len(values) != len(by):
        return None
    columns = {
        name: pd.Series([value], dtype=object) for name, value in zip(by, values, strict=True)
    }
    return group_labels(pd.DataFrame(columns))[0]


def _pairs(groups: Groups, reference: str | None) -> tuple[Counts, Counts]:
    """Return the places of the groups to compare, and of those they are compared with."""
    places = np.arange(len(groups.n))
    if reference is None:
        first, second = np.triu_indices(len(places), 1)
        return first, second
    if reference in groups.void:
        return places[:0], places[:0]
    at = groups.labels.index(reference)
    first = places[places != at]
    return first, np.full(len(first), at)


def _compare(
    groups: Groups, first: Counts, second: Counts, test: str, alpha: float
) -> pd.DataFrame:
    n, k, n_ref, k_ref = groups.n[first], groups.k[first], groups.n[second], groups.k[second]
    worth, worth_ref = groups.worth[first], groups.worth[second]
    low, high = newcombe(k / n * worth, worth, k_ref / n_ref * worth_ref, worth_ref, alpha)
    whole = groups.as_whole()
    p = _exact(np.column_stack([whole[first], whole[second]]), test)
    return pd.DataFrame(
        {
            "group": pd.Series([groups.labels[i] for i in first], dtype="str"),
            "reference": pd.Series([groups.labels[i] for i in second], dtype="str"),
            "n": n,
            "n_responses": k,
            "rate": k / n,
            "n_reference": n_ref,
            "n_responses_reference": k_ref,
            "rate_reference": k_ref / n_ref,
            "difference": k / n - k_ref / n_ref,
            "ci_low": low,
            "ci_high": high,
            "p_value": p,
            "p_holm": holm(p),
            "detectable": _detectable(worth, worth_ref, (k + k_ref) / (n + n_ref), alpha),
        }
    )


def newcombe(
    k: Numbers, n: Numbers, k_ref: Numbers, n_ref: Numbers, alpha: float
) -> tuple[Numbers, Numbers]:
    """Return the ends of Newcombe's interval for each difference of two shares."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    if not len(n):
        return np.zeros(0), np.zeros(0)
    low, high = confint_proportions_2indep(
        k, n, k_ref, n_ref, method="newcomb", compare="diff", alpha=alpha
    )
    return np.clip(low, -1, 1), np.clip(high, -1, 1)


def _exact(tables: Counts, test: str) -> Numbers:
    """Return the p-value of each 2 by 2 table (a row of four counts); equal ones are done once."""
    from scipy.stats import boschloo_exact, fisher_exact

    if not len(tables):
        return np.zeros(0)
    different, at = np.unique(tables, axis=0, return_inverse=True)
    p = np.ones(len(different))
    for place, (k, rest, k_ref, rest_ref) in enumerate(different.tolist()):
        if k + k_ref == 0 or rest + rest_ref == 0:
            continue  # all answered, or none: no table is likelier (Boschloo's would be NaN)
        if test == "fisher":
            p[place] = fisher_exact([[k, rest], [k_ref, rest_ref]])[1]
        else:  # its columns are the two groups
            p[place] = boschloo_exact([[k, k_ref], [rest, rest_ref]]).pvalue
    return np.minimum(p, 1.0)[at.ravel()]


def holm(p: npt.ArrayLike) -> Numbers:
    """Return Holm's corrected p-values.

    The same as statsmodels' `multipletests`, which collects the garbage of the whole session each
    time: a tenth of a second, of less than one that a comparison of strategies takes.
    """
    p = np.asarray(p, float)
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    out = np.empty_like(p)
    out[order] = np.minimum(steps, 1)
    return out


def _detectable(n: Numbers, n_ref: Numbers, rate: Numbers, alpha: float) -> Numbers:
    """Return the smallest difference from this rate that would be found; NaN for none."""
    from statsmodels.stats.power import NormalIndPower

    if not len(n):
        return np.zeros(0)
    # Power depends on the effect times the root of n1 n2 / (n1 + n2) alone: solved once, for 50
    effect = NormalIndPower().solve_power(nobs1=100, ratio=1, alpha=alpha, power=_POWER)
    step = effect * np.sqrt(50 * (1 / n + 1 / n_ref))
    angle = 2 * np.arcsin(np.sqrt(rate))
    up = np.where(angle + step <= np.pi, np.sin((angle + step) / 2) ** 2 - rate, np.inf)
    down = np.where(angle - step >= 0, rate - np.sin((angle - step) / 2) ** 2, np.inf)
    least = np.minimum(up, down)
    return np.where(np.isinf(least), np.nan, least)


def _global(groups: Groups, test: str) -> tuple[float, str]:
    """Return the p-value of the one test of all groups, and its name."""
    from scipy.stats import MonteCarloMethod, chi2_contingency
    from scipy.stats.contingency import expected_freq

    table = groups.as_whole()
    if len(table) < 2:
        return float("nan"), ""
    if len(table) == 2:
        return float(_exact(table.reshape(1, 4), test)[0]), TESTS[test]
    if not table.sum(axis=0).all():
        return 1.0, "every group has the same rate"
    if expected_freq(table).min() >= _LEAST_EXPECTED:
        return float(chi2_contingency(table, correction=False).pvalue), "chi-square test"
    method = MonteCarloMethod(
        n_resamples=_RESAMPLES,
        batch=max(1, _CELLS_AT_ONCE // table.size),
        rng=np.random.default_rng(_SEED),
    )
    p = chi2_contingency(table, correction=False, method=method).pvalue
    return float(p), f"chi-square test by {_RESAMPLES:,} random tables"
