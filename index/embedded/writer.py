"""Writing: stories in, segments and commits out.

It reads no files of stories and keeps no truth: what it loses in a crash is put again from the store. The one idea: new
segments lie on the disk, complete and synced, before the table of contents that names them is renamed into place; so a
kill or a power cut at any moment leaves the last commit as it was.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files

from index.article import Story
from index.embedded import codec, sentinel
from index.embedded.batch import Batch
from index.embedded.generation import contents_path, latest_commit, read_contents
from index.embedded.merge import DELETED_SHARE, first_to_merge, merge
from index.embedded.segment import Segment
from index.ranking import Averages

#: The frozen averages are taken anew when one of them is off by more than this share.
DRIFT = 0.05

#: Merging more stories than this needs the memory that the batch's vocabulary takes; the batch is empty by then.
_LARGE = 50_000


class IndexWriter:
    """Puts stories into the index and takes them out; what it did counts from `commit` on.

    A context manager: leaving it gives the lock back and forgets what was not committed. Not for several threads.
    Make one with `IndexDirectory.writer` or `IndexDirectory.rebuild`.
    """

    def __init__(self, folder: Path, locks: Sequence[Any], finish: Callable[[], None] | None = None) -> None:
        self._folder = folder
        self._locks = locks
        self._finish = finish
        self._commit = latest_commit(folder)
        settings = sentinel.read(folder, self._commit)
        self._entries: list[Any] = list(read_contents(folder, self._commit, settings).segments)
        self._segments = [codec.opened(folder, entry) for entry in self._entries]
        self._averages, self.through = settings.averages, settings.through
        self._removed = set(settings.removed)
        self._gone: set[str] = set()
        self._batch = Batch()
        self._committed = False

    def put(self, story: Story) -> None:
        """Add a story, in place of the one with its id if there is one."""
        self._batch.put(story)
        self._removed.discard(story.article.id)
        if self._batch.is_full:
            self._flush()

    def forget(self, name: str) -> None:
        """Take a story back that was put a moment ago: the one with its id that was there before stays."""
        self._batch.remove(name)

    def remove(self, name: str) -> None:
        """Take the story with this id out, if it is there, and remember that it was removed."""
        self._batch.remove(name)
        self._gone.add(name)
        self._removed.add(name)

    def commit(self, through: int) -> None:
        """Make everything put and removed so far the current state, durably.

        Args:
            through: last arrival number that the index now contains.
        """
        self._flush()
        self._merge()
        self._freeze_averages()
        self.through = through
        sync(self._folder)
        settings = sentinel.Sentinel(self._averages, through, frozenset(self._removed))
        write_contents(self._folder, self._commit + 1, self._entries, settings)
        self._commit += 1
        self._committed = True

    def close(self) -> None:
        """Give the lock back; what was not committed is forgotten."""
        self._segments = []
        for lock in self._locks:
            lock.release()
        self._locks = ()

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None and self._committed and self._finish is not None:
                self._finish()
        finally:
            self.close()

    def _flush(self) -> None:
        """Write the batch as a segment; older stories of its ids, and the removed, are deleted."""
        ids = [*self._batch.ids, *self._gone]
        for place, (entry, segment) in enumerate(zip(self._entries, self._segments, strict=True)):
            docs = segment.stories.find_all(ids)
            if docs.size:
                entry.delete(docs)
                self._segments[place] = segment.with_deleted(entry.deleted)
        self._gone.clear()
        if len(self._batch):
            self._add(lambda name: self._batch.write(self._folder, name))

    def _merge(self) -> None:
        """Merge what `index.embedded.merge` says is to be merged, and rewrite segments with many deleted stories."""
        alive = [place for place, segment in enumerate(self._segments) if segment.live_count]
        self._segments = [self._segments[place] for place in alive]
        self._entries = [self._entries[place] for place in alive]
        start = first_to_merge([segment.live_count for segment in self._segments])
        newer = self._segments[start:]
        del self._segments[start + 1 :], self._entries[start + 1 :]
        for place, segment in enumerate(self._segments):
            if place == start and len(newer) > 1:
                self._replace(place, newer)
            elif segment.live_count < (1 - DELETED_SHARE) * segment.count:
                self._replace(place, [segment])

    def _add(self, write: Callable[[str], int]) -> None:
        entry = codec.ArraySegment(0, self._averages)
        entry.count = write(entry.segment_id())
        self._entries.append(entry)
        self._segments.append(codec.opened(self._folder, entry))

    def _replace(self, place: int, segments: Sequence[Segment]) -> None:
        if sum(segment.live_count for segment in segments) > _LARGE:
            self._batch = Batch()
        self._add(lambda name: merge(self._folder, name, segments))
        self._segments[place], self._entries[place] = self._segments.pop(), self._entries.pop()

    def _freeze_averages(self) -> None:
        """Take the averages anew where they have drifted, and tell every segment."""
        now = averages(self._segments)
        pairs = zip(now.in_order(), self._averages.in_order(), strict=True)
        if any(abs(new - old) > DRIFT * old for new, old in pairs):
            self._averages = now
        for entry in self._entries:
            entry.averages = self._averages.in_order()


class _Storage(FileStorage):  # type: ignore[misc]
    """Whoosh's storage, but renaming the table of contents is durable, and its settings are there before it."""

    def __init__(self, folder: Path, seal: Callable[[int], None]) -> None:
        super().__init__(str(folder))
        self._seal = seal

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file when it, and what belongs to it, is on the disk."""
        folder = Path(self.folder)
        with (folder / oldname).open("rb") as file:
            os.fsync(file.fileno())
            self._seal(zlib.crc32(file.read()))
        (folder / oldname).replace(folder / newname)
        sync(folder)


def write_contents(folder: Path, commit: int, entries: Sequence[Any], settings: sentinel.Sentinel) -> None:
    """Write Whoosh's table of contents of a commit and its settings, then remove what no longer counts."""

    def seal(checksum: int) -> None:
        write_durably(sentinel.path(folder, commit), sentinel.to_text(replace(settings, contents=checksum)))

    storage = _Storage(folder, seal)
    TOC(codec.schema(), list(entries), commit).write(storage, codec.NAME)
    clean(folder, commit, entries)


def clean(folder: Path, commit: int, entries: Sequence[Any]) -> None:
    """Remove files of earlier commits and what killed writers left behind."""
    clean_files(FileStorage(str(folder)), codec.NAME, commit, entries)
    kept = {contents_path(folder, commit).name, sentinel.path(folder, commit).name}
    for file in folder.iterdir():
        stale = file.name.startswith(("settings_", "_MAIN_")) and file.name not in kept
        if stale and file.is_file():
            file.unlink(missing_ok=True)


def averages(segments: Iterable[Segment]) -> Averages:
    """Return the mean field lengths of the live stories; the usual ones of news where there are none."""
    count, sums = 0, np.zeros(3, np.int64)
    for segment in segments:
        lengths = segment.lengths if segment.live is None else segment.lengths[segment.live]
        count += len(lengths)
        sums += lengths.sum(axis=0, dtype=np.int64)
    return Averages(*(float(value) for value in sums / count)) if count else Averages()


def write_durably(file: Path, content: bytes) -> None:
    """Write a file beside itself, wait until the disk has it, and rename it into place."""
    new = unfinished(file)
    with new.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
    sync(file.parent)


def unfinished(file: Path) -> Path:
    """Return where a file is written before it is renamed into place; a killed writer leaves it there."""
    return file.with_name(file.name + ".new")


def sync(folder: Path) -> None:
    """Wait until the disk has the names of a directory."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
