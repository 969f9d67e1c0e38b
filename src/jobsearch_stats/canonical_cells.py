"""Columns of a log as cells of a CSV file, and back: the same values in the same dtypes.

A blank cell is a missing value. A text that a spreadsheet would run as a formula, that begins
with an apostrophe or that is empty gets one apostrophe before it; reading takes one away.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from .errors import DataError
from .patterns import pattern
from .schema import FIRST_YEAR, LAST_YEAR

GUARD = "'"
_LIVE = ("=", "+", "-", "@", "\t", "\r", GUARD)

Spec = str | dict[str, Any]
"""How a column's dtype is written down: its name, or a category with its values."""

DAYS = "days"
"""The spec of the data model's whole days."""

_TEXT, _MIXED = "object", "values"
"""Columns of Python objects: of texts alone, and of numbers, truths and texts as JSON has them."""

_WHOLE = pattern(r"-?[0-9]{1,19}")

Refuse = Callable[[np.ndarray, str], None]
"""Takes a mask of distinct values that cannot be used and the reason; raises if there is one."""


def guarded(text: str) -> str:
    """Return the text as it stands in a cell.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'tis"), guarded(""), guarded("Acme")
    ("'=1+1", "''tis", "'", 'Acme')
    """
    return GUARD + text if not text or text.startswith(_LIVE) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that is not blank; the inverse of `guarded`."""
    return cell[1:] if cell.startswith(GUARD) else cell


def neutral(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before text that a spreadsheet would run.

    For tables that are not read back: unlike `guarded`, it leaves other text as it is.

    Examples
    --------
    >>> neutral(pd.DataFrame({"company": ["=1+1", "'tis"]}))["company"].tolist()
    ["'=1+1", "'tis"]
    """
    out = table.copy()
    for name in out.columns:
        if out[name].dtype.kind in "OTU":
            live = out[name].str.match(r"[=+\-@\t\r]").fillna(False).astype(bool)
            out[name] = out[name].where(~live, GUARD + out[name].astype("str"))
    return out


def spec_of(column: pd.Series) -> Spec:
    """Return how to write down a column's dtype.

    Raises
    ------
    DataError
        If its values cannot be written as text and read back.
    """
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        if not all(isinstance(value, str) for value in dtype.categories):
            raise _unsaveable(column)
        values = [str(value) for value in dtype.categories]
        return {"category": values, "of": str(dtype.categories.dtype), "ordered": dtype.ordered}
    if dtype == np.dtype(object):
        if not all(value is None or isinstance(value, str | int | float) for value in column):
            raise _unsaveable(column)
        return _TEXT if all(value is None or isinstance(value, str) for value in column) else _MIXED
    if dtype.kind in "biufM" or isinstance(dtype, pd.StringDtype):
        return str(dtype)
    raise _unsaveable(column)


def checked_spec(spec: object) -> Spec:
    """Return a spec as it was written down.

    Raises
    ------
    ValueError
        If it is none.
    """
    if isinstance(spec, dict):
        values = spec["category"]
        if not all(isinstance(value, str) for value in values) or len(set(values)) < len(values):
            raise ValueError
        pd.CategoricalDtype(pd.Index(values, dtype=spec["of"]), ordered=spec["ordered"])
        return spec
    if not isinstance(spec, str):
        raise ValueError
    if spec not in (DAYS, _TEXT, _MIXED, "str", "string"):
        dtype = pd.api.types.pandas_dtype(spec)
        if dtype.kind not in "biufM" or str(dtype) != spec:
            raise ValueError
    return spec


def to_cells(column: pd.Series, spec: Spec) -> pd.Series:
    """Return a column as a CSV writer is to have it; missing values are written as blanks."""
    if isinstance(spec, dict):
        return column.cat.rename_categories([guarded(value) for value in spec["category"]])
    if spec == _MIXED:
        cells = [guarded(json.dumps(value)) for value in column]
        return pd.Series(cells, index=column.index, dtype="str")
    if spec in ("str", "string", _TEXT):
        codes, distinct = pd.factorize(column.to_numpy(dtype=object))
        texts = np.array([*map(guarded, distinct), None], dtype=object)
        return pd.Series(texts[codes], index=column.index, dtype=object)  # code -1 is the None
    return column


def from_cells(cells: pd.Series, spec: Spec, refuse: Refuse) -> pd.Series:
    """Return a column in its dtype from the cells of a file, read as text.

    Parameters
    ----------
    cells
        Texts, blank where a value is missing.
    spec
        The dtype.
    refuse
        Called with a mask over the rows and a reason, where cells cannot be read so.
    """
    codes, distinct = pd.factorize(cells.to_numpy(dtype=object))
    blank = np.array([cell == "" for cell in distinct], dtype=bool)

    def refuse_distinct(bad: np.ndarray, why: str) -> None:
        if bad.any():
            refuse(bad[codes], why)

    values = _values(np.asarray(distinct, dtype=object), blank, spec, refuse_distinct)
    return pd.Series(values).take(codes).set_axis(cells.index)


def _values(distinct: np.ndarray, blank: np.ndarray, spec: Spec, refuse: Refuse) -> Any:
    """Return the distinct cells' values, in the dtype."""
    if isinstance(spec, dict):
        return _categories(distinct, blank, spec, refuse)
    if spec in ("str", "string", _TEXT, _MIXED):
        texts = [None if no else unguarded(cell) for cell, no in zip(distinct, blank, strict=True)]
        if spec == _MIXED:
            return pd.Series(
                _parsed(texts, json.loads, refuse, "is no value of JSON"), dtype=object
            )
        return pd.Series(texts, dtype=object if spec == _TEXT else spec)  # type: ignore[call-overload]
    if spec == DAYS or spec.startswith("datetime64"):
        return _times(distinct, blank, spec, refuse)
    if spec.lower().startswith("bool"):
        known = {"True": True, "False": False}
        refuse(
            ~blank & ~np.isin(distinct.astype(str), list(known)), 'is neither "True" nor "False"'
        )
        return _dtyped([known.get(cell) for cell in distinct], blank, spec, refuse)
    if spec.lower().startswith(("int", "uint")):
        whole = np.array([bool(_WHOLE.fullmatch(cell)) for cell in distinct], dtype=bool)
        refuse(~blank & ~whole, "is not a whole number")
        return _dtyped(
            [int(c) if w else None for c, w in zip(distinct, whole, strict=True)],
            blank,
            spec,
            refuse,
        )
    texts = [None if no else cell for cell, no in zip(distinct, blank, strict=True)]
    numbers = _parsed(texts, float, refuse, "is not a number")
    return _dtyped(numbers, blank, spec, refuse)


def _categories(
    distinct: np.ndarray, blank: np.ndarray, spec: dict[str, Any], refuse: Refuse
) -> pd.Categorical:
    categories = pd.Index(spec["category"], dtype=spec["of"])
    texts = np.array([unguarded(cell) for cell in distinct], dtype=object)
    codes = categories.get_indexer(pd.Index(texts, dtype=object))
    codes[blank] = -1
    shown = ", ".join(map(repr, spec["category"][:20]))
    refuse((codes < 0) & ~blank, f"is none of {shown}")
    dtype = pd.CategoricalDtype(categories, ordered=spec["ordered"])
    return pd.Categorical.from_codes(codes, dtype=dtype)


def _times(distinct: np.ndarray, blank: np.ndarray, spec: str, refuse: Refuse) -> pd.Series:
    """Return days, which are written as 2026-03-10 and not else, or moments."""
    cells = pd.Series(distinct, dtype="str").mask(blank)
    form = "%Y-%m-%d" if spec == DAYS else "ISO8601"
    try:
        times = pd.to_datetime(cells, format=form, errors="coerce", utc="," in spec)
    except (ValueError, OverflowError):  # offsets that differ
        times = pd.Series(pd.NaT, index=cells.index)
    refuse(times.isna().to_numpy() & ~blank, "is not a day as 2026-03-10 is")
    if spec != DAYS:
        return times.astype(spec)  # type: ignore[call-overload]
    off = (times.dt.year < FIRST_YEAR) | (times.dt.year > LAST_YEAR)
    refuse(off.to_numpy(), f"is not between {FIRST_YEAR} and {LAST_YEAR}")
    return times.astype("datetime64[s]")


def _parsed(
    texts: list[str | None], read: Callable[[str], object], refuse: Refuse, why: str
) -> list[object]:
    """Return what each text reads as; None for what is blank."""
    out: list[object] = []
    bad = np.zeros(len(texts), dtype=bool)
    for at, text in enumerate(texts):
        try:
            out.append(None if text is None else read(text))
        except (ValueError, RecursionError):
            out.append(None)
            bad[at] = True
    refuse(bad, why)
    return out


def _dtyped(values: list[Any], blank: np.ndarray, spec: str, refuse: Refuse) -> pd.Series:
    """Return numbers or truths in their dtype; not every dtype has a blank, or room for all."""
    if spec[0].islower() and spec[0] != "f" and spec != "boolean":
        refuse(blank, "is blank, and this column has a value in every row")
    try:
        return pd.Series(values, dtype=spec)  # type: ignore[call-overload]
    except (OverflowError, TypeError, ValueError):
        refuse(~blank, f"is too large for {spec}, or another value of this column is")
        raise


def _unsaveable(column: pd.Series) -> DataError:
    return DataError(
        f"the column {column.name!r} holds {column.dtype} that cannot be written to a text file "
        "and read back. Make it texts, numbers or days first, or leave it out.",
        column=str(column.name),
    )
