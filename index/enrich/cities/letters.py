"""Runs of letters in a text of code points: where words end, which begin with a capital.

Knows no name and no list. The one idea: what a character is, is looked up once for the whole text (`kinds_of`), so that
a loop asks for bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT, U8, U32, compiled
from index.enrich.cities.tables import DIGIT, LETTER, LOWER, UPPER, WORD, whole

_SPACE, _COMMA, _DASH, _DOT, _SLASH, _SEMICOLON, _NEWLINE = 32, 44, 45, 46, 47, 59, 10
_AND, _OR = (97, 110, 100), (111, 114)
_QUOTE, _CURLED = 39, 0x2019

#: What ends a sentence: full stop, exclamation mark, question mark.
STOPS = (46, 33, 63)

# Gaps between words have so many characters at most.
_GAP = 12


def codes_of(text: str) -> NDArray[np.uint32]:
    """Return a text as code points, u4."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@compiled(U8, U32)
def kinds_of(alphabet: Any, codes: Any) -> Any:
    """Return what each character of a text is, u1."""
    kinds = np.zeros(codes.size, np.uint8)
    for i in range(codes.size):
        if codes[i] < alphabet.size:
            kinds[i] = alphabet[codes[i]]
    return kinds


@compiled(U8, INT, allocates=False)
def letters_end(kinds: Any, at: int) -> int:
    """Return where the run of letters that begins at `at` ends."""
    while at < kinds.size and kinds[at] & LETTER:
        at += 1
    return at


@compiled(U32, U8, INT, allocates=False)
def next_word(codes: Any, kinds: Any, at: int) -> int:
    """Return where the next word of a name starts that ends at `at`: behind a space, hyphen, dot or apostrophe; -1."""
    if at + 1 >= codes.size:
        return -1
    code = codes[at]
    if code == _DOT and codes[at + 1] == _SPACE and at + 2 < codes.size and kinds[at + 2] & LETTER:
        return at + 2
    joins = code in (_SPACE, _DASH, _DOT, _NEWLINE, _QUOTE, _CURLED)
    return at + 1 if joins and kinds[at + 1] & LETTER else -1


@compiled(U8, INT, INT, allocates=False)
def in_capitals(kinds: Any, start: int, end: int) -> bool:
    """Return whether letters are all capitals."""
    capitals = False
    for i in range(start, end):
        if kinds[i] & LOWER:
            return False
        capitals |= (kinds[i] & UPPER) != 0
    return capitals


@compiled(U32, INT, allocates=False)
def is_plain_capital(codes: Any, at: int) -> bool:
    """Return whether a capital of plain English stands there."""
    return bool(at < codes.size and 65 <= codes[at] <= 90)


@compiled(U32, U8, INT, allocates=False)
def capitalised_word(codes: Any, kinds: Any, at: int) -> int:
    """Return the end of a word of two characters and more with a plain capital that starts at `at`, or -1."""
    if not is_plain_capital(codes, at) or at + 1 >= codes.size or not kinds[at + 1] & WORD:
        return -1
    at += 1
    while at < codes.size and kinds[at] & WORD:
        at += 1
    return at


@compiled(U32, INT, INT, INT, allocates=False)
def is_character(codes: Any, start: int, end: int, code: int) -> bool:
    """Return whether a range is this one character."""
    return bool(end - start == 1 and codes[start] == code)


@compiled(U32, INT, INT, INT, INT, allocates=False)
def are_characters(codes: Any, start: int, end: int, code: int, other: int) -> bool:
    """Return whether a range is these two characters."""
    return bool(end - start == 2 and codes[start] == code and codes[start + 1] == other)


@compiled(U32, U8, INT, INT, allocates=False)
def ends_with_number(codes: Any, kinds: Any, start: int, end: int) -> bool:
    """Return whether a gap ends with a number between spaces: "42 Albany"."""
    at = end - 1
    if at <= start or codes[at] != _SPACE or not kinds[at - 1] & DIGIT:
        return False
    at -= 1
    while at >= start and kinds[at] & DIGIT:
        at -= 1
    return bool(at >= start and codes[at] == _SPACE)


@compiled(U32, INT, INT, allocates=False)
def ends_a_sentence(codes: Any, start: int, end: int) -> bool:
    """Return whether a gap holds the end of a sentence or of a line, or ends with an opening quote."""
    if end == start:
        return False
    if codes[start] in STOPS:
        return True
    last = whole(-1)
    for i in range(start, end):
        if codes[i] == _NEWLINE:
            return True
        if codes[i] not in (_SPACE, 9, 13, 0xA0):
            last = whole(codes[i])
    return last in (34, 0x201C, _DOT)


@compiled(U8, INT, INT, allocates=False)
def gap_before(kinds: Any, end: int, low: int) -> int:
    """Return where what is no letter begins that ends at `end`; not before `low`, and not far."""
    start = end
    while start > low and end - start < _GAP and not kinds[start - 1] & LETTER:
        start -= 1
    return start


@compiled(U8, INT, INT, allocates=False)
def letters_before(kinds: Any, end: int, low: int) -> int:
    """Return where the run of letters begins that ends at `end`; not before `low`."""
    start = end
    while start > low and kinds[start - 1] & LETTER:
        start -= 1
    return start


@compiled(U32, INT, INT, allocates=False)
def are_listed(codes: Any, start: int, end: int) -> bool:
    """Return whether what stands between two names makes a list of them."""
    size = end - start
    if size == 1:
        return codes[start] in (_SLASH, _COMMA)
    if size == 2:
        return codes[start + 1] == _SPACE and codes[start] in (_COMMA, _SEMICOLON)
    at = start + 1 if size == 6 and codes[start] == _COMMA else start
    if end - at == 5:
        word = codes[at + 1] == _AND[0] and codes[at + 2] == _AND[1] and codes[at + 3] == _AND[2]
    elif size == 4:
        word = codes[at + 1] == _OR[0] and codes[at + 2] == _OR[1]
    else:
        return False
    return bool(word and codes[at] == _SPACE and codes[end - 1] == _SPACE)
