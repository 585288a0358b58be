"""Stories in: from paths to an archive in which they are found.

Reading, making, keeping and indexing are other modules' work; this one lets them follow one another. The one idea:
accepted first, indexed after, and the index remembers the last number it contains. So a run may be killed at any
moment: what was accepted stays, what the index lacks is caught up with by the next run, and reading the same paths
again passes over what is there already.
"""

from __future__ import annotations

import fnmatch
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from index.archive import ArchiveDirectory, ArchiveError
from index.homes import LearnedHome, learn_from_arrivals
from index.making import Maker, maker
from index.packing import Made
from index.record import Record, Refusal
from index.settings import Settings
from index.store import Accepted, Same, Store
from index.workers import in_order

if TYPE_CHECKING:
    from index.embedded import IndexDirectory
    from index.embedded.writer import IndexWriter

#: A batch is accepted in one transaction: at most so many records, and no more once it has so many bytes.
BATCH_RECORDS = 200
BATCH_BYTES = 1 << 18

#: The index is committed whenever the numbers of the store pass a multiple of this, and at the end of a run. The
#: points do not depend on where a run began, so an interrupted one leads to the same index as an undisturbed one.
COMMIT_EVERY = 20_000

#: So many stories are put into the index together while others are made, so that nobody waits for all in the end.
TOGETHER = 500


class Watcher(Protocol):
    """Whoever looks on while stories come in."""

    def read(self, records: int, size: int) -> None:
        """Take note that so many more records, of so many bytes, are safe (or known, or refused)."""

    def refused(self, refusal: Refusal) -> None:
        """Take note of a record that cannot be read."""

    def indexing(self, done: int, total: int) -> None:
        """Take note that of `total` stories to be indexed so many are."""

    def remade(self, done: int, total: int) -> None:
        """Take note that of `total` versions to be made again so many are."""

    def say(self, sentence: str) -> None:
        """Tell the user something while work goes on."""


@dataclass(frozen=True, slots=True)
class Added:
    """What a run came to.

    Attributes:
        accepted: what became of the records.
        indexed: stories put into the index, those that an earlier run had left over included; one that changed
            again after a milestone counts once more.
        waiting: stories that are safe in the store and not in the index yet; not 0 only where the run was stopped.
        stopped: the user stopped it before the end of the input.
        outdated: versions in the archive that this release or the settings would make otherwise by now.
        learned: homes of papers that their stories have told by now; the next run decides by them.
    """

    accepted: Accepted
    indexed: int
    waiting: int
    stopped: bool
    outdated: int = 0
    learned: tuple[LearnedHome, ...] = ()


def add(
    archive: ArchiveDirectory,
    paths: Sequence[str],
    watcher: Watcher,
    *,
    format: str = "auto",
    source: str = "",
    date_from: str | None = None,
    stopping: Callable[[], bool] = lambda: False,
    workers: int | None = None,
) -> Added:
    """Add every story of `paths` to the archive, making the archive where there is none, and index them.

    Args:
        archive: where to.
        paths: files, folders, patterns, "-" for standard input.
        watcher: is told how it goes.
        format: name of a reader, or "auto".
        source: the paper that all the records are from, or "".
        date_from: "mtime" to let the files' modification time stand in for a missing date.
        stopping: asked between batches; True ends the run early, with everything so far safe and indexed.
        workers: processes to make articles in; None for one a core, 0 for none.

    Raises:
        ArchiveError: it is locked, damaged, of another release, or the disk is full; what was accepted is safe.
        SettingsError: its settings cannot be used.
    """
    archive.create()
    with (
        archive.writing("python -m index add"),
        Store(archive.store_file, writable=True) as store,
        Upkeep(archive, store, watcher) as upkeep,
    ):
        settings = archive.checked_settings()
        for note in settings.overrides.notes if settings.overrides is not None else ():
            watcher.say(note)
        making = maker(settings)
        found = only_wanted(_records(paths, format, source, date_from), archive.path, settings, paths)
        total, indexed, stopped = Accepted(), 0, False
        for batch in in_order(making.make_all, _batches(found, store), workers=workers):
            refusals = [item for item in batch if isinstance(item, Refusal)]
            total += store.accept(batch, making.making)
            for refusal in refusals:
                watcher.refused(refusal)
            watcher.read(len(batch), sum(_size(item) for item in batch))
            indexed += upkeep.keep_up()
            if stopping():
                stopped = True
                break
        outdated = store.outdated(making.making)
        # Before the index is level: a run killed here begins with these papers again.
        learned = learn_from_arrivals(archive, store, upkeep.begun_at, workers)
        indexed += upkeep.finish()
        return Added(total, indexed, upkeep.waiting(), stopped, outdated, learned)


class Upkeep:
    """Brings the index of an archive level with its store; a context manager, since it may be in the midst of writing.

    The index is not looked at before something is to be written to it.
    """

    def __init__(self, archive: ArchiveDirectory, store: Store, watcher: Watcher) -> None:
        self._archive = archive
        self._store = store
        self._watcher = watcher
        #: Up to where the store was in the beginning, and when it was last kept up with.
        self._first = self._seen = store.last
        self._begun = False
        self._outdated = ""
        self._absent = False
        #: What the index holds, what it held in the beginning, and what has been put besides and is not committed.
        self._through = self._begun_at = self._put = 0
        self._writer: IndexWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go()

    @cached_property
    def _directory(self) -> IndexDirectory:
        return _index_directory(self._archive)

    def _begin(self) -> None:
        """Look at what there is."""
        if self._begun:
            return
        self._begun = True
        state = self._directory.state()
        self._absent = state.readiness == "none"
        self._outdated = state.reason if state.readiness == "outdated" else ""
        if state.readiness == "current":
            with self._directory.open() as generation:
                self._through = self._begun_at = self._put = generation.through
        if self._through > self._first:
            self._outdated = "The index holds more than the store, which was brought back from an older copy, it seems."

    @property
    def begun_at(self) -> int:
        """The number of the store that the index held all changes up to when the run began."""
        self._begin()
        return self._begun_at

    def keep_up(self) -> int:
        """Put what was accepted, some stories at a time, and commit at milestones; return how many are committed."""
        last = self._store.last
        if last - self._seen < TOGETHER:
            return 0
        self._seen = last
        indexed = self._catch_up(last // COMMIT_EVERY * COMMIT_EVERY)
        if not self._outdated:
            self._mended(partial(self._put_until, last))
        return indexed

    def finish(self) -> int:
        """Index all that the store has and the index lacks, anew where need be; return how many stories that were."""
        indexed = self._catch_up(self._store.last)
        if self._outdated:
            self._watcher.say(
                f"{self._outdated.rstrip('.')}. This run makes the index again now; searching goes on meanwhile."
            )
            self._outdated = ""
            self._through = self._put = self._store.last
            return build(self._directory, self._store, self._watcher)
        if self._absent and not self._store.last:
            # Nothing could be read: the archive is empty, and an empty archive can be searched too.
            return build(self._directory, self._store, self._watcher)
        return indexed

    def waiting(self) -> int:
        """Return how many stories the store has and the index lacks."""
        return self._store.waiting(self._through)

    def _catch_up(self, until: int) -> int:
        self._begin()
        indexed = 0
        while self._through < until and not self._outdated:
            goal = min(until, (self._through // COMMIT_EVERY + 1) * COMMIT_EVERY)
            waiting = self._store.waiting(self._through) - self._store.waiting(goal)
            if self._mended(partial(self._commit, goal)):
                indexed += waiting
        return indexed

    def _mended(self, write: Callable[[], object]) -> bool:
        """Write to the index; return False where it is found to be damaged, and so is to be made again."""
        try:
            write()
        except (ArchiveError, OSError):
            raise
        except Exception:
            # Writing reads what is there; where that is damaged, the index is made again and nothing is lost.
            self._let_go()
            damage = self._directory.verify()
            if not damage:
                raise
            self._outdated = f"{damage[0].path} is damaged ({damage[0].reason})."
        return not self._outdated

    def _put_until(self, goal: int) -> IndexWriter:
        """Put the stories that changed since the last ones that were put."""
        waiting = self._store.waiting(self._put) - self._store.waiting(goal)
        if self._writer is None:
            self._writer = self._directory.writer()
        for done, story in enumerate(self._store.changed(self._put, goal), 1):
            self._writer.put(story)
            if done % 500 == 0 and waiting > 2 * TOGETHER:
                self._watcher.indexing(done, waiting)
        self._put = max(self._put, goal)
        return self._writer

    def _commit(self, goal: int) -> None:
        """Commit all changes up to a number of the store, and none of a later one: as if nothing had come since."""
        writer = self._put_until(goal)
        for name in self._store.changed_again(goal):
            writer.forget(name)
        writer.commit(goal)
        self._let_go()
        self._through = self._put = goal

    def _let_go(self) -> None:
        """Give the index back; what was put and not committed is forgotten."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._put = self._through


def build(
    directory: IndexDirectory,
    store: Store,
    watcher: Watcher,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Build a new generation of the index from the store; searches go on in the one before until it is whole.

    Returns:
        The number of stories.

    Raises:
        KeyboardInterrupt: `stopping` said so; the generation before stays.
    """
    total, done = store.waiting(0), 0
    with directory.rebuild() as writer:
        for story in store.stories():
            writer.put(story)
            done += 1
            if done % 500 == 0:
                watcher.indexing(done, total)
                if stopping():
                    raise KeyboardInterrupt
        writer.commit(store.last)
    return done


#: An archive's own files and folders, below its directory; stories may lie beside them.
_OWN = re.compile(
    r"store\.sqlite(-\w+)?|index/.*|settings\.(toml|new)|(overrides|sources|learned)\.csv|lock", re.DOTALL
)


def only_wanted(
    found: Iterable[Record | Refusal], archive: Path, settings: Settings, named: Sequence[str]
) -> Iterator[Record | Refusal]:
    """Leave out the archive's own files, and the files of folders that the settings want ignored.

    Args:
        found: what was read.
        archive: the archive's directory.
        settings: the archive's.
        named: paths that the user named one by one; they are never ignored.
    """
    place = os.path.abspath(archive) + os.sep  # noqa: PTH100  # as the readers do: resolve() would follow links
    chosen = {os.path.abspath(path) for path in named}  # noqa: PTH100
    for path, items in itertools.groupby(found, key=lambda item: item.path):
        ignored = path not in chosen and any(
            fnmatch.fnmatch(Path(path).name, pattern) or fnmatch.fnmatch(path, f"*/{pattern}")
            for pattern in settings.ignore
        )
        own = path.startswith(place) and _OWN.fullmatch(path[len(place) :].replace(os.sep, "/"))
        if not ignored and not own:
            yield from items


def inspect(
    paths: Sequence[str],
    making: Maker,
    archive: Path,
    *,
    format: str = "auto",
    source: str = "",
    date_from: str | None = None,
    workers: int | None = None,
) -> Iterator[Made | Refusal]:
    """Yield what `add` to the archive at `archive` would make of every record of `paths`; nothing is written."""
    found = only_wanted(_records(paths, format, source, date_from), archive, making.settings, paths)
    for batch in in_order(making.make_all, _batches(found, None), workers=workers):
        for item in batch:
            if not isinstance(item, Same):
                yield item


def missing(paths: Sequence[str]) -> list[str]:
    """Return those of the user's paths and patterns that name nothing."""
    import glob

    named = (path for path in paths if path != "-" and not os.path.lexists(path))
    return [path for path in named if not any(glob.iglob(path, recursive=True))]  # noqa: PTH207


def _records(paths: Sequence[str], format: str, source: str, date_from: str | None) -> Iterator[Record | Refusal]:
    from index import readers

    return readers.records(paths, format=format, source=source, date_from=date_from)


def _batches(found: Iterable[Record | Refusal], store: Store | None) -> Iterator[list[Record | Refusal | Same]]:
    batch: list[Record | Refusal | Same] = []
    size = 0
    for item in found:
        if isinstance(item, Record):
            size += len(item.raw)
            known = store is not None and store.is_unchanged(item)
            batch.append(Same(item.path, item.number, len(item.raw)) if known else item)
        else:
            batch.append(item)
        if len(batch) >= BATCH_RECORDS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(item: Made | Same | Refusal) -> int:
    return 0 if isinstance(item, Refusal) else item.size


def _index_directory(archive: ArchiveDirectory) -> IndexDirectory:
    from index.embedded import IndexDirectory

    return IndexDirectory(archive.index_directory)
