"""Run the notebooks: `refresh` stores the sample's outputs in them, `html` leaves pages in build.

With JOBSEARCH_LOG (make demo LOG=...) the pages are about your own file; they stay in build/.
"""

import asyncio
import base64
import io
import itertools
import os
import sys
from html import escape
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from jobsearch_stats import progress_bar
from jobsearch_stats.importing.sources import path_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
PAGES = ROOT / "build" / "notebooks"

SETTINGS = ("JOBSEARCH_LOG", "JOBSEARCH_AS_OF", "JOBSEARCH_MAP", "JOBSEARCH_DATE_ORDER")

PICTURE = "image/png"
NOT_DESCRIBED = 'alt="No description has been provided for this image"'
BUNDLE = "offline-tables"
"""Tag of the cell that loads the tables' JavaScript: a megabyte that is not kept in git."""

LIVE = "live"
"""Tag of a cell whose output works in JupyterLab alone, such as sliders: it is kept nowhere."""


def notebooks() -> list[Path]:
    """Return the notebooks in reading order."""
    return sorted(FOLDER.glob("[0-9]*.ipynb"))


def use_settings() -> None:
    """Make the path of a log absolute and forget blank settings, as make passes them."""
    for name in SETTINGS:
        if not os.environ.get(name):
            os.environ.pop(name, None)
    log = os.environ.get("JOBSEARCH_LOG", "")
    if log and "://" not in log:
        os.environ["JOBSEARCH_LOG"] = str(path_of(log).resolve())


class QuietClient(NotebookClient):
    """A client that sends nothing while it waits for a reply.

    It would answer what a slider shows, and overlook a reply that comes at that moment: it then
    waits until its time is up (nbclient issue 312). Here what a slider shows stays in its cell.
    """

    def on_comm_open_jupyter_widget(self, _msg: object) -> None:
        """Leave the widget's outputs to its cell."""


def run(path: Path) -> NotebookNode:
    """Return the notebook, run from top to bottom in its own folder."""
    return asyncio.run(run_all([path]))[0]


async def run_all(paths: list[Path]) -> list[NotebookNode]:
    """Return the notebooks, run side by side."""
    books = [nbformat.read(path, as_version=4) for path in paths]
    cells = sum(cell.cell_type == "code" for book in books for cell in book.cells)
    show, done = progress_bar("Running the notebooks"), itertools.count(1)
    clients = [
        QuietClient(
            book,
            timeout=600,
            kernel_name="python3",
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],  # a warning about TCP on one's own machine
            on_cell_executed=lambda **_: show(next(done), cells),
            resources={"metadata": {"path": str(path.parent)}},
        )
        for book, path in zip(books, paths, strict=True)
    ]
    return list(await asyncio.gather(*(client.async_execute() for client in clients)))


def still(book: NotebookNode) -> NotebookNode:
    """Return the notebook without what works in JupyterLab alone."""
    for cell in book.cells:
        if LIVE in cell.metadata.get("tags", []):
            cell.outputs = []
    book.metadata.pop("widgets", None)  # a page would fetch what draws them from elsewhere
    return book


def tidy(book: NotebookNode) -> NotebookNode:
    """Return the notebook without what changes from run to run or machine to machine."""
    for cell in still(book).cells:
        cell.metadata.pop("execution", None)
        if BUNDLE in cell.metadata.get("tags", []):
            cell.outputs = []
        for output in cell.get("outputs", []):
            if PICTURE in output.get("data", {}):
                output["data"][PICTURE] = small_picture(output["data"][PICTURE])
    book.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        }
    )
    return book


def small_picture(png: str) -> str:
    """Return a picture (base64) in 256 colours, which takes a third of the room.

    Plots have few colours; what is lost are shades between them on the edges of lines and letters.
    """
    from PIL import Image

    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    out = io.BytesIO()
    picture.quantize(256, dither=Image.Dither.NONE).save(out, "png", optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii") + "\n"


def refresh() -> None:
    """Store the sample's outputs in the notebooks."""
    for name in SETTINGS:
        os.environ.pop(name, None)
    paths = notebooks()
    for path, book in zip(paths, asyncio.run(run_all(paths)), strict=True):
        nbformat.write(tidy(book), path)
        print(path.relative_to(ROOT))


def described(page: str, book: NotebookNode) -> str:
    """Return a page whose pictures have the description that their cell gives (`alt`).

    The exporter knows of no such descriptions, and says of each picture that it has none.
    """
    for cell in book.cells:
        for output in cell.get("outputs", []):
            if PICTURE in output.get("data", {}):
                text = escape(cell.metadata.get("alt", ""), quote=True)
                page = page.replace(NOT_DESCRIBED, f'alt="{text}"', 1)
    return page


def page_of(book: NotebookNode, name: str) -> str:
    """Return a notebook as a page that needs no network."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="lab", require_js_url="", mathjax_url="", mermaid_js_url="", jquery_url=""
    )
    exporter.log.setLevel("ERROR")  # it misses the descriptions that are put in here
    page, _ = exporter.from_notebook_node(still(book), {"metadata": {"name": name}})
    return described(page, book)


def html() -> list[Path]:
    """Write the notebooks as pages that need no network, and return their paths."""
    use_settings()
    PAGES.mkdir(parents=True, exist_ok=True)
    paths = notebooks()
    pages = []
    for path, book in zip(paths, asyncio.run(run_all(paths)), strict=True):
        pages.append(PAGES / f"{path.stem}.html")
        pages[-1].write_text(page_of(book, path.stem), encoding="utf-8")
    return pages


if __name__ == "__main__":
    {"refresh": refresh, "html": html}[sys.argv[1]]()
