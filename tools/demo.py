"""`make demo`: today's list, where every contact stands, what was wrong in the file; then pages."""

import os
import shutil
import sys

import run_notebooks
from jobsearch_stats import agenda
from jobsearch_stats.cli import main
from jobsearch_stats.notebook import mapping_of, open_log
from jobsearch_stats.terminal import clean, fold
from jobsearch_stats.today import today_sentence


def options() -> list[str]:
    """Return the file, by its whole path, and how to read it, as the command line takes them."""
    log = os.environ.get("JOBSEARCH_LOG")
    order = os.environ.get("JOBSEARCH_DATE_ORDER")
    mapping = mapping_of(os.environ.get("JOBSEARCH_MAP", ""))
    maps = [f"--map={header}={field}" for header, field in mapping.items()]
    return [*maps, *(["--date-order", order] if order else []), *([log] if log else [])]


def demo() -> int:
    """Show everything; return the exit code of the first command that could not go on."""
    run_notebooks.use_settings()
    day = os.environ.get("JOBSEARCH_AS_OF")
    as_of = ["--as-of", day] if day else []
    for title, command in (
        ("", ["agenda", *as_of]),
        ("WHERE EVERY CONTACT STANDS", ["follow-ups", *as_of]),
        ("HOW THE FILE WAS READ", ["check", "--most", "5"]),
    ):
        if title:
            print(f"\n{'=' * len(title)}\n{title}\n{'=' * len(title)}")
        code = main([*command, *options()])
        if code:
            return code
    print("\nRunning the notebooks ...", flush=True)
    for page in run_notebooks.html():
        print(f"  {page.relative_to(run_notebooks.ROOT)}")
    print("Open these in a browser; they need no network. To work in them yourself: make lab\n")
    print("\n".join(in_short()))
    return 0


def in_short() -> list[str]:
    """Return today's list in a sentence: the list itself has run out of the terminal by now."""
    search = open_log()
    todo = agenda(search.log, as_of=search.as_of)
    width = min(100, shutil.get_terminal_size((80, 24)).columns)
    return fold(clean(today_sentence(todo, as_of=search.as_of)), width)


if __name__ == "__main__":
    sys.exit(demo())
