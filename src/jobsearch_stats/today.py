"""The day's list in sentences: whom to call, what waits, what to let go, what to log better."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .follow_ups import follow_ups
from .log import ApplicationLog
from .schema import KINDS, OUTCOMES
from .show import ASIDE, Row, action_name, records
from .strategies import STRATEGIES, Strategy
from .terminal import day_name

_WHO = ("do_on", "action", "company", "role", "contact", "method")
_MOST_NAMES = 5
OPEN = ("due", "overdue", "waiting")


def dated(todo: pd.DataFrame) -> pd.DataFrame:
    """Return the agenda's rows that belong to a day."""
    return todo[~todo["action"].isin(list(ASIDE))]


def aside(todo: pd.DataFrame) -> pd.DataFrame:
    """Return the agenda's rows that are old, or to be let go."""
    return todo[todo["action"].isin(list(ASIDE))]


def today_sentence(todo: pd.DataFrame, *, as_of: pd.Timestamp) -> str:
    """Say whom to call and write to today, or when there is something to do next."""
    rows = dated(todo)
    now, later = rows[rows["do_on"] <= as_of], rows[rows["do_on"] > as_of]
    if len(now):
        return f"Today: {_listed([_deed(row) for row in records(now, _WHO)], '; ')}."
    if len(later):
        first = later[later["do_on"] == later["do_on"].min()]
        deeds = _listed([_deed(row) for row in records(first, _WHO)], "; ")
        return f"Nothing today. Next, on {day_name(later['do_on'].min())}: {deeds}."
    return "Nothing today, nor in the days ahead: send applications instead."


def week_sentence(todo: pd.DataFrame, *, as_of: pd.Timestamp) -> str:
    """Say on which days there is something to do."""
    later = dated(todo)
    later = later[later["do_on"] > as_of]
    if not len(later):
        return "The days after today are free."
    counts = later.groupby("do_on").size()
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


def states_sentence(table: pd.DataFrame) -> str:
    """Say how many contacts are in each state, and which has been overdue longest."""
    if not len(table):
        return "Nothing has reached an interview, so nobody is in this table."
    counts = table["state"].astype("str").value_counts()
    said = ", ".join(f"{n} {state}" for state, n in counts.items())
    late = table[table["state"] == "overdue"]
    if not len(late):
        return f"{len(table)} contacts: {said}. Nobody is overdue."
    worst = int(late["days_overdue"].to_numpy().argmax())
    return (
        f"{len(table)} contacts: {said}. Longest overdue is {_text(late['company'].iloc[worst])}, "
        f"by {late['days_overdue'].iloc[worst]} days: call, or decide to let go."
    )


def by_strategy(
    log: ApplicationLog, *, as_of: object, strategies: Sequence[Strategy] | None = None
) -> pd.DataFrame:
    """Return for every open contact the day to call under each strategy.

    Parameters
    ----------
    log
        The log.
    as_of
        The day.
    strategies
        Those to compare; by default the named ones, without `NO_FOLLOW_UP`.

    Returns
    -------
    pandas.DataFrame
        Index `application_id`; columns `company`, `contact`, and one day for each strategy. A row
        stands here if it is open under the first of them.
    """
    chosen = strategies or [s for s in STRATEGIES.values() if s.max_messages]
    tables = {s.name: follow_ups(log, as_of=as_of, strategy=s) for s in chosen}
    first = next(iter(tables.values()))
    rows = first.index[first["state"].isin(OPEN) & first["call_on"].notna()]
    days = {name: table.loc[rows, "call_on"] for name, table in tables.items()}
    return pd.concat([first.loc[rows, ["company", "contact"]], pd.DataFrame(days)], axis=1)


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
        'be due or overdue. To list them, set STAGES = ("interview", "application"); expect less '
        "of it than of a call after an interview."
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
        ("thank them within three days", "R12", int(thanked.sum())),
    ]
    out = pd.DataFrame(rows, columns=["habit", "rule", "done"])
    return out.assign(of=len(interviews))


def habits_sentence(table: pd.DataFrame) -> str:
    """Say which habit is worth most."""
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
    log: ApplicationLog, application_id: str, *, on: pd.Timestamp, strategy: Strategy
) -> str:
    """Say what the list will tell once a voicemail of today stands in the log."""
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
