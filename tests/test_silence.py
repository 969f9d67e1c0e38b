"""How long silence leaves hope: landmarks, the limit beside the rule, and the truth found again."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import jobsearch_stats as js
from flat_searches import DAILY, SEARCHES, WITHDRAWING, coverage, searches
from jobsearch_stats.sample import sample_path
from small_waits import answered, waits

ENDS = ["response", "next_approach", "withdrawal", "do_not_contact", "as_of"]
MANY = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(ENDS)), min_size=1, max_size=40)
Z2 = norm.ppf(0.975) ** 2


def frame_of(rows: list[tuple[int, str]]) -> pd.DataFrame:
    return waits([day for day, _ in rows], [end for _, end in rows])


def one(result) -> pd.Series:
    assert len(result.table) == 1
    return result.table.iloc[0]


# The chance of a reply ----------------------------------------------------------------------


@given(MANY, st.integers(0, 8), st.integers(1, 8))
@settings(max_examples=150, deadline=None)
def test_chance_is_the_incidence_among_those_still_silent(rows, silent, more):
    frame, by_day = frame_of(rows), silent + more
    row = one(js.chance_of_reply(frame, silent_days=silent, by_day=by_day))
    left = frame[frame["ended_days"] > silent]
    in_time = (left["ended_by"] == "response") & (left["ended_days"] <= by_day)
    assert (row["n"], row["n_responses"]) == (len(left), in_time.sum())
    if np.isnan(row["chance"]):
        assert (row["ci_low"], row["ci_high"]) == (0, 1)
        return
    shares = js.cumulative_incidence(left).table
    shares = shares[(shares["cause"] == "response") & (shares["days"] <= by_day)]
    last = shares.iloc[-1] if len(shares) else pd.Series({"incidence": 0})
    assert row["chance"] == pytest.approx(last["incidence"], abs=1e-12)
    if row["chance"] > 1e-9:  # for none see below
        assert row["ci_low"] == pytest.approx(last["ci_low"], abs=1e-9)
        assert row["ci_high"] == pytest.approx(last["ci_high"], abs=1e-9)


@given(MANY, st.integers(1, 14))
@settings(max_examples=100, deadline=None)
def test_chance_can_be_told_where_the_follow_up_reaches_the_day(rows, by_day):
    frame = frame_of(rows)
    row = one(js.chance_of_reply(frame, silent_days=0, by_day=by_day))
    left = frame[frame["ended_days"] > 0]
    watched = (left["ended_days"] >= by_day).any()
    cut = left["ended_by"].isin(["as_of", "next_approach"])
    settled = len(left) > 0 and not cut[left["ended_days"] == left["ended_days"].max()].any()
    assert np.isnan(row["chance"]) == (not watched and not settled)
    assert row["can_tell"] == (len(left) >= 10 and bool(watched or settled))


@given(MANY)
@settings(max_examples=60, deadline=None)
def test_chances_keep_within_their_intervals(rows):
    table = js.chance_of_reply(frame_of(rows), silent_days=range(12), by_day=12).table
    told = table.dropna(subset="chance")
    assert (table["ci_low"] >= 0).all()
    assert (table["ci_high"] <= 1).all()
    assert (told["ci_low"] <= told["chance"] + 1e-12).all()
    assert (told["chance"] <= told["ci_high"] + 1e-12).all()
    assert (np.diff(table["n"]) <= 0).all()


def test_silence_by_hand():
    # silent on day 1: three of four; one answers on day 2, one withdraws, one is seen to day 9
    frame = waits([1, 2, 3, 9], ["response", "response", "withdrawal", "as_of"])
    row = one(js.chance_of_reply(frame, silent_days=1, by_day=9))
    assert (row["n"], row["n_responses"], row["by_day"]) == (3, 1, 9)
    assert row["chance"] == pytest.approx(1 / 3)
    assert not row["can_tell"]  # fewer than ten


def test_silence_through_a_day_includes_that_day():
    frame = answered([7] * 5 + [20] * 5, [1] * 5 + [0] * 5)
    table = js.chance_of_reply(frame, silent_days=[6, 7], by_day=14).table
    assert table["n"].tolist() == [10, 5]
    assert table["chance"].tolist() == pytest.approx([0.5, 0])


def test_those_not_watched_long_enough_are_no_failures():
    # ten answered on day 5; of thirty more, twenty were sent three days ago
    frame = answered([5] * 10 + [3] * 20 + [60] * 10, [1] * 10 + [0] * 30)
    row = one(js.chance_of_reply(frame, silent_days=0, by_day=60))
    assert row["chance"] == pytest.approx(0.5)  # and not 10 of 40


def test_without_a_reply_the_upper_end_is_wilsons_of_those_known():
    frame = answered([4] * 6 + [30] * 12, [0] * 18)
    row = one(js.chance_of_reply(frame, silent_days=0, by_day=30))
    assert (row["chance"], row["ci_low"]) == (0, 0)
    assert row["ci_high"] == pytest.approx(Z2 / (12 + Z2))
    assert row["n"] == 18


def test_what_was_not_watched_long_enough_cannot_be_told():
    frame = answered([5] * 10 + [20] * 30, [1] * 10 + [0] * 30)
    chances = js.chance_of_reply(frame, silent_days=[0, 7], by_day=60)
    assert chances.table["chance"].isna().all()
    assert not chances.table["can_tell"].any()
    assert chances.text == "Cannot tell yet: no approach has been watched for 60 days so far."
    few = js.chance_of_reply(frame[:5], silent_days=0, by_day=60)
    assert few.text == "Cannot tell yet: only 5 approaches have stayed silent on the first day."


def test_chances_in_words():
    frame = answered([5] * 10 + [60] * 30, [1] * 10 + [0] * 30)
    text = js.chance_of_reply(frame, silent_days=[3, 7], by_day=60).text
    assert text == (
        "Of 40 approaches still silent after 3 days, about 25 % (14 to 41 %) get a response by day "
        "60; of 30 still silent after 7 days, about 0 % (0 to 11 %)."
    )
    at_once = js.chance_of_reply(frame, silent_days=0, by_day=60, counts="positive").text
    assert at_once == (
        "Of 40 approaches still silent at the end of the first day, about 25 % (14 to 41 %) get a "
        "positive response by day 60."
    )


def test_chances_by_stage_are_those_of_each_alone():
    tries = js.outreach(js.read_log(sample_path()), as_of=js.SAMPLE_DAY)
    both = js.chance_of_reply(tries, by="stage")
    for stage, part in both.table.groupby("stage", observed=True):
        alone = js.chance_of_reply(tries[tries["stage"] == stage])
        pd.testing.assert_frame_equal(
            part.drop(columns="stage").reset_index(drop=True), alone.table
        )
    assert "Application: of " in both.text


def test_of_many_groups_the_table_speaks():
    frame = answered([5] * 13, [1] * 13, role=[f"role {k}" for k in range(13)])
    for of in (js.chance_of_reply, js.silence_limit, js.kaplan_meier):
        assert of(frame, by="role").text.endswith(
            "13 groups: the table says what is known of each."
        )


def test_positive_replies_only():
    frame = waits([3] * 10 + [9] * 10, ["rejection"] * 10 + ["response"] * 10)
    chance = one(js.chance_of_reply(frame, silent_days=0, by_day=9, counts="positive"))["chance"]
    assert chance == pytest.approx(0.5)


# The limit ----------------------------------------------------------------------------------


def test_limit_is_the_day_from_which_the_chance_stays_below():
    frame = answered([5] * 30 + [20] * 3 + [40] * 2 + [70] * 65, [1] * 35 + [0] * 65)
    limit = one(js.silence_limit(frame, below=0.05, by_day=60))
    chances = js.chance_of_reply(frame, silent_days=range(60), by_day=60).table
    over = chances.loc[chances["chance"] >= 0.05, "silent_days"]
    assert limit["day"] == over.max() + 1 == 20
    surely = chances.loc[chances["ci_high"] >= 0.05, "silent_days"].max() + 1
    assert surely == 60
    assert pd.isna(limit["day_surely"])
    rule = chances[chances["silent_days"] == 7].iloc[0]
    assert limit["rule_day"] == 7
    assert limit["chance_at_rule"] == rule["chance"]
    assert (limit["ci_low"], limit["ci_high"]) == (rule["ci_low"], rule["ci_high"])
    assert limit["n_at_rule"] == rule["n"] == 70
    assert limit["can_tell"]


def test_limit_in_words():
    days = [3] * 60 + [20] * 20 + [40] * 20 + [70] * 300
    frame = answered(days, [1] * 100 + [0] * 300)
    limit = js.silence_limit(frame)
    row = one(limit)
    assert (row["day"], row["day_surely"]) == (40, 40)
    assert limit.text == (
        "The rule lets go 7 silent days after your last message. Of 340 approaches still silent "
        "after 7 days, about 12 % (9 to 16 %) get a response by day 60; even the upper end of the "
        "chance is below 5 % from 40 silent days on."
    )
    later = js.silence_limit(frame, below=0.07).text  # 20 of 320 after 20 days: 6 % (4 to 9 %)
    assert later.endswith(
        "; the chance is below 7 % from 20 silent days on, and even its upper end from 40 silent "
        "days on."
    )


def test_limit_obeys_the_strategy_and_the_chosen_chance():
    frame = answered([3] * 60 + [20] * 20 + [40] * 20 + [70] * 300, [1] * 100 + [0] * 300)
    longer = dataclasses.replace(js.DAY_AFTER, name="LONGER", give_up_days=14)
    limit = js.silence_limit(frame, below=0.1, strategy=longer)
    assert (one(limit)["rule_day"], one(limit)["day"]) == (14, 20)
    assert "lets go 14 silent days after your last message" in limit.text
    assert "still silent after 14 days" in limit.text
    by_name = js.silence_limit(frame, strategy="before decision")
    assert by_name.strategy is js.BEFORE_DECISION
    with pytest.raises(js.UnknownNameError, match="there is no strategy 'DAYAFTER'"):
        js.silence_limit(frame, strategy="DAYAFTER")
    never = js.silence_limit(frame, below=0.001, by_day=40)
    assert pd.isna(one(never)["day"])
    assert "does not fall below 0.1 % before day 40" in never.text
    at_once = js.silence_limit(frame, below=0.9)
    assert one(at_once)["day"] == 0
    assert "from the first day on" in at_once.text
    late = js.silence_limit(frame, by_day=7)
    assert np.isnan(one(late)["chance_at_rule"])
    assert "no earlier than day 7, so there is no chance to set beside it" in late.text


def test_a_day_reached_by_few_is_not_told():
    frame = answered([3] * 15 + [20] * 5 + [70] * 5, [1] * 20 + [0] * 5)
    limit = js.silence_limit(frame)
    assert pd.isna(one(limit)["day"])
    assert not one(limit)["can_tell"]
    assert "cannot be told yet" in limit.text
    fewer = js.silence_limit(frame[:12])
    assert "Cannot tell yet: no approach has stayed silent for 7 days." in fewer.text


# Bad input ----------------------------------------------------------------------------------


def test_errors_say_the_way_out():
    frame = answered([1, 2], [1, 0])
    with pytest.raises(js.SettingError, match="silent_days=60 is not below by_day=60"):
        js.chance_of_reply(frame, silent_days=[7, 60])
    with pytest.raises(js.SettingError, match=r"silent_days=2\.5"):
        js.chance_of_reply(frame, silent_days=[2.5])
    with pytest.raises(js.SettingError, match="by_day=0"):
        js.silence_limit(frame, by_day=0)
    with pytest.raises(js.SettingError, match="below=5"):
        js.silence_limit(frame, below=5)
    with pytest.raises(js.SettingError, match="strategy=7 must be a Strategy or the"):
        js.silence_limit(frame, strategy=7)
    with pytest.raises(js.UnknownNameError, match="'ended_days'"):
        js.silence_limit(frame, by="stge")


@pytest.mark.parametrize("of", [js.chance_of_reply, js.silence_limit])
@pytest.mark.parametrize("by", [None, "stage"])
def test_without_approaches(of, by):
    result = of(answered([], []), by=by)
    assert result.text == "There is no approach to look at."
    assert not result.table["can_tell"].any()
    assert "no approaches" in result._repr_html_()


@pytest.mark.parametrize("of", [js.chance_of_reply, js.silence_limit])
def test_order_of_rows_is_irrelevant_and_the_input_stays(of):
    frame = js.outreach(js.read_log(sample_path()), as_of=js.SAMPLE_DAY)
    before = frame.copy(deep=True)
    result = of(frame, by=["stage", "source"])
    pd.testing.assert_frame_equal(frame, before)
    shuffled = of(frame.sample(frac=1, random_state=1), by=["stage", "source"])
    pd.testing.assert_frame_equal(result.table, shuffled.table)


# The truth found again ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def tries() -> pd.DataFrame:
    return searches(seed=21, withdrawal_chance=WITHDRAWING)


@pytest.mark.parametrize("silent", [0, 7, 14])
def test_the_true_chance_lies_in_its_intervals(tries, silent):
    stays = (1 - DAILY) * (1 - WITHDRAWING)
    truth = DAILY * (1 - stays ** (30 - silent)) / (1 - stays)
    table = js.chance_of_reply(tries, silent_days=silent, by_day=30, by="search").table
    assert table["can_tell"].mean() > 0.95
    # of 400 intervals at 95 %, 92 to 98 % hold the truth in 99 of 100 cases
    assert 0.92 <= coverage(table["ci_low"], table["ci_high"], truth) <= 0.98
    assert table["chance"].mean() == pytest.approx(truth, abs=0.01)


def test_counting_the_young_as_silent_for_good_would_miss_it(tries):
    stays = (1 - DAILY) * (1 - WITHDRAWING)
    truth = DAILY * (1 - stays**23) / (1 - stays)
    old = tries["ended_by"] == "as_of"
    naive = tries.assign(ended_days=tries["ended_days"].where(~old, 400))  # as if watched for ever
    table = js.chance_of_reply(naive, silent_days=7, by_day=30, by="search").table
    assert len(table) == SEARCHES
    assert coverage(table["ci_low"], table["ci_high"], truth) < 0.5
