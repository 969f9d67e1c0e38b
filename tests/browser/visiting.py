"""A notebook or a page in the browser: opened, run, looked at, with every request noted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, LocatorAssertions, Page

    from browser.lab_server import Lab

PATIENCE = 120_000
"""Milliseconds for a promise to come true: a loaded machine is slow."""

WIDE = {"width": 1280, "height": 900}

LOCAL = re.compile(r"(?:https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:|file:///")

NOISE = {
    # Chromium says so of every observer that changes what it observes, as JupyterLab's layout does
    "ResizeObserver loop completed with undelivered notifications.",
}
"""Errors of the page that are JupyterLab's own, each with its reason."""

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # what the note-taking below misses, the browser's own requests included, finds no address
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

_OPEN = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  return Boolean(panel && panel.content && panel.content.model && panel.sessionContext);
}"""

_READY = """async () => {  // a cell that is drawn is not yet one that can be run
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""

_RUN = "() => jupyterapp.commands.execute('notebook:run-all-cells')"

_IN_TIME = f"""Promise.race([(%s)(), new Promise((_, tooLate) =>
  setTimeout(() => tooLate(new Error('not done after {PATIENCE} ms')), {PATIENCE}))])"""

_CELLS = """() => jupyterapp.shell.currentWidget.content.model.toJSON().cells
  .filter(cell => cell.cell_type === 'code')"""

_SAVE = "() => jupyterapp.shell.currentWidget.context.save()"

_STOP = "() => jupyterapp.shell.currentWidget.sessionContext.shutdown()"

_HEIGHT = """async () => {  // down to the last cell's end, with room for what stands below it
  const panel = document.querySelector('.jp-WindowedPanel-outer');
  panel.scrollTop = 0;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const below = innerHeight - panel.getBoundingClientRect().bottom;
  const cells = [...document.querySelectorAll('.jp-Notebook .jp-Cell')];
  return Math.ceil(Math.max(...cells.map(c => c.getBoundingClientRect().bottom)) + below + 30);
}"""

_DRAWN = """() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')]
  .every(cell => cell.style.contentVisibility === 'visible')"""


def flags() -> list[str]:
    """Return what Chromium is started with."""
    return [*FLAGS, *(["--no-sandbox"] if chromium.is_root() else [])]


@dataclass
class Visit:
    """A page in the browser, and what it did besides.

    Attributes
    ----------
    page
        The page.
    outside
        Addresses that it asked for elsewhere: blocked, and noted.
    errors
        Errors of its scripts, and dialogs that it opened.
    """

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def cells(self) -> list[dict]:
        """Return the code cells as the notebook holds them, with their outputs."""
        return self.page.evaluate(_CELLS)

    def run_all(self) -> None:
        """Run all cells; return when they are through."""
        self.page.evaluate(_IN_TIME % _RUN)

    def text(self) -> str:
        """Return all that stands in the notebook, its outputs and widgets included."""
        return self.page.locator(".jp-Notebook").text_content()

    def until(self, promise: str, argument: object = None) -> None:
        """Wait until something is true in the page."""
        self.page.wait_for_function(promise, arg=argument)

    def expect(self, place: Locator) -> LocatorAssertions:
        """Return what is expected of a place in the page, sooner or later."""
        from playwright.sync_api import expect

        expect.set_options(timeout=PATIENCE // 4)
        return expect(place)

    def save(self) -> None:
        """Save the notebook, as ctrl+S does."""
        self.page.evaluate(_SAVE)

    def picture(self, path: Path) -> None:
        """Take a picture of the whole notebook, and leave the window that tall.

        JupyterLab guesses how tall a cell is until it comes into sight, so a window that was tall
        enough may be so no longer when all of it is drawn.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        height = 0
        while (needed := self.page.evaluate(_HEIGHT)) > height:
            height = needed
            self.page.set_viewport_size({**WIDE, "height": height})
        self.until(_DRAWN)
        self.page.screenshot(path=path)

    def stop(self) -> None:
        """End the notebook's kernel, and close the page."""
        self.page.evaluate(_STOP)
        self.page.context.close()


def new_visit(browser: Browser, **options: object) -> Visit:
    """Return an empty page that notes what it is asked for and what goes wrong."""
    usual = {"viewport": WIDE, "locale": "en-GB", "service_workers": "block"}
    context = browser.new_context(**usual | options)
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())

    def ask(route) -> None:
        address = route.request.url
        if LOCAL.match(address):
            route.continue_()
        else:
            visit.outside.append(address)
            route.abort()

    def note(error: object) -> None:
        if str(error) not in NOISE:
            visit.errors.append(str(error))

    def dismiss(dialog) -> None:
        visit.errors.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    context.route("**/*", ask)
    page = visit.page
    page.on("websocket", lambda w: LOCAL.match(w.url) or visit.outside.append(w.url))
    page.on("pageerror", note)
    page.on("dialog", dismiss)
    return visit


def open_notebook(browser: Browser, lab: Lab, name: str) -> Visit:
    """Return a notebook in JupyterLab whose kernel is ready."""
    visit = new_visit(browser)
    visit.page.goto(lab.url(name))
    visit.page.wait_for_function(_OPEN)
    visit.page.evaluate(_IN_TIME % _READY)
    return visit


def open_page(browser: Browser, path: Path, **options: object) -> Visit:
    """Return a page of a file, loaded.

    Parameters
    ----------
    browser
        The browser.
    path
        The file.
    options
        Of playwright's contexts: `viewport`, `color_scheme` ...
    """
    visit = new_visit(browser, **options)
    visit.page.goto(path.resolve().as_uri())
    return visit
