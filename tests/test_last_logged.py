"""A log that was let go is not taken for silence: who asks, when, and how many it touches."""

import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.last_logged import last_logged
from small_logs import happened, log_of, met

ENDS = "The last thing in the log is of 3 March 2026, 251 days before"
NOVEMBER = "2026-11-09"
LET_GO = log_of(
    met("2026-02-10", application_id="a1"),
    happened("reply", "2026-02-20", application_id="a1"),
    met("2026-02-09", application_id="a2"),  # its 21 days are over on 2 March: silence indeed
    met("2026-02-11", application_id="a3"),  # on 4 March
    met("2026-03-03", application_id="a4"),
)


def notes(log, as_of):
    return [n for n in js.agenda(log, as_of=as_of).attrs["notes"] if "up to date" in n]


@pytest.mark.parametrize(
    ("as_of", "asked"), [("2026-03-03", False), ("2026-03-17", False), ("2026-03-18", True)]
)
def test_the_agenda_asks_after_two_weeks_without_an_entry(as_of, asked):
    found = notes(LET_GO, as_of)
    assert len(found) == asked
    if asked:
        assert found[0] == (
            "The last thing in this log is of Tuesday 3 March, 15 days ago: is it up to date? "
            "What it lacks makes this list wrong."
        )
        assert js.agenda(LET_GO, as_of=as_of).attrs["notes"][0] == found[0]  # before all else


def test_in_another_year_the_year_is_said():
    assert "of Tuesday 3 March 2026, 365 days ago" in notes(LET_GO, "2027-03-03")[0]


def test_whatever_kind_it_is_an_entry_is_an_entry():
    for kind in ("acknowledgement", "out_of_office", "thank_you"):
        log = log_of(met("2026-02-10"), happened(kind, "2026-03-03"))
        assert last_logged(log) == pd.Timestamp("2026-03-03")


def test_an_appointment_ahead_or_a_look_back_shows_that_the_log_was_kept():
    ahead = log_of(met("2026-02-10"), met("2026-03-20", application_id="a2"))
    assert not notes(ahead, "2026-03-10")
    assert "last thing" not in js.compare_strategies(
        ahead, ["DAY_AFTER"], as_of="2026-03-10", n_boot=2, seed=1
    ).text  # fmt: skip


def test_an_empty_log_is_asked_nothing():
    assert pd.isna(last_logged(log_of()))
    assert not notes(log_of(), NOVEMBER)
    js.compare_strategies(log_of(), ["DAY_AFTER"], as_of=NOVEMBER, n_boot=2, seed=1)
    assert js.response_rates(js.outreach(log_of(), as_of=NOVEMBER)).text.startswith("Cannot tell")


def test_a_comparison_counts_whose_days_reach_beyond_the_log():
    def text(as_of, horizon=21):
        return js.compare_strategies(
            LET_GO, ["DAY_AFTER", "NO_FOLLOW_UP"], as_of=as_of, horizon=horizon, n_boot=2, seed=1
        ).text

    said = text(NOVEMBER)
    assert said.endswith(
        f"{ENDS}: silence after it may only mean that nothing was logged. In 2 of these interviews "
        "the 21 days without an answer reach beyond it. Bring the log up to date, or pass "
        'as_of="2026-03-03".'
    )
    assert "last thing" not in text("2026-03-17")
    assert "In 1 of these interviews the 10 days" in text(NOVEMBER, horizon=10)  # that of 3 March


def test_rates_count_the_silence_that_nobody_may_have_logged():
    tries = js.outreach(LET_GO, as_of=NOVEMBER)
    said = js.response_rates(tries, within=21).caption
    assert f"As of 9 November 2026. {ENDS}: silence" in said
    assert "In 2 of these approaches the 21 days without an answer reach beyond it." in said
    assert "last thing" not in js.response_rates(tries, within=0).caption  # that day was logged
    of_a2 = tries[tries["application_id"] == "a2"]
    assert "last thing" not in js.response_rates(of_a2, within=21).caption
    early = js.outreach(LET_GO, as_of="2026-03-17")
    assert "last thing" not in js.response_rates(early, within=10).caption


def test_rates_do_not_count_what_was_answered_or_is_too_young():
    log = log_of(
        met("2026-02-10"),
        happened("reply", "2026-02-12"),
        met("2026-02-28", application_id="a2"),
    )
    tries = js.outreach(log, as_of="2026-03-20")
    assert "In 1 of these approaches" in js.response_rates(tries, within=20).caption
    assert "last thing" not in js.response_rates(tries, within=21).caption


def test_curves_say_how_many_waits_go_on_beyond_the_log():
    caption = js.kaplan_meier(js.outreach(LET_GO, as_of=NOVEMBER)).caption
    assert "In 3 of these approaches the days of waiting reach beyond it." in caption
    assert "last thing" not in js.kaplan_meier(js.outreach(LET_GO, as_of="2026-03-17")).caption


def test_a_trial_says_it_of_its_own_cards(tmp_path):
    log = log_of(
        *(met("2026-03-03", decide_by="2026-03-12", application_id=f"a{n}") for n in range(6))
    )
    ledger = tmp_path / "cards.csv"
    js.randomise_timing(
        log, ["DAY_AFTER", "BEFORE_DECISION"], seed=1, ledger=ledger, as_of="2026-03-04"
    )
    said = js.analyse_trial(log, ledger, as_of=NOVEMBER).text
    assert f"{ENDS}: silence after it may" in said
    assert "In 6 of these interviews the 21 days without an answer reach beyond it." in said
    answered = js.ApplicationLog.from_frames(
        log.applications,
        pd.concat(
            [
                log.events.astype(object),
                pd.DataFrame(
                    [
                        happened("rejection", "2026-03-03", application_id="a0"),
                        happened("withdrawn", "2026-03-03", application_id="a1"),
                    ]
                ),
            ]
        ),
    )
    assert "In 4 of these interviews" in js.analyse_trial(answered, ledger, as_of=NOVEMBER).text
    assert "last thing" not in js.analyse_trial(log, ledger, as_of="2026-03-17").text


def test_outreach_keeps_the_day_as_text_in_whatever_part_of_it():
    tries = js.outreach(LET_GO, as_of=NOVEMBER)
    assert tries[tries["kind"] == "interview"].attrs["last_logged"] == "2026-03-03"
