"""A made-up log of many seekers, seeded, its events in random order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from jobsearch_stats.log import ApplicationLog
from jobsearch_stats.schema import (
    DAY,
    EVENT_COLUMNS,
    FOLLOW_UP_OUTCOMES,
    KINDS,
    METHODS,
    OUTCOMES,
    STATUS_KINDS,
    as_applications,
)

N_APPLICATIONS = 1_000_000
N_EVENTS = 5_000_000
AS_OF = "2025-12-10"

_KIND = {name: code for code, name in enumerate(KINDS)}
_FIRST, _LAST = 20_000, 20_450  # days since 1970 on which an application is sent
_SHARES = {  # of the events that follow the application
    "interview": 0.34,
    "thank_you": 0.12,
    "follow_up": 0.28,
    "acknowledgement": 0.08,
    "reply": 0.08,
    "rejection": 0.05,
    "out_of_office": 0.03,
    "offer": 0.008,
    "withdrawn": 0.008,
    "do_not_contact": 0.004,
}
_NO_DATE = np.datetime64("NaT", "s")


def make_log(
    n: int = N_APPLICATIONS, m: int = N_EVENTS, *, with_people: float = 0.0, seed: int = 20260310
) -> ApplicationLog:
    """Return a log of n applications and m events, in random order.

    Every application is sent once; up to eight weeks of interviews, follow-ups and answers come
    after it. A share `with_people` of the events names a contact, a phone number and an e-mail
    address. Hours, countries and free text are blank.
    """
    rng = np.random.default_rng(seed)
    ids = pd.Index([f"a{i:07d}" for i in range(n)], dtype="str", name="application_id")
    code = np.concatenate([np.arange(n), rng.integers(0, n, m - n)]).astype(np.int32)
    kind = np.zeros(m, np.int8)  # the first n are the applications themselves
    names = [_KIND[name] for name in _SHARES]
    shares = np.array(list(_SHARES.values()))
    kind[n:] = rng.choice(names, m - n, p=shares / shares.sum())
    day = rng.integers(_FIRST, _LAST, n)[code]
    day[n:] += rng.integers(0, 56, m - n)
    shuffled = rng.permutation(m)
    code, kind, day = code[shuffled], kind[shuffled], day[shuffled]
    return ApplicationLog(_applications(ids, rng), _events(ids, code, kind, day, with_people, rng))


def _applications(ids: pd.Index, rng: np.random.Generator) -> pd.DataFrame:
    n = len(ids)
    companies = np.array([f"Company {i}" for i in range(5_000)], object)
    roles = np.array(["Clerk", "Nurse", "Welder", "Analyst", "Driver", "Teacher"], object)
    # most sheets have no status; some say how it ended, some that nobody answered
    status = rng.choice([-1, 0, 2, 3, 4, 5, 6], n, p=[0.6, 0.2, 0.1, 0.01, 0.04, 0.01, 0.04])
    table = pd.DataFrame(
        {
            "company": companies[rng.integers(0, len(companies), n)],
            "role": roles[rng.integers(0, len(roles), n)],
            "status_kind": pd.Categorical.from_codes(status, categories=list(STATUS_KINDS)),
        },
        index=ids,
    )
    return as_applications(table)


def _events(
    ids: pd.Index,
    code: np.ndarray,
    kind: np.ndarray,
    day: np.ndarray,
    with_people: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    m = len(code)
    is_follow_up = kind == _KIND["follow_up"]
    outcome = np.where(is_follow_up, rng.integers(-1, len(FOLLOW_UP_OUTCOMES), m), -1)
    replied = np.flatnonzero(kind == _KIND["reply"])
    outcome[replied] = rng.choice(
        [-1, *range(len(FOLLOW_UP_OUTCOMES), len(OUTCOMES))], len(replied)
    )
    may_promise = is_follow_up | np.isin(kind, [_KIND["interview"], _KIND["reply"]])
    promised = may_promise & (rng.random(m) < 0.4)
    away = kind == _KIND["out_of_office"]
    method = np.where(kind == _KIND["applied"], METHODS.index("portal"), -1)
    columns = {
        "application_id": pd.Categorical.from_codes(code, ids),
        "date": _dates(day, np.ones(m, bool)),
        "hour": pd.arrays.IntegerArray(np.zeros(m, np.int8), np.ones(m, bool)),
        "kind": pd.Categorical.from_codes(kind, dtype=EVENT_COLUMNS["kind"]),
        "method": pd.Categorical.from_codes(method, dtype=EVENT_COLUMNS["method"]),
        "outcome": pd.Categorical.from_codes(outcome, dtype=EVENT_COLUMNS["outcome"]),
        **_people(code, with_people, rng),
        # a few promises lie before their own event, as mistyped dates do
        "decide_by": _dates(day + rng.integers(-1, 22, m), promised),
        "until": _dates(day + rng.integers(1, 15, m), away),
        "note": _blank(m),
        "source_row": pd.array(np.arange(1, m + 1), dtype="Int64"),
    }
    return pd.DataFrame(columns, copy=False)


def _dates(day: np.ndarray, known: np.ndarray) -> np.ndarray:
    return np.where(known, day.astype("datetime64[D]").astype(DAY), _NO_DATE)


def _people(code: np.ndarray, share: float, rng: np.random.Generator) -> dict[str, object]:
    """Return the columns of contacts: of each application one of three people of its own."""
    m = len(code)
    names = ("contact", "contact_role", "phone", "email")
    if not share:
        return {name: _blank(m) for name in names}
    at = np.flatnonzero(rng.random(m) < share)
    number = code[at].astype(np.int64) * 3 + rng.integers(0, 3, len(at))
    roles = np.array(["hiring_manager", "interviewer", "hr"], object)
    values = {
        "contact": [f"Contact {i}" for i in number.tolist()],
        "contact_role": roles[number % 3],
        "phone": [f"555-01{i:07d}" for i in number.tolist()],  # nobody's: too long for one
        "email": [f"c{i}@example.com" for i in number.tolist()],
    }
    columns = {}
    for name in names:
        column = np.full(m, np.nan, object)
        column[at] = values[name]
        columns[name] = pd.array(column, dtype="str")
    return columns


def _blank(m: int) -> pd.api.extensions.ExtensionArray:
    return pd.array(np.full(m, np.nan, object), dtype="str")
