"""The work-search record: every activity once, in its week, with what came of it."""

import datetime as dt

import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.export.activities import ACTS
from jobsearch_stats.export.work_search import WEEK_COLUMNS, weeks_of
from jobsearch_stats.sample import SAMPLE_DAY, sample_path
from jobsearch_stats.strategies import WEEKDAYS
from small_logs import VOICEMAIL, happened, log_of, met

APPLIED = happened("applied", "2026-02-02")


def record(*events, as_of="2026-03-10", log=None, **given):
    return js.work_search_record(log or log_of(*events), as_of=as_of, **given)


def days(table, column="date"):
    return [f"{day:%Y-%m-%d}" for day in table[column]]


@pytest.fixture(scope="module")
def sample():
    return js.read_log(sample_path())


@pytest.mark.parametrize(
    ("day", "monday", "sunday"),
    [
        ("2026-03-07", "2026-03-02", "2026-03-01"),
        ("2026-03-08", "2026-03-02", "2026-03-08"),  # a Sunday
        ("2026-03-09", "2026-03-09", "2026-03-08"),
        ("2025-12-31", "2025-12-29", "2025-12-28"),
        ("2026-01-01", "2025-12-29", "2025-12-28"),  # the year changes within a week
        ("1969-12-31", "1969-12-29", "1969-12-28"),
    ],
)
def test_a_week_begins_on_monday_or_sunday(day, monday, sunday):
    event = happened("applied", day)
    assert days(record(event), "week_starting") == [monday]
    assert days(record(event, week_starts="Sunday"), "week_starting") == [sunday]


@pytest.mark.parametrize("name", WEEKDAYS)
def test_any_day_may_begin_a_week(name):
    events = [happened("applied", f"2026-03-{day:02}") for day in range(1, 11)]
    table = record(*events, week_starts=name)
    assert {WEEKDAYS[day.weekday()] for day in table["week_starting"]} == {name}
    age = (table["date"] - table["week_starting"]).dt.days
    assert age.between(0, 6).all()


def test_since_and_until_are_in_it_and_so_is_the_day_itself():
    events = [happened("applied", f"2026-03-{day:02}") for day in range(1, 13)]
    assert days(record(*events))[-1] == "2026-03-10"
    table = record(*events, since="2026-03-03", until=dt.date(2026, 3, 5))
    assert days(table) == ["2026-03-03", "2026-03-04", "2026-03-05"]
    assert len(record(*events, until="2026-03-30")) == 10


def test_the_result_is_that_of_the_day_even_where_the_record_ends_before():
    table = record(APPLIED, happened("rejection", "2026-03-06"), until="2026-02-28")
    assert table["result"].tolist() == ["rejected on 6 March 2026"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"as_of": "soon"}, "as_of='soon'"),
        ({"since": "x"}, "since='x'"),
        ({"until": 3}, "until=3"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "is after until"),
        ({"week_starts": "someday"}, "no day of the week"),
        ({"week_starts": None}, "no day of the week"),
    ],
)
def test_what_cannot_be_used_is_an_error_of_ours(given, said):
    with pytest.raises(js.SettingError, match=said):
        record(APPLIED, **given)


def test_no_log_is_an_error_of_ours():
    with pytest.raises(js.DataError, match="no log of a search"):
        js.work_search_record(pd.DataFrame(), as_of=SAMPLE_DAY)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (APPLIED, "Applied for the position"),
        (met("2026-02-02", method="video"), "Interview by video"),
        (met("2026-02-02"), "Interview"),
        (happened("thank_you", "2026-02-02", method="letter"), "Thank-you note"),
        (happened("thank_you", "2026-02-02", method="phone"), "Thank-you call"),
        ({**VOICEMAIL, "date": "2026-02-02"}, "Called to follow up; left a voicemail"),
        (
            happened("follow_up", "2026-02-02", outcome="no_answer"),
            "Called to follow up; nobody answered",
        ),
        (
            happened("follow_up", "2026-02-02", method="email", outcome="sent"),
            "Wrote to follow up",
        ),
        (
            happened("follow_up", "2026-02-02", method="in_person", outcome="spoke"),
            "Followed up in person; spoke with them",
        ),
        (happened("follow_up", "2026-02-02"), "Followed up"),
    ],
)
def test_what_was_done_is_said_in_plain_words(event, said):
    assert record(event)["activity"].tolist() == [said]


REPLY = {"kind": "reply", "date": "2026-02-10"}


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([], "no answer yet"),
        ([happened("acknowledgement", "2026-02-03")], "receipt confirmed on 3 February 2026"),
        ([happened("out_of_office", "2026-02-03")], "no answer yet"),
        ([REPLY], "answered on 10 February 2026"),
        ([{**REPLY, "outcome": "negative"}], "negative answer on 10 February 2026"),
        (
            [{**REPLY, "outcome": "negative"}, {**REPLY, "date": "2026-02-11"}],
            "answered on 11 February 2026",
        ),
        ([{**REPLY, "outcome": "invited"}], "invited to an interview on 10 February 2026"),
        ([{**REPLY, "outcome": "invited"}, met("2026-02-12")], "interview on 12 February 2026"),
        (
            [{**REPLY, "outcome": "invited"}, met("2026-03-12")],
            "interview agreed for 12 March 2026",
        ),
        (
            [met("2026-02-12"), {**REPLY, "date": "2026-02-13", "outcome": "invited"}],
            "interview on 12 February 2026; invited to an interview on 13 February 2026",
        ),
        (
            [met("2026-02-12"), met("2026-02-12"), met("2026-02-14")],
            "2 interviews, the last on 14 February 2026",
        ),
        (
            [met("2026-02-12"), happened("rejection", "2026-02-20")],
            "interview on 12 February 2026; rejected on 20 February 2026",
        ),
        (
            [happened("rejection", "2026-02-10"), met("2026-02-12")],
            "rejected on 10 February 2026; interview on 12 February 2026",
        ),
        (
            [happened("offer", "2026-02-10"), happened("withdrawn", "2026-02-11")],
            "offer on 10 February 2026; withdrawn on 11 February 2026",
        ),
        (
            [happened("do_not_contact", "2026-02-10")],
            "they asked for no further contact on 10 February 2026",
        ),
        ([happened("rejection", "2026-03-11")], "no answer yet"),
    ],
)
def test_the_result_of_an_application_is_what_followed(after, said):
    assert record(APPLIED, *after)["result"].iloc[0] == said


def test_interviews_of_two_employers_on_one_day_are_two():
    events = [met("2026-02-12"), {**APPLIED, "application_id": "b"}]
    table = record(*events, met("2026-02-12", application_id="b"))
    applied = table[table["kind"] == "applied"]
    assert applied["result"].tolist() == ["interview on 12 February 2026"]


def test_what_came_before_an_activity_is_no_result_of_it():
    table = record(APPLIED, met("2026-02-12"), {**VOICEMAIL, "date": "2026-02-20"})
    assert table["result"].tolist() == [
        "interview on 12 February 2026",
        "no decision yet",
        "no answer yet",
    ]


def test_an_answer_on_the_day_of_a_call_follows_it_though_only_one_has_an_hour():
    call = {**VOICEMAIL, "date": "2026-02-20", "hour": 15}
    assert record(call, {**REPLY, "date": "2026-02-20"})["result"].tolist() == [
        "answered on 20 February 2026"
    ]


@pytest.mark.parametrize(
    ("columns", "events", "said"),
    [
        ({"status_kind": "rejected"}, [APPLIED], "rejected (date not noted)"),
        ({"status_kind": "offer"}, [APPLIED], "offer (date not noted)"),
        ({"status_kind": "ghosted"}, [APPLIED], "no answer"),
        ({"undated_interview": True}, [APPLIED], "interview (date not noted)"),
        (
            {"status_kind": "rejected"},
            [APPLIED, happened("rejection", "2026-02-05")],
            "rejected on 5 February 2026",
        ),
        (
            {"undated_interview": True},
            [{**VOICEMAIL, "date": "2026-02-20"}],  # it may have been before that
            "no answer yet",
        ),
        (
            {"undated_interview": True},
            [APPLIED, met("2026-02-05")],
            "interview on 5 February 2026",
        ),
    ],
)
def test_a_status_without_a_date_is_said_without_one(columns, events, said):
    assert record(log=log_of(*events, **columns))["result"].iloc[0] == said


def test_what_was_done_on_one_day_in_one_way_is_one_activity():
    thanks = [happened("thank_you", "2026-02-03", contact=name) for name in ("Ann", "Bo", "Ann")]
    table = record(*thanks)
    assert table["contact"].tolist() == ["Ann; Bo"]
    unanswered = happened("follow_up", "2026-02-03", method="phone", outcome="no_answer")
    table = record(unanswered, {**VOICEMAIL, "date": "2026-02-03"})
    assert table["activity"].tolist() == ["Called to follow up; left a voicemail"]
    several = [met("2026-02-03", method=method) for method in ("video", "phone")]
    assert len(record(*several)) == 1
    mail = happened("follow_up", "2026-02-03", method="email")
    assert len(record(unanswered, mail, {**mail, "application_id": "b"})) == 3


def test_every_activity_stands_in_it_once(sample):
    for log in (sample, js.simulate_log(300, seed=3)):
        table = js.work_search_record(log, as_of=SAMPLE_DAY)
        acts = log.events[log.events["kind"].isin(ACTS) & (log.events["date"] <= SAMPLE_DAY)]
        rows = acts.astype({"kind": "str", "application_id": "str"})
        way = acts["method"].astype("str").fillna("").where(rows["kind"] != "interview", "")
        expected = {*zip(rows["application_id"], rows["date"], rows["kind"], way, strict=True)}
        kind = table["kind"].astype("str")
        way = table["method"].astype("str").fillna("").where(kind != "interview", "")
        found = [*zip(table["application_id"], table["date"], kind, way, strict=True)]
        assert len(found) == len(set(found)) == len(expected) > 200
        assert set(found) == expected


def told_plainly(events, appointment, row):
    """Return the result of one activity, one event at a time."""
    later = events[events["place"] > row["place"]]
    last = {kind: group.iloc[-1] for kind, group in later.groupby("kind", observed=True)}
    parts = []
    met_on = {e["date"] for _, e in later.iterrows() if e["kind"] == "interview"} - {
        row["date"] if row["kind"] == "interview" else None
    }
    if met_on:
        n = len(met_on)
        words = "interview" if n == 1 else f"{n} interviews, the last"
        first = later[(later["kind"] == "interview") & (later["date"] == max(met_on))].iloc[0]
        parts.append((first["place"], f"{words} on", max(met_on)))
    invited = later[later["outcome"] == "invited"]
    if len(invited) and appointment is None:
        invitation = invited.iloc[-1]
        if not (later[later["place"] > invitation["place"]]["kind"] == "interview").any():
            parts.append((invitation["place"], "invited to an interview on", invitation["date"]))
    for kind, words in {
        "offer": "offer on",
        "rejection": "rejected on",
        "withdrawn": "withdrawn on",
        "do_not_contact": "they asked for no further contact on",
    }.items():
        if kind in last:
            parts.append((last[kind]["place"], words, last[kind]["date"]))
    if appointment is not None:
        parts.append((10**9, "interview agreed for", appointment))
    if not parts and "reply" in last:
        no = last["reply"]["outcome"] == "negative"
        parts = [(0, "negative answer on" if no else "answered on", last["reply"]["date"])]
    elif not parts and "acknowledgement" in last:
        parts = [(0, "receipt confirmed on", last["acknowledgement"]["date"])]
    said = [f"{words} {day.day} {day:%B} {day.year}" for _, words, day in sorted(parts)]
    return "; ".join(said)


def test_results_agree_with_one_application_at_a_time():
    log = js.simulate_log(150, seed=8)
    as_of = log.events["date"].max() - pd.Timedelta(days=40)
    table = js.work_search_record(log, as_of=as_of)
    events = log.events.assign(place=range(len(log.events)))
    n_silent = 0
    for name, rows in table.groupby("application_id"):
        own = events[events["application_id"] == name]
        past, ahead = own[own["date"] <= as_of], own[own["date"] > as_of]
        coming = ahead.loc[ahead["kind"] == "interview", "date"]
        appointment = coming.min() if len(coming) else None
        for _, row in rows.iterrows():
            same = past[(past["date"] == row["date"]) & (past["kind"] == row["kind"])]
            row["place"] = same["place"].iloc[0]
            expected = told_plainly(past, appointment, row)
            n_silent += not expected
            if expected:
                assert row["result"] == expected
            else:
                assert row["result"] in ("no answer yet", "no decision yet", "no answer")
    assert 10 < n_silent < len(table) - 50


def test_what_has_no_date_is_counted_and_not_in_it(sample):
    notes = js.work_search_record(sample, as_of=SAMPLE_DAY).attrs["notes"]
    with_date = sample.events.loc[sample.events["kind"] == "applied", "application_id"].nunique()
    n = len(sample.applications) - with_date
    assert f"{n} applications and 1 interview without a date are not in it." in notes
    assert len(record(APPLIED).attrs["notes"]) == 1
    assert record().attrs["notes"][1] == "1 application without a date is not in it."


def test_numbers_in_a_week_count_to_the_weeks_total(sample):
    table = js.work_search_record(sample, as_of=SAMPLE_DAY)
    assert table["date"].is_monotonic_increasing
    weeks = weeks_of(table, as_of=SAMPLE_DAY)
    assert weeks["activities"].sum() == len(table)
    assert (weeks[list(WEEK_COLUMNS[3:7])].sum(axis=1) == weeks["activities"]).all()
    last = table.groupby("week_starting")["number_in_week"].max()
    some = weeks[weeks["activities"] > 0].set_index("week_starting")["activities"]
    assert last.tolist() == some.tolist()
    for _, rows in table.groupby("week_starting"):
        assert rows["number_in_week"].tolist() == list(range(1, len(rows) + 1))


def test_weeks_without_anything_are_counted_too():
    log = log_of(
        happened("applied", "2026-02-03"),
        happened("applied", "2026-02-19", application_id="b"),
        happened("applied", "2026-02-20", application_id="c"),
        company={"a1": "Acme", "b": " acme", "c": "Beta"},
    )
    table = record(log=log)
    weeks = weeks_of(table, as_of="2026-03-10")
    assert weeks["activities"].tolist() == [1, 0, 2, 0, 0, 0]
    assert weeks["employers"].tolist() == [1, 0, 2, 0, 0, 0]
    assert days(weeks, "week_ending")[0] == "2026-02-08"
    limits = {"since": "2026-01-28", "until": "2026-02-11"}
    weeks = weeks_of(record(log=log, **limits), as_of="2026-03-10", **limits)
    assert weeks["activities"].tolist() == [0, 1, 0]
    assert days(weeks, "week_starting") == ["2026-01-26", "2026-02-02", "2026-02-09"]


def test_weeks_and_notes_end_on_the_day_itself():
    events = [happened("applied", "2026-03-02")]
    limits = {"as_of": "2026-03-10", "until": "2026-04-30"}
    table = record(*events, **limits)
    assert days(weeks_of(table, **limits), "week_starting") == ["2026-03-02", "2026-03-09"]
    assert "up to 10 March 2026, with what was known of them that day" in table.attrs["notes"][0]


def test_employers_without_a_name_are_counted_one_by_one():
    events = [{**APPLIED, "application_id": name} for name in "abc"]
    log = log_of(*events, company={"a1": "x", "a": None, "b": " ", "c": "Acme"})
    assert weeks_of(record(log=log), as_of="2026-02-03")["employers"].tolist() == [3]


def test_one_employer_under_two_vacancies_is_one_in_its_week():
    log = log_of(
        happened("applied", "2026-02-03"),
        happened("applied", "2026-02-04", application_id="b"),
        company={"a1": "Acme  Ltd", "b": "ACME Ltd"},
    )
    assert weeks_of(record(log=log), as_of="2026-02-05")["employers"].tolist() == [1]


def test_nothing_done_is_an_empty_record():
    table = record()
    assert len(table) == 0
    assert table["date"].dtype == "datetime64[s]"
    assert len(weeks_of(table, as_of="2026-03-10")) == 0
    weeks = weeks_of(table, as_of="2026-03-10", since="2026-03-08")
    assert weeks["activities"].tolist() == [0, 0]
    assert record(happened("rejection", "2026-03-01")).empty


def test_it_holds_nothing_of_the_seekers_own_judgement(sample):
    given = dict.fromkeys(("notes", "strengths", "reason_to_call"), "my secret")
    event = happened("applied", "2026-02-02", note="my secret")
    table = record(log=log_of(event, fit=4, wanted=5, **given))
    assert "secret" not in table.to_csv()
    assert not {"notes", "strengths", "reason_to_call", "fit", "wanted", "note"} & set(table)


def test_the_order_of_rows_in_a_file_does_not_matter(sample):
    mixed = js.ApplicationLog(sample.applications, sample.events.sample(frac=1, random_state=2))
    before = sample.events.copy()
    one, other = (js.work_search_record(log, as_of=SAMPLE_DAY) for log in (sample, mixed))
    pd.testing.assert_frame_equal(one, other)
    pd.testing.assert_frame_equal(sample.events, before)
    sent = [{"kind": "follow_up", "date": "2026-02-03", "method": way} for way in ("email", "text")]
    pd.testing.assert_frame_equal(record(*sent), record(*reversed(sent)))
