"""Sets of stories as ascending arrays of numbers, and places in their texts as flat arrays: the arithmetic of matching.

No index and no query here. The one idea: two ascending arrays are walked through once, side by side, in a compiled loop
that leaps over what the other array lacks; so an operation costs what the smaller of its sides does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from index.compiled import INT, U32, W8, W32, WMASK, compiled

#: Numbers of stories in a generation, ascending, each once; u4.
Docs: TypeAlias = npt.NDArray[np.uint32]
Mask: TypeAlias = npt.NDArray[np.bool_]
Array: TypeAlias = npt.NDArray[Any]

#: Sets that hold together more than one story in this many are united by marking stories, not by sorting.
_DENSE = 16

EMPTY: Docs = np.empty(0, dtype=np.uint32)


@compiled(U32, INT, INT)
def leap(numbers: Array, begin: int, wanted: int) -> int:
    """Return the first place at or after `begin` whose number is not below `wanted`; the size where there is none.

    Galloping search (Bentley and Yao, "An almost optimal algorithm for unbounded searching", 1976): what is near
    `begin` is found in a few steps however long the array.
    """
    size = numbers.size
    step = 1
    low = begin
    while begin < size and numbers[begin] < wanted:
        low = begin + 1
        begin += step
        step *= 2
    high = min(begin, size)
    while low < high:
        middle = (low + high) // 2
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled(U32)
def ascending(numbers: Array) -> bool:
    """Say whether every number is larger than the one before."""
    good = True
    for i in range(1, numbers.size):
        good &= numbers[i] > numbers[i - 1]
    return good


@compiled(U32, U32, W32, W32)
def _meet(a: Array, b: Array, in_a: Array, in_b: Array) -> int:
    """Write where in `a` and where in `b` the numbers of both stand; return how many there are."""
    i = j = found = 0
    while i < a.size and j < b.size:
        if a[i] < b[j]:
            i = leap(a, i + 1, b[j])
        elif b[j] < a[i]:
            j = leap(b, j + 1, a[i])
        else:
            in_a[found] = i
            in_b[found] = j
            found += 1
            i += 1
            j += 1
    return found


@compiled(U32, U32, W32, INT)
def _select(a: Array, b: Array, out: Array, both: int) -> int:
    """Write the numbers of `a` that `b` has too (`both` 1) or has not (0); return how many there are."""
    i = j = found = 0
    while i < a.size:
        if j < b.size and b[j] < a[i]:
            j = leap(b, j + 1, a[i])
        here = j < b.size and b[j] == a[i]
        if here == both:
            out[found] = a[i]
            found += 1
        if both and not here:
            if j >= b.size:
                break
            i = leap(a, i + 1, b[j])
        else:
            i += 1
    return found


@compiled(U32, U32, WMASK)
def _among(a: Array, b: Array, out: Array) -> None:
    """Say for each of `a` whether `b` has it."""
    j = 0
    for i in range(a.size):
        if j < b.size and b[j] < a[i]:
            j = leap(b, j + 1, a[i])
        out[i] = j < b.size and b[j] == a[i]


@compiled(U32, W8)
def mark(docs: Array, cells: Array) -> None:
    """Write 1 to the cell of each story."""
    for i in range(docs.size):
        cells[docs[i]] = 1


@compiled(W8, W32)
def sweep(cells: Array, out: Array) -> int:
    """Write the stories whose cells are not 0, clear all cells, and return how many; `out` has room for one more."""
    found = 0
    for doc in range(cells.size):
        out[found] = doc
        found += cells[doc] != 0
        cells[doc] = 0
    return found


def find(needles: Docs, among: Docs) -> tuple[Docs, Docs]:
    """Return where in `needles` stand the numbers that `among` has too, and where in `among` those stand.

    >>> find(np.array([1, 4, 9], np.uint32), np.array([4, 5, 9], np.uint32))
    (array([1, 2], dtype=uint32), array([0, 2], dtype=uint32))
    """
    size = min(needles.size, among.size)
    here, there = np.empty(size, np.uint32), np.empty(size, np.uint32)
    found = _meet(needles, among, here, there)
    return here[:found], there[:found]


def contained(docs: Docs, among: Docs) -> Mask:
    """Say for each of `docs` whether `among` has it."""
    if docs is among:
        return np.ones(docs.size, dtype=np.bool_)
    mask = np.empty(docs.size, dtype=np.bool_)
    _among(docs, among, mask)
    return mask


def intersection(a: Docs, b: Docs) -> Docs:
    """Return the stories in both."""
    if a is b:
        return a
    few, many = (a, b) if a.size <= b.size else (b, a)
    out = np.empty(few.size, np.uint32)
    return out[: _select(few, many, out, 1)]


def difference(docs: Docs, without: Docs) -> Docs:
    """Return the stories of `docs` that are not in `without`."""
    if not without.size:
        return docs
    out = np.empty(docs.size, np.uint32)
    return out[: _select(docs, without, out, 0)]


def union(sets: Sequence[Docs], cells: Array) -> Docs:
    """Return the stories in any of `sets`; `cells` is a u1 of zeros for every story there is, and so is left."""
    filled = [docs for docs in sets if docs.size]
    if len(filled) < 2:
        return filled[0] if filled else EMPTY
    total = sum(docs.size for docs in filled)
    if total * _DENSE < cells.size:
        return distinct(np.sort(np.concatenate(filled)))
    for docs in filled:
        mark(docs, cells)
    out = np.empty(min(total, cells.size) + 1, np.uint32)
    return out[: sweep(cells, out)]


def distinct(numbers: Array) -> Array:
    """Return ascending `numbers`, each once."""
    if numbers.size < 2:
        return numbers
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))]


def ranges(starts: Array, lengths: Array) -> npt.NDArray[np.intp]:
    """Return the numbers of several ranges one after the other: `starts[i]` to `starts[i] + lengths[i] - 1`.

    >>> ranges(np.array([10, 3]), np.array([2, 3]))
    array([10, 11,  3,  4,  5])
    """
    ends = np.cumsum(lengths)
    if not ends.size or not ends[-1]:
        return np.empty(0, dtype=np.intp)
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Spans:
    """Places in stories: story, first and last position of each, ordered by story, first and last position; each once.

    All three are u4 arrays of one length; places of single words share one array for first and last.
    """

    docs: Docs
    starts: Docs
    ends: Docs

    @property
    def stories(self) -> Docs:
        """The stories with at least one of the places."""
        return distinct(self.docs)

    @property
    def are_words(self) -> bool:
        """Whether every place is known to be a single word."""
        return self.starts is self.ends

    def where(self, keep: Array) -> Spans:
        """Return the places that `keep` (a mask or ascending indices) chooses."""
        starts = self.starts[keep]
        return Spans(self.docs[keep], starts, starts if self.are_words else self.ends[keep])


NOWHERE = Spans(EMPTY, EMPTY, EMPTY)


@compiled(U32, U32, U32)
def _in_order(docs: Array, starts: Array, ends: Array) -> bool:
    for i in range(1, docs.size):
        if docs[i] != docs[i - 1]:
            if docs[i] < docs[i - 1]:
                return False
        elif starts[i] < starts[i - 1] or (starts[i] == starts[i - 1] and ends[i] <= ends[i - 1]):
            return False
    return True


def ordered(docs: Docs, starts: Docs, ends: Docs) -> Spans:
    """Return places given in any order, and perhaps twice, as spans."""
    if _in_order(docs, starts, ends):
        return Spans(docs, starts, ends)
    if starts is ends:
        # One key a place is sorted several times faster than three arrays.
        keys = docs.astype(np.uint64) << np.uint64(32) | starts
        keys.sort()
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
        places = keys.astype(np.uint32)
        return Spans((keys >> np.uint64(32)).astype(np.uint32), places, places)
    order = np.lexsort((ends, starts, docs))
    docs, starts, ends = docs[order], starts[order], ends[order]
    fresh = np.concatenate(([True], (docs[1:] != docs[:-1]) | (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])))
    return Spans(docs[fresh], starts[fresh], ends[fresh])


def together(several: Sequence[Spans]) -> Spans:
    """Return the places of all of `several`, each once."""
    filled = [spans for spans in several if spans.docs.size]
    if len(filled) < 2:
        return filled[0] if filled else NOWHERE
    starts = np.concatenate([spans.starts for spans in filled])
    words = all(spans.are_words for spans in filled)
    ends = starts if words else np.concatenate([spans.ends for spans in filled])
    return ordered(np.concatenate([spans.docs for spans in filled]), starts, ends)


@compiled(U32, U32, INT, U32, U32, INT, W32, W32)
def _follow(
    docs: Array,
    starts: Array,
    before: int,
    others: Array,
    places: Array,
    after: int,
    out_docs: Array,
    out_starts: Array,
) -> int:
    """Write the places of both lists, `before` taken from those of the first and `after` from those of the second."""
    i = j = found = 0
    while i < docs.size and j < others.size:
        if docs[i] < others[j]:
            i = leap(docs, i + 1, others[j])
        elif others[j] < docs[i]:
            j = leap(others, j + 1, docs[i])
        else:
            here, there = np.int64(starts[i]) - before, np.int64(places[j]) - after
            if here == there and here >= 0:
                out_docs[found] = docs[i]
                out_starts[found] = here
                found += 1
            i += int(here <= there)
            j += int(there <= here)
    return found


def continued(first: Spans, before: int, second: Spans, after: int) -> Spans:
    """Return the places `before` words ahead of one of the first and `after` words ahead of one of the second."""
    size = min(first.docs.size, second.docs.size)
    docs, starts = np.empty(size, np.uint32), np.empty(size, np.uint32)
    found = _follow(first.docs, first.starts, before, second.docs, second.starts, after, docs, starts)
    return Spans(docs[:found], starts[:found], starts[:found])


@compiled(U32, U32, U32, U32, U32, U32, U32, U32, U32, INT, INT, W32, W32, W32)
def _near(
    docs: Array,
    starts: Array,
    ends: Array,
    behind_docs: Array,
    behind_starts: Array,
    behind_ends: Array,
    before_docs: Array,
    before_starts: Array,
    before_ends: Array,
    distance: int,
    in_order: int,
    out_docs: Array,
    out_starts: Array,
    out_ends: Array,
) -> int:
    """Write the spans of `near`; the right side is given twice, by its first and by its last positions."""
    found = behind = before = 0
    for i in range(docs.size):
        doc, start, end = docs[i], np.int64(starts[i]), np.int64(ends[i])
        if behind < behind_docs.size and behind_docs[behind] < doc:
            behind = leap(behind_docs, behind + 1, doc)
        # The last story's right side may lie wholly before: it is passed by `behind`, but not by `before`.
        if behind == behind_docs.size and (in_order or behind_docs[behind - 1] < doc):
            break
        gap: Any = distance + 1
        first: Any = start
        last: Any = end
        while behind < behind_docs.size and behind_docs[behind] == doc and behind_starts[behind] <= start:
            behind += 1
        j = behind
        while j < behind_docs.size and behind_docs[j] == doc and behind_starts[j] <= end:
            j += 1
        if j < behind_docs.size and behind_docs[j] == doc and behind_starts[j] - end < gap:
            gap = behind_starts[j] - end
            last = np.int64(behind_ends[j])
        if not in_order:
            if before < before_docs.size and before_docs[before] < doc:
                before = leap(before_docs, before + 1, doc)
            while before < before_docs.size and before_docs[before] == doc and before_ends[before] < start:
                before += 1
            best = before - 1
            if best >= 0 and before_docs[best] == doc and start - before_ends[best] < gap:
                gap = start - before_ends[best]
                first, last = np.int64(before_starts[best]), end
        if gap <= distance:
            out_docs[found] = doc
            out_starts[found] = first
            out_ends[found] = last
            found += 1
    return found


def near(left: Spans, right: Spans, distance: int, *, in_order: bool) -> Spans:
    """Return, for each place of `left` with one of `right` within `distance` words, the span of it and the nearest.

    The distance is counted between the nearest ends, 1 for neighbours; places that overlap are not near one another.
    Of two equally near, the one behind counts.
    """
    if not left.docs.size or not right.docs.size:
        return NOWHERE
    before = right
    if not right.are_words and not in_order:
        # Of several that end together the last in this order counts, the longest.
        order = np.lexsort((-right.starts.astype(np.int64), right.ends, right.docs))
        before = right.where(order)
    out_docs, out_starts, out_ends = (np.empty(left.docs.size, np.uint32) for _ in range(3))
    found = _near(
        left.docs,
        left.starts,
        left.ends,
        right.docs,
        right.starts,
        right.ends,
        before.docs,
        before.starts,
        before.ends,
        distance,
        int(in_order),
        out_docs,
        out_starts,
        out_ends,
    )
    return ordered(out_docs[:found], out_starts[:found], out_ends[:found])
