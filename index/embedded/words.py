"""The words file of a segment: for every stem one posting list with frequencies by field, positions and written forms.

Reading only; `index.embedded.build` writes it. The one idea: there is exactly one list per stem over the whole story.
A field is a range of positions, a written form is a small code per occurrence, so neither needs a list of its own.

Parts beside the lexicon's: `posting_starts` (by stem); `documents`, `document_starts`; `frequencies` (codes), `escaped`
and `escaped_frequencies` (numbers and frequencies of the postings whose code says so); `occurrences`,
`occurrence_starts`: for each stem its packed form codes, then its places as a ladder of differences.
`index.embedded.coding` says how.
"""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.analysis import HEADLINE_GAP
from index.embedded import coding, decoding
from index.embedded.arrayfile import ArrayFile
from index.embedded.documents import read_documents
from index.embedded.gathering import count_occurrences, gather
from index.embedded.lexicon import Lexicon
from index.embedded.postings import NO_PLACES, NO_ROWS, PlaceReader, PostingList
from index.embedded.values import Array, Bools, Longs, Occurrences, Postings, Unsigned


class Words:
    """The words file of a segment of `count` stories. Thread-safe.

    Raises:
        IndexDamaged: when the file is cut short or its frame changed.
    """

    def __init__(self, path: Path, count: int) -> None:
        self.file = ArrayFile(path)
        self.lexicon = Lexicon(self.file)
        self._stories = count
        self._blocks = blocks(count)
        self._posting_starts: Array = self.file.array("posting_starts")
        self._documents: npt.NDArray[np.uint16] = self.file.array("documents")
        self._document_starts: Array = self.file.array("document_starts")
        self._frequencies: Array = self.file.array("frequencies")
        self._escaped: Array = self.file.array("escaped")
        # As a view of memory: of a question's words, each looks two numbers up.
        self._escapes = self._escaped.data
        self._escaped_frequencies: Unsigned = self.file.array("escaped_frequencies").reshape(-1, 3)
        self._occurrences: Array = self.file.array("occurrences")
        self._occurrence_starts: Array = self.file.array("occurrence_starts")

    def __len__(self) -> int:
        return len(self._posting_starts) - 1

    def posting_count(self, ordinal: int) -> int:
        """Return how many stories hold the stem, deleted ones included."""
        start, end = self._posting_starts[ordinal : ordinal + 2].tolist()
        return int(end - start)

    def posting_counts(self, ordinals: Array) -> Array:
        """Return how many stories hold each of some stems, deleted ones included."""
        counts: Array = self._posting_starts[ordinals + 1] - self._posting_starts[ordinals]
        return counts

    def narrowed(self, ordinal: int, listed: PostingList, forms: Bools) -> PostingList:
        """Return a stem's posting list, as `listed` gave it, for some of its written forms alone (by form code)."""
        many = listed.docs.size
        docs, codes = np.empty(many, np.uint32), np.empty(many, np.uint8)
        escaped, rows = np.empty(many, np.int64), np.empty(3 * many, np.uint32)
        start, bits = int(self._occurrence_starts[ordinal]), coding.form_bits(forms.size)
        kept, escapes = decoding.narrowed(
            listed.docs,
            listed.codes,
            listed.escaped_frequencies,
            self._occurrences,
            start,
            bits,
            forms,
            docs,
            codes,
            escaped,
            rows,
        )
        return PostingList(docs[:kept], codes[:kept], escaped[:escapes], rows.reshape(-1, 3)[:escapes])

    def docs(self, ordinal: int) -> Unsigned:
        """Return the stories that hold the stem: `Postings.docs` alone."""
        return self._docs(ordinal, self.posting_count(ordinal), 0)

    def frequencies(self, ordinal: int) -> Unsigned:
        """Return the frequencies of the stem: `Postings.frequencies` alone."""
        start, end = self._posting_starts[ordinal : ordinal + 2].tolist()
        return self._frequencies_of(start, end)

    def postings(self, ordinal: int) -> Postings:
        """Return the stories that hold the stem and how often."""
        return Postings(self.docs(ordinal), self.frequencies(ordinal))

    def occurrences(self, ordinal: int, headline_lengths: Array, places: Longs | None = None) -> Occurrences:
        """Return where the stem stands.

        Args:
            ordinal: of the stem.
            headline_lengths: of all stories of the segment, in words.
            places: which of the postings, ascending indices into `Postings.docs`; None for all.
        """
        docs, frequencies = self.docs(ordinal), self.frequencies(ordinal)
        offsets = _offsets(frequencies)
        total = int(offsets[-1])
        start = int(self._occurrence_starts[ordinal])
        bits = coding.form_bits(self.lexicon.form_count(ordinal))
        ladder = start + -(-total * bits // 8)
        codes = None
        if places is None:
            if bits:
                codes = coding.unpack_codes(self._occurrences[start:], bits, total)
            differences = coding.from_ladder(self._occurrences, ladder, total)
        else:
            begins = offsets[:-1][places]
            docs, frequencies = docs[places], frequencies[places]
            offsets = _offsets(frequencies)
            chosen = coding.spread(begins, np.diff(offsets))
            if bits:
                codes = coding.pick_codes(self._occurrences[start:], bits, chosen)
            differences = coding.pick_from_ladder(self._occurrences, ladder, total, chosen)
        body_starts = headline_lengths[docs] + np.uint32(HEADLINE_GAP)
        return Occurrences(offsets, coding.positions(differences, frequencies, body_starts), codes)

    def listed(self, ordinal: int, base: int = 0) -> PostingList:
        """Return the posting list of a stem as queries work on it, `base` added to its document numbers."""
        start, end = self._posting_starts[ordinal : ordinal + 2].tolist()
        docs = self._docs(ordinal, end - start, base)
        escaped, rows = NO_PLACES, NO_ROWS
        first, last = self._escapes_between(start, end)
        if first < last:
            escaped, rows = self._escaped[first:last].astype(np.int64) - start, self._escaped_frequencies[first:last]
        return PostingList(docs, self._frequencies[start:end], escaped, rows)

    def reader(self, ordinal: int, listed: PostingList, lengths: Unsigned) -> PlaceReader:
        """Return what reads the places of a stem.

        Args:
            ordinal: of the stem.
            listed: its posting list, as `listed` gave it.
            lengths: in words by field of the stories by the numbers that `listed` has, u4[stories, 3].
        """
        bits = coding.form_bits(self.lexicon.form_count(ordinal))
        return PlaceReader(listed, self._occurrences, int(self._occurrence_starts[ordinal]), bits, lengths)

    def form_counts(self, ordinal: int, most: int) -> list[int]:
        """Return how often the stem occurs in each of its forms, in the order of their codes.

        Args:
            ordinal: of the stem.
            most: postings that are counted, the first ones.
        """
        start, end = self._posting_starts[ordinal : ordinal + 2].tolist()
        end = min(end, start + most)
        counted = np.array([start, end], np.int64)
        first, last = self._escapes_between(start, end)
        total = np.empty(1, np.int64)
        escaped = self._escaped[first:last].astype(np.int64)
        count_occurrences(counted, self._frequencies, escaped, self._escaped_frequencies[first:last].ravel(), total)
        forms = self.lexicon.form_count(ordinal)
        bits = coding.form_bits(forms)
        if not bits:
            return [int(total[0])]
        begin = int(self._occurrence_starts[ordinal])
        codes = coding.unpack_codes(self._occurrences[begin:], bits, int(total[0]))
        counts: list[int] = np.bincount(codes, minlength=forms).tolist()
        return counts

    def totals(self) -> Longs:
        """Return how many occurrences each stem has, deleted stories included."""
        totals = np.empty(len(self), np.int64)
        starts = self._posting_starts.astype(np.int64)
        count_occurrences(
            starts, self._frequencies, self._escaped.astype(np.int64), self._escaped_frequencies.ravel(), totals
        )
        return totals

    def bits(self, forms: Array) -> Longs:
        """Return the bits of a form code for stems of so many forms."""
        return coding.BITS[np.searchsorted(coding.LIMITS, forms)]

    def gather(
        self,
        stems: slice,
        totals: Longs,
        bits: Longs,
        live: Bools,
        docs: Unsigned,
        entries: Unsigned,
        first_entries: Longs,
        targets: Longs,
        cursors: Longs,
        rows: Unsigned,
    ) -> None:
        """Write all occurrences of a range of stems as rows, exchanged as the arguments say: `gathering.gather`."""
        gather(
            self._posting_starts[stems.start : stems.stop + 1].astype(np.int64),
            self._document_starts[stems].astype(np.int64),
            self._occurrence_starts[stems].astype(np.int64),
            totals,
            bits,
            self._documents,
            self._stories,
            self._blocks,
            coding.least_blocked(self._blocks),
            self._frequencies,
            self._escaped.astype(np.int64),
            self._escaped_frequencies.ravel(),
            self._occurrences,
            live,
            docs,
            entries,
            first_entries,
            targets,
            cursors,
            rows,
        )

    def code_bytes(self) -> int:
        """Return how many bytes of the occurrences say which written form each is."""
        totals = self.totals()
        return int((-(-totals * self.bits(self.lexicon.counts(slice(0, len(self)))) // 8)).sum())

    def _docs(self, ordinal: int, count: int, base: int) -> Unsigned:
        docs = np.empty(count, np.uint32)
        start, least = int(self._document_starts[ordinal]), coding.least_blocked(self._blocks)
        read_documents(self._documents, start, count, self._stories, self._blocks, least, base, docs, 0)
        return docs

    def _frequencies_of(self, start: int, end: int) -> Unsigned:
        frequencies = coding.from_frequency_codes(self._frequencies[start:end])
        first, last = self._escapes_between(start, end)
        if first < last:
            frequencies[self._escaped[first:last].astype(np.int64) - start] = self._escaped_frequencies[first:last]
        return frequencies

    def _escapes_between(self, start: int, end: int) -> tuple[int, int]:
        """Return which of the escaped postings lie among those from `start` to `end`: the first, and that after."""
        first = bisect_left(self._escapes, start)
        return first, bisect_left(self._escapes, end, first)


def blocks(count: int) -> int:
    """Return how many blocks of 65,536 a segment of `count` stories has, at least one."""
    return max(1, -(-count // coding.BLOCK))


def _offsets(frequencies: Unsigned) -> Longs:
    """Return where the occurrences of each posting begin, and after the last one their number."""
    offsets = np.zeros(len(frequencies) + 1, np.int64)
    np.cumsum(frequencies[:, 0] + frequencies[:, 1] + frequencies[:, 2], out=offsets[1:])
    return offsets
