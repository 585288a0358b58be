"""The words of a sorted list that are few edits away from a word: inserted, left out, replaced, neighbours swapped.

No counts and no stories here. The one idea: a sorted list is a tree of letters already. Its words are gone through in
order with the table of distances kept letter by letter, so that what begins as the last word did is not computed again,
and all words with a beginning from which the wanted word can no longer be reached are leapt over at once.

The distance is that of optimal string alignment: no letter is edited twice.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import INT, U8, U32, W8, W32, W64, compiled
from index.embedded.lexicon import Lines, encoded
from search.embedded.sets import Array

#: From these bytes on, a byte is the first of a letter that takes two, three or four of them in UTF-8.
_TWO, _THREE, _FOUR = 0xC0, 0xE0, 0xF0


def within(lines: Lines, word: str, distance: int, kept: int = 0) -> tuple[Array, Array]:
    """Return the lines at most `distance` edits away from `word`.

    Args:
        lines: sorted, in UTF-8.
        word: what they are compared with.
        distance: edits allowed.
        kept: letters at the beginning that must be the same.

    Returns:
        Numbers of the lines, ascending, u4; the edits that each is away, u1.
    """
    begin = encoded(word[:kept])
    low, high = lines.bisect(begin), lines.bisect(begin + b"\xff") if begin else len(lines)
    letters = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    found, edits = np.empty(high - low, np.uint32), np.empty(high - low, np.uint8)
    deepest, width = letters.size + distance + 2, letters.size + 1
    rows, ends = np.empty(deepest * width, np.int64), np.zeros(deepest, np.int64)
    many = _walk(lines.array(), lines.offsets, letters, distance, low, high, rows, ends, found, edits)
    return found[:many], edits[:many]


@compiled(U8, U32, INT, INT, INT)
def _begins(text: Array, offsets: Array, line: int, start: int, size: int) -> bool:
    first = np.int64(offsets[line])
    if np.int64(offsets[line + 1]) - 1 - first < size:
        return False
    same = 0
    while same < size and text[first + same] == text[start + same]:
        same += 1
    return same == size


@compiled(U8, U32, INT, INT, INT, INT)
def _beyond(text: Array, offsets: Array, line: int, high: int, start: Any, size: int) -> int:
    """Return the first line after `line` that does not begin with the `size` bytes at `start`; `high` for none."""
    low, step = line + 1, 1
    probe = low
    while probe < high and _begins(text, offsets, probe, start, size):
        low = probe + 1
        probe += step
        step *= 2
    probe = min(probe, high)
    while low < probe:
        middle = (low + probe) // 2
        if _begins(text, offsets, middle, start, size):
            low = middle + 1
        else:
            probe = middle
    return low


@compiled(U8, INT)
def _letter(text: Array, at: int) -> tuple[Any, int]:
    """Return the letter at a byte of UTF-8, and how many bytes it takes."""
    head = np.int64(text[at])
    if head < _TWO:
        return head, 1
    used = 2 if head < _THREE else 3 if head < _FOUR else 4
    letter = head & (0x7F >> used)
    for byte in range(1, used):
        letter = letter << 6 | np.int64(text[at + byte]) & 0x3F
    return letter, used


@compiled(U8, U32, U32, INT, INT, INT, W64, W64, W32, W8)
def _walk(
    text: Array,
    offsets: Array,
    word: Array,
    distance: int,
    low: int,
    high: int,
    rows: Array,
    ends: Array,
    found: Array,
    edits: Array,
) -> int:
    """Write the lines from `low` to `high` that are near to `word` and how far they are; return how many.

    Args:
        text: the lines.
        offsets: where each begins, and after the last one where the text ends.
        word: letters.
        distance: edits allowed.
        low: first line to look at.
        high: the line after the last one.
        rows: room for the table, a row a letter of a line; i8[(size of the word + distance + 2) * (size + 1)].
        ends: room for the byte at which each letter of a line ends, as long as the table is deep; zeros.
        found: numbers; written.
        edits: distances; written.
    """
    size = word.size
    width = size + 1
    far = distance + 1
    for place in range(width):
        rows[place] = min(place, far)
    many = shared = 0
    line = low
    while line < high:
        first, stop = np.int64(offsets[line]), np.int64(offsets[line + 1]) - 1
        depth = shared
        hopeless = False
        while first + ends[depth] < stop:
            at = first + ends[depth]
            letter, used = _letter(text, at)
            before, _ = _letter(text, first + ends[depth - 1]) if depth else (np.int64(0), 1)
            last, row = depth * width, (depth + 1) * width
            depth += 1
            ends[depth] = at + used - first
            least = far
            begin, end = max(depth - distance, 0), min(depth + distance, size)
            if begin:
                rows[row + begin - 1] = far
            for place in range(begin, end + 1):
                best = rows[last + place] + 1 if place < depth + distance else far
                if place:
                    other = np.int64(word[place - 1])
                    best = min(best, rows[row + place - 1] + 1, rows[last + place - 1] + (other != letter))
                    swapped = depth > 1 and place > 1 and other == before and np.int64(word[place - 2]) == letter
                    if swapped:
                        best = min(best, rows[last - width + place - 2] + 1)
                rows[row + place] = best
                least = min(least, best)
            if least > distance:
                hopeless = True
                break
        start, kept = first, ends[depth]
        if hopeless:
            line = _beyond(text, offsets, line, high, start, kept)
        else:
            if depth >= size - distance and rows[depth * width + size] <= distance:
                found[many], edits[many] = line, rows[depth * width + size]
                many += 1
            line += 1
        if line < high:
            other_first = np.int64(offsets[line])
            most = min(kept, np.int64(offsets[line + 1]) - 1 - other_first)
            same = 0
            while same < most and text[start + same] == text[other_first + same]:
                same += 1
            shared = depth
            while ends[shared] > same:
                shared -= 1
    return many
