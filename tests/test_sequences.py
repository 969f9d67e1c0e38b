import numpy as np
import pytest

import jobsearch_stats as js
from jobsearch_stats.sequences import confidence_sequence, least_sum, log_capital, log_stakes


def test_the_lower_end_is_where_the_bets_have_won_one_over_the_error():
    """The capital against one worked out bet by bet, at the end that is returned."""
    rng = np.random.default_rng(1)
    differences = rng.choice([-0.5, 0.0, 0.5, 1.0], 40)
    low = least_sum(differences, 0.025)[-1]
    bets = (np.arange(200) + 0.5) / 200
    capital = [np.prod((1 + bet * differences) * np.exp(-bet * low / 40)) for bet in bets]
    assert np.mean(capital) == pytest.approx(40)


def test_the_capital_is_a_supermartingale():
    """No expectation of a block makes the next capital more than this one, on the average."""
    bet, mean = np.meshgrid(np.linspace(0, 1, 101), np.linspace(-1, 1, 101))
    assert ((1 + bet * mean) * np.exp(-bet * mean) <= 1 + 1e-12).all()


def test_it_is_never_wider_than_the_empirical_bernstein_interval_of_the_same_bets():
    """Fan, Grama and Liu (2015): 1 + b d >= exp(b d - psi(b) d^2) with psi(b) = -log(1-b) - b."""
    bet, d = np.meshgrid(np.linspace(0, 0.999, 300), np.linspace(-1, 1, 301))
    psi = -np.log1p(-bet) - bet
    assert (1 + bet * d >= np.exp(bet * d - psi * d**2) - 1e-12).all()


def blocks(rng, n_searches, n_blocks, risks, other):
    """Block differences of two against two cards; risks are those of the four places of a block."""
    answers = rng.random((n_searches, n_blocks, 4))
    card = rng.permuted(np.tile([True, True, False, False], (n_searches, n_blocks, 1)), axis=2)
    answered = answers < np.where(card, risks, other)
    return (np.where(card, answered, 0).sum(2) - np.where(card, 0, answered).sum(2)) / 2


def ever_missed(differences, expectations, error=0.025):
    """Say of each search whether any of its intervals misses the mean of the expectations."""
    total = np.cumsum(expectations)
    goal = -np.log(error)
    return np.array(
        [
            (log_capital(log_stakes(row), total) > goal).any()
            or (log_capital(log_stakes(-row), -total) > goal).any()
            for row in differences
        ]
    )


def test_an_interval_misses_where_the_capital_at_the_truth_has_grown_too_large():
    """Else what the next tests look at would not be the intervals."""
    rng = np.random.default_rng(2)
    some = rng.choice([-0.5, 0.5, 1.0], (12, 30), p=[0.2, 0.4, 0.4])
    truth = 0.1
    missed = []
    for row in some:
        ends = confidence_sequence(row)
        missed.append(((ends["ci_low"] > truth) | (ends["ci_high"] < truth)).any())
    assert ever_missed(some, np.full(30, truth)).tolist() == missed
    assert 0 < sum(missed) < 12


def test_looking_after_every_block_keeps_the_error():
    """2,000 searches of 200 blocks with no true difference, looked at after every block."""
    rng = np.random.default_rng(5)
    fair = blocks(rng, 2_000, 200, np.full(4, 0.45), np.full(4, 0.45))
    assert 0.005 < ever_missed(fair, np.zeros(200)).mean() < 0.05
    # ... where the usual interval, looked at as often, finds a difference in every third
    n = np.arange(1, 201)
    mean = np.cumsum(fair, axis=1) / n
    half = 1.96 * np.sqrt(np.cumsum(fair**2, axis=1) / n - mean**2) / np.sqrt(n)
    assert (np.abs(mean) > half)[:, 10:].any(axis=1).mean() > 0.2


def test_effects_that_change_and_interviews_that_depend_keep_the_error():
    """The truth is then the mean of the blocks so far; in each, all four answer or none does."""
    rng = np.random.default_rng(6)
    gain = np.linspace(0.5, -0.1, 150)
    luck = rng.random((1_000, 150))  # one for the whole block
    difference = (luck < 0.3 + gain).astype(float) - (luck < 0.3)
    assert ever_missed(difference, gain).mean() < 0.05


def test_a_true_difference_is_found_in_the_end():
    rng = np.random.default_rng(7)
    gain = blocks(rng, 30, 300, np.full(4, 0.6), np.full(4, 0.4))
    found = [(confidence_sequence(row)["ci_low"] > 0).any() for row in gain]
    assert np.mean(found) > 0.9


def test_what_is_not_known_widens_the_side_that_it_could_have_moved():
    known = confidence_sequence([0.1] * 20)
    unknown = confidence_sequence([-0.5, *[0.1] * 19], [0.5, *[0.1] * 19])
    last, wide = known.iloc[-1], unknown.iloc[-1]
    assert wide["ci_low"] < last["ci_low"]
    assert wide["ci_high"] > last["ci_high"]
    assert wide["least"] == pytest.approx((19 * 0.1 - 0.5) / 20)
    assert wide["most"] == pytest.approx((19 * 0.1 + 0.5) / 20)


def test_both_sides_are_alike_and_ends_stay_between_minus_one_and_one():
    rng = np.random.default_rng(8)
    values = rng.uniform(-1, 1, 80)
    a, b = confidence_sequence(values), confidence_sequence(-values)
    assert a["ci_low"].to_numpy() == pytest.approx(-b["ci_high"].to_numpy())
    assert a["ci_low"].between(-1, 1).all()
    assert (a["ci_low"] <= a["least"]).all()
    assert (a["ci_high"] >= a["most"]).all()
    assert a["ci_low"].iloc[0] == -1
    assert len(confidence_sequence([])) == 0


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"least": [0.1, np.nan]}, "least"),
        ({"least": [1.5]}, "least"),
        ({"least": [0.5], "most": [0.1]}, "most"),
        ({"least": [0.5], "most": [0.6, 0.7]}, "most"),
        ({"least": [0.5], "confidence": 2}, "confidence"),
    ],
)
def test_what_cannot_be_used_is_named(given, name):
    with pytest.raises(js.SettingError) as caught:
        confidence_sequence(**given)
    assert caught.value.name == name
