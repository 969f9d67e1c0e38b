"""Known exports with one row per event: mails, and activities of a work-search log."""

from __future__ import annotations

import pandas as pd

from importing.reading import exports, happened, one, problems, read


def test_justajobapp_has_a_row_for_each_mail() -> None:
    log = read(
        "Company Name,Application Status,Received At,Job Title,Subject,Sender\n"
        'Acme,Application confirmation,"Mon, 02 Feb 2026 09:15:00 +0000",Dev,Thank you,'
        "no-reply@example.com\n"
        'Acme,Interview invitation,"Tue, 10 Feb 2026 14:00:00 +0000",Dev,Let us talk,'
        "Ann Example <ann@example.com>\n"
        'Acme,Assessment sent,"Thu, 12 Feb 2026 08:30:00 +0000",Dev,A task,ann@example.com\n'
        "Beta,Rejection,2026-02-11 10:00:00,Ops,Your application,jobs@example.net\n"
        "Beta,Offer made,2026-02-20 10:00:00,Ops,Good news,jobs@example.net\n"
        "Gamma,Hiring freeze notification,2026-02-11 10:00:00,Ops,On hold,hr@example.org\n"
        "Delta,Did not apply - inbound request,2026-02-11 10:00:00,Ops,Hello,hr@example.org\n"
        "Epsilon,False positive,2026-02-11 10:00:00,Ops,Sale,shop@example.org\n"
        "Zeta,Withdrew application,2026-02-11 10:00:00,Ops,Withdrawn,hr@example.org\n"
    )
    assert exports(log) == ["read as a JustAJobApp export"]
    assert happened(log) == [
        ("2026-02-02", "acknowledgement"),
        ("2026-02-10", "reply"),
        ("2026-02-11", "rejection"),
        ("2026-02-11", "reply"),
        ("2026-02-11", "withdrawn"),
        ("2026-02-12", "reply"),
        ("2026-02-20", "offer"),
    ]
    replies = log.events[log.events["kind"] == "reply"]
    assert replies["outcome"].tolist() == ["invited", "neutral", "negative"]
    assert replies["note"].tolist() == ["Let us talk", "A task", "On hold"]
    assert one(log, "acknowledgement")["hour"] == 9
    # nobody reads what is sent to "no-reply"
    assert log.events["email"].isna().tolist().count(True) == 1
    assert pd.isna(one(log, "acknowledgement")["email"])
    assert replies["email"].tolist()[0] == "ann@example.com"
    assert [value for _, column, value in problems(log, "noted") if column == "Sender"] == [
        "no-reply@example.com"
    ]
    rejected = log.problems[log.problems["severity"] == "rejected"]
    assert rejected["problem"].tolist() == [
        "they wrote first: not applied to",
        "the export says that this mail is no part of an application",
    ]


def test_justajobapp_without_a_company_names_the_sender_and_says_so() -> None:
    log = read(
        "Date Received,Sender Name,Sender Email,Subject,Status Label\n"
        '"Mon, 02 Feb 2026 09:15:00 -0500",Acme Careers,noreply@example.com,Thanks,'
        "Application Confirmation\n"
        '"Wed, 11 Feb 2026 10:00:00 -0500",Acme Careers,careers@example.com,News,Rejection\n'
    )
    assert happened(log) == [("2026-02-02", "acknowledgement"), ("2026-02-11", "rejection")]
    assert log.applications["company"].tolist() == ["Acme Careers"]
    said = log.problems.set_index("column")["problem"].to_dict()
    assert said["Sender Name"] == "the export names no company: the sender's name stands for it"


WORK_SEARCH = (
    "Date of Activity,Week Starting,Work Search Activity,Company Name,Position Title,Type of Job,"
    "Location,Contact Method,Person Contacted,Application Status,Results,Follow-up Date,"
    "Salary Range,Notes\n"
)


def test_a_work_search_log_has_a_row_for_each_activity() -> None:
    log = read(
        WORK_SEARCH
        + "02/03/2026,02/01/2026,Submitted application,Acme,Clerk,Office,Austin,Online,,Pending,"
        "Application filed,02/10/2026,,first\n"
        "02/12/2026,02/08/2026,Phone interview,Acme,Clerk,Office,Austin,Phone,Ann,Pending,,,,\n"
        "02/05/2026,02/01/2026,Job fair,,,,Austin,In person,Bob,,,,,\n"
        "02/06/2026,02/01/2026,Registered with agency,Temps,,,,,,,,,,\n"
        "02/07/2026,02/01/2026,Polished shoes,Acme,Clerk,,,,,,,,,\n"
        "02/19/2026,02/15/2026,Followed up,Acme,Clerk,Office,,Email,Ann,Pending,,,,\n"
    )
    assert exports(log) == ["read as a work-search log export"]
    assert happened(log) == [
        ("2026-02-03", "applied"),
        ("2026-02-12", "interview"),
        ("2026-02-19", "follow_up"),
    ]
    follow_up = one(log, "follow_up")
    assert follow_up[["method", "outcome", "contact"]].tolist() == ["email", "sent", "Ann"]
    assert one(log, "interview")["method"] == "phone"
    row = log.applications.iloc[0]
    assert (row["company"], row["role"], row["Type of Job"]) == ("Acme", "Clerk", "Office")
    assert str(row["planned_follow_up_on"].date()) == "2026-02-10"
    rejected = log.problems[log.problems["severity"] == "rejected"]
    assert rejected["source_row"].tolist() == [4, 5, 6]
    assert (
        rejected["problem"].tolist()[:2]
        == ["a work-search activity, no event of an application"] * 2
    )
    assert rejected["problem"].iloc[2].startswith("the kind 'Polished shoes' is not known")


def test_a_weekly_work_search_form_names_the_job_by_its_type() -> None:
    log = read(
        "Week Starting,Week Ending,Required Searches,Date of Activity,Work Search Activity,"
        "Type of Job,Company Name,Address,City,State,Zip Code,Phone,Email,Contact Method,"
        "Person Contacted,Results,Notes\n"
        "2026-01-25,2026-01-31,4,2026-01-26,Applied for position,Clerk,Acme,1 Main St,Austin,TX,"
        "00000,555-0101,jobs@example.com,Email,Ann,Application filed,\n"
        "2026-02-01,2026-02-07,4,,,,,,,,,,,,,,\n"
    )
    assert happened(log) == [("2026-01-26", "applied")]
    assert log.applications[["company", "role", "location"]].to_numpy().tolist() == [
        ["Acme", "Clerk", "Austin"]
    ]
    applied = one(log, "applied")
    assert applied[["method", "contact", "phone", "email"]].tolist() == [
        "email",
        "Ann",
        "555-0101",
        "jobs@example.com",
    ]
    assert log.counts["rows_rejected"] == 1
