"""A plot as SVG text, in a look that depends on nothing but the plot."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from .style import WIDTH, figures_apart

Draw = Callable[[], Any]
"""Draws on a new figure of its own, and gives the Axes back."""

INK, GROUND = "#010203", "#fdfeff"
"""The colours of text and axes, and of what is to be seen through: whoever shows the SVG can put
those of a page in their place."""

_LOOK: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be read aloud, found and copied
    "axes.edgecolor": INK,
    "axes.facecolor": GROUND,
    "axes.labelcolor": INK,
    "figure.facecolor": "none",
    "patch.edgecolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def svg_text(draw: Draw, *, salt: str, width: float = WIDTH) -> str:
    """Return what a plot draws as SVG: the same text for the same plot, whatever is set elsewhere.

    Parameters
    ----------
    draw
        What draws it.
    salt
        Makes the names inside the SVG its own; different for each one in a page.
    width
        Of the figure, in inches, where the plot does not settle that by itself.
    """
    import matplotlib as mpl
    from matplotlib import style

    with mpl.rc_context(), figures_apart(width):
        style.use("default")
        mpl.rcParams.update({**_LOOK, "svg.hashsalt": salt})
        figure = draw().figure.canvas.figure
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()
