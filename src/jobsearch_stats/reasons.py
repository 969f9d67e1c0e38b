"""A full plain sentence for every row of `follow_ups`, with the rules and dates that made it.

Rows that say the same share one sentence: it is written once, however many applications there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .due import Basis, Due
from .facts import Bools, Facts
from .schema import STATES
from .sentences import MANY, MANY_ATTEMPTS, OVERDUE, TO_WRITE, TODAY, Case, Writer
from .strategies import Strategy
from .workdays import NO_DAY, Days, WorkCalendar

_MAX_N = 4095  # what a sentence's key has room for


@dataclass(frozen=True)
class Parts:
    """What the sentences of many rows are made of; arrays of one length.

    `a` and `b` are the days that made the due day (or the state), `n` a message number, a kind of
    event or a status, as the case has it.
    """

    case: npt.NDArray[np.int32]
    a: Days
    b: Days
    due: Days
    n: npt.NDArray[np.int32]
    flags: npt.NDArray[np.int32]


def parts_of(
    here: Facts,
    due: Due,
    state: npt.NDArray[np.int8],
    *,
    barred: Bools,
    by_email: Bools,
    status: npt.NDArray[np.int8],
) -> Parts:
    """Return what the sentences are made of, from the facts, the days and the states."""
    case = _cases(here, due, state, barred)
    k = len(case)
    a, b = np.full(k, NO_DAY, np.int32), np.full(k, NO_DAY, np.int32)
    n = np.zeros(k, np.int32)
    silent_since = np.maximum(np.maximum(here.last_message, here.promise), here.until)
    silent = (here.last_message, silent_since, here.n_messages)
    sources: dict[int, tuple[Days | None, Days | None, npt.NDArray | None]] = {
        Case.TOLD_NEVER: (here.told_never, None, None),
        Case.ENDED: (here.ended, None, here.ended_kind),
        Case.ENDED_BY_STATUS: (None, None, status),
        Case.APPOINTMENT: (here.appointment, None, None),
        Case.GIVEN_UP: silent,
        Case.GIVEN_UP_AWAY: silent,
        Case.LAST_MESSAGE_SENT: silent,
        Case.LAST_MESSAGE_SENT_AWAY: silent,
        Case.NEVER_DUE: (None, due.abandon, None),
        Case.NEVER_DUE_OVER: (None, due.abandon, None),
        Case.DUE + Basis.PROMISE: (here.promise, None, None),
        Case.DUE + Basis.NO_PROMISE: (here.clock, None, here.clock_kind),
        Case.DUE + Basis.MESSAGE: (here.last_message, None, here.n_messages + 1),
        Case.DUE + Basis.MESSAGE_THEN_PROMISE: (
            here.last_message,
            here.promise,
            here.n_messages + 1,
        ),
        Case.DUE + Basis.ATTEMPT: (here.last_attempt, None, here.n_messages + 1),
        Case.DUE + Basis.ABSENCE: (here.until, None, None),
        Case.DUE + Basis.WINDOW: (here.promise, None, None),
        Case.DUE + Basis.WINDOW_EMPTY: (here.promise, None, None),
        Case.DUE + Basis.WINDOW_PAST: (here.promise, None, None),
    }
    for which, source in sources.items():
        rows = np.flatnonzero(case == which)
        for target, values in zip((a, b, n), source, strict=True):
            if values is not None and len(rows):
                target[rows] = values[rows]
    flags = _flags(here, case, state, by_email)
    return Parts(case, a, b, due.due, np.minimum(n, _MAX_N), flags)


def _flags(
    here: Facts, case: npt.NDArray[np.int32], state: npt.NDArray[np.int8], by_email: Bools
) -> npt.NDArray[np.int32]:
    flags = np.where(state == STATES.index("overdue"), OVERDUE | TODAY, 0)
    flags |= np.where(state == STATES.index("due"), TODAY, 0)
    flags |= np.where(by_email, TO_WRITE, 0)
    many = (here.n_attempts >= MANY) & (here.last_attempt > here.last_message)
    flags |= np.where((case > Case.DUE) & many, MANY_ATTEMPTS, 0)
    return flags.astype(np.int32)


def _cases(
    here: Facts, due: Due, state: npt.NDArray[np.int8], barred: Bools
) -> npt.NDArray[np.int32]:
    """Return what each row's sentence is about: the first that holds."""
    closed = state == STATES.index("closed")
    given_up = state == STATES.index("abandoned")
    never = due.never
    away = (here.until > here.promise) & (here.until > here.last_message) & (not never)
    conditions = {
        Case.TOLD_NEVER: closed & (here.told_never != NO_DAY),
        Case.BARRED: closed & barred,
        Case.ENDED: closed & (here.ended != NO_DAY),
        Case.ENDED_BY_STATUS: closed,
        Case.APPOINTMENT: here.appointment != NO_DAY,
        Case.GHOSTED: given_up & here.ghosted,
        Case.GIVEN_UP_AWAY: given_up & away,
        Case.NEVER_DUE_OVER if never else Case.GIVEN_UP: given_up,
        Case.LAST_MESSAGE_SENT_AWAY: (due.abandon != NO_DAY) & away,
        Case.NEVER_DUE if never else Case.LAST_MESSAGE_SENT: due.abandon != NO_DAY,
        Case.NOTHING: due.basis == Basis.NOTHING,
    }
    return np.select(
        list(conditions.values()),
        [np.int32(case) for case in conditions],
        np.int32(Case.DUE) + due.basis,
    ).astype(np.int32)


def sentences(
    parts: Parts, *, strategy: Strategy, calendar: WorkCalendar, as_of: int, call_on: int
) -> npt.NDArray[np.object_]:
    """Return one sentence per row.

    Parameters
    ----------
    parts
        Arrays of shape (k,).
    strategy, calendar
        Those of these rows.
    as_of, call_on
        The day, and the first allowed day on or after it, as day numbers.
    """
    write = Writer(strategy, calendar, as_of, call_on)
    dates = _codes(parts.a, parts.b)
    rest = _codes(parts.due, (parts.case << 20) | (parts.n << 8) | parts.flags)
    codes = _codes(dates, rest)
    n_different = int(codes.max(initial=-1)) + 1
    example = np.zeros(n_different, np.int64)
    example[codes[::-1]] = np.arange(len(codes))[::-1]
    texts = np.empty(n_different, object)
    columns = (parts.case, parts.a, parts.b, parts.due, parts.n, parts.flags)
    rows = zip(*(column[example].tolist() for column in columns), strict=True)
    for at, row in enumerate(rows):
        texts[at] = write(*row)
    return texts[codes]


def _codes(high: npt.NDArray, low: npt.NDArray) -> npt.NDArray[np.int32]:
    pairs = (high.astype(np.int64) << 32) | (low.astype(np.int64) & 0xFFFFFFFF)
    return pd.factorize(pairs)[0].astype(np.int32)
