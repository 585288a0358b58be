"""What stories earn: BM25F, nearness and recency as `index.ranking` has them, and the best of them in order.

The rules of who earns what are stated in the plain words of the reference in the tests. The one idea: nearness is
bounded, so positions are read only of stories that could still reach the page, the most promising first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from index import ranking
from index.embedded import UNDATED
from search.embedded.matching import Matching, untyped
from search.embedded.sets import Array, Docs, Mask, Spans, contained, find, kth_largest, smallest_distances
from search.embedded.terms import Term
from search.query import tree

Scores = npt.NDArray[np.float64]

#: Scores are rounded to a millionth, so that stories that earn the same tie whatever the order of additions.
DECIMALS = 6

_SLACK = 2.0 * 10.0**-DECIMALS
_FIRST_LOOK = 512

#: Looking one number up costs about as much as passing over this many.
_LOOKING_UP = 16

#: Leaves whose nearness is counted, and so many whose bounds stand in one table; queries have a handful.
_MOST_LEAVES = 63
_TABLED = 8


class Scoring:
    """The scores of stories that a tree matches.

    Args:
        matching: of the query.
        node: the tree.
        docs: stories that `node` matches.
        recency: as in `Request`.
    """

    def __init__(self, matching: Matching, node: tree.Node, docs: Docs, recency: float = 0.0) -> None:
        self._matching = matching
        self._docs = docs
        self._terms: list[Term] = []
        self._pairs: list[tuple[int, int]] = []
        before: tree.Leaf | None = None
        #: Sums by story, and in bit i of `_there` whether leaf i earns.
        self._base: Scores = np.zeros(docs.size)
        leaves = list(_scoring(node, (), certain=True))
        self._there = np.zeros(docs.size, dtype=np.min_scalar_type((1 << min(len(leaves), _MOST_LEAVES)) - 1))
        for number, (leaf, whole) in enumerate(leaves):
            leaf = untyped(leaf)
            self._terms.append(matching.term(leaf))
            self._earn(number, whole)
            if before is not None and before != leaf and number < _MOST_LEAVES:
                self._pairs.append((number - 1, number))
            before = leaf
        self._factor = _recency(matching, docs, recency) if recency else None

    def best(self, wanted: int) -> tuple[Docs, Scores]:
        """Return the `wanted` best stories in order, and what they earn; at equal scores the first to arrive leads."""
        if not self._terms or wanted <= 0:
            return self._in_order(np.arange(self._docs.size), self._base, wanted)
        most = self._with_recency(self._base + self._bound())
        if not self._pairs:
            chosen = _at_least_kth(most, wanted)
            return self._in_order(chosen, most[chosen], wanted)
        look = max(_FIRST_LOOK, 2 * wanted)
        while True:
            chosen = _at_least_kth(most, look)
            scores = self._exact(chosen)
            if chosen.size == most.size:
                break
            least = kth_largest(scores, wanted) - _SLACK
            if np.count_nonzero(most >= least) <= chosen.size:
                break
            look = chosen.size * 8
        return self._in_order(chosen, scores, wanted)

    def _earn(self, number: int, whole: tuple[tree.Node, ...]) -> None:
        """Add what a leaf earns to the stories where the nodes around it match."""
        term, docs, count = self._terms[number], self._docs, self._matching.columns.count
        places: Docs | slice
        if docs is term.docs:
            places, impacts = slice(None), term.impacts
        elif docs.size * _LOOKING_UP < term.docs.size:
            places, there = find(docs, term.docs)
            impacts = term.impacts_at(there)
        elif term.docs.size * _LOOKING_UP < docs.size:
            there, places = find(term.docs, docs)
            impacts = term.impacts_at(there)
        else:
            every = np.zeros(count)
            every[term.docs] = term.impacts
            found = every.take(docs)
            if not whole:
                self._base += found
                if number < _MOST_LEAVES:
                    self._there |= (found > 0.0).astype(self._there.dtype) << number
                return
            places = np.flatnonzero(found)
            impacts = found[places]
        for outer in whole:
            here = docs[places]
            good = contained(here, self._matching.docs(outer, here), count)
            places = np.arange(docs.size)[places][good]
            impacts = impacts[good]
        self._base[places] += impacts
        if number < _MOST_LEAVES:
            self._there[places] |= self._there.dtype.type(1 << number)

    def _bound(self) -> Scores:
        """Return the most that nearness can add to each story."""
        if len(self._terms) <= _TABLED:
            table = np.zeros(1 << len(self._terms))
            for which in range(table.size):
                table[which] = sum(self._most(a, b) for a, b in self._pairs if which >> a & which >> b & 1)
            return table.take(self._there)
        most = np.zeros(self._docs.size)
        for a, b in self._pairs:
            most += self._both(self._there, a, b) * self._most(a, b)
        return most

    def _most(self, a: int, b: int) -> float:
        return ranking.PROXIMITY * min(self._terms[a].weight, self._terms[b].weight)

    def _both(self, there: Array, a: int, b: int) -> Mask:
        wanted = self._there.dtype.type(1 << a | 1 << b)
        return np.asarray((there & wanted) == wanted)

    def _exact(self, places: Docs) -> Scores:
        """Return the scores of the stories at `places` (ascending), nearness and recency included."""
        scores = self._base[places]
        there, docs = self._there[places], self._docs[places]
        spans: dict[int, Spans] = {}
        for a, b in self._pairs:
            both = np.flatnonzero(self._both(there, a, b))
            if not both.size:
                continue
            for number in (a, b):
                if number not in spans:
                    spans[number] = self._terms[number].spans(docs)
            distances = smallest_distances(spans[a], spans[b], docs, ranking.PROXIMITY_WINDOW)[both]
            scores[both] += ranking.proximity_bonus(self._terms[a].weight, self._terms[b].weight, distances)
        return self._with_recency(scores, places)

    def _with_recency(self, scores: Scores, places: Docs | None = None) -> Scores:
        if self._factor is None:
            return scores
        return np.asarray(scores * (self._factor if places is None else self._factor[places]))

    def _in_order(self, places: Docs, scores: Scores, wanted: int) -> tuple[Docs, Scores]:
        rounded = np.round(scores, DECIMALS)
        docs = self._docs[places]
        order = np.lexsort((self._matching.columns.first_arrival[docs], -rounded))[: max(wanted, 0)]
        return docs[order], rounded[order]


def _at_least_kth(scores: Scores, wanted: int) -> Docs:
    """Return the places of the scores that are among the `wanted` largest, or equal to them but for rounding."""
    if wanted <= 0:
        return np.empty(0, dtype=np.intp)
    if scores.size <= wanted:
        return np.arange(scores.size)
    return np.flatnonzero(scores >= kth_largest(scores, wanted) - _SLACK)


def _recency(matching: Matching, docs: Docs, strength: float) -> Scores:
    days = matching.columns.day[docs]
    age = np.where(days == UNDATED, np.inf, matching.columns.newest_day - days.astype(np.float64))
    return np.asarray(ranking.recency_factor(strength, age))


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
