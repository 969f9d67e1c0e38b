"""The funnel: each stage rule with a log by hand, flows that lose nobody, and the truth again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

import jobsearch_stats as js
from jobsearch_stats.funnel import ENDS_OF_FUNNEL
from jobsearch_stats.simulate.model import Source
from lives import middle_of, simulated_lives
from small_logs import happened, log_of, met

DAY = "2026-03-31"
COUNTS = ["n", "n_reached", "n_implied", "n_censored", "n_undated"]
RATES = ["rate", "ci_low", "ci_high", "rate_of_previous", "previous_ci_low", "previous_ci_high"]


def applied(date="2026-01-05", **other):
    return {"kind": "applied", "date": date, **other}


def reached(log, as_of=DAY, **given):
    """Return how many reached response, interview and offer."""
    table = js.funnel(log, as_of=as_of, **given).table
    return table["n_reached"].tolist()[1:]


def flows(log, as_of=DAY):
    """Return the flows as a dict from (source, target) to n."""
    links = js.funnel(log, as_of=as_of).links
    return {(s, t): n for s, t, n in zip(links["source"], links["target"], links["n"], strict=True)}


def where(log, as_of=DAY):
    """Return where the one application of a log ends."""
    links = js.funnel(log, as_of=as_of).links
    ends = links[links["end"].notna()]
    assert ends["n"].tolist() == [1]
    return ends["target"].iloc[0]


# --- Which rows are applications ---------------------------------------------------------------


def test_columns_and_types():
    table = js.funnel(log_of(applied()), as_of=DAY, by=["source", "method"]).table
    assert list(table.columns) == ["source", "method", "stage", *COUNTS, *RATES, "thin"]
    assert table["stage"].tolist() == ["applied", "response", "interview", "offer"]
    assert table["stage"].cat.ordered
    assert (table.dtypes[COUNTS] == "int64").all()
    assert (table.dtypes[RATES] == "float64").all()
    assert table["thin"].dtype == "bool"


@pytest.mark.parametrize(
    ("events", "columns", "counts"),
    [
        ([], {}, False),  # a prospect
        ([], {"status_kind": "unknown"}, False),
        ([], {"status_kind": "applied"}, True),
        ([], {"status_kind": "withdrawn"}, True),
        ([], {"status_kind": "ghosted"}, True),
        ([], {"undated_interview": True}, True),
        ([happened("acknowledgement", "2026-01-06")], {}, True),
        ([met("2026-04-06")], {}, True),  # agreed, for after the day
        ([applied("2026-04-06")], {}, False),  # sent later
        ([applied("2026-04-06"), met("2026-04-20")], {}, False),
        ([applied("2026-04-06")], {"status_kind": "rejected"}, False),
        ([applied("2026-03-31")], {}, True),
    ],
)
def test_what_is_an_application(events, columns, counts):
    result = js.funnel(log_of(*events, **columns), as_of=DAY)
    started = result.links[result.links["source"] == "Applied"]["n"].sum()
    assert started == counts
    row = result.table.iloc[0]
    assert row["n"] + row["n_censored"] + row["n_undated"] == counts
    assert ("nothing shows to be sent" in result.caption) is not counts


@pytest.mark.parametrize(
    ("sent", "n", "young"), [("2026-03-02", 1, 0), ("2026-03-03", 1, 0), ("2026-03-04", 0, 1)]
)
def test_an_application_counts_from_the_day_on_which_it_is_old_enough(sent, n, young):
    row = js.funnel(log_of(applied(sent)), as_of=DAY, matured_days=28).table.iloc[0]
    assert (row["n"], row["n_censored"]) == (n, young)


def test_young_applications_are_left_out_answered_or_not():
    """To keep the early answers of young ones, and not their silence, would inflate the rate."""
    log = log_of(
        applied(application_id="a1"),
        applied(application_id="a2"),
        happened("reply", "2026-01-20", application_id="a1"),
        *(applied("2026-03-30", application_id=f"b{i}") for i in range(4)),
        *(happened("reply", "2026-03-31", application_id=f"b{i}") for i in range(3)),
    )
    row = js.funnel(log, as_of=DAY).table.iloc[1]
    assert row[["n", "n_reached", "n_censored"]].tolist() == [2, 1, 4]
    assert row["rate"] == 1 / 2
    tempting = (1 + 3) / (2 + 3)  # all that are answered or old enough
    assert row["rate"] != tempting


def test_an_application_without_its_day_is_left_out_answered_or_not():
    log = log_of(
        applied(application_id="a1"),
        happened("rejection", "2026-01-20", application_id="a2"),
        status_kind={"a1": None, "a2": None, "a3": "applied"},
    )
    log = js.ApplicationLog.from_frames(
        pd.DataFrame({"status_kind": [None, None, "applied"]}, index=["a1", "a2", "a3"]), log.events
    )
    row = js.funnel(log, as_of=DAY).table.iloc[1]
    assert row[["n", "n_reached", "n_undated"]].tolist() == [1, 0, 2]
    assert "2 of which the day is not known" in js.funnel(log, as_of=DAY).caption


# --- When a stage is reached ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "columns", "expected"),
    [
        ([], {}, [0, 0, 0]),
        ([happened("acknowledgement", "2026-01-06")], {}, [0, 0, 0]),  # a machine
        ([happened("out_of_office", "2026-01-06")], {}, [0, 0, 0]),
        ([happened("follow_up", "2026-01-12", method="phone", outcome="spoke")], {}, [0, 0, 0]),
        ([happened("do_not_contact", "2026-01-12")], {}, [0, 0, 0]),
        ([happened("withdrawn", "2026-01-12")], {}, [0, 0, 0]),
        ([happened("reply", "2026-01-12")], {}, [1, 0, 0]),
        ([happened("reply", "2026-01-12", outcome="negative")], {}, [1, 0, 0]),
        ([happened("rejection", "2026-01-12")], {}, [1, 0, 0]),
        ([happened("reply", "2026-01-02")], {}, [0, 0, 0]),  # before the application
        ([happened("reply", "2026-04-01")], {}, [0, 0, 0]),  # after the day
        ([met("2026-01-12")], {}, [1, 1, 0]),
        ([met("2026-01-02")], {}, [1, 1, 0]),  # met before applying: met all the same
        ([met("2026-03-31")], {}, [1, 1, 0]),
        ([met("2026-04-01")], {}, [1, 0, 0]),  # agreed: they answered, and it is no interview yet
        ([met("2026-01-12"), happened("rejection", "2026-01-20")], {}, [1, 1, 0]),  # stays reached
        ([happened("offer", "2026-01-20")], {}, [1, 1, 1]),  # implies the others
        ([], {"undated_interview": True}, [1, 1, 0]),
        ([], {"status_kind": "interview"}, [1, 1, 0]),
        ([], {"status_kind": "screening"}, [1, 1, 0]),
        ([], {"status_kind": "rejected"}, [1, 0, 0]),
        ([], {"status_kind": "offer"}, [1, 1, 1]),
        ([], {"status_kind": "ghosted"}, [0, 0, 0]),
        ([], {"status_kind": "withdrawn"}, [0, 0, 0]),
        ([met("2026-01-12")], {"status_kind": "rejected"}, [1, 1, 0]),
        # dated after the day, so the status is not undated, and says nothing yet
        ([happened("rejection", "2026-04-01")], {"status_kind": "rejected"}, [0, 0, 0]),
        (
            [happened("reply", "2026-04-01", outcome="negative")],
            {"status_kind": "rejected"},
            [0, 0, 0],
        ),
        ([happened("offer", "2026-04-01")], {"status_kind": "offer"}, [0, 0, 0]),
        ([met("2026-04-01")], {"status_kind": "interview"}, [1, 0, 0]),
    ],
)
def test_stages(events, columns, expected):
    assert reached(log_of(applied(), *events, **columns)) == expected


def test_a_reply_on_the_day_of_the_application_is_an_answer():
    assert reached(log_of(applied(), happened("reply", "2026-01-05"))) == [1, 0, 0]
    earlier = [applied(hour=15), happened("reply", "2026-01-05", hour=9)]
    assert reached(log_of(*earlier)) == [0, 0, 0]


def test_reached_by_the_last_status_alone_would_lose_interviews():
    """The tempting alternative: to read the stage off the sheet's status."""
    log = log_of(applied(), met("2026-01-12"), status_kind="rejected")
    by_status = int((log.applications["status_kind"] == "interview").sum())
    assert reached(log)[1] == 1 != by_status


def test_implied_stages_are_counted():
    log = log_of(
        applied(application_id="a1"),
        happened("offer", "2026-01-20", application_id="a1"),
        applied(application_id="a2"),
        applied(application_id="a3"),
        met("2026-01-20", application_id="a3"),
        undated_interview={"a1": False, "a2": True, "a3": False},
    )
    table = js.funnel(log, as_of=DAY).table.set_index("stage")
    assert table["n_reached"].tolist() == [3, 3, 3, 1]
    assert table.loc["interview", "n_implied"] == 1  # a1: of an offer without one
    assert table.loc["response", "n_implied"] == 1  # a2: a3's interview is the answer itself
    assert table.loc[["applied", "offer"], "n_implied"].tolist() == [0, 0]


# --- Rates ------------------------------------------------------------------------------------


def many(n, *, answered=0, interviewed=0, source=None, start=0):
    """Return events of n old applications, the first of which got so far."""
    rows = []
    for i in range(n):
        name = {"application_id": f"x{start + i:04d}"}
        rows.append(applied(**name))
        if i < answered:
            rows.append(happened("reply", "2026-01-12", **name))
        if i < interviewed:
            rows.append(met("2026-01-20", **name))
    return rows


def test_rates_are_of_all_applied_and_of_the_stage_before():
    table = js.funnel(log_of(*many(99, answered=39, interviewed=12), applied()), as_of=DAY).table
    assert table["rate"].tolist() == [1, 0.39, 0.12, 0]
    np.testing.assert_allclose(table["rate_of_previous"], [np.nan, 0.39, 12 / 39, 0])
    assert table.loc[0, ["ci_low", "ci_high"]].isna().all()  # all were sent: no estimate
    for at, (k, n) in enumerate([(39, 100), (12, 100), (0, 100)], start=1):
        ends = proportion_confint(k, n, method="wilson")
        np.testing.assert_allclose(table.loc[at, ["ci_low", "ci_high"]].tolist(), ends, atol=1e-12)
    ends = proportion_confint(12, 39, method="wilson")
    np.testing.assert_allclose(table.loc[2, ["previous_ci_low", "previous_ci_high"]].tolist(), ends)
    assert table.loc[0, ["previous_ci_low", "previous_ci_high"]].isna().all()


def test_confidence_widens_the_interval_and_names_itself():
    log = log_of(*many(50, answered=20))
    wide, usual = (js.funnel(log, as_of=DAY, confidence=c) for c in (0.99, 0.95))
    assert wide.table.loc[1, "ci_low"] < usual.table.loc[1, "ci_low"]
    assert "99 % interval" in repr(wide)
    assert "95 % interval" in repr(usual)


def test_for_people_each_rate_stands_beside_its_interval():
    shown = js.results.shown(js.funnel(log_of(*many(100, answered=40)), as_of=DAY).table)
    row = shown.iloc[1]
    assert row["95 % interval"] == row["of previous, 95 % interval"] == "31 to 50 %"
    assert shown.iloc[0]["of previous"] == shown.iloc[0]["of previous, 95 % interval"] == "–"


def test_groups_by_method_source_and_blank():
    log = log_of(
        applied(application_id="a1", method="email"),
        applied(application_id="a2", method="phone"),
        applied(application_id="a3"),
        applied("2026-01-09", application_id="a1", method="portal"),  # again
        source={"a1": "Referral", "a2": "", "a3": None},
    )
    by_method = js.funnel(log, as_of=DAY, by="method")
    assert by_method.table["method"].tolist()[::4][:2] == ["phone", "email"]
    assert by_method.table["method"].isna().sum() == 4
    assert "not known" in repr(by_method)
    by_source = js.funnel(log, as_of=DAY, by="source").table
    assert by_source["n"].tolist()[::4] == [1, 2]  # "" is as blank as none
    assert by_source["source"].isna().sum() == 4


def test_thin_groups_are_shown_and_marked():
    log = log_of(*many(9), *many(10, start=100), source=None)
    log.applications["source"] = ["a1"] + ["few"] * 9 + ["enough"] * 10
    table = js.funnel(log, as_of=DAY, by="source").table
    thin = table.groupby("source")["thin"].first()
    assert thin["few"]
    assert not thin["enough"]


def test_unknown_column_lists_what_there_is():
    log = log_of(applied())
    with pytest.raises(js.UnknownNameError, match=r"'sauce'.*'source'.*'method'"):
        js.funnel(log, as_of=DAY, by="sauce")
    with pytest.raises(js.UnknownNameError):
        js.funnel(log, as_of=DAY, by="")
    log = log_of(applied(), stage="mine")
    with pytest.raises(js.SettingError, match="by='stage'"):
        js.funnel(log, as_of=DAY, by="stage")


@pytest.mark.parametrize(
    "given", [{"matured_days": -1}, {"matured_days": 1.5}, {"confidence": 1}, {"as_of": "soon"}]
)
def test_settings_that_cannot_be_used(given):
    with pytest.raises(js.SettingError):
        js.funnel(log_of(applied()), **{"as_of": DAY, **given})


# --- Flows ------------------------------------------------------------------------------------

MESSAGES = [
    happened("follow_up", "2026-01-20", method="email", outcome="sent"),
    happened("follow_up", "2026-01-27", method="email", outcome="sent"),
]


@pytest.mark.parametrize(
    ("events", "columns", "end"),
    [
        ([], {}, "No answer yet"),
        ([], {"status_kind": "ghosted"}, "No answer"),
        (MESSAGES, {}, "No answer"),
        (MESSAGES[:1], {}, "No answer yet"),
        ([happened("do_not_contact", "2026-01-12")], {}, "No answer"),
        ([happened("rejection", "2026-01-12")], {}, "Rejected"),
        ([happened("reply", "2026-01-12", outcome="negative")], {}, "Rejected"),
        ([], {"status_kind": "rejected"}, "Rejected"),
        ([happened("withdrawn", "2026-01-12")], {}, "Withdrawn"),
        ([], {"status_kind": "withdrawn"}, "Withdrawn"),
        ([happened("withdrawn", "2026-04-12")], {"status_kind": "withdrawn"}, "No answer yet"),
        ([happened("reply", "2026-01-12")], {}, "Waiting after an answer"),
        ([met("2026-04-12")], {}, "Waiting after an answer"),
        ([met("2026-04-12")], {"status_kind": "ghosted"}, "Waiting after an answer"),
        # an interview that is agreed re-opens it, as in the list of follow-ups
        ([happened("rejection", "2026-01-12"), met("2026-04-12")], {}, "Waiting after an answer"),
        ([happened("reply", "2026-01-12")], {"status_kind": "ghosted"}, "Let go after an answer"),
        (
            [
                happened("reply", "2026-01-12", outcome="negative"),
                happened("reply", "2026-01-20", outcome="invited"),
            ],
            {},
            "Waiting after an answer",  # a no that they took back
        ),
        (
            [happened("reply", "2026-01-12"), happened("rejection", "2026-01-20")],
            {},
            "Rejected after an answer",
        ),
        (
            [happened("reply", "2026-01-12"), happened("withdrawn", "2026-01-20")],
            {},
            "Withdrawn after an answer",
        ),
        ([met("2026-01-12")], {}, "Waiting after an interview"),
        ([met("2026-01-12"), *MESSAGES], {}, "Let go after an interview"),
        (
            [met("2026-01-12"), *MESSAGES, happened("reply", "2026-03-01")],
            {},
            "Waiting after an interview",  # a later reply re-opens it
        ),
        (
            [met("2026-01-12"), happened("rejection", "2026-01-20")],
            {},
            "Rejected after an interview",
        ),
        ([met(DAY), happened("rejection", DAY)], {}, "Rejected after an interview"),
        (
            [happened("rejection", "2026-01-12"), met("2026-01-20")],
            {},
            "Waiting after an interview",
        ),
        (
            [
                met("2026-01-12"),
                happened("rejection", "2026-01-20"),
                happened("withdrawn", "2026-01-21"),
            ],
            {},
            "Rejected after an interview",  # what came first ended it
        ),
        ([met("2026-01-12")], {"status_kind": "withdrawn"}, "Withdrawn after an interview"),
        ([happened("offer", "2026-01-12")], {}, "Offer"),
        ([happened("offer", "2026-01-12"), happened("withdrawn", "2026-01-13")], {}, "Offer"),
        ([], {"status_kind": "offer"}, "Offer"),
    ],
)
def test_ends(events, columns, end):
    assert where(log_of(applied(), *events, **columns)) == end


def test_flows_follow_the_whole_path():
    log = log_of(applied(), happened("offer", "2026-01-12"), applied(application_id="a2"))
    assert flows(log) == {
        ("Applied", "Went on"): 1,
        ("Applied", "No answer yet"): 1,
        ("Went on", "Interview"): 1,
        ("Interview", "Offer"): 1,
    }


def check_conservation(log, as_of):
    """Assert that flows form a tree, lose nobody, and agree with the stages of the table."""
    result = js.funnel(log, as_of=as_of, matured_days=0)
    links = result.links
    assert list(links.columns) == ["source", "target", "n", "end"]
    assert (links["n"] > 0).all()
    assert not links["target"].duplicated().any()
    into, out = links.groupby("target")["n"].sum(), links.groupby("source")["n"].sum()
    for name in ("Went on", "Interview"):
        assert into.get(name, 0) == out.get(name, 0)
        assert pd.isna(links.loc[links["target"] == name, "end"]).all()
    ends = links[links["end"].notna()]
    assert set(ends["end"]) <= set(ENDS_OF_FUNNEL)
    assert not set(ends["target"]) & set(links["source"])
    table = result.table.set_index("stage")
    total = table.loc["applied", ["n", "n_censored", "n_undated"]].sum()
    assert ends["n"].sum() == out.get("Applied", 0) == total
    if not table["n_undated"].any():
        n = table["n_reached"]
        assert out.get("Interview", 0) == n["interview"]
        assert into.get("Offer", 0) == n["offer"]
        assert n["interview"] <= out.get("Went on", 0) <= n["response"]
    return result


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(0, 60),
    seed=st.integers(0, 10_000),
    days=st.integers(1, 300),
    back=st.integers(-30, 300),
)
def test_nobody_is_lost_in_simulated_logs(n, seed, days, back):
    log = js.simulate_log(n, seed=seed, start="2025-06-02", days=days)
    check_conservation(log, pd.Timestamp("2025-06-02") + pd.Timedelta(days=days - back))


@settings(max_examples=40, deadline=None)
@given(n=st.integers(0, 80), seed=st.integers(0, 10_000), off=st.integers(-30, 60))
def test_nobody_is_lost_in_crowded_logs(n, seed, off):
    log = js.ApplicationLog.from_frames(*simulated_lives(n, seed))
    as_of = pd.Timestamp(middle_of(seed)) + pd.Timedelta(days=off)
    result = check_conservation(log, as_of)
    table = result.table
    assert (table["n_reached"].diff().iloc[1:] <= 0).all()
    assert (table["n_implied"] <= table["n_reached"]).all()
    rates = table[["ci_low", "rate", "ci_high"]].dropna().to_numpy()
    assert (np.diff(rates, axis=1) >= 0).all()
    assert ((rates >= 0) & (rates <= 1)).all()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), off=st.integers(-20, 40))
def test_a_funnel_by_groups_adds_up_and_the_order_of_rows_never_matters(seed, off):
    applications, events = simulated_lives(60, seed)
    as_of = pd.Timestamp(middle_of(seed)) + pd.Timedelta(days=off)
    log = js.ApplicationLog.from_frames(applications, events)
    whole = js.funnel(log, as_of=as_of)
    parts = js.funnel(log, as_of=as_of, by=["role", "method"])
    summed = parts.table.groupby("stage", observed=False)[COUNTS].sum()
    pd.testing.assert_frame_equal(summed.reset_index(drop=True), whole.table[COUNTS])
    pd.testing.assert_frame_equal(parts.links, whole.links)
    order = np.random.default_rng(seed).permutation(len(log.events))
    shuffled = js.ApplicationLog(log.applications, log.events.iloc[order].reset_index(drop=True))
    again = js.funnel(shuffled, as_of=as_of, by=["role", "method"])
    pd.testing.assert_frame_equal(again.table, parts.table)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_later_events_do_not_exist(seed):
    """Save interviews, which may be agreed already, and what shows that a status is dated."""
    applications, events = simulated_lives(40, seed)
    applications = applications.drop(columns="status_kind")
    as_of = pd.Timestamp(middle_of(seed))
    kept = (events["date"] <= as_of) | events["kind"].isin(["interview", "applied"])
    full, cut = (
        js.funnel(js.ApplicationLog.from_frames(applications, rows), as_of=as_of)
        for rows in (events, events[kept])
    )
    pd.testing.assert_frame_equal(full.table, cut.table)
    pd.testing.assert_frame_equal(full.links, cut.links)


# --- Words ------------------------------------------------------------------------------------


def test_the_sentence_says_where_most_stop():
    text = js.funnel(log_of(*many(100, answered=31, interviewed=12)), as_of=DAY).text
    assert text.startswith("Of 100 applications, 31 got an answer, 12 an interview and 0 an offer")
    assert "69 of the 100 without one have no answer, so what you send" in text
    text = js.funnel(log_of(*many(100, answered=100, interviewed=10)), as_of=DAY).text
    assert "look at which jobs you apply for" in text
    text = js.funnel(log_of(*many(100, answered=100, interviewed=100)), as_of=DAY).text
    assert "prepare the interviews" in text


def test_the_sentence_does_not_say_more_than_the_numbers():
    text = js.funnel(log_of(*many(5, answered=2), applied()), as_of=DAY).text
    assert "No single step certainly loses most" in text
    text = js.funnel(log_of(*many(100, answered=45)), as_of=DAY).text  # 55 of 100 may be chance
    assert "No single step certainly loses most" in text
    assert "Cannot tell yet" in js.funnel(log_of(applied(DAY)), as_of=DAY).text
    undated = js.funnel(log_of(status_kind="applied"), as_of=DAY).text
    assert "no application has a date" in undated


def sources(*groups):
    """Return a log of sources with so many applications and interviews each."""
    rows, start, names = [], 0, []
    for name, n, interviewed in groups:
        rows += many(n, answered=interviewed, interviewed=interviewed, start=start)
        start += n
        names += [name] * n
    log = log_of(*rows)
    log = js.ApplicationLog.from_frames(log.applications.drop(index="a1"), log.events)
    log.applications["source"] = names
    return log


def test_sources_are_compared_only_as_far_as_intervals_allow():
    same = js.funnel(sources(("A", 20, 5), ("B", 20, 9)), as_of=DAY, by="source").text
    assert "cannot tell the groups apart" in same
    apart = js.funnel(sources(("A", 60, 5), ("B", 60, 40)), as_of=DAY, by="source").text
    assert "B brought more interviews than A (40 of 60, against 5 of 60" in apart
    one = js.funnel(sources(("A", 60, 5)), as_of=DAY, by="source").text
    assert "only one group" in one


def test_blanks_are_no_group_to_choose():
    text = js.funnel(sources((None, 60, 50), ("A", 60, 5), ("B", 60, 9)), as_of=DAY, by="source")
    assert "cannot tell the groups apart" in text.text
    text = js.funnel(sources((None, 60, 50), ("A", 60, 5)), as_of=DAY, by="source").text
    assert "nothing can be compared yet: for 60 of 120 applications the log does not" in text


def test_many_groups_share_the_level():
    """Two groups of twenty whose own intervals do not overlap are no finding among all pairs."""
    pair = [("A", 40, 8), ("B", 40, 22)]
    rest = [(f"C{i:02d}", 40, 15) for i in range(18)]
    alone = js.funnel(sources(*pair), as_of=DAY, by="source")
    table = alone.table[alone.table["stage"] == "interview"].set_index("source")
    assert table.loc["B", "ci_low"] > table.loc["A", "ci_high"]
    assert "B brought more" in alone.text
    assert "cannot tell" in js.funnel(sources(*pair, *rest), as_of=DAY, by="source").text


def test_caption_names_the_day_and_the_window():
    caption = js.funnel(log_of(applied(), applied("2026-03-30", application_id="a2")), as_of=DAY)
    assert "1 application sent 28 days ago or earlier" in caption.caption
    assert "1 younger, answered or not" in caption.caption
    assert "As of 31 March 2026" in caption.caption


# --- Edges and the truth ----------------------------------------------------------------------


def test_empty_log():
    result = js.funnel(js.simulate_log(0, seed=1), as_of=DAY)
    assert result.table["n"].tolist() == [0] * 4
    assert result.table["rate"].isna().all()
    assert result.table.loc[1:, ["ci_low", "ci_high"]].to_numpy().tolist() == [[0, 1]] * 3
    assert len(result.links) == 0
    assert "Cannot tell" in result.text
    assert len(js.funnel(js.simulate_log(0, seed=1), as_of=DAY, by="source").table) == 0
    assert result._repr_html_()


def test_nothing_is_changed():
    applications, events = simulated_lives(50, 3)
    log = js.ApplicationLog.from_frames(applications, events)
    before = log.applications.copy(deep=True), log.events.copy(deep=True)
    js.funnel(log, as_of=middle_of(3), by=["role", "method"])
    pd.testing.assert_frame_equal(log.applications, before[0])
    pd.testing.assert_frame_equal(log.events, before[1])


def test_the_sample():
    log = js.read_log("data/sample/my_search.csv")
    result = check_conservation(log, js.SAMPLE_DAY)
    assert "source" in js.funnel(log, as_of=js.SAMPLE_DAY, by="source").table
    assert result.links["n"].sum() > len(log.applications)


def test_the_simulators_chance_of_an_interview_by_source_comes_back():
    """Over many searches, 95 % intervals hold the true chance in about 95 % of cases."""
    chances = {"A": 0.15, "B": 0.45}
    model = js.SearchModel(
        sources=tuple(Source(name, 0.5, chance) for name, chance in chances.items()),
        fit_interview=1.0,  # the chance is then the same for every fit
        answer_chance=0.3,  # nearly all answers come within the 56 days
    )
    held, n = 0, 0
    for seed in range(60):
        log = js.simulate_log(150, seed=seed, days=200, model=model)
        day = pd.Timestamp("2025-06-02") + pd.Timedelta(days=200)
        table = js.funnel(log, as_of=day, by="source", matured_days=56).table
        rows = table[table["stage"] == "interview"].set_index("source")
        for name, chance in chances.items():
            held += rows.loc[name, "ci_low"] <= chance <= rows.loc[name, "ci_high"]
            n += 1
    assert binom.ppf(0.001, n, 0.95) <= held < n
