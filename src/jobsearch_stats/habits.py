"""Sentences about the whole log: what waits for a date, and habits that would help."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .follow_ups import Standing
from .log import ApplicationLog

_SHOWN = 3


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
        _nothing_reached(log, here, as_of, stages),
        _undated(log, here),
        _no_date_asked(log, as_of),
        _nobody_named(log, as_of),
    ]
    return [note for note in notes if note]


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n} {one}" if n == 1 else f"{n} {many or one + 's'}"


def _nothing_reached(
    log: ApplicationLog, here: Standing, as_of: pd.Timestamp, stages: Sequence[str]
) -> str:
    """Say what `stages` would add where nothing has reached an interview (R19)."""
    if (here.table["stage"] == "interview").any() or "application" in stages:
        return ""
    events = log.events[log.events["date"] <= as_of]
    applied = events.loc[events["kind"] == "applied", "application_id"].nunique()
    if not applied:
        return "There is nothing to do: this log has no dated application and no interview yet."
    return (
        "Nothing in this log has reached an interview with a date, so nobody is to be called. "
        f'With stages=("interview", "application") the {_count(applied, "application")} sent '
        "would come under the same rules, the week counted from the day you applied (R19)."
    )


def _undated(log: ApplicationLog, here: Standing) -> str:
    """Say how many interviews wait for their date."""
    apps = log.applications
    known = apps.index.isin(here.table.index[here.table["stage"] == "interview"])
    over = apps["status_kind"].isin(["offer", "rejected", "withdrawn", "ghosted"])
    waiting = apps[apps["undated_interview"] & ~known & ~over]
    if not len(waiting):
        return ""
    names = waiting["company"].dropna().unique()
    more = "" if len(names) <= _SHOWN else f" and {len(names) - _SHOWN} more"
    listed = ", ".join(names[:_SHOWN])
    return (
        f"{_count(len(waiting), 'interview waits', 'interviews wait')} for a date "
        f"({listed}{more}): write it into your log, and the follow-up appears here."
    )


def _no_date_asked(log: ApplicationLog, as_of: pd.Timestamp) -> str:
    """Count the interviews after which no decision date was noted (R11)."""
    met = _interviews(log, as_of)
    if not len(met):
        return ""
    dated = met["decide_by"].notna().groupby([met["application_id"], met["date"]], observed=True)
    without = int((~dated.any()).sum())
    if not without:
        return ""
    return (
        f"At {without} of {_count(len(dated), 'interview')} no decision date was noted: ask "
        '"When do you expect to decide?" before you leave (R11).'
    )


def _nobody_named(log: ApplicationLog, as_of: pd.Timestamp) -> str:
    """Count the interviews that name nobody to ask for (R18)."""
    met = _interviews(log, as_of)
    named = met["contact"].notna().groupby([met["application_id"], met["date"]], observed=True)
    without = int((~named.any()).sum())
    if not without:
        return ""
    return (
        f"{_count(without, 'interview names', 'interviews name')} nobody: note whom you met, so "
        "that you can ask for them (R18)."
    )


def _interviews(log: ApplicationLog, as_of: pd.Timestamp) -> pd.DataFrame:
    events = log.events
    return events[(events["kind"] == "interview") & (events["date"] <= as_of)]
