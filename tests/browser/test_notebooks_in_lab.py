"""The notebooks as a person has them: opened in JupyterLab, run, looked at, their sliders moved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import nbformat
import pytest

import run_notebooks
from browser import widgets
from browser.conftest import PICTURES
from browser.visiting import Visit, open_notebook, open_page

pytestmark = pytest.mark.browser

PATHS = run_notebooks.notebooks()
TABLES = f".jp-OutputArea .dt-container{widgets.ELSEWHERE}"


@pytest.fixture(scope="module", params=PATHS, ids=[path.stem for path in PATHS])
def visit(request, browser, lab) -> Iterator[Visit]:
    """A notebook that was run from top to bottom."""
    opened = open_notebook(browser, lab, request.param.name)
    opened.run_all()
    yield opened
    opened.stop()


def outputs(visit: Visit) -> list[dict]:
    return [output for cell in visit.cells() for output in cell["outputs"]]


def html_of(output: dict) -> str:
    """Return an output's HTML; a notebook keeps it in one text, or line by line."""
    return "".join(output.get("data", {}).get("text/html", ""))


def test_every_cell_runs_without_an_error_and_without_a_warning(visit):
    cells = [cell for cell in visit.cells() if cell["source"]]
    assert cells
    assert all(cell["execution_count"] for cell in cells)
    shown = outputs(visit)
    assert {output["output_type"] for output in shown} <= {"execute_result", "display_data"}
    assert "as of" in json.dumps(shown)


def test_tables_are_drawn(visit):
    n_tables = sum("new ITable(" in html_of(output) for output in outputs(visit))
    drawn = visit.page.locator(TABLES)
    visit.until(
        "([tables, n]) => document.querySelectorAll(tables).length >= n", [TABLES, n_tables]
    )
    assert drawn.count() == n_tables
    assert visit.page.get_by_text("Loading ITables").count() == 0


def test_pictures_are_drawn(visit):
    n_pictures = sum("image/png" in output.get("data", {}) for output in outputs(visit))
    widths = visit.page.evaluate(
        "pictures => [...document.querySelectorAll(pictures)].map(img => img.naturalWidth)",
        f".jp-OutputArea img{widgets.ELSEWHERE}",
    )
    assert len(widths) == n_pictures
    assert all(width > 100 for width in widths)


def test_tables_are_sorted_by_a_click_and_searched(visit):
    tables = visit.page.locator(TABLES)
    for i in range(tables.count()):
        table = tables.nth(i)
        heading, rows = table.locator("thead th").first, table.locator("tbody tr")
        n = rows.count()
        heading.click()
        visit.expect(heading).to_have_attribute("aria-sort", "ascending")
        heading.get_by_role("button").press("Enter")
        visit.expect(heading).to_have_attribute("aria-sort", "descending")
        search = table.get_by_role("searchbox")
        search.fill("no row has this")
        visit.expect(table.locator("td.dt-empty")).to_be_visible()
        search.fill("")
        visit.expect(rows).to_have_count(n)


def test_widgets_answer(visit):
    """Each is moved with the keyboard, and what it governs is worked out anew."""
    live = [c for c in visit.cells() if run_notebooks.LIVE in c["metadata"].get("tags", [])]
    found = widgets.found(visit)
    bench = visit.page.locator(widgets.WORKBENCH).count()
    assert len(live) == bench + bool(found)
    for kind, widget in found:
        before, after = widgets.moved(visit, kind, widget)
        assert before
        assert before != after, kind
    assert not visit.page.locator(".jupyter-widgets-error-widget").count()
    wrong = r"Error (?:displaying|creating) widget|This should not have happened"
    assert not re.search(wrong, visit.text())


def test_the_whole_notebook_is_seen(visit, request):
    name = request.node.callspec.id
    visit.picture(PICTURES / f"{name}.png")
    assert "Traceback (most recent call last)" not in visit.text()


def test_its_page_needs_no_network(visit, browser, lab, request, tmp_path):
    name = request.node.callspec.id
    visit.save()
    book = nbformat.read(lab.notebooks / f"{name}.ipynb", as_version=4)
    path = tmp_path / f"{name}.html"
    path.write_text(run_notebooks.page_of(book, name), encoding="utf-8")
    page = open_page(browser, path)
    n_tables = visit.page.locator(TABLES).count()
    page.expect(page.page.locator(".dt-container")).to_have_count(n_tables)
    assert page.page.locator("img:not([alt]), img[alt^='No description']").count() == 0
    assert (page.outside, page.errors) == ([], [])
    page.page.context.close()


def test_it_asks_for_nothing(visit):
    """No question whether it may fetch news, which would stand over the notebook."""
    assert visit.page.locator(".Toastify__toast, .jp-Dialog").all_inner_texts() == []


def test_nothing_is_asked_of_the_network_and_no_script_fails(visit):
    assert visit.outside == []
    assert visit.errors == []
