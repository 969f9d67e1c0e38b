"""The notebooks: their outputs are those of a fresh run, and they take any log."""

import asyncio
import base64
import dataclasses
import html
import io
import json
import os
import re

import matplotlib.pyplot as plt
import nbclient
import nbconvert
import nbformat
import numpy as np
import pandas as pd
import pytest
from PIL import Image

import jobsearch_stats as js
import run_notebooks
from jobsearch_stats import notebook, review, today
from jobsearch_stats.sample import SAMPLE_DAY, sample_path

PATHS = run_notebooks.notebooks()
IDS = [path.stem for path in PATHS]

HEADER = "Company,Position,Date applied,Interview,Interviewer,Phone,They decide by\n"
LOGS = {
    "empty": HEADER + ",,,,,,\n",
    "one row": HEADER + "Acme,Analyst,2026-02-01,2026-03-03,Jana Novak,555-0100,2026-03-09\n",
    "no interview": HEADER + "Acme,Analyst,2026-02-01,,,,\nBeta,Clerk,2026-02-03,,,,\n",
    "hostile": HEADER
    + "<script>alert(1)</script>,$x$,2026-02-01,2026-03-03,<b>Eve,555-0100,soon\n",
}


UNDATED = "Company,Date applied,Status\n" + "".join(
    f"Firm {n},2025-11-{n:02d},{status}\n"
    for n, status in enumerate(["Rejected"] * 9 + ["Interview"] * 3 + ["Applied"] * 3, start=1)
)
"""Answers are known from the status alone."""

SHADES = 64
"""Levels, of 255, by which a pixel may differ: shades on the edges of lines and letters, where
the last bit of a number, and the choice of 256 colours, are seen."""

PIXELS = 0.002
"""Share of the pixels that may differ by more: a label or two that rounding moves by a pixel."""


def years_of_history():
    """Return the events of a long search, as a file."""
    log = js.simulate_log(700, seed=7)
    names = log.applications[["company", "role", "source", "fit"]]
    events = log.events.drop(columns="source_row").merge(
        names, left_on="application_id", right_index=True
    )
    return events.to_csv(index=False)


@pytest.fixture(scope="session")
def logs():
    """Files of every kind, by name."""
    linkedin = sample_path("linkedin_job_applications.csv").read_text(encoding="utf-8")
    more = {"undated": UNDATED, "years of history": years_of_history(), "linkedin": linkedin}
    return LOGS | more


MOST_BYTES = {  # they have many pictures
    "03_response_rates": 400_000,
    "04_compare_callback_timing": 300_000,
}
NAMES = [*LOGS, "undated", "years of history", "linkedin"]


def signature(book):
    """Return the outputs of every code cell but the one that loads JavaScript, and its pictures."""
    cells = [c for c in book.cells if c.cell_type == "code"]
    return [
        (
            cell.id,
            [json.dumps(without_picture(o), sort_keys=True) for o in cell.outputs],
            [picture_of(o) for o in cell.outputs if run_notebooks.PICTURE in o.get("data", {})],
        )
        for cell in cells
        if run_notebooks.BUNDLE not in cell.metadata.get("tags", [])
    ]


def without_picture(output):
    data = {k: v for k, v in output.get("data", {}).items() if k != run_notebooks.PICTURE}
    return {**output, "data": data}


def picture_of(output):
    """Return the pixels of a picture: height, width, colours."""
    png = base64.b64decode(output["data"][run_notebooks.PICTURE])
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.int16)


def is_same(old, new):
    """Say whether two cells show the same: texts to the letter, pictures to the eye."""
    return (
        old[:2] == new[:2]
        and len(old[2]) == len(new[2])
        and all(looks_alike(*pair) for pair in zip(old[2], new[2], strict=True))
    )


def looks_alike(one, other):
    if one.shape != other.shape:
        return False
    return (np.abs(one - other).max(axis=2) > SHADES).mean() <= PIXELS


@pytest.fixture(scope="module")
def fresh():
    """Every notebook, run anew on the sample."""
    for name in run_notebooks.SETTINGS:
        os.environ.pop(name, None)
    books = map(run_notebooks.tidy, asyncio.run(run_notebooks.run_all(PATHS)))
    return dict(zip(PATHS, books, strict=True))


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_committed_outputs_are_those_of_a_fresh_run(path, fresh):
    committed = nbformat.read(path, as_version=4)
    stale = [
        old[0]
        for old, new in zip(signature(committed), signature(fresh[path]), strict=True)
        if not is_same(old, new)
    ]
    assert not stale, "make notebooks stores the outputs anew"


def test_another_picture_is_noticed():
    rates = js.response_rates(js.outreach(notebook.open_log().log, as_of=SAMPLE_DAY), by="kind")
    table = rates.table.assign(rate=rates.table["rate"].shift(1).fillna(0.3))
    shown = [picture(js.plot_response_rates(result)) for result in (rates, rates)]
    moved = picture(js.plot_response_rates(dataclasses.replace(rates, table=table)))
    assert looks_alike(*shown)
    assert shown[0].shape == moved.shape
    assert not looks_alike(shown[0], moved)
    assert not looks_alike(shown[0], moved[1:])


def test_the_readme_shows_the_sample_as_it_is_now():
    import readme

    kept, now = (
        picture_of({"data": {run_notebooks.PICTURE: base64.b64encode(png).decode()}})
        for png in (readme.PICTURE.read_bytes(), readme.picture())
    )
    plt.close("all")
    assert looks_alike(kept, now), "make notebooks stores it anew"


def picture(ax):
    out = io.BytesIO()
    ax.figure.savefig(out, format="png")
    plt.close(ax.figure)
    small = run_notebooks.small_picture(base64.b64encode(out.getvalue()).decode())
    return picture_of({"data": {run_notebooks.PICTURE: small}})


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_form(path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    texts = [cell.source for cell in book.cells if cell.cell_type == "markdown"]
    assert sum(len(re.findall(r"^# ", text, re.MULTILINE)) for text in texts) == 1
    assert texts[0].startswith("# ")
    (parameters,) = [c for c in book.cells if "parameters" in c.metadata.get("tags", [])]
    assert parameters.source.startswith("LOG = None")
    assert "\nAS_OF = None" in parameters.source
    ids = [cell.id for cell in book.cells]
    assert len(set(ids)) == len(ids)
    assert not [i for i in ids if re.fullmatch(r"[0-9a-f]{8}", i)], "ids are names, and stay"
    counts = [cell.execution_count for cell in book.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert not [cell for cell in book.cells if "execution" in cell.metadata]
    assert max(cell.source.count("\n") for cell in book.cells) < 20


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_outputs_hold_no_warning_no_error_and_no_path(path):
    book = nbformat.read(path, as_version=4)
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert outputs
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}
    text = json.dumps([without_picture(output) for output in outputs])
    assert not re.findall(r"Traceback|Warning|/home/|/root/|/Users/|/tmp/|C:\\\\", text)
    assert not re.findall(r"<Axes|Axes\(|<matplotlib", text)
    assert len(path.read_bytes()) < MOST_BYTES.get(path.stem, 200_000)


def test_what_works_in_jupyterlab_alone_is_not_kept(fresh):
    """A widget's number differs from run to run, and a page would fetch what draws it."""
    for path in PATHS:
        for book in (nbformat.read(path, as_version=4), fresh[path]):
            assert "widget" not in json.dumps([c.get("outputs", []) for c in book.cells])
            assert "widgets" not in book.metadata


def test_sliders_come_with_a_table_that_needs_none():
    (path,) = (path for path in PATHS if path.stem == "04_compare_callback_timing")
    cells = nbformat.read(path, as_version=4).cells
    (at,) = (i for i, c in enumerate(cells) if run_notebooks.LIVE in c.metadata.get("tags", []))
    assert cells[at].cell_type == "code"
    assert not cells[at].outputs
    assert "what_if.sliders(" in cells[at].source
    assert "<table" in cells[at + 1].outputs[0]["data"]["text/html"]


def test_sliders_leave_no_trace_on_a_page():
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("sliders")])
    (cell,) = book.cells
    cell.metadata["tags"] = [run_notebooks.LIVE]
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "slide"}
    cell.outputs = [nbformat.v4.new_output("display_data", view)]
    book.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"version_major": 2, "state": {}}
    }
    with_widget, _ = nbconvert.HTMLExporter().from_notebook_node(book)
    page, _ = nbconvert.HTMLExporter().from_notebook_node(run_notebooks.still(book))
    for trace in ("widget-view+json", "widget-state+json"):
        assert trace in with_widget
        assert f'type="application/vnd.jupyter.{trace}"' not in page


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_every_picture_is_described_in_words(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if any(run_notebooks.PICTURE in o.get("data", {}) for o in cell.get("outputs", [])):
            assert len(cell.metadata.get("alt", "")) > 40, cell.id


def test_pictures_keep_their_description_on_a_page():
    (path,) = (path for path in PATHS if path.stem == "03_response_rates")
    book = nbformat.read(path, as_version=4)
    bare, _ = nbconvert.HTMLExporter(template_name="lab").from_notebook_node(book)
    page = run_notebooks.described(bare, book)
    alts = [cell.metadata["alt"] for cell in book.cells if "alt" in cell.metadata]
    assert bare.count(run_notebooks.NOT_DESCRIBED) == len(alts) > 5
    assert run_notebooks.NOT_DESCRIBED not in page
    assert [html.unescape(alt) for alt in re.findall('<img alt="([^"]+)"', page)] == alts


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_every_section_ends_in_a_sentence(path):
    cells = nbformat.read(path, as_version=4).cells
    starts = [i for i, c in enumerate(cells) if c.source.startswith("## ")]
    assert starts
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
        assert cells[end - 1].source.startswith("notebook.say("), cells[start].source


@pytest.mark.parametrize("name", NAMES)
def test_any_log_goes_through(name, logs, tmp_path, monkeypatch):
    path = tmp_path / "my search.csv"
    path.write_text(logs[name], encoding="utf-8")
    monkeypatch.setenv("JOBSEARCH_LOG", str(path))
    monkeypatch.setenv("JOBSEARCH_AS_OF", "2026-03-10")
    for book in asyncio.run(run_notebooks.run_all(PATHS)):
        outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
        shown = "".join(output.get("data", {}).get("text/html", "") for output in outputs[3:])
        assert "my search.csv, as of Tue 10 March 2026." in json.dumps(outputs)
        assert not [o for o in outputs if o.output_type in ("error", "stream")]
        assert "<script>alert" not in shown
        assert "<b>Eve" not in shown
        widgets = json.dumps(book.metadata.get("widgets", {}))
        assert ("workbench" in widgets) == ("workbench" in json.dumps(book.cells))
        assert "should not have happened" not in widgets


def test_open_log_takes_the_sample_from_its_own_day(monkeypatch):
    for name in run_notebooks.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    search = notebook.open_log()
    assert search.is_sample
    assert f"{search.as_of:%Y-%m-%d}" == SAMPLE_DAY
    assert notebook.open_log(as_of="2026-02-02").text.endswith("as of Mon 2 February 2026.")


def test_open_log_takes_another_file_of_the_sample(monkeypatch):
    for name in run_notebooks.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    search = notebook.open_log(sample="events.csv")
    assert search.is_sample
    assert search.name == "events.csv"
    assert search.log.events["hour"].notna().any()
    assert notebook.open_log().log.events["hour"].isna().all()


OTHER = {
    "03_response_rates": (
        'WITHIN, COUNTS, BY_DAY = 7, "positive", 10',
        ["A positive response within 7 days", "12 silent days: past day 10"],
    ),
    "04_compare_callback_timing": (
        "import dataclasses, jobsearch_stats as js\n"
        'MINE = dataclasses.replace(js.DAY_AFTER, name="MINE <b>", days_after_promise=3)\n'
        'STRATEGIES, HORIZON, COUNTS, N_BOOT = (MINE, "NO_FOLLOW_UP"), 14, "positive", 20',
        ["A positive response by day 14", "NO_FOLLOW_UP against MINE <b>, by day 14"],
    ),
    "05_plan_your_own_trial": (
        'STRATEGIES, GAIN = ("DAY_AFTER", "NO_FOLLOW_UP"), 0.2',
        ["To find a gain of 20 points", "NO_FOLLOW_UP (never)", "days for all of them"],
    ),
}


@pytest.mark.parametrize("name", OTHER)
def test_other_parameters_go_through(name, monkeypatch):
    for setting in run_notebooks.SETTINGS:
        monkeypatch.delenv(setting, raising=False)
    (path,) = (path for path in PATHS if path.stem == name)
    book = nbformat.read(path, as_version=4)
    (cell,) = (c for c in book.cells if "parameters" in c.metadata.get("tags", []))
    typed, expected = OTHER[name]
    cell.source = f"{cell.source}\n{typed}"
    run_notebooks.QuietClient(
        book, kernel_name="python3", extra_arguments=["--log-level=ERROR"]
    ).execute()
    outputs = [output for c in book.cells for output in c.get("outputs", [])]
    said = json.dumps([*outputs, book.metadata.get("widgets", {})])
    assert [text for text in expected if text not in said] == []
    shown = "".join(output.get("data", {}).get("text/html", "") for output in outputs[3:])
    assert "MINE <b>" not in shown
    assert "Traceback" not in said


def test_what_a_slider_shows_stays_in_its_cell_and_is_not_answered():
    """An answer on the channel on which a reply is waited for can hide that reply."""
    code = "import ipywidgets\nipywidgets.interact(lambda x: print(x + 1), x=41);"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client = run_notebooks.QuietClient(
        book, kernel_name="python3", extra_arguments=["--log-level=ERROR"]
    )
    client.execute()
    assert "42" in [o.text.strip() for o in book.cells[0].outputs if o.output_type == "stream"]
    assert not client.comm_objects


def test_open_log_takes_ones_own_from_today_and_a_frame(tmp_path):

    path = tmp_path / "log.csv"
    path.write_text(LOGS["one row"], encoding="utf-8")
    assert notebook.open_log(str(path)).as_of == pd.Timestamp.today().normalize()
    assert len(notebook.open_log(pd.read_csv(path)).log.applications) == 1


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_file_that_cannot_be_read_shows_one_paragraph_and_no_traceback(
    path, tmp_path, monkeypatch
):
    log = tmp_path / "log.csv"
    log.write_text("Company,Interview\nAc\x1b[31mme,03/02/2026\n", encoding="utf-8")
    monkeypatch.setenv("JOBSEARCH_LOG", str(log))
    book = nbformat.read(path, as_version=4)
    client = run_notebooks.QuietClient(
        book, kernel_name="python3", extra_arguments=["--log-level=ERROR"]
    )
    with pytest.raises(nbclient.exceptions.CellExecutionError):
        client.execute()
    (output,) = [
        o for cell in book.cells for o in cell.get("outputs", []) if o.output_type == "error"
    ]
    text = "\n".join(output.traceback)
    assert text.startswith("ReadError: log.csv, column 'Interview'")
    assert "date_order=" in text
    assert "Traceback" not in text
    assert "\x1b" not in text
    assert "-----" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_typed_mapping():
    assert notebook.mapping_of("") == notebook.mapping_of(" ; ,") == {}
    typed = "Firma=company, Last, first=contact;a=b=role ;"
    assert notebook.mapping_of(typed) == {
        "Firma": "company",
        "Last, first": "contact",
        "a=b": "role",
    }
    with pytest.raises(js.SettingError, match="'Mood' names no field"):
        notebook.mapping_of("Firma=company;Mood")


def test_a_mapping_of_the_environment_reaches_the_reader(tmp_path, monkeypatch):
    path = tmp_path / "log.csv"
    path.write_text("Wer,Talked\nAcme,2026-03-03\n", encoding="utf-8")
    monkeypatch.setenv("JOBSEARCH_MAP", "Wer=company;Talked=interview")
    assert notebook.open_log(path).log.events["kind"].tolist() == ["interview"]
    given = notebook.open_log(path, mapping={"Wer": "company", "Talked": "reply"})
    assert given.log.events["kind"].tolist() == ["reply"]


def test_sentences_escape_and_read_as_text():
    said = notebook.say("Call <b>Eve</b>")
    assert repr(said) == "Call <b>Eve</b>"
    assert "Call &lt;b&gt;Eve&lt;/b&gt;" in said._repr_html_()


@pytest.fixture(scope="module")
def log():
    return js.read_log(sample_path())


def test_columns_not_understood_come_first(log):
    table = review.columns_table(log)
    assert len(table) == len(log.columns)
    kept = (table["field"].fillna("") == "").to_numpy()
    assert kept.any()
    assert not (kept[1:] & ~kept[:-1]).any()


def test_dates_after_the_day_are_noticed(log):

    early = pd.Timestamp("2026-01-05")
    table = review.dates_table(log, as_of=early)
    assert table["n"].sum() == len(log.events)
    assert table["n_after_today"].sum() == (log.events["date"] > early).sum()
    assert "cannot have happened" in review.dates_sentence(log, as_of=early)
    assert "hardly swapped" in review.dates_sentence(log, as_of=pd.Timestamp(SAMPLE_DAY))


@pytest.mark.parametrize(("n", "margin"), [(100, "±10"), (385, "±5"), (3, "cannot tell")])
def test_margin_of_a_rate(n, margin):
    assert margin in review._margin(n)  # 1.96 * sqrt(0.25 / n), rounded up


def test_voicemail_pushes_the_next_call_a_week_on(log):
    todo = js.agenda(log, as_of=SAMPLE_DAY)
    first = today.first_id(todo, log)
    day = js.follow_ups(log, as_of=SAMPLE_DAY).loc[first, "call_on"]
    n = len(log.events)
    longer = today.with_follow_up(log, first, on=day)
    assert (len(longer.events), len(log.events)) == (n + 1, n)
    row = js.follow_ups(longer, as_of=day).loc[first]
    assert row["state"] == "waiting"
    said = today.after_sentence(log, first, on=day, strategy=js.DAY_AFTER)
    step = row["call_on"] if row["call_on"] == row["call_on"] else row["abandon_on"]
    assert (step - day).days >= 7
    assert f"{step.day} {step:%B}" in said


def test_strategies_that_differ_come_first(log):
    days = today.by_strategy(log, as_of=SAMPLE_DAY, strategy=js.DAY_AFTER)
    names = [name for name in js.STRATEGIES if name != "NO_FOLLOW_UP"]
    assert list(days.columns) == ["company", "contact", *names]
    differs = (days[names].ne(days["DAY_AFTER"], axis=0)).any(axis=1).to_numpy()
    assert differs.any()
    assert not (differs[1:] & ~differs[:-1]).any()
    table = js.follow_ups(log, as_of=SAMPLE_DAY, strategy=js.BEFORE_DECISION)
    assert (days["BEFORE_DECISION"] == table.loc[days.index, "call_on"]).all()


def test_habits_count_interviews(log):

    as_of = pd.Timestamp(SAMPLE_DAY)
    table = today.habits(log, as_of=as_of).set_index("rule")
    met = log.events[(log.events["kind"] == "interview") & (log.events["date"] <= as_of)]
    assert (table["of"] == len(met)).all()
    assert table.loc["R11", "done"] == met["decide_by"].notna().sum()
    assert "ask when they decide (R11)" in today.habits_sentence(today.habits(log, as_of=as_of))


def test_numbers_stay_numbers_to_be_sorted(log):
    table = js.follow_ups(log, as_of=SAMPLE_DAY)
    shown = notebook.readable(table, columns=today.STATE_COLUMNS)
    assert (shown["days overdue"] == table["days_overdue"]).all()
    page = notebook.show_table(table, table_id="t", columns=["company", "days_overdue"]).data
    worst = table.loc[table["days_overdue"].idxmax()]
    assert f", {worst['days_overdue']}]" in page


def test_a_text_of_several_lines_is_on_one():
    table = pd.DataFrame({"company": ["Sons,\r\n & Co", "A \n\nB", None]}, dtype="str")
    assert notebook.readable(table)["company"].tolist() == ["Sons, & Co", "A B", ""]
    page = notebook.show_table(table, table_id="t").data + notebook.small_table(table).data
    assert "Sons, &amp; Co" in page
    assert "Co\\n" not in page


def test_blanks_are_blank_and_days_have_no_hours(log):
    table = js.follow_ups(log, as_of=SAMPLE_DAY)
    assert table["phone"].isna().any()
    problems = review.problems_table(log)
    assert problems["source_row"].isna().any()
    page = notebook.small_table(table).data + notebook.small_table(problems).data
    assert "NA>" not in notebook.show_table(problems, table_id="t").data
    assert not set(re.findall(r">(nan|NaN|NaT|<NA>|&lt;NA&gt;|None)<", page))
    assert "00:00" not in page


def test_the_mapping_to_edit_gives_the_same_log(tmp_path):
    search = notebook.open_log()
    mapping = notebook.mapping_to_edit(search)
    assert list(mapping) == [h for h in search.log.columns["header"] if h]
    again = notebook.open_log(sample_path(), mapping=mapping).log
    pd.testing.assert_frame_equal(again.events, search.log.events)
    typed: dict = {}
    exec(mapping.text, typed)
    assert typed["MAPPING"] == mapping
    assert "<b>" not in notebook.Headers({"<b>": ""})._repr_html_()
    path = tmp_path / "odd.csv"
    path.write_text("Wer,Talked\nAcme,2026-03-03\n", encoding="utf-8")
    given = {"Wer": "company", "Talked": "interview"}
    assert notebook.mapping_to_edit(notebook.open_log(path, mapping=given), given) == given


def test_a_log_is_saved_where_it_is_asked_for_and_opens_again(log, tmp_path, monkeypatch):
    monkeypatch.setattr(notebook, "private_folder", lambda: tmp_path)
    search = notebook.open_log()
    assert "Nothing was saved" in notebook.saved(search, None)
    assert list(tmp_path.iterdir()) == []
    said = notebook.saved(search, "my_log")
    folder = re.search("LOG = '([^']+)'", said)[1]
    again = notebook.open_log(folder, SAMPLE_DAY)
    pd.testing.assert_frame_equal(again.log.events, log.events)
    assert set(notebook.mapping_to_edit(again)) == set(log.columns["header"])
    elsewhere = tmp_path / "else" / "where"
    assert str(elsewhere) in notebook.saved(search, elsewhere)
    assert (elsewhere / "events.csv").exists()


def test_what_is_said_of_a_log_that_lacks_things():
    lean = js.read_log(pd.DataFrame({"Company": ["A"], "Applied": ["2026-02-01"], "Mood": ["x"]}))
    assert len(review.lacks_table(lean)) == len(lean.summary().lacks) > 2
    assert review.lacking_sentence(lean).startswith("Most urgent: No interview dates: ")
    assert "MAPPING = {'Mood': 'interview'}" in review.columns_sentence(lean)
    assert "headers for the" in review.template_sentence(lean)
    empty = js.read_log(pd.DataFrame({"Company": [""]}))
    assert "start from the template" in review.template_sentence(empty)
    table = review.template_table()
    assert (table["what_goes_in_it"].str.len() > 5).all()
