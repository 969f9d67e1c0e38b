"""The tables that are taken away, each with its rows, columns and what is said below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from ..agenda import agenda
from ..follow_ups import follow_ups
from ..log import ApplicationLog
from ..schema import APPLICATION_COLUMNS, as_day
from ..strategies import Strategy
from .columns import (
    AGENDA,
    ANY,
    APPLICATIONS,
    CONTACTS,
    HISTORY,
    PROBLEMS,
    WEEKS,
    WORK_SEARCH,
    Column,
)
from .words import full_day, in_words, to_do_words
from .work_search import weeks_of, work_search_record


@dataclass(frozen=True)
class Asked:
    """What the tables are to tell."""

    as_of: pd.Timestamp
    strategy: Strategy | str | pd.Series
    stages: Sequence[str]
    me: object
    since: object
    until: object
    week_starts: str


@dataclass(frozen=True)
class Table:
    """One table: `about` says what it is, `notes` stand below it; `frozen` columns stay in view."""

    title: str
    about: str
    columns: Sequence[Column]
    rows: pd.DataFrame
    notes: Sequence[str] = ()
    frozen: int = 0
    groups: str | None = None
    """The column whose changes are marked with a line."""
    most_lines: int = 8
    """Of a row: what is longer can be read in the cell itself."""


def _agenda(log: ApplicationLog, asked: Asked) -> Table:
    todo = agenda(log, as_of=asked.as_of, strategy=asked.strategy, stages=asked.stages, me=asked.me)
    about = "What to do today and in the next seven days, whom to call or write to, and why."
    rows = todo.assign(to_do=to_do_words(todo))
    notes = [note.replace(_IN_PYTHON, _IN_WORDS) for note in todo.attrs["notes"]]
    if not len(rows):
        notes.insert(0, "Nothing to do today, nor in the next seven days.")
    return Table("Agenda", about, AGENDA, rows, notes, groups="do_on", most_lines=25)


_IN_PYTHON = 'stages=("interview", "application")'
_IN_WORDS = "the stages interview and application"


_BY_NEED = ("due", "overdue", "waiting", "abandoned", "closed")


def _contacts(log: ApplicationLog, asked: Asked) -> Table:
    table = follow_ups(log, as_of=asked.as_of, strategy=asked.strategy, stages=asked.stages)
    need = table["state"].cat.reorder_categories(list(_BY_NEED), ordered=True)
    table = table.assign(state=need).sort_values(["state", "call_on"], kind="stable")
    rows = table.assign(state=in_words(table["state"]), method=in_words(table["method"]))
    about = "Where every application stands, with what there is to do first."
    notes = [] if len(rows) else ["Nothing has reached an interview yet."]
    return Table("Contacts", about, CONTACTS, rows, notes, frozen=1)


def _history(log: ApplicationLog, asked: Asked) -> Table:
    past = log.events["date"] <= asked.as_of
    events = log.events[past]
    apps = log.applications[["company", "role"]]
    names = apps.loc[pd.Index(events["application_id"].astype("str"))]
    rows = events.assign(**{str(name): names[name].array for name in names})
    for name in ("kind", "method", "outcome"):
        rows[name] = in_words(rows[name])
    rows = rows.assign(**_spaced(rows))
    about = "Everything that has a date, application by application, as it came."
    ahead = int((~past).sum())
    later = f"{ahead:,} dated after {full_day(asked.as_of)}: not in it." if ahead else ""
    return Table("History", about, HISTORY, rows, [later] if later else [], frozen=1)


def _spaced(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns in which a log has several joined by ";", where a line can break."""
    return {name: rows[name].str.replace(r";(?=\S)", "; ", regex=True) for name in _SEVERAL}


_SEVERAL = ("contact", "phone", "email")


def _work_search(log: ApplicationLog, asked: Asked) -> Table:
    record = _record(log, asked)
    rows = record.assign(method=in_words(record["method"]), **_spaced(record))
    about = "What was done to find work, as a job centre asks for it; made to be handed over."
    notes = record.attrs["notes"]
    return Table("Work search", about, WORK_SEARCH, rows, notes, groups="week_starting")


def _weeks(log: ApplicationLog, asked: Asked) -> Table:
    rows = weeks_of(
        _record(log, asked),
        as_of=asked.as_of,
        since=asked.since,
        until=asked.until,
        week_starts=asked.week_starts,
    )
    about = "How much was done in each week, in those without anything too."
    return Table("Work search by week", about, WEEKS, rows)


def _record(log: ApplicationLog, asked: Asked) -> pd.DataFrame:
    return work_search_record(
        log,
        as_of=asked.as_of,
        since=asked.since,
        until=asked.until,
        week_starts=asked.week_starts,
    )


def _applications(log: ApplicationLog, asked: Asked) -> Table:
    apps = log.applications
    rows = {
        "application_id": apps.index.to_series().array,
        **{name: apps[name].array for name in APPLICATION_COLUMNS},
        "undated_interview": apps["undated_interview"].map({True: "yes", False: None}).array,
        **{name: in_words(apps[name]).array for name in ("status_kind", "contact_by")},
    }
    columns = list(APPLICATIONS)
    for at, name in enumerate(apps.columns):
        if name not in APPLICATION_COLUMNS:
            values, own = apps.iloc[:, at], f"own {at}"  # its own name may stand there twice
            rows[own] = values.array
            width = _width(str(name), values)
            columns.append(Column(own, str(name), ANY, width, "A column of yours."))
    about = "The applications as they were read, with your own columns behind."
    return Table("Applications", about, columns, pd.DataFrame(rows), frozen=2)


_LOOKED_AT = 200


def _width(heading: str, values: pd.Series) -> int:
    """Return a width for a column of which nothing is known but its first values."""
    longest = max((len(str(value)) for value in values.head(_LOOKED_AT).dropna()), default=0)
    return max(10, min(longest + 2, 40), min(len(heading) + 3, 20))


def _problems(log: ApplicationLog, asked: Asked) -> Table:
    rows = log.problems.assign(severity=log.problems["severity"].astype("str"))
    about = "What could not be read in your file, or wants a look."
    notes = [] if len(rows) else ["Nothing was wrong in the file."]
    return Table("Problems", about, PROBLEMS, rows, notes)


_MAKERS: dict[str, Callable[[ApplicationLog, Asked], Table]] = {
    "agenda": _agenda,
    "contacts": _contacts,
    "history": _history,
    "applications": _applications,
    "work-search": _work_search,
    "weeks": _weeks,
    "problems": _problems,
}
TABLES = tuple(_MAKERS)
"""The names of the tables, in the order of a workbook's sheets."""


def table_of(name: str, log: ApplicationLog, asked: Asked) -> Table:
    """Return a table by its name."""
    return _MAKERS[name](log, asked)


def asked_for(as_of: object, **given: object) -> Asked:
    """Return what is asked, with its day as a day."""
    return Asked(as_of=as_day(as_of, name="as_of"), **given)  # type: ignore[arg-type]
