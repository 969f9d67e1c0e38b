"""Frames of values that are hardly values: what has no text, and numbers without end."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from importing.reading import read


class Mute:
    """An object that cannot say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no text")

    __repr__ = __str__


class Unlike(Mute):
    """An object that cannot be compared either."""

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError

    def __hash__(self) -> int:
        raise ZeroDivisionError


def test_cells_and_headers_that_have_no_text_are_named_by_their_type() -> None:
    odd = [Mute(), Unlike(), [10**5000], Decimal("sNaN"), 10**5000, np.datetime64(2**40, "Y")]
    frame = pd.DataFrame({"Company": [f"Acme {n}" for n in range(len(odd))], Mute(): odd})
    log = read(frame)
    header = "<Mute without a text>"
    assert log.columns["header"].tolist() == ["Company", header]
    cells = log.applications[header].fillna("").tolist()
    assert cells[:4] == [header, "<Unlike without a text>", "<list without a text>", ""]
    assert cells[4] == "1" + "0" * 5000
    assert cells[5]
