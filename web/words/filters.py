"""The words around what narrows and orders a list.

Facets, tags and boxes; dates are `web.words.timeline`.
"""

from __future__ import annotations

from typing import Final

COUNTING: Final = "What is listed"
FILTERS_HEADING: Final = "Narrow the search"
APPLY: Final = "Apply"
CLEAR_ALL: Final = "Clear all filters"
APPLIED: Final = "Filters in use"
SORT: Final = "Sort by"
SORTS: Final = {
    "relevance": "Best match",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "arrived": "Last added first",
}
SIZE: Final = "Stories a page"
SHOW_COPIES: Final = "List every copy of a wire story"
DATED_ONLY: Final = "Only stories whose date is known"
PLACES: Final = "Place"
FACETS: Final = {
    "country": "Country",
    "region": "State or region",
    "city": "City",
    "section": "Section",
    "source": "Source",
    "byline": "Byline",
}
FACETS_MANY: Final = {
    "country": "countries",
    "region": "states and regions",
    "city": "cities",
    "section": "sections",
    "source": "sources",
    "byline": "bylines",
}
FACETS_ONE: Final = {
    "country": "country",
    "region": "state or region",
    "city": "city",
    "section": "section",
    "source": "source",
    "byline": "byline",
}
PREPOSITIONS: Final = {"city": "in", "section": "in", "source": "from", "byline": "by"}
NOT_PREPOSITIONS: Final = {"city": "not in", "section": "not in", "source": "not from", "byline": "not by"}
NOT: Final = "not"
FACET_FIND: Final = "Find in this list"
FACET_SHOWN: Final = "Shown:"
FACET_BACK: Final = "Back to the stories"
FACET_EMPTY: Final = "Nothing here to choose from."
DATED: Final = "with a known date"
WITH_COPIES: Final = "every copy listed"


def filters(number: str) -> str:
    """Return the button to the filters where they are out of sight; `number` of them are in use, "" for none."""
    return f"Filters ({number})" if number else "Filters"


def a_page(number: str) -> str:
    """Return a choice of how many stories a page lists."""
    return f"{number} a page"


def remove_filter(label: str) -> str:
    """Return a tag's name for those who hear it."""
    return f"Remove filter {label}"


def leave_out(label: str) -> str:
    """Return the name of the link that excludes a value."""
    return f"not {label} (leave out)"


def selected(count: int) -> str:
    """Return how many values of a facet are chosen."""
    return f"{count} chosen"


def values_in_all(facet: str, count: int, number: str) -> str:
    """Return how many values a facet has: "17 cities"."""
    return f"{number} {FACETS_ONE[facet] if count == 1 else FACETS_MANY[facet]}"


def more_values(total: int, number: str, facet: str) -> str:
    """Return the link to all values of a facet."""
    return f"Search all {number} {FACETS_MANY[facet]}"


def facet_heading(facet: str, number: str) -> str:
    """Return the heading of a facet's own page."""
    return f"{number} {FACETS_MANY[facet]}"


def values_capped(most: int) -> str:
    """Return the note under a facet's page that cannot show every value."""
    return f"These are the {most} most frequent. Use the box above to find another."


def choose(label: str) -> str:
    """Return the name of the link that chooses a value."""
    return f"Choose {label}"


def search_every(facet: str, number: str) -> str:
    """Return the link that chooses all values that a facet's page lists."""
    return f"Search these {number} {FACETS_MANY[facet]}"


def too_many_to_choose(facet: str, most: int) -> str:
    """Return the note on a facet's page with more values than can be chosen together."""
    wider = ", or choose states, regions or countries" if facet == "city" else ""
    return f"Up to {most} {FACETS_MANY[facet]} can be searched together: find fewer by name{wider}."
