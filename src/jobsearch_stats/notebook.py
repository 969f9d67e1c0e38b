"""What the notebooks' cells call: opening a log, tables to sort and search, sentences to act on.

Everything that a user's file says is escaped before it becomes HTML. Nothing is fetched from
anywhere: the tables' JavaScript comes with the package that draws them.
"""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from .errors import JobSearchStatsError, SettingError
from .importing import read_log
from .sample import REPOSITORY, SAMPLE_DAY, SAMPLE_FILE, sample_path
from .schema import as_day

if TYPE_CHECKING:
    from IPython.display import HTML

    from .log import ApplicationLog

PRIVATE = REPOSITORY / "notebooks" / "private"
"""Where what is somebody's own is kept: git leaves it out."""

_MOST_BYTES = "4MB"  # of a table that is sorted in the page; a longer one is shown in part
_SHARE_OF_SENTENCES = 50  # per cent of a table's width
_CELL = "text-align: left; vertical-align: top"
_SHORT = 24  # a column of texts no longer than this is not broken into lines
_SENTENCE = (
    '<div style="border-left: 4px solid #3b76af; padding: 0.3em 0.9em; margin: 0.4em 0;">{}</div>'
)


@dataclass(frozen=True)
class Opened:
    """A log, and the day it is looked at from.

    Attributes
    ----------
    log
        The log.
    as_of
        The day.
    name
        The file's name, without its folder.
    is_sample
        Whether it is the made-up sample.
    source
        What was read: a path, or a DataFrame.
    """

    log: ApplicationLog
    as_of: pd.Timestamp
    name: str
    is_sample: bool
    source: str | Path | pd.DataFrame

    @property
    def text(self) -> str:
        """Whose search this is, and which day."""
        whose = "The made-up sample" if self.is_sample else self.name
        return f"{whose}, as of {long_day(self.as_of)}."

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.text)}</p>"


@dataclass(frozen=True)
class Say:
    """Sentences to act on; they show themselves as text, and marked in a notebook."""

    sentences: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        return "".join(_SENTENCE.format(html.escape(text)) for text in self.sentences)


def say(*sentences: str) -> Say:
    """Return sentences as something that a notebook shows, escaped."""
    return Say(sentences)


def open_log(
    log: str | os.PathLike[str] | pd.DataFrame | None = None,
    as_of: object = None,
    *,
    mapping: Mapping[str, str] | None = None,
    date_order: str | None = None,
    sample: str = SAMPLE_FILE,
) -> Opened:
    """Read the log that a notebook's parameters name, or the made-up sample.

    The environment variables `JOBSEARCH_LOG`, `JOBSEARCH_AS_OF`, `JOBSEARCH_MAP` and
    `JOBSEARCH_DATE_ORDER` stand in for what the parameters leave out, so that a notebook can be
    run on another file unchanged.

    Parameters
    ----------
    log
        Path of your file, or a DataFrame. None: the sample.
    as_of
        The day to look at it from. None: today; for the sample its own day.
    mapping, date_order
        As in :func:`read_log`.
    sample
        Which file of the sample stands in; `events.csv` knows the hours and methods as well.

    Raises
    ------
    JobSearchStatsError
        If the file cannot be read; a notebook shows the message alone, without a traceback.
    """
    log = log if log is not None else os.environ.get("JOBSEARCH_LOG") or None
    as_of = as_of if as_of is not None else os.environ.get("JOBSEARCH_AS_OF") or None
    date_order = date_order or os.environ.get("JOBSEARCH_DATE_ORDER") or None
    mapping = mapping or mapping_of(os.environ.get("JOBSEARCH_MAP", ""))
    source = sample_path(sample) if log is None else _found(log)
    if as_of is None:
        as_of = SAMPLE_DAY if log is None else dt.date.today()
    return Opened(
        log=read_log(source, mapping=mapping or None, date_order=date_order),
        as_of=as_day(as_of, name="AS_OF"),
        name=source.name if isinstance(source, Path) else "your table",
        is_sample=log is None,
        source=source,
    )


def mapping_of(text: str) -> dict[str, str]:
    """Return a mapping that was typed: "Header=field", several with "," or ";" between.

    Raises
    ------
    SettingError
        If a header has no field.

    Examples
    --------
    >>> mapping_of("Firma=company; Spoke with=contact")
    {'Firma': 'company', 'Spoke with': 'contact'}
    """
    out: dict[str, str] = {}
    header = ""
    for piece in re.split("([,;])", text):
        header += piece
        if "=" in piece:
            name, _, field = header.rpartition("=")
            out[name.strip()] = field.strip()
            header = ""
        elif not header.strip(" ,;"):
            header = ""
    if header:
        raise SettingError(
            f'{header.strip()!r} names no field. Write the mapping as "Header=field", several with '
            '";" between.',
            name="mapping",
            value=text,
        )
    return out


class Headers(dict[str, str]):
    """A mapping of headers to fields that shows itself as Python, to be copied."""

    @property
    def text(self) -> str:
        """The lines to copy."""
        lines = "".join(f"    {header!r}: {field!r},\n" for header, field in self.items())
        return f"MAPPING = {{\n{lines}}}"

    def _repr_html_(self) -> str:
        return (
            f"<details><summary style='cursor: pointer'>The mapping of {len(self)} headers, to "
            f'copy</summary><pre class="tex2jax_ignore">{html.escape(self.text)}</pre></details>'
        )


def mapping_to_edit(search: Opened, mapping: Mapping[str, str] | None = None) -> Headers:
    """Return how every header is read, as a mapping to copy, to edit and to pass back.

    Parameters
    ----------
    search
        What `open_log` gave.
    mapping
        The mapping with which it was opened; it stays.
    """
    from .importing.suggest import suggest_mapping

    try:
        suggested = suggest_mapping(search.source)
    except JobSearchStatsError:  # only the mapping made it a log, or it needs none
        columns = search.log.columns.fillna("")
        suggested = dict(zip(columns["header"], columns["field"], strict=True))
    return Headers({**suggested, **(mapping or {})})


def saved(search: Opened, folder: str | os.PathLike[str] | None) -> str:
    """Save what was read, if a folder is named, and say where it is and how to open it.

    Parameters
    ----------
    search
        What `open_log` gave.
    folder
        A name: a folder in `notebooks/private`, which git leaves out. Or a whole path. None:
        nothing is saved.
    """
    if folder is None:
        return (
            'Nothing was saved. SAVE_AS = "my_log" in the first cell keeps what was read in '
            "notebooks/private/my_log, as plain files that open without a question."
        )
    path = PRIVATE / Path(folder).expanduser()  # a whole path stays what it is
    search.log.to_csv(path)
    n = len(search.log.applications)
    return (
        f"{n} application{'' if n == 1 else 's'} saved. LOG = {str(path)!r} in the first cell of "
        "any notebook opens them again, with nothing left to ask. Your own file stays the one to "
        "write into: mend it, read it, and save it anew."
    )


def _found(
    log: str | os.PathLike[str] | pd.DataFrame,
) -> str | Path | pd.DataFrame:
    """Return a path as it is, or as it lies in the repository's folder above the notebooks."""
    from .importing.sources import path_of

    if isinstance(log, pd.DataFrame) or (isinstance(log, str) and "://" in log):
        return log
    path = path_of(log)
    above = REPOSITORY / path
    return above if not path.exists() and above.exists() else path


def long_day(day: dt.date) -> str:
    """Return a day in words, whatever the machine's language."""
    from .terminal import day_name

    return day_name(day, year=True)


def offline_tables() -> None:
    """Load what draws the tables into the notebook; keep this cell's output."""
    from IPython.display import display
    from IPython.utils.capture import capture_output
    from itables import init_notebook_mode

    with capture_output() as captured:
        init_notebook_mode(all_interactive=False, connected=False)
    for output in reversed(captured.outputs):  # its first output needs its second one
        display(output)


def show_table(
    frame: pd.DataFrame,
    *,
    table_id: str,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    rows: int = 10,
    wide: Iterable[str] = ("reason",),
) -> HTML:
    """Return a table that can be sorted and searched in the page, offline.

    Parameters
    ----------
    frame
        Any frame; its index is left out.
    table_id
        The table's name in the page; a fixed one keeps a notebook's output the same.
    columns
        Which columns, and by which heading; all by default.
    rows
        Rows on a page.
    wide
        Columns of sentences, that may break into lines.
    """
    from IPython.display import HTML
    from itables import to_html_datatable

    table = readable(frame, columns=columns)
    sentences = [i for i, name in enumerate(_chosen(frame, columns)) if name in set(wide)]
    days = [i for i, name in enumerate(_chosen(frame, columns)) if frame[name].dtype.kind == "M"]
    share = f"{_SHARE_OF_SENTENCES // max(1, len(sentences))}%"
    return HTML(
        to_html_datatable(
            table,
            table_id=table_id,
            connected=False,
            showIndex=False,
            classes="display compact tex2jax_ignore",
            pageLength=rows,
            lengthMenu=[rows, 25, 100, -1],
            maxBytes=_MOST_BYTES,
            columnDefs=[
                {"targets": sentences, "width": share},
                {"targets": days, "className": "dt-left dt-nowrap"},
                {"targets": "_all", "className": "dt-left"},
            ],
            display_logo_when_loading=False,
            style="table-layout:auto;width:100%;margin:0",
        )
    )


def small_table(
    frame: pd.DataFrame, *, columns: Sequence[str] | Mapping[str, str] | None = None
) -> HTML:
    """Return a plain table, escaped, for what is read at one glance."""
    from IPython.display import HTML

    table = readable(frame, columns=columns)
    cells = table.astype("object").where(table.notna(), "").astype("str")
    short = [bool((cells[name].str.len() <= _SHORT).all()) for name in cells.columns]
    style = [f"{_CELL}; white-space: nowrap" if fits else _CELL for fits in short]
    head = "".join(f'<th style="{_CELL}">{html.escape(str(name))}</th>' for name in cells.columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{css}">{html.escape(text)}</td>'
            for css, text in zip(style, row, strict=True)
        )
        + "</tr>"
        for row in cells.to_numpy().tolist()
    )
    return HTML(
        '<table class="dataframe tex2jax_ignore" style="table-layout: auto">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def readable(
    frame: pd.DataFrame, *, columns: Sequence[str] | Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the frame with days without hours, blanks blank, and headings for people."""
    chosen = _chosen(frame, columns)
    out = pd.DataFrame(index=frame.index)
    for name, heading in chosen.items():
        column = frame[name]
        if column.dtype.kind == "M":
            column = column.dt.strftime("%Y-%m-%d")
        numbers = column.dtype.kind in "iuf" and column.notna().all()  # sorted as such
        out[heading] = column if numbers else column.astype("object").where(column.notna(), "")
    return out


def _chosen(
    frame: pd.DataFrame, columns: Sequence[str] | Mapping[str, str] | None
) -> dict[str, str]:
    if isinstance(columns, Mapping):
        return dict(columns)
    return {name: str(name).replace("_", " ") for name in (columns or frame.columns)}
