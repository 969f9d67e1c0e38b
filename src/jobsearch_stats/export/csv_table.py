"""One table as a CSV file for people: Excel reads its letters, and runs nothing of it."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from ..canonical_cells import neutral
from .cell_text import cells_of
from .columns import AGENDA, CONTACTS, HISTORY, NUMBER, WORK_SEARCH, Column
from .tables import Table
from .targets import refuse, target, write_whole

CSV_TABLES = ("agenda", "contacts", "history", "work-search")
"""The tables that are written as CSV: those whose columns are ours alone."""

HEADERS = tuple(
    ",".join(column.heading for column in columns)
    for columns in (AGENDA, CONTACTS, HISTORY, WORK_SEARCH)
)
"""The first lines of these."""

_MARK = "\ufeff"
"""What tells Excel that a file is UTF-8."""


def csv_bytes(table: Table) -> bytes:
    r"""Return a table as UTF-8 with a mark, days as 2026-03-10, "\n" between lines."""
    columns = {column.heading: _cells(table.rows, column) for column in table.columns}
    text = neutral(pd.DataFrame(columns)).to_csv(index=False, lineterminator="\n")
    return (_MARK + text).encode("utf-8")


def _cells(rows: pd.DataFrame, column: Column) -> pd.Series:
    cells = cells_of(rows[column.name], column.holds)
    if column.holds == NUMBER:
        return pd.Series(cells, dtype="Int64")
    return pd.Series([None if cell is None else str(cell) for cell in cells], dtype="str")


def write_csv(
    table: Table,
    path: str | os.PathLike[str],
    *,
    source: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a table as a CSV file; `source` and `overwrite` are as in `write_workbook`.

    Raises
    ------
    SettingError
        If the file may not or cannot be written.
    """
    out = target(path, source=source, overwrite=overwrite, headers=HEADERS)
    if out.suffix.lower() != ".csv":
        refuse(path, "is no .csv file")
    content = csv_bytes(table)

    def make(file: Path) -> None:
        file.write_bytes(content)

    write_whole(out, make)
    return out
