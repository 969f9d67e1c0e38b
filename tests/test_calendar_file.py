"""The calendar as a file: its format, hostile text, whose file it is, and the command."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

import jobsearch_stats as js
from ics_rules import checked, plain
from jobsearch_stats.cli import main
from jobsearch_stats.export.ics import events_of, is_ours, text_line
from jobsearch_stats.wording import one_line
from lives import simulated_lives
from small_logs import happened, log_of, met

HOSTILE = {
    "formula": '=HYPERLINK("http://x")',
    "markup": "<script>alert(1)</script>",
    "quotes": 'O\'Brien; "Sons", \\n Co',
    "a real line end": 'O\'Brien; "Sons", \n Co',
    "injection": "Acme\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Mine",
    "carriage return": "Acme\rATTACH:http://x",
    "right to left": "שלום חברה",
    "emoji": "🦊 Fox & Söhne 👩‍💻",
    "controls": "Ac\x00me\x07 \x1b[31mLtd\x7f\x9d",
    "half a character": "Ac\ud83dme",
    "line separators": "A\u2028B\u2029C\x85D\x0bE\x0cF",
    "turning": "A\u202etxt\u202c",
    "backslashes": "C:\\New\\;\\,\\\\N",
    "long": "Größenwahn, 株式会社; " * 60,
    "parameters": 'X;VALUE=URI:http://x?"=",:',
    "event": "BEGIN:VEVENT",
}


def written(log: js.ApplicationLog, **given) -> bytes:
    out = io.BytesIO()
    js.write_calendar(log, out, **{"as_of": "2026-03-10", **given})
    return out.getvalue()


def hostile_log(name: str) -> js.ApplicationLog:
    """Return a log in which everything that is written by a person says so."""
    return js.ApplicationLog.from_frames(
        pd.DataFrame({"company": [name], "role": [name], "strengths": [name]}, index=[name]),
        pd.DataFrame(
            [
                {"application_id": name, "kind": "interview", "date": "2026-03-09"},
                {"application_id": name, "kind": "interview", "date": "2026-03-19"},
            ]
        ).assign(contact=name, phone=f"555-0101 {name}", email=name, note=name),
    )


class TestFormat:
    """RFC 5545, and what icalendar makes of it."""

    @pytest.mark.parametrize("detail", [False, True])
    @pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
    def test_hostile_text_comes_back_and_does_nothing(self, name, detail):
        content = written(hostile_log(name), detail=detail)
        events = checked(content)
        titles = ["Write a thank-you note", "Prepare the appointment", "Appointment"]
        said = one_line(name)
        if detail:
            verbs = ("Thank-you note to", "Prepare the interview with", "Interview with")
            people = one_line(name.replace(";", "; "))
            titles = [f"{verb} {people}, {said} ({said})" for verb in verbs]
            titles = [title.replace("; ; ", "; ") for title in titles]
        shown = [plain(event["SUMMARY"]) for event in events]
        if ";" not in name:  # a semicolon stands between the names of several people
            assert sorted(shown) == sorted(titles)
        assert len(events) >= 3
        assert all(said in title for title in shown) == detail
        for event in events:
            assert set(event) <= PROPERTIES

    @pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
    def test_hostile_text_is_read_by_icalendar(self, name):
        content = written(hostile_log(name), detail=True)
        read = Calendar.from_ical(content)
        assert not read.errors
        ours = {event["UID"]: event for event in checked(content)}
        assert len(read.walk("VEVENT")) == len(ours)
        for event in read.walk("VEVENT"):
            assert not event.errors
            mine = ours[event["UID"]]
            day = dt.datetime.strptime(mine["DTSTART;VALUE=DATE"], "%Y%m%d").date()
            assert (event.start, event.end) == (day, day + dt.timedelta(days=1))
            assert event["SEQUENCE"] == int(mine["SEQUENCE"])
            assert len(event.alarms.times) == 1
            if "\\N" not in name:  # which icalendar reads as the end of a line
                assert event["SUMMARY"] == plain(mine["SUMMARY"])
                assert event["DESCRIPTION"] == plain(mine["DESCRIPTION"])

    def test_sample_is_sound_in_both_ways_of_telling(self):
        log = js.read_log(_sample())
        for detail in (False, True):
            content = written(log, detail=detail, stages=("interview", "application"))
            assert len(checked(content)) > 30
            assert not Calendar.from_ical(content).errors

    @pytest.mark.parametrize("seed", range(4))
    def test_crowded_lives_are_sound(self, seed):
        log = js.ApplicationLog.from_frames(*simulated_lives(150, seed))
        as_of = log.events["date"].quantile(0.7)
        content = written(log, as_of=as_of, detail=True, stages=("interview", "application"))
        events = checked(content)
        assert events
        first = f"{as_of:%Y%m%d}"
        assert all(event["DTSTART;VALUE=DATE"] >= first for event in events)
        assert is_ours(content)
        former = events_of(content)
        assert set(former) == {event["UID"] for event in events}

    @settings(max_examples=60)
    @given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
    @example("\\")
    @example("a" * 66 + "\\;")
    @example("é" * 80)
    def test_any_text_comes_back_from_its_line(self, text):
        line = text_line("SUMMARY", text)
        pieces = line.encode().split(b"\r\n ")
        assert all(len(piece) <= 74 for piece in pieces[1:])
        assert len(pieces[0]) <= 75
        whole = b"".join(pieces).decode()
        assert "\n" not in whole
        assert plain(whole.removeprefix("SUMMARY:")) == text

    def test_an_empty_log_is_a_calendar_without_events(self, tmp_path):
        for log in (log_of(), js.ApplicationLog.from_frames(*_nothing())):
            content = written(log)
            assert checked(content) == []
            assert Calendar.from_ical(content).events == []
            out = js.write_calendar(log, tmp_path / "none.ics", as_of="2026-03-10")
            assert list(out.columns) == ["on", "what", "title", "change", "application_id"]
            assert out.attrs["notes"] == ["There is nothing to come: the calendar is empty."]

    def test_dates_at_the_ends_of_time(self):
        endless = met("2026-03-09", decide_by="2999-12-31")  # as people write "never"
        log = log_of(endless, met("1900-01-01", application_id="a2"))
        assert [event["SUMMARY"] for event in checked(written(log))] == ["Write a thank-you note"]
        assert len(checked(written(log, as_of="1900-01-01"))) > 1

    def test_order_of_rows_does_not_matter(self):
        log = js.simulate_log(150, seed=6)
        turned = js.ApplicationLog.from_frames(
            log.applications.iloc[::-1], log.events.iloc[::-1].reset_index(drop=True)
        )
        assert written(log, as_of=js.SAMPLE_DAY) == written(turned, as_of=js.SAMPLE_DAY)

    def test_the_log_is_not_changed(self):
        log = js.simulate_log(80, seed=7)
        before = (log.applications.copy(deep=True), log.events.copy(deep=True))
        written(log, as_of=js.SAMPLE_DAY, detail=True)
        pd.testing.assert_frame_equal(log.applications, before[0])
        pd.testing.assert_frame_equal(log.events, before[1])


def _names(folder: Path | str = ".") -> list[str]:
    return [path.name for path in Path(folder).iterdir()]


PROPERTIES = {
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART;VALUE=DATE",
    "DTEND;VALUE=DATE",
    "SUMMARY",
    "DESCRIPTION",
    "CLASS",
    "STATUS",
    "TRANSP",
    "VALARM.ACTION",
    "VALARM.DESCRIPTION",
    "VALARM.TRIGGER",
}


def _sample() -> Path:
    from jobsearch_stats.sample import sample_path

    return sample_path()


def _nothing() -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        pd.DataFrame({"company": []}, index=pd.Index([], name="application_id", dtype="str")),
        pd.DataFrame({"application_id": [], "date": [], "kind": []}),
    )


LOG = log_of(met("2026-03-05"), happened("thank_you", "2026-03-06"))
LATER = log_of(met("2026-03-06"), happened("thank_you", "2026-03-07"))


class TestWhoseFile:
    """Only our own file is continued, whole or not at all."""

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"Company,Interview\nAcme,2026-03-05\n",
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mozilla//EN\r\nEND:VCALENDAR\r\n",
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mozilla//EN\r\nBEGIN:VEVENT\r\n"
            b"SUMMARY:x\r\n PRODID:-//jobsearch_stats//calendar//EN\r\n",
            b"\xff\xfe\x00\x00" * 9,
        ],
        ids=["empty", "a log", "another program's", "another's that names us", "no text"],
    )
    def test_another_file_is_refused_and_left(self, content, tmp_path):
        path = tmp_path / "mine.ics"
        path.write_bytes(content)
        with pytest.raises(js.SettingError, match=r"mine\.ics.*Name another file") as caught:
            js.write_calendar(LOG, path, as_of="2026-03-10")
        assert caught.value.name == "path"
        assert path.read_bytes() == content
        assert _names(tmp_path) == ["mine.ics"]

    @pytest.mark.parametrize("path", ["", 5, None, "a\x00b", "no/such/folder/x.ics", "."])
    def test_what_is_no_name_of_a_file(self, path, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(js.SettingError, match=r"^path=.* Name (one|a file|another file)\.$"):
            js.write_calendar(LOG, path, as_of="2026-03-10")
        assert _names(tmp_path) == []

    def test_a_device_is_no_file(self):
        with pytest.raises(js.SettingError, match="is no file"):
            js.write_calendar(LOG, os.devnull, as_of="2026-03-10")

    def test_what_cannot_be_written_leaves_the_file_as_it_was(self, tmp_path, monkeypatch):
        path = tmp_path / "follow_ups.ics"
        js.write_calendar(LOG, path, as_of="2026-03-10")
        before = path.read_bytes()

        def full(_):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(js.SettingError, match="cannot be written: No space left on device"):
            js.write_calendar(LATER, path, as_of="2026-03-10")
        assert path.read_bytes() == before
        assert _names(tmp_path) == ["follow_ups.ics"]

    def test_a_file_that_changes_meanwhile_is_left(self, tmp_path, monkeypatch):
        path = tmp_path / "follow_ups.ics"
        js.write_calendar(LOG, path, as_of="2026-03-10")
        synced = os.fsync

        def other(number):
            synced(number)
            path.write_bytes(b"another's")

        monkeypatch.setattr(os, "fsync", other)
        with pytest.raises(js.SettingError, match="was changed in the meantime"):
            js.write_calendar(LATER, path, as_of="2026-03-10")
        assert path.read_bytes() == b"another's"

    def test_rights_stay_and_a_link_stays_a_link(self, tmp_path):
        path, link = tmp_path / "real.ics", tmp_path / "link.ics"
        js.write_calendar(LOG, path, as_of="2026-03-10")
        path.chmod(0o640)
        link.symlink_to(path)
        js.write_calendar(LATER, link, as_of="2026-03-10")
        assert link.is_symlink()
        assert path.read_bytes() == link.read_bytes()
        assert b"20260313" in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def test_an_editor_that_changes_line_ends_changes_no_event(self, tmp_path):
        path = tmp_path / "follow_ups.ics"
        js.write_calendar(LOG, path, as_of="2026-03-10")
        first = path.read_bytes()
        path.write_bytes(b"\xef\xbb\xbf" + first.replace(b"\r\n", b"\n"))
        out = js.write_calendar(LOG, path, as_of="2026-03-11")
        assert path.read_bytes() == first
        assert out["change"].tolist() == ["same"]

    @pytest.mark.parametrize(
        ("old", "new", "change"),
        [
            (b"SUMMARY:Call back", b"SUMMARY:Ring them", "changed"),
            (b"SEQUENCE:9565", b"SEQUENCE:many", "new"),
            (b"SEQUENCE:9565\r\n", b"", "new"),
            (b"SEQUENCE:9565", b"SEQUENCE:" + b"9" * 30, "changed"),
            (b"DTSTART;VALUE=DATE:20260312", b"DTSTART;VALUE=DATE:20261399", "new"),
            (b"UID:", b"UID:x y", "new"),
            (b"END:VEVENT\r\nEND:VCALENDAR\r\n", b"", "new"),
            (b"TRANSP:TRANSPARENT", b"TRANSP:\xff\xfe", "changed"),
        ],
    )
    def test_a_damaged_file_of_ours_is_mended(self, tmp_path, old, new, change):
        path = tmp_path / "follow_ups.ics"
        js.write_calendar(LOG, path, as_of="2026-03-10")
        content = path.read_bytes()
        assert old in content
        path.write_bytes(content.replace(old, new))
        out = js.write_calendar(LOG, path, as_of="2026-03-10")
        assert out["change"].tolist() == [change]
        (event,) = checked(path.read_bytes())
        assert event["SUMMARY"] == "Call back"

    def test_many_events_are_merged_in_one_pass(self, tmp_path, monkeypatch):
        """Ten thousand open applications: each is looked at once, however many there were."""
        path = tmp_path / "follow_ups.ics"
        looked = []
        from jobsearch_stats.export import ics

        whole = ics._whole
        monkeypatch.setattr(ics, "_whole", lambda *args: looked.append(1) or whole(*args))
        log = _many(10_000)
        js.write_calendar(log, path, as_of="2026-03-10")
        js.write_calendar(log, path, as_of="2026-03-10")
        assert len(looked) == 2 * 10_000
        js.write_calendar(log, path, as_of="2026-03-13")
        assert len(looked) == 2 * 10_000 + 2 * 10_000  # compared, and made anew
        assert len(events_of(path.read_bytes())) == 10_000


def _many(n: int) -> js.ApplicationLog:
    ids = [f"a{number}" for number in range(n)]
    events = pd.DataFrame({"application_id": ids, "date": "2026-03-05", "kind": "interview"})
    thanks = events.assign(date="2026-03-06", kind="thank_you")
    return js.ApplicationLog.from_frames(
        pd.DataFrame({"company": "Acme"}, index=ids), pd.concat([events, thanks])
    )


SHEET = """Company,Position,Interview,Interviewer,Phone,They decide by,Thank-you
Acme,Analyst,2026-03-03,Jana Novak,555-0100,2026-03-12,2026-03-04
"""


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "my search.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


class TestCommand:
    """`jobsearch-stats calendar`."""

    def test_it_writes_the_file_and_says_what_and_how(self, sheet, capsys):
        before = sheet.read_bytes()
        assert main(["calendar", str(sheet), "--as-of", "2026-03-10"]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert said.startswith("my search.csv as of Tue 10 March 2026 * 2 events,")
        assert "It is in follow_ups.ics." in said
        assert "--detail adds names" in said
        assert "Import it into a calendar of its own" in said
        assert "Jana" not in said
        content = Path("follow_ups.ics").read_bytes()
        titles = [event["SUMMARY"] for event in checked(content)]
        assert titles == ["An answer is expected", "Call back"]
        assert sheet.read_bytes() == before

    def test_options_reach_the_calendar(self, sheet, capsys):
        args = ["calendar", str(sheet), "--as-of", "2026-03-10", "-o", "x.ics", "--detail"]
        more = ["--name", "Robin Example", "--alarm", "08:15", "--strategy", "before-decision"]
        assert main([*args, *more, "--days", "1"]) == 0
        (event,) = checked(Path("x.ics").read_bytes())
        assert plain(event["SUMMARY"]) == "Call Jana Novak, Acme (Analyst)"
        assert event["DTSTART;VALUE=DATE"] == "20260311"
        assert event["VALARM.TRIGGER"] == "PT8H15M"
        assert "My name is Robin Example" in plain(event["DESCRIPTION"])
        said = " ".join(capsys.readouterr().out.split())
        assert "keep it out of calendars that you share" in said

    def test_stages_and_alarm_none(self, sheet):
        sheet.write_text("Company,Applied\nAcme,2026-03-05\n", encoding="utf-8")
        args = ["calendar", str(sheet), "--as-of", "2026-03-10", "--alarm", "none"]
        assert main([*args, "--stages", "interview,application"]) == 0
        (event,) = checked(Path("follow_ups.ics").read_bytes())
        assert "VALARM.TRIGGER" not in event

    def test_the_sample_has_a_file_of_its_own(self, sheet, capsys):
        assert main(["calendar"]) == 0
        assert "The made-up sample" in capsys.readouterr().out
        assert checked(Path("sample_follow_ups.ics").read_bytes())
        assert not Path("follow_ups.ics").exists()

    def test_standard_output_holds_nothing_but_the_calendar(self, sheet):
        done = subprocess.run(
            [sys.executable, "-m", "jobsearch_stats", "calendar", sheet, "-o", "-"],
            capture_output=True,
            check=True,
            timeout=120,
        )
        checked(done.stdout)
        assert done.stderr.startswith(b"* ")
        assert _names() == ["my search.csv"]

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (["--alarm", "soon"], "alarm='soon' is no time of a day"),
            (["--days", "-1"], "days=-1 must be a whole number of days"),
            (["--strategy", "hope"], "no strategy 'hope'"),
            (["-o", "my search.csv"], "no calendar that this package has written"),
            (["-o", "no/such/x.ics"], "cannot be written"),
        ],
    )
    def test_what_cannot_be_used_is_2_and_writes_nothing(self, sheet, capsys, more, said):
        before = sheet.read_bytes()
        assert main(["calendar", str(sheet), "--as-of", "2026-03-10", *more]) == 2
        assert said in " ".join(capsys.readouterr().err.split())
        assert sheet.read_bytes() == before
        assert _names() == ["my search.csv"]

    def test_nothing_to_come_says_so(self, sheet, capsys):
        sheet.write_text("Company,Applied\nAcme,2026-03-05\n", encoding="utf-8")
        assert main(["calendar", str(sheet), "--as-of", "2026-03-10"]) == 0
        assert "There is nothing to come" in capsys.readouterr().out
        assert checked(Path("follow_ups.ics").read_bytes()) == []

    def test_name_alone_is_enough(self, sheet, capsys):
        assert (
            main(["agenda", str(sheet), "--as-of", "2026-03-13", "--scripts", "--name", "Ro"]) == 0
        )
        assert "My name is Ro, and" in capsys.readouterr().out

    def test_icalendar_is_loaded_by_this_command_alone(self, sheet):
        code = (
            "import sys; from jobsearch_stats.cli import main; main(['agenda', sys.argv[1]]); "
            "print('icalendar' in sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, sheet], capture_output=True, check=True, timeout=120
        )
        assert done.stdout.split()[-1] == b"False"
