"""`log.to_csv` and back: an equal log, files that are safe to open, and clear errors by hand."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jobsearch_stats as js
from build import a_log, event, interview
from jobsearch_stats.sample import sample_path
from lives import simulated_lives

TABLES = ("applications", "events", "problems", "columns")
FILES = {*(f"{name}.csv" for name in TABLES), "log.json"}

HOSTILE = [
    *(
        "",
        "'",
        "''",
        "'tis",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t",
        "\r",
        "\n",
        "a\r\nb",
        'q"u"o,te;',
    ),
    *("007", "1e5", "NA", "nan", "None", "NULL", "true", "2026-03-04", " padded ", "\x00", "\x1a"),
    *("日本語", "🎉", "e\u0301", "\u202egnp", "\ufeffmark", "\\", "#REF!", "x" * 2000),
]
TEXT = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)


def equal(one, other):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    assert one.counts == other.counts


def round_trip(log, folder):
    log.to_csv(folder)
    again = js.read_log(folder)
    equal(again, log)
    return again


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "saved"


@pytest.fixture
def saved(folder):
    """A log of two applications, saved; its files are there to be changed."""
    log = a_log(
        {
            "a": [interview("2026-03-04", contact="=Eve"), event("reply", "2026-03-05")],
            "b": [interview("2026-03-06", hour=9)],
        }
    )
    log.to_csv(folder)
    return folder


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in sample_path().parent.glob("*.csv")))
def test_the_sample_comes_back(name, folder):
    round_trip(js.read_log(sample_path().parent / name), folder)
    assert {path.name for path in folder.iterdir()} == FILES


def test_the_states_are_the_same(folder):
    log = js.read_log(sample_path())
    again = round_trip(log, folder)
    todo, same = (js.agenda(one, as_of=js.SAMPLE_DAY) for one in (log, again))
    pd.testing.assert_frame_equal(todo, same)


def test_lives_come_back(folder):
    round_trip(js.ApplicationLog.from_frames(*simulated_lives(200, seed=5)), folder)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(TEXT, min_size=4, max_size=4), min_size=1, max_size=5),
    headers=st.lists(TEXT, min_size=2, max_size=2),
    days=st.lists(
        st.sampled_from(["2026-03-04", "13/02/2026", "", "no response", "x"]), min_size=5
    ),
)
def test_a_log_of_any_table_comes_back(rows, headers, days, tmp_path_factory):
    table = pd.DataFrame(rows, columns=["Company", "Notes", *headers])
    table.insert(1, "Interview", days[: len(rows)], allow_duplicates=True)
    try:
        log = js.read_log(table)
    except js.JobSearchStatsError:
        return  # headers that are ours twice, or dates that nothing decides
    round_trip(log, tmp_path_factory.mktemp("any") / "saved")


COLUMNS = {
    "int": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False, width=64),
    "bool": st.booleans(),
    "text": st.one_of(st.none(), TEXT),
    "mixed": st.one_of(st.none(), TEXT, st.integers(), st.floats(allow_nan=False), st.booleans()),
    "day": st.datetimes(pd.Timestamp("1970-01-01"), pd.Timestamp("2200-01-01")),
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), n=st.integers(0, 4))
def test_a_log_of_any_frame_comes_back(data, n, tmp_path_factory):
    def some(values, unique=False):
        return data.draw(st.lists(values, min_size=n, max_size=n, unique=unique))

    ids = some(TEXT.filter(bool), unique=True)
    applications = pd.DataFrame({"company": some(TEXT), "notes": some(TEXT)}, index=ids)
    names = data.draw(st.lists(TEXT, max_size=4))
    for at, name in enumerate(names):
        if name in ("company", "notes"):
            continue
        values = some(data.draw(st.sampled_from(list(COLUMNS.values()))))
        column = pd.Series(values, index=applications.index)
        applications.insert(at, name, column, allow_duplicates=True)
    events = pd.DataFrame(
        {
            "application_id": ids,
            "date": "2026-03-04",
            "kind": "interview",
            "note": some(TEXT),
            "contact": some(st.one_of(st.none(), TEXT)),
            "hour": some(st.one_of(st.none(), st.integers(0, 23))),
        }
    )
    log = js.ApplicationLog.from_frames(applications, events)
    round_trip(log, tmp_path_factory.mktemp("any") / "saved")


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, None], dtype="Int64"),
        pd.Series([1, 2], dtype="uint8"),
        pd.Series([0.1, np.nan], dtype="float32"),
        pd.Series([True, None], dtype="boolean"),
        pd.Series(["=a", None], dtype="string"),
        pd.Series([None, None], dtype=object),
        pd.Series([np.nan, "x"], dtype=object),
        pd.Categorical(["=b", None], categories=["a", "=b", ""], ordered=True),
        pd.to_datetime(["2026-03-04 10:30:01.5", None]),
        pd.to_datetime(["2026-07-04 10:30", None]).tz_localize("Europe/Berlin"),
    ],
    ids=lambda column: str(column.dtype),
)
def test_own_columns_keep_their_dtype(column, folder):
    log = a_log({"a": [], "b": []})
    applications = log.applications.assign(mine=getattr(column, "array", column))
    round_trip(js.ApplicationLog.from_frames(applications, log.events), folder)


@pytest.mark.parametrize("name", [2020, "=1+1", "", "'", "a\r\nb", "NA", "Company"])
def test_own_headers_come_back(name, folder):
    log = a_log({"a": []})
    applications = log.applications.assign(x=["y"]).rename(columns={"x": name})
    again = round_trip(js.ApplicationLog.from_frames(applications, log.events), folder)
    assert again.applications.columns[-1] == name


@pytest.mark.parametrize("value", [(1,), pd.Timedelta(days=1), object()])
def test_what_is_no_text_is_an_error_and_leaves_nothing(value, folder):
    log = a_log({"a": []})
    applications = log.applications.assign(mine=pd.Series([value], index=["a"]))
    with pytest.raises(js.DataError, match="'mine'") as error:
        js.ApplicationLog.from_frames(applications, log.events).to_csv(folder)
    assert error.value.column == "mine"
    assert list(folder.iterdir()) == []


def test_no_cell_is_a_formula_and_lines_end_in_a_line_feed(folder):
    applications = pd.DataFrame({"company": HOSTILE, "=mine": HOSTILE}, index=HOSTILE)
    applications = applications.drop(index="")
    events = pd.DataFrame({"application_id": applications.index}).assign(
        date="2026-03-04", kind="interview", note=applications["company"].to_numpy()
    )
    round_trip(js.ApplicationLog.from_frames(applications, events), folder)
    for name in TABLES:
        data = (folder / f"{name}.csv").read_bytes()
        assert data.endswith(b"\n")
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert b"\r\n" not in (folder / "problems.csv").read_bytes()


def test_saving_twice_writes_the_same_and_replaces(folder):
    log = js.read_log(sample_path())
    log.to_csv(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    a_log({"a": []}).to_csv(folder)
    assert len(js.read_log(folder).applications) == 1
    log.to_csv(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["applications.csv", "log.json", "thesis.txt"])
def test_other_files_are_never_overwritten(name, folder):
    folder.mkdir()
    (folder / name).write_text("mine", encoding="utf-8")
    with pytest.raises(js.SettingError, match="holds other files"):
        a_log({"a": []}).to_csv(folder)
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_text(encoding="utf-8") == "mine"


def test_own_files_beside_a_saved_log_stay(saved):
    (saved / "thesis.txt").write_text("mine", encoding="utf-8")
    a_log({"a": []}).to_csv(saved)
    assert (saved / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_and_one_whose_parents_are_missing_do(tmp_path):
    a_log({"a": []}).to_csv(tmp_path)
    a_log({"a": []}).to_csv(str(tmp_path / "deep" / "down"))
    assert {path.name for path in (tmp_path / "deep" / "down").iterdir()} == FILES


@pytest.mark.parametrize("where", ["file", "file/below", "nul\x00"])
def test_where_it_cannot_be_saved_is_an_error_of_ours(where, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(js.SettingError, match="cannot be saved"):
        a_log({"a": []}).to_csv(f"{tmp_path}/{where}")


def test_how_to_read_a_file_is_no_question(saved):
    with pytest.raises(js.SettingError, match="saved with to_csv"):
        js.read_log(saved, mapping={"company": "role"})


def test_rows_may_be_added_by_hand(saved):
    changed(saved / "events.csv", "b,2026-03-06", "a,2026-03-01,,applied\n\nb,2026-03-06")
    path = saved / "events.csv"
    width = path.read_text(encoding="utf-8").splitlines()[0].count(",")
    changed(path, "applied\n", "applied" + "," * (width - 3) + "\n")
    events = js.read_log(saved).events
    assert events["kind"].astype("str").tolist() == ["applied", "interview", "reply", "interview"]


def test_columns_may_be_added_and_left_out_by_hand(saved):
    table = pd.read_csv(saved / "applications.csv", dtype=str, keep_default_na=False)
    table.drop(columns="source").assign(mood="'=good").to_csv(
        saved / "applications.csv", index=False
    )
    applications = js.read_log(saved).applications
    assert applications["source"].isna().all()
    assert applications["mood"].tolist() == ["=good", "=good"]


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column", "said"),
    [
        ("events.csv", "b,2026-03-06", "c,2026-03-06", 4, "application_id", "'c' is not in appl"),
        ("events.csv", "b,2026-03-06", "b,06.03.2026", 4, "date", "'06.03.2026' is not a day"),
        ("events.csv", "b,2026-03-06", "b,2026-02-30", 4, "date", "'2026-02-30' is not a day"),
        ("events.csv", "b,2026-03-06", "b,1026-03-06", 4, "date", "is not between 1900 and 2999"),
        ("events.csv", "b,2026-03-06", "b,", 4, "date", "is blank"),
        ("events.csv", "b,2026-03-06", ",2026-03-06", 4, "application_id", "is blank"),
        ("events.csv", "b,2026-03-06,9", "b,2026-03-06,nine", 4, "hour", "'nine' is not a whole"),
        ("events.csv", "b,2026-03-06,9", "b,2026-03-06,24", 4, "hour", "from 0 to 23"),
        ("events.csv", "b,2026-03-06,9", f"b,2026-03-06,{9**30}", 4, "hour", "not a whole number"),
        ("events.csv", "reply", "danced", 3, "kind", "'danced' is none of 'applied', "),
        ("applications.csv", "\nb,", "\na,", 3, "application_id", "stands there twice"),
        ("applications.csv", "False", "perhaps", 2, "undated_interview", "neither"),
    ],
)
def test_a_slip_by_hand_is_named(saved, file, old, new, row, column, said):
    changed(saved / file, old, new)
    with pytest.raises(js.DataError) as error:
        js.read_log(saved)
    assert said in str(error.value)
    assert f"saved/{file} row {row}" in str(error.value)
    assert (error.value.row, error.value.column) == (row, column)


@pytest.mark.parametrize("name", sorted(FILES - {"log.json"}))
@pytest.mark.parametrize("data", [None, b"", b"\xff\xfe\x00", b'"', b"a,b\n1,2,3\n", b"x\ny\n"])
def test_a_broken_file_is_an_error_of_ours(saved, name, data):
    if data is None:
        (saved / name).unlink()
    else:
        (saved / name).write_bytes(data)
    if name in ("problems.csv", "columns.csv") and data == b"x\ny\n":
        assert list(getattr(js.read_log(saved), name.removesuffix(".csv")).columns) == ["x"]
        return
    with pytest.raises(js.JobSearchStatsError):
        js.read_log(saved)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": None},
        {"counts": {"rows_read": "many"}},
        {"counts": []},
        {"columns": {"events": [["date", "int99"]]}},
        {"columns": {"events": [["date", {"category": ["a", "a"]}]]}},
        {"columns": {"events": [["date", ["x"]]]}},
        {"columns": 7},
    ],
)
def test_changed_facts_are_an_error_of_ours(saved, change):
    facts = json.loads((saved / "log.json").read_text(encoding="utf-8"))
    (saved / "log.json").write_text(json.dumps({**facts, **change}), encoding="utf-8")
    with pytest.raises(js.ReadError, match=r"log\.json"):
        js.read_log(saved)
