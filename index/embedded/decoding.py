"""Reading posting lists without the interpreter: compiled loops over the bytes that `coding` describes.

No files and no words. The one idea: a list is read in one pass, straight from the mapped file into what a query works
on, and what a query does not want of it is passed over without being decoded.

A posting's three frequencies are its *code*, one byte, here as in the file; the few that do not fit (`coding.ESCAPED`)
stand apart, as pairs of place in the list and row of frequencies.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from index.analysis import HEADLINE_GAP
from index.compiled import I64, INT, MASK, TABLE, U8, U16, U32, W8, W32, W64, compiled
from index.embedded.coding import BLOCK, ESCAPED, FREQUENCIES
from index.embedded.values import Array, Bytes, Longs, Unsigned

#: What stands before every `STRIDE`-th posting: occurrences, escaped postings, low bytes, words; i8 each.
Marks: TypeAlias = tuple[Longs, Longs, Longs, Longs]

#: Postings between two marks in a list: from a mark, reading can begin.
STRIDE = 128

_CODES = FREQUENCIES.astype(np.uint8)
_HEADLINE = np.ascontiguousarray(_CODES[:, 0])
_TEXT = np.ascontiguousarray(_CODES[:, 1] + _CODES[:, 2])
#: Occurrences by code; 0 for ESCAPED.
TOTALS = _HEADLINE + _TEXT


@compiled(U16, INT, INT, INT, INT, INT, W32, INT)
def documents(pieces: Array, start: int, count: int, blocks: int, least: int, base: int, out: Array, at: int) -> None:
    """Write the document numbers of a list, each plus `base`, into `out` from `at` on.

    Args:
        pieces: the documents part of a words file.
        start: where the list begins in it.
        count: postings of the list.
        blocks: of the segment.
        least: from how many postings on a list has a table of blocks (`coding.least_blocked`).
        base: number of the segment's first story in its generation.
        out: u4, written.
        at: first place in `out`.
    """
    target = out[at : at + count]
    if blocks == 1:
        lows = pieces[start : start + count]
        for i in range(count):
            target[i] = np.uint32(lows[i]) + np.uint32(base)
    elif count < least:
        lows, highs = pieces[start : start + count], pieces[start + count : start + 2 * count]
        for i in range(count):
            target[i] = np.uint32(highs[i]) * np.uint32(BLOCK) + lows[i] + base
    else:
        head = start + 2 * (blocks + 1)
        end = 0
        for block in range(blocks):
            begin = end
            end = pieces[start + 2 * block + 2] + np.int64(pieces[start + 2 * block + 3]) * BLOCK
            lows, part = pieces[head + begin : head + end], target[begin:end]
            shift = np.uint32(block * BLOCK + base)
            for i in range(lows.size):
                part[i] = np.uint32(lows[i]) + shift


@compiled(U8, U32, W64, W64)
def _count(codes: Array, escaped_totals: Array, before: Array, escaped: Array) -> int:
    """Write how many occurrences and escaped postings stand before every `STRIDE`-th posting; return those of the list.

    Args:
        codes: of the list, u1.
        escaped_totals: occurrences of its escaped postings, u4.
        before: occurrences before the posting; written, i8.
        escaped: escaped postings before it; written.
    """
    total = seen = 0
    for mark in range(before.size):
        before[mark], escaped[mark] = total, seen
        part = codes[mark * STRIDE : min((mark + 1) * STRIDE, codes.size)]
        for i in range(part.size):
            total += TOTALS[part[i]]
            if part[i] == ESCAPED:
                total += escaped_totals[seen]
                seen += 1
    return total


@compiled(U8, INT, INT, I64, W64, W64)
def _mark(occurrences: Array, ladder: int, total: int, before: Array, stepped: Array, beyond: Array) -> int:
    """Write how many low bytes and words stand before every `STRIDE`-th posting; return the low bytes of the list.

    Args:
        occurrences: the occurrences part of a words file, u1.
        ladder: where in it the list's ladder of differences begins.
        total: occurrences of the list.
        before: occurrences before each of those postings.
        stepped: first bytes before it that need a low byte; written, i8.
        beyond: first bytes before it that need a word; written.
    """
    low = word = 0
    for mark in range(before.size):
        stepped[mark], beyond[mark] = low, word
        end = before[mark + 1] if mark + 1 < before.size else total
        part = occurrences[ladder + before[mark] : ladder + end]
        large = 0
        for i in range(part.size):
            large += part[i] >= 248
        if large:
            for i in range(part.size):
                low += (part[i] >= 248) & (part[i] < 255)
                word += part[i] == 255
    return low


def marked(codes: Bytes, escaped_totals: Unsigned, occurrences: Bytes, start: int, bits: int) -> tuple[int, int, Marks]:
    """Return how many occurrences a list has, how many first bytes of its ladder need a low byte, and its marks.

    Args:
        codes: of the list.
        escaped_totals: occurrences of its escaped postings.
        occurrences: the occurrences part of a words file.
        start: where in it the list's form codes begin.
        bits: of a form code.
    """
    size = -(-codes.size // STRIDE)
    before, escaped, stepped, beyond = (np.empty(size, np.int64) for _ in range(4))
    total = _count(codes, escaped_totals, before, escaped)
    steps = _mark(occurrences, start + -(-total * bits // 8), total, before, stepped, beyond)
    return total, steps, (before, escaped, stepped, beyond)


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


@compiled(U32, U32, U8, TABLE, U8, INT, INT, INT, INT, MASK, TABLE, I64, I64, I64, I64, INT, W32, W32)
def places(
    chosen: Array,
    docs: Array,
    codes: Array,
    escaped_frequencies: Array,
    occurrences: Array,
    start: int,
    ladder: int,
    total: int,
    bits: int,
    wanted: Array,
    lengths: Array,
    before: Array,
    escaped: Array,
    stepped: Array,
    beyond: Array,
    steps: int,
    out_docs: Array,
    out_positions: Array,
) -> int:
    """Write where a stem stands in some of its stories; return how many places there are.

    Args:
        chosen: which postings, ascending places in the list, u4.
        docs: of the list, u4; what its stories are called in `lengths` and in what is written.
        codes: of the list, u1.
        escaped_frequencies: of its escaped postings, u4[…, 3].
        occurrences: the occurrences part of a words file, u1.
        start: where in it the list's form codes begin.
        ladder: where in it the list's differences begin.
        total: occurrences of the whole list.
        bits: of a form code; 0 where the stem has one form.
        wanted: by form code, whether its places are wanted; of size 0 for all.
        lengths: words of the stories by field, u4[stories, 3].
        before: of the list's marks.
        escaped: of the list's marks.
        stepped: of the list's marks.
        beyond: of the list's marks.
        steps: first bytes of the whole list that need a low byte.
        out_docs: story of each place; written, large enough for all.
        out_positions: position in it of each place; written, as large.
    """
    found = 0
    mark = -1
    posting = occurrence = seen = low = word = 0
    lows = ladder + total
    words = lows + steps
    for pick in range(chosen.size):
        target = chosen[pick]
        if mark < 0 or target // STRIDE > max(mark, posting // STRIDE):
            mark = target // STRIDE
            posting = mark * STRIDE
            occurrence, seen, low, word = before[mark], escaped[mark], stepped[mark], beyond[mark]
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
            headline, text = np.int64(_HEADLINE[code]), np.int64(_TEXT[code])
        posting += 1
        position = np.int64(0)
        for which in range(headline + text):
            if which == headline:
                position = np.int64(lengths[docs[target], 0]) + HEADLINE_GAP
            first = occurrences[ladder + occurrence]
            if first < 248:
                position += first
            elif first < 255:
                position += (np.int64(first) - 248) * 256 + 248 + occurrences[lows + low]
                low += 1
            else:
                at = words + 4 * word
                position += (
                    np.int64(occurrences[at])
                    + np.int64(occurrences[at + 1]) * 256
                    + np.int64(occurrences[at + 2]) * 65_536
                    + np.int64(occurrences[at + 3]) * 16_777_216
                )
                word += 1
            if wanted.size == 0 or wanted[_form(occurrences, start, bits, occurrence)]:
                out_docs[found] = docs[target]
                out_positions[found] = position
                found += 1
            occurrence += 1
    return found


@compiled(U8, TABLE, U8, INT, INT, MASK, W32)
def narrowed(
    codes: Array, escaped_frequencies: Array, occurrences: Array, start: int, bits: int, wanted: Array, out: Array
) -> None:
    """Write how often only the `wanted` forms of a stem stand in each field of its stories.

    The occurrences of a posting are in the order of the text, so which field one is in follows from the frequencies.

    Args:
        codes: of the list, u1.
        escaped_frequencies: of its escaped postings, u4[…, 3].
        occurrences: the occurrences part of a words file, u1.
        start: where in it the list's form codes begin.
        bits: of a form code.
        wanted: by form code.
        out: u4[3 * postings], zeros; written.
    """
    occurrence = seen = 0
    for posting in range(codes.size):
        code = codes[posting]
        for field in range(3):
            if code == ESCAPED:
                times = np.int64(escaped_frequencies[seen, field])
            elif field == 0:
                times = np.int64(code) // 84
            elif field == 1:
                times = np.int64(code) // 21 % 4
            else:
                times = np.int64(code) % 21
            for _ in range(times):
                out[3 * posting + field] += wanted[_form(occurrences, start, bits, occurrence)]
                occurrence += 1
        seen += code == ESCAPED


@compiled(U32, U8, MASK, W32, W8)
def only_live(docs: Array, codes: Array, live: Array, out_docs: Array, out_codes: Array) -> int:
    """Write the postings whose stories are live; return how many there are."""
    kept = 0
    for i in range(docs.size):
        out_docs[kept] = docs[i]
        out_codes[kept] = codes[i]
        kept += live[docs[i]]
    return kept
