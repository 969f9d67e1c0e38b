"""The notebooks on call-back timing: what is said follows from the numbers, and from no fewer."""

import dataclasses
import itertools
import re

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats import deck, immortal_time, notebook, planning, timing, what_if
from small_logs import VOICEMAIL, happened, log_of, met

DAY = pd.Timestamp("2026-03-31")
NAMES = ("DAY_AFTER", "BEFORE_DECISION", "NO_FOLLOW_UP")
PLANS = [js.strategy_named(name) for name in NAMES]


def met_by(number, on="2026-03-03", decide_by=None, called=None, answered=None):
    """Return the events of one interview, with a call and an answer if they are given."""
    name = {"application_id": f"a{number}"}
    events = [{**met(on, decide_by=decide_by), **name}]
    if called:
        events.append({**VOICEMAIL, "date": called, **name})
    if answered:
        events.append({**happened("reply", answered, outcome="neutral"), **name})
    return events


def log_with(*several):
    return log_of(*itertools.chain.from_iterable(several))


@pytest.fixture(scope="module")
def log():
    return js.simulate_log(600, seed=5)


@pytest.fixture(scope="module")
def found(log):
    return js.compare_strategies(log, NAMES, as_of="2026-03-02", n_boot=100, seed=1)


def opened(log, as_of=DAY, *, is_sample=False):
    return notebook.Opened(
        log=log, as_of=pd.Timestamp(as_of), name="mine.csv", is_sample=is_sample, source="mine.csv"
    )


# --- what the strategies say -----------------------------------------------------------------


def test_interviews_on_which_the_strategies_differ_come_first():
    """By hand: with a week's promise they differ by days, without one not at all."""
    log = log_with(
        met_by(1, "2026-03-03"),
        met_by(2, "2026-03-04", decide_by="2026-03-11", answered="2026-03-13"),
        met_by(3, "2026-03-05"),
    )
    told = js.replay(log, NAMES, as_of=DAY)
    assert timing.differing(told).tolist() == [False, True, False]
    table = timing.told_table(told)
    assert table["company"].tolist() == ["Firm a2", "Firm a3", "Firm a1"]
    assert f"{table.loc[0, 'DAY_AFTER']:%d}" == "12"
    assert f"{table.loc[0, 'BEFORE_DECISION']:%d}" == "10"
    assert table["NO_FOLLOW_UP"].isna().all()
    assert f"{table.loc[0, 'answered_on']:%d}" == "13"
    assert timing.telling_interview(told) == "a2"
    assert "1 of 3 interviews" in timing.told_sentence(told)


def test_an_interview_that_is_not_its_applications_latest_is_not_taken():
    log = log_with(
        met_by(1, "2026-03-03", decide_by="2026-03-10"),
        met_by(1, "2026-03-12"),
        met_by(2, "2026-03-02"),
    )
    told = js.replay(log, NAMES, as_of=DAY)
    assert timing.differing(told).sum() == 1
    one = timing.telling_interview(told)
    days = js.strategy_days(log, NAMES, application_id=one, as_of=DAY)
    assert f"{days.interview_on:%m-%d}" == "03-12"


def test_without_an_interview_or_a_difference_it_says_so():
    none = js.replay(log_of(happened("applied", "2026-03-02")), NAMES, as_of=DAY)
    assert timing.telling_interview(none) is None
    assert not len(timing.told_table(none))
    assert "Write down the day" in timing.told_sentence(none)
    alike = js.replay(log_with(met_by(1)), NAMES, as_of=DAY)
    assert "same days" in timing.told_sentence(alike)
    alone = js.replay(log_with(met_by(1)), ["NO_FOLLOW_UP", "DAY_AFTER"], as_of=DAY)
    assert timing.told_sentence(alone).startswith("DAY_AFTER alone")


def test_the_nearest_strategy_is_named_with_how_often_it_was_kept():
    log = log_with(
        met_by(1, "2026-03-03", decide_by="2026-03-11", called="2026-03-12"),
        met_by(2, "2026-03-04", decide_by="2026-03-11", called="2026-03-12"),
        met_by(3, "2026-03-05", decide_by="2026-03-12", called="2026-03-11"),
        met_by(4, "2026-03-25"),
    )
    did = [js.adherence(log, plan, as_of=DAY) for plan in PLANS]
    said = timing.adherence_sentence(did)
    assert "nearest to DAY_AFTER: 2 of the 3 times" in said
    assert "1 went otherwise" in said
    table = timing.adherence_table(did).set_index("what you did")
    assert table.loc["as the strategy", "DAY_AFTER"] == 2
    assert table.loc["still open", "DAY_AFTER"] == 1
    assert (table.sum(axis=1) > 0).all()
    assert (table.sum() == 4).all()


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (
            [
                event
                for n in (1, 2, 3)
                for event in met_by(n, "2026-03-03", decide_by="2026-03-13", called="2026-03-05")
            ],
            "none of them in the 3 times",
        ),
        (
            met_by(1, "2026-03-03", decide_by="2026-03-13", called="2026-03-05"),
            "in 1 interview so far, and you did otherwise: too few to call it a habit",
        ),
        (met_by(1, "2026-03-30"), "Nothing to hold"),
    ],
)
def test_no_strategy_was_followed(events, said):
    log = log_of(*events)
    did = [js.adherence(log, plan, as_of=DAY) for plan in PLANS]
    assert said in timing.adherence_sentence(did)


def test_the_days_on_which_strategies_part_are_counted():
    log = log_with(met_by(1, "2026-03-03", decide_by="2026-03-11"))
    days = js.strategy_days(log, NAMES[:2], as_of=DAY, horizon=14)
    words = days.table[list(NAMES[:2])]
    part = int((words["DAY_AFTER"] != words["BEFORE_DECISION"]).sum())
    assert 0 < part < 15
    assert f"{part} of 15 days" in timing.days_sentence(days)
    same = js.strategy_days(log, ["DAY_AFTER", "THANK_YOU_FIRST"], as_of=DAY)
    assert "the same on every day" in timing.days_sentence(same)


# --- the comparison, and what it rests on ----------------------------------------------------


def changed(found, *, ess=None, low=None, high=None, p=None):
    """Return a comparison with other numbers in it."""
    table, differences = found.table.copy(), found.differences.copy()
    for frame, name, value in (
        (table, "ess", ess),
        (differences, "ci_low", low),
        (differences, "ci_high", high),
        (differences, "p_adjusted", p),
    ):
        if value is not None:
            frame[name] = value
    return dataclasses.replace(found, table=table, differences=differences)


def test_the_decision_follows_from_interval_test_and_worth(found):
    solid = changed(found, ess=100.0, low=0.02, high=0.2, p=0.01)
    assert timing.decision_sentence(solid).startswith("Lean towards")
    thin = changed(found, ess=12.0, low=0.02, high=0.2, p=0.01)
    assert "too few interviews" in timing.decision_sentence(thin)
    for other in (
        changed(found, ess=100.0, low=-0.02, high=0.2, p=0.1),
        changed(found, ess=100.0, low=0.02, high=0.2, p=0.2),
    ):
        assert "does not favour any" in timing.decision_sentence(other)
    assert "cannot compare" in timing.decision_sentence(changed(found, p=np.nan))


def test_few_interviews_are_not_to_be_built_on(found):
    few, many = changed(found, ess=12.4), changed(found, ess=60.0)
    assert "DAY_AFTER is worth 12" in timing.trust_sentences(few)[0]
    assert timing.trust_sentences(few)[0].startswith("Do not build on it yet")
    assert timing.trust_sentences(many)[0].startswith("Every strategy is worth 30")


def test_what_it_rests_on_is_that_of_the_diagnostics(found):
    must = found.diagnostics["must_days"]
    checks = timing.checks_table(found).table.set_index("strategy")
    empty = must[must["n_followed"] == 0].groupby("strategy").size()
    for name in NAMES[:2]:
        assert checks.loc[name, "last_days"] == (must["strategy"] == name).sum() > 0
        assert checks.loc[name, "nobody_did"] == empty.get(name, 0)
    weights = found.diagnostics["weights"].set_index("strategy")["largest"]
    assert checks["heaviest_counts_for"].to_dict() == weights.to_dict()
    said = " ".join(timing.trust_sentences(found))
    assert f"on {empty.sum()} of the {len(must)} last days" in said


def test_ties_that_matter_are_said(found):
    ties = found.diagnostics["ties"].copy()
    ties["difference"] = 0.1
    same = {**found.diagnostics, "ties": ties}
    quiet = dataclasses.replace(found, diagnostics=same)
    assert "makes no difference" in timing.trust_sentences(quiet)[-1]
    ties = ties.assign(difference=np.where(ties["ties"] == "response_first", 0.04, 0.1))
    loud = dataclasses.replace(found, diagnostics={**same, "ties": ties})
    assert "by up to 6 points" in timing.trust_sentences(loud)[-1]
    assert set(timing.ties_table(found).table["ties"].str.contains("first|hours")) == {True}


def test_balance_that_is_off_is_said(found):
    balance = found.diagnostics["balance"].assign(off_weighted=0.0)
    even = dataclasses.replace(found, diagnostics={**found.diagnostics, "balance": balance})
    assert "look like all the others" in " ".join(timing.trust_sentences(even))
    balance = balance.assign(off_weighted=np.where(balance["covariate"] == "fit", -0.4, 0.0))
    odd = dataclasses.replace(found, diagnostics={**found.diagnostics, "balance": balance})
    assert "DAY_AFTER (fit)" in " ".join(timing.trust_sentences(odd))


# --- the wrong answer and the right one ------------------------------------------------------


@pytest.fixture(scope="module")
def made_up():
    return immortal_time.made_up(seed=1, n_boot=100)


def test_the_naive_answer_has_the_wrong_sign_and_the_right_one_holds_the_truth(made_up):
    naive, right = (made_up.estimates[name].differences.iloc[0] for name in ("naive", "ccw"))
    assert naive["ci_high"] < 0 < made_up.truth
    assert right["ci_low"] <= made_up.truth <= right["ci_high"]
    assert right["ci_low"] > 0
    said = immortal_time.made_up_sentence(made_up)
    assert "BIASED, the wrong way round" in said
    assert "holds the truth" in said
    unknown = made_up.estimates["ccw"].differences.assign(difference=np.nan, ci_low=np.nan)
    blank = dataclasses.replace(made_up.estimates["ccw"], differences=unknown)
    none = dataclasses.replace(made_up, estimates={"naive": blank, "ccw": blank})
    assert "nan" not in immortal_time.made_up_sentence(none)
    assert "cannot tell" in immortal_time.made_up_sentence(none)
    missed = dataclasses.replace(made_up, truth=0.9)
    assert "misses the truth" in immortal_time.made_up_sentence(missed)


def test_most_of_those_never_called_were_answered_too_soon_for_a_call(made_up):
    groups = made_up.groups.set_index("group")
    never = groups.loc["never called"]
    assert never["interviews"] > never["n_answers"] > never["too_soon_for_a_call"]
    assert never["too_soon_for_a_call"] > never["interviews"] / 2
    assert groups.loc["called", "too_soon_for_a_call"] == 0 < groups.loc["called", "n_answers"]
    said = immortal_time.why_sentence(made_up)
    assert all(f"{n:,}" in said for n in never)
    assert immortal_time.groups_table(made_up).table is made_up.groups


def test_biased_ways_say_so_in_the_table_and_the_truth_has_no_interval(made_up):
    table = made_up.table.set_index("way")
    assert table.index.str.startswith("BIASED").tolist() == [True, True, False, False]
    truth = table.loc[immortal_time.TRUTH]
    assert truth["difference"] == made_up.truth == table["difference"].iloc[-1]
    assert np.isnan(truth["ci_low"])
    assert "BIASED" in made_up._repr_html_()


def test_by_hand_who_was_never_called_and_answered_before_any_call():
    log = log_with(
        met_by(1, "2026-03-03", decide_by="2026-03-10", answered="2026-03-05"),  # too soon
        met_by(2, "2026-03-03", decide_by="2026-03-05", answered="2026-03-20"),  # could have called
        met_by(3, "2026-03-03", decide_by="2026-03-05"),
        met_by(4, "2026-03-03", decide_by="2026-03-05", called="2026-03-06"),
        met_by(5, "2026-03-20", answered="2026-03-23"),  # not watched for 21 days
    )
    own = immortal_time.side_by_side(log, as_of=DAY, n_boot=10, seed=1)
    called, never = own.groups.drop(columns="group").to_numpy().tolist()
    assert called == [1, 0, 0]
    assert never == [3, 2, 1]


def test_own_numbers_that_are_not_there_are_not_said():
    own = immortal_time.side_by_side(log_with(met_by(1)), as_of=DAY, n_boot=10, seed=1)
    said = immortal_time.own_sentence(own)
    assert "nan" not in said
    empty = immortal_time.side_by_side(
        log_of(happened("applied", "2026-03-02")), as_of=DAY, n_boot=10, seed=1
    )
    assert "too little for either" in immortal_time.own_sentence(empty)
    assert "nothing to mislead" in immortal_time.why_sentence(empty)


# --- what if ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked(log):
    return what_if.WhatIf(log, PLANS, pd.Timestamp("2026-03-02"), n_boot=50)


def test_the_table_is_what_compare_strategies_gives(asked, log):
    table = asked.table(horizon=14).table
    assert set(table["horizon"]) == {*what_if.HORIZONS, 14}
    assert set(table["grace"]) == {*what_if.GRACES, 2}
    wide = [dataclasses.replace(plan, grace_days=4) for plan in PLANS]
    direct = js.compare_strategies(
        log, wide, as_of="2026-03-02", horizon=14, n_boot=50, seed=asked.seed
    ).differences
    mine = table[(table["horizon"] == 14) & (table["grace"] == 4)]
    for name in ("strategy", "difference", "ci_low", "ci_high"):
        assert mine[name].tolist() == direct[name].tolist()


def test_the_answer_below_the_sliders_says_the_table_again(asked):
    rows = asked.differences(horizon=14, grace=4)
    said = asked.answer(horizon=14, grace=4, gain=5)
    assert len(said.sentences) == len(rows) == 2
    for sentence, row in zip(said.sentences, rows.to_dict("records"), strict=True):
        assert sentence.startswith(f"{row['strategy']} against DAY_AFTER, by day 14, with 4 days")
        assert f"{100 * row['difference']:+.0f} points".replace("-", "−") in sentence
        share = what_if.chance_to_find(0.05, row["detectable"])
        assert f"5 points would be found in {100 * share:.0f} %" in sentence


@pytest.mark.parametrize(
    ("low", "worth", "said"),
    [(0.1, 30.0, "leaves out 0."), (0.1, 29.0, "worth 29 interviews: a hint"), (-0.1, 30.0, "yet")],
)
def test_few_interviews_make_the_answer_a_hint(low, worth, said):
    row = {"strategy": "X", "reference": "Y", "horizon": 21, "grace": 2, "detectable": 0.3}
    found = {"difference": 0.2, "ci_low": low, "ci_high": 0.3, "ess": worth}
    sentence = what_if._said({**row, **found}, gain=0.1)
    assert said in sentence


def test_a_detectable_gain_is_found_in_four_of_five_cases_and_none_in_one_of_twenty():
    assert what_if.chance_to_find(0.3, 0.3) == pytest.approx(0.8, abs=1e-3)
    assert what_if.chance_to_find(0.0, 0.3) == pytest.approx(0.05, abs=1e-6)
    assert what_if.chance_to_find(0.1, 0.3) < what_if.chance_to_find(0.2, 0.3)
    assert np.isnan(what_if.chance_to_find(0.1, np.nan))


@pytest.mark.parametrize(
    ("lows", "highs", "worth", "said"),
    [
        ([0.1, 0.2], [0.3, 0.4], 30, "the same answer with every value"),
        ([0.1, 0.2], [0.3, 0.4], 29, "cannot be told with any"),
        ([-0.1, -0.2], [0.3, 0.4], 30, "cannot be told with any"),
        ([-0.1, 0.1], [0.3, 0.4], 30, "told apart with 1 of 2 values"),
    ],
)
def test_whether_the_answer_hangs_on_the_value(lows, highs, worth, said):
    ends = {"ci_low": lows, "ci_high": highs}
    table = pd.DataFrame({"strategy": "X", "difference": 0.2, "ess": worth, **ends})
    assert said in what_if.stable_sentence(table)
    assert "(+20 points)" in what_if.stable_sentence(table)
    assert "nothing hangs" in what_if.stable_sentence(table.assign(difference=np.nan))


def test_moving_a_slider_asks_anew(asked):
    widget = what_if.sliders(asked, horizon=14)
    sliders = {each._kwarg: each for each in widget.kwargs_widgets}
    assert set(sliders) == {"horizon", "grace", "gain"}
    assert not any(each.continuous_update for each in sliders.values())
    before = widget.result
    sliders["horizon"].value = 28
    assert widget.kwargs["horizon"] == 28
    assert widget.result == asked.answer(horizon=28, grace=2, gain=10) != before


def test_sliders_take_any_log():
    empty = what_if.WhatIf(log_of(happened("applied", "2026-03-02")), PLANS, DAY, n_boot=5)
    widget = what_if.sliders(empty)
    assert all("cannot be told" in sentence for sentence in widget.result.sentences)
    assert "nan" not in repr(widget.result)
    one = dataclasses.replace(empty, strategies=PLANS[:1])
    assert "nothing to compare" in repr(one.answer(horizon=21, grace=2, gain=10))


# --- planning --------------------------------------------------------------------------------


def test_one_plans_with_ones_own_share_if_there_are_enough(log):
    own = planning.ground(log, as_of="2026-03-02", seed=1)
    units = js.outreach(log, as_of="2026-03-02")
    units = units[(units["kind"] == "interview") & (units["observed_days"] >= 21)]
    assert own.is_own
    assert own.n == len(units)
    assert own.table["n_responses"].iloc[0] == (units["response_days"] <= 21).sum()
    few = planning.ground(log_with(met_by(1)), as_of=DAY, seed=1)
    assert not few.is_own
    assert 0 < few.risk < 1
    assert "made-up" in few.caption


def test_a_share_that_leaves_no_room_for_the_gain_is_not_planned_on():
    events = [met_by(i, "2026-03-03", answered="2026-03-10") for i in range(11)]
    log = log_with(*events, met_by(12, "2026-03-03"))
    assert planning.ground(log, as_of=DAY, gain=0.05, seed=1).is_own
    full = planning.ground(log, as_of=DAY, gain=0.1, seed=1)
    assert not full.is_own
    assert full.risk + 0.1 < 1
    with pytest.raises(js.SettingError, match="38 points that a share of 62 %"):
        planning.needs(risk=0.62, inflation=3.0, gain=0.5)
    with pytest.raises(js.SettingError, match="name two or more"):
        planning.looking_back(["DAY_AFTER"], seed=1)


def test_a_card_that_says_never_is_a_card():
    log = log_with(met_by(1, "2026-03-10"), met_by(2, "2026-03-11"))
    assert planning.pace(log, ["DAY_AFTER", "BEFORE_DECISION"], as_of=DAY).share == 0
    assert planning.pace(log, ["DAY_AFTER", "NO_FOLLOW_UP"], as_of=DAY).share == 1


def test_needs_are_those_of_the_formula_and_looking_back_takes_more():
    table = planning.needs(risk=0.48, inflation=3.0, gain=0.07).table
    assert 0.07 in table["difference"].tolist()
    plan = js.interviews_needed(difference=0.08, risk=0.48).table.iloc[0]
    row = table[table["difference"] == 0.08].iloc[0]
    assert row["n_dealt"] == plan["n"]
    assert row["n_in_each_arm"] == plan["n_per_arm"]
    back = row["n_looking_back"]
    assert back == pytest.approx(3 * plan["n"], rel=0.05)
    assert back % 100 == 0, "it is known to two digits, and told with no more"
    said = planning.needs_sentence(table, gain=0.08, own=12)
    assert f"about {back:,.0f} interviews if you look back" in said
    assert f"about {round(plan['n'], -2):,} if the timing is dealt, half of them" in said
    assert planning.needs(risk=0.9, inflation=3.0, gain=0.05).table["difference"].max() <= 0.1


@pytest.mark.parametrize(
    ("own", "decision"),
    [
        (0, "more than one search can show"),
        (400, "more than one search can show"),
        (500, "2.4 times what you have: deal from now on"),
        (1300, "As many interviews, dealt, would show it"),
        (4000, "You have enough to look back: notebook 04 does"),
    ],
)
def test_what_a_gain_takes_is_held_against_what_one_has(own, decision):
    table = pd.DataFrame({"difference": [0.08], "n_dealt": [1222], "n_looking_back": [3700.0]})
    assert decision in planning.needs_sentence(table, gain=0.08, own=own)


def test_looking_back_takes_as_many_times_more_as_its_variance_is_larger(found):
    two = dataclasses.replace(found, minimum_detectable_difference=pd.Series({"X": 0.2}))
    wide = dataclasses.replace(found, minimum_detectable_difference=pd.Series({"X": 0.4}))
    assert planning.inflation_of(wide) == pytest.approx(4 * planning.inflation_of(two))
    risks = found.table["risk"].to_numpy()[:2]
    error = np.sqrt((risks * (1 - risks)).sum() / (found.n_interviews / 2))
    dealt = pd.Series({"X": 2.801585 * error})  # 1.959964 + 0.841621, normal quantiles
    same = dataclasses.replace(found, minimum_detectable_difference=dealt)
    assert planning.inflation_of(same) == pytest.approx(1, abs=1e-5)


def test_pace_counts_the_interviews_that_get_a_card():
    log = log_with(
        [{**happened("applied", "2026-03-02"), "application_id": "a1"}],
        met_by(1, "2026-03-10", decide_by="2026-03-17"),
        met_by(2, "2026-03-11"),
    )
    found = planning.pace(log, NAMES[:2], as_of=DAY)
    assert found == planning.Pace(n=2, days=30, share=0.5)
    assert found.cards_a_month == pytest.approx(365.25 / 12 / 30)
    table = planning.pace_table(found, pd.DataFrame({"difference": [0.1], "n_dealt": [101]})).table
    assert table["months"].iloc[0] == np.ceil(101 / found.cards_a_month)
    assert "At 1.0 cards a month" in planning.pace_sentence(found, risk=0.5)
    slow = planning.Pace(n=1, days=3000, share=1.0)
    assert "do not start" in planning.pace_sentence(slow, risk=0.5)
    none = planning.Pace(n=0, days=0, share=0.0)
    assert "nothing to deal" in planning.pace_sentence(none, risk=0.5)
    assert planning.pace_table(none, table[["difference", "n_dealt"]]).table["months"].isna().all()


@pytest.mark.parametrize(
    ("pace", "caption", "years"),
    [
        (planning.Pace(n=46, days=274, share=38 / 46), "name different days for 38 of them", 24.0),
        (planning.Pace(n=12, days=274, share=1.0), "for all of them, and those alone", 76.0),
        (planning.Pace(n=100, days=274, share=1.0), "for all of them, and those alone", 9.2),
        (planning.Pace(n=9, days=274, share=0.0), "for none of them", None),
        (planning.Pace(n=9, days=274, share=1.0), "From so few, the pace is a guess.", 102.0),
        (planning.Pace(n=0, days=6, share=0.0), "No interview in 6 days", None),
    ],
)
def test_how_long_it_takes_is_told_no_better_than_it_is_known(pace, caption, years):
    found = planning.pace_table(pace, pd.DataFrame({"difference": [0.08], "n_dealt": [1222]}))
    assert caption in found.caption
    (told,) = found.table["years"].tolist()
    assert told == years or (years is None and np.isnan(told))


# --- the cards -------------------------------------------------------------------------------


@pytest.fixture
def open_interviews():
    return log_with(
        met_by(1, "2026-03-24", decide_by="2026-04-07"),
        met_by(2, "2026-03-25", decide_by="2026-04-08"),
        met_by(3, "2026-03-26", decide_by="2026-04-09"),
        met_by(4, "2026-03-26"),
    )


def test_cards_are_dealt_only_if_one_says_so_and_are_not_shown_before(open_interviews, tmp_path):
    search = opened(open_interviews)
    before = deck.deck(search, NAMES[:2], seed=1, private=tmp_path)
    assert not list(tmp_path.iterdir())
    assert before.ledger is None
    assert before.n_new == 3
    assert list(before.table) == ["company", "interview_on"]
    shown = repr(before) + before._repr_html_()
    assert not re.search("BEFORE_DECISION|DAY_AFTER", shown)
    assert "DEAL = True" in before.text

    dealt = deck.deck(search, NAMES[:2], seed=1, deal=True, private=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["trial.csv"]
    assert dealt.table["strategy"].isin(NAMES[:2]).all()
    assert len(dealt.table) == 3

    later = deck.deck(search, NAMES[:2], seed=1, private=tmp_path)
    assert later.ledger == tmp_path / "trial.csv"
    assert later.n_new == 0
    assert "3 cards of before" in later.caption
    assert "1 open interview gets no card, as all strategies name the same days" in later.text
    assert later.text.endswith("Come back when you have logged the next interview.")


def test_a_look_without_dealing_leaves_the_ledger_as_it_is(open_interviews, tmp_path):
    first = opened(open_interviews, "2026-03-24")
    deck.deck(first, NAMES[:2], seed=1, deal=True, private=tmp_path)
    content = (tmp_path / "trial.csv").read_bytes()
    again = deck.deck(opened(open_interviews), NAMES[:2], seed=1, private=tmp_path)
    assert again.n_new == 2
    assert (tmp_path / "trial.csv").read_bytes() == content


def test_the_samples_cards_are_shown_and_thrown_away(open_interviews, tmp_path):
    search = opened(open_interviews, is_sample=True)
    cards = deck.deck(search, NAMES[:2], seed=1, deal=True, private=tmp_path)
    assert not list(tmp_path.iterdir())
    assert len(cards.table) == 3
    assert "thrown away" in cards.text
    path = cards.ledger
    assert path.exists()
    cards.folder.cleanup()
    assert not path.exists()


def test_the_list_obeys_the_cards(open_interviews, tmp_path):
    search = opened(open_interviews)
    cards = deck.deck(search, NAMES[:2], seed=1, deal=True, private=tmp_path)
    due = cards.table.set_index("company")["due_on"]
    first = due.min()
    rows = deck.dealt_rows(open_interviews, cards, as_of=first)
    on_time = due[due <= first + pd.Timedelta(days=7)]
    assert rows.set_index("company")["do_on"].to_dict() == on_time.to_dict()
    assert "Firm a4" not in rows["company"].tolist()
    said = deck.dealt_sentence(rows, cards)
    assert said.startswith(f"{len(on_time)} card")
    assert "No card asks" in deck.dealt_sentence(rows.iloc[:0], cards)


def test_without_cards_the_list_stays_and_nothing_is_analysed(open_interviews, tmp_path):
    none = deck.deck(opened(open_interviews), NAMES[:2], seed=1, private=tmp_path)
    rows = deck.dealt_rows(open_interviews, none, as_of=DAY)
    assert not len(rows)
    assert "No card has been dealt" in deck.dealt_sentence(rows, none)
    trial = deck.trial_of(open_interviews, none, as_of=DAY, horizon=21, counts="any")
    assert trial is None
    assert "Nothing has been dealt" in deck.trial_sentence(trial)


def test_a_trial_is_settled_by_the_interval_for_any_number_of_looks(open_interviews, tmp_path):
    cards = deck.deck(opened(open_interviews), NAMES[:2], seed=1, deal=True, private=tmp_path)
    trial = deck.trial_of(open_interviews, cards, as_of="2026-06-01", horizon=21, counts="any")
    assert "Go on dealing" in deck.trial_sentence(trial)
    sure = trial.differences.assign(always_low=0.1, always_high=0.3)
    settled = dataclasses.replace(trial, differences=sure)
    assert "You may stop" in deck.trial_sentence(settled)
    once = trial.differences.assign(ci_low=0.1, ci_high=0.3)
    assert "Go on" in deck.trial_sentence(dataclasses.replace(trial, differences=once))


def test_cards_that_do_not_count_yet_are_no_evidence(open_interviews, tmp_path):
    cards = deck.deck(opened(open_interviews), NAMES[:2], seed=1, deal=True, private=tmp_path)
    trial = deck.trial_of(open_interviews, cards, as_of=DAY, horizon=21, counts="any")
    assert trial.table["n"].sum() == 0
    assert trial.differences[["p_value", "p_adjusted"]].to_numpy().tolist() == [[1, 1]]


def test_what_is_shown_of_a_trial_goes_by_the_interval_for_any_number_of_looks(
    open_interviews, tmp_path
):
    cards = deck.deck(opened(open_interviews), NAMES[:2], seed=1, deal=True, private=tmp_path)
    trial = deck.trial_of(open_interviews, cards, as_of="2026-06-01", horizon=21, counts="any")
    shown = deck.difference_shown(trial).table
    assert shown["ci_low"].tolist() == trial.differences["always_low"].tolist()
    assert shown["ci_high"].tolist() == trial.differences["always_high"].tolist()
    arms = deck.arms_shown(trial).table
    assert arms["n"].tolist() == trial.table["n"].tolist()
    assert deck.difference_shown(None) is deck.arms_shown(None) is None


def test_peeking_fools_the_usual_interval_and_hardly_the_other():
    found = deck.peeking(risk=0.4, seed=3)
    usual = found.table["share_fooled_by_the_usual_interval"]
    always = found.table["share_fooled_by_this_one"]
    assert usual.is_monotonic_increasing
    assert usual.iloc[-1] > 0.25
    assert always.max() <= 0.05
    assert f"fooled {100 * usual.iloc[-1]:.0f} %" in deck.peeking_sentence(found.table)


def test_leaving_out_nothing_is_what_the_confidence_sequence_does():
    from jobsearch_stats.sequences import confidence_sequence

    rng = np.random.default_rng(2)
    for mean in (0.0, 0.4):
        blocks = np.clip(np.round(2 * rng.normal(mean, 0.4, 60)) / 2, -1, 1)
        ends = confidence_sequence(blocks)
        expected = (ends["ci_low"] > 0) | (ends["ci_high"] < 0)
        assert deck._always_leaves_out(blocks).tolist() == expected.tolist()
    assert expected.any()


def test_inputs_stay_as_they_are(log):
    kept = log.applications.copy(), log.events.copy()
    immortal_time.side_by_side(log, as_of="2026-03-02", n_boot=5, seed=1)
    planning.ground(log, as_of="2026-03-02", seed=1)
    planning.pace(log, NAMES[:2], as_of=pd.Timestamp("2026-03-02"))
    pd.testing.assert_frame_equal(log.applications, kept[0])
    pd.testing.assert_frame_equal(log.events, kept[1])
