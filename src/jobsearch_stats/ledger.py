"""The ledger of a trial: a small CSV file in which every card stands as it was dealt.

The cards follow from the seed alone, so a strategy that was changed by hand is found. Nothing that
stands in the file is ever written anew: cards are added at its end, in the way of the file, which a
spreadsheet may have saved again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import numpy as np
import numpy.typing as npt
import pandas as pd

from .canonical_cells import DAYS, from_cells, unguarded
from .errors import DataError, JobSearchStatsError, ReadError, SettingError
from .own_csv import (
    Dialect,
    OwnTable,
    day_cell,
    put_content,
    read_own,
    text_cell,
    with_iso_days,
    with_rows,
)
from .strategies import STRATEGIES, Strategy

PER_BLOCK = 2
"""Cards of each strategy in a block; with one, every second card would be known beforehand."""

COLUMNS = (
    "card", "block", "application_id", "interview_on", "strategy", "dealt_on", "seed", "strategies",
)  # fmt: skip

_SPECS = {"card": "int64", "block": "int64", "interview_on": DAYS, "dealt_on": DAYS}
_OWN = "your own"

_DAY_COLUMNS = ("interview_on", "dealt_on")
_NEW = Dialect(mark=b"")

Numbers = npt.NDArray[np.int64]
Refusal = Callable[[str, npt.ArrayLike, str], None]
"""Takes a column, a mask of its cells that cannot be, and why; raises if there is one."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """What a ledger holds; without cards, there is no seed and there are no strategies yet.

    Attributes
    ----------
    path
        The file.
    cards
        One row per card, in the order dealt: `card, block` (int64), `application_id`, `strategy`
        (str), `interview_on, dealt_on` (datetime64[s]).
    seed, strategies
        What they were dealt with.
    written
        The file as it was read, and how it is written.
    content
        Its bytes.
    """

    path: Path
    cards: pd.DataFrame
    seed: int | None
    strategies: tuple[Strategy, ...]
    written: OwnTable
    content: bytes


def arms(seed: int, n_strategies: int, n_cards: int) -> Numbers:
    """Return the number of the strategy on each card, from the first one on.

    In every block each strategy has the same number of cards, in an order that the seed and the
    number of the block alone decide, on every machine and in every version.

    Examples
    --------
    >>> arms(1, 2, 8).tolist()
    [1, 0, 1, 0, 0, 1, 0, 1]
    """
    size = PER_BLOCK * n_strategies
    n_blocks = -(-n_cards // size)
    places = [place for block in range(n_blocks) for place in _shuffled(size, seed, block)]
    return np.array(places[:n_cards], np.int64) % n_strategies


def _shuffled(size: int, seed: int, block: int) -> list[int]:
    def lot(place: int) -> bytes:
        return hashlib.blake2b(f"{seed} {block} {place}".encode()).digest()

    return sorted(range(size), key=lot)


def block_of(card: npt.ArrayLike, n_strategies: int) -> Numbers:
    """Return the number of the block of each card; both count from 1."""
    return (np.asarray(card, np.int64) - 1) // (PER_BLOCK * n_strategies) + 1


def as_cell(strategies: Sequence[Strategy]) -> str:
    """Return strategies as they stand in the ledger: of each, what is not the default."""
    return json.dumps([_settings(strategy) for strategy in strategies])


def _settings(strategy: Strategy) -> dict[str, object]:
    usual = Strategy(name=strategy.name)
    values = {field.name: getattr(strategy, field.name) for field in fields(Strategy)}
    return {
        name: value
        for name, value in values.items()
        if name == "name" or (name != "source" and value != getattr(usual, name))
    }


def _strategy(settings: dict[str, object]) -> Strategy:
    found = Strategy(**settings)  # type: ignore[arg-type]
    ours = STRATEGIES.get(found.name)
    return ours if ours is not None and replace(ours, source=_OWN) == found else found


def read_ledger(path: str | os.PathLike[str], *, there: bool) -> Ledger:
    """Return what a ledger holds, having checked every row.

    Parameters
    ----------
    path
        The file.
    there
        Whether the file must be there; else one that is not holds no cards.

    Raises
    ------
    ReadError
        If it is not there or is no table.
    DataError
        If a row cannot be one that was dealt; the message names row, column and value.
    """
    file = _path(path)
    if not file.exists() and not there:
        if not file.parent.is_dir():
            raise ReadError(
                f"ledger {str(path)!r}: there is no folder {file.parent.name!r}. Make it first."
            )
        return _checked(file, b"")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"ledger {str(path)!r} cannot be read: {error.strerror}. Name the file that "
            "randomise_timing(log, strategies, seed=..., ledger=..., as_of=...) has written."
        ) from None
    return _checked(file, content)


def _path(path: object) -> Path:
    if not isinstance(path, str | os.PathLike) or not str(path):
        raise SettingError(
            f"ledger={path!r} must be the name of a file, such as 'trial.csv'.",
            name="ledger",
            value=path,
        )
    return Path(path).resolve()


def _checked(path: Path, content: bytes) -> Ledger:
    """Return the ledger of a file's content, or raise an error about the first cell that is off."""
    table = read_own(content, COLUMNS, name=path.name, what="ledger", new=_NEW)

    def refuse(name: str, bad: npt.ArrayLike, why: str) -> None:
        at = np.flatnonzero(np.asarray(bad, bool))
        if at.size:
            _refuse(path, table.cells, name, int(at[0]), why)

    written = with_iso_days(table, _DAY_COLUMNS, refuse)
    cells = written.cells
    for name in COLUMNS:
        refuse(name, cells[name] == "", "is blank, and every row needs it")
    for name in ("seed", "strategies"):
        refuse(name, cells[name] != cells[name].iloc[:1].sum(), "is not that of the first card")
    columns = {
        name: from_cells(cells[name], _SPECS.get(name, "str"), partial(refuse, name))
        for name in COLUMNS[:6]
    }
    cards = pd.DataFrame(columns).reset_index(drop=True)
    seed, strategies = _dealt_with(path, cells)
    if seed is not None:
        _check_cards(cards, seed, strategies, refuse)
    return Ledger(path, cards, seed, strategies, written, content)


def _dealt_with(path: Path, cells: pd.DataFrame) -> tuple[int | None, tuple[Strategy, ...]]:
    if not len(cells):
        return None, ()
    seed, known = cells["seed"].iloc[0], unguarded(cells["strategies"].iloc[0])
    if not (seed.isascii() and seed.isdigit() and int(seed[:20]) < 2**63):
        _refuse(path, cells, "seed", 0, "is no whole number from 0 to below 2 to the power of 63")
    try:
        strategies = tuple(_strategy(settings) for settings in json.loads(known))
        names = {str(strategy.name) for strategy in strategies}
    except (ValueError, TypeError, AttributeError, RecursionError, JobSearchStatsError):
        strategies, names = (), set()
    if len(names) < max(len(strategies), 2):
        _refuse(path, cells, "strategies", 0, "does not name two or more different strategies")
    return int(seed), strategies


def _check_cards(
    cards: pd.DataFrame, seed: int, strategies: tuple[Strategy, ...], refuse: Refusal
) -> None:
    n = len(cards)
    number = np.arange(1, n + 1)
    refuse("card", cards["card"] != number, "is not its place: cards count from 1, each once")
    block = block_of(number, len(strategies))
    refuse("block", cards["block"] != block, "is not the block of that card")
    names = np.array([strategy.name for strategy in strategies], object)
    dealt = names[arms(seed, len(strategies), n)]
    refuse("strategy", cards["strategy"] != dealt, f"is not what seed {seed} dealt on that card")
    twice = cards.duplicated(["application_id", "interview_on"])
    refuse("interview_on", twice, "has the application's card of that day a second time")


def _refuse(path: Path, cells: pd.DataFrame, name: str, at: int, why: str) -> NoReturn:
    """Raise an error about one cell; rows are counted as a spreadsheet does, the header's too."""
    value, row = cells[name].iloc[at], int(cells.index[at])
    raise DataError(
        f"ledger {path.name!r} row {row}, column {name!r}: {value or 'the cell'!r} {why}. A card "
        "once dealt stays: put back what stood there, days as 2026-03-10, and take no row out, "
        "not even one of an application that is gone.",
        row=row,
        column=name,
        value=value,
    )


def same_as_before(book: Ledger, strategies: Sequence[Strategy], seed: int) -> tuple[Strategy, ...]:
    """Return the strategies in the ledger's order, or raise an error if it has others."""
    if book.seed is None:
        return tuple(strategies)
    before = {strategy.name: strategy for strategy in book.strategies}
    if seed != book.seed:
        raise SettingError(
            f"seed={seed}: ledger {book.path.name!r} was dealt with seed {book.seed}. Pass that "
            "one, or name another ledger to begin a new trial.",
            name="seed",
            value=seed,
        )
    if {strategy.name for strategy in strategies} != set(before):
        raise SettingError(
            f"strategies={[strategy.name for strategy in strategies]}: ledger {book.path.name!r} "
            f"deals {', '.join(before)}. Pass these, or name another ledger to begin a new trial.",
            name="strategies",
            value=strategies,
        )
    for strategy in strategies:
        _check_unchanged(book, before[strategy.name], strategy)
    return book.strategies


def _check_unchanged(book: Ledger, before: Strategy, now: Strategy) -> None:
    for name, value in vars(now).items():
        if name != "source" and value != getattr(before, name):
            raise SettingError(
                f"strategy {now.name!r} has {name}={value!r}, and in ledger {book.path.name!r} "
                f"{name}={getattr(before, name)!r}. Pass the same strategy, or name another "
                "ledger to begin a new trial.",
                name="strategies",
                value=now,
            )


def add_cards(ledger: Ledger, cards: pd.DataFrame) -> None:
    """Write cards behind those of the ledger; either all of them are in the file, or none.

    Without any card yet, the file has its header alone, so that `dealt` finds it.

    Parameters
    ----------
    ledger
        As it was read, with the seed and the strategies that the new cards were dealt with.
    cards
        The new ones, as in `Ledger.cards`.

    Raises
    ------
    SettingError
        If the file cannot be written, or was changed since it was read.
    """
    written = ledger.written
    if not len(cards) and written.content:
        return
    known = {"seed": str(ledger.seed), "strategies": text_cell(as_cell(ledger.strategies))}
    rows = [
        {
            **known,
            **{name: str(card[name]) for name in ("card", "block")},
            **{name: text_cell(card[name]) for name in ("application_id", "strategy")},
            **{name: day_cell(card[name], written.dialect) for name in _DAY_COLUMNS},
        }
        for card in cards.to_dict("records")
    ]
    path = ledger.path
    try:
        if not put_content(path, with_rows(written, rows), before=ledger.content):
            raise _cannot_be_written(path, "it was changed in the meantime; deal again")
    except OSError as error:
        raise _cannot_be_written(path, f"{error.strerror}; no card was dealt") from None


def _cannot_be_written(path: Path, why: str) -> SettingError:
    return SettingError(
        f"ledger {path.name!r} cannot be written: {why}.", name="ledger", value=str(path)
    )
