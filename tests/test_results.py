"""What every result shows: tables for people, and HTML in which nothing is unescaped."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.results import (
    Result,
    chance_text,
    check_by,
    check_days,
    group_codes,
    group_labels,
    percent,
    percent_given,
    points,
    shown,
    waiting_rows,
)
from small_tries import tries

RATES = pd.DataFrame(
    {
        "method": pd.Categorical(["phone", "in_person", None]),
        "n": [1400, 9, 0],
        "n_responses": [420, 0, 0],
        "rate": [0.3, 0.0, np.nan],
        "ci_low": [0.276, 0.0, 0.0],
        "ci_high": [0.325, 0.299, 1.0],
        "thin": [False, True, True],
    }
)
DIFFERENCES = pd.DataFrame(
    {
        "group": ["a", "b"],
        "reference": ["b", "c"],
        "n": [2435, 10],
        "n_responses": [235, 9],
        "n_reference": [2435, 10],
        "n_responses_reference": [157, 9],
        "difference": [0.032, -0.6],
        "ci_low": [0.0168, -0.809],
        "ci_high": [0.0474, -0.1705],
        "p_value": [4.76e-5, 0.0198],
        "p_holm": [0.0123, np.nan],
        "detectable": [0.38, np.nan],
    }
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Grouped(Result):
    by: tuple[str, ...] = ()


def rows_of(html: str) -> list[list[str]]:
    """Return the cells of the table's rows, the head first."""
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]


def test_table_for_people_has_per_cent_intervals_and_names():
    table = shown(RATES, by=["method"])
    assert table.columns.tolist() == ["method", "n", "responses", "rate", "95 % interval"]
    assert table.to_numpy().tolist() == [
        ["phone", "1,400", "420", "30 %", "28 to 32 %"],
        ["in person", "9", "0", "0 %", "0 to 30 %"],
        ["not known", "0", "0", "–", "0 to 100 %"],
    ]


def test_differences_are_in_points_and_counts_stand_together():
    table = shown(DIFFERENCES)
    assert table.iloc[0].to_dict() == {
        "group": "a",
        "reference": "b",
        "responses": "235 of 2,435",
        "responses (reference)": "157 of 2,435",
        "difference in points": "+3.2",
        "95 % interval": "+1.7 to +4.7",
        "p": "< 0.001",
        "p (Holm)": "0.012",
        "would show from": "38 points",
    }
    assert table.iloc[1, 4:].tolist() == ["−60", "−81 to −17", "0.020", "–", "–"]


def test_a_difference_and_its_interval_are_told_alike():
    """Tenths of a point where the interval is narrow, and else in neither of them."""
    table = DIFFERENCES.assign(difference=0.0323, ci_low=[0.0172, -0.21], ci_high=[0.0474, 0.28])
    told = shown(table)[["difference in points", "95 % interval"]]
    assert told.to_numpy().tolist() == [["+3.2", "+1.7 to +4.7"], ["+3", "−21 to +28"]]
    alone = shown(table[["group", "difference"]])
    assert alone["difference in points"].tolist() == ["+3", "+3"]
    nothing = table.assign(difference=[0.0, np.nan])
    assert shown(nothing)["difference in points"].tolist() == ["0", "–"]


def test_end_near_nothing_keeps_its_side():
    table = DIFFERENCES.assign(ci_low=[-0.004, 0.0], ci_high=[0.5, 0.5])
    assert shown(table)["95 % interval"].tolist() == ["−0.4 to +50", "0 to +50"]


def test_other_values_read_well():
    table = pd.DataFrame(
        {
            "day": [3.0, np.nan],
            "median": [12.5, 1234.0],
            "chi2": [0.01234, 10.327],
            "date": pd.to_datetime(["2026-03-02", None]),
            "can_tell": [True, False],
            "note": ["x", None],
            "ci_low": [2.0, np.nan],
            "ci_high": [np.nan, np.nan],
        }
    )
    assert shown(table).to_numpy().tolist() == [
        ["3", "12.5", "0.0123", "2026-03-02", "yes", "x", "2 to ?"],
        ["", "1,234", "10.3", "", "no", "", "–"],
    ]
    assert "can tell" in shown(table).columns


def test_html_escapes_every_cell_heading_caption_and_sentence():
    nasty = '<script>alert("1")</script>&'
    table = pd.DataFrame({nasty: [nasty], "n": [1]})
    html = Result(table, caption=nasty, text=nasty)._repr_html_()
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;") == 4


def test_html_has_numbers_to_the_right_and_thin_rows_in_grey():
    html = Grouped(RATES, caption="c", by=("method",))._repr_html_()
    assert rows_of(html)[2:] == [
        ["in person", "9", "0", "0 %", "0 to 30 %"],
        ["not known", "0", "0", "–", "0 to 100 %"],
    ]
    greyed = [bool(re.match("<tr style", row)) for row in re.findall(r"<tr.*?>", html)]
    assert greyed == [False, False, True, True]
    aligned = re.findall(r"<th style=\"text-align: (\w+)", html)
    assert aligned == ["left", "right", "right", "right", "right"]


def test_text_of_a_result_has_caption_table_and_sentence():
    text = repr(Grouped(RATES, caption="The caption.", text="The verdict.", by=("method",)))
    lines = text.splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("The caption.", "The verdict.", 6)
    assert "in person" in text
    assert "Grouped(" not in text  # a dataclass would list its fields


def test_result_without_rows_or_text_shows_what_there_is():
    empty = Result(RATES.iloc[:0], caption="Nothing & none.")
    assert repr(empty) == "Nothing & none."
    assert empty._repr_html_() == "<p>Nothing &amp; none.</p>"
    assert repr(Result(pd.DataFrame({"n": [1]}), caption="")).split() == ["n", "1"]


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.006, "0.6 %"), (0.31, "31 %"), (0.994, "99.4 %"), (1, "100 %"), (np.nan, "–")],
)
def test_per_cent(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1e-7, "<0.1 %"),
        (0.0002, "<0.1 %"),
        (0.000499, "<0.1 %"),
        (0.0006, "0.1 %"),
        (0.9994, "99.9 %"),
        (0.9998, ">99.9 %"),
        (1 - 1e-7, ">99.9 %"),
        (1 - 1e-15, "100 %"),  # all, but for the error of a sum
    ],
)
def test_only_none_is_0_and_only_all_are_100_per_cent(share, text):
    assert percent(share) == text
    assert percent(share, sign=False) == text.removesuffix(" %")


def test_a_level_is_said_as_it_was_given():
    assert [percent_given(x) for x in (0.95, 0.9999, 0.05, 0.999999)] == [
        "95 %",
        "99.99 %",
        "5 %",
        "99.9999 %",
    ]


def test_nearly_all_and_nearly_none_in_a_table_for_people():
    frame = pd.DataFrame({"risk": [0.9998], "ci_low": [0.0001], "ci_high": [0.99999]})
    assert shown(frame).iloc[0].tolist() == [">99.9 %", "<0.1 to >99.9 %"]
    assert "&gt;99.9 %" in Result(frame, caption="")._repr_html_()


def test_points_and_chances():
    assert [points(x) for x in (0.38, 0.01, -0.01, 0.004, 0.0002, 0)] == [
        "38 points",
        "1 point",
        "-1 point",
        "0.4 points",
        "<0.1 points",
        "0.0 points",
    ]
    chances = [chance_text(p) for p in (1e-9, 0.001, 0.0471, 0.123, 1.0)]
    assert chances == ["< 0.001", "0.001", "0.047", "0.12", "1.00"]


# Groups -------------------------------------------------------------------------------------


def test_groups_by_category_order_or_value_with_blanks_last():
    frame = pd.DataFrame(
        {
            "when": pd.Categorical(["late", None, "early", "late"], ["early", "late", "never"]),
            "fit": pd.array([2, 1, None, 2], dtype="Int64"),
        }
    )
    codes, groups = group_codes(frame, ["when", "fit"])
    assert group_labels(groups) == ["early, not known", "late, 2", "not known, 1"]
    assert codes.tolist() == [1, 2, 0, 1]
    codes, groups = group_codes(frame.iloc[:0], ["when"])
    assert len(codes) == len(groups) == 0


def test_without_groups_all_are_one_also_of_no_rows():
    for frame in (RATES, RATES.iloc[:0]):
        codes, groups = group_codes(frame, [])
        assert group_labels(groups) == ["all"]
        assert codes.tolist() == [0] * len(frame)


def test_names_of_groups():
    values = [True, 2.0, 2.5, pd.Timestamp("2026-03-02"), "in_person", "", None, pd.NaT, pd.NA]
    groups = pd.DataFrame({"x": pd.Series(values, dtype=object)})
    assert group_labels(groups) == [
        *("yes", "2", "2.5", "2026-03-02", "in person"),
        *["not known"] * 4,
    ]


def test_waiting_rows_leave_out_the_closed_and_the_interviews_where_messages_are_compared():
    frame = tries(4, 1).assign(
        kind=["application", "interview", "follow_up", "thank_you"],
        stage=["application", "interview", "interview", "closed"],
    )

    def kinds(by, chosen=None):
        return waiting_rows(frame, by=by, kinds=chosen)["kind"].tolist()

    assert kinds([]) == kinds(["kind"]) == ["application", "interview", "follow_up"]
    for name in ("method", "weekday", "timing", "message_number", "date", "reached"):
        assert kinds(["stage", name]) == ["application", "follow_up"]
    assert kinds(["method"], ["interview", "thank_you"]) == ["interview"]


def test_checks_name_the_subject_and_the_way_out():
    with pytest.raises(js.UnknownNameError, match=r"'chanel'.*there is 'method', 'n'"):
        check_by(RATES, "chanel")
    with pytest.raises(js.SettingError, match="twice"):
        check_by(RATES, ["n", "n"])
    assert check_by(RATES, None) == []
    assert check_days(np.int64(3), "within") == 3
    with pytest.raises(js.SettingError, match=r"within=2\.5"):
        check_days(2.5, "within")
    with pytest.raises(js.SettingError, match=r"horizon=100001 .* and at most 100,000\.$"):
        check_days(100_001, "horizon")
