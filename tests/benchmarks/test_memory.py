"""The memory that `follow_ups` needs beside its input, on a million applications."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measuring import say

HERE = Path(__file__).parent
PATH = [str(HERE.parent), str(HERE.parent.parent / "src")]


def _probe(how: str) -> dict[str, int]:
    code = (
        f"import sys; sys.path[:0] = {PATH!r}; "
        f"from benchmarks import memory_probe; memory_probe.main({how!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


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
    found = _probe(how)
    assert found["input"] > 0
    assert found["peak"] > 0
    say(
        f"\n\n**Peak of `follow_ups` beside its input, {how}**: {found['peak'] / 1e6:.0f} MB; "
        f"input (application, date, kind, outcome) {found['input'] / 1e6:.0f} MB; "
        f"ratio {found['peak'] / found['input']:.2f}"
    )
