"""Which rows are one application, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .raw import Column
from .table import Table, kept
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
    texts = np.array(column.distinct, dtype=object)
    if folded:
        texts[:] = [" ".join(text.split()) for text in _folded(column.distinct).split("\0")]
    else:
        texts[~kept(column, keep_words=False)] = ""
    new, names = pd.factorize(texts)  # the blank text is the first
    return new[column.codes], names.tolist()


def _folded(texts: Sequence[str]) -> str:
    """Return the texts folded, with NULs between; no character can reach over one."""
    joined = "\0".join(texts)
    if joined.count("\0") >= len(texts):
        joined = "\0".join(text.replace("\0", " ") for text in texts)
    return fold(joined)


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
    given = ~pd.isna(ids)
    at = np.flatnonzero(~given)
    pairs = company.codes.astype("int64") * len(role.distinct) + role.codes
    places = np.zeros(len(ids), dtype="int64")
    # pairs first, as numbers; then the names, as two pairs may make one ("Acme", "ACME")
    for key in (pairs, None):
        if key is None:
            key = pd.factorize(_made(company, role, 0 * places))[0]
        places[at] = _places(key[at], at, cells, first)
        names = _made(company, role, places)
        names[given] = ids[given]
        index = pd.Index(names, dtype="str", name="application_id")
        if index.is_unique:
            return index
    names = _made(company, role, 0 * places)
    names[given] = ids[given]
    _number_around(names, at, set(ids[given].tolist()), cells, first)
    return pd.Index(names, dtype="str", name="application_id")


def _made(company: Column, role: Column, places: np.ndarray) -> np.ndarray:
    """Return the names made of company, role and place among its like (object)."""
    firsts = np.array(_slugs(company.distinct), dtype=object)
    seconds = _slugs(role.distinct)
    n = int(places.max(initial=0)) + 1
    codes, ends = pd.factorize(role.codes * n + places)
    second = [(seconds[end // n], f"-{end % n + 1}" if end % n else "") for end in ends.tolist()]
    tails = np.array([f"-{slug}{no}" if slug else no for slug, no in second], dtype=object)
    names = firsts[company.codes] + tails[codes]
    blank = np.flatnonzero((firsts == "")[company.codes])
    alone = np.array([f"{slug or 'application'}{no}" for slug, no in second], dtype=object)
    names[blank] = alone[codes[blank]]
    return names


def _places(
    key: np.ndarray, rows: np.ndarray, cells: Sequence[Column], first: np.ndarray
) -> np.ndarray:
    """Return the place of each row among those of its key, by the texts in its cells."""
    out = np.zeros(len(key), dtype="int64")
    again = np.flatnonzero(pd.Series(key).duplicated(keep=False).to_numpy())
    codes = pd.factorize(key[again])[0]
    order = _ordered(codes, rows[again], cells, first)
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    out[again[order]] = np.arange(len(order)) - np.repeat(starts, lengths)
    return out


def _ordered(
    codes: np.ndarray, rows: np.ndarray, cells: Sequence[Column], first: np.ndarray
) -> np.ndarray:
    """Return the order by code and, within one, by the texts in the cells, column by column."""
    order = np.argsort(codes, kind="stable")
    ranks, tied = codes[order], np.arange(len(order))
    for column in cells:
        same = np.diff(ranks, prepend=-1, append=-1) == 0  # as the one before
        again = same[:-1] | same[1:]
        ranks, tied = ranks[again], tied[again]
        if not len(tied):
            break
        texts = _by_text(column, first[rows[order[tied]]])
        key = np.cumsum(np.diff(ranks, prepend=-1) > 0) * (int(texts.max()) + 1) + texts
        sorting = np.argsort(key, kind="stable")
        order[tied] = order[tied[sorting]]
        ranks = key[sorting]
    return order


def _number_around(
    names: np.ndarray, at: np.ndarray, ids: set[str], cells: Sequence[Column], first: np.ndarray
) -> None:
    """Put numbers on the names at these places, around those that are taken or given as ids."""
    codes, slugs = pd.factorize(names[at], sort=True)
    again = np.bincount(codes) > 1
    again |= pd.Index(slugs).isin(ids)
    several = np.flatnonzero(again[codes])
    order = at[several[_ordered(codes[several], at[several], cells, first)]]
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
    """Return the texts in small letters, with hyphens for all that stands between words."""
    joined = _folded(texts).translate(_HYPHENS)
    while "--" in joined:
        joined = joined.replace("--", "-")
    joined = joined.replace("-\0", "\0").replace("\0-", "\0").strip("-")
    slugs = joined.split("\0")
    return [slug[:_LONGEST] for slug in slugs] if max(map(len, slugs)) > _LONGEST else slugs
