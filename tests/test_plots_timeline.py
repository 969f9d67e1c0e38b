"""The line of days of one application: read from its markers and labels, not from its pixels."""

from __future__ import annotations

import io
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgba
from matplotlib.dates import num2date
from PIL import Image

import jobsearch_stats as js
from build import a_log, away, event, follow_up, interview, reply
from drawn import boxes_of, faults, words
from jobsearch_stats.plots.timeline import _LOOKS, timeline_picture, timeline_words
from jobsearch_stats.sample import SAMPLE_DAY, sample_path
from jobsearch_stats.schema import KINDS

SMALL = (6, 1.8)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def sheet_of(*events, as_of="2026-03-10", **columns) -> js.call_sheet:
    named = {name: [value] for name, value in columns.items()}
    return js.call_sheet(a_log({"a": list(events)}, **named), "a", as_of=as_of)


def labels(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def marks(ax: plt.Axes, marker: str) -> list[tuple[str, float]]:
    """Return the day and the height of every mark of this kind."""
    lines = [line for line in ax.lines if line.get_marker() == marker]
    return [
        (f"{num2date(x):%Y-%m-%d}", y)
        for line in lines
        for x, y in zip(*line.get_data(), strict=True)
    ]


USUAL = (
    event("applied", "2026-02-02"),
    interview("2026-03-02", "2026-03-06"),
    event("thank_you", "2026-03-03", method="letter"),
)


def test_events_stand_on_their_days_each_kind_with_its_marker():
    ax = js.plot_timeline(sheet_of(*USUAL))
    assert labels(ax)[:3] == ["2 Feb application", "2 Mar interview", "3 Mar thank-you"]
    assert marks(ax, "o") == [("2026-02-02", 0)]
    assert marks(ax, "D") == [("2026-03-02", 0)]
    assert marks(ax, "P") == [("2026-03-03", 0)]


def test_what_is_promised_and_due_stands_below_the_line():
    ax = js.plot_timeline(sheet_of(*USUAL, as_of="2026-03-09"))
    assert labels(ax)[3:] == ["6 Mar promised", "9 Mar now", "10 Mar due"]
    assert marks(ax, "|") == [("2026-03-06", 0), ("2026-03-10", 0)]
    heights = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert min(heights["2 Feb application"], heights["3 Mar thank-you"]) > 0
    assert max(heights["6 Mar promised"], heights["10 Mar due"], heights["9 Mar now"]) < 0


def test_what_falls_on_one_day_has_one_label():
    assert labels(js.plot_timeline(sheet_of(*USUAL)))[3:] == ["6 Mar promised", "10 Mar now, due"]
    ax = js.plot_timeline(sheet_of(interview("2026-03-02"), follow_up("2026-03-02", "no_answer")))
    assert "2 Mar interview, follow-up: no answer" in labels(ax)
    assert marks(ax, "D") == [("2026-03-02", 0)]
    (((day, height),)) = marks(ax, "^")
    assert day == "2026-03-02"
    assert height > 0


def test_a_dashed_line_stands_on_the_day_of_the_sheet():
    ax = js.plot_timeline(sheet_of(*USUAL))
    (line,) = [one for one in ax.lines if one.is_dashed()]
    assert f"{num2date(line.get_xdata()[0]):%Y-%m-%d}" == "2026-03-10"
    assert js.plot_timeline(sheet_of(*USUAL, as_of="2026-03-05")).lines


def test_a_call_that_left_no_message_is_hollow():
    sheet = sheet_of(
        interview("2026-02-02"),
        follow_up("2026-02-10", "no_answer", method="phone"),
        follow_up("2026-02-11", "voicemail", method="phone"),
        follow_up("2026-02-20", "sent", method="email"),
    )
    ax = js.plot_timeline(sheet)
    calls = [line for line in ax.lines if line.get_marker() == "^"]
    ground = to_rgba(ax.get_facecolor())
    assert [to_rgba(line.get_markerfacecolor()) == ground for line in calls] == [True, False, False]
    said = labels(ax)
    assert {"10 Feb call: no answer", "11 Feb call: voicemail", "20 Feb e-mail"} <= set(said)
    assert "27 Feb let go" in said


def test_an_interview_ahead_an_absence_and_a_reply_are_named():
    sheet = sheet_of(
        interview("2026-02-02"),
        away("2026-02-10", "2026-02-20"),
        reply("2026-02-23", outcome="invited"),
        interview("2026-03-17"),
    )
    said = labels(js.plot_timeline(sheet))
    assert "10 Feb away" in said
    assert "23 Feb reply: invited" in said
    assert said[-2:] == ["10 Mar now", "17 Mar interview"]


def test_every_kind_has_a_look_of_its_own():
    assert set(_LOOKS) == set(KINDS)
    assert len(set(_LOOKS.values())) == len(KINDS)
    lives = [event(kind, f"2026-01-{n:02d}") for n, kind in enumerate(KINDS, start=2)]
    assert len(js.plot_timeline(sheet_of(*lives)).lines) > len(KINDS)


def test_years_are_named_only_where_there_are_several():
    ax = js.plot_timeline(sheet_of(event("applied", "2025-12-30"), interview("2026-03-03")))
    assert "30 Dec application" in labels(ax)
    ax = js.plot_timeline(sheet_of(event("applied", "2024-12-30"), interview("2026-03-03")))
    assert "30 Dec 2024 application" in labels(ax)


def test_nothing_at_all_is_said():
    log = a_log({"a": [], "b": [event("applied", "2026-02-02")]})
    ax = js.plot_timeline(js.call_sheet(log, "a", as_of="2026-03-10"))
    assert "Nothing has happened here yet." in words(ax)
    assert not ax.lines


@pytest.mark.parametrize("other", [None, pd.DataFrame(), "a1"])
def test_anything_else_is_refused_with_the_way_out(other):
    with pytest.raises(js.DataError, match=r"Pass the result of call_sheet\(...\)"):
        js.plot_timeline(other)


def crowded(n: int, step: int = 1) -> js.call_sheet:
    """Return a sheet with an event every few days, up to its own day."""
    days = pd.date_range(end="2026-03-09", periods=n, freq=f"{step}D")
    kinds = np.resize(KINDS[:7], n)
    return sheet_of(
        *(event(kind, f"{day:%Y-%m-%d}") for kind, day in zip(kinds, days, strict=True))
    )


SHEETS = {
    "one": lambda: sheet_of(interview("2026-03-03")),
    "usual": lambda: sheet_of(*USUAL),
    "today alone": lambda: sheet_of(interview("2026-03-10")),
    "a day apart": lambda: crowded(12),
    "a week apart": lambda: crowded(20, 7),
    "all on one day": lambda: sheet_of(
        *(event(kind, "2026-03-03") for kind in KINDS), interview("2026-03-12")
    ),
    "years": lambda: crowded(60, 30),
    "a century": lambda: sheet_of(event("applied", "1900-01-02"), interview("2026-03-03")),
    "far ahead": lambda: sheet_of(interview("2026-03-03", "2999-12-30")),
}


@pytest.mark.parametrize("name", SHEETS)
def test_no_labels_meet_and_none_is_cut_off(name):
    figure = js.plot_timeline(SHEETS[name]()).figure
    assert not faults(figure)


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("layout", [None, "constrained"])
def test_nor_in_a_small_figure_of_ones_own(name, layout):
    figure, ax = plt.subplots(figsize=SMALL, layout=layout)
    assert js.plot_timeline(SHEETS[name](), ax=ax) is ax
    assert not faults(figure)


@pytest.mark.parametrize("name", SHEETS)
def test_nor_with_larger_letters(name):
    with mpl.rc_context({"font.size": 13}):
        assert not faults(js.plot_timeline(SHEETS[name]()).figure)


def test_nor_for_anybody_in_the_sample():
    log = js.read_log(sample_path("events.csv"))
    for application in log.applications.index[::5]:
        figure, ax = plt.subplots(figsize=SMALL)
        js.plot_timeline(js.call_sheet(log, application, as_of=SAMPLE_DAY), ax=ax)
        assert not faults(figure), application
        plt.close(figure)


@pytest.mark.parametrize("name", SHEETS)
def test_no_pole_goes_through_a_label(name):
    ax = js.plot_timeline(SHEETS[name]())
    boxes = boxes_of(ax.figure)
    poles = [line for line in ax.lines if line.get_linewidth() == 0.6]
    assert poles
    for line in poles:
        (x, low), (_, high) = ax.transData.transform(np.column_stack(line.get_data()))
        for text, box in boxes:
            inside = box.x0 + 1 < x < box.x1 - 1
            assert not (inside and box.y0 + 1 < max(low, high) and box.y1 - 1 > min(low, high)), (
                text
            )


def test_the_latest_keep_their_labels_and_the_others_are_counted():
    ax = js.plot_timeline(crowded(30))
    above = [text.get_text() for text in ax.texts if text.get_position()[1] > 0]
    named = [text for text in above if "without a label" not in text]
    (counted,) = [text for text in labels(ax) if "without a label" in text]
    assert named[-1] == "9 Mar interview"
    assert 3 <= len(named) < 30
    assert counted == f"{30 - len(named)} days without a label"


def test_nothing_is_set_and_the_sheet_stays_as_it_was():
    sheet = SHEETS["usual"]()
    before, history = dict(mpl.rcParams), sheet.history.copy()
    js.plot_timeline(sheet)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(sheet.history, history)


def test_a_picture_for_a_page_comes_with_words():
    sheet = sheet_of(*USUAL)
    with Image.open(io.BytesIO(timeline_picture(sheet))) as picture:
        assert picture.size == (1200, 360)
    assert not plt.get_fignums()
    assert timeline_words(sheet) == (
        "Acme, on a line of days: 2 Feb application; 2 Mar interview; 3 Mar thank-you; "
        "6 Mar promised; 10 Mar now, due."
    )


def test_labels_of_one_row_keep_apart():
    ax = js.plot_timeline(SHEETS["a week apart"]())
    boxes = [box for text, box in boxes_of(ax.figure) if text[0].isdigit() and " " in text]
    assert all(not one.overlaps(other) for one, other in combinations(boxes, 2))
