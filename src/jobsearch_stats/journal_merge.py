"""A journal's entries as events of its log, and an account of every one of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .journal_file import read_journal
from .log import ApplicationLog
from .schema import PROBLEM_COLUMNS, as_events

_FILLED = ("method", "outcome", "contact", "decide_by", "until", "note")
"""What an entry says beside its application, day and kind."""
_TOLD_APART = {"follow_up": ("method", "outcome", "contact"), "thank_you": ("method", "contact")}
"""Of these there may be several on a day: where both say something else, they are two."""

_KEY = ("application_id", "date", "kind")
_ADDED = "pass journal=False to read the log without them"

Event = dict[str, Any]


def with_journal(
    log: ApplicationLog, path: str | os.PathLike[str], *, date_order: str | None = None
) -> ApplicationLog:
    """Return the log with the entries of a journal among its events.

    An entry that the log's own file has too (the same application, day and kind, and no other
    method, outcome or person) is not doubled: the file's values stand, and its blanks are filled.

    Parameters
    ----------
    log
        The log.
    path
        The journal.
    date_order
        As for `read_journal`.

    Returns
    -------
    ApplicationLog
        In `counts`, `entries_read` is the sum of `entries_added`, `entries_known` (the log had
        them), `entries_undone` and `entries_rejected`; these have a row in `problems`.

    Raises
    ------
    DataError, ReadError
        If the journal cannot be read.
    """
    entries = read_journal(path, date_order=date_order)
    name = Path(path).name
    of_events = entries[entries["undoes"].isna()]
    counting = of_events[~(of_events["undone"] | of_events["broken_off"])]
    merge = _Merge(name, log.applications)
    merge.refuse_broken(of_events[of_events["broken_off"]])
    placed = merge.placed(counting)
    events = merge.events(placed, log.events)
    counts = {
        "entries_read": len(of_events),
        "entries_added": merge.n_added,
        "entries_known": len(placed) - merge.n_added,
        "entries_undone": int(of_events["undone"].sum()),
        "entries_rejected": len(of_events) - len(placed) - int(of_events["undone"].sum()),
    }
    return replace(
        log,
        applications=_dated_now(log.applications, events),
        events=events,
        problems=merge.problems(log.problems),
        counts={**log.counts, **counts},
    )


@dataclass
class _Merge:
    """The work on one journal: what was added, and what is to be said of it."""

    name: str
    applications: pd.DataFrame
    n_added: int = 0
    said: list[tuple[str | None, str | None, str, str, str]] = field(default_factory=list)

    def refuse_broken(self, lines: pd.DataFrame) -> None:
        why = "a line is broken off: it has no written_on, which ends it"
        for row, note in zip(lines["source_row"], lines["note"], strict=True):
            self._say(None, row, note, why, "entry not added", "rejected")

    def placed(self, entries: pd.DataFrame) -> pd.DataFrame:
        """Return the entries whose application is in the log, under the id that it has there."""
        known = entries["application_id"].isin(self.applications.index).to_numpy(dtype=bool)
        ids = entries["application_id"].astype(object).where(known, None).tolist()
        by_name = _unique_names(self.applications) if not known.all() else {}
        for at in np.flatnonzero(~known):
            entry = entries.iloc[at]
            ids[at] = by_name.get((_plain(entry["company"]), _plain(entry["role"])))
            self._say_renamed(entry, ids[at])
        out = entries.assign(application_id=pd.Series(ids, index=entries.index, dtype="str"))
        return out[out["application_id"].notna()]

    def _say_renamed(self, entry: pd.Series, found: str | None) -> None:
        wanted, row = entry["application_id"], entry["source_row"]
        who = ", ".join(str(entry[name]) for name in ("company", "role") if pd.notna(entry[name]))
        missing = f"no application {wanted!r} in the log" if pd.notna(wanted) else "no id"
        if found is None:
            what = ": ".join(filter(None, (who, f"{entry['kind']} of {entry['date']:%Y-%m-%d}")))
            why = f"{missing}, and not one of that company and role"
            self._say("application_id", row, what, why, "entry not added", "rejected")
        elif pd.notna(wanted):
            why = f"{missing}, and one of that company and role"
            self._say("application_id", row, who, why, f"taken as {found!r}", "noted")

    def events(self, entries: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
        """Return the log's events with these entries among them."""
        if not len(entries):
            return events
        of_these = events["application_id"].isin(entries["application_id"])
        near = of_these & events["date"].isin(entries["date"])
        rows = _records(events[near], events.columns)
        there: dict[tuple[Any, ...], list[Event]] = {}
        for event in rows:
            there.setdefault(tuple(event[name] for name in _KEY), []).append(event)
        for entry in _records(entries, [*_KEY, *_FILLED, "source_row"]):
            like = there.setdefault(tuple(entry[name] for name in _KEY), [])
            same = next((event for event in like if _same(event, entry)), None)
            if same is not None:
                self._fill(same, entry)
                continue
            self.n_added += 1
            like.append({**entry, "source_row": None})
        merged = pd.DataFrame([event for like in there.values() for event in like])
        new = as_events(merged, application_ids=self.applications.index)
        rest = events[~near]
        if not len(rest):
            return new
        return as_events(
            pd.concat([rest, new], ignore_index=True), application_ids=self.applications.index
        )

    def _fill(self, event: Event, entry: Event) -> None:
        for name in _FILLED:
            said = entry[name]
            if event[name] is None:
                event[name] = said
            elif name == "note" and said is not None and said not in event[name]:
                event[name] = f"{event[name]}; {said}"
            elif name != "note" and said is not None and not _agree(event[name], said):
                shown = said if isinstance(said, str) else f"{said:%Y-%m-%d}"
                why = "the log says something else of that event"
                self._say(name, entry["source_row"], shown, why, "the log's was kept", "noted")

    def _say(
        self, column: str | None, row: int, value: str, why: str, done: str, severity: str
    ) -> None:
        """Say something of a line; `source_row` is of the log's own file, and stays blank."""
        self.said.append((column, f"row {row}: {value}", f"{self.name}: {why}", done, severity))

    def problems(self, problems: pd.DataFrame) -> pd.DataFrame:
        """Return the log's problems, and behind them what is to be said of the journal."""
        n = self.n_added
        if n:
            what = "1 entry" if n == 1 else f"{n} entries"
            verb = "was" if n == 1 else "were"
            said = (None, None, f"{what} of {self.name} {verb} added", _ADDED, "noted")
            self.said.insert(0, said)
        if not self.said:
            return problems
        names = [name for name in PROBLEM_COLUMNS if name != "source_row"]
        rows = pd.DataFrame(self.said, columns=names).assign(source_row=None)
        rows = rows.astype(PROBLEM_COLUMNS)[list(PROBLEM_COLUMNS)]  # type: ignore[arg-type]
        return pd.concat([problems, rows], ignore_index=True) if len(problems) else rows


def _records(table: pd.DataFrame, names: Iterable[str]) -> list[Event]:
    """Return rows as dicts, with None for what is blank."""
    columns = {name: table[name].astype(object) for name in names}
    lists = [column.where(column.notna(), None).tolist() for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def _same(event: Event, entry: Event) -> bool:
    """Whether an event of that application, day and kind is the one that the entry tells of."""
    names = _TOLD_APART.get(entry["kind"], ())
    return all(
        event[name] is None or entry[name] is None or _agree(event[name], entry[name])
        for name in names
    )


def _agree(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    return one == other


def _plain(text: object) -> str:
    return " ".join(str(text).casefold().split()) if isinstance(text, str) else ""


def _unique_names(applications: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the ids of those applications whose company and role no other has.

    Without a role, it is the only application at its company.
    """
    pairs = applications[["company", "role"]].astype(object).map(_plain)
    pairs = pairs[pairs["company"] != ""]
    alone = pairs[~pairs["company"].duplicated(keep=False)].assign(role="")
    found: dict[tuple[str, str], str] = {}
    for names in (alone, pairs[~pairs.duplicated(keep=False)]):
        keys = zip(names["company"], names["role"], strict=True)
        found.update(zip(keys, map(str, names.index), strict=True))
    return found


def _dated_now(applications: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the applications; an interview whose day the journal tells is undated no more."""
    if not applications["undated_interview"].any():
        return applications
    met = events.loc[events["kind"] == "interview", "application_id"].astype("str")
    dated = applications["undated_interview"] & applications.index.isin(met)
    return applications.assign(undated_interview=applications["undated_interview"] & ~dated)
