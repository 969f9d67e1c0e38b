"""A DataFrame to a raw table of text; the frame is not changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd

from .raw import Column, RawTable

_LONG = 10**4000
"""Python writes no integer that is much longer than this; as a decimal number it can be."""


def table_of_frame(frame: pd.DataFrame) -> RawTable:
    """Return the frame's columns as text; a named index is a column, rows count from 1."""
    if frame.index.names != [None]:
        named = [name for name in frame.index.names if name is not None]
        extra = frame.index.to_frame(index=False)[named]
        frame = pd.concat([extra, frame.reset_index(drop=True)], axis=1)
    columns = [_column(_header(name), frame.iloc[:, at]) for at, name in enumerate(frame.columns)]
    return RawTable("the DataFrame", columns, np.arange(1, len(frame) + 1, dtype="int64"))


def _header(name: object) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return " ".join(cell_text(part) for part in parts).strip()


def _column(header: str, cells: pd.Series) -> Column:
    try:
        codes, distinct = pd.factorize(cells)
    except Exception:  # lists have no hash, and what others have may raise anything
        return Column.of(header, [cell_text(cell) for cell in cells])
    # -1 is a missing cell; two values may have one text, so the texts are numbered anew
    texts = Column.of(header, ["", *(cell_text(value) for value in distinct)])
    return Column(header, texts.codes[codes + 1], texts.distinct)


def cell_text(cell: object) -> str:
    """Return a cell of a frame or a workbook as the text a person would type."""
    if isinstance(cell, str):  # a lone surrogate or a NUL is no text
        return cell if cell.isascii() and "\0" not in cell else _sound(cell)
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return ""
    try:
        return _text_of(cell)
    except Exception:  # an object of somebody's own may raise anything when it is asked for a text
        return f"<{type(cell).__name__} without a text>"


def _text_of(cell: object) -> str:
    if isinstance(cell, bool | np.bool_):
        return "yes" if cell else "no"
    if isinstance(cell, float | np.floating | Decimal):
        return _number_text(cell)
    if isinstance(cell, dt.date | dt.time | np.datetime64):
        return _moment_text(cell)
    if isinstance(cell, int) and abs(cell) >= _LONG:
        return str(Decimal(cell))
    return _sound(str(cell.tolist() if isinstance(cell, np.ndarray) else cell))


def _number_text(number: float | Decimal | np.floating) -> str:
    if isinstance(number, Decimal):  # a signalling NaN cannot be compared
        return "" if number.is_nan() else str(number)
    if number != number:
        return ""
    value = float(number)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment_text(cell: dt.date | dt.time | np.datetime64) -> str:
    if isinstance(cell, np.datetime64):
        return "" if np.isnat(cell) else _moment_text(pd.Timestamp(cell))
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M")
    if not isinstance(cell, dt.datetime):
        return cell.isoformat()
    text = cell.replace(tzinfo=None).isoformat(" ", "seconds")
    return text if cell.microsecond else text.removesuffix(" 00:00:00")


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
