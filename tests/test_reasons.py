"""The sentence of every case, word for word, and that no row goes without its dates."""

import dataclasses
import re

import pandas as pd
import pytest

import jobsearch_stats as js
from build import a_log, asked, away, event, follow_up, interview, reply
from jobsearch_stats.sentences import Writer, day_words
from jobsearch_stats.workdays import to_days
from lives import middle_of, simulated_lives

US = dataclasses.replace(js.DAY_AFTER, name="US", country="US")
SLOW = dataclasses.replace(js.DAY_AFTER, name="SLOW", days_after_promise=3, days_without_promise=10)
BEFORE = js.BEFORE_DECISION
NEVER = js.NO_FOLLOW_UP
MET = interview("2026-03-04")
ONCE, TWICE = follow_up("2026-03-11"), follow_up("2026-03-18")
EARLY = (follow_up("2026-03-05"), follow_up("2026-03-06"))
PROMISED = interview("2026-03-02", "2026-03-31")
LONG_WEEKENDS = dataclasses.replace(US, avoid=(), first_workday_is_monday=True)

SENTENCES = [
    # R1 and R3
    (
        [interview("2026-03-02", "2026-03-05")],
        "2026-03-05",
        js.DAY_AFTER,
        "They said Thursday 5 March; the next day you may call is Friday 6 March (R1).",
    ),
    (
        [interview("2026-03-02", "2026-03-06")],
        "2026-03-06",
        js.DAY_AFTER,
        "They said Friday 6 March; the next day you may call is Tuesday 10 March: not on a "
        "weekend, not on a Monday (R1, R3).",
    ),
    (
        [interview("2026-03-02", "2026-03-08")],
        "2026-03-06",
        js.DAY_AFTER,
        "They said Sunday 8 March; the next day you may call is Tuesday 10 March: not on a "
        "Monday (R1, R3).",
    ),
    (
        [interview("2026-03-02", "2026-03-06")],
        "2026-03-06",
        SLOW,
        "They said Friday 6 March; 3 days later, the day you may call is Tuesday 10 March: not on "
        "a Monday (R1, R3).",
    ),
    # R2, R16, R19
    (
        [MET],
        "2026-03-05",
        js.DAY_AFTER,
        "You met on Wednesday 4 March and they named no date; call a week later, on Wednesday 11 "
        "March (R2).",
    ),
    (
        [MET],
        "2026-03-05",
        SLOW,
        "You met on Wednesday 4 March and they named no date; call 10 days later, on Tuesday 17 "
        "March: not on a weekend, not on a Monday (R2, R3).",
    ),
    (
        [MET, reply("2026-03-27")],
        "2026-03-27",
        js.DAY_AFTER,
        "They answered on Friday 27 March and there is no date to wait for; call a week later, on "
        "Friday 3 April (R2, R16).",
    ),
    (
        [MET, follow_up("2026-03-11", "spoke")],
        "2026-03-11",
        js.DAY_AFTER,
        "You spoke on Wednesday 11 March and there is no date to wait for; call a week later, on "
        "Wednesday 18 March (R2, R16).",
    ),
    (
        [event("applied", "2026-03-04")],
        "2026-03-05",
        js.DAY_AFTER,
        "You applied on Wednesday 4 March and they named no date; call a week later, on Wednesday "
        "11 March (R2, R19).",
    ),
    (
        [event("applied", "2026-03-04"), event("acknowledgement", "2026-03-05")],
        "2026-03-05",
        js.DAY_AFTER,
        "They acknowledged your application on Thursday 5 March and named no date; call a week "
        "later, on Thursday 12 March (R2, R19).",
    ),
    # R4
    (
        [interview("2026-12-18")],
        "2026-12-21",
        US,
        "You met on Friday 18 December and they named no date; call a week later, on Tuesday 29 "
        "December: not on a weekend, not on a Monday, not on a public holiday (R2, R3, R4).",
    ),
    (
        [interview("2026-12-18")],
        "2026-12-21",
        LONG_WEEKENDS,
        "You met on Friday 18 December and they named no date; call a week later, on Tuesday 29 "
        "December: not on a weekend, not on a public holiday, not on the first workday after a "
        "long weekend (R2, R3, R4).",
    ),
    # R5 to R8
    (
        [MET, ONCE],
        "2026-03-12",
        js.DAY_AFTER,
        "Your last message was on Wednesday 11 March and nobody answered; call a week later, on "
        "Wednesday 18 March; message 2 of 2 (R5, R8).",
    ),
    (
        [PROMISED, follow_up("2026-03-05")],
        "2026-03-06",
        js.DAY_AFTER,
        "Your last message was on Thursday 5 March, and they said Tuesday 31 March; the next day "
        "you may call is Wednesday 1 April; message 2 of 2 (R1, R8).",
    ),
    (
        [MET, follow_up("2026-03-11", "no_answer")],
        "2026-03-11",
        js.DAY_AFTER,
        "Nobody answered your call on Wednesday 11 March and you left no message; try again on "
        "Thursday 12 March; still message 1 of 2 (R7).",
    ),
    (
        [MET, *[follow_up(f"2026-03-{day}", "no_answer") for day in (11, 12, 13)]],
        "2026-03-13",
        js.DAY_AFTER,
        "Nobody answered your call on Friday 13 March and you left no message; try again on "
        "Tuesday 17 March: not on a weekend, not on a Monday; still message 1 of 2 (R7, R3). Three "
        "calls or more went unanswered: leave a message this time, or write.",
    ),
    (
        [MET, ONCE, TWICE],
        "2026-03-24",
        js.DAY_AFTER,
        "Two messages, the last on Wednesday 18 March: no further one. With no answer by "
        "Wednesday 25 March, assume the answer is no (R5, R6, R8).",
    ),
    (
        [MET, ONCE, TWICE],
        "2026-03-25",
        js.DAY_AFTER,
        "Two messages, the last on Wednesday 18 March, and no answer by Wednesday 25 March: "
        "assume the answer is no (R5, R6, R8).",
    ),
    # the silence is counted from what they said, or from their return
    (
        [event("interview", "2026-03-02", decide_by="2026-03-31"), *EARLY],
        "2026-03-06",
        js.DAY_AFTER,
        "Two messages, the last on Friday 6 March: no further one. They said Tuesday 31 March. "
        "With no answer by Tuesday 7 April, assume the answer is no (R1, R5, R6, R8).",
    ),
    (
        [event("interview", "2026-03-02", decide_by="2026-03-31"), *EARLY],
        "2026-04-07",
        js.DAY_AFTER,
        "Two messages, the last on Friday 6 March, a decision promised by Tuesday 31 March, and no "
        "answer by Tuesday 7 April: assume the answer is no (R1, R5, R6, R8).",
    ),
    (
        [MET, *EARLY, event("out_of_office", "2026-03-06", until="2026-03-15")],
        "2026-03-10",
        js.DAY_AFTER,
        "Two messages, the last on Friday 6 March: no further one. They are away until Sunday 15 "
        "March. With no answer by Sunday 22 March, assume the answer is no (R5, R6, R8, R15).",
    ),
    (
        [MET, *EARLY, event("out_of_office", "2026-03-06", until="2026-03-15")],
        "2026-03-22",
        js.DAY_AFTER,
        "Two messages, the last on Friday 6 March, nobody there until Sunday 15 March, and no "
        "answer by Sunday 22 March: assume the answer is no (R5, R6, R8, R15).",
    ),
    # what three calls asked for has been done: a message was left after them
    (
        [
            MET,
            *[follow_up(f"2026-03-{day}", "no_answer") for day in (11, 12, 13)],
            follow_up("2026-03-17", "voicemail"),
        ],
        "2026-03-18",
        js.DAY_AFTER,
        "Your last message was on Tuesday 17 March and nobody answered; call a week later, on "
        "Tuesday 24 March; message 2 of 2 (R5, R8).",
    ),
    # R14, R15, R17
    (
        [MET, event("do_not_contact", "2026-03-05")],
        "2026-03-06",
        js.DAY_AFTER,
        "On Thursday 5 March you were told never to call again: no further contact, ever (R14).",
    ),
    (
        [MET, away("2026-03-05", "2026-03-15")],
        "2026-03-06",
        js.DAY_AFTER,
        "They are away until Sunday 15 March; the next day you may call is Tuesday 17 March: not "
        "on a Monday (R15, R3).",
    ),
    (
        [MET, event("rejection", "2026-03-05")],
        "2026-03-06",
        js.DAY_AFTER,
        "They said no on Thursday 5 March: closed (R17).",
    ),
    (
        [MET, event("offer", "2026-03-05")],
        "2026-03-06",
        js.DAY_AFTER,
        "They made you an offer on Thursday 5 March: closed (R17).",
    ),
    (
        [MET, event("withdrawn", "2026-03-05")],
        "2026-03-06",
        js.DAY_AFTER,
        "You withdrew on Thursday 5 March: closed (R17).",
    ),
    (
        [MET, interview("2026-03-20")],
        "2026-03-06",
        js.DAY_AFTER,
        "You have an interview on Friday 20 March: ask there when they decide (R11, R16).",
    ),
    # late, and not today
    (
        [MET],
        "2026-03-12",
        js.DAY_AFTER,
        "You met on Wednesday 4 March and they named no date; call a week later, on Wednesday 11 "
        "March (R2). It is 1 day overdue.",
    ),
    (
        [MET],
        "2026-03-14",
        js.DAY_AFTER,
        "You met on Wednesday 4 March and they named no date; call a week later, on Wednesday 11 "
        "March (R2). It is 3 days overdue. Not today: call on Tuesday 17 March.",
    ),
    # before the decision
    (
        [interview("2026-03-02", "2026-03-05")],
        "2026-03-02",
        BEFORE,
        "They decide by Thursday 5 March; call from Wednesday 4 March until then, before the "
        "decision is made (BEFORE_DECISION).",
    ),
    (
        [interview("2026-03-03", "2026-03-04")],
        "2026-03-03",
        BEFORE,
        "They decide by Wednesday 4 March; call on that day, before the decision is made "
        "(BEFORE_DECISION).",
    ),
    (
        [interview("2026-03-06", "2026-03-09")],
        "2026-03-06",
        BEFORE,
        "They decide by Monday 9 March and no day is left on which to call before; the next day "
        "you may call is Tuesday 10 March (R1).",
    ),
    (
        [interview("2026-03-02", "2026-03-05")],
        "2026-03-09",
        BEFORE,
        "They meant to decide by Thursday 5 March, which is past; the next day you may call is "
        "Friday 6 March (R1). It is 3 days overdue. Not today: call on Tuesday 10 March.",
    ),
    # never
    (
        [MET],
        "2026-03-05",
        NEVER,
        "NO_FOLLOW_UP never follows up; with no answer by Wednesday 25 March, assume the answer "
        "is no (R6).",
    ),
    (
        [MET],
        "2026-03-25",
        NEVER,
        "NO_FOLLOW_UP never follows up, and there was no answer by Wednesday 25 March: assume the "
        "answer is no (R6).",
    ),
    # another year is named
    (
        [interview("2025-12-24", "2025-12-31")],
        "2025-12-30",
        js.DAY_AFTER,
        "They said Wednesday 31 December; the next day you may call is Thursday 1 January 2026 "
        "(R1).",
    ),
    (
        [interview("2025-12-24", "2025-12-31")],
        "2026-01-01",
        js.DAY_AFTER,
        "They said Wednesday 31 December 2025; the next day you may call is Thursday 1 January "
        "(R1).",
    ),
]


@pytest.mark.parametrize(("events", "as_of", "strategy", "sentence"), SENTENCES)
def test_the_sentence(events, as_of, strategy, sentence):
    stages = ("interview", "application")
    row = asked(*events, as_of=as_of, strategy=strategy, stages=stages)
    assert row["reason"] == sentence


def test_the_sentences_that_come_from_a_status():
    row = asked(MET, as_of="2026-03-05", status_kind="rejected")
    assert row["reason"] == "Your sheet says rejected, without a date: closed (R17)."
    row = asked(MET, as_of="2026-03-05", status_kind="ghosted")
    assert row["reason"] == "Your sheet says no response: assume the answer is no (R6)."


def test_the_sentence_of_a_number_that_is_barred_elsewhere():
    told = event("do_not_contact", "2026-03-05", phone="415-555-0101")
    log = a_log({"a": [MET, told], "b": [interview("2026-03-04", phone="415-555-0101")]})
    assert js.follow_ups(log, as_of="2026-03-06").loc["b", "reason"] == (
        "Every number and address known here belongs to someone who told you, at another "
        "application, never to call again: no further contact (R14)."
    )


def test_who_is_written_to_is_not_told_to_call():
    met = interview("2026-03-04", email="ana@example.com")
    reason = asked(met, as_of="2026-03-14")["reason"]
    assert "write a week later" in reason
    assert reason.endswith("Not today: write on Tuesday 17 March.")


@pytest.mark.parametrize(
    "in_the_way", [follow_up("2026-03-10", "no_answer"), away("2026-03-05", "2026-03-10")]
)
def test_what_does_not_move_the_day_is_not_its_reason(in_the_way):
    row = asked(MET, in_the_way, as_of="2026-03-10")
    assert row["reason"] == asked(MET, as_of="2026-03-10")["reason"]


def test_four_calls_unanswered_are_not_said_to_be_three():
    calls = [follow_up(f"2026-03-{day}", "no_answer") for day in (11, 12, 13, 17)]
    for n in (2, 3, 4):
        row = asked(MET, *calls[:n], as_of="2026-03-17")
        assert ("Three calls or more went unanswered" in row["reason"]) is (n >= 3)
        assert row["n_attempts"] == n


def as_words(day, as_of):
    return day_words(int(to_days([day.to_numpy()])[0]), as_of.year)


@pytest.mark.parametrize("strategy", [js.DAY_AFTER, BEFORE, NEVER, US], ids=lambda s: s.name)
@pytest.mark.parametrize("seed", [0, 1])
def test_every_reason_names_the_dates_of_its_row_and_a_rule(strategy, seed):
    log = js.ApplicationLog.from_frames(*simulated_lives(400, seed=seed))
    as_of = pd.Timestamp(middle_of(seed))
    table = js.follow_ups(log, as_of=as_of, strategy=strategy, stages=("interview", "application"))
    assert table["reason"].notna().all()
    table["status_kind"] = log.applications["status_kind"]
    for _, row in table.iterrows():
        reason = row["reason"]
        assert re.search(r"\((R\d+(, R\d+)*|BEFORE_DECISION)\)", reason), reason
        named = {"due_on", "call_on", "abandon_on", "next_interview_on"}
        if row["state"] == "closed":
            named.remove("next_interview_on")
        if row["status_kind"] == "ghosted":
            named.remove("abandon_on")
        for column in named:
            if pd.notna(row[column]) and not (column == "call_on" and row[column] == as_of):
                assert as_words(row[column], as_of) in reason, (column, row)
        if row["state"] == "overdue":
            assert f"It is {row['days_overdue']} day" in reason
        assert "nan" not in reason.lower()
        assert "NaT" not in reason


def test_a_sentence_is_written_once_however_many_rows_say_it(monkeypatch):
    written = []
    write = Writer.__call__

    def counted(self, *of):
        written.append(write(self, *of))
        return written[-1]

    monkeypatch.setattr(Writer, "__call__", counted)
    lives = {f"a{n}": [MET] for n in range(50)} | {"other": [interview("2026-03-05")]}
    reasons = js.follow_ups(a_log(lives), as_of="2026-03-06")["reason"]
    assert len(written) == 2
    assert set(written) == set(reasons)
