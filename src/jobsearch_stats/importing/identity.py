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
    pairs, names = _plain_names(company, role)
    given = ~pd.isna(ids)
    names[given] = ids[given]
    at = np.flatnonzero(~given)
    several = at[_stand_again(pairs[at])]
    order, place = _placed(pairs[several], several, cells, first)
    later = place > 0
    plain = names[order[later]]
    numbers = (place[later] + 1).tolist()
    names[order[later]] = [f"{name}-{number}" for name, number in zip(plain, numbers, strict=True)]
    index = pd.Index(names, dtype="str", name="application_id")
    if index.is_unique:
        return index
    # two pairs make one name, a number leads to a name that is taken, or somebody gave it as an id
    names[order[later]] = plain
    also_given = set(ids[given].tolist())
    codes, slugs = pd.factorize(names[at], sort=True)
    again = _stand_again(codes) | np.isin(codes, np.flatnonzero(pd.Index(slugs).isin(also_given)))
    order, _ = _placed(codes[again], at[again], cells, first)
    _number(names, order, set(names.tolist()), also_given)
    return pd.Index(names, dtype="str", name="application_id")


def _stand_again(codes: np.ndarray) -> np.ndarray:
    """Return which of the codes stand more than once."""
    small, _ = pd.factorize(codes)
    return np.bincount(small)[small] > 1 if len(small) else np.zeros(0, dtype=bool)


def _number(names: np.ndarray, order: np.ndarray, taken: set[str], ids: set[str]) -> None:
    """Put numbers on the names that stand several times, around those that are taken."""
    before, n = None, 1
    for at in order.tolist():
        slug = names[at]
        if slug != before:
            before, n = slug, 1
            if slug not in ids:
                continue  # the first keeps it bare
        n += 1
        while f"{slug}-{n}" in taken:
            n += 1
        names[at] = f"{slug}-{n}"
        taken.add(names[at])


def _plain_names(company: Column, role: Column) -> tuple[np.ndarray, np.ndarray]:
    """Return a number for each pair of company and role, and the name made of them (object)."""
    (first, firsts), (second, seconds) = map(_numbered_slugs, (company, role))
    ends = np.array([slug and f"-{slug}" for slug in seconds], dtype=object)
    names = firsts[first] + ends[second]
    blank = np.flatnonzero((firsts == "")[first])
    names[blank] = seconds[second[blank]]
    names[blank[names[blank] == ""]] = "application"
    return first * len(seconds) + second, names


def _numbered_slugs(column: Column) -> tuple[np.ndarray, np.ndarray]:
    """Return a number for each row's slug, and the slugs by number (object)."""
    slugs = np.array(_slugs(column.distinct), dtype=object)
    if len(set(slugs.tolist())) == len(slugs):
        return column.codes.astype("int64"), slugs
    codes, slugs = pd.factorize(slugs)
    return codes[column.codes], slugs


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
