"""Decide what each city is to a story: filed from there, about it, or a name in passing; and say why.

The one idea: a story is about the places it keeps coming back to. A headline, the opening, several mentions, a police
or a council of that city make it one; a list of nine cities in a president's speech makes it none of the nine, and
"New Orleans Mayor Mitch Landrieu" speaks of a man.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import City, Role
from index.enrich.cities.gazetteer import Gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.words import TITLES


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a city where it stands in a story.

    Attributes:
        start, end: in what was read of the story.
        qualifier: what narrows it down ("La."), or "".
        in_dateline: it is a place of the dateline.
        beside_another: it stands in a list of names that could be cities.
        civic: with an institution of the city ("Albany police").
    """

    start: int
    end: int
    qualifier: str
    in_dateline: bool
    beside_another: bool
    civic: bool


@dataclass(slots=True)
class Named:
    """A city that a story names.

    Attributes:
        row: in the gazetteer.
        key: of the name first used for it.
        mentions: where and how it is named.
        likely: log-odds that the story means this city.
        nearby: pull of other sure places around it.
    """

    row: int
    key: str
    mentions: list[Mention]
    likely: float
    nearby: float


# What a mention is worth: in the headline, in the opening (this share of the body, this many characters at least), with
# an institution of the city; in a list, or as the title of a person, only a part.
_HEADLINE, _OPENING, _INSTITUTION, _IN_PASSING = 3.0, 2.0, 1.25, 0.5
_OPENING_SHARE, _OPENING_LENGTH = 0.1, 160

# A story is about a city that is worth this much and this share of its most salient city; or that it names twice and
# that is this much above the next; or that is the only one it names.
_ABOUT, _SHARE, _ABOVE = 2.0, 0.4, 2.0

_NEXT_WORDS = re.compile(r" ([A-Z][a-z]+) [A-Z]")

# A home town reaches this far (kilometres), and a pull of this much is worth telling.
_NEAR_HOME, _PULLED = 80.0, 0.5


def decide_roles(text: str, body: int, named: Sequence[Named], known: Gazetteer, home: Home | None) -> tuple[City, ...]:
    """Return the named cities with role and reason: datelines first, then the most salient.

    Args:
        text: what was read of the story.
        body: where its body starts in `text`.
        named: the cities it names.
        known: the gazetteer.
        home: the paper's home town.
    """
    salience = {city.row: _salience(text, body, city) for city in named}
    order = sorted(salience.values(), reverse=True)
    decided: list[tuple[bool, float, int, City]] = []
    for city in named:
        filed = any(mention.in_dateline for mention in city.mentions)
        own = salience[city.row]
        next_best = (order[1] if own == order[0] else order[0]) if len(order) > 1 else 0.0
        about = (
            (own >= _ABOUT and own >= _SHARE * order[0])
            or (len(city.mentions) > 1 and own >= _ABOVE * next_best)
            or (len(order) == 1 and own >= 1.0)
        )
        role: Role = "dateline" if filed else "about" if about else "mentioned"
        first = city.mentions[0]
        place = known.city(city.row)
        value = City(
            geonameid=place.geonameid,
            name=place.name,
            region=place.region,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            surface=" ".join(text[first.start : first.end].split()),
            role=role,
            reason=_reason(city, body, known, home),
        )
        decided.append((not filed, -own, first.start, value))
    return tuple(city for *_, city in sorted(decided, key=lambda each: each[:3]))


def _salience(text: str, body: int, city: Named) -> float:
    """Return how much of the story is this city's, in plain mentions."""
    opening = max(_OPENING_LENGTH, _OPENING_SHARE * (len(text) - body))
    total = 0.0
    for mention in city.mentions:
        value = 1.0
        if mention.start < body:
            value = _HEADLINE
        elif mention.start - body < opening:
            value = _OPENING
        titled = _NEXT_WORDS.match(text, mention.end)
        if mention.beside_another or (titled and titled[1].lower() in TITLES):
            value *= _IN_PASSING
        elif mention.civic:
            value *= _INSTITUTION
        total += value
    return total


def _reason(city: Named, body: int, known: Gazetteer, home: Home | None) -> str:
    """Return why the story is thought to name this city, in words an editor would use."""
    elsewhere = [mention for mention in city.mentions if not mention.in_dateline]
    parts = ["dateline"] if len(elsewhere) < len(city.mentions) else []
    if elsewhere:
        parts.append({1: "named once", 2: "named twice"}.get(len(elsewhere), f"named {len(elsewhere)} times"))
    if any(mention.start < body for mention in elsewhere):
        parts.append("in the headline")
    qualifier = next((mention.qualifier for mention in city.mentions if mention.qualifier), "")
    if qualifier:
        parts.append(f"with {qualifier} after it")
    elif home is not None and city.row == home.row:
        parts.append("the paper's home town")
    elif home is not None and home.distance(known.latitude(city.row), known.longitude(city.row)) < _NEAR_HOME:
        parts.append("near the paper's home town")
    elif city.nearby > _PULLED:
        parts.append("near other places in the story")
    return ", ".join(parts)
