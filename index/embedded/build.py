"""Writing the words file of a segment: sorted occurrences in, posting lists out.

It does not read texts and does not choose what belongs into a segment: `index.embedded.batch` arranges new stories'
tokens, `index.embedded.merge` brings those of older segments, and both hand over the same rows. The one idea: ranges of
stems are encoded by one compiled loop (`index.embedded.encoding`) and appended, so no more than a range is in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.embedded import coding
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.encoding import encode, mark_used
from index.embedded.keys import Keys
from index.embedded.values import Array, Longs, Unsigned
from index.embedded.words import blocks


@dataclass(frozen=True, slots=True)
class Arranged:
    """The occurrences of a range of stems, ready to be written.

    Attributes:
        first, last: the range, as ranks of the stems (`Keys.stems`); `last` is not in it.
        counts: occurrences of each of the stems, i8[last - first]; those of none are left out of the segment.
        rows: of each occurrence the document, the place and the number of its key, stem by stem and in the order of the
            texts, u4[3 * occurrences] (`encoding` says what a place is).
    """

    first: int
    last: int
    counts: Longs
    rows: Unsigned


class WordsWriter:
    """Write the words file of a segment into `file`, one range of stems after the other.

    Args:
        file: the words file.
        lengths: of the segment's stories, in words by field, u4[stories, 3].
        keys: of all forms that may occur; those that do not are left out.
    """

    def __init__(self, file: ArrayFileWriter, lengths: Unsigned, keys: Keys) -> None:
        self._file = file
        self._lengths = np.ascontiguousarray(lengths)
        self._blocks = blocks(len(lengths))
        self._keys = keys
        self._stems = keys.stems()
        self._used: list[Array] = []
        self._codes: list[Array] = []
        self._posting_counts: list[Array] = []
        self._document_sizes: list[Array] = []
        self._occurrence_sizes: list[Array] = []
        self._postings = 0

    def add(self, found: Arranged) -> None:
        """Add the stems of `found`, which come after all stems added before."""
        kept = np.flatnonzero(found.counts)
        if not kept.size:
            return
        counts = found.counts[kept]
        first, last = np.searchsorted(self._stems, [found.first, found.last]).tolist()
        forms, codes = self._add_keys(found, first, last)
        bits = coding.BITS[np.searchsorted(coding.LIMITS, forms[kept])]
        total, most = int(counts.sum()), int(counts.max())
        least = coding.least_blocked(self._blocks)
        documents = np.empty(2 * total + 2 * (self._blocks + 1) * (total // least), np.uint16)
        frequencies = np.empty(total, np.uint8)
        escaped, escaped_frequencies = np.empty(total, np.int64), np.empty(3 * total, np.uint32)
        occurrences = np.empty(7 * total + kept.size, np.uint8)
        postings, document_sizes, occurrence_sizes = (np.empty(kept.size, np.int64) for _ in range(3))
        escapes = encode(
            found.rows,
            counts,
            first,
            codes,
            bits,
            self._lengths,
            self._blocks,
            least,
            np.empty(3 * most, np.uint32),
            documents,
            frequencies,
            escaped,
            escaped_frequencies,
            occurrences,
            postings,
            document_sizes,
            occurrence_sizes,
        )
        count = int(postings.sum())
        self._file.append("occurrences", occurrences[: occurrence_sizes.sum()], np.uint8)
        self._file.append("documents", documents[: document_sizes.sum()], np.uint16)
        self._file.append("frequencies", frequencies[:count], np.uint8)
        self._file.append("escaped", escaped[:escapes] + self._postings, np.uint64)
        self._file.append("escaped_frequencies", escaped_frequencies[: 3 * escapes], np.uint32)
        self._posting_counts.append(postings)
        self._document_sizes.append(document_sizes)
        self._occurrence_sizes.append(occurrence_sizes)
        self._postings += count

    def finish(self) -> None:
        """Write what is known at the end: the lexicon and where each stem's lists begin."""
        for name, dtype in (
            ("documents", np.uint16),
            ("escaped_frequencies", np.uint32),
            ("frequencies", np.uint8),
            ("occurrences", np.uint8),
            ("escaped", np.uint64),
        ):
            self._file.append(name, [], dtype)
        for name, sizes in (
            ("posting_starts", self._posting_counts),
            ("occurrence_starts", self._occurrence_sizes),
            ("document_starts", self._document_sizes),
        ):
            starts = np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes]))
            self._file.append(name, starts, coding.smallest(starts))
        used = np.concatenate([np.empty(0, np.int64), *self._used])
        self._keys.write(self._file, used, np.concatenate([np.empty(0, np.uint16), *self._codes]))

    def _add_keys(self, found: Arranged, first: int, last: int) -> tuple[Array, Array]:
        """Keep the forms that occur; return the number of forms by stem of the range, and the code of each key."""
        flags = np.zeros(last - first, np.uint8)
        mark_used(found.rows, first, flags)
        used = np.flatnonzero(flags)
        counts = np.bincount(self._stems[first + used] - found.first, minlength=found.last - found.first)
        ranks = np.arange(used.size) - np.repeat(np.cumsum(counts) - counts, counts)
        codes = np.zeros(last - first, np.uint16)
        codes[used] = np.minimum(ranks, 2**16 - 1)
        self._used.append(first + used)
        self._codes.append(codes[used])
        return counts, codes


def cuts(weights: Array, size: int) -> list[tuple[int, int]]:
    """Cut stems that have `weights` into ranges (low, high) of about `size`, so that no more is in memory at a time."""
    ends = np.cumsum(weights)
    inner = np.unique(np.searchsorted(ends, np.arange(size, int(ends[-1]) if len(ends) else 0, size), side="right"))
    return list(pairwise(sorted({0, len(weights), *inner.tolist()})))
