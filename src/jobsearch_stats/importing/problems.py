"""What could not be read, collected as it is met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, cast

import numpy as np
import pandas as pd

from ..schema import PROBLEM_COLUMNS, SEVERITIES

KEPT = "kept as it is"
LEFT_BLANK = "left blank, the row was kept"
LEFT_OUT = "row left out"


def categorical(codes: np.ndarray, dtype: object) -> pd.Categorical[Any]:
    """Return codes as a column of one of the data model's categories; -1 is blank."""
    return pd.Categorical.from_codes(codes, dtype=cast(Any, dtype))


class Problems:
    """A list of problems that becomes the frame `log.problems`."""

    def __init__(self) -> None:
        self._rows: list[tuple[int | None, str | None, str | None, str, str, str]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def forget_from(self, n: int) -> None:
        """Forget all but the first n: what follows is read anew."""
        del self._rows[n:]

    def rejected(self, row: int, value: str, problem: str) -> None:
        """Note a row that was left out, with its text."""
        self._rows.append((row, None, value, problem, LEFT_OUT, "rejected"))

    def blanked(
        self, row: int | None, column: str, value: str, problem: str, done: str = LEFT_BLANK
    ) -> None:
        """Note a value that cannot be used."""
        self._rows.append((row, column, value, problem, done, "blanked"))

    def noted(
        self,
        row: int | None,
        column: str | None,
        value: str | None,
        problem: str,
        done: str = KEPT,
    ) -> None:
        """Note something to look at."""
        self._rows.append((row, column, value, problem, done, "noted"))

    def noted_values(
        self, column: str, found: Iterable[tuple[int, str]], problem: str, done: str
    ) -> None:
        """Note each distinct value once, at its first row, with the number of times it stands."""
        first: dict[str, int] = {}
        times: Counter[str] = Counter()
        for row, value in found:
            first[value] = min(row, first.get(value, row))
            times[value] += 1
        for value, row in first.items():
            n = times[value]
            self.noted(row, column, value, f"{problem} ({n} time{'s' if n > 1 else ''})", done)

    def frame(self) -> pd.DataFrame:
        """Return `log.problems`, in the order of the file; what concerns all of it comes first."""
        rows = sorted(self._rows, key=lambda row: -1 if row[0] is None else row[0])
        columns = list(zip(*rows, strict=True)) or [()] * len(PROBLEM_COLUMNS)
        severity = {name: code for code, name in enumerate(SEVERITIES)}
        data: dict[str, object] = {
            "source_row": pd.array([pd.NA if row is None else row for row in columns[0]], "Int64")
        }
        for name, values in zip(list(PROBLEM_COLUMNS)[1:5], columns[1:5], strict=True):
            data[name] = pd.Series(list(values), dtype="str")
        codes = np.array([severity[name] for name in columns[5]], dtype="int8")
        data["severity"] = categorical(codes, PROBLEM_COLUMNS["severity"])
        return pd.DataFrame(data)
