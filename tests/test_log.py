"""`ApplicationLog`: made from frames without touching them, and what it says of itself."""

import dataclasses

import pandas as pd
import pytest

import jobsearch_stats as js
from build import a_log, event, interview
from jobsearch_stats.log import ApplicationLog
from jobsearch_stats.schema import (
    APPLICATION_COLUMNS,
    COLUMN_COLUMNS,
    EVENT_COLUMNS,
    PROBLEM_COLUMNS,
    empty_frame,
)
from lives import simulated_lives

NO_EVENTS = pd.DataFrame(columns=["application_id", "date", "kind"])


def test_frames_are_not_changed_and_not_shared():
    applications, events = simulated_lives(60, seed=3)
    applications["mine"] = range(60)
    before = applications.copy(deep=True), events.copy(deep=True)
    log = ApplicationLog.from_frames(applications, events)
    log.applications.iloc[0, 0] = "Changed"
    log.applications["mine"] = -1
    log.events.loc[0, "kind"] = "offer"
    pd.testing.assert_frame_equal(applications, before[0])
    pd.testing.assert_frame_equal(events, before[1])


def test_the_order_of_applications_stays_events_are_sorted_other_columns_are_kept():
    applications = pd.DataFrame({"mine": ["x", "y"], "company": ["B", "A"]}, index=["b", "a"])
    events = pd.DataFrame(
        {"application_id": ["a", "b", "a"], "date": ["2026-03-05", "2026-03-06", "2026-03-04"]}
    ).assign(kind="reply", mood="good")
    log = ApplicationLog.from_frames(applications, events)
    assert log.applications.index.tolist() == ["b", "a"]
    assert list(log.applications.columns) == [*APPLICATION_COLUMNS, "mine"]
    assert log.applications["mine"].tolist() == ["x", "y"]
    assert log.events["application_id"].astype("str").tolist() == ["b", "a", "a"]
    assert log.events["date"].dt.day.tolist() == [6, 4, 5]
    assert list(log.events.columns) == list(EVENT_COLUMNS)


def test_a_log_of_a_log_is_the_same_log():
    log = ApplicationLog.from_frames(*simulated_lives(60, seed=4))
    again = ApplicationLog.from_frames(log.applications, log.events)
    pd.testing.assert_frame_equal(again.applications, log.applications)
    pd.testing.assert_frame_equal(again.events, log.events)


def test_the_id_may_be_a_column_and_a_number():
    applications = pd.DataFrame({"application_id": [7, 8], "company": ["A", "B"]})
    events = pd.DataFrame({"application_id": [8], "date": ["2026-03-04"], "kind": ["interview"]})
    log = ApplicationLog.from_frames(applications, events)
    assert log.applications.index.tolist() == ["7", "8"]
    assert js.follow_ups(log, as_of="2026-03-05")["company"].to_dict() == {"8": "B"}


def test_what_is_not_said_was_in_order():
    log = a_log({"a": [interview("2026-03-04"), event("reply", "2026-03-05")]})
    assert log.counts == {"rows_read": 2, "rows_loaded": 2, "rows_rejected": 0, "rows_blank": 0}
    for frame, columns in ((log.problems, PROBLEM_COLUMNS), (log.columns, COLUMN_COLUMNS)):
        assert list(frame.columns) == list(columns)
        assert len(frame) == 0


def test_a_log_is_frozen():
    log = a_log({"a": []})
    with pytest.raises(dataclasses.FrozenInstanceError):
        log.events = NO_EVENTS


@pytest.mark.parametrize(
    "applications", [pd.DataFrame(), pd.DataFrame({"company": ["Acme"]}, index=["a"])]
)
def test_a_log_without_events(applications):
    log = ApplicationLog.from_frames(applications, NO_EVENTS)
    table = js.follow_ups(log, as_of="2026-03-05", stages=("interview", "application"))
    full = js.follow_ups(a_log({"a": [interview("2026-03-04")]}), as_of="2026-03-05")
    assert len(table) == 0
    assert list(table.columns) == list(full.columns)
    assert table.dtypes.equals(full.dtypes)
    assert "First event" not in log.summary().text
    assert "0 dated events: none." in log.summary().text


def test_a_log_of_empty_frames():
    log = ApplicationLog(
        applications=empty_frame(APPLICATION_COLUMNS), events=empty_frame(EVENT_COLUMNS)
    )
    assert len(js.follow_ups(log, as_of="2026-03-05")) == 0
    assert log.summary().lines[0].startswith("0 applications with 0 dated events")


@pytest.mark.parametrize(
    ("log", "named"),
    [
        (pd.DataFrame({"Company": ["Acme"]}), "a pandas DataFrame"),
        (pd.Series(["Acme"]), "a pandas Series"),
        ("my_search.csv", "'my_search.csv'"),
        (["my_search.csv"], "list"),
        (None, "None"),
    ],
)
@pytest.mark.parametrize(
    "asked",
    [js.outreach, js.funnel, js.time_in_stage, js.follow_ups, js.agenda],
    ids=lambda function: function.__name__,
)
def test_what_is_no_log_is_named_with_the_way_out(asked, log, named):
    with pytest.raises(js.DataError, match=rf"^log is {named}, and no log .* read_log\("):
        asked(log, as_of="2026-03-10")


@pytest.mark.parametrize("asked", [js.replay, js.adherence, js.strategy_days])
def test_a_frame_is_no_log_to_a_strategy_either(asked):
    with pytest.raises(js.DataError, match=r"^log is a pandas DataFrame, .* read_log\("):
        asked(pd.DataFrame({"Company": ["Acme"]}), "DAY_AFTER", as_of="2026-03-10")
