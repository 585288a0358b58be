"""Cards: what nearly every page needs of a story, side by side in one number.

No words, no scores and no values' names here. The one idea: a page that counts thousands of stories waits for memory
more than for arithmetic, so what it counts of a story (its cities, its month, whether it has copies) lies in one place,
is fetched once, and every later step runs through what was fetched from end to end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.compiled import I32, INT, MASK, U8, U32, U64, W8, W32, W64, WU64, compiled, inlined
from search.embedded.sets import Array, Docs

#: A card from the lowest bit on: combination of cities 32 bits, code of the month 17, size class 4, copies 1.
_MONTH, _SIZE, _COPIES = 32, 49, 53
_MONTHS, _SIZES = (1 << 17) - 1, (1 << 4) - 1
_CITIES = (1 << 32) - 1

Cards = npt.NDArray[np.uint64]


def made(cities: Array, months: Array, sizes: Array, place: Array) -> Cards:
    """Return the card of every story.

    Args:
        cities: its combination of cities.
        months: the code of its month (`columns.Periods`).
        sizes: its size class.
        place: as in `Families`.
    """
    cards = np.asarray(cities).astype(np.uint64)
    cards |= np.asarray(months).astype(np.uint64) << np.uint64(_MONTH)
    cards |= np.asarray(sizes).astype(np.uint64) << np.uint64(_SIZE)
    if place.size:
        cards |= (place > 0).astype(np.uint64) << np.uint64(_COPIES)
    return cards


class Room:
    """Arrays as long as the archive for one step to write to, for one thread; what they hold is of no use later.

    Attributes:
        docs, sums: u4[stories + 1].
        cards: u8[stories + 1].
    """

    def __init__(self, stories: int) -> None:
        self.docs = np.empty(stories + 1, np.uint32)
        self.sums = np.empty(stories + 1, np.uint32)
        self.cards = np.empty(stories + 1, np.uint64)


@dataclass(frozen=True, slots=True)
class Picked:
    """Stories with what goes along with each: its sum, of size 0 where nothing is scored, and its card.

    The arrays may lie in a `Room`: whoever keeps them longer than that copies them.
    """

    docs: Docs
    sums: Docs
    cards: Cards

    def where(self, keep: Array, room: Room) -> Picked:
        """Return those that `keep` (a mask) says, written to `room`, in which they may lie already."""
        kept = _keep(keep, self.docs, self.sums, self.cards, room.docs, room.sums, room.cards)
        return self.within(room, kept)

    def among(self, first: Array, last: Array, days: tuple[int, int], months: tuple[int, int], room: Room) -> Picked:
        """Return those whose whole date lies within some days, written to `room`, in which they may lie already.

        Args:
            first: first day of every story's date.
            last: last day.
            days: the first and the last.
            months: codes of the first and the last month that lie within these days as a whole.
            room: to write to.
        """
        kept = _between(self.docs, self.sums, self.cards, first, last, *days, *months, room.docs, room.sums, room.cards)
        return self.within(room, kept)

    def within(self, room: Room, kept: int) -> Picked:
        """Return the first stories of a room, with sums where these have some."""
        return Picked(room.docs[:kept], room.sums[: kept if self.sums.size else 0], room.cards[:kept])


@inlined
def size_of(card: Any) -> Any:
    """Return the size class of a card."""
    return np.int64(card >> _SIZE) & _SIZES


@inlined
def month_of(card: Any) -> Any:
    """Return the code of the month of a card."""
    return np.int64(card >> _MONTH) & _MONTHS


@inlined
def cities_of(card: Any) -> Any:
    """Return the combination of cities of a card."""
    return np.int64(card) & _CITIES


@inlined
def has_copies(card: Any) -> Any:
    """Say whether the story of a card has copies."""
    return card >> _COPIES != 0


@inlined
def note(
    card: Any,
    doc: Any,
    folded: bool,
    place: Array,
    counts: Array,
    combinations: Array,
    months: Array,
    members: Array,
    many: int,
    copies: int,
) -> tuple[int, int]:
    """Count a story's combination of cities and its month, or, where it has copies that fold, write its place.

    Args:
        card: of the story.
        doc: the story.
        folded: whether a family of copies counts once.
        place: as in `tally`, as are the next four.
        counts: likewise.
        combinations: likewise.
        months: likewise.
        members: likewise.
        many: combinations that occur so far.
        copies: members so far.

    Returns:
        The last two.
    """
    if folded and has_copies(card):
        members[copies] = place[doc]
        return many, copies + 1
    months[month_of(card)] += 1
    code = cities_of(card)
    if counts[code] == 0:
        combinations[many] = code
        many += 1
    counts[code] += 1
    return many, copies


@inlined
def take(combinations: Array, many: int, counts: Array, tallies: Array) -> None:
    """Write the counts of the combinations that occur, and leave zeros."""
    for i in range(many):
        tallies[i] = counts[combinations[i]]
        counts[combinations[i]] = 0


def picked(docs: Docs, sums: Docs, cards: Cards, room: Room) -> Picked:
    """Return stories with their cards out of those of all stories."""
    _fetch(docs, cards, room.cards)
    return Picked(docs, sums, room.cards[: docs.size])


@compiled(U32, U64, WU64)
def _fetch(docs: Array, cards: Array, out: Array) -> None:
    for i in range(docs.size):
        out[i] = cards[docs[i]]


@compiled(MASK, U32, U32, U64, W32, W32, WU64)
def _keep(
    keep: Array, docs: Array, sums: Array, cards: Array, out_docs: Array, out_sums: Array, out_cards: Array
) -> int:
    kept = 0
    for i in range(docs.size):
        out_docs[kept] = docs[i]
        out_cards[kept] = cards[i]
        if sums.size:
            out_sums[kept] = sums[i]
        kept += keep[i]
    return kept


@compiled(U32, U32, U64, I32, I32, INT, INT, INT, INT, W32, W32, WU64)
def _between(
    docs: Array,
    sums: Array,
    cards: Array,
    first: Array,
    last: Array,
    low: int,
    high: int,
    low_month: int,
    high_month: int,
    out_docs: Array,
    out_sums: Array,
    out_cards: Array,
) -> int:
    """Write the stories whose whole date lies within the days; return how many.

    Most months are in or out as a whole, and then the days need no looking up.
    """
    kept = 0
    for i in range(docs.size):
        month = month_of(cards[i])
        out_docs[kept] = docs[i]
        out_cards[kept] = cards[i]
        if sums.size:
            out_sums[kept] = sums[i]
        if low_month <= month <= high_month:
            kept += 1
        elif month == 1 or low_month - 1 <= month <= high_month + 1:
            doc = docs[i]
            kept += (first[doc] >= low) & (last[doc] <= high)
    return kept


@compiled(U64, MASK, INT, W8)
def miss_cities(cards: Array, good: Array, bit: int, misses: Array) -> None:
    """Set a bit for each story whose combination of cities is not `good`."""
    for i in range(cards.size):
        if not good[cities_of(cards[i])]:
            misses[i] |= bit


@compiled(U32, U64, U8, INT, INT, U32, W32, W32, W32, W64, W32, W32)
def tally(
    docs: Array,
    cards: Array,
    misses: Array,
    own: int,
    cities: int,
    place: Array,
    counts: Array,
    combinations: Array,
    tallies: Array,
    months: Array,
    members: Array,
    shown: Array,
) -> tuple[int, int, int, int]:
    """Count combinations of cities and months, and set stories that have copies apart.

    Args:
        docs: stories.
        cards: theirs.
        misses: as in `facets.Under`.
        own: bits of `misses` that do not matter for cities; for months all do.
        cities: whether they are to be counted; where not, no combination or member is written.
        place: as in `Families`; of size 0 where copies count like other stories.
        counts: zeros by combination, and so left.
        combinations: those that occur; written.
        tallies: how many stories have each; written.
        months: stories by code of the month; added to.
        members: places (`Families`) of the stories with copies that count for cities; written.
        shown: places of those that count for months; written.

    Returns:
        Combinations, members, members shown, and stories that miss nothing, copies among them.
    """
    many = copies = mine = total = 0
    for i in range(cards.size):
        card = cards[i]
        missed = misses[i] if misses.size else 0
        total += missed == 0
        if place.size and has_copies(card):
            at = place[docs[i]]
            if cities and missed & ~own == 0:
                members[copies] = at
                copies += 1
            if missed == 0:
                shown[mine] = at
                mine += 1
            continue
        if missed == 0:
            months[month_of(card)] += 1
        if cities and missed & ~own == 0:
            code = cities_of(card)
            if counts[code] == 0:
                combinations[many] = code
                many += 1
            counts[code] += 1
    take(combinations, many, counts, tallies)
    return many, copies, mine, total
