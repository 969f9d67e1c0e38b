"""What differences between groups say in words: the caption, and the verdict in a sentence."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .rates import Rates, alike_text
from .results import COUNTS, as_of_text, chance_text, percent, points
from .summary import counted
from .tables import listed

_MOST_NAMED = 5
"""So many groups or pairs are named in a sentence; of more it says how many."""

_NOUNS = {
    "phone": ("call", "calls"),
    "email": ("e-mail", "e-mails"),
    "letter": ("letter", "letters"),
    "in person": ("visit", "visits"),
    "video": ("video call", "video calls"),
    "text": ("text message", "text messages"),
    "portal": ("message by portal", "messages by portal"),
}


Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """The groups that can be compared, what theirs are worth, and the names of the others."""

    labels: list[str]
    n: Counts
    k: Counts
    worth: npt.NDArray[np.float64]
    void: list[str]

    def as_whole(self) -> Counts:
        """Return answered and not answered of each group, in whole independent approaches."""
        n = np.maximum(np.rint(self.worth), 1).astype(np.int64)
        k = np.rint(self.k / self.n * n).astype(np.int64)
        return np.column_stack([k, n - k])


def caption(rates: Rates, groups: Groups, global_p: float, global_test: str) -> str:
    """Return what was compared, and the outcome of the test of all groups."""
    what = COUNTS[rates.counts]
    n_groups = "1 group" if len(groups.n) == 1 else f"{len(groups.n)} groups"
    parts = [
        f"{what[:1].upper()}{what[1:]} within {counted(rates.within, 'day')}: "
        f"{groups.k.sum():,} of {groups.n.sum():,} "
        f"{'approach' if groups.n.sum() == 1 else 'approaches'} in {n_groups}",
        alike_text(int(groups.n.sum()), groups.worth),
        f"Nothing to count in {listed(_few(groups.void, 'groups'))}"
        if groups.void and rates.by
        else "",
        f"All groups together: {global_test}, p {_p(global_p)}" if global_test else "",
    ]
    day = as_of_text(pd.DataFrame({"as_of": [rates.as_of]}))
    return ". ".join(filter(None, [*parts, day[:1].upper() + day[1:]])) + "."


def verdict(
    rates: Rates, groups: Groups, table: pd.DataFrame, global_p: float, reference: str | None
) -> str:
    """Return what may be concluded: no pair is named unless the test of all groups allows it."""
    if not rates.by:
        return "There is nothing to compare: all approaches are one group. Make rates with by=..."
    if len(groups.n) < 2:
        one = f"only the group {groups.labels[0]} has" if groups.labels else "no group has"
        days = counted(rates.within, "day")
        return f"There is nothing to compare yet: {one} approaches watched for {days}."
    if reference in groups.void:
        return f"Nothing can be compared with {reference} yet: there is nothing to count in it."
    if global_p < 1 - rates.confidence:
        level = rates.table.attrs.get("ci_level", "95 % interval")
        return _what_differs(table, global_p, 1 - rates.confidence, level)
    least = table["detectable"].min()
    show = (
        "no difference, however large, would show reliably."
        if np.isnan(least)
        else f"a difference below {points(least)} would not show."
    )
    return f"With {_sizes(groups, rates.by)} you cannot tell them apart yet: {show}"


def _sizes(groups: Groups, by: Sequence[str]) -> str:
    """Return "9 calls and 14 e-mails"."""
    if len(groups.n) > _MOST_NAMED:
        return (
            f"{groups.n.sum():,} approaches in {len(groups.n)} groups "
            f"({groups.n.min():,} to {groups.n.max():,} in each)"
        )
    parts = []
    for label, n in zip(groups.labels, groups.n.tolist(), strict=True):
        if list(by) == ["method"] and label in _NOUNS:
            parts.append(f"{n:,} {_NOUNS[label][n != 1]}")
        else:
            noun = ("approach " if n == 1 else "approaches ") if not parts else ""
            parts.append(f"{n:,} {noun}for {label}")
    return listed(parts)


def _what_differs(table: pd.DataFrame, global_p: float, alpha: float, level: str) -> str:
    """Return the pairs that differ after Holm's correction, the higher one first."""
    found = table[table["p_holm"] < alpha].sort_values("p_holm", kind="stable")
    start = f"The groups do not all have the same rate (p {_p(global_p)})"
    if found.empty:
        return f"{start}, but of no pair can it be said that these two differ."
    told = "; ".join(_few([_pair(row, level) for row in found.to_dict("records")], "pairs"))
    return (
        f"{start}: {told}. This does not show that one brings about the other: what you did, and "
        "on which day, may have depended on the employer and on how the wait went."
    )


def _pair(row: Mapping[Hashable, object], level: str) -> str:
    """Return "31 % for phone against 12 % for email, 19 points more (95 % interval 8 to 30)"."""
    sides = [(row["rate"], row["group"]), (row["rate_reference"], row["reference"])]
    ends = [float(row["ci_low"]), float(row["ci_high"])]  # type: ignore[arg-type]
    difference = float(row["difference"])  # type: ignore[arg-type]
    if difference < 0:
        sides, ends = sides[::-1], [-ends[1], -ends[0]]
    digits = int(ends[1] - ends[0] < 0.1)  # a wide interval has no use for tenths
    interval = " to ".join(f"{100 * end:.{digits}f}" for end in ends)
    rates = " against ".join(f"{percent(rate)} for {label}" for rate, label in sides)  # type: ignore[arg-type]
    return f"{rates}, {points(abs(difference))} more ({level} {interval})"


def _few(parts: Sequence[str], what: str) -> list[str]:
    """Return the first few, and how many more there are."""
    if len(parts) <= _MOST_NAMED + 1:
        return list(parts)
    return [*parts[:_MOST_NAMED], f"{len(parts) - _MOST_NAMED} more {what}"]


def _p(p: float) -> str:
    text = chance_text(p)
    return text if text.startswith("<") else f"= {text}"
