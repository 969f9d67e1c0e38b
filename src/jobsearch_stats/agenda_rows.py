"""Rows of the agenda before they are put in order: an action, on a day, for an application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .follow_ups import Standing
from .workdays import to_days

FOLLOW_UP = "follow_up"
THANK_YOU = "thank_you"
COURTESY_CARD = "courtesy_card"
PREPARE = "prepare_interview"
OLD = "old"
LET_GO = "let_go"


@dataclass(frozen=True)
class Day:
    """Today, and the last day that the agenda shows; as day numbers and as a date."""

    today: int
    last: int
    today_date: pd.Timestamp

    @classmethod
    def of(cls, today: pd.Timestamp, days: int) -> Day:
        """Return today and the days after it."""
        number = int(to_days([np.datetime64(today)])[0])
        return cls(number, number + days, today)


def rows_of(
    here: Standing,
    at: np.ndarray,
    *,
    do_on: np.ndarray,
    action: object,
    method: object,
    reason: np.ndarray,
    **other: Any,
) -> pd.DataFrame:
    """Return rows for some of the table's applications, with whom they go to.

    `at` holds their positions in the table, `do_on` day numbers; columns in `other` stand in
    place of the table's own.
    """
    table = here.table.iloc[at]
    columns = {
        "at": at,
        "lead": table.index.to_numpy(object),
        "do_on": np.asarray(do_on, np.int32),
        "action": action,
        "method": method,
        "message_number": None,
        "reason": reason,
        "last_message_on": table["last_message_on"].to_numpy(),
    }
    for name in ("company", "role", "contact", "phone", "email"):
        columns[name] = table[name].to_numpy(object)
    rows = pd.DataFrame(columns | other, index=range(len(at)))
    as_object = ["action", "method", "message_number", "reason", "contact", "phone", "email"]
    return rows.astype(dict.fromkeys(as_object, object))
