"""The simulated truth can be found again in the log, and its traps are really there."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.simulate import Source

START = "2025-06-02"
SOME_SD = 4.5
"""How many standard deviations an observed count may lie off: one run in 100 000 by chance."""

SEEN = dataclasses.replace(js.SearchModel(), fit_blank=0.0)
ANSWERS = ("reply", "rejection", "offer")


def first_waits(log, *, days):
    """One row per first interview that was held: what was promised, and when it ended."""
    end = pd.Timestamp(START) + pd.Timedelta(days=days)
    events = log.events.assign(application_id=log.events["application_id"].astype("str"))
    held = events[(events["kind"] == "interview") & (events["date"] <= end)]
    first = held.drop_duplicates("application_id").set_index("application_id")
    out = first[["date", "decide_by"]].rename(columns={"date": "clock"})
    later = events[events["date"] > events["application_id"].map(out["clock"])]
    for name, kinds in (("answered", ANSWERS), ("withdrawn", ("withdrawn",))):
        some = later[later["kind"].isin(kinds)]
        out[name] = some.groupby("application_id")["date"].min().reindex(out.index)
    out["fit"] = log.applications["fit"].reindex(out.index).astype(float)
    out["end"] = end
    calls = later[later["kind"] == "follow_up"]
    out["called"] = calls.groupby("application_id")["date"].min().reindex(out.index)
    return out


def open_days(waits, last):
    """One row per interview and day at risk, up to the day of the answer."""
    stop = waits[["answered", "withdrawn", "end"]].min(axis=1)
    n = (stop - waits["clock"]).dt.days.clip(upper=last).to_numpy()
    rows = waits.loc[waits.index.repeat(n)].reset_index(drop=True)
    rows["day"] = np.concatenate([np.arange(1, k + 1) for k in n]) if len(n) else []
    rows["on"] = rows["clock"] + pd.to_timedelta(rows["day"], unit="D")
    rows["hit"] = rows["answered"] == rows["on"]
    rows["late"] = (rows["on"] - rows["decide_by"]).dt.days
    rows["weekend"] = rows["on"].dt.day_of_week >= 5
    return rows


def assert_expected(rows, chance):
    """The number of answers is what the daily chances add up to, within SOME_SD."""
    assert len(rows) > 200
    spread = np.sqrt((chance * (1 - chance)).sum())
    assert abs(rows["hit"].sum() - chance.sum()) < SOME_SD * spread + 1e-9
    assert spread / chance.sum() < 0.2, "too few days for the comparison to mean anything"


def chance_of(rows, model, effect=1.0):
    return pd.Series(
        model.answer_hazard(
            day=rows["day"],
            from_promise=rows["late"].astype(float),
            fit=rows["fit"],
            weekend=rows["weekend"],
            effect=effect,
        ),
        index=rows.index,
    )


@pytest.fixture(scope="module")
def quiet():
    """Nobody follows up."""
    model = dataclasses.replace(SEEN, max_messages=0, weekend_factor=0.3)
    log = js.simulate_log(40_000, seed=11, start=START, days=500, model=model)
    return model, open_days(first_waits(log, days=500), model.silent_after)


def test_same_seed_same_log():
    a, b, c = (js.simulate_log(300, seed=s) for s in (5, 5, 6))
    pd.testing.assert_frame_equal(a.events, b.events)
    pd.testing.assert_frame_equal(a.applications, b.applications)
    assert not a.events.equals(c.events)


def test_row_order_is_irrelevant():
    log = js.simulate_log(300, seed=5)
    mixed = log.events.sample(frac=1, random_state=1)
    again = js.ApplicationLog.from_frames(log.applications, mixed)
    pd.testing.assert_frame_equal(again.events, log.events)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_small_sizes(n):
    log = js.simulate_log(n, seed=3)
    assert len(log.applications) == n
    assert (log.events["kind"] == "applied").sum() == n


def test_one_day_is_enough():
    log = js.simulate_log(50, seed=3, days=1)
    sent = log.events.loc[log.events["kind"] == "applied", "date"]
    assert set(sent) == {pd.Timestamp(START)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("promise_chance", 1.2),
        ("promise_chance", -0.1),
        ("promise_chance", "0.5"),
        ("promise_chance", float("nan")),
        ("email_share", True),
        ("answer_chance", 0.0),
        ("effect_days", 0),
        ("effect_days", 2.5),
        ("silent_after", 0),
        ("fit_answer", 0.0),
        ("promise_days", ()),
        ("promise_days", (3, 0)),
        ("promise_days", [3, 5]),
        ("interview_notice", (10, 3)),
        ("interview_notice", (0, 3)),
        ("fit_shares", (0.5, 0.5, 0.5, 0, 0)),
        ("fit_shares", (0.5, 0.5)),
        ("call_outcomes", (0.5, 0.5, 0.5, 0.5)),
        ("weekday_habit", (1.0,) * 6),
        ("sources", (Source("A", 0.5, 0.1),)),
        ("sources", ()),
    ],
)
def test_model_out_of_range(field, value):
    with pytest.raises(js.SettingError, match=field) as caught:
        dataclasses.replace(js.SearchModel(), **{field: value})
    assert caught.value.name == field


@pytest.mark.parametrize(
    "settings",
    [
        {"n_applications": -1},
        {"n_applications": 2.0},
        {"seed": None},
        {"seed": -1},
        {"days": 0},
        {"start": "soon"},
        {"model": {"promise_chance": 0.5}},
        {"strategy": "DAY_AFTER"},
    ],
)
def test_arguments_out_of_range(settings):
    name = next(iter(settings))
    with pytest.raises(js.SettingError) as caught:
        js.simulate_log(**{"seed": 1, **settings})
    assert caught.value.name == name


def test_source_out_of_range():
    with pytest.raises(js.SettingError, match="interview_chance"):
        Source("A", 1.0, 1.5)


def test_interviews_are_on_weekdays_and_answers_seldom_on_weekends():
    log = js.simulate_log(20_000, seed=2)
    events = log.events.assign(weekend=log.events["date"].dt.day_of_week >= 5)
    assert not events.loc[events["kind"] == "interview", "weekend"].any()
    assert not events.loc[events["kind"] == "follow_up", "weekend"].any()
    assert 0 < events.loc[events["kind"].isin(ANSWERS), "weekend"].mean() < 0.03


def test_only_invented_numbers_and_addresses():
    events = js.simulate_log(5_000, seed=2).events
    assert events["phone"].dropna().str.fullmatch(r"\(2\d\d\) 555-01\d\d").all()
    assert events["email"].dropna().str.endswith(".example.com").all()
    assert events["phone"].notna().sum() > 1000


def test_no_two_applications_share_a_number_by_chance():
    log = js.simulate_log(3_000, seed=2)
    named = log.events.dropna(subset="phone").drop_duplicates(["application_id", "phone"])
    assert named["phone"].is_unique


def test_what_is_not_known_yet_is_not_in_the_log():
    log = js.simulate_log(5_000, seed=2, start=START, days=200)
    end = pd.Timestamp(START) + pd.Timedelta(days=200)
    ahead = log.events[log.events["date"] > end]
    assert len(ahead) > 10
    assert (ahead["kind"] == "interview").all()
    assert ahead["decide_by"].isna().all()


def test_chance_of_an_interview_by_source():
    log = js.simulate_log(40_000, seed=4, days=2000, model=SEEN)
    seen = log.events.loc[log.events["kind"] == "interview", "application_id"].astype("str")
    apps = log.applications[log.applications["fit"] == 3]
    got = apps.index.isin(seen)
    for source in SEEN.sources:
        of = got[apps["source"] == source.name]
        spread = np.sqrt(source.interview_chance * (1 - source.interview_chance) / len(of))
        # a few of the last weeks are still unanswered
        assert abs(of.mean() - source.interview_chance) < SOME_SD * spread + 0.01


@pytest.mark.parametrize("fit", [1, 3, 5])
def test_daily_chance_without_a_promise(quiet, fit):
    model, rows = quiet
    part = rows[rows["decide_by"].isna() & (rows["fit"] == fit) & ~rows["weekend"]]
    assert_expected(part, chance_of(part, model))
    exact = model.chance_without_promise * model.fit_answer ** (fit - 3)
    assert chance_of(part, model).to_numpy() == pytest.approx(exact)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("weekend", [False, True])
def test_daily_chance_around_a_promise(quiet, after, weekend):
    model, rows = quiet
    late = rows["late"] > model.decision_delay
    part = rows[rows["decide_by"].notna() & (late == after) & (rows["weekend"] == weekend)]
    assert_expected(part, chance_of(part, model))


def test_decisions_come_a_little_late(quiet):
    model, rows = quiet
    middle = rows[(rows["fit"] == 3) & ~rows["weekend"]]
    rate = middle.groupby("late")["hit"].mean()
    assert rate.loc[model.decision_delay] < 0.03 < 0.05 < rate.loc[model.decision_delay + 1]


def test_nobody_answers_after_the_silence(quiet):
    model, _ = quiet
    log = js.simulate_log(5_000, seed=8, days=500, model=model)
    waits = first_waits(log, days=500)
    waited = (waits["answered"] - waits["clock"]).dt.days
    assert waited.min() >= 1
    assert waited.max() <= model.silent_after


@pytest.mark.parametrize("promised", [False, True])
def test_a_follow_up_raises_the_daily_chance_while_it_works(promised):
    model = dataclasses.replace(
        SEEN, max_messages=1, email_share=1.0, out_of_office_chance=0.0,
        early_follow_up_chance=0.15, promise_chance=1.0 if promised else 0.0,
    )  # fmt: skip
    log = js.simulate_log(40_000, seed=12, start=START, days=500, model=model)
    rows = open_days(first_waits(log, days=500), model.silent_after)
    since = (rows["on"] - rows["called"]).dt.days
    works = rows[since.between(0, model.effect_days - 1)]
    before = works["called"] <= works["decide_by"]
    factor = model.follow_up_effect(before_promise=before, fit=works["fit"])
    for part in (before, ~before) if promised else (~before,):
        assert_expected(works[part], chance_of(works, model, factor)[part])
    over = rows[since >= model.effect_days]
    assert_expected(over, chance_of(over, model))


def test_a_call_that_nobody_answers_does_nothing():
    model = dataclasses.replace(
        SEEN, email_share=0.0, call_outcomes=(1.0, 0.0, 0.0, 0.0), effect_after_promise=5.0
    )
    log = js.simulate_log(20_000, seed=12, start=START, days=500, model=model)
    rows = open_days(first_waits(log, days=500), model.silent_after)
    after = rows[rows["on"] >= rows["called"]]
    assert_expected(after, chance_of(after, model))


def test_messages_keep_their_number_and_distance():
    model = dataclasses.replace(SEEN, call_outcomes=(0.3, 0.5, 0.2, 0.0))
    log = js.simulate_log(20_000, seed=7, days=400, model=model)
    events = log.events.assign(wait=(log.events["kind"].isin(("interview", *ANSWERS))).cumsum())
    said = events[(events["kind"] == "follow_up") & (events["outcome"] != "no_answer")]
    by = said.groupby(["application_id", "wait"], observed=True)["date"]
    assert by.size().max() == 2
    assert by.diff().dt.days.min() >= model.days_between_messages


def test_follow_ups_come_only_while_nobody_has_answered():
    events = js.simulate_log(20_000, seed=7, days=400).events
    end = events["kind"].isin(("offer", "rejection", "withdrawn"))
    over = events[end].drop_duplicates("application_id").set_index("application_id")["date"]
    calls = events[events["kind"] == "follow_up"]
    closed = calls["application_id"].map(over).astype(calls["date"].dtype)
    assert closed.notna().sum() > 1000
    assert (calls["date"] <= closed)[closed.notna()].all()


def answered_by(waits, horizon):
    """Response by the horizon among interviews that were seen for so long."""
    seen = waits[(waits["end"] - waits["clock"]).dt.days >= horizon]
    return seen, (seen["answered"] - seen["clock"]).dt.days <= horizon


def test_the_naive_contrast_has_the_wrong_sign():
    """Immortal time: whoever was followed up had not been answered before."""
    args = {"n_applications": 30_000, "seed": 9, "start": START, "days": 700, "model": SEEN}
    truth = {}
    for strategy in (js.DAY_AFTER, js.NO_FOLLOW_UP):
        log = js.simulate_log(**args, strategy=strategy)
        truth[strategy.name] = answered_by(first_waits(log, days=700), 21)[1].mean()
    assert truth["DAY_AFTER"] - truth["NO_FOLLOW_UP"] > 0.05

    waits, answered = answered_by(first_waits(js.simulate_log(**args), days=700), 21)
    followed = (waits["called"] - waits["clock"]).dt.days <= 21
    assert answered[followed].mean() < answered[~followed].mean() - 0.05


def test_nobody_follows_up_where_the_strategy_says_never():
    log = js.simulate_log(2_000, seed=1, strategy=js.NO_FOLLOW_UP)
    assert not (log.events["kind"] == "follow_up").any()


def rolled(day, step):
    """Move a day on (or back) to a Tuesday to Friday."""
    while day.day_of_week in (0, 5, 6):
        day += pd.Timedelta(days=step)
    return day


def window(clock, decide_by, strategy):
    """The first and last day of the first follow-up, one interview at a time."""
    one = pd.Timedelta(days=1)
    promised = pd.notna(decide_by)
    first = rolled(decide_by + one if promised else clock + 7 * one, 1)
    last = rolled(rolled(first + one, 1) + one, 1)
    if strategy.before_decision and promised:
        early = max(rolled(decide_by - one, -1), rolled(clock + one, 1))
        latest = rolled(rolled(early + one, 1) + one, 1)
        latest = min(latest, rolled(decide_by, -1))
        if early <= latest:
            return early, latest
    return first, last


@pytest.mark.parametrize("strategy", [js.DAY_AFTER, js.BEFORE_DECISION], ids=lambda s: s.name)
def test_a_strategy_is_obeyed(strategy):
    log = js.simulate_log(1_500, seed=21, start=START, days=400, model=SEEN, strategy=strategy)
    waits = first_waits(log, days=400)
    stop = waits[["answered", "withdrawn", "end"]].min(axis=1)
    n_called = n_waited = 0
    for key, wait in waits.iterrows():
        first, last = window(wait["clock"], wait["decide_by"], strategy)
        called = wait["called"]
        if pd.notna(called) and called <= stop[key]:
            assert first <= called <= last
            assert called.day_of_week in (1, 2, 3, 4)
            n_called += 1
        else:  # answered, withdrawn or unseen before it had to be
            assert stop[key] < last
            n_waited += 1
    assert n_called > 50
    assert n_waited > 20


def test_hours_put_the_seeker_before_the_answer():
    events = js.simulate_log(20_000, seed=3).events
    logged = events[events["hour"].notna()]
    assert 0.5 < len(logged) / len(events) < 0.7
    calls = logged[logged["kind"] == "follow_up"]
    same = calls.merge(logged[logged["kind"].isin(ANSWERS)], on=["application_id", "date"])
    assert len(same) > 20
    assert (same["hour_x"] < same["hour_y"]).all()
