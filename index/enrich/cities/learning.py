"""Learn which town a paper is at home in from its own stories, where nobody has told it.

Asks no list; `homes` does. The one idea: a local paper hardly ever says which Alexandria it means, but its stories
together name the towns around only one of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.enrich.cities.distance import distance
from index.enrich.cities.finding import find
from index.enrich.cities.gazetteer import Gazetteer, gazetteer
from index.enrich.cities.homes import domain
from index.enrich.cities.reading import Text, suggestions, text_of
from index.record import Draft

# A source must have this many stories, this share of which names a place near the home, before a home is believed.
_STORIES, _SHARE = 3, 0.5

# A story is local to a home when it names a place within this many kilometres.
_LOCAL = 80.0

# What a source's states and a town's size add to the places around a town.
_STATE_WEIGHT, _SIZE_WEIGHT = 1.0, 0.3

# So much speaks a story whose place is told, not only named, for the places around that one, and for the place itself:
# a city field is the newsroom's own word. A dateline counts little, since papers write one when they are away from
# home: of the papers of LGL whose home is known, fewer are placed right where it counts more, or not at all.
_GIVEN, _GIVEN_ITSELF = 3.0, 1.0
_FILED, _FILED_ITSELF = 0.5, 0.0

_MOST_READINGS, _MOST_TOWNS = 25, 1500


@dataclass(frozen=True, slots=True)
class Clues:
    """What one story says about where its paper is at home.

    Attributes:
        names: cities each name of the story may be, by its key; likely names only.
        regions: numbers of the regions it names by a name that is none of its cities'.
        given: the cities that the newsroom gave it, each as all that it may be.
        filed: the cities of its dateline, likewise.
    """

    names: Mapping[str, tuple[int, ...]]
    regions: tuple[int, ...]
    given: tuple[tuple[int, ...], ...] = ()
    filed: tuple[tuple[int, ...], ...] = ()


def clues(draft: Draft) -> Clues:
    """Return what a story says about its paper's home."""
    return clues_of_all([draft])[0]


def clues_of_all(drafts: Sequence[Draft]) -> list[Clues]:
    """Return what each of several stories says about its paper's home; many at once take less time."""
    known = gazetteer()
    reads = [text_of(draft) for draft in drafts]
    return [
        Clues(
            names,
            tuple(region for region in regions if region not in _called_alike(known, names)),
            _told(draft.cities),
            _told(_places(read)),
        )
        for draft, read, (names, regions) in zip(drafts, reads, suggestions(reads, known, _MOST_READINGS), strict=True)
    ]


def _places(read: Text) -> list[str]:
    places = read.dateline.places if read.dateline is not None else ()
    return [", ".join(filter(None, (place.name, place.qualifier))) for place in places]


def _told(places: Iterable[str]) -> tuple[tuple[int, ...], ...]:
    return tuple(filter(None, map(_rows_of, places)))


@lru_cache(maxsize=10_000)
def _rows_of(place: str) -> tuple[int, ...]:
    """Return the rows of the cities that a place in words may be."""
    known = gazetteer()
    return tuple(known.row(city.geonameid) for city in find(place)[:_MOST_READINGS] if city.geonameid is not None)


def _called_alike(known: Gazetteer, names: Iterable[str]) -> set[int]:
    """Return the regions with the name of a city: "Alexandria", which also is a governorate, must not speak for it."""
    return {region for name_key in names if (entry := known.entry(name_key)) for region in entry.regions}


class _Told(NamedTuple):
    """What the stories that are told to be in a place speak for, for the places around it and for the place itself."""

    around: float
    itself: float


class HomeLearner:
    """Learns the homes of sources from their stories: give it each story once, then ask.

    Holds counts only, no text; a million stories of a thousand papers cost some tens of megabytes.
    """

    def __init__(self) -> None:
        self._stories: Counter[str] = Counter()
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._regions: dict[str, Counter[int]] = defaultdict(Counter)
        self._rows: dict[str, dict[str, set[int]]] = defaultdict(dict)
        self._told: dict[str, dict[tuple[int, ...], _Told]] = defaultdict(dict)
        self._sets: dict[str, Counter[tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]]] = defaultdict(Counter)

    def add(self, source: str, story: Clues) -> None:
        """Take a story of a source into account."""
        if not source:
            return
        self._stories[source] += 1
        self._names[source].update(story.names.keys())
        self._regions[source].update(story.regions)
        for name_key, rows in story.names.items():
            self._rows[source].setdefault(name_key, set()).update(rows)
        for rows in story.given:
            self._tell(source, rows, _GIVEN, _GIVEN_ITSELF)
        for rows in story.filed:
            self._tell(source, rows, _FILED, _FILED_ITSELF)
        self._sets[source][tuple(sorted(story.names)), story.given] += 1

    def _tell(self, source: str, rows: tuple[int, ...], around: float, itself: float) -> None:
        before = self._told[source].get(rows, _Told(0.0, 0.0))
        self._told[source][rows] = _Told(before.around + around, before.itself + itself)

    def homes(self) -> dict[str, str]:
        """Return the homes that can be told, as GeoNames ids by source."""
        known = gazetteer()
        found = {}
        for source, count in self._stories.items():
            row = self._home(source, count) if count >= _STORIES else -1
            if row >= 0:
                found[source] = str(known.geonameid[row])
        return found

    def _home(self, source: str, count: int) -> int:
        known = gazetteer()
        names, rows_of = self._names[source], self._rows[source]
        places = _Neighbourhood()
        for name, times in sorted(names.items()):  # so that the order of arrival makes no difference
            points = [(known.latitude(row), known.longitude(row)) for row in rows_of[name]]
            places.add(times / math.sqrt(len(points)), points)
        itself: dict[int, float] = defaultdict(float)
        for rows, told in sorted(self._told[source].items()):
            places.add(
                told.around / math.sqrt(len(rows)), [(known.latitude(row), known.longitude(row)) for row in rows]
            )
            for row in rows:
                itself[row] += told.itself  # which of its namesakes it is tells what lies around
        best, best_score = -1, -math.inf
        named = {row for rows in rows_of.values() for row in rows} - itself.keys()
        for row in sorted((*sorted(itself), *sorted(named))[:_MOST_TOWNS]):
            latitude, longitude = known.latitude(row), known.longitude(row)
            score = sum(
                weight * _closest(points, latitude, longitude) for weight, points in places.near(latitude, longitude)
            )
            score += _STATE_WEIGHT * self._regions[source][known.region_of[row]]
            score += itself.get(row, 0.0)
            score += _SIZE_WEIGHT * math.log10(known.population[row] + 10)
            if score > best_score:
                best, best_score = row, score
        if best < 0:
            return -1
        latitude, longitude = known.latitude(best), known.longitude(best)
        local = {
            name
            for name in names
            if any(
                distance(known.latitude(row), known.longitude(row), latitude, longitude) < _LOCAL
                for row in rows_of[name]
            )
        }
        told_near = {
            rows
            for rows in self._told[source]
            if any(distance(known.latitude(row), known.longitude(row), latitude, longitude) < _LOCAL for row in rows)
        }
        near = sum(
            times
            for (names_of_story, given), times in self._sets[source].items()
            if not (local.isdisjoint(names_of_story) and told_near.isdisjoint(given))
        )
        share = near / count
        return best if share >= _SHARE else -1


def learn_homes(drafts: Iterable[Draft]) -> dict[str, str]:
    """Return the homes of the sources of stories, learned from them."""
    learner = HomeLearner()
    told = list(drafts)
    for draft, story in zip(told, clues_of_all(told), strict=True):
        learner.add(draft.source or domain(draft.url), story)
    return learner.homes()


class _Neighbourhood:
    """The places of names with their weights, by squares of the map that are larger than what counts as near."""

    _HEIGHT, _WIDTH = 1.0, 1.5

    def __init__(self) -> None:
        self._places: list[tuple[float, list[tuple[float, float]]]] = []
        self._squares: dict[tuple[int, int], set[int]] = defaultdict(set)

    def add(self, weight: float, points: list[tuple[float, float]]) -> None:
        """Add a name that may be any of these points."""
        for latitude, longitude in points:
            self._squares[self._square(latitude, longitude)].add(len(self._places))
        self._places.append((weight, points))

    def near(self, latitude: float, longitude: float) -> list[tuple[float, list[tuple[float, float]]]]:
        """Return, in the order of their coming, the names of which a point may be near."""
        up, along = self._square(latitude, longitude)
        squares = [(up + i, along + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        numbers = set().union(*(self._squares[square] for square in squares if square in self._squares))
        return [self._places[number] for number in sorted(numbers)]

    def _square(self, latitude: float, longitude: float) -> tuple[int, int]:
        return math.floor(latitude / self._HEIGHT), math.floor(longitude / self._WIDTH)


def _closest(points: list[tuple[float, float]], latitude: float, longitude: float) -> float:
    """Return how close the closest point is: 1 at the place, falling with distance, 0 from 80 km on."""
    best = 0.0
    for other_latitude, other_longitude in points:
        if abs(other_latitude - latitude) < 0.8 and abs(other_longitude - longitude) < 1.1:
            away = distance(other_latitude, other_longitude, latitude, longitude)
            if away < _LOCAL:
                best = max(best, 1 - away / 100)
    return best
