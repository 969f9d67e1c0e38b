"""Strategies are values that refuse what they cannot mean."""

import dataclasses

import pytest

import jobsearch_stats as js
from jobsearch_stats.errors import SettingError, UnknownNameError
from jobsearch_stats.strategies import MOST_DAYS, STRATEGIES, strategy_named


def mine(**fields):
    return dataclasses.replace(js.DAY_AFTER, **{"name": "MINE", **fields})


def test_the_article_in_numbers():
    s = js.DAY_AFTER
    assert (s.days_after_promise, s.days_without_promise, s.days_between_messages) == (1, 7, 7)
    assert (s.max_messages, s.give_up_days, s.avoid) == (2, 7, ("Monday",))
    assert (s.weekend, s.country, s.method) == (("Saturday", "Sunday"), None, "phone")


def test_the_variants_differ_from_the_article_only_where_they_say_so():
    article = dataclasses.asdict(js.DAY_AFTER)
    differing = {
        name: {f for f, value in dataclasses.asdict(s).items() if value != article[f]}
        for name, s in STRATEGIES.items()
    }
    assert differing == {
        "DAY_AFTER": set(),
        "BEFORE_DECISION": {"name", "source", "days_after_promise", "roll"},
        "THANK_YOU_FIRST": {"name", "source", "thank_you_first"},
        "EMAIL_INSTEAD": {"name", "source", "method"},
        "NO_FOLLOW_UP": {"name", "source", "max_messages"},
    }
    assert [name for name, s in STRATEGIES.items() if s.before_decision] == ["BEFORE_DECISION"]
    assert all(name == s.name and s.source for name, s in STRATEGIES.items())


def test_a_strategy_is_frozen_and_equal_by_value():
    with pytest.raises(dataclasses.FrozenInstanceError):
        js.DAY_AFTER.max_messages = 3
    assert mine(avoid=["Monday"]) == mine(avoid=("mon",)) == mine(avoid=0)
    assert len({mine(), mine(), mine(country="US")}) == 2
    assert mine().source == "article"
    assert js.Strategy(name="NEW").source == "your own"


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("Monday", ("Monday",)),
        ("tues", ("Tuesday",)),
        (" FRI ", ("Friday",)),
        (0, ("Monday",)),
        (6, ("Sunday",)),
        ([], ()),
        ((), ()),
        (["Friday", "monday", 0], ("Monday", "Friday")),
        ({"Wednesday"}, ("Wednesday",)),
        (iter(["Thursday"]), ("Thursday",)),
    ],
)
def test_weekdays_by_name_or_number(given, days):
    assert mine(avoid=given).avoid == days


@pytest.mark.parametrize(
    "given",
    [None, "", "Mo", "Montag", "Monkey", "Monday,Tuesday", 7, -1, True, 1.0, ["Monday", None]],
)
@pytest.mark.parametrize("field", ["avoid", "weekend"])
def test_what_is_no_weekday(field, given):
    with pytest.raises(SettingError, match=r"no weekday\. Use a list of names such as") as caught:
        mine(**{field: given})
    assert caught.value.name == field
    assert caught.value.value == (None if isinstance(given, list) else given)


def test_a_day_of_the_week_must_be_left():
    with pytest.raises(SettingError, match=r"leave no day of the week .* Take one out") as caught:
        mine(avoid=range(5))
    assert caught.value.name == "avoid"
    assert mine(avoid=range(4)).avoid[-1] == "Thursday"


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("days_without_promise", 1),
        ("max_messages", 0),
        ("days_between_messages", 1),
        ("grace_days", 0),
        ("give_up_days", 1),
        ("days_after_promise", 1),
    ],
)
def test_numbers_are_whole_and_within_bounds(field, least):
    for good in (least, 30, MOST_DAYS):
        assert getattr(mine(**{field: good}), field) == good
    for bad in (least - 1, MOST_DAYS + 1, 2**40, 1.5, "7", None, True):
        with pytest.raises(SettingError, match=f"strategy 'MINE': {field}=") as caught:
            mine(**{field: bad})
        assert caught.value.name == field
        assert caught.value.value is bad


@pytest.mark.parametrize(
    ("days", "roll"), [(0, "forward"), (-1, "forward"), (1, "backward"), (7, "backward")]
)
def test_before_or_after_the_decision_not_both(days, roll):
    with pytest.raises(SettingError, match='needs roll="backward" and 0 or less'):
        mine(days_after_promise=days, roll=roll)


@pytest.mark.parametrize(
    ("field", "value", "way_out"),
    [
        ("roll", "sideways", "must be one of forward, backward"),
        ("method", "pigeon", "must be one of phone, email, phone_or_email"),
        ("country", 49, "ISO code such as 'US' or 'DE-BY', or None"),
    ],
)
def test_other_settings_say_what_they_may_be(field, value, way_out):
    with pytest.raises(SettingError, match=way_out) as caught:
        mine(**{field: value})
    assert (caught.value.name, caught.value.value) == (field, value)


@pytest.mark.parametrize(
    "name", ["DAY_AFTER", "day_after", "day-after", " Day After ", "Day-after"]
)
def test_a_strategy_by_its_name(name):
    assert strategy_named(name) is js.DAY_AFTER


def test_a_name_that_is_not_there_lists_those_that_are():
    with pytest.raises(UnknownNameError, match="'SOON'; there are DAY_AFTER, BEFORE_D") as caught:
        strategy_named("SOON")
    assert caught.value.name == "SOON"
    assert caught.value.known == tuple(STRATEGIES)
