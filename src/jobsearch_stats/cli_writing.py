"""How the command line says things: folded to the terminal, or as CSV or JSON for programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Iterable
    from typing import Any

    import pandas as pd

    from .log import ApplicationLog
    from .terminal import Paint

OK, REJECTED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

_WIDEST = 100


def terminal_now() -> tuple[int, Paint]:
    """Return the width to fold to, and whether this terminal is to have colours."""
    import shutil

    from .terminal import coloured, plain

    width = max(30, min(shutil.get_terminal_size((80, 24)).columns, _WIDEST))
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return width, coloured if wanted and sys.stdout.isatty() else plain


def heading(args: argparse.Namespace, as_of: dt.date, width: int) -> list[str]:
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


def hints_for(args: argparse.Namespace, width: int) -> list[str]:
    """Say how to go on, where that has not been done yet."""
    from .terminal import fold

    own = ["Your own file: jobsearch-stats agenda FILE."] if args.log is None else []
    said = [] if args.scripts else ['What to say: --scripts --name "Your Name" --phone NUMBER.']
    return fold(" ".join([*own, *said]), width) if own or said else []


_STAGES_IN_PYTHON = 'stages=("interview", "application")'


def note_lines(notes: Iterable[object], width: int) -> list[str]:
    """Return notes as an indented list, with arguments as they are typed here."""
    from .terminal import clean, fold

    said = [
        clean(note).replace(_STAGES_IN_PYTHON, "--stages interview,application") for note in notes
    ]
    return [line for note in said for line in fold(note, width, indent="  ", first="* ")]


def code_of(args: argparse.Namespace, log: ApplicationLog) -> int:
    """Return the exit code: with --strict, rows that were left out are a failure."""
    left_out = log.counts.get("rows_rejected", 0) + log.counts.get("entries_rejected", 0)
    return REJECTED if args.strict and left_out else OK


def export(
    table: pd.DataFrame,
    args: argparse.Namespace,
    log: ApplicationLog,
    notes: list[str],
    **facts: dt.date,
) -> int:
    """Write the table for another program: CSV (notes on standard error), or one JSON object."""
    if args.format == "csv":
        from .canonical_cells import neutral

        text = neutral(table).to_csv(index=False, lineterminator="\n")
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stderr.writelines(f"{note}\n" for note in notes)
        return code_of(args, log)
    import json

    rows: list[dict[str, Any]] = json.loads(
        table.to_json(orient="records", date_format="iso", date_unit="s")
    )
    days = [name for name in table.columns if table[name].dtype.kind == "M"]
    for row in rows:
        row.update({name: row[name] and row[name][:10] for name in days})
    said = {name: str(value) for name, value in facts.items()}
    sys.stdout.write(json.dumps({**said, "notes": list(notes), "rows": rows}, indent=1) + "\n")
    return code_of(args, log)


def write(lines: Iterable[str]) -> None:
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


def fail(error: Exception) -> int:
    """Say what cannot be used and how to go on, in one paragraph on standard error."""
    from .terminal import clean, fold

    text = str(error)
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.filename or 'the output'}: {error.strerror}"
    here = [option for name, option in _OPTIONS.items() if f"{name}=" in text]
    if here:
        text += f" (Here: {', '.join(here)}.)"
    width, _ = terminal_now()
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
    "journal": "--no-journal",
    "overwrite": "--overwrite",
    "week_starts": "--week-starts sunday",
}
"""What an error's argument is called on the command line."""
