"""Decide which cities a story is filed from, is about, and mentions.

The order of things: what the newsroom gave; the dateline; then every name that could be a city is scored from the
words around it (`cues`), the namesakes of those that may be one are weighed (`senses`), and each pair of a name and
its city is looked at once more as a whole. `reading` goes that way in one compiled pass over many stories; here stand
the beginning and the end of it. Weights are fitted (`fit`) and lie in `data/weights.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from index.article import City, Role
from index.enrich.cities.dateline import Place, lies_elsewhere
from index.enrich.cities.finding import find
from index.enrich.cities.gazetteer import Entry, Gazetteer, gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.homes import domain, home_of_address
from index.enrich.cities.imprint import home_in_text
from index.enrich.cities.names import key
from index.enrich.cities.reading import Text, all_named, text_of
from index.enrich.cities.roles import decide_roles
from index.record import Draft


def resolve_all(drafts: Sequence[Draft], homes: Sequence[str]) -> list[tuple[City, ...]]:
    """Return the cities of each of several stories, best first.

    All stories are brought through one step before the next: story by story the same work takes half as long again,
    since a step's code and tables have to come back into the core's cache each time.

    Args:
        drafts: the clean stories.
        homes: the home town of the paper of each ("Albany, New York", a slug or a GeoNames id), or "".
    """
    known = gazetteer()
    towns = [home_for(draft, home) for draft, home in zip(drafts, homes, strict=True)]
    reads = [text_of(draft) for draft in drafts]
    found = []
    for draft, town, read, named in zip(drafts, towns, reads, all_named(reads, known, towns), strict=True):
        decided = decide_roles(read.text, named, known, town)
        decided = (*_unknown_of_dateline(read, decided, known), *decided)
        found.append(_with_given(draft, decided, town) if draft.cities else decided)
    return found


def home_for(draft: Draft, place: str) -> Home | None:
    """Return a paper's home: the place it is told to be, else what the story's web address or its text says of it."""
    told = _home_called(place) or home_of_address(domain(draft.url) or domain(draft.source))
    return told or home_in_text(draft.body)


@cache
def _home_called(place: str) -> Home | None:
    return Home.of(place)


def _unknown_of_dateline(read: Text, decided: tuple[City, ...], known: Gazetteer) -> tuple[City, ...]:
    """Return the places of the dateline that the gazetteer lacks, where a state vouches for them ("WALL, N.J.").

    So it does for a town that has the name of others far away: "PARIS, Ga." is not in France.
    """
    if read.dateline is None:
        return ()
    filed = any(city.role == "dateline" for city in decided)
    found = []
    for place in read.dateline.places:
        if filed and not lies_elsewhere(place):
            continue
        entry = known.entry(key(place.qualifier.split(",")[-1])) if place.qualifier else None
        if entry is None or (entry.country and not lies_elsewhere(place) and _is_known_in_part(place, decided)):
            continue
        if region := _region_or_country(entry, known):
            name = f"{place.name.title()}, {region}"
            found.append(City(None, name, surface=place.name, role="dateline", reason="dateline"))
    return tuple(found)


def _is_known_in_part(place: Place, decided: tuple[City, ...]) -> bool:
    """Return whether a city that the story names has its name within that of the place: Guantanamo, Guantanamo Bay."""
    return any(f" {key(city.surface)} " in f" {key(place.name)} " for city in decided)


def _region_or_country(entry: Entry, known: Gazetteer) -> str:
    """Return what stands behind a place, as labels have it: "New Jersey", "Ontario, Canada", "France"."""
    number = entry.short_for if entry.short_for >= 0 else (*entry.regions, -1)[0]
    if entry.country and (number < 0 or known.regions[number].country != "US"):
        return known.country_names.get(entry.country, "")
    if number < 0:
        return ""
    region = known.regions[number]
    country = "" if region.country == "US" else known.country_names.get(region.country, "")
    return ", ".join(part for part in (region.name, country) if part)


def _with_given(draft: Draft, decided: tuple[City, ...], home: Home | None) -> tuple[City, ...]:
    """Return the cities with those that the newsroom gave in front."""
    chosen: dict[str, City] = {}
    for name in draft.cities:
        city = _given(name, decided, home)
        same = next((other for other in decided if other.key == city.key), None)
        role: Role = "dateline" if same is not None and same.role == "dateline" else "about"
        surface = same.surface if same is not None else name
        chosen.setdefault(city.key, replace(city, surface=surface, role=role, reason="given by the newsroom"))
    for city in decided:
        chosen.setdefault(city.key, city)
    return tuple(chosen.values())


def _given(name: str, decided: tuple[City, ...], home: Home | None) -> City:
    """Return the city that the newsroom means by a name: the one its story names, else the one nearest home."""
    found = find(name)
    if not found:
        return City(None, name.strip())
    named = {city.geonameid for city in decided}
    for city in found:
        if city.geonameid in named:
            return city
    if home is None or not home.is_town or len(found) == 1:
        return found[0]
    nearest = min(found, key=lambda city: home.distance(city.latitude or 0.0, city.longitude or 0.0))
    return nearest if nearest.region == gazetteer().regions[home.region].name else found[0]
