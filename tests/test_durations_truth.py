"""Time to a response: the truth of made-up searches lies in its intervals as often as promised."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from flat_searches import DAILY, WITHDRAWING, coverage, searches
from small_waits import answered


@pytest.fixture(scope="module")
def simple() -> pd.DataFrame:
    return searches(seed=11)


@pytest.mark.parametrize("day", [7, 21])
def test_the_true_curve_lies_in_its_intervals(simple, day):
    table = js.kaplan_meier(simple, by="search").table
    at = table[table["days"] <= day].groupby("search").last()
    truth = (1 - DAILY) ** day
    # of 400 intervals at 95 %, 92 to 98 % hold the truth in 99 of 100 cases
    assert 0.92 <= coverage(at["ci_low"], at["ci_high"], truth) <= 0.98
    assert at["survival"].mean() == pytest.approx(truth, abs=0.01)


def test_young_interviews_as_failures_would_miss_it(simple):
    # the tempting way: of all interviews, the share that was answered within 21 days
    answers = (simple["ended_by"] == "response") & (simple["ended_days"] <= 21)
    naive = js.kaplan_meier(
        answered(
            np.where(answers, simple["ended_days"], 21), answers, search=simple["search"].to_numpy()
        ),
        by="search",
    ).table
    at = naive.groupby("search").last()
    assert coverage(at["ci_low"], at["ci_high"], (1 - DAILY) ** 21) < 0.8


def test_the_true_median_lies_in_its_interval(simple):
    medians = js.kaplan_meier(simple, by="search").medians
    truth = np.ceil(np.log(0.5) / np.log(1 - DAILY))  # the first day with half or fewer left
    low, high = medians["ci_low"], medians["ci_high"].fillna(np.inf)
    assert coverage(low, high, truth) >= 0.92


def test_the_true_incidence_lies_in_its_intervals_and_not_one_minus_the_curve():
    tries = searches(seed=12, withdrawal_chance=WITHDRAWING)
    stays = (1 - DAILY) * (1 - WITHDRAWING)
    truth = DAILY * (1 - stays**30) / (1 - stays)
    shares = js.cumulative_incidence(tries, by="search").table
    shares = shares[(shares["cause"] == "response") & (shares["days"] <= 30)]
    at = shares.groupby("search").last()
    assert 0.92 <= coverage(at["ci_low"], at["ci_high"], truth) <= 0.98
    curve = js.kaplan_meier(tries, by="search").table
    at = curve[curve["days"] <= 30].groupby("search").last()
    assert coverage(1 - at["ci_high"], 1 - at["ci_low"], truth) < 0.8
