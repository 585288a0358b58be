"""The pages, and the same answers for machines: a Flask application that only reads an open archive.

Everything a reader sees is made on the server, works without JavaScript and has an address. Start it with
`python -m web`, or give `create_app` an open archive. Nothing here writes to an archive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from search.archive import Archive
    from web.house import House
    from web.metrics import Meters

__all__ = ["create_app"]


def create_app(archive: Archive, house: House | None = None, meters: Meters | None = None) -> Flask:
    """Return the application that serves `archive`.

    Args:
        archive: an open archive; the caller closes it.
        house: the newsroom's choices (locale, password); the defaults where None.
        meters: the counters of a server of several processes; None for counters of this process alone.
    """
    from web.app import build  # Flask takes a while to import, and `--help` must not wait for it

    return build(archive, house, meters)
