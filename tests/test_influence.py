"""How far a unit moves a risk: against the curve itself, and what spread is known how well."""

import numpy as np
import pytest
from scipy.stats import chi2

import jobsearch_stats as js
from jobsearch_stats.comparison_units import setting_of
from jobsearch_stats.influence import degrees_of_freedom, influences
from jobsearch_stats.interviews import interviews
from jobsearch_stats.resampling import Job
from jobsearch_stats.windows import check_strategies

STRATEGIES = ["DAY_AFTER", "BEFORE_DECISION", "NO_FOLLOW_UP"]
AS_OF = "2026-03-03"


def compared(estimator="ccw", ties="hours", counts="any", n=200):
    units = interviews(js.simulate_log(n, seed=3), as_of=AS_OF, counts=counts)
    units = units.take(~units.undated)
    setting = setting_of(check_strategies(STRATEGIES), units, 21, 0)
    return setting.comparison(ties, estimator, None)


WAYS = {
    "as it comes": {},
    "response first": {"ties": "response_first"},
    "positive, with what competes": {"counts": "positive"},
    "no weights": {"estimator": "clone_censor"},
    "naive": {"estimator": "naive"},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("among", [None, np.arange(0, 60, 2)], ids=["all", "some"])
def test_an_influence_is_the_slope_of_the_curve(way, among):
    """Each unit is counted a little more, its weights kept, and the curve is made anew."""
    comparison = compared(**way)
    jobs = [Job(s, among) for s in range(3)]
    n, step = comparison.units.acted.size, 1e-6
    counts = np.ones((n, n)) + step * np.eye(n)
    table = np.repeat(comparison.table, n, axis=1)
    points = comparison.point(jobs)
    for job, point, ours in zip(jobs, points, comparison.influences(jobs), strict=True):
        known = ~np.isnan(point)
        slope = (comparison.curve_of(job)(table, counts) - point)[:, known] / step
        np.testing.assert_allclose(ours[:, known], slope, atol=1e-4)
        assert np.abs(slope).max() > 0.01
        np.testing.assert_allclose(ours.sum(axis=0), 0, atol=1e-9)


def test_without_weights_and_censoring_the_error_is_that_of_a_share():
    comparison = compared("naive")
    (moves,) = comparison.influences([Job(0, None)])
    share, n = comparison.point([Job(0, None)])[0, -1], comparison.followed[0].sum()
    assert (moves[:, -1] ** 2).sum() ** 0.5 == pytest.approx((share * (1 - share) / n) ** 0.5)


def test_a_variance_of_normal_values_has_as_many_degrees_as_there_are_values():
    """Of n normal values a variance is chi-square: its own variance is 2 / n of its square."""
    moves = np.random.default_rng(1).normal(size=(40, 4000))
    assert np.mean(1 / degrees_of_freedom(moves, np.arange(40))) == pytest.approx(1 / 40, rel=0.1)
    sums = (moves**2).sum(axis=0)
    assert 2 * sums.mean() ** 2 / sums.var() == pytest.approx(40, rel=0.1)
    assert 2 * chi2(40).mean() ** 2 / chi2(40).var() == 40


def test_one_that_outweighs_all_leaves_two_degrees():
    moves = np.concatenate([[100.0], np.zeros(999)])[:, None]
    assert degrees_of_freedom(moves, np.arange(1000))[0] == pytest.approx(2, abs=0.01)


def test_units_that_stand_or_fall_together_are_summed_first():
    moves = np.array([[3.0], [-3.0], [1.0], [1.0], [2.0]])
    together = degrees_of_freedom(moves, np.array([1, 1, 0, 0, 2]))
    by_hand = degrees_of_freedom(np.array([[2.0], [0.0], [2.0]]), np.arange(3))
    assert together == pytest.approx(by_hand)


def test_nothing_to_sum_is_no_lack_of_knowledge():
    assert degrees_of_freedom(np.zeros((3, 2)), np.arange(3)).tolist() == [np.inf, np.inf]
    assert degrees_of_freedom(np.zeros((0, 2)), np.zeros(0, np.int64)).tolist() == [np.inf, np.inf]
    assert degrees_of_freedom(np.full((4, 1), 1e-170), np.arange(4)).tolist() == [np.inf]


def test_no_units_have_no_influence():
    comparison = compared(n=200)
    nobody = comparison.units.take(np.zeros(0, np.int64))
    assert influences(nobody, np.zeros((0, nobody.n_days))).shape == (0, 22)
