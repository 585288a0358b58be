"""Decide which cities a story is filed from, is about, and mentions.

The order of things: what the newsroom gave; the dateline; then every name that could be a city is scored from the
words around it (`cues`), the namesakes of those that may be one are weighed (`senses`), and each pair of a name and
its city is looked at once more as a whole. `reading` goes that way in one compiled pass; here stand the beginning and
the end of it. Weights are fitted (`fit`) and lie in `data/weights.json`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from index.article import City, Role
from index.enrich.cities.gazetteer import Gazetteer, find, gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.homes import domain, home_of_address
from index.enrich.cities.imprint import home_in_text
from index.enrich.cities.names import key
from index.enrich.cities.reading import Text, cities_named, text_of
from index.enrich.cities.roles import decide_roles
from index.record import Draft


def resolve(draft: Draft, home: str = "") -> tuple[City, ...]:
    """Return the cities of a story, best first.

    Args:
        draft: the clean story.
        home: the paper's home town ("Albany, New York", a slug or a GeoNames id), or "".
    """
    known, town, read = gazetteer(), home_for(draft, home), text_of(draft)
    decided = decide_roles(read.text, cities_named(read, known, town), known, town)
    decided = (*_unknown_of_dateline(read, decided, known), *decided)
    return _with_given(draft, decided, town) if draft.cities else decided


def home_for(draft: Draft, place: str) -> Home | None:
    """Return a paper's home: the place it is told to be, else what the story's web address or its text says of it."""
    told = _home_called(place) or home_of_address(domain(draft.url) or domain(draft.source))
    return told or home_in_text(draft.body)


@cache
def _home_called(place: str) -> Home | None:
    return Home.of(place)


def _unknown_of_dateline(read: Text, decided: tuple[City, ...], known: Gazetteer) -> tuple[City, ...]:
    """Return the places of the dateline that the gazetteer lacks, where a state vouches for them ("WALL, N.J.")."""
    if read.dateline is None or any(city.role == "dateline" for city in decided):
        return ()
    found = []
    for place in read.dateline.places:
        entry = known.entry(key(place.qualifier)) if place.qualifier else None
        number = -1 if entry is None else entry.short_for if entry.short_for >= 0 else (*entry.regions, -1)[0]
        if number >= 0:
            region = known.regions[number]
            country = "" if region.country == "US" else known.country_names.get(region.country, "")
            name = ", ".join(part for part in (place.name.title(), region.name, country) if part)
            found.append(City(None, name, surface=place.name, role="dateline", reason="dateline"))
    return tuple(found)


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
