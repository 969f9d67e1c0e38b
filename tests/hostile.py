"""Texts that a company, a person or a note may hold, and that must do no harm anywhere."""

from __future__ import annotations

import pandas as pd

import jobsearch_stats as js

FORMULA = '=HYPERLINK("http://x.example")'
TEXTS = (
    FORMULA,
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    'O\'Brien; "Sons", \n Co',
    "שלום חברה",
    "🦊 Fox & Söhne 👩‍💻",
    "_x0041_",
    "https://x.example/?a=1&b=2",
    "0049 30 1",
    "1e5",
    "'tis",
)
"""Those that come out as they went in."""

BROKEN = {"Ac\x00me\x1b[31m": "Acme[31m", "half \ud83d": "half \ufffd", "a\r\nb\rc": "a\nb\nc"}
"""Those of which a part cannot be held, with what is left."""


def hostile_log() -> js.ApplicationLog:
    """Return a log in which every text is hostile, the names of its own columns too."""
    texts = [*TEXTS, *BROKEN]
    ids = [f"a{number}" for number in range(len(texts))]
    columns = ("company", "role", "source", "url", "status", "notes", "strengths", FORMULA)
    applications = pd.DataFrame(dict.fromkeys(columns, texts), index=ids)
    rows = {"application_id": ids, "date": "2026-03-03", "kind": "interview"}
    rows |= dict.fromkeys(("contact", "phone", "email", "note"), texts)
    return js.ApplicationLog.from_frames(applications, pd.DataFrame(rows))


def held(text: str) -> str:
    """Return what a cell has of a text."""
    return BROKEN.get(text, text)
