"""Whom to contact and where (R18), and what is barred (R14), for the oracle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

ROLES = ("hiring_manager", "interviewer", "hr", "other")

Event = dict[str, Any]
Barred = tuple[frozenset[str], frozenset[str]]
"""Telephone numbers and e-mail addresses, as `KEYS` makes them comparable."""

Mention = tuple[Any, int, str]
"""When something was named, at which place of a list, and how it was written."""

NOTHING_BARRED: Barred = (frozenset(), frozenset())


@lru_cache(maxsize=1_000_000)
def places(listed: str | None) -> tuple[str, ...]:
    """Split a list joined by ";": its places, blank ones too."""
    if listed is None or not listed.strip():
        return ()
    return tuple(place.strip() for place in listed.split(";"))


def at_place(listed: tuple[str, ...], place: int) -> str:
    return listed[place] if place < len(listed) else ""


@lru_cache(maxsize=1_000_000)
def phone_key(phone: str) -> str:
    """Return what makes two numbers the same: nine last digits, without the extension."""
    return re.sub(r"\D", "", phone.lower().split("x")[0])[-9:]


KEYS: dict[str, Callable[[str], str]] = {"phone": phone_key, "email": str.lower}


# --- What is barred ---------------------------------------------------------------------------


def all_addresses(events: Iterable[Event], column: str) -> set[str]:
    """Return every number or address that stands on these events, in its comparable form."""
    found = {KEYS[column](a) for e in events for a in places(e[column]) if a}
    return found - {""}


def barred_addresses(events: Iterable[tuple[Any, Event]], *, as_of: date) -> Barred:
    """Return what R14 bars on that day, from pairs of an application's id and its event."""
    past: dict[Any, list[Event]] = {}
    for application_id, event in events:
        if event["date"] <= as_of:
            past.setdefault(application_id, []).append(event)
    told = [of_one for of_one in past.values() if any(map(forbids_contact, of_one))]
    of_told = [event for of_one in told for event in of_one]
    phones, emails = (frozenset(all_addresses(of_told, column)) for column in KEYS)
    return phones, emails


def forbids_contact(event: Event) -> bool:
    return bool(event["kind"] == "do_not_contact")


def is_silenced(events: list[Event], barred: Barred) -> bool:
    """Whether there were addresses, and every one of them is barred."""
    had = [all_addresses(events, column) for column in KEYS]
    return any(had) and all(known <= lost for known, lost in zip(had, barred, strict=True))


# --- Whom -------------------------------------------------------------------------------------


@lru_cache(maxsize=1_000_000)
def names_in(listed: str | None) -> tuple[str, ...]:
    """Return the names of a list as they are compared: in lower case."""
    return tuple(name.lower() for name in places(listed))


def names_anyone(event: Event) -> bool:
    """Whether a person or an address stands on an event."""
    return any(any(places(event[column])) for column in ("contact", *KEYS))


def people_of(event: Event) -> Iterator[tuple[int, str, str]]:
    """Give the people named on an event: place in the list, name, role."""
    roles = places(event["contact_role"])
    unsaid = "interviewer" if event["kind"] == "interview" else "other"
    for place, name in enumerate(places(event["contact"])):
        if name:
            said = at_place(roles, place)
            yield place, name, (said if said in ROLES else "other") if said else unsaid


def keep_the_latest(found: dict[str, Mention], what: str, mention: Mention) -> None:
    """Keep the latest mention; of equally late ones the first by place, then by text."""
    before = found.get(what)
    if (
        before is None
        or mention[0] > before[0]
        or (mention[0] == before[0] and mention[1:] < before[1:])
    ):
        found[what] = mention


def in_order_of_choice(events: list[Event]) -> list[tuple[str, str]]:
    """Return the people named and their roles, the one to contact first."""
    role_of: dict[str, int] = {}
    named: dict[str, Mention] = {}
    for event in events:
        for place, name, role in people_of(event):
            who = name.lower()
            role_of[who] = min(role_of.get(who, len(ROLES)), ROLES.index(role))
            keep_the_latest(named, who, (event["moment"], place, name))
    people = sorted(named, key=lambda who: (named[who][1], who))
    people.sort(key=lambda who: named[who][0], reverse=True)
    people.sort(key=lambda who: role_of[who])
    return [(named[who][2], ROLES[role_of[who]]) for who in people]


def own_addresses(person: str, event: Event, column: str) -> list[tuple[int, str]]:
    """Return what stands on an event for that person: all of it if alone, else their place."""
    listed, names = places(event[column]), names_in(event["contact"])
    who = person.lower()
    if names == (who,):
        return list(enumerate(listed))
    if who in names:
        place = names.index(who)
        return [(place, at_place(listed, place))]
    return []


def is_passed_over(person: str, events: list[Event], barred: Barred) -> bool:
    """Whether this person had addresses, and every one of them is barred."""
    free = known = 0
    for (column, key), lost in zip(KEYS.items(), barred, strict=True):
        for event in events:
            own = [a for _, a in own_addresses(person, event, column) if a]
            known += len(own)
            free += sum(key(a) not in lost for a in own)
    return known > 0 and free == 0


def address_of(
    person: str | None, events: list[Event], column: str, barred: frozenset[str]
) -> str | None:
    """Return the phone number or e-mail address to use, leaving out what is barred."""
    best: dict[str, Mention] = {}

    def consider(source: str, event: Event, found: Iterable[tuple[int, str]]) -> None:
        for place, address in found:
            if not address or KEYS[column](address) in barred:
                continue
            keep_the_latest(best, source, (event["moment"], place, address))

    for event in events:
        listed = places(event[column])
        if not listed:
            continue
        if person is None or not any(places(event["contact"])):
            consider("fallback", event, enumerate(listed))
        else:
            consider("own", event, own_addresses(person, event, column))
    chosen = best.get("own") or best.get("fallback")
    return chosen[2] if chosen else None


def contact_columns(events: list[Event], barred: Barred) -> dict[str, Any]:
    """Return contact, contact_role, phone and email."""
    people = in_order_of_choice(events)
    if barred != NOTHING_BARRED:
        people = [p for p in people if not is_passed_over(p[0], events, barred)]
    contact, role = people[0] if people else (None, None)
    found = {
        column: address_of(contact, events, column, lost)
        for column, lost in zip(KEYS, barred, strict=True)
    }
    return {"contact": contact, "contact_role": role, **found}
