"""What a generation has to complete a query with: `search.complete.Stock` over its facets and completion files.

The one idea: every list is sorted by the words that something begins with, so what begins as typed is one run of it,
found by bisection, and only the best of the run is looked at further.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nsmallest

from index.phrases import bare, word_starts
from search.complete import Facet, Held
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.page import Bucket
from search.query.tree import Everything
from search.request import Request

#: Comes after every letter.
_LAST = "\U0010ffff"


class GenerationStock:
    """What the generation behind `columns` holds. Thread-safe: what is made once is the same whoever makes it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def values(self, facet: Facet, start: str, most: int) -> Sequence[Held]:
        """Return values of a facet in which `start` begins at a word, most stories first."""
        return self._facets[facet].starting(start, most)

    def names(self, start: str, most: int) -> Sequence[Held]:
        """Return names in which `start` begins at a word, most stories first."""
        return ()

    def headlines(self, start: str, most: int) -> Sequence[Held]:
        """Return headlines in which `start` begins at a word, most stories first, then the newest."""
        return ()

    @cached_property
    def _facets(self) -> dict[str, _Values]:
        """The values of every facet, counted as the page of all stories counts them."""
        page = evaluate(self._columns, Request(limit=0, facet_limit=0), Everything())
        return {name: _Values(facet.buckets) for name, facet in page.facets.items()}


class _Values:
    """The values of a facet, sorted by the words in them."""

    def __init__(self, buckets: Iterable[Bucket]) -> None:
        self._held = [Held(bucket.label, bucket.count) for bucket in buckets]

    @cached_property
    def _starts(self) -> list[tuple[str, int]]:
        return sorted(
            (words[start:], number)
            for number, held in enumerate(self._held)
            for words in (bare(held.label),)
            for start in word_starts(words)
        )

    def starting(self, start: str, most: int) -> Sequence[Held]:
        low, high = bisect_left(self._starts, (start, -1)), bisect_left(self._starts, (start + _LAST, -1))
        # The buckets come most stories first.
        numbers = dict.fromkeys(nsmallest(2 * most, (number for _, number in self._starts[low:high])))
        return [self._held[number] for number in list(numbers)[:most]]
