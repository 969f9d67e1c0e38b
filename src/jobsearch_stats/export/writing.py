"""Files that are made to be handed over: whole or not at all, and never over what is not ours."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..errors import SettingError


def write_ours(path: str | os.PathLike[str], content: bytes, *, sign: bytes, endings: str) -> Path:
    """Write a file in one step, over one that was made here, or where there is none.

    Parameters
    ----------
    path
        Where to.
    content
        What is to stand in it.
    sign
        What stands near the beginning of each such file, and of no other.
    endings
        The endings that its name may have: ".html .htm".

    Raises
    ------
    SettingError
        If there is another file of that name, or it cannot be written.
    """
    try:
        out = Path(os.fsdecode(path)).expanduser()
        if out.suffix.lower() not in endings.split():
            raise _unusable(path, f"does not end in {' or '.join(endings.split())}. Name it so")
        if out.is_dir():
            raise _unusable(path, "is a folder. Name a file in it")
        if out.exists() and not _is_ours(out, sign):
            raise _unusable(path, "exists, and was not made by jobsearch-stats. Name another file")
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".writing-") as apart:
            new = Path(apart) / out.name
            new.write_bytes(content)
            new.replace(out)
    except FileNotFoundError:
        raise _unusable(path, "cannot be written: there is no such folder. Make it first") from None
    except OSError as error:
        raise _unusable(path, f"cannot be written: {error.strerror or error}") from None
    except (TypeError, ValueError, RuntimeError) as error:
        if isinstance(error, SettingError):
            raise
        raise _unusable(path, f"is no path of a file: {error}") from None
    return out


_BEGINNING = 4096


def _is_ours(path: Path, sign: bytes) -> bool:
    with path.open("rb") as file:
        return sign in file.read(_BEGINNING)


def _unusable(path: object, why: str) -> SettingError:
    return SettingError(f"path={str(path)!r} {why}.", name="path", value=path)
