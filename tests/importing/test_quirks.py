"""A fixture per quirk: what people really keep, with what must come out stated beside it.

`quirks/README.md` says which quirk has which fixture, and how an expectation is written.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import jobsearch_stats.errors
from importing.quirks.built import build
from importing.reading import adds_up
from jobsearch_stats.errors import JobSearchStatsError
from jobsearch_stats.importing import read_log
from jobsearch_stats.importing.suggest import suggest_mapping
from jobsearch_stats.log import ApplicationLog

FOLDER = Path(__file__).with_name("quirks")
QUIRKS = sorted(path.name.removesuffix(".expected.toml") for path in FOLDER.glob("*.expected.toml"))
BUILT = ("workbook", "ods", "zip", "folder", "gzip", "text")
KEYS = {
    *("about", "file", "read", "rows", "applications", "events", "problems", "noted", "quiet"),
    *("columns", "error", "summary", "column_order_matters", *BUILT),
}
Rows = list[dict[str, str]]


def stated_of(quirk: str) -> dict[str, Any]:
    """Return what the expectation states."""
    stated = tomllib.loads((FOLDER / f"{quirk}.expected.toml").read_text(encoding="utf-8"))
    assert set(stated) <= KEYS, set(stated) - KEYS
    assert stated["about"]
    return stated


def file_of(quirk: str, stated: dict[str, Any], tmp_path: Path) -> Path:
    """Return the fixture's file, built if it is described and not kept."""
    if any(key in stated for key in BUILT):
        return build(stated, tmp_path)
    files = [
        path
        for path in FOLDER.glob(f"{quirk}.*")
        if path.stem == quirk and not path.name.endswith(".expected.toml")
    ]
    assert len(files) == 1
    return files[0]


def contents(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of every file in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return {str(file): file.read_bytes() for file in files if file.is_file()}


def lines(text: str) -> list[list[str]]:
    """Return the cells of the lines of a stated table."""
    return [[cell.strip() for cell in line.split(" | ")] for line in text.splitlines() if line]


def with_extras(names: Iterable[str], cells: list[str]) -> dict[str, str]:
    """Name the first cells in their order; the rest are name=value, or a name that is true."""
    row = dict(zip(names, (c for c in cells if "=" not in c and c != "undated"), strict=False))
    for cell in cells:
        if "=" in cell:
            name, _, value = cell.partition("=")
            row[name] = value
        elif cell == "undated":
            row["undated_interview"] = "True"
    return {name: value for name, value in row.items() if value not in ("", "-")}


def as_stated(frame: pd.DataFrame, names: Iterable[str]) -> Rows:
    """Return a frame's rows as the stated ones are: text, without what is blank or false."""
    shown = [name for name in dict.fromkeys(names) if name in frame]
    cells = frame[shown].astype(object)
    texts = cells.where(cells.notna(), "").map(_text)
    return [
        {name: value for name, value in row.items() if value} for row in texts.to_dict("records")
    ]


def _text(cell: object) -> str:
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    return "" if cell is False else str(cell).replace("\n", "\\n")


def check_tables(log: ApplicationLog, stated: dict[str, Any]) -> None:
    """Compare applications and events, and of their columns those that are always shown or named.

    An event's hour, method, outcome, promise, absence and contact must be blank unless stated.
    """
    rows = [
        with_extras(("company", "role", "status_kind"), row)
        for row in lines(stated["applications"])
    ]
    names = ["company", "role", "status_kind", "undated_interview", *_named(rows)]
    assert _sorted(as_stated(log.applications, names)) == _sorted(rows)

    events = []
    for cells in lines(stated["events"]):
        row = with_extras(("company", "date", "kind"), cells)
        date, _, hour = row["date"].partition(" ")
        events.append(row | {"date": date} | ({"hour": hour.removesuffix("h")} if hour else {}))
    frame = log.events.assign(
        company=log.events["application_id"].astype("str").map(log.applications["company"]),
        role=log.events["application_id"].astype("str").map(log.applications["role"]),
    )
    names = ["company", "date", "hour", "kind", "method", "outcome", "decide_by", "until"]
    assert _sorted(as_stated(frame, [*names, "contact", *_named(events)])) == _sorted(events)


def _named(rows: Rows) -> list[str]:
    return [name for row in rows for name in row]


def _sorted(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: sorted(row.items()))


def check_problems(log: ApplicationLog, stated: dict[str, Any]) -> None:
    """Compare what was rejected and blanked, all of it, and find what must have been noted."""
    found = as_stated(log.problems, log.problems.columns)
    must = [
        dict(zip(("source_row", "column", "value", "severity", "says"), cells, strict=True))
        for cells in lines(stated.get("problems", ""))
    ]
    held = [row for row in found if row["severity"] != "noted"]
    places = ("source_row", "column", "severity")
    assert Counter(tuple(row.get(name, "-") for name in places) for row in held) == Counter(
        tuple(row[name] for name in places) for row in must
    )
    for row in must:
        assert any(_is(one, row) for one in held), row
    for cells in lines(stated.get("noted", "")):
        row = dict(zip(("source_row", "column", "value", "says"), cells, strict=True))
        assert any(_is(one, row) for one in found if one["severity"] == "noted"), row
    if stated.get("quiet"):
        assert [row for row in found if "source_row" in row] == []


def _is(found: dict[str, str], stated: dict[str, str]) -> bool:
    """Whether a problem is the one that is stated; "*" is anything, "-" is blank."""
    said = "; ".join(found.get(name, "") for name in ("value", "problem", "what_was_done"))
    cells = [
        stated[name] == "*" or found.get(name, "-") == stated[name]
        for name in ("source_row", "column", "value", "severity")
        if name in stated
    ]
    return all(cells) and (stated["says"] == "*" or stated["says"].casefold() in said.casefold())


def test_every_fixture_stands_in_the_table_of_quirks() -> None:
    named = set(re.findall(r"`([a-z0-9_]+)`", (FOLDER / "README.md").read_text(encoding="utf-8")))
    assert set(QUIRKS) <= named


@pytest.mark.parametrize("quirk", QUIRKS)
def test_what_must_come_out(quirk: str, tmp_path: Path) -> None:
    stated = stated_of(quirk)
    path = file_of(quirk, stated, tmp_path)
    before = contents(path)
    settings = stated.get("read", {})
    if "error" in stated:
        with pytest.raises(getattr(jobsearch_stats.errors, stated["error"]["class"])) as raised:
            read_log(path, **settings)
        for part in stated["error"]["says"]:
            assert part.casefold() in str(raised.value).casefold()
        assert contents(path) == before
        return
    log = adds_up(read_log(path, **settings))
    assert contents(path) == before
    assert {name.removeprefix("rows_"): n for name, n in log.counts.items()} == stated["rows"]
    check_tables(log, stated)
    check_problems(log, stated)
    fields = log.columns.set_index("header")["field"]
    for header, name in (line.rsplit(" -> ", 1) for line in stated.get("columns", "").splitlines()):
        assert fields[header] == name.replace("(kept)", ""), header
    for part in stated.get("summary", []):
        assert part.casefold() in log.summary().text.casefold()


def reversed_columns(path: Path) -> bytes | None:
    """Return a table with its columns in reverse order, or None if its rows are not alike."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t|", key=first.count)
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if len({len(record) for record in records if record}) != 1 or len(records[0]) < 2:
        return None
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(record[::-1] for record in records)
    return out.getvalue().encode()


REVERSIBLE = [
    path.stem
    for path in sorted((*FOLDER.glob("*.csv"), *FOLDER.glob("*.tsv")))
    if "column_order_matters" not in stated_of(path.stem) and reversed_columns(path) is not None
]


def told(source: object, settings: dict[str, Any]) -> Any:
    """Return what a source says, whatever the order of its columns, or the kind of its error."""
    try:
        log = adds_up(read_log(source, **settings))
    except JobSearchStatsError as error:
        return type(error)
    applications = log.applications[sorted(log.applications.columns)].astype(object)
    held = log.problems[log.problems["severity"] != "noted"]
    places = held[["source_row", "column", "severity"]].astype("str")
    return (
        applications.where(applications.notna(), None).to_dict("index"),
        log.events.astype("str").to_dict("records"),
        log.counts,
        sorted(map(tuple, places.to_numpy().tolist())),
    )


@pytest.mark.parametrize("quirk", REVERSIBLE)
def test_columns_in_reverse_order_tell_the_same(quirk: str, tmp_path: Path) -> None:
    stated = stated_of(quirk)
    path = file_of(quirk, stated, tmp_path)
    settings = stated.get("read", {})
    other = reversed_columns(path)
    assert other is not None
    assert told(io.BytesIO(other), settings) == told(path, settings)


LOGS = [quirk for quirk in QUIRKS if "error" not in stated_of(quirk)]
MAPPED = [quirk for quirk in LOGS if "mapping" not in stated_of(quirk).get("read", {})]


@pytest.mark.parametrize("quirk", MAPPED)
def test_the_mapping_that_is_suggested_tells_the_same(quirk: str, tmp_path: Path) -> None:
    stated = stated_of(quirk)
    path = file_of(quirk, stated, tmp_path)
    settings = stated.get("read", {})
    layout = {name: value for name, value in settings.items() if name != "date_order"}
    mapping = suggest_mapping(path, **layout)
    assert told(path, {**settings, "mapping": mapping}) == told(path, settings)


@pytest.mark.parametrize("quirk", LOGS)
def test_saved_and_read_again_it_is_equal(quirk: str, tmp_path: Path) -> None:
    stated = stated_of(quirk)
    log = read_log(file_of(quirk, stated, tmp_path), **stated.get("read", {}))
    log.to_csv(tmp_path / "saved")
    again = read_log(tmp_path / "saved")
    for name in ("applications", "events", "problems", "columns"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(log, name))
    assert again.counts == log.counts
