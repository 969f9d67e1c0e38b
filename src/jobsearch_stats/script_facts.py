"""What a script refers to: when and how you met, when you wrote, what you left before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .facts import Bools, Ints, application_codes
from .log import ApplicationLog
from .workdays import to_days

_SPOKEN = ("voicemail", "message_taken")


def script_facts(
    log: ApplicationLog, ids: pd.Index, *, as_of: pd.Timestamp
) -> dict[str, dict[str, Any]]:
    """Return what the scripts of some applications refer to, as known on a day.

    Parameters
    ----------
    log
        The search.
    ids
        Ids of applications.
    as_of
        Events after it do not exist.

    Returns
    -------
    dict
        By id, keywords of :func:`voicemail_script`: `met_on`, `met_by` (the latest interview or
        talk), `wrote_on` (the latest application), `last_message_by`; None where it is not known.
    """
    events = log.events
    mine = log.applications.index.get_indexer(ids)
    code = application_codes(log)
    asked = np.zeros(len(log.applications), bool)
    asked[mine] = True
    past = asked[code] & (to_days(events["date"].to_numpy()) <= to_days([np.datetime64(as_of)])[0])
    follow_up = (events["kind"] == "follow_up").to_numpy()
    spoke = follow_up & (events["outcome"] == "spoke").to_numpy()
    no_answer = (events["outcome"] == "no_answer").to_numpy()
    by_time = _by_time(events, np.flatnonzero(past))

    def last(which: Bools) -> Ints:
        """Return the place of each application's last such event; -1: none."""
        these = which[by_time]
        rank = np.full(len(asked), -1)
        np.maximum.at(rank, code[by_time[these]], np.flatnonzero(these))
        return np.append(by_time, -1)[rank[mine]]

    met = last((events["kind"] == "interview").to_numpy() | spoke)
    left = last(follow_up & ~spoke & ~no_answer)
    facts = zip(
        ids,
        _cells(events["date"], met),
        _cells(events["kind"], met),
        _cells(events["method"], met),
        _cells(events["date"], last((events["kind"] == "applied").to_numpy())),
        _cells(events["outcome"], left),
        _cells(events["method"], left),
        strict=True,
    )
    return {
        name: {
            "met_on": met_on,
            # one speaks on the telephone, unless the log says otherwise
            "met_by": met_by or ("phone" if met_kind == "follow_up" else None),
            "wrote_on": wrote_on,
            "last_message_by": "phone" if outcome in _SPOKEN else left_by,
        }
        for name, met_on, met_kind, met_by, wrote_on, outcome, left_by in facts
    }


def _by_time(events: pd.DataFrame, at: Ints) -> Ints:
    """Return these places in order of time; a tie goes by method, never by the order of rows."""
    here = events[["date", "hour", "kind", "outcome", "method"]].iloc[at]
    keys = [here[name].cat.codes.to_numpy() for name in ("method", "outcome", "kind")]
    keys += [here["hour"].to_numpy("int8", na_value=-1), to_days(here["date"].to_numpy())]
    return at[np.lexsort(keys)]


def _cells(column: pd.Series, at: Ints) -> list[Any]:
    """Return the values in these places; None for a blank, and for -1."""
    values = column.array.take(at, allow_fill=True)
    return [None if blank else value for value, blank in zip(values, pd.isna(values), strict=True)]
