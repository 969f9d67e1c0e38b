"""Made-up applications that crowd every awkward case into a few weeks.

Made for coverage, not realism: collisions, ties, holidays, contradictions and shared telephone
numbers are the rule. People and companies are invented; telephone numbers come from the range
555-0100 to 555-0199, which is kept for fiction.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jobsearch_stats.schema import DAY, KINDS, METHODS, REPLY_OUTCOMES, STATUS_KINDS

Objects = npt.NDArray[np.object_]
Generator = np.random.Generator

AWKWARD_DAYS = (
    date(2026, 12, 27),  # a year's end with Christmas on a Friday
    date(2028, 1, 1),  # New Year on a Saturday: observed in the year before
    date(2028, 2, 29),  # a leap day
    date(2026, 4, 5),  # Easter, with both holidays around it
    date(2026, 11, 26),  # Thanksgiving
    date(2026, 7, 4),  # on a Saturday: observed on Friday
    date(2027, 7, 4),  # on a Sunday: observed on Monday
    date(2027, 5, 6),  # Ascension Day, between two British bank holidays
    date(2024, 2, 29),
)
CLUSTER = 4  # applications that share people's numbers
NAMES = ("Ana Ruiz", "Bo Lind", "Cy Moss", "Dee Okoro", "Eli Brandt", "Fay O'Neil")
N_PEOPLE = len(NAMES)
ROLES = (None, "", "hiring_manager", "interviewer", "hr", "other")
COUNTRIES = (None, "US", "DE-BY", "GB", "not a country")
PROMISED_AFTER = (-30, -3, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 21, 40)
AWAY_UNTIL = (-9, -1, 0, 1, 2, 3, 4, 6, 9, 13, 20)
KIND_WEIGHTS = {
    "applied": 9,
    "interview": 18,
    "thank_you": 6,
    "follow_up": 34,
    "acknowledgement": 6,
    "reply": 13,
    "rejection": 3,
    "offer": 1.5,
    "withdrawn": 1.5,
    "do_not_contact": 2,
    "out_of_office": 6,
}
FOLLOW_UP_OUTCOMES = ("no_answer", "sent", "voicemail", "message_taken", "spoke", None)
FOLLOW_UP_WEIGHTS = (22, 18, 20, 16, 10, 14)


def middle_of(seed: int) -> date:
    """Return the day around which the lives of this seed lie."""
    return AWKWARD_DAYS[seed % len(AWKWARD_DAYS)]


def simulated_lives(n: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `applications` and `events` of n applications, for `ApplicationLog.from_frames`."""
    rng = np.random.default_rng(seed)
    n_events = rng.choice(10, size=n, p=np.array([2, 5, 9, 14, 15, 15, 14, 11, 8, 7]) / 100)
    owner = np.repeat(np.arange(n), n_events)
    kind = _kinds(rng, owner)
    day = _days(rng, owner, n, seed)
    people = _people(rng, owner)
    events = pd.DataFrame(
        {
            "application_id": _ids(owner),
            "date": day,
            "hour": _hours(rng, owner, n),
            "kind": kind,
            "method": _pick(rng, (None, *METHODS), len(owner)),
            "outcome": _outcomes(rng, kind),
            **people,
            "decide_by": _shifted(rng, day, PROMISED_AFTER, rng.random(len(owner)) < 0.45),
            "until": _shifted(
                rng, day, AWAY_UNTIL, (kind == "out_of_office") & (rng.random(len(owner)) < 0.8)
            ),
        }
    )
    return _applications(rng, n), events.iloc[rng.permutation(len(events))].reset_index(drop=True)


def _ids(numbers: npt.NDArray[Any]) -> Objects:
    return np.array([f"a{number}" for number in numbers], dtype=object)


def _pick(
    rng: Generator, values: tuple[Any, ...], size: int, weights: tuple[float, ...] | None = None
) -> Objects:
    pool = np.array(values, dtype=object)
    shares = None if weights is None else np.array(weights) / sum(weights)
    return pool[rng.choice(len(pool), size=size, p=shares)]


def _applications(rng: Generator, n: int) -> pd.DataFrame:
    statuses = (None, *STATUS_KINDS)
    weights = tuple({None: 40, "ghosted": 5}.get(status, 4) for status in statuses)
    number = np.arange(n)
    return pd.DataFrame(
        {
            "company": np.where(rng.random(n) < 0.95, "Firm " + number.astype("str"), None),
            "role": _pick(rng, (None, "Analyst", "Baker"), n),
            "country": _pick(rng, COUNTRIES, n),
            "status_kind": pd.Categorical(_pick(rng, statuses, n, weights), list(STATUS_KINDS)),
            "undated_interview": rng.random(n) < 0.1,
            "contact_by": pd.Categorical(_pick(rng, (None, *METHODS), n), list(METHODS)),
        },
        index=pd.Index(_ids(number), name="application_id"),
    )


def _kinds(rng: Generator, owner: npt.NDArray[Any]) -> Objects:
    """Return kinds at random; most applications have an interview, or at least were sent."""
    kind = _pick(rng, KINDS, len(owner), tuple(KIND_WEIGHTS[name] for name in KINDS))
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    opening = _pick(rng, ("interview", "applied", None), len(first), (55, 25, 20))
    kind[first] = np.where(opening == None, kind[first], opening)  # noqa: E711
    return kind


def _days(rng: Generator, owner: npt.NDArray[Any], n: int, seed: int) -> npt.NDArray[np.datetime64]:
    """Return days crowded, for each application, into a span of 1 to 45 days."""
    start = rng.integers(-24, 10, size=n)
    span = rng.choice([1, 4, 9, 16, 30, 45], size=n)
    shift = start[owner] + (rng.random(len(owner)) * span[owner]).astype("int64")
    return (np.datetime64(middle_of(seed), "D") + shift).astype(DAY)


def _hours(rng: Generator, owner: npt.NDArray[Any], n: int) -> pd.Series:
    """Return hours for all, some or none of an application's events, often the same."""
    share = rng.choice([0.0, 0.5, 0.8, 1.0], size=n)
    hour = pd.Series(rng.choice([9, 9, 11, 16], size=len(owner)), dtype="Int8")
    return hour.where(pd.Series(rng.random(len(owner)) < share[owner]))


def _outcomes(rng: Generator, kind: Objects) -> Objects:
    size = len(kind)
    outcome = np.full(size, None, dtype=object)
    followed = kind == "follow_up"
    outcome[followed] = _pick(rng, FOLLOW_UP_OUTCOMES, size, FOLLOW_UP_WEIGHTS)[followed]
    replied = kind == "reply"
    outcome[replied] = _pick(rng, (None, *REPLY_OUTCOMES), size)[replied]
    return outcome


def _shifted(
    rng: Generator,
    day: npt.NDArray[np.datetime64],
    by: tuple[int, ...],
    present: npt.NDArray[np.bool_],
) -> npt.NDArray[np.datetime64]:
    shift = rng.choice(np.array(by), size=len(day)).astype("timedelta64[D]")
    out = (day + shift).astype(DAY)
    out[~present] = np.datetime64("NaT", "s")
    return out


# --- People, their roles and addresses: lists joined by ";", not always of one length ----------


def _people(rng: Generator, owner: npt.NDArray[Any]) -> dict[str, Objects]:
    """Return contact, contact_role, phone and email of each event."""
    size = len(owner)
    # Four places of different people, drawn without replacement; most events use none or one.
    person = np.argsort(rng.random((size, N_PEOPLE)), axis=1)[:, :4]
    n_names = rng.choice(4, size=size, p=[0.3, 0.45, 0.18, 0.07])
    spelled = np.array([NAMES, [name.upper() for name in NAMES]], dtype=object)
    names = spelled[rng.choice(2, size=person.shape, p=[0.9, 0.1]), person]
    roles = _pick(rng, ROLES[1:], size * 4, (35, 15, 20, 15, 15)).reshape(size, 4)
    addresses = (owner // CLUSTER)[:, None] * N_PEOPLE + person
    return {
        "contact": _joined(rng, names, n_names),
        "contact_role": _joined(rng, roles, _about(rng, n_names, 0.6)),
        "phone": _joined(rng, _phones(rng, addresses), _about(rng, n_names, 0.45)),
        "email": _joined(rng, _emails(rng, addresses), _about(rng, n_names, 0.3)),
    }


def _about(rng: Generator, n_names: npt.NDArray[Any], share: float) -> npt.NDArray[Any]:
    """Return a list's length: mostly that of the names, sometimes one off, otherwise none."""
    off = rng.choice([-1, 0, 0, 0, 0, 1], size=len(n_names))
    length = np.clip(np.maximum(n_names, rng.integers(0, 2, len(n_names))) + off, 0, 4)
    return np.where(rng.random(len(n_names)) < share, length, 0)


def _joined(rng: Generator, parts: Objects, length: npt.NDArray[Any]) -> Objects:
    """Join the first `length` parts of each row; none at all is blank."""
    between = _pick(rng, (";", "; ", " ; "), len(parts))
    out = parts[:, 0].copy()
    for place in range(1, parts.shape[1]):
        longer = length > place
        out[longer] = out[longer] + between[longer] + parts[longer, place]
    out[length == 0] = None
    return out


def _phones(rng: Generator, number: npt.NDArray[Any]) -> Objects:
    """Write each of 10,000 numbers in one of several ways; one place in twelve is blank."""
    area = (200 + number // 100 % 100).astype("str").astype(object)
    last = ("01" + pd.Series((number % 100).ravel()).astype("str").str.zfill(2)).to_numpy(object)
    last = last.reshape(number.shape)
    forms = np.stack(
        [
            "+1 (" + area + ") 555-" + last,
            "+1 (" + area + ") 555-" + last,
            area + "-555-" + last,
            area + "-555-" + last + " ext 3",
            area + ".555." + last + "x12",
            "001" + area + "555" + last,
            "(" + area + ") 555 " + last + " Ext. 77",
            "555-" + last,
            np.full(number.shape, "", dtype=object),
        ]
    )
    which = rng.choice(len(forms), size=number.shape, p=[*[0.12] * 7, 0.08, 0.08])
    return np.take_along_axis(forms, which[None], axis=0)[0]


def _emails(rng: Generator, number: npt.NDArray[Any]) -> Objects:
    digits = number.astype("str").astype(object)
    forms = np.stack(
        [
            "p" + digits + "@example.com",
            "P" + digits + "@Example.com",
            "p" + digits + "@EXAMPLE.COM",
            np.full(number.shape, "", dtype=object),
        ]
    )
    which = rng.choice(len(forms), size=number.shape, p=[0.4, 0.3, 0.2, 0.1])
    return np.take_along_axis(forms, which[None], axis=0)[0]
