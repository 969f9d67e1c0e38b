"""A search as a report looks at it: each thing is worked out once, when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..agenda import agenda
from ..comparisons import Comparison, compared
from ..follow_ups import follow_ups
from ..funnel import Funnel, funnel
from ..log import ApplicationLog
from ..messages import Me
from ..outreach import outreach
from ..rates import Rates, response_rates
from ..silence import Chances, SilenceLimit, chance_of_reply, silence_limit
from ..silent_contacts import silent_contacts
from ..strategies import Strategy

WITHIN, BY_DAY, BELOW = 14, 60, 0.05
"""Days within which an answer counts in a rate; the last day on which one would still help; the
chance below which silence is not worth waiting for."""


@dataclass(frozen=True)
class Search:
    """A log, the day it is looked at from, and the rules it is put under.

    Attributes
    ----------
    log, as_of, strategy, stages, days, me
        As for :func:`jobsearch_stats.agenda`.
    title
        The heading of what is made of it; blank: by the name of `me`.
    redacted
        Whether the log has pseudonyms.
    """

    log: ApplicationLog
    as_of: pd.Timestamp
    strategy: Strategy
    stages: tuple[str, ...]
    days: int
    me: Me
    title: str
    redacted: bool

    @cached_property
    def todo(self) -> pd.DataFrame:
        """The agenda."""
        return agenda(
            self.log,
            as_of=self.as_of,
            strategy=self.strategy,
            stages=self.stages,
            days=self.days,
            me=self.me,
        )

    @cached_property
    def states(self) -> pd.DataFrame:
        """Where every contact stands."""
        return follow_ups(self.log, as_of=self.as_of, strategy=self.strategy, stages=self.stages)

    @cached_property
    def funnel(self) -> Funnel:
        """How far the applications came."""
        return funnel(self.log, as_of=self.as_of)

    @cached_property
    def tries(self) -> pd.DataFrame:
        """One row per approach."""
        return outreach(self.log, as_of=self.as_of)

    def rates(self, by: str | None = None) -> Rates:
        """Return how many approaches were answered."""
        return response_rates(self.tries, by=by, within=WITHIN)

    def compared(self, by: str) -> Comparison:
        """Return how many follow-ups were answered, by one of their columns."""
        return compared(self.tries, by=by, within=WITHIN)

    @cached_property
    def chances(self) -> Chances:
        """The chance of a reply after each number of silent days."""
        return chance_of_reply(self.tries, silent_days=range(BY_DAY), by_day=BY_DAY, by="stage")

    @cached_property
    def limit(self) -> SilenceLimit:
        """The day of silence from which on that chance is too small."""
        return silence_limit(
            self.tries, below=BELOW, by_day=BY_DAY, by="stage", strategy=self.strategy
        )

    @cached_property
    def silent(self) -> pd.DataFrame:
        """Who has not answered the latest approach."""
        return silent_contacts(self.log, self.tries, chances=self.chances, limit=self.limit)
