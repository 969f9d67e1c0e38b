"""Text columns whose cells may hold several values joined by ";", as whole arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Cells:
    """The values of a column: per row how many, where they begin, and all of them in a row."""

    n: Ints
    start: Ints
    parts: Objects

    @classmethod
    def of(cls, column: npt.NDArray) -> Cells:
        """Return a text column's values; a blank cell has none, a place left blank is ""."""
        values = np.asarray(column, dtype=object)
        filled = ~pd.isna(values)
        texts = values[filled].tolist()
        n = filled.astype(np.int64)
        if ";" in "".join(texts):
            lists = [text.split(";") for text in texts]
            n[filled] = [len(parts) for parts in lists]
            texts = [part for parts in lists for part in parts]
        parts = np.empty(len(texts), object)
        parts[:] = [text.strip() for text in texts]
        return cls(n, np.cumsum(n) - n, parts)

    def at(self, rows: Ints, position: Ints) -> Objects:
        """Return the values in these places of these rows; None where the list is shorter."""
        inside = position < self.n[rows]
        out: Objects = np.full(len(rows), None, object)
        out[inside] = self.parts[(self.start[rows] + position)[inside]]
        out[out == ""] = None
        return out

    def all_of(self, rows: Ints) -> tuple[Ints, Ints, Objects]:
        """Return every value of these rows: the row it is from, its place there, and itself."""
        n = self.n[rows]
        owner = np.repeat(rows, n)
        position = np.arange(len(owner)) - np.repeat(np.cumsum(n) - n, n)
        value = self.parts[self.start[owner] + position]
        filled = value != ""
        return owner[filled], position[filled], value[filled]

    def everything(self) -> tuple[Ints, Ints, Objects]:
        """Return every value of every row, as `all_of` does."""
        return self.all_of(np.arange(len(self.n)))
