"""The workbench's widgets: set and clicked here as a person would, without a browser."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re

import ipywidgets
import nbformat
import pandas as pd
import pytest

import jobsearch_stats as js
import run_notebooks
from jobsearch_stats import notebook
from jobsearch_stats.deeds import DEEDS
from jobsearch_stats.desk import countries
from jobsearch_stats.journal_file import read_journal
from jobsearch_stats.workbench import Workbench
from jobsearch_stats.workbench_view import View, sendable
from small_bench import HEADER, ROWS, bench_of

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    'O\'Brien; "Sons", \n Co',
    "שלום חברה",
    "🦊 Fox & Söhne 👩‍💻",
    "a\x00b\x1b[31m",
    "half \ud800 of it",
)


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


def view_of(source=None, as_of="2026-03-10", **given) -> View:
    return View(bench_of(source, as_of, **given))


def page(output) -> str:
    """Return the HTML that an Output shows."""
    return "".join(shown["data"]["text/html"] for shown in output.outputs)


def words(text: str) -> str:
    """Return HTML without its tags, as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def hidden(widget) -> bool:
    return widget.layout.display == "none"


def test_a_country_of_each_code_is_offered():
    assert {"US", "DE", "GB"} <= set(view_of().country.options)
    assert view_of().country.options == tuple(countries())


def test_a_changed_file_is_read_again_as_of_the_same_day(mine):
    view = view_of(mine)
    mine.write_text(HEADER + ROWS + "Delta,Clerk,2026-02-05,2026-03-02,,,,\n", encoding="utf-8")
    view.again.click()
    assert "4 applications" in view.header.value
    assert "as of Tue 10 March 2026" in view.header.value
    assert any(label.startswith("Delta") for label, _ in view.contact.options)


def test_the_list_is_made_anew_by_each_field(mine):
    view = view_of(mine)
    seen = [words(page(view.todo))]
    assert "Call Jana Novak, Acme, Analyst · 555-0100" in seen[0]
    assert "They said Friday 6 March" in seen[0]
    view.day.value = dt.date(2026, 3, 24)
    seen.append(words(page(view.todo)))
    assert "Tom Adeyemi" in seen[1].split("The coming days")[0]
    view.stages.value = ("interview", "application")
    seen.append(words(page(view.todo)))
    assert "Gamma" in seen[2]
    view.strategy.value = js.NO_FOLLOW_UP
    assert "Call Jana" not in words(page(view.todo))
    assert len(set(seen)) == 3


def test_holidays_of_a_country_move_a_call(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("Company,Interview\nAcme,2026-04-24\n", encoding="utf-8")
    view = view_of(path, "2026-04-30")
    assert "Fri 1 May" in words(page(view.todo))
    view.country.value = "DE"
    assert "Fri 1 May" not in words(page(view.todo))
    assert view.bench.desk.strategy.country == "DE"


def test_a_strategy_of_ones_own_is_offered_first():
    mine = dataclasses.replace(js.DAY_AFTER, name="MINE", avoid=(), country="US")
    view = view_of(strategy=mine)
    assert [name for name, _ in view.strategy.options] == ["MINE", *js.STRATEGIES]
    assert view.country.value == "US"
    view.day.value = dt.date(2026, 3, 9)
    assert view.bench.desk.strategy == mine
    view.country.value = ""
    assert view.bench.desk.strategy.country is None


ALARMS = {
    "no such file": lambda view: setattr(view.file, "value", "nowhere.csv"),
    "no such country": lambda view: setattr(view.country, "value", "<b>XX"),
    "no day": lambda view: setattr(view.day, "value", None),
}


@pytest.mark.parametrize("name", ALARMS)
def test_what_cannot_be_used_is_said_in_place_of_the_list(name, mine):
    view = view_of(mine)
    ALARMS[name](view)
    assert 'role="alert"' in view.message.value
    assert "<b>" not in view.message.value
    assert hidden(view.tabs)
    view.file.value, view.country.value = "my_search.csv", ""
    view.day.value = dt.date(2026, 3, 10)
    assert view.message.value == ""
    assert not hidden(view.tabs)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 nonsense", "cannot"),
        (b"Mood,Colour\nred,blue\n", "company"),
        (b"Company,Interview\nAcme,03/02/2026\n", "date_order"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(content, says, mine, tmp_path):
    (tmp_path / "odd.csv").write_bytes(content)
    view = view_of(mine)
    view.file.value = "odd.csv"
    assert "odd.csv" in view.message.value
    assert says in view.message.value
    assert "Traceback" not in view.message.value


def test_a_mistake_of_ours_is_said_and_not_lost(mine, monkeypatch):
    view = view_of(mine)

    def broken(*_, **__):
        raise RuntimeError("a\x1b[31m <b>mistake</b>")

    monkeypatch.setattr(view.bench, "record", broken)
    view.write.click()
    assert "This should not have happened: RuntimeError: a &lt;b&gt;mistake" in view.said.value


def test_writing_down_shows_at_once_everywhere(mine):
    view = view_of(mine)
    assert view.contact.value == "acme-analyst"
    picture, table = view.picture.value, page(view.contacts)
    view.deed.value = "Called: left a voicemail"
    view.note.value = "the line was bad"
    view.write.click()
    assert "Written down: a voicemail, Acme, Tue 10 March." in view.said.value
    assert "Next: call Tue 17 March (2 of 2)." in view.said.value
    assert "Tue 17 March: Call Jana Novak" in words(page(view.todo))
    assert "the line was bad" in page(view.sheet)
    assert "message 2" in page(view.sheet)
    assert ("Acme: Jana Novak (waiting)", "acme-analyst") in view.contact.options
    assert view.contact.value == "acme-analyst"
    assert view.picture.value != picture
    assert page(view.contacts) != table
    assert view.note.value == ""
    assert "Undo takes back entry 1" in view.last.value
    view.undo.click()
    assert "Taken back: a voicemail" in view.said.value
    assert view.picture.value == picture
    view.contact.value = "beta-clerk"
    assert view.said.value == ""  # it was about somebody else
    view.contact.value = "acme-analyst"
    assert "the line was bad" not in page(view.sheet)


def test_undo_is_offered_only_where_there_is_something(mine):
    view = view_of(mine)
    assert view.undo.disabled
    view.write.click()
    assert not view.undo.disabled
    view.undo.click()
    assert view.undo.disabled


def test_days_are_asked_for_where_they_belong(mine):
    view = view_of(mine)
    for deed in DEEDS:
        view.deed.value = deed.label
        assert hidden(view.decide_by) == ("decide_by" not in deed.asks)
        assert hidden(view.until) == ("until" not in deed.asks)


def test_a_day_that_was_typed_for_another_deed_is_not_written(mine):
    view = view_of(mine)
    view.deed.value = "They replied"
    view.decide_by.value = dt.date(2026, 3, 19)
    view.deed.value = "Sent an e-mail"
    view.write.click()
    assert read_journal(view.bench.journal)["decide_by"].isna().all()


def test_what_is_wrong_with_an_entry_is_said_beside_the_button(mine):
    view = view_of(mine)
    view.deed.value = "Snooze: they are away until a day"
    view.write.click()
    assert 'role="alert"' in view.said.value
    assert "until when?" in view.said.value
    assert not hidden(view.tabs)
    view.until.value = dt.date(2026, 3, 20)
    view.write.click()
    assert "Written down: an absence" in view.said.value


def test_a_journal_that_cannot_be_written_is_said(mine):
    view = view_of(mine)
    view.bench.journal.mkdir()
    view.write.click()
    assert 'role="alert"' in view.said.value
    assert "my_search.journal.csv" in view.said.value


def test_a_journal_that_is_none_is_said(mine):
    view = view_of(mine)
    view.bench.journal.write_text("Mood\nred\n", encoding="utf-8")
    view.again.click()
    assert "my_search.journal.csv" in view.message.value
    assert hidden(view.tabs)
    view.bench.journal.unlink()
    view.again.click()
    assert view.message.value == ""


def test_one_contact_has_a_sheet_and_a_picture_with_words(mine):
    view = view_of(mine, me={"name": "Ada Ferrant", "phone": "555-0199"})
    shown = page(view.sheet)
    assert "Ran a team of six" in shown
    assert "Ada Ferrant" in shown
    assert 'alt="Acme, on a line of days: 1 Feb application; 2 Mar interview;' in view.picture.value
    view.contact.value = "beta-clerk"
    assert "Tom Adeyemi" in page(view.sheet)
    assert 'alt="Beta, on a line of days:' in view.picture.value


def test_a_name_that_is_not_there_leaves_nobody_chosen(mine):
    view = view_of(mine)
    view.find.value = "nobody of this name"
    assert view.contact.value is None
    assert view.write.disabled
    assert "Nobody of that name" in page(view.sheet)
    view.find.value = ""
    assert view.contact.value == "acme-analyst"
    assert not view.write.disabled


def test_tables_are_named_once_in_a_page(mine):
    view = view_of(mine)
    named = []
    for day in (10, 11, 12):
        view.day.value = dt.date(2026, 3, day)
        named.append(re.search(r'id="(workbench-\d+)"', page(view.contacts))[1])
    assert len(set(named)) == 3


def widgets_in(widget) -> list[ipywidgets.Widget]:
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += widgets_in(child)
    return found


LOGS = {
    "empty": lambda: pd.DataFrame({"Company": [""], "Interview": [""]}),
    "no interview": lambda: pd.DataFrame({"Company": ["Acme"], "Date applied": ["2026-02-01"]}),
    "undated": lambda: pd.DataFrame({"Company": ["Acme"], "Status": ["Interview"]}),
    "hostile": lambda: pd.DataFrame(
        {
            "Company": HOSTILE,
            "Interview": ["2026-03-03"] * len(HOSTILE),
            "Interviewer": HOSTILE[::-1],
            "Strengths": HOSTILE,
            "Phone": ["555-0100"] * len(HOSTILE),
        }
    ),
    "years": lambda: js.simulate_log(300, seed=7, days=900),
}


@pytest.mark.parametrize("name", LOGS)
def test_any_log_can_be_looked_at(name):
    made = LOGS[name]()
    search = notebook.open_log(made if isinstance(made, pd.DataFrame) else None, "2026-03-10")
    if not isinstance(made, pd.DataFrame):
        search = dataclasses.replace(search, log=made, source=pd.DataFrame())
    view = View(Workbench(search))
    assert view.message.value == ""
    for _, known in view.contact.options[:8]:
        view.contact.value = known
        view.write.click()
        assert "Written down" in view.said.value
    for widget in widgets_in(view.box):
        state = json.dumps(widget.get_state(), default=str, ensure_ascii=False)
        state.encode("utf-8")  # half a character cannot be sent
        assert "\\u0000" not in state
        if isinstance(widget, ipywidgets.HTML | ipywidgets.Output):  # what is no plain text
            assert "<script>alert" not in state
    shown = page(view.todo) + page(view.sheet) + view.header.value + view.said.value
    assert "\x1b" not in shown


def test_half_a_character_is_not_sent():
    assert sendable("a\ud800b") == "a?b"


def test_the_notebook_has_the_workbench_where_no_page_keeps_it():
    (path,) = (p for p in run_notebooks.notebooks() if p.stem.startswith("02_"))
    cells = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
    assert run_notebooks.LIVE in cells["bench"].metadata["tags"]
    assert not cells["bench"].outputs
    assert "workbench_view.View(" in cells["bench"].source
