"""What the seeker did, day by day: the events up to a day, joined to activities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..facts import KIND, OUTCOME, Bools, Codes, Timeline, category_codes, timeline
from ..log import ApplicationLog
from ..schema import KINDS, METHODS, OUTCOMES
from ..workdays import Days
from .words import done_words

Places = npt.NDArray[np.integer]

ACTS = ("applied", "interview", "thank_you", "follow_up")
"""Kinds of event that are the seeker's own doing; the others are what came of it."""

_PERSON = ("contact", "phone", "email")


@dataclass(frozen=True)
class Told:
    """The events up to a day, in order, as arrays; `row` is their place in `log.events`."""

    line: Timeline
    row: Places
    code: Codes
    day: Days
    kind: Codes
    outcome: Codes
    method: Codes
    stop: Places
    """Per event: the place after its application's last one."""

    def which(self, *kinds: str) -> Bools:
        """Say which events are of these kinds."""
        return np.isin(self.kind, [KIND[kind] for kind in kinds])


def told(log: ApplicationLog, as_of: np.int32) -> Told:
    """Return the log's events up to a day, in order."""
    line = timeline(log, as_of)
    method = category_codes(log.events["method"], METHODS)
    row = np.arange(len(method)) if line.known is None else np.flatnonzero(line.known)
    order = np.lexsort((method[row], line.key, line.code))
    counts = np.bincount(line.code, minlength=line.n)
    return Told(
        line=line,
        row=row[order],
        code=line.code[order],
        day=line.day[order],
        kind=line.kind[order],
        outcome=line.outcome[order],
        method=method[row][order],
        stop=np.repeat(np.cumsum(counts), counts),
    )


@dataclass(frozen=True)
class Activities:
    """Activities as arrays: `first` is the place of the first event of each in `Told`."""

    first: Places
    activity: npt.NDArray[np.object_]
    person: dict[str, npt.NDArray[np.object_]]


def activities(events: Told, log: ApplicationLog) -> Activities:
    """Return what the seeker did; what has one application, day, kind and method is one.

    Three notes to three interviewers are one activity with three persons, and so is a call that
    reached nobody beside one that left a voicemail: an office is told no more than was done. The
    interviews of one day are one whatever their methods.
    """
    places = np.flatnonzero(events.which(*ACTS))
    method = np.where(events.kind[places] == KIND["interview"], -1, events.method[places])
    parts = np.stack([events.code[places], events.day[places], events.kind[places], method])
    _, first, group = np.unique(parts, axis=1, return_index=True, return_inverse=True)
    at = places[first]
    return Activities(
        first=at,
        activity=_words(events, at, _best(events.outcome[places], group, len(at))),
        person={
            name: _joined(log.events[name], events.row[places], group, len(at)) for name in _PERSON
        },
    )


def _best(outcome: Codes, group: Places, n: int) -> Codes:
    """Return what came of each, the most of several; -1 where it is not known."""
    best = np.full(n, -1, np.int8)
    np.maximum.at(best, group, np.where(outcome <= OUTCOME["spoke"], outcome, np.int8(-1)))
    return best


def _words(events: Told, at: Places, outcome: Codes) -> npt.NDArray[np.object_]:
    parts = np.stack([events.kind[at], events.method[at], outcome])
    cases, place = np.unique(parts, axis=1, return_inverse=True)
    said = [
        done_words(KINDS[kind], METHODS[method] if method >= 0 else "",
                   OUTCOMES[outcome] if outcome >= 0 else "")
        for kind, method, outcome in cases.T.tolist()
    ]  # fmt: skip
    return np.array(said, object)[place]


def _joined(column: pd.Series, row: Places, group: Places, n: int) -> npt.NDArray[np.object_]:
    """Return the texts of each group, several joined by "; "; None where there is none."""
    texts = column.to_numpy(object)[row]
    some = np.flatnonzero(~pd.isna(texts))
    out = np.full(n, None, object)
    out[group[some]] = texts[some]
    size = np.bincount(group[some], minlength=n)
    several: dict[int, dict[str, None]] = {}
    for place in some[size[group[some]] > 1].tolist():
        several.setdefault(int(group[place]), {}).setdefault(texts[place])
    for number, different in several.items():
        out[number] = "; ".join(different)
    return out
