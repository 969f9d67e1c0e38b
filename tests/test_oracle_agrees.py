"""The library and the oracle, written apart from the same rules, give the same answers.

100,000 made-up applications, each under three strategies and on two days per strategy, are
answered by both; every column but `reason` must be equal.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.log import ApplicationLog
from lives import AWKWARD_DAYS, middle_of, simulated_lives
from oracle import InDayOrder, in_day_order, state_of
from oracle_people import barred_addresses

N_BATCHES, N_LIVES = 25, 4_000
INTERVIEWS, BOTH = ("interview",), ("interview", "application")

STRATEGIES = (
    *js.STRATEGIES.values(),
    dataclasses.replace(js.DAY_AFTER, name="US", country="US"),
    dataclasses.replace(
        js.DAY_AFTER, name="LONG_WEEKENDS", country="GB", first_workday_is_monday=True
    ),
    dataclasses.replace(js.DAY_AFTER, name="ANY_DAY", avoid=(), country="DE-BY"),
    dataclasses.replace(
        js.DAY_AFTER, name="ANY_WORKDAY", avoid=(), country="DE-BY", first_workday_is_monday=True
    ),
    dataclasses.replace(
        js.DAY_AFTER, name="FRIDAY", weekend=("Friday", "Saturday"), avoid=("Sunday",)
    ),
    dataclasses.replace(js.DAY_AFTER, name="ONCE", max_messages=1, give_up_days=10),
    dataclasses.replace(
        js.DAY_AFTER, name="THRICE", max_messages=3, days_between_messages=4, country="US"
    ),
    dataclasses.replace(
        js.DAY_AFTER, name="SLOW", days_after_promise=3, days_without_promise=10, method="email"
    ),
    dataclasses.replace(
        js.BEFORE_DECISION, name="WELL_BEFORE", days_after_promise=-3, country="US"
    ),
    dataclasses.replace(
        js.BEFORE_DECISION,
        name="BEFORE_LONG_WEEKENDS",
        days_after_promise=0,
        country="GB",
        first_workday_is_monday=True,
        max_messages=1,
    ),
    dataclasses.replace(js.EMAIL_INSTEAD, name="EMAIL_US", country="US", max_messages=3),
    dataclasses.replace(
        js.NO_FOLLOW_UP, name="NEVER_US", country="US", first_workday_is_monday=True
    ),
)


def days_to_ask(seed: int) -> list[date]:
    """Return six days from before most events to after them: a Monday and a Saturday among them."""
    middle = middle_of(seed)
    monday = middle + timedelta((0 - middle.weekday()) % 7)
    saturday = middle + timedelta((5 - middle.weekday()) % 7 + 7)
    return [middle, monday, saturday, *(middle + timedelta(n) for n in (-7, 18, 33))]


def as_python(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as dictionaries of text, int, `date` and None."""
    columns = {}
    for name, values in frame.items():
        if values.dtype.kind == "M":
            columns[name] = values.to_numpy().astype("datetime64[D]").astype(object).tolist()
        else:
            columns[name] = values.astype(object).where(values.notna(), None).tolist()
    rows = zip(*columns.values(), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def lives_as_python(log: ApplicationLog) -> dict[str, tuple[dict[str, Any], InDayOrder]]:
    rows = as_python(log.applications.reset_index())
    events: dict[str, list[dict[str, Any]]] = {row["application_id"]: [] for row in rows}
    for event in as_python(log.events):
        events[event["application_id"]].append(event)
    return {i: (row, in_day_order(events[i])) for i, row in zip(events, rows, strict=True)}


def expected_rows(
    lives: dict[str, tuple[dict[str, Any], InDayOrder]],
    *,
    as_of: date,
    strategy: js.Strategy,
    stages: tuple[str, ...],
) -> dict[str, dict[str, Any]]:
    pairs = ((i, event) for i, (_, events) in lives.items() for event in events)
    asked = {
        "as_of": as_of,
        "strategy": strategy,
        "stages": stages,
        "barred": barred_addresses(pairs, as_of=as_of),
    }
    found = {i: state_of(row, events, **asked) for i, (row, events) in lives.items()}
    return {i: row for i, row in found.items() if row is not None}


def assert_same(
    table: pd.DataFrame,
    expected: dict[str, dict[str, Any]],
    lives: dict[str, tuple[dict[str, Any], InDayOrder]],
    asked: str,
) -> None:
    """Compare row by row; say what differs how often, and show the first life in full."""
    only_library = [i for i in table.index if i not in expected]
    only_oracle = [i for i in expected if i not in table.index]
    assert list(table.index) == list(expected), (
        f"{asked}: only in the library's table {only_library[:5]}, only in the oracle's "
        f"{only_oracle[:5]}, or another order.\n"
        + "".join(shown(*lives[i]) for i in (only_library + only_oracle)[:1])
    )
    wrong: list[tuple[str, str, Any, Any]] = []
    for i, found in zip(expected, as_python(table.drop(columns="reason")), strict=True):
        if found != expected[i]:
            columns = expected[i].keys() | found.keys()
            wrong += [
                (i, c, found.get(c, "no such column"), expected[i].get(c, "no such column"))
                for c in sorted(columns)
                if found.get(c) != expected[i].get(c)
            ]
    if wrong:
        first = wrong[0][0]
        lines = [f"{c}: library {a!s}, oracle {b!s}" for i, c, a, b in wrong if i == first]
        often = Counter(c for _, c, _, _ in wrong).most_common()
        pytest.fail(
            f"{asked}: {len({w[0] for w in wrong})} of {len(expected)} rows differ, {often}\n"
            f"{first}\n" + "\n".join(lines) + "\n" + shown(*lives[first]),
            pytrace=False,
        )


def shown(application: dict[str, Any], events: InDayOrder) -> str:
    """Write a life as text, without its blanks."""
    rows = (application, *events)
    return "\n".join(
        ", ".join(
            f"{c}={v}" for c, v in row.items() if v is not None and v is not False and c != "moment"
        )
        for row in rows
    )


@pytest.mark.parametrize("batch", range(N_BATCHES))
def test_library_and_oracle_agree(batch):
    log = ApplicationLog.from_frames(*simulated_lives(N_LIVES, seed=batch))
    lives = lives_as_python(log)
    days = days_to_ask(batch)
    for turn in range(3):
        strategy = STRATEGIES[(3 * batch + turn) % len(STRATEGIES)]
        for half, stages in enumerate((INTERVIEWS, BOTH)):
            asked = {
                "as_of": days[(batch + 2 * turn + half) % len(days)],
                "strategy": strategy,
                "stages": stages,
            }
            table = js.follow_ups(log, **asked)
            what = f"lives {batch}, {asked['as_of']:%a %d %b %Y}, {strategy.name}, {stages}"
            assert_same(table, expected_rows(lives, **asked), lives, what)


def test_every_strategy_meets_every_kind_of_awkward_day_or_nearly():
    """The rotation above leaves no strategy out, and none with a few days only."""
    met = {
        (STRATEGIES[(3 * batch + turn) % len(STRATEGIES)].name, middle_of(batch))
        for batch in range(N_BATCHES)
        for turn in range(3)
    }
    per_strategy = Counter(name for name, _ in met)
    assert set(per_strategy) == {strategy.name for strategy in STRATEGIES}
    assert min(per_strategy.values()) >= 4
    assert {middle for _, middle in met} == set(AWKWARD_DAYS)


def test_the_lives_reach_every_state_stage_and_corner():
    log = ApplicationLog.from_frames(*simulated_lives(N_LIVES, seed=5))
    lives = lives_as_python(log)
    asked = {"as_of": middle_of(5) + timedelta(10), "stages": BOTH}
    rows = pd.DataFrame(expected_rows(lives, strategy=js.BEFORE_DECISION, **asked).values())
    reached = rows.groupby(["stage", "state"]).size()
    assert len(reached) == 10
    assert reached.min() >= 20
    assert (rows["due_on"] < rows["due_until"]).sum() >= 20
    assert rows["n_messages"].max() >= 3
    assert rows["n_attempts"].max() >= 2
    assert set(rows["contact_role"].dropna()) == {"hiring_manager", "interviewer", "hr", "other"}
    events = log.events
    names, phones = (events[c].str.count(";").fillna(-1) for c in ("contact", "phone"))
    assert {-1, 0, 1} <= set(np.unique(names - phones))
    unbarred = [
        state_of(*life, as_of=asked["as_of"], strategy=js.DAY_AFTER) for life in lives.values()
    ]
    barred = expected_rows(lives, strategy=js.DAY_AFTER, as_of=asked["as_of"], stages=INTERVIEWS)
    changed = [
        (before["state"], after["state"], after["phone"])
        for before, after in zip(filter(None, unbarred), barred.values(), strict=True)
        if before != after
    ]
    # R14 closes some rows, and only takes an address from others.
    assert sum(a != b for a, b, _ in changed) >= 20
    assert sum(a == b for a, b, _ in changed) >= 20
