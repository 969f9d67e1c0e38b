"""Frames as tables of a notebook's page: to sort and search, or to be read at one glance.

Everything that a user's file says is escaped before it becomes HTML. Nothing is fetched from
anywhere: the tables' JavaScript comes with the package that draws them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from IPython.display import HTML

_MOST_BYTES = "4MB"  # of a table that is sorted in the page; a longer one is shown in part
_SHARE_OF_SENTENCES = 50  # per cent of a table's width
_CELL = "text-align: left; vertical-align: top"
_SHORT = 24  # a column of texts no longer than this is not broken into lines


def offline_tables() -> None:
    """Load what draws the tables into the notebook; keep this cell's output."""
    from IPython.display import display
    from IPython.utils.capture import capture_output
    from itables import init_notebook_mode

    with capture_output() as captured:
        init_notebook_mode(all_interactive=False, connected=False)
    for output in reversed(captured.outputs):  # its first output needs its second one
        display(output)


def show_table(
    frame: pd.DataFrame,
    *,
    table_id: str,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    rows: int = 10,
    wide: Iterable[str] = ("reason",),
) -> HTML:
    """Return a table that can be sorted and searched in the page, offline.

    Parameters
    ----------
    frame
        Any frame; its index is left out.
    table_id
        The table's name in the page; a fixed one keeps a notebook's output the same.
    columns
        Which columns, and by which heading; all by default.
    rows
        Rows on a page.
    wide
        Columns of sentences, that may break into lines.
    """
    from IPython.display import HTML
    from itables import to_html_datatable

    table = readable(frame, columns=columns)
    sentences = [i for i, name in enumerate(_chosen(frame, columns)) if name in set(wide)]
    days = [i for i, name in enumerate(_chosen(frame, columns)) if frame[name].dtype.kind == "M"]
    share = f"{_SHARE_OF_SENTENCES // max(1, len(sentences))}%"
    return HTML(
        to_html_datatable(
            table,
            table_id=table_id,
            connected=False,
            showIndex=False,
            text_in_header_can_be_selected=False,  # else only the arrows sort, not the heading
            classes="display compact tex2jax_ignore",
            pageLength=rows,
            lengthMenu=[rows, 25, 100, -1],
            maxBytes=_MOST_BYTES,
            columnDefs=[
                {"targets": sentences, "width": share},
                {"targets": days, "className": "dt-left dt-nowrap"},
                {"targets": "_all", "className": "dt-left"},
            ],
            display_logo_when_loading=False,
            style="table-layout:auto;width:100%;margin:0",
        )
    )


def small_table(
    frame: pd.DataFrame, *, columns: Sequence[str] | Mapping[str, str] | None = None
) -> HTML:
    """Return a plain table, escaped, for what is read at one glance."""
    from IPython.display import HTML

    table = readable(frame, columns=columns)
    cells = table.astype("object").where(table.notna(), "").astype("str")
    short = [bool((cells[name].str.len() <= _SHORT).all()) for name in cells.columns]
    style = [f"{_CELL}; white-space: nowrap" if fits else _CELL for fits in short]
    head = "".join(f'<th style="{_CELL}">{html.escape(str(name))}</th>' for name in cells.columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{css}">{html.escape(text)}</td>'
            for css, text in zip(style, row, strict=True)
        )
        + "</tr>"
        for row in cells.to_numpy().tolist()
    )
    return HTML(
        '<table class="dataframe tex2jax_ignore" style="table-layout: auto">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def readable(
    frame: pd.DataFrame, *, columns: Sequence[str] | Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the frame with days without hours, blanks blank, and headings for people.

    A text is on one line: a table to sort would show the signs of a line's end.
    """
    chosen = _chosen(frame, columns)
    out = pd.DataFrame(index=frame.index)
    for name, heading in chosen.items():
        column = frame[name]
        if column.dtype.kind == "M":
            column = column.dt.strftime("%Y-%m-%d")
        elif isinstance(column.dtype, pd.StringDtype):
            column = column.str.replace(r"\s*[\r\n]+\s*", " ", regex=True)
        numbers = column.dtype.kind in "iuf" and column.notna().all()  # sorted as such
        out[heading] = column if numbers else column.astype("object").where(column.notna(), "")
    return out


def _chosen(
    frame: pd.DataFrame, columns: Sequence[str] | Mapping[str, str] | None
) -> dict[str, str]:
    if isinstance(columns, Mapping):
        return dict(columns)
    return {name: str(name).replace("_", " ") for name in (columns or frame.columns)}
