"""What counts as a response, on logs made by hand.

For each of the definitions in docs/statistics.md the tempting alternative stands here as a
function, and gives another number. In March 2026 the 2nd, 9th, 16th and 23rd are Mondays.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import jobsearch_stats as js
from small_logs import happened, log_of, met
from small_outreach import (
    APPLIED,
    MET,
    called,
    followed,
    of_applications,
    replied,
    tries,
    values,
    wrote,
)

# --- Response: the first act of the employer -----------------------------------------------------


def days_to_anything_that_comes_in(log: js.ApplicationLog) -> int:
    """The tempting alternative: whatever comes back is an answer."""
    sent = log.events.loc[log.events["kind"] == "applied", "date"].iloc[0]
    back = log.events.loc[~log.events["kind"].isin(("applied", "follow_up")), "date"]
    return int((back.min() - sent).days)


def test_an_automatic_acknowledgement_or_absence_is_no_response():
    log = log_of(
        APPLIED,
        happened("acknowledgement", "2026-03-02"),
        happened("out_of_office", "2026-03-05", until="2026-03-09"),
        happened("rejection", "2026-03-20"),
    )
    found = js.outreach(log, as_of="2026-03-31")
    assert values(found, "response_days", "response_kind") == [(18, "rejection")]
    assert days_to_anything_that_comes_in(log) == 0


def days_to_the_interview(log: js.ApplicationLog) -> int:
    """The tempting alternative: an interview answers the message before it."""
    events = log.events
    sent = events.loc[events["kind"] == "follow_up", "date"].iloc[-1]
    return int((events.loc[events["kind"] == "interview", "date"].iloc[0] - sent).days)


def test_an_interview_that_was_arranged_answers_nothing_sent_in_between():
    log = log_of(APPLIED, replied("2026-03-05", "invited"), wrote("2026-03-06"), met("2026-03-09"))
    found = js.outreach(log, as_of="2026-03-31")
    asked = ("kind", "response_on", "response_kind", "positive", "dated_late", "ended_by")
    assert values(found, *asked) == [
        ("application", "2026-03-05", "invitation", True, False, "response"),
        ("follow_up", None, None, False, False, "next_approach"),
        ("interview", None, None, False, False, "as_of"),
    ]
    assert days_to_the_interview(log) == 3


def test_an_interview_whose_invitation_was_never_logged_is_a_response_dated_late():
    found = tries(APPLIED, wrote("2026-03-06"), MET)
    asked = ("response_on", "response_days", "response_kind", "positive", "dated_late", "ended_by")
    assert values(found, *asked) == [
        ("2026-03-09", 7, "interview", True, True, "next_approach"),
        ("2026-03-09", 3, "interview", True, True, "response"),
        (None, None, None, False, False, "as_of"),
    ]


def test_an_invitation_covers_the_next_interview_only():
    found = tries(
        APPLIED, replied("2026-03-04", "invited"), MET, wrote("2026-03-12"), met("2026-03-18")
    )
    assert values(followed(found), "response_days", "dated_late") == [(6, True)]
    # and a reply that invited nobody covers none
    found = tries(APPLIED, replied("2026-03-04"), wrote("2026-03-05"), MET)
    assert values(followed(found), "response_days", "response_kind") == [(4, "interview")]


def test_a_second_interview_of_the_same_day_answers_nothing():
    thanked = happened("thank_you", "2026-03-09", hour=12)
    found = tries(met("2026-03-09", hour=10), thanked, met("2026-03-09", hour=15))
    assert values(found, "kind", "response_on") == [
        ("interview", None),
        ("thank_you", None),
        ("interview", None),
    ]


@pytest.mark.parametrize(
    ("answer", "kind", "positive"),
    [
        (replied("2026-03-12", "invited"), "invitation", True),
        (replied("2026-03-12", "neutral"), "reply", False),
        (replied("2026-03-12", "negative"), "reply", False),
        (replied("2026-03-12", None), "reply", False),
        (met("2026-03-12"), "interview", True),
        (happened("rejection", "2026-03-12"), "rejection", False),
        (happened("offer", "2026-03-12"), "offer", True),
        (happened("withdrawn", "2026-03-12"), None, False),
        (happened("do_not_contact", "2026-03-12"), None, False),
    ],
)
def test_kinds_of_response(answer, kind, positive):
    first = tries(APPLIED, answer).iloc[[0]]
    assert values(first, "response_kind", "positive") == [(kind, positive)]
    assert values(first, "response_days") == [None if kind is None else 10]
    assert values(first, "positive_days") == [10 if positive else None]


def test_the_first_positive_response_may_come_after_another():
    found = tries(APPLIED, replied("2026-03-04"), happened("rejection", "2026-03-08"), MET)
    asked = ("response_days", "positive", "positive_on", "positive_days")
    assert values(found, *asked)[0] == (2, False, "2026-03-09", 7)


# --- Days and hours ------------------------------------------------------------------------------


def test_a_reply_of_the_same_day_comes_after_unless_all_hours_say_otherwise():
    def days(call: int | None, reply: int | None) -> list[Any]:
        found = tries(
            MET, called("2026-03-16", "voicemail", hour=call), replied("2026-03-16", hour=reply)
        )
        return values(followed(found), "response_days", "ended_by")

    assert days(None, None) == days(9, 11) == days(9, 9) == [(0, "response")]
    assert days(11, 9) == [(None, "as_of")]
    assert days(11, None) == [(0, "response")]  # one hour alone decides nothing


def test_nothing_after_as_of_exists():
    events = (APPLIED, MET, wrote("2026-03-16"), replied("2026-03-20"), met("2026-03-27"))
    asked = ("kind", "observed_days", "response_days", "ended_by")
    assert values(tries(*events, as_of="2026-03-16"), *asked) == [
        ("application", 14, 7, "response"),
        ("interview", 7, None, "next_approach"),
        ("follow_up", 0, None, "as_of"),
    ]
    on_the_day = tries(*events, as_of="2026-03-20")
    assert values(on_the_day, "response_days") == [7, 11, 4]
    assert len(tries(*events, as_of="2026-03-01")) == 0


def test_an_appointment_is_no_interview_yet():
    found = tries(APPLIED, wrote("2026-03-09"), met("2026-04-02"))
    assert values(found, "stage", "response_on") == [("application", None)] * 2


# --- Reached: a talk is not yet a response -------------------------------------------------------


def rate_with_talks(table: pd.DataFrame, method: str) -> float:
    """The tempting alternative: who was reached has answered."""
    of_method = table[table["method"] == method]
    return float((of_method["response_on"].notna() | of_method["reached"]).mean())


def test_a_talk_that_brings_nothing_is_reached_and_no_response():
    events = of_applications(
        a=[met("2026-03-02"), called("2026-03-09", "spoke")],
        b=[met("2026-03-02"), called("2026-03-09", "spoke")],
        c=[met("2026-03-02"), wrote("2026-03-09"), replied("2026-03-12")],
        d=[met("2026-03-02"), wrote("2026-03-09")],
    )
    found = followed(tries(*events))
    rates = js.response_rates(found, by="method").table.set_index("method")
    assert rates.loc[["phone", "email"], "rate"].tolist() == [0, 0.5]
    assert rates.loc[["phone", "email"], "n_reached"].tolist() == [2, 0]
    assert rate_with_talks(found, "phone") == 1  # calling would have been the better way


def test_a_thank_you_call_may_reach_them_and_an_interview_is_no_message():
    found = tries(
        met("2026-03-09", outcome="spoke"),
        happened("thank_you", "2026-03-10", method="phone", outcome="spoke"),
    )
    assert values(found, "reached") == [False, True]


# --- Rates against durations ---------------------------------------------------------------------


def rate_with_young_answers(table: pd.DataFrame, within: int) -> float:
    """The tempting alternative: what is answered needs no more watching."""
    early = table["response_days"].le(within).fillna(False).astype(bool)
    kept = table[early | (table["observed_days"] >= within)]
    return float(early[kept.index].mean())


def test_young_approaches_are_left_out_answered_or_not():
    old, young = "2026-03-01", "2026-03-26"
    lives = {f"old{i}": [happened("applied", old)] for i in range(4)}
    lives |= {f"young{i}": [happened("applied", young)] for i in range(4)}
    lives["old0"] += [replied("2026-03-11")]
    lives["young0"] += [replied("2026-03-28")]
    lives["young1"] += [replied("2026-03-28")]
    found = tries(*of_applications(**lives))
    row = js.response_rates(found, within=14).table.iloc[0]
    assert (row["n"], row["n_responses"], row["n_censored"], row["rate"]) == (4, 1, 4, 0.25)
    assert rate_with_young_answers(found, 14) == 0.5


def responses_by_the_rate(table: pd.DataFrame) -> int:
    """The tempting alternative for durations: every approach before a response has it."""
    return int(table["response_on"].notna().sum())


def rate_by_the_end(table: pd.DataFrame, within: int) -> float:
    """The tempting alternative for rates: only the latest approach before it has a response."""
    return float(((table["ended_by"] == "response") & (table["ended_days"] <= within)).mean())


def test_a_rate_counts_further_messages_in_and_a_duration_does_not():
    found = tries(happened("applied", "2026-03-02"), wrote("2026-03-09"), replied("2026-03-11"))
    asked = ("response_days", "ended_by", "ended_days")
    assert values(found, *asked) == [(9, "next_approach", 7), (2, "response", 2)]
    assert js.response_rates(found, within=14).table["rate"].tolist() == [1]
    assert rate_by_the_end(found, 14) == 0.5
    curve = js.kaplan_meier(found).table
    assert curve["n_responses"].sum() == 1
    assert responses_by_the_rate(found) == 2


# --- Competing ends ------------------------------------------------------------------------------


def one_minus_kaplan_meier(days: pd.Series, answered: pd.Series) -> float:
    """The tempting alternative: who withdrew might still be answered."""
    still = 1.0
    for day in sorted(days[answered].unique()):
        still *= 1 - float((answered & (days == day)).sum()) / float((days >= day).sum())
    return 1 - still


def share_at_the_end(table: pd.DataFrame, cause: str, counts: str) -> float:
    shares = js.cumulative_incidence(table, counts=counts).table
    return float(shares.loc[shares["cause"] == cause, "incidence"].max())


@pytest.mark.parametrize(
    ("end", "cause", "counts"),
    [
        (happened("withdrawn", "2026-03-05"), "withdrawal", "any"),
        (happened("withdrawn", "2026-03-05"), "withdrawal", "positive"),
        (happened("do_not_contact", "2026-03-05"), "do_not_contact", "any"),
        (happened("rejection", "2026-03-05"), "rejection", "positive"),
        (replied("2026-03-05", "negative"), "rejection", "positive"),
    ],
)
def test_what_makes_an_answer_impossible_competes(end, cause, counts):
    lives = {f"e{i}": [APPLIED, end] for i in range(5)}
    lives |= {f"i{i}": [APPLIED, replied("2026-03-12", "invited")] for i in range(5)}
    found = tries(*of_applications(**lives))
    start = "" if counts == "any" else "positive_"
    by, days = found[f"{start}ended_by"], found[f"{start}ended_days"]
    assert by.value_counts()[["response", cause]].tolist() == [5, 5]
    assert share_at_the_end(found, "response", counts) == pytest.approx(0.5)
    assert share_at_the_end(found, cause, counts) == pytest.approx(0.5)
    assert one_minus_kaplan_meier(days, by == "response") == pytest.approx(1)


def test_a_neutral_reply_does_not_end_the_wait_for_a_positive_one():
    found = tries(APPLIED, replied("2026-03-05"), happened("offer", "2026-03-12"))
    asked = ("ended_by", "ended_days", "positive_ended_by", "positive_ended_days")
    assert values(found, *asked) == [("response", 3, "response", 10)]


def test_an_approach_is_watched_until_as_of():
    found = tries(APPLIED, as_of="2026-03-20")
    asked = ("observed_days", "ended_by", "ended_days", "positive_ended_by", "positive_ended_days")
    assert values(found, *asked) == [(18, "as_of", 18, "as_of", 18)]


# --- Answers without a day -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "dated", "undated"),
    [
        ("rejected", [], True),
        ("offer", [], True),
        ("withdrawn", [], True),
        ("interview", [], True),
        ("screening", [], True),
        ("applied", [], False),
        ("ghosted", [], False),
        ("unknown", [], False),
        # a day that is known, wherever it stands
        ("rejected", [happened("rejection", "2026-03-01")], False),
        ("rejected", [happened("rejection", "2026-04-09")], False),
        ("rejected", [replied("2026-03-01", "negative")], False),
        ("rejected", [replied("2026-03-01")], True),
        ("offer", [happened("offer", "2026-03-01")], False),
        ("offer", [met("2026-03-01")], True),
        ("withdrawn", [happened("withdrawn", "2026-04-09")], False),
        ("interview", [met("2026-03-01")], False),
        ("interview", [replied("2026-03-01")], False),
        ("interview", [wrote("2026-03-09")], True),
        # and a response that follows has a day, whatever came later
        ("rejected", [replied("2026-03-09")], False),
    ],
)
def test_an_answer_that_only_the_status_knows_of_is_undated(status, dated, undated):
    found = tries(APPLIED, *dated, status_kind=status)
    assert values(found[found["kind"] == "application"], "undated") == [undated]


def test_a_yes_for_an_interview_is_undated():
    assert values(tries(APPLIED, undated_interview=True), "undated") == [True]
    assert values(tries(APPLIED, MET, undated_interview=True), "undated") == [False, False]
