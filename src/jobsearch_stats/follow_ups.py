"""`follow_ups`: the state of every contact on a day, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .contacts import Contacts, choose_contacts
from .due import Due, days_due
from .errors import SettingError, UnknownNameError
from .facts import Bools, Facts, Ints, application_codes, category_codes, facts, timeline
from .log import ApplicationLog
from .reasons import parts_of, sentences
from .schema import METHODS, STAGES, STATES, STATUS_KINDS, as_day
from .strategies import DAY_AFTER, FAR_PROMISE_DAYS, STRATEGIES, Strategy, strategy_named
from .workdays import NO_DAY, WorkCalendar, is_known_country, to_dates, to_days

WAITING, DUE, OVERDUE, ABANDONED, CLOSED = range(len(STATES))

_NEEDED = ["company", "role", "country", "status_kind", "contact_by"]  # of `applications`


def follow_ups(
    log: ApplicationLog,
    *,
    as_of: object,
    strategy: Strategy | str | pd.Series = DAY_AFTER,
    stages: Sequence[str] = ("interview",),
) -> pd.DataFrame:
    """Return the state of every contact on a day: who is due, overdue, to be let go, and why.

    Parameters
    ----------
    log
        The search.
    as_of
        The day: text ("2026-03-10"), a date or a Timestamp. Events after it do not exist, but for
        the interview that is already agreed.
    strategy
        When to follow up; a strategy, its name, or a Series of them by application (applications
        that it leaves out follow `DAY_AFTER`).
    stages
        ``"interview"``: what has reached one (or has one ahead). ``"application"``: what was only
        applied for as well (R19).

    Returns
    -------
    pandas.DataFrame
        Index `application_id`, in the order of `log.applications`, one row each:

        - `company`, `role`; `contact`, `contact_role`, `phone`, `email`: whom to contact (R18);
        - `stage`: "interview" or "application";
        - `state`: one of waiting, due, overdue, abandoned, closed;
        - `clock_on`: day on which the waiting began; `decide_by`: the date they named, if it holds;
        - `n_messages`, `n_attempts`: since then; `last_message_on`;
        - `due_on`, `due_until`: when to follow up; `call_on`: the next allowed day to do it;
        - `abandon_on`: when silence counts as a no, once all messages are spent;
        - `next_interview_on`: an interview that is ahead;
        - `days_overdue`: calendar days since `due_until`, 0 if it is not overdue;
        - `method`: "phone" or "email"; `reason`: a sentence with the rules and dates behind it.

        Dates are ``datetime64[s]``, NaT where there is none.

    Raises
    ------
    SettingError
        If `as_of`, `stages` or the strategy's country cannot be used.
    UnknownNameError
        If there is no strategy of that name.

    References
    ----------
    Rules R1 to R8 and R14 to R20 in docs/rules.md.

    Examples
    --------
    >>> import pandas as pd
    >>> log = ApplicationLog.from_frames(
    ...     pd.DataFrame({"company": ["Acme"]}, index=["a1"]),
    ...     pd.DataFrame({"application_id": ["a1"], "date": ["2026-03-02"],
    ...                   "kind": ["interview"], "decide_by": ["2026-03-06"]}),
    ... )
    >>> row = follow_ups(log, as_of="2026-03-10").loc["a1"]
    >>> print(row["state"])
    due
    >>> print(row["reason"])  # doctest: +NORMALIZE_WHITESPACE
    They said Friday 6 March; the next day you may call is Tuesday 10 March: not on a weekend, not
    on a Monday (R1, R3).
    """
    return standing(log, as_of=as_of, strategy=strategy, stages=stages).table


@dataclass(frozen=True)
class Standing:
    """The table of `follow_ups`, with the facts and contacts of its rows."""

    table: pd.DataFrame
    facts: Facts
    contacts: Contacts


def standing(
    log: ApplicationLog,
    *,
    as_of: object,
    strategy: Strategy | str | pd.Series,
    stages: Sequence[str],
) -> Standing:
    """Return the table of `follow_ups` and what it was made of."""
    day = to_days([np.datetime64(as_day(as_of, name="as_of"))])[0]
    wanted = _stages(stages)
    line = timeline(log, day)
    known = facts(log, line)
    contacts = choose_contacts(log.events, line, application_codes(log))
    del line  # the largest of the arrays
    in_interview = known.has_interview | (known.appointment != NO_DAY)
    in_application = ~in_interview & known.has_applied
    rows = np.flatnonzero(
        (in_interview if "interview" in wanted else False)
        | (in_application if "application" in wanted else False)
    )
    out = _Table(len(rows))
    known = known.take(rows)
    apps = log.applications[_NEEDED]
    apps = apps.iloc[rows] if len(rows) < len(apps) else apps
    people = contacts.take(rows)
    for group in groups(apps, strategy):
        _fill(out, group, known, people, apps, day)
    return Standing(_frame(out, known, people, apps, in_interview[rows]), known, people)


def _stages(stages: Sequence[str]) -> set[str]:
    wanted = [stages] if not isinstance(stages, Iterable) or isinstance(stages, str) else [*stages]
    if not wanted or any(stage not in STAGES for stage in wanted):
        raise SettingError(
            f"stages={stages!r} must hold 'interview', 'application', or both.",
            name="stages",
            value=stages,
        )
    return set(wanted)


@dataclass(frozen=True)
class Group:
    """Applications that share a strategy and a country."""

    rows: Ints
    strategy: Strategy
    country: str | None


def groups(apps: pd.DataFrame, strategy: Strategy | str | pd.Series) -> Iterator[Group]:
    """Divide applications by strategy and country; the log's country comes first."""
    place, countries = _countries(apps["country"])
    rule, strategies = _strategies(apps.index, strategy)
    both = rule * len(countries) + place
    for number in np.unique(both):
        chosen = strategies[number // len(countries)]
        country = countries[number % len(countries)]
        yield Group(np.flatnonzero(both == number), chosen, country or chosen.country)


def _countries(column: pd.Series) -> tuple[Ints, list[str | None]]:
    """Return a number per application, and the country of each number; None: not known."""
    codes, texts = pd.factorize(column.to_numpy(dtype=object))
    names = [str(text).strip().upper() for text in texts]
    known: list[str | None] = [None, *sorted({n for n in names if n and is_known_country(n)})]
    numbers = [known.index(name) if name in known else 0 for name in names]
    return np.array([*numbers, 0], np.int64)[codes], known


def _strategies(
    index: pd.Index, strategy: Strategy | str | pd.Series
) -> tuple[Ints, list[Strategy]]:
    """Return a number per application, and the strategy of each number."""
    if not isinstance(strategy, pd.Series):
        return np.zeros(len(index), np.int64), [_strategy(strategy)]
    codes, values = pd.factorize(_dealt(strategy, index).to_numpy(dtype=object))
    return codes.astype(np.int64) % (len(values) + 1), [*map(_strategy, values), DAY_AFTER]


def _dealt(strategy: pd.Series, ids: pd.Index) -> pd.Series:
    """Return the strategy of each id; ids are text, in the Series as in the log."""
    of = strategy.index.astype("str")
    if not of.is_unique:
        twice = of[of.duplicated()][0]
        raise SettingError(
            f"strategy has the application {twice!r} twice. Deal each application one strategy.",
            name="strategy",
            value=twice,
        )
    return strategy.set_axis(of).reindex(ids)


def strategies_of(strategy: Strategy | str | pd.Series, ids: pd.Index) -> pd.Series:
    """Return the strategy of each application, as an object column."""
    if not isinstance(strategy, pd.Series):
        return pd.Series([_strategy(strategy)] * len(ids), index=ids, dtype=object)
    dealt = _dealt(strategy, ids)
    return pd.Series(
        [DAY_AFTER if pd.isna(value) else _strategy(value) for value in dealt],
        index=ids,
        dtype=object,
    )


def _strategy(value: object) -> Strategy:
    if isinstance(value, Strategy):
        return value
    if isinstance(value, str):
        return strategy_named(value)
    raise UnknownNameError(
        f"strategy={value!r} is neither a Strategy nor the name of one; there are "
        f"{', '.join(STRATEGIES)}.",
        name=value,
        known=STRATEGIES,
    )


class _Table:
    """The columns that a group fills in, one element per row."""

    def __init__(self, n: int) -> None:
        self.state = np.zeros(n, np.int8)
        self.due = np.full(n, NO_DAY, np.int32)
        self.due_until = np.full(n, NO_DAY, np.int32)
        self.call_on = np.full(n, NO_DAY, np.int32)
        self.abandon = np.full(n, NO_DAY, np.int32)
        self.method = np.zeros(n, np.int8)
        self.days_overdue = np.zeros(n, np.int32)
        self.reason = np.empty(n, object)


def _fill(
    out: _Table,
    group: Group,
    known: Facts,
    people: Contacts,
    apps: pd.DataFrame,
    as_of: np.int32,
) -> None:
    """Work out the states of one group and put them into the table."""
    rows, strategy = group.rows, group.strategy
    whole = len(rows) == len(out.state)
    here = known if whole else known.take(rows)
    whom = people if whole else people.take(rows)
    calendar = calendar_of(here, group, as_of)
    today = calendar.on_or_after(np.array([as_of], np.int32))[0]
    due = days_due(here, strategy, as_of=as_of, calendar=calendar)
    by_email = _by_email(here, whom, apps["contact_by"].iloc[rows], strategy)
    state = _states(here, whom, due, as_of)
    ahead = here.appointment != NO_DAY
    idle = (state == CLOSED) | (state == ABANDONED) | ahead
    for days in (due.due, due.due_until):
        days[idle] = NO_DAY
    due.abandon[(state == CLOSED) | ahead] = NO_DAY
    late = (state == DUE) | (state == OVERDUE)
    out.state[rows] = state
    out.due[rows], out.due_until[rows] = due.due, due.due_until
    out.call_on[rows] = np.where(late, today, due.due)
    out.abandon[rows] = due.abandon
    out.days_overdue[rows] = np.where(state == OVERDUE, as_of - due.due_until, 0)
    out.method[rows] = np.where(by_email, METHODS.index("email"), METHODS.index("phone"))
    status = category_codes(apps["status_kind"], STATUS_KINDS)[rows]
    parts = parts_of(here, due, state, barred=whom.barred, by_email=by_email, status=status)
    out.reason[rows] = sentences(
        parts, strategy=strategy, calendar=calendar, as_of=int(as_of), call_on=int(today)
    )


def calendar_of(here: Facts, group: Group, as_of: np.int32) -> WorkCalendar:
    """Return the allowed days around everything that may be asked for."""
    s = group.strategy
    reach = np.int32(
        abs(s.days_after_promise) + s.days_without_promise + 3 * s.days_between_messages
    )
    at_hand = [here.clock, here.promise, here.last_message, here.last_attempt, here.until]
    days = np.concatenate([*at_hand, np.array([as_of], np.int32)])
    days = days[days != NO_DAY]
    return WorkCalendar(
        np.concatenate([days, days + reach, days - np.int32(abs(s.days_after_promise))]),
        weekend=s.weekend,
        avoid=s.avoid,
        country=group.country,
        first_workday_is_monday=s.first_workday_is_monday,
    )


def _by_email(here: Facts, whom: Contacts, contact_by: pd.Series, strategy: Strategy) -> Bools:
    """Say which rows are written to (the others are called)."""
    n = len(here.clock)
    if strategy.method == "email":
        return np.ones(n, bool)
    only_email = pd.isna(whom.phone) & ~pd.isna(whom.email)
    if strategy.method == "phone":
        return only_email
    asked = (contact_by == "email").to_numpy()
    far = (here.promise != NO_DAY) & (
        here.promise.astype(np.int64) - here.clock >= FAR_PROMISE_DAYS
    )
    return only_email | asked | far


def _states(here: Facts, whom: Contacts, due: Due, as_of: np.int32) -> npt.NDArray[np.int8]:
    """Return exactly one state per row: the first that holds."""
    spent = due.abandon != NO_DAY
    closed = (here.told_never != NO_DAY) | whom.barred
    closed |= (here.ended != NO_DAY) | here.ended_by_status
    return np.select(
        [
            closed,
            here.appointment != NO_DAY,
            here.ghosted | (spent & (as_of >= due.abandon)),
            spent | (as_of < due.due) | (due.due == NO_DAY),
            as_of <= due.due_until,
        ],
        [np.int8(s) for s in (CLOSED, WAITING, ABANDONED, WAITING, DUE)],
        np.int8(OVERDUE),
    )


def _frame(
    out: _Table, known: Facts, people: Contacts, apps: pd.DataFrame, in_interview: Bools
) -> pd.DataFrame:
    # copies: who writes into the table must not write into the log
    columns = {
        "company": apps["company"].array.copy(),
        "role": apps["role"].array.copy(),
        "contact": _text(people.contact),
        "contact_role": _text(people.contact_role),
        "phone": _text(people.phone),
        "email": _text(people.email),
        "stage": _category((~in_interview).astype(np.int8), STAGES),
        "state": _category(out.state, STATES),
        "clock_on": to_dates(known.clock),
        "decide_by": to_dates(known.promise),
        "n_messages": known.n_messages,
        "n_attempts": known.n_attempts,
        "last_message_on": to_dates(known.last_message),
        "due_on": to_dates(out.due),
        "due_until": to_dates(out.due_until),
        "call_on": to_dates(out.call_on),
        "abandon_on": to_dates(out.abandon),
        "next_interview_on": to_dates(known.appointment),
        "days_overdue": out.days_overdue,
        "method": _category(out.method, METHODS),
        "reason": _text(out.reason),
    }
    return pd.DataFrame(columns, index=apps.index.copy(), copy=False)


def _text(values: npt.NDArray[np.object_]) -> pd.api.extensions.ExtensionArray:
    if pd.isna(values).all():  # nobody is named in many logs; one blank is checked, not a million
        return pd.array([None], dtype="str").take(np.zeros(len(values), np.intp))
    return pd.array(values, dtype="str")


def _category(codes: npt.NDArray[np.int8], names: Sequence[str]) -> pd.Categorical:
    dtype: pd.CategoricalDtype = pd.CategoricalDtype(list(names))
    return pd.Categorical.from_codes(codes, dtype=dtype)  # type: ignore[return-value]
