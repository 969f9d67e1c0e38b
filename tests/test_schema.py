"""What the data model takes, and the message about what it does not take."""

import datetime as dt
import re

import numpy as np
import pandas as pd
import pytest

from jobsearch_stats.errors import DataError, SettingError
from jobsearch_stats.schema import (
    APPLICATION_COLUMNS,
    DAY,
    EVENT_COLUMNS,
    FIRST_YEAR,
    LAST_YEAR,
    as_applications,
    as_day,
    as_events,
    empty_frame,
)

IDS = pd.Index(["a", "b"], name="application_id")


GOOD = {"application_id": "a", "date": "2026-03-04", "kind": "interview", "hour": 9}


def events(**columns):
    """Return two events, the second with these values."""
    rows = pd.DataFrame([dict.fromkeys(columns) | GOOD, GOOD | columns], dtype=object)
    return as_events(rows.infer_objects(), application_ids=IDS)


def applications(**columns):
    return as_applications(pd.DataFrame({"company": "Acme", **columns}, index=["a", "b"]))


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-10",
        " 2026-03-10 ",
        "20260310",
        "2026-03-10T23:59:59",
        "2026-03-10T23:59:59-08:00",
        dt.date(2026, 3, 10),
        dt.datetime(2026, 3, 10, 23, 59),
        np.datetime64("2026-03-10"),
        np.datetime64("2026-03-10T12", "ns"),
        pd.Timestamp("2026-03-10 23:30", tz="America/New_York"),
    ],
)
def test_a_day_from_text_or_dates(value):
    day = as_day(value, name="as_of")
    assert day == pd.Timestamp("2026-03-10")
    assert day.unit == "s"
    assert day.tz is None


@pytest.mark.parametrize(
    "value",
    [
        *("", "today", "10/03/2026", "2026-02-30", "2026-03-100", "2026-03-10 or so", "9999-12-31"),
        *(None, 5, 20260310, True, float("nan"), pd.NaT, np.datetime64("NaT", "D"), [1]),
        *(dt.date(1, 1, 1), pd.Timestamp("3000-01-01")),
    ],
)
def test_what_is_no_day_says_how_to_write_one(value):
    with pytest.raises(SettingError, match=r"as_of=.* is not a day\. Write it as \"20") as caught:
        as_day(value, name="as_of")
    assert caught.value.name == "as_of"
    assert caught.value.value is value


def test_every_column_in_its_dtype_even_where_nothing_is_known():
    for found, columns in (
        (applications(), APPLICATION_COLUMNS),
        (events(note="x"), EVENT_COLUMNS),
    ):
        assert list(found.columns) == list(columns)
        for name, dtype in columns.items():
            if name != "application_id":
                assert found[name].dtype == dtype, name
    assert list(empty_frame(EVENT_COLUMNS).columns) == list(EVENT_COLUMNS)
    assert not applications()["undated_interview"].any()


@pytest.mark.parametrize(
    "dates",
    [
        ["2026-03-04", "2026-03-05"],
        [dt.date(2026, 3, 4), dt.date(2026, 3, 5)],
        ["2026-03-04T10:30", "2026-03-05T00:00"],
        [dt.date(2026, 3, 4), "2026-03-05"],
        pd.to_datetime(["2026-03-04T22:00", "2026-03-05T09:00"]).as_unit("ns"),
        pd.to_datetime(["2026-03-04T23:30", "2026-03-05T01:00"]).tz_localize("Pacific/Auckland"),
        pd.Series(["2026-03-04", "2026-03-05"], dtype="category"),
        np.array(["2026-03-04", "2026-03-05"], dtype="datetime64[D]"),
    ],
)
def test_dates_are_whole_days_without_a_time_zone(dates):
    table = pd.DataFrame({"application_id": "a", "date": dates, "kind": "reply"})
    found = as_events(table, application_ids=IDS)["date"]
    assert found.dtype == DAY
    assert found.astype("str").tolist() == ["2026-03-04", "2026-03-05"]


@pytest.mark.parametrize("column", ["decide_by", "until"])
@pytest.mark.parametrize("blank", [None, "", float("nan"), pd.NaT, pd.NA])
def test_blank_dates_stay_blank(column, blank):
    assert events(**{column: blank})[column].isna().all()


@pytest.mark.parametrize(
    ("column", "value", "way_out"),
    [
        ("date", "03/05/2026", "Write it as"),
        ("date", "4 March 2026", "Write it as"),
        ("date", 20260304, "Write it as"),
        ("date", 46085.0, "Write it as"),
        ("date", True, "Write it as"),
        ("date", "2026", "Write it as"),
        ("date", "2026-03", "Write it as"),
        ("date", "2026-02-30", "Write it as"),
        ("date", "9999-12-31", f"{FIRST_YEAR} and {LAST_YEAR}. Mend it"),
        ("date", "0026-03-04", f"{FIRST_YEAR} and {LAST_YEAR}. Mend it"),
        ("kind", "chat", "'applied', 'interview', 'thank_you'"),
        ("kind", "", "'applied', 'interview', 'thank_you'"),
        ("decide_by", "soon", "Write it as"),
        ("until", "back Monday", "Write it as"),
        ("outcome", "maybe", "'no_answer', 'sent', 'voicemail'"),
        ("method", "pigeon", "'phone', 'email', 'letter'"),
        ("hour", 24, "from 0 to 23. Mend it, or leave it blank"),
        ("hour", -1, "from 0 to 23"),
        ("hour", 300, "from 0 to 23"),
        ("hour", 9.5, "from 0 to 23"),
        ("hour", "nine", "from 0 to 23"),
    ],
)
def test_an_event_that_cannot_be_held_is_named_with_row_column_value_and_way_out(
    column, value, way_out
):
    with pytest.raises(DataError, match=re.escape(way_out)) as caught:
        events(**{column: value})
    error = caught.value
    assert str(error).startswith(f"events row 1, column {column!r}: {value!r} is n")
    assert (error.row, error.column, error.value) == (1, column, value)


@pytest.mark.parametrize(
    ("column", "value", "way_out"),
    [
        ("status_kind", "gone", "'applied', 'screening', 'interview'"),
        ("contact_by", "pigeon", "'phone', 'email', 'letter'"),
        ("undated_interview", "no", "True, False"),
        ("fit", 9, "from 1 to 5"),
        ("fit", 3.5, "from 1 to 5"),
        ("wanted", 0, "from 1 to 5"),
        ("wanted", "very", "from 1 to 5"),
        ("planned_follow_up_on", "12.03.2026", "Write it as"),
    ],
)
def test_an_application_that_cannot_be_held(column, value, way_out):
    with pytest.raises(DataError, match=re.escape(way_out)) as caught:
        applications(**{column: np.array([None, value], object)})
    error = caught.value
    assert str(error).startswith(f"applications row 1, column {column!r}: {value!r} is n")
    assert (error.row, error.column, error.value) == (1, column, value)


def test_whole_numbers_may_be_text_or_floats():
    assert applications(fit=["4", None], wanted=[5.0, None])["fit"].tolist() == [4, pd.NA]
    assert events(hour="11")["hour"].tolist() == [9, 11]


@pytest.mark.parametrize("column", ["application_id", "date", "kind"])
def test_what_an_event_needs(column):
    table = pd.DataFrame({"application_id": ["a"], "date": ["2026-03-04"], "kind": ["reply"]})
    with pytest.raises(DataError, match=f"no column '{column}'; it has .*Add it") as caught:
        as_events(table.drop(columns=column), application_ids=IDS)
    assert caught.value.column == column
    if column != "application_id":
        with pytest.raises(DataError, match=f"events row 0, column '{column}' is blank; every"):
            as_events(table.assign(**{column: None}), application_ids=IDS)


@pytest.mark.parametrize("unknown", ["zz", "", "A", None])
def test_an_event_of_an_application_that_is_not_there(unknown):
    with pytest.raises(DataError, match=r"is not in applications\. Add the appl") as caught:
        events(application_id=unknown)
    assert caught.value.column == "application_id"
    assert caught.value.row == 1


def test_ids_are_text_unique_and_not_blank():
    frame = pd.DataFrame({"application_id": [1, 2], "company": "Acme"})
    assert as_applications(frame).index.tolist() == ["1", "2"]
    with pytest.raises(DataError, match=r"has the id 'a' twice\. Give every") as caught:
        as_applications(pd.DataFrame({"company": ["Acme"] * 2}, index=["a", "a"]))
    assert caught.value.value == "a"
    for blank in ("", None):
        with pytest.raises(DataError, match="row 1, column 'application_id' is blank"):
            as_applications(pd.DataFrame({"company": ["Acme"] * 2}, index=["a", blank]))


@pytest.mark.parametrize("name", ["company", "fit"])
def test_a_column_of_ours_that_stands_twice(name):
    twice = pd.DataFrame([["x", "y"]], columns=[name, name], index=["a"])
    with pytest.raises(DataError, match=f"applications has the column '{name}' twice. Rename"):
        as_applications(twice)


def test_columns_that_are_not_ours_are_kept_even_twice():
    table = pd.DataFrame([["Acme", "x", 1.5]], columns=["company", "mine", "mine"], index=["a"])
    found = as_applications(table)
    assert list(found.columns) == [*APPLICATION_COLUMNS, "mine", "mine"]
    assert found["mine"].to_numpy().tolist() == [["x", 1.5]]


def test_events_are_sorted_by_application_day_hour_kind_and_outcome():
    rows = [
        ("b", "2026-03-01", None, "reply", None),
        ("a", "2026-03-05", 11, "follow_up", "voicemail"),
        ("a", "2026-03-05", 9, "reply", None),
        ("a", "2026-03-05", 11, "follow_up", "no_answer"),
        ("a", "2026-03-05", 11, "interview", None),
        ("a", "2026-03-04", None, "rejection", None),
    ]
    names = ["application_id", "date", "hour", "kind", "outcome"]
    table = pd.DataFrame(rows, columns=names, index=[7] * len(rows))
    before = table.copy(deep=True)
    found = as_events(table, application_ids=IDS)
    assert found["kind"].tolist() == [
        "rejection",
        "reply",
        "interview",
        "follow_up",
        "follow_up",
        "reply",
    ]
    assert found["outcome"].tolist()[3:5] == ["no_answer", "voicemail"]
    assert found.index.equals(pd.RangeIndex(len(rows)))
    assert found["application_id"].cat.categories.equals(IDS)
    pd.testing.assert_frame_equal(table, before)
