"""A log whose companies have names that a page must not take for its own."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pandas as pd

from jobsearch_stats.sample import sample_path

DAY = "2026-02-24"

NAMES = (
    "<script>alert('script')</script>",
    "<img src=x onerror=alert('image')>",
    "<img src='https://elsewhere.example/seen.png'>",
    "\"><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "</script><script>alert('end')</script>",
    "'-alert('quote')-'",
    "[a link](javascript:alert('link')) $x^2$",
    'O\'Brien; "Sons",\n & Co',
    "שלום חברה",
    "🦊 Fox & Söhne 👩‍💻",
)


def write_log(path: Path) -> Path:
    """Write the sample's events with these names in place of its own; return the path."""
    events = pd.read_csv(sample_path("events.csv"), dtype="str", keep_default_na=False)
    theirs = events["company"].unique()
    names = [f"{name} {i}" for i, name in zip(range(len(theirs)), cycle(NAMES), strict=False)]
    other = dict(zip(theirs, names, strict=True))
    events.assign(company=events["company"].map(other)).to_csv(path, index=False)
    return path
