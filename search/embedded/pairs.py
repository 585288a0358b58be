"""Two terms in the same stories: one after the other, near one another, how near at best.

No trees and no scores. The one idea: the places of both are read side by side, story by story, and forgotten again;
only where that cannot be done (a pattern, a field) are all places of a term laid out first.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from index.compiled import INT, U32, W32, compiled
from index.embedded import Ranks, Reader, abreast
from index.embedded.rank import NO_RANKS
from search.embedded import desk
from search.embedded.columns import Columns
from search.embedded.sets import EMPTY, NOWHERE, Array, Docs, Spans, intersection, leap
from search.embedded.terms import Term


def following(columns: Columns, one: Term, other: Term, gap: int, among: Docs | None) -> Spans | None:
    """Return the places of `one` that `other` stands `gap` words behind (before where negative).

    None where their places cannot be read side by side; `among` are the stories to look at, None for all.
    """
    parts = _side_by_side(columns, one, other, _shared(one, other, among))
    if parts is None:
        return None
    found = []
    for segment, mine, its, stories in parts:
        ranks, its_ranks = _ranks(one, segment, mine, stories), _ranks(other, segment, its, stories)
        room = min(int(mine[5][2]), int(mine[5][5]) * stories.size)
        docs, positions = np.empty(room, np.uint32), np.empty(room, np.uint32)
        many = abreast.side_by_side(
            mine,
            its,
            ranks,
            its_ranks,
            stories,
            columns.lengths,
            abreast.FOLLOW,
            gap,
            1,
            desk.TOGETHER,
            docs,
            positions,
        )
        found.append((docs[:many], positions[:many]))
    if not found:
        return NOWHERE
    docs, positions = found[0] if len(found) == 1 else (np.concatenate(part) for part in zip(*found, strict=True))
    return Spans(docs, positions, positions)


def near(columns: Columns, one: Term, other: Term, distance: int, among: Docs | None, *, in_order: bool) -> Docs | None:
    """Return the stories in which `other` stands within `distance` words of `one`, with `in_order` only behind it.

    None where their places cannot be read side by side; `among` are the stories to look at, None for all.
    """
    parts = _side_by_side(columns, one, other, _shared(one, other, among))
    if parts is None:
        return None
    found = [EMPTY]
    for segment, mine, its, stories in parts:
        ranks, its_ranks = _ranks(one, segment, mine, stories), _ranks(other, segment, its, stories)
        docs = np.empty(stories.size, np.uint32)
        many = abreast.side_by_side(
            mine,
            its,
            ranks,
            its_ranks,
            stories,
            columns.lengths,
            abreast.NEAR,
            distance,
            int(in_order),
            desk.TOGETHER,
            docs,
            _NO_ROOM,
        )
        found.append(docs[:many])
    return found[1] if len(found) == 2 else np.concatenate(found)


def smallest_distances(columns: Columns, one: Term, other: Term, stories: Docs, window: int) -> npt.NDArray[np.uint32]:
    """Return for each of `stories` (ascending) how near the two stand at best; `window` + 1 where that is wider."""
    nearest = np.full(stories.size, window + 1, np.uint32)
    parts = _side_by_side(columns, one, other, stories)
    if parts is None:
        mine, its = one.spans(stories), other.spans(stories)
        _distances(mine.docs, mine.starts, its.docs, its.starts, stories, window, nearest)
        return nearest
    begin = 0
    for _, first, second, some in parts:
        begin = begin if some.size == stories.size else int(np.searchsorted(stories, some[0]))
        near = nearest[begin : begin + some.size]
        abreast.side_by_side(
            first,
            second,
            NO_RANKS,
            NO_RANKS,
            some,
            columns.lengths,
            abreast.CLOSEST,
            window,
            0,
            desk.TOGETHER,
            _NO_ROOM,
            near,
        )
    return nearest


_NO_ROOM: Docs = np.empty(0, np.uint32)

#: A story is looked up in a list that is at most so many times as long as there are stories, since all of the list is
#: read to make that possible, and that has one story in so many, since it takes a quarter of a byte for each.
_LOOKED_UP, _SPARSE = 64, 32


def _shared(one: Term, other: Term, among: Docs | None) -> Docs:
    """Return stories that hold all in which both terms are: those of the rarer."""
    docs = one.docs if one.docs.size <= other.docs.size else other.docs
    return docs if among is None else intersection(docs, among)


def _ranks(term: Term, segment: int, reader: Reader, stories: Docs) -> Ranks:
    """Return what looks up `stories` in a term's list of a segment where that takes less than stepping through it."""
    docs = reader[0]
    if not docs.size or not 2 * stories.size < docs.size < _LOOKED_UP * stories.size:
        return NO_RANKS
    return term.ranks(segment) if docs.size * _SPARSE > docs[-1] - docs[0] else NO_RANKS


def _side_by_side(
    columns: Columns, one: Term, other: Term, stories: Docs
) -> list[tuple[int, Reader, Reader, Docs]] | None:
    """Return how both terms are read in each segment that has both, with those of `stories` that lie in it."""
    mine, its = one.readers, other.readers
    if mine is None or its is None:
        return None
    return list(_by_segment(columns, mine, its, stories))


def _by_segment(
    columns: Columns, mine: dict[int, Reader], its: dict[int, Reader], stories: Docs
) -> Iterator[tuple[int, Reader, Reader, Docs]]:
    for segment in sorted(mine.keys() & its.keys()):
        some = stories
        if len(columns.segments) > 1:
            begin, end = np.searchsorted(stories, columns.bases[segment : segment + 2]).tolist()
            some = stories[begin:end]
        if some.size:
            yield segment, mine[segment], its[segment], some


@compiled(U32, U32, U32, U32, U32, INT, W32)
def _distances(
    docs: Array, positions: Array, others: Array, places: Array, stories: Array, window: int, out: Array
) -> None:
    """Write for each of `stories` the smallest distance of one of its `positions` from one of its `places`."""
    i = j = 0
    for k in range(stories.size):
        doc = stories[k]
        i, j = leap(docs, i, doc), leap(others, j, doc)
        least = window + 1
        while i < docs.size and j < others.size and docs[i] == doc and others[j] == doc:
            apart = np.int64(positions[i]) - np.int64(places[j])
            least = min(least, int(abs(apart)))
            i += int(apart <= 0)
            j += int(apart >= 0)
        out[k] = least
