"""The truth of a simulation is right, and comparing strategies finds it again."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.interviews import interviews
from jobsearch_stats.simulate import SOURCES, true_risks
from jobsearch_stats.workdays import NO_DAY

NAMES = ["DAY_AFTER", "BEFORE_DECISION", "NO_FOLLOW_UP"]
SOME_SE = 4.5
"""How many standard errors two simulations may lie apart; a mistake of a point is far more."""

START, DAYS, HORIZON = "2025-06-02", 400, 21


def obeyed(strategy, model, *, seed):
    """Return the risk, and its error, in a log of people who all obeyed the strategy."""
    log = js.simulate_log(
        60_000, seed=seed, start=START, days=DAYS, model=model, strategy=js.STRATEGIES[strategy]
    )
    units = interviews(log, as_of=pd.Timestamp(START) + pd.Timedelta(days=DAYS))
    units = units.take(units.start <= units.observed - HORIZON)
    hit = (units.response != NO_DAY) & (units.response - units.start <= HORIZON)
    return hit.mean(), hit.std() / np.sqrt(hit.size)


def test_truth_is_what_happens_if_everybody_obeys():
    """Without second interviews a strategy does not change which interviews there are."""
    model = dataclasses.replace(js.SearchModel(), second_round_chance=0.0)
    found = true_risks(NAMES, seed=3, model=model, n_applications=4_000, batches=30)
    for number, name in enumerate(NAMES):
        risk, error = obeyed(name, model, seed=40 + number)
        assert error < 0.004
        assert abs(found[name].mean() - risk) < SOME_SE * np.hypot(error, found[name].sem())


NO_EFFECT = {"effect_before_promise": 1.0, "effect_after_promise": 1.0}


def test_truth_of_no_effect_is_no_difference():
    model = js.SearchModel(**NO_EFFECT, call_outcomes=(0.25, 0.5, 0.25, 0.0))
    found = true_risks(NAMES, seed=4, model=model, n_applications=4_000, batches=30)
    for name in NAMES[:2]:
        beyond = found[name] - found["NO_FOLLOW_UP"]
        assert beyond.sem() < 0.004
        assert abs(beyond.mean()) < SOME_SE * beyond.sem()


def test_a_talk_that_names_a_new_date_is_an_effect():
    """So without the factor alone there still is one: the answer waits for the later date."""
    found = true_risks(
        NAMES, seed=5, model=js.SearchModel(**NO_EFFECT), n_applications=4_000, batches=30
    )
    beyond = found["DAY_AFTER"] - found["NO_FOLLOW_UP"]
    assert beyond.mean() < -SOME_SE * beyond.sem()


def test_truth_is_reproducible_and_grows_with_the_horizon():
    few = {"n_applications": 500, "batches": 3, "copies": 1}
    pd.testing.assert_frame_equal(
        true_risks(NAMES, seed=1, **few), true_risks(NAMES, seed=1, **few)
    )
    assert not true_risks(NAMES, seed=1, **few).equals(true_risks(NAMES, seed=2, **few))
    risks = [true_risks("DAY_AFTER", seed=1, horizon=h, **few)["DAY_AFTER"] for h in (0, 7, 21)]
    assert (risks[0] == 0).all()
    assert (risks[0] < risks[1]).all()
    assert (risks[1] < risks[2]).all()


def test_truth_is_not_known_without_an_interview():
    nobody = js.SearchModel(sources=(dataclasses.replace(SOURCES[0], share=1, interview_chance=0),))
    found = true_risks("DAY_AFTER", seed=1, model=nobody, n_applications=20, batches=2)
    assert found["DAY_AFTER"].isna().all()


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"batches": 0}, js.SettingError),
        ({"copies": 0}, js.SettingError),
        ({"horizon": -1}, js.SettingError),
        ({"seed": -1}, js.SettingError),
        ({"days": 0}, js.SettingError),
        ({"strategies": ["DAY_AFTER", "DAY_AFTER"]}, js.SettingError),
        ({"strategies": "TOMORROW"}, js.UnknownNameError),
    ],
)
def test_settings_of_the_truth(given, error):
    strategies = given.pop("strategies", NAMES)
    with pytest.raises(error):
        true_risks(strategies, **{"seed": 1, "n_applications": 20, "batches": 1, **given})
