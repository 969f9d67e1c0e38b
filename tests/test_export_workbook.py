"""The workbook, read back by two programs: what stands in it, and that nothing in it is live."""

import datetime as dt
import re
import subprocess
import sys
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest
import python_calamine
from openpyxl.utils.escape import unescape

import jobsearch_stats as js
from hostile import BROKEN, FORMULA, TEXTS, held, hostile_log
from jobsearch_stats.export import sheets
from jobsearch_stats.export.cell_text import CUT, LONGEST, any_cell, cut, day_serial
from jobsearch_stats.export.tables import TABLES
from jobsearch_stats.sample import SAMPLE_DAY, sample_path
from small_logs import happened, log_of, met

TITLES = [
    "Agenda",
    "Contacts",
    "History",
    "Applications",
    "Work search",
    "Work search by week",
    "Problems",
    "About",
]


@pytest.fixture(scope="module")
def sample():
    return js.read_log(sample_path())


@pytest.fixture(scope="module")
def sample_book(sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "search.xlsx"
    me = {"name": "Robin & Sons", "phone": "555-0199"}
    return js.write_workbook(sample, path, as_of=SAMPLE_DAY, me=me, source=sample_path())


@pytest.fixture(scope="module")
def hostile_book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "hostile.xlsx"
    return js.write_workbook(hostile_log(), path, as_of="2026-03-10", me={"name": FORMULA})


def written(log, tmp_path, *, as_of="2026-03-10", **given):
    return js.write_workbook(log, tmp_path / "book.xlsx", as_of=as_of, **given)


def frame(path, title):
    """Return a sheet's table as openpyxl reads it; the notes below it are left out."""
    sheet = openpyxl.load_workbook(path)[title]
    header, *rows = sheet.iter_rows(min_row=1, max_row=last_row(sheet), values_only=True)
    cells = [[unescape(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=header, dtype=object)


def notes_of(path, title):
    """Return what stands in the first column, the notes at its end."""
    return [cell.value for cell in openpyxl.load_workbook(path)[title]["A"] if cell.value]


def last_row(sheet):
    return int(re.search(r"(\d+)$", sheet.auto_filter.ref)[1])


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_sheets_in_their_order(sample_book):
    assert openpyxl.load_workbook(sample_book).sheetnames == TITLES


@pytest.mark.parametrize("book", ["sample_book", "hostile_book"])
def test_nothing_in_it_is_live(book, request):
    path = request.getfixturevalue(book)
    for name, text in parts(path).items():
        assert not re.search(r"<f[ >]", text), name
        assert "<hyperlink" not in text.lower().replace("<hyperlinkschanged", ""), name
        assert "externalLink" not in name
    cells = 0
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                cells += cell.value is not None
    assert cells > 300


def test_text_that_would_run_stays_text_when_it_is_edited(hostile_book):
    sheet = openpyxl.load_workbook(hostile_book)["History"]
    values = {
        unescape(str(cell.value)): cell
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.value
    }
    for text in TEXTS:
        assert values[text].quotePrefix == text.startswith(("=", "+", "-", "@")), text


@pytest.mark.parametrize("read", ["openpyxl", "calamine"])
def test_hostile_texts_come_out_as_they_went_in(hostile_book, read):
    texts = {held(text) for text in (*TEXTS, *BROKEN)}
    for title, headings in {
        "History": ["Company", "Role", "Contact", "Phone", "E-mail", "Note"],
        "Applications": ["Company", "Status", "Link", "Strengths", "Notes", FORMULA],
        "Contacts": ["Company", "Role"],
        "Work search": ["Employer", "Position", "Person contacted", "Where found", "Link"],
    }.items():
        if read == "openpyxl":
            table = frame(hostile_book, title)
        else:
            rows = python_calamine.load_workbook(hostile_book).get_sheet_by_name(title).to_python()
            table = pd.DataFrame(rows[1 : len(texts) + 1], columns=rows[0])
        for heading in headings:
            assert set(table[heading]) == texts, (title, heading)


def test_history_has_every_event_up_to_the_day_once(sample, sample_book, tmp_path):
    for log, day, path in (
        (sample, SAMPLE_DAY, sample_book),
        (sample, "2026-01-15", written(sample, tmp_path, as_of="2026-01-15")),
    ):
        table = frame(path, "History")
        events = log.events[log.events["date"] <= day]
        columns = ["application_id", "date", "source_row", "decide_by", "note", "phone"]
        headings = ["Application ID", "Date", "Row", "They decide by", "Note", "Phone"]
        expected = events[columns].astype(object)
        found = table[headings].set_axis(columns, axis=1)
        for name in columns:
            same = found[name].tolist(), expected[name].where(expected[name].notna(), None).tolist()
            if name == "phone":
                same = tuple([text and text.replace("; ", ";") for text in side] for side in same)
            assert same[0] == same[1], name
        kinds = events["kind"].astype("str").str.replace("_", " ")
        assert table["What happened"].str.replace("-", " ").tolist() == kinds.tolist()
    notes = notes_of(path, "History")[-1]
    assert notes == f"{len(sample.events) - len(events)} dated after 15 January 2026: not in it."


def test_the_history_is_a_log_again(sample, sample_book):
    again = js.read_log(sample_book, sheet="History").events
    past = sample.events[sample.events["date"] <= SAMPLE_DAY]
    columns = ["date", "kind", "method", "outcome", "contact", "phone", "email", "decide_by"]
    for name in ["application_id", *columns, "until", "note"]:
        one, other = (
            table[name].astype("str").fillna("").str.replace("; ", ";").tolist()
            for table in (again, past)
        )
        assert one == other, name


def test_every_application_and_every_column_of_ones_own_is_there(sample, sample_book):
    table = frame(sample_book, "Applications")
    assert table["Application ID"].tolist() == sample.applications.index.tolist()
    for heading, name in (("Company", "company"), ("Status", "status"), ("Fit", "fit")):
        values = sample.applications[name].astype(object)
        assert table[heading].tolist() == values.where(values.notna(), None).tolist()
    own = sample.applications["Salary asked"]
    assert table["Salary asked"].tolist() == own.astype(object).where(own.notna(), None).tolist()


def test_the_sheets_say_what_the_functions_say(sample, sample_book):
    todo = js.agenda(sample, as_of=SAMPLE_DAY, me={"name": "Robin & Sons", "phone": "555-0199"})
    table = frame(sample_book, "Agenda")
    assert table["Why"].tolist() == todo["reason"].tolist()
    said = todo["script"].astype(object)
    assert table["What to say"].tolist() == said.where(said.notna(), None).tolist()
    states = js.follow_ups(sample, as_of=SAMPLE_DAY)
    contacts = frame(sample_book, "Contacts")
    assert sorted(contacts["Why"]) == sorted(states["reason"])
    assert list(dict.fromkeys(contacts["State"])) == [
        "due",
        "overdue",
        "waiting",
        "abandoned",
        "closed",
    ]
    record = js.work_search_record(sample, as_of=SAMPLE_DAY)
    table = frame(sample_book, "Work search")
    assert table["Result so far"].tolist() == record["result"].tolist()
    assert frame(sample_book, "Work search by week")["Activities"].sum() == len(record)
    assert frame(sample_book, "Problems")["Problem"].tolist() == sample.problems["problem"].tolist()
    notes = notes_of(sample_book, "Work search")
    assert notes[-2:] == record.attrs["notes"]


@pytest.mark.parametrize("title", TITLES)
def test_days_are_days_numbers_numbers_and_phones_text(sample_book, title):
    table = frame(sample_book, title)
    kinds = {
        dt.datetime: ("Date", "Day", "Call on", "Week starting", "They decide by"),
        int: ("Row", "Message", "Messages", "Fit", "No. in week", "Activities"),
        str: ("Phone", "Application ID", "Company", "Why", "Sheet"),
    }
    looked_at = 0
    for kind, headings in kinds.items():
        for heading in set(headings) & set(table.columns):
            values = table[heading].dropna()
            assert set(map(type, values)) == {kind}, heading
            looked_at += len(values)
    assert looked_at > 10
    sheet = openpyxl.load_workbook(sample_book)[title]
    forms = {c.number_format for row in sheet.iter_rows() for c in row if c.is_date}
    assert forms <= {"yyyy-mm-dd"}
    for column in sheet.iter_cols(min_row=1, max_row=last_row(sheet)):
        if column[0].value in ("Phone", "Application ID"):
            forms = {cell.number_format for cell in column[1:] if cell.value}
            assert forms == {"@"}  # what is typed there stays text, too


@pytest.mark.parametrize("title", TITLES)
def test_every_sheet_can_be_read_filtered_and_printed(sample_book, title):
    sheet = openpyxl.load_workbook(sample_book)[title]
    assert re.fullmatch(r"[ABC]2", sheet.freeze_panes)
    assert sheet.auto_filter.ref.startswith("A1:")
    last = [cell for cell in sheet[1] if cell.value][-1].column_letter
    assert sheet.auto_filter.ref == f"A1:{last}{last_row(sheet)}"
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
    assert min(widths) >= 6
    assert max(widths) <= 91
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.oddHeader.right.text == "Robin && Sons, 555-0199"
    texts = [
        c for c in sheet[2] if isinstance(c.value, str) and " " in c.value and len(c.value) > 30
    ]
    assert all(cell.alignment.wrap_text for cell in texts if len(cell.value) > 30)


def test_rows_are_as_high_as_what_stands_in_them(sample_book):
    sheet = openpyxl.load_workbook(sample_book)["Agenda"]
    said = [cell.value or "" for cell in sheet["J"]]
    heights = [sheet.row_dimensions[row].height for row in range(1, len(said) + 1)]
    long = [h for text, h in zip(said, heights, strict=True) if text.startswith("Dear ")]
    assert min(long) >= 10 * 15
    note = log_of(met("2026-03-03", note="word " * 5_000))
    assert sheets._height(("word " * 5_000,), book_table(note)) == 8 * 15


def book_table(log):
    from jobsearch_stats.export.columns import LONG, Column
    from jobsearch_stats.export.tables import Table

    return Table("A", "", [Column("note", "Note", LONG, 40, "")], log.events[["note"]])


def test_the_same_log_gives_the_same_bytes(sample, sample_book, tmp_path):
    me = {"name": "Robin & Sons", "phone": "555-0199"}
    path = tmp_path / "again.xlsx"
    js.write_workbook(sample, path, as_of=dt.date(2026, 3, 10), me=me, source=sample_path())
    assert path.read_bytes() == sample_book.read_bytes()
    js.write_workbook(sample, path, as_of="2026-03-11", me=me, source=sample_path())
    assert path.read_bytes() != sample_book.read_bytes()


def test_about_names_file_day_strategy_sheets_and_columns(sample_book):
    about = frame(sample_book, "About")
    facts = dict(zip(about["Column"][:5], about["What it means"][:5], strict=True))
    assert facts["File"] == "my_search.csv"
    assert facts["Day"].startswith("10 March 2026")
    assert facts["Strategy"].startswith("DAY_AFTER")
    book = openpyxl.load_workbook(sample_book)
    for title in TITLES[:-1]:
        rows = about[about["Sheet"] == title]
        named = rows["Column"].dropna().tolist()
        assert named == [cell.value for cell in book[title][1] if cell.value]
        assert rows["What it means"].str.len().min() > 5


def test_only_the_tables_that_are_wanted_and_nothing_private_in_them(tmp_path):
    given = dict.fromkeys(("notes", "strengths", "reason_to_call", "Diary"), "my secret")
    event = happened("applied", "2026-02-02", note="my secret")
    log = log_of(event, met("2026-02-05"), **given)
    path = written(log, tmp_path, tables=["weeks", "work-search"], source="my secret.csv")
    assert openpyxl.load_workbook(path).sheetnames == ["Work search", "Work search by week"]
    assert not [name for name, text in parts(path).items() if "secret" in text]
    everything = written(log, tmp_path, overwrite=True, source="my secret.csv")
    assert [name for name, text in parts(everything).items() if "secret" in text]


@pytest.mark.parametrize(
    "log",
    [log_of(), log_of(happened("applied", "2026-02-02")), js.simulate_log(1, seed=1)],
    ids=["nothing", "one row", "one application"],
)
def test_little_is_written_and_read_like_much(log, tmp_path):
    book = openpyxl.load_workbook(written(log, tmp_path))
    assert book.sheetnames == TITLES
    assert len(frame(tmp_path / "book.xlsx", "History")) == len(log.events)
    assert book["Contacts"]["A1"].value == "Company"
    if not len(js.follow_ups(log, as_of="2026-03-10")):
        assert notes_of(tmp_path / "book.xlsx", "Contacts")[-1].startswith("Nothing has reached")


def test_notes_speak_neither_python_nor_options(tmp_path):
    path = written(log_of(happened("applied", "2026-02-02")), tmp_path)
    notes = notes_of(path, "Agenda")
    assert any("the stages interview and application" in note for note in notes)
    assert not any("stages=" in note for note in notes)


def test_a_redacted_workbook_names_nobody(sample, tmp_path):
    me = {"name": "Robin Example", "phone": "555-0199"}
    dealt = pd.Series("NO_FOLLOW_UP", index=sample.applications.index[:80])
    given = {"me": me, "source": tmp_path / "Robins search.csv", "strategy": dealt}
    path = written(sample, tmp_path, redacted=True, **given)
    texts = "".join(parts(path).values())
    names = [
        *sample.applications["company"].dropna(),
        *sample.applications.index,
        "Robin",
        "555-0199",
    ]
    for column in ("contact", "phone", "email", "note"):
        names += sample.events[column].dropna().str.split(";").explode().tolist()
    names += sample.applications["notes"].dropna().tolist()
    assert not [name for name in set(names) if escape(str(name)) in texts]
    assert "Employer 1" in texts
    assert "Salary asked" not in texts
    assert (
        frame(path, "History")["Date"].tolist()
        == frame(written(sample, tmp_path, overwrite=True, **given), "History")["Date"].tolist()
    )


def test_a_redacted_log_keeps_the_strategies_that_were_dealt(sample, tmp_path):
    dealt = pd.Series("NO_FOLLOW_UP", index=sample.applications.index)
    for strategy, n in ((dealt, 0), ("DAY_AFTER", 1)):
        path = written(sample, tmp_path, redacted=True, overwrite=True, strategy=strategy)
        assert ("due" in set(frame(path, "Contacts")["State"])) == n


def test_what_is_too_long_for_a_cell_is_cut_and_said(tmp_path):
    log = log_of(met("2026-03-03", note="🦊" * 20_000), notes="n" * LONGEST)
    path = written(log, tmp_path)
    note = frame(path, "History")["Note"].iloc[0]
    assert note.endswith(CUT)
    assert len(note.encode("utf-16-le")) <= 2 * LONGEST
    assert set(note.removesuffix(CUT)) == {"🦊"}
    assert frame(path, "Applications")["Notes"].iloc[0] == "n" * LONGEST
    about = frame(path, "About")
    said = about.loc[about["Column"] == "Cut", "What it means"].iloc[0]
    assert said.startswith("1 text was longer than the 32,767 characters")


@pytest.mark.parametrize("n", [LONGEST - 1, LONGEST, LONGEST + 1])
def test_a_cell_is_cut_at_its_limit_and_not_before(n):
    assert (cut("a" * n) == "a" * n) == (n <= LONGEST)
    assert len(cut("a" * n)) <= LONGEST
    assert len(cut("a" + "🦊" * n).encode("utf-16-le")) <= 2 * LONGEST


def test_more_than_a_sheet_holds_is_an_error_that_names_the_way_out(tmp_path, monkeypatch):
    log = log_of(*(met(f"2026-02-{day:02}") for day in range(1, 21)))
    monkeypatch.setattr(sheets, "MOST_ROWS", 20)
    with pytest.raises(js.SettingError, match="History has 20 rows") as error:
        written(log, tmp_path)
    assert "CSV" in str(error.value)
    assert list(tmp_path.iterdir()) == []
    written(log, tmp_path, tables=["agenda"])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (True, "yes"),
        (7, 7),
        (2.5, 2.5),
        (float("inf"), "inf"),
        (float("nan"), None),
        (2**60, str(2**60)),
        (pd.Timestamp("2026-03-10"), dt.date(2026, 3, 10)),
        (pd.Timestamp("2026-03-10 12:30"), "2026-03-10 12:30:00"),
        (pd.Timestamp("1750-01-01"), "1750-01-01 00:00:00"),
        (pd.Timestamp("2026-03-10", tz="UTC"), "2026-03-10 00:00:00+00:00"),
        (dt.date(2026, 3, 10), dt.date(2026, 3, 10)),
        (pd.NaT, None),
        (["a"], "['a']"),
        ("", None),
        (" ", None),
    ],
)
def test_a_column_of_ones_own_keeps_what_it_holds(value, cell):
    found = any_cell(value)
    assert found == cell
    assert type(found) is type(cell)


@pytest.mark.parametrize("day", ["1900-01-01", "1900-02-28", "1900-03-01", "2026-03-10"])
def test_days_are_counted_as_openpyxl_counts_them(day):
    date = dt.date.fromisoformat(day)
    assert openpyxl.utils.datetime.to_excel(date) == day_serial(date)


def test_columns_of_ones_own_of_every_type_are_written(tmp_path):
    values = {"a": [1, None], "b": [pd.Timestamp("2026-03-10"), None], "c": [True, 2.5]}
    apps = pd.DataFrame({"company": ["A", "B"], **values}, index=["x", "y"])
    apps.columns = [*apps.columns[:-1], "a"]  # a name that stands twice
    events = pd.DataFrame({"application_id": ["x"], "date": ["2026-03-03"], "kind": ["applied"]})
    log = js.ApplicationLog.from_frames(apps, events)
    rows = list(
        openpyxl.load_workbook(written(log, tmp_path))["Applications"].iter_rows(values_only=True)
    )
    assert rows[0][-3:] == ("a", "b", "a")
    assert rows[1][-3:] == (1, dt.datetime(2026, 3, 10), "yes")
    assert rows[2][-3:] == (None, None, 2.5)


def test_many_columns_of_ones_own_are_written(tmp_path):
    own = {f"own {number}": [number] for number in range(150)}
    apps = pd.DataFrame({"company": ["Acme"], **own}, index=["a1"])
    log = js.ApplicationLog.from_frames(apps, log_of(met("2026-03-03")).events)
    table = frame(written(log, tmp_path), "Applications")
    assert table.iloc[0, -150:].tolist() == list(range(150))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tables": ["agenda", "diary"]}, "diary"),
        ({"tables": []}, "any of"),
        ({"as_of": "soon"}, "as_of"),
        ({"stages": ["dance"]}, "dance"),
        ({"week_starts": "x"}, "week_starts"),
        ({"me": {"nick": "R"}}, "nick"),
    ],
)
def test_what_cannot_be_used_is_an_error_and_no_file(given, said, tmp_path):
    with pytest.raises(js.JobSearchStatsError, match=said):
        js.write_workbook(log_of(), tmp_path / "x.xlsx", **{"as_of": SAMPLE_DAY, **given})
    assert list(tmp_path.iterdir()) == []


def test_a_strategy_for_each_application_is_named_as_dealt(tmp_path):
    log = log_of(met("2026-03-03"))
    dealt = pd.Series({"a1": "NO_FOLLOW_UP"})
    about = frame(written(log, tmp_path, strategy=dealt), "About")
    assert about.loc[about["Column"] == "Strategy", "What it means"].iloc[0].startswith("As dealt")


def test_names_of_tables_are_those_of_the_documentation():
    assert set(TABLES) == set(
        re.findall(
            r'"([a-z-]+)"',
            js.write_workbook.__doc__.split("tables\n")[1].split("strategy, stages")[0],
        )
    )


BIG = """
import resource, sys
import pandas as pd
import xlsxwriter
import jobsearch_stats as js
ids = [f"a{number}" for number in range(25_000)]
apps = pd.DataFrame({"company": "Acme", "role": ids}, index=ids)
days = pd.Timestamp("2020-01-01") + pd.to_timedelta(pd.RangeIndex(25_000) % 2000, unit="D")
events = pd.concat(
    [
        pd.DataFrame({"application_id": ids, "date": days, "kind": kind, "note": ids})
        for kind in ("applied", "rejection")
    ]
)
log = js.ApplicationLog.from_frames(apps, events)
write = js.write_workbook  # what it loads is not what it writes
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write(log, sys.argv[1], as_of="2026-03-10", tables=["history"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_fifty_thousand_events_are_written_in_little_memory(tmp_path):
    """They take some 20 MB; held in memory all at once they would take 60."""
    path = tmp_path / "big.xlsx"
    done = subprocess.run(
        [sys.executable, "-c", BIG, path], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 40 * 1024
    rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 50_000
    assert len({tuple(row) for row in rows}) == len(rows)
