"""`jobsearch-stats agenda` on the sample, a process from start to end, against importing pandas."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from pathlib import Path

import jobsearch_stats
from benchmarks.measuring import interleaved, report

ROUNDS = 21
SOURCE = Path(jobsearch_stats.__file__).parent
PROGRAM = [sys.executable, "-c", "from jobsearch_stats.cli import run; run()"]


def process(*command: str) -> str:
    """Run a command and return what it prints."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, encoding="utf-8"
    )
    return done.stdout


def test_agenda_as_aprocess():
    assert compileall.compile_dir(SOURCE, quiet=1), "the package does not compile"
    agenda = [*PROGRAM, "agenda"]
    pandas = [sys.executable, "-c", "import pandas"]
    assert "TODAY" in process(*agenda).upper()
    seconds = interleaved(
        {
            '`python -c "import pandas"`': lambda: process(*pandas),
            "`jobsearch-stats agenda`": lambda: process(*agenda),
        },
        rounds=ROUNDS,
    )
    report("Today's list, a whole process", seconds, against='`python -c "import pandas"`')
