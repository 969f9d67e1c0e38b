"""How late employers are against their own date: what is counted, and what is said of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import jobsearch_stats as js
from jobsearch_stats.sample import sample_path
from small_logs import VOICEMAIL, happened, log_of, met

PROMISED = met("2026-03-02", decide_by="2026-03-09")


def delay_of(*events: dict[str, object], as_of: str = "2026-03-31", counts: str = "any", **other):
    return js.decision_delay(js.outreach(log_of(*events, **other), as_of=as_of), counts=counts)


def ends_of(delay) -> list[list[int]]:
    return delay.table[["delay_days", "n_answers", "n_censored"]].to_numpy().tolist()


def many(delays: list[int | None], *, as_of: str = "2026-03-31", **other) -> object:
    """Return the delays of interviews that were answered so long after the date, or never."""
    events = []
    for number, days in enumerate(delays):
        name = f"a{number + 1}"
        events.append({"application_id": name, **PROMISED})
        if days is not None:
            on = pd.Timestamp("2026-03-09") + pd.Timedelta(days=days)
            events.append({"application_id": name, **happened("offer", f"{on:%Y-%m-%d}")})
    return delay_of(*events, as_of=as_of, **other)


# What is counted ----------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "days"), [("2026-03-06", -3), ("2026-03-09", 0), ("2026-03-13", 4)])
def test_days_count_from_the_promised_date(on, days):
    assert ends_of(delay_of(PROMISED, happened("rejection", on))) == [[days, 1, 0]]


def test_who_is_still_silent_is_censored_on_the_day_looked_from():
    delay = delay_of(PROMISED, as_of="2026-03-12")
    assert ends_of(delay) == [[3, 0, 1]]
    assert delay.table["answered"].item() == 0
    before = delay_of(PROMISED, as_of="2026-03-05")  # the date is still ahead
    assert ends_of(before) == [[-4, 0, 1]]
    assert np.isnan(before.summary["on_time"].item())


def test_interviews_without_a_date_stay_out():
    delay = delay_of(met("2026-03-02"), happened("rejection", "2026-03-06"))
    assert not len(delay.table)
    assert "no interview at which a date was named" in delay.caption
    assert delay.text == "Cannot tell yet: the log has no interview at which a date was named."


def test_an_answer_counts_whatever_was_sent_in_between():
    call = {**VOICEMAIL, "date": "2026-03-10"}
    assert ends_of(delay_of(PROMISED, call, happened("offer", "2026-03-12"))) == [[3, 1, 0]]


@pytest.mark.parametrize("kind", ["withdrawn", "do_not_contact"])
def test_an_end_after_a_later_message_ended_this_wait_as_well(kind):
    call = {**VOICEMAIL, "date": "2026-03-10"}
    delay = delay_of(PROMISED, call, happened(kind, "2026-03-12"))
    assert ends_of(delay) == [[3, 0, 0]]  # neither an answer nor still silent
    assert delay.summary[["n", "n_answers", "n_censored"]].iloc[0].tolist() == [1, 0, 0]


def test_an_answer_before_the_withdrawal_stands():
    events = (PROMISED, happened("reply", "2026-03-10", outcome="neutral"))
    assert ends_of(delay_of(*events, happened("withdrawn", "2026-03-12"))) == [[1, 1, 0]]


def test_the_end_of_another_application_is_none_of_this_one():
    other = [{**PROMISED, "application_id": "a2"}]
    other += [{**happened("withdrawn", "2026-03-12"), "application_id": "a2"}]
    delay = delay_of(PROMISED, *other, as_of="2026-03-20")
    assert ends_of(delay) == [[3, 0, 0], [11, 0, 1]]


def test_a_withdrawal_before_the_interview_did_not_end_it():
    events = (happened("applied", "2026-02-10"), happened("withdrawn", "2026-02-20"), PROMISED)
    assert ends_of(delay_of(*events, as_of="2026-03-12")) == [[3, 0, 1]]


def test_a_rejection_competes_with_a_positive_answer():
    events = (PROMISED, {**VOICEMAIL, "date": "2026-03-10"}, happened("rejection", "2026-03-13"))
    assert ends_of(delay_of(*events)) == [[4, 1, 0]]
    assert ends_of(delay_of(*events, counts="positive")) == [[4, 0, 0]]
    offered = (PROMISED, happened("offer", "2026-03-13"))
    assert ends_of(delay_of(*offered, counts="positive")) == [[4, 1, 0]]


def test_answers_of_unknown_day_stay_out_and_are_counted():
    delay = delay_of(PROMISED, status_kind="rejected")
    assert not len(delay.table)
    assert delay.summary["n_undated"].item() == 1
    assert "1 interview left out" in delay.caption
    assert delay_of(PROMISED, status_kind="interview").summary["n_undated"].item() == 0


# The numbers --------------------------------------------------------------------------------


def test_shares_and_their_intervals_without_censoring_are_plain_ones():
    delay = many([-2, 0, 1, 3, 3, 6, 7, 8, 9, None])
    row = delay.summary.iloc[0]
    assert (row["n"], row["n_answers"], row["n_censored"]) == (10, 9, 1)
    assert row["on_time"] == pytest.approx(0.2)
    assert row["within_a_week"] == pytest.approx(0.7)
    assert row["median"] == 3
    se = np.sqrt(0.2 * 0.8 / 10)
    spread = norm.ppf(0.975) * se / (0.8 * np.log(0.8))  # log-log in one minus the share
    assert row["on_time_low"] == pytest.approx(1 - 0.8 ** np.exp(spread))
    assert row["on_time_high"] == pytest.approx(1 - 0.8 ** np.exp(-spread))
    at = delay.table.set_index("delay_days").loc[0]
    assert (at["ci_low"], at["ci_high"]) == pytest.approx((row["on_time_low"], row["on_time_high"]))
    assert at["se"] == pytest.approx(se)


def test_the_silent_are_no_failures():
    # of ten, five answered on day 1; the other five have been watched up to the date alone
    young = [
        {**met("2026-03-20", decide_by="2026-03-31"), "application_id": f"b{k}"} for k in range(5)
    ]
    events = []
    for k in range(5):
        events += [{**PROMISED, "application_id": f"a{k}"}]
        events += [{**happened("offer", "2026-03-10"), "application_id": f"a{k}"}]
    delay = delay_of(*events, *young, as_of="2026-03-31")
    assert delay.table["answered"].tolist() == [0, 1]


def test_bounds_and_order():
    tries = js.outreach(js.simulate_log(400, seed=4), as_of="2026-03-02")
    before = tries.copy(deep=True)
    delay = js.decision_delay(tries)
    pd.testing.assert_frame_equal(tries, before)
    table = delay.table
    assert (np.diff(table["answered"]) >= -1e-12).all()
    assert (table["ci_low"] <= table["answered"]).all()
    assert (table["answered"] <= table["ci_high"]).all()
    assert table["ci_low"].min() >= 0
    assert table["ci_high"].max() <= 1
    shuffled = js.decision_delay(tries.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(shuffled.table, table)
    assert delay.text == shuffled.text


def test_the_delay_of_the_model_is_found():
    # before the second day after the date nobody answers; from the third on, one in five a day
    model = js.SearchModel(
        promise_chance=1.0, chance_before_promise=0.0, chance_after_promise=0.2, decision_delay=2,
        fit_answer=1.0, weekend_factor=1.0, effect_before_promise=1.0, effect_after_promise=1.0,
        neutral_chance=0.0, second_round_chance=0.0, withdrawal_chance=0.0,
        follow_up_chance=0.0, early_follow_up_chance=0.0,  # a talk could name another date
    )  # fmt: skip
    tries = js.outreach(js.simulate_log(3000, seed=8, model=model), as_of="2026-03-02")
    delay = js.decision_delay(tries)
    table = delay.table.set_index("delay_days")
    assert table.loc[:2, "answered"].max() == 0
    for days in (3, 5, 10):
        truth = 1 - 0.8 ** (days - 2)
        row = table.loc[days]
        assert row["ci_low"] < truth < row["ci_high"]
        assert row["ci_high"] - row["ci_low"] < 0.1
    assert delay.summary["median"].item() == 2 + np.ceil(np.log(0.5) / np.log(0.8))


# In words -----------------------------------------------------------------------------------


def test_a_sentence_with_a_decision():
    late = many([-2, 1, 3, 4, 4, 4, 6, 7, 8, 9, 12, None])
    assert late.text == (
        "Of 12 interviews with a decision date, about 8 % (1 to 46 %) were answered by that date. "
        "Half were answered by 4 days after it (1 to 9 days after). Most let their date "
        "pass: do not give up on it."
    )
    early = many([-5, -4, -3, -3, -2, -2, -1, -1, 0, 0, 0, 1])
    assert "by 2 days before it" in early.text
    assert early.text.endswith(". Most keep their date.")
    mixed = many([-2, -1, 0, 0, 0, 1, 2, 3, 4, 5])
    assert "by the date itself (2 days before to 3 days after)" in mixed.text
    assert mixed.text.endswith("Whether most keep their date cannot be told yet.")
    assert "date, none (0 to 24 %) was answered by that date." in many([1] * 12).text
    assert "Fewer than half" in many([1] * 3 + [None] * 9).text
    assert many([None] * 10).text == (
        "Of 10 interviews with a decision date, none has been answered yet."
    )
    assert many([1, 2]).text == (
        "Cannot tell yet: the log has only 2 interviews at which a date was named."
    )


def test_the_sample():
    delay = js.decision_delay(js.outreach(js.read_log(sample_path()), as_of=js.SAMPLE_DAY))
    assert delay.summary["n"].item() == delay.table["at_risk"].iloc[0]
    assert delay.as_of == pd.Timestamp(js.SAMPLE_DAY)
    assert "<table" in delay._repr_html_()


# Bad input ----------------------------------------------------------------------------------


def test_errors_and_empty_frames():
    tries = js.outreach(log_of(PROMISED), as_of="2026-03-31")
    with pytest.raises(js.SettingError, match="counts='all'"):
        js.decision_delay(tries, counts="all")
    with pytest.raises(js.SettingError, match="confidence"):
        js.decision_delay(tries, confidence=0)
    with pytest.raises(js.DataError, match="'decide_by'"):
        js.decision_delay(tries.drop(columns="decide_by"))
    empty = js.decision_delay(tries[:0])
    assert (len(empty.table), empty.summary["n"].item()) == (0, 0)
    assert pd.isna(empty.as_of)
