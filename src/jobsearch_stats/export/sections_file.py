"""What the page rests on: what was wrong in the file, and how all of it was computed."""

from __future__ import annotations

from .. import __version__
from ..notebook import long_day
from ..review import lacking_sentence, problems_sentence
from ..show import reading_notes
from ..summary import DONE, LogSummary, counted
from .markup import Table, decision, paragraphs, section, text
from .phrases import said
from .search import BELOW, BY_DAY, WITHIN, Search

_PROBLEMS = {
    "severity": "what was done",
    "column": "column",
    "problem": "what was wrong",
    "times": "times",
    "first_row": "first row",
    "first_value": "first value",
}


def problems_section(search: Search) -> str:
    """Return what was wrong in the file, by kind, and what would make the log tell more."""
    summary = search.log.summary()
    return section(
        "problems",
        "What was wrong in the log",
        decision(problems_sentence(search.log)),
        _problems(search, summary),
        paragraphs(*map(said, reading_notes(search.log)), said(lacking_sentence(search.log))),
    )


def _problems(search: Search, summary: LogSummary) -> str:
    hidden = {"first_value", "problem"} if search.redacted else set()
    noted = summary.noted
    table = Table(
        "problems",
        noted.assign(severity=noted["severity"].map(DONE)),
        {name: head for name, head in _PROBLEMS.items() if name not in hidden},
        f"{counted(len(search.log.problems), 'problem')} of {counted(len(noted), 'kind')}.",
        most=100,
        printed=6,
        rest="jobsearch-stats check FILE lists each of them.",
        sortable=True,
    )
    return table.html


def method_section(search: Search) -> str:
    """Return the day, the rules, the windows and the version: what it takes to do it again."""
    counts = search.log.counts
    rows = (
        ("Looked at from", f"{long_day(search.as_of)}; what is dated later has not happened yet."),
        ("Strategy", _strategy(search)),
        ("The log", _log(search, counts)),
        ("Windows", _windows(search)),
        ("Made by", f"jobsearch-stats {__version__}, on this computer, without the network."),
    )
    listed = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in rows)
    return section("method", "How it was worked out", f"<dl>{listed}</dl>")


def _strategy(search: Search) -> str:
    strategy = search.strategy
    country = f", public holidays of {strategy.country}" if strategy.country else ""
    after = " or an ".join(search.stages)
    return f"{strategy.name} ({strategy.source}), after an {after}{country}."


def _log(search: Search, counts: dict[str, int]) -> str:
    apps, events = len(search.log.applications), len(search.log.events)
    what = f"{counted(apps, 'application')}, {counted(events, 'dated event')}"
    read = f"; {counted(counts['rows_read'], 'row')} read" if "rows_read" in counts else ""
    out = counts.get("rows_rejected", 0)
    return f"{what}{read}, {out} left out." if read else f"{what}."


def _windows(search: Search) -> str:
    return (
        f"An answer counts in a rate within {WITHIN} days. Silence is followed until day "
        f"{BY_DAY}; a chance below {100 * BELOW:g} % is not worth waiting for. The funnel's rates "
        f"have applications sent {search.funnel.matured_days} days ago or earlier. Intervals are "
        "of 95 %."
    )
