"""Differences between rates: intervals, tests, and what may be concluded."""

from __future__ import annotations

import dataclasses
import gc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import jobsearch_stats as js
from jobsearch_stats.differences import holm
from small_logs import VOICEMAIL, log_of, met
from small_tries import AS_OF, grouped, tries

COLUMNS = [
    *("group", "reference", "n", "n_responses", "rate"),
    *("n_reference", "n_responses_reference", "rate_reference"),
    *("difference", "ci_low", "ci_high", "p_value", "p_holm", "detectable"),
]


def differences(name: str = "method", **given: object):
    """Return the differences between groups, given as group=(responses, n)."""
    counts = {group: pair for group, pair in given.items() if isinstance(pair, tuple)}
    chosen = {key: value for key, value in given.items() if key not in counts}
    within = {key: chosen.pop(key) for key in ("confidence",) if key in chosen}
    rates = js.response_rates(grouped(name, **counts), by=name, **within)
    return js.rate_differences(rates, **chosen)


def one(result) -> pd.Series:
    assert len(result.table) == 1
    return result.table.iloc[0]


# Reference numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        # R. G. Newcombe (1998), Interval estimation for the difference between independent
        # proportions, Statistics in Medicine 17:873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_intervals_are_newcombes(a, b, low, high):
    row = one(differences(a=a, b=b))
    assert (row["n_responses"], row["n"]) == a
    assert (row["n_responses_reference"], row["n_reference"]) == b
    assert row["difference"] == a[0] / a[1] - b[0] / b[1]
    assert [round(row["ci_low"], 4), round(row["ci_high"], 4)] == [low, high]


def test_call_backs_by_name():
    """235 of 2,435 resumes with one kind of name were called back, 157 of 2,435 with the other.

    M. Bertrand and S. Mullainathan (2004), American Economic Review 94:991-1013, table 1.
    """
    result = differences("source", one=(235, 2435), other=(157, 2435))
    row = one(result)
    assert [f"{100 * row[name]:.2f}" for name in ("rate", "rate_reference")] == ["9.65", "6.45"]
    assert [f"{100 * row[name]:.2f}" for name in ("ci_low", "ci_high")] == ["1.68", "4.74"]
    assert f"{row['p_value']:.2e}" == "4.76e-05"
    assert result.global_p == row["p_value"] == row["p_holm"]
    assert result.global_test == "Fisher's exact test"
    assert "10 % for one against 6 % for other, 3 points more (95 % interval 1.7 to 4.7)" in (
        result.text
    )
    assert "does not show that one brings about the other" in result.text


def test_holm_by_hand():
    # .005 x 4, .01 x 3, then .03 x 2 and .04 x 1, of which none may be below the one before
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])


def test_all_pairs_are_corrected_by_holm():
    table = differences(a=(30, 40), b=(12, 40), c=(20, 40)).table
    assert table[["group", "reference"]].to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    p = table["p_value"].to_numpy()
    order = np.argsort(p)
    by_hand = np.empty(3)
    by_hand[order] = np.minimum(np.maximum.accumulate(p[order] * [3, 2, 1]), 1)
    np.testing.assert_allclose(table["p_holm"], by_hand)


def test_tests_of_two_groups_are_scipys():
    fisher = differences(a=(7, 12), b=(2, 11))
    boschloo = differences(a=(7, 12), b=(2, 11), test="boschloo")
    assert one(fisher)["p_value"] == stats.fisher_exact([[7, 5], [2, 9]]).pvalue
    assert one(boschloo)["p_value"] == stats.boschloo_exact([[7, 2], [5, 9]]).pvalue
    assert boschloo.global_test == "Boschloo's exact test"
    assert boschloo.global_p < fisher.global_p


def test_detectable_difference_is_found_in_four_of_five_cases():
    """The chance that the two-sided test finds it, counted out over every pair of counts."""
    row = one(differences(a=(60, 150), b=(90, 200)))
    pooled, difference = 150 / 350, row["detectable"]
    found = []
    for far in (pooled + difference, pooled - difference):
        a, b = np.arange(151), np.arange(201)
        chance = np.outer(stats.binom.pmf(a, 150, pooled), stats.binom.pmf(b, 200, far))
        angle = 2 * np.arcsin(np.sqrt([*(a / 150)]))[:, None] - 2 * np.arcsin(np.sqrt(b / 200))
        z = angle / np.sqrt(1 / 150 + 1 / 200)
        found.append(chance[np.abs(z) > stats.norm.isf(0.025)].sum())
    assert max(found) == pytest.approx(0.8, abs=0.01)  # towards the side that is found sooner
    assert min(found) < max(found)


def test_nothing_is_detectable_among_few():
    assert np.isnan(one(differences(a=(1, 2), b=(1, 3)))["detectable"])


# The test of all groups ---------------------------------------------------------------------


def test_many_groups_of_good_size_are_tested_by_chi_square():
    result = differences(a=(30, 60), b=(20, 60), c=(15, 60))
    assert result.global_test == "chi-square test"
    table = [[30, 30], [20, 40], [15, 45]]
    assert result.global_p == stats.chi2_contingency(table, correction=False).pvalue


def test_small_groups_are_tested_by_random_tables():
    result = differences(a=(3, 5), b=(0, 6), c=(2, 4))
    assert result.global_test == "chi-square test by 9,999 random tables"
    assert result.global_p == differences(a=(3, 5), b=(0, 6), c=(2, 4)).global_p
    assert result.global_p == pytest.approx(exact_p([(3, 5), (0, 6), (2, 4)]), abs=0.015)


def exact_p(groups: list[tuple[int, int]]) -> float:
    """Return the exact p-value of Pearson's statistic, over all tables with these margins."""
    sizes = np.array([n for _, n in groups])
    total = sum(k for k, _ in groups)
    tables = np.stack(np.meshgrid(*(np.arange(n + 1) for n in sizes)), -1).reshape(-1, len(sizes))
    tables = tables[tables.sum(axis=1) == total]
    far = ((tables - total * sizes / sizes.sum()) ** 2 / sizes).sum(axis=1)
    here = ((np.array([k for k, _ in groups]) - total * sizes / sizes.sum()) ** 2 / sizes).sum()
    weights = stats.multivariate_hypergeom.pmf(tables, sizes, total)
    return float(weights[far >= here - 1e-9].sum())


@pytest.mark.parametrize("rate", [0, 1])
def test_groups_that_are_all_alike(rate):
    result = differences(a=(4 * rate, 4), b=(5 * rate, 5), c=(6 * rate, 6))
    assert result.global_p == 1
    assert (result.table["p_value"] == 1).all()
    assert (result.table["difference"] == 0).all()
    assert "cannot tell them apart yet" in result.text


def test_no_pair_is_named_unless_the_test_of_all_groups_allows_it():
    """Among 20 groups alike the best pair looks far apart; to crown it would be the error."""
    counts = {f"g{i}": (k, 12) for i, k in enumerate([0, 6] + [3] * 18)}
    result = differences(**counts)
    assert result.table["p_value"].min() < 0.05
    assert result.global_p > 0.05
    assert "cannot tell them apart yet" in result.text
    assert "g0" not in result.text


def test_pairs_that_differ_are_named_the_higher_first():
    text = differences(a=(10, 50), b=(40, 50), c=(12, 50)).text
    assert "80 % for b against 20 % for a, 60 points more (95 % interval 42 to 72)" in text
    assert "80 % for b against 24 % for c" in text
    assert "for a against" not in text
    assert "for c against" not in text


def test_groups_that_differ_without_a_pair_that_does():
    result = differences(a=(3, 12), b=(9, 12), c=(7, 12))
    assert result.global_p < 0.05 <= result.table["p_holm"].min()
    assert result.text.endswith("but of no pair can it be said that these two differ.")


# The verdict --------------------------------------------------------------------------------


def test_verdict_names_the_sizes_and_what_would_not_show():
    result = differences(phone=(5, 9), email=(6, 14))
    smallest = f"{100 * one(result)['detectable']:.0f}"
    assert result.text == (
        "With 9 calls and 14 e-mails you cannot tell them apart yet: a difference below "
        f"{smallest} points would not show."
    )


def test_one_call_is_a_call():
    assert differences(phone=(1, 1), email=(6, 14)).text.startswith("With 1 call and 14 e-mails")


def test_other_groups_are_called_by_name():
    text = differences("weekday", Monday=(3, 9), Tuesday=(3, 8), Friday=(2, 7)).text
    assert text.startswith("With 9 approaches for Monday, 8 for Tuesday and 7 for Friday you")


def test_many_groups_are_counted_in_the_sentence():
    text = differences(**{f"g{i}": (2, 6 + i) for i in range(8)}).text
    assert text.startswith("With 76 approaches in 8 groups (6 to 13 in each) you cannot tell")


def test_another_level_changes_interval_verdict_and_heading():
    counts = {"a": (14, 40), "b": (7, 40)}
    strict, loose = differences(**counts), differences(**counts, confidence=0.8)
    assert "cannot tell" in strict.text
    assert "80 % interval" in loose.text
    assert "80 % interval" in repr(loose)
    assert one(loose)["ci_low"] > one(strict)["ci_low"]
    assert one(loose)["detectable"] < one(strict)["detectable"]


# Groups and references ----------------------------------------------------------------------


def with_blank() -> js.rates.Rates:
    frame = tries(9, 4).assign(
        method=pd.Categorical(["in_person", "email", None] * 3, ["email", "in_person"]),
        warm=[True, True, True, True, False, False, False, False, False],
    )
    return js.response_rates(frame, by=["method", "warm"])


@pytest.mark.parametrize(
    ("reference", "label"),
    [
        ("in person, yes", "in person, yes"),
        (("in_person", True), "in person, yes"),
        ({"warm": True, "method": "in_person"}, "in person, yes"),
        ((None, False), "not known, no"),
        ("not known, no", "not known, no"),
    ],
)
def test_reference_by_label_values_or_columns(reference, label):
    table = js.rate_differences(with_blank(), reference=reference).table
    assert set(table["reference"]) == {label}
    assert len(table) == 5
    assert label not in set(table["group"])


def test_reference_by_value_of_a_number_and_a_day():
    frame = tries(4, 2).assign(fit=pd.array([1, 1, 2, 3], dtype="Int64"))
    rates = js.response_rates(frame, by="fit")
    assert js.rate_differences(rates, reference=2).table["group"].tolist() == ["1", "3"]
    frame = tries(2, 1).assign(date=pd.to_datetime(["2026-03-01", "2026-03-02"]))
    rates = js.response_rates(frame, by="date")
    for day in ("2026-03-01", pd.Timestamp("2026-03-01")):
        assert one(js.rate_differences(rates, reference=day))["group"] == "2026-03-02"


@pytest.mark.parametrize("reference", ["fax", ("email",), {"method": "email"}, 3, ["a"] * 9])
def test_unknown_reference_lists_the_groups(reference):
    with pytest.raises(js.UnknownNameError, match="'in person, no'") as caught:
        js.rate_differences(with_blank(), reference=reference)
    assert "not known, yes" in caught.value.known


def test_reference_that_fits_two_groups_is_refused():
    frame = tries(4, 2).assign(place=["in person", "in_person", "x", "x"])
    with pytest.raises(js.SettingError, match="fits 2 groups"):
        js.rate_differences(js.response_rates(frame, by="place"), reference="in person")


def test_group_without_anything_to_count_is_left_out_and_named():
    frame = grouped(phone=(3, 9), email=(4, 12), letter=(0, 2))
    frame.loc[frame["method"] == "letter", "observed_days"] = 3
    rates = js.response_rates(frame, by="method")
    result = js.rate_differences(rates)
    assert one(result)[["group", "reference"]].tolist() == ["phone", "email"]
    assert "Nothing to count in letter" in result.caption
    void = js.rate_differences(rates, reference="letter")
    assert void.table.empty
    assert void.text == (
        "Nothing can be compared with letter yet: there is nothing to count in it."
    )


# Bad and empty input ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "by", "says"),
    [
        (tries(0), "kind", "no group has"),
        (tries(5, 2), "kind", "only the group application has"),
        (tries(5, 2, observed_days=1), "kind", "no group has"),
        (tries(5, 2), None, "all approaches are one group"),
        (tries(0), None, "all approaches are one group"),
    ],
)
def test_nothing_to_compare_is_a_result_that_says_so(frame, by, says):
    result = js.rate_differences(js.response_rates(frame, by=by))
    assert result.table.columns.tolist() == COLUMNS
    assert result.table.empty
    assert np.isnan(result.global_p)
    assert result.global_test == ""
    assert says in result.text
    assert says in result._repr_html_()


def test_frames_and_tests_that_are_none_are_refused():
    rates = js.response_rates(grouped(a=(1, 2), b=(1, 2)), by="method")
    with pytest.raises(js.DataError, match="response_rates"):
        js.rate_differences(rates.table)
    with pytest.raises(js.SettingError, match="boschloo"):
        js.rate_differences(rates, test="t")


COUNTS = st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=25)
@given(st.lists(COUNTS, min_size=2, max_size=4), st.sampled_from(["fisher", "boschloo"]))
def test_any_small_counts_give_numbers_in_their_range(counts, test):
    rates = js.response_rates(
        grouped(**{f"g{i}": pair for i, pair in enumerate(counts)}), by="method"
    )
    before = rates.table.copy(deep=True)
    result = js.rate_differences(rates, test=test)
    pd.testing.assert_frame_equal(rates.table, before)
    table = result.table
    assert len(table) == len(counts) * (len(counts) - 1) // 2
    assert (table["ci_low"] >= -1).all()
    assert (table["ci_low"] <= table["difference"]).all()
    assert (table["difference"] <= table["ci_high"]).all()
    assert (table["ci_high"] <= 1).all()
    assert table["p_value"].between(0, 1).all()
    assert (table["p_holm"] >= table["p_value"]).all()
    assert 0 <= result.global_p <= 1
    swapped = js.rate_differences(rates, test=test, reference="g0").table
    firsts = table[table["group"] == "g0"]
    np.testing.assert_allclose(swapped["difference"], -firsts["difference"])
    np.testing.assert_allclose(swapped["ci_low"], -firsts["ci_high"])
    np.testing.assert_allclose(swapped["p_value"], firsts["p_value"], atol=1e-6)


# Recovery -----------------------------------------------------------------------------------


@pytest.fixture
def _quick_garbage():
    """multipletests collects garbage at each call: spare it what is there already."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_quick_garbage")
def test_groups_alike_are_rarely_told_apart_and_groups_apart_are():
    """Over 200 made-up searches of 60: false alarms below 5 %, and true ones most of the time."""
    rng = np.random.default_rng(7)
    rates = js.response_rates(grouped(a=(0, 20), b=(0, 20), c=(0, 20)), by="method")

    def share_told_apart(chances: tuple[float, float, float]) -> float:
        told = 0
        for counts in rng.binomial(20, chances, (200, 3)):
            drawn = dataclasses.replace(rates, table=rates.table.assign(n_responses=counts))
            told += " against " in js.rate_differences(drawn).text
        return told / 200

    assert share_told_apart((0.3, 0.3, 0.3)) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 200)
    assert share_told_apart((0.1, 0.7, 0.3)) > 0.8


def test_simulated_search_and_log_by_hand():
    frame = js.outreach(js.simulate_log(600, seed=5), as_of="2026-03-02")
    rates = js.response_rates(frame, by="source", kinds="application", counts="positive", within=28)
    result = js.rate_differences(rates)
    # the simulation gives referrals the highest chance of an interview, 0.60 against about 0.22
    assert result.global_p < 0.05
    assert "for Referral against" in result.text
    by_hand = js.outreach(
        log_of(
            met("2026-02-02"),
            {**VOICEMAIL, "date": "2026-02-10"},
            {"kind": "follow_up", "method": "email", "outcome": "sent", "date": "2026-02-17"},
        ),
        as_of=AS_OF,
    )
    text = js.rate_differences(js.response_rates(by_hand, by="method")).text
    assert text.startswith("With 1 call and 1 e-mail you cannot tell them apart yet")
