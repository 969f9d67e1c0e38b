"""What an agenda says about the whole log: what waits for a date, and habits that would help."""

from __future__ import annotations

import pytest

import jobsearch_stats as js
from small_logs import happened, log_of, met


def notes(log: js.ApplicationLog, as_of: str = "2026-03-10", **given: object) -> list[str]:
    return js.agenda(log, as_of=as_of, **given).attrs["notes"]


GOOD = {"contact": "Jana Novak", "decide_by": "2026-03-20"}


def test_a_log_without_fault_has_no_note():
    assert notes(log_of(met("2026-03-03", **GOOD))) == []


# --- Nothing has reached an interview ----------------------------------------------------------


@pytest.mark.parametrize("stages", ["interview", "application", ("interview", "application")])
def test_an_empty_log_has_nothing_to_do(stages):
    (note,) = notes(log_of(), stages=stages)
    assert note == (
        "There is nothing to do: this log has no application and no interview with a date yet."
    )


def test_r19_it_says_how_many_applications_stages_would_add():
    sent = [happened("applied", "2026-03-02", application_id=i) for i in ("a1", "b2", "b2", "c3")]
    sent.append(happened("applied", "2026-03-11", application_id="d4"))  # not yet
    (note,) = notes(log_of(*sent))
    assert 'With stages=("interview", "application") the 3 applications sent would come' in note
    assert "(R19)" in note
    assert "the 1 application sent" in notes(log_of(sent[0]))[0]
    assert notes(log_of(*sent), stages=("interview", "application")) == []
    assert "nothing to do" in notes(log_of(*sent), "2026-03-01")[0]


def test_r19_an_interview_or_an_appointment_is_something():
    applied = happened("applied", "2026-02-10")
    assert notes(log_of(applied, met("2026-03-03", **GOOD))) == []
    assert notes(log_of(applied, met("2026-03-12"))) == []


# --- Interviews that wait for their date -------------------------------------------------------


def test_undated_interviews_are_counted_and_named():
    ids = ("a1", "b2", "c3", "d4", "e5")
    events = [happened("applied", "2026-03-02", application_id=i) for i in ids]
    undated = dict.fromkeys(ids, True)
    waiting = notes(log_of(*events, undated_interview=undated))[1]
    assert waiting == (
        "5 interviews wait for a date (Firm a1, Firm b2, Firm c3 and 2 more): write it into your "
        "log, and the follow-up appears here."
    )
    one = {**dict.fromkeys(ids, False), "b2": True}
    assert "1 interview waits for a date (Firm b2):" in notes(
        log_of(*events, undated_interview=one)
    )[1]  # fmt: skip


def test_a_company_without_a_name_leaves_no_empty_brackets():
    note = notes(log_of(undated_interview=True, company=None))[1]
    assert note.startswith("1 interview waits for a date: write it")
    note = notes(log_of(undated_interview=True, company="Acme\n<b>&\x1b[31m Sons"))[1]
    assert "(Acme <b>&[31m Sons)" in note  # one line; whoever shows it as HTML escapes it


@pytest.mark.parametrize(
    ("event", "waits"),
    [
        (met("2026-03-03", **GOOD), False),
        (met("2026-03-12"), False),  # an appointment is a date
        (happened("rejection", "2026-03-03"), False),
        (happened("withdrawn", "2026-03-10"), False),
        (happened("rejection", "2026-03-11"), True),  # not yet
        (happened("do_not_contact", "2026-03-03"), False),
        (happened("reply", "2026-03-03"), True),
    ],
)
def test_an_interview_waits_for_its_date_where_that_would_help(event, waits):
    for stages in ("interview", "application"):
        found = notes(log_of(event, undated_interview=True), stages=stages)
        assert any("waits for a date" in note for note in found) == waits


@pytest.mark.parametrize(
    ("status", "waits"),
    [("offer", False), ("rejected", False), ("withdrawn", False), ("ghosted", False),
     ("interview", True), ("unknown", True), (None, True)],
)  # fmt: skip
def test_what_its_status_says_is_over_waits_for_nothing(status, waits):
    found = notes(log_of(undated_interview=True, status_kind=status))
    assert any("waits for a date" in note for note in found) == waits


# --- R11 and R18 -------------------------------------------------------------------------------


def test_r11_interviews_without_a_promise_are_counted_of_all():
    log = log_of(
        met("2026-03-02", contact="Jana Novak", decide_by="2026-03-05"),
        met("2026-03-03", contact="Jana Novak"),
        met("2026-03-03", contact="Jana Novak", decide_by="2026-03-02", application_id="b2"),
        met("2026-03-12", application_id="c3"),  # ahead
    )
    assert notes(log) == [
        'At 2 of 3 interviews no decision date was noted: ask "When do you expect to decide?" '
        "before you leave (R11)."
    ]
    assert "At 1 of 1 interview no" in notes(log_of(met("2026-03-03", contact="Jana Novak")))[0]


def test_r18_interviews_that_name_nobody_are_counted():
    log = log_of(
        met("2026-03-02", decide_by="2026-03-20"),
        met("2026-03-03", decide_by="2026-03-20", contact=" ; ", application_id="b2"),
        met("2026-03-03", **GOOD, application_id="c3"),
    )
    assert notes(log) == [
        "2 interviews name nobody: note whom you met, so that you can ask for them (R18)."
    ]
    (one,) = notes(log_of(met("2026-03-02", decide_by="2026-03-20")))
    assert one.startswith("1 interview names nobody")


def test_several_people_on_one_day_are_one_interview():
    """One of them named a date, and one has a name: neither is missing."""
    log = log_of(met("2026-03-03", contact="Jana Novak"), met("2026-03-03", decide_by="2026-03-20"))
    assert notes(log) == []
    log = log_of(met("2026-03-03"), met("2026-03-03"), met("2026-03-04"))
    assert [note.split(":")[0] for note in notes(log)] == [
        "At 2 of 2 interviews no decision date was noted",
        "2 interviews name nobody",
    ]
    before = log_of(met("1969-12-30"), met("1969-12-31"))
    assert notes(before, "1970-01-02")[1].startswith("2 interviews name nobody")
