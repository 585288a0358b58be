"""Questions in, results pages out: `open_archive`, `Request`, `Page`.

The read side of the house. A reader's words become a tree (`query`), an engine answers a whole `Request` with a whole
`Page` (`embedded`), and `form` gives that page's JSON. Nothing here writes, and nothing outside an engine's own package
knows which engine answered.

    from search import Request, open_archive

    with open_archive("archive") as archive:
        page = archive.search(Request("sanctuary cities", since=date(2018, 1, 1)))
"""

from __future__ import annotations

from pathlib import Path

from search.archive import (
    Archive,
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveNotFound,
    ArchiveNotIndexed,
    ArchiveOutdated,
)
from search.page import Bucket, Clipping, Facet, Hit, Page, Partial, Period, Timeline
from search.request import Request

__all__ = [
    "Archive",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveNotFound",
    "ArchiveNotIndexed",
    "ArchiveOutdated",
    "Bucket",
    "Clipping",
    "Facet",
    "Hit",
    "Page",
    "Partial",
    "Period",
    "Request",
    "Timeline",
    "open_archive",
]


def open_archive(location: str | Path) -> Archive:
    """Open the archive at `location` (its directory) for reading.

    The engine is imported only here, so that importing this package costs nothing. Use it as a context manager, or call
    `close`; threads may share it.

    Raises:
        ArchiveError: one of its kinds, each saying in plain words what is wrong and what to do.
    """
    directory = _directory(location)
    from search.embedded import open_embedded

    return open_embedded(directory)


def _directory(location: str | Path) -> Path:
    """Return the directory at `location`: a wrong one is said before the engine, which takes its time, is loaded."""
    path = Path(location)
    if "://" in str(location):
        raise ArchiveNotFound(
            f"{location} is the address of a cluster; this release keeps archives in directories only."
        )
    if path.is_dir():
        return path
    if path.exists():
        raise ArchiveNotFound(f"{path} is a file, and an archive is a directory; --archive or MORGUE_ARCHIVE names it.")
    raise ArchiveNotFound(
        f"The archive {path} does not exist. `python -m index add PATH... --archive {path}` makes one; "
        "--archive or MORGUE_ARCHIVE names another place."
    )
