"""The workbench of notebook 02, used as after a call: choose, read, write down, take back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser import hostile
from browser.visiting import Visit, open_notebook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit(browser, lab) -> Iterator[Visit]:
    opened = open_notebook(browser, lab, "02_whom_to_call_today.ipynb")
    opened.run_all()
    yield opened
    assert (opened.outside, opened.errors) == ([], [])
    opened.stop()


@pytest.fixture
def desk(visit):
    return visit.page.locator(".jobsearch-workbench")


def field(desk, name):
    return desk.get_by_label(name, exact=True)


def tab(desk, name):
    desk.get_by_text(name, exact=True).click()


def test_another_day_and_another_strategy_make_another_list(visit, desk):
    tab(desk, "What to do")
    lists = desk.locator(".widget-output").first
    visit.expect(lists).to_contain_text("Call")
    before = lists.text_content()
    field(desk, "Day").fill("2026-03-12")
    visit.expect(desk).to_contain_text("as of Thu 12 March 2026")
    visit.expect(lists).not_to_have_text(before)
    field(desk, "Strategy").select_option("NO_FOLLOW_UP")
    visit.expect(lists).not_to_contain_text("message 1 of 2")
    field(desk, "Strategy").select_option("DAY_AFTER")
    field(desk, "Day").fill("2026-03-10")
    visit.expect(lists).to_have_text(before)


def test_all_contacts_stand_in_a_table_to_search(visit, desk):
    tab(desk, "All contacts")
    table = desk.locator(".dt-container")
    visit.expect(table.locator("tbody tr").nth(3)).to_be_visible()
    table.get_by_role("searchbox").fill("no row has this")
    visit.expect(table.locator("td.dt-empty")).to_be_visible()


def test_what_one_did_is_written_down_beside_the_file_and_taken_back(visit, desk, tmp_path):
    log = hostile.write_log(tmp_path / "mine.csv")
    content = log.read_bytes()
    field(desk, "File").fill(str(log))
    field(desk, "File").press("Enter")
    visit.expect(desk).to_contain_text("mine.csv, as of")
    field(desk, "Day").fill(hostile.DAY)
    visit.expect(desk).to_contain_text("mine.csv, as of Tue 24 February 2026")

    tab(desk, "One contact")
    field(desk, "Find").fill("Fox")
    field(desk, "Find").press("Enter")
    visit.expect(field(desk, "Contact").locator("option").first).to_contain_text("Fox")
    visit.expect(desk.locator("h3, h4").filter(has_text="Fox & Söhne").first).to_be_visible()
    field(desk, "What").select_option("Called: left a voicemail")
    field(desk, "Note").fill("<b>she</b> calls back")
    desk.get_by_role("button", name="Write it down").click()
    visit.expect(desk).to_contain_text("Written down: a voicemail, 🦊 Fox & Söhne")
    (journal,) = (path for path in tmp_path.iterdir() if path != log)
    assert "<b>she</b> calls back" in journal.read_text(encoding="utf-8")

    desk.get_by_role("button", name="Undo the last entry").click()
    visit.expect(desk).to_contain_text("Taken back: a voicemail")
    assert log.read_bytes() == content


def test_a_file_that_is_not_there_is_said_and_nothing_breaks(visit, desk):
    field(desk, "File").fill("nowhere.csv")
    field(desk, "File").press("Enter")
    visit.expect(desk).to_contain_text("nowhere.csv")
    assert "should not have happened" not in visit.text()
    assert "Traceback" not in visit.text()
