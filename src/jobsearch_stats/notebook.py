"""What the notebooks' cells call: opening a log, tables to sort and search, sentences to act on.

Everything that a user's file says is escaped before it becomes HTML. Nothing is fetched from
anywhere: the tables' JavaScript comes with the package that draws them.
"""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .errors import JobSearchStatsError, SettingError
from .lab_settings import (
    SETTINGS_FILE,
    LabSettings,
    log_of,
    private_folder,
    private_place,
    read_settings,
)
from .page_tables import offline_tables as offline_tables
from .page_tables import readable as readable
from .page_tables import show_table as show_table
from .page_tables import small_table as small_table
from .sample import REPOSITORY, SAMPLE_DAY, SAMPLE_FILE, sample_path
from .schema import as_day

if TYPE_CHECKING:
    from .log import ApplicationLog

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
    ways
        How it was read: the arguments of `read_log`.
    """

    log: ApplicationLog
    as_of: pd.Timestamp
    name: str
    is_sample: bool
    source: str | Path | pd.DataFrame
    ways: Mapping[str, Any] = field(default_factory=dict)

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

    What the parameters leave out is looked for in the environment (`JOBSEARCH_LOG`,
    `JOBSEARCH_AS_OF`, `JOBSEARCH_MAP` and `JOBSEARCH_DATE_ORDER`), then in the settings that
    `jobsearch-stats lab LOG` keeps in the notebook's folder, so that a notebook can be run on
    another file unchanged. Those settings are about their own log: where another one is named,
    none of them count.

    Parameters
    ----------
    log
        Path of your file, or a DataFrame. None: the one that was given to `lab`, else the sample.
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
    kept = _kept_for(log)
    ways = {**kept.ways, **_said(mapping=mapping, date_order=date_order)}
    as_of = as_of if as_of is not None else kept.as_of
    named = log if log is not None else kept.log
    source = sample_path(sample) if named is None else _found(named)
    if as_of is None:
        as_of = SAMPLE_DAY if named is None else dt.date.today()
    return Opened(
        log=log_of(source, ways, named_in="" if named is log else f"{SETTINGS_FILE} here"),
        as_of=as_day(as_of, name="AS_OF"),
        name=source.name if isinstance(source, Path) else "your table",
        is_sample=named is None,
        source=source,
        ways=ways,
    )


def _kept_for(log: str | os.PathLike[str] | pd.DataFrame | None) -> LabSettings:
    """Return the settings of the notebook's folder, if they are about this log."""
    kept = read_settings(Path.cwd()) or LabSettings()
    if log is None:
        return kept
    found = _found(log)
    if isinstance(found, Path) and kept.log and found.absolute() == Path(kept.log).absolute():
        return kept
    return LabSettings()


def _said(**ways: Any) -> dict[str, Any]:
    return {name: value for name, value in ways.items() if value}


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
        shape = {name: way for name, way in search.ways.items() if name in _SHAPE}
        suggested = suggest_mapping(search.source, **shape)
    except JobSearchStatsError:  # only the mapping made it a log, or it needs none
        columns = search.log.columns.fillna("")
        suggested = dict(zip(columns["header"], columns["field"], strict=True))
    return Headers({**suggested, **(search.ways.get("mapping") or {}), **(mapping or {})})


_SHAPE = ("encoding", "delimiter", "header_row", "names", "sheet")
"""The ways of reading that say what the table is, before its headers are read."""


def saved(search: Opened, folder: str | os.PathLike[str] | None) -> str:
    """Save what was read, if a folder is named, and say where it is and how to open it.

    Parameters
    ----------
    search
        What `open_log` gave.
    folder
        A name: a folder in `private_folder()`. Or a whole path. None: nothing is saved.
    """
    if folder is None:
        return (
            'Nothing was saved. SAVE_AS = "my_log" in the first cell keeps what was read in '
            f"{private_place('my_log')}, as plain files that open without a question."
        )
    path = private_folder() / Path(folder).expanduser()  # a whole path stays what it is
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
    above = (REPOSITORY or Path.cwd()) / path
    return above if not path.exists() and above.exists() else path


def long_day(day: dt.date) -> str:
    """Return a day in words, whatever the machine's language."""
    from .terminal import day_name

    return day_name(day, year=True)
