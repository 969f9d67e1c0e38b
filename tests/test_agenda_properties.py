"""What holds of every agenda, on thousands of made-up lives and on simulated searches."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.agenda import ACTIONS
from lives import COUNTRIES, middle_of, simulated_lives
from oracle_days import calendar
from small_logs import ADA, ids_of

SEEDS = range(6)
TURNS = [(seed, list(js.STRATEGIES)[seed % len(js.STRATEGIES)]) for seed in range(10)]


def crowded(seed: int, n: int = 400) -> js.ApplicationLog:
    applications, events = simulated_lives(n, seed)
    wanted = np.random.default_rng(seed).choice([1.0, 3.0, 5.0, np.nan], n)
    return js.ApplicationLog.from_frames(
        applications.assign(wanted=pd.array(wanted, dtype="Int64")), events
    )


def days_of(seed: int) -> list[pd.Timestamp]:
    """Return a Monday, a Saturday and another day among the events of a seed."""
    middle = pd.Timestamp(middle_of(seed))
    return [middle + timedelta(days=(n - middle.weekday()) % 7 + 7) for n in (0, 5, 3)]


@pytest.mark.parametrize(("seed", "name"), TURNS)
def test_every_call_that_is_due_is_on_the_list_once_on_its_day(seed, name):
    log = crowded(seed)
    for today in days_of(seed):
        table = js.follow_ups(log, as_of=today, strategy=name)
        late = table[table["state"].isin(["due", "overdue"])]
        for days in (0, 30):
            todo = js.agenda(log, as_of=today, strategy=name, days=days, thank_you_days=0)
            shown = late.index[late["call_on"] <= today + timedelta(days=days)]
            listed = ids_of(todo, "follow_up", "old")
            assert all(listed[i] == 1 for i in shown)
            if days == 0:
                assert set(listed) == set(shown)
        rows = todo[todo["action"].isin(["follow_up", "old"])]
        for ids, on in zip(rows["application_id"], rows["do_on"], strict=True):
            assert set(table.loc[ids.split("; "), "call_on"]) == {on}


@pytest.mark.parametrize(("seed", "name"), TURNS)
def test_nothing_breaks_the_rules(seed, name):
    log, strategy = crowded(seed), js.STRATEGIES[name]
    country = log.applications["country"]
    for today in days_of(seed):
        todo = js.agenda(log, as_of=today, strategy=strategy, days=9, me=ADA)
        table = js.follow_ups(log, as_of=today, strategy=strategy)
        assert todo["do_on"].between(today, today + timedelta(days=9)).all()
        assert (todo["message_number"].dropna() <= strategy.max_messages).all()
        assert (todo["script"].isna() == (todo["action"] == "let_go")).all()
        assert todo["reason"].str.endswith(".").all()
        closed = set(table.index[table["state"] == "closed"])
        active = [action for action in ACTIONS if action != "courtesy_card"]
        assert not closed & set(ids_of(todo, *active))
        never = table.index[table["reason"].str.contains("R14", regex=False)]
        assert not set(never) & set(ids_of(todo, *ACTIONS))
        spoken = todo[(todo["method"] == "phone")]
        for ids, on in zip(spoken["application_id"], spoken["do_on"], strict=True):
            for i in ids.split("; "):
                where = None if country[i] not in COUNTRIES[1:] else country[i]
                assert calendar(strategy, where).is_allowed(on.date()), (i, on)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_follow_ups_scripts_give_nothing_away(seed):
    todo = js.agenda(crowded(seed), as_of=days_of(seed)[2], days=9, thank_you_days=0, me=ADA)
    calls = todo[todo["action"].isin(["follow_up", "old"])]
    assert len(calls) > 5
    for row in calls.drop(columns="do_on").to_dict("records"):
        assert js.check_message(row["script"], me=ADA, application=row).empty


@pytest.mark.parametrize("seed", SEEDS)
def test_r14_no_barred_number_or_address_is_shown(seed):
    log, today = crowded(seed), days_of(seed)[2]
    past = log.events[log.events["date"] <= today]
    told = past["application_id"].isin(past.loc[past["kind"] == "do_not_contact", "application_id"])
    barred = {
        name: set(past.loc[told, name].dropna().str.split(";").explode().str.strip()) - {""}
        for name in ("phone", "email")
    }
    todo = js.agenda(log, as_of=today, days=9)
    assert len(barred["phone"]) > 5
    for name, values in barred.items():
        assert not todo[name].isin(values).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_the_order_of_rows_nor_what_comes_later_matters_and_nothing_is_changed(seed):
    applications, events = simulated_lives(300, seed)
    log = js.ApplicationLog.from_frames(applications, events)
    today = days_of(seed)[0]
    before = log.applications.copy(), log.events.copy()
    todo = js.agenda(log, as_of=today)
    pd.testing.assert_frame_equal(log.applications, before[0])
    pd.testing.assert_frame_equal(log.events, before[1])
    other = events.iloc[np.random.default_rng(seed).permutation(len(events))]
    pd.testing.assert_frame_equal(
        js.agenda(js.ApplicationLog.from_frames(applications, other), as_of=today), todo
    )
    known = events[(events["date"] <= today) | (events["kind"] == "interview")]
    closing = events["kind"].isin(["rejection", "offer", "withdrawn"])  # see "undated" in R17
    known = events[events.index.isin(known.index) | closing]
    pd.testing.assert_frame_equal(
        js.agenda(js.ApplicationLog.from_frames(applications, known), as_of=today), todo
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_simulated_search_has_a_list_every_day(seed):
    log = js.simulate_log(140, seed=seed)
    seen: Counter[str] = Counter()
    for today in pd.date_range("2025-09-01", "2026-04-20", freq="9D"):
        todo = js.agenda(log, as_of=today, me=ADA)
        seen.update(todo["action"])
        assert not todo.duplicated(["action", "application_id", "contact", "do_on"]).any()
        alone = todo[~todo["application_id"].str.contains("; ")]
        wanted = log.applications["wanted"].reindex(alone["application_id"]).fillna(0).to_numpy()
        keys = list(zip(alone["do_on"], -wanted, strict=True))
        assert keys == sorted(keys)
    assert set(seen) == set(ACTIONS)
