"""Tables as people and programs could write them, for the property tests: words, cells, shapes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import xlsxwriter
from hypothesis import strategies as st

import jobsearch_stats.importing
from jobsearch_stats.importing.fields import FIELDS
from jobsearch_stats.schema import KINDS, METHODS, OUTCOMES, STATUS_KINDS

Rows = list[list[str]]

_FOLDER = Path(jobsearch_stats.importing.__file__).with_name("aliases")
_LANGUAGES = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.json"))
]


def _phrases(part: object) -> list[str]:
    """Return every phrase of a part of an alias file."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        return [*part, *(phrase for value in part.values() for phrase in _phrases(value))]
    return (
        [phrase for value in part for phrase in _phrases(value)] if isinstance(part, list) else []
    )


PHRASES = {
    name: sorted({p for language in _LANGUAGES for p in language["headers"].get(name, [])} | {name})
    for name in FIELDS
}
"""What each field is called, in all languages."""

MONTHS = sorted({month for language in _LANGUAGES for month in language["months"]})
_VOCABULARIES = ("statuses", "kinds", "follow_ups", "reply_outcomes", "contact_roles", "levels")
_WORDS = sorted(
    {
        phrase
        for language in _LANGUAGES
        for name in (*_VOCABULARIES, "promises", "yes", "no", "blank", "away", "date_fillers")
        for phrase in _phrases(language[name])
    }
    | {*KINDS, *METHODS, *OUTCOMES, *STATUS_KINDS}
)
_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%m-%d-%Y", "%Y%m%d", "%-d.%-m.%Y")
_FORMS += ("%Y-%m-%dT10:30:00Z", "%a, %d %b %Y 08:15:00 +0000", "%d/%m/%Y 14:00", "%-m/%-d")
_FORMS += ("%d %b %Y", "%B %-d, %Y", "%Y年%-m月%-d日", "before %Y-%m-%d", "%Y-%m-%d (phone)")
_FORMS += ("%Y-%m-%d|applied;%Y-%m-%d|interview", "rejected %Y-%m-%d", "%d/%m/%Y & %d/%m/%Y")

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
DATES = st.one_of(
    st.tuples(DAYS, st.sampled_from(_FORMS)).map(lambda pair: pair[0].strftime(pair[1])),
    st.tuples(DAYS, st.sampled_from(MONTHS)).map(lambda p: f"{p[0].day} {p[1]} {p[0].year}"),
    DAYS.map(lambda day: str(day.toordinal() - 693594)),
    st.sampled_from(["31/02/2026", "2026-13-45", "0000-00-00", "3/4", "0", "0 days", "8/82019"]),
    st.sampled_from(["9999-12-31", "1900-01-00", "1e400", "nan", "inf", "46085.99999"]),
)
HOSTILE = st.sampled_from(
    [
        *("", " ", "\t", "\n", "\r\n", "\r", '"', '""', "'", ",", ";", "|", "a;b", "a,b", 'a"b'),
        *("\0", "a\0b", "\ufeff", "\u200b", "\u202eabc", "\u2028", "\x85", "\x0b", "\x1c", "\x1f"),
        *("😀", "👩‍👩‍👧", "é", "e\u0301", "ﬁ", "İ", "ß", "٣/٤/٢٠٢٦", "²", "Ⅷ", "一", "\ud800"),
        *("9" * 400, "1" * 5000, "-" * 50, "=A1", "=1+1", "#REF!", "@x", "+1", "<<<<<<< HEAD"),
        *("=======", ">>>>>>> x", "N/A", "null", "None", "nan", "TRUE", "FALSE", "☐", "☑", "---"),
        *("{}", "[]", '{"a":1}', "[x](y)", "**x**", "|---|", "\\", "\\|", "%s", "{0}", "<br>"),
        *("sep=;", "~$", "Company", "company,date,kind", "1e5", "1_000", "0x1F", "١٢", "½"),
        *(
            "999999999 days",
            "1000000 weeks",
            "N99999d",
            "by Friday",
            "two weeks",
            "5 business days",
        ),
    ]
)
CELLS = st.one_of(
    st.just(""),
    st.sampled_from(["Alder & Finch", "Brookvale Labs", "Copperline", "Analyst", "Mara Linde"]),
    DATES,
    st.sampled_from(_WORDS),
    HOSTILE,
    st.text(max_size=10),
    st.tuples(st.sampled_from(_WORDS), DATES).map(" ".join),
    st.tuples(st.sampled_from(_WORDS), st.sampled_from([", ", " / ", " + ", " -> ", "; "])).map(
        lambda pair: pair[1].join((pair[0], "rejected"))
    ),
)
_NAMES = tuple(PHRASES)
KNOWN = st.sampled_from(_NAMES).flatmap(lambda name: st.sampled_from(PHRASES[name]))
NUMBERED = st.tuples(KNOWN, st.integers(1, 12)).map(lambda pair: f"{pair[0]} {pair[1]}")
HEADERS = st.one_of(KNOWN, KNOWN, KNOWN, NUMBERED, HOSTILE, st.text(max_size=10))


def _of(headers: list[str]) -> st.SearchStrategy[Rows]:
    width = len(headers)
    rows = st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
    return rows.map(lambda rows: [headers, *rows])


TABLES = st.lists(HEADERS, min_size=1, max_size=7).flatmap(_of)
EVENT_TABLES = st.lists(KNOWN, max_size=4).flatmap(
    lambda more: _of(["company", "date", "kind", *more])
)
VALUES = st.one_of(
    CELLS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(40_000, 50_000),
    st.floats(),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2999, 1, 1)),
    st.dates(dt.date(1900, 3, 1), dt.date(2999, 1, 1)),
    st.times(),
    st.timedeltas(dt.timedelta(0), dt.timedelta(40_000)),
)
"""Cells with their types, as a workbook or a DataFrame has them."""

ODD_VALUES = st.one_of(
    VALUES,
    st.datetimes(timezones=st.just(dt.UTC)),
    st.decimals(),
    st.fractions(),
    st.complex_numbers(),
    st.binary(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.none(), max_size=2),
    st.sampled_from([pd.NA, pd.NaT, pd.Timestamp("2026-03-04", tz="Asia/Tokyo"), pd.Timedelta(1)]),
    st.sampled_from([pd.Period("2026-03", "M"), pd.Interval(0, 1), object(), int, Ellipsis]),
)
JSON_VALUES = st.recursive(
    st.one_of(CELLS, st.none(), st.booleans(), st.integers(), st.floats()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(KNOWN, HOSTILE), inner, max_size=3)
    ),
    max_leaves=8,
)


def typed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    """Return tables whose cells are such values."""
    return st.lists(HEADERS, min_size=1, max_size=6).flatmap(
        lambda headers: st.lists(
            st.lists(values, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=5
        ).map(lambda rows: [headers, *rows])
    )


ONE_OF_EACH = (
    st.lists(st.sampled_from(_NAMES), min_size=1, max_size=7, unique=True)
    .flatmap(lambda names: st.tuples(*(st.sampled_from(PHRASES[name]) for name in names)))
    .flatmap(lambda headers: _of(list(headers)))
)
"""Tables of which every column is of another field."""


def as_csv(rows: Rows, delimiter: str = ",", line_end: str = "\r\n") -> bytes:
    """Return rows as the bytes of a CSV file; what UTF-8 cannot hold becomes a question mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _in_utf16(rows: Rows) -> bytes:
    return as_csv(rows).decode().encode("utf-16")


def _under_a_title(rows: Rows) -> bytes:
    return as_csv([["My job search", *[""] * (len(rows[0]) - 1)], [""] * len(rows[0]), *rows])


def _two_lines(rows: Rows) -> bytes:
    groups = ["", *("Interview" if at % 3 == 1 else "" for at in range(1, len(rows[0])))]
    return as_csv([groups[: len(rows[0])], *rows])


def _records(rows: Rows) -> list[dict[str, str]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _json(rows: Rows) -> bytes:
    return json.dumps(_records(rows)).encode()


def _json_lines(rows: Rows) -> bytes:
    return "\n".join(map(json.dumps, _records(rows))).encode()


def _markdown(rows: Rows) -> bytes:
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(["# Log", "", *lines, ""]).encode("utf-8", "replace")


SHAPES: dict[str, Callable[[Rows], bytes]] = {
    "commas": as_csv,
    "semicolons": lambda rows: as_csv(rows, ";"),
    "tabs": lambda rows: as_csv(rows, "\t"),
    "old Mac": lambda rows: as_csv(rows, line_end="\r"),
    "UTF-16": _in_utf16,
    "under a title": _under_a_title,
    "header of two lines": _two_lines,
    "JSON": _json,
    "JSON lines": _json_lines,
    "Markdown": _markdown,
}


def in_xlsxwriter(rows: Rows) -> bytes:
    """Return rows as a workbook of texts."""
    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, settings) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(at, place, _for_xml(cell))
    return out.getvalue()


def in_openpyxl(rows: list[list[Any]]) -> bytes:
    """Return rows as a workbook, its values with their types."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([_for_openpyxl(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _for_openpyxl(cell: object) -> object:
    if isinstance(cell, str):
        return _for_xml(cell)
    if isinstance(cell, int | float) and not abs(cell) < 1e300:
        return None  # XML has no infinity
    return cell


def _for_xml(text: str) -> str:
    """Return the text without what XML cannot hold."""
    kept = "".join(c for c in text if c >= " " or c in "\t\n\r")
    return "".join(c for c in kept if not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")


def as_frame(rows: Rows) -> pd.DataFrame:
    """Return rows as a DataFrame of texts, its headers as they are, twice if they are."""
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
