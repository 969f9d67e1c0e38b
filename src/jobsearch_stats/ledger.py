"""The ledger of a trial: a small CSV file in which every card stands as it was dealt.

The cards follow from the seed alone, so a strategy that was changed by hand is found. Nothing that
stands in the file is ever written anew: cards are added at its end.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import numpy as np
import numpy.typing as npt
import pandas as pd

from .canonical_cells import DAYS, from_cells, guarded, unguarded
from .errors import DataError, JobSearchStatsError, ReadError, SettingError
from .strategies import STRATEGIES, Strategy

PER_BLOCK = 2
"""Cards of each strategy in a block; with one, every second card would be known beforehand."""

COLUMNS = (
    "card", "block", "application_id", "interview_on", "strategy", "dealt_on", "seed", "strategies",
)  # fmt: skip

_SPECS = {"card": "int64", "block": "int64", "interview_on": DAYS, "dealt_on": DAYS}
_OWN = "your own"

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
    content
        The file as it was read.
    """

    path: Path
    cards: pd.DataFrame
    seed: int | None
    strategies: tuple[Strategy, ...]
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
        return _checked(file, b"", pd.DataFrame(columns=list(COLUMNS), dtype="str"))
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"ledger {str(path)!r} cannot be read: {error.strerror}. Name the file that "
            "randomise_timing(log, strategies, seed=..., ledger=..., as_of=...) has written."
        ) from None
    return _checked(file, content, _cells(file, content))


def _path(path: object) -> Path:
    if not isinstance(path, str | os.PathLike) or not str(path):
        raise SettingError(
            f"ledger={path!r} must be the name of a file, such as 'trial.csv'.",
            name="ledger",
            value=path,
        )
    return Path(path).resolve()


def _cells(path: Path, content: bytes) -> pd.DataFrame:
    """Return the cells as texts, numbered from 0 below the header; blank lines are an editor's."""
    if not content.strip():
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    try:
        table = pd.read_csv(
            io.BytesIO(content),
            dtype=str,
            header=None,
            keep_default_na=False,
            skip_blank_lines=False,
            encoding="utf-8",
            encoding_errors="surrogatepass",
        ).fillna("")
    except ValueError:  # pandas' own errors are ValueErrors, as is one of the encoding
        raise ReadError(
            f"ledger {path.name!r} cannot be read: it is no UTF-8 text with commas between the "
            "cells. If it is the ledger, put back the file as it was; else name the file that "
            "randomise_timing has written, or a new one."
        ) from None
    header = [unguarded(cell.removeprefix("\ufeff")) for cell in table.iloc[0]]
    if not {"card", "block", "dealt_on"} & set(re.split("[;\t]", ";".join(header))):
        raise DataError(
            f"ledger {path.name!r} is no ledger of a trial: its columns are "
            f"{', '.join(map(repr, header))}. Name the file that randomise_timing has written, or "
            "a new one to begin a trial.",
        )
    for name in COLUMNS:
        if header.count(name) != 1:
            raise DataError(
                f"ledger {path.name!r} must have one column {name!r}; it has "
                f"{', '.join(map(repr, header))}. Put back the file as it was, with commas "
                "between the cells.",
                column=name,
            )
    cells = table.iloc[1:].set_axis(header, axis=1).reset_index(drop=True)[list(COLUMNS)]
    return cells[(cells != "").any(axis=1)]


def _checked(path: Path, content: bytes, cells: pd.DataFrame) -> Ledger:
    """Return the ledger of these cells, or raise an error about the first that cannot be."""

    def refuse(name: str, bad: npt.ArrayLike, why: str) -> None:
        at = np.flatnonzero(np.asarray(bad, bool))
        if at.size:
            _refuse(path, cells, name, int(at[0]), why)

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
    return Ledger(path, cards, seed, strategies, content)


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
    value, row = cells[name].iloc[at], int(cells.index[at]) + 2
    raise DataError(
        f"ledger {path.name!r} row {row}, column {name!r}: {value or 'the cell'!r} {why}. A card "
        "once dealt stays: put back what stood there, and take no row out, not even one of an "
        "application that is gone.",
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
    before = ledger.content if ledger.content.strip() else b""
    if not len(cards) and before:
        return
    days = {name: cards[name].dt.strftime("%Y-%m-%d") for name in ("interview_on", "dealt_on")}
    texts = {name: cards[name].map(guarded) for name in ("application_id", "strategy")}
    known = {"seed": str(ledger.seed), "strategies": as_cell(ledger.strategies)}
    rows = cards.assign(**known, **days, **texts)
    text = io.StringIO()
    returns = any("\r" in value for name in texts for value in texts[name])
    # the csv module leaves a lone carriage return unquoted by itself
    writer = csv.writer(
        text, lineterminator="\n", quoting=csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    )
    if not before:
        writer.writerow(COLUMNS)
    elif not before.endswith((b"\n", b"\r")):
        text.write("\n")
    writer.writerows(rows[list(COLUMNS)].itertuples(index=False))
    _replace(ledger, before + text.getvalue().encode("utf-8", "surrogatepass"))


def _replace(ledger: Ledger, content: bytes) -> None:
    path = ledger.path
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".dealing-") as apart:
            new = Path(apart) / path.name
            with new.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, new)
            if (path.read_bytes() if path.exists() else b"") != ledger.content:
                raise _cannot_be_written(path, "it was changed in the meantime; deal again")
            new.replace(path)
    except OSError as error:
        raise _cannot_be_written(path, f"{error.strerror}; no card was dealt") from None


def _cannot_be_written(path: Path, why: str) -> SettingError:
    return SettingError(
        f"ledger {path.name!r} cannot be written: {why}.", name="ledger", value=str(path)
    )
