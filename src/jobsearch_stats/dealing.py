"""`randomise_timing` deals when to follow up; `dealt` is what was dealt, for the agenda to obey.

A card belongs to one interview, known by its application and its day. Once dealt it never changes:
not when the strategies' days come to agree, not when you follow up on another day, and not when
the interview turns out to have been on another day.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from .errors import SettingError
from .facts import Bools
from .interviews import Interviews, interviews
from .ledger import Ledger, add_cards, arms, block_of, read_ledger, same_as_before
from .log import ApplicationLog, check_log
from .placing import Chosen, Placed, Places, choose, place
from .results import Result
from .schema import as_day
from .sentences import day_words, year_of
from .strategies import Strategy
from .windows import Windows, check_strategies, known_windows
from .workdays import NO_DAY, to_dates, to_days

IN_THE_LOG, MOVED, GONE = "in the log", "on another day", "not in the log"
_MOST_NAMED = 5

COLUMNS = (
    "card", "block", "application_id", "company", "interview_on", "strategy", "due_on",
    "due_until", "dealt_on", "standing", "is_new",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class Dealing(Result):
    """The cards of a trial; `table` has them all, `new` those dealt just now.

    Attributes
    ----------
    new
        The rows of `table` that are new.
    n_alike
        Open interviews without a card, as the due days of all strategies are the same.
    n_late
        Open interviews without a card, as the days of one strategy were over already.
    n_held_back
        Open interviews without a card, as they look like one whose application was renamed.
    seed, strategies, as_of
        What was dealt with, and when.
    """

    new: pd.DataFrame
    n_alike: int
    n_late: int
    n_held_back: int
    seed: int
    strategies: tuple[Strategy, ...]
    as_of: pd.Timestamp


def randomise_timing(
    log: ApplicationLog,
    strategies: Sequence[Strategy | str],
    *,
    seed: int,
    ledger: str | os.PathLike[str],
    as_of: object,
) -> Dealing:
    """Deal a strategy to each new interview, at random, and write it into the ledger.

    A card is dealt to the interviews that are open (no answer, no follow-up, not ended, on or
    before `as_of`), for which the strategies name different days, and of which no strategy's days
    are over. In every block of two cards for each strategy all have the same number, so that they
    stay balanced. Call it whenever you have logged an interview; what has a card keeps it.

    Parameters
    ----------
    log
        The search. It is not changed.
    strategies
        Two or more to deal, as strategies or by name. `NO_FOLLOW_UP` may be one of them.
    seed
        A whole number, 0 or more, that you choose once. The same seed deals the same cards in the
        same order.
    ledger
        The CSV file of the cards; made if it is not there. Cards are added at its end, all or none.
    as_of
        Today: text ("2026-03-10"), a date or a Timestamp.

    Returns
    -------
    Dealing
        `.text` says what was dealt. `.table` has one row per card:

        card, block : int64
            Its number and that of its block, from 1.
        application_id, company : str
            Blank company: the application is not in the log any more.
        interview_on : datetime64[s]
            The day of the interview as it was when the card was dealt.
        strategy : str
            The name on the card.
        due_on, due_until : datetime64[s]
            First and last day of its window as known today; NaT for never, and where the interview
            is not in the log.
        dealt_on : datetime64[s]
            When it was dealt.
        standing : str
            "in the log"; "on another day": the interview has another date now, of up to 31 days
            before or after, and keeps its card; "not in the log".
        is_new : bool
            Dealt just now.

    Raises
    ------
    SettingError
        If a setting cannot be used, or is another than that of the ledger.
    ReadError, DataError
        If the ledger cannot be read, was changed, or is of another search.

    Notes
    -----
    An application that was renamed in your sheet has another id. Its interview would be dealt a
    second card. Where an interview on the same day stands under an id without cards, it is held
    back, and `.text` says so: write the new id into the ledger, the only cell beside the
    interview's day that may be mended by hand.

    References
    ----------
    Permuted blocks: M. Zelen (1974), The randomization and stratification of patients to clinical
    trials, Journal of Chronic Diseases 27:365-375. That only what the strategies treat differently
    is dealt is this project's.

    Examples
    --------
    >>> import tempfile, pandas as pd, jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Decide by": ["2026-03-12"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cards = randomise_timing(log, [js.DAY_AFTER, js.BEFORE_DECISION], seed=1,
    ...                              ledger=folder + "/trial.csv", as_of="2026-03-04")
    >>> cards.text
    '1 new card: Acme, BEFORE_DECISION (Wednesday 11 March).'
    """
    plans, seed = _check_strategies(strategies), _check_seed(seed)
    day = as_day(as_of, name="as_of")
    book = read_ledger(ledger, there=False)
    book = replace(book, seed=seed, strategies=same_as_before(book, plans, seed))
    units = interviews(log, as_of=day)
    placed = place(book, log, units)
    windows = [known_windows(s, units, by=units.observed, on_first=False) for s in book.strategies]
    chosen = choose(log, units, placed, windows, book)
    cards = _deal(log, units, chosen.fresh, book, day)
    add_cards(book, cards)
    unit = np.concatenate([placed.unit, chosen.fresh])
    moved = np.concatenate([placed.moved, np.zeros(chosen.fresh.size, bool)])
    table = _table(log, book, cards, unit, moved, windows)
    new = table[table["is_new"]]
    return Dealing(
        table=table,
        caption=_caption(table, book, day),
        text=_text(new, chosen, placed, day),
        new=new,
        n_alike=chosen.n_alike,
        n_late=chosen.n_late,
        n_held_back=len(chosen.held_back),
        seed=seed,
        strategies=book.strategies,
        as_of=day,
    )


def dealt(
    ledger: str | os.PathLike[str], log: ApplicationLog, *, as_of: object = None
) -> pd.Series:
    """Return the strategy on the card of each application, for `agenda(log, strategy=...)`.

    Parameters
    ----------
    ledger
        The file that :func:`randomise_timing` writes.
    log
        The search.
    as_of
        Interviews after that day are left out. By default none is: an interview that lies ahead
        makes the agenda wait in any case.

    Returns
    -------
    pandas.Series
        Strategies (object) by `application_id`, of the applications whose latest interview has a
        card. The others follow `DAY_AFTER`, as where a Series leaves an application out.

    Raises
    ------
    ReadError, DataError
        If the ledger is not there, was changed, or is of another search.

    Examples
    --------
    >>> import tempfile, pandas as pd, jobsearch_stats as js
    >>> log = js.read_log(pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"],
    ...                                 "Decide by": ["2026-03-12"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cards = js.randomise_timing(log, [js.DAY_AFTER, js.BEFORE_DECISION], seed=1,
    ...                                 ledger=folder + "/trial.csv", as_of="2026-03-04")
    ...     plan = dealt(folder + "/trial.csv", log)
    >>> todo = js.agenda(log, as_of="2026-03-11", strategy=plan)
    >>> todo[["do_on", "action"]].astype(str).values.tolist()
    [['2026-03-11', 'follow_up']]
    """
    book = read_ledger(ledger, there=True)
    units = interviews(log, as_of=_last_day(log) if as_of is None else as_of)
    placed = place(book, log, units)
    latest = np.append(units.application[1:] != units.application[:-1], True)[: len(units)]
    rows = np.flatnonzero(placed.unit >= 0)
    rows = rows[latest[placed.unit[rows]]]
    by_name = {strategy.name: strategy for strategy in book.strategies}
    ids = log.applications.index[units.application[placed.unit[rows]]]
    values = book.cards["strategy"].iloc[rows].map(by_name).to_numpy(object)
    return pd.Series(values, index=ids, dtype=object, name="strategy")


def _last_day(log: ApplicationLog) -> pd.Timestamp:
    days = check_log(log).events["date"]
    return days.max() if len(days) else pd.Timestamp(2000, 1, 1)


def _check_strategies(strategies: Sequence[Strategy | str]) -> list[Strategy]:
    found = check_strategies(strategies)
    if len(found) < 2:
        raise SettingError(
            f"strategies has {found[0].name!r} alone, and there is nothing to deal. Pass two or "
            "more, such as [DAY_AFTER, BEFORE_DECISION].",
            name="strategies",
            value=strategies,
        )
    return found


def _check_seed(seed: object) -> int:
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool)
    if not whole or not 0 <= seed < 2**63:  # type: ignore[operator]
        raise SettingError(
            f"seed={seed!r} must be a whole number, 0 or more.", name="seed", value=seed
        )
    return int(seed)  # type: ignore[call-overload]


def _table(
    log: ApplicationLog,
    book: Ledger,
    cards: pd.DataFrame,
    unit: Places,
    moved: Bools,
    windows: Sequence[Windows],
) -> pd.DataFrame:
    """Return all cards, with the days on which each is due."""
    both = pd.concat([book.cards, cards], ignore_index=True) if len(book.cards) else cards.copy()
    number = {name: at for at, name in enumerate(s.name for s in book.strategies)}
    arm = both["strategy"].map(number).to_numpy(np.int64)
    for column, name in (("due_on", "first"), ("due_until", "last")):
        days = np.stack([getattr(window, name) for window in windows])
        days = np.append(days, np.full((len(windows), 1), NO_DAY), axis=1)  # -1: no interview
        both[column] = to_dates(days[arm, unit])
    both["company"] = log.applications["company"].reindex(both["application_id"]).array
    both["standing"] = pd.Series(
        np.select([unit < 0, moved], [GONE, MOVED], IN_THE_LOG), dtype="str"
    )
    both["is_new"] = np.arange(len(both)) >= len(book.cards)
    return both[list(COLUMNS)]


def _deal(
    log: ApplicationLog, units: Interviews, fresh: Places, book: Ledger, day: pd.Timestamp
) -> pd.DataFrame:
    """Return the new cards, as they go into the ledger."""
    before, n = len(book.cards), len(book.cards) + fresh.size
    card = np.arange(before + 1, n + 1)
    names = np.array([strategy.name for strategy in book.strategies], object)
    arm = arms(book.seed or 0, names.size, n)[before:]
    return pd.DataFrame(
        {
            "card": card,
            "block": block_of(card, names.size),
            "application_id": log.applications.index[units.application[fresh]].astype("str"),
            "interview_on": to_dates(units.start[fresh]),
            "strategy": pd.Series(names[arm], dtype="str"),
            "dealt_on": np.full(fresh.size, np.datetime64(day, "s")),
        }
    )


def _caption(table: pd.DataFrame, book: Ledger, day: pd.Timestamp) -> str:
    n = table["strategy"].value_counts()
    each = ", ".join(f"{n.get(s.name, 0):,} {s.name}" for s in book.strategies)
    return f"{_cards(len(table))} dealt: {each}. Seed {book.seed}, as of {_day(day, day)}."


def _cards(n: int, what: str = "") -> str:
    return f"{n:,} {what}{'card' if n == 1 else 'cards'}"


def _day(day: pd.Timestamp, today: pd.Timestamp) -> str:
    numbers = to_days(np.array([day, today], "datetime64[s]"))
    return day_words(int(numbers[0]), year_of(int(numbers[1])))


def _text(new: pd.DataFrame, chosen: Chosen, placed: Placed, today: pd.Timestamp) -> str:
    n_moved, n_gone = int(placed.moved.sum()), int((placed.unit < 0).sum())
    parts = [
        _new_cards(new, chosen, today),
        f"{_open_interviews(chosen.n_alike)} no card, as all strategies name the same days."
        if chosen.n_alike
        else "",
        f"{_open_interviews(chosen.n_late)} no card, as the days of one strategy are over: deal "
        "soon after an interview."
        if chosen.n_late
        else "",
        *map(_held_back, chosen.held_back[:_MOST_NAMED]),
        f"{_cards(n_moved)} of interviews that were dated anew: they stay as they were dealt."
        if n_moved
        else "",
        f"{_cards(n_gone)} of interviews that are not in the log any more." if n_gone else "",
    ]
    return " ".join(filter(None, parts))


def _open_interviews(n: int) -> str:
    return "1 open interview gets" if n == 1 else f"{n:,} open interviews get"


def _held_back(ids: tuple[str, str]) -> str:
    new, old = ids
    return (
        f"{new!r} gets no card yet: {old!r} has one for that day, and is not in the log any more. "
        f"If it is the same application, write {new!r} in its place into the ledger."
    )


def _new_cards(new: pd.DataFrame, chosen: Chosen, today: pd.Timestamp) -> str:
    why = chosen.n_alike or chosen.n_late or chosen.held_back  # the next sentences say why
    if not len(new):
        return "No new card." if why else "No new card: there is no open interview without one."
    shown = new.head(_MOST_NAMED if len(new) > _MOST_NAMED + 1 else len(new))
    names = shown["company"].fillna(shown["application_id"])
    days = ["never" if pd.isna(day) else _day(day, today) for day in shown["due_on"]]
    told = [
        f"{who}, {what} ({when})"
        for who, what, when in zip(names, shown["strategy"], days, strict=True)
    ]
    more = len(new) - len(shown)
    told += [f"{more:,} more"] * (more > 0)
    return f"{_cards(len(new), 'new ')}: {'; '.join(told)}."
