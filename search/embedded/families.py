"""Families of copies: which stories have copies, and which one stands for its family among those that match.

No counting of values here (`facets`). The one idea: the stories that have copies are put into one order, family by
family, the lead first and then as they arrived; the first of a family in that order that matches stands for it.
"""

from __future__ import annotations

import numpy as np

from index.compiled import U8, U32, W32, compiled
from search.embedded.sets import Array, Docs


class Families:
    """The families of one generation.

    Args:
        family: `first_arrival` of the lead of each story's family, i8[stories].
        first_arrival: of each story, i8[stories].
        docs: the stories that are there.

    Attributes:
        place: of each story in the order of families, from 1 on; 0 where it has no copies; u4[stories]. Of size 0 where
            no story has.
        docs: the stories with copies in that order, u4[members].
        number: of the family of each of those, ascending, u4[members].
    """

    def __init__(self, family: Array, first_arrival: Array, docs: Docs) -> None:
        self.place = self.docs = self.number = np.empty(0, np.uint32)
        if not (family != first_arrival)[docs].any():
            return
        _, numbers, members = np.unique(family[docs], return_inverse=True, return_counts=True)
        several = np.flatnonzero(members[numbers] > 1)
        if not several.size:
            return
        copies, number = docs[several], numbers[several]
        arrival = first_arrival[copies]
        order = np.lexsort((arrival, family[copies] != arrival, number))
        self.docs = copies[order].astype(np.uint32)
        self.number = number[order].astype(np.uint32)
        self.place = np.zeros(family.size, np.uint32)
        self.place[self.docs] = np.arange(1, self.docs.size + 1, dtype=np.uint32)

    def others(self, doc: int) -> Docs:
        """Return the other members of a story's family, in order of arrival."""
        if not self.place.size or not self.place[doc]:
            return self.docs[:0]
        number = self.number[self.place[doc] - 1]
        begin, end = np.searchsorted(self.number, (number, number + 1))
        members = self.docs[begin:end]
        others: Docs = members[members != doc]
        return others

    def folded(self, docs: Docs, sums: Docs) -> tuple[Docs, Docs]:
        """Return stories (ascending) with one of each family, and what belongs to each; `sums` may be of size 0."""
        if not self.place.size or not docs.size:
            return docs, sums
        places = np.empty(docs.size, np.uint32)
        among = places[: _placed(docs, self.place, places)]
        if among.size < 2:
            return docs, sums
        among.sort()
        numbers = self.number[among - 1]
        further = among[1:][numbers[1:] == numbers[:-1]]
        if not further.size:
            return docs, sums
        gone = np.zeros(self.docs.size + 1, np.uint8)
        gone[further] = 1
        out_docs, out_sums = np.empty(docs.size + 1, np.uint32), np.empty(sums.size + 1, np.uint32)
        kept = _without(docs, sums, self.place, gone, out_docs, out_sums)
        return out_docs[:kept], out_sums[: kept if sums.size else 0]


@compiled(U32, U32, W32)
def _placed(docs: Array, place: Array, out: Array) -> int:
    """Write the places of the stories that have copies; return how many there are."""
    found = 0
    for i in range(docs.size):
        if place[docs[i]]:
            out[found] = place[docs[i]]
            found += 1
    return found


@compiled(U32, U32, U32, U8, W32, W32)
def _without(docs: Array, sums: Array, place: Array, gone: Array, out_docs: Array, out_sums: Array) -> int:
    """Write the stories whose places are not `gone`, with their sums where there are any."""
    kept = 0
    for i in range(docs.size):
        if gone[place[docs[i]]] == 0:
            out_docs[kept] = docs[i]
            if sums.size:
                out_sums[kept] = sums[i]
            kept += 1
    return kept
