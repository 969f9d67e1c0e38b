"""The picture of open contacts: who stands in it, where, and what is said beside each."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import jobsearch_stats as js
from drawn import faults, words
from jobsearch_stats.sample import SAMPLE_DAY, sample_path

MARKS = ("clock_on", "last_message_on", "decide_by", "call_on")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsverein & $x^2$ <b> 🙂 שלום"


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def table():
    return js.follow_ups(js.read_log(sample_path()), as_of=SAMPLE_DAY)


def contacts(*rows, as_of="2026-03-10"):
    """Return the follow-ups of interviews: company, day, promised day, day of a voicemail."""
    names = ("Company", "Interview", "Decision by", "Follow-up")
    frame = pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])
    return js.follow_ups(js.read_log(frame), as_of=as_of)


def names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def marks(ax, name):
    """Return the days of the marks of one kind, row by row."""
    (line,) = [line for line in ax.lines if line.get_gid() == name]
    return np.asarray(line.get_xdata(), float).tolist()


def test_days_stand_where_they_are_seen_from_the_day_itself():
    ax = js.plot_follow_ups(
        contacts(("Acme", "2026-02-24", "2026-03-02", "2026-03-03")), as_of="2026-03-10"
    )
    assert names(ax) == ["Acme"]
    assert [marks(ax, name) for name in MARKS] == [[-14], [-7], [-8], [0]]
    assert words(ax).startswith("today | ")


def test_the_most_urgent_stands_on_top_and_says_how_late_it_is():
    rows = (
        ("Waiting", "2026-03-06", "2026-03-18", ""),
        ("Late", "2026-02-24", "2026-03-02", ""),
        ("Due", "2026-03-03", "2026-03-09", ""),
        ("Later", "2026-02-20", "2026-02-25", ""),
    )
    ax = js.plot_follow_ups(contacts(*rows), as_of="2026-03-10")
    assert names(ax) == ["Later", "Late", "Due", "Waiting"]
    told = [text.get_text() for text in ax.texts]
    assert told[:4] == ["today, 12 days late", "today, 7 days late", "today", "Thu 19 Mar"]


def test_on_a_monday_the_day_to_call_is_tuesday():
    late = contacts(("Acme", "2026-02-24", "2026-03-02", ""), as_of="2026-03-09")
    ax = js.plot_follow_ups(late, as_of="2026-03-09")
    assert marks(ax, "call_on") == [1]
    assert "Tue 10 Mar, 6 days late" in words(ax)


def test_what_is_closed_given_up_or_long_past_is_not_drawn(table):
    ax = js.plot_follow_ups(table, as_of=SAMPLE_DAY, most=100)
    drawn = table[table["state"].isin(["waiting", "due", "overdue"])]
    drawn = drawn[drawn[["call_on", "next_interview_on"]].notna().any(axis=1)]
    drawn = drawn[drawn["days_overdue"] <= 28]
    assert len(names(ax)) == len(drawn) > 15
    assert "not drawn" not in words(ax)
    few = js.plot_follow_ups(table, as_of=SAMPLE_DAY, most=4)
    assert len(names(few)) == 4
    assert f"{len(drawn) - 4} more open contacts are not drawn" in words(few)


def test_an_interview_ahead_is_said_in_place_of_a_call():
    frame = pd.DataFrame(
        {"Company": ["Acme"], "Interview 1": ["2026-03-02"], "Interview 2": ["2026-03-12"]}
    )
    table = js.follow_ups(js.read_log(frame), as_of="2026-03-10")
    ax = js.plot_follow_ups(table, as_of="2026-03-10")
    assert marks(ax, "next_interview_on") == [2]
    assert "meet on Thu 12 Mar" in words(ax)
    assert "your next interview" in words(ax)


def test_what_is_far_off_is_at_the_edges():
    rows = (
        ("Long ago", "2025-12-01", "2026-03-09", ""),
        ("Far ahead", "2026-03-02", "2026-06-01", ""),
    )
    ax = js.plot_follow_ups(contacts(*rows), as_of="2026-03-10")
    assert marks(ax, "clock_on") == [-28, -8]
    assert marks(ax, "beyond") == [28]
    assert "Tue 2 Jun" in words(ax)


@pytest.mark.parametrize("as_of", ["2026-03-10", "2026-01-02"])
def test_no_texts_meet_and_none_is_cut_off(as_of):
    rows = [(f"{LONG} {n}", f"2025-12-{n + 1:02}", f"2026-01-{n + 1:02}", "") for n in range(28)]
    table = contacts(*rows, ("A", "2026-03-03", "", ""), as_of=as_of)
    assert not faults(js.plot_follow_ups(table, as_of=as_of, most=40).figure)
    figure, axes = plt.subplots(2, 1, figsize=(7, 6), layout="constrained")
    assert js.plot_follow_ups(table, as_of=as_of, ax=axes[0]) is axes[0]
    assert not faults(figure)


def test_without_anybody_it_says_so(table):
    for nobody in (table.iloc[:0], table[table["state"] == "closed"]):
        assert "Nobody waits" in words(js.plot_follow_ups(nobody, as_of=SAMPLE_DAY))


def test_the_table_stays_as_it_was(table):
    before = table.copy()
    js.plot_follow_ups(table, as_of=SAMPLE_DAY)
    pd.testing.assert_frame_equal(table, before)


def test_what_is_no_such_frame_is_refused(table):
    with pytest.raises(js.DataError, match="follow_ups"):
        js.plot_follow_ups("sample", as_of=SAMPLE_DAY)
    with pytest.raises(js.DataError, match="'call_on'"):
        js.plot_follow_ups(table.drop(columns="call_on"), as_of=SAMPLE_DAY)
    with pytest.raises(js.SettingError, match="most"):
        js.plot_follow_ups(table, as_of=SAMPLE_DAY, most=0)
