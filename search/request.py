"""What is asked: one frozen value that says everything about a search.

No parsing and no engine here. A request is complete: the same request on the same generation gives the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Sort = Literal["relevance", "newest", "oldest", "arrived"]
Copies = Literal["fold", "show"]
Granularity = Literal["decade", "year", "month", "day"]

#: The value facets, in the order pages show them; the names are also the names of Request's filters in the singular.
FACETS = ("city", "section", "source", "byline")


@dataclass(frozen=True, slots=True)
class Request:
    """A search.

    Attributes:
        text: the reader's words, in the query language.
        cities: facet keys (GeoNames ids as text, or `name:<folded>`); OR inside a facet, AND across facets.
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
        recency: 0 (off) to 1: how strongly newer stories are preferred in best match.
        offset: hits to pass over.
        limit: hits wanted.
        facet_limit: values wanted per facet, beyond the selected ones; 0 for all of them.
        granularity: of the timeline; None: chosen so that the bars stay readable.
    """

    text: str = ""
    cities: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    since: date | None = None
    until: date | None = None
    undated: bool | None = None
    copies: Copies = "fold"
    sort: Sort = "relevance"
    recency: float = 0.0
    offset: int = 0
    limit: int = 10
    facet_limit: int = 10
    granularity: Granularity | None = None

    def selected(self, facet: str) -> tuple[str, ...]:
        """Return the values chosen in `facet` (one of FACETS)."""
        return {
            "city": self.cities,
            "section": self.sections,
            "source": self.sources,
            "byline": self.bylines,
        }[facet]
