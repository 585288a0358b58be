"""A search as it was cited: the day, how many stories it had, and the state of the archive, as one value of an address.

Only the value and its text; what has changed since is `web.cited`. The one idea: a cited address carries what was seen,
so whoever opens it later is told what is different, and can have the list as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})~([0-9]{1,12})~([0-9]{1,12})~([A-Za-z0-9.-]{1,40})")


@dataclass(frozen=True, slots=True)
class Citation:
    """What was seen when a search was cited.

    Attributes:
        day: when.
        total: stories found.
        arrived_by: the last story that the archive had taken in, by its number in the order of arrival.
        generation: the state of the index.
    """

    day: date
    total: int
    arrived_by: int
    generation: str

    def __str__(self) -> str:
        """Return the value as an address has it; `citation` reads it back."""
        return f"{self.day.isoformat()}~{self.total}~{self.arrived_by}~{self.generation}"


def citation(text: str) -> Citation | None:
    """Return the citation of an address; None where the text is none.

    >>> str(citation("2026-11-25~412~5210~17.3"))
    '2026-11-25~412~5210~17.3'
    """
    parts = _SHAPE.fullmatch(text)
    if parts is None:
        return None
    try:
        return Citation(date.fromisoformat(parts[1]), int(parts[2]), int(parts[3]), parts[4])
    except ValueError:
        return None
