"""What is said of one's own log: the decision follows from the numbers, and from no fewer."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats import comparisons, findings, silent_contacts
from small_logs import VOICEMAIL, happened, log_of, met

AS_OF = "2026-03-31"
DAY = pd.Timestamp(AS_OF)


def applied(number, answered_after=None, *, date="2026-01-05", **other):
    """Return the events of an application, answered after so many days."""
    name = {"application_id": f"a{number}"}
    events = [{**happened("applied", date, **other), **name}]
    if answered_after is not None:
        on = pd.Timestamp(date) + pd.Timedelta(days=answered_after)
        events.append({**happened("reply", f"{on:%Y-%m-%d}", outcome="neutral"), **name})
    return events


def rates_of(k, n, **other):
    """Return the rates by kind of n applications, of which k were answered."""
    events = itertools.chain.from_iterable(applied(i, 3 if i < k else None) for i in range(n))
    tries = js.outreach(log_of(*events), as_of=AS_OF)
    tries = tries[tries["kind"] == "application"]  # without the application "a1" if n is 1
    return js.response_rates(tries, by="kind", **other)


@pytest.fixture(scope="module")
def log():
    return js.simulate_log(400, seed=11)


@pytest.fixture(scope="module")
def tries(log):
    return js.outreach(log, as_of="2026-03-10")


def at_rest(*frames):
    """Return copies to compare with later."""
    return [frame.copy() for frame in frames]


# --- comparisons -----------------------------------------------------------------------------


def test_blanks_are_left_out_and_counted(tries):
    found = comparisons.compared(tries, by="part_of_day", within=14)
    waiting = tries[(tries["kind"] == "follow_up") & (tries["stage"] != "closed")]
    assert found.n_blank == waiting["part_of_day"].isna().sum() > 0
    assert found.rates.table["part_of_day"].notna().all()
    assert f"{found.n_blank} more are left out" in comparisons.verdict_sentence(found)


def test_few_groups_are_compared_in_pairs_and_many_with_the_largest(tries):
    two = comparisons.compared(tries, by="method", within=14)
    assert len(two.differences.table) == 1
    days = comparisons.compared(tries, by="weekday", kinds="application", within=14)
    n = days.rates.table.set_index("weekday")["n"]
    assert len(n) == 7
    assert set(days.differences.table["reference"]) == {str(n.idxmax())}
    assert len(days.differences.table) == 6


def test_an_answer_to_the_second_message_is_not_counted_for_the_first():
    events = []
    for i in range(12):
        name = {"application_id": f"a{i}"}
        events += [
            {**met("2026-02-02"), **name},
            {**VOICEMAIL, "date": "2026-02-10", **name},
            {**VOICEMAIL, "date": "2026-02-17", **name},
            {**happened("reply", "2026-02-18", outcome="neutral"), **name},
        ]
    tries = js.outreach(log_of(*events), as_of=AS_OF)
    table = comparisons.messages_compared(tries).rates.table.set_index("message")
    assert table["n_responses"].tolist() == [0, 12]
    tempting = js.response_rates(tries, by="message_number", kinds="follow_up", within=14)
    assert tempting.table["n_responses"].tolist() == [12, 12]
    said = findings.message_sentence(comparisons.messages_compared(tries))
    assert "12 of 12 second messages were answered within 6 days" in said
    assert "send it (R8), and no third (R5)" in said


def with_p(comparison, p):
    return dataclasses.replace(
        comparison, differences=dataclasses.replace(comparison.differences, global_p=p)
    )


def test_questions_are_corrected_for_their_number(tries):
    one = comparisons.compared(tries, by="method", within=14)
    p = (0.01, 0.04, np.nan, 0.03, 0.005)
    table = comparisons.corrected({str(x): with_p(one, x) for x in p}).table
    # Holm (1979) of .01, .04, .03, .005
    assert table["p_holm"].round(10).tolist()[:2] == [0.03, 0.06]
    assert np.isnan(table["p_holm"][2])
    assert table["p_holm"].round(10).tolist()[3:] == [0.06, 0.02]


def test_no_day_is_called_better_on_one_lucky_question_of_three(tries):
    other = comparisons.compared(tries, by="method", within=14)
    lucky = with_p(comparisons.compared(tries, by="weekday", within=14), 0.04)
    questions = {"Lucky": lucky, "Second": with_p(other, 0.6), "Third": with_p(other, 0.7)}
    said = findings.calendar_sentences(questions, comparisons.corrected(questions), tries=tries)
    assert said[0].startswith("Lucky: the groups look different (p = 0.040), but 3 such questions")
    assert "No day and no hour is shown to be better" in said[-1]
    close = {**questions, "Lucky": with_p(lucky, 0.0176)}
    said = findings.calendar_sentences(close, comparisons.corrected(close), tries=tries)
    assert "(corrected, p = 0.053)" in said[0], "rounded to 0.05 it would contradict the verdict"
    mondays = ((tries["kind"] == "follow_up") & (tries["weekday"] == "Monday")).sum()
    assert f"{mondays} follow-ups on a Monday: never on a Monday (R3) is etiquette" in said[-1]


def split(answered_first, answered_second):
    """Return the comparison of 40 calls and 40 e-mails, so many of which were answered."""
    events = []
    for method, answered in (("phone", answered_first), ("email", answered_second)):
        for i in range(40):
            name = {"application_id": f"{method}{i}"}
            events += [
                {**met("2026-02-02"), **name},
                {**VOICEMAIL, "method": method, "date": "2026-02-10", **name},
            ]
            if i < answered:
                events.append({**happened("reply", "2026-02-12", outcome="neutral"), **name})
    tries = js.outreach(log_of(*events), as_of=AS_OF)
    return comparisons.compared(tries, by="method", within=14)


def test_methods_are_told_apart_only_where_they_differ():
    apart, same = split(36, 4), split(21, 19)
    assert apart.tells_apart
    assert not same.tells_apart
    assert "take the one with more answers" in findings.method_sentence(apart)
    assert "With 40 calls and 40 e-mails you cannot tell them apart yet" in (
        findings.method_sentence(same)
    )
    assert "the one that they prefer" in findings.method_sentence(same)
    assert not with_p(same, 0.001).tells_apart  # the groups differ, and of no pair it can be said
    assert "Only a log with both" in findings.method_sentence(with_p(same, np.nan))


def test_what_came_after_the_end_is_not_missed():
    events = [
        met("2026-02-02"),
        happened("rejection", "2026-02-04"),
        happened("follow_up", "2026-02-05", outcome="sent"),
        {**happened("follow_up", "2026-02-05", outcome="sent"), "application_id": "a2"},
    ]
    tries = js.outreach(log_of(*events), as_of=AS_OF)
    assert tries["method"].isna().all()
    assert comparisons.compared(tries, by="method", within=14).n_blank == 1


def test_late_calls_are_not_blamed(tries):
    promise = comparisons.compared(tries, by="timing", within=14)
    interview = comparisons.compared(tries, by="since_interview", within=14)
    said = " ".join(findings.timing_sentences(promise, interview))
    assert "had waited longer and was still silent" in said
    nothing = comparisons.compared(tries.iloc[:0], by="timing", within=14)
    assert "had waited longer" not in " ".join(findings.timing_sentences(nothing, nothing))
    apart = split(36, 4)
    assert "not on this alone" in findings.timing_sentences(apart, interview)[-1]


# --- what the log can tell -------------------------------------------------------------------


@pytest.mark.parametrize(("gap", "fresh"), [(0, True), (14, True), (15, False), (60, False)])
def test_a_log_without_late_entries_is_called_old(gap, fresh):
    log = log_of(happened("applied", "2026-01-05"), happened("reply", "2026-01-30"))
    as_of = pd.Timestamp("2026-01-30") + pd.Timedelta(days=gap)
    said = findings.up_to_date_sentence(log, as_of=as_of, within=14)
    assert ("up to date, go on" in said) == fresh
    assert ("every rate here is too low" in said) != fresh
    assert (f"{gap} days before" in said) != fresh


def test_entries_after_the_day_make_no_log_young():
    log = log_of(happened("applied", "2026-01-05"), met("2026-05-01"))
    said = findings.up_to_date_sentence(log, as_of=DAY, within=14)
    assert "Mon 5 January 2026" in said
    assert "Nothing in this log is dated" in findings.up_to_date_sentence(
        log_of(), as_of=DAY, within=14
    )


def test_undated_answers_leave_the_rate_open():
    frame = pd.DataFrame(
        {
            "Company": [f"Firm {i}" for i in range(20)],
            "Date applied": ["2026-01-05"] * 20,
            "Status": ["Rejected"] * 8 + [""] * 12,
            "Reply": [""] * 8 + ["2026-01-08"] + [""] * 11,
        }
    )
    log = js.read_log(frame, date_order="day-first")
    said = findings.dated_sentence(js.response_rates(js.outreach(log, as_of=AS_OF)))
    assert "lies between 5 % and 45 %. So the rate cannot be known" in said  # 1 and 9 of 20
    few = js.read_log(frame.iloc[7:], date_order="day-first")  # 1 of 13 undated
    assert "leaves little open" in findings.dated_sentence(
        js.response_rates(js.outreach(few, as_of=AS_OF))
    )


def test_a_log_without_any_answer_is_doubted():
    assert "Not one answer" in findings.dated_sentence(rates_of(0, 30))
    assert "Every answer in it has a day" in findings.dated_sentence(rates_of(1, 30))
    empty = js.response_rates(js.outreach(log_of(), as_of=AS_OF))
    assert "Cannot tell yet" in findings.dated_sentence(empty)


def test_how_many_applications_a_few_answers_take():
    said = findings.answered_sentence(rates_of(81, 263))
    # Wilson's interval of 81 of 263 is .2553 to .3662; 5 / .3662 = 13.7, 5 / .2553 = 19.6
    assert "Of 263 applications, 81 got an answer within 14 days (31 %; 26 to 37 %)" in said
    assert "reckon with 14 to 20 applications for 5 of them" in said
    none = findings.answered_sentence(rates_of(0, 20))
    assert "at best one in 6" in none  # the upper end of 0 of 20 is .1611
    assert "Cannot tell yet: 9 applications" in findings.answered_sentence(rates_of(3, 9))
    assert "a positive answer" in findings.answered_sentence(rates_of(3, 30, counts="positive"))


# --- silence ---------------------------------------------------------------------------------


def looked_at(log, as_of, **other):
    tries = js.outreach(log, as_of=as_of)
    given = {"by_day": 60, "by": "stage", **other}
    chances = js.chance_of_reply(tries, silent_days=range(60), **given)
    limit = js.silence_limit(tries, below=0.05, **given)
    return tries, chances, limit


def contacts_of(log, as_of, **other):
    tries, chances, limit = looked_at(log, as_of, **other)
    return silent_contacts.silent_contacts(log, tries, chances=chances, limit=limit)


def test_every_silent_contact_has_its_chance(log):
    tries, chances, limit = looked_at(log, "2026-03-10")
    before = at_rest(tries, chances.table, limit.table)
    contacts = silent_contacts.silent_contacts(log, tries, chances=chances, limit=limit)
    for old, new in zip(before, (tries, chances.table, limit.table), strict=True):
        pd.testing.assert_frame_equal(old, new)
    assert contacts["application_id"].is_unique
    still = tries[(tries["ended_by"] == "as_of") & (tries["stage"] != "closed")]
    assert set(contacts["application_id"]) <= set(still["application_id"])
    assert (
        contacts["silent_days"] == (pd.Timestamp("2026-03-10") - contacts["last_on"]).dt.days
    ).all()
    table = chances.table.set_index(["stage", "silent_days"])
    young = contacts[contacts["silent_days"] < 60]
    assert len(young) > 10
    for row in young.itertuples():
        assert row.chance == table.loc[(row.stage, row.silent_days), "chance"]
    assert contacts.loc[contacts["silent_days"] >= 60, "chance"].isna().all()
    assert (contacts["log_says"] == silent_contacts.PAST).equals(contacts["silent_days"] >= 60)


def test_what_the_log_says_follows_from_the_limit(log):
    _, _, limit = looked_at(log, "2026-03-10")
    contacts = contacts_of(log, "2026-03-10")
    row = limit.table.set_index("stage").loc["application"]
    assert row["can_tell"]
    rows = contacts[(contacts["stage"] == "application") & (contacts["silent_days"] < 60)]
    rows = rows[rows["can_tell"]]
    over = rows["log_says"].isin([silent_contacts.OVER, silent_contacts.BELOW])
    assert over.any()
    assert over.equals(rows["silent_days"] >= row["day"])
    surely = 10**6 if pd.isna(row["day_surely"]) else row["day_surely"]
    assert (rows["log_says"] == silent_contacts.OVER).equals(rows["silent_days"] >= surely)


def test_those_who_answered_or_meet_you_soon_are_not_silent():
    silent, answered = applied(1, date="2026-03-01"), applied(2, 5, date="2026-03-01")
    ahead = [*applied(3, date="2026-03-01"), {**met("2026-04-03"), "application_id": "a3"}]
    gone = [
        *applied(4, date="2026-03-01"),
        {**happened("withdrawn", "2026-03-05"), "application_id": "a4"},
    ]
    contacts = contacts_of(log_of(*silent, *answered, *ahead, *gone), AS_OF)
    assert contacts["application_id"].tolist() == ["a1"]
    assert contacts["silent_days"].tolist() == [30]
    assert contacts["company"].tolist() == ["Firm a1"]


def test_those_whose_end_has_no_day_are_not_silent():
    frame = pd.DataFrame(
        {"Company": ["Acme", "Bolt"], "Applied": ["2026-03-01"] * 2, "Status": ["Rejected", ""]}
    )
    contacts = contacts_of(js.read_log(frame), AS_OF)
    assert contacts["company"].tolist() == ["Bolt"]


def test_the_log_says_it_day_by_day():
    answers = [*(i % 10 for i in range(60)), 26, 26, 26]
    old = [applied(i, answers[i] if i < 63 else None, date="2025-10-01") for i in range(200)]
    days = pd.date_range("2026-03-01", AS_OF)
    young = [applied(1000 + n, date=f"{day:%Y-%m-%d}") for n, day in enumerate(days)]
    log = log_of(*itertools.chain.from_iterable([*old, *young]))
    _, chances, limit = looked_at(log, AS_OF)
    day, surely = limit.table.loc[0, ["day", "day_surely"]]
    assert 0 < day < surely < 30
    contacts = contacts_of(log, AS_OF).set_index("silent_days")["log_says"]
    expected = {
        n: silent_contacts.OVER
        if n >= surely
        else silent_contacts.BELOW
        if n >= day
        else silent_contacts.HOPE
        for n in range(31)
    }
    assert contacts[contacts.index < 60].to_dict() == expected

    def looked_up(silent):
        return silent_contacts.silence_looked_up(chances, silent=silent, below=0.05)

    table = chances.table.set_index("silent_days")
    between = table.index[(table["ci_low"] < 0.05) & (table["chance"] >= 0.05)]
    assert len(between)
    assert "after an application it is likely over: " in looked_up(int(day))
    assert "after an application it is over, as far as your log can tell: " in looked_up(
        int(surely)
    )
    assert "after an application it may not be over: " in looked_up(int(between[0]))
    assert "after an application it is not over: " in looked_up(0)


def test_the_limit_says_in_words_what_its_columns_are(log):
    limit = looked_at(log, "2026-03-10")[2]
    shown = findings.limits(limit)
    assert "<th" in shown._repr_html_()
    for heading in ("below 5 % from day", "with its upper end from day", "n on that day"):
        assert f">{heading}</th>" in shown._repr_html_()
    assert (shown.caption, shown.text) == (limit.caption, limit.text)


def test_what_is_long_past_is_one_message_or_none():
    """R20: 28 days past due it is still to follow up, a day later it is an old one."""
    log = log_of(met("2026-02-03"))  # due on Tuesday 10 February
    days = {"2026-03-10": "follow up", "2026-03-11": "last message, or let go"}
    for day, said in days.items():
        assert contacts_of(log, day)["rule_says"].tolist() == [said]


def test_the_rules_stand_beside_the_log():
    events = [
        met("2026-02-02"),
        {**VOICEMAIL, "date": "2026-02-10"},
        {**VOICEMAIL, "date": "2026-02-17"},
        {**met("2026-03-30"), "application_id": "a2"},
    ]
    log = log_of(*events)
    contacts = contacts_of(log, AS_OF).set_index("application_id")
    assert contacts["rule_says"].to_dict() == {"a1": "let go", "a2": "wait"}
    said = silent_contacts.silence_sentences(
        contacts.reset_index(), looked_at(log, AS_OF)[2], by_day=60
    )
    assert any("your log cannot tell yet" in text and "let go of Firm a1" in text for text in said)


def test_without_any_answer_nobody_is_written_off():
    rows = [applied(i, date="2026-01-01" if i < 30 else "2026-03-01") for i in range(40)]
    log = log_of(*itertools.chain.from_iterable(rows))
    _, chances, limit = looked_at(log, AS_OF)
    contacts = contacts_of(log, AS_OF)
    assert limit.table["day"].iloc[0] == 0  # what would be tempting
    young = contacts["silent_days"] < 60
    assert set(contacts.loc[young, "log_says"]) == {silent_contacts.UNKNOWN}
    said = " ".join(silent_contacts.silence_sentences(contacts, limit, by_day=60))
    assert "Write off" not in said
    assert "cannot tell yet" in silent_contacts.silence_looked_up(chances, silent=12, below=0.05)


def test_those_to_write_off_are_named():
    early = [applied(i, i % 10, date="2025-10-01") for i in range(60)]
    never = [applied(100 + i, date="2025-10-01") for i in range(100)]
    today = [applied(200, date="2026-03-03"), applied(201, date="2026-03-29")]
    log = log_of(*itertools.chain.from_iterable([*early, *never, *today]))
    _, chances, limit = looked_at(log, AS_OF)
    contacts = contacts_of(log, AS_OF)
    said = " ".join(silent_contacts.silence_sentences(contacts, limit, by_day=60))
    assert "Write off Firm a200: of those silent for so long fewer than 5 % still get" in said
    assert "Do not give up Firm a201" in said
    assert "100 contacts silent for 60 days or more" in said
    looked_up = silent_contacts.silence_looked_up
    # 28 - 9 days after the last of 60 answers nobody of 100 has answered
    assert "after an application it is over" in looked_up(chances, silent=28, below=0.05)
    assert "after an application it is not over" in looked_up(chances, silent=0, below=0.05)
    assert "past day 60" in looked_up(chances, silent=60, below=0.05)


def test_nobody_silent():
    log = log_of(*applied(1, 3))
    _, _, limit = looked_at(log, AS_OF)
    contacts = contacts_of(log, AS_OF)
    assert len(contacts) == 0
    said = silent_contacts.silence_sentences(contacts, limit, by_day=60)
    assert said == ("Nobody is silent today: there is nobody to write off.",)
    empty = contacts_of(log_of(), AS_OF)
    assert list(empty.columns) == list(contacts.columns)
    _, chances, _ = looked_at(log_of(), AS_OF)
    assert "Cannot tell yet" in silent_contacts.silence_looked_up(chances, silent=3, below=0.05)


def test_positive_counts_wait_past_a_neutral_reply():
    log = log_of(*applied(1, 5, date="2026-03-01"))
    assert len(contacts_of(log, AS_OF)) == 0
    assert contacts_of(log, AS_OF, counts="positive")["silent_days"].tolist() == [30]


def test_marks_are_few_and_young(log):
    contacts = contacts_of(log, "2026-03-10")
    marks = silent_contacts.marked(contacts, by_day=60)
    assert 0 < len(marks) <= 30
    assert (marks["silent_days"] < 60).all()
    assert silent_contacts.days_shown(10) == [0, 3, 7]


# --- how long, how late, where, and others ---------------------------------------------------


def test_a_usual_silence_is_named_only_where_the_median_is_known(tries):
    curves = js.kaplan_meier(tries, by="stage")
    said = findings.duration_sentence(curves)
    low = curves.medians.set_index("stage")["ci_low"]
    assert f"less than {low['application']:.0f} days after an application" in said
    assert findings.medians(curves).table is curves.medians
    few = js.kaplan_meier(js.outreach(log_of(*applied(1, 3)), as_of=AS_OF), by="stage")
    assert "cannot be told yet" in findings.duration_sentence(few)


def test_a_promise_is_judged_only_if_ten_were_made(tries):
    many = js.decision_delay(tries)
    assert many.summary["n"].iloc[0] >= 10
    assert "the day after the date (R1)" in findings.delay_sentence(many)
    log = log_of(met("2026-02-02", decide_by="2026-02-09"))
    few = js.decision_delay(js.outreach(log, as_of=AS_OF))
    assert "Ask at each interview when they decide" in findings.delay_sentence(few)


def test_sources_stand_out_and_blanks_do_not(log):
    day = "2026-03-10"
    whole = js.funnel(log, as_of=day)
    sources, methods = (js.funnel(log, as_of=day, by=name) for name in ("source", "method"))
    said = findings.funnel_sentences(whole, sources, methods, js.time_in_stage(log, as_of=day))
    assert said[0] == whole.text
    assert said[1].startswith("By source, ")
    n = whole.table["n"].iloc[0]
    blank = methods.table.loc[
        methods.table["method"].isna() & (methods.table["stage"] == "applied")
    ]
    assert f"for {blank['n'].sum()} of {n} applications the log does not say it" in said[2]
    shown = findings.stages(sources, "interview").table
    assert (shown["stage"] == "interview").all()
    assert len(shown) == log.applications["source"].nunique()


def test_published_figures_stay_context():
    figures = js.benchmarks_published()
    said = findings.published_sentence(figures, rates_of(5, 40, counts="positive"))
    assert "Of 4,870 made-up résumés 392 were called back (8 %; published 2004)" in said
    assert "of your 40 applications 0 got a positive answer" in said
    assert "nothing follows" in said
    empty = js.response_rates(js.outreach(log_of(), as_of=AS_OF), by="kind")
    assert "yours cannot be counted yet" in findings.published_sentence(figures, empty)
    table = findings.figures_table(figures)
    assert len(table) == len(figures)
    assert (table["caveat"].str.len() > 20).all()
    assert table["figure"].iloc[0] == "8 % (7 to 9 %)"  # 392 of 4,870, Wilson
    gains = (figures["unit"] != "share").to_numpy()
    assert table["figure"][gains].str.endswith(" more").all()


def test_a_verdict_is_said_once(tries):
    chances = js.chance_of_reply(tries, by="stage")
    assert chances.text
    quiet = findings.numbers(chances)
    assert type(quiet) is type(chances)
    assert quiet.text == ""
    assert chances.text not in quiet._repr_html_()
