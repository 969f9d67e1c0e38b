"""The command that writes down what was done, for those who have a terminal and no notebook."""

import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats import cli_record
from jobsearch_stats.cli import main
from jobsearch_stats.cli_args import DID

SHEET = """Company,Position,Interview,Interviewer,They decide by
Osprey & Daughters,Analyst,{met},Nadia Clay,
Beta,Clerk,{met},Ben Lark,
Beta,Analyst,{met},Ben Lark,
Betamax,Clerk,{met},,
"""


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "my search.csv"
    met = pd.Timestamp.today() - pd.Timedelta(days=14)
    path.write_text(SHEET.format(met=f"{met:%Y-%m-%d}"), encoding="utf-8")
    return path


@pytest.fixture
def run(sheet, capsys):
    def run(*args):
        code = main(["record", str(sheet), *args])
        got = capsys.readouterr()
        return code, " ".join((got.out + got.err).split())

    return run


def entries(sheet):
    return js.read_journal(js.journal_path(sheet))


def test_writes_and_says_what_and_what_the_list_says_now(sheet, run):
    before = sheet.read_bytes()
    code, said = run("osprey", "--did", "voicemail", "--note", "=ask")
    assert code == 0
    assert said.startswith("Entry 1 of my search.journal.csv: voicemail, Osprey & Daughters, An")
    assert f"jobsearch-stats record '{sheet}' --undo 1" in said.replace("- ", "-")
    assert "Osprey & Daughters: waiting, next call " in said
    assert "R8" in said
    row = entries(sheet).iloc[0]
    assert row[["kind", "outcome", "method", "note"]].tolist() == [
        "follow_up", "voicemail", "phone", "=ask",
    ]  # fmt: skip
    assert row["date"] == row["written_on"] == pd.Timestamp.today().normalize()
    assert sheet.read_bytes() == before


def test_takes_back(sheet, run):
    run("osprey", "--did", "voicemail")
    code, said = run("--undo", "1")
    assert code == 0
    assert said.startswith("Entry 1 of my search.journal.csv is taken back")
    assert "Osprey & Daughters: overdue" in said
    assert entries(sheet)["undone"].tolist() == [True, False]
    assert run("--undo", "1")[0] == run("--undo", "7")[0] == 2


@pytest.mark.parametrize("did", sorted(DID))
def test_every_word_is_written(sheet, run, did):
    extra = ["--until", "a week"] if did == "out-of-office" else []
    code, said = run("osprey-daughters-analyst", "--did", did, *extra, "--contact", "N")
    assert (code, entries(sheet)["kind"].tolist()) == (0, [DID[did][0]]), said


@pytest.mark.parametrize(
    ("text", "day"), [("two weeks", "2026-03-24"), ("2026-03-12", "2026-03-12")]
)
def test_promises_may_be_words_and_count_from_that_day(sheet, run, text, day):
    args = ["osprey", "--did", "spoke", "--on", "2026-03-10", "--method", "video"]
    assert run(*args, "--decide-by", text)[0] == 0
    row = entries(sheet).iloc[0]
    assert (row["date"], row["decide_by"]) == (pd.Timestamp("2026-03-10"), pd.Timestamp(day))
    assert row["method"] == "video"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("BETAMAX", "betamax-clerk"),
        ("betam", "betamax-clerk"),
        ("beta-clerk", "beta-clerk"),
        ("daughters", "osprey-daughters-analyst"),
    ],
)
def test_who_is_meant(sheet, run, text, key):
    assert run(text, "--did", "sent")[0] == 0
    assert entries(sheet)["application_id"].tolist() == [key]


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["beta", "--did", "sent"], "can be 'beta-clerk' (Beta, Clerk), 'beta-analyst' (Beta, A"),
        (["ospray & daughters", "--did", "sent"], "Near it: 'osprey-daughters-analyst'"),
        (["zzz", "--did", "sent"], "jobsearch-stats follow-ups names all"),
        (["--did", "sent"], "names nobody"),
        (["osprey", "--did", "called"], "is none of voicemail, no-answer"),
        (["osprey", "--did", "sent", "--method", "fax"], "is none of 'phone'"),
        (["osprey", "--did", "sent", "--on", "yesterday"], "is not a day"),
        (["osprey", "--did", "sent", "--on", "2999-01-01"], "Only an interview may be ahead"),
        (["osprey", "--did", "spoke", "--decide-by", "soon"], "names no day"),
        (["osprey", "--did", "out-of-office"], "last day away"),
    ],
)
def test_what_cannot_be_written_says_why(sheet, run, args, why):
    code, said = run(*args)
    assert code == 2
    assert why in said.replace("- ", "-")
    assert not js.journal_path(sheet).exists()


def test_a_journal_that_cannot_be_read_is_mended_before_it_is_written(sheet, run):
    run("osprey", "--did", "sent")
    path = js.journal_path(sheet)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("follow_up", "called"), encoding="utf-8")
    before = path.read_bytes()
    for args in (["osprey", "--did", "sent"], ["--undo", "1"]):
        code, said = run(*args)
        assert code == 2
        assert "row 2, column 'kind': 'called'" in said
    assert path.read_bytes() == before


def test_standard_input_has_no_journal(capsys):
    assert main(["record", "-", "osprey", "--did", "sent"]) == 2
    assert "Pass its path" in " ".join(capsys.readouterr().err.split())


def test_many_candidates_are_cut(tmp_path, capsys):
    path = tmp_path / "many.csv"
    rows = "".join(f"Firm {n} Ltd,2026-03-03\n" for n in range(12))
    path.write_text(f"Company,Interview\n{rows}", encoding="utf-8")
    assert main(["record", str(path), "ltd", "--did", "sent"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.count("Ltd)") == cli_record._MOST
    assert "and 4 more" in said


def test_the_list_leaves_the_journal_out_if_told(sheet, run, capsys):
    run("osprey", "--did", "withdrawn")
    for extra, there in (([], False), (["--no-journal"], True)):
        assert main(["agenda", str(sheet), *extra]) == 0
        out = capsys.readouterr().out
        assert ("Nadia Clay" in out) == there
        assert ("1 entry of the journal was added." in out) != there
    assert main(["check", str(sheet)]) == 0
    assert "1 entry of the journal: 1 added" in capsys.readouterr().out


def test_strict_fails_where_an_entry_does_not_fit(sheet, run, capsys):
    run("osprey", "--did", "sent")
    sheet.write_text(sheet.read_text("utf-8").replace("Osprey", "Heron"), encoding="utf-8")
    assert main(["check", str(sheet), "--strict"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "my search.journal.csv: no application" in out
