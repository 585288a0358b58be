"""Posting lists as queries work on them, and the reader of the places behind them.

No files: `words` takes lists out of a segment. The one idea: a list is document numbers and one byte each of what else
is to be known, whatever it was made of, so that a stem, a pattern and one written form cost a query the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.embedded import coding, decoding
from index.embedded.rank import Ranks, ranks_of
from index.embedded.values import Bools, Bytes, Longs, Unsigned

#: For lists whose frequencies all have codes.
NO_PLACES: Longs = np.empty(0, np.int64)
NO_ROWS: Unsigned = np.empty((0, 3), np.uint32)
_ALL_FORMS: Bools = np.empty(0, np.bool_)


@dataclass(frozen=True, slots=True)
class PostingList:
    """The postings of one stem, or of what a query makes of several, over a generation or one of its segments.

    Attributes:
        docs: document numbers, ascending, u4[n].
        codes: the frequencies of each posting as one byte (`coding`), u1[n].
        escaped: places of the postings whose code is ESCAPED, ascending, i8[e].
        escaped_frequencies: of those, u4[e, 3].
    """

    docs: Unsigned
    codes: Bytes
    escaped: Longs
    escaped_frequencies: Unsigned

    def frequencies(self) -> Unsigned:
        """Return occurrences in each field, u4[n, 3]."""
        frequencies = coding.from_frequency_codes(self.codes)
        frequencies[self.escaped] = self.escaped_frequencies
        return frequencies


def coded(docs: Unsigned, frequencies: Unsigned) -> PostingList:
    """Return the list of these stories (u4[n]) and frequencies (u4[n, 3])."""
    codes = coding.to_frequency_codes(frequencies)
    escaped = np.flatnonzero(codes == coding.ESCAPED)
    return PostingList(docs, codes, escaped, np.ascontiguousarray(frequencies[escaped], np.uint32))


class PlaceReader:
    """Reads where one stem stands in some of its stories, beginning near each of them. Thread-safe.

    Args:
        listed: the stem's posting list.
        occurrences: the occurrences part of a words file.
        start: where in it the list's begin.
        bits: of a form code.
        lengths: as in `Words.reader`.
    """

    def __init__(self, listed: PostingList, occurrences: Bytes, start: int, bits: int, lengths: Unsigned) -> None:
        self._listed = listed
        self._lengths = lengths
        self._reader = decoding.reader(
            listed.docs, listed.codes, listed.escaped_frequencies, occurrences, start, bits, _ALL_FORMS
        )

    def of(self, forms: Bools = _ALL_FORMS) -> decoding.Reader:
        """Return what the loops of `decoding` read by; `forms` as in `places`."""
        return (*self._reader[:6], forms)

    @cached_property
    def ranks(self) -> Ranks:
        """Which posting a story is, looked up; made when it is first asked for."""
        return ranks_of(self._listed.docs)

    def places(self, chosen: Unsigned | None, forms: Bools = _ALL_FORMS) -> tuple[Unsigned, Unsigned]:
        """Return story and position of each place, ordered by both.

        Args:
            chosen: which postings, ascending, u4; None for all.
            forms: by form code, whether its places are wanted; of size 0 for all.
        """
        listed = self._listed
        if chosen is None:
            chosen = np.arange(listed.docs.size, dtype=np.uint32)
            room = int(self._reader[5][2])
        else:
            room = int(decoding.TOTALS.take(listed.codes.take(chosen)).sum(dtype=np.int64))
            room += int(listed.escaped_frequencies.sum())
        docs, positions = np.empty(room, np.uint32), np.empty(room, np.uint32)
        found = decoding.places(self.of(forms), chosen, self._lengths, docs, positions)
        return docs[:found], positions[:found]
