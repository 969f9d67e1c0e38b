"""The journal's file: what is in it, and how a line is added."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

import numpy as np
import pandas as pd

from .canonical_cells import DAYS, Spec, from_cells
from .errors import DataError, ReadError, SettingError
from .file_lock import locked
from .own_csv import (
    OwnTable,
    day_cell,
    put_content,
    read_own,
    text_cell,
    with_iso_days,
    with_rows,
)
from .schema import KINDS, METHODS, OUTCOMES

COLUMNS = (
    "entry", "application_id", "company", "role", "date", "kind", "method", "outcome", "contact",
    "decide_by", "until", "note", "undoes", "written_on",
)  # fmt: skip
"""Its columns. `written_on` closes a line: a short one without it was broken off."""

DAY_COLUMNS = ("date", "decide_by", "until", "written_on")

_SPECS: dict[str, Spec] = {
    "entry": "Int64",
    "undoes": "Int64",
    **dict.fromkeys(DAY_COLUMNS, DAYS),
    **{
        name: {"category": list(values), "of": "str", "ordered": False}
        for name, values in (("kind", KINDS), ("method", METHODS), ("outcome", OUTCOMES))
    },
}
_WHOLE = "[0-9]{1,15}"
_WAY_OUT = "Mend it there, or read the log without its journal: journal=False."

Row = dict[str, str | int | pd.Timestamp | None]


def read_journal(path: str | os.PathLike[str], *, date_order: str | None = None) -> pd.DataFrame:
    r"""Read a journal: what you did, entry by entry.

    It may have been saved by a spreadsheet: semicolons or tabs, 27.02.2026, another encoding.

    Parameters
    ----------
    path
        The journal's file, as `journal_path` names it.
    date_order
        "day-first" or "month-first", for dates such as 03/05/2026 where no date of the file
        decides. None: that is an error.

    Returns
    -------
    pandas.DataFrame
        One row per line, in their order: `entry` (Int64), `application_id, company, role` (str),
        `date` (datetime64[s]), `kind, method, outcome` (category), `contact` (str), `decide_by,
        until` (datetime64[s]), `note` (str), `undoes` (Int64: the entry that this line takes
        back), `written_on` (datetime64[s]); then `undone` (bool: taken back by a later line),
        `broken_off` (bool: a line that has no end; its text is in `note`, and it does not count)
        and `source_row` (Int64: the row in the file).

    Raises
    ------
    ReadError
        If it is not there, or is no text.
    DataError
        If it is no journal, or a cell cannot be used: file, row, column, value and the way out.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "my_search.journal.csv"
    ...     line = "1,a1,Acme,,2026-03-10,offer,,,,,,,,2026-03-11"
    ...     _ = file.write_text(",".join(COLUMNS) + f"\n{line}\n")
    ...     read_journal(file)["kind"].tolist()
    ['offer']
    """
    file = own_path(path)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"journal {str(path)!r} cannot be read: {error.strerror}. Name the file that "
            "record(journal, log, ...) has written, or read the log without it: journal=False."
        ) from None
    try:
        return _entries(read_own(content, COLUMNS, name=file.name, what="journal"), date_order)
    except (DataError, ReadError) as error:
        if "journal=False" not in str(error):
            error.args = (f"{error} Or read the log without its journal: journal=False.",)
        raise


def own_path(path: object) -> Path:
    """Return the path of a journal.

    Raises
    ------
    SettingError
        If it is none, or does not end in ".csv".
    """
    if not isinstance(path, str | os.PathLike) or Path(path).suffix.lower() != ".csv":
        raise SettingError(
            f"journal={path!r} is not the name of a CSV file. Pass "
            "journal_path(<the path of your log>).",
            name="journal",
            value=path,
        )
    return Path(path).expanduser().resolve()


def _entries(table: OwnTable, date_order: str | None) -> pd.DataFrame:
    broken = table.short & (table.cells["written_on"] == "").to_numpy(dtype=bool)
    whole = table.cells[~broken]

    def refuse(name: str, bad: np.ndarray, why: str) -> None:
        at = np.flatnonzero(np.asarray(bad, bool))
        if at.size:
            _refuse(table.name, whole, name, int(at[0]), why)

    def ask(name: str, bad: np.ndarray, why: str) -> None:
        way = 'Write it as 2026-03-10, or pass date_order="day-first" or "month-first"'
        refuse(name, bad, f"{why}. {way}")

    read = OwnTable(table.name, whole, table.short[~broken], table.header, table.dialect, b"")
    whole = with_iso_days(read, DAY_COLUMNS, ask, date_order=date_order).cells
    half = ~whole["written_on"].str.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){2}")
    whole = whole.assign(written_on=whole["written_on"].mask(half, ""))  # all before it is whole
    columns = {
        name: from_cells(whole[name], _SPECS.get(name, "str"), partial(refuse, name))
        for name in COLUMNS
    }
    entries = pd.DataFrame(columns, index=whole.index)
    _check(entries, refuse)
    out = entries.reindex(table.cells.index)
    rests = [" ".join(filter(None, cells)) for cells in table.cells[broken].to_numpy().tolist()]
    out.loc[broken, "note"] = rests
    undone = out["entry"].isin(out["undoes"].dropna()).fillna(False).to_numpy(dtype=bool)
    row = pd.array(table.cells.index.to_numpy(), dtype="Int64")
    return out.assign(undone=undone, broken_off=broken, source_row=row).reset_index(drop=True)


def _check(entries: pd.DataFrame, refuse: Callable[[str, np.ndarray, str], None]) -> None:
    """Refuse lines that lack what every line needs, and numbers that say nothing."""
    number, undoes = entries["entry"], entries["undoes"]
    free = int(number.max()) + 1 if number.notna().any() else 1
    refuse("entry", _mask(number.isna()), f"is blank; give the line a number, such as {free}")
    refuse("entry", _mask(number.duplicated()), f"stands there twice; {free} is free")
    refuse("entry", _mask(number < 1), "is no number from 1 on")
    does = undoes.isna()
    known = number[does]
    lost = ~does & ~undoes.isin(known).fillna(False)
    refuse("undoes", _mask(lost), "is the number of no entry that can be taken back")
    for name in ("date", "kind"):
        refuse(name, _mask(does & entries[name].isna()), "is blank, and every entry needs it")
    nobody = entries["application_id"].isna() & entries["company"].isna()
    refuse("application_id", _mask(does & nobody), "is blank, and so is the company")


def _mask(values: pd.Series) -> np.ndarray:
    return values.fillna(False).to_numpy(dtype=bool)


def _refuse(file: str, cells: pd.DataFrame, name: str, at: int, why: str) -> NoReturn:
    """Raise an error about one cell; rows are counted as a spreadsheet does, the header's too."""
    value, row = cells[name].iloc[at], int(cells.index[at])
    raise DataError(
        f"{file} row {row}, column {name!r}: {value or 'the cell'!r} {why}. {_WAY_OUT}",
        row=row,
        column=name,
        value=value,
    )


def add_line(path: object, line: Callable[[pd.DataFrame], Row]) -> int:
    """Add a line to a journal, begun if there is none, and return its number.

    Parameters
    ----------
    path
        The file.
    line
        Gives the line's values from the numbers `entry, undoes` of those before it; called while
        nobody else can write.

    Raises
    ------
    SettingError
        If the file cannot be written, or `line` refuses.
    DataError, ReadError
        If the file is no journal.
    """
    file = own_path(path)
    if not file.parent.is_dir():
        raise _cannot(file, f"there is no folder {file.parent.name!r}. Make it first")
    try:
        with locked(file):
            content = file.read_bytes() if file.exists() else b""
            table = read_own(content, COLUMNS, name=file.name, what="journal")
            table = with_iso_days(table, DAY_COLUMNS, lambda *_: None)
            numbers = _numbers(table.cells)
            number = int(np.nanmax(numbers.to_numpy(), initial=0)) + 1
            cells = _cells({"entry": number, **line(numbers)}, table)
            if not put_content(file, with_rows(table, [cells]), before=content):
                raise _cannot(file, "it was changed in the meantime; do it again")
    except OSError as error:
        raise _cannot(file, f"{error.strerror}. If it is open in a spreadsheet, close it") from None
    return number


def _numbers(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of lines and of what they undo; what is none is blank."""
    texts = {name: cells[name].str.strip() for name in ("entry", "undoes")}
    whole = {name: text.where(text.str.fullmatch(_WHOLE)) for name, text in texts.items()}
    return pd.DataFrame({name: text.astype("float64") for name, text in whole.items()})


def _cells(row: Row, table: OwnTable) -> dict[str, str]:
    return {name: _cell(value, table) for name, value in row.items()}


def _cell(value: str | int | pd.Timestamp | None, table: OwnTable) -> str:
    if isinstance(value, pd.Timestamp):
        return day_cell(value, table.dialect)
    return str(value) if isinstance(value, int) else text_cell(value)


def _cannot(file: Path, why: str) -> SettingError:
    return SettingError(
        f"journal {file.name!r} cannot be written: {why}.", name="journal", value=str(file)
    )


def listed(values: Sequence[object]) -> str:
    """Return values with commas between, as they are typed."""
    return ", ".join(map(repr, values))
