"""What an application is called: the fast way against one that anybody can follow."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.reading import read
from jobsearch_stats.importing.identity import names_of
from jobsearch_stats.importing.raw import Column
from jobsearch_stats.importing.words import fold

WORDS = [
    "Acme",
    "ACME",
    "Ac me",
    "Ac-me",
    "acme-2",
    "2",
    "Ä & Ö",
    "",
    "-",
    "x" * 70,
    "漢字",
    "a\u0301",
]
ROWS = st.lists(
    st.tuples(
        st.sampled_from([None, None, None, "acme", "acme-2", "7"]),
        st.sampled_from(WORDS),
        st.sampled_from(["me", "2", "", "Dev"]),
        st.sampled_from(["2026-01-02", "2026-01-03", ""]),
        st.sampled_from(["one", "two"]),
    ),
    max_size=12,
)


def plainly(rows: list[tuple[str | None, str, str, str, str]]) -> list[str]:
    """Name applications one by one."""

    def slug(text: str) -> str:
        return "-".join(re.split(r"[-/\\_.,;:|+&()\[\]{}'\"!?*#@%\s]+", fold(text))).strip("-")[:60]

    names = [row[0] or "-".join(filter(None, map(slug, row[1:3]))) or "application" for row in rows]
    ids = {row[0] for row in rows if row[0]}
    groups = defaultdict(list)
    for at, row in enumerate(rows):
        if not row[0]:
            groups[names[at]].append(at)
    taken = set(names)
    for name in sorted(groups):
        order = sorted(groups[name], key=lambda at: (rows[at][3:], rows[at][1:3]))
        if name not in ids:
            order = order[1:]
        n = 1
        for at in order:
            n += 1
            while f"{name}-{n}" in taken:
                n += 1
            names[at] = f"{name}-{n}"
            taken.add(names[at])
    return names


def fast(rows: list[tuple[str | None, str, str, str, str]]) -> list[str]:
    """Name them as the importer does."""
    ids = np.array([row[0] for row in rows], dtype=object)
    columns = [Column.of(str(at), [row[at] or "" for row in rows]) for at in range(5)]
    cells = [columns[at] for at in (3, 4, 1, 2)]
    return names_of(ids, columns[1], columns[2], cells, np.arange(len(rows))).tolist()


@given(ROWS.filter(lambda rows: len({r[0] for r in rows if r[0]}) == sum(bool(r[0]) for r in rows)))
def test_names_are_those_that_anybody_would_give(
    rows: list[tuple[str | None, str, str, str, str]],
) -> None:
    names = fast(rows)
    assert len(set(names)) == len(rows)
    whole = zip(rows, names, strict=True)
    expected = zip(rows, plainly(rows), strict=True)
    assert sorted(map(str, whole)) == sorted(map(str, expected))  # equal rows may change places


@pytest.mark.parametrize(
    ("companies", "names"),
    [
        (["Brook & Sons", "Oak/Elm", "Ä."], ["brook-sons", "oak-elm", "ae"]),
        (["Brook", "BROOK"], ["brook", "brook-2"]),
        (["Brook", "Brook", "Brook 2"], ["brook", "brook-3", "brook-2"]),
    ],
)
def test_names_that_are_read(companies: list[str], names: list[str]) -> None:
    rows = "\n".join(f"{company},2026-01-0{at + 1}" for at, company in enumerate(companies))
    assert read(f"Company,Applied\n{rows}\n").applications.index.tolist() == names


def test_a_row_above_changes_no_name() -> None:
    below = "Brook,Cook,2026-02-03\nBrook,Cook,2026-02-09\n"
    before = read(f"Company,Role,Applied\n{below}").events
    after = read(f"Company,Role,Applied\nOak,Cook,2026-03-01\n{below}").events
    named = dict(zip(after["date"], after["application_id"], strict=True))
    for day, name in zip(before["date"], before["application_id"], strict=True):
        assert named[day] == name
    assert pd.Series(list(named.values())).is_unique
