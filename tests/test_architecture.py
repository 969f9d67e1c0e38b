"""What holds the project together: who may import whom, and what never stands in the source."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "jobsearch_stats"

ORDER = (
    "errors",
    "patterns",
    "progress",
    "schema",
    "lacking",
    "summary",
    "canonical_cells",
    "long_cells",
    "own_csv",
    "file_lock",
    "canonical",
    "journal_place",
    "journal_file",
    "log",
    "journal",
    "journal_merge",
    "strategies",
    "workdays",
    "wording",
    "importing",
    "template",
    "cells",
    "facts",
    "contacts",
    "due",
    "sentences",
    "reasons",
    "follow_ups",
    "message_check",
    "courtesies",
    "messages",
    "sheet",
    "script_facts",
    "call_sheet",
    "last_logged",
    "agenda_rows",
    "courtesies_due",
    "habits",
    "agenda",
    "tables",
    "results",
    "clusters",
    "past",
    "outreach",
    "rates",
    "verdicts",
    "differences",
    "curves",
    "waits",
    "durations",
    "log_rank",
    "landmarks",
    "silence",
    "delays",
    "journeys",
    "stage_times",
    "funnel",
    "published",
    "interviews",
    "windows",
    "replay",
    "adherence",
    "strategy_days",
    "sequences",
    "ledger",
    "placing",
    "dealing",
    "power",
    "exact",
    "trial_cards",
    "trial_text",
    "trials",
    "cloning",
    "clone_risks",
    "comparison_settings",
    "propensity",
    "influence",
    "resampling",
    "strategy_intervals",
    "strategy_estimates",
    "comparison_units",
    "comparison_checks",
    "compared",
    "emulation",
    "plots",
    "sample",
    "lab_settings",
    "simulate",
    "power_simulation",
    "terminal",
    "show",
    "page_tables",
    "notebook",
    "review",
    "today",
    "comparisons",
    "silent_contacts",
    "findings",
    "timing",
    "immortal_time",
    "what_if",
    "planning",
    "deck",
    "export",
    "lab",
    "cli_file_args",
    "deeds",
    "desk",
    "workbench",
    "workbench_view",
    "cli_args",
    "cli_reading",
    "cli_writing",
    "cli_files",
    "cli_export",
    "cli_record",
    "cli",
    "__main__",
)
"""Each module imports only from those before it."""

NETWORK = {"http", "socket", "ssl", "urllib", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
DRAWING = {"matplotlib", "seaborn"}

SOURCES = sorted(SRC.rglob("*.py"))
IDS = [str(path.relative_to(SRC)) for path in SOURCES]


def module_of(path: Path) -> str:
    """Return the module or subpackage of this package that a file belongs to."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imports_of(path: Path) -> list[str]:
    """Return the full names of all that a file imports, wherever in it."""
    package = ["jobsearch_stats", *path.relative_to(SRC).parent.parts]
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            names += [f"{source}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_imports_only_from_modules_before_it(path):
    here = module_of(path)
    if here == "__init__":
        return  # the package's front names everything, and loads it lazily: test_package
    assert here in ORDER, f"say in ORDER where {here} stands"
    before = set(ORDER[: ORDER.index(here) + 1]) | {"__version__"}
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("jobsearch_stats.")}
    assert ours <= before


def test_the_import_test_sees_imports():
    """The check above must be able to fail: cli does import from this package."""
    names = imports_of(SRC / "cli.py")
    assert "jobsearch_stats.agenda.agenda" in names
    assert "jobsearch_stats.errors.JobSearchStatsError" in names


def test_the_steps_of_importing_stand_in_their_order():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text[text.index("### Inside `importing/`") : text.index("## How we write")]
    order = [name for row in re.findall(r"^\|.*\|$", table, re.M) for name in code_words(row)]
    paths = {path.stem: path for path in (SRC / "importing").glob("[!_]*.py")}
    assert sorted(order) == sorted(paths)
    for at, name in enumerate(order):
        names = imports_of(paths[name])
        ours = {n.split(".")[2] for n in names if n.startswith("jobsearch_stats.importing.")}
        assert ours <= set(order[:at]), name


def code_words(text: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_no_network_and_no_drawing_outside_plots(path):
    names = set(imports_of(path))
    reached = {n for n in names if n.split(".")[0] in NETWORK and not n.startswith("urllib.parse")}
    assert not reached
    if module_of(path) != "plots":
        assert not {name for name in names if name.split(".")[0] in DRAWING}


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_no_loose_ends_and_no_long_files(path):
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"\b(?:TODO|FIXME|XXX|raise NotImplementedError)\b", text)
    assert text.count("\n") <= 400


@pytest.mark.parametrize("path", SOURCES, ids=IDS)
def test_library_does_not_print_or_ask_the_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert "print" not in calls
    if module_of(path) not in {
        "cli_reading",
        "notebook",
    }:  # the two places that may default to today
        assert not {c for c in calls if re.search(r"\.(today|now|utcnow|time)$", c)}


def test_every_rule_stands_in_the_rules():
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (R\d+) \|", text, re.MULTILINE) == [f"R{n}" for n in range(1, 23)]


def test_rules_quoted_in_the_source_exist():
    cited = set()
    for path in SOURCES:
        cited |= set(re.findall(r"\bR(\d{1,2})\b", path.read_text(encoding="utf-8")))
    assert cited
    assert {int(n) for n in cited} <= set(range(1, 23))


def test_strategies_in_the_rules_are_the_strategies():
    from jobsearch_stats import STRATEGIES

    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE) == list(STRATEGIES)


def targets() -> set[str]:
    """Return the targets of the Makefile."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_make_commands_that_are_named_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(
        re.findall(r"(?:^|[`\s])make ([a-z]+)(?=[`\s]|$)", code_of(text, name), re.MULTILINE)
    )
    assert named
    assert named <= targets()


def code_of(text: str, name: str) -> str:
    """Return what stands between backticks in a Markdown text; any other text as it is."""
    if not name.endswith(".md"):
        return text
    blocks = re.findall(r"```.*?\n(.*?)```", text, re.DOTALL)
    return "\n".join(
        blocks + re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    )


def test_every_target_says_what_it_does():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    said = set(re.findall(r"^([a-z]+):.*## \S", text, re.MULTILINE))
    assert said == targets()


LOCKS = ("requirements.lock", "requirements-bench.lock", "requirements-browser.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_all_with_hashes_and_names_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.findall(r"^(?:-|--)\S|file:|@ ", text, re.MULTILINE)
    pins = re.findall(r"^([a-z0-9][\w.-]*)==\S+.*\\\n\s+--hash=sha256:[0-9a-f]{64}", text, re.M)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert pins


def test_lock_holds_every_dependency():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = config["dependency-groups"]
    apart = [groups.pop(name) for name in ("bench", "browser")]
    to_work = [need for needs in groups.values() for need in needs]
    lists = ([*config["project"]["dependencies"], *to_work], *apart)
    for name, needs in zip(LOCKS, lists, strict=True):
        wanted = {re.match(r"[\w.-]+", need)[0].lower() for need in needs}
        text = (ROOT / name).read_text(encoding="utf-8")
        assert wanted <= set(re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE))
