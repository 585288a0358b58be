"""Keys of written forms as bytes: sorted, told apart by stem, and written as the lexicon of a segment.

A key is stem, folded form and form with zeros between them (`index.embedded.lexicon.key`), so that keys are in order
as these three are. The one idea: an index has millions of forms and no need of a single one as an object of Python's;
all are ranges of one array, and what is sorted is their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.compiled import I64, INT, U8, W8, W64, compiled
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.values import Array, Bytes, Longs


@dataclass(frozen=True, slots=True)
class Keys:
    """Sorted keys: key i is `pool[starts[i]:ends[i]]`, in UTF-8."""

    pool: Bytes
    starts: Longs
    ends: Longs

    def __len__(self) -> int:
        return len(self.starts)

    def stems(self) -> Longs:
        """Return for each key how many different stems come before its own."""
        return _ranks(self.pool, self.starts, self._parts()[0])

    def write(self, file: ArrayFileWriter, chosen: Array, codes: npt.NDArray[np.uint16]) -> None:
        """Write the lexicon parts of a words file.

        Args:
            file: the words file.
            chosen: numbers of the keys of the segment, ascending.
            codes: of these, each within its stem.
        """
        pool, starts, ends = self.pool, self.starts[chosen], self.ends[chosen]
        chosen_keys = Keys(pool, starts, ends)
        stem_ends, folded_ends = chosen_keys._parts()
        folded_starts, form_starts = stem_ends + 1, folded_ends + 1
        ordinals = _ranks(pool, starts, stem_ends)
        firsts = np.flatnonzero(np.diff(ordinals, prepend=-1))
        _write_lines(file, "stems", "stem_offsets", pool, starts[firsts], stem_ends[firsts])
        order = in_order(pool, folded_starts, folded_ends)
        folded_starts, folded_ends = folded_starts[order], folded_ends[order]
        ordinals = ordinals[order]
        begins = np.ones(len(order), np.bool_)
        begins[1:] = (np.diff(_ranks(pool, folded_starts, folded_ends)) != 0) | (np.diff(ordinals) != 0)
        first_forms = np.flatnonzero(begins)
        _write_lines(file, "folded", "folded_offsets", pool, folded_starts[first_forms], folded_ends[first_forms])
        _write_lines(file, "forms", "form_offsets", pool, form_starts[order], ends[order])
        ordinals = ordinals[first_forms]
        file.append("folded_stems", ordinals, np.uint32)
        file.append("form_starts", np.append(first_forms, len(order)), np.uint32)
        file.append("form_codes", codes[order], np.uint16)
        by_stem = np.argsort(ordinals, kind="stable")
        file.append("stem_folded", by_stem, np.uint32)
        file.append("stem_starts", np.searchsorted(ordinals[by_stem], np.arange(firsts.size + 1)), np.uint32)

    def _parts(self) -> tuple[Longs, Longs]:
        """Return where the stem of each key ends, and where its folded form does."""
        stem_ends, folded_ends = np.empty_like(self.starts), np.empty_like(self.starts)
        _part(self.pool, self.starts, stem_ends, folded_ends)
        return stem_ends, folded_ends


def in_order(pool: Bytes, starts: Longs, ends: Longs) -> Longs:
    """Return the numbers of the strings `pool[starts[i]:ends[i]]` in the order of the strings; equal ones as they come.

    Eight bytes are compared at a time for all of them; only where those are the same, the rest.
    """
    prefixes = np.empty(starts.size, np.int64)
    _prefix(pool, starts, ends, prefixes)
    order: Longs = np.argsort(prefixes, kind="stable")
    _settle(pool, starts, ends, prefixes, order, np.empty_like(order))
    return order


@compiled(U8, I64, I64, W64)
def _prefix(pool: Array, starts: Array, ends: Array, out: Array) -> None:
    for i in range(starts.size):
        value = np.int64(0)
        for j in range(8):
            at = starts[i] + j
            value = value << 8
            if at < ends[i]:
                value |= np.int64(pool[at])
        # The top bit the other way round: signed numbers are then in the order of the bytes.
        out[i] = value ^ np.int64(-9_223_372_036_854_775_808)


@compiled(U8, INT, INT, INT, INT)
def _is_less(pool: Array, start: int, end: int, other: int, other_end: int) -> bool:
    while start < end and other < other_end:
        if pool[start] != pool[other]:
            less: bool = pool[start] < pool[other]
            return less
        start += 1
        other += 1
    return start == end and other < other_end


@compiled(U8, I64, I64, I64, W64, W64)
def _settle(pool: Array, starts: Array, ends: Array, prefixes: Array, order: Array, spare: Array) -> None:
    """Sort runs of the same prefix by the whole strings: merge sort, from the bottom."""
    begin = 0
    while begin < order.size:
        end = begin + 1
        while end < order.size and prefixes[order[end]] == prefixes[order[begin]]:
            end += 1
        width = 1
        while width < end - begin:
            for low in range(begin, end, 2 * width):
                middle, high = min(low + width, end), min(low + 2 * width, end)
                left, right, at = low, middle, low
                while left < middle or right < high:
                    from_right = left == middle
                    if left < middle and right < high:
                        a, b = order[right], order[left]
                        from_right = _is_less(pool, starts[a], ends[a], starts[b], ends[b])
                    if from_right:
                        spare[at] = order[right]
                        right += 1
                    else:
                        spare[at] = order[left]
                        left += 1
                    at += 1
            for i in range(begin, end):
                order[i] = spare[i]
            width *= 2
        begin = end


@compiled(U8, I64, W64, W64)
def _part(pool: Array, starts: Array, stem_ends: Array, folded_ends: Array) -> None:
    for i in range(starts.size):
        at = starts[i]
        while pool[at] != 0:
            at += 1
        stem_ends[i] = at
        at += 1
        while pool[at] != 0:
            at += 1
        folded_ends[i] = at


@compiled(U8, I64, I64, W64)
def _rank(pool: Array, starts: Array, ends: Array, out: Array) -> None:
    rank = 0
    for i in range(starts.size):
        if i > 0:
            size = ends[i] - starts[i]
            same = size == ends[i - 1] - starts[i - 1]
            j = 0
            while same and j < size:
                same = pool[starts[i] + j] == pool[starts[i - 1] + j]
                j += 1
            rank += not same
        out[i] = rank


def _ranks(pool: Bytes, starts: Longs, ends: Longs) -> Longs:
    """Return for each of these sorted strings how many different ones come before it."""
    ranks = np.empty_like(starts)
    _rank(pool, starts, ends, ranks)
    return ranks


@compiled(U8, I64, I64, W8)
def _line_up(pool: Array, starts: Array, ends: Array, out: Array) -> None:
    at = 0
    for i in range(starts.size):
        for j in range(starts[i], ends[i]):
            out[at] = pool[j]
            at += 1
        out[at] = 10
        at += 1


def lined_up(pool: Bytes, starts: Longs, ends: Longs) -> tuple[Bytes, Longs]:
    """Return the strings `pool[starts[i]:ends[i]]` as lines, and where each begins and the last one ends."""
    offsets = np.append(0, np.cumsum(ends - starts + 1))
    blob = np.empty(int(offsets[-1]), np.uint8)
    _line_up(pool, starts, ends, blob)
    return blob, offsets


def _write_lines(file: ArrayFileWriter, name: str, offsets: str, pool: Bytes, starts: Longs, ends: Longs) -> None:
    blob, begins = lined_up(pool, starts, ends)
    file.append(name, blob, np.uint8)
    file.append(offsets, begins, np.uint32)
