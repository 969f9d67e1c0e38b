"""The workbench: whom one can choose, what is written down and where, which file is looked at."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import re
import shutil

import pandas as pd
import pytest

import jobsearch_stats as js
import run_notebooks
from jobsearch_stats import notebook
from jobsearch_stats.deeds import DEEDS, deed_named, said_of
from jobsearch_stats.desk import MOST_CONTACTS, MOST_ROWS
from jobsearch_stats.journal_file import read_journal
from jobsearch_stats.lab_settings import LabSettings, write_settings
from jobsearch_stats.sample import SAMPLE_DAY, sample_path
from jobsearch_stats.schema import KINDS, METHODS, OUTCOMES
from jobsearch_stats.workbench import Workbench, files_nearby
from small_bench import HEADER, ROWS, bench_of


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    for name in run_notebooks.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "my_search.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def first_of(bench) -> str:
    return bench.desk.contacts()[0][1]


# --- what is offered -------------------------------------------------------------------------


def test_contacts_stand_by_need_with_their_state(mine):
    assert [label for label, _ in bench_of(mine).desk.contacts()] == [
        "Acme: Jana Novak (due)",
        "Gamma: Clerk (overdue)",
        "Beta: Tom Adeyemi (waiting)",
    ]


def test_todays_contacts_come_first_then_the_others_by_need():
    desk = bench_of().desk
    ids = [known for _, known in desk.contacts()]
    now = desk.todo[desk.todo["do_on"] <= desk.as_of]
    now = now[~now["action"].isin(["old", "let_go"])]["application_id"].str.split("; ").explode()
    assert ids[: len(now)] == list(dict.fromkeys(now))
    states = [re.search(r"\((\w+)\)", label) for label, _ in desk.contacts()[len(now) :]]
    named = [state[1] for state in states if state]
    order = [s for s in ("due", "overdue", "waiting", "abandoned", "closed") if s in named]
    assert list(dict.fromkeys(named)) == order
    assert len(ids) == len(set(ids)) == len(desk.log.applications)


def test_whoever_has_no_date_yet_can_be_chosen():
    frame = pd.DataFrame({"Company": ["Acme"], "Position": ["Clerk"], "Status": ["Interview"]})
    assert bench_of(frame).desk.contacts() == [("Acme: Clerk (no date yet)", "acme-clerk")]


def test_contacts_are_found_by_a_part_of_a_name(mine):
    desk = bench_of(mine).desk
    assert [known for _, known in desk.contacts("ADEY")] == ["beta-clerk"]
    assert [known for _, known in desk.contacts("clerk")] == ["gamma-clerk", "beta-clerk"]
    assert desk.contacts("(") == desk.contacts("nobody") == []


def test_contacts_of_one_name_are_told_apart():
    frame = pd.DataFrame(
        {
            "Company": ["Acme", "Acme"],
            "Position": ["Clerk", "Analyst"],
            "Interview": ["2026-03-03"] * 2,
            "Interviewer": ["Jana Novak"] * 2,
        }
    )
    labels = [label for label, _ in bench_of(frame).desk.contacts()]
    assert sorted(labels) == [
        "Acme: Jana Novak (due) Analyst",
        "Acme: Jana Novak (due) Clerk",
    ]


def test_of_very_many_the_first_are_offered_and_the_others_found():
    n = MOST_CONTACTS + MOST_ROWS
    frame = pd.DataFrame({"Company": [f"Firm {k:04d}" for k in range(n)]})
    frame["Interview"] = "2026-03-03"
    desk = bench_of(frame).desk
    assert len(desk.contacts()) == MOST_CONTACTS
    assert [label for label, _ in desk.contacts(f"firm {n - 1:04d}")] == [
        f"Firm {n - 1:04d}: nobody named (due)"
    ]
    part = desk.lists()[0]
    assert len(part.rows) == MOST_ROWS
    assert part.said[-1] == f"{n - MOST_ROWS} rows more are not shown here."


def test_files_are_those_of_this_folder_and_of_the_log(mine, tmp_path):
    (tmp_path / "other.xlsx").write_bytes(b"")
    for name in ("~$other.xlsx", ".hidden.csv", "README.md", "picture.png", "x.journal.csv"):
        (tmp_path / name).write_bytes(b"")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(mine, elsewhere / "log.csv")
    assert files_nearby(notebook.open_log(mine)) == ["my_search.csv", "other.xlsx"]
    found = files_nearby(notebook.open_log(elsewhere / "log.csv"))
    assert found == ["my_search.csv", "other.xlsx", "elsewhere/log.csv"]
    assert "data/sample/events.csv" in files_nearby(notebook.open_log())


# --- what is written down --------------------------------------------------------------------


def test_every_deed_is_an_event_of_the_model():
    for deed in DEEDS:
        assert deed.kind in KINDS
        assert deed.method is None or deed.method in METHODS
        assert deed.outcome is None or deed.outcome in OUTCOMES
        assert said_of(deed.kind, deed.method, deed.outcome) == deed.said
    assert said_of("acknowledgement", None, None) == "acknowledgement"
    with pytest.raises(js.UnknownNameError, match="'Danced' cannot be written down; there are"):
        deed_named("Danced")


@pytest.mark.parametrize("deed", DEEDS, ids=[deed.label for deed in DEEDS])
def test_each_deed_becomes_its_event_and_the_file_stays_as_it_was(deed, mine):
    before, bench = mine.read_bytes(), bench_of(mine)
    days = {"decide_by": dt.date(2026, 3, 19), "until": dt.date(2026, 3, 18)}
    said = bench.record("acme-analyst", deed.label, on=dt.date(2026, 3, 10), note=" a <b> ", **days)
    assert said.startswith(f"Written down: {deed.said}, Acme, Tue 10 March. ")
    assert said.endswith(f"(Entry 1 of {mine.with_name('my_search.journal.csv')}.)")
    events = js.read_log(mine).events
    (row,) = events[
        (events["application_id"] == "acme-analyst") & (events["note"] == "a <b>")
    ].to_dict("records")
    assert (row["kind"], f"{row['date']:%Y-%m-%d}") == (deed.kind, "2026-03-10")
    assert [None if pd.isna(row[name]) else row[name] for name in ("method", "outcome")] == [
        deed.method,
        deed.outcome,
    ]
    for name in ("decide_by", "until"):
        assert pd.notna(row[name]) == (name in deed.asks)
    pd.testing.assert_frame_equal(bench.desk.log.events, events)
    assert mine.read_bytes() == before


NEXT = {
    "Called: left a voicemail": "Next: call Tue 17 March (2 of 2).",
    "Called: no answer": "Next: call Wed 11 March (1 of 2).",
    "Retire it: I do not want it any more": "Nothing more is to be done.",
    "They asked never to be contacted again": "Nothing more is to be done.",
    "They said no": "Nothing more is to be done.",
}


@pytest.mark.parametrize("label", NEXT)
def test_a_sentence_says_what_comes_next(label, mine):
    assert NEXT[label] in bench_of(mine).record("acme-analyst", label, on="2026-03-10")


def test_an_absence_moves_the_call_behind_it(mine):
    label = "Snooze: they are away until a day"
    said = bench_of(mine).record("acme-analyst", label, on="2026-03-10", until="2026-03-20")
    assert "Next: call Tue 24 March (1 of 2)." in said  # back on a Monday: call Tuesday


def test_a_reply_with_a_new_date_moves_the_call_behind_it(mine):
    said = bench_of(mine).record(
        "acme-analyst", "They replied", on="2026-03-10", decide_by="2026-03-18"
    )
    assert "Next: call Thu 19 March" in said


def test_an_interview_may_be_ahead_and_nothing_else(mine):
    bench = bench_of(mine)
    said = bench.record("gamma-clerk", "Interview, agreed or held", on="2026-03-12")
    assert "Next: interview on Thu 12 March" in said
    with pytest.raises(js.SettingError, match="is after 2026-03-10"):
        bench.record("acme-analyst", "Sent an e-mail", on="2026-03-11")


def test_an_application_without_a_date_gets_one_by_its_first_event():
    frame = pd.DataFrame({"Company": ["Acme"], "Position": ["Clerk"], "Status": ["Interview"]})
    bench = bench_of(frame)
    assert bench.desk.next_sentence("acme-clerk").startswith("Nothing follows from it yet")
    said = bench.record("acme-clerk", "Interview, agreed or held", on="2026-03-09")
    assert "Next: call Tue 17 March (1 of 2)." in said  # a week later is a Monday


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"application_id": None}, "Nobody is chosen"),
        ({"on": None}, "The day is missing"),
        ({"label": "Snooze: they are away until a day"}, "The last day they are away is missing"),
        ({"label": "Danced"}, "'Danced' cannot be written down"),
        ({"application_id": "zeta"}, "zeta"),
        ({"label": "They replied", "decide_by": "2026-03-01"}, "2026-03-01"),
    ],
)
def test_what_cannot_be_written_down_is_said_and_nothing_is_written(given, says, mine):
    bench = bench_of(mine)
    usual = {"application_id": "acme-analyst", "label": "Sent a letter", "on": "2026-03-10"}
    asked = usual | given
    with pytest.raises(js.JobSearchStatsError, match=says):
        bench.record(asked.pop("application_id"), asked.pop("label"), **asked)
    assert not bench.journal.exists()


def test_a_button_that_is_pressed_twice_writes_once(mine):
    bench = bench_of(mine)
    bench.record("acme-analyst", "Sent an e-mail", on="2026-03-10")
    with pytest.raises(js.SettingError, match=r"Entry 1 says that already: an e-mail, Acme"):
        bench.record("acme-analyst", "Sent an e-mail", on="2026-03-10")
    assert len(read_journal(bench.journal)) == 1
    bench.record("acme-analyst", "Sent an e-mail", on="2026-03-10", note="a second one")
    assert len(read_journal(bench.journal)) == 2


def test_the_last_entry_is_taken_back_and_then_the_one_before(mine):
    bench = bench_of(mine)
    before = bench.desk.todo.copy()
    bench.record("acme-analyst", "Called: left a voicemail", on="2026-03-10")
    bench.record("beta-clerk", "They said no", on="2026-03-10")
    assert bench.last_sentence() == "Undo takes back entry 2: a rejection, Beta, Tue 10 March."
    assert bench.undo().startswith("Taken back: a rejection, Beta, Tue 10 March. Entry 2 stays in ")
    assert bench.undo().startswith("Taken back: a voicemail, Acme, Tue 10 March. Entry 1 ")
    pd.testing.assert_frame_equal(bench.desk.todo, before)
    with pytest.raises(js.SettingError, match="There is nothing to take back in"):
        bench.undo()


def test_an_entry_of_before_can_be_taken_back(mine):
    bench_of(mine).record("acme-analyst", "Called: left a voicemail", on="2026-03-10")
    again = bench_of(mine)
    assert "entry 1: a voicemail, Acme" in again.last_sentence()
    assert again.undo().startswith("Taken back: a voicemail")


# --- the sample, and what is no file, are for play -------------------------------------------


def test_nothing_is_written_beside_the_sample():
    folder = sample_path().parent
    before = sorted(folder.iterdir())
    bench = bench_of()
    assert "made-up sample" in bench.journal_sentence()
    said = bench.record(first_of(bench), "Called: left a voicemail", on=SAMPLE_DAY)
    assert "Next: call Tue 17 March" in said
    assert said.endswith("(Entry 1 of the play journal my_search.journal.csv.)")
    assert sorted(folder.iterdir()) == before
    kept = bench.journal
    assert kept.exists()
    assert folder not in kept.parents
    bench.undo()
    del bench
    gc.collect()
    assert not kept.parent.exists()


@pytest.mark.parametrize("name", ["events.csv", "my_search.csv"])
def test_nor_if_a_file_of_the_sample_is_opened_by_its_path(name):
    folder = sample_path().parent
    before = sorted(folder.iterdir())
    bench = bench_of(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"]}))
    bench.open(str(sample_path(name)))
    assert bench.is_play
    assert f"{bench.desk.as_of:%Y-%m-%d}" == SAMPLE_DAY
    bench.record(first_of(bench), "Called: left a voicemail", on=SAMPLE_DAY)
    assert sorted(folder.iterdir()) == before


def test_nor_if_a_notebook_names_it():
    assert bench_of(sample_path()).is_play


def test_a_table_in_memory_is_for_play_too():
    bench = bench_of(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"]}))
    assert "no file" in bench.journal_sentence()
    n = len(bench.desk.log.events)
    bench.record("acme", "Called: left a voicemail", on="2026-03-10")
    bench.read_again()
    assert len(bench.desk.log.events) == n + 1
    bench.undo()
    assert len(bench.desk.log.events) == n


def test_the_journals_of_two_files_of_play_are_two():
    bench = bench_of()
    bench.record(first_of(bench), "Called: left a voicemail", on=SAMPLE_DAY)
    bench.open(str(sample_path("events.csv")))
    assert bench.last_entry() is None
    bench.open(str(sample_path()))
    assert bench.last_entry()["entry"] == 1


# --- files, days, strategies -----------------------------------------------------------------


def test_another_file_is_looked_at_from_today(mine, tmp_path, monkeypatch):
    bench = bench_of()
    monkeypatch.setenv("JOBSEARCH_AS_OF", "2026-03-12")
    bench.open("my_search.csv")
    assert (bench.file, f"{bench.desk.as_of:%Y-%m-%d}") == ("my_search.csv", "2026-03-12")
    assert not bench.is_play
    bench.open(" ")
    assert bench.is_play
    assert len(bench.desk.log.applications) > 100


def test_the_first_file_is_opened_again_with_what_was_written_since(mine):
    bench = bench_of(mine)
    bench.record("acme-analyst", "Called: left a voicemail", on="2026-03-10")
    bench.open(str(sample_path()))
    bench.open("")
    assert bench.desk.log.events["outcome"].eq("voicemail").sum() == 1


def test_each_file_is_read_again_as_it_was_read(tmp_path):
    first, other = tmp_path / "first.csv", tmp_path / "other.csv"
    first.write_text("Wer,Talked\nAcme,03/04/2026\n", encoding="utf-8")
    other.write_text("Company,Interview\nBeta,2026-03-03\n", encoding="utf-8")
    ways = {"mapping": {"Wer": "company", "Talked": "interview"}, "date_order": "month-first"}
    bench = Workbench(notebook.open_log(first, "2026-03-10", **ways))
    bench.record("acme", "Called: left a voicemail", on="2026-03-10")
    dates = bench.desk.log.events["date"].dt.strftime("%Y-%m-%d").tolist()
    assert dates == ["2026-03-04", "2026-03-10"]
    bench.open("other.csv")
    bench.read_again()
    assert bench.desk.log.applications["company"].tolist() == ["Beta"]


def test_a_journal_that_is_named_is_written_into_and_none_where_it_is_not_read(mine, tmp_path):
    there = tmp_path / "elsewhere.journal.csv"
    bench_of(mine).record("beta-clerk", "Sent a letter", on="2026-03-10")
    mine.with_name("my_search.journal.csv").rename(there)
    settings = LabSettings(log=str(mine), journal=str(there))
    write_settings(tmp_path, settings)
    bench = bench_of()
    bench.record("acme-analyst", "Called: left a voicemail", on="2026-03-10")
    assert len(read_journal(there)) == 2
    assert len(js.read_log(mine, journal=there).events) == len(bench.desk.log.events)
    write_settings(tmp_path, dataclasses.replace(settings, journal=False))
    with pytest.raises(js.SettingError, match="opened without its journal"):
        bench_of().record("acme-analyst", "Called: left a voicemail", on="2026-03-10")
    assert not mine.with_name("my_search.journal.csv").exists()


def test_what_cannot_be_used_leaves_all_as_it_was(mine):
    bench = bench_of(mine)
    desk, search = bench.desk, bench.search
    usual = {"day": "2026-03-10", "strategy": js.DAY_AFTER, "country": "", "stages": ("interview",)}
    for other in ({"day": None}, {"country": "XX"}, {"stages": ()}, {"day": "soon"}):
        with pytest.raises(js.JobSearchStatsError):
            bench.look(**usual | other)
    with pytest.raises(js.ReadError):
        bench.open("nowhere.csv")
    assert bench.desk is desk
    assert bench.search is search
