"""Drawings of the results: `plot_x(result, ax=None)` gives the Axes back, and computes nothing."""

from .contacts import plot_follow_ups
from .curves import plot_cumulative_incidence, plot_decision_delay, plot_kaplan_meier
from .funnel import plot_funnel
from .heatmap import plot_weekday_heatmap
from .power import plot_power
from .rows import plot_rate_differences, plot_response_rates
from .silence import plot_silence
from .strategies import plot_strategy_curves, plot_strategy_differences
from .strategy_days import plot_strategy_days
from .timeline import plot_timeline
from .weights import plot_weights

__all__ = [
    "plot_cumulative_incidence",
    "plot_decision_delay",
    "plot_follow_ups",
    "plot_funnel",
    "plot_kaplan_meier",
    "plot_power",
    "plot_rate_differences",
    "plot_response_rates",
    "plot_silence",
    "plot_strategy_curves",
    "plot_strategy_days",
    "plot_strategy_differences",
    "plot_timeline",
    "plot_weekday_heatmap",
    "plot_weights",
]
