"""Delimited text to a raw table."""

from __future__ import annotations

import csv
from functools import partial

from .delimited import Layout, delimited, long_cells, repaired_records, sound_records
from .problems import Problems
from .raw import HeaderScore, RawTable, table_of_records


def table_of_text(
    text: str, name: str, layout: Layout, score: HeaderScore, found: Problems
) -> RawTable:
    """Return the raw table of delimited text; sound files take the short way."""
    text, delimiter = delimited(text, layout.delimiter, score)
    table = partial(
        table_of_records, name=name, header_row=layout.header_row, score=score, found=found
    )
    n_before = len(found)
    with long_cells():
        try:
            return table(sound_records(text, delimiter))
        except csv.Error:
            found.forget_from(n_before)
        return table(repaired_records(text, delimiter, found))
