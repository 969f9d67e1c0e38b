"""What one's own log says about answers, in sentences.

The sentences end the sections of the notebook on response rates. Each states a decision, and
"cannot tell yet" is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd

from .comparisons import ALPHA, MESSAGES, Comparison, lowered, verdict_sentence
from .delays import DecisionDelay
from .durations import Curves
from .funnel import Funnel
from .log import ApplicationLog
from .rates import Rates
from .results import Result, chance_text, percent
from .silence import SilenceLimit
from .stage_times import StageTimes
from .summary import counted
from .terminal import day_name

_FEWEST = 10  # approaches; with fewer, no rate is put into a sentence
_WIDE = 0.2  # undated answers that leave the rate this much open make it unknowable
_ANSWERS = 5

AnyResult = TypeVar("AnyResult", bound=Result)


def numbers(result: AnyResult) -> AnyResult:
    """Return the result without its sentence, which the section's last cell says."""
    return replace(result, text="")


def medians(curves: Curves) -> Result:
    """Return the medians of survival curves as a result that shows itself."""
    return Result(table=curves.medians, caption=curves.caption)


def limits(limit: SilenceLimit) -> Result:
    """Return from how many silent days on little is left, under headings that say what they are.

    Parameters
    ----------
    limit
        What :func:`jobsearch_stats.silence_limit` gives.
    """
    below = f"below {percent(limit.below)}"
    headings = {"day": f"{below} from day", "day_surely": "with its upper end from day"}
    table = limit.table.rename(columns=headings)
    return Result(table=table, caption=limit.caption, text=limit.text)


def stages(result: Funnel, *names: str) -> Result:
    """Return some stages of a funnel, with the share of all that reached them.

    Parameters
    ----------
    result
        The funnel.
    names
        The stages; all, if left out.
    """
    table = result.table
    if names:
        table = table[table["stage"].isin(names)]
    columns = [*result.by, "stage", "n", "n_reached", "rate", "ci_low", "ci_high", "thin"]
    table = table[columns].rename(columns={"n_reached": "reached it"}).reset_index(drop=True)
    for name in result.by:
        table[name] = table[name].astype("object").where(table[name].notna(), "not known")
    return Result(table=table, caption=result.caption)


def figures_table(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures for people: what, of whom, how much, whence, and the caveat."""
    gain = figures["unit"] != "share"
    share = [percent(rate) for rate in figures["rate"].tolist()]
    known = figures["ci_low"].notna()
    ends = [
        f" ({percent(low, sign=False)} to {percent(high)})" if there else ""
        for low, high, there in zip(figures["ci_low"], figures["ci_high"], known, strict=True)
    ]
    figure = [
        f"{text} more" if more else f"{text}{end}"
        for text, more, end in zip(share, gain, ends, strict=True)
    ]
    source = figures["source"] + " (" + figures["year"].astype("str") + ")"
    return figures[["topic", "group"]].assign(
        figure=figure, of=figures["denominator"], source=source, caveat=figures["caveat"]
    )


# --- the sentences ---------------------------------------------------------------------------


def up_to_date_sentence(log: ApplicationLog, *, as_of: pd.Timestamp, within: int) -> str:
    """Say whether the last entry is so old that answers may be missing."""
    days = log.events.loc[log.events["date"] <= as_of, "date"]
    if not len(days):
        return (
            f"Nothing in this log is dated up to {day_name(as_of, year=True)}, so there is nothing "
            "to count: write down the day of each application first."
        )
    last = days.max()
    gap = (as_of - last).days
    said = f"The last entry is of {day_name(last, year=True)}"
    if gap <= within:
        return f"{said}: the log is up to date, go on."
    return (
        f"{said}, {counted(gap, 'day')} before {day_name(as_of, year=True)}. If answers came since "
        "and were not written down, every rate here is too low. Bring the log up to date, or set "
        f'AS_OF = "{last:%Y-%m-%d}" in the first cell.'
    )


def dated_sentence(rates: Rates) -> str:
    """Say whether answers without a day, or the want of any answer, leave the rates unknown."""
    n, k, undated = (int(rates.table[c].sum()) for c in ("n", "n_responses", "n_undated"))
    if not n + undated:
        return rates.text or "There is no approach to count yet."
    if not undated:
        if k:
            return "Every answer in it has a day: the rates below leave none out."
        return (
            f"Not one answer within {counted(rates.within, 'day')} is in this log. If some came "
            "and were not written down (the export of a job site has none), every rate below is "
            "too low: add the days of replies and rejections first."
        )
    advice = "Put in the days of replies and rejections as far as you know them."
    if undated / (n + undated) >= _WIDE:
        return f"{rates.text} So the rate cannot be known, and what is below may mislead. {advice}"
    return f"{rates.text} That leaves little open. {advice}"


def answered_sentence(rates: Rates) -> str:
    """Say how many applications a few answers take."""
    table = rates.table[(rates.table["kind"] == "application").to_numpy()]
    n = int(table["n"].sum())
    window = f"within {counted(rates.within, 'day')}"
    if n < _FEWEST:
        return (
            f"Cannot tell yet: {counted(n, 'application')} with a known answer or silence "
            f"{window}, and below {_FEWEST} a rate says nothing. Send the next ones and look again."
        )
    row = table.iloc[0]
    k, low, high = int(row["n_responses"]), float(row["ci_low"]), float(row["ci_high"])
    what = "a positive answer" if rates.counts == "positive" else "an answer"
    ends = f"{percent(low, sign=False)} to {percent(high)}"
    said = f"Of {counted(n, 'application')}, {k:,} got {what} {window} ({percent(k / n)}; {ends})"
    if not k:
        return (
            f"{said}: at best one in {int(1 / high)}. If no answer is missing in the log, have "
            "somebody read what you send before you send more of it."
        )
    return (
        f"{said}: reckon with {np.ceil(_ANSWERS / high):,.0f} to {np.ceil(_ANSWERS / low):,.0f} "
        f"applications for {_ANSWERS} of them, and keep sending while you wait."
    )


def method_sentence(methods: Comparison) -> str:
    """Say whether calls and e-mails can be told apart."""
    return verdict_sentence(
        methods,
        apart="Where it is open to you, take the one with more answers, and look again in a month.",
        same="So take the one that they prefer, else the one that you find easier.",
        alone="Only a log with both could tell: use both for a while, if both are open to you.",
    )


def timing_sentences(promise: Comparison, interview: Comparison) -> tuple[str, ...]:
    """Say whether the day of a follow-up can be told to matter."""
    compared = not np.isnan([c.differences.global_p for c in (promise, interview)]).all()
    late = (
        " Who was called late had waited longer and was still silent, so fewer answers on late "
        "days would not show that calling late costs any."
    )
    decision = (
        "Lean towards the days with more answers, but not on this alone."
        if promise.tells_apart or interview.tells_apart
        else "So keep to the day after the date they named (R1): your log names no better one."
    )
    return (
        f"By the date they named: {lowered(verdict_sentence(promise))}",
        f"By the days since the interview: {lowered(verdict_sentence(interview))}",
        f"{decision}{late if compared else ''}",
    )


def calendar_sentences(
    comparisons: Mapping[str, Comparison], tests: Result, *, tries: pd.DataFrame
) -> tuple[str, ...]:
    """Say whether any day or hour is better, once it is corrected for how often that was asked.

    Parameters
    ----------
    comparisons
        The comparisons, by question.
    tests
        What `corrected` made of them.
    tries
        What :func:`jobsearch_stats.outreach` gives.
    """
    asked = len(comparisons)
    said = [
        f"{name}: {lowered(_corrected(comparison, float(p), float(p_holm), asked))}"
        for (name, comparison), p, p_holm in zip(
            comparisons.items(), tests.table["p_value"], tests.table["p_holm"], strict=True
        )
    ]
    found = any(
        c.tells_apart and p < ALPHA
        for c, p in zip(comparisons.values(), tests.table["p_holm"], strict=True)
    )
    mondays = int(((tries["kind"] == "follow_up") & (tries["weekday"] == "Monday")).sum())
    decision = (
        "Prefer what brought more answers where it costs you nothing, and look again in a month."
        if found
        else "No day and no hour is shown to be better: call on the day that is due."
    )
    monday = (
        f"Your log has {counted(mondays, 'follow-up') if mondays else 'no follow-up'} on a "
        "Monday: never on a Monday (R3) is etiquette, not evidence."
    )
    return (*said, f"{decision} {monday}")


def _corrected(comparison: Comparison, p: float, p_holm: float, asked: int) -> str:
    if p < ALPHA <= p_holm:
        return (
            f"The groups look different (p = {chance_text(p)}), but {asked} such questions are "
            "asked here, and of so many one easily comes out like this by chance (corrected, p = "
            f"{chance_text(p_holm)}): you cannot tell them apart yet."
        )
    return verdict_sentence(comparison)


def message_sentence(messages: Comparison) -> str:
    """Say whether a second message is worth sending."""
    table = messages.rates.table
    second = table[(table["message"] == MESSAGES[1]).to_numpy()]
    n = int(second["n"].sum())
    days = counted(messages.rates.within, "day")
    if n < _FEWEST:
        sent = f"{counted(n, 'second message')} watched for {days}" if n else "no second message"
        return (
            f"Cannot tell yet: the log has {sent}. Send the second one a week after the first "
            "(R8), and no third (R5)."
        )
    row = second.iloc[0]
    k, low, high = int(row["n_responses"]), row["ci_low"], row["ci_high"]
    rate = f"{k:,} of {n:,} second messages were answered within {days}"
    ends = f"{percent(low, sign=False)} to {percent(high)}"
    worth = (
        "a second one hardly brings any, so one message is enough"
        if high < ALPHA
        else "a second one still brings some, so send it (R8), and no third (R5)"
        if k
        else "whether it brings any cannot be told yet: keep to the two of the rules (R8)"
    )
    return (
        f"{rate} ({ends}): {worth}. {verdict_sentence(messages)} Only "
        "those who did not answer the first get a second, so the two are not alike."
    )


def duration_sentence(curves: Curves) -> str:
    """Say for how long a silence is the usual case."""
    table = curves.medians
    known = table[table["median"].notna() & (table["n"] >= _FEWEST)]
    if not len(known):
        return f"{curves.text} From how many days on a silence is unusual cannot be told yet."
    said = " and ".join(
        f"{counted(int(low), 'day')} after an {stage}"
        for stage, low in zip(known["stage"].astype("str"), known["ci_low"], strict=True)
    )
    return f"{curves.text} A silence of less than {said} is the usual case: do not read it as a no."


def delay_sentence(delay: DecisionDelay) -> str:
    """Say what a promised date is worth."""
    row = delay.summary.iloc[0]
    if row["n"] < _FEWEST or not row["n_answers"]:
        return f"{delay.text} Ask at each interview when they decide, and write it down (R11)."
    return (
        f"{delay.text} The day to call stays the day after the date (R1), and a silence on the "
        "date itself is no answer."
    )


def funnel_sentences(
    whole: Funnel, sources: Funnel, methods: Funnel, times: StageTimes
) -> tuple[str, ...]:
    """Say where most applications are lost, whether a source or method stands out, and how long.

    Parameters
    ----------
    whole, sources, methods
        The funnel, without groups, by source and by method.
    times
        The time in each stage.
    """
    apart = [each.text.removeprefix(whole.text).strip() for each in (sources, methods)]
    return tuple(filter(None, (whole.text, *apart, times.text)))


def published_sentence(figures: pd.DataFrame, rates: Rates) -> str:
    """Set one's own positive answers beside the best-known field experiment.

    Parameters
    ----------
    figures
        What :func:`jobsearch_stats.benchmarks_published` gives.
    rates
        One's own positive responses, by kind.
    """
    theirs = figures.iloc[0]
    own = rates.table[(rates.table["kind"] == "application").to_numpy()]
    n, k = int(own["n"].sum()), int(own["n_responses"].sum())
    yours = (
        f"of your {counted(n, 'application')} {k:,} got a positive answer within "
        f"{counted(rates.within, 'day')}"
        if n
        else "yours cannot be counted yet"
    )
    return (
        f"Of {theirs['n']:,} made-up résumés {theirs['n_responses']:,} were called back "
        f"({percent(theirs['rate'])}; published {theirs['year']}); {yours}. Other people, jobs and "
        "years, and another count: nothing follows from the comparison. Go by your own log."
    )
