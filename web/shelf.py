"""What the archive has of one city, one source or one stretch of time: newest stories, bars, what else they are.

Pure functions from a page of results to small frozen values; no routes. The one idea: a city, a source and a date are
the same kind of page, the search for that one thing, shown without its controls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from index.article import City
from search.page import Page
from web import words
from web.address import Link, Question, address, pairs
from web.catalogue import Place
from web.formats import Formats
from web.neighbours import Neighbours
from web.results import Hidden, HitView, hit_view
from web.story import in_script
from web.timeline import TimelineView
from web.timeline import view as timeline_view

#: Stories on a shelf.
NEWEST = 8

#: How far around a city its page looks, in kilometres.
_AROUND = 50

#: Values of a facet that are listed on it.
_VALUES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: a name that leads somewhere, and how many stories it has."""

    label: str
    url: str
    number: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The most frequent values of one facet."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a city lies: in words, the search around it, and for machines (JSON-LD)."""

    coordinates: str
    around: Link
    linked_data: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands on it.

    Attributes:
        count: how many stories, in words.
        hits: the newest of them.
        timeline: the bars over time, None where there are none to draw.
        lists: what else the stories are, by facets.
        every: the way to all of them.
        hidden: what a search within carries along.
    """

    count: str
    hits: tuple[HitView, ...]
    timeline: TimelineView | None
    lists: tuple[Listed, ...]
    every: Link
    hidden: tuple[Hidden, ...]


def shelf(page: Page, question: Question, formats: Formats, facets: Sequence[str]) -> Shelf:
    """Return the shelf of what `question` finds, with lists of `facets` in that order."""
    count = words.stories(page.total, formats.number(page.total))
    around = Neighbours(question)
    lists = (Listed(words.FACETS[facet], _lines(page, question, formats, facet)) for facet in facets)
    return Shelf(
        count=count,
        hits=tuple(hit_view(hit, None, formats) for hit in page.hits),
        timeline=timeline_view(page.timeline, around, formats) if len(page.timeline.buckets) > 1 else None,
        lists=tuple(listed for listed in lists if listed.lines),
        every=Link(words.all_of(count), address(question)),
        hidden=tuple(Hidden(name, value) for name, value in pairs(question)),
    )


def _lines(page: Page, question: Question, formats: Formats, facet: str) -> tuple[Line, ...]:
    buckets = page.facets[facet].buckets[:_VALUES] if facet in page.facets else ()
    return tuple(
        Line(bucket.label, address(question.choosing(facet, bucket.key)), formats.number(bucket.count))
        for bucket in buckets
    )


def located(city: City, name: str, page: str) -> Located | None:
    """Return where a city lies.

    Args:
        city: the city, with its coordinates.
        name: what a search calls it, and it alone.
        page: the whole address of its page.
    """
    if city.latitude is None or city.longitude is None:
        return None
    around = Link(words.stories_around(_AROUND), address(Question().asking(f'near:"{name}"~{_AROUND}km')))
    form: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "City",
        "name": city.label,
        "url": page,
        "sameAs": f"https://sws.geonames.org/{city.geonameid}/",
        "geo": {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude},
    }
    return Located(words.coordinates(city.latitude, city.longitude), around, in_script(form))


def day_link(day: date, formats: Formats, place: Place | None = None) -> Link:
    """Return the way to a day of every year, be it in one city."""
    query = f"?{urlencode({'city': place.key})}" if place else ""
    return Link(formats.day_of_year(day), f"/on/{day:%m-%d}{query}")
