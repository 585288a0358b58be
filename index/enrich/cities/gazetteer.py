"""The gazetteer: every city of 500 people or more, by name, with what tells it from its namesakes.

Not a judge: which "Portland" a story means is the resolver's to say. The one idea: the compiled file *is* the data
structure. It is mapped into memory and read in place (sorted keys, found by bisection; plain arrays), so it opens in
milliseconds, costs only the pages that are touched, and worker processes share it. What is looked up is remembered,
since news repeats its words. `index.enrich.cities.compile` makes the file and documents where its content comes from.

Cities are named by their row in the file (an int) inside this package and by `index.article.City` outside it.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.article import City
from index.enrich.cities.distance import distance
from index.enrich.cities.names import repeats

#: To be shown wherever the archive says what it is made from.
ATTRIBUTION = "City names and coordinates: GeoNames (geonames.org), licensed under CC BY 4.0."

FILE = Path(__file__).parent / "data" / "gazetteer.bin"

#: The file's first eight bytes: format 1.
MAGIC = b"MORGAZ1\n"

# How many looked-up names and cities are remembered before starting afresh; a long run meets many words only once.
_REMEMBERED = 50_000

# Bits of the `flags` array (of cities) and of `key_flags` (of names).
CAPITAL, STANDS_ALONE = 1, 2
ONLY_QUALIFIED, DISTRICT = 1, 2
# Bit of the `longest` array (of names), above the count.
WITH_PARTICLE = 128


class Region(NamedTuple):
    """A first-level division: a US state, a Canadian province, one of the UK's four countries."""

    country: str
    code: str
    name: str
    postal: str


class Circle(NamedTuple):
    """A county of the UK or of Ireland, of which no register says what lies in it: where its middle is, and how wide.

    Attributes:
        country: ISO code.
        region: number of the part of the UK that it is in; -1 in Ireland.
        latitude: degrees north of its middle.
        longitude: degrees east of it.
        kilometres: from there to its farthest towns.
    """

    country: str
    region: int
    latitude: float
    longitude: float
    kilometres: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name can be.

    Attributes:
        cities: rows of the cities of that name, most populous first.
        regions: numbers of the regions of that name, likeliest first.
        country: ISO code of the country of that name, or "".
        short_for: number of the region it abbreviates ("La", "N Mex", "NY"), or -1.
        people: ISO code of the country whose people it names ("French"), or "".
        place_odds: how place-like unlabelled news uses it: log-odds against a person's name; None where never seen.
        commonness: share of its uses that are an ordinary lower-case word, 0 to 1.
        only_qualified: it is better known as a state, a country or a word: a city only with its state after it.
        district: it also names a county or district somewhere.
    """

    cities: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    country: str = ""
    short_for: int = -1
    people: str = ""
    place_odds: float | None = None
    commonness: float = 0.0
    only_qualified: bool = False
    district: bool = False


class Gazetteer:
    """The compiled gazetteer at `path`.

    Raises:
        FileNotFoundError: where there is no such file.
        ValueError: where it is not a gazetteer of this version.
    """

    def __init__(self, path: Path = FILE) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:8] != MAGIC:
            raise ValueError(
                f"{path} is not a gazetteer of this version; make it again: python -m index.enrich.cities.compile"
            )
        size = int.from_bytes(self._map[8:12], "little")
        header = json.loads(self._map[12 : 12 + size])
        whole = memoryview(self._map)

        def array(name: str) -> memoryview:
            kind, start, length = header["arrays"][name]
            return whole[start : start + length].cast(kind)

        #: All arrays of the file, by the names that `index.enrich.cities.compile` gives them.
        self.arrays = {name: array(name) for name in header["arrays"]}
        self.geonameid = array("geonameid")
        self.population = array("population")
        self.region_of = array("region")
        self._latitude, self._longitude = array("latitude"), array("longitude")
        self._flags, self._hint_of = array("flags"), array("hint")
        self._name_start, self._name_bytes = array("name_start"), array("names")
        self._key_start = array("key_start")
        self._name_base = header["arrays"]["names"][1]
        self._key_base = header["arrays"]["keys"][1]
        self._cities_start, self._cities = array("cities_start"), array("cities")
        self._place_odds, self._commonness = array("place_odds"), array("commonness")
        self._key_flags = array("key_flags")
        self._zoned_cities, self._zoned_to = array("zoned_cities"), array("zoned_to")

        tables = header["tables"]
        self.regions = [Region(*row) for row in tables["regions"]]
        self._zones: list[str] = tables["zones"]
        self._region_zones: list[int] = tables["region_zones"]
        self.country_names: dict[str, str] = tables["country_names"]
        self.counties: dict[str, list[int]] = tables["counties"]
        #: Counties of the UK and Ireland by their keys: "norfolk", "co kildare".
        self.circles = {name: Circle(*row) for name, row in tables["circles"].items()}
        self.first_names = frozenset(tables["first_names"])
        numbers = sorted(tables["prefixes"].items(), key=lambda item: item[1])
        ends = [*(start for _, start in numbers[1:]), len(self._key_flags)]
        self._range_of: dict[str, tuple[int, int]] = {
            two: (start, end) for (two, start), end in zip(numbers, ends, strict=True)
        }
        self._hints: list[str] = tables["hint_names"]
        self.region_keys: dict[str, list[int]] = tables["region_keys"]
        self.country_keys: dict[str, str] = tables["country_keys"]
        #: Names of countries that are names of parts of them too: England.
        self.parts = frozenset(tables["parts"])
        self.abbreviations: dict[str, int] = tables["abbreviations"]
        self.peoples: dict[str, str] = tables["peoples"]
        self._entries: dict[str, Entry | None] = {}
        self._made: dict[int, City] = {}

    # One city, by its row

    def latitude(self, row: int) -> float:
        """Return degrees north."""
        return float(self._latitude[row] / 100_000)

    def longitude(self, row: int) -> float:
        """Return degrees east."""
        return float(self._longitude[row] / 100_000)

    def country(self, row: int) -> str:
        """Return the ISO code of the city's country."""
        return self.regions[self.region_of[row]].country

    def time_zone(self, row: int) -> str:
        """Return the IANA name of the city's time zone: its region's, but for those that keep another."""
        place = bisect_left(self._zoned_cities, row)
        if place < len(self._zoned_cities) and self._zoned_cities[place] == row:
            return self._zones[self._zoned_to[place]]
        return self._zones[self._region_zones[self.region_of[row]]]

    def is_within(self, row: int, circle: Circle) -> bool:
        """Return whether the city lies in that county, or close to it."""
        region = self.region_of[row]
        if self.regions[region].country != circle.country or circle.region not in (-1, region):
            return False
        return distance(self.latitude(row), self.longitude(row), circle.latitude, circle.longitude) < circle.kilometres

    def is_near(self, row: int, country: str, kilometres: float) -> bool:
        """Return whether a city lies in the country or so near to it: papers do not agree on whose Hong Kong is."""
        inside = {number for number, region in enumerate(self.regions) if region.country == country}
        latitude, longitude = self.latitude(row), self.longitude(row)
        return any(
            region in inside and distance(latitude, longitude, self.latitude(other), self.longitude(other)) < kilometres
            for other, region in enumerate(self.region_of)
        )

    def stands_alone(self, row: int) -> bool:
        """Return whether news agencies name the city without its state or country."""
        return bool(self._flags[row] & STANDS_ALONE)

    def name(self, row: int) -> str:
        """Return the city's name in English."""
        return bytes(self._name_bytes[self._name_start[row] : self._name_start[row + 1]]).decode()

    def city(self, row: int) -> City:
        """Return the city as stories carry it, without surface, role and reason."""
        found = self._made.get(row)
        if found is None:
            if len(self._made) > _REMEMBERED:
                self._made.clear()
            found = self._made[row] = self._make(row)
        return found

    def _make(self, row: int) -> City:
        region = self.regions[self.region_of[row]]
        name, region_name = self.name(row), region.name
        if region.country not in ("US", "CA", "GB") and repeats(name, region_name):
            region_name = ""
        if hint := self._hints[self._hint_of[row]]:
            region_name = f"{hint}, {region_name}".removesuffix(", ")
        return City(
            geonameid=self.geonameid[row],
            name=name,
            region=region_name,
            country=self.country_names.get(region.country, region.country),
            latitude=self.latitude(row),
            longitude=self.longitude(row),
        )

    def shown_as(self, name: str) -> list[int]:
        """Return the rows of the cities that are shown by exactly this name, most populous first: read one by one."""
        wanted = name.encode(errors="replace")
        base, size = self._name_base, len(self._name_bytes)
        rows, at = [], self._map.find(wanted, base, base + size) if wanted else -1
        while at >= 0:
            row = bisect_left(self._name_start, at - base)
            if self._name_start[row] == at - base and self._name_start[row + 1] == at - base + len(wanted):
                rows.append(row)
            at = self._map.find(wanted, at + 1, base + size)
        return sorted(rows, key=lambda row: (-self.population[row], self.geonameid[row]))

    def row(self, geonameid: int) -> int:
        """Return the row of a GeoNames id, or -1."""
        low, high = 0, len(self.geonameid)
        while low < high:
            middle = (low + high) // 2
            if self.geonameid[middle] < geonameid:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.geonameid) and self.geonameid[low] == geonameid else -1

    # Names

    def entry(self, name_key: str) -> Entry | None:
        """Return what the name of that key can be, or None."""
        try:
            return self._entries[name_key]
        except KeyError:
            if len(self._entries) > _REMEMBERED:
                self._entries.clear()
            found = self._entries[name_key] = self._look_up(name_key)
            return found

    def ordinal(self, name_key: str) -> int:
        """Return the place of a name among the sorted keys of cities' names, or -1."""
        ordinal = self._bisect(name_key.encode())
        return ordinal if ordinal < len(self._key_flags) and self._key(ordinal) == name_key.encode() else -1

    def key_of(self, ordinal: int) -> str:
        """Return the key of the name at a place among the sorted keys."""
        return self._key(ordinal).decode()

    def abbreviation(self, name_key: str) -> int:
        """Return the number of the region that the key abbreviates, or -1."""
        return self.abbreviations.get(name_key, -1)

    def region_numbers(self, name_key: str) -> tuple[int, ...]:
        """Return the numbers of the regions of that name."""
        return tuple(self.region_keys.get(name_key, ()))

    def _look_up(self, name_key: str) -> Entry | None:
        tables = (self.region_keys, self.country_keys, self.abbreviations, self.peoples)
        ordinal = self._bisect(name_key.encode())
        found = ordinal < len(self._key_flags) and self._key(ordinal) == name_key.encode()
        if not found and not any(name_key in table for table in tables):
            return None
        entry = Entry(
            regions=self.region_numbers(name_key),
            country=self.country_keys.get(name_key, ""),
            short_for=self.abbreviation(name_key),
            people=self.peoples.get(name_key, ""),
        )
        if not found:
            return entry
        odds, flags = self._place_odds[ordinal], self._key_flags[ordinal]
        return replace(
            entry,
            cities=tuple(self._cities[self._cities_start[ordinal] : self._cities_start[ordinal + 1]]),
            place_odds=None if odds == -128 else odds / 40,
            commonness=self._commonness[ordinal] / 200,
            only_qualified=bool(flags & ONLY_QUALIFIED),
            district=bool(flags & DISTRICT),
        )

    def _key(self, ordinal: int) -> bytes:
        base = self._key_base
        return self._map[base + self._key_start[ordinal] : base + self._key_start[ordinal + 1]]

    def _bisect(self, name_key: bytes) -> int:
        """Return the number of the first key that is not before `name_key`; keys of its first letters are tried."""
        low, high = self._range_of.get(name_key[:2].decode(errors="replace"), (0, len(self._key_flags)))
        starts, base, content = self._key_start, self._key_base, self._map
        while low < high:
            middle = (low + high) // 2
            if content[base + starts[middle] : base + starts[middle + 1]] < name_key:
                low = middle + 1
            else:
                high = middle
        return low


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with the program, opened once a process."""
    return Gazetteer()
