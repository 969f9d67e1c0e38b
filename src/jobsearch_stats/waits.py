"""How long each approach waited for a response, and what ended the wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .curves import CENSORED, DayCounts, count_days
from .errors import SettingError
from .results import (
    as_of_text,
    check_by,
    check_counts,
    check_outreach,
    group_codes,
    group_labels,
    kept_text,
    kinds_counted,
    percent_given,
    waiting_rows,
)

CAUSES = ("response", "withdrawal", "do_not_contact", "rejection")
"""What can end a wait, in the order of the columns of `DayCounts.ends` after the first."""

COLUMNS = {
    "any": ("ended_by", "ended_days"),
    "positive": ("positive_ended_by", "positive_ended_days"),
}
"""The columns of `outreach` with the end of the wait, by what is counted."""

RESERVED = frozenset(
    [
        "days",
        "at_risk",
        "n",
        "n_responses",
        "n_censored",
        "survival",
        "se",
        "ci_low",
        "ci_high",
        "median",
        "cause",
        "n_events",
        "incidence",
        "observed",
        "expected",
        "silent_days",
        "by_day",
        "chance",
        "can_tell",
        "day",
        "day_surely",
        "rule_day",
        "chance_at_rule",
        "n_at_rule",
    ]
)
"""Columns of the results of waits: a group cannot have their names."""

_MOST_SENTENCES = 12  # more than that nobody reads
_ONE = {"any": "a response", "positive": "a positive response"}
_CUT = ("as_of", "next_approach")
_NEEDED = ("application_id", "kind", "stage", "as_of", "undated")


@dataclass(frozen=True)
class Waits:
    """The waits for a response, in groups.

    Attributes
    ----------
    rows
        The approaches that are looked at: those of unknown end are left out.
    groups
        Columns `by`, one row per group.
    code, days, cause
        Per row of `rows`: the number of its group, when the wait ended, and how (0: censored,
        else its place in `CAUSES`, from 1 on).
    n_undated
        Per group: approaches left out, as they were answered nobody knows when.
    counts, kinds
        What was counted.
    as_of
        The latest day looked from; NaT without approaches.
    """

    rows: pd.DataFrame
    groups: pd.DataFrame
    code: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    cause: npt.NDArray[np.int64]
    n_undated: npt.NDArray[np.int64]
    counts: str
    kinds: tuple[str, ...]
    as_of: pd.Timestamp

    @property
    def causes(self) -> tuple[str, ...]:
        """What may end these waits; a rejection is a response where any counts."""
        return CAUSES[:-1] if self.counts == "any" else CAUSES

    @cached_property
    def per_day(self) -> list[DayCounts]:
        """The counts per day of each group."""
        return count_days(
            self.days,
            self.cause,
            self.code,
            n_groups=len(self.groups),
            n_causes=1 + len(self.causes),
        )

    @property
    def asked(self) -> dict[str, Any]:
        """The fields that every result of waits has."""
        return {
            "by": tuple(self.groups.columns),
            "counts": self.counts,
            "kinds": self.kinds,
            "as_of": self.as_of,
        }

    @property
    def one(self) -> str:
        """What is counted: "a response" or "a positive response"."""
        return _ONE[self.counts]

    @property
    def labels(self) -> list[str]:
        """The names of the groups, for people."""
        return group_labels(self.groups)

    def caption(self, subject: str) -> str:
        """Return what was looked at: subject, n, ends, and what was left out."""
        n, n_undated = len(self.rows), int(self.n_undated.sum())
        answered = int((self.cause == 1).sum())
        cut = int((self.cause == CENSORED).sum())
        ended = n - answered - cut
        left = (
            f" {number(n_undated, 'approach', 'approaches')} left out: answered or ended on a day "
            "that nobody knows."
            if n_undated
            else ""
        )
        open_still = (self.rows[COLUMNS[self.counts][0]] == "as_of").to_numpy(bool)
        kept = kept_text(self.rows, open_still, "days of waiting")
        if not n:
            return f"{subject}: no approaches.{left}"
        parts = [
            f"{subject}: n = {number(n, 'approach', 'approaches')}",
            as_of_text(self.rows),
        ]
        ends = [
            f"{answered:,} brought {_ONE[self.counts]} before the next approach",
            f"{ended:,} ended otherwise",
            f"{cut:,} had none until the next approach or that day",
        ]
        said = f"{' '.join(filter(None, parts))}; {', '.join(ends)}.{left}"
        return " ".join(filter(None, (said, kept)))


def number(n: int, one: str, several: str) -> str:
    """Return a count with its noun: "1 approach", "3 approaches"."""
    return f"{n:,} {one if n == 1 else several}"


def waits_of(
    outreach: pd.DataFrame,
    *,
    by: str | Sequence[str] | None,
    counts: str,
    kinds: str | Sequence[str] | None,
    also: Sequence[str] = (),
) -> Waits:
    """Return the waits of the approaches, in groups.

    Parameters
    ----------
    outreach
        What `outreach` gives.
    by, counts, kinds
        As in every statistic.
    also
        Further columns that describe what is compared.

    Raises
    ------
    DataError, SettingError, UnknownNameError
        If the frame, `counts`, or a column or kind cannot be used.
    """
    counts = check_counts(counts)
    check_outreach(outreach, "undated", *COLUMNS[counts])
    names = check_by(outreach, by)
    for name in RESERVED.intersection(names):
        raise SettingError(
            f"by={name!r} is also the name of a column of the result. Rename it first.",
            name="by",
            value=name,
        )
    kinds = kinds_counted([*names, *also], kinds)
    needed = dict.fromkeys([*names, *also, *_NEEDED, *COLUMNS[counts]])
    rows = waiting_rows(outreach[list(needed)], by=[*names, *also], kinds=kinds)
    code, groups = group_codes(rows, names)
    unknown = unknown_end(rows, counts)
    n_undated = np.bincount(code[unknown], minlength=len(groups))
    if unknown.any():
        rows, code = rows[~unknown], code[~unknown]
    ended_by, ended_days = COLUMNS[counts]
    return Waits(
        rows=rows,
        groups=groups,
        code=code,
        days=rows[ended_days].to_numpy("int64"),
        cause=_cause(rows[ended_by]),
        n_undated=n_undated,
        counts=counts,
        kinds=kinds,
        as_of=pd.Timestamp(outreach["as_of"].max()),
    )


def unknown_end(rows: pd.DataFrame, counts: str) -> npt.NDArray[np.bool_]:
    """Say which waits have an end that nobody can date.

    They were answered, or ended, on an unknown day, and nothing dated ended the wait before that:
    the answer may have come before the next approach as well as after it.
    """
    undated = rows["undated"].to_numpy(bool)
    if not undated.any():
        return undated
    return undated & rows[COLUMNS[counts][0]].isin(_CUT).to_numpy()


def _cause(ended_by: pd.Series) -> npt.NDArray[np.int64]:
    """Return 0 for what was cut off, else the place in `CAUSES` from 1 on."""
    category = ended_by.astype("category")
    numbers = [
        CAUSES.index(name) + 1 if name in CAUSES else CENSORED for name in category.cat.categories
    ]
    # the last one is for blanks, whose code is -1
    return np.array([*numbers, CENSORED], np.int64)[category.cat.codes.to_numpy()]


def name_level(table: pd.DataFrame, confidence: float) -> None:
    """Let the table say the level of its intervals, where it is not the usual one."""
    if confidence != 0.95:
        table.attrs["ci_level"] = f"{percent_given(confidence)} interval"


def group_sentences(waits: Waits, said: Sequence[str]) -> str:
    """Return what is said of each group, with its name in front where groups are compared."""
    if not len(waits.rows):
        return "There is no approach to look at."
    if not len(waits.groups.columns):
        return said[0]
    if len(said) > _MOST_SENTENCES:
        return f"{len(said):,} groups: the table says what is known of each."
    names = [_named(label, list(waits.groups.columns)) for label in waits.labels]
    return " ".join(
        f"{name[:1].upper()}{name[1:]}: {sentence[:1].lower()}{sentence[1:]}"
        for name, sentence in zip(names, said, strict=True)
    )


def _named(label: str, by: Sequence[str]) -> str:
    """Return "fit 3" for a group that is only a number, else its label."""
    return f"{by[0].replace('_', ' ')} {label}" if len(by) == 1 and label.isdigit() else label


def repeated(groups: pd.DataFrame, times: Sequence[int]) -> pd.DataFrame:
    """Return the groups, each in as many rows as said."""
    place = np.repeat(np.arange(len(groups)), np.asarray(times, np.int64))
    return groups.iloc[place].reset_index(drop=True)


def stacked(parts: Sequence[npt.NDArray], dtype: str) -> npt.NDArray:
    """Return the arrays of all groups in one; of no groups, an empty one."""
    return np.concatenate(parts).astype(dtype) if parts else np.zeros(0, dtype)
