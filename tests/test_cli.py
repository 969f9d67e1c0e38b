"""The command line: what it prints, how it fails, and how soon it starts."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats import __version__, agenda, follow_ups, read_log
from jobsearch_stats.cli import main
from jobsearch_stats.sample import SAMPLE_DAY, sample_path
from jobsearch_stats.terminal import clean, cut, fold, width_of

SHEET = """Company,Position,Date applied,Interview,Interviewer,Phone,They decide by
Acme,Analyst,2026-02-01,2026-03-03,Jana Novak,555-0100,2026-03-09
=1+1,Clerk,2026-02-02,2026-03-04,+Ben Lark,555-0101,2026-03-12
"""


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "my search.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


def program(*args, **kwargs):
    """Run the command as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "jobsearch_stats", *map(str, args)],
        capture_output=True,
        timeout=120,
        check=False,
        **kwargs,
    )


def test_agenda_names_who_when_how_and_why(sheet, capsys):
    assert main(["agenda", str(sheet), "--as-of", "2026-03-10"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("my search.csv as of Tue 10 March 2026\n")
    today, later = out.split("Fri 13 March", 1)
    assert "TODAY, Tue 10 March: 1 thing to do" in today
    assert " 1. Call Jana Novak, Acme (Analyst)\n    555-0100  ·  message 1 of 2\n" in today
    assert "(R1)" in today
    assert "Ben Lark" not in today
    assert "Ben Lark" in later


def test_monday_says_tuesday(sheet, capsys):
    assert main(["agenda", str(sheet), "--as-of", "2026-03-09", "--days", "3"]) == 0
    out = capsys.readouterr().out
    assert "Nothing to do today." in out
    assert out.index("Nothing to do today.") < out.index("Tue 10 March") < out.index("Jana Novak")


def test_scripts_carry_name_and_number(sheet, capsys):
    args = ["agenda", str(sheet), "--as-of", "2026-03-10", "--scripts"]
    assert main([*args, "--name", "Robin Example", "--phone", "555-0199"]) == 0
    out = capsys.readouterr().out
    said = " ".join(line.strip("| ") for line in out.splitlines() if line.startswith("    |"))
    assert "My name is Robin Example, and my number is 555-0199." in said


@pytest.mark.parametrize("width", [30, 50, 80, 200])
@pytest.mark.parametrize("command", ["agenda", "follow-ups", "check"])
def test_sample_fits_the_terminal(command, width, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    assert main([command]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 20
    assert max(map(width_of, lines)) <= min(width, 100)


def test_sample_is_looked_at_from_its_own_day(capsys):
    assert main(["agenda"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("The made-up sample as of Tue 10 March 2026")
    todo = agenda(read_log(sample_path()), as_of=SAMPLE_DAY)
    for company in todo["company"].dropna():
        assert clean(company).split()[0] in out
    for note in todo.attrs["notes"]:
        assert note.split()[0] in out


def test_sample_day_is_a_public_name():
    assert js.SAMPLE_DAY == SAMPLE_DAY


def test_own_log_is_looked_at_from_today(sheet, capsys):
    assert main(["follow-ups", str(sheet)]) == 0
    day = pd.Timestamp.today()
    assert f"as of {day:%a} {day.day} {day:%B} {day.year}" in capsys.readouterr().out


def test_follow_ups_lists_every_state_of_the_sample(capsys):
    assert main(["follow-ups"]) == 0
    titles = dict(re.findall(r"^([A-Z]+) \((\d+)\)", capsys.readouterr().out, re.MULTILINE))
    counts = follow_ups(read_log(sample_path()), as_of=SAMPLE_DAY)["state"].value_counts()
    assert titles == {str(k).upper(): str(n) for k, n in counts.items() if n}


def test_stages_adds_applications(sheet, capsys):
    sheet.write_text(SHEET + "Beta,Clerk,2026-02-03,,,,\n", encoding="utf-8")
    args = ["follow-ups", str(sheet), "--as-of", "2026-03-10"]
    assert main(args) == 0
    assert "Beta" not in capsys.readouterr().out
    assert main([*args, "--stages", "interview,application"]) == 0
    assert "Beta" in capsys.readouterr().out


def test_country_and_strategy_change_the_day(sheet, capsys):
    args = ["follow-ups", str(sheet), "--as-of", "2026-03-05", "--format", "json"]
    days = {}
    for extra in ((), ("--strategy", "before-decision"), ("--strategy", "NO_FOLLOW_UP")):
        assert main([*args, *extra]) == 0
        days[extra] = json.loads(capsys.readouterr().out)["rows"][0]["call_on"]
    assert days[()] == "2026-03-10"
    assert days["--strategy", "before-decision"] == "2026-03-06"
    assert days["--strategy", "NO_FOLLOW_UP"] is None
    sheet.write_text(SHEET.replace("2026-03-09", "2026-07-02"), encoding="utf-8")
    for country, day in (((), "2026-07-03"), (("--country", "US"), "2026-07-07")):
        assert main([*args, *country]) == 0
        assert json.loads(capsys.readouterr().out)["rows"][0]["call_on"] == day


def test_map_and_date_order_reach_the_reader(tmp_path, capsys):
    path = tmp_path / "odd.csv"
    path.write_text("Wer=Wo,Talked\nAcme,03/02/2026\nBeta,04/02/2026\n", encoding="utf-8")
    given = ["--map", "Wer=Wo=company", "--map", "Talked=interview", "--date-order", "day-first"]
    args = ["follow-ups", str(path), *given, "--as-of", "2026-02-05", "--format", "json"]
    assert main(args) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(r["company"], r["clock_on"]) for r in rows] == [
        ("Acme", "2026-02-03"),
        ("Beta", "2026-02-04"),
    ]


def test_csv_is_neutralised_and_complete(sheet, capsysbinary):
    assert main(["agenda", str(sheet), "--as-of", "2026-03-12", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    todo = agenda(read_log(sheet), as_of="2026-03-12")
    assert len(rows) == len(todo)
    assert set(rows[0]) == set(todo.columns)
    for row in rows:
        assert not [v for v in row.values() if v[:1] in tuple("=+-@\t\r") and v]
    assert "'+Ben Lark" in {row["contact"] for row in rows}


def test_json_dates_are_days_and_notes_are_there(sheet, capsys):
    assert main(["agenda", str(sheet), "--as-of", "2026-03-10", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["as_of"] == "2026-03-10"
    assert said["rows"][0]["do_on"] == "2026-03-10"
    assert said["notes"] == agenda(read_log(sheet), as_of="2026-03-10").attrs["notes"]


def test_a_note_names_the_option_as_it_is_typed(tmp_path, capsys):
    path = tmp_path / "log.csv"
    path.write_text("Company,Applied\nAcme,2026-02-01\n", encoding="utf-8")
    assert main(["agenda", str(path), "--as-of", "2026-02-10"]) == 0
    assert "With --stages interview,application the" in " ".join(capsys.readouterr().out.split())


def test_check_says_how_columns_were_read_and_what_was_wrong(capsys):
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    log = read_log(sample_path())
    assert all(f"{header} -> " in out for header in log.columns["header"])
    for severity, n in log.problems["severity"].value_counts().items():
        title = {"rejected": "LEFT OUT", "blanked": "COULD NOT BE USED", "noted": "WORTH A LOOK"}
        if n:
            assert re.search(rf"{title[str(severity)]}.*\({n}\)", out)


def test_agenda_says_what_of_the_file_it_does_not_use(tmp_path, capsys):
    path = tmp_path / "log.csv"
    path.write_text("Company,Interview,Colour\nAcme,2026-03-03,blue\n,,red\n")
    assert main(["agenda", str(path), "--as-of", "2026-03-10"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Not understood, and not used: Colour." in out
    assert "1 row of your file was left out" in out


def test_check_most_shortens(capsys):
    assert main(["check", "--most", "1"]) == 0
    assert "more (--most N shows more)" in capsys.readouterr().out


def test_strict_is_1_when_rows_are_left_out(tmp_path, sheet):
    text = "application_id,company,date,kind\na,Acme,2026-03-01,applied\nb,Beta,2026-03-01,danced\n"
    bad = tmp_path / "events.csv"
    bad.write_text(text, encoding="utf-8")
    assert read_log(bad).counts["rows_rejected"] == 1
    assert main(["check", str(bad)]) == 0
    assert main(["check", str(bad), "--strict"]) == 1
    assert main(["check", str(sheet), "--strict"]) == 0


@pytest.mark.parametrize(
    ("content", "extra", "said"),
    [
        (None, [], "not"),
        (b"\x00\xff\x13" * 50, [], ""),
        (b"a,b\n1,2\n", [], "a"),
        (b"Company,Interview\n", [], "a header and no row below it"),
        (SHEET.encode(), ["--as-of", "yesterday"], "--as-of='yesterday' is not a day"),
        (SHEET.encode(), ["--strategy", "hope"], "no strategy 'hope'"),
        (SHEET.encode(), ["--map", "Company"], 'has no "="'),
        (SHEET.encode(), ["--stages", "dance"], "dance"),
        (SHEET.encode(), ["--country", "XX"], "XX"),
        (b"Company,Interview\nAcme,03/02/2026\n", [], "--date-order day-first"),
    ],
)
def test_what_cannot_be_used_is_2_with_one_paragraph(tmp_path, capsys, content, extra, said):
    path = tmp_path / "log.csv"
    if content is not None:
        path.write_bytes(content)
    assert main(["agenda", str(path), *extra]) == 2
    done = capsys.readouterr()
    assert done.out == ""
    assert done.err.startswith("jobsearch-stats: ")
    assert said in " ".join(done.err.split())
    assert "\n\n" not in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("args", [[], ["dance"], ["agenda", "--days", "x"], ["simulate"]])
def test_bad_arguments_are_2(args, capsys):
    with pytest.raises(SystemExit) as stop:
        main(args)
    assert stop.value.code == 2
    assert "usage: jobsearch-stats" in capsys.readouterr().err


def test_help_documents_the_exit_codes(capsys):
    for args in (["--help"], ["agenda", "--help"]):
        with pytest.raises(SystemExit) as stop:
            main(args)
        assert stop.value.code == 0
        assert "exit codes: 0 fine; 1" in capsys.readouterr().out


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.strip() == __version__


def test_simulated_log_reads_back(tmp_path, capsys):
    out = tmp_path / "made up.csv"
    assert main(["simulate", "-n", "30", "--seed", "4", "-o", str(out)]) == 0
    log = read_log(out)
    assert len(log.applications) == 30
    assert log.counts["rows_rejected"] == 0
    first = out.read_bytes()
    assert main(["simulate", "-n", "30", "--seed", "4", "-o", str(out)]) == 0
    assert out.read_bytes() == first
    assert str(out) in capsys.readouterr().out


def test_simulate_sample_is_the_committed_one(tmp_path):
    assert main(["simulate", "--sample", str(tmp_path / "sample")]) == 0
    made = tmp_path / "sample" / "my_search.csv"
    assert made.read_bytes() == sample_path().read_bytes()


def test_standard_input_is_a_log(sheet):
    done = program("follow-ups", "-", "--as-of", "2026-03-10", input=sheet.read_bytes())
    assert done.returncode == 0
    assert b"Acme" in done.stdout


def test_closed_pipe_is_quiet(sheet):
    with subprocess.Popen(
        [sys.executable, "-m", "jobsearch_stats", "agenda"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        running.stdout.close()
        err = running.stderr.read()
        assert running.wait(60) == 0
    assert err == b""


def test_colour_only_on_a_terminal_that_wants_it(sheet, capsys, monkeypatch):
    args = ["agenda", str(sheet), "--as-of", "2026-03-10"]
    main(args)
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    main(args)
    assert "\x1b[1m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(args)
    assert "\x1b" not in capsys.readouterr().out


def test_hostile_text_cannot_move_the_cursor(tmp_path, capsys):
    path = tmp_path / "log.csv"
    nasty = "Ac\x1b[31mme\x1b]8;;http://x.example\x07\x9b2J\u202egnp"
    path.write_text(SHEET.replace("Acme", nasty), encoding="utf-8")
    for command in ("agenda", "follow-ups", "check"):
        day = [] if command == "check" else ["--as-of", "2026-03-10"]
        assert main([command, str(path), *day]) == 0
        out = capsys.readouterr().out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)


def test_narrow_encoding_gets_question_marks_not_a_traceback(sheet):
    sheet.write_text(SHEET.replace("Acme", "日本語"), encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = program("agenda", sheet, "--as-of", "2026-03-10", env=env)
    assert done.returncode == 0
    assert b"Jana Novak, ???" in done.stdout


@pytest.mark.parametrize("row", [",,,,,,\n", "Acme,Analyst,2026-02-01,,,,\n"])
def test_log_of_nothing_says_so(tmp_path, capsys, row):
    path = tmp_path / "log.csv"
    path.write_text(SHEET.splitlines()[0] + "\n" + row, encoding="utf-8")
    assert main(["agenda", str(path), "--as-of", "2026-02-10"]) == 0
    out = capsys.readouterr().out
    assert "Nothing to do today" in out
    assert "\n* " in out
    assert main(["follow-ups", str(path), "--as-of", "2026-02-10"]) == 0
    assert "Nothing has reached an interview yet." in capsys.readouterr().out


class TestTerminal:
    """Text in columns."""

    @pytest.mark.parametrize(
        ("text", "columns"), [("", 0), ("Acme", 4), ("é", 1), ("e\u0301", 1), ("日本", 4), ("ｱ", 1)]
    )
    def test_width(self, text, columns):
        assert width_of(text) == columns

    @pytest.mark.parametrize("width", [8, 11, 30])
    def test_fold_keeps_every_character_and_the_width(self, width):
        text = "one twothreefourfivesix 日本語の会社の名前 seven"
        lines = fold(text, width, indent="  ", first="1.")
        assert max(map(width_of, lines)) <= max(width, 10)
        joined = "".join(line.strip() for line in lines).removeprefix("1.")
        assert joined.replace(" ", "") == text.replace(" ", "")

    def test_cut_is_never_wider(self):
        assert cut("日本語の会社", 7) == "日本語…"
        assert cut("Acme", 4) == "Acme"


def test_starts_without_heavy_imports():
    """What it costs beside pandas is measured by `make bench`."""
    code = "import sys, runpy; sys.argv = ['j', 'agenda']\nfrom jobsearch_stats.cli import main\n"
    listed = program_modules(code + "main(['agenda'])")
    heavy = {"scipy", "statsmodels", "matplotlib", "holidays", "IPython", "itables", "xlsxwriter"}
    assert not heavy & listed
    assert not {"jobsearch_stats.notebook", "jobsearch_stats.simulate"} & listed


def program_modules(code: str) -> set[str]:
    """Return the modules that are loaded once the code has run."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint('|', *sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent,
    )
    return set(done.stdout.rsplit("|", 1)[1].split())


def test_template_is_made_read_and_never_overwritten(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["template"]) == 0
    assert "my_job_search.xlsx" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["my_job_search.xlsx"]
    before = (tmp_path / "my_job_search.xlsx").read_bytes()
    assert main(["template"]) == 2
    assert "exists already" in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "my_job_search.xlsx").read_bytes() == before


def test_template_takes_language_shape_and_file(tmp_path):
    path = tmp_path / "mein.csv"
    assert main(["template", "-o", str(path), "--language", "de", "--events"]) == 0
    assert path.read_text(encoding="utf-8-sig").startswith("Datum;Firma;Stelle;Ereignis")
    assert main(["template", "-o", str(path.with_suffix(".pdf"))]) == 2


def test_check_says_what_the_log_cannot_answer(tmp_path, capsys):
    path = tmp_path / "log.csv"
    path.write_text("Company,Applied\nAcme,2026-02-01\n", encoding="utf-8")
    assert main(["check", str(path)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for lack in read_log(path).summary().lacks:
        assert lack.text in out
    assert "- No interview dates" in out


@pytest.mark.parametrize("delimiter", ["tab", "\\t", "\t"])
def test_names_header_row_and_delimiter_reach_the_reader(tmp_path, capsys, delimiter):
    path = tmp_path / "log.txt"
    path.write_text("Acme, Inc.\tClerk\t2026-03-03\nBeta\tClerk\t2026-03-04\n", encoding="utf-8")
    given = ["--names", "company, role, interview", "--delimiter", delimiter]
    args = ["follow-ups", str(path), "--as-of", "2026-03-05", "--format", "json"]
    assert main([*args, *given]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(r["company"], r["clock_on"]) for r in rows] == [
        ("Acme, Inc.", "2026-03-03"),
        ("Beta", "2026-03-04"),
    ]
    path.write_text("My search\nCompany\tMet\n" + path.read_text(encoding="utf-8"))
    given = ["--header-row", "2", "--delimiter", delimiter, "--names", "company,role,interview"]
    assert main([*args, *given]) == 0
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 2


def test_a_saved_log_is_a_log(sheet, tmp_path, capsys):
    read_log(sheet).to_csv(tmp_path / "saved")
    said = []
    for log in (sheet, tmp_path / "saved"):
        assert main(["agenda", str(log), "--as-of", "2026-03-10", "--format", "json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_errors_name_the_options_of_the_command_line(tmp_path, capsys):
    path = tmp_path / "log.csv"
    path.write_text("Acme,Clerk\nBeta,Clerk\n", encoding="utf-8")
    assert main(["check", str(path)]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "(Here: " in said
    assert re.findall(r"--(?:map|names|header-row)", said)


def test_check_shows_few_problems_of_a_kind_and_names_the_rows_of_the_others(tmp_path, capsys):
    path = tmp_path / "log.csv"
    rows = "".join(f"Acme {n},2026-02-01,see notes\n" for n in range(60))
    path.write_text(f"Company,Applied,Interview\n{rows}Beta,2026-02-31,\n", encoding="utf-8")
    assert main(["check", str(path)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert out.count("'see notes': it is not a date") == 3
    assert "column Interview: it is not a date: also in rows 5, 6, 7 and 54 more" in out
    assert "row 62, column Applied: '2026-02-31': there is no such day" in out
    assert main(["check", str(path), "--most", "100"]) == 0
    assert "also in rows" not in capsys.readouterr().out


@pytest.mark.parametrize("log", ["~$search.xlsx", "https://example.com/search.csv"])
def test_a_lock_file_and_an_address_are_refused_by_name(log, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "~$search.xlsx").write_bytes(b"\x05owner")
    assert main(["check", log]) == 2
    said = capsys.readouterr().err
    assert ("Excel's note" in said) if log.startswith("~") else ("https://" in said)
    assert "Traceback" not in said
