"""What every statistic gives back: a frame, a caption, and where there is a verdict a sentence."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from .errors import DataError, SettingError, UnknownNameError
from .wording import MONTHS

COUNTS = {"any": "any response", "positive": "a positive response"}
"""What may be counted, and how it is said."""

NOT_KNOWN = "not known"
"""How a blank group is called."""

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

_LEFT = "text-align: left; vertical-align: top"
_RIGHT = "text-align: right; vertical-align: top; font-variant-numeric: tabular-nums"
_PALE = "color: #767676"


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
        columns = _columns(self.table, _names(getattr(self, "by", None)))
        pale = self.table.get("thin", pd.Series(False, index=self.table.index)).to_numpy(bool)
        return "".join(
            (
                f"<p>{html.escape(self.caption)}</p>" if self.caption else "",
                _html_table(columns, pale) if len(self.table) else "",
                f"<p><b>{html.escape(self.text)}</b></p>" if self.text else "",
            )
        )


def _html_table(columns: Sequence[_Column], pale: np.ndarray) -> str:
    styles = [_RIGHT if column.is_number else _LEFT for column in columns]
    head = "".join(
        f'<th style="{style}">{html.escape(column.heading)}</th>'
        for column, style in zip(columns, styles, strict=True)
    )
    rows = zip(*(column.cells for column in columns), strict=True)
    body = "".join(
        (f'<tr style="{_PALE}">' if is_pale else "<tr>")
        + "".join(
            f'<td style="{style}">{html.escape(cell)}</td>'
            for cell, style in zip(row, styles, strict=True)
        )
        + "</tr>"
        for row, is_pale in zip(rows, pale.tolist(), strict=True)
    )
    return (
        '<table class="dataframe tex2jax_ignore" style="table-layout: auto">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


_SHARES = {"rate", "chance", "chance_at_rule", "incidence", "answered", "survival", "share"}
_POINTS = {"difference", "detectable"}
_CHANCES = {"p_value", "p_holm"}
_NOT_SHOWN = {"thin", "se", "n_applications", "rate_least", "rate_most"}
_HEADINGS = {
    "n_responses": "responses",
    "n_reached": "reached",
    "n_censored": "unfinished",
    "n_undated": "undated",
    "n_answers": "answers",
    "n_events": "events",
    "n_reference": "n (reference)",
    "n_responses_reference": "responses (reference)",
    "rate_reference": "rate (reference)",
    "n_implied": "implied",
    "n_left": "left",
    "rate_of_previous": "of previous",
    "difference": "difference in points",
    "detectable": "would show from",
    "p_value": "p",
    "p_holm": "p (Holm)",
}
"""What a column is called for people, where that is not its name without underscores."""


class _Column(NamedTuple):
    heading: str
    cells: list[str]
    is_number: bool


def shown(table: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return a table for people: shares in per cent with their interval, whole days, no codes.

    The columns `ci_low` and `ci_high` become one, beside the number they belong to; differences
    are in percentage points; a blank in a column of `by` reads as not known.
    """
    columns = _columns(table, by)
    return pd.DataFrame({c.heading: c.cells for c in columns}, dtype="object")


def _columns(table: pd.DataFrame, by: Sequence[str]) -> list[_Column]:
    """Return the columns for people, with whether they hold numbers (which stand to the right)."""
    out = []
    for name in table.columns:
        if name in _NOT_SHOWN or str(name) in ("ci_high", "previous_ci_high"):
            continue
        values = table[name]
        number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        heading = _HEADINGS.get(str(name), str(name).replace("_", " "))
        if name in by:
            cells = [_label(value) for value in values.tolist()]
        elif name in ("ci_low", "previous_ci_low"):
            level = table.attrs.get("ci_level", "95 % interval")
            heading = level if name == "ci_low" else f"of previous, {level}"
            cells = _intervals(table, str(name))
        else:
            cells = [_cell(value, name=str(name)) for value in values.tolist()]
        out.append(_Column(heading, cells, number))
    return out


def _cell(value: object, *, name: str) -> str:
    share = name in _SHARES or name.startswith(("rate_", "share_"))
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return "–" if share or name in _POINTS | _CHANCES else ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float | int):
        return _number(float(value), name) if share or name in _POINTS | _CHANCES else _plain(value)
    return str(value)


def _number(value: float, name: str) -> str:
    if name == "difference":
        return _signed(value, digits=int(abs(value) < 0.1))
    if name == "detectable":
        return points(value)
    return chance_text(value) if name in _CHANCES else percent(value)


def _plain(value: float) -> str:
    return f"{value:.3g}" if 0 < abs(value) < 1 else f"{value:,.1f}".removesuffix(".0")


def _intervals(table: pd.DataFrame, lower: str) -> list[str]:
    ends = (table[lower].tolist(), table[lower.replace("low", "high")].tolist())
    pairs = zip(*ends, strict=True)
    if "difference" in table.columns:
        return [_points_interval(low, high) for low, high in pairs]
    share = not _SHARES.isdisjoint(table.columns)
    return [_interval(low, high, share=share) for low, high in pairs]


def _interval(low: float, high: float, *, share: bool) -> str:
    if np.isnan(low) and np.isnan(high):
        return "–"
    if share:
        return f"{percent(low, sign=False)} to {percent(high)}"
    return " to ".join("?" if np.isnan(end) else _plain(end) for end in (low, high))


def _points_interval(low: float, high: float) -> str:
    if np.isnan(low) or np.isnan(high):
        return "–"
    digits = int(high - low < 0.1)  # a wide interval has no use for tenths
    return f"{_signed(low, digits=digits)} to {_signed(high, digits=digits)}"


def _signed(share: float, *, digits: int) -> str:
    value = round(100 * share, digits)
    return f"{value:+.{digits}f}".replace("-", "−") if value else "0"


def chance_text(p: float) -> str:
    """Return a p-value as people write it: "< 0.001", "0.012", "0.35"."""
    if np.isnan(p):
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def percent(share: float, *, sign: bool = True) -> str:
    """Return a share in whole per cent, with one digit where it is small: "31 %", "0.6 %"."""
    if np.isnan(share):
        return "–"
    value = 100 * share
    text = f"{value:.1f}" if 0 < abs(value) < 1 or 99 < abs(value) < 100 else f"{value:.0f}"
    return f"{text} %" if sign else text


def points(difference: float) -> str:
    """Return a difference of two shares in percentage points: "38 points"."""
    text = f"{100 * difference:.0f}" if abs(difference) >= 0.01 else f"{100 * difference:.1f}"
    return f"{text} point" if text in ("1", "-1") else f"{text} points"


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
    if not number or not 0.5 <= confidence < 1:  # type: ignore[operator]
        raise SettingError(
            f"confidence={confidence!r} must be a number from 0.5 to below 1, such as 0.95.",
            name="confidence",
            value=confidence,
        )
    return float(confidence)  # type: ignore[arg-type]


def check_days(value: object, name: str, *, least: int = 0) -> int:
    """Return a whole number of days, or raise a SettingError."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not least <= value <= 100_000:  # type: ignore[operator]
        raise SettingError(
            f"{name}={value!r} must be a whole number of days, {least} or more.",
            name=name,
            value=value,
        )
    return int(value)  # type: ignore[call-overload]


def _names(by: str | Sequence[str] | None) -> list[str]:
    return [] if by is None else [by] if isinstance(by, str) else list(by)


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
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
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
    UnknownNameError
        If a kind is none.
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
    """
    if not by:
        return np.zeros(len(frame), np.int64), pd.DataFrame(index=range(1))
    grouped = frame.groupby(list(by), observed=True, dropna=False, sort=True)
    codes = grouped.ngroup().to_numpy()
    firsts = np.full(grouped.ngroups, -1)
    firsts[codes[::-1]] = np.arange(len(frame))[::-1]
    return codes, frame[list(by)].iloc[firsts].reset_index(drop=True)


def group_labels(groups: pd.DataFrame) -> list[str]:
    """Return the groups' names for people: the values with a comma between, blanks as not known."""
    if not groups.shape[1]:
        return ["all"] * len(groups)
    columns = [[_label(value) for value in groups[name].tolist()] for name in groups.columns]
    return [", ".join(parts) for parts in zip(*columns, strict=True)]


def _label(value: object) -> str:
    if value is None or value is pd.NaT or value is pd.NA or value != value or value == "":
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return str(value).replace("_", " ")


def as_of_text(frame: pd.DataFrame) -> str:
    """Return "as of 10 March 2026" for the frame's day; blank for one without rows."""
    days = frame["as_of"].dropna().unique()
    if not len(days):
        return ""
    first, last = pd.Timestamp(min(days)), pd.Timestamp(max(days))
    if first == last:
        return f"as of {first.day} {MONTHS[first.month - 1]} {first.year}"
    return f"as of {first:%Y-%m-%d} to {last:%Y-%m-%d}"
