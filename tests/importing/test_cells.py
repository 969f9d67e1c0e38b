"""Cells that hold more than a date, or dates among words: what is certain, and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from importing.reading import happened, one, problems, read
from jobsearch_stats.importing.absences import in_notes, read_absence
from jobsearch_stats.importing.dates import words_beside
from jobsearch_stats.importing.sheet_cells import is_free
from jobsearch_stats.importing.told import read_told
from jobsearch_stats.importing.values import yes_or_no


def told(text: str) -> list[tuple[str, str]]:
    """Return (day, kind) of the events that a text tells of."""
    return [(str(event.cell.day), event.kind) for event in read_told(text).events]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Rejected (2025-01-24)", [("2025-01-24", "rejection")]),
        ("2025-01-24: rejected", [("2025-01-24", "rejection")]),
        ("REJECTED 😢 24 Jan 2025", [("2025-01-24", "rejection")]),
        ("Absage am 24.01.2025", [("2025-01-24", "rejection")]),
        ("Offer - 5 May 2026", [("2026-05-05", "offer")]),
        ("Offer declined 5 May 2026", [("2026-05-05", "withdrawn")]),  # no offer of that day
        ("Withdrawn on Tuesday, 5 May 2026", [("2026-05-05", "withdrawn")]),
        ("Applied 2026-01-02", [("2026-01-02", "applied")]),
        ("Interview 13/3/2026 (phone)", [("2026-03-13", "interview")]),
        ("2nd interview 2026-03-13 at 14:00", [("2026-03-13", "interview")]),
        ("Interview scheduled for 2026-03-13", [("2026-03-13", "interview")]),
        ("Rejected after interview 2026-03-20", [("2026-03-20", "rejection")]),
        (
            "2026-01-02|applied;2026-01-09|interview",
            [("2026-01-02", "applied"), ("2026-01-09", "interview")],
        ),
        (
            "applied 2026-01-02 → interview 2026-01-09 → rejected 2026-01-20",
            [("2026-01-02", "applied"), ("2026-01-09", "interview"), ("2026-01-20", "rejection")],
        ),
        (
            "applied 2026-01-02 interview 2026-01-09",
            [("2026-01-02", "applied"), ("2026-01-09", "interview")],
        ),
        (
            "Applied Jan 2, 2026, phone screen Jan 9, 2026",
            [("2026-01-02", "applied"), ("2026-01-09", "interview")],
        ),
        (
            "13.01.2026 beworben\n20.01.2026 Gespräch\n31.01.2026 Absage",
            [("2026-01-13", "applied"), ("2026-01-20", "interview"), ("2026-01-31", "rejection")],
        ),
        (
            "2026-03-01 - applied, 2026-03-15 - left voicemail",
            [("2026-03-01", "applied"), ("2026-03-15", "follow_up")],
        ),
        ("Applied -> rejected 2026-01-20", [("2026-01-20", "rejection")]),
    ],
)
def test_dates_among_words_that_are_certain(text: str, events: list[tuple[str, str]]) -> None:
    assert told(text) == events
    assert not read_told(text).unclear


@pytest.mark.parametrize(
    "text",
    [
        "Interview scheduled 2026-04-01",  # the day of the interview, or of the scheduling?
        "Invited on 2026-04-01 or so",
        "Follow up on 2026-03-20",  # planned, or done?
        "Offer expires 5 May 2026",
        "Rejected 31/02/2026",
        "Interview 2026-01-02 - 2026-01-04",
        "applied 2026-01-02, then 2026-01-09 something",
        "2026-01-02 applied 2026-01-09",
        "applied 2026-01-02, interview 9.1.",  # the second has no year
        "interview 3 with 2 people 2026-01-09 room 14",
        "called Bob 2026-01-09, he wants references",
    ],
)
def test_dates_among_words_that_are_not_certain_make_no_event(text: str) -> None:
    assert told(text) == []
    assert read_told(text).unclear


@pytest.mark.parametrize("text", ["", "Rejected", "Interview 2", "2 weeks", "room 14"])
def test_texts_without_a_date_tell_of_none(text: str) -> None:
    assert told(text) == []
    assert not read_told(text).unclear


def test_a_dated_status_is_an_event_unless_the_row_has_it_on_that_day() -> None:
    log = read(
        "Company,Status,Applied,Rejected\nA,Rejected (2026-01-24),2026-01-02,2026-01-24\n"
        "B,Rejected (2026-01-24),2026-01-02,\nC,Applied 2026-01-02,2026-01-02,\n"
    )
    assert happened(log) == [
        ("2026-01-02", "applied"),
        ("2026-01-02", "applied"),
        ("2026-01-02", "applied"),
        ("2026-01-24", "rejection"),
        ("2026-01-24", "rejection"),
    ]
    assert log.applications["status"].tolist()[0] == "Rejected (2026-01-24)"
    assert log.applications["status_kind"].tolist() == ["rejected", "rejected", "applied"]


def test_the_order_of_a_status_date_is_decided_with_the_other_columns() -> None:
    text = "Company,Status,Applied\nA,Interview 3/12/2026 (phone),{}\n"
    interview = one(read(text.format("1/13/2026")), "interview")
    assert (str(interview["date"].date()), interview["method"]) == ("2026-03-12", "phone")
    assert str(one(read(text.format("13/1/2026")), "interview")["date"].date()) == "2026-12-03"
    # and it decides for them
    log = read("Company,Status,Applied\nA,Rejected (25/01/2026),03/01/2026\n")
    assert happened(log) == [("2026-01-03", "applied"), ("2026-01-25", "rejection")]


def test_a_status_date_that_nothing_decides_stays_text_and_is_noted() -> None:
    log = read("Company,Status\nA,Interview 3/12/2026\nB,Interview 3/12/2026\n")
    assert happened(log) == []
    assert log.applications["undated_interview"].tolist() == [True, True]
    noted = log.problems[log.problems["problem"].str.contains("day-first or month-first")]
    assert noted[["source_row", "column", "value"]].to_numpy().tolist() == [
        [2, "Status", "Interview 3/12/2026"]
    ]
    assert "(2 times)" in noted["problem"].iloc[0]
    given = read("Company,Status\nA,Interview 3/12/2026\n", date_order="month-first")
    assert happened(given) == [("2026-03-12", "interview")]


def test_a_history_is_read_where_it_is_certain_and_its_text_kept_where_it_is_not() -> None:
    log = read(
        'Company,Verlauf\nA,"02.03.2026 beworben\n19.03.2026 Gespräch 14:30"\n'
        'B,"called Bob 19.03.2026, two weeks he said"\nC,called Bob\n'
    )
    assert happened(log) == [("2026-03-02", "applied"), ("2026-03-19", "interview")]
    assert one(log, "interview")["hour"] == 14
    assert log.applications["Verlauf"].tolist() == [
        "02.03.2026 beworben\n19.03.2026 Gespräch 14:30",
        "called Bob 19.03.2026, two weeks he said",
        "called Bob",
    ]
    noted = log.problems[log.problems["column"] == "Verlauf"]
    assert len(noted) == 1
    assert "(1 time)" in noted["problem"].iloc[0]


def test_free_words_beside_a_date_go_into_the_note_and_are_noted_once_a_row() -> None:
    log = read(
        "Company,Applied,Interview\nA,2026-02-01,2026-03-04 with Anna Schmidt\n"
        "B,2026-02-01,2026-03-05 (phone screen with Anna)\nC,2026-02-01,04.03.2026: mit Jürgen\n"
    )
    interviews = log.events[log.events["kind"] == "interview"]
    assert interviews["note"].tolist() == [
        "with Anna Schmidt",
        "phone screen with Anna",
        "04.03.2026: mit Jürgen",
    ]
    assert interviews["method"].astype(object).fillna("").tolist() == ["", "phone", ""]
    noted = log.problems[log.problems["problem"] == "words beside the date"]
    assert noted["source_row"].tolist() == [2, 3, 4]
    assert noted["what_was_done"].unique().tolist() == ["kept in the event's note"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2026-03-04 cancelled", "cancelled"),
        ("2026-03-04 moved by Anna", "moved"),
        ("2026-03-04 not confirmed", "not"),
        ("2026-03-04 maybe", "maybe"),
        ("2026-03-04 or Friday the week after", "or"),
        ("2026-03-04 verschoben", "verschoben"),
        ("2026-03-04 annulé", "annule"),
        ("2026-03-04 取消", "取消"),
        ("2026-03-04 room 12", "12"),
        ("2026-03-04 rejected by Anna", "rejected"),
    ],
)
def test_words_that_doubt_the_date_cost_it(cell: str, reason: str) -> None:
    log = read(f"Company,Applied,Interview\nA,2026-02-01,{cell}\n")
    assert happened(log) == [("2026-02-01", "applied")]
    assert problems(log, "blanked") == [(2, "Interview", cell)]
    assert reason in log.problems.set_index("column")["problem"]["Interview"]


def test_what_counts_as_free_words() -> None:
    assert is_free("with anna schmidt")
    assert not is_free("")
    assert not is_free("will call")
    assert not is_free("no answer")
    assert not is_free("waiting")


def test_words_beside_are_as_they_were_written() -> None:
    assert words_beside("Tue, 4 Mar 2026, 3pm, Zoom w/ Ann") == "Zoom w/ Ann"
    assert words_beside("2026-03-04 (Anna's office) 14:00") == "Anna's office"


def test_two_dates_in_a_cell_are_reported_and_the_interview_is_undated() -> None:
    log = read("Company,Interview,Follow-up\nA,8/3/2019 and 9/9/2019,2026-03-01; 2026-03-08\n")
    assert happened(log) == []
    assert log.applications["undated_interview"].tolist() == [True]
    assert problems(log, "blanked") == [
        (2, "Interview", "8/3/2019 and 9/9/2019"),
        (2, "Follow-up", "2026-03-01; 2026-03-08"),
    ]


def test_a_planned_follow_up_in_the_column_of_those_made_is_not_made() -> None:
    log = read("Company,Applied,Follow-up\nA,2026-02-01,2026-03-20 will call\n")
    assert happened(log) == [("2026-02-01", "applied")]
    assert problems(log, "blanked") == [(2, "Follow-up", "2026-03-20 will call")]


@pytest.mark.parametrize("text", ["[ ]", "[]", "☐", "FALSE", "no", "✗", "❌"])
def test_boxes_that_say_no(text: str) -> None:
    assert yes_or_no(text) is False
    log = read(f"Company,Applied,Interview\nA,2026-02-01,{text}\n")
    assert log.applications["undated_interview"].tolist() == [False]
    assert problems(log, "blanked") == []


@pytest.mark.parametrize("text", ["[x]", "[X]", "☑", "✓", "✔️", "✅", "TRUE", "yes"])
def test_boxes_that_say_yes(text: str) -> None:
    assert yes_or_no(text) is True
    log = read(f"Company,Applied,Interview\nA,2026-02-01,{text}\n")
    assert log.applications["undated_interview"].tolist() == [True]
    assert happened(log) == [("2026-02-01", "applied")]


def test_a_box_crossed_out_or_ticked_with_a_cross_is_not_guessed() -> None:
    assert yes_or_no("☒") is None


@pytest.mark.parametrize(
    ("column", "cell", "until"),
    [
        # the interview is on a Wednesday, 2026-03-04; the Monday after is the 9th
        ("Away until", "2026-03-20", "2026-03-20"),
        ("Away until", "until Friday", "2026-03-06"),
        ("Away until", "Friday", "2026-03-06"),
        ("Away until", "back Monday", "2026-03-08"),  # R15: the Sunday before
        ("Away until", "back 2026-03-20", "2026-03-19"),
        ("Away until", "out of office until 13 March 2026", "2026-03-13"),
        ("Away until", "zurück am Montag", "2026-03-08"),
        ("Away until", "in Urlaub bis Freitag", "2026-03-06"),
        ("Away until", "back in 2 weeks", "2026-03-17"),
        ("Back on", "Monday", "2026-03-08"),
        ("Back on", "2026-03-20", "2026-03-19"),
        ("Back on", "back on 5 April", "2026-04-04"),
        ("Back on", "5 April", "2026-04-04"),
        ("Back on", "until Friday", "2026-03-06"),  # it says until, whatever the column
    ],
)
def test_absences_in_words(column: str, cell: str, until: str) -> None:
    log = read(f"Company,Applied,Interview,{column}\nA,2026-02-01,2026-03-04,{cell}\n")
    away = one(log, "out_of_office")
    assert str(away["date"].date()) == "2026-03-04"
    assert str(away["until"].date()) == until
    assert problems(log, "blanked") == []


@pytest.mark.parametrize(
    "cell",
    [
        "back next week",  # on which day of it?
        "back soon",
        "back 1 March",  # gone by: a year off, or a slip
        "back Monday or Tuesday",
        "12/13",
    ],
)
def test_absences_that_are_not_certain_are_problems(cell: str) -> None:
    log = read(f"Company,Applied,Interview,Away until\nA,2026-02-01,2026-03-04,{cell}\n")
    assert happened(log) == [("2026-02-01", "applied"), ("2026-03-04", "interview")]
    assert problems(log, "blanked") == [(2, "Away until", cell)]


def test_an_absence_known_from_no_dated_event_is_a_problem() -> None:
    log = read("Company,Away until\nA,back Monday\nB,2026-03-13\n")
    assert happened(log) == []
    assert problems(log, "blanked") == [
        (2, "Away until", "back Monday"),
        (3, "Away until", "2026-03-13"),
    ]


def test_the_note_of_an_absence_in_an_event_log_says_until_when() -> None:
    log = read(
        "Company,Date,Event,Note\nA,2026-03-04,out of office,back Monday\n"
        'B,2026-03-04,OOO,"auto reply: away until 13 March 2026, then call"\n'
        'C,2026-03-04,OOO,"back next month, call Friday"\n'
        "D,2026-03-04,reply,back Monday\n"
    )
    until = log.events["until"].dt.strftime("%Y-%m-%d").fillna("").tolist()
    assert until == ["2026-03-08", "2026-03-13", "", ""]
    assert log.events["note"].tolist()[0] == "back Monday"


def test_an_until_column_of_an_event_log_may_be_in_words() -> None:
    log = read(
        "Company,Date,Event,Away until\nA,2026-03-04,out of office,back Monday\n"
        "B,2026-03-06,out of office,until Friday\n"
    )
    assert log.events["until"].astype("str").tolist() == ["2026-03-08", "2026-03-13"]


def test_a_note_that_only_names_a_day_says_nothing_of_an_absence() -> None:
    said = np.array(["2026-03-04"], dtype="datetime64[D]")
    assert np.isnat(in_notes(["call Friday"], said, None)[0])
    assert read_absence("back whenever") is None


def test_words_beside_the_date_of_an_event_log() -> None:
    log = read(
        "Company,Date,Event,Note\nA,2026-03-04 with Anna,interview,went well\n"
        "A,2026-03-05 cancelled,interview,\n"
    )
    assert happened(log) == [("2026-03-04", "interview")]
    assert log.events["note"].tolist() == ["went well; with Anna"]
    assert [row for row, _, _ in problems(log, "rejected")] == [3]


def test_automatic_replies_are_acknowledgements_wherever_they_stand() -> None:
    log = read(
        "Company,Applied,Reply,Reply outcome\nA,2026-02-01,2026-02-01 auto-reply,\n"
        "B,2026-02-01,2026-02-02,automatic confirmation\nC,2026-02-01,2026-02-03,invited\n"
    )
    assert [event for event in happened(log) if event[1] != "applied"] == [
        ("2026-02-01", "acknowledgement"),
        ("2026-02-02", "acknowledgement"),
        ("2026-02-03", "reply"),
    ]
    log = read("Company,Date,Event,Outcome\nA,2026-02-01,reply,auto-reply\n")
    assert happened(log) == [("2026-02-01", "acknowledgement")]
    assert problems(log, "noted") == []


@pytest.mark.parametrize(
    ("cell", "decide_by"),
    [
        ("by 2026-03-20", "2026-03-20"),
        ("until 20 March 2026", "2026-03-20"),
        ("20 March 2026 at the latest", "2026-03-20"),
        ("bis spätestens 20.03.2026", "2026-03-20"),
        ("2026-03-20 (says Anna)", "2026-03-20"),
        ("2026-03-20 cancelled", ""),
        ("not 2026-03-20", ""),
    ],
)
def test_a_promised_date_may_have_words_that_say_so(cell: str, decide_by: str) -> None:
    log = read(f"Company,Interview,Decision by\nA,2026-03-04,{cell}\n")
    promised = one(log, "interview")["decide_by"]
    assert (str(promised.date()) if promised == promised else "") == decide_by
    assert problems(log, "blanked") == ([] if decide_by else [(2, "Decision by", cell)])
