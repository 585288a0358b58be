"""What exact copies share: a text without what typesetting makes of it.

Which story leads its copies is the store's business. The one idea: nearly all of a text is letters that are compared as
their small ones and signs that part words, so one compiled loop looks each character up in a table; a text with a
letter of another alphabet is read again, in words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.compiled import U32, W8, compiled

#: Bodies shorter than this do not tell one story from another by themselves ("This story will be updated.").
WORDS_THAT_TELL = 40

_WORD = re.compile(r"\w+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
#: Every byte of ASCII as texts are compared: letters small, a space for what is in no word.
_COMPARED = bytes(byte if chr(byte).isalnum() or byte == ord("_") else 32 for byte in range(128)).lower() + bytes(128)

#: Characters that the table has, up to the end of general punctuation; and what it says of one that it does not tell.
_CHARACTERS, _UNKNOWN = 0x2070, 0xFFFF_FFFF
_SPACE, _LONGEST = 32, 4


def text_key(headline: str, body: str, key: bytes) -> bytes:
    """Return what exact copies share: 16 bytes that do not change with accents, capitals, punctuation or spacing.

    Papers put their own headline over a wire story, so a body that is long enough stands for the story alone. A short
    one does not: notices and briefs repeat, and their headline is what tells them apart.

    Args:
        headline: the story's headline.
        body: its clean text.
        key: the natural key, which alone tells stories without any words apart.
    """
    words = words_of(body)
    if words.count(b" ") + 1 < WORDS_THAT_TELL:
        own = words_of(headline)
        words = b" ".join(filter(None, (own, b"/", words))) if words or own else key.hex().encode()
    return hashlib.blake2b(words, digest_size=16).digest()


def words_of(text: str) -> bytes:
    """Return the words of a text as copies share them, in UTF-8, a space between each two."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    out: NDArray[np.uint8] = np.empty((_LONGEST + 1) * codes.size, np.uint8)
    size = _close_up(_FOLDS, codes, out)
    return out[:size].tobytes() if size >= 0 else _read_in_words(text)


@compiled(U32, U32, W8, allocates=False)
def _close_up(folds: Any, codes: Any, out: Any) -> int:
    """Write the words of a text, a space between each two; return their size, -1 where the table lacks a character.

    Args:
        folds: what is compared of each character, up to four bytes from the lowest on.
        codes: the text, u4.
        out: written; five bytes a character are room enough.
    """
    size = 0
    parted = False
    for i in range(codes.size):
        if codes[i] >= folds.size:
            return -1
        fold = np.int64(folds[codes[i]])
        if fold == _UNKNOWN:
            return -1
        while fold:
            byte = fold & 255
            fold >>= 8
            if byte == _SPACE:
                parted = size > 0
            else:
                if parted:
                    out[size] = _SPACE
                    size += 1
                    parted = False
                out[size] = byte
                size += 1
    return size


def _read_in_words(text: str) -> bytes:
    """Return what `words_of` does, of any text."""
    plain = _FOREIGN.sub(lambda found: _without_accents(found[0]), text)
    if plain.isascii():
        return b" ".join(plain.encode().translate(_COMPARED, b"'").split())
    return " ".join(_WORD.findall(plain.casefold().replace("'", ""))).encode("utf-8", "replace")


def _without_accents(foreign: str) -> str:
    """Return characters beyond ASCII without accents, apostrophes as in ASCII, and a space for what is in no word."""
    decomposed = unicodedata.normalize("NFKD", foreign)
    plain = "".join([c for c in decomposed if not unicodedata.combining(c)]).replace("\u2019", "'")
    return re.sub(r"[^\w']", " ", plain)


def _folds() -> NDArray[np.uint32]:
    """Return what is compared of each character, as `_close_up` takes it."""
    folds = np.full(_CHARACTERS, _UNKNOWN, np.uint32)
    for code in (*range(0x250), *range(0x2000, _CHARACTERS)):
        plain = chr(code) if code < 0x80 else _without_accents(chr(code))
        if plain.isascii() and len(plain) <= _LONGEST:
            folds[code] = int.from_bytes(plain.encode().translate(_COMPARED, b"'"), "little")
    return folds


_FOLDS = _folds()
