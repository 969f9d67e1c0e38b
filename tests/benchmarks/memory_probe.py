"""What `follow_ups` needs beside its input; run as a process of its own, it prints JSON.

``traced``: what numpy, pandas and Python allocate. ``resident``: what the process grows by at its
peak, as the kernel counts it (Linux alone), the tracing left out.
"""

from __future__ import annotations

import json
import sys
import tracemalloc
from pathlib import Path

from benchmarks.big_log import AS_OF, make_log
from jobsearch_stats.follow_ups import follow_ups
from jobsearch_stats.log import ApplicationLog


def traced(log: ApplicationLog) -> int:
    """Return the bytes allocated at the peak of `follow_ups`, its result among them."""
    tracemalloc.start()
    follow_ups(log, as_of=AS_OF)
    return tracemalloc.get_traced_memory()[1]


def resident(log: ApplicationLog) -> int:
    """Return the bytes by which the process grew at the peak of `follow_ups`."""
    forget_peak()
    before = status("VmRSS")
    follow_ups(log, as_of=AS_OF)
    return status("VmHWM") - before


def forget_peak() -> None:
    """Let the kernel count the process' peak (VmHWM) anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def status(name: str) -> int:
    """Return what the kernel says of this process, in bytes: VmRSS, VmHWM."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def main(how: str) -> None:
    log = make_log()
    narrow = log.events[["application_id", "date", "kind", "outcome"]]
    n_bytes = {
        "input": int(narrow.memory_usage(deep=True, index=False).sum()),
        "peak": {"traced": traced, "resident": resident}[how](log),
    }
    json.dump(n_bytes, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
