"""The records of an old workbook: formulas' errors, and sizes that no sheet has.

The reader of workbooks gives errors as blanks, and takes the sheet's size, right or wrong, from
the file to set memory aside.

References
----------
[MS-XLS], Excel Binary File Format: records in 2.4, error codes in 2.5.10.
"""

from __future__ import annotations

import struct
from struct import unpack_from

_BOUNDSHEET, _DIMENSIONS, _SST, _BOOLERR, _FORMULA = 0x85, 0x200, 0xFC, 0x205, 0x6
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

Errors = dict[int, list[tuple[int, int, str]]]
"""For each sheet, in order: row, column (both counted from 0) and the error there."""


class DamagedError(ValueError):
    """A workbook that claims a size which no workbook has."""


def errors_of(stream: bytes) -> Errors:
    """Return the cells that hold an error in place of a value.

    Raises
    ------
    DamagedError
        If a size that the reader would set memory aside for cannot be true.
    """
    sheets: list[int] = []
    out: Errors = {}
    at, sheet = 0, -1
    try:
        while at + 4 <= len(stream):
            kind, length = unpack_from("<HH", stream, at)
            if kind == _BOUNDSHEET:
                sheets.append(unpack_from("<I", stream, at + 4)[0])
            elif kind in (_DIMENSIONS, _SST):
                _check(stream, kind, at + 4, length)
            elif kind in (_BOOLERR, _FORMULA):
                error = _error(stream, kind, at + 4)
                if error:
                    row, column = unpack_from("<HH", stream, at + 4)
                    out.setdefault(sheet, []).append((row, column, error))
            elif kind in (0x809, 0x409, 0x209, 0x009) and at in sheets:
                sheet = sheets.index(at)
            at += 4 + length
    except struct.error:
        pass  # a record that ends too early is the last one
    return out


def _error(stream: bytes, kind: int, at: int) -> str:
    if kind == _BOOLERR:
        code, is_error = unpack_from("<BB", stream, at + 6)
        return _ERRORS.get(code, "#ERROR!") if is_error else ""
    what, _, code, _, _, mark = unpack_from("<BBBBHH", stream, at + 6)
    return _ERRORS.get(code, "#ERROR!") if mark == 0xFFFF and what == 2 else ""


def _check(stream: bytes, kind: int, at: int, length: int) -> None:
    if kind == _SST:
        sizes = unpack_from("<II", stream, at)
        if max(sizes) > len(stream) * 64:
            raise DamagedError
        return
    top, bottom, left, right = unpack_from("<IIHH" if length >= 12 else "<HHHH", stream, at)
    if bottom > 65_536 or right > 256 or top > bottom or left > right:
        raise DamagedError
