"""The check of a message: what gives too much away, and what is missing (rule R9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import pandas as pd

from .errors import SettingError
from .patterns import pattern
from .wording import YOUR_NAME, YOUR_NUMBER, Me, as_me, one_line

_EVERYDAY_WORDS = """
a about after again all alone also am an and answer any april are as ask asked at august back
badly be because been before best better both bracket busy but by call called calling can care
change closing colleagues come conversation could day days dear december different do down earlier
else email enjoyed everything february first follow following for forward friday from front full
gave general given glad go good great had hand happy has have head hear hello help her here him
his home hope hour hours how i idea if in into is it its january july june junior just kind know
last lead learn leave left less letter letting level like line long look made make man many march
may me meet meeting message mid moment monday months more much my name need new news next no not
november now number numbers october of off office on once one only open or other our out over part
pass people person phone place please pleasure point put quick quite reach read regards remote
right said same saturday say see send senior september service shift short should since so some
something soon speak staff start still subject sunday support take talk team tell thank thanks
that the their them then there they thing things this through thursday time to today together told
tomorrow too trainee try tuesday two under understand up use very via view visit voice want wanted
was way we web wednesday week weeks welcome well went were what when where which who whom why will
wish with within woman word work working would write writing wrote yes yesterday yet you your
"""
EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
"""Words of a title that say nothing by themselves: "Head of Support" is not told by "support"."""

_JOB = (
    r"jobs?|interview(?:s|ed|ing|ers?)?|(?<!in a )positions?|roles?|vacanc(?:y|ies)|applied"
    r"|applying|appl(?:y|ies) for|applications?|applicants?|candidates?|candidacy|candidature"
    r"|hir(?:e|es|ed|ing)|recruit(?:s|ed|ing|ers?|ment)?|employments?|employers?|headhunters?"
)
_PAPERS = (
    r"cvs?|c\.v\.|résumés?|resumés?"
    r"|(?<!to )(?<!we )(?<!can )(?<!will )(?<!could )(?<!should )resumes?"  # not the verb
    r"|curriculum vitae|cover letters?"
)
_WHOSE = (
    r"an?|the|your|their|his|her|my|our|its|another|other|any|this|that|these|those|one|two|three"
    r"|second|better|best|written|firm|current|new|several|competing|rival"
)
_OFFERS = (
    rf"(?:(?:{_WHOSE}) ){{1,4}}offers?|job offers?|offer letters?|counter[- ]?offers?"
    r"|competitors?|(?:another|other|rival) (?:company|companies|employers?|firms?)"
)
_CURRENCY = (
    r"(?:us|ca?|au?|nz|hk)?[$€£¥₹₽₩₺₪]|zł|kč"
    r"|(?:usd|eur|gbp|chf|cad|aud|jpy|inr|pln|sek|nok|dkk|czk)(?!\w)"
)
_AMOUNT = r"\d[\d.,'’  ]{0,20}\s?k?"
_MONEY = (
    r"salar(?:y|ies)|wages?|compensation|bonus(?:es)?|pay (?:rise|raise|range|scale)s?"
    r"|(?:day|daily|hourly) rates?|notice period"
    rf"|(?:{_CURRENCY})\s?{_AMOUNT}|{_AMOUNT}\s?(?:{_CURRENCY}|(?:dollars?|euros?|pounds?|francs?))"
    r"|\d+(?:[.,]\d+)?\s?k|\d{1,3}(?:,\d{3})+"
)
_PROJECT = r"projects?|contracts?"

_ELSEWHERE = "Whoever hears this should not learn what it is about. "
_KINDS = (
    (
        "it tells of another offer",
        _OFFERS,
        _ELSEWHERE + "Keep it for the talk itself.",
    ),
    (
        "it tells what it is about",
        _JOB,
        _ELSEWHERE + 'Say "our meeting" or "our conversation".',
    ),
    ("it speaks of money or terms", _MONEY, _ELSEWHERE + "Keep it for the talk itself."),
    ("it speaks of your papers", _PAPERS, _ELSEWHERE + "Leave it out."),
    ("it speaks of the work itself", _PROJECT, _ELSEWHERE + "Leave it out."),
)
_EDGES = r"(?<!\w)(?:{})(?!\w)"
_RULES = tuple(
    (problem, pattern(_EDGES.format(words), re.IGNORECASE), advice)
    for problem, words, advice in _KINDS
)
_NOT_IN_WORDS = pattern(r"[\s,;:/()\[\]{}<>|&+.!?\"'“”‘’–—-]+")
_LEGAL_FORM = pattern(
    r"[\s,]+(?:inc|ltd|llc|llp|plc|gmbh|ag|kg|s\.?a|s\.?r\.?l|bv|nv|oy|ab|corp|co)\.?$",
    re.IGNORECASE,
)
_NUMBER = pattern(r"\+?\d[\d\s().\-/–]*")
_ISO_DATE = pattern(r"\d{4}-\d{2}-\d{2}")
_EXTENSION = pattern(r"\s*(?:x|ext\.?)\s*\d+$", re.IGNORECASE)
_SAME_DIGITS = 9  # as in R14: the last nine digits tell one number from another
_LEAST_DIGITS = 6


def check_message(
    text: str, *, me: object = None, application: Mapping[str, object] | pd.Series | None = None
) -> pd.DataFrame:
    """List what a message gives away about the job, and what it lacks; empty: nothing to mend.

    It knows English words. The names of the people and of the company do not count, as they
    know those themselves: "Interviewer" as a company's name is no hit.

    Parameters
    ----------
    text
        The message, of a voicemail, a call or an e-mail.
    me
        A `Me`, or a mapping with your `name` and `phone`: both should be said. Without it, any
        telephone number will do, and the name is not looked for.
    application
        A row of `log.applications` or of the agenda: the words of its `role` should not be said,
        its `company` and `contact` may.

    Returns
    -------
    pandas.DataFrame
        One row per thing to mend, in the order of the text, what is missing last: `found` (the
        words, as they stand; blank for what is missing), `problem`, `advice`.

    Raises
    ------
    SettingError
        If `text` is no text, or `application` no row.

    References
    ----------
    R9. The list of words is this project's.

    Examples
    --------
    >>> found = check_message("Ada Ferrant, 555-0100, about the interview.",
    ...                       me={"name": "Ada Ferrant", "phone": "555-0100"})
    >>> found["found"].tolist()
    ['interview']
    """
    if not isinstance(text, str):
        raise SettingError(f"text={text!r} is no text.", name="text", value=text)
    if application is not None and not isinstance(application, Mapping | pd.Series):
        raise SettingError(
            f"application={application!r} must be a row of log.applications, or a mapping.",
            name="application",
            value=application,
        )
    you = as_me(me)
    row = {} if application is None else application
    plain = unicodedata.normalize("NFC", text)
    known = _without_names(plain, you, row)
    rows = [*_given_away(plain, known, one_line(row.get("role"))), *_missing(plain, you)]
    return pd.DataFrame(rows, columns=["found", "problem", "advice"], dtype="str")


def _without_names(text: str, me: Me, row: Mapping[str, object] | pd.Series) -> str:
    """Blank out what may be said, at the same length, so that places in the text stay."""
    company = one_line(row.get("company"))
    contact = row.get("contact")
    people = contact.split(";") if isinstance(contact, str) else []
    allowed = [me.name, me.phone, me.email, company, _LEGAL_FORM.sub("", company)]
    allowed += [one_line(person) for person in people]
    for name in sorted(filter(None, allowed), key=len, reverse=True):  # an address before its name
        pattern = re.escape(unicodedata.normalize("NFC", name))
        text = re.sub(rf"(?<!\w){pattern}(?!\w)", lambda hit: "\0" * len(hit[0]), text)
    return re.sub(r"\s", " ", text)


def _given_away(text: str, known: str, role: str) -> Iterator[tuple[str, str, str]]:
    """Yield what tells too much, each words once, in the order of the text."""
    hits = [
        (match.start(), match.end(), problem, advice)
        for problem, words, advice in (*_title_rule(role), *_RULES)
        for match in words.finditer(known)
    ]
    end, seen = 0, set()
    for start, stop, problem, advice in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        words = " ".join(text[start:stop].split())
        if stop > end and words.casefold() not in seen:
            yield words, problem, advice
            seen.add(words.casefold())
        end = max(end, stop)


def _title_rule(role: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield the rule for the words of the title that say something by themselves."""
    words = _NOT_IN_WORDS.split(unicodedata.normalize("NFC", role))
    telling = {
        word
        for word in words
        if len(word) > 1 and not word.isdecimal() and word.casefold() not in EVERYDAY
    }
    if telling:
        choices = "|".join(re.escape(word) for word in sorted(telling))
        pattern = re.compile(_EDGES.format(choices), re.IGNORECASE)
        yield "it names the title", pattern, _ELSEWHERE + "Leave the title out."


def _missing(text: str, me: Me) -> Iterator[tuple[str, str, str]]:
    said = " ".join(text.split()).casefold()
    name = unicodedata.normalize("NFC", me.name)
    if me.name != YOUR_NAME and not re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", said):
        yield "", "your name is missing", f'Say who you are: "this is {me.name}".'
    if not _number_said(text, me):
        number = "your number" if me.phone == YOUR_NUMBER else me.phone
        yield "", "your number is missing", f"Say {number}, slowly, and at the end once more."


def _number_said(text: str, me: Me) -> bool:
    runs = [_digits(run) for run in _NUMBER.findall(_ISO_DATE.sub(" ", text))]
    if me.phone == YOUR_NUMBER:
        return YOUR_NUMBER in text or any(len(run) >= _LEAST_DIGITS for run in runs)
    wanted = _digits(_EXTENSION.sub("", me.phone)) or _digits(me.phone)
    return me.phone in text or any(wanted[-_SAME_DIGITS:] in run for run in runs)


def _digits(text: str) -> str:
    """Return the digits alone, in whatever script they were written."""
    return "".join(str(int(char)) for char in text if char.isdecimal())
