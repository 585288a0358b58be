"""What is known about a record beside itself: where it lay, whose it is, and what the archive's settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one record.

    Attributes:
        today: the day of the run in the archive's time zone; a later publication is not believed.
        path: of the file, or "-".
        locale: decides the order of day and month in "1/2/2018": "en-US" has the month first, all others the day.
        time_zone: IANA name of the archive's; times in UTC of papers whose home is not known are told in it.
        source: the paper the user named for the run, or "".
        home: the archive's own town ("Albany, New York"), or "".
        homes: home towns of papers, by name or web domain.
        modified: the file's modification time where the user asked to date by it, else None.
    """

    today: date
    path: str = ""
    locale: str = "en-US"
    time_zone: str = "UTC"
    source: str = ""
    home: str = ""
    homes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    modified: str | None = None

    def home_of(self, source: str, url: str = "") -> str:
        """Return the home town of a paper, as configured or as the list of outlets has it; "" where none is known."""
        from index.enrich.cities import home_of  # the gazetteer takes a moment to load

        return home_of(source, url, self.homes)
