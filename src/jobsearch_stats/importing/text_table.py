"""Delimited text to a raw table: sound text by pandas' parser, the rest row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from ..long_cells import long_cells
from .delimited import (
    Layout,
    delimited,
    end_of,
    repaired_records,
    sound_records,
)
from .lone_cells import why_no_application
from .problems import Problems
from .raw import (
    Column,
    HeaderScore,
    RawTable,
    find_head,
    looked_at,
    note_short,
    reject_long,
    table_of_records,
)

_MANY, _SAMPLE = 50_000, 5_000
"""In files of many rows, a sample tells which columns repeat few values."""

_MOST_MORE = 50
"""Cells beyond the header's that a row may have and still be read at once."""


def table_of_text(
    text: str, name: str, layout: Layout, score: HeaderScore, found: Problems
) -> RawTable:
    """Return the raw table of delimited text."""
    text, delimiter = delimited(text, layout.delimiter, score)
    content = text.encode("utf-8")
    n_before = len(found)
    with long_cells():
        table = _at_once(content, delimiter, name, layout, score, found)
        if table is not None:
            return table
        found.forget_from(n_before)
        row_by_row = partial(
            table_of_records,
            name=name,
            header_row=layout.header_row,
            names=layout.names,
            score=score,
            found=found,
        )
        try:
            return row_by_row(sound_records(content, delimiter))
        except csv.Error:
            found.forget_from(n_before)
        return row_by_row(repaired_records(content, delimiter, found))


def _at_once(
    content: bytes, delimiter: str, name: str, layout: Layout, score: HeaderScore, found: Problems
) -> RawTable | None:
    """Return the table of sound text; None if quotes or line ends are not where they should be.

    A million rows take a second, and row by row ten.
    """
    if not delimiter.isascii():
        return None
    reader = sound_records(content, delimiter)
    try:
        top = list(islice(reader, looked_at(layout.header_row)))
    except csv.Error:
        return None
    head = find_head(
        top,
        name=name,
        header_row=layout.header_row,
        names=layout.names,
        score=score,
        found=found,
    )
    start = end_of(content, delimiter, head.at + 1)
    widths = _widths(content, start, delimiter)
    n_headers = len(head.headers)
    if widths is None or widths.max(initial=0) > n_headers + _MOST_MORE:
        return None
    columns = _columns(
        content, start, delimiter, max(n_headers, int(widths.max(initial=0))), len(widths)
    )
    if columns is None:
        return None
    first = head.at + 2
    raw = RawTable(name, columns, np.arange(first, first + len(widths), dtype="int64"))
    return _squared(raw, widths, head.headers, found)


def _widths(content: bytes, start: int, delimiter: str) -> np.ndarray | None:
    """Return how many cells each record has; None if its quotes or line ends are not sound."""
    mark = delimiter.encode()
    open_end = start < len(content) and not content.endswith(b"\n")
    if content.find(b'"', start) >= 0:
        content, start = _outside(content[start:], mark), 0
        if not content:
            return None
    returns = content.count(b"\r", start)
    if returns and returns != content.count(b"\r\n", start):
        return None
    others = bytes(byte for byte in range(256) if byte not in (mark[0], ord("\n")))
    above = len(content[:start].translate(None, others))
    skeleton = content.translate(None, others)[above:]
    if open_end:
        skeleton += b"\n"
    n = skeleton.count(b"\n")
    width = skeleton.find(b"\n") + 1
    if skeleton == (mark * (width - 1) + b"\n") * n:
        return np.full(n, width, dtype="int64")
    return np.fromiter(map(len, skeleton.split(b"\n")[:-1]), "int64", n) + 1


def _outside(content: bytes, mark: bytes) -> bytes:
    """Return the text with one quotation mark for each cell in quotes; none if one is stray."""
    parts = content.split(b'"')
    if len(parts) % 2 == 0:
        return b""  # one is opened and not closed
    outside = b'"'.join(parts[::2])
    while b'""' in outside:  # what is between was a mark of the cell's own
        outside = outside.replace(b'""', b'"')
    n = outside.count(b'"')
    opened = outside.count(mark + b'"') + outside.count(b'\n"') + outside.startswith(b'"')
    closed = sum(outside.count(b'"' + edge) for edge in (mark, b"\n", b"\r"))
    return outside if n == opened == closed + outside.endswith(b'"') else b""


def _columns(
    content: bytes, start: int, delimiter: str, width: int, n_rows: int
) -> list[Column] | None:
    """Return the cells as columns without names; None if the parser sees other rows than we."""
    if not n_rows:
        return [Column.of("", []) for _ in range(width)]
    settings: dict[str, Any] = {
        "sep": delimiter,
        "header": None,
        "names": range(width),
        "index_col": False,
        "na_filter": False,
        "skip_blank_lines": False,
        "engine": "c",
    }
    stream = io.BytesIO(content)
    kinds: dict[int, Any] = dict.fromkeys(range(width), object)
    try:
        if n_rows > _MANY:
            stream.seek(start)
            first = pd.read_csv(stream, dtype=object, nrows=_SAMPLE, **settings)
            kinds |= {at: "category" for at in kinds if first[at].nunique() < _SAMPLE // 2}
        stream.seek(start)
        cells: pd.DataFrame = pd.read_csv(stream, dtype=kinds, **settings)
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        return None
    if len(cells) != n_rows:
        return None
    return [_column(cells[at]) for at in range(width)]


def _column(cells: pd.Series) -> Column:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return Column.of_codes("", cells.cat.codes.to_numpy("int64"), cells.cat.categories.tolist())
    codes, texts = pd.factorize(cells.to_numpy())
    return Column.of_codes("", codes, texts.tolist())


def _squared(
    raw: RawTable, widths: np.ndarray, headers: Sequence[str], found: Problems
) -> RawTable:
    """Return the table with as many columns as headers, without the rows that have more."""
    n = len(headers)
    too_long = _any_filled(raw.columns[n:], len(raw))
    for row in np.flatnonzero(too_long):
        cells = [column.distinct[column.codes[row]] for column in raw.columns]
        reject_long(int(raw.source_rows[row]), cells[: widths[row]], n, found)
    if (widths < n).any():
        short = _any_filled(raw.columns, len(raw)) & (widths < n) & ~_alone(raw.columns[0], widths)
        note_short(raw.source_rows[short].tolist(), found)
    columns = [
        Column(header, column.codes, column.distinct).take(~too_long)
        for header, column in zip(headers, raw.columns[:n], strict=True)
    ]
    return RawTable(raw.name, columns, raw.source_rows[~too_long], int(too_long.sum()))


def _alone(first: Column, widths: np.ndarray) -> np.ndarray:
    """Return the lines of one cell in which nothing is missing: headings, marks of a merge."""
    rows = np.flatnonzero(widths == 1)
    codes, inverse = np.unique(first.codes[rows], return_inverse=True)
    whole = [bool(why_no_application(first.distinct[code])) for code in codes]
    out = np.zeros(len(widths), dtype=bool)
    out[rows] = np.array(whole, dtype=bool)[inverse]
    return out


def _any_filled(columns: Sequence[Column], n: int) -> np.ndarray:
    filled = np.zeros(n, dtype=bool)
    for column in columns:
        filled |= column.filled()
    return filled
