"""Bytes to text: every common encoding, nothing silently replaced, nothing changed but the byte order mark."""

from __future__ import annotations

import codecs
import re

from kg.errors import KgError


class UnreadableError(KgError):
    """Bytes or characters that no article can be made of; ``str(error)`` says why, without the source's name."""


# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "gzipped data (a gzipped file's name ends in .gz)"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# What English articles have beyond ASCII: quotation marks, dashes, ellipses, signs, and accented letters inside words.
_PLAUSIBLE = re.compile(
    "[\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a0\u00a3\u20ac\u00a9\u00ae\u2122\u00b0\u00a7\u00ab\u00bb\u00bd\u00bc\u00be\u00b7]"
    "|(?<=[A-Za-z])[\u00df-\u00f6\u00f8-\u00ff\u0153\u0161\u017e]|[\u00c0-\u00d6\u00d8-\u00de\u00e0-\u00f6\u00f8-\u00ff\u0160\u017d](?=[a-z]{2})"
)

# Encodings of English with Asian names in it, in the order of how surely they are told; the letters that then prevail.
_ASIAN = {
    "shift_jis": re.compile("[\u3040-\u30ff]"),
    "euc_jp": re.compile("[\u3040-\u30ff]"),
    "euc_kr": re.compile("[\uac00-\ud7a3]"),
    "gb18030": re.compile("[\u4e00-\u9fff]"),
    "big5": re.compile("[\u4e00-\u9fff]"),
}
_SHARE = {"shift_jis": 0.2, "euc_jp": 0.2, "euc_kr": 0.95, "gb18030": 0.95, "big5": 0.95}
_ASIAN_SIGNS = re.compile("[\u2018\u2019\u201c\u201d\u2013-\u2015\u2026\u00b7\u3000-\u3015\u30fb\uff01-\uff5e]")
_FIRST_LEVEL = {  # the blocks of common characters, as lead bytes; rare ones in number are a sign of a wrong guess
    "gb18030": re.compile(rb"[\xb0-\xd7][\xa1-\xfe]"),
    "big5": re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]"),
}


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``, without its byte order mark and otherwise exactly as it stands (line ends included).

    The byte order mark decides; then the ``declared`` encoding, if its name is known and all bytes fit; then UTF-8,
    UTF-16 and UTF-32 without a mark; then the legacy encoding that makes the bytes look most like an article.

    Raises:
        UnreadableError: the bytes are no text, or no encoding fits them.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"is not text but {what}")
    if declared:
        text = _if_it_fits(data, declared)
        if text is not None:
            return text
    if b"\0" in data:
        return _wide(data)
    if len(_CONTROLS.findall(data)) * 100 > len(data):
        raise UnreadableError("is not text: it is full of control characters")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"begins with the mark of {encoding.upper()}, which the bytes at position {error.start} are not"
        ) from error


def _if_it_fits(data: bytes, declared: str) -> str | None:
    try:
        encoding = codecs.lookup(declared.strip().strip("\"'")).name
        if encoding in ("iso8859-1", "ascii"):  # the web means Windows's superset when it says these
            encoding = "cp1252"
        if encoding == "cp1252" and _UTF8_CHARACTER.search(data):
            return data.decode("utf-8")
        return data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: English text has its zero bytes at fixed places."""
    for width, encodings in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        for encoding in encodings:
            lead = range(1, width) if encoding.endswith("le") else range(width - 1)
            zeros = sum(data[offset::width].count(0) for offset in lead)
            if len(data) % width == 0 and zeros > 0.7 * len(lead) * len(data) / width:
                text = _if_it_fits(data, encoding)
                if text is not None and "\0" not in text:
                    return text
    raise UnreadableError(f"is not text: it has a zero byte at position {data.index(0)}")


def _legacy(data: bytes, error: UnicodeDecodeError) -> str:
    """Text in an encoding older than UTF-8, or UTF-8 with a fault in it."""
    well_formed = sum(len(character) for character in _UTF8_CHARACTER.findall(data))
    high = len(_HIGH.findall(data))
    if well_formed > high / 2:
        at = error.start
        raise UnreadableError(
            f"is UTF-8 with a fault: byte {data[at]:02X} at position {at} does not belong there; save it again as UTF-8"
        )
    likeness, encoding = max((_likeness(data, name), name) for name in ("cp1252", "mac_roman"))
    if likeness >= 0.8:
        return data.decode(encoding)
    asian = next((name for name in _ASIAN if _is_asian(data, name)), None)
    if asian:
        return data.decode(asian)
    # The detector's time grows with the text; the part around the first bytes beyond ASCII decides as well.
    from charset_normalizer import from_bytes

    best = from_bytes(data[max(0, error.start - 2000) : error.start + 100_000]).best()
    text = _if_it_fits(data, best.encoding) if best else None
    if text is None:
        raise UnreadableError("is in an encoding that cannot be told; save the file as UTF-8")
    return text


def _likeness(data: bytes, encoding: str) -> float:
    """How much of what lies beyond ASCII is what an English article would have there, from 0 to 1."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    beyond = sum(len(run) for run in _HIGH_RUN.findall(data))
    return len(_PLAUSIBLE.findall(text)) / beyond


def _is_asian(data: bytes, encoding: str) -> bool:
    """Whether the bytes are signs and letters of that encoding's language, and common ones."""
    try:
        beyond = re.sub(r"[\x00-\x7f]", "", data.decode(encoding))
    except UnicodeDecodeError:
        return False
    letters = _ASIAN_SIGNS.sub("", beyond)
    if not letters:
        return True
    common = _FIRST_LEVEL.get(encoding)
    if common and len(common.findall(data)) < 0.7 * len(letters):
        return False
    return len(_ASIAN[encoding].findall(letters)) >= _SHARE[encoding] * len(letters)
