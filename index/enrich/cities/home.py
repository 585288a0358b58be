"""A paper's home town as a point on the map, how far places are from it, and its time zone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from index.enrich.cities.distance import distance
from index.enrich.cities.finding import find
from index.enrich.cities.gazetteer import gazetteer


@dataclass(frozen=True, slots=True)
class Home:
    """Where a paper is at home.

    Attributes:
        row: of the town in the gazetteer; -1 where only the country is known, with no place on the map.
        region: number of its region.
        country: ISO code.
        latitude: degrees north.
        longitude: degrees east.
    """

    row: int
    region: int
    country: str
    latitude: float
    longitude: float

    @classmethod
    def of(cls, place: str) -> Home | None:
        """Return the home of "Albany, New York", a slug or a GeoNames id; None where the gazetteer lacks it."""
        found = find(place) if place.strip() else ()
        if not found or found[0].geonameid is None:
            return None
        known = gazetteer()
        row = known.row(found[0].geonameid)
        return cls(row, known.region_of[row], known.country(row), known.latitude(row), known.longitude(row))

    @classmethod
    def somewhere_in(cls, country: str) -> Home:
        """Return the home of a paper of which only the country is known: near no place and in no region."""
        return cls(-1, -1, country, math.nan, math.nan)

    @property
    def is_town(self) -> bool:
        """Return whether the town is known, not the country alone."""
        return self.row >= 0

    def distance(self, latitude: float, longitude: float) -> float:
        """Return kilometres from home."""
        return distance(self.latitude, self.longitude, latitude, longitude)


@cache
def time_zone_of(place: str) -> str:
    """Return the IANA name of the time zone of a home ("Albany, New York", a slug or an id); "" where none is known."""
    home = Home.of(place)
    return gazetteer().time_zone(home.row) if home is not None else ""
