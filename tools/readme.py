"""Store the beginning of the sample's agenda in the README, as 80 columns show it."""

import contextlib
import io
import os
import re
from pathlib import Path

from jobsearch_stats.cli import main

README = Path(__file__).resolve().parents[1] / "README.md"
ACTIONS = 5
_LISTING = re.compile(r"(<!-- listing: .* -->\n```\n).*?(```\n<!-- end of listing -->)", re.DOTALL)


def listing() -> str:
    """Return the first few actions of the sample's agenda."""
    os.environ["COLUMNS"] = "80"
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(["agenda"])
    return out.getvalue().split(f"\n {ACTIONS + 1}. ")[0].rstrip() + "\n"


def with_listing(text: str) -> str:
    """Return the README with the listing as it is now."""
    return _LISTING.sub(lambda match: match[1] + listing() + match[2], text)


if __name__ == "__main__":
    README.write_text(with_listing(README.read_text(encoding="utf-8")), encoding="utf-8")
