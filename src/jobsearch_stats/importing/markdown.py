"""A Markdown table among other text to a raw table; row numbers are the file's line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ..errors import ReadError, SettingError
from .raw import Column, RawTable, table_of_records
from .wanted import Wanted
from .words import clean, tokens, vocabulary

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?([^()<>\s]*)>?[^()]*\)")
_WIKILINK = re.compile(r"!?\[\[(?:[^\[\]|]*\\?\|)?([^\[\]|]*)\]\]")
"""As notes of one's own are linked: "[[Oak Row]]", "[[jobs/oak|Oak Row]]"."""
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_MARKS = (
    re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"),
    re.compile(r"(~~|`)(?=\S)(.+?)(?<=\S)\1"),
    re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*_])"),
)
_ESCAPED = re.compile(r"\\([\\|*_~`\[\]()#+.!<>{}-])")
_LONGEST = 10_000
"""In a cell longer than this, marks stay: it is no cell that somebody formatted."""


@dataclass(frozen=True)
class _Lines:
    """A table's place: its header's line, counted from 0, and the line after its last row."""

    header: int
    end: int


def table_of_markdown(text: str, name: str, wanted: Wanted) -> RawTable | None:
    """Return the table that knows most headers, or None if none is Markdown's.

    Raises
    ------
    ReadError
        If its header is blank.
    SettingError
        If a header row was given that no table has.
    """
    lines = _LINE_END.split(text)
    tables = _tables(lines)
    if not tables:
        return None
    tables = [table for table in tables if any(_cells(lines[table.header]))] or tables
    known = [wanted.score(_cells(lines[table.header])) for table in tables]
    if max(known) < _delimited_score(lines, wanted):
        return None  # a table inside a cell of a delimited text
    wanted.without_sheets(name)
    chosen = _chosen(tables, known, lines, name, wanted)
    line = chosen[0].header
    if not any(_cells(lines[line])):
        raise ReadError(
            f"the Markdown table in {name} has no names in its header, line {line + 1}. Write the "
            "names of the columns there, such as | Company | Role | Applied |."
        )
    _note_rest(tables, chosen, lines, name, wanted)
    return _joined([_read(lines, table, name, wanted) for table in chosen])


def _chosen(
    tables: list[_Lines], known: list[int], lines: list[str], name: str, wanted: Wanted
) -> list[_Lines]:
    """Return the table that was given, else that which knows most, and those with its header."""
    row = wanted.layout.header_row
    if row is not None:
        given = [table for table in tables if table.header + 1 == row]
        if not given:
            raise SettingError(
                f"line {row} of {name} is no header of a Markdown table; such are "
                f"{_numbers(tables)}. Pass header_row=<one of these>.",
                name="header_row",
                value=row,
            )
        return given
    header = _cells(lines[tables[known.index(max(known))].header])
    return [table for table in tables if _cells(lines[table.header]) == header]


def _numbers(tables: list[_Lines]) -> str:
    return ", ".join(str(table.header + 1) for table in tables)


def _note_rest(
    tables: list[_Lines], chosen: list[_Lines], lines: list[str], name: str, wanted: Wanted
) -> None:
    """Note which tables were read, and that there is more in the file."""
    others = [table for table in tables if table not in chosen]
    rest = f", not those of lines {_numbers(others)}" if others else ""
    n_read = sum(_n_filled(lines[table.header : table.end]) for table in chosen)
    around = _n_filled(lines) - n_read
    if around or len(chosen) > 1:
        wanted.found.noted(
            None,
            None,
            None,
            f"{name} is Markdown; its table{'s' if len(chosen) > 1 else ''} from line "
            f"{_numbers(chosen)} on {'were' if len(chosen) > 1 else 'was'} read{rest}",
            f"{around} lines around {'them' if len(chosen) > 1 else 'it'} were left out"
            + ("; pass header_row=... for another table" if others else ""),
        )


def _n_filled(lines: list[str]) -> int:
    return sum(bool(line.strip()) for line in lines)


def _joined(tables: list[RawTable]) -> RawTable:
    """Return tables with one header as one; each row keeps its line."""
    widest = max(tables, key=lambda table: len(table.columns))
    if len(tables) == 1:
        return widest
    columns = [
        Column.of(column.header, [cell for table in tables for cell in _texts(table, at)])
        for at, column in enumerate(widest.columns)
    ]
    rows = np.concatenate([table.source_rows for table in tables])
    return RawTable(widest.name, columns, rows, sum(table.n_rejected for table in tables))


def _texts(table: RawTable, at: int) -> list[str]:
    """Return a column's cells; a table that is narrower has blanks there."""
    if at >= len(table.columns):
        return [""] * len(table)
    column = table.columns[at]
    return [column.distinct[code] for code in column.codes]


def _tables(lines: list[str]) -> list[_Lines]:
    """Return where a header has a line of dashes under it, one for each of its cells."""
    out: list[_Lines] = []
    at = 1
    while at < len(lines):
        if _is_header(lines, at - 1):
            end = _end(lines, at + 1)
            out.append(_Lines(at - 1, end))
            at = end
        at += 1
    return out


def _is_header(lines: list[str], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at] or "-" not in lines[at + 1]:
        return False
    rule = lines[at + 1]
    if len(rule) > _LONGEST or "|" not in rule or not _RULE.fullmatch(rule):
        return False
    return len(_split(lines[at])) == len(_split(rule))


def _end(lines: list[str], at: int) -> int:
    """Return the line after the table's last row; blank lines between rows do not end it."""
    end = at
    while at < len(lines) and not _is_header(lines, at):
        if "|" in lines[at]:
            end = at + 1
        elif lines[at].strip():
            break
        at += 1
    return end


def _delimited_score(lines: list[str], wanted: Wanted) -> int:
    records = [line.split(mark) for line in lines[:20] for mark in ",;\t" if len(line) < _LONGEST]
    return max((wanted.score([cell.strip('" ') for cell in r]) for r in records), default=0)


def _read(lines: list[str], table: _Lines, name: str, wanted: Wanted) -> RawTable:
    headers = [_plain(cell) for cell in _split(lines[table.header])]
    links = [at for at, header in enumerate(headers) if _is_address(header)]
    lines_of_rows = lines[table.header + 2 : table.end]
    rows = [_cells(line, links) if line.strip() else [] for line in lines_of_rows]
    # the line of dashes stands for the header, so that every row has its line's number
    above: list[list[str]] = [[] for _ in range(table.header + 1)]
    return table_of_records(
        [*above, headers, *rows],
        name=name,
        header_row=table.header + 2,
        score=wanted.score,
        found=wanted.found,
    )


def _is_address(header: str) -> bool:
    return "url" in vocabulary().headers.get("".join(tokens(header)), ())


def _split(line: str) -> list[str]:
    line = line.strip()
    line = line.removeprefix("|")
    if _BAR.search(line[-1:]) and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.strip() for cell in _BAR.split(line)]


def _cells(line: str, links: list[int] | None = None) -> list[str]:
    """Return a line's cells without marks; under a header that wants an address, the link's."""
    return [_plain(cell, at in (links or ())) for at, cell in enumerate(_split(line))]


def _plain(cell: str, address: bool = False) -> str:
    if len(cell) > _LONGEST:
        return cell.replace("\\|", "|")
    cell = _LINK.sub(r"\2" if address else r"\1", _BREAK.sub("\n", cell))
    cell = _WIKILINK.sub(r"\1", cell)
    cell = _AUTOLINK.sub(lambda link: link[1].removeprefix("mailto:"), cell)
    for mark in _MARKS:
        cell = mark.sub(r"\2", cell)
    return clean(_ESCAPED.sub(r"\1", cell))
