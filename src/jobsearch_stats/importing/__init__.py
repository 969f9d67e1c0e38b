"""Reading people's files: `read_log`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ..errors import ReadError, SettingError
from ..journal_place import journal_beside
from ..log import ApplicationLog
from .assemble import assemble
from .columns import count_known, user_mapping
from .date_order import check_date_order
from .delimited import layout_of
from .files import Source, read_table
from .problems import Problems
from .sources import holds_a_log, path_of

__all__ = ["read_log"]


def read_log(
    source: Source,
    *,
    mapping: Mapping[str, str] | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    names: Sequence[str] | None = None,
    sheet: str | int | None = None,
    country: str | None = None,
    journal: str | os.PathLike[str] | bool | None = True,
) -> ApplicationLog:
    """Read a log of applications from the file that a person has.

    It may be a spreadsheet with one row per application or a log with one row per event, as CSV,
    a workbook (.xlsx, .xls, .ods), JSON, a Markdown or HTML table, a DataFrame, or a folder or zip
    with one such file or a LinkedIn export in it. The file is only read. Every row
    of it is loaded, or stands in `log.problems` with its row number and the reason.

    Parameters
    ----------
    source
        A path (of a folder too), an open file, or a DataFrame.
    mapping
        Your reading of headers, which wins over all others: ``{"Their header": "field"}``.
    date_order
        ``"day-first"`` or ``"month-first"``, for dates such as 03/05/2026. None: decided for
        each column from its own dates, else from those of the other columns.
    encoding
        The text encoding. None: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252
        or the one in which more headers are understood; the last two are noted as a guess.
    delimiter
        The character between cells. None: found out.
    header_row
        The row with the column names, counted from 1. None: found out.
    names
        The columns' names, for a file that has none: our fields, or any headers. With
        `header_row` they take the place of those in that row.
    sheet
        A workbook's sheet, by name or counted from 1. None: the one that looks like a log.
    country
        ISO code ("US", "DE-BY") whose public holidays do not count where "5 business days" were
        promised and the application names no country. None: weekends only.
    journal
        What you did since, as `record` wrote it. True: the journal beside the file, where there
        is one. A path: that journal. False or None: none. Its entries are among the events.

    Returns
    -------
    ApplicationLog
        With `applications`, `events`, `problems`, `columns` and `counts`, where `rows_read` is
        the sum of `rows_loaded`, `rows_rejected` and `rows_blank`; with a journal, `entries_read`
        is that of `entries_added`, `entries_known` (the file has them too), `entries_undone` and
        `entries_rejected`.

    Raises
    ------
    ReadError
        If there is no log in it (a file with a header and no row is none), or its dates can be
        read in two ways and nothing decides.
    DataError
        If the journal has a cell that cannot be used; without the journal, the log can be read.
    SettingError
        If an argument cannot be used.

    Examples
    --------
    >>> import io
    >>> log = read_log(io.StringIO('''Company,Position,Applied,Interview,Decision by
    ... Acme,Analyst,2026-02-20,2026-03-04,two weeks
    ... '''))
    >>> log.events["kind"].tolist()
    ['applied', 'interview']
    >>> log.events["decide_by"].dt.date.iloc[1].isoformat()
    '2026-03-18'
    """
    check_date_order(date_order)
    _check_journal(journal)
    layout = layout_of(encoding, delimiter, header_row, names)
    if holds_a_log(source):
        ways = (mapping, date_order, encoding, delimiter, header_row, names, sheet)
        return _with_journal(_saved_log(source, ways), source, journal, date_order)
    fields = user_mapping(mapping)
    found = Problems()
    raw = read_table(
        source,
        layout=layout,
        sheet=sheet,
        score=lambda headers: count_known(headers, fields),
        found=found,
    )
    log = assemble(raw, mapping=fields, date_order=date_order, country=country, found=found)
    if not log.counts["rows_read"] and not isinstance(source, pd.DataFrame):
        raise ReadError(
            f"{raw.name} has a header and no row below it. Write one row per application or per "
            "event under it, or pass sheet= or header_row= if the rows are elsewhere."
        )
    return _with_journal(log, source, journal, date_order)


def _check_journal(journal: object) -> None:
    if journal is not None and not isinstance(journal, bool | str | os.PathLike):
        raise SettingError(
            f"journal={journal!r} is no journal. Pass True for the one beside the file, the path "
            "of one, or False for none.",
            name="journal",
            value=journal,
        )


def _with_journal(
    log: ApplicationLog,
    source: Source,
    journal: str | os.PathLike[str] | bool | None,
    date_order: str | None,
) -> ApplicationLog:
    """Return the log with the entries of its journal, where there is one and it is wanted."""
    if journal is None or journal is False:
        return log
    path = journal_beside(source) if journal is True else journal
    if path is None:
        return log
    from ..journal_merge import with_journal

    return with_journal(log, path, date_order=date_order)


def _saved_log(folder: Any, ways: tuple[object, ...]) -> ApplicationLog:
    """Return a log that `to_csv` wrote; how to read a file is no question there."""
    if any(way is not None for way in ways):
        raise SettingError(
            f"{folder} holds a log that was saved with to_csv, which is read as it is. Leave out "
            "mapping=, date_order=, sheet= and the other arguments that say how to read a file."
        )
    from ..canonical import load

    saved = load(path_of(folder))
    return ApplicationLog(**saved.tables, counts=saved.counts)
