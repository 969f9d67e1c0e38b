"""The container of old workbooks: whether it is sound, and the stream of records in it.

The reader of workbooks follows chains of sectors until memory is full, so a file whose sectors run
in a circle is found before.

References
----------
[MS-CFB], Compound File Binary File Format: header in 2.2, FAT in 2.3, directory in 2.6.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_LAST = 0xFFFF_FFFA  # this and what is above marks an end, not a sector
_ENTRY = 128
_SMALL = 64


class CircleError(ValueError):
    """A chain of sectors that comes back to itself."""


def workbook_stream(content: bytes) -> bytes:
    """Return the records of the workbook in the container; blank if it has none.

    Raises
    ------
    CircleError
        If a chain of sectors comes back to itself.
    """
    if len(content) < 512 or content[30] not in (9, 12):
        return b""
    size = 1 << content[30]
    table = _table(content, size)
    directory = _joined(content, size, _chain(_number(content, 48), table))
    small_chain = _chain(_number(content, 60), table)
    small_table = _numbers(_joined(content, size, small_chain))
    found, root = b"", b""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        name = directory[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, length = _number(directory, at + 116), _number(directory, at + 120)
        small = at > 0 and length < _number(content, 56)
        chain = _chain(start, small_table if small else table)
        if at == 0:
            root = _joined(content, size, chain)
        elif name in ("Workbook", "Book") and not found:
            found = _small(root, chain) if small else _joined(content, size, chain)
            found = found[:length]
    return found


def _table(content: bytes, size: int) -> list[int]:
    """Return the table that says which sector follows which."""
    places = _numbers(content[76 : 76 + 109 * 4])
    place, seen = _number(content, 68), set()
    while place < _LAST and len(more := _numbers(_sector(content, size, place))):
        if place in seen:
            raise CircleError
        seen.add(place)
        places += more[:-1]
        place = more[-1]
    return _numbers(_joined(content, size, [p for p in dict.fromkeys(places) if p < _LAST]))


def _chain(start: int, table: Sequence[int]) -> list[int]:
    """Return the sectors from a start on."""
    chain: dict[int, None] = {}
    while start < len(table):
        if start in chain:
            raise CircleError
        chain[start] = None
        start = table[start]
    return list(chain)


def _sector(content: bytes, size: int, number: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]


def _joined(content: bytes, size: int, chain: Sequence[int]) -> bytes:
    return b"".join(_sector(content, size, number) for number in chain)


def _small(root: bytes, chain: Sequence[int]) -> bytes:
    return b"".join(root[number * _SMALL : (number + 1) * _SMALL] for number in chain)


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "little")


def _numbers(content: bytes) -> list[int]:
    whole: list[int] = np.frombuffer(content[: len(content) // 4 * 4], dtype="<u4").tolist()
    return whole
