"""`write_workbook`: the search as an Excel workbook, with nothing live in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import SettingError
from ..log import ApplicationLog, check_log
from ..messages import as_me
from ..strategies import DAY_AFTER, Strategy
from ..wording import YOUR_NAME, YOUR_NUMBER
from .about import about_table
from .redaction import redact
from .sheets import Styles, write_sheet
from .tables import TABLES, Asked, Table, asked_for, table_of
from .targets import MARK, refuse, target, write_whole


def write_workbook(
    log: ApplicationLog,
    path: str | os.PathLike[str],
    *,
    as_of: object,
    tables: Sequence[str] | None = None,
    strategy: Strategy | str | pd.Series = DAY_AFTER,
    stages: Sequence[str] = ("interview",),
    me: object = None,
    since: object = None,
    until: object = None,
    week_starts: str = "monday",
    source: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    redacted: bool = False,
) -> Path:
    """Write the search as an Excel workbook: what to do, what happened, what was done for work.

    Days are days and numbers are numbers; telephone numbers and ids are text. Nothing in it is a
    formula or a link, whatever a company is called. The same log gives the same bytes.

    Parameters
    ----------
    log
        The search.
    path
        An .xlsx file. One that this package made and nobody changed since is replaced.
    as_of
        Today: text ("2026-03-10"), a date or a Timestamp.
    tables
        Which sheets: any of "agenda", "contacts", "history", "applications", "work-search",
        "weeks" and "problems". None: all of them, and one that says what they are.
    strategy, stages
        As in :func:`follow_ups`.
    me
        Your name and number, for the scripts and above the printed record; as in :func:`agenda`.
    since, until, week_starts
        Of the work-search record alone; as in :func:`work_search_record`.
    source
        The file or folder of the log: named in the workbook, and never written over.
    overwrite
        Replace a workbook of ours even if it was changed since. What this package has not made
        is never replaced.
    redacted
        Pseudonyms, no numbers, notes or columns of your own, as by :func:`redact`; `me` and the
        name of the file are left out as well.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    SettingError
        If the file may not or cannot be written, a table has more rows or columns than a sheet
        can hold, or an argument cannot be used.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> log = ApplicationLog.from_frames(
    ...     pd.DataFrame({"company": ["Acme"]}, index=["a1"]),
    ...     pd.DataFrame({"application_id": ["a1"], "date": ["2026-03-03"],
    ...                   "kind": ["applied"]}),
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(log, f"{folder}/office.xlsx", as_of="2026-03-10",
    ...                    tables=["work-search"]).name
    'office.xlsx'
    """
    shown = redact(log) if redacted else check_log(log)
    names = _names(tables)
    out = target(path, source=source, overwrite=overwrite)
    if out.suffix.lower() != ".xlsx":
        refuse(path, "is no .xlsx file")
    asked = asked_for(
        as_of,
        strategy=_renamed(strategy, log, shown),
        stages=stages,
        me=as_me(None if redacted else me),
        since=since,
        until=until,
        week_starts=week_starts,
    )
    made = [table_of(name, shown, asked) for name in names]
    if tables is None:
        made.append(about_table(made, shown, asked, None if redacted else source))
    write_whole(out, partial(_write, tables=made, asked=asked))
    return out


def _renamed(
    strategy: Strategy | str | pd.Series, log: ApplicationLog, shown: ApplicationLog
) -> Strategy | str | pd.Series:
    """Return the strategy, one for each application under the names that these have now."""
    if not isinstance(strategy, pd.Series) or shown is log:
        return strategy
    old, new = log.applications.index.tolist(), shown.applications.index.tolist()
    return strategy.rename(dict(zip(old, new, strict=True)))


def _names(tables: Sequence[str] | None) -> Sequence[str]:
    """Return the names of the tables that are wanted, in the order of the sheets."""
    if tables is None:
        return TABLES
    wanted = [tables] if isinstance(tables, str) else list(tables)
    bad = [name for name in wanted if name not in TABLES]
    if bad or not wanted:
        raise SettingError(
            f"tables={tables!r} must be any of {', '.join(TABLES)}, or None for all.",
            name="tables",
            value=tables,
        )
    return [name for name in TABLES if name in wanted]


def _write(path: Path, *, tables: Sequence[Table], asked: Asked) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    book = xlsxwriter.Workbook(str(path), {**_PLAIN, "tmpdir": str(path.parent)})
    try:
        _fill(book, tables, asked)
        book.close()
    except XlsxWriterException as error:  # what it makes of an OSError is none
        raise OSError(str(error)) from None
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()


_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""A row is written out as soon as the next begins; text stays text."""


def _fill(book: Any, tables: Sequence[Table], asked: Asked) -> None:
    book.set_properties(
        {
            "title": f"Job search as of {asked.as_of:%Y-%m-%d}",
            "keywords": MARK,
            "comments": f"Made by {MARK}",
            "created": asked.as_of.to_pydatetime(),  # not the clock: same log, same bytes
        }
    )
    styles = Styles(book)
    for table in tables:
        write_sheet(book.add_worksheet(table.title), table, styles, whose=_whose(asked))


def _whose(asked: Asked) -> str:
    """Return the name and number that were given, for the top of a printed page."""
    me: Any = asked.me
    given = [me.name, me.phone]
    return ", ".join(text for text in given if text not in (YOUR_NAME, YOUR_NUMBER))
