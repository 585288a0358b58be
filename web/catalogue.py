"""What the archive holds, looked up once a generation: cities and sources with their addresses, names of facet values.

Only reads, through the same searches as everybody. The one idea: an answer stays right for as long as the generation
does, so it is kept under the generation's name and made again when that changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.article import fold
from index.enrich.cities.names import plain
from search.archive import Archive
from search.page import Bucket, Holding, Page
from search.request import PAGE_FACETS, Request, filter_of
from web import words

#: Sources with a line of their own in the table of holdings.
MOST_SOURCES = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One city of the archive.

    Attributes:
        key: its facet key.
        label: its name, and what tells it from its namesakes.
        slug: the end of its address.
        count: how many stories it has.
        within: the region or country that it is listed under, so named that it is told from others: "Georgia", the
            country, and "Georgia, United States"; "" where nothing is known.
    """

    key: str
    label: str
    slug: str
    count: int
    within: str

    @property
    def name(self) -> str:
        """The city's name without what tells it from its namesakes."""
        return self.label.partition(", ")[0]

    @property
    def region(self) -> str:
        """The widest part of the label: "Oregon", "England", "Peru"; "" for a bare name."""
        return self.label.rpartition(", ")[2] if ", " in self.label else ""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of the archive: its facet key, its name, the end of its address, and how many stories it has."""

    key: str
    label: str
    slug: str
    count: int


class Catalogue:
    """The archive's holdings, remembered for one generation. Threads may share it: a lost race repeats work."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._overview = lru_cache(maxsize=2)(self._make_overview)
        self._places = lru_cache(maxsize=2)(self._make_places)
        self._sources = lru_cache(maxsize=2)(self._make_sources)
        self._holdings = lru_cache(maxsize=64)(self._make_holdings)
        self._labels = lru_cache(maxsize=4096)(self._make_label)

    def overview(self) -> Page:
        """Return the page of everything: the newest stories, every facet whole, the timeline by years."""
        return self._overview(self._archive.generation)

    def places(self) -> tuple[Place, ...]:
        """Return the cities that have stories, those with most stories first."""
        return self._places(self._archive.generation)

    def place(self, name: str) -> Place | None:
        """Return the city of an address's end: its slug, its key or the slug that it had once."""
        exact = (place for place in self.places() if name in (place.slug, place.key))
        return next(exact, None) or next((place for place in self.places() if name == _once(place.label)), None)

    def meant(self, name: str) -> tuple[Place, ...]:
        """Return the cities with stories that a name or an address of another kind can mean, best first."""
        keys = [key for key, _ in self._archive.places(name)]
        return tuple(place for key in keys for place in self.places() if place.key == key)

    def place_path(self, key: str) -> str:
        """Return the address of a city's page, or "" for a city that no story is in."""
        place = next((place for place in self.places() if place.key == key), None)
        return f"/cities/{place.slug}" if place else ""

    def sources(self) -> tuple[Source, ...]:
        """Return the sources that have stories, those with most stories first."""
        return self._sources(self._archive.generation)

    def source(self, name: str) -> Source | None:
        """Return the source of an address's end: its slug, its key or the slug that it had once."""
        exact = (source for source in self.sources() if name in (source.slug, source.key))
        return next(exact, None) or next((source for source in self.sources() if name == _once(source.label)), None)

    def source_path(self, key: str) -> str:
        """Return the address of a source's page, or "" for one that no story is from."""
        source = next((source for source in self.sources() if source.key == key), None)
        return f"/sources/{source.slug}" if source else ""

    def label(self, facet: str, key: str) -> str:
        """Return the label of a filter's value; the key itself where the archive does not know it."""
        return self._labels(self._archive.generation, facet, key)

    def holdings(self, year: int | None) -> tuple[Holding, ...]:
        """Return each source's stories by year, or by the months of `year`; every copy counts, for it is held."""
        return self._holdings(self._archive.generation, year)

    def _make_holdings(self, generation: str, year: int | None) -> tuple[Holding, ...]:
        *named, rest = self._archive.holdings(year, MOST_SOURCES)
        return (*named, replace(rest, label=words.COVERAGE_REST))

    def _make_overview(self, generation: str) -> Page:
        return self._archive.search(Request(sort="newest", limit=10, facet_limit=0, granularity="year"))

    def _make_places(self, generation: str) -> tuple[Place, ...]:
        buckets = self._buckets(generation, "city")
        above = {bucket.key: bucket for level in ("region", "country") for bucket in self._buckets(generation, level)}
        return tuple(
            Place(bucket.key, bucket.label, slug, bucket.count, _within(bucket, above))
            for slug, bucket in _slugs(buckets)
        )

    def _make_sources(self, generation: str) -> tuple[Source, ...]:
        buckets = self._buckets(generation, "source")
        return tuple(Source(bucket.key, bucket.label, slug, bucket.count) for slug, bucket in _slugs(buckets))

    def _buckets(self, generation: str, facet: str) -> tuple[Bucket, ...]:
        held = self._overview(generation).facets
        return held[facet].buckets if facet in held else ()

    def _make_label(self, generation: str, facet: str, key: str) -> str:
        held = self._overview(generation).facets
        for level in PAGE_FACETS:
            for bucket in held[level].buckets if level in held and filter_of(level) == facet else ():
                if bucket.key == key:
                    return bucket.label
        named = self._archive.places(key) if facet == "city" else ()
        return named[0][1] if len(named) == 1 else key.removeprefix("name:")


def _within(city: Bucket, above: Mapping[str, Bucket]) -> str:
    """Return the region or country that the last piece of a city's label names; of a bare name its country."""
    last = city.label.rpartition(", ")[2] if ", " in city.label else ""
    lies_in, place = [], above.get(city.parent or "")
    while place is not None:
        lies_in.append(place.label)
        place = above.get(place.parent or "")
    named = (label for label in lies_in if label.partition(", ")[0] == last)
    return next(named, last or (lies_in[-1] if lies_in else ""))


def _once(label: str) -> str:
    """Return the slug of a label as it was when letters that are no plain ones with accents were left out: `odz`."""
    return fold(label)


def _slugs(buckets: Sequence[Bucket]) -> Iterator[tuple[str, Bucket]]:
    """Yield each value with the end of its address: its label or, where that is taken or none, what tells it apart."""
    taken: set[str] = set()
    for bucket in buckets:
        slug = fold(plain(bucket.label))
        if not slug or slug in taken or slug.isdigit():
            apart = fold(bucket.key)
            if not apart or apart == slug:
                apart = hashlib.sha256(bucket.key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            slug = "-".join(part for part in (slug, apart) if part)
        taken.add(slug)
        yield slug, bucket
