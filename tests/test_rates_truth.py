"""Response rates: counted one by one for comparison, and whether a known truth comes back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from small_tries import tries

# Properties ---------------------------------------------------------------------------------

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["x", "y", "z", None]),
        st.integers(0, 30),  # observed_days
        st.none() | st.integers(0, 30),  # response_days
        st.booleans(),  # undated
        st.sampled_from(["application", "interview", "closed"]),
        st.integers(0, 5),  # application
    ),
    max_size=40,
)


def frame_of(rows) -> pd.DataFrame:
    group, seen, days, undated, stage, application = zip(*rows, strict=True) if rows else ((),) * 6
    answered = pd.array(days, dtype="Int32")
    return tries(
        len(rows),
        group=pd.Categorical(group, ["z", "x", "y"]),
        observed_days=np.array(seen, np.int32),
        response_days=answered,
        undated=np.array(undated, bool) & np.asarray(answered.isna()),
        stage=pd.Categorical(stage, ["application", "interview", "closed"]),
        application_id=pd.Categorical([f"a{i}" for i in application]),
    )


def counted_by_hand(frame: pd.DataFrame, within: int) -> dict[str, list[int]]:
    """Return n, responses, censored, undated, applications of each group, row by row."""
    found: dict[str, list] = {}
    for row in frame.to_dict("records"):
        if row["stage"] == "closed":
            continue
        group = "blank" if pd.isna(row["group"]) else row["group"]
        counts = found.setdefault(group, [0, 0, 0, 0, set()])
        days = row["response_days"]
        if row["observed_days"] < within:
            counts[2] += 1
        elif row["undated"]:
            counts[3] += 1
        else:
            counts[0] += 1
            counts[1] += not pd.isna(days) and days <= within
            counts[4].add(row["application_id"])
    return {group: [*counts[:4], len(counts[4])] for group, counts in found.items()}


@settings(max_examples=150)
@given(ROWS, st.integers(0, 30), st.randoms(use_true_random=False))
def test_counts_are_those_of_counting_one_by_one(rows, within, random):
    frame = frame_of(rows)
    before = frame.copy(deep=True)
    rates = js.response_rates(frame, by="group", within=within)
    pd.testing.assert_frame_equal(frame, before)
    table = rates.table
    names = ["n", "n_responses", "n_censored", "n_undated", "n_applications"]
    groups = ["blank" if pd.isna(group) else group for group in table["group"]]
    counts = table[names].to_numpy().tolist()
    assert dict(zip(groups, counts, strict=True)) == counted_by_hand(frame, within)
    assert groups == [group for group in ("z", "x", "y", "blank") if group in groups]
    some = table[table["n"] > 0]
    assert (some["ci_low"] >= 0).all()
    assert (some["ci_low"] <= some["rate"]).all()
    assert (some["rate"] <= some["ci_high"]).all()
    assert (some["ci_high"] <= 1).all()
    assert (some["rate_least"] <= some["rate"]).all()
    assert (some["rate"] <= some["rate_most"]).all()
    waiting = int((frame["stage"] != "closed").sum())
    assert int(table[["n", "n_censored", "n_undated"]].to_numpy().sum()) == waiting
    order = list(range(len(frame)))
    random.shuffle(order)
    again = js.response_rates(frame.iloc[order], by="group", within=within).table
    pd.testing.assert_frame_equal(again, table)


# Recovery -----------------------------------------------------------------------------------

SEARCHES, SENT = 400, 60


@pytest.fixture(scope="module")
def population() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the applications of 400 searches as seen after 60 days, and at the end of all."""
    log = js.simulate_log(SEARCHES * SENT, seed=41, days=200)
    start = pd.Timestamp("2025-06-02")
    now, end = (js.outreach(log, as_of=start + pd.Timedelta(days=n)) for n in (60, 200))
    now, end = (frame[frame["kind"] == "application"] for frame in (now, end))
    place = now["application_id"].astype(str).str[1:].astype(int)
    return now.assign(search=place.to_numpy() % SEARCHES), end


def true_rate(end: pd.DataFrame, now: pd.DataFrame, within: int) -> float:
    """Return the share of all that were sent until then which was answered in time."""
    sent = end[end["application_id"].isin(now["application_id"])]
    assert (sent["observed_days"] >= within).all()
    return float((sent["response_days"] <= within).fillna(False).mean())


def test_interval_holds_the_truth_about_as_often_as_it_says(population):
    now, end = population
    truth = true_rate(end, now, 21)
    table = js.response_rates(now, by="search", within=21).table
    assert len(table) == SEARCHES
    holds = (table["ci_low"] <= truth) & (truth <= table["ci_high"])
    # 400 searches of about a dozen applications each: the standard error of 95 % is 1.1 points,
    # and Wilson's interval itself swings about 95 % by as much at so small n
    assert 0.92 <= holds.mean() <= 0.985


def test_all_together_find_the_truth_and_the_tempting_rate_does_not(population):
    now, end = population
    truth = true_rate(end, now, 21)
    row = js.response_rates(now, within=21).table.iloc[0]
    assert row["ci_low"] <= truth <= row["ci_high"]
    in_time = (now["response_days"] <= 21).fillna(False)
    tempting = in_time.sum() / ((now["observed_days"] >= 21) | in_time).sum()
    assert tempting > row["ci_high"]  # far outside what chance explains
    naive = in_time.mean()  # young silence as silence errs the other way
    assert naive < row["ci_low"]
