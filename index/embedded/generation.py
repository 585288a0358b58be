"""A generation: one committed state of the index, opened for reading.

It is whole and never changes; a search that has begun on it ends on it, whatever is written meanwhile. The one idea: a
state is named by two numbers, that of the last rebuild and that of the commit since, and each lies under its own names
on the disk, so reading needs no lock and writing disturbs nobody.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.embedded import sentinel
from index.embedded.arrayfile import REMEDY, ArrayFile
from index.embedded.segment import FILES, Segment
from index.embedded.values import Damage, IndexDamaged, NoIndex
from index.ranking import Averages

#: File in the index directory that holds the number of the current rebuild and its CRC-32, by eight hexadecimal digits.
CURRENT = "CURRENT"

_CURRENT_SHAPE = re.compile(rb"([0-9]+) ([0-9a-f]{8})\n")
_CONTENTS_SHAPE = re.compile(r"_MAIN_([0-9]+)\.toc")
_ATTEMPTS = 20
_PAUSE = 0.02

#: Nanoseconds after which the times that a file system gives to two writes differ, however coarse it is.
_SETTLED = 2_500_000_000


class Generation:
    """A committed state of the index. Thread-safe.

    Attributes:
        name: "<rebuild>.<commit>"; changes with every commit.
        segments: oldest first.
        averages: mean field lengths, frozen.
        through: last arrival number contained.
        removed_ids: ids of the stories that were removed and have not come back.
        committed: when this state was written, in seconds since 1970.
    """

    def __init__(self, root: Path, number: int, commit: int, settings: sentinel.Sentinel, segments: Any) -> None:
        self._root = root
        self._named, self._folder = root / CURRENT, root / str(number)
        #: Their times when this state was found to be the newest.
        self._current: tuple[int, int] | None = None
        self.number = number
        self.commit = commit
        self.name = f"{number}.{commit}"
        self.segments: tuple[Segment, ...] = tuple(segments)
        self.averages: Averages = settings.averages
        self.through = settings.through
        self.removed_ids = settings.removed
        self.committed = contents_path(root / str(number), commit).stat().st_mtime

    @property
    def count(self) -> int:
        """The number of stories, deleted ones left out."""
        return sum(segment.live_count for segment in self.segments)

    def find(self, name: str) -> tuple[Segment, int] | None:
        """Return the segment and the document of the story with this id, or None."""
        for segment in reversed(self.segments):
            doc = segment.find(name)
            if doc >= 0:
                return segment, doc
        return None

    def is_current(self) -> bool:
        """Say whether nothing has been committed since; cheap enough to ask before every search."""
        try:
            stamps = self._stamps()
            if stamps == self._current:
                return True
            number = current_number(self._root)
            current = number == self.number and latest_commit(self._root / str(number)) == self.commit
        except (OSError, NoIndex, IndexDamaged):
            return False
        # What was written a moment ago may be written again without its time being another.
        if current and max(stamps) < time.time_ns() - _SETTLED:
            self._current = stamps
        return current

    def _stamps(self) -> tuple[int, int]:
        """Return when the file that names the rebuild and the rebuild's directory were last written, in ns."""
        return self._named.stat().st_mtime_ns, self._folder.stat().st_mtime_ns

    def close(self) -> None:
        """Let go of the files; they are unmapped when the last array taken from them is gone."""
        self.segments = ()

    def __enter__(self) -> Generation:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_generation(root: Path, reuse: Generation | None = None) -> Generation:
    """Open the newest committed state below `root`; needs no right to write.

    Args:
        root: the index directory.
        reuse: a generation opened before; what has not changed since is shared with it.

    Raises:
        NoIndex: when there is none, or it was made by another version of the program.
        IndexDamaged: when a file is missing, cut short or changed.
    """
    for _ in range(_ATTEMPTS):
        number = current_number(root)
        try:
            return _open(root, number, reuse)
        except FileNotFoundError as error:
            # A writer has replaced what we were about to open, or a rebuild has taken it away: look again.
            missing = error.filename
            time.sleep(_PAUSE)
    raise IndexDamaged(f"{missing} is missing; {REMEDY}")


def _open(root: Path, number: int, reuse: Generation | None) -> Generation:
    folder = root / str(number)
    commit = latest_commit(folder)
    settings = sentinel.read(folder, commit)
    if reason := settings.outdated():
        raise NoIndex(f"{reason} Please {REMEDY}.")
    known = {segment.name: segment for segment in reuse.segments} if reuse and reuse.number == number else {}
    segments = []
    for entry in read_contents(folder, commit, settings).segments:
        before = known.get(entry.segment_id())
        if before is not None:
            segments.append(before.with_deleted(entry.deleted))
        else:
            segments.append(Segment(folder, entry.segment_id(), entry.doc_count_all(), entry.deleted))
    return Generation(root, number, commit, settings, segments)


def read_contents(folder: Path, commit: int, settings: sentinel.Sentinel) -> Any:
    """Read Whoosh's table of contents of a commit, after its checksum has been compared.

    Raises:
        IndexDamaged: when it is not as it was written.
        FileNotFoundError: when it is gone.
    """
    file = contents_path(folder, commit)
    if zlib.crc32(file.read_bytes()) != settings.contents:
        raise IndexDamaged(f"{file} is damaged; {REMEDY}")
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC

    return TOC.read(FileStorage(str(folder), readonly=True), "MAIN", gen=commit)


def contents_path(folder: Path, commit: int) -> Path:
    """Return where the table of contents of a commit lies."""
    return folder / f"_MAIN_{commit}.toc"


def current_number(root: Path) -> int:
    """Return the number of the current rebuild.

    Raises:
        NoIndex: when there is none.
        IndexDamaged: when the file that says it is not as it was written.
    """
    file = root / CURRENT
    try:
        found = _CURRENT_SHAPE.fullmatch(file.read_bytes())
    except FileNotFoundError:
        raise NoIndex(f"There is no index in {root} yet: {REMEDY}.") from None
    if found is None or int(found[2], 16) != zlib.crc32(found[1]):
        raise IndexDamaged(f"{file} is damaged; {REMEDY}")
    return int(found[1])


def current_text(number: int) -> bytes:
    """Return what the file CURRENT says for a rebuild."""
    return b"%d %08x\n" % (number, zlib.crc32(b"%d" % number))


def latest_commit(folder: Path) -> int:
    """Return the number of the newest commit in a generation's directory; FileNotFoundError where there is none."""
    commits = [int(found[1]) for file in folder.iterdir() if (found := _CONTENTS_SHAPE.fullmatch(file.name))]
    if not commits:
        raise FileNotFoundError(2, "no table of contents", str(folder / "_MAIN_*.toc"))
    return max(commits)


def damage(root: Path) -> Iterator[Damage]:
    """Read the whole of the current state and yield what is not as it was written."""
    try:
        folder = root / str(current_number(root))
        commit = latest_commit(folder)
        settings = sentinel.read(folder, commit)
        if reason := settings.outdated():
            raise NoIndex(f"{reason} Please {REMEDY}.")
        entries = read_contents(folder, commit, settings).segments
    except (NoIndex, IndexDamaged, OSError) as error:
        yield Damage(str(root), "the frame of the index", str(error))
        return
    for entry in entries:
        for ending, held in FILES.items():
            file = folder / f"{entry.segment_id()}{ending}"
            try:
                found = list(ArrayFile(file).damage())
            except (IndexDamaged, OSError) as error:
                yield Damage(str(file), held, str(error))
            else:
                yield from (replace(one, part=f"{held} ({one.part})") for one in found)
