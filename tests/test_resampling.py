"""Intervals from resamples, and what takes their place where resamples cannot tell."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from jobsearch_stats.resampling import _counts, detectable, difference_interval, risk_intervals
from jobsearch_stats.strategy_estimates import holm


def test_detectable_is_2_point_8_errors():
    assert detectable(1.0, confidence=0.95) == pytest.approx(1.959964 + 0.841621, abs=1e-6)


@pytest.mark.parametrize(("worth", "wide"), [(9.9, True), (10.0, False)])
def test_few_followers_are_not_told_by_resamples(worth, wide):
    spread = np.linspace(0.45, 0.55, 100)
    low, high = risk_intervals(np.array([0.5]), spread[None], np.array([worth]), confidence=0.95)
    assert (high[0] - low[0] > 0.4) == wide
    both = difference_interval((0.5, 0.5), (spread, spread[::-1]), (worth, 50.0), confidence=0.95)
    assert (both.high - both.low > 0.4) == wide


def test_intervals_without_a_spread_are_wilsons_and_newcombes():
    flat = np.zeros((1, 100))
    low, high = risk_intervals(np.zeros(1), flat, np.array([8.0]), confidence=0.95)
    # Wilson 1927: 0 of 8, upper end z^2 / (n + z^2)
    z = 1.959964
    assert (low[0], high[0]) == pytest.approx((0, z**2 / (8 + z**2)), abs=1e-6)
    spread = np.linspace(0.3, 0.7, 100)
    found = difference_interval((0.0, 0.5), (flat[0], spread), (8.0, 10.0), confidence=0.95)
    assert found.low < -0.5 < found.high
    assert found.high - found.low > 0.4
    # Fisher's exact test of 0 of 8 against 5 of 10, by the hypergeometric distribution
    assert found.p == pytest.approx(0.0359, abs=1e-3)


def test_resamples_that_nobody_followed_in_are_not_passed_over():
    spread = np.linspace(0.45, 0.55, 100)
    holes = spread.copy()
    holes[:10] = np.nan
    low, high = risk_intervals(
        np.full(2, 0.5), np.stack([spread, holes]), np.full(2, 12.0), confidence=0.95
    )
    assert high[0] - low[0] < 0.1
    assert high[1] - low[1] > 0.4


def test_an_unknown_risk_has_no_interval():
    low, high = risk_intervals(
        np.array([np.nan]), np.full((1, 9), np.nan), np.zeros(1), confidence=0.95
    )
    assert np.isnan([low[0], high[0]]).all()
    spread = np.linspace(0.45, 0.55, 100)
    found = difference_interval((np.nan, 0.5), (spread, spread), (20.0, 20.0), confidence=0.95)
    assert np.isnan(found).all()


def test_p_is_twice_the_lesser_share_beyond_nothing():
    draws = np.linspace(-0.1, 0.9, 1001)  # 100 below 0, and 0 itself
    found = difference_interval(
        (0.9, 0.5), (draws, np.full(1001, 0.0)), (50.0, 50.0), confidence=0.95
    )
    assert found.p != pytest.approx(2 * 102 / 1002)  # the second risk has no spread
    second = np.tile([-1e-9, 1e-9], 501)[:1001]
    found = difference_interval((0.9, 0.5), (draws, second), (50.0, 50.0), confidence=0.95)
    assert found.p == pytest.approx(2 * 102 / 1002, abs=0.002)
    assert found.se == pytest.approx(draws.std(ddof=1), rel=1e-6)


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_holm_is_that_of_statsmodels(n):
    p = np.random.default_rng(n).random(n) ** 2
    theirs = multipletests(p, method="holm")[1] if n else p
    np.testing.assert_allclose(holm(p), theirs)


def test_what_is_drawn_as_one_counts_as_often():
    counts = _counts(np.random.default_rng(1), np.array([0, 0, 1, 2]), 500)
    assert counts.shape == (4, 500)
    np.testing.assert_array_equal(counts[0], counts[1])
    np.testing.assert_array_equal(counts[1:].sum(axis=0), 3)  # three clusters are drawn
    assert counts.mean() == pytest.approx(1, abs=0.1)
