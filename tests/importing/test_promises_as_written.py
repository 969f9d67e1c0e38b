"""Promises as people jot them down: hours, ends of months, days of the month, short weekdays."""

from __future__ import annotations

import numpy as np
import pytest

from jobsearch_stats.importing.promises import NO_DATE, NOT_UNDERSTOOD, parse_promises

# said on Wednesday, 4 March 2026
READ = [
    ("kommenden Freitag", "2026-03-06"),  # the coming one
    ("nächsten Freitag", "2026-03-13"),
    ("kommende Woche", "2026-03-13"),
    ("bis zum Wochenende", "2026-03-06"),
    ("Wochenende", "2026-03-06"),
    ("by the weekend", "2026-03-06"),
    ("next weekend", "2026-03-13"),
    ("ce week-end", "2026-03-06"),
    ("voor het weekend", "2026-03-06"),
    ("Do nächste Woche", "2026-03-12"),  # a day beside "next week" is that day
    ("nächste Woche Do", "2026-03-12"),
    ("Mi nächste Woche", "2026-03-11"),
    ("di volgende week", "2026-03-10"),
    ("Donnerstag nächster Woche", "2026-03-12"),
    ("Thursday next week", "2026-03-12"),
    ("next week Thursday", "2026-03-12"),
    ("do przyszłego tygodnia", "2026-03-13"),  # "until", and no Thursday
    ("di prossima settimana", "2026-03-13"),  # "of", and no Tuesday
    ("end of next week", "2026-03-13"),
    ("end of March", "2026-03-31"),
    ("by end of Apr", "2026-04-30"),
    ("end of February 2027", "2027-02-28"),
    ("bis Ende April", "2026-04-30"),
    ("d'ici fin mars", "2026-03-31"),
    ("fin mar", "2026-03-31"),  # no Tuesday beside "end"
    ("a finales de marzo", "2026-03-31"),
    ("fim de março", "2026-03-31"),
    ("entro fine marzo", "2026-03-31"),
    ("eind maart", "2026-03-31"),
    ("do końca marca", "2026-03-31"),
    ("Mart sonuna kadar", "2026-03-31"),
    ("3月底", "2026-03-31"),
    ("by the 15th", "2026-03-15"),
    ("the 4th", "2026-04-04"),  # strictly after
    ("the 3rd", "2026-04-03"),
    ("bis zum 15.", "2026-03-15"),
    ("avant le 15", "2026-03-15"),
    ("antes del 15", "2026-03-15"),
    ("até o dia 15", "2026-03-15"),
    ("entro il 15", "2026-03-15"),
    ("uiterlijk de 15e", "2026-03-15"),
    ("do 15-go", "2026-03-15"),
    ("ayın 15'ine kadar", "2026-03-15"),
    ("15号前", "2026-03-15"),
    ("in 10 days' time", "2026-03-14"),
    ("within 48 hours", "2026-03-06"),
    ("48h", "2026-03-06"),
    ("24 hours", "2026-03-05"),
    ("72 hrs", "2026-03-07"),
    ("24-48 hours", "2026-03-06"),
    ("innerhalb von 48 Stunden", "2026-03-06"),
    ("sous 48 heures", "2026-03-06"),
    ("en 48 horas", "2026-03-06"),
    ("entro 48 ore", "2026-03-06"),
    ("binnen 48 uur", "2026-03-06"),
    ("w ciągu 48 godzin", "2026-03-06"),
    ("48 saat içinde", "2026-03-06"),
    ("48小时内", "2026-03-06"),
    ("10 working days", "2026-03-18"),
    ("10 bus. days", "2026-03-18"),
    ("couple of weeks", "2026-03-18"),
    ("1-2 wks", "2026-03-18"),
    ("approx. 2 weeks", "2026-03-18"),
    ("~2 weeks", "2026-03-18"),
    ("two weeks or so", "2026-03-18"),
    ("within the next two weeks", "2026-03-18"),
    ("in den nächsten zwei Wochen", "2026-03-18"),
    ("dans les deux prochaines semaines", "2026-03-18"),
    ("w ciągu najbliższych dwóch tygodni", "2026-03-18"),
    ("by COB Friday", "2026-03-06"),
    ("EOD Monday", "2026-03-09"),
    ("Friday, end of day", "2026-03-06"),
    ("Friday 5pm", "2026-03-06"),
    ("end of day", "2026-03-04"),
    ("on gün içinde", "2026-03-14"),  # ten days, and not "on"
    ("on iki gün", "2026-03-16"),
    ("on beş iş günü", "2026-03-25"),
    ("twenty five days", "2026-03-29"),
]


def promise(text: str, said: str = "2026-03-04") -> tuple[str, str]:
    """Return the last day of a promise, and its problem."""
    days, problems = parse_promises([text], np.array([said], dtype="datetime64[D]"))
    return str(days[0]), problems[0]


@pytest.mark.parametrize(("text", "day"), READ)
def test_promises_as_people_write_them(text: str, day: str) -> None:
    assert promise(text) == (day, "")
    assert promise(f" {text.upper()} ") == (day, "")


@pytest.mark.parametrize(
    "text",
    [
        "a few days",
        "a few weeks",
        "mid March",
        "middle of March",
        "first week of April",
        "after Easter",
        "Q2",
        "36 hours",
        "2 hours",
        "at 5 pm",
        "ore 15",
        "15",
        "bis 15",  # o'clock, or the 15th
        "the 15th or 16th",
        "the 15th March",
        "the 32nd",
        "end of 2026",
        "13月底",
        "10 five 3 days",
    ],
)
def test_what_is_not_certain_is_reported(text: str) -> None:
    assert promise(text) == ("NaT", NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    "text",
    [
        "early next week",
        "Anfang nächster Woche",
        "en début de semaine prochaine",
        "a principios de la próxima semana",
        "no início da próxima semana",
        "inizio prossima settimana",
        "begin volgende week",
        "na początku przyszłego tygodnia",
        "下周初",
    ],
)
def test_a_part_of_a_week_is_no_day(text: str) -> None:
    assert promise(text) == ("NaT", NO_DATE)


def test_the_end_of_a_month_is_the_next_one_within_half_a_year() -> None:
    assert promise("end of February", "2026-02-28") == ("2026-02-28", "")
    assert promise("end of February", "2026-01-10") == ("2026-02-28", "")
    assert promise("end of January", "2026-11-20") == ("2027-01-31", "")
    assert promise("end of February", "2026-03-01") == ("NaT", NOT_UNDERSTOOD)  # a slip, or a year


def test_a_day_that_the_next_month_does_not_have_is_reported() -> None:
    assert promise("by the 31st", "2026-03-04") == ("2026-03-31", "")
    assert promise("by the 31st", "2026-03-31") == ("NaT", NOT_UNDERSTOOD)  # there is no 31 April
    assert promise("by the 30th", "2026-01-30") == ("NaT", NOT_UNDERSTOOD)


def test_every_row_has_the_problem_of_its_own_day() -> None:
    said = np.array(["2026-03-04", "2026-03-31", "NaT"], dtype="datetime64[D]")
    days, problems = parse_promises(["by the 31st"] * 3, said)
    assert days.astype(str).tolist() == ["2026-03-31", "NaT", "NaT"]
    assert problems[:2].tolist() == ["", NOT_UNDERSTOOD]
    assert "no date" in problems[2]
