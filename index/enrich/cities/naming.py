"""What each city of the register is called: the name it is shown by, and the names that stories may use.

A part of compiling the gazetteer, which uses nothing of it afterwards. The one idea: the register's names are for
geographers ("Gasteiz / Vitoria", "City of Milford (balance)", "Stoke-on-Trent"); what papers make of them follows from
a few rules, and from `data/lexicon.toml` where no rule is safe.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from index.enrich.cities.names import key, plain, written_forms

Table = dict[str, Any]

# From this many people on, a city's other names are names of it too, where they begin like it (Kyiv, Kiev).
_WITH_OTHER_NAMES = 100_000

# From this many on, the first words of its name are one where the register has them (Matías Romero, of … Avendaño),
# unless its region is called so: Bihar is no name of Bihar Sharif.
_WITH_SHORT_NAMES = 5_000

# From this many on, what stands before the river or the sea is one: Newcastle upon Tyne, Southend-on-Sea.
_WITHOUT_ITS_RIVER = 50_000
_ON_A_RIVER = re.compile(r"(\w{4,})[ -](?:up)?on[ -]", re.IGNORECASE)

# Where a slash or a dash parts the names in two languages: Donostia / San Sebastián, Biel/Bienne, Brennero - Brenner.
_TWO_LANGUAGES = frozenset(["CH", "ES", "IT"])
_BETWEEN_LANGUAGES = re.compile(r"\s*/\s*|\s+-\s+")

# Places of one name and region nearer than this (degrees) are one place to a reader: the most populous stands for them.
# Across a state line they are two: Kansas City, Bristol, Texarkana.
_SAME_PLACE_LATITUDE, _SAME_PLACE_LONGITUDE = 0.25, 0.3

# Countries whose larger cities are called so in full: Calamba City, in the Philippines.
_CALLED_CITY = frozenset(["PH"])

# A numbered part of a city ("Paris 02 Bourse", "Marseille 16") has no name in stories: keys know no numbers, and the
# Paris Bourse would be there instead of in Paris.
_NUMBERED = re.compile(r"(.+?) \d+\b")

# No name keeps more namesakes than this.
_NAMESAKES = 40

# Rows of a census that are no places: Quebec's "Ct 0014".
_NO_PLACE = re.compile(r"Ct \d{4}")

# Papers write saints short.
_SAINT = {"US": ("Saint ", "St. "), "GB": ("Saint ", "St "), "AU": ("Saint ", "St ")}

# What a register adds to a name to say what kind of thing it is.
_KIND = re.compile(r"\s*\((?:poblacion|Pob\.|balance|historical|village)\)")
_KIND_BEFORE = {"US": re.compile(r"(?:City|Borough) of (?=[A-Z])"), "PH": re.compile(r"City of (?=[A-Z])")}
_KIND_BEHIND = {"JP": re.compile(r"-shi$")}

_LATIN_NAME = re.compile(r"[A-ZÀ-Ž][A-Za-zÀ-ž' .\-]+")
_OTHER_LETTERS = re.compile(r"[\u0370-\u1dbf\u2c80-\ua71f\ua800-\ufaff]")

# Signs that only transcribe other letters. China's divide syllables: Xi'an.
_SIGNS = re.compile(r"[‘’ʻʼ'`]")


def is_place(city: Table) -> bool:
    """Return whether a row of the register is a place that has a name."""
    return not _NO_PLACE.fullmatch(city["name"])


def transcribed(name: str, country: str) -> str:
    """Return a name that is written in other letters at home without the signs of its transcription.

    >>> transcribed("Ra’s al Khaymah", "AE"), transcribed("Xi’an", "CN")
    ("Ras al Khaymah", "Xi'an")
    """
    return _SIGNS.sub("'" if country == "CN" else "", plain(name)).strip()


def shown_name(city: Table, lexicon: Table) -> str:
    """Return a city's name as English-language papers write it."""
    country = city["countrycode"]
    if english := lexicon["english"].get(str(city["geonameid"])):
        return str(english)
    name = _KIND.sub("", _in_latin_letters(city))
    for kind in (_KIND_BEFORE.get(country), _KIND_BEHIND.get(country)):
        name = kind.sub("", name) if kind else name
    if country in _SAINT and name.startswith(_SAINT[country][0]):
        name = name.replace(*_SAINT[country], 1)
    if country in lexicon["transcribed"]["countries"]:
        name = transcribed(name, country)
    return name or str(city["name"])


def _in_latin_letters(city: Table) -> str:
    """Return the register's name, or another of its names where that is in Cyrillic or Arabic letters."""
    name = str(city["name"])
    if not _OTHER_LETTERS.search(name):
        return name
    others = (other for other in city["alternatenames"] if _LATIN_NAME.fullmatch(other))
    latin = " ".join(word for word in name.split() if not _OTHER_LETTERS.search(word)).rstrip(",")
    return latin or next(others, name)


def names_of(cities: list[Table], lexicon: Table, first_names: set[str]) -> dict[str, list[int]]:
    """Return the rows of the cities of each name; the rows are in order of population."""
    own: dict[str, list[int]] = defaultdict(list)
    aliases: dict[int, list[str]] = defaultdict(list)
    for name, geonameid in (*lexicon["aliases"].items(), *lexicon["also_called"].items()):
        aliases[geonameid].append(key(name))
    called = {(key(city["name"]), city["countrycode"]) for city in cities if not _NUMBERED.match(city["name"])}
    for row, city in enumerate(cities):
        numbered = _NUMBERED.match(city["name"])
        if numbered and (key(numbered[1]), city["countrycode"]) in called:
            continue
        for form in _own_forms(city, aliases[city["geonameid"]]):
            own[form].append(row)
        if city["countrycode"] in _CALLED_CITY and city["population"] >= _WITH_OTHER_NAMES:
            own[f"{key(city['name']).removesuffix(' city')} city"].append(row)
    largest = {form: cities[rows[0]]["population"] for form, rows in own.items()}
    other: dict[str, set[int]] = defaultdict(set)
    for row, city in enumerate(cities):
        well_known = city["population"] >= _WITH_OTHER_NAMES
        if city["population"] < _WITH_SHORT_NAMES:
            continue
        full = key(city["name"])
        for name in city["alternatenames"]:
            form = key(name)
            if not well_known and not (" " in form and full.startswith(f"{form} ")):
                continue
            if (
                _LATIN_NAME.fullmatch(name)
                and len(form) >= 5
                and form[0] == key(city["name"])[:1]
                and not (form == city["within"] and full.startswith(f"{form} ") and full != f"{form} city")
                and not form.endswith(" city")
                and largest.get(form, 0) < 5000
                and form not in first_names
                and row not in own.get(form, ())
            ):
                other[form].add(row)
    for form, rows in other.items():
        if len(rows) <= 2:
            own[form] += sorted(rows)
    by_id = {city["geonameid"]: row for row, city in enumerate(cities)}
    preferred = {key(name): by_id[geonameid] for name, geonameid in lexicon["aliases"].items() if geonameid in by_id}
    for geonameid, forms in aliases.items():
        for form in forms if geonameid in by_id else ():
            own[form].append(by_id[geonameid])
    return {form: _distinct(cities, rows, preferred.get(form)) for form, rows in own.items()}


def _own_forms(city: Table, aliases: list[str]) -> set[str]:
    """Return the keys of the names that the register gives a city, and of what papers make of them by rule."""
    names = [city["name"], city["shown"]]
    if city["countrycode"] in _TWO_LANGUAGES and "(" not in city["name"]:
        names += _BETWEEN_LANGUAGES.split(city["name"])
    river = _ON_A_RIVER.match(city["name"]) if city["population"] >= _WITHOUT_ITS_RIVER else None
    # Kingston upon Hull is Hull.
    if river and not any(form in key(city["name"]).split() for form in aliases):
        names.append(river[1])
    return {form for name in names for form in written_forms(name) if len(form) >= 2}


def _distinct(cities: list[Table], rows: list[int], first: int | None) -> list[int]:
    """Return the rows, `first` in front, without those that a more populous one close by in the region stands for."""
    kept: list[int] = []
    for row in sorted(set(rows), key=lambda row: (row != first, row)):
        city = cities[row]
        if not any(
            (city["countrycode"], city["admin1code"]) == (cities[near]["countrycode"], cities[near]["admin1code"])
            and abs(city["latitude"] - cities[near]["latitude"]) < _SAME_PLACE_LATITUDE
            and abs(city["longitude"] - cities[near]["longitude"]) < _SAME_PLACE_LONGITUDE
            for near in kept
        ):
            kept.append(row)
    return kept[:_NAMESAKES]
