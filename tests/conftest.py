"""How hypothesis searches, and which tests run only where they are asked for by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

APART = [Path(__file__).parent / name for name in ("benchmarks", "browser")]
"""They take minutes, and need what `make bench` and `make browser` set up."""

# without a clock, and the same way each time where a change is judged
settings.register_profile("here", deadline=None)
settings.register_profile("judged", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "here")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if collection_path not in APART:
        return None
    asked = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.args]
    return None if any(collection_path in (path, *path.parents) for path in asked) else True
