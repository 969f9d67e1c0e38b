"""The page around the sections: one file that needs no other and reaches for none."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from .. import __version__
from ..patterns import pattern
from .markup import text

GENERATOR = '<meta name="generator" content="jobsearch-stats '
"""How a page begins to say that it was made here; what does not say so is not overwritten."""

_HEADING = pattern(r'<section id="([\w-]+)"[^>]*><h2[^>]*>(.*?)</h2>')

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
{generator}{version}">
<title>{title}</title>
<style>{css}</style>
</head>
<body>
<a class="skip" href="#main">To the list of today</a>
<header>
<h1>{heading}</h1>
<p class="day">{day}</p>
<p class="private">{privacy}</p>
</header>
<nav aria-label="Sections"><ul>{links}</ul></nav>
<main id="main" tabindex="-1">
{sections}
</main>
<script>{script}</script>
</body>
</html>
"""


def page(heading: str, day: str, privacy: str, sections: Sequence[str]) -> str:
    """Return the whole page.

    Parameters
    ----------
    heading, day, privacy
        Whose search it is, which day it is looked at from, and who may see the page.
    sections
        The sections, as HTML.
    """
    css, script = (_resource(name) for name in ("report.css", "report.js"))
    found = [_HEADING.match(section) for section in sections]
    links = [f'<li><a href="#{each[1]}">{each[2]}</a></li>' for each in found if each]
    return _PAGE.format(
        policy=_policy(css, script),
        generator=GENERATOR,
        version=__version__,
        title=text(f"{heading}, {day}"),
        css=css,
        heading=text(heading),
        day=text(day),
        privacy=text(privacy),
        links="".join(links),
        sections="\n".join(sections),
        script=script,
    )


def _resource(name: str) -> str:
    """Return the text of a file beside this one, as a browser will read it."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _policy(css: str, script: str) -> str:
    """Return what the browser may do: show this style, run this script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
