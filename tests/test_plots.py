"""What the plots show: read from their lines, points and texts, and never from their pixels."""

from __future__ import annotations

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import jobsearch_stats as js
from drawn import steps, texts_of, words
from jobsearch_stats.plots.style import clean, fitted, spread, style_of, text_width

WITHIN = 14


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def tries() -> pd.DataFrame:
    return js.outreach(js.simulate_log(400, seed=11, days=300), as_of="2026-03-29")


def made_of(*groups: tuple[object, int, int]) -> pd.DataFrame:
    """Return approaches watched for long: per group its source, how many, and how many answered."""
    log = js.simulate_log(400, seed=11, days=300)
    frame = js.outreach(log, as_of="2026-03-29")
    frame = frame[(frame["kind"] == "application") & (frame["observed_days"] > 100)]
    frame = frame[~frame["undated"] & (frame["stage"] != "closed")]
    parts = []
    for source, n, answered in groups:
        came = frame["response_days"] <= WITHIN
        part = pd.concat([frame[came].head(answered), frame[~came].head(n - answered)])
        assert len(part) == n
        parts.append(part.assign(source=source))
    return pd.concat(parts, ignore_index=True)


def lines_in(ax: plt.Axes, marker: str) -> list[plt.Line2D]:
    """Return the lines with this marker that stand in the axes, and not in the key below."""
    lines = [line for line in ax.lines if line.get_transform() == ax.transData]
    return [line for line in lines if line.get_marker() == marker]


def points(ax: plt.Axes) -> list[tuple[float, float, bool]]:
    """Return each point's x and y, and whether it is hollow."""
    found = []
    for line in lines_in(ax, "o"):
        hollow = to_rgba(line.get_markerfacecolor()) == to_rgba(ax.get_facecolor())
        found += [(x, y, hollow) for x, y in zip(*line.get_data(), strict=True)]
    return found


def row_texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_each_group_has_its_rate_interval_and_n():
    rates = js.response_rates(made_of(("A", 40, 10), ("B", 30, 15), ("C", 4, 1)), by="source")
    ax = js.plot_response_rates(rates)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["A", "B", "C"]
    rows = dict(zip("ABC", ax.get_yticks(), strict=True))
    assert points(ax) == [
        (0.25, rows["A"], False),
        (0.5, rows["B"], False),
        (0.25, rows["C"], True),
    ]
    assert row_texts(ax) == ["10 of 40", "15 of 30", "1 of 4, few"]
    bars = [bar for bars in ax.collections for bar in bars.get_segments()]
    ends = rates.table[["ci_low", "ci_high"]].to_numpy()
    np.testing.assert_allclose([bar[:, 0] for bar in bars], ends)
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first group on top


def test_a_group_without_a_rate_keeps_its_row():
    frame = made_of(("A", 12, 3), ("B", 12, 3))
    frame.loc[frame["source"] == "B", "observed_days"] = 2
    ax = js.plot_response_rates(js.response_rates(frame, by="source"))
    assert row_texts(ax) == ["3 of 12", "none yet, 12 too young"]
    assert len(points(ax)) == 1


def test_the_axis_says_what_is_counted():
    frame = made_of(("A", 12, 3))
    ax = js.plot_response_rates(js.response_rates(frame, within=21, confidence=0.9))
    assert ax.get_xlabel() == "answered within 21 days (90 % interval)"
    ax = js.plot_response_rates(js.response_rates(frame, counts="positive"))
    assert ax.get_xlabel().startswith("a positive answer within 14 days")
    assert ax.xaxis.get_major_formatter()(0.25, None) == "25 %"


def test_two_columns_become_headings_and_rows():
    frame = made_of(("A", 20, 5), ("B", 20, 5))
    frame["role"] = ["x", "y"] * 20
    ax = js.plot_response_rates(js.response_rates(frame, by=["source", "role"]))
    labels = ax.get_yticklabels()
    assert [label.get_text() for label in labels] == ["A", "x", "y", "B", "x", "y"]
    assert [label.get_fontweight() for label in labels] == ["bold", "normal", "normal"] * 2
    assert [y for _, y, _ in points(ax)] == [ax.get_yticks()[row] for row in (1, 2, 4, 5)]


def cell_texts(ax: plt.Axes) -> dict[tuple[str, str], Text]:
    across = [label.get_text() for label in ax.get_xticklabels()]
    down = [label.get_text() for label in ax.get_yticklabels()]
    places = {text: text.get_position() for text in ax.texts}
    return {(down[int(y)], across[int(x)]): text for text, (x, y) in places.items()}


@pytest.fixture
def heat_map() -> plt.Axes:
    frame = made_of(("A", 60, 20), ("B", 12, 1), ("C", 6, 2))
    days = {"A": "Tuesday", "B": "Friday", "C": "Monday"}
    parts = {"A": "morning", "B": "morning", "C": "evening"}
    for name, values in (("weekday", days), ("part_of_day", parts)):
        frame[name] = pd.Categorical(frame["source"].map(values), frame[name].cat.categories)
    return js.plot_weekday_heatmap(js.response_rates(frame, by=["weekday", "part_of_day"]))


def test_cells_show_rate_and_n_and_a_dash_where_there_is_nothing(heat_map):
    cells = {place: text.get_text() for place, text in cell_texts(heat_map).items()}
    assert cells == {
        ("Monday", "morning"): "–",
        ("Monday", "evening"): "33 %\n2 of 6",
        ("Tuesday", "morning"): "33 %\n20 of 60",
        ("Tuesday", "evening"): "–",
        ("Friday", "morning"): "8 %\n1 of 12",
        ("Friday", "evening"): "–",
    }


def test_thin_cells_are_hatched_and_paler_than_their_rate(heat_map):
    boxes = {box.get_xy(): box for box in heat_map.patches if isinstance(box, Rectangle)}
    assert {place for place, box in boxes.items() if box.get_hatch()} == {(1, 0)}
    thin, full = (np.mean(boxes[place].get_facecolor()[:3]) for place in ((1, 0), (0, 1)))
    assert thin > full  # both 33 %


def luminance(colour: object) -> float:
    values = np.array(to_rgb(colour))
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_cells_can_be_read(tries):
    """WCAG asks for a contrast of 4.5; a darker cell always means a higher rate."""
    frame = tries.assign(part_of_day=pd.Categorical(np.resize(["morning", "evening"], len(tries))))
    rates = js.response_rates(frame, by=["weekday", "part_of_day"], thin_below=1)
    ax = js.plot_weekday_heatmap(rates)
    boxes = {box.get_xy(): luminance(box.get_facecolor()[:3]) for box in ax.patches}
    shades = []
    for text in ax.texts:
        x, y = text.get_position()
        pair = sorted((boxes[int(x), int(y)], luminance(text.get_color())))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5
        n, of = (int(word) for word in text.get_text().split("\n")[1].split(" of "))
        shades.append((n / of, boxes[int(x), int(y)]))
    assert len(shades) == 14
    assert [shade for _, shade in sorted(shades)] == sorted((s for _, s in shades), reverse=True)


def test_the_heat_map_wants_its_own_groups(tries):
    with pytest.raises(js.DataError, match=r"by 'method'.*by=\[\"weekday\", \"part_of_day\"\]"):
        js.plot_weekday_heatmap(js.response_rates(tries, by="method"))


def test_curves_are_those_of_the_table(tries):
    curves = js.kaplan_meier(tries, by="stage")
    ax = js.plot_kaplan_meier(curves)
    drawn = steps(ax)
    stages = curves.medians["stage"].tolist()
    assert len(drawn) == len(stages) == 2
    for (days, shares), stage in zip(drawn, stages, strict=True):
        rows = curves.table[curves.table["stage"] == stage]
        start = int(rows["days"].iloc[0] > 0)
        np.testing.assert_array_equal(days[start:], rows["days"])
        np.testing.assert_array_equal(shares[start:], rows["survival"])
    assert ax.get_ylabel() == "still without an answer"


@pytest.mark.parametrize(
    ("kinds", "says"),
    [
        (None, "days since the message or interview"),
        ("interview", "days since the interview"),
        (["application", "follow_up"], "days since the message"),
    ],
)
def test_the_axis_says_since_when(kinds, says, tries):
    ax = js.plot_kaplan_meier(js.kaplan_meier(tries, kinds=kinds))
    assert ax.get_xlabel() == says
    ax = js.plot_cumulative_incidence(js.cumulative_incidence(tries, kinds=kinds))
    assert ax.get_xlabel() == says


def test_numbers_at_risk_stand_under_their_days(tries):
    curves = js.kaplan_meier(tries)
    ax = js.plot_kaplan_meier(curves)
    numbers = {
        text.get_position()[0]: text.get_text() for text in ax.texts if text.get_ha() == "center"
    }
    ticks = [int(tick) for tick in ax.get_xticks()]
    assert list(numbers) == ticks
    waiting = curves.at_risk(ticks)["at_risk"]
    assert list(numbers.values()) == [f"{n:,}" for n in waiting]


def test_the_median_is_marked_and_said(tries):
    curves = js.kaplan_meier(tries)
    median = curves.medians["median"].iloc[0]
    ax = js.plot_kaplan_meier(curves)
    marks = [line.get_data() for line in lines_in(ax, "o")]
    assert marks == [([median], [0.5])]
    assert f"median {median:g} days (" in words(ax)
    never = js.plot_kaplan_meier(js.kaplan_meier(tries[tries["response_days"].isna()]))
    assert "median not reached" in words(never)


def test_the_days_end_soon_after_the_last_answer(tries):
    days = tries["response_days"]
    curves = js.kaplan_meier(tries[days.isna() | (days <= WITHIN)], kinds="application")
    last = curves.table.loc[curves.table["n_responses"] > 0, "days"].max()
    end = js.plot_kaplan_meier(curves).get_xlim()[1]
    assert last < end < last + 7 < curves.table["days"].max()


def test_curves_differ_without_colour():
    styles = [style_of(number) for number in range(24)]
    assert len({(style.colour, str(style.dashes)) for style in styles}) == 24
    for one, other in combinations(styles[:4], 2):
        assert one.dashes != other.dashes
        assert one.marker != other.marker


def test_incidence_has_a_step_for_each_cause_that_occurred(tries):
    incidence = js.cumulative_incidence(tries, counts="positive")
    table = incidence.table
    ax = js.plot_cumulative_incidence(incidence)
    occurred = table.groupby("cause", observed=True)["n_events"].sum()
    occurred = occurred[occurred > 0]
    assert len(steps(ax)) == len(occurred) >= 2
    for (_, shares), cause in zip(steps(ax), occurred.index, strict=True):
        np.testing.assert_array_equal(
            shares[-1:], table.loc[table["cause"] == cause, "incidence"].tail(1)
        )
    assert f"answered positively, {occurred['response']} of" in words(ax)
    assert f"rejected, {occurred['rejection']} of" in words(ax)


def test_incidence_by_group_names_the_group(tries):
    ax = js.plot_cumulative_incidence(js.cumulative_incidence(tries, by="stage"))
    assert "application: answered, " in words(ax)
    assert "interview: answered, " in words(ax)


def stars(ax: plt.Axes) -> list[tuple[float, float]]:
    return [tuple(map(float, line.get_xydata()[0])) for line in lines_in(ax, "*")]


def test_open_contacts_stand_on_the_curve(tries):
    chances = js.chance_of_reply(tries, silent_days=[0, 7, 14])
    waiting = pd.DataFrame(
        {"company": ["Birch", "Cove", "Dune", "Elm $5$"], "silent_days": [7, 10, 10, 30]}
    )
    ax = js.plot_silence(chances, waiting=waiting)
    at_7, at_14 = chances.table["chance"].iloc[1:]
    assert stars(ax) == [
        (7.0, pytest.approx(at_7)),
        (10.0, pytest.approx(at_7 + (at_14 - at_7) * 3 / 7)),
    ]
    for text in ("7 days: Birch", "10 days: Cove, Dune", "30 days: Elm $5$"):
        assert text in words(ax)
    assert ax.get_ylabel() == "chance of a reply by day 60"


def test_contacts_stand_on_the_curve_of_their_group(tries):
    chances = js.chance_of_reply(tries, by="stage", silent_days=[0, 7])
    waiting = pd.DataFrame({"company": ["Birch"], "silent_days": [7], "stage": ["interview"]})
    at = chances.table.query("stage == 'interview' and silent_days == 7")["chance"].item()
    assert stars(js.plot_silence(chances, waiting=waiting)) == [(7.0, pytest.approx(at))]
    with pytest.raises(js.DataError, match=r"column 'stage' as the chances are by it"):
        js.plot_silence(chances, waiting=waiting.drop(columns="stage"))


def test_days_of_contacts_are_numbers(tries):
    waiting = pd.DataFrame({"company": ["Birch", None, "Cove"], "silent_days": [3, 5, None]})
    ax = js.plot_silence(js.chance_of_reply(tries), waiting=waiting)
    assert [x for x, _ in stars(ax)] == [3, 5]
    assert "5 days: not known" in words(ax)
    with pytest.raises(js.DataError, match="silent_days must be whole days"):
        js.plot_silence(js.chance_of_reply(tries), waiting=waiting.astype(str))


def test_a_crowd_of_one_day_is_counted(tries):
    waiting = pd.DataFrame({"company": [f"A{n}" for n in range(30)], "silent_days": 3})
    [text] = [
        t
        for t in js.plot_silence(js.chance_of_reply(tries), waiting=waiting).texts
        if "A1" in t.get_text()
    ]
    assert text.get_text().startswith("3 days: A0, A1")
    assert text.get_text().count("\n") <= 2


def test_the_order_of_silent_days_does_not_matter(tries):
    one = js.plot_silence(js.chance_of_reply(tries, silent_days=[0, 7, 14]))
    other = js.plot_silence(js.chance_of_reply(tries, silent_days=[14, 0, 7]))
    np.testing.assert_array_equal(one.lines[0].get_xydata(), other.lines[0].get_xydata())


def test_what_cannot_be_told_is_hollow():
    chances = js.chance_of_reply(made_of(("A", 6, 2)), silent_days=[0, 7])
    assert not chances.table["can_tell"].any()
    shown = points(js.plot_silence(chances))
    assert [hollow for _, _, hollow in shown] == [True, True]


def test_a_curve_of_every_day_is_a_line_with_weeks_below(tries):
    ax = js.plot_silence(js.chance_of_reply(tries, silent_days=range(50)))
    assert {day % 7 for day in ax.get_xticks()} == {0}
    assert not [hollow for _, _, hollow in points(ax) if not hollow]


def test_the_days_of_the_limit_are_lines(tries):
    limit = js.silence_limit(tries, below=0.3)
    row = limit.table.iloc[0]
    ax = js.plot_silence(js.chance_of_reply(tries), limit=limit)
    upright = [line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1]
    assert {float(row["day"]), float(row["rule_day"])} <= {float(x) for x in upright}
    assert f"day {row['day']}: from here on below 30 %" in words(ax)


def test_delay_is_drawn_around_the_promised_date(tries):
    delay = js.decision_delay(tries)
    ax = js.plot_decision_delay(delay)
    [(days, shares)] = steps(ax)
    np.testing.assert_array_equal(days, delay.table["delay_days"])
    np.testing.assert_array_equal(shares, delay.table["answered"])
    assert [0, 0] in [list(line.get_xdata()) for line in ax.lines]
    summary = delay.summary.iloc[0]
    assert f"{summary['n_answers']:.0f} of {summary['n']:.0f} answered" in words(ax)


def test_forest_has_difference_interval_p_and_n():
    rates = js.response_rates(made_of(("A", 40, 30), ("B", 30, 10), ("C", 20, 9)), by="source")
    differences = js.rate_differences(rates, reference="A")
    table = differences.table
    ax = js.plot_rate_differences(differences)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["B", "C"]
    np.testing.assert_allclose([x for x, _, _ in points(ax)], table["difference"])
    bars = [bar for bars in ax.collections for bar in bars.get_segments()]
    np.testing.assert_allclose([bar[:, 0] for bar in bars], table[["ci_low", "ci_high"]])
    assert row_texts(ax)[:4] == ["n", "p (Holm)", "30 and 40", "20 and 40"]
    shown = [float(text.removeprefix("< ")) for text in row_texts(ax)[4:]]
    np.testing.assert_allclose(shown, table["p_holm"], atol=0.006)
    assert ax.get_xlabel().startswith("answered within 14 days: points more or fewer than A")
    assert sum(ax.get_xlim()) == pytest.approx(0)  # 0 in the middle


def test_all_pairs_name_both():
    rates = js.response_rates(made_of(("A", 40, 10), ("B", 30, 15)), by="source")
    ax = js.plot_rate_differences(js.rate_differences(rates))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels in (["A against B"], ["B"], ["A"])


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda f: js.plot_response_rates(js.response_rates(f)), "watched for 14 days"),
        (
            lambda f: js.plot_weekday_heatmap(
                js.response_rates(f, by=["weekday", "part_of_day"], within=7)
            ),
            "watched for 7 days",
        ),
        (lambda f: js.plot_kaplan_meier(js.kaplan_meier(f)), "No approach"),
        (lambda f: js.plot_cumulative_incidence(js.cumulative_incidence(f)), "No approach"),
        (lambda f: js.plot_silence(js.chance_of_reply(f)), "No approach has been silent"),
        (lambda f: js.plot_decision_delay(js.decision_delay(f)), "promised date"),
        (
            lambda f: js.plot_rate_differences(
                js.rate_differences(js.response_rates(f, by="method"))
            ),
            "nothing to compare",
        ),
    ],
)
def test_without_data_the_axes_say_what_is_missing(draw, says, tries):
    ax = draw(tries.head(0))
    assert says in words(ax)
    assert not ax.lines


@pytest.mark.parametrize(
    "plot",
    [
        js.plot_response_rates,
        js.plot_weekday_heatmap,
        js.plot_kaplan_meier,
        js.plot_cumulative_incidence,
        js.plot_silence,
        js.plot_decision_delay,
        js.plot_rate_differences,
    ],
)
def test_anything_else_is_refused_with_the_way_out(plot, tries):
    other = js.rate_differences if plot is js.plot_response_rates else js.response_rates
    result = js.response_rates(tries, by="method")
    result = other(result) if other is js.rate_differences else result
    with pytest.raises(js.DataError, match=r"gives.* Pass "):
        plot(tries)
    if plot is not js.plot_weekday_heatmap:
        with pytest.raises(js.DataError, match="Pass the result of"):
            plot(result)


def test_hostile_names_are_text_and_nothing_else():
    names = ("$x^2$ & \\frac{", "<b>_", "%s {0}\n\t\x1b[31m\u202e")
    frame = made_of(*((name, 12, 4) for name in names))
    waiting = pd.DataFrame({"company": names, "silent_days": [1, 2, 3]})
    rates = js.response_rates(frame, by="source")
    for ax in (
        js.plot_response_rates(rates),
        js.plot_kaplan_meier(js.kaplan_meier(frame, by="source")),
        js.plot_rate_differences(js.rate_differences(rates)),
        js.plot_silence(js.chance_of_reply(frame), waiting=waiting),
    ):
        ax.figure.canvas.draw()
        named = [text for text in texts_of(ax.figure) if "$x^2$" in text.get_text()]
        assert named
        assert not any(text.get_parse_math() for text in named)
        assert not any(sign in words(ax) for sign in "\x1b\t\u202e")


def test_a_small_plot_counts_what_it_cannot_name(tries):
    many = tries.assign(source=np.resize([f"Board {n}" for n in range(20)], len(tries)))
    _, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    js.plot_kaplan_meier(js.kaplan_meier(many, by="source"), ax=ax)
    assert len(steps(ax)) == 20
    named = sum("Board" in text.get_text() for text in ax.texts)
    assert 1 <= named < 20
    assert f"and {20 - named} more" in words(ax)


def test_a_sign_that_the_font_lacks_becomes_a_square():
    assert clean("a\u202eb\x1b\x00") == "ab"
    assert clean("Łódź\n é – 会") == "Łódź é – □"
    with mpl.rc_context({"font.family": ["DejaVu Sans", "monospace"]}):
        assert clean("é") == "é"


@pytest.mark.parametrize("room", [60.0, 100.0, 200.0])
def test_names_are_wrapped_to_their_room(room):
    text = fitted(
        "Merrow and Sons Instruments of the Northern Coast Limited", room, size=9, lines=3
    )
    lines = text.split("\n")
    assert len(lines) <= 3
    assert max(text_width(line, 9) for line in lines) <= 1.25 * room
    assert fitted("short", 100, size=9) == "short"


def test_names_are_spread_from_the_top_without_touching():
    wanted, heights = [50.0, 49.0, 48.0, 2.0, 1.0], [10.0, 20.0, 10.0, 10.0, 10.0]
    centres = spread(wanted, heights)
    gaps = [
        a - b - (h + k) / 2
        for a, b, h, k in zip(centres, centres[1:], heights, heights[1:], strict=False)
    ]
    assert min(gaps) >= -1e-9
    assert centres[-1] >= 5
    assert spread([100.0, 50.0], [10.0, 10.0]) == [100.0, 50.0]
