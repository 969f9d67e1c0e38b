"""A spreadsheet, one row per application: its date columns to events."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .contacting import Contacting, combined, read_contacting
from .date_patterns import NO_SUCH_DAY, OUT_OF_RANGE
from .dates import NO_DAY_NAMED, NO_YEAR, TWO_DATES, DateColumn, words_beside
from .events import KIND, METHOD, NONE, OUTCOME, Events, first_of_rows, joined, last_of_rows
from .fields import SHEET_DATES
from .presets import is_undated, status_of
from .promising import promised
from .sheet_cells import BESIDE, CLOSING, KEPT_IN_NOTE, OF_STATUS, Entry, read_entry
from .table import NO_DAY, Table, plain_dates
from .told_events import told_events
from .values import is_automatic, is_blank_word, read_reply_outcome, yes_or_no

_BROKEN = (NO_SUCH_DAY, NO_YEAR, NO_DAY_NAMED, TWO_DATES, OUT_OF_RANGE)


@dataclass
class SheetEvents:
    """The events of a spreadsheet, and what its cells say without a date."""

    events: Events
    undated_interview: np.ndarray
    says: dict[int, str] = field(default_factory=dict)
    not_sent: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))


def sheet_events(table: Table, country: str | None, row_country: np.ndarray | None) -> SheetEvents:
    """Return the events of every row, with contacts, promises and absences in their places."""
    out = SheetEvents(joined([]), np.zeros(len(table), dtype=bool))
    parts = []
    for name in SHEET_DATES:
        for place in table.plan.of(name):
            parts.append(_column_events(table, name, place, out))
    events = joined(parts)
    others = _of_another_day(table, events)
    events = events.take(np.flatnonzero(~others)) if others.any() else events
    events = joined([events, *told_events(table, events)])
    events = joined([events, *_status_events(table, events)])
    _answers(table, events)
    _note_follow_ups(table)
    events = joined([events, *_yes_do_not_contact(table, events)])
    _people(events)
    _promises(table, events, country, row_country)
    out.events = joined([events, *_absences(table, events, country)])
    out.not_sent = _said_no(table, "sent") | _said_no(table, "applied")
    return out


def _of_another_day(table: Table, events: Events) -> np.ndarray:
    """Return which applications have a date that is another's, by their status in an export."""
    preset, column = table.plan.preset, table.one("status")
    if preset is None or column is None:
        return np.zeros(len(events), dtype=bool)
    undated = np.array([is_undated(preset, value) for value in column.distinct], dtype=bool)
    return undated[column.codes[events.row]] & (events.kind == KIND["applied"])


def _column_events(table: Table, name: str, place: int, out: SheetEvents) -> Events:
    read = table.dates[place]
    entries = [
        read_entry(name, cell, text)
        for cell, text in zip(read.cells, read.column.distinct, strict=True)
    ]
    table.blanked(read.column, {code: e.problem for code, e in enumerate(entries) if e.problem})
    _undated(table, name, place, entries, out)
    kinds = np.array([NONE if e.kind is None else KIND[e.kind] for e in entries], dtype="int8")
    codes = read.column.codes
    row = np.flatnonzero(kinds[codes] >= 0)
    code = codes[row]
    number = table.plan.columns[place].number
    events = Events.of(
        row,
        read.days[code],
        kinds[code],
        hour=read.hours[code],
        method=np.array([METHOD.get(e.method or "", NONE) for e in entries], dtype="int8")[code],
        outcome=np.array([OUTCOME.get(e.outcome or "", NONE) for e in entries], dtype="int8")[code],
        number=number,
    )
    if name in ("follow_up", "interview", "thank_you"):
        _method_and_outcome(table, name, number, events)
    _note_words(table, read, entries, events)
    return events


def _note_words(table: Table, read: DateColumn, entries: list[Entry], events: Events) -> None:
    """Put the words that stand beside dates into the events' notes."""
    noted = {
        code: words_beside(read.column.distinct[code])
        for code, entry in enumerate(entries)
        if entry.noted
    }
    if not noted:
        return
    codes = read.column.codes[events.row]
    for at in np.flatnonzero(np.isin(codes, list(noted))):
        words, row = noted[int(codes[at])], int(events.row[at])
        events.note[at] = "; ".join(filter(None, (events.note[at], words)))
        value = read.column.distinct[codes[at]]
        table.found.noted(
            int(table.source_rows[row]), read.column.header, value, BESIDE, KEPT_IN_NOTE
        )


def _undated(table: Table, name: str, place: int, entries: list[Entry], out: SheetEvents) -> None:
    """Keep what cells without a date say: an interview took place, or it is over."""
    read, number = table.dates[place], table.plan.columns[place].number
    codes = read.column.codes
    yes = np.array([entry.yes for entry in entries], dtype=bool)
    dated = np.zeros(len(table), dtype=bool)
    for other in table.plan.numbered(name, number):  # "Rejected?" beside "Rejection date"
        if other != place:
            dated |= ~np.isnat(table.dates[other].row_days)
    if name == "interview":
        broken = np.array([entry.problem in _BROKEN for entry in entries], dtype=bool)
        out.undated_interview |= (yes | broken)[codes]
    if yes.any() and name != "do_not_contact":
        for row in np.flatnonzero(yes[codes] & ~dated):
            table.noted_row(
                int(row),
                read.column.header,
                read.column.distinct[codes[row]],
                f"{name} without a date: there is no dated event",
            )
    says = {code: e.status for code, e in enumerate(entries) if e.status}
    says |= {code: CLOSING[name] for code in np.flatnonzero(yes).tolist() if name in CLOSING}
    for row in np.flatnonzero(np.isin(codes, list(says))) if says else ():
        out.says.setdefault(int(row), str(says[int(codes[row])]))
        if not yes[codes[row]]:
            table.noted_row(
                int(row),
                read.column.header,
                read.column.distinct[codes[row]],
                "words in place of a date are read as the status",
            )


def _method_and_outcome(table: Table, name: str, number: int, events: Events) -> None:
    """Put in what the columns beside a date say of its method and outcome."""
    method = _beside(table, f"{name}_method", number)
    outcome = _beside(table, "follow_up_outcome", number) if name == "follow_up" else None
    if method is None and outcome is None:
        if name == "follow_up":
            _sent_if_written(events)
        return
    read = []
    for place in (method, outcome):
        if place is None:
            read.append((np.zeros(len(events), dtype="int64"), [Contacting()]))
            continue
        column = table.columns[place]
        cells = [
            Contacting() if is_blank_word(value) else read_contacting(value)
            for value in column.distinct
        ]
        unknown = [code for code, cell in enumerate(cells) if cell.words]
        table.noted_values(column, unknown, "the words are not known", "kept in the event's note")
        read.append((column.codes[events.row], cells))
    (m_codes, m_cells), (o_codes, o_cells) = read
    pair, inverse = np.unique(m_codes.astype("int64") * len(o_cells) + o_codes, return_inverse=True)
    both = [combined(m_cells[p // len(o_cells)], o_cells[p % len(o_cells)]) for p in pair.tolist()]
    how = np.array([METHOD.get(m or "", NONE) for m, _, _ in both], dtype="int8")
    what = np.array([OUTCOME.get(o or "", NONE) for _, o, _ in both], dtype="int8")
    notes = np.empty(len(both), dtype=object)
    notes[:] = [note for _, _, note in both]
    if len(both):
        events.method = np.where(how[inverse] >= 0, how[inverse], events.method)
        if name == "follow_up":
            events.outcome = np.where(what[inverse] >= 0, what[inverse], events.outcome)
        events.note = notes[inverse]
    if name == "follow_up":
        _sent_if_written(events)


def _sent_if_written(events: Events) -> None:
    written = np.isin(events.method, [METHOD[m] for m in ("email", "letter", "text", "portal")])
    unsaid = events.outcome < 0
    if events.says("note"):
        unsaid &= events.note == ""
    events.outcome[written & unsaid & (events.kind == KIND["follow_up"])] = OUTCOME["sent"]


def _beside(table: Table, name: str, number: int) -> int | None:
    """Return the column of that name and number; one without a number serves the first."""
    numbers = (number, 0, 1) if number <= 1 else (number,)
    return next((place for n in numbers for place in table.plan.numbered(name, n)), None)


def _status_events(table: Table, events: Events) -> list[Events]:
    """Return dated statuses that close as events, unless the row has that event already."""
    column, dates = table.one("status"), table.date_of("status_on")
    if column is None or dates is None:
        return []
    day, hour = plain_dates(table, "status_on"), dates.row_hours
    out = []
    kinds = np.array(
        [OF_STATUS.get(status_of(table.plan.preset, v).kind, "") for v in column.distinct],
        dtype=object,
    )
    for kind in OF_STATUS.values():
        has = np.zeros(len(table), dtype=bool)
        has[events.row[events.kind == KIND[kind]]] = True
        row = np.flatnonzero((kinds[column.codes] == kind) & ~np.isnat(day) & ~has)
        if len(row):
            out.append(Events.of(row, day[row], KIND[kind], hour=hour[row]))
    return out


def _answers(table: Table, events: Events) -> None:
    """Put in what a column beside the reply says of it."""
    column = table.one("reply_outcome")
    if column is None:
        return
    read = [None if is_blank_word(v) else read_reply_outcome(v) for v in column.distinct]
    unknown = [
        code
        for code, value in enumerate(column.distinct)
        if read[code] is None and not is_blank_word(value) and not is_automatic(value)
    ]
    table.noted_values(column, unknown, "the words are not known", "kept in the event's note")
    codes = np.array([OUTCOME.get(o or "", NONE) for o in read], dtype="int8")
    notes = np.full(len(read), "", dtype=object)
    for code in unknown:
        notes[code] = f"outcome: {column.distinct[code]}"
    automatic = np.array([is_automatic(v) for v in column.distinct], dtype=bool)
    reply = (events.kind == KIND["reply"]) & automatic[column.codes[events.row]]
    events.kind[reply] = KIND["acknowledgement"]
    reply = np.flatnonzero((events.kind == KIND["reply"]) & (events.outcome < 0))
    cell = column.codes[events.row[reply]]
    events.outcome[reply] = codes[cell]
    events.note[reply] = notes[cell]


def _note_follow_ups(table: Table) -> None:
    for name, how in (
        ("follow_up", "read as done: follow-ups that were made"),
        ("planned_follow_up_on", "read as planned: no event, a date in planned_follow_up_on"),
    ):
        for place in table.plan.of(name):
            header = table.columns[place].header
            table.found.noted(
                None, header, None, how, "if that is wrong, say so with mapping={...}"
            )


def _yes_do_not_contact(table: Table, events: Events) -> list[Events]:
    """Return do-not-contact events for a plain "yes": it holds from the row's latest event on."""
    read = table.date_of("do_not_contact")
    if read is None:
        return []
    yes = np.array(
        [c.day is None and yes_or_no(c.words or "") is True for c in read.cells], dtype=bool
    )[read.column.codes]
    last = last_of_rows(events, yes[events.row])
    for row in np.flatnonzero(yes):
        has = row in events.row[last]
        table.noted_row(
            int(row),
            read.column.header,
            read.column.distinct[read.column.codes[row]],
            "no date: it is dated on the latest event of the row"
            if has
            else "no date, and no event of the row to date it on: not used",
        )
    return [Events.of(events.row[last], events.date[last], KIND["do_not_contact"])]


def _people(events: Events) -> None:
    """Put the row's contact on its interviews, else on its application, else its first event."""
    interview = events.kind == KIND["interview"]
    has = np.zeros(int(events.row.max(initial=-1)) + 1, dtype=bool)
    has[events.row[interview]] = True
    applied = (events.kind == KIND["applied"]) & ~has[events.row]
    has[events.row[applied]] = True
    events.with_person = interview | applied
    events.with_person[first_of_rows(events, ~has[events.row])] = True


def _promises(
    table: Table, events: Events, country: str | None, row_country: np.ndarray | None
) -> None:
    """Put a promise on the latest interview of its row, a numbered one on its own."""
    for place in table.plan.of("decide_by"):
        read = table.dates[place]
        number = table.plan.columns[place].number
        mine = events.kind == KIND["interview"]
        several = len(table.plan.of("interview")) > 1 or len(table.plan.of("decide_by")) > 1
        if number and several:
            mine &= events.number == number
            if number == 1:
                mine |= (events.kind == KIND["interview"]) & (events.number == 0)
        has = np.zeros(len(table), dtype=bool)
        has[events.row[events.kind == KIND["interview"]]] = True
        has[events.row[mine]] = True
        target = np.full(len(table), NONE, dtype="int64")
        if not (number and several):
            sent = (events.kind == KIND["applied"]) & ~has[events.row]
            last = last_of_rows(events, sent)
            target[events.row[last]] = last
        last = last_of_rows(events, mine)
        target[events.row[last]] = last
        said = np.where(target >= 0, events.date[target], NO_DAY) if len(events) else None
        if said is None:
            said = np.full(len(table), NO_DAY, dtype="datetime64[D]")
        days = promised(table, read, said, country, row_country)
        lost = ~np.isnat(days) & (target < 0)
        for row in np.flatnonzero(lost):
            table.found.blanked(
                int(table.source_rows[row]),
                read.column.header,
                read.column.distinct[read.column.codes[row]],
                "there is no dated interview for it to belong to",
            )
        given = np.flatnonzero(~np.isnat(days) & (target >= 0))
        events.decide_by[target[given]] = days[given]


def _absences(table: Table, events: Events, country: str | None) -> list[Events]:
    """Return absences, known since the row's latest interview, else since its application."""
    out: list[Events] = []
    if table.date_of("until") is None and table.date_of("back_on") is None:
        return out
    from .absences import NOT_KNOWN_SINCE, away_until

    kinds = [KIND["interview"], KIND["applied"]]
    last = last_of_rows(events, np.isin(events.kind, kinds))
    said = np.full(len(table), NO_DAY, dtype="datetime64[D]")
    said[events.row[last]] = events.date[last]
    for name in ("until", "back_on"):
        if table.date_of(name) is None:
            continue
        until = away_until(table, name, said, country)
        row = np.flatnonzero(~np.isnat(until) & ~np.isnat(said))
        away = Events.of(row, said[row], KIND["out_of_office"])
        away.until = until[row]
        out.append(away)
        for at in np.flatnonzero(~np.isnat(until) & np.isnat(said)):
            table.found.blanked(
                int(table.source_rows[at]),
                table.columns[table.plan.of(name)[0]].header,
                str(until[at]),
                NOT_KNOWN_SINCE,
            )
    return out


def _said_no(table: Table, name: str) -> np.ndarray:
    """Return the rows that say "no" in a column: not applied to."""
    column = table.one(name)
    if column is None:
        return np.zeros(len(table), dtype=bool)
    no = [bool(value) and yes_or_no(value) is False for value in column.distinct]
    return np.array(no, dtype=bool)[column.codes]
