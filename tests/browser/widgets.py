"""What can be moved in a notebook, moved as a person without a mouse would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobsearch_stats import workbench_view

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from browser.visiting import Visit

KINDS = {
    "slider": ".noUi-handle",
    "dropdown": ".widget-dropdown select",
    "choice": ".widget-toggle-buttons button:not(.mod-active)",
    "tick": ".widget-checkbox input",
}
"""The selectors of each kind."""

WORKBENCH = f".{workbench_view.NAMED}"
"""What has tests of its own: it stands in tabs, of which one is seen at a time."""

ELSEWHERE = f":not({WORKBENCH} *)"
"""Ends a selector of what stands outside the workbench."""

_GOVERNED = """widget => {  // what is worked out, without the widget's own readout
  const cell = widget.closest('.jp-Cell');
  return [...cell.querySelectorAll('.widget-output, .widget-html')]
    .map(part => part.textContent + part.querySelectorAll('img').length).join('\\n');
}"""

_CHANGED = f"""([widget, before]) => {{
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  return kernel.status === 'idle' && ({_GOVERNED})(widget) !== before;
}}"""


def found(visit: Visit) -> list[tuple[str, Locator]]:
    """Return everything in the notebook's outputs that can be moved, with its kind.

    What is in the workbench is left out.
    """
    out = []
    for kind, selector in KINDS.items():
        places = visit.page.locator(f".jp-OutputArea {selector}{ELSEWHERE}")
        out += [(kind, places.nth(i)) for i in range(places.count())]
    return out


def moved(visit: Visit, kind: str, widget: Locator) -> tuple[str, str]:
    """Move one a step, and return what it governs before and after."""
    before = widget.evaluate(_GOVERNED)
    handle = widget.element_handle()  # it stays the same one when its kind's order changes
    widget.focus()
    if kind == "slider":
        at_end = widget.get_attribute("aria-valuenow") == widget.get_attribute("aria-valuemax")
        widget.press("ArrowLeft" if at_end else "ArrowRight")
    elif kind == "dropdown":
        chosen, n = widget.evaluate("list => [list.selectedIndex, list.options.length]")
        widget.select_option(index=(chosen + 1) % n)
    else:
        widget.press("Space")
    visit.until(_CHANGED, [handle, before])
    return before, handle.evaluate(_GOVERNED)
