"""The phrases file of a segment: its headlines and the names in the openings of its stories, by every word in them.

It completes nothing; it says which phrases have a word that begins as typed, which of those are likeliest, and which
stories have each. The one idea: the places where words begin are sorted by the text that follows them, as in a suffix
array (U. Manber, G. Myers 1990), so whatever is typed is one run of places, found by bisection; beside each place lies
how likely its phrase is, so the best of a long run are found without looking at any phrase.

Parts, for `headlines` and for `names`: `….lines` (bare phrases, `index.phrases`, sorted) with `….offsets`; `….starts`
(places in the lines, sorted by what follows) with `….ranks`; `….docs`, the stories of each line, with `….doc_starts`;
`names.labels` with `names.label_offsets` as written. A headline is written as its story has it.

What it costs is bounded: headlines are cut after `LONGEST` bytes, names are looked for in `OPENING` characters, and a
name is kept from `least` stories on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.analysis import COMMON_WORDS
from index.compiled import I64, U8, W32, compiled
from index.embedded import coding
from index.embedded.arrayfile import ArrayFile, ArrayFileWriter
from index.embedded.capitals import bare_headlines, find_runs
from index.embedded.interning import SHORT, Interned, hashed
from index.embedded.keys import in_order, lined_up
from index.embedded.lexicon import Lines, decoded, encoded
from index.embedded.values import UNDATED, Array, Bools, Bytes, Ints, Longs, Unsigned
from index.phrases import bare, capitals, names

#: Bytes of a bare phrase that are kept.
LONGEST = 160

#: Characters at the beginning of a body in which names are looked for: news names its people first.
OPENING = 400

#: A rank is twice the binary logarithm of the stories, and below it the month of the newest, counted from this year.
_MONTHS, _FIRST_YEAR = 1 << 11, 1880
_LEVELS = 32

_NEWLINE, _SPACE = ord("\n"), ord(" ")


def least(stories: int) -> int:
    """Return in how many of a segment's stories a name must be to be kept: fewer make a long and useless tail.

    >>> [least(stories) for stories in (172, 21_578, 1_000_000)]
    [1, 4, 9]
    """
    return 1 + (stories // 5_000).bit_length()


class PhraseList:
    """The headlines or the names of a segment. Thread-safe.

    Attributes:
        lines: the bare phrases, sorted.
        starts: where in the lines words begin, sorted by what follows up to the end of the line; u4. The first word of
            a phrase and words that are not very common.
        ranks: of the phrase of each start; u2, larger is likelier.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.lines = Lines(file, f"{name}.lines", f"{name}.offsets")
        self.starts: Unsigned = file.array(f"{name}.starts")
        self.ranks: npt.NDArray[np.uint16] = file.array(f"{name}.ranks")
        self._file, self._name = file, name
        self._docs: Unsigned = file.array(f"{name}.docs")
        self._doc_starts: Array = file.array(f"{name}.doc_starts")
        self._labels = Lines(file, f"{name}.labels", f"{name}.label_offsets") if f"{name}.labels" in file else None

    def starting(self, wanted: bytes) -> tuple[int, int]:
        """Return the run of `starts`, first and beyond the last, at which `wanted` (not empty) stands."""
        low = self._bisect(wanted, 0, len(self.starts))
        return low, self._bisect(wanted + b"\xff", low, len(self.starts))

    def best(self, low: int, high: int, most: int) -> list[int]:
        """Return the lines of a run of starts that are likeliest: about `most` of them, each once, in order."""
        ranks = self.ranks[low:high]
        places = np.arange(low, high) if high - low <= most else low + _largest(ranks, most)
        places = places[np.argsort(self.ranks[places], kind="stable")[::-1]]
        lines = np.searchsorted(self.lines.offsets, self.starts[places], side="right") - 1
        return list(dict.fromkeys(lines.tolist()))

    def find(self, line: bytes) -> int:
        """Return the number of a bare phrase; -1 where the segment does not have it."""
        number = self.lines.bisect(line)
        return number if number < len(self.lines) and self.lines[number] == line else -1

    def docs(self, number: int) -> Unsigned:
        """Return the stories that have a phrase, ascending, deleted ones among them; u4."""
        return self._docs[int(self._doc_starts[number]) : int(self._doc_starts[number + 1])]

    def sizes(self, numbers: Array) -> tuple[Array, Array]:
        """Return how many stories have each of some phrases, and the last story of each."""
        ends = self._doc_starts[numbers + 1].astype(np.int64)
        return ends - self._doc_starts[numbers], self._docs[ends - 1]

    def label(self, number: int) -> str:
        """Return a name as it is written; "" for a headline, which its stories have."""
        return decoded(self._labels[number]) if self._labels else ""

    def parts(self) -> tuple[list[bytes], Array, Unsigned]:
        """Return the labels if there are any, the line of each posting, and the story of each."""
        counts: Array = np.diff(self._doc_starts.astype(np.int64))
        owners: Array = np.repeat(np.arange(counts.size), counts)
        return self._labels.all() if self._labels else [], owners, self._docs

    def _bisect(self, wanted: bytes, low: int, high: int) -> int:
        part, length = f"{self._name}.lines", len(wanted)
        while low < high:
            middle = (low + high) // 2
            start = int(self.starts[middle])
            # A newline ends a line and is smaller than all that stands in one.
            if self._file.bytes(part, start, start + length).partition(b"\n")[0] < wanted:
                low = middle + 1
            else:
                high = middle
        return low


class Phrases:
    """The phrases file of a segment. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.headlines = PhraseList(self.file, "headlines")
        self.names = PhraseList(self.file, "names")


class _Lists:
    """Lines on their way into a file, numbered as they come, with the stories that have them."""

    def __init__(self) -> None:
        self.lines = Interned()
        self.labels: list[bytes] = []
        self.numbers: list[Array] = []
        self.docs: list[Array] = []

    def label(self, numbers: Unsigned, labels: Sequence[bytes]) -> None:
        """Say how the lines with these numbers are written; what a line was called first, it is called."""
        found, places = np.unique(numbers, return_index=True)
        self.labels += [labels[place] for place in places[found >= len(self.labels)].tolist()]

    def extend(self, held: PhraseList, keep: Bools, base: int) -> None:
        labels, owners, docs = held.parts()
        offsets = held.lines.offsets.astype(np.int64)
        numbers = self.lines.number_some(held.lines.array(), offsets[:-1], offsets[1:] - 1)
        if labels:
            self.label(numbers, labels)
        kept = keep[docs]
        self.numbers.append(numbers[owners][kept])
        self.docs.append((base + np.cumsum(keep) - 1)[docs[kept]])

    def write(self, file: ArrayFileWriter, name: str, months: Array, fewest: int, *, labelled: bool) -> None:
        """Write the list; `months` by story, and only lines with `fewest` stories."""
        numbers = np.concatenate([np.empty(0, np.uint32), *self.numbers]).astype(np.int64)
        docs = np.concatenate([np.empty(0, np.uint32), *self.docs]).astype(np.int64)
        # Two ways to write a name are one story of it where both stand in it.
        numbers, docs = _distinct(numbers, docs, len(months))
        every, known = self.lines, self.lines.count
        counts = np.bincount(numbers, minlength=known)
        kept = np.flatnonzero(counts >= fewest)
        kept = kept[in_order(every.pool, every.ends[kept], every.ends[kept + 1])]
        places = np.full(known, -1, np.int64)
        places[kept] = np.arange(kept.size)
        owners = places[numbers]
        numbers, docs = owners[owners >= 0], docs[owners >= 0]
        docs = docs[np.argsort(numbers, kind="stable")]
        counts = counts[kept]
        lines, offsets = lined_up(every.pool, every.ends[kept], every.ends[kept + 1])
        file.append(f"{name}.lines", lines, np.uint8)
        file.append(f"{name}.offsets", offsets, np.uint32)
        starts = sorted_starts(lines)
        owners = np.searchsorted(offsets[1:], starts, side="right")
        doc_starts = np.concatenate(([0], np.cumsum(counts)))
        newest = np.maximum.reduceat(months[docs], doc_starts[:-1]) if kept.size else np.empty(0, np.int64)
        levels = np.minimum(2 * np.log2(np.maximum(counts, 1)), _LEVELS - 1).astype(np.int64)
        file.append(f"{name}.starts", starts, np.uint32)
        file.append(f"{name}.ranks", (levels * _MONTHS + newest)[owners], np.uint16)
        file.append(f"{name}.docs", docs, np.uint32)
        file.append(f"{name}.doc_starts", doc_starts, np.uint32)
        if labelled:
            labels = [self.labels[number] for number in kept.tolist()]
            ends = np.cumsum(np.fromiter(map(len, labels), np.int64, len(labels)))
            begins = ends - np.diff(ends, prepend=0)
            lines, offsets = lined_up(np.frombuffer(b"".join(labels), np.uint8), begins, ends)
            file.append(f"{name}.labels", lines, np.uint8)
            file.append(f"{name}.label_offsets", offsets, np.uint32)


class PhrasesBuilder:
    """Gather the phrases of stories or of older segments, then write them; the two are not to be mixed in one."""

    def __init__(self) -> None:
        self._headlines, self._names = _Lists(), _Lists()
        self._stories = 0
        #: Runs of capitals by number, and of each time that one stands in a story the run and the story.
        self._runs = Interned()
        self._run_numbers: list[Unsigned] = []
        self._run_stories: list[Longs] = []

    def add(self, data: Bytes, text_ends: Longs) -> None:
        """Add stories.

        Args:
            data: their texts in UTF-8, one after the other, u1.
            text_ends: where headline, first paragraph and body of each story end, i8[3 * stories].
        """
        stories = text_ends.size // 3
        self._add_headlines(data, text_ends, stories)
        most = data.size // 2 + 1
        starts, ends, owners = (np.empty(most, np.int64) for _ in range(3))
        openings = np.empty(stories, np.int64)
        found = find_runs(data, text_ends, OPENING, starts, ends, owners, openings)
        self._run_numbers.append(self._runs.number_some(data, starts[:found], ends[:found]))
        self._run_stories.append(self._stories + owners[:found])
        for story in np.flatnonzero(openings).tolist():
            runs = [encoded(run) for run in capitals(decoded(data[text_ends[3 * story] : openings[story]].tobytes()))]
            self._run_numbers.append(_numbered(self._runs, runs))
            self._run_stories.append(np.full(len(runs), self._stories + story))
        self._stories += stories

    def extend(self, phrases: Phrases, keep: Bools) -> None:
        """Add the stories of a segment that `keep` says."""
        self._headlines.extend(phrases.headlines, keep, self._stories)
        self._names.extend(phrases.names, keep, self._stories)
        self._stories += int(np.count_nonzero(keep))

    def write(self, file: ArrayFileWriter, keep: Bools, last_day: Ints) -> None:
        """Write the phrases of the stories that `keep` says; `last_day` is their column."""
        months = last_day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + (1970 - _FIRST_YEAR) * 12
        months = np.where(last_day == UNDATED, 0, np.clip(months, 1, _MONTHS - 1))
        if self._run_numbers:
            self._settle(keep)
        self._headlines.write(file, "headlines", months, 1, labelled=False)
        self._names.write(file, "names", months, least(len(months)), labelled=True)

    def _add_headlines(self, data: Bytes, text_ends: Longs, stories: int) -> None:
        lines, ends = np.empty(data.size, np.uint8), np.empty(stories, np.int64)
        unknown = np.empty(stories, np.bool_)
        bare_headlines(data, text_ends, LONGEST, lines, ends, unknown)
        begins = np.concatenate((np.zeros(1, np.int64), ends[:-1]))[:stories]
        there = np.flatnonzero(ends > begins)
        self._headlines.numbers.append(self._headlines.lines.number_some(lines, begins[there], ends[there]))
        self._headlines.docs.append(self._stories + there)
        others = np.flatnonzero(unknown)
        texts = (data[text_ends[3 * story - 1] if story else 0 : text_ends[3 * story]] for story in others.tolist())
        bare_ones = [_cut(encoded(bare(decoded(text.tobytes())))[:LONGEST]) for text in texts]
        titled = [place for place, line in enumerate(bare_ones) if line]
        self._headlines.numbers.append(_numbered(self._headlines.lines, [bare_ones[place] for place in titled]))
        self._headlines.docs.append(self._stories + others[titled])

    def _settle(self, keep: Bools) -> None:
        """Make names of the runs of the stories to keep, and forget the headlines of the others."""
        docs = np.cumsum(keep) - 1
        headlines = self._headlines
        rows, numbers = np.concatenate(headlines.docs), np.concatenate(headlines.numbers)
        kept = keep[rows]
        headlines.docs, headlines.numbers = [docs[rows[kept]]], [numbers[kept]]
        runs, owners = np.concatenate(self._run_numbers).astype(np.int64), np.concatenate(self._run_stories)
        runs, owners = _distinct(runs[keep[owners]], docs[owners[keep[owners]]], len(docs))
        counts = np.bincount(runs, minlength=self._runs.count)
        # A run that comes once adds nothing to names that must come several times.
        often = np.flatnonzero(counts >= min(least(int(keep.sum())), 2)).tolist()
        found = [(run, *pair) for run in often for pair in _named(self._runs.string(run))]
        # A run may hold two names; each of its stories has both.
        chosen = np.array([run for run, _, _ in found], np.int64)
        begins = np.cumsum(counts) - counts
        numbers = _numbered(self._names.lines, [line for _, line, _ in found])
        self._names.label(numbers, [label for _, _, label in found])
        self._names.docs.append(owners[coding.spread(begins[chosen], counts[chosen])])
        self._names.numbers.append(np.repeat(numbers, counts[chosen]))


def _numbered(known: Interned, lines: list[bytes]) -> Unsigned:
    """Return the numbers of lines, new ones being kept."""
    ends = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)))
    return known.number_all(np.frombuffer(b"".join(lines), np.uint8), ends)


def _distinct(numbers: Array, docs: Array, stories: int) -> tuple[Array, Array]:
    """Return each pair of a number and a story once, in order."""
    pairs = numbers * max(stories, 1) + docs
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    return pairs // max(stories, 1), pairs % max(stories, 1)


@lru_cache(1 << 16)
def _named(run: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """Return the line and the label of each name in a run of capitals; what one segment has, the next has too."""
    return tuple((line, encoded(name)) for name in names(decoded(run)) if (line := encoded(bare(name))))


def sorted_starts(lines: Bytes) -> Unsigned:
    """Return the places in lines (each ended by a newline) where words begin, by the text from there to the line's end.

    All first words, and others unless very common. Those that begin with the same byte are sorted by themselves, so
    that what sorting needs beside the lines is a part of what all together would.
    """
    starts = np.empty(np.count_nonzero(lines == _SPACE) + np.count_nonzero(lines == _NEWLINE), np.uint32)
    starts = starts[: _begin_words(lines, _COMMON, starts)]
    newlines = np.flatnonzero(lines == _NEWLINE)
    first = lines[starts]
    sorted_ones = [np.empty(0, np.uint32)]
    for byte in np.flatnonzero(np.bincount(first)).tolist():
        places = starts[first == byte].astype(np.int64)
        ends = newlines[np.searchsorted(newlines, places)]
        sorted_ones.append(places[in_order(lines, places, ends)].astype(np.uint32))
    return np.concatenate(sorted_ones)


@compiled(U8, I64, W32)
def _begin_words(lines: Array, common: Array, out: Array) -> int:
    """Write where words begin in lines, but for those that are very common and not the first; return how many do.

    Args:
        lines: each ended by a newline, u1.
        common: hashes of the very common words, ascending, i8.
        out: u4, written; room for every word.
    """
    found = begin = 0
    is_first = True
    for at in range(lines.size):
        if lines[at] == _SPACE or lines[at] == _NEWLINE:
            skipped = False
            if not is_first and at - begin <= SHORT:
                value: Any = hashed(lines, begin, at)
                place = np.searchsorted(common, value)
                skipped = place < common.size and common[place] == value
            if not skipped:
                out[found] = begin
                found += 1
            is_first = lines[at] == _NEWLINE
            begin = at + 1
    return found


def _hash(word: str) -> int:
    line = np.frombuffer(encoded(word), np.uint8)
    return int(hashed(line, 0, line.size))


_COMMON = np.array(sorted(_hash(word) for word in COMMON_WORDS if len(encoded(word)) <= SHORT), np.int64)


def _largest(ranks: npt.NDArray[np.uint16], most: int) -> Array:
    """Return the places of the `most` largest ranks, and of a few more where they are alike."""
    counts = np.bincount(ranks)
    least_rank = int(np.flatnonzero(np.cumsum(counts[::-1]) >= most)[0])
    bound = counts.size - 1 - least_rank
    above = np.flatnonzero(ranks > bound)
    level = np.flatnonzero(ranks == bound)[: most - above.size]
    return np.concatenate((above, level))


def _cut(line: bytes) -> bytes:
    """Return a line that is not too long, ended at a word."""
    return line if len(line) < LONGEST else line[:LONGEST].rpartition(b" ")[0] or line
