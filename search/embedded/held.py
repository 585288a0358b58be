"""What an archive, or some sources in it, hold in each bar of a timeline, whatever is searched for.

No filter but the sources, and no stories found. The one idea: a story whose date is longer than a bar is in none of
them, and may still be of any that its date reaches over; of such a bar nobody can say that nothing is held.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.embedded.bars import FIRST_BAR, TOO_COARSE, ordinals
from search.embedded.families import Families
from search.embedded.sets import Array, Docs, Mask
from search.request import Granularity


@dataclass(frozen=True, slots=True)
class Held:
    """Stories held, by code of `columns.Periods`; as lists, since a page takes a few hundred numbers at most.

    Attributes:
        every: every copy counted.
        folded: a family of copies counted once in each bar.
        coarser: stories whose dates are longer than a bar and reach over it; may be longer or shorter than the others.
    """

    every: list[int]
    folded: list[int]
    coarser: list[int]


def held(codes: Array, families: Families, docs: Docs, among: Mask | None, coarser: list[int]) -> Held:
    """Return what `docs` hold.

    Args:
        codes: the bars of all stories.
        families: of all stories.
        docs: the stories; all that are there, or those of some sources.
        among: says of every story whether it is one of them; None for all.
        coarser: as `reaching` returns it.
    """
    every = np.bincount(codes[docs], minlength=FIRST_BAR + 1)
    copies, number = families.docs, families.number
    if among is not None:
        copies, number = copies[among[copies]], number[among[copies]]
    copies = codes[copies]
    _, first_of_each = np.unique(number * np.int64(every.size) + copies, return_index=True)
    further = np.bincount(np.delete(copies, first_of_each), minlength=every.size)
    return Held(every.tolist(), (every - further).tolist(), coarser)


def reaching(granularity: Granularity, codes: Array, first: Array, last: Array, base: int, docs: Docs) -> list[int]:
    """Return how many of `docs` have dates that are longer than a bar and reach over it, by code.

    Args:
        granularity: how long a bar is.
        codes: the bars of all stories.
        first: first days of their dates.
        last: last days.
        base: ordinal of the first bar.
        docs: the stories.
    """
    long = docs[codes[docs] == TOO_COARSE]
    if not long.size:
        return []
    begins = ordinals(granularity, first[long]) - base + FIRST_BAR
    ends = ordinals(granularity, last[long]) - base + FIRST_BAR + 1
    size = int(ends.max()) + 1
    over: list[int] = np.cumsum(np.bincount(begins, minlength=size) - np.bincount(ends, minlength=size)).tolist()
    return over
