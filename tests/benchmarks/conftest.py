"""Benchmarks take minutes: they run where they are asked for by name, and not with the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    asked = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.args]
    return None if any(HERE in (path, *path.parents) for path in asked) else True
