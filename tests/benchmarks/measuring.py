"""Measuring side by side, and saying what was found as a Markdown table."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping


def interleaved(runs: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each run; a, b, a, b: what slows the machine slows them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def say(line: str) -> None:
    """Put a line on the terminal."""
    sys.stdout.write(f"{line}\n")


def report(title: str, seconds: Mapping[str, list[float]], *, against: str) -> None:
    """Print seconds, and the ratio of each to one of them, by least and by median."""
    least, middle = min(seconds[against]), statistics.median(seconds[against])
    say(f"\n\n**{title}** (n = {len(seconds[against])} interleaved runs)\n")
    say("| what | least, s | median, s | ratio of least | ratio of medians |")
    say("|---|---|---|---|---|")
    for name, values in seconds.items():
        low, mid = min(values), statistics.median(values)
        say(f"| {name} | {low:.2f} | {mid:.2f} | {low / least:.2f} | {mid / middle:.2f} |")
