"""What the command line takes. It loads nothing but argparse: `--help` should be there at once."""

from __future__ import annotations

import argparse
import sys

from . import __version__, cli_file_args

_LOG = """\
LOG is a CSV or Excel file, or - for standard input: a sheet with one row per application, or
one row per event. Without it, the made-up sample is shown. It is never changed.
"""

_CODES = """\
exit codes: 0 fine; 1 with --strict, when rows had to be left out; 2 a file or an argument
that cannot be used; 130 interrupted.
"""


SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    raw = argparse.RawDescriptionHelpFormatter
    out = argparse.ArgumentParser(
        prog="jobsearch-stats",
        description="Whom to call today and whom to let go, and why, from your job search log.",
        epilog=_with_examples(
            "agenda my_search.xlsx", "check my_search.xlsx", "agenda --help", log=True
        ),
        formatter_class=raw,
    )
    out.add_argument("--version", action="version", version=__version__)
    commands = out.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, text, groups, examples in _COMMANDS:
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text[:1].upper()}{text[1:]}.",
            epilog=_with_examples(
                *(f"{name} {rest}".strip() for rest in examples),
                log=bool({_log, _reading} & {*groups}),
            ),
            formatter_class=raw,
        )
        for add in groups:
            add(command)
    return out


def parsed(argv: list[str] | None) -> argparse.Namespace:
    """Return the arguments; what stands behind "lab ... --" is JupyterLab's, in `passed_on`."""
    words = sys.argv[1:] if argv is None else argv
    at = words.index("--") if words[:1] == ["lab"] and "--" in words else len(words)
    return parser().parse_args(words[:at], argparse.Namespace(passed_on=words[at + 1 :]))


def _with_examples(*commands: str, log: bool) -> str:
    lines = "".join(f"  jobsearch-stats {command}\n" for command in commands)
    return "\n".join([f"examples:\n{lines}", *([_LOG] if log else []), _CODES])


def _reading(command: argparse.ArgumentParser) -> None:
    _log(command)
    group = _how_to_read(command)
    _strict(group)
    _no_journal(group)


def _log(command: argparse.ArgumentParser) -> None:
    command.add_argument("log", nargs="?", metavar="LOG", help="your file (default: the sample)")


def _how_to_read(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    group = command.add_argument_group("how to read the file")
    group.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADER=FIELD",
        help='what a column is, for example "Firma=company"; can be repeated',
    )
    group.add_argument("--date-order", metavar="ORDER", help="day-first or month-first")
    group.add_argument("--sheet", help="the sheet of a workbook, by name")
    group.add_argument("--encoding", help="the file's encoding, for example cp1252")
    group.add_argument("--delimiter", metavar="CHAR", help="the character between cells, or tab")
    group.add_argument(
        "--header-row", type=int, metavar="N", help="the row with the columns' names, from 1"
    )
    group.add_argument(
        "--names",
        metavar="LIST",
        help='the columns\' names, where the file has none: "company,role,applied"',
    )
    return group


def _no_journal(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--no-journal", action="store_true", help="leave out what was recorded beside the file"
    )


def _strict(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--strict", action="store_true", help="exit with 1 if rows were left out")


def _lab(command: argparse.ArgumentParser) -> None:
    _no_journal(_how_to_read(command))
    group = command.add_argument_group("the notebooks")
    group.add_argument(
        "--as-of", metavar="DAY", help="the day to look at, as 2026-03-10 (default: today)"
    )
    group.add_argument(
        "--folder",
        metavar="FOLDER",
        help="where they are put, if they are not there (default: jobsearch_notebooks); without "
        "LOG they open the one that was named last for this folder",
    )
    group.add_argument(
        "--no-browser",
        action="store_true",
        help="open no browser, and only say the address; what comes after -- is passed on to "
        "JupyterLab as it is",
    )


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="default: table"
    )


def _rules(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("the rules")
    group.add_argument(
        "--as-of", metavar="DAY", help="the day to look at, as 2026-03-10 (default: today)"
    )
    _strategy(group)
    group.add_argument(
        "--stages",
        default="interview",
        metavar="LIST",
        help='"interview" (default), or "interview,application" for those that answered nothing',
    )


def _strategy(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--strategy",
        default="DAY_AFTER",
        metavar="NAME",
        help="DAY_AFTER, BEFORE_DECISION, THANK_YOU_FIRST, EMAIL_INSTEAD or NO_FOLLOW_UP",
    )
    group.add_argument(
        "--country", metavar="CODE", help="heed its public holidays: US, DE-BY, GB-SCT ..."
    )


DID = {
    "voicemail": ("follow_up", "voicemail", "phone"),
    "no-answer": ("follow_up", "no_answer", "phone"),
    "message-taken": ("follow_up", "message_taken", "phone"),
    "spoke": ("follow_up", "spoke", "phone"),
    "sent": ("follow_up", "sent", "email"),
    "thank-you": ("thank_you", None, None),
    "applied": ("applied", None, None),
    "interview": ("interview", None, None),
    "acknowledgement": ("acknowledgement", None, None),
    "reply": ("reply", None, None),
    "invited": ("reply", "invited", None),
    "rejection": ("rejection", None, None),
    "offer": ("offer", None, None),
    "withdrawn": ("withdrawn", None, None),
    "out-of-office": ("out_of_office", None, None),
    "do-not-contact": ("do_not_contact", None, None),
}
"""What can be recorded in a word: its kind, its outcome, and the method if none is said."""


def _recording(command: argparse.ArgumentParser) -> None:
    command.add_argument("log", metavar="LOG", help="your file; what you did goes beside it")
    command.add_argument(
        "application", nargs="?", metavar="APPLICATION", help="its id, or a part of the company"
    )
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--did", metavar="WHAT", help=f"one of {', '.join(DID)}")
    what.add_argument("--undo", type=int, metavar="N", help="take entry N back")
    group = command.add_argument_group("what to write down")
    group.add_argument("--on", metavar="DAY", help="when, as 2026-03-10 (default: today)")
    group.add_argument("--method", help="phone, email, letter, in_person, video, text or portal")
    group.add_argument("--contact", metavar="NAME", help="with whom")
    group.add_argument(
        "--decide-by", metavar="WHEN", help='when they decide: a day, or "a week", "by Friday"'
    )
    group.add_argument("--until", metavar="WHEN", help="the last day away, with out-of-office")
    group.add_argument("--note", metavar="TEXT", help="anything else")
    _strict(_how_to_read(command))
    command.set_defaults(no_journal=True)  # it is added once it has been written
    _strategy(command.add_argument_group("the rules"))


def _days(command: argparse.ArgumentParser) -> None:
    command.add_argument("--days", type=int, default=7, help="how far to look ahead (default: 7)")
    group = command.add_argument_group("what to say")
    group.add_argument("--scripts", action="store_true", help="add what to say or write")
    cli_file_args.me(group)


def _most(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--most", type=int, default=20, metavar="N", help="problems of each kind (default: 20)"
    )


def _simulating(command: argparse.ArgumentParser) -> None:
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--sample", metavar="FOLDER", help="write the sample's files there")
    where.add_argument("-o", "--output", metavar="FILE", help="write a log of events (CSV) there")
    command.add_argument("-n", type=int, default=140, help="applications (default: 140)")
    command.add_argument("--seed", type=int, default=1, help="default: 1")


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=SHELLS, help=" or ".join(SHELLS))


def _template(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o",
        "--output",
        default="my_job_search.xlsx",
        metavar="FILE",
        help="a new .xlsx or .csv file (default: my_job_search.xlsx)",
    )
    command.add_argument(
        "--language", default="en", metavar="CODE", help="of its headers: en (default), de, fr ..."
    )
    command.add_argument(
        "--events",
        action="store_const",
        const="events",
        default="sheet",
        dest="shape",
        help="one row for each thing that happened, not one for each application",
    )


_COMMANDS = (
    (
        "agenda",
        "what to do today and in the days to come",
        (_reading, _format, _rules, _days),
        (
            "",
            'my_search.xlsx --scripts --name "Robin Example" --phone 555-0199',
            'my_search.csv --map "Spoke with=contact" --date-order day-first --country DE-BY',
        ),
    ),
    (
        "follow-ups",
        "where every application stands",
        (_reading, _format, _rules),
        (
            "my_search.xlsx --as-of 2026-03-10",
            "my_search.xlsx --strategy BEFORE_DECISION --format csv > states.csv",
        ),
    ),
    (
        "check",
        "how your file was read, and what was wrong in it",
        (_reading, _format, _most),
        ("my_search.xlsx", "my_search.xlsx --format json --strict"),
    ),
    (
        "record",
        "write down what you did, beside your file",
        (_recording,),
        (
            "my_search.xlsx Osprey --did voicemail",
            'my_search.xlsx osprey --did spoke --decide-by "two weeks" --note "ask for Ms Clay"',
            "my_search.xlsx Osprey --did out-of-office --until 2026-03-20",
            "my_search.xlsx --undo 3",
        ),
    ),
    (
        "calendar",
        "the days to call, to write and to wait for, for your calendar",
        (_reading, _rules, cli_file_args.calendar),
        (
            "my_search.xlsx",
            'my_search.xlsx -o private.ics --detail --name "Robin Example" --phone 555-0199',
            "my_search.xlsx --alarm none --days 14 -o - > two_weeks.ics",
        ),
    ),
    (
        "lab",
        "open the notebooks in JupyterLab, on your file",
        (_log, _lab),
        (
            "my_search.xlsx",
            "my_search.xlsx --folder ~/search --no-browser -- --ServerApp.port=9999",
        ),
    ),
    (
        "export",
        "a workbook of it all, or the record of your work search for an office",
        (_reading, _rules, cli_file_args.export),
        (
            "my_search.xlsx -o search.xlsx",
            'my_search.xlsx -o office.xlsx --table work-search --since 2026-02-02 --name "R. Doe"',
            "my_search.xlsx -o office.csv --week-starts sunday",
            "my_search.xlsx -o history.csv --table history",
        ),
    ),
    (
        "report",
        "one page with all of it, to read, to print or to hand to a coach",
        (_reading, _rules, cli_file_args.report),
        (
            "",
            'my_search.xlsx -o report.html --name "Robin Example" --phone 555-0199',
            "my_search.xlsx -o for_my_coach.html --redact",
        ),
    ),
    (
        "template",
        "make a sheet to start from",
        (_template,),
        ("", "--language fr -o ma_recherche.xlsx", "--events -o my_events.csv"),
    ),
    (
        "simulate",
        "make a made-up log to play with",
        (_simulating,),
        ("-o made_up.csv -n 300 --seed 2", "--sample data/sample"),
    ),
    (
        "completion",
        "what lets your shell complete commands, options and files",
        (_completion,),
        (
            "bash > ~/.local/share/bash-completion/completions/jobsearch-stats",
            'zsh > "${fpath[1]}/_jobsearch-stats"',
            "fish > ~/.config/fish/completions/jobsearch-stats.fish",
            "powershell >> $PROFILE",
        ),
    ),
)
"""Each command: its name, what it gives, the arguments it takes, and examples."""
