"""Whom to contact (R18), through what, and never again (R14)."""

import dataclasses

import pytest

import jobsearch_stats as js
from build import a_log, asked, event, follow_up, interview, reply, texts
from jobsearch_stats.contacts import email_key, named_on, phone_key

ANA = {"contact": "Ana Ruiz", "phone": "415-555-0101"}
BO = {"contact": "Bo Lind", "phone": "415-555-0102"}
CY = {"contact": "Cy Moss", "phone": "415-555-0103"}
WHO = ("contact", "contact_role", "phone", "email")


def with_role(person, role):
    return {**person, "contact_role": role}


@pytest.mark.parametrize(
    ("events", "contact", "role"),
    [
        # who is named on an interview has interviewed; anybody else is just another
        ([interview("2026-03-04", **ANA)], "Ana Ruiz", "interviewer"),
        ([interview("2026-03-04"), reply("2026-03-06", **ANA)], "Ana Ruiz", "other"),
        # the hiring manager, else who interviewed, else HR, else another
        (
            [
                interview("2026-03-04", **ANA),
                reply("2026-03-05", **with_role(BO, "hr")),
                reply("2026-03-03", **with_role(CY, "hiring_manager")),
            ],
            "Cy Moss",
            "hiring_manager",
        ),
        (
            [interview("2026-03-04", **ANA), reply("2026-03-05", **with_role(BO, "hr"))],
            "Ana Ruiz",
            "interviewer",
        ),
        (
            [
                interview("2026-03-04"),
                reply("2026-03-05", **with_role(BO, "hr")),
                reply("2026-03-06", **CY),
            ],
            "Bo Lind",
            "hr",
        ),
        # of several, the one named latest; of one event, the first
        ([interview("2026-03-04", **ANA), interview("2026-03-06", **BO)], "Bo Lind", "interviewer"),
        ([interview("2026-03-04", contact="Cy Moss; Ana Ruiz")], "Cy Moss", "interviewer"),
        (
            [interview("2026-03-04", contact="Cy Moss;Bo Lind", contact_role="hr;hiring_manager")],
            "Bo Lind",
            "hiring_manager",
        ),
        # named later counts before the place in the list
        (
            [
                interview("2026-03-04", **CY),
                interview("2026-03-06", contact="Ana Ruiz;Bo Lind", contact_role="hr;interviewer"),
            ],
            "Bo Lind",
            "interviewer",
        ),
        # one person, written twice: the first role in that order that any event gives
        (
            [
                interview("2026-03-04", **with_role(ANA, "hiring_manager")),
                reply("2026-03-06", contact="ANA RUIZ", contact_role="hr"),
            ],
            "ANA RUIZ",
            "hiring_manager",
        ),
        # nobody
        ([interview("2026-03-04")], None, None),
        ([interview("2026-03-04", contact="")], None, None),
    ],
)
def test_whom_to_call(events, contact, role):
    assert texts(asked(*events, as_of="2026-03-07"), "contact", "contact_role") == [contact, role]


def test_the_number_is_that_of_the_person_not_of_another():
    several = interview(
        "2026-03-04",
        contact="Ana Ruiz;Bo Lind",
        contact_role=";hiring_manager",
        phone="415-555-0101;415-555-0102",
        email="ana@example.com",
    )
    found = texts(asked(several, as_of="2026-03-05"), *WHO)
    assert found == ["Bo Lind", "hiring_manager", "415-555-0102", None]


def test_the_latest_number_of_a_person_else_that_of_nobody():
    met = interview("2026-03-04", **ANA)
    board = reply("2026-03-06", phone="415-555-0150", email="jobs@example.com")
    row = asked(met, board, as_of="2026-03-07")
    assert texts(row, "phone", "email") == ["415-555-0101", "jobs@example.com"]
    moved = reply("2026-03-06", contact="ana ruiz", phone="415-555-0109")
    assert asked(met, moved, as_of="2026-03-07")["phone"] == "415-555-0109"
    # a colleague's number is not used for Ana, whose own is not known
    row = asked(
        interview("2026-03-04", contact="Ana Ruiz"), reply("2026-03-06", **BO), as_of="2026-03-07"
    )
    assert texts(row, "contact", "phone") == ["Ana Ruiz", None]


def test_what_is_said_later_is_not_known_yet_and_an_appointment_only_counts_where_nothing_is():
    met, ahead = (
        interview("2026-03-04", **ANA),
        interview("2026-03-20", **with_role(BO, "hiring_manager")),
    )
    assert asked(met, reply("2026-03-12", **CY), ahead, as_of="2026-03-05")["contact"] == "Ana Ruiz"
    assert asked(interview("2026-03-04"), ahead, as_of="2026-03-05")["contact"] == "Bo Lind"
    later = interview("2026-03-30", **CY)
    assert asked(ahead, later, as_of="2026-03-05")["contact"] == "Bo Lind"


TOLD = event("do_not_contact", "2026-03-05", **ANA, email="ana@example.com")


@pytest.mark.parametrize(
    "before",
    [
        [],
        [interview("2026-03-04", "2026-03-20")],
        [interview("2026-03-04"), follow_up("2026-03-04")],
        [interview("2026-03-04"), event("offer", "2026-03-04")],
        [interview("2026-03-30")],
        [interview("2026-03-04"), reply("2026-03-06"), interview("2026-03-09")],
    ],
)
@pytest.mark.parametrize("status", [None, "ghosted", "interview"])
def test_told_never_to_call_closes_whatever_came_before_and_comes_after(before, status):
    met = interview("2026-03-03")
    for day in ("2026-03-05", "2026-03-10", "2027-03-10"):
        row = asked(met, *before, TOLD, as_of=day, status_kind=status)
        assert texts(row, "state", "due_on", "call_on", "abandon_on") == [
            "closed",
            None,
            None,
            None,
        ]
        assert "R14" in row["reason"]
    assert "R14" not in asked(met, *before, TOLD, as_of="2026-03-04")["reason"]


SPELLINGS = [
    "+1 (415) 555-0101",
    "415.555.0101",
    "4155550101",
    "001 415 555 0101",
    "415-555-0101 x12",
    "415-555-0101 ext. 3",
    "415-555-0101, Ext 77",
    "Fax 415-555-0101",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_barred_number_is_barred_at_every_application_however_it_is_written(spelling):
    other = {"contact": "Dee Okoro", "phone": spelling}
    log = a_log({"a": [interview("2026-03-03"), TOLD], "b": [interview("2026-03-04", **other)]})
    before, after = (js.follow_ups(log, as_of=d).loc["b"] for d in ("2026-03-04", "2026-03-05"))
    assert texts(before, "state", "phone") == ["waiting", spelling]
    assert texts(after, "state", "phone", "due_on") == ["closed", None, None]
    assert "at another application" in after["reason"]


@pytest.mark.parametrize("email", ["ana@example.com", "Ana@Example.COM", " ana@example.com "])
def test_a_barred_address_too(email):
    log = a_log({"a": [interview("2026-03-03"), TOLD], "b": [interview("2026-03-04", email=email)]})
    assert js.follow_ups(log, as_of="2026-03-05").loc["b", "state"] == "closed"


@pytest.mark.parametrize("phone", ["415-555-0110", "555-0101", "0101", "no number"])
def test_another_number_is_not_barred(phone):
    log = a_log({"a": [interview("2026-03-03"), TOLD], "b": [interview("2026-03-04", phone=phone)]})
    row = js.follow_ups(log, as_of="2026-03-05").loc["b"]
    assert texts(row, "state", "phone") == ["waiting", phone]


def test_who_has_another_number_is_called_there_and_who_has_none_is_passed_over():
    lives = {
        "told": [interview("2026-03-03"), TOLD],
        "both": [
            interview("2026-03-04", **ANA),
            reply("2026-03-05", **{**ANA, "phone": "415-555-0109"}),
        ],
        "colleague": [
            interview("2026-03-04", **with_role(ANA, "hiring_manager")),
            reply("2026-03-05", **BO),
        ],
        "name only": [interview("2026-03-04", contact="Ana Ruiz")],
    }
    table = js.follow_ups(a_log(lives), as_of="2026-03-06")
    assert texts(table.loc["both"], "contact", "phone") == ["Ana Ruiz", "415-555-0109"]
    assert texts(table.loc["colleague"], "contact", "phone") == ["Bo Lind", "415-555-0102"]
    assert texts(table.loc["name only"], "state", "contact") == ["waiting", "Ana Ruiz"]


def test_every_number_that_stands_at_the_one_who_told_so_is_barred():
    lives = {
        "told": [interview("2026-03-03", **BO), event("do_not_contact", "2026-03-05")],
        "other": [interview("2026-03-04", **BO)],
        "bystander": [interview("2026-03-04", **CY)],
    }
    table = js.follow_ups(a_log(lives), as_of="2026-03-06")
    assert texts(table.loc["told"], "contact", "phone") == ["Bo Lind", "415-555-0102"]
    assert texts(table.loc["other"], "contact", "phone") == [None, None]
    states = table["state"]
    assert states.astype("str").to_dict() == {
        "told": "closed",
        "other": "closed",
        "bystander": "waiting",
    }


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("+49 89 555 0101", "089 5550101", True),
        ("555-0101", "5550101", True),
        ("555-0101", "415-555-0101", False),
        ("415-555-0101x1", "415-555-0101 EXT 9", True),
        ("Fax: 415-555-0101", "415-555-0101", True),
    ],
)
def test_phone_numbers_are_the_same_where_their_last_nine_digits_are(a, b, same):
    assert (phone_key(a) == phone_key(b)) is same


def test_no_number_is_no_key():
    assert phone_key("ask the desk") == ""
    assert email_key(" Ana@Example.com") == "ana@example.com"


def test_everybody_named_on_an_event_with_what_is_theirs():
    log = a_log(
        {
            "a": [
                interview("2026-03-04", contact="Ana Ruiz; Bo Lind", phone="415-555-0101"),
                reply("2026-03-05", email="jobs@example.com"),
            ]
        }
    )
    found = named_on(log.events)
    rows = [texts(row, *found.columns) for _, row in found.iterrows()]
    assert rows == [
        [0, "Ana Ruiz", "415-555-0101", None],
        [0, "Bo Lind", None, None],
        [1, None, None, "jobs@example.com"],
    ]


@pytest.mark.parametrize(
    ("decide_by", "contact_by", "method"),
    [
        ("2026-03-17", None, "phone"),  # 13 days off
        ("2026-03-18", None, "email"),  # 14
        (None, None, "phone"),
        (None, "email", "email"),
        ("2026-03-17", "phone", "phone"),
        ("2026-03-18", "phone", "email"),
    ],
)
def test_email_instead_where_the_promise_is_far_off_or_they_asked_for_it(
    decide_by, contact_by, method
):
    met = interview("2026-03-04", decide_by, phone="415-555-0101", email="ana@example.com")
    row = asked(met, as_of="2026-03-05", strategy=js.EMAIL_INSTEAD, contact_by=contact_by)
    assert row["method"] == method
    by_phone = asked(met, as_of="2026-03-05", contact_by=contact_by)
    assert by_phone["method"] == "phone"
    writes = dataclasses.replace(js.DAY_AFTER, name="WRITES", method="email")
    assert asked(met, as_of="2026-03-05", strategy=writes)["method"] == "email"


@pytest.mark.parametrize(
    ("known", "method"),
    [
        ({"email": "ana@example.com"}, "email"),
        ({"phone": "415-555-0101", "email": "ana@example.com"}, "phone"),
        ({"phone": "415-555-0101"}, "phone"),
        ({}, "phone"),
    ],
)
def test_who_has_no_known_number_is_written_to(known, method):
    row = asked(interview("2026-03-04", **known), as_of="2026-03-05")
    assert row["method"] == method
    assert ("write a week later" in row["reason"]) is (method == "email")


def test_once_the_number_is_barred_what_is_left_is_the_address():
    lives = {
        "told": [interview("2026-03-03"), event("do_not_contact", "2026-03-05", **ANA)],
        "other": [interview("2026-03-04", **ANA, email="ana@example.com")],
    }
    row = js.follow_ups(a_log(lives), as_of="2026-03-06").loc["other"]
    assert texts(row, "phone", "email", "method") == [None, "ana@example.com", "email"]
