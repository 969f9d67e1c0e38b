"""What a log holds and lacks, and what that lets one know: small tables, and sentences."""

from __future__ import annotations

import math

import pandas as pd

from .log import ApplicationLog
from .summary import date_orders
from .template import template_columns

_NAMED = 6
FIELDS_OF_LACKS = frozenset(
    ("interview", "decide_by", "follow_up", "contact", "phone", "reply", "applied")
)
"""Lacks that a column would end which is read as the field of that name."""

Z95 = 1.96
POWER80 = 2.8
"""1.96 + 0.84: standard errors between nothing and a difference found in four cases of five."""


def rows_sentence(log: ApplicationLog) -> str:
    """Say whether every row of the file is in the log."""
    read, left_out = log.counts.get("rows_read", 0), log.counts.get("rows_rejected", 0)
    if not read:
        return "There is not one row in this file: check that it is the right one, or its sheet."
    if left_out:
        return (
            f"{_of(left_out, read, 'row')} could not be read and {_is(left_out)} left out: mend "
            f"{_it(left_out)} in your file, as the table of problems below says, and run this "
            "notebook again."
        )
    return f"All {read} rows are accounted for and none was left out: go on."


def columns_table(log: ApplicationLog) -> pd.DataFrame:
    """Return how every header was read (`log.columns`), those not understood first."""
    kept = log.columns["field"].fillna("") == ""
    return pd.concat([log.columns[kept], log.columns[~kept]], ignore_index=True)


def columns_sentence(log: ApplicationLog) -> str:
    """Say which headers were not understood, and how to name them."""
    fields = log.columns["field"].fillna("").astype("str")
    kept = [str(name) for name in log.columns.loc[fields == "", "header"]]
    if not kept:
        return "Every column was understood: nothing to do here."
    missing = [lack.key for lack in log.summary().lacks if lack.key in FIELDS_OF_LACKS]
    example = next((name for name in missing if name not in set(fields)), "notes")
    named = ", ".join(kept[:_NAMED]) + (
        f" and {len(kept) - _NAMED} more" if len(kept) > _NAMED else ""
    )
    return (
        f"Kept as they are: {named}. If one of them is a date, a person or a status, "
        f"name it in MAPPING in the first cell, for example "
        f"MAPPING = {{{kept[0]!r}: {example!r}}}; if not, there is nothing to do."
    )


def lacks_table(log: ApplicationLog) -> pd.DataFrame:
    """Return what the log cannot answer for want of a column or of dates, most urgent first.

    Returns
    -------
    pandas.DataFrame
        Columns `what, so, add`.
    """
    rows = [(lack.what, lack.so, lack.add) for lack in log.summary().lacks]
    return pd.DataFrame(rows, columns=["what", "so", "add"], dtype="str")


def lacking_sentence(log: ApplicationLog) -> str:
    """Say what to add first."""
    lacks = log.summary().lacks
    if not lacks:
        return "Your log has all that the follow-up rules use."
    more = f" The other {len(lacks) - 1} can wait." if len(lacks) > 2 else ""
    return f"Most urgent: {lacks[0].text}{more}"


def orders_sentence(log: ApplicationLog) -> str:
    """Say in which order day and month were read, and why."""
    said = date_orders(log.columns)
    if not said:
        return "No date needed a decision between day-first and month-first."
    return " ".join(said)


def template_table() -> pd.DataFrame:
    """Return the template's columns, and what goes into each.

    Returns
    -------
    pandas.DataFrame
        Columns `header, what_goes_in_it`.
    """
    return pd.DataFrame(template_columns(), columns=["header", "what_goes_in_it"], dtype="str")


def template_sentence(log: ApplicationLog) -> str:
    """Say who needs the template."""
    n, lacks = len(log.applications), len(log.summary().lacks)
    if not n:
        return (
            "There is no application here yet: start from the template, with "
            '"jobsearch-stats template" in a terminal.'
        )
    if not lacks:
        return f"With {_n(n, 'application')} in it, keep your own sheet: it lacks nothing."
    return (
        f"With {_n(n, 'application')} in it, keep your own sheet, and copy into it the headers "
        f"for the {_n(lacks, 'thing')} that it lacks."
    )


def problems_sentence(log: ApplicationLog) -> str:
    """Say what to mend first, and what may stay."""
    if not len(log.problems):
        return "Nothing was wrong with this file."
    counts = log.problems["severity"].value_counts()
    rejected, blanked, noted = (int(counts.get(s, 0)) for s in ("rejected", "blanked", "noted"))
    parts = []
    if rejected:
        parts.append(f"Mend the {_n(rejected, 'row')} that {_is(rejected)} left out.")
    if blanked:
        parts.append(f"Mend the {_n(blanked, 'value')} that could not be used, if they matter.")
    if noted:
        parts.append(f"Read through the {_n(noted, 'note')} once.")
    return " ".join(parts)


def problems_table(log: ApplicationLog) -> pd.DataFrame:
    """Return the problems, the worst first and then in the file's order."""
    return log.problems.sort_values(["severity", "source_row"], kind="stable", ignore_index=True)


def dates_table(log: ApplicationLog, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return for each kind of event how many there are, the first and the last day.

    Returns
    -------
    pandas.DataFrame
        Columns `kind, n, first_on, last_on, n_after_today`.
    """
    events = log.events
    late = events["date"] > as_of
    grouped = events.assign(late=late).groupby(events["kind"].astype("str"), sort=False)
    table = grouped.agg(
        n=("date", "size"), first_on=("date", "min"), last_on=("date", "max"), late=("late", "sum")
    )
    order = [k for k in events["kind"].cat.categories if k in table.index]
    table = table.loc[order].rename(columns={"late": "n_after_today"})
    return table.rename_axis("kind").reset_index()


def dates_sentence(log: ApplicationLog, *, as_of: pd.Timestamp) -> str:
    """Say whether some dates lie where they cannot."""
    events = log.events
    if not len(events):
        return "There is not one date in this log yet."
    late = events[events["date"] > as_of]
    meetings = int((late["kind"] == "interview").sum())
    others = len(late) - meetings
    if others:
        return (
            f"{_n(others, 'event')} {'lies' if others == 1 else 'lie'} after {_iso(as_of)} and "
            "cannot have happened: look whether day and month were swapped (DATE_ORDER in the "
            "first cell), or the year is wrong."
        )
    coming = f", but for {_n(meetings, 'interview')} that {_is(meetings)} ahead" if meetings else ""
    return (
        f"All dates lie between {_iso(events['date'].min())} and {_iso(as_of)}{coming}: day and "
        "month are hardly swapped. Compare one or two with your file all the same."
    )


def answers(log: ApplicationLog, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what this log can answer by now, and what it would take.

    Parameters
    ----------
    log
        The log.
    as_of
        The day; what is after it does not count.

    Returns
    -------
    pandas.DataFrame
        Columns `question, your_log_has, answer`.

    References
    ----------
    The margin of a rate is the widest half of a 95 % interval, at a rate of one half. The
    smallest difference is what two equal halves would show in four cases of five, at the same
    rate. Both are rough, and at best: real logs know less.
    """
    events = log.events[log.events["date"] <= as_of]
    interviews = events[events["kind"] == "interview"]
    n, promised = len(interviews), int(interviews["decide_by"].notna().sum())
    named = int((interviews["contact"].fillna("").str.strip() != "").sum())
    applied = int(events.loc[events["kind"] == "applied", "application_id"].nunique())
    messages = int((events["kind"] == "follow_up").sum())
    rows = [
        ("Whom do I call today?", _n(n, "dated interview"), _share(n, n)),
        ("On which day exactly?", f"a promised date for {promised} of {n}", _share(promised, n)),
        ("Whom do I ask for?", f"a name for {named} of {n}", _share(named, n)),
        ("How often do employers answer?", _n(applied, "dated application"), _margin(applied)),
        (
            "Does the day on which I call matter?",
            f"{_n(n, 'interview')}, {_n(messages, 'follow-up')}",
            _smallest_difference(min(n, messages)),
        ),
    ]
    return pd.DataFrame(rows, columns=["question", "your_log_has", "answer"])


def answers_sentence(log: ApplicationLog, *, as_of: pd.Timestamp) -> str:
    """Say what to do next with this log."""
    events = log.events[log.events["date"] <= as_of]
    interviews = events[events["kind"] == "interview"]
    without = int(interviews["decide_by"].isna().sum())
    undated = int(log.applications["undated_interview"].sum())
    if undated and not len(interviews):
        return (
            f"{_n(undated, 'application')} reached an interview that has no date: put the dates "
            "in, and notebook 02 can say whom to call."
        )
    if not len(interviews):
        return (
            "No interview is dated yet, so notebook 02 has nobody to call; it can still list the "
            'silent applications, with STAGES = ("interview", "application").'
        )
    if without:
        return (
            f"Go on to notebook 02 for today's list. Worth adding: "
            f"{_of(without, len(interviews), 'interview')} "
            f"{'has' if without == 1 else 'have'} no date by which they decide (R11)."
        )
    return "Go on to notebook 02 for today's list: nothing is missing."


def _share(part: int, whole: int) -> str:
    if not part:
        return "not yet"
    return "yes" if part == whole else f"for {part} of {whole}"


def _margin(n: int) -> str:
    if not n:
        return "not yet"
    margin = math.ceil(100 * Z95 * math.sqrt(0.25 / n))
    return f"to about ±{margin} points" if margin < 50 else "cannot tell yet"


def _smallest_difference(n: int) -> str:
    if not n:
        return "not yet"
    points = math.ceil(100 * POWER80 * math.sqrt(1 / n))
    if points >= 100:
        return "cannot tell yet: no difference is large enough to show"
    return f"cannot tell yet, unless it makes {points} points of difference or more"


def _iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"


def _n(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _of(part: int, whole: int, noun: str) -> str:
    return f"{part} of {_n(whole, noun)}"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def _it(n: int) -> str:
    return "it" if n == 1 else "them"
