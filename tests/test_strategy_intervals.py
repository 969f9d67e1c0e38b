"""Intervals from resamples, and what takes their place where resamples cannot tell."""

from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import norm, t
from statsmodels.stats.multitest import multipletests

from jobsearch_stats.resampling import _counts
from jobsearch_stats.strategy_estimates import holm
from jobsearch_stats.strategy_intervals import (
    detectable,
    difference_interval,
    reach,
    risk_intervals,
)

MANY = np.inf
"""Degrees of freedom of a spread that is known."""


def test_detectable_is_2_point_8_errors():
    assert detectable(1.0, confidence=0.95) == pytest.approx(1.959964 + 0.841621, abs=1e-6)


@pytest.mark.parametrize(("worth", "wide"), [(9.9, True), (10.0, False)])
def test_few_followers_are_not_told_by_resamples(worth, wide):
    spread = np.linspace(0.45, 0.55, 100)
    low, high = risk_intervals(
        np.array([0.5]), spread[None], np.array([worth]), np.array([MANY]), confidence=0.95
    )
    assert (high[0] - low[0] > 0.4) == wide
    both = difference_interval(
        (0.5, 0.5), (spread, spread[::-1]), (worth, 50.0), MANY, confidence=0.95
    )
    assert (both.high - both.low > 0.4) == wide


def test_intervals_without_a_spread_are_wilsons_and_newcombes():
    flat = np.zeros((1, 100))
    low, high = risk_intervals(
        np.zeros(1), flat, np.array([8.0]), np.array([MANY]), confidence=0.95
    )
    # Wilson 1927: 0 of 8, upper end z^2 / (n + z^2)
    z = 1.959964
    assert (low[0], high[0]) == pytest.approx((0, z**2 / (8 + z**2)), abs=1e-6)
    spread = np.linspace(0.3, 0.7, 100)
    found = difference_interval((0.0, 0.5), (flat[0], spread), (8.0, 10.0), MANY, confidence=0.95)
    assert found.low < -0.5 < found.high
    assert found.high - found.low > 0.4
    # Fisher's exact test of 0 of 8 against 5 of 10, by the hypergeometric distribution
    assert found.p == pytest.approx(0.0359, abs=1e-3)


def test_resamples_that_nobody_followed_in_are_not_passed_over():
    spread = np.linspace(0.45, 0.55, 100)
    holes = spread.copy()
    holes[:10] = np.nan
    low, high = risk_intervals(
        np.full(2, 0.5),
        np.stack([spread, holes]),
        np.full(2, 12.0),
        np.full(2, MANY),
        confidence=0.95,
    )
    assert high[0] - low[0] < 0.1
    assert high[1] - low[1] > 0.4


def test_an_unknown_risk_has_no_interval():
    low, high = risk_intervals(
        np.array([np.nan]), np.full((1, 9), np.nan), np.zeros(1), np.array([MANY]), confidence=0.95
    )
    assert np.isnan([low[0], high[0]]).all()
    spread = np.linspace(0.45, 0.55, 100)
    found = difference_interval(
        (np.nan, 0.5), (spread, spread), (20.0, 20.0), MANY, confidence=0.95
    )
    assert np.isnan(found).all()


def test_p_is_twice_the_lesser_share_beyond_nothing():
    draws = np.linspace(-0.1, 0.9, 1001)  # 100 below 0, and 0 itself
    found = difference_interval(
        (0.9, 0.5), (draws, np.full(1001, 0.0)), (50.0, 50.0), MANY, confidence=0.95
    )
    assert found.p != pytest.approx(2 * 102 / 1002)  # the second risk has no spread
    second = np.tile([-1e-9, 1e-9], 501)[:1001]
    found = difference_interval((0.9, 0.5), (draws, second), (50.0, 50.0), MANY, confidence=0.95)
    assert found.p == pytest.approx(2 * 102 / 1002, abs=0.002)
    assert found.se == pytest.approx(draws.std(ddof=1), rel=1e-6)


@pytest.mark.parametrize("n", [5, 10, 20, 40])
def test_expanded_percentiles_are_hesterbergs(n):
    """As in his paper: of n values, at the normal share of -sqrt(n / (n - 1)) t."""
    share = norm.cdf(-((n / (n - 1)) ** 0.5) * t(n - 1).ppf(0.975))
    assert norm.cdf(-reach(n - 1, 0.95)) == pytest.approx(share)


def test_a_known_spread_gives_plain_percentiles():
    assert reach(MANY, 0.95) == pytest.approx(1.959964, abs=1e-6)
    draws = np.linspace(0.3, 0.7, 2001)
    low, high = risk_intervals(
        np.array([0.5]), draws[None], np.array([50.0]), np.array([MANY]), confidence=0.9
    )
    assert (low[0], high[0]) == pytest.approx((0.32, 0.68))


def test_expanded_percentiles_of_a_mean_are_students_interval():
    """Of few values plain percentiles are too narrow; expanded ones are as wide as t."""
    rng = np.random.default_rng(5)
    values = rng.normal(size=8)
    values = (values - values.mean()) / 20 + 0.5
    draws = values[rng.integers(0, 8, (40_000, 8))].mean(axis=1)
    theirs = t(7, loc=0.5, scale=values.std(ddof=1) / 8**0.5).interval(0.95)
    low, high = risk_intervals(
        np.array([0.5]), draws[None], np.array([50.0]), np.array([7.0]), confidence=0.95
    )
    assert (low[0], high[0]) == pytest.approx(theirs, abs=0.003)
    plain = np.quantile(draws, [0.025, 0.975])
    assert np.ptp(plain) < 0.85 * np.ptp(theirs)


@pytest.mark.parametrize("freedom", [3.0, 8.0, 30.0, MANY])
def test_p_is_5_percent_where_the_interval_just_reaches_nothing(freedom):
    draws = NormalDist(0.2, 0.1).inv_cdf
    known = np.array([draws((k + 0.5) / 200_000) for k in range(200_000)])
    still = np.tile([-1e-12, 1e-12], 100_000)
    found = difference_interval((0.7, 0.5), (known, still), (50.0, 50.0), freedom, confidence=0.95)
    moved = known - found.low
    again = difference_interval((0.7, 0.5), (moved, still), (50.0, 50.0), freedom, confidence=0.95)
    assert again.p == pytest.approx(0.05, rel=0.01)
    assert found.high - found.low == pytest.approx(2 * 1.959964 * found.se, rel=0.01)


def test_beyond_the_outermost_resample_the_spread_says_how_far():
    """Of 100 resamples the ends for 2 degrees of freedom, 5.3 errors out, cannot be seen."""
    draws, still = np.linspace(0.15, 0.25, 100), np.tile([-1e-12, 1e-12], 50)
    found = difference_interval((0.7, 0.5), (draws, still), (50.0, 50.0), 2.0, confidence=0.95)
    errors = reach(2.0, 0.95) * draws.std(ddof=1)
    assert (found.low, found.high) == pytest.approx((0.2 - errors, 0.2 + errors))
    # 0 is 6.8 errors away: beyond the interval, and so p is below 5 %, 100 resamples or not
    assert found.low > 0
    assert found.p < 0.05
    nearer = difference_interval(
        (0.6, 0.5), (draws - 0.1, still), (50.0, 50.0), 2.0, confidence=0.95
    )
    assert nearer.low < 0
    assert nearer.p > 0.05


def test_no_interval_leaves_what_is_possible():
    draws, still = np.linspace(0.8, 1.0, 100), np.tile([-1e-12, 1e-12], 50)
    found = difference_interval((0.95, 0.05), (draws, still), (50.0, 50.0), 2.0, confidence=0.95)
    assert found.high == 1
    low, high = risk_intervals(
        np.array([0.9]), draws[None], np.array([50.0]), np.array([2.0]), confidence=0.95
    )
    assert high[0] == 1
    assert 0 < low[0] < 0.8


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
