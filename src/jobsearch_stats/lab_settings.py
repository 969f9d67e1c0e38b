"""What `jobsearch-stats lab` was told, kept in the notebooks' folder so that they know it later.

The file is read by :func:`jobsearch_stats.notebook.open_log`: the notebooks work the same in
JupyterLab and in any other program that opens them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import ReadError, SettingError
from .importing import read_log
from .sample import REPOSITORY

if TYPE_CHECKING:
    import pandas as pd

    from .log import ApplicationLog

SETTINGS_FILE = "jobsearch.json"

_MADE_BY = {"made_by": "jobsearch-stats lab"}
"""How a file of ours is told from another of that name, which stays as it is."""

_KINDS: dict[str, tuple[type, ...]] = {
    "mapping": (dict,),
    "header_row": (int,),
    "names": (list,),
    "sheet": (str, int),
    "journal": (bool, str),
}
"""What a setting may be, where it is not a text."""


@dataclass(frozen=True, kw_only=True)
class LabSettings:
    """Which log the notebooks of a folder open, and how it is to be read.

    Attributes
    ----------
    log
        Its path. None: the made-up sample.
    as_of
        The day to look at it from. None: today; for the sample its own day.
    mapping, date_order, sheet, encoding, delimiter, header_row, names, journal
        As for :func:`jobsearch_stats.read_log`.
    """

    log: str | None = None
    as_of: str | None = None
    mapping: Mapping[str, str] | None = None
    date_order: str | None = None
    sheet: str | int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    names: Sequence[str] | None = None
    journal: bool | str = True

    @property
    def given(self) -> dict[str, Any]:
        """The settings that are not what they would be anyway, by name."""
        usual = {field.name: field.default for field in fields(self)}
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @property
    def ways(self) -> dict[str, Any]:
        """How the log is to be read: arguments of `read_log`."""
        return {name: way for name, way in self.given.items() if name not in {"log", "as_of"}}


def read_settings(folder: Path) -> LabSettings | None:
    """Return the settings kept in a folder; None if there are none.

    Parameters
    ----------
    folder
        The notebooks' folder.

    Raises
    ------
    SettingError
        If there is such a file that is not ours, or says what cannot be used.
    """
    path = folder / SETTINGS_FILE
    if not os.path.lexists(path):
        return None
    try:
        said = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except (OSError, ValueError, RecursionError) as error:
        raise _unusable(path, f"cannot be read: {error}") from None
    if not isinstance(said, dict) or not _MADE_BY.items() <= said.items():
        raise _unusable(path, "was not made by jobsearch-stats lab")
    found = {name: value for name, value in said.items() if name not in _MADE_BY}
    for name, value in found.items():
        _check(path, name, value)
    return LabSettings(**found)


def write_settings(folder: Path, settings: LabSettings) -> None:
    """Keep the settings in a folder, in the place of those that were kept there before.

    Parameters
    ----------
    folder
        The notebooks' folder.
    settings
        What to keep.
    """
    text = json.dumps(_MADE_BY | settings.given, indent=2, ensure_ascii=False) + "\n"
    # a name that is no text on this machine stays the name that it is
    (folder / SETTINGS_FILE).write_bytes(text.encode("utf-8", "surrogatepass"))


def log_of(
    source: str | Path | pd.DataFrame, ways: Mapping[str, Any], *, named_in: str = ""
) -> ApplicationLog:
    """Read a log; where its name was not typed just now, an error says where it stands.

    Parameters
    ----------
    source, ways
        As for :func:`jobsearch_stats.read_log`.
    named_in
        Where the settings are that name it; blank if they are not what names it.
    """
    try:
        return read_log(source, **ways)
    except ReadError as error:
        if not named_in:
            raise
        way_out = f"{named_in} names it, and jobsearch-stats lab LOG another"
        raise ReadError(f"{error} ({way_out}.)") from None


def private_folder() -> Path:
    """Return where what is somebody's own is kept.

    In the repository, a folder that git leaves out; else the one in which the notebook lies.
    """
    here = Path.cwd()
    if REPOSITORY is None or (here / SETTINGS_FILE).exists():
        return here
    return REPOSITORY / "notebooks" / "private"


def private_place(name: str) -> str:
    """Say where a file of somebody's own is, seen from the notebook."""
    beside = private_folder() == Path.cwd()
    return f"{name} beside this notebook" if beside else f"notebooks/private/{name}"


def _check(path: Path, name: str, value: object) -> None:
    known = [field.name for field in fields(LabSettings)]
    if name not in known:
        raise _unusable(path, f"has {name!r}, which is none of {', '.join(known)}")
    kinds = _KINDS.get(name, (str,))
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    fits = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
    if value is not None and not (fits and all(isinstance(text, str) for text in inside)):
        raise _unusable(path, f"has {name}={value!r}, which cannot be used")


def _unusable(path: Path, why: str) -> SettingError:
    return SettingError(
        f"{path} {why}. Mend it or take it away, and run jobsearch-stats lab LOG again: it is made "
        "anew then.",
        name=SETTINGS_FILE,
        value=str(path),
    )
