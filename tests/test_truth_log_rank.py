"""The log-rank test where groups are small: against all groupings there are, and its size."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from small_waits import answered


def test_random_groupings_come_near_to_all_groupings():
    days, status = [1, 2, 2, 4, 6, 7, 9, 9], [1, 1, 0, 1, 1, 1, 0, 1]
    test = js.logrank(answered(days, status, role=list("aaabbbbb")), by="role")
    scores = np.zeros(8)  # observed minus expected of each, by hand
    for i in range(8):
        for t in sorted(set(days)):
            at_risk = sum(d >= t for d in days)
            ended = sum(d == t and s for d, s in zip(days, status, strict=True))
            scores[i] -= (days[i] >= t) * ended / at_risk
        scores[i] += status[i]
    assert scores.sum() == pytest.approx(0, abs=1e-12)
    far = abs(scores[:3].sum())
    every = [abs(scores[list(chosen)].sum()) for chosen in combinations(range(8), 3)]
    exact = np.mean([each >= far - 1e-9 for each in every])
    # 9,999 of them: three standard errors are at most 0.015
    assert test.table["p_value"].item() == pytest.approx(exact, abs=0.015)
    assert "9,999 random groupings" in test.caption
    again = js.logrank(answered(days, status, role=list("aaabbbbb")), by="role")
    assert again.table["p_value"].item() == test.table["p_value"].item()


def test_groupings_stay_within_their_strata():
    # the first stratum is answered early, and nearly all of it is a: that is no difference of roles
    days, status = [1, 2, 3, 4, 20, 21, 22, 23], [1] * 8
    frame = answered(days, status, role=list("abaabbab"), fit=[1] * 4 + [2] * 4)
    within = js.logrank(frame, by="role", strata="fit").table["p_value"].item()
    observed = js.logrank(frame, by="role", strata="fit").groups
    # by hand: of the 4 * 4 groupings of one odd role in each stratum, those as far apart
    far = abs(observed.loc[0, "observed"] - observed.loc[0, "expected"])
    scores = [[1 - 1 / 4, 1 - 7 / 12, 1 - 13 / 12, 1 - 25 / 12]] * 2
    every = [
        abs(-scores[0][b] + scores[1][a])  # all but b of the first, and only a of the second
        for b in range(4)
        for a in range(4)
    ]
    exact = np.mean([each >= far - 1e-9 for each in every])
    assert within == pytest.approx(exact, abs=0.015)


def test_enough_responses_take_the_usual_distribution():
    frame = answered([1, 3, 5, 8] * 10, [1] * 40, role=["a", "b"] * 20)
    assert "random" not in js.logrank(frame, by="role").caption


def test_a_true_null_is_rejected_about_as_often_as_it_says():
    """One large group and three of four at most: by chi-square this was 12 % (of 600)."""
    rng = np.random.default_rng(3)
    role, found = np.repeat(list("abcd"), [30, 4, 3, 3]), []
    for _ in range(60):
        days, cut = rng.geometric(0.05, 40), rng.integers(0, 100, 40)
        frame = answered(np.minimum(days, cut), days <= cut, role=pd.Categorical(role))
        found.append(js.logrank(frame, by="role").table["p_value"].item() < 0.05)
    assert np.mean(found) <= 0.14  # 5 % and three standard errors
