"""Which one city an editor means by what stands in a table or a setting, and which one was meant where there is none.

Finds no cities in stories; the resolver does. The one idea: an editor's word moves many stories, so it is never guessed
what it means: a name is one city, or several, or none, and whoever wrote it is told which.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from index.article import City
from index.enrich.cities.finding import find
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.names import key

_LETTERS = "abcdefghijklmnopqrstuvwxyz "

# A shorter name has too many others a letter away.
_SHORTEST = 4


class UnclearError(ValueError):
    """A name of several cities, or a GeoNames id of none; the message says what to write instead."""


def the_city(name: str) -> City | None:
    """Return the one city that an editor means by `name`; None where the gazetteer has none of that name.

    Args:
        name: as `find` takes it.

    Raises:
        UnclearError: several cities are named so, or the id is no city's.

    >>> the_city("Portland, Ore.").label, the_city("Springfeld, Illinois")
    ('Portland, Oregon', None)
    """
    found = find(name)
    if not found:
        if name.strip().isdigit():
            raise UnclearError(f"there is no city with the GeoNames id {name.strip()}.")
        return None
    if len(found) > 1 and not _is_told_apart(name, found):
        raise UnclearError(f'there are several cities named "{name}"; write {_listed(found)}.')
    return found[0]


def _is_told_apart(name: str, found: tuple[City, ...]) -> bool:
    """Say whether a name with its region means the first of several cities: the only one that needs no county."""
    regions = {(city.region.split(", ")[-1], city.country) for city in found}
    return "," in name and (key(name) == key(found[0].label) or (len(regions) == 1 and ", " not in found[0].region))


def question(name: str) -> str:
    """Return, to stand behind a sentence, which city was probably meant by a name that the gazetteer lacks, or "".

    >>> question("Springfeld, Illinois")
    ' Did you mean "Springfield, Illinois"?'
    """
    near = nearly(name)
    return f" Did you mean {_listed(near)}?" if near else ""


def nearly(name: str) -> tuple[City, ...]:
    """Return the cities whose name differs from `name` by a letter, two that changed places or a blank; largest first.

    Where a region is given they are in it; where no city of the name is there, the city's namesakes.
    """
    known = gazetteer()
    city, comma, region = (part.strip() for part in name.partition(","))
    if len(key(city)) >= _SHORTEST:
        alike = [other for other in set(_a_letter_away(key(city))) if (entry := known.entry(other)) and entry.cities]
        found = [each for other in alike for each in find(f"{other}, {region}" if comma else other)]
        if found:
            return _largest_first(found)
    namesakes = list(find(city)) if comma else []
    regions = difflib.get_close_matches(key(region), {key(each.region) for each in namesakes}, n=1, cutoff=0.8)
    return _largest_first([each for each in namesakes if not regions or key(each.region) in regions])


def _largest_first(found: list[City]) -> tuple[City, ...]:
    known = gazetteer()
    distinct = {city.geonameid: city for city in found if city.geonameid is not None}
    return tuple(distinct[number] for number in sorted(distinct, key=lambda each: -known.population[known.row(each)]))


def _a_letter_away(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        for letter in _LETTERS:
            yield f"{head}{letter}{tail}"
            if tail:
                yield f"{head}{letter}{tail[1:]}"
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield f"{head}{tail[1]}{tail[0]}{tail[2:]}"


def _listed(cities: tuple[City, ...]) -> str:
    return " or ".join(f'"{city.label}"' for city in cities[:2])
