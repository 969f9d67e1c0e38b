"""What the user did, written into a journal beside their log: the log itself is never written."""

from __future__ import annotations

import difflib
import os

import pandas as pd

from .errors import SettingError
from .journal_file import Row, add_line, listed
from .log import ApplicationLog, check_log
from .schema import FOLLOW_UP_OUTCOMES, KINDS, METHODS, REPLY_OUTCOMES, as_day

_OUTCOMES = {"follow_up": FOLLOW_UP_OUTCOMES, "reply": REPLY_OUTCOMES}
_NEAR = 3


def record(
    journal: str | os.PathLike[str],
    log: ApplicationLog,
    *,
    application_id: str,
    kind: str,
    date: object,
    written_on: object,
    method: str | None = None,
    outcome: str | None = None,
    contact: str | None = None,
    decide_by: object = None,
    until: object = None,
    note: str | None = None,
) -> int:
    r"""Write what was done, or what happened, into the journal of a log.

    `read_log` adds the journal's entries to the log, so that the list knows of it; your own
    file is not touched. Nothing that stands in the journal is changed: a mistake is taken
    back with `undo`.

    Parameters
    ----------
    journal
        The file, begun if it is not there: `journal_path(<the path of your log>)`.
    log
        The log that `application_id` is one of.
    application_id
        Whose it is.
    kind
        One of `applied, interview, thank_you, follow_up, acknowledgement, reply, rejection, offer,
        withdrawn` (you do not want it any more), `do_not_contact, out_of_office` (leave in peace
        until a day).
    date
        The day on which it happened; of an interview, it may be one to come.
    written_on
        Today: there is no clock in the library.
    method
        One of `phone, email, letter, in_person, video, text, portal`.
    outcome
        Of a follow-up: `no_answer, sent, voicemail, message_taken, spoke`. Of a reply: `invited,
        neutral, negative`.
    contact
        With whom.
    decide_by
        The day by which they said they would decide.
    until
        Of `out_of_office`, which needs it: the last day away.
    note
        Anything else.

    Returns
    -------
    int
        The entry's number, which `undo` takes.

    Raises
    ------
    SettingError
        If an argument cannot be used, or the file cannot be written.
    DataError, ReadError
        If the file is no journal.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from jobsearch_stats import journal_path, read_log, undo
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mine = Path(folder) / "my_search.csv"
    ...     _ = mine.write_text("Company,Interview\nAcme,2026-03-03\n")
    ...     n = record(journal_path(mine), read_log(mine), application_id="acme", kind="follow_up",
    ...                date="2026-03-10", outcome="voicemail", written_on="2026-03-10")
    ...     kinds = read_log(mine).events["kind"].tolist()
    ...     undo(journal_path(mine), entry=n, written_on="2026-03-10")
    ...     kinds, len(read_log(mine).events)
    (['interview', 'follow_up'], 1)
    """
    known = check_log(log).applications
    _check_id(known, application_id)
    _check_words(kind, method, outcome)
    day, written = _needed(date, "date", kind), as_day(written_on, name="written_on")
    last, promised = _after(until, "until", day), _after(decide_by, "decide_by", day)
    _check_days(kind, day, written, last)
    texts = {"contact": contact, "note": note}
    for name, text in texts.items():
        if text is not None and not isinstance(text, str):
            raise _bad(name, text, "is no text")
    named = known.loc[application_id, ["company", "role"]]
    row: Row = {
        "application_id": application_id,
        **{str(name): None if pd.isna(text) else str(text) for name, text in named.items()},
        "date": day,
        "kind": kind,
        "method": method,
        "outcome": outcome,
        "decide_by": promised,
        "until": last,
        **{name: text or None for name, text in texts.items()},
        "written_on": written,
    }
    return add_line(journal, lambda _: row)


def undo(journal: str | os.PathLike[str], *, entry: int, written_on: object) -> None:
    """Take an entry of a journal back, by a line of its own; both stay in the file.

    Parameters
    ----------
    journal
        The file.
    entry
        The number that `record` gave.
    written_on
        Today.

    Raises
    ------
    SettingError
        If there is no such entry, or it was taken back already.
    DataError, ReadError
        If the file is no journal.

    Examples
    --------
    See `record`.
    """
    written = as_day(written_on, name="written_on")
    if isinstance(entry, bool) or not isinstance(entry, int):
        raise _bad("entry", entry, "is no number of an entry. Pass what record gave")

    def line(numbers: pd.DataFrame) -> Row:
        _check_undo(numbers, entry)
        return {"undoes": entry, "written_on": written}

    add_line(journal, line)


def _check_undo(numbers: pd.DataFrame, entry: int) -> None:
    taken_back = set(numbers["undoes"].dropna().astype(int))
    of_events = numbers.loc[numbers["undoes"].isna(), "entry"].dropna().astype(int)
    there = [number for number in of_events if number not in taken_back]
    if entry in there:
        return
    if entry in taken_back:
        raise _bad("entry", entry, "was taken back already. Record it anew if it did happen")
    last = listed(there[-_NEAR:]) or "none"
    raise _bad("entry", entry, f"is no entry that can be taken back. The last that can: {last}")


def _check_id(applications: pd.DataFrame, application_id: object) -> None:
    if isinstance(application_id, str) and application_id in applications.index:
        return
    text = str(application_id)
    near = difflib.get_close_matches(text, list(applications.index), n=_NEAR, cutoff=0.5)
    part = text.casefold()
    companies = applications["company"].fillna("").str.casefold()
    near += [name for name in applications.index[(companies == part)] if name not in near]
    there = near[:_NEAR] or list(applications.index[:_NEAR])
    found = f"Near it are {listed(there)}" if near else f"The log begins with {listed(there)}"
    why = f"is not in the log. {found if there else 'The log has none'}"
    raise _bad("application_id", application_id, why)


def _check_words(kind: object, method: object, outcome: object) -> None:
    if kind not in KINDS:
        raise _bad("kind", kind, f"is none of {listed(KINDS)}")
    if method is not None and method not in METHODS:
        raise _bad("method", method, f"is none of {listed(METHODS)}")
    allowed = _OUTCOMES.get(str(kind), ())
    if outcome is not None and outcome not in allowed:
        why = f"is none of {listed(allowed)}" if allowed else "cannot be: leave it out"
        raise _bad("outcome", outcome, f"{why}, for kind {kind!r}")


def _needed(date: object, name: str, kind: str) -> pd.Timestamp:
    if date is None:
        raise _bad(name, date, f"says no day on which the {kind} was. Pass it as '2026-03-10'")
    return as_day(date, name=name)


def _after(value: object, name: str, day: pd.Timestamp) -> pd.Timestamp | None:
    if value is None:
        return None
    found = as_day(value, name=name)
    if found < day:
        raise _bad(name, value, f"is before {day:%Y-%m-%d}, the day itself. Mend one of the two")
    return found


def _check_days(
    kind: str, day: pd.Timestamp, written: pd.Timestamp, until: pd.Timestamp | None
) -> None:
    if day > written and kind != "interview":
        why = (
            f"is after {written:%Y-%m-%d}, when it is written down. Only an interview may be ahead"
        )
        raise _bad("date", f"{day:%Y-%m-%d}", why)
    if (until is None) == (kind == "out_of_office"):
        if until is None:
            raise _bad("until", until, "does not say the last day away, which out_of_office needs")
        raise _bad("until", f"{until:%Y-%m-%d}", f"goes with out_of_office, not with {kind}")


def _bad(name: str, value: object, why: str) -> SettingError:
    return SettingError(f"{name}={value!r} {why}.", name=name, value=value)
