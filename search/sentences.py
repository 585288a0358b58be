"""Where the sentences of a text begin, in compiled loops: what a passage is cut by.

`search.excerpts` cuts; `search.highlight` finds the same slowly. The one idea: what a character can be to a sentence is
a bit of a table, and an abbreviation is a number made of its letters.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from index import abbreviations
from index.compiled import I32, I64, INT, U8, U16, WI32, compiled
from search.scanning import CHARACTERS

#: Bits of what a character is to a passage.
ENDS_SENTENCE, CLOSES, OPENS, SPACE, STARTS, CLINGS_BEFORE, CLINGS_AFTER, COMPLETES = (1 << bit for bit in range(8))


def _bits() -> Any:
    bits = np.zeros(CHARACTERS, np.uint8)
    for bit, characters in (
        (ENDS_SENTENCE, ".!?…"),
        (CLOSES, "\"'”’)]"),
        (OPENS, "\"'“‘("),
        (STARTS, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
        (CLINGS_BEFORE, "\"'“‘([$£€#@"),
        (CLINGS_AFTER, ".,!?\"'”’)]%…"),
        (COMPLETES, '.!?"”'),
    ):
        for character in characters:
            bits[ord(character)] |= bit
    for code in range(CHARACTERS):
        if chr(code).isspace():
            bits[code] |= SPACE
    return bits


BITS = _bits()


def _codes() -> Any:
    """Return the abbreviations as numbers: their letters from the last to the first, then whether a number follows."""
    codes = []
    for words, numbered in ((abbreviations.TITLES, 0), (abbreviations.BEFORE_NUMBERS, 1)):
        for word in words:
            code = 0
            for letter in reversed(word):
                code = code * 64 + ord(letter) - 64
            codes.append(2 * code + numbered)
    return np.array(sorted(codes), np.int64)


ABBREVIATIONS = _codes()


@compiled(U16, INT, INT, INT, I64, allocates=False)
def abbreviated(text: Any, start: int, dot: int, end: int, short: Any) -> bool:
    """Say whether a full stop belongs to the word before it: `index.abbreviations.is_abbreviation`, in numbers."""
    if text[dot] != 46:
        return False
    code = np.int64(0)
    letters = 0
    at = dot - 1
    while at >= start and letters < 8 and (65 <= text[at] <= 90 or 97 <= text[at] <= 122):
        code = code * 64 + np.int64(text[at]) - 64
        letters += 1
        at -= 1
    if letters == 0:
        return False
    if letters == 1:
        return bool(text[dot - 1] <= 90)
    follows = dot + 1
    while follows < end and text[follows] == 32:
        follows += 1
    numbered = follows < end and 48 <= text[follows] <= 57
    found = False
    for place in range(len(short)):
        found |= short[place] == 2 * code or (numbered and short[place] == 2 * code + 1)
    return found


#: What a character is to a passage (`BITS`), and `ABBREVIATIONS`.
SIGNS = types.Tuple((U8, I64))


@compiled(U16, INT, INT, I32, I32, INT, SIGNS, WI32, allocates=False)
def sentences_of(text: Any, start: int, end: int, starts: Any, ends: Any, words: int, signs: Any, found: Any) -> int:
    """Write the numbers of the words that begin a sentence or a paragraph, ascending, and return how many.

    Nothing but what stands between two words can end a sentence, and that is a blank nearly always.
    """
    bits, short = signs
    found[0] = 0
    count = 1
    for word in range(1, words):
        at, begins = ends[word - 1], starts[word]
        if at + 1 == begins and text[at] == 32:
            continue
        cut = False
        while at < begins and not cut:
            if bits[text[at]] & ENDS_SENTENCE and not abbreviated(text, start, at, end, short):
                after = at + 1
                while after < begins and bits[text[after]] & CLOSES:
                    after += 1
                space = after
                while after < begins and bits[text[after]] & SPACE:
                    after += 1
                cut = after > space and (
                    bits[text[after]] & STARTS
                    or (bits[text[after]] & OPENS and after + 1 < end and bits[text[after + 1]] & STARTS)
                )
            elif text[at] == 10:
                cut = at + 1 < begins and text[at + 1] == 10
            at += 1
        if cut:
            found[count] = word
            count += 1
    return count
