"""The package's front: public names, loaded when first used and not before."""

import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest

import jobsearch_stats as js


def run(code: str) -> str:
    """Run code in a Python of its own and return what it printed."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_import_loads_nothing_heavy():
    loaded = run(
        "import sys; before = set(sys.modules); import jobsearch_stats; "
        "print(*sorted(set(sys.modules) - before))"
    ).split()
    assert "jobsearch_stats" in loaded
    assert {name.split(".")[0] for name in loaded} <= {
        "importlib",
        "jobsearch_stats",
        "types",
        "warnings",
    }


def test_command_line_loads_pandas_only_inside_commands():
    loaded = run("import sys, jobsearch_stats.cli; print(*sorted(sys.modules))").split()
    assert "argparse" in loaded
    assert not {"pandas", "numpy", "importlib.metadata"} & set(loaded)


@pytest.mark.parametrize("name", js.__all__)
def test_public_names_are_there(name):
    value = getattr(js, name)
    assert not isinstance(value, ModuleType)
    assert value is not None
    assert name in dir(js)


def test_names_and_homes_agree():
    assert sorted(js._HOME) == sorted(js.__all__)


@pytest.mark.parametrize("name", ["agenda", "call_sheet", "follow_ups"])
def test_function_is_not_shadowed_by_the_module_of_its_name(name):
    import_module(f"jobsearch_stats.{name}")
    assert callable(getattr(js, name))
    code = f"import jobsearch_stats.{name}, jobsearch_stats as js; print(callable(js.{name}))"
    assert run(code) == "True"


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'agendas'"):
        _ = js.agendas


def test_version_is_the_installed_one():
    from importlib.metadata import version

    assert version("jobsearch-stats") == js.__version__


def test_readme_shows_what_the_command_prints(monkeypatch):
    import readme

    monkeypatch.setenv("COLUMNS", "80")
    text = readme.README.read_text(encoding="utf-8")
    assert readme.listing() in text
    assert readme.with_listing(text) == text, "make notebooks stores it anew"
