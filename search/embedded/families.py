"""Families of copies: which stories have copies, and which one stands for its family among those that match.

No counting of values here (`facets`). The one idea: the stories that have copies are put into one order, family by
family, the lead first and then as they arrived; the first of a family in that order that matches stands for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.embedded.sets import Array, Docs, Mask


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

    def copies(self, docs: Sequence[int]) -> list[int]:
        """Return how many other members the family of each story has."""
        if not self.place.size:
            return [0] * len(docs)
        places = self.place[docs].tolist()
        return [self.others(doc).size if place else 0 for doc, place in zip(docs, places, strict=True)]

    def further(self, places: Array) -> Array:
        """Return which of `places` in the order of families (any order, each once) another of them stands for."""
        among = np.sort(places)
        numbers = self.number[among - 1]
        further: Array = among[1:][numbers[1:] == numbers[:-1]]
        return further

    def without(self, docs: Docs, further: Array) -> Mask:
        """Say which of some stories are not at one of the places `further`."""
        gone = np.zeros(self.docs.size + 1, np.bool_)
        gone[further] = True
        kept: Mask = np.logical_not(gone[self.place[docs]])
        return kept

    def folded(self, docs: Docs, sums: Docs) -> tuple[Docs, Docs]:
        """Return stories with one of each family, and what belongs to each; `sums` may be of size 0."""
        if not self.place.size or not docs.size:
            return docs, sums
        places = self.place[docs]
        further = self.further(places[places > 0])
        if not further.size:
            return docs, sums
        keep = self.without(docs, further)
        return docs[keep], sums[keep] if sums.size else sums
