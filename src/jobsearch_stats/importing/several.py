"""Fields that several columns claim: what is numbered, and whom a phone number belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from .fields import NUMBERED, PERSON_FIELDS, SHEET_DATES
from .headers import key_of
from .plan import ReadAs, said_of
from .problems import Problems
from .stages import is_yes_or_no
from .values import is_blank_word

_BESIDE = tuple(name for name in SHEET_DATES if name != "do_not_contact")
_DETAILS = tuple(name for name in PERSON_FIELDS if name != "contact")


def only_one_each(
    reads: list[ReadAs],
    headers: Sequence[str],
    shape: str,
    found: Problems,
    distinct: Sequence[Sequence[str]],
) -> list[ReadAs]:
    """Give a number to what may stand several times; of the rest, keep the canonical or first."""
    if shape == "sheet":
        reads = _beside_their_date(reads, headers, distinct)
        reads = _with_their_person(reads, headers, found)
    out = list(reads)
    places: dict[tuple[str, int], list[int]] = {}
    for at, read in enumerate(reads):
        if read.name and not read.tick:
            places.setdefault((read.name, read.number), []).append(at)
    for (name, number), columns in places.items():
        if len(columns) == 1:
            continue
        if shape == "sheet" and not number and name in NUMBERED and name not in PERSON_FIELDS:
            taken = {n for base, n in places if base == name}
            numbers = (n for n in count(1) if n not in taken)
            for at, free in zip(columns, numbers, strict=False):
                out[at] = ReadAs(name, free, f"{name} {free}: by its place")
                found.noted(
                    None, headers[at], None, f"several columns are read as {name}", "all are read"
                )
            continue
        _keep_one(columns, name, number, out, headers, found, distinct)
    return out


def _keep_one(
    columns: Sequence[int],
    name: str,
    number: int,
    reads: list[ReadAs],
    headers: Sequence[str],
    found: Problems,
    distinct: Sequence[Sequence[str]],
) -> None:
    """Read one of several columns of a field: the user's, the filled, the canonical, the first."""
    blank = {at: all(map(is_blank_word, distinct[at])) for at in columns}
    ranks = {
        at: (not reads[at].by_user, blank[at], key_of(headers[at]) != name, at) for at in columns
    }
    best = min(columns, key=ranks.__getitem__)
    said = said_of(name, number)
    for at in columns:
        if at != best:
            reads[at] = ReadAs(how=f"kept as it is: {headers[best]!r} is {said} already")
            also = f"reads as {said}, and so does {headers[best]!r}"
            if blank[at] and not blank[best]:
                also += ", which is filled where this is blank"
            found.noted(None, headers[at], None, also, "kept as it is, not used")


def _beside_their_date(
    reads: list[ReadAs], headers: Sequence[str], distinct: Sequence[Sequence[str]]
) -> list[ReadAs]:
    """Read "Rejected?" beside "Rejection date" too, where its cells are a yes or a no."""
    out = list(reads)
    for name in _BESIDE:
        places = [at for at, read in enumerate(reads) if read.name == name and not read.number]
        yes_or_no = {at: is_yes_or_no(distinct[at]) for at in places} if len(places) > 1 else {}
        ticks = [at for at in places if yes_or_no.get(at)]
        dated = [at for at in places if not yes_or_no.get(at)]
        if not ticks or not dated:
            continue
        how = f"a yes or no, as {headers[dated[0]]!r} has the date"
        sent = name == "applied" and all(read.name != "sent" for read in reads)
        field = "sent" if sent else name
        out[ticks[0]] = replace(reads[ticks[0]], name=field, how=f"{field}: {how}", tick=True)
    return out


def _with_their_person(
    reads: list[ReadAs], headers: Sequence[str], found: Problems
) -> list[ReadAs]:
    """Give every role, phone and e-mail the number of a contact that there is.

    "Phone" beside "Contact 1" and "Contact 2" is the first one's, and so is "Phone 1" beside
    "Contact". A "Phone 2" without a second contact belongs to nobody that has a name.
    """
    contacts = {read.number for read in reads if read.name == "contact"} or {0}
    there = {(read.name, read.number) for read in reads}
    out = list(reads)
    for at, read in enumerate(reads):
        if read.name not in _DETAILS or read.by_user or read.number in contacts:
            continue
        other = 1 - read.number
        if other in contacts and (read.name, other) not in there:
            out[at] = replace(read, number=other, how=said_of(read.name, other))
        if not read.number or out[at] is not read:
            continue
        whose = f"contact {read.number}"
        out[at] = ReadAs(how=f"kept as it is: there is no {whose}")
        found.noted(
            None,
            headers[at],
            None,
            f"reads as {said_of(read.name, read.number)}, and there is no {whose}",
            "kept as it is, not used",
        )
    return out
