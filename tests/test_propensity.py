"""The model of following up: its maximum, its prior, and what a day is known by."""

import numpy as np
import pytest

from jobsearch_stats.cloning import observed_units
from jobsearch_stats.propensity import (
    PRIOR_SD,
    Covariates,
    fit,
    patterns,
    prior_precision,
    tallies,
)
from reference_emulation import with_prior

LOGIT = 1e-8
"""Agreement of coefficients: both ways stop below this."""


def drawn(seed, n_patterns=40, n_columns=6, n_boot=7, spread=1.5):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n_patterns), rng.random((n_patterns, n_columns - 1)) < 0.3])
    n_days = rng.poisson(3, (n_patterns, n_boot)).astype(float)
    chance = 1 / (1 + np.exp(-(x @ rng.normal(0, spread, n_columns))))
    n_acts = rng.binomial(n_days.astype(int), chance[:, None]).astype(float)
    names = ("intercept", *map(str, range(1, n_columns)))
    return x.astype(float), n_days, n_acts, prior_precision(names)


def slope(x, n_days, n_acts, precision, beta):
    chance = 1 / (1 + np.exp(-(x @ beta)))
    return x.T @ (n_acts - n_days * chance) - precision[:, None] * beta


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_maximum_in_every_resample(seed):
    x, n_days, n_acts, precision = drawn(seed)
    beta = fit(x, n_days, n_acts, precision=precision)
    np.testing.assert_allclose(slope(x, n_days, n_acts, precision, beta), 0, atol=1e-9)


def test_it_is_what_least_squares_find_row_by_row():
    x, n_days, n_acts, precision = drawn(3, n_boot=2)
    beta = fit(x, n_days, n_acts, precision=precision)
    for b in range(2):
        acts = np.repeat([1.0, 0.0], len(x))
        times = np.concatenate([n_acts[:, b], (n_days - n_acts)[:, b]])
        used = times > 0
        theirs = with_prior(np.vstack([x, x])[used], acts[used], times[used])
        np.testing.assert_allclose(beta[:, b], theirs, atol=LOGIT)


def test_a_loose_tolerance_leaves_a_small_error():
    x, n_days, n_acts, precision = drawn(1, n_boot=200)
    tight = fit(x, n_days, n_acts, precision=precision)
    loose = fit(x, n_days, n_acts, precision=precision, start=tight.mean(axis=1), tolerance=1e-3)
    assert 0 < np.abs(loose - tight).max() < 1e-4


@pytest.mark.parametrize("acted", ["never", "always"])
def test_it_exists_where_nobody_or_everybody_acted(acted):
    x, n_days, _, precision = drawn(2)
    n_days *= 1000
    n_acts = n_days * (acted == "always")
    beta = fit(x, n_days, n_acts, precision=precision)
    assert np.isfinite(beta).all()
    np.testing.assert_allclose(slope(x, n_days, n_acts, precision, beta), 0, atol=1e-6)
    chance = 1 / (1 + np.exp(-(x @ beta)))
    assert (chance > 0.99).all() if acted == "always" else (chance < 0.01).all()


def test_without_days_the_prior_is_all_there_is():
    x, n_days, n_acts, precision = drawn(2)
    assert not fit(x, n_days * 0, n_acts * 0, precision=precision).any()
    assert precision[0] < precision[1] == PRIOR_SD**-2


def one(acted=9, due=5, due_before=None, promised=True, fit=3.0, event=20, n_days=20):
    """Return a unit that began on a Monday."""
    units = observed_units(
        acted=[acted],
        event=[event],
        competing=[n_days],
        observed=[n_days],
        outcome_first=np.zeros((1, 1)),
        n_days=n_days,
    )
    covariates = Covariates(
        due=np.array([due]),
        due_before_moving=np.array([due if due_before is None else due_before]),
        promised=np.array([promised]),
        weekday=np.array([0]),
        fit=np.array([fit]),
    )
    return units, patterns(units, covariates)


def named_on(found, day):
    row = found.x[found.at[0, day]]
    return {name for name, value in zip(found.names, row, strict=True) if value}


def test_days_are_known_by_their_distance_from_the_due_day():
    _, found = one(acted=30, due=8, due_before=6)
    assert "6 or more days before the due day, date named" in named_on(found, 2)
    assert "3 to 5 days before the due day, date named" in named_on(found, 3)
    assert "3 to 5 days before the due day, date named" in named_on(found, 5)
    for day in (6, 7):
        assert "due, but the day is not allowed" in named_on(found, day)
    assert named_on(found, 8) == {"intercept", "a date was named", "Tuesday"}
    assert "1 day after the due day" in named_on(found, 9)
    assert "3 to 4 days after the due day" in named_on(found, 12)
    assert "8 or more days after the due day" in named_on(found, 19)


def test_before_the_due_day_a_promise_makes_days_of_their_own():
    _, found = one(promised=False, due=5)
    assert "2 days before the due day, no date named" in named_on(found, 3)
    assert "1 day before the due day, no date named" in named_on(found, 4)


@pytest.mark.parametrize(
    ("fit", "value", "blank"), [(1.0, -1, 0), (3.0, 0, 0), (5.0, 1, 0), (np.nan, 0, 1)]
)
def test_fit_goes_from_minus_one_to_one(fit, value, blank):
    _, found = one(fit=fit)
    row = dict(zip(found.names, found.x[found.at[0, 1]], strict=True))
    assert (row["fit"], row["fit is blank"]) == (value, blank)


def test_only_days_on_which_it_was_open_are_modelled():
    units, found = one(acted=4, event=9)
    modelled = found.at[0] < len(found.x)
    assert np.flatnonzero(modelled).tolist() == [1, 2, 3, 4]  # from day 1, until the follow-up
    days, acts = tallies(units, found)
    assert days.sum() == 4
    assert acts.sum() == 1
    assert acts.toarray()[found.at[0, 4], 0] == 1


def test_tallies_of_resamples_are_sums_over_units():
    rng = np.random.default_rng(1)
    n, n_days = 30, 12
    units = observed_units(
        acted=rng.integers(0, 20, n),
        event=rng.integers(0, 20, n),
        competing=np.full(n, 99),
        observed=rng.integers(0, 20, n),
        outcome_first=rng.random((n, 1)) < 0.5,
        n_days=n_days,
    )
    covariates = Covariates(
        due=rng.integers(2, 9, n),
        due_before_moving=rng.integers(2, 9, n),
        promised=rng.random(n) < 0.5,
        weekday=rng.integers(0, 5, n),
        fit=rng.choice([1, 3, np.nan], n),
    )
    found = patterns(units, covariates)
    days, acts = tallies(units, found)
    counts = rng.integers(0, 3, (n, 2)).astype(float)
    by_hand = np.zeros((2, len(found.x), 2))
    for i, day in zip(*np.nonzero(found.at < len(found.x)), strict=True):
        by_hand[0, found.at[i, day]] += counts[i]
        by_hand[1, found.at[i, day]] += counts[i] * (units.acted[i] == day)
    np.testing.assert_array_equal(days @ counts, by_hand[0])
    np.testing.assert_array_equal(acts @ counts, by_hand[1])
