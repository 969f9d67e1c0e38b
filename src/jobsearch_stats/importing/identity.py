"""Which rows are one application, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from .table import Table
from .values import is_blank_word
from .words import fold

_BLANKS = str.maketrans(dict.fromkeys("-/\\_.,;:|+&()[]{}'\"!?*#@%", " "))


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
    ids: np.ndarray,
    company: np.ndarray,
    role: np.ndarray,
    tie_break: Callable[[np.ndarray], Iterable[tuple[str, ...]]],
) -> np.ndarray:
    """Return a name for every application: its id, else one made of company and role.

    It does not depend on the order of the rows, so it stays when a row is added above.
    """
    out = ids.copy()
    nameless = np.flatnonzero(pd.isna(ids))
    if not len(nameless):
        return out
    made, slugs = _slugs(company[nameless], role[nameless])
    out[nameless] = slugs[made]
    ids_given = set(ids[~pd.isna(ids)].tolist())
    again = np.bincount(made, minlength=len(slugs)) > 1
    if ids_given:
        again |= np.array([slug in ids_given for slug in slugs.tolist()], dtype=bool)
    places = nameless[again[made]]
    groups: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for key, at in zip(tie_break(places), places.tolist(), strict=True):
        groups.setdefault(out[at], []).append((key, at))
    taken = ids_given | set(slugs.tolist())
    for slug in sorted(groups):
        n = 1
        for _, at in sorted(groups[slug])[slug not in ids_given :]:  # the first keeps it bare
            n += 1
            while f"{slug}-{n}" in taken:
                n += 1
            out[at] = f"{slug}-{n}"
            taken.add(out[at])
    return out


def _slugs(company: np.ndarray, role: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct names made of company and role, and which of them each row has."""
    (company_codes, companies), (role_codes, roles) = pd.factorize(company), pd.factorize(role)
    n_roles = len(roles) + 1
    pairs, inverse = np.unique((company_codes + 1) * n_roles + role_codes + 1, return_inverse=True)
    one, other = ["", *map(_slug, companies)], ["", *map(_slug, roles)]
    names = [
        "-".join(filter(None, (one[pair // n_roles], other[pair % n_roles]))) or "application"
        for pair in pairs.tolist()
    ]
    codes, distinct = pd.factorize(np.array(names, dtype=object))
    return codes[inverse], distinct


def _slug(text: str) -> str:
    return "-".join(fold(text).translate(_BLANKS).split())[:60]
