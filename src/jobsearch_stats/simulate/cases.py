"""The hand-placed cases of the sample: every rule once at least, and what must come of each."""

from __future__ import annotations

from .case import Case
from .cases_now import THIS_WEEK, TODAY
from .cases_rest import LATER, NEVER_INTERVIEWED, OLD, OVER

CASES: tuple[Case, ...] = (*TODAY, *THIS_WEEK, *LATER, *OLD, *OVER, *NEVER_INTERVIEWED)
