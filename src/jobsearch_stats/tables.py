"""Tables for people: shares in per cent, differences in points, and HTML with nothing unescaped."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .schema import KINDS, METHODS, OUTCOMES

NOT_KNOWN = "not known"
"""How a blank group is called."""

_OURS = frozenset((*KINDS, *METHODS, *OUTCOMES, "next_approach", "as_of"))
"""Names of this package that people read without underscores; a user's own stay as they are."""

_LEFT = "text-align: left; vertical-align: top"
_RIGHT = "text-align: right; vertical-align: top"
_ONE_LINE = "; white-space: nowrap"
_PALE = "color: #767676"

_SHARES = {
    "rate",
    "chance",
    "chance_at_rule",
    "incidence",
    "answered",
    "survival",
    "share",
    "risk",
    "power",
}
_POINTS = {"difference", "detectable", "difference_where_they_differ"}
_CHANCES = {"p_value", "p_holm", "p_adjusted"}
_NOT_SHOWN = {"thin", "se", "n_applications", "rate_least", "rate_most"}
_LOWER = {
    "ci_low": "{}",
    "previous_ci_low": "of previous, {}",
    "ci_low_where_they_differ": "among these, {}",
    "exact_low": "exact, {}",
    "always_low": "at any number of looks, {}",
}
"""Columns that become one with their upper end, and what that is called, with its level."""

_ENDS_OF = {
    "difference": "ci_low",
    "difference_where_they_differ": "ci_low_where_they_differ",
}
"""The lower end of each difference's interval."""

_NARROW = 0.04
"""The width of an interval in which tenths of a point are worth telling."""

_UPPER = {name.replace("low", "high") for name in _LOWER}
_HEADINGS = {
    "n_responses": "responses",
    "n_reached": "reached",
    "n_censored": "unfinished",
    "n_undated": "undated",
    "n_answers": "answers",
    "n_events": "events",
    "n_responses_reference": "responses (reference)",
    "rate_reference": "rate (reference)",
    "n_implied": "implied",
    "n_left": "left",
    "rate_of_previous": "of previous",
    "difference": "difference in points",
    "detectable": "would show from",
    "p_value": "p",
    "p_holm": "p (Holm)",
    "p_adjusted": "p (Holm)",
    "n_followers": "followers",
    "ess": "worth",
    "n_distinguishable": "interviews that differ",
    "difference_where_they_differ": "difference among these",
    "n_kept": "done as dealt",
    "n_waiting": "waiting",
    "n_unknown": "unknown",
    "n_in_each_arm": "for each strategy",
    "n_dealt": "dealt, in all",
    "n_looking_back": "looking back",
    "risk": "answered",
    "rule_day": "the rule lets go on day",
    "chance_at_rule": "chance on that day",
    "n_at_rule": "n on that day",
    "n_blocks": "blocks",
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
    paired = "n_reference" in table.columns  # then counts stand as "18 of 44", to save room
    for name in table.columns:
        if paired and name in ("n", "n_reference"):
            continue
        if name in _NOT_SHOWN or str(name) in _UPPER:
            continue
        values = table[name]
        number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        heading = _HEADINGS.get(str(name), _heading(str(name)))
        if name in by:
            cells = [label_of(value) for value in values.tolist()]
        elif name in _ENDS_OF:
            fine = _fine(table, _ENDS_OF[str(name)])
            cells = [
                _signed(value, tenths=is_fine) if value == value else "–"
                for value, is_fine in zip(values.tolist(), fine, strict=True)
            ]
        elif name in _LOWER:
            heading = _LOWER[str(name)].format(table.attrs.get("ci_level", "95 % interval"))
            cells = _intervals(table, str(name))
        elif paired and str(name).startswith("n_responses"):
            of = table[str(name).replace("_responses", "")].tolist()
            cells = [f"{k:,} of {n:,}" for k, n in zip(values.tolist(), of, strict=True)]
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
    if name == "detectable":
        return points(value)
    return chance_text(value) if name in _CHANCES else percent(value)


def _plain(value: float) -> str:
    return f"{value:.3g}" if 0 < abs(value) < 1 else f"{value:,.1f}".removesuffix(".0")


def _intervals(table: pd.DataFrame, lower: str) -> list[str]:
    ends = (table[lower].tolist(), table[lower.replace("low", "high")].tolist())
    pairs = zip(*ends, strict=True)
    if "difference" in table.columns:
        fine = _fine(table, lower)
        return [_points_interval(*ends, tenths=f) for ends, f in zip(pairs, fine, strict=True)]
    share = not _SHARES.isdisjoint(table.columns)
    return [_interval(low, high, share=share) for low, high in pairs]


def _interval(low: float, high: float, *, share: bool) -> str:
    if np.isnan(low) and np.isnan(high):
        return "–"
    if share:
        return f"{percent(low, sign=False)} to {percent(high)}"
    return " to ".join("?" if np.isnan(end) else _plain(end) for end in (low, high))


def _fine(table: pd.DataFrame, lower: str) -> list[bool]:
    """Return whether each row's interval is narrow enough for tenths of a point to mean anything.

    A difference and the ends of its interval are told alike.
    """
    if lower not in table.columns:
        return [False] * len(table)
    wide = table[lower.replace("low", "high")] - table[lower]
    return (wide.to_numpy(float) < _NARROW).tolist()


def _points_interval(low: float, high: float, *, tenths: bool) -> str:
    if np.isnan(low) or np.isnan(high):
        return "–"
    return f"{_signed(low, tenths=tenths)} to {_signed(high, tenths=tenths)}"


def _signed(share: float, *, tenths: bool) -> str:
    digits = int(tenths or abs(share) < 0.005)  # on which side of nothing it is
    value = round(100 * share, digits)
    return f"{value:+.{digits}f}".replace("-", "−") if value else "0"


def chance_text(p: float) -> str:
    """Return a p-value as people write it: "< 0.001", "0.012", "0.35"."""
    if np.isnan(p):
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def listed(names: Sequence[str]) -> str:
    """Return names in a sentence: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def percent(share: float, *, sign: bool = True) -> str:
    """Return a share in whole per cent, with one digit near none and all: "31 %", "0.6 %".

    Only none is "0 %", and only all are "100 %": what is nearly so is "<0.1 %" or ">99.9 %".
    """
    if np.isnan(share):
        return "–"
    value = round(100 * share, 9)  # one less the error of a sum is still all
    text = f"{value:.1f}" if 0 < abs(value) < 1 or 99 < abs(value) < 100 else f"{value:.0f}"
    text = {"0.0": "<0.1", "100.0": ">99.9"}.get(text, text)
    return f"{text} %" if sign else text


def percent_given(share: float) -> str:
    """Return a share that somebody chose, such as a level, as it was given: "95 %", "99.99 %"."""
    return f"{100 * share:.10g} %"


def points(difference: float) -> str:
    """Return a difference of two shares in percentage points: "38 points"."""
    text = f"{100 * difference:.0f}" if abs(difference) >= 0.01 else f"{100 * difference:.1f}"
    if difference and text in ("0.0", "-0.0"):
        return "<0.1 points"
    return f"{text} point" if text in ("1", "-1") else f"{text} points"


def _heading(name: str) -> str:
    """Return a column's name without underscores, unless it is a name of its own ("DAY_AFTER")."""
    return name.replace("_", " ") if name.islower() else name


def label_of(value: object) -> str:
    """Return a group's value for people: "in person", "yes", "2026-03-10"; a blank as not known."""
    if value is None or value is pd.NaT or value is pd.NA or value != value or value == "":
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    text = str(value)
    return text.replace("_", " ") if text in _OURS else text


def html_table(table: pd.DataFrame, *, by: Sequence[str] = ()) -> str:
    """Return the table for people as HTML; rows that are `thin` are pale."""
    columns = _columns(table, by)
    pale = table.get("thin", pd.Series(False, index=table.index)).to_numpy(bool)
    styles = [_RIGHT if column.is_number else _LEFT for column in columns]
    head = "".join(
        f'<th style="{style}">{html.escape(column.heading)}</th>'
        for column, style in zip(columns, styles, strict=True)
    )
    rows = zip(*(column.cells for column in columns), strict=True)
    body = "".join(
        (f'<tr style="{_PALE}">' if is_pale else "<tr>")
        + "".join(
            f'<td style="{style}{_ONE_LINE * (style == _RIGHT)}">{html.escape(cell)}</td>'
            for cell, style in zip(row, styles, strict=True)
        )
        + "</tr>"
        for row, is_pale in zip(rows, pale.tolist(), strict=True)
    )
    return (
        '<table class="dataframe tex2jax_ignore" style="table-layout: auto">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
