"""The workbench as a person uses it: a contact read, a call written down and taken back, tabs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from browser import lab_server, widgets
from browser.conftest import PICTURES
from browser.visiting import Visit, open_notebook
from jobsearch_stats import SAMPLE_DAY, read_journal
from jobsearch_stats.sample import sample_path

pytestmark = pytest.mark.browser

NAME = "02_whom_to_call_today.ipynb"
NARROW = 860  # leaves a cell some 700 pixels
_ACROSS = "box => box.scrollWidth - box.clientWidth"


@dataclass
class Bench:
    """The workbench in the page."""

    visit: Visit

    def __post_init__(self) -> None:
        self.box = self.visit.page.locator(widgets.WORKBENCH)

    def tab(self, title: str) -> None:
        self.box.get_by_role("tab", name=title).click()

    def choose(self, label: str, option: str) -> None:
        self.box.get_by_label(label, exact=True).select_option(label=option)

    def type(self, label: str, text: str) -> None:
        field = self.box.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Enter")

    def press(self, button: str) -> None:
        self.box.get_by_role("button", name=button).press("Enter")

    def says(self, text: str) -> None:
        self.visit.expect(self.box).to_contain_text(text)

    def picture(self, name: str) -> None:
        self.visit.page.set_viewport_size({"width": 1280, "height": 2400})
        self.box.scroll_into_view_if_needed()
        self.box.screenshot(path=PICTURES / f"workbench_{name}.png")


@pytest.fixture(scope="module")
def own_lab(tmp_path_factory) -> Iterator[lab_server.Lab]:
    """A JupyterLab on a log of one's own: a copy of the sample."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "logs").mkdir()
    shutil.copy(sample_path(), folder / "logs" / "mine.csv")
    (folder / "logs" / "broken.csv").write_bytes(b"")
    settings = {
        "JOBSEARCH_LOG": str(folder / "logs" / "mine.csv"),
        "JOBSEARCH_AS_OF": SAMPLE_DAY,
    }
    with lab_server.running(folder, settings=settings) as server:
        yield server


@pytest.fixture
def bench(browser, own_lab) -> Iterator[Bench]:
    visit = open_notebook(browser, own_lab, NAME)
    visit.run_all()
    made = Bench(visit)
    made.box.scroll_into_view_if_needed()
    yield made
    assert (visit.outside, visit.errors) == ([], [])
    visit.stop()


def test_a_call_is_written_down_and_taken_back(bench, own_lab):
    log = own_lab.notebooks.parent / "logs" / "mine.csv"
    before, journal = log.read_bytes(), log.with_name("mine.journal.csv")
    bench.tab("One contact")
    bench.choose("What", "Called: left a voicemail")
    bench.type("Note", "the line was bad <b>")
    bench.press("Write it down")
    bench.says("Written down: a voicemail, ")
    bench.says("the line was bad <b>")
    assert read_journal(journal)["note"].str.strip().tolist() == ["the line was bad <b>"]
    bench.picture("written")
    bench.press("Undo the last entry")
    bench.says("Taken back: a voicemail, ")
    assert read_journal(journal)["undone"].iloc[0]
    assert log.read_bytes() == before


def test_another_day_and_another_strategy_make_another_list(bench):
    bench.says("message 1 of 2")
    todo = bench.box.locator(".widget-output").first
    before = todo.text_content()
    bench.type("Day", "2026-03-12")
    bench.says("as of Thu 12 March 2026")
    bench.visit.expect(todo).not_to_have_text(before)
    bench.choose("Strategy", "NO_FOLLOW_UP")
    bench.visit.expect(todo).not_to_contain_text("message 1 of 2")
    bench.choose("Strategy", "DAY_AFTER")
    bench.type("Day", SAMPLE_DAY)
    bench.visit.expect(todo).to_have_text(before)


def test_what_cannot_be_used_is_said_in_the_page(bench, own_lab):
    broken = str(own_lab.notebooks.parent / "logs" / "broken.csv")
    bench.type("File", broken)
    bench.says("broken.csv is empty")
    bench.picture("broken")
    bench.type("File", broken.replace("broken", "mine"))
    bench.says("mine.csv, as of")
    bench.type("Holidays of", "XX")
    bench.says("country='XX' is not known")
    bench.type("Holidays of", "DE-BY")
    bench.says("mine.csv, as of")
    bench.tab("One contact")
    bench.choose("What", "Snooze: they are away until a day")
    bench.press("Write it down")
    bench.says("until when?")


@pytest.mark.parametrize("width", [1280, NARROW])
def test_each_tab_is_drawn_and_none_is_too_wide(bench, width):
    bench.visit.page.set_viewport_size({"width": width, "height": 1400})
    for title in ("What to do", "All contacts", "One contact"):
        bench.tab(title)
        bench.says("entries per page" if title == "All contacts" else "They said")
        assert bench.box.evaluate(_ACROSS) <= 1, title
        bench.box.screenshot(path=PICTURES / f"workbench_{title.replace(' ', '_')}_{width}.png")
    table = bench.box.locator(".dt-container")
    assert table.count() == 1
    width_of_picture = bench.box.locator("img").evaluate("img => img.naturalWidth")
    assert width_of_picture > 100


def test_a_table_is_sorted_and_searched(bench):
    bench.tab("All contacts")
    heading = bench.box.locator(".dt-container thead th").first
    heading.click()
    bench.visit.expect(heading).to_have_attribute("aria-sort", "ascending")
    bench.box.get_by_role("searchbox").fill("no row has this")
    bench.visit.expect(bench.box.locator("td.dt-empty")).to_be_visible()
