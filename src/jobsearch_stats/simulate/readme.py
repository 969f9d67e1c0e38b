"""The README of the sample, made from the cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .case import Case

_FILES = {
    "my_search.csv": "the spreadsheet, one row per application, as messy as people keep them: "
    "dates in four formats, promises in words, typos, a few cells that cannot be read, a blank "
    "row, a row without a company",
    "events.csv": "the same search as an event log, one row per event, with the columns of the "
    "data model; its last rows cannot be read, or not wholly",
    "linkedin_job_applications.csv": "the applications that went through LinkedIn, as LinkedIn "
    "exports them: month first, with times, and no outcome. The address and number in it are the "
    "applicant's own",
}

_MEANINGS = {
    "application_id": "A001, A002 and so on, in the order of applying",
    "date": "the day, ISO",
    "hour": "0 to 23, where it was noted",
    "kind": "what happened: applied, interview, thank_you, follow_up, reply and so on",
    "method": "phone, email, letter, in_person, video or portal",
    "outcome": "of a follow-up: no_answer, sent, voicemail, message_taken, spoke; of a reply: "
    "invited, neutral",
    "contact": "a name, or several joined by a semicolon",
    "contact_role": "hiring_manager, interviewer or hr, in the same order",
    "phone": "in the same order",
    "email": "in the same order",
    "decide_by": "the decision date that was promised, or the promise in words",
    "until": "the last day of an absence",
    "note": "anything",
    "company": "invented",
    "role": "the title",
    "source": "where it was found; this and what follows stands on an application's first row",
    "location": "invented",
    "fit": "how well it fits, 1 to 5, judged before the outcome",
    "wanted": "how much it is wanted, 1 to 5",
    "strengths": "why Robin is qualified",
    "reason_to_call": "something new to say",
    "contact_by": "how they prefer to be reached",
    "status": "as written",
    "notes": "anything",
    "Company": "invented",
    "Position": "the title",
    "Where found": "the source, in Robin's words",
    "Location": "invented",
    "Date applied": "in one of four formats, each cell readable in one way only",
    "Confirmation": "the day of the automatic acknowledgement",
    "Interview 1": "the day of the first interview",
    "Interview 2": "the day of the second",
    "Interviewer": "a name, or several",
    "Interviewer role": "hiring manager, interviewer or HR",
    "Phone": "in several spellings",
    "E-mail": "at example.com",
    "They decide by": "what was promised at the latest interview: words, or a date",
    "Thank you sent": "the day of the thank-you note",
    "Thank you card": "the day of the card that answered a rejection",
    "Follow-up 1": "the day of the first follow-up",
    "Follow-up 1 how": "and what came of it",
    "Follow-up 2": "the day of the second",
    "Follow-up 2 how": "and what came of it",
    "Reply": "the day of an answer that decided nothing",
    "Rejected on": "the day of the rejection",
    "Offer on": "the day of the offer",
    "Withdrew on": "the day on which Robin withdrew",
    "Away until": "the contact's last day away",
    "Do not contact": "the day on which they said never to call again",
    "Status": "free text with typos",
    "Next follow-up": "planned, not done",
    "Fit (1-5)": "judged before the outcome",
    "Want it (1-5)": "how much it is wanted",
    "Strengths": "why Robin is qualified",
    "Reason to call": "something new to say",
    "Contact by": "how they prefer to be reached",
    "Salary asked": "a column of Robin's own, kept untouched",
    "Notes": "anything",
    "Application Date": "month/day/year, with the time",
    "Contact Email": "the applicant's own",
    "Contact Phone Number": "the applicant's own",
    "Company Name": "invented",
    "Job Title": "the title",
    "Job Url": "at example.com",
    "Resume Name": "the file that was sent",
    "Question And Answers": "blank here; in real exports it can hold very private things",
}


def sample_readme(
    cases: Sequence[Case], *, columns: Mapping[str, Sequence[str]], day: str, seed: int
) -> str:
    """Return the README as Markdown: the files, their columns, and the cases with their answers."""
    lines = [
        "# The made-up sample",
        "",
        f"One job search of nine months that never took place. Its own day, its today, is {day}, a "
        "Tuesday. Robin Example, who searches, and all companies, people, numbers and addresses "
        "are invented: numbers are from the range 555-01xx, addresses at example.com.",
        "",
        "Made by `jobsearch-stats simulate --sample data/sample`; the same bytes every time "
        f"(seed {seed}). Do not edit these files: change what makes them.",
        "",
        *_table(("file", "what it is"), _FILES.items()),
    ]
    for name, names in columns.items():
        rows = ((f"`{column}`", _MEANINGS[column]) for column in names)
        lines += ["", f"## Columns of {name}", "", *_table(("column", "meaning"), rows)]
    lines += [
        "",
        "## The cases",
        "",
        "Most of the search is drawn at random. These applications are placed by hand, so that "
        f"every rule has its case on {day}. The state and the due day are those of the strategy "
        "DAY_AFTER.",
        "",
        *_table(("rule", "company", "role", "state", "due on", "agenda", "why"), map(_row, cases)),
        "",
    ]
    return "\n".join(lines)


def _row(case: Case) -> tuple[str, ...]:
    action = f"{case.action} {case.do_on}".strip()
    state = case.state or "not in the table"
    return (
        case.rules, case.company, case.role, state, case.due_on or "-", action or "-", case.why
    )  # fmt: skip


def _table(heads: Sequence[str], rows: object) -> list[str]:
    body = ["| " + " | ".join(row) + " |" for row in rows]  # type: ignore[attr-defined]
    return ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *body]
