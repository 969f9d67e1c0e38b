"""Strategies compared: against the readable reference, by hand, and what is said when."""

import dataclasses
import math
import re

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.compared import Said, _contrast, _not_shown
from jobsearch_stats.comparison_settings import checked
from jobsearch_stats.comparison_units import clusters_of, setting_of, units_of
from jobsearch_stats.interviews import interviews
from jobsearch_stats.resampling import Job
from jobsearch_stats.windows import check_strategies
from reference_emulation import reference_risks
from small_logs import VOICEMAIL, happened, log_of, met

THREE = [js.NO_FOLLOW_UP, js.DAY_AFTER, js.BEFORE_DECISION]
AS_OF = "2026-03-03"
AGREES = 1e-6
"""Both ways stop within 1e-9 of the same coefficients; the issue asks for 1e-4."""


def compare(log, strategies=THREE, *, as_of=AS_OF, n_boot=50, seed=1, **given):
    return js.compare_strategies(log, strategies, as_of=as_of, n_boot=n_boot, seed=seed, **given)


def risks_of(found):
    return dict(zip(found.table["strategy"], found.table["risk"], strict=True))


@pytest.fixture(scope="module")
def log():
    return js.simulate_log(300, seed=2)


@pytest.fixture(scope="module")
def found(log):
    return compare(log, n_boot=400)


SETTINGS = {
    "as it comes": {},
    "response first": {"ties": "response_first"},
    "by hours": {"ties": "hours"},
    "positive": {"counts": "positive"},
    "positive, response first": {"counts": "positive", "ties": "response_first"},
    "ten days": {"horizon": 10},
}


@pytest.mark.parametrize("given", SETTINGS.values(), ids=SETTINGS)
def test_it_is_what_the_readable_reference_finds(log, given):
    given = {"ties": "follow_up_first", **given}
    theirs = reference_risks(log, THREE, as_of=AS_OF, **given)
    assert risks_of(compare(log, n_boot=2, **given)) == pytest.approx(theirs, abs=AGREES)


@pytest.mark.parametrize("seed", [5, 6])
def test_it_is_the_reference_on_other_logs(seed):
    blank = dataclasses.replace(js.SearchModel(), fit_blank=1.0, hours_logged=1.0)
    log = js.simulate_log(200, seed=seed, model=blank if seed == 5 else None)
    theirs = reference_risks(log, THREE, as_of=AS_OF, ties="hours")
    assert risks_of(compare(log, n_boot=2)) == pytest.approx(theirs, abs=AGREES)


def test_without_weights_it_is_the_reference_without_weights(log):
    theirs = reference_risks(log, THREE, as_of=AS_OF, weighted=False)
    ours = compare(log, n_boot=2, estimator="clone_censor", ties="follow_up_first")
    assert risks_of(ours) == pytest.approx(theirs, abs=AGREES)


def test_a_resample_is_refitted_as_the_reference_is(log):
    units = interviews(log, as_of=AS_OF)
    units = units.take(~units.undated)
    setting = setting_of(check_strategies(THREE), units, 21, 0)
    comparison = setting.comparison("follow_up_first", "ccw", None)
    times = np.random.default_rng(3).multinomial(len(units), np.full(len(units), 1 / len(units)))
    counts = times[:, None].astype(float)
    table = comparison.model.refit(counts)
    ours = {
        strategy.name: comparison.curve_of(Job(s, None))(table, counts)[0, -1]
        for s, strategy in enumerate(THREE)
    }
    theirs = reference_risks(log, THREE, as_of=AS_OF, times=times)
    assert ours == pytest.approx(theirs, abs=1e-5)  # resamples stop at 1e-3, and err by its square


def test_naive_is_a_share_counted_by_hand(log):
    units = interviews(log, as_of=AS_OF)
    units = units.take(~units.undated)
    ours = units_of(units, "hours", 22)
    old = units.observed - units.start >= 21
    naive = compare(log, estimator="naive", n_boot=2)
    never = old & (ours.acted > 21)
    assert naive.table["n_followers"][0] == never.sum()
    assert naive.table["risk"][0] == pytest.approx((ours.event[never] <= 21).mean())


def test_the_naive_look_favours_silence_and_the_weights_do_not():
    """Follow-ups help, by the truth of the model; the crude shares say that they harm."""
    log = js.simulate_log(3000, seed=4)
    naive, right = (compare(log, THREE[:2], estimator=e, n_boot=50) for e in ("naive", "ccw"))
    assert naive.differences["ci_high"][0] < 0
    assert right.differences["difference"][0] > 0
    assert naive.caption.startswith("BIASED")
    assert "BIASED" not in right.caption


def test_what_the_frames_hold(found, log):
    assert list(found.table) == ["strategy", "n_followers", "ess", "risk", "ci_low", "ci_high"]
    table, differences = found.table, found.differences
    for frame in (table, found.curves):
        assert ((frame["ci_low"] >= 0) & (frame["ci_low"] <= frame["risk"])).all()
        assert ((frame["risk"] <= frame["ci_high"]) & (frame["ci_high"] <= 1)).all()
    assert (table["ess"] <= table["n_followers"]).all()
    assert list(found.curves["day"][:22]) == list(range(22))
    last = found.curves[found.curves["day"] == 21]
    assert last["risk"].tolist() == table["risk"].tolist()
    assert last["ci_low"].tolist() == table["ci_low"].tolist()
    assert found.curves.groupby("strategy")["risk"].apply(lambda r: r.is_monotonic_increasing).all()
    by_hand = table["risk"][1:].to_numpy() - table["risk"][0]
    np.testing.assert_allclose(differences["difference"], by_hand)
    assert (differences["reference"] == "NO_FOLLOW_UP").all()
    assert found.minimum_detectable_difference.index.tolist() == differences["strategy"].tolist()
    assert set(found.diagnostics) == {"weights", "balance", "must_days", "ties"}
    ties = found.diagnostics["ties"]
    by_hours = ties.loc[ties["ties"] == "hours", "difference"]
    assert by_hours.tolist() == differences["difference"].tolist()
    assert ties["ties"].unique().tolist() == ["hours", "follow_up_first", "response_first"]


def test_weighting_brings_followers_nearer_to_all():
    found = compare(js.simulate_log(4000, seed=9), [js.DAY_AFTER, js.BEFORE_DECISION], n_boot=2)
    balance = found.diagnostics["balance"]
    named = balance[balance["covariate"] == "a date was named"]
    before, after = (
        (named[column] - named["mean_all"]).abs() for column in ("mean_followers", "mean_weighted")
    )
    assert (after < before / 2).all()


def test_must_days_count_who_had_to_and_who_did(found):
    must = found.diagnostics["must_days"]
    assert (must["n_followed"] <= must["n_waiting"]).all()
    assert "NO_FOLLOW_UP" not in must["strategy"].tolist()


def test_where_the_reference_is_another(log, found):
    other = compare(log, n_boot=400, reference="DAY_AFTER")
    assert other.differences["strategy"].tolist() == ["NO_FOLLOW_UP", "BEFORE_DECISION"]
    a, b = found.differences.iloc[0], other.differences.iloc[0]
    assert b["difference"] == pytest.approx(-a["difference"])
    assert (b["ci_low"], b["ci_high"]) == pytest.approx((-a["ci_high"], -a["ci_low"]))


def test_where_they_differ_is_a_comparison_of_these_alone(log):
    found = compare(log, [js.DAY_AFTER, js.BEFORE_DECISION], n_boot=400)
    row = found.differences.iloc[0]
    units = interviews(log, as_of=AS_OF)
    named = units.promise[~units.undated] > 0
    assert 0 < row["n_distinguishable"] <= named.sum() < found.n_interviews
    # where they ask for the same there is no difference: it is diluted among all
    assert abs(row["difference"]) < abs(row["difference_where_they_differ"])
    low, high = row["ci_low_where_they_differ"], row["ci_high_where_they_differ"]
    assert low <= row["difference_where_they_differ"] <= high


def test_the_same_strategy_under_another_name_is_the_same(log):
    twin = dataclasses.replace(js.DAY_AFTER, name="TWIN")
    found = compare(log, [js.DAY_AFTER, twin, js.NO_FOLLOW_UP])
    first, second = (found.table.drop(columns="strategy").loc[k].tolist() for k in (0, 1))
    assert first == second
    row = found.differences.iloc[0]
    assert (row["difference"], row["ci_low"], row["ci_high"], row["p_adjusted"]) == (0, 0, 0, 1)
    assert row["n_distinguishable"] == 0
    assert np.isnan(row["difference_where_they_differ"])
    assert found.same == (("DAY_AFTER", "TWIN"),)
    assert found.text.count("DAY_AFTER and TWIN ask for the same first follow-up") == 1


def test_holm_counts_only_what_is_compared(log):
    twin = dataclasses.replace(js.NO_FOLLOW_UP, name="TWIN")
    two = compare(log, [js.NO_FOLLOW_UP, js.DAY_AFTER], n_boot=400)
    three = compare(log, [js.NO_FOLLOW_UP, twin, js.DAY_AFTER], n_boot=400)
    assert three.differences["p_adjusted"][1] == two.differences["p_adjusted"][0]


def test_seeds_repeat_and_rows_may_stand_in_any_order(log, found):
    again = compare(log, n_boot=400)
    pd.testing.assert_frame_equal(again.table, found.table)
    pd.testing.assert_frame_equal(again.differences, found.differences)
    shuffled = js.ApplicationLog.from_frames(
        log.applications, log.events.sample(frac=1, random_state=1)
    )
    pd.testing.assert_frame_equal(compare(shuffled, n_boot=400).curves, found.curves)
    other = compare(log, n_boot=400, seed=2)
    assert other.table["risk"].tolist() == found.table["risk"].tolist()
    assert other.table["ci_low"].tolist() != found.table["ci_low"].tolist()


def test_nothing_given_is_changed(log):
    applications, events = log.applications.copy(), log.events.copy()
    compare(log, n_boot=2)
    pd.testing.assert_frame_equal(log.applications, applications)
    pd.testing.assert_frame_equal(log.events, events)


def test_several_batches_of_resamples_tell_of_their_progress(log):
    seen = []
    compare(log, n_boot=2500, progress=lambda done, wanted: seen.append((done, wanted)))
    assert seen == [(1000, 2500), (2000, 2500), (2500, 2500)]


def pooled(n_seekers, per_seeker=2):
    """Return a log in which each seeker has some applications with an interview."""
    ids = [f"a{number:03}" for number in range(n_seekers * per_seeker)]
    seekers = {i: f"s{number // per_seeker}" for number, i in enumerate(ids)}
    return log_of(
        *(met("2026-03-03", application_id=i) for i in ids), seeker_id={**seekers, "a1": "none"}
    )


@pytest.mark.parametrize(
    ("n_seekers", "n_drawn", "few"), [(1, 2, 0), (2, 4, 2), (19, 38, 19), (20, 20, 0)]
)
def test_seekers_are_drawn_whole_where_there_are_enough(n_seekers, n_drawn, few):
    log = pooled(n_seekers)  # "a1" has no interview: who has none counts for nothing
    found, said = clusters_of(log, interviews(log, as_of="2026-03-31"))
    assert (np.unique(found).size, said) == (n_drawn, few)


def test_few_seekers_are_said_to_stand_for_themselves():
    few, enough = (compare(pooled(n), as_of="2026-03-31", n_boot=20).caption for n in (2, 20))
    assert "about the interviews of these 2 seekers: so few say little of others" in few
    assert "seekers" not in enough


def test_an_interview_without_a_date_is_counted():
    log = log_of(
        met("2026-03-03", application_id="a2"), undated_interview={"a1": True, "a2": False}
    )
    said = "Left out: the interview of 1 application, without a date."
    shown = compare(log, as_of="2026-03-31", n_boot=20)
    asked = js.replay(log, "DAY_AFTER", as_of="2026-03-31")
    did = js.adherence(log, "DAY_AFTER", as_of="2026-03-31")
    assert all(said in result.caption for result in (shown, asked, did))


def test_truncated_weights_are_below_the_largest(log, found):
    less = compare(log, truncate=0.9)
    most = found.diagnostics["weights"]["largest"]
    assert (less.diagnostics["weights"]["largest"] < most).all()
    assert "90 % quantile" in less.caption


# By hand. March 2026: the 3rd is a Tuesday; without a promise DAY_AFTER's days are 7, 8 and 9.
BY_HAND = [
    (met("2026-03-03", application_id="a1"), happened("reply", "2026-03-05", application_id="a1")),
    (
        met("2026-03-03", application_id="a2"),
        {**VOICEMAIL, "date": "2026-03-11", "application_id": "a2"},
        happened("reply", "2026-03-12", application_id="a2"),
    ),
    (met("2026-03-03", application_id="a3"),),
]


def test_followers_by_hand():
    log = log_of(*(event for events in BY_HAND for event in events))
    found = compare(log, [js.NO_FOLLOW_UP, js.DAY_AFTER], as_of="2026-03-31", estimator="naive")
    # those without a follow-up: the quick answer, and the one that never came
    assert found.table["n_followers"].tolist() == [2, 1]
    assert found.table["risk"].tolist() == [0.5, 1.0]
    bare = compare(
        log, [js.NO_FOLLOW_UP, js.DAY_AFTER], as_of="2026-03-31", estimator="clone_censor"
    )
    # the quick answer follows both; a3 leaves DAY_AFTER on day 9, a2 leaves silence on day 8
    assert bare.table["n_followers"].tolist() == [2, 2]
    assert bare.table["risk"].tolist() == pytest.approx([1 / 3, 1.0])


LACKING = {
    "no interview": (log_of(), "There is no interview with a date to compare strategies on yet."),
    "no follow-up": (
        log_of(met("2026-03-03")),
        "None of these interviews was followed up within 21 days",
    ),
    "all open": (log_of(met("2026-05-30")), "nobody has been watched beyond day 2"),
    "one interview": (
        log_of(met("2026-03-03"), happened("reply", "2026-03-05")),
        "no difference, however large, would show reliably",
    ),
    "nobody followed": (
        log_of(met("2026-03-03"), {**VOICEMAIL, "date": "2026-03-05"}),
        "DAY_AFTER: its chance of a response cannot be told, as on day 2 nobody was left",
    ),
    "no response": (
        log_of(
            *(met("2026-03-03", application_id=i) for i in ("a1", "a2")),
            {**VOICEMAIL, "date": "2026-03-11", "application_id": "a2"},
        ),
        "You cannot tell yet",
    ),
    "withdrawn at once": (
        log_of(met("2026-03-03"), happened("withdrawn", "2026-03-04")),
        "no difference, however large, would show reliably",
    ),
}


@pytest.mark.parametrize("estimator", ["ccw", "clone_censor", "naive"])
@pytest.mark.parametrize(("log", "sentence"), LACKING.values(), ids=LACKING)
def test_where_something_is_lacking_a_sentence_says_it(log, sentence, estimator):
    found = compare(log, as_of="2026-06-01", estimator=estimator)
    if estimator == "ccw":
        assert sentence in found.text
    unknown = found.table[found.table["risk"].isna()]
    for name in unknown["strategy"] if found.n_interviews else []:
        assert f"{name}: its chance of a response cannot be told, as " in found.text
    known = found.table[found.table["risk"].notna()]
    assert known[["ci_low", "ci_high"]].notna().all(axis=None)
    # what is too little to tell is never told apart
    assert "did better" not in found.text
    for shown in (repr(found), found._repr_html_()):
        assert not re.search(r"\bnan\b", shown, re.IGNORECASE)


def test_a_strategy_that_no_day_within_the_horizon_allows(log):
    late = dataclasses.replace(
        js.DAY_AFTER, name="LATE", days_after_promise=400, days_without_promise=400
    )
    found = compare(log, [js.NO_FOLLOW_UP, late])
    assert found.n_beyond_horizon == found.n_interviews
    assert found.same == (("NO_FOLLOW_UP", "LATE"),)
    assert "NO_FOLLOW_UP and LATE ask for the same" in found.text


def test_one_strategy_has_nothing_to_be_compared_with(log):
    found = compare(log, js.DAY_AFTER)
    assert len(found.table) == 1
    assert found.differences.empty
    assert "With one strategy there is nothing to compare." in found.text


def test_undated_answers_are_left_out_and_counted():
    log = log_of(
        met("2026-03-03"),
        met("2026-03-03", application_id="a2"),
        status_kind={"a1": "rejected", "a2": "interview"},
    )
    found = compare(log, as_of="2026-04-30")
    assert (found.n_interviews, found.n_undated) == (1, 1)
    assert "Left out: 1 with an answer or end that has no date" in found.caption


def test_fit_that_is_blank_is_not_adjusted_for():
    model = dataclasses.replace(js.SearchModel(), fit_blank=1.0)
    found = compare(js.simulate_log(300, seed=1, model=model))
    assert "It is not adjusted for fit, as fit is blank." in found.text
    assert "same fit" not in found.text


def test_every_number_in_the_text_comes_from_the_result(found):
    told = {0, 21, 95, found.n_interviews}
    for frame in (found.table, found.differences):
        for column in ("risk", "difference", "ci_low", "ci_high"):
            values = frame.get(column, pd.Series(dtype=float))
            told |= {int(f"{100 * abs(v):.0f}") for v in values}
    told |= {math.ceil(100 * v) for v in found.minimum_detectable_difference}
    text = re.sub(r"Of [\d,]+ interviews? fit is blank", "", found.text)
    numbers = {int(n) for n in re.findall(r"\d+", re.sub(r"\d+\.\d+", "", text))}
    assert numbers <= told


def test_the_verdict_follows_the_interval(found):
    contrasts = found.text.split("By day 21, ")[1:]
    assert len(contrasts) == len(found.differences)
    for row, said in zip(found.differences.to_dict("records"), contrasts, strict=True):
        assert said.count("under " + row["strategy"])
        open_still = row["ci_low"] <= 0 <= row["ci_high"] or row["p_adjusted"] > 0.05
        assert ("cannot tell yet" in said) is open_still
        assert ("did better" in said) is not open_still
    assert "Nobody can check that in a log." in found.text


def test_no_difference_at_all_is_the_same():
    # nobody has answered, whatever they did
    calls = [{**VOICEMAIL, "date": "2026-03-11", "application_id": "a1"}]
    quiet = log_of(*(met("2026-03-03", application_id=i) for i in ("a1", "a2", "a3")), *calls)
    said = compare(quiet, THREE[:2], as_of="2026-03-31").text
    assert "0 % would have had any response under DAY_AFTER" in said
    assert "and 0 % under NO_FOLLOW_UP: the same (95 % interval −" in said
    assert "0.0 points" not in said


def test_what_a_few_interviews_decide_is_a_hint(found):
    row = {"strategy": "B", "reference": "A", "difference": 0.5, "ci_low": 0.2, "ci_high": 0.7}
    arms = pd.DataFrame({"risk": [0.2, 0.7], "ess": [80.0, 30.0]}, index=["A", "B"])
    asked = checked(
        counts="any", horizon=21, estimator="ccw", ties="hours", as_of=AS_OF, truncate=None,
        confidence=0.95, n_boot=50, seed=1, intervals="expanded",
    )  # fmt: skip
    said = Said(
        asked=asked, n=90, n_undated=0, n_beyond=0, n_followed_up=50, n_fit_blank=0,
        n_apart=found.n_answers_apart, lacking={},
    )  # fmt: skip
    enough = _contrast({**row, "p_adjusted": 0.001}, arms, "", said)
    assert enough.endswith("The interval leaves out 0: B did better.")
    arms.loc["B", "ess"] = 29.4
    too_few = _contrast({**row, "p_adjusted": 0.001}, arms, "", said)
    assert "did better" not in too_few
    assert "but B is worth 29 interviews, and below 30 a few decide: a hint." in too_few
    assert too_few.endswith("You cannot tell yet.")


@pytest.mark.parametrize(
    ("least", "n_apart", "said"),
    [
        (0.004, 10, "a difference below roughly 1 point would not show."),
        (0.2301, 10, "a difference below roughly 24 points would not show."),
        (0.2301, 9, "only 9 answers came once the two asked for different things, too few to say"),
        (0.004, 1, "only 1 answer came once the two"),
        (1.0, 50, "no difference, however large, would show reliably."),
        (np.nan, 0, "no difference, however large, would show reliably."),
    ],
)
def test_what_would_not_show_is_said_no_finer_than_it_is_known(least, n_apart, said):
    assert _not_shown(least, n_apart).startswith(said)


def test_at_a_short_horizon_little_says_what_would_show(log):
    short, long = (compare(log, THREE[:2], horizon=days, n_boot=200) for days in (4, 21))
    assert short.minimum_detectable_difference.iloc[0] < 0.03  # hardly anything has differed yet
    assert short.n_answers_apart.iloc[0] < 10 < long.n_answers_apart.iloc[0]
    assert "too few to say what would show" in short.text
    assert "would not show" not in short.text
    assert re.search(r"a difference below roughly \d+ points would not show", long.text)


def test_answers_apart_are_those_after_the_strategies_part(log):
    found = compare(log, THREE[:2], n_boot=2)
    units = interviews(log, as_of=AS_OF)
    units = units.take(~units.undated)
    setting = setting_of(check_strategies(THREE[:2]), units, 21, 0)
    wait, act = setting.arms.may_wait, setting.arms.may_act
    n = 0
    for i in range(len(units)):
        on = int(units.response[i]) - int(units.start[i])
        if units.response[i] > 0 and on <= 21:
            days = slice(0, on + 1)
            n += (wait[0, i, days] != wait[1, i, days]).any() or (
                act[0, i, days] != act[1, i, days]
            ).any()
    assert found.n_answers_apart.to_dict() == {"DAY_AFTER": n}


def test_plain_percentiles_are_there_for_who_asks_and_say_so(log, found):
    plain = compare(log, n_boot=400, intervals="percentile")
    assert (plain.intervals, found.intervals) == ("percentile", "expanded")
    narrow, wide = (f.table["ci_high"] - f.table["ci_low"] for f in (plain, found))
    thick = found.table["ess"] >= 10
    assert thick.any()
    assert (narrow[thick] < wide[thick]).all()
    assert narrow[~thick].tolist() == wide[~thick].tolist()  # Wilson's
    assert "plain percentiles, too narrow where few interviews carry" in plain.caption
    assert "plain" not in found.caption
    assert plain.table["risk"].tolist() == found.table["risk"].tolist()


def test_a_large_effect_is_told():
    model = dataclasses.replace(
        js.SearchModel(), effect_after_promise=20.0, effect_before_promise=20.0
    )
    found = compare(js.simulate_log(4000, seed=3, model=model), THREE[:2], n_boot=300)
    assert found.text.count("The interval leaves out 0: DAY_AFTER did better.") == 1


def test_the_level_of_the_intervals_is_said(log, found):
    wide = compare(log, n_boot=400, confidence=0.99)
    assert "99 % interval" in repr(wide)
    assert "95 % interval" not in repr(wide)
    assert (wide.table["ci_low"] <= found.table["ci_low"]).all()
    assert (wide.minimum_detectable_difference > found.minimum_detectable_difference).all()


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"estimator": "magic"}, "estimator='magic' must be one of 'ccw'"),
        ({"intervals": "wide"}, "intervals='wide' must be one of 'expanded'"),
        ({"ties": "both"}, "ties='both' must be one of 'hours'"),
        ({"n_boot": 1}, "n_boot=1 must be a whole number from 2"),
        ({"n_boot": True}, "n_boot=True"),
        ({"seed": -1}, "seed=-1"),
        ({"truncate": 0.2}, "truncate=0.2 must be None, or a quantile"),
        ({"horizon": 0}, "horizon=0 must be a whole number of days, 1 or more"),
        ({"counts": "all"}, "counts='all'"),
        ({"confidence": 95}, "confidence=95"),
        ({"reference": "EMAIL_INSTEAD"}, "reference='EMAIL_INSTEAD' is none of the strategies"),
        ({"strategies": []}, "names no strategy"),
        ({"strategies": [js.DAY_AFTER, js.DAY_AFTER]}, "two of the name 'DAY_AFTER'"),
        ({"estimator": ["ccw"]}, "estimator="),
    ],
)
def test_settings_that_cannot_be_used_are_named(log, given, match):
    with pytest.raises(js.JobSearchStatsError, match=re.escape(match)):
        compare(log, **given)
