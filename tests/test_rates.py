"""Response rates: what is counted, and the intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.sample import sample_path
from small_logs import VOICEMAIL, happened, log_of, met
from small_tries import AS_OF, grouped, tries

COLUMNS = [
    *("n", "n_responses", "n_reached", "n_censored", "n_undated", "n_applications"),
    *("rate", "ci_low", "ci_high", "rate_least", "rate_most", "thin"),
]


def rates_of(*events: dict[str, object], as_of: str = "2026-03-31", **other: object):
    """Return the rates of a log by hand: columns of applications, and settings of the rates."""
    settings_names = {"by", "within", "counts", "kinds", "confidence", "thin_below"}
    chosen = {name: other.pop(name) for name in settings_names & set(other)}
    return js.response_rates(js.outreach(log_of(*events, **other), as_of=as_of), **chosen)


def one(rates) -> pd.Series:
    assert len(rates.table) == 1
    return rates.table.iloc[0]


# Reference numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R. G. Newcombe (1998), Two-sided confidence intervals for the single proportion,
        # Statistics in Medicine 17:857-872, table I, method 3 (Wilson, no continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_are_newcombes(k, n, low, high):
    row = one(js.response_rates(tries(n, k)))
    assert (row["n"], row["n_responses"], row["n_applications"]) == (n, k, n)
    assert row["rate"] == k / n
    assert [round(row["ci_low"], 4), round(row["ci_high"], 4)] == [low, high]


def test_intervals_reach_the_end_exactly():
    none, all_ = js.response_rates(grouped(a=(0, 7), b=(7, 7)), by="method").table.itertuples()
    assert (none.rate, none.ci_low) == (0, 0)
    assert (all_.rate, all_.ci_high) == (1, 1)
    assert all_.ci_low == pytest.approx(1 - none.ci_high)


def test_confidence_changes_the_interval_and_its_heading():
    wide, narrow = (js.response_rates(tries(20, 5), confidence=c) for c in (0.95, 0.8))
    assert wide.table["ci_low"].item() < narrow.table["ci_low"].item()
    assert "95 % interval" in repr(wide)
    assert "80 % interval" in repr(narrow)


# What is counted ----------------------------------------------------------------------------


def test_early_answers_of_young_approaches_are_left_out():
    """To keep them, and leave their silence out, would give 1 of 2 here and not 0 of 1."""
    row = one(
        rates_of(
            happened("applied", "2026-03-02"),
            happened("applied", "2026-03-25", application_id="a2"),
            happened("rejection", "2026-03-26", application_id="a2"),
            happened("applied", "2026-03-25", application_id="a3"),
        )
    )
    assert (row["n"], row["n_responses"], row["n_censored"], row["rate"]) == (1, 0, 2, 0)


@pytest.mark.parametrize(
    ("as_of", "answer", "n", "n_responses"),
    [
        ("2026-03-15", "2026-03-15", 0, 0),  # watched for 13 days
        ("2026-03-16", "2026-03-16", 1, 1),  # 14 days: old enough, and just in time
        ("2026-03-17", "2026-03-17", 1, 0),  # a day late
        ("2026-03-16", "2026-03-02", 1, 1),  # the same day is day 0
    ],
)
def test_window_includes_its_last_day(as_of, answer, n, n_responses):
    row = one(
        rates_of(happened("applied", "2026-03-02"), happened("rejection", answer), as_of=as_of)
    )
    assert (row["n"], row["n_responses"], row["n_censored"]) == (n, n_responses, 1 - n)


def test_window_of_no_days_asks_for_an_answer_the_same_day():
    same_day = [happened("applied", "2026-03-02"), happened("rejection", "2026-03-02")]
    next_day = [happened("applied", "2026-03-02"), happened("rejection", "2026-03-03")]
    assert [one(rates_of(*e, within=0))["n_responses"] for e in (same_day, next_day)] == [1, 0]


def test_talk_in_which_nothing_came_is_reached_and_no_response():
    """Counted as a response, calling would produce its own success."""
    row = one(
        rates_of(
            met("2026-03-02"),
            happened("follow_up", "2026-03-10", method="phone", outcome="spoke"),
            kinds="follow_up",
        )
    )
    assert (row["n"], row["n_responses"], row["n_reached"]) == (1, 0, 1)


def test_answer_without_a_date_is_not_silence():
    """As silence it would give 0 of 2; it is left out, and the bounds say what it may be."""
    rates = rates_of(
        happened("applied", "2026-03-02"),
        happened("applied", "2026-03-02", application_id="a2"),
        status_kind={"a1": "applied", "a2": "rejected"},
    )
    row = one(rates)
    assert (row["n"], row["n_responses"], row["n_undated"]) == (1, 0, 1)
    assert (row["rate"], row["rate_least"], row["rate_most"]) == (0, 0, 0.5)
    assert rates.text == (
        "1 answer has no date: with it, the rate of all together lies between 0 % and 50 %."
    )


def test_young_approach_with_an_answer_without_a_date_is_young():
    row = one(rates_of(happened("applied", "2026-03-25"), status_kind="rejected"))
    assert (row["n"], row["n_censored"], row["n_undated"]) == (0, 1, 0)


def test_interviews_are_no_method():
    """A call that was an interview says nothing about following up by phone."""
    events = [
        met("2026-03-02", method="phone"),
        {**VOICEMAIL, "date": "2026-03-10"},
    ]
    by_method = rates_of(*events, by="method").table
    assert by_method["n"].tolist() == [1]
    assert one(rates_of(*events))["n"] == 2
    asked = rates_of(*events, by="method", kinds=["interview", "follow_up"])
    assert asked.table["n"].tolist() == [2]
    assert asked.kinds == ("interview", "follow_up")


def test_rejection_is_a_response_and_no_positive_one():
    events = [happened("applied", "2026-03-02"), happened("rejection", "2026-03-05")]
    assert one(rates_of(*events, counts="any"))["n_responses"] == 1
    assert one(rates_of(*events, counts="positive"))["n_responses"] == 0


def test_positive_answer_after_a_negative_one_counts_where_positive_ones_do():
    events = [
        happened("applied", "2026-03-02"),
        happened("reply", "2026-03-04", outcome="neutral"),
        happened("reply", "2026-03-06", outcome="invited"),
    ]
    assert one(rates_of(*events, counts="positive", within=4))["n_responses"] == 1
    assert one(rates_of(*events, counts="positive", within=3))["n_responses"] == 0


def test_withdrawal_is_no_response():
    row = one(rates_of(happened("applied", "2026-03-02"), happened("withdrawn", "2026-03-05")))
    assert (row["n"], row["n_responses"]) == (1, 0)


def test_answer_counts_for_every_approach_within_the_window_before_it():
    row = one(
        rates_of(
            met("2026-02-20"),
            {**VOICEMAIL, "date": "2026-03-02"},
            {**VOICEMAIL, "date": "2026-03-09"},
            happened("rejection", "2026-03-11"),
            kinds="follow_up",
        )
    )
    assert (row["n"], row["n_responses"], row["n_applications"]) == (2, 2, 1)


def test_card_after_a_rejection_waits_for_no_answer():
    rates = rates_of(
        met("2026-03-02"),
        happened("rejection", "2026-03-05"),
        happened("thank_you", "2026-03-06", method="letter"),
    )
    assert one(rates)["n"] == 1
    assert "1 made after the end" in rates.caption


# The table ----------------------------------------------------------------------------------


def test_groups_stand_in_the_order_of_their_categories_blanks_last():
    frame = grouped(phone=(1, 2), email=(0, 1), letter=(1, 1))
    frame["method"] = frame["method"].where(frame["method"] != "letter")
    table = js.response_rates(frame.iloc[::-1], by="method").table
    assert table.columns.tolist() == ["method", *COLUMNS]
    assert table["method"].tolist()[:2] == ["phone", "email"]
    assert table["method"].isna().tolist() == [False, False, True]
    assert table["n"].tolist() == [2, 1, 1]
    assert "not known" in repr(js.response_rates(frame, by="method"))


def test_group_in_which_nothing_can_be_counted_is_shown():
    frame = grouped(phone=(1, 2), email=(0, 3))
    frame.loc[frame["method"] == "email", "observed_days"] = 5
    email = js.response_rates(frame, by="method").table.iloc[1]
    assert (email["n"], email["n_censored"]) == (0, 3)
    assert np.isnan(email[["rate", "rate_least", "rate_most"]].astype(float)).all()
    assert (email["ci_low"], email["ci_high"], email["thin"]) == (0, 1, True)


@pytest.mark.parametrize(
    "values",
    [
        pd.array([3, 1, None, 1], dtype="Int64"),
        np.array([2.5, -1, np.nan, -1]),
        pd.array(["b", "a", None, "a"], dtype="str"),
        pd.Categorical(["b", "a", None, "a"]),
        pd.to_datetime(["2026-03-02", "2026-03-01", None, "2026-03-01"]),
    ],
    ids=["whole", "number", "text", "category", "date"],
)
def test_groups_by_any_kind_of_column(values):
    frame = tries(4, 2).assign(group=values)
    table = js.response_rates(frame, by="group").table
    assert table["n"].tolist() == [2, 1, 1]
    assert table["n_responses"].tolist() == [1, 1, 0]
    assert table["group"].dtype == frame["group"].dtype


def test_groups_by_yes_and_no_and_by_several_columns():
    frame = tries(6, 2).assign(
        warm=[True, False, True, False, True, False], size=["s", "s", "m", "m", "s", "s"]
    )
    table = js.response_rates(frame, by=["warm", "size"]).table
    assert table[["warm", "size", "n", "n_responses"]].to_numpy().tolist() == [
        [False, "m", 1, 0],
        [False, "s", 2, 1],
        [True, "m", 1, 0],
        [True, "s", 2, 1],
    ]
    assert "yes" in repr(js.response_rates(frame, by="warm"))


def test_approaches_to_one_employer_are_one_application():
    frame = tries(5, 1).assign(application_id=pd.Categorical(["a", "a", "b", "b", "c"]))
    assert one(js.response_rates(frame))["n_applications"] == 3


def test_thin_groups_are_marked_and_grey():
    rates = js.response_rates(grouped(a=(1, 9), b=(1, 10)), by="method")
    assert rates.table["thin"].tolist() == [True, False]
    assert rates._repr_html_().count('<tr style="color') == 1
    assert "grey" in rates.caption
    assert not js.response_rates(tries(3, 1), thin_below=3).table["thin"].any()


def test_caption_says_what_is_counted_and_what_is_left_out():
    frame = tries(6, 2)
    frame.loc[5, "observed_days"] = 13
    frame.loc[4, "undated"] = True
    frame.loc[3, "stage"] = "closed"
    rates = js.response_rates(frame, within=14, kinds="application")
    assert rates.caption == (
        "Any response within 14 days: 2 of 3 approaches (applications). Left out: 1 not watched "
        "that long yet, answered or not; 1 with an answer that has no date; 1 made after the end. "
        "As of 10 March 2026."
    )
    assert (rates.within, rates.counts, rates.by, rates.as_of) == (14, "any", (), AS_OF)


def test_nothing_to_warn_of_is_no_text():
    assert js.response_rates(tries(12, 3)).text == ""


# Bad and empty input ------------------------------------------------------------------------


@pytest.mark.parametrize("by", [None, "kind", ["kind", "stage"]])
def test_no_rows_are_a_result_that_says_so(by):
    rates = js.response_rates(tries(0), by=by)
    assert len(rates.table) == (by is None)
    assert rates.table.columns.tolist()[-len(COLUMNS) :] == COLUMNS
    assert rates.text == "Cannot tell yet: there is no approach to count."
    assert pd.isna(rates.as_of)
    assert "0 of 0" in rates._repr_html_()


def test_all_too_young_is_a_result_that_says_so():
    rates = js.response_rates(tries(3, 3, observed_days=13))
    assert one(rates)["n_censored"] == 3
    assert rates.text == "Cannot tell yet: no approach has been watched for 14 days."


def test_empty_log():
    assert one(rates_of())["n"] == 0


@pytest.mark.parametrize("by", ["methd", "", ["kind", "methd"]])
def test_unknown_column_lists_those_there_are(by):
    with pytest.raises(js.UnknownNameError, match="'observed_days'"):
        js.response_rates(tries(2, 1), by=by)


def test_unknown_kind_lists_those_there_are():
    with pytest.raises(js.UnknownNameError, match="'thank_you'"):
        js.response_rates(tries(2, 1), kinds="thankyou")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("within", -1),
        ("within", 3.5),
        ("within", True),
        ("counts", "all"),
        ("confidence", 95),
        ("confidence", True),
        ("thin_below", -1),
        ("thin_below", 2.5),
    ],
)
def test_settings_that_cannot_be_used(name, value):
    with pytest.raises(js.SettingError) as caught:
        js.response_rates(tries(2, 1), **{name: value})
    assert (caught.value.name, caught.value.value) == (name, value)


def test_column_with_the_name_of_a_result_is_refused():
    with pytest.raises(js.SettingError, match="Rename it"):
        js.response_rates(tries(2, 1).assign(rate=[1, 2]), by="rate")


def test_other_frames_are_refused():
    with pytest.raises(js.DataError, match="outreach"):
        js.response_rates(tries(2, 1).drop(columns="undated"))
    with pytest.raises(js.DataError, match="outreach"):
        js.response_rates([1, 2])


def test_sample_can_be_read_in_one_go():
    frame = js.outreach(js.read_log(sample_path()), as_of=js.SAMPLE_DAY)
    rates = js.response_rates(frame, by=["method", "timing"])
    waiting = frame[(frame["stage"] != "closed") & (frame["kind"] != "interview")]
    total = rates.table[["n", "n_censored", "n_undated"]].to_numpy().sum()
    assert total == len(waiting) > 0
