"""The filters of a request: which stories its dates and excluded values allow, which its chosen values leave out.

No words of the query and no counting. The one idea: what a facet's own filter leaves out still counts in that facet, so
a chosen value takes no story away; it sets a bit, and who counts says which bits matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.compiled import I32, INT, MASK, U32, W8, compiled
from index.embedded import UNDATED
from search.embedded import desk
from search.embedded.cards import Picked, Room, miss_cities
from search.embedded.columns import Columns
from search.embedded.matching import bounds
from search.embedded.sets import Array
from search.request import FACETS, Request


def is_plain(request: Request, wanted: int) -> bool:
    """Say whether a request has no filters and wants no more than `finishing.page` tells."""
    return (
        not request.cities
        and _has_no_other_filter(request)
        and not request.recency
        and wanted <= desk.MOST_LEADING
        and 0 < request.facet_limit <= desk.MOST_VALUES
        and len(request.facets) <= desk.MOST_FACETS
    )


def asks_for_cities_alone(request: Request) -> bool:
    """Say whether a choice of cities is the only filter: stories elsewhere are then counted by city, and no more."""
    return bool(request.cities) and _has_no_other_filter(request)


def _has_no_other_filter(request: Request) -> bool:
    """Say whether a request has no filter but, perhaps, cities."""
    return (
        not (request.sections or request.sources or request.bylines or request.exclude)
        and request.since is None
        and request.until is None
        and request.undated is None
        and request.arrived_by is None
    )


def allowed(columns: Columns, request: Request, found: Picked, room: Room, *, dated: bool = False) -> Picked:
    """Return the stories that the dates and the excluded values allow; `dated`: the dates are known to."""
    if dated:
        pass
    elif request.undated is True:
        found = found.where(columns.day[found.docs] == UNDATED, room)
    elif request.since is not None or request.until is not None:
        low, high = bounds(request.since, request.until)
        found = found.among(columns.day, columns.last_day, (low, high), columns.months_within(low, high), room)
    elif request.undated is False:
        found = found.where(columns.day[found.docs] != UNDATED, room)
    if request.arrived_by is not None:
        found = found.where(columns.first_arrival[found.docs] <= request.arrived_by, room)
    for name, keys in request.exclude.items():
        if keys:
            facet = columns.facet(name)
            found = found.where(~columns.with_any(name, tuple(keys))[facet.codes[found.docs]], room)
    return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the facets' own filters each of some stories fails.

    Attributes:
        names: the facets with a choice; the first has bit 0.
        misses: as in `facets.Under`.
    """

    names: tuple[str, ...]
    misses: Array

    def own(self, facet: str) -> int:
        """Return the bits that do not matter to a facet: its own."""
        return 1 << self.names.index(facet) if facet in self.names else 0


#: Of a request without a choice.
NOTHING_CHOSEN = Chosen((), np.empty(0, np.uint8))


def chosen(columns: Columns, request: Request, found: Picked, misses: Array) -> Chosen:
    """Return which of the facets' own filters each story fails.

    Args:
        columns: of the generation.
        request: with the choices.
        found: the stories.
        misses: as long as the archive; written, and part of what is returned.
    """
    if not (request.cities or request.sections or request.sources or request.bylines):
        return NOTHING_CHOSEN
    names = tuple([name for name in FACETS if request.selected(name)])
    misses = misses[: found.docs.size]
    misses[:] = 0
    for number, name in enumerate(names):
        facet = columns.facet(name)
        good = columns.with_any(name, request.selected(name))
        if name == "city":
            miss_cities(found.cards, good, 1 << number, misses)
        else:
            _miss(found.docs, facet.codes, good, 1 << number, misses)
    return Chosen(names, misses)


@compiled(U32, I32, MASK, INT, W8)
def _miss(docs: Array, codes: Array, good: Array, bit: int, misses: Array) -> None:
    for i in range(docs.size):
        if not good[codes[docs[i]]]:
            misses[i] |= bit
