"""A workbook's bytes before its reader sees them: what they are, and what the reader would miss.

The reader gives formulas' errors as blanks, and so it does formulas that were never calculated;
here both become text, which is reported like any value that cannot be read. It also holds all of
a sheet down to its last cell in memory, so a stray cell far out is found before.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from ..errors import ReadError
from .biff import DamagedError, Errors, errors_of
from .ole import CircleError, workbook_stream

MOST_BYTES = 2 << 30
_MOST_CELLS = 60_000_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ERROR_CELL = re.compile(rb'(<(?:\w+:)?c\b[^<>]*?\s)t="e"')
_NO_VALUE = rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
_UNCALCULATED = re.compile(
    rb"<((?:\w+:)?)c\b([^<>]*)>(<(?:\w+:)?f\b[^<>]*>)([^<>]+)(</(?:\w+:)?f>)" + _NO_VALUE
)
_TYPE = re.compile(rb'\st="\w*"')
_WIDE = re.compile(rb'r="(?:[A-Z]{3}|[B-Z][A-Z])\d')  # right of column AZ
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?r="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>(?!</)')
_LAST_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*?\sr="(\d{1,7})"')
_ODS_ERROR = re.compile(
    rb'office:value-type="string"\s+office:string-value=""(?=\s+calcext:value-type="error")'
)
_ODS_REPEAT = re.compile(rb'table:number-(rows|columns)-repeated="(\d{4,})"')
_ODS_CONTENT = re.compile(rb"office:value-type|<text:p")
_DOCUMENTS = {
    "word/": "a text document",
    "ppt/": "a presentation",
    "Index/Document.iwa": "a document of Numbers or Pages",
    "Index.zip": "a document of Numbers or Pages",
}
_WAY_OUT = "Delete the empty rows and columns around the table, or save the sheet as CSV."


def is_archive(content: bytes, name: str) -> bool:
    """Whether the bytes are a zip of files, and not a document that is kept as one.

    Raises
    ------
    ReadError
        If it is a document that no table can be read from, or cannot be opened.
    """
    if not content.startswith(b"PK"):
        _refuse_ole(content, name)
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: member.file_size for member in archive.infolist()}
            kind = archive.read("mimetype")[:100] if "mimetype" in members else b"spreadsheet"
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, zlib.error) as error:
        raise ReadError(
            f"{name} looks like a workbook or a zip archive and cannot be opened as one: {error}. "
            "Save it, or download it, again."
        ) from None
    for start, what in _DOCUMENTS.items():
        if any(member.startswith(start) for member in members) or b"spreadsheet" not in kind:
            raise ReadError(f"{name} is {what}. Save or export its table as .xlsx or CSV (UTF-8).")
    workbook = "mimetype" in members or any(member.startswith("xl/") for member in members)
    if workbook and sum(members.values()) > MOST_BYTES:
        raise ReadError(f"{name} unpacks to more than 2 GB. {_WAY_OUT}")
    return not workbook


def _refuse_ole(content: bytes, name: str) -> None:
    def inside(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if inside("EncryptedPackage"):
        raise ReadError(
            f"{name} is protected by a password. Open it in a spreadsheet program, remove the "
            "password (in Excel: File > Info > Protect Workbook), and save it."
        )
    if inside("WordDocument"):
        raise ReadError(f"{name} is a Word document. Save its table as .xlsx or CSV (UTF-8).")


@dataclass(frozen=True)
class Readied:
    """A workbook's bytes for its reader, and what that does not tell."""

    content: bytes
    from_1904: bool = False
    errors: Errors = field(default_factory=dict)
    hides_errors: bool = False


def readied(content: bytes, name: str) -> Readied:
    """Return the workbook with its formulas' errors as text, or beside it.

    Raises
    ------
    ReadError
        If it is protected by a password, damaged, or a stray cell makes it too large to be read.
    """
    if not content.startswith(b"PK"):
        try:
            return Readied(content, errors=errors_of(workbook_stream(content)))
        except (CircleError, DamagedError):
            raise ReadError(
                f"{name} is a damaged workbook. Download it, or copy it, again."
            ) from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _readied(book, content, name)
    except ReadError:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError):
        return Readied(content)  # the reader may be more patient, and says so if not


def _readied(book: zipfile.ZipFile, content: bytes, name: str) -> Readied:
    changed: dict[str, bytes] = {}
    from_1904 = False
    for member in book.namelist():
        if member == "META-INF/manifest.xml" and b"encryption-data" in book.read(member):
            raise ReadError(
                f"{name} is protected by a password. Save it without, in LibreOffice under File > "
                "Save As."
            )
        if member == "xl/workbook.xml":
            from_1904 = re.search(rb'date1904="(1|true)"', book.read(member)) is not None
        if member == "content.xml":
            xml = book.read(member)
            _refuse_far_cells_of_ods(xml, name)
            if b'calcext:value-type="error"' in xml:
                changed[member] = _ODS_ERROR.sub(b'office:value-type="string"', xml)
        if _SHEET.fullmatch(member):
            xml = book.read(member)
            _refuse_far_cells(xml, name)
            plain = _with_errors_as_text(xml)
            if plain is not xml:
                changed[member] = plain
    return Readied(
        _rebuilt(book, changed) if changed else content,
        from_1904,
        hides_errors="xl/workbook.bin" in book.namelist(),
    )


def _with_errors_as_text(xml: bytes) -> bytes:
    if b't="e"' in xml:
        xml = _ERROR_CELL.sub(rb'\1t="str"', xml)
    if re.search(rb"</(?:\w+:)?f>" + _NO_VALUE, xml):
        xml = _UNCALCULATED.sub(_formula_as_text, xml)
    return xml


def _formula_as_text(cell: re.Match[bytes]) -> bytes:
    prefix, attributes, start, formula, end = cell.groups()
    plain = _TYPE.sub(b"", attributes)
    return (
        b'<%bc%b t="str">' % (prefix, plain)
        + start
        + formula
        + end
        + b"<%bv>=%b</%bv></%bc>" % (prefix, formula, prefix, prefix)
    )


def _rebuilt(book: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for member in book.namelist():
            copy.writestr(member, changed[member] if member in changed else book.read(member))
    return out.getvalue()


def _refuse_far_cells(xml: bytes, name: str) -> None:
    """Refuse a sheet whose last filled row and column span more cells than memory should hold."""
    last = _LAST_ROW.match(xml, max(xml.rfind(b"<row "), xml.rfind(b":row ") - 8, 0))
    n_rows = int(last[1]) if last else 1_048_576
    if n_rows * 16_384 <= _MOST_CELLS or not _WIDE.search(xml):
        return
    rows = columns = 0
    for cell in _FILLED_CELL.finditer(xml):
        rows = max(rows, int(cell[2]))
        columns = max(columns, _column_number(cell[1]))
    if rows * columns > _MOST_CELLS:
        raise ReadError(
            f"a sheet of {name} reaches down to row {rows:,} and right to column {columns:,}, "
            f"which is more than can be held at once. {_WAY_OUT}"
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_far_cells_of_ods(xml: bytes, name: str) -> None:
    """Refuse repeats that are not the empty rest of a row or a sheet, if they are many."""
    rows, columns = xml.count(b"<table:table-row"), 20
    for repeat in _ODS_REPEAT.finditer(xml):
        end = b"</table:table-row>" if repeat[1] == b"columns" else b"</table:table>"
        if _ODS_CONTENT.search(xml, repeat.end(), max(xml.find(end, repeat.end()), 0)):
            rows += int(repeat[2]) if repeat[1] == b"rows" else 0
            columns = max(columns, int(repeat[2]) if repeat[1] == b"columns" else 0)
    if rows * columns > _MOST_CELLS:
        raise ReadError(
            f"a sheet of {name} holds a cell that is far out or repeated very often, which is more "
            f"than can be held at once. {_WAY_OUT}"
        )
