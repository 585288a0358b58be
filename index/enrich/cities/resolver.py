"""Decide which cities a story is filed from, is about, and mentions."""

from __future__ import annotations

from dataclasses import replace

from index.article import City, Role
from index.enrich.cities.dateline import inner_dateline, parse_dateline
from index.enrich.cities.gazetteer import find
from index.record import Draft


def resolve(draft: Draft, home: str = "") -> tuple[City, ...]:
    """Return the cities of a story, best first.

    Args:
        draft: the clean story.
        home: the paper's home town ("Albany, New York", a slug or a GeoNames id), or "".
    """
    chosen: dict[str, City] = {}
    for name in draft.cities:
        found = find(name)
        city = found[0] if found else City(None, name)
        role: Role = "about"
        city = replace(city, surface=name, role=role, reason="given by the newsroom")
        chosen.setdefault(city.key, city)
    dateline = (draft.dateline and parse_dateline(draft.dateline, given=True)) or parse_dateline(draft.body)
    dateline = dateline or inner_dateline(draft.body)
    for place in dateline.places if dateline else ():
        found = find(f"{place.name}, {place.qualifier}" if place.qualifier else place.name)
        if found:
            city = replace(found[0], surface=place.name, role="dateline", reason="dateline")
            chosen.setdefault(city.key, city)
    return tuple(chosen.values())
