"""What reading a file needs; run as a process of its own for each way, it prints JSON."""

from __future__ import annotations

import json
import sys

import pandas as pd

from benchmarks.memory_probe import forget_peak, status
from jobsearch_stats import read_log


def main(path: str, how: str) -> None:
    """Print how far the process grew, in bytes, and the size of a frame of text (deep)."""
    pd.read_csv(path, dtype=str, nrows=10)  # what is loaded once is no part of it
    read_log(path.replace("applications.csv", "few.csv"))
    forget_peak()
    before = status("VmRSS")
    size = 0
    if how == "frame":
        size = int(pd.read_csv(path, dtype=str).memory_usage(deep=True).sum())
    else:
        read_log(path)
    json.dump({"peak": status("VmHWM") - before, "size": size}, sys.stdout)
