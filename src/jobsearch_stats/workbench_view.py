"""The workbench's widgets: fields to choose with, three tabs, a form to write down what one did.

They hold no logic: each calls a method of `Workbench` and shows what came of it. What goes wrong
in a callback would vanish, so it is caught here, in one place, and said in a sentence.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import notebook, today
from .deeds import DEEDS, deed_named
from .desk import STAGE_CHOICES, countries
from .errors import JobSearchStatsError
from .show import Row, records
from .strategies import STRATEGIES
from .summary import counted
from .terminal import clean
from .workbench import Workbench, files_nearby

if TYPE_CHECKING:
    import ipywidgets as w

    from .sheet import CallSheet

_ALARM = (
    '<div role="alert" style="border-left: 4px solid #D55E00; padding: 0.3em 0.9em; '
    'line-height: 1.5">{}</div>'
)
NAMED = "jobsearch-workbench"
"""The class of it all, by which a page finds it."""

_TITLES = ("What to do", "All contacts", "One contact")
_NARROW = "9em"
_FULL = "97%"


class View:
    """The widgets of a workbench; `box` is what a notebook shows.

    Parameters
    ----------
    bench
        What they work on.
    """

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self._quiet = False
        self._opened = bench.file
        self._n_tables = 0
        self._make_file()
        self._make_choices()
        self._make_lists()
        self._make_contact()
        self._make_form()
        self.box = self._laid_out()
        self._listen()
        self._safely(self._show, self.message)(None)

    # --- the widgets -------------------------------------------------------------------------

    def _make_file(self) -> None:
        import ipywidgets as w

        self.file = w.Combobox(
            value=self._opened,
            options=files_nearby(self.bench.search),
            description="File",
            placeholder="path of your file",
            continuous_update=False,
            **_wide("26em"),
        )
        self.again = w.Button(
            description="Read again",
            tooltip="Read the file as it is now, after you have changed it",
            icon="refresh",
            layout={"width": "auto"},
        )
        self.message, self.header = w.HTML(), w.HTML()

    def _make_choices(self) -> None:
        import ipywidgets as w

        desk = self.bench.desk
        mine = replace(desk.strategy, country=None)
        plans = {mine.name: mine} | {n: s for n, s in STRATEGIES.items() if n != mine.name}
        self.day = w.DatePicker(value=desk.as_of.date(), description="Day", **_wide("17em"))
        self.strategy = w.Dropdown(
            options=list(plans.items()), value=mine, description="Strategy", **_wide("19em")
        )
        self.country = w.Combobox(
            value=desk.strategy.country or "",
            options=countries(),
            description="Holidays of",
            placeholder="US, DE-BY",
            continuous_update=False,
            **_wide("17em"),
        )
        self.stages = w.Dropdown(
            options=list(STAGE_CHOICES.items()),
            value=desk.stages,
            description="List",
            **_wide("24em"),
        )

    def _make_lists(self) -> None:
        import ipywidgets as w

        self.todo, self.contacts = w.Output(), w.Output()

    def _make_contact(self) -> None:
        import ipywidgets as w

        self.find = w.Text(
            description="Find",
            placeholder="a part of a name",
            continuous_update=False,
            **_wide("17em"),
        )
        self.contact = w.Dropdown(description="Contact", **_wide("34em"))
        self.picture = w.HTML()
        self.sheet = w.Output()

    def _make_form(self) -> None:
        import ipywidgets as w

        labels = [deed.label for deed in DEEDS]
        self.deed = w.Dropdown(options=labels, description="What", **_wide(_FULL))
        self.on = w.DatePicker(description="On", **_wide(_FULL))
        self.decide_by = w.DatePicker(description="They decide by", **_wide(_FULL))
        self.until = w.DatePicker(description="Away until", **_wide(_FULL))
        self.note = w.Textarea(
            description="Note", placeholder="who, what was said", rows=2, **_wide(_FULL)
        )
        auto = {"width": "auto"}
        self.write = w.Button(description="Write it down", button_style="primary", layout=auto)
        self.undo = w.Button(description="Undo the last entry", icon="undo", layout=auto)
        self.said, self.last, self.where = w.HTML(), w.HTML(), w.HTML()

    def _laid_out(self) -> w.VBox:
        import ipywidgets as w

        def row(*children: Any) -> w.HBox:
            return w.HBox(children, layout={"flex_flow": "row wrap", "align_items": "center"})

        form = w.VBox(
            [
                w.HTML('<h4 style="margin: 0">Write down what happened</h4>'),
                *(self.deed, self.on, self.decide_by, self.until, self.note),
                row(self.write, self.undo),
                *(self.said, self.last, self.where),
            ],
            layout={"flex": "1 1 26em", "min_width": "0"},
        )
        sheet = w.VBox([self.sheet], layout={"flex": "2 1 26em", "min_width": "0"})
        # the form stands right of the sheet, and above it where there is no room beside it
        both = w.HBox([form, sheet], layout={"flex_flow": "row-reverse wrap", "width": "100%"})
        one = w.VBox([row(self.contact, self.find), self.picture, both])
        self.tabs = w.Tab(children=[self.todo, self.contacts, one], titles=_TITLES)
        choices = [row(self.file, self.again, self.day)]
        choices += [row(self.strategy, self.country, self.stages)]
        box = w.VBox([*choices, self.message, self.header, self.tabs])
        return box.add_class(NAMED)

    def _listen(self) -> None:
        for field in (self.file, self.day, self.strategy, self.country, self.stages):
            field.observe(self._safely(self._ask, self.message), "value")
        self.again.on_click(self._safely(self._read_again, self.message))
        self.find.observe(self._safely(self._offer, self.message), "value")
        self.contact.observe(self._safely(self._show_contact, self.message), "value")
        self.deed.observe(self._safely(self._show_fields, self.said), "value")
        self.write.on_click(self._safely(self._write, self.said))
        self.undo.on_click(self._safely(self._undo, self.said))

    # --- what they do ------------------------------------------------------------------------

    def _safely(self, work: Callable[[], None], place: w.HTML) -> Callable[[Any], None]:
        """Return a callback that says what goes wrong, as nobody sees an error that it raises."""

        def run(_: Any) -> None:
            if self._quiet:
                return
            try:
                work()
            except JobSearchStatsError as error:
                text = str(error)
            except Exception as error:  # a mistake of ours: better said than lost
                text = f"This should not have happened: {type(error).__name__}: {error}"
            else:
                return
            place.value = _ALARM.format(html.escape(clean(sendable(text))))
            if place is self.message:
                self.tabs.layout.display = self.header.layout.display = "none"

        return run

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Set widgets without their calling back."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _ask(self) -> None:
        if self.file.value.strip() != self._opened:
            self.bench.open(self.file.value)
            with self._quietly():
                self.file.value = self._opened = self.bench.file
                self.file.options = files_nearby(self.bench.search)
                self.day.value = self.bench.desk.as_of.date()
        self.bench.look(
            day=self.day.value,
            strategy=self.strategy.value,
            country=self.country.value,
            stages=self.stages.value,
        )
        self._show()

    def _read_again(self) -> None:
        self.bench.read_again()
        self._ask()

    def _write(self) -> None:
        said = self.bench.record(
            self.contact.value,
            self.deed.value,
            on=self.on.value,
            decide_by=self.decide_by.value,
            until=self.until.value,
            note=self.note.value,
        )
        with self._quietly():
            self.decide_by.value = self.until.value = None
            self.note.value = ""
        self._show()
        self.said.value = _say(said)

    def _undo(self) -> None:
        said = self.bench.undo()
        self._show()
        self.said.value = _say(said)

    # --- what they show ----------------------------------------------------------------------

    def _show(self) -> None:
        """Show the desk as it is now."""
        bench, desk = self.bench, self.bench.desk
        self.message.value = self.said.value = ""
        self.tabs.layout.display = self.header.layout.display = None
        n, problems = len(desk.log.applications), len(desk.log.problems)
        read = f"{counted(n, 'application')}; {counted(problems, 'note')} on how the file was read"
        search = replace(bench.search, as_of=desk.as_of)
        self.header.value = _say(f"{search.text} {read} (notebook 01 has them).")
        self.todo.outputs = _page(list_page(bench))
        self._n_tables += 1  # a table's name must stand once in the page
        self.contacts.outputs = _page(contacts_page(bench, f"workbench-{self._n_tables}"))
        self.where.value = _small(bench.journal_sentence())
        self.last.value = _small(bench.last_sentence())
        self.undo.disabled = bench.last_entry() is None
        with self._quietly():
            self.on.value = desk.as_of.date()
        self._show_fields()
        self._offer()

    def _offer(self) -> None:
        """Offer the contacts that are looked for; who was chosen stays chosen, if still there."""
        people = self.bench.desk.contacts(self.find.value)
        ids = [application for _, application in people]
        before = self.contact.value
        with self._quietly():
            self.contact.options = [(sendable(label), known) for label, known in people]
            self.contact.value = before if before in ids else next(iter(ids), None)
        self._show_contact()

    def _show_contact(self) -> None:
        chosen = self.contact.value
        self.said.value = ""
        self.write.disabled = chosen is None
        if chosen is None:
            self.picture.value = ""
            self.sheet.outputs = _page(_say("Nobody of that name is in this log."))
            return
        sheet = self.bench.desk.sheet(chosen)
        self.picture.value = _picture(sheet)
        self.sheet.outputs = _page(sheet._repr_html_())

    def _show_fields(self) -> None:
        """Show the days that belong to what is chosen."""
        asks = deed_named(self.deed.value).asks
        for name, field in (("decide_by", self.decide_by), ("until", self.until)):
            field.layout.display = None if name in asks else "none"


def list_page(bench: Workbench) -> str:
    """Return what to do, as HTML that fits any width."""
    parts = []
    for part in bench.desk.lists():
        items = "".join(_item(row) for row in records(part.rows, list(part.rows.columns)))
        listed = f"<ul>{items}</ul>" if items else ""
        parts.append(f"<h4>{html.escape(part.title)}</h4>{listed}{_say(*part.said)}")
    return "".join(parts)


def _item(row: Row) -> str:
    """Return what to do, whom it is about and how to reach them; below it, why."""
    cells = {name: html.escape(str(value or "")) for name, value in row.items()}
    on = f"{cells['on']}: " if cells.get("on") else ""
    at = f' · <span style="white-space: nowrap">{cells["at"]}</span>' if cells["at"] else ""
    head = f"<strong>{on}{cells['what']}</strong> {cells['whom']}{at}"
    return f'<li dir="auto" style="margin-bottom: 0.4em">{head}<br>{cells["why"]}</li>'


def contacts_page(bench: Workbench, table_id: str) -> str:
    """Return where every contact stands, to sort and to search, as HTML."""
    rows = today.states_table(bench.desk.table)
    said = _say(today.states_sentence(rows))
    if not len(rows):
        return said
    table = notebook.show_table(rows, table_id=table_id, columns=today.STATE_COLUMNS)
    return (
        f'{said}<div style="overflow-x: auto"><div style="min-width: 52em">{table.data}</div></div>'
    )


def sendable(text: str) -> str:
    r"""Return text that can be sent to a page: halves of characters cannot.

    Examples
    --------
    >>> sendable("a\ud800b")
    'a?b'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def _say(*sentences: str) -> str:
    said = sendable(notebook.say(*sentences)._repr_html_())
    return f'<div style="line-height: 1.5">{said}</div>'  # a widget's own lines are far apart


def _small(text: str) -> str:
    return f'<p style="line-height: 1.5; margin: 0.4em 0">{html.escape(sendable(text))}</p>'


def _picture(sheet: CallSheet) -> str:
    from .plots.timeline import timeline_picture, timeline_words

    png = base64.b64encode(timeline_picture(sheet)).decode("ascii")
    alt = html.escape(sendable(clean(timeline_words(sheet))), quote=True)
    style = "width: 100%; max-width: 60em; background: white"
    return f'<img src="data:image/png;base64,{png}" alt="{alt}" style="{style}">'


def _page(text: str) -> tuple[dict[str, object], ...]:
    """Return HTML as what an `Output` holds: there, unlike in `HTML`, a table's script runs."""
    data = {"text/html": sendable(text), "text/plain": ""}
    return ({"output_type": "display_data", "data": data, "metadata": {}},)


def _wide(width: str) -> dict[str, Any]:
    layout = {"width": width, "max_width": "100%"}
    return {"layout": layout, "style": {"description_width": _NARROW if width == _FULL else "7em"}}
