"""The fields that a header can be read as, in the two shapes of file."""

from __future__ import annotations

from ..patterns import pattern
from ..schema import KINDS

APPLICATION_TEXTS = ("company", "role", "source", "location", "url", "strengths", "reason_to_call")
APPLICATION_FIELDS = (
    "application_id",
    *APPLICATION_TEXTS,
    "country",
    "status",
    "fit",
    "wanted",
    "contact_by",
    "planned_follow_up_on",
    "notes",
)
PERSON_FIELDS = ("contact", "contact_role", "phone", "email")
SHEET_DATES = tuple(kind for kind in KINDS if kind != "out_of_office")
"""Columns of a spreadsheet whose dates are events of the kind that they name."""

NUMBERED = (
    "interview",
    "interview_method",
    "thank_you",
    "thank_you_method",
    "follow_up",
    "follow_up_method",
    "follow_up_outcome",
    "decide_by",
    *PERSON_FIELDS,
)
"""Columns of a spreadsheet that may stand several times, with a number: follow_up_2_method."""

SHEET_FIELDS = (
    *APPLICATION_FIELDS,
    *PERSON_FIELDS,
    *SHEET_DATES,
    "interview_method",
    "thank_you_method",
    "follow_up_method",
    "follow_up_outcome",
    "reply_outcome",
    "decide_by",
    "until",
    "back_on",
    "status_on",
    "history",
    "sent",
)
EVENT_FIELDS = (
    *APPLICATION_FIELDS,
    *PERSON_FIELDS,
    "date",
    "hour",
    "kind",
    "method",
    "outcome",
    "decide_by",
    "until",
    "back_on",
    "note",
)
FIELDS = tuple(dict.fromkeys((*SHEET_FIELDS, *EVENT_FIELDS)))

DATE_FIELDS = frozenset(
    (*SHEET_DATES, "planned_follow_up_on", "decide_by", "until", "back_on", "status_on", "date")
)

_NUMBER = pattern(r"_?(\d{1,2})(?=_|$)")

LEFT_OUT = "(left out)"
"""What a column that is left out is said to be, and how a mapping leaves one out."""


def split_number(name: str) -> tuple[str, int]:
    """Return field and number of a name such as `follow_up_2_method`; 0 where it has none."""
    found = _NUMBER.search(name)
    if found is None:
        return name, 0
    return name[: found.start()] + name[found.end() :], int(found[1])


def with_number(name: str, number: int) -> str:
    """Return the field's name with its number, as a mapping writes it: `interview_2_method`."""
    if not number:
        return name
    base = next((base for base in _BEFORE_NUMBER if name.startswith(f"{base}_")), name)
    return f"{base}_{number}{name.removeprefix(base)}"


_BEFORE_NUMBER = ("interview", "thank_you", "follow_up", "contact")
