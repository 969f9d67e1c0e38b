"""Patterns that wait to be compiled do what compiled ones do."""

import re

import pytest

from jobsearch_stats.patterns import pattern


def test_nothing_is_compiled_before_it_is_used() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("text")


def test_methods_are_those_of_the_compiled_pattern() -> None:
    late, at_once = pattern(r"(\w)x", re.IGNORECASE), re.compile(r"(\w)x", re.IGNORECASE)
    assert late.sub(r"\1", "aX bx") == at_once.sub(r"\1", "aX bx") == "a b"
    assert late.findall("aX bx") == ["a", "b"]
    assert late.fullmatch("aX bx") is None
    assert (late.pattern, late.flags) == (at_once.pattern, at_once.flags)


def test_bytes_are_patterns_too() -> None:
    assert pattern(rb"\d+").findall(b"1 22") == [b"1", b"22"]
