"""Store what the README shows of the sample: the beginning of its agenda, and a picture."""

import base64
import contextlib
import io
import os
import re
from pathlib import Path

from jobsearch_stats import follow_ups, plot_follow_ups, read_log
from jobsearch_stats.cli import main
from jobsearch_stats.sample import SAMPLE_DAY, sample_path
from run_notebooks import small_picture

README = Path(__file__).resolve().parents[1] / "README.md"
PICTURE = README.parent / "docs" / "pictures" / "whom_to_call.png"
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


def picture() -> bytes:
    """Return the picture of the sample's open contacts, as PNG."""
    import matplotlib as mpl

    mpl.use("agg")
    out = io.BytesIO()
    table = follow_ups(read_log(sample_path()), as_of=SAMPLE_DAY)
    plot_follow_ups(table, as_of=SAMPLE_DAY, most=12).figure.savefig(out, format="png", dpi=120)
    return base64.b64decode(small_picture(base64.b64encode(out.getvalue()).decode()))


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(picture())
    README.write_text(with_listing(README.read_text(encoding="utf-8")), encoding="utf-8")
