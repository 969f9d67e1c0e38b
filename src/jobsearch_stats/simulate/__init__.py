"""Logs with a known truth, and the sample search that comes with the package."""

from .model import SOURCES, SearchModel, Source
from .sample import SAMPLE_DAY, write_sample
from .search import simulate_log

__all__ = ["SAMPLE_DAY", "SOURCES", "SearchModel", "Source", "simulate_log", "write_sample"]
