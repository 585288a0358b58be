"""Where a story is: the cities it is filed from, is about and mentions, each with the reason for it.

`resolve` decides (`resolve_all` for many stories at once), `parse_dateline` reads what a story opens with, `find` and
`slug` go from names to cities and back, `lies_in` and `division` from cities to the regions and countries they lie in,
`home_of` and `time_zone_of` from papers to their towns and from these to what their clocks show.
The gazetteer behind them is compiled from GeoNames data (`ATTRIBUTION` must be shown) and shipped with the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.enrich.cities.dateline import Dateline, parse_dateline
from index.enrich.cities.finding import find, slug
from index.enrich.cities.gazetteer import ATTRIBUTION
from index.enrich.cities.home import time_zone_of
from index.enrich.cities.homes import home_of
from index.enrich.cities.overrides import Overrides, OverridesError, read_overrides
from index.enrich.cities.regions import Division, division, divisions, lies_in

if TYPE_CHECKING:
    from index.article import City
    from index.record import Draft

__all__ = [
    "ATTRIBUTION",
    "Dateline",
    "Division",
    "Overrides",
    "OverridesError",
    "division",
    "divisions",
    "find",
    "home_of",
    "lies_in",
    "parse_dateline",
    "read_overrides",
    "resolve",
    "resolve_all",
    "slug",
    "time_zone_of",
]


def resolve(draft: Draft, home: str = "") -> tuple[City, ...]:
    """Return the cities of a story, best first; see `index.enrich.cities.resolver.resolve_all`."""
    return resolve_all([draft], [home])[0]


def resolve_all(drafts: Sequence[Draft], homes: Sequence[str]) -> list[tuple[City, ...]]:
    """Return the cities of each of several stories; see `index.enrich.cities.resolver.resolve_all`.

    The resolver's compiled loops are loaded by the first story, since whoever only looks up a name needs none of them.
    """
    from index.enrich.cities import resolver

    return resolver.resolve_all(drafts, homes)
