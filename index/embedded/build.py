"""Writing the words file of a segment: sorted occurrences in, posting lists out.

It does not read texts and does not choose what belongs into a segment: `index.embedded.batch` sorts new stories'
tokens, `index.embedded.merge` brings those of older segments, and both hand over the same arrays. The one idea:
everything is done for tens of thousands of stems at once, by arithmetic on whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.embedded import coding
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.lexicon import write_lexicon
from index.embedded.values import Array, Unsigned
from index.embedded.words import blocks


@dataclass(frozen=True, slots=True)
class Sorted:
    """Occurrences of a range of stems, ready to be written.

    Attributes:
        keys: of candidate forms (`lexicon.key`), sorted; those that do not occur are left out of the segment.
        stems: which of the candidate stems each key has, counted from 0, ascending.
        ordinals: stem of each posting, counted likewise, ascending, u4[postings].
        docs: document of each posting, ascending within a stem, u4[postings].
        frequencies: u4[postings, 3].
        places: u4[occurrences], ascending within the headline and within the body of a posting.
        entries: index into `keys` for each occurrence, u4[occurrences].
    """

    keys: Sequence[str]
    stems: Array
    ordinals: Unsigned
    docs: Unsigned
    frequencies: Unsigned
    places: Unsigned
    entries: Unsigned


class WordsWriter:
    """Write the words of a segment of `count` stories into `file`, one range of stems after the other."""

    def __init__(self, file: ArrayFileWriter, count: int) -> None:
        self._file = file
        self._blocks = blocks(count)
        self._keys: list[str] = []
        self._codes: list[npt.NDArray[np.uint16]] = []
        self._posting_counts: list[Array] = []
        self._document_sizes: list[Array] = []
        self._occurrence_sizes: list[Array] = []
        self._postings = 0

    def add(self, found: Sorted) -> None:
        """Add the stems of `found`, which come after all stems added before."""
        postings = np.bincount(found.ordinals)
        kept = np.flatnonzero(postings)
        if not kept.size:
            return
        counts = postings[kept]
        each = found.frequencies.sum(axis=1, dtype=np.int64)
        ends = np.cumsum(counts)
        totals = np.diff(np.concatenate(([0], np.cumsum(each)))[np.concatenate(([0], ends))])
        forms, codes = self._add_lexicon(found, kept)
        self._add_documents(found.docs, counts)
        self._add_frequencies(found.frequencies)
        self._add_occurrences(found, totals, forms, codes)
        self._posting_counts.append(counts)
        self._postings += len(found.docs)

    def finish(self) -> None:
        """Write what is known at the end: the lexicon and where each stem's lists begin."""
        for name in ("documents", "escaped_frequencies"):
            self._file.append(name, [], np.uint16 if name == "documents" else np.uint32)
        for name in ("frequencies", "occurrences"):
            self._file.append(name, [], np.uint8)
        self._file.append("escaped", [], np.uint64)
        for name, sizes in (
            ("posting_starts", self._posting_counts),
            ("occurrence_starts", self._occurrence_sizes),
            ("document_starts", self._document_sizes),
        ):
            if name != "document_starts" or self._blocks > 1:
                starts = np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes]))
                self._file.append(name, starts, coding.smallest(starts))
        write_lexicon(self._file, self._keys, np.concatenate([np.empty(0, np.uint16), *self._codes]))

    def _add_lexicon(self, found: Sorted, kept: Array) -> tuple[Array, npt.NDArray[np.uint16]]:
        """Keep the forms that occur; return the number of forms by kept stem and the code of each entry."""
        used = np.flatnonzero(np.bincount(found.entries, minlength=len(found.keys)))
        counts = np.bincount(found.stems[used])[kept]
        ranks = np.arange(used.size) - np.repeat(np.cumsum(counts) - counts, counts)
        codes = np.zeros(len(found.keys), np.uint16)
        codes[used] = np.minimum(ranks, 2**16 - 1)
        self._keys += [found.keys[index] for index in used.tolist()]
        self._codes.append(codes[used])
        return counts, codes

    def _add_documents(self, docs: Unsigned, counts: Array) -> None:
        if self._blocks == 1:
            self._file.append("documents", docs, np.uint16)
            return
        ends = np.cumsum(counts)
        long = counts >= coding.least_blocked(self._blocks)
        sizes = np.where(long, counts + 2 * (self._blocks + 1), 2 * counts)
        begins = np.cumsum(sizes) - sizes
        pieces = np.empty(int(sizes.sum()), np.uint16)
        short = np.flatnonzero(np.repeat(~long, counts))
        inside = np.arange(docs.size) - np.repeat(ends - counts, counts)
        lows = (np.repeat(begins, counts) + inside)[short]
        pieces[lows] = docs[short].astype(np.uint16)
        pieces[lows + np.repeat(counts, counts)[short]] = (docs[short] >> 16).astype(np.uint16)
        for index in np.flatnonzero(long).tolist():
            end, begin = int(ends[index]), int(begins[index])
            mine = docs[end - int(counts[index]) : end]
            pieces[begin : begin + int(sizes[index])] = coding.to_local_documents(mine, self._blocks)
        self._file.append("documents", pieces, np.uint16)
        self._document_sizes.append(sizes)

    def _add_frequencies(self, frequencies: Unsigned) -> None:
        codes = coding.to_frequency_codes(frequencies)
        self._file.append("frequencies", codes, np.uint8)
        escaped = np.flatnonzero(codes == coding.ESCAPED)
        self._file.append("escaped", escaped + self._postings, np.uint64)
        self._file.append("escaped_frequencies", frequencies[escaped], np.uint32)

    def _add_occurrences(self, found: Sorted, totals: Array, forms: Array, codes: npt.NDArray[np.uint16]) -> None:
        texts = np.stack([found.frequencies[:, 0], found.frequencies[:, 1] + found.frequencies[:, 2]], axis=1)
        text_ends = np.cumsum(texts.ravel(), dtype=np.int64)
        ladder = coding.to_ladder(coding.to_differences(found.places, np.concatenate(([0], text_ends[:-1]))))
        ends = np.concatenate(([0], np.cumsum(totals)))
        stepped = np.diff(np.concatenate(([0], np.cumsum(coding.is_stepped(ladder.first))))[ends])
        beyond = np.diff(np.concatenate(([0], np.cumsum(coding.is_beyond(ladder.first))))[ends])
        bits = coding.BITS[np.searchsorted(coding.LIMITS, forms)]
        packed = -(-totals * bits // 8)
        sizes = packed + totals + stepped + 4 * beyond
        begins = np.cumsum(sizes) - sizes
        data = np.empty(int(sizes.sum()), np.uint8)
        data[coding.spread(begins + packed, totals)] = ladder.first
        data[coding.spread(begins + packed + totals, stepped)] = ladder.lows
        data[coding.spread(begins + packed + totals + stepped, 4 * beyond)] = ladder.words.astype("<u4").view(np.uint8)
        for width in coding.BITS[1:].tolist():
            chosen = np.flatnonzero(bits == width)
            if chosen.size:
                rows = codes[found.entries[coding.spread(ends[:-1][chosen], totals[chosen])]]
                slots = packed[chosen] * 8 // width
                padded = np.zeros(int(slots.sum()), np.uint16)
                padded[coding.spread(np.cumsum(slots) - slots, totals[chosen])] = rows
                data[coding.spread(begins[chosen], packed[chosen])] = coding.pack_codes(padded, width)
        self._file.append("occurrences", data, np.uint8)
        self._occurrence_sizes.append(sizes)


def cuts(weights: Array, size: int) -> list[tuple[int, int]]:
    """Cut stems that have `weights` into ranges (low, high) of about `size`, so that no more is in memory at a time."""
    ends = np.cumsum(weights)
    inner = np.unique(np.searchsorted(ends, np.arange(size, int(ends[-1]) if len(ends) else 0, size), side="right"))
    return list(pairwise(sorted({0, len(weights), *inner.tolist()})))
