import csv
import dataclasses
import io
import os

import numpy as np
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats import ledger as book
from small_logs import VOICEMAIL, agenda, do_on, happened, ids_of, log_of, met

BOTH = [js.DAY_AFTER, js.BEFORE_DECISION]
NO_CARD = "No new card: there is no open interview without one."


def search(n=9, **columns):
    """A search of n interviews on Tuesday 3 March, each with a date named for the 12th."""
    return log_of(
        *(met("2026-03-03", application_id=f"a{i}", decide_by="2026-03-12") for i in range(1, n)),
        **columns,
    )


def deal(log, file, *, strategies=BOTH, seed=1, as_of="2026-03-04"):
    return js.randomise_timing(log, strategies, seed=seed, ledger=file, as_of=as_of)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "trial.csv"


def edit(file, old, new, n=1):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, n), encoding="utf-8")


@pytest.mark.parametrize("k", [2, 3, 5])
def test_every_block_has_two_cards_of_each_strategy(k):
    dealt = book.arms(7, k, 40 * 2 * k).reshape(40, 2 * k)
    assert (np.sort(dealt, axis=1) == np.repeat(np.arange(k), 2)).all()
    assert len({tuple(row) for row in dealt}) > 4  # and their order changes


def test_every_order_of_a_block_is_as_likely():
    """The six orders of two and two, over 3,000 blocks, by a chi-square test."""
    from scipy.stats import chisquare

    orders = book.arms(11, 2, 12_000).reshape(-1, 4) @ [8, 4, 2, 1]
    _, n = np.unique(orders, return_counts=True)
    assert len(n) == 6
    assert chisquare(n).pvalue > 0.001


def test_cards_depend_on_the_seed_and_not_on_how_many_are_dealt_at_once():
    assert (book.arms(3, 2, 17) == book.arms(3, 2, 60)[:17]).all()
    assert (book.arms(3, 2, 60) != book.arms(4, 2, 60)).any()


def test_deals_once_and_in_the_order_of_the_interviews(file):
    some = log_of(met("2026-03-03", decide_by="2026-03-12"))
    later = [
        met("2026-03-05", application_id="b", decide_by="2026-03-13"),
        met("2026-03-04", application_id="c", decide_by="2026-03-13"),
    ]
    more = log_of(met("2026-03-03", decide_by="2026-03-12"), *later)
    first = deal(some, file)
    before = file.read_bytes()
    again = deal(some, file)
    assert file.read_bytes() == before
    assert again.text == NO_CARD
    second = deal(more, file, as_of="2026-03-06")
    assert file.read_bytes().startswith(before)
    assert second.table["application_id"].tolist() == ["a1", "c", "b"]
    assert second.table["is_new"].tolist() == [False, True, True]
    assert second.table["strategy"].iloc[0] == first.table["strategy"].iloc[0]
    assert second.table["dealt_on"].astype(str).tolist() == ["2026-03-04", *["2026-03-06"] * 2]


def test_the_order_of_rows_does_not_matter(file, tmp_path):
    log = search()
    turned = js.ApplicationLog.from_frames(log.applications[::-1], log.events[::-1])
    deal(log, file)
    deal(turned, tmp_path / "turned.csv")
    assert (tmp_path / "turned.csv").read_bytes() == file.read_bytes()


def test_the_log_is_not_changed_and_the_folder_has_the_ledger_alone(file):
    log = search()
    applications, events = log.applications.copy(), log.events.copy()
    deal(log, file)
    pd.testing.assert_frame_equal(log.applications, applications)
    pd.testing.assert_frame_equal(log.events, events)
    assert [path.name for path in file.parent.iterdir()] == ["trial.csv"]


def test_only_open_interviews_whose_days_differ_are_dealt(file):
    promised = {"decide_by": "2026-03-12"}
    log = log_of(
        met("2026-03-03", application_id="dealt", **promised),
        met("2026-03-03", application_id="alike"),  # no date named: both a week after
        met("2026-03-03", application_id="called", **promised),
        happened(application_id="called", date="2026-03-04", **VOICEMAIL),
        met("2026-03-03", application_id="answered", **promised),
        happened("reply", "2026-03-04", application_id="answered"),
        met("2026-03-03", application_id="withdrew", **promised),
        happened("withdrawn", "2026-03-04", application_id="withdrew"),
        met("2026-03-03", application_id="never", **promised),
        happened("do_not_contact", "2026-03-04", application_id="never"),
        met("2026-03-20", application_id="ahead", decide_by="2026-03-31"),
        happened("applied", "2026-03-01", application_id="applied"),
        status_kind={"ghosted": "ghosted"},
    )
    cards = deal(log, file, as_of="2026-03-05")
    assert cards.table["application_id"].tolist() == ["dealt"]
    assert (cards.n_alike, cards.n_late) == (1, 0)
    assert "1 open interview gets no card, as all strategies name the same days." in cards.text


@pytest.mark.parametrize(("as_of", "n"), [("2026-03-11", 1), ("2026-03-12", 1), ("2026-03-13", 0)])
def test_nothing_is_dealt_that_could_not_be_obeyed(file, as_of, n):
    """Before the decision of Thursday 12 March: from the 11th to the 12th."""
    log = log_of(met("2026-03-03", decide_by="2026-03-12"))
    cards = deal(log, file, as_of=as_of)
    assert (len(cards.new), cards.n_late) == (n, 1 - n)
    assert ("the days of one strategy are over" in cards.text) == (n == 0)


def test_a_second_interview_gets_a_card_of_its_own(file):
    first = met("2026-03-03", decide_by="2026-03-12")
    deal(log_of(first), file)
    log = log_of(
        first,
        happened("reply", "2026-03-10", outcome="invited"),
        met("2026-03-17", decide_by="2026-03-26"),
    )
    cards = deal(log, file, as_of="2026-03-18")
    assert cards.table["interview_on"].dt.day.tolist() == [3, 17]
    assert js.dealt(file, log).map(lambda s: s.name).tolist() == [cards.table["strategy"].iloc[1]]
    early = js.dealt(file, log, as_of="2026-03-10")
    assert early.map(lambda s: s.name).tolist() == [cards.table["strategy"].iloc[0]]


def test_the_latest_interview_without_a_card_has_none_of_an_earlier_one(file):
    deal(log_of(met("2026-03-03", decide_by="2026-03-12")), file)
    log = log_of(met("2026-03-03", decide_by="2026-03-12"), met("2026-03-24"))
    assert js.dealt(file, log).empty


def test_an_interview_dated_anew_keeps_its_card(file):
    before = deal(log_of(met("2026-03-03", decide_by="2026-03-12")), file).table
    log = log_of(met("2026-03-05", decide_by="2026-03-12"))
    cards = deal(log, file, as_of="2026-03-06")
    assert len(cards.table) == 1
    assert cards.table["standing"].tolist() == ["on another day"]
    assert cards.table["due_on"].tolist() == before["due_on"].tolist()
    assert "1 card of interviews that were dated anew" in cards.text
    assert js.dealt(file, log).index.tolist() == ["a1"]
    # ... but one of long after is another
    other = deal(log_of(met("2026-04-14", decide_by="2026-04-23")), file, as_of="2026-04-15")
    assert other.table["standing"].tolist() == ["not in the log", "in the log"]


def test_each_of_two_dated_anew_keeps_its_own(file):
    first, second = (
        met("2026-03-03", decide_by="2026-03-12"),
        met("2026-03-17", decide_by="2026-03-26"),
    )
    answer = happened("reply", "2026-03-12", outcome="invited")
    deal(log_of(first), file)
    deal(log_of(first, answer, second), file, as_of="2026-03-18")
    moved = log_of({**first, "date": "2026-03-04"}, answer, {**second, "date": "2026-03-18"})
    cards = deal(moved, file, as_of="2026-03-18")
    assert cards.table["standing"].tolist() == ["on another day"] * 2
    assert cards.table["due_until"].dt.strftime("%m-%d").tolist() == [
        {"DAY_AFTER": "03-18", "BEFORE_DECISION": "03-12"}[cards.table["strategy"].iloc[0]],
        {"DAY_AFTER": "04-01", "BEFORE_DECISION": "03-26"}[cards.table["strategy"].iloc[1]],
    ]


def test_a_renamed_application_is_held_back_and_a_mended_ledger_takes_it(file):
    named = {"decide_by": "2026-03-12"}
    stays = met("2026-03-02", application_id="b", **named)
    deal(log_of(met("2026-03-03", application_id="old", **named), stays), file)
    log = log_of(met("2026-03-03", application_id="new", **named), stays)
    cards = deal(log, file)
    assert (len(cards.new), cards.n_held_back) == (0, 1)
    assert "'new' gets no card yet: 'old' has one for that day" in cards.text
    edit(file, ",old,", ",new,")
    mended = deal(log, file)
    assert mended.table["standing"].tolist() == ["in the log"] * 2
    assert mended.n_held_back == 0


def test_the_agenda_obeys(file):
    """DAY_AFTER calls on Friday 13 March, BEFORE_DECISION on Wednesday the 11th."""
    log = search()
    cards = deal(log, file)
    todo = agenda(log, "2026-03-04", strategy=js.dealt(file, log), days=14)
    on = {"DAY_AFTER": "2026-03-13", "BEFORE_DECISION": "2026-03-11"}
    expected = cards.table.set_index("application_id")["strategy"].map(on)
    calls = todo[todo["action"] == "follow_up"].set_index("application_id")["do_on"]
    assert calls.dt.strftime("%Y-%m-%d").sort_index().to_dict() == expected.sort_index().to_dict()
    assert set(expected) == set(on.values())
    assert cards.table.set_index("application_id")["due_on"].sort_index().tolist() == (
        calls.sort_index().tolist()
    )


def test_who_has_no_card_follows_day_after_and_never_is_obeyed(file):
    log = search(4)
    cards = deal(log, file, strategies=[js.DAY_AFTER, js.NO_FOLLOW_UP])
    left_alone = cards.table.loc[cards.table["strategy"] == "NO_FOLLOW_UP", "application_id"]
    assert len(left_alone)
    more = log_of(*log.events[["application_id", "date", "kind", "decide_by"]].to_dict("records"),
                  met("2026-03-03", application_id="z", decide_by="2026-03-12"))  # fmt: skip
    todo = agenda(more, "2026-03-13", strategy=js.dealt(file, more))
    assert set(left_alone).isdisjoint(ids_of(todo, "follow_up"))
    assert do_on(todo[todo["application_id"] == "z"], "follow_up") == ["2026-03-13"]
    assert "(never)" in cards.text


def test_an_absence_is_known_when_it_is_dealt(file):
    away = happened("out_of_office", "2026-03-05", until="2026-03-20")
    log = log_of(met("2026-03-03", decide_by="2026-03-12"), away)
    assert deal(log, file, as_of="2026-03-04").n_alike == 0
    file.unlink()
    assert deal(log, file, as_of="2026-03-05").n_alike == 1  # both on Tuesday the 24th


def test_a_strategy_of_ones_own_comes_back_as_it_was(file):
    mine = dataclasses.replace(
        js.DAY_AFTER, name="=MINE", days_after_promise=4, avoid=(), country="DE-BY", source="me"
    )
    log = search(5)
    cards = deal(log, file, strategies=[mine, js.DAY_AFTER])
    plan = js.dealt(file, log)
    assert set(plan) == {dataclasses.replace(mine, source="your own"), js.DAY_AFTER}
    named = plan.map(lambda s: s.name)
    assert named.to_dict() == cards.table.set_index("application_id")["strategy"].to_dict()
    with file.open(encoding="utf-8", newline="") as rows:
        assert not [cell for row in csv.reader(rows) for cell in row if cell.startswith("=")]
    assert deal(log, file, strategies=[js.DAY_AFTER, mine]).text == NO_CARD


HOSTILE = ["=cmd()", "+1", "-1", "@x", "'tis", 'a"b,c', "two\nlines", "one\rreturn", " a ", "ünï"]


def test_hostile_ids_come_back_and_are_no_formulas(file):
    log = log_of(*(met("2026-03-03", application_id=i, decide_by="2026-03-12") for i in HOSTILE))
    cards = deal(log, file)
    assert sorted(cards.table["application_id"]) == sorted(HOSTILE)
    assert deal(log, file).table["standing"].eq("in the log").all()
    assert sorted(js.dealt(file, log).index) == sorted(HOSTILE)
    with file.open(encoding="utf-8", newline="") as rows:
        cells = [cell for row in csv.reader(rows) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_company_names_are_escaped_on_a_page(file):
    cards = deal(search(3, company="<script>"), file)
    assert "<script>" not in cards._repr_html_()
    assert "&lt;script&gt;" in cards._repr_html_()


def test_what_an_editor_does_to_a_ledger_is_read(file):
    log = search(4)
    before = deal(log, file).table.drop(columns="is_new")
    text = file.read_text(encoding="utf-8")
    changed = "\ufeff" + text.replace("\n", "\r\n").replace("\r\n", "\r\n\r\n", 2).rstrip()
    file.write_bytes(changed.encode())
    cards = deal(search(6), file)
    pd.testing.assert_frame_equal(cards.table.drop(columns="is_new").head(3), before)
    assert len(cards.new) == 2


@pytest.mark.parametrize(
    ("old", "new", "row", "column"),
    [
        ("\n2,1,", "\n7,1,", 3, "card"),
        ("\n2,1,", "\n2,9,", 3, "block"),
        ("\n2,1,", "\n2,one,", 3, "block"),
        ("\n2,1,a2,", "\n2,1,,", 3, "application_id"),
        ("a2,2026-03-03", "a2,30/30/2026", 3, "interview_on"),
        ("a2,2026-03-03", "a2,03/05/2026", 3, "interview_on"),
        ("a2,2026-03-03", "a2,", 3, "interview_on"),
        ("a2,2026-03-03", "a1,2026-03-03", 3, "interview_on"),
        ("2026-03-04,1,", "2026-03-04,2,", 3, "seed"),
        ("2026-03-04,1,", "2026-03-04,x,", 2, "seed"),
        ("2026-03-04,1,", f"2026-03-04,{'9' * 5000},", 2, "seed"),
        ('{""name"": ""DAY_AFTER""}', '{""name"": [""DAY_AFTER""]}', 2, "strategies"),
        ('{""name"": ""DAY_AFTER""}', "3", 2, "strategies"),
        ('""DAY_AFTER""', '""LATER""', 3, "strategies"),
        ('""DAY_AFTER""', '""BEFORE_DECISION""', 2, "strategies"),
        ('""days_after_promise"": -1', '""days_after_promise"": 99999', 2, "strategies"),
        ("[{", "{", 2, "strategies"),
    ],
)
def test_a_ledger_changed_by_hand_says_where(file, old, new, row, column):
    log = search(5)
    deal(log, file)
    if row == 2:  # the whole column is changed
        edit(file, old, new, n=-1)
    elif column in ("seed", "strategies"):
        head, first, rest = file.read_text(encoding="utf-8").split("\n", 2)
        assert old in rest
        file.write_text("\n".join([head, first, rest.replace(old, new, 1)]), encoding="utf-8")
    else:
        edit(file, old, new)
    for use in (lambda: deal(log, file), lambda: js.dealt(file, log)):
        with pytest.raises(js.DataError, match=f"row {row}, column '{column}'.*put back") as caught:
            use()
        assert (caught.value.row, caught.value.column) == (row, column)


def test_a_card_that_was_changed_by_hand_is_found(file):
    log = search(5)
    names = deal(log, file).table["strategy"]
    old = names.iloc[2]
    other = next(name for name in names if name != old)
    edit(file, f"a3,2026-03-03,{old}", f"a3,2026-03-03,{other}")
    with pytest.raises(js.DataError, match=r"row 4, column 'strategy'.*is not what seed 1 dealt"):
        deal(log, file)


def test_a_row_that_was_taken_out_is_found(file):
    log = search(5)
    deal(log, file)
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(rows[:2] + rows[3:]), encoding="utf-8")
    with pytest.raises(js.DataError, match=r"row 3, column 'card': '3'.*take no row out"):
        deal(log, file)


def test_other_settings_than_the_ledgers_are_refused(file):
    log = search(5)
    deal(log, file)
    before = file.read_bytes()
    later = dataclasses.replace(js.DAY_AFTER, days_without_promise=9)
    for given, what in (
        ({"seed": 2}, "dealt with seed 1"),
        ({"strategies": [js.DAY_AFTER, js.NO_FOLLOW_UP]}, "deals DAY_AFTER, BEFORE_DECISION"),
        ({"strategies": [*BOTH, js.NO_FOLLOW_UP]}, "deals DAY_AFTER, BEFORE_DECISION"),
        ({"strategies": [later, js.BEFORE_DECISION]}, "days_without_promise=7"),
    ):
        with pytest.raises(js.SettingError, match=what):
            deal(log, file, **given)
    assert file.read_bytes() == before
    assert deal(log, file, strategies=BOTH[::-1]).text == NO_CARD


@pytest.mark.parametrize(
    ("given", "error", "what"),
    [
        ({"strategies": [js.DAY_AFTER]}, js.SettingError, "nothing to deal"),
        ({"strategies": "DAY_AFTER"}, js.SettingError, "nothing to deal"),
        ({"strategies": []}, js.SettingError, "no strategy"),
        ({"strategies": [js.DAY_AFTER, "day-after"]}, js.SettingError, "two of the name"),
        ({"strategies": [js.DAY_AFTER, "TOMORROW"]}, js.UnknownNameError, "TOMORROW"),
        ({"seed": -1}, js.SettingError, "seed=-1"),
        ({"seed": True}, js.SettingError, "seed=True"),
        ({"seed": "1"}, js.SettingError, "seed='1'"),
        ({"as_of": "soon"}, js.SettingError, "as_of"),
    ],
)
def test_bad_settings_deal_nothing(file, given, error, what):
    with pytest.raises(error, match=what):
        deal(search(3), file, **given)
    assert not file.exists()


def test_ledgers_that_are_none(file, tmp_path):
    log = search(3)
    with pytest.raises(js.ReadError, match=r"cannot be read.*randomise_timing"):
        js.dealt(file, log)
    with pytest.raises(js.ReadError, match="no folder 'nowhere'"):
        deal(log, tmp_path / "nowhere" / "trial.csv")
    with pytest.raises(js.ReadError):
        deal(log, tmp_path)
    with pytest.raises(js.SettingError, match="name of a file"):
        deal(log, None)
    file.write_text("Company,Interview\nAcme,2026-03-03\n", encoding="utf-8")
    with pytest.raises(js.DataError, match=r"is no ledger: its columns are 'Company', 'Inter"):
        deal(log, file)
    file.write_text(";".join(book.COLUMNS[1:]) + "\n", encoding="utf-8")
    with pytest.raises(js.DataError, match=r"must have one column 'card'; it has 'block', "):
        deal(log, file)
    file.write_bytes(b"card,block\n\x81\x8d,1\n")
    with pytest.raises(js.ReadError, match="UTF-8 or Windows-1252"):
        deal(log, file)
    file.write_text(f"{','.join(book.COLUMNS)}\n{'1,' * 8}1\n", encoding="utf-8")
    with pytest.raises(js.DataError, match="row 2 has 9 cells, and the header 8"):
        deal(log, file)


def saved_again(file, delimiter, encoding, newline, form):
    """Save a ledger again as a spreadsheet does: other signs, other days."""
    with file.open(encoding="utf-8", newline="") as rows:
        table = list(csv.reader(rows))
    for row in table[1:]:
        for at in (book.COLUMNS.index("interview_on"), book.COLUMNS.index("dealt_on")):
            row[at] = form.format(*row[at].split("-"))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(table)
    file.write_bytes(text.getvalue().encode(encoding))


SAVED = [
    (";", "utf-8-sig", "\r\n", "{2}.{1}.{0}"),
    (";", "cp1252", "\r\n", "{2}.{1}.{0}"),
    ("\t", "utf-16", "\r\n", "{2}/{1}/{0}"),
    (",", "utf-8", "\n", "{1}/{2}/{0}"),
]


@pytest.mark.parametrize("way", SAVED)
def test_a_ledger_that_a_spreadsheet_saved_again_goes_on_in_its_way(file, tmp_path, way):
    def log_until(n):
        days = [f"2026-03-{day}" for day in range(17, 17 + n)]
        return log_of(*(met(day, application_id=f"ü{i}", decide_by="2026-04-03")
                        for i, day in enumerate(days)))  # fmt: skip

    deal(log_until(4), file, as_of="2026-03-21")
    untouched = tmp_path / "untouched.csv"
    untouched.write_bytes(file.read_bytes())
    saved_again(file, *way)
    before = file.read_bytes()
    assert deal(log_until(4), file, as_of="2026-03-22").text == NO_CARD
    assert file.read_bytes() == before
    cards = deal(log_until(7), file, as_of="2026-03-24")
    as_if = deal(log_until(7), untouched, as_of="2026-03-24")
    pd.testing.assert_frame_equal(cards.table, as_if.table)
    assert file.read_bytes().startswith(before)
    added = file.read_bytes().decode(way[1])[len(before.decode(way[1])) :]
    assert added.count(way[2]) == added.count(way[3].format("2026", "03", "24")) == 3
    assert js.dealt(file, log_until(7)).equals(js.dealt(untouched, log_until(7)))


@pytest.mark.parametrize("way", SAVED)
def test_a_card_that_was_changed_in_a_spreadsheet_is_found_as_well(file, way):
    log = search(5)
    names = deal(log, file, as_of="2026-03-04").table["strategy"]
    old = names.iloc[2]
    other = next(name for name in names if name != old)
    edit(file, f"a3,2026-03-03,{old}", f"a3,2026-03-03,{other}")
    text = file.read_text(encoding="utf-8").replace("2026-03-03", "2026-03-13")
    file.write_text(text.replace("2026-03-04", "2026-03-14"), encoding="utf-8")
    saved_again(file, *way)
    with pytest.raises(js.DataError, match=r"row 4, column 'strategy'.*is not what seed 1 dealt"):
        js.dealt(file, log)


def test_days_of_two_readings_in_a_ledger_are_asked(file):
    log = search(4)
    deal(log, file)
    saved_again(file, ",", "utf-8", "\n", "{1}/{2}/{0}")
    with pytest.raises(js.DataError, match=r"can be 3 April 2026 or 4 March 2026.*days as 2026-03"):
        js.dealt(file, log)


def test_an_empty_ledger_holds_no_cards(file):
    log = search(3)
    for text in ("", "\n", ",".join(book.COLUMNS) + "\n"):
        file.write_text(text, encoding="utf-8")
        assert js.dealt(file, log).empty
        assert len(deal(log, file).new) == 2
        assert file.read_text(encoding="utf-8").startswith("card,")


def test_an_empty_log(file):
    empty = log_of()
    cards = deal(empty, file)
    assert cards.text == NO_CARD
    assert cards.table.empty
    assert file.read_text(encoding="utf-8") == ",".join(book.COLUMNS) + "\n"
    assert js.dealt(file, empty).empty
    assert "0 cards dealt" in cards.caption
    assert cards._repr_html_()


def test_a_ledger_of_another_search_is_refused(file):
    deal(search(3), file)
    other = log_of(met("2026-03-03", application_id="x", decide_by="2026-03-12"), company="Firm")
    other = js.ApplicationLog.from_frames(
        other.applications.loc[["x"]], other.events[other.events["application_id"] == "x"]
    )
    for use in (lambda: deal(other, file), lambda: js.dealt(file, other)):
        with pytest.raises(js.DataError, match="of another search: none of the applications"):
            use()


def test_a_ledger_that_changed_in_the_meantime_is_not_overwritten(file):
    log = search(3)
    deal(log, file)
    held = book.read_ledger(file, there=True)
    deal(search(5), file)
    after = file.read_bytes()
    with pytest.raises(js.SettingError, match="changed in the meantime"):
        book.add_cards(held, held.cards)
    assert file.read_bytes() == after


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written(file):
    file.parent.chmod(0o500)
    try:
        with pytest.raises(js.SettingError, match="no card was dealt"):
            deal(search(3), file)
    finally:
        file.parent.chmod(0o700)


def test_a_crash_while_writing_leaves_the_ledger_as_it_was(file, monkeypatch):
    deal(search(3), file)
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(js.SettingError, match="No space left; no card was dealt"):
        deal(search(5), file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["trial.csv"]


def test_the_days_on_the_cards_are_those_of_the_follow_ups(file):
    """A made-up search, dealt every nine days: what the card says and what the table says."""
    log = js.simulate_log(140, seed=2)
    n = 0
    for day in pd.date_range("2025-06-10", "2026-03-02", freq="9D"):
        new = deal(log, file, seed=2, as_of=day).new.set_index("application_id")
        table = js.follow_ups(log, as_of=day, strategy=js.dealt(file, log, as_of=day))
        assert table.loc[new.index, "due_on"].tolist() == new["due_on"].tolist()
        n += len(new)
    assert n > 10
