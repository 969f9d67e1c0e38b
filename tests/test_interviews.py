"""Every interview as a unit: one log by hand per definition, then against `outreach`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats.interviews import interviews
from jobsearch_stats.sample import sample_path
from jobsearch_stats.schema import METHODS
from jobsearch_stats.workdays import NO_DAY, to_dates
from small_logs import VOICEMAIL, happened, log_of, met

LATE = "2026-04-30"
MET = met("2026-03-03")


def called(date: str, **other) -> dict:
    return {**VOICEMAIL, "date": date, **other}


def units_of(*events, as_of: str = LATE, counts: str = "any", **columns):
    return interviews(log_of(*events, **columns), as_of=as_of, counts=counts)


def days(values) -> list[str]:
    """Return day numbers as texts like "03-10"; blank for none."""
    return [str(d)[5:] for d in to_dates(values).astype("datetime64[D]")]


def test_one_interview_with_nothing_else():
    units = units_of(MET)
    assert len(units) == 1
    assert days(units.start) == ["03-03"]
    assert days(units.observed) == ["04-30"]
    for name in ("promise", "follow_up", "response", "answered", "competing"):
        assert getattr(units, name).tolist() == [NO_DAY], name
    for name in ("method", "follow_up_hour", "response_hour"):
        assert getattr(units, name).tolist() == [-1], name
    assert not units.undated[0]
    assert np.isnan(units.fit[0])


def test_no_interviews_are_no_units():
    assert len(units_of()) == 0
    assert len(units_of(happened("applied", "2026-03-01"))) == 0
    assert len(units_of(MET, as_of="2026-03-02")) == 0  # an appointment is not an interview yet


def test_interviews_of_one_day_are_one_with_the_date_named_at_either():
    units = units_of(met("2026-03-03", method="phone", decide_by="2026-03-13"), MET)
    assert days(units.promise) == ["03-13"]


def test_interviews_of_one_day_with_something_between_are_one():
    units = units_of(
        met("2026-03-03", hour=9),
        happened("thank_you", "2026-03-03", hour=11),
        met("2026-03-03", hour=14),
    )
    assert days(units.start) == ["03-03"]


def test_promise_is_the_one_at_the_end_of_the_interview():
    units = units_of(
        happened("applied", "2026-02-20"),
        happened("reply", "2026-02-25", decide_by="2026-03-20", outcome="invited"),
        met("2026-03-03", decide_by="2026-03-10"),
        happened("reply", "2026-03-09", decide_by="2026-03-17", outcome="neutral"),
    )
    assert days(units.promise) == ["03-10"]


def test_first_follow_up_counts_also_if_nobody_answered():
    units = units_of(
        MET,
        happened("thank_you", "2026-03-04"),
        called("2026-03-10", outcome="no_answer"),
        called("2026-03-11", method="email", outcome="sent"),
    )
    assert days(units.follow_up) == ["03-10"]
    assert METHODS[units.method[0]] == "phone"


def test_follow_up_after_the_answer_is_none():
    units = units_of(MET, happened("reply", "2026-03-09"), called("2026-03-10"))
    assert days(units.follow_up) == [""]
    assert days(units.response) == days(units.answered) == ["03-09"]


@pytest.mark.parametrize(
    ("called_at", "answered_at", "order"),
    [(10, 15, 1), (15, 10, -1), (10, 10, 0), (None, 10, 0), (10, None, 0)],
)
def test_follow_up_and_answer_of_one_day_go_by_their_hours(called_at, answered_at, order):
    units = units_of(
        MET,
        happened("reply", "2026-03-10", hour=answered_at),
        called("2026-03-10", hour=called_at),
    )
    assert days(units.follow_up) == days(units.response) == ["03-10"]
    assert units.responded_first.tolist() == [order]
    assert units.follow_up_hour.tolist() == [-1 if called_at is None else called_at]
    assert units.response_hour.tolist() == [-1 if answered_at is None else answered_at]


def test_hours_of_different_days_say_nothing_of_an_order():
    units = units_of(MET, called("2026-03-10", hour=15), happened("reply", "2026-03-11", hour=10))
    assert units.responded_first.tolist() == [0]


def test_each_of_two_interviews_has_its_own_follow_up_and_answer():
    units = units_of(
        MET, called("2026-03-10"), met("2026-03-17"), called("2026-03-24"),
        happened("rejection", "2026-03-26"),
    )  # fmt: skip
    assert days(units.start) == ["03-03", "03-17"]
    assert days(units.follow_up) == ["03-10", "03-24"]
    assert days(units.response) == ["03-17", "03-26"]  # an interview without a logged invitation


def test_follow_up_on_the_day_of_the_next_interview_belongs_to_that_one():
    units = units_of(MET, met("2026-03-17"), called("2026-03-17"))
    assert days(units.follow_up) == ["", "03-17"]


def test_positive_passes_over_a_neutral_reply_and_stops_at_a_no():
    neutral = happened("reply", "2026-03-06", outcome="neutral")
    offer = happened("offer", "2026-03-20")
    units = units_of(MET, neutral, called("2026-03-10"), offer, counts="positive")
    assert days(units.response) == ["03-20"]
    assert days(units.answered) == ["03-06"]
    assert days(units.follow_up) == [""]  # the strategy had nothing to ask for any more
    for no in (happened("rejection", "2026-03-12"), {**neutral, "outcome": "negative"}):
        units = units_of(MET, no, offer, counts="positive")
        assert days(units.response) == [""]
        assert days(units.competing) == [no["date"][5:]]
        units = units_of(MET, no, offer)
        assert days(units.response) == [no["date"][5:]]
        assert days(units.competing) == [""]


@pytest.mark.parametrize("end", ["withdrawn", "do_not_contact"])
@pytest.mark.parametrize("counts", ["any", "positive"])
def test_what_ends_it_first_competes(end, counts):
    ended, offer = happened(end, "2026-03-09"), happened("offer", "2026-03-20")
    units = units_of(MET, ended, called("2026-03-10"), offer, counts=counts)
    assert days(units.competing) == ["03-09"]
    assert days(units.response) == days(units.answered) == days(units.follow_up) == [""]
    # the other way round it is a response, and nothing competes
    units = units_of(MET, happened("offer", "2026-03-06"), ended, counts=counts)
    assert days(units.competing) == [""]
    assert days(units.response) == ["03-06"]


def test_answer_known_only_from_the_status_is_undated():
    assert units_of(MET, status_kind="rejected").undated.tolist() == [True]
    dated = (MET, happened("rejection", "2026-03-09"))
    assert units_of(*dated, status_kind="rejected").undated.tolist() == [False]


def test_absence_notes_are_those_before_the_first_follow_up():
    notes = [
        happened("out_of_office", "2026-03-05", until="2026-03-08"),
        happened("out_of_office", "2026-03-12", until="2026-03-20"),
    ]
    both = units_of(MET, *notes)
    assert both.absences.unit.tolist() == [0, 0]
    assert days(both.absences.known_on) == ["03-05", "03-12"]
    assert days(both.absences.until) == ["03-08", "03-20"]
    assert days(units_of(MET, *notes, called("2026-03-12")).absences.known_on) == ["03-05"]
    answered = units_of(MET, *notes, happened("reply", "2026-03-09"))
    assert days(answered.absences.known_on) == ["03-05"]
    over = happened("out_of_office", "2026-02-20", until="2026-03-03")
    assert units_of(over, MET).absences.unit.size == 0  # over when they met


def test_each_interview_has_the_absences_of_its_own_application():
    units = units_of(
        {**met("2026-03-03"), "application_id": "a2"},
        met("2026-03-03"),
        {**happened("out_of_office", "2026-03-05", until="2026-03-09"), "application_id": "a2"},
        met("2026-03-17"),
        happened("out_of_office", "2026-03-18", until="2026-03-25"),
    )
    assert units.application.tolist() == [0, 0, 1]
    assert units.absences.unit.tolist() == [1, 2]


def test_country_is_that_of_the_log_where_its_holidays_are_known():
    units = units_of(
        MET,
        {**MET, "application_id": "a2"},
        {**MET, "application_id": "a3"},
        country={"a1": "de-by", "a2": "Atlantis", "a3": None},
    )
    assert units.country.tolist() == ["DE-BY", None, None]


def test_fit_is_that_of_the_application():
    units = units_of(MET, {**MET, "application_id": "a2"}, fit={"a1": 4, "a2": None})
    assert units.fit[0] == 4
    assert np.isnan(units.fit[1])


def test_counts_and_day_are_checked():
    with pytest.raises(js.SettingError, match="counts='all'"):
        units_of(MET, counts="all")
    with pytest.raises(js.SettingError, match="as_of"):
        units_of(MET, as_of="soon")


@given(st.lists(st.integers(0, 5), max_size=8), st.booleans())
def test_taking_interviews_takes_their_absences_along(rows, twice):
    events = []
    for number in range(6):
        name = {"application_id": f"a{number + 1}"}
        events.append({**name, **met("2026-03-03")})
        for note in range(number % 3):
            until = f"2026-03-{10 + number + note}"
            events.append({**name, **happened("out_of_office", "2026-03-05", until=until)})
    units = units_of(*events)
    at = np.array(rows if twice else sorted(set(rows)), np.int64)
    got = units.take(at)
    assert got.application.tolist() == units.application[at].tolist()

    def notes(of, row):
        return sorted(of.absences.until[of.absences.unit == row].tolist())

    assert [notes(got, i) for i in range(len(got))] == [notes(units, row) for row in at]
    mask = np.isin(np.arange(6), at)
    assert units.take(mask).application.tolist() == np.flatnonzero(mask).tolist()


LOGS = {
    "sample": lambda: js.read_log(sample_path("events.csv")),
    "simulated": lambda: js.simulate_log(300, seed=8),
}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("counts", ["any", "positive"])
def test_agrees_with_outreach(name, counts):
    log, as_of = LOGS[name](), js.SAMPLE_DAY
    units = interviews(log, as_of=as_of, counts=counts)
    rows = js.outreach(log, as_of=as_of)
    rows = rows[rows["kind"] == "interview"]
    assert len(rows) == len(units) > 30
    ids = log.applications.index.take(units.application)
    assert ids.tolist() == rows["application_id"].astype(str).tolist()
    prefix = {"any": "", "positive": "positive_"}[counts]
    by = rows[f"{prefix}ended_by"].astype(str)
    ends = rows["date"] + pd.to_timedelta(rows["response_days"].astype("float"), unit="D")
    for got, expected in [
        (units.start, rows["date"]),
        (units.promise, rows["decide_by"]),
        (units.answered, rows["response_on"]),
        (units.answered, ends),
        (units.response, rows["response_on" if counts == "any" else "positive_on"]),
    ]:
        same = (to_dates(got) == expected.to_numpy()) | ((got == NO_DAY) & expected.isna())
        rejected_first = (by == "rejection").to_numpy() & (got is units.response)
        assert (same | rejected_first).all()
    # where outreach says that it ended before anything else was sent, so it did
    for end, values in (("response", units.response), ("withdrawal", units.competing)):
        here = (by == end).to_numpy()
        day = rows["date"] + pd.to_timedelta(rows[f"{prefix}ended_days"], unit="D")
        assert (to_dates(values)[here] == day.to_numpy()[here]).all()
        assert here.any() or name == "sample"  # there something was sent before any end
    assert ((units.response == NO_DAY) | (units.competing == NO_DAY)).all()
    assert (units.undated == rows["undated"].to_numpy()).all()


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(random):
    log = js.simulate_log(40, seed=2)
    order = list(range(len(log.events)))
    random.shuffle(order)
    mixed = js.ApplicationLog.from_frames(log.applications, log.events.iloc[order])
    one, other = (interviews(each, as_of=js.SAMPLE_DAY) for each in (log, mixed))
    for name in ("start", "promise", "follow_up", "response", "competing", "responded_first"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert len(one) > 5
