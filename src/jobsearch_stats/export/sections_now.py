"""What there is to do: today, in the coming days, what to let go, and where everybody stands."""

from __future__ import annotations

import pandas as pd

from ..plots import plot_follow_ups
from ..show import records
from ..summary import counted
from ..terminal import day_name
from ..today import (
    STATE_COLUMNS,
    aside,
    later,
    let_go_sentence,
    list_table,
    now,
    stages_sentence,
    states_sentence,
    states_table,
    today_sentence,
    week_sentence,
)
from .drawing import drawn
from .markup import Table, decision, items, on_screen, own, paragraphs, reach, section, text
from .phrases import said
from .search import Search

_ALL = "All of them are in the tables of jobsearch-stats export."
_LIST = {"what": "what", "whom": "whom", "at": "at", "why": "why"}
_DRAWN = 10
"""Contacts in a figure: beyond so many it is higher than wide."""

_STATES = {name: head for name, head in STATE_COLUMNS.items() if name != "days_overdue"}


def today_section(search: Search) -> str:
    """Return today's list: what, whom, at which number, why."""
    rows = now(search.todo, as_of=search.as_of)
    things = f": {counted(len(rows), 'thing')} to do" if len(rows) else ""
    day = day_name(search.as_of)
    table = Table(
        "today",
        _list(search, rows, scripts=not search.redacted),
        _columns(search),
        f"What to do on {day}, by what you want most; the rules are R1 to R22.",
        names_row="whom",
        most=60,
        printed=16,
        rest=_ALL,
        lines=True,
        ready=("what", "at", "why"),
    )
    return section(
        "today",
        f"Today, {day}{things}",
        decision(today_sentence(search.todo, as_of=search.as_of)),
        table.html,
        items(map(said, search.todo.attrs["notes"])),
    )


def coming_section(search: Search) -> str:
    """Return the list of the days to come."""
    rows = later(search.todo, as_of=search.as_of)
    table = Table(
        "coming",
        _list(search, rows),
        {"on": "on", **_columns(search)},
        f"What to do within {counted(search.days, 'day')} from today.",
        names_row="whom",
        most=60,
        rest=_ALL,
        lines=True,
        ready=("what", "at", "why"),
    )
    sentence = week_sentence(search.todo, as_of=search.as_of)
    return section("coming", "The coming days", decision(sentence), table.html)


def let_go_section(search: Search) -> str:
    """Return what is to be let go, or wants one last message."""
    table = Table(
        "let-go",
        _list(search, aside(search.todo)),
        _columns(search),
        "Two messages and no answer, or long past due.",
        names_row="whom",
        most=60,
        printed=6,
        rest=_ALL,
        lines=True,
        ready=("what", "at", "why"),
    )
    return section("let-go", "What to let go", decision(let_go_sentence(search.todo)), table.html)


def _columns(search: Search) -> dict[str, str]:
    """Return the columns of a list; the stand-ins for numbers tell nobody anything."""
    return {name: head for name, head in _LIST.items() if name != "at" or not search.redacted}


def _list(search: Search, rows: pd.DataFrame, *, scripts: bool = False) -> pd.DataFrame:
    """Return rows of the agenda as HTML: what to do with its number, links, and what to say."""
    table = list_table(rows)
    numbers = [row["message_number"] for row in records(rows, ["message_number"])]
    most = search.strategy.max_messages
    what = [
        f"<b>{text(what)}</b>" + (f" <small>message {n} of {most}</small>" if n else "")
        for what, n in zip(table["what"], numbers, strict=True)
    ]
    why = [own(reason or "") for reason in table["why"]]
    if scripts:
        why = [
            reason + _script(script)
            for reason, script in zip(why, rows["script"].tolist(), strict=True)
        ]
    return table.assign(what=what, at=[reach(at) for at in table["at"]], why=why)


def _script(script: object) -> str:
    if not isinstance(script, str) or not script:
        return ""
    lines = "<br>".join(text(line) for line in script.splitlines())
    return f"<details><summary>What to say</summary><p>{lines}</p></details>"


def contacts_section(search: Search) -> str:
    """Return where every contact stands, what is to be done first."""
    table = Table(
        "contacts",
        states_table(search.states),
        _STATES,
        f"{counted(len(search.states), 'contact')} by state, under {search.strategy.name}.",
        most=100,
        printed=6,
        rest=_ALL,
        sortable=True,
    )
    more = stages_sentence(search.log, as_of=search.as_of)
    return section(
        "contacts",
        "Where everybody stands",
        decision(states_sentence(search.states)),
        on_screen(_whom_to_call(search)),
        table.html,
        paragraphs(said(more) if "application" not in search.stages else ""),
    )


def _whom_to_call(search: Search) -> str:
    """Return the open contacts on a line of days; nothing if none is open."""
    if not search.states["state"].isin(["due", "overdue", "waiting"]).any():
        return ""
    return drawn(
        lambda: plot_follow_ups(search.states, as_of=search.as_of, most=_DRAWN),
        name="open",
        heading="Whom to call when: the open contacts, the most urgent on top",
        caption=f"Days before and after {day_name(search.as_of)}, under {search.strategy.name}.",
    )
