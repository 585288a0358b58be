"""Stories that hold enough words of a question, where few or none hold them all.

No scores, no filters of the request and no folding of copies here. The one idea: a question of a few words means each
of them, so what holds more of them comes first; a long one is a sentence, whose words say one thing in many ways, so
its stories stand by what they earn. A word that no story holds is demanded of none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index import ranking
from index.compiled import INT, U8, U32, W8, W32, compiled
from search.embedded.matching import Matching
from search.embedded.sets import Array, Docs, distinct
from search.embedded.summing import clear
from search.query import tree
from search.query.walk import several_words

#: More sets than this are not counted in bytes.
_MOST_COUNTED = 255


@dataclass(frozen=True, slots=True)
class SomeWords:
    """Stories that hold enough words of a question, all of them included.

    Attributes:
        words: of the question.
        asked: how many of them the archive holds.
        docs: the stories, ascending.
        held: how many of the words each holds.
    """

    words: tuple[tree.Leaf | tree.Phrase, ...]
    asked: int
    docs: Docs
    held: Docs

    def in_order(self, docs: Docs, held: Docs) -> Iterator[Docs]:
        """Yield some of the stories in groups, each before all that follow; within one the score decides."""
        if ranking.is_sentence(self.asked):
            yield docs
            return
        for number in np.unique(held)[::-1]:
            yield docs[held == number]


def some_words(matching: Matching, node: tree.Node) -> SomeWords | None:
    """Return the stories with enough of the words of a plain query; None for any other, or if no story holds a word.

    The filters and exclusions typed with the words hold as those beside them do.
    """
    plain = several_words(node)
    if plain is None:
        return None
    words, conditions = plain
    sets = [docs for docs in map(matching.docs, words) if docs.size]
    if not sets:
        return None
    docs, held = _holding(sets, ranking.enough_words(len(sets)), matching.columns.scratch.cells)
    if conditions:
        allowed = matching.among(tree.And(conditions), docs)
        docs, held = docs[allowed], held[allowed]
    return SomeWords(words, len(sets), docs, held)


def _holding(sets: list[Docs], wanted: int, cells: Array) -> tuple[Docs, Docs]:
    """Return the stories in at least `wanted` of `sets`, and in how many; `cells` are zeros by story, and so left."""
    if len(sets) > _MOST_COUNTED:
        docs, times = np.unique(np.concatenate(sets), return_counts=True)
        return docs[times >= wanted], times[times >= wanted].astype(np.uint32)
    # A story in `wanted` of the sets is in one of the smallest sets.
    sets = sorted(sets, key=lambda docs: docs.size)
    likely = distinct(np.sort(np.concatenate(sets[: len(sets) - wanted + 1])))
    for docs in sets:
        _tally(docs, cells)
    out, held = np.empty(likely.size + 1, np.uint32), np.empty(likely.size + 1, np.uint32)
    found = _enough(likely, cells, wanted, out, held)
    for docs in sets:
        clear(docs, cells)
    return out[:found], held[:found]


@compiled(U32, W8)
def _tally(docs: Array, cells: Array) -> None:
    for i in range(docs.size):
        cells[docs[i]] += 1


@compiled(U32, U8, INT, W32, W32)
def _enough(docs: Array, cells: Array, wanted: int, out: Array, times: Array) -> int:
    found = 0
    for i in range(docs.size):
        out[found] = docs[i]
        times[found] = cells[docs[i]]
        found += cells[docs[i]] >= wanted
    return found
