"""Sets of stories as ascending arrays of numbers, and places in their texts as flat arrays: the arithmetic of matching.

No index and no query here. The one idea: two sets are joined by whichever of two ways is cheaper, looking the few up
among the many by bisection, or marking the many in an array as long as the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

#: Numbers of stories in a generation, ascending, each once.
Docs: TypeAlias = npt.NDArray[np.intp]
Mask: TypeAlias = npt.NDArray[np.bool_]
Array: TypeAlias = npt.NDArray[Any]

#: Bisecting for one number costs about as much as passing this many in a row.
_BISECTION = 24

#: Numbers that are looked at to learn where large ones lie among many.
_SAMPLED = 2_048

EMPTY: Docs = np.empty(0, dtype=np.intp)


def find(needles: Docs, among: Docs) -> tuple[Docs, Docs]:
    """Return where in `needles` stand the numbers that `among` has too, and where in `among` those stand.

    >>> find(np.array([1, 4, 9]), np.array([4, 5, 9]))
    (array([1, 2]), array([0, 2]))
    """
    if not needles.size or not among.size:
        return EMPTY, EMPTY
    places = np.searchsorted(among, needles)
    places[places == among.size] = 0
    hits = np.flatnonzero(among[places] == needles)
    return hits, places[hits]


def contained(docs: Docs, among: Docs, count: int) -> Mask:
    """Say for each of `docs` whether `among` has it; `count` is the number of stories there are."""
    if docs is among:
        return np.ones(docs.size, dtype=np.bool_)
    if not docs.size or not among.size:
        return np.zeros(docs.size, dtype=np.bool_)
    if docs.size * _BISECTION < among.size + count // 16:
        places = np.searchsorted(among, docs)
        places[places == among.size] = 0
        return np.asarray(among[places] == docs)
    marks = np.zeros(count, dtype=np.bool_)
    marks[among] = True
    return marks[docs]


def intersection(a: Docs, b: Docs, count: int) -> Docs:
    """Return the stories in both."""
    few, many = (a, b) if a.size <= b.size else (b, a)
    return few[contained(few, many, count)]


def difference(docs: Docs, without: Docs, count: int) -> Docs:
    """Return the stories of `docs` that are not in `without`."""
    return docs[~contained(docs, without, count)] if without.size else docs


def union(sets: Sequence[Docs], count: int) -> Docs:
    """Return the stories in any of `sets`."""
    filled = [docs for docs in sets if docs.size]
    if len(filled) < 2:
        return filled[0] if filled else EMPTY
    if sum(docs.size for docs in filled) * 8 < count:
        # A stable sort merges runs that are in order already; np.unique would hash every number.
        every = np.sort(np.concatenate(filled), kind="stable")
        return every[np.concatenate(([True], every[1:] != every[:-1]))]
    marks = np.zeros(count, dtype=np.bool_)
    for docs in filled:
        marks[docs] = True
    return np.flatnonzero(marks)


def kth_largest(numbers: Array, k: int) -> Any:
    """Return the `k`-th largest of `numbers` (1 <= k <= their number).

    Where there are many, a sample tells where about it lies, and only what is larger than that is looked into: ten
    times faster than partitioning all.

    >>> int(kth_largest(np.array([3, 9, 7, 9]), 3))
    7
    """
    if numbers.size > _SAMPLED * 4:
        sample = numbers[:: numbers.size // _SAMPLED]
        place = 2 * k * sample.size // numbers.size + 16
        if place < sample.size:
            high = numbers[numbers >= np.partition(sample, sample.size - place)[sample.size - place]]
            if k <= high.size < numbers.size:
                numbers = high
    return np.partition(numbers, numbers.size - k)[numbers.size - k]


def ranges(starts: Array, lengths: Array) -> Docs:
    """Return the numbers of several ranges one after the other: `starts[i]` to `starts[i] + lengths[i] - 1`.

    >>> ranges(np.array([10, 3]), np.array([2, 3]))
    array([10, 11,  3,  4,  5])
    """
    ends = np.cumsum(lengths)
    if not ends.size or not ends[-1]:
        return EMPTY
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Spans:
    """Places in stories: story, first and last position of each, ordered by story, first and last position; each once.

    All three are i8 arrays of one length.
    """

    docs: Docs
    starts: Docs
    ends: Docs

    @property
    def stories(self) -> Docs:
        """The stories with at least one of the places."""
        if not self.docs.size:
            return EMPTY
        return self.docs[np.concatenate(([True], self.docs[1:] != self.docs[:-1]))]

    def where(self, keep: Array) -> Spans:
        """Return the places that `keep` (a mask or ascending indices) chooses."""
        return Spans(self.docs[keep], self.starts[keep], self.ends[keep])


NOWHERE = Spans(EMPTY, EMPTY, EMPTY)


def ordered(docs: Docs, starts: Docs, ends: Docs) -> Spans:
    """Return places given in any order, and perhaps twice, as spans."""
    order = np.lexsort((ends, starts, docs))
    docs, starts, ends = docs[order], starts[order], ends[order]
    if docs.size < 2:
        return Spans(docs, starts, ends)
    fresh = np.concatenate(([True], (docs[1:] != docs[:-1]) | (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])))
    return Spans(docs[fresh], starts[fresh], ends[fresh])


def together(several: Sequence[Spans]) -> Spans:
    """Return the places of all of `several`, each once."""
    filled = [spans for spans in several if spans.docs.size]
    if len(filled) < 2:
        return filled[0] if filled else NOWHERE
    return ordered(
        np.concatenate([spans.docs for spans in filled]),
        np.concatenate([spans.starts for spans in filled]),
        np.concatenate([spans.ends for spans in filled]),
    )


def keys(docs: Docs, positions: Docs) -> Docs:
    """Return one number for each place that orders by story and then by position; positions may be negative."""
    return (docs << 32) + positions


def one_after_the_other(parts: Sequence[Spans]) -> Spans:
    """Return the places where a word of each of `parts` stands directly after one of the part before."""

    def step(found: Docs, part: tuple[int, Spans]) -> Docs:
        place, spans = part
        here = keys(spans.docs, spans.starts - place)
        few, many = (found, here) if found.size <= here.size else (here, found)
        return few[find(few, many)[0]]

    first, *rest = sorted(enumerate(parts), key=lambda part: part[1].docs.size)
    begin = keys(first[1].docs, first[1].starts - first[0])
    met = reduce(step, rest, begin)
    met = met[(met & 0xFFFFFFFF) < 2**31]
    docs, starts = met >> 32, met & 0xFFFFFFFF
    return Spans(docs, starts, starts + (len(parts) - 1))


def near(left: Spans, right: Spans, distance: int, *, in_order: bool) -> Spans:
    """Return, for each place of `left` with one of `right` within `distance` words, the span of it and the nearest.

    The distance is counted between the nearest ends, 1 for neighbours; places that overlap are not near one another.
    Of two equally near, the one behind counts.
    """
    if not left.docs.size or not right.docs.size:
        return NOWHERE
    far = np.int64(2**31)
    behind = keys(right.docs, right.starts)
    place = np.searchsorted(behind, keys(left.docs, left.ends), side="right")
    inside = np.minimum(place, behind.size - 1)
    good = (place < behind.size) & (right.docs[inside] == left.docs)
    gap = np.where(good, right.starts[inside] - left.ends, far)
    starts, ends = left.starts, np.where(good, right.ends[inside], left.ends)
    if not in_order:
        by_end = np.lexsort((-right.starts, right.ends, right.docs))
        before = keys(right.docs[by_end], right.ends[by_end])
        place = np.searchsorted(before, keys(left.docs, left.starts), side="left") - 1
        chosen = by_end[np.maximum(place, 0)]
        good = (place >= 0) & (right.docs[chosen] == left.docs)
        other = np.where(good, left.starts - right.ends[chosen], far)
        closer = other < gap
        gap = np.minimum(gap, other)
        starts = np.where(closer, right.starts[chosen], starts)
        ends = np.where(closer, left.ends, ends)
    keep = gap <= distance
    return ordered(left.docs[keep], starts[keep], ends[keep])


def smallest_distances(a: Spans, b: Spans, docs: Docs, window: int) -> npt.NDArray[np.float64]:
    """Return for each of `docs` the smallest distance of a place of `a` from one of `b`, where it is within `window`.

    Only first positions count. Stories without such a pair have `inf`.
    """
    nearest = np.full(docs.size, np.inf)
    if not a.docs.size or not b.docs.size:
        return nearest
    here, there = keys(a.docs, a.starts), keys(b.docs, b.starts)
    place = np.searchsorted(there, here)
    after = np.abs(there[np.minimum(place, there.size - 1)] - here)
    before = np.abs(here - there[np.maximum(place - 1, 0)])
    gap = np.minimum(after, before)
    close = np.flatnonzero(gap <= window)
    np.minimum.at(nearest, np.searchsorted(docs, a.docs[close]), gap[close])
    return nearest
