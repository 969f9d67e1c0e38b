"""Columns that are stages of interviews: "Onsite" beside "Phone screen", "Recruiter" with dates."""

from __future__ import annotations

from collections.abc import Sequence

from .dates import read_cell
from .headers import STAGE, reading
from .plan import ReadAs
from .values import is_blank_word, yes_or_no

_LONGEST_HEADER = 80
_LOOKED_AT = 200
_LIKE_STAGES = ("contact", "phone")


def n_stages(headers: Sequence[str]) -> int:
    """Return how many headers may be stages; two of them beside each other are."""
    said = (reading(header) for header in headers if len(header) < _LONGEST_HEADER)
    return sum(one is not None and STAGE in one.fields for one in said)


def stages_by_their_cells(
    reads: list[ReadAs], headers: Sequence[str], distinct: Sequence[Sequence[str]]
) -> list[ReadAs]:
    """Read "Recruiter" and "Phone" as stages where they hold dates and yes, and no person.

    Beside no other stage they are kept as they are: a day is no telephone number.
    """
    like = [
        at
        for at, read in enumerate(reads)
        if read.name in _LIKE_STAGES and not read.by_user and _holds_days(distinct[at])
    ]
    if not like:
        return reads
    others = (read.name for at, read in enumerate(reads) if at != like[0])
    some = len(like) > 1 or n_stages(headers) > 0 or "interview" in others
    out = list(reads)
    for at in like:
        how = "its cells are days or a yes, and no person's"
        if some:
            out[at] = ReadAs("interview", how=f"interview: {how}")
        else:
            out[at] = ReadAs(how=f"kept as it is: {how}")
    if some:  # and what could be a stage is one beside these
        for at, header in enumerate(headers):
            said = reading(header)
            if not reads[at].name and said is not None and said.fields == (STAGE,):
                out[at] = ReadAs("interview", said.number, how="interview")
    return out


def is_yes_or_no(values: Sequence[str]) -> bool:
    """Say whether the cells are a yes or a no, at least one of them."""
    said = [value for value in values[:_LOOKED_AT] if not is_blank_word(value)]
    return bool(said) and all(yes_or_no(value) is not None for value in said)


def _holds_days(values: Sequence[str]) -> bool:
    """Say whether the cells are days, yes or no, at least one of them."""
    some = False
    for value in values[:_LOOKED_AT]:
        if is_blank_word(value):
            continue
        if yes_or_no(value) is None:
            read = read_cell(value)
            if read.day is None or read.serial:
                return False
        some = True
    return some
