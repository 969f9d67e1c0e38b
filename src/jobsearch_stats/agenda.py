"""`agenda`: what to do today and in the coming days, joined from states, thank-yous and cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .agenda_rows import (
    COURTESY_CARD,
    FOLLOW_UP,
    LET_GO,
    OLD,
    PREPARE,
    THANK_YOU,
    Day,
    Happened,
    Rows,
    cells,
    joined,
    rows_of,
    take,
)
from .contacts import Objects, email_key, phone_key
from .courtesies_due import cards_due, thanks_due
from .errors import SettingError
from .follow_ups import Standing, standing, strategies_of
from .habits import agenda_notes
from .log import ApplicationLog
from .messages import (
    Me,
    as_me,
    courtesy_card,
    email_message,
    thank_you_call,
    thank_you_note,
    voicemail_script,
)
from .schema import METHODS, as_day
from .script_facts import script_facts
from .sentences import day_words, year_of
from .strategies import DAY_AFTER, Strategy
from .workdays import NO_DAY, to_dates, to_days

ACTIONS = (THANK_YOU, PREPARE, FOLLOW_UP, COURTESY_CARD, OLD, LET_GO)
"""What an agenda asks for, in its order within a day."""

COLUMNS = (
    "do_on",
    "action",
    "company",
    "role",
    "contact",
    "phone",
    "email",
    "method",
    "message_number",
    "script",
    "reason",
    "application_id",
)

MOST_DAYS = 36_500  # a hundred years; more would leave the calendar

_CONVERSATION = [FOLLOW_UP, OLD, THANK_YOU]
"""What can be said in one conversation; the first leads."""

_ASK = (
    'Before you leave, ask: "When do you expect to decide, and whom may I call then?" Write the '
    "date and the name into your log."
)


def agenda(
    log: ApplicationLog,
    *,
    as_of: object,
    strategy: Strategy | str | pd.Series = DAY_AFTER,
    days: int = 7,
    stages: Sequence[str] = ("interview",),
    me: object = None,
    thank_you_days: int = 3,
    card_days: int = 14,
    let_go_days: int = 7,
    old_after: int = 28,
) -> pd.DataFrame:
    """Return what to do today and in the coming days, and why: one row per action.

    Parameters
    ----------
    log
        The search.
    as_of
        Today: text ("2026-03-10"), a date or a Timestamp.
    strategy, stages
        As in :func:`follow_ups`.
    days
        Calendar days after today that are shown as well; 0: today only.
    me
        Your name and number for the scripts: None, a `Me`, or a mapping.
    thank_you_days
        Calendar days after an interview within which to thank (R12); 0: no thank-you notes.
    card_days
        Calendar days after a rejection within which to answer it (R13, R20); 0: no cards.
    let_go_days
        For how many days what counts as abandoned is shown (R20).
    old_after
        Days past due after which a follow-up is "old": one last message, or let go (R20).

    Returns
    -------
    pandas.DataFrame
        Sorted by `do_on`, then by how much you want it; columns:

        - `do_on`: the day, ``datetime64[s]``; `action`: one of thank_you, prepare_interview,
          follow_up, courtesy_card, old, let_go;
        - `company`, `role`, `contact`, `phone`, `email`: whom it goes to; what goes to one number
          or address on one day is one row, its parts joined by "; " (R22);
        - `method`: "phone", "email" or "letter", blank where there is nothing to send;
        - `message_number`: 1 or 2, blank for what is no message;
        - `script`: what to say or write; `reason`: a sentence with rules and dates;
        - `application_id`: one, or several joined by "; ".

        ``.attrs["notes"]`` holds sentences about the whole log: what waits for a date, what
        `stages` would add, habits that would help.

    Raises
    ------
    SettingError
        If an argument cannot be used.

    References
    ----------
    R3 to R6, R9, R11 to R13, R20, R22 in docs/rules.md.

    Examples
    --------
    >>> import pandas as pd
    >>> log = ApplicationLog.from_frames(
    ...     pd.DataFrame({"company": ["Acme"]}, index=["a1"]),
    ...     pd.DataFrame({"application_id": ["a1"], "date": ["2026-03-03"],
    ...                   "kind": ["interview"], "contact": ["Jana Novak"]}),
    ... )
    >>> todo = agenda(log, as_of="2026-03-10")
    >>> print(todo["action"].iloc[0], todo["contact"].iloc[0])
    follow_up Jana Novak
    """
    todo, _, _ = planned(
        log,
        as_of=as_of,
        strategy=strategy,
        days=days,
        stages=stages,
        me=me,
        thank_you_days=thank_you_days,
        card_days=card_days,
        let_go_days=let_go_days,
        old_after=old_after,
    )
    return todo


def planned(
    log: ApplicationLog,
    *,
    as_of: object,
    strategy: Strategy | str | pd.Series,
    days: int,
    stages: Sequence[str],
    me: object,
    thank_you_days: int = 3,
    card_days: int = 14,
    let_go_days: int = 7,
    old_after: int = 28,
) -> tuple[pd.DataFrame, Rows, Standing]:
    """Return the agenda, the rows that it was made of, and where everything stands."""
    lengths = {
        "days": days,
        "thank_you_days": thank_you_days,
        "card_days": card_days,
        "let_go_days": let_go_days,
        "old_after": old_after,
    }
    for name, value in lengths.items():
        _days(value, name)
    you = as_me(me)
    today = as_day(as_of, name="as_of")
    day = Day.of(today, days)
    here = standing(log, as_of=today, strategy=strategy, stages=stages)
    happened = Happened.of(log, here)
    rows = joined(
        [
            _calls(here, day, old_after),
            _interviews(here, happened, day),
            _to_let_go(here, day, let_go_days),
            thanks_due(log, here, happened, day, strategy=strategy, within=thank_you_days),
            cards_due(log, here, happened, day, within=card_days),
        ]
    )
    plans = strategies_of(strategy, here.table.index[rows["at"]])
    rows = _one_conversation(_sorted(rows | {"strategy": plans.to_numpy(object)}, log))
    out = _frame(rows | {"script": _scripts(rows, log, today, you)})
    out.attrs["notes"] = agenda_notes(log, here, as_of=today, stages=stages)
    return out, rows, here


def _days(value: object, name: str) -> None:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not 0 <= value <= MOST_DAYS:  # type: ignore[operator]
        raise SettingError(
            f"{name}={value!r} must be a whole number of days, 0 to {MOST_DAYS}.",
            name=name,
            value=value,
        )


def _calls(here: Standing, day: Day, old_after: int) -> Rows:
    """Return the follow-ups, and those long past due."""
    table = here.table
    call_on = to_days(table["call_on"].to_numpy())
    at = np.flatnonzero((call_on != NO_DAY) & (call_on <= day.last))
    old = table["days_overdue"].to_numpy()[at] > old_after
    reason = cells(table["reason"], at)
    reason[old] += " That is long past: one last message, or let go (R20)."
    return rows_of(
        here,
        at,
        do_on=call_on[at],
        action=np.where(old, OLD, FOLLOW_UP),
        method=cells(table["method"], at),
        message_number=here.facts.n_messages[at] + 1,
        reason=reason,
    )


def _interviews(here: Standing, happened: Happened, day: Day) -> Rows:
    """Return the interviews ahead, today's among them, at which to ask when they decide."""
    coming = happened.between("interview", day.today, day.last)
    at, on = happened.row[coming], happened.day[coming]
    open_ = (here.table["state"] != "closed").to_numpy()[at]
    # several people on one day are one interview
    at, on = np.unique(np.stack([at[open_], on[open_]]), axis=1)
    year = year_of(day.today)
    when = ["today" if d == day.today else f"on {day_words(d, year)}" for d in on.tolist()]
    reasons = [f"You have an interview {w}: ask there when they decide (R11, R16)." for w in when]
    reason = np.array(reasons, object)
    return rows_of(here, at, do_on=on, action=PREPARE, method=None, reason=reason)


def _to_let_go(here: Standing, day: Day, let_go_days: int) -> Rows:
    """Return what counts as abandoned since a few days, and what will in the coming ones."""
    abandon = to_days(here.table["abandon_on"].to_numpy())
    fresh = (abandon > day.today - let_go_days) & (abandon <= day.last)
    at = np.flatnonzero((abandon != NO_DAY) & fresh)
    return rows_of(
        here,
        at,
        do_on=np.maximum(abandon[at], np.int32(day.today)),
        action=LET_GO,
        method=None,
        reason=cells(here.table["reason"], at),
    )


def _sorted(rows: Rows, log: ApplicationLog) -> Rows:
    """Sort by day, then by how much it is wanted, then by action and company."""
    place = {action: number for number, action in enumerate(ACTIONS)}
    ids = log.applications.index.get_indexer(pd.Index(rows["lead"], dtype="str"))
    wanted = log.applications["wanted"].array.take(ids).to_numpy("int64", na_value=0)
    keys = [
        (on, not (plan.thank_you_first and action == THANK_YOU), -much, place[action], *names)
        for on, plan, action, much, *names in zip(
            rows["do_on"].tolist(),
            rows["strategy"],
            rows["action"],
            wanted.tolist(),
            *([text or "" for text in rows[name]] for name in ("company", "lead", "contact")),
            strict=True,
        )
    ]
    return take(rows, np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64))


def _one_conversation(rows: Rows) -> Rows:
    """Join what goes to one phone number or e-mail address on one day (R22)."""
    rows = rows | {"application_id": rows["lead"].copy()}
    talks: dict[tuple[int, str, str], list[int]] = {}
    columns = (rows[name] for name in ("do_on", "action", "method", "phone", "email"))
    for at, (on, action, method, phone, email) in enumerate(zip(*columns, strict=True)):
        address = phone_key(phone or "") if method == "phone" else email_key(email or "")
        if address and action in _CONVERSATION and method in ("phone", "email"):
            talks.setdefault((on, method, address), []).append(at)
    stays = np.ones(len(rows["at"]), bool)
    for several in talks.values():
        if len(several) > 1:
            _join(rows, several)
            stays[several[1:]] = False
    return take(rows, stays)


def _join(rows: Rows, several: Sequence[int]) -> None:
    """Make the first of several rows one for all; a follow-up leads it.

    Of several follow-ups the one with the fewest messages so far leads: its script does not say
    that it is the last.
    """
    order = sorted(
        several,
        key=lambda at: (_CONVERSATION.index(str(rows["action"][at])), rows["message_number"][at]),
    )
    whole = {name: _listed(rows[name][order]) for name in ("company", "role", "contact")}
    whole["application_id"] = "; ".join(dict.fromkeys(rows["application_id"][order]))
    whole["reason"] = " ".join(dict.fromkeys(rows["reason"][order])) + " One conversation (R22)."
    for name, column in rows.items():
        column[several[0]] = whole[name] if name in whole else column[order[0]]


def _listed(texts: Iterable[str | None]) -> str | None:
    """Join texts that differ in more than case."""
    different: dict[str, str] = {}
    for text in texts:
        if text:
            different.setdefault(text.casefold(), text)
    return "; ".join(different.values()) or None


def _scripts(rows: Rows, log: ApplicationLog, as_of: pd.Timestamp, me: Me) -> Objects:
    """Return what to say or write, per row."""
    ids = pd.Index(dict.fromkeys(rows["lead"]), dtype="str")
    known = script_facts(log, ids, as_of=as_of)
    about = rows | {name: to_dates(rows[name]) for name in ("do_on", "last_message_on", "met_on")}
    names = list(about)
    said = [
        _script(row := dict(zip(names, values, strict=True)), known[row["lead"]], me)
        for values in zip(*about.values(), strict=True)
    ]
    return np.array(said, object)


def _script(row: dict[str, Any], known: dict[str, Any], me: Me) -> str | None:
    action, method = row["action"], row["method"]
    about = {"on": row["do_on"], "contact": row["contact"], "me": me}
    if action in (FOLLOW_UP, OLD):
        write = email_message if method == "email" else voicemail_script
        return write(
            **about,
            **known,
            message_number=row["message_number"],
            max_messages=row["strategy"].max_messages,
            last_message_on=row["last_message_on"],
        )
    if action == THANK_YOU:
        met = {"met_on": row["met_on"], "met_by": row["met_by"]}
        if method == "phone":
            return thank_you_call(**about, **met)
        return thank_you_note(**about, **met, method=method)
    if action == COURTESY_CARD:
        return courtesy_card(contact=row["contact"], met_on=known["met_on"], method=method, me=me)
    return _ASK if action == PREPARE else None


def _frame(rows: Rows) -> pd.DataFrame:
    """Return the agenda's columns in their dtypes."""
    numbers = rows["message_number"].astype(np.int64)
    columns: dict[str, Any] = {
        "do_on": to_dates(rows["do_on"]),
        "action": pd.Categorical(rows["action"], list(ACTIONS)),
        "method": pd.Categorical(rows["method"], list(METHODS)),
        "message_number": pd.arrays.IntegerArray(numbers, numbers == 0),
    }
    for name in COLUMNS:
        if name not in columns:
            columns[name] = pd.array(rows[name], dtype="str")
    return pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)
