"""What was read, how, and what the log cannot answer: in lines, and in HTML."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import pandas as pd

from .lacking import Lack, lacking
from .schema import COLUMN_COLUMNS, empty_frame

_NAMED = 6
"""Headers and kinds of problems that are named; of the rest the number is said."""
_MOST_ROWS = 200
"""Rows of a table in HTML; the frames of the log have them all."""
_LONGEST = 80
_OPEN = 12
"""A table of no more rows than this is shown unfolded."""

_ORDER = r"\b(?P<order>day-first|month-first)(?:: (?P<why>.*))?$"
_OWN = r"^(.*) decides$"
_TIMES = r"\s*\((\d+) times?\)"
_QUOTED = r"'[^']*'|\"[^\"]*\""

_SEVERITY_WORDS = {
    "rejected": ("row", "left out"),
    "blanked": ("value", "not used, in rows that were kept"),
    "noted": ("thing", "to look at"),
}
DONE = {"rejected": "left out", "blanked": "not used", "noted": "look at it"}
"""What was done about a problem, or is to be done, by its severity."""
NOTED_COLUMNS = {
    "severity": "str",
    "column": "str",
    "problem": "str",
    "times": "int64",
    "first_value": "str",
    "first_row": "Int64",
}
"""Columns of `LogSummary.noted`, with their dtypes."""


@dataclass(frozen=True)
class LogSummary:
    """What was read, in lines for people; shows itself in a terminal and in a notebook.

    Attributes
    ----------
    lines
        All of it, one thing said in each; those that begin with "  - " belong to the one above.
    counts
        Rows read, loaded, left out and blank, by `log.counts`.
    columns
        How every header was read: `header, field, read_as`.
    noted
        The problems, grouped: `severity, column, problem, times, first_value, first_row`.
    lacks
        What the log cannot answer, what today's list needs most first.
    """

    lines: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)
    columns: pd.DataFrame = field(default_factory=lambda: empty_frame(COLUMN_COLUMNS))
    noted: pd.DataFrame = field(default_factory=lambda: empty_frame(NOTED_COLUMNS))
    lacks: tuple[Lack, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        said = [line for line in self.lines if not line.startswith(_UNDER)]
        about = [line for line in said if line not in (_CANNOT, _CAN)]
        parts = [
            _rows_html(self.counts),
            "".join(
                f"<p style='margin: 0.3em 0'>{_cell(line)}</p>"
                for line in about[bool(self.counts) :]
            ),
            _columns_html(self.columns),
            _noted_html(self.noted),
            _lacks_html(self.lacks),
        ]
        return f'<div class="tex2jax_ignore" style="max-width: 60em">{"".join(parts)}</div>'


_UNDER = "  - "
_CANNOT = "What it cannot answer yet, and what to add:"
_CAN = "It has all that the follow-up rules use."


def summarise(
    applications: pd.DataFrame,
    events: pd.DataFrame,
    problems: pd.DataFrame,
    columns: pd.DataFrame,
    counts: dict[str, int],
) -> LogSummary:
    """Return what was read, from the frames of a log and the counts of its rows."""
    noted = grouped(problems)
    lacks = lacking(applications, events, columns)
    lines = [
        *_rows(counts),
        *_events(applications, events),
        *_columns(columns),
        *date_orders(columns),
        *_problems(problems, noted),
        *([_CANNOT, *(f"{_UNDER}{lack.text}" for lack in lacks)] if lacks else [_CAN]),
    ]
    return LogSummary(tuple(lines), dict(counts), columns, noted, lacks)


def _rows(counts: dict[str, int]) -> list[str]:
    if not counts:
        return []
    return [
        f"{counted(counts['rows_read'], 'row')} read: {counts['rows_loaded']} loaded, "
        f"{counts['rows_rejected']} left out, {counts['rows_blank']} blank.",
        *_entries(counts),
    ]


def _entries(counts: dict[str, int]) -> list[str]:
    """Say what became of the entries of a journal, where there is one."""
    n = counts.get("entries_read", 0)
    if not n:
        return []
    said = {"added": "added", "known": "there already", "undone": "undone", "rejected": "left out"}
    parts = [f"{counts[f'entries_{name}']} {what}" for name, what in said.items()]
    return [f"{n} {'entry' if n == 1 else 'entries'} of the journal: {', '.join(parts)}."]


def _events(applications: pd.DataFrame, events: pd.DataFrame) -> list[str]:
    kinds = events["kind"].value_counts()
    said = ", ".join(f"{n} {_kind(str(kind))}" for kind, n in kinds.items() if n)
    lines = [
        f"{counted(len(applications), 'application')} with {counted(len(events), 'dated event')}: "
        f"{said or 'none'}."
    ]
    if len(events):
        first, last = events["date"].min(), events["date"].max()
        lines.append(f"First event {first:%Y-%m-%d}, last {last:%Y-%m-%d}.")
    return lines


def _kind(kind: str) -> str:
    return {"follow_up": "follow-up", "thank_you": "thank-you"}.get(kind, kind.replace("_", " "))


def _columns(columns: pd.DataFrame) -> list[str]:
    if not len(columns):
        return []
    fields = columns["field"].fillna("")
    kept = columns.loc[fields == "", "header"].fillna("").astype("str")
    out = int((fields == "(left out)").sum())
    parts = [f"{len(columns) - len(kept) - out} understood"]
    parts += [f"{out} left out"] if out else []
    parts += [f"kept as they are: {_listed(list(kept))}"] if len(kept) else []
    return [f"{counted(len(columns), 'column')}: {', '.join(parts)}."]


def date_orders(columns: pd.DataFrame) -> list[str]:
    """Say in which order day and month were read, in which columns and why."""
    found = columns["read_as"].astype("str").str.extract(_ORDER)
    some = found["order"].notna()
    if not some.any():
        return []
    found["header"] = columns["header"].fillna("").astype("str")
    found = found[some].fillna("")
    found["own"] = found["why"].str.extract(_OWN)[0].fillna("")
    found["kind"] = found["why"].where(found["own"] == "", "")  # each has a date of its own
    lines = []
    for (order, kind), group in found.groupby(["order", "kind"], sort=False):
        headers, own = group["header"].tolist(), group["own"].tolist()
        why = kind or f"{own[0]} decides"
        if len(headers) > 1 and own[0]:
            why = f"dates of their own decide, in {_short(headers[0])} {own[0]}"
        lines.append(f"Dates are {order} in {_listed(headers)}: {why}.")
    return lines


def grouped(problems: pd.DataFrame) -> pd.DataFrame:
    """Return the problems by what they are, those that are met most often first.

    Returns
    -------
    pandas.DataFrame
        Columns `severity, column, problem, times, first_value, first_row`.
    """
    if not len(problems) or "problem" not in problems.columns:
        return empty_frame(NOTED_COLUMNS)
    said = problems["problem"].fillna("").astype("str")
    times = pd.to_numeric(said.str.extract(_TIMES)[0]).fillna(1).astype("int64")
    same = said.str.replace(_TIMES, "", regex=True).str.replace(_QUOTED, "…", regex=True)
    table = pd.DataFrame(
        {
            "severity": problems["severity"].astype("str"),
            "column": problems["column"].fillna("").astype("str"),
            "same": same,
            "problem": said.str.replace(_TIMES, "", regex=True),
            "times": times,
            "first_value": problems["value"].fillna("").astype("str"),
            "first_row": problems["source_row"],
        }
    )
    groups = table.groupby(["severity", "column", "same"], sort=False)
    out = groups.agg(
        problem=("problem", "first"),
        n=("problem", "nunique"),
        times=("times", "sum"),
        first_value=("first_value", "first"),
        first_row=("first_row", "first"),
    ).reset_index()
    out["problem"] = out["problem"].where(out["n"] == 1, out["same"])
    rank = out["severity"].map({name: at for at, name in enumerate(_SEVERITY_WORDS)})
    order = out.assign(rank=rank).sort_values(
        ["rank", "times"], ascending=[True, False], kind="stable"
    )
    return order[list(NOTED_COLUMNS)].reset_index(drop=True)


def _problems(problems: pd.DataFrame, noted: pd.DataFrame) -> list[str]:
    """Return a line for each severity, and under it the kinds of problem met most often."""
    counts = problems["severity"].value_counts()
    lines = []
    for severity, (what, rest) in _SEVERITY_WORDS.items():
        n = int(counts.get(severity, 0))
        if not n:
            continue
        lines.append(f"{counted(n, what)} {rest}: see problems.")
        kinds = noted[noted["severity"] == severity]
        lines += _kinds(kinds.head(_NAMED))
        more = len(kinds) - _NAMED
        lines += [f"{_UNDER}and {counted(more, 'other kind')}"] if more > 0 else []
    return lines


def _kinds(noted: pd.DataFrame) -> list[str]:
    """Return a kind of problem in a line each, with its value where there is but one."""
    out = []
    for _, column, problem, times, value, row in noted.itertuples(index=False):
        where = f"{_short(column)}: " if column else ""
        often = f" ({times} times)" if times > 1 else ""
        if value and pd.notna(row):
            first = f"{_short(value)!r} in row {row}"
            often = f" ({first})" if times == 1 else f" ({times} times, the first {first})"
        out.append(f"{_UNDER}{where}{problem}{often}")
    return out


def _listed(names: list[str]) -> str:
    shown = [_short(name) or "(no header)" for name in names[:_NAMED]]
    more = len(names) - _NAMED
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def counted(n: int, what: str) -> str:
    """Return a number of things, in the plural where there is not one: "2 rows"."""
    return f"{n} {what}" if n == 1 else f"{n:,} {what}s"


_PLAIN = 'style="font-size: inherit; margin: 0.2em 0"'
_CSS = "text-align: left; vertical-align: top; padding: 0.15em 0.8em 0.15em 0"


def _cell(text: object) -> str:
    """Return a text for HTML: escaped, short, and its direction kept to itself."""
    return f"<bdi>{html.escape(_short(str(text)) if len(str(text)) > 400 else str(text))}</bdi>"


def _table(head: list[str], rows: list[list[object]]) -> str:
    top = "".join(f'<th style="{_CSS}">{html.escape(name)}</th>' for name in head)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CSS}">{_cell(cell)}</td>' for cell in row) + "</tr>"
        for row in rows[:_MOST_ROWS]
    )
    more = len(rows) - _MOST_ROWS
    rest = f"<p>… and {more} more.</p>" if more > 0 else ""
    return f"<table {_PLAIN}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _folded(title: str, inside: str, *, is_open: bool) -> str:
    state = " open" if is_open else ""
    return (
        f"<details{state} style='margin: 0.5em 0'><summary style='cursor: pointer'>"
        f"<b>{html.escape(title)}</b></summary>{inside}</details>"
    )


def _rows_html(counts: dict[str, int]) -> str:
    names = ("rows_read", "rows_loaded", "rows_rejected", "rows_blank")
    if not counts:
        return ""
    return _table(
        ["rows read", "loaded", "left out", "blank"], [[counts.get(name, 0) for name in names]]
    )


def _columns_html(columns: pd.DataFrame) -> str:
    if not len(columns):
        return ""
    unknown = columns["field"].fillna("") == ""
    table = pd.concat([columns[unknown], columns[~unknown]])
    read_as = table["read_as"].fillna("").where(table["read_as"].notna(), table["field"])
    rows = [
        [header or "(no header)", read]
        for header, read in zip(table["header"].fillna(""), read_as.fillna(""), strict=True)
    ]
    inside = _table(["your header", "read as"], rows)
    return _folded("How each column was read", inside, is_open=len(rows) <= _OPEN)


def _noted_html(noted: pd.DataFrame) -> str:
    if not len(noted):
        return ""
    first = [
        ": ".join(filter(None, (f"row {row}" if pd.notna(row) else "", _short(value))))
        for row, value in zip(noted["first_row"], noted["first_value"], strict=True)
    ]
    columns = [noted[name].tolist() for name in ("severity", "column", "problem", "times")]
    rows = [[DONE[severity], *rest] for severity, *rest in zip(*columns, first, strict=True)]
    head = ["what was done", "column", "what", "times", "the first"]
    return _folded("What was noted", _table(head, rows), is_open=len(rows) <= _OPEN)


def _lacks_html(lacks: tuple[Lack, ...]) -> str:
    if not lacks:
        return f"<p>{html.escape(_CAN)}</p>"
    items = "".join(
        f"<li><b>{_cell(lack.what)}</b>: {_cell(lack.so)}. {_cell(lack.add)}.</li>"
        for lack in lacks
    )
    return f"<p style='margin: 0.5em 0 0'><b>{html.escape(_CANNOT)}</b></p><ul>{items}</ul>"
