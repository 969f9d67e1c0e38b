"""What takes over a second says how far it is: on a terminal or in a notebook, else nothing.

Nothing is loaded for it before that second is over, so whatever is quick stays quick.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Progress = Callable[[int, int], object]
"""Called as ``progress(done, total)`` from time to time."""

AFTER = 1.0
"""Seconds before anything is shown."""

_EVERY = 0.2


def progress_bar(text: str) -> Progress:
    """Return a bar to pass as `progress=` to what takes long.

    It shows itself after a second, on a terminal or in a notebook; where standard error is a file
    or a pipe it stays quiet.

    Parameters
    ----------
    text
        What is being done, such as "Resampling".

    Returns
    -------
    callable
        Takes ``(done, total)``; at the end of one run it is ready for the next.

    Examples
    --------
    >>> from jobsearch_stats import progress_bar, simulate_power
    >>> bar = progress_bar("Making up searches")
    >>> len(simulate_power(n=100, seed=1, n_simulations=20, progress=bar).table)
    1
    """
    return _Bar(text)


class _Bar:
    """A bar that is made when it is first needed, after a second."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.began: float | None = time.monotonic()
        self.bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        """Move the bar to `done` of `total`."""
        if self.began is None:
            self.began = time.monotonic()
        if self.bar is None and done < total and time.monotonic() - self.began >= AFTER:
            self.bar = _shown(self.text, total)
        if self.bar is not None:
            self.bar.total = total
            self.bar.update(done - self.bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.close()
        self.began, self.bar = None, None


def _shown(text: str, total: int) -> Any:
    """Return tqdm's bar where somebody looks, else None."""
    if _in_a_notebook():
        from tqdm.notebook import tqdm as notebook_bar

        return notebook_bar(total=total, desc=text, leave=False)
    if not sys.stderr.isatty():
        return None
    from tqdm import tqdm

    return tqdm(total=total, desc=text, leave=False, dynamic_ncols=True)


def _in_a_notebook() -> bool:
    """Return whether a notebook's kernel runs this; nothing is loaded to find out."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and getattr(shell, "kernel", None) is not None


@contextmanager
def working(text: str) -> Iterator[None]:
    """Say on a terminal what is being done, and for how long, once it takes over a second.

    For what cannot tell how far it is, such as reading a file.

    Parameters
    ----------
    text
        What is being done, such as "Reading my_search.xlsx".
    """
    if not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    clock = threading.Thread(target=_count_seconds, args=(text, over), daemon=True)
    clock.start()
    try:
        yield
    finally:
        over.set()
        clock.join()


def _count_seconds(text: str, over: threading.Event) -> None:
    if over.wait(AFTER):
        return
    from tqdm import tqdm

    with tqdm(desc=text, bar_format="{desc}: {elapsed}", leave=False, dynamic_ncols=True) as bar:
        bar.start_t -= AFTER
        while not over.wait(_EVERY):
            bar.refresh()
