"""The truth of a simulation is right, and comparing strategies finds it again."""

import dataclasses
import datetime
import json

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
import recovery
from jobsearch_stats.interviews import interviews
from jobsearch_stats.simulate import SOURCES, true_risks
from jobsearch_stats.workdays import NO_DAY
from recovery_report import document, frame_of, rejected, summary
from recovery_runs import AS_OF, ESTIMATORS, Plan, Task, contrast, quantities, simulate

NAMES = ["DAY_AFTER", "BEFORE_DECISION", "NO_FOLLOW_UP"]
SOME_SE = 4.5
"""How many standard errors two simulations may lie apart; a mistake of a point is far more."""

START, DAYS, HORIZON = "2025-06-02", 400, 21


def obeyed(strategy, model, *, seed):
    """Return the risk, and its error, in a log of people who all obeyed the strategy."""
    log = js.simulate_log(
        40_000, seed=seed, start=START, days=DAYS, model=model, strategy=js.STRATEGIES[strategy]
    )
    units = interviews(log, as_of=pd.Timestamp(START) + pd.Timedelta(days=DAYS))
    units = units.take(units.start <= units.observed - HORIZON)
    hit = (units.response != NO_DAY) & (units.response - units.start <= HORIZON)
    return hit.mean(), hit.std() / np.sqrt(hit.size)


def test_truth_is_what_happens_if_everybody_obeys():
    """Without second interviews a strategy does not change which interviews there are."""
    model = dataclasses.replace(js.SearchModel(), second_round_chance=0.0)
    found = true_risks(NAMES, seed=3, model=model, n_applications=4_000, batches=20)
    for number, name in enumerate(NAMES):
        risk, error = obeyed(name, model, seed=40 + number)
        assert error < 0.005
        assert abs(found[name].mean() - risk) < SOME_SE * np.hypot(error, found[name].sem())


NO_EFFECT = {"effect_before_promise": 1.0, "effect_after_promise": 1.0}


def test_truth_of_no_effect_is_no_difference():
    model = js.SearchModel(**NO_EFFECT, call_outcomes=(0.25, 0.5, 0.25, 0.0))
    found = true_risks(NAMES, seed=4, model=model, n_applications=4_000, batches=20)
    for name in NAMES[:2]:
        beyond = found[name] - found["NO_FOLLOW_UP"]
        assert beyond.sem() < 0.006
        assert abs(beyond.mean()) < SOME_SE * beyond.sem()


def test_a_talk_that_names_a_new_date_is_an_effect():
    """So without the factor alone there still is one: the answer waits for the later date."""
    found = true_risks(
        NAMES, seed=5, model=js.SearchModel(**NO_EFFECT), n_applications=4_000, batches=20
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


def test_one_simulation_is_reproducible_and_can_be_kept():
    task = Task(model="effect", n=40, n_applications=120, number=0, seed=7, n_boot=10)
    line = simulate(task)
    assert json.dumps(json.loads(json.dumps(line))) == json.dumps(simulate(task))
    found = frame_of([line])
    assert found["quantity"].unique().tolist() == quantities()
    assert found["estimator"].unique().tolist() == list(ESTIMATORS)
    again = js.simulate_log(120, seed=7)
    result = js.compare_strategies(again, NAMES, as_of=AS_OF, n_boot=10, seed=7)
    right = found[found["estimator"] == "ccw"].set_index("quantity")
    np.testing.assert_array_equal(right.loc[NAMES, "estimate"], result.table["risk"])
    np.testing.assert_array_equal(right.iloc[3:]["low"], result.differences["ci_low"])
    assert (found["n_interviews"] == result.n_interviews).all()


def line_of(number, *, estimate, low, high, p=0.5, quantity="DAY_AFTER"):
    """What one simulation of the null found, with one estimate."""
    task = Task(model="null", n=200, n_applications=9, number=number, seed=1, n_boot=2)
    found = [["ccw", quantity, estimate, low, high, p]]
    return {"task": dataclasses.asdict(task), "n_interviews": 3, "found": found}


def test_summary_by_hand():
    nan = float("nan")
    lines = [
        line_of(0, estimate=0.50, low=0.40, high=0.60),
        line_of(1, estimate=0.54, low=0.49, high=0.70),  # holds the truth of 0.5
        line_of(2, estimate=0.58, low=0.51, high=0.70),  # does not
        line_of(3, estimate=nan, low=nan, high=nan),
    ]
    found = summary(frame_of(lines), {"null": {"DAY_AFTER": (0.5, 0.003)}}).iloc[0]
    assert (found["n_simulations"], found["n_unknown"]) == (4, 1)
    assert found["mean"] == pytest.approx(0.54)
    assert found["bias"] == pytest.approx(0.04)
    assert found["spread"] == pytest.approx(0.04)
    assert found["bias_error"] == pytest.approx(1.96 * np.sqrt(0.04**2 / 3 + 0.003**2))
    assert found["coverage"] == pytest.approx(2 / 3)
    assert found["without_zero"] == 1


def test_rejections_are_counted_once_per_search():
    small, large = (
        {"estimate": 0.1, "low": 0.05, "high": 0.2},
        {"estimate": 0, "low": -1, "high": 1},
    )
    lines = [line_of(0, **small, p=0.04), line_of(1, **large, p=0.06), line_of(2, **small, p=0.01)]
    lines[0]["found"] += line_of(0, **small, p=0.01, quantity="NO_FOLLOW_UP")["found"]
    assert rejected(frame_of(lines), "null", 200) == pytest.approx(2 / 3)


def unfolded(text):
    return " ".join(text.split())


def test_a_run_goes_on_where_it_was(tmp_path, capsys):
    plan = Plan(simulations={20: 3}, n_boot=4, seed=2)
    store = recovery.Store("small", tmp_path)
    assert recovery.work_through(plan, store, workers=1, minutes=0) != []
    some = store.path.read_bytes()
    store.path.write_bytes(some + b'{"task": ')  # cut off
    lines = recovery.work_through(plan, store, workers=2, minutes=60)
    assert store.path.read_bytes().startswith(some)
    keys = [(line["task"]["model"], line["task"]["number"]) for line in store.lines()]
    assert sorted(keys) == [(model, number) for model in ("effect", "null") for number in range(3)]
    assert "are finished already" in capsys.readouterr().out
    known = {model: dict.fromkeys(quantities(), (0.5, 0.01)) for model in ("effect", "null")}
    day = datetime.date(2026, 3, 10)
    text = unfolded(document(frame_of(lines), known, plan, on=day))
    assert "3 searches of some 20 interviews, 4 resamples each" in text
    assert "cut short" not in text
    longer = dataclasses.replace(plan, simulations={20: 5})
    text = unfolded(document(frame_of(lines), known, longer, on=day))
    assert "(cut short: the plan is 5)" in text


def test_other_code_or_settings_begin_anew():
    plan = Plan()
    assert recovery.fingerprint(plan) != recovery.fingerprint(dataclasses.replace(plan, n_boot=7))
    more = dataclasses.replace(plan, simulations={200: 9})
    assert recovery.fingerprint(plan) == recovery.fingerprint(more)


@pytest.fixture(scope="module")
def truth():
    found = true_risks(NAMES, seed=6, n_applications=10_000, batches=12)
    return found.mean()


def test_large_searches_show_the_truth_and_the_biased_ways_do_not(truth):
    logs = [js.simulate_log(30_000, seed=900 + k) for k in range(10)]
    off = {}
    for way in ("ccw", "clone_censor", "naive"):
        results = [
            js.compare_strategies(log, NAMES, as_of=AS_OF, estimator=way, n_boot=2, seed=1)
            for log in logs
        ]
        risks = pd.DataFrame([r.table.set_index("strategy")["risk"] for r in results])
        off[way] = risks - truth
    right = off["ccw"]
    assert (right.sem() < 0.012).all()
    assert (right.mean().abs() < 0.01 + 3 * right.sem()).all()
    without = off["clone_censor"]
    assert without["BEFORE_DECISION"].mean() < -0.02 - 3 * without["BEFORE_DECISION"].sem()
    naive = off["naive"].mean() + truth
    assert truth["DAY_AFTER"] - truth["NO_FOLLOW_UP"] > 0.1
    assert naive["DAY_AFTER"] - naive["NO_FOLLOW_UP"] < -0.1


def test_intervals_of_small_searches(truth):
    """A small version of `make recovery`; bounds are 4.4 standard deviations off 92 and 10 %."""
    n = 40
    found = frame_of(
        simulate(Task(model, 200, 600, number=k, seed=500 + k, n_boot=50, estimators=("ccw",)))
        for k in range(n)
        for model in ("effect", "null")
    )
    beyond = truth["NO_FOLLOW_UP"] - truth["DAY_AFTER"]
    last = contrast("NO_FOLLOW_UP")
    known = {"effect": {**truth, last: beyond}, "null": {last: 0.0}}
    known = {m: {q: (value, 0.0) for q, value in of.items()} for m, of in known.items()}
    rows = found[(found["estimator"] == "ccw") & (found["quantity"] == last)]
    cells = summary(rows, known).set_index("model")
    assert (cells["n_unknown"] <= n / 10).all()
    assert (cells["coverage"] > 0.92 - 4.4 * np.sqrt(0.92 * 0.08 / n)).all()
    assert cells.loc["null", "without_zero"] < 0.10 + 4.4 * np.sqrt(0.1 * 0.9 / n)
    assert (cells["bias"].abs() < 0.01 + 3 * cells["spread"] / np.sqrt(n)).all()
