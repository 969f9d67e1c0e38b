"""Rows whose only filled cell is no application: headings, totals, remarks, marks of a merge."""

from __future__ import annotations

from ..patterns import pattern
from .words import clean, fold, is_formula, tokens, vocabulary

MERGE_MARK = "a mark that a merge conflict left behind"
_HEADING = "a heading of what stands below it, not an application"
_TOTAL = "a total, not an application"
_REMARK = "a remark, not an application"
_IF_NOT = "; if it is a company, give its row a role or a date"

_LONGEST = 60
_RULE = "-=*_#~+.–— "
_NAME = 5
"""Shorter names of days and months alone are companies too: Mars, Sun, May."""

_MARK = pattern(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
_RULED = pattern(r"\W*[-=*_#~–—]{2,}.*[-=*_#~–—]{2,}\W*|\W*[-=*_#~–—]{3,}\s*\w.*|.*\w\s*:")
_DAY = r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}(?:[-./](?:\d{4}|\d\d)?)?)"
_RANGE = pattern(rf"{_DAY}\s*(?:[-–—~→]|to|until|bis|au|al|a|ao|t/m|do)\s*{_DAY}")
_CJK = pattern(r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日)?|第?\d{1,2}[周週季]|第[一二三四][季周週])")

_PART = pattern(  # weeks and quarters, in the languages of the aliases
    r"weeks?|wks?|cw|woche|kw|kalenderwoche|semaine|sem|semana|settimana|sett|weeknr|tydzien"
    r"|tydz|tyg|hafta|haftasi|quarter|quartal|trimestre|trim|kwartaal|kwartal|ceyrek|q"
)
_TOTALS = pattern(
    r"totals?|subtotal|grandtotal|sum|summe|gesamt|gesamtsumme|insgesamt|zwischensumme|somme|suma"
    r"|soma|totale|somma|totaal|razem|lacznie|toplam|合计|合計|总计|總計|小计|小計"
)
_JOINS = pattern(
    r"to|until|bis|au|al|ao|t|m|ending|commencing|beginning|starting|ab|st|nd|rd|th|er|and|und|et"
    r"|y|e|i"
)


def is_merge_mark(cell: str) -> bool:
    """Whether a cell is what a version control writes between the two sides of a conflict."""
    cell = clean(cell[:200])
    return cell[:1] in "<=>|" and _MARK.match(cell) is not None


def why_no_application(cell: str) -> str:
    """Return why a row in which only this cell is filled is no application; blank: it may be.

    The name of a company alone is an application; what only divides a table into parts is not.
    """
    if is_merge_mark(cell):
        return MERGE_MARK
    cell = clean(cell)
    if _is_remark(cell):
        return _REMARK
    if len(cell) > _LONGEST:
        return ""
    if _is_total(cell):
        return _TOTAL + _IF_NOT
    return _HEADING + _IF_NOT if _is_heading(cell) else ""


def _is_remark(cell: str) -> bool:
    """Whether a cell begins as a remark does; "#REF!" and "#12" are something else."""
    if cell.startswith("//"):
        return True
    rest = cell.lstrip("#")
    return rest != cell and (rest[:1].isspace() or rest[:1].isalpha()) and not is_formula(cell)


def _is_total(cell: str) -> bool:
    words = [word for word in tokens(cell) if not word.isdigit()]
    return _TOTALS.fullmatch("".join(words)) is not None


def _is_heading(cell: str) -> bool:
    folded = fold(cell)
    if not cell.strip(_RULE) or _RANGE.fullmatch(folded) or _CJK.fullmatch(folded.replace(" ", "")):
        return True
    words = tokens(cell)
    names = [word for word in words if not word.isdigit()]
    return all(len(word) <= 4 for word in words if word.isdigit()) and _names_a_time(
        names, numbered=len(names) < len(words), ruled=_RULED.fullmatch(folded) is not None
    )


def _names_a_time(names: list[str], *, numbered: bool, ruled: bool) -> bool:
    """Whether words are those of a month, a week, a quarter or a day, and no others."""
    known = vocabulary()
    months = known.months.keys() & set(names)
    days = known.weekdays.keys() & set(names) - months
    parts = set(filter(_PART.fullmatch, names)) - months - days
    rest = set(names) - months - days - parts - known.date_fillers
    if any(_JOINS.fullmatch(word) is None for word in rest):
        return False
    if numbered and (months or parts):
        return True
    return bool(months or days) and (ruled or max(map(len, months | days)) >= _NAME)
