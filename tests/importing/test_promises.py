"""Promises in words, said on a day: the table of the rules, wording by wording."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.reading import one, problems, read
from jobsearch_stats.importing.promises import NO_DATE, NOT_UNDERSTOOD, UNDATED, parse_promises


def end(text: str, said: str, **settings: object) -> str:
    """Return the last day of a promise said on a day."""
    days, _ = parse_promises([text], np.array([said], dtype="datetime64[D]"), **settings)
    return str(days[0])


# 2026-03-02 is a Monday; 2026-03-06 a Friday; 2026-03-08 a Sunday
TABLE = [
    ("3 days", "2026-03-03", "2026-03-06"),
    ("three days", "2026-03-03", "2026-03-06"),
    ("in 3 days", "2026-03-06", "2026-03-09"),  # calendar days: over the weekend
    ("within three days", "2026-02-27", "2026-03-02"),
    ("a day or two", "2026-03-03", "2026-03-05"),
    ("1 day", "2028-02-28", "2028-02-29"),  # a leap year
    ("10 calendar days", "2026-03-03", "2026-03-13"),
    ("a week", "2026-03-04", "2026-03-11"),
    ("1 week", "2026-02-25", "2026-03-04"),
    ("in about a week", "2026-03-04", "2026-03-11"),
    ("two weeks", "2026-03-04", "2026-03-18"),
    ("in two weeks' time", "2026-03-04", "2026-03-18"),
    ("a couple of weeks", "2026-03-04", "2026-03-18"),
    ("a fortnight", "2026-03-04", "2026-03-18"),
    ("2-3 weeks", "2026-03-04", "2026-03-25"),
    ("2 – 3 weeks", "2026-03-04", "2026-03-25"),
    ("two to three weeks", "2026-03-04", "2026-03-25"),
    ("2 weeks to 3 weeks", "2026-03-04", "2026-03-25"),
    ("a week or two", "2026-03-04", "2026-03-18"),
    ("a month", "2026-03-04", "2026-04-04"),
    ("one month", "2026-01-31", "2026-02-28"),  # there is no 31 February
    ("one month", "2028-01-31", "2028-02-29"),
    ("2 months", "2026-12-31", "2027-02-28"),
    ("Friday", "2026-03-04", "2026-03-06"),
    ("by Friday", "2026-03-05", "2026-03-06"),
    ("by Friday", "2026-03-06", "2026-03-13"),  # strictly after
    ("by Friday", "2026-03-07", "2026-03-13"),
    ("until Monday", "2026-03-04", "2026-03-09"),
    ("until Monday", "2026-03-02", "2026-03-09"),
    ("BY FRI.", "2026-03-04", "2026-03-06"),
    ("next Friday", "2026-03-04", "2026-03-13"),
    ("end of the week", "2026-03-02", "2026-03-06"),
    ("end of the week", "2026-03-05", "2026-03-06"),
    ("end of the week", "2026-03-06", "2026-03-13"),  # said on a Friday: the next
    ("by the end of this week", "2026-03-08", "2026-03-13"),
    ("EOW", "2026-03-04", "2026-03-06"),
    ("next week", "2026-03-02", "2026-03-13"),
    ("next week", "2026-03-08", "2026-03-13"),
    ("end of next week", "2026-03-04", "2026-03-13"),
    ("end of the month", "2026-03-04", "2026-03-31"),
    ("end of the month", "2026-02-28", "2026-02-28"),
    ("end of month", "2028-02-10", "2028-02-29"),
    ("end of next month", "2026-12-10", "2027-01-31"),
    ("tomorrow", "2026-03-04", "2026-03-05"),
    ("5 business days", "2026-03-04", "2026-03-11"),
    ("5 working days", "2026-03-06", "2026-03-13"),
    ("3-5 business days", "2026-03-04", "2026-03-11"),
    ("2 business days", "2026-03-07", "2026-03-10"),
    ("3 Tage", "2026-03-04", "2026-03-07"),
    ("in zwei Wochen", "2026-03-04", "2026-03-18"),
    ("zwei bis drei Wochen", "2026-03-04", "2026-03-25"),
    ("bis Freitag", "2026-03-04", "2026-03-06"),
    ("bis spätestens Fr", "2026-03-04", "2026-03-06"),
    ("Ende der Woche", "2026-03-04", "2026-03-06"),
    ("bis Ende des Monats", "2026-03-04", "2026-03-31"),
    ("nächste Woche", "2026-03-04", "2026-03-13"),
    ("innerhalb von 5 Werktagen", "2026-03-04", "2026-03-11"),
    ("in einem Monat", "2026-03-31", "2026-04-30"),
]


@pytest.mark.parametrize(("text", "said", "day"), TABLE)
def test_the_table(text: str, said: str, day: str) -> None:
    assert end(text, said) == day
    assert end(f"  {text.upper()}! ", said) == day


def test_business_days_skip_the_countrys_holidays() -> None:
    # 3 April 2026 is Good Friday, 6 April Easter Monday
    assert end("3 business days", "2026-04-01") == "2026-04-06"
    assert end("3 business days", "2026-04-01", country="DE") == "2026-04-08"


def test_business_days_skip_the_weekend_that_is_given() -> None:
    # 2026-03-05 is a Thursday; Friday and Saturday are days of rest, Sunday is none
    assert end("2 business days", "2026-03-05", weekend=("Friday", "Saturday")) == "2026-03-09"


@pytest.mark.parametrize(
    "text",
    ["only if successful", "soon", "we will be in touch", "We'll be in touch!", "bald", "tbd"],
)
def test_words_that_promise_no_date_say_so(text: str) -> None:
    days, said = parse_promises([text], np.array(["2026-03-04"], dtype="datetime64[D]"))
    assert np.isnat(days[0])
    assert said[0] == NO_DATE


@pytest.mark.parametrize(
    "text",
    ["after the fair", "3", "14 March", "Friday or Monday", "3-4", "999999 weeks", "week", "-"],
)
def test_what_is_not_in_the_table_is_not_guessed(text: str) -> None:
    days, said = parse_promises([text], np.array(["2026-03-04"], dtype="datetime64[D]"))
    assert np.isnat(days[0])
    assert said[0] == NOT_UNDERSTOOD


def test_a_promise_without_a_day_to_count_from_has_no_day() -> None:
    texts = ["a week", "5 business days", "Friday", "", None]
    days, said = parse_promises(texts, np.full(5, np.datetime64("NaT", "D"), dtype="datetime64[D]"))
    assert np.isnat(days).all()
    assert said.tolist() == [UNDATED, UNDATED, UNDATED, "", ""]


SAID = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2060, 1, 1))


@given(st.lists(st.tuples(st.sampled_from([row[0] for row in TABLE]), SAID), max_size=12))
def test_many_promises_are_read_as_each_alone_and_never_end_before_they_are_said(
    pairs: list[tuple[str, object]],
) -> None:
    said = np.array([day for _, day in pairs], dtype="datetime64[D]")
    days, _ = parse_promises([text for text, _ in pairs], said)
    assert [str(day) for day in days] == [end(text, str(day)) for text, day in pairs]
    assert (days >= said).all()


def test_a_sheets_promise_counts_from_its_interview_and_the_rows_country() -> None:
    log = read(
        "Company,Country,Interview,Decision by\n"
        "Acme,Germany,2026-04-01,3 business days\n"
        "Beta,Narnia,2026-04-01,3 business days\n"
        "Gamma,US,2026-04-01,2026-04-20\n"
    )
    assert log.events["decide_by"].astype("str").tolist() == [
        "2026-04-08",
        "2026-04-06",
        "2026-04-20",
    ]
    assert log.applications["country"].tolist() == ["DE", "Narnia", "US"]
    assert problems(log, "noted") == [(3, "Country", "Narnia")]


def test_a_sheets_promise_in_other_words_is_a_problem_of_its_row() -> None:
    log = read(
        "Company,Interview,Decision by\nAcme,2026-03-04,soon\nBeta,2026-03-04,after the fair\n"
        "Gamma,2026-03-04,3/14\nDelta,yes,two weeks\n"
    )
    assert log.events["decide_by"].isna().all()
    assert (2, "Decision by", "soon") in problems(log, "noted")
    assert problems(log, "blanked") == [
        (3, "Decision by", "after the fair"),
        (4, "Decision by", "3/14"),
        (5, "Decision by", "two weeks"),
    ]


def test_a_promise_before_its_event_is_kept_and_noted() -> None:
    log = read("Company,Interview,Decision by\nAcme,2026-03-04,2026-03-01\n")
    assert str(one(log, "interview")["decide_by"].date()) == "2026-03-01"
    assert log.problems["problem"].tolist() == ["promised date before the event; treated as none"]
