"""What the search shows: where it loses, who answers, how long silence leaves hope, which strategy.

Every figure says its n and its window, and comes with the sentence that follows from it; where
there is nothing to draw, the sentence stands alone.
"""

from __future__ import annotations

from dataclasses import replace

from .. import findings, silent_contacts, timing
from ..adherence import adherence
from ..comparisons import Comparison
from ..plots import plot_funnel, plot_response_rates, plot_silence
from ..rates import Rates
from ..replay import replay
from ..strategies import BEFORE_DECISION, DAY_AFTER, NO_FOLLOW_UP
from ..tables import shown
from .drawing import drawn
from .markup import Table, below, decision, pair, paragraphs, section
from .phrases import said
from .search import BY_DAY, WITHIN, Search

_NAMED = 16
"""Silent contacts that a figure names: beyond so many it is higher than wide."""


def funnel_section(search: Search) -> str:
    """Return where the applications end, as a picture and a table."""
    found = search.funnel
    if not len(found.links):
        return section("funnel", "Where the search loses", decision(found.text or found.caption))
    stages = findings.stages(found).table
    stages = shown(stages[stages["n"] > 0])
    heading = f"What came of all applications. {found.text}"
    picture = drawn(
        lambda: plot_funnel(found),
        name="funnel",
        heading=heading,
        caption="All applications, the young ones too, from sent to where each one stands now.",
    )
    table = Table("stages", stages, {str(name): str(name) for name in stages}, found.caption)
    return section(
        "funnel",
        "Where the search loses",
        pair(decision(found.text) + table.html, picture),
    )


def rates_section(search: Search) -> str:
    """Return how often employers answer, and whether method and timing can be told to matter."""
    rates = search.rates("kind")
    can_tell = paragraphs(
        said(findings.up_to_date_sentence(search.log, as_of=search.as_of, within=WITHIN)),
        findings.dated_sentence(search.rates()),
    )
    method, promise, interview = map(search.compared, ("method", "timing", "since_interview"))
    return section(
        "rates",
        "Do they answer?",
        pair(
            decision(findings.answered_sentence(rates)) + can_tell,
            _rates_figure(rates, "rates", "How often approaches were answered"),
        ),
        below("Phone or e-mail?"),
        decision(findings.method_sentence(method)),
        _if_enough(method, "methods", "Follow-ups answered, by method"),
        below("Does the day matter?"),
        decision(*findings.timing_sentences(promise, interview)),
        _if_enough(promise, "timing", "Follow-ups answered, by the date that was promised"),
        _if_enough(interview, "since", "Follow-ups answered, by the days since the interview"),
    )


def _if_enough(comparison: Comparison, name: str, heading: str) -> str:
    """Return a figure where two groups at least are not thin; a sentence says the rest."""
    thin = comparison.rates.table["thin"]
    return _rates_figure(comparison.rates, name, heading) if (~thin).sum() > 1 else ""


def _rates_figure(rates: Rates, name: str, heading: str) -> str:
    if not rates.table["n"].sum():
        return ""
    return drawn(
        lambda: plot_response_rates(rates), name=name, heading=heading, caption=rates.caption
    )


def silence_section(search: Search) -> str:
    """Return how long silence leaves hope, and where today's contacts stand on that curve."""
    sentences = silent_contacts.silence_sentences(search.silent, search.limit, by_day=BY_DAY)
    return section(
        "silence",
        "They are silent: is it over?",
        pair(decision(*sentences) + paragraphs(search.limit.text), _silence_figure(search)),
    )


def _silence_figure(search: Search) -> str:
    chances = search.chances
    if chances.table["chance"].isna().all():
        return ""
    waiting = silent_contacts.marked(search.silent, by_day=BY_DAY).head(_NAMED)
    return drawn(
        lambda: plot_silence(chances, waiting=waiting, limit=search.limit),
        name="silence",
        heading=f"The chance of a reply by day {BY_DAY}, by the days of silence so far",
        caption=f"{chances.caption} {_named(search, len(waiting))}".strip(),
    )


def _named(search: Search, n: int) -> str:
    """Say how many of the silent contacts are named in the figure, if not all are."""
    silent = int((search.silent["silent_days"] < BY_DAY).sum())
    return f"Named are {n} of {silent:,}, those after an interview first." if n < silent else ""


def strategies_section(search: Search) -> str:
    """Return what strategies would have told you, and where you did otherwise."""
    own = search.strategy
    others = [s for s in (DAY_AFTER, BEFORE_DECISION, NO_FOLLOW_UP) if s.name != own.name]
    asked = [own, *(replace(s, country=own.country) for s in others)]
    told = replay(search.log, asked, as_of=search.as_of)
    heading = "The day after, or just before they decide?"
    if not told.n_interviews:
        return section("strategies", heading, decision(timing.told_sentence(told)))
    did = [adherence(search.log, strategy, as_of=search.as_of) for strategy in told.strategies]
    ways = timing.adherence_table(did)
    firsts = timing.told_table(told).drop(columns=[s.name for s in asked if not s.max_messages])
    return section(
        "strategies",
        heading,
        pair(
            decision(timing.told_sentence(told), timing.adherence_sentence(did))
            + paragraphs(told.text),
            Table("did", ways, timing.headings(ways, told), did[0].caption).html,
        ),
        below("The first call after each interview"),
        Table(
            "told",
            firsts,
            timing.headings(firsts, told),
            told.caption,
            most=30,
            printed=6,
            rest="Notebook 04 has them all: jobsearch-stats lab FILE.",
            sortable=True,
        ).html,
    )
