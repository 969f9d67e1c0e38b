"""Errors are also the standard ones, carry their facts, and survive a trip to another process."""

import copy
import pickle

import pytest

import jobsearch_stats as js
from build import a_log, interview
from jobsearch_stats.errors import (
    DataError,
    JobSearchStatsError,
    ReadError,
    SettingError,
    UnknownNameError,
)

ERRORS = [
    (DataError("a day", row=3, column="date", value="x"), ValueError, ("row", "column", "value")),
    (SettingError("a setting", name="as_of", value=5), ValueError, ("name", "value")),
    (UnknownNameError("a name", name="X", known=["A", "B"]), KeyError, ("name", "known")),
    (ReadError("a file"), ValueError, ()),
]


@pytest.mark.parametrize(("error", "standard", "facts"), ERRORS, ids=lambda e: type(e).__name__)
def test_an_error_is_ours_and_a_standard_one_and_keeps_its_facts(error, standard, facts):
    assert isinstance(error, JobSearchStatsError)
    assert isinstance(error, standard)
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(other) is type(error)
        assert str(other) == str(error) == error.args[0]
        assert [getattr(other, name) for name in facts] == [getattr(error, name) for name in facts]


def test_a_name_that_is_not_there_is_not_shown_in_quotes():
    assert str(UnknownNameError("there is no 'X'; there are A, B.")) == (
        "there is no 'X'; there are A, B."
    )
    assert UnknownNameError("m", known=iter("AB")).known == ("A", "B")


def test_what_the_library_gives_can_be_pickled():
    log = a_log({"a": [interview("2026-03-04", "2026-03-06", contact="Ana Ruiz")]})
    again = pickle.loads(pickle.dumps(log))
    table = js.follow_ups(log, as_of="2026-03-10")
    assert js.follow_ups(again, as_of="2026-03-10").equals(table)
    assert pickle.loads(pickle.dumps(table)).equals(table)
    assert pickle.loads(pickle.dumps(js.BEFORE_DECISION)) == js.BEFORE_DECISION


@pytest.mark.parametrize("error", [error for error, *_ in ERRORS], ids=lambda e: type(e).__name__)
def test_a_notebook_shows_the_message_alone(error):
    (text,) = error._render_traceback_()
    assert text == f"{type(error).__name__}: {error}"
    (text,) = type(error)("a\x1b[31m " + "word " * 60)._render_traceback_()
    assert "\x1b" not in text
    assert 1 < len(text.splitlines()) < 6
