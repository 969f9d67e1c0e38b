"""`write_template`: a sheet to start from; `read_log` understands all its headers and words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import SettingError
from .importing.fields import split_number
from .importing.words import letters, tokens, vocabulary
from .schema import FOLLOW_UP_OUTCOMES, KINDS, METHODS, REPLY_OUTCOMES, STATUS_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

SHAPES = ("sheet", "events")

SHEET = (
    "company",
    "role",
    "status",
    "source",
    "url",
    "applied",
    "acknowledgement",
    "contact",
    "phone",
    "email",
    "interview",
    "decide_by",
    "thank_you",
    "follow_up_1",
    "follow_up_1_method",
    "follow_up_1_outcome",
    "follow_up_2",
    "follow_up_2_method",
    "follow_up_2_outcome",
    "reply",
    "rejection",
    "offer",
    "wanted",
    "fit",
    "strengths",
    "notes",
)
EVENTS = (
    "date",
    "company",
    "role",
    "kind",
    "method",
    "outcome",
    "contact",
    "phone",
    "email",
    "decide_by",
    "until",
    "note",
)
"""The fields of the two shapes of template, in their order."""

_HELP = {
    "company": "The employer. The one column that every row needs.",
    "role": "The job's title.",
    "status": "Where it stands. Choose from the list, or write your own words.",
    "source": "Where you found it: a job board, a friend ...",
    "url": "The link to the advertisement.",
    "applied": "The date on which you applied.",
    "acknowledgement": "The date of their automatic or formal confirmation, if one came.",
    "contact": "The name of the person you met or wrote to; several with a semicolon between.",
    "phone": "Their number, as you would dial it.",
    "email": "Their e-mail address.",
    "interview": "The date of the interview. For more add columns with a number: {0} 2, {0} 3.",
    "decide_by": 'By when they said they would decide: a date, or words such as "two weeks".',
    "thank_you": "The date of your thank-you note.",
    "follow_up": "The date on which you followed up. For more add columns with a number.",
    "follow_up_method": "How: choose from the list.",
    "follow_up_outcome": "What came of it: choose from the list. A call that nobody answered, and "
    "that left no message, does not count as a message.",
    "reply": "The date of their answer, whatever it was.",
    "rejection": "The date of their rejection.",
    "offer": "The date of their offer.",
    "wanted": "How much you want it, from 1 to 5.",
    "fit": "How well you fit, from 1 to 5: your own judgement, before you know the outcome.",
    "strengths": "Why you are qualified: it stands on the call sheet, to be read before you call.",
    "notes": "Whatever you like.",
    "date": "The day on which it happened.",
    "kind": "What happened: choose from the list.",
    "method": "How: choose from the list.",
    "outcome": "What came of a follow-up, or what a reply said: choose from the list.",
    "until": "The last day on which the contact is away, for a row that says so.",
    "note": "Whatever you like.",
}
"""What goes into a column, by its field without its number; {0} is the header itself."""

_DAYS = frozenset(("applied", "acknowledgement", "interview", "decide_by", "thank_you", "reply"))
_DAYS |= {"follow_up", "rejection", "offer", "date", "until"}
_TEXTS = frozenset(("phone",))

_SPELLED = {
    "url": "URL",
    "e mail": "E-mail",
    "email": "E-mail",
    "e mailadres": "E-mailadres",
    "adres e mail": "Adres e-mail",
    "e posta": "E-posta",
    "follow up": "follow-up",
    "follow up method": "follow-up method",
    "follow up outcome": "follow-up outcome",
    "ergebnis der nachfrage": "Ergebnis der Nachfrage",
    "keine antwort": "keine Antwort",
    "e mail geschrieben": "E-Mail geschrieben",
    "nachricht bei sekretärin hinterlassen": "Nachricht bei Sekretärin hinterlassen",
}
"""How words of the vocabulary are spelled, where there is more to it than a first capital."""

_NOUNS = frozenset(("de",))
"""Languages whose words in a list begin with a capital, as most of them are nouns."""

_SEMICOLON = frozenset(("de", "fr", "es", "pt", "it", "nl", "pl", "tr"))
"""Languages whose spreadsheets expect a semicolon between the cells of a CSV file."""

_ROWS = 1000
"""Rows that get a list to choose from."""
_LIST_LIMIT = 255
"""Characters that Excel allows for a list in a cell."""


def write_template(
    path: str | os.PathLike[str], *, language: str = "en", shape: str = "sheet"
) -> Path:
    """Write an empty sheet to keep a job search in; `read_log` understands all of it.

    Parameters
    ----------
    path
        Where to: a new file, .xlsx (with lists to choose from, and a page that says what goes
        where) or .csv (the headers alone).
    language
        Of the headers and of the words to choose from: "en", "de", "fr" ... What goes where is
        said in English.
    shape
        ``"sheet"``, one row per application, or ``"events"``, one row for each thing that
        happened.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    SettingError
        If the file exists already or cannot be written, or an argument cannot be used.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_template(f"{folder}/my_job_search.csv").read_text("utf-8-sig").split(",")[:3]
    ['Company', 'Role', 'Status']
    """
    fields = _checked(language, shape)
    out = Path(path)
    make = {".xlsx": _workbook, ".csv": _csv}.get(out.suffix.lower())
    if make is None:
        raise _unusable("path", str(path), "is no .xlsx and no .csv file")
    content = make(language, fields)
    try:
        with out.open("xb") as file:  # never over a file that is there
            file.write(content)
    except FileExistsError:
        raise _unusable("path", str(path), "exists already. Name another file") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise _unusable("path", str(path), f"cannot be written: {why}") from None
    return out


def _unusable(name: str, value: str, why: str) -> SettingError:
    return SettingError(f"{name}={value!r} {why}.", name=name, value=value)


def template_columns(*, language: str = "en", shape: str = "sheet") -> list[tuple[str, str]]:
    """Return the template's headers, and what goes into each column.

    Parameters
    ----------
    language, shape
        As in `write_template`.
    """
    fields = _checked(language, shape)
    headers = [header_of(field, language) for field in fields]
    return [(header, _help(field, header)) for field, header in zip(fields, headers, strict=True)]


def _checked(language: str, shape: str) -> tuple[str, ...]:
    """Return the fields of a template."""
    known = languages()
    if language not in known:
        raise _unusable("language", language, f"is none of {', '.join(known)}")
    if shape not in SHAPES:
        raise _unusable("shape", shape, f"is none of {', '.join(SHAPES)}")
    return SHEET if shape == "sheet" else EVENTS


@cache
def languages() -> dict[str, dict[str, Any]]:
    """Return the words of every language that there is, by its code."""
    folder = Path(__file__).parent / "importing" / "aliases"
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    }


def header_of(field: str, language: str) -> str:
    """Return the header of a field, with the field's number if it has one."""
    base, number = split_number(field)
    # A sheet's result is its status, but an event's is its outcome.
    meant = ("outcome", "result") if base == "outcome" else (base,)
    known = vocabulary().headers
    for tongue in (language, "en"):
        for phrase in _own(tongue, "headers", base):
            if (known.get("".join(tokens(phrase))) or ("",))[0] in meant:
                header = _capital(phrase, tongue)
                return f"{header} {number}" if number else header
    return field  # our own names are understood in every language


def words_of(field: str, language: str) -> list[str]:
    """Return the words to choose from in a field's column; none where anything may stand."""
    base, _ = split_number(field)
    if base == "status":
        kinds = [kind for kind in STATUS_KINDS if kind != "unknown"]
        return [_word("statuses", (kind,), language) for kind in kinds]
    if base in ("method", "follow_up_method"):
        return [_word("follow_ups", (method,), language) for method in METHODS]
    if base in ("outcome", "follow_up_outcome"):
        ways = ("phone/{}", "-/{}")
        outcomes = [
            _word("follow_ups", tuple(way.format(outcome) for way in ways), language)
            for outcome in FOLLOW_UP_OUTCOMES
        ]
        if base == "outcome":
            outcomes += [_word("reply_outcomes", (o,), language) for o in REPLY_OUTCOMES]
        return outcomes
    if base == "kind":
        return [_word("kinds", (kind,), language) for kind in KINDS]
    return []


def _word(section: str, meanings: Sequence[str], language: str) -> str:
    """Return the language's first word that is read as one of the meanings."""
    known: dict[str, str] = getattr(vocabulary(), section)
    for meaning in meanings if language != "en" else ():
        for phrase in _own(language, section, meaning):
            if known.get(letters(phrase)) == meaning:
                return _capital(phrase, language) if language in _NOUNS else _spelled(phrase)
    return meanings[0].rpartition("/")[2].replace("_", " ")  # our own names are English


def _own(language: str, section: str, key: str) -> list[str]:
    """Return a language's own words for one thing."""
    words: list[str] = languages()[language][section].get(key, [])
    return words


def _spelled(phrase: str) -> str:
    return _SPELLED.get(phrase, phrase)


def _capital(phrase: str, language: str) -> str:
    """Return the phrase with a capital first; Turkish has two kinds of i."""
    phrase = _spelled(phrase)
    first = "İ" if language == "tr" and phrase[0] == "i" else phrase[0].upper()
    return first + phrase[1:]


def _help(field: str, header: str) -> str:
    return _HELP[split_number(field)[0]].format(header)


def _csv(language: str, fields: Sequence[str]) -> bytes:
    out = io.StringIO()
    delimiter = ";" if language in _SEMICOLON else ","
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(
        header_of(field, language) for field in fields
    )
    return out.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def _workbook(language: str, fields: Sequence[str]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **plain})
    book.set_properties({"title": "Job search", "created": dt.datetime(2026, 1, 1)})
    headers = [header_of(field, language) for field in fields]
    _entry_page(book, headers, fields, language)
    _help_page(book, headers, fields, language)
    book.close()
    return out.getvalue()


def _entry_page(book: Any, headers: list[str], fields: Sequence[str], language: str) -> None:
    page = book.add_worksheet("Job search")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    text = book.add_format({"num_format": "@"})
    for at, (field, header) in enumerate(zip(fields, headers, strict=True)):
        base, _ = split_number(field)
        form = day if base in _DAYS else text if base in _TEXTS else None
        page.set_column(at, at, _width(base, header), form)
        page.write_string(0, at, header, bold)
        page.write_comment(0, at, _help(field, header), {"x_scale": 2})
        _let_choose(page, at, words_of(field, language))
    page.freeze_panes(1, 1)


def _width(base: str, header: str) -> int:
    wide = {"company": 24, "role": 24, "strengths": 36, "notes": 36, "note": 36, "email": 26}
    return max(12, len(header) + 2, wide.get(base, 0))


def _let_choose(page: Any, at: int, words: list[str]) -> None:
    """Offer a list to choose from; own words may be written all the same."""
    if words and len(",".join(words)) <= _LIST_LIMIT:
        rule = {"validate": "list", "source": words, "ignore_blank": True, "show_error": False}
        page.data_validation(1, at, _ROWS, at, {**rule, "error_type": "information"})


def _help_page(book: Any, headers: list[str], fields: Sequence[str], language: str) -> None:
    page = book.add_worksheet("How to")
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28, wrap)
    page.set_column(1, 1, 90, wrap)
    page.write_string(0, 0, _FIRST_LINE, bold)
    for row, (field, header) in enumerate(zip(fields, headers, strict=True), start=2):
        words = words_of(field, language)
        said = _help(field, header) + (f" ({', '.join(words)})" if words else "")
        page.write_string(row, 0, header)
        page.write_string(row, 1, said)


_FIRST_LINE = (
    "What goes into each column of the first page. Leave blank what you do not know, and add "
    "columns of your own as you like."
)
