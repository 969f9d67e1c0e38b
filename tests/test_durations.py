"""Time to a response: reference numbers, what is counted, and whether the truth comes back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

import jobsearch_stats as js
from jobsearch_stats.curves import count_days
from jobsearch_stats.sample import sample_path
from small_logs import VOICEMAIL, happened, log_of, met
from small_waits import answered, lung_rows, waits

ENDS = ["response", "next_approach", "withdrawal", "do_not_contact", "as_of"]
MANY = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(ENDS)), min_size=1, max_size=40)

# Reference numbers --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lung() -> pd.DataFrame:
    return lung_rows()


def test_lung_curve_as_in_r(lung):
    # R survival: survfit(Surv(time, status) ~ 1, data = lung), conf.type "log" is its default
    curves = js.kaplan_meier(lung, interval="log")
    row = curves.medians.iloc[0]
    assert (row["n"], row["n_responses"], row["n_censored"]) == (228, 165, 63)
    assert (row["median"], row["ci_low"], row["ci_high"]) == (310, 285, 363)
    year = curves.table[curves.table["days"] <= 365].iloc[-1]
    assert (round(year["survival"], 4), round(year["se"], 4)) == (0.4092, 0.0358)


@pytest.mark.parametrize(("interval", "method"), [("log", "log"), ("log-log", "cloglog")])
def test_ends_of_the_median_are_those_of_statsmodels(lung, interval, method):
    bare = SurvfuncRight(lung["ended_days"], (lung["ended_by"] == "response").astype(int))
    row = js.kaplan_meier(lung, interval=interval).medians.iloc[0]
    assert row["median"] == bare.quantile(0.5)
    assert (row["ci_low"], row["ci_high"]) == bare.quantile_ci(0.5, method=method)


# Kaplan-Meier -------------------------------------------------------------------------------


def frame_of(rows: list[tuple[int, str]], **columns: object) -> pd.DataFrame:
    return waits([day for day, _ in rows], [end for _, end in rows], **columns)


@given(MANY)
@settings(max_examples=60, deadline=None)
def test_counting_per_day_gives_what_every_row_would(rows):
    frame = frame_of(rows)
    table = js.kaplan_meier(frame).table
    status = (frame["ended_by"] == "response").astype(int)
    bare = SurvfuncRight(frame["ended_days"], status)
    steps = table[table["n_responses"] > 0]
    np.testing.assert_array_equal(steps["days"], bare.surv_times)
    np.testing.assert_array_equal(steps["at_risk"], bare.n_risk)
    np.testing.assert_allclose(steps["survival"], bare.surv_prob, rtol=1e-9)
    np.testing.assert_allclose(steps["se"], bare.surv_prob_se, rtol=1e-9)
    assert table["n_responses"].sum() == status.sum()
    assert (table["n_responses"] + table["n_censored"]).sum() == len(frame)


@given(MANY, st.sampled_from(["log", "log-log"]))
@settings(max_examples=60, deadline=None)
def test_curves_fall_within_their_bands(rows, interval):
    table = js.kaplan_meier(frame_of(rows), interval=interval).table
    assert (np.diff(table["survival"]) <= 1e-12).all()
    assert (np.diff(table["at_risk"]) < 0).all()
    low, middle, high = (table[name].to_numpy() for name in ("ci_low", "survival", "ci_high"))
    assert (low >= 0).all()
    assert (high <= 1).all()
    assert (low <= middle + 1e-12).all()
    assert (middle <= high + 1e-12).all()
    assert (low < high).all()


def test_intervals_by_hand():
    # one of four on day 1, one of three on day 2: S = 3/4 * 2/3, Greenwood 1/(4*3) + 1/(3*2)
    frame = answered([1, 2, 5, 5], [1, 1, 0, 0])
    row = js.kaplan_meier(frame).table.set_index("days").loc[2]
    se = 0.5 * np.sqrt(1 / 12 + 1 / 6)
    assert row["survival"] == pytest.approx(0.5)
    assert row["se"] == pytest.approx(se)
    z = norm.ppf(0.975)
    spread = z * se / (0.5 * np.log(2))
    assert row["ci_low"] == pytest.approx(0.5 ** np.exp(spread))
    assert row["ci_high"] == pytest.approx(0.5 ** np.exp(-spread))
    row = js.kaplan_meier(frame, interval="log").table.set_index("days").loc[2]
    assert row["ci_low"] == pytest.approx(0.5 * np.exp(-z * se / 0.5))
    assert row["ci_high"] == 1


@pytest.mark.parametrize("interval", ["log", "log-log"])
def test_a_curve_at_its_ends_does_not_feign_certainty(interval):
    z2 = norm.ppf(0.975) ** 2
    table = js.kaplan_meier(answered([1, 2, 2, 4], [0, 1, 1, 1]), interval=interval).table
    none, some, gone = (table.iloc[k] for k in range(3))
    assert (none["survival"], none["ci_high"]) == (1, 1)
    assert none["ci_low"] == pytest.approx(4 / (4 + z2))  # Wilson for 4 of 4
    assert gone["survival"] == gone["ci_low"] == 0
    assert gone["ci_high"] == some["ci_high"] > 0
    assert np.isnan(gone["se"])
    at_once = js.kaplan_meier(answered([3, 3], [1, 1]), interval=interval).table.iloc[0]
    assert (at_once["survival"], at_once["ci_low"]) == (0, 0)
    assert at_once["ci_high"] == pytest.approx(1 - 2 / (2 + z2))


def test_confidence_widens_the_band(lung):
    wide, narrow = (js.kaplan_meier(lung, confidence=c) for c in (0.99, 0.8))
    assert (wide.table["ci_low"] < narrow.table["ci_low"])[:-1].all()
    assert "80 % interval" in repr(narrow)


def test_median_is_the_first_day_on_which_half_are_left():
    # 1 - 1/10 and so on multiply to 0.5000000000000001 after five of ten
    medians = js.kaplan_meier(answered(range(1, 11), [1] * 10)).medians
    assert medians["median"].item() == 5
    assert medians["ci_low"].item() < 5 < medians["ci_high"].item()


def test_medians_in_words():
    days, status = [3] * 8 + [9] * 8 + [30] * 4, [1] * 16 + [0] * 4
    frame = answered(days * 2, status + [1] * 3 + [0] * 17, role=["a"] * 20 + ["b"] * 20)
    assert js.kaplan_meier(frame, by="role").text == (
        "A: half are answered after 9 days (3 to 9; n = 20). B: fewer than half were answered "
        "while they were watched (n = 20)."
    )
    few = js.kaplan_meier(answered([3, 3, 9], [1, 1, 0])).text
    assert few == "Half are answered after 3 days (3 or more; n = 3), as a guess from so few."
    one = js.kaplan_meier(answered([1, 1, 1], [1, 1, 0]), counts="positive").text
    assert one == (
        "Half are answered positively after 1 day (1 or more; n = 3), as a guess from so few."
    )


def test_numbers_at_risk():
    frame = answered([0, 2, 2, 9], [1, 1, 0, 0], stage=list("aabb"))
    curves = js.kaplan_meier(frame, by="stage")
    assert curves.at_risk([0, 1, 2, 3, 10]).to_numpy().tolist() == [
        ["a", 0, 2], ["a", 1, 1], ["a", 2, 1], ["a", 3, 0], ["a", 10, 0],
        ["b", 0, 2], ["b", 1, 2], ["b", 2, 2], ["b", 3, 1], ["b", 10, 0],
    ]  # fmt: skip
    assert curves.at_risk(2)["at_risk"].tolist() == [1, 2]
    with pytest.raises(js.SettingError, match="days=-1 must be a whole number"):
        curves.at_risk([-1])


# What is counted ----------------------------------------------------------------------------


def curves_of(*events: dict[str, object], as_of: str = "2026-03-31", **other: object):
    chosen = {name: other.pop(name) for name in ("counts", "kinds", "by") if name in other}
    return js.kaplan_meier(js.outreach(log_of(*events, **other), as_of=as_of), **chosen)


def ends_of(curves) -> list[list[int]]:
    return curves.table[["days", "n_responses", "n_censored"]].to_numpy().tolist()


def test_a_response_belongs_to_the_latest_approach_before_it():
    # the interview was cut off after 7 days by the voicemail, which brought the reply after 2
    events = (met("2026-03-02"), {**VOICEMAIL, "date": "2026-03-09"})
    reply = happened("reply", "2026-03-11", outcome="neutral")
    assert ends_of(curves_of(*events, reply)) == [[2, 1, 0], [7, 0, 1]]


def test_a_reply_on_the_same_day_is_day_0():
    events = (met("2026-03-02"), happened("reply", "2026-03-02", outcome="neutral"))
    assert ends_of(curves_of(*events)) == [[0, 1, 0]]


def test_what_is_young_is_censored_and_no_failure():
    curves = curves_of(met("2026-03-02"), as_of="2026-03-05")
    assert ends_of(curves) == [[3, 0, 1]]
    assert curves.table["survival"].tolist() == [1]
    assert curves.medians["median"].isna().all()
    assert "no response yet" in curves.text


def test_a_wait_of_unknown_end_stays_out():
    events = (met("2026-03-02"), {**VOICEMAIL, "date": "2026-03-09"})
    known, unknown = (curves_of(*events, status_kind=s) for s in ("interview", "rejected"))
    assert len(known.table) == 2
    assert not len(unknown.table)  # nor the wait that the voicemail cut off: it may have ended
    assert "2 approaches left out" in unknown.caption
    assert "left out" not in known.caption


def test_a_dated_end_of_its_own_keeps_an_undated_wait():
    frame = waits([3, 4, 5, 6], ["withdrawal", "next_approach", "as_of", "as_of"])
    frame["undated"] = [True, True, True, False]
    assert ends_of(js.kaplan_meier(frame)) == [[3, 0, 1], [6, 0, 1]]


def test_closed_approaches_stay_out():
    card = happened("thank_you", "2026-03-06", method="letter")
    events = (met("2026-03-02"), happened("rejection", "2026-03-05"), card)
    assert ends_of(curves_of(*events)) == [[3, 1, 0]]


def test_positive_responses_only():
    events = (met("2026-03-02"), happened("rejection", "2026-03-05"))
    assert ends_of(curves_of(*events, counts="positive")) == [[3, 0, 1]]
    events = (met("2026-03-02"), happened("offer", "2026-03-05"))
    assert ends_of(curves_of(*events, counts="positive")) == [[3, 1, 0]]


def test_interviews_stay_out_where_messages_are_compared():
    frame = answered([1, 2], [1, 1], kind=["interview", "follow_up"], method=["video", "phone"])
    assert js.kaplan_meier(frame, by="method").medians["method"].tolist() == ["phone"]
    assert js.kaplan_meier(frame).medians["n"].item() == 2
    assert js.kaplan_meier(frame, kinds="interview").medians["n"].item() == 1


# Cumulative incidence -----------------------------------------------------------------------


def aalen_johansen(days: np.ndarray, ends: np.ndarray, cause: str) -> dict[int, float]:
    """Return the cumulative incidence of a cause, one day after the other, from the words."""
    waiting, share, out = 1.0, 0.0, {}
    for day in sorted(set(days.tolist())):
        at_risk = (days >= day).sum()
        now = ends[days == day]
        share += waiting * (now == cause).sum() / at_risk
        waiting *= 1 - (~np.isin(now, ["as_of", "next_approach"])).sum() / at_risk
        out[day] = share
    return out


@given(MANY)
@settings(max_examples=60, deadline=None)
def test_incidence_is_aalen_johansens(rows):
    frame = frame_of(rows)
    table = js.cumulative_incidence(frame).table
    days, ends = frame["ended_days"].to_numpy(), frame["ended_by"].astype(str).to_numpy()
    assert table["cause"].unique().tolist() == ["response", "withdrawal", "do_not_contact"]
    for cause, part in table.groupby("cause", observed=True):
        truth = aalen_johansen(days, ends, cause)
        assert part["days"].tolist() == list(truth)
        np.testing.assert_allclose(part["incidence"], list(truth.values()), atol=1e-12)
        assert part["n_events"].sum() == (ends == cause).sum()
        assert (part["ci_low"] <= part["incidence"] + 1e-12).all()
        assert (part["incidence"] <= part["ci_high"] + 1e-12).all()
    assert (table.groupby("days")["incidence"].sum() <= 1 + 1e-12).all()


def test_error_of_incidence_is_that_of_statsmodels_without_weights():
    rng = np.random.default_rng(3)
    ends = rng.choice(ENDS, 200, p=[0.4, 0.2, 0.15, 0.05, 0.2])
    days = np.append(rng.integers(0, 30, 199), 40)
    ends[-1] = "as_of"  # where all end at once its formula divides by 0
    status = pd.Series(ends).map(
        {"response": 1, "withdrawal": 2, "do_not_contact": 3, "as_of": 0, "next_approach": 0}
    )
    bare = CumIncidenceRight(days, status.to_numpy())
    table = js.cumulative_incidence(waits(days, ends.tolist())).table
    for number, cause in enumerate(["response", "withdrawal", "do_not_contact"]):
        part = table[table["cause"] == cause]
        np.testing.assert_allclose(part["incidence"], bare.cinc[number], atol=1e-12)
        np.testing.assert_allclose(part["se"], bare.cinc_se[number], atol=1e-9)


def test_where_nothing_competes_incidence_is_the_curve_upside_down(lung):
    shares = js.cumulative_incidence(lung).table
    shares = shares[shares["cause"] == "response"]
    curve = js.kaplan_meier(lung).table
    np.testing.assert_allclose(shares["incidence"], 1 - curve["survival"], atol=1e-12)
    np.testing.assert_allclose(shares["ci_low"], 1 - curve["ci_high"], atol=1e-9)
    np.testing.assert_allclose(shares["ci_high"], 1 - curve["ci_low"], atol=1e-9)


def test_a_withdrawn_application_cannot_be_answered_any_more():
    frame = waits([1, 2, 3, 4], ["withdrawal", "response", "withdrawal", "response"])
    shares = js.cumulative_incidence(frame).table
    last = shares[shares["days"] == 4].set_index("cause")["incidence"]
    assert last.to_dict() == pytest.approx(
        {"response": 0.5, "withdrawal": 0.5, "do_not_contact": 0}
    )
    assert js.kaplan_meier(frame).table["survival"].iloc[-1] == 0  # one minus it would say: all


def test_a_rejection_competes_with_a_positive_response():
    frame = waits([1, 2], ["rejection", "response"])
    shares = js.cumulative_incidence(frame, counts="positive").table
    assert shares["cause"].cat.categories.tolist()[-1] == "rejection"
    last = shares[shares["days"] == 2].set_index("cause")["incidence"]
    assert (last["response"], last["rejection"]) == (0.5, 0.5)


# Bad input ----------------------------------------------------------------------------------

STATISTICS = [
    js.kaplan_meier,
    js.cumulative_incidence,
    lambda frame, **given: js.logrank(frame, **{"by": "kind", **given}),
]


@pytest.mark.parametrize("of", STATISTICS)
def test_errors_list_what_there_is(of):
    frame = answered([1, 2], [1, 0])
    with pytest.raises(js.UnknownNameError, match=r"by='chanel'.*'ended_by'"):
        of(frame, by="chanel")
    with pytest.raises(js.UnknownNameError, match="'follow_up'"):
        of(frame, kinds="call")
    with pytest.raises(js.SettingError, match='"positive"'):
        of(frame, counts="good")
    with pytest.raises(js.DataError, match="'undated'"):
        of(frame.drop(columns="undated"))
    with pytest.raises(js.DataError, match="outreach"):
        of([1, 2])


def test_settings_are_checked():
    frame = answered([1, 2], [1, 0])
    with pytest.raises(js.SettingError, match="log-log"):
        js.kaplan_meier(frame, interval="plain")
    with pytest.raises(js.SettingError, match="Rename it first"):
        js.kaplan_meier(frame.assign(days=1), by="days")
    with pytest.raises(js.SettingError, match="confidence"):
        js.cumulative_incidence(frame, confidence=95)
    with pytest.raises(js.SettingError, match="by="):
        js.logrank(frame, by=[])


@pytest.mark.parametrize("by", [None, "kind", ["kind", "stage"]])
def test_without_approaches(by):
    frame = answered([], [])
    curves, shares = js.kaplan_meier(frame, by=by), js.cumulative_incidence(frame, by=by)
    assert len(curves.table) == len(shares.table) == 0
    assert len(curves.medians) == (by is None)
    assert "no approach" in curves.text
    assert "no approaches" in shares.caption
    assert curves.at_risk(3)["at_risk"].tolist() == [0] * (by is None)
    assert "no approaches" in curves._repr_html_()


# Order, input, size -------------------------------------------------------------------------


@pytest.mark.parametrize("of", STATISTICS)
def test_order_of_rows_is_irrelevant_and_the_input_stays(of):
    frame = js.outreach(js.read_log(sample_path()), as_of=js.SAMPLE_DAY)
    before = frame.copy(deep=True)
    result = of(frame, by=["stage", "fit"])
    pd.testing.assert_frame_equal(frame, before)
    shuffled = of(frame.sample(frac=1, random_state=1), by=["stage", "fit"])
    pd.testing.assert_frame_equal(result.table, shuffled.table)
    assert (result.caption, result.text) == (shuffled.caption, shuffled.text)


def test_many_groups_are_counted_as_few_are():
    rng = np.random.default_rng(2)
    days, cause, code = rng.integers(-5, 4000, 3000), rng.integers(0, 4, 3000), np.arange(3000)
    several = count_days(days, cause, code // 3, n_groups=1001, n_causes=4)
    assert several[1000].n == 0
    for group in (0, 17, 999):
        rows = code // 3 == group
        one = count_days(days[rows], cause[rows], np.zeros(3, int), n_groups=1, n_causes=4)[0]
        np.testing.assert_array_equal(several[group].days, one.days)
        np.testing.assert_array_equal(several[group].ends, one.ends)
