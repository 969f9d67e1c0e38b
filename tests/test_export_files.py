"""`jobsearch-stats export`: which file it makes, and which it never writes over."""

import csv
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter.workbook

import jobsearch_stats as js
from hostile import BROKEN, TEXTS, held, hostile_log
from jobsearch_stats.cli import main
from jobsearch_stats.export import workbook
from jobsearch_stats.export.csv_table import HEADERS, csv_bytes, write_csv
from jobsearch_stats.export.tables import asked_for, table_of
from jobsearch_stats.export.targets import CHANGED, OTHER, OURS, whose
from jobsearch_stats.sample import SAMPLE_DAY, sample_path
from small_logs import happened, log_of, met

LOG = log_of(met("2026-03-03"))
SHEET = "Company,Position,Date applied,Interview,Notes\nAcme,Clerk,2026-02-01,2026-03-03,mine\n"


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "my search.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def write(path, **given):
    return js.write_workbook(LOG, path, as_of="2026-03-10", **given)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def saved_again(path):
    """Save a workbook as a spreadsheet program does, with a change of one's own."""
    book = openpyxl.load_workbook(path)
    book["History"]["A2"] = "my own words"
    book.save(path)


def table(name, log=LOG):
    given = {"strategy": "DAY_AFTER", "stages": ("interview",), "me": None, "since": None}
    return table_of(name, log, asked_for("2026-03-10", **given, until=None, week_starts="monday"))


class TestTargets:
    """Where a workbook may be written."""

    def test_a_workbook_of_ours_is_replaced(self, tmp_path):
        path = write(tmp_path / "a.xlsx")
        path.chmod(0o600)
        before = path.read_bytes()
        js.write_workbook(LOG, path, as_of="2026-03-11")
        assert path.read_bytes() != before
        assert path.stat().st_mode & 0o777 == 0o600
        assert names(tmp_path) == ["a.xlsx"]

    def test_one_that_was_changed_since_only_if_asked(self, tmp_path):
        path = write(tmp_path / "a.xlsx")
        saved_again(path)
        before = path.read_bytes()
        with pytest.raises(js.SettingError, match="overwrite=True"):
            write(path)
        assert path.read_bytes() == before
        write(path, overwrite=True)
        assert "my own words" not in [c.value for c in openpyxl.load_workbook(path)["History"]["A"]]

    def test_one_that_another_program_wrote_anew_counts_as_changed(self, tmp_path):
        path = write(tmp_path / "a.xlsx")
        with zipfile.ZipFile(path) as parts:
            content = {name: parts.read(name) for name in parts.namelist()}
        with zipfile.ZipFile(path, "w") as parts:
            for name, part in content.items():
                parts.writestr(zipfile.ZipInfo(name), part)  # the very same, of another date
        with pytest.raises(js.SettingError, match="overwrite=True"):
            write(path)

    def test_a_broken_workbook_is_anothers(self, tmp_path):
        path = write(tmp_path / "a.xlsx")
        whole = path.read_bytes()
        for at in range(0, len(whole), 97):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            assert whose(path, ()) in (OURS, CHANGED, OTHER)
        core = whole.index(b"docProps/core.xml") + len("docProps/core.xml")
        path.write_bytes(whole[:core] + b"\xff" * 20 + whole[core + 20 :])
        with pytest.raises(js.SettingError, match="has not made it"):
            write(path, overwrite=True)

    @pytest.mark.parametrize("overwrite", [False, True])
    @pytest.mark.parametrize("content", ["book", b"mine", b"", "zip", "template"])
    def test_anothers_never(self, content, overwrite, tmp_path):
        path = tmp_path / "a.xlsx"
        if content == "book":
            openpyxl.Workbook().save(path)
        elif content == "template":
            js.write_template(path)
        elif content == "zip":
            with zipfile.ZipFile(path, "w") as parts:
                parts.writestr("docProps/core.xml", b"\xff<cp:keywords>")
        else:
            path.write_bytes(content)
        before = path.read_bytes()
        with pytest.raises(js.SettingError, match="has not made it"):
            write(path, overwrite=overwrite)
        assert path.read_bytes() == before
        assert names(tmp_path) == ["a.xlsx"]

    def test_the_log_itself_never_whatever_it_is_called(self, tmp_path):
        log = write(tmp_path / "log.xlsx")  # a workbook of ours, kept as a log since
        (tmp_path / "link.xlsx").symlink_to(log)
        (tmp_path / "hard.xlsx").hardlink_to(log)
        (tmp_path / "sub").mkdir()
        for name in ("log.xlsx", "link.xlsx", "hard.xlsx", "sub/../log.xlsx"):
            with pytest.raises(js.SettingError, match="is your log"):
                write(tmp_path / name, source=log, overwrite=True)
        write(tmp_path / "other.xlsx", source=log)

    def test_nothing_is_put_into_the_folder_of_a_saved_log(self, tmp_path):
        LOG.to_csv(tmp_path / "log")
        before = names(tmp_path / "log")
        with pytest.raises(js.SettingError, match="lies in its folder"):
            write(tmp_path / "log" / "new.xlsx", source=tmp_path / "log")
        assert names(tmp_path / "log") == before

    def test_a_link_to_a_workbook_of_ours_stays_a_link(self, tmp_path):
        path = write(tmp_path / "a.xlsx")
        link = tmp_path / "link.xlsx"
        link.symlink_to(path)
        js.write_workbook(LOG, link, as_of="2026-03-11")
        assert link.is_symlink()
        assert link.read_bytes() == path.read_bytes()

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("a.pdf", "no .xlsx and no .csv"),
            ("a", "no .xlsx and no .csv"),
            ("a.csv", "no .xlsx file"),
            ("no/such/a.xlsx", "its folder is not there"),
            ("nul\x00.xlsx", "cannot be written"),
            ("folder.xlsx", "is a folder"),
            ("my.journal.csv", "journal"),
            ("loop.xlsx", "cannot be written"),
        ],
    )
    def test_what_cannot_be_used_is_an_error_of_ours(self, name, said, tmp_path):
        (tmp_path / "folder.xlsx").mkdir()
        (tmp_path / "loop.xlsx").symlink_to(tmp_path / "loop.xlsx")
        with pytest.raises(js.SettingError) as error:
            write(f"{tmp_path}/{name}")
        assert said in str(error.value)

    def test_home_is_understood_in_names(self, tmp_path, monkeypatch):
        monkeypatch.setenv("HOME", str(tmp_path))
        log = write("~/log.xlsx")
        assert log == tmp_path / "log.xlsx"
        with pytest.raises(js.SettingError, match="is your log"):
            write(log, source="~/log.xlsx")
        with pytest.raises(js.SettingError, match="source=3 is no path"):
            write(tmp_path / "b.xlsx", source=3)

    @pytest.mark.parametrize("path", [None, 3, b"a.xlsx"])
    def test_what_is_no_path_is_an_error_of_ours(self, path):
        with pytest.raises(js.SettingError):
            write(path)

    @pytest.mark.parametrize("where", [(workbook, "write_sheet"), (xlsxwriter.workbook, "ZipFile")])
    def test_a_disk_that_is_full_leaves_what_was_there(self, where, tmp_path, monkeypatch):
        path = write(tmp_path / "a.xlsx")
        before = path.read_bytes()

        def full(*args, **kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(*where, full)
        with pytest.raises(js.SettingError, match="No space left"):
            write(path)
        assert path.read_bytes() == before
        assert names(tmp_path) == ["a.xlsx"]


class TestCsv:
    """One table as a CSV file."""

    def test_letters_are_read_and_nothing_runs(self):
        content = csv_bytes(table("history", hostile_log()))
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        texts = [held(text) for text in (*TEXTS, *BROKEN)]
        neutral = ["'" + t if t.startswith(("=", "+", "-", "@")) else t for t in texts]
        for heading in ("Company", "Role", "Contact", "Phone", "Note"):
            assert [row[heading] for row in rows] == neutral

    @pytest.mark.parametrize("name", ["agenda", "contacts", "history", "work-search"])
    def test_empty_tables_have_their_header(self, name):
        lines = csv_bytes(table(name, log_of())).decode("utf-8-sig").splitlines()
        assert lines == [HEADERS[["agenda", "contacts", "history", "work-search"].index(name)]]

    def test_days_and_numbers_are_written_plainly(self):
        event = happened("follow_up", "2026-03-03", hour=9, source_row=12)
        rows = csv_bytes(table("history", log_of(event))).decode("utf-8-sig").splitlines()
        assert ",2026-03-03,9,follow-up," in rows[1]
        assert rows[1].endswith(",12,a1")

    def test_a_file_that_is_there_is_replaced_only_if_asked_and_ours(self, tmp_path):
        path = write_csv(table("agenda"), tmp_path / "a.csv")
        with pytest.raises(js.SettingError, match="overwrite=True"):
            write_csv(table("history"), path)
        write_csv(table("history"), path, overwrite=True)
        assert path.read_text("utf-8-sig").startswith("Company,Role,Date,")
        for content in ("mine,alone\n", "", "Company,Role,Date,Hour\n"):
            path.write_text(content, encoding="utf-8")
            with pytest.raises(js.SettingError, match="has not made it"):
                write_csv(table("history"), path, overwrite=True)
            assert path.read_text(encoding="utf-8") == content


class TestCommand:
    """The command line."""

    def test_a_workbook_is_made_and_says_what_to_mind(self, sheet, tmp_path, capsys):
        out = tmp_path / "out.xlsx"
        before = sheet.read_bytes()
        assert main(["export", str(sheet), "-o", str(out), "--as-of", "2026-03-10"]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert "The workbook is in" in said
        assert "--table work-search" in said
        about = openpyxl.load_workbook(out)["About"]
        assert "my search.csv" in [cell.value for cell in about["C"]]
        assert sheet.read_bytes() == before

    def test_the_record_for_an_office_has_its_weeks_and_your_name(self, sheet, tmp_path):
        out = tmp_path / "office.xlsx"
        args = ["export", str(sheet), "-o", str(out), "--table", "work-search"]
        args += ["--as-of", "2026-03-10", "--since", "2026-03-01", "--week-starts", "sunday"]
        assert main([*args, "--name", "Robin Example", "--phone", "555-0199"]) == 0
        record, weeks = openpyxl.load_workbook(out).worksheets
        assert (record.title, weeks.title) == ("Work search", "Work search by week")
        assert f"{record['A2'].value:%Y-%m-%d}" == "2026-03-01"
        assert record.oddHeader.right.text == "Robin Example, 555-0199"
        assert weeks.max_row == 3

    def test_csv_is_the_record_unless_a_table_is_named(self, sheet, tmp_path, capsys):
        out = tmp_path / "out.csv"
        args = ["export", str(sheet), "-o", str(out), "--as-of", "2026-03-10"]
        assert main(args) == 0
        assert out.read_text("utf-8-sig").startswith("Week starting,")
        assert "--table agenda, contacts, history" in capsys.readouterr().out
        assert main([*args, "--table", "history"]) == 2
        assert "--overwrite" in capsys.readouterr().err
        assert main([*args, "--table", "history", "--overwrite"]) == 0
        assert out.read_text("utf-8-sig").startswith("Company,Role,Date,")

    def test_standard_output_has_the_table_alone(self, capsysbinary):
        assert main(["export", "-o", "-", "--since", "2026-03-08"]) == 0
        done = capsysbinary.readouterr()
        rows = list(csv.DictReader(io.StringIO(done.out.decode("utf-8-sig"))))
        log = js.read_log(sample_path())
        record = js.work_search_record(log, as_of=SAMPLE_DAY, since="2026-03-08")
        assert [row["Result so far"] for row in rows] == record["result"].tolist()
        assert b"without a date" in done.err

    @pytest.mark.parametrize(
        ("extra", "said"),
        [
            (["-o", "x.pdf"], "no .xlsx and no .csv"),
            (["-o", "x.csv", "--table", "agenda", "--since", "2026-01-01"], "--since limits"),
            (["-o", "x.csv", "--table", "history", "--until", "2026-01-01"], "--until limits"),
            (["-o", "x.csv", "--since", "soon"], "since='soon'"),
            (["-o", "x.csv", "--week-starts", "x"], "--week-starts sunday"),
            (["-o", "x.xlsx", "--strategy", "hope"], "no strategy"),
        ],
    )
    def test_what_cannot_be_used_is_2_and_makes_nothing(
        self, extra, said, sheet, tmp_path, monkeypatch, capsys
    ):
        monkeypatch.chdir(tmp_path)
        assert main(["export", str(sheet), "--as-of", "2026-03-10", *extra]) == 2
        assert said in " ".join(capsys.readouterr().err.split())
        assert names(tmp_path) == [sheet.name]

    @pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
    def test_redact_leaves_out_names(self, name, sheet, tmp_path, capsys):
        out = tmp_path / name
        args = ["export", str(sheet), "-o", str(out), "--table", "work-search", "--redact"]
        assert main([*args, "--as-of", "2026-03-10", "--name", "Robin"]) == 0
        assert "pseudonyms" in capsys.readouterr().out
        content = out.read_bytes()
        if name == "a.xlsx":
            with zipfile.ZipFile(out) as parts:
                content = b"".join(map(parts.read, parts.namelist()))
        assert b"Employer 1" in content
        assert b"Acme" not in content
        assert b"Robin" not in content

    def test_the_log_is_not_written_over(self, sheet, capsys):
        before = sheet.read_bytes()
        assert main(["export", str(sheet), "-o", str(sheet), "--overwrite"]) == 2
        assert "is your log" in " ".join(capsys.readouterr().err.split())
        assert sheet.read_bytes() == before

    def test_strict_is_1_when_rows_are_left_out(self, tmp_path):
        path = tmp_path / "events.csv"
        path.write_text("company,date,kind\nA,2026-03-01,applied\nB,2026-03-01,danced\n")
        assert main(["export", str(path), "-o", str(tmp_path / "a.csv"), "--strict"]) == 1
