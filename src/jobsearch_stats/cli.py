"""The command line. It loads no more than the command needs: the list should be there at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .cli_args import parser
from .errors import JobSearchStatsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Iterable
    from typing import IO, Any, NoReturn

    import pandas as pd

    from .log import ApplicationLog
    from .strategies import Strategy
    from .terminal import Paint

OK, REJECTED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

_WIDEST = 100


def run() -> NoReturn:
    """Run the command line as a program: `main`, without what a short run can do without.

    Collecting garbage while pandas loads takes 30 ms, and taking the interpreter apart at the
    end 40 ms: together a quarter of all the time there is.
    """
    import gc

    gc.disable()
    code = main()
    sys.stderr.flush()
    os._exit(code)


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    args = parser().parse_args(argv)
    try:
        code = _COMMANDS[args.command](args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except (JobSearchStatsError, OSError) as error:
        return _fail(error)
    return int(code)


def _agenda(args: argparse.Namespace) -> int:
    from .agenda import agenda
    from .messages import Me

    strategy, stages = _strategy(args), _stages(args)
    log, as_of = _open(args)
    me = Me(name=args.name, phone=args.phone) if args.name or args.phone else None
    todo = agenda(log, as_of=as_of, strategy=strategy, days=args.days, stages=stages, me=me)
    notes = todo.attrs["notes"]
    if args.format != "table":
        return _export(todo, args, log, notes, as_of=as_of)
    from .show import agenda_lines, reading_notes

    width, paint = _terminal()
    lines = agenda_lines(
        todo,
        as_of=as_of,
        days=args.days,
        max_messages=strategy.max_messages,
        width=width,
        paint=paint,
        scripts=args.scripts,
    )
    hints = _hints(args, width)
    said = _notes([*reading_notes(log), *notes], width)
    said += [""] if said else []
    _write([*_head(args, as_of, width), "", *lines, *said, *hints])
    return _code(args, log)


def _follow_ups(args: argparse.Namespace) -> int:
    from .follow_ups import follow_ups

    strategy, stages = _strategy(args), _stages(args)
    log, as_of = _open(args)
    table = follow_ups(log, as_of=as_of, strategy=strategy, stages=stages)
    if args.format != "table":
        return _export(table.reset_index(), args, log, [], as_of=as_of)
    from .show import states_lines

    width, paint = _terminal()
    limit = strategy.max_messages
    lines = states_lines(table, as_of=as_of, max_messages=limit, width=width, paint=paint)
    if not lines:
        lines = ["Nothing has reached an interview yet.", ""]
    _write([*_head(args, as_of, width), "", *lines])
    return _code(args, log)


def _check(args: argparse.Namespace) -> int:
    log, _ = _open(args)
    if args.format != "table":
        return _export(log.problems, args, log, list(log.summary().lines))
    from .show import as_typed, problem_lines, reading_lines
    from .terminal import clean, fold

    width, paint = _terminal()
    lines: list[str] = []
    below = False
    for line in log.summary().lines:
        if below and line.startswith(_ITEM):
            continue  # each problem stands further down
        below = line.endswith(_SEE)
        line = line.replace(_SEE, ": see below.")
        first = _ITEM if line.startswith(_ITEM) else ""
        indent = "    " if first else "  "
        typed = as_typed(clean(line.removeprefix(_ITEM)))
        lines += fold(typed, width, indent=indent, first=first)
    lines += ["", *reading_lines(log.columns, width=width, paint=paint)]
    _write([*lines, *problem_lines(log.problems, width=width, paint=paint, most=args.most)])
    return _code(args, log)


_SEE = ": see problems."
_ITEM = "  - "
"""How a line of a summary begins that belongs to the one above it."""


def _template(args: argparse.Namespace) -> int:
    from .template import write_template

    path = write_template(args.output, language=args.language, shape=args.shape)
    _write(
        [f"A sheet to start from is in {path}. See how it is read: jobsearch-stats check {path}"]
    )
    return OK


def _simulate(args: argparse.Namespace) -> int:
    from . import simulate

    if args.sample is not None:
        simulate.write_sample(args.sample)
        _write([f"The made-up sample is in {args.sample}."])
        return OK
    log = simulate.simulate_log(args.n, seed=args.seed)
    events = log.events.join(log.applications[["company", "role"]], on="application_id")
    _neutral(events.drop(columns="source_row")).to_csv(args.output, index=False)
    _write([f"{args.n} made-up applications are in {args.output}."])
    return OK


_COMMANDS = {
    "agenda": _agenda,
    "follow-ups": _follow_ups,
    "check": _check,
    "template": _template,
    "simulate": _simulate,
}


def _open(args: argparse.Namespace) -> tuple[ApplicationLog, dt.date]:
    """Read the log that was named, or the sample, and settle on the day to look at."""
    import datetime as dt

    from .importing import read_log
    from .schema import as_day

    asked = getattr(args, "as_of", None)
    day = as_day(asked, name="--as-of").date() if asked else None
    source: str | IO[bytes] | os.PathLike[str]
    if args.log is None:
        from .sample import SAMPLE_DAY, sample_path

        source, day = sample_path(), day or dt.date.fromisoformat(SAMPLE_DAY)
    else:
        source = sys.stdin.buffer if args.log == "-" else args.log
    log = read_log(
        source,
        mapping=_mapping(args.map) or None,
        date_order=args.date_order,
        sheet=args.sheet,
        encoding=args.encoding,
        delimiter=_TAB.get(args.delimiter, args.delimiter),
        header_row=args.header_row,
        names=_names(args.names),
    )
    return log, day or dt.date.today()


_TAB = {"tab": "\t", "\\t": "\t"}
"""How a tab is typed."""


def _names(text: str | None) -> list[str] | None:
    """Return names with commas between; one that holds a comma stands in quotes."""
    import csv

    return next(csv.reader([text], skipinitialspace=True), []) if text is not None else None


def _mapping(pairs: list[str]) -> dict[str, str]:
    from .errors import SettingError

    for pair in pairs:
        if "=" not in pair:
            raise SettingError(
                f'--map {pair!r} has no "=". Write it as "Header=field", for example '
                '--map "Firma=company".',
                name="--map",
                value=pair,
            )
    return {header: field for header, _, field in (pair.rpartition("=") for pair in pairs)}


def _strategy(args: argparse.Namespace) -> Strategy:
    from dataclasses import replace

    from .strategies import strategy_named

    strategy = strategy_named(args.strategy)
    return replace(strategy, country=args.country) if args.country else strategy


def _stages(args: argparse.Namespace) -> tuple[str, ...]:
    return tuple(stage.strip() for stage in args.stages.split(",") if stage.strip())


def _terminal() -> tuple[int, Paint]:
    """Return the width to fold to, and whether this terminal is to have colours."""
    import shutil

    from .terminal import coloured, plain

    width = max(30, min(shutil.get_terminal_size((80, 24)).columns, _WIDEST))
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return width, coloured if wanted and sys.stdout.isatty() else plain


def _head(args: argparse.Namespace, as_of: dt.date, width: int) -> list[str]:
    """Say whose search this is and which day, before anything else."""
    from .terminal import clean, day_name, fold

    day = day_name(as_of, year=True)
    if args.log is None:
        text = f"The made-up sample as of {day}"
    else:
        text = f"{clean(Path(args.log).name)} as of {day}"
    if args.strategy.upper() != "DAY_AFTER":
        text += f", strategy {args.strategy}"
    return fold(text, width)


def _hints(args: argparse.Namespace, width: int) -> list[str]:
    """Say how to go on, where that has not been done yet."""
    from .terminal import fold

    own = ["Your own file: jobsearch-stats agenda FILE."] if args.log is None else []
    said = [] if args.scripts else ['What to say: --scripts --name "Your Name" --phone NUMBER.']
    return fold(" ".join([*own, *said]), width) if own or said else []


_STAGES_IN_PYTHON = 'stages=("interview", "application")'


def _notes(notes: Iterable[object], width: int) -> list[str]:
    from .terminal import clean, fold

    said = [
        clean(note).replace(_STAGES_IN_PYTHON, "--stages interview,application") for note in notes
    ]
    return [line for note in said for line in fold(note, width, indent="  ", first="* ")]


def _code(args: argparse.Namespace, log: ApplicationLog) -> int:
    return REJECTED if args.strict and log.counts.get("rows_rejected", 0) else OK


def _export(
    table: pd.DataFrame,
    args: argparse.Namespace,
    log: ApplicationLog,
    notes: list[str],
    **facts: dt.date,
) -> int:
    """Write the table for another program: CSV (notes on standard error), or one JSON object."""
    if args.format == "csv":
        text = _neutral(table).to_csv(index=False, lineterminator="\n")
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stderr.writelines(f"{note}\n" for note in notes)
        return _code(args, log)
    import json

    rows: list[dict[str, Any]] = json.loads(
        table.to_json(orient="records", date_format="iso", date_unit="s")
    )
    days = [name for name in table.columns if table[name].dtype.kind == "M"]
    for row in rows:
        row.update({name: row[name] and row[name][:10] for name in days})
    said = {name: str(value) for name, value in facts.items()}
    sys.stdout.write(json.dumps({**said, "notes": list(notes), "rows": rows}, indent=1) + "\n")
    return _code(args, log)


def _neutral(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before text that a spreadsheet would run."""
    out = table.copy()
    for name in out.columns:
        if out[name].dtype.kind in "OTU":
            live = out[name].str.match(r"[=+\-@\t\r]").fillna(False).astype(bool)
            out[name] = out[name].where(~live, "'" + out[name].astype("str"))
    return out


def _write(lines: Iterable[str]) -> None:
    """Write lines, in what the terminal's encoding can hold."""
    text = "\n".join(lines).rstrip() + "\n"
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = (
            text.replace("…", "...").replace("·", "-").encode(encoding, "replace").decode(encoding)
        )
    sys.stdout.write(text)


def _fail(error: Exception) -> int:
    """Say what cannot be used and how to go on, in one paragraph on standard error."""
    from .terminal import clean, fold

    text = str(error)
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.filename or 'the output'}: {error.strerror}"
    here = [option for name, option in _OPTIONS.items() if f"{name}=" in text]
    if here:
        text += f" (Here: {', '.join(here)}.)"
    width, _ = _terminal()
    sys.stderr.write("\n".join([*fold(f"jobsearch-stats: {clean(text)}", width), ""]))
    return UNUSABLE


_OPTIONS = {
    "date_order": "--date-order day-first",
    "mapping": '--map "Header=field"',
    "names": '--names "company,role,applied"',
    "header_row": "--header-row 3",
    "sheet": "--sheet NAME",
    "encoding": "--encoding cp1252",
    "delimiter": '--delimiter ";"',
}
"""What an error's argument is called on the command line."""
