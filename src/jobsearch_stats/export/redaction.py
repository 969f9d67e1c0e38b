"""`redact`: a log with pseudonyms, so that all that is made of it is redacted by construction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from ..cells import Cells, Objects
from ..contacts import email_key, phone_key
from ..facts import application_codes
from ..importing.fields import LEFT_OUT as FIELD_LEFT_OUT
from ..importing.problems import KEPT, LEFT_BLANK, LEFT_OUT
from ..importing.words import fold
from ..log import ApplicationLog, check_log
from ..schema import APPLICATION_COLUMNS, CONTACT_ROLES
from ..workdays import Days, is_known_country, to_days

_REMOVED = ("location", "url", "status", "strengths", "reason_to_call", "notes")
_KEPT_TEXTS = ("role", "source")
_LEAST = 4
"""Shorter names are not looked for in job titles: they would be found in half of the words."""

_PSEUDONYM = re.compile(
    r"(?:(?:application|employer|person|phone|e-mail) )?(\d{1,7})", re.IGNORECASE
)
_HIDDEN = "[…]"
_NOT_SHOWN = "not shown, as the log is redacted"
_FAR = np.iinfo(np.int32).max


def redact(log: ApplicationLog) -> ApplicationLog:
    """Return the log with pseudonyms in place of employers, people and their addresses.

    The states, the days and all the statistics stay what they are: the rules that compare phone
    numbers and e-mail addresses (R14, R22) find stand-ins that are alike where the originals were.

    Parameters
    ----------
    log
        The search; it is not changed.

    Returns
    -------
    ApplicationLog
        Employers are "Employer 1", "Employer 2" and so on, in the order of their first event, so
        that they keep their numbers as the log grows; people "Person 1", phone numbers "Phone 1",
        addresses "E-mail 1", ids "Application 1". One employer has one pseudonym, however its
        name is capitalised, accented or spaced. Removed are the location, links, the status as
        written, strengths, reasons to call, notes, and every column that was not understood; of
        the problems their number, row and column stay. Job titles and sources stay, but for names
        and addresses of this log that stand in them.

    Raises
    ------
    DataError
        If it is no log.

    Notes
    -----
    Dates, job titles, sources, methods, outcomes and the country are not hidden. Whoever knows
    when you met somebody can tell who that was; so can whoever finds one title with one employer.
    Numbers are given for one log: in the redacted logs of two people "Employer 1" are two.

    Examples
    --------
    >>> import pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme", "ACME "], "Position": ["Clerk", "Cook"],
    ...     "Interview": ["2026-03-03", "2026-03-05"], "Notes": ["nice people", ""]}))
    >>> shared = js.redact(log)
    >>> shared.applications["company"].tolist(), shared.applications["role"].tolist()
    (['Employer 1', 'Employer 1'], ['Clerk', 'Cook'])
    """
    apps, events = check_log(log).applications, log.events
    code = application_codes(log)
    days = to_days(events["date"].to_numpy())
    first = np.full(len(apps), _FAR, np.int32)
    np.minimum.at(first, code, days)
    ids = numbered(apps.index.to_numpy(object), first, "Application")
    return ApplicationLog.from_frames(
        _applications(log, first).set_axis(pd.Index(ids, dtype="str"), axis=0),
        _events(events, days).assign(application_id=ids[code]),
        problems=_problems(log),
        columns=_columns(log.columns),
        counts=dict(log.counts),
    )


def numbered(keys: Objects, first: Days, label: str) -> Objects:
    """Return "label 1", "label 2" ... for equal keys, in the order of their first days.

    Keys of one day stand in the order of a digest: neither the order of rows nor that of letters
    shows. None stays None.
    """
    codes, uniques = pd.factorize(keys)
    values = [str(value) for value in uniques]
    earliest = np.full(len(values), _FAR, np.int64)
    np.minimum.at(earliest, codes[codes >= 0], first[codes >= 0])
    order = sorted(range(len(values)), key=lambda at: (earliest[at], *_rank(values[at])))
    names = np.full(len(values) + 1, None, object)
    names[order] = [f"{label} {number}" for number in range(1, len(values) + 1)]
    return names[codes]


def _rank(key: str) -> tuple[int, bytes]:
    """Return what decides between keys of one day; a pseudonym keeps its place."""
    number = _PSEUDONYM.fullmatch(key)
    digest = hashlib.blake2s(key.encode("utf-8", "surrogatepass")).digest()
    return int(number[1]) if number else 0, digest


def _applications(log: ApplicationLog, first: Days) -> pd.DataFrame:
    apps = log.applications[list(APPLICATION_COLUMNS)]
    companies = _keys(apps["company"], lambda name: " ".join(fold(name).split()))
    hidden = _names_and_addresses(log)
    new = {"company": numbered(companies, first, "Employer"), **dict.fromkeys(_REMOVED)}
    new |= {name: _without(apps[name], hidden) for name in _KEPT_TEXTS}
    return apps.assign(**new, country=_countries(apps["country"]))


def _countries(column: pd.Series) -> Objects:
    """Return the countries whose holidays are known: the rules need them, and no other word."""
    codes, texts = pd.factorize(column.str.strip().str.upper())
    known = [text if is_known_country(text) else None for text in texts]
    return np.array([*known, None], object)[codes]


def _keys(column: pd.Series, key_of: Callable[[str], str]) -> Objects:
    """Return what texts are compared by; None for blank ones."""
    texts = column.to_numpy(object)
    return np.array([key_of(t) or None if isinstance(t, str) else None for t in texts], object)


def _events(events: pd.DataFrame, days: Days) -> pd.DataFrame:
    new = {
        "contact": _parts(events["contact"], days, str.casefold, "Person"),
        "phone": _parts(events["phone"], days, phone_key, "Phone"),
        "email": _parts(events["email"], days, email_key, "E-mail"),
        "contact_role": _roles(events["contact_role"]),
        "note": None,
    }
    return events.assign(**new)


def _parts(column: pd.Series, days: Days, key_of: Callable[[str], str], label: str) -> Objects:
    """Return the column with a stand-in for each of the values that a cell joins by ";"."""
    cells = Cells.of(column.to_numpy())
    owner = np.repeat(np.arange(len(column)), cells.n)
    keys = np.array([key_of(part) or None for part in cells.parts.tolist()], object)
    stand_ins = numbered(keys, days[owner], label)
    # what has no key, such as a phone number without a digit, is like nothing else: so its stand-in
    bare = np.array([k is None and p != "" for k, p in zip(keys, cells.parts, strict=True)], bool)
    stand_ins[bare] = label
    return _joined(cells, [text or "" for text in stand_ins])


def _joined(cells: Cells, parts: list[str]) -> Objects:
    out = np.full(len(cells.n), None, object)
    for row in np.flatnonzero(cells.n):
        start = cells.start[row]
        out[row] = "; ".join(parts[start : start + cells.n[row]])
    return out


def _roles(column: pd.Series) -> Objects:
    """Return the roles of contacts; words of one's own could say anything."""
    cells = Cells.of(column.to_numpy())
    known = {*CONTACT_ROLES, ""}
    return _joined(cells, [part if part in known else "other" for part in cells.parts.tolist()])


def _names_and_addresses(log: ApplicationLog) -> list[str]:
    """Return what must not stand in a text that is kept, the longest first."""
    found: set[str] = set(log.applications.index)
    for column in (log.applications["company"], log.applications["url"]):
        found |= set(column.dropna())
    for name in ("contact", "phone", "email"):
        found |= set(Cells.of(log.events[name].to_numpy()).parts.tolist())
    stripped = {text.strip() for text in found}
    return sorted((t for t in stripped if len(t) >= _LEAST), key=lambda t: (-len(t), t))


def _without(column: pd.Series, hidden: Iterable[str]) -> pd.Series:
    """Return texts without names and addresses of this log; what cannot be cut out blanks all."""
    codes, texts = pd.factorize(column.to_numpy(object))
    folded = "\0".join(texts.tolist()).casefold()
    found = [text for text in hidden if text.casefold() in folded]
    if not found:
        return column
    cut = re.compile("|".join(map(re.escape, found)), re.IGNORECASE)
    new = [cut.sub(_HIDDEN, text) for text in texts.tolist()]
    clean = [None if any(f.casefold() in t.casefold() for f in found) else t for t in new]
    return pd.Series(np.array([*clean, None], object)[codes], index=column.index, dtype="str")


def _problems(log: ApplicationLog) -> pd.DataFrame:
    problems = log.problems
    new = dict(zip(log.columns["header"], _new_headers(log.columns), strict=True))
    done = problems["what_was_done"]
    return problems.assign(
        column=problems["column"].map(new).astype("str"),
        value=pd.Series(None, index=problems.index, dtype="str"),
        problem=pd.Series(_NOT_SHOWN, index=problems.index, dtype="str"),
        what_was_done=done.where(done.isin([KEPT, LEFT_BLANK, LEFT_OUT]), "").astype("str"),
    )


def _columns(columns: pd.DataFrame) -> pd.DataFrame:
    headers = pd.Series(_new_headers(columns), index=columns.index, dtype="str")
    return columns.assign(header=headers, read_as=headers)


def _new_headers(columns: pd.DataFrame) -> list[str]:
    """Return what each header is called: by what it was read as, else by its place."""
    fields = columns["field"].fillna("").tolist()
    return [
        field if field and field != FIELD_LEFT_OUT else f"column {at}"
        for at, field in enumerate(fields, start=1)
    ]
