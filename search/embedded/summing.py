"""Loops that match leaves and add up their bounds: one word, all of several, any of several.

What leaves a query has, and what one can earn, is `earning`'s business. The one idea: a story's card is fetched once
it is known to match, and not before; until then a posting list and a byte are all that is looked at. Where all that it
tells can be counted at once, it is, and written nowhere.

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
    W64,
    WU64,
    ask_for,
    compiled,
    i8_of,
    inlined,
    u1_of,
    u4_of,
    u8_of,
)
from search.embedded import desk as on
from search.embedded.cards import cities_of, has_copies, note, size_of, take
from search.embedded.sets import Array, leap

#: Bits of a sum that hold the bound; the others say which leaves are there.
BOUND_BITS = 20
BOUND = (1 << BOUND_BITS) - 1

#: Leaves with a bit of their own; all later ones share the last.
OWN_BITS = 32 - BOUND_BITS - 1

#: Stories ahead of the one at hand whose cards are asked for.
_AHEAD = 16


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
        ask_for(cards, np.int64(mine[min(i + _AHEAD, mine.size - 1)]))
        card = cards[mine[i]]
        docs[i] = mine[i]
        out[i] = card
        bound = table[np.uint32(size_of(card)) * np.uint32(256) + codes[i]]
        sums[i] = (sums[i] | bit) + bound if leaves > 1 else bound + bit


@compiled(U32, U8, U32, INT, INT, INT, U64, U32, W32, W32, W64, W32, W32, allocates=False)
def _count(
    mine: Array,
    codes: Array,
    table: Array,
    bit: int,
    leaves: int,
    fold: int,
    cards: Array,
    place: Array,
    counts: Array,
    combinations: Array,
    months: Array,
    members: Array,
    sums: Array,
) -> tuple[int, int]:
    """Do as `_fetch` does, but count what the cards say (`cards.note`) and write them nowhere."""
    folded = bool(fold and place.size)
    many = copies = 0
    for i in range(mine.size):
        ask_for(cards, np.int64(mine[min(i + _AHEAD, mine.size - 1)]))
        card = cards[mine[i]]
        bound = table[np.uint32(size_of(card)) * np.uint32(256) + codes[i]]
        sums[i] = (sums[i] | bit) + bound if leaves > 1 else bound + bit
        many, copies = note(card, mine[i], folded, place, counts, combinations, months, members, many, copies)
    return many, copies


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


@compiled(U32, U8, U32, INT, U8, U64, INT, W32, W32, INT, allocates=False)
def _add(
    mine: Array,
    codes: Array,
    table: Array,
    bit: int,
    sizes: Array,
    cards: Array,
    begin: int,
    window: Array,
    docs: Array,
    found: int,
) -> int:
    """Add what a leaf can earn to the window, which begins with the story `begin`; write those it lacked to `docs`.

    Returns how many are written there, `found` of which were already.
    """
    base, own = np.uint32(begin), np.uint32(bit)
    # Unsigned numbers, since those that may be negative are looked at as indices from the end too.
    for i in range(mine.size):
        ask_for(cards, np.int64(mine[i]))
        story = mine[i] - base
        sum = window[story]
        docs[found] = mine[i]
        found += sum == 0
        window[story] = (sum | own) + table[np.uint32(sizes[mine[i]]) * np.uint32(256) + codes[i]]
    return found


@compiled(U32, INT, W32, U64, W32, WU64, allocates=False)
def _settle(docs: Array, begin: int, window: Array, cards: Array, sums: Array, out: Array) -> None:
    """Write the sums of stories, which leaves the window zeros, and their cards."""
    base = np.uint32(begin)
    for i in range(docs.size):
        story = docs[i] - base
        sums[i] = window[story]
        window[story] = 0
        out[i] = cards[docs[i]]


@compiled(U64, U32, INT, U32, W32, W32, W64, W32, INT, INT, allocates=False)
def _note(
    cards: Array,
    docs: Array,
    fold: int,
    place: Array,
    counts: Array,
    combinations: Array,
    months: Array,
    members: Array,
    many: int,
    copies: int,
) -> tuple[int, int]:
    """Count what the cards of stories say; arguments and what is returned as in `cards.note`."""
    folded = bool(fold and place.size)
    for i in range(docs.size):
        many, copies = note(cards[i], docs[i], folded, place, counts, combinations, months, members, many, copies)
    return many, copies


@compiled(I64, I64, I64, INT, INT, INT)
def _unite(stories: Array, room: Array, query: Array, leaves: int, counting: int, fold: int) -> tuple[int, int, int]:
    """Write the stories of several leaves, each once, with the sum of the leaves' bounds.

    So many stories at a time as the window (zeros, and so left) has room for. Their cards are written too, or, where
    that is wanted, counted instead.

    Returns:
        How many stories there are; where they are counted, what `cards.note` returns, else -1 and 0.
    """
    sizes, cards, place = u1_of(stories, on.SIZES), u8_of(stories, on.CARDS), u4_of(stories, on.PLACE)
    window, docs, sums, own_cards = (
        u4_of(room, on.WINDOW),
        u4_of(room, on.DOCS),
        u4_of(room, on.SUMS),
        u8_of(room, on.OWN_CARDS),
    )
    counts, combinations = u4_of(room, on.COUNTS), u4_of(room, on.TOUCHED)
    months, members = i8_of(room, on.MONTHS), u4_of(room, on.MEMBERS)
    found = many = copies = 0
    at = np.zeros(leaves, np.int64)
    for begin in range(0, sizes.size, window.size):
        first = found
        for leaf in range(leaves):
            own = on.LEAF + on.LEAF_ARRAYS * leaf
            listed, codes = u4_of(query, own + on.LISTED), u1_of(query, own + on.LISTED_CODES)
            stop = leap(listed, at[leaf], min(begin + window.size, sizes.size))
            mine, its = listed[at[leaf] : stop], codes[at[leaf] : stop]
            at[leaf] = stop
            table = u4_of(query, own + on.BOUNDS)
            found = _add(mine, its, table, bit_of(leaf), sizes, cards, begin, window, docs, found)
        # Cards that are counted at once may lie where those before them lay, which is still near.
        kept = 0 if counting else first
        new, its_cards = docs[first:found], own_cards[kept : kept + found - first]
        _settle(new, begin, window, cards, sums[first:found], its_cards)
        if counting:
            many, copies = _note(its_cards, new, fold, place, counts, combinations, months, members, many, copies)
    if not counting:
        return found, -1, 0
    take(combinations, many, counts, u4_of(room, on.TALLIES))
    return found, many, copies


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
    take(combinations, many, counts, tallies)
    return found, many, copies


@inlined
def _met(stories: Array, room: Array, query: Array, leaves: int) -> tuple[Array, Array, int]:
    """Return the stories with every leaf (in the room, with several leaves), their codes of the first, its number."""
    order = i8_of(query, on.ORDER)
    first = on.LEAF + on.LEAF_ARRAYS * order[0]
    mine, codes = u4_of(query, first + on.LISTED), u1_of(query, first + on.LISTED_CODES)
    docs, kept, sums = u4_of(room, on.DOCS), u1_of(room, on.CODES), u4_of(room, on.SUMS)
    found: int = mine.size
    for nth in range(1, leaves):
        found = _meet(stories, room, query, order[nth], mine[:found], codes, int(nth == 1), docs, kept, sums)
        mine, codes = docs, kept
    return mine[:found], codes, order[0]


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
        return _unite(stories, room, query, leaves, 0, 0)
    mine, codes, first = _met(stories, room, query, leaves)
    many, copies = -1, 0
    if good.size:
        kept, begun = u1_of(room, on.CODES), sums[: mine.size if leaves > 1 else 0]
        found, many, copies = _sift(stories, room, mine, codes, begun, cities, good, fold, docs, kept, sums)
        mine, codes = docs[:found], kept
    table = u4_of(query, on.LEAF + on.LEAF_ARRAYS * first + on.BOUNDS)
    _fetch(mine, codes, table, bit_of(first), u8_of(stories, on.CARDS), leaves, docs, sums, cards)
    return mine.size, many, copies


@compiled(I64, I64, I64, INT, INT, INT)
def gathered(stories: Array, room: Array, query: Array, leaves: int, every: int, fold: int) -> tuple[int, int, int]:
    """Write the stories with `every` leaf (or any) with sums, as `matched` does, and count their cities and months.

    No card is written, and no story where the query has one leaf: they are those of the leaf. Months are added to what
    the room has.

    Returns:
        How many stories there are, how many combinations of cities lie counted in the room and how many members of
        families, these not counted.
    """
    if every == 0 and leaves > 1:
        return _unite(stories, room, query, leaves, 1, fold)
    mine, codes, first = _met(stories, room, query, leaves)
    counts, combinations = u4_of(room, on.COUNTS), u4_of(room, on.TOUCHED)
    many, copies = _count(
        mine,
        codes,
        u4_of(query, on.LEAF + on.LEAF_ARRAYS * first + on.BOUNDS),
        bit_of(first),
        leaves,
        fold,
        u8_of(stories, on.CARDS),
        u4_of(stories, on.PLACE),
        counts,
        combinations,
        i8_of(room, on.MONTHS),
        u4_of(room, on.MEMBERS),
        u4_of(room, on.SUMS),
    )
    take(combinations, many, counts, u4_of(room, on.TALLIES))
    return mine.size, many, copies
