"""A small log of one's own in a file, and the workbench on it."""

from __future__ import annotations

from typing import Any

from jobsearch_stats import notebook
from jobsearch_stats.workbench import Workbench

HEADER = "Company,Position,Date applied,Interview,Interviewer,Phone,They decide by,Strengths\n"
ROWS = (
    "Acme,Analyst,2026-02-01,2026-03-02,Jana Novak,555-0100,2026-03-06,Ran a team of six\n"
    "Beta,Clerk,2026-02-03,2026-03-05,Tom Adeyemi,555-0101,2026-03-20,\n"
    "Gamma,Clerk,2026-02-05,,,,,\n"
)


def bench_of(source: Any = None, as_of: str = "2026-03-10", **given: Any) -> Workbench:
    return Workbench(notebook.open_log(source, as_of), **given)
