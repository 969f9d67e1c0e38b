"""Sentences about the whole log: what waits for a date, and habits that would help."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .facts import Bools, Ints, application_codes
from .follow_ups import Standing
from .last_logged import question
from .log import ApplicationLog
from .wording import one_line
from .workdays import to_days

_SHOWN = 3
_OVER = ("rejection", "offer", "withdrawn", "do_not_contact")
_OVER_STATUS = ("offer", "rejected", "withdrawn", "ghosted")


def agenda_notes(
    log: ApplicationLog, here: Standing, *, as_of: pd.Timestamp, stages: Sequence[str]
) -> list[str]:
    """Return what an agenda cannot say in its rows.

    Parameters
    ----------
    log, as_of, stages
        As in :func:`agenda`.
    here
        The state of every contact.
    """
    notes = [
        question(log, as_of=as_of),
        _nothing_reached(log, here, as_of, stages),
        _undated(log, as_of),
        *_at_interviews(log, as_of),
    ]
    return [note for note in notes if note]


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n} {one}" if n == 1 else f"{n} {many or one + 's'}"


def _nothing_reached(
    log: ApplicationLog, here: Standing, as_of: pd.Timestamp, stages: Sequence[str]
) -> str:
    """Say what `stages` would add where nothing has reached an interview (R19)."""
    both = "application" in stages
    if len(here.table) if both else (here.table["stage"] == "interview").any():
        return ""
    applied = np.flatnonzero((log.events["kind"] == "applied") & (log.events["date"] <= as_of))
    if both or not len(applied):
        return (
            "There is nothing to do: this log has no application and no interview with a date yet."
        )
    n = len(np.unique(application_codes(log)[applied]))
    return (
        "Nothing in this log has reached an interview with a date, so nobody is to be called. "
        f'With stages=("interview", "application") the {_count(n, "application")} sent '
        "would come under the same rules, the week counted from the day you applied (R19)."
    )


def _undated(log: ApplicationLog, as_of: pd.Timestamp) -> str:
    """Say how many interviews wait for their date, where it would make a difference."""
    apps, events = log.applications, log.events
    waiting = apps["undated_interview"].to_numpy(bool, copy=True)
    if not waiting.any():
        return ""
    kind, code = events["kind"], application_codes(log)
    over = kind.isin(_OVER) & (events["date"] <= as_of)
    waiting[code[(kind == "interview") | over]] = False
    waiting &= ~apps["status_kind"].isin(_OVER_STATUS).to_numpy()
    if not waiting.any():
        return ""
    names = [one_line(name) for name in apps["company"].to_numpy()[waiting]]
    names = list(dict.fromkeys(filter(None, names)))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    listed = f" ({', '.join(names[:_SHOWN])}{more})" if names else ""
    return (
        f"{_count(int(waiting.sum()), 'interview waits', 'interviews wait')} for a date{listed}: "
        "write it into your log, and the follow-up appears here."
    )


def _at_interviews(log: ApplicationLog, as_of: pd.Timestamp) -> list[str]:
    """Count the interviews that name no decision date (R11), and nobody to ask for (R18)."""
    events = log.events
    at = np.flatnonzero((events["kind"] == "interview") & (events["date"] <= as_of))
    if not len(at):
        return []
    met = events[["date", "decide_by", "contact"]].iloc[at]
    # the interviews of one day are one interview, however many people took part
    codes = application_codes(log)[at].astype(np.int64)
    same = pd.factorize((codes << 32) + to_days(met["date"]))[0]
    n = int(same.max()) + 1
    dated = _n_of(same, (met["decide_by"] >= met["date"]).to_numpy())
    named = _n_of(same, (met["contact"].fillna("").str.strip("; ") != "").to_numpy())
    no_date = (
        f"At {n - dated} of {_count(n, 'interview')} no decision date was noted: ask "
        '"When do you expect to decide?" before you leave (R11).'
    )
    nobody = (
        f"{_count(n - named, 'interview names', 'interviews name')} nobody: note whom you met, so "
        "that you can ask for them (R18)."
    )
    return [note for note, some in ((no_date, dated < n), (nobody, named < n)) if some]


def _n_of(group: Ints, which: Bools) -> int:
    """Count the groups of which one at least is one of these."""
    return len(np.unique(group[which]))
