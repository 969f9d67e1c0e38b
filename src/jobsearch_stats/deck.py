"""The cards of one's own trial, as a notebook shows them: dealt, obeyed, and looked at."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from .agenda import agenda
from .dealing import Dealing, dealt, randomise_timing
from .differences import newcombe
from .lab_settings import private_folder, private_place
from .ledger import PER_BLOCK
from .log import ApplicationLog
from .notebook import Opened
from .results import Result, percent
from .sequences import log_capital, log_stakes
from .strategies import Strategy
from .summary import counted
from .terminal import day_name
from .trials import Trial, analyse_trial

_TRIALS = 200
_BLOCKS = 100
_LOOKS = (4, 20, 40, 100, 200, 400)
_CARD = ("card", "company", "interview_on", "strategy", "due_on", "due_until", "standing")
_HIDDEN = ("company", "interview_on")


def numbers(cards: Result) -> Result:
    """Return the result without its sentence, which the section's last cell says."""
    return replace(cards, text="")


@dataclass(frozen=True, eq=False, kw_only=True)
class Deck(Result):
    """The cards, and where they are kept.

    Attributes
    ----------
    ledger
        The file with the cards; None: none has been dealt.
    n_new
        How many were dealt just now, or would be.
    folder
        What holds the sample's cards, and takes them away at the end.
    """

    ledger: Path | None
    n_new: int
    folder: tempfile.TemporaryDirectory | None = None


def deck(
    search: Opened,
    strategies: Sequence[Strategy | str],
    *,
    seed: int,
    deal: bool = False,
    name: str = "trial.csv",
    private: Path | None = None,
) -> Deck:
    """Deal cards, or say to which interviews they would be dealt.

    The cards of the made-up sample go into a folder that is thrown away. Your own are dealt into
    the ledger if you say so, and else not even shown: who knows a card before it is dealt can
    choose whether to deal it, and then chance decides nothing any more.

    Parameters
    ----------
    search
        What `open_log` gave.
    strategies, seed
        As for :func:`jobsearch_stats.randomise_timing`.
    deal
        Whether to deal your own.
    name
        The ledger's name, in `private`.
    private
        The folder of what is somebody's own. None: `private_folder()`.
    """
    ledger = (private or private_folder()) / name
    if search.is_sample:
        folder = tempfile.TemporaryDirectory()
        path = Path(folder.name) / name
        return _shown(_deal(search, strategies, seed, path), path, kept=False, folder=folder)
    if deal:
        ledger.parent.mkdir(parents=True, exist_ok=True)
        return _shown(_deal(search, strategies, seed, ledger), ledger, kept=True)
    return _not_dealt(search, strategies, seed, ledger)


def _deal(search: Opened, strategies: Sequence[Strategy | str], seed: int, path: Path) -> Dealing:
    return randomise_timing(
        search.log, list(strategies), seed=seed, ledger=path, as_of=search.as_of
    )


def _shown(
    cards: Dealing,
    path: Path,
    *,
    kept: bool,
    folder: tempfile.TemporaryDirectory | None = None,
) -> Deck:
    where = (
        f"They are kept in {private_place(path.name)}, and never change."
        if kept
        else "The sample's cards are thrown away at the end."
    )
    return Deck(
        table=cards.table[list(_CARD)].rename(columns={"standing": "interview"}),
        caption=cards.caption,
        text=f"{cards.text} {where}" if len(cards.table) else cards.text,
        ledger=path if path.exists() else None,
        n_new=len(cards.new),
        folder=folder,
    )


def _not_dealt(
    search: Opened, strategies: Sequence[Strategy | str], seed: int, ledger: Path
) -> Deck:
    """Return to which interviews a card would be dealt, and not which."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ledger.name
        if ledger.exists():
            shutil.copy(ledger, path)
        cards = _deal(search, strategies, seed, path)
    n, old = len(cards.new), len(cards.table) - len(cards.new)
    would = (
        f"{counted(n, 'open interview')} would get a card. Set DEAL = True in the first cell to "
        "deal: which card it is shows only then, so that you cannot choose."
        if n
        else f"{cards.text} Come back when you have logged the next interview."
    )
    before = f" {counted(old, 'card')} of before are in the ledger." if old else ""
    return Deck(
        table=cards.new[list(_HIDDEN)].reset_index(drop=True),
        caption=f"Interviews that would get a card, as of {day_name(search.as_of, year=True)}."
        f"{before}",
        text=would,
        ledger=ledger if ledger.exists() else None,
        n_new=n,
    )


def dealt_rows(
    log: ApplicationLog, cards: Deck, *, as_of: pd.Timestamp, me: dict | None = None
) -> pd.DataFrame:
    """Return the agenda's rows of interviews with a card; none without cards.

    Parameters
    ----------
    log, as_of
        As for :func:`jobsearch_stats.agenda`.
    cards
        What `deck` gives.
    me
        Your name and number, for the scripts.
    """
    if cards.ledger is None:
        return agenda(log, as_of=as_of, me=me).iloc[:0]
    plan = dealt(cards.ledger, log, as_of=as_of)
    todo = agenda(log, as_of=as_of, strategy=plan, me=me)
    ids = todo["application_id"].str.split("; ")
    mine = [not plan.index.intersection(group).empty for group in ids]
    return todo[np.array(mine, bool) & (todo["action"] == "follow_up").to_numpy()]


def dealt_sentence(rows: pd.DataFrame, cards: Deck) -> str:
    """Say what the cards ask for in the coming days."""
    if cards.ledger is None:
        return "No card has been dealt, so your list stays the one of notebook 02."
    if not len(rows):
        return "No card asks for a call in these days: look at the list again tomorrow."
    first = rows.iloc[0]
    return (
        f"{counted(len(rows), 'card')} in these days, the first on {day_name(first['do_on'])} "
        f"({first['company'] or 'no name'}): do what it says even if you would have called on "
        "another day, and write down what you did."
    )


def trial_of(
    log: ApplicationLog, cards: Deck, *, as_of: object, horizon: int, counts: str
) -> Trial | None:
    """Return what the cards have shown; None without cards."""
    if cards.ledger is None:
        return None
    return analyse_trial(log, cards.ledger, as_of=as_of, horizon=horizon, counts=counts)


def arms_shown(found: Trial | None) -> Result | None:
    """Return what came of the interviews with each card; None without cards."""
    return None if found is None else Result(table=found.table, caption=found.caption)


def difference_shown(found: Trial | None) -> Result | None:
    """Return the difference with the interval that stays valid however often one looks."""
    if found is None:
        return None
    columns = ["strategy", "reference", "difference", "always_low", "always_high", "n_blocks"]
    table = found.differences[[*columns, "detectable"]]
    return Result(
        table=table.rename(columns={"always_low": "ci_low", "always_high": "ci_high"}),
        caption="The interval may be looked at as often as you like; it counts complete blocks.",
    )


def trial_sentence(found: Trial | None) -> str:
    """Say what to make of the trial so far."""
    if found is None:
        return "Nothing has been dealt yet, so there is nothing to analyse."
    settled = ((found.differences["always_low"] > 0) | (found.differences["always_high"] < 0)).any()
    if settled:
        return f"{found.text} You may stop dealing, and keep to the better one."
    return f"{found.text} Go on dealing, and look as often as you like."


# --- why an interval for any number of looks -------------------------------------------------


def peeking(*, risk: float, seed: int) -> Result:
    """Return how often trials without any difference seem to show one, by the number of looks.

    Made-up trials in which both strategies bring the same. Whoever looks after each block and
    stops at the first interval that leaves out 0 is fooled at last; by how many looks so far, for
    the usual interval, and for the one that is valid however often one looks.

    Parameters
    ----------
    risk
        The share answered under both.
    seed
        The same seed gives the same trials.

    Returns
    -------
    Result
        `.table`: `cards` (dealt so far), `share_fooled_by_the_usual_interval,
        share_fooled_by_this_one`.
    """
    k = np.random.default_rng(seed).binomial(PER_BLOCK, risk, (2, _TRIALS, _BLOCKS))
    usual = _usual_leaves_out(k)
    always = np.stack([_always_leaves_out(trial) for trial in (k[0] - k[1]) / PER_BLOCK])
    fooled = [np.logical_or.accumulate(found, axis=1).mean(axis=0) for found in (usual, always)]
    at = [cards // (2 * PER_BLOCK) - 1 for cards in _LOOKS]
    return Result(
        table=pd.DataFrame(
            {
                "cards": _LOOKS,
                "share_fooled_by_the_usual_interval": fooled[0][at],
                "share_fooled_by_this_one": fooled[1][at],
            }
        ),
        caption=f"{_TRIALS} made-up trials in which both strategies bring {percent(risk)}, so that "
        "there is no difference to find. How many have seemed to show one at some look so far, if "
        "one looks after each block of "
        f"{2 * PER_BLOCK} cards.",
    )


Leaves = npt.NDArray[np.bool_]


def _usual_leaves_out(k: npt.NDArray[np.int64]) -> Leaves:
    """Return after each block whether Newcombe's interval leaves out 0."""
    n = np.broadcast_to(PER_BLOCK * np.arange(1, _BLOCKS + 1.0), k.shape[1:])
    so_far = np.cumsum(k, axis=2).astype(float)
    low, high = newcombe(so_far[0].ravel(), n.ravel(), so_far[1].ravel(), n.ravel(), 0.05)
    return ((low > 0) | (high < 0)).reshape(n.shape)


def _always_leaves_out(differences: npt.NDArray[np.float64]) -> Leaves:
    """Return after each block whether the confidence sequence leaves out 0, of one trial.

    It does where the bets on one side have won enough if the expectations are 0; the ends
    themselves would take forty times as long to find.
    """
    nothing, enough = np.zeros(differences.size), -np.log(0.05 / 2)
    sides = [log_capital(log_stakes(sign * differences), nothing) for sign in (1, -1)]
    return (np.array(sides) > enough).any(axis=0)


def peeking_sentence(table: pd.DataFrame) -> str:
    """Say what looking often does to the usual interval."""
    last = table.iloc[-1]
    usual, always = (
        percent(last[f"share_fooled_by_{name}"]) for name in ("the_usual_interval", "this_one")
    )
    return (
        f"Looking after each block up to {last['cards']:.0f} cards, the usual 95 % interval would "
        f"have fooled {usual} of those who look, this one {always}: so the verdict above goes by "
        "this one."
    )
