"""Two posting lists read side by side: one stem behind the other, near it, how near at best.

No trees, no segments and no scores. The one idea: the places of both are read some stories at a time and forgotten
again, never laid out whole. Where the two share most of their stories, all their places of some hundred stories are
laid out as one ascending row of numbers and both rows are merged, with no step that hangs on where a story begins; a
processor guesses such steps wrong, and that cost more than the reading.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.analysis import HEADLINE_GAP
from index.compiled import INT, TABLE, U32, U64, W32, W64, compiled
from index.embedded.coding import ESCAPED
from index.embedded.decoding import FAR, HEADLINES, READER, STRIDE, TEXTS, TOTALS, Reader, decode, leap
from index.embedded.rank import rank
from index.embedded.values import Array

#: What `side_by_side` does with the places of two stems in a story.
FOLLOW, NEAR, CLOSEST = 0, 1, 2

#: Postings of a list that are laid out together: so many that what is done once for all of them does not count, so few
#: that their places stay in the core's own cache.
_TOGETHER = 512

#: Rows are merged where both lists have at most so many postings for a story that is looked at, halved: where one list
#: is much the longer, more is gained by passing over what the other has not.
_MERGED = 7


@compiled(READER, INT, INT, INT)
def _held(reader: Reader, begin: int, end: int, seen: int) -> int:
    """Return how many places successive postings have, where `seen` escaped ones stand before the first."""
    codes, rows = reader[1], reader[2]
    many: Any = np.int64(0)
    for posting in range(begin, end):
        many += TOTALS[codes[posting]]
    for posting in range(begin, end):
        if codes[posting] == ESCAPED:
            many += np.int64(rows[seen, 0]) + np.int64(rows[seen, 1]) + np.int64(rows[seen, 2])
            seen += 1
    return int(many)


@compiled(READER, INT, INT, INT, W64, W64, W64)
def _lay_out(reader: Reader, begin: int, end: int, many: int, cursor: Array, moves: Array, row: Array) -> None:
    """Write the places of successive postings as one ascending row.

    A place is (story + 1) · 2³² + position, with the body from `FAR` on. What the file has are gaps, which are summed
    over all postings alike; that each posting, and each body in it, begins anew is added as a move of all that follow.

    Args:
        reader: of the stem; all of its places are wanted.
        begin: first posting, where the cursor stands.
        end: first posting that is left out.
        many: places of these postings.
        cursor: occurrences, escaped postings, low bytes and words before `begin`, i8[4]; moved on.
        moves: scratch, larger than `many` by two.
        row: written, large enough.
    """
    docs, codes, rows, occurrences, _, numbers, _ = reader
    first, seen, low, word = cursor[0], cursor[1], cursor[2], cursor[3]
    ladder = numbers[1] + first
    lows = numbers[1] + numbers[2]
    words, last = lows + numbers[4], occurrences.size - 1
    at: Any = np.int64(0)
    for i in range(many):
        gap = np.int64(occurrences[ladder + i])
        if gap == 255:
            gap = np.int64(0)
            for byte in range(4):
                gap |= np.int64(occurrences[words + 4 * word + byte]) << (8 * byte)
            word += 1
        else:
            # The low byte is read whether it is wanted or not; behind the last of a list stand words, or nothing.
            short = np.int64(gap >= 248)
            gap += short * ((gap - 248) * 255 + np.int64(occurrences[min(lows + low, last)]))
            low += short
        at += gap
        row[i] = at
        moves[i] = 0
    moves[many] = moves[many + 1] = 0
    place = before = np.int64(0)
    for posting in range(begin, end):
        code = codes[posting]
        if code == ESCAPED:
            headline, text = np.int64(rows[seen, 0]), np.int64(rows[seen, 1]) + np.int64(rows[seen, 2])
            seen += 1
        else:
            headline, text = np.int64(HEADLINES[code]), np.int64(TEXTS[code])
        new = ((np.int64(docs[posting]) + 1) << 32) - (row[place - 1] if place else 0)
        moves[place] += new - before
        before = new
        place += headline
        new = ((np.int64(docs[posting]) + 1) << 32) + FAR - (row[place - 1] if place else 0)
        moves[place] += new - before
        before = new
        place += text
    moved: Any = np.int64(0)
    for i in range(many):
        moved += moves[i]
        row[i] += moved
    cursor[0], cursor[1], cursor[2], cursor[3] = first + many, seen, low, word


@compiled(READER, READER, U64, U64, U32, TABLE, INT, INT, INT, INT, W32, W32)
def _story_by_story(
    one: Reader,
    other: Reader,
    ranks: Array,
    ranks2: Array,
    stories: Array,
    lengths: Array,
    what: int,
    distance: int,
    in_order: int,
    some: int,
    out_docs: Array,
    out: Array,
) -> int:
    """Do what `side_by_side` says, a story at a time."""
    docs, codes, rows, occurrences, marks, numbers, wanted = one
    docs2, codes2, rows2, occurrences2, marks2, numbers2, wanted2 = other
    far = int(abs(distance) < HEADLINE_GAP)
    mine, its = np.full(6, -1), np.full(6, -1)
    here, there = np.empty(some * numbers[5], np.uint32), np.empty(some * numbers2[5], np.uint32)
    ends, ends2 = np.empty(some, np.int64), np.empty(some, np.int64)
    chosen, chosen2, which = np.empty(some, np.uint32), np.empty(some, np.uint32), np.empty(some, np.int64)
    found = story = i = j = 0
    while story < stories.size:
        both = 0
        while story < stories.size and both < some:
            doc: Any = np.int64(stories[story])
            if ranks.size:
                i, here_too = rank(ranks, doc)
            else:
                i = leap(docs, i, doc)
                if i == docs.size:
                    story = stories.size
                    break
                here_too = np.int64(docs[i] == doc)
            if ranks2.size:
                j, there_too = rank(ranks2, doc)
            else:
                j = leap(docs2, j, doc)
                if j == docs2.size:
                    story = stories.size
                    break
                there_too = np.int64(docs2[j] == doc)
            chosen[both], chosen2[both], which[both] = i, j, story
            both += here_too & there_too
            story += 1
        decode(docs, codes, rows, occurrences, marks, numbers, wanted, chosen[:both], lengths, far, mine, here, ends)
        decode(
            docs2,
            codes2,
            rows2,
            occurrences2,
            marks2,
            numbers2,
            wanted2,
            chosen2[:both],
            lengths,
            far,
            its,
            there,
            ends2,
        )
        first = place = 0
        for k in range(both):
            doc = np.int64(stories[which[k]])
            last, end = ends[k], ends2[k]
            start = place
            if what == FOLLOW:
                while first < last and place < end:
                    apart = np.int64(here[first]) + distance - np.int64(there[place])
                    if apart == 0:
                        position = np.int64(here[first])
                        if position >= FAR:
                            position += np.int64(lengths[doc, 0]) + HEADLINE_GAP - FAR
                        out_docs[found] = doc
                        out[found] = position
                        found += 1
                    first += int(apart <= 0)
                    place += int(apart >= 0)
            elif what == NEAR:
                while first < last:
                    position = np.int64(here[first])
                    while place < end and there[place] < position:
                        place += 1
                    behind = place
                    while behind < end and there[behind] == position:
                        behind += 1
                    if (behind < end and there[behind] - position <= distance) or (
                        in_order == 0 and place > start and position - there[place - 1] <= distance
                    ):
                        out_docs[found] = doc
                        found += 1
                        break
                    first += 1
            else:
                least: Any = np.int64(out[which[k]])
                while first < last and place < end:
                    apart = np.int64(here[first]) - np.int64(there[place])
                    least = min(least, abs(apart))
                    first += int(apart <= 0)
                    place += int(apart >= 0)
                out[which[k]] = least
            first, place = last, end
    return found


@compiled(READER, READER, U32, TABLE, INT, INT, INT, W32, W32)
def _merged(
    one: Reader,
    other: Reader,
    stories: Array,
    lengths: Array,
    what: int,
    distance: int,
    in_order: int,
    out_docs: Array,
    out: Array,
) -> int:
    """Do what `side_by_side` says for FOLLOW and NEAR by merging rows; -1 where both stems have a place in common.

    A `distance` must be shorter than the gap between headline and body.
    """
    docs, docs2, marks, marks2 = one[0], other[0], one[4], other[4]
    mine, its = np.zeros(4, np.int64), np.zeros(4, np.int64)
    begin, begin2 = leap(docs, 0, stories[0]) // STRIDE, leap(docs2, 0, stories[0]) // STRIDE
    if 4 * begin < marks.size:
        mine[:] = marks[4 * begin : 4 * begin + 4]
    if 4 * begin2 < marks2.size:
        its[:] = marks2[4 * begin2 : 4 * begin2 + 4]
    begin, begin2 = begin * STRIDE, begin2 * STRIDE
    row, row2 = np.empty(4 * _TOGETHER, np.int64), np.empty(4 * _TOGETHER, np.int64)
    moves = np.empty(4 * _TOGETHER + 2, np.int64)
    following = distance if what == FOLLOW else 0
    found = at = 0
    latest: Any = np.int64(-1)
    while begin < docs.size and begin2 < docs2.size and docs[begin] <= stories[-1]:
        end, end2 = min(begin + _TOGETHER, docs.size), min(begin2 + _TOGETHER, docs2.size)
        if docs[end - 1] < docs2[end2 - 1]:
            end2 = leap(docs2, begin2, int(docs[end - 1]) + 1)
        else:
            end = leap(docs, begin, int(docs2[end2 - 1]) + 1)
        many, many2 = _held(one, begin, end, mine[1]), _held(other, begin2, end2, its[1])
        if max(many, many2) > row.size:
            row, row2 = np.empty(2 * max(many, many2), np.int64), np.empty(2 * max(many, many2), np.int64)
            moves = np.empty(row.size + 2, np.int64)
        _lay_out(one, begin, end, many, mine, moves, row)
        _lay_out(other, begin2, end2, many2, its, moves, row2)
        i = j = 0
        while i < many and j < many2:
            apart = row2[j] - row[i] - following
            if what == FOLLOW:
                hit = apart == 0
            elif apart == 0:
                return -1
            else:
                hit = apart <= distance and (apart > 0 or (in_order == 0 and -apart <= distance))
            if hit:
                doc = (row[i] >> 32) - 1
                at = leap(stories, at, doc)
                if at == stories.size:
                    return found
                if stories[at] == doc and (what == FOLLOW or doc != latest):
                    if what == FOLLOW:
                        position = row[i] & 0xFFFFFFFF
                        if position >= FAR:
                            position += np.int64(lengths[doc, 0]) + HEADLINE_GAP - FAR
                        out[found] = position
                    out_docs[found] = doc
                    latest = doc
                    found += 1
            i += int(apart >= 0)
            j += int(apart <= 0)
        begin, begin2 = end, end2
    return found


@compiled(READER, READER, U64, U64, U32, TABLE, INT, INT, INT, INT, W32, W32)
def side_by_side(
    one: Reader,
    other: Reader,
    ranks: Array,
    ranks2: Array,
    stories: Array,
    lengths: Array,
    what: int,
    distance: int,
    in_order: int,
    some: int,
    out_docs: Array,
    out: Array,
) -> int:
    """Read the places of two stems in the stories that both are in, some at a time; return how much was written.

    * FOLLOW writes the places (story and position) of the one that the other stands `distance` words behind (before
      where negative).
    * NEAR writes the stories in which the other stands within `distance` words of the one, 1 for neighbours, and with
      `in_order` only those in which it stands so behind it.
    * CLOSEST writes the smallest distance by place in `stories` (`out` has it larger for all at the beginning).

    Args:
        one: reader of the one stem.
        other: reader of the other.
        ranks: of the one's postings (`rank.ranks_of`); of size 0 where its list is stepped through.
        ranks2: of the other's.
        stories: those to look at, ascending, u4.
        lengths: as in `decode`.
        what: FOLLOW, NEAR or CLOSEST.
        distance: in words.
        in_order: not 0 where the order matters.
        some: stories whose places are read before those of the other.
        out_docs: written, large enough.
        out: written, as large.
    """
    if what != CLOSEST and abs(distance) < HEADLINE_GAP and one[6].size == 0 and other[6].size == 0 and stories.size:
        docs, docs2 = one[0], other[0]
        beyond = int(stories[-1]) + 1
        postings = leap(docs, 0, beyond) - leap(docs, 0, stories[0])
        postings += leap(docs2, 0, beyond) - leap(docs2, 0, stories[0])
        if 2 * postings <= _MERGED * stories.size:
            found = _merged(one, other, stories, lengths, what, distance, in_order, out_docs, out)
            if found >= 0:
                return found
    return _story_by_story(one, other, ranks, ranks2, stories, lengths, what, distance, in_order, some, out_docs, out)
