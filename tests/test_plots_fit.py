"""No text of any plot meets another or is cut off, however many groups and however long names."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

import jobsearch_stats as js
from drawn import faults

LONG = (
    "A job board whose name goes on and on & on, for $x^2$ letters and nearly a hundred in all",
    "Donaudampfschifffahrtsgesellschaftskapitänsverein<b>",
    "日本語の会社 🙂\nin two lines\t_x",
    "B",
)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def tries_of(n: int, *, seed: int = 4, named: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return approaches of a made-up search; `named` are dealt out as their sources."""
    days = 300 if n < 1000 else 900
    log = js.simulate_log(n, seed=seed, days=days)
    frame = js.outreach(log, as_of=pd.Timestamp("2025-06-02") + pd.Timedelta(days, "D"))
    if named:
        frame["source"] = np.resize(np.array(named, dtype=object), len(frame))
    return frame


def waiting_of(frame: pd.DataFrame) -> pd.DataFrame:
    waiting = frame.loc[frame["ended_by"] == "as_of", ["company", "observed_days", "stage"]]
    waiting = waiting.rename(columns={"observed_days": "silent_days"})
    return waiting[waiting["silent_days"] < 45].head(40)


def silence(frame: pd.DataFrame, ax: Axes | None) -> Axes:
    limit = js.silence_limit(frame)
    return js.plot_silence(js.chance_of_reply(frame), waiting=waiting_of(frame), limit=limit, ax=ax)


def silence_of_few(frame: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw few names beside a high key, which takes from the axes."""
    chances = js.chance_of_reply(frame, by="stage")
    limit = js.silence_limit(frame, by="stage", below=0.1)
    waiting = waiting_of(frame).head(2).assign(silent_days=0)
    return js.plot_silence(chances, waiting=waiting, limit=limit, ax=ax)


def silence_by_stage(frame: pd.DataFrame, ax: Axes | None) -> Axes:
    chances = js.chance_of_reply(frame, by="stage")
    limit = js.silence_limit(frame, by="stage", below=0.1)
    return js.plot_silence(chances, waiting=waiting_of(frame), limit=limit, ax=ax)


def heat_map(frame: pd.DataFrame, ax: Axes | None) -> Axes:
    rates = js.response_rates(frame, by=["weekday", "part_of_day"])
    return js.plot_weekday_heatmap(rates, ax=ax)


def forest(frame: pd.DataFrame, by: str, ax: Axes | None) -> Axes:
    rates = js.response_rates(frame, by=by)
    reference = rates.table[by].iloc[0] if len(rates.table) > 5 else None
    return js.plot_rate_differences(js.rate_differences(rates, reference=reference), ax=ax)


PLOTS: dict[str, Callable[[pd.DataFrame, Axes | None], Axes]] = {
    "rates": lambda f, ax: js.plot_response_rates(js.response_rates(f, by="source"), ax=ax),
    "rates of two": lambda f, ax: js.plot_response_rates(
        js.response_rates(f, by=["kind", "source"]), ax=ax
    ),
    "heat map": heat_map,
    "curves": lambda f, ax: js.plot_kaplan_meier(js.kaplan_meier(f), ax=ax),
    "curves by source": lambda f, ax: js.plot_kaplan_meier(js.kaplan_meier(f, by="source"), ax=ax),
    "incidence": lambda f, ax: js.plot_cumulative_incidence(
        js.cumulative_incidence(f, counts="positive"), ax=ax
    ),
    "incidence by source": lambda f, ax: js.plot_cumulative_incidence(
        js.cumulative_incidence(f, by="source"), ax=ax
    ),
    "silence": silence,
    "silence by stage": silence_by_stage,
    "silence of few": silence_of_few,
    "delay": lambda f, ax: js.plot_decision_delay(js.decision_delay(f), ax=ax),
    "forest": lambda f, ax: forest(f, "source", ax),
    "forest by weekday": lambda f, ax: forest(f, "weekday", ax),
}


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    many = tuple(f"Job board number {n}" for n in range(30))
    return {
        "none": tries_of(0),
        "one": tries_of(30).head(1),
        "few": tries_of(12),
        "usual": tries_of(140),
        "large": tries_of(1200),
        "long": tries_of(300, named=LONG),
        "many": tries_of(600, named=many),
    }


SIZES = ("none", "one", "few", "usual", "large", "long", "many")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PLOTS)
def test_no_texts_meet_and_none_is_cut_off(name, size, frames):
    figure = PLOTS[name](frames[size], None).figure
    assert not faults(figure)


@pytest.mark.parametrize("size", ["usual", "long", "many"])
@pytest.mark.parametrize("name", PLOTS)
def test_nor_on_axes_of_ones_own(name, size, frames):
    figure, axes = plt.subplots(1, 2, figsize=(12, 5), layout="constrained")
    assert PLOTS[name](frames[size], axes[0]) is axes[0]
    assert not faults(figure)


@pytest.mark.parametrize("name", PLOTS)
def test_nor_with_larger_letters(name, frames):
    with mpl.rc_context({"font.size": 13}):
        figure = PLOTS[name](frames["usual"], None).figure
        assert not faults(figure)


@pytest.mark.parametrize("name", PLOTS)
def test_nothing_is_set_and_the_result_stays_as_it_was(name, frames):
    before, frame = dict(mpl.rcParams), frames["usual"].copy()
    PLOTS[name](frame, None)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(frame, frames["usual"])


def test_texts_that_meet_are_seen():
    figure, ax = plt.subplots()
    ax.text(0.5, 0.5, "one")
    ax.text(0.51, 0.5, "other")
    ax.text(5.0, 0.5, "outside")
    assert faults(figure) == [("one", "other"), ("outside",)]
