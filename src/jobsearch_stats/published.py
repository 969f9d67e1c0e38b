"""`benchmarks_published`: a few published figures, with what they can and cannot tell."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pandas as pd

from .rates import wilson

_WHOLE = ("n_responses", "n")
_COLUMNS = (
    "topic",
    "group",
    "n_responses",
    "n",
    "rate",
    "ci_low",
    "ci_high",
    "unit",
    "population",
    "source",
    "year",
    "url",
    "denominator",
    "caveat",
)


def benchmarks_published() -> pd.DataFrame:
    """Return a few published figures, to stand beside your own numbers and never among them.

    They come from other people, places and years. Some are opinions of managers and some are
    about sales calls: `caveat` says so in each row, and belongs with the figure wherever it goes.
    Nothing in this package is computed from them.

    Returns
    -------
    pandas.DataFrame
        One row per figure:

        topic, group : str
            What it is about, and of whom or what.
        n_responses, n : Int64
            The counts behind it; blank where they are not published.
        rate : float64
            The figure: a share from 0 to 1, or what `unit` says.
        ci_low, ci_high : float64
            Wilson's 95 % interval, where the counts are known; else NaN.
        unit : str
            "share", or "gain over the worst day" (0.5: half as many again).
        population, source, year, url, denominator : str, `year` int64
            Who was looked at; where it was published, and when; what the rate is a share of.
        caveat : str
            What it cannot tell you.

    References
    ----------
    In the columns `source` and `url`. The intervals: E. B. Wilson (1927), Probable inference, the
    law of succession, and statistical inference, JASA 22:209-212.

    Examples
    --------
    >>> figures = benchmarks_published()
    >>> figures.loc[:0, ["topic", "n_responses", "n"]].values.tolist()
    [['callback', 392, 4870]]
    >>> figures["rate"].round(4).iloc[0].item()
    0.0805
    """
    with files(__package__).joinpath("published.csv").open(encoding="utf-8") as file:
        table = pd.read_csv(file, dtype=dict.fromkeys(_WHOLE, "Int64"))
    counted = table["n"].notna().to_numpy()
    k, n = (table.loc[counted, name].to_numpy(np.int64) for name in _WHOLE)
    table.loc[counted, "rate"] = k / n
    for name, end in zip(("ci_low", "ci_high"), wilson(k, n, confidence=0.95), strict=True):
        table[name] = np.nan
        table.loc[counted, name] = end
    return table[list(_COLUMNS)]
