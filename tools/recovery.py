"""Find a known truth again by comparing strategies, many times over: what `make recovery` runs.

docs/recovery.md then says how far the estimates lie from the truth, and how often the intervals
hold it. Every finished simulation is kept in build/recovery, so that a run may be stopped, and
goes on where it was; where the code has changed since, it begins anew.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import replace
from hashlib import blake2s
from pathlib import Path
from typing import TextIO

from recovery_report import document, frame_of
from recovery_runs import Plan, Task, Truths, simulate, tasks, truths

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "recovery"
DOCUMENT = ROOT / "docs" / "recovery.md"


def fingerprint(plan: Plan) -> str:
    """Return what changes when the code, or what is asked for, does."""
    digest = blake2s(digest_size=8)
    for path in [*sorted((ROOT / "src").rglob("*.py")), ROOT / "tools" / "recovery_runs.py"]:
        digest.update(path.read_bytes())
    digest.update(repr(replace(plan, simulations={})).encode())
    return digest.hexdigest()


class Store:
    """Finished simulations, a line each, in a file of their own for every state of the code."""

    def __init__(self, name: str, folder: Path = FOLDER) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self.truth = folder / f"{name}.jsonl", folder / f"{name}.truth.json"

    def lines(self) -> list[dict]:
        """Return the finished simulations, and forget a line that was cut off as a run ended."""
        if not self.path.exists():
            return []
        whole, end, _ = self.path.read_bytes().rpartition(b"\n")
        self.path.write_bytes(whole + end)
        return [json.loads(line) for line in whole.splitlines()]

    def truths(self, plan: Plan) -> Truths:
        """Return the truths, found once."""
        if not self.truth.exists():
            print("The truth first, which takes a minute or two.", flush=True)
            found = json.dumps(truths(plan))
            self.truth.write_text(found, encoding="utf-8")
        return json.loads(self.truth.read_text(encoding="utf-8"))


def run(todo: list[Task], out: TextIO, *, workers: int, until: float) -> Iterator[dict]:
    """Work through the tasks until a time; each is kept, and given out, as it is finished."""
    waiting = iter(todo)
    # a worker has one core, and its linear algebra no more than that
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),  # the first process stops them all
    ) as pool:
        running = {pool.submit(simulate, task) for task in itertools.islice(waiting, 2 * workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                line = future.result()
                out.write(json.dumps(line) + "\n")
                out.flush()
                yield line
                if time.time() < until:
                    running |= {pool.submit(simulate, t) for t in itertools.islice(waiting, 1)}


def show(done: int, total: int, began: float) -> None:
    """Say on the terminal how far it is."""
    gone = (time.time() - began) / 60
    left = gone / done * (total - done)
    text = f"{done:,} of {total:,} simulations, {gone:.0f} min gone, {left:.0f} min left"
    print(f"\r{text}   ", end="", flush=True)


def work_through(plan: Plan, store: Store, *, workers: int, minutes: float) -> list[dict]:
    """Return all finished simulations of the plan, those of earlier runs included."""
    began = time.time()
    planned = {task.key: task for task in tasks(plan)}
    kept = {_key(line): line for line in store.lines()}
    kept = {key: line for key, line in kept.items() if key in planned}
    if kept:
        print(f"{len(kept):,} simulations are finished already.")
    todo = [task for key, task in planned.items() if key not in kept]
    with store.path.open("a", encoding="utf-8") as out:
        until = began + 60 * minutes
        for count, line in enumerate(run(todo, out, workers=workers, until=until), start=1):
            kept[_key(line)] = line
            if not count % 10 or count == len(todo):
                show(count, len(todo), began)
    print()
    return list(kept.values())


def _key(line: dict) -> tuple[str, int, int]:
    return Task(**line["task"]).key


def arguments(argv: list[str]) -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop after so long")
    parser.add_argument("--workers", type=int, default=2, help="processes side by side")
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--out", type=Path, default=DOCUMENT, help="the document to write")
    return parser.parse_args(argv)


def main(argv: list[str]) -> None:
    """Simulate, compare, and write the document."""
    asked = arguments(argv)
    plan = Plan(seed=asked.seed)
    store = Store(fingerprint(plan))
    print(
        f"Kept in {store.path.relative_to(ROOT)}: stop when you like, run it again to go on.",
        flush=True,
    )
    try:
        known = store.truths(plan)
        lines = work_through(plan, store, workers=asked.workers, minutes=asked.minutes)
    except KeyboardInterrupt:
        sys.exit("\nStopped. What is finished is kept.")
    text = document(frame_of(lines), known, plan, on=datetime.date.today())
    asked.out.write_text(text, encoding="utf-8")
    print(f"Written: {asked.out}")


if __name__ == "__main__":
    main(sys.argv[1:])
