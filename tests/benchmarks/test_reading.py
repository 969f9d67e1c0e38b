"""`read_log` on a spreadsheet of a million applications, against reading the same file as text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.big_sheet import write_sheet
from benchmarks.measuring import interleaved, report, say
from benchmarks.test_start import process
from jobsearch_stats import read_log
from jobsearch_stats.importing.values import read_status
from jobsearch_stats.importing.words import fold

N, SMALL = 1_000_000, 300
HERE = Path(__file__).parent
PATH = [str(HERE.parent), str(HERE.parent.parent / "src")]
PLAIN = "`pandas.read_csv(dtype=str)`"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading")
    write_sheet(folder / "applications.csv", N)
    write_sheet(folder / "all_different.csv", N, employers=20 * N)
    write_sheet(folder / "few.csv", SMALL)
    return folder / "applications.csv"


@pytest.mark.parametrize(
    ("file", "what"),
    [("applications.csv", "50,000 employers"), ("all_different.csv", "hardly an employer twice")],
)
def test_a_million_applications(sheet: Path, file: str, what: str) -> None:
    sheet = sheet.with_name(file)
    log = read_log(sheet)
    dates = pd.read_csv(sheet, dtype=str).iloc[:, 2:]
    assert len(log.applications) == log.counts["rows_loaded"] == N
    assert len(log.events) == int(dates.notna().sum().sum())
    del log, dates
    runs = {PLAIN: lambda: pd.read_csv(sheet, dtype=str), "`read_log`": lambda: read_log(sheet)}
    seconds = interleaved(runs, rounds=7)
    report(f"A million applications, six columns of dates, {what}", seconds, against=PLAIN)


def test_a_stray_quote(sheet: Path) -> None:
    stray = sheet.with_name("stray.csv")
    stray.write_text(
        sheet.read_text(encoding="utf-8") + '6" Pipes,Nurse,2026-01-02,,,,,\n', encoding="utf-8"
    )
    assert read_log(stray).counts["rows_loaded"] == N + 1
    runs = {"sound": lambda: read_log(sheet), "one stray quote": lambda: read_log(stray)}
    report("A million applications, one stray quote", interleaved(runs, rounds=3), against="sound")


def test_statuses_that_nobody_knows() -> None:
    texts = [f"state {n:x} of {n * 7919 % 100_003:x}" for n in range(100_000)]
    plain = "folding them"

    def read() -> None:
        read_status.cache_clear()
        assert {read_status(text).kind for text in texts} == {"unknown"}

    runs = {plain: lambda: [fold(text) for text in texts], "`read_status`": read}
    report("100,000 different statuses", interleaved(runs, rounds=3), against=plain)


def test_a_small_sheet_as_a_process(sheet: Path) -> None:
    few = sheet.with_name("few.csv")
    pandas = [sys.executable, "-c", "import pandas"]
    reading = [
        sys.executable,
        "-c",
        f"import jobsearch_stats as js; print(len(js.read_log({str(few)!r}).applications))",
    ]
    assert process(*reading).strip() == str(SMALL)
    seconds = interleaved(
        {
            '`python -c "import pandas"`': lambda: process(*pandas),
            "reading 300 rows": lambda: process(*reading),
        },
        rounds=15,
    )
    report("A sheet of 300 rows, a whole process", seconds, against='`python -c "import pandas"`')


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's count is Linux's")
def test_memory(sheet: Path) -> None:
    frame, log = _probe(sheet, "frame"), _probe(sheet, "log")
    assert min(frame["peak"], frame["size"], log["peak"]) > 0
    say(
        f"\n\n**Peak of `read_log`**: {log['peak'] / 1e6:.0f} MB; the frame of text "
        f"{frame['size'] / 1e6:.0f} MB (deep), {frame['peak'] / 1e6:.0f} MB at the peak of reading "
        f"it; ratios {log['peak'] / frame['size']:.2f} and {log['peak'] / frame['peak']:.2f}"
    )


def _probe(sheet: Path, how: str) -> dict[str, int]:
    code = (
        f"import sys; sys.path[:0] = {PATH!r}; "
        f"from benchmarks.reading_probe import main; main({str(sheet)!r}, {how!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
