"""How an archive is written: rate per core, bytes part by part beside tantivy's, and what one story more costs.

Asks no questions. The one idea: rates are processor time, of all threads, without the making of the stories, so that
they hold on a machine that has other things to do; tantivy keeps no text here, so that the indexes compare.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpus import Corpus
from bench.measure import Build, build
from bench.morgue import Morgue
from bench.tantivy_peer import Tantivy
from index.embedded import Generation, IndexDirectory

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
class Written:
    """What the archive of `stories` came to: words in it, builds, bytes by part and engine, the addition."""

    stories: int
    words: int
    builds: tuple[Build, ...]
    parts: dict[str, dict[str, int]]
    addition: Addition


def write(stories: int, home: Path, names: tuple[str, ...]) -> Written:
    """Write the archive of `stories` pseudo-stories below `home` with the engines of these names, and look at it."""
    builds, parts = [], {}
    for engine in (Tantivy(stored=False), Morgue()):
        if engine.name.lower() in names:
            directory = home / f"{engine.name.lower()}-written"
            builds.append(build(engine, Corpus(stories), directory))
            if engine.name == "tantivy":
                parts[engine.name] = _tantivy_parts(directory)
    folder = home / "morgue-written" / "index"
    with IndexDirectory(folder).open() as generation:
        words = sum(int(segment.lengths.sum()) for segment in generation.segments)
        parts["Morgue"] = _parts(generation)
    return Written(stories, words, tuple(builds), parts, _add_one(folder, stories))


def lines(written: Written) -> list[str]:
    """Return the tables as Markdown lines."""
    out = [f"## Writing {written.stories:,} stories, {written.words / 1e6:,.1f} million words", ""]
    out += ["| engine | processor s | words/s per core | peak MB |", "|---|---|---|---|"]
    for each in written.builds:
        rate = written.words / each.processor_seconds
        out.append(f"| {each.engine} | {each.processor_seconds:,.1f} | {rate:,.0f} | {each.peak_bytes / 1e6:,.0f} |")
    names = list(written.parts)
    out += ["", "Bytes a word:", "", "| part | " + " | ".join(names) + " |", "|---" * (1 + len(names)) + "|"]
    for part in PARTS:
        out.append(f"| {part} | " + " | ".join(_each(written, written.parts[name][part]) for name in names) + " |")
    totals = {name: sum(written.parts[name][part] for part in _INDEX) for name in names}
    out.append(
        "| index (without the last three) | " + " | ".join(_each(written, totals[name]) for name in names) + " |"
    )
    one = written.addition
    out += ["", f"One story more: searchable after {one.seconds:.3f} s, {one.bytes_written:,} bytes written."]
    return out


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
