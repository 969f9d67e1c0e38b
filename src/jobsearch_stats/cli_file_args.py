"""The arguments of the commands that make files."""

from __future__ import annotations

import argparse


def me(group: argparse._ArgumentGroup) -> None:
    """Add who is calling."""
    group.add_argument("--name", help="your name, for the scripts")
    group.add_argument("--phone", help="your number, for the scripts")


def calendar(command: argparse.ArgumentParser) -> None:
    """Add what a calendar is to hold, and where it goes."""
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="a new .ics file, one that this command wrote before, or - for standard output "
        "(default: follow_ups.ics; of the sample: sample_follow_ups.ics)",
    )
    command.add_argument(
        "--days", type=int, metavar="N", help="how far to look ahead (default: as far as is known)"
    )
    command.add_argument(
        "--alarm",
        default="09:00",
        metavar="HH:MM",
        help="when to be reminded on the day, or none (default: 09:00)",
    )
    group = command.add_argument_group("what it gives away")
    group.add_argument(
        "--detail",
        action="store_true",
        help="add names, numbers, reasons and scripts; without it, nothing names a person or a job",
    )
    me(group)


def export(command: argparse.ArgumentParser) -> None:
    """Add what is exported, and where it goes."""
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="an .xlsx or .csv file; - for CSV on standard output",
    )
    command.add_argument(
        "--table",
        choices=("agenda", "contacts", "history", "work-search"),
        help="this one alone (default: all in .xlsx, work-search in .csv)",
    )
    command.add_argument(
        "--overwrite",
        action="store_true",
        help="replace a file that this command made, even if you changed it since",
    )
    _redact(command)
    group = command.add_argument_group("the work-search record")
    group.add_argument("--since", metavar="DAY", help="its first day, as 2026-02-02")
    group.add_argument("--until", metavar="DAY", help="its last day (default: --as-of)")
    group.add_argument(
        "--week-starts",
        default="monday",
        metavar="DAY",
        help="the first day of a week: monday (default), sunday ...",
    )
    me(command.add_argument_group("for the scripts, and above what is printed"))


def _redact(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--redact",
        action="store_true",
        help="pseudonyms, no numbers and no notes; dates, job titles and sources are kept",
    )


def report(command: argparse.ArgumentParser) -> None:
    """Add what a report is to show, and where it goes."""
    command.add_argument(
        "-o",
        "--output",
        default="report.html",
        metavar="FILE",
        help="an .html file, new or an earlier report (default: report.html)",
    )
    command.add_argument("--days", type=int, default=7, help="how far to look ahead (default: 7)")
    _redact(command)
    group = command.add_argument_group("who you are")
    group.add_argument("--name", help="your name, for the heading and what to say")
    group.add_argument("--phone", help="your number, for what to say")
