"""What the plots of strategies show, read from their artists; and that nothing in them meets."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb, to_rgba

import jobsearch_stats as js
from drawn import faults, steps, texts_of, words
from jobsearch_stats.comparison_settings import BIASED

FOUR = (js.NO_FOLLOW_UP, js.DAY_AFTER, js.EMAIL_INSTEAD, js.BEFORE_DECISION)
LONG = tuple(
    dataclasses.replace(js.DAY_AFTER, name=name, days_without_promise=3 + k)
    for k, name in enumerate(
        (
            "A strategy whose name goes on and on & on, for $x^2$ letters and nearly a hundred",
            "Donaudampfschifffahrtsgesellschaftskapitänsverein<b>",
            "日本語の戦略 🙂\nin two lines\t_x\x1b[31m\u202e",
            "$x^2$ & \\frac{ %s {0}",
            "B",
        )
    )
)
MANY = tuple(
    dataclasses.replace(js.DAY_AFTER, name=f"Mine, number {k}", days_without_promise=2 + k)
    for k in range(14)
)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def log_of(*interviews: tuple[str, str]) -> js.ApplicationLog:
    """Return a log of interviews, each with its day and the promised one."""
    names = ["Company", "Interview", "Decision by"]
    rows = [(f"Acme {k}", *days) for k, days in enumerate(interviews)]
    return js.read_log(pd.DataFrame(rows, columns=names))


ONE = (("2026-03-17", "2026-03-27"),)


def days_of(strategies, *, interviews=ONE, horizon=21) -> js.Result:
    log = log_of(*interviews)
    return js.strategy_days(log, strategies, as_of="2026-04-30", horizon=horizon)


def compared(strategies, *, n=400, **settings) -> js.Result:
    log = js.simulate_log(n, seed=1) if n else js.read_log(pd.DataFrame({"Company": ["Acme"]}))
    settings = {"as_of": "2026-03-10", "n_boot": 20, "seed": 1, **settings}
    return js.compare_strategies(log, strategies, **settings)


def unfollowed() -> js.Result:
    """Return a comparison of which one strategy was followed by nobody."""
    far = dataclasses.replace(js.DAY_AFTER, name="FAR", days_without_promise=1, grace_days=0)
    log, both = log_of(*[("2026-03-03", "")] * 3), [js.NO_FOLLOW_UP, far]
    return js.compare_strategies(log, both, as_of="2026-04-30", n_boot=5, seed=1)


def planned(**settings) -> js.Result:
    both = ["observational", "randomised"]
    settings = {"difference": 0.08, "risk": 0.48, "design": both, "inflation": 5.0, **settings}
    return js.power_of(**settings)


@pytest.fixture(scope="module")
def usual() -> js.Result:
    return compared(FOUR)


@pytest.fixture(scope="module")
def alike() -> js.Result:
    """Strategies that differ in some interviews, two of them in none."""
    late = dataclasses.replace(js.DAY_AFTER, name="LATE", days_without_promise=12)
    return compared([js.EMAIL_INSTEAD, late, js.DAY_AFTER])


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def points(ax: Axes, marker: str = "o") -> list[tuple[float, float, bool]]:
    """Return x, y and whether it is hollow, of each point that stands in the axes."""
    found = []
    for line in ax.lines:
        if line.get_transform() == ax.transData and line.get_marker() == marker:
            hollow = to_rgba(line.get_markerfacecolor()) == to_rgba(ax.get_facecolor())
            found += [(x, y, hollow) for x, y in zip(*line.get_data(), strict=True)]
    return found


def bars(ax: Axes, gid: str | None = None) -> list[list[tuple[float, float, float, float]]]:
    """Return the boxes of each collection of bars, as left, right, top and bottom."""
    wanted = [c for c in ax.collections if isinstance(c, PolyCollection) and c.get_gid() == gid]
    boxes = [[path.get_extents() for path in bars.get_paths()] for bars in wanted]
    return [[(box.x0, box.x1, box.y0, box.y1) for box in some] for some in boxes]


def segments(ax: Axes) -> list[np.ndarray]:
    lines = [c for c in ax.collections if isinstance(c, LineCollection)]
    return [segment for some in lines for segment in some.get_segments()]


# --- the days of one interview ---


def words_drawn(ax: Axes, n_days: int, row: int, n_rows: int) -> list[str]:
    """Return which kind of cell covers each day of a row."""
    edges = np.linspace(*sorted(ax.get_ylim()), n_rows + 1)
    covers = [""] * n_days
    for word in ("wait", "may", "must"):
        for x0, x1, y0, y1 in (box for some in bars(ax, word) for box in some):
            if edges[row] < (y0 + y1) / 2 < edges[row + 1]:
                for day in range(round(x0 + 0.5), round(x1 + 0.5)):
                    covers[day] += word
    return covers


def test_each_day_has_the_cell_of_the_table():
    result = days_of([js.DAY_AFTER, js.BEFORE_DECISION, js.NO_FOLLOW_UP])
    ax = js.plot_strategy_days(result)
    assert labels(ax) == ["DAY_AFTER", "BEFORE_DECISION", "NO_FOLLOW_UP"]
    for row, name in enumerate(labels(ax)):
        assert words_drawn(ax, 22, row, 3) == result.table[name].tolist()
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first on top


def test_may_and_must_have_marks_of_their_own():
    result = days_of([js.DAY_AFTER, js.BEFORE_DECISION])
    ax = js.plot_strategy_days(result)
    for word, marker in (("may", "o"), ("must", "D")):
        days = [np.flatnonzero(result.table[name] == word) for name in labels(ax)]
        assert [x for x, _, _ in points(ax, marker)] == np.concatenate(days).tolist()


def test_shades_tell_without_colour():
    ax = js.plot_strategy_days(days_of(js.DAY_AFTER))
    shades = []
    for word in ("wait", "may", "must"):
        [cells] = [c for c in ax.collections if c.get_gid() == word]
        shades.append(np.dot(to_rgb(cells.get_facecolor()[0]), [0.299, 0.587, 0.114]))
    assert shades[0] - shades[1] > 0.1
    assert shades[1] - shades[2] > 0.3


def test_the_promise_is_framed_and_said():
    ax = js.plot_strategy_days(days_of(js.DAY_AFTER))
    edges = [line.get_xdata() for line in ax.lines if len(set(line.get_xdata())) == 1]
    assert [9.5, 9.5] in [list(edge) for edge in edges]
    assert [10.5, 10.5] in [list(edge) for edge in edges]
    assert "the promised date: Friday 27 March 2026" in words(ax)
    assert "the interview: Tuesday 17 March 2026" in words(ax)


@pytest.mark.parametrize(
    ("promise", "says"),
    [("", "no date was named"), ("2026-06-12", "12 June 2026, which is not among these days")],
)
def test_a_promise_that_is_not_among_the_days_is_said(promise, says):
    ax = js.plot_strategy_days(days_of(js.DAY_AFTER, interviews=[("2026-03-17", promise)]))
    assert says in words(ax)
    assert not [line for line in ax.lines if line.get_marker() == "v"]


def test_weekends_are_those_of_each_strategy():
    early = dataclasses.replace(js.DAY_AFTER, name="EARLY", weekend=["Friday", "Saturday"])
    result = days_of([js.DAY_AFTER, early])
    one, other = bars(js.plot_strategy_days(result), "weekend")
    names = result.table["weekday"]
    for boxes, weekend in ((one, {"Saturday", "Sunday"}), (other, {"Friday", "Saturday"})):
        days = [range(round(x0 + 0.5), round(x1 + 0.5)) for x0, x1, _, _ in boxes]
        assert {day for some in days for day in some} == set(np.flatnonzero(names.isin(weekend)))
    assert one[0][3] == pytest.approx(other[0][2])  # each in its own row


def test_dates_stand_above_their_days():
    ax = js.plot_strategy_days(days_of(js.DAY_AFTER))
    at = {text.get_position()[0]: text.get_text() for text in ax.texts if text.get_ha() == "center"}
    assert len(at) == 22
    assert (at[0], at[14], at[15]) == ("Tu\n17", "Tu\n31", "We\n1")
    months = {text.get_text() for text in ax.texts}
    assert {"Mar", "Apr"} <= months


def test_a_new_year_is_named():
    ax = js.plot_strategy_days(days_of(js.DAY_AFTER, interviews=[("2025-12-18", "")], horizon=30))
    texts = {text.get_text() for text in ax.texts}
    assert {"Dec", "Jan 2026"} <= texts


def test_of_many_days_dates_stand_above_the_weeks():
    ax = js.plot_strategy_days(days_of(js.DAY_AFTER, horizon=90))
    at = [text.get_position()[0] for text in ax.texts if text.get_ha() == "center"]
    assert at == list(range(0, 91, 7))


# --- curves ---


def test_curves_are_those_of_the_result(usual):
    ax = js.plot_strategy_curves(usual)
    drawn = ["NO_FOLLOW_UP", "DAY_AFTER", "BEFORE_DECISION"]
    assert len(steps(ax)) == len(drawn)
    for (days, risks), name in zip(steps(ax), drawn, strict=True):
        rows = usual.curves[usual.curves["strategy"] == name]
        np.testing.assert_array_equal(days, rows["day"])
        np.testing.assert_array_equal(risks, rows["risk"])
    bands = [c.get_paths()[0].get_extents() for c in ax.collections]
    highest = [usual.curves[usual.curves["strategy"] == name]["ci_high"].max() for name in drawn]
    np.testing.assert_allclose([box.y1 for box in bands], highest)
    assert ax.get_ylabel() == "chance of an answer"


def test_the_key_says_risk_followers_and_worth(usual):
    text = words(js.plot_strategy_curves(usual))
    for row in usual.table[usual.table["strategy"] != "EMAIL_INSTEAD"].itertuples():
        assert f"{100 * row.risk:.0f} % by day 21 ({100 * row.ci_low:.0f} to" in text
        assert f"{row.n_followers} followed it, worth {row.ess:.1f}" in text
    assert f"{usual.n_interviews} interviews" in text


def test_the_same_strategies_are_drawn_once_with_both_names(usual, alike):
    assert usual.same == (("DAY_AFTER", "EMAIL_INSTEAD"),)
    assert "DAY_AFTER and EMAIL_INSTEAD: " in words(js.plot_strategy_curves(usual))
    assert labels(js.plot_strategy_differences(usual)) == [
        "DAY_AFTER and EMAIL_INSTEAD",
        "BEFORE_DECISION",
    ]
    assert labels(js.plot_weights(alike)).count("EMAIL_INSTEAD and DAY_AFTER") == 1
    # what is the same as the reference does not differ from it
    assert labels(js.plot_strategy_differences(alike)) == ["LATE"]


def test_curves_end_in_marks_and_differ_in_dashes(usual):
    ax = js.plot_strategy_curves(usual)
    risks = usual.table.set_index("strategy")["risk"]
    for marker, name in (("o", "NO_FOLLOW_UP"), ("s", "DAY_AFTER"), ("^", "BEFORE_DECISION")):
        assert [(x, y) for x, y, _ in points(ax, marker)] == [(21, pytest.approx(risks[name]))]
    lines = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    assert len({str(line.get_linestyle()) + str(line._dash_pattern) for line in lines}) == 3


def test_positive_answers_are_said():
    ax = js.plot_strategy_curves(compared(FOUR, counts="positive", confidence=0.9))
    assert ax.get_ylabel() == "chance of a positive answer"
    assert "90 % interval" in words(ax)


# --- differences ---


def test_the_forest_has_difference_interval_and_n(usual):
    ax = js.plot_strategy_differences(usual)
    table = usual.differences[usual.differences["strategy"] != "EMAIL_INSTEAD"]
    np.testing.assert_allclose([x for x, _, _ in points(ax)], table["difference"])
    ends = [segment[:, 0] for segment in segments(ax)]
    np.testing.assert_allclose(ends, table[["ci_low", "ci_high"]])
    texts = [text.get_text() for text in ax.texts]
    n = usual.n_interviews
    assert texts[:2] == ["differ in", "p (Holm)"]
    assert texts[2:4] == [f"{k} of {n}" for k in table["n_distinguishable"]]
    assert [0, 0] in [list(line.get_xdata()) for line in ax.lines]
    assert sum(ax.get_xlim()) == pytest.approx(0)
    assert ax.get_xlabel().startswith("points more or fewer than NO_FOLLOW_UP")


def test_the_hollow_point_is_where_the_two_differ(alike):
    ax = js.plot_strategy_differences(alike)
    row = alike.differences.set_index("strategy").loc["LATE"]
    assert 0 < row["n_distinguishable"] < alike.n_interviews
    (x, y, hollow), (x_there, y_there, hollow_there) = points(ax)
    assert (x, x_there) == (row["difference"], row["difference_where_they_differ"])
    assert (hollow, hollow_there) == (False, True)
    assert y < y_there
    assert "hollow" in ax.get_xlabel()


def test_where_all_interviews_differ_there_is_no_second_point():
    all_ = compared([js.NO_FOLLOW_UP, js.DAY_AFTER])
    assert (all_.differences["n_distinguishable"] == all_.n_interviews).all()
    ax = js.plot_strategy_differences(all_)
    assert [(y, hollow) for _, y, hollow in points(ax)] == [(ax.get_yticks()[0], False)]
    assert "hollow" not in ax.get_xlabel()


@pytest.mark.parametrize("name", ["A", "BEFORE_DECISION", "A_NAME_THAT_FILLS_THE_LINE"])
def test_the_day_is_not_torn_apart_at_the_end_of_a_line(name):
    ax = js.plot_strategy_differences(
        compared([dataclasses.replace(js.DAY_AFTER, name=name), "NO_FOLLOW_UP"])
    )
    lines = ax.get_xlabel().split("\n")
    assert any(line.endswith("by day 21") for line in lines), lines


def test_the_grey_band_is_what_would_not_show(usual):
    least = usual.minimum_detectable_difference
    found = [box for some in bars(js.plot_strategy_differences(usual)) for box in some]
    assert [(x0, x1) for x0, x1, _, _ in found] == [
        (-least[name], least[name]) for name in ("DAY_AFTER", "BEFORE_DECISION")
    ]


@pytest.mark.parametrize("estimator", ["ccw", "clone_censor", "naive"])
@pytest.mark.parametrize(
    "plot", [js.plot_strategy_curves, js.plot_strategy_differences, js.plot_weights]
)
def test_biased_estimators_say_so(plot, estimator):
    ax = plot(compared([js.NO_FOLLOW_UP, js.DAY_AFTER], estimator=estimator))
    said = [text for text in ax.texts if "BIASED" in text.get_text()]
    assert len(said) == bool(BIASED[estimator])
    assert all(estimator in text.get_text() for text in said)


# --- weights ---


def test_weights_stand_below_each_name(usual):
    ax = js.plot_weights(usual)
    table = usual.table.set_index("strategy")
    weights = usual.diagnostics["weights"].set_index("strategy")["largest"]
    must = usual.diagnostics["must_days"]
    must = must[must["strategy"] == "BEFORE_DECISION"][["n_followed", "n_waiting"]].sum()
    facts = labels(ax)[labels(ax).index("BEFORE_DECISION") + 1].replace("\n", " ")
    row = table.loc["BEFORE_DECISION"]
    assert facts == (
        f"{row['n_followers']:.0f} followed it, worth {row['ess']:.1f}; largest weight "
        f"{weights['BEFORE_DECISION']:.1f}; {must['n_followed']} of {must['n_waiting']} called "
        "on their last day"
    )
    headings = [label for label in ax.get_yticklabels() if label.get_fontweight() == "bold"]
    assert len(headings) == 3


def test_balance_is_drawn_before_and_after(usual):
    ax = js.plot_weights(usual)
    balance = usual.diagnostics["balance"]
    balance = balance[balance["strategy"] != "EMAIL_INSTEAD"]
    before, after = points(ax, "o"), points(ax, "D")
    np.testing.assert_array_equal([x for x, _, _ in before], balance["off_followers"])
    np.testing.assert_array_equal([x for x, _, _ in after], balance["off_weighted"])
    assert all(hollow for _, _, hollow in before)
    assert not any(hollow for _, _, hollow in after)
    names = dict(zip(ax.get_yticks(), labels(ax), strict=True))
    assert [names[y] for _, y, _ in after] == balance["covariate"].tolist()


def test_balance_is_in_standard_deviations(usual):
    """The columns that the plot draws, against their definition."""
    row = usual.diagnostics["balance"].query("covariate == 'a date was named'").iloc[0]
    share = row["mean_all"]
    off = (row["mean_followers"] - share) / np.sqrt(share * (1 - share))
    assert row["off_followers"] == pytest.approx(off)
    assert abs(off) > 0.1


def test_nobody_followed_is_said():
    result = unfollowed()
    assert (result.table["n_followers"] == 0).any()
    assert "nobody followed it" in words(js.plot_weights(result))


# --- power ---


def test_power_is_that_of_the_table():
    plan = planned(own=34)
    ax = js.plot_power(plan)
    drawn = [line for line in ax.lines if line.get_marker() in ("o", "s")]
    drawn = [line for line in drawn if line.get_transform() == ax.transData]
    for line, design in zip(drawn, ("observational", "randomised"), strict=True):
        rows = plan.table[plan.table["design"] == design]
        np.testing.assert_array_equal(line.get_xdata(), rows["n"])
        np.testing.assert_array_equal(line.get_ydata(), rows["power"])
    assert ax.get_xscale() == "log"
    assert "8 points more than 48 %" in words(ax)


def test_ones_own_number_is_marked():
    plan = planned(own=34)
    ax = js.plot_power(plan)
    own = plan.table[plan.table["n"] == 34]
    assert [(x, y) for x, y, _ in points(ax, "*")] == list(zip(own["n"], own["power"], strict=True))
    assert [34, 34] in [list(line.get_xdata()) for line in ax.lines]
    for row in own.itertuples():
        assert f"{100 * row.power:.0f} % with yours" in words(ax)
    assert "your 34 interviews" in words(ax)
    without = js.plot_power(planned())
    assert "yours" not in words(without)
    assert not points(without, "*")


def simulated() -> js.Result:
    """Return a plan with intervals, and with a truth of its own for each design."""
    plan = planned(own=34)
    table = plan.table.assign(ci_low=plan.table["power"] * 0.9, ci_high=plan.table["power"])
    table.loc[table["design"] == "randomised", ["risk", "difference"]] = (0.4, -0.12)
    return dataclasses.replace(plan, table=table)


def test_power_that_was_tried_has_its_interval_and_each_designs_truth():
    plan = simulated()
    ax = js.plot_power(plan)
    bands = [c.get_paths()[0].get_extents() for c in ax.collections]
    for band, (_, rows) in zip(bands, plan.table.groupby("design"), strict=True):
        assert (band.y0, band.y1) == (rows["ci_low"].min(), rows["ci_high"].max())
    assert "looking back, 8 points more than 48 %: " in words(ax)
    assert "dealt at random, 12 points fewer than 40 %: " in words(ax)
    assert not faults(ax.figure)


def test_round_numbers_stand_below_power():
    ax = js.plot_power(planned())
    shown = [label.get_text() for label in ax.get_xticklabels()]
    assert shown == ["20", "50", "100", "200", "500", "1,000", "2,000", "5,000"]


def test_a_plan_that_was_not_solved_for_power_is_refused():
    with pytest.raises(js.DataError, match=r"solved for 'difference'. Pass .* power_of"):
        js.plot_power(js.minimum_detectable_difference(n=100, risk=0.4))


# --- what is missing, and what is wrong ---


def nothing() -> js.Result:
    return compared([js.NO_FOLLOW_UP, js.DAY_AFTER], n=0)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (
            lambda: js.plot_strategy_days(days_of(js.DAY_AFTER, interviews=[("", "")])),
            "no interview",
        ),
        (lambda: js.plot_strategy_curves(nothing()), "no interview"),
        (lambda: js.plot_strategy_differences(nothing()), "no interview"),
        (lambda: js.plot_weights(nothing()), "no interview"),
        (lambda: js.plot_strategy_differences(compared([js.DAY_AFTER])), "nothing to compare"),
        (
            lambda: js.plot_strategy_differences(compared([js.DAY_AFTER, js.EMAIL_INSTEAD])),
            "All strategies ask for the same here",
        ),
    ],
)
def test_axes_say_what_is_missing(draw, says):
    ax = draw()
    assert says in words(ax)
    assert not ax.lines


def test_a_strategy_that_cannot_be_told_keeps_its_place():
    result = unfollowed()
    assert result.table["risk"].isna().tolist() == [False, True]
    ax = js.plot_strategy_curves(result)
    assert "FAR: cannot be told" in words(ax)
    assert not faults(ax.figure)
    assert "No difference can be told yet" in words(js.plot_strategy_differences(result))


PLOTS_OF: tuple[tuple[Callable, str], ...] = (
    (js.plot_strategy_days, "strategy_days"),
    (js.plot_strategy_curves, "compare_strategies"),
    (js.plot_strategy_differences, "compare_strategies"),
    (js.plot_weights, "compare_strategies"),
    (js.plot_power, "power_of"),
)


@pytest.mark.parametrize(("plot", "maker"), PLOTS_OF)
def test_anything_else_is_refused_with_the_way_out(plot, maker, usual):
    with pytest.raises(js.DataError, match=rf"{maker}\(...\) gives, not DataFrame. Pass "):
        plot(usual.table)
    other = js.Result(table=pd.DataFrame({"name": [1]}), caption="")
    with pytest.raises(js.DataError, match=rf"Pass the result of {maker}"):
        plot(other)


# --- nothing meets ---

DRAWN: dict[str, Callable] = {
    # of what has no points at all a layout must not take account
    "power of one number": lambda some, ax: js.plot_power(planned(n=10 * len(some)), ax=ax),
    "curve without an end": lambda _, ax: js.plot_strategy_curves(unfollowed(), ax=ax),
    "days": lambda some, ax: js.plot_strategy_days(days_of(some), ax=ax),
    "many days": lambda some, ax: js.plot_strategy_days(days_of(some, horizon=200), ax=ax),
    "days of a year": lambda some, ax: js.plot_strategy_days(days_of(some, horizon=3000), ax=ax),
    "curves": lambda some, ax: js.plot_strategy_curves(result_of(some), ax=ax),
    "forest": lambda some, ax: js.plot_strategy_differences(result_of(some), ax=ax),
    "weights": lambda some, ax: js.plot_weights(result_of(some), ax=ax),
    "biased": lambda some, ax: js.plot_strategy_differences(result_of(some, "naive"), ax=ax),
    "power": lambda some, ax: js.plot_power(planned(own=2 * len(some)), ax=ax),
    "power of millions": lambda some, ax: js.plot_power(
        planned(n=[2, 3, 90_000_000], own=2 * len(some)), ax=ax
    ),
}
SETS = {"usual": FOUR, "long": LONG, "many": MANY, "one": FOUR[1:2]}
_kept: dict[tuple, js.Result] = {}


def result_of(strategies, estimator: str = "ccw") -> js.Result:
    key = (*(strategy.name for strategy in strategies), estimator)
    if key not in _kept:
        _kept[key] = compared(strategies, n=200, n_boot=2, estimator=estimator)
    return _kept[key]


@pytest.mark.parametrize("strategies", SETS)
@pytest.mark.parametrize("name", DRAWN)
def test_no_texts_meet_and_none_is_cut_off(name, strategies):
    assert not faults(DRAWN[name](SETS[strategies], None).figure)


@pytest.mark.parametrize("size", [(12, 5), (10, 4)])
@pytest.mark.parametrize("strategies", ["usual", "long", "many"])
@pytest.mark.parametrize("name", DRAWN)
def test_nor_on_axes_of_ones_own(name, strategies, size):
    figure, axes = plt.subplots(1, 2, figsize=size, layout="constrained")
    assert DRAWN[name](SETS[strategies], axes[0]) is axes[0]
    assert not faults(figure)


@pytest.mark.parametrize("name", ["power of one number", "curve without an end"])
def test_no_points_take_no_room(name):
    figure, axes = plt.subplots(1, 2, figsize=(12, 5), layout="constrained")
    DRAWN[name](FOUR, axes[1])
    figure.canvas.draw()
    assert axes[1].get_tightbbox().x0 > axes[0].get_tightbbox().x1


@pytest.mark.parametrize("name", DRAWN)
def test_nor_with_larger_letters(name):
    with mpl.rc_context({"font.size": 13}):
        assert not faults(DRAWN[name](FOUR, None).figure)


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_is_set_and_results_stay_as_they_were(name):
    before = dict(mpl.rcParams)
    DRAWN[name](FOUR, None)
    assert dict(mpl.rcParams) == before
    kept = result_of(FOUR)
    again = compared(FOUR, n=200, n_boot=2)
    for frame in ("table", "differences", "curves"):
        pd.testing.assert_frame_equal(getattr(kept, frame), getattr(again, frame))


@pytest.mark.parametrize("name", [n for n in DRAWN if "power" not in n and "without" not in n])
def test_hostile_names_are_text_and_nothing_else(name):
    ax = DRAWN[name](LONG, None)
    ax.figure.canvas.draw()
    named = [text for text in texts_of(ax.figure) if "$x^2$" in text.get_text()]
    assert named
    assert not any(text.get_parse_math() for text in named)
    assert not any(sign in words(ax) for sign in "\x1b\t\u202e")
