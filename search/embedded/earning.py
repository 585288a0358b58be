"""Which leaves of a query earn, under which conditions, and how much each can earn at most.

No stories' scores here, only their bounds. The one idea: while stories are matched, each gets one 32-bit *sum*: in its
low bits the most that its leaves can earn together, in whole units and rounded up; in its high bits which leaves these
are. Sums are added without looking at the length of any story; only the few stories whose sum is large enough to reach
the page are scored (`scoring`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index import ranking
from index.compiled import INT, MASK, U8, U32, W8, W32, compiled
from index.embedded import coding
from search.embedded.columns import Sizes
from search.embedded.matching import Matching, untyped
from search.embedded.sets import EMPTY, Array, Docs, Mask, leap
from search.embedded.terms import Term
from search.query import tree

#: Bits of a sum that hold the bound; the others say which leaves are there.
BOUND_BITS = 20
BOUND = (1 << BOUND_BITS) - 1

#: Leaves with a bit of their own; all later ones share the last.
_OWN_BITS = 32 - BOUND_BITS - 1

#: Looking one number up costs about as much as passing over this many.
_LOOKING_UP = 24

#: Sets that hold together more than one story in this many are added up in an array as long as the archive.
_DENSE = 16

_ALL: Mask = np.empty(0, np.bool_)


class Earning:
    """The leaves of a tree that earn, and the sums of the stories that it matches.

    Attributes:
        terms: of the leaves, in the order of the tree.
        around: of each leaf, the nodes around it that must match for it to earn.
        pairs: numbers of leaves that follow one another and earn by nearness.
        unit: what one in a bound is worth.
    """

    def __init__(self, matching: Matching, node: tree.Node) -> None:
        self._matching = matching
        self._node = node
        self.terms: list[Term] = []
        self.around: list[tuple[tree.Node, ...]] = []
        self.pairs: list[tuple[int, int]] = []
        before: tree.Leaf | None = None
        for number, (leaf, around) in enumerate(_scoring(node, (), certain=True)):
            leaf = untyped(leaf)
            self.terms.append(matching.term(leaf))
            self.around.append(around)
            if before is not None and before != leaf:
                self.pairs.append((number - 1, number))
            before = leaf
        most = sum((ranking.K1 + 1.0) * term.weight for term in self.terms)
        most += sum(self.nearest(a, b) for a, b in self.pairs)
        self.unit = max(most, 1e-9) / (BOUND - 2 * (len(self.terms) + len(self.pairs)) - 2)
        self._sizes = matching.columns.sizes
        self._shares = [most_by_code(self._sizes) * (term.weight / self.unit) for term in self.terms]

    def nearest(self, a: int, b: int) -> float:
        """Return the most that nearness of two leaves can earn."""
        return ranking.PROXIMITY * min(self.terms[a].weight, self.terms[b].weight)

    def bit(self, number: int) -> int:
        """Return which bit of a sum says that a leaf is there (or, the last one, may be)."""
        return 1 << BOUND_BITS + min(number, _OWN_BITS)

    def own_bit(self, number: int) -> bool:
        """Say whether the bit of a leaf is its own."""
        return number < _OWN_BITS

    def matches(self) -> tuple[Docs, Docs]:
        """Return the stories that the tree matches, and their sums."""
        node = self._node
        match node:
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
                listed = self.terms[0].listed
                sums = np.empty(listed.docs.size, np.uint32)
                _bound(listed.docs, listed.codes, self._sizes.of, self._table(0), self.bit(0), sums)
                return listed.docs, sums
            case tree.And(parts) if _all_flat(parts):
                return self._all(parts)
            case tree.Or(parts) if all(isinstance(part, tree.Leaf) for part in parts):
                return self._any()
        docs = self._matching.docs(node)
        return docs, self.sums(docs)

    def sums(self, docs: Docs) -> Docs:
        """Return the sums of stories that the tree matches, however it does."""
        sums = np.zeros(docs.size, np.uint32)
        for number, term in enumerate(self.terms):
            allowed = self.allowed(number, docs)
            listed = term.listed
            if min(docs.size, listed.docs.size) * _LOOKING_UP < max(docs.size, listed.docs.size):
                _earn(
                    docs,
                    listed.docs,
                    listed.codes,
                    self._sizes.of,
                    self._table(number),
                    self.bit(number),
                    allowed,
                    sums,
                )
            else:
                cells = self._matching.columns.scratch.cells
                _earn_marked(
                    docs,
                    listed.docs,
                    listed.codes,
                    self._sizes.of,
                    self._table(number),
                    self.bit(number),
                    allowed,
                    cells,
                    sums,
                )
        return sums

    def allowed(self, number: int, docs: Docs) -> Mask:
        """Say of which stories a leaf is allowed to earn; an empty mask means in all."""
        mask = _ALL
        for outer in self.around[number]:
            within = self._matching.among(outer, docs)
            mask = within if not mask.size else mask & within
        return mask

    def _table(self, number: int) -> Docs:
        table: Docs = self._shares[number].astype(np.uint32) + np.uint32(1)
        return table

    def _all(self, parts: tuple[tree.Node, ...]) -> tuple[Docs, Docs]:
        order = sorted(range(len(self.terms)), key=lambda number: self.terms[number].docs.size)
        first = order[0]
        listed = self.terms[first].listed
        docs, sums = listed.docs, np.empty(listed.docs.size, np.uint32)
        _bound(listed.docs, listed.codes, self._sizes.of, self._table(first), self.bit(first), sums)
        for number in order[1:]:
            listed = self.terms[number].listed
            met, earned = np.empty(docs.size + 1, np.uint32), np.empty(docs.size + 1, np.uint32)
            table, bit = self._table(number), self.bit(number)
            if docs.size * _LOOKING_UP < listed.docs.size:
                found = _meet(docs, sums, listed.docs, listed.codes, self._sizes.of, table, bit, met, earned)
            else:
                cells = self._matching.columns.scratch.cells
                found = _meet_marked(
                    docs, sums, listed.docs, listed.codes, self._sizes.of, table, bit, cells, met, earned
                )
            docs, sums = met[:found], earned[:found]
        for part in parts:
            if not isinstance(part, tree.Leaf) and docs.size:
                keep = self._matching.among(part, docs)
                docs, sums = docs[keep], sums[keep]
        return docs, sums

    def _any(self) -> tuple[Docs, Docs]:
        count = self._matching.columns.count
        total = sum(term.docs.size for term in self.terms)
        if total * _DENSE >= count:
            dense = self._matching.columns.scratch.sums
            for number, term in enumerate(self.terms):
                _add(term.docs, term.listed.codes, self._sizes.of, self._table(number), self.bit(number), dense)
            docs, sums = np.empty(min(total, count) + 1, np.uint32), np.empty(min(total, count) + 1, np.uint32)
            found = _drain(dense, docs, sums)
            return docs[:found], sums[:found]
        docs, sums = EMPTY, EMPTY
        for number in sorted(range(len(self.terms)), key=lambda number: self.terms[number].docs.size):
            listed = self.terms[number].listed
            out_docs = np.empty(docs.size + listed.docs.size, np.uint32)
            out_sums = np.empty(docs.size + listed.docs.size, np.uint32)
            table, bit = self._table(number), self.bit(number)
            found = _merge(docs, sums, listed.docs, listed.codes, self._sizes.of, table, bit, out_docs, out_sums)
            docs, sums = out_docs[:found], out_sums[:found]
        return docs, sums


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


@compiled(U32, U32, U32, U8, U8, U32, INT, W8, W32, W32)
def _meet_marked(
    docs: Array,
    sums: Array,
    others: Array,
    codes: Array,
    sizes: Array,
    table: Array,
    bit: int,
    cells: Array,
    out_docs: Array,
    out_sums: Array,
) -> int:
    """Do as `_meet` does, by marking the leaf's stories in `cells` (zeros, and so left)."""
    for j in range(others.size):
        cells[others[j]] = codes[j]
    found = 0
    for i in range(docs.size):
        code = cells[docs[i]]
        out_docs[found] = docs[i]
        out_sums[found] = (sums[i] | bit) + table[np.int64(sizes[docs[i]]) * 256 + code]
        found += code != 0
    for j in range(others.size):
        cells[others[j]] = 0
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


@compiled(U32, U32, U8, U8, U32, INT, MASK, W8, W32)
def _earn_marked(
    docs: Array,
    others: Array,
    codes: Array,
    sizes: Array,
    table: Array,
    bit: int,
    allowed: Array,
    cells: Array,
    sums: Array,
) -> None:
    """Do as `_earn` does, by marking the leaf's stories in `cells` (zeros, and so left)."""
    for j in range(others.size):
        cells[others[j]] = codes[j]
    for i in range(docs.size):
        code = cells[docs[i]]
        if code != 0 and (allowed.size == 0 or allowed[i]):
            sums[i] = (sums[i] | bit) + table[np.int64(sizes[docs[i]]) * 256 + code]
    for j in range(others.size):
        cells[others[j]] = 0


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


@compiled(U32, U32, U32, U8, U8, U32, INT, W32, W32)
def _merge(
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
    """Write the stories of both sides in order, with the leaf's bound added where it has them; return how many."""
    i = j = found = 0
    while i < docs.size or j < others.size:
        mine = i < docs.size and (j == others.size or docs[i] <= others[j])
        its = j < others.size and (i == docs.size or others[j] <= docs[i])
        sum = np.int64(0)
        if mine:
            out_docs[found] = docs[i]
            sum += sums[i]
            i += 1
        if its:
            out_docs[found] = others[j]
            sum = (sum | bit) + table[np.int64(sizes[others[j]]) * 256 + codes[j]]
            j += 1
        out_sums[found] = sum
        found += 1
    return found
