"""Frames as people make them: pooled, filtered, with odd indexes; and settings at their ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from small_logs import happened, log_of, met
from small_tries import tries
from small_waits import answered, waits

RATES, DIFFERENCES = js.response_rates, lambda frame, **k: js.rate_differences(RATES(frame, **k))
OF_WAITS = (js.kaplan_meier, js.cumulative_incidence, js.chance_of_reply, js.silence_limit)
ALL = (RATES, DIFFERENCES, *OF_WAITS, js.logrank)


@pytest.fixture(scope="module")
def base() -> pd.DataFrame:
    return js.outreach(js.simulate_log(90, seed=3), as_of="2025-11-01")


def tables(result: js.Result) -> list[list[str]]:
    return result.table.astype("object").astype(str).to_numpy().tolist()


@pytest.mark.parametrize("of", ALL)
@pytest.mark.parametrize("by", ["method", "fit", "reached", ["stage", "method"]])
def test_index_and_order_of_rows_never_matter(base, of, by):
    there = of(base, by=by)
    odd = base.sample(frac=1, random_state=1)
    odd.index = [0] * len(odd)
    assert tables(of(odd, by=by)) == tables(there)
    assert of(odd, by=by).text == there.text


@pytest.mark.parametrize("of", ALL)
@pytest.mark.parametrize("by", ["as_of", "kind", "hour", "application_id", "date", "positive"])
def test_any_column_makes_groups_and_is_said(base, of, by):
    result = of(base, by=by)
    assert result.caption
    assert "nan" not in (result.caption + result.text).lower().split()
    assert repr(result)
    assert result._repr_html_()


def pooled() -> pd.DataFrame:
    """Return the approaches of two seekers who both called their application "a1"."""
    events = (
        happened("applied", "2026-02-02"),
        met("2026-02-16", decide_by="2026-02-20"),
    )
    withdrawn = happened("withdrawn", "2026-02-23")
    parts = [
        js.outreach(log_of(*events, seeker_id="ada"), as_of="2026-03-31"),
        js.outreach(log_of(*events, withdrawn, seeker_id="bob"), as_of="2026-03-31"),
    ]
    return pd.concat(parts)


def test_the_same_id_of_two_seekers_is_two_applications():
    rates = js.response_rates(pooled(), kinds="interview")
    assert (rates.table["n"].item(), rates.table["n_applications"].item()) == (2, 2)
    assert rates.worth.item() == 2


def test_a_withdrawal_of_one_seeker_does_not_end_the_wait_of_another():
    delay = js.decision_delay(pooled())
    assert delay.table["delay_days"].tolist() == [3, 39]
    assert delay.summary["n_censored"].item() == 1


def test_pooled_frames_whose_categories_differ(base):
    other = js.outreach(js.simulate_log(50, seed=4), as_of="2025-09-01")
    both = pd.concat([base, other])
    assert both["application_id"].dtype != base["application_id"].dtype
    for of in ALL:
        result = of(both, by="method")
        assert result.caption
    assert "2025-09-01 to 2025-11-01" in js.response_rates(both).caption
    n = [js.kaplan_meier(frame).at_risk(0)["at_risk"].item() for frame in (base, other, both)]
    assert n[0] + n[1] == n[2]


def test_a_million_waits_of_many_days():
    days = np.tile(np.arange(1_000, dtype=np.int32), 1_000)
    frame = answered(days, np.arange(days.size) % 2)
    curve = js.kaplan_meier(frame).table
    assert curve["at_risk"].iloc[0] == days.size
    assert (curve["survival"].diff().dropna() <= 0).all()
    ends = curve[["ci_low", "survival", "ci_high"]].to_numpy()
    assert (np.diff(ends, axis=1) >= 0).all()
    # squares of counts of a million pass 2**31
    assert 0 < js.chance_of_reply(frame, silent_days=0).table["chance"].item() < 1


@pytest.mark.parametrize("ends", ["as_of", "next_approach", "response", "withdrawal"])
@pytest.mark.parametrize("n", [1, 2, 40])
def test_all_ended_on_the_first_day(ends, n):
    frame = waits([0] * n, ends)
    for of in OF_WAITS:
        result = of(frame)
        bounds = result.table[["ci_low", "ci_high"]].to_numpy(float)
        assert ((bounds >= 0) & (bounds <= 1)).all()
        assert result.caption


@pytest.mark.parametrize("confidence", [0.5, 0.999, 1 - 1e-12])
@pytest.mark.parametrize("of", [RATES, DIFFERENCES, *OF_WAITS])
def test_levels_at_their_ends(base, of, confidence):
    table = of(base, by="kind", confidence=confidence).table
    assert table[["ci_low", "ci_high"]].notna().all(axis=None)
    assert (table["ci_low"] <= table["ci_high"]).all()


@pytest.mark.parametrize("of", ALL)
def test_what_cannot_be_used_says_so(base, of):
    with pytest.raises(js.UnknownNameError, match="by=0: there is no such column"):
        of(base, by=0)
    with pytest.raises(js.DataError, match="values that make no groups"):
        of(base.assign(tags=[["x"]] * len(base)), by="tags")
    with pytest.raises(js.SettingError, match="names no kind of approach"):
        of(base, by="source", kinds=[])


def test_days_that_are_none_say_so(base):
    with pytest.raises(js.SettingError, match="silent_days=None"):
        js.chance_of_reply(base, silent_days=None)
    with pytest.raises(js.SettingError, match=r"days=7\.0"):
        js.kaplan_meier(base).at_risk(7.0)
    with pytest.raises(js.SettingError, match=r"confidence=0\.9999999999999999"):
        js.kaplan_meier(base, confidence=1 - 1e-16)


def test_a_window_of_one_day_and_of_more_than_anybody_watched(base):
    same_day = js.response_rates(base, within=0).table
    assert same_day["n_censored"].item() == 0
    assert same_day["rate"].item() < 0.2
    never = js.response_rates(base, within=100_000)
    assert never.table["n"].item() == 0
    assert "Cannot tell yet" in never.text


def test_groups_that_are_numbers_are_named_with_their_column():
    frame = answered([3] * 20, [1] * 20, fit=[2] * 10 + [5] * 10)
    text = js.kaplan_meier(frame, by="fit").text
    assert "Fit 2: half are answered after 3 days" in text
    assert "Fit 5: half" in text


def test_one_approach_is_one():
    assert "1 of 1 approach (" in js.response_rates(tries(1, 1)).caption
    assert (
        "1 of 1 approach in 1 group" in js.rate_differences(js.response_rates(tries(1, 1))).caption
    )
