"""`funnel`: how many applications reach an answer, an interview and an offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .facts import Bools
from .journeys import (
    LET_GO,
    OFFER,
    REJECTED,
    WAITING,
    WITHDRAWN,
    Journeys,
    applied_days,
    group_frame,
    journeys,
)
from .log import ApplicationLog
from .rates import shares, wilson
from .results import (
    Result,
    check_confidence,
    check_days,
    group_codes,
    group_labels,
    percent_given,
)
from .summary import counted
from .wording import MONTHS
from .workdays import NO_DAY, to_days

STAGES_OF_FUNNEL = ("applied", "response", "interview", "offer")
"""The stages, in order."""

ENDS_OF_FUNNEL = ("waiting", "let go", "withdrawn", "rejected", "offer")
"""How an application can stand at the end of its flow."""

APPLIED, WENT_ON, INTERVIEW = "Applied", "Went on", "Interview"

_ENDS_SHOWN = (OFFER, WAITING, LET_GO, REJECTED, WITHDRAWN)  # from what is open to what is over
_NAMES = {
    (APPLIED, WAITING): "No answer yet",
    (APPLIED, LET_GO): "No answer",
    (APPLIED, REJECTED): "Rejected",
    (APPLIED, WITHDRAWN): "Withdrawn",
    (INTERVIEW, OFFER): "Offer",
} | {
    (source, end): f"{word} after {what}"
    for source, what in ((WENT_ON, "an answer"), (INTERVIEW, "an interview"))
    for end, word in (
        (WAITING, "Waiting"),
        (LET_GO, "Let go"),
        (REJECTED, "Rejected"),
        (WITHDRAWN, "Withdrawn"),
    )
}
"""The name of each end, which says where it was reached: no two flows share one."""

_THIN_BELOW = 10
_COLUMNS = (
    "stage",
    "n",
    "n_reached",
    "n_implied",
    "n_censored",
    "n_undated",
    "rate",
    "ci_low",
    "ci_high",
    "rate_of_previous",
    "previous_ci_low",
    "previous_ci_high",
    "thin",
)
_WHERE = {
    "response": "have no answer",
    "interview": "have an answer, and no interview",
    "offer": "have had an interview",
}
"""Where those without an offer stand, by the stage that they have not reached."""

_ADVICE = {
    "response": "so what you send, and to whom, matters more now than how you interview",
    "interview": "so answers come, and few invitations: look at which jobs you apply for, and at "
    "what they read of you",
    "offer": "so applying works: prepare the interviews, and follow them up",
}
"""What follows if most are lost on the way to that stage."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Funnel(Result):
    """The funnel; `table`, and how the applications flow through it.

    Attributes
    ----------
    links
        The flows, for a picture: `source, target, n, end`; see :func:`funnel`.
    by
        The columns of the groups; none: all applications are one group.
    matured_days
        How long ago an application must have been sent to count in the rates.
    confidence
        The level of the intervals.
    as_of
        The day looked from.
    """

    links: pd.DataFrame
    by: tuple[str, ...]
    matured_days: int
    confidence: float
    as_of: pd.Timestamp


def funnel(
    log: ApplicationLog,
    *,
    as_of: object,
    by: str | Sequence[str] | None = None,
    matured_days: int = 28,
    confidence: float = 0.95,
) -> Funnel:
    """Return how many applications reached an answer, an interview and an offer.

    A stage once reached stays reached, whatever the status says later: a rejection after an
    interview keeps the interview. An offer implies an interview, and an interview an answer.

    Parameters
    ----------
    log
        The search.
    as_of
        The day: text, a date or a Timestamp. Later events do not exist, save that an interview
        agreed for a later day shows that they answered.
    by
        One or several columns of `log.applications` (source, role, fit, your own), or "method":
        how you applied. Blanks are a group of their own.
    matured_days
        Rates count the applications sent at least so many days before `as_of`. Younger ones are
        left out, answered or not: they have not had their time.
    confidence
        The level of the intervals, 0.5 to below 1.

    Returns
    -------
    Funnel
        `table` has one row per group and stage (applied, response, interview, offer):

        *by
            The columns of `by`.
        stage : ordered category
            The stage.
        n : int64
            Applications that count: known to be sent at least `matured_days` before `as_of`.
        n_reached : int64
            How many of them have reached the stage by `as_of`.
        n_implied : int64
            How many of these only because a later stage shows it.
        n_censored, n_undated : int64
            Left out: sent later; sent on a day that the log does not know.
        rate, ci_low, ci_high : float64
            `n_reached / n` with Wilson's interval; NaN and 0 to 1 where n is 0. All that were sent
            were applied for, so the first stage has no interval: NaN.
        rate_of_previous, previous_ci_low, previous_ci_high : float64
            Of those that reached the stage before; NaN for the first stage.
        thin : bool
            n is below 10.

        `links` has one row per flow of at least one application, of all applications, young ones
        too: `source`, `target` (names for a picture), `n` (int64), `end` (waiting, let go,
        withdrawn, rejected, offer; blank where the flow goes on). The names form a tree.

    Raises
    ------
    SettingError
        If `as_of`, `matured_days` or `confidence` cannot be used.
    UnknownNameError
        If `by` names no column.

    Notes
    -----
    Those that still wait count as not having reached the next stage, so later stages can only
    grow. How long each stage takes says :func:`time_in_stage`.

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
    JASA 22:209-212. The stages and the 28 days are this project's (`docs/statistics.md`).

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats import read_log
    >>> log = read_log(pd.DataFrame({"Company": ["Acme", "Bolt", "Crux"],
    ...     "Date applied": ["2026-01-02", "2026-01-03", "2026-03-19"],
    ...     "Interview": ["2026-01-20", "", ""], "Rejected on": ["2026-02-09", "", ""]}))
    >>> result = funnel(log, as_of="2026-03-20")
    >>> result.table[["stage", "n", "n_reached", "rate"]].values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['applied', 2, 2, 1.0], ['response', 2, 1, 0.5], ['interview', 2, 1, 0.5],
     ['offer', 2, 0, 0.0]]
    >>> result.links[["source", "target", "n"]].values.tolist()  # doctest: +NORMALIZE_WHITESPACE
    [['Applied', 'Went on', 1], ['Applied', 'No answer yet', 2], ['Went on', 'Interview', 1],
     ['Interview', 'Rejected after an interview', 1]]
    """
    matured_days = check_days(matured_days, "matured_days")
    confidence = check_confidence(confidence)
    trips = journeys(log, as_of=as_of)
    frame, names = group_frame(trips, by, taken=_COLUMNS)
    table = _count(trips, frame[trips.sent], names, matured_days)
    _add_rates(table, confidence)
    return Funnel(
        table=table[[*names, *_COLUMNS]],
        caption=_caption(trips, table, names, matured_days),
        text=_text(table, names, matured_days, confidence),
        links=_links(trips),
        by=tuple(names),
        matured_days=matured_days,
        confidence=confidence,
        as_of=trips.as_of,
    )


def _count(
    trips: Journeys, groups: pd.DataFrame, names: list[str], matured_days: int
) -> pd.DataFrame:
    """Return one row per group and stage with its counts."""
    codes, table = group_codes(groups, names)
    day = applied_days(trips)[trips.sent]
    undated = day == NO_DAY
    latest = to_days(np.datetime64(trips.as_of))[()] - matured_days
    old = ~undated & (day <= latest)

    def number(which: Bools) -> Counts:
        return np.bincount(codes[which], minlength=len(table)).astype(np.int64)

    reached = (trips.sent, trips.responded, trips.interviewed, trips.offered)
    known = (trips.sent, trips.known_response, trips.known_interview, trips.offered)
    n_reached = [number(old & r[trips.sent]) for r in reached]
    n_implied = [number(old & (r & ~k)[trips.sent]) for r, k in zip(reached, known, strict=True)]
    out = table.iloc[np.repeat(np.arange(len(table)), len(reached))].reset_index(drop=True)
    stages = pd.Categorical(STAGES_OF_FUNNEL * len(table), STAGES_OF_FUNNEL, ordered=True)
    return out.assign(
        stage=stages,
        n=np.repeat(number(old), len(reached)),
        n_reached=np.stack(n_reached, axis=1).ravel(),
        n_implied=np.stack(n_implied, axis=1).ravel(),
        n_censored=np.repeat(number(~undated & ~old), len(reached)),
        n_undated=np.repeat(number(undated), len(reached)),
    )


def _add_rates(table: pd.DataFrame, confidence: float) -> None:
    n, k = table["n"].to_numpy(), table["n_reached"].to_numpy()
    first = (table["stage"] == STAGES_OF_FUNNEL[0]).to_numpy()
    before = np.where(first, 0, np.roll(k, 1))
    of_before = np.where(first, 0, k)
    table["rate"] = shares(k, n)
    ends = wilson(k, n, confidence=confidence)
    # all were sent: that is no estimate, and has no interval
    table["ci_low"], table["ci_high"] = (np.where(first, np.nan, end) for end in ends)
    table["rate_of_previous"] = shares(of_before, before)
    ends = wilson(of_before, before, confidence=confidence)
    for name, end in zip(("previous_ci_low", "previous_ci_high"), ends, strict=True):
        table[name] = np.where(first, np.nan, end)
    table["thin"] = n < _THIN_BELOW
    if confidence != 0.95:
        table.attrs["ci_level"] = f"{percent_given(confidence)} interval"


# --- the flows -------------------------------------------------------------------------------


def _links(trips: Journeys) -> pd.DataFrame:
    """Return the flows: the main path first, then the ends of each of its stages."""
    levels = np.where(trips.interviewed, 2, np.where(trips.answered, 1, 0))[trips.sent]
    ends = trips.end[trips.sent]
    path = (APPLIED, WENT_ON, INTERVIEW)
    rows: list[tuple[str, str, int, str | None]] = []
    for level, source in enumerate(path):
        if level + 1 < len(path):
            rows.append((source, path[level + 1], int((levels > level).sum()), None))
        for end in _ENDS_SHOWN:
            if (source, end) in _NAMES:
                n = int(((levels == level) & (ends == end)).sum())
                rows.append((source, _NAMES[source, end], n, ENDS_OF_FUNNEL[end]))
    table = pd.DataFrame(rows, columns=["source", "target", "n", "end"])
    table["end"] = pd.Categorical(table["end"], list(ENDS_OF_FUNNEL))
    return table[table["n"] > 0].reset_index(drop=True).astype({"source": "str", "target": "str"})


# --- the words -------------------------------------------------------------------------------


def _caption(trips: Journeys, table: pd.DataFrame, names: list[str], matured_days: int) -> str:
    once = table[table["stage"] == STAGES_OF_FUNNEL[0]]
    n, young, undated = (int(once[c].sum()) for c in ("n", "n_censored", "n_undated"))
    prospects = int((~trips.sent).sum())
    by = f", by {', '.join(name.replace('_', ' ') for name in names)}" if names else ""
    left_out = [
        f"{young:,} younger, answered or not" if young else "",
        f"{undated:,} of which the day is not known" if undated else "",
        f"{counted(prospects, 'row')} that nothing shows to be sent by then" if prospects else "",
    ]
    out = "; ".join(filter(None, left_out))
    day = trips.as_of
    parts = [
        f"The funnel of {counted(n, 'application')} sent {counted(matured_days, 'day')} ago or "
        f"earlier{by}",
        f"Left out: {out}" if out else "",
        "Groups in grey are thin" if names and table["thin"].any() else "",
        f"As of {day.day} {MONTHS[day.month - 1]} {day.year}",
    ]
    return ". ".join(filter(None, parts)) + "."


def _text(table: pd.DataFrame, names: list[str], matured_days: int, confidence: float) -> str:
    totals = table.groupby("stage", observed=False)["n_reached"].sum()
    reached = dict(zip(STAGES_OF_FUNNEL, (int(n) for n in totals), strict=True))
    n = reached["applied"]
    if not n:
        once = table[table["stage"] == STAGES_OF_FUNNEL[0]]
        if once["n_undated"].sum() and not once["n_censored"].sum():
            return "Cannot tell yet: no application has a date. Add the days on which you applied."
        return f"Cannot tell yet: no application was sent {counted(matured_days, 'day')} ago."
    sentence = (
        f"Of {counted(n, 'application')}, {reached['response']:,} got an answer, "
        f"{reached['interview']:,} an interview and {reached['offer']:,} an offer: "
    )
    return sentence + " ".join(
        filter(None, [_where_lost(reached, confidence), _apart(table, names, confidence)])
    )


def _where_lost(reached: dict[str, int], confidence: float) -> str:
    """Say where most got no further, if it is certain that most did."""
    lost = dict(zip(STAGES_OF_FUNNEL[1:], -np.diff(list(reached.values())), strict=True))
    total = int(sum(lost.values()))
    if not total:
        return "none is left on the way."
    worst = max(lost, key=lambda stage: lost[stage])
    low, _ = wilson(np.array([lost[worst]]), np.array([total]), confidence=confidence)
    if low[0] > 0.5:
        return f"{lost[worst]:,} of the {total:,} without one {_WHERE[worst]}, {_ADVICE[worst]}."
    each = "; ".join(
        f"{n:,} {_WHERE[stage] if n > 1 else _WHERE[stage].replace('have', 'has', 1)}"
        for stage, n in lost.items()
        if n
    )
    return f"of the {total:,} without one, {each}. No single step certainly loses most of them."


def _apart(table: pd.DataFrame, names: list[str], confidence: float) -> str:
    """Say which two groups differ in their interviews, at a level shared by all pairs.

    Those whose group the log does not say are none to choose, so they are not compared.
    """
    if not names:
        return ""
    what = ", ".join(name.replace("_", " ") for name in names)
    rows = table[(table["stage"] == "interview") & (table["n"] > 0)]
    blank = rows[names].isna().any(axis=1)
    n_all, n_blank = int(rows["n"].sum()), int(rows.loc[blank, "n"].sum())
    rows = rows[~blank].reset_index(drop=True)
    if len(rows) < 2 and n_blank:
        return (
            f"By {what} nothing can be compared yet: for {n_blank:,} of {n_all:,} applications "
            "the log does not say it."
        )
    if len(rows) < 2:
        return f"There is only one group by {what}: nothing to compare."
    pairs = len(rows) * (len(rows) - 1) // 2
    k, n = rows["n_reached"].to_numpy(), rows["n"].to_numpy()
    low, high = wilson(k, n, confidence=1 - (1 - confidence) / pairs)
    best, worst = int(np.argmax(low)), int(np.argmin(high))
    if low[best] <= high[worst]:
        return (
            f"By {what}, the intervals of the interview rates overlap: this log cannot tell the "
            "groups apart."
        )
    labels = group_labels(rows[names])
    return (
        f"By {what}, {labels[best]} brought more interviews than {labels[worst]} "
        f"({k[best]:,} of {n[best]:,}, against {k[worst]:,} of {n[worst]:,}; their intervals do "
        "not overlap, even with all pairs compared)."
    )
