"""A leaf of a query in a generation: the stories where it occurs, how often in each field, and where.

What words a leaf stands for is `vocabulary`'s business and how leaves are put together is `matching`'s. The one idea: a
leaf is one term, be it a stem, one written form of a stem or every word that a pattern fits; a plain stem, which most
leaves are, costs nothing but its postings.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
import numpy.typing as npt

from index import ranking
from index.analysis import HEADLINE_GAP
from search.embedded.columns import Columns
from search.embedded.sets import EMPTY, NOWHERE, Array, Docs, Spans, find, together
from search.query import tree

#: Postings that are kept decoded: about 100 MB.
MOST_KEPT = 3_500_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a segment's vocabulary a leaf stands for: a stem, or only some of its written forms.

    Attributes:
        segment: number of the segment.
        stem: ordinal of the stem in it.
        forms: codes of the written forms; None for all.
    """

    segment: int
    stem: int
    forms: tuple[int, ...] | None = None


class Term:
    """The occurrences of a leaf.

    Args:
        columns: of the generation.
        choices: the words it stands for, by segment.
        fields: narrows them to some of `ranking.FIELDS`; empty for any.
    """

    def __init__(self, columns: Columns, choices: tuple[Choice, ...], fields: tuple[str, ...] = ()) -> None:
        self._columns = columns
        self._choices = choices
        self._fields = tuple(ranking.FIELDS.index(name) for name in fields)

    @property
    def docs(self) -> Docs:
        """The stories where it occurs, deleted ones left out."""
        return self._held[0]

    @property
    def frequencies(self) -> Array:
        """How often in each field, [story of `docs`, field]."""
        return self._held[1]

    @cached_property
    def weight(self) -> float:
        """Its inverse document frequency."""
        return ranking.inverse_document_frequency(self._columns.live_count, self.docs.size)

    @cached_property
    def impacts(self) -> npt.NDArray[np.float64]:
        """What it earns in each story of `docs`, without nearness."""
        return self._impacts(self.docs, self.frequencies)

    def impacts_at(self, places: Docs) -> npt.NDArray[np.float64]:
        """Return what it earns in the stories at `places` of `docs`; costs nothing for the others."""
        if "impacts" in self.__dict__:
            return self.impacts[places]
        return self._impacts(self.docs[places], self.frequencies[places])

    def _impacts(self, docs: Docs, frequencies: Array) -> npt.NDArray[np.float64]:
        weights = self._columns.field_weights
        frequency: npt.NDArray[np.float64] = frequencies[:, 0] * weights[0].take(docs)
        for field in range(1, len(ranking.FIELDS)):
            frequency += frequencies[:, field] * weights[field].take(docs)
        impacts = ranking.saturate(frequency)
        impacts *= self.weight
        return impacts

    def spans(self, among: Docs | None = None) -> Spans:
        """Return where it occurs, in all its stories or only in those `among` these."""
        found = together([self._spans(choice, among) for choice in self._choices])
        if not self._fields or not found.docs.size:
            return found
        return found.where(np.isin(field_of(self._columns, found), self._fields))

    @cached_property
    def _held(self) -> tuple[Docs, Array]:
        held = [self._counted(choice) for choice in self._choices]
        docs, frequencies = _laid_together(held, self._columns.count)
        if self._fields and docs.size:
            frequencies = frequencies.copy()
            frequencies[:, [field for field in range(len(ranking.FIELDS)) if field not in self._fields]] = 0
            there = frequencies.any(axis=1)
            docs, frequencies = docs[there], frequencies[there]
        if self._columns.live is not None and docs.size:
            there = self._columns.live[docs]
            if not there.all():
                docs, frequencies = docs[there], frequencies[there]
        return docs, frequencies

    def _counted(self, choice: Choice) -> tuple[Docs, Array]:
        base = self._columns.bases[choice.segment]
        if choice.forms is None:
            postings = self._columns.segments[choice.segment].postings(choice.stem)
            docs = postings.docs.astype(np.intp)
            return (docs + base if base else docs), postings.frequencies
        spans = self._spans(choice, None)
        if not spans.docs.size:
            return EMPTY, np.empty((0, len(ranking.FIELDS)), dtype=np.uint32)
        docs = spans.stories
        cells = np.searchsorted(docs, spans.docs) * len(ranking.FIELDS) + field_of(self._columns, spans)
        counts = np.bincount(cells, minlength=docs.size * len(ranking.FIELDS))
        return docs, counts.reshape(docs.size, len(ranking.FIELDS))

    def _spans(self, choice: Choice, among: Docs | None) -> Spans:
        segment, base = self._columns.segments[choice.segment], self._columns.bases[choice.segment]
        docs = segment.docs(choice.stem).astype(np.intp)
        if among is None:
            places = np.arange(docs.size) if segment.live is None else np.flatnonzero(segment.live[docs])
        else:
            begin, end = np.searchsorted(among, (base, base + segment.count))
            places = find(among[begin:end] - base, docs)[1]
        if not places.size:
            return NOWHERE
        occurrences = segment.occurrences(choice.stem, None if places.size == docs.size else places)
        positions = occurrences.positions.astype(np.intp)
        stories = np.repeat(docs[places] + base, np.diff(occurrences.offsets))
        if choice.forms is not None and occurrences.forms is not None:
            right = np.isin(occurrences.forms, choice.forms)
            positions, stories = positions[right], stories[right]
        return Spans(stories, positions, positions)


class Terms:
    """The terms that were asked for last, decoded; shared by threads.

    Args:
        most: postings to keep, some 28 bytes each.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[tree.Leaf, Term] = OrderedDict()
        self._postings = 0
        self._lock = Lock()

    def get(self, leaf: tree.Leaf) -> Term | None:
        """Return the term of a leaf where it is at hand."""
        with self._lock:
            term = self._kept.get(leaf)
            if term is not None:
                self._kept.move_to_end(leaf)
            return term

    def keep(self, leaf: tree.Leaf, term: Term) -> None:
        """Keep a term, and let go of those asked for longest ago."""
        size = term.docs.size
        with self._lock:
            if size * 4 > self._most or leaf in self._kept:
                return
            self._kept[leaf] = term
            self._postings += size
            while self._postings > self._most:
                self._postings -= self._kept.popitem(last=False)[1].docs.size


def field_of(columns: Columns, spans: Spans) -> Docs:
    """Return the field (index into `ranking.FIELDS`) in which each place begins."""
    headline, lead = columns.lengths[spans.docs, 0].astype(np.intp), columns.lengths[spans.docs, 1].astype(np.intp)
    in_headline = spans.starts < headline
    in_lead = spans.starts < headline + HEADLINE_GAP + lead
    return np.where(in_headline, 0, np.where(in_lead, 1, 2))


def _laid_together(held: list[tuple[Docs, Array]], count: int) -> tuple[Docs, Array]:
    """Return the stories of several lists, each once, with their frequencies summed."""
    held = [one for one in held if one[0].size]
    if not held:
        return EMPTY, np.empty((0, len(ranking.FIELDS)), dtype=np.uint32)
    if len(held) == 1:
        return held[0]
    docs = np.concatenate([one[0] for one in held])
    frequencies = np.concatenate([one[1] for one in held])
    if (docs[1:] > docs[:-1]).all():
        return docs, frequencies
    if docs.size * 8 < count:
        order = np.argsort(docs, kind="stable")
        docs, frequencies = docs[order], frequencies[order]
        begins = np.flatnonzero(np.concatenate(([True], docs[1:] != docs[:-1])))
        return docs[begins], np.add.reduceat(frequencies, begins, axis=0)
    sums = np.stack(
        [np.bincount(docs, weights=frequencies[:, field], minlength=count) for field in range(len(ranking.FIELDS))],
        axis=1,
    )
    there = np.flatnonzero(sums.any(axis=1))
    return there, sums[there]
