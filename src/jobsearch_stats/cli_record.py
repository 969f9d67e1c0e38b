"""The command that writes into the journal: which application is meant, and what is said of it."""

from __future__ import annotations

import difflib
import shlex

import pandas as pd

from .cli_args import DID
from .cli_reading import opened, strategy_of
from .errors import SettingError
from .journal import record, undo
from .journal_file import read_journal
from .journal_merge import with_journal
from .journal_place import journal_path
from .log import ApplicationLog
from .schema import as_day
from .terminal import day_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path

_MOST = 8


def recorded_lines(args: argparse.Namespace) -> tuple[ApplicationLog, list[str]]:
    """Write down what was done, or take it back; return the log as it is now, and what to say.

    Raises
    ------
    SettingError
        If an argument cannot be used.
    """
    strategy = strategy_of(args)
    if args.log == "-":
        raise _bad("LOG", "-", "is no file that a journal can stand beside. Pass its path")
    path = journal_path(args.log)
    log, day = opened(args)
    today = pd.Timestamp(day)
    if path.exists():
        read_journal(path, date_order=args.date_order)  # one that cannot be read is mended first
    if args.undo is not None:
        undo(path, entry=args.undo, written_on=today)
        entries = read_journal(path, date_order=args.date_order).set_index("entry")
        key = entries.loc[args.undo, "application_id"]
        lines = [f"Entry {args.undo} of {path.name} is taken back; its line stays, as a record."]
    else:
        key = _meant(log, args.application)
        lines = _recorded(args, path, log, key, today)
    log = with_journal(log, path, date_order=args.date_order)
    if key in log.applications.index:
        from .today import stands_sentence

        lines.append(stands_sentence(log, str(key), on=today, strategy=strategy))
    return log, lines


def _recorded(
    args: argparse.Namespace, path: Path, log: ApplicationLog, key: str, today: pd.Timestamp
) -> list[str]:
    if args.did not in DID:
        raise _bad("--did", args.did, f"is none of {', '.join(DID)}")
    kind, outcome, method = DID[args.did]
    on = as_day(args.on, name="--on") if args.on else today
    entry = record(
        path,
        log,
        application_id=key,
        kind=kind,
        date=on,
        outcome=outcome,
        method=args.method or method,
        contact=args.contact,
        decide_by=_day_meant(args.decide_by, "--decide-by", on, args.country),
        until=_day_meant(args.until, "--until", on, args.country),
        note=args.note,
        written_on=today,
    )
    named = log.applications.loc[key, ["company", "role"]].dropna()
    who = ", ".join(map(str, named)) or key
    again = f"jobsearch-stats record {shlex.quote(args.log)} --undo {entry}"
    return [
        f"Entry {entry} of {path.name}: {args.did}, {who}, on {day_name(on)}.",
        f"To take it back: {again}",
    ]


def _day_meant(
    text: str | None, name: str, said_on: pd.Timestamp, country: str | None
) -> pd.Timestamp | None:
    """Return the day of a date or of a promise in words, counted from the day it was said."""
    if text is None:
        return None
    try:
        return as_day(text, name=name)
    except SettingError:
        from .importing.promises import parse_promises

        days, problems = parse_promises([text], [said_on.to_datetime64()], country=country)  # type: ignore[arg-type]
    if problems[0]:
        why = 'names no day. Write it as 2026-03-10, or in words such as "a week" or "by Friday"'
        raise _bad(name, text, why)
    return pd.Timestamp(days[0]).as_unit("s")


def _meant(log: ApplicationLog, text: str | None) -> str:
    """Return the application of an id, or of a part of a company's name that only it has."""
    table = log.applications
    if not text:
        raise _bad("APPLICATION", text, "names nobody. Pass an id, or a part of the company's name")
    if text in table.index:
        return text
    wanted = text.casefold()
    companies = table["company"].fillna("").astype("str").str.casefold()
    whole = table.index[companies == wanted]
    found = whole if len(whole) else table.index[companies.str.contains(wanted, regex=False)]
    if len(found) == 1:
        return str(found[0])
    if len(found):
        raise _bad("APPLICATION", text, f"can be {_candidates(table.loc[found])}. Pass the id")
    near = difflib.get_close_matches(wanted, list(companies), n=3, cutoff=0.5)
    like = table[companies.isin(near)]
    hint = f"Near it: {_candidates(like)}" if len(like) else "jobsearch-stats follow-ups names all"
    raise _bad("APPLICATION", text, f"is no id and no part of a company's name. {hint}")


def _candidates(table: pd.DataFrame) -> str:
    shown = []
    for key, company, role in table[["company", "role"]].head(_MOST).itertuples():
        shown.append(f"{key!r} ({', '.join(str(t) for t in (company, role) if pd.notna(t))})")
    more = len(table) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _bad(name: str, value: object, why: str) -> SettingError:
    return SettingError(f"{name} {value!r} {why}.", name=name, value=value)
