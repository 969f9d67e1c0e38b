"""The log-rank test: reference numbers, strata, and what it says of too little."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import survdiff

import jobsearch_stats as js
from small_waits import answered, lung_rows


def test_lung_log_rank_as_in_r():
    # R survival: survdiff(Surv(time, status) ~ sex, data = lung)
    test = js.logrank(lung_rows(), by="sex")
    assert round(test.table["chi2"].item(), 3) == 10.327
    assert test.table["df"].item() == 1
    assert round(test.table["p_value"].item(), 5) == 0.00131
    assert test.groups["observed"].tolist() == [112, 53]
    assert test.groups["expected"].round(1).tolist() == [91.6, 73.4]


def test_log_rank_in_strata_is_that_of_survdiff():
    rng = np.random.default_rng(5)
    days, status = rng.integers(1, 30, 300), rng.integers(0, 2, 300)
    group, fit = rng.choice(["phone", "email", "letter"], 300), rng.integers(1, 4, 300)
    frame = answered(days, status, method=group, fit=fit)
    test = js.logrank(frame, by="method", strata="fit")
    chi2, p_value = survdiff(days, status, group, strata=fit)
    assert test.table.iloc[0].tolist() == pytest.approx([chi2, 2, p_value])
    assert test.groups["observed"].sum() == status.sum()
    assert test.groups["expected"].sum() == pytest.approx(status.sum())
    assert test.strata == ("fit",)
    assert test.table["chi2"].item() != js.logrank(frame, by="method").table["chi2"].item()


def test_expected_by_hand():
    # day 1: 1 of 4, two of each; day 2: 1 of 3, one a and two b
    test = js.logrank(answered([1, 2, 3, 3], [1, 1, 0, 0], role=list("aabb")), by="role")
    test_swapped = js.logrank(answered([1, 2, 3, 3], [1, 1, 0, 0], role=list("bbaa")), by="role")
    assert test.groups["expected"].tolist() == pytest.approx([1 / 2 + 1 / 3, 1 / 2 + 2 / 3])
    assert test_swapped.table["chi2"].item() == pytest.approx(test.table["chi2"].item())


def test_a_group_never_at_risk_costs_no_degree_of_freedom():
    days, status = [0, 3, 4, 5, 6, 7], [0, 1, 1, 1, 0, 1]
    test = js.logrank(answered(days, status, role=list("xababa")), by="role")
    alone = js.logrank(answered(days[1:], status[1:], role=list("ababa")), by="role")
    assert test.table["df"].item() == 1
    assert test.table["chi2"].item() == pytest.approx(alone.table["chi2"].item())
    assert len(test.groups) == 3


def test_log_rank_says_in_words_what_it_found():
    early, late = answered([1, 2] * 20, [1] * 40, role="a"), answered([30] * 40, [1] * 40, role="b")
    test = js.logrank(pd.concat([early, late], ignore_index=True), by="role")
    assert "They differ" in test.text
    assert "p < 0.0001" in test.text
    assert "a brought 40 where" in test.text
    assert 0 < test.table["p_value"].item() < 1e-12  # not rounded to 0
    same = js.logrank(answered([1, 1, 2, 2], [1] * 4, role=list("abab")), by="role")
    assert "a, b: you cannot tell yet" in same.text


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (answered([], []), "There is no approach"),
        (answered([3, 4], [1, 1], role="a"), "There is one group"),
        (answered([3, 4], [0, 0], role=["a", "b"]), "There is no response yet"),
        (answered([1, 5], [1, 1], role=["a", "b"]).iloc[::-1], ""),
        (answered([0, 4], [0, 1], role=["a", "b"]), "cannot be compared"),
        (
            answered(
                [1, 1, 1, 5, 6, 7], [1, 0, 0, 1, 1, 0], role=list("aaabbb"), fit=[1] * 3 + [2] * 3
            ),
            "cannot be compared",
        ),
    ],
)
def test_log_rank_of_too_little(frame, said):
    frame = frame.assign(role=frame.get("role", pd.Series(dtype=str)))
    test = js.logrank(frame, by="role", strata="fit" if "fit" in frame else None)
    assert said in test.text
    assert test.table["p_value"].isna().item() is bool(said)
    assert test.table["df"].item() == (0 if said else 1)
