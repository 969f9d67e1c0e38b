"""Pieces of a page: paragraphs, tables and figures, with every text escaped."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real

import pandas as pd

from ..patterns import pattern
from ..show import Row, records
from ..tables import NOT_KNOWN
from ..terminal import clean
from ..wording import MONTHS

_PHONE = pattern(r"\+?[\d\s().\-/]{5,24}")
_EMAIL = pattern(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LONGEST = 80
_ENDLESS = pattern(rf"\S{{{_LONGEST + 1},}}")
_NUMBER = pattern(r"(< ?)?[-−+]?[\d.,]+( %)?|–|")


def text(value: object) -> str:
    """Return a text for HTML: on one line, without control characters, escaped.

    What has no blank for longer than a line is cut: nobody can read it, and it fills the page.
    """
    said = _ENDLESS.sub(lambda found: f"{found[0][:_LONGEST]}…", clean(value))
    return html.escape(said, quote=True)


def own(value: object) -> str:
    """Return a name as `text` does, its direction of writing kept to itself."""
    return f"<bdi>{text(value)}</bdi>"


def paragraphs(*said: str, kind: str = "") -> str:
    """Return a paragraph for each sentence or group of sentences that is not blank."""
    mark = f' class="{kind}"' if kind else ""
    return "".join(f"<p{mark}>{text(each)}</p>" for each in said if each)


def decision(*said: str) -> str:
    """Return what follows, marked as what matters in its section."""
    return paragraphs(*said, kind="decision")


def items(said: Iterable[str]) -> str:
    """Return sentences as a list; nothing if there is none."""
    rows = "".join(f"<li>{text(each)}</li>" for each in said)
    return f"<ul>{rows}</ul>" if rows else ""


def reach(value: object) -> str:
    """Return a phone number or an address as a link that calls or writes, where it is plainly one.

    What could be anything else stays text.
    """
    said = clean(value) if isinstance(value, str) else ""
    if _PHONE.fullmatch(said):
        number = "".join(sign for sign in said if sign in "+0123456789")
        return f'<a href="tel:{number}">{text(said)}</a>' if number else own(said)
    if _EMAIL.fullmatch(said):
        return f'<a href="mailto:{said}">{text(said)}</a>'
    return own(said) if said else ""


@dataclass(frozen=True)
class Table:
    """A table and how it is shown.

    Attributes
    ----------
    id
        Its name in the page.
    frame
        All of its rows, those that there is no room for too.
    columns
        Heading by column of the frame.
    caption
        What it shows.
    names_row
        The column that says what a row is about; else the first.
    most, printed
        How many rows there are on the screen, and on paper: 6, 10 or 16, each a rule of the style.
    rest
        Where to find the rows that are left out.
    lines
        Whether a row becomes lines below each other on a narrow screen; else the table is moved
        in a box of its own.
    sortable
        Whether its headings sort it.
    ready
        Columns that are HTML already.
    """

    id: str
    frame: pd.DataFrame
    columns: dict[str, str]
    caption: str
    names_row: str = ""
    most: int = 200
    printed: int = 10
    rest: str = ""
    lines: bool = False
    sortable: bool = False
    ready: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The table; nothing if it has no row."""
        if not len(self.frame):
            return ""
        rows = self._rows()
        numbers = {name for name in self.columns if self._is_number(name, rows)}
        head = "".join(
            f'<th scope="col" role="columnheader"{_RIGHT * (name in numbers)}>{text(heading)}</th>'
            for name, heading in self.columns.items()
        )
        body = "".join(self._row(row, numbers) for row in rows)
        looks = [f"paper-{self.printed}", *["lines"] * self.lines, *["sortable"] * self.sortable]
        table = (
            f'<table id="{self.id}" role="table" class="{" ".join(looks)}">'
            f"<caption>{text(self.caption)}</caption>"
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
            f'<tbody role="rowgroup">{body}</tbody></table>'
        )
        return f"{table if self.lines else movable(table, self.caption)}{self._left_out()}"

    def _rows(self) -> list[Row]:
        """Return the rows that are shown, cleaned but for what is HTML already."""
        shown = self.frame.head(self.most)
        rows = records(shown, [name for name in self.columns if name not in self.ready])
        if not rows:
            rows = [{} for _ in range(len(shown))]
        for name in self.ready:
            for row, cell in zip(rows, shown[name].tolist(), strict=True):
                row[name] = cell
        return rows

    def _is_number(self, name: str, rows: list[Row]) -> bool:
        if name in self.ready:
            return False
        cells = ["" if row[name] is None else str(row[name]) for row in rows]
        return any(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)

    def _row(self, row: Row, numbers: set[str]) -> str:
        names_row = self.names_row or next(iter(self.columns))
        cells = []
        for name, heading in self.columns.items():
            said = row[name] if name in self.ready else _shown(row[name])
            if name == names_row:
                said = said or NOT_KNOWN
            look = f"{_RIGHT * (name in numbers)}{_sorted_by(row[name])}{_BLANK * (not said)}"
            tag = 'th scope="row" role="rowheader"' if name == names_row else 'td role="cell"'
            cells.append(f'<{tag} data-label="{text(heading)}"{look}>{said}</{tag[:2]}>')
        return f'<tr role="row">{"".join(cells)}</tr>'

    def _left_out(self) -> str:
        n, shown = len(self.frame), min(len(self.frame), self.most)
        notes = []
        if n > shown:
            notes.append(f'<p class="rest">{_more(n - shown)}. {text(self.rest)}</p>')
        if shown > self.printed:
            where = "in the page on the screen"
            notes.append(f'<p class="rest on-paper">{_more(shown - self.printed)} {where}.</p>')
        return "".join(notes)


_RIGHT, _BLANK = ' data-kind="number"', " data-blank"


def _more(n: int) -> str:
    return f"and {n:,} more {'row' if n == 1 else 'rows'}"


def _sorted_by(value: object) -> str:
    """Return what a day is sorted by, which is not how it is said."""
    return f' data-sort="{value:%Y-%m-%d}"' if isinstance(value, dt.date) else ""


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        said = f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"
        return f'<time datetime="{value:%Y-%m-%d}">{said}</time>'
    return text(f"{value:,.10g}") if isinstance(value, Real) else own(value)


def movable(inside: str, name: str) -> str:
    """Return a box in which what is too wide can be moved, by a finger or by keys."""
    return f'<div class="box" role="region" aria-label="{text(name)}" tabindex="0">{inside}</div>'


def figure(svg: str, *, name: str, caption: str) -> str:
    """Return a drawing with what it shows below it."""
    return f"<figure>{movable(svg, name)}<figcaption>{text(caption)}</figcaption></figure>"


def section(name: str, heading: str, *parts: str) -> str:
    """Return a section with its heading."""
    return (
        f'<section id="section-{name}" aria-labelledby="heading-{name}">'
        f'<h2 id="heading-{name}">{text(heading)}</h2>{"".join(parts)}</section>'
    )


def pair(first: str, second: str) -> str:
    """Return two things that stand below each other on a screen, and side by side on paper."""
    return f'<div class="pair"><div>{first}</div><div>{second}</div></div>'


def on_screen(html: str) -> str:
    """Return what paper has no room for."""
    return f'<div class="on-screen">{html}</div>' if html else ""


def below(heading: str) -> str:
    """Return a heading inside a section."""
    return f"<h3>{text(heading)}</h3>"
