"""Cells of CSV files as long as they are: the csv module stops at 128 kB by itself."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager

_CELL_LIMIT = 2**31 - 1
"""The most that fits a C long on every system: no text that is in memory has a longer cell."""


@contextmanager
def long_cells() -> Iterator[None]:
    """Let cells be as long as they are while the block runs."""
    old = csv.field_size_limit(_CELL_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(old)
