"""Clones, their departures and weights: by hand, against a published example, and two ways."""

import numpy as np
import pytest

from jobsearch_stats.clone_risks import naive_curve, plan, risk_curve
from jobsearch_stats.cloning import (
    at_risk,
    clone_weights,
    departures,
    factor_table,
    factors,
    followers,
    naive_followers,
    observed_units,
    same_masks,
)

# M. A. Hernán (2018), BMJ 360:k182: treated in year 1, died in year 1, treated in year 2, died in
# year 2; None once dead. Treatment of a year comes before death in it.
TWELVE = (
    (0, 0, 0, 0),
    (0, 0, 0, 1),
    (0, 0, 0, 1),
    (0, 1, None, None),
    (1, 0, 0, 0),
    (1, 0, 0, 1),
    (1, 0, 0, 1),
    (1, 1, None, None),
    (1, 0, 1, 0),
    (1, 0, 1, 1),
    (1, 0, 1, 1),
    (1, 1, None, None),
)
NEVER, ONE_YEAR, TWO_YEARS = (0,), (1,), (2,)
RISK = 0.75
NAIVE = {"one": 2 / 3, "two": 0.80}


def twelve():
    """Return the twelve: the act is to stop, in the first year without treatment."""
    acted = [0 if not a else 1 if b == 0 else 2 for a, _, b, _ in TWELVE]
    event = [0 if d else 1 if e else 2 for _, d, _, e in TWELVE]
    n = len(TWELVE)
    return observed_units(
        acted=acted,
        event=event,
        competing=[2] * n,
        observed=[1] * n,
        outcome_first=np.zeros((n, 1)),
        n_days=2,
    )


def stopping_masks(n):
    """Return the masks of never, one and two years: one must go on before, and then must stop."""
    may_wait = np.zeros((3, n, 2), bool)
    may_wait[1, :, 0] = may_wait[2] = True
    return may_wait, ~may_wait


def stopping():
    """Return rows of factors and the table: the chances of stopping are those observed."""
    units = twelve()
    may_wait, may_act = stopping_masks(len(TWELVE))
    pattern = np.broadcast_to(np.arange(2), (len(TWELVE), 2))
    at = np.arange(2)[:, None]
    asked = (units.acted >= at) & (units.end >= at)
    chance = ((units.acted == at) & asked).sum(axis=1) / asked.sum(axis=1)
    rows = factors(may_wait, may_act, units, pattern, 2)
    logits = np.log(chance / (1 - chance))[:, None]
    return units, may_wait, may_act, rows, factor_table(logits)


def test_twelve_people_by_clones_and_weights():
    units, may_wait, may_act, rows, table = stopping()
    departs = departures(may_wait, may_act, units)
    counts = np.ones((len(TWELVE), 1))
    risks = [
        risk_curve(plan(units, departs[s], rows[s], n_rows=5), table, counts)[0, -1]
        for s in range(3)
    ]
    assert risks == pytest.approx([RISK] * 3, abs=1e-12)


def test_twelve_people_looked_at_naively():
    units, may_wait, may_act, _, _ = stopping()
    departs = departures(may_wait, may_act, units)
    followed = naive_followers(departs, np.array([True, True, False]), units)
    counts = np.ones((len(TWELVE), 1))
    never, one, two = (naive_curve(units, f, counts)[0, -1] for f in followed)
    assert never == pytest.approx(RISK)
    assert one == pytest.approx(NAIVE["one"])
    assert two == pytest.approx(NAIVE["two"])


def test_without_weights_the_clones_are_biased():
    units, may_wait, may_act, rows, table = stopping()
    departs = departures(may_wait, may_act, units)
    days = plan(units, departs[1], rows[1], n_rows=5)
    bare = risk_curve(days, np.ones_like(table), np.ones((12, 1)))[0, -1]
    # year 1: 2 of the 8 treated die; year 2, among those who stop: 2 of 3
    assert bare == pytest.approx(2 / 8 + 6 / 8 * 2 / 3)
    assert bare == pytest.approx(
        RISK
    )  # here stopping depends on nothing, so weights change nothing


def unit(acted=9, event=9, competing=9, observed=9, first=False, n_days=4, watched=None):
    return observed_units(
        acted=[acted],
        event=[event],
        competing=[competing],
        observed=[observed],
        outcome_first=np.array([[first]]),
        n_days=n_days,
        watched=None if watched is None else [watched],
    )


WAIT = np.array([[[True, True, False, True]]])  # day 2 is the last day of the window
ACT = np.array([[[False, True, True, False]]])


@pytest.mark.parametrize(
    ("acted", "departs"),
    [(0, 0), (1, 4), (2, 4), (3, 2), (9, 2)],
    ids=["too early", "first day", "last day", "the day after", "never"],
)
def test_a_clone_departs_on_the_day_it_first_differs(acted, departs):
    assert departures(WAIT, ACT, unit(acted=acted)).item() == departs


def test_a_day_that_allows_neither_is_departed_from_either_way():
    none = np.zeros((1, 1, 4), bool)
    assert departures(none, none, unit(acted=0)).item() == 0
    assert departures(none, none, unit(acted=3)).item() == 0


@pytest.mark.parametrize(("first", "follows"), [(False, False), (True, True)])
def test_an_answer_on_the_last_day_of_the_window(first, follows):
    """It did not find them following up; whether they would have is open if it came first."""
    one = unit(event=2, first=first)
    departs = departures(WAIT, ACT, one)
    assert followers(one, departs).item() is follows
    rows = factors(WAIT, ACT, one, np.zeros((1, 4), int), 1)
    curve = risk_curve(plan(one, departs[0], rows[0], n_rows=3), np.ones((3, 1)), np.ones((1, 1)))
    assert curve[0, 1] == 0
    assert curve[0, 2] == (1 if follows else pytest.approx(np.nan, nan_ok=True))


def test_an_act_on_the_day_of_the_answer_counts_only_if_it_came_first():
    assert unit(acted=2, event=2).acted.item() == 2
    assert unit(acted=2, event=2, first=True).acted.item() == 4
    assert unit(acted=2, event=2, first=True).watched.item() == 1
    assert unit(acted=3, event=2).acted.item() == 4


def test_after_nobody_looks_for_acts_no_clone_departs():
    assert departures(WAIT, ACT, unit(watched=1)).item() == 4
    assert departures(WAIT, ACT, unit(watched=2)).item() == 2


def test_of_an_outcome_and_its_end_on_one_day_the_outcome_counts():
    both = unit(event=2, competing=2)
    assert both.answered.item()
    assert not both.impossible.item()
    late = unit(event=3, competing=2)
    assert late.impossible.item()
    assert not late.answered.item()
    open_still = unit(event=3, observed=2)
    assert not open_still.answered.item()
    assert not open_still.impossible.item()


def test_weights_are_inverse_chances_of_what_alone_was_allowed():
    chance = np.array([0.1, 0.2, 0.4, 0.5])
    one = unit(acted=2)
    rows = factors(WAIT, ACT, one, np.arange(4)[None], 4)
    table = factor_table(np.log(chance / (1 - chance))[:, None])
    weights = clone_weights(one, rows, table[:, 0])[0, 0]
    # day 0 waits, day 1 is free, on day 2 one must; after the act nothing is decided
    assert weights == pytest.approx([1 / 0.9, 1 / 0.9, 1 / 0.9 / 0.4, 1 / 0.9 / 0.4])


def random_units(rng, n, n_days, first):
    return observed_units(
        acted=rng.integers(0, 2 * n_days, n),
        event=rng.integers(0, 2 * n_days, n),
        competing=rng.integers(0, 4 * n_days, n),
        observed=rng.integers(0, 3 * n_days, n),
        outcome_first=first(n, n_days),
        n_days=n_days,
    )


TIES = {
    "act first": lambda n, t: np.zeros((n, t), bool),
    "outcome first": lambda n, t: np.ones((n, t), bool),
    "mixed": lambda n, t: np.random.default_rng(7).random((n, t)) < 0.5,
}


def risk_by_loops(units, departs, weights, count, cap=np.inf):
    """Return the curve unit by unit and day by day, as one would write it down."""
    left, risk, curve = 1.0, 0.0, []
    for day in range(units.n_days):
        total = answered = gone = 0.0
        for i in range(units.acted.size):
            last_stay = day - 1 if units.outcome_first[i, day] else day
            if units.end[i] < day or departs[i] <= last_stay:
                continue
            w = count[i] * min(weights[i, day], cap)
            total += w
            if units.end[i] == day:
                answered += w * units.answered[i]
                gone += w * units.impossible[i]
        if total == 0 and left > 1e-12:
            return [*curve, *[np.nan] * (units.n_days - day)]
        if total:
            risk += left * answered / total
            left *= 1 - (answered + gone) / total
        curve.append(risk)
    return curve


@pytest.mark.parametrize("first", TIES.values(), ids=TIES)
@pytest.mark.parametrize("seed", range(4))
def test_the_fast_way_is_the_slow_way(first, seed):
    rng = np.random.default_rng(seed)
    n, n_days, n_patterns, n_boot = 60, 9, 12, 5
    units = random_units(rng, n, n_days, first)
    may_wait, may_act = rng.random((2, 3, n, n_days)) < 0.9
    pattern = rng.integers(0, n_patterns + 1, (n, n_days))
    departs = departures(may_wait, may_act, units)
    rows = factors(may_wait, may_act, units, pattern, n_patterns)
    table = factor_table(rng.normal(-1, 1, (n_patterns, n_boot)))
    counts = rng.multinomial(n, np.full(n, 1 / n), n_boot).T.astype(float)
    stays = at_risk(units, departs)
    for s in range(3):
        fast = risk_curve(plan(units, departs[s], rows[s], n_rows=len(table)), table, counts)
        for b in range(n_boot):
            weights = clone_weights(units, rows, table[:, b])[s]
            slow = risk_by_loops(units, departs[s], weights, counts[:, b])
            np.testing.assert_allclose(fast[b], slow, rtol=1e-9)
        last = np.take_along_axis(stays[s], units.end[:, None], axis=1)[:, 0]
        stayed = np.where(units.answered | units.impossible, last, departs[s] > units.end)
        np.testing.assert_array_equal(followers(units, departs)[s], stayed)


@pytest.mark.parametrize("level", [0.5, 0.9, 1.0])
def test_truncated_weights_are_lowered_to_their_quantile(level):
    rng = np.random.default_rng(1)
    n, n_days = 50, 6
    units = random_units(rng, n, n_days, TIES["act first"])
    may_wait, may_act = rng.random((2, 1, n, n_days)) < 0.9
    rows = factors(may_wait, may_act, units, rng.integers(0, 8, (n, n_days)), 8)
    departs = departures(may_wait, may_act, units)
    table = factor_table(rng.normal(-1, 1, (8, 1)))
    counts = rng.multinomial(n, np.full(n, 1 / n), 1).T.astype(float)
    weights = clone_weights(units, rows, table[:, 0])[0]
    here = at_risk(units, departs)[0]
    spread = np.sort(
        np.repeat(weights[here], np.broadcast_to(counts, here.shape)[here].astype(int))
    )
    cap = spread[int(np.ceil(level * spread.size)) - 1]
    days = plan(units, departs[0], rows[0], n_rows=len(table))
    fast = risk_curve(days, table, counts, truncate=level)[0]
    slow = risk_by_loops(units, departs[0], weights, counts[:, 0], cap)
    np.testing.assert_allclose(fast, slow, rtol=1e-9)


def test_equal_masks_are_found():
    a = (np.ones((2, 3), bool), np.zeros((2, 3), bool))
    b = (np.ones((2, 3), bool), np.ones((2, 3), bool))
    assert same_masks([a, b, (a[0].copy(), a[1].copy()), b]) == [0, 1, 0, 1]
