"""What every statistic gives back: a frame, a caption, and where there is a verdict a sentence."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import DataError, SettingError, UnknownNameError
from .last_logged import LAST_LOGGED, is_long_ago, warning
from .tables import NOT_KNOWN as NOT_KNOWN
from .tables import chance_text as chance_text
from .tables import html_table, label_of, shown
from .tables import percent as percent
from .tables import percent_given as percent_given
from .tables import points as points
from .wording import MONTHS

COUNTS = {"any": "any response", "positive": "a positive response"}
"""What may be counted, and how it is said."""

MOST_DAYS = 100_000
"""No window and no horizon is longer than this."""

MESSAGE_COLUMNS = frozenset(
    (
        "method",
        "outcome",
        "message_number",
        "timing",
        "since_interview",
        "days_from_promise",
        "days_since_interview",
        "date",
        "weekday",
        "hour",
        "part_of_day",
        "reached",
    )
)
"""Columns of `outreach` that describe a message; an interview is none."""

KINDS_OF_APPROACH = ("application", "interview", "thank_you", "follow_up")


@dataclass(frozen=True, eq=False)
class Result:
    """A statistic.

    Attributes
    ----------
    table
        The main frame.
    caption
        What was counted, its n, window and day.
    text
        What may be concluded, in a sentence; blank where nothing is compared.
    """

    table: pd.DataFrame
    caption: str
    text: str = ""

    def __init_subclass__(cls) -> None:
        if "__repr__" not in cls.__dict__:  # else a dataclass would list the fields
            cls.__repr__ = Result.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        table = shown(self.table, by=_names(getattr(self, "by", None)))
        body = table.to_string(index=False) if len(table) else ""
        return "\n".join(filter(None, [self.caption, body, self.text]))

    def _repr_html_(self) -> str:
        by = _names(getattr(self, "by", None))
        return "".join(
            (
                f"<p>{html.escape(self.caption)}</p>" if self.caption else "",
                html_table(self.table, by=by) if len(self.table) else "",
                f"<p><b>{html.escape(self.text)}</b></p>" if self.text else "",
            )
        )


def check_counts(counts: object) -> str:
    """Return `counts`, or raise a SettingError that says what it may be."""
    if not isinstance(counts, str) or counts not in COUNTS:
        raise SettingError(
            f'counts={counts!r} must be "any" (every response) or "positive" (an invitation, an '
            "interview or an offer).",
            name="counts",
            value=counts,
        )
    return counts


def check_confidence(confidence: object) -> float:
    """Return the level of an interval, or raise a SettingError."""
    number = isinstance(confidence, float | int) and not isinstance(confidence, bool)
    # beyond 1 - 1e-12 there is no finite quantile to tell it from 1
    if not number or not 0.5 <= confidence <= 1 - 1e-12:  # type: ignore[operator]
        raise SettingError(
            f"confidence={confidence!r} must be a number from 0.5 to below 1, such as 0.95.",
            name="confidence",
            value=confidence,
        )
    return float(confidence)  # type: ignore[arg-type]


def check_days(value: object, name: str, *, least: int = 0) -> int:
    """Return a whole number of days, or raise a SettingError."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not least <= value <= MOST_DAYS:  # type: ignore[operator]
        most = f" and at most {MOST_DAYS:,}" if whole and value > least else ""  # type: ignore[operator]
        raise SettingError(
            f"{name}={value!r} must be a whole number of days, {least} or more{most}.",
            name=name,
            value=value,
        )
    return int(value)  # type: ignore[call-overload]


def _names(by: str | Sequence[str] | None) -> list[str]:
    if by is None:
        return []
    # a lone number (or whatever is no sequence) is taken for a name, and named in the error
    return [by] if isinstance(by, str) or not isinstance(by, Iterable) else list(by)


def check_by(frame: pd.DataFrame, by: str | Sequence[str] | None) -> list[str]:
    """Return the columns to group by, or raise an UnknownNameError that lists what there is."""
    names = _names(by)
    for name in names:
        if name not in frame.columns:
            raise UnknownNameError(
                f"by={name!r}: there is no such column; there is "
                f"{', '.join(map(repr, frame.columns))}. Pass by=<one or several of these>.",
                name=name,
                known=frame.columns,
            )
    if len(set(names)) < len(names):
        raise SettingError(f"by={names!r} names a column twice.", name="by", value=by)
    return names


def check_outreach(outreach: object, *needed: str) -> pd.DataFrame:
    """Return the frame, or raise a DataError if it is not what `outreach` gives."""
    if not isinstance(outreach, pd.DataFrame):
        raise DataError(
            f"This needs the frame that outreach(log, as_of=...) gives, not {type(outreach)!r}."
        )
    for name in ("application_id", "kind", "stage", "as_of", *needed):
        if name not in outreach.columns:
            raise DataError(
                f"The frame has no column {name!r}. Pass what outreach(log, as_of=...) gives, "
                "with rows left out if you like, but with its columns.",
                column=name,
            )
    return outreach


def kinds_counted(by: Sequence[str], kinds: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the kinds of approach to count; see :func:`waiting_rows`."""
    if kinds is None:
        kinds = [
            kind
            for kind in KINDS_OF_APPROACH
            if kind != "interview" or not MESSAGE_COLUMNS.intersection(by)
        ]
    kinds = _names(kinds)
    if not kinds:
        raise SettingError(
            "kinds=[] names no kind of approach. Leave it out to count all.",
            name="kinds",
            value=kinds,
        )
    for kind in kinds:
        if kind not in KINDS_OF_APPROACH:
            raise UnknownNameError(
                f"kinds={kind!r} is no kind of approach; there are "
                f"{', '.join(map(repr, KINDS_OF_APPROACH))}.",
                name=kind,
                known=KINDS_OF_APPROACH,
            )
    return tuple(dict.fromkeys(kinds))


def waiting_rows(
    outreach: pd.DataFrame, *, by: Sequence[str], kinds: str | Sequence[str] | None
) -> pd.DataFrame:
    """Return the approaches that wait for an answer, of these kinds.

    Approaches after the end ("closed") are left out. Without `kinds`, interviews stay out where
    `by` names what describes a message.

    Raises
    ------
    UnknownNameError, SettingError
        If a kind is none, or there is none.
    """
    keep = outreach["kind"].isin(kinds_counted(by, kinds)) & (outreach["stage"] != "closed")
    return outreach if keep.all() else outreach[keep]


def group_codes(frame: pd.DataFrame, by: Sequence[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the number of each row's group, and the groups as a frame.

    Groups stand in the order of their categories, else of their values; blanks last. Without
    `by` there is one group, also of no rows.

    Returns
    -------
    codes : numpy.ndarray
        int64, one per row.
    groups : pandas.DataFrame
        Columns `by`, one row per group.

    Raises
    ------
    DataError
        If a column holds what cannot be told apart, such as lists.
    """
    if not by:
        return np.zeros(len(frame), np.int64), pd.DataFrame(index=range(1))
    grouped = frame.groupby(list(by), observed=True, dropna=False, sort=True)
    try:
        codes = grouped.ngroup().to_numpy()
    except TypeError as error:
        raise DataError(
            f"by={list(by)!r} holds values that make no groups ({error}). Make them texts, numbers "
            "or days first."
        ) from error
    firsts = np.full(grouped.ngroups, -1)
    firsts[codes[::-1]] = np.arange(len(frame))[::-1]
    return codes, frame[list(by)].iloc[firsts].reset_index(drop=True)


def application_numbers(frame: pd.DataFrame) -> np.ndarray:
    """Return a number for each row's application, as int64.

    In pooled logs two seekers may have given the same id to applications of their own, so the
    seeker counts where the frame has one.
    """
    number, ids = pd.factorize(frame["application_id"], use_na_sentinel=False)
    if "seeker_id" not in frame.columns or not frame["seeker_id"].notna().any():
        return number.astype(np.int64)
    seeker, _ = pd.factorize(frame["seeker_id"], use_na_sentinel=False)
    return pd.factorize(seeker.astype(np.int64) * len(ids) + number)[0].astype(np.int64)


def group_labels(groups: pd.DataFrame) -> list[str]:
    """Return the groups' names for people: the values with a comma between, blanks as not known."""
    if not groups.shape[1]:
        return ["all"] * len(groups)
    columns = [[label_of(value) for value in groups[name].tolist()] for name in groups.columns]
    return [", ".join(parts) for parts in zip(*columns, strict=True)]


def kept_text(
    rows: pd.DataFrame,
    silent: npt.NDArray[np.bool_],
    what: str,
    *,
    until: npt.NDArray[np.float64] | float = 0.0,
) -> str:
    """Return the warning that silence after the last thing logged may be none; else nothing.

    Parameters
    ----------
    rows
        Of a frame that `outreach` gave.
    silent
        Per row, whether it is counted as silent.
    what
        What is counted so, such as "14 days without an answer".
    until
        Per row, or of all, how many days before `as_of` it ends to count.
    """
    last = pd.Timestamp(rows.attrs.get(LAST_LOGGED, pd.NaT))
    as_of = rows["as_of"].max()
    if not is_long_ago(last, as_of):
        return ""
    n = int((silent & ((rows["as_of"] - last).dt.days.to_numpy() > until)).sum())
    return warning(last, as_of, n=n, of="approaches", what=what)


def as_of_text(frame: pd.DataFrame) -> str:
    """Return "as of 10 March 2026" for the frame's day; blank for one without rows."""
    days = frame["as_of"].dropna().unique()
    if not len(days):
        return ""
    first, last = pd.Timestamp(min(days)), pd.Timestamp(max(days))
    if first == last:
        return f"as of {first.day} {MONTHS[first.month - 1]} {first.year}"
    return f"as of {first:%Y-%m-%d} to {last:%Y-%m-%d}"
