"""What a generation has to complete a query with: `search.complete.Stock` over its facets and completion files.

The one idea: every list is sorted by the words that something begins with, so what begins as typed is one run of it,
found by bisection, and only the best of the run is looked at further. The runs of a letter or two are the longest and
the most asked for, so what was found in them is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from heapq import nsmallest
from string import ascii_lowercase, digits
from typing import Literal

import numpy as np

from index.embedded import UNDATED
from index.embedded.lexicon import encoded
from index.embedded.phrases import PhraseList
from index.phrases import bare, word_starts
from search.complete import Facet, Held
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.embedded.sets import Docs
from search.page import COMPLETIONS, Bucket
from search.query.tree import Everything
from search.request import Request

#: Stories that a name must have to be offered.
OFTEN = 2

#: For each phrase wanted so many are looked at first, and counted; then so many times more where that was too few.
_POOL, _COUNTED, _FURTHER = 12, 3, 16

#: What begins with so few letters is kept; so many answers are.
_SHORT, _KEPT = 2, 2_048

_NO_SUMS: Docs = np.empty(0, np.uint32)

_Name = Literal["names", "headlines"]

#: Comes after every letter.
_LAST = "\U0010ffff"


class GenerationStock:
    """What the generation behind `columns` holds. Thread-safe: what is made once is the same whoever makes it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._remembered = lru_cache(_KEPT)(self._phrases)

    def values(self, facet: Facet, start: str, most: int) -> Sequence[Held]:
        """Return values of a facet in which `start` begins at a word, most stories first."""
        return self._facets[facet].starting(start, most)

    def names(self, start: str, most: int) -> Sequence[Held]:
        """Return names in which `start` begins at a word, most stories first; none that only one story has."""
        return self._starting("names", start, most, OFTEN)

    def headlines(self, start: str, most: int) -> Sequence[Held]:
        """Return headlines in which `start` begins at a word, most stories first, then the newest."""
        return self._starting("headlines", start, most, 1)

    def warm(self) -> None:
        """Make what the first completions need: that of a first letter is the longest work of all."""
        for values in self._facets.values():
            values.warm()
        for letter in ascii_lowercase + digits:
            self.names(letter, COMPLETIONS)
            self.headlines(letter, COMPLETIONS)

    def _starting(self, name: _Name, start: str, most: int, fewest: int) -> Sequence[Held]:
        find = self._remembered if len(start) <= _SHORT else self._phrases
        return find(name, start, most, fewest)

    def _phrases(self, name: _Name, start: str, most: int, fewest: int) -> Sequence[Held]:
        lists = [getattr(segment.phrases, name) for segment in self._columns.segments]
        return _Phrases(self._columns, lists).starting(encoded(start), most, fewest)

    @cached_property
    def _facets(self) -> dict[str, _Values]:
        """The values of every facet, counted as the page of all stories counts them."""
        page = evaluate(self._columns, Request(limit=0, facet_limit=0), Everything())
        return {name: _Values(facet.buckets) for name, facet in page.facets.items()}


class _Phrases:
    """The headlines or the names of all segments."""

    def __init__(self, columns: Columns, lists: Sequence[PhraseList]) -> None:
        self._columns = columns
        self._lists = lists

    def starting(self, start: bytes, most: int, fewest: int) -> Sequence[Held]:
        """Return the likeliest phrases with `start` at a word that have `fewest` stories, copies counted once."""
        runs = [one.starting(start) for one in self._lists]
        pool = max(_POOL * most, 1)
        while True:
            found = self._counted(self._likely(runs, pool), most, fewest)
            if len(found) >= most or pool >= max((high - low for low, high in runs), default=0):
                return [self._held(line, docs) for line, docs in found]
            pool *= _FURTHER

    def _likely(self, runs: Sequence[tuple[int, int]], pool: int) -> list[bytes]:
        """Return the phrases of the runs, those that the segments count most stories of first, then the newest."""
        likely: dict[bytes, tuple[int, int]] = {}
        for held, base, (low, high) in zip(self._lists, self._columns.bases.tolist(), runs, strict=False):
            lines = np.array(held.best(low, high, pool), np.int64)
            counts, last = held.sizes(lines)
            days = self._columns.day[base + last].tolist()
            for key, count, day in zip(held.lines.some(lines), counts.tolist(), days, strict=True):
                others, newest = likely.get(key, (0, UNDATED))
                likely[key] = count + others, max(newest, day)
        return sorted(likely, key=lambda key: (-likely[key][0], -likely[key][1], key))

    def _counted(self, lines: Sequence[bytes], most: int, fewest: int) -> list[tuple[bytes, Docs]]:
        """Return the first `most` of the phrases with their stories, in the order of what is found now."""
        found: list[tuple[bytes, Docs]] = []
        for line in lines:
            docs = self._docs(line)
            if docs.size >= fewest:
                found.append((line, docs))
            if len(found) == _COUNTED * most:
                break
        newest = [int(self._columns.day[docs].max()) for _, docs in found]
        order = sorted(range(len(found)), key=lambda place: (-found[place][1].size, -newest[place], found[place][0]))
        return [found[place] for place in order[:most]]

    def _docs(self, line: bytes) -> Docs:
        """Return the stories of a phrase that are there, one a family."""
        pieces = [
            held.docs(number) + np.uint32(base)
            for held, base in zip(self._lists, self._columns.bases.tolist(), strict=False)
            if (number := held.find(line)) >= 0
        ]
        docs: Docs = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
        if self._columns.live is not None:
            docs = docs[self._columns.live[docs]]
        one_each: Docs = self._columns.families.folded(docs, _NO_SUMS)[0]
        return one_each

    def _held(self, line: bytes, docs: Docs) -> Held:
        label = next((held.label(number) for held in self._lists if (number := held.find(line)) >= 0), "")
        newest = int(docs[np.argmax(self._columns.day[docs])])
        return Held(label or self._columns.story(newest).article.headline, docs.size)


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

    def warm(self) -> None:
        """Sort the words."""
        len(self._starts)

    def starting(self, start: str, most: int) -> Sequence[Held]:
        low, high = bisect_left(self._starts, (start, -1)), bisect_left(self._starts, (start + _LAST, -1))
        # The buckets come most stories first.
        numbers = dict.fromkeys(nsmallest(2 * most, (number for _, number in self._starts[low:high])))
        return [self._held[number] for number in list(numbers)[:most]]
