"""When a log was last kept, so that a log that was let go is not taken for silence of employers."""

from __future__ import annotations

import pandas as pd

from .log import ApplicationLog
from .wording import MONTHS, dated

LONG = 14
"""Days without any entry after which one asks: two messages, a week apart (R8), would have fallen
into them, or an answer to the first."""

LAST_LOGGED = "last_logged"
"""Where `outreach` notes the day, in the attributes of its frame."""


def last_logged(log: ApplicationLog) -> pd.Timestamp:
    """Return the day of the last thing of any kind in a log; NaT without one.

    What is dated after the day looked from counts as well: an appointment ahead, or a look back at
    an earlier day, shows that the log was kept until then.

    Examples
    --------
    >>> from jobsearch_stats import read_log
    >>> log = read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-04"]}))
    >>> print(last_logged(log).date())
    2026-03-04
    """
    return pd.Timestamp(log.events["date"].max())


def is_long_ago(last: pd.Timestamp, as_of: pd.Timestamp) -> bool:
    """Say whether so long a gap wants a word; without an event there is nothing to say."""
    return bool(pd.notna(last) and (as_of - last).days > LONG)


def question(log: ApplicationLog, *, as_of: pd.Timestamp) -> str:
    """Return the question whether a log is up to date; blank where it seems to be."""
    last = last_logged(log)
    if not is_long_ago(last, as_of):
        return ""
    year = "" if last.year == as_of.year else f" {last.year}"
    return (
        f"The last thing in this log is of {dated(last)}{year}, {(as_of - last).days:,} days ago: "
        "is it up to date? What it lacks makes this list wrong."
    )


def warning(last: pd.Timestamp, as_of: pd.Timestamp, *, n: int, of: str, what: str) -> str:
    """Return what a statistic has to say of silence after the last thing logged; else nothing.

    Parameters
    ----------
    last
        As `last_logged` gives it.
    n
        In how many cases the silence that is counted reaches beyond that day; in none nothing is
        said.
    of
        What these are, in the plural, such as "interviews".
    what
        What reaches beyond it, such as "21 days without an answer".
    """
    if not n or not is_long_ago(last, as_of):
        return ""
    return (
        f"The last thing in the log is of {last.day} {MONTHS[last.month - 1]} {last.year}, "
        f"{(as_of - last).days:,} days before: silence after it may only mean that nothing was "
        f"logged. In {n:,} of these {of} the {what} reach beyond it. Bring the log up to date, or "
        f'pass as_of="{last:%Y-%m-%d}".'
    )
