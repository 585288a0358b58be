"""Decide what each city is to a story: filed from there, about it, or a name in passing; and say why.

Counts nothing; `salience` does. The one idea: a story is about the places it keeps coming back to. A headline, the
opening, several mentions, a police or a council of that city make it one; a list of nine cities in a president's speech
makes it none of the nine, and "New Orleans Mayor Mitch Landrieu" speaks of a man.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.article import City
from index.enrich.cities.gazetteer import Gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.salience import Named

# A story is about a city that is worth this much and this share of its most salient city; or that it names twice and
# that is this much above the next; or that is the only one it names.
_ABOUT, _SHARE, _ABOVE = 2.0, 0.4, 2.0

# A home town reaches this far (kilometres), and a pull of this much is worth telling.
_NEAR_HOME, _PULLED = 80.0, 0.5


def decide_roles(text: str, named: Sequence[Named], known: Gazetteer, home: Home | None) -> tuple[City, ...]:
    """Return the named cities with role and reason: datelines first, in the order written, then the most salient.

    Args:
        text: what was read of the story.
        named: the cities it names.
        known: the gazetteer.
        home: the paper's home town.
    """
    order = sorted((city.salience for city in named), reverse=True)
    decided: list[City] = []
    for city in sorted(named, key=lambda city: _order(city, known, home)):
        place = known.city(city.row)
        decided.append(
            City(
                geonameid=place.geonameid,
                name=place.name,
                region=place.region,
                country=place.country,
                latitude=place.latitude,
                longitude=place.longitude,
                surface=" ".join(text[city.start : city.end].split()),
                role="dateline" if city.filed else "about" if _is_about(city, order) else "mentioned",
                reason=_reason(city, text, known, home),
            )
        )
    return tuple(decided)


def _order(city: Named, known: Gazetteer, home: Home | None) -> tuple[Any, ...]:
    """Return what orders the cities of a story."""
    return not city.filed, city.filed_at, -city.salience, _last_in_doubt(city, known, home)


def _is_about(city: Named, order: Sequence[float]) -> bool:
    """Return whether the story is about a city; `order` has the salience of all of its cities, the highest first."""
    own = city.salience
    next_best = (order[1] if own == order[0] else order[0]) if len(order) > 1 else 0.0
    return (
        (own >= _ABOUT and own >= _SHARE * order[0])
        or (city.mentions > 1 and own >= _ABOVE * next_best)
        or (len(order) == 1 and own >= 1.0)
    )


def _last_in_doubt(city: Named, known: Gazetteer, home: Home | None) -> tuple[float, int]:
    """Return what orders cities that are as salient: nearness to home, else size; then where each is first named."""
    if home is not None and home.is_town:
        return home.distance(known.latitude(city.row), known.longitude(city.row)), city.start
    return -known.population[city.row], city.start


def _reason(city: Named, text: str, known: Gazetteer, home: Home | None) -> str:
    """Return why the story is thought to name this city, in words an editor would use."""
    elsewhere = city.mentions - city.filed
    parts = ["dateline"] if city.filed else []
    if elsewhere:
        parts.append({1: "named once", 2: "named twice"}.get(elsewhere, f"named {elsewhere} times"))
    if city.in_headline:
        parts.append("in the headline")
    if city.qualifier_end:
        where = "before" if city.qualified_before else "after"
        parts.append(f"with {text[city.qualifier : city.qualifier_end]} {where} it")
    elif home is not None and city.row == home.row:
        parts.append("the paper's home town")
    elif home is not None and home.distance(known.latitude(city.row), known.longitude(city.row)) < _NEAR_HOME:
        parts.append("near the paper's home town")
    elif city.nearby > _PULLED:
        parts.append("near other places in the story")
    return ", ".join(parts)
