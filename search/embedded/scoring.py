"""What stories earn: BM25F, nearness and recency as `index.ranking` has them, and the best of them in order.

The rules of who earns what are stated in the plain words of the reference in the tests. The one idea: nearness is
bounded, so positions are read only of stories that could still reach the page, the most promising first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from index import ranking
from index.embedded import UNDATED
from search.embedded.matching import Matching, untyped
from search.embedded.sets import Docs, Mask, contained, find, smallest_distances
from search.embedded.terms import Term
from search.query import tree

Scores = npt.NDArray[np.float64]

#: Scores are rounded to a millionth, so that stories that earn the same tie whatever the order of additions.
DECIMALS = 6

_SLACK = 2.0 * 10.0**-DECIMALS
_FIRST_LOOK = 64


@dataclass(frozen=True, slots=True)
class _Earner:
    """A leaf that earns: its term, and in which of the stories to be scored."""

    leaf: tree.Leaf
    term: Term
    there: Mask


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
        self._base: Scores = np.zeros(docs.size)
        self._earners: list[_Earner] = []
        for leaf, whole in _scoring(node, (), certain=True):
            self._earn(leaf, whole)
        self._pairs = [
            (a, b) for a, b in zip(self._earners, self._earners[1:], strict=False) if untyped(a.leaf) != untyped(b.leaf)
        ]
        self._factor = _recency(matching, docs, recency) if recency else None

    @property
    def earns(self) -> bool:
        """Whether anything in the tree earns at all."""
        return bool(self._earners)

    def best(self, wanted: int) -> tuple[Docs, Scores]:
        """Return the `wanted` best stories in order, and what they earn; at equal scores the first to arrive leads."""
        if not self._earners or wanted <= 0:
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
            least = np.partition(scores, scores.size - wanted)[scores.size - wanted] - _SLACK
            if np.count_nonzero(most >= least) <= chosen.size:
                break
            look = chosen.size * 4
        return self._in_order(chosen, scores, wanted)

    def of(self, docs: Docs) -> Scores:
        """Return what some of the stories earn."""
        return np.asarray(np.round(self._exact(np.searchsorted(self._docs, docs)), DECIMALS))

    def _earn(self, leaf: tree.Leaf, whole: tuple[tree.Node, ...]) -> None:
        term = self._matching.term(leaf)
        docs, count = self._docs, self._matching.columns.count
        if docs is term.docs:
            there = np.ones(docs.size, dtype=np.bool_)
            impacts = term.impacts()
        elif docs.size * 4 < term.docs.size or term.docs.size * 24 < count:
            here, places = find(docs, term.docs) if docs.size <= term.docs.size else find(term.docs, docs)[::-1]
            there = np.zeros(docs.size, dtype=np.bool_)
            there[here] = True
            impacts = np.zeros(docs.size)
            impacts[here] = term.impacts(places)
        else:
            every = np.zeros(count)
            every[term.docs] = term.impacts()
            impacts = every[docs]
            there = impacts > 0.0
        for outer in whole:
            good = contained(docs, self._matching.docs(outer, docs), count)
            there &= good
            impacts *= good
        self._base += impacts
        self._earners.append(_Earner(leaf, term, there))

    def _bound(self) -> Scores:
        """Return the most that nearness can add to each story."""
        most = np.zeros(self._docs.size)
        for a, b in self._pairs:
            most += (a.there & b.there) * (ranking.PROXIMITY * min(a.term.weight, b.term.weight))
        return most

    def _exact(self, places: Docs) -> Scores:
        """Return the scores of the stories at `places` (ascending), nearness and recency included."""
        scores = self._base[places].copy()
        for a, b in self._pairs:
            both = np.flatnonzero(a.there[places] & b.there[places])
            if both.size:
                docs = self._docs[places[both]]
                distances = smallest_distances(a.term.spans(docs), b.term.spans(docs), docs, ranking.PROXIMITY_WINDOW)
                scores[both] += ranking.proximity_bonus(a.term.weight, b.term.weight, distances)
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
    kth = np.partition(scores, scores.size - wanted)[scores.size - wanted]
    return np.flatnonzero(scores >= kth - _SLACK)


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
