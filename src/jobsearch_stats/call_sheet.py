"""All that one wants under one's eyes before a call (rules R9, R10, R14 and R21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .errors import UnknownNameError
from .follow_ups import follow_ups
from .log import ApplicationLog
from .messages import email_message, message_for_person, voicemail_script
from .schema import as_day
from .script_facts import script_facts
from .sheet import CallSheet, full_day, kind_word
from .strategies import DAY_AFTER, Strategy, strategy_named
from .wording import one_line

HISTORY_COLUMNS = (
    "date",
    "kind",
    "method",
    "outcome",
    "contact",
    "decide_by",
    "note",
    "source_row",
)

_DAYS = ("decide_by", "due_on", "abandon_on", "next_interview_on")  # of `follow_ups`

_State = Mapping[str, object] | pd.Series
_MOST_IDS = 20_000  # difflib looks at one id in some microseconds


def call_sheet(
    log: ApplicationLog,
    application_id: object,
    *,
    as_of: object,
    strategy: Strategy | str | pd.Series = DAY_AFTER,
    me: object = None,
) -> CallSheet:
    """Return what to know and say before a call about one application.

    Parameters
    ----------
    log
        Your log.
    application_id
        An id of `log.applications`.
    as_of
        The day; what happened after it is not known.
    strategy
        Decides when, how, and how often: as in `follow_ups`.
    me
        Your name and number for the script: None, a `Me`, or a mapping.

    Returns
    -------
    CallSheet
        Print it, or let the notebook show it. There is a script where something is to be done
        now or later, else the reason why not.

    Raises
    ------
    UnknownNameError
        If there is no such application; the message lists ids that are near.
    SettingError
        If `as_of` is no day, or `me` not usable.

    References
    ----------
    R9, R10, R14, R21.

    Examples
    --------
    >>> import jobsearch_stats as js
    >>> log = js.ApplicationLog.from_frames(
    ...     pd.DataFrame({"company": ["Acme"], "strengths": ["Ran a team of six"]}, index=["a1"]),
    ...     pd.DataFrame({"application_id": ["a1"], "date": ["2026-03-03"],
    ...                   "kind": ["interview"], "contact": ["Jana Novak"]}),
    ... )
    >>> js.call_sheet(log, "a1", as_of="2026-03-10").strengths
    'Ran a team of six'
    """
    day, key = as_day(as_of, name="as_of"), str(application_id)
    if key not in log.applications.index:
        raise _unknown(log.applications, key)
    table = follow_ups(log, as_of=day, strategy=strategy, stages=("interview", "application"))
    found = table[table.index == key]
    row = found.iloc[0] if len(found) else None
    mine = strategy.get(key, DAY_AFTER) if isinstance(strategy, pd.Series) else strategy
    limit = (strategy_named(mine) if isinstance(mine, str) else mine).max_messages
    return assemble(log, key, row=row, as_of=day, max_messages=limit, me=me)


def assemble(
    log: ApplicationLog,
    application_id: str,
    *,
    row: pd.Series | None,
    as_of: pd.Timestamp,
    max_messages: int,
    me: object,
) -> CallSheet:
    """Put together a sheet from the log and the application's row of `follow_ups`, if any."""
    application = log.applications.loc[application_id]
    events = log.events[log.events["application_id"] == application_id]
    past = events[events["date"] <= as_of]
    state: _State = {} if row is None else row
    told = past.loc[past["kind"] == "do_not_contact", "date"]
    no_script = _no_script(state, told)
    return CallSheet(
        application_id=application_id,
        as_of=as_of,
        company=one_line(application["company"]),
        role=one_line(application["role"]),
        contact=one_line(state.get("contact")),
        contact_role=one_line(state.get("contact_role")).replace("_", " "),
        **_address(events, "phone", "" if len(told) else state.get("phone"), as_of),
        **_address(events, "email", "" if len(told) else state.get("email"), as_of),
        state=one_line(state.get("state")),
        reason=one_line(state.get("reason")),
        strengths=_text(application["strengths"]),
        reason_to_call=_text(application["reason_to_call"]),
        interview_notes=_interview_notes(past),
        history=past.loc[:, list(HISTORY_COLUMNS)].reset_index(drop=True),
        no_script=no_script,
        **_days(state),
        **({} if no_script else _what_to_say(log, application_id, state, as_of, max_messages, me)),
    )


def _what_to_say(
    log: ApplicationLog,
    application_id: str,
    state: _State,
    as_of: pd.Timestamp,
    max_messages: int,
    me: object,
) -> dict[str, Any]:
    """Return the fields of the sheet that tell when, how and what to say."""
    call_on = as_day(state.get("call_on"), name="call_on")
    method = one_line(state.get("method"))
    number = _whole(state.get("n_messages")) + 1
    facts: dict[str, Any] = {
        "contact": state.get("contact"),
        "message_number": number,
        "max_messages": max_messages,
        "last_message_on": state.get("last_message_on"),
        **script_facts(log, pd.Index([application_id]), as_of=as_of)[application_id],
    }
    by_email = method == "email"
    write = email_message if by_email else voicemail_script
    return {
        "call_on": call_on,
        "method": method,
        "message_number": number,
        "script": write(on=call_on, me=me, **facts),
        "script_for_person": "" if by_email else message_for_person(on=call_on, me=me, **facts),
    }


def _no_script(state: _State, told: pd.Series) -> str:
    """Say why there is nothing to say; blank where there is."""
    if len(told):
        return (
            f"You were asked on {full_day(told.max())} not to make contact again: no call, no "
            "message, no card (R14)."
        )
    if not len(state):
        return "Nothing is dated here that a follow-up could count from."
    ahead, give_up = state.get("next_interview_on"), state.get("abandon_on")
    kind = state.get("state")
    if kind == "closed":
        return "It is closed: there is nothing to follow up."
    if pd.notna(ahead):
        return f"You meet on {full_day(ahead)}: prepare for that, and call nobody before."
    if pd.notna(state.get("call_on")):
        return ""
    if kind == "waiting" and pd.notna(give_up):
        return f"No further message: silence until {full_day(give_up)} means no (R6)."
    return "No further message: the answer is taken to be no, so let it go (R6)."


def _address(
    events: pd.DataFrame, column: str, value: object, as_of: pd.Timestamp
) -> dict[str, Any]:
    """Return a number or an e-mail address, and from which event it comes."""
    known = one_line(value)
    if not known:
        return {column: "", f"{column}_from": ""}
    parts = events[column].fillna("").str.split(";").explode().map(one_line)
    found = events[parts.eq(known).groupby(level=0).any().reindex(events.index)]
    past = found[found["date"] <= as_of]
    event = past.tail(1) if len(past) else found.head(1)
    origin = [
        f"from the {kind_word(kind)} of {full_day(day)}"
        + ("" if pd.isna(row) else f", row {row} of your file")
        for kind, day, row in zip(event["kind"], event["date"], event["source_row"], strict=True)
    ]
    return {column: known, f"{column}_from": "".join(origin)}


def _interview_notes(past: pd.DataFrame) -> tuple[str, ...]:
    rows = past[(past["kind"] == "interview") & past["note"].notna()]
    return tuple(
        f"{full_day(day)}: {note}"
        for day, note in zip(rows["date"], rows["note"].map(one_line), strict=True)
        if note
    )


def _text(value: object) -> str:
    """Return text with its lines kept, each cleaned."""
    lines = value.splitlines() if isinstance(value, str) else []
    return "\n".join(line for line in map(one_line, lines) if line)


def _days(state: _State) -> dict[str, Any]:
    return {name: as_day(day, name=name) for name in _DAYS if pd.notna(day := state.get(name))}


def _whole(value: object) -> int:
    return 0 if pd.isna(value) else int(value)  # type: ignore[call-overload, arg-type]


def _unknown(applications: pd.DataFrame, key: str) -> UnknownNameError:
    """Name the ids that are near: by their spelling, or because the company was given."""
    import difflib

    ids = applications.index
    by_company = ids[applications["company"].str.casefold().eq(key.casefold()).fillna(False)]
    alike = (
        ids[ids.str.casefold().str.startswith(key[:2].casefold())] if len(ids) > _MOST_IDS else ids
    )
    near = difflib.get_close_matches(key, list(alike[:_MOST_IDS]), n=5, cutoff=0.5)
    known = list(dict.fromkeys([*by_company[:5], *near]))
    way_out = f"Near it are {', '.join(map(repr, known))}" if known else "No id is near it"
    return UnknownNameError(
        f"there is no application {key!r} among {len(ids)}. {way_out}; the ids are the index of "
        "log.applications.",
        name=key,
        known=known,
    )
