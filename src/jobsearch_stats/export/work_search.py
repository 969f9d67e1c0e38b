"""`work_search_record`: what was done to find work, week by week, as a job centre asks for it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..errors import SettingError
from ..facts import Codes
from ..log import ApplicationLog, check_log
from ..schema import DAY, METHODS, as_day
from ..strategies import WEEKDAYS
from ..workdays import NO_DAY, Days, to_dates, to_days
from .activities import ACTS, activities, told
from .outcomes import results
from .words import full_day

WEEK_COLUMNS = (
    "week_starting",
    "week_ending",
    "activities",
    "applications",
    "interviews",
    "thank_yous",
    "follow_ups",
    "employers",
)
_COUNTS = dict(zip(ACTS, ("applications", "interviews", "thank_yous", "follow_ups"), strict=True))
_MONDAY_IS_0 = 3  # day number 0 is a Thursday


def work_search_record(
    log: ApplicationLog,
    *,
    as_of: object,
    since: object = None,
    until: object = None,
    week_starts: str = "monday",
) -> pd.DataFrame:
    """Return what you did to find work, one row per activity, as an office asks for it.

    It says what was done, where, how, with whom, and what came of it. It holds none of your notes,
    strengths or judgements: it is made to be handed over. `number_in_week` shows at a glance
    whether a week has as many as are asked for.

    Parameters
    ----------
    log
        The search.
    as_of
        The day: text ("2026-03-10"), a date or a Timestamp. What is dated later is not in it.
    since, until
        First and last day of the record, both inclusive; None: no limit. What came of an activity
        is said as it is known on `as_of`, whatever `until` is.
    week_starts
        The first day of a week: "monday", "sunday", or another day.

    Returns
    -------
    pandas.DataFrame
        Oldest first, one row per application, day, kind and method:

        - `week_starting`, `date`: ``datetime64[s]``; `number_in_week`: 1, 2, 3 ... (int64);
        - `company`, `role`; `activity`: what was done; `method`: how, one of the log's methods;
        - `contact`, `phone`, `email`: with whom, several joined by "; ";
        - `result`: what has come of it so far; `source`, `url`: where the vacancy was found;
        - `kind`: applied, interview, thank_you or follow_up; `application_id`.

        ``.attrs["notes"]`` holds sentences on what is in it and how much has no date.

    Raises
    ------
    SettingError
        If a day or `week_starts` cannot be used, or `since` is after `until`.

    References
    ----------
    What work-search logs of US states, Universal Credit and the German Eigenbemühungen have in
    common: date, employer, how, with whom, which position, with what result. How a week is
    counted differs; so unanswered calls and thank-yous are in it, and named as such.

    Examples
    --------
    >>> import pandas as pd
    >>> log = ApplicationLog.from_frames(
    ...     pd.DataFrame({"company": ["Acme"]}, index=["a1"]),
    ...     pd.DataFrame({"application_id": ["a1", "a1"], "date": ["2026-03-03", "2026-03-06"],
    ...                   "kind": ["applied", "rejection"]}),
    ... )
    >>> work_search_record(log, as_of="2026-03-10")[["activity", "result"]].iloc[0].tolist()
    ['Applied for the position', 'rejected on 6 March 2026']
    """
    check_log(log)
    day, first, last = _days(as_of, since, until)
    events = told(log, day)
    done = activities(events, log)
    on = events.day[done.first]
    use = np.flatnonzero((on >= first) & (on <= last))
    use = use[np.lexsort((done.first[use], on[use]))]
    at, on = done.first[use], on[use]
    week = week_of(on, week_starts)
    apps = log.applications.iloc[events.code[at]]
    columns = {
        "week_starting": to_dates(week),
        "number_in_week": _numbers(week),
        "date": to_dates(on),
        "company": apps["company"].array,
        "role": apps["role"].array,
        "activity": pd.array(done.activity[use], dtype="str"),
        "method": _methods(events.method[at]),
        **{name: pd.array(texts[use], dtype="str") for name, texts in done.person.items()},
        "result": pd.array(results(events, at, log), dtype="str"),
        "source": apps["source"].array,
        "url": apps["url"].array,
        "kind": log.events["kind"].iloc[events.row[at]].cat.set_categories(list(ACTS)).array,
        "application_id": pd.array(apps.index.to_numpy(object), dtype="str"),
    }
    out = pd.DataFrame(columns)
    out.attrs["notes"] = _notes(log, out, day, last, since)
    return out


def _methods(codes: Codes) -> pd.Categorical:
    dtype: pd.CategoricalDtype = pd.CategoricalDtype(list(METHODS))
    return pd.Categorical.from_codes(codes, dtype=dtype)  # type: ignore[return-value, call-overload]


def _days(as_of: object, since: object, until: object) -> tuple[np.int32, np.int32, np.int32]:
    """Return the day, and the first and last day of the record."""
    day = _number(as_of, "as_of")
    first = np.int32(NO_DAY + 1) if since is None else _number(since, "since")
    last = day if until is None else _number(until, "until")
    if since is not None and until is not None and first > last:
        raise SettingError(
            f"since={since!r} is after until={until!r}. Swap them, or leave one out.",
            name="since",
            value=since,
        )
    return day, first, np.minimum(day, last)


def _number(value: object, name: str) -> np.int32:
    return np.int32(to_days([np.datetime64(as_day(value, name=name))])[0])


def week_of(day: Days, week_starts: str) -> Days:
    """Return the first day of the week of each day.

    Raises
    ------
    SettingError
        If `week_starts` is no day of the week.
    """
    names = [name.casefold() for name in WEEKDAYS]
    name = week_starts.strip().casefold() if isinstance(week_starts, str) else ""
    if name not in names:
        raise SettingError(
            f"week_starts={week_starts!r} is no day of the week. Pass "
            f"{', '.join(names[:-1])} or {names[-1]}.",
            name="week_starts",
            value=week_starts,
        )
    return day - (day + _MONDAY_IS_0 - names.index(name)) % 7


def _numbers(week: Days) -> np.ndarray:
    """Count the rows of each week; weeks are in order."""
    first = np.flatnonzero(np.diff(week, prepend=NO_DAY))
    size = np.diff(first, append=len(week))
    return np.arange(len(week)) - np.repeat(first, size) + 1


def _notes(
    log: ApplicationLog, record: pd.DataFrame, day: np.int32, last: np.int32, since: object
) -> list[str]:
    as_of, end = (full_day(pd.Timestamp(date)) for date in to_dates([day, last]))
    begin = "" if since is None else f"from {full_day(as_day(since, name='since'))} "
    known = "that day" if as_of == end else f"on {as_of}"
    n = _counted(len(record), "activity", "activities")
    notes = [
        f"{n} {begin}up to {end}, with what was known of them {known}. What was done on one day "
        "for one application in one way is one activity."
    ]
    return notes + _undated(log)


def _undated(log: ApplicationLog) -> list[str]:
    """Say how much there is without a date: it is not in the record."""
    applied = log.events.loc[log.events["kind"] == "applied", "application_id"]
    n_applications = int((~log.applications.index.isin(applied.astype("str"))).sum())
    n_interviews = int(log.applications["undated_interview"].sum())
    parts = []
    if n_applications:
        parts.append(_counted(n_applications, "application", "applications"))
    if n_interviews:
        parts.append(_counted(n_interviews, "interview", "interviews"))
    if not parts:
        return []
    verb = "is" if n_applications + n_interviews == 1 else "are"
    return [f"{' and '.join(parts)} without a date {verb} not in it."]


def _counted(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def weeks_of(
    record: pd.DataFrame,
    *,
    as_of: object,
    since: object = None,
    until: object = None,
    week_starts: str = "monday",
) -> pd.DataFrame:
    """Return the totals of a record's weeks, those without any activity as well.

    Parameters
    ----------
    record
        What `work_search_record` gave.
    as_of, since, until, week_starts
        As they were given there. The weeks go from `since`, else from the first activity, to
        `until` or `as_of`, whichever is first.

    Returns
    -------
    pandas.DataFrame
        `week_starting`, `week_ending` (``datetime64[s]``); `activities`, the sum of
        `applications`, `interviews`, `thank_yous` and `follow_ups`; `employers`: how many
        different ones (int64).
    """
    _, first, last = _days(as_of, since, until)
    week = to_days(record["week_starting"].to_numpy())
    begin = week[:1] if since is None else week_of(np.array([first], np.int32), week_starts)
    weeks = np.arange(begin[0], last + 1, 7, dtype=np.int32) if len(begin) else week
    place = np.searchsorted(weeks, week)
    kind = record["kind"].astype("str").to_numpy(object)
    out = {
        "week_starting": to_dates(weeks),
        "week_ending": to_dates(weeks + 6),
        "activities": np.bincount(place, minlength=len(weeks)),
    }
    for name, column in _COUNTS.items():
        out[column] = np.bincount(place[kind == name], minlength=len(weeks))
    pairs = {*zip(place.tolist(), _employers(record), strict=True)}
    out["employers"] = np.bincount([at for at, _ in pairs], minlength=len(weeks)).astype("int64")
    return pd.DataFrame(out)[list(WEEK_COLUMNS)].astype({"week_starting": DAY, "week_ending": DAY})


def _employers(record: pd.DataFrame) -> list[str]:
    """Return the names by which employers are told apart; one without a name is one of its own."""
    names = record["company"].fillna("").str.casefold().str.split().str.join(" ")
    return names.where(names != "", record["application_id"]).tolist()
