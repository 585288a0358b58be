"""Learn which town a paper is at home in from its own stories, where nobody has told it.

Asks no list; `homes` does. The one idea: a local paper hardly ever says which Alexandria it means, but its stories
together name the towns around only one of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import distance
from index.enrich.cities.homes import domain
from index.enrich.cities.reading import find_mentions, likely_names, text_of
from index.record import Draft

# A source must have this many stories, this share of which names a place near the home, before a home is believed.
_STORIES, _SHARE = 3, 0.5

# A story is local to a home when it names a place within this many kilometres.
_LOCAL = 80.0

# What a source's states and a town's size add to the places around a town.
_STATE_WEIGHT, _SIZE_WEIGHT = 1.0, 0.3

_MOST_READINGS, _MOST_TOWNS = 25, 1500


@dataclass(frozen=True, slots=True)
class Clues:
    """What one story says about where its paper is at home.

    Attributes:
        names: cities each name of the story may be, by its key; likely names only.
        regions: numbers of the regions it names by a name that is none of its cities'.
    """

    names: Mapping[str, tuple[int, ...]]
    regions: tuple[int, ...]


def clues(draft: Draft) -> Clues:
    """Return what a story says about its paper's home."""
    known = gazetteer()
    scanned = find_mentions(text_of(draft), known, None)
    names = {name: rows[:_MOST_READINGS] for name, rows in likely_names(scanned, known).items()}
    # "Alexandria" also names a governorate of Egypt: a city's name alone must not speak for the region called like it.
    called_alike = {region for name_key in names if (entry := known.entry(name_key)) for region in entry.regions}
    regions = (region for region in scanned.regions.nonzero()[0].tolist() if region not in called_alike)
    return Clues(names, tuple(regions))


class HomeLearner:
    """Learns the homes of sources from their stories: give it each story once, then ask.

    Holds counts only, no text; a million stories of a thousand papers cost some tens of megabytes.
    """

    def __init__(self) -> None:
        self._stories: Counter[str] = Counter()
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._regions: dict[str, Counter[int]] = defaultdict(Counter)
        self._rows: dict[str, dict[str, set[int]]] = defaultdict(dict)
        self._sets: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)

    def add(self, source: str, story: Clues) -> None:
        """Take a story of a source into account."""
        if not source:
            return
        self._stories[source] += 1
        self._names[source].update(story.names.keys())
        self._regions[source].update(story.regions)
        for name_key, rows in story.names.items():
            self._rows[source].setdefault(name_key, set()).update(rows)
        self._sets[source][tuple(sorted(story.names))] += 1

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
        places = [
            (
                times / math.sqrt(len(rows_of[name])),
                [(known.latitude(row), known.longitude(row)) for row in rows_of[name]],
            )
            for name, times in sorted(names.items())  # so that the order of arrival makes no difference
        ]
        best, best_score = -1, -math.inf
        for row in sorted({row for rows in rows_of.values() for row in rows})[:_MOST_TOWNS]:
            latitude, longitude = known.latitude(row), known.longitude(row)
            score = sum(weight * _closest(points, latitude, longitude) for weight, points in places)
            score += _STATE_WEIGHT * self._regions[source][known.region_of[row]]
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
        share = sum(times for story, times in self._sets[source].items() if local.intersection(story)) / count
        return best if share >= _SHARE else -1


def learn_homes(drafts: Iterable[Draft]) -> dict[str, str]:
    """Return the homes of the sources of stories, learned from them."""
    learner = HomeLearner()
    for draft in drafts:
        learner.add(draft.source or domain(draft.url), clues(draft))
    return learner.homes()


def _closest(points: list[tuple[float, float]], latitude: float, longitude: float) -> float:
    """Return how close the closest point is: 1 at the place, falling with distance, 0 from 80 km on."""
    best = 0.0
    for other_latitude, other_longitude in points:
        if abs(other_latitude - latitude) < 0.8 and abs(other_longitude - longitude) < 1.1:
            away = distance(other_latitude, other_longitude, latitude, longitude)
            if away < _LOCAL:
                best = max(best, 1 - away / 100)
    return best
