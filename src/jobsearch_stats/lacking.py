"""What a log cannot answer for want of a column or of dates, and what to add: most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

_HEADERS = {
    "interview": "Interview",
    "decide_by": "They decide by",
    "follow_up": "Follow-up",
    "follow_up_method": "Follow-up method",
    "follow_up_outcome": "Follow-up outcome",
    "method": "Method",
    "outcome": "Outcome",
    "contact": "Contact",
    "phone": "Phone",
    "email": "E-mail",
    "reply": "Reply",
    "rejection": "Rejection",
    "applied": "Applied",
    "offer": "Offer",
    "withdrawn": "Withdrawn",
}
"""How a column is called that is to be added, by its field."""

_STAGES = frozenset(("applied", "interview", "offer", "rejection", "withdrawn", "reply"))
_NAMED = 3
"""Columns that are named as those that may be meant."""

_CLOSINGS = {"rejected": "rejection", "offer": "offer", "withdrawn": "withdrawn"}
"""Statuses that end an application, and the kind of event that dates them."""


@dataclass(frozen=True)
class Lack:
    """One thing that a log does not say.

    Attributes
    ----------
    key
        Its name, for programs.
    what
        What is not there.
    so
        What cannot be answered for want of it.
    add
        What to add.
    """

    key: str
    what: str
    so: str
    add: str

    @property
    def text(self) -> str:
        """All of it in two sentences."""
        return f"{self.what}: {self.so}. {self.add}."


@dataclass(frozen=True)
class _Log:
    """The frames of a log, and what is asked of them."""

    applications: pd.DataFrame
    events: pd.DataFrame
    columns: pd.DataFrame

    @cached_property
    def kinds(self) -> dict[str, int]:
        return {str(kind): int(n) for kind, n in self.events["kind"].value_counts().items() if n}

    @cached_property
    def headers(self) -> dict[str, str]:
        """The file's headers by the field that they are read as."""
        fields = self.columns["field"].fillna("").astype("str")
        pairs = zip(fields, self.columns["header"].fillna("").astype("str"), strict=True)
        return {field: header for field, header in reversed(list(pairs)) if field}

    @property
    def kept(self) -> list[str]:
        """The headers that are not understood."""
        unknown = self.columns["field"].fillna("") == ""
        return self.columns.loc[unknown, "header"].fillna("").astype("str").tolist()

    def none_of_applications(self, column: str) -> bool:
        """Whether no application has anything in the column."""
        values = self.applications[column]
        return bool((values.isna() | (values == "")).all())

    @property
    def one_row_per_event(self) -> bool:
        return not len(self.columns) or "kind" in self.headers

    def of(self, *kinds: str) -> pd.DataFrame:
        return self.events[self.events["kind"].isin(kinds)]

    def none(self, column: str) -> bool:
        """Whether no event has anything in the column."""
        values = self.events[column]
        return bool((values.isna() | (values == "")).all())

    def column(self, field: str, what: str) -> str:
        """Say how to add a field: in a column that is there and is blank, or in a new one."""
        if field in self.headers:
            return f'Fill in your column "{self.headers[field]}" with {what}'
        return f'Add a column "{_HEADERS[field]}" with {what}'

    def dates(self, kind: str, what: str) -> str:
        """Say how to add the dates of a kind of event, in this shape of file."""
        if self.one_row_per_event:
            return f'Add a row of kind "{kind}" with its date for each'
        return self.column(kind, what)


def lacking(
    applications: pd.DataFrame, events: pd.DataFrame, columns: pd.DataFrame
) -> tuple[Lack, ...]:
    """Return what a log lacks, what today's list needs most first.

    Parameters
    ----------
    applications, events, columns
        The frames of a log.
    """
    log = _Log(applications, events, columns)
    if not len(applications):
        if "company" not in log.headers and len(_STAGES & log.headers.keys()) > 1:
            what = "No applications: its columns are stages, and no column is the company"
            so = "a board with the names of companies in each column cannot be read"
            add = 'Write a row for each, with the columns "Company" and "Status"'
            return (Lack("board", what, so, add),)
        which = _which_company(log)
        if which:
            so = "no column is known to name the employer"
            return (Lack("company", "No applications", so, which),)
        add = "Write a row for each application; `jobsearch-stats template` makes a sheet for it"
        return (Lack("applications", "No applications", "there is nothing to answer", add),)
    return tuple(lack for ask in _ASKED for lack in ask(log))


def _which_company(log: _Log) -> str:
    """Say how to name the column of the companies, if there are some that it may be."""
    kept = [header for header in log.kept if header][:_NAMED]
    if not kept or "company" in log.headers:
        return ""
    shown = " or ".join(f'"{header}"' for header in kept)
    return f'Say which it is with mapping={{"{kept[0]}": "company"}}, if it is {shown}'


def _companies(log: _Log) -> Iterator[Lack]:
    if not log.none_of_applications("company"):
        return
    say = _which_company(log) or 'Add a column "Company"'
    so = "the list cannot say whom a line is about"
    yield Lack("company", "No names of employers", so, say)


def _interviews(log: _Log) -> Iterator[Lack]:
    undated = int(log.applications["undated_interview"].sum())
    add = log.dates("interview", "the date of each interview")
    if undated:
        each = "1 application" if undated == 1 else f"{undated} applications"
        so = "its follow-ups are" if undated == 1 else "their follow-ups are"
        what = f"No date for the interview of {each}"
        yield Lack("undated_interview", what, f"{so} not in the list until it is there", add)
    elif not log.kinds.get("interview"):
        yield Lack("interview", "No interview dates", "follow-up rules need them", add)


def _promises(log: _Log) -> Iterator[Lack]:
    if log.kinds.get("interview") and log.none("decide_by"):
        what = 'the day by which they decide: a date, or words such as "two weeks"'
        so = "R2's week is used for every interview"
        yield Lack("decide_by", "No promised dates", so, log.column("decide_by", what))


def _follow_ups(log: _Log) -> Iterator[Lack]:
    follow_ups = log.of("follow_up")
    if not len(follow_ups):
        so = "no message is counted, and nothing is let go (R6)"
        add = log.dates("follow_up", "the date of each follow-up")
        yield Lack("follow_up", "No follow-ups of yours", so, add)
        return
    unsaid = int(follow_ups["outcome"].isna().sum())
    if unsaid:
        one = log.one_row_per_event
        method, outcome = (
            ("method", "outcome") if one else ("follow_up_method", "follow_up_outcome")
        )
        missing = [name for name in (method, outcome) if name not in log.headers]
        names = " and ".join(f'"{_HEADERS[name]}"' for name in missing)
        s = "s" if len(missing) > 1 else ""
        words = "no answer, voicemail, message taken, spoke, sent"
        add = (
            f"Add the column{s} {names} ({words})"
            if missing
            else f"Fill in what came of it: {words}"
        )
        each = (
            f"{unsaid} of {len(follow_ups)} follow-ups"
            if unsaid < len(follow_ups)
            else "follow-ups"
        )
        so = "each counts as a message, also a call that reached nobody (R7)"
        yield Lack("outcome", f"No word of what came of {each}", so, add)


def _people(log: _Log) -> Iterator[Lack]:
    missing = [name for name in ("contact", "phone", "email") if log.none(name)]
    if "contact" in missing:
        so = "the list cannot say whom to ask for (R18)"
        add = log.column("contact", "the name of the person you met")
        yield Lack("contact", "No names of contacts", so, add)
    if {"phone", "email"} <= set(missing):
        so = "you will have to look them up before you call"
        add = log.column("phone", "the number to call")
        yield Lack("phone", "No phone numbers and no e-mail addresses", so, add)
    elif "phone" in missing:
        so = "you will have to look them up before you call"
        add = log.column("phone", "the number to call")
        yield Lack("phone", "No phone numbers", so, add)


def _answers(log: _Log) -> Iterator[Lack]:
    if not set(log.kinds) & {"reply", "rejection", "offer"}:
        so = "response rates and silence cannot be told, and nothing closes by itself"
        if log.one_row_per_event:
            add = 'Add a row of kind "reply" or "rejection" with its date for each'
        else:
            reply = log.column("reply", "the date of their answer")
            add = f'{reply}, and add a column "{_HEADERS["rejection"]}"'
            if "reply" not in log.headers:
                add = f'{reply}, and a column "{_HEADERS["rejection"]}"'
            if "rejection" in log.headers:
                add = reply
        yield Lack("reply", "No dates of replies or rejections", so, add)


def _statuses(log: _Log) -> Iterator[Lack]:
    kinds = log.applications["status_kind"].astype("str")
    dated = log.of(*_CLOSINGS.values())["application_id"].unique()
    bare = kinds[kinds.isin(list(_CLOSINGS)) & ~log.applications.index.isin(dated)]
    if len(bare) and len(log.events):
        each = "1 status that ends" if len(bare) == 1 else f"{len(bare)} statuses that end"
        kind = _CLOSINGS[bare.value_counts().index[0]]
        so = "they close at once, and count in no time to an answer"
        so = so if len(bare) > 1 else "it closes at once, and counts in no time to an answer"
        add = log.dates(kind, f"the date of each {kind.replace('withdrawn', 'withdrawal')}")
        yield Lack("status_on", f"No date for {each} an application", so, add)


def _applied(log: _Log) -> Iterator[Lack]:
    if not log.kinds.get("applied"):
        so = "how long employers take, and how often they answer, cannot be told"
        add = log.dates("applied", "the date on which you applied")
        yield Lack("applied", "No dates of applications", so, add)


_ASKED: tuple[Callable[[_Log], Iterator[Lack]], ...] = (
    _companies,
    _interviews,
    _promises,
    _follow_ups,
    _people,
    _answers,
    _statuses,
    _applied,
)
"""What is asked of a log, in the order in which it matters for today's list."""
