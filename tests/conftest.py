"""How hypothesis searches: without a clock, and the same way each time where a change is judged."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("judged", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "here")
