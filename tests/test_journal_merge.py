"""A journal beside a log: its entries are events, and every one is accounted for."""

import gzip
import hashlib
import io
import shutil
import zipfile

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats.cli import main
from jobsearch_stats.journal_file import COLUMNS
from jobsearch_stats.show import reading_notes

SHEET = """Company,Position,Interview,Interviewer,Phone,They decide by,Follow-up 1,Rejected on
Acme,Analyst,2026-03-03,Jana Novak,555-0100,2026-03-09,2026-03-10,
Beta,Clerk,2026-03-04,Ben Lark,555-0101,2026-03-12,,
Beta,Analyst,2026-03-05,Ben Lark,555-0101,,,2026-03-09
=Gamma,,2026-03-04,,,,,
"""
IDS = ["acme-analyst", "beta-clerk", "beta-analyst", "=gamma"]
PARTS = ("added", "known", "undone", "rejected")


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "my search.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def write(sheet, application_id="beta-clerk", kind="follow_up", date="2026-03-13", **what):
    log = js.read_log(sheet, journal=False)
    known = {"application_id": application_id, "kind": kind, "date": date}
    path = js.journal_path(sheet)
    return js.record(path, log, **known, **{"written_on": "2026-03-20", **what})


def undo(sheet, entry):
    js.undo(js.journal_path(sheet), entry=entry, written_on="2026-03-20")


def counts_of(log):
    counts = {part: log.counts[f"entries_{part}"] for part in PARTS}
    assert log.counts["entries_read"] == sum(counts.values())
    rows = [log.counts[f"rows_{name}"] for name in ("loaded", "rejected", "blank")]
    assert log.counts["rows_read"] == sum(rows) == 4
    of_journal = log.problems["problem"].str.contains("journal")
    left_out = log.problems["severity"] == "rejected"
    assert (of_journal & left_out).sum() == counts["rejected"]
    return counts


def said(log, severity):
    table = log.problems[log.problems["severity"] == severity]
    return " | ".join(table[["value", "problem", "what_was_done"]].fillna("").sum(axis=1))


def test_sheet_has_these_ids(sheet):
    log = js.read_log(sheet)
    assert log.applications.index.tolist() == IDS
    assert "entries_read" not in log.counts


def test_entries_are_events_and_the_list_knows_of_them(sheet):
    day = {"as_of": "2026-03-13"}
    before = js.follow_ups(js.read_log(sheet), **day).loc["beta-clerk"]
    assert before["state"] == "due"
    write(sheet, outcome="voicemail", method="phone", contact="Ben Lark")
    log = js.read_log(sheet)
    after = js.follow_ups(log, **day).loc["beta-clerk"]
    assert (after["state"], after["n_messages"]) == ("waiting", 1)
    assert after["phone"] == "555-0101"  # the journal's line has none, and hides none
    tries = js.outreach(log, **day)
    assert len(tries[tries["application_id"] == "beta-clerk"]) == 2
    for journal, do_on in ((False, "2026-03-13"), (True, "2026-03-20")):
        todo = js.agenda(js.read_log(sheet, journal=journal), **day).set_index("application_id")
        assert todo.loc["beta-clerk", "do_on"] == pd.Timestamp(do_on)
    assert counts_of(log) == {"added": 1, "known": 0, "undone": 0, "rejected": 0}
    assert "1 entry of my search.journal.csv was added" in said(log, "noted")
    assert "1 entry of the journal: 1 added" in log.summary().text
    assert "1 entry of the journal was added." in reading_notes(log)
    assert log.events["source_row"].isna().sum() == 1


def test_withdrawn_and_away_close_and_wait(sheet):
    write(sheet, kind="withdrawn")
    write(sheet, "acme-analyst", kind="out_of_office", until="2026-04-01")
    table = js.follow_ups(js.read_log(sheet), as_of="2026-03-20")
    assert table.loc["beta-clerk", "state"] == "closed"
    assert table.loc["acme-analyst", "call_on"] == pd.Timestamp("2026-04-02")


def test_undone_is_as_if_it_had_not_been(sheet):
    plain = js.read_log(sheet)
    for day in ("2026-03-13", "2026-03-16"):
        write(sheet, date=day)
    undo(sheet, 1)
    log = js.read_log(sheet)
    assert counts_of(log) == {"added": 1, "known": 0, "undone": 1, "rejected": 0}
    undo(sheet, 2)
    log = js.read_log(sheet)
    pd.testing.assert_frame_equal(log.events, plain.events)
    pd.testing.assert_frame_equal(log.problems, plain.problems)
    assert reading_notes(log) == reading_notes(plain)


def test_what_stands_in_the_sheet_too_is_not_doubled_and_fills_its_blanks(sheet):
    write(
        sheet, "acme-analyst", date="2026-03-10", outcome="voicemail", method="phone", note="a; b"
    )
    write(sheet, "beta-analyst", kind="rejection", date="2026-03-09", note="by e-mail")
    log = js.read_log(sheet)
    plain = js.read_log(sheet, journal=False)
    assert counts_of(log) == {"added": 0, "known": 2, "undone": 0, "rejected": 0}
    assert len(log.events) == len(plain.events)
    event = log.events[(log.events["kind"] == "follow_up")].iloc[0]
    assert event[["method", "outcome", "note"]].tolist() == ["phone", "voicemail", "a; b"]
    assert event["source_row"] == 2
    assert "by e-mail" in log.events.loc[log.events["kind"] == "rejection", "note"].iloc[0]


@pytest.mark.parametrize(
    ("second", "n"),
    [
        ({"outcome": "voicemail"}, 1),
        ({"outcome": "voicemail", "note": "again"}, 1),
        ({"outcome": "voicemail", "contact": "jana  NOVAK"}, 1),
        ({}, 1),
        ({"outcome": "no_answer"}, 2),
        ({"outcome": "voicemail", "method": "email"}, 2),
        ({"outcome": "voicemail", "contact": "Somebody Else"}, 2),
        ({"outcome": "voicemail", "date": "2026-03-14"}, 2),
        ({"kind": "thank_you"}, 2),
    ],
)
def test_two_entries_are_two_where_they_say_something_else(sheet, second, n):
    write(sheet, outcome="voicemail", method="phone", contact="Jana Novak", note="first")
    write(sheet, **second)
    log = js.read_log(sheet)
    assert (counts_of(log)["added"], counts_of(log)["known"]) == (n, 2 - n)
    if "note" in second:
        assert "first; again" in log.events["note"].tolist()


def test_the_sheet_wins_and_says_so(sheet):
    write(sheet, kind="interview", date="2026-03-04", contact="Somebody", decide_by="2026-03-19")
    log = js.read_log(sheet)
    row = log.events[(log.events["application_id"] == "beta-clerk")].iloc[0]
    assert (row["contact"], row["decide_by"]) == ("Ben Lark", pd.Timestamp("2026-03-12"))
    assert counts_of(log)["known"] == 1
    for value in ("row 2: Somebody", "row 2: 2026-03-19"):
        assert value in said(log, "noted")


def test_a_renamed_application_is_found_by_company_and_role(sheet):
    write(sheet, "acme-analyst")
    write(sheet, "beta-clerk")
    heads = [
        ("Comp", "id,Comp"),
        ("Acme", "7,Acme"),
        ("Beta,C", "8,beta ,c"),
        ("Beta,A", "9,Beta,A"),
    ]
    text = SHEET.replace("=Gamma", "10,=Gamma")
    for old, new in heads:
        text = text.replace(old, new)
    sheet.write_text(text, encoding="utf-8")
    log = js.read_log(sheet)
    assert log.applications.index.tolist() == ["7", "8", "9", "10"]
    assert counts_of(log)["added"] == 2
    assert "taken as '7'" in said(log, "noted")
    assert "taken as '8'" in said(log, "noted")


def test_an_application_that_is_gone_or_not_unique_is_a_problem_and_no_error(sheet):
    for name in IDS:
        write(sheet, name)
    sheet.write_text(
        SHEET.replace("Acme,", "Other,").replace("Beta,Clerk", "Beta,Analyst")
        .replace("=Gamma", "Delta"), encoding="utf-8",
    )  # fmt: skip
    log = js.read_log(sheet)
    assert counts_of(log)["rejected"] == 4 - counts_of(log)["added"]
    text = said(log, "rejected")
    for value in ("row 2: Acme, Analyst: follow_up of 2026-03-13", "row 5: =Gamma"):
        assert value in text
    assert "no application 'acme-analyst' in the log" in text
    assert any("left out" in note for note in reading_notes(log))


def test_a_line_by_hand_may_name_the_company_alone_where_it_has_one_application(sheet):
    lines = [
        f"{n},,{name},{role},2026-03-13,follow_up,,sent,,,,,,2026-03-14\n"
        for n, (name, role) in enumerate(
            [("ACME", ""), ("Beta", ""), ("Beta", "clerk"), ("Acme", "Other"), ("", "Analyst")], 1
        )
    ]
    lines[-1] = lines[-1].replace("5,,", "5,nobody,")
    path = js.journal_path(sheet)
    path.write_text(",".join(COLUMNS) + "\n" + "".join(lines), encoding="utf-8")
    log = js.read_log(sheet)
    assert counts_of(log) == {"added": 2, "known": 0, "undone": 0, "rejected": 3}
    added = log.events[log.events["source_row"].isna()]
    assert added["application_id"].tolist() == ["acme-analyst", "beta-clerk"]


def test_broken_off_lines_are_problems(sheet):
    write(sheet)
    path = js.journal_path(sheet)
    path.write_bytes(path.read_bytes() + b"2,beta-clerk,Beta,Clerk,2026-0")
    log = js.read_log(sheet)
    assert counts_of(log) == {"added": 1, "known": 0, "undone": 0, "rejected": 1}
    assert "row 3: 2 beta-clerk Beta Clerk 2026-0" in said(log, "rejected")


def test_a_broken_journal_says_how_to_read_on(sheet, capsys):
    write(sheet)
    path = js.journal_path(sheet)
    path.write_text(path.read_text("utf-8-sig").replace("follow_up", "called"), encoding="utf-8")
    with pytest.raises(js.DataError, match=r"row 2, column 'kind'.*journal=False"):
        js.read_log(sheet)
    assert len(js.read_log(sheet, journal=False).events)
    assert main(["check", str(sheet)]) == 2
    assert "--no-journal" in " ".join(capsys.readouterr().err.split())
    assert main(["check", str(sheet), "--no-journal"]) == 0


def test_which_journal_is_read(sheet, tmp_path):
    write(sheet)
    other = tmp_path / "other.journal.csv"
    js.journal_path(sheet).rename(other)
    n = len(js.read_log(sheet).events)
    for journal, more in ((True, 0), (False, 0), (None, 0), (other, 1), (str(other), 1)):
        assert len(js.read_log(sheet, journal=journal).events) == n + more
    frame = pd.read_csv(sheet)
    assert len(js.read_log(frame).events) == len(js.read_log(io.StringIO(SHEET)).events) == n
    assert len(js.read_log(io.StringIO(SHEET), journal=other).events) == n + 1
    with pytest.raises(js.ReadError, match=r"cannot be read.*journal=False"):
        js.read_log(sheet, journal=tmp_path / "nowhere.journal.csv")
    with pytest.raises(js.SettingError, match="journal=3 is no journal"):
        js.read_log(sheet, journal=3)


def test_an_undecided_date_follows_the_date_order(sheet):
    line = "1,beta-clerk,,,03/05/2026,follow_up,,voicemail,,,,,,03/06/2026"
    js.journal_path(sheet).write_text(",".join(COLUMNS) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(js.DataError, match="can be 3 May 2026 or 5 March 2026"):
        js.read_log(sheet)
    log = js.read_log(sheet, date_order="month-first")
    assert pd.Timestamp("2026-03-05") in log.events["date"].tolist()


def test_neither_the_log_nor_a_log_of_frames_is_changed(sheet):
    before = hashlib.sha256(sheet.read_bytes()).hexdigest()
    log = js.read_log(sheet)
    events = log.events.copy()
    js.record(
        js.journal_path(sheet), log, application_id="=gamma", kind="offer", date="2026-03-10",
        written_on="2026-03-10", note="=1+1",
    )  # fmt: skip
    undo(sheet, 1)
    js.read_log(sheet)
    assert hashlib.sha256(sheet.read_bytes()).hexdigest() == before
    pd.testing.assert_frame_equal(log.events, events)
    names = sorted(path.name for path in sheet.parent.iterdir())
    assert names == ["my search.csv", "my search.journal.csv"]


def test_a_merged_log_is_saved_and_read_back_equal(sheet, tmp_path):
    write(sheet, outcome="voicemail", note="=x\n")
    write(sheet, "acme-analyst", date="2026-03-10")
    log = js.read_log(sheet)
    log.to_csv(tmp_path / "saved")
    again = js.read_log(tmp_path / "saved")
    for name in ("applications", "events", "problems", "columns"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(log, name))
    assert again.counts == log.counts


def test_a_saved_log_has_a_journal_of_its_own(sheet, tmp_path):
    js.read_log(sheet).to_csv(tmp_path / "saved")
    write(tmp_path / "saved", outcome="voicemail")
    assert (tmp_path / "saved.journal.csv").exists()
    assert counts_of(js.read_log(tmp_path / "saved"))["added"] == 1
    # ... and one that holds the entries already does not get them twice
    js.read_log(tmp_path / "saved").to_csv(tmp_path / "saved")
    assert counts_of(js.read_log(tmp_path / "saved"))["known"] == 1


def test_folders_zips_and_gzips(sheet, tmp_path):
    write(sheet)
    folder = tmp_path / "search"
    folder.mkdir()
    shutil.copy(sheet, folder)
    shutil.copy(js.journal_path(sheet), folder)
    assert counts_of(js.read_log(folder))["added"] == 1
    assert write(folder) == 2  # goes on in the same journal
    assert counts_of(js.read_log(folder)) == {"added": 1, "known": 1, "undone": 0, "rejected": 0}
    assert "journal that was not read" not in said(js.read_log(folder), "noted")
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for path in (sheet, js.journal_path(sheet)):
            archive.write(path, path.name)
    log = js.read_log(tmp_path / "both.zip")
    assert len(log.events) == len(js.read_log(sheet, journal=False).events)
    assert "'my search.journal.csv' is a journal that was not read" in said(log, "noted")
    packed = tmp_path / "my search.csv.gz"
    packed.write_bytes(gzip.compress(sheet.read_bytes()))
    assert counts_of(js.read_log(packed))["added"] == 1


def test_a_journal_is_no_log_of_its_own_journal(sheet):
    write(sheet)
    assert "entries_read" not in js.read_log(js.journal_path(sheet)).counts


def test_an_interview_known_without_a_day_gets_its_day(tmp_path):
    sheet = tmp_path / "s.csv"
    sheet.write_text("Company,Applied,Status\nAcme,2026-02-01,interviewed\n", encoding="utf-8")
    log = js.read_log(sheet)
    assert log.applications["undated_interview"].tolist() == [True]
    js.record(
        js.journal_path(sheet), log, application_id="acme", kind="interview", date="2026-03-03",
        written_on="2026-03-10",
    )  # fmt: skip
    log = js.read_log(sheet)
    assert log.applications["undated_interview"].tolist() == [False]
    assert js.follow_ups(log, as_of="2026-03-10")["state"].tolist() == ["due"]


def test_hostile_names_and_notes_reach_the_log_as_they_are(tmp_path):
    from test_journal import HOSTILE

    sheet = pd.DataFrame({"Company": HOSTILE, "Interview": "2026-03-03"})
    log = js.read_log(sheet)
    journal = tmp_path / "x.journal.csv"
    for key, text in zip(log.applications.index, HOSTILE, strict=True):
        js.record(journal, log, application_id=key, kind="reply", date="2026-03-05",
                  written_on="2026-03-06", note=text, contact=text)  # fmt: skip
    merged = js.read_log(sheet, journal=journal)
    replies = merged.events[merged.events["kind"] == "reply"]
    assert replies["note"].tolist() == HOSTILE
    assert replies["application_id"].tolist() == log.applications.index.tolist()
    assert "<script>" not in merged._repr_html_()
    assert len(js.agenda(merged, as_of="2026-03-20"))


def test_an_empty_journal_and_an_empty_log(sheet, tmp_path):
    js.journal_path(sheet).write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    log = js.read_log(sheet)
    pd.testing.assert_frame_equal(log.events, js.read_log(sheet, journal=False).events)
    assert counts_of(log) == dict.fromkeys(PARTS, 0)
    write(sheet)
    nobody = js.read_log(sheet.parent / "my search.csv").applications.iloc[:0]
    empty = js.ApplicationLog.from_frames(nobody, log.events.iloc[:0])
    from jobsearch_stats.journal_merge import with_journal

    merged = with_journal(empty, js.journal_path(sheet))
    assert merged.counts["entries_rejected"] == 1
    assert merged.events.empty
    with pytest.raises(js.SettingError, match="The log has none"):
        js.record(tmp_path / "e.journal.csv", empty, application_id="a", kind="offer",
                  date="2026-03-10", written_on="2026-03-10")  # fmt: skip


ENTRY = st.fixed_dictionaries(
    {
        "application_id": st.sampled_from(IDS),
        "kind": st.sampled_from(["interview", "follow_up", "thank_you", "reply", "rejection"]),
        "date": st.sampled_from(["2026-03-03", "2026-03-09", "2026-03-10", "2026-03-12"]),
    },
    optional={
        "method": st.sampled_from(["phone", "email"]),
        "contact": st.sampled_from(["Jana Novak", "Ben Lark"]),
    },
)


@given(st.lists(ENTRY, max_size=6), st.sets(st.integers(1, 6)), st.randoms(use_true_random=False))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_and_the_order_of_lines_does_not_matter(sheet, entries, undone, random):
    path = js.journal_path(sheet)
    path.unlink(missing_ok=True)
    plain = js.read_log(sheet)
    for entry in entries:
        write(sheet, **entry)
    for entry in sorted(n for n in undone if n <= len(entries)):
        undo(sheet, entry)
    if not entries:
        return
    log = js.read_log(sheet)
    counts = counts_of(log)
    assert log.counts["entries_read"] == len(entries)
    assert counts["undone"] == len([n for n in undone if n <= len(entries)])
    assert counts["rejected"] == 0
    assert len(log.events) == len(plain.events) + counts["added"]
    states = js.follow_ups(log, as_of="2026-03-20")
    head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    random.shuffle(lines)
    path.write_text("".join([head, *lines]), encoding="utf-8")
    pd.testing.assert_frame_equal(js.follow_ups(js.read_log(sheet), as_of="2026-03-20"), states)
