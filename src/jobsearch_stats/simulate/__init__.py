"""Logs with a known truth, and the sample search that comes with the package."""

from .model import SOURCES, SearchModel, Source
from .sample import SAMPLE_DAY, write_sample
from .search import simulate_log
from .truth import true_risks

__all__ = [
    "SAMPLE_DAY",
    "SOURCES",
    "SearchModel",
    "Source",
    "simulate_log",
    "true_risks",
    "write_sample",
]
