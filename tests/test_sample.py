"""The sample is what its code makes, reads as people's files should, and shows every rule."""

import csv
import dataclasses
import re
from pathlib import Path

import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.importing import read_log
from jobsearch_stats.schema import EVENT_COLUMNS
from jobsearch_stats.simulate.cases import CASES
from jobsearch_stats.simulate.sample import SEEKER, sample_frames
from jobsearch_stats.simulate.spreadsheet import sheet_holds

DATA = Path(__file__).resolve().parents[1] / "data" / "sample"
FILES = ("my_search.csv", "events.csv", "linkedin_job_applications.csv", "README.md")
TODAY = pd.Timestamp(js.SAMPLE_DAY)

LOGGED_EVENTS = ("my_search.csv", "events.csv")
CASE_IDS = [f"{case.rules} {case.company} {case.role}" for case in CASES]


@pytest.fixture(scope="module")
def frames():
    return sample_frames()


@pytest.fixture(scope="module")
def logs():
    return {name: read_log(DATA / name) for name in LOGGED_EVENTS}


@pytest.fixture(scope="module")
def tables(logs):
    return {name: js.follow_ups(log, as_of=js.SAMPLE_DAY) for name, log in logs.items()}


@pytest.fixture(scope="module")
def todo(logs):
    return js.agenda(logs["events.csv"], as_of=js.SAMPLE_DAY, me=SEEKER)


@pytest.fixture(scope="module")
def ids(frames):
    """The application_id of every case, in the order of CASES."""
    applications, _ = frames
    placed = applications[applications["case"] >= 0]
    return dict(zip(placed["case"], placed.index, strict=True))


def rows_of(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def titled(log):
    """Name every application by company, title, and its number among those of that name."""
    names = log.applications[["company", "role"]].fillna("?").astype("str")
    number = names.groupby(["company", "role"]).cumcount().astype("str")
    return names["company"] + " | " + names["role"] + " | " + number


# The files


def test_the_files_are_what_write_sample_makes(tmp_path):
    made = js.write_sample(tmp_path / "new")
    assert [path.name for path in made] == list(FILES)
    for path in made:
        assert path.read_bytes() == (DATA / path.name).read_bytes(), (
            f"{path.name} is not what write_sample makes: run "
            "`jobsearch-stats simulate --sample data/sample`"
        )


@pytest.mark.parametrize("name", FILES)
def test_line_ends_and_encoding(name):
    raw = (DATA / name).read_bytes()
    raw.decode("utf-8")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", FILES)
def test_everybody_is_invented(name):
    text = (DATA / name).read_text(encoding="utf-8")
    addresses = re.findall(r"[\w.]+@([\w.]+\w)", text)
    assert all(re.fullmatch(r"(\w+\.)?example\.com", domain) for domain in addresses)
    numbers = re.findall(r"\d{3}\W{1,2}\d{3}\W\d{4}", text)
    assert all(re.search(r"555\W01\d\d$", number) for number in numbers)
    if name != "README.md":
        assert len(addresses) > 10
        assert len(numbers) > 30


def test_the_readme_has_every_case_and_column():
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for case in CASES:
        assert f"| {case.rules} | {case.company} | {case.role} |" in text
        assert case.why in text
    for name in FILES[:3]:
        assert all(f"| `{column}` |" in text for column in rows_of(name)[0])


def test_event_file_has_the_columns_of_the_data_model():
    columns = list(rows_of("events.csv")[0])
    assert columns[: len(EVENT_COLUMNS) - 1] == [c for c in EVENT_COLUMNS if c != "source_row"]


def test_whole_numbers_are_written_whole():
    for name in LOGGED_EVENTS:
        assert not re.search(r",\d\.0(,|$)", (DATA / name).read_text(encoding="utf-8"))


# What the reader makes of them


@pytest.mark.parametrize("name", LOGGED_EVENTS)
def test_reads_as_one_search_of_nine_months(logs, name):
    log = logs[name]
    counts = log.counts
    assert counts["rows_read"] == (
        counts["rows_loaded"] + counts["rows_rejected"] + counts["rows_blank"]
    )
    assert counts["rows_read"] == len(rows_of(name))
    assert counts["rows_blank"] == 1
    assert 138 <= len(log.applications) <= 142
    assert 42 <= (log.events["kind"] == "interview").sum() <= 55
    assert TODAY - log.events["date"].min() > pd.Timedelta(days=270)
    ahead = log.events[log.events["date"] > TODAY]
    assert set(ahead["kind"]) == {"interview"}


def test_no_event_of_the_event_log_is_lost_or_changed(frames, logs):
    applications, events = frames
    log = logs["events.csv"]
    assert list(log.applications.index) == list(applications.index)
    assert log.applications["company"].tolist() == applications["company"].tolist()
    for name in ("fit", "wanted"):
        assert log.applications[name].tolist() == applications[name].astype("Int64").tolist()
    key = ["application_id", "date", "kind"]
    wanted = events[[*key, "outcome", "decide_by", "until"]].astype(
        {"outcome": "str", "kind": "str", "application_id": "str"}
    )
    got = log.events[wanted.columns].astype(wanted.dtypes.to_dict())
    both = [frame.sort_values(key).reset_index(drop=True) for frame in (wanted, got)]
    pd.testing.assert_frame_equal(*both)


def test_what_cannot_be_read_is_a_problem(logs):
    spoilt = logs["my_search.csv"].problems
    said = set(spoilt["value"].dropna())
    assert {"2025-06-31", "8/14", "sometime in July", "#REF!", "02/30/2026", "?? ask Kim"} <= said
    assert (spoilt["severity"] == "blanked").sum() == 6
    rejected = logs["events.csv"].problems.query("severity == 'rejected'")
    assert len(rejected) == 3
    assert logs["events.csv"].counts["rows_rejected"] == 3


def test_promises_in_words_become_the_dates_that_were_meant(frames, logs):
    """The spreadsheet has the words, the search the dates."""
    applications, events = frames
    latest = events[events["kind"] == "interview"].groupby("application_id").tail(1)
    truth = latest.set_index("application_id")["decide_by"].dropna()
    log = logs["my_search.csv"]
    read = log.events[log.events["kind"] == "interview"]
    read = read.groupby("application_id", observed=True).tail(1)
    names = titled(log)
    got = read.set_index(read["application_id"].astype("str").map(names))["decide_by"]
    ours = titled(js.ApplicationLog.from_frames(applications[["company", "role"]], events))
    assert len(truth) > 30
    assert got.loc[ours.loc[truth.index]].tolist() == truth.tolist()


def test_unknown_column_and_plans_are_kept(logs):
    applications = logs["my_search.csv"].applications
    assert set(applications["Salary asked"].dropna()) >= {"58k"}
    assert applications["planned_follow_up_on"].notna().sum() == 5
    assert not (logs["my_search.csv"].events["date"] == pd.Timestamp("2026-03-12")).sum() > 1


def test_statuses_with_typos_are_understood(logs):
    kinds = logs["my_search.csv"].applications
    for written, kind in (
        ("REJECTED ❌", "rejected"),
        ("rejected - position filled", "rejected"),
        ("Rejected!!", "rejected"),
        ("withdrew", "withdrawn"),
        ("No response", "ghosted"),
        ("Interviewd", "interview"),
        ("rejcted", "rejected"),
    ):
        of = kinds.loc[kinds["status"] == written, "status_kind"]
        assert len(of) > 0, written
        assert set(of) == {kind}, written
    # one of these has "No response" in a date cell, which says more
    assert "applied" in set(kinds.loc[kinds["status"] == "aplied", "status_kind"])


def test_linkedin_is_read_month_first(frames):
    applications, events = frames
    log = read_log(DATA / "linkedin_job_applications.csv")
    mine = applications.index[applications["source"] == "LinkedIn"]
    sent = events[(events["kind"] == "applied") & events["application_id"].isin(mine)]
    assert len(log.applications) == len(mine)
    got = log.events[log.events["kind"] == "applied"]
    assert sorted(got["date"]) == sorted(sent["date"])
    assert not (log.events["kind"] != "applied").any()


# Two files, one search


def test_spreadsheet_and_event_log_tell_the_same(frames, logs, tables):
    _, events = frames
    wide, long = (
        tables[name].rename(index=titled(logs[name])).sort_index() for name in LOGGED_EVENTS
    )
    assert wide.index.tolist() == long.index.tolist()
    holds = sheet_holds(events).rename(index=titled(logs["events.csv"])).loc[long.index]
    assert 0 < (~holds).sum() < 5
    for column in ("state", "due_on", "abandon_on", "call_on", "next_interview_on"):
        same = wide[column].eq(long[column]) | (wide[column].isna() & long[column].isna())
        assert same[holds].all(), (column, same.index[holds & ~same].tolist())
    assert wide.loc[holds, "contact"].fillna("").tolist() == (
        long.loc[holds, "contact"].fillna("").tolist()
    )


def test_sheet_holds_sees_what_has_no_place():
    """A date named after the interview, and a third follow-up, have no column."""
    events = pd.DataFrame(
        [
            ("a", "interview", None, None),
            ("b", "follow_up", "message_taken", "2026-03-11"),
            ("c", "reply", "neutral", "2026-03-11"),
            *[("d", "follow_up", "sent", None)] * 3,
            *[("e", "follow_up", "sent", None)] * 2,
            *[("f", "reply", "neutral", None)] * 2,
            *[("g", "interview", None, None)] * 3,
        ],
        columns=["application_id", "kind", "outcome", "decide_by"],
    )
    assert sheet_holds(events).to_dict() == {
        "a": True, "b": False, "c": False, "d": False, "e": True, "f": False, "g": False,
    }  # fmt: skip


# The cases


def test_every_rule_has_its_case():
    shown = {rule for case in CASES for rule in case.rules.split()}
    assert {f"R{n}" for n in range(1, 23)} <= shown


@pytest.mark.parametrize("number", range(len(CASES)), ids=CASE_IDS)
def test_case_comes_out_as_stated(tables, ids, number):
    case, table, key = CASES[number], tables["events.csv"], ids[number]
    if not case.state:
        assert key not in table.index
        return
    row = table.loc[key]
    due_on = "" if pd.isna(row["due_on"]) else f"{row['due_on']:%Y-%m-%d}"
    assert (row["state"], due_on) == (case.state, case.due_on), row["reason"]


@pytest.mark.parametrize("number", range(len(CASES)), ids=CASE_IDS)
def test_case_stands_in_the_agenda_as_stated(todo, ids, number):
    case = CASES[number]
    mine = todo[todo["application_id"].str.contains(ids[number])]
    if not case.action:
        assert mine.empty, mine["action"].tolist()
        return
    assert case.action in mine["action"].tolist()
    if case.do_on:
        on = mine.loc[mine["action"] == case.action, "do_on"]
        assert [f"{day:%Y-%m-%d}" for day in on] == [case.do_on]


def test_every_state_occurs(tables):
    for table in tables.values():
        assert set(table["state"]) == {"waiting", "due", "overdue", "abandoned", "closed"}


def test_the_days_list_is_of_human_size(todo):
    assert set(todo["action"]) == {
        "follow_up", "thank_you", "courtesy_card", "prepare_interview", "old", "let_go",
    }  # fmt: skip
    calls = todo[todo["action"] == "follow_up"]
    assert 6 <= (calls["do_on"] == TODAY).sum() <= 10
    assert 5 <= (calls["do_on"] > TODAY).sum() <= 8
    assert 3 <= (todo["action"] == "old").sum() <= 5


def case_of(rules, company):
    """The number of the first case of that company."""
    return next(n for n, c in enumerate(CASES) if (c.rules, c.company) == (rules, company))


def test_r22_two_vacancies_are_one_conversation(todo, ids):
    first = case_of("R22", "Merrow Trust")
    mine = todo[todo["application_id"].str.contains(ids[first])]
    assert len(mine) == 1
    assert ids[first + 1] in mine["application_id"].iloc[0]


@pytest.mark.parametrize(
    ("country", "due_on"), [(None, "2026-01-01"), ("US", "2026-01-02"), ("DE-BY", "2026-01-02")]
)
def test_r4_a_public_holiday_moves_a_case_when_asked(logs, ids, country, due_on):
    strategy = dataclasses.replace(js.DAY_AFTER, country=country)
    table = js.follow_ups(logs["events.csv"], as_of=js.SAMPLE_DAY, strategy=strategy)
    key = ids[case_of("R4 R20", "Juniper Hollow")]
    assert table.loc[key, "due_on"] == pd.Timestamp(due_on)
    # the sample itself says no country
    assert logs["events.csv"].applications["country"].isna().all()


def test_r18_the_hiring_manager_is_called(tables, ids):
    row = tables["events.csv"].loc[ids[case_of("R18", "Tern & Tide")]]
    assert (row["contact"], row["phone"]) == ("Priya Vale", "(202) 555-0126")


def test_r19_applications_on_request(logs, ids):
    table = js.follow_ups(
        logs["events.csv"], as_of=js.SAMPLE_DAY, stages=("interview", "application")
    )
    row = table.loc[ids[case_of("R19", "Sable Creek")]]
    assert (row["state"], row["stage"]) == ("due", "application")


def test_r21_the_reason_to_call_and_the_strengths_are_there(logs, ids):
    row = logs["events.csv"].applications.loc[ids[case_of("R10 R21", "Osprey & Daughters")]]
    assert "20 March" in row["reason_to_call"]
    assert "three years" in row["strengths"]


def test_the_other_strategies_have_a_case(logs, ids):
    """BEFORE_DECISION calls earlier; EMAIL_INSTEAD writes where the promise is far off."""
    log = logs["events.csv"]
    before = js.follow_ups(log, as_of=js.SAMPLE_DAY, strategy=js.BEFORE_DECISION)
    row = before.loc[ids[case_of("R1 R3", "Thimble & Co")]]
    assert row["due_on"] == pd.Timestamp("2026-03-19")
    email = js.follow_ups(log, as_of=js.SAMPLE_DAY, strategy=js.EMAIL_INSTEAD)
    assert email.loc[ids[case_of("R1", "Starling Press")], "method"] == "email"


def test_an_undated_interview_is_noted(logs, ids):
    key = ids[case_of("undated", "Rookery Systems")]
    assert logs["events.csv"].applications.loc[key, "undated_interview"]
    assert not logs["events.csv"].applications.drop(key)["undated_interview"].any()
