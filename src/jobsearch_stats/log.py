"""`ApplicationLog`: a person's search as DataFrames, with what was wrong in the file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from .errors import DataError
from .schema import (
    COLUMN_COLUMNS,
    PROBLEM_COLUMNS,
    as_applications,
    as_events,
    empty_frame,
)

if TYPE_CHECKING:
    from .summary import LogSummary


@dataclass(frozen=True, eq=False)
class ApplicationLog:
    """A log of applications and what happened to them.

    Make one with :func:`read_log`, or from frames with :meth:`from_frames`.

    Attributes
    ----------
    applications
        One row per application, index `application_id` (text).
    events
        One row per dated thing: an application sent, an interview, a follow-up, a reply.
    problems
        What could not be read, or wants a look: `source_row, column, value, problem,
        what_was_done, severity`. Nothing that was in the file is lost without a row here.
    columns
        How every header of the file was read: `header, field, read_as`.
    counts
        `rows_read`, `rows_loaded`, `rows_rejected`, `rows_blank`; the first is the sum of the rest.
        With a journal also `entries_read`, the sum of `entries_added`, `entries_known`,
        `entries_undone` and `entries_rejected`.
    """

    applications: pd.DataFrame
    events: pd.DataFrame
    problems: pd.DataFrame = field(default_factory=lambda: empty_frame(PROBLEM_COLUMNS))
    columns: pd.DataFrame = field(default_factory=lambda: empty_frame(COLUMN_COLUMNS))
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def from_frames(
        cls,
        applications: pd.DataFrame,
        events: pd.DataFrame,
        *,
        problems: pd.DataFrame | None = None,
        columns: pd.DataFrame | None = None,
        counts: dict[str, int] | None = None,
    ) -> ApplicationLog:
        """Check two frames against the data model and return them as a log.

        Parameters
        ----------
        applications
            Index (or column) `application_id`; other columns as in the data model, all optional.
        events
            Columns `application_id`, `date` and `kind`; the rest is optional.
        problems, columns, counts
            As in the class; left out, there were no problems and every event is a loaded row.

        Raises
        ------
        DataError
            If the frames break the data model; the message names the row, column and value.

        Examples
        --------
        >>> import pandas as pd
        >>> log = ApplicationLog.from_frames(
        ...     pd.DataFrame({"company": ["Acme"]}, index=["a1"]),
        ...     pd.DataFrame({"application_id": ["a1"], "date": ["2026-03-04"],
        ...                   "kind": ["interview"]}),
        ... )
        >>> len(log.events)
        1
        """
        apps = as_applications(applications)
        rows = as_events(events, application_ids=apps.index)
        n = len(rows)
        return cls(
            applications=apps,
            events=rows,
            problems=empty_frame(PROBLEM_COLUMNS) if problems is None else problems,
            columns=empty_frame(COLUMN_COLUMNS) if columns is None else columns,
            counts=counts
            or {"rows_read": n, "rows_loaded": n, "rows_rejected": 0, "rows_blank": 0},
        )

    def to_csv(self, folder: str | os.PathLike[str]) -> None:
        """Save the log as files that `read_log` reads back as an equal log.

        They are `applications.csv`, `events.csv`, `problems.csv` and `columns.csv`, UTF-8, and
        `log.json` with the counts and dtypes. A text that a spreadsheet would run as a formula
        has an apostrophe before it, which reading takes away again.

        Parameters
        ----------
        folder
            A new or empty folder, or one that holds a log saved before: that is replaced.

        Raises
        ------
        SettingError
            If the folder holds other files, or cannot be written.
        DataError
            If a column of your own holds what cannot be written as text.

        Examples
        --------
        >>> import tempfile, pandas as pd
        >>> from jobsearch_stats import read_log
        >>> log = read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-04"]}))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     log.to_csv(folder)
        ...     again = read_log(folder)
        >>> again.events.equals(log.events)
        True
        """
        from .canonical import TABLES, Saved, save

        save(folder, Saved({name: getattr(self, name) for name in TABLES}, self.counts))

    def summary(self) -> LogSummary:
        """Say what was read, how, what wants a look, and what the log cannot answer yet."""
        from .summary import summarise

        return summarise(self.applications, self.events, self.problems, self.columns, self.counts)

    def __repr__(self) -> str:
        from .summary import counted

        return (
            f"<ApplicationLog: {counted(len(self.applications), 'application')}, "
            f"{counted(len(self.events), 'event')}, {counted(len(self.problems), 'problem')}>"
        )

    def _repr_html_(self) -> str:
        return self.summary()._repr_html_()


def check_log(log: object) -> ApplicationLog:
    """Return the log, or raise a DataError: a frame or the name of a file has to be read first."""
    if isinstance(log, ApplicationLog):
        return log
    kind = type(log)
    home = kind.__module__.partition(".")[0]
    what = repr(log) if log is None or isinstance(log, str) else f"a {home} {kind.__name__}"
    raise DataError(
        f"log is {what.removeprefix('a builtins ')}, and no log of a search. Pass what "
        "read_log(<a file or a frame of your search>) gives.",
        value=log,
    )
