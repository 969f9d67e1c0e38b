"""What the command line's arguments mean: the log that was named, the day, the strategy."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    import datetime as dt
    import os
    from typing import IO, Any

    from .log import ApplicationLog
    from .strategies import Strategy


def opened(args: argparse.Namespace) -> tuple[ApplicationLog, dt.date]:
    """Read the log that was named, or the sample, and settle on the day to look at."""
    import datetime as dt

    from .importing import read_log
    from .progress import working
    from .schema import as_day

    asked = getattr(args, "as_of", None)
    day = as_day(asked, name="--as-of").date() if asked else None
    source: str | IO[bytes] | os.PathLike[str]
    if args.log is None:
        from .sample import SAMPLE_DAY, sample_path

        source, day = sample_path(), day or dt.date.fromisoformat(SAMPLE_DAY)
    else:
        source = sys.stdin.buffer if args.log == "-" else args.log
    with working(f"Reading {args.log or 'the sample'}"):
        log = read_log(source, **ways_of(args))
    return log, day or dt.date.today()


def ways_of(args: argparse.Namespace) -> dict[str, Any]:
    """Return how the file is to be read, as `read_log` takes it."""
    return {
        "mapping": _mapping(args.map) or None,
        "date_order": args.date_order,
        "sheet": args.sheet,
        "encoding": args.encoding,
        "delimiter": _TAB.get(args.delimiter, args.delimiter),
        "header_row": args.header_row,
        "names": _names(args.names),
        "journal": not args.no_journal,
    }


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


def strategy_of(args: argparse.Namespace) -> Strategy:
    """Return the strategy that was named, with the country whose holidays are to be heeded."""
    from dataclasses import replace

    from .strategies import strategy_named

    strategy = strategy_named(args.strategy)
    return replace(strategy, country=args.country) if args.country else strategy


def stages_of(args: argparse.Namespace) -> tuple[str, ...]:
    """Return the stages that were named, with commas between."""
    return tuple(stage.strip() for stage in args.stages.split(",") if stage.strip())
