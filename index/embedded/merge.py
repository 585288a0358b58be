"""Merging: several segments into one, without the deleted stories; and when to.

The one idea of the *how*: runs of stems are decoded from every segment at once, document numbers and word numbers are
exchanged by lookup in arrays, and the result goes through the same writer as new stories do.

The one idea of the *when*: a segment is merged with all newer ones as soon as they together hold as many stories as it
does. A story's segment at least doubles each time the story is rewritten, so in an archive of n stories that grew
commit by commit of c, each is written at most 1 + log2(n / c) times (once in one large commit but for the merging of
its parts), and at most 2 + log2(n / SMALL) segments stand side by side: 12 at a million, 5 to 6 on average. Adding a
few stories rewrites only as many as came lately, never the large old segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedded import coding
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Sorted, WordsWriter, cuts
from index.embedded.columns import ColumnsBuilder
from index.embedded.lexicon import ranks, stems_of
from index.embedded.phrases import PhrasesBuilder
from index.embedded.segment import Segment
from index.embedded.stories import StoriesWriter
from index.embedded.values import Array, Bools, Unsigned
from index.embedded.words import Run

#: Segments of fewer stories are always merged with what is newer: it costs less than looking into one more segment.
SMALL = 1000

#: A segment with a larger share of deleted stories is written again.
DELETED_SHARE = 0.3

#: About how many occurrences are decoded at a time: some 100 MB with all that is computed from them.
_RUN = 1_000_000


def first_to_merge(counts: Sequence[int]) -> int:
    """Return the place from which on segments are to be merged into one; the last place where none are.

    Args:
        counts: live stories of each segment, oldest first.
    """
    start = max(len(counts) - 1, 0)
    newer = sum(counts[start:])
    for place in range(start - 1, -1, -1):
        if counts[place] <= max(newer, SMALL):
            start = place
        newer += counts[place]
    return start


def merge(folder: Path, name: str, segments: Sequence[Segment]) -> int:
    """Write segment `name` of the live stories of `segments`, in their order, and return how many there are."""
    keeps = [np.ones(s.count, np.bool_) if s.live is None else s.live for s in segments]
    count = sum(int(np.count_nonzero(keep)) for keep in keeps)
    with ArrayFileWriter(folder / f"{name}.stories") as file:
        stories = StoriesWriter(file)
        for segment, keep in zip(segments, keeps, strict=True):
            for records, ids in segment.stories.parts(keep):
                stories.add(records, ids)
                segment.stories.file.release()
        stories.finish()
    with ArrayFileWriter(folder / f"{name}.columns") as file:
        columns = ColumnsBuilder()
        for segment, keep in zip(segments, keeps, strict=True):
            columns.extend(segment.columns, keep)
        lengths = np.concatenate([segment.lengths[keep] for segment, keep in zip(segments, keeps, strict=True)])
        columns.write(file, np.ones(count, np.bool_), lengths)
    with ArrayFileWriter(folder / f"{name}.phrases") as file:
        phrases = PhrasesBuilder()
        for segment, keep in zip(segments, keeps, strict=True):
            phrases.extend(segment.phrases, segment.last_day, keep)
        phrases.write(file, np.ones(count, np.bool_))
        del phrases
    with ArrayFileWriter(folder / f"{name}.words") as file:
        _merge_words(WordsWriter(file, count), segments, keeps)
    return count


class _Source:
    """One of the segments: how its documents and words are called in the merged one."""

    def __init__(self, segment: Segment, keep: Bools, base: int) -> None:
        self.words = segment.words
        self._live = None if keep.all() else keep
        self._docs = (base + np.cumsum(keep) - 1).astype(np.uint32)
        self.ordinals: Unsigned = np.empty(0, np.uint32)
        self._entries: Unsigned = np.empty(0, np.uint32)
        self._first_entry: Array = np.empty(0, np.int64)

    def keys(self) -> list[str]:
        """Return the key of every form; made anew each time, for there may be many segments."""
        return self.words.lexicon.keys()[0]

    def rename(self, entries: dict[str, int], stems: Array) -> None:
        """Learn the merged number of each form and, from the stem of each, of each stem."""
        keys, codes = self.words.lexicon.keys()
        numbers = np.fromiter(map(entries.__getitem__, keys), np.uint32, len(keys))
        del keys
        own = self.words.lexicon.counts(slice(0, len(self.words.lexicon.stems)))
        self._first_entry = np.cumsum(own) - own
        form_stems = np.repeat(np.arange(own.size), own)
        self.ordinals = np.unique(stems[numbers]).astype(np.uint32)
        order = np.argsort(numbers)
        self._entries = np.empty(len(codes), np.uint32)
        self._entries[self._first_entry[form_stems] + codes[order]] = numbers[order]

    def run(self, low: int, high: int) -> tuple[Run, Unsigned] | None:
        """Return what it has of the merged stems `low` to `high` - 1 in merged numbers, with the form of each place."""
        first, last = np.searchsorted(self.ordinals, np.array([low, high], np.uint32)).tolist()
        if first == last:
            return None
        run = self.words.run(first, last)
        each = run.frequencies.sum(axis=1, dtype=np.int64)
        entries = self._entries[self._first_entry[np.repeat(run.ordinals, each)] + run.codes]
        ordinals, docs, frequencies, places = run.ordinals, run.docs, run.frequencies, run.places
        if self._live is not None:
            kept = self._live[docs]
            occurs = np.repeat(kept, each)
            ordinals, docs, frequencies = ordinals[kept], docs[kept], frequencies[kept]
            places, entries = places[occurs], entries[occurs]
        return Run(self.ordinals[ordinals], self._docs[docs], frequencies, places, run.codes), entries


def _merge_words(writer: WordsWriter, segments: Sequence[Segment], keeps: Sequence[Bools]) -> None:
    sources = []
    base = 0
    for segment, keep in zip(segments, keeps, strict=True):
        sources.append(_Source(segment, keep, base))
        base += int(np.count_nonzero(keep))
    known: set[str] = set()
    for source in sources:
        known.update(source.keys())
    keys = sorted(known)
    del known
    stems = ranks(stems_of(keys))
    entries = {key: number for number, key in enumerate(keys)}
    weights = np.zeros(int(stems[-1]) + 1 if keys else 0, np.int64)
    for source in sources:
        source.rename(entries, stems)
        weights[source.ordinals] += source.words.weights()
    del entries
    for low, high in cuts(weights, _RUN):
        found = [run for source in sources if (run := source.run(low, high)) is not None]
        first, last = np.searchsorted(stems, [low, high]).tolist()
        writer.add(_joined(found, keys[first:last], stems[first:last] - low, low, first))
        for source in sources:
            source.words.file.release()
    writer.finish()


def _joined(
    found: list[tuple[Run, Unsigned]],
    keys: list[str],
    stems: Array,
    low: int,
    first: int,
) -> Sorted:
    """Put runs of the same stems together, stem by stem; the range's stems and keys begin at `low` and `first`."""
    ordinals = np.concatenate([run.ordinals for run, _ in found])
    frequencies = np.concatenate([run.frequencies for run, _ in found])
    order = np.argsort(ordinals, kind="stable")
    each = frequencies.sum(axis=1, dtype=np.int64)
    occurrences = coding.spread((np.cumsum(each) - each)[order], each[order])
    return Sorted(
        keys=keys,
        stems=stems,
        ordinals=ordinals[order] - np.uint32(low),
        docs=np.concatenate([run.docs for run, _ in found])[order],
        frequencies=frequencies[order],
        places=np.concatenate([run.places for run, _ in found])[occurrences],
        entries=np.concatenate([entries for _, entries in found])[occurrences] - np.uint32(first),
    )
