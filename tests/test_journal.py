"""The journal: what is written is read again, whoever saved the file in between."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats import own_csv
from jobsearch_stats.journal_file import COLUMNS

HOSTILE = [
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    'O\'Brien; "Sons", \n Co',
    "שלום חברה",
    "🦊 Fox & Söhne 👩‍💻",
    "nul \0 bell \7",
    "half \ud800 pair",
    "\ufeffmark",
    "'tis",
    " edges ",
    "one\rreturn",
    "-",
]
TEXTS = st.text(st.characters(codec=None), min_size=1) | st.sampled_from(HOSTILE)


def log_of(companies=("Acme", "Beta")):
    ids = [f"a{n}" for n in range(1, len(companies) + 1)]
    return js.ApplicationLog.from_frames(
        pd.DataFrame({"company": list(companies), "role": "Analyst"}, index=ids),
        pd.DataFrame({"application_id": ids, "date": "2026-03-03", "kind": "interview"}),
    )


LOG = log_of()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "my_search.journal.csv"


def write(file, log=LOG, **what):
    known = {"application_id": "a1", "kind": "follow_up", "date": "2026-03-10"}
    return js.record(file, log, **{**known, "written_on": "2026-03-20", **what})


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("my_search.xlsx", "my_search.journal.csv"),
        ("my.search.2026.csv", "my.search.2026.journal.csv"),
        ("my_search.csv.gz", "my_search.journal.csv"),
        ("my_search", "my_search.journal.csv"),
    ],
)
def test_journal_stands_beside_the_log_under_its_name(source, name, tmp_path):
    assert js.journal_path(tmp_path / source) == tmp_path / name
    assert js.journal_path(str(tmp_path / source)) == tmp_path / name


def test_journal_of_a_saved_log_stands_beside_its_folder(tmp_path):
    LOG.to_csv(tmp_path / "my.log")
    assert js.journal_path(tmp_path / "my.log") == tmp_path / "my.log.journal.csv"


@pytest.mark.parametrize("source", [None, 3, LOG, io.StringIO("x"), "a.journal.csv", b"x.csv"])
def test_what_is_no_path_of_a_log_has_no_journal(source):
    with pytest.raises(js.SettingError, match="Pass the path of"):
        js.journal_path(source)


def test_all_that_is_recorded_is_read_again(file):
    n = write(
        file,
        kind="interview",
        date="2026-04-01",
        method="video",
        contact="Jana Novak",
        decide_by="2026-04-08",
        note="bring the folder",
    )
    write(file, kind="out_of_office", until=pd.Timestamp("2026-03-25"), application_id="a2")
    table = js.read_journal(file)
    assert n == 1
    first = table.iloc[0]
    assert first["entry"] == 1
    assert first[["application_id", "company", "role"]].tolist() == ["a1", "Acme", "Analyst"]
    assert first[["kind", "method", "contact"]].tolist() == ["interview", "video", "Jana Novak"]
    assert first["note"] == "bring the folder"
    days = [first[name].strftime("%Y-%m-%d") for name in ("date", "decide_by", "written_on")]
    assert days == ["2026-04-01", "2026-04-08", "2026-03-20"]
    assert table["until"].dt.strftime("%m-%d").tolist()[1] == "03-25"
    assert table["source_row"].tolist() == [2, 3]
    assert not table[["undone", "broken_off"]].any(axis=None)
    assert table["date"].dtype == "datetime64[s]"


def test_an_undo_is_a_line_of_its_own(file):
    for day in ("2026-03-10", "2026-03-11"):
        write(file, date=day)
    before = file.read_bytes()
    assert js.undo(file, entry=1, written_on="2026-03-20") is None
    assert file.read_bytes().startswith(before)
    table = js.read_journal(file)
    assert table["entry"].tolist() == [1, 2, 3]
    assert table["undone"].tolist() == [True, False, False]
    assert table["undoes"].tolist()[2] == 1
    assert write(file) == 4


@pytest.mark.parametrize(
    ("entry", "why"),
    [(1, "taken back already"), (3, "no entry that can"), (9, "last that can: 2"), ("1", "number")],
)
def test_what_cannot_be_taken_back(file, entry, why):
    write(file)
    write(file)
    js.undo(file, entry=1, written_on="2026-03-20")
    before = file.read_bytes()
    with pytest.raises(js.SettingError, match=why):
        js.undo(file, entry=entry, written_on="2026-03-20")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"application_id": "a3"}, "Near it are 'a"),
        ({"application_id": "acme"}, "Near it are .*'a1'"),
        ({"application_id": None}, "not in the log"),
        ({"application_id": ["a1"]}, "not in the log"),
        ({"kind": "called"}, "is none of .*'follow_up'"),
        ({"kind": ["follow_up"]}, "is none of"),
        ({"method": "fax"}, "is none of .*'phone'"),
        ({"outcome": "invited"}, "is none of .*'voicemail'.* 'follow_up'"),
        ({"kind": "reply", "outcome": "sent"}, "is none of 'invited'"),
        ({"kind": "offer", "outcome": "sent"}, "cannot be: leave it out"),
        ({"date": None}, "no day on which"),
        ({"date": "10.03.2026"}, "is not a day"),
        ({"date": "2026-03-21"}, "Only an interview may be ahead"),
        ({"written_on": None}, "written_on=None is not a day"),
        ({"decide_by": "2026-03-09"}, "decide_by='2026-03-09' is before 2026-03-10"),
        ({"kind": "out_of_office"}, "last day away"),
        ({"kind": "out_of_office", "until": "2026-03-09"}, "is before 2026-03-10"),
        ({"until": "2026-03-12"}, "goes with out_of_office"),
        ({"note": 3}, "is no text"),
        ({"contact": b"Jana"}, "is no text"),
    ],
)
def test_bad_arguments_write_nothing(file, what, why):
    with pytest.raises(js.SettingError, match=why):
        write(file, **what)
    assert not list(file.parent.iterdir())


@pytest.mark.parametrize("day", ["2026-03-20", "2026-03-21"])
def test_an_interview_may_be_ahead_and_today_is_not_ahead(file, day):
    write(file, kind="interview", date=day)
    write(file, date="2026-03-20", decide_by="2026-03-20")
    assert js.read_journal(file)["entry"].tolist() == [1, 2]


def test_log_must_be_a_log(file):
    with pytest.raises(js.DataError, match="no log of a search"):
        write(file, log="my_search.xlsx")


@pytest.mark.parametrize("name", ["my_search.xlsx", "nowhere/x.journal.csv", None, 3])
def test_paths_that_are_no_journal(tmp_path, name):
    path = name if name is None or name == 3 else tmp_path / name
    with pytest.raises(js.SettingError, match="journal"):
        write(path)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_journal_is_left_as_it_is(file):
    file.write_text("Company,Interview\nAcme,2026-03-03\n", encoding="utf-8")
    before = file.read_bytes()
    for use in (lambda: write(file), lambda: js.read_journal(file)):
        with pytest.raises(js.DataError, match=r"is no journal: its columns are 'Company'"):
            use()
    assert file.read_bytes() == before


def test_no_cell_is_a_formula(file):
    for text in HOSTILE:
        write(file, log=log_of([text]), note=text, contact=text)
    with file.open(encoding="utf-8-sig", errors="surrogatepass", newline="") as rows:
        cells = [cell for row in csv.reader(rows) for cell in row]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    table = js.read_journal(file)
    for name in ("company", "note", "contact"):
        assert table[name].tolist() == HOSTILE


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_any_text_is_read_as_it_was_recorded(tmp_path, rows, delimiter):
    file = tmp_path / "any.journal.csv"
    file.write_text(delimiter.join(COLUMNS), encoding="utf-8")
    for company, contact, note in rows:
        write(file, log=log_of([company]), contact=contact, note=note)
    table = js.read_journal(file)
    read = list(table[["company", "contact", "note"]].itertuples(index=False, name=None))
    assert read == rows
    assert table["entry"].tolist() == list(range(1, len(rows) + 1))


@given(
    st.lists(
        st.integers(1, 6) | st.sampled_from(["2026-03-04", "2026-03-09", "2026-03-13"]), max_size=8
    )
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_takes_back_what_was_named_and_nothing_else(tmp_path, acts):
    file = tmp_path / "acts.journal.csv"
    file.unlink(missing_ok=True)
    lines, days, undone = 0, {}, set()
    for act in acts:
        if isinstance(act, str):
            lines += 1
            assert write(file, date=act) == lines
            days[lines] = act
        elif act in days and act not in undone:
            js.undo(file, entry=act, written_on="2026-03-20")
            undone.add(act)
            lines += 1
        else:
            with pytest.raises(js.SettingError):
                js.undo(file, entry=act, written_on="2026-03-20")
    if lines:
        table = js.read_journal(file)
        table = table[table["undoes"].isna()]
        assert dict(zip(table["entry"], table["date"].astype(str), strict=True)) == days
        assert set(table.loc[table["undone"], "entry"]) == undone


def saved_by(program, file):
    """Save a journal again as a spreadsheet does."""
    delimiter, encoding, newline, form = {
        "Excel, German, CSV": (";", "cp1252", "\r\n", "{2}.{1}.{0}"),
        "Excel, German, UTF-8": (";", "utf-8-sig", "\r\n", "{2}.{1}.{0}"),
        "Excel, French, text": ("\t", "utf-16", "\r\n", "{2}/{1}/{0}"),
        "Excel, US": (",", "utf-8-sig", "\r\n", "{1}/{2}/{0}"),
        "LibreOffice, Dutch": (",", "utf-8", "\n", "{2}-{1}-{0}"),
        "LibreOffice, short years": (";", "utf-8", "\n", "{2}.{1}.26"),
    }[program]
    with file.open(encoding="utf-8-sig", newline="") as rows:
        table = list(csv.reader(rows))
    places = [table[0].index(name) for name in ("date", "decide_by", "until", "written_on")]
    for row in table[1:]:
        for at in places:
            row[at] = form.format(*row[at].split("-")) if row[at] else ""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(table)
    file.write_bytes(text.getvalue().encode(encoding))
    return delimiter, encoding, newline, form.format("2026", "03", "19")


PROGRAMS = [
    "Excel, German, CSV",
    "Excel, German, UTF-8",
    "Excel, French, text",
    "Excel, US",
    "LibreOffice, Dutch",
    "LibreOffice, short years",
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_saved_again_by_a_spreadsheet_is_the_same_and_goes_on_in_its_way(program, file):
    log = log_of(["Müller; Söhne", "=Beta"])
    write(file, log=log, note="a, b", decide_by="2026-03-27")
    write(file, log=log, application_id="a2", kind="out_of_office", until="2026-04-01")
    before = js.read_journal(file)
    delimiter, encoding, newline, day = saved_by(program, file)
    pd.testing.assert_frame_equal(js.read_journal(file), before)
    content = file.read_bytes()
    write(file, log=log, date="2026-03-19", note="ünd")
    js.undo(file, entry=1, written_on="2026-03-19")
    assert file.read_bytes().startswith(content)
    added = file.read_bytes().decode(encoding)[len(content.decode(encoding)) :]
    line = added.split(newline)[0].split(delimiter)
    assert len(line) >= len(COLUMNS)
    assert day.replace("26", "2026").replace("202026", "2026") in line
    after = js.read_journal(file)
    pd.testing.assert_frame_equal(after.head(2).assign(undone=False), before)
    assert after["note"].tolist()[2] == "ünd"
    assert after["date"].dt.strftime("%m-%d").tolist()[2] == "03-19"
    assert after["undone"].tolist() == [True, False, False, False]


def test_what_windows_cannot_write_makes_the_file_utf_8(file):
    write(file, log=log_of(["Müller"]))
    saved_by("Excel, German, CSV", file)
    write(file, log=log_of(["🦊"]))
    assert js.read_journal(file)["company"].tolist() == ["Müller", "🦊"]
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


HEADER = ",".join(COLUMNS) + "\n"


def test_a_date_of_two_readings_is_asked_and_decided(file):
    file.write_text(f"{HEADER}1,a1,,,03/05/2026,offer,,,,,,,,03/06/2026\n", encoding="utf-8")
    with pytest.raises(js.DataError) as caught:
        js.read_journal(file)
    said = str(caught.value)
    assert "row 2, column 'date': '03/05/2026' can be 3 May 2026 or 5 March 2026" in said
    assert 'date_order="day-first"' in said
    assert "journal=False" in said
    assert (caught.value.row, caught.value.column) == (2, "date")
    for order, month in (("day-first", 5), ("month-first", 3)):
        assert js.read_journal(file, date_order=order)["date"].dt.month.tolist() == [month]
    write(file, date="2026-03-19")  # goes on, with days that have one reading
    assert file.read_text(encoding="utf-8").splitlines()[-1].endswith("2026-03-20")
    for line, month in (("2,a1,,,13/05/2026", 5), ("2,a1,,,05/13/2026", 3)):
        text = f"{HEADER}1,a1,,,03/05/2026,offer,,,,,,,,\n{line},offer,,,,,,,,\n"
        file.write_text(text, encoding="utf-8")
        assert js.read_journal(file)["date"].dt.month.tolist()[0] == month


def test_dates_of_both_orders_decide_nothing(file):
    days = ("13/05/2026", "05/13/2026", "03/05/2026")
    lines = [f"{n},a1,,,{day},offer,,,,,,,,2026-05-30\n" for n, day in enumerate(days, 1)]
    file.write_text(HEADER + "".join(lines), encoding="utf-8")
    with pytest.raises(js.DataError, match="row 4, column 'date'"):
        js.read_journal(file, date_order=None)


@pytest.mark.parametrize(
    ("line", "column", "why"),
    [
        ("x,a1,,,2026-03-10,offer,,,,,,,,2026-03-10", "entry", "whole number"),
        (",a1,,,2026-03-10,offer,,,,,,,,2026-03-10", "entry", "such as 2"),
        ("1,a1,,,2026-03-10,offer,,,,,,,,2026-03-10", "entry", "twice; 2 is free"),
        ("-2,a1,,,2026-03-10,offer,,,,,,,,2026-03-10", "entry", "from 1 on"),
        ("2,a1,,,2026-02-30,offer,,,,,,,,2026-03-10", "date", "not a day"),
        ("2,a1,,,,offer,,,,,,,,2026-03-10", "date", "blank"),
        ("2,a1,,,2026-03-10,,,,,,,,,2026-03-10", "kind", "blank"),
        ("2,a1,,,2026-03-10,called,,,,,,,,2026-03-10", "kind", "is none of 'applied'"),
        ("2,a1,,,2026-03-10,offer,fax,,,,,,,2026-03-10", "method", "is none of"),
        ("2,a1,,,2026-03-10,reply,,good,,,,,,2026-03-10", "outcome", "is none of"),
        ("2,,,,2026-03-10,offer,,,,,,,,2026-03-10", "application_id", "so is the company"),
        ("2,,,,,,,,,,,,7,2026-03-10", "undoes", "no entry"),
        ("2,,,,,,,,,,,,2,2026-03-10", "undoes", "no entry"),
        ("2,a1,,,2026-03-10,offer,,,,,soon,,,2026-03-10", "until", "not a day"),
    ],
)
def test_a_cell_that_cannot_be_used_says_where_and_how_to_go_on(file, line, column, why):
    first = "1,a1,,,2026-03-10,offer,,,,,,,,2026-03-10\n"
    file.write_text(f"{HEADER}{first}\n{line}\n", encoding="utf-8")
    with pytest.raises(js.DataError, match=why) as caught:
        js.read_journal(file)
    assert (caught.value.row, caught.value.column) == (4, column)
    assert f"my_search.journal.csv row 4, column '{column}'" in str(caught.value)
    assert "journal=False" in str(caught.value)
    assert "date_order" not in str(caught.value)


@pytest.mark.parametrize("number", ["1e999", "inf", "9" * 30, "x", "2.5", "-7"])
def test_a_number_that_is_none_does_not_stop_the_next_line(file, number):
    write(file)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{number},a1,,,2026-03-10,offer,,,,,,,,2026-03-10\n")
    assert write(file) == 2
    with pytest.raises(js.DataError, match="row 3, column 'entry'"):
        js.read_journal(file)


@pytest.mark.parametrize(
    ("content", "error", "why"),
    [
        (b"\x81\x8d", js.ReadError, "no text in UTF-8"),
        (HEADER.replace("kind,", "").encode(), js.DataError, "one column 'kind'"),
        (HEADER.encode() + b"1,a1,,,2026-03-10,offer,,,,,,a, b,,2026-03-10\n", js.DataError, "15"),
    ],
)
def test_files_that_cannot_be_read(file, content, error, why):
    file.write_bytes(content)
    with pytest.raises(error, match=why) as caught:
        js.read_journal(file)
    assert "journal=False" in str(caught.value)


def test_a_journal_that_is_not_there(file):
    with pytest.raises(js.ReadError, match=r"cannot be read.*journal=False"):
        js.read_journal(file)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", HEADER.encode()])
def test_an_empty_journal_has_no_entries(file, content):
    file.write_bytes(content)
    assert js.read_journal(file).empty
    assert write(file) == 1
    assert js.read_journal(file)["entry"].tolist() == [1]


def test_a_line_without_an_end_counts_where_it_is_whole(file):
    write(file)
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    assert js.read_journal(file)["broken_off"].tolist() == [False]
    write(file)
    assert js.read_journal(file)["entry"].tolist() == [1, 2]


def test_wherever_a_line_is_broken_off_nothing_else_is_lost(file):
    """Lengths to which a crash could cut the last line; the note holds quotes and lines."""
    write(file)
    before = len(file.read_bytes())
    write(file, note='say "hello", \n then go; undo', date="2026-03-11")
    whole = file.read_bytes()
    ends = set()
    for end in (*range(before, len(whole) - 6, 3), *range(len(whole) - 6, len(whole) + 1)):
        file.write_bytes(whole[:end])
        broken = js.read_journal(file)["broken_off"].tolist()
        write(file, date="2026-03-12")
        table = js.read_journal(file)
        counting = table[~table["broken_off"]]
        days = counting["date"].dt.day.tolist()
        assert (days[0], days[-1]) == (10, 12)
        assert counting["entry"].is_unique
        assert table["broken_off"].tolist() == [*broken, False]
        if len(days) == 3:
            assert counting["note"].tolist()[1] == 'say "hello", \n then go; undo'
        ends.add(len(days))
    assert ends == {2, 3}


def test_columns_of_ones_own_and_another_order_are_kept(file):
    names = ["mood", *COLUMNS[::-1]]
    file.write_text(",".join(names) + "\n", encoding="utf-8")
    write(file, note="x")
    assert js.read_journal(file)["note"].tolist() == ["x"]
    assert file.read_text(encoding="utf-8").splitlines()[1].startswith(",2026-03-20,,x,")


WRITER = """
import sys
import jobsearch_stats as js
from test_journal import LOG, write
for n in range(int(sys.argv[2])):
    print(write(sys.argv[1], note=f"{sys.argv[3]} {n}"))
"""


def test_several_processes_write_at_once(file):
    """Three programs of eight lines each: no line is lost, and no number is given twice."""
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file), "8", name],
            stdout=subprocess.PIPE,
            env=here,
            text=True,
        )
        for name in "abc"
    ]
    said = [int(n) for one in running for n in one.communicate(timeout=100)[0].split()]
    assert sorted(said) == list(range(1, 25))
    table = js.read_journal(file)
    assert table["entry"].tolist() == list(range(1, 25))
    for name in "abc":
        mine = table.loc[table["note"].str.startswith(name), "note"].tolist()
        assert mine == [f"{name} {n}" for n in range(8)]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_lock_that_is_not_given_back_is_an_error(file, monkeypatch):
    from jobsearch_stats import file_lock

    monkeypatch.setattr(file_lock, "_TRIES", 2)
    with (
        file_lock.locked(file),
        pytest.raises(js.SettingError, match="written by another program"),
    ):
        write(file)
    assert write(file) == 1
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_file_that_changes_in_the_meantime_is_not_overwritten(file, monkeypatch):
    write(file)
    real = own_csv.with_rows

    def slow(table, rows):
        file.write_bytes(file.read_bytes() + b"\n")
        return real(table, rows)

    monkeypatch.setattr("jobsearch_stats.journal_file.with_rows", slow)
    with pytest.raises(js.SettingError, match="changed in the meantime"):
        write(file)
    assert js.read_journal(file)["entry"].tolist() == [1]


def test_a_full_disk_leaves_the_journal_as_it_was(file, monkeypatch):
    write(file)
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(js.SettingError, match="No space left"):
        write(file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_linked_journal_stays_a_link(file, tmp_path):
    write(file)
    link = tmp_path / "linked.journal.csv"
    try:
        link.symlink_to(file)
    except OSError:
        pytest.skip("no links on this system")
    assert write(link) == 2
    assert link.is_symlink()
    assert js.read_journal(file)["entry"].tolist() == [1, 2]
