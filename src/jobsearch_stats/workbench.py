"""What the workbench of notebook 02 does; its widgets only call this.

It opens files, looks at them from a day with a strategy, and writes down what one did into the
journal beside the log. The made-up sample has a journal that is thrown away.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .deeds import Deed, deed_named, said_of
from .desk import Desk, desk_of, with_country
from .errors import ReadError, SettingError
from .importing import read_log
from .importing.archives import SUFFIXES
from .journal import record, undo
from .journal_file import read_journal
from .journal_merge import with_journal
from .journal_place import is_journal, journal_path
from .log import ApplicationLog
from .notebook import Opened, open_log
from .sample import REPOSITORY, SAMPLE_DAY, sample_path
from .schema import as_day
from .show import Row, records
from .strategies import DAY_AFTER, Strategy
from .terminal import day_name
from .wording import one_line

MOST_FILES = 60
"""No more are offered; any path can be typed."""


class Workbench:
    """What is open, how it is looked at, and what was written down.

    Parameters
    ----------
    search
        What `open_log` gave.
    strategy, stages, me
        How to look at it at first; as for :func:`jobsearch_stats.agenda`.
    """

    def __init__(
        self,
        search: Opened,
        *,
        strategy: Strategy = DAY_AFTER,
        stages: Sequence[str] = ("interview",),
        me: object = None,
    ) -> None:
        self._first = search
        self._folder: Path | None = None
        self.search = search
        self.desk: Desk = desk_of(
            search.log, as_of=search.as_of, strategy=strategy, stages=stages, me=me
        )

    @property
    def is_play(self) -> bool:
        """Whether what is written down is thrown away: the sample's is, and a table's."""
        return _is_play(self.search)

    @property
    def journal(self) -> Path:
        """The file that is written into: beside the log, or in a folder that is thrown away."""
        if not self.is_play:
            named = self.search.ways.get("journal", True)
            return Path(named) if isinstance(named, str) else journal_path(self.search.source)  # type: ignore[arg-type]
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="jobsearch-play-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return journal_path(self._folder / self.search.name)

    @property
    def file(self) -> str:
        """The open file, as one would type it."""
        source = self.search.source
        return shown_path(source) if isinstance(source, Path) else ""

    def open(self, file: str) -> None:
        """Open another file and look at it from today; blank: the one that was opened first.

        Raises
        ------
        JobSearchStatsError
            If it cannot be read; what was open before stays open.
        """
        text = file.strip()
        found = open_log(text) if text else _read_anew(self._first)
        if _is_of_the_sample(found.source):
            found = replace(found, is_sample=True, as_of=as_day(SAMPLE_DAY, name="day"))
        self._look(found, as_of=found.as_of)

    def read_again(self) -> None:
        """Read the open file as it is now, and look at it as before."""
        self._look(_read_anew(self.search))

    def look(self, *, day: object, strategy: Strategy, country: str, stages: Sequence[str]) -> None:
        """Look from another day, or with another strategy.

        Parameters
        ----------
        day
            The day; None is one that was not chosen.
        strategy, country
            A strategy, and the code of a country whose holidays it heeds, or blank.
        stages
            As for :func:`jobsearch_stats.agenda`.

        Raises
        ------
        JobSearchStatsError
            If one of them cannot be used; how it was looked at before stays.
        """
        if day is None:
            raise SettingError("The day is missing: choose the day to look at.", name="day")
        chosen = as_day(day, name="day")
        mine = with_country(strategy, country, year=chosen.year)
        self._look(as_of=chosen, strategy=mine, stages=stages)

    def _look(self, search: Opened | None = None, **changed: object) -> None:
        found = search or self.search
        names = ("as_of", "strategy", "stages", "me")
        asked = {name: getattr(self.desk, name) for name in names} | changed
        before, self.search = self.search, found
        try:
            self.desk = desk_of(self._log(), **asked)
        except BaseException:
            self.search = before
            raise

    def _log(self) -> ApplicationLog:
        """Return the log with what was written down in play; in earnest, `read_log` adds it."""
        log = self.search.log
        return with_journal(log, self.journal) if self.is_play and self._begun() else log

    def _begun(self) -> bool:
        """Whether there is a journal; that of a play needs no folder before it is begun."""
        return not (self.is_play and self._folder is None) and self.journal.exists()

    def record(
        self,
        application_id: str | None,
        label: str,
        *,
        on: object,
        decide_by: object = None,
        until: object = None,
        note: str = "",
    ) -> str:
        """Write down what was done, look again, and say what was written, where, and what follows.

        Parameters
        ----------
        application_id
            Whose; None: nobody was chosen.
        label
            One of the labels of `DEEDS`.
        on
            The day it was; an interview may be ahead.
        decide_by, until
            Days that belong to it, where it has such.
        note
            In one's own words.

        Raises
        ------
        JobSearchStatsError
            If it cannot be written; nothing was.
        """
        deed = deed_named(label)
        days = {"decide_by": decide_by, "until": until}
        asked: dict[str, Any] = {n: day for n, day in days.items() if n in deed.asks}
        self._check_read()
        _check_given(application_id, on, asked)
        self._check_new(application_id, deed, on, note)
        entry = record(
            self.journal,
            self.search.log,
            application_id=application_id,  # type: ignore[arg-type]
            kind=deed.kind,
            date=on,
            method=deed.method,
            outcome=deed.outcome,
            note=note.strip() or None,
            written_on=self.desk.as_of,
            **asked,
        )
        self.read_again()
        when = day_name(as_day(on, name="on"))
        return (
            f"Written down: {deed.said}, {self._company(application_id)}, {when}. "
            f"{self.desk.next_sentence(str(application_id))} (Entry {entry} of {self.where()}.)"
        )

    def undo(self) -> str:
        """Take the last entry back, look again, and say what was taken back.

        Raises
        ------
        JobSearchStatsError
            If there is none.
        """
        last = self.last_entry()
        if last is None:
            raise SettingError(
                f"There is nothing to take back in {self.where()}.", name="entry", value=None
            )
        undo(self.journal, entry=int(last["entry"]), written_on=self.desk.as_of)
        self.read_again()
        return (
            f"Taken back: {self._said(last)}. Entry {last['entry']} stays in {self.where()}, "
            "marked as taken back."
        )

    def last_entry(self) -> Row | None:
        """Return the last entry of the journal that was not taken back."""
        if not self._begun():
            return None
        entries = read_journal(self.journal, date_order=self.search.ways.get("date_order"))
        standing = entries[entries["undoes"].isna() & ~(entries["undone"] | entries["broken_off"])]
        names = ("entry", "application_id", "company", "date", "kind", "method", "outcome", "note")
        rows = records(standing.tail(1), names)
        return rows[0] if rows else None

    def last_sentence(self) -> str:
        """Say what Undo would take back."""
        last = self.last_entry()
        if last is None:
            return "Nothing is written down yet."
        return f"Undo takes back entry {last['entry']}: {self._said(last)}."

    def _check_read(self) -> None:
        """Refuse to write what the list would not read again."""
        if not self.is_play and self.search.ways.get("journal", True) is False:
            raise SettingError(
                "The log was opened without its journal (--no-journal), so nothing is written "
                "there. Open it with its journal.",
                name="journal",
                value=False,
            )

    def _check_new(self, application_id: object, deed: Deed, on: object, note: str) -> None:
        """Refuse what the last entry says already: a button is pressed twice at times."""
        last = self.last_entry()
        if last is None:
            return
        new = (application_id, as_day(on, name="on").date(), deed.kind, deed.method, deed.outcome)
        names = ("application_id", "date", "kind", "method", "outcome")
        if new == tuple(last[name] for name in names) and note.strip() == (last["note"] or ""):
            raise SettingError(
                f"Entry {last['entry']} says that already: {self._said(last)}. Nothing was "
                "written.",
                name="entry",
                value=last["entry"],
            )

    def _said(self, entry: Row) -> str:
        what = said_of(entry["kind"], entry["method"], entry["outcome"])
        return f"{what}, {entry['company'] or entry['application_id']}, {day_name(entry['date'])}"

    def _company(self, application_id: object) -> str:
        company = self.search.log.applications["company"].get(application_id)
        return one_line(company) or f"{application_id}"

    def where(self) -> str:
        """Name the journal."""
        return f"the play journal {self.journal.name}" if self.is_play else str(self.journal)

    def journal_sentence(self) -> str:
        """Say where what is written down goes to."""
        if self.is_play:
            sample = _is_of_the_sample(self.search.source)
            whose = "This is the made-up sample" if sample else "This is no file"
            return (
                f"{whose}: what you write down goes into a play journal in a folder that is thrown "
                "away with this notebook. With a file of your own it is kept beside that file."
            )
        return (
            f"What you write down is kept in {self.journal.name}, beside your file, which stays as "
            "it is; every list that reads your file reads the journal with it."
        )


def _check_given(application_id: object, on: object, asked: Mapping[str, object]) -> None:
    """Refuse what a form leaves blank, in a form's words."""
    if application_id is None:
        raise SettingError("Nobody is chosen: choose a contact first.", name="application_id")
    if on is None:
        raise SettingError("The day is missing: on which day was it?", name="on")
    if "until" in asked and asked["until"] is None:
        raise SettingError("The last day they are away is missing: until when?", name="until")


def files_nearby(search: Opened) -> list[str]:
    """Return files that may hold a log: those of this folder and of the open log's."""
    folders = [Path.cwd()]
    if isinstance(search.source, Path):
        folders.append(search.source.resolve().parent)
    found: dict[str, None] = {}
    for folder in folders:
        try:
            names = sorted(folder.iterdir())
        except OSError:  # a folder that one may enter and not list
            continue
        for path in names:
            if _may_hold_a_log(path):
                found.setdefault(shown_path(path))
    return list(found)[:MOST_FILES]


def _may_hold_a_log(path: Path) -> bool:
    name = path.name
    if name.startswith((".", "~$")) or is_journal(name) or one_line(name) != name:
        return False
    if path.stem.isupper() and path.suffix == ".md":  # README and the like
        return False
    return path.suffix.lower() in SUFFIXES and path.is_file()


def shown_path(path: Path) -> str:
    """Return a path as short as it can be typed: from this folder, or from the repository's."""
    folders = [Path.cwd(), *([REPOSITORY] if REPOSITORY else [])]
    for folder in folders:
        if path.resolve().is_relative_to(folder.resolve()):
            return str(path.resolve().relative_to(folder.resolve()))
    return str(path)


def _is_play(search: Opened) -> bool:
    return not isinstance(search.source, Path) or _is_of_the_sample(search.source)


def _read_anew(search: Opened) -> Opened:
    """Return what is open as it is now, with its journal; what was written in play is no part."""
    if not isinstance(search.source, Path):
        return search
    ways = {**search.ways, "journal": False} if _is_play(search) else search.ways
    return replace(search, log=read_log(search.source, **ways))


def _is_of_the_sample(source: object) -> bool:
    """Whether it lies in the folder of the made-up sample, beside which nothing is written."""
    try:
        folder = sample_path().resolve().parent
    except ReadError:
        return False
    return isinstance(source, Path) and source.resolve().parent == folder
