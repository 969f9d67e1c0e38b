"""The picture of a whole search: what came of all applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import DataError
from ..funnel import APPLIED, INTERVIEW, WENT_ON, Funnel
from .sankey import Look, sankey

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOOKS = {
    "offer": Look("#009E73"),
    "waiting": Look("#E8B93C", ".."),
    "let go": Look("#A9A9A9", "--"),
    "rejected": Look("#C4500A", "///"),
    "withdrawn": Look("#B87BA4", "xx"),
}
"""How the ends of the funnel look; in grey prints the hatches tell them apart."""


def plot_funnel(funnel: Funnel, *, ax: Axes | None = None) -> Axes:
    """Draw what came of all applications: who answered, whom you met, and where each one ended.

    The way from application to offer runs along the top; what was lost on the way, or still
    waits, leaves it downwards, at the stage at which it did. Each label says how many
    applications that are, and their share of all.

    Parameters
    ----------
    funnel
        What :func:`jobsearch_stats.funnel` gives; its `links` are drawn, which count all
        applications, young ones too.
    ax
        Axes to draw into; without, a new figure that fits.

    Returns
    -------
    matplotlib.axes.Axes
        Without axis lines; each bar and ribbon is as high as its number of applications.

    Raises
    ------
    DataError
        If `funnel` is no such result.

    Examples
    --------
    >>> import pandas as pd
    >>> from jobsearch_stats import read_log
    >>> from jobsearch_stats.funnel import funnel
    >>> from jobsearch_stats.plots import plot_funnel
    >>> log = read_log(pd.DataFrame({"Company": ["Acme", "Bolt", "Crux", "Dyer"],
    ...     "Date applied": ["2026-01-02", "2026-01-03", "2026-03-19", "2026-03-19"],
    ...     "Interview": ["2026-01-20", "", "", ""], "Rejected on": ["2026-02-09", "", "", ""]}))
    >>> ax = plot_funnel(funnel(log, as_of="2026-03-20"))
    >>> ax.texts[0].get_text()
    'Applied: 4'
    """
    if not isinstance(funnel, Funnel):
        raise DataError(
            f"This draws what funnel(...) gives, not {type(funnel).__name__}. Pass the result of "
            "funnel(...) itself, not its table."
        )
    links = funnel.links
    ended = links["end"].notna()
    ends = dict(zip(links.loc[ended, "target"], links.loc[ended, "end"], strict=True))
    offers = [name for name, end in ends.items() if end == "offer"]
    return sankey(
        links,
        ax=ax,
        main=[APPLIED, WENT_ON, INTERVIEW, *offers],
        labels={name: name.partition(" after ")[0] for name in ends},
        order=sorted(ends, key=lambda name: list(_LOOKS).index(ends[name])),
        looks={name: _LOOKS[end] for name, end in ends.items()},
        missing="No application was sent yet.",
    )
