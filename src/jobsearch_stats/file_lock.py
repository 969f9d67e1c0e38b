"""One writer at a time: a lock beside a file, which the system takes back if the writer dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import SettingError

_TRIES, _PAUSE = 400, 0.025
"""Ten seconds in all: a line is written in a few milliseconds."""
_NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""Some shared folders have none; there, a writer still sees that the file was changed."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other writers of this package away from a file while the block runs.

    Raises
    ------
    SettingError
        If another writer does not finish.
    OSError
        If the folder cannot be written to.
    """
    lock = path.with_name(f".{path.name}.lock")
    for _ in range(_TRIES):
        handle = _taken(lock)
        if handle is not None:
            break
        time.sleep(_PAUSE)
    else:
        raise SettingError(
            f"{path.name!r} is being written by another program, which does not finish. Close it, "
            "and do it again.",
            name=path.name,
            value=str(path),
        )
    try:
        yield
    finally:
        _given_back(lock, handle)


def _taken(lock: Path) -> int | None:
    """Return the open lock file, or None if somebody else has it, or has just removed it."""
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        if sys.platform == "win32" and lock.exists():  # on its way out
            return None
        raise
    try:
        _lock(handle)
        if os.path.samestat(os.fstat(handle), os.stat(lock)):  # noqa: PTH116
            return handle
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno in _NO_LOCKS_HERE:
            return handle
        if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            os.close(handle)
            raise
    os.close(handle)
    return None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _given_back(lock: Path, handle: int) -> None:
    """Remove the lock file; where an open one can be removed, before another can take it."""
    if sys.platform != "win32":
        with suppress(OSError):
            lock.unlink()
        os.close(handle)
        return
    os.close(handle)
    with suppress(OSError):  # another has it open already, and will remove it
        lock.unlink()
