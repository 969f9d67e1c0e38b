"""Find the Chromium in which `make browser` opens notebooks and pages, and print where it is.

Debian's is installed where there is none and this may be done; nothing else is changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
MISSING = """There is no Chromium here, and one cannot be installed without asking you. Get one:
  Debian, Ubuntu   sudo apt-get install chromium   (Ubuntu: sudo snap install chromium)
  Fedora           sudo dnf install chromium
  macOS            brew install --cask chromium
or name the one that you have: make browser CHROMIUM=/path/to/chromium"""


def find(env: Mapping[str, str] = os.environ) -> str | None:
    """Return the path of a Chromium or Chrome: the one named by CHROMIUM, else a usual one."""
    named = env.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, _usual(env))), None)


def _usual(env: Mapping[str, str]) -> Iterator[str]:
    yield from NAMES
    yield from MAC
    for folder in filter(None, map(env.get, WINDOWS_FOLDERS)):
        yield from (str(Path(folder) / place) for place in WINDOWS)


def is_root() -> bool:
    """Say whether this runs as the administrator, as it does in a container."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install() -> None:
    """Install Debian's Chromium; its list of packages is fetched anew where it is out of date."""
    for commands in ([INSTALL], [("apt-get", "update"), INSTALL]):
        done = [subprocess.run(c, stdout=sys.stderr, check=False).returncode for c in commands]
        if not any(done):
            return


def main() -> int:
    """Print the path; or say how to get one, and return 1."""
    named = os.environ.get("CHROMIUM")
    found = find()
    if not found and named:
        print(f"CHROMIUM={named} is no program that can be run.", file=sys.stderr)
        return 1
    if not found and is_root() and shutil.which("apt-get"):
        install()
        found = find()
    print(found or MISSING, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
