"""The rules of RFC 5545 that our calendars must keep, looked up in the bytes themselves."""

from __future__ import annotations

import re

ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "CLASS", "TRANSP")
Event = dict[str, str]
"""A property's value by its name with parameters; of the alarm with "VALARM." before it."""


def checked(content: bytes) -> list[Event]:
    """Return the events of a calendar, having checked it from the first byte to the last."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in lines:
        assert len(line) <= 75, line
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), line  # no lone CR or LF either
        line.decode("utf-8")  # a fold must not cut a character in two
    return _events(_unfolded([line.decode("utf-8") for line in lines]))


def _unfolded(lines: list[str]) -> list[tuple[str, str]]:
    whole: list[str] = []
    for line in lines:
        if line.startswith((" ", "\t")):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    properties = []
    for line in whole:
        assert re.match(r"[A-Z][A-Z-]*(;[A-Z-]+=[A-Z]+)*:", line), line
        name, _, value = line.partition(":")
        properties.append((name, value))
    return properties


def _events(properties: list[tuple[str, str]]) -> list[Event]:
    stack: list[str] = []
    head: dict[str, str] = {}
    events: list[Event] = []
    for name, value in properties:
        if name == "BEGIN":
            assert value == ("VCALENDAR", "VEVENT", "VALARM")[len(stack)]
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        else:
            target = events[-1] if len(stack) > 1 else head
            key = f"VALARM.{name}" if len(stack) > 2 else name
            assert key not in target, f"{key} stands twice"
            target[key] = value
    assert not stack
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert "METHOD" not in head  # with it an organizer would be needed
    for event in events:
        _check(event)
    uids = [event["UID"] for event in events]
    assert len(set(uids)) == len(uids)
    return events


def _check(event: Event) -> None:
    names = [name.partition(";")[0] for name in event]
    assert all(names.count(name) == 1 for name in ONCE)
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event["UID"])
    assert re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"])
    assert event["LAST-MODIFIED"] == event["DTSTAMP"]
    assert 0 <= int(event["SEQUENCE"]) < 2**31
    assert event["STATUS"] in ("CONFIRMED", "CANCELLED")
    assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
    for text in (event["SUMMARY"], event.get("DESCRIPTION", "")):
        assert not re.search(r"(?<!\\)(?:\\\\)*(?:[;,]|\\[^\\;,n])", text), text
    if any(name.startswith("VALARM.") for name in event):
        assert event["VALARM.ACTION"] == "DISPLAY"
        assert event["VALARM.DESCRIPTION"] == event["SUMMARY"]
        assert re.fullmatch(r"PT(?:(?:\d+H)?(?:\d+M)?|0S)(?<!T)", event["VALARM.TRIGGER"])


def plain(text: str) -> str:
    """Return what an escaped text says."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
