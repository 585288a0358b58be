"""Decide what each city is to a story: filed from there, about it, or a name in passing; and say why.

The one idea: a story is about the places it keeps coming back to. A headline, the opening, several mentions, a police
or a council of that city make it one; a list of nine cities in a president's speech makes it none of the nine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.article import City, Role
from index.enrich.cities.gazetteer import Gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.mentions import Mention


@dataclass(slots=True)
class Named:
    """A city that a story names.

    Attributes:
        row: in the gazetteer.
        mentions: where and how it is named.
        likely: log-odds that the story means this city.
        nearby: pull of other sure places around it.
    """

    row: int
    mentions: list[Mention]
    likely: float
    nearby: float


# Salience from which a story is about a city, in mentions' worth, and the share of the story's most salient city
# that another must reach to be one more place it is about.
_ABOUT, _SHARE = 3.0, 0.4


def decide_roles(text: str, body: int, named: Sequence[Named], known: Gazetteer, home: Home | None) -> tuple[City, ...]:
    """Return the named cities with role and reason, best first."""
    salience = {city.row: _salience(text, body, city) for city in named}
    most = max(salience.values(), default=0.0)
    decided: list[tuple[tuple[bool, float], City]] = []
    for city in named:
        filed = any(mention.in_dateline for mention in city.mentions)
        about = salience[city.row] >= max(_ABOUT, _SHARE * most)
        role: Role = "dateline" if filed else "about" if about else "mentioned"
        first = city.mentions[0]
        value = replace(
            known.city(city.row),
            surface=text[first.start : first.end],
            role=role,
            reason=_reason(city, filed, known, home),
        )
        decided.append(((not filed, -salience[city.row]), value))
    return tuple(city for _, city in sorted(decided, key=lambda pair: pair[0]))


def _salience(text: str, body: int, city: Named) -> float:
    """Return how much of the story is this city's, in mentions."""
    length = max(1, len(text) - body)
    total = 0.0
    for mention in city.mentions:
        cues = mention.cues
        value = 1.0
        if mention.start < body:
            value += 2.0
        elif mention.start - body < 0.1 * length:
            value += 1.0
        if "in_a_list" in cues or ("before_comma" in cues and not mention.qualifier):
            value *= 0.5
        if cues.get("after_title") or "before_capital" in cues:
            value *= 0.5
        total += value
    return total


def _reason(city: Named, filed: bool, known: Gazetteer, home: Home | None) -> str:
    """Return why the story is thought to name this city, in words."""
    if filed:
        return "dateline"
    count = len(city.mentions)
    parts = ["named once" if count == 1 else f"named {count} times"]
    qualifier = next((mention.qualifier for mention in city.mentions if mention.qualifier), "")
    if qualifier:
        parts.append(f"with {qualifier} after it")
    elif home is not None and city.row == home.row:
        parts.append("the paper's home town")
    elif home is not None and home.distance(known.latitude(city.row), known.longitude(city.row)) < 80:
        parts.append("near the paper's home town")
    elif city.nearby > 0.5:
        parts.append("near other places in the story")
    return ", ".join(parts)
