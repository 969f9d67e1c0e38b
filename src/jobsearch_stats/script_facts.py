"""What a script refers to: when and how you met, when you wrote, what you left before."""

from __future__ import annotations

import pandas as pd

from .log import ApplicationLog

_SPOKEN = ("voicemail", "message_taken")


def script_facts(log: ApplicationLog, ids: pd.Index, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what the scripts of some applications refer to, as known on a day.

    Parameters
    ----------
    log
        The search.
    ids
        Ids of applications.
    as_of
        Events after it do not exist.

    Returns
    -------
    pandas.DataFrame
        Index `application_id`, as asked for; columns `met_on`, `met_by` (the latest interview or
        talk), `wrote_on` (the latest application), `last_message_by`, named like the keywords of
        :func:`voicemail_script`; None where it is not known.
    """
    events = log.events
    events = events[events["application_id"].isin(ids) & (events["date"] <= as_of)]
    kind, outcome = events["kind"], events["outcome"]
    follow_up = kind == "follow_up"
    spoke = follow_up & (outcome == "spoke")
    met = _last(events[(kind == "interview") | spoke])
    # one speaks on the telephone, unless the log says otherwise
    met_by = (
        met["method"]
        .astype("object")
        .mask(met["method"].isna() & (met["kind"] == "follow_up"), "phone")
    )
    left = _last(events[follow_up & ~spoke & (outcome != "no_answer").fillna(True)])
    left_by = left["method"].astype("object").mask(left["outcome"].isin(_SPOKEN), "phone")
    facts = pd.DataFrame(
        {
            "met_on": met["date"].reindex(ids),
            "met_by": met_by.reindex(ids),
            "wrote_on": _last(events[kind == "applied"])["date"].reindex(ids),
            "last_message_by": left_by.reindex(ids),
        }
    ).astype("object")
    return facts.where(facts.notna(), None)


def _last(events: pd.DataFrame) -> pd.DataFrame:
    latest = events.drop_duplicates("application_id", keep="last")
    return latest.set_axis(latest["application_id"].astype("str"), axis=0)
