"""The commands that make files, or open them in another program."""

from __future__ import annotations

import sys
from pathlib import Path

from .cli_reading import opened, stages_of, strategy_of, ways_of
from .cli_writing import code_of, heading, note_lines, terminal_now, write
from .errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from .lab import Copied
    from .lab_settings import LabSettings


def calendar(args: argparse.Namespace) -> int:
    """Write the calendar, say what stands in it, and how it gets into one's own."""
    from .export.calendar import write_calendar
    from .progress import working

    strategy, stages = strategy_of(args), stages_of(args)
    log, as_of = opened(args)
    path = args.output or ("sample_follow_ups.ics" if args.log is None else "follow_ups.ics")
    piped = path == "-"
    with working("Making the calendar"):
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
    "Import it into a calendar of its own: that can be hidden, or deleted as a whole. After each "
    "change of your log run this again, and import the file again.",
    "Google and Apple then move what is there. Thunderbird, Nextcloud and Outlook leave it as it "
    "is, or double it: there, delete that calendar first.",
)


def lab(args: argparse.Namespace) -> int:
    """Copy the notebooks into a folder, point them at the log, and open JupyterLab there."""
    from .lab import copy_notebooks, plain_environment, start_lab
    from .lab_settings import write_settings

    folder = _lab_folder(args)
    settings = _lab_settings(args, folder)
    copied = copy_notebooks(folder)
    write_settings(folder, settings)
    write(_lab_lines(copied, settings))
    browser = ["--ServerApp.open_browser=False"] if args.no_browser else []
    return start_lab(
        copied.first,
        root=folder,
        passed_on=[*browser, *args.passed_on],
        environment=plain_environment(),
    )


def _lab_folder(args: argparse.Namespace) -> Path:
    """Return the folder that was named; else the one we stand in, if its notebooks are ours."""
    from .importing.sources import path_of
    from .lab import FOLDER
    from .lab_settings import SETTINGS_FILE

    if args.folder is not None:
        return path_of(args.folder).absolute()
    here = Path.cwd()
    return here if (here / SETTINGS_FILE).exists() else here / FOLDER


def _lab_settings(args: argparse.Namespace, folder: Path) -> LabSettings:
    """Return what the notebooks are to open; a log that cannot be read is refused here."""
    from .lab_settings import SETTINGS_FILE, LabSettings, log_of, read_settings
    from .progress import working
    from .schema import as_day

    kept = read_settings(folder)
    day = f"{as_day(args.as_of, name='--as-of'):%Y-%m-%d}" if args.as_of else None
    asked = LabSettings(log=_lab_log(args.log, folder), as_of=day, **ways_of(args))
    if asked.log is not None:
        with working(f"Reading {args.log}"):
            log_of(asked.log, asked.ways)
    elif kept is not None and kept.log is not None:
        if asked.given:
            raise SettingError(
                f"{', '.join(asked.given)}: these settings are kept with a log, so name it as "
                f"well: jobsearch-stats lab LOG. (The one of {folder} is {kept.log}.)"
            )
        log_of(folder / kept.log, kept.ways, named_in=str(folder / SETTINGS_FILE))
        return kept
    return asked


def _lab_log(log: str | None, folder: Path) -> str | None:
    """Return the whole path of a log that can be opened again and again."""
    from .importing.sources import path_of

    if log is None or "://" in log:
        return log  # reading an address says what to do
    path = path_of(log).absolute()
    if log == "-" or (path.exists() and not (path.is_file() or path.is_dir())):
        raise SettingError(
            f"{log} can be read only once, and the notebooks open their log each time that they "
            "run. Save it as a file, and pass that.",
            name="LOG",
            value=log,
        )
    if path.is_dir() and folder.resolve().is_relative_to(path.resolve()):
        raise SettingError(
            f"{log} is a folder, and the notebooks would be among the files in it. Name the one "
            "that is your log, or with --folder another place for the notebooks.",
            name="LOG",
            value=log,
        )
    return str(path)


def _lab_lines(copied: Copied, settings: LabSettings) -> list[str]:
    """Say where the notebooks are, what they are about, and how to stop."""
    from .lab_settings import SETTINGS_FILE
    from .terminal import clean, fold

    about = (
        'the made-up sample; "jobsearch-stats lab LOG" points them at your own file'
        if settings.log is None
        else f"{settings.log}, as {SETTINGS_FILE} beside them says"
    )
    said = (copied.text, f"They are about {about}.", "JupyterLab starts. Ctrl-C here stops it.")
    width, _ = terminal_now()
    return [line for text in said for line in fold(clean(text), width)]


def report(args: argparse.Namespace) -> int:
    """Write the report, and say where it is, what it shows and who may see it."""
    from .export.report import write_report
    from .progress import working
    from .terminal import clean, fold

    strategy, stages = strategy_of(args), stages_of(args)
    log, as_of = opened(args)
    name = "The made-up sample" if args.log is None else Path(args.log).name
    with working("Making the report"):
        place = write_report(
            log,
            args.output,
            as_of=as_of,
            strategy=strategy,
            stages=stages,
            days=args.days,
            me={"name": args.name, "phone": args.phone},
            title="" if args.name or args.log == "-" else name,
            redacted=args.redact,
        )
    said = (
        f"{place}: today's list, the coming days, where everybody stands, and what the numbers "
        "can tell. Open it in a browser, or print it.",
        REDACTED if args.redact else _PRIVATE,
    )
    width, _ = terminal_now()
    write([line for text in said for line in fold(clean(text), width)])
    return code_of(args, log)


_PRIVATE = (
    "It is private: names and numbers of other people stand in it. With --redact it has pseudonyms."
)
REDACTED = (
    "Employers and people have pseudonyms, numbers and notes are left out; dates, job titles and "
    "sources are kept, so look through it before you hand it on."
)
