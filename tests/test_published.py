"""Published figures: the numbers as published, their intervals, and a caveat in every row."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js

COLUMNS = [
    "topic", "group", "n_responses", "n", "rate", "ci_low", "ci_high", "unit", "population",
    "source", "year", "url", "denominator", "caveat",
]  # fmt: skip


@pytest.fixture
def figures():
    return js.benchmarks_published()


def test_columns_and_types(figures):
    assert list(figures.columns) == COLUMNS
    assert figures.dtypes[["n_responses", "n"]].eq("Int64").all()
    assert figures.dtypes[["rate", "ci_low", "ci_high"]].eq("float64").all()
    assert figures["year"].dtype == "int64"


def test_every_row_says_where_it_comes_from_and_what_it_cannot_tell(figures):
    words = ["topic", "group", "unit", "population", "source", "url", "denominator", "caveat"]
    assert figures[words].notna().all(axis=None)
    assert (figures[words].map(str.strip) != "").all(axis=None)
    assert figures["url"].str.fullmatch(r"https://\S+").all()
    assert figures["caveat"].str.len().gt(60).all()
    assert not figures.duplicated(["topic", "group"]).any()


def test_callbacks_of_bertrand_and_mullainathan(figures):
    """AER 94(4), 2004: 392 of 4,870; 235 of 2,435 (9.65 %) against 157 of 2,435 (6.45 %)."""
    rows = figures[figures["topic"] == "callback"]
    assert rows[["n_responses", "n"]].to_numpy().tolist() == [[392, 4870], [235, 2435], [157, 2435]]
    assert rows["rate"].round(4).tolist() == [0.0805, 0.0965, 0.0645]
    assert rows["n_responses"].iloc[0] == rows["n_responses"].iloc[1:].sum()
    assert set(rows["year"]) == {2004}


def test_intervals_are_wilsons(figures):
    """By the formula, not by the function that made them."""
    z = 1.959963984540054
    rows = figures[figures["n"].notna()]
    k, n = rows["n_responses"].to_numpy(float), rows["n"].to_numpy(float)
    middle = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
    np.testing.assert_allclose(rows["ci_low"], middle - half, rtol=1e-9)
    np.testing.assert_allclose(rows["ci_high"], middle + half, rtol=1e-9)


def test_without_counts_there_is_no_interval(figures):
    rows = figures[figures["n"].isna()]
    assert len(rows)
    assert rows[["n_responses", "ci_low", "ci_high"]].isna().all(axis=None)
    assert rows["rate"].notna().all()


@pytest.mark.parametrize(
    ("topic", "shares"),
    [
        ("when managers want a follow-up", [0.29, 0.36, 0.25, 0.10]),
        ("how managers want a follow-up", [0.64, 0.21, 0.14, 0.01]),
    ],
)
def test_what_managers_say_adds_up_and_is_called_an_opinion(figures, topic, shares):
    """Accountemps, 19 September 2017: both questions add up to 100 %."""
    rows = figures[figures["topic"] == topic]
    assert rows["rate"].tolist() == shares
    assert rows["rate"].sum() == pytest.approx(1)
    assert rows["caveat"].str.contains("an opinion, not an outcome").all()
    assert set(rows["year"]) == {2017}


def test_sales_calls_are_called_sales_calls_and_no_share(figures):
    """Oldroyd 2007: 49.7 % and 24.9 % more on the best days than on the worst."""
    rows = figures[figures["topic"] == "day of a sales call"]
    assert rows["rate"].tolist() == [0.497, 0.249]
    assert rows["caveat"].str.contains("sales leads, not applicants").all()
    assert (rows["unit"] != "share").all()


def test_each_call_gives_a_frame_of_its_own(figures):
    figures.loc[:, "rate"] = 0
    again = js.benchmarks_published()
    assert (again["rate"] > 0).all()


def test_documents_name_every_source():
    text = (Path(__file__).parents[1] / "docs" / "statistics.md").read_text(encoding="utf-8")
    section = text[text.index("## Published figures") :]
    for source in js.benchmarks_published()["source"].unique():
        assert re.match(r"(?:\w\. )?\w+", source)[0].split()[-1] in section


def test_the_file_of_figures_lies_in_the_package():
    from importlib.resources import files

    with files("jobsearch_stats").joinpath("published.csv").open(encoding="utf-8") as file:
        assert len(pd.read_csv(file)) == len(js.benchmarks_published())
