"""What was asked of a file, handed from reader to reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..errors import SettingError
from .delimited import Layout
from .problems import Problems
from .raw import HeaderScore, RawTable, table_of_records


@dataclass(frozen=True)
class Wanted:
    """The layout and sheet that were given, how headers are scored, and where problems go."""

    layout: Layout
    sheet: str | int | None
    score: HeaderScore
    found: Problems

    def aside(self) -> Wanted:
        """Return the same with a list of problems of its own: for a file that is only tried."""
        return replace(self, found=Problems())

    def table(
        self, records: Iterable[list[str]], name: str, header_row: int | None = None
    ) -> RawTable:
        """Return the records as a raw table; the header row that was given wins."""
        return table_of_records(
            records,
            name=name,
            header_row=self.layout.header_row or header_row,
            score=self.score,
            found=self.found,
            names=self.layout.names,
        )

    def without_sheets(self, name: str) -> None:
        """Refuse a sheet for what has none."""
        if self.sheet is not None:
            raise SettingError(
                f"{name} has no sheets. Leave out sheet={self.sheet!r}.",
                name="sheet",
                value=self.sheet,
            )
