"""What came of an activity, as far as it is known: "interview on 3 March 2026; rejected on ..."."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..facts import KIND, OUTCOME, Bools, category_codes
from ..log import ApplicationLog
from ..schema import STATUS_KINDS
from ..workdays import NO_DAY, Days, to_dates
from .activities import Places, Told
from .words import full_day

Texts = npt.NDArray[np.object_]

_ENDINGS = {
    "offer": "offer on {}",
    "rejection": "rejected on {}",
    "withdrawn": "withdrawn on {}",
    "do_not_contact": "they asked for no further contact on {}",
}
_LAST = np.iinfo(np.int64).max
_FIRST_UNDATED = _LAST - 1


def results(events: Told, at: Places, log: ApplicationLog) -> Texts:
    """Return what followed each activity, in the order in which it came.

    Parameters
    ----------
    events
        The events up to the day.
    at
        The places of the activities.
    log
        The search: statuses without a date are said without one.
    """
    parts = [
        _interviews(events, at),
        _invitation(events, at),
        *(_latest(events, at, events.which(kind), text) for kind, text in _ENDINGS.items()),
        _ahead(events, at),
        *_undated(events, at, log),
    ]
    places = np.stack([place for place, _ in parts])
    texts = np.stack([text for _, text in parts])
    order = np.argsort(places, axis=0, kind="stable")
    texts = np.take_along_axis(texts, order, axis=0)
    some = np.take_along_axis(places, order, axis=0) < _LAST
    said = [
        "; ".join(text for text, known in zip(row, use, strict=True) if known)
        for row, use in zip(texts.T.tolist(), some.T.tolist(), strict=True)
    ]
    out = np.array([*said, None], object)[:-1]
    silent = ~some.any(axis=0)
    out[silent] = _answers(events, at, log)[silent]
    return out


def _said(text: str, days: Days) -> Texts:
    """Return the text with each of the days in words."""
    different, place = np.unique(days, return_inverse=True)
    words = ["" if day == NO_DAY else text.format(full_day(pd.Timestamp(date)))
             for day, date in zip(different, to_dates(different), strict=True)]  # fmt: skip
    return np.array([*words, ""], object)[place]


def _found(events: Told, at: Places, which: Bools) -> tuple[Places, Places]:
    """Return, per activity, how many of these events came after it, and the place of the last."""
    count = np.cumsum(which)
    place = np.append(np.flatnonzero(which), -1)
    until = count[events.stop[at] - 1]
    return until - count[at], place[until - 1]


def _latest(events: Told, at: Places, which: Bools, text: str) -> tuple[Places, Texts]:
    """Return the place of the latest such event after each activity, and what is said of it."""
    n, place = _found(events, at, which)
    return np.where(n > 0, place, _LAST), _said(text, events.day[place])


def _is_interview_day(events: Told) -> Bools:
    """Say which events are the first interview of their application and day."""
    met = events.which("interview")
    places = np.flatnonzero(met)
    again = (np.diff(events.code[places]) == 0) & (np.diff(events.day[places]) == 0)
    met[places[1:][again]] = False
    return met


def _interviews(events: Told, at: Places) -> tuple[Places, Texts]:
    met = _is_interview_day(events)
    n, _ = _found(events, at, met)
    place, words = _latest(events, at, met, "interview on {}")
    for row in np.flatnonzero(n > 1):
        words[row] = words[row].replace("interview", f"{n[row]} interviews, the last", 1)
    return place, words


def _invitation(events: Told, at: Places) -> tuple[Places, Texts]:
    """Return the invitation where no interview followed it."""
    invited = events.which("reply") & (events.outcome == OUTCOME["invited"])
    place, words = _latest(events, at, invited, "invited to an interview on {}")
    after, _ = _found(events, np.where(place < _LAST, place, at), events.which("interview"))
    agreed = events.line.appointment[events.code[at]] != NO_DAY
    return np.where((after > 0) | agreed, _LAST, place), words


def _ahead(events: Told, at: Places) -> tuple[Places, Texts]:
    day = events.line.appointment[events.code[at]]
    return np.where(day != NO_DAY, _FIRST_UNDATED, _LAST), _said("interview agreed for {}", day)


def _undated(events: Told, at: Places, log: ApplicationLog) -> list[tuple[Places, Texts]]:
    """Return what the status says and no date does."""
    code = events.code[at]
    status = category_codes(log.applications["status_kind"], STATUS_KINDS)[code]
    ended = ~events.line.ever_closed[code]
    out = []
    for name in ("offer", "rejected", "withdrawn"):
        holds = ended & (status == STATUS_KINDS.index(name))
        out.append((holds, f"{name} (date not noted)"))
    met = np.zeros(events.line.n, bool)
    met[events.code[events.which("interview")]] = True
    undated = log.applications["undated_interview"].to_numpy(bool)[code] & ~met[code]
    undated &= events.kind[at] == KIND["applied"]
    out.insert(0, (undated, "interview (date not noted)"))
    return [
        (np.where(holds, _FIRST_UNDATED, _LAST), np.full(len(at), text, object))
        for holds, text in out
    ]


def _answers(events: Told, at: Places, log: ApplicationLog) -> Texts:
    """Return the latest answer of those of whom there is nothing more to say."""
    answer = np.full(len(at), "no answer yet", object)
    talked = events.kind[at] == KIND["interview"]
    talked |= (events.kind[at] == KIND["follow_up"]) & (events.outcome[at] == OUTCOME["spoke"])
    answer[talked] = "no decision yet"
    status = category_codes(log.applications["status_kind"], STATUS_KINDS)
    answer[status[events.code[at]] == STATUS_KINDS.index("ghosted")] = "no answer"
    replied = events.which("reply")
    no = replied & (events.outcome == OUTCOME["negative"])
    for which, text in (
        (events.which("acknowledgement"), "receipt confirmed on {}"),
        (replied, "answered on {}"),
    ):
        place, words = _latest(events, at, which, text)
        known = place < _LAST
        answer[known] = words[known]
    place, words = _latest(events, at, replied, "negative answer on {}")
    last_is_no = (place < _LAST) & no[np.minimum(place, len(no) - 1)]
    answer[last_is_no] = words[last_is_no]
    return answer
