"""Layered flow charts: the order of their parts, their places, and what is drawn."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise, permutations, product

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats.funnel import funnel
from jobsearch_stats.plots import plot_funnel
from jobsearch_stats.plots.layout import (
    BEND,
    NODE,
    ROOM,
    crossing_cost,
    flows_of,
    parts_of,
    ports_of,
)
from jobsearch_stats.plots.ordering import _swept, positions_of
from jobsearch_stats.plots.sankey import sankey
from small_logs import happened, log_of, met

mpl.use("Agg")
PIXEL = 1.0  # what rounding to whole pixels may cost a box

SPINE = ("Applied", "Went on", "Interview", "Offer")
ENDS = ("No answer yet", "No answer", "Rejected", "Withdrawn")


@pytest.fixture(autouse=True)
def _close_figures():
    import matplotlib.pyplot as plt

    yield
    plt.close("all")


def links_of(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "target", "n"])


def search_of(counts: list[int], offers: int) -> pd.DataFrame:
    """Return the flows of a search: four ends of each of three stages, and the offers."""
    rows, going_on = [], offers
    for at in (2, 1, 0):
        rows.append((SPINE[at], SPINE[at + 1], going_on))
        ends = counts[4 * at : 4 * at + 4]
        rows += [(SPINE[at], f"{end} {at}", n) for end, n in zip(ENDS, ends, strict=True)]
        going_on += sum(ends)
    return links_of(*rows)


def ordered(links: pd.DataFrame):
    parts = parts_of(flows_of(links))
    return parts, positions_of(parts, np.arange(len(parts.layer), dtype=float))


def least_cost(parts) -> float:
    """Return the least cost of crossings among all orders of all layers, each one tried."""
    layers = [np.flatnonzero(parts.layer == at) for at in range(parts.layer.max() + 1)]
    position = np.zeros(len(parts.layer), int)
    best = np.inf
    for places in product(*(permutations(range(len(row))) for row in layers)):
        position[np.concatenate(layers)] = np.concatenate(places)
        best = min(best, crossing_cost(parts, position))
    return best


# --- the numbers behind a picture ------------------------------------------------------------


def test_layers_are_the_longest_ways():
    flows = flows_of(links_of(("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("x", "c", 2)))
    layers = dict(zip(flows.names, flows.layer.tolist(), strict=True))
    assert layers == {"a": 0, "b": 1, "c": 2, "x": 0}
    assert dict(zip(flows.names, flows.size.tolist(), strict=True))["c"] == 4


def test_links_given_twice_are_one_and_empty_ones_none():
    flows = flows_of(links_of(("a", "b", 1), ("a", "b", 2.5), ("a", "z", 0)))
    assert flows.names == ["a", "b"]
    assert flows.n.tolist() == [3.5]


def test_a_long_link_bends_in_every_layer_that_it_passes_and_an_early_end_keeps_room():
    links = links_of(("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "d", 2), ("a", "e", 3))
    parts = parts_of(flows_of(links))
    assert Counter(parts.what.tolist()) == {NODE: 5, BEND: 2, ROOM: 1}
    assert (parts.layer[parts.head] - parts.layer[parts.tail] == 1).all()


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (links_of(("a", "b", 1), ("b", "c", 1), ("c", "b", 1)), r"circle: (b → c → b|c → b → c)\."),
        (links_of(("a", "a", 1)), r"circle: a → a\."),
        (links_of(("a", "b", 1), ("a", "c", -2)), r"row 1, from 'a' to 'c': n -2 must be"),
        (links_of(("a", "b", np.nan)), r"row 0, .* n nan must be a number"),
        (links_of(("a", "b", np.inf)), r"row 0, .* n inf must be a number"),
        (links_of(("a", "b", "many")), r"row 0, .* n 'many' must be a number"),
        (links_of(("a", "", 3)), r"row 0, .*: target '' is blank"),
        (links_of((None, "b", 3)), r"row 0, .*: source .* is blank"),
        (pd.DataFrame({"source": ["a"], "n": [1]}), r"no column 'target'; it has 'source', 'n'"),
    ],
)
def test_bad_links_say_which(links, said):
    with pytest.raises(js.DataError, match=said):
        sankey(links)


def test_the_circle_named_is_one():
    rng = np.random.default_rng(3)
    seen = 0
    for _ in range(60):
        ends = rng.integers(0, 6, (9, 2))
        links = links_of(*((f"n{a}", f"n{b}", 1) for a, b in ends.tolist()))
        try:
            flows_of(links)
        except js.DataError as error:
            steps = list(pairwise(str(error.value).split(" → ")))
            there = set(zip(links["source"], links["target"], strict=True))
            assert set(steps) <= there
            assert steps[0][0] == steps[-1][1]
            seen += 1
    assert seen > 20


# --- the order ------------------------------------------------------------------------------


@st.composite
def small_links(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    pairs = [
        (f"{a}.{i}", f"{b}.{j}")
        for a, b in combinations(range(len(sizes)), 2)
        for i in range(sizes[a])
        for j in range(sizes[b])
    ]
    kept = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=8, unique=True))
    return links_of(*((a, b, draw(st.integers(1, 9))) for a, b in kept))


@settings(max_examples=60)
@given(small_links())
def test_no_order_is_better_than_the_one_taken(links):
    parts = parts_of(flows_of(links))
    widths = np.bincount(parts.layer)
    assume(np.prod([float(np.prod(range(1, width + 1))) for width in widths]) <= 6000)
    _, position = ordered(links)
    assert crossing_cost(parts, position) == pytest.approx(least_cost(parts), abs=1e-5)


def test_the_cost_of_one_crossing():
    flows = flows_of(links_of(("a", "x", 4), ("b", "y", 1)))
    parts, names = parts_of(flows), {name: at for at, name in enumerate(flows.names)}
    crossed = np.zeros(4, int)
    crossed[names["b"]] = crossed[names["x"]] = 1
    assert crossing_cost(parts, crossed) == 1 + 1 / 4
    straight = np.zeros(4, int)
    straight[names["b"]] = straight[names["y"]] = 1
    assert crossing_cost(parts, straight) == 0


@st.composite
def uncrossed_links(draw):
    """Return links that can be drawn without crossings, shuffled, and their sizes."""
    sizes = draw(st.lists(st.integers(1, 8), min_size=2, max_size=5))
    rows = []
    for layer, (left, right) in enumerate(pairwise(sizes)):
        i = j = 0
        rows.append((f"{layer}.{i}", f"{layer + 1}.{j}"))
        while i < left - 1 or j < right - 1:
            go_left = j == right - 1 or (i < left - 1 and draw(st.booleans()))
            i, j = (i + 1, j) if go_left else (i, j + 1)
            rows.append((f"{layer}.{i}", f"{layer + 1}.{j}"))
    rows = draw(st.permutations(rows))
    return links_of(*((a, b, draw(st.integers(1, 500))) for a, b in rows))


def ribbons_cross(parts, position) -> bool:
    """Return whether any two ribbons cross; what only keeps room is none."""
    real = [
        (parts.layer[a], position[a], position[b], a, b)
        for a, b, link in zip(parts.tail, parts.head, parts.link, strict=True)
        if link >= 0
    ]
    return any(
        p[0] == q[0] and p[3] != q[3] and p[4] != q[4] and (p[1] < q[1]) != (p[2] < q[2])
        for p, q in combinations(real, 2)
    )


@settings(max_examples=60)
@given(uncrossed_links())
def test_an_order_without_crossings_is_found_where_there_is_one(links):
    parts, position = ordered(links)
    assert not ribbons_cross(parts, position)


def test_long_links_too_find_their_order_without_crossings():
    links = search_of([5] * 12, 3)
    assert not ribbons_cross(*ordered(links))
    skipping = links_of(
        ("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "c", 1), ("a", "d", 1), ("b", "d", 1)
    )
    assert ribbons_cross(*ordered(skipping)) is (least_cost(ordered(skipping)[0]) >= 1)


def test_the_order_of_two_crossing_pairs_is_not_called_free():
    both_ways = links_of(("a", "x", 1), ("a", "y", 1), ("b", "x", 1), ("b", "y", 1))
    parts, position = ordered(both_ways)
    assert ribbons_cross(parts, position)
    assert crossing_cost(parts, position) == least_cost(parts) == 2


def test_large_charts_get_a_good_order_all_the_same():
    rng = np.random.default_rng(1)
    pairs = {(int(i), int(j)) for i, j in rng.integers(0, 30, (90, 2))}
    links = links_of(*((f"l{i}", f"r{j}", 1 + i % 3) for i, j in sorted(pairs)))
    parts, position = ordered(links)
    as_given = np.r_[0:0, np.zeros(len(parts.layer), int)]
    for at in (0, 1):
        row = np.flatnonzero(parts.layer == at)
        assert sorted(position[row].tolist()) == list(range(len(row)))
        as_given[row] = np.arange(len(row))
    assert crossing_cost(parts, position) < 0.8 * crossing_cost(parts, as_given)


@settings(max_examples=30)
@given(small_links())
def test_the_order_of_large_charts_is_one_and_never_better_than_the_best(links):
    parts = parts_of(flows_of(links))
    swept = _swept(parts, np.arange(len(parts.layer), dtype=float))
    for at in range(parts.layer.max() + 1):
        row = swept[parts.layer == at]
        assert sorted(row.tolist()) == list(range(len(row)))
    best = crossing_cost(*ordered(links))
    assert crossing_cost(parts, swept) >= best - 1e-5


def test_the_main_path_stands_on_top_and_the_rest_in_the_order_asked_for():
    links = search_of([3, 40, 20, 2] * 3, 2).sample(frac=1, random_state=5)
    order = [f"{end} {at}" for at in range(3) for end in ENDS]
    ax = sankey(links, main=SPINE, order=order)
    tops = {bar.get_gid(): bar.get_y() for bar in bars_of(ax)}
    assert np.ptp([tops[name] for name in SPINE]) == pytest.approx(0, abs=1e-6)
    for at in range(3):
        column = [tops[f"{end} {at}"] for end in ENDS]
        assert column == sorted(column)
        assert column[0] > tops[SPINE[at + 1]]


@settings(max_examples=40)
@given(small_links())
def test_ribbons_of_one_node_stand_in_the_order_of_their_other_ends(links):
    parts, position = ordered(links)
    out, into = ports_of(parts, position)
    for near, far, port in ((parts.tail, parts.head, out), (parts.head, parts.tail, into)):
        for node in np.unique(near):
            rows = np.flatnonzero(near == node)
            rows = rows[np.argsort(position[far[rows]])]
            assert port[rows] == pytest.approx(np.cumsum(parts.n[rows]) - parts.n[rows])


# --- what is drawn --------------------------------------------------------------------------


def bars_of(ax):
    return [patch for patch in ax.patches if hasattr(patch, "get_y")]


def ribbons_of(ax):
    return [patch for patch in ax.patches if not hasattr(patch, "get_y")]


def area_of(patch) -> float:
    """Return the area of a ribbon, by the shoelace formula on its outline made of short lines."""
    curve = patch.get_path().interpolated(1).to_polygons(closed_only=True)[0]
    x, y = curve.T
    return 0.5 * abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1]))


def assert_nothing_overlaps(ax):
    """Assert that no label touches another label or a bar, and that all stay in the figure."""
    ax.figure.canvas.figure.draw_without_rendering()
    labels = [(t.get_text(), t.get_window_extent()) for t in ax.texts if t.get_text()]
    bars = [(bar.get_gid(), bar.get_window_extent()) for bar in bars_of(ax)]
    for (name, one), (other, two) in [*combinations(labels, 2), *product(labels, bars)]:
        across = min(one.x1, two.x1) - max(one.x0, two.x0)
        down = min(one.y1, two.y1) - max(one.y0, two.y0)
        assert min(across, down) <= PIXEL, (name, other)
    page = ax.bbox
    for name, box in labels:
        assert box.x0 >= page.x0 - PIXEL, name
        assert box.x1 <= page.x1 + PIXEL, name
        assert box.y0 >= page.y0 - PIXEL, name
        assert box.y1 <= page.y1 + PIXEL, name


counts = st.integers(0, 6).flatmap(lambda power: st.integers(0, 6**power))
searches = st.builds(search_of, st.lists(counts, min_size=12, max_size=12), counts)


@settings(max_examples=15)
@given(searches)
def test_labels_never_overlap_whatever_the_counts(links):
    import matplotlib.pyplot as plt

    assume((links["n"] > 0).any())
    ax = sankey(links, main=SPINE)
    assert_nothing_overlaps(ax)
    assert ax.texts[0].get_fontsize() == pytest.approx(8.5)
    plt.close("all")


@settings(max_examples=15)
@given(searches, st.floats(0.3, 9), st.floats(0.2, 6))
def test_labels_never_overlap_in_axes_of_any_size(links, width, height):
    import matplotlib.pyplot as plt

    assume((links["n"] > 0).any())
    ax = plt.subplots(figsize=(width, height))[1]
    assert sankey(links, ax=ax, main=SPINE) is ax
    assert_nothing_overlaps(ax)
    plt.close("all")


@pytest.mark.parametrize("size", [(0.05, 0.05), (0.3, 0.2), (12, 0.3), (0.3, 12)])
def test_a_thumbnail_has_the_ribbons_alone(size):
    import matplotlib.pyplot as plt

    ax = plt.subplots(figsize=size)[1]
    links = search_of([3] * 12, 2)
    sankey(links, ax=ax, main=SPINE)
    assert {text.get_text() for text in ax.texts} == {""}
    assert len(ribbons_of(ax)) == len(links)


@settings(max_examples=15)
@given(uncrossed_links())
def test_labels_of_other_charts_never_overlap(links):
    import matplotlib.pyplot as plt

    assert_nothing_overlaps(sankey(links))
    plt.close("all")


def test_ribbons_of_other_nodes_leave_the_labels_free():
    """Of the funnel's tree no ribbon runs under a label, where the figure is ours."""
    ax = sankey(search_of([13, 171, 12, 30, 24, 367, 2, 363, 1, 108, 28, 7], 6), main=SPINE)
    ax.figure.draw_without_rendering()
    to_page = ax.transData
    for ribbon in ribbons_of(ax):
        corners = to_page.transform(ribbon.get_path().interpolated(1).to_polygons()[0])
        for text in ax.texts:
            box = text.get_window_extent()
            x, y = corners.T
            inside = (x > box.x0) & (x < box.x1) & (y > box.y0 + PIXEL) & (y < box.y1 - PIXEL)
            assert not inside.any(), (ribbon.get_gid(), text.get_text())


@settings(max_examples=20)
@given(small_links())
def test_areas_and_heights_are_to_scale_and_nothing_is_lost(links):
    import matplotlib.pyplot as plt

    ax = sankey(links)
    flows = flows_of(links)
    bars = {bar.get_gid(): bar for bar in bars_of(ax)}
    size = dict(zip(flows.names, flows.size, strict=True))
    unit = max(bar.get_height() for bar in bars.values()) / max(size.values())
    for name, bar in bars.items():
        assert bar.get_height() == pytest.approx(size[name] * unit)
    assert len(ribbons_of(ax)) == len(links)
    for link, ribbon in enumerate(ribbons_of(ax)):
        source, target = flows.names[flows.source[link]], flows.names[flows.target[link]]
        assert ribbon.get_gid() == f"{source} → {target}"
        long = bars[target].get_x() - bars[source].get_x() - bars[source].get_width()
        assert area_of(ribbon) == pytest.approx(flows.n[link] * unit * long, rel=0.01)
    plt.close("all")


def test_ribbons_begin_and_end_at_their_bars_side_by_side():
    ax = sankey(search_of([4, 9, 1, 7] * 3, 5), main=SPINE)
    bars = {bar.get_gid(): bar for bar in bars_of(ax)}
    used = Counter()
    for ribbon in ribbons_of(ax):
        source, target = ribbon.get_gid().split(" → ")
        points = ribbon.get_path().vertices
        x, y = points.T
        starts = y[np.isclose(x, bars[source].get_x() + bars[source].get_width())]
        ends = y[np.isclose(x, bars[target].get_x())]
        for name, edge in ((source, starts), (target, ends)):
            low, high = bars[name].get_y(), bars[name].get_y() + bars[name].get_height()
            assert edge.min() >= low - 1e-6
            assert edge.max() <= high + 1e-6
        used[source] += np.ptp(starts)
    for name in SPINE[:3]:
        assert used[name] == pytest.approx(bars[name].get_height())


def test_the_widest_ribbon_is_straight_also_from_the_middle_of_a_bar():
    ax = sankey(links_of(("a", "lost", 8), ("a", "b", 50), ("b", "c", 50)), order=["lost", "b"])
    for name in ("a → b", "b → c"):
        (ribbon,) = (one for one in ribbons_of(ax) if one.get_gid() == name)
        upper = ribbon.get_path().vertices[:4, 1]
        assert np.ptp(upper) == pytest.approx(0, abs=1e-6)
    tops = {bar.get_gid(): bar.get_y() for bar in bars_of(ax)}
    assert tops["lost"] < tops["b"]


# --- the picture of a search ----------------------------------------------------------------


def applied(application: str) -> dict:
    return happened("applied", "2026-01-05", application_id=application)


def test_the_funnel_of_a_search():
    log = log_of(
        *(applied(f"a{i}") for i in range(1, 6)),
        met("2026-01-20", application_id="a1"),
        happened("offer", "2026-01-30", application_id="a1"),
        happened("rejection", "2026-01-20", application_id="a2"),
    )
    result = funnel(log, as_of="2026-02-05")
    before = result.links.copy()
    ax = plot_funnel(result)
    words = [text.get_text() for text in ax.texts]
    assert sorted(words) == [
        "Applied: 5",
        "Interview: 1 (20 %)",
        "No answer yet: 3 (60 %)",
        "Offer: 1 (20 %)",
        "Rejected: 1 (20 %)",
        "Went on: 1 (20 %)",
    ]
    pd.testing.assert_frame_equal(result.links, before)
    tops = {bar.get_gid(): bar.get_y() for bar in bars_of(ax)}
    assert np.ptp([tops[name] for name in SPINE]) == pytest.approx(0, abs=1e-6)
    assert_nothing_overlaps(ax)


def test_every_end_has_a_colour_and_a_hatch_of_its_own():
    from jobsearch_stats.funnel import ENDS_OF_FUNNEL
    from jobsearch_stats.plots.funnel import _LOOKS

    assert set(_LOOKS) == set(ENDS_OF_FUNNEL)
    assert len({look.colour for look in _LOOKS.values()}) == len(_LOOKS)
    assert len({look.hatch for look in _LOOKS.values()}) == len(_LOOKS)


def test_the_funnel_of_nothing_says_so():
    ax = plot_funnel(funnel(log_of(), as_of="2026-02-05"))
    assert [text.get_text() for text in ax.texts] == ["No application was sent yet."]
    assert not ax.patches


def test_the_funnel_of_one_application():
    ax = plot_funnel(funnel(log_of(applied("a1")), as_of="2026-02-05"))
    assert [text.get_text() for text in ax.texts] == ["Applied: 1", "No answer yet: 1 (100 %)"]
    assert_nothing_overlaps(ax)


@pytest.mark.parametrize("name", ["my_search.csv", "events.csv"])
def test_the_funnel_of_the_sample(name):
    from test_architecture import ROOT

    result = funnel(js.read_log(ROOT / "data" / "sample" / name), as_of=js.SAMPLE_DAY)
    ax = plot_funnel(result)
    assert_nothing_overlaps(ax)
    assert {ribbon.get_gid() for ribbon in ribbons_of(ax)} == {
        f"{a} → {b}" for a, b in result.links[["source", "target"]].itertuples(index=False)
    }
    width, height = ax.figure.get_size_inches()
    assert width < 8.3  # the width of a sheet of paper
    assert height < 8


def test_one_among_thirty_thousand_still_shows():
    ax = sankey(search_of([9000, 20_000, 1, 1] * 3, 1), main=SPINE)
    assert_nothing_overlaps(ax)
    assert all(ribbon.get_linewidth() > 0 for ribbon in ribbons_of(ax))
    assert "Offer: 1 (<0.1 %)" in [text.get_text() for text in ax.texts]


def test_names_are_text_and_never_formulas():
    odd = r"$\frac{x$ & <b>"
    ax = sankey(links_of(("Sent $1", odd, 2), ("Sent $1", "x" * 90, 1)))
    assert_nothing_overlaps(ax)
    words = " ".join(text.get_text() for text in ax.texts)
    assert odd in words.replace("\n", " ")
    assert all(not text.get_parse_math() for text in ax.texts)


def test_no_other_thing_than_a_funnel_is_drawn():
    with pytest.raises(js.DataError, match=r"draws what funnel\(\.\.\.\) gives, not DataFrame"):
        plot_funnel(pd.DataFrame())


def test_a_part_of_a_figure_will_do():
    import matplotlib.pyplot as plt

    part = plt.figure(figsize=(9, 4)).subfigures(1, 2)[1]
    ax = part.subplots()
    sankey(search_of([1, 2, 3, 4] * 3, 2), ax=ax, main=SPINE)
    assert len(ax.texts) == 16
    assert_nothing_overlaps(ax)
