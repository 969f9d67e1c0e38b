"""The notebooks in a folder of one's own: what is put there, and which log they open."""

import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import jobsearch_stats as js
import run_notebooks
from jobsearch_stats import lab, notebook
from jobsearch_stats.cli import main
from jobsearch_stats.lab_settings import (
    SETTINGS_FILE,
    LabSettings,
    private_folder,
    private_place,
    read_settings,
    write_settings,
)
from jobsearch_stats.sample import REPOSITORY, sample_path, shipped

SHEET = """Company,Position,Date applied,Interview,Interviewer,Phone,They decide by
Acme,Analyst,2026-02-01,2026-03-03,Jana Novak,555-0100,2026-03-09
Beta,Clerk,2026-02-02,2026-03-04,Ben Lark,555-0101,2026-03-12
"""
NAMES = [path.name for path in run_notebooks.notebooks()]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder to work in whose name has spaces and umlauts; no settings from outside."""
    for name in run_notebooks.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "Söhne & Co, my search"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "log.csv").write_text(SHEET, encoding="utf-8")
    return folder


@pytest.fixture
def started(monkeypatch):
    """JupyterLab is not started; how it would have been stands here."""
    calls = []

    def note(first, **how):
        calls.append({"first": first, **how})
        return 0

    monkeypatch.setattr(lab, "start_lab", note)
    return calls


def said_by(capsys):
    """Return what was said, on both streams, without the breaks between lines."""
    done = capsys.readouterr()
    return " ".join((done.out + done.err).split())


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# What is put into the folder


def test_the_notebooks_are_put_there_and_lab_opens_the_first(here, started, capsys):
    assert main(["lab", "log.csv", "--as-of", "2026-03-10"]) == 0
    folder = here / "jobsearch_notebooks"
    assert sorted(files_of(folder)) == sorted([*NAMES, ".gitignore", SETTINGS_FILE])
    assert (folder / ".gitignore").read_text() == "*\n"
    (call,) = started
    assert (call["first"], call["root"]) == (folder / NAMES[0], folder)
    said = said_by(capsys)
    assert "5 new, 0 as they were." in said
    assert f"{here / 'log.csv'}, as {SETTINGS_FILE} beside them says" in said


def test_copies_have_the_cells_and_not_the_outputs(started):
    main(["lab"])
    for path in run_notebooks.notebooks():
        old = nbformat.read(path, as_version=4)
        new = nbformat.read(f"jobsearch_notebooks/{path.name}", as_version=4)
        nbformat.validate(new)
        assert [(c.id, c.source, c.metadata) for c in new.cells] == [
            (c.id, c.source, c.metadata) for c in old.cells
        ]
        assert any(c.get("outputs") for c in old.cells)
        assert not any(c.get("outputs") or c.get("execution_count") for c in new.cells)


def test_what_the_notebooks_name_lies_beside_them(here, started):
    main(["lab"])
    folder = here / "jobsearch_notebooks"
    named = set()
    for name in NAMES:
        named |= set(re.findall(r"docs/[\w/]+\.md", (folder / name).read_text(encoding="utf-8")))
    assert {"docs/rules.md", "docs/statistics.md"} <= named
    assert not [name for name in named if not (folder / name).exists()]
    for path in (folder / "docs").iterdir():
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8"))
        assert not [link for link in links if not (path.parent / link).exists()]


def test_what_is_there_is_never_overwritten(here, started, capsys):
    main(["lab", "log.csv"])
    folder = here / "jobsearch_notebooks"
    (folder / NAMES[1]).write_text("mine")
    (folder / NAMES[2]).unlink()
    (folder / ".gitignore").write_text("")
    (folder / "docs" / "rules.md").write_text("mine")
    capsys.readouterr()
    before = files_of(folder)
    (here / "other.csv").write_text(SHEET, encoding="utf-8")
    assert main(["lab", "other.csv"]) == 0
    after = files_of(folder)
    assert "1 new, 4 as they were." in said_by(capsys)
    assert {n: after[n] for n in before if n != SETTINGS_FILE} == {
        n: before[n] for n in before if n != SETTINGS_FILE
    }
    assert set(after) - set(before) == {NAMES[2]}
    assert (folder / "docs" / "rules.md").read_text() == "mine"
    assert read_settings(folder).log == str(here / "other.csv")


def test_a_folder_that_was_there_gets_no_gitignore(here, started):
    (here / "mine").mkdir()
    assert main(["lab", "--folder", "mine"]) == 0
    assert main(["lab", "--folder", "new/deep"]) == 0
    assert not (here / "mine" / ".gitignore").exists()
    assert (here / "new" / "deep" / ".gitignore").exists()
    assert not (here / "new" / ".gitignore").exists()


def test_the_folder_one_stands_in_is_taken_if_its_notebooks_are_ours(here, started, monkeypatch):
    main(["lab", "log.csv"])
    monkeypatch.chdir(here / "jobsearch_notebooks")
    assert main(["lab"]) == 0
    assert started[0]["root"] == started[1]["root"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["missing.csv"], "there is no file"),
        (["-"], "can be read only once"),
        (["/dev/null"], "can be read only once"),
        (["."], "the notebooks would be among the files in it"),
        (["https://x.example/log.csv"], "nothing is fetched from there"),
        (["empty"], "empty"),
        (["odd.csv"], "--date-order day-first"),
        (["log.csv", "--map", "Company"], 'has no "="'),
        (["log.csv", "--as-of", "yesterday"], "--as-of='yesterday' is not a day"),
        (["log.csv", "--sheet", "Two"], "sheet"),
        (["\x00.csv"], "cannot be opened"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_done(here, started, capsys, args, said):
    (here / "empty").mkdir()
    (here / "odd.csv").write_text("Company,Interview\nAcme,03/02/2026\n", encoding="utf-8")
    before = sorted(here.rglob("*"))
    assert main(["lab", *args]) == 2
    assert said in said_by(capsys)
    assert sorted(here.rglob("*")) == before
    assert started == []


@pytest.mark.parametrize("folder", ["log.csv", "log.csv/deep", "\x00", "new\x00"])
def test_a_folder_that_cannot_be_is_said(here, started, capsys, folder):
    assert main(["lab", "log.csv", "--folder", folder]) == 2
    assert "--folder" in said_by(capsys)
    assert started == []
    assert (here / "log.csv").read_text(encoding="utf-8") == SHEET


def test_a_folder_that_may_not_be_written_is_said(here, started, capsys, monkeypatch):
    def refuse(path, mode="r", *args, **more):
        if "x" in mode:
            raise PermissionError(13, "Permission denied", str(path))
        return usual(path, mode, *args, **more)

    usual = Path.open
    (here / "mine").mkdir()
    monkeypatch.setattr(Path, "open", refuse)
    assert main(["lab", "--folder", "mine"]) == 2
    said = said_by(capsys)
    assert "mine" in said
    assert "Permission denied. Name another folder with --folder." in said
    assert started == []


def test_a_folder_is_a_log_where_it_holds_one(here, started, monkeypatch):
    """Such as what LinkedIn gives, or what to_csv saved."""
    js.read_log("log.csv").to_csv("saved")
    for name in ("saved", "given"):
        if name == "given":
            Path("given").mkdir()
            Path("log.csv").rename("given/log.csv")
        assert main(["lab", name, "--as-of", "2026-03-10"]) == 0
        with monkeypatch.context() as there:
            there.chdir("jobsearch_notebooks")
            search = notebook.open_log()
            assert search.name == name
            assert len(search.log.applications) == 2


# How JupyterLab is started


def test_what_stands_behind_two_dashes_is_passed_on(here, started):
    more = ["--ServerApp.port=9999", "-y", "--", "x"]
    assert main(["lab", "log.csv", "--no-browser", "--", *more]) == 0
    assert main(["lab", "--", *more]) == 0
    assert started[0]["passed_on"] == ["--ServerApp.open_browser=False", *more]
    assert started[1]["passed_on"] == more
    assert read_settings(here / "jobsearch_notebooks").log == str(here / "log.csv")


def test_two_dashes_of_other_commands_are_what_they_were(here, capsys):
    (here / "-log.csv").write_text(SHEET, encoding="utf-8")
    assert main(["agenda", "--as-of", "2026-03-10", "--", "-log.csv"]) == 0
    assert "Jana Novak" in capsys.readouterr().out


def test_nothing_is_fetched_and_what_is_passed_on_wins(here):
    command = lab.lab_command(here / "a b.ipynb", root=here, passed_on=["--ServerApp.root_dir=/x"])
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in command
    assert "--LabApp.extension_manager=readonly" in command
    assert [word for word in command if "root_dir" in word] == ["--ServerApp.root_dir=/x"]
    assert str(here / "a b.ipynb") in command


def test_settings_of_the_shell_do_not_win_over_the_folders(here, started, monkeypatch):
    monkeypatch.setenv("JOBSEARCH_LOG", "other.csv")
    monkeypatch.setenv("ELSE", "stays")
    assert main(["lab", "log.csv"]) == 0
    environment = started[0]["environment"]
    assert environment["ELSE"] == "stays"
    assert not [name for name in environment if name.startswith("JOBSEARCH")]


def test_ctrl_c_is_left_to_the_program_that_is_waited_for():
    """Where a program cannot become another one, it waits, and hears Ctrl-C as well."""
    asks = "import signal, sys; signal.signal(2, lambda *_: sys.exit(7)); print(flush=True);"
    with subprocess.Popen(
        [sys.executable, "-c", f"{asks} signal.pause()"], stdout=subprocess.PIPE
    ) as program:
        program.stdout.readline()

        def press():
            time.sleep(0.2)
            signal.raise_signal(signal.SIGINT)
            program.send_signal(signal.SIGINT)

        threading.Thread(target=press).start()
        assert lab.wait_for(program) == 7


def test_where_no_program_can_become_another_one_jupyterlab_is_waited_for(here, monkeypatch):
    ran = []
    monkeypatch.setattr(lab, "wait_for", lambda program: ran.append(program) or 5)
    monkeypatch.setattr(lab.subprocess, "Popen", lambda command, env: (command, env))
    monkeypatch.setattr(lab, "_BECOMES", False)
    assert lab.start_lab(here / NAMES[0], root=here, environment={"A": "b"}) == 5
    ((command, environment),) = ran
    assert command == lab.lab_command(here / NAMES[0], root=here)
    assert environment == {"A": "b", "JUPYTER_PREFER_ENV_PATH": "1"}


# What is kept in the folder


def test_how_to_read_the_log_is_kept_and_heeded(here, started, monkeypatch):
    text = "my search\n\nWer;Talked;Mood\nAcme, Söhne;03/02/2026;=1\nBeta;04/02/2026;\n"
    (here / "odd.txt").write_bytes(text.encode("cp1252"))
    given = ["--map", "Wer=company", "--map", "Talked=interview", "--date-order", "day-first"]
    given += ["--header-row", "3", "--encoding", "cp1252", "--delimiter", ";"]
    assert main(["lab", "odd.txt", *given, "--as-of", "2026-02-10"]) == 0
    monkeypatch.chdir("jobsearch_notebooks")
    search = notebook.open_log()
    assert search.text == "odd.txt, as of Tue 10 February 2026."
    assert search.log.applications["company"].tolist() == ["Acme, Söhne", "Beta"]
    assert search.log.events["date"].dt.strftime("%m-%d").tolist() == ["02-03", "02-04"]
    mapping = notebook.mapping_to_edit(search)
    assert mapping == {"Wer": "company", "Talked": "interview", "Mood": ""}
    again = notebook.open_log(mapping=mapping)
    pd.testing.assert_frame_equal(again.log.events, search.log.events)


def test_names_of_columns_are_kept(here, started, monkeypatch):
    (here / "bare.csv").write_text('"Acme, Inc.",2026-03-03\nBeta,2026-03-04\n')
    assert main(["lab", "bare.csv", "--names", "company, interview"]) == 0
    monkeypatch.chdir("jobsearch_notebooks")
    search = notebook.open_log()
    assert search.log.applications["company"].tolist() == ["Acme, Inc.", "Beta"]
    assert notebook.mapping_to_edit(search) == {"company": "company", "interview": "interview"}


def test_a_sheet_is_kept(here, started, monkeypatch):
    log = pd.read_csv("log.csv")
    with pd.ExcelWriter("book.xlsx") as book:
        log.to_excel(book, sheet_name="One", index=False)
        log.iloc[1:].to_excel(book, sheet_name="Zwölf", index=False)
    assert main(["lab", "book.xlsx", "--sheet", "Zwölf"]) == 0
    monkeypatch.chdir("jobsearch_notebooks")
    assert notebook.open_log().log.applications["company"].tolist() == ["Beta"]


def test_the_journal_is_read_unless_it_is_not_wanted(here, started, monkeypatch):
    log = js.read_log("log.csv")
    day = {"date": "2026-03-10", "written_on": "2026-03-10"}
    first = log.applications.index[0]
    js.record(js.journal_path("log.csv"), log, application_id=first, kind="follow_up", **day)
    found = []
    for option in ([], ["--no-journal"]):
        assert main(["lab", "log.csv", *option, "--as-of", "2026-03-11"]) == 0
        with monkeypatch.context() as there:
            there.chdir("jobsearch_notebooks")
            found.append("follow_up" in set(notebook.open_log().log.events["kind"]))
    assert found == [True, False]


def test_a_second_log_takes_the_place_of_the_first_with_all_its_settings(here, started):
    main(["lab", "log.csv", "--as-of", "2026-03-10", "--map", "Phone=notes"])
    (here / "other.csv").write_text(SHEET, encoding="utf-8")
    main(["lab", "other.csv"])
    assert read_settings(here / "jobsearch_notebooks").given == {"log": str(here / "other.csv")}


def test_without_a_log_the_one_named_last_is_opened_again(here, started, capsys):
    main(["lab", "log.csv", "--as-of", "2026-03-10"])
    kept = (here / "jobsearch_notebooks" / SETTINGS_FILE).read_bytes()
    capsys.readouterr()
    assert main(["lab"]) == 0
    assert "log.csv, as jobsearch.json" in said_by(capsys)
    assert (here / "jobsearch_notebooks" / SETTINGS_FILE).read_bytes() == kept
    assert main(["lab", "--as-of", "2026-03-11"]) == 2
    assert "as_of: these settings are kept with a log, so name it as well" in said_by(capsys)
    (here / "log.csv").unlink()
    assert main(["lab"]) == 2
    said = said_by(capsys)
    assert "there is no file" in said
    assert "jobsearch.json names it, and jobsearch-stats lab LOG another" in said


def test_without_any_log_it_is_the_sample(here, started, capsys, monkeypatch):
    assert main(["lab", "--as-of", "2026-02-02"]) == 0
    assert "They are about the made-up sample" in said_by(capsys)
    monkeypatch.chdir("jobsearch_notebooks")
    search = notebook.open_log(sample="events.csv")
    assert search.is_sample
    assert search.name == "events.csv"
    assert search.text == "The made-up sample, as of Mon 2 February 2026."
    assert main(["lab", str(here / "log.csv")]) == 0
    assert notebook.open_log().name == "log.csv"


def test_cell_comes_before_environment_before_settings_before_sample(here, monkeypatch):
    for name in ("cell", "environment"):
        (here / f"{name}.csv").write_text(SHEET, encoding="utf-8")
    assert notebook.open_log().is_sample
    log = str(here / "log.csv")
    kept = LabSettings(log=log, as_of="2026-03-10", mapping={"Phone": "notes"})
    write_settings(here, kept)
    assert notebook.open_log().text == "log.csv, as of Tue 10 March 2026."
    monkeypatch.setenv("JOBSEARCH_AS_OF", "2026-03-11")
    monkeypatch.setenv("JOBSEARCH_MAP", "Phone=strengths")
    search = notebook.open_log()
    assert search.text == "log.csv, as of Wed 11 March 2026."
    assert search.log.applications["strengths"].tolist() == ["555-0100", "555-0101"]
    monkeypatch.setenv("JOBSEARCH_LOG", "environment.csv")
    assert notebook.open_log().name == "environment.csv"
    search = notebook.open_log("cell.csv", "2026-03-12", mapping={"Phone": "url"})
    assert search.text == "cell.csv, as of Thu 12 March 2026."
    assert search.log.applications["url"].tolist() == ["555-0100", "555-0101"]


def test_settings_are_about_their_own_log_alone(here):
    (here / "other.csv").write_text(SHEET, encoding="utf-8")
    kept = LabSettings(log=str(here / "log.csv"), as_of="2026-03-10", mapping={"Phone": "notes"})
    write_settings(here, kept)
    other = notebook.open_log("other.csv")
    assert other.as_of == pd.Timestamp.today().normalize()
    assert other.log.applications["notes"].isna().all()
    for same in ("log.csv", here / "log.csv"):
        assert notebook.open_log(same).as_of == pd.Timestamp("2026-03-10")
        assert notebook.open_log(same).log.applications["notes"].notna().all()
    frame = notebook.open_log(pd.read_csv(here / "log.csv"))
    assert frame.log.applications["notes"].isna().all()


def test_a_log_that_has_gone_says_who_named_it(here):
    write_settings(here, LabSettings(log=str(here / "gone.csv")))
    with pytest.raises(js.ReadError, match=r"no file .*jobsearch\.json here names it"):
        notebook.open_log()
    with pytest.raises(js.ReadError) as typed:
        notebook.open_log("gone, too.csv")
    assert SETTINGS_FILE not in str(typed.value)


HOSTILE = [
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    'O\'Brien; "Sons", \\n Co\n',
    "שלום חברה",
    "🦊 Fox & Söhne 👩‍💻",
    "a\x1b[31mb\x7f",
    "half \udcff",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_kept_as_it_is(here, name):
    kept = LabSettings(log=name, mapping={name: name}, names=[name], sheet=name, header_row=3)
    write_settings(here, kept)
    assert read_settings(here) == kept


@pytest.mark.parametrize("name", ["=1+1.csv", "<b>.csv", "שלום 🦊.csv", "half \udcff.csv"])
def test_a_log_of_any_name_goes_through(here, started, monkeypatch, capsys, name):
    (here / name).write_text(SHEET, encoding="utf-8")
    assert main(["lab", name]) == 0
    monkeypatch.chdir("jobsearch_notebooks")
    search = notebook.open_log()
    assert search.name == name
    assert "<b>" not in search._repr_html_()
    assert "\udcff" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"\xff\x00", "cannot be read"),
        (b'{"log": "my.csv"}', "was not made by jobsearch-stats lab"),
        (b"[]", "was not made by jobsearch-stats lab"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"made_by": "jobsearch-stats lab", "mood": 1}', "has 'mood', which is none of log"),
        (b'{"made_by": "jobsearch-stats lab", "log": 1}', "has log=1"),
        (b'{"made_by": "jobsearch-stats lab", "header_row": true}', "has header_row=True"),
        (b'{"made_by": "jobsearch-stats lab", "mapping": ["a"]}', "has mapping=['a']"),
        (b'{"made_by": "jobsearch-stats lab", "mapping": {"a": 1}}', "has mapping={'a': 1}"),
        (b'{"made_by": "jobsearch-stats lab", "names": "a"}', "has names='a'"),
        (b'{"made_by": "jobsearch-stats lab", "journal": 1}', "has journal=1"),
    ],
)
def test_settings_that_cannot_be_used_are_said_and_stay(here, started, capsys, content, said):
    path = here / "mine" / SETTINGS_FILE
    path.parent.mkdir()
    path.write_bytes(content)
    assert main(["lab", "log.csv", "--folder", "mine"]) == 2
    assert said in said_by(capsys)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
    assert started == []


def test_settings_may_be_blank(here):
    (here / SETTINGS_FILE).write_text(
        '{"made_by": "jobsearch-stats lab", "log": null, "as_of": null, "names": null}'
    )
    assert read_settings(here) == LabSettings()
    assert notebook.open_log().is_sample


# What is somebody's own


def test_private_things_stay_beside_the_notebooks_that_lab_put_there(here, started, monkeypatch):
    assert private_folder() == REPOSITORY / "notebooks" / "private"
    assert private_place("cards.csv") == "notebooks/private/cards.csv"
    main(["lab", "log.csv"])
    folder = here / "jobsearch_notebooks"
    monkeypatch.chdir(folder)
    assert private_folder() == folder
    search = notebook.open_log()
    assert "keeps what was read in my_log beside this notebook, as" in notebook.saved(search, None)
    notebook.saved(search, "my_log")
    assert (folder / "my_log" / "events.csv").exists()


def test_installed_private_things_stay_where_one_works(here, monkeypatch):
    monkeypatch.setattr("jobsearch_stats.lab_settings.REPOSITORY", None)
    monkeypatch.setattr(notebook, "REPOSITORY", None)
    assert private_folder() == here
    assert notebook.open_log("log.csv", "2026-03-10").name == "log.csv"


def test_the_sample_that_is_not_there_says_what_to_do(monkeypatch, tmp_path):
    with pytest.raises(js.ReadError, match=r"no file 'mine\.csv'; it has events\.csv, linkedin"):
        sample_path("mine.csv")
    monkeypatch.setattr("jobsearch_stats.sample.REPOSITORY", tmp_path)
    with pytest.raises(js.ReadError, match="Install jobsearch-stats again"):
        sample_path()
    with pytest.raises(js.ReadError, match="Install jobsearch-stats again"):
        lab.copy_notebooks(tmp_path / "new")
    assert not (tmp_path / "new").exists()


# make lab


def test_make_lab_opens_the_repositorys_notebooks(monkeypatch):
    import lab as tool

    calls = []
    monkeypatch.setattr(tool, "start_lab", lambda first, **how: calls.append((first, how)) or 0)
    monkeypatch.setattr(sys, "argv", ["lab.py", "--no-browser"])
    assert tool.lab() == 0
    root = run_notebooks.ROOT
    how = {"root": root, "passed_on": ["--no-browser"]}
    assert calls == [(root / "notebooks" / NAMES[0], how)]


def test_make_lab_puts_a_log_of_ones_own_into_the_private_folder(here, started, monkeypatch):
    import lab as tool

    monkeypatch.setattr(sys, "argv", ["lab.py", "--ServerApp.port=1"])
    monkeypatch.setattr(run_notebooks, "FOLDER", here / "notebooks")
    for name, value in (
        ("LOG", "log.csv"),
        ("AS_OF", "2026-03-10"),
        ("MAP", "Phone=notes"),
        ("DATE_ORDER", ""),
    ):
        monkeypatch.setenv(f"JOBSEARCH_{name}", value)
    assert tool.lab() == 0
    private = here / "notebooks" / "private"
    assert started[0]["first"] == private / NAMES[0]
    assert started[0]["passed_on"] == [
        f"--ServerApp.root_dir={run_notebooks.ROOT}",
        "--ServerApp.port=1",
    ]
    assert read_settings(private) == LabSettings(
        log=str(here / "log.csv"), as_of="2026-03-10", mapping={"Phone": "notes"}
    )


def test_all_that_lab_copies_is_shipped():
    assert [path.name for path in sorted(shipped("notebooks").glob("0*.ipynb"))] == NAMES
