"""The whole way of a story, from a file until it is found: `python -m index add`, and where its time goes.

Asks no questions. The one idea: the command is measured from outside, by the clock and by the processor time of all its
processes; the stages are then run one after the other over some of the same records, in one process, and what they do
not account for is the command's own: starting, passing stories between processes, merging. tantivy indexes the same
clean texts with one thread in the same run.

The pseudo-archive comes as JSON lines, with what news brings along: a dateline with one of the world's largest cities,
typographic quotation marks, lines that are a paragraph each, and under every fourth story an invitation to subscribe.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.corpus import Corpus
from bench.measure import Build, build
from bench.tantivy_peer import Tantivy
from index import Story
from index.archive import ArchiveDirectory
from index.embedded import IndexDirectory
from index.making import Maker, maker
from index.readers import records
from index.record import Record
from index.store import Store

#: Records that the stages are timed with, and how many are taken at a time, as `add` does.
STAGED, _BATCH = 10_000, 200
#: Uncounted records before them, since what is loaded by the first is not every story's.
_WARM = 50

_INVITATION = "Sign up for our newsletter to get updates in your inbox."


@dataclass(frozen=True, slots=True)
class Kept:
    """The stories of an archive's store, for an engine that indexes the same."""

    archive: Path
    stories: int

    def __iter__(self) -> Iterator[Story]:
        """Yield the stories in the order of arrival."""
        with Store(ArchiveDirectory(self.archive).store_file) as store:
            yield from islice(store.stories(), self.stories)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What `add` took, and tantivy.

    Attributes:
        stories, words: in the index at the end.
        seconds: of the clock.
        processor_seconds: of all its processes.
        cores: that it might use.
        peak_bytes: memory of the largest of its processes.
        store_bytes, index_bytes: what it left on the disk.
        stages: microseconds of processor time a story, by stage.
        tantivy: the same texts, one thread; None where it is not installed.
    """

    stories: int
    words: int
    seconds: float
    processor_seconds: float
    cores: int
    peak_bytes: int
    store_bytes: int
    index_bytes: int
    stages: dict[str, float]
    tantivy: Build | None


def pipeline(stories: int, files: Sequence[Path], with_tantivy: bool) -> Pipeline:
    """Add `files`, or where there are none the pseudo-archive of `stories`, to a new archive."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        home = Path(scratch)
        if not files:
            files = (home / "stories.jsonl",)
            write_lines(Corpus(stories), files[0])
        archive = ArchiveDirectory(home / "archive")
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "index", "add", *map(str, files), "--archive", str(archive.path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # our own
        seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        with IndexDirectory(archive.index_directory).open() as generation:
            words = sum(int(segment.lengths.sum()) for segment in generation.segments)
            count = sum(segment.live_count for segment in generation.segments)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Pipeline(
            count,
            words,
            seconds,
            processor,
            len(os.sched_getaffinity(0)),
            after.ru_maxrss * 1024,
            archive.store_file.stat().st_size,
            sum(file.stat().st_size for file in archive.index_directory.rglob("*") if file.is_file()),
            stages(files, ArchiveDirectory(home / "staged")),
            build(Tantivy(stored=False), Kept(archive.path, count), home / "tantivy") if with_tantivy else None,
        )


def lines(done: Pipeline) -> list[str]:
    """Return the tables as Markdown lines."""
    out = [f"## Adding {done.stories:,} stories, {done.words / 1e6:,.1f} million words, with everything on", ""]
    out += ["| | s by the clock | processor s | words/s by the clock | words/s per core |", "|---|---|---|---|---|"]
    out.append(_row(f"`python -m index add`, {done.cores} cores", done.words, done.seconds, done.processor_seconds))
    if done.tantivy:
        theirs = done.tantivy
        out.append(_row("tantivy, one thread, index only", done.words, theirs.seconds, theirs.processor_seconds))
        share = theirs.processor_seconds / done.seconds
        full = theirs.processor_seconds * done.cores / done.processor_seconds
        out += ["", f"By the clock {share:.2f} of tantivy's rate; {full:.2f} if the cores were its own."]
    out += ["", f"Peak memory {done.peak_bytes / 1e6:,.0f} MB (the largest process); store"]
    out[-1] += f" {done.store_bytes / 1e6:,.0f} MB, index {done.index_bytes / 1e6:,.0f} MB."
    every = done.processor_seconds / done.stories * 1e6
    rest = {"start, passing between processes, merging": every - sum(done.stages.values())}
    out += ["", "| stage | µs of the processor a story | share |", "|---|---|---|"]
    out += [f"| {name} | {spent:,.0f} | {spent / every:.0%} |" for name, spent in (done.stages | rest).items()]
    out.append(f"| all | {every:,.0f} | 100% |")
    return out


def write_lines(stories: Iterable[Story], file: Path) -> None:
    """Write pseudo-stories as JSON lines, each as a newsroom's system would export it."""
    datelines = _datelines()
    with file.open("w", encoding="utf-8") as out:
        for story in stories:
            article = story.article
            place = (article.cities[0].geonameid or 0) % len(datelines)
            tail = f"\n\n{_INVITATION}" if story.arrival % 4 == 0 else ""
            given = {
                "id": article.id,
                "headline": article.headline,
                "body": f"{datelines[place]} — {article.body}{tail}",
                "published": article.published,
                "byline": f"By {article.byline}",
                "section": article.section,
                "source": article.source,
            }
            out.write(json.dumps(given, ensure_ascii=False) + "\n")


def stages(files: Sequence[Path], archive: ArchiveDirectory) -> dict[str, float]:
    """Return microseconds of processor time a story for each stage of adding `files`, one process, one thread."""
    archive.create()
    making = maker(archive.settings())
    found = [item for item in islice(records(map(str, files)), STAGED) if isinstance(item, Record)]
    for record in found[:_WARM]:
        making.make(record)
    spent = dict.fromkeys(_STAGES, 0.0)
    with Store(archive.store_file, writable=True) as store, IndexDirectory(archive.index_directory).writer() as writer:
        for first in range(0, len(found), _BATCH):
            _stage(found[first : first + _BATCH], making, store, spent)
        with _Timed(spent, "read back from the store"):
            stories = list(store.changed(0, store.last))
        with _Timed(spent, "index: put"):
            for story in stories:
                writer.put(story)
        with _Timed(spent, "index: commit"):
            writer.commit(store.last)
    # Records are cut from their files one by one; that is timed alone, so as not to time the clock.
    with _Timed(spent, "cut files into records"):
        for _ in islice(records(map(str, files)), STAGED):
            pass
    return {name: seconds / len(found) * 1e6 for name, seconds in spent.items()}


_STAGES = (
    "cut files into records",
    "read fields",
    "clean",
    "dates",
    "cities",
    "pack for the store",
    "accept in the store",
    "read back from the store",
    "index: put",
    "index: commit",
)


def _stage(batch: list[Record], making: Maker, store: Store, spent: dict[str, float]) -> None:
    """Do with a batch what `add` does, a stage at a time."""
    from index.enrich import cities, enrich_all
    from index.enrich.cleaning import clean_draft
    from index.enrich.dates import decide
    from index.packing import pack
    from index.readers.registry import draft_of

    contexts = [making.context(record, making.today) for record in batch]
    with _Timed(spent, "read fields"):
        read = [draft_of(record) for record in batch]
    with _Timed(spent, "clean"):
        drafts = [clean_draft(draft) for draft in read]
    with _Timed(spent, "dates"):
        for draft, context in zip(drafts, contexts, strict=True):
            decide(draft, context)
    with _Timed(spent, "cities"):
        homes = [
            context.home_of(draft.source or context.source, draft.url)
            for draft, context in zip(drafts, contexts, strict=True)
        ]
        cities.resolve_all(drafts, homes)
    articles = enrich_all(drafts, contexts)
    with _Timed(spent, "pack for the store"):
        made = [pack(*each) for each in zip(batch, drafts, articles, strict=True)]
    with _Timed(spent, "accept in the store"):
        store.accept(made, making.making)


class _Timed:
    """Adds the processor time of this thread within it to `spent[name]`."""

    def __init__(self, spent: dict[str, float], name: str) -> None:
        self._spent, self._name = spent, name

    def __enter__(self) -> None:
        self._begun = time.thread_time()

    def __exit__(self, *_: object) -> None:
        self._spent[self._name] += time.thread_time() - self._begun


def _datelines() -> list[str]:
    """Return datelines of the 1,500 largest cities: in capitals, with state or country."""
    from index.enrich.cities.gazetteer import gazetteer

    known = gazetteer()
    rows = sorted(range(len(known.population)), key=lambda row: -known.population[row])[:1_500]
    cities = [known.city(row) for row in rows]
    return [
        f"{city.name.upper()}, {city.region if city.country == 'United States' else city.country}" for city in cities
    ]


def _row(name: str, words: int, seconds: float, processor: float) -> str:
    return f"| {name} | {seconds:,.1f} | {processor:,.1f} | {words / seconds:,.0f} | {words / processor:,.0f} |"
