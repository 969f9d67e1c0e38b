"""Plots as figures of a page."""

from __future__ import annotations

from ..plots.saving import Draw, svg_text
from .markup import figure
from .svg import inline_svg

_WIDTH = 5.2
"""Inches: text of the plots is then as large as that of the page."""


def drawn(draw: Draw, *, name: str, heading: str, caption: str) -> str:
    """Return a plot as a figure of the page."""
    svg = inline_svg(svg_text(draw, salt=name, width=_WIDTH), name=name, alt=heading)
    return figure(svg, name=heading, caption=caption)
