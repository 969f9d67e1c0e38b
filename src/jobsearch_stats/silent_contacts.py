"""Today's silent contacts: what one's own log gives each of them, beside what the rules say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from .follow_ups import follow_ups
from .log import ApplicationLog
from .results import percent, percent_given
from .silence import Chances, SilenceLimit
from .summary import counted
from .terminal import clean
from .waits import COLUMNS

OVER, BELOW, HOPE, UNKNOWN, PAST = (
    "write off",
    "probably over",
    "wait on",
    "cannot tell",
    "long past",
)
"""What the log says of a silent contact."""

_LONG = 28  # days past due; from then on the agenda has it among the old ones (R20)
_MARKS = 30  # names that a plot has room for
_DAYS_SHOWN = (0, 3, 7, 10, 14, 21, 28, 42)
_RULE = {
    "due": "follow up",
    "overdue": "follow up",
    "waiting": "wait",
    "abandoned": "let go",
    "closed": "closed",
}

SILENT_COLUMNS = {
    "company": "company",
    "role": "role",
    "stage": "stage",
    "last_on": "last contact",
    "silent_days": "silent days",
    "chance_text": "chance",
    "n": "n",
    "log_says": "your log",
    "rule_says": "the rules",
}
"""What a person reads of `silent_contacts`, by heading."""


def days_shown(by_day: int) -> list[int]:
    """Return a few numbers of silent days below a day, for a table."""
    return [day for day in _DAYS_SHOWN if day < by_day]


def silent_contacts(
    log: ApplicationLog, tries: pd.DataFrame, *, chances: Chances, limit: SilenceLimit
) -> pd.DataFrame:
    """Return who has not answered your latest approach, and how likely an answer still is.

    Left out are those who answered on a day that nobody knows, and those with an interview ahead.

    Parameters
    ----------
    log
        The search.
    tries
        What :func:`jobsearch_stats.outreach` gives for it.
    chances
        The chance of a reply, `by="stage"`, for each day from 0 to the last.
    limit
        The day of silence that leaves too little, `by="stage"`.

    Returns
    -------
    pandas.DataFrame
        One row per contact: after an interview first, and the longest silence last.

        application_id, company, role : str
            Who.
        stage, kind : category
            Before or after an interview; what the latest approach was.
        last_on : datetime64[s]; silent_days : int64
            Its day, and the days since.
        chance, ci_low, ci_high : float64; n : Int64
            Of an answer until the last day; blank past it.
        chance_text : str
            The same in words.
        log_says : str
            "write off": even the upper end of the interval is below the limit; "probably over":
            the chance is; "wait on"; "cannot tell": too few have been silent for so long, or the
            log has no answer at all; "long past": silent beyond the last day.
        rule_says : str
            "follow up", "wait", "let go", or where that is long past "last message, or let go":
            the state by the rules (R5 to R8, R19, R20).
    """
    ended_by = COLUMNS[chances.counts][0]
    rows = tries[(tries[ended_by] == "as_of") & (tries["stage"] != "closed") & ~tries["undated"]]
    rows = rows[~rows["application_id"].isin(_ahead(log, chances.as_of)).to_numpy()]
    out = pd.DataFrame(
        {
            "application_id": rows["application_id"].astype("str"),
            **{name: rows[name] for name in ("company", "role", "stage", "kind")},
            "last_on": rows["date"],
            "silent_days": rows["observed_days"].astype("int64"),
        }
    )
    out = _with_chances(out, chances.table)
    told = bool((tries[ended_by] == "response").any())
    out["log_says"] = _log_says(out, limit, chances.by_day, told=told)
    out["rule_says"] = _rule_says(log, out, chances.as_of)
    order = out.assign(met=out["stage"] != "interview").sort_values(
        ["met", "silent_days", "application_id"], kind="stable"
    )
    return out.loc[order.index].reset_index(drop=True)


def _ahead(log: ApplicationLog, as_of: pd.Timestamp) -> pd.Series:
    """Return the ids of those with an interview still to come: they did answer."""
    events = log.events
    ahead = (events["kind"] == "interview") & (events["date"] > as_of)
    return events.loc[ahead, "application_id"]


def _with_chances(out: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    names = ["chance", "ci_low", "ci_high", "n", "can_tell"]
    known = table.assign(stage=table["stage"].astype("str")).set_index(["stage", "silent_days"])
    keys = pd.MultiIndex.from_arrays([out["stage"].astype("str"), out["silent_days"]])
    found = known[names].reindex(keys).reset_index(drop=True)
    found["n"] = found["n"].astype("Int64")
    found["can_tell"] = found["can_tell"].eq(True)
    found["chance_text"] = [
        _chance_text(*row).replace(" ", "\N{NO-BREAK SPACE}")
        for row in found[["chance", "ci_low", "ci_high"]].itertuples(index=False, name=None)
    ]
    return pd.concat([out.reset_index(drop=True), found], axis=1)


def _chance_text(chance: float, low: float, high: float) -> str:
    if np.isnan(chance):
        return ""
    return f"{percent(chance)} ({percent(low, sign=False)} to {percent(high)})"


def _log_says(
    contacts: pd.DataFrame, limit: SilenceLimit, by_day: int, *, told: bool
) -> npt.NDArray[np.object_]:
    limits = limit.table.assign(stage=limit.table["stage"].astype("str")).set_index("stage")
    days = limits[["day", "day_surely"]].reindex(contacts["stage"].astype("str"))
    day, surely = (days[name].to_numpy(float, na_value=np.inf) for name in days.columns)
    silent = contacts["silent_days"].to_numpy()
    can_tell = contacts["can_tell"].to_numpy(bool) & told
    choices = [
        (silent >= by_day, PAST),
        (~can_tell, UNKNOWN),
        (silent >= surely, OVER),
        (silent >= day, BELOW),
    ]
    return np.select([which for which, _ in choices], [text for _, text in choices], HOPE).astype(
        object
    )


def _rule_says(log: ApplicationLog, contacts: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    if not len(contacts):
        return pd.Series(dtype="str")
    table = follow_ups(log, as_of=as_of, stages=("interview", "application"))
    states = table["state"].astype("str").map(_RULE)
    old = (table["days_overdue"] > _LONG).fillna(False).to_numpy(bool)
    states = states.mask(old, "last message, or let go")
    states.index = states.index.astype("str")
    found = states.reindex(contacts["application_id"])
    return found.fillna("").reset_index(drop=True)


def marked(contacts: pd.DataFrame, *, by_day: int) -> pd.DataFrame:
    """Return the contacts that a plot has room to name, those after an interview first."""
    return contacts[contacts["silent_days"] < by_day].head(_MARKS)


def silence_looked_up(chances: Chances, *, silent: int, below: float) -> str:
    """Say whether so many silent days mean that it is over, for each stage.

    Parameters
    ----------
    chances
        The chance of a reply, `by="stage"`, for each day from 0 to the last.
    silent
        Days of silence.
    below
        The chance that is too small to wait for.
    """
    if silent >= chances.by_day:
        return (
            f"{counted(silent, 'silent day')}: past day {chances.by_day}, the last one that is "
            "looked at here."
        )
    rows = chances.table[(chances.table["silent_days"] == silent).to_numpy()]
    columns = ["stage", "n", "chance", "ci_low", "ci_high", "can_tell"]
    answered = bool(chances.table["n_responses"].any())
    said = [
        f"after an {stage} {_looked_up(*row, below=below, answered=answered)}"
        for stage, *row in rows[columns].itertuples(index=False, name=None)
    ]
    if not said:
        return "Cannot tell yet: there is no silence in this log to learn from."
    return f"{counted(silent, 'silent day')} on: {'; '.join(said)}."


def _looked_up(
    n: int, chance: float, low: float, high: float, can_tell: bool, *, below: float, answered: bool
) -> str:
    if not (can_tell and answered):
        return f"your log cannot tell yet (n = {n:,})"
    if chance >= below:
        verdict = "it is not over" if low >= below else "it may not be over"
    else:
        verdict = "it is over, as far as your log can tell" if high < below else "it is likely over"
    return f"{verdict}: about {_chance_text(chance, low, high)} still get an answer, n = {n:,}"


def silence_sentences(
    contacts: pd.DataFrame, limit: SilenceLimit, *, by_day: int
) -> tuple[str, ...]:
    """Say whom to write off by one's own log, and of whom it cannot tell.

    Parameters
    ----------
    contacts
        What `silent_contacts` gave.
    limit
        The day of silence that leaves too little.
    by_day
        The last day on which an answer counts.
    """
    if not len(contacts):
        return ("Nobody is silent today: there is nobody to write off.",)
    of = {text: contacts[contacts["log_says"] == text] for text in (OVER, BELOW, HOPE, UNKNOWN)}
    past = contacts[contacts["log_says"] == PAST]
    below = percent_given(limit.below)
    said = [
        f"Write off {_named(of[OVER])}: of those silent for so long fewer than {below} still get "
        f"an answer by day {by_day}, even by the upper end of the interval."
        if len(of[OVER])
        else "For certain, your own log rules out nobody who is silent today.",
        f"Expect nothing more of {_named(of[BELOW])}: the chance is below {below}, though the "
        "interval reaches above it."
        if len(of[BELOW])
        else "",
        f"Do not give up {_named(of[HOPE])}: of those silent for so long about "
        f"{_between(of[HOPE])} still get an answer."
        if len(of[HOPE])
        else "",
        _unknown(of[UNKNOWN]),
        f"{counted(len(past), 'contact')} silent for {by_day} days or more: past what is looked "
        "at here, so count on none of them."
        if len(past)
        else "",
    ]
    return tuple(filter(None, said))


def _unknown(rows: pd.DataFrame) -> str:
    if not len(rows):
        return ""
    let_go = rows[rows["rule_says"] == "let go"]
    rule = (
        f"they let go of {_named(let_go)}" if len(let_go) else "today they let go of none of these"
    )
    return (
        f"Of {_named(rows)} your log cannot tell yet, so the rules decide (two messages, then a "
        f"week, R6 and R8): {rule}."
    )


def _between(rows: pd.DataFrame) -> str:
    least, most = percent(rows["chance"].min()), percent(rows["chance"].max())
    return least if least == most else f"{least} to {most}"


def _named(rows: pd.DataFrame, *, most: int = 4) -> str:
    """Return the first few companies, and how many more there are."""
    names: Sequence[str] = [
        clean(name) if isinstance(name, str) and name else "one without a name"
        for name in rows["company"].head(most).tolist()
    ]
    more = len(rows) - len(names)
    return ", ".join(names) + (f" and {more:,} more" if more else "")
