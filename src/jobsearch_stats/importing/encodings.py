"""Bytes to text: as told, else by mark, as UTF-8, or last by what makes the headers readable."""

from __future__ import annotations

import codecs
import io

from ..errors import ReadError, SettingError
from .problems import Problems
from .raw import WAY_OUT, HeaderScore

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_LIKELY = (
    "cp1250",
    "cp1254",
    "mac_roman",
    "gb18030",
    "shift_jis",
    "big5",
    "euc_kr",
    "cp1251",
    "cp1253",
)
"""What people's spreadsheet programs write where it is neither UTF-8 nor Windows-1252."""

_MAC_LETTERS = tuple(bytes([byte]) for byte in b"\x87\x88\x8a\x8d\x8e\x8f\x90\x9f")
"""Common letters of mac_roman (among them é and ü) that are rare or nothing on Windows."""

_TURKISH_LETTERS = (b"\xf0", b"\xfd", b"\xfe")
"""Where ğ, ı and ş stand in cp1254; of other languages only Icelandic has two of these."""

_OF_SEVERAL_BYTES = frozenset(("gb18030", "shift_jis", "big5", "euc_kr"))

_SAMPLE = 20_000
_HEADER_LINES = 20


def decoded(
    content: bytes, *, name: str, encoding: str | None, score: HeaderScore, found: Problems
) -> str:
    """Return the text of the bytes.

    Raises
    ------
    ReadError
        If they are no text, or not in the encoding that was given.
    SettingError
        If there is no encoding of that name.
    """
    if encoding is not None:
        return _told(content, name, encoding)
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _told(content, name, codec)
    codec = _unmarked_utf16(content)
    if codec:
        text = _told(content, name, codec)
        found.noted(
            None,
            None,
            None,
            f"{name} has no mark of its encoding; it was read as {codec} by its first "
            "letters, which is a guess",
            'if that is wrong, pass encoding="..."',
        )
        return text
    if b"\0" in content or _mostly_control(content):
        raise ReadError(
            f"{name} is not a text table: it holds bytes that no text has. {WAY_OUT} If it is "
            'text in UTF-16, pass encoding="utf-16-le".'
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content, name, score, found)


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


def _unmarked_utf16(content: bytes) -> str:
    """Return the UTF-16 that has no mark, where the start leaves no doubt: NUL, letter, NUL."""
    start = content[:16]
    if len(start) < 8 or len(content) % 2:
        return ""
    for codec, nul, letter in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if not any(start[nul::2]) and all(9 <= byte < 127 for byte in start[letter::2]):
            return codec
    return ""


def _mostly_control(content: bytes) -> bool:
    start = content[:8192]
    control = sum(start.count(bytes([b])) for b in range(32) if b not in (9, 10, 12, 13))
    return control * 20 > len(start)


def _guessed(content: bytes, name: str, score: HeaderScore, found: Problems) -> str:
    """Return the text of what is not UTF-8: Windows-1252, unless headers speak for another."""
    sample = _sample(content)
    suggested = _suggested(sample)
    known = {c: _known(content, c, score) for c in dict.fromkeys((*suggested, *_LIKELY))}
    western_known = _known(content, "cp1252", score)
    # headers that one encoding alone makes readable are evidence; the rest is a suggestion
    for codec in sorted(known, key=known.__getitem__, reverse=True):
        text = _text(content, codec) if known[codec] > western_known else None
        if text is not None:
            found.noted(
                None,
                None,
                None,
                f"{name} is not UTF-8; it was read as {codec}, in which more of its headers are "
                "understood, which is a guess",
                "if names look wrong, pass another encoding=...",
            )
            return text
    return _western(content, name, sample, suggested, found)


def _western(
    content: bytes, name: str, sample: bytes, suggested: list[str], found: Problems
) -> str:
    text = _text(content, "cp1252")
    other = next((codec for codec in suggested if _text(content, codec) is not None), None)
    if other and _text(sample, other) == _text(sample, "cp1252"):
        other = None  # one that gives the same text is no alternative
    pass_it = f'pass encoding="{other or "..."}"'
    if text is None:
        raise ReadError(
            f"{name} is text neither in UTF-8 nor in Windows-1252. "
            + (f"It may be {other}: {pass_it}." if other else f"If you know what it is, {pass_it}.")
        )
    found.noted(
        None,
        None,
        None,
        f"{name} is not UTF-8; it was read as Windows-1252, which is a guess",
        f"if names look wrong, {pass_it}",
    )
    return text


def _text(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (ValueError, LookupError):
        return None


def _sample(content: bytes) -> bytes:
    """Return lines that hold more than ASCII, as many as tell enough."""
    lines, length = [], 0
    for line in io.BytesIO(content):
        if not line.isascii():
            lines.append(line)
            length += len(line)
            if length > _SAMPLE:
                break
    return b"".join(lines)[:_SAMPLE]


def _suggested(sample: bytes) -> list[str]:
    """Return the encodings that the bytes look like, the likeliest first."""
    from charset_normalizer import from_bytes

    suggested = [str(m.encoding) for m in from_bytes(sample, cp_isolation=list(_LIKELY))]
    if suggested[:1] and suggested[0] in _OF_SEVERAL_BYTES:
        return suggested
    n_high = sum(byte > 127 for byte in sample)
    if sum(map(sample.count, _MAC_LETTERS)) > 0.3 * n_high:
        return ["mac_roman", *suggested]
    if sum(letter in sample for letter in _TURKISH_LETTERS) > 1:
        return ["cp1254", *suggested]
    return suggested


def _known(content: bytes, codec: str, score: HeaderScore) -> int:
    """Return how many headers are known in the best of the first lines, however separated."""
    lines = content[:_SAMPLE].decode(codec, "replace").splitlines()[:_HEADER_LINES]
    records = [[cell.strip('" ') for cell in line.split(mark)] for line in lines for mark in ",;\t"]
    return max(map(score, records), default=0)
