"""`outreach` and its oracle, written apart from the same words, give the same frame.

24,000 made-up applications, crowded with what collides and with their events in random order, are
answered by both on three days each; every column of every row must be equal. More seeds by
hand: `OUTREACH_BATCHES=200 pytest ...`.
"""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.log import ApplicationLog
from lives import middle_of, simulated_lives
from oracle_outreach import approaches_of, in_order, outreach_of
from test_oracle_agrees import as_python, shown

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
N_BATCHES, N_LIVES = int(os.environ.get("OUTREACH_BATCHES", "6")), 4_000


def crowded_log(n: int, seed: int) -> ApplicationLog:
    """Return the lives of `lives.py` with fewer methods, so that more approaches are one.

    Messages of every kind get outcomes, and applications what `outreach` repeats of them.
    """
    applications, events = simulated_lives(n, seed)
    rng = np.random.default_rng([seed, 4])
    methods = np.array([None, "phone", "phone", "email"], dtype=object)
    events["method"] = methods[rng.integers(0, len(methods), len(events))]
    outcomes = np.array(["no_answer", "voicemail", "spoke", "neutral"], dtype=object)
    given = events["kind"].isin(("applied", "thank_you", "interview", "follow_up"))
    given &= rng.random(len(events)) < 0.15
    events.loc[given, "outcome"] = outcomes[rng.integers(0, len(outcomes), int(given.sum()))]
    applications["source"] = rng.choice(np.array([None, "Board", "Friend"], dtype=object), n)
    applications["fit"] = pd.array(rng.integers(1, 6, n), dtype="Int64")
    applications.loc[rng.random(n) < 0.2, "fit"] = pd.NA
    if seed % 2:
        applications["seeker_id"] = [f"s{i % 30}" for i in range(n)]
    log = ApplicationLog.from_frames(applications, events)
    return dataclasses.replace(log, events=log.events.sample(frac=1, random_state=seed))


def lives_of(log: ApplicationLog) -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    rows = as_python(log.applications.reset_index())
    lives: dict[str, Any] = {row["application_id"]: (row, []) for row in rows}
    for event in as_python(log.events):
        lives[event["application_id"]][1].append(event)
    return lives


def expected_rows(lives: dict[str, Any], as_of: date) -> list[dict[str, Any]]:
    return [row for life in lives.values() for row in outreach_of(*life, as_of=as_of)]


def assert_same(found: pd.DataFrame, lives: dict[str, Any], as_of: date) -> None:
    """Compare row by row; say what differs how often, and show the first life in full."""
    expected, rows = expected_rows(lives, as_of), as_python(found)
    wrong = [
        (theirs["application_id"], at, name)
        for at, (ours, theirs) in enumerate(zip(rows, expected, strict=False))
        for name in theirs
        if ours.get(name, "no such column") != theirs[name]
    ]
    if wrong or len(rows) != len(expected):
        asked = f"{as_of}: {len(rows)} rows, the oracle has {len(expected)}"
        if not wrong:
            pytest.fail(asked, pytrace=False)
        first = wrong[0][0]
        often = Counter(name for _, _, name in wrong).most_common()
        lines = [
            f"row {at}, {name}: library {rows[at].get(name)}, oracle {expected[at][name]}"
            for who, at, name in wrong
            if who == first
        ]
        life, events = lives[first]
        text = "\n".join([asked, f"differing cells {often}", *lines, shown(life, events)])
        pytest.fail(text, pytrace=False)
    if expected:
        assert list(found.columns) == list(expected[0])


def days_to_ask(seed: int) -> list[date]:
    middle = middle_of(seed)
    return [middle + timedelta(n) for n in (-6 + seed % 9, 12, 45)]


@pytest.mark.parametrize("batch", range(N_BATCHES))
def test_library_and_oracle_agree(batch):
    log = crowded_log(N_LIVES, seed=batch)
    lives = lives_of(log)
    for as_of in days_to_ask(batch):
        assert_same(js.outreach(log, as_of=as_of), lives, as_of)


def test_they_agree_on_simulated_searches_and_the_sample():
    searches = js.simulate_log(n_applications=400, seed=8)
    sample = js.read_log(SAMPLE / "my_search.csv")
    for log in (searches, sample, js.read_log(SAMPLE / "events.csv")):
        for as_of in (js.SAMPLE_DAY, log.events["date"].median()):
            day = pd.Timestamp(as_of).date()
            assert_same(js.outreach(log, as_of=day), lives_of(log), day)


def test_the_lives_reach_every_kind_of_row():
    lives = lives_of(crowded_log(N_LIVES, seed=5))
    rows = pd.DataFrame(expected_rows(lives, days_to_ask(5)[1]))
    for name, least in {
        "kind": 4,
        "stage": 3,
        "response_kind": 5,
        "ended_by": 5,
        "positive_ended_by": 6,
        "timing": 6,
        "since_interview": 5,
        "part_of_day": 2,
        "weekday": 7,
    }.items():
        counts = rows[name].value_counts()
        assert len(counts) == least, name
        assert counts.min() >= 20, name
    for name in ("reached", "dated_late", "undated", "positive"):
        assert 20 <= rows[name].sum() <= len(rows) - 20, name
    assert (rows["message_number"] >= 3).sum() >= 20
    assert (rows["response_days"] == 0).sum() >= 20
    # the response is none that is positive, and one came later
    assert (~rows["positive"] & rows["positive_on"].notna()).sum() >= 20


def test_the_lives_hold_approaches_that_are_one_in_either_order_of_their_outcomes():
    lives = lives_of(crowded_log(N_LIVES, seed=5))
    joined = Counter()
    for _, events in lives.values():
        ordered = in_order(events)
        for approach in approaches_of(ordered):
            parts = ordered[approach.first : approach.last + 1]
            if len(parts) > 1:
                last = "last" if approach.stands is parts[-1] else "earlier"
                joined[parts[0]["kind"], last] += 1
    assert {kind for kind, _ in joined} == {"applied", "interview", "thank_you", "follow_up"}
    assert joined["follow_up", "last"] >= 20
    assert joined["follow_up", "earlier"] >= 5


def test_the_oracle_judges():
    """A wrong cell, a missing row and a column out of place are all seen."""
    log = crowded_log(200, seed=1)
    lives, as_of = lives_of(log), days_to_ask(1)[1]
    found = js.outreach(log, as_of=as_of)
    wrong = found.assign(ended_days=found["ended_days"].where(found.index != 7, -1))
    moved = found[[*found.columns[1:], found.columns[0]]]
    for spoiled in (wrong, found.iloc[:-1], moved):
        with pytest.raises((pytest.fail.Exception, AssertionError)):
            assert_same(spoiled, lives, as_of)
