"""An event log, one row per event: its rows to events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..patterns import pattern
from ..schema import KINDS
from .absences import away_until, in_notes
from .contacting import Contacting, combined, read_contacting
from .dates import words_beside
from .events import KIND, METHOD, NONE, OUTCOME, Events
from .presets import kind_of, no_event
from .promising import promised
from .raw import Column
from .sheet_cells import BESIDE, KEPT_IN_NOTE, is_free
from .table import NO_DAY, Table
from .values import is_automatic, is_blank_word, near_kind, read_reply_outcome
from .words import clean, fold

_HOUR = pattern(r"(\d{1,2})(?:[:.h](\d{2})?(?::\d{2})?)?\s*(?:([ap])\.?m\.?|uhr|h|o'?clock)?")


def log_events(table: Table) -> tuple[Events, np.ndarray]:
    """Return the events, without promises, and which rows are neither event nor application.

    A row with a company or an id, and neither date nor kind, says something of its application.
    """
    date = table.date_of("date")
    kinds = table.one("kind")
    if date is None or kinds is None:  # the shape needs both
        raise AssertionError("an event log without date and kind")
    preset = table.plan.preset
    read = [
        (kind_of(preset, value) or near_kind(value)) if value else None for value in kinds.distinct
    ]
    kind = np.array([NONE if k is None else KIND[k[0]] for k in read], dtype="int8")[kinds.codes]
    day = date.row_days.copy()
    odd = [
        bool(cell.words) and not is_free(cell.words, words_beside(text))
        for cell, text in zip(date.cells, date.column.distinct, strict=True)
    ]
    day[np.array(odd, dtype=bool)[date.column.codes]] = NO_DAY
    usable = (kind >= 0) & ~np.isnat(day)
    says_nothing = ~date.column.filled() & ~kinds.filled()
    named = np.zeros(len(table), dtype=bool)
    for name in ("application_id", "company"):
        column = table.one(name)
        if column is not None:
            named |= column.filled()
    bad = (~usable & ~(says_nothing & named)) | (usable & ~_owned(table, named))
    _reject(table, bad, usable, kinds.codes, read)
    row = np.flatnonzero(usable & ~bad)
    events = Events.of(row, day[row], kind[row], hour=date.row_hours[row], with_person=True)
    _hours(table, events)
    _methods_and_outcomes(table, events, read)
    _note_words(table, events)
    return events, bad


def _note_words(table: Table, events: Events) -> None:
    """Put the words that stand beside a date into the event's note."""
    date = table.date_of("date")
    if date is None:
        return
    beside = np.array([bool(cell.words) for cell in date.cells], dtype=bool)
    codes = date.column.codes[events.row]
    for at in np.flatnonzero(beside[codes]):
        value = date.column.distinct[codes[at]]
        events.note[at] = "; ".join(filter(None, (events.note[at], words_beside(value))))
        table.found.noted(
            int(table.source_rows[events.row[at]]),
            date.column.header,
            value,
            BESIDE,
            KEPT_IN_NOTE,
        )


def _owned(table: Table, named: np.ndarray) -> np.ndarray:
    role = table.one("role")
    return named if role is None else named | role.filled()


def _reject(
    table: Table, bad: np.ndarray, usable: np.ndarray, codes: np.ndarray, read: Sequence[object]
) -> None:
    date, kinds = table.date_of("date"), table.one("kind")
    if date is None or kinds is None:
        return
    for row in np.flatnonzero(bad):
        cell = date.cells[date.column.codes[row]]
        word = kinds.distinct[codes[row]]
        if usable[row]:
            why = "it has no company, no role and no id"
        elif read[codes[row]] is None:
            why = no_event(table.plan.preset, word) or (
                f"the kind {word!r} is not known; kinds are {', '.join(KINDS)}"
                if word
                else "it has no kind of event"
            )
        elif not date.column.distinct[date.column.codes[row]]:
            why = "it has no date"
        else:
            text = date.column.distinct[date.column.codes[row]]
            more = cell.problem or "there are words in it"
            why = f"its date {text!r} cannot be used: {more}"
        table.found.rejected(int(table.source_rows[row]), table.row_text(int(row)), why)


def _hours(table: Table, events: Events) -> None:
    """Read the hour column, of hours or times; where it is blank, the date's own time serves."""
    column = table.one("hour")
    if column is None:
        return
    hours = np.full(len(column.distinct), NONE, dtype="int8")
    problems = {}
    for code, value in enumerate(column.distinct):
        if is_blank_word(value):
            continue
        hour = _hour(value)
        if hour is None:
            problems[code] = "it is no hour of the day"
        else:
            hours[code] = hour
    kept = np.zeros(len(table), dtype=bool)
    kept[events.row] = True
    table.blanked(column, problems, kept)
    mine = hours[column.codes[events.row]]
    events.hour = np.where(mine >= 0, mine, events.hour)


def _hour(text: str) -> int | None:
    found = _HOUR.fullmatch(fold(clean(text)))
    if not found:
        return None
    hour = int(found[1])
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return hour if hour < 24 and int(found[2] or 0) < 60 else None


def _methods_and_outcomes(
    table: Table, events: Events, kinds: list[tuple[str, str | None, str | None] | None]
) -> None:
    """Read kind, method and outcome of each distinct combination, whatever the column."""
    columns = [table.one(name) for name in ("kind", "method", "outcome")]
    n = len(events)
    codes = [
        np.zeros(n, dtype="int64") if c is None else c.codes[events.row].astype("int64")
        for c in columns
    ]
    sizes = [1 if c is None else len(c.distinct) for c in columns]
    key = (codes[0] * sizes[1] + codes[1]) * sizes[2] + codes[2]
    distinct, inverse = np.unique(key, return_inverse=True)
    if not len(distinct):
        return
    unknown: tuple[set[int], set[int]] = (set(), set())
    read = []
    for k in distinct.tolist():
        kind = kinds[k // (sizes[1] * sizes[2])]
        cells = [k // sizes[2] % sizes[1], k % sizes[2]]
        words = [
            "" if column is None else column.distinct[cell]
            for column, cell in zip(columns[1:], cells, strict=True)
        ]
        assert kind is not None  # only usable rows are here
        how, what, note, odd = _one_event(kind, *words)
        for at in odd:
            unknown[at].add(cells[at])
        read.append((METHOD.get(how or "", NONE), OUTCOME.get(what or "", NONE), note))
    events.method = np.array([m for m, _, _ in read], dtype="int8")[inverse]
    events.outcome = np.array([o for _, o, _ in read], dtype="int8")[inverse]
    notes = np.empty(len(read), dtype=object)
    notes[:] = [note for _, _, note in read]
    events.note = notes[inverse]
    _by_machine(events, columns[2], codes[2])
    for column, cells_unknown in zip(columns[1:], unknown, strict=True):
        if column is not None:
            table.noted_values(
                column,
                sorted(cells_unknown),
                "the words are not known",
                "kept in the event's note",
            )


def _by_machine(events: Events, outcome: Column | None, codes: np.ndarray) -> None:
    """Turn replies whose outcome says that a machine sent them into acknowledgements."""
    if outcome is not None:
        automatic = np.array([is_automatic(value) for value in outcome.distinct], dtype=bool)
        reply = events.kind == KIND["reply"]
        events.kind[automatic[codes] & reply] = KIND["acknowledgement"]


def _one_event(
    kind: tuple[str, str | None, str | None], method: str, outcome: str
) -> tuple[str | None, str | None, str, tuple[int, ...]]:
    """Return method, outcome, note and which of the two cells have unknown words."""
    name, its_method, its_outcome = kind
    how = Contacting() if is_blank_word(method) else read_contacting(method)
    if is_blank_word(outcome):
        outcome = ""
    odd = (0,) if how.words else ()
    if name == "applied" and how.method == "video":  # "online" means another thing there
        how = Contacting("portal", how.outcome)
    if name in ("follow_up", "thank_you"):
        came = read_contacting(outcome)
        kind_says = Contacting(its_method, its_outcome)
        if how.method is None and not how.words:
            how = Contacting(its_method, how.outcome)
        if came.outcome is None and not came.words:
            came = Contacting(came.method, how.outcome or kind_says.outcome)
        m, o, note = combined(how, came)
        if name == "thank_you" and o == "sent" and not outcome:
            o = None
        return m, o, note, (*odd, *((1,) if came.words else ()))
    notes = [f"method: {how.words}"] if how.words else []
    what = its_outcome
    if outcome and not (name == "reply" and is_automatic(outcome)):
        answer = read_reply_outcome(outcome) if name == "reply" else None
        what = answer or what
        if answer is None and not (
            name == "applied" and read_contacting(outcome).outcome == "sent"
        ):
            notes.append(f"outcome: {outcome}")
            odd = (*odd, 1)
    return how.method or its_method, what, "; ".join(notes), odd


def put_promises(
    table: Table, events: Events, country: str | None, row_country: np.ndarray | None
) -> None:
    """Put in what was promised, and until when they are away."""
    said = np.full(len(table), NO_DAY, dtype="datetime64[D]")
    said[events.row] = events.date
    read = table.date_of("decide_by")
    if read is not None:
        events.decide_by = promised(table, read, said, country, row_country)[events.row]
    for name in ("until", "back_on"):
        if table.date_of(name) is not None:
            until = away_until(table, name, said, country)[events.row]
            events.until = np.where(np.isnat(events.until), until, events.until)
    notes = table.one("note")
    if notes is None:
        return
    at = np.flatnonzero((events.kind == KIND["out_of_office"]) & np.isnat(events.until))
    texts = [notes.distinct[code] for code in notes.codes[events.row[at]]]
    events.until[at] = in_notes(texts, events.date[at], country)


def put_notes(table: Table, events: Events) -> None:
    """Put the row's note before what the other columns left for it."""
    column = table.one("note")
    if column is None:
        return
    notes = np.array(column.distinct, dtype=object)[column.codes[events.row]]
    both = (notes != "") & (events.note != "")
    events.note = np.where(both, notes + "; " + events.note, notes + events.note)
