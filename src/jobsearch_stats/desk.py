"""One look at a log: what to do, whom one can choose, one contact's sheet, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from .agenda import agenda
from .call_sheet import call_sheet
from .follow_ups import follow_ups
from .log import ApplicationLog
from .schema import STAGES, as_day
from .sheet import CallSheet
from .show import Row, next_step, records
from .strategies import Strategy
from .summary import counted
from .terminal import clean
from .today import (
    aside,
    later,
    let_go_sentence,
    list_table,
    now,
    states_table,
    today_sentence,
    week_sentence,
)
from .wording import one_line
from .workdays import public_holidays

MOST_CONTACTS = 300
"""No more are offered at once; typing a part of the name finds the others."""

MOST_ROWS = 100
"""Of a list that is read from the top."""

STAGE_CHOICES = {
    "after an interview": ("interview",),
    "and applications without one": STAGES,
    "only applications without one": ("application",),
}
"""The stages to list, as they are offered."""


@dataclass(frozen=True, eq=False)
class Part:
    """A part of the list: its title, its rows as a person reads them, and what to conclude."""

    title: str
    rows: pd.DataFrame
    said: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Desk:
    """One look at a log, on one day, with one strategy.

    Attributes
    ----------
    log, as_of, strategy, stages, me
        As for :func:`jobsearch_stats.agenda`.
    todo
        What that gives.
    table
        What :func:`jobsearch_stats.follow_ups` gives for these stages.
    everyone
        The same for all stages: whom one can choose.
    """

    log: ApplicationLog
    as_of: pd.Timestamp
    strategy: Strategy
    stages: tuple[str, ...]
    me: object
    todo: pd.DataFrame
    table: pd.DataFrame
    everyone: pd.DataFrame

    def lists(self) -> list[Part]:
        """Return what to do: today, in the coming days, and what may be let go."""
        todo, day = self.todo, self.as_of
        said = [today_sentence(todo, as_of=day), *todo.attrs["notes"]]
        week = [week_sentence(todo, as_of=day)]
        gone = [let_go_sentence(todo)]
        return [
            _part("Today", now(todo, as_of=day), said, dated=False),
            _part("The coming days", later(todo, as_of=day), week, dated=True),
            _part("Let go, or one last message", aside(todo), gone, dated=False),
        ]

    def contacts(self, find: str = "") -> list[tuple[str, str]]:
        """Return whom one can choose: what they are called, and their id, by need.

        Parameters
        ----------
        find
            A part of the company, the contact, the role or the id; blank: everybody.
        """
        people = self._people()
        text = people["company"].str.cat(people[["contact", "role", "id"]], sep=" ")
        wanted = people[text.str.casefold().str.contains(one_line(find).casefold(), regex=False)]
        shown = wanted.head(MOST_CONTACTS)
        rows = records(shown, ["company", "contact", "role", "state"])
        labels = [_label(row) for row in rows]
        twice = Counter(labels)
        return [  # an id is what it is, whatever it is made of; what people read is cleaned
            (f"{label} {row['role'] or one_line(clean(i))}" if twice[label] > 1 else label, i)
            for label, row, i in zip(labels, rows, shown["id"].tolist(), strict=True)
        ]

    def _people(self) -> pd.DataFrame:
        """Return all applications: today's, then by need, then those in no state yet."""
        known = states_table(self.everyone)
        due = now(self.todo, as_of=self.as_of)["application_id"].str.split("; ").explode()
        first = [known_id for known_id in dict.fromkeys(due) if known_id in known.index]
        known = pd.concat([known.loc[first], known.drop(first)])
        others = self.log.applications.index.difference(known.index, sort=False)
        rest = self.log.applications.loc[others, ["company", "role"]].assign(state="no date yet")
        rows = pd.concat([known[["company", "contact", "role", "state"]].astype("str"), rest])
        return rows.reset_index(names="id").astype("str").fillna("")

    def sheet(self, application_id: str) -> CallSheet:
        """Return the contact's call sheet."""
        return call_sheet(
            self.log, application_id, as_of=self.as_of, strategy=self.strategy, me=self.me
        )

    def next_sentence(self, application_id: str) -> str:
        """Say what comes next for a contact, and why."""
        rows = self.everyone[self.everyone.index == application_id]
        names = ["state", "n_messages", "call_on", "abandon_on", "due_on", "next_interview_on"]
        for row in records(rows, [*names, "method", "reason"]):
            if row["state"] == "closed":
                return f"Nothing more is to be done. {row['reason'] or ''}".strip()
            step = next_step(row, self.as_of.date(), self.strategy.max_messages)
            return f"Next: {step}. {row['reason'] or ''}".strip()
        return "Nothing follows from it yet: nothing is dated that a follow-up could count from."


def desk_of(
    log: ApplicationLog,
    *,
    as_of: object,
    strategy: Strategy,
    stages: Sequence[str],
    me: object = None,
) -> Desk:
    """Look at a log.

    Parameters
    ----------
    log, as_of, strategy, stages, me
        As for :func:`jobsearch_stats.agenda`.

    Raises
    ------
    SettingError
        If one of them cannot be used.
    """
    asked: dict[str, Any] = {"as_of": as_day(as_of, name="the day"), "strategy": strategy}
    return Desk(
        log=log,
        stages=tuple(stages),
        me=me,
        todo=agenda(log, **asked, stages=stages, me=me),
        table=follow_ups(log, **asked, stages=stages),
        everyone=follow_ups(log, **asked, stages=STAGES),
        **asked,
    )


def with_country(strategy: Strategy, country: str, *, year: int) -> Strategy:
    """Return a strategy that heeds a country's holidays; with a blank country, none.

    Raises
    ------
    SettingError
        If the country is not known; else it would be noticed only where a day is looked up.
    """
    code = one_line(country)
    if code:
        public_holidays(code, [year])
    return replace(strategy, country=code or None)


def countries() -> list[str]:
    """Return the codes of the countries whose holidays are known."""
    import holidays  # 0.2 s

    return sorted(holidays.list_supported_countries(include_aliases=False))


def _part(title: str, rows: pd.DataFrame, said: list[str], *, dated: bool) -> Part:
    left = len(rows) - MOST_ROWS
    more = [f"{counted(left, 'row')} more are not shown here."] if left > 0 else []
    table = list_table(rows.head(MOST_ROWS))
    return Part(title, table if dated else table.drop(columns="on"), (*said, *more))


def _label(row: Row) -> str:
    who = row["contact"] or row["role"] or "nobody named"
    return one_line(clean(f"{row['company'] or 'no company'}: {who} ({row['state']})"))
