"""Which interview each card of a ledger belongs to, and which interviews are to get one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import DataError
from .facts import Bools
from .follow_ups import follow_ups
from .interviews import Interviews
from .ledger import Ledger
from .log import ApplicationLog
from .windows import Windows
from .workdays import NO_DAY, Days, to_dates, to_days

MOVED_BY = 31
"""An interview dated anew by at most so many days keeps its card."""

_OPEN = ("waiting", "due", "overdue")

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Placed:
    """Which interview each card belongs to: its place, -1 for none; and which were moved."""

    unit: Places
    moved: Bools
    known: Bools
    """Whether the card's application is in the log."""


def place(book: Ledger, log: ApplicationLog, units: Interviews) -> Placed:
    """Return the interview of each card: that day's, else the nearest of the application.

    Raises
    ------
    DataError
        If there are cards, and the log has none of their applications.
    """
    code = log.applications.index.get_indexer(pd.Index(book.cards["application_id"]))
    if len(code) and (code < 0).all():
        raise DataError(
            f"ledger {book.path.name!r} is of another search: none of the applications of its "
            f"{len(code):,} cards is in this log. Name the ledger of this search.",
            column="application_id",
        )
    day = to_days(book.cards["interview_on"].to_numpy())
    held = pd.MultiIndex.from_arrays([units.application, units.start])
    unit = held.get_indexer(pd.MultiIndex.from_arrays([code, day])).astype(np.int64)
    unit[code < 0] = -1
    moved = np.zeros(len(unit), bool)
    lost = np.flatnonzero((unit < 0) & (code >= 0))
    if lost.size and len(units):
        found = _nearest(units, np.setdiff1d(np.arange(len(units)), unit), code[lost], day[lost])
        unit[lost], moved[lost] = found, found >= 0
    return Placed(unit, moved, code >= 0)


def _nearest(units: Interviews, free: Places, code: Places, day: Days) -> Places:
    """Return the nearest free interview of each application; each is given once, -1 for none."""
    there = pd.DataFrame(
        {"code": units.application[free], "day": units.start[free].astype(np.int64), "unit": free}
    )
    asked = pd.DataFrame({"code": code, "day": day.astype(np.int64), "at": np.arange(code.size)})
    both = pd.merge_asof(
        asked.sort_values("day", kind="stable"),
        there.astype({"code": asked["code"].dtype}).sort_values("day", kind="stable"),
        on="day",
        by="code",
        direction="nearest",
        tolerance=MOVED_BY,
    )
    both = both.dropna(subset="unit").drop_duplicates("unit")
    out = np.full(code.size, -1, np.int64)
    out[both["at"].to_numpy()] = both["unit"].to_numpy(np.int64)
    return out


@dataclass(frozen=True)
class Chosen:
    """The interviews that get a card now, and how many do not and why."""

    fresh: Places
    n_alike: int
    n_late: int
    held_back: list[tuple[str, str]]
    """Applications that are held back, each with the id that its interview has in the ledger."""


def choose(
    log: ApplicationLog,
    units: Interviews,
    placed: Placed,
    windows: list[Windows],
    book: Ledger,
) -> Chosen:
    """Return the open interviews without a card that are to get one, in the order to deal."""
    standing = follow_ups(log, as_of=to_dates(units.observed[:1])[0]) if len(units) else None
    open_ = _open(log, units, standing)
    open_[placed.unit[placed.unit >= 0]] = False
    firsts = np.stack([window.first for window in windows])
    lasts = np.stack([window.last for window in windows])
    alike = (firsts == firsts[0]).all(axis=0)
    late = ((lasts < units.observed) & (lasts != NO_DAY)).any(axis=0)
    fresh = np.flatnonzero(open_ & ~alike & ~late)
    order = np.lexsort((log.applications.index[units.application[fresh]], units.start[fresh]))
    fresh = fresh[order]
    twin = _renamed(log, units, fresh, placed, book)
    ids = log.applications.index[units.application[fresh]]
    held = [(new, old) for new, old in zip(ids, twin, strict=True) if old is not None]
    return Chosen(
        fresh=fresh[np.array([old is None for old in twin], bool)],
        n_alike=int((open_ & alike).sum()),
        n_late=int((open_ & ~alike & late).sum()),
        held_back=held,
    )


def _open(log: ApplicationLog, units: Interviews, standing: pd.DataFrame | None) -> Bools:
    """Say which interviews still wait: no follow-up, no answer, not ended, none ahead."""
    if standing is None:
        return np.zeros(0, bool)
    waits = standing["state"].isin(_OPEN) & standing["next_interview_on"].isna()
    waiting = waits.reindex(log.applications.index, fill_value=False).to_numpy(bool)
    none = [units.follow_up, units.answered, units.competing]
    return np.logical_and.reduce(
        [waiting[units.application], ~units.undated, *(days == NO_DAY for days in none)]
    )


def _renamed(
    log: ApplicationLog, units: Interviews, fresh: Places, placed: Placed, book: Ledger
) -> list[str | None]:
    """Return, per interview, the id under which one of that day has a card, but is not in the log.

    Only where the interview's own application has no card.
    """
    gone = book.cards[~placed.known].drop_duplicates("interview_on", keep="last")
    by_day = dict(zip(gone["interview_on"], gone["application_id"], strict=True))
    ids = log.applications.index[units.application[fresh]]
    has_card = ids.isin(book.cards["application_id"])
    days = pd.Series(to_dates(units.start[fresh]))
    return [None if has else by_day.get(day) for day, has in zip(days, has_card, strict=True)]
