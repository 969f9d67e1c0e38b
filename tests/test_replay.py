"""What strategies would have told you, what you did, and a strategy's days of one interview.

In March 2026 the 2nd, 9th, 16th, 23rd and 30th are Mondays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats.adherence import WHAT
from jobsearch_stats.sample import sample_path
from small_logs import VOICEMAIL, happened, log_of, met
from test_windows import log_of_waits, own_strategies, waits

AFTER, BEFORE, NEVER = js.DAY_AFTER, js.BEFORE_DECISION, js.NO_FOLLOW_UP
LATE = "2026-04-30"
FRIDAY = met("2026-03-02", decide_by="2026-03-06")  # due Tuesday 10th to Thursday 12th


def called(date: str, **other) -> dict:
    return {**VOICEMAIL, "date": date, **other}


def several(*stories: list[dict]) -> js.ApplicationLog:
    """Return a log with one application per list of events."""
    return log_of(
        *(
            {**event, "application_id": f"a{n}"}
            for n, story in enumerate(stories, 1)
            for event in story
        )
    )


def day(value: object) -> str:
    return "" if pd.isna(value) else f"{value:%m-%d}"


def told(*events: dict, strategy=AFTER, as_of: str = LATE, **columns) -> pd.Series:
    """Return the one row of a replay, with its days as texts."""
    table = js.replay(log_of(*events, **columns), strategy, as_of=as_of).table
    assert len(table) == 1
    row = table.iloc[0]
    for name in ("first_on", "second_on", "answered_on"):
        row = row.copy()
        row[name] = day(row[name])
    return row


@pytest.mark.parametrize("ask", [js.replay, js.adherence])
def test_pooled_logs_name_the_seeker(ask):
    log = log_of(
        FRIDAY,
        met("2026-03-02", application_id="a2"),
        met("2026-03-03", application_id="a3"),
        seeker_id={"a1": "Zoë", "a2": "Ada", "a3": None},
    )
    table = ask(log, AFTER, as_of=LATE).table
    assert list(table)[:3] == ["application_id", "seeker_id", "company"]
    by_id = dict(zip(table["application_id"], table["seeker_id"], strict=True))
    assert (by_id["a1"], by_id["a2"]) == ("Zoë", "Ada")
    assert pd.isna(by_id["a3"])
    assert "seeker id" in ask(log, AFTER, as_of=LATE)._repr_html_()


@pytest.mark.parametrize("ask", [js.replay, js.adherence])
def test_one_persons_log_has_no_seeker_column(ask):
    assert list(ask(log_of(FRIDAY), AFTER, as_of=LATE).table)[:2] == ["application_id", "company"]


def test_two_seekers_with_one_id_are_refused_before_they_are_mixed():
    """Ids tell applications apart, and are those of one log: pooling has to make them differ."""
    twice = pd.DataFrame({"company": ["A", "B"], "seeker_id": ["s1", "s2"]}, index=["a1", "a1"])
    events = pd.DataFrame({"application_id": ["a1"], "date": ["2026-03-02"], "kind": ["interview"]})
    with pytest.raises(js.JobSearchStatsError, match="a1"):
        js.ApplicationLog.from_frames(twice, events)


# --- replay ---------------------------------------------------------------------------------


def test_silence_is_two_contacts_a_week_apart():
    row = told(FRIDAY)
    assert (row["first_on"], row["second_on"]) == ("03-10", "03-17")
    assert (row["n_contacts"], row["waited_days"]) == (2, 8)
    assert not row["answered_first"]
    assert row["reason"] == (
        "They said Friday 6 March; the next day you may call is Tuesday 10 March: not on a "
        "weekend, not on a Monday (R1, R3)."
    )


@pytest.mark.parametrize(
    ("answered", "n_contacts", "first", "second"),
    [
        ("2026-03-09", 0, True, ""),  # the day before
        ("2026-03-10", 1, False, ""),  # the day itself: the call was due that morning
        ("2026-03-11", 1, False, ""),
        ("2026-03-16", 1, False, ""),
        ("2026-03-17", 2, False, "03-17"),
        ("2026-03-18", 2, False, "03-17"),
    ],
)
def test_contacts_until_the_answer(answered, n_contacts, first, second):
    row = told(FRIDAY, happened("reply", answered))
    assert (row["n_contacts"], row["second_on"]) == (n_contacts, second)
    assert bool(row["answered_first"]) is first
    assert row["answered_on"] == answered[5:]
    assert ("They answered on" in row["reason"]) is first


@pytest.mark.parametrize(("as_of", "n"), [("2026-03-09", 0), ("2026-03-10", 1), ("2026-03-17", 2)])
def test_contacts_until_the_day_looked_from(as_of, n):
    row = told(FRIDAY, as_of=as_of)
    assert row["n_contacts"] == n
    assert row["first_on"] == "03-10"
    assert ("That day is still ahead." in row["reason"]) is (n == 0)


def test_withdrawal_ends_it():
    row = told(FRIDAY, happened("withdrawn", "2026-03-09"))
    assert (row["n_contacts"], row["second_on"], row["answered_on"]) == (0, "", "")
    assert not row["answered_first"]
    assert row["reason"].endswith("It ended on Monday 9 March, before that.")


def test_second_contact_waits_for_the_promise_and_for_an_absence():
    early = replace(BEFORE, days_after_promise=-10)
    asked = met("2026-03-03", decide_by="2026-03-20")
    # Tuesday 10th, a week later the 17th; but they said the 20th, so Tuesday 24th
    row = told(asked, strategy=early)
    assert (row["first_on"], row["second_on"]) == ("03-10", "03-24")
    note = happened("out_of_office", "2026-03-12", until="2026-03-25")
    assert told(asked, note, strategy=early)["second_on"] == "03-26"
    unknown = happened("out_of_office", "2026-03-25", until="2026-03-26")  # a day too late
    assert told(asked, unknown, strategy=early)["second_on"] == "03-24"


def test_strategy_of_one_message_has_no_second_and_of_three_a_third():
    one, three = (replace(AFTER, name=f"M{n}", max_messages=n) for n in (1, 3))
    assert told(FRIDAY, strategy=one)["second_on"] == ""
    assert told(FRIDAY, strategy=one)["n_contacts"] == 1
    assert told(FRIDAY, strategy=three)["n_contacts"] == 3


def test_absence_known_on_the_first_day_moves_it_and_a_day_later_does_not():
    on = happened("out_of_office", "2026-03-10", until="2026-03-12")
    row = told(FRIDAY, on)
    assert row["first_on"] == "03-13"
    assert row["reason"].startswith("They are away until Thursday 12 March")
    assert told(FRIDAY, {**on, "date": "2026-03-11"})["first_on"] == "03-10"


def test_never_following_up_has_no_days():
    row = told(FRIDAY, happened("reply", "2026-03-20"), strategy=NEVER)
    assert (row["first_on"], row["second_on"], row["n_contacts"]) == ("", "", 0)
    assert pd.isna(row["waited_days"])
    assert row["answered_first"]
    assert row["reason"] == "NO_FOLLOW_UP never follows up. They answered on Friday 20 March."
    assert not told(FRIDAY, strategy=NEVER)["answered_first"]


def test_undated_answer_is_said_and_not_counted():
    log = several([FRIDAY], [FRIDAY])
    apps = log.applications.assign(status_kind=["rejected", None])
    log = js.ApplicationLog.from_frames(apps, log.events)
    got = js.replay(log, AFTER, as_of=LATE)
    assert got.n_undated == 1
    assert got.table["n_contacts"].isna().tolist() == [True, False]
    assert got.table["answered_first"].isna().tolist() == [True, False]
    assert "day that the log does not name" in got.table["reason"][0]
    assert "1 interview answered, or ended, on a day that the log does not name" in got.caption
    assert "after 1 of 1 interview," in got.text


def test_writing_is_said_where_the_strategy_writes():
    far = met("2026-03-02", decide_by="2026-03-20")
    assert "may write" in told(far, strategy=js.EMAIL_INSTEAD)["reason"]
    assert "may call" in told(FRIDAY, strategy=js.EMAIL_INSTEAD)["reason"]
    assert "may write" in told(FRIDAY, strategy=js.EMAIL_INSTEAD, contact_by="email")["reason"]
    assert "may call" in told(far, strategy=AFTER, contact_by="email")["reason"]


def test_rows_are_by_day_and_then_by_strategy():
    log = several([met("2026-03-10")], [met("2026-03-02")])
    got = js.replay(log, [BEFORE, AFTER], as_of=LATE)
    assert got.table[["application_id", "strategy"]].to_numpy().tolist() == [
        ["a2", "BEFORE_DECISION"],
        ["a2", "DAY_AFTER"],
        ["a1", "BEFORE_DECISION"],
        ["a1", "DAY_AFTER"],
    ]
    assert got.n_interviews == 2


def test_text_counts_what_the_table_shows():
    log = several(
        [FRIDAY],
        [met("2026-03-02", decide_by="2026-03-13")],  # due on day 15
        [FRIDAY, happened("reply", "2026-03-05")],
        [FRIDAY, happened("withdrawn", "2026-03-05")],
        [met("2026-03-17", decide_by="2026-03-27")],
    )
    got = js.replay(log, [AFTER, js.THANK_YOU_FIRST, NEVER], as_of="2026-03-20")
    assert got.same == (("DAY_AFTER", "THANK_YOU_FIRST"),)
    assert got.text == (
        "DAY_AFTER and THANK_YOU_FIRST, whose days are the same, would have had you follow up "
        "after 2 of 5 interviews, 11.5 days after the interview in the median; 1 had answered "
        "before its day came, 1 had ended before its day came, 1 still lies ahead. NO_FOLLOW_UP "
        "would never have had you follow up."
    )
    assert got.caption == (
        "What 3 strategies would have told you: n = 5 interviews as of 20 March 2026."
    )


def test_empty_log_and_log_without_interviews_say_so():
    for log in (log_of(), log_of(happened("applied", "2026-03-02"))):
        got = js.replay(log, [AFTER, BEFORE], as_of=LATE)
        assert len(got.table) == 0
        assert got.same == ()
        assert (
            got.text == "There is no interview with a date yet, so no strategy has anything to say."
        )
        assert "n = 0 interviews" in repr(got)
        assert js.adherence(log, AFTER, as_of=LATE).text == (
            "No interview to hold against DAY_AFTER: there is none with a date yet."
        )
        days = js.strategy_days(log, [AFTER], as_of=LATE)
        assert len(days.table) == 0
        assert days.table.columns.tolist() == ["day", "weekday", "date", "DAY_AFTER"]
        assert pd.isna(days.interview_on)
        assert "no interview with a date yet" in days.text


def test_dtypes_are_the_same_with_and_without_rows():
    full = js.replay(several([FRIDAY]), [AFTER, NEVER], as_of=LATE).table
    none = js.replay(log_of(), [AFTER, NEVER], as_of=LATE).table
    assert full.dtypes.astype(str).to_dict() == none.dtypes.astype(str).to_dict()
    full = js.adherence(several([FRIDAY]), AFTER, as_of=LATE).table
    none = js.adherence(log_of(), AFTER, as_of=LATE).table
    assert full.dtypes.astype(str).to_dict() == none.dtypes.astype(str).to_dict()


def test_all_strategies_and_own_ones_at_once_leave_the_log_as_it_was():
    log = js.read_log(sample_path("events.csv"))
    before = log.applications.copy(deep=True), log.events.copy(deep=True)
    mine = replace(AFTER, name="MINE", avoid=(), grace_days=0, country="US")
    got = js.replay(log, [*js.STRATEGIES.values(), mine], as_of=js.SAMPLE_DAY)
    assert len(got.table) == got.n_interviews * 6
    pd.testing.assert_frame_equal(log.applications, before[0])
    pd.testing.assert_frame_equal(log.events, before[1])
    assert got.table["reason"].str.len().min() > 10
    assert "<table" in got._repr_html_()


def test_two_of_one_name_are_an_error():
    with pytest.raises(js.SettingError, match="two of the name 'DAY_AFTER'"):
        js.replay(log_of(FRIDAY), [AFTER, AFTER], as_of=LATE)


@given(own_strategies(), waits())
def test_reason_is_that_of_follow_ups_on_the_next_day(strategy, wait):
    tomorrow = wait["met"] + dt.timedelta(1)
    log = log_of_waits([wait])
    there = js.follow_ups(log, as_of=tomorrow, strategy=strategy).iloc[0]
    here = js.replay(log, strategy, as_of=tomorrow).table.iloc[0]
    if strategy.max_messages and there["due_on"] > pd.Timestamp(tomorrow):
        assert here["reason"] == f"{there['reason']} That day is still ahead."


# --- adherence ------------------------------------------------------------------------------


def did(*events: dict, strategy=AFTER, as_of: str = LATE, **columns) -> tuple[str, object]:
    """Return what was done against a strategy, and the days off."""
    row = js.adherence(log_of(*events, **columns), strategy, as_of=as_of).table.iloc[0]
    return row["what"], None if pd.isna(row["days_off"]) else int(row["days_off"])


@pytest.mark.parametrize(
    ("date", "what", "days_off"),
    [
        ("2026-03-03", "early", -7),
        ("2026-03-09", "early", -1),
        ("2026-03-10", "as the strategy", 0),
        ("2026-03-11", "as the strategy", 0),
        ("2026-03-12", "as the strategy", 0),
        ("2026-03-13", "late", 1),
        ("2026-03-23", "late", 11),
    ],
)
def test_follow_up_against_its_window(date, what, days_off):
    assert did(FRIDAY, called(date)) == (what, days_off)


def test_call_inside_the_window_on_a_day_that_is_not_allowed_is_early():
    asked = met("2026-03-02", decide_by="2026-03-04")  # Thursday 5th, Friday 6th, Tuesday 10th
    assert did(asked, called("2026-03-07")) == ("early", -3)
    assert did(asked, called("2026-03-09")) == ("early", -1)
    assert did(asked, called("2026-03-10")) == ("as the strategy", 0)


@pytest.mark.parametrize(
    ("answered", "what"),
    [("2026-03-09", "answered before"), ("2026-03-12", "answered before"),
     ("2026-03-13", "not at all"), (None, "not at all")],
)  # fmt: skip
def test_no_follow_up(answered, what):
    events = [] if answered is None else [happened("reply", answered)]
    assert did(FRIDAY, *events) == (what, None)
    assert did(FRIDAY, *events, called("2026-03-20"))[0] == ("late" if answered is None else what)


@pytest.mark.parametrize(
    ("as_of", "what"),
    [("2026-03-05", "still open"), ("2026-03-12", "still open"), ("2026-03-13", "not at all")],
)
def test_window_that_is_not_over_is_still_open(as_of, what):
    assert did(FRIDAY, as_of=as_of) == (what, None)


def test_withdrawal_before_the_last_day_is_as_an_answer():
    assert did(FRIDAY, happened("withdrawn", "2026-03-11")) == ("answered before", None)
    assert did(FRIDAY, happened("withdrawn", "2026-03-13")) == ("not at all", None)


def test_answer_that_came_first_on_that_day_by_the_hour():
    reply, call = happened("reply", "2026-03-16", hour=9), called("2026-03-16", hour=10)
    assert did(FRIDAY, reply, call) == ("not at all", None)
    assert did(FRIDAY, {**reply, "hour": 11}, call) == ("late", 4)


def test_never_following_up_is_kept_or_not():
    assert did(FRIDAY, strategy=NEVER) == ("as the strategy", None)
    assert did(FRIDAY, called("2026-03-10"), strategy=NEVER) == ("against it", None)


def test_absence_known_in_time_makes_a_later_call_right():
    note = happened("out_of_office", "2026-03-11", until="2026-03-16")
    assert did(FRIDAY, note, called("2026-03-17")) == ("as the strategy", 0)
    assert did(FRIDAY, note, called("2026-03-10")) == ("as the strategy", 0)
    late = {**note, "date": "2026-03-13"}
    assert did(FRIDAY, late, called("2026-03-17")) == ("late", 5)


def test_undated_answer_without_a_follow_up_is_not_known():
    got = js.adherence(log_of(FRIDAY, status_kind="rejected"), AFTER, as_of=LATE)
    assert got.table["what"].isna().tolist() == [True]
    assert got.n_undated == 1
    assert got.text == (
        "No interview to hold against DAY_AFTER: the log does not name the day of any answer."
    )
    assert "1 interview left out of the sentence" in got.caption


def test_sentence_on_eleven_interviews():
    log = several(
        *([FRIDAY, called(f"2026-03-{d}")] for d in (14, 16, 20)),  # 2, 4 and 8 days late
        *([FRIDAY, called(f"2026-03-{d:02}")] for d in (5, 8)),  # 5 and 2 days early
        [FRIDAY, called("2026-03-10")],
        [FRIDAY, called("2026-03-11")],
        [FRIDAY],
        [FRIDAY, happened("reply", "2026-03-09")],
        [FRIDAY, happened("withdrawn", "2026-03-09")],
        [met("2026-04-28")],
    )
    assert js.adherence(log, AFTER, as_of=LATE).text == (
        "Against DAY_AFTER: of 11 interviews you followed up 2 as the strategy says, 3 later (by 4 "
        "days in the median) and 2 earlier (by 3.5 days in the median); 1 not at all; 2 were "
        "answered, or ended, before you had to; 1 is still open."
    )


@pytest.mark.parametrize(
    ("events", "as_of", "text"),
    [
        ([called("2026-03-13")], LATE, "you followed up 1 day later than DAY_AFTER says."),
        ([called("2026-03-06")], LATE, "you followed up 4 days earlier than DAY_AFTER says."),
        ([called("2026-03-11")], LATE, "you followed up as DAY_AFTER says."),
        ([], LATE, "you did not follow up, and the days of DAY_AFTER went by."),
        ([], "2026-03-04", "is still open: the last day of DAY_AFTER is not over."),
        ([happened("offer", "2026-03-04")], LATE, "before DAY_AFTER had you follow up."),
    ],
)
def test_sentence_on_one_interview(events, as_of, text):
    got = js.adherence(log_of(FRIDAY, *events), AFTER, as_of=as_of).text
    assert got.endswith(text)
    assert "our one interview" in got


def test_sentences_without_any_follow_up():
    log = several([FRIDAY], [FRIDAY, happened("reply", "2026-03-20")])
    assert js.adherence(log, AFTER, as_of=LATE).text == (
        "Against DAY_AFTER: of 2 interviews you followed up none; 2 though its days went by."
    )
    assert js.adherence(log, NEVER, as_of=LATE).text == (
        "NO_FOLLOW_UP never follows up; nor did you after any of 2 interviews."
    )


def test_numbers_of_the_sentence_are_those_of_the_table():
    log = js.read_log(sample_path("events.csv"))
    got = js.adherence(log, AFTER, as_of=js.SAMPLE_DAY)
    counts = got.table["what"].value_counts()
    late = got.table.loc[got.table["what"] == "late", "days_off"]
    early = got.table.loc[got.table["what"] == "early", "days_off"]
    assert f"of {len(got.table)} interviews" in got.text
    assert f"{counts['as the strategy']} as the strategy says" in got.text
    assert f"{counts['late']} later (by {late.iloc[0]} days)" in got.text
    assert f"{counts['early']} earlier (by {-early.median():g} days in the median)" in got.text
    assert f"{counts['still open']} are still open" in got.text
    assert counts.sum() == got.n_interviews


@pytest.mark.parametrize("strategy", [AFTER, BEFORE, NEVER], ids=lambda s: s.name)
def test_search_that_obeys_a_strategy_adheres_to_it(strategy):
    end = "2026-03-01"  # the last day of the search
    log = js.simulate_log(600, seed=4, strategy=strategy)
    own = set(js.adherence(log, strategy, as_of=end).table["what"])
    assert own <= {"as the strategy", "answered before", "still open"}
    other = BEFORE if strategy is AFTER else AFTER
    what = js.adherence(log, other, as_of=end).table["what"].value_counts()
    assert what[["early", "late", "not at all"]].sum() > 20


@settings(max_examples=30)
@given(own_strategies(), st.integers(1, 50))
def test_every_interview_is_one_thing_and_days_off_fit_it(strategy, seed):
    log = js.simulate_log(40, seed=seed)
    table = js.adherence(log, strategy, as_of="2026-02-20").table
    assert table["what"].isin(WHAT).all()
    off = table.set_index("what")["days_off"].dropna()
    assert (off[off.index == "early"] < 0).all()
    assert (off[off.index == "late"] > 0).all()
    assert (off[off.index == "as the strategy"] == 0).all()
    assert off.index.isin(["early", "late", "as the strategy"]).all()


# --- the days of one interview --------------------------------------------------------------


def test_days_of_the_latest_interview_by_strategy():
    log = several([FRIDAY], [met("2026-03-10", decide_by="2026-03-20")])
    got = js.strategy_days(log, [AFTER, BEFORE, NEVER], as_of=LATE, horizon=16)
    table = got.table
    assert got.application_id == "a2"
    assert table["day"].tolist() == list(range(17))
    assert table["weekday"].tolist()[:2] == ["Tuesday", "Wednesday"]
    assert day(table["date"].iloc[-1]) == "03-26"
    # promised Friday 20th: Thursday and Friday before; Tuesday 24th to Thursday 26th after
    words = {name: dict(enumerate(table[name])) for name in table.columns[3:]}
    apart = {n: {d: w for d, w in each.items() if w != "wait"} for n, each in words.items()}
    assert apart == {
        "DAY_AFTER": {14: "may", 15: "may", 16: "must"},
        "BEFORE_DECISION": {9: "may", 10: "must"},
        "NO_FOLLOW_UP": {},
    }
    assert got.text == (
        "DAY_AFTER: follow up from Tuesday 24 March to Thursday 26 March, the last day. "
        "BEFORE_DECISION: follow up from Thursday 19 March to Friday 20 March, the last day. "
        "NO_FOLLOW_UP never follows up."
    )
    assert got.caption == (
        "The 16 days after the interview at Firm a2 on Tuesday 10 March 2026 (decision by Friday "
        "20 March), as of 30 April 2026."
    )


def test_days_of_a_named_application_are_of_its_latest_interview():
    log = several([FRIDAY, met("2026-03-17")], [met("2026-03-24")])
    got = js.strategy_days(log, AFTER, application_id="a1", as_of=LATE)
    assert day(got.interview_on) == "03-17"
    assert "no date was named" in got.caption
    earlier = js.strategy_days(log, AFTER, application_id="a1", as_of="2026-03-10")
    assert day(earlier.interview_on) == "03-02"


def test_what_came_of_it_does_not_change_the_days():
    plain = js.strategy_days(log_of(FRIDAY), [AFTER, BEFORE], as_of=LATE)
    answered = log_of(FRIDAY, happened("reply", "2026-03-04", outcome="neutral"))
    after = js.strategy_days(answered, [AFTER, BEFORE], as_of=LATE)
    pd.testing.assert_frame_equal(plain.table, after.table)


def test_strategy_that_no_day_allows_within_the_horizon_says_so():
    far = log_of(met("2026-03-02", decide_by="2026-04-20"))
    got = js.strategy_days(far, AFTER, as_of=LATE)
    assert set(got.table["DAY_AFTER"]) == {"wait"}
    assert got.text == "DAY_AFTER has no day until day 21 on which to follow up."
    part = js.strategy_days(log_of(FRIDAY), AFTER, as_of=LATE, horizon=9)
    assert part.text == "DAY_AFTER: follow up from Tuesday 10 March on, past day 9."
    one = js.strategy_days(log_of(FRIDAY), replace(AFTER, grace_days=0), as_of=LATE)
    assert one.text == "DAY_AFTER: follow up on Tuesday 10 March."


@pytest.mark.parametrize(("name", "why"), [("a9", "is not in the log"), ("a2", "has no interview")])
def test_application_without_an_interview_is_an_error_that_lists_those_with_one(name, why):
    log = several([FRIDAY], [happened("applied", "2026-03-02")])
    with pytest.raises(js.UnknownNameError, match=rf"'{name}' {why}.*'a1'"):
        js.strategy_days(log, AFTER, application_id=name, as_of=LATE)


def test_bad_settings_are_errors():
    log = log_of(FRIDAY)
    with pytest.raises(js.SettingError, match="horizon=-1"):
        js.strategy_days(log, AFTER, as_of=LATE, horizon=-1)
    with pytest.raises(js.SettingError, match="'date', which is a column"):
        js.strategy_days(log, replace(AFTER, name="date"), as_of=LATE)
    with pytest.raises(js.SettingError, match="as_of"):
        js.replay(log, AFTER, as_of="soon")
    with pytest.raises(js.SettingError, match="country='XX' is not known"):
        js.adherence(log, replace(AFTER, country="XX"), as_of=LATE)


@given(own_strategies(), waits())
def test_first_day_of_the_replay_is_the_first_that_the_days_let_one(strategy, wait):
    log = log_of_waits([wait])
    first = js.replay(log, strategy, as_of="2026-12-31").table["first_on"].iloc[0]
    days = js.strategy_days(log, strategy, as_of="2026-12-31", horizon=80).table
    let = days.loc[days["OWN"] != "wait", "date"]
    if strategy.max_messages == 0:
        assert pd.isna(first)
        assert not len(let)
    else:
        assert first == let.iloc[0]
        assert np.count_nonzero(days["OWN"] == "must") == 1


def test_adherence_is_to_one_strategy():
    log = log_of(met("2026-03-03"))
    both = [js.DAY_AFTER, js.BEFORE_DECISION]
    with pytest.raises(js.SettingError, match=r"names 2 \(DAY_AFTER, BEFORE_DECISION\).*for each"):
        js.adherence(log, both, as_of="2026-03-31")
    alone = js.adherence(log, both[:1], as_of="2026-03-31")
    assert alone.text == js.adherence(log, "DAY_AFTER", as_of="2026-03-31").text
