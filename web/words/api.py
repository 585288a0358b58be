"""The words of the API's description, which has a table of its own: its names are not handed to the other pages.

Only text, in plain English; no addresses and no schemas. The one idea: the document for machines and the page for
people say the same, because both take it from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

HEADING: Final = "The archive for programs"
DESCRIPTION: Final = (
    "Every search and every story as JSON. The parameters are those of the pages, so the address of a results page "
    "becomes a question to the API by putting /api/v1 in front of it. Nothing can be changed here, and nothing is kept "
    "of who asks. An answer carries an ETag that holds until the archive changes."
)
DOCUMENT: Final = "The same as an OpenAPI document"
SEARCH: Final = "Search the archive: stories, facets and the timeline."
ARTICLE: Final = "One story, whole."
SUGGEST: Final = "Ways to go on with a query that is being typed, best first."
SUGGEST_Q: Final = "What has been typed so far; a suggestion's text is the whole query as it would stand then."
SUGGEST_LIMIT: Final = "Suggestions wanted."
RELATED: Final = (
    "The affair that a story belongs to: stories before and after it, in order of time, each with the sentence that is "
    "new in it; the story itself is among them, its copies are not."
)
RELATED_LIMIT: Final = "Other stories wanted."
CITIES: Final = "The cities that stories are in, those with most stories first, and where they lie."
CITIES_LIMIT: Final = "Cities wanted."
CITIES_OFFSET: Final = "Cities to pass over."
HOLDINGS: Final = "What the archive holds: stories of each source by year, every copy counted."
YEAR: Final = "A year, to have its months; none or 0 for all years."
ID: Final = "The story's id, as in a search's hits and in its address."
ANSWER: Final = "The answer."
UNCHANGED: Final = "Nothing has changed since the answer that If-None-Match or If-Modified-Since names."
ELSE: Final = "Anything else that is in the way: 401 where a password is wanted, 503 where the archive cannot be read."
PROBLEMS: Final = {400: "A parameter cannot be read.", 404: "There is no such story.", 410: "It was removed."}
NAME: Final = "Parameter"
MEANING: Final = "Means"
EXAMPLE: Final = "Try it"
PARAMETERS: Final = {
    "q": "Words in the query language of the search tips; none finds every story.",
    "city": "Keys of places, as in the facets: GeoNames ids of cities, us-or, us. Repeat it for any of several.",
    "section": "Sections; repeat it for any of several.",
    "source": "Papers; repeat it for any of several.",
    "byline": "Writers; repeat it for any of several.",
    "since": "First day, itself included: 1987, 1987-04, 1987-04-09, or in words.",
    "until": "Last day, itself included.",
    "undated": "Only stories without a date, or none of them.",
    "arrived-by": "A place in the order of arrival; stories that came later are passed over.",
    "copies": "Count each family of copies once, or show every copy.",
    "sort": "The order; relevance where there are words, else newest.",
    "recency": "How strongly newer stories are preferred in the order of relevance, from 0 to 1.",
    "by": (
        "Length of the timeline's bars; chosen to be readable where it is not given, and longer than asked for where "
        "there would be more than 4,000: `timeline.granularity` says how long they are."
    ),
    "limit": "Hits wanted.",
    "offset": "Hits to pass over.",
    "facets": "Values wanted for each facet; 0 for all of them.",
    "cited": (
        "The `citation` of an earlier answer, everything else as it was: `cited` then says what has changed since, and "
        "where the list of then is."
    ),
    "size": "As on the pages: hits wanted, where there is no limit.",
    "page": "As on the pages, where there is no offset.",
    "scale": "As on the pages; it changes nothing here.",
    "cursor": (
        "Where to read on: the `next` of the answer before, everything else as it was. There is no last page, and the "
        "list stays the one that was begun: what arrives meanwhile is left out."
    ),
}


def excluded(facet: str) -> str:
    """Return what the parameter that leaves out values of a facet means."""
    return f"Values of {facet} that a story must not have; repeat it for several."


def parameters_of(path: str) -> str:
    """Return the name of a table of parameters."""
    return f"Parameters of {path}"


def one_of(choices: Sequence[object]) -> str:
    """Return the choices of a parameter."""
    return f"One of {', '.join(map(str, choices))}."


def at_most(most: int) -> str:
    """Return the limit of a parameter."""
    return f"At most {most}."
