"""The sheet that says what the others are, and what their columns mean."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..log import ApplicationLog
from ..strategies import Strategy, strategy_named
from .cell_text import LONGEST, cut, text_cell
from .columns import ABOUT, DAY, NUMBER
from .tables import Asked, Table
from .words import full_day

_THIS = "This workbook"


def about_table(
    tables: Sequence[Table],
    log: ApplicationLog,
    asked: Asked,
    source: str | os.PathLike[str] | None,
) -> Table:
    """Return a table that says what was read, when and how, and what every column means."""
    rows = [(_THIS, what, said) for what, said in _facts(tables, log, asked, source)]
    for table in tables:
        rows.append((table.title, "", table.about))
        rows += [(table.title, column.heading, column.meaning) for column in table.columns]
    frame = pd.DataFrame(rows, columns=[column.name for column in ABOUT], dtype="str")
    return Table("About", "", ABOUT, frame, groups="sheet")


def _facts(
    tables: Sequence[Table],
    log: ApplicationLog,
    asked: Asked,
    source: str | os.PathLike[str] | None,
) -> list[tuple[str, str]]:
    from .. import __version__

    file = "not named" if source is None else Path(source).name
    n_cut = sum(_n_cut(table) for table in tables)
    facts = [
        ("File", file),
        ("Day", f"{full_day(asked.as_of)}: what is dated later is not in it."),
        ("Strategy", _strategy(asked.strategy)),
        ("Read", " ".join(log.summary().lines[:2])),
        ("Made by", f"jobsearch_stats {__version__}; your log was read and not changed."),
    ]
    if n_cut:
        said = "1 text was" if n_cut == 1 else f"{n_cut:,} texts were"
        longer = f"longer than the {LONGEST:,} characters that a cell holds, and end with a mark."
        facts.append(("Cut", f"{said} {longer}"))
    return facts


def _strategy(strategy: object) -> str:
    if isinstance(strategy, pd.Series):
        return "As dealt, application by application; DAY_AFTER for the others."
    chosen = strategy if isinstance(strategy, Strategy) else strategy_named(str(strategy))
    country = f"; public holidays of {chosen.country}" if chosen.country else ""
    return f"{chosen.name} (source: {chosen.source}){country}."


def _n_cut(table: Table) -> int:
    """Return how many texts of a table a cell cannot hold."""
    n = 0
    for column in table.columns:
        if column.holds in (DAY, NUMBER):
            continue
        values = table.rows[column.name]
        long = [v for v in values if isinstance(v, str) and 2 * len(v) > LONGEST]
        n += sum(cut(text) != text for text in map(text_cell, long) if text is not None)
    return n
