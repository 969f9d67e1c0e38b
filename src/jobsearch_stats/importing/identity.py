"""Which rows are one application, and what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from .table import Table
from .values import is_blank_word
from .words import fold

_DASHES = str.maketrans(dict.fromkeys(" \t\n/\\_.,;:|+&()[]{}'\"!?*#@%", "-"))


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
    tie_break: Callable[[int], tuple[str, ...]],
) -> list[str]:
    """Return a name for every application: its id, else one made of company and role.

    It does not depend on the order of the rows, so it stays when a row is added above.
    """
    out: list[str] = [name or "" for name in ids]
    slugs = {text: _slug(text) for text in {*company, *role} if text}
    made: dict[str, list[int]] = {}
    for at, name in enumerate(out):
        if not name:
            parts = [slugs[text] for text in (company[at], role[at]) if text]
            made.setdefault("-".join(filter(None, parts)) or "application", []).append(at)
    taken = Counter(out)
    for slug in sorted(made):
        places = made[slug]
        if len(places) > 1:
            places.sort(key=lambda at: (tie_break(at), at))
        n = 1
        for at in places:
            name = slug
            while name in taken:
                n += 1
                name = f"{slug}-{n}"
            out[at] = name
            taken[name] += 1
    return out


def _slug(text: str) -> str:
    words = (word.strip("-") for word in fold(text).translate(_DASHES).split("-"))
    return "-".join(word for word in words if word)[:60]
