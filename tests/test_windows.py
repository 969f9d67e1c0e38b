"""The window of a strategy and its masks: every rule on worked dates, then against an oracle.

In March 2026 the 2nd, 9th, 16th, 23rd and 30th are Mondays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats.due import Basis
from jobsearch_stats.interviews import interviews
from jobsearch_stats.windows import check_strategies, known_windows, masks, windows
from jobsearch_stats.workdays import NO_DAY, to_dates, to_days
from oracle_windows import window_of, words_of
from small_logs import happened, log_of, met

AFTER, BEFORE = js.DAY_AFTER, js.BEFORE_DECISION
LATE = "2026-04-30"


def window(strategy, day, promise=None, until=None, country=None) -> list[str]:
    """Return the first and last day of a window in March 2026, as texts like "03-10"."""
    found = windows(
        strategy,
        start=to_days([np.datetime64(day)]),
        promise=to_days([np.datetime64(promise or "NaT", "D")]),
        until=to_days([np.datetime64(until or "NaT", "D")]),
        countries=[country],
    )
    days = to_dates(np.concatenate([found.first, found.last])).astype("datetime64[D]")
    return [str(day)[5:] for day in days]


def words(strategy, log, horizon=21, **other) -> list[str]:
    """Return wait, may or must for each day after the first interview of a log."""
    found = masks(strategy, interviews(log, as_of=LATE, **other), horizon=horizon)
    wait, follow = found.may_wait[0], found.may_follow[0]
    assert (wait | follow).all()
    return np.where(wait, np.where(follow, "may", "wait"), "must").tolist()


def days_of(told: list[str]) -> dict[int, str]:
    """Return the days on which something else than waiting is let, and what."""
    return {day: word for day, word in enumerate(told) if word != "wait"}


def test_friday_promise_is_tuesday_with_two_allowed_days_of_grace():
    assert window(AFTER, "2026-03-02", "2026-03-06") == ["03-10", "03-12"]


def test_grace_steps_over_a_weekend_and_a_monday():
    # promised Wednesday: due Thursday 5th, then Friday 6th and Tuesday 10th
    assert window(AFTER, "2026-03-02", "2026-03-04") == ["03-05", "03-10"]


def test_no_promise_is_a_week_later():
    assert window(AFTER, "2026-03-04") == ["03-11", "03-13"]


def test_no_grace_is_a_window_of_one_day():
    assert window(replace(AFTER, grace_days=0), "2026-03-02", "2026-03-06") == ["03-10", "03-10"]


def test_days_after_promise_and_mondays_are_the_strategys_own():
    mine = replace(AFTER, days_after_promise=3, avoid=())
    assert window(mine, "2026-03-02", "2026-03-06") == ["03-09", "03-11"]


def test_before_the_decision_ends_on_the_promised_day():
    # Friday 13th: from Thursday, and grace would reach Tuesday 17th
    assert window(BEFORE, "2026-03-02", "2026-03-13") == ["03-12", "03-13"]


def test_before_the_decision_is_moved_back_not_on():
    # Tuesday 10th: the day before is a Monday, so Friday 6th; grace takes in only the 10th
    assert window(BEFORE, "2026-03-02", "2026-03-10") == ["03-06", "03-10"]


def test_before_the_decision_ends_on_an_allowed_day():
    # Sunday 15th: the day before is a Saturday, so Friday 13th, which is also the last
    assert window(BEFORE, "2026-03-02", "2026-03-15") == ["03-13", "03-13"]


def test_before_the_decision_is_not_before_the_first_day_after_the_interview():
    # met Thursday 5th, Friday 6th is the day: five days before it would be the 1st
    mine = replace(BEFORE, days_after_promise=-5)
    assert window(mine, "2026-03-05", "2026-03-06") == ["03-06", "03-06"]


def test_empty_window_before_the_decision_is_as_the_day_after():
    # met Friday 6th, they decide on Monday 9th: no day is left between
    assert window(BEFORE, "2026-03-06", "2026-03-09") == window(AFTER, "2026-03-06", "2026-03-09")
    assert window(BEFORE, "2026-03-06", "2026-03-09") == ["03-10", "03-12"]


def test_before_the_decision_without_a_promise_is_as_the_day_after():
    assert window(BEFORE, "2026-03-04") == window(AFTER, "2026-03-04") == ["03-11", "03-13"]


def test_holidays_of_the_strategys_country_and_of_the_rows():
    # Friday 3 April 2026 is Good Friday in Germany; Monday 6th is no day anyhow
    plain = window(AFTER, "2026-03-25", "2026-04-02")
    german = window(replace(AFTER, country="DE"), "2026-03-25", "2026-04-02")
    assert plain == ["04-03", "04-08"]
    assert german == ["04-07", "04-09"]
    assert window(AFTER, "2026-03-25", "2026-04-02", country="DE") == german
    us = replace(AFTER, country="US")  # Good Friday is no public holiday there
    assert window(us, "2026-03-25", "2026-04-02") == plain
    assert window(us, "2026-03-25", "2026-04-02", country="DE") == german


def test_rows_of_several_countries_have_their_own_calendars():
    start = to_days(np.array(["2026-03-25"] * 3, "datetime64[D]"))
    promise = to_days(np.array(["2026-04-02"] * 3, "datetime64[D]"))
    found = windows(AFTER, start=start, promise=promise, countries=["DE", None, "US"])
    assert to_dates(found.first).astype("datetime64[D]").astype(str).tolist() == [
        "2026-04-07",
        "2026-04-03",
        "2026-04-03",
    ]
    some = found.take(np.array([2, 0]))
    assert some.first.tolist() == [found.first[2], found.first[0]]
    assert some.allowed.which.tolist() == [found.allowed.which[2], found.allowed.which[0]]


def test_absence_moves_the_due_day_behind_it():
    assert window(AFTER, "2026-03-02", "2026-03-06", until="2026-03-12") == ["03-13", "03-18"]
    # an absence that is over by the due day changes nothing
    assert window(AFTER, "2026-03-02", "2026-03-06", until="2026-03-09") == ["03-10", "03-12"]


def test_absence_empties_the_window_before_the_decision():
    assert window(BEFORE, "2026-03-02", "2026-03-13", until="2026-03-12") == ["03-13", "03-13"]
    # they are back on the 18th, after the day of the decision
    assert window(BEFORE, "2026-03-02", "2026-03-13", until="2026-03-17") == ["03-18", "03-20"]


def test_never_following_up_has_no_window_and_no_day():
    found = windows(js.NO_FOLLOW_UP, start=to_days(["2026-03-02"]), promise=to_days(["2026-03-06"]))
    assert found.first[0] == found.last[0] == NO_DAY
    log = log_of(met("2026-03-02", decide_by="2026-03-06"))
    assert days_of(words(js.NO_FOLLOW_UP, log)) == {}


@pytest.mark.parametrize(
    ("strategy", "promise", "until", "basis"),
    [
        (AFTER, "2026-03-06", None, Basis.PROMISE),
        (AFTER, None, None, Basis.NO_PROMISE),
        (AFTER, "2026-03-06", "2026-03-20", Basis.ABSENCE),
        (BEFORE, "2026-03-13", None, Basis.WINDOW),
        (BEFORE, "2026-03-02", None, Basis.WINDOW_EMPTY),
        (BEFORE, None, None, Basis.NO_PROMISE),
        (BEFORE, "2026-03-13", "2026-03-20", Basis.ABSENCE),
        (js.NO_FOLLOW_UP, "2026-03-13", None, Basis.NOTHING),
    ],
)
def test_window_says_what_made_its_first_day(strategy, promise, until, basis):
    found = windows(
        strategy,
        start=to_days(["2026-03-02"]),
        promise=to_days([np.datetime64(promise or "NaT", "D")]),
        until=to_days([np.datetime64(until or "NaT", "D")]),
    )
    assert found.basis.tolist() == [basis]


def test_long_grace_and_few_days_of_the_week_stay_within_the_calendar():
    mine = replace(
        AFTER, grace_days=200, country="US", avoid=("Mon", "Tue", "Wed"), weekend=("Sat", "Sun", 4)
    )
    found = windows(mine, start=to_days(["2026-03-02"]), promise=to_days(["2026-03-04"]))
    # Thursdays only; Thanksgiving is always one of them, other holidays sometimes
    assert to_dates(found.first)[0].astype("datetime64[D]") == np.datetime64("2026-03-05")
    weeks = (found.last[0] - found.first[0]) / 7
    assert 200 + 3 <= weeks <= 200 + 12


def test_masks_of_a_plain_window():
    log = log_of(met("2026-03-02", decide_by="2026-03-06"))
    assert days_of(words(AFTER, log)) == {8: "may", 9: "may", 10: "must"}


def test_days_inside_the_window_that_are_not_allowed_are_for_waiting():
    log = log_of(met("2026-03-02", decide_by="2026-03-04"))
    assert days_of(words(AFTER, log)) == {3: "may", 4: "may", 8: "must"}


def test_day_of_the_interview_is_for_waiting():
    mine = replace(BEFORE, days_after_promise=0, avoid=())
    log = log_of(met("2026-03-03", decide_by="2026-03-03"))
    assert words(mine, log)[0] == "wait"
    assert days_of(words(mine, log)) == {1: "may", 2: "may", 3: "must"}


def test_absence_counts_from_the_day_it_is_known():
    asked = met("2026-03-02", decide_by="2026-03-06")  # days 8, 9, 10
    away = {"until": "2026-03-16"}  # back on Tuesday 17th: days 15, 16, 17
    late = {15: "may", 16: "may", 17: "must"}
    on_first = log_of(asked, happened("out_of_office", "2026-03-10", **away))
    assert days_of(words(AFTER, on_first)) == late
    in_between = log_of(asked, happened("out_of_office", "2026-03-11", **away))
    assert days_of(words(AFTER, in_between)) == {8: "may", **late}
    on_last = log_of(asked, happened("out_of_office", "2026-03-12", **away))
    assert days_of(words(AFTER, on_last)) == {8: "may", 9: "may", **late}


def test_absence_known_after_the_window_changes_nothing():
    asked = met("2026-03-02", decide_by="2026-03-06")
    log = log_of(asked, happened("out_of_office", "2026-03-13", until="2026-04-20"))
    assert days_of(words(AFTER, log)) == {8: "may", 9: "may", 10: "must"}
    assert masks(AFTER, interviews(log, as_of=LATE), horizon=21).n_beyond_horizon == 0


def test_absence_known_before_the_interview_counts():
    log = log_of(
        happened("out_of_office", "2026-02-27", until="2026-03-12"),
        met("2026-03-02", decide_by="2026-03-06"),
    )
    assert days_of(words(AFTER, log)) == {11: "may", 15: "may", 16: "must"}


def test_note_that_answers_the_follow_up_does_not_make_it_wrong():
    log = log_of(
        met("2026-03-02", decide_by="2026-03-06"),
        happened("follow_up", "2026-03-10", method="email", outcome="sent"),
        happened("out_of_office", "2026-03-10", until="2026-03-20"),
    )
    assert words(AFTER, log)[8] == "may"
    assert js.adherence(log, AFTER, as_of=LATE).table["what"].tolist() == ["as the strategy"]


def test_promise_beyond_the_horizon_is_counted_and_waits():
    log = log_of(
        {**met("2026-03-02", decide_by="2026-03-23"), "application_id": "a1"},  # due on day 22
        {**met("2026-03-02", decide_by="2026-03-20"), "application_id": "a2"},  # due on day 22
        {**met("2026-03-02", decide_by="2026-03-19"), "application_id": "a3"},  # due on day 18
    )
    units = interviews(log, as_of=LATE)
    found = masks(AFTER, units, horizon=21)
    assert found.beyond.tolist() == [True, True, False]
    assert found.n_beyond_horizon == 2
    assert masks(AFTER, units, horizon=22).n_beyond_horizon == 0
    assert found.may_wait[:2].all()
    assert not found.may_follow[:2].any()
    # a window that only ends after the horizon is not beyond it
    assert found.may_follow[2].nonzero()[0].tolist() == [18]
    assert masks(js.NO_FOLLOW_UP, units, horizon=21).n_beyond_horizon == 0


def test_absence_can_move_a_window_beyond_the_horizon():
    log = log_of(
        met("2026-03-02", decide_by="2026-03-06"),
        happened("out_of_office", "2026-03-09", until="2026-03-27"),
    )
    assert masks(AFTER, interviews(log, as_of=LATE), horizon=21).n_beyond_horizon == 1


def test_nothing_is_asked_for_after_an_answer_that_is_not_counted():
    log = log_of(
        met("2026-03-02", decide_by="2026-03-06"),
        happened("reply", "2026-03-11", outcome="neutral"),
    )
    assert days_of(words(AFTER, log)) == {8: "may", 9: "may", 10: "must"}  # it ends the wait
    told = words(AFTER, log, counts="positive")
    assert days_of(told) == {8: "may", 9: "may", **dict.fromkeys(range(10, 22), "may")}
    on_last = log_of(
        met("2026-03-02", decide_by="2026-03-06"),
        happened("reply", "2026-03-12", outcome="neutral"),
    )
    assert words(AFTER, on_last, counts="positive")[8:12] == ["may"] * 4  # no day must any more
    assert days_of(words(js.NO_FOLLOW_UP, log, counts="positive")) == dict.fromkeys(
        range(10, 22), "may"
    )


def test_no_interviews_have_masks_of_no_rows():
    found = masks(AFTER, interviews(log_of(), as_of=LATE), horizon=21)
    assert found.may_wait.shape == found.may_follow.shape == (0, 22)
    assert found.n_beyond_horizon == 0


def test_strategies_that_differ_only_in_how_have_the_same_masks():
    units = interviews(js.simulate_log(100, seed=5), as_of="2026-03-02")
    one = masks(AFTER, units, horizon=21)
    for strategy in (js.THANK_YOU_FIRST, js.EMAIL_INSTEAD):
        other = masks(strategy, units, horizon=21)
        assert (one.may_wait == other.may_wait).all()
        assert (one.may_follow == other.may_follow).all()
    assert (one.may_follow != masks(BEFORE, units, horizon=21).may_follow).any()


# --- against the oracle ---------------------------------------------------------------------

MARCH = dt.date(2026, 3, 1)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
GERMAN = [dt.date(2026, 4, 3), dt.date(2026, 4, 6), dt.date(2026, 5, 1), dt.date(2026, 5, 14)]
"""Public holidays in all of Germany, March to 24 May 2026: Good Friday, Easter Monday, Labour Day,
Ascension Day."""


@st.composite
def own_strategies(draw) -> js.Strategy:
    shut = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=5, unique=True))
    split = draw(st.integers(0, len(shut)))
    before = draw(st.booleans())
    return js.Strategy(
        name="OWN",
        days_after_promise=draw(st.integers(-6, 0) if before else st.integers(1, 6)),
        roll="backward" if before else "forward",
        days_without_promise=draw(st.integers(1, 12)),
        grace_days=draw(st.integers(0, 4)),
        max_messages=draw(st.sampled_from([0, 1, 2, 2, 2])),
        avoid=tuple(shut[:split]),
        weekend=tuple(shut[split:]),
        country=draw(st.sampled_from([None, "DE"])),
    )


@st.composite
def waits(draw) -> dict:
    start = MARCH + dt.timedelta(draw(st.integers(0, 40)))
    after = draw(st.none() | st.integers(0, 20))
    notes = draw(
        st.lists(st.tuples(st.integers(-5, 25), st.integers(0, 15)), max_size=3, unique=True)
    )
    known = [start + dt.timedelta(k) for k, _ in notes]
    return {
        "met": start,
        "promise": None if after is None else start + dt.timedelta(after),
        "absences": [(k, k + dt.timedelta(n)) for k, (_, n) in zip(known, notes, strict=True)],
    }


def log_of_waits(found: list[dict]) -> js.ApplicationLog:
    """Return a log of one interview per wait, with its absence notes."""
    events = []
    for number, wait in enumerate(found):
        name = {"application_id": f"a{number + 1}"}
        promise = {} if wait["promise"] is None else {"decide_by": str(wait["promise"])}
        events.append({**name, **met(str(wait["met"]), **promise)})
        events += [
            {**name, **happened("out_of_office", str(known), until=str(until))}
            for known, until in wait["absences"]
        ]
    return log_of(*events)


@given(own_strategies(), st.lists(waits(), min_size=1, max_size=9), st.integers(0, 30))
def test_masks_are_those_of_the_oracle(strategy, found, horizon):
    log = log_of_waits(found)
    units = interviews(log, as_of="2026-12-31")
    got = masks(strategy, units, horizon=horizon)
    table = np.where(got.may_wait, np.where(got.may_follow, "may", "wait"), "must")
    holidays = GERMAN if strategy.country else ()
    for code, row in zip(units.application, table.tolist(), strict=True):
        wait = found[int(log.applications.index[code][1:]) - 1]
        assert row == words_of(strategy, **wait, horizon=horizon, holidays=holidays)


@given(own_strategies(), waits())
def test_window_is_that_of_the_oracle(strategy, wait):
    until = max((until for _, until in wait["absences"]), default=None)
    holidays = GERMAN if strategy.country else ()
    expected = window_of(strategy, wait["met"], wait["promise"], until, holidays)
    got = window(strategy, wait["met"], wait["promise"], until)
    assert got == (["", ""] if expected is None else [f"{day:%m-%d}" for day in expected])


@given(own_strategies(), waits())
def test_first_day_is_the_due_day_of_follow_ups(strategy, wait):
    tomorrow = wait["met"] + dt.timedelta(1)
    log = log_of_waits([wait])
    units = interviews(log, as_of=tomorrow)
    found = known_windows(strategy, units, by=units.start + np.int32(1), on_first=True)
    row = js.follow_ups(log, as_of=tomorrow, strategy=strategy).iloc[0]
    expected = pd.Timestamp(row["due_on"])
    got = pd.Timestamp(to_dates(found.first)[0])
    assert (pd.isna(got) and pd.isna(expected)) or got == expected


# --- which strategies -----------------------------------------------------------------------


def test_strategies_may_be_one_or_several_by_value_or_name():
    assert check_strategies(AFTER) == check_strategies("day-after") == [AFTER]
    assert check_strategies((AFTER, "before_decision")) == [AFTER, BEFORE]


def test_no_strategy_is_an_error_that_names_some():
    with pytest.raises(js.SettingError, match=r"names no strategy.*DAY_AFTER"):
        check_strategies([])


def test_two_of_one_name_are_an_error_that_says_how_to_rename():
    with pytest.raises(js.SettingError, match=r"two of the name 'DAY_AFTER'.*replace"):
        check_strategies([AFTER, replace(AFTER, grace_days=4)])


@pytest.mark.parametrize("wrong", [3, [AFTER, None], ["TOMORROW"]])
def test_what_is_no_strategy_is_an_error_that_lists_them(wrong):
    with pytest.raises(js.UnknownNameError, match="DAY_AFTER, BEFORE_DECISION"):
        check_strategies(wrong)
