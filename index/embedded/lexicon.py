"""The words of a segment: stems in order, and the written forms of each.

It says where a word stands in the order, not in which stories. The one idea: both lists are one sorted blob of lines,
so a lookup is a bisection over the map and a pattern runs over the whole blob at the speed of `re`.

Parts of the words file: `stems` (lines, sorted), `stem_offsets`; `folded` (lines, sorted: the forms without regard to
capitals), `folded_offsets`, `folded_stems` (ordinal of each), `form_starts` (its first form); `forms` (lines),
`form_offsets`, `form_codes`; `stem_starts` and `stem_folded` (which folded forms a stem has).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from index.analysis import Term
from index.compiled import INT, U8, U32, compiled
from index.embedded.arrayfile import ArrayFile
from index.embedded.coding import spread
from index.embedded.gathering import join_keys
from index.embedded.values import Array, Bytes, Form, Longs, Unsigned

_KEPT = 20_000

_EVERY = slice(None)


class Lines:
    """A blob of sorted lines in an array file, seen as a sequence of bytes."""

    def __init__(self, file: ArrayFile, name: str, offsets: str) -> None:
        self._file = file
        self._name = name
        self.offsets: Array = file.array(offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> bytes:
        return self._file.bytes(self._name, int(self.offsets[index]), int(self.offsets[index + 1]) - 1)

    def some(self, numbers: Array) -> list[bytes]:
        """Return the lines of some numbers."""
        starts, ends = self.offsets[numbers].tolist(), self.offsets[numbers + 1].tolist()
        return [self._file.bytes(self._name, start, end - 1) for start, end in zip(starts, ends, strict=True)]

    def bisect(self, wanted: bytes, low: int = 0) -> int:
        """Return the number of lines before `wanted`, of which the first `low` are known to be."""
        return _before(self.array(), self.offsets, np.frombuffer(wanted, np.uint8), low, len(self))

    def array(self) -> Bytes:
        """Return all lines, each ended by a newline, as a mapped array."""
        return self._file.array(self._name)

    def blob(self) -> bytes:
        """Return all lines, each ended by a newline."""
        return self._file.bytes(self._name, 0, int(self.offsets[-1]))

    def all(self) -> list[bytes]:
        """Return all lines."""
        return self.blob().split(b"\n")[:-1]

    def texts(self) -> list[str]:
        """Return all lines as text."""
        return decoded(self.blob()).split("\n")[:-1]

    def matching(self, pattern: re.Pattern[bytes], lines: slice = _EVERY) -> Unsigned:
        """Return the numbers of the lines in which `pattern`, compiled with `re.MULTILINE`, matches; u4, ascending.

        Anchor it with `^` and `$`, and let nothing in it match a newline. They are searched as one text: line by line
        most of the time would go into the interpreter's steps.

        Args:
            pattern: what to look for.
            lines: which lines to look at.
        """
        begin, end, _ = lines.indices(len(self))
        if begin >= end:
            return np.empty(0, np.uint32)
        first = int(self.offsets[begin])
        # Without the last newline, behind which a pattern would find one line more.
        text = self._file.bytes(self._name, first, int(self.offsets[end]) - 1)
        starts = np.fromiter((match.start() + first for match in pattern.finditer(text)), np.int64)
        return np.unique(np.searchsorted(self.offsets, starts, side="right") - 1).astype(np.uint32)


@compiled(U8, U32, U8, INT, INT)
def _before(text: Array, offsets: Array, wanted: Array, low: int, high: int) -> int:
    """Return the first of the lines from `low` to `high` that is not before `wanted`; `high` where all are."""
    while low < high:
        middle = (low + high) // 2
        start = np.int64(offsets[middle])
        size = np.int64(offsets[middle + 1]) - 1 - start
        place = 0
        while place < size and place < wanted.size and text[start + place] == wanted[place]:
            place += 1
        if place < wanted.size and (place == size or text[start + place] < wanted[place]):
            low = middle + 1
        else:
            high = middle
    return low


class Lexicon:
    """Stems and written forms of a segment. Thread-safe: nothing changes but a cache of lookups."""

    def __init__(self, file: ArrayFile) -> None:
        #: Stems in the order of their UTF-8 bytes; the place of each is its ordinal.
        self.stems = Lines(file, "stems", "stem_offsets")
        #: Written forms folded (`analysis.Term.folded`), sorted by their UTF-8 bytes.
        self.folded = Lines(file, "folded", "folded_offsets")
        #: Ordinal of the stem of each folded form, u4.
        self.folded_stems: Unsigned = file.array("folded_stems")
        self._form_starts: Array = file.array("form_starts")
        self._forms = Lines(file, "forms", "form_offsets")
        self._codes: Array = file.array("form_codes")
        self._stem_starts: Array = file.array("stem_starts")
        self._stem_folded: Array = file.array("stem_folded")
        self.term = lru_cache(_KEPT)(self._term)

    def _term(self, stem: str) -> int:
        wanted = encoded(stem)
        index = self.stems.bisect(wanted)
        return index if index < len(self.stems) and self.stems[index] == wanted else -1

    def stem(self, ordinal: int) -> str:
        """Return the stem with this ordinal."""
        return decoded(self.stems[ordinal])

    def counts(self, ordinals: slice) -> Array:
        """Return how many forms each stem of a run of ordinals has."""
        sizes = np.diff(self._form_starts.astype(np.int64))
        sums = np.concatenate(([0], np.cumsum(sizes[self._stem_folded])))
        starts = self._stem_starts[ordinals.start : ordinals.stop + 1]
        counts: Array = np.diff(sums[starts])
        return counts

    def form_count(self, ordinal: int) -> int:
        """Return how many forms the stem has."""
        start, end = self._stem_starts[ordinal : ordinal + 2].tolist()
        if end - start == 1:
            index = int(self._stem_folded[start])
            return int(self._form_starts[index + 1]) - int(self._form_starts[index])
        folded = self._stem_folded[start:end]
        return int((self._form_starts[folded + 1] - self._form_starts[folded]).sum())

    def form_counts(self, ordinals: Array) -> Longs:
        """Return how many forms each of some stems has."""
        starts = self._stem_starts[ordinals].astype(np.int64)
        counts = self._stem_starts[ordinals + 1] - starts
        if not counts.size:
            return starts
        folded = self._stem_folded[spread(starts, counts)]
        sizes = (self._form_starts[folded + 1] - self._form_starts[folded]).astype(np.int64)
        every: Longs = np.add.reduceat(sizes, np.cumsum(counts) - counts)
        return every

    def stood_for(self, lines: Unsigned) -> tuple[Longs, Longs]:
        """Return the stems of the forms that lines of `folded` stand for, ascending, and the codes of these forms."""
        starts = self._form_starts[lines].astype(np.int64)
        counts = self._form_starts[lines + 1] - starts
        stems = np.repeat(self.folded_stems[lines], counts).astype(np.int64)
        codes = self._codes[spread(starts, counts)].astype(np.int64)
        order = np.lexsort((codes, stems))
        return stems[order], codes[order]

    def forms(self, prefix: str) -> Iterator[Form]:
        """Yield the forms whose folded form begins with `prefix` (folded), in order."""
        start = encoded(prefix)
        index = self.folded.bisect(start)
        while index < len(self.folded) and self.folded[index].startswith(start):
            yield from self.forms_at(index)
            index += 1

    def exactly(self, folded: str) -> list[Form]:
        """Return the forms whose folded form is `folded`."""
        wanted = encoded(folded)
        index = self.folded.bisect(wanted)
        found: list[Form] = []
        while index < len(self.folded) and self.folded[index] == wanted:
            found += self.forms_at(index)
            index += 1
        return found

    def forms_of(self, ordinal: int) -> list[Form]:
        """Return the forms of a stem in the order of their codes, which count from 0."""
        start, end = self._stem_starts[ordinal : ordinal + 2].tolist()
        return [form for index in self._stem_folded[start:end].tolist() for form in self.forms_at(index)]

    def forms_at(self, index: int) -> Iterator[Form]:
        """Yield the forms that line `index` of `folded` stands for."""
        folded, stem = decoded(self.folded[index]), int(self.folded_stems[index])
        for entry in range(int(self._form_starts[index]), int(self._form_starts[index + 1])):
            yield Form(folded, decoded(self._forms[entry]), stem, int(self._codes[entry]))

    @property
    def codes(self) -> Array:
        """The code of every form, sorted by folded form, u2."""
        return self._codes

    def form_stems(self) -> Array:
        """Return the ordinal of the stem of every form, sorted by folded form."""
        counts: Array = np.diff(self._form_starts.astype(np.int64))
        return np.repeat(self.folded_stems, counts)

    def keys(self) -> tuple[Bytes, Longs]:
        """Return the keys of all forms end to end, sorted by folded form, and where each ends."""
        lines = (self.stems, self.folded, self._forms)
        stem_offsets, folded_offsets, form_offsets = (each.offsets.astype(np.int64) for each in lines)
        stems, folded, forms = (each.array() for each in lines)
        starts, owners = self._form_starts.astype(np.int64), self.folded_stems.astype(np.int64)
        counts = np.diff(starts)
        size = int(((np.diff(stem_offsets)[owners] + np.diff(folded_offsets)) * counts).sum()) + forms.size
        keys, ends = np.empty(size, np.uint8), np.empty(len(self._forms), np.int64)
        used = join_keys(stems, stem_offsets, folded, folded_offsets, owners, starts, forms, form_offsets, keys, ends)
        return keys[:used], ends


def key(term: Term) -> str:
    """Return stem, folded form and form as one string: keys are in order as these three are, and quickly compared."""
    return f"{term.stem}\0{term.folded}\0{term.form}"


def encoded(text: str) -> bytes:
    """Return `text` as the index writes it: UTF-8, stray halves of surrogate pairs included."""
    return text.encode("utf-8", "surrogatepass")


def decoded(line: bytes) -> str:
    """Return the text of what `encoded` made."""
    return line.decode("utf-8", "surrogatepass")
