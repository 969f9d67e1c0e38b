"""What a script refers to: the latest meeting or talk, the application, the message before."""

from __future__ import annotations

import inspect

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.messages import voicemail_script
from jobsearch_stats.script_facts import script_facts
from lives import middle_of, simulated_lives
from small_logs import VOICEMAIL, happened, log_of, met

NOTHING = {"met_on": None, "met_by": None, "wrote_on": None, "last_message_by": None}


def facts(*events: dict, as_of: str = "2026-03-20") -> dict:
    """Return what is known about "a1", leaving out what is not."""
    found = script_facts(log_of(*events), pd.Index(["a1"]), as_of=pd.Timestamp(as_of))["a1"]
    assert found.keys() == NOTHING.keys() <= inspect.signature(voicemail_script).parameters.keys()
    return {
        name: f"{value:%Y-%m-%d}" if name.endswith("_on") else value
        for name, value in found.items()
        if value is not None
    }


def test_nothing_is_known_of_nothing():
    empty = log_of()
    assert script_facts(empty, pd.Index(["a1"]), as_of=pd.Timestamp("2026-03-10")) == {
        "a1": NOTHING
    }
    assert script_facts(empty, pd.Index([], dtype="str"), as_of=pd.Timestamp("2026-03-10")) == {}
    assert facts(happened("reply", "2026-03-03", method="email")) == {}


def test_the_latest_interview_or_talk_is_what_one_refers_to():
    screening = met("2026-03-02", method="phone")
    second = met("2026-03-09", method="video")
    talk = {"kind": "follow_up", "date": "2026-03-12", "outcome": "spoke"}
    assert facts(screening) == {"met_on": "2026-03-02", "met_by": "phone"}
    assert facts(screening, second) == {"met_on": "2026-03-09", "met_by": "video"}
    assert facts(screening, second, as_of="2026-03-08") == {
        "met_on": "2026-03-02", "met_by": "phone",
    }  # fmt: skip
    assert facts(screening, second, talk) == {"met_on": "2026-03-12", "met_by": "phone"}
    in_person = {**talk, "method": "in_person"}
    assert facts(second, in_person) == {"met_on": "2026-03-12", "met_by": "in_person"}
    assert facts(met("2026-03-09")) == {"met_on": "2026-03-09"}


def test_the_latest_application_is_when_one_wrote():
    sent = [happened("applied", day) for day in ("2026-02-10", "2026-02-17", "2026-03-21")]
    assert facts(*sent) == {"wrote_on": "2026-02-17"}


@pytest.mark.parametrize(
    ("method", "outcome", "expected"),
    [
        ("phone", "voicemail", "phone"),
        ("email", "voicemail", "phone"),  # a voicemail is spoken, whatever stands beside it
        (None, "message_taken", "phone"),
        ("email", "sent", "email"),
        ("letter", None, "letter"),
        (None, None, None),
        ("phone", "no_answer", None),  # an attempt leaves no message
        ("phone", "spoke", None),
    ],
)
def test_how_the_message_before_was_left(method, outcome, expected):
    last = {"kind": "follow_up", "date": "2026-03-10", "method": method, "outcome": outcome}
    assert facts(last).get("last_message_by") == expected


def test_of_several_messages_the_latest_counts():
    mail = happened("follow_up", "2026-03-10", method="email", outcome="sent")
    attempt = happened("follow_up", "2026-03-18", method="phone", outcome="no_answer")
    assert facts({**VOICEMAIL, "date": "2026-03-03"}, mail, attempt)["last_message_by"] == "email"
    assert facts(mail, {**VOICEMAIL, "date": "2026-03-17"})["last_message_by"] == "phone"


def test_within_a_day_the_hour_decides():
    first = met("2026-03-10", method="video", hour=16)
    last = met("2026-03-10", method="phone", hour=9)
    assert facts(first, last)["met_by"] == facts(last, first)["met_by"] == "video"


def test_many_are_answered_in_the_order_asked_for():
    log = log_of(
        met("2026-03-03"),
        happened("applied", "2026-03-04", application_id="b2"),
        happened("reply", "2026-03-04", application_id="c3"),
    )
    found = script_facts(log, pd.Index(["c3", "a1", "b2"]), as_of=pd.Timestamp("2026-03-10"))
    assert list(found) == ["c3", "a1", "b2"]
    assert found["c3"] == NOTHING
    assert found["a1"]["wrote_on"] is found["b2"]["met_on"] is None
    assert found["b2"]["wrote_on"] == pd.Timestamp("2026-03-04")


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_does_not_matter_and_all_agree_with_one(seed):
    applications, events = simulated_lives(150, seed)
    today = pd.Timestamp(middle_of(seed))
    log = js.ApplicationLog.from_frames(applications, events)
    other = events.iloc[np.random.default_rng(seed).permutation(len(events))]
    found = script_facts(log, log.applications.index, as_of=today)
    shuffled = js.ApplicationLog.from_frames(applications, other)
    assert script_facts(shuffled, log.applications.index, as_of=today) == found
    for name in log.applications.index[:40]:
        assert script_facts(log, pd.Index([name]), as_of=today)[name] == found[name]
        mine = log.events[(log.events["application_id"] == name) & (log.events["date"] <= today)]
        spoke = (mine["kind"] == "interview") | (mine["outcome"] == "spoke")
        latest = mine.loc[spoke, "date"].max()
        assert found[name]["met_on"] == (None if pd.isna(latest) else latest)
