"""Loops that match leaves and add up their bounds: one word, all of several, any of several.

What leaves a query has, and what one can earn, is `earning`'s business. The one idea: a story's card is fetched once
it is known to match, and not before; until then a posting list and a byte are all that is looked at.

In all loops: `docs` ascending story numbers, u4; `codes` their frequency codes, u1; `sizes` the size of every story,
u1; `table` the bound by size and code, u4[16 * 256]; `bit` of the leaf in a sum; `sums` by story of `docs`, u4.
"""

from __future__ import annotations

import numpy as np

from index.compiled import (
    I32,
    I64,
    INT,
    MASK,
    U8,
    U32,
    U64,
    W8,
    W32,
    WU64,
    compiled,
    i8_of,
    inlined,
    u1_of,
    u4_of,
    u8_of,
)
from search.embedded import desk as on
from search.embedded.cards import cities_of, has_copies, size_of
from search.embedded.sets import Array, leap

#: Bits of a sum that hold the bound; the others say which leaves are there.
BOUND_BITS = 20
BOUND = (1 << BOUND_BITS) - 1

#: Leaves with a bit of their own; all later ones share the last.
OWN_BITS = 32 - BOUND_BITS - 1


@inlined
def bit_of(leaf: int) -> int:
    """Return which bit of a sum says that a leaf is there (or, the last one, may be)."""
    return 1 << BOUND_BITS + min(leaf, OWN_BITS)


@compiled(U32, U8, W8)
def write(docs: Array, codes: Array, cells: Array) -> None:
    """Write the codes of stories to their cells."""
    for i in range(docs.size):
        cells[docs[i]] = codes[i]


@compiled(U32, W8)
def clear(docs: Array, cells: Array) -> None:
    """Write 0 to the cells of stories."""
    for i in range(docs.size):
        cells[docs[i]] = 0


@compiled(U32, U8, U32, INT, U64, INT, W32, W32, WU64)
def _fetch(
    mine: Array, codes: Array, table: Array, bit: int, cards: Array, leaves: int, docs: Array, sums: Array, out: Array
) -> None:
    """Write the cards of stories; add what the leaf with these `codes` can earn to their sums, or begin with it."""
    for i in range(mine.size):
        card = cards[mine[i]]
        docs[i] = mine[i]
        out[i] = card
        bound = table[np.uint32(size_of(card)) * np.uint32(256) + codes[i]]
        sums[i] = (sums[i] | bit) + bound if leaves > 1 else bound + bit


@compiled(I64, I64, I64, INT, U32, U8, INT, W32, W8, W32)
def _meet(
    stories: Array,
    room: Array,
    query: Array,
    leaf: int,
    mine: Array,
    codes: Array,
    fresh: int,
    docs: Array,
    kept: Array,
    sums: Array,
) -> int:
    """Write those of the stories `mine` that a leaf has too, with their `codes`, and its bound added to their sums.

    What is read may lie where it is written. Sums are taken to be 0 where they are `fresh`.
    """
    place = on.LEAF + on.LEAF_ARRAYS * leaf
    others, others_codes = u4_of(query, place + on.LISTED), u1_of(query, place + on.LISTED_CODES)
    table, by_story, bit = u4_of(query, place + on.BOUNDS), u1_of(query, place + on.BY_STORY), bit_of(leaf)
    sizes = u1_of(stories, on.SIZES)
    found = 0
    if by_story.size == 0 and mine.size * i8_of(stories, on.LIMITS)[0] < others.size:
        j = 0
        for i in range(mine.size):
            doc = mine[i]
            j = leap(others, j, doc)
            if j == others.size:
                break
            if others[j] == doc:
                before = 0 if fresh else np.int64(sums[i])
                docs[found], kept[found] = doc, codes[i]
                sums[found] = (before | bit) + table[np.int64(sizes[doc]) * 256 + others_codes[j]]
                found += 1
        return found
    cells = by_story
    if by_story.size == 0:
        cells = u1_of(room, on.CELLS)
        write(others, others_codes, cells)
    for i in range(mine.size):
        doc = mine[i]
        code = cells[doc]
        if code != 0:
            before = 0 if fresh else np.int64(sums[i])
            docs[found], kept[found] = doc, codes[i]
            sums[found] = (before | bit) + table[np.int64(sizes[doc]) * 256 + code]
            found += 1
    if by_story.size == 0:
        clear(others, cells)
    return found


@compiled(I64, I64, INT, W32, W32, W32, WU64)
def _unite(
    stories: Array, query: Array, leaves: int, window: Array, out_docs: Array, out_sums: Array, out_cards: Array
) -> int:
    """Write the stories of several leaves, each once, with the sum of the leaves' bounds; return how many there are.

    So many stories at a time as `window` (zeros, and so left) has room for.
    """
    sizes, cards = u1_of(stories, on.SIZES), u8_of(stories, on.CARDS)
    found = 0
    at = np.zeros(leaves, np.int64)
    for begin in range(0, sizes.size, window.size):
        here = sizes[begin : begin + window.size]
        base = np.uint32(begin)
        first = found
        for leaf in range(leaves):
            place = on.LEAF + on.LEAF_ARRAYS * leaf
            docs, codes = u4_of(query, place + on.LISTED), u1_of(query, place + on.LISTED_CODES)
            table, bit = u4_of(query, place + on.BOUNDS), np.uint32(bit_of(leaf))
            stop = leap(docs, at[leaf], begin + here.size)
            mine, its = docs[at[leaf] : stop], codes[at[leaf] : stop]
            at[leaf] = stop
            # Unsigned numbers, since those that may be negative are looked at as indices from the end too.
            for i in range(mine.size):
                story = mine[i] - base
                sum = window[story]
                out_docs[found] = mine[i]
                found += sum == 0
                window[story] = (sum | bit) + table[np.uint32(here[story]) * np.uint32(256) + its[i]]
        new, sums, own = out_docs[first:found], out_sums[first:found], out_cards[first:found]
        for i in range(new.size):
            story = new[i] - base
            sums[i] = window[story]
            window[story] = 0
            own[i] = cards[new[i]]
    return found


@compiled(I64, I64, U32, U8, U32, I32, MASK, INT, W32, W8, W32)
def _sift(
    stories: Array,
    room: Array,
    mine: Array,
    codes: Array,
    sums: Array,
    cities: Array,
    good: Array,
    fold: int,
    docs: Array,
    kept: Array,
    kept_sums: Array,
) -> tuple[int, int, int]:
    """Count the cities of stories as `cards.tally` does, and write those with `good` ones, with codes and sums.

    What is read may lie where it is written. Of a story whose cities are only counted no card is fetched, unless it may
    have copies: the combinations of cities alone are half as long.

    Returns:
        Stories written, combinations of cities and members of families counted.
    """
    counts, combinations, tallies = u4_of(room, on.COUNTS), u4_of(room, on.TOUCHED), u4_of(room, on.TALLIES)
    members, place, cards = u4_of(room, on.MEMBERS), u4_of(stories, on.PLACE), u8_of(stories, on.CARDS)
    folded = bool(fold and place.size)
    found = many = copies = 0
    for i in range(mine.size):
        doc = mine[i]
        if folded:
            card = cards[doc]
            combination = cities_of(card)
            once = not has_copies(card)
        else:
            combination = np.int64(cities[doc])
            once = True
        if once:
            combinations[many] = combination
            many += counts[combination] == 0
            counts[combination] += 1
        else:
            members[copies] = place[doc]
            copies += 1
        if good[combination]:
            docs[found], kept[found] = doc, codes[i]
            if sums.size:
                kept_sums[found] = sums[i]
            found += 1
    for i in range(many):
        tallies[i] = counts[combinations[i]]
        counts[combinations[i]] = 0
    return found, many, copies


@compiled(I64, I64, I64, INT, INT, I32, MASK, INT)
def matched(
    stories: Array, room: Array, query: Array, leaves: int, every: int, cities: Array, good: Array, fold: int
) -> tuple[int, int, int]:
    """Write the stories with `every` leaf (or, where that is 0, any) with sums and cards.

    Args:
        stories: `desk` says what the three bundles hold.
        room: likewise.
        query: likewise.
        leaves: how many the query has, at least one.
        every: 0 for any; the stories are then in the order of the leaves among some thousands.
        cities: combination of cities of each story; with `every` leaf only, as are the next two.
        good: by combination of cities, whether its stories are wanted; of size 0 for all.
        fold: whether a family of copies counts once.

    Returns:
        How many stories there are; where only `good` ones are wanted, how many combinations of cities, of the others
        too, lie counted in the room, and how many members of families, else -1 and 0.
    """
    docs, sums, cards = u4_of(room, on.DOCS), u4_of(room, on.SUMS), u8_of(room, on.OWN_CARDS)
    if every == 0:
        return _unite(stories, query, leaves, u4_of(room, on.WINDOW), docs, sums, cards), -1, 0
    order = i8_of(query, on.ORDER)
    first = on.LEAF + on.LEAF_ARRAYS * order[0]
    mine, codes = u4_of(query, first + on.LISTED), u1_of(query, first + on.LISTED_CODES)
    table = u4_of(query, first + on.BOUNDS)
    kept = u1_of(room, on.CODES)
    found: int = mine.size
    many, copies = -1, 0
    for nth in range(1, leaves):
        found = _meet(stories, room, query, order[nth], mine[:found], codes, int(nth == 1), docs, kept, sums)
        mine, codes = docs, kept
    if good.size:
        begun = sums[: found if leaves > 1 else 0]
        found, many, copies = _sift(stories, room, mine[:found], codes, begun, cities, good, fold, docs, kept, sums)
        mine, codes = docs, kept
    _fetch(mine[:found], codes, table, bit_of(order[0]), u8_of(stories, on.CARDS), leaves, docs, sums, cards)
    return found, many, copies


@compiled(U32, U32, U8, U8, U32, INT, MASK, W32)
def earn(
    docs: Array, others: Array, codes: Array, sizes: Array, table: Array, bit: int, allowed: Array, sums: Array
) -> None:
    """Add a leaf's bound to the sums of the stories that have it and are `allowed`; of size 0, that means all."""
    i = j = 0
    while i < docs.size and j < others.size:
        if docs[i] < others[j]:
            i = leap(docs, i + 1, others[j])
        elif others[j] < docs[i]:
            j = leap(others, j + 1, docs[i])
        else:
            if allowed.size == 0 or allowed[i]:
                sums[i] = (sums[i] | bit) + table[np.int64(sizes[others[j]]) * 256 + codes[j]]
            i += 1
            j += 1


@compiled(U32, U8, U32, INT, MASK, U8, W32)
def earn_by_story(docs: Array, sizes: Array, table: Array, bit: int, allowed: Array, cells: Array, sums: Array) -> None:
    """Do as `earn` does, the leaf's codes given by story of the archive in `cells`."""
    for i in range(docs.size):
        code = cells[docs[i]]
        if code != 0 and (allowed.size == 0 or allowed[i]):
            sums[i] = (sums[i] | bit) + table[np.int64(sizes[docs[i]]) * 256 + code]
