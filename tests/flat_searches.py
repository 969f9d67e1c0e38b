"""Many made-up searches in which every interview waits alike: their curves are known exactly."""

from __future__ import annotations

import dataclasses

import pandas as pd

import jobsearch_stats as js

DAILY, WITHDRAWING = 0.05, 0.02
SEARCHES, SENT, LENGTH = 400, 80, 60


def flat(**other: object) -> js.SearchModel:
    """Return a model in which every interview waits alike: the same chance on every day."""
    everywhere = tuple(
        dataclasses.replace(s, interview_chance=1.0) for s in js.SearchModel().sources
    )
    chances = ("chance_before_promise", "chance_after_promise", "chance_without_promise")
    return js.SearchModel(
        sources=everywhere, fit_interview=1.0, answer_chance=0.5, invitation_logged=1.0,
        fit_answer=1.0, weekend_factor=1.0, silent_after=730, follow_up_chance=0.0,
        early_follow_up_chance=0.0, thank_you_chance=0.0, card_chance=0.0, second_round_chance=0.0,
        neutral_chance=0.0, **dict.fromkeys(chances, DAILY), **{"withdrawal_chance": 0.0, **other},
    )  # fmt: skip


def searches(seed: int, **other: object) -> pd.DataFrame:
    """Return the interviews of many searches, some of them young, and in `search` whose."""
    log = js.simulate_log(
        SEARCHES * SENT, seed=seed, start="2025-06-02", days=LENGTH, model=flat(**other)
    )
    tries = js.outreach(log, as_of=pd.Timestamp("2025-06-02") + pd.Timedelta(days=LENGTH))
    tries = tries[tries["kind"] == "interview"]
    return tries.assign(search=tries["application_id"].cat.codes % SEARCHES)


def coverage(low: pd.Series, high: pd.Series, truth: float) -> float:
    assert len(low) == SEARCHES
    return float(((low <= truth) & (truth <= high)).mean())
