"""Bytes into clean text: which encoding, and what no reader of news ever wants to see.

Not about formats: readers say what a file declares, this module decides. The one idea: valid UTF-8 is never an
accident, so it is believed before any declaration; bytes that are not UTF-8 are Windows-1252 unless the file says
otherwise. Nothing is guessed from statistics of letters.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_WIDE_BOMS = tuple(bom for bom, name in _BOMS if name != "utf-8")

#: Labels that in practice mean Windows-1252 (the WHATWG Encoding Standard, "names and labels").
_WESTERN = frozenset("ascii us-ascii iso-8859-1 iso8859-1 latin-1 latin1 l1 windows-1252 cp1252 x-cp1252".split())

_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)} | {0x85: "\u2026"}

#: Dropped: controls, zero-width and direction marks, soft hyphens, byte order marks, lone surrogates, non-characters.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ODD = re.compile(f"{_DROPPED.pattern}|{_SPACES.pattern}|[\r\u2028\u2029\x80-\x9f]")

#: UTF-8 read as Windows-1252 and written as UTF-8 again: "â€™" for ’, "Ã©" for é.
_TWICE = re.compile(
    "\u00e2\u20ac[\u0080-\uffff]|[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)

_TWICE_FIRST = "\u00e2\u00c2\u00c3"


def decode(raw: bytes, declared: str = "") -> str:
    """Return the text of `raw`.

    In order: a byte order mark, UTF-16 without one, UTF-8, the encoding the file declares, Windows-1252. A file that
    is UTF-8 but for a few stray Windows bytes is read as both.

    Args:
        raw: the bytes of a whole text.
        declared: what the file says of itself (a MIME charset), or "".
    """
    marked = encoding_of_wide(raw)
    if marked:
        return raw.decode(marked, "replace").removeprefix("\ufeff")
    if b"\x1b" in raw and declared.lower().startswith("iso-2022"):
        return raw.decode("iso2022_jp", "replace")
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        pass
    label = declared.strip().strip("'\"").lower()
    if label and label not in _WESTERN and not label.replace("-", "").replace("_", "").startswith(("utf", "unicode")):
        try:
            return raw.decode(label)
        except (LookupError, ValueError):
            pass
    return _western(raw)


def encoding_of_wide(head: bytes) -> str:
    """Return the codec of UTF-16 or UTF-32 text by its beginning (with or without a byte order mark), else ""."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return "" if name == "utf-8" else name
    sample = head[:4096]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) >= 4 and b"\x00" in sample:
        half = len(sample) // 2
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if odd > 0.6 * half and even < 0.05 * half:
            return "utf-16-le"
        if even > 0.6 * half and odd < 0.05 * half:
            return "utf-16-be"
    return ""


def narrow(stream: io.BufferedReader) -> io.BufferedReader:
    """Return `stream`, or, where it is UTF-16 or UTF-32, the same text as UTF-8, so that lines can be cut from it."""
    head = stream.peek(4096)
    wide = encoding_of_wide(head)
    if not wide:
        return stream
    text = io.TextIOWrapper(stream, wide.rsplit("-", 1)[0] if head.startswith(_WIDE_BOMS) else wide, "replace")
    return io.BufferedReader(_Utf8(text))


class _Utf8(io.RawIOBase):
    """A text stream as the bytes of its UTF-8 form."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed knows no length
        if not self._left:
            self._left = self._text.read(max(1, len(buffer) // 4)).encode("utf-8", "replace")
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def clean(text: str) -> str:
    """Return `text` with one kind of line end, plain spaces, without controls, doubly encoded letters mended, NFC."""
    if not text.isascii() and any(first in text for first in _TWICE_FIRST):
        text = _TWICE.sub(_once, text)
    if _ODD.search(text):
        text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
        text = _DROPPED.sub("", _SPACES.sub(" ", text.translate(_C1)))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line, spaces closed up: for headlines, bylines, names."""
    return " ".join(clean(text).split())


def _once(match: re.Match[str]) -> str:
    try:
        return b"".join(_byte(c) for c in match.group()).decode("utf-8")
    except ValueError:
        return match.group()


def _byte(character: str) -> bytes:
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")


def _western(raw: bytes) -> str:
    valid = sum(1 for _ in _MULTIBYTE.finditer(raw))
    invalid = sum(1 for byte in raw.decode("utf-8", "surrogateescape") if "\udc80" <= byte <= "\udcff")
    if valid <= invalid:
        return raw.decode("cp1252", "ignore")
    return "".join(
        bytes([ord(c) - 0xDC00]).decode("cp1252", "ignore") if "\udc80" <= c <= "\udcff" else c
        for c in raw.decode("utf-8", "surrogateescape")
    )
