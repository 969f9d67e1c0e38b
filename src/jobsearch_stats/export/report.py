"""`write_report`: one page to read, to print and to hand over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..errors import SettingError
from ..log import ApplicationLog, check_log
from ..messages import Me, as_me
from ..notebook import long_day
from ..schema import as_day
from ..strategies import DAY_AFTER, Strategy
from ..terminal import clean
from ..windows import check_strategies
from .page import GENERATOR, page
from .redaction import redact
from .replacing import former_content, replace_file
from .search import Search
from .sections_file import method_section, problems_section
from .sections_found import (
    funnel_section,
    rates_section,
    silence_section,
    strategies_section,
)
from .sections_now import coming_section, contacts_section, let_go_section, today_section

_SECTIONS = (
    today_section,
    coming_section,
    let_go_section,
    contacts_section,
    funnel_section,
    rates_section,
    silence_section,
    strategies_section,
    problems_section,
    method_section,
)
"""What a page has, in the order of what a person needs."""

_HEAD = 4096
"""Bytes within which a page says by what it was made."""

_PRIVATE = "Private: names and numbers of other people stand in it, so think before you send it on."
_REDACTED = (
    "Redacted: employers, people and addresses are replaced or left out; dates, job titles, "
    "sources and methods are kept, and can tell who it was to those who know."
)


def write_report(
    log: ApplicationLog,
    path: str | os.PathLike[str],
    *,
    as_of: object,
    strategy: Strategy | str = DAY_AFTER,
    stages: Sequence[str] = ("interview",),
    days: int = 7,
    me: object = None,
    title: str = "",
    redacted: bool = False,
) -> Path:
    """Write one page with the whole search: whom to call today, and what the numbers can tell.

    It is a single file that needs no network, to be read on a screen or a phone, or printed on a
    few pages; tables can be sorted, and each section ends in what follows from it.

    Parameters
    ----------
    log
        The search.
    path
        Where to: a new file, .html, or an earlier report, which is replaced.
    as_of
        Today: text ("2026-03-10"), a date or a Timestamp.
    strategy, stages, days, me
        As for :func:`agenda`; one strategy for all.
    title
        The heading; blank: it says whose search it is, by the name of `me`.
    redacted
        Whether to show pseudonyms, as :func:`redact` gives them, and neither numbers nor scripts.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    SettingError
        If an argument cannot be used, the file cannot be written, or another one is there.
    UnknownNameError
        If there is no strategy of that name.
    DataError
        If it is no log.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> import jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = js.write_report(log, f"{folder}/report.html", as_of="2026-03-10")
    ...     "Today, Tue 10 March: 1 thing to do" in page.read_text("utf-8")
    True
    """
    before = _check_place(path)
    search = Search(
        log=redact(log) if redacted else check_log(log),
        as_of=as_day(as_of, name="as_of"),
        strategy=_only(strategy),
        stages=_several(stages),
        days=days,
        me=Me() if redacted else as_me(me),
        title="" if redacted else title,
        redacted=redacted,
    )
    replace_file(path, report_html(search).encode("utf-8", "replace"), before=before)
    return Path(path)


def _check_place(path: object) -> bytes | None:
    """Return what stands there; an error comes now, and not after all the work, if none may."""
    before = former_content(path, is_ours=_is_ours, what="report")
    name = os.fsdecode(path)  # type: ignore[arg-type]
    if not name.lower().endswith((".html", ".htm")):
        raise SettingError(
            f"path={name!r} does not end in .html or .htm. Name it so.", name="path", value=name
        )
    return before


def _is_ours(content: bytes) -> bool:
    return GENERATOR.encode("ascii") in content[:_HEAD]


def _only(strategy: object) -> Strategy:
    asked = check_strategies(strategy)
    if len(asked) > 1:
        raise SettingError(
            f"strategy={strategy!r}: a report follows one strategy, and sets others beside it. "
            "Pass one.",
            name="strategy",
            value=strategy,
        )
    return asked[0]


def _several(stages: object) -> tuple[str, ...]:
    """Return the stages as a tuple; whether they are any is checked where they are used."""
    one = isinstance(stages, str) or not isinstance(stages, Iterable)
    return tuple([stages] if one else stages)  # type: ignore[arg-type, list-item]


def report_html(search: Search) -> str:
    """Return the page."""
    return page(
        _heading(search),
        f"As of {long_day(search.as_of)}",
        _REDACTED if search.redacted else _PRIVATE,
        [make(search) for make in _SECTIONS],
    )


def _heading(search: Search) -> str:
    """Return whose search it is, unless that is to stay hidden."""
    if search.redacted:
        return "A job search, redacted"
    name = clean(search.me.name) if search.me.name != Me().name else ""
    return clean(search.title) or (f"The job search of {name}" if name else "Your job search")
