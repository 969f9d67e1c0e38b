"""`follow_ups` on a million applications: against one sort of its events, and against DuckDB."""

from __future__ import annotations

import os
import platform
import re
from unittest import mock

import duckdb
import numpy as np
import pandas as pd
import pytest

from benchmarks.big_log import AS_OF, make_log
from benchmarks.duckdb_peer import Peer
from benchmarks.measuring import interleaved, report, say
from jobsearch_stats import follow_ups as follow_ups_of
from jobsearch_stats.log import ApplicationLog
from jobsearch_stats.schema import STATES
from jobsearch_stats.workdays import to_days

ROUNDS = 11
_RULES_AND_DAYS = re.compile(
    r"R\d+|\d+ (?:[JFMASOND][a-z]+)(?: \d{4})?|\d+ days? overdue|Not today"
)


@pytest.fixture(scope="module")
def log() -> ApplicationLog:
    say(
        f"\n\nPython {platform.python_version()}, pandas {pd.__version__}, "
        f"numpy {np.__version__}, DuckDB {duckdb.__version__}, "
        f"{os.cpu_count()} cores, {platform.machine()}"
    )
    return make_log()


def _sort(log: ApplicationLog):
    code = log.events["application_id"].cat.codes.to_numpy()
    day = to_days(log.events["date"].to_numpy())
    return lambda: np.lexsort((day, code))


def _without_reasons(log: ApplicationLog) -> pd.DataFrame:
    with mock.patch("jobsearch_stats.follow_ups.sentences", return_value=None):
        return follow_ups_of(log, as_of=AS_OF)


def test_against_a_sort_and_duckdb(log):
    peer = Peer(log, as_of=AS_OF)
    _agree(follow_ups_of(log, as_of=AS_OF), peer.run(reasons=True), log)
    seconds = interleaved(
        {
            "one `numpy.lexsort` of the events": _sort(log),
            "`follow_ups`": lambda: follow_ups_of(log, as_of=AS_OF),
            "`follow_ups`, sentences left out": lambda: _without_reasons(log),
            "DuckDB, 2 threads": lambda: peer.run(reasons=True),
            "DuckDB, 2 threads, sentences left out": lambda: peer.run(reasons=False),
        },
        rounds=ROUNDS,
    )
    report(
        "1,000,000 applications, 5,000,000 events",
        seconds,
        against="one `numpy.lexsort` of the events",
    )


def _agree(table: pd.DataFrame, answer: dict[str, np.ndarray], log: ApplicationLog) -> None:
    """Hold library and peer to the same answer in every row and column that both give."""
    order = np.argsort(answer["application"])
    ids = log.applications.index[answer["application"][order]]
    pd.testing.assert_index_equal(ids, table.index)
    assert set(table["state"].cat.categories) == set(STATES)
    assert table["state"].nunique() == len(STATES), "the log has not every state"
    for name in answer.keys() - {"application", "reason"}:
        theirs = _plain(answer[name])[order]
        ours = table[name].to_numpy()
        if theirs.dtype.kind == "M":
            theirs, ours = to_days(theirs), to_days(ours)
        np.testing.assert_array_equal(theirs, ours.astype(theirs.dtype), err_msg=name)
    _agree_in_reasons(table["reason"].to_numpy(), answer["reason"][order])


def _plain(column: np.ndarray) -> np.ndarray:
    if isinstance(column, np.ma.MaskedArray):
        return (
            column.filled(np.datetime64("NaT", "s"))
            if column.dtype.kind == "M"
            else column.filled()
        )
    return column


def _agree_in_reasons(ours: np.ndarray, theirs: np.ndarray) -> None:
    """Hold each sentence to the same rules and days as the peer's; the wording is free."""
    different = pd.DataFrame({"ours": ours, "theirs": theirs}).drop_duplicates()
    assert len(different) > 1000
    for mine, other in different.itertuples(index=False):
        assert _RULES_AND_DAYS.findall(mine) == _RULES_AND_DAYS.findall(other)


def test_with_people_on_a_fifth_of_the_events():
    named = make_log(with_people=0.2)
    table = follow_ups_of(named, as_of=AS_OF)
    assert table["contact"].notna().mean() > 0.3
    assert table["phone"].notna().equals(table["contact"].notna())
    seconds = interleaved(
        {
            "one `numpy.lexsort` of the events": _sort(named),
            "`follow_ups`": lambda: follow_ups_of(named, as_of=AS_OF),
        },
        rounds=3,
    )
    report(
        "The same with a person, a number and an address on 20 % of the events",
        seconds,
        against="one `numpy.lexsort` of the events",
    )
