"""What the documents say is understood is what is understood."""

import json
import re
from pathlib import Path

import pytest

from jobsearch_stats import template
from jobsearch_stats.importing.fields import FIELDS, NUMBERED

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
PRESETS = sorted((ROOT / "src" / "jobsearch_stats" / "importing" / "presets").glob("*.json"))


def test_every_field_is_explained_once():
    rows = re.findall(r"^\| (`.+?) \|", TEXT.split("| field |")[1].split("\n\n")[0], re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(FIELDS)


def test_every_language_and_export_is_named():
    for words in template.languages().values():
        assert words["language"] in TEXT
    for path in PRESETS:
        name = json.loads(path.read_text(encoding="utf-8"))["name"]
        assert name.removesuffix(" log") in TEXT, name


def test_fields_that_are_said_to_have_numbers_may():
    named = re.search(r"^`interview`, .*?:", TEXT, re.MULTILINE | re.DOTALL)[0]
    assert set(re.findall(r"`(\w+)`", named)) <= set(NUMBERED)


@pytest.mark.parametrize("name", ["README.md", "docs/importing.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(name):
    path = ROOT / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("name", ["README.md", "docs/importing.md", "docs/journal.md"])
def test_commands_that_are_named_exist(name):
    from jobsearch_stats.cli import _COMMANDS

    named = re.findall(r"jobsearch-stats (\w[\w-]*)", (ROOT / name).read_text(encoding="utf-8"))
    assert named
    assert set(named) <= set(_COMMANDS)


def test_every_column_of_a_journal_and_every_word_in_it_is_explained():
    from jobsearch_stats.journal_file import COLUMNS
    from jobsearch_stats.schema import KINDS, METHODS, OUTCOMES

    text = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(COLUMNS)
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", prose))))
    assert {*KINDS, *METHODS, *OUTCOMES} <= words
