"""Which leaves of a query earn, under which conditions, and how much each can earn at most.

No stories' scores here, only their bounds. The one idea: while stories are matched, each gets one 32-bit *sum*: in its
low bits the most that its leaves can earn together, in whole units and rounded up; in its high bits which leaves these
are. Sums are added without looking at the length of any story; only the few stories whose sum is large enough to reach
the page are scored (`scoring`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from numba import types

from index import ranking
from index.compiled import INT, MASK, U8, U32, U64, W8, W32, WU64, compiled
from index.embedded import coding
from search.embedded.cards import Picked, Room, bounded, picked
from search.embedded.columns import Sizes
from search.embedded.matching import Matching, untyped
from search.embedded.sets import EMPTY, Array, Docs, Mask, leap
from search.query import tree

#: Bits of a sum that hold the bound; the others say which leaves are there.
BOUND_BITS = 20
BOUND = (1 << BOUND_BITS) - 1

#: Leaves with a bit of their own; all later ones share the last.
_OWN_BITS = 32 - BOUND_BITS - 1

#: Looking one number up costs about as much as passing over this many.
_LOOKING_UP = 24

#: So many leaves are added up side by side, some stories at a time; more in an array as long as the archive.
_SIDE_BY_SIDE = 8

_ALL: Mask = np.empty(0, np.bool_)
_NO_CODES = np.empty(0, np.uint8)

#: `Earning.nearest_by_leaves` where no leaves earn by nearness.
_NEVER_NEAR = np.zeros(1 << (32 - BOUND_BITS), np.uint32)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which leaves of a tree earn; `Earning` says what the attributes are."""

    leaves: tuple[tree.Leaf, ...]
    around: tuple[tuple[tree.Node, ...], ...]
    pairs: tuple[tuple[int, int], ...]


def _plan(node: tree.Node) -> _Plan:
    earning = tuple((untyped(leaf), around) for leaf, around in _scoring(node, (), certain=True))
    pairs = enumerate(pairwise(leaf for leaf, _ in earning))
    return _Plan(
        tuple(leaf for leaf, _ in earning),
        tuple(around for _, around in earning),
        tuple((number, number + 1) for number, (one, other) in pairs if one != other),
    )


class Earning:
    """The leaves of a tree that earn, and the sums of the stories that it matches.

    It is kept for the next page that asks for the same (`prepared`), and shared by threads.

    Args:
        matching: of the page that asks first.
        node: the tree.

    Attributes:
        terms: of the leaves, in the order of the tree.
        by_leaf: the leaves with their terms.
        around: of each leaf, the nodes around it that must match for it to earn.
        pairs: numbers of leaves that follow one another and earn by nearness.
        unit: what one in a bound is worth.
    """

    def __init__(self, matching: Matching, node: tree.Node) -> None:
        self._node = node
        plan = _plan(node)
        self.terms = [matching.term(leaf) for leaf in plan.leaves]
        self.around = plan.around
        self.pairs = plan.pairs
        self.by_leaf = tuple(zip(plan.leaves, self.terms, strict=True))
        most = sum((ranking.K1 + 1.0) * term.weight for term in self.terms)
        most += sum(self.nearest(a, b) for a, b in self.pairs)
        # A power of two: queries of about the same weight share the tables that terms keep.
        least = max(most, 1e-9) / (BOUND - 2 * (len(self.terms) + len(self.pairs)) - 2)
        self.unit = 2.0 ** math.ceil(math.log2(least))
        self._sizes = matching.columns.sizes
        self._most = most_by_code(self._sizes)

    def nearest(self, a: int, b: int) -> float:
        """Return the most that nearness of two leaves can earn."""
        return ranking.PROXIMITY * min(self.terms[a].weight, self.terms[b].weight)

    @cached_property
    def nearest_by_leaves(self) -> Docs:
        """The most that nearness can earn among a set of leaves, in units, by the bits of a sum that say the set."""
        if not self.pairs:
            return _NEVER_NEAR
        table = np.zeros(1 << min(len(self.terms), _OWN_BITS + 1), np.uint32)
        for a, b in self.pairs:
            both = (self.bit(a) | self.bit(b)) >> BOUND_BITS
            _add_pair(table, both, int(self.nearest(a, b) / self.unit) + 1)
        return table

    def bit(self, number: int) -> int:
        """Return which bit of a sum says that a leaf is there (or, the last one, may be)."""
        return 1 << BOUND_BITS + min(number, _OWN_BITS)

    def own_bit(self, number: int) -> bool:
        """Say whether the bit of a leaf is its own."""
        return number < _OWN_BITS

    def matches(self, matching: Matching, room: Room) -> Picked:
        """Return the stories that the tree matches, with their sums; they lie in `room` and are in no order."""
        cards, node = matching.columns.cards, self._node
        match node:
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
                listed = self.terms[0].listed
                return bounded(listed.docs, listed.codes, self._table(0), self.bit(0), cards, room)
            case tree.And(parts) if _all_flat(parts):
                return picked(*self._all(matching, parts, room), cards, room)
            case tree.Or(parts) if all(isinstance(part, tree.Leaf) for part in parts):
                if len(parts) <= _SIDE_BY_SIDE:
                    return self._side_by_side(matching, room)
                return picked(*self._any(matching, room), cards, room)
        docs = matching.docs(node)
        return picked(docs, self.sums(matching, docs), cards, room)

    def sums(self, matching: Matching, docs: Docs) -> Docs:
        """Return the sums of stories that the tree matches, however it does."""
        sums = np.zeros(docs.size, np.uint32)
        for number, term in enumerate(self.terms):
            allowed = self.allowed(matching, number, docs)
            listed = term.listed
            table, bit, sizes = self._table(number), self.bit(number), self._sizes.of
            if min(docs.size, listed.docs.size) * _LOOKING_UP < max(docs.size, listed.docs.size):
                _earn(docs, listed.docs, listed.codes, sizes, table, bit, allowed, sums)
            else:
                cells = matching.columns.scratch.cells
                _write(listed.docs, listed.codes, cells)
                _earn_cells(docs, sizes, table, bit, allowed, cells, sums)
                _clear(listed.docs, cells)
        return sums

    def allowed(self, matching: Matching, number: int, docs: Docs) -> Mask:
        """Say of which stories a leaf is allowed to earn; an empty mask means in all."""
        mask = _ALL
        for outer in self.around[number]:
            within = matching.among(outer, docs)
            mask = within if not mask.size else mask & within
        return mask

    def _table(self, number: int) -> Docs:
        return self.terms[number].bounds(self.unit, self._most)

    def _all(self, matching: Matching, parts: tuple[tree.Node, ...], room: Room) -> tuple[Docs, Docs]:
        order = sorted(range(len(self.terms)), key=lambda number: self.terms[number].docs.size)
        first = order[0]
        listed = self.terms[first].listed
        docs, sums = listed.docs, room.sums[: listed.docs.size]
        _bound(listed.docs, listed.codes, self._sizes.of, self._table(first), self.bit(first), sums)
        for number in order[1:]:
            term = self.terms[number]
            listed = term.listed
            table, bit, sizes = self._table(number), self.bit(number), self._sizes.of
            if docs.size * _LOOKING_UP < listed.docs.size and not term.is_dense:
                found = _meet(docs, sums, listed.docs, listed.codes, sizes, table, bit, room.docs, room.sums)
            elif term.is_dense:
                found = _meet_cells(docs, sums, sizes, table, bit, term.by_story, room.docs, room.sums)
            else:
                cells = matching.columns.scratch.cells
                _write(listed.docs, listed.codes, cells)
                found = _meet_cells(docs, sums, sizes, table, bit, cells, room.docs, room.sums)
                _clear(listed.docs, cells)
            docs, sums = room.docs[:found], room.sums[:found]
        for part in parts:
            if not isinstance(part, tree.Leaf) and docs.size:
                keep = matching.among(part, docs)
                docs, sums = docs[keep], sums[keep]
        return docs, sums

    def _side_by_side(self, matching: Matching, room: Room) -> Picked:
        columns = matching.columns
        lists = [term.listed for term in self.terms]
        more = _SIDE_BY_SIDE - len(lists)
        found = _unite(
            (*[one.docs for one in lists], *more * [EMPTY]),
            (*[one.codes for one in lists], *more * [_NO_CODES]),
            (*[self._table(number) for number in range(len(lists))], *more * [EMPTY]),
            _BITS,
            self._sizes.of,
            columns.cards,
            columns.scratch.window,
            room.docs,
            room.sums,
            room.cards,
        )
        return Picked(room.docs[:found], room.sums[:found], room.cards[:found])

    def _any(self, matching: Matching, room: Room) -> tuple[Docs, Docs]:
        sums = matching.columns.scratch.sums
        for number, term in enumerate(self.terms):
            _add(term.docs, term.listed.codes, self._sizes.of, self._table(number), self.bit(number), sums)
        found = _drain(sums, room.docs, room.sums)
        return room.docs[:found], room.sums[:found]


def prepared(matching: Matching, node: tree.Node) -> Earning:
    """Return the `Earning` of a tree, made when the tree is asked for first; arguments as there."""
    found = matching.kept.earning(node)
    if found is None:
        found = Earning(matching, node)
        # What a word's absence makes the engine say must be said again on the next page.
        if not matching.said:
            matching.kept.keep_earning(node, found)
    return found


@lru_cache(8)
def most_by_code(sizes: Sizes) -> npt.NDArray[np.float64]:
    """Return the most that a term of weight 1 can earn, by size of the story and frequency code, end to end.

    A field is taken to be as short as in any story of the size, but not shorter than what it holds.
    """
    pseudo = np.zeros((len(sizes.shortest), 256))
    for field, average in enumerate(sizes.averages):
        times = coding.FREQUENCIES[:, field].astype(np.float64)
        length = np.maximum(times, sizes.shortest[:, field, None])
        pseudo += ranking.FIELD_WEIGHTS[field] * times / np.maximum(ranking.length_norm(field, length, average), 1e-9)
    most = ranking.saturate(pseudo)
    most[:, coding.ESCAPED] = ranking.K1 + 1.0
    return np.asarray(most.ravel())


def _all_flat(parts: tuple[tree.Node, ...]) -> bool:
    """Say whether the parts of an And are leaves and nodes that earn nothing, at least one of them a leaf."""
    leaves = [isinstance(part, tree.Leaf) for part in parts]
    silent = tree.Value | tree.Dated | tree.Id | tree.Not | tree.Everything | tree.Nothing
    return any(leaves) and all(leaf or isinstance(part, silent) for leaf, part in zip(leaves, parts, strict=True))


def _scoring(
    node: tree.Node, whole: tuple[tree.Node, ...], *, certain: bool
) -> Iterator[tuple[tree.Leaf, tuple[tree.Node, ...]]]:
    """Yield the leaves that may earn, in the order of the tree, each with the nodes around it that must be checked.

    A node that every story to be scored matches (`certain`) needs no checking.
    """
    around = whole if certain else (*whole, node)
    match node:
        case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
            yield node, whole
        case tree.Phrase(parts, fields):
            for leaf in parts:
                yield from _scoring(replace(leaf, fields=fields) if fields else leaf, around, certain=certain)
        case tree.And(parts):
            for part in parts:
                yield from _scoring(part, around, certain=certain)
        case tree.Or(parts):
            for part in parts:
                yield from _scoring(part, whole, certain=False)
        case tree.Near(left, right):
            yield from _scoring(left, around, certain=certain)
            yield from _scoring(right, around, certain=certain)
        case tree.First(inner, _) | tree.AtLeast(inner, _):
            yield from _scoring(inner, around, certain=certain)
        case tree.Together(parts):
            for part in parts:
                yield from _scoring(part, around, certain=certain)
        case _:
            return


# In the loops below: `docs` ascending story numbers, u4; `codes` their frequency codes, u1; `sizes` the size of every
# story, u1; `table` the bound by size and code, u4[16 * 256]; `bit` of the leaf in a sum; `sums` by story of `docs`,
# u4, or by story of the archive where it is `dense`.


_BITS = np.array([1 << BOUND_BITS + number for number in range(_SIDE_BY_SIDE)], np.uint32)
_LISTS, _CODES = types.UniTuple(U32, _SIDE_BY_SIDE), types.UniTuple(U8, _SIDE_BY_SIDE)


@compiled(U32, U8, U8, U32, INT, W32)
def _bound(docs: Array, codes: Array, sizes: Array, table: Array, bit: int, sums: Array) -> None:
    """Write the sums of a leaf's own stories."""
    for i in range(codes.size):
        sums[i] = table[np.int64(sizes[docs[i]]) * 256 + codes[i]] + bit


@compiled(U32, U32, U32, U8, U8, U32, INT, W32, W32)
def _meet(
    docs: Array,
    sums: Array,
    others: Array,
    codes: Array,
    sizes: Array,
    table: Array,
    bit: int,
    out_docs: Array,
    out_sums: Array,
) -> int:
    """Write the stories that a leaf has too, with its bound added; return how many there are."""
    j = found = 0
    for i in range(docs.size):
        j = leap(others, j, docs[i])
        if j == others.size:
            break
        if others[j] == docs[i]:
            out_docs[found] = docs[i]
            out_sums[found] = (sums[i] | bit) + table[np.int64(sizes[others[j]]) * 256 + codes[j]]
            found += 1
    return found


@compiled(W32, INT, INT)
def _add_pair(table: Array, both: int, most: int) -> None:
    """Add what a pair can earn to all sets of leaves that have `both`."""
    for leaves in range(table.size):
        if leaves & both == both:
            table[leaves] += most


@compiled(U32, U8, W8)
def _write(docs: Array, codes: Array, cells: Array) -> None:
    for i in range(docs.size):
        cells[docs[i]] = codes[i]


@compiled(U32, W8)
def _clear(docs: Array, cells: Array) -> None:
    for i in range(docs.size):
        cells[docs[i]] = 0


@compiled(U32, U32, U8, U32, INT, U8, W32, W32)
def _meet_cells(
    docs: Array, sums: Array, sizes: Array, table: Array, bit: int, cells: Array, out_docs: Array, out_sums: Array
) -> int:
    """Do as `_meet` does, the leaf's codes given by story of the archive in `cells`."""
    found = 0
    for i in range(docs.size):
        doc = docs[i]
        code = cells[doc]
        if code != 0:
            out_docs[found] = doc
            out_sums[found] = (sums[i] | bit) + table[np.int64(sizes[doc]) * 256 + code]
            found += 1
    return found


@compiled(U32, U32, U8, U8, U32, INT, MASK, W32)
def _earn(
    docs: Array, others: Array, codes: Array, sizes: Array, table: Array, bit: int, allowed: Array, sums: Array
) -> None:
    """Add a leaf's bound to the sums of the stories that have it and are `allowed`."""
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
def _earn_cells(docs: Array, sizes: Array, table: Array, bit: int, allowed: Array, cells: Array, sums: Array) -> None:
    """Do as `_earn` does, the leaf's codes given by story of the archive in `cells`."""
    for i in range(docs.size):
        code = cells[docs[i]]
        if code != 0 and (allowed.size == 0 or allowed[i]):
            sums[i] = (sums[i] | bit) + table[np.int64(sizes[docs[i]]) * 256 + code]


@compiled(U32, U8, U8, U32, INT, W32)
def _add(docs: Array, codes: Array, sizes: Array, table: Array, bit: int, dense: Array) -> None:
    """Add a leaf's bound to the sums of its stories in an array as long as the archive."""
    for i in range(docs.size):
        dense[docs[i]] = (dense[docs[i]] | bit) + table[np.int64(sizes[docs[i]]) * 256 + codes[i]]


@compiled(W32, W32, W32)
def _drain(dense: Array, out_docs: Array, out_sums: Array) -> int:
    """Write the stories with a sum, clear the sums, and return how many there are; `out` has room for one more."""
    found = 0
    for doc in range(dense.size):
        sum = dense[doc]
        out_docs[found] = doc
        out_sums[found] = sum
        found += sum != 0
        dense[doc] = 0
    return found


@compiled(_LISTS, _CODES, _LISTS, U32, U8, U64, W32, W32, W32, WU64)
def _unite(
    docs: tuple[Array, ...],
    codes: tuple[Array, ...],
    tables: tuple[Array, ...],
    bits: Array,
    sizes: Array,
    cards: Array,
    window: Array,
    out_docs: Array,
    out_sums: Array,
    out_cards: Array,
) -> int:
    """Write the stories of several leaves, each once, with the sum of the leaves' bounds; return how many there are.

    So many stories at a time as `window` has room for; among them they are in the order in which the leaves have them.

    Args:
        docs: of the leaves, empty arrays after the last.
        codes: likewise.
        tables: likewise.
        bits: of the leaves in a sum.
        sizes: of every story.
        cards: of every story.
        window: zeros, and so left.
        out_docs: the stories; written.
        out_sums: their sums; written.
        out_cards: their cards; written.
    """
    found = 0
    at = np.zeros(len(docs), np.int64)
    for begin in range(0, sizes.size, window.size):
        here = sizes[begin : begin + window.size]
        base = np.uint32(begin)
        first = found
        for leaf in range(len(docs)):
            stop = leap(docs[leaf], at[leaf], begin + here.size)
            mine, its, table, bit = docs[leaf][at[leaf] : stop], codes[leaf][at[leaf] : stop], tables[leaf], bits[leaf]
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
