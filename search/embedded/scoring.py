"""What stories earn: BM25F, nearness and recency as `index.ranking` has them, and the best of them in order.

The rules of who earns what are stated in the plain words of the reference in the tests. The one idea: every story has a
bound already (`earning`), so a story is scored, and its positions are read, only where it could still reach the page;
what is scored is scored exactly.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index import ranking
from index.compiled import F64, FLOAT, I64, INT, MASK, TABLE, U8, U32, W32, WF64, WMASK, compiled
from index.embedded import UNDATED, coding
from search.embedded import desk
from search.embedded.earning import Earning
from search.embedded.matching import Matching
from search.embedded.pairs import smallest_distances
from search.embedded.sets import Array, Docs, Mask, ascending, leap
from search.embedded.summing import BOUND, BOUND_BITS

Scores = npt.NDArray[np.float64]

#: Scores are rounded to a millionth, so that stories that earn the same tie whatever the order of additions.
DECIMALS = 6

SLACK = 2.0 * 10.0**-DECIMALS


class Scoring:
    """The best of the stories that a tree matches.

    Args:
        matching: of the page.
        earning: of the tree.
        recency: as in `Request`.
    """

    def __init__(self, matching: Matching, earning: Earning, recency: float = 0.0) -> None:
        self._matching = matching
        self._columns = matching.columns
        self._earning = earning
        self._recency = recency

    def best(self, docs: Docs, sums: Docs, wanted: int) -> tuple[Docs, Scores]:
        """Return the `wanted` best stories in order, and what they earn; at equal scores the first to arrive leads.

        Args:
            docs: stories that the tree matches, in any order.
            sums: theirs, as `Earning` gives them.
            wanted: how many are wanted.
        """
        if wanted <= 0 or not docs.size:
            return docs[:0], np.zeros(0)
        look = max(desk.FIRST_LOOK, 2 * wanted)
        if docs.size <= 4 * look:
            if not ascending(docs):
                order = np.argsort(docs)
                docs, sums = docs[order], sums[order]
            return self._in_order(docs, self._exact(docs, sums, wanted, 0.0), wanted)
        earning, by_leaves, factor = self._earning, self._earning.nearest_by_leaves, self._factor(docs)
        # Blocks are to be several times as many as stories wanted.
        block = max(1, min(desk.BLOCK, sums.size // (4 * look)))
        most = np.empty(-(-sums.size // block))
        bound(sums, by_leaves, factor, most, block)
        # As many blocks have a story with a bound as high.
        threshold = int(kth_largest(most, look)) if most.size > look else 0
        best, best_sums = self._chosen(docs, sums, factor, most, block, threshold, 2 * BOUND)
        scores = self._exact(best, best_sums, wanted, 0.0)
        least = kth_largest(scores, wanted)
        needed = max(int((least - SLACK) / earning.unit), 0)
        if needed < threshold:
            more, more_sums = self._chosen(docs, sums, factor, most, block, needed, threshold)
            if more.size:
                scores = np.concatenate((scores, self._exact(more, more_sums, wanted, least)))
                best = np.concatenate((best, more))
        return self._in_order(best, scores, wanted)

    def _chosen(
        self, docs: Docs, sums: Docs, factor: Scores, most: Array, block: int, least: int, below: int
    ) -> tuple[Docs, Docs]:
        """Return the stories with bounds from `least` on and `below` another, ascending, with their sums."""
        by_leaves, (out_docs, out_sums) = self._earning.nearest_by_leaves, self._columns.scratch.chosen
        found, ascending = choose(docs, sums, by_leaves, factor, most, block, least, below, out_docs, out_sums)
        if ascending:
            return out_docs[:found].copy(), out_sums[:found].copy()
        order = np.argsort(out_docs[:found])
        return out_docs[:found][order], out_sums[:found][order]

    def _exact(self, docs: Docs, sums: Docs, wanted: int, least: float) -> Scores:
        """Return the scores of stories; of those that cannot be among the `wanted` best, what is sure of them.

        Args:
            docs: stories, ascending.
            sums: theirs.
            wanted: how many are.
            least: what `wanted` stories are known to earn.
        """
        scores = np.zeros(docs.size)
        earning, columns = self._earning, self._columns
        lengths, averages = columns.lengths, columns.averages
        for number, term in enumerate(earning.terms):
            checked = earning.around[number] and not earning.own_bit(number)
            listed = term.listed
            score(
                docs,
                sums,
                earning.bit(number),
                earning.allowed(self._matching, number, docs) if checked else ALL,
                listed.docs,
                listed.codes,
                term.by_story if term.is_dense else _NO_CODES,
                term.escaped_docs,
                listed.escaped_frequencies,
                lengths,
                averages,
                term.weight,
                scores,
            )
        factor = self._factor(docs)
        if factor.size:
            scores *= factor
        if earning.pairs:
            self._draw_near(docs, sums, scores, factor, wanted, least)
        return scores

    def _draw_near(self, docs: Docs, sums: Docs, scores: Scores, factor: Scores, wanted: int, least: float) -> None:
        """Add to the scores what nearness earns, where that can matter."""
        earning = self._earning
        if scores.size > wanted:
            least = max(least, kth_largest(scores, wanted))
        hopeful = np.empty(docs.size, np.bool_)
        if not hope(scores, sums, earning.nearest_by_leaves, earning.unit, factor, least - SLACK, hopeful):
            return
        for a, b in earning.pairs:
            if earning.own_bit(b):
                close = np.empty(docs.size, np.uint32)
                close = close[: both_there(sums, earning.bit(a) | earning.bit(b), hopeful, close)]
            else:
                there = self._there(a, docs, sums) & self._there(b, docs, sums) & hopeful
                close = np.flatnonzero(there).astype(np.uint32)
            if close.size:
                one, other = earning.terms[a], earning.terms[b]
                distances = smallest_distances(self._columns, one, other, docs[close], ranking.PROXIMITY_WINDOW)
                come_near(close, distances, earning.nearest(a, b), SHARES, factor, scores)

    def _there(self, number: int, docs: Docs, sums: Docs) -> npt.NDArray[np.bool_]:
        there: npt.NDArray[np.bool_] = sums & np.uint32(self._earning.bit(number)) != 0
        if not self._earning.own_bit(number):
            allowed = self._earning.allowed(self._matching, number, docs)
            there &= allowed if allowed.size else True
        return there

    def _factor(self, docs: Docs) -> Scores:
        """Return the recency factor of stories; of size 0 where recency is off."""
        if not self._recency:
            return NO_FACTOR
        days = self._columns.day[docs]
        age = np.where(days == UNDATED, np.inf, self._columns.newest_day - days.astype(np.float64))
        return np.asarray(ranking.recency_factor(self._recency, age))

    def _in_order(self, docs: Docs, scores: Scores, wanted: int) -> tuple[Docs, Scores]:
        arrival = self._columns.first_arrival
        if wanted <= desk.MOST_LEADING:
            best, earned = np.empty(wanted, np.uint32), np.empty(wanted)
            filled = lead(docs, scores, arrival, 10.0**DECIMALS, best, earned)
            return best[:filled], earned[:filled]
        rounded = np.round(scores, DECIMALS)
        order = np.lexsort((arrival[docs], -rounded))[:wanted]
        return docs[order], rounded[order]


_WEIGHTS = np.array(ranking.FIELD_WEIGHTS)
_NORMALISATION = np.array(ranking.LENGTH_NORMALISATION)
NO_FACTOR: Scores = np.empty(0)
ALL: Mask = np.empty(0, np.bool_)
_NO_CODES = np.empty(0, np.uint8)

#: What share of the most each distance of words earns, up to one that earns nothing.
SHARES = ranking.proximity_bonus(1.0, 1.0, np.arange(ranking.PROXIMITY_WINDOW + 2.0)) / ranking.PROXIMITY


@compiled(U32, U32, F64, WF64, INT)
def bound(sums: Array, by_leaves: Array, factor: Array, most: Array, block: int) -> None:
    """Write the highest bound of every `block` sums, recency included, and nearness where `by_leaves` has a size."""
    for number in range(most.size):
        begin = number * block
        part = sums[begin : begin + block]
        if by_leaves.size + factor.size == 0:
            top = np.uint32(0)
            for i in range(part.size):
                top = max(top, np.uint32(part[i] & np.uint32(BOUND)))
            most[number] = top
            continue
        highest = np.int64(0)
        for i in range(part.size):
            bound = np.int64(part[i] & BOUND) + by_leaves[part[i] >> BOUND_BITS]
            if factor.size:
                bound = np.int64(bound * factor[begin + i]) + 1
            highest = max(highest, bound)
        most[number] = highest


@compiled(U32, U32, U32, F64, F64, INT, INT, INT, W32, W32)
def choose(
    docs: Array,
    sums: Array,
    by_leaves: Array,
    factor: Array,
    most: Array,
    block: int,
    least: int,
    below: int,
    out_docs: Array,
    out_sums: Array,
) -> tuple[int, bool]:
    """Write the stories with bounds from `least` on and `below` another, with their sums.

    Returns:
        How many there are, and whether they are ascending.
    """
    found = 0
    ascending = True
    for number in range(most.size):
        if most[number] < least:
            continue
        begin = number * block
        part = sums[begin : begin + block]
        for i in range(part.size):
            bound = np.int64(part[i] & BOUND) + by_leaves[part[i] >> BOUND_BITS]
            if factor.size:
                bound = np.int64(bound * factor[begin + i]) + 1
            if least <= bound < below:
                out_docs[found] = docs[begin + i]
                out_sums[found] = part[i]
                ascending &= found == 0 or out_docs[found - 1] < out_docs[found]
                found += 1
    return found, ascending


@compiled(U32, F64, I64, FLOAT, W32, WF64)
def lead(docs: Array, scores: Array, arrival: Array, scale: float, best: Array, earned: Array) -> int:
    """Write the stories that earn most in order, their scores rounded to 1 / `scale`; return how many there are."""
    filled = 0
    for i in range(docs.size):
        score = np.rint(scores[i] * scale) / scale
        at = filled
        if filled == best.size:
            at -= 1
            if score < earned[at] or (score == earned[at] and arrival[docs[i]] >= arrival[best[at]]):
                continue
        else:
            filled += 1
        while at > 0 and (
            earned[at - 1] < score or (earned[at - 1] == score and arrival[best[at - 1]] > arrival[docs[i]])
        ):
            best[at], earned[at] = best[at - 1], earned[at - 1]
            at -= 1
        best[at], earned[at] = docs[i], score
    return filled


@compiled(F64, U32, U32, FLOAT, F64, FLOAT, WMASK)
def hope(scores: Array, sums: Array, by_leaves: Array, unit: float, factor: Array, least: float, hopeful: Array) -> int:
    """Say which stories may earn `least` with all that nearness can add; return how many there are."""
    found = 0
    for i in range(scores.size):
        more = by_leaves[sums[i] >> BOUND_BITS] * unit
        if factor.size:
            more *= factor[i]
        hopeful[i] = more > 0.0 and scores[i] + more >= least
        found += hopeful[i]
    return found


@compiled(U32, INT, MASK, W32)
def both_there(sums: Array, bits: int, hopeful: Array, out: Array) -> int:
    """Write the places of the hopeful stories that have both of two leaves; return how many there are."""
    found = 0
    for i in range(sums.size):
        out[found] = i
        found += hopeful[i] and sums[i] & bits == bits
    return found


@compiled(U32, U32, FLOAT, F64, F64, WF64)
def come_near(close: Array, distances: Array, most: float, shares: Array, factor: Array, scores: Array) -> None:
    """Add to the scores at the places `close` the share of `most` that their distances earn."""
    for i in range(close.size):
        place = close[i]
        scores[place] += most * shares[distances[i]] * (factor[place] if factor.size else 1.0)


@compiled(WF64, INT)
def _select(numbers: Array, place: int) -> float:
    """Return what stands at a place of the numbers in order; they are moved (Hoare, "Algorithm 65: Find", 1961)."""
    low, high = 0, numbers.size - 1
    while low < high:
        middle = numbers[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while numbers[i] < middle:
                i += 1
            while numbers[j] > middle:
                j -= 1
            if i <= j:
                numbers[i], numbers[j] = numbers[j], numbers[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            break
    found: float = numbers[place]
    return found


@compiled(F64, INT)
def kth_largest(numbers: Array, k: int) -> float:
    """Return the `k`-th largest of `numbers`, or the least where there are fewer."""
    return _select(numbers.copy(), max(0, numbers.size - k))


@compiled(U32, U32, INT, MASK, U32, U8, U8, U32, TABLE, TABLE, F64, FLOAT, WF64)
def score(
    docs: Array,
    sums: Array,
    bit: int,
    allowed: Array,
    others: Array,
    codes: Array,
    by_story: Array,
    escaped_docs: Array,
    escaped_frequencies: Array,
    lengths: Array,
    averages: Array,
    weight: float,
    scores: Array,
) -> None:
    """Add what one leaf earns, BM25F of `index.ranking`, to the scores of the stories where it may earn.

    Args:
        docs: stories, ascending, u4.
        sums: theirs.
        bit: of the leaf in a sum.
        allowed: where that bit is not its own, which of the stories it may earn in; of size 0 for all.
        others: of the leaf's posting list, the stories.
        codes: their frequency codes.
        by_story: codes by story of the archive, 0 where the leaf is not; of size 0 where that is not known.
        escaped_docs: those whose code is ESCAPED.
        escaped_frequencies: of those.
        lengths: words by story of the archive and field.
        averages: of lengths, by field.
        weight: the leaf's inverse document frequency.
        scores: written.
    """
    j = e = 0
    for i in range(docs.size):
        if sums[i] & bit == 0 or (allowed.size and not allowed[i]):
            continue
        doc = docs[i]
        if by_story.size:
            code = np.int64(by_story[doc])
        else:
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
                b = _NORMALISATION[field]
                norm = 1.0 - b + b * lengths[doc, field] / max(averages[field], 1.0)
                pseudo += _WEIGHTS[field] * times / norm
        scores[i] += weight * (pseudo * (ranking.K1 + 1.0) / (pseudo + ranking.K1))
