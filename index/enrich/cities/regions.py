"""Regions and countries: what a city lies in, as keys that stand in addresses and labels that people read.

Not cities, and no judging of texts. The one idea: a key says by its shape what it names. `us` is a country (its ISO
code), `us-or` and `de-bavaria` are regions (the country's key, then the postal code of a US state or a Canadian
province, else the name); GeoNames ids and `name:` keys are cities, and no city's key has either shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.names import key as folded

#: Countries whose regions are known well enough to stand without the country, as in the labels of cities.
_ALONE = ("US", "GB")

#: Countries of which a newsroom may name a region without saying the country.
_UNDERSTOOD = ("US", "GB", "CA", "AU")

_CITIES_KEPT = 1 << 16


@dataclass(frozen=True, slots=True)
class Division:
    """A region or a country.

    Attributes:
        key: `us-or`, `de-bavaria`; of a country `us`.
        label: never ambiguous among regions: "Oregon", "England", "Bavaria, Germany", "Georgia, United States".
        parent: key of a region's country; None for a country.
    """

    key: str
    label: str
    parent: str | None = None


def division(key: str) -> Division | None:
    """Return the region or country of a key; None for a city's key and what the gazetteer lacks.

    >>> division("us-or")
    Division(key='us-or', label='Oregon', parent='us')
    """
    return _divisions().get(key)


@lru_cache(_CITIES_KEPT)
def lies_in(city: str, label: str) -> tuple[str | None, str | None]:
    """Return the keys of the region and of the country that a city lies in, None for what is not known.

    Args:
        city: the city's key (`index.article.City.key`).
        label: its label, which tells where a city lies that the gazetteer lacks, as far as the newsroom said.

    >>> lies_in("5746545", "Portland, Oregon"), lies_in("name:wall", "Wall, New Jersey"), lies_in("name:wall", "Wall")
    (('us-or', 'us'), ('us-nj', 'us'), (None, None))
    """
    known = gazetteer()
    row = known.row(int(city)) if city.isascii() and city.isdigit() else -1
    if row < 0:
        return _said(label)
    number = known.region_of[row]
    return _region_keys()[number], known.regions[number].country.lower()


def divisions(name: str) -> tuple[Division, ...]:
    """Return the regions and countries that a reader may mean by `name`, likeliest first.

    Args:
        name: a key ("us-or"), a name ("Oregon", "Bavaria, Germany", "UK") or an abbreviation ("Ore.").

    >>> [found.key for found in divisions("Georgia")]
    ['us-ga', 'ge']
    """
    text = name.strip()
    if (exact := division(text)) is not None:
        return (exact,)
    known, wanted = gazetteer(), folded(text)
    entry = known.entry(wanted)
    numbers = list(known.region_numbers(wanted))
    if entry is not None and entry.short_for >= 0:
        numbers.append(entry.short_for)
    keys: list[str | None] = [_region_keys()[number] for number in numbers]
    if not numbers and entry is not None and entry.country:
        keys.append(entry.country.lower())
    keys += [_country_codes().get(wanted), *_by_label().get(wanted, ()), text.lower()]
    return tuple(_divisions()[key] for key in dict.fromkeys(keys) if key in _divisions())


def _said(label: str) -> tuple[str | None, str | None]:
    """Return what the words after a city's name say."""
    *before, last = label.split(", ")
    if not before:
        return None, None
    known, name = gazetteer(), folded(last)
    here = [n for n in known.region_numbers(name) if known.regions[n].country in _UNDERSTOOD]
    country = _country_codes().get(name)
    if len(here) == 1 and (country is None or known.regions[here[0]].country in _ALONE):
        return _region_keys()[here[0]], known.regions[here[0]].country.lower()
    if country is None:
        return None, None
    if len(before) > 1:
        for number in known.region_numbers(folded(before[-1])):
            if known.regions[number].country.lower() == country:
                return _region_keys()[number], country
    return None, country


@cache
def _region_keys() -> tuple[str | None, ...]:
    """The key of each region of the gazetteer, by number; None for one without a name."""
    # Where a city and the province around it are two regions of one name (Sofia, Maputo), they are one to readers.
    tails = [region.postal.lower() or folded(region.name).replace(" ", "-") for region in gazetteer().regions]
    return tuple(
        f"{region.country.lower()}-{tail}" if tail else None
        for region, tail in zip(gazetteer().regions, tails, strict=True)
    )


@cache
def _country_codes() -> dict[str, str]:
    """The key of each country by its folded name."""
    return {folded(name): code.lower() for code, name in gazetteer().country_names.items()}


@cache
def _divisions() -> dict[str, Division]:
    known = gazetteer()
    countries = {code: name.strip() for code, name in known.country_names.items()}
    found = {code.lower(): Division(code.lower(), name) for code, name in countries.items()}
    names = set(countries.values())
    for region, key in zip(known.regions, _region_keys(), strict=True):
        if key is None:
            continue
        country = countries.get(region.country, region.country)
        alone = region.country in _ALONE and region.name not in names
        label = region.name if alone or region.name == country else f"{region.name}, {country}"
        found[key] = Division(key, label, region.country.lower())
    return found


@cache
def _by_label() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, named in _divisions().items():
        found.setdefault(folded(named.label), []).append(key)
    return found
