import numpy as np
import pytest

import jobsearch_stats as js
from jobsearch_stats.sequences import confidence_sequence, log_mixture, mixture_bound


@pytest.mark.parametrize(("s", "v", "rho"), [(0.5, 0.0, 1.0), (3.0, 4.0, 0.3), (12.0, 30.0, 5.0)])
def test_the_mixture_is_the_integral_that_it_is_said_to_be(s, v, rho):
    """The closed form against the integral over l, by quadrature."""
    from scipy.integrate import quad
    from scipy.stats import gamma

    weight = gamma(a=rho, scale=1 / rho)

    def value(left):  # left = 1 - l
        lam = 1 - left
        return np.exp(lam * s + (np.log(left) + lam) * v) * weight.pdf(left)

    integral = quad(value, 0, 1, epsabs=0, epsrel=1e-10, limit=200)[0] / weight.cdf(1)
    assert log_mixture(np.array(s), np.array(v), rho) == pytest.approx(np.log(integral), rel=1e-7)


def test_the_bound_is_where_the_mixture_reaches_one_over_the_error():
    v = np.array([0.0, 0.25, 5.0, 400.0])
    bound = mixture_bound(v, 0.025, 3.0)
    assert log_mixture(bound, v, 3.0) == pytest.approx(np.full(4, np.log(40)))
    assert (np.diff(bound) > 0).all()


def test_the_inequality_behind_the_sequence_holds():
    """Fan and others: exp(l y - psi(l) y^2) <= 1 + l y for y >= -1 and 0 <= l < 1."""
    lam, y = np.meshgrid(np.linspace(0, 0.999, 300), np.linspace(-1, 1, 301))
    psi = -np.log1p(-lam) - lam
    assert (np.exp(lam * y - psi * y**2) <= 1 + lam * y + 1e-12).all()


def blocks(rng, n_searches, n_blocks, risks, other):
    """Block differences of two against two cards; risks are those of the four places of a block."""
    answers = rng.random((n_searches, n_blocks, 4))
    card = rng.permuted(np.tile([True, True, False, False], (n_searches, n_blocks, 1)), axis=2)
    answered = answers < np.where(card, risks, other)
    return (np.where(card, answered, 0).sum(2) - np.where(card, 0, answered).sum(2)) / 2


def ever_missed(differences, truth, looks=slice(None)):
    n = np.arange(1, differences.shape[1] + 1)
    missed = []
    for row in differences:
        sequence = confidence_sequence(row)
        outside = (sequence["ci_low"] > truth) | (sequence["ci_high"] < truth)
        assert len(n) == len(sequence)
        missed.append(outside.to_numpy()[looks].any())
    return np.mean(missed)


def test_looking_after_every_block_keeps_the_error():
    """400 searches of 200 blocks with no true difference, looked at after every block."""
    rng = np.random.default_rng(5)
    fair = blocks(rng, 400, 200, np.full(4, 0.45), np.full(4, 0.45))
    assert ever_missed(fair, 0) <= 0.05
    # ... where the usual interval, looked at as often, finds a difference in every third
    n = np.arange(1, 201)
    mean = np.cumsum(fair, axis=1) / n
    half = 1.96 * np.sqrt(np.cumsum(fair**2, axis=1) / n - mean**2) / np.sqrt(n)
    assert (np.abs(mean) > half)[:, 10:].any(axis=1).mean() > 0.2


def test_effects_that_change_and_interviews_that_depend_keep_the_error():
    """The truth is then the mean of the blocks so far; in each, all four answer or none does."""
    rng = np.random.default_rng(6)
    n = 150
    gain = np.linspace(0.5, -0.1, n)
    truth = np.cumsum(gain) / np.arange(1, n + 1)
    missed = []
    for _ in range(300):
        luck = rng.random(n)  # one for the whole block
        difference = ((luck < 0.3 + gain).astype(float) - (luck < 0.3)).clip(-1, 1)
        row = confidence_sequence(difference)
        missed.append(((row["ci_low"] > truth) | (row["ci_high"] < truth)).any())
    assert np.mean(missed) <= 0.05


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
        ({"least": [0.5], "tuned_for": 0}, "tuned_for"),
        ({"least": [0.5], "confidence": 2}, "confidence"),
    ],
)
def test_what_cannot_be_used_is_named(given, name):
    with pytest.raises(js.SettingError) as caught:
        confidence_sequence(**given)
    assert caught.value.name == name
