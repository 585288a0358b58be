"""The index directory: the door to reading, writing, building again and checking.

It holds one directory per rebuild, named by its number, and the file CURRENT that says which counts. The one idea: a
rebuild is written beside the current one and becomes current by one atomic rename; searches go on over the old files,
which stay mapped after they are deleted.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embedded import sentinel
from index.embedded.generation import (
    CURRENT,
    Generation,
    current_number,
    current_text,
    damage,
    open_generation,
)
from index.embedded.values import Damage, IndexDamaged, IndexLocked, NoIndex, State
from index.ranking import Averages

if TYPE_CHECKING:
    from index.embedded.writer import IndexWriter


class IndexDirectory:
    """An index below `path`, which need not exist yet.

    >>> from index import Article, Story
    >>> directory = IndexDirectory(getfixture("tmp_path"))
    >>> with directory.rebuild() as writer:
    ...     writer.put(Story(Article(id="1", headline="Bridge opens", body="At last."), 1, 1, "2018-01-24T10:00Z", 1))
    ...     writer.commit(through=1)
    >>> with directory.open() as generation:
    ...     generation.count, generation.through, generation.segments[0].term("bridg") >= 0
    (1, 1, True)
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def open(self, reuse: Generation | None = None) -> Generation:
        """Open the newest committed state for reading; takes no lock and writes nothing.

        Args:
            reuse: a generation opened before, with which unchanged files are shared.

        Raises:
            NoIndex: when there is none, or another version of this program made it.
            IndexDamaged: when it is cut short or changed.
        """
        return open_generation(self.path, reuse)

    def state(self) -> State:
        """Say whether the index can be used as it is, has to be built, or has to be built again, and why."""
        if not (self.path / CURRENT).exists():
            return State("none", f"There is no index in {self.path} yet.")
        try:
            self.open().close()
        except (NoIndex, IndexDamaged) as error:
            return State("outdated", str(error))
        return State("current")

    def writer(self) -> IndexWriter:
        """Return a writer on the current generation; where there is no index yet, on a new, empty one.

        Raises:
            IndexLocked: when another process writes.
            NoIndex, IndexDamaged: when the index has to be built again first (see `state`).
        """
        locks = [self._lock(self.path)]
        try:
            if not (self.path / CURRENT).exists():
                number = self._new()
                self._make_current(number)
            else:
                self.open().close()
                number = current_number(self.path)
            folder = self.path / str(number)
            locks.append(self._lock(folder))
            self._clean(number)
            return self._writer(folder, locks)
        except BaseException:
            _release(locks)
            raise

    def rebuild(self) -> IndexWriter:
        """Return a writer on a new, empty generation, which becomes current when the writer is left without an error.

        Searches go on over the old generation until then. Where the writer is left without a commit, nothing changes.

        Raises:
            IndexLocked: when another process writes.
        """
        locks = [self._lock(self.path)]
        try:
            self._clean(self._current())
            number = self._new()
            folder = self.path / str(number)
            locks.append(self._lock(folder))
            return self._writer(folder, locks, number)
        except BaseException:
            _release(locks)
            raise

    def verify(self) -> tuple[Damage, ...]:
        """Read the whole index and return what is damaged; empty where nothing is."""
        return tuple(damage(self.path))

    def _writer(self, folder: Path, locks: list[Any], rebuilt: int | None = None) -> IndexWriter:
        from index.embedded.writer import IndexWriter

        return IndexWriter(folder, locks, None if rebuilt is None else lambda: self._make_current(rebuilt))

    def _lock(self, folder: Path) -> Any:
        from whoosh.filedb.filestore import FileStorage

        from index.embedded.writer import sync

        if not folder.exists():
            folder.mkdir(parents=True)
            sync(folder.parent)
        lock = FileStorage(str(folder)).lock("MAIN_WRITELOCK")
        if not lock.acquire():
            raise IndexLocked(f"Another process is writing to {self.path}; wait until it has finished.")
        return lock

    def _new(self) -> int:
        """Make the directory of the next rebuild, with an empty commit in it."""
        from index.embedded.writer import sync, write_contents

        number = 1 + max([0, *self._numbers()])
        folder = self.path / str(number)
        folder.mkdir()
        write_contents(folder, 0, [], sentinel.Sentinel(Averages(), 0, frozenset()))
        sync(self.path)
        return number

    def _make_current(self, number: int) -> None:
        from index.embedded.writer import write_durably

        write_durably(self.path / CURRENT, current_text(number))
        self._clean(number)

    def _current(self) -> int | None:
        try:
            return current_number(self.path)
        except (NoIndex, IndexDamaged):
            return None

    def _numbers(self) -> list[int]:
        return [int(entry.name) for entry in self.path.iterdir() if entry.name.isdecimal() and entry.is_dir()]

    def _clean(self, current: int | None) -> None:
        """Remove superseded rebuilds and those that were killed; nothing while it is not known which is current."""
        from index.embedded.writer import unfinished

        unfinished(self.path / CURRENT).unlink(missing_ok=True)
        for number in self._numbers() if current is not None else []:
            if number != current:
                shutil.rmtree(self.path / str(number), ignore_errors=True)


def _release(locks: list[Any]) -> None:
    for lock in locks:
        lock.release()
