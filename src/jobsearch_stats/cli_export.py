"""`jobsearch-stats export`: the workbook, or one of its tables."""

from __future__ import annotations

import sys

from .cli_files import REDACTED
from .cli_reading import opened, stages_of, strategy_of
from .cli_writing import code_of, note_lines, terminal_now, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    import datetime as dt
    import os

    from .log import ApplicationLog

RECORD = "work-search"


def export_files(args: argparse.Namespace) -> int:
    """Write the workbook, or one table of it, and say what it is and what to mind."""
    _check_days(args)
    strategy, stages = strategy_of(args), stages_of(args)
    log, as_of = opened(args)
    given = {
        "strategy": strategy,
        "stages": stages,
        "me": {"name": args.name, "phone": args.phone},
        "since": args.since,
        "until": args.until,
        "week_starts": args.week_starts,
    }
    if args.output.lower().endswith(".xlsx"):
        _workbook(args, log, as_of, given)
    else:
        _csv(args, log, as_of, given)
    return code_of(args, log)


def _check_days(args: argparse.Namespace) -> None:
    if args.table in (None, RECORD):
        return
    for name in ("since", "until"):
        if getattr(args, name) is not None:
            from .errors import SettingError

            raise SettingError(
                f"--{name} limits the work-search record, and --table {args.table} is none. Leave "
                f"it out, or take --table {RECORD}.",
                name=f"--{name}",
                value=getattr(args, name),
            )


def _workbook(
    args: argparse.Namespace, log: ApplicationLog, as_of: dt.date, given: dict[str, object]
) -> None:
    from .export.workbook import write_workbook
    from .progress import working

    tables = {None: None, RECORD: (RECORD, "weeks")}.get(args.table, (args.table,))
    with working("Making the workbook"):
        write_workbook(
            log,
            args.output,
            as_of=as_of,
            tables=tables,
            source=_source(args),
            overwrite=args.overwrite,
            redacted=args.redact,
            **given,  # type: ignore[arg-type]
        )
    said = [f"{_NAMES[args.table]} is in {args.output}."]
    if args.redact:
        said.append(REDACTED)
    elif tables is None:
        said.append(
            "It holds your notes, and names and numbers of others. To hand over the work-search "
            f"record alone: --table {RECORD}."
        )
    write(note_lines(said, terminal_now()[0]))


def _csv(
    args: argparse.Namespace, log: ApplicationLog, as_of: dt.date, given: dict[str, object]
) -> None:
    from .export.csv_table import csv_bytes, write_csv
    from .export.redaction import redact
    from .export.tables import asked_for, table_of
    from .messages import as_me
    from .progress import working

    name = args.table or RECORD
    asked = asked_for(as_of, **{**given, "me": as_me(None if args.redact else given["me"])})
    with working("Making the table"):
        table = table_of(name, redact(log) if args.redact else log, asked)
    width, _ = terminal_now()
    if args.output == "-":  # the table is all that standard output may hold
        sys.stdout.buffer.write(csv_bytes(table))
        sys.stderr.writelines(f"{line}\n" for line in note_lines(table.notes, width))
        return
    write_csv(table, args.output, source=_source(args), overwrite=args.overwrite)
    others = ", ".join(other for other in _NAMES if other not in (None, name))
    said = [f"{_NAMES[name]} is in {args.output}.", *table.notes]
    said += [REDACTED] if args.redact else []
    said += [] if args.table else [f"Other tables: --table {others}. All in one: -o FILE.xlsx."]
    write(note_lines(said, width))


_NAMES = {
    None: "The workbook",
    "agenda": "What to do",
    "contacts": "Where every application stands",
    "history": "What happened",
    RECORD: "The record of your work search",
}
"""What each table is called, and all of them."""


def _source(args: argparse.Namespace) -> str | os.PathLike[str] | None:
    """Return the file of the log, which is never written over."""
    if args.log is None:
        from .sample import sample_path

        return sample_path()
    return None if args.log == "-" else str(args.log)
