"""`analyse_trial`: what came of the interviews, each counted under the card that it was dealt."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .differences import holm, newcombe
from .exact import difference_interval, within_blocks
from .facts import Bools
from .interviews import interviews
from .last_logged import last_logged, warning
from .ledger import PER_BLOCK, read_ledger
from .log import ApplicationLog
from .power import least_difference
from .rates import shares, wilson
from .results import (
    COUNTS,
    Result,
    as_of_text,
    check_confidence,
    check_counts,
    check_days,
    percent_given,
)
from .schema import as_day
from .sequences import confidence_sequence
from .tables import html_table, shown
from .trial_cards import Cards, cards_of
from .trial_text import days_text, verdict
from .workdays import to_days

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Trial(Result):
    """What a trial of dealt timing says; `table` has the strategies, `differences` the contrasts.

    Attributes
    ----------
    differences, looks
        See :func:`analyse_trial`.
    n_blocks
        How many blocks are complete.
    seed, horizon, counts, as_of, confidence
        As dealt and asked for.
    """

    differences: pd.DataFrame
    looks: pd.DataFrame
    n_blocks: int
    seed: int | None
    horizon: int
    counts: str
    as_of: pd.Timestamp
    confidence: float

    def __repr__(self) -> str:
        frames = [self.table, self.differences]
        bodies = [shown(frame).to_string(index=False) for frame in frames if len(frame)]
        return "\n".join([self.caption, *bodies, self.text])

    def _repr_html_(self) -> str:
        tables = [html_table(frame) for frame in (self.table, self.differences) if len(frame)]
        words = f"<p><b>{html.escape(self.text)}</b></p>"
        return "".join([f"<p>{html.escape(self.caption)}</p>", *tables, words])


def analyse_trial(
    log: ApplicationLog,
    ledger: str | os.PathLike[str],
    *,
    as_of: object,
    horizon: int = 21,
    counts: str = "any",
    confidence: float = 0.95,
) -> Trial:
    """Return what a trial says: each interview counts under the card that it was dealt.

    What you did counts for nothing here, only what the card said (intention to treat): you may
    have had reasons to do otherwise, and then those who obeyed are no fair sample any more. An
    interview counts once it has been watched for the horizon, answered or not.

    Parameters
    ----------
    log
        The search.
    ledger
        The file that :func:`jobsearch_stats.randomise_timing` writes.
    as_of
        The day to look from; later events do not exist, nor do cards dealt later.
    horizon
        Days from the interview within which an answer counts.
    counts
        ``"any"`` response, or ``"positive"`` ones.
    confidence
        Of the intervals.

    Returns
    -------
    Trial
        `.text` is the verdict. `.table` has one row per strategy, in the ledger's order:

        strategy : str
            Its name.
        n, n_responses : int64
            Interviews that count, and those answered within the horizon. One withdrawn before an
            answer counts as not answered.
        risk, ci_low, ci_high : float64
            The share that was answered, 0 to 1, with Wilson's interval; NaN and 0 to 1 without any.
        n_kept : int64
            Of those that count: how many were followed up as the card says.
        n_waiting : int64
            Cards not watched for the horizon yet.
        n_unknown : int64
            Cards of interviews that are not in the log any more, or were answered on a day that the
            log does not say.

        `.differences` has one row for each strategy but the first, which it is compared with:

        strategy, reference : str
            The difference is the risk of the first minus that of the second.
        difference : float64
            -1 to 1; NaN while one of them has no interviews.
        ci_low, ci_high, exact_low, exact_high : float64
            Newcombe's interval, and an exact one: right if you look once, on a day chosen
            beforehand.
        always_low, always_high : float64
            An interval that is right however often you look, from complete blocks alone.
        n_blocks : int64
            How many blocks that are.
        p_value, p_adjusted : float64
            Of the exact test within blocks, for one look; corrected for the number of rows (Holm).
        detectable : float64
            The smallest difference that a single look at so many would find in four of five cases;
            NaN: none.

        `.looks` has the interval that is always right after each block: `strategy, reference,
        n_blocks, least, most, ci_low, ci_high` (see `sequences.confidence_sequence`).

    Raises
    ------
    ReadError, DataError
        If the ledger is not there, was changed, or is of another search.
    SettingError
        If a setting cannot be used.

    Notes
    -----
    A block is complete once all its cards have been watched; blocks count in the order dealt, up to
    the first that is not complete. Where the answer to a card can never be known, the interval that
    is always right takes both possibilities into account. With several rows, it is right for all
    of them together (Bonferroni).

    References
    ----------
    Wilson (1927); Newcombe (1998), method 10; Holm (1979): as in `rate_differences`. Exact
    interval: Santner and Snell (1980). Exact test within blocks: Gart (1970). Interval for any
    number of looks: Waudby-Smith and Ramdas (2024), Howard and others (2021).

    Examples
    --------
    >>> import tempfile, pandas as pd, jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Decide by": ["2026-03-12"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cards = js.randomise_timing(log, [js.DAY_AFTER, js.BEFORE_DECISION], seed=1,
    ...                                 ledger=folder + "/trial.csv", as_of="2026-03-04")
    ...     trial = analyse_trial(log, folder + "/trial.csv", as_of="2026-03-20")
    >>> trial.text
    'Cannot tell yet: of 1 card, none belongs to an interview that was watched for 21 days.'
    """
    counts, confidence = check_counts(counts), check_confidence(confidence)
    horizon, day = check_days(horizon, "horizon", least=1), as_day(as_of, name="as_of")
    book = read_ledger(ledger, there=True)
    cards = cards_of(book, log, interviews(log, as_of=day, counts=counts), horizon, day)
    table = _table(cards, confidence)
    looks = _looks(cards, confidence)
    differences = _differences(cards, table, looks, confidence)
    level = "" if confidence == 0.95 else f"{percent_given(confidence)} interval"
    for frame in (table, differences):
        frame.attrs.update({"ci_level": level} if level else {})
    n_blocks = int(looks["n_blocks"].max()) if len(looks) else 0
    return Trial(
        table=table,
        caption=_caption(cards, table, n_blocks, horizon, counts, day),
        text=" ".join(
            filter(
                None,
                (
                    verdict(table, differences, horizon=horizon, counts=counts),
                    _kept(cards, log, horizon, day),
                ),
            )
        ),
        differences=differences,
        looks=looks,
        n_blocks=n_blocks,
        seed=book.seed,
        horizon=horizon,
        counts=counts,
        as_of=day,
        confidence=confidence,
    )


def _kept(cards: Cards, log: ApplicationLog, horizon: int, day: pd.Timestamp) -> str:
    """Warn where silence is counted that nobody may have logged."""
    last = last_logged(log)
    beyond = cards.silent_until > to_days(np.datetime64(last)) if pd.notna(last) else np.zeros(0)
    what = f"{days_text(horizon)} without an answer"
    return warning(last, day, n=int(beyond.sum()), of="interviews", what=what)


def _table(cards: Cards, confidence: float) -> pd.DataFrame:
    n, k = cards.count(cards.known), cards.count(cards.known & cards.answered)
    low, high = wilson(k, n, confidence=confidence)
    return pd.DataFrame(
        {
            "strategy": pd.Series(cards.names, dtype="str"),
            "n": n,
            "n_responses": k,
            "risk": shares(k, n),
            "ci_low": low,
            "ci_high": high,
            "n_kept": cards.count(cards.known & cards.kept),
            "n_waiting": cards.count(cards.pending),
            "n_unknown": cards.count(cards.lost),
        }
    )


def _looks(cards: Cards, confidence: float) -> pd.DataFrame:
    """Return the confidence sequence of each contrast, over the blocks that are complete."""
    k = len(cards.names)
    n_blocks = int(cards.block.max(initial=0))
    done = np.bincount(cards.block[~cards.pending] - 1, minlength=n_blocks) == PER_BLOCK * k
    n_done = int(np.cumprod(done).sum())  # up to the first that is not
    least, most = (_block_risks(cards, n_done, unknown) for unknown in (False, True))
    each = 1 - (1 - confidence) / max(k - 1, 1)
    frames = [
        confidence_sequence(
            least[:, arm] - most[:, 0], most[:, arm] - least[:, 0], confidence=each
        ).assign(strategy=cards.names[arm], reference=cards.names[0])
        for arm in range(1, k)
    ]
    columns = ["strategy", "reference", "n_blocks", "least", "most", "ci_low", "ci_high"]
    return (
        pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)
    )


def _block_risks(cards: Cards, n_blocks: int, unknown: bool) -> npt.NDArray[np.float64]:
    """Return the share answered, by block and strategy, if all or none of the unknown were."""
    answered = np.where(cards.known, cards.answered, unknown)
    rows = cards.block <= n_blocks
    place = (cards.block[rows] - 1) * len(cards.names) + cards.arm[rows]
    n = np.bincount(place, answered[rows], minlength=n_blocks * len(cards.names))
    return n.reshape(n_blocks, -1) / PER_BLOCK if n_blocks else np.zeros((0, len(cards.names)))


def _differences(
    cards: Cards, table: pd.DataFrame, looks: pd.DataFrame, confidence: float
) -> pd.DataFrame:
    n, k = table["n"].to_numpy(), table["n_responses"].to_numpy()
    risk = table["risk"].to_numpy()
    rows = [
        {
            "strategy": cards.names[arm],
            "reference": cards.names[0],
            "difference": risk[arm] - risk[0],
            **_once(int(n[arm]), int(n[0]), int(k[arm]), int(k[0]), confidence),
            **_always(looks, cards.names[arm]),
            "p_value": _p_value(cards, arm),
            "p_adjusted": np.nan,
            "detectable": _detectable(n[[arm, 0]], k[[arm, 0]], confidence),
        }
        for arm in range(1, len(cards.names))
    ]
    out = pd.DataFrame(rows, columns=list(DIFFERENCES))
    out["p_adjusted"] = holm(out["p_value"].to_numpy(float))
    return out.astype({"strategy": "str", "reference": "str", "n_blocks": np.int64})


DIFFERENCES = (
    "strategy", "reference", "difference", "ci_low", "ci_high", "exact_low", "exact_high",
    "always_low", "always_high", "n_blocks", "p_value", "p_adjusted", "detectable",
)  # fmt: skip


def _once(n: int, n_ref: int, k: int, k_ref: int, confidence: float) -> dict[str, float]:
    """Return the intervals for a single look; -1 to 1 while one strategy has no interviews."""
    low, high = -1.0, 1.0
    if n and n_ref:
        own, all_own, other, all_other = np.array([[k], [n], [k_ref], [n_ref]], float)
        ends = newcombe(own, all_own, other, all_other, 1 - confidence)
        low, high = (float(end[0]) for end in ends)
    exact = difference_interval(n, n_ref, k, k_ref, confidence=confidence)
    return dict(zip(DIFFERENCES[3:7], (low, high, *exact), strict=True))


def _always(looks: pd.DataFrame, name: str) -> dict[str, float]:
    """Return the latest of the intervals that are always right; -1 to 1 before the first block."""
    mine = looks[looks["strategy"] == name]
    if not len(mine):
        return {"always_low": -1.0, "always_high": 1.0, "n_blocks": 0}
    last = mine.iloc[-1]
    low, high, n = last[["ci_low", "ci_high", "n_blocks"]]
    return {"always_low": low, "always_high": high, "n_blocks": n}


def _p_value(cards: Cards, arm: int) -> float:
    n_blocks = int(cards.block.max(initial=0))

    def per_block(which: Bools) -> Counts:
        return np.bincount(cards.block[which] - 1, minlength=n_blocks)

    own, other = (cards.known & (cards.arm == number) for number in (arm, 0))
    n, k = (per_block(own), per_block(other)), (own & cards.answered, other & cards.answered)
    return within_blocks(*n, *map(per_block, k))


def _detectable(n: Counts, k: Counts, confidence: float) -> float:
    if not n.all():
        return float("nan")
    risk = k.sum() / n.sum()
    return least_difference(int(n[0]), int(n[1]), float(risk), alpha=1 - confidence)


def _caption(
    cards: Cards, table: pd.DataFrame, n_blocks: int, horizon: int, counts: str, day: pd.Timestamp
) -> str:
    n, waiting, unknown = (int(table[c].sum()) for c in ("n", "n_waiting", "n_unknown"))
    k = int(table["n_responses"].sum())
    what = COUNTS[counts]
    out = [
        f"{waiting:,} not watched that long yet" if waiting else "",
        f"{unknown:,} of which nobody will know" if unknown else "",
    ]
    left_out = "; ".join(filter(None, out))
    day_text = as_of_text(pd.DataFrame({"as_of": [day]}))
    parts = [
        f"{what[:1].upper()}{what[1:]} within {days_text(horizon)} of the interview: {k:,} of "
        f"{n:,} interviews, each under the card that it was dealt",
        f"Left out: {left_out}" if left_out else "",
        f"{n_blocks:,} complete {'block' if n_blocks == 1 else 'blocks'} of "
        f"{PER_BLOCK * len(cards.names)} cards"
        if cards.names
        else "No cards",
        day_text[:1].upper() + day_text[1:],
    ]
    return ". ".join(filter(None, parts)) + "."
