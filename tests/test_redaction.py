"""Logs with pseudonyms: nothing of a person is left, and everything that is computed stays."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from jobsearch_stats.errors import DataError
from jobsearch_stats.export.search import Search
from jobsearch_stats.outreach import outreach
from jobsearch_stats.sample import SAMPLE_DAY, sample_path

SAME = ["state", "stage", "clock_on", "decide_by", "n_messages", "due_on", "call_on", "abandon_on"]


@pytest.fixture(scope="module", params=["my_search.csv", "events.csv"])
def sample(request):
    return js.read_log(sample_path(request.param))


def test_states_and_their_days_stay(sample):
    before = js.follow_ups(sample, as_of=SAMPLE_DAY, stages=("interview", "application"))
    after = js.follow_ups(js.redact(sample), as_of=SAMPLE_DAY, stages=("interview", "application"))
    pd.testing.assert_frame_equal(
        before[SAME].reset_index(drop=True), after[SAME].reset_index(drop=True)
    )


def test_statistics_stay(sample):
    shared = js.redact(sample)
    for by in ("kind", "method", "source"):
        rates = [
            js.response_rates(outreach(log, as_of=SAMPLE_DAY), by=by) for log in (sample, shared)
        ]
        pd.testing.assert_frame_equal(rates[0].table, rates[1].table)
    chances = [js.chance_of_reply(outreach(log, as_of=SAMPLE_DAY)) for log in (sample, shared)]
    pd.testing.assert_frame_equal(chances[0].table, chances[1].table)


def test_one_conversation_stays_one(sample):
    """R22 joins what goes to one number or address; so the agendas are equally long."""
    before, after = (js.agenda(log, as_of=SAMPLE_DAY) for log in (sample, js.redact(sample)))
    joined = [todo["reason"].str.contains("R22").sum() for todo in (before, after)]
    assert joined[0] == joined[1] > 0
    assert before["action"].value_counts().to_dict() == after["action"].value_counts().to_dict()


def events(*rows):
    return pd.DataFrame(rows, columns=["application_id", "date", "kind", "contact", "phone"])


def test_never_again_holds_through_the_same_number():
    log = js.ApplicationLog.from_frames(
        pd.DataFrame({"company": ["Acme", "Bolt"]}, index=["a", "b"]),
        events(
            ("a", "2026-02-03", "interview", "Jana", "+1 202 555 0101"),
            ("a", "2026-02-10", "do_not_contact", "Jana", "+1 202 555 0101"),
            ("b", "2026-03-03", "interview", "J. Novak", "(202) 555-0101"),
        ),
    )
    states = js.follow_ups(js.redact(log), as_of="2026-03-12")["state"].tolist()
    assert states == js.follow_ups(log, as_of="2026-03-12")["state"].tolist() == ["closed"] * 2


def test_a_number_without_digits_is_like_no_other():
    log = js.ApplicationLog.from_frames(
        pd.DataFrame({"company": ["Acme", "Bolt"]}, index=["a", "b"]),
        events(
            ("a", "2026-03-03", "interview", "Jana; Kim", "ask at the desk; 555 0101"),
            ("b", "2026-03-03", "interview", "Ben", "ask at the desk"),
        ),
    )
    shared = js.redact(log)
    assert shared.events["phone"].tolist() == ["Phone; Phone 1", "Phone"]
    assert len(js.agenda(shared, as_of="2026-03-10")) == len(js.agenda(log, as_of="2026-03-10"))


def sheet(companies, days):
    return js.read_log(pd.DataFrame({"Company": companies, "Interview": days}))


def test_one_employer_has_one_name_however_it_is_written():
    companies = ["Müller  & Co", "MÜLLER & CO", " mueller & co", "Miller & Co"]
    shared = js.redact(sheet(companies, ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]))
    assert shared.applications["company"].tolist() == ["Employer 1"] * 3 + ["Employer 2"]


def test_numbers_stay_as_the_log_grows_in_whatever_order():
    days = ["2026-02-03", "2026-02-04", "2026-02-05"]
    before = js.redact(sheet(["Acme", "Bolt", "Crux"], days))
    after = js.redact(sheet(["Dyer", "Crux", "Bolt", "Acme"], ["2026-03-03", *days[::-1]]))
    assert before.applications["company"].tolist() == ["Employer 1", "Employer 2", "Employer 3"]
    assert after.applications["company"].tolist() == [f"Employer {n}" for n in (4, 3, 2, 1)]


def test_employers_of_one_day_do_not_stand_by_letter_or_row():
    names = [f"{letter} Works" for letter in "ABCDEFGHIJ"]
    shared, turned = (
        js.redact(sheet(each, ["2026-03-03"] * 10)).applications["company"].tolist()
        for each in (names, names[::-1])
    )
    assert shared == turned[::-1]
    assert shared != [f"Employer {n}" for n in range(1, 11)]


def test_redacting_twice_changes_nothing(sample):
    once = js.redact(sample)
    twice = js.redact(once)
    for name in ("applications", "events", "problems", "columns"):
        pd.testing.assert_frame_equal(getattr(once, name), getattr(twice, name))


def test_input_is_not_changed(sample):
    before = sample.applications.copy(), sample.events.copy(), sample.problems.copy()
    js.redact(sample)
    for frame, copy in zip(
        (sample.applications, sample.events, sample.problems), before, strict=True
    ):
        pd.testing.assert_frame_equal(frame, copy)


def test_names_in_job_titles_and_sources_are_cut_out():
    log = js.read_log(
        pd.DataFrame(
            {
                "Company": ["Acme Corp", "Bolt", "STRASSE AG"],
                "Position": ["Clerk at ACME Corp", "Bolt Cook", "Koch bei Straße AG"],
                "Source": ["a friend, Jana Novak", "LinkedIn", "board"],
                "Contact": ["Jana Novak", "", ""],
                "Interview": ["2026-03-03"] * 3,
            }
        )
    )
    apps = js.redact(log).applications
    assert apps["role"].iloc[:2].tolist() == ["Clerk at […]", "[…] Cook"]
    assert pd.isna(apps["role"].iloc[2])  # found only when folded: nothing of it stays
    assert apps["source"].tolist() == ["a friend, […]", "LinkedIn", "board"]


def test_what_is_no_log_is_an_error():
    with pytest.raises(DataError, match="read_log"):
        js.redact("my_search.csv")


def test_a_log_without_rows_is_redacted_too():
    empty = js.ApplicationLog.from_frames(
        pd.DataFrame({"company": []}), pd.DataFrame({"application_id": [], "date": [], "kind": []})
    )
    assert not len(js.redact(empty).applications)


# --- nothing is left --------------------------------------------------------------------------

HOSTILE = [
    '=HYPERLINK("http://x")',
    "<b>",
    "\u05e9\u05dc\u05d5\u05dd",
    "🦊",
    "\x00",
    "\ud800",
    "\n",
]
SECRET = st.builds(
    lambda word, mark: f"Zqx{word}{mark}",
    st.text("jkvwxzqJKVWXZQ", min_size=4, max_size=8),
    st.sampled_from(["", *HOSTILE]),
)
"""Words that no page has of itself."""

DAYS = st.dates(pd.Timestamp("2026-01-05").date(), pd.Timestamp("2026-03-10").date())
COLUMNS = ("Company", "Contact", "Phone", "E-mail", "Notes", "URL", "ID", "Location", "Strengths")
ROW = st.fixed_dictionaries(
    {
        **dict.fromkeys((*COLUMNS, "Their own column"), SECRET),
        "Status": st.one_of(SECRET, st.sampled_from(["rejected", "interview", ""])),
        "Date applied": st.one_of(SECRET, DAYS.map(str)),
        "Interview": st.one_of(st.just(""), DAYS.map(str)),
        "Follow-up 1": st.one_of(st.just(""), DAYS.map(str), SECRET),
        "Rejected on": st.one_of(st.just(""), DAYS.map(str)),
    }
)


@settings(max_examples=8)
@given(st.lists(ROW, min_size=1, max_size=6))
def test_nothing_of_a_person_is_in_the_page(rows):
    from jobsearch_stats.export.report import report_html

    log = js.read_log(pd.DataFrame(rows))
    search = Search(
        log=js.redact(log),
        as_of=pd.Timestamp("2026-03-10"),
        strategy=js.DAY_AFTER,
        stages=("interview", "application"),
        days=7,
        me=js.Me(),
        title="",
        redacted=True,
    )
    page = report_html(search).casefold()
    assert "zqx" not in page
    assert "their own column" not in page


@settings(max_examples=60)
@given(st.lists(ROW, min_size=1, max_size=6))
def test_nothing_of_a_person_is_in_the_log(rows):
    shared = js.redact(js.read_log(pd.DataFrame(rows)))
    frames = (shared.applications.reset_index(), shared.events, shared.problems, shared.columns)
    seen = "".join(frame.astype("object").to_csv() for frame in frames)
    assert "zqx" not in seen.casefold()
    assert "their own column" not in seen.casefold()
