"""What stories earn: BM25F, nearness and recency as `index.ranking` has them, and the best of them in order.

The rules of who earns what are stated in the plain words of the reference in the tests. The one idea: every story has a
bound already (`earning`), so a story is scored, and its positions are read, only where it could still reach the page;
what is scored is scored exactly.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index import ranking
from index.compiled import F64, FLOAT, INT, TABLE, U8, U32, W32, W64, WF64, compiled
from index.embedded import UNDATED, coding
from search.embedded.columns import Columns
from search.embedded.earning import BOUND, BOUND_BITS, Earning
from search.embedded.sets import Array, Docs, Spans, leap, smallest_distances
from search.embedded.terms import Term

Scores = npt.NDArray[np.float64]

#: Scores are rounded to a millionth, so that stories that earn the same tie whatever the order of additions.
DECIMALS = 6

_SLACK = 2.0 * 10.0**-DECIMALS

#: Stories that are scored first, to learn how much it takes to reach the page.
_FIRST_LOOK = 128

#: Low bits of a bound that do not matter when the first stories to be scored are chosen.
_COARSE = 10


class Scoring:
    """The best of the stories that a tree matches.

    Args:
        columns: of the generation.
        earning: of the tree.
        recency: as in `Request`.
    """

    def __init__(self, columns: Columns, earning: Earning, recency: float = 0.0) -> None:
        self._columns = columns
        self._earning = earning
        self._recency = recency

    def best(self, docs: Docs, sums: Docs, wanted: int) -> tuple[Docs, Scores]:
        """Return the `wanted` best stories in order, and what they earn; at equal scores the first to arrive leads.

        Args:
            docs: stories that the tree matches.
            sums: theirs, as `Earning` gives them.
            wanted: how many are wanted.
        """
        if wanted <= 0:
            return docs[:0], np.zeros(0)
        look = max(_FIRST_LOOK, 2 * wanted)
        if docs.size <= look:
            return self._in_order(docs, self._exact(docs, sums, wanted), wanted)
        most = np.empty(docs.size, np.uint32)
        histogram = np.zeros((BOUND >> _COARSE) + 2, np.int64)
        _bounds(sums, self._by_leaves(), self._factor(docs), most, histogram)
        threshold = _least_of(histogram, look) << _COARSE
        chosen = _at_least(most, threshold)
        scores = self._exact(docs[chosen], sums[chosen], wanted)
        if threshold:
            needed = int((_kth_largest(scores, wanted) - _SLACK) / self._earning.unit)
            if needed < threshold:
                chosen = _at_least(most, max(needed, 0))
                scores = self._exact(docs[chosen], sums[chosen], wanted)
        return self._in_order(docs[chosen], scores, wanted)

    def _by_leaves(self) -> Docs:
        """Return, for every set of leaves, the most that nearness can earn among them, in units."""
        leaves = max(1, len(self._earning.terms))
        table = np.zeros(1 << min(leaves, 32 - BOUND_BITS), np.uint32)
        which = np.arange(table.size, dtype=np.uint32) << np.uint32(BOUND_BITS)
        for a, b in self._earning.pairs:
            both = np.uint32(self._earning.bit(a) | self._earning.bit(b))
            table[which & both == both] += np.uint32(int(self._earning.nearest(a, b) / self._earning.unit) + 1)
        return table

    def _exact(self, docs: Docs, sums: Docs, wanted: int) -> Scores:
        """Return the scores of stories; of those that cannot be among the `wanted` best, what is sure of them."""
        scores = np.zeros(docs.size)
        averages = np.array(self._columns.generation.averages.in_order())
        for number, term in enumerate(self._earning.terms):
            there = sums & np.uint32(self._earning.bit(number))
            if self._earning.around[number] and not self._earning.own_bit(number):
                there = np.where(self._earning.allowed(number, docs), there, np.uint32(0))
            _score(
                docs,
                there,
                term.docs,
                term.listed.codes,
                term.docs[term.listed.escaped],
                term.listed.escaped_frequencies,
                self._columns.lengths,
                _WEIGHTS,
                _NORMALISATION,
                averages,
                ranking.K1,
                term.weight,
                scores,
            )
        factor = self._factor(docs)
        if factor.size:
            scores *= factor
        if self._earning.pairs:
            self._draw_near(docs, sums, scores, factor, wanted)
        return scores

    def _draw_near(self, docs: Docs, sums: Docs, scores: Scores, factor: Scores, wanted: int) -> None:
        """Add to the scores what nearness earns, where that can matter."""
        nearest = self._by_leaves().take(sums >> np.uint32(BOUND_BITS)) * self._earning.unit
        if factor.size:
            nearest = nearest * factor
        hopeful = scores + nearest >= (_kth_largest(scores, wanted) if scores.size > wanted else 0.0) - _SLACK
        spans: dict[int, Spans] = {}
        among = docs[hopeful]
        for a, b in self._earning.pairs:
            both = self._there(a, docs, sums) & self._there(b, docs, sums) & hopeful
            close = np.flatnonzero(both)
            if not close.size:
                continue
            for number in (a, b):
                if number not in spans:
                    spans[number] = self._earning.terms[number].spans(among)
            distances = smallest_distances(spans[a], spans[b], docs[close], ranking.PROXIMITY_WINDOW)
            bonus = ranking.proximity_bonus(self._weight(a), self._weight(b), distances)
            scores[close] += bonus * factor[close] if factor.size else bonus

    def _there(self, number: int, docs: Docs, sums: Docs) -> npt.NDArray[np.bool_]:
        there: npt.NDArray[np.bool_] = sums & np.uint32(self._earning.bit(number)) != 0
        if not self._earning.own_bit(number):
            allowed = self._earning.allowed(number, docs)
            there &= allowed if allowed.size else True
        return there

    def _weight(self, number: int) -> float:
        term: Term = self._earning.terms[number]
        return term.weight

    def _factor(self, docs: Docs) -> Scores:
        """Return the recency factor of stories; of size 0 where recency is off."""
        if not self._recency:
            return _NO_FACTOR
        days = self._columns.day[docs]
        age = np.where(days == UNDATED, np.inf, self._columns.newest_day - days.astype(np.float64))
        return np.asarray(ranking.recency_factor(self._recency, age))

    def _in_order(self, docs: Docs, scores: Scores, wanted: int) -> tuple[Docs, Scores]:
        if docs.size > 4 * wanted:
            near = np.flatnonzero(scores >= _kth_largest(scores, wanted) - _SLACK)
            docs, scores = docs[near], scores[near]
        rounded = np.round(scores, DECIMALS)
        order = np.lexsort((self._columns.first_arrival[docs], -rounded))[:wanted]
        return docs[order], rounded[order]


_WEIGHTS = np.array(ranking.FIELD_WEIGHTS)
_NORMALISATION = np.array(ranking.LENGTH_NORMALISATION)
_NO_FACTOR: Scores = np.empty(0)


@compiled(U32, U32, F64, W32, W64)
def _bounds(sums: Array, by_leaves: Array, factor: Array, most: Array, histogram: Array) -> None:
    """Write the bound of each sum, nearness and recency included, and count them by their high bits."""
    for i in range(sums.size):
        bound = np.int64(sums[i] & BOUND) + by_leaves[sums[i] >> BOUND_BITS]
        if factor.size:
            bound = np.int64(bound * factor[i]) + 1
        most[i] = bound
        histogram[bound >> _COARSE] += 1


def _least_of(histogram: Array, wanted: int) -> int:
    """Return the highest place of `histogram` from which on it counts at least `wanted`."""
    from_the_end = np.cumsum(histogram[::-1])
    return max(0, histogram.size - 1 - int(np.searchsorted(from_the_end, wanted)))


@compiled(U32, INT, W32)
def _choose(most: Array, threshold: int, out: Array) -> int:
    found = 0
    for i in range(most.size):
        if most[i] >= threshold:
            out[found] = i
            found += 1
    return found


def _at_least(most: Docs, threshold: int) -> Docs:
    """Return the places of the bounds that are not below `threshold`."""
    out = np.empty(most.size, np.uint32)
    return out[: _choose(most, threshold, out)]


def _kth_largest(numbers: Scores, k: int) -> float:
    """Return the `k`-th largest of `numbers`, or the least where there are fewer."""
    place = max(0, numbers.size - k)
    return float(np.partition(numbers, place)[place])


@compiled(U32, U32, U32, U8, U32, TABLE, TABLE, F64, F64, F64, FLOAT, FLOAT, WF64)
def _score(
    docs: Array,
    there: Array,
    others: Array,
    codes: Array,
    escaped_docs: Array,
    escaped_frequencies: Array,
    lengths: Array,
    weights: Array,
    normalisation: Array,
    averages: Array,
    k1: float,
    weight: float,
    scores: Array,
) -> None:
    """Add what one leaf earns, BM25F of `index.ranking`, to the scores of the stories where it is `there`.

    Args:
        docs: stories, ascending, u4.
        there: not 0 where the leaf may earn, u4.
        others: of the leaf's posting list, the stories.
        codes: their frequency codes.
        escaped_docs: those whose code is ESCAPED.
        escaped_frequencies: of those.
        lengths: words by story of the archive and field.
        weights: by field.
        normalisation: by field.
        averages: of lengths, by field.
        k1: saturation.
        weight: the leaf's inverse document frequency.
        scores: written.
    """
    j = e = 0
    for i in range(docs.size):
        if there[i] == 0:
            continue
        doc = docs[i]
        j = leap(others, j, doc)
        if j == others.size or others[j] != doc:
            continue
        code = np.int64(codes[j])
        if code == coding.ESCAPED:
            e = leap(escaped_docs, e, doc)
        pseudo = 0.0
        for field in range(3):
            if code == coding.ESCAPED:
                times = np.int64(escaped_frequencies[e, field])
            elif field == 0:
                times = code // 84
            elif field == 1:
                times = code // 21 % 4
            else:
                times = code % 21
            if times:
                b = normalisation[field]
                norm = 1.0 - b + b * lengths[doc, field] / max(averages[field], 1.0)
                pseudo += weights[field] * times / norm
        scores[i] += weight * (pseudo * (k1 + 1.0) / (pseudo + k1))
