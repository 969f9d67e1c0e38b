"""The commands that make files, or open them in another program."""

from __future__ import annotations

import sys

from .cli_reading import opened, stages_of, strategy_of
from .cli_writing import code_of, heading, note_lines, terminal_now, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def calendar(args: argparse.Namespace) -> int:
    """Write the calendar, say what stands in it, and how it gets into one's own."""
    from .export.calendar import write_calendar

    strategy, stages = strategy_of(args), stages_of(args)
    log, as_of = opened(args)
    path = args.output or ("sample_follow_ups.ics" if args.log is None else "follow_ups.ics")
    piped = path == "-"
    events = write_calendar(
        log,
        sys.stdout.buffer if piped else path,
        as_of=as_of,
        strategy=strategy,
        stages=stages,
        days=args.days,
        detail=args.detail,
        alarm=args.alarm,
        me={"name": args.name, "phone": args.phone},
    )
    width, _ = terminal_now()
    notes = [note.replace("detail=True", "--detail") for note in events.attrs["notes"]]
    if piped:  # the file is all that standard output may hold
        sys.stderr.writelines(f"{line}\n" for line in note_lines(notes, width))
        return code_of(args, log)
    said = note_lines([f"{notes[0]} It is in {path}.", *notes[1:], *_HOW], width)
    write([*heading(args, as_of, width), "", *said])
    return code_of(args, log)


_HOW = (
    "Import it into a calendar of its own: that can be hidden, or deleted as a whole. Run this "
    "again after each change of your log, and import the file again.",
    "Google, Apple and Thunderbird then move the events that are there. Outlook and Nextcloud may "
    "double or skip them: there, delete that calendar first.",
)
