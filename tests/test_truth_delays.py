"""Promised dates: the share answered by the date, and by a week later, lies in its intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.outreach import ENDS
from small_waits import AS_OF, KINDS, category

ON_TIME, DAILY, SEARCHES = 0.3, 0.1, 120


def interviews(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """Return interviews with a date a week later; 30 % keep it, the rest answer at 10 % a day."""
    kept = rng.random(n) < ON_TIME
    delay = np.where(kept, -rng.integers(0, 5, n), rng.geometric(DAILY, n))
    as_of = np.datetime64(AS_OF, "D")
    date = as_of - rng.integers(1, 90, n).astype("m8[D]")
    answer = date + (7 + delay).astype("m8[D]")
    known = answer <= as_of
    response = np.where(known, answer, np.datetime64("NaT", "s"))
    return pd.DataFrame(
        {
            "application_id": pd.Categorical([f"a{i}" for i in range(n)]),
            "kind": category("interview", KINDS, n),
            "stage": category("interview", ("application", "interview", "closed"), n),
            "as_of": np.full(n, as_of).astype("datetime64[s]"),
            "date": date.astype("datetime64[s]"),
            "decide_by": (date + np.timedelta64(7, "D")).astype("datetime64[s]"),
            "undated": np.zeros(n, bool),
            "response_on": response.astype("datetime64[s]"),
            "ended_by": category(np.where(known, "response", "as_of").tolist(), ENDS, n),
            "ended_days": (np.where(known, answer, as_of) - date).astype(np.int32),
        }
    )


@pytest.mark.parametrize("n", [20, 60])
def test_the_truth_lies_in_the_intervals_as_often_as_they_say(n):
    rng = np.random.default_rng(7)
    rows = [js.decision_delay(interviews(rng, n)).summary.iloc[0] for _ in range(SEARCHES)]
    table = pd.DataFrame(rows)
    week_later = ON_TIME + (1 - ON_TIME) * (1 - (1 - DAILY) ** 7)
    for name, truth in (("on_time", ON_TIME), ("within_a_week", week_later)):
        holds = (table[f"{name}_low"] <= truth) & (truth <= table[f"{name}_high"])
        assert holds.mean() >= 0.89  # of 120 at 95 %, in 99.5 of 100 cases
    # neither those whose date is still ahead nor those still silent after it pull it up or down
    assert table["on_time"].mean() == pytest.approx(ON_TIME, abs=0.03)
