"""A column of promises, dates or words, to days."""

from __future__ import annotations

import numpy as np

from .dates import DateColumn
from .promises import NO_DATE, parse_promises
from .sheet_cells import BESIDE, is_free
from .table import NO_DAY, Table
from .values import is_blank_word, yes_or_no
from .words import vocabulary


def promised(
    table: Table,
    read: DateColumn,
    said_on: np.ndarray,
    country: str | None,
    row_country: np.ndarray | None,
) -> np.ndarray:
    """Return the promised day of every row; what cannot be read is a problem of its row."""
    codes = read.column.codes
    days = read.days.copy()
    words, beside, problems = [], [], {}
    for code, cell in enumerate(read.cells):
        if cell.day is not None and cell.words:
            if _says_until(cell.words):
                continue
            if is_free(cell.words):
                beside.append(code)
                continue
            problems[code] = f"beside the date stands {cell.words!r}"
            days[code] = NO_DAY
        elif cell.words:
            if not is_blank_word(cell.words):
                words.append(code)
        elif cell.problem:
            problems[code] = cell.problem
    table.blanked(read.column, problems)
    table.noted_values(read.column, beside, BESIDE, "the date is used")
    out = days[codes]
    rows = np.flatnonzero(np.isin(codes, words)) if words else np.zeros(0, dtype="int64")
    if len(rows):
        out[rows] = _in_words(table, read, rows, said_on, country, row_country)
    return out


def _says_until(words: str) -> bool:
    """Whether the words beside a promised date only say that it is one: "by", "at the latest"."""
    signs = vocabulary().promises
    return all(signs.get(word) in ("", "-") for word in words.split())


def _in_words(
    table: Table,
    read: DateColumn,
    rows: np.ndarray,
    said_on: np.ndarray,
    country: str | None,
    row_country: np.ndarray | None,
) -> np.ndarray:
    from ..workdays import is_known_country

    texts = [read.column.distinct[code] for code in read.column.codes[rows]]
    days = np.full(len(rows), NO_DAY, dtype="datetime64[D]")
    problems = np.full(len(rows), "", dtype=object)
    where = np.array([country or ""] * len(rows), dtype=object)
    if row_country is not None:
        own = row_country[rows]
        where = np.where(own == None, where, own)  # noqa: E711 (elementwise)
    for name in set(where.tolist()) - {country or ""}:
        if not is_known_country(name):  # what a cell says is no setting: it must not stop all
            where[where == name] = country or ""
    for name in sorted(set(where.tolist())):
        at = np.flatnonzero(where == name)
        days[at], problems[at] = parse_promises(
            [texts[i] for i in at], said_on[rows[at]], country=name or None
        )
    for i in np.flatnonzero(problems != ""):
        row, text = int(table.source_rows[rows[i]]), texts[i]
        if problems[i] == NO_DATE or yes_or_no(text) is False:
            table.found.noted(row, read.column.header, text, NO_DATE, "treated as no promise")
        else:
            table.found.blanked(row, read.column.header, text, str(problems[i]))
    return days
