"""The agenda, the states and what was wrong in a file, as lines for a terminal."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from .terminal import Paint, clean, cut, day_name, fold, plain, width_of

if TYPE_CHECKING:
    import pandas as pd

    from .log import ApplicationLog

Row = dict[str, Any]
"""A row of a frame: None for what is blank, text cleaned, dates as `date`."""

_INDENT = "    "
_NAMED = 3

_VERBS = {
    ("follow_up", "phone"): "Call",
    ("follow_up", ""): "Write to",
    ("thank_you", "phone"): "Thank-you call to",
    ("thank_you", ""): "Thank-you note to",
    ("courtesy_card", ""): "Courtesy card to",
    ("prepare_interview", ""): "Prepare the interview with",
    ("old", ""): "Old:",
    ("let_go", ""): "Let go:",
}
ASIDE = {
    "old": "LONG PAST: one last message, or let go",
    "let_go": "LET GO: two messages and no answer, so assume a no",
}
"""Actions that stand behind the days, in a short list of their own."""

STATES_BY_NEED = ("due", "overdue", "waiting", "abandoned", "closed")
"""The states, with what there is to do before what there is not."""


def records(frame: pd.DataFrame, columns: Iterable[str]) -> list[Row]:
    """Return the rows with None for what is blank, text cleaned, dates as `date`."""
    lists = []
    for name in columns:
        column = frame[name]
        blank = column.isna().tolist()
        lists.append([None if b else _cell(v) for v, b in zip(column, blank, strict=True)])
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def _cell(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str):
        return clean(value) or None
    return value


def agenda_lines(
    todo: pd.DataFrame,
    *,
    as_of: dt.date,
    days: int,
    max_messages: int,
    width: int = 80,
    paint: Paint = plain,
    scripts: bool = False,
) -> list[str]:
    """Return the agenda: today first, then the days to come, then what may be let go.

    Parameters
    ----------
    todo
        What :func:`agenda` gave.
    as_of, days, max_messages
        The day it was asked for, how many days it looks ahead, the strategy's limit.
    width, paint
        Columns of the terminal, and how to mark what matters.
    scripts
        Add what to say to every action that has a script.
    """
    columns = ["do_on", "action", "company", "role", "contact", "phone", "email", "method"]
    rows = records(todo, [*columns, "message_number", "reason"])
    for row, said in zip(rows, todo["script"], strict=True):
        row["script"] = said if isinstance(said, str) else ""
    dated = [row for row in rows if row["action"] not in ASIDE]
    lines: list[str] = []
    by_day: dict[dt.date, list[Row]] = {as_of: []}
    for row in dated:
        by_day.setdefault(max(as_of, row["do_on"]), []).append(row)
    for day in sorted(by_day):
        lines += _heading(day, as_of, len(by_day[day]), width, paint)
        today = day == as_of
        for number, row in enumerate(by_day[day], start=1):
            lines += _action(row, number, width, paint)
            if today:  # how to reach them is wanted on the day itself
                lines += _reach(row, max_messages, width)
            lines += fold(row["reason"] or "", width, indent=_INDENT)
            lines += _script(row["script"], width, paint) if scripts else []
            lines += [""] if today else []
        lines += [] if today else [""]
    if not dated:
        lines[-2:] = fold(f"Nothing to do today, nor in the next {days} days.", width, indent="  ")
        lines.append("")
    for action, title in ASIDE.items():
        lines += _aside([row for row in rows if row["action"] == action], title, width, paint)
    return lines


def _heading(day: dt.date, as_of: dt.date, n: int, width: int, paint: Paint) -> list[str]:
    if day != as_of:
        return _title(day_name(day), width, paint)
    if not n:
        return [*_title(f"TODAY, {day_name(day)}", width, paint), "  Nothing to do today.", ""]
    things = "1 thing" if n == 1 else f"{n} things"
    return _title(f"TODAY, {day_name(day)}: {things} to do", width, paint)


def _title(text: str, width: int, paint: Paint) -> list[str]:
    head, *more = fold(text, width)
    rule = "-" * max(0, min(width, 80) - width_of(head) - 1)
    return [f"{paint(head, 'title')} {paint(rule, 'faint')}".rstrip(), *more]


def _action(row: Row, number: int, width: int, paint: Paint) -> list[str]:
    """Return what to do, and with whom."""
    who = ", ".join(row[name] for name in ("contact", "company") if row[name]) or "the employer"
    role = f" ({row['role']})" if row["role"] else ""
    text = f"{action_name(row)} {who}{role}"
    lines = fold(text, width, indent=_INDENT, first=f"{number:>2}. ")
    return [paint(line, "strong") for line in lines]


def _reach(row: Row, max_messages: int, width: int) -> list[str]:
    """Return the number or address that the method needs, then the other, and which message."""
    order = ("phone", "email") if row["method"] == "phone" else ("email", "phone")
    reach = [row[name] for name in order if row[name] and row["action"] != "prepare_interview"]
    if row["message_number"] is not None:
        reach.append(f"message {row['message_number']} of {max_messages}")
    line = _INDENT + "  ·  ".join(reach)
    if not reach or width_of(line) > width:
        return [cut(f"{_INDENT}{piece}", width) for piece in reach]
    return [line]


def _script(script: str, width: int, paint: Paint) -> list[str]:
    """Return what to say or write, its paragraphs kept."""
    return [
        paint(line, "faint")
        for said in script.splitlines()
        for line in fold(clean(said), width, indent=f"{_INDENT}| ")
    ]


def action_name(row: Row) -> str:
    """Return what to do as the beginning of a sentence: "Call", "Thank-you note to"."""
    key = str(row["action"])
    return _VERBS.get((key, str(row["method"]))) or _VERBS.get((key, ""), key.replace("_", " "))


def _aside(rows: Sequence[Row], title: str, width: int, paint: Paint) -> list[str]:
    if not rows:
        return []
    lines = _title(title, width, paint)
    for row in rows:
        who = ", ".join(str(row[name]) for name in ("company", "role", "contact") if row[name])
        lines += [paint(line, "strong") for line in fold(who, width, indent="    ", first="  - ")]
        lines += fold(str(row["reason"] or ""), width, indent="    ")
    return [*lines, ""]


def states_lines(
    table: pd.DataFrame,
    *,
    as_of: dt.date,
    max_messages: int,
    width: int = 80,
    paint: Paint = plain,
) -> list[str]:
    """Return one line per application, grouped by state: what comes next, and when.

    Parameters
    ----------
    table
        What :func:`follow_ups` gave.
    as_of, max_messages, width, paint
        As in `agenda_lines`.
    """
    columns = ["company", "role", "contact", "state", "n_messages", "call_on", "abandon_on"]
    rows = records(table, [*columns, "due_on", "next_interview_on", "method"])
    lines: list[str] = []
    for state in STATES_BY_NEED:
        group = [row for row in rows if row["state"] == state]
        if not group:
            continue
        lines += _title(f"{state.upper()} ({len(group)})", width, paint)
        if state == "closed":  # nothing is to be done about these: their names will do
            names = ", ".join(str(row["company"] or "(no company)") for row in group)
            lines += fold(names, width, indent="  ")
        for row in [] if state == "closed" else sorted(group, key=_when):
            who = str(row["company"] or "(no company)")
            person = row["contact"] or (f"({row['role']})" if row["role"] else "")
            text = next_step(row, as_of, max_messages)
            lines += _columns_of((who, person, text), width)
        lines.append("")
    return lines


def _when(row: Row) -> tuple[dt.date, dt.date]:
    """Return what a group is sorted by: the day of the next step, then the day it was due."""
    days = [row[name] for name in ("next_interview_on", "call_on", "abandon_on") if row[name]]
    step = days[0] if days else dt.date.max
    return step, row["due_on"] or step


def next_step(row: Row, as_of: dt.date, max_messages: int) -> str:
    """Return what comes next for one application that is not closed, in a few words."""
    if row["next_interview_on"]:
        return f"interview on {day_name(row['next_interview_on'])}"
    if row["call_on"]:
        verb = "write" if row["method"] == "email" else "call"
        on = "today" if row["call_on"] == as_of else day_name(row["call_on"])
        late = f", due {_short(row['due_on'])}" if row["state"] == "overdue" else ""
        return f"{verb} {on} ({row['n_messages'] + 1} of {max_messages}){late}"
    if row["abandon_on"]:
        said = "no answer, let go" if row["state"] == "abandoned" else "let go"
        return f"{said} on {_short(row['abandon_on'])}"
    return "your sheet says no answer"


def _short(day: dt.date) -> str:
    return day_name(day)[4:]


def _columns_of(cells: tuple[str, str, str], width: int) -> list[str]:
    """Return a line of three columns, or two lines where the terminal is narrow."""
    company, person, rest = cells
    if width < 70:
        head = fold(", ".join(cell for cell in (company, person) if cell), width, indent="  ")
        return [*head, *fold(rest, width, indent="    ")]
    room = min(width, 110) - 4
    first, second = room * 3 // 10, room * 23 // 100
    head_text = f"  {_padded(company, first)} {_padded(person, second)} "
    tail = fold(rest, width, indent=" " * width_of(head_text))
    return [head_text + tail[0].lstrip(), *tail[1:]]


def _padded(text: str, width: int) -> str:
    short = cut(text, width)
    return short + " " * (width - width_of(short))


def reading_lines(columns: pd.DataFrame, *, width: int = 80, paint: Paint = plain) -> list[str]:
    """Return how every header of a file was read (`log.columns`)."""
    rows = records(columns, ["header", "field", "read_as"])
    texts = [
        f"{row['header'] or '(no header)'} -> {as_typed(str(row['read_as'] or row['field']))}"
        for row in rows
    ]
    half = width // 2 - 2
    short = [text for text in texts if width_of(text) < half]
    lines = _title("HOW YOUR COLUMNS WERE READ", width, paint)
    for text in texts:
        if width < 76 or width_of(text) >= half:
            lines += fold(text, width, indent="    ", first="  ")
    if width >= 76:  # two columns, to be read downwards
        rest = (len(short) + 1) // 2
        left, right = short[:rest], [*short[rest:], ""]
        lines += [f"  {_padded(a, half)}{b}".rstrip() for a, b in zip(left, right, strict=False)]
    return [*lines, ""]


_SEVERITY_TITLES = {
    "rejected": "LEFT OUT: rows that could not be read",
    "blanked": "VALUES THAT COULD NOT BE USED: their rows were kept",
    "noted": "WORTH A LOOK: kept as they are",
}


def reading_notes(log: ApplicationLog) -> list[str]:
    """Say what of the file is not behind the list: rows left out, columns not understood."""
    notes = []
    left_out = log.counts.get("rows_rejected", 0)
    if left_out:
        rows = "1 row of your file was" if left_out == 1 else f"{left_out} rows of your file were"
        notes.append(f"{rows} left out: jobsearch-stats check FILE says why.")
    notes += _journal_notes(log.counts)
    unknown = log.columns.loc[log.columns["field"].isna() | (log.columns["field"] == ""), "header"]
    if len(unknown):
        names = [str(name) for name in unknown[:_NAMED]]
        more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        notes.append(
            f"Not understood, and not used: {', '.join(names)}{more}. If that is a date or a "
            f'person, say so: --map "{names[0]}=contact".'
        )
    return notes


def _journal_notes(counts: dict[str, int]) -> list[str]:
    """Say what a journal added to the list, and what of it did not fit."""
    notes = []
    for name, said in (
        ("added", "added"),
        ("rejected", "left out: jobsearch-stats check FILE says why"),
    ):
        n = counts.get(f"entries_{name}", 0)
        if n:
            entries = "1 entry of the journal was" if n == 1 else f"{n} entries of the journal were"
            notes.append(f"{entries} {said}.")
    return notes


def problem_lines(
    problems: pd.DataFrame, *, width: int = 80, paint: Paint = plain, most: int = 20
) -> list[str]:
    """Return what was wrong in a file, the worst first, few of a kind, at most `most` in all."""
    rows = records(problems, list(problems.columns))
    lines: list[str] = []
    for severity, title in _SEVERITY_TITLES.items():
        group = [row for row in rows if row["severity"] == severity]
        if not group:
            continue
        lines += _title(f"{title} ({len(group)})", width, paint)
        shown, rest = _few_alike(group, most)
        for row in shown:
            lines += _problem(row, width)
        for (column, problem), alike in islice(rest.items(), most):
            where = f"column {column}: " if column else ""
            lines += fold(f"{where}{problem}: {_rows_of(alike)}", width, indent="    ", first="  ")
        if rest:
            left = sum(map(len, rest.values()))
            lines += fold(f"... and {left} more (--most N shows more)", width, indent="  ")
        lines.append("")
    return lines or ["Nothing was wrong with it.", ""]


_ALIKE = 3
"""Problems of one kind and column that are shown whole; of the others the rows are named."""


def _few_alike(group: list[Row], most: int) -> tuple[list[Row], dict[tuple[str, str], list[Row]]]:
    """Return the problems to be shown whole, and the others by column and kind."""
    shown: list[Row] = []
    seen: Counter[tuple[str, str]] = Counter()
    rest: dict[tuple[str, str], list[Row]] = {}
    for row in group:
        kind = (row["column"] or "", _QUOTED.sub("…", row["problem"]))
        seen[kind] += 1
        if len(shown) < most and (len(group) <= most or seen[kind] <= max(_ALIKE, most // 8)):
            shown.append(row)
        else:
            rest.setdefault(kind, []).append(row)
    return shown, rest


def _rows_of(alike: list[Row]) -> str:
    """Name the rows of problems that are not shown: "also in rows 6, 7, 8 and 72 more"."""
    rows = [str(row["source_row"]) for row in alike if row["source_row"] is not None]
    if not rows:
        return f"{len(alike)} more"
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return f"also in row{'s' if len(rows) > 1 else ''} {', '.join(rows[:_NAMED])}{more}"


_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def as_typed(text: str) -> str:
    """Return a sentence with Python's `mapping=` as the option of the command line.

    Examples
    --------
    >>> as_typed('say so with mapping={"Firm": "company"}')
    'say so with --map "Firm=company"'
    """
    text = text.replace("mapping={...}", '--map "Header=field"')
    return _MAPPING.sub(r'--map "\1=\2"', text)


_MAPPING = re.compile(r'mapping=\{"([^"{}]*)": "([^"{}]*)"\}')


def _problem(row: Row, width: int) -> list[str]:
    where = [f"row {row['source_row']}"] if row["source_row"] is not None else []
    where += [f"column {row['column']}"] if row["column"] else []
    value = f" {cut(str(row['value']), 60)!r}:" if row["value"] else ""
    place = f"{', '.join(where)}:" if where else ""
    said = as_typed(f"{row['problem'] or ''}; {row['what_was_done'] or ''}")
    text = f"{place}{value} {said}"
    return fold(text.strip("; "), width, indent="    ", first="  ")
