"""What stands on a day: the clock, the promise, what counts as a message, what has ended."""

import pandas as pd
import pytest

import jobsearch_stats as js
from build import a_log, asked, away, event, follow_up, interview, reply, texts

BOTH = ("interview", "application")


@pytest.mark.parametrize(
    ("events", "clock_on"),
    [
        ([interview("2026-03-04")], "2026-03-04"),
        ([interview("2026-03-04"), interview("2026-03-10")], "2026-03-10"),
        ([interview("2026-03-04"), reply("2026-03-06")], "2026-03-06"),
        ([reply("2026-03-06"), interview("2026-03-10")], "2026-03-10"),
        ([interview("2026-03-04"), follow_up("2026-03-11", "spoke")], "2026-03-11"),
        ([interview("2026-03-04"), follow_up("2026-03-11", "message_taken")], "2026-03-04"),
        ([interview("2026-03-04"), event("acknowledgement", "2026-03-05")], "2026-03-04"),
        ([interview("2026-03-04"), event("thank_you", "2026-03-05")], "2026-03-04"),
        ([interview("2026-03-04"), event("applied", "2026-03-05")], "2026-03-04"),
        ([interview("2026-03-04"), away("2026-03-05", "2026-03-06")], "2026-03-04"),
        ([interview("2026-03-04"), event("rejection", "2026-03-05")], "2026-03-04"),
        # a screening call, then the interview it led to: each restarts the clock (R16)
        ([interview("2026-03-02"), reply("2026-03-03"), interview("2026-03-12")], "2026-03-12"),
    ],
)
def test_what_starts_the_clock(events, clock_on):
    assert texts(asked(*events, as_of="2026-03-20"), "clock_on") == [clock_on]


@pytest.mark.parametrize(
    ("events", "decide_by"),
    [
        ([interview("2026-03-04", "2026-03-10")], "2026-03-10"),
        ([interview("2026-03-04", "2026-03-04")], "2026-03-04"),
        ([interview("2026-03-04", "2026-03-03")], None),
        # a reply or a talk: the new date, or the old one while it is not past
        ([interview("2026-03-04", "2026-03-10"), reply("2026-03-06", "2026-03-20")], "2026-03-20"),
        ([interview("2026-03-04", "2026-03-10"), reply("2026-03-06", "2026-03-09")], "2026-03-09"),
        ([interview("2026-03-04", "2026-03-10"), reply("2026-03-10")], "2026-03-10"),
        ([interview("2026-03-04", "2026-03-10"), reply("2026-03-11")], None),
        ([interview("2026-03-04", "2026-03-10"), reply("2026-03-06", "2026-03-05")], "2026-03-10"),
        ([interview("2026-03-04", "2026-03-10"), follow_up("2026-03-06", "spoke")], "2026-03-10"),
        (
            [
                interview("2026-03-04", "2026-03-10"),
                follow_up("2026-03-11", "spoke", decide_by="2026-03-18"),
            ],
            "2026-03-18",
        ),
        # a new interview drops it
        ([interview("2026-03-04", "2026-03-20"), interview("2026-03-10")], None),
        # who took a message may name a date as well; who was only written to cannot
        (
            [
                interview("2026-03-04"),
                follow_up("2026-03-11", "message_taken", decide_by="2026-03-19"),
            ],
            "2026-03-19",
        ),
        ([interview("2026-03-04"), follow_up("2026-03-11", "sent", decide_by="2026-03-19")], None),
        # a promise that is past stands until they say something else
        ([interview("2026-03-04", "2026-03-06"), follow_up("2026-03-10")], "2026-03-06"),
        # of what stands on one row of the day twice, the later date
        ([reply("2026-03-06", "2026-03-12"), reply("2026-03-06", "2026-03-16")], "2026-03-16"),
    ],
)
def test_which_promise_holds(events, decide_by):
    row = asked(interview("2026-03-02"), *events, as_of="2026-03-20")
    assert texts(row, "decide_by") == [decide_by]


@pytest.mark.parametrize(
    ("done", "n_messages", "n_attempts", "last"),
    [
        ([follow_up("2026-03-11", "voicemail")], 1, 0, "2026-03-11"),
        ([follow_up("2026-03-11", "message_taken")], 1, 0, "2026-03-11"),
        ([follow_up("2026-03-11", "sent")], 1, 0, "2026-03-11"),
        ([follow_up("2026-03-11", None)], 1, 0, "2026-03-11"),
        ([follow_up("2026-03-11", "no_answer")], 0, 1, None),
        ([follow_up("2026-03-11", "spoke")], 0, 0, None),
        ([event("thank_you", "2026-03-05", method="letter")], 0, 0, None),
        # several of one day are one message; each unanswered call is an attempt
        ([follow_up("2026-03-11", "sent"), follow_up("2026-03-11")], 1, 0, "2026-03-11"),
        ([follow_up("2026-03-11", "no_answer"), follow_up("2026-03-11")], 1, 1, "2026-03-11"),
        ([follow_up("2026-03-11", "no_answer")] * 3, 0, 3, None),
        ([follow_up("2026-03-11"), follow_up("2026-03-18", "sent")], 2, 0, "2026-03-18"),
        # before the interview, or before they answered: it does not count any more
        ([follow_up("2026-03-03")], 0, 0, None),
        ([follow_up("2026-03-11"), reply("2026-03-12")], 0, 0, None),
        ([follow_up("2026-03-11"), follow_up("2026-03-11", "spoke")], 0, 0, None),
        ([follow_up("2026-03-04", "sent")], 1, 0, "2026-03-04"),
    ],
)
def test_what_counts_as_a_message(done, n_messages, n_attempts, last):
    row = asked(interview("2026-03-04"), *done, as_of="2026-03-20")
    found = texts(row, "n_messages", "n_attempts", "last_message_on")
    assert found == [n_messages, n_attempts, last]


def test_two_interviews_of_one_day_are_one_with_either_promise_and_all_contacts():
    row = asked(
        interview("2026-03-04", "2026-03-10", contact="Ana Ruiz", phone="415-555-0101", hour=9),
        interview("2026-03-04", contact="Bo Lind", contact_role="hiring_manager", hour=11),
        as_of="2026-03-05",
    )
    assert texts(row, "clock_on", "decide_by", "contact") == ["2026-03-04", "2026-03-10", "Bo Lind"]


@pytest.mark.parametrize("ending", ["rejection", "offer", "withdrawn"])
def test_what_ends_it_and_what_opens_it_again(ending):
    ended = [interview("2026-03-04"), event(ending, "2026-03-10")]
    assert asked(*ended, as_of="2026-03-09")["state"] == "waiting"
    assert asked(*ended, as_of="2026-03-10")["state"] == "closed"
    assert asked(*ended, reply("2026-03-12"), as_of="2026-03-12")["state"] == "closed"
    assert asked(*ended, interview("2026-03-12"), as_of="2026-03-12")["state"] == "waiting"
    # the interview is agreed, and ahead
    assert asked(*ended, interview("2026-03-20"), as_of="2026-03-12")["state"] == "waiting"


def test_an_interview_and_a_rejection_on_one_day():
    both = [interview("2026-03-04"), event("rejection", "2026-03-04")]
    assert asked(*both, as_of="2026-03-04")["state"] == "closed"
    no_then_yes = [interview("2026-03-04", hour=15), event("rejection", "2026-03-04", hour=9)]
    assert asked(*no_then_yes, as_of="2026-03-04")["state"] == "waiting"
    one_hour_only = [interview("2026-03-04", hour=15), event("rejection", "2026-03-04")]
    assert asked(*one_hour_only, as_of="2026-03-04")["state"] == "closed"


def test_hours_put_a_message_before_or_after_the_interview_of_its_day():
    morning = [follow_up("2026-03-04", hour=9), interview("2026-03-04", hour=15)]
    assert asked(*morning, as_of="2026-03-05")["n_messages"] == 0
    evening = [follow_up("2026-03-04", hour=18), interview("2026-03-04", hour=15)]
    assert asked(*evening, as_of="2026-03-05")["n_messages"] == 1
    midnight = [follow_up("2026-03-04", hour=0), interview("2026-03-04", hour=23)]
    assert asked(*midnight, as_of="2026-03-05")["n_messages"] == 0


def test_the_tone_of_a_reply_does_not_put_it_after_another_event():
    for outcome in (None, "invited", "neutral", "negative"):
        row = asked(
            interview("2026-03-04"),
            event("reply", "2026-03-06", outcome=outcome),
            follow_up("2026-03-11"),
            as_of="2026-03-12",
        )
        assert texts(row, "clock_on", "n_messages") == ["2026-03-06", 1]


@pytest.mark.parametrize("status", ["offer", "rejected", "withdrawn"])
def test_an_undated_closing_status_closes_on_every_day_and_a_dated_one_from_its_day(status):
    met = [interview("2026-03-04")]
    for day in ("2026-03-04", "2026-03-09", "2027-01-01"):
        assert asked(*met, as_of=day, status_kind=status)["state"] == "closed"
    # the sheet's status is that of the dated rejection, which a past day does not know yet
    dated = [*met, event("rejection", "2026-03-10")]
    assert asked(*dated, as_of="2026-03-09", status_kind=status)["state"] == "waiting"
    assert asked(*dated, as_of="2026-03-10", status_kind=status)["state"] == "closed"
    again = [*dated, interview("2026-03-16")]
    assert asked(*again, as_of="2026-03-16", status_kind=status)["state"] == "waiting"


@pytest.mark.parametrize("status", ["applied", "screening", "interview", "unknown", None])
def test_other_statuses_close_nothing(status):
    assert asked(interview("2026-03-04"), as_of="2026-03-11", status_kind=status)["state"] == "due"


def test_ghosted_is_let_go_unless_an_interview_is_ahead():
    met = [interview("2026-03-04")]
    row = asked(*met, as_of="2026-03-05", status_kind="ghosted")
    assert texts(row, "state", "due_on", "call_on") == ["abandoned", None, None]
    ahead = [*met, interview("2026-03-20")]
    assert asked(*ahead, as_of="2026-03-05", status_kind="ghosted")["state"] == "waiting"


def test_an_appointment_waits_with_nothing_due_and_then_restarts_the_clock():
    events = [interview("2026-03-04"), interview("2026-03-20"), interview("2026-03-24")]
    columns = ("state", "clock_on", "due_on", "call_on", "next_interview_on")
    for day in ("2026-03-05", "2026-03-19"):
        found = texts(asked(*events, as_of=day), *columns)
        assert found == ["waiting", "2026-03-04", None, None, "2026-03-20"]
    found = texts(asked(*events[:2], as_of="2026-03-20"), *columns)
    assert found == ["waiting", "2026-03-20", "2026-03-27", "2026-03-27", None]
    first = asked(interview("2026-03-20"), as_of="2026-03-05")
    assert texts(first, *columns) == ["waiting", None, None, None, "2026-03-20"]


def test_stages():
    lives = {
        "met": [event("applied", "2026-03-01"), interview("2026-03-04")],
        "ahead": [event("applied", "2026-03-01"), interview("2026-03-30")],
        "sent": [event("applied", "2026-03-03")],
        "heard": [event("applied", "2026-03-01"), event("acknowledgement", "2026-03-03")],
        "later": [event("applied", "2026-03-30")],
        "nothing": [],
        "only a reply": [reply("2026-03-03")],
    }
    log = a_log(lives)
    tables = {
        stages: js.follow_ups(log, as_of="2026-03-05", stages=stages)
        for stages in ("interview", "application", BOTH)
    }
    assert list(tables["interview"].index) == ["met", "ahead"]
    assert list(tables["application"].index) == ["sent", "heard"]
    assert list(tables[BOTH].index) == ["met", "ahead", "sent", "heard"]
    both = tables[BOTH]
    assert both["stage"].tolist() == ["interview"] * 2 + ["application"] * 2
    dates = ["2026-03-04", None, "2026-03-03", "2026-03-03"]
    assert [texts(row, "clock_on")[0] for _, row in both.iterrows()] == dates
    pd.testing.assert_frame_equal(pd.concat([tables["interview"], tables["application"]]), both)


def test_an_application_never_interviewed_follows_the_same_rules():
    sent = [event("applied", "2026-03-04", decide_by="2026-03-13")]
    row = asked(*sent, as_of="2026-03-05", stages=BOTH)
    assert texts(row, "decide_by", "due_on") == ["2026-03-13", "2026-03-17"]
    # the acknowledgement restarts the clock, and keeps the date that was named
    row = asked(*sent, event("acknowledgement", "2026-03-05"), as_of="2026-03-05", stages=BOTH)
    assert texts(row, "clock_on", "decide_by") == ["2026-03-05", "2026-03-13"]
    # once it has an interview, its clock starts there
    row = asked(*sent, interview("2026-03-06"), as_of="2026-03-06", stages=BOTH)
    assert texts(row, "stage", "clock_on", "decide_by") == ["interview", "2026-03-06", None]


def test_what_an_undated_interview_says_is_not_in_the_table():
    log = a_log({"a": [event("applied", "2026-03-01")]}, undated_interview=[True])
    assert len(js.follow_ups(log, as_of="2026-03-05")) == 0
