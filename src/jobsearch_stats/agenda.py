"""`agenda`: what to do today and in the coming days, joined from states, thank-yous and cards."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .agenda_rows import COURTESY_CARD, FOLLOW_UP, LET_GO, OLD, PREPARE, THANK_YOU, Day, rows_of
from .contacts import email_key, phone_key
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
    rows = pd.concat(
        [
            _calls(here, day, old_after),
            _interviews(log, here, day),
            _to_let_go(here, day, let_go_days),
            thanks_due(log, here, day, strategy=strategy, within=thank_you_days),
            cards_due(log, here, day, within=card_days),
        ],
        ignore_index=True,
    )
    rows = _one_conversation(_sorted(rows, log, here, strategy))
    rows["script"] = _scripts(rows, log, strategy, day, you)
    out = _frame(rows)
    out.attrs["notes"] = agenda_notes(log, here, as_of=today, stages=stages)
    return out


def _days(value: object, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 0:
        raise SettingError(
            f"{name}={value!r} must be a whole number of days, 0 or more.", name=name, value=value
        )


def _calls(here: Standing, day: Day, old_after: int) -> pd.DataFrame:
    """Return the follow-ups, and those long past due."""
    table = here.table
    call_on = to_days(table["call_on"].to_numpy())
    at = np.flatnonzero((call_on != NO_DAY) & (call_on <= day.last))
    old = table["days_overdue"].to_numpy()[at] > old_after
    reason = table["reason"].iloc[at].to_numpy(object)
    reason[old] += " That is long past: one last message, or let go (R20)."
    return rows_of(
        here,
        at,
        do_on=call_on[at],
        action=np.where(old, OLD, FOLLOW_UP),
        method=table["method"].iloc[at].to_numpy(object),
        message_number=table["n_messages"].to_numpy()[at] + 1,
        reason=reason,
    )


def _interviews(log: ApplicationLog, here: Standing, day: Day) -> pd.DataFrame:
    """Return the interviews ahead, today's among them, at which to ask when they decide."""
    ahead = here.facts.appointment
    waiting = (here.table["state"] == "waiting").to_numpy()
    at = np.flatnonzero(waiting & (ahead != NO_DAY) & (ahead <= day.last))
    todays = log.events[
        (log.events["kind"] == "interview") & (log.events["date"] == day.today_date)
    ]
    closed = (here.table["state"] == "closed").to_numpy()
    now = np.flatnonzero(here.table.index.isin(todays["application_id"]) & ~closed)
    reason = here.table["reason"].iloc[at].to_numpy(object)
    today = np.full(
        len(now), "You have an interview today: ask there when they decide (R11).", object
    )
    return rows_of(
        here,
        np.concatenate([at, now]),
        do_on=np.concatenate([ahead[at], np.full(len(now), day.today)]),
        action=PREPARE,
        method=None,
        reason=np.concatenate([reason, today]),
    )


def _to_let_go(here: Standing, day: Day, let_go_days: int) -> pd.DataFrame:
    """Return what counts as abandoned since a few days, and what will in the coming ones."""
    abandon = to_days(here.table["abandon_on"].to_numpy())
    given_up = (here.table["state"] == "abandoned").to_numpy()
    fresh = given_up & (abandon != NO_DAY) & (abandon > day.today - let_go_days)
    soon = ~given_up & (abandon != NO_DAY) & (abandon <= day.last)
    at = np.flatnonzero(fresh | soon)
    return rows_of(
        here,
        at,
        do_on=np.maximum(abandon[at], np.int32(day.today)),
        action=LET_GO,
        method=None,
        reason=here.table["reason"].iloc[at].to_numpy(object),
    )


def _sorted(
    rows: pd.DataFrame, log: ApplicationLog, here: Standing, strategy: Strategy | str | pd.Series
) -> pd.DataFrame:
    """Sort by day, then by how much it is wanted, then by action and company."""
    ids = here.table.index[rows["at"]]
    first = strategies_of(strategy, ids).map(lambda s: s.thank_you_first).to_numpy(bool)
    order = rows.assign(
        application_id=ids.to_numpy(object),
        later=~(first & (rows["action"] == THANK_YOU).to_numpy()),
        unwanted=-log.applications["wanted"].reindex(ids).fillna(0).to_numpy("int64"),
        place=rows["action"].map({name: n for n, name in enumerate(ACTIONS)}),
    )
    keys = ["do_on", "later", "unwanted", "place", "company", "application_id", "contact"]
    return order.sort_values(keys, ignore_index=True)


def _one_conversation(rows: pd.DataFrame) -> pd.DataFrame:
    """Join what goes to one phone number or e-mail address on one day (R22)."""
    by_phone = rows["method"] == "phone"
    address = rows["phone"].where(by_phone, rows["email"])
    one = rows["action"].isin(_CONVERSATION) & rows["method"].isin(["phone", "email"])
    talks = rows[one & address.notna()]
    keys = [
        (day, phone, phone_key(text) if phone else email_key(text))
        for day, phone, text in zip(
            talks["do_on"], by_phone[talks.index], address[talks.index], strict=True
        )
    ]
    talks = talks.assign(talk=pd.factorize(pd.Index(keys, tupleize_cols=False))[0])
    shared = talks[talks["talk"].duplicated(keep=False)]
    if not len(shared):
        return rows
    joined = [_join(several) for _, several in shared.groupby("talk", sort=False)]
    return pd.concat([rows.drop(shared.index), *joined]).sort_index(kind="stable")


def _join(several: pd.DataFrame) -> pd.DataFrame:
    """Return one row for several; a follow-up leads, and the row stands where the first stood."""
    led = several.iloc[several["action"].map(_CONVERSATION.index).argsort(kind="stable")]
    one = led.iloc[[0]].set_axis([several.index[0]], axis=0)
    for column in ("company", "role", "contact", "application_id"):
        one[column] = "; ".join(dict.fromkeys(led[column].dropna())) or None
    one["reason"] = " ".join(dict.fromkeys(led["reason"])) + " One conversation (R22)."
    one["message_number"] = led["message_number"].max()
    return one


def _scripts(
    rows: pd.DataFrame, log: ApplicationLog, strategy: Strategy | str | pd.Series, day: Day, me: Me
) -> list[str | None]:
    """Return what to say or write, per row."""
    ids = pd.Index(rows["lead"], dtype="str")
    known: dict[Any, dict[str, Any]] = script_facts(
        log, ids.unique(), as_of=day.today_date
    ).to_dict("index")  # type: ignore[assignment]
    limits = strategies_of(strategy, ids).map(lambda s: s.max_messages)
    about = rows[["action", "method", "contact", "message_number", "last_message_on"]].assign(
        on=to_dates(rows["do_on"].to_numpy()), max_messages=limits.to_numpy()
    )
    records = about.astype(object).where(about.notna(), None).to_dict("records")
    return [_script(row, known[name], me) for row, name in zip(records, rows["lead"], strict=True)]


def _script(row: dict[Hashable, Any], known: dict[str, Any], me: Me) -> str | None:
    action, method = row["action"], row["method"]
    about = {"on": row["on"], "contact": row["contact"], "me": me}
    met = {"met_on": known["met_on"], "met_by": known["met_by"]}
    if action in (FOLLOW_UP, OLD):
        write = email_message if method == "email" else voicemail_script
        again = ("message_number", "max_messages", "last_message_on")
        return write(**about, **known, **{name: row[name] for name in again})
    if action == THANK_YOU:
        if method == "phone":
            return thank_you_call(**about, **met)
        return thank_you_note(**about, **met, method=method)
    if action == COURTESY_CARD:
        return courtesy_card(contact=row["contact"], met_on=known["met_on"], method=method, me=me)
    return _ASK if action == PREPARE else None


def _frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the agenda's columns in their dtypes."""
    text = {name: "str" for name in COLUMNS if name not in ("do_on", "message_number")}
    out = rows.assign(do_on=to_dates(rows["do_on"].to_numpy()))
    out = out[list(COLUMNS)].astype(text | {"message_number": "Int64"})
    out["action"] = out["action"].astype(pd.CategoricalDtype(list(ACTIONS)))
    out["method"] = out["method"].astype(pd.CategoricalDtype(list(METHODS)))
    return out.reset_index(drop=True)
