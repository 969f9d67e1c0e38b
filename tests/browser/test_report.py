"""The report as its reader has it: a file in a browser, on a telephone, in the dark, on paper."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from browser import hostile
from browser.conftest import PICTURES
from browser.visiting import open_page

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
LOGS = ("sample", "hostile")


def written(folder: Path, *arguments: str) -> Path:
    """Return a report, written by the command line as a person does it."""
    path = folder / "report.html"
    command = [sys.executable, "-m", "jobsearch_stats", "report", *arguments, f"--output={path}"]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[str, Path]:
    """The reports on the sample, and on a log whose names would run in a careless page."""
    sample, other = (tmp_path_factory.mktemp(name) for name in LOGS)
    log = hostile.write_log(other / "my search.csv")
    return {
        "sample": written(sample),
        "hostile": written(other, str(log), f"--as-of={hostile.DAY}"),
    }


@pytest.fixture(params=LOGS)
def report(request, reports) -> Path:
    return reports[request.param]


@pytest.fixture
def page(browser, report):
    """The report in a wide window, which must neither ask for anything nor fail."""
    visit = open_page(browser, report)
    yield visit.page
    assert (visit.outside, visit.errors) == ([], [])
    visit.page.context.close()


def test_names_stay_text(page):
    assert page.locator("iframe, img[src^=http], img[onerror], a[href^=javascript]").count() == 0
    assert page.locator("main script, main link").count() == 0
    assert page.locator("table").count() > 3


def column(table, at: int) -> list[str]:
    """Return what stands in a column, as it is seen."""
    return table.locator(
        f"tbody tr td:nth-child({at}), tbody tr th:nth-child({at})"
    ).all_inner_texts()


def test_a_click_sorts(page):
    table = page.locator("#section-contacts table").first
    before = column(table, 1)
    heading = table.locator("thead th").first
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    up = column(table, 1)
    assert sorted(up) == sorted(before)
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert column(table, 1)[0] == up[-1]
    assert len(set(up)) > 5


def test_the_keyboard_alone_sorts(page):
    """With Tab from the top to a heading, which shows that it is there, and Enter."""
    heading = page.locator("#section-contacts table thead th").nth(1)
    button = heading.get_by_role("button")
    for _ in range(200):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    assert button.evaluate("button => button.matches(':focus-visible')")
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert heading.get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("width", [PHONE["width"], 320, 768])
def test_a_narrow_window_does_not_scroll_sideways(browser, report, width):
    visit = open_page(browser, report, viewport={**PHONE, "width": width})
    wide, there = visit.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= there
    visit.page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "wide"])
def test_nothing_keeps_anybody_from_reading(browser, report, scheme, viewport):
    """axe-core finds no serious fault: contrast, names, order, roles."""
    from axe_playwright_python.sync_playwright import Axe

    visit = open_page(browser, report, color_scheme=scheme, viewport=viewport)
    name = f"report_{report.parent.name.rstrip('0123456789')}_{scheme}_{viewport['width']}.png"
    visit.page.screenshot(path=PICTURES / name, full_page=True)
    found = Axe().run(visit.page).response
    faults = [
        (fault["id"], fault["help"], [node["html"][:200] for node in fault["nodes"][:3]])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert faults == []
    visit.page.context.close()


def test_the_dark_is_dark(browser, report):
    shades = {}
    for scheme in ("light", "dark"):
        visit = open_page(browser, report, color_scheme=scheme)
        color = visit.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(map(int, re.findall(r"\d+", color)[:3]))
        visit.page.context.close()
    assert shades["dark"] < 150 < 600 < shades["light"]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_fits_on_a_few_sheets_of_paper(browser, reports, paper):
    visit = open_page(browser, reports["sample"])
    pdf = visit.page.pdf(format=paper, path=PICTURES / f"report_{paper}.pdf")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= 4
    visit.page.context.close()
