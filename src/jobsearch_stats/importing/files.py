"""Bytes, an open file or a DataFrame to a raw table of text; files are only read."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import IO

import pandas as pd

from ..errors import ReadError, SettingError
from .delimited import Layout
from .problems import Problems
from .raw import WAY_OUT, HeaderScore, RawTable, table_of_records
from .text_table import table_of_text
from .words import clean

Source = str | os.PathLike[str] | IO[str] | IO[bytes] | pd.DataFrame

_NAMED = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"SQLite format 3", "a database (SQLite)"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def read_table(
    source: Source, *, layout: Layout, sheet: str | int | None, score: HeaderScore, found: Problems
) -> RawTable:
    """Return the raw table of a path, an open file or a DataFrame.

    Raises
    ------
    ReadError
        If there is no table in it; the message says what it is and the way out.
    """
    if isinstance(source, pd.DataFrame):
        from .frames import table_of_frame

        return table_of_frame(source)
    name, content = _content(source)
    if isinstance(content, str):
        text = content
    elif content.startswith(_WORKBOOKS):
        from .workbooks import records_of_workbook

        records, sheet_name = records_of_workbook(
            content, name=name, sheet=sheet, score=score, found=found
        )
        return table_of_records(
            records,
            name=f"{name}, sheet {sheet_name!r}",
            header_row=layout.header_row,
            score=score,
            found=found,
        )
    else:
        text = decoded(content, name=name, encoding=layout.encoding, found=found)
    if sheet is not None:
        raise SettingError(
            f"{name} is a text file and has no sheets. Leave out sheet={sheet!r}.",
            name="sheet",
            value=sheet,
        )
    text = _without_surrogates(text).removeprefix("\ufeff")
    if not clean(text):
        raise ReadError(f"{name} is empty. {WAY_OUT}")
    if "\0" in text:
        raise ReadError(f"{name} holds NUL characters: it is not a text table. {WAY_OUT}")
    return table_of_text(text, name, layout, score, found)


def _content(source: object) -> tuple[str, bytes | str]:
    if isinstance(source, str | os.PathLike):
        try:
            path = Path(source)  # type: ignore[arg-type]
            if path.is_dir():
                raise ReadError(f"{path} is a folder. Pass the path of one file in it.")
            return path.name, path.read_bytes()
        except FileNotFoundError:
            raise ReadError(
                f"there is no file {os.fspath(source)!r}. Check the path; a relative one starts at "
                f"{os.getcwd()!r}."  # noqa: PTH109
            ) from None
        except (OSError, ValueError, TypeError) as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(f"{source!r} cannot be opened: {error}.") from None
    if hasattr(source, "read"):
        name = getattr(source, "name", None)
        name = Path(name).name if isinstance(name, str) and name else "the open file"
        try:
            content = source.read()
        except UnicodeDecodeError as error:
            raise ReadError(
                f"{name} cannot be decoded as it was opened: {error}. Open it with mode 'rb', or "
                "pass its path."
            ) from None
        except (OSError, ValueError) as error:
            raise ReadError(f"{name} cannot be read: {error}.") from None
        if isinstance(content, str | bytes | bytearray):
            return name, content if isinstance(content, str) else bytes(content)
    raise ReadError(
        f"a log cannot be read from {type(source).__name__}. Pass a path, an open file or a "
        "DataFrame."
    )


def decoded(content: bytes, *, name: str, encoding: str | None, found: Problems) -> str:
    """Return the text of the bytes: as told, else by mark, as UTF-8, or last as cp1252.

    Raises
    ------
    ReadError
        If they are no text, or not in the encoding that was given.
    SettingError
        If there is no encoding of that name.
    """
    for start, what in _NAMED:
        if content.startswith(start):
            raise ReadError(f"{name} is {what}, whatever its name says. {WAY_OUT}")
    if encoding is not None:
        return _told(content, name, encoding)
    for mark, codec in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF8, "utf-8-sig"),
    ):
        if content.startswith(mark):
            return _told(content, name, codec)
    if b"\0" in content or _mostly_control(content):
        raise ReadError(
            f"{name} is not a text table: it holds bytes that no text has. {WAY_OUT} If it is "
            'text in UTF-16, pass encoding="utf-16-le".'
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = _told(content, name, "cp1252")
    found.noted(
        None,
        None,
        None,
        f"{name} is not UTF-8; it was read as Windows-1252, which is a guess",
        'if names look wrong, pass encoding="..."',
    )
    return text


def _told(content: bytes, name: str, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except (LookupError, TypeError, ValueError):
        raise _no_such_encoding(encoding) from None
    try:
        return content.decode(encoding)
    except LookupError:  # it is one, but not of text
        raise _no_such_encoding(encoding) from None
    except ValueError as error:  # UnicodeError is one
        raise ReadError(
            f"{name} is not text in {encoding}: {error}. Pass encoding=... with the one it was "
            "saved in."
        ) from None


def _no_such_encoding(encoding: object) -> SettingError:
    return SettingError(
        f'there is no text encoding {encoding!r}. Use "utf-8", "cp1252", "utf-16", "mac_roman" '
        "or another that Python knows.",
        name="encoding",
        value=encoding,
    )


def _mostly_control(content: bytes) -> bool:
    start = content[:8192]
    control = sum(start.count(bytes([b])) for b in range(32) if b not in (9, 10, 12, 13))
    return control * 20 > len(start)


def _without_surrogates(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
