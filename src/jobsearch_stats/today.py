"""The day's list in sentences: whom to call, what waits, what to let go, what to log better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from .follow_ups import follow_ups
from .log import ApplicationLog
from .schema import KINDS, OUTCOMES
from .sheet import CallSheet
from .show import ASIDE, STATES_BY_NEED, Row, action_name, records
from .strategies import STRATEGIES, Strategy
from .summary import counted
from .terminal import day_name

_WHO = ("do_on", "action", "company", "role", "contact", "method")
_MOST_NAMES = 5
_OPEN = ("due", "overdue", "waiting")


STATE_COLUMNS = {
    "company": "company",
    "contact": "contact",
    "state": "state",
    "call_on": "call on",
    "n_messages": "messages",
    "days_overdue": "days overdue",
    "reason": "why",
}
"""What a person reads of `follow_ups`, by heading."""


def now(todo: pd.DataFrame, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the agenda's rows of today."""
    rows = _dated(todo)
    return rows[rows["do_on"] <= as_of]


def later(todo: pd.DataFrame, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the agenda's rows of the days to come."""
    rows = _dated(todo)
    return rows[rows["do_on"] > as_of]


def aside(todo: pd.DataFrame) -> pd.DataFrame:
    """Return the agenda's rows that are old, or to be let go."""
    return todo[todo["action"].isin(list(ASIDE))]


def _dated(todo: pd.DataFrame) -> pd.DataFrame:
    return todo[~todo["action"].isin(list(ASIDE))]


def list_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the agenda as a person reads them.

    Returns
    -------
    pandas.DataFrame
        Columns `on, what, whom, at, why`: the day, "Call", who and where, the number or address,
        the reason.
    """
    table = [
        (
            day_name(row["do_on"]),
            _what(row),
            ", ".join(str(row[name]) for name in ("contact", "company", "role") if row[name]),
            row["phone"] if row["method"] == "phone" else row["email"],
            row["reason"],
        )
        for row in records(rows, (*_WHO, "phone", "email", "reason"))
    ]
    return pd.DataFrame(table, columns=["on", "what", "whom", "at", "why"])


def _what(row: Row) -> str:
    """Return what to do, as a heading of a row and not the beginning of a sentence."""
    return re.sub("( to| with|:)$", "", action_name(row))


def first_id(todo: pd.DataFrame, log: ApplicationLog) -> str | None:
    """Return the id of the first follow-up on the list, or None."""
    calls = todo.loc[todo["action"] == "follow_up", "application_id"]
    if not len(calls):
        return None
    joined = str(calls.iloc[0])
    return joined if joined in log.applications.index else joined.split("; ")[0]


def call_sentence(sheet: CallSheet | None) -> str:
    """Say what to do with the call sheet."""
    if sheet is None:
        return "Nobody to call in these days, so there is no sheet."
    lacking = [
        text
        for text, there in (
            ("no strengths", sheet.strengths),
            ("no name", sheet.contact),
            ("no number and no address", sheet.phone or sheet.email),
        )
        if not there
    ]
    if lacking:
        return f"Before you call, fill in what is missing in your log: {', '.join(lacking)}."
    on = f" on {day_name(sheet.call_on)}" if sheet.call_on is not None else ""
    return f"All is there: read it once, then reach {sheet.contact}{on}."


def today_sentence(todo: pd.DataFrame, *, as_of: pd.Timestamp) -> str:
    """Say whom to call and write to today, or when there is something to do next."""
    today, coming = now(todo, as_of=as_of), later(todo, as_of=as_of)
    if len(today):
        return f"Today: {_listed([_deed(row) for row in records(today, _WHO)], '; ')}."
    if len(coming):
        first = coming[coming["do_on"] == coming["do_on"].min()]
        deeds = _listed([_deed(row) for row in records(first, _WHO)], "; ")
        return f"Nothing today. Next, on {day_name(coming['do_on'].min())}: {deeds}."
    return "Nothing today, nor in the days ahead: send applications instead."


def week_sentence(todo: pd.DataFrame, *, as_of: pd.Timestamp) -> str:
    """Say on which days there is something to do."""
    coming = later(todo, as_of=as_of)
    if not len(coming):
        return "The days after today are free."
    counts = coming.groupby("do_on").size()
    days = [f"{day_name(day)} ({n})" for day, n in counts.items()]  # type: ignore[arg-type]
    return f"Keep a quarter of an hour free on {_listed(days, ', ', most=7)}."


def let_go_sentence(todo: pd.DataFrame) -> str:
    """Say what to let go, and what wants one last message."""
    gone, old = (todo[todo["action"] == action] for action in ("let_go", "old"))
    parts = []
    if len(gone):
        parts.append(
            f"Let go of {_names(gone)}: {'they have' if len(gone) > 1 else 'it has'} had all "
            "the messages there are, and silence is taken as a no (R6)."
        )
    if len(old):
        parts.append(
            f"Send one last message to {_names(old)}, or let go: the day for it is long past (R20)."
        )
    return " ".join(parts) or "Nothing to let go today."


def states_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `follow_ups` with what is to be done first, each state by its day."""
    rank = table["state"].astype("str").map({state: n for n, state in enumerate(STATES_BY_NEED)})
    order = table.assign(_rank=rank).sort_values(["_rank", "call_on"], kind="stable").index
    return table.loc[order]


def states_sentence(table: pd.DataFrame) -> str:
    """Say how many contacts are in each state, and which has been overdue longest."""
    if not len(table):
        return "Nothing has reached an interview, so nobody is in this table."
    counts = table["state"].astype("str").value_counts()
    said = ", ".join(f"{n} {state}" for state, n in counts.items())
    late = table[table["state"] == "overdue"]
    if not len(late):
        return f"{counted(len(table), 'contact')}: {said}. Nobody is overdue."
    worst = int(late["days_overdue"].to_numpy().argmax())
    return (
        f"{counted(len(table), 'contact')}: {said}. Longest overdue is "
        f"{_text(late['company'].iloc[worst])}, by {late['days_overdue'].iloc[worst]} days: call, "
        "or decide to let go."
    )


def by_strategy(log: ApplicationLog, *, as_of: object, strategy: Strategy) -> pd.DataFrame:
    """Return for every open contact the day to call under each strategy.

    Parameters
    ----------
    log
        The log.
    as_of
        The day.
    strategy
        Yours; the other named ones, but for `NO_FOLLOW_UP`, are set beside it, with its country.

    Returns
    -------
    pandas.DataFrame
        Index `application_id`; columns `company`, `contact`, and one day for each strategy. A row
        stands here if it is open under yours; those on which they differ come first.
    """
    others = [
        replace(other, country=strategy.country)
        for other in STRATEGIES.values()
        if other.max_messages and other.name != strategy.name
    ]
    tables = {s.name: follow_ups(log, as_of=as_of, strategy=s) for s in (strategy, *others)}
    mine = tables[strategy.name]
    rows = mine.index[mine["state"].isin(_OPEN) & mine["call_on"].notna()]
    days = {name: table.loc[rows, "call_on"] for name, table in tables.items()}
    out = pd.concat([mine.loc[rows, ["company", "contact"]], pd.DataFrame(days)], axis=1)
    own = out[strategy.name]
    same = pd.DataFrame({n: (d == own) | (d.isna() & own.isna()) for n, d in days.items()}).all(
        axis=1
    )
    return pd.concat([out[~same], out[same]])


def by_strategy_sentence(days: pd.DataFrame) -> str:
    """Say for how many contacts the choice of a strategy makes a difference today."""
    names = [name for name in days.columns if name not in ("company", "contact")]
    if not len(days):
        return "Nobody is open, so the strategy makes no difference today."
    base = days[names[0]]
    moved = {name: int((days[name] != base).sum()) for name in names[1:]}
    other = [f"{n} under {name}" for name, n in moved.items() if n]
    if not other:
        return f"For all {len(days)} open contacts every strategy names the same day: keep yours."
    return (
        f"Of {len(days)} open contacts another day is named for {_listed(other, ', ')}; everywhere "
        f"else the choice makes no difference. Stay with {names[0]} unless you have a reason."
    )


def stages_sentence(log: ApplicationLog, *, as_of: object) -> str:
    """Say what `stages=("interview", "application")` would add to the list (R19)."""
    both = follow_ups(log, as_of=as_of, stages=("interview", "application"))
    only = both[both["stage"] == "application"]
    now = only["state"].isin(["due", "overdue"])
    if not len(only):
        return "Everything that was applied for has reached an interview, or is undated."
    return (
        f"{len(only)} applications never reached an interview, and {int(now.sum())} of them would "
        "be due or overdue. Put the calls after an interview first; to list these as well, set "
        'STAGES = ("interview", "application").'
    )


def habits(log: ApplicationLog, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what would make the list better if it were logged (R11, R18).

    Returns
    -------
    pandas.DataFrame
        Columns `habit, rule, done, of`: at how many interviews it was logged.
    """
    events = log.events
    interviews = events[(events["kind"] == "interview") & (events["date"] <= as_of)]
    named = interviews["contact"].fillna("").str.strip() != ""
    thanked = interviews["application_id"].isin(
        events.loc[events["kind"] == "thank_you", "application_id"]
    )
    rows = [
        ("ask when they decide", "R11", int(interviews["decide_by"].notna().sum())),
        ("write down whom you met", "R18", int(named.sum())),
        ("send a thank-you note", "R12", int(thanked.sum())),
    ]
    out = pd.DataFrame(rows, columns=["habit", "rule", "done"])
    return out.assign(of=len(interviews))


def habits_sentence(table: pd.DataFrame) -> str:
    """Say which habit is missed most."""
    if not len(table) or not table["of"].iloc[0]:
        return "At your first interview, ask when they decide, and write down whom you met."
    missing = table["of"] - table["done"]
    worst = int(missing.to_numpy().argmax())
    habit, rule, of = (table[name].iloc[worst] for name in ("habit", "rule", "of"))
    if not missing.iloc[worst]:
        return "All of this is in your log: keep it up."
    return f"Next time, {habit} ({rule}): {missing.iloc[worst]} of {of} interviews lack it."


def with_follow_up(
    log: ApplicationLog,
    application_id: str,
    *,
    on: pd.Timestamp,
    method: str = "phone",
    outcome: str = "voicemail",
) -> ApplicationLog:
    """Return the log as it would be with one more follow-up in it.

    Parameters
    ----------
    log
        The log; it is not changed.
    application_id
        Whose.
    on, method, outcome
        The event's day, and how it went.
    """
    row = pd.DataFrame(
        {
            "application_id": [application_id],
            "date": [on],
            "kind": pd.Categorical(["follow_up"], categories=KINDS),
            "method": [method],
            "outcome": pd.Categorical([outcome], categories=OUTCOMES),
        }
    )
    events = pd.concat([log.events.astype({"application_id": "str"}), row], ignore_index=True)
    return ApplicationLog.from_frames(log.applications, events)


def after_sentence(
    log: ApplicationLog, application_id: str | None, *, on: pd.Timestamp, strategy: Strategy
) -> str:
    """Say what the list will tell once a voicemail of today stands in the log."""
    if application_id is None:
        return "Nobody to call in these days, so there is nothing to write down."
    longer = with_follow_up(log, application_id, on=on)
    table = follow_ups(longer, as_of=on, strategy=strategy, stages=("interview", "application"))
    (row,) = records(table.loc[[application_id]], ["company", "call_on", "abandon_on"])
    company, call_on, abandon_on = (row[name] for name in ("company", "call_on", "abandon_on"))
    told = f"With a voicemail to {company or 'this one'} on {day_name(on)} in your log"
    if call_on:
        return f"{told}, the next call is on {day_name(call_on)}, and not before."
    if abandon_on:
        return f"{told}, nothing more is to be done: on {day_name(abandon_on)} let go."
    return f"{told}, nothing more is to be done."


def stands_sentence(
    log: ApplicationLog, application_id: str, *, on: pd.Timestamp, strategy: Strategy
) -> str:
    """Say what the list tells of one application on a day."""
    table = follow_ups(log, as_of=on, strategy=strategy, stages=("interview", "application"))
    if application_id not in table.index:
        company = _text(log.applications.loc[application_id, "company"])
        return f"{company} is not on the list: nothing dated in your log asks for a follow-up."
    (row,) = records(table.loc[[application_id]], ["company", "state", "call_on", "reason"])
    when = f", next call {day_name(row['call_on'])}" if row["call_on"] else ""
    return f"{_text(row['company'])}: {row['state']}{when}. {row['reason']}"


def _deed(row: Row) -> str:
    verb = action_name(row)
    who = " at ".join(str(row[name]) for name in ("contact", "company") if row[name])
    return f"{verb[0].lower()}{verb[1:]} {who or 'the employer'}"


def _names(rows: pd.DataFrame) -> str:
    return _listed([str(row["company"] or "?") for row in records(rows, _WHO)], ", ")


def _listed(texts: Sequence[str], by: str, *, most: int = _MOST_NAMES) -> str:
    """Join a few texts, and count the rest."""
    if len(texts) <= most:
        return by.join(texts)
    return f"{by.join(texts[:most])}{by}and {len(texts) - most} more"


def _text(value: object) -> str:
    return str(value) if isinstance(value, str) and value else "this one"
