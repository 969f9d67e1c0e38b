"""Frames as `outreach` gives them, made by hand: only the columns that rates are made of."""

from __future__ import annotations

import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2026-03-10")


def tries(n: int = 0, n_responses: int = 0, **columns: object) -> pd.DataFrame:
    """Return n old approaches of which some were answered positively on day 3.

    Columns given replace those here; each application has one approach.
    """
    days = pd.array([3] * n_responses + [pd.NA] * (n - n_responses), dtype="Int32")
    frame = pd.DataFrame(
        {
            "application_id": pd.Categorical([f"a{i}" for i in range(n)]),
            "kind": pd.Categorical(["application"] * n),
            "stage": pd.Categorical(["application"] * n, ["application", "interview", "closed"]),
            "as_of": np.full(n, np.datetime64(AS_OF, "s")),
            "observed_days": np.full(n, 100, dtype=np.int32),
            "response_days": days,
            "positive_days": days,
            "reached": np.zeros(n, bool),
            "undated": np.zeros(n, bool),
        }
    )
    return frame.assign(**columns)


def grouped(name: str = "method", **counts: tuple[int, int]) -> pd.DataFrame:
    """Return old approaches of several groups, given as group=(responses, n), in that order."""
    parts = [tries(n, k).assign(**{name: group}) for group, (k, n) in counts.items()]
    frame = pd.concat(parts, ignore_index=True)
    frame[name] = pd.Categorical(frame[name], list(counts))
    frame["application_id"] = pd.Categorical([f"a{i}" for i in range(len(frame))])
    return frame
