"""Vectorised evaluation over the Whoosh index: match, score, count, cut. The default engine, nothing to install.

Reads an archive's `index` directory and the title in its `settings.toml`, and nothing else; never the store.
"""

from __future__ import annotations

from pathlib import Path

from search.archive import Archive, ArchiveNotFound, ArchiveNotIndexed


def open_embedded(location: Path) -> Archive:
    """Open the archive directory at `location`."""
    if not location.is_dir():
        raise ArchiveNotFound(
            f"There is no archive at {location}: make one with `python -m index add PATH --archive …`."
        )
    raise ArchiveNotIndexed(f"The archive at {location} has no index yet: run `python -m index rebuild`.")
