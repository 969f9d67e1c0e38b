"""What `kaplan_meier` costs on a million whole-day durations, against its peers."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

import jobsearch_stats as js
from benchmarks.measuring import interleaved, report
from small_waits import answered

N = 1_000_000
ROUNDS = 11
BARE = "bare `SurvfuncRight`"
PEERS = Path(__file__).resolve().parents[2] / "build" / "peers"
"""Where `make bench` puts what only it needs."""


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    answer, watched = rng.geometric(0.03, N), rng.integers(0, 120, N)
    method = pd.Categorical.from_codes(rng.integers(0, 3, N), ["phone", "email", "letter"])
    kind = pd.Categorical.from_codes(np.full(N, 3), ["application", "interview", "t", "follow_up"])
    return answered(np.minimum(answer, watched), answer <= watched, method=method, kind=kind)


def test_kaplan_meier_against_its_peers(frame, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(PEERS)])
    days = frame["ended_days"].to_numpy()
    status = (frame["ended_by"] == "response").to_numpy()
    ours, bare = js.kaplan_meier(frame).table, SurvfuncRight(days, status)
    steps = ours[ours["n_responses"] > 0]
    np.testing.assert_allclose(steps["survival"], bare.surv_prob, rtol=1e-9)
    np.testing.assert_allclose(steps["se"], bare.surv_prob_se, rtol=1e-9)
    runs = {
        BARE: lambda: SurvfuncRight(days, status),
        "`kaplan_meier`": lambda: js.kaplan_meier(frame),
        "`kaplan_meier`, 3 groups": lambda: js.kaplan_meier(frame, by="method"),
        "`cumulative_incidence`": lambda: js.cumulative_incidence(frame),
        "`silence_limit`": lambda: js.silence_limit(frame),
    }
    if importlib.util.find_spec("sksurv"):  # no wheels of one of its parts from Python 3.13 on
        from sksurv.nonparametric import kaplan_meier_estimator

        _, theirs = kaplan_meier_estimator(status, days)
        np.testing.assert_allclose(ours["survival"], theirs, rtol=1e-9)
        runs["scikit-survival `kaplan_meier_estimator`"] = lambda: kaplan_meier_estimator(
            status, days
        )
    report("1,000,000 durations in whole days", interleaved(runs, rounds=ROUNDS), against=BARE)
