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

from array import array
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, count, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.analysis import COMMON_WORDS
from index.article import Article
from index.embedded import coding
from index.embedded.arrayfile import ArrayFile, ArrayFileWriter
from index.embedded.columns import days
from index.embedded.lexicon import Lines, decoded, encoded
from index.embedded.values import UNDATED, Array, Bools, Bytes, Unsigned
from index.phrases import bare, capitals, names

#: Bytes of a bare phrase that are kept.
LONGEST = 160

#: Characters at the beginning of a body in which names are looked for: news names its people first.
OPENING = 400

#: A rank is twice the binary logarithm of the stories, and below it the month of the newest, counted from this year.
_MONTHS, _FIRST_YEAR = 1 << 11, 1880
_LEVELS = 32

_NEWLINE, _SPACE = ord("\n"), ord(" ")
_KEY = 8

#: Lines are cut into words by so many bytes at a time.
_PART = 1 << 22


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

    def parts(self) -> tuple[list[bytes], list[bytes], Array, Unsigned]:
        """Return all lines, the labels if there are any, the line of each posting, and the story of each."""
        counts: Array = np.diff(self._doc_starts.astype(np.int64))
        owners: Array = np.repeat(np.arange(counts.size), counts)
        return self.lines.all(), self._labels.all() if self._labels else [], owners, self._docs

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
        self.lines: dict[bytes, int] = {}
        self.labels: list[bytes] = []
        self.numbers: list[Array] = []
        self.docs: list[Array] = []

    def number(self, line: bytes, label: bytes) -> int:
        number = self.lines.setdefault(line, len(self.lines))
        if number == len(self.labels):
            self.labels.append(label)
        return number

    def extend(self, held: PhraseList, keep: Bools, base: int) -> None:
        lines, labels, owners, docs = held.parts()
        numbers = np.fromiter(map(self.number, lines, labels or [b""] * len(lines)), np.uint32, len(lines))
        kept = keep[docs]
        self.numbers.append(numbers[owners][kept])
        self.docs.append((base + np.cumsum(keep) - 1)[docs[kept]])

    def write(self, file: ArrayFileWriter, name: str, months: Array, fewest: int, *, labelled: bool) -> None:
        """Write the list; `months` by story, and only lines with `fewest` stories."""
        keys = list(self.lines)
        numbers = np.concatenate([np.empty(0, np.uint32), *self.numbers]).astype(np.int64)
        docs = np.concatenate([np.empty(0, np.uint32), *self.docs]).astype(np.int64)
        # Two ways to write a name are one story of it where both stand in it.
        pairs = numbers * max(len(months), 1) + docs
        pairs.sort()
        pairs = pairs[np.diff(pairs, prepend=-1) != 0]
        numbers, docs = pairs // max(len(months), 1), pairs % max(len(months), 1)
        counts = np.bincount(numbers, minlength=len(keys))
        often = (counts >= fewest).tolist()
        order = [self.lines[key] for key in sorted(key for key, number in self.lines.items() if often[number])]
        kept = np.array(order, np.int64)
        places = np.full(len(keys), -1, np.int64)
        places[kept] = np.arange(kept.size)
        owners = places[numbers]
        numbers, docs = owners[owners >= 0], docs[owners >= 0]
        docs = docs[np.argsort(numbers, kind="stable")]
        counts = counts[kept]
        lines = [keys[number] for number in order]
        self._write_lines(file, f"{name}.lines", f"{name}.offsets", lines)
        blob = np.frombuffer(b"\n".join([*lines, b""]), np.uint8)
        starts = sorted_starts(blob)
        ends = np.cumsum([len(line) + 1 for line in lines])
        owners = np.searchsorted(ends, starts, side="right")
        doc_starts = np.concatenate(([0], np.cumsum(counts)))
        newest = np.maximum.reduceat(months[docs], doc_starts[:-1]) if kept.size else np.empty(0, np.int64)
        levels = np.minimum(2 * np.log2(np.maximum(counts, 1)), _LEVELS - 1).astype(np.int64)
        file.append(f"{name}.starts", starts, np.uint32)
        file.append(f"{name}.ranks", (levels * _MONTHS + newest)[owners], np.uint16)
        file.append(f"{name}.docs", docs, np.uint32)
        file.append(f"{name}.doc_starts", doc_starts, np.uint32)
        if labelled:
            labels = [self.labels[number] for number in order]
            self._write_lines(file, f"{name}.labels", f"{name}.label_offsets", labels)

    @staticmethod
    def _write_lines(file: ArrayFileWriter, name: str, offsets: str, lines: Sequence[bytes]) -> None:
        file.append(name, np.frombuffer(b"\n".join([*lines, b""]) if lines else b"", np.uint8), np.uint8)
        file.append(offsets, list(accumulate((len(line) + 1 for line in lines), initial=0)), np.uint32)


class PhrasesBuilder:
    """Gather the phrases of stories or of older segments, then write them."""

    def __init__(self) -> None:
        self._headlines, self._names = _Lists(), _Lists()
        self._titles: list[str] = []
        self._days: list[Array] = []
        self._own_days = array("i")
        #: Runs of capitals by number, new ones numbered as they come; of each story, the number of each run.
        self._runs: dict[str, int] = defaultdict(count().__next__)
        self._run_numbers, self._run_counts = array("I"), array("I")

    def add(self, article: Article) -> None:
        """Add a story; stories and segments are not to be mixed in one builder."""
        self._titles.append(article.headline)
        self._own_days.append(days(article.published)[1])
        runs = dict.fromkeys(capitals(article.body[:OPENING]))
        self._run_numbers.extend(map(self._runs.__getitem__, runs))
        self._run_counts.append(len(runs))

    def extend(self, phrases: Phrases, last_day: Array, keep: Bools) -> None:
        """Add the stories of a segment that `keep` says; `last_day` is its column."""
        base = sum(map(len, self._days))
        self._headlines.extend(phrases.headlines, keep, base)
        self._names.extend(phrases.names, keep, base)
        self._days.append(last_day[keep])

    def write(self, file: ArrayFileWriter, keep: Bools) -> None:
        """Write the phrases of the stories that `keep` says."""
        if self._titles:
            self._settle(keep)
            self._days.append(np.array(self._own_days, np.int32)[keep])
        day = np.concatenate([np.empty(0, np.int32), *self._days])
        months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + (1970 - _FIRST_YEAR) * 12
        months = np.where(day == UNDATED, 0, np.clip(months, 1, _MONTHS - 1))
        self._headlines.write(file, "headlines", months, 1, labelled=False)
        self._names.write(file, "names", months, least(len(months)), labelled=True)

    def _settle(self, keep: Bools) -> None:
        """Make lines of the headlines and runs of the stories to keep."""
        docs = np.cumsum(keep) - 1
        lines = [encoded(bare(title))[:LONGEST] for title in self._titles]
        titled = np.array([bool(line) for line in lines], np.bool_) & keep
        rows = np.flatnonzero(titled)
        self._headlines.docs.append(docs[rows])
        self._headlines.numbers.append(
            np.array([self._headlines.number(_cut(lines[row]), b"") for row in rows.tolist()], np.uint32)
        )
        numbers, owners = np.array(self._run_numbers, np.uint32), np.repeat(np.arange(len(docs)), self._run_counts)
        numbers, owners = numbers[keep[owners]], owners[keep[owners]]
        counts = np.bincount(numbers, minlength=len(self._runs))
        # A run that comes once adds nothing to names that must come several times.
        fewest = min(least(int(keep.sum())), 2)
        often = (counts >= fewest).tolist()
        pairs = [
            (number, self._names.number(line, label))
            for run, number in self._runs.items()
            if often[number]
            for line, label in _named(run)
        ]
        runs, found = np.array(pairs, np.int64).reshape(-1, 2).T
        # A run may hold two names; each of its stories has both.
        order = np.argsort(numbers, kind="stable")
        begins = np.cumsum(counts) - counts
        self._names.docs.append(docs[owners[order[coding.spread(begins[runs], counts[runs])]]])
        self._names.numbers.append(np.repeat(found, counts[runs]))


@lru_cache(1 << 16)
def _named(run: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return the line and the label of each name in a run of capitals; what one segment has, the next has too."""
    return tuple((line, encoded(name)) for name in names(run) if (line := encoded(bare(name))))


def sorted_starts(lines: Bytes) -> Unsigned:
    """Return the places in lines (each ended by a newline) where words begin, by the text from there to the line's end.

    All first words, and others unless very common. Those that begin with the same byte are sorted by themselves, so
    that what sorting needs beside the lines is a part of what all together would.
    """
    if not lines.size:
        return np.empty(0, np.uint32)
    newlines = np.flatnonzero(lines == _NEWLINE)
    padded = np.lib.stride_tricks.sliding_window_view(np.concatenate([lines, np.zeros(_KEY, np.uint8)]), _KEY)
    cuts = newlines[np.searchsorted(newlines, np.arange(_PART, lines.size, _PART))] + 1
    parts = pairwise(sorted({0, *cuts.tolist(), lines.size}))
    starts = np.concatenate([_starts(lines, padded, low, high) for low, high in parts])
    # A line without a word comes first, as its text is the beginning of every other.
    first = np.where(lines[starts] == _NEWLINE, 0, lines[starts])
    bytes_there = np.flatnonzero(np.bincount(first)).tolist()
    return np.concatenate([_sorted(padded, newlines, starts[first == byte]) for byte in bytes_there])


def _starts(lines: Bytes, padded: Array, low: int, high: int) -> Unsigned:
    """Return where words begin in the lines from `low` to `high`, but for the very common ones."""
    gaps = low + np.flatnonzero((lines[low:high] == _SPACE) | (lines[low:high] == _NEWLINE))
    starts = np.concatenate(([low], gaps[:-1] + 1))
    first = np.concatenate(([True], lines[gaps[:-1]] == _NEWLINE))
    common = np.isin(_keys(padded, starts, gaps - starts), _keys_of(COMMON_WORDS)) & (gaps - starts < _KEY)
    return starts[first | ~common].astype(np.uint32)


def _sorted(padded: Array, newlines: Array, places: Unsigned) -> Unsigned:
    """Return places by the text from each to the end of its line.

    Eight bytes at a time are compared, as one number, and only among places that were the same so far.
    """
    starts = places.astype(np.int64)
    ends = newlines[np.searchsorted(newlines, starts)]
    keys = _keys(padded, starts, ends - starts)
    order = np.argsort(keys, kind="stable")
    starts, ends, keys = starts[order], ends[order], keys[order]
    tied = _tied(keys[1:] == keys[:-1])
    depth = _KEY
    groups = np.cumsum(np.concatenate(([True], keys[1:] != keys[:-1])))
    while (tied := _unfinished(tied, groups, ends - starts > depth)).size:
        keys = _keys(padded, starts[tied] + depth, ends[tied] - starts[tied] - depth)
        order = np.lexsort((keys, groups[tied]))
        starts[tied], ends[tied], keys = starts[tied[order]], ends[tied[order]], keys[order]
        same = (groups[tied[1:]] == groups[tied[:-1]]) & (keys[1:] == keys[:-1])
        groups[tied] = np.cumsum(np.concatenate(([True], ~same)))
        tied, depth = tied[_tied(same)], depth + _KEY
    return starts.astype(np.uint32)


def _unfinished(tied: Array, groups: Array, longer: Array) -> Array:
    """Return those of the tied places in whose group there is a longer text."""
    unfinished: Array = tied[np.isin(groups[tied], groups[tied][longer[tied]])]
    return unfinished


def _keys(padded: Array, starts: Array, lengths: Array) -> npt.NDArray[np.uint64]:
    """Return the bytes at `starts`, eight at most and `lengths` at most, as numbers that are in their order."""
    keys = np.ascontiguousarray(padded[starts]).view(">u8").ravel().astype(np.uint64)
    short = np.flatnonzero(lengths < _KEY)
    unused = (8 * (_KEY - lengths[short])).astype(np.uint64)
    keys[short] = np.where(lengths[short] > 0, keys[short] >> unused % np.uint64(64) << unused % np.uint64(64), 0)
    return keys


def _keys_of(words: frozenset[str]) -> npt.NDArray[np.uint64]:
    return np.array([int.from_bytes(encoded(word)[:_KEY].ljust(_KEY, b"\0"), "big") for word in words], np.uint64)


def _tied(same: Array) -> Array:
    """Return the places that are the same as a neighbour, `same` saying it of each place and the next."""
    return np.flatnonzero(np.concatenate((same, [False])) | np.concatenate(([False], same)))


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
