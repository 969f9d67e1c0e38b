"""`outreach` on five million events, against one sort of their keys; and the memory it needs."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from benchmarks.big_log import AS_OF, N_EVENTS, make_log
from benchmarks.measuring import interleaved, report, say
from benchmarks.memory_probe import forget_peak, status
from jobsearch_stats.log import ApplicationLog
from jobsearch_stats.outreach import outreach
from jobsearch_stats.workdays import to_days

ROUNDS = 7
SORT = "one `numpy.lexsort` of the events"
HERE = Path(__file__).parent
PATH = [str(HERE.parent), str(HERE.parent.parent / "src")]


def _sort(log: ApplicationLog):
    code = log.events["application_id"].cat.codes.to_numpy().astype(np.int32)
    day = to_days(log.events["date"].to_numpy())
    assert (code.dtype, day.dtype, code.size) == (np.int32, np.int32, N_EVENTS)
    return lambda: np.lexsort((day, code))


def _with_hours(log: ApplicationLog) -> ApplicationLog:
    """Return the log with an hour on every event."""
    hour = np.random.default_rng(1).integers(8, 19, len(log.events)).astype(np.int8)
    return ApplicationLog(log.applications, log.events.assign(hour=hour).astype({"hour": "Int8"}))


def test_against_a_sort():
    log = make_log()
    timed = _with_hours(log)
    found = outreach(log, as_of=AS_OF)
    assert len(found) > N_EVENTS / 2
    assert not found["response_on"].isna().all()
    assert found["application_id"].cat.codes.is_monotonic_increasing
    runs = {
        SORT: _sort(log),
        "`outreach`": lambda: outreach(log, as_of=AS_OF),
        "`outreach`, an hour on every event": lambda: outreach(timed, as_of=AS_OF),
    }
    seconds = interleaved(runs, rounds=ROUNDS)
    report("`outreach` on 1,000,000 applications, 5,000,000 events", seconds, against=SORT)


def probe(how: str) -> None:
    """Print, as JSON, the bytes of the events, of the result, and of the peak beside the log."""
    log = make_log()
    if how == "traced":
        tracemalloc.start()
        found = outreach(log, as_of=AS_OF)
        peak = tracemalloc.get_traced_memory()[1]
    else:
        forget_peak()
        before = status("VmRSS")
        found = outreach(log, as_of=AS_OF)
        peak = status("VmHWM") - before
    result = int(found.memory_usage(index=False).sum())  # texts are shared with the log
    events = int(log.events.iloc[:, :6].memory_usage(index=False).sum())
    json.dump({"events": events, "result": result, "peak": peak}, sys.stdout)


@pytest.mark.parametrize(
    "how",
    [
        "traced",
        pytest.param(
            "resident",
            marks=pytest.mark.skipif(
                not sys.platform.startswith("linux"), reason="the kernel's count is Linux's"
            ),
        ),
    ],
)
def test_memory(how):
    code = (
        f"import sys; sys.path[:0] = {PATH!r}; "
        f"from benchmarks.test_outreach import probe; probe({how!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert min(found.values()) > 0
    say(
        f"\n\n**Peak of `outreach` beside its input, {how}**: {found['peak'] / 1e6:.0f} MB; its "
        f"result {found['result'] / 1e6:.0f} MB; events (application, date, hour, kind, method, "
        f"outcome) {found['events'] / 1e6:.0f} MB; peak to result "
        f"{found['peak'] / found['result']:.2f}"
    )
