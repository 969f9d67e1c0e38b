"""The log-rank test: whether groups differ in how soon a response comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .curves import RESPONSE
from .errors import SettingError
from .results import Result, check_by, check_outreach, group_codes
from .waits import Waits, waits_of

_LEVEL = 0.05
_LEAST_EXPECTED = 5  # below so many expected responses the chi-square distribution is no guide
_RESAMPLES = 9_999
_SEED = 20_260_310
_CELLS_AT_ONCE = 2_000_000
_MOST_REGROUPED = 5_000  # beyond it, it would take long
_REGROUPED = f" A group is small: p is that of {_RESAMPLES:,} random groupings."
_MOST_NAMED = 6  # so many groups are named in a sentence


@dataclass(frozen=True, eq=False, kw_only=True)
class LogRank(Result):
    """What `logrank` gives back.

    Attributes
    ----------
    groups
        Columns `by`, then `n, observed, expected`: responses, and how many there would be if the
        groups did not differ.
    by, counts, kinds, strata
        As asked for.
    as_of
        The day looked from; NaT without approaches.
    """

    groups: pd.DataFrame
    by: tuple[str, ...]
    counts: str
    kinds: tuple[str, ...]
    as_of: pd.Timestamp
    strata: tuple[str, ...]


def logrank(
    outreach: pd.DataFrame,
    *,
    by: str | Sequence[str],
    counts: str = "any",
    kinds: str | Sequence[str] | None = None,
    strata: str | Sequence[str] | None = None,
) -> LogRank:
    """Return whether groups of approaches differ in how soon a response comes.

    What competes with a response is censored, as in `kaplan_meier`. One test for all the groups: it
    says that they differ, not which one is best.

    Parameters
    ----------
    outreach, counts, kinds
        As for :func:`jobsearch_stats.kaplan_meier`.
    by
        One or several columns that make the groups.
    strata
        Columns within whose values alone the groups are compared: what else differs between
        them, such as `fit` or `stage`.

    Returns
    -------
    LogRank
        `.table`: one row, `chi2` (float64), `df` (int64), `p_value` (float64); NaN and 0 where
        nothing can be compared, and `.text` says why. `.groups`: columns `by`, `n` (int64),
        `observed` (int64) and `expected` (float64) responses.

    Raises
    ------
    DataError
        If the frame is not what `outreach` gives.
    SettingError, UnknownNameError
        If an argument cannot be used; the message lists what there is.

    References
    ----------
    Mantel (1966), Cancer Chemotherapy Reports 50:163-170; as `survdiff` of statsmodels. Where a
    group is expected to have fewer than 5 responses, p is that of random groupings (within the
    strata): Heinze, Gnant and Schemper (2003), Biometrics 59:1151-1157. They take the waits of all
    groups to be cut off alike.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> tries = js.outreach(js.simulate_log(200, seed=1), as_of="2026-03-02")
    >>> test = logrank(tries, by="method", kinds="follow_up")
    >>> test.table.columns.tolist()
    ['chi2', 'df', 'p_value']
    """
    within = check_by(check_outreach(outreach), strata)
    waits = waits_of(outreach, by=by, counts=counts, kinds=kinds, also=within)
    if not waits.groups.shape[1]:
        raise SettingError(
            "logrank compares groups. Pass by=<a column of outreach>.", name="by", value=by
        )
    stratum, _ = group_codes(waits.rows, within)
    observed, expected, variance = _observed_expected(waits, stratum)
    compared = expected > 0
    df = int(compared.sum()) - 1
    why_not = _why_not(waits, compared, variance)
    chi2, p_value = (np.nan, np.nan) if why_not else _chi2(waits, stratum, compared)
    few = not why_not and expected[compared].min() < _LEAST_EXPECTED
    if few and len(waits.rows) <= _MOST_REGROUPED:
        p_value = _regrouped(waits, stratum, compared, observed - expected, variance)
    groups = waits.groups.assign(
        n=np.bincount(waits.code, minlength=len(waits.groups)),
        observed=observed.astype("int64"),
        expected=expected,
    )
    return LogRank(
        table=pd.DataFrame({"chi2": [chi2], "df": [0 if why_not else df], "p_value": [p_value]}),
        caption=waits.caption("Log-rank test of the time to a response")
        + (_REGROUPED if few and len(waits.rows) <= _MOST_REGROUPED else ""),
        text=why_not or _verdict(waits, compared, observed, expected, p_value),
        groups=groups,
        strata=tuple(within),
        **waits.asked,
    )


def _observed_expected(
    waits: Waits, stratum: npt.NDArray[np.int64]
) -> tuple[npt.NDArray, npt.NDArray, npt.NDArray]:
    """Return each group's responses, those expected, and the variance of their difference."""
    n_groups = len(waits.groups)
    observed, expected = np.zeros(n_groups), np.zeros(n_groups)
    variance = np.zeros((n_groups, n_groups))
    for number in range(int(stratum.max(initial=-1)) + 1):
        rows = stratum == number
        days, place = np.unique(waits.days[rows], return_inverse=True)
        key, size = place * n_groups + waits.code[rows], days.size * n_groups
        shape = (days.size, n_groups)
        ended = np.bincount(key, minlength=size).reshape(shape)
        answered = np.bincount(key[waits.cause[rows] == RESPONSE], minlength=size).reshape(shape)
        at_risk = ended[::-1].cumsum(axis=0)[::-1]
        total, responses = at_risk.sum(axis=1), answered.sum(axis=1)
        share = at_risk / total[:, None]
        spread = responses * (total - responses) / np.maximum(total - 1, 1)
        observed += answered.sum(axis=0)
        expected += responses @ share
        variance += np.diag(spread @ share) - (share.T * spread) @ share
    return observed, expected, variance


def _why_not(waits: Waits, compared: npt.NDArray[np.bool_], variance: npt.NDArray) -> str:
    """Say why nothing can be compared; blank where it can."""
    if not len(waits.rows):
        return "There is no approach to look at."
    if len(waits.groups) == 1:
        return f"There is one group ({waits.labels[0]}): nothing to compare it with."
    if not (waits.cause == RESPONSE).any():
        return "There is no response yet: the groups cannot be compared."
    if not _linked(variance[np.ix_(compared, compared)]):
        return (
            "The groups cannot be compared: on the days of the responses, no two of them (or not "
            "all) were waiting at the same time."
        )
    return ""


def _linked(variance: npt.NDArray) -> bool:
    """Say whether all groups are linked by days on which two of them could have been answered.

    Two groups that never were have a covariance of exactly 0; its matrix can be inverted only
    where such links join all groups.
    """
    from scipy.sparse.csgraph import connected_components

    return len(variance) > 1 and connected_components(variance < 0, directed=False)[0] == 1


def _chi2(
    waits: Waits, stratum: npt.NDArray[np.int64], compared: npt.NDArray[np.bool_]
) -> tuple[float, float]:
    from scipy.stats import chi2 as chi2_of
    from statsmodels.duration.survfunc import survdiff

    rows = compared[waits.code]
    chi2, _ = survdiff(
        waits.days[rows],
        (waits.cause[rows] == RESPONSE).astype(np.int64),
        waits.code[rows],
        strata=stratum[rows] if stratum.any() else None,
    )
    # its own p-value is one minus a number near one: 0 from about 1e-16 on
    return float(chi2), float(chi2_of.sf(chi2, int(compared.sum()) - 1))


def _regrouped(
    waits: Waits,
    stratum: npt.NDArray[np.int64],
    compared: npt.NDArray[np.bool_],
    difference: npt.NDArray,
    variance: npt.NDArray,
) -> float:
    """Return how often random groups of these sizes are as far apart as the true ones."""
    rows = compared[waits.code]
    code, stratum, days = waits.code[rows], stratum[rows], waits.days[rows]
    answered = waits.cause[rows] == RESPONSE
    order = np.lexsort((answered, days, stratum))  # no order of rows matters
    scores = _scores(days[order], answered[order], stratum[order])
    order = np.lexsort((code, stratum))
    code, blocks = code[order], np.unique(stratum[order], return_index=True)[1][1:]
    used = np.flatnonzero(compared)[:-1]  # what is left over is the last one's
    inverse = np.linalg.inv(variance[np.ix_(used, used)])

    def apart(differences: npt.NDArray) -> npt.NDArray:
        return np.einsum("ij,jk,ik->i", differences, inverse, differences)

    rng, found = np.random.default_rng(_SEED), 0
    limit = apart(difference[None, used])[0] * (1 - 1e-9)  # as far, save for rounding
    for start in range(0, _RESAMPLES, step := max(1, _CELLS_AT_ONCE // code.size)):
        many = np.tile(code, (min(step, _RESAMPLES - start), 1))
        shuffled = [rng.permuted(part, axis=1) for part in np.split(many, blocks, axis=1)]
        groups = np.concatenate(shuffled, axis=1)
        found += int((apart(np.stack([(groups == g) @ scores for g in used], 1)) >= limit).sum())
    return (1 + found) / (1 + _RESAMPLES)


def _scores(
    days: npt.NDArray, answered: npt.NDArray[np.bool_], stratum: npt.NDArray
) -> npt.NDArray[np.float64]:
    """Return each wait's share of observed minus expected: they add up to those of its group."""
    out = np.zeros(days.size)
    for number in np.unique(stratum):
        rows = stratum == number
        _, place = np.unique(days[rows], return_inverse=True)
        at_risk = np.bincount(place)[::-1].cumsum()[::-1]
        out[rows] = answered[rows] - (np.bincount(place, answered[rows]) / at_risk).cumsum()[place]
    return out


def _verdict(
    waits: Waits,
    compared: npt.NDArray[np.bool_],
    observed: npt.NDArray,
    expected: npt.NDArray,
    p_value: float,
) -> str:
    p = f"log-rank p = {p_value:.2g}" if p_value >= 0.0001 else "log-rank p < 0.0001"
    names = [label for label, used in zip(waits.labels, compared, strict=True) if used]
    if p_value >= _LEVEL:
        between = ", " if len(waits.groups.columns) == 1 else "; "  # names of several have commas
        who = between.join(names) if len(names) <= _MOST_NAMED else f"{len(names):,} groups"
        return f"{who}: you cannot tell yet whether one is answered sooner ({p})."
    ratio = np.divide(observed, expected, out=np.zeros(expected.size), where=compared)
    most = int(ratio.argmax())
    return (
        f"They differ in how soon a response comes ({p}); {waits.labels[most]} brought "
        f"{observed[most]:,.0f} where {expected[most]:,.1f} would be expected without a "
        "difference. This does not show that the one brings about the other."
    )
