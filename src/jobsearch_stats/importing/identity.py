"""Which rows are one application, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .raw import Column
from .table import Table
from .values import is_blank_word
from .words import fold

_BETWEEN = "-/\\_.,;:|+&()[]{}'\"!?*#@%"
_SPACES = (chr(code) for code in range(0x3001) if chr(code).isspace())
_HYPHENS = str.maketrans(dict.fromkeys([*_BETWEEN, *_SPACES], "-"))
_LONGEST = 60


def _codes(table: Table, name: str, *, folded: bool) -> tuple[np.ndarray, list[str]]:
    """Return a column's values numbered anew, alike but for case and blanks if folded."""
    column = table.one(name)
    if column is None:
        return np.zeros(len(table), dtype="int64"), [""]
    seen: dict[str, int] = {"": 0}
    new = [
        seen.setdefault(
            " ".join(fold(value).split()) if folded else "" if is_blank_word(value) else value,
            len(seen),
        )
        for value in column.distinct
    ]
    return np.array(new, dtype="int64")[column.codes], list(seen)


def groups_of_sheet(table: Table) -> np.ndarray:
    """Give each application of a spreadsheet a number: rows are one where id or URL agree."""
    ids, _ = _codes(table, "application_id", folded=False)
    urls, _ = _codes(table, "url", folded=True)
    if not ids.any() and not urls.any():
        return np.arange(len(table))
    company, _ = _codes(table, "company", folded=True)
    role, role_names = _codes(table, "role", folded=True)
    rows = np.arange(len(table))
    group = rows.copy()
    same_url = (ids == 0) & (urls > 0) & (company > 0)
    keys = (company * len(role_names) + role) * (urls.max(initial=0) + 1) + urls
    for having, key in ((ids > 0, ids), (same_url, keys)):
        at = rows[having]
        _, first, inverse = np.unique(key[having], return_index=True, return_inverse=True)
        group[at] = at[first][inverse]
    return _in_order(group)


def groups_of_events(table: Table) -> np.ndarray:
    """Give each application of an event log a number: one id, or company and role, is one.

    A row without an id belongs to the id that its company and role have, if there is one only; a
    row without a role to the only application of its company.
    """
    ids, _ = _codes(table, "application_id", folded=False)
    company, _ = _codes(table, "company", folded=True)
    role, role_names = _codes(table, "role", folded=True)
    pair = company * len(role_names) + role
    group = np.where(ids > 0, -ids, pair)  # ids below zero, pairs from zero on
    named = (ids == 0) & (company > 0)
    role_known = (ids > 0) & (company > 0)
    group = _joined(group, named & (role > 0), pair, role_known & (role > 0))
    whole = (company > 0) & (role > 0) | role_known
    group = _joined(group, named & (role == 0), company, whole)
    alone = (ids == 0) & (company == 0)
    group[alone] = group.max(initial=0) + 1 + role[alone]
    return _in_order(group)


def _joined(group: np.ndarray, lost: np.ndarray, key: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Give lost rows the group of the home rows with their key, where that is one only."""
    if not lost.any() or not home.any():
        return group
    pairs = np.unique(np.stack([key[home], group[home]]), axis=1)
    keys, first, times = np.unique(pairs[0], return_index=True, return_counts=True)
    only = dict(zip(keys[times == 1].tolist(), pairs[1][first[times == 1]].tolist(), strict=True))
    out = group.copy()
    at = np.flatnonzero(lost)
    found, inverse = np.unique(key[at], return_inverse=True)
    known = np.array([k in only for k in found.tolist()], dtype=bool)[inverse]
    to = np.array([only.get(k, 0) for k in found.tolist()], dtype="int64")[inverse]
    out[at[known]] = to[known]
    return out


def _in_order(group: np.ndarray) -> np.ndarray:
    """Return groups numbered 0, 1, ... as they first come."""
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype="int64")
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse] if len(group) else group.astype("int64")


def names_of(
    ids: np.ndarray, company: Column, role: Column, cells: Sequence[Column], first: np.ndarray
) -> pd.Index:
    """Return a name for every application: its id, else one made of company and role.

    It does not depend on the order of the rows, so it stays when a row is added above.

    Parameters
    ----------
    ids
        Given ids (object; None where there is none).
    company, role
        The company and role of each application.
    cells, first
        What tells applications of one company and role apart: the cells of their first rows.
    """
    plain = _plain_names(company, role)
    given = ~pd.isna(ids)
    plain[given] = ids[given]
    at = np.flatnonzero(~given)
    pairs = company.codes.astype("int64") * len(role.distinct) + role.codes
    # pairs first, as numbers; then the names, as two pairs may make one ("Acme", "ACME")
    for key in (pairs[at], None):
        key = pd.factorize(plain[at])[0] if key is None else key
        again = np.flatnonzero(_stand_again(key))
        order, place = _placed(key[again], at[again], cells, first)
        names = plain.copy()
        later = place > 0
        numbers = (place[later] + 1).tolist()
        names[order[later]] = [
            f"{name}-{number}" for name, number in zip(names[order[later]], numbers, strict=True)
        ]
        index = pd.Index(names, dtype="str", name="application_id")
        if index.is_unique:
            return index
    _number_around(plain, at, set(ids[given].tolist()), cells, first)
    return pd.Index(plain, dtype="str", name="application_id")


def _stand_again(key: np.ndarray) -> np.ndarray:
    """Return which numbers stand more than once."""
    order = np.argsort(key)
    same = key[order[1:]] == key[order[:-1]]
    out = np.zeros(len(key), dtype=bool)
    out[order[1:][same]] = True
    out[order[:-1][same]] = True
    return out


def _number_around(
    names: np.ndarray, at: np.ndarray, ids: set[str], cells: Sequence[Column], first: np.ndarray
) -> None:
    """Put numbers on the names at these places, around those that are taken or given as ids."""
    codes, slugs = pd.factorize(names[at], sort=True)
    again = _stand_again(codes) | np.isin(codes, np.flatnonzero(pd.Index(slugs).isin(ids)))
    order, _ = _placed(codes[again], at[again], cells, first)
    taken = set(names.tolist())
    before, n = None, 1
    for place in order.tolist():
        slug = names[place]
        if slug != before:
            before, n = slug, 1
            if slug not in ids:
                continue  # the first keeps it bare
        n += 1
        while f"{slug}-{n}" in taken:
            n += 1
        names[place] = f"{slug}-{n}"
        taken.add(names[place])


def _plain_names(company: Column, role: Column) -> np.ndarray:
    """Return the names made of company and role (object)."""
    firsts = np.array(_slugs(company.distinct), dtype=object)
    seconds = np.array(_slugs(role.distinct), dtype=object)
    ends = np.array([slug and f"-{slug}" for slug in seconds], dtype=object)
    names = firsts[company.codes] + ends[role.codes]
    blank = np.flatnonzero((firsts == "")[company.codes])
    names[blank] = seconds[role.codes[blank]]
    names[blank[names[blank] == ""]] = "application"
    return names


def _placed(
    codes: np.ndarray, rows: np.ndarray, cells: Sequence[Column], first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows in order, and the place of each among those of its code.

    The order is by code and, within one, by the texts in the cells, column by column.
    """
    order = np.argsort(codes, kind="stable")
    ranks, tied = codes[order], np.arange(len(order))
    for column in cells:
        same = np.diff(ranks, prepend=-1, append=-1) == 0  # as the one before
        again = same[:-1] | same[1:]
        ranks, tied = ranks[again], tied[again]
        if not len(tied):
            break
        texts = _by_text(column, first[rows[order[tied]]])
        sorting = np.lexsort((texts, ranks))
        order[tied] = order[tied[sorting]]
        ranks, texts = ranks[sorting], texts[sorting]
        ranks = np.cumsum(np.append(0, (np.diff(ranks) > 0) | (np.diff(texts) > 0)))
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    return rows[order], np.arange(len(order)) - np.repeat(starts, lengths)


def _by_text(column: Column, rows: np.ndarray) -> np.ndarray:
    """Return the place of each row's text in their sorted order."""
    codes = column.codes[rows]
    used = np.flatnonzero(np.bincount(codes, minlength=len(column.distinct)))
    texts = [column.distinct[code] for code in used.tolist()]
    places = {text: place for place, text in enumerate(sorted(set(texts)))}
    of_code = np.zeros(len(column.distinct), dtype="int64")
    of_code[used] = [places[text] for text in texts]
    return of_code[codes]


def _slugs(texts: Sequence[str]) -> list[str]:
    """Return the texts in small letters, with hyphens for all that stands between words.

    All are one text while that is done: no character of one can reach into the next over a NUL.
    """
    joined = "\0".join(texts)
    if joined.count("\0") >= len(texts):
        joined = "\0".join(text.replace("\0", " ") for text in texts)
    joined = fold(joined).translate(_HYPHENS)
    while "--" in joined:
        joined = joined.replace("--", "-")
    joined = joined.replace("-\0", "\0").replace("\0-", "\0").strip("-")
    return [slug[:_LONGEST] for slug in joined.split("\0")]
