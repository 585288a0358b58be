"""How an archive is written: rate per core, bytes part by part beside tantivy's, and what is written as it grows.

Asks no questions. The one idea: rates are processor time, of all threads, without the making of the stories, so that
they hold on a machine that has other things to do; tantivy keeps no text here, so that the indexes compare, and Morgue
is measured once more without the texts and the completion that tantivy does not have.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import numpy as np

from bench.corpus import Corpus
from bench.engine import Engine
from bench.measure import Build, build, bytes_written
from bench.morgue import Morgue
from bench.tantivy_peer import Tantivy
from bench.whoosh_peer import StockWhoosh
from index import Story
from index.embedded import Generation, IndexDirectory
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.phrases import Phrases, PhrasesBuilder
from index.embedded.values import Bools, Bytes, Ints, Longs

#: Stories that stock Whoosh is measured with, at most: it takes minutes for what takes the others seconds.
WHOOSH = 5_000
#: How the archive grows once it is loaded: days, and stories a day.
DAYS, A_DAY = 60, 200

_TANTIVY = {
    "idx": "documents, frequencies",
    "pos": "positions",
    "term": "lexicon",
    "fast": "columns",
    "fieldnorm": "columns",
    "store": "texts",
}
_OURS = {
    ".words documents": "documents, frequencies",
    ".words document_starts": "documents, frequencies",
    ".words posting_starts": "documents, frequencies",
    ".words frequencies": "documents, frequencies",
    ".words escaped": "documents, frequencies",
    ".words escaped_frequencies": "documents, frequencies",
    ".words occurrence_starts": "positions",
    ".words stems": "lexicon",
    ".words stem_offsets": "lexicon",
}
_FILES = {".words": "exact words", ".columns": "columns", ".stories": "texts", ".phrases": "completion"}
#: Parts in the order of the table; those of exact words, texts and completion are counted apart from the index proper.
PARTS = ("documents, frequencies", "positions", "lexicon", "columns", "other", "exact words", "texts", "completion")
_INDEX = PARTS[:5]


@dataclass(frozen=True, slots=True)
class Addition:
    """One story put into an archive: seconds until the old and the new generation are exchanged, bytes written."""

    seconds: float
    bytes_written: int


@dataclass(frozen=True, slots=True)
class Growth:
    """What `days` additions of `a_day` stories each wrote: bytes in all, and bytes by which the index grew."""

    days: int
    a_day: int
    bytes_written: int
    bytes_grown: int

    @property
    def amplification(self) -> float:
        """How often a byte that came to stay was written."""
        return self.bytes_written / self.bytes_grown


@dataclass(frozen=True, slots=True)
class Rate:
    """A build, and how many words it put into the index."""

    build: Build
    words: int

    @property
    def words_per_second(self) -> float:
        """Words a second of processor time."""
        return self.words / self.build.processor_seconds


@dataclass(frozen=True, slots=True)
class Written:
    """What the archive of `stories` came to.

    Attributes:
        stories, words: in it.
        rates: of each engine.
        parts: bytes by part and engine.
        addition: one story more.
        growth: the days after.
    """

    stories: int
    words: int
    rates: tuple[Rate, ...]
    parts: dict[str, dict[str, int]]
    addition: Addition
    growth: Growth


class IndexAlone(Morgue):
    """Morgue without the stories' texts and without completion: what tantivy keeps here, and exact words."""

    name = "Morgue, no texts, no completion"

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Index as `Morgue` does, with empty records and no phrases."""
        with (
            patch("index.embedded.batch.packed", lambda _: b""),
            patch("index.embedded.batch.PhrasesBuilder", _NoPhrases),
            patch("index.embedded.merge.PhrasesBuilder", _NoPhrases),
        ):
            super().build(stories, directory)


class _NoPhrases(PhrasesBuilder):
    def add(self, data: Bytes, text_ends: Longs) -> None:
        pass

    def extend(self, phrases: Phrases, keep: Bools) -> None:
        pass

    def write(self, file: ArrayFileWriter, keep: Bools, last_day: Ints) -> None:
        super().write(file, keep[:0], last_day[:0])


def write(stories: int, home: Path, names: tuple[str, ...]) -> Written:
    """Write the archive of `stories` pseudo-stories below `home` with the engines of these names, and look at it."""
    directory = home / "morgue-written"
    builds, parts = {Morgue.name: build(Morgue(), Corpus(stories), directory)}, {}
    with IndexDirectory(directory / "index").open() as generation:
        lengths = np.concatenate([segment.lengths for segment in generation.segments]).sum(axis=1)
        parts[Morgue.name] = _parts(generation)
    others: tuple[tuple[str, Engine, int], ...] = (
        ("morgue", IndexAlone(), stories),
        ("tantivy", Tantivy(stored=False), stories),
        ("whoosh", StockWhoosh(), min(stories, WHOOSH)),
    )
    for name, engine, count in others:
        if name in names:
            folder = home / f"{engine.name.replace(', ', '-').replace(' ', '-').lower()}-written"
            builds[engine.name] = build(engine, Corpus(count), folder)
            if name == "tantivy":
                parts[engine.name] = _tantivy_parts(folder)
    rates = tuple(Rate(each, int(lengths[: each.stories].sum())) for each in builds.values())
    addition = _add_one(directory / "index", stories)
    return Written(stories, int(lengths.sum()), rates, parts, addition, grow(directory / "index", stories + 1))


def lines(written: Written) -> list[str]:
    """Return the tables as Markdown lines."""
    out = [f"## Writing {written.stories:,} stories, {written.words / 1e6:,.1f} million words", ""]
    out += ["| engine | stories | processor s | words/s per core | Morgue's rate | peak MB |", "|---" * 6 + "|"]
    ours = written.rates[0].words_per_second
    for each in written.rates:
        made, rate = each.build, each.words_per_second
        out.append(
            f"| {made.engine} | {made.stories:,} | {made.processor_seconds:,.1f} | {rate:,.0f} | {ours / rate:,.2f}× |"
            f" {made.peak_bytes / 1e6:,.0f} |"
        )
    names = list(written.parts)
    out += ["", "Bytes a word:", "", "| part | " + " | ".join(names) + " |", "|---" * (1 + len(names)) + "|"]
    for part in PARTS:
        out.append(f"| {part} | " + " | ".join(_each(written, written.parts[name][part]) for name in names) + " |")
    totals = {name: sum(written.parts[name][part] for part in _INDEX) for name in names}
    out.append(
        "| index (without the last three) | " + " | ".join(_each(written, totals[name]) for name in names) + " |"
    )
    one, after = written.addition, written.growth
    load, size = written.rates[0].build.written_bytes, sum(written.parts[Morgue.name].values())
    out += ["", f"The load wrote {load / 1e6:,.1f} MB for an index of {size / 1e6:,.1f}: {load / size:.2f} times."]
    out += ["", f"One story more: searchable after {one.seconds:.3f} s, {one.bytes_written:,} bytes written."]
    out += ["", f"{after.days} additions of {after.a_day} stories: {after.bytes_written / 1e6:,.1f} MB written, "]
    out[-1] += f"{after.bytes_grown / 1e6:,.1f} MB of them stayed: {after.amplification:.1f} times."
    every = (load + after.bytes_written) / (size + after.bytes_grown)
    out[-1] += f" With the load {every:.2f} times."
    return out


def grow(folder: Path, held: int) -> Growth:
    """Add `DAYS` times `A_DAY` pseudo-stories to the index of `held` stories at `folder`, a commit each."""
    directory = IndexDirectory(folder)
    stories = iter(Corpus(DAYS * A_DAY, seed=7))
    before, written = _size(folder), 0
    for _ in range(DAYS):
        batch = [_renumbered(story, held) for story in islice(stories, A_DAY)]
        start = bytes_written()
        with directory.writer() as writer:
            for story in batch:
                writer.put(story)
            writer.commit(batch[-1].arrival)
        written += bytes_written() - start
    return Growth(DAYS, A_DAY, written, _size(folder) - before)


def _renumbered(story: Story, held: int) -> Story:
    number = story.arrival + held
    article = replace(story.article, id=f"s{number}")
    return replace(story, article=article, arrival=number, first_arrival=number, family=number)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _each(written: Written, size: int) -> str:
    return f"{size / written.words:.3f}"


def _parts(generation: Generation) -> dict[str, int]:
    """Return bytes by part; of the occurrences, the codes of written forms belong to the exact words."""
    sizes: Counter[str] = Counter()
    for segment in generation.segments:
        for name, size in segment.sizes().items():
            ending = name.split()[0]
            other = _FILES[ending]
            sizes[_OURS.get(name, other)] += size
        occurrences = segment.sizes()[".words occurrences"]
        codes = segment.words.code_bytes()
        sizes["exact words"] -= occurrences - codes
        sizes["positions"] += occurrences - codes
    return {part: sizes[part] for part in PARTS}


def _tantivy_parts(directory: Path) -> dict[str, int]:
    sizes: Counter[str] = Counter()
    for file in directory.iterdir():
        sizes[_TANTIVY.get(file.suffix[1:], "other")] += file.stat().st_size
    return {part: sizes[part] for part in PARTS}


def _add_one(folder: Path, stories: int) -> Addition:
    """Put one story more into the archive, as an `add` of one file does after the store has it."""
    number = stories + 1
    story = next(iter(Corpus(1)))
    article = replace(story.article, id=f"s{number}", headline="Harbourmaster counts seventeen seals")
    directory = IndexDirectory(folder)
    with directory.open() as before:
        there = {file for file in folder.rglob("*") if file.is_file()}
        start = time.perf_counter()
        with directory.writer() as writer:
            writer.put(replace(story, article=article, arrival=number, first_arrival=number, family=number))
            writer.commit(number)
        with directory.open(before) as after:
            found = after.find(article.id)
            seconds = time.perf_counter() - start
    if found is None:
        raise RuntimeError(f"The story added to {folder} is not found in it.")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and file not in there)
    return Addition(seconds, size)
