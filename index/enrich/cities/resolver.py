"""Decide which cities a story is filed from, is about, and mentions.

The order of things: what the newsroom gave; the dateline; then every name that could be a city is scored from the
words around it (`cues`), the namesakes of those that may be one are weighed (`senses`), and each pair of a name and
its city is looked at once more as a whole. Weights are fitted (`fit`) and lie in `data/weights.json`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.article import City, Role
from index.enrich.cities import cues, decision, letters, mentions, senses, surroundings
from index.enrich.cities.dateline import Dateline, inner_dateline, parse_dateline
from index.enrich.cities.gazetteer import Gazetteer, find, gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.homes import domain, home_of_address
from index.enrich.cities.imprint import home_in_text
from index.enrich.cities.mention import DATELINE, END, NAME, QUALIFIER, QUALIFIER_END, START
from index.enrich.cities.names import key
from index.enrich.cities.roles import Mention, Named, decide_roles
from index.enrich.cities.tables import Tables
from index.enrich.cities.tabulate import countries_of, tables
from index.record import Draft

WEIGHTS = Path(__file__).parent / "data" / "weights.json"

Numbers = NDArray[np.float64]
Rows = NDArray[np.int32]


@dataclass(frozen=True)
class Weights:
    """The fitted weights.

    Attributes:
        mention: of the cues of a mention, by name.
        sense: of what speaks for a namesake.
        city: of the second look where the paper's home is known.
        city_anywhere: of the second look where it is not.
    """

    mention: dict[str, float]
    sense: dict[str, float]
    city: dict[str, float]
    city_anywhere: dict[str, float]

    @cached_property
    def of_cues(self) -> Numbers:
        """The weights of `cues.CUES`, in their order."""
        return _in_order(self.mention, cues.CUES)

    @cached_property
    def of_senses(self) -> Numbers:
        """The weights of `senses.CONSIDERATIONS`, in their order."""
        return _in_order(self.sense, senses.CONSIDERATIONS)

    @cached_property
    def of_looks(self) -> tuple[Numbers, Numbers]:
        """The weights of `decision.LOOKS` and the bias behind them: where the paper's home is unknown, and known."""
        names = (*decision.LOOKS, "bias")
        return _in_order(self.city_anywhere, names), _in_order(self.city, names)


def _in_order(weights: dict[str, float], names: Sequence[str]) -> Numbers:
    return np.array([weights.get(name, 0.0) for name in names])


@cache
def weights() -> Weights:
    """Return the weights that ship with the program."""
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Text:
    """What is read of a story: headline, dateline and body one under the other.

    Attributes:
        text: all of it.
        body: where the body starts.
        dateline: what was read as its dateline, or None.
        spans: where the names of the dateline's places are in `text`.
    """

    text: str
    body: int
    dateline: Dateline | None
    spans: tuple[tuple[int, int], ...]


def text_of(draft: Draft) -> Text:
    """Return the text of a story in which its cities are looked for."""
    headline = "" if draft.headline_made or draft.body.startswith(draft.headline) else draft.headline
    head = f"{headline}\n\n" if headline else ""
    if draft.dateline:
        given = parse_dateline(draft.dateline, given=True)
        if given is not None and not draft.body.startswith(draft.dateline):
            spans = _spans(given, len(head))
            opening = f"{head}{draft.dateline}\n\n"
            return Text(opening + draft.body, len(opening), given, spans)
    found = parse_dateline(draft.body) or inner_dateline(draft.body)
    return Text(head + draft.body, len(head), found, _spans(found, len(head)))


def _spans(dateline: Dateline | None, offset: int) -> tuple[tuple[int, int], ...]:
    places = dateline.places if dateline else ()
    return tuple((offset + place.start, offset + place.start + len(place.name)) for place in places)


_NO_SPANS = np.empty((0, 2), np.int64)

#: Cues that decide what a city is to its story.
_SHOWN = [cues.BESIDE_ANOTHER, cues.CIVIC_WORD, cues.CIVIC_NAME]

#: Row, region, country, latitude and longitude where no home is known.
_NO_HOME = (-1, -1, -1, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one reading of a story found.

    Attributes:
        rows: the mentions (`START` and the columns behind it).
        cues: of each mention, columns as in `cues.CUES`.
        scores: log-odds that each is a city; what its cues add up to.
        regions: evidence for each region.
        countries: evidence for each country.
        home: the paper's home, as compiled loops take it.
    """

    rows: Rows
    cues: Numbers
    scores: Numbers
    regions: Numbers
    countries: Numbers
    home: tuple[int, int, int, float, float]


@dataclass(frozen=True, slots=True)
class World:
    """What a gazetteer is to compiled loops.

    Attributes:
        tables: its arrays.
        country_number: by ISO code.
    """

    tables: Tables
    country_number: dict[str, int]

    def home(self, home: Home | None) -> tuple[int, int, int, float, float]:
        """Return a home as compiled loops take it."""
        if home is None:
            return _NO_HOME
        if not home.is_town:
            return (-1, -1, self.country_number[home.country], 0.0, 0.0)
        return (home.row, home.region, self.country_number[home.country], home.latitude, home.longitude)


@cache
def world(known: Gazetteer) -> World:
    """Return what a gazetteer is to compiled loops; made once a process."""
    return World(tables(known), {code: number for number, code in enumerate(countries_of(known))})


def find_mentions(read: Text, known: Gazetteer, home: Home | None, model: Weights | None = None) -> Scan:
    """Return the mentions of a story, scored; `model` replaces the weights that ship."""
    model, own = model or weights(), world(known)
    at_home = own.home(home)
    codes = np.frombuffer(read.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = letters.kinds_of(own.tables.kinds, codes)
    spans = np.array(read.spans, np.int64) if read.spans else _NO_SPANS
    numbers = own.country_number
    # fmt: off
    rows, regions, countries, counties = mentions.scan(
        own.tables, codes, kinds, spans, at_home[1], at_home[3], at_home[4], numbers["US"], numbers["CA"],
        len(known.regions), len(numbers),
    )
    found = surroundings.cues_of(
        own.tables, codes, kinds, rows, regions, countries, counties, at_home[1], at_home[3], at_home[4]
    )
    # fmt: on
    return Scan(rows, found, found @ model.of_cues + model.mention["bias"], regions, countries, at_home)


def names_of(scanned: Scan, known: Gazetteer) -> tuple[NDArray[np.int64], int]:
    """Return the number of the name of each mention that may be a city, -1 for the others; and how many names."""
    names, firsts = np.empty((2, len(scanned.rows)), np.int64)
    return names, senses.names_of(world(known).tables, scanned.rows, scanned.cues, scanned.scores, names, firsts)


def likely_names(scanned: Scan, known: Gazetteer) -> dict[str, tuple[int, ...]]:
    """Return the cities that each name may mean which is likelier a city than not, by the name's key."""
    names, count = names_of(scanned, known)
    rows: NDArray[np.int64] = np.empty(senses.NAMESAKES, np.int64)
    found = {}
    for name in range(count):
        own = names == name
        if scanned.scores[own].max() > 0:
            several, _ = senses.readings(world(known).tables, scanned.rows, names, name, rows)
            key_number = int(scanned.rows[own.argmax(), NAME])
            found[known.key_of(key_number)] = tuple(rows[:several].tolist())
    return found


def resolve(draft: Draft, home: str = "") -> tuple[City, ...]:
    """Return the cities of a story, best first.

    Args:
        draft: the clean story.
        home: the paper's home town ("Albany, New York", a slug or a GeoNames id), or "".
    """
    known, town, read = gazetteer(), home_for(draft, home), text_of(draft)
    decided = decide_roles(read.text, read.body, cities_named(read, known, town), known, town)
    decided = (*_unknown_of_dateline(read, decided, known), *decided)
    return _with_given(draft, decided, town) if draft.cities else decided


def home_for(draft: Draft, place: str) -> Home | None:
    """Return a paper's home: the place it is told to be, else what the story's web address or its text says of it."""
    told = _home_called(place) or home_of_address(domain(draft.url) or domain(draft.source))
    return told or home_in_text(draft.body)


@cache
def _home_called(place: str) -> Home | None:
    return Home.of(place)


def cities_named(read: Text, known: Gazetteer, home: Home | None, model: Weights | None = None) -> list[Named]:
    """Return the cities that a text names, each with its mentions; `model` replaces the weights that ship."""
    model = model or weights()
    scanned = find_mentions(read, known, home, model)
    if not len(scanned.rows):
        return []
    names, count = names_of(scanned, known)
    if not count:
        return []
    own = world(known)
    chosen, cities = decision.decide(
        own.tables,
        scanned.rows,
        scanned.cues,
        scanned.scores,
        names,
        count,
        scanned.regions,
        scanned.countries,
        scanned.home,
        own.country_number["US"],
        model.of_senses,
        model.of_looks[home is not None and home.is_town],
    )
    rows, numbers, rows_of_cities = scanned.rows.tolist(), names.tolist(), cities.tolist()
    marked = scanned.cues[:, _SHOWN].tolist()
    decided = chosen[:, [decision.LIKELY, decision.NEARBY]].tolist()
    found: dict[int, Named] = {}
    for number in sorted((i for i, row in enumerate(rows_of_cities) if row >= 0), key=numbers.__getitem__):
        row, own = rows_of_cities[number], rows[number]
        named = found.get(row)
        if named is None:
            named = found[row] = Named(row, known.key_of(own[NAME]), [], *decided[numbers[number]])
        beside_another, *civic = marked[number]
        named.mentions.append(
            Mention(
                start=own[START],
                end=own[END],
                qualifier=read.text[own[QUALIFIER] : own[QUALIFIER_END]],
                in_dateline=bool(own[DATELINE]),
                beside_another=bool(beside_another),
                civic=any(civic),
            )
        )
    return list(found.values())


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
