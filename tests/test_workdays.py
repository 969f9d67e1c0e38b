import datetime as dt

import numpy as np
import pytest

from jobsearch_stats.errors import SettingError
from jobsearch_stats.workdays import (
    NO_DAY,
    WorkCalendar,
    business_days_later,
    is_known_country,
    public_holidays,
    to_dates,
    to_days,
)


def days(*texts):
    return to_days(np.array(texts, dtype="datetime64[D]"))


def texts(numbers):
    return [None if n == NO_DAY else str(to_dates([n])[0].astype("datetime64[D]")) for n in numbers]


def test_days_and_dates_round_trip_with_none():
    dates = np.array(["2026-03-10", "NaT", "1969-12-31"], dtype="datetime64[s]")
    assert to_days(dates).tolist() == [20522, NO_DAY, -1]
    back = to_dates(to_days(dates))
    assert back.dtype == "datetime64[s]"
    assert np.array_equal(back, dates, equal_nan=True)


def test_a_monday_moves_on_and_back():
    asked = days("2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10", "NaT")
    calendar = WorkCalendar(asked, avoid=("Monday",))
    assert texts(calendar.on_or_after(asked)) == [
        "2026-03-06",
        "2026-03-10",
        "2026-03-10",
        "2026-03-10",
        "2026-03-10",
        None,
    ]
    assert texts(calendar.on_or_before(asked)) == ["2026-03-06"] * 4 + ["2026-03-10", None]


def test_a_holiday_moves_on_until_it_stands_still():
    # Good Friday 3 April to Easter Monday 6 April 2026 in Bavaria
    asked = days("2026-04-02", "2026-04-03", "2026-04-06", "2026-04-07")
    plain = WorkCalendar(asked, avoid=("Monday",), country="DE-BY")
    assert texts(plain.on_or_after(asked)) == [
        "2026-04-02",
        "2026-04-07",
        "2026-04-07",
        "2026-04-07",
    ]
    strict = WorkCalendar(asked, avoid=("Monday",), country="DE-BY", first_workday_is_monday=True)
    assert texts(strict.on_or_after(asked)) == ["2026-04-02"] + ["2026-04-08"] * 3


def test_only_a_long_weekend_makes_its_next_workday_a_monday():
    # 2026-11-26 is Thanksgiving, a Thursday on its own; Labor Day 2026-09-07 is a Monday
    asked = days("2026-11-27", "2026-09-08")
    calendar = WorkCalendar(asked, country="US", first_workday_is_monday=True)
    assert texts(calendar.on_or_after(asked)) == ["2026-11-27", "2026-09-09"]
    # a holiday that falls inside a weekend makes no weekend longer: 2027-12-25 is a Saturday
    boxing = days("2021-12-27")
    fallen = WorkCalendar(boxing, country="DE-BY", first_workday_is_monday=True)
    assert texts(fallen.on_or_after(boxing)) == ["2021-12-27"]


def test_years_far_apart_have_their_holidays_and_a_year_end_too():
    asked = days("2027-01-01", "1999-07-05", "2026-12-31")
    calendar = WorkCalendar(asked, country="US")
    assert texts(calendar.on_or_after(asked)) == ["2027-01-04", "1999-07-06", "2026-12-31"]


def test_another_weekend():
    asked = days("2026-03-06", "2026-03-08")
    calendar = WorkCalendar(asked, weekend=("Friday", "Saturday"), avoid=("Sunday",))
    assert texts(calendar.on_or_after(asked)) == ["2026-03-09", "2026-03-09"]


def test_no_days_at_all():
    empty = np.zeros(0, np.int32)
    assert WorkCalendar(empty).on_or_after(empty).tolist() == []


def test_the_table_agrees_with_walking_day_by_day():
    rng = np.random.default_rng(3)
    asked = rng.integers(18_000, 22_000, 3_000).astype(np.int32)
    calendar = WorkCalendar(asked, avoid=("Monday", "Thursday"), country="US")
    off = set(public_holidays("US", range(2018, 2032)).tolist())

    def allowed(day):
        name = dt.date(1970, 1, 1) + dt.timedelta(day)
        return name.weekday() not in (0, 3, 5, 6) and day not in off

    for day, after, before in zip(
        asked.tolist(),
        calendar.on_or_after(asked).tolist(),
        calendar.on_or_before(asked).tolist(),
        strict=True,
    ):
        step = day
        while not allowed(step):
            step += 1
        assert step == after
        step = day
        while not allowed(step):
            step -= 1
        assert step == before


def test_business_days_count_the_weekend_and_the_holidays_out():
    # Wed 1 April 2026, five business days: Good Friday and Easter Monday do not count in Germany
    said = np.array(["2026-04-01", "NaT"], dtype="datetime64[D]")
    assert business_days_later(said, 5).astype(str).tolist() == ["2026-04-08", "NaT"]
    there = business_days_later(said, [5, 5], country="DE")
    assert there.astype(str).tolist() == ["2026-04-10", "NaT"]


def test_business_days_said_on_a_sunday():
    assert business_days_later(["2026-03-08"], 1).tolist() == [dt.date(2026, 3, 9)]


def test_unknown_country_says_so():
    with pytest.raises(SettingError, match="country='Atlantis' is not known"):
        public_holidays("Atlantis", [2026])
    assert not is_known_country("Atlantis")
    assert not is_known_country("DE-XX")
    assert is_known_country("de-by")
