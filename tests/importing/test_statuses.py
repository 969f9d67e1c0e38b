"""Statuses, methods and outcomes as people write them: the certain ones, and the tempting ones."""

from __future__ import annotations

import pytest

from importing.reading import happened, one, problems, read
from jobsearch_stats.importing.contacting import Contacting, read_contacting
from jobsearch_stats.importing.near_words import NearWords, is_slip
from jobsearch_stats.importing.values import Status, read_status


@pytest.mark.parametrize(
    ("text", "kind", "interviewed"),
    [
        # emoji, case, punctuation
        ("✅ Offer!!", "offer", False),
        ("REJECTED 😢", "rejected", False),
        ("no reply...", "ghosted", False),
        ("*** applied ***", "applied", False),
        ("n.o. r.e.s.p.o.n.s.e", "ghosted", False),
        # slips
        ("reeejected", "rejected", False),
        ("Offerrr!!!", "offer", False),
        ("Rejcted", "rejected", False),
        ("gohsted", "ghosted", False),
        ("inteview", "interview", True),
        ("rejcted after 2nd inteview", "rejected", True),
        ("Abasge", "rejected", False),
        # several states in one cell: how it ended, and that there was an interview
        ("Inter + Rejec", "rejected", True),
        ("applied/interviewed/rejected", "rejected", True),
        ("Applied -> Phone Screen -> Onsite -> Rejected", "rejected", True),
        ("Applied, no response", "ghosted", False),
        ("Interview → Offer", "offer", True),
        ("applied, intervew, offfer", "offer", True),
        ("Beworben; Gespräch; Absage", "rejected", True),
        # abbreviations
        ("Rej", "rejected", False),
        ("Rejec", "rejected", False),
        ("Interv", "interview", True),
        ("Appl + Interv", "interview", True),
        ("Screen", "screening", True),
        ("Withdr", "withdrawn", False),
        ("app'd", "applied", False),
        ("W/D", "withdrawn", False),
        ("2nd int", "interview", True),
        # with its method, with its date
        ("Interview (phone)", "interview", True),
        ("Interview - phone", "interview", True),
        ("Interview on Tue 3 Feb 2026 at 14:00", "interview", True),
        ("Rejected: 24.01.2026", "rejected", False),
        ("Applied 5 May 2026", "applied", False),
        ("auto-reply", "applied", False),
        # an assessment is no interview, and an appointment is none yet
        ("Rejected after coding test", "rejected", False),
        ("Interview scheduled", "applied", False),
    ],
)
def test_certain_statuses(text: str, kind: str, interviewed: bool) -> None:
    assert read_status(text) == Status(kind, interviewed)


@pytest.mark.parametrize(
    "text",
    [
        "No interview",
        "Not offered",
        "Intern",
        "Retired",
        "int",  # interview, or interested?
        "app",
        "Interes",  # interested, interesting: no row is left out for an abbreviation
        "Interest",
        "Final",  # the final round, or final?
        "Offer + Rejected",  # by whom?
        "Declined",
        "Rejected?? not sure, call Bob",
        "Interview maybe",
        "hmm",
        "5",
        "✈️",
    ],
)
def test_statuses_that_are_not_certain_are_unknown(text: str) -> None:
    assert read_status(text) == Status("unknown")


@pytest.mark.parametrize("text", ["N/A", "-", "n.a.", "—"])
def test_a_status_that_says_it_has_none_is_blank_and_no_problem(text: str) -> None:
    log = read(f"Company,Status,Applied\nA,{text},2026-02-01\n")
    assert log.applications["status_kind"].isna().all()
    assert len(log.problems) == 0


def test_a_status_without_a_date_makes_no_event_and_counts_as_interviewed() -> None:
    log = read("Company,Status,Applied\nA,Inter + Rejec,2026-02-01\nB,Rejected,2026-02-01\n")
    assert happened(log) == [("2026-02-01", "applied"), ("2026-02-01", "applied")]
    assert log.applications["undated_interview"].tolist() == [True, False]


def test_unknown_statuses_are_kept_and_noted_once_with_their_count() -> None:
    log = read("Company,Status\nA,whatever\nB,Rejected\nC,whatever\n")
    assert log.applications["status"].tolist() == ["whatever", "Rejected", "whatever"]
    assert problems(log, "noted") == [(2, "Status", "whatever")]
    assert "(2 times)" in log.problems["problem"].iloc[0]


def test_prospects_were_never_applied_to() -> None:
    log = read("Company,Status\nA,Bookmarkd\nB,Bookm\nC,Wishlist ⭐\n")
    assert [row for row, _, _ in problems(log, "rejected")] == [2, 4]
    assert log.applications["status_kind"].tolist() == ["unknown"]  # an abbreviation is not enough


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("rejected", "no"),
        ("rejectd", "no"),
        ("rejeccted", "no"),
        ("rejetced", "no"),
        ("rexected", "no"),
        ("rreeejjected", "no"),
        ("rejexxed", None),  # two slips
        ("dejected", None),  # another first letter is another word
        ("rejecter", None),  # and so is another last one
        ("rejectede", None),
        ("erjected", "no"),
        ("offert", None),  # one slip from two words that mean different things
        ("ofer", None),  # too short for a slip
        ("offfer", "yes"),  # but a letter three times is a stretched word
    ],
)
def test_a_slip_counts_only_towards_one_meaning(word: str, meaning: str | None) -> None:
    near = NearWords({"rejected": "no", "offer": "yes", "offers": "yes", "effert": "other"})
    assert near.with_typo([word]) == meaning


def test_what_is_denied_is_no_slip() -> None:
    near = NearWords({"ndinterview": "i", "noresponse": "ghosted", "notinterested": "w"})
    assert near.with_typo(["no", "interview"]) is None
    assert near.with_typo(["no", "reponse"]) == "ghosted"
    assert near.with_typo(["now", "interested"]) is None
    assert near.with_typo(["not", "intersted"]) == "w"


def test_a_word_alone_is_nearer_to_words_than_to_phrases() -> None:
    near = NearWords({"inreview": "waiting", "interview": "i"}, ["interview"])
    assert near.with_typo(["in", "teview"]) is None
    assert near.with_typo(["inteview"]) == "i"
    assert near.with_typo(["inrewiew"]) == "waiting"


def test_a_beginning_counts_only_where_one_word_begins_so() -> None:
    known = {"interview": "i", "interested": "p", "withdrawn": "w", "withdraw": "w"}
    near = NearWords(known, known)
    assert near.begun("inter") is None
    assert near.begun("interv") == "i"
    assert near.begun("withd") == "w"
    assert near.begun("with") is None  # four letters may begin anything


def _doubled(word: str) -> list[str]:
    """Return the word with each of its letters doubled."""
    return [word[:at] + letter + word[at:] for at, letter in enumerate(word)]


def test_the_index_finds_what_a_look_at_every_word_finds() -> None:
    known = {"rejected": "r", "interview": "i", "ghosted": "g", "screening": "s"}
    near = NearWords(known)
    words = [
        word[:at] + letter + word[at + cut :]
        for word in known
        for at in range(len(word) + 1)
        for letter in ("", "q", "e")
        for cut in (0, 1)
    ]
    for word in filter(lambda word: len(word) >= 6, words):
        slow = {known[other] for other in known if is_slip(word, other) or word in _doubled(other)}
        assert near.with_typo([word]) == (slow.pop() if len(slow) == 1 else None), word


@pytest.mark.parametrize(
    ("text", "method", "outcome"),
    [
        ("rang, no answer", "phone", "no_answer"),
        ("rang - no answer", "phone", "no_answer"),
        ("LM on VM", "phone", "voicemail"),
        ("left vm x2", "phone", "voicemail"),
        ("2x called", "phone", None),
        ("called again", "phone", None),
        ("📞", "phone", None),
        ("📞 no answer", "phone", "no_answer"),
        ("☎️ left a message", "phone", "voicemail"),
        ("✉️", "email", None),
        ("📧 sent", "email", "sent"),
        ("WhatsApp", "text", None),
        ("LinkedIn message", "portal", None),
        ("LinkedIn msg", "portal", None),
        ("InMail", "portal", None),
    ],
)
def test_methods_and_outcomes(text: str, method: str | None, outcome: str | None) -> None:
    assert read_contacting(text) == Contacting(method, outcome)


@pytest.mark.parametrize(
    ("text", "method", "outcome"),
    [
        ("spoke w/ Anna", None, "spoke"),
        ("spoke to the recruiter", None, "spoke"),
        ("talked with anna", None, "spoke"),
        ("called Anna Schmidt", "phone", None),
        ("mailed HR", None, "sent"),
        ("left message for Anna", "phone", "voicemail"),
        ("left message with Anna", "phone", "message_taken"),  # a person took it
        ("left a voicemail for Anna", "phone", "voicemail"),
    ],
)
def test_whom_the_words_name_is_kept_in_the_note(
    text: str, method: str | None, outcome: str | None
) -> None:
    assert read_contacting(text) == Contacting(method, outcome, note=text)
    log = read(f"Company,Follow-up,Follow-up outcome\nA,2026-03-04,{text}\n")
    event = one(log, "follow_up")
    assert event["note"] == text
    assert problems(log, "noted") == [(None, "Follow-up", None)]  # done, not planned: nothing else


@pytest.mark.parametrize(
    "text",
    [
        "called off",
        "called to cancel",
        "called Monday",  # a day, nobody's name
        "called but not Anna",
        "emailed + called",  # which of the two?
        "pigeon",
        "will call Anna",
    ],
)
def test_words_that_say_something_else_are_kept_as_they_are(text: str) -> None:
    assert read_contacting(text) == Contacting(words=text)


def test_words_beside_the_date_of_a_follow_up_say_method_outcome_and_whom() -> None:
    log = read(
        "Company,Follow-up\nA,2026-03-04 spoke w/ Anna\nB,2026-03-05 called Anna Schmidt\n"
        "C,2026-03-06 emailed\n"
    )
    events = log.events[["method", "outcome", "note"]].astype(object).fillna("")
    assert events.to_numpy().tolist() == [
        ["", "spoke", "spoke w/ Anna"],
        ["phone", "", "called Anna Schmidt"],
        ["email", "sent", ""],
    ]


def test_ghosted_in_a_reply_column_is_what_it_says() -> None:
    log = read("Company,Applied,Reply\nA,2026-02-01,ghosted 👻\nB,2026-02-01,Ghosted 2026-03-01\n")
    assert log.applications["status_kind"].astype(object).fillna("").tolist()[0] == "ghosted"
    assert [kind for _, kind in happened(log)] == ["applied", "applied"]


@pytest.mark.parametrize("text", ["N/A", "n/a", "-", "—", "k. A."])
def test_not_applicable_is_blank_in_every_column(text: str) -> None:
    log = read(
        "Company,Applied,Interview,Follow-up,Follow-up method,Follow-up outcome,Reply,"
        "Reply outcome,Decision by,Away until,Contact,Phone,Status,History\n"
        f"A,2026-02-01,{','.join([text] * 12)}\n"
    )
    assert happened(log) == [("2026-02-01", "applied")]
    assert log.events[["contact", "phone", "decide_by", "note"]].isna().all(axis=None)
    assert problems(log, "blanked") == []
    assert [column for _, column, _ in problems(log, "noted")] == ["Follow-up"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Inteview", "interview"),
        ("2nd inteview", "interview"),
        ("3rd interview", "interview"),
        ("Interview 2", "interview"),
        ("rejcted", "rejection"),
        ("Folow-up", "follow_up"),
        ("Vorstelungsgespräch", "interview"),
    ],
)
def test_kinds_of_events_may_have_a_slip_or_a_number(word: str, kind: str) -> None:
    log = read(
        f"Company,Date,Event\nA,2026-03-04,{word}\nA,2026-03-01,applied\nA,2026-03-02,reply\n"
    )
    assert ("2026-03-04", kind) in happened(log)
    assert len(log.events) == 3


def test_kinds_that_come_near_to_nothing_are_rejected_rows() -> None:
    log = read("Company,Date,Event\nA,2026-03-04,dance\nA,2026-03-01,applied\n")
    assert [row for row, _, _ in problems(log, "rejected")] == [2]
