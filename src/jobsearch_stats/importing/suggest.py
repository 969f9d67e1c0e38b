"""`suggest_mapping`: how a file's headers are read, as a dict to edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..errors import SettingError
from .columns import Plan, ReadAs, count_known, kind_columns, plan_columns, user_mapping
from .dates import read_cell
from .delimited import layout_of
from .fields import DATE_FIELDS, LEFT_OUT, split_number, with_number
from .files import Source, read_table
from .problems import Problems
from .raw import Column, RawTable
from .sources import holds_a_log
from .values import is_blank_word, shares_known, yes_or_no

__all__ = ["suggest_mapping"]

_LOOKED_AT = 50


def suggest_mapping(
    source: Source,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    names: Sequence[str] | None = None,
    sheet: str | int | None = None,
) -> dict[str, str]:
    """Return how every header of a file is read, as a mapping that you can edit and pass back.

    Where `read_log` understands the headers, ``read_log(path, mapping=suggest_mapping(path))``
    gives the same log as ``read_log(path)``. A header that looks like a slip of the pen for one
    that is known gets that field here, though `read_log` alone would not guess it: look at these.

    Parameters
    ----------
    source
        A path, an open file, or a DataFrame. An open file is read to its end.
    encoding, delimiter, header_row, names, sheet
        As for `read_log`.

    Returns
    -------
    dict
        Header to field, in the order of the file, with a number where a field stands several
        times (``"interview_2"``). ``""`` keeps the column as it is, not used; ``"(left out)"``
        leaves it out of the log. A column without a header is not named.

    Raises
    ------
    ReadError
        If there is no table in it, or nothing in it is understood.
    SettingError
        If an argument cannot be used, or it is a log that `to_csv` saved.

    Examples
    --------
    >>> import io
    >>> suggest_mapping(io.StringIO('''Compnay,Position,Applied on,Salary
    ... Acme,Analyst,2026-02-20,
    ... '''))
    {'Compnay': 'company', 'Position': 'role', 'Applied on': 'applied', 'Salary': ''}
    """
    layout = layout_of(encoding, delimiter, header_row, names)
    if holds_a_log(source):
        raise SettingError(
            f"{source} holds a log that was saved with to_csv: read_log needs no mapping for it.",
            name="source",
            value=source,
        )
    nothing = user_mapping(None)
    raw = read_table(
        source,
        layout=layout,
        sheet=sheet,
        score=lambda headers: count_known(headers, nothing),
        found=Problems(),
    )
    return _as_mapping(raw, _plan(raw))


def _plan(raw: RawTable) -> Plan:
    headers = [column.header for column in raw.columns]
    nothing = user_mapping(None)
    shares = {at: shares_known(raw.columns[at].distinct) for at in kind_columns(headers, nothing)}
    return plan_columns(
        headers,
        mapping=nothing,
        name=raw.name,
        events_in=shares,
        found=Problems(),
        distinct=[column.distinct for column in raw.columns],
    )


def _as_mapping(raw: RawTable, plan: Plan) -> dict[str, str]:
    headers = [column.header for column in raw.columns]
    n_of = Counter(headers)
    # headers that stand twice share a place in the dict: their numbers come from their places
    numbers_given = {
        read.name
        for header, read in zip(headers, plan.columns, strict=True)
        if read.number and n_of[header] > 1
    }
    out: dict[str, str] = {}
    for column, read in zip(raw.columns, plan.columns, strict=True):
        if column.header:
            out.setdefault(column.header, _suggested(column, read, numbers_given))
    return out


def _suggested(column: Column, read: ReadAs, numbers_given: set[str]) -> str:
    if read.left_out:
        return LEFT_OUT
    if read.name:
        by_place = read.name in numbers_given
        return with_number(read.name, 0 if by_place else read.number)
    return read.near if read.near and _may_be(column, split_number(read.near)[0]) else ""


def _may_be(column: Column, field: str) -> bool:
    """Say whether cells do not speak against a field: a column of dates holds a date, or a yes."""
    if field not in DATE_FIELDS:
        return True
    said = [value for value in column.distinct[:_LOOKED_AT] if not is_blank_word(value)]
    return not said or any(
        read_cell(value).day is not None or yes_or_no(value) is not None for value in said
    )
