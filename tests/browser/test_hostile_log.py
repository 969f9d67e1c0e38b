"""A log of one's own, named by the environment, whose names would run in a careless page."""

from __future__ import annotations

import json

import pytest

import run_notebooks
from browser.conftest import PICTURES
from browser.visiting import open_notebook

pytestmark = pytest.mark.browser

PATHS = run_notebooks.notebooks()


@pytest.mark.parametrize("name", [path.name for path in PATHS])
def test_names_stay_text(name, browser, other_lab):
    visit = open_notebook(browser, other_lab, name)
    visit.run_all()
    shown = [output for cell in visit.cells() for output in cell["outputs"]]
    assert {output["output_type"] for output in shown} <= {"execute_result", "display_data"}
    assert "my search.csv, as of Tue 24 February 2026." in json.dumps(shown)
    visit.picture(PICTURES / f"other_{name.removesuffix('.ipynb')}.png")
    drawn = visit.page.locator(".jp-OutputArea")
    assert drawn.locator("iframe, img[src^=http], img[onerror], a[href^=javascript]").count() == 0
    assert drawn.locator("table script").count() == 0
    assert drawn.locator("td", has_text="\\n").count() == 0, "a line's end is shown as its sign"
    assert (visit.outside, visit.errors) == ([], [])
    visit.stop()


def test_what_a_page_tries_elsewhere_is_noticed(browser, other_lab):
    """The checks above can fail: a request, a dialog and an error are noted, and nothing goes."""
    visit = open_notebook(browser, other_lab, PATHS[0].name)
    answered = visit.page.evaluate(
        """async () => {
          alert('seen');
          setTimeout(() => { throw new Error('broken'); });
          new WebSocket('wss://elsewhere.example/');
          const came = await fetch('https://elsewhere.example/').then(() => true, () => false);
          return new Promise(done => setTimeout(() => done(came)));
        }"""
    )
    assert not answered
    assert sorted(visit.outside) == ["https://elsewhere.example/", "wss://elsewhere.example/"]
    assert visit.errors == ["a dialog: seen", "broken"]
    visit.stop()
