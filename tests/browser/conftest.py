"""One JupyterLab and one Chromium for all tests here; `make browser` sets up what they need."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import chromium
from browser import hostile, lab_server, visiting

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "browser"

sys.path.append(str(PICTURES / "packages"))  # behind .venv, so that nothing there is hidden


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """A headless Chromium that knows of no address but 127.0.0.1."""
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    assert path, chromium.MISSING
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=visiting.flags())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[lab_server.Lab]:
    """A JupyterLab on a copy of the notebooks, which show the sample."""
    with lab_server.running(tmp_path_factory.mktemp("lab"), settings={}) as server:
        yield server


@pytest.fixture(scope="session")
def other_lab(tmp_path_factory) -> Iterator[lab_server.Lab]:
    """A JupyterLab whose notebooks show another log, named by the environment as make does it."""
    folder = tmp_path_factory.mktemp("other")
    settings = {
        "JOBSEARCH_LOG": str(hostile.write_log(folder / "my search.csv")),
        "JOBSEARCH_AS_OF": hostile.DAY,
    }
    with lab_server.running(folder, settings=settings) as server:
        yield server
