"""A path or an open file to its name and content; what is no log by its name is refused."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from ..errors import ReadError
from ..patterns import pattern

_DOWNLOAD = "Open it, choose File > Download (or Export) > Microsoft Excel (.xlsx), and pass that."
_PARTIAL = (".crdownload", ".part", ".partial", ".download", ".opdownload")
_POINTERS = {
    ".gsheet": "a link to a Google sheet, not the sheet",
    ".gdoc": "a link to a Google document, not a table",
    ".numbers": "a Numbers document, which only Numbers reads",
    ".pages": "a Pages document, which only Pages reads",
    ".webloc": "a link, not a file",
}
_ADDRESS = pattern(r"[a-z][a-z0-9+.-]+://", re.I)
_LIBRE_OFFICE_LOCK = pattern(r"\.~lock\.(.+)#")


def folder_of(source: object) -> Path | None:
    """Return the folder that a path names, or None."""
    if not isinstance(source, str | os.PathLike):
        return None
    try:
        path = path_of(source)
        return path if path.is_dir() and path.suffix.lower() not in _POINTERS else None
    except (OSError, ValueError, TypeError, RuntimeError):
        return None  # reading it will say why


def content_of(source: object) -> tuple[str, bytes | str]:
    """Return the name and the content of a path or an open file.

    Raises
    ------
    ReadError
        If it cannot be read, or its name says that no log is in it.
    """
    if isinstance(source, str | os.PathLike):
        return _content_at(source)
    if hasattr(source, "read"):
        name = getattr(source, "name", None)
        name = Path(name).name if isinstance(name, str) and name else "the open file"
        refuse_by_name(name)
        try:
            content = source.read()
        except UnicodeDecodeError as error:
            raise ReadError(
                f"{name} cannot be decoded as it was opened: {error}. Open it with mode 'rb', or "
                "pass its path."
            ) from None
        except (OSError, ValueError, EOFError) as error:
            raise ReadError(f"{name} cannot be read: {error}.") from None
        if isinstance(content, str | bytes | bytearray):
            return name, content if isinstance(content, str) else bytes(content)
    raise ReadError(
        f"a log cannot be read from {type(source).__name__}. Pass a path, an open file or a "
        "DataFrame."
    )


def refuse_by_name(name: str) -> None:
    """Refuse what is no log whatever it holds: locks, half downloads, links.

    Raises
    ------
    ReadError
        If the name is one of these; the message says what to pass in its place.
    """
    suffix = Path(name).suffix.lower()
    locked = _LIBRE_OFFICE_LOCK.fullmatch(name)
    if locked or name.startswith("~$"):
        program, real = ("LibreOffice", locked[1]) if locked else ("Excel", name[2:])
        raise ReadError(
            f"{name} is only {program}'s note that it has {real} open. Pass {real!r} itself."
        )
    if name.startswith("._") and len(name) > 2:
        raise ReadError(f"{name} is only macOS's note about {name[2:]}. Pass {name[2:]!r} itself.")
    if suffix in _PARTIAL:
        raise ReadError(
            f"{name} is a download that has not finished. Pass the file that the browser makes of "
            "it at the end."
        )
    if suffix in _POINTERS:
        raise ReadError(f"{name} is {_POINTERS[suffix]}. {_DOWNLOAD}")


def _content_at(source: str | os.PathLike[str]) -> tuple[str, bytes]:
    text = os.fspath(source)
    if isinstance(text, str) and _ADDRESS.match(text):
        raise ReadError(
            f"{text} is an address on the net, and nothing is fetched from there. {_DOWNLOAD}"
        )
    if isinstance(text, str) and "\n" in text:
        raise ReadError(
            "the text of a table was passed where its path belongs. Pass io.StringIO(text)."
        )
    try:
        path = path_of(source)
        refuse_by_name(path.name)
        _refuse_device(path)
        return path.name, path.read_bytes()
    except FileNotFoundError:
        raise ReadError(
            f"there is no file {text!r}. Check the path; a relative one starts at {os.getcwd()!r}."  # noqa: PTH109
        ) from None
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{source!r} cannot be opened: {error}.") from None


def _refuse_device(path: Path) -> None:
    """Refuse what has no end, or waits for somebody to type; a pipe is read, as it was asked for.

    Raises
    ------
    ReadError
        If it is a device or a socket.
    """
    mode = path.stat().st_mode
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISDIR(mode):
        return
    what = "a socket" if stat.S_ISSOCK(mode) else "a device"
    raise ReadError(f"{path} is {what}, not a file. Pass a file, or a pipe in which a log comes.")


def path_of(source: str | os.PathLike[str]) -> Path:
    """Return the path, "~/" being the home; "~$" begins the name of a lock file."""
    path = Path(source)
    return path.expanduser() if path.parts[:1] == ("~",) else path


def holds_a_log(source: object) -> bool:
    """Whether this is a folder with a log that `to_csv` wrote."""
    if not isinstance(source, str | os.PathLike):
        return False
    folder = path_of(source)
    if not os.path.isdir(folder):  # noqa: PTH112
        return False
    from ..canonical import is_saved

    return is_saved(folder)
