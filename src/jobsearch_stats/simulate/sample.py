"""The made-up sample: one search of nine months, in three files.

The search is simulated, and the cases that show the rules are placed in it by hand. Robin
Example, who searches, does not exist; nor does anybody else in it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from ..sample import SAMPLE_DAY
from ..schema import EVENT_COLUMNS
from .case import Case
from .cases import CASES
from .model import SearchModel, Source
from .readme import sample_readme
from .search import simulate_log
from .spreadsheet import spreadsheet

SEED = 2071
N_SIMULATED = 100
DAYS = 273

SEEKER = {"name": "Robin Example", "phone": "(202) 555-0199", "email": "robin@example.com"}

MODEL = SearchModel(
    sources=(
        Source("LinkedIn", 0.42, 0.06),
        Source("Company site", 0.24, 0.08),
        Source("Job board", 0.20, 0.05),
        Source("Referral", 0.08, 0.40),
        Source("Recruiter", 0.06, 0.25),
    ),
    chance_before_promise=0.03,
    chance_after_promise=0.11,
    chance_without_promise=0.07,
    positive_chance=0.25,
    out_of_office_chance=0.0,
)
"""The truth behind the simulated part: few interviews, and employers who mostly answer."""

_FACTS = (
    "source", "location", "fit", "wanted", "strengths", "reason_to_call", "contact_by", "status",
    "notes",
)  # fmt: skip

EVENT_FILE_COLUMNS = (
    *(name for name in EVENT_COLUMNS if name != "source_row"), "company", "role", *_FACTS,
)  # fmt: skip

_LINKEDIN_COLUMNS = (
    "Application Date", "Contact Email", "Contact Phone Number", "Company Name", "Job Title",
    "Job Url", "Resume Name", "Question And Answers",
)  # fmt: skip


def write_sample(folder: str | Path) -> list[Path]:
    """Write the sample's files into a folder: the same bytes every time.

    Parameters
    ----------
    folder
        Where to; it is made if it is not there.

    Returns
    -------
    list of pathlib.Path
        `my_search.csv` (a spreadsheet, messy as people keep them), `events.csv` (the event
        log), `linkedin_job_applications.csv` and `README.md`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    applications, events = sample_frames()
    tables = {
        "my_search.csv": spreadsheet(applications, events),
        "events.csv": _event_file(applications, events),
        "linkedin_job_applications.csv": _linkedin_file(applications, events),
    }
    for name, table in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows(table.fillna("").astype("str").to_numpy().tolist())
    columns = {name: list(table.columns) for name, table in tables.items()}
    readme = sample_readme(CASES, columns=columns, day=SAMPLE_DAY, seed=SEED)
    (folder / "README.md").write_text(readme, encoding="utf-8", newline="\n")
    return [folder / name for name in (*tables, "README.md")]


def sample_frames() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the search before it is written down: its applications and its events.

    Returns
    -------
    tuple of pandas.DataFrame
        `applications`, index `application_id`, in the order of applying, with `case`, the
        number of the case or -1; and `events`, with `said`, the promise in words.
    """
    simulated, events = _simulated()
    placed, placed_events = _placed(CASES)
    applications = pd.concat([simulated, placed])
    events = pd.concat([events, placed_events], ignore_index=True)
    first = events.groupby("application_id")["date"].min()
    order = first.loc[applications.index].to_frame("first").assign(id=applications.index)
    applications = applications.loc[order.sort_values(["first", "id"]).index]
    new = pd.Series([f"A{n:03d}" for n in range(1, len(applications) + 1)], applications.index)
    events["application_id"] = events["application_id"].map(new)
    applications = applications.set_axis(pd.Index(new, name="application_id"))
    kinds = pd.Categorical(events["kind"], EVENT_COLUMNS["kind"].categories)  # type: ignore[attr-defined]
    events = events.assign(order=kinds.codes).sort_values(["application_id", "date", "order"])
    return applications, events.drop(columns="order").reset_index(drop=True)


def _simulated() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the part of the search that is drawn from the model."""
    start = pd.Timestamp(SAMPLE_DAY) - pd.Timedelta(days=DAYS)
    log = simulate_log(N_SIMULATED, seed=SEED, start=start, days=DAYS, model=MODEL)
    applications = log.applications[["company", "role", "source", "location", "fit", "wanted"]]
    events = log.events.astype({"application_id": "str", "kind": "str", "contact_role": "str"})
    events["method"] = events["method"].astype("str")
    events["outcome"] = events["outcome"].astype("str")
    days = (events["decide_by"] - events["date"]).dt.days
    events["said"] = days.map(_PROMISES)
    wide = pd.DataFrame("", applications.index, [f for f in _FACTS if f not in applications])
    applications = applications.join(wide).assign(case=-1)
    for n, note in enumerate(_NOTES):
        applications.loc[applications.index[n :: 3 * len(_NOTES)], "notes"] = note
    return applications, events


_NOTES = (
    "bus 12, forty minutes each way",
    'the advert says "a family", careful',
    "asked for two references",
    "saw it too late; applied on the last day",
)

_PROMISES = {3: "three days", 5: "5 days", 7: "a week", 10: "10 days", 14: "2 weeks"}


def _placed(cases: tuple[Case, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the hand-placed cases as applications and events."""
    ids = [f"case{n:02d}" for n in range(len(cases))]
    places = ("Springvale", "Lakemoor", "Remote")
    applications = pd.DataFrame(
        {
            "company": [case.company for case in cases],
            "role": [case.role for case in cases],
            "location": [places[n % len(places)] for n in range(len(cases))],
            **{
                name: [getattr(case, name) for case in cases]
                for name in _FACTS
                if name != "location"
            },
            "case": range(len(cases)),
        },
        index=ids,
    )
    events = pd.DataFrame(
        [
            {**vars(event), "application_id": key, **_contact_of(case, event.kind)}
            for key, case in zip(ids, cases, strict=True)
            for event in case.events
        ]
    ).replace("", None)
    for name in ("date", "decide_by", "until"):
        events[name] = pd.to_datetime(events[name]).astype("datetime64[s]")
    return applications, events.astype({"hour": "Int8"})


def _contact_of(case: Case, kind: str) -> dict[str, str]:
    if kind == "applied":
        return {}
    return {name: getattr(case, name) for name in ("contact", "contact_role", "phone", "email")}


def _event_file(applications: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the event log as its keeper wrote it: clean, but for a few rows."""
    table = events.join(applications[["company", "role"]], on="application_id")
    facts = applications.astype({"fit": "Int64", "wanted": "Int64"})[list(_FACTS)].astype("string")
    first = ~table.duplicated("application_id")
    for name in _FACTS:  # what holds for an application stands on its first row
        table[name] = table["application_id"].map(facts[name]).where(first)
    # a promise in words on some rows, a date on the others
    spoken = table["said"].notna() & (np.arange(len(table)) % 3 == 0)
    for name in ("date", "decide_by", "until"):
        table[name] = table[name].dt.strftime("%Y-%m-%d")
    table["decide_by"] = table["decide_by"].where(~spoken, table["said"])
    undated = table["said"].notna() & table["decide_by"].isna()
    table["decide_by"] = table["decide_by"].where(~undated, table["said"])
    table = table.astype("object").where(table.notna(), "")[list(EVENT_FILE_COLUMNS)]
    return pd.concat([table, _slips(table)], ignore_index=True)


def _slips(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows at the end of the event log that cannot be read, or not wholly."""
    blank = dict.fromkeys(EVENT_FILE_COLUMNS, "")
    first = {name: str(table[name].iloc[0]) for name in ("application_id", "company", "role")}
    return pd.DataFrame(
        [
            blank,
            {**blank, **first, "date": "2025-06-31", "kind": "acknowledgement",
             "note": "there is no such day"},
            {**blank, **first, "date": "2025-07-01", "kind": "coffee",
             "note": "met somebody who knows somebody"},
            {**blank, **first, "date": "", "kind": "thank_you", "note": "when was that?"},
        ]
    )  # fmt: skip


def _linkedin_file(applications: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return what LinkedIn would export: month first, with times, and no outcome.

    The address and number in it are the applicant's own.
    """
    mine = applications[applications["source"] == "LinkedIn"]
    sent = events[events["kind"] == "applied"].set_index("application_id")["date"].loc[mine.index]
    minute = np.arange(len(mine)) * 37 % 720  # some time between noon and midnight
    hour = minute // 60
    time = [f"{h or 12}:{m:02d} PM" for h, m in zip(hour, minute % 60, strict=True)]
    parts = zip(sent.dt.month, sent.dt.day, sent.dt.year % 100, time, strict=True)
    table = pd.DataFrame(
        {
            "Application Date": [f"{m}/{d}/{y:02d}, {t}" for m, d, y, t in parts],
            "Contact Email": SEEKER["email"],
            "Contact Phone Number": SEEKER["phone"],
            "Company Name": mine["company"].to_numpy(),
            "Job Title": mine["role"].to_numpy(),
            "Job Url": [f"https://jobs.example.com/{key.lower()}" for key in mine.index],
            "Resume Name": "robin_example_cv.pdf",
            "Question And Answers": "",
        }
    )
    return table[list(_LINKEDIN_COLUMNS)]
