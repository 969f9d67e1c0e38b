"""A log saved as the files of its tables, and read back as an equal log.

A folder holds `applications.csv`, `events.csv`, `problems.csv` and `columns.csv`, and `log.json`
with the counts and the columns' dtypes. They may be looked at and mended by hand: what cannot be
read is an error that names file, row, column and value.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from .canonical_cells import (
    DAYS,
    Spec,
    checked_spec,
    from_cells,
    guarded,
    spec_of,
    to_cells,
    unguarded,
)
from .errors import DataError, ReadError, SettingError
from .schema import (
    APPLICATION_COLUMNS,
    COLUMN_COLUMNS,
    DAY,
    EVENT_COLUMNS,
    PROBLEM_COLUMNS,
    RANGES,
    as_applications,
    as_events,
)

TABLES: dict[str, Mapping[str, object]] = {
    "applications": APPLICATION_COLUMNS,
    "events": EVENT_COLUMNS,
    "problems": PROBLEM_COLUMNS,
    "columns": COLUMN_COLUMNS,
}
MARK = "log.json"
"""The file that says that a folder is ours."""

_FORMAT, _VERSION = "jobsearch_stats log", 1
_ID = "application_id"


@dataclass(frozen=True)
class Saved:
    """What a folder holds: the tables by name, and the counts of rows."""

    tables: dict[str, pd.DataFrame]
    counts: dict[str, int]


def save(folder: str | os.PathLike[str], saved: Saved) -> None:
    """Write the tables into a folder that is new or empty, or holds an earlier log of ours.

    Raises
    ------
    SettingError
        If the folder holds something else, or cannot be written.
    DataError
        If a column of the user's own cannot be written as text.
    """
    path = Path(folder)
    try:
        _check_folder(path)
        path.mkdir(parents=True, exist_ok=True)
        # All of it is written before any of it takes the place of what was there.
        with tempfile.TemporaryDirectory(dir=path, prefix=".saving-") as apart:
            names = _write_all(Path(apart), saved)
            for name in names:
                (Path(apart) / name).replace(path / name)
    except (OSError, ValueError) as error:
        if isinstance(error, SettingError | DataError):
            raise
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise _cannot_be_written(path, str(why)) from None


def _check_folder(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise _cannot_be_written(path, "it is a file")
    if path.exists() and any(path.iterdir()) and not is_saved(path):
        raise _cannot_be_written(path, "it holds other files, which are not to be overwritten")


def _cannot_be_written(path: Path, why: str) -> SettingError:
    return SettingError(
        f"a log cannot be saved in {path}: {why}. Name a new folder, an empty one, or one that "
        "holds a log saved before.",
        name="folder",
        value=str(path),
    )


def _write_all(folder: Path, saved: Saved) -> list[str]:
    specs = {}
    for name, known in TABLES.items():
        table = saved.tables[name]
        if name == "applications":
            table = table.reset_index(names=_ID)
        specs[name] = _write(folder / f"{name}.csv", table, known)
    facts = {
        "format": _FORMAT,
        "version": _VERSION,
        "counts": {str(name): int(n) for name, n in saved.counts.items()},
        "columns": specs,
    }
    text = json.dumps(facts, indent=1) + "\n"
    (folder / MARK).write_text(text, encoding="utf-8", newline="\n")
    return [*(f"{name}.csv" for name in TABLES), MARK]


def _write(path: Path, table: pd.DataFrame, known: Mapping[str, object]) -> list[list[Any]]:
    """Write one table; return its columns' names and how their dtypes are written down."""
    specs: list[list[Any]] = []
    cells: list[pd.Series] = []
    for at, name in enumerate(table.columns):
        if not isinstance(name, str | int | float) or isinstance(name, bool):
            raise DataError(
                f"the column {name!r} has a name that is no text. Rename it.", column=str(name)
            )
        column = table.iloc[:, at]
        if name == _ID:
            column = column.astype("str")  # its categories are the applications, in their order
        spec = _spec(column, known.get(str(name)))
        cells.append(to_cells(column, spec))
        specs.append([name, spec])
    out = pd.concat(cells, axis=1, ignore_index=True) if cells else pd.DataFrame(index=table.index)
    out.columns = pd.Index([guarded(str(name)) for name, _ in specs])
    out.to_csv(  # type: ignore[call-overload]
        path,
        index=False,
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if _any_return(out) else csv.QUOTE_MINIMAL,
        encoding="utf-8",
        errors="surrogatepass",  # what came in as no text goes out as it came
    )
    return specs


def _spec(column: pd.Series, dtype: object) -> Spec:
    """Return how a dtype is written down; days of the data model may be nothing but days."""
    spec = spec_of(column)
    return DAYS if dtype == DAY and spec == DAY else spec


def _any_return(cells: pd.DataFrame) -> bool:
    """Whether a text holds a carriage return, which the csv module leaves unquoted by itself."""
    columns = [cells.iloc[:, at] for at in range(cells.shape[1])]
    values = [pd.unique(column) for column in columns if column.dtype in (object, "str")]
    texts = (text for some in (cells.columns, *values) for text in some)
    return any(isinstance(text, str) and "\r" in text for text in texts)


def is_saved(source: object) -> bool:
    """Whether this is a folder with a log that `save` wrote."""
    if not isinstance(source, str | os.PathLike):
        return False
    try:
        with (Path(source) / MARK).open(encoding="utf-8") as file:
            return _FORMAT in file.read(100)
    except (OSError, ValueError):
        return False


def load(folder: str | os.PathLike[str]) -> Saved:
    """Read a log that `save` wrote.

    Raises
    ------
    ReadError
        If a file is missing or is not one of comma-separated values.
    DataError
        If a value in it is not one of the data model; the message says where it stands.
    """
    path = Path(folder)
    counts, specs = _facts(path / MARK)
    tables = {
        name: _read(path / f"{name}.csv", specs.get(name, []), known)
        for name, known in TABLES.items()
    }
    applications, events = tables["applications"], tables["events"]
    _check_ids(path, applications, events)
    for name in ("date", "kind"):
        _refuse_blank(path / "events.csv", events, name)
    tables["applications"] = as_applications(applications)
    tables["events"] = as_events(events, application_ids=tables["applications"].index)
    return Saved(tables, counts)


def _facts(path: Path) -> tuple[dict[str, int], dict[str, list[tuple[Any, Spec]]]]:
    """Return the counts, and the columns of every table with their specs."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts["version"] > _VERSION:
            raise ReadError(
                f"{_named(path)} was written by a later version of jobsearch_stats. Read it with "
                "that one."
            )
        counts = {str(name): int(n) for name, n in facts["counts"].items()}
        specs = {
            str(table): [(name, checked_spec(spec)) for name, spec in columns]
            for table, columns in facts["columns"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(
            f"{_named(path)} cannot be read: it was changed. Save the log anew with to_csv."
        ) from None
    return counts, specs


def _read(path: Path, written: list[tuple[Any, Spec]], known: Mapping[str, object]) -> pd.DataFrame:
    """Return one table; its index counts the rows of the file below the header."""
    cells = _cells(path)
    headers = [unguarded(cell) for cell in cells.iloc[0]]
    headers[0] = headers[0].removeprefix("\ufeff")  # an editor's mark
    rows = cells.iloc[1:].reset_index(drop=True)
    if known in (APPLICATION_COLUMNS, EVENT_COLUMNS):
        rows = rows[(rows != "").any(axis=1)]  # blank lines are an editor's
    names, specs = _columns(headers, written, known)
    columns = [
        _column(path, rows[at], name, spec)
        for at, (name, spec) in enumerate(zip(names, specs, strict=True))
    ]
    out = pd.concat(columns, axis=1, ignore_index=True)
    out.columns = pd.Index(names)
    return out


def _cells(path: Path) -> pd.DataFrame:
    """Return a file's cells as texts, its header as the first row."""
    try:
        return pd.read_csv(
            path,
            dtype=str,
            header=None,
            keep_default_na=False,
            skip_blank_lines=False,
            encoding="utf-8",
            encoding_errors="surrogatepass",
        )
    except (OSError, ValueError) as error:  # pandas' own errors are ValueErrors
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ReadError(
            f"{_named(path)} cannot be read: {str(why).strip()}. It is to be UTF-8 text with "
            "commas between the cells; save the log anew with to_csv."
        ) from None


def _columns(
    headers: list[str], written: list[tuple[Any, Spec]], known: Mapping[str, object]
) -> tuple[list[Any], list[Spec]]:
    """Return the columns' names and specs: as they were written, else as in the data model."""
    if [str(name) for name, _ in written] == headers:
        return [name for name, _ in written], [spec for _, spec in written]
    before = {str(name): (name, spec) for name, spec in reversed(written)}
    model = {name: (name, _model_spec(dtype)) for name, dtype in known.items()}
    both = [before.get(header, model.get(header, (header, "str"))) for header in headers]
    return [name for name, _ in both], [spec for _, spec in both]


def _model_spec(dtype: object) -> Spec:
    if isinstance(dtype, str) and dtype == "category":
        return "str"  # the ids of the applications
    return _spec(pd.Series(dtype=dtype), dtype)  # type: ignore[call-overload]


def _column(path: Path, cells: pd.Series, name: Any, spec: Spec) -> pd.Series:
    def refuse(bad: np.ndarray, why: str) -> None:
        if bad.any():
            _refuse(path, cells, name, int(np.flatnonzero(bad)[0]), why)

    column = from_cells(cells, spec, refuse)
    if name in RANGES:
        least, most = RANGES[name]
        numbers = pd.to_numeric(column, errors="coerce")
        off = column.notna() & ~numbers.between(least, most)
        refuse(off.to_numpy(dtype=bool), f"is not a whole number from {least} to {most}")
    return column


def _check_ids(path: Path, applications: pd.DataFrame, events: pd.DataFrame) -> None:
    _refuse_blank(path / "applications.csv", applications, _ID)
    _refuse_blank(path / "events.csv", events, _ID)
    ids = applications[_ID]
    twice = ids.duplicated().to_numpy()
    if twice.any():
        at = int(np.flatnonzero(twice)[0])
        _refuse(path / "applications.csv", ids, _ID, at, "stands there twice")
    lost = ~events[_ID].isin(ids).to_numpy()
    if lost.any():
        at = int(np.flatnonzero(lost)[0])
        _refuse(path / "events.csv", events[_ID], _ID, at, "is not in applications.csv")


def _refuse_blank(path: Path, table: pd.DataFrame, name: str) -> None:
    if name not in table.columns:
        raise ReadError(
            f"{_named(path)} has no column {name!r}. Put it back, or save the log anew with to_csv."
        )
    column = table[name]
    blank = (column.isna() | (column == "")).to_numpy()
    if blank.any():
        _refuse(path, column, name, int(np.flatnonzero(blank)[0]), "is blank; every row needs it")


def _refuse(path: Path, column: pd.Series, name: Any, at: int, why: str) -> NoReturn:
    """Raise an error about one cell; rows are counted as a spreadsheet does, the header's too."""
    value, row = column.iloc[at], int(column.index[at]) + 2
    shown = "the cell" if pd.isna(value) or value == "" else repr(value)
    raise DataError(
        f"{_named(path)} row {row}, column {str(name)!r}: {shown} {why}. Mend it there, or save "
        "the log anew with to_csv.",
        row=row,
        column=str(name),
        value=None if pd.isna(value) else value,
    )


def _named(path: Path) -> str:
    """Return a file with its folder, which is what tells it from another."""
    return f"{path.parent.name}/{path.name}"
