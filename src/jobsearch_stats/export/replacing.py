"""Writing a file whole or not at all, and never over one that is not ours."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ..errors import SettingError
from ..own_csv import put_content


def former_content(path: object, *, is_ours: Callable[[bytes], bool], what: str) -> bytes | None:
    """Return what stands in a file that is to be replaced; None: there is no such file.

    Parameters
    ----------
    path
        The file.
    is_ours
        Says of its content whether this package has written it.
    what
        What it should be, as one says it: "calendar".

    Raises
    ------
    SettingError
        If it is another's, is no file, or cannot be read.
    """
    file = _file(path)
    try:
        if not file.exists():
            return None
        if not file.is_file():
            raise _unusable(path, "is no file. Name a file")
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, SettingError):
            raise
        raise _unusable(path, f"cannot be read: {_why(error)}. Name another file") from None
    if not is_ours(content):
        raise _unusable(
            path, f"exists, and is no {what} that this package has written. Name another file"
        )
    return content


def replace_file(path: object, content: bytes, *, before: bytes | None) -> None:
    """Write a file whole, or leave what was there.

    Parameters
    ----------
    path
        The file.
    content
        What is to stand in it.
    before
        What `former_content` gave.

    Raises
    ------
    SettingError
        If it cannot be written, or holds something else by now.
    """
    try:
        put = put_content(_file(path), content, before=before or b"")
    except (OSError, ValueError) as error:
        if isinstance(error, SettingError):
            raise
        raise _unusable(path, f"cannot be written: {_why(error)}. Name another file") from None
    if not put:
        raise _unusable(path, "was changed in the meantime. Run it again")


def _file(path: object) -> Path:
    """Return the file itself: of a link what it leads to, so that the link stays."""
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):
        raise _unusable(path, "is no name of a file. Name one")
    try:
        return resolved(Path(path))
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in it, a link to itself
        raise _unusable(path, f"is no name of a file: {_why(error)}. Name one") from None


def resolved(path: Path) -> Path:
    """Return what a path leads to.

    Raises
    ------
    OSError, ValueError, RuntimeError
        If it leads nowhere, such as a link to itself.
    """
    file = path.resolve()
    with suppress(OSError):  # a name that is too long is refused where it is opened
        if file.is_symlink():  # from Python 3.13 on resolving it raises nothing
            raise RuntimeError("it is a link that leads to itself")
    return file


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _unusable(path: object, why: str) -> SettingError:
    shown = os.fspath(path) if isinstance(path, os.PathLike) else path
    return SettingError(f"path={shown!r} {why}.", name="path", value=shown)
