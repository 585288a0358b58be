"""A story that comes later: from its acceptance in the store of a large archive until a reader finds it.

Asks no questions but whether the story is there. The one idea: one story is added as `python -m index add` does it, to
an archive whose store and index hold all others, and what the operating system counted as written is told apart into
the index's new files and the rest, which is the store's log and what moves from it into the store's file.

The archive's stories come without enriching, which has no part in this: each is packed into the store as an article
that is ready, and the index is built from the store.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from bench.corpus import Corpus
from bench.measure import bytes_written
from index import Story
from index.archive import ArchiveDirectory
from index.embedded import Generation, IndexDirectory
from index.intake import add, build
from index.making import maker
from index.packing import Made, pack
from index.record import Draft, Record, Refusal
from index.store import Store

#: Stories that are added one after the other.
TIMES = 9
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """One story added.

    Attributes:
        run: seconds that `add` took, without starting Python.
        found: seconds from its acceptance in the store until the reader's next look finds it.
        index_bytes, store_bytes: written.
    """

    run: float
    found: float
    index_bytes: int
    store_bytes: int


class _Watch:
    """A watcher that takes the time at which stories are safe in the store."""

    def __init__(self) -> None:
        self.safe = 0.0

    def read(self, records: int, size: int) -> None:
        self.safe = time.perf_counter()

    def refused(self, refusal: Refusal) -> None: ...

    def indexing(self, done: int, total: int) -> None: ...

    def remade(self, done: int, total: int) -> None: ...

    def say(self, sentence: str) -> None: ...


def arrivals(stories: int, folder: Path) -> list[Arrival]:
    """Add `TIMES` stories, one by one, to the archive of `stories` at `folder`, which is made where it is missing."""
    archive = ArchiveDirectory(folder)
    if not archive.store_file.exists():
        keep(Corpus(stories), archive)
    with IndexDirectory(archive.index_directory).open() as held:
        first = held.through + 1
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        file = Path(scratch) / "late.jsonl"
        return [arrive(archive, file, f"late{first + n}") for n in range(TIMES)]


def keep(stories: Iterable[Story], archive: ArchiveDirectory) -> None:
    """Make an archive with a store and an index of `stories`."""
    archive.create()
    made, making = map(_packed, stories), maker(archive.settings()).making
    with Store(archive.store_file, writable=True) as store:
        while batch := list(islice(made, _BATCH)):
            store.accept(batch, making)
        build(IndexDirectory(archive.index_directory), store, _Watch())


def arrive(archive: ArchiveDirectory, file: Path, name: str) -> Arrival:
    """Add one story called `name`, by way of `file`, and look for it with a reader who had the archive open before."""
    headline = f"Harbourmaster counts seals, {name}"
    told = {"id": name, "headline": headline, "body": "SEATTLE — Seventeen seals lay on the pier.\n\nNobody left."}
    file.write_text(json.dumps(told), encoding="utf-8")
    directory, watch = IndexDirectory(archive.index_directory), _Watch()
    with directory.open() as before:
        there = set(_files(archive.index_directory))
        written, begun = bytes_written(), time.perf_counter()
        add(archive, [str(file)], watch, workers=0)
        run = time.perf_counter() - begun
        found = _look(directory, before, name) - watch.safe
        written = bytes_written() - written
    index = sum(each.stat().st_size for each in _files(archive.index_directory) if each not in there)
    return Arrival(run, found, index, written - index)


def lines(found: list[Arrival], stories: int) -> list[str]:
    """Return the table as Markdown lines."""
    out = [f"## One story more in an archive of {stories:,}, with its store", ""]
    out += ["| | median | most |", "|---|---|---|"]
    for what, values, form in (
        ("`add`, s", [each.run for each in found], "{:.3f}"),
        ("from its acceptance until it is found, s", [each.found for each in found], "{:.3f}"),
        ("bytes written to the index", [each.index_bytes for each in found], "{:,.0f}"),
        ("bytes written to the store", [each.store_bytes for each in found], "{:,.0f}"),
    ):
        out.append(f"| {what} | {form.format(median(values))} | {form.format(max(values))} |")
    return out


def _look(directory: IndexDirectory, before: Generation, name: str) -> float:
    """Return when a reader who follows the index has found the story."""
    with directory.open(before) as after:
        place = after.find(name)
        if place is None or place[0].story(place[1]).article.id != name:
            raise RuntimeError(f"The story {name} is not found in {directory}.")
        return time.perf_counter()


def _packed(story: Story) -> Made:
    article = story.article
    raw = f"{article.id}\n{article.headline}\n\n{article.body}"
    record = Record(raw.encode(), "text", "/made-up", story.arrival, article.source)
    draft = Draft(article.id, article.headline, article.body, article.byline, article.section, article.source)
    return pack(record, draft, article)


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())
