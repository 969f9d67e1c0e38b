"""Bytes, an open file or a DataFrame to a raw table of text; files are only read."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import IO

import pandas as pd

from ..errors import ReadError
from ..patterns import pattern
from .delimited import Layout
from .encodings import decoded
from .problems import Problems
from .raw import WAY_OUT, HeaderScore, RawTable
from .sources import content_of, folder_of
from .text_table import table_of_text
from .wanted import Wanted
from .words import clean

Source = str | os.PathLike[str] | IO[str] | IO[bytes] | pd.DataFrame

_NO_TABLE = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"{\\rtf", "a document (RTF)"),
    (b"Rar!", "an archive (RAR), which must be unpacked first"),
    (b"7z\xbc\xaf'\x1c", "an archive (7z), which must be unpacked first"),
)
_DASHES = pattern(r"\n[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*\|")  # under a Markdown header
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GZIP = b"\x1f\x8b"


def read_table(
    source: Source, *, layout: Layout, sheet: str | int | None, score: HeaderScore, found: Problems
) -> RawTable:
    """Return the raw table of a path, an open file or a DataFrame.

    A folder or an archive is read if one file in it is a log.

    Raises
    ------
    ReadError
        If there is no table in it; the message says what it is and the way out.
    """
    if isinstance(source, pd.DataFrame):
        from .frames import table_of_frame

        return table_of_frame(source)
    wanted = Wanted(layout, sheet, score, found)
    folder = folder_of(source)
    if folder is not None:
        from .archives import members_of_folder, table_of_members

        members = members_of_folder(folder)
        name = f"the folder {folder.name}"
        return table_of_members(members, name, table_of_content, wanted, is_folder=True)
    name, content = content_of(source)
    return table_of_content(name, content, wanted, archives=True)


def table_of_content(
    name: str, content: bytes | str, wanted: Wanted, *, archives: bool = False
) -> RawTable:
    """Return the raw table of a file's content: what it is, the content tells, not the name.

    Raises
    ------
    ReadError
        If there is no table in it, or it is an archive and these are not wanted.
    """
    if isinstance(content, str):
        return _table_of_text(name, _without_surrogates(content), wanted)
    if content.startswith((_ZIP, _OLE)):
        from .workbook_bytes import is_archive

        if not is_archive(content, name):
            from .workbooks import table_of_workbook

            return table_of_workbook(content, name, wanted)
    if content.startswith((_ZIP, _GZIP)):
        return _unpacked(name, content, wanted, archives)
    for start, what in _NO_TABLE:
        if content.startswith(start):
            raise ReadError(f"{name} is {what}, whatever its name says. {WAY_OUT}")
    encoding = wanted.layout.encoding
    text = decoded(content, name=name, encoding=encoding, score=wanted.score, found=wanted.found)
    return _table_of_text(name, text if encoding is None else _without_surrogates(text), wanted)


def _unpacked(name: str, content: bytes, wanted: Wanted, archives: bool) -> RawTable:
    from .archives import gunzipped, members_of_zip, table_of_members

    if not archives:
        raise ReadError(f"{name} is an archive inside another. Unpack it, and pass the log in it.")
    if content.startswith(_GZIP):
        return table_of_content(name.removesuffix(".gz"), gunzipped(content, name), wanted)
    return table_of_members(members_of_zip(content, name), name, table_of_content, wanted)


def _table_of_text(name: str, text: str, wanted: Wanted) -> RawTable:
    """Return the table of a text: markup, JSON and Markdown show what they are; else delimited."""
    text = text.removeprefix("\ufeff")
    if not clean(text[:1000]) and not clean(text):
        raise ReadError(f"{name} is empty. {WAY_OUT}")
    if "\0" in text:
        raise ReadError(f"{name} holds NUL characters: it is not a text table. {WAY_OUT}")
    table = _special(text)(text, name, wanted)
    if table is None:
        wanted.without_sheets(name)
        table = table_of_text(text, name, wanted.layout, wanted.score, wanted.found)
    return table


def _special(text: str) -> Callable[[str, str, Wanted], RawTable | None]:
    """Return the reader of the kind of text that this may be; it gives None if it is not."""
    start = text[:2000].lstrip()[:1]
    if start == "<":
        from .markup import table_of_markup

        return table_of_markup
    if start in ("{", "["):
        from .json_table import table_of_json

        return table_of_json
    if "|" in text and (_DASHES.search(text) or "\n" not in text):
        from .markdown import table_of_markdown

        return table_of_markdown
    return lambda text, name, wanted: None


def _without_surrogates(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
