"""One base error, and a few children that are also the standard ones.

Every message names the subject, the rule, the value, the place and the way out;
the facts are attributes as well.
"""

from __future__ import annotations

from collections.abc import Iterable


class JobSearchStatsError(Exception):
    """Base of every error that this package raises on purpose."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython and Jupyter show: the message, which says it all, and no traceback.

        What a file says may stand in it: control characters would colour a notebook.
        """
        import re
        import textwrap

        text = re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", f"{type(self).__name__}: {self}")
        return ["\n".join(textwrap.wrap(text, 100, break_on_hyphens=False))]


class ReadError(JobSearchStatsError, ValueError):
    """A file or table that cannot be read as a log at all."""


class DataError(JobSearchStatsError, ValueError):
    """A table that breaks the data model; `row`, `column` and `value` say where."""

    def __init__(
        self, message: str, *, row: object = None, column: str | None = None, value: object = None
    ) -> None:
        super().__init__(message)
        self.row = row
        self.column = column
        self.value = value


class SettingError(JobSearchStatsError, ValueError):
    """An argument or a strategy's field that cannot be used; `name` and `value` say which."""

    def __init__(self, message: str, *, name: str | None = None, value: object = None) -> None:
        super().__init__(message)
        self.name = name
        self.value = value


class UnknownNameError(JobSearchStatsError, KeyError):
    """A name that is not there; `name` is what was asked for, `known` what there is."""

    def __init__(self, message: str, *, name: object = None, known: Iterable[object] = ()) -> None:
        super().__init__(message)
        self.name = name
        self.known = tuple(known)

    def __str__(self) -> str:  # KeyError would show the message in quotes
        return str(self.args[0])
