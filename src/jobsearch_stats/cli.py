"""The command line. It loads no more than the command needs: the list should be there at once."""

from __future__ import annotations

import os
import sys

from .cli_args import parsed, parser
from .cli_export import export_files
from .cli_files import calendar, lab, report
from .cli_reading import opened, stages_of, strategy_of
from .cli_writing import (
    INTERRUPTED,
    OK,
    code_of,
    export,
    fail,
    heading,
    hints_for,
    note_lines,
    terminal_now,
    write,
)
from .errors import JobSearchStatsError
from .progress import working

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import NoReturn


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
    args = parsed(argv)
    try:
        code = _COMMANDS[args.command](args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except (JobSearchStatsError, OSError) as error:
        return fail(error)
    return int(code)


def _agenda(args: argparse.Namespace) -> int:
    from .agenda import agenda

    strategy, stages = strategy_of(args), stages_of(args)
    log, as_of = opened(args)
    me = {"name": args.name, "phone": args.phone}
    with working("Working out the list"):
        todo = agenda(log, as_of=as_of, strategy=strategy, days=args.days, stages=stages, me=me)
    notes = todo.attrs["notes"]
    if args.format != "table":
        return export(todo, args, log, notes, as_of=as_of)
    from .show import agenda_lines, reading_notes

    width, paint = terminal_now()
    lines = agenda_lines(
        todo,
        as_of=as_of,
        days=args.days,
        max_messages=strategy.max_messages,
        width=width,
        paint=paint,
        scripts=args.scripts,
    )
    hints = hints_for(args, width)
    said = note_lines([*reading_notes(log), *notes], width)
    said += [""] if said else []
    write([*heading(args, as_of, width), "", *lines, *said, *hints])
    return code_of(args, log)


def _follow_ups(args: argparse.Namespace) -> int:
    from .follow_ups import follow_ups

    strategy, stages = strategy_of(args), stages_of(args)
    log, as_of = opened(args)
    with working("Working out the states"):
        table = follow_ups(log, as_of=as_of, strategy=strategy, stages=stages)
    if args.format != "table":
        return export(table.reset_index(), args, log, [], as_of=as_of)
    from .show import states_lines

    width, paint = terminal_now()
    limit = strategy.max_messages
    lines = states_lines(table, as_of=as_of, max_messages=limit, width=width, paint=paint)
    if not lines:
        lines = ["Nothing has reached an interview yet.", ""]
    write([*heading(args, as_of, width), "", *lines])
    return code_of(args, log)


def _check(args: argparse.Namespace) -> int:
    log, _ = opened(args)
    if args.format != "table":
        return export(log.problems, args, log, list(log.summary().lines))
    from .show import as_typed, problem_lines, reading_lines
    from .terminal import clean, fold

    width, paint = terminal_now()
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
    write([*lines, *problem_lines(log.problems, width=width, paint=paint, most=args.most)])
    return code_of(args, log)


_SEE = ": see problems."
_ITEM = "  - "
"""How a line of a summary begins that belongs to the one above it."""


def _record(args: argparse.Namespace) -> int:
    from .cli_record import recorded_lines

    log, lines = recorded_lines(args)
    width, _ = terminal_now()
    from .terminal import clean, fold

    write([line for text in lines for line in fold(clean(text), width)])
    return code_of(args, log)


def _template(args: argparse.Namespace) -> int:
    from .template import write_template

    path = write_template(args.output, language=args.language, shape=args.shape)
    write([f"A sheet to start from is in {path}. See how it is read: jobsearch-stats check {path}"])
    return OK


def _simulate(args: argparse.Namespace) -> int:
    from . import simulate
    from .canonical_cells import neutral

    if args.sample is not None:
        simulate.write_sample(args.sample)
        write([f"The made-up sample is in {args.sample}."])
        return OK
    with working("Making up the search"):
        log = simulate.simulate_log(args.n, seed=args.seed)
    events = log.events.join(log.applications[["company", "role"]], on="application_id")
    neutral(events.drop(columns="source_row")).to_csv(args.output, index=False)
    write([f"{args.n} made-up applications are in {args.output}."])
    return OK


def _completion(args: argparse.Namespace) -> int:
    import shtab

    from .strategies import STRATEGIES

    whole = parser()
    for action in _arguments(whole):
        if action.dest == "strategy":
            action.choices = list(STRATEGIES)
        if action.metavar in ("LOG", "FILE", "FOLDER"):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    write([shtab.complete(whole, shell=args.shell)])
    return OK


def _arguments(command: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a command, and of those below it."""
    for action in command._actions:
        yield action
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from _arguments(below)


_COMMANDS = {
    "agenda": _agenda,
    "follow-ups": _follow_ups,
    "check": _check,
    "record": _record,
    "calendar": calendar,
    "report": report,
    "lab": lab,
    "export": export_files,
    "template": _template,
    "simulate": _simulate,
    "completion": _completion,
}
