import numpy as np
import pytest

import jobsearch_stats as js
from jobsearch_stats.power import LADDER, least_difference


def needed(difference, risk, **other):
    return js.interviews_needed(difference=difference, risk=risk, **other).table


def test_the_standard_formula():
    """By hand, Fleiss, Levin and Paik (2003), formula 4.14, as in their table A.4.

    (z_a sqrt(2 P Q) + z_b sqrt(p q + p' q'))^2 / (p' - p)^2 with z of 1.96 and 0.8416.
    """
    p, q = 0.6, 0.4
    mean = (p + q) / 2
    root = 1.959964 * np.sqrt(2 * mean * (1 - mean)) + 0.841621 * np.sqrt(p * (1 - p) + q * (1 - q))
    per_arm = int(np.ceil((root / 0.2) ** 2))
    assert needed(0.2, 0.4)["n_per_arm"].tolist() == [per_arm]
    assert needed(-0.2, 0.6)["n_per_arm"].tolist() == [per_arm]


def test_the_three_questions_agree():
    """What so many would just show takes just as many, and is found in four of five cases."""
    for risk in (0.1, 0.45, 0.9):
        for n in (40, 300, 2_000):
            by = js.minimum_detectable_difference(n=n, risk=risk).table["difference"].iloc[0]
            if np.isnan(by):
                continue
            assert needed(by * (1 + 1e-9), risk)["n"].iloc[0] in (n, n + 2)
            power = js.power_of(difference=by, risk=risk, n=n).table["power"].iloc[0]
            assert power == pytest.approx(0.8, abs=1e-6)


def test_more_interviews_show_less_and_more_often():
    least = js.minimum_detectable_difference(risk=0.4).table
    assert least["n"].tolist() == list(LADDER)
    assert (np.diff(least["difference"]) < 0).all()
    power = js.power_of(difference=0.1, risk=0.4).table["power"]
    assert (np.diff(power) > 0).all()
    assert power.between(0.05, 1).all()


def test_looking_back_needs_as_many_times_more():
    dealt, back = (
        needed(0.08, 0.48, design=design, inflation=2.5)["n"].iloc[0]
        for design in ("randomised", "observational")
    )
    assert back == pytest.approx(2.5 * dealt, abs=5)
    both = js.minimum_detectable_difference(
        n=[200, 500], risk=0.48, design=["observational", "randomised"], inflation=2.5
    ).table
    assert both["design"].tolist() == ["observational"] * 2 + ["randomised"] * 2
    assert both["difference"].iloc[1] == pytest.approx(both["difference"].iloc[2])
    assert both["n_per_arm"].tolist() == [0, 0, 100, 250]
    assert both["inflation"].tolist() == [2.5, 2.5, 1, 1]


def test_where_there_is_no_room_upwards_it_goes_down_and_where_there_is_none_it_says_so():
    plan = js.minimum_detectable_difference(n=[40, 4], risk=0.9)
    assert plan.table["difference"].iloc[0] < 0
    assert np.isnan(plan.table["difference"].iloc[1])
    assert "no difference, however large, would show reliably" in plan.text
    assert "below 90 %" in plan.text


def test_two_arms_of_different_size():
    assert least_difference(50, 50, 0.4) < least_difference(50, 20, 0.4)
    up = js.minimum_detectable_difference(n=100, risk=0.4).table["difference"].iloc[0]
    assert least_difference(50, 50, 0.4) == pytest.approx(up, rel=0.2)
    assert least_difference(50, 50, 0.4) <= up + 1e-12  # up or down, whichever is less
    assert np.isnan(least_difference(0, 50, 0.4))
    assert np.isnan(least_difference(2, 2, 0.5))
    assert least_difference(20, 30, 0.0) > 0  # nobody answered: there is still room upwards


def test_every_number_of_the_sentences_comes_from_the_table():
    plan = js.interviews_needed(difference=[0.08, 0.16], risk=0.48, power=0.9)
    for row in plan.table.itertuples():
        assert f"find {100 * row.difference:.0f} points more than 48 % in 90 % of" in plan.text
        assert f"takes {row.n:,} interviews dealt at random" in plan.text
    own = js.power_of(difference=0.08, risk=0.48, n=1_240, own=30)
    assert own.own == 30
    assert own.table["n"].tolist() == [30, 1_240]
    assert own.text.startswith("30 interviews dealt at random would find 8.0 points in 9 %") or (
        f"{own.table['power'].iloc[0]:.0%}".replace("%", " %") in own.text
    )


@pytest.mark.parametrize(
    ("function", "given", "name"),
    [
        ("minimum_detectable_difference", {"risk": 0}, "risk"),
        ("minimum_detectable_difference", {"risk": 40}, "risk"),
        ("minimum_detectable_difference", {"risk": "0.4"}, "risk"),
        ("minimum_detectable_difference", {"risk": 0.4, "n": 1}, "n"),
        ("minimum_detectable_difference", {"risk": 0.4, "n": [20, 2.5]}, "n"),
        ("minimum_detectable_difference", {"risk": 0.4, "power": 1}, "power"),
        ("minimum_detectable_difference", {"risk": 0.4, "alpha": True}, "alpha"),
        ("minimum_detectable_difference", {"risk": 0.4, "design": "dealt"}, "design"),
        ("minimum_detectable_difference", {"risk": 0.4, "design": []}, "design"),
        ("minimum_detectable_difference", {"risk": 0.4, "design": "observational"}, "inflation"),
        ("interviews_needed", {"risk": 0.4, "difference": 0}, "difference"),
        ("interviews_needed", {"risk": 0.4, "difference": 0.7}, "difference"),
        ("interviews_needed", {"risk": 0.4, "difference": 1e-7}, "difference"),
        ("power_of", {"risk": 0.4, "difference": float("nan")}, "difference"),
        ("power_of", {"risk": 0.4, "difference": 0.1, "own": 0}, "n"),
    ],
)
def test_what_cannot_be_used_is_named(function, given, name):
    with pytest.raises(js.SettingError) as caught:
        getattr(js, function)(**given)
    assert caught.value.name == name


def test_the_simulators_own_numbers_need_about_620_in_each_arm_for_8_points():
    """The share without a follow-up from the simulator, the number from the formula."""
    from jobsearch_stats.simulate import true_risks

    none = true_risks("NO_FOLLOW_UP", seed=1, batches=2, n_applications=6_000).mean().iloc[0]
    assert needed(0.08, float(none))["n_per_arm"].iloc[0] == pytest.approx(620, abs=25)


def test_simulated_and_worked_out_power_agree_where_the_timing_is_dealt():
    found = js.simulate_power(n=[200, 400, 800], seed=3, n_simulations=2_000)
    risk, by = found.table[["risk", "difference"]].iloc[0]
    worked_out = js.power_of(difference=by, risk=risk, n=[200, 400, 800]).table["power"]
    assert found.table["power"].to_numpy() == pytest.approx(worked_out.to_numpy(), abs=0.03)
    assert found.table["mean_difference"].to_numpy() == pytest.approx(by, abs=0.01)
    again = js.simulate_power(n=[200, 400, 800], seed=3, n_simulations=2_000)
    assert again.table.equals(found.table)
    assert np.isnan(found.inflation)


def test_looking_back_is_tried_and_its_inflation_measured():
    found = js.simulate_power(
        n=120, seed=4, design=["randomised", "observational"], n_simulations=8, n_boot=20, own=40
    )
    table = found.table
    assert table["design"].tolist() == ["randomised"] * 2 + ["observational"] * 2
    assert table["n"].tolist() == [40, 120] * 2
    assert (table["n_simulations"] == 8).all()
    back = table.iloc[3]
    by_hand = back["sd_difference"] ** 2 / (
        2 * sum(p * (1 - p) for p in (back["risk"], back["risk"] + back["difference"])) / 120
    )
    assert found.inflation == back["inflation"]
    assert found.inflation == pytest.approx(by_hand, rel=0.2)  # 120 on the average
    assert found.inflation > 1
    assert "40 interviews looking back found" in found.text
    plan = js.interviews_needed(
        difference=0.08, risk=0.48, design="observational", inflation=found.inflation
    )
    assert plan.table["n"].iloc[0] > needed(0.08, 0.48)["n"].iloc[0]


def test_only_interviews_that_the_strategies_tell_apart_are_dealt():
    two = [js.DAY_AFTER, js.BEFORE_DECISION]
    found = js.simulate_power(
        n=100, seed=5, design=["randomised", "observational"], strategies=two,
        n_simulations=2, n_boot=20,
    )  # fmt: skip
    dealt, back = found.table["difference"]
    assert abs(dealt) > abs(back)  # of the rest, the difference is none


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"n": 1}, "n"),
        ({"design": "dealt"}, "design"),
        ({"strategies": [js.DAY_AFTER]}, "strategies"),
        ({"strategies": [js.DAY_AFTER, js.THANK_YOU_FIRST]}, "strategies"),
        ({"n_simulations": 0}, "n_simulations"),
        ({"n_boot": 2.5}, "n_boot"),
        ({"alpha": 5}, "alpha"),
        ({"horizon": -1}, "horizon"),
    ],
)
def test_what_cannot_be_simulated_is_named(given, name):
    with pytest.raises(js.SettingError) as caught:
        js.simulate_power(**{"n": 50, "seed": 1, **given})
    assert caught.value.name == name
