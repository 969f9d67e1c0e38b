"""`follow_ups`: the cases that people will hold it to, its arguments, and what always holds."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from build import a_log, asked, away, event, follow_up, interview, reply, text, texts
from jobsearch_stats.errors import SettingError, UnknownNameError
from jobsearch_stats.schema import STATES
from lives import middle_of, simulated_lives
from oracle_days import calendar, is_known_country

US = dataclasses.replace(js.DAY_AFTER, name="US", country="US")
BEFORE_US = dataclasses.replace(js.BEFORE_DECISION, name="BEFORE_US", country="US")
BOTH = ("interview", "application")

# --- The article's cases, in the US of 2026 ----------------------------------------------------

MET = interview("2026-03-04")  # a Wednesday
TWO = [follow_up("2026-03-11"), follow_up("2026-03-18")]
FAR = interview("2026-03-02", "2026-03-31")

CASES = {
    # what is logged, as_of, strategy, and what must come out
    "three days, met on a Monday: day four": (
        [interview("2026-03-02", "2026-03-05")], "2026-03-05", US,
        {"state": "waiting", "due_on": "2026-03-06"},
    ),
    "three days, met on a Wednesday: not on Sunday": (
        [interview("2026-03-04", "2026-03-07")], "2026-03-06", US,
        {"state": "waiting", "due_on": "2026-03-10"},
    ),
    "promised Friday: Tuesday": (
        [interview("2026-03-04", "2026-03-06")], "2026-03-09", US,
        {"state": "waiting", "due_on": "2026-03-10"},
    ),
    "nothing promised: a week": (
        [MET], "2026-03-11", US, {"state": "due", "due_on": "2026-03-11"},
    ),
    "nothing promised on a Monday: not a Monday": (
        [interview("2026-03-02")], "2026-03-09", US, {"state": "waiting", "due_on": "2026-03-10"},
    ),
    "voicemail: another in a week": (
        [MET, follow_up("2026-03-11")], "2026-03-12", US,
        {"state": "waiting", "due_on": "2026-03-18", "n_messages": 1},
    ),
    "two voicemails, the day before": (
        [MET, *TWO], "2026-03-24", US, {"state": "waiting", "due_on": None},
    ),
    "two voicemails and no answer": (
        [MET, *TWO], "2026-03-25", US,
        {"state": "abandoned", "due_on": None, "abandon_on": "2026-03-25"},
    ),
    "the reply is not known yet": (
        [MET, *TWO, reply("2026-03-27")], "2026-03-26", US, {"state": "abandoned"},
    ),
    "a reply opens it again": (
        [MET, *TWO, reply("2026-03-27")], "2026-03-27", US,
        {"state": "waiting", "n_messages": 0, "due_on": "2026-04-03", "abandon_on": None},
    ),
    "nobody answered, no message left: tomorrow, still the first": (
        [MET, follow_up("2026-03-11", "no_answer")], "2026-03-11", US,
        {"due_on": "2026-03-12", "n_messages": 0, "n_attempts": 1},
    ),
    "away until Sunday: Tuesday": (
        [MET, away("2026-03-05", "2026-03-15")], "2026-03-12", US,
        {"state": "waiting", "due_on": "2026-03-17"},
    ),
    "told never to call": (
        [MET, *TWO, reply("2026-03-27"), event("do_not_contact", "2026-03-28")], "2026-03-30", US,
        {"state": "closed", "due_on": None, "call_on": None, "abandon_on": None},
    ),
    "a reply names no date: the promise holds": (
        [FAR, reply("2026-03-05")], "2026-03-12", US,
        {"state": "waiting", "due_on": "2026-04-01", "decide_by": "2026-03-31"},
    ),
    "a voicemail all the same: never before the promise": (
        [FAR, follow_up("2026-03-05")], "2026-03-12", US,
        {"state": "waiting", "due_on": "2026-04-01", "n_messages": 1},
    ),
    "and a second: not given up before a week after the promise": (
        [FAR, follow_up("2026-03-05"), follow_up("2026-03-06")], "2026-04-06", US,
        {"state": "waiting", "due_on": None, "abandon_on": "2026-04-07"},
    ),
    "then given up": (
        [FAR, follow_up("2026-03-05"), follow_up("2026-03-06")], "2026-04-07", US,
        {"state": "abandoned", "due_on": None, "abandon_on": "2026-04-07"},
    ),
    "before the decision, three days: the end of day two to day three": (
        [interview("2026-03-02", "2026-03-05")], "2026-03-04", BEFORE_US,
        {"state": "due", "due_on": "2026-03-04", "due_until": "2026-03-05"},
    ),
    "before the decision, by Tuesday": (
        [interview("2026-03-02", "2026-03-10")], "2026-03-05", BEFORE_US,
        {"state": "waiting", "due_on": "2026-03-06", "due_until": "2026-03-10"},
    ),
    "before the decision, no day left": (
        [interview("2026-03-06", "2026-03-09")], "2026-03-06", BEFORE_US,
        {"state": "waiting", "due_on": "2026-03-10", "due_until": "2026-03-10"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("events", "as_of", "strategy", "expected"), CASES.values(), ids=CASES)
def test_the_cases_of_the_article(events, as_of, strategy, expected):
    row = asked(*events, as_of=as_of, strategy=strategy)
    assert dict(zip(expected, texts(row, *expected), strict=True)) == expected


def test_long_past_is_still_overdue():
    row = asked(MET, as_of="2026-12-01")
    assert texts(row, "state", "days_overdue", "due_on") == ["overdue", 265, "2026-03-11"]
    assert row["days_overdue"] == (dt.date(2026, 12, 1) - dt.date(2026, 3, 11)).days


# --- Its arguments -----------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", ["2026-03-12", dt.date(2026, 3, 12), pd.Timestamp("2026-03-12")])
def test_the_day_as_text_date_or_timestamp(as_of):
    assert texts(asked(MET, as_of=as_of), "state", "days_overdue") == ["overdue", 1]


@pytest.mark.parametrize("as_of", [None, "12/03/2026", 12, pd.NaT])
def test_a_day_that_is_none(as_of):
    with pytest.raises(SettingError, match=r"as_of=.* is not a day\. Write it as"):
        js.follow_ups(a_log({"a": [MET]}), as_of=as_of)


@pytest.mark.parametrize("stages", [None, 5, (), "applications", ("interview", "offer"), [["x"]]])
def test_stages_that_are_none(stages):
    with pytest.raises(SettingError, match="must hold 'interview', 'application', or both"):
        js.follow_ups(a_log({"a": [MET]}), as_of="2026-03-12", stages=stages)


@pytest.mark.parametrize("strategy", [None, 5, "SOON", {"a": js.DAY_AFTER}, pd.Series({"a": "X"})])
def test_a_strategy_that_is_none_is_told_which_there_are(strategy):
    with pytest.raises(UnknownNameError, match="there are DAY_AFTER, BEFORE_DECISION") as caught:
        js.follow_ups(a_log({"a": [MET]}), as_of="2026-03-12", strategy=strategy)
    assert "NO_FOLLOW_UP" in caught.value.known


def test_a_country_that_is_not_known_is_an_error_in_the_strategy_and_passed_over_in_the_log():
    nowhere = dataclasses.replace(js.DAY_AFTER, name="NOWHERE", country="XX")
    with pytest.raises(SettingError, match=r"country='XX' is not known\. Use an ISO code"):
        asked(MET, as_of="2026-03-12", strategy=nowhere)
    met = interview("2026-06-26")  # a week on is Independence Day, observed
    due_on = {
        (country, s.name): text(
            asked(met, as_of="2026-06-27", strategy=s, country=country)["due_on"]
        )
        for country in ("US", " us ", "DE-BY", "somewhere", "", None)
        for s in (js.DAY_AFTER, US)
    }
    allowed, moved = "2026-07-03", "2026-07-07"
    assert {due_on["US", "DAY_AFTER"], due_on[" us ", "DAY_AFTER"]} == {moved}
    assert due_on["DE-BY", "DAY_AFTER"] == due_on["DE-BY", "US"] == allowed
    for unknown in ("somewhere", "", None):
        assert due_on[unknown, "DAY_AFTER"] == allowed
        assert due_on[unknown, "US"] == moved


def test_each_application_by_the_holidays_of_its_own_country():
    met = [interview("2026-06-26")]
    log = a_log(dict.fromkeys("abcd", met), country=["US", "GB", None, "nowhere"])
    due_on = js.follow_ups(log, as_of="2026-06-27")["due_on"]
    assert [text(day) for day in due_on] == ["2026-07-07"] + ["2026-07-03"] * 3


def test_a_strategy_by_name_as_a_value_or_dealt_by_application():
    log = a_log({i: [interview("2026-03-02", "2026-03-05")] for i in "abcd"})
    mine = dataclasses.replace(js.DAY_AFTER, name="MINE", days_after_promise=5)
    dealt = pd.Series({"b": "before-decision", "a": mine, "d": None, "not here": js.NO_FOLLOW_UP})
    table = js.follow_ups(log, as_of="2026-03-03", strategy=dealt)
    assert [text(day) for day in table["due_on"]] == [
        "2026-03-10",
        "2026-03-04",
        "2026-03-06",
        "2026-03-06",
    ]
    for i, strategy in (("a", mine), ("b", "BEFORE_DECISION"), ("c", "day_after")):
        alone = js.follow_ups(log, as_of="2026-03-03", strategy=strategy)
        pd.testing.assert_series_equal(table.loc[i], alone.loc[i])


def test_a_deal_by_number_reaches_ids_that_are_text_and_no_id_twice():
    log = a_log({7: [MET], 8: [MET]})
    table = js.follow_ups(log, as_of="2026-03-12", strategy=pd.Series({8: "NO_FOLLOW_UP"}))
    assert table["state"].tolist() == ["overdue", "waiting"]
    twice = pd.Series(["DAY_AFTER", "NO_FOLLOW_UP"], index=["8", "8"])
    with pytest.raises(SettingError, match=r"has the application '8' twice\. Deal each"):
        js.follow_ups(log, as_of="2026-03-12", strategy=twice)


# --- What always holds -------------------------------------------------------------------------

STRATEGIES = (
    *js.STRATEGIES.values(),
    US,
    BEFORE_US,
    dataclasses.replace(US, name="LONG_WEEKENDS", avoid=(), first_workday_is_monday=True),
    dataclasses.replace(js.DAY_AFTER, name="ONCE", max_messages=1, weekend=("Friday", "Saturday")),
)
some_lives = given(
    seed=st.integers(0, 500), later=st.integers(-15, 45), strategy=st.sampled_from(STRATEGIES)
)
modest = settings(max_examples=25, deadline=None)


def lives_on(seed, later, n=60):
    """Return a log of awkward lives, and a day in the midst of them."""
    log = js.ApplicationLog.from_frames(*simulated_lives(n, seed=seed))
    return log, pd.Timestamp(middle_of(seed) + dt.timedelta(later))


@modest
@some_lives
def test_each_row_is_in_one_state_and_its_days_say_so(seed, later, strategy):
    log, as_of = lives_on(seed, later)
    t = js.follow_ups(log, as_of=as_of, strategy=strategy, stages=BOTH)
    assert t.index.is_unique
    assert t.index.equals(log.applications.index[log.applications.index.isin(t.index)])
    is_in = {state: t["state"] == state for state in STATES}
    assert (sum(flags.astype(int) for flags in is_in.values()) == 1).all()
    todo = is_in["due"] | is_in["overdue"]
    has_due = t["due_on"].notna()
    assert (todo <= has_due).all()
    assert not (has_due & (is_in["abandoned"] | is_in["closed"])).any()
    assert (t.loc[has_due, "due_on"] <= t.loc[has_due, "due_until"]).all()
    assert t.loc[is_in["due"], "due_on"].le(as_of).all()
    assert t.loc[is_in["due"], "due_until"].ge(as_of).all()
    assert t.loc[is_in["overdue"], "due_until"].lt(as_of).all()
    assert t.loc[is_in["waiting"] & has_due, "due_on"].gt(as_of).all()
    silent = is_in["waiting"] & ~has_due & t["next_interview_on"].isna()
    assert t.loc[silent, "abandon_on"].gt(as_of).all()
    assert (t["days_overdue"] == (as_of - t["due_until"]).dt.days.where(is_in["overdue"], 0)).all()
    # never one message more than the strategy allows
    assert (t.loc[has_due, "n_messages"] < strategy.max_messages).all()
    # what is to be done has a day from today on, nothing else has one
    assert t.loc[todo, "call_on"].ge(as_of).all()
    assert t.loc[~todo, "call_on"].equals(t.loc[~todo, "due_on"])


@modest
@some_lives
def test_a_day_to_call_is_an_allowed_one_and_no_earlier_one_was(seed, later, strategy):
    log, as_of = lives_on(seed, later)
    t = js.follow_ups(log, as_of=as_of, strategy=strategy, stages=BOTH)
    countries = log.applications.loc[t.index, "country"]
    known = countries.where(countries.map(lambda c: not pd.isna(c) and is_known_country(c)))
    for i, row in t[t["due_on"].notna()].iterrows():
        cal = calendar(strategy, strategy.country if pd.isna(known[i]) else known[i])
        assert cal.is_allowed(row["due_on"].date())
        assert cal.is_allowed(row["call_on"].date())
        if row["state"] != "waiting":
            between = pd.date_range(as_of, row["call_on"], inclusive="left")
            assert not any(cal.is_allowed(day.date()) for day in between)


@modest
@some_lives
def test_the_order_of_rows_and_categories_is_irrelevant(seed, later, strategy):
    log, as_of = lives_on(seed, later)
    rng = np.random.default_rng(seed)
    events = log.events.iloc[rng.permutation(len(log.events))]
    events = events.assign(
        application_id=events["application_id"].astype("str"),
        kind=events["kind"].cat.set_categories(events["kind"].cat.categories[::-1]),
        outcome=events["outcome"].cat.remove_unused_categories(),
    )
    applications = log.applications.assign(
        status_kind=log.applications["status_kind"].cat.set_categories(
            log.applications["status_kind"].cat.categories[::-1]
        )
    )
    shuffled = dataclasses.replace(log, events=events, applications=applications)
    tables = [
        js.follow_ups(one, as_of=as_of, strategy=strategy, stages=BOTH) for one in (log, shuffled)
    ]
    pd.testing.assert_frame_equal(*tables)
    # and of the applications: the same rows, in their order
    turned = dataclasses.replace(log, applications=log.applications.iloc[::-1])
    table = js.follow_ups(turned, as_of=as_of, strategy=strategy, stages=BOTH)
    pd.testing.assert_frame_equal(table, tables[0].iloc[::-1])


@modest
@some_lives
def test_the_log_is_not_changed_not_even_by_writing_into_the_table(seed, later, strategy):
    log, as_of = lives_on(seed, later, n=20)
    before = log.applications.copy(deep=True), log.events.copy(deep=True)
    t = js.follow_ups(log, as_of=as_of, strategy=strategy, stages=BOTH)
    if len(t):
        t.iloc[:, :2] = "Changed"
        t.loc[t.index[0], "company"] = "Changed"
        t.iloc[0, 1] = "Changed"
    t.index.name = "changed"
    pd.testing.assert_frame_equal(log.applications, before[0])
    pd.testing.assert_frame_equal(log.events, before[1])
    assert log.applications.index.name == "application_id"


def test_writing_into_the_table_of_a_whole_log_does_not_reach_it():
    log = a_log({"a": [MET], "b": [MET]}, role="Baker")
    table = js.follow_ups(log, as_of="2026-03-12")
    table.index.name = "changed"
    table.iloc[0, :2] = "Changed"
    assert log.applications[["company", "role"]].to_numpy().tolist() == [["Acme", "Baker"]] * 2
    assert log.applications.index.name == "application_id"


@modest
@some_lives
def test_what_comes_later_changes_nothing_but_interviews_and_dated_ends(seed, later, strategy):
    log, as_of = lives_on(seed, later)
    table = js.follow_ups(log, as_of=as_of, strategy=strategy, stages=BOTH)
    ahead = log.events["date"] > as_of
    ends = log.events["kind"].isin(["rejection", "offer", "withdrawn"])
    met = log.events["kind"] == "interview"
    without = dataclasses.replace(log, events=log.events[~(ahead & ~ends & ~met)])
    again = js.follow_ups(without, as_of=as_of, strategy=strategy, stages=BOTH)
    pd.testing.assert_frame_equal(again, table)
    # an end that is yet to come only tells that the sheet's status is that end, not an undated one
    without = dataclasses.replace(log, events=log.events[~(ahead & ~met)])
    again = js.follow_ups(without, as_of=as_of, strategy=strategy, stages=BOTH)
    status = log.applications.loc[table.index, "status_kind"]
    same = ~status.isin(["offer", "rejected", "withdrawn"])
    pd.testing.assert_frame_equal(again[same], table[same])
    assert (again.loc[~same & (table["state"] == "closed"), "state"] == "closed").all()


@modest
@given(
    seed=st.integers(0, 500),
    later=st.integers(-15, 30),
    wait=st.integers(1, 30),
    strategy=st.sampled_from(STRATEGIES),
)
def test_nothing_but_an_event_takes_back_that_it_was_given_up(seed, later, wait, strategy):
    log, as_of = lives_on(seed, later)
    until = as_of + pd.Timedelta(days=wait)
    now, then = (
        js.follow_ups(log, as_of=day, strategy=strategy, stages=BOTH) for day in (as_of, until)
    )
    given_up = now.index[now["state"] == "abandoned"]
    between = log.events["date"].gt(as_of) & log.events["date"].le(until)
    moved = log.events.loc[between, "application_id"].astype("str")
    still = then.loc[given_up.difference(moved), "state"]
    assert still.isin(["abandoned", "closed"]).all()  # closed: told so elsewhere (R14)


@modest
@given(
    start=st.dates(dt.date(2025, 12, 1), dt.date(2026, 12, 31)),
    promised=st.none() | st.integers(0, 20),
    outcomes=st.lists(st.sampled_from(["no_answer", "voicemail", "sent"]), max_size=8),
    strategy=st.sampled_from(STRATEGIES),
)
def test_who_obeys_never_leaves_more_messages_than_allowed(start, promised, outcomes, strategy):
    by = None if promised is None else str(start + dt.timedelta(promised))
    events = [interview(str(start), by)]
    left = 0
    for outcome in outcomes:
        row = asked(*events, as_of=events[-1]["date"], strategy=strategy)
        if pd.isna(row["due_on"]):
            break
        assert row["due_on"] > pd.Timestamp(events[-1]["date"])
        events.append(follow_up(text(row["due_on"]), outcome))
        left += outcome != "no_answer"
    row = asked(*events, as_of=events[-1]["date"], strategy=strategy)
    assert row["n_messages"] == left <= strategy.max_messages
    assert pd.isna(row["due_on"]) == (left == strategy.max_messages)
