"""What takes over a second says how far it is, where somebody looks."""

import io
import sys
import time

import pytest

from jobsearch_stats import progress, progress_bar, simulate_power
from jobsearch_stats.progress import working


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self):
        return True


@pytest.fixture
def watched(monkeypatch):
    """Return what puts standard error elsewhere: within the test, as pytest sets it before."""
    monkeypatch.setattr(progress, "AFTER", 0.0)

    def put(out):
        monkeypatch.setattr(sys, "stderr", out)
        return out

    return put


def test_a_bar_says_what_is_done_and_how_far_it_is(watched):
    terminal = watched(Terminal())
    bar = progress_bar("Resampling")
    bar(250, 1000)
    bar.bar.refresh()
    assert "Resampling:  25%" in terminal.getvalue()
    bar(500, 1000)
    assert bar.bar.n == 500
    bar(1000, 1000)
    assert bar.bar is None


def test_a_bar_can_be_used_again(watched):
    terminal = watched(Terminal())
    bar = progress_bar("Resampling")
    for total in (10, 40):
        bar(5, total)
        assert bar.bar.total == total
        bar(total, total)
    assert terminal.getvalue().endswith("\r")


def test_what_is_quick_shows_no_bar(monkeypatch):
    out = Terminal()
    monkeypatch.setattr(sys, "stderr", out)
    bar = progress_bar("Resampling")
    bar(1, 2)
    bar(2, 2)
    with working("Reading"):
        pass
    assert out.getvalue() == ""


def test_a_file_or_a_pipe_shows_nothing(watched):
    out = watched(io.StringIO())
    bar = progress_bar("Resampling")
    bar(1, 2)
    bar(2, 2)
    with working("Reading"):
        time.sleep(0.01)
    assert out.getvalue() == ""


def test_what_cannot_tell_how_far_it_is_counts_seconds_and_leaves_nothing_behind(watched):
    terminal = watched(Terminal())
    with working("Reading my_search.xlsx"):
        deadline = time.monotonic() + 20
        while "Reading my_search.xlsx: 00:00" not in terminal.getvalue():
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert terminal.getvalue().endswith("\r")


def test_an_error_goes_through_and_ends_the_clock(watched):
    watched(Terminal())
    with pytest.raises(ValueError, match="broken"), working("Reading"):
        raise ValueError("broken")


def test_power_tells_of_every_search():
    seen = []
    simulate_power(
        n=[40, 60],
        seed=1,
        design=["randomised", "observational"],
        n_simulations=3,
        n_boot=20,
        progress=lambda done, wanted: seen.append((done, wanted)),
    )
    assert seen == [(done, 12) for done in (3, 6, 7, 8, 9, 10, 11, 12)]
