import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats import ledger as book
from jobsearch_stats.exact import difference_interval, within_blocks
from small_logs import happened, log_of, met

BOTH = [js.DAY_AFTER, js.BEFORE_DECISION]
END = "2026-04-30"


def interview(i, date="2026-03-03", **other):
    return met(date, application_id=f"a{i:03d}", decide_by="2026-03-12", **other)


def rejection(i, date="2026-03-10", **other):
    return happened("rejection", date, application_id=f"a{i:03d}", **other)


def obeyed(i, name):
    """Return the follow-up that the card asks for: Friday 13 March, or Wednesday the 11th."""
    day = {"DAY_AFTER": "2026-03-13", "BEFORE_DECISION": "2026-03-11"}[name]
    return happened(
        "follow_up", day, application_id=f"a{i:03d}", method="phone", outcome="voicemail"
    )


def dealt_log(n, file, *, strategies=BOTH, seed=1):
    """Deal n interviews, and return their log and cards by number."""
    log = ours(*(interview(i) for i in range(n)))
    cards = js.randomise_timing(log, strategies, seed=seed, ledger=file, as_of="2026-03-04")
    return log, cards.table["strategy"].tolist()


def ours(*events):
    """Return a log of these events alone, without the application that `log_of` always has."""
    log = log_of(*events)
    return js.ApplicationLog.from_frames(log.applications.drop(index="a1"), log.events)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "trial.csv"


def answered(names, name, k):
    """Return the numbers of the first k cards of a strategy."""
    return [i for i, card in enumerate(names) if card == name][:k]


def test_each_interview_counts_under_its_card(file):
    """Ten cards of each, seven and two answered: counted by hand, with the usual intervals."""
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    _, names = dealt_log(20, file)
    yes = [*answered(names, "DAY_AFTER", 7), *answered(names, "BEFORE_DECISION", 2)]
    log = ours(*(interview(i) for i in range(20)), *(rejection(i, "2026-03-20") for i in yes))
    trial = js.analyse_trial(log, file, as_of=END)
    assert trial.table[["n", "n_responses", "risk"]].to_numpy().tolist() == [
        [10, 7, 0.7],
        [10, 2, 0.2],
    ]
    assert trial.table["strategy"].tolist() == ["DAY_AFTER", "BEFORE_DECISION"]
    wilson = proportion_confint(np.array([7, 2]), 10, method="wilson")
    assert trial.table["ci_low"].to_numpy() == pytest.approx(wilson[0])
    assert trial.table["ci_high"].to_numpy() == pytest.approx(wilson[1])
    row = trial.differences.iloc[0]
    newcombe = confint_proportions_2indep(2, 10, 7, 10, method="newcomb", compare="diff")
    assert (row["strategy"], row["reference"]) == ("BEFORE_DECISION", "DAY_AFTER")
    assert row["difference"] == pytest.approx(-0.5)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(newcombe)
    assert (row["exact_low"], row["exact_high"]) == difference_interval(
        10, 10, 2, 7, confidence=0.95
    )
    assert row["p_value"] == row["p_adjusted"]
    assert trial.n_blocks == row["n_blocks"] == 5
    assert row["always_low"] < row["exact_low"] < row["ci_low"]


def test_the_day_before_the_horizon_the_day_and_the_day_after(file):
    _, names = dealt_log(4, file)
    log = ours(
        *(interview(i) for i in range(4)), rejection(0, "2026-03-24"), rejection(1, "2026-03-25")
    )
    for as_of, n, k in (("2026-03-23", 0, 0), ("2026-03-24", 4, 1), ("2026-03-25", 4, 1)):
        table = js.analyse_trial(log, file, as_of=as_of).table
        assert (table["n"].sum(), table["n_responses"].sum()) == (n, k)
        assert table["n_waiting"].sum() == 4 - n
    assert js.analyse_trial(log, file, as_of=END, horizon=22).table["n_responses"].sum() == 2
    assert len(names) == 4


def test_young_interviews_are_left_out_answered_or_not(file):
    log = ours(*(interview(i) for i in range(3)), interview(3, "2026-03-09"))
    js.randomise_timing(log, BOTH, seed=1, ledger=file, as_of="2026-03-09")
    log = ours(
        *(interview(i) for i in range(3)), interview(3, "2026-03-09"), rejection(3, "2026-03-12")
    )
    trial = js.analyse_trial(log, file, as_of="2026-03-27")
    assert trial.table["n"].sum() == 3
    assert trial.table["n_waiting"].sum() == 1
    assert trial.table["n_responses"].sum() == 0
    assert trial.n_blocks == 0  # ... and their block is not complete
    assert trial.differences["always_low"].tolist() == [-1]
    assert "1 not watched that long yet" in trial.caption


def test_who_does_otherwise_counts_under_the_card_and_is_counted(file):
    _, names = dealt_log(8, file)
    other = {"DAY_AFTER": "BEFORE_DECISION", "BEFORE_DECISION": "DAY_AFTER"}
    did = [names[0], other[names[1]], *names[2:6]]
    log = ours(
        *(interview(i) for i in range(8)),
        *(obeyed(i, name) for i, name in enumerate(did)),
        rejection(6, "2026-03-06"),  # answered before anything was due; the last is never called
    )
    trial = js.analyse_trial(log, file, as_of=END)
    assert trial.table["n"].tolist() == [4, 4]
    kept = pd.Series([True, False, True, True, True, True, True, False]).groupby(names).sum()
    by_name = trial.table.set_index("strategy")["n_kept"]
    assert by_name.sort_index().tolist() == kept.sort_index().tolist()
    assert "You did what the card says in 6 of 8; all count under their card" in trial.text


def test_never_is_kept_by_not_following_up(file):
    _, names = dealt_log(4, file, strategies=[js.DAY_AFTER, js.NO_FOLLOW_UP])
    left = answered(names, "NO_FOLLOW_UP", 2)
    log = ours(*(interview(i) for i in range(4)), obeyed(left[0], "DAY_AFTER"))
    table = js.analyse_trial(log, file, as_of=END).table.set_index("strategy")
    assert table["n_kept"].to_dict() == {"DAY_AFTER": 0, "NO_FOLLOW_UP": 1}


def test_later_events_and_later_cards_do_not_exist(file):
    first = [interview(i) for i in range(4)]
    later = [met("2026-03-24", application_id=f"b{i}", decide_by="2026-04-02") for i in range(4)]
    js.randomise_timing(ours(*first), BOTH, seed=2, ledger=file, as_of="2026-03-04")
    then = js.analyse_trial(ours(*first), file, as_of="2026-03-26")
    js.randomise_timing(ours(*first, *later), BOTH, seed=2, ledger=file, as_of="2026-03-27")
    now = js.analyse_trial(ours(*first, *later, rejection(0, "2026-03-27")), file,
                           as_of="2026-03-26")  # fmt: skip
    pd.testing.assert_frame_equal(now.table, then.table)
    pd.testing.assert_frame_equal(now.differences, then.differences)


def test_what_nobody_will_know_widens_the_interval_that_is_always_right(file):
    """The one is gone from the log, the other answered on a day that nobody wrote down."""
    _, names = dealt_log(40, file)
    events = [interview(i) for i in range(40)] + [rejection(i) for i in range(0, 40, 3)]
    whole = js.analyse_trial(ours(*events), file, as_of=END)
    log = ours(*events)
    status = pd.Series({"a001": "rejected"}, dtype=object).reindex(log.applications.index)
    holes = js.ApplicationLog.from_frames(
        log.applications.assign(status_kind=status).drop(index="a002"),
        log.events[log.events["application_id"] != "a002"],
    )
    trial = js.analyse_trial(holes, file, as_of=END)
    assert trial.table["n"].sum() == 38
    unknown = pd.Series(names).iloc[[1, 2]].value_counts()
    assert trial.table.set_index("strategy")["n_unknown"].loc[unknown.index].tolist() == (
        unknown.tolist()
    )
    assert trial.n_blocks == 10
    a, b = whole.differences.iloc[0], trial.differences.iloc[0]
    assert b["always_low"] < a["always_low"]
    assert b["always_high"] > a["always_high"]
    assert "2 of which nobody will know" in trial.caption


def test_blocks_count_up_to_the_first_that_is_not_complete(file):
    """The second block holds an interview of later; the third has been watched long enough."""
    days = ["2026-03-03"] * 7 + ["2026-03-04"] + ["2026-03-03"] * 4
    for stop in (8, 12):
        log = ours(*(interview(i, days[i]) for i in range(stop)))
        js.randomise_timing(log, BOTH, seed=1, ledger=file, as_of="2026-03-05")
    assert js.analyse_trial(log, file, as_of="2026-03-24").n_blocks == 1
    assert js.analyse_trial(log, file, as_of="2026-03-25").n_blocks == 3


def test_positive_answers_alone(file):
    dealt_log(4, file)
    invited = happened("reply", "2026-03-10", application_id="a001", outcome="invited")
    log = ours(*(interview(i) for i in range(4)), rejection(0), invited)
    assert js.analyse_trial(log, file, as_of=END).table["n_responses"].sum() == 2
    trial = js.analyse_trial(log, file, as_of=END, counts="positive")
    assert trial.table["n_responses"].sum() == 1
    assert trial.caption.startswith("A positive response within 21 days")


def test_several_strategies_are_compared_with_the_first(file):
    three = [js.DAY_AFTER, js.BEFORE_DECISION, js.NO_FOLLOW_UP]
    _, names = dealt_log(24, file, strategies=three)
    yes = [*answered(names, "DAY_AFTER", 8), *answered(names, "BEFORE_DECISION", 4)]
    log = ours(*(interview(i) for i in range(24)), *(rejection(i, "2026-03-20") for i in yes))
    trial = js.analyse_trial(log, file, as_of=END)
    assert trial.table["n"].tolist() == [8, 8, 8]
    rows = trial.differences
    assert rows["strategy"].tolist() == ["BEFORE_DECISION", "NO_FOLLOW_UP"]
    assert rows["reference"].tolist() == ["DAY_AFTER"] * 2
    p = sorted(rows["p_value"])
    assert sorted(rows["p_adjusted"]) == pytest.approx([2 * p[0], max(2 * p[0], p[1])])
    assert trial.looks.groupby("strategy").size().tolist() == [4, 4]
    one = js.analyse_trial(log, file, as_of=END, confidence=0.975).differences
    assert (one["always_low"] <= rows["always_low"]).all()


def test_a_difference_that_is_there_is_said_and_one_that_may_be_is_not(file):
    _, names = dealt_log(400, file)
    yes = [*answered(names, "DAY_AFTER", 150), *answered(names, "BEFORE_DECISION", 50)]
    events = [interview(i) for i in range(400)]
    events += [obeyed(i, name) for i, name in enumerate(names)]
    log = ours(*events, *(rejection(i, "2026-03-20") for i in yes))
    text = js.analyse_trial(log, file, as_of=END).text
    assert text.startswith(
        "DAY_AFTER brings more answers within 21 days than BEFORE_DECISION: 150 of 200 (75 %) "
        "with DAY_AFTER, 50 of 200 (25 %) with BEFORE_DECISION; "
    )
    assert "You did what the card says every time. The last thing in the log is of 20" in text
    few = ours(*events, *(rejection(i, "2026-03-20") for i in range(0, 400, 2)))
    text = js.analyse_trial(few, file, as_of=END).text
    assert text.startswith("Cannot tell yet: ")
    assert "would not show reliably" in text


def test_a_single_look_is_told_as_such(file):
    _, names = dealt_log(20, file)
    yes = [*answered(names, "DAY_AFTER", 9), *answered(names, "BEFORE_DECISION", 2)]
    log = ours(*(interview(i) for i in range(20)), *(rejection(i, "2026-03-20") for i in yes))
    trial = js.analyse_trial(log, file, as_of=END)
    assert trial.differences["ci_high"].iloc[0] < 0
    assert trial.text.startswith("Cannot tell yet")
    assert "If this is the only day on which you look, and you chose it beforehand" in trial.text


def test_every_number_of_the_verdict_comes_from_the_result(file):
    _, names = dealt_log(12, file)
    log = ours(*(interview(i) for i in range(12)), rejection(0), rejection(1))
    trial = js.analyse_trial(log, file, as_of=END)
    row, table = trial.differences.iloc[0], trial.table
    for arm in table.itertuples():
        assert f"{arm.n_responses} of {arm.n} ({arm.risk:.0%}".replace("%", " %") in trial.text
    low, high = (f"{round(100 * row[f'always_{end}']):+d}" for end in ("low", "high"))
    assert f"anything from {low} to {high} points".replace("-", "−") in trial.text
    assert f"below {100 * row['detectable']:.0f} points would not show" in trial.text
    assert len(names) == 12


def test_one_strategy_has_none_yet(file):
    log, names = dealt_log(1, file)
    trial = js.analyse_trial(log, file, as_of=END)
    none = ({"DAY_AFTER", "BEFORE_DECISION"} - set(names)).pop()
    assert f"no interview with the card {none} was watched for 21 days" in trial.text
    row = trial.differences.iloc[0]
    assert np.isnan(row["difference"])
    assert (row["ci_low"], row["ci_high"], row["exact_low"], row["exact_high"]) == (-1, 1, -1, 1)
    assert np.isnan(row["detectable"])
    assert row["p_value"] == 1


def test_without_any_card(file):
    file.write_text(",".join(book.COLUMNS) + "\n", encoding="utf-8")
    trial = js.analyse_trial(log_of(met("2026-03-03")), file, as_of=END)
    assert trial.text == "Cannot tell yet: no card has been dealt."
    assert trial.table.empty
    assert trial.differences.empty
    assert trial.looks.empty
    assert "No cards" in trial.caption
    assert trial._repr_html_()
    assert repr(trial)


def test_a_ledger_that_is_not_there_or_of_another_search(file):
    with pytest.raises(js.ReadError, match="randomise_timing"):
        js.analyse_trial(log_of(met("2026-03-03")), file, as_of=END)
    dealt_log(4, file)
    with pytest.raises(js.DataError, match="of another search"):
        js.analyse_trial(log_of(met("2026-03-03")), file, as_of=END)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"horizon": 0}, "horizon"),
        ({"horizon": 2.5}, "horizon"),
        ({"counts": "good"}, "counts"),
        ({"confidence": 95}, "confidence"),
        ({"as_of": "soon"}, "as_of"),
    ],
)
def test_bad_settings(file, given, name):
    log, _ = dealt_log(4, file)
    with pytest.raises(js.SettingError) as caught:
        js.analyse_trial(log, file, **{"as_of": END, **given})
    assert caught.value.name == name


def test_the_order_of_rows_does_not_matter_and_nothing_is_changed(file):
    _, names = dealt_log(12, file)
    log = ours(*(interview(i) for i in range(12)), rejection(0), rejection(5), rejection(7))
    turned = js.ApplicationLog.from_frames(log.applications[::-1], log.events[::-1])
    before, held = file.read_bytes(), log.events.copy()
    a, b = (js.analyse_trial(each, file, as_of=END) for each in (log, turned))
    pd.testing.assert_frame_equal(a.table, b.table)
    pd.testing.assert_frame_equal(a.differences, b.differences)
    pd.testing.assert_frame_equal(a.looks, b.looks)
    pd.testing.assert_frame_equal(log.events, held)
    assert file.read_bytes() == before
    assert len(names) == 12


def test_names_are_escaped_on_a_page(file):
    mine = dataclasses.replace(js.BEFORE_DECISION, name="<b>")
    log, _ = dealt_log(8, file, strategies=[js.DAY_AFTER, mine])
    page = js.analyse_trial(log, file, as_of=END)._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<td><b>" not in page


def all_dealings(answers, size):
    """Return the difference of answers under every dealing of two against two in each block."""
    blocks = [answers[i : i + size] for i in range(0, len(answers), size)]
    ways = [
        [sum(block[i] for i in chosen) for chosen in itertools.combinations(range(size), size // 2)]
        for block in blocks
    ]
    return [sum(each) for each in itertools.product(*ways)]


def test_the_exact_test_counts_all_dealings():
    """Three blocks of four: every one of the 6 x 6 x 6 dealings is counted."""
    rng = np.random.default_rng(4)
    for _ in range(30):
        answers = rng.random(12) < 0.5
        card = rng.permuted(np.tile([True, True, False, False], (3, 1)), axis=1).ravel()
        block = np.repeat(range(3), 4)
        k, k_ref = (np.bincount(block[at & answers], minlength=3) for at in (card, ~card))
        sums = np.array(all_dealings(answers.tolist(), 4))
        values, times = np.unique(sums, return_counts=True)
        chance = dict(zip(values.tolist(), (times / times.sum()).tolist(), strict=True))
        seen = chance[int(k.sum())]
        expected = sum(p for p in chance.values() if p <= seen * (1 + 1e-7))
        assert within_blocks([2] * 3, [2] * 3, k, k_ref) == pytest.approx(min(expected, 1))


@pytest.mark.parametrize("table", [(7, 9, 6, 2), (5, 5, 5, 0), (12, 3, 4, 3), (4, 4, 0, 0)])
def test_with_one_block_it_is_fishers_test(table):
    from scipy.stats import fisher_exact

    n, n_ref, k, k_ref = table
    fisher = fisher_exact([[k, n - k], [k_ref, n_ref - k_ref]])[1]
    assert within_blocks([n], [n_ref], [k], [k_ref]) == pytest.approx(fisher)


def test_a_block_of_which_one_strategy_is_left_tells_nothing():
    assert within_blocks([2, 1], [2, 0], [2, 1], [0, 0]) == within_blocks([2], [2], [2], [0])
    assert within_blocks([], [], [], []) == 1


def test_the_exact_interval_covers_whatever_the_shares_are():
    """Every table of 7 and 8 interviews, weighed by its chance, over many pairs of shares."""
    from scipy.stats import binom

    n, n_ref = 7, 8
    ends = np.array(
        [
            [difference_interval(n, n_ref, k, r, confidence=0.9) for r in range(n_ref + 1)]
            for k in range(n + 1)
        ]
    )
    least = 1.0
    for p, q in itertools.product(np.linspace(0.02, 0.98, 17), repeat=2):
        chance = np.outer(binom.pmf(range(n + 1), n, p), binom.pmf(range(n_ref + 1), n_ref, q))
        inside = (ends[:, :, 0] <= p - q) & (p - q <= ends[:, :, 1])
        least = min(least, chance[inside].sum())
    assert 0.9 <= least < 0.99


def test_the_exact_interval_turns_with_the_arms():
    low, high = difference_interval(9, 12, 7, 3, confidence=0.95)
    other = difference_interval(12, 9, 3, 7, confidence=0.95)
    assert other == pytest.approx((-high, -low), abs=1e-5)
    assert difference_interval(0, 5, 0, 2, confidence=0.95) == (-1, 1)


def test_a_trial_from_week_to_week_end_to_end(file):
    """Sixteen weeks: log, deal, ask the agenda, obey it, look. The truth is what both cards bring.

    Each interview would be answered two days after the follow-up with chance 0.9 if it comes
    before the decision, and 0.2 if after it.
    """
    rng = np.random.default_rng(12)
    tuesdays = pd.date_range("2025-01-07", periods=16, freq="7D")
    events, verdicts = [], []
    for week, day in enumerate(tuesdays):
        for i in range(4):
            promise = f"{day + pd.Timedelta(days=9):%Y-%m-%d}"
            events.append(
                met(f"{day:%Y-%m-%d}", application_id=f"w{week:02d}{i}", decide_by=promise)
            )
        log = ours(*events)
        js.randomise_timing(log, BOTH, seed=5, ledger=file, as_of=day)
        todo = js.agenda(log, as_of=day, strategy=js.dealt(file, log), days=14, thank_you_days=0)
        calls = todo[
            todo["action"].eq("follow_up") & todo["application_id"].str.startswith(f"w{week:02d}")
        ]
        for call in calls.itertuples():
            early = (call.do_on - day).days <= 9
            who = {"application_id": call.application_id}
            events.append(happened("follow_up", f"{call.do_on:%Y-%m-%d}", outcome="sent", **who))
            if rng.random() < (0.9 if early else 0.2):
                on = f"{call.do_on + pd.Timedelta(days=2):%Y-%m-%d}"
                events.append(happened("rejection", on, **who))
        trial = js.analyse_trial(ours(*events), file, as_of=day)
        verdicts.append(trial.text)
    trial = js.analyse_trial(ours(*events), file, as_of="2025-12-01")
    row = trial.differences.iloc[0]
    assert trial.table["n"].tolist() == trial.table["n_kept"].tolist() == [32, 32]
    assert trial.n_blocks == 16
    assert row["always_low"] < 0.9 - 0.2 < row["always_high"]
    assert trial.text.startswith("BEFORE_DECISION brings more answers")
    assert verdicts[0].startswith("Cannot tell yet: of 4 cards, none")
    assert verdicts[5].startswith("Cannot tell yet: ")
