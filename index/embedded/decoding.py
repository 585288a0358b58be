"""Reading posting lists without the interpreter: compiled loops over the bytes that `coding` describes.

No files and no words. The one idea: a list is read in one pass, straight from the mapped file into what a query works
on, and what a query does not want of it is passed over without being decoded.

A posting's three frequencies are its *code*, one byte, here as in the file; the few that do not fit (`coding.ESCAPED`)
stand apart, as pairs of place in the list and row of frequencies.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numba import types

from index.analysis import HEADLINE_GAP
from index.compiled import I64, INT, MASK, TABLE, U8, U32, W8, W32, W64, compiled
from index.embedded.coding import ESCAPED, FREQUENCIES
from index.embedded.values import Array, Bools, Bytes, Longs, Unsigned

#: Postings between two marks in a list: from a mark, reading can begin.
STRIDE = 8

#: How the places of a stem are read (`reader` makes it): document numbers and codes of its list, the frequencies of its
#: escaped postings, the occurrences part of a words file, its marks (what stands before every `STRIDE`-th posting:
#: occurrences, escaped postings, low bytes, words), numbers (where in the occurrences its form codes and its ladder
#: begin, occurrences, bits of a form code, low bytes, most occurrences of a posting), and by form code whether its
#: places are wanted (of size 0 for all).
Reader: TypeAlias = tuple[Unsigned, Bytes, Unsigned, Bytes, Longs, Longs, Bools]

_CODES = FREQUENCIES.astype(np.uint8)
HEADLINES = np.ascontiguousarray(_CODES[:, 0])
TEXTS = np.ascontiguousarray(_CODES[:, 1] + _CODES[:, 2])
#: Occurrences by code; 0 for ESCAPED.
TOTALS = HEADLINES + TEXTS
_MOST = int(TOTALS.max())


@compiled(U8, TABLE, U8, INT, INT, W64, W64)
def _mark(
    codes: Array,
    escaped_frequencies: Array,
    occurrences: Array,
    start: int,
    bits: int,
    marks: Array,
    numbers: Array,
) -> None:
    """Write what stands before every `STRIDE`-th posting of a list, and what the list has in all.

    Args:
        codes: of the list, u1.
        escaped_frequencies: of its escaped postings, u4[…, 3].
        occurrences: the occurrences part of a words file, u1.
        start: where in it the list's form codes begin.
        bits: of a form code.
        marks: as in a `Reader`, four for each of those postings; written, i8.
        numbers: as in a `Reader`; written, i8[6].
    """
    total = seen = longest = 0
    for mark in range(marks.size // 4):
        marks[4 * mark], marks[4 * mark + 1] = total, seen
        part = codes[mark * STRIDE : min((mark + 1) * STRIDE, codes.size)]
        escapes = 0
        for i in range(part.size):
            total += TOTALS[part[i]]
            escapes += part[i] == ESCAPED
        for _ in range(escapes):
            times: Any = 0
            for field in range(3):
                times += np.int64(escaped_frequencies[seen, field])
            total += times
            longest = max(longest, times)
            seen += 1
    ladder = start + (total * bits + 7) // 8
    low = word = 0
    for mark in range(marks.size // 4):
        marks[4 * mark + 2], marks[4 * mark + 3] = low, word
        end = marks[4 * mark + 4] if 4 * mark + 4 < marks.size else total
        part = occurrences[ladder + marks[4 * mark] : ladder + end]
        large = 0
        for i in range(part.size):
            large += part[i] >= 248
        if large:
            for i in range(part.size):
                low += (part[i] >= 248) & (part[i] < 255)
                word += part[i] == 255
    numbers[0], numbers[1], numbers[2], numbers[3] = start, ladder, total, bits
    numbers[4], numbers[5] = low, max(longest, _MOST)


def reader(
    docs: Unsigned,
    codes: Bytes,
    escaped_frequencies: Unsigned,
    occurrences: Bytes,
    start: int,
    bits: int,
    wanted: Bools,
) -> Reader:
    """Return what the loops below read the places of a stem by.

    Args:
        docs: of the list, u4; what its stories are called.
        codes: of the list, u1.
        escaped_frequencies: of its escaped postings, u4[…, 3].
        occurrences: the occurrences part of a words file, u1.
        start: where in it the list's form codes begin.
        bits: of a form code; 0 where the stem has one form.
        wanted: by form code, whether its places are wanted; of size 0 for all.
    """
    marks, numbers = np.empty(4 * -(-codes.size // STRIDE), np.int64), np.empty(6, np.int64)
    _mark(codes, escaped_frequencies, occurrences, start, bits, marks, numbers)
    return docs, codes, escaped_frequencies, occurrences, marks, numbers, wanted


@compiled(U8, INT, INT, INT)
def _form(occurrences: Array, start: int, bits: int, occurrence: int) -> Any:
    """Return the form code of an occurrence of the list whose codes begin at `start`."""
    if bits == 0:
        return 0
    if bits == 16:
        at = start + 2 * occurrence
        return np.int64(occurrences[at]) + np.int64(occurrences[at + 1]) * 256
    bit = occurrence * bits
    return (np.int64(occurrences[start + bit // 8]) >> (bit % 8)) & ((1 << bits) - 1)


#: Where the body is taken to begin where nothing depends on how long the headline is, as long as it is far enough: the
#: lengths of stories here and there in an archive are what a loop waits for longest.
FAR = 1 << 30

READER = types.Tuple((U32, U8, TABLE, U8, I64, I64, MASK))


@compiled(U32, U8, TABLE, U8, I64, I64, MASK, U32, TABLE, INT, W64, W32, W64)
def decode(
    docs: Array,
    codes: Array,
    escaped_frequencies: Array,
    occurrences: Array,
    marks: Array,
    numbers: Array,
    wanted: Array,
    chosen: Array,
    lengths: Array,
    far: int,
    cursor: Array,
    out: Array,
    ends: Array,
) -> None:
    """Write the positions of some postings one after the other, those of each ascending.

    Args:
        docs: what stands in a `Reader`, as do all up to `wanted`.
        codes: likewise.
        escaped_frequencies: likewise.
        occurrences: likewise.
        marks: likewise.
        numbers: likewise.
        wanted: likewise.
        chosen: which postings, ascending; not before the last one that was decoded with the same cursor.
        lengths: words of the stories by field, u4[stories, 3].
        far: whether bodies are to begin at `FAR`, which spares looking up lengths.
        cursor: i8[6], of which the first is -1 at the beginning; written.
        out: the positions; written, large enough.
        ends: where in `out` those of each posting end, i8; written.
    """
    start, ladder, bits = numbers[0], numbers[1], numbers[3]
    lows = ladder + numbers[2]
    words = lows + numbers[4]
    mark, posting, occurrence, seen, low, word = cursor[0], cursor[1], cursor[2], cursor[3], cursor[4], cursor[5]
    found = 0
    for pick in range(chosen.size):
        target = np.int64(chosen[pick])
        if mark < 0 or target // STRIDE > max(mark, posting // STRIDE):
            mark = target // STRIDE
            posting = mark * STRIDE
            occurrence, seen, low, word = marks[4 * mark], marks[4 * mark + 1], marks[4 * mark + 2], marks[4 * mark + 3]
        begin = occurrence
        while posting < target:
            code = codes[posting]
            if code == ESCAPED:
                for field in range(3):
                    occurrence += escaped_frequencies[seen, field]
                seen += 1
            else:
                occurrence += TOTALS[code]
            posting += 1
        for i in range(ladder + begin, ladder + occurrence):
            low += (occurrences[i] >= 248) & (occurrences[i] < 255)
            word += occurrences[i] == 255
        code = codes[posting]
        if code == ESCAPED:
            headline = np.int64(escaped_frequencies[seen, 0])
            text = np.int64(escaped_frequencies[seen, 1]) + escaped_frequencies[seen, 2]
            seen += 1
        else:
            headline, text = np.int64(HEADLINES[code]), np.int64(TEXTS[code])
        posting += 1
        position = np.int64(0)
        for which in range(headline + text):
            if which == headline:
                position = np.int64(FAR if far else np.int64(lengths[docs[target], 0]) + HEADLINE_GAP)
            first = occurrences[ladder + occurrence]
            if first < 248:
                position += first
            elif first < 255:
                position += (np.int64(first) - 248) * 256 + 248 + occurrences[lows + low]
                low += 1
            else:
                place = words + 4 * word
                position += (
                    np.int64(occurrences[place])
                    + np.int64(occurrences[place + 1]) * 256
                    + np.int64(occurrences[place + 2]) * 65_536
                    + np.int64(occurrences[place + 3]) * 16_777_216
                )
                word += 1
            if wanted.size == 0 or wanted[_form(occurrences, start, bits, occurrence)]:
                out[found] = position
                found += 1
            occurrence += 1
        ends[pick] = found
    cursor[0], cursor[1], cursor[2], cursor[3], cursor[4], cursor[5] = mark, posting, occurrence, seen, low, word


@compiled(READER, U32, TABLE, W32, W32)
def places(reader: Reader, chosen: Array, lengths: Array, out_docs: Array, out_positions: Array) -> int:
    """Write where a stem stands in some of its stories; return how many places there are.

    Args:
        reader: of the stem.
        chosen: which postings, ascending places in the list, u4.
        lengths: as in `decode`.
        out_docs: story of each place; written, large enough for all.
        out_positions: position in it of each place; written, as large.
    """
    docs, codes, rows, occurrences, marks, numbers, wanted = reader
    ends = np.empty(chosen.size, np.int64)
    cursor = np.full(6, -1)
    decode(docs, codes, rows, occurrences, marks, numbers, wanted, chosen, lengths, 0, cursor, out_positions, ends)
    begin = 0
    for pick in range(chosen.size):
        for i in range(begin, ends[pick]):
            out_docs[i] = docs[chosen[pick]]
        begin = ends[pick]
    return begin


@compiled(U32, INT, INT)
def leap(numbers: Array, begin: int, wanted: int) -> int:
    """Return the first place at or after `begin` whose number is not below `wanted`; the size where there is none."""
    step = 1
    low = begin
    while begin < numbers.size and numbers[begin] < wanted:
        low = begin + 1
        begin += step
        step *= 2
    high = min(begin, numbers.size)
    while low < high:
        middle = (low + high) // 2
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled(U32, U8, TABLE, U8, INT, INT, MASK, W32, W8, W64, W32)
def narrowed(
    docs: Array,
    codes: Array,
    escaped_frequencies: Array,
    occurrences: Array,
    start: int,
    bits: int,
    wanted: Array,
    out_docs: Array,
    out_codes: Array,
    out_escaped: Array,
    out_rows: Array,
) -> tuple[int, int]:
    """Write the postings of a stem in which some of its forms stand, with how often these do.

    The occurrences of a posting are in the order of the text, so which field one is in follows from the frequencies.

    Args:
        docs: of the list, u4[n].
        codes: likewise, u1[n].
        escaped_frequencies: of its escaped postings, u4[…, 3].
        occurrences: the occurrences part of a words file, u1.
        start: where in it the list's form codes begin.
        bits: of a form code.
        wanted: by form code.
        out_docs: u4[n]; written, as all below.
        out_codes: u1[n].
        out_escaped: which of the written postings are escaped, i8[n].
        out_rows: the frequencies of these, u4[3 * n].

    Returns:
        How many postings are written, and how many of them are escaped.
    """
    occurrence = seen = kept = escapes = 0
    own = np.zeros(3, np.int64)
    for posting in range(codes.size):
        code = np.int64(codes[posting])
        for field in range(3):
            if code == ESCAPED:
                times = np.int64(escaped_frequencies[seen, field])
            elif field == 0:
                times = code // 84
            elif field == 1:
                times = code // 21 % 4
            else:
                times = code % 21
            own[field] = 0
            for _ in range(times):
                own[field] += wanted[_form(occurrences, start, bits, occurrence)]
                occurrence += 1
        seen += code == ESCAPED
        if own[0] + own[1] + own[2] == 0:
            continue
        out_docs[kept] = docs[posting]
        # What no code can say was escaped before it was narrowed.
        fits = code != ESCAPED or (own[0] <= 2 and own[1] <= 3 and own[2] <= 20)
        out_codes[kept] = own[0] * 84 + own[1] * 21 + own[2] if fits else ESCAPED
        if not fits:
            out_escaped[escapes] = kept
            for field in range(3):
                out_rows[3 * escapes + field] = own[field]
            escapes += 1
        kept += 1
    return kept, escapes


@compiled(U32, U8, MASK, W32, W8)
def only_live(docs: Array, codes: Array, live: Array, out_docs: Array, out_codes: Array) -> int:
    """Write the postings whose stories are live; return how many there are."""
    kept = 0
    for i in range(docs.size):
        out_docs[kept] = docs[i]
        out_codes[kept] = codes[i]
        kept += live[docs[i]]
    return kept
