"""Merging: several segments into one, without the deleted stories; and when to.

The one idea of the *how*: a range of stems is read from every segment into the rows that new stories are arranged in
(`index.embedded.gathering`), which go through the same writer.

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

from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Arranged, WordsWriter, cuts
from index.embedded.columns import ColumnsBuilder
from index.embedded.gathering import close_up
from index.embedded.interning import Interned
from index.embedded.keys import Keys, in_order
from index.embedded.phrases import PhrasesBuilder
from index.embedded.segment import Segment
from index.embedded.stories import StoriesWriter
from index.embedded.values import Array, Bools, Longs, Unsigned

#: Segments of fewer stories are always merged with what is newer: it costs less than looking into one more segment.
SMALL = 1000

#: A segment with a larger share of deleted stories is written again.
DELETED_SHARE = 0.3

#: About how many occurrences are read at a time: 24 MB of rows, and as much again when they are encoded.
_RUN = 2_000_000


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
            stories.extend(segment.stories, keep)
            segment.stories.file.release()
        stories.finish()
        del stories
    with ArrayFileWriter(folder / f"{name}.columns") as file:
        columns = ColumnsBuilder()
        for segment, keep in zip(segments, keeps, strict=True):
            columns.extend(segment.columns, keep)
        lengths = np.concatenate([segment.lengths[keep] for segment, keep in zip(segments, keeps, strict=True)])
        columns.write(file, np.ones(count, np.bool_), lengths)
        del columns
    with ArrayFileWriter(folder / f"{name}.phrases") as file:
        phrases = PhrasesBuilder()
        for segment, keep in zip(segments, keeps, strict=True):
            phrases.extend(segment.phrases, keep)
        last_day = np.concatenate([segment.last_day[keep] for segment, keep in zip(segments, keeps, strict=True)])
        phrases.write(file, np.ones(count, np.bool_), last_day)
        del phrases
    with ArrayFileWriter(folder / f"{name}.words") as file:
        _merge_words(file, lengths, segments, keeps)
    return count


class _Source:
    """One of the segments: how its documents and words are called in the merged one.

    Attributes:
        stems: merged number of each of its stems, ascending.
    """

    def __init__(self, segment: Segment, keep: Bools, base: int, known: Interned) -> None:
        self.words = segment.words
        self._live = np.empty(0, np.bool_) if keep.all() else keep
        self._docs = (base + np.cumsum(keep) - 1).astype(np.uint32)
        self._forms = known.number_all(*self.words.lexicon.keys())
        self.totals = self.words.totals()

    def rename(self, ranks: Unsigned, stems: Longs) -> None:
        """Learn the merged number of each form (`ranks`, by its number in `known`) and, from its stem, of each stem."""
        numbers = ranks[self._forms]
        del self._forms
        own = self.words.lexicon.counts(slice(0, len(self.words)))
        self._first_entries: Longs = np.cumsum(own) - own
        self._bits = self.words.bits(own)
        # In the order of the merged keys the forms of a stem stand together and by their codes; of forms beyond the
        # largest code, the last one stands for all.
        lexicon = self.words.lexicon
        place = self._first_entries[lexicon.form_stems()] + lexicon.codes
        self._entries = np.zeros(numbers.size, np.uint32)
        np.maximum.at(self._entries, place, numbers)
        own_stems = np.zeros(int(stems[-1]) + 1 if stems.size else 0, np.bool_)
        own_stems[stems[numbers]] = True
        self.stems: Longs = np.flatnonzero(own_stems)

    def gather(self, low: int, high: int, cursors: Longs, rows: Unsigned) -> None:
        """Write what it has of the merged stems `low` to `high` - 1; `cursors` say where the rows of each go."""
        first, last = np.searchsorted(self.stems, [low, high]).tolist()
        if first < last:
            self.words.gather(
                slice(first, last),
                self.totals[first:last],
                self._bits[first:last],
                self._live,
                self._docs,
                self._entries,
                self._first_entries[first:last],
                self.stems[first:last] - low,
                cursors,
                rows,
            )


def _merge_words(file: ArrayFileWriter, lengths: Unsigned, segments: Sequence[Segment], keeps: Sequence[Bools]) -> None:
    sources = []
    base = 0
    known = Interned()
    for segment, keep in zip(segments, keeps, strict=True):
        sources.append(_Source(segment, keep, base, known))
        base += int(np.count_nonzero(keep))
    starts, ends = known.ends[: known.count], known.ends[1 : known.count + 1]
    order = in_order(known.pool, starts, ends)
    keys = Keys(known.pool, starts[order], ends[order])
    ranks = np.empty(known.count, np.uint32)
    ranks[order] = np.arange(known.count)
    del known, order
    stems = keys.stems()
    weights = np.zeros(int(stems[-1]) + 1 if len(keys) else 0, np.int64)
    for source in sources:
        source.rename(ranks, stems)
        weights[source.stems] += source.totals
    writer = WordsWriter(file, lengths, keys)
    for low, high in cuts(weights, _RUN):
        writer.add(_gathered(sources, low, high, weights[low:high]))
        for source in sources:
            source.words.file.release()
    writer.finish()


def _gathered(sources: Sequence[_Source], low: int, high: int, totals: Array) -> Arranged:
    """Return the occurrences of merged stems `low` to `high` - 1, of which there are at most `totals` each."""
    starts: Longs = np.cumsum(totals) - totals
    cursors = starts.copy()
    rows = np.empty(3 * int(totals.sum()), np.uint32)
    for source in sources:
        source.gather(low, high, cursors, rows)
    counts = cursors - starts
    kept = int(counts.sum())
    if 3 * kept < rows.size:
        close_up(starts, cursors, rows)
    return Arranged(low, high, counts, rows[: 3 * kept])
