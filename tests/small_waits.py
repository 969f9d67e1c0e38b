"""Frames as `outreach` gives them, made by hand: only the columns that durations are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from jobsearch_stats.outreach import ENDS

AS_OF = pd.Timestamp("2026-03-10")
KINDS = ("application", "interview", "thank_you", "follow_up")


def category(values: Sequence[str] | str, names: Sequence[str], n: int) -> pd.Categorical:
    return pd.Categorical([values] * n if isinstance(values, str) else list(values), list(names))


def waits(days: npt.ArrayLike, ends: Sequence[str] | str, **columns: object) -> pd.DataFrame:
    """Return approaches, each of its own application, that ended on these days in these ways.

    The wait for a positive response ended alike. Columns given replace those here.
    """
    days = np.asarray(days, np.int32)
    n = days.size
    ended_by = category(ends, ENDS, n)
    frame = pd.DataFrame(
        {
            "application_id": pd.Categorical([f"a{i}" for i in range(n)]),
            "kind": category("application", KINDS, n),
            "stage": category("application", ("application", "interview", "closed"), n),
            "as_of": np.full(n, np.datetime64(AS_OF, "s")),
            "undated": np.zeros(n, bool),
            "ended_by": ended_by,
            "ended_days": days,
            "positive_ended_by": ended_by,
            "positive_ended_days": days,
        }
    )
    return frame.assign(**columns)


def answered(days: npt.ArrayLike, status: npt.ArrayLike, **columns: object) -> pd.DataFrame:
    """Return approaches that were answered (status 1) or were still silent (0) after these days."""
    return waits(days, np.where(np.asarray(status) == 1, "response", "as_of").tolist(), **columns)


def lung_rows() -> pd.DataFrame:
    """Return the lung cancer patients as approaches: an answer is a death (reference/README.md)."""
    data = pd.read_csv(Path(__file__).parent / "reference" / "lung.csv")
    return answered(data["time"], data["status"], sex=data["sex"])
