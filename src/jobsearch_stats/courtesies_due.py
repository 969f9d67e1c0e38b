"""Which thank-you notes and courtesy cards are still to be written (R12, R13, R20)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .agenda_rows import COURTESY_CARD, THANK_YOU, Day, rows_of
from .contacts import named_on
from .facts import KIND
from .follow_ups import Standing, calendar_of, groups
from .log import ApplicationLog
from .sentences import day_words, year_of
from .strategies import Strategy
from .workdays import NO_DAY, Days, to_days


def thanks_due(
    log: ApplicationLog,
    here: Standing,
    day: Day,
    *,
    strategy: Strategy | str | pd.Series,
    within: int,
) -> pd.DataFrame:
    """Return the thank-yous for interviews of the last days, one per person who has had none.

    A letter, or an e-mail where the application says so. Where the promise is as near as the
    note's own days, a call on an allowed day of them; where there is none, an e-mail.
    """
    met = _unthanked(log, here, day, within)
    at = met["at"].to_numpy(np.int64)
    met_on = met["day"].to_numpy(np.int32)
    write_on = np.maximum(met_on + 1, day.today).astype(np.int32)
    last = met_on + np.int32(within)
    call_on = _first_allowed(log, here, at, write_on, strategy, day.today)
    promise = here.facts.promise[at]
    hurry = (promise != NO_DAY) & (promise <= last)
    call = hurry & (call_on <= last)
    asks_email = (
        log.applications["contact_by"].reindex(here.table.index[at]) == "email"
    ).to_numpy()
    method = np.where(call, "phone", np.where(hurry | asks_email, "email", "letter"))
    year = year_of(day.today)
    reasons = [
        _thanks_reason(day_words(on, year), day_words(by, year), how, soon)
        for on, by, how, soon in zip(
            met_on.tolist(), last.tolist(), method.tolist(), hurry.tolist(), strict=True
        )
    ]
    named = met["contact"].notna().to_numpy()
    own = {
        name: np.where(
            named, met[name].to_numpy(object), here.table[name].iloc[at].to_numpy(object)
        )
        for name in ("contact", "phone", "email")
    }
    rows = rows_of(
        here,
        at,
        do_on=np.where(call, call_on, write_on),
        action=THANK_YOU,
        method=method,
        reason=np.array(reasons, object),
        **own,
    )
    return rows[(rows["do_on"] <= day.last).to_numpy()]


def _thanks_reason(met_on: str, by: str, method: str, hurry: bool) -> str:
    what = {"phone": "say thank you on the telephone", "email": "write a thank-you e-mail"}
    why = " They decide too soon for a letter." if hurry else ""
    return f"You met on {met_on}: {what.get(method, 'write a thank-you note')} by {by} (R12).{why}"


def _unthanked(log: ApplicationLog, here: Standing, day: Day, within: int) -> pd.DataFrame:
    """Return `at, day, contact, phone, email`: who was met in the last days and not thanked yet.

    One row without a contact stands for an interview that names nobody.
    """
    events = log.events
    when = to_days(events["date"].to_numpy())
    kind = events["kind"].astype("object").to_numpy()
    recent = (when >= day.today - within) & (when <= day.today) & (within > 0)
    recent &= (kind == "interview") | (kind == "thank_you")
    events, when, kind = events[recent], when[recent], kind[recent]
    people = named_on(events)
    row = people["row"].to_numpy()
    ids = events["application_id"].astype("object").to_numpy()[row]
    people = people.assign(at=here.table.index.get_indexer(ids), day=when[row], kind=kind[row])
    closed = (here.table["state"] == "closed").to_numpy()
    people = people[~np.append(closed, True)[people["at"]]]  # -1, not in the table, is the last
    people["name"] = people["contact"].str.casefold()
    met = people[people["kind"] == "interview"]
    met = met.sort_values("day").drop_duplicates(["at", "name"], keep="last")
    barred = here.contacts.never.holds("phone", met["phone"].to_numpy(object))
    barred |= here.contacts.never.holds("email", met["email"].to_numpy(object))
    met = met[~barred]
    notes = people.loc[people["kind"] == "thank_you", ["at", "name", "day"]]
    pairs = met.reset_index().merge(notes, on="at", suffixes=("", "_thanked"))
    same = pairs["name"].isna() | pairs["name_thanked"].isna()
    same |= pairs["name"] == pairs["name_thanked"]
    done = pairs.loc[same & (pairs["day_thanked"] >= pairs["day"]), "index"]
    return met.drop(done.unique())


def _asks_email(
    log: ApplicationLog, here: Standing, at: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    contact_by = log.applications["contact_by"].reindex(here.table.index[at])
    return (contact_by == "email").to_numpy()


def _first_allowed(
    log: ApplicationLog,
    here: Standing,
    at: npt.NDArray[np.int64],
    days: Days,
    strategy: Strategy | str | pd.Series,
    as_of: int,
) -> Days:
    """Return the first day on or after each on which that application may be called."""
    out = days.copy()
    if not len(at):
        return out
    apps = log.applications.loc[here.table.index[at]]
    for group in groups(apps, strategy):
        rows = group.rows
        calendar = calendar_of(here.facts.take(at[rows]), group, np.int32(as_of))
        out[rows] = calendar.on_or_after(days[rows])
    return out


def cards_due(log: ApplicationLog, here: Standing, day: Day, *, within: int) -> pd.DataFrame:
    """Return the rejections of the last days that have not been answered by a card."""
    facts, table = here.facts, here.table
    no = (facts.ended != NO_DAY) & (facts.ended_kind == KIND["rejection"])
    no &= (facts.ended >= day.today - within) & (within > 0)
    no &= (facts.told_never == NO_DAY) & ~here.contacts.barred  # R14 beats R13
    no &= facts.has_interview
    at = np.flatnonzero(no)
    thanks = log.events[
        (log.events["kind"] == "thank_you") & (log.events["date"] <= day.today_date)
    ]
    latest = thanks.groupby("application_id", observed=True)["date"].max()
    thanked = to_days(latest.reindex(table.index[at]).to_numpy())
    at = at[thanked < facts.ended[at]]
    email = _asks_email(log, here, at)
    year = year_of(day.today)
    reasons = [
        f"They said no on {day_words(on, year)}: a short courteous card by "
        f"{day_words(on + within, year)} keeps the door open (R13)."
        for on in facts.ended[at].tolist()
    ]
    return rows_of(
        here,
        at,
        do_on=np.full(len(at), day.today),
        action=COURTESY_CARD,
        method=np.where(email, "email", "letter"),
        reason=np.array(reasons, object),
    )
