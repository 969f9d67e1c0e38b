"""Logs with a known truth, and the sample search that comes with the package."""

from .model import SOURCES, SearchModel, Source
from .search import simulate_log

__all__ = ["SOURCES", "SearchModel", "Source", "simulate_log"]
