"""Whom one spoke to: numbered interviewers, second contacts, and addresses nobody reads."""

from __future__ import annotations

from importing.reading import people, read, read_as


def test_the_persons_of_numbered_interviews_belong_to_their_interview() -> None:
    log = read(
        "Company,Applied,Interview 1,Interview 1 with,Interview 2,Interviewer 2,Contact 2 phone\n"
        "Acme,2026-02-01,2026-02-10,Ann,2026-02-20,Bob,555-0102\n"
        "Beta,2026-02-02,2026-02-11,Cy,,Di,555-0103\n"
        "Gamma,2026-02-03,,Eve,,,\n"
    )
    assert people(log) == [
        ("acme", "02-10", "Ann", "", "", ""),
        ("acme", "02-20", "Bob", "", "555-0102", ""),
        ("beta", "02-11", "Cy;Di", "", ";555-0103", ""),  # the second interview has no date
        ("gamma", "02-03", "Eve", "", "", ""),
    ]


def test_the_contact_without_a_number_is_one_of_every_interview() -> None:
    log = read(
        "Company,Interview 1,Interview 2,Contact,Phone,Interviewer 1,Interviewer 2\n"
        "Acme,2026-02-10,2026-02-20,Ann,555-0101,Bob,Ann\n"
    )
    assert people(log) == [
        ("acme", "02-10", "Bob;Ann", "", ";555-0101", ""),
        ("acme", "02-20", "Ann", "", "555-0101", ""),
    ]


def test_a_second_contact_of_the_application_stands_beside_the_first() -> None:
    log = read(
        "Company,Interview,Contact,Phone,Contact 2,Contact 2 phone,Contact 2 role,Contact 2 email\n"
        "Acme,2026-02-10,Ann,555-0101,Bob,555-0102,recruiter,bob@example.com\n"
        "Beta,2026-02-11,Cy,,,,,\n"
        "Gamma,2026-02-12,,,Di,,,di@example.com\n"
    )
    assert people(log) == [
        ("acme", "02-10", "Ann;Bob", ";hr", "555-0101;555-0102", ";bob@example.com"),
        ("beta", "02-11", "Cy", "", "", ""),
        ("gamma", "02-12", "Di", "", "", "di@example.com"),
    ]
    both = read("Company,Interview,Contact 1,Contact 2\nAcme,2026-02-10,Ann,Bob\n")
    assert people(both) == [("acme", "02-10", "Ann;Bob", "", "", "")]


def test_a_number_or_an_address_goes_to_a_contact_that_there_is() -> None:
    log = read(
        "Company,Interview,Contact 1,Contact 2,Phone,Email 3\n"
        "Acme,2026-02-10,Ann,Bob,555-0101,x@example.com\n"
    )
    assert people(log) == [("acme", "02-10", "Ann;Bob", "", "555-0101;", "")]
    assert read_as(log)["Phone"] == "phone 1"
    assert read_as(log)["Email 3"] == "kept as it is: there is no contact 3"
    assert log.applications["Email 3"].tolist() == ["x@example.com"]
    log = read("Company,Interview,Contact,Phone 1,Phone 2\nAcme,2026-02-10,Ann,555-0101,555-0102\n")
    assert people(log) == [("acme", "02-10", "Ann", "", "555-0101", "")]


def test_an_address_that_nobody_reads_is_no_way_to_call() -> None:
    log = read(
        "Company,Interview,Email\n"
        "Acme,2026-02-10,no-reply@example.com\n"
        "Beta,2026-02-11,jobs.noreply@example.com\n"
        "Gamma,2026-02-12,Ann Example <ann@example.com>\n"
        "Delta,2026-02-13,noreen.plyer@example.com\n"
    )
    assert [person[-1] for person in people(log)] == ["ann@example.com", "noreen.plyer@example.com"]
    said = log.problems.loc[log.problems["column"] == "Email", ["value", "problem"]]
    assert said.to_numpy().tolist() == [
        ["no-reply@example.com", "nobody reads this address (1 time)"],
        ["jobs.noreply@example.com", "nobody reads this address (1 time)"],
    ]


def test_in_a_log_of_events_a_second_contact_is_kept_and_not_mistaken_for_the_first() -> None:
    log = read("Company,Date,Event,Contact,Contact 2\nAcme,2026-02-10,interview,Ann,Bob\n")
    assert people(log) == [("acme", "02-10", "Ann", "", "", "")]
    assert log.applications["Contact 2"].tolist() == ["Bob"]
