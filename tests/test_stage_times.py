"""Time in each stage: by hand, with the tempting average failing, and against the curves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

import jobsearch_stats as js
from jobsearch_stats.curves import normal_quantile
from jobsearch_stats.workdays import to_days
from lives import middle_of, simulated_lives
from small_logs import happened, log_of, met

DAY = "2026-03-31"
COUNTS = ["n", "n_left", "n_censored", "n_undated"]
NUMBERS = ["median", "ci_low", "ci_high"]


def applied(date="2026-01-05", **other):
    return {"kind": "applied", "date": date, **other}


def counts(log, as_of=DAY):
    """Return n, n_left, n_censored and n_undated of each stage."""
    table = js.time_in_stage(log, as_of=as_of).table
    return dict(zip(table["stage"], table[COUNTS].to_numpy().tolist(), strict=True))


def median(log, stage, as_of=DAY):
    """Return the median of one stage."""
    return js.time_in_stage(log, as_of=as_of).table.set_index("stage").loc[stage, "median"]


def test_columns_and_types():
    table = js.time_in_stage(log_of(applied()), as_of=DAY, by=["source", "method"]).table
    assert list(table.columns) == ["source", "method", "stage", *COUNTS, *NUMBERS]
    assert table["stage"].tolist() == ["applied", "answered", "interview"]
    assert (table.dtypes[COUNTS] == "int64").all()
    assert (table.dtypes[NUMBERS] == "float64").all()


NOT_IN = [0, 0, 0, 0]
OPEN, LEFT, UNDATED = [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("events", "columns", "expected"),
    [
        ([], {}, [OPEN, NOT_IN, NOT_IN]),
        ([happened("acknowledgement", "2026-01-06")], {}, [OPEN, NOT_IN, NOT_IN]),
        ([], {"status_kind": "ghosted"}, [OPEN, NOT_IN, NOT_IN]),  # silence has no date
        ([], {"status_kind": "rejected"}, [UNDATED, NOT_IN, NOT_IN]),
        ([], {"status_kind": "withdrawn"}, [UNDATED, NOT_IN, NOT_IN]),
        ([happened("withdrawn", "2026-01-12")], {}, [LEFT, NOT_IN, NOT_IN]),
        ([happened("do_not_contact", "2026-01-12")], {}, [LEFT, NOT_IN, NOT_IN]),
        ([happened("rejection", "2026-01-12")], {}, [LEFT, NOT_IN, NOT_IN]),
        ([happened("reply", "2026-01-12", outcome="negative")], {}, [LEFT, NOT_IN, NOT_IN]),
        ([happened("reply", "2026-01-12")], {}, [LEFT, OPEN, NOT_IN]),
        ([happened("reply", "2026-01-02")], {}, [OPEN, NOT_IN, NOT_IN]),  # before applying
        ([happened("reply", "2026-01-12"), met("2026-04-06")], {}, [LEFT, OPEN, NOT_IN]),
        ([met("2026-04-06")], {}, [UNDATED, UNDATED, NOT_IN]),  # answered, on an unknown day
        ([happened("reply", "2026-01-12"), met("2026-01-20")], {}, [LEFT, LEFT, OPEN]),
        ([met("2026-01-20")], {}, [LEFT, UNDATED, OPEN]),  # its invitation was never logged
        (
            [happened("reply", "2026-01-12"), happened("rejection", "2026-01-20")],
            {},
            [LEFT, LEFT, NOT_IN],
        ),
        ([met("2026-01-20"), happened("offer", "2026-02-20")], {}, [LEFT, UNDATED, LEFT]),
        ([met("2026-01-20"), happened("rejection", "2026-02-20")], {}, [LEFT, UNDATED, LEFT]),
        ([met("2026-01-20"), happened("reply", "2026-02-20")], {}, [LEFT, UNDATED, OPEN]),
        ([happened("rejection", "2026-01-12"), met("2026-01-20")], {}, [LEFT, UNDATED, OPEN]),
        ([met("2026-01-20"), met("2026-02-20")], {}, [LEFT, UNDATED, OPEN]),
        ([met("2026-01-20")], {"status_kind": "rejected"}, [LEFT, UNDATED, UNDATED]),
        ([met("2026-01-20")], {"status_kind": "offer"}, [LEFT, UNDATED, UNDATED]),
        ([], {"undated_interview": True}, [UNDATED, UNDATED, UNDATED]),
        (
            [happened("reply", "2026-01-12")],
            {"undated_interview": True},
            [LEFT, UNDATED, UNDATED],
        ),
    ],
)
def test_stays(events, columns, expected):
    log = log_of(applied(), *events, **columns)
    assert list(counts(log).values()) == expected


def test_days_are_counted_from_the_first_of_its_sort():
    log = log_of(
        applied(),
        applied("2026-01-10"),  # a second time
        happened("reply", "2026-01-15", outcome="invited"),
        happened("reply", "2026-01-17"),
        met("2026-01-22"),
        met("2026-02-02"),  # a second round does not start the wait for a decision again
        happened("offer", "2026-02-12"),
    )
    table = js.time_in_stage(log, as_of=DAY).table
    assert table["median"].tolist() == [10, 7, 21]
    assert table["n_left"].tolist() == [1, 1, 1]


def test_an_answer_on_the_same_day_is_day_0():
    assert median(log_of(applied(), happened("reply", "2026-01-05")), "applied") == 0


def test_those_still_waiting_count_for_as_long_as_they_were_seen():
    """The tempting median of the finished stays takes the quick ones for all."""
    log = log_of(
        *(applied(application_id=f"a{i}") for i in range(1, 6)),
        happened("reply", "2026-01-08", application_id="a1"),
        happened("reply", "2026-01-10", application_id="a2"),
        happened("reply", "2026-01-25", application_id="a3"),
    )
    tempting = np.median([3, 5, 20])
    assert median(log, "applied") == 20
    assert tempting == 5
    assert counts(log)["applied"] == [5, 3, 2, 0]
    assert median(log, "applied", as_of="2026-01-11") != 5  # half have not left yet
    assert np.isnan(median(log, "applied", as_of="2026-01-11"))


def by_statsmodels(days, left, confidence):
    """Return the median and its log-log interval from a plain SurvfuncRight."""
    fit = SurvfuncRight(days, left)
    s, se = fit.surv_prob, fit.surv_prob_se
    inside = (s > 1e-12) & (s < 1 - 1e-12)
    s_in, se_in, times = s[inside], se[inside], fit.surv_times[inside]
    width = normal_quantile(confidence) * se_in / (s_in * np.log(s_in))
    low, high = s_in ** np.exp(-width), s_in ** np.exp(width)
    ends = [times[end <= 0.5] for end in (low, high)]
    half = fit.surv_times[s <= 0.5 + 1e-12]
    return [values[0] if len(values) else np.nan for values in (half, *ends)]


@pytest.mark.parametrize("confidence", [0.8, 0.95])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_medians_agree_with_statsmodels(seed, confidence):
    log = js.simulate_log(200, seed=seed)
    day = pd.Timestamp("2026-03-02")
    frame = js.outreach(log, as_of=day)
    first = frame[frame["kind"] == "application"]
    assert not first["undated"].any()
    withdrawn = (
        log.events[log.events["kind"] == "withdrawn"]
        .groupby("application_id", observed=True)["date"]
        .min()
    )
    ended = first.set_index("application_id")["response_on"].astype("datetime64[s]")
    ends = pd.concat([ended, withdrawn.reindex(ended.index)], axis=1).min(axis=1)
    ends = ends.where(ends <= day)
    start = to_days(first["date"].to_numpy())
    ahead = set(log.events.loc[(log.events["date"] > day), "application_id"])
    known = ~(ends.isna().to_numpy() & first["application_id"].isin(ahead).to_numpy())
    days = to_days(ends.fillna(day).to_numpy()) - start
    expected = by_statsmodels(days[known], ends.notna().to_numpy()[known], confidence)
    row = js.time_in_stage(log, as_of=day, confidence=confidence).table.iloc[0]
    assert row["n"] == known.sum()
    np.testing.assert_array_equal(row[NUMBERS].to_numpy(float), expected)


def test_groups_have_their_own_medians():
    log = log_of(
        applied(application_id="a1"),
        happened("reply", "2026-01-08", application_id="a1"),
        applied(application_id="a2"),
        happened("reply", "2026-01-25", application_id="a2"),
        source={"a1": "Referral", "a2": "Job board"},
    )
    table = js.time_in_stage(log, as_of=DAY, by="source").table
    first = table[table["stage"] == "applied"]
    assert first[["source", "median"]].to_numpy().tolist() == [["Job board", 20], ["Referral", 3]]
    assert table["source"].tolist() == ["Job board"] * 3 + ["Referral"] * 3


@settings(max_examples=25, deadline=None)
@given(n=st.integers(0, 80), seed=st.integers(0, 10_000), off=st.integers(-30, 60))
def test_counts_add_up_in_crowded_logs(n, seed, off):
    log = js.ApplicationLog.from_frames(*simulated_lives(n, seed))
    as_of = pd.Timestamp(middle_of(seed)) + pd.Timedelta(days=off)
    whole = js.time_in_stage(log, as_of=as_of).table
    parts = js.time_in_stage(log, as_of=as_of, by="role").table
    assert (whole["n"] == whole["n_left"] + whole["n_censored"]).all()
    summed = parts.groupby("stage", observed=False)[COUNTS].sum().reset_index(drop=True)
    pd.testing.assert_frame_equal(summed, whole[COUNTS])
    inside = whole["n"] + whole["n_undated"]
    stages = js.funnel(log, as_of=as_of).table.set_index("stage")
    row = stages.loc["applied"]
    assert inside[0] == row["n"] + row["n_censored"] + row["n_undated"]
    flows = js.funnel(log, as_of=as_of).links.set_index("target")["n"]
    assert inside[1] == flows.get("Went on", 0)
    assert inside[2] == flows.get("Interview", 0)
    known = whole.dropna(subset=["median"])
    assert (known["ci_low"] <= known["median"]).all()
    assert (whole["median"].dropna() >= 0).all()
    both = whole.dropna(subset=["ci_high"])
    assert (both["median"] <= both["ci_high"]).all()


def test_empty_log_one_application_and_none_answered():
    empty = js.time_in_stage(js.simulate_log(0, seed=1), as_of=DAY)
    assert empty.table[COUNTS].to_numpy().sum() == 0
    assert empty.table["median"].isna().all()
    assert "Cannot tell yet" in empty.text
    one = js.time_in_stage(log_of(applied()), as_of=DAY)
    assert one.table["median"].isna().all()
    assert "Cannot tell yet" in one.text
    assert one._repr_html_()


def test_the_sentence_has_the_medians():
    log = log_of(applied(), happened("reply", "2026-01-08"))
    said = js.time_in_stage(log, as_of=DAY).text
    assert "3 days (3 or more; n = 1, a guess from so few) from applying" in said
    assert "usual case" not in said  # one answer makes nothing usual


@pytest.mark.parametrize(("n", "usual"), [(9, False), (10, True)])
def test_of_fewer_than_ten_nothing_is_usual(n, usual):
    ids = [f"a{number}" for number in range(1, n + 1)]
    events = [applied(), happened("reply", "2026-01-08")]
    log = log_of(*({**event, "application_id": i} for i in ids for event in events))
    said = js.time_in_stage(log, as_of=DAY).text
    assert ("usual case" in said, "guess" in said) == (usual, not usual)


def test_caption_says_what_was_left_out():
    log = log_of(applied(), status_kind="rejected")
    result = js.time_in_stage(log, as_of=DAY)
    assert "1 application" in result.caption
    assert "not in the log: 1 in applied" in result.caption
    assert "As of 31 March 2026" in result.caption


def test_bad_settings():
    log = log_of(applied())
    with pytest.raises(js.UnknownNameError, match="'source'"):
        js.time_in_stage(log, as_of=DAY, by="sauce")
    with pytest.raises(js.SettingError):
        js.time_in_stage(log, as_of=DAY, confidence=2)
    with pytest.raises(js.SettingError):
        js.time_in_stage(log, as_of="soon")


def test_nothing_is_changed():
    log = js.ApplicationLog.from_frames(*simulated_lives(50, 3))
    before = log.applications.copy(deep=True), log.events.copy(deep=True)
    js.time_in_stage(log, as_of=middle_of(3), by=["role", "method"])
    pd.testing.assert_frame_equal(log.applications, before[0])
    pd.testing.assert_frame_equal(log.events, before[1])


def test_the_simulators_time_to_an_answer_comes_back():
    """Answers come on each weekday with a chance of 0.1, so half come within 7 weekdays.

    Every application is answered here, so time in the stage is the time to an answer: the first
    weekday on which 1 - 0.9**k reaches a half is k = 7, which is 9 or 11 calendar days by the
    weekday of the application; the stage is left on that day.
    """
    model = js.SearchModel(
        sources=(js.simulate.model.Source("A", 1.0, 0.0),),
        rejection_chance=1.0,
        answer_chance=0.1,
    )
    log = js.simulate_log(4000, seed=5, days=300, model=model)
    row = js.time_in_stage(log, as_of="2026-03-29").table.iloc[0]
    assert row["n_censored"] > 0
    assert 9 <= row["median"] <= 11
    assert row["ci_high"] - row["ci_low"] <= 3
