"""What stands on a day, per application: the clock, the promise, messages, what has ended.

Group maxima over the events as they come: nothing is sorted, so that the order of rows cannot
matter. The columns are arrays over applications, days are day numbers (see `workdays`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .log import ApplicationLog, check_log
from .schema import KINDS, OUTCOMES, STATUS_KINDS
from .workdays import NO_DAY, Days, to_days

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.integer]

KIND = {name: code for code, name in enumerate(KINDS)}
OUTCOME = {name: code for code, name in enumerate(OUTCOMES)}
CLOSING = (KIND["rejection"], KIND["offer"], KIND["withdrawn"])

_KIND_BITS, _OUTCOME_BITS, _HOUR_BITS, _DAY_BITS = 4, 3, 5, 23
_NEVER = np.int64(-1)


@dataclass(frozen=True)
class Timeline:
    """The events on or before a day, and the interviews after it, as arrays.

    `key` puts the events of one application in order: by day, within a day by hour if every event
    of that application on that day has one, then by kind, then by outcome.
    """

    n: int
    code: Codes
    day: Days
    kind: Codes
    outcome: Codes
    key: Ints
    known: Bools | None
    """Which of the log's events these are; None: all of them."""
    appointment: Days
    """Per application: the first interview after the day."""
    ever_closed: Bools
    """Per application: a rejection, offer or withdrawal is dated, on any day."""
    decide_by: Days | None
    until: Days | None


@dataclass(frozen=True)
class Facts:
    """What stands on the day, one element per application."""

    has_interview: Bools
    has_applied: Bools
    appointment: Days
    clock: Days
    clock_kind: npt.NDArray[np.int8]
    promise: Days
    n_messages: npt.NDArray[np.int32]
    last_message: Days
    n_attempts: npt.NDArray[np.int32]
    last_attempt: Days
    until: Days
    told_never: Days
    ended: Days
    ended_kind: npt.NDArray[np.int8]
    ended_by_status: Bools
    ghosted: Bools

    def take(self, rows: Ints) -> Facts:
        """Return the facts of these rows."""
        return Facts(**{name: values[rows] for name, values in vars(self).items()})


def timeline(log: ApplicationLog, as_of: np.int32) -> Timeline:
    """Return the log's events as arrays, cut at a day."""
    events = check_log(log).events
    code = application_codes(log)
    day = to_days(events["date"].to_numpy())
    kind = category_codes(events["kind"], KINDS)
    n = len(log.applications)

    appointment = np.full(n, np.iinfo(np.int32).max, np.int32)
    exists = day <= as_of
    ahead = np.flatnonzero(~exists & (kind == KIND["interview"]))
    np.minimum.at(appointment, code[ahead], day[ahead])
    appointment[appointment == np.iinfo(np.int32).max] = NO_DAY
    ever_closed = np.zeros(n, bool)
    ever_closed[code[np.isin(kind, CLOSING)]] = True

    outcome = category_codes(events["outcome"], OUTCOMES)
    hour = _hours(events["hour"])
    decide_by = _days_or_none(events["decide_by"])
    until = _days_or_none(events["until"])
    known = None if exists.all() else exists
    if known is not None:
        code, day, kind, outcome = code[known], day[known], kind[known], outcome[known]
        hour = None if hour is None else hour[known]
        decide_by = None if decide_by is None else decide_by[known]
        until = None if until is None else until[known]
    return Timeline(
        n=n,
        code=code,
        day=day,
        kind=kind,
        outcome=outcome,
        key=_order_key(code, day, hour, kind, outcome),
        known=known,
        appointment=appointment,
        ever_closed=ever_closed,
        decide_by=decide_by,
        until=until,
    )


def application_codes(log: ApplicationLog) -> Codes:
    """Return, per event, the position of its application in `log.applications`."""
    ids, index = log.events["application_id"], log.applications.index
    if not isinstance(ids.dtype, pd.CategoricalDtype):
        return index.get_indexer(pd.Index(ids))
    categories, codes = ids.cat.categories, ids.cat.codes.to_numpy()
    if categories is index or categories.equals(index):
        return codes
    return index.get_indexer(categories)[codes]


def category_codes(column: pd.Series, categories: tuple[str, ...]) -> npt.NDArray[np.int8]:
    """Return codes in the order of these categories, whatever the column's own order is."""
    if list(column.cat.categories) != list(categories):
        column = column.cat.set_categories(list(categories))
    return np.asarray(column.cat.codes.to_numpy(), np.int8)  # of a Series it would hash the index


def _hours(column: pd.Series) -> npt.NDArray[np.int8] | None:
    """Return hours with -1 for none; None where no event has one."""
    if column.isna().all():
        return None
    return column.fillna(-1).to_numpy("int8")


def _days_or_none(column: pd.Series) -> Days | None:
    return None if column.isna().all() else to_days(column.to_numpy())


def _order_key(
    code: Codes,
    day: Days,
    hour: npt.NDArray[np.int8] | None,
    kind: Codes,
    outcome: Codes,
) -> Ints:
    """Pack day, hour, kind and outcome into one number that orders an application's events."""
    first = int(day.min()) if len(day) else 0
    key = day.astype(np.int64)
    key -= first
    key <<= _HOUR_BITS
    if hour is not None:
        key += _usable_hours(code, key, hour)
    key <<= _KIND_BITS
    key += kind
    key <<= _OUTCOME_BITS
    # only follow-ups are ordered by outcome; one of unknown outcome counts as sent
    ordered = (kind == KIND["follow_up"]) & (outcome >= 0) & (outcome <= OUTCOME["spoke"])
    key += np.where(ordered, outcome, np.int8(OUTCOME["sent"]))
    return key


def _usable_hours(code: Codes, day: Ints, hour: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Return the hours of the days on which every event has one; 0 on all others."""
    timed = hour >= 0
    groups = code.astype(np.int64) << (_DAY_BITS + _HOUR_BITS) | day
    usable = timed & ~np.isin(groups, groups[~timed])
    return np.where(usable, hour, np.int8(0)).astype(np.int8)


def _latest(n: int, code: Codes, values: npt.NDArray, none: np.integer) -> npt.NDArray:
    out = np.full(n, none, values.dtype)
    np.maximum.at(out, code, values)
    return out


def facts(log: ApplicationLog, line: Timeline) -> Facts:
    """Work out what stands on the timeline's day."""
    n, code, day, kind = line.n, line.code, line.day, line.kind
    is_interview = kind == KIND["interview"]
    interview = _latest(n, code[is_interview], line.key[is_interview], _NEVER)
    has_interview = interview >= 0
    starts = _starts(line, has_interview)
    clock_key = _latest(n, code[starts], line.key[starts], _NEVER)
    clock = _day_of(clock_key, line)
    message, attempt = _since(line, clock_key)
    ended_key = _ended(line)
    ended = (ended_key > interview) & (line.appointment == NO_DAY)
    told = kind == KIND["do_not_contact"]
    has_applied = np.zeros(n, bool)
    has_applied[code[kind == KIND["applied"]]] = True
    status = category_codes(log.applications["status_kind"], STATUS_KINDS)
    return Facts(
        has_interview=has_interview,
        has_applied=has_applied,
        appointment=line.appointment,
        clock=clock,
        clock_kind=_kind_of(clock_key),
        promise=_promise(line, starts, interview, clock),
        n_messages=_distinct_days(n, code[message], day[message]),
        last_message=_latest(n, code[message], day[message], NO_DAY),
        n_attempts=np.bincount(code[attempt], minlength=n).astype(np.int32),
        last_attempt=_latest(n, code[attempt], day[attempt], NO_DAY),
        until=_away_until(line),
        told_never=_latest(n, code[told], day[told], NO_DAY),
        ended=np.where(ended, _day_of(ended_key, line), NO_DAY),
        ended_kind=_kind_of(ended_key),
        ended_by_status=_is_any(status, "offer", "rejected", "withdrawn") & ~line.ever_closed,
        ghosted=_is_any(status, "ghosted"),
    )


def _starts(line: Timeline, has_interview: Bools) -> Bools:
    """Say which events start a clock.

    Without an interview or an appointment, the application and its acknowledgement may.
    """
    kind = line.kind
    spoke = (kind == KIND["follow_up"]) & (line.outcome == OUTCOME["spoke"])
    starts = (kind == KIND["interview"]) | (kind == KIND["reply"]) | spoke
    early = np.flatnonzero((kind == KIND["applied"]) | (kind == KIND["acknowledgement"]))
    reached = has_interview | (line.appointment != NO_DAY)
    starts[early] = ~reached[line.code[early]]
    return starts


def _since(line: Timeline, clock_key: Ints) -> tuple[Ints, Ints]:
    """Return the messages and the attempts since the clock started; before it there are none."""
    at = np.flatnonzero(line.kind == KIND["follow_up"])
    own_clock = clock_key[line.code[at]]
    at = at[(own_clock >= 0) & (line.key[at] > own_clock)]
    no_answer = line.outcome[at] == OUTCOME["no_answer"]
    return at[~no_answer], at[no_answer]


def _day_of(key: Ints, line: Timeline) -> Days:
    first = int(line.day.min()) if len(line.day) else 0
    day = (key >> (_HOUR_BITS + _KIND_BITS + _OUTCOME_BITS)) + first
    return np.where(key < 0, np.int64(NO_DAY), day).astype(np.int32)


def _kind_of(key: Ints) -> npt.NDArray[np.int8]:
    """Return the kind of the event with that key; -1 where there is none."""
    kind = (key >> _OUTCOME_BITS) & ((1 << _KIND_BITS) - 1)
    return np.where(key < 0, -1, kind).astype(np.int8)


def _is_any(status: npt.NDArray[np.int8], *names: str) -> Bools:
    return np.isin(status, [STATUS_KINDS.index(name) for name in names])


def _ended(line: Timeline) -> Ints:
    closing = np.isin(line.kind, CLOSING)
    return _latest(line.n, line.code[closing], line.key[closing], _NEVER)


def _promise(line: Timeline, starts: Bools, interview: Ints, clock: Days) -> Days:
    """Return the date they named, if it still holds.

    The latest date named since the latest interview (the interviews of one day are one), unless a
    later reply or talk named none when it was past already.
    """
    if line.decide_by is None:
        return np.full(line.n, NO_DAY, np.int32)
    taken = line.outcome == OUTCOME["message_taken"]
    taken &= line.kind == KIND["follow_up"]
    named = np.flatnonzero((starts | taken) & (line.decide_by >= line.day))
    code, day, key, by = (v[named] for v in (line.code, line.day, line.key, line.decide_by))
    last = interview[code]
    same_day = (line.kind[named] == KIND["interview"]) & (day >= _day_of(last, line))
    counts = (key >= last) | same_day
    code, key, by = code[counts], key[counts], by[counts]
    first = int(by.min()) if len(by) else 0
    # of two events that are equal in order, the later date
    packed = (key << _DAY_BITS) + (by - first)
    best = _latest(line.n, code, packed, _NEVER)
    by_best = (best & ((1 << _DAY_BITS) - 1)) + first
    promise = np.where(best < 0, np.int64(NO_DAY), by_best).astype(np.int32)
    promise[(promise < clock) | (clock == NO_DAY)] = NO_DAY
    return promise


def _distinct_days(n: int, code: Codes, day: Days) -> npt.NDArray[np.int32]:
    """Count the different days per application."""
    pairs = (code.astype(np.int64) << 32) + day
    pairs.sort()
    new = np.empty(len(pairs), bool)
    new[:1] = True
    np.not_equal(pairs[1:], pairs[:-1], out=new[1:])
    pairs += -np.int64(NO_DAY)  # a day before 1970 must not borrow from the code
    return np.bincount(pairs[new] >> 32, minlength=n).astype(np.int32)


def _away_until(line: Timeline) -> Days:
    if line.until is None:
        return np.full(line.n, NO_DAY, np.int32)
    away = line.kind == KIND["out_of_office"]
    return _latest(line.n, line.code[away], line.until[away], NO_DAY)
