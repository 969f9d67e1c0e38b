"""What a trial says in words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from .results import percent, points

_NEARLY_ALL = 0.95
"""A difference that large is no difference that anybody hopes for."""

_THING = {"any": "answers", "positive": "positive answers"}


def days_text(n: int) -> str:
    """Return "1 day" or "21 days"."""
    return "1 day" if n == 1 else f"{n:,} days"


def verdict(table: pd.DataFrame, differences: pd.DataFrame, *, horizon: int, counts: str) -> str:
    """Return what may be concluded, so that a friend understands it.

    Parameters
    ----------
    table, differences
        Those of the trial.
    horizon, counts
        What was asked for.
    """
    n_cards = int(table[["n", "n_waiting", "n_unknown"]].to_numpy().sum())
    if not n_cards:
        return "Cannot tell yet: no card has been dealt."
    if not table["n"].any():
        cards = "1 card" if n_cards == 1 else f"{n_cards:,} cards"
        return (
            f"Cannot tell yet: of {cards}, none belongs to an interview that was watched for "
            f"{days_text(horizon)}."
        )
    rows = differences.to_dict("records")
    told = [_contrast(row, table, horizon, counts) for row in rows]
    return " ".join([*told, _kept(table)])


def _contrast(row: Mapping, table: pd.DataFrame, horizon: int, counts: str) -> str:
    """Return what one difference says."""
    mine, other = (
        table[table["strategy"] == row[name]].iloc[0] for name in ("strategy", "reference")
    )
    if np.isnan(row["difference"]):
        empty = mine if not mine["n"] else other
        return (
            f"Cannot tell yet: no interview with the card {empty['strategy']} was watched for "
            f"{days_text(horizon)}."
        )
    if row["always_low"] > 0 or row["always_high"] < 0:
        return _differs(row, mine, other, horizon, counts)
    return _cannot_tell(row, mine, other)


def _share(arm: pd.Series) -> str:
    k, n, name = int(arm["n_responses"]), int(arm["n"]), arm["strategy"]
    return f"{k:,} of {n:,} ({percent(arm['risk'])}) with {name}"


def _interval(low: float, high: float) -> str:
    ends = (round(100 * end) for end in (low, high))
    signed = [f"{end:+d}".replace("-", "−") if end else "0" for end in ends]
    return f"{' to '.join(signed)} points"


def _differs(row: Mapping, mine: pd.Series, other: pd.Series, horizon: int, counts: str) -> str:
    ends = row["always_low"], row["always_high"]
    if ends[1] < 0:
        mine, other, ends = other, mine, (-ends[1], -ends[0])
    return (
        f"{mine['strategy']} brings more {_THING[counts]} within {days_text(horizon)} than "
        f"{other['strategy']}: {_share(mine)}, {_share(other)}; a difference of "
        f"{_interval(*ends)}. The cards were dealt at random and this interval holds however often "
        "you looked, so luck is hardly the reason, and whom you called when is none."
    )


def _cannot_tell(row: Mapping, mine: pd.Series, other: pd.Series) -> str:
    by, once = row["difference"], row["ci_low"] > 0 or row["ci_high"] < 0
    apart = f"{points(abs(by))} {'more' if by > 0 else 'fewer'}" if by else "the same"
    parts = [
        f"Cannot tell yet: {_share(mine)} and {_share(other)} were answered, {apart}, and anything "
        f"from {_interval(row['always_low'], row['always_high'])} fits that, however often you "
        "look."
    ]
    if once:
        parts.append(
            "If this is the only day on which you look, and you chose it beforehand, it is "
            f"{_interval(row['ci_low'], row['ci_high'])}."
        )
    detectable = row["detectable"]
    parts.append(
        "With so few, no difference, however large, would show reliably."
        if not detectable < _NEARLY_ALL
        else f"With so many, a difference below {points(detectable)} would not show reliably."
    )
    return " ".join(parts)


def _kept(table: pd.DataFrame) -> str:
    """Return how often the card was obeyed; what was not obeyed counts all the same."""
    kept, n = int(table["n_kept"].sum()), int(table["n"].sum())
    if kept == n:
        return "You did what the card says every time."
    return (
        f"You did what the card says in {kept:,} of {n:,}; all count under their card, so what "
        "you see is what the cards did, not what obeying them would do."
    )
