"""The default follow-up rules in DuckDB's SQL: what a good query of a fast engine costs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from jobsearch_stats.log import ApplicationLog
from jobsearch_stats.schema import KINDS, OUTCOMES, STATES, STATUS_KINDS

_HERE = Path(__file__).parent

_MACROS = """
CREATE MACRO allowed(d) AS
    d + CASE isodow(d) WHEN 6 THEN 3 WHEN 7 THEN 2 WHEN 1 THEN 1 ELSE 0 END;
CREATE MACRO words(d) AS
    dayname(d) || ' ' || day(d) || ' ' || monthname(d)
    || CASE WHEN year(d) = {year} THEN '' ELSE ' ' || year(d) END;
CREATE MACRO moved(raw) AS
    CASE isodow(raw)
        WHEN 1 THEN ': not on a Monday'
        WHEN 6 THEN ': not on a weekend, not on a Monday'
        WHEN 7 THEN ': not on a weekend, not on a Monday'
        ELSE ''
    END;
CREATE MACRO rule(raw) AS CASE WHEN isodow(raw) IN (1, 6, 7) THEN ', R3' ELSE '' END;
CREATE MACRO n_words(n) AS
    CASE n WHEN 2 THEN 'Two messages' WHEN 3 THEN 'Three messages' ELSE n || ' messages' END;
CREATE MACRO kind_of(n) AS {kinds}[n + 1];
CREATE MACRO status_of(n) AS {statuses}[n + 1];
"""

_SAME = ("about", "a", "b", "n", "due_on", "state", "many_attempts")
_JOIN = "JOIN texts ON " + " AND ".join(f"cases.{c} IS NOT DISTINCT FROM texts.{c}" for c in _SAME)


def _filled(query: str, parts: dict[str, str]) -> str:
    for name, text in parts.items():
        query = query.replace(name, text)
    return query


class Peer:
    """A log loaded into DuckDB's memory, and the query that answers as `follow_ups` does.

    It names applications by number and leaves out what `follow_ups` passes on (company, role,
    people): that spares it work.
    """

    def __init__(self, log: ApplicationLog, *, as_of: str, threads: int = 2) -> None:
        self.as_of = dt.date.fromisoformat(as_of)
        self.con = duckdb.connect(config={"threads": threads})
        for name, values in (
            ("kind", KINDS),
            ("outcome", OUTCOMES),
            ("state", STATES),
            ("status", STATUS_KINDS),
        ):
            self.con.execute(f"CREATE TYPE {name} AS ENUM {values}")
        self.con.execute(
            _MACROS.format(year=self.as_of.year, kinds=list(KINDS), statuses=list(STATUS_KINDS))
        )
        self._load(log)
        query = (_HERE / "peer.sql").read_text(encoding="utf-8")
        reason = (_HERE / "peer_reason.sql").read_text(encoding="utf-8")
        with_reasons = {"@texts": reason, "@column": ",\n    reason", "@join": _JOIN}
        self.query = {
            True: _filled(query, with_reasons),
            False: _filled(query, dict.fromkeys(with_reasons, "")),
        }

    def _load(self, log: ApplicationLog) -> None:
        dated = ["date", "kind", "outcome", "decide_by", "until"]
        events = log.events[dated].assign(application=log.events["application_id"].cat.codes)
        applications = pd.DataFrame(
            {
                "application": np.arange(len(log.applications), dtype=np.int32),
                "status_kind": log.applications["status_kind"].to_numpy(),
            }
        )
        self.con.register("events_frame", events)
        self.con.register("applications_frame", applications)
        self.con.execute(
            "CREATE TABLE events AS SELECT application::INTEGER AS application, "
            "date::DATE AS date, kind::VARCHAR::kind AS kind, outcome::VARCHAR::outcome AS outcome,"
            " decide_by::DATE AS decide_by, until::DATE AS until FROM events_frame"
        )
        self.con.execute(
            "CREATE TABLE applications AS SELECT application, "
            "status_kind::VARCHAR::status AS status_kind FROM applications_frame"
        )
        self.con.unregister("events_frame")
        self.con.unregister("applications_frame")

    def run(self, *, reasons: bool) -> dict[str, np.ndarray]:
        """Return the answer's columns, in no particular order of rows."""
        return self.con.execute(self.query[reasons], {"as_of": self.as_of}).fetchnumpy()
