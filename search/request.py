"""What is asked: one frozen value that says everything about a search.

No parsing and no engine here. A request is complete: the same request on the same generation gives the same page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Sort = Literal["relevance", "newest", "oldest", "arrived"]
Copies = Literal["fold", "show"]
Granularity = Literal["decade", "year", "month", "day"]

#: The filters by value; the names are also the names of Request's fields in the singular.
FACETS = ("city", "section", "source", "byline")

#: The facets of a page. Country, region and city are three levels of one filter, "city".
PAGE_FACETS = ("country", "region", *FACETS)

_COUNTRY = re.compile(r"[a-z]{2}")
_REGION = re.compile(r"[a-z]{2}-[a-z0-9-]+")


def filter_of(facet: str) -> str:
    """Return the filter (one of FACETS) that a facet of a page (one of PAGE_FACETS) chooses values of."""
    return "city" if facet in ("country", "region") else facet


def level(key: str) -> Literal["country", "region", "city"]:
    """Return which level of place a key of the city filter names: its shape tells.

    >>> level("us"), level("us-or"), level("5746545"), level("name:millbrook")
    ('country', 'region', 'city', 'city')
    """
    if _COUNTRY.fullmatch(key):
        return "country"
    return "region" if _REGION.fullmatch(key) else "city"


_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})

_SELECTED = {"city": "cities", "section": "sections", "source": "sources", "byline": "bylines"}


@dataclass(frozen=True, slots=True)
class Request:
    """A search.

    Attributes:
        text: the reader's words, in the query language.
        cities: keys of cities (GeoNames ids as text, or `name:<folded>`), of regions (`us-or`) and of countries (`us`),
            a story in any of them; OR inside a facet, AND across facets.
        sections, sources, bylines: facet values, likewise.
        exclude: facet name to values that a story must not have.
        since: first day, inclusive. A story whose date is known only to the month or year matches when the whole of
            that period lies within since and until.
        until: last day, inclusive.
        undated: None: stories without a date are in unless since or until is given; True: only they; False: none.
        copies: "fold" counts a family of copies once: by its lead, or, where the lead does not match, by the earliest
            member that does. "show" counts every copy.
        sort: best match, newest or oldest first (undated stories last in both orders of date), or last arrived first,
            whatever the story's date, which is what feeds need.
        arrived_by: only stories whose place in the order of arrival is not above this number, which is what the archive
            held once it had accepted so many; None: all of them. A list that is read bit by bit, or told of again
            later, stays the same list by it while the archive grows.
        recency: 0 (off) to 1: how strongly newer stories are preferred in best match.
        offset: hits to pass over.
        limit: hits wanted.
        facet_limit: values wanted per facet, beyond the selected ones; 0 for all of them.
        granularity: of the timeline, coarser where there would be too many bars; None: chosen so that the bars stay
            readable.
        facets: which facets the page is to count; those not wanted cost nothing.
        in_words: False: numbers and stories alone; nothing is marked, explained or suggested, for callers that need
            none of it.
    """

    text: str = ""
    cities: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    since: date | None = None
    until: date | None = None
    undated: bool | None = None
    copies: Copies = "fold"
    sort: Sort = "relevance"
    arrived_by: int | None = None
    recency: float = 0.0
    offset: int = 0
    limit: int = 10
    facet_limit: int = 10
    granularity: Granularity | None = None
    facets: tuple[str, ...] = PAGE_FACETS
    in_words: bool = True

    def selected(self, facet: str) -> tuple[str, ...]:
        """Return the values chosen in a filter (one of FACETS)."""
        chosen: tuple[str, ...] = getattr(self, _SELECTED[facet])
        return chosen

    def listed(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values that a facet of a page (one of PAGE_FACETS) lists; of places those of its level."""
        chosen = self.selected(filter_of(facet))
        return tuple(key for key in chosen if level(key) == facet) if filter_of(facet) == "city" else chosen
