"""A spreadsheet of very many applications, made the same every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd


def write_sheet(
    path: Path, n: int, *, employers: int = 50_000, titles: int = 300, seed: int = 1
) -> None:
    """Write a sheet of n applications with six columns of dates, filled as people fill them.

    Some employers and titles are commoner than others.
    """
    rng = np.random.default_rng(seed)
    employer = (employers * rng.random(n) ** 3).astype(int)
    title = (titles * rng.random(n) ** 2).astype(int)
    applied = np.datetime64("2024-01-01") + rng.integers(0, 600, n)

    def later(least: int, most: int, share: float) -> np.ndarray:
        days = (applied + rng.integers(least, most, n)).astype(str)
        return np.where(rng.random(n) < share, days, "")

    pd.DataFrame(
        {
            "Company": np.char.add("Company ", employer.astype(str)),
            "Position": np.char.add("Job title ", title.astype(str)),
            "Applied": applied.astype(str),
            "Interview": later(5, 20, 0.4),
            "Follow-up 1": later(21, 30, 0.3),
            "Follow-up 2": later(31, 40, 0.1),
            "Reply": later(30, 50, 0.3),
            "Rejected": later(40, 60, 0.3),
        }
    ).to_csv(path, index=False)
