"""From the stories found to a page's numbers in one compiled call: counts, copies folded, the best in order.

Every step is a loop of another module (`cards`, `scoring`, `pairs`); here is what stands between them. The one idea: a
page of a rare word takes as long as the interpreter's steps between its loops, so for the plain pages, nearly all
there are, these steps are compiled too.
"""

from __future__ import annotations

import numpy as np

from index import ranking
from index.compiled import (
    FLOAT,
    I64,
    INT,
    U8,
    U32,
    U64,
    W32,
    WF64,
    compiled,
    f8_of,
    i8_of,
    inlined,
    mask_of,
    table_of,
    u1_of,
    u4_of,
    u8_of,
)
from index.embedded import abreast, decoding
from search.embedded import desk as on
from search.embedded.bars import FIRST_BAR, NO_DATE, TOO_COARSE
from search.embedded.cards import month_of, tally
from search.embedded.facets import tallied
from search.embedded.ordering import lead as lead_by_rank
from search.embedded.scoring import (
    ALL,
    DECIMALS,
    NO_FACTOR,
    SHARES,
    SLACK,
    both_there,
    bound,
    choose,
    come_near,
    hope,
    kth_largest,
    lead,
    score,
)
from search.embedded.sets import Array, ascending
from search.embedded.summing import BOUND, BOUND_BITS, bit_of, gathered

_NO_ROOM = np.empty(0, np.uint32)
_NO_RANKS = np.empty(0, np.uint64)
_ALL_GOOD = np.empty(0, np.uint8)


@compiled(I64, I64, U32, U32, U8, U32, INT)
def _folded(
    stories: Array, room: Array, docs: Array, sums: Array, misses: Array, standing: Array, total: int
) -> tuple[int, int, int, int, int]:
    """Count families of copies by month and leave the stories shown in the room; return as `counted`, from these on.

    Arguments as there; `standing` are the places of the copies that no filter leaves out.
    """
    months, place, mine = i8_of(room, on.MONTHS), u4_of(stories, on.PLACE), standing.size
    family, leads = u4_of(stories, on.FAMILY), u4_of(room, on.LEADS)
    members, all_cards = u4_of(stories, on.COPIES), u8_of(stories, on.CARDS)
    for i in range(mine):
        first = leads[family[standing[i] - 1]]
        if first == 0 or standing[i] < first:
            leads[family[standing[i] - 1]] = standing[i]
    shown = total - mine
    for i in range(mine):
        if leads[family[standing[i] - 1]] == standing[i]:
            months[month_of(all_cards[members[standing[i] - 1]])] += 1
            shown += 1
    if shown < docs.size:
        out, out_sums = u4_of(room, on.SHOWN_DOCS), u4_of(room, on.SHOWN_SUMS)
        kept = 0
        for i in range(docs.size):
            if misses.size and misses[i]:
                continue
            if mine and place[docs[i]] and leads[family[place[docs[i]] - 1]] != place[docs[i]]:
                continue
            out[kept] = docs[i]
            if sums.size:
                out_sums[kept] = sums[i]
            kept += 1
    for i in range(mine):
        leads[family[standing[i] - 1]] = 0
    low = high = -1
    for code in range(FIRST_BAR, months.size):
        if months[code]:
            high, low = code, code if low < 0 else low
    return shown, months[NO_DATE], months[TOO_COARSE], low, high


@compiled(I64, I64, U32, U32, U64, U8, INT, INT, INT)
def counted(
    stories: Array, room: Array, docs: Array, sums: Array, cards: Array, misses: Array, own: int, cities: int, fold: int
) -> tuple[int, int, int, int, int, int, int, int]:
    """Count the cities and the months of the stories found, and tell which of them a page shows.

    Args:
        stories: `desk` says what this bundle and the next hold.
        room: months, combinations of cities and members are written.
        docs: the stories under every filter but those of the facets.
        sums: theirs, of size 0 where nothing is scored.
        cards: theirs.
        misses: as in `facets.Under`.
        own: bits of `misses` that do not matter for cities.
        cities: whether they are to be counted.
        fold: whether a family of copies counts once.

    Returns:
        Combinations, members, stories that no filter leaves out, stories shown, which are `docs` where all are and else
        `Scratch.shown`; of these the undated and those with a date longer than a month; codes of the first and the last
        month that count anything, -1 where none does.
    """
    months, place = i8_of(room, on.MONTHS), u4_of(stories, on.PLACE)
    months[:] = 0
    standing = u4_of(room, on.SHOWN)
    many, copies, mine, total = tally(
        docs,
        cards,
        misses,
        own,
        cities,
        place if fold else place[:0],
        u4_of(room, on.COUNTS),
        u4_of(room, on.TOUCHED),
        u4_of(room, on.TALLIES),
        months,
        u4_of(room, on.MEMBERS),
        standing,
    )
    return many, copies, total, *_folded(stories, room, docs, sums, misses, standing[:mine], total)


@inlined
def _reader(readers: Array, number: int) -> decoding.Reader:
    place = on.READER_ARRAYS * number
    return (
        u4_of(readers, place),
        u1_of(readers, place + 1),
        table_of(readers, place + 2),
        u1_of(readers, place + 3),
        i8_of(readers, place + 4),
        i8_of(readers, place + 5),
        mask_of(readers, place + 6),
    )


@compiled(I64, I64, I64, INT, U32, U32, FLOAT, INT, FLOAT, WF64)
def _exact(
    stories: Array,
    query: Array,
    readers: Array,
    segments: int,
    docs: Array,
    sums: Array,
    unit: float,
    wanted: int,
    least: float,
    scores: Array,
) -> None:
    """Write what stories, ascending, earn; of those that cannot be among the `wanted` best, what is sure of them.

    `least` is what `wanted` other stories are known to earn.
    """
    weights, lengths, averages = f8_of(query, on.WEIGHTS), table_of(stories, on.LENGTHS), f8_of(stories, on.AVERAGES)
    for leaf in range(weights.size):
        place = on.LEAF + on.LEAF_ARRAYS * leaf
        score(
            docs,
            sums,
            bit_of(leaf),
            ALL,
            u4_of(query, place + on.LISTED),
            u1_of(query, place + on.LISTED_CODES),
            u1_of(query, place + on.BY_STORY),
            u4_of(query, place + on.ESCAPED_DOCS),
            table_of(query, place + on.ESCAPED_ROWS),
            lengths,
            averages,
            weights[leaf],
            scores,
        )
    pairs = i8_of(query, on.PAIRS)
    if pairs.size == 0:
        return
    if scores.size > wanted:
        least = max(least, kth_largest(scores, wanted))
    hopeful = np.empty(docs.size, np.bool_)
    if hope(scores, sums, u4_of(query, on.BY_LEAVES), unit, NO_FACTOR, least - SLACK, hopeful) == 0:
        return
    bases, nearest, by_leaves = i8_of(stories, on.BASES), f8_of(query, on.NEAREST), u4_of(query, on.BY_LEAVES)
    there = np.empty(docs.size, np.uint32)
    more = np.empty(docs.size)
    for i in range(docs.size):
        more[i] = by_leaves[sums[i] >> BOUND_BITS] * unit
    for pair in range(nearest.size):
        a, b = pairs[2 * pair], pairs[2 * pair + 1]
        both_bits = bit_of(a) | bit_of(b)
        close = there[: both_there(sums, both_bits, hopeful, there)]
        if close.size == 0:
            continue
        both = docs[close]
        distances = np.full(close.size, ranking.PROXIMITY_WINDOW + 1, np.uint32)
        begin = 0
        for segment in range(segments):
            end = begin
            while end < both.size and both[end] < bases[segment + 1]:
                end += 1
            if end > begin:
                abreast.side_by_side(
                    _reader(readers, segment * weights.size + a),
                    _reader(readers, segment * weights.size + b),
                    _NO_RANKS.copy(),
                    _NO_RANKS.copy(),
                    both[begin:end],
                    lengths,
                    abreast.CLOSEST,
                    ranking.PROXIMITY_WINDOW,
                    0,
                    i8_of(stories, on.LIMITS)[3],
                    _NO_ROOM.copy(),
                    distances[begin:end],
                )
            begin = end
        come_near(close, distances, nearest[pair], SHARES, NO_FACTOR, scores)
        # Few are as near as they could be: the others have less to hope for from the pairs that are left.
        if scores.size > wanted:
            least = max(least, kth_largest(scores, wanted))
        for i in range(docs.size):
            if sums[i] & both_bits == both_bits:
                more[i] -= nearest[pair]
            hopeful[i] &= scores[i] + more[i] >= least - SLACK


@compiled(I64, I64, I64, I64, INT, U32, U32, FLOAT, W32, WF64)
def best(
    stories: Array,
    room: Array,
    query: Array,
    readers: Array,
    segments: int,
    docs: Array,
    sums: Array,
    unit: float,
    leading: Array,
    earned: Array,
) -> int:
    """Write the stories that earn most in order, and what they earn; return how many.

    `scoring.Scoring.best` says how, and does for the others what this does for queries whose leaves can all be read
    side by side and have no conditions, without recency.

    Args:
        stories: `desk` says what the four bundles hold.
        room: likewise.
        query: likewise.
        readers: likewise; of size 0 where the query has no pairs.
        segments: of the generation.
        docs: stories.
        sums: theirs.
        unit: of the bounds.
        leading: written, as large as stories are wanted.
        earned: written, as large.
    """
    arrival, wanted = i8_of(stories, on.ARRIVAL), leading.size
    limits = i8_of(stories, on.LIMITS)
    look = max(limits[1], 2 * wanted)
    if docs.size <= 4 * look:
        if not ascending(docs):
            order = np.argsort(docs)
            docs, sums = docs[order], sums[order]
        scores = np.zeros(docs.size)
        _exact(stories, query, readers, segments, docs, sums, unit, wanted, 0.0, scores)
        return lead(docs, scores, arrival, 10.0**DECIMALS, leading, earned)
    by_leaves = u4_of(query, on.BY_LEAVES)
    block = max(1, min(limits[2], sums.size // (4 * look)))
    most = np.empty((sums.size + block - 1) // block)
    bound(sums, by_leaves if readers.size else by_leaves[:0], NO_FACTOR, most, block)
    threshold = int(kth_largest(most, look)) if most.size > look else 0
    out, out_sums = u4_of(room, on.CHOSEN), u4_of(room, on.CHOSEN_SUMS)
    found, in_order = choose(docs, sums, by_leaves, NO_FACTOR, most, block, threshold, 2 * BOUND, out, out_sums)
    first, first_sums = out[:found], out_sums[:found]
    if not in_order:
        order = np.argsort(first)
        first, first_sums = first[order], first_sums[order]
    scores = np.zeros(found)
    _exact(stories, query, readers, segments, first, first_sums, unit, wanted, 0.0, scores)
    least = kth_largest(scores, wanted)
    needed = max(int((least - SLACK) / unit), 0)
    if needed >= threshold:
        return lead(first, scores, arrival, 10.0**DECIMALS, leading, earned)
    out, out_sums = u4_of(room, on.MORE), u4_of(room, on.MORE_SUMS)
    further, in_order = choose(docs, sums, by_leaves, NO_FACTOR, most, block, needed, threshold, out, out_sums)
    more, more_sums = out[:further], out_sums[:further]
    if not in_order:
        order = np.argsort(more)
        more, more_sums = more[order], more_sums[order]
    more_scores = np.zeros(further)
    _exact(stories, query, readers, segments, more, more_sums, unit, wanted, least, more_scores)
    every, all_scores = np.concatenate((first, more)), np.concatenate((scores, more_scores))
    return lead(every, all_scores, arrival, 10.0**DECIMALS, leading, earned)


@compiled(I64, I64, I64, I64, I64, U32, INT, INT, INT, INT, INT, INT, FLOAT)
def page(
    stories: Array,
    room: Array,
    query: Array,
    readers: Array,
    facets: Array,
    rank: Array,
    leaves: int,
    every: int,
    segments: int,
    wanted: int,
    limit: int,
    fold: int,
    unit: float,
) -> tuple[int, int, int, int, int, int, int, int]:
    """Match, count and bring into order all of a plain page: words of which all or any are wanted, without filters.

    The stories that lead are left in the room with what they earn; so are the numbers of the page (`desk.TOLD`): of
    each facet how many values occur, how many are told, which they are and how many stories have each; then the stories
    of each month from the first to the last that has any.

    Args:
        stories: `desk` says what the five bundles hold.
        room: likewise.
        query: likewise.
        readers: likewise; of size 0 where the query has no pairs.
        facets: likewise.
        rank: the place of every story in the order wanted; of size 0 where those lead that earn most.
        leaves: as in `summing.matched`.
        every: likewise.
        segments: of the generation.
        wanted: stories wanted in order.
        limit: values wanted of each facet.
        fold: whether a family of copies counts once.
        unit: of the bounds.

    Returns:
        Stories found; stories shown, which are those found where all are and else `Scratch.shown`; the undated of these
        and those with a date longer than a month; codes of the first and the last month that count anything, -1 where
        none does; stories that lead; numbers told.
    """
    months = i8_of(room, on.MONTHS)
    months[:] = 0
    found, many, copies = gathered(stories, room, query, leaves, every, fold)
    docs = u4_of(room, on.DOCS) if leaves > 1 else u4_of(query, on.LEAF + on.LISTED)
    docs, sums = docs[:found], u4_of(room, on.SUMS)[:found]
    members = u4_of(room, on.MEMBERS)[:copies]
    shown, undated, coarse, low, high = _folded(stories, room, docs, sums, _ALL_GOOD.copy(), members, found)
    told, said = i8_of(room, on.TOLD), 0
    values, counts = np.empty(limit, np.uint32), np.empty(limit, np.uint32)
    for number in range(facets.size // on.FACET_NUMBERS):
        own = facets[number * on.FACET_NUMBERS : (number + 1) * on.FACET_NUMBERS]
        occurring, listed = tallied(
            stories,
            room,
            own[1:],
            docs,
            _ALL_GOOD.copy(),
            0,
            fold,
            many if own[0] else -1,
            copies,
            _NO_ROOM.copy(),
            _NO_ROOM.copy(),
            values,
            counts,
        )
        told[said], told[said + 1] = occurring, listed
        said += 2
        for i in range(listed):
            told[said + i], told[said + listed + i] = values[i], counts[i]
        said += 2 * listed
    if low >= 0:
        for month in range(low, high + 1):
            told[said] = months[month]
            said += 1
    if shown < found:
        docs, sums = u4_of(room, on.SHOWN_DOCS)[:shown], u4_of(room, on.SHOWN_SUMS)[:shown]
    leading, earned = u4_of(room, on.LEADING)[:wanted], f8_of(room, on.EARNED)[:wanted]
    if rank.size:
        filled = lead_by_rank(docs, rank, leading)
        earned[:] = 0.0
    else:
        filled = best(stories, room, query, readers, segments, docs, sums, unit, leading, earned)
    return found, shown, undated, coarse, low, high, filled, said
