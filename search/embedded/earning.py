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

from index import ranking
from index.compiled import INT, MASK, U8, U32, W32, Bundle, compiled
from index.embedded import Reader, coding
from search.embedded import desk
from search.embedded.allowance import MOST_NEAR_FORMS, MOST_NEAR_WORDS
from search.embedded.cards import Picked, Room, picked
from search.embedded.columns import Columns, Sizes
from search.embedded.matching import Matching, untyped
from search.embedded.sets import EMPTY, Array, Docs, Mask, leap
from search.embedded.summing import (
    BOUND,
    BOUND_BITS,
    OWN_BITS,
    bit_of,
    clear,
    matched,
    write,
)
from search.embedded.terms import Terms
from search.query import tree

#: Trees of which it is kept what earns in them.
_TREES_KEPT = 256

_ALL: Mask = np.empty(0, np.bool_)
_NO_CODES = np.empty(0, np.uint8)
_NO_CITIES, _ALL_CITIES = np.empty(0, np.int32), np.empty(0, np.bool_)

#: Of a leaf that a segment lacks.
_NO_READER: Reader = (
    EMPTY,
    _NO_CODES,
    np.empty((0, 3), np.uint32),
    _NO_CODES,
    np.empty(0, np.int64),
    np.zeros(6, np.int64),
    _ALL,
)

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

    It is kept for the next page that asks for the same (`Earnings`), and shared by threads.

    Args:
        matching: of the page that asks first.
        node: the tree.

    Attributes:
        terms: of the leaves, in the order of the tree.
        by_leaf: the leaves with their terms.
        around: of each leaf, the nodes around it that must match for it to earn.
        pairs: numbers of leaves that follow one another and earn by nearness.
        unit: what one in a bound is worth.
        every: 0 where stories with any of the leaves are matched, 1 where it takes all.
    """

    def __init__(self, matching: Matching, node: tree.Node) -> None:
        self._node = node
        parts = node.parts if isinstance(node, tree.And | tree.Or) else (node,)
        self._flat = _all_flat(parts) if isinstance(node, tree.And) else all(isinstance(p, tree.Leaf) for p in parts)
        self._conditions = tuple([part for part in parts if not isinstance(part, tree.Leaf)])
        self.every = int(not isinstance(node, tree.Or))
        plan = _plan(node)
        self.terms = [matching.term(leaf) for leaf in plan.leaves]
        self.around = plan.around
        near = [term.forms <= MOST_NEAR_FORMS for term in self.terms]
        pairs = plan.pairs if len(self.terms) <= MOST_NEAR_WORDS else ()
        self.pairs = tuple([(a, b) for a, b in pairs if near[a] and near[b]])
        self.by_leaf = tuple(zip(plan.leaves, self.terms, strict=True))
        most = sum((ranking.K1 + 1.0) * term.weight for term in self.terms)
        most += sum(self.nearest(a, b) for a, b in self.pairs)
        # A power of two: queries of about the same weight share the tables that terms keep.
        least = max(most, 1e-9) / (BOUND - 2 * (len(self.terms) + len(self.pairs)) - 2)
        self.unit = 2.0 ** math.ceil(math.log2(least))
        self._sizes = matching.columns.sizes
        self._most = most_by_code(self._sizes)
        self._segments = len(matching.columns.segments)

    @cached_property
    def bundle(self) -> Bundle:
        """What compiled loops need of the query, as `desk` says."""
        sizes = [term.docs.size for term in self.terms]
        arrays = [
            np.argsort(sizes, kind="stable").astype(np.int64),
            np.array([term.weight for term in self.terms]),
            self.nearest_by_leaves,
            np.array(self.pairs, np.int64).ravel(),
            np.array([self.nearest(a, b) for a, b in self.pairs]),
        ]
        for number, term in enumerate(self.terms):
            listed = term.listed
            by_story = term.by_story if term.is_dense else _NO_CODES
            arrays += [listed.docs, listed.codes, self._table(number), by_story]
            arrays += [term.escaped_docs, listed.escaped_frequencies]
        return Bundle(*arrays)

    @cached_property
    def is_plain(self) -> bool:
        """Whether `finishing.best` can tell what stories earn."""
        unconditional = all(self.own_bit(number) or not around for number, around in enumerate(self.around))
        return unconditional and (not self.pairs or self.readers is not None)

    @cached_property
    def is_whole(self) -> bool:
        """Whether the leaves are all that decides which stories are matched, and `finishing.page` can do the rest."""
        return bool(self.terms) and self._flat and not self._conditions and self.is_plain

    @cached_property
    def readers(self) -> Bundle | None:
        """How the places of the leaves are read, as `desk` says; None where they cannot be read side by side."""
        if not self.pairs:
            return None
        readers = [term.readers for term in self.terms]
        arrays: list[Array] = []
        for segment in range(self._segments):
            for of in readers:
                if of is None:
                    return None
                arrays += of.get(segment, _NO_READER)
        return Bundle(*arrays)

    def nearest(self, a: int, b: int) -> float:
        """Return the most that nearness of two leaves can earn."""
        return ranking.PROXIMITY * min(self.terms[a].weight, self.terms[b].weight)

    @cached_property
    def nearest_by_leaves(self) -> Docs:
        """The most that nearness can earn among a set of leaves, in units, by the bits of a sum that say the set."""
        if not self.pairs:
            return _NEVER_NEAR
        table = np.zeros(1 << min(len(self.terms), OWN_BITS + 1), np.uint32)
        for a, b in self.pairs:
            both = (self.bit(a) | self.bit(b)) >> BOUND_BITS
            _add_pair(table, both, int(self.nearest(a, b) / self.unit) + 1)
        return table

    def bit(self, number: int) -> int:
        """Return which bit of a sum says that a leaf is there (or, the last one, may be)."""
        return bit_of(number)

    def own_bit(self, number: int) -> bool:
        """Say whether the bit of a leaf is its own."""
        return number < OWN_BITS

    def matches(self, matching: Matching, room: Room) -> Picked:
        """Return the stories that the tree matches, with their sums; they lie in `room`, the first of the thread's."""
        columns = matching.columns
        if not self._flat:
            docs = matching.docs(self._node)
            return picked(docs, self.sums(matching, docs), columns.cards, room)
        found, _, _ = self.within(columns, _NO_CITIES, _ALL_CITIES, room, fold=False)
        for condition in self._conditions:
            found = found.where(matching.among(condition, found.docs), room)
        return found

    def within(self, columns: Columns, cities: Array, good: Mask, room: Room, *, fold: bool) -> tuple[Picked, int, int]:
        """Return the stories that the leaves match in some cities, and what is left counted; it lies in `room`.

        Arguments and the numbers returned as in `summing.matched`.
        """
        many, combinations, members = matched(
            columns.bundle.numbers,
            columns.scratch.bundle.numbers,
            self.bundle.numbers,
            len(self.terms),
            self.every,
            cities,
            good,
            int(fold),
        )
        return Picked(room.docs[:many], room.sums[:many], room.cards[:many]), combinations, members

    def sums(self, matching: Matching, docs: Docs) -> Docs:
        """Return the sums of stories that the tree matches, however it does."""
        sums = np.zeros(docs.size, np.uint32)
        for number, term in enumerate(self.terms):
            allowed = self.allowed(matching, number, docs)
            listed = term.listed
            table, bit, sizes = self._table(number), self.bit(number), self._sizes.of
            if term.is_dense:
                _earn_by_story(docs, sizes, table, bit, allowed, term.by_story, sums)
            elif min(docs.size, listed.docs.size) * desk.LOOKING_UP < max(docs.size, listed.docs.size):
                _earn(docs, listed.docs, listed.codes, sizes, table, bit, allowed, sums)
            else:
                cells = matching.columns.scratch.cells
                write(listed.docs, listed.codes, cells)
                _earn_by_story(docs, sizes, table, bit, allowed, cells, sums)
                clear(listed.docs, cells)
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


class Earnings:
    """What earns in the trees that were asked for last; shared by threads, of one generation.

    Args:
        terms: those that are kept decoded.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._kept: dict[tree.Node, Earning] = {}
        self._let_go = 0

    def of(self, matching: Matching, node: tree.Node) -> Earning:
        """Return the `Earning` of a tree, made when the tree is asked for first; arguments as there."""
        found = self._kept.get(node)
        if found is None:
            found = Earning(matching, node)
            # What a word's absence makes the engine say must be said again on the next page.
            if not matching.said:
                self._keep(node, found)
        return found

    def _keep(self, node: tree.Node, earning: Earning) -> None:
        """Keep what earns in a tree whose terms are kept; no other holds on to terms that were let go of."""
        if len(self._kept) >= _TREES_KEPT or self._let_go != self._terms.let_go:
            self._let_go = self._terms.let_go
            self._kept = {}
        if all(self._terms.get(leaf) is term for leaf, term in earning.by_leaf):
            self._kept[node] = earning


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


@compiled(W32, INT, INT)
def _add_pair(table: Array, both: int, most: int) -> None:
    """Add what a pair can earn to all sets of leaves that have `both`."""
    for leaves in range(table.size):
        if leaves & both == both:
            table[leaves] += most


@compiled(U32, U32, U8, U8, U32, INT, MASK, W32)
def _earn(
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
def _earn_by_story(
    docs: Array, sizes: Array, table: Array, bit: int, allowed: Array, cells: Array, sums: Array
) -> None:
    """Do as `_earn` does, the leaf's codes given by story of the archive in `cells`."""
    for i in range(docs.size):
        code = cells[docs[i]]
        if code != 0 and (allowed.size == 0 or allowed[i]):
            sums[i] = (sums[i] | bit) + table[np.int64(sizes[docs[i]]) * 256 + code]
