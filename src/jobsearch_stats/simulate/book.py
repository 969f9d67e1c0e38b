"""Events collected as arrays, and the frame they become."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..schema import KINDS, METHODS, OUTCOMES
from ..workdays import NO_DAY, to_dates
from .model import SearchModel

Codes = npt.NDArray[np.int64]

METHOD = {name: code for code, name in enumerate(METHODS)}
OUTCOME = {name: code for code, name in enumerate(OUTCOMES)}
_KIND = {name: code for code, name in enumerate(KINDS)}

_HOURS = {
    "applied": (8, 10),
    "acknowledgement": (11, 18),
    "interview": (9, 12),
    "thank_you": (18, 20),
    "follow_up": (9, 12),
    "out_of_office": (12, 13),
    "reply": (13, 18),
    "rejection": (13, 18),
    "offer": (13, 18),
    "withdrawn": (19, 22),
}
"""First hour, and the one after the last: in a made-up day the seeker comes first."""


@dataclass
class Book:
    """Collects events as arrays; `end` is the last day on which anything is logged."""

    end: int
    _parts: list[tuple[npt.NDArray[np.int64], ...]] = field(default_factory=list)

    def add(
        self,
        kind: str,
        app: Codes,
        day: npt.ArrayLike,
        *,
        method: npt.ArrayLike = -1,
        outcome: npt.ArrayLike = -1,
        decide_by: npt.ArrayLike = NO_DAY,
        until: npt.ArrayLike = NO_DAY,
        known_on: npt.ArrayLike | None = None,
        with_contact: bool = True,
    ) -> None:
        """Note one event per application, unless it is known only after the end."""
        values = (_KIND[kind], with_contact, day, method, outcome, decide_by, until)
        app, *rest = np.broadcast_arrays(app, *(np.asarray(v, np.int64) for v in values))
        keep = np.asarray(day if known_on is None else known_on) <= self.end
        self._parts.append(tuple(np.asarray(row, np.int64)[keep] for row in (app, *rest)))

    def to_frame(
        self, rng: np.random.Generator, *, ids: pd.Index, people: pd.DataFrame, model: SearchModel
    ) -> pd.DataFrame:
        """Return the events as a frame, with hours and contacts where the seeker logs them."""
        app, kind, with_contact, day, method, outcome, decide_by, until = (
            np.concatenate(column) for column in zip(*self._parts, strict=True)
        )
        frame = pd.DataFrame(
            {
                "application_id": pd.Categorical.from_codes(app, categories=ids),
                "date": to_dates(day),
                "hour": self._hours(rng, kind, app, len(ids), model),
                "kind": _category(kind, KINDS),
                "method": _category(method, METHODS),
                "outcome": _category(outcome, OUTCOMES),
                "decide_by": to_dates(decide_by),
                "until": to_dates(until),
            }
        )
        row = np.where(with_contact == 1, app, len(ids))
        for name in ("contact", "contact_role", "phone", "email"):
            named = people[name].astype("object")
            values = np.append(named.where(named.notna(), None).to_numpy(), [None])
            frame[name] = pd.Series(values[row], dtype="str")
        return frame

    def _hours(
        self, rng: np.random.Generator, kind: Codes, app: Codes, n: int, model: SearchModel
    ) -> pd.Series:
        low, high = (
            np.array([_HOURS.get(name, (12, 13))[at] for name in KINDS])[kind] for at in (0, 1)
        )
        logged = (rng.random(n) < model.hours_logged)[app]
        hours = pd.Series(rng.integers(low, high), dtype="Int8")
        return hours.mask(~logged)


def _category(codes: Codes, names: tuple[str, ...]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(names)))
