"""The template: `read_log` understands every header and every word of it, in every language."""

import csv
import io
import zipfile

import openpyxl
import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats import template
from jobsearch_stats.importing.fields import split_number
from jobsearch_stats.schema import (
    FOLLOW_UP_OUTCOMES,
    KINDS,
    METHODS,
    REPLY_OUTCOMES,
    STATUS_KINDS,
)

LANGUAGES = sorted(template.languages())
DAYS = {
    "applied": "2026-02-02",
    "acknowledgement": "2026-02-03",
    "interview": "2026-02-10",
    "thank_you": "2026-02-11",
    "decide_by": "2026-02-13",
    "follow_up_1": "2026-02-17",
    "follow_up_2": "2026-02-24",
    "reply": "2026-03-02",
    "rejection": "2026-03-03",
    "offer": "2026-03-04",
}
TEXTS = {
    "company": "Acme",
    "role": "Clerk",
    "source": "a friend",
    "url": "https://example.com/1",
    "contact": "Jana Novak",
    "phone": "+49 30 555 0100",
    "email": "jana@example.com",
    "wanted": 5,
    "fit": 4,
    "strengths": "precise",
    "notes": "corner office",
}


def with_rows(path, rows):
    """Put rows below the header of a template, as a spreadsheet program does."""
    if path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig")
        out = io.StringIO()
        csv.writer(out, delimiter=";" if ";" in text else ",").writerows(rows)
        path.write_text(text + out.getvalue(), encoding="utf-8-sig")
        return path
    book = openpyxl.load_workbook(path)
    for row in rows:
        book.worksheets[0].append(
            [pd.Timestamp(v).to_pydatetime() if str(v)[:4] == "2026" else v for v in row]
        )
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_sheet_is_read_entirely(language, suffix, tmp_path):
    path = js.write_template(tmp_path / f"mine{suffix}", language=language)
    status, method, outcome = (
        template.words_of(f, language) for f in ("status", "follow_up_method", "follow_up_outcome")
    )
    chosen = {
        "status": status[2],
        "follow_up_1_method": method[0],
        "follow_up_1_outcome": outcome[2],
        "follow_up_2_method": method[1],
        "follow_up_2_outcome": outcome[1],
    }
    row = {**DAYS, **TEXTS, **chosen}
    assert set(row) == set(template.SHEET)
    log = js.read_log(with_rows(path, [[row[field] for field in template.SHEET]]))
    fields = log.columns["field"].str.replace(r"_?\d", "", regex=True).tolist()
    assert fields == [split_number(f)[0] for f in template.SHEET]
    assert log.counts == {"rows_read": 1, "rows_loaded": 1, "rows_rejected": 0, "rows_blank": 0}
    assert not (log.problems["severity"] != "noted").any()
    (app,) = log.applications.reset_index().to_dict("records")
    texts = ("company", "role", "source", "url", "wanted", "fit", "strengths", "notes")
    assert {name: app[name] for name in texts} == {name: TEXTS[name] for name in texts}
    assert app["status_kind"] == "interview"
    events = log.events.assign(day=log.events["date"].dt.strftime("%Y-%m-%d"))
    kinds = [(f.rstrip("_12"), day) for f, day in DAYS.items() if f != "decide_by"]
    assert list(zip(events["kind"].astype("str"), events["day"], strict=True)) == kinds
    calls = events[events["kind"] == "follow_up"]
    assert calls["method"].astype("str").tolist() == ["phone", "email"]
    assert calls["outcome"].astype("str").tolist() == ["voicemail", "sent"]
    met = events[events["kind"] == "interview"].iloc[0]
    assert f"{met['decide_by']:%Y-%m-%d}" == DAYS["decide_by"]
    assert (met["contact"], met["phone"], met["email"]) == tuple(
        TEXTS[name] for name in ("contact", "phone", "email")
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_log_of_events_is_read_entirely(language, suffix, tmp_path):
    path = js.write_template(tmp_path / f"mine{suffix}", language=language, shape="events")
    filled = {"company": "Acme", "role": "Clerk", "contact": "Jana Novak", "note": "by the door"}
    rows = []
    for at, word in enumerate(template.words_of("kind", language)):
        row = {**filled, "date": f"2026-02-{at + 1:02}", "kind": word}
        row["until"] = "2026-03-01" if KINDS[at] == "out_of_office" else ""
        rows.append([row.get(field, "") for field in template.EVENTS])
    log = js.read_log(with_rows(path, rows))
    assert log.columns["field"].tolist() == list(template.EVENTS)
    assert log.events["kind"].astype("str").tolist() == list(KINDS)
    assert log.counts["rows_loaded"] == len(KINDS)
    assert log.events["note"].tolist() == ["by the door"] * len(KINDS)
    assert log.events["contact"].tolist() == ["Jana Novak"] * len(KINDS)
    assert log.events["until"].dropna().dt.day.tolist() == [1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_to_choose_from_is_read_rightly(language):
    statuses = template.words_of("status", language)
    wanted = [kind for kind in STATUS_KINDS if kind != "unknown"]
    log = js.read_log(pd.DataFrame({"Company": wanted, "Status": statuses}))
    assert log.applications["status_kind"].astype("str").tolist() == wanted
    for field, words in (("method", METHODS), ("outcome", FOLLOW_UP_OUTCOMES)):
        chosen = template.words_of(f"follow_up_{field}", language)
        table = {"Company": list(words), "Follow-up": "2026-03-04", f"Follow-up {field}": chosen}
        events = js.read_log(pd.DataFrame(table)).events
        assert events.sort_values("source_row")[field].astype("str").tolist() == list(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_outcomes_of_an_event_are_read_rightly(language):
    words = template.words_of("outcome", language)
    wanted = [*FOLLOW_UP_OUTCOMES, *REPLY_OUTCOMES]
    kinds = ["follow_up"] * len(FOLLOW_UP_OUTCOMES) + ["reply"] * len(REPLY_OUTCOMES)
    table = {"company": wanted, "date": "2026-03-04", "kind": kinds, "outcome": words}
    events = js.read_log(pd.DataFrame(table)).events
    assert events.sort_values("source_row")["outcome"].astype("str").tolist() == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", template.SHAPES)
def test_lists_fit_into_a_cell_and_headers_are_different(language, shape):
    fields = template.SHEET if shape == "sheet" else template.EVENTS
    headers = [template.header_of(field, language) for field in fields]
    assert len(set(headers)) == len(headers)
    for field in fields:
        words = template.words_of(field, language)
        assert len(",".join(words)) <= 255
        assert not [word for word in words if "," in word or ";" in word]
        assert len(set(map(str.casefold, words))) >= len(words) - 1


def test_the_workbook_helps_to_fill_it_in(tmp_path):
    book = openpyxl.load_workbook(js.write_template(tmp_path / "mine.xlsx"))
    entry, how_to = book.worksheets
    assert (entry.title, how_to.title) == ("Job search", "How to")
    assert entry.freeze_panes == "B2"
    headers = [cell.value for cell in entry[1]]
    assert headers[:3] == ["Company", "Role", "Status"]
    assert all(cell.comment and len(cell.comment.text) > 10 for cell in entry[1])
    lists = {str(rule.sqref): rule.formula1 for rule in entry.data_validations.dataValidation}
    assert lists["C2:C1001"] == '"applied,screening,interview,offer,rejected,withdrawn,ghosted"'
    assert len(lists) == 5
    assert [row[0].value for row in how_to.iter_rows(min_row=3)] == headers
    assert all(row[1].value for row in how_to.iter_rows(min_row=3))
    widths = [entry.column_dimensions[cell.column_letter].width for cell in entry[1]]
    assert min(widths) >= 12


def test_the_same_template_is_the_same_file(tmp_path):
    one, other = (js.write_template(tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_file_that_is_there_is_never_overwritten(suffix, tmp_path):
    path = tmp_path / f"mine{suffix}"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(js.SettingError, match="exists already"):
        js.write_template(path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("mine.xlsx", {"language": "xx"}, "none of de, en"),
        ("mine.xlsx", {"shape": "circle"}, "none of sheet, events"),
        ("mine.pdf", {}, "no .xlsx and no .csv"),
        ("mine", {}, "no .xlsx and no .csv"),
        ("no/such/folder/mine.csv", {}, "cannot be written"),
        ("nul\x00.csv", {}, "cannot be written"),
    ],
)
def test_what_cannot_be_used_is_an_error_of_ours(name, settings, said, tmp_path):
    with pytest.raises(js.SettingError) as error:
        js.write_template(f"{tmp_path}/{name}", **settings)
    assert said in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_template_says_what_to_do(tmp_path):
    with pytest.raises(js.ReadError, match="no row below it"):
        js.read_log(js.write_template(tmp_path / "mine.csv"))
