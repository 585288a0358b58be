"""The words of a text and which of them a question looks for, in one compiled pass over its characters.

It knows leaves as hashes of written forms, and phrases as leaves side by side; it makes nothing to show. The one idea:
`index.analysis` says what a word is and what it is folded to; this says the same of the letters of English and its
neighbours (`KINDS`) without making a string of any word, and says so where a text has other letters, so that the slow
way can be taken. The tests hold it against `analysis` word by word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import types

from index import analysis
from index.compiled import I64, INT, U8, U16, U64, W16, WI32, WU64, compiled

#: What a character is to a word.
OTHER, LETTER, DIGIT, APOSTROPHE, UNKNOWN = range(5)

#: Characters that tables have: those of two bytes.
CHARACTERS = 1 << 16

#: All others are unknown.
_LATIN, _PUNCTUATION = range(0x250), range(0x2000, 0x2190)
_FIRST, _TIMES = 0xCBF29CE484222325, 0x100000001B3
_MASK = (1 << 64) - 1
_LONGEST = 100
#: Room for the folded form of a word.
FORM = 2 * _LONGEST + 4

_DOT, _COMMA, _AND, _PLUS, _SHARP = map(ord, ".,&+#")
_APOSTROPHES = "'\u2019"


def hashed(form: str) -> int:
    """Return the hash of a folded form as the loops make it: FNV-1a, a character at a time.

    Source: http://www.isthe.com/chongo/tech/comp/fnv/
    """
    value = _FIRST
    for character in form:
        value = ((value ^ ord(character)) * _TIMES) & _MASK
    return value


def hashes(forms: Iterable[str]) -> npt.NDArray[np.uint64]:
    """Return the hashes of folded forms, sorted."""
    return np.array(sorted(map(hashed, forms)), np.uint64)


def _tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint16]]:
    """Return what each character is, and what it folds to: one or two characters, the second 0 for none."""
    kinds = np.full(CHARACTERS, UNKNOWN, np.uint8)
    folds = np.zeros(2 * _LATIN.stop, np.uint16)
    for code in (*_LATIN, *_PUNCTUATION):
        character = chr(code)
        if character in _APOSTROPHES:
            kinds[code] = APOSTROPHE
        elif not (character.isalnum() or character == "_"):
            kinds[code] = OTHER
        elif character.isascii() and character.isdigit():
            kinds[code], folds[2 * code] = DIGIT, code
        elif character.isalpha():
            folded = analysis.term_of(character).folded
            # A letter that folds to more, or that NFKD takes for another kind of character, stays unknown.
            if len(folded) <= 2 and folded.isalpha() and (character in "sS" or folded != "s") and code < _LATIN.stop:
                kinds[code] = LETTER
                folds[2 * code : 2 * code + len(folded)] = [ord(letter) for letter in folded]
    kinds[ord("_")] = OTHER
    return kinds, folds


KINDS, FOLDS = _tables()

_START, _PRIME = np.uint64(_FIRST), np.uint64(_TIMES)

#: Hashes of acronyms that keep their dots ("U.S", "I.T").
DOTTED = hashes({*(word for word in analysis.COMMON_WORDS if len(word) > 1), "us"})


@compiled(U16, INT, INT, U8, allocates=False)
def _run(text: Any, at: int, end: int, kinds: Any) -> int:
    """Return where the letters and digits from `at` end; -1 where one is unknown."""
    while at < end:
        kind = kinds[text[at]]
        if kind == UNKNOWN:
            return -1
        if kind != LETTER and kind != DIGIT:
            return at
        at += 1
    return at


@compiled(U16, INT, INT, U8, INT, allocates=False)
def _is(text: Any, at: int, end: int, kinds: Any, kind: int) -> bool:
    """Say whether a character of this kind stands at `at`."""
    return at < end and kinds[text[at]] == kind


@compiled(U16, INT, INT, U8, allocates=False)
def _number_end(text: Any, start: int, end: int, kinds: Any) -> int:
    """Return where a number that begins at `start` ends ("1,234.5", "1980s"); -1 where none does, -2 if unknown."""
    at = start
    while _is(text, at, end, kinds, DIGIT):
        at += 1
    while (
        at < end
        and text[at] == _COMMA
        and _is(text, at + 1, end, kinds, DIGIT)
        and _is(text, at + 2, end, kinds, DIGIT)
        and _is(text, at + 3, end, kinds, DIGIT)
    ):
        at += 4
    if at < end and text[at] == _DOT and _is(text, at + 1, end, kinds, DIGIT):
        beyond = at + 1
        while _is(text, beyond, end, kinds, DIGIT):
            beyond += 1
        if not (beyond < end and text[beyond] == _COMMA and _is(text, beyond + 1, end, kinds, DIGIT)):
            at = beyond
    elif _is(text, at, end, kinds, DIGIT) or (at < end and text[at] == _COMMA and _is(text, at + 1, end, kinds, DIGIT)):
        return -1
    beyond = _run(text, at, end, kinds)
    return beyond if beyond >= 0 else -2


@compiled(U16, INT, INT, U8, allocates=False)
def _acronym_end(text: Any, start: int, end: int, kinds: Any) -> int:
    """Return where letters between dots that begin at `start` end ("U.S"); `start` where there are none."""
    at = start
    while at + 2 < end and text[at + 1] == _DOT and _is(text, at + 2, end, kinds, LETTER):
        at += 2
    if at > start and (_is(text, at + 1, end, kinds, LETTER) or _is(text, at + 1, end, kinds, DIGIT)):
        at -= 2
    return at + 1 if at > start else start


@compiled(U16, INT, INT, U8, allocates=False)
def _word_end(text: Any, start: int, end: int, kinds: Any) -> int:
    """Return where the word that begins at `start` (a letter or digit) ends; -1 where that is not known."""
    number = kinds[text[start]] == DIGIT
    if not number:
        at = _acronym_end(text, start, end, kinds)
        if at > start:
            # What follows decided; it may have been unknown.
            return -1 if at < end and kinds[text[at]] == UNKNOWN else at
    run = _run(text, start, end, kinds)
    if run < 0:
        return -1
    at = run
    while at + 1 < end and text[at] == _AND:
        beyond = _run(text, at + 1, end, kinds)
        if beyond < 0:
            return -1
        if beyond == at + 1:
            break
        at = beyond
    if at > run:
        return at
    if not number and run == start + 1 and text[start] < 128 and run < end:
        at = run
        if text[run] == 43 and run + 1 < end and text[run + 1] == 43:
            at = run + 2
        elif text[run] == 35:
            at = run + 1
        if at > run:
            if at == end:
                return at
            if kinds[text[at]] == UNKNOWN:
                return -1
            if kinds[text[at]] != LETTER and kinds[text[at]] != DIGIT and text[at] != 95:
                return at
    if number:
        at = _number_end(text, start, end, kinds)
        if at != -1:
            return max(at, -1)
    at = run
    while _is(text, at, end, kinds, APOSTROPHE):
        beyond = _run(text, at + 1, end, kinds)
        if beyond < 0:
            return -1
        if beyond == at + 1:
            break
        at = beyond
    return at


@compiled(U16, INT, INT, U8, U16, U64, W16, allocates=False)
def _folded(text: Any, start: int, end: int, kinds: Any, folds: Any, dotted: Any, form: Any) -> int:
    """Write the folded form of a word into `form` and return its length."""
    if end - start == 2 and text[start] == 85 and text[start + 1] == 83:
        form[0], form[1], form[2] = 117, _DOT, 115
        return 3
    if end - start > 2 and kinds[text[end - 2]] == APOSTROPHE and (text[end - 1] == 115 or text[end - 1] == 83):
        end -= 2
    number = kinds[text[start]] == DIGIT
    length = dots = 0
    for at in range(start, end):
        code = text[at]
        kind = kinds[code]
        if kind == APOSTROPHE or (number and code == _COMMA):
            continue
        if code == _DOT and not number:
            dots += 1
            continue
        if kind == OTHER:
            form[length] = code
            length += 1
            continue
        form[length] = folds[2 * code]
        length += 1
        if folds[2 * code + 1]:
            form[length] = folds[2 * code + 1]
            length += 1
    if dots:
        value = _START
        for at in range(length):
            value = (value ^ np.uint64(form[at])) * _PRIME
        place = np.searchsorted(dotted, value)
        if place < len(dotted) and dotted[place] == value:
            length = 0
            for at in range(start, end):
                code = text[at]
                if code == _DOT:
                    form[length] = _DOT
                    length += 1
                    continue
                form[length] = folds[2 * code]
                length += 1
                if folds[2 * code + 1]:
                    form[length] = folds[2 * code + 1]
                    length += 1
    return length


@compiled(U16, INT, U16, INT, INT, allocates=False)
def _fits(form: Any, length: int, patterns: Any, start: int, end: int) -> bool:
    """Say whether a form is as a pattern has it: `*` any letters or none, `?` one."""
    at = 0
    pattern = start
    star = -1
    back = 0
    while at < length:
        if pattern < end and patterns[pattern] == 42:
            star, back = pattern, at
            pattern += 1
        elif pattern < end and (patterns[pattern] == 63 or patterns[pattern] == form[at]):
            pattern += 1
            at += 1
        elif star >= 0:
            back += 1
            pattern, at = star + 1, back
        else:
            return False
    while pattern < end and patterns[pattern] == 42:
        pattern += 1
    return pattern == end


#: Beginnings of forms are told apart by so many bits.
_BEGINNINGS = 64


def beginnings(forms: Iterable[str], patterns: Iterable[str]) -> int:
    """Return bits of the first characters that a word can have to be one of `forms` or fit one of `patterns`."""
    bits = 0
    for form in (*forms, *patterns):
        if form[:1] in ("*", "?", ""):
            return (1 << _BEGINNINGS) - 1
        bits |= 1 << ord(form[0]) % _BEGINNINGS
    return bits


#: What a character is (`KINDS`) and folds to (`FOLDS`), and `DOTTED`.
LETTERS = types.Tuple((U8, U16, U64))

#: What a question looks for: `beginnings` of its forms and patterns, so that most words need not be folded; hashes of
#: the folded forms that its leaves look for, sorted, and bits of the leaves that look for each; the characters of all
#: patterns, end to end; where each pattern ends and the number of its leaf, by turns.
SOUGHT = types.Tuple((types.uint64, U64, U64, U16, I64))

#: Where the words of a text begin and end, bits of the leaves that each answers, and `FORM` numbers of room.
WORDS = types.Tuple((WI32, WI32, WU64, W16))


@compiled(U16, INT, INT, INT, LETTERS, SOUGHT, WORDS, allocates=False)
def scan(text: Any, start: int, end: int, most: int, letters: Any, sought: Any, words: Any) -> int:
    """Find the words between two places of a text, and the leaves that each answers.

    Args:
        text: characters, two bytes each; one that needs more is not known.
        start: of the part to look through.
        end: of it.
        most: words after which to stop.
        letters: see `LETTERS`.
        sought: see `SOUGHT`.
        words: see `WORDS`; filled.

    Returns:
        The number of words; -1 where the text has characters that are not known here.
    """
    kinds, folds, dotted = letters
    first, wanted, leaves, patterns, pattern_ends = sought
    starts, ends, masks, form = words
    count = 0
    at = max(start, 0)  # it never is less, but only so the compiler knows it of every place
    while at < end and count < most:
        code = text[at]
        kind = kinds[code]
        if kind == UNKNOWN:
            return -1
        if kind != LETTER and kind != DIGIT:
            at += 1
            continue
        beyond = at
        while beyond < end and kinds[text[beyond]] == LETTER:
            beyond += 1
        # Most words are several letters that nothing after them can make longer.
        if beyond < at + 2 or (beyond < end and (kinds[text[beyond]] != OTHER or text[beyond] == _AND)):
            beyond = _word_end(text, at, end, kinds)
        if beyond < 0 or beyond - at > _LONGEST:
            return -1
        mask = np.uint64(0)
        if (first >> np.uint64(folds[2 * code] % _BEGINNINGS)) & np.uint64(1):
            length = _folded(text, at, beyond, kinds, folds, dotted, form)
            value = _START
            for place in range(length):
                value = (value ^ np.uint64(form[place])) * _PRIME
            low, high = 0, len(wanted)
            while low < high:
                middle = (low + high) >> 1
                if wanted[middle] < value:
                    low = middle + 1
                else:
                    high = middle
            if low < len(wanted) and wanted[low] == value:
                mask = leaves[low]
            begin = 0
            for number in range(0, len(pattern_ends), 2):
                stop = pattern_ends[number]
                if _fits(form, length, patterns, begin, stop):
                    mask |= np.uint64(1) << np.uint64(pattern_ends[number + 1])
                begin = stop
        starts[count], ends[count], masks[count] = at, beyond, mask
        count += 1
        at = beyond
    return count
