"""All events up to a day, in order, and what stood before and after each of them.

"The latest such event before" and "the first such event after" are running counts over the
events in order: no application is looped over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .facts import KIND, OUTCOME, Bools, Codes, Timeline, category_codes, timeline
from .log import ApplicationLog
from .schema import KINDS, METHODS
from .workdays import NO_DAY, Days

NONE = -1
"""The place of an event that there is not."""

Positions = npt.NDArray[np.integer]


class Events:
    """Where one sort of event stands among all: the latest before, the first after a place."""

    def __init__(self, which: Bools) -> None:
        self.which = which
        self.count = np.cumsum(which, dtype=np.int32)
        places = np.flatnonzero(which)
        self.places = np.concatenate(([NONE], places, [which.size])).astype(np.int32)

    def before(self, at: Positions) -> Positions:
        """Return the place of the latest one before each of these places; -1: none at all."""
        return self.places[self.count[at] - self.which[at]]

    def up_to(self, at: Positions) -> Positions:
        """Return the place of the latest one before, or at, each of these places."""
        return self.places[self.count[at]]

    def after(self, at: Positions) -> Positions:
        """Return the place of the first one after each; the number of events: none at all."""
        return self.places[self.count[at] + 1]


@dataclass(frozen=True)
class Past:
    """The events up to `as_of`, in order, as arrays."""

    as_of: np.int32
    code: Codes
    day: Days
    kind: Codes
    outcome: Codes
    method: Codes
    hour: npt.NDArray[np.int8]
    decide_by: Days
    until: Days | None
    """Last days of absences; None where there is none."""
    start: Positions
    """Per event: the place of its application's first one."""
    stop: Positions
    """Per event: the place after its application's last one."""

    def which(self, *kinds: str) -> Bools:
        """Say which events are of these kinds."""
        return np.logical_or.reduce([self.kind == KIND[name] for name in kinds])

    def latest(self, events: Events, at: Positions, *, before: bool = True) -> Positions:
        """Return the application's latest such event before (or up to) each place, or -1."""
        found = events.before(at) if before else events.up_to(at)
        return np.where(found >= self.start[at], found, np.int32(NONE))

    def first(self, events: Events, at: Positions) -> Positions:
        """Return the application's first such event after each place, or -1."""
        found = events.after(at)
        return np.where(found < self.stop[at], found, np.int32(NONE))

    def day_at(self, places: Positions) -> Days:
        """Return the days at these places; `NO_DAY` for -1."""
        return np.append(self.day, NO_DAY)[places]

    def kind_at(self, places: Positions) -> Codes:
        """Return the kinds at these places; the number of kinds for -1."""
        return np.append(self.kind, np.int8(len(KINDS)))[places]


def in_order(log: ApplicationLog, as_of: np.int32) -> Past:
    """Return the log's events up to a day, in order."""
    line = timeline(log, as_of)
    method = _cut(line, category_codes(log.events["method"], METHODS))
    hour = _cut(line, log.events["hour"].fillna(NONE).to_numpy("int8"))
    by = np.full(line.day.size, NO_DAY) if line.decide_by is None else line.decide_by
    order = _order(line, method, hour, by)
    counts = np.bincount(line.code, minlength=line.n)
    ends = np.cumsum(counts).astype(np.int32)
    return Past(
        as_of=as_of,
        code=line.code[order],
        day=line.day[order],
        kind=line.kind[order],
        outcome=line.outcome[order],
        method=method[order],
        hour=hour[order],
        decide_by=by[order],
        until=None if line.until is None else line.until[order],
        start=np.repeat(ends - counts.astype(np.int32), counts),
        stop=np.repeat(ends, counts),
    )


def _cut(line: Timeline, values: npt.NDArray) -> npt.NDArray:
    return values if line.known is None else values[line.known]


def _order(
    line: Timeline, method: Codes, hour: npt.NDArray[np.int8], by: Days
) -> Positions | slice:
    """Return the order of events: application, then as the rules have it.

    Of two that are equal in all the rules name, the later promised date counts; what is left
    open goes by method, outcome and hour, never by row.
    """
    promise = np.where(by < line.day, NO_DAY, by)
    ties = (hour, line.outcome, method, promise)
    width = int(line.key.max()).bit_length() if line.key.size else 0
    if width + line.n.bit_length() > 63:
        return np.lexsort((*ties, line.key, line.code))
    key = line.code.astype(np.int64) << width
    key += line.key
    if (key[1:] > key[:-1]).all():
        return slice(None)
    order = np.argsort(key)
    equal = np.diff(key[order]) == 0
    tied = np.flatnonzero(np.append(equal, False) | np.append(False, equal))
    rows = order[tied]
    order[tied] = rows[np.lexsort((*(tie[rows] for tie in ties), key[rows]))]
    return order


@dataclass(frozen=True)
class Approaches:
    """Places of approaches: an approach is the events from `first` to `last`; `stands` is shown."""

    first: Positions
    stands: Positions
    last: Positions


def approaches(past: Past, *kinds: str) -> Approaches:
    """Return the approaches; those of one day, kind and method with nothing between are one.

    Of a call that nobody answered and one that left a voicemail the voicemail stands, whichever
    came first; of equal ones the last.
    """
    begins = past.which(*kinds)
    ends = begins.copy()
    same = (past.code[1:] == past.code[:-1]) & (past.day[1:] == past.day[:-1])
    same &= past.kind[1:] == past.kind[:-1]
    same &= (past.method[1:] == past.method[:-1]) | (past.kind[1:] == KIND["interview"])
    begins[1:] &= ~same
    ends[:-1] &= ~same
    first, last = np.flatnonzero(begins), np.flatnonzero(ends)
    stands = last.copy()
    joined = np.flatnonzero(past.which(*kinds) & ~(begins & ends))
    if joined.size:
        outcome = past.outcome[joined]
        known = (outcome >= 0) & (outcome <= OUTCOME["spoke"])
        rank = np.where(known, outcome, OUTCOME["sent"]).astype(np.int64)  # unknown: sent
        best = np.maximum.reduceat((rank << 32) + joined, np.flatnonzero(begins[joined]))
        stands[first < last] = best & (2**32 - 1)
    return Approaches(first, stands, last)
