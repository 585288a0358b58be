"""Which town a paper is at home in: as configured, from the list of outlets, or learned from its own stories.

A home is a place in words or a GeoNames id as text, as `resolve` takes it. The one idea: a local paper hardly ever
says which Alexandria it means, but its stories together name the towns around only one of them.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import Home, distance
from index.enrich.cities.names import key
from index.record import Draft

#: US outlets by web domain and by name, made from 3DLNews (MIT; notice in data/outlets.LICENSE) by `outlets`.
OUTLETS = Path(__file__).parent / "data" / "outlets.tsv.gz"

# A source must have this many stories, this share of which names a place near the home, before a home is believed.
_STORIES, _SHARE = 3, 0.5

# A story is local to a home when it names a place within this many kilometres.
_LOCAL = 80.0

# What a source's states and a town's size add to the places around a town.
_STATE_WEIGHT, _SIZE_WEIGHT = 1.0, 0.3

# Country domains that anybody anywhere uses.
_EVERYBODYS_DOMAINS = frozenset(["ai", "am", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "to", "tv", "ws"])
_SECOND_LEVELS = frozenset(["co", "ac", "com", "gov", "edu", "net", "org", "gob", "govt"])

# What stands around a town in the name of its paper's domain, and how few letters and people such a town has.
_BEFORE_TOWN = ("the", "thisis", "my", "news", "inside")
_AFTER_TOWN = re.compile(
    "-|and|shire|news|post|times|mail|herald|express|gazette|echo|chronicle|citizen|guardian|standard|star|telegraph"
    "|observer|argus|journal|press|advertiser|live|today|evening|daily|online|weekly|mercury|courier|tribune|sentinel"
    "|record|review|examiner|reporter|leader|voice|world|city"
)
_SHORTEST_TOWN, _TOWN_WITH_PAPER = 4, 10_000

_MOST_READINGS, _MOST_TOWNS = 25, 1500


@cache
def _outlets() -> dict[str, str]:
    with gzip.open(OUTLETS, "rt", encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))


def domain(address: str) -> str:
    """Return the web domain of a URL or of a bare host, without "www.", or "".

    >>> domain("http://www.thetowntalk.com/article/1"), domain("thetowntalk.com"), domain("The Town Talk")
    ('thetowntalk.com', 'thetowntalk.com', '')
    """
    host = (urlsplit(address).hostname or "") if "//" in address else address.strip().lower()
    host = host.removeprefix("www.")
    return host if "." in host and " " not in host else ""


def home_of(source: str, url: str = "", configured: Mapping[str, str] | None = None) -> str:
    """Return the home of a paper, or "" where it is unknown.

    Args:
        source: its name or web domain.
        url: address of one of its stories; its domain is asked for where `source` is not known.
        configured: homes the newsroom gave or the archive learned, by name or domain; they win.
    """
    names = [name for name in (source.strip(), domain(source), domain(url)) if name]
    given = {name.casefold(): place for name, place in (configured or {}).items()}
    for name in names:
        if place := given.get(name.casefold()):
            return place
    for name in names:
        host = domain(name)
        while host.count(".") >= 1:
            if found := _outlets().get(host):
                return found
            host = host.partition(".")[2]
        if not domain(name) and (found := _outlets().get(key(name).removeprefix("the "))):
            return found
    return ""


@cache
def home_of_address(host: str) -> Home | None:
    """Return what a paper's web domain says of its home: the country, and the town where the paper is called after it.

    Args:
        host: a web domain, as `domain` returns it.

    >>> found = home_of_address("hulldailymail.co.uk")
    >>> found.country, gazetteer().name(found.row)
    ('GB', 'Kingston upon Hull')
    """
    known = gazetteer()
    names = host.split(".")
    code = {"uk": "GB"}.get(names[-1], names[-1].upper())
    if len(names) < 2 or code not in known.country_names or names[-1] in _EVERYBODYS_DOMAINS:
        return None
    second_level = len(names) > 2 and (len(names[-2]) == 2 or names[-2] in _SECOND_LEVELS)
    name = names[-3] if second_level else names[-2]
    for town in _towns_of_paper(name):
        entry = known.entry(town)
        for row in entry.cities if entry is not None else ():
            if known.country(row) == code and known.population[row] >= _TOWN_WITH_PAPER:
                return Home(row, known.region_of[row], code, known.latitude(row), known.longitude(row))
    return Home.somewhere_in(code)


def _towns_of_paper(name: str) -> Iterator[str]:
    """Yield the words that may be a town in the name of a domain: "hull" of "hulldailymail", longest first."""
    for words in {name, *(name.removeprefix(word) for word in _BEFORE_TOWN)}:
        for end in range(len(words), _SHORTEST_TOWN - 1, -1):
            if end == len(words) or _AFTER_TOWN.match(words, end):
                yield words[:end]


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
    from index.enrich.cities.resolver import find_mentions, likely_names, text_of

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
            for name, times in names.items()
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
