"""What stands in the calendar, on which day, and how an event moves from one file to the next.

In March 2026 the 2nd, 9th, 16th and 23rd are Mondays.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pandas as pd
import pytest

import jobsearch_stats as js
from ics_rules import checked, plain
from jobsearch_stats.export.ics import CALLED_OFF, KEPT_DAYS
from lives import simulated_lives
from small_logs import VOICEMAIL, happened, log_of, met

Line = tuple[str, str]
"""A day as text, and a title."""


def lines(log: js.ApplicationLog, as_of: str, **given: Any) -> list[Line]:
    """Return what a calendar without a history shows."""
    return shown(log, io.BytesIO(), as_of, **given)


def shown(log: js.ApplicationLog, path: Any, as_of: str, **given: Any) -> list[Line]:
    """Write a calendar, and return the days and titles that it shows."""
    js.write_calendar(log, path, as_of=as_of, **given)
    return sorted(_line(event) for event in events(path) if event["STATUS"] == "CONFIRMED")


def events(path: Any) -> list[dict[str, str]]:
    content = path.getvalue() if isinstance(path, io.BytesIO) else path.read_bytes()
    return checked(content)


def _line(event: dict[str, str]) -> Line:
    day = dt.datetime.strptime(event["DTSTART;VALUE=DATE"], "%Y%m%d").date()
    assert event["DTEND;VALUE=DATE"] == f"{day + dt.timedelta(days=1):%Y%m%d}"
    return day.isoformat(), plain(event["SUMMARY"])


def only(found: list[Line], title: str) -> list[str]:
    return [day for day, text in found if text == title]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "follow_ups.ics"


MET = met("2026-03-05", contact="Jana Vale", phone="555-0101")
PROMISED = met("2026-03-05", decide_by="2026-03-12", contact="Jana Vale", phone="555-0101")
THANKED = happened("thank_you", "2026-03-06")


class TestWhatStandsThere:
    """Each kind of event, the day before, on the day, and the day after."""

    def test_a_call_a_week_after_the_interview(self):
        assert lines(log_of(MET, THANKED), "2026-03-10") == [("2026-03-12", "Call back")]

    def test_far_ahead_unless_days_says_otherwise(self):
        log = log_of(met("2026-03-05", decide_by="2026-09-30"), THANKED)
        far = [("2026-09-30", "An answer is expected"), ("2026-10-01", "Call back")]
        assert lines(log, "2026-03-10") == far
        assert lines(log, "2026-03-10", days=204) == far[:1]
        assert lines(log, "2026-03-10", days=203) == []

    @pytest.mark.parametrize(
        ("as_of", "day"),
        [
            ("2026-03-11", "2026-03-12"),
            ("2026-03-12", "2026-03-12"),
            ("2026-03-13", "2026-03-13"),
            ("2026-03-14", "2026-03-17"),  # a Saturday, before a Monday on which nobody is called
            ("2026-03-16", "2026-03-17"),
        ],
    )
    def test_what_is_overdue_stands_on_the_next_day_it_may_be_done(self, as_of, day):
        assert lines(log_of(MET, THANKED), as_of) == [(day, "Call back")]

    @pytest.mark.parametrize(("days", "n"), [(27, 1), (28, 1), (29, 0), (400, 0)])
    def test_what_is_long_past_is_left_out_and_counted(self, days, n):
        as_of = dt.date(2026, 3, 12) + dt.timedelta(days=days)
        out = js.write_calendar(log_of(MET, THANKED), io.BytesIO(), as_of=as_of)
        assert len(out) == n
        said = [note for note in out.attrs["notes"] if "long past" in note]
        assert [note[:1] for note in said] == ["1"] * (1 - n)

    @pytest.mark.parametrize(
        ("as_of", "days"),
        [
            ("2026-03-11", ["2026-03-12"]),
            ("2026-03-12", ["2026-03-12"]),
            ("2026-03-13", []),
        ],
    )
    def test_the_promised_day_until_it_is_past(self, as_of, days):
        found = lines(log_of(PROMISED, THANKED), as_of)
        assert only(found, "An answer is expected") == days
        assert only(found, "Call back") == ["2026-03-13"]

    @pytest.mark.parametrize(
        ("as_of", "days"),
        [
            ("2026-03-05", ["2026-03-06"]),
            ("2026-03-06", ["2026-03-06"]),
            ("2026-03-07", ["2026-03-07"]),
            ("2026-03-08", ["2026-03-08"]),
            ("2026-03-09", []),
        ],
    )
    def test_a_thank_you_until_it_lapses(self, as_of, days):
        assert only(lines(log_of(MET), as_of), "Write a thank-you note") == days

    def test_a_thank_you_says_how(self):
        hurried = met("2026-03-03", decide_by="2026-03-05", phone="555-0101")
        assert only(lines(log_of(hurried), "2026-03-04"), "Call to say thank you")
        log = log_of(MET, contact_by="email")
        assert only(lines(log, "2026-03-06"), "Write a thank-you e-mail")

    @pytest.mark.parametrize(
        ("as_of", "days"),
        [
            ("2026-03-09", []),
            ("2026-03-10", ["2026-03-10"]),
            ("2026-03-24", ["2026-03-24"]),
            ("2026-03-25", []),
        ],
    )
    def test_a_card_after_a_rejection_for_two_weeks(self, as_of, days):
        log = log_of(MET, THANKED, happened("rejection", "2026-03-10"))
        assert only(lines(log, as_of), "Write a card") == days

    @pytest.mark.parametrize(
        ("as_of", "prepare", "appointment"),
        [
            ("2026-03-11", ["2026-03-12"], ["2026-03-13"]),
            ("2026-03-12", ["2026-03-12"], ["2026-03-13"]),
            ("2026-03-13", [], ["2026-03-13"]),
            ("2026-03-14", [], []),
        ],
    )
    def test_an_interview_and_the_day_before_it(self, as_of, prepare, appointment):
        found = lines(log_of(met("2026-03-13")), as_of)
        assert only(found, "Prepare the appointment") == prepare
        assert only(found, "Appointment") == appointment

    @pytest.mark.parametrize(
        ("as_of", "days"),
        [
            ("2026-03-25", ["2026-03-26"]),
            ("2026-03-26", ["2026-03-26"]),
            ("2026-03-27", []),
        ],
    )
    def test_the_day_to_stop_waiting_until_it_is_past(self, as_of, days):
        calls = [{**VOICEMAIL, "date": day} for day in ("2026-03-12", "2026-03-19")]
        found = lines(log_of(MET, THANKED, *calls), as_of)
        assert found == [(day, "Stop waiting for an answer") for day in days]

    def test_what_is_closed_or_ghosted_asks_for_nothing(self):
        for kind in ("withdrawn", "offer", "do_not_contact"):
            assert (
                lines(log_of(PROMISED, THANKED, happened(kind, "2026-03-09")), "2026-03-10") == []
            )
        assert lines(log_of(PROMISED, THANKED, status_kind="ghosted"), "2026-03-10") == []

    def test_a_promise_gives_way_to_an_appointment(self):
        found = lines(log_of(PROMISED, THANKED, met("2026-03-20")), "2026-03-10")
        assert found == [
            ("2026-03-19", "Prepare the appointment"),
            ("2026-03-20", "Appointment"),
        ]

    def test_strategy_stages_and_country_are_heeded(self):
        early = lines(log_of(PROMISED, THANKED), "2026-03-10", strategy="BEFORE_DECISION")
        assert only(early, "Call back") == ["2026-03-11"]
        applied = log_of(happened("applied", "2026-03-05"))
        assert lines(applied, "2026-03-10") == []
        both = lines(applied, "2026-03-10", stages=("interview", "application"))
        assert both == [("2026-03-12", "Call back")]
        log = log_of(met("2026-06-25", phone="555-0101"), happened("thank_you", "2026-06-26"))
        abroad = lines(log, "2026-06-29", strategy=js.DAY_AFTER)
        assert abroad == [("2026-07-02", "Call back")]
        log = log_of(met("2026-06-26", phone="555-0101"), country="US")
        assert only(lines(log, "2026-06-30"), "Call back") == ["2026-07-07"]  # 3 July is a holiday

    def test_by_email_it_says_write(self):
        log = log_of(met("2026-03-05", email="jana@acme.example"), THANKED)
        assert lines(log, "2026-03-10") == [("2026-03-12", "Write a follow-up e-mail")]

    def test_one_conversation_is_one_event(self):
        log = log_of(MET, {**MET, "application_id": "a2"})
        out = js.write_calendar(log, io.BytesIO(), as_of="2026-03-10")
        assert out["application_id"].tolist() == ["a1; a2"]

    def test_every_open_contact_of_the_agenda_stands_there_once(self):
        log = js.simulate_log(400, seed=3)
        out = js.write_calendar(log, io.BytesIO(), as_of=js.SAMPLE_DAY)
        todo = js.agenda(log, as_of=js.SAMPLE_DAY, days=400)
        assert len(todo) > 10
        for action in ("follow_up", "thank_you", "courtesy_card", "prepare_interview"):
            what = "interview" if action == "prepare_interview" else action
            asked = todo[todo["action"] == action]
            there = out[out["what"] == what]
            assert sorted(zip(asked["do_on"], asked["application_id"], strict=True)) == sorted(
                zip(there["on"], there["application_id"], strict=True)
            )

    def test_monday_has_no_call(self):
        out = js.write_calendar(js.simulate_log(400, seed=3), io.BytesIO(), as_of="2026-03-09")
        calls = out.loc[out["what"] == "follow_up", "on"]
        assert len(calls) > 5
        assert not set(calls.dt.day_of_week) & {0, 5, 6}


class TestWhatIsTold:
    """Nothing about people and jobs, unless it is asked for."""

    LOG = log_of(
        met(
            "2026-03-09",
            decide_by="2026-03-12",
            contact="Jana Vale",
            phone="555-0101",
            email="jana@acme.example",
        ),
        met("2026-03-20", application_id="a2", contact="Omar Thorne"),
        {**MET, "application_id": "a3", "date": "2026-02-10"},
        {**VOICEMAIL, "date": "2026-03-03", "application_id": "a3"},
        {**VOICEMAIL, "date": "2026-03-06", "application_id": "a3"},
        happened("rejection", "2026-03-09", application_id="a4"),
        met("2026-03-01", application_id="a4", contact="Paula Reed"),
        company={"a1": "Acme", "a2": "Birch", "a3": "Cedar", "a4": "Dahlia"},
        role="Analyst",
    )

    def test_neutral_titles_and_no_description(self):
        out = io.BytesIO()
        js.write_calendar(self.LOG, out, as_of="2026-03-10", me={"name": "Robin Example"})
        text = out.getvalue().decode()
        titles = {plain(event["SUMMARY"]) for event in checked(out.getvalue())}
        assert titles >= {
            "Call back",
            "Appointment",
            "Prepare the appointment",
            "An answer is expected",
            "Stop waiting for an answer",
            "Write a card",
        }
        for word in ("Acme", "Birch", "Cedar", "Dahlia", "Jana", "Omar", "555", "@", "Analyst"):
            assert word not in text
        for word in ("interview", "applic", "Robin", "DESCRIPTION:They"):
            assert word not in text
        assert not [event for event in checked(out.getvalue()) if "DESCRIPTION" in event]

    def test_detail_says_whom_why_and_what_to_say(self):
        out = io.BytesIO()
        me = {"name": "Robin Example", "phone": "555-0199"}
        js.write_calendar(self.LOG, out, as_of="2026-03-10", detail=True, me=me)
        by_title = {plain(e["SUMMARY"]): plain(e["DESCRIPTION"]) for e in checked(out.getvalue())}
        assert {
            "Call Jana Vale, Acme (Analyst)",
            "They decide: Jana Vale, Acme (Analyst)",
            "Interview with Omar Thorne, Birch (Analyst)",
            "Prepare the interview with Omar Thorne, Birch (Analyst)",
            "Courtesy card to Paula Reed, Dahlia (Analyst)",
            "Let go: Jana Vale, Cedar (Analyst)",
        } <= set(by_title)
        call = by_title["Call Jana Vale, Acme (Analyst)"]
        assert call.startswith("They said Thursday 12 March;")
        assert "(R1)" in call
        assert "\nPhone: 555-0101\nE-mail: jana@acme.example\n" in call
        assert "My name is Robin Example, and my number is 555-0199." in call
        todo = js.agenda(self.LOG, as_of="2026-03-10", me=me)
        script = todo.loc[todo["action"] == "follow_up", "script"].iloc[0]
        assert call.endswith(script)

    def test_identities_depend_on_the_thing_and_not_on_how_it_is_told(self):
        told = []
        for detail in (False, True):
            out = io.BytesIO()
            js.write_calendar(self.LOG, out, as_of="2026-03-10", detail=detail)
            told.append([event["UID"] for event in checked(out.getvalue())])
        assert told[0] == told[1]

    def test_names_go_when_detail_is_taken_back(self, path):
        js.write_calendar(self.LOG, path, as_of="2026-03-10", detail=True)
        before = {event["UID"]: event for event in events(path)}
        gone = log_of(happened("withdrawn", "2026-03-10"), company="Acme")
        js.write_calendar(gone, path, as_of="2026-03-10")
        text = path.read_text(encoding="utf-8")
        for word in ("Acme", "Birch", "Jana", "Omar", "555"):
            assert word not in text
        for event in events(path):
            assert int(event["SEQUENCE"]) > int(before[event["UID"]]["SEQUENCE"])

    def test_what_there_is_to_do_rings_and_what_is_waited_for_does_not(self):
        out = io.BytesIO()
        js.write_calendar(self.LOG, out, as_of="2026-03-10")
        rings = {e["SUMMARY"]: e.get("VALARM.TRIGGER") for e in checked(out.getvalue())}
        silent = {"An answer is expected", "Stop waiting for an answer"}
        assert {title for title, trigger in rings.items() if trigger is None} == silent
        assert {trigger for trigger in rings.values() if trigger} == {"PT9H"}

    @pytest.mark.parametrize(
        ("alarm", "trigger"),
        [
            ("07:45", "PT7H45M"),
            ("7:05", "PT7H5M"),
            ("00:00", "PT0S"),
            ("0:30", "PT30M"),
            ("23:59", "PT23H59M"),
            (dt.time(18, 30), "PT18H30M"),
            ("none", None),
            ("None", None),
            (None, None),
        ],
    )
    def test_alarm(self, alarm, trigger):
        out = io.BytesIO()
        js.write_calendar(log_of(MET, THANKED), out, as_of="2026-03-10", alarm=alarm)
        assert [event.get("VALARM.TRIGGER") for event in checked(out.getvalue())] == [trigger]

    @pytest.mark.parametrize("alarm", ["24:00", "9", "09:60", "nine", "", 9, "09:00:00", "9:5"])
    def test_an_alarm_that_is_no_time(self, alarm, path):
        with pytest.raises(js.SettingError, match="is no time of a day") as caught:
            js.write_calendar(log_of(MET), path, as_of="2026-03-10", alarm=alarm)
        assert (caught.value.name, caught.value.value) == ("alarm", alarm)
        assert not path.exists()


def one(path) -> dict[str, str]:
    """Return the only event."""
    (event,) = events(path)
    return event


class TestFromOneFileToTheNext:
    """Importing the file again must move events, not double them."""

    def test_the_same_again_is_the_same_bytes_and_the_same_file(self, path):
        log = js.simulate_log(200, seed=5)
        js.write_calendar(log, path, as_of=js.SAMPLE_DAY)
        first, written = path.read_bytes(), path.stat().st_mtime_ns
        out = js.write_calendar(log, path, as_of=js.SAMPLE_DAY)
        assert path.read_bytes() == first
        assert path.stat().st_mtime_ns == written
        assert set(out["change"]) == {"same"}

    def test_another_day_leaves_what_has_not_changed_byte_for_byte(self, path):
        log = log_of(MET, THANKED)
        js.write_calendar(log, path, as_of="2026-03-10")
        first = path.read_bytes()
        js.write_calendar(log, path, as_of="2026-03-12")
        assert path.read_bytes() == first

    def test_a_new_event_has_the_number_of_its_day(self, path):
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-10")
        days = (dt.date(2026, 3, 10) - dt.date(2000, 1, 1)).days
        assert int(one(path)["SEQUENCE"]) == days
        assert one(path)["DTSTAMP"] == "20260310T000000Z"

    def test_before_the_year_2000_numbers_begin_at_nothing(self, path):
        log = log_of(met("1999-03-05"), happened("thank_you", "1999-03-06"))
        js.write_calendar(log, path, as_of="1999-03-10")
        assert one(path)["SEQUENCE"] == "0"

    def test_overdue_moves_on_and_is_not_doubled(self, path):
        log = log_of(MET, THANKED)
        js.write_calendar(log, path, as_of="2026-03-12")
        before = one(path)
        js.write_calendar(log, path, as_of="2026-03-13")
        after = one(path)
        assert after["UID"] == before["UID"]
        assert after["DTSTART;VALUE=DATE"] == "20260313"
        assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
        assert after["DTSTAMP"] == "20260313T000000Z"
        js.write_calendar(log, path, as_of="2026-03-18")
        later = one(path)
        assert int(later["SEQUENCE"]) == int(before["SEQUENCE"]) + 6  # as if there were no file

    def test_a_lost_file_still_moves_the_event(self, tmp_path):
        log = log_of(MET, THANKED)
        js.write_calendar(log, tmp_path / "lost.ics", as_of="2026-03-12")
        js.write_calendar(log, tmp_path / "new.ics", as_of="2026-03-13")
        before, after = one(tmp_path / "lost.ics"), one(tmp_path / "new.ics")
        assert after["UID"] == before["UID"]
        assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])

    def test_several_changes_on_one_day_each_count(self, path):
        numbers = []
        for promise in ("2026-03-12", "2026-03-19", "2026-03-12"):
            log = log_of({**MET, "decide_by": promise}, THANKED)
            js.write_calendar(log, path, as_of="2026-03-10")
            numbers.append({int(event["SEQUENCE"]) for event in events(path)})
        assert all(len(found) == 1 for found in numbers)
        (first,), (second,), (third,) = numbers
        assert (second, third) == (first + 1, first + 2)

    def test_an_earlier_day_never_lowers_a_number(self, path):
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-13")
        before = one(path)
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-12")
        assert int(one(path)["SEQUENCE"]) == int(before["SEQUENCE"]) + 1

    def test_a_promise_that_moves_earlier_moves_both_its_events(self, path):
        js.write_calendar(
            log_of({**MET, "decide_by": "2026-03-26"}, THANKED), path, as_of="2026-03-10"
        )
        before = {event["UID"] for event in events(path)}
        log = log_of(
            {**MET, "decide_by": "2026-03-26"},
            THANKED,
            happened("reply", "2026-03-11", decide_by="2026-03-18"),
        )
        assert shown(log, path, "2026-03-11") == [
            ("2026-03-18", "An answer is expected"),
            ("2026-03-19", "Call back"),
        ]
        assert {event["UID"] for event in events(path)} == before

    def test_the_second_message_is_the_first_ones_event_moved(self, path):
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-12")
        before = one(path)
        log = log_of(MET, THANKED, {**VOICEMAIL, "date": "2026-03-12"})
        js.write_calendar(log, path, as_of="2026-03-12")
        after = one(path)
        assert (after["UID"], after["DTSTART;VALUE=DATE"]) == (before["UID"], "20260319")

    def test_after_the_last_message_it_is_called_off_and_a_day_to_stop_stands_there(self, path):
        first = {**VOICEMAIL, "date": "2026-03-12"}
        js.write_calendar(log_of(MET, THANKED, first), path, as_of="2026-03-18")
        second = {**VOICEMAIL, "date": "2026-03-18"}
        found = shown(log_of(MET, THANKED, first, second), path, "2026-03-18")
        assert found == [("2026-03-25", "Stop waiting for an answer")]
        off = [event for event in events(path) if event["STATUS"] == "CANCELLED"]
        assert [_line(event) for event in off] == [("2026-03-19", CALLED_OFF)]

    def test_a_reply_calls_it_off_and_a_new_interview_brings_it_back(self, path):
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-10")
        before = one(path)
        no = happened("rejection", "2026-03-11")
        out = js.write_calendar(log_of(MET, THANKED, no), path, as_of="2026-03-11")
        off = next(event for event in events(path) if event["UID"] == before["UID"])
        assert off["STATUS"] == "CANCELLED"
        assert int(off["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
        assert not [name for name in off if name.startswith(("VALARM", "DESCRIPTION"))]
        assert out.loc[out["change"] == "cancelled", "title"].tolist() == [CALLED_OFF]
        again = [MET, THANKED, no, met("2026-03-16"), happened("thank_you", "2026-03-17")]
        js.write_calendar(log_of(*again), path, as_of="2026-03-17")
        back = next(event for event in events(path) if event["UID"] == before["UID"])
        assert (back["STATUS"], back["DTSTART;VALUE=DATE"]) == ("CONFIRMED", "20260324")
        assert int(back["SEQUENCE"]) > int(off["SEQUENCE"])

    @pytest.mark.parametrize(
        ("as_of", "cancelled"),
        [("2026-03-11", True), ("2026-03-12", True), ("2026-03-13", False)],
    )
    def test_what_is_past_stays_as_it_was(self, path, as_of, cancelled):
        """On its day and before it is taken back; the day after it has been."""
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-10")
        gone = log_of(MET, THANKED, happened("withdrawn", "2026-03-11"))
        out = js.write_calendar(gone, path, as_of=as_of)
        assert [event["STATUS"] for event in events(path)] == ["CANCELLED"] * cancelled
        assert len(out) == cancelled

    @pytest.mark.parametrize(
        ("days", "there"), [(KEPT_DAYS - 1, 1), (KEPT_DAYS, 1), (KEPT_DAYS + 1, 0)]
    )
    def test_what_was_called_off_stays_for_a_while_as_it_is(self, path, days, there):
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-10")
        gone = log_of(MET, THANKED, happened("withdrawn", "2026-03-11"))
        js.write_calendar(gone, path, as_of="2026-03-11")
        off = path.read_bytes()
        as_of = dt.date(2026, 3, 12) + dt.timedelta(days=days)
        out = js.write_calendar(gone, path, as_of=as_of)
        assert len(events(path)) == there
        assert (path.read_bytes() == off) == bool(there)
        assert out.empty  # it is no news

    def test_an_interview_that_is_put_off_moves(self, path):
        js.write_calendar(log_of(met("2026-03-13")), path, as_of="2026-03-10")
        before = {event["SUMMARY"]: event["UID"] for event in events(path)}
        assert shown(log_of(met("2026-03-18")), path, "2026-03-10") == [
            ("2026-03-17", "Prepare the appointment"),
            ("2026-03-18", "Appointment"),
        ]
        assert {event["SUMMARY"]: event["UID"] for event in events(path)} == before

    def test_the_next_interview_is_another_event(self, path):
        js.write_calendar(log_of(met("2026-03-13")), path, as_of="2026-03-13")
        before = {event["UID"] for event in events(path) if event["SUMMARY"] == "Appointment"}
        log = log_of(met("2026-03-13"), met("2026-03-20"))
        js.write_calendar(log, path, as_of="2026-03-14")
        after = {event["UID"] for event in events(path) if event["SUMMARY"] == "Appointment"}
        assert len(before) == len(after) == 1
        assert not before & after

    def test_several_interviewers_on_a_day_are_one_interview(self, path):
        first = met("2026-03-04", contact="Jana Vale")
        js.write_calendar(log_of(first, met("2026-03-13")), path, as_of="2026-03-10")
        before = {event["SUMMARY"]: event["UID"] for event in events(path)}
        log = log_of(first, met("2026-03-04", contact="Omar Thorne"), met("2026-03-13"))
        js.write_calendar(log, path, as_of="2026-03-10")
        assert {event["SUMMARY"]: event["UID"] for event in events(path)} == before

    def test_two_interviews_ahead_are_two_events(self):
        found = lines(log_of(met("2026-03-13"), met("2026-03-20")), "2026-03-10")
        assert only(found, "Appointment") == ["2026-03-13", "2026-03-20"]

    def test_another_name_in_the_log_is_another_event_and_the_old_one_is_called_off(self, path):
        js.write_calendar(log_of(MET, THANKED), path, as_of="2026-03-10")
        before = one(path)["UID"]
        log = js.ApplicationLog.from_frames(
            pd.DataFrame({"company": ["Acme"]}, index=["renamed"]),
            pd.DataFrame([{"application_id": "renamed", **event} for event in (MET, THANKED)]),
        )
        assert shown(log, path, "2026-03-10") == [("2026-03-12", "Call back")]
        off = [event["UID"] for event in events(path) if event["STATUS"] == "CANCELLED"]
        assert off == [before]

    def test_a_conversation_that_falls_apart_keeps_the_event_of_the_first(self, path):
        both = [MET, THANKED, {**MET, "application_id": "a2"}, {**THANKED, "application_id": "a2"}]
        js.write_calendar(log_of(*both), path, as_of="2026-03-10")
        before = one(path)
        log = log_of(*both, happened("withdrawn", "2026-03-11", application_id="a2"))
        out = js.write_calendar(log, path, as_of="2026-03-11")
        assert one(path)["UID"] == before["UID"]
        assert out["application_id"].tolist() == ["a1"]

    def test_notes_say_what_has_changed(self, path):
        log = log_of(MET, THANKED, {**PROMISED, "application_id": "a2"})
        first = js.write_calendar(log, path, as_of="2026-03-10").attrs["notes"]
        assert first[0] == (
            "3 events, Thu 12 March to Fri 13 March: 2 calls or messages, 1 promised answer."
        )
        assert not [note for note in first if note.startswith("Since")]
        log = log_of(
            MET,
            happened("withdrawn", "2026-03-11"),
            {**PROMISED, "application_id": "a2", "decide_by": "2026-03-13"},
            met("2026-03-20", application_id="a3"),
        )
        second = js.write_calendar(log, path, as_of="2026-03-11").attrs["notes"]
        assert "Since the last time: 2 new, 2 changed, 1 no longer needed." in second


class Importer:
    """A calendar program that goes by the book: an event replaces one of a lower number."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, str]] = {}

    def take(self, new: list[dict[str, str]]) -> None:
        for event in new:
            old = self.events.get(event["UID"])
            if old is None or int(event["SEQUENCE"]) > int(old["SEQUENCE"]):
                self.events[event["UID"]] = event
            elif int(event["SEQUENCE"]) == int(old["SEQUENCE"]):
                assert event == old, "changed, and no program would notice"

    def ahead(self, as_of: dt.date) -> list[Line]:
        shown = [e for e in self.events.values() if e["STATUS"] == "CONFIRMED"]
        return sorted(line for line in map(_line, shown) if line[0] >= as_of.isoformat())


class TestImportedAgainAndAgain:
    """Many crowded lives, a file every day or every few: what the program then shows."""

    @staticmethod
    def days(log: js.ApplicationLog, step: int) -> list[dt.date]:
        first = log.events["date"].quantile(0.3).date()
        return [first + dt.timedelta(days=step * n) for n in range(12)]

    @pytest.mark.parametrize(
        ("seed", "step", "detail"), [(0, 1, False), (1, 1, True), (2, 3, False), (3, 7, True)]
    )
    def test_a_calendar_shows_what_a_new_one_would_show(self, seed, step, detail, path):
        log = js.ApplicationLog.from_frames(*simulated_lives(50, seed))
        program = Importer()
        moved = False
        for day in self.days(log, step):
            out = js.write_calendar(log, path, as_of=day, detail=detail)
            program.take(events(path))
            assert program.ahead(day) == lines(log, day, detail=detail)
            moved = moved or {"changed", "cancelled", "new"} <= set(out["change"])
        assert moved

    @pytest.mark.parametrize("seed", [4, 5])
    def test_without_the_file_before_nothing_that_still_stands_is_doubled(self, seed):
        log = js.ApplicationLog.from_frames(*simulated_lives(60, seed))
        program = Importer()
        for day in self.days(log, 1):
            fresh = io.BytesIO()
            js.write_calendar(log, fresh, as_of=day)
            program.take(events(fresh))
            for event in events(fresh):
                assert program.events[event["UID"]] == event
